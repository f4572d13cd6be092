//! The project's files as the checks see them: what git tracks or would track.

use std::path::PathBuf;
use std::process::Command;

use crate::shell;

/// One text file; binary files are left out.
#[derive(Debug)]
pub(crate) struct File {
    /// Path from the root, with `/`.
    pub(crate) path: String,
    /// Its content.
    pub(crate) text: String,
}

impl File {
    /// Ends with `.ext` for one of these endings.
    pub(crate) fn is(&self, endings: &[&str]) -> bool {
        endings.iter().any(|e| self.path.strip_suffix(e).is_some_and(|rest| rest.ends_with('.')))
    }

    /// Written by a program: named so, or marked in the first lines.
    pub(crate) fn is_generated(&self) -> bool {
        self.path.ends_with(".gen.ts")
            || self.path.ends_with("/schema.d.ts")
            || self.text.lines().take(3).any(|l| {
                let l = l.to_ascii_lowercase();
                l.contains("@generated") || l.contains("was generated") || l.contains("auto-generated")
            })
    }
}

/// All text files, tracked or new, without the ignored ones.
pub(crate) fn all() -> Result<Vec<File>, String> {
    let mut git = Command::new("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(shell::root());
    let list = shell::output(&mut git)?;
    let mut files = Vec::new();
    for name in list.split(|b| *b == 0).filter(|n| !n.is_empty()) {
        let path = String::from_utf8_lossy(name).into_owned();
        let file: PathBuf = shell::root().join(&path);
        // A deleted file is still listed until the deletion is staged; a binary file is no text.
        if let Ok(text) = std::fs::read_to_string(file) {
            files.push(File { path, text });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|a, b| a.path == b.path);
    Ok(files)
}
