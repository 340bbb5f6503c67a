//! Seeds of the simulation of the whole: `src/sim` says what is simulated and what is judged.
//!
//! `cargo run --release -p stillpoint-tests --bin simulate -- --seeds 0..100000` runs more of them.
#![allow(clippy::print_stdout, reason = "the summary is for people")]

use stillpoint_tests::sim::{Plan, Summary, System, shrink};
use stillpoint_tests::suites::first_failure;

/// How many seeds run in the ordinary tests.
const SEEDS: u64 = 2_000;

/// Runs seeds on two threads; panics with the lowest that fails.
fn run(seeds: std::ops::Range<u64>) -> Summary {
    let mut summary = Summary::default();
    let failed = first_failure(seeds, 2, |seed| System::run(&Plan::of(seed)), |one| summary.add(&one));
    if let Some((seed, failure)) = failed {
        let plan = shrink(&Plan::of(seed));
        let (_, diagram) = System::trace(&plan);
        panic!("seed {seed}: {failure}\n\nthe smallest plan that fails alike:\n{plan}\n\n{diagram}");
    }
    summary
}

#[test]
fn thousands_of_seeds_are_clean_and_go_everywhere() {
    let summary = run(0..SEEDS);
    println!("{summary}");
    assert_eq!(summary.runs, SEEDS);
    assert_eq!(
        summary.never(),
        [],
        "some execution that breaks the obvious version never occurred:\n{summary}"
    );
    for outcome in ["HOLDS", "DOES_NOT_HOLD", "UNKNOWN"] {
        for property in ["deadlock", "termination", "garbage"] {
            assert!(
                summary.verdicts.contains_key(&(property, outcome)),
                "no {property} {outcome}:\n{summary}"
            );
        }
    }
}

#[test]
fn a_plan_runs_alike_each_time() {
    for seed in 0..20 {
        let plan = Plan::of(seed);
        let (_, once) = System::trace(&plan);
        let (_, again) = System::trace(&plan);
        assert_eq!(once, again, "seed {seed}");
    }
}
