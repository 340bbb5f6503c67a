//! The detectors against execution, and the checker against the detectors.
//!
//! `SYSTEMS` in the environment says how many systems of each kind to try. What the comparison would find, had a
//! detector one of the usual errors, is tested with toy detectors.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, missing_docs)]

use std::collections::BTreeMap;
use stillpoint_detectors::deadlock::{VictimPolicy, deadlock};
use stillpoint_detectors::garbage::garbage;
use stillpoint_detectors::termination::{quiescence, termination, terminations};
use stillpoint_detectors::verify::verify;
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::verdict::Verdict;
use stillpoint_tests::oracle::compare::run_all;
use stillpoint_tests::oracle::diffusing::{self, Computation};
use stillpoint_tests::oracle::objects::{self, Heap};
use stillpoint_tests::oracle::render::Knowledge;

fn systems(default: u64) -> u64 {
    std::env::var("SYSTEMS").ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

/// Finds deadlocks, and has each verdict confirmed from the snapshot alone.
fn confirmed(cut: &ConsistentCut) -> Vec<Verdict> {
    deadlock(cut, VictimPolicy::Youngest).into_iter().map(|verdict| checked(cut, verdict)).collect()
}

/// The verdict, which the checker must confirm.
fn checked(cut: &ConsistentCut, verdict: Verdict) -> Verdict {
    if let Err(refuted) = verify(cut, &verdict) {
        panic!("{refuted}\n{verdict:#?}\n{cut:#?}");
    }
    verdict
}

#[test]
fn deadlocks_are_as_execution_says() {
    let started = std::time::Instant::now();
    let coverage = run_all(systems(4_000), confirmed).unwrap_or_else(|e| panic!("{e}{}", e.facts()));
    println!("{:?}\n{coverage}", started.elapsed());
    assert_eq!(coverage.missing(), Vec::<&str>::new());
}

/// Everybody is known, or, of every third seed, the last process is not.
fn knowledge(seed: u64, processes: usize) -> Vec<Knowledge> {
    let mut known = vec![Knowledge::Present; processes];
    if seed.is_multiple_of(3)
        && let Some(last) = known.last_mut()
    {
        *last = Knowledge::Absent;
    }
    known
}

/// How often each outcome came up.
fn count(counts: &mut BTreeMap<&'static str, u64>, verdicts: &[Verdict]) {
    verdicts.iter().for_each(|verdict| *counts.entry(verdict.outcome.name()).or_default() += 1);
}

#[test]
fn garbage_is_what_cannot_be_reached() {
    let mut counts = BTreeMap::new();
    for seed in 0..systems(20_000) {
        let heap = Heap::random(seed, true);
        let known = knowledge(seed, heap.processes);
        let cut = ConsistentCut::check(heap.render(&known)).unwrap();
        let verdicts: Vec<_> = garbage(&cut).into_iter().map(|verdict| checked(&cut, verdict)).collect();
        objects::compare(&heap, &known, &verdicts).unwrap_or_else(|e| panic!("seed {seed}: {e}"));
        count(&mut counts, &verdicts);
    }
    println!("{counts:?}");
    assert!(counts.len() == 3 && counts.values().all(|n| *n > 100), "{counts:?}");
}

#[test]
fn terminated_is_what_cannot_work() {
    let mut counts = BTreeMap::new();
    for seed in 0..systems(20_000) {
        let state = Computation::random(seed, true);
        let known = knowledge(seed, state.tokens.len());
        let cut = ConsistentCut::check(state.render(&known)).unwrap();
        let verdict = checked(&cut, termination(&cut, Computation::name()));
        // There is but one computation.
        let quiet = checked(&cut, quiescence(&cut));
        diffusing::compare(&state, &known, &[quiet]).unwrap_or_else(|e| panic!("seed {seed}: {e}"));
        for other in terminations(&cut) {
            assert_eq!(other, verdict, "seed {seed}");
        }
        let verdicts = [verdict];
        diffusing::compare(&state, &known, &verdicts).unwrap_or_else(|e| panic!("seed {seed}: {e}"));
        count(&mut counts, &verdicts);
    }
    println!("{counts:?}");
    assert!(counts.len() == 3 && counts.values().all(|n| *n > 100), "{counts:?}");
}
