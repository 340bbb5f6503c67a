//! The life of verdicts: opened, held, ended, across restarts.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod engine_support;

use engine_support::{Agent, config, deadlock, eventually, start};
use std::collections::BTreeSet;
use std::time::Duration;
use stillpoint_proto::fact::{Awaited, Grip, Millis, ResourceName};
use stillpoint_proto::id::{Incarnation, ProcessName, TaskId, TaskRef};
use stillpoint_proto::verdict::{Certificate, Outcome, Property};
use stillpoint_server::engine::verdicts::{Ending, State, VerdictRecord};
use stillpoint_server::engine::{
    ComputationName, Counter, DetectRequest, EngineError, EngineHandle, Query, RoundKind, Standing,
    VerdictWatch, Waited, WatchError,
};

async fn next(watch: &mut VerdictWatch) -> VerdictRecord {
    tokio::time::timeout(Duration::from_secs(5), watch.next()).await.unwrap().unwrap()
}

fn deadlocks() -> DetectRequest {
    DetectRequest { queries: vec![Query::Deadlock(None)], ..DetectRequest::default() }
}

async fn detect(handle: &EngineHandle) -> stillpoint_server::engine::Detection {
    handle.detect(deadlocks()).await.unwrap()
}

#[tokio::test]
async fn a_deadlock_opens_holds_and_is_resolved() {
    let directory = tempfile::tempdir().unwrap();
    let (_engine, handle) = start(&config(directory.path())).await;
    let (a, b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    assert!(matches!(detect(&handle).await.findings[0].verdict.outcome, Outcome::DoesNotHold(_)));
    let mut watch = handle.watch(0).await.unwrap();
    let mut notices = handle.verdict_notices();

    let wait = deadlock(&a, &b, None);
    let found = detect(&handle).await;
    assert!(matches!(found.findings[0].verdict.outcome, Outcome::Holds(_)), "{found:?}");
    let opened = next(&mut watch).await;
    assert_eq!((opened.revision, &opened.state), (1, &State::Opened));
    assert_eq!(Some(opened.id), found.findings[0].record);
    assert_eq!(opened.concerns().into_iter().collect::<Vec<_>>(), [a.process, b.process]);
    assert_eq!(notices.recv().await.unwrap().id, opened.id);

    detect(&handle).await;
    let holding = next(&mut watch).await;
    assert_eq!((holding.id, holding.revision, &holding.state), (opened.id, 2, &State::Holding));
    let again = detect(&handle).await;
    let listed = handle.verdict(opened.id).await.unwrap().unwrap();
    assert_eq!(listed.revision, 2, "found again as it was is no change");
    assert_eq!(listed.last, again.round.summary.epoch);

    a.remove(wait);
    detect(&handle).await;
    let ended = next(&mut watch).await;
    assert_eq!((ended.id, ended.revision, &ended.state), (opened.id, 3, &State::Ended(Ending::Resolved)));
    assert_eq!(handle.statistics().count(Counter::Refuted), 0);
}

#[tokio::test]
async fn an_incomplete_round_ends_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let (_engine, handle) = start(&config(directory.path())).await;
    let (a, b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    deadlock(&a, &b, None);
    let id = detect(&handle).await.findings[0].record.unwrap();
    b.mute(true);
    let request = DetectRequest { deadline: Some(Duration::from_millis(50)), ..deadlocks() };
    let round = handle.detect(request).await.unwrap().round;
    assert_eq!(round.summary.outcome, RoundKind::Incomplete);
    assert_eq!(handle.verdict(id).await.unwrap().unwrap().state, State::Opened);
}

#[tokio::test]
async fn a_deadline_and_a_departure_are_named() {
    let directory = tempfile::tempdir().unwrap();
    let (_engine, handle) = start(&config(directory.path())).await;
    let (a, b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    let wait = deadlock(&a, &b, Some(1000));
    let timed = detect(&handle).await.findings[0].record.unwrap();
    deadlock(&a, &b, None);
    detect(&handle).await;
    a.with(|p| p.set_time(Millis(1001)));
    a.remove(wait);
    detect(&handle).await;
    let timed = handle.verdict(timed).await.unwrap().unwrap();
    assert_eq!(timed.state, State::Ended(Ending::DeadlinePassed(a.process)));

    b.with(|p| p.leave());
    eventually("the other has ended", async || {
        let open = handle.verdicts(u64::MAX, 10).await.unwrap();
        open.iter().all(|r| r.state.is_ended())
    })
    .await;
    let last = &handle.verdicts(u64::MAX, 1).await.unwrap()[0];
    assert_eq!(last.state, State::Ended(Ending::Departed(b.process)));
}

#[tokio::test]
async fn a_cut_from_before_a_departure_opens_no_verdict_of_who_has_gone() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    config.each_round = Vec::new();
    let (_engine, handle) = start(&config).await;
    let (a, b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    let (c, d) = (Agent::join(&handle, 3).await, Agent::join(&handle, 4).await);
    deadlock(&a, &b, None);
    deadlock(&c, &d, None);
    let epoch = handle.take_snapshot(None).await.unwrap().summary.epoch;
    handle.died(a.process, ProcessName::new("p1").unwrap()).await.unwrap();
    eventually("it is dead", async || {
        handle.processes().await.iter().any(|p| p.process == a.process && p.standing == Standing::Died)
    })
    .await;
    let late = handle.detect(DetectRequest { epoch: Some(epoch), ..deadlocks() }).await.unwrap();
    assert_eq!(late.findings.len(), 2, "both were deadlocks at that time");
    let records = handle.verdicts(u64::MAX, 10).await.unwrap();
    let concerns: Vec<_> = records.iter().map(VerdictRecord::concerns).collect();
    assert_eq!(concerns, [BTreeSet::from([c.process, d.process])]);
}

#[tokio::test]
async fn what_piles_up_behind_a_deadlock_is_no_change_of_it() {
    let directory = tempfile::tempdir().unwrap();
    let (_engine, handle) = start(&config(directory.path())).await;
    let (a, b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    let (left, right) = (a.task("left"), b.task("right"));
    a.wait(left, Awaited::Task(right), None);
    b.wait(right, Awaited::Task(left), None);
    for n in 1..=10 {
        a.wait(a.task("request"), Awaited::Task(left), None);
        detect(&handle).await;
        let listed = &handle.verdicts(u64::MAX, 1).await.unwrap()[0];
        let Outcome::Holds(Certificate::Deadlock(found)) = &listed.verdict.outcome else {
            panic!("{listed:?}")
        };
        assert_eq!(
            (found.members.len(), found.behind.len()),
            (2, n),
            "what is listed is as of the last round"
        );
    }
    let changes = handle.store().changes_after(0, 100).await.unwrap();
    let states: Vec<_> = changes.iter().map(|c| c.state.name()).collect();
    assert_eq!(states, ["opened", "holding"]);
}

#[tokio::test]
async fn verdicts_and_epochs_outlive_the_engine() {
    let directory = tempfile::tempdir().unwrap();
    let config = config(directory.path());
    let (engine, handle) = start(&config).await;
    let (a, b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    let wait = deadlock(&a, &b, None);
    let first = detect(&handle).await;
    let opened = handle.verdicts(u64::MAX, 10).await.unwrap();
    drop((a, b));
    engine.stop().await;
    drop(handle);

    let (engine, handle) = start(&config).await;
    assert_eq!(handle.verdicts(u64::MAX, 10).await.unwrap(), opened, "earlier verdicts are listed");
    let mut from_start = handle.watch(0).await.unwrap();
    let mut from_last = handle.watch(opened[0].revision).await.unwrap();
    let (mut a, mut b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    assert_eq!(deadlock(&a, &b, None), wait, "the same handles, as if they had lived on");
    let second = detect(&handle).await;
    assert!(second.round.summary.epoch > first.round.summary.epoch);
    assert_eq!(second.findings[0].record, Some(opened[0].id), "one deadlock");
    a.remove(wait);
    detect(&handle).await;
    let seen = [next(&mut from_start).await, next(&mut from_start).await, next(&mut from_start).await];
    assert_eq!(seen.each_ref().map(|r| r.revision), [1, 2, 3]);
    assert_eq!(seen.each_ref().map(|r| r.state.name()), ["opened", "holding", "ended"]);
    assert_eq!(next(&mut from_last).await, seen[1]);
    assert!(matches!(handle.watch(99).await.unwrap_err(), WatchError::Beyond { from: 99, last: 3 }));
    a.disconnect().await;
    b.disconnect().await;
    assert_eq!(next(&mut from_last).await, seen[2]);
    engine.stop().await;
    assert!(matches!(from_last.next().await, Err(WatchError::Stopped { after: 3 })));
}

#[tokio::test]
async fn a_watch_has_no_gap_while_verdicts_change() {
    let directory = tempfile::tempdir().unwrap();
    let (_engine, handle) = start(&config(directory.path())).await;
    let (a, b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    let other = handle.clone();
    let work = tokio::spawn(async move {
        for _ in 0..20 {
            let wait = deadlock(&a, &b, None);
            detect(&other).await;
            a.remove(wait);
            detect(&other).await;
        }
    });
    let mut watch = handle.watch(0).await.unwrap();
    for revision in 1..=40 {
        if revision == 20 {
            watch = handle.watch(19).await.unwrap();
        }
        assert_eq!(next(&mut watch).await.revision, revision);
    }
    work.await.unwrap();
}

/// Two tasks, each of which holds what the other demands, by keys.
fn keyed_deadlock(a: &Agent, b: &Agent) {
    let demand = |key: &str| Awaited::Resource {
        resource: ResourceName::Keyed(key.into()),
        grip: Grip::Exclusive,
        request: None,
    };
    for (agent, held, wanted) in [(a, "x", "y"), (b, "y", "x")] {
        let task = agent.task(held);
        agent.hold(task, held);
        agent.wait(task, demand(wanted), None);
    }
}

#[tokio::test]
async fn holds_on_keyed_resources_are_confirmed_by_one_more_round() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    config.each_round = Vec::new();
    let (_engine, handle) = start(&config).await;
    let (a, b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    keyed_deadlock(&a, &b);
    let found = detect(&handle).await;
    assert_eq!(handle.snapshots().len(), 2, "a second round was taken");
    assert_eq!(found.round.summary.epoch, handle.latest().unwrap().summary.epoch);
    assert!(matches!(found.findings[0].verdict.outcome, Outcome::Holds(_)), "{:?}", found.findings);
}

#[tokio::test]
async fn a_round_that_nobody_waits_for_is_confirmed_too() {
    let directory = tempfile::tempdir().unwrap();
    let (_engine, handle) = start(&config(directory.path())).await;
    let (a, b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    keyed_deadlock(&a, &b);
    handle.take_snapshot(None).await.unwrap();
    let mut watch = handle.watch(0).await.unwrap();
    assert_eq!(next(&mut watch).await.state, State::Opened);
}

#[tokio::test]
async fn who_does_not_come_back_after_a_restart_has_departed() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    let (engine, handle) = start(&config).await;
    let (a, b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    deadlock(&a, &b, None);
    detect(&handle).await;
    drop((a, b));
    engine.stop().await;
    drop(handle);
    config.sessions.silence = Duration::from_secs(1);
    // A round does not wait for it until then.
    config.rounds.deadline = Duration::from_millis(50);
    let (_engine, handle) = start(&config).await;
    let a = Agent::join(&handle, 1).await;
    let right = TaskRef::new(Incarnation(2), TaskId::of(1));
    a.wait(a.task("left"), Awaited::Task(right), None);
    detect(&handle).await;
    let one = async || handle.verdicts(u64::MAX, 1).await.unwrap()[0].clone();
    assert!(!one().await.state.is_ended(), "that it is not back yet says nothing");
    eventually("it has departed", async || one().await.state.is_ended()).await;
    assert_eq!(one().await.state, State::Ended(Ending::Departed(Incarnation(2))));
}

#[tokio::test]
async fn a_kept_snapshot_can_be_searched_again() {
    let directory = tempfile::tempdir().unwrap();
    let (_engine, handle) = start(&config(directory.path())).await;
    let (a, b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    let wait = deadlock(&a, &b, None);
    let old = detect(&handle).await;
    a.remove(wait);
    detect(&handle).await;
    let epoch = Some(old.round.summary.epoch);
    let found = handle.detect(DetectRequest { epoch, ..deadlocks() }).await.unwrap();
    assert!(matches!(found.findings[0].verdict.outcome, Outcome::Holds(_)));
    assert_eq!(found.findings[0].record, None, "what was found in an old cut has ended since");
    let revision = handle.revision();
    assert_eq!(revision, 2, "and does not begin again");
}

#[tokio::test]
async fn termination_is_waited_for_and_never_early() {
    let directory = tempfile::tempdir().unwrap();
    let (_engine, handle) = start(&config(directory.path())).await;
    let a = Agent::join(&handle, 1).await;
    let label = ComputationName::Label("crawl".into());
    let computation = a.create("crawl");
    let token = a.token(computation);

    let rounds = || handle.statistics().count(Counter::RoundsComplete);
    let waiting = tokio::spawn({
        let (handle, label) = (handle.clone(), label.clone());
        async move { handle.wait_termination(&label, None).await.unwrap() }
    });
    // The second is taken because the first found work left.
    eventually("it has looked and found work left", async || rounds() >= 2).await;
    assert!(!waiting.is_finished());
    a.remove([token]);
    let Waited::Terminated(verdict) = waiting.await.unwrap() else { panic!("it has terminated") };
    assert_eq!(verdict.property, Property::Termination(computation));
    let by_id = handle.wait_termination(&ComputationName::Id(computation), None).await.unwrap();
    assert!(matches!(by_id, Waited::Terminated(_)));
}

/// A wait until its time is over, with a round in it at least.
async fn timed_out(handle: &EngineHandle, name: &ComputationName) -> Waited {
    let mut time = Duration::from_millis(20);
    loop {
        match handle.wait_termination(name, Some(time)).await.unwrap() {
            Waited::Unanswered => time *= 2,
            waited => return waited,
        }
    }
}

#[tokio::test]
async fn a_wait_tells_work_that_is_left_from_work_that_nobody_began() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    config.rounds.deadline = Duration::from_secs(3600);
    let (_engine, handle) = start(&config).await;
    let (a, b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    let label = ComputationName::Label("crawl".into());
    assert_eq!(timed_out(&handle, &label).await, Waited::Nobody(BTreeSet::new()), "it was never created");
    let computation = a.create("crawl");
    a.token(computation);
    let other = timed_out(&handle, &ComputationName::Label("craw".into())).await;
    assert_eq!(other, Waited::Nobody(BTreeSet::from(["crawl".into()])), "and those that there are");
    let left = timed_out(&handle, &label).await;
    assert!(matches!(&left, Waited::TimedOut(v) if matches!(v.outcome, Outcome::DoesNotHold(_))), "{left:?}");
    // A round that waits for somebody ends with the wait, and knows what it knows.
    b.mute(true);
    let left = timed_out(&handle, &label).await;
    assert!(matches!(&left, Waited::TimedOut(v) if matches!(v.outcome, Outcome::DoesNotHold(_))), "{left:?}");
}

#[tokio::test]
async fn a_computation_that_is_forgotten_while_it_is_waited_for_is_an_error() {
    let directory = tempfile::tempdir().unwrap();
    let (_engine, handle) = start(&config(directory.path())).await;
    let a = Agent::join(&handle, 1).await;
    let computation = a.create("crawl");
    let token = a.token(computation);
    let waiting = tokio::spawn({
        let handle = handle.clone();
        async move { handle.wait_termination(&ComputationName::Label("crawl".into()), None).await }
    });
    let rounds = || handle.statistics().count(Counter::RoundsComplete);
    eventually("it is known", async || rounds() >= 2).await;
    a.remove([token, computation.id.0]);
    let ended = waiting.await.unwrap();
    assert!(
        matches!(ended, Err(EngineError::Forgotten { computation: of, .. }) if of == computation),
        "{ended:?}"
    );
}
