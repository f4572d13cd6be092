//! Making the data directory, and the command that serves it.

use std::fs::{self, DirBuilder, File};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::process::Command;

use crate::binaries::Binaries;
use crate::error::EmbeddedPgError;
use crate::layout::Layout;
use crate::{Options, SUPERUSER};

/// Runs `initdb` unless there is a cluster, and checks the version of one that is there.
///
/// The work happens in `data.tmp`, which is renamed at the end: a crash half way leaves no half cluster.
pub(crate) fn create(options: &Options, layout: &Layout, bin: &Binaries) -> Result<(), EmbeddedPgError> {
    let data = &layout.data;
    if data.exists() {
        return check_version(data, bin.major);
    }
    let part = layout.home.join("data.tmp");
    if part.exists() {
        fs::remove_dir_all(&part).map_err(EmbeddedPgError::io("remove", &part))?;
    }
    DirBuilder::new().mode(0o700).create(&part).map_err(EmbeddedPgError::io("create", &part))?;
    layout.account.own(&part)?;
    let mut command = layout.account.command(&bin.dir.join("initdb"));
    command.args(["-U", SUPERUSER, "--auth-local=trust", "--auth-host=scram-sha-256", "--encoding=UTF8"]);
    command.args(["--locale-provider=icu", "--icu-locale=und", "--locale=C", "--no-instructions"]);
    command.arg(if options.scratch { "--no-sync" } else { "--data-checksums" });
    command.arg("-D").arg(&part);
    let output = command.output().map_err(EmbeddedPgError::io("run", &bin.dir.join("initdb")))?;
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(EmbeddedPgError::Initdb { dir: part, output: text });
    }
    fs::rename(&part, data).map_err(EmbeddedPgError::io("rename", &part))
}

fn check_version(data: &Path, programs: u32) -> Result<(), EmbeddedPgError> {
    let Ok(text) = fs::read_to_string(data.join("PG_VERSION")) else {
        return Err(EmbeddedPgError::NotACluster { dir: data.to_path_buf() });
    };
    if text.trim() == programs.to_string() {
        return Ok(());
    }
    Err(EmbeddedPgError::WrongMajor { dir: data.to_path_buf(), data: text.trim().to_owned(), programs })
}

/// The server's command line, logging to the log file. Ours first, so that `options.settings` win.
pub(crate) fn serve_command(
    options: &Options,
    layout: &Layout,
    bin: &Binaries,
) -> Result<Command, EmbeddedPgError> {
    let mut command = layout.account.command(&bin.dir.join("postgres"));
    command.arg("-D").arg(&layout.data);
    for setting in settings(options, layout) {
        command.arg("-c").arg(setting);
    }
    log_to(&mut command, layout)?;
    Ok(command)
}

/// All settings as `name=value`.
pub(crate) fn settings(options: &Options, layout: &Layout) -> Vec<String> {
    let mut all = vec![
        "listen_addresses=".to_owned(),
        format!("unix_socket_directories={}", layout.socket_dir.display()),
        "unix_socket_permissions=0700".to_owned(),
        "port=5432".to_owned(),
        "timezone=UTC".to_owned(),
        "log_timezone=UTC".to_owned(),
        "cluster_name=zippcrm".to_owned(),
    ];
    if options.scratch {
        all.extend(["fsync=off", "synchronous_commit=off", "full_page_writes=off"].map(str::to_owned));
    }
    all.extend(options.settings.iter().map(|(name, value)| format!("{name}={value}")));
    all
}

/// Sends what `command` prints to the log, which is begun anew when it has grown beyond 16 MB.
pub(crate) fn log_to(command: &mut Command, layout: &Layout) -> Result<(), EmbeddedPgError> {
    let path = &layout.log;
    if fs::metadata(path).is_ok_and(|m| m.len() > 16 << 20) {
        drop(fs::rename(path, path.with_extension("log.old")));
    }
    let file =
        File::options().create(true).append(true).open(path).map_err(EmbeddedPgError::io("open", path))?;
    let copy = file.try_clone().map_err(EmbeddedPgError::io("open", path))?;
    command.stdin(std::process::Stdio::null()).stdout(file).stderr(copy);
    Ok(())
}
