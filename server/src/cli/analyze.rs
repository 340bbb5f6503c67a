//! `stillpoint analyze`: says what holds in a snapshot.

use super::names::{self, Names};
use super::search::{Kind, Search};
use super::{CliError, Console, Exit, input, text};
use clap::ValueEnum;
use std::io::{self, Write};
use std::path::PathBuf;
use stillpoint_detectors::conservation::conservation;
use stillpoint_detectors::deadlock::deadlock;
use stillpoint_detectors::garbage::garbage;
use stillpoint_detectors::termination::{quiescence, terminations};
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::verdict::{Certificate, Outcome, Refutation, Verdict};
use stillpoint_proto::wire::json::write_verdicts;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The snapshot: a JSON document, `-` for standard input.
    file: PathBuf,
    /// How to write the verdicts.
    #[arg(long, value_enum, default_value_t = Output::Table)]
    output: Output,
    #[command(flatten)]
    search: Search,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Output {
    /// For people.
    #[value(alias = "text")]
    Table,
    /// A `stillpoint.v1.VerdictList` in the protobuf JSON mapping, which `stillpoint verify` reads.
    Json,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<Exit, CliError> {
    args.search.check()?;
    let cut = input::consistent_cut(&args.file, console)?;
    let verdicts = verdicts(&args.search, &cut);
    match args.output {
        Output::Json => writeln!(console.output, "{}", write_verdicts(&verdicts)?)?,
        Output::Table => {
            text::summary(console.output, &cut)?;
            let names = Names::of_snapshot(cut.snapshot());
            if args.search.property.is_empty() && args.search.expect.is_empty() {
                gauges(console.output, &cut, &names)?;
            }
            for verdict in &verdicts {
                text::verdict(console.output, &names, verdict)?;
            }
        }
    }
    console.output.flush()?;
    Ok(Exit::Done)
}

/// Writes what the gauges add up to, which nobody has said what it should be.
fn gauges(out: &mut dyn Write, cut: &ConsistentCut, names: &Names<'_>) -> io::Result<()> {
    for gauge in names.gauges() {
        let (shown, expected) = (names::shown(gauge.as_str()), 0);
        match conservation(cut, gauge, expected).outcome {
            Outcome::Holds(Certificate::Sum(sum)) | Outcome::DoesNotHold(Refutation::Sum(sum)) => {
                writeln!(out, "gauge {shown}: {sum} in all processes and messages")?;
            }
            _ => writeln!(out, "gauge {shown}: its sum is not certain")?,
        }
        writeln!(out, "  (whether that is right is looked for with --expect {shown}=SUM)")?;
    }
    Ok(())
}

/// Only what is wanted is looked for; conservation of every gauge that a sum was given for.
fn verdicts(search: &Search, cut: &ConsistentCut) -> Vec<Verdict> {
    let facts = Names::of_snapshot(cut.snapshot()).counts();
    let wanted = |property, about: &[&str]| match &search.property[..] {
        [] => about.is_empty() || about.iter().any(|kind| facts.contains_key(kind)),
        chosen => chosen.contains(&property),
    };
    let mut verdicts = Vec::new();
    if wanted(Kind::Deadlock, &[]) {
        verdicts.extend(deadlock(cut, search.victims.into()));
    }
    if wanted(Kind::Termination, &["creation"]) {
        verdicts.extend(terminations(cut));
    }
    if wanted(Kind::Quiescence, &["creation", "token"]) {
        verdicts.push(quiescence(cut));
    }
    if wanted(Kind::Garbage, &["object"]) {
        verdicts.extend(garbage(cut));
    }
    if wanted(Kind::Conservation, &[]) {
        verdicts.extend(search.expect.iter().map(|e| conservation(cut, &e.gauge, e.sum)));
    }
    verdicts
}
