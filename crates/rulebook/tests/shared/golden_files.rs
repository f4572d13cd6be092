//! The golden data files of one kind: `golden/<kind>*.toml`, so that each regulator may have its own file.

use std::path::Path;

/// Name and text of every golden file whose name starts with `kind`, in order of name.
pub fn named(kind: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the golden folder is there") {
        let path = entry.expect("an entry reads").path();
        let name = path.file_name().expect("a file name").to_string_lossy().into_owned();
        if name.starts_with(kind) && name.ends_with(".toml") {
            files.push((name, std::fs::read_to_string(&path).expect("a golden file reads")));
        }
    }
    assert!(!files.is_empty(), "no golden file {kind}*.toml");
    files.sort();
    files
}
