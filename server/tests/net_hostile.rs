//! An agent that lies, over a real socket: it is named and cut off, and the others' rounds stay right.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod net_support;

use net_support::{Api, Running, config, eventually, snapshot};
use std::time::Duration;
use stillpoint_agent::Agent;
use stillpoint_agent::fact::{Annotation, Millis};
use stillpoint_proto::cut::{Delta, LaneEnd, Order, ProcessCut, Receiving, SendingDelta};
use stillpoint_proto::fold::{Piece, Report};
use stillpoint_proto::id::{DeploymentId, Epoch, Incarnation, LaneId, LaneRef, ProcessName};
use stillpoint_proto::ranges::RangeSet;
use stillpoint_proto::refused::Refused;
use stillpoint_proto::session::{FromAgent, Hello, Notice, Rejection, ToAgent, VERSIONS};
use stillpoint_proto::wire::session::{FromServer, encode, heartbeat};
use stillpoint_proto::wire::v1;
use stillpoint_server::net::MESSAGE_LIMIT;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Code, Status, Streaming};

const LIAR: Incarnation = Incarnation(0xbad);

/// An agent that says whatever a test wants.
struct Liar {
    says: mpsc::Sender<v1::SessionRequest>,
    hears: Streaming<v1::SessionResponse>,
    deployment: DeploymentId,
}

impl Liar {
    async fn connect(server: &Running, config: &stillpoint_server::config::Config) -> Liar {
        let (says, said) = mpsc::channel(16);
        let hears = server.sessions().await.session(ReceiverStream::new(said)).await.unwrap().into_inner();
        Liar { says, hears, deployment: config.deployment_id() }
    }

    fn hello(&self, name: &str, epoch: Epoch) -> FromAgent {
        FromAgent::Hello(Hello {
            name: ProcessName::new(name).unwrap(),
            incarnation: LIAR,
            deployment: self.deployment,
            versions: VERSIONS,
            epoch,
        })
    }

    async fn say(&self, message: &FromAgent) {
        for part in encode(message) {
            // The server may have ended the session.
            let _ = self.says.send(part).await;
        }
    }

    /// What the server says next, but for heartbeats.
    async fn hear(&mut self) -> Result<Option<ToAgent>, Status> {
        loop {
            let next =
                timeout(Duration::from_secs(20), self.hears.message()).await.expect("the server is mute");
            match next?.map(|response| FromServer::try_from(response).unwrap()) {
                Some(FromServer::Protocol(message)) => return Ok(Some(message)),
                Some(_) => {}
                None => return Ok(None),
            }
        }
    }

    /// Says hello as a process of its own.
    async fn join(&mut self, name: &str) {
        self.say(&self.hello(name, Epoch::ZERO)).await;
        assert!(matches!(self.hear().await, Ok(Some(ToAgent::Welcome { .. }))));
    }

    /// Whatever it is told of a round, it answers with this state.
    async fn attend(mut self, delta: Delta) {
        while let Ok(Some(message)) = self.hear().await {
            if let ToAgent::Cut { epoch, .. } = message {
                self.say(&FromAgent::Report(report(delta.clone(), epoch))).await;
            }
        }
    }
}

fn report(delta: Delta, to: Epoch) -> Report {
    let mut state = ProcessCut::default();
    state.apply(&delta).unwrap();
    let (from, at, heard) = (Epoch::ZERO, Millis(0), Refused::new());
    let piece = Piece { from, to, checksum: state.checksum(), delta, at, heard };
    Report { base: None, piece }
}

/// A report that says that it has received these numbers of the lanes.
fn received(lanes: &[LaneRef], numbers: RangeSet) -> Delta {
    let got = Receiving { received: numbers, floor: 1, ..Receiving::default() };
    Delta { receiving: lanes.iter().map(|lane| (*lane, got.clone())).collect(), ..Delta::default() }
}

/// A round in which the liar alone is absent, and why.
async fn only_the_liar_is_absent(api: &mut Api) -> (v1::SnapshotSummary, String) {
    let summary = snapshot(api).await;
    assert_eq!(summary.outcome(), v1::SnapshotOutcome::Incomplete, "{summary:?}");
    let cuts: Vec<_> = summary
        .missing
        .iter()
        .filter_map(|m| match &m.reason {
            Some(v1::missing_part::Reason::Cut(absence)) => Some((m.process, absence.fault.clone())),
            _ => None,
        })
        .collect();
    let [(process, why)] = &cuts[..] else { panic!("{summary:?}") };
    assert_eq!(*process, Some(LIAR.0), "{summary:?}");
    (summary.clone(), why.clone())
}

/// Two agents of which one sends the other work that has not arrived.
async fn at_work(server: &Running) -> (Agent, Agent, LaneRef) {
    let (a, b) = (server.agent("a").await, server.agent("b").await);
    let (computation, token) = a.event(|acts| acts.computation("nightly", false));
    let lane = a.lane_to(b.incarnation());
    lane.stamp(vec![Annotation::Token(computation.id())], |acts, _| acts.end(token));
    let id = lane.id();
    (a, b, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn lies_about_what_was_received_settle_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let config = config(directory.path());
    let server = Running::start(config.clone()).await;
    let mut api = server.api().await;
    let (_a, b, lane) = at_work(&server).await;
    let mut liar = Liar::connect(&server, &config).await;
    liar.join("liar").await;
    // What goes to another, and what nobody has ever sent.
    let nobodys = LaneRef { process: b.incarnation(), lane: LaneId(77) };
    let lies = received(&[lane, nobodys], RangeSet::span(1, 1_000_000));
    let attending = tokio::spawn(liar.attend(lies));
    for _ in 0..3 {
        let (summary, why) = only_the_liar_is_absent(&mut api).await;
        assert_eq!(summary.in_transit, 1, "{summary:?}");
        assert!(why.contains(&LIAR.to_string()), "{why}");
    }
    let name = v1::computation_name::Name::Label("nightly".to_owned());
    let computation = Some(v1::ComputationName { name: Some(name) });
    let wait = v1::WaitTerminationRequest { computation, timeout_ms: Some(300) };
    let waited = api.wait_termination(wait).await.unwrap().into_inner();
    assert_eq!(waited.outcome(), v1::WaitOutcome::Timeout, "the message has the work: {waited:?}");
    attending.abort();
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lies_about_its_own_state_make_it_absent() {
    let lane = SendingDelta {
        lane: Some((LaneEnd::Group, Order::Unordered)),
        sent: 3,
        collapsed: RangeSet::span(1, 3),
        ..SendingDelta::default()
    };
    let sane = Delta { sending: [(LaneId(1), lane)].into(), ..Delta::default() };
    for wrong in ["checksum", "base"] {
        let directory = tempfile::tempdir().unwrap();
        let mut config = config(directory.path());
        config.rounds.deadline = Duration::from_millis(500);
        let server = Running::start(config.clone()).await;
        let mut api = server.api().await;
        let _honest = at_work(&server).await;
        let mut liar = Liar::connect(&server, &config).await;
        liar.join("liar").await;
        let sane = sane.clone();
        let attending = tokio::spawn(async move {
            while let Ok(Some(message)) = liar.hear().await {
                let ToAgent::Cut { epoch, .. } = message else { continue };
                let mut lie = report(sane.clone(), epoch);
                match wrong {
                    "checksum" => lie.piece.checksum ^= 1,
                    _ => lie.base = Some(Epoch(12345)),
                }
                liar.say(&FromAgent::Report(lie)).await;
            }
        });
        let (_, why) = only_the_liar_is_absent(&mut api).await;
        // Of one that builds on nothing the server only knows that no report has come.
        assert_eq!(why.contains("checksum"), wrong == "checksum", "{why}");
        attending.abort();
        server.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lies_about_epochs_and_names_are_refused() {
    let directory = tempfile::tempdir().unwrap();
    let config = config(directory.path());
    let server = Running::start(config.clone()).await;
    let mut api = server.api().await;
    let (a, ..) = at_work(&server).await;
    let mut liar = Liar::connect(&server, &config).await;
    liar.say(&liar.hello("liar", Epoch(u64::MAX))).await;
    let refused = liar.hear().await.unwrap();
    assert_eq!(refused, Some(ToAgent::Rejected(Rejection::EpochOutOfRange(Epoch(u64::MAX)))));
    assert_eq!(liar.hear().await.unwrap(), None, "the session is ended");

    let mut liar = Liar::connect(&server, &config).await;
    liar.say(&liar.hello("a", Epoch::ZERO)).await;
    let Ok(Some(ToAgent::Rejected(Rejection::NameTaken { holder, .. }))) = liar.hear().await else {
        panic!("a name was given away");
    };
    assert_eq!(holder, a.incarnation());
    assert_eq!(liar.hear().await.unwrap(), None, "the session is ended");
    assert_eq!(snapshot(&mut api).await.outcome(), v1::SnapshotOutcome::Complete, "nobody has joined");

    // It joins, and only then reports what cannot be.
    let mut liar = Liar::connect(&server, &config).await;
    liar.join("liar").await;
    liar.say(&FromAgent::Report(report(Delta::default(), Epoch(u64::MAX)))).await;
    let (from, to) = (Epoch::ZERO, Epoch(u64::MAX));
    let refused = liar.hear().await.unwrap();
    assert_eq!(refused, Some(ToAgent::Rejected(Rejection::ImpossibleReport { from, to })));
    assert_eq!(liar.hear().await.unwrap(), None, "the session is ended");
    let (_, why) = only_the_liar_is_absent(&mut api).await;
    assert!(why.contains("which cannot be"), "{why}");
    server.process("liar", v1::ProcessState::Disconnected).await;
    server.stop().await;
}

/// A connection that begins as HTTP/2 and goes on with bytes that are none.
async fn garbage(server: &Running, first: &[u8]) {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(first).await.unwrap();
    for n in 0..64_u8 {
        // The server may have closed it.
        if stream.write_all(&[n.wrapping_mul(37); 512]).await.is_err() {
            break;
        }
    }
    let mut rest = Vec::new();
    let closed = timeout(Duration::from_secs(20), stream.read_to_end(&mut rest)).await;
    assert!(closed.is_ok(), "a connection of garbage stays open");
}

#[tokio::test(flavor = "multi_thread")]
async fn garbage_oversized_frames_and_half_open_streams_harm_nobody() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    config.sessions.idle = Duration::from_secs(3);
    let server = Running::start(config.clone()).await;
    let mut api = server.api().await;
    let _honest = at_work(&server).await;
    // They are opened and say nothing: a connection, and a session.
    let _silent = TcpStream::connect(server.address).await.unwrap();
    let mut half_open = Liar::connect(&server, &config).await;
    garbage(&server, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await;
    garbage(&server, &[0; 24]).await;

    let mut liar = Liar::connect(&server, &config).await;
    liar.join("liar").await;
    let oversized = v1::Faulty { what: "x".repeat(MESSAGE_LIMIT + 1) };
    let oversized = v1::session_request::Message::Faulty(oversized);
    // The server may have closed it before all of it was sent.
    let _ = liar.says.send(v1::SessionRequest { message: Some(oversized) }).await;
    let ended = liar.hear().await.unwrap_err();
    assert!([Code::InvalidArgument, Code::Unknown, Code::Internal].contains(&ended.code()), "{ended}");
    let (summary, _) = only_the_liar_is_absent(&mut api).await;
    assert_eq!(summary.in_transit, 1);

    let ended = half_open.hear().await.unwrap_err();
    assert_eq!(ended.code(), Code::DeadlineExceeded, "{ended}");
    only_the_liar_is_absent(&mut api).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_harms_nobody() {
    let directory = tempfile::tempdir().unwrap();
    let config = config(directory.path());
    let server = Running::start(config.clone()).await;
    let mut api = server.api().await;
    let _honest = at_work(&server).await;
    let mut liar = Liar::connect(&server, &config).await;
    liar.join("liar").await;
    let Liar { says, mut hears, .. } = liar;
    let flood = tokio::spawn(async move {
        let notice = encode(&FromAgent::Notice(Notice::Dropped(1))).remove(0);
        let wish = encode(&FromAgent::Request).remove(0);
        for n in 0_u32.. {
            let message = [heartbeat(), wish.clone(), notice.clone()][n as usize % 3].clone();
            if says.send(message).await.is_err() {
                return;
            }
        }
    });
    let deaf = tokio::spawn(async move { while let Ok(Some(_)) = hears.message().await {} });
    for _ in 0..3 {
        let taken = timeout(Duration::from_secs(20), snapshot(&mut api)).await.expect("a round is held up");
        assert_eq!(taken.in_transit, 1, "{taken:?}");
        let others = taken.missing.iter().any(|m| m.process != Some(LIAR.0) && m.process.is_some());
        assert!(!others, "{taken:?}");
    }
    flood.abort();
    deaf.abort();
    eventually("the liar is gone", async || {
        let all = api.list_processes(v1::ListProcessesRequest::default()).await.unwrap().into_inner();
        all.processes.iter().any(|p| p.name == "liar" && p.state() != v1::ProcessState::Alive)
    })
    .await;
    server.stop().await;
}
