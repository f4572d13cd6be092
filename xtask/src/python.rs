//! Python with the packages that check what the server sends from outside: a venv below the target directory.

use std::path::Path;
use std::process::Command;

use crate::shell::{self, Outcome};

/// The calendar parser, exactly this release.
const PACKAGES: [&str; 1] = ["icalendar==7.3.0"];

/// The venv's Python; made once, made again when the list of packages changes. `E2E_PYTHON` names another one that has them.
pub(crate) fn require() -> Result<String, String> {
    if let Some(named) = std::env::var_os("E2E_PYTHON") {
        return Ok(named.to_string_lossy().into_owned());
    }
    let home = shell::target_dir().join("xtask/python");
    let (python, stamp) = (home.join("bin/python"), home.join("packages.txt"));
    let wanted = PACKAGES.join("\n");
    if python.is_file() && std::fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(python.to_string_lossy().into_owned());
    }
    shell::heading("Python packages");
    make(&home)?;
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(PACKAGES);
    shell::run(&mut pip)?;
    shell::write(&stamp, wanted.as_bytes())?;
    Ok(python.to_string_lossy().into_owned())
}

/// A fresh venv. Debian ships the module that makes one apart from Python, so as root it is installed when absent.
fn make(home: &Path) -> Outcome {
    let venv = || shell::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(home));
    if shell::has("python3") && venv().is_ok() {
        return Ok(());
    }
    if !(shell::is_root() && Path::new("/etc/debian_version").exists()) {
        return Err("Python 3 with its venv module is missing; the calendar check needs it. Install it (on Debian: \
                    `sudo apt-get install python3 python3-venv`), or set E2E_PYTHON to a Python that has icalendar, \
                    and run this again."
            .into());
    }
    shell::apt_install(&["python3", "python3-venv"])?;
    venv()
}
