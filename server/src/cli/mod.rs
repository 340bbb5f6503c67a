//! The command line.
//!
//! Every command writes its result to standard output and everything else to standard error, and ends with an
//! [`Exit`] that scripts can rely on. Commands are functions of their arguments and a [`Console`], so that
//! tests can run them without a process.

mod analyze;
mod input;
mod names;
pub mod serve;
mod text;
mod verify;

use clap::{Parser, Subcommand};
use std::io::{self, Read, Write};
use std::process::ExitCode;
use stillpoint_proto::id::{DeploymentId, Epoch};
use stillpoint_proto::snapshot::{ConsistentCut, Inconsistency};
use stillpoint_proto::verdict::Verdict;
use stillpoint_proto::wire::json::{DocumentError, WriteError};

/// The longest document that is read, in bytes: 1 GiB.
pub const MAX_DOCUMENT: u64 = 1 << 30;

const EXIT_CODES: &str = "\
Exit codes:
  0  done; the result is on standard output
  1  verify: a verdict was refuted; demo: a scene came out otherwise than it should
  2  the arguments are wrong, or a document cannot be read
  3  the snapshot is no consistent cut: an instrumentation fault, named on standard error
  4  serve: the server did not start, or failed";

/// Finds deadlock, termination and garbage in running distributed systems.
#[derive(Debug, Parser)]
#[command(name = "stillpoint", version, after_help = EXIT_CODES)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Says what holds in a snapshot.
    #[command(after_help = EXIT_CODES)]
    Analyze(analyze::Args),
    /// Checks verdicts against the snapshot that they are about.
    #[command(after_help = EXIT_CODES)]
    Verify(verify::Args),
    /// Shows what this is good for: a service, workers, and four scenes whose truth is known.
    Demo(crate::demo::Args),
    /// A worker of the demonstration.
    #[command(hide = true)]
    DemoWorker,
    /// Runs the server that agents report to and that answers people.
    #[command(after_help = EXIT_CODES)]
    Serve(serve::Args),
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Exit {
    /// It did what it was asked for.
    Done = 0,
    /// A verdict was refuted, or a scene of the demonstration came out wrong.
    Refuted = 1,
    /// The arguments are wrong, or a document cannot be read.
    Unusable = 2,
    /// The snapshot is no consistent cut.
    Inconsistent = 3,
    /// The server did not start, or failed.
    Failed = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
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
    pub const fn exit(&self) -> Exit {
        match self {
            CliError::Inconsistent { .. } => Exit::Inconsistent,
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
