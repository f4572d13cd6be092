//! libFuzzer's door to `fuzzing::evaluator`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzing::evaluator(bytes));
