//! Participants and collector on random schedules with faults, judged by an observer that knows everything.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use stillpoint_tests::schedule::{Faults, Summary, World};

/// Runs seeds and gives what happened in all of them; a failure names its seed.
fn run(name: &str, seeds: std::ops::Range<u64>, steps: usize, faults: Faults) -> Summary {
    let mut sum = Summary::default();
    for seed in seeds {
        let processes = 2 + (seed % 4) as usize;
        match World::new(seed, processes, faults).run(steps) {
            Ok(one) => add(&mut sum, &one),
            Err(error) => panic!("{name}: seed {seed}, {processes} processes: {error}"),
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
}

#[test]
fn without_faults_every_round_is_the_truth() {
    let sum = run("no faults", 0..300, 400, Faults::default());
    assert!(sum.complete > 1_000 && sum.in_transit > 1_000 && sum.recorded > 100, "vacuous: {sum:?}");
    assert!(sum.retired > 1_000, "vacuous: {sum:?}");
}

#[test]
fn with_lost_and_doubled_messages() {
    let faults = Faults { loss: 20, duplication: 20, ..Faults::default() };
    let sum = run("loss", 1_000..1_300, 400, faults);
    assert!(sum.duplicates > 100 && sum.lost > 100 && sum.late > 10, "vacuous: {sum:?}");
}

#[test]
fn with_broken_sessions_and_early_timers() {
    let faults = Faults { session: 40, timer: 40, ..Faults::default() };
    let sum = run("sessions", 2_000..2_300, 400, faults);
    assert!(sum.incomplete > 100 && sum.retracted > 10, "vacuous: {sum:?}");
}

#[test]
fn with_a_server_that_restarts() {
    let faults = Faults { session: 20, server: 30, timer: 20, ..Faults::default() };
    let sum = run("server", 3_000..3_300, 400, faults);
    assert!(sum.refused > 10, "vacuous: {sum:?}");
}

#[test]
fn with_processes_that_crash_and_leave() {
    let faults = Faults { crash: 10, leave: 5, session: 10, timer: 10, ..Faults::default() };
    run("crashes", 4_000..4_300, 400, faults);
}

#[test]
fn with_everything_at_once() {
    let faults =
        Faults { loss: 10, duplication: 10, session: 20, server: 10, crash: 10, leave: 3, timer: 20 };
    run("everything", 5_000..5_600, 400, faults);
}
