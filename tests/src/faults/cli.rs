//! The command line: the harness, and the processes that it starts.

use super::worker;
use super::{Options, Report, Result, run};
use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::io::{IsTerminal as _, Read as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// Runs the real server and real workers under real faults, and judges what the server says.
#[derive(Debug, Parser)]
#[command(name = "faults", args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    process: Option<Child>,
    /// For how many minutes something goes wrong.
    #[arg(long, default_value_t = 10.0)]
    minutes: f64,
    /// How many workers there are.
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u8).range(6..=64))]
    workers: u8,
    /// What the random choices begin with.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where to keep the store, the logs and the diaries; a temporary folder, kept if something is found, unless given.
    #[arg(long)]
    folder: Option<PathBuf>,
    /// Say what goes wrong as it does.
    #[arg(long)]
    verbose: bool,
}

#[derive(Debug, Subcommand)]
enum Child {
    /// A worker of the harness.
    #[command(hide = true)]
    Worker(worker::Args),
    /// The server, as `stillpoint serve`, with the same arguments.
    #[command(hide = true, disable_help_flag = true)]
    Server {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
}

/// Runs the program with the arguments of the process. Exit code 0 only if nothing was found.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let ended = match cli.process {
        Some(Child::Worker(args)) => worker::run(&args).map(|()| ExitCode::SUCCESS),
        Some(Child::Server { arguments }) => serve(arguments),
        None => perform(&cli),
    };
    ended.unwrap_or_else(|error| {
        eprintln!("faults: {error}");
        ExitCode::from(2)
    })
}

fn perform(cli: &Cli) -> Result<ExitCode> {
    let options = Options {
        program: std::env::current_exe()?,
        length: Duration::try_from_secs_f64(cli.minutes * 60.0)?,
        workers: cli.workers.into(),
        seed: cli.seed,
        folder: cli.folder.clone(),
        flawed: false,
        progress: std::io::stderr().is_terminal(),
        verbose: cli.verbose,
    };
    let report: Report = run(options)?;
    eprint!("{report}");
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The real command line of the service, until nobody holds its standard input any more.
fn serve(arguments: Vec<OsString>) -> Result<ExitCode> {
    use stillpoint_server::cli::{Cli, Console};
    std::thread::spawn(|| {
        let mut nothing = [0; 1];
        // Nothing ever comes, so whatever it is, it is the end.
        let _ = std::io::stdin().read(&mut nothing);
        std::process::exit(0);
    });
    let cli =
        Cli::parse_from([OsString::from("stillpoint"), OsString::from("serve")].into_iter().chain(arguments));
    let (mut input, mut output) = (std::io::empty(), std::io::stdout());
    let exit = stillpoint_server::cli::run(cli, &mut Console { input: &mut input, output: &mut output })?;
    Ok(exit.into())
}
