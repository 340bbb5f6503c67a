//! A demonstration: the real service, worker processes that use the agent, and four scenes of which the truth is
//! known without asking the service.
//!
//! ```text
//!   demo ---- control: lines of JSON ----> worker processes <---- links, gRPC ----> one another
//!     |                                          |
//!     +---- asks ----> service <---- agents -----+
//!     +---- webhook <----+
//! ```
//!
//! What the workers report over the control channel is compared with what the service finds; a scene in which
//! the two differ has failed, and so has the demonstration.

mod control;
mod pool;
mod random;
mod receiver;
mod report;
mod scenes;
mod service;
mod wire;
mod worker;

use crate::cli::{CliError, Console, Exit};
use crate::engine::RoundKind;
use clap::ValueEnum;
use pool::{Children, Pool};
use random::Random;
use report::{Findings, Report, Teller, seconds};
use service::{Found, Service};
use std::fmt;
use std::io::IsTerminal as _;
use std::time::{Duration, Instant};
use stillpoint_proto::verdict::Verdict;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// How many worker processes there are.
const WORKERS: usize = 4;

/// How long the workers may take to end when the demonstration was interrupted, or cannot go on.
const HURRY: Duration = Duration::from_secs(1);

/// Plays the demonstration.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Play this scene only.
    #[arg(long, value_enum)]
    scene: Option<Scene>,
    /// What the workers' random choices begin with.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How to tell what happens.
    #[arg(long, value_enum, default_value_t = Output::Text)]
    output: Output,
    /// Stay until SIGINT (Ctrl-C) or SIGTERM, to look around with the other commands.
    #[arg(long)]
    keep: bool,
    /// Make a worker do what it must not, to see the scene fail.
    #[arg(long, value_enum, hide = true)]
    fault: Option<Fault>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Scene {
    /// Money goes around at full speed, and every snapshot has all of it.
    Bank,
    /// Services lock one another's resources, first in order and then in a cycle.
    Deadlock,
    /// Work begets work everywhere until it ends.
    Termination,
    /// Objects refer to one another across processes, and some of them are cut loose.
    Garbage,
}

impl Scene {
    const fn name(self) -> &'static str {
        match self {
            Scene::Bank => "bank",
            Scene::Deadlock => "deadlock",
            Scene::Termination => "termination",
            Scene::Garbage => "garbage",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Output {
    /// For people.
    Text,
    /// One JSON document at the end.
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Fault {
    /// A worker of the bank loses money.
    Leak,
}

/// Why the demonstration cannot go on.
#[derive(Debug)]
struct Failure(String);

impl Failure {
    fn of(error: impl fmt::Display) -> Self {
        Failure(error.to_string())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Failure(error.to_string())
    }
}

impl From<Failure> for CliError {
    fn from(Failure(why): Failure) -> Self {
        CliError::Demo(why)
    }
}

type Result<T> = std::result::Result<T, Failure>;

/// How the demonstration ended, unless it could not go on.
enum Ending {
    /// All scenes were played; whether each came out as it should.
    Played { passed: bool },
    /// A signal came before that.
    Interrupted(SignalKind),
}

/// Runs `stillpoint demo`.
///
/// # Errors
/// [`CliError::Demo`] if it cannot be played.
pub(crate) fn run(args: &Args, console: &mut Console<'_>) -> std::result::Result<Exit, CliError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let children = Children::default();
    let ending = runtime.block_on(async {
        let ending = play(args, console, &children).await;
        children.end(HURRY).await;
        ending
    });
    Ok(match ending? {
        Ending::Played { passed: true } => Exit::Done,
        Ending::Played { passed: false } => Exit::Refuted,
        Ending::Interrupted(signal) => Exit::Interrupted(u8::try_from(signal.as_raw_value()).unwrap_or(0)),
    })
}

/// Runs one worker of the demonstration.
///
/// # Errors
/// As [`run`].
pub(crate) fn worker(console: &mut Console<'_>) -> std::result::Result<Exit, CliError> {
    worker::run(console)
}

/// What the scenes are played with.
struct Stage<'a> {
    service: Service,
    pool: Pool,
    random: Random,
    fault: Option<Fault>,
    teller: Teller<'a>,
}

/// The signals that ask the demonstration to end.
struct Ends(Signal, Signal);

impl Ends {
    /// From now on they do not end the process.
    fn new() -> Result<Self> {
        Ok(Ends(signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?))
    }

    /// Waits for the next one.
    async fn next(&mut self) -> SignalKind {
        tokio::select! {
            _ = self.0.recv() => SignalKind::interrupt(),
            _ = self.1.recv() => SignalKind::terminate(),
        }
    }
}

/// Plays, and stays if that is asked for. What is interrupted takes its workers and its folder with it.
async fn play(args: &Args, console: &mut Console<'_>, children: &Children) -> Result<Ending> {
    let mut ends = Ends::new()?;
    let (mut stage, mut report) = tokio::select! {
        biased;
        signal = ends.next() => return Ok(Ending::Interrupted(signal)),
        casualty = children.casualty() => return Err(casualty),
        performed = perform(args, console, children) => performed?,
    };
    report.server = args.keep.then(|| stage.service.address.clone());
    if args.output == Output::Json {
        let text = serde_json::to_string_pretty(&report).map_err(Failure::of)?;
        stage.teller.document(&text)?;
    }
    if args.keep {
        let address = &stage.service.address;
        stage.teller.tell(&format!(
            "stays at {address} until interrupted (Ctrl-C); look around with `stillpoint ps --server {address}`"
        ))?;
        ends.next().await;
    }
    let Stage { service, pool, .. } = stage;
    drop(pool);
    tokio::select! {
        () = children.end(pool::PATIENCE) => {}
        _ = ends.next() => {}
    }
    service.stop().await;
    Ok(Ending::Played { passed: report.passed })
}

/// Plays the scenes.
async fn perform<'a>(
    args: &Args,
    console: &'a mut Console<'_>,
    children: &Children,
) -> Result<(Stage<'a>, Report)> {
    let began = Instant::now();
    let quiet = args.output == Output::Json;
    let colours = !quiet && std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let mut teller = Teller { out: &mut *console.output, quiet, colours, began };
    let service = Service::start().await?;
    teller.tell(&format!("the service listens at {}", service.address))?;
    let pool = Pool::start(children, WORKERS, &service.address, args.seed).await?;
    teller.tell(&format!("{WORKERS} worker processes are connected to one another"))?;
    let random = Random::new(args.seed);
    let mut stage = Stage { service, pool, random, fault: args.fault, teller };
    stage.all_there().await?;
    let scenes = args.scene.map_or_else(|| Scene::value_variants().to_vec(), |scene| vec![scene]);
    let mut outcomes = Vec::new();
    for scene in scenes {
        let began = Instant::now();
        let findings = match scene {
            Scene::Bank => scenes::bank::play(&mut stage).await?,
            Scene::Deadlock => scenes::deadlock::play(&mut stage).await?,
            Scene::Termination => scenes::termination::play(&mut stage).await?,
            Scene::Garbage => scenes::garbage::play(&mut stage).await?,
        };
        outcomes.push(findings.outcome(scene.name(), began));
    }
    let passed = outcomes.iter().all(|outcome| outcome.passed);
    let (seed, workers, seconds) = (args.seed, WORKERS, seconds(began));
    let report = Report { seed, workers, passed, seconds, server: None, scenes: outcomes };
    report.table(&mut stage.teller)?;
    Ok((stage, report))
}

impl Stage<'_> {
    /// Waits until a round has the cuts of all workers. One that has not been welcomed yet may hear of a round from
    /// another worker first, and cannot be part of it then.
    async fn all_there(&mut self) -> Result<()> {
        let until = Instant::now() + Duration::from_secs(5);
        loop {
            let all = self.service.processes().await == WORKERS;
            if all && self.service.detect(Vec::new()).await?.kind == RoundKind::Complete {
                return Ok(());
            }
            if Instant::now() > until {
                return Err(Failure("the workers do not come to the service".to_owned()));
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Shows a verdict as people read it.
    async fn explain(&mut self, found: &Found, verdict: &Verdict) -> Result<()> {
        let cut = self.service.fetch(found.epoch).await?;
        let mut text = Vec::new();
        crate::cli::explain(&mut text, &cut, verdict)?;
        self.teller.show(String::from_utf8_lossy(&text).trim())
    }
}
