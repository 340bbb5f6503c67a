//! The real program as processes: a server, workers, and signals to both.
#![allow(unreachable_pub, reason = "each test program has a copy of its own")]

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Lines, Write as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use stillpoint_proto::wire::v1;
use stillpoint_proto::wire::v1::stillpoint_service_client::StillpointServiceClient;
use stillpoint_server::net::MESSAGE_LIMIT;
use tonic::transport::{Channel, Endpoint};

pub type Api = StillpointServiceClient<Channel>;

/// A process that is killed at the end of its test, if not before.
struct Process(Child);

impl Process {
    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.0), signal).unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// `stillpoint serve`.
pub struct Server {
    process: Process,
    pub address: SocketAddr,
}

impl Server {
    /// Starts it with this configuration.
    pub fn start(directory: &Path, listen: &str, settings: &str) -> Self {
        let file = directory.join("stillpoint.toml");
        let store = directory.join("stillpoint.db");
        let text = format!("store = {store:?}\n[server]\nlisten = \"{listen}\"\nlog = \"off\"\n{settings}\n");
        std::fs::write(&file, text).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_stillpoint"));
        command.arg("serve").arg("--config").arg(file).stdout(Stdio::piped());
        let mut process = Process(command.spawn().unwrap());
        let mut lines = BufReader::new(process.0.stdout.take().unwrap()).lines();
        let line = lines.next().unwrap().unwrap();
        let address = line.strip_prefix("listening on ").and_then(|line| line.split(' ').next());
        Server { process, address: address.unwrap().parse().unwrap() }
    }

    /// SIGTERM.
    pub fn terminate(&self) {
        self.process.signal(Signal::TERM);
    }

    /// How it ended, if it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.process.0.try_wait().unwrap()
    }

    /// As `kill -9` does: nothing is written any more, and nobody is told.
    pub fn kill(self) {}

    pub async fn api(&self) -> Api {
        Api::new(self.connection().await).max_decoding_message_size(MESSAGE_LIMIT)
    }

    pub async fn connection(&self) -> Channel {
        Endpoint::from_shared(format!("http://{}", self.address)).unwrap().connect().await.unwrap()
    }
}

/// A worker of the demonstration: an agent, links to the other workers and a gRPC service.
pub struct Worker {
    pub name: String,
    me: Value,
    process: Process,
    commands: ChildStdin,
    replies: Lines<BufReader<ChildStdout>>,
}

impl Worker {
    fn start(name: String, server: SocketAddr) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stillpoint"));
        command.arg("demo-worker").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = Process(command.spawn().unwrap());
        let commands = process.0.stdin.take().unwrap();
        let replies = BufReader::new(process.0.stdout.take().unwrap()).lines();
        let mut worker = Worker { name: name.clone(), me: Value::Null, process, commands, replies };
        let server = format!("http://{server}");
        let start = json!({"command": "start", "name": name, "server": server,
            "deployment": "default", "seed": 1});
        worker.me = worker.ask(&start);
        worker
    }

    /// Tells the worker to do something.
    fn tell(&mut self, command: &Value) {
        writeln!(self.commands, "{command}").unwrap();
    }

    /// Its answer.
    fn hear(&mut self) -> Value {
        let line = self.replies.next().unwrap().unwrap();
        let reply: Value = serde_json::from_str(&line).unwrap();
        assert_ne!(reply["reply"], "failed", "{}: {reply}", self.name);
        reply
    }

    pub fn ask(&mut self, command: &Value) -> Value {
        self.tell(command);
        self.hear()
    }

    /// SIGSTOP: it does nothing any more, and its sockets stay open.
    pub fn stop(&self) {
        self.process.signal(Signal::STOP);
    }

    /// SIGCONT.
    pub fn go_on(&self) {
        self.process.signal(Signal::CONT);
    }

    /// `kill -9`.
    pub fn kill(self) {}
}

/// Starts workers 1 to `count` and connects all to one another.
pub fn workers(count: usize, server: SocketAddr) -> Vec<Worker> {
    let mut workers: Vec<_> = (1..=count).map(|n| Worker::start(format!("worker-{n}"), server)).collect();
    let peers: Vec<Value> = workers.iter().map(|worker| worker.me.clone()).collect();
    let connect = json!({"command": "connect", "peers": peers});
    workers.iter_mut().for_each(|worker| worker.tell(&connect));
    workers.iter_mut().for_each(|worker| drop(worker.hear()));
    workers
}

/// The first `count` workers each hold their ledger and call the next one, which needs its own.
pub fn deadlock(workers: &mut [Worker], count: usize) {
    for worker in &mut workers[..count] {
        worker.ask(&json!({"command": "hold"}));
    }
    for (n, worker) in workers.iter_mut().enumerate().take(count) {
        worker.ask(&json!({"command": "call", "to": (n + 1) % count}));
    }
}

/// Tries until there is a result.
pub async fn until<T>(what: &str, mut attempt: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(result) = attempt().await {
            return result;
        }
        assert!(Instant::now() < deadline, "it did not come about that {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

pub async fn processes(api: &mut Api) -> Vec<v1::Process> {
    api.list_processes(v1::ListProcessesRequest::default()).await.unwrap().into_inner().processes
}

pub async fn snapshot(api: &mut Api) -> v1::SnapshotSummary {
    let taken = api.take_snapshot(v1::TakeSnapshotRequest { deadline_ms: None }).await.unwrap();
    taken.into_inner().snapshot.unwrap()
}

/// Waits for a complete round of so many members.
pub async fn complete(api: &mut Api, members: u64) -> v1::SnapshotSummary {
    until(&format!("a round of {members} members is complete"), async || {
        let summary = snapshot(api).await;
        assert_ne!(summary.outcome(), v1::SnapshotOutcome::Inconsistent, "{summary:?}");
        (summary.outcome() == v1::SnapshotOutcome::Complete && summary.members == members).then_some(summary)
    })
    .await
}

/// Looks for everything in a fresh snapshot.
pub async fn detect(api: &mut Api) -> v1::DetectResponse {
    api.detect(v1::DetectRequest::default()).await.unwrap().into_inner()
}

/// The processes of the deadlock that was found, in order and once each, and the id of its record.
pub fn found(response: &v1::DetectResponse) -> Option<(Vec<String>, String)> {
    response.findings.iter().find_map(|finding| match finding.verdict.as_ref()?.outcome.as_ref()? {
        v1::verdict::Outcome::Holds(v1::Certificate {
            evidence: Some(v1::certificate::Evidence::Deadlock(deadlock)),
        }) => {
            let mut names: Vec<_> = deadlock.members.iter().map(|m| m.process_name.clone()).collect();
            names.sort_unstable();
            names.dedup();
            Some((names, finding.record_id.clone()))
        }
        _ => None,
    })
}
