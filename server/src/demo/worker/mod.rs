//! One worker process of the demonstration: an agent, links to the other workers, and a gRPC service.
//!
//! It does as it is told over its standard input, one command and one answer at a time, and ends when that is
//! closed, so that no worker outlives the demonstration.

mod bank;
mod ledger;
mod mesh;
mod objects;
mod work;

use super::control::{Command, Name, Peer, Reply};
use super::random::Random;
use super::wire::LedgerServer;
use crate::cli::{CliError, Console, Exit};
use bank::Bank;
use ledger::Ledger;
use mesh::{Mesh, Site};
use objects::Objects;
use std::error::Error;
use std::io::{BufRead, BufReader};
use std::sync::Arc;
use stillpoint_agent::Agent;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use work::Work;

/// What goes wrong is said to the demonstration, in words.
type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// Runs a worker until its standard input ends.
///
/// # Errors
/// [`CliError::Write`] if nobody hears its answers.
pub(super) fn run(console: &mut Console<'_>) -> std::result::Result<Exit, CliError> {
    // One thread for each worker: the agents and the service share a few cores with all of them.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let mut worker = None;
    for line in BufReader::new(&mut *console.input).lines() {
        let Ok(line) = line else { break };
        let reply = answer(&runtime, &mut worker, &line);
        let reply = reply.unwrap_or_else(|error| Reply::Failed { why: error.to_string() });
        let text = serde_json::to_string(&reply).map_err(std::io::Error::other)?;
        writeln!(console.output, "{text}")?;
        console.output.flush()?;
    }
    if let Some(worker) = worker {
        worker.site.agent.clone().leave();
    }
    runtime.shutdown_background();
    Ok(Exit::Done)
}

fn answer(runtime: &Runtime, worker: &mut Option<Worker>, line: &str) -> Result<Reply> {
    let command: Command = serde_json::from_str(line)?;
    if let Command::Start { name, server, deployment, seed } = command {
        let agent = Agent::builder(&name).deployment(&deployment).server(&server).start()?;
        let (started, me) = runtime.block_on(Worker::start(agent, seed))?;
        *worker = Some(started);
        return Ok(Reply::Ready(me));
    }
    let worker = worker.as_mut().ok_or("the first command must be `start`")?;
    runtime.block_on(worker.obey(command))
}

/// A worker that has started.
struct Worker {
    site: Arc<Site>,
    ledger: Option<Arc<Ledger>>,
    links: Option<TcpListener>,
    calls: Option<TcpListener>,
    seed: u64,
}

impl Worker {
    async fn start(agent: Agent, seed: u64) -> Result<(Self, Peer)> {
        let links = TcpListener::bind("127.0.0.1:0").await?;
        let calls = TcpListener::bind("127.0.0.1:0").await?;
        let incarnation = agent.incarnation().0;
        let me = Peer { incarnation, links: links.local_addr()?.port(), calls: calls.local_addr()?.port() };
        let mut random = Random::new(seed);
        let site = Arc::new(Site {
            bank: Bank::new(random.bits()),
            work: Work::new(),
            objects: Objects::new(random.bits()),
            mesh: Mesh::default(),
            agent,
        });
        let (links, calls) = (Some(links), Some(calls));
        Ok((Worker { site, ledger: None, links, calls, seed: random.bits() }, me))
    }

    async fn connect(&mut self, peers: &[Peer]) -> Result<()> {
        let links = self.links.take().ok_or("connected already")?;
        let calls = self.calls.take().ok_or("connected already")?;
        let ledger = Arc::new(Ledger::new(&self.site.agent, peers, self.seed)?);
        self.ledger = Some(ledger.clone());
        let incoming = tokio_stream::wrappers::TcpListenerStream::new(calls);
        let server = tonic::transport::Server::builder().add_service(LedgerServer(ledger));
        tokio::spawn(server.serve_with_incoming(incoming));
        mesh::connect(&self.site, links, peers).await
    }

    fn ledger(&self) -> Result<&Arc<Ledger>> {
        Ok(self.ledger.as_ref().ok_or("not connected yet")?)
    }

    async fn obey(&mut self, command: Command) -> Result<Reply> {
        let site = &self.site;
        match command {
            Command::Start { .. } => return Err("started already".into()),
            Command::Connect { peers } => self.connect(&peers).await?,
            Command::BankStart { money, leak } => bank::start(site, money, leak),
            Command::BankStop => return Ok(site.bank.stop().await),
            Command::BankBalance => return Ok(site.bank.balance()),
            Command::WorkStart { label, fuel } => {
                return Ok(Reply::Computation { name: work::start(site, &label, fuel) });
            }
            Command::WorkDone { computation } => return Ok(site.work.done(computation)),
            Command::WorkForget => site.work.forget(),
            Command::Make { .. }
            | Command::Give { .. }
            | Command::Has { .. }
            | Command::Unroot { .. }
            | Command::Reclaim { .. }
            | Command::ChurnStart
            | Command::ChurnStop => return objects::obey(site, command).await,
            Command::OrderlyStart
            | Command::OrderlyStop
            | Command::Hold
            | Command::Call { .. }
            | Command::GiveUp { .. }
            | Command::Outcome => return ledger::obey(self.ledger()?, command).await,
        }
        Ok(Reply::Done)
    }
}

/// Numbers in a frame, big endian.
struct Numbers<'a>(&'a [u8]);

impl Numbers<'_> {
    fn next(&mut self) -> Option<u64> {
        let (first, rest) = self.0.split_first_chunk::<8>()?;
        self.0 = rest;
        Some(u64::from_be_bytes(*first))
    }

    fn name(&mut self) -> Option<Name> {
        Some(Name { process: self.next()?, handle: self.next()? })
    }
}

/// A frame: what it is about, and numbers.
fn frame(kind: u8, numbers: &[u64]) -> Vec<u8> {
    std::iter::once(kind).chain(numbers.iter().flat_map(|n| n.to_be_bytes())).collect()
}
