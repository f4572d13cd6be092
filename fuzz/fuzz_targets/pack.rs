//! libFuzzer's door to `fuzzing::pack`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzing::pack(bytes));
