//! A server and workers as processes, stopped and killed in the middle of rounds.
#![allow(clippy::unwrap_used, reason = "test code")]

mod processes_support;

use processes_support::{Server, complete, deadlock, detect, found, processes, snapshot, until, workers};
use serde_json::json;
use std::time::Duration;
use stillpoint_proto::wire::v1;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

/// Short times, so that a round without everybody does not last.
const SETTINGS: &str = "[rounds]\ndeadline = \"400ms\"\n[sessions]\nsilence = \"1s\"";
const CIRCLE: [&str; 3] = ["worker-1", "worker-2", "worker-3"];

/// The last epoch that any of them has reached.
fn epoch(all: &[v1::Process]) -> u64 {
    all.iter().map(|process| process.epoch).max().unwrap_or_default()
}

/// Whose cuts a round lacks. The content of what others have sent to them is missing too.
fn missing(summary: &v1::SnapshotSummary) -> Vec<&str> {
    let is_cut = |reason: Option<&_>| !matches!(reason, Some(v1::missing_part::Reason::Content(_)));
    let missing = summary.missing.iter().filter(|missing| is_cut(missing.reason.as_ref()));
    missing.map(|missing| &*missing.name).collect()
}

/// The properties of which something is not known.
fn unknown(response: &v1::DetectResponse) -> Vec<&'static str> {
    let verdicts = response.findings.iter().filter_map(|finding| finding.verdict.as_ref());
    let unknown = verdicts.filter(|v| matches!(v.outcome, Some(v1::verdict::Outcome::Unknown(_))));
    unknown
        .map(|verdict| match verdict.property.as_ref().unwrap().property {
            Some(v1::property::Property::Deadlock(_)) => "deadlock",
            Some(v1::property::Property::Garbage(_)) => "garbage",
            _ => "another",
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_stopped_or_killed_in_a_round_is_named_and_hides_no_deadlock_of_others() {
    let directory = tempfile::tempdir().unwrap();
    let server = Server::start(directory.path(), "127.0.0.1:0", SETTINGS);
    let mut api = server.api().await;
    let mut workers = workers(5, server.address);
    for worker in &mut workers {
        worker.ask(&json!({"command": "bank-start", "money": 1000, "leak": false}));
    }
    complete(&mut api, 5).await;
    deadlock(&mut workers, 3);
    let id = until("the deadlock is found", async || found(&detect(&mut api).await)).await.1;

    // Rounds follow one another, so that it is stopped in one of them.
    let before = epoch(&processes(&mut api).await);
    let mut rounds = api.clone();
    let rounds = tokio::spawn(async move {
        loop {
            let summary = snapshot(&mut rounds).await;
            if summary.outcome() != v1::SnapshotOutcome::Complete {
                return summary;
            }
        }
    });
    until("rounds follow one another", async || {
        (epoch(&processes(&mut api).await) > before + 2).then_some(())
    })
    .await;
    workers[4].stop();
    let summary = rounds.await.unwrap();
    assert_eq!(summary.outcome(), v1::SnapshotOutcome::Incomplete, "{summary:?}");
    assert_eq!(missing(&summary), ["worker-5"], "{summary:?}");

    let without_it = |response: &v1::DetectResponse, not_known: &[&str]| {
        let summary = response.snapshot.as_ref().unwrap();
        assert_eq!(missing(summary), ["worker-5"], "{summary:?}");
        let (names, again) = found(response).unwrap_or_else(|| panic!("{response:?}"));
        assert_eq!((names, &again), (CIRCLE.map(String::from).to_vec(), &id));
        assert_eq!(unknown(response), not_known, "{response:?}");
    };
    without_it(&detect(&mut api).await, &["deadlock", "garbage"]);
    workers[4].go_on();
    complete(&mut api, 5).await;

    workers.pop().unwrap().kill();
    without_it(&detect(&mut api).await, &["deadlock", "garbage"]);
    let dead = |p: &v1::Process| p.state() == v1::ProcessState::PresumedDead;
    until("the killed worker is presumed dead", async || {
        processes(&mut api).await.iter().any(dead).then_some(())
    })
    .await;
    // Nobody has an object, so there is no garbage if that worker is dead. What it had sent and others read only now
    // is a sign of life, after which it has to be silent once more.
    let after = until("a round counts the killed worker as dead", async || {
        let response = detect(&mut api).await;
        (unknown(&response) == ["deadlock"]).then_some(response)
    })
    .await;
    without_it(&after, &["deadlock"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_in_a_round_comes_back_with_greater_epochs_and_its_verdicts() {
    let directory = tempfile::tempdir().unwrap();
    let server = Server::start(directory.path(), "127.0.0.1:0", "[rounds]\ndeadline = \"20s\"");
    let mut api = server.api().await;
    let mut workers = workers(4, server.address);
    complete(&mut api, 4).await;
    deadlock(&mut workers, 3);
    let id = until("the deadlock is found", async || found(&detect(&mut api).await)).await.1;

    // The round cannot end while one worker is stopped.
    workers[3].stop();
    let before = epoch(&processes(&mut api).await);
    let mut asking = api.clone();
    let open =
        tokio::spawn(
            async move { asking.take_snapshot(v1::TakeSnapshotRequest { deadline_ms: None }).await },
        );
    let during = until("the others have made their cuts", async || {
        let epoch = epoch(&processes(&mut api).await);
        (epoch > before).then_some(epoch)
    })
    .await;
    assert!(!open.is_finished());
    let address = server.address;
    server.kill();
    assert!(open.await.unwrap().is_err());
    workers[3].go_on();

    let server = Server::start(directory.path(), &address.to_string(), SETTINGS);
    let mut api = server.api().await;
    let listed = api.list_verdicts(v1::ListVerdictsRequest::default()).await.unwrap().into_inner();
    assert!(listed.verdicts.iter().any(|verdict| verdict.id == id), "{listed:?}");
    let alive = |p: &v1::Process| p.state() == v1::ProcessState::Alive;
    until("all agents are back", async || {
        (processes(&mut api).await.iter().filter(|p| alive(p)).count() == 4).then_some(())
    })
    .await;
    let response = detect(&mut api).await;
    let summary = response.snapshot.as_ref().unwrap();
    assert_eq!((summary.outcome(), summary.members), (v1::SnapshotOutcome::Complete, 4), "{summary:?}");
    assert!(summary.epoch > during, "{} after {during}", summary.epoch);
    let (names, again) = found(&response).unwrap_or_else(|| panic!("{response:?}"));
    assert_eq!((names, again), (CIRCLE.map(String::from).to_vec(), id), "it is the same deadlock");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_signal_ends_a_server_that_still_waits() {
    let directory = tempfile::tempdir().unwrap();
    let mut server = Server::start(directory.path(), "127.0.0.1:0", "drain = \"1h\"");
    // A call that does not end by itself.
    let mut health = HealthClient::new(server.connection().await);
    let mut watch = health.watch(HealthCheckRequest::default()).await.unwrap().into_inner();
    assert_eq!(watch.message().await.unwrap().unwrap().status(), ServingStatus::Serving);
    server.terminate();
    assert_eq!(watch.message().await.unwrap().unwrap().status(), ServingStatus::NotServing);
    // That it does not end shows only in time.
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(server.ended(), None, "it waits for the call");
    server.terminate();
    let status = until("it has ended", async || server.ended()).await;
    assert_eq!(status.code(), Some(128 + 15));
}
