//! Participants and collector on random schedules with faults, judged by an observer that knows everything.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use stillpoint_tests::schedule::{Summary, World};
use stillpoint_tests::suites::SCHEDULES;

/// Runs seeds of a kind and gives what happened in all of them; a failure names its seed.
fn kind(name: &str, seeds: std::ops::Range<u64>) -> Summary {
    let (name, faults) = SCHEDULES.iter().find(|(of, _)| *of == name).unwrap();
    let mut sum = Summary::default();
    for seed in seeds {
        match World::of(seed, *faults).run(World::STEPS) {
            Ok(one) => add(&mut sum, &one),
            Err(error) => panic!("{name}: seed {seed}: {error}"),
        }
    }
    println!("{name}: {sum:?}");
    sum
}

fn add(sum: &mut Summary, one: &Summary) {
    sum.complete += one.complete;
    sum.incomplete += one.incomplete;
    sum.in_transit += one.in_transit;
    sum.retired += one.retired;
    sum.refused += one.refused;
    sum.duplicates += one.duplicates;
    sum.late += one.late;
    sum.recorded += one.recorded;
    sum.retracted += one.retracted;
    sum.lost += one.lost;
    sum.partly += one.partly;
    sum.early += one.early;
    sum.succeeded += one.succeeded;
}

#[test]
fn without_faults_every_round_is_the_truth() {
    let sum = kind("nothing", 0..300);
    assert!(sum.complete > 1_000 && sum.in_transit > 1_000 && sum.recorded > 100, "vacuous: {sum:?}");
    assert!(sum.retired > 1_000, "vacuous: {sum:?}");
    assert_eq!((sum.lost, sum.late, sum.early), (0, 0, 0), "nothing is lost, nor too early");
}

#[test]
fn with_lost_and_doubled_messages() {
    let sum = kind("loss and copies", 1_000..1_300);
    assert!(sum.duplicates > 100 && sum.lost > 100 && sum.late > 10, "vacuous: {sum:?}");
    assert!(sum.partly > 10, "vacuous: {sum:?}");
}

#[test]
fn with_broken_sessions_and_early_timers() {
    let sum = kind("sessions and timers", 2_000..2_300);
    assert!(sum.incomplete > 100 && sum.retracted > 10, "vacuous: {sum:?}");
}

#[test]
fn with_a_server_that_restarts() {
    let sum = kind("the server", 3_000..3_300);
    assert!(sum.refused > 10, "vacuous: {sum:?}");
}

#[test]
fn with_processes_that_crash_and_leave() {
    let sum = kind("processes", 4_000..4_300);
    assert!(sum.succeeded > 100, "vacuous: {sum:?}");
}

#[test]
fn with_processes_that_leave_and_early_timers() {
    kind("leavers and timers", 6_000..6_300);
}

#[test]
fn with_markers_of_epochs_that_are_not_yet_given_out() {
    let sum = kind("forged markers", 7_000..7_300);
    assert!(sum.early > 100, "vacuous: {sum:?}");
}

#[test]
fn with_everything_at_once() {
    kind("everything", 5_000..5_600);
}
