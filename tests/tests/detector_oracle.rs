//! The detectors against execution, and the checker against the detectors.
//!
//! `SYSTEMS` in the environment says how many systems of each kind to try. What the comparison would find, had a
//! detector one of the usual errors, is tested with toy detectors.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, missing_docs)]

use stillpoint_detectors::deadlock::{VictimPolicy, deadlock};
use stillpoint_detectors::verify::verify;
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::verdict::Verdict;
use stillpoint_tests::oracle::compare::{Case, Coverage, run_all};

fn systems(default: u64) -> u64 {
    std::env::var("SYSTEMS").ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

/// Finds deadlocks, and has each verdict confirmed from the snapshot alone.
fn confirmed(cut: &ConsistentCut) -> Vec<Verdict> {
    let verdicts = deadlock(cut, VictimPolicy::Youngest);
    for verdict in &verdicts {
        if let Err(refuted) = verify(cut, verdict) {
            panic!("{refuted}\n{verdict:#?}\n{cut:#?}");
        }
    }
    verdicts
}

#[test]
fn deadlocks_are_as_execution_says() {
    let started = std::time::Instant::now();
    let coverage = run_all(systems(2_400), confirmed).unwrap_or_else(|e| panic!("{e}{}", e.facts()));
    println!("{:?}\n{coverage}", started.elapsed());
    assert_eq!(coverage.missing(), Vec::<&str>::new());
}
