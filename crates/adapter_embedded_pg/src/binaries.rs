//! Finding the PostgreSQL programs and making them runnable for the server's account.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::account::Account;
use crate::error::EmbeddedPgError;
use crate::layout::Layout;
use crate::{OLDEST_MAJOR, Options};

/// Programs that were run once by the account that will use them.
#[derive(Debug, Clone)]
pub(crate) struct Binaries {
    /// The directory with `postgres` and `initdb`.
    pub(crate) dir: PathBuf,
    /// Their major version.
    pub(crate) major: u32,
}

impl Binaries {
    /// Finds the programs, makes missing library links, copies them when the account cannot reach them.
    pub(crate) fn prepare(options: &Options, layout: &Layout) -> Result<Self, EmbeddedPgError> {
        let found = find(options)?;
        let linked = link_libraries(&found);
        let dir = match (linked, probe(layout.account, &found)) {
            (true, Ok(major)) => return accept(found, major),
            (_, Err(detail)) if !layout.account.switch && linked => {
                return Err(EmbeddedPgError::BrokenBinaries { dir: found, detail });
            }
            _ => copy(&found, &layout.home)?,
        };
        match probe(layout.account, &dir) {
            Ok(major) => accept(dir, major),
            Err(detail) => Err(EmbeddedPgError::BrokenBinaries { dir, detail }),
        }
    }
}

fn accept(dir: PathBuf, major: u32) -> Result<Binaries, EmbeddedPgError> {
    if major < OLDEST_MAJOR {
        return Err(EmbeddedPgError::TooOld { dir, found: major });
    }
    Ok(Binaries { dir, major })
}

/// The npm package's name for this platform, such as `linux-x64`.
fn platform() -> String {
    let os = if cfg!(target_os = "macos") { "darwin" } else { std::env::consts::OS };
    let arch = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => other,
    };
    format!("{os}-{arch}")
}

/// The first `bin` directory that has both programs.
fn find(options: &Options) -> Result<PathBuf, EmbeddedPgError> {
    let roots: Vec<PathBuf> = match &options.bin {
        Some(dir) => vec![dir.clone()],
        None => options.search.iter().cloned().chain(usual_places()).collect(),
    };
    let package = Path::new("@embedded-postgres").join(platform()).join("native/bin");
    for root in &roots {
        let shapes = ["", "bin", "native/bin"].map(PathBuf::from);
        let more = [package.clone(), Path::new("node_modules").join(&package)];
        for shape in shapes.into_iter().chain(more) {
            let dir = root.join(shape);
            if dir.join("postgres").is_file() && dir.join("initdb").is_file() {
                return fs::canonicalize(&dir).map_err(EmbeddedPgError::io("open", &dir));
            }
        }
    }
    let looked: Vec<String> = roots.iter().map(|r| r.display().to_string()).collect();
    Err(EmbeddedPgError::NoBinaries { looked: looked.join(", ") })
}

/// Where Debian, Red Hat and Homebrew put PostgreSQL.
fn usual_places() -> Vec<PathBuf> {
    let mut places = Vec::new();
    for major in [16, 17, 18] {
        places.push(PathBuf::from(format!("/usr/lib/postgresql/{major}/bin")));
        places.push(PathBuf::from(format!("/usr/pgsql-{major}/bin")));
        places.push(PathBuf::from(format!("/opt/homebrew/opt/postgresql@{major}/bin")));
        places.push(PathBuf::from(format!("/usr/local/opt/postgresql@{major}/bin")));
    }
    places
}

/// Runs `postgres --version` as `account`; the major version, or why it did not run.
fn probe(account: Account, dir: &Path) -> Result<u32, String> {
    for program in ["initdb", "postgres"] {
        let answer = account.command(&dir.join(program)).arg("--version").output();
        let output = answer.map_err(|e| format!("{program}: {e}"))?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        if !output.status.success() {
            return Err(format!("{program}: {}", String::from_utf8_lossy(&output.stderr).trim()));
        }
        if program == "postgres" {
            return major_of(&text).ok_or_else(|| format!("unknown version text: {}", text.trim()));
        }
    }
    Err("no version".to_owned())
}

/// The major version in `postgres (PostgreSQL) 16.14 (Debian ...)`.
fn major_of(text: &str) -> Option<u32> {
    let after = text.split("(PostgreSQL)").nth(1)?.trim_start();
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// Makes the library links that the npm package lists, where its install script did not run.
/// False when some link is missing and could not be made (a read-only installation).
fn link_libraries(bin: &Path) -> bool {
    let Some(native) = bin.parent() else { return true };
    let Ok(text) = fs::read_to_string(native.join("pg-symlinks.json")) else { return true };
    let Ok(serde_json::Value::Array(links)) = serde_json::from_str(&text) else { return true };
    links.iter().all(|link| {
        let name = |key: &str| link.get(key).and_then(|v| v.as_str()).and_then(|v| v.strip_prefix("native/"));
        let (Some(source), Some(target)) = (name("source"), name("target")) else { return true };
        let target = native.join(target);
        let Some(file) = Path::new(source).file_name() else { return true };
        target.symlink_metadata().is_ok()
            || match std::os::unix::fs::symlink(file, &target) {
                Ok(()) => true,
                // Another process made it in this moment.
                Err(e) => e.kind() == io::ErrorKind::AlreadyExists,
            }
    })
}

/// Copies the programs with their libraries and shared files into `home`, readable for everybody.
/// The copy is complete or absent: it is made under another name first.
fn copy(bin: &Path, home: &Path) -> Result<PathBuf, EmbeddedPgError> {
    let native = bin.parent().unwrap_or(bin);
    let stamp = fs::metadata(bin.join("postgres")).map(|m| m.len()).unwrap_or_default();
    let done = home.join(format!("programs-{stamp:x}"));
    if !done.join("bin/postgres").is_file() {
        let part = home.join("programs.tmp");
        drop(fs::remove_dir_all(&part));
        copy_tree(native, &part)?;
        drop(fs::remove_dir_all(&done));
        fs::rename(&part, &done).map_err(EmbeddedPgError::io("rename", &part))?;
        tracing::info!("Copied the PostgreSQL programs to {}", done.display());
    }
    link_libraries(&done.join("bin"));
    Ok(done.join("bin"))
}

fn copy_tree(from: &Path, to: &Path) -> Result<(), EmbeddedPgError> {
    use std::os::unix::fs::PermissionsExt;
    fs::create_dir_all(to).map_err(EmbeddedPgError::io("create", to))?;
    let open = |mode| fs::Permissions::from_mode(mode);
    fs::set_permissions(to, open(0o755)).map_err(EmbeddedPgError::io("set the mode of", to))?;
    for entry in fs::read_dir(from).map_err(EmbeddedPgError::io("read", from))? {
        let entry = entry.map_err(EmbeddedPgError::io("read", from))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type().map_err(EmbeddedPgError::io("read", &source))?;
        if kind.is_dir() {
            copy_tree(&source, &target)?;
        } else if kind.is_symlink() {
            let goal = fs::read_link(&source).map_err(EmbeddedPgError::io("read", &source))?;
            std::os::unix::fs::symlink(goal, &target).map_err(EmbeddedPgError::io("link", &target))?;
        } else if source.extension().is_none_or(|e| e != "a") {
            fs::copy(&source, &target).map_err(EmbeddedPgError::io("copy", &source))?;
            let program = fs::metadata(&source).is_ok_and(|m| m.permissions().mode() & 0o100 != 0);
            fs::set_permissions(&target, open(if program { 0o755 } else { 0o644 }))
                .map_err(EmbeddedPgError::io("set the mode of", &target))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_postgres_prints() {
        assert_eq!(major_of("postgres (PostgreSQL) 16.14\n"), Some(16));
        assert_eq!(major_of("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major_of("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(major_of("bash: no"), None);
    }

    #[test]
    fn without_programs_the_message_says_what_to_do() {
        let options = Options { bin: Some(PathBuf::from("/nonexistent")), ..Options::default() };
        let text = find(&options).unwrap_err().to_string();
        assert!(
            text.contains("npm ci") && text.contains("CRM_PG_BIN") && text.contains("/nonexistent"),
            "{text}"
        );
    }

    #[test]
    fn missing_library_links_are_made_and_a_second_time_changes_nothing() {
        let root = std::env::temp_dir().join(format!("zippcrm-links-{}", std::process::id()));
        fs::create_dir_all(root.join("bin")).unwrap();
        fs::create_dir_all(root.join("lib")).unwrap();
        fs::write(root.join("lib/liba.so.1.2"), "x").unwrap();
        let json = r#"[{"source":"native/lib/liba.so.1.2","target":"native/lib/liba.so"}]"#;
        fs::write(root.join("pg-symlinks.json"), json).unwrap();
        assert!(link_libraries(&root.join("bin")));
        assert!(link_libraries(&root.join("bin")));
        assert_eq!(fs::read(root.join("lib/liba.so")).unwrap(), b"x");
        fs::remove_dir_all(&root).unwrap();
    }
}
