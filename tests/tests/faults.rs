//! A short run of real processes under real faults; `cargo run --release -p stillpoint-tests --bin faults` makes long ones.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::PathBuf;
use std::time::Duration;
use stillpoint_tests::faults::{Flaw, Options, Report, run};

/// In which every kind of process is killed and stopped, and every kind of connection cut.
const SEED: u64 = 5;

fn perform(length: Duration, workers: usize, flaw: Option<Flaw>) -> Report {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_faults"));
    let (folder, progress, verbose) = (None, false, false);
    println!("seed {SEED}");
    run(Options { program, length, workers, seed: SEED, folder, flaw, progress, verbose }).unwrap()
}

#[test]
fn a_short_run_with_faults_ends_clean() {
    let report = perform(Duration::from_secs(36), 10, None);
    println!("{report}");
    assert!(report.is_clean(), "see above, and the folder that is named there");
    // What the run has to show is there: a test that tests nothing would be clean too.
    assert!(report.complete > 5, "{} rounds are complete", report.complete);
    let [_, made, found] = report.deadlocks;
    assert!(made > 0 && found > 0, "{found} of {made} deadlocks were found");
    let [ended, terminated] = report.computations;
    assert!(
        ended > 0 && terminated > 0,
        "{terminated} computations were found to have terminated, {ended} have"
    );
    let [dropped, garbage] = report.objects;
    assert!(dropped > 0 && garbage > 0, "{garbage} of {dropped} objects were found to be garbage");
    for kind in ["server killed", "server stopped", "worker killed", "worker stopped", "connection cut"] {
        assert!(report.faults.contains_key(kind), "no {kind}: {:?}", report.faults);
    }
}

/// The judge would notice: workers whose instrumentation is wrong in one way are found to be so.
fn is_found(flaw: Flaw, what: &str) {
    let report = perform(Duration::from_secs(7), 6, Some(flaw));
    let found = report.findings.iter().any(|finding| finding.contains(what));
    assert!(found, "{flaw:?}: {report}");
    // It is kept for people, and this was meant.
    std::fs::remove_dir_all(report.kept.unwrap()).unwrap();
}

#[test]
fn work_after_the_end_of_its_token_is_found() {
    is_found(Flaw::EarlyEnd, "worked at it");
}

#[test]
fn an_object_that_is_needed_and_has_no_root_is_found() {
    is_found(Flaw::NoRoot, "refers to");
}

#[test]
fn lost_money_is_found() {
    is_found(Flaw::Leak, "nothing has been lost");
}

#[test]
fn a_deadlock_that_is_none_is_found() {
    is_found(Flaw::Phantom, "no tasks of one that was made");
}
