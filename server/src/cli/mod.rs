//! The command line.
//!
//! Every command writes its result to standard output and everything else to standard error, and ends with an
//! [`Exit`] that scripts can rely on. Commands are functions of their arguments and a [`Console`], so that
//! tests can run them without a process.

mod analyze;
mod client;
mod detect;
mod died;
mod input;
mod names;
mod ps;
mod records;
mod search;
pub mod serve;
mod snapshot;
mod tables;
mod text;
mod verdicts;
mod verify;
mod wait;
mod watch;

use clap::{Parser, Subcommand};
use std::io::{self, Read, Write};
use std::process::ExitCode;
use stillpoint_proto::id::{DeploymentId, Epoch};
use stillpoint_proto::snapshot::{ConsistentCut, Inconsistency};
use stillpoint_proto::verdict::Verdict;
use stillpoint_proto::wire::json::{DocumentError, WriteError};

/// The longest document that is read, in bytes: 1 GiB.
pub const MAX_DOCUMENT: u64 = 1 << 30;

/// What the help of a command says of exit codes: those that it has of its own, among those that all have.
macro_rules! exit_codes {
    ($($own:literal),* ; $($more:literal),*) => {
        concat!(
            "Exit codes:\n  0  done; the result is on standard output",
            $("\n  ", $own,)*
            "\n  2  the arguments are wrong, or what they name cannot be read",
            $("\n  ", $more,)*
        )
    };
}
const SUMMARY: &str = exit_codes!(; "others  as the help of each command says");
/// Of a command that asks a server.
const ASKS: &str = exit_codes!(; "5  the server cannot be reached, or it refused what was asked");
const SNAPSHOTS: &str = exit_codes!(;
    "3  the round yielded no consistent cut: an instrumentation fault, named on standard error",
    "5  the server cannot be reached, or it refused what was asked");
const ANALYZE: &str = exit_codes!(;
    "3  the snapshot is no consistent cut: an instrumentation fault, named on standard error");
const VERIFY: &str = exit_codes!("1  a verdict was refuted";
    "3  the snapshot is no consistent cut: an instrumentation fault, named on standard error");
const DETECT: &str = exit_codes!("1  with --fail-on-deadlock: there is a deadlock; one that is UNKNOWN is none";
    "3  the round yielded no consistent cut: an instrumentation fault, named on standard error",
    "5  the server cannot be reached, or it refused what was asked");
const WAIT: &str = exit_codes!(;
    "4  the time was over before the computation had terminated",
    "5  the server cannot be reached, or it refused what was asked");
const DEMO: &str = exit_codes!("1  a scene came out otherwise than it should";
    "5  it could not be played to its end",
    "130, 143  it was interrupted by SIGINT or SIGTERM before its end");
const SERVE: &str = exit_codes!(; "5  the server did not start, or failed");

/// Finds deadlock, termination and garbage in running distributed systems.
#[derive(Debug, Parser)]
#[command(name = "stillpoint", version, after_help = SUMMARY)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Says what holds in a snapshot.
    ///
    /// Without `--property`, every property is looked for that the snapshot has facts about.
    #[command(after_help = ANALYZE)]
    Analyze(analyze::Args),
    /// Checks verdicts against the snapshot that they are about.
    #[command(after_help = VERIFY)]
    Verify(verify::Args),
    /// Lists the processes of a deployment, or the lanes between them.
    #[command(after_help = ASKS)]
    Ps(ps::Args),
    /// States that processes have ended, as their host, or whoever started them, knows.
    ///
    /// A process that is merely silent is presumed dead, and every round is incomplete until it comes back or its
    /// death is certain.
    #[command(after_help = ASKS)]
    Died(died::Args),
    /// Takes, shows and lists snapshots.
    #[command(after_help = SNAPSHOTS)]
    Snapshot(snapshot::Args),
    /// Takes a snapshot and says what holds in it. What holds is no failure: the exit code is 0 unless
    /// `--fail-on-deadlock` asks for 1.
    ///
    /// Without `--property`, what is looked for is deadlock, termination, garbage, and the gauges named by `--expect`.
    #[command(after_help = DETECT)]
    Detect(detect::Args),
    /// Shows what was found, and what became of it.
    #[command(after_help = ASKS)]
    Verdicts(verdicts::Args),
    /// Tells every change of a verdict as it happens, until it is interrupted.
    #[command(after_help = ASKS)]
    Watch(watch::Args),
    /// Waits until a computation has terminated.
    #[command(after_help = WAIT)]
    Wait(wait::Args),
    /// Shows what this is good for: a service, workers, and four scenes whose truth is known.
    #[command(after_help = DEMO)]
    Demo(crate::demo::Args),
    /// A worker of the demonstration.
    #[command(hide = true)]
    DemoWorker,
    /// Runs the server that agents report to and that answers people.
    #[command(after_help = SERVE)]
    Serve(serve::Args),
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Exit {
    /// It did what it was asked for.
    Done,
    /// A verdict was refuted, or a scene of the demonstration came out wrong.
    Refuted,
    /// There is a deadlock, and that was to be a failure.
    Deadlocked,
    /// The arguments are wrong, or a document cannot be read.
    Unusable,
    /// The snapshot is no consistent cut.
    Inconsistent,
    /// The time was over before the computation had terminated.
    TimedOut,
    /// The server cannot be reached, or refused what was asked.
    Refused,
    /// The server did not start, or failed; the demonstration could not be played.
    Failed,
    /// This signal came before the end.
    Interrupted(u8),
}

impl Exit {
    /// The exit code of the process.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Refuted | Exit::Deadlocked => 1,
            Exit::Unusable => 2,
            Exit::Inconsistent => 3,
            Exit::TimedOut => 4,
            Exit::Refused | Exit::Failed => 5,
            // As a shell tells of a process that a signal has ended.
            Exit::Interrupted(signal) => 128_u8.saturating_add(signal),
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit.code())
    }
}

/// Why a command could not do what it was asked for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CliError {
    /// A file cannot be read.
    #[error("{name}: {error}")]
    Read {
        /// The file, or `standard input`.
        name: String,
        /// What happened.
        error: io::Error,
    },
    /// A document is longer than [`MAX_DOCUMENT`].
    #[error("{name}: longer than {limit} bytes, which is more than a document may have")]
    TooLong {
        /// The file, or `standard input`.
        name: String,
        /// The limit.
        limit: u64,
    },
    /// A document is malformed.
    #[error("{name}: {error}")]
    Malformed {
        /// The file, or `standard input`.
        name: String,
        /// Where and what.
        error: DocumentError,
    },
    /// A snapshot is where verdicts should be.
    #[error(
        "{name}: this is a snapshot, expected verdicts; verify has the verdicts first, then the snapshot"
    )]
    Swapped {
        /// The file, or `standard input`.
        name: String,
    },
    /// Two documents are both to be read from standard input.
    #[error("only one of the documents can be read from standard input (`-`)")]
    TwoFromStdin,
    /// Conservation is to be looked for, but of no gauge.
    #[error("`--property conservation` needs `--expect GAUGE=SUM`")]
    NoExpectation,
    /// The snapshot is no consistent cut. The processes are named in `legend`.
    #[error("{name}: no consistent cut of deployment {deployment}, round {epoch}:{}{legend}", list(.faults))]
    Inconsistent {
        /// The file, or `standard input`.
        name: String,
        /// Of which deployment.
        deployment: DeploymentId,
        /// Of which round.
        epoch: Epoch,
        /// What is wrong with it.
        faults: Vec<Inconsistency>,
        /// The names of the processes that the faults mention by incarnation.
        legend: String,
    },
    /// A round of the server yielded no consistent cut.
    #[error("round {epoch} yielded no consistent cut:{}", faults.iter().map(|f| format!("\n  {}", names::shown(f))).collect::<String>())]
    InconsistentRound {
        /// Its number.
        epoch: u64,
        /// What is wrong with it.
        faults: Vec<String>,
    },
    /// A deadlock is to be a failure, but is not looked for.
    #[error("`--fail-on-deadlock` needs `deadlock` among the properties")]
    DeadlockNotWanted,
    /// A sum is expected, but conservation is not to be looked for.
    #[error("`--expect` needs `conservation` among the properties")]
    ConservationNotWanted,
    /// No process, or several, are meant by a name.
    #[error("{0}")]
    Process(String),
    /// This is no id of a computation.
    #[error("`{}` is no id of a computation: expected INCARNATION/HANDLE, such as 1f/7", names::shown(.0))]
    Computation(String),
    /// The address of the server is none.
    #[error("`{}` is no address of a server: {reason}", names::shown(server))]
    Address {
        /// What was given.
        server: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Nobody answers at the address of the server.
    #[error("no server answers at {server}: {reason}. Is `stillpoint serve` running there?")]
    Unreachable {
        /// The address.
        server: String,
        /// What happened.
        reason: String,
    },
    /// The connection to the server was lost.
    #[error("the connection to {server} was lost: {reason}")]
    Lost {
        /// The address.
        server: String,
        /// What happened.
        reason: String,
    },
    /// The server refused what was asked.
    #[error("{message} ({code})")]
    Status {
        /// What it says.
        message: String,
        /// The name of the gRPC status.
        code: String,
    },
    /// The server's answer means nothing.
    #[error("the answer of {server} cannot be understood: {reason}")]
    Answer {
        /// The address.
        server: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The result cannot be written.
    #[error("the result cannot be written: {0}")]
    Write(#[from] io::Error),
    /// The demonstration could not be played.
    #[error("the demonstration cannot go on: {0}")]
    Demo(String),
    /// The result has no JSON form.
    #[error(transparent)]
    Json(#[from] WriteError),
    /// The server does not run.
    #[error(transparent)]
    Serve(#[from] serve::Failure),
}

fn list(faults: &[Inconsistency]) -> String {
    faults.iter().map(|fault| format!("\n  {fault}")).collect()
}

impl CliError {
    /// How a command that failed in this way ends.
    #[must_use]
    pub fn exit(&self) -> Exit {
        match self {
            CliError::Inconsistent { .. } | CliError::InconsistentRound { .. } => Exit::Inconsistent,
            // The server names the argument.
            CliError::Status { code, .. } if code == "INVALID_ARGUMENT" => Exit::Unusable,
            CliError::Unreachable { .. }
            | CliError::Lost { .. }
            | CliError::Status { .. }
            | CliError::Answer { .. } => Exit::Refused,
            CliError::Demo(_) => Exit::Failed,
            CliError::Serve(failure) => failure.exit(),
            _ => Exit::Unusable,
        }
    }
}

/// What a command reads from and writes to.
#[expect(missing_debug_implementations, reason = "streams have nothing to show")]
pub struct Console<'a> {
    /// Standard input.
    pub input: &'a mut dyn Read,
    /// Standard output.
    pub output: &'a mut dyn Write,
}

/// Runs a parsed command line.
///
/// # Errors
/// [`CliError`] if the command could not do what it was asked for.
pub fn run(cli: Cli, console: &mut Console<'_>) -> Result<Exit, CliError> {
    match cli.command {
        Command::Analyze(args) => analyze::run(&args, console),
        Command::Verify(args) => verify::run(&args, console),
        Command::Ps(args) => ps::run(&args, console),
        Command::Died(args) => died::run(&args, console),
        Command::Snapshot(args) => snapshot::run(&args, console),
        Command::Detect(args) => detect::run(&args, console),
        Command::Verdicts(args) => verdicts::run(&args, console),
        Command::Watch(args) => watch::run(&args, console),
        Command::Wait(args) => wait::run(&args, console),
        Command::Demo(args) => crate::demo::run(&args, console),
        Command::DemoWorker => crate::demo::worker(console),
        Command::Serve(args) => serve::run(&args, console),
    }
}

/// Writes a verdict on a cut as people read it.
pub(crate) fn explain(out: &mut dyn Write, cut: &ConsistentCut, verdict: &Verdict) -> io::Result<()> {
    text::verdict(out, &names::Names::of_snapshot(cut.snapshot()), verdict)
}

/// Runs the program with the arguments of the process. Wrong arguments end the process at once.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    match run(cli, &mut Console { input: &mut input, output: &mut output }) {
        Ok(exit) => exit.into(),
        // Whoever reads from us has had enough, which is no fault.
        Err(CliError::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done.into(),
        Err(error) => {
            // If standard error is gone too, the exit code is all that is left to say.
            let _ = writeln!(io::stderr(), "stillpoint: {error}");
            error.exit().into()
        }
    }
}
