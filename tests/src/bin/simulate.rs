//! Runs seeds of the simulation on all cores.
//!
//! ```text
//! cargo run --release -p stillpoint-tests --bin simulate -- --seeds 0..100000
//! ```
//!
//! Exits with 0 if every seed is clean and every execution that breaks the obvious version has occurred; with 1 if a
//! seed fails, whose plan is then shrunk and told as a space-time diagram; with 3 if none fails and some execution never
//! occurred.
#![allow(clippy::print_stdout, reason = "a program for people")]

use clap::Parser;
use std::ops::Range;
use std::process::ExitCode;
use stillpoint_tests::sim::{Plan, Summary, System, shrink};
use stillpoint_tests::suites::{first_failure, progress, seeds};

/// Runs seeds of the simulation.
#[derive(Debug, Parser)]
struct Arguments {
    /// The seeds: the first, and the one after the last.
    #[arg(long, default_value = "0..1000", value_parser = seeds)]
    seeds: Range<u64>,
    /// How many threads; all cores if not given.
    #[arg(long)]
    threads: Option<usize>,
    /// Tells the run of the first seed as a space-time diagram, whatever comes of it.
    #[arg(long)]
    trace: bool,
    /// Does not shrink the plan of a seed that fails.
    #[arg(long)]
    whole: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if arguments.trace {
        let plan = Plan::of(arguments.seeds.start);
        let (outcome, diagram) = System::trace(&plan);
        println!("{plan}\n\n{diagram}");
        return match outcome {
            Ok(summary) => {
                println!("{summary}");
                ExitCode::SUCCESS
            }
            Err(failure) => {
                println!("FAILED: {failure}");
                ExitCode::FAILURE
            }
        };
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = arguments.threads.unwrap_or(cores).max(1);
    let (summary, failed) = run(arguments.seeds, threads);
    println!("{summary}");
    if let Some((seed, failure)) = failed {
        tell(seed, &failure, arguments.whole);
        return ExitCode::FAILURE;
    }
    let never = summary.never();
    if never.is_empty() {
        println!("clean: {} seeds", summary.runs);
        return ExitCode::SUCCESS;
    }
    for situation in never {
        println!("never occurred: {situation}");
    }
    ExitCode::from(3)
}

/// Runs all seeds, or until one fails: the lowest that did.
fn run(seeds: Range<u64>, threads: usize) -> (Summary, Option<(u64, String)>) {
    let bar = progress(seeds.end.saturating_sub(seeds.start), "seeds");
    let mut summary = Summary::default();
    let add = |one| {
        summary.add(&one);
        bar.inc(1);
    };
    let failed = first_failure(seeds, threads, |seed| System::run(&Plan::of(seed)), add);
    bar.finish_and_clear();
    (summary, failed)
}

/// Tells of a seed that failed.
fn tell(seed: u64, failure: &str, whole: bool) {
    println!("seed {seed} FAILED: {failure}\n");
    let plan = Plan::of(seed);
    let plan = if whole { plan } else { shrink(&plan) };
    let (outcome, diagram) = System::trace(&plan);
    println!("the smallest plan that was found to fail alike:\n{plan}\n\n{diagram}");
    if let Err(failure) = outcome {
        println!("FAILED: {failure}");
    }
    println!("again: cargo run --release -p stillpoint-tests --bin simulate -- --seeds {seed}");
}
