//! What the fuzzer throws bytes at: the doors through which untrusted text comes in, and what must hold behind them.
//!
//! Each function takes any bytes and panics when a promise is broken. `cargo xtask fuzz` runs them under libFuzzer;
//! `tests/corpus.rs` replays the kept inputs with every test run, so that a fault once found stays fixed.

mod evaluator;
mod identifiers;
mod importer;
mod pack;

pub use evaluator::evaluator;
pub use identifiers::identifiers;
pub use importer::importer;
pub use pack::pack;

/// Name and function of every target; the names are those of the fuzzer's binaries and corpus folders.
pub const TARGETS: [Target; 4] = [
    ("pack", pack as fn(&[u8])),
    ("evaluator", evaluator as fn(&[u8])),
    ("identifiers", identifiers as fn(&[u8])),
    ("importer", importer as fn(&[u8])),
];

/// A named target.
pub type Target = (&'static str, fn(&[u8]));
