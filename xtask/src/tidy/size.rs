//! Hand-written source files stay short, unless the allow-list says why not.

use crate::files::File;
use crate::shell;

const LIMIT: usize = 400;
const ALLOW_LIST: &str = "xtask/allow/long-files.txt";

/// Long files that are not on the list, and entries of the list that are no longer needed.
pub(crate) fn check(files: &[File]) -> Result<Vec<String>, String> {
    Ok(judge(files, &shell::read(&shell::root().join(ALLOW_LIST))?))
}

fn judge(files: &[File], allowed: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut needed = Vec::new();
    let entries: Vec<(&str, &str)> = allowed
        .lines()
        .filter(|l| !l.trim().is_empty() && !l.starts_with('#'))
        .map(|l| l.split_once('#').map_or((l.trim(), ""), |(path, why)| (path.trim(), why.trim())))
        .collect();
    for file in files.iter().filter(|f| f.is(&["rs", "ts", "tsx"]) && !f.is_generated()) {
        let lines = file.text.lines().count();
        if lines <= LIMIT {
            continue;
        }
        match entries.iter().find(|(path, _)| *path == file.path) {
            Some((path, _)) => needed.push(*path),
            None => found.push(format!(
                "{}: {lines} lines, more than {LIMIT}; split it, or say why in {ALLOW_LIST}",
                file.path
            )),
        }
    }
    for (path, why) in entries {
        if why.is_empty() {
            found.push(format!("{ALLOW_LIST}: `{path}` needs a reason after `#`"));
        }
        if !needed.contains(&path) {
            found.push(format!("{ALLOW_LIST}: `{path}` is not too long (or gone); remove the line"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, lines: usize) -> File {
        File { path: path.to_owned(), text: "x\n".repeat(lines) }
    }

    #[test]
    fn long_files_need_an_entry_with_a_reason() {
        let files =
            [file("a.rs", 400), file("b.tsx", 401), file("c.css", 900), file("src/api/schema.d.ts", 900)];
        assert_eq!(judge(&files, "# comment\n").len(), 1);
        assert!(judge(&files, "b.tsx # a table\n").is_empty());
        assert_eq!(judge(&files, "b.tsx\n").len(), 1, "no reason");
        assert_eq!(judge(&files, "b.tsx # a table\na.rs # was long\n").len(), 1, "stale");
    }
}
