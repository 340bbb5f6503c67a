//! Agents over sockets: rounds, messages, deadlocks, death and return.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod net_support;

use net_support::{Running, Wire, config, deadlocks, eventually, holding, snapshot};
use std::time::{Duration, Instant};
use stillpoint_agent::fact::{Annotation, Grip};
use stillpoint_agent::{Agent, CONNECT_TIMEOUT, Event, Hold, Resource, Task, Wait, Waiting};
use stillpoint_proto::snapshot::Snapshot;
use stillpoint_proto::wire::session::VerdictState;
use stillpoint_proto::wire::v1;
use stillpoint_proto::wire::v1::agent_service_server::{AgentService, AgentServiceServer};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_stream::Pending;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{Request, Response, Status, Streaming};

#[tokio::test(flavor = "multi_thread")]
async fn a_round_has_what_an_agent_recorded() {
    let directory = tempfile::tempdir().unwrap();
    let server = Running::start(config(directory.path())).await;
    let mut api = server.api().await;
    let agent = server.agent("bank").await;
    agent.gauge("money", 100);
    let summary = snapshot(&mut api).await;
    assert_eq!(summary.outcome(), v1::SnapshotOutcome::Complete, "{summary:?}");
    assert_eq!(summary.members, 1);
    let mut parts = api.get_snapshot(v1::GetSnapshotRequest { epoch: 0 }).await.unwrap().into_inner();
    let part = parts.message().await.unwrap().unwrap().part.unwrap();
    assert!(parts.message().await.unwrap().is_none());
    let whole = Snapshot::try_from(part).unwrap();
    let member = whole.members.get(&agent.incarnation()).unwrap();
    assert_eq!(member.state.cut().unwrap().gauges.get(&"money".into()), Some(&100));
    assert_eq!(agent.epoch().0, summary.epoch);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn work_in_a_message_is_not_terminated() {
    let directory = tempfile::tempdir().unwrap();
    let server = Running::start(config(directory.path())).await;
    let mut api = server.api().await;
    let (a, b) = (server.agent("a").await, server.agent("b").await);
    let (computation, token) = a.event(|acts| acts.computation("nightly", false));
    let lane = a.lane_to(b.incarnation());
    let carries = vec![Annotation::Token(computation.id())];
    let (stamp, ()) = lane.stamp(carries, |acts, _| acts.end(token));

    let summary = snapshot(&mut api).await;
    assert_eq!((summary.members, summary.in_transit), (2, 1), "{summary:?}");
    let name =
        |label: &str| v1::ComputationName { name: Some(v1::computation_name::Name::Label(label.to_owned())) };
    let wait = |timeout_ms| v1::WaitTerminationRequest { computation: Some(name("nightly")), timeout_ms };
    let waited = api.wait_termination(wait(Some(300))).await.unwrap().into_inner();
    assert_eq!(waited.outcome(), v1::WaitOutcome::Timeout, "the message has the work: {waited:?}");
    let verdict = waited.verdict.unwrap();
    assert!(matches!(verdict.outcome, Some(v1::verdict::Outcome::DoesNotHold(_))), "{verdict:?}");

    let token = b.observe(&stamp.to_string().parse().unwrap(), |acts| acts.token(computation.id()));
    let token = token.made().unwrap();
    let mut waiting = api.clone();
    let for_ever = wait(None);
    let waiting = tokio::spawn(async move { waiting.wait_termination(for_ever).await });
    // Rounds go by, and it is not terminated.
    for _ in 0..3 {
        assert_eq!(snapshot(&mut api).await.outcome(), v1::SnapshotOutcome::Complete);
        assert!(!waiting.is_finished());
    }
    drop(token);
    let waited = waiting.await.unwrap().unwrap().into_inner();
    assert_eq!(waited.outcome(), v1::WaitOutcome::Terminated, "{waited:?}");

    let lanes = api.list_lanes(v1::ListLanesRequest::default()).await.unwrap().into_inner().lanes;
    assert_eq!(lanes.len(), 1);
    assert_eq!((lanes[0].sent, &*lanes[0].sender_name, &*lanes[0].received[0].name), (1, "a", "b"));
    server.stop().await;
}

/// A task that holds one key and waits for another.
fn stuck(agent: &Agent, holds: &str, wants: &str) -> (Task, Hold, Wait) {
    let task = agent.task(&format!("{holds} then {wants}"));
    let held = Resource::keyed(holds);
    let hold = agent.event(|acts| acts.hold(held.name(), Some(&task), Grip::Exclusive));
    let wait = agent.wait(&task, &Waiting::default().resource(&Resource::keyed(wants), Grip::Exclusive));
    (task, hold, wait)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadlock_of_two_agents_is_found_listed_watched_and_told() {
    let directory = tempfile::tempdir().unwrap();
    let server = Running::start(config(directory.path())).await;
    let mut api = server.api().await;
    let (a, told_a) = server.listening("a").await;
    let (b, told_b) = server.listening("b").await;
    let mut watch =
        api.watch_verdicts(v1::WatchVerdictsRequest { from_revision: None }).await.unwrap().into_inner();
    let first = stuck(&a, "db/1", "db/2");
    let second = stuck(&b, "db/2", "db/1");

    let found = deadlocks(&mut api).await;
    let (deadlock, id) = holding(&found).unwrap_or_else(|| panic!("{found:?}"));
    let mut members: Vec<_> = deadlock.members.iter().map(|m| (&*m.process_name, &*m.label)).collect();
    members.sort_unstable();
    assert_eq!(members, [("a", "db/1 then db/2"), ("b", "db/2 then db/1")]);
    assert!(!id.is_empty());

    let properties = vec![v1::PropertyKind::Deadlock.into()];
    let listed = v1::ListVerdictsRequest { properties: properties.clone(), ..Default::default() };
    let listed = api.list_verdicts(listed).await.unwrap().into_inner();
    assert_eq!(listed.verdicts.iter().map(|v| &*v.id).collect::<Vec<_>>(), [id]);
    assert!(listed.revision > 0 && listed.next_page_token.is_empty());
    let got = api.get_verdict(v1::GetVerdictRequest { id: id.to_owned() }).await.unwrap().into_inner();
    // A hint of the agents may have asked for a later round meanwhile, which found the same.
    let newest = got.verdict.unwrap().verdict.unwrap();
    assert_eq!(newest.outcome, found.findings[0].verdict.as_ref().unwrap().outcome);
    assert!(newest.epoch >= found.snapshot.as_ref().map(|snapshot| snapshot.epoch), "{newest:?}");
    let event = watch.message().await.unwrap().unwrap().event.unwrap();
    assert_eq!((event.verdict.unwrap().id, event.revision > 0), (id.to_owned(), true));
    for (told, agent) in [(&told_a, &a), (&told_b, &b)] {
        eventually("an agent is told", async || {
            told.any(|event| match event {
                Event::Verdict(notice) => {
                    let own = notice.members.iter().all(|m| m.task.process == agent.incarnation());
                    own && notice.members.len() == 1 && notice.id.as_str() == id
                }
                _ => false,
            })
        })
        .await;
    }

    // One gives way: the verdict ends, and says why.
    drop(first);
    let found = deadlocks(&mut api).await;
    assert!(holding(&found).is_none(), "{found:?}");
    let ended =
        |states| v1::ListVerdictsRequest { states, properties: properties.clone(), ..Default::default() };
    let listed = api.list_verdicts(ended(vec![v1::VerdictState::Ended.into()])).await.unwrap().into_inner();
    assert_eq!(listed.verdicts.len(), 1);
    assert!(listed.verdicts[0].end_cause.starts_with("resolved"), "{:?}", listed.verdicts[0].end_cause);
    let none = api.list_verdicts(ended(vec![v1::VerdictState::Open.into()])).await.unwrap().into_inner();
    assert_eq!(none.verdicts, []);
    eventually("an agent is told of the end", async || {
        told_b.any(|event| matches!(event, Event::Verdict(n) if n.state == VerdictState::Ended))
    })
    .await;
    // The watch has told every change, in order and without a gap.
    let mut last = event.revision;
    while last < listed.revision {
        let next = watch.message().await.unwrap().unwrap().event.unwrap().revision;
        assert_eq!(next, last + 1);
        last = next;
    }
    drop(second);
    server.stop().await;
    let status = watch.message().await.unwrap_err();
    assert_eq!(status.code(), tonic::Code::Unavailable, "{status}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_whose_machine_is_gone_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    config.sessions.silence = Duration::from_millis(200);
    config.rounds.deadline = Duration::from_millis(500);
    let server = Running::start(config).await;
    let mut api = server.api().await;
    let _a = server.agent("a").await;
    let wire = Wire::to(server.address).await;
    let b = Agent::builder("b").server(&wire.url).start().unwrap();
    server.knows("b").await;
    assert_eq!(snapshot(&mut api).await.outcome(), v1::SnapshotOutcome::Complete);
    wire.cut().await;
    server.process("b", v1::ProcessState::PresumedDead).await;
    let summary = snapshot(&mut api).await;
    assert_eq!(summary.outcome(), v1::SnapshotOutcome::Incomplete, "{summary:?}");
    let dead = v1::missing_part::Reason::PresumedDead(v1::PresumedDead {});
    let named = summary
        .missing
        .iter()
        .any(|m| (&*m.name, m.process, m.reason.as_ref()) == ("b", Some(b.incarnation().0), Some(&dead)));
    assert!(named, "{summary:?}");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_that_leaves_is_missed_by_nobody() {
    let directory = tempfile::tempdir().unwrap();
    let server = Running::start(config(directory.path())).await;
    let mut api = server.api().await;
    let (_a, b) = (server.agent("a").await, server.agent("b").await);
    tokio::task::spawn_blocking(move || b.leave()).await.unwrap();
    server.process("b", v1::ProcessState::Left).await;
    let summary = snapshot(&mut api).await;
    assert_eq!(summary.outcome(), v1::SnapshotOutcome::Complete, "{summary:?}");
    server.stop().await;
}

/// The agent's thread is in its back-off when the application wants to end; meanwhile a server has come.
#[tokio::test(flavor = "multi_thread")]
async fn an_agent_that_leaves_during_the_back_off_says_goodbye() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap();
    config.server.listen = nobody.local_addr().unwrap().to_string();
    let agent = Agent::builder("a").server(&format!("http://{}", config.server.listen)).start().unwrap();
    // After so many attempts that came to nothing it waits for most of a second until the next.
    for _ in 0..5 {
        drop(timeout(Duration::from_secs(60), nobody.accept()).await.unwrap().unwrap());
    }
    drop(nobody);
    let server = Running::start(config).await;
    let leaving = agent.clone();
    tokio::task::spawn_blocking(move || leaving.leave()).await.unwrap();
    server.process("a", v1::ProcessState::Left).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_that_leaves_while_it_connects_says_goodbye() {
    let directory = tempfile::tempdir().unwrap();
    let server = Running::start(config(directory.path())).await;
    // Some may be so quick that they have connected.
    let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    for name in names {
        let agent = Agent::builder(name).server(&server.url()).start().unwrap();
        tokio::task::block_in_place(|| agent.leave());
    }
    for name in names {
        server.process(name, v1::ProcessState::Left).await;
    }
    server.stop().await;
}

/// A service that opens sessions and says nothing on them; its channel closes once the agent has ended its own.
struct Mute(mpsc::Sender<()>);

#[tonic::async_trait]
impl AgentService for Mute {
    type SessionStream = Pending<Result<v1::SessionResponse, Status>>;

    async fn session(
        &self,
        request: Request<Streaming<v1::SessionRequest>>,
    ) -> Result<Response<Self::SessionStream>, Status> {
        let (mut requests, told) = (request.into_inner(), self.0.clone());
        tokio::spawn(async move {
            told.send(()).await.unwrap();
            while let Ok(Some(_)) = requests.message().await {}
            told.send(()).await.unwrap();
        });
        Ok(Response::new(tokio_stream::pending()))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_takes_no_goodbye_keeps_no_agent() {
    let (told, mut sessions) = mpsc::channel(2);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = tonic::transport::Server::builder().add_service(AgentServiceServer::new(Mute(told)));
    let server = tokio::spawn(router.serve_with_incoming(TcpListenerStream::new(listener)));
    let agent = Agent::builder("a").server(&format!("http://{address}")).start().unwrap();
    sessions.recv().await.unwrap();
    let (started, leaving) = (Instant::now(), agent.clone());
    tokio::task::spawn_blocking(move || leaving.leave()).await.unwrap();
    assert!(started.elapsed() < CONNECT_TIMEOUT + Duration::from_secs(1), "{:?}", started.elapsed());
    // Its thread has ended as well, though another clone is still there.
    let ended = timeout(Duration::from_secs(3), sessions.recv()).await;
    assert_eq!(ended, Ok(Some(())), "the agent has left, and its session goes on");
    drop(agent);
    server.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_agents_come_back_and_verdicts_are_still_there() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    let server = Running::start(config.clone()).await;
    let (a, b) = (server.agent("a").await, server.agent("b").await);
    let _stuck = (stuck(&a, "db/1", "db/2"), stuck(&b, "db/2", "db/1"));
    let mut api = server.api().await;
    let found = deadlocks(&mut api).await;
    let (_, id) = holding(&found).unwrap();
    let epoch = found.snapshot.as_ref().unwrap().epoch;
    config.server.listen = server.address.to_string();
    server.stop().await;

    let server = Running::start(config).await;
    let mut api = server.api().await;
    server.knows("a").await;
    server.knows("b").await;
    let listed = api.list_verdicts(v1::ListVerdictsRequest::default()).await.unwrap().into_inner();
    assert!(listed.verdicts.iter().any(|v| v.id == id && v.state() != v1::VerdictState::Ended));
    let again = deadlocks(&mut api).await;
    let summary = again.snapshot.as_ref().unwrap();
    assert_eq!(summary.outcome(), v1::SnapshotOutcome::Complete, "{summary:?}");
    assert!(summary.epoch > epoch, "{} after {epoch}", summary.epoch);
    assert_eq!(holding(&again).map(|(_, id)| id), Some(id), "it is the same deadlock: {again:?}");
    server.stop().await;
}
