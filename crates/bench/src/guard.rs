//! Nothing is left behind: a signal ends the run in order, and a watching shell ends the server when this program
//! cannot do so itself.

use std::io::Write;
use std::os::unix::process::{CommandExt, parent_id};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};

/// Waits until its input ends. One word means that all is well; an end without it that the program died: then the
/// server is ended (its database ends with it) and its directories are removed.
const WATCH: &str = r#"trap '' INT TERM HUP
IFS= read -r word
[ "$word" = done ] && exit 0
kill -TERM "$1" 2>/dev/null
n=0
while kill -0 "$1" 2>/dev/null && [ $n -lt 300 ]; do sleep 0.1; n=$((n + 1)); done
kill -KILL "$1" 2>/dev/null
elsewhere=$(readlink "$2/elsewhere")
rm -rf "$2" ${elsewhere:+"$elsewhere"}
"#;

/// Watches over one server. The pipe to it closes with this program, however that ends.
pub struct Guard(Option<Child>);

impl Guard {
    /// Begins to watch. Without a shell there is no guard, which costs nothing while all goes well.
    pub fn over(server: u32, state: &Path) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", WATCH, "watch"]).arg(server.to_string()).arg(state);
        // A group of its own: Ctrl-C at the terminal is not meant for it.
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        Self(command.spawn().ok())
    }
}

impl Drop for Guard {
    /// The server has ended.
    fn drop(&mut self) {
        if let Some(mut child) = self.0.take() {
            if let Some(input) = &mut child.stdin {
                drop(input.write_all(b"done\n"));
            }
            drop(child.wait());
        }
    }
}

/// Answers when the run is to stop: a signal, or the program that started this one is gone.
pub async fn stopped() -> String {
    let begun_by = parent_id();
    let orphaned = async {
        while parent_id() == begun_by {
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    };
    tokio::select! {
        () = of(SignalKind::interrupt()) => "interrupted".into(),
        () = of(SignalKind::terminate()) => "ended by a signal".into(),
        () = of(SignalKind::hangup()) => "the terminal was closed".into(),
        () = orphaned => "the program that started it has ended".into(),
    }
}

async fn of(kind: SignalKind) {
    match signal(kind) {
        Ok(mut signals) => {
            signals.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}
