//! `stillpoint analyze`: says what holds in a snapshot.

use super::names::Names;
use super::{CliError, Console, Exit, input, text};
use clap::ValueEnum;
use std::path::PathBuf;
use std::str::FromStr;
use stillpoint_detectors::conservation::conservation;
use stillpoint_detectors::deadlock::{VictimPolicy, deadlock};
use stillpoint_detectors::garbage::garbage;
use stillpoint_detectors::termination::{quiescence, terminations};
use stillpoint_proto::id::Text;
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::verdict::Verdict;
use stillpoint_proto::wire::json::write_verdicts;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The snapshot: a JSON document, `-` for standard input.
    file: PathBuf,
    /// How to write the verdicts.
    #[arg(long, value_enum, default_value_t = Output::Table)]
    output: Output,
    /// Look for this property alone; may be given several times. Without it, every property is looked for
    /// that the snapshot has facts about.
    #[arg(long, value_enum, value_delimiter = ',')]
    property: Vec<Wanted>,
    /// The sum that a gauge should have over all processes and messages; may be given several times.
    #[arg(long, value_name = "GAUGE=SUM")]
    expect: Vec<Expectation>,
    /// Which tasks of a deadlock are proposed to be ended.
    #[arg(long, value_enum, default_value_t = Victims::Youngest)]
    victims: Victims,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Output {
    /// For people.
    #[value(alias = "text")]
    Table,
    /// A `stillpoint.v1.VerdictList` in the protobuf JSON mapping, which `stillpoint verify` reads.
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Wanted {
    /// Tasks that wait for one another and can never proceed.
    Deadlock,
    /// Each computation that was created in the snapshot: whether it has work left.
    Termination,
    /// Whether any computation has work left.
    Quiescence,
    /// Objects that can never be reached again.
    Garbage,
    /// The gauges named by `--expect`.
    Conservation,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Victims {
    /// Those that started last.
    Youngest,
    /// Those that hold least.
    FewestHolds,
    /// Those that cost least to end, by the weight that the application gave them.
    LeastWeight,
}

/// A gauge and the sum it should have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Expectation {
    pub(super) gauge: Text,
    pub(super) sum: i128,
}

impl FromStr for Expectation {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (gauge, sum) = text.rsplit_once('=').ok_or("expected GAUGE=SUM, such as money=100")?;
        if gauge.is_empty() || gauge.len() > Text::LIMIT {
            return Err(format!("a gauge has a name of 1 to {} bytes", Text::LIMIT));
        }
        let sum = sum.parse().map_err(|_| format!("`{sum}` is no whole number of at most 128 bits"))?;
        Ok(Expectation { gauge: Text::new(gauge), sum })
    }
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<Exit, CliError> {
    if args.property.contains(&Wanted::Conservation) && args.expect.is_empty() {
        return Err(CliError::NoExpectation);
    }
    let cut = input::consistent_cut(&args.file, console)?;
    let verdicts = verdicts(args, &cut);
    match args.output {
        Output::Json => writeln!(console.output, "{}", write_verdicts(&verdicts)?)?,
        Output::Table => {
            text::summary(console.output, &cut)?;
            let names = Names::of_snapshot(cut.snapshot());
            for verdict in &verdicts {
                text::verdict(console.output, &names, verdict)?;
            }
        }
    }
    console.output.flush()?;
    Ok(Exit::Done)
}

/// Only what is wanted is looked for; conservation of every gauge that a sum was given for.
fn verdicts(args: &Args, cut: &ConsistentCut) -> Vec<Verdict> {
    let facts = Names::of_snapshot(cut.snapshot()).counts();
    let wanted = |property, about: &[&str]| match &args.property[..] {
        [] => about.is_empty() || about.iter().any(|kind| facts.contains_key(kind)),
        chosen => chosen.contains(&property),
    };
    let mut verdicts = Vec::new();
    if wanted(Wanted::Deadlock, &[]) {
        verdicts.extend(deadlock(cut, args.victims.into()));
    }
    if wanted(Wanted::Termination, &["creation"]) {
        verdicts.extend(terminations(cut));
    }
    if wanted(Wanted::Quiescence, &["creation", "token"]) {
        verdicts.push(quiescence(cut));
    }
    if wanted(Wanted::Garbage, &["object"]) {
        verdicts.extend(garbage(cut));
    }
    if wanted(Wanted::Conservation, &[]) {
        verdicts.extend(args.expect.iter().map(|e| conservation(cut, &e.gauge, e.sum)));
    }
    verdicts
}

impl From<Victims> for VictimPolicy {
    fn from(victims: Victims) -> Self {
        match victims {
            Victims::Youngest => VictimPolicy::Youngest,
            Victims::FewestHolds => VictimPolicy::FewestHolds,
            Victims::LeastWeight => VictimPolicy::LeastWeight,
        }
    }
}
