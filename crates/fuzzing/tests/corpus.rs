//! Replays the kept inputs of every fuzz target.

use std::fs;
use std::path::Path;

#[test]
fn every_kept_input_keeps_its_promises() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    for (name, target) in fuzzing::TARGETS {
        let folder = corpus.join(name);
        let mut inputs = 0;
        for entry in fs::read_dir(&folder).expect("each target has a corpus").flatten() {
            let bytes = fs::read(entry.path()).expect("a readable input");
            println!("{}", entry.path().display());
            target(&bytes);
            inputs += 1;
        }
        assert!(inputs >= 3, "{name} has {inputs} inputs");
    }
}
