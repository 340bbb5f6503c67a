//! Switches deliberate defects on, one after another, and prints the table of what noticed each and after how many seeds.
//!
//! ```text
//! cargo run --release -p stillpoint-tests --bin mutations
//! ```
//!
//! Exits with 1 if one is noticed by nothing.
#![allow(clippy::print_stdout, reason = "a program for people")]

use clap::Parser;
use std::process::ExitCode;
use stillpoint_proto::mutation::Mutation;
use stillpoint_tests::mutations::{Caught, Suite, run, suites};

/// Runs the suites with deliberate defects.
#[derive(Debug, Parser)]
struct Arguments {
    /// Only those whose names contain this.
    #[arg(long, default_value = "")]
    only: String,
    /// Says also what was noticed.
    #[arg(long)]
    verbose: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // What panics is told in the table.
    std::panic::set_hook(Box::new(|_| ()));
    println!("| defect | {} |", Suite::ALL.map(Suite::name).join(" | "));
    println!("|---|{}", "---|".repeat(Suite::ALL.len()));
    let mut missed = Vec::new();
    for &mutation in Mutation::ALL.iter().filter(|m| format!("{m:?}").contains(&arguments.only)) {
        let found: Vec<_> = Suite::ALL
            .iter()
            .map(|suite| suites(mutation).contains(suite).then(|| run(Some(mutation), *suite)))
            .collect();
        let cells: Vec<_> = found.iter().map(|found| found.as_ref().map_or(String::new(), cell)).collect();
        println!("| {} | {} |", mutation.says().trim_end_matches('.'), cells.join(" | "));
        if arguments.verbose {
            for caught in found.iter().flatten().flatten() {
                println!(
                    "    {mutation:?}, {}: {}",
                    caught.by.name(),
                    caught.says.lines().next().unwrap_or_default()
                );
            }
        }
        if found.iter().flatten().all(Option::is_none) {
            missed.push(mutation);
        }
    }
    println!("\n{} defects, {} noticed by nothing: {missed:?}", Mutation::ALL.len(), missed.len());
    if missed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// After how many seeds a suite has noticed, or that it has not.
fn cell(found: &Option<Caught>) -> String {
    found.as_ref().map_or("–".to_owned(), |caught| caught.after.to_string())
}
