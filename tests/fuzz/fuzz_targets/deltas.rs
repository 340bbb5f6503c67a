#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| stillpoint_tests::hostile::facts::deltas(data));
