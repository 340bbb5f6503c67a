//! A real server and real agents over sockets.
#![allow(dead_code, unreachable_pub, reason = "each test binary uses a part")]

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use stillpoint_agent::{Agent, Event};
use stillpoint_proto::wire::v1;
use stillpoint_proto::wire::v1::agent_service_client::AgentServiceClient;
use stillpoint_proto::wire::v1::stillpoint_service_client::StillpointServiceClient;
use stillpoint_server::config::Config;
use stillpoint_server::engine::EngineHandle;
use stillpoint_server::net::{MESSAGE_LIMIT, ServeError, Server};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;
use tonic::transport::Channel;

pub type Api = StillpointServiceClient<Channel>;

/// A configuration with a store in `directory`, a free port and short times.
pub fn config(directory: &Path) -> Config {
    let mut config = Config::default();
    config.store = directory.join("store.db");
    config.server.listen = "127.0.0.1:0".to_owned();
    config.rounds.deadline = Duration::from_secs(5);
    config.sessions.silence = Duration::from_secs(60);
    config
}

/// A server that runs.
pub struct Running {
    pub address: SocketAddr,
    pub engine: EngineHandle,
    shutdown: CancellationToken,
    task: JoinHandle<Result<(), ServeError>>,
}

impl Running {
    pub async fn start(config: Config) -> Running {
        let server = Server::bind(config).await.unwrap();
        let (address, engine) = (server.local_addr(), server.engine());
        let shutdown = CancellationToken::new();
        let task = tokio::spawn(server.run_until(shutdown.clone()));
        Running { address, engine, shutdown, task }
    }

    pub async fn stop(self) {
        self.shutdown.cancel();
        self.task.await.unwrap().unwrap();
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub async fn api(&self) -> Api {
        Api::new(self.channel().await).max_decoding_message_size(MESSAGE_LIMIT)
    }

    pub async fn sessions(&self) -> AgentServiceClient<Channel> {
        AgentServiceClient::new(self.channel().await)
    }

    pub async fn channel(&self) -> Channel {
        Channel::from_shared(self.url()).unwrap().connect().await.unwrap()
    }

    /// An agent, once the server knows it.
    pub async fn agent(&self, name: &str) -> Agent {
        let agent = Agent::builder(name).server(&self.url()).start().unwrap();
        self.knows(name).await;
        agent
    }

    /// The same, and what it is told.
    pub async fn listening(&self, name: &str) -> (Agent, Told) {
        let told = Told::default();
        let all = told.clone();
        let agent = Agent::builder(name).server(&self.url());
        let agent = agent.on_event(move |event| all.0.lock().unwrap().push(event)).start().unwrap();
        self.knows(name).await;
        (agent, told)
    }

    pub async fn knows(&self, name: &str) {
        self.process(name, v1::ProcessState::Alive).await;
    }

    /// Waits until a process is in a state.
    pub async fn process(&self, name: &str, state: v1::ProcessState) -> v1::Process {
        let mut api = self.api().await;
        let found = Mutex::new(None);
        eventually(&format!("{name} is {}", state.as_str_name()), async || {
            let all = api.list_processes(v1::ListProcessesRequest::default()).await.unwrap().into_inner();
            let process = all.processes.into_iter().find(|p| p.name == name && p.state() == state);
            let is_there = process.is_some();
            *found.lock().unwrap() = process;
            is_there
        })
        .await;
        found.into_inner().unwrap().unwrap()
    }
}

/// What an agent has been told.
#[derive(Clone, Default)]
pub struct Told(Arc<Mutex<Vec<Event>>>);

impl Told {
    pub fn any(&self, is: impl Fn(&Event) -> bool) -> bool {
        self.0.lock().unwrap().iter().any(is)
    }
}

/// A wire that can be cut, between an agent and a server.
pub struct Wire {
    pub url: String,
    task: JoinHandle<()>,
}

impl Wire {
    pub async fn to(server: SocketAddr) -> Wire {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let task = tokio::spawn(async move {
            // They end with this task.
            let mut connections = JoinSet::new();
            while let Ok((mut client, _)) = listener.accept().await {
                connections.spawn(async move {
                    let mut server = TcpStream::connect(server).await.unwrap();
                    let _ = copy_bidirectional(&mut client, &mut server).await;
                });
            }
        });
        Wire { url, task }
    }

    /// As when the machine at one end is gone.
    pub async fn cut(self) {
        self.task.abort();
        let _ = self.task.await;
    }
}

/// Waits until something is so.
pub async fn eventually(what: &str, mut so: impl AsyncFnMut() -> bool) {
    let until = Instant::now() + Duration::from_secs(20);
    while Instant::now() < until {
        if so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it did not come about that {what}");
}

/// A snapshot of everybody.
pub async fn snapshot(api: &mut Api) -> v1::SnapshotSummary {
    let taken = api.take_snapshot(v1::TakeSnapshotRequest { deadline_ms: None }).await.unwrap();
    taken.into_inner().snapshot.unwrap()
}

/// Looks for deadlocks in a fresh snapshot.
pub async fn deadlocks(api: &mut Api) -> v1::DetectResponse {
    let deadlock = v1::property_selector::Property::Deadlock(v1::DeadlockProperty {});
    let properties = vec![v1::PropertySelector { property: Some(deadlock) }];
    api.detect(v1::DetectRequest { properties, ..Default::default() }).await.unwrap().into_inner()
}

/// The deadlock in what was found, with its record's id.
pub fn holding(response: &v1::DetectResponse) -> Option<(&v1::Deadlock, &str)> {
    response.findings.iter().find_map(|finding| match finding.verdict.as_ref()?.outcome.as_ref()? {
        v1::verdict::Outcome::Holds(v1::Certificate {
            evidence: Some(v1::certificate::Evidence::Deadlock(deadlock)),
        }) => Some((deadlock, &*finding.record_id)),
        _ => None,
    })
}
