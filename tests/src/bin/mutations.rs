//! Switches deliberate defects on, one after another, and prints the table of what noticed each and after how many seeds.
//!
//! ```text
//! cargo run --release -p stillpoint-tests --bin mutations
//! ```
//!
//! Exits with 1 if one is noticed by nothing.
#![allow(clippy::print_stdout, reason = "a program for people")]

use clap::Parser;
use std::collections::BTreeMap;
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
    println!(
        "| defect | simulation | schedules | interleavings | oracles | scenes |\n|---|---|---|---|---|---|"
    );
    let mut missed = Vec::new();
    for &mutation in Mutation::ALL.iter().filter(|m| format!("{m:?}").contains(&arguments.only)) {
        let found: BTreeMap<Suite, Option<Caught>> =
            suites(mutation).iter().map(|suite| (*suite, run(Some(mutation), *suite))).collect();
        let cells = [
            cell(&found, &[Suite::Simulation]),
            cell(&found, &[Suite::Schedules]),
            cell(&found, &[Suite::Interleavings]),
            cell(&found, &[Suite::Deadlocks, Suite::Garbage, Suite::Termination]),
            cell(&found, &[Suite::Scenes]),
        ];
        println!("| {} | {} |", mutation.says().trim_end_matches('.'), cells.join(" | "));
        if arguments.verbose {
            for caught in found.values().flatten() {
                println!(
                    "    {mutation:?}, {}: {}",
                    caught.by.name(),
                    caught.says.lines().next().unwrap_or_default()
                );
            }
        }
        if found.values().all(Option::is_none) {
            missed.push(mutation);
        }
    }
    println!("\n{} defects, {} noticed by nothing: {missed:?}", Mutation::ALL.len(), missed.len());
    if missed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// After how many seeds which of these suites have noticed; that none has, or nothing if none was asked.
fn cell(found: &BTreeMap<Suite, Option<Caught>>, of: &[Suite]) -> String {
    let asked: Vec<_> = of.iter().filter_map(|suite| found.get(suite)).collect();
    let noticed = asked.iter().copied().flatten().map(|caught| match caught.by {
        Suite::Deadlocks => format!("deadlock {}", caught.after),
        Suite::Garbage => format!("garbage {}", caught.after),
        Suite::Termination => format!("termination {}", caught.after),
        _ => caught.after.to_string(),
    });
    match noticed.collect::<Vec<_>>() {
        none if none.is_empty() && asked.is_empty() => String::new(),
        none if none.is_empty() => "–".to_owned(),
        some => some.join(", "),
    }
}
