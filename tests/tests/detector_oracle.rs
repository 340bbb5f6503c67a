//! The detectors against execution, and the checker against the detectors.
//!
//! `SYSTEMS` in the environment says how many systems of each kind to try. What the comparison would find, had a
//! detector one of the usual errors, is tested with toy detectors and with mutations.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, missing_docs)]

use std::collections::BTreeMap;
use stillpoint_tests::suites;

fn systems(default: u64) -> u64 {
    std::env::var("SYSTEMS").ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

#[test]
fn deadlocks_are_as_execution_says() {
    let started = std::time::Instant::now();
    let coverage = suites::deadlocks(systems(4_000)).unwrap_or_else(|e| panic!("{e}"));
    println!("{:?}\n{coverage}", started.elapsed());
    assert_eq!(coverage.missing(), Vec::<&str>::new());
}

#[test]
fn garbage_is_what_cannot_be_reached() {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for seed in 0..systems(20_000) {
        let verdicts = suites::garbage(seed).unwrap_or_else(|e| panic!("{e}"));
        verdicts.iter().for_each(|verdict| *counts.entry(verdict.outcome.name()).or_default() += 1);
    }
    println!("{counts:?}");
    assert!(counts.len() == 3 && counts.values().all(|n| *n > 100), "{counts:?}");
}

#[test]
fn terminated_is_what_cannot_work() {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for seed in 0..systems(20_000) {
        let verdict = suites::terminated(seed).unwrap_or_else(|e| panic!("{e}"));
        *counts.entry(verdict.outcome.name()).or_default() += 1;
    }
    println!("{counts:?}");
    assert!(counts.len() == 3 && counts.values().all(|n| *n > 100), "{counts:?}");
}
