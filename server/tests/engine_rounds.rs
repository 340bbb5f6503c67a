//! Rounds, sessions, jobs and hints.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod engine_support;

use engine_support::{Agent, config, eventually, start};
use std::sync::Arc;
use std::time::{Duration, Instant};
use stillpoint_proto::collector::{Departure, Missing};
use stillpoint_proto::cut::{LaneEnd, Order};
use stillpoint_proto::id::{Epoch, Incarnation, ProcessName};
use stillpoint_proto::session::FromAgent;
use stillpoint_proto::snapshot::Absence;
use stillpoint_server::config::{Job, PropertyKind};
use stillpoint_server::engine::{
    CloseReason, Counter, Engine, EngineError, RoundKind, Standing, StartError, missing_in_words,
};

#[tokio::test]
async fn a_round_completes_and_is_listed() {
    let directory = tempfile::tempdir().unwrap();
    let (engine, handle) = start(&config(directory.path())).await;
    let (a, b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    a.task("one");
    let lane = a.with(|p| p.open(LaneEnd::Peer(b.process), Order::Unordered));
    a.with(|p| p.send(lane, Arc::from([]), Vec::new())).unwrap();

    let round = handle.take_snapshot(None).await.unwrap();
    assert_eq!(round.summary.outcome, RoundKind::Complete);
    assert_eq!((round.summary.members, round.summary.in_transit), (2, 1));
    assert_eq!(handle.latest().unwrap().summary.epoch, round.summary.epoch);
    assert_eq!(handle.snapshot(round.summary.epoch), Some(round.clone()));

    let processes = handle.processes().await;
    assert_eq!(processes.len(), 2);
    assert_eq!(processes[0].name.as_str(), "p1");
    assert_eq!((processes[0].standing, processes[0].epoch), (Standing::Connected, round.summary.epoch));
    assert_eq!(processes[0].counts.unwrap().tasks, 1);
    assert!(processes[0].session.as_ref().unwrap().peer.starts_with("memory:"));
    let lanes = handle.lanes(Some(a.process)).await;
    assert_eq!((lanes.len(), lanes[0].sent, lanes[0].outstanding), (1, 1, 1));
    assert_eq!(handle.lanes(Some(b.process)).await, [], "it has received nothing");

    let store = handle.store().clone();
    eventually("the round is in the store", async || {
        store.rounds(Epoch(u64::MAX), 10).await.unwrap() == vec![round.summary.clone()]
    })
    .await;
    engine.stop().await;
}

#[tokio::test]
async fn requests_that_come_together_share_a_round() {
    let directory = tempfile::tempdir().unwrap();
    let (_engine, handle) = start(&config(directory.path())).await;
    let _agent = Agent::join(&handle, 1).await;
    let all = (0..20).map(|_| {
        let handle = handle.clone();
        tokio::spawn(async move { handle.take_snapshot(None).await.unwrap().summary.epoch })
    });
    let mut epochs = Vec::new();
    for one in all.collect::<Vec<_>>() {
        epochs.push(one.await.unwrap());
    }
    epochs.sort_unstable();
    epochs.dedup();
    assert!(epochs.len() < 20, "{epochs:?}");
}

#[tokio::test]
async fn a_silent_participant_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    // The round ends because it was asked to end sooner.
    config.rounds.deadline = Duration::from_secs(3600);
    let (_engine, handle) = start(&config).await;
    let (_a, b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    handle.take_snapshot(None).await.unwrap();
    b.mute(true);
    let round = handle.take_snapshot(Some(Duration::from_millis(100))).await.unwrap();
    assert_eq!(round.summary.outcome, RoundKind::Incomplete);
    let silent = Missing::Cut(Incarnation(2), ProcessName::new("p2").unwrap(), Absence::Silent);
    assert!(round.summary.missing.contains(&silent), "{:?}", round.summary.missing);
    assert_eq!(missing_in_words(&silent), "the cut of p2 (2): connected, but no report before the deadline");
    assert_eq!(handle.statistics().count(Counter::RoundsIncomplete), 1);
    // What is in the store is what was said.
    let store = handle.store().clone();
    eventually("the round is in the store", async || {
        store.rounds(Epoch(u64::MAX), 1).await.unwrap() == vec![round.summary.clone()]
    })
    .await;
}

#[tokio::test]
async fn processes_come_go_and_come_back() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    config.sessions.silence = Duration::from_millis(50);
    let (_engine, handle) = start(&config).await;
    let (_a, mut b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    let standing = async |n: usize| handle.processes().await[n].standing;
    b.disconnect().await;
    eventually("it is presumed dead", async || standing(1).await == Standing::PresumedDead).await;
    let store = handle.store().clone();
    let stored =
        async |n: usize| store.processes().await.unwrap().get(n).map(|p| (p.process.0, p.gone.is_some()));
    eventually("its departure is stored", async || stored(1).await == Some((2, true))).await;
    b.connect(&handle).await;
    eventually("it is back", async || standing(1).await == Standing::Connected).await;
    eventually("that too is stored", async || stored(1).await == Some((2, false))).await;
    handle.died(Incarnation(7), ProcessName::new("p7").unwrap()).await.unwrap();
    eventually("a death is known", async || handle.processes().await.len() == 3).await;
    assert_eq!(standing(2).await, Standing::Died);
}

/// A process that is only silent makes rounds incomplete until its host says that it has ended.
#[tokio::test]
async fn a_death_that_is_stated_makes_rounds_whole_again() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    config.sessions.silence = Duration::from_millis(50);
    let (engine, handle) = start(&config).await;
    let (a, mut b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    let outcome = async || handle.take_snapshot(None).await.unwrap().summary.outcome;
    assert_eq!(outcome().await, RoundKind::Complete);
    assert!(
        matches!(handle.report_death(b.process).await, Err(EngineError::Alive(who, _)) if who == b.process)
    );
    let nobody = handle.report_death(Incarnation(9)).await;
    assert!(matches!(nobody, Err(EngineError::NoProcess(Incarnation(9)))));
    b.disconnect().await;
    let standing = async || handle.processes().await[1].standing;
    eventually("it is presumed dead", async || standing().await == Standing::PresumedDead).await;
    assert_eq!(outcome().await, RoundKind::Incomplete);
    assert_eq!(handle.report_death(b.process).await.unwrap().standing, Standing::Died);
    // The others are asked whether anything of it is still under way.
    eventually("rounds are whole again", async || {
        let complete = outcome().await == RoundKind::Complete;
        a.with(|p| {
            p.deaths().collect::<Vec<_>>().into_iter().for_each(|(dead, since)| p.peer_ended(dead, since))
        });
        complete
    })
    .await;
    // Also after a restart it is dead for certain.
    let store = handle.store().clone();
    let how = async || store.processes().await.unwrap()[1].gone.map(|(how, _)| how);
    eventually("its death is stored", async || how().await == Some(Departure::Died)).await;
    engine.stop().await;
    drop((store, handle, a));
    let (_engine, handle) = start(&config).await;
    assert_eq!(handle.processes().await[1].standing, Standing::Died);
    // And if it comes back after all, it lives.
    b.connect(&handle).await;
    let standing = async || handle.processes().await[1].standing;
    eventually("it is back", async || standing().await == Standing::Connected).await;
}

/// A server that starts again does not take those for all who were the first to come back.
#[tokio::test]
async fn a_restarted_server_waits_for_whoever_was_there() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    config.rounds.deadline = Duration::from_millis(50);
    let (engine, handle) = start(&config).await;
    let (mut a, mut b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    let store = handle.store().clone();
    eventually("both are stored", async || store.processes().await.unwrap().len() == 2).await;
    a.disconnect().await;
    b.disconnect().await;
    engine.stop().await;
    drop((store, handle));
    let (_engine, handle) = start(&config).await;
    a.connect(&handle).await;
    let round = handle.take_snapshot(None).await.unwrap();
    let absent = Missing::Cut(Incarnation(2), ProcessName::new("p2").unwrap(), Absence::Disconnected);
    assert!(round.summary.missing.contains(&absent), "{:?}", round.summary.missing);
    b.connect(&handle).await;
    eventually("all are there", async || {
        handle.take_snapshot(None).await.unwrap().summary.outcome == RoundKind::Complete
    })
    .await;
}

#[tokio::test]
async fn processes_that_departed_are_remembered_up_to_a_bound() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    config.sessions.departed = 2;
    let (_engine, handle) = start(&config).await;
    for n in 1..=3 {
        handle.died(Incarnation(n), ProcessName::new(&format!("p{n}")).unwrap()).await.unwrap();
    }
    let known = async || handle.processes().await.iter().map(|p| p.process.0).collect::<Vec<_>>();
    eventually("the first is forgotten", async || known().await == [2, 3]).await;
    let store = handle.store().clone();
    let stored = async || store.processes().await.unwrap().iter().map(|p| p.process.0).collect::<Vec<_>>();
    eventually("in the store too", async || stored().await == [2, 3]).await;
}

#[tokio::test]
async fn an_agent_that_does_not_read_is_disconnected() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    config.sessions.outbox = 2;
    config.rounds.deadline = Duration::from_millis(20);
    let (_engine, handle) = start(&config).await;
    let session = handle.open_session("deaf").await.unwrap();
    let mut participant =
        stillpoint_proto::participant::Participant::new(stillpoint_proto::participant::Config::new(
            config.deployment_id(),
            ProcessName::new("deaf").unwrap(),
            Incarnation(1),
        ));
    session.inbox.send(participant.connect()).await.unwrap();
    for _ in 0..4 {
        handle.take_snapshot(None).await.unwrap();
    }
    assert_eq!(session.inbox.closed(), Some(CloseReason::OutboxFull));
    assert!(session.inbox.send(FromAgent::Request).await.is_err());
    assert_eq!(handle.statistics().count(Counter::OutboxesFull), 1);
}

#[tokio::test]
async fn sessions_are_limited() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    config.sessions.limit = 1;
    let (_engine, handle) = start(&config).await;
    let session = handle.open_session("first").await.unwrap();
    let refused = handle.open_session("second").await.unwrap_err();
    assert!(matches!(refused, EngineError::TooManySessions { limit: 1 }), "{refused}");
    drop(session);
    handle.open_session("third").await.unwrap();
}

#[tokio::test]
async fn jobs_take_rounds_and_analyse_them() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    config.each_round = Vec::new();
    config.jobs = vec![Job { every: Duration::from_millis(30), properties: vec![PropertyKind::Deadlock] }];
    let (_engine, handle) = start(&config).await;
    // That nothing happens shows only in time: for several intervals there is no round.
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(handle.snapshots(), [], "nobody is there to take part");
    let (a, b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    engine_support::deadlock(&a, &b, None);
    let mut watch = handle.watch(0).await.unwrap();
    let opened = tokio::time::timeout(Duration::from_secs(5), watch.next()).await.unwrap().unwrap();
    assert_eq!(opened.verdict.property.name(), "deadlock");
}

#[tokio::test]
async fn a_hint_outlives_the_session_of_another_who_hinted() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    let spacing = Duration::from_millis(500);
    config.rounds.hint_spacing = spacing;
    config.rounds.deadline = Duration::from_millis(100);
    let (_engine, handle) = start(&config).await;
    let (mut first, second) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    let began = Instant::now();
    first.hint().await;
    eventually("a first hint leads to a round at once", async || handle.snapshots().len() == 1).await;
    first.hint().await;
    second.hint().await;
    first.disconnect().await;
    let rounds = handle.snapshots().len();
    assert!(rounds == 1 || began.elapsed() >= spacing, "it is too early for another round");
    eventually("the second hint led to a round", async || handle.snapshots().len() >= 2).await;
}

#[tokio::test]
async fn limits_out_of_range_are_named_and_no_panic() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    config.sessions.limit = usize::MAX;
    let error = Engine::start(config.clone()).await.unwrap_err();
    assert!(matches!(error, StartError::Setting(_)), "{error:?}");
    assert!(error.to_string().contains("`sessions.limit` is 18446744073709551615"), "{error}");
    assert!(!config.store.exists(), "nothing was started");
}

#[tokio::test]
async fn hints_lead_to_rounds_with_a_spacing() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    config.rounds.hint_spacing = Duration::from_millis(200);
    let (_engine, handle) = start(&config).await;
    let agent = Agent::join(&handle, 1).await;
    let began = Instant::now();
    // Far more hints than there may be rounds.
    while began.elapsed() < Duration::from_millis(500) {
        agent.with(|p| p.request_round());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    eventually("hints led to rounds", async || handle.snapshots().len() >= 2).await;
    let rounds = handle.snapshots().len() as u128;
    assert!(rounds <= began.elapsed().as_millis() / 200 + 1, "{rounds} rounds");
}
