//! Runs targets of hostile input on all cores, over seeded inputs and over what a fuzzer has found to lead anywhere new.
//!
//! ```text
//! cargo run --profile test -p stillpoint-tests --bin hostile -- session --seeds 0..10000000 --corpus tests/fuzz/corpus
//! ```
//!
//! Exits with 0 if every input is clean; with 1 if one is not, which is then told by its seed and written to a file.
#![allow(clippy::print_stdout, reason = "a program for people")]

use clap::Parser;
use clap::builder::PossibleValuesParser;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use stillpoint_tests::hostile::seeds::input;
use stillpoint_tests::hostile::{TARGETS, Target};
use stillpoint_tests::suites::{first_failure, progress, seeds};

/// Feeds hostile input to what reads it.
#[derive(Debug, Parser)]
struct Arguments {
    /// The targets; all if none is given.
    #[arg(value_parser = PossibleValuesParser::new(TARGETS.iter().map(|(name, _)| *name)))]
    targets: Vec<String>,
    /// The seeds, one for each input: the first, and the one after the last.
    #[arg(long, default_value = "0..100000", value_parser = seeds)]
    seeds: Range<u64>,
    /// A folder with one of inputs for each target, as a fuzzer leaves it: three in four inputs are changes of those.
    #[arg(long)]
    corpus: Option<PathBuf>,
    /// How many threads; all cores if not given.
    #[arg(long)]
    threads: Option<usize>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = arguments.threads.unwrap_or(cores).max(1);
    let wanted = |(name, _): &&Target| {
        arguments.targets.is_empty() || arguments.targets.iter().any(|target| target == name)
    };
    for target in TARGETS.iter().filter(wanted) {
        let corpus = match arguments.corpus.as_ref().map(|folder| read(&folder.join(target.0))).transpose() {
            Ok(corpus) => corpus.unwrap_or_default(),
            Err(why) => {
                println!("{why}");
                return ExitCode::from(2);
            }
        };
        if let Err(failed) = run(target, &corpus, arguments.seeds.clone(), threads) {
            println!("{failed}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// All inputs in a folder, in the order of their names.
fn read(folder: &Path) -> Result<Vec<Vec<u8>>, String> {
    let wrong = |error| {
        format!(
            "{} cannot be read: {error}; `--corpus` wants a folder with one for each target",
            folder.display()
        )
    };
    let mut paths = Vec::new();
    for entry in folder.read_dir().map_err(wrong)? {
        paths.push(entry.map_err(wrong)?.path());
    }
    paths.sort();
    paths.iter().map(std::fs::read).collect::<Result<_, _>>().map_err(wrong)
}

fn run((name, target): &Target, corpus: &[Vec<u8>], seeds: Range<u64>, threads: usize) -> Result<(), String> {
    let (begin, inputs) = (Instant::now(), seeds.end.saturating_sub(seeds.start));
    let bar = progress(inputs, "inputs");
    let one = |seed| {
        target(&input(name, seed, corpus));
        Ok(())
    };
    let failed = first_failure(seeds, threads, one, |()| bar.inc(1));
    bar.finish_and_clear();
    if let Some((seed, why)) = failed {
        let (path, bytes) = (format!("{name}-{seed}"), input(name, seed, corpus));
        let kept = match std::fs::write(&path, &bytes) {
            Ok(()) => format!("it is in the file {path}"),
            Err(error) => format!("it could not be written to {path}: {error}"),
        };
        return Err(format!("{name}: the input of seed {seed} FAILED: {why}; {kept}: {bytes:02x?}"));
    }
    println!(
        "{name}: {inputs} inputs, {} of a corpus, clean in {} s",
        corpus.len(),
        begin.elapsed().as_secs()
    );
    Ok(())
}
