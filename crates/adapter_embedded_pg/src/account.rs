//! Which account runs the server: ours, or an unprivileged one when we are root.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use crate::error::EmbeddedPgError;
use crate::sys;

/// The account of the server process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Account {
    /// User id; never 0.
    pub(crate) uid: u32,
    /// Primary group id.
    pub(crate) gid: u32,
    /// True when we are root and must change to this account.
    pub(crate) switch: bool,
}

impl Account {
    /// Ourselves; for root the owner of an existing data directory, else `postgres`, else `nobody`.
    pub(crate) fn choose(data: &Path) -> Result<Self, EmbeddedPgError> {
        let ours = sys::effective_uid();
        let owner = fs::metadata(data).ok().map(|m| (m.uid(), m.gid()));
        if ours != 0 {
            return match owner {
                Some((owner, _)) if owner != ours => {
                    Err(EmbeddedPgError::ForeignOwner { dir: data.to_path_buf(), owner, ours })
                }
                _ => Ok(Self { uid: ours, gid: sys::effective_gid(), switch: false }),
            };
        }
        if let Some((uid, gid)) = owner.filter(|(uid, _)| *uid != 0) {
            return Ok(Self { uid, gid, switch: true });
        }
        let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
        let (uid, gid) =
            ["postgres", "nobody"].iter().find_map(|name| ids_of(&passwd, name)).unwrap_or((65534, 65534));
        Ok(Self { uid, gid, switch: true })
    }

    /// A command that runs `program` as this account with a clean environment.
    ///
    /// The environment is cleared so that no `PG*` variable changes the server and none of our secrets reach it.
    pub(crate) fn command(self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("LC_ALL", "C").env("PATH", "/usr/bin:/bin").current_dir("/");
        if self.switch {
            command.uid(self.uid).gid(self.gid);
        }
        command
    }

    /// True when this account may pass through `dir` and every directory above it.
    pub(crate) fn can_reach(self, dir: &Path) -> bool {
        !self.switch
            || dir.ancestors().filter(|a| !a.as_os_str().is_empty()).all(|a| {
                fs::metadata(a).is_ok_and(|m| {
                    let shift = if m.uid() == self.uid {
                        6
                    } else if m.gid() == self.gid {
                        3
                    } else {
                        0
                    };
                    (m.mode() >> shift) & 0o1 != 0
                })
            })
    }

    /// Makes `path` belong to this account.
    pub(crate) fn own(self, path: &Path) -> Result<(), EmbeddedPgError> {
        if self.switch {
            std::os::unix::fs::chown(path, Some(self.uid), Some(self.gid))
                .map_err(EmbeddedPgError::io("change the owner of", path))?;
        }
        Ok(())
    }
}

/// User and group id of `name` in the text of `/etc/passwd`; never root's.
fn ids_of(passwd: &str, name: &str) -> Option<(u32, u32)> {
    passwd.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        let (uid, gid) = (fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?);
        (fields.first() == Some(&name) && uid != 0).then_some((uid, gid))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_from_passwd_and_root_is_never_chosen() {
        let text = "root:x:0:0::/root:/bin/sh\nbad\npostgres:x:101:104:,,,:/var/lib/postgresql:/bin/bash\n";
        assert_eq!(ids_of(text, "postgres"), Some((101, 104)));
        assert_eq!(ids_of(text, "root"), None);
        assert_eq!(ids_of(text, "nobody"), None);
    }

    #[test]
    fn a_private_directory_of_another_account_is_out_of_reach() {
        let other = Account { uid: 65_000, gid: 65_000, switch: true };
        assert!(other.can_reach(Path::new("/usr/bin")));
        let dir = std::env::temp_dir().join(format!("zippcrm-reach-{}", std::process::id()));
        fs::create_dir_all(dir.join("inner")).unwrap();
        fs::set_permissions(&dir, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
        assert!(!other.can_reach(&dir.join("inner")));
        assert!(Account { switch: false, ..other }.can_reach(&dir.join("inner")));
        fs::remove_dir_all(&dir).unwrap();
    }
}
