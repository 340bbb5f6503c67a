//! The commands against the real server and a real agent.
#![allow(clippy::unwrap_used, reason = "test code")]

mod fake;

use fake::{program, run};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use stillpoint_agent::fact::Grip;
use stillpoint_agent::{Agent, Resource, Waiting};
use stillpoint_proto::wire::{json, v1};

/// A server that ends with the test.
struct Server(Child, SocketAddr);

impl Server {
    fn start(store: &Path, listen: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stillpoint"));
        command.args(["serve", "--listen", listen, "--log", "off", "--store"]).arg(store);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let line = BufReader::new(child.stdout.take().unwrap()).lines().next().unwrap().unwrap();
        let address = line.split_whitespace().nth(2).unwrap().parse().unwrap();
        Server(child, address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs a command until its output is as it should be.
async fn until(args: &[&str], at: SocketAddr, fits: impl Fn(Option<i32>, &str) -> bool) -> String {
    let started = Instant::now();
    loop {
        let (code, out, err) = run(args, at).await;
        if fits(code, &out) {
            return out;
        }
        assert!(started.elapsed() < Duration::from_secs(60), "{args:?}: {code:?} {out} {err}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadlock_and_a_termination() {
    let directory = tempfile::tempdir().unwrap();
    let store = directory.path().join("stillpoint.db");
    let server = Server::start(&store, "127.0.0.1:0");
    let at = server.1;
    let agent = Agent::builder("orders-1").server(&format!("http://{at}")).start().unwrap();
    until(&["ps"], at, |code, out| code == Some(0) && out.contains("alive")).await;

    let (computation, token) = agent.event(|acts| acts.computation("nightly", false));
    let (code, out, _) = run(&["wait", "nightly", "--timeout", "300ms"], at).await;
    assert_eq!(code, Some(4), "{out}");
    agent.event(|acts| acts.end(token));
    let (code, out, err) = run(&["wait", "nightly", "--timeout", "60s"], at).await;
    assert_eq!((code, &*out), (Some(0), "nightly: terminated\n"), "{err}");
    let (code, _, err) = run(&["wait", "--id", &computation.id().to_string(), "--timeout", "60s"], at).await;
    assert_eq!(code, Some(0), "{err}");

    assert_eq!(run(&["detect", "--fail-on-deadlock"], at).await.0, Some(0));
    // A watch from a revision that there is misses nothing, whenever it begins.
    let (_, out, err) = run(&["verdicts", "--output", "json"], at).await;
    let revision = json::read::<v1::ListVerdictsResponse>(out.as_bytes()).unwrap().revision;
    assert!(revision > 0, "the termination is on record: {err}");
    let from = revision.to_string();
    let mut child = program(&["watch", "--from", &from, "--output", "json"], at).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();

    // Two tasks, each of which holds the row that the other waits for.
    let (one, other) = (agent.task("checkout"), agent.task("restock"));
    let (row, stock) = (Resource::keyed("db/rows/1"), Resource::keyed("db/stock/1"));
    let _holds = agent.event(|acts| {
        (
            acts.hold(row.name(), Some(&one), Grip::Exclusive),
            acts.hold(stock.name(), Some(&other), Grip::Exclusive),
        )
    });
    let _waits = (
        agent.wait(&one, &Waiting::default().resource(&stock, Grip::Exclusive)),
        agent.wait(&other, &Waiting::default().resource(&row, Grip::Exclusive)),
    );
    // Over named resources a deadlock is sure only when a round has confirmed what it rests on.
    let found = until(&["detect", "--fail-on-deadlock"], at, |code, _| code == Some(1)).await;
    assert!(found.contains("deadlock: HOLDS") && found.contains("\"checkout\""), "{found}");

    let is_deadlock = |event: &v1::VerdictEvent| {
        let property = event.verdict.clone().unwrap().verdict.unwrap().property.unwrap().property;
        matches!(property, Some(v1::property::Property::Deadlock(_)))
    };
    let mut next = || loop {
        let event: v1::VerdictEvent = json::read(lines.next().unwrap().unwrap().as_bytes()).unwrap();
        if is_deadlock(&event) {
            return event;
        }
    };
    let id = next().verdict.unwrap().id;
    let (code, out, _) = run(&["verdicts", "get", &id], at).await;
    assert!(code == Some(0) && out.contains("\"restock\""), "{out}");
    let (_, out, _) = run(&["verdicts", "--property", "deadlock"], at).await;
    assert!(out.contains(&id), "{out}");

    let (code, document, _) = run(&["snapshot", "get", "--output", "json"], at).await;
    let file = directory.path().join("snapshot.json");
    std::fs::write(&file, document).unwrap();
    let (analyzed, out, err) = run(&["analyze", file.to_str().unwrap()], at).await;
    assert_eq!((code, analyzed), (Some(0), Some(0)), "{err}");
    assert!(out.contains("deadlock: HOLDS"), "{out}");

    // The server goes away, and comes back with its store: the watch goes on.
    drop(server);
    let _server = Server::start(&store, &at.to_string());
    until(&["ps"], at, |code, out| code == Some(0) && out.contains("alive")).await;
    drop((_waits, _holds));
    until(&["detect", "--fail-on-deadlock"], at, |code, out| code == Some(0) && out.contains("complete"))
        .await;
    while next().verdict.unwrap().state() != v1::VerdictState::Ended {}
    child.kill().unwrap();
    child.wait().unwrap();
}
