//! A service that answers as it was told to, on a real socket.
#![allow(clippy::unwrap_used, reason = "test code")]
#![allow(dead_code, unreachable_pub, reason = "each test program uses some of it")]

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::pin::Pin;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use stillpoint_proto::wire::v1;
use stillpoint_proto::wire::v1::stillpoint_service_server::{StillpointService, StillpointServiceServer};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_stream::Stream;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{Request, Response, Status};

type Answers<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

/// What the service answers, and what it was asked.
#[derive(Default)]
pub struct Script {
    pub summary: v1::SnapshotSummary,
    /// The parts of the stored snapshot.
    pub parts: Vec<v1::Snapshot>,
    pub findings: Vec<v1::Finding>,
    pub verdicts: Vec<v1::VerdictRecord>,
    pub revision: u64,
    /// The events of each watch, after which it ends. A watch more has none.
    pub watches: VecDeque<Vec<v1::VerdictEvent>>,
    pub processes: Vec<v1::Process>,
    pub lanes: Vec<v1::Lane>,
    pub waited: VecDeque<Result<v1::WaitTerminationResponse, Status>>,
    pub asked: Vec<String>,
}

#[derive(Clone, Default)]
pub struct Fake(pub Arc<Mutex<Script>>);

impl Fake {
    pub fn new(script: Script) -> Self {
        Fake(Arc::new(Mutex::new(script)))
    }

    /// What it was asked.
    pub fn asked(&self) -> Vec<String> {
        self.0.lock().unwrap().asked.clone()
    }

    fn note(&self, request: impl std::fmt::Debug) {
        self.0.lock().unwrap().asked.push(format!("{request:?}"));
    }
}

/// Serves on this address; port 0 for any.
pub async fn serve(fake: &Fake, at: SocketAddr) -> (SocketAddr, JoinHandle<()>) {
    let listener = TcpListener::bind(at).await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = StillpointServiceServer::new(fake.clone());
    let task = tokio::spawn(async move {
        let router = tonic::transport::Server::builder().add_service(service);
        router.serve_with_incoming(TcpListenerStream::new(listener)).await.unwrap();
    });
    (address, task)
}

/// Any port of this machine.
pub fn any() -> SocketAddr {
    "127.0.0.1:0".parse().unwrap()
}

/// The program, to be run against a server.
pub fn program(args: &[&str], at: SocketAddr) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stillpoint"));
    command.args(args).env("STILLPOINT_SERVER", format!("http://{at}"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs the program against a server: its exit code, standard output and standard error.
pub async fn run(args: &[&str], at: SocketAddr) -> (Option<i32>, String, String) {
    let mut command = program(args, at);
    let output: Output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// A page of one entry each, so that every list has several.
fn page<T: Clone>(all: &[T], token: &str) -> (Vec<T>, String) {
    let at: usize = token.parse().unwrap_or(0);
    let next = if at + 1 < all.len() { (at + 1).to_string() } else { String::new() };
    (all.iter().skip(at).take(1).cloned().collect(), next)
}

#[tonic::async_trait]
impl StillpointService for Fake {
    type GetSnapshotStream = Answers<v1::GetSnapshotResponse>;
    type WatchVerdictsStream = Answers<v1::WatchVerdictsResponse>;

    async fn take_snapshot(
        &self,
        request: Request<v1::TakeSnapshotRequest>,
    ) -> Result<Response<v1::TakeSnapshotResponse>, Status> {
        self.note(request.into_inner());
        let snapshot = Some(self.0.lock().unwrap().summary.clone());
        Ok(Response::new(v1::TakeSnapshotResponse { snapshot }))
    }

    async fn get_snapshot(
        &self,
        request: Request<v1::GetSnapshotRequest>,
    ) -> Result<Response<Self::GetSnapshotStream>, Status> {
        let parts = self.0.lock().unwrap().parts.clone();
        let epoch = request.into_inner().epoch;
        if parts.is_empty() {
            return Err(Status::not_found(format!("round {epoch} has left no snapshot\u{1b}[2J")));
        }
        let part = |part| Ok(v1::GetSnapshotResponse { part: Some(part) });
        Ok(Response::new(Box::pin(tokio_stream::iter(parts.into_iter().map(part)))))
    }

    async fn list_snapshots(
        &self,
        request: Request<v1::ListSnapshotsRequest>,
    ) -> Result<Response<v1::ListSnapshotsResponse>, Status> {
        let summary = self.0.lock().unwrap().summary.clone();
        let older = v1::SnapshotSummary { epoch: summary.epoch - 1, ..summary.clone() };
        let (snapshots, next_page_token) = page(&[summary, older], &request.into_inner().page_token);
        Ok(Response::new(v1::ListSnapshotsResponse { snapshots, next_page_token }))
    }

    async fn detect(
        &self,
        request: Request<v1::DetectRequest>,
    ) -> Result<Response<v1::DetectResponse>, Status> {
        self.note(request.into_inner());
        let script = self.0.lock().unwrap();
        let (snapshot, findings) = (Some(script.summary.clone()), script.findings.clone());
        Ok(Response::new(v1::DetectResponse { snapshot, findings }))
    }

    async fn list_verdicts(
        &self,
        request: Request<v1::ListVerdictsRequest>,
    ) -> Result<Response<v1::ListVerdictsResponse>, Status> {
        let request = request.into_inner();
        self.note(&request);
        let script = self.0.lock().unwrap();
        let (verdicts, next_page_token) = page(&script.verdicts, &request.page_token);
        let revision = script.revision;
        Ok(Response::new(v1::ListVerdictsResponse { verdicts, next_page_token, revision }))
    }

    async fn get_verdict(
        &self,
        request: Request<v1::GetVerdictRequest>,
    ) -> Result<Response<v1::GetVerdictResponse>, Status> {
        let id = request.into_inner().id;
        let verdict = self.0.lock().unwrap().verdicts.iter().find(|v| v.id == id).cloned();
        match verdict {
            Some(verdict) => Ok(Response::new(v1::GetVerdictResponse { verdict: Some(verdict) })),
            None => Err(Status::not_found(format!("no verdict has the id {id}"))),
        }
    }

    async fn watch_verdicts(
        &self,
        request: Request<v1::WatchVerdictsRequest>,
    ) -> Result<Response<Self::WatchVerdictsStream>, Status> {
        self.note(request.into_inner());
        let events = self.0.lock().unwrap().watches.pop_front().unwrap_or_default();
        let event = |event| Ok(v1::WatchVerdictsResponse { event: Some(event) });
        Ok(Response::new(Box::pin(tokio_stream::iter(events.into_iter().map(event)))))
    }

    async fn wait_termination(
        &self,
        request: Request<v1::WaitTerminationRequest>,
    ) -> Result<Response<v1::WaitTerminationResponse>, Status> {
        self.note(request.into_inner());
        let waited = self.0.lock().unwrap().waited.pop_front();
        match waited {
            Some(waited) => waited.map(Response::new),
            None => std::future::pending().await,
        }
    }

    async fn list_processes(
        &self,
        request: Request<v1::ListProcessesRequest>,
    ) -> Result<Response<v1::ListProcessesResponse>, Status> {
        let all = self.0.lock().unwrap().processes.clone();
        let (processes, next_page_token) = page(&all, &request.into_inner().page_token);
        Ok(Response::new(v1::ListProcessesResponse { processes, next_page_token }))
    }

    async fn report_death(
        &self,
        request: Request<v1::ReportDeathRequest>,
    ) -> Result<Response<v1::ReportDeathResponse>, Status> {
        let died = request.into_inner().process;
        self.note(died);
        let mut script = self.0.lock().unwrap();
        let process = script.processes.iter_mut().find(|process| process.incarnation == died).unwrap();
        process.state = v1::ProcessState::Dead.into();
        Ok(Response::new(v1::ReportDeathResponse { process: Some(process.clone()) }))
    }

    async fn list_lanes(
        &self,
        request: Request<v1::ListLanesRequest>,
    ) -> Result<Response<v1::ListLanesResponse>, Status> {
        let all = self.0.lock().unwrap().lanes.clone();
        let (lanes, next_page_token) = page(&all, &request.into_inner().page_token);
        Ok(Response::new(v1::ListLanesResponse { lanes, next_page_token }))
    }
}
