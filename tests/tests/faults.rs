//! A short run of real processes under real faults; `cargo run --release -p stillpoint-tests --bin faults` makes long ones.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use stillpoint_tests::faults::{Options, Report, run};

const SEED: u64 = 5;

/// The processes of one run are enough for a small machine.
static ONE: Mutex<()> = Mutex::new(());

fn perform(length: Duration, workers: usize, flawed: bool) -> Report {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_faults"));
    let (folder, progress, verbose) = (None, false, false);
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    run(Options { program, length, workers, seed: SEED, folder, flawed, progress, verbose }).unwrap()
}

#[test]
fn a_short_run_with_faults_ends_clean() {
    let report = perform(Duration::from_secs(36), 10, false);
    println!("{report}");
    assert!(report.is_clean(), "see above, and the folder that is named there");
    // What the run has to show is there: a test that tests nothing would be clean too.
    assert!(report.complete > 2, "{} rounds are complete", report.complete);
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

/// The judge would notice: workers of which each has another flaw are found to be so.
#[test]
fn workers_whose_instrumentation_is_wrong_are_found() {
    let report = perform(Duration::from_secs(9), 8, true);
    println!("{report}");
    let found = |what: &str| report.findings.iter().any(|finding| finding.contains(what));
    assert!(found("worked at it"), "work goes on after the end of its token: {report}");
    assert!(found("a root of"), "an object is needed and has no root: {report}");
    assert!(found("nothing has been lost"), "money is lost: {report}");
    assert!(found("no tasks of one that was made"), "a wait is none: {report}");
    assert!(!found("has not dissolved"), "no flaw keeps a deadlock: {report}");
    // It is kept for people, and this was meant.
    std::fs::remove_dir_all(report.kept.unwrap()).unwrap();
}
