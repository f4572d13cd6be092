//! libFuzzer's door to `fuzzing::importer`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzing::importer(bytes));
