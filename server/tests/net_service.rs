//! The service's edges: health, reflection, errors, pages, malformed sessions.
#![allow(clippy::needless_update)]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod net_support;

use net_support::{Running, config, eventually, snapshot};
use std::time::Duration;
use stillpoint_proto::wire::session::heartbeat;
use stillpoint_proto::wire::v1;
use stillpoint_server::net::{ServeError, Server};
use tokio_stream::StreamExt;
use tonic::{Code, Status};

#[tokio::test(flavor = "multi_thread")]
async fn health_and_reflection_answer() {
    use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};
    let directory = tempfile::tempdir().unwrap();
    let server = Running::start(config(directory.path())).await;
    let mut health = HealthClient::new(server.channel().await);
    for service in ["", "stillpoint.v1.AgentService", "stillpoint.v1.StillpointService"] {
        let status = health.check(HealthCheckRequest { service: service.to_owned() }).await.unwrap();
        assert_eq!(status.into_inner().status, 1, "{service}");
    }
    macro_rules! services {
        ($version:ident) => {{
            use tonic_reflection::pb::$version::{
                ServerReflectionRequest, server_reflection_client::ServerReflectionClient,
                server_reflection_request::MessageRequest, server_reflection_response::MessageResponse,
            };
            let message_request = Some(MessageRequest::ListServices(String::new()));
            let asked =
                tokio_stream::iter([ServerReflectionRequest { message_request, ..Default::default() }]);
            let mut client = ServerReflectionClient::new(server.channel().await);
            let mut answers = client.server_reflection_info(asked).await.unwrap().into_inner();
            match answers.message().await.unwrap().unwrap().message_response {
                Some(MessageResponse::ListServicesResponse(list)) => {
                    list.service.into_iter().map(|s| s.name).collect::<Vec<_>>()
                }
                other => panic!("{other:?}"),
            }
        }};
    }
    for services in [services!(v1), services!(v1alpha)] {
        for name in ["stillpoint.v1.AgentService", "stillpoint.v1.StillpointService", "grpc.health.v1.Health"]
        {
            assert!(services.iter().any(|service| service == name), "{services:?}");
        }
    }
    server.stop().await;
}

/// How a session ends in which this is said.
async fn session(server: &Running, says: Vec<v1::SessionRequest>) -> Status {
    // The agent's half stays open, so that it is for the server to end the session.
    let says = tokio_stream::iter(says).chain(tokio_stream::pending());
    let mut answers = server.sessions().await.session(says).await.unwrap().into_inner();
    loop {
        match answers.message().await {
            Ok(Some(_)) => {}
            Ok(None) => return Status::ok("ended"),
            Err(status) => return status,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_malformed_message_ends_its_own_session_alone() {
    let directory = tempfile::tempdir().unwrap();
    let server = Running::start(config(directory.path())).await;
    let _good = server.agent("good").await;
    let hello = v1::Hello { name: "bad".into(), incarnation: Some(1), ..v1::Hello::default() };
    let hello = v1::SessionRequest { message: Some(v1::session_request::Message::Hello(hello)) };
    let status = session(&server, vec![heartbeat(), hello]).await;
    assert_eq!(status.code(), Code::InvalidArgument, "{status}");
    let expected = "malformed message: hello.versions: missing, expected";
    assert!(status.message().starts_with(expected), "{status}");
    let status = session(&server, vec![v1::SessionRequest { message: None }]).await;
    assert_eq!(status.code(), Code::InvalidArgument, "{status}");

    // A refusal is said in the session, which then ends.
    let wish = v1::SessionRequest { message: Some(v1::session_request::Message::Wish(v1::SnapshotWish {})) };
    let status = session(&server, vec![wish]).await;
    assert_eq!(status.code(), Code::Ok, "{status}");

    let summary = snapshot(&mut server.api().await).await;
    assert_eq!((summary.outcome(), summary.members), (v1::SnapshotOutcome::Complete, 1), "{summary:?}");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_session_is_closed_and_one_that_beats_is_not() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    config.sessions.idle = Duration::from_millis(2500);
    let server = Running::start(config).await;
    let _agent = server.agent("beats").await;
    let since = server.process("beats", v1::ProcessState::Alive).await.session_since_ms;
    let status = session(&server, vec![]).await;
    assert_eq!(status.code(), Code::DeadlineExceeded, "{status}");
    let now = server.process("beats", v1::ProcessState::Alive).await.session_since_ms;
    assert_eq!(now, since, "it is the same session");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_name_the_field_or_the_object() {
    let directory = tempfile::tempdir().unwrap();
    let server = Running::start(config(directory.path())).await;
    let mut api = server.api().await;
    let check = |status: Status, code: Code, text: &str| {
        assert_eq!(status.code(), code, "{status}");
        assert!(status.message().contains(text), "{status}");
    };
    let get = |id: &str| v1::GetVerdictRequest { id: id.to_owned() };
    check(api.get_verdict(get("x")).await.unwrap_err(), Code::InvalidArgument, "id: `x`");
    check(api.get_verdict(get("7")).await.unwrap_err(), Code::NotFound, "no verdict 7");
    let get = |epoch| v1::GetSnapshotRequest { epoch };
    check(api.get_snapshot(get(0)).await.unwrap_err(), Code::NotFound, "no snapshot yet");
    check(api.get_snapshot(get(9)).await.unwrap_err(), Code::NotFound, "round 9");
    let detect = v1::DetectRequest { epoch: Some(9), ..Default::default() };
    check(api.detect(detect).await.unwrap_err(), Code::NotFound, "round 9");
    let detect =
        v1::DetectRequest { properties: vec![v1::PropertySelector { property: None }], ..Default::default() };
    check(api.detect(detect).await.unwrap_err(), Code::InvalidArgument, "properties[0]: missing");
    let of = v1::termination_selector::Of::Computation(v1::ComputationName {
        name: Some(v1::computation_name::Name::Label("nobody".into())),
    });
    let property = v1::property_selector::Property::Termination(v1::TerminationSelector { of: Some(of) });
    let detect = v1::DetectRequest {
        properties: vec![v1::PropertySelector { property: Some(property) }],
        ..Default::default()
    };
    check(api.detect(detect).await.unwrap_err(), Code::NotFound, "`nobody`");
    let wait = v1::WaitTerminationRequest::default();
    check(api.wait_termination(wait).await.unwrap_err(), Code::InvalidArgument, "computation: missing");
    let watch = v1::WatchVerdictsRequest { from_revision: Some(99) };
    check(api.watch_verdicts(watch).await.unwrap_err(), Code::OutOfRange, "99");
    let list = v1::ListProcessesRequest { page_token: "!".into(), ..Default::default() };
    check(api.list_processes(list).await.unwrap_err(), Code::InvalidArgument, "page_token: `!`");
    let list = v1::ListLanesRequest { process: Some(0xab), ..Default::default() };
    check(api.list_lanes(list).await.unwrap_err(), Code::NotFound, "ab");
    let list = v1::ListVerdictsRequest { states: vec![9], ..Default::default() };
    check(api.list_verdicts(list).await.unwrap_err(), Code::InvalidArgument, "states[0]: 9");
    let take = v1::TakeSnapshotRequest { deadline_ms: Some(0) };
    check(api.take_snapshot(take).await.unwrap_err(), Code::InvalidArgument, "deadline_ms: 0");
    let take = v1::TakeSnapshotRequest { deadline_ms: Some(3_600_000) };
    check(
        api.take_snapshot(take).await.unwrap_err(),
        Code::InvalidArgument,
        "deadline_ms: 3600000, expected 1 to",
    );
    let died = v1::ReportDeathRequest { process: None };
    check(api.report_death(died).await.unwrap_err(), Code::InvalidArgument, "process: missing");
    let died = v1::ReportDeathRequest { process: Some(0xab) };
    check(api.report_death(died).await.unwrap_err(), Code::NotFound, "incarnation ab");
    let agent = server.agent("lives").await;
    let died = v1::ReportDeathRequest { process: Some(agent.incarnation().0) };
    check(api.report_death(died).await.unwrap_err(), Code::FailedPrecondition, "(lives) is not dead");
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_come_in_pages() {
    let directory = tempfile::tempdir().unwrap();
    let server = Running::start(config(directory.path())).await;
    let mut api = server.api().await;
    let mut agents = Vec::new();
    for n in 0..5 {
        let agent = server.agent(&format!("p-{n}")).await;
        // One computation each, for a verdict each, and a lane each.
        let computation = agent.event(|acts| acts.computation(&format!("c{n}"), false).0);
        let (stamp, ()) = agent.lane_to_group().stamp(Vec::new(), |_, _| ());
        agents.push((agent, computation, stamp));
    }
    for _ in 0..4 {
        snapshot(&mut api).await;
    }
    macro_rules! pages {
        ($request:ident, $method:ident, $entries:ident, $size:expr, $key:expr) => {{
            let (mut keys, mut page_token, mut pages) = (Vec::new(), String::new(), 0);
            loop {
                let request = v1::$request { page_size: $size, page_token, ..Default::default() };
                let page = api.$method(request).await.unwrap().into_inner();
                assert!(page.$entries.len() <= $size);
                keys.extend(page.$entries.into_iter().map($key));
                (page_token, pages) = (page.next_page_token, pages + 1);
                if page_token.is_empty() {
                    break (keys, pages);
                }
            }
        }};
    }
    let (names, pages) = pages!(ListProcessesRequest, list_processes, processes, 2, |p: v1::Process| p.name);
    assert_eq!((names, pages), ((0..5).map(|n| format!("p-{n}")).collect(), 3));
    let (epochs, _) =
        pages!(ListSnapshotsRequest, list_snapshots, snapshots, 3, |s: v1::SnapshotSummary| s.epoch);
    assert_eq!(epochs, [4, 3, 2, 1]);
    let (mut lanes, _) = pages!(ListLanesRequest, list_lanes, lanes, 2, |lane: v1::Lane| lane.sender_name);
    lanes.sort_unstable();
    assert_eq!(lanes, (0..5).map(|n| format!("p-{n}")).collect::<Vec<_>>());
    eventually("each computation has a verdict, and each is listed once", async || {
        let (mut ids, _) =
            pages!(ListVerdictsRequest, list_verdicts, verdicts, 2, |v: v1::VerdictRecord| v.id);
        ids.sort_unstable();
        ids.dedup();
        ids.len() == 5
    })
    .await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_cannot_start_says_why() {
    let directory = tempfile::tempdir().unwrap();
    let server = Running::start(config(directory.path())).await;
    let mut second = config(directory.path());
    let error = Server::bind(second.clone()).await.unwrap_err();
    assert!(error.to_string().contains("in use by another server"), "{error}");
    second.server.listen = server.address.to_string();
    let error = Server::bind(second).await.unwrap_err();
    assert!(matches!(error, ServeError::Bind { .. }));
    assert!(error.to_string().contains(&server.address.to_string()), "{error}");
    server.stop().await;
}
