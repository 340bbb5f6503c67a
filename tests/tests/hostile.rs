//! The fuzz targets, over seeded inputs and over those that were found to be more than what is fed could bear.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "test code")]

use std::panic::catch_unwind;
use std::path::Path;
use stillpoint_tests::hostile::TARGETS;
use stillpoint_tests::hostile::seeds::input;

/// Runs a target over so many inputs: one in two is bytes, the other a valid encoding; of most some bytes were changed.
fn run(name: &str, inputs: u64) {
    let (_, target) = *TARGETS.iter().find(|(target, _)| *target == name).unwrap();
    let first = std::env::var("HOSTILE_SEED").map_or(0, |seed| seed.parse().unwrap());
    println!("{name}: seeds {first} to {}; HOSTILE_SEED begins elsewhere", first + inputs - 1);
    for seed in first..first + inputs {
        let input = input(name, seed, &[]);
        assert!(catch_unwind(|| target(&input)).is_ok(), "{name}: seed {seed}, input {input:02x?}");
    }
}

#[test]
fn messages() {
    run("messages", 20_000);
}

#[test]
fn stamps() {
    run("stamps", 50_000);
}

#[test]
fn deltas() {
    run("deltas", 5_000);
}

#[test]
fn session() {
    run("session", 5_000);
}

#[test]
fn peer() {
    run("peer", 5_000);
}

#[test]
fn snapshots() {
    run("snapshots", 5_000);
}

#[test]
fn documents() {
    run("documents", 2_000);
}

#[test]
fn tampered() {
    run("tampered", 1_000);
}

/// What the fuzzers have found, by target: each input is run again.
#[test]
fn findings() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/findings");
    let mut inputs = 0;
    for (name, target) in TARGETS {
        let Ok(found) = folder.join(name).read_dir() else { continue };
        for path in found.map(|entry| entry.unwrap().path()) {
            let input = std::fs::read(&path).unwrap();
            assert!(catch_unwind(|| target(&input)).is_ok(), "{name}: {}", path.display());
            inputs += 1;
        }
    }
    println!("{inputs} inputs that were findings once");
}

/// Every target is one of the fuzzer's programs as well.
#[test]
fn every_target_is_fuzzed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    for (name, _) in TARGETS {
        assert!(folder.join(format!("fuzz_targets/{name}.rs")).exists(), "{name}");
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
}
