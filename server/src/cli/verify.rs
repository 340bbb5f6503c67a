//! `stillpoint verify`: checks verdicts against the snapshot that they are about.

use super::names::Names;
use super::{CliError, Console, Exit, input, text};
use std::path::PathBuf;
use stillpoint_detectors::verify::{Checker, Finding, Unchecked};
use stillpoint_proto::wire::json::DocumentError;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The verdicts: a JSON document as `stillpoint analyze`, `detect` and `verdicts` write it with `--output json`, `-`
    /// for standard input.
    verdicts: PathBuf,
    /// The snapshot: a JSON document, `-` for standard input.
    snapshot: PathBuf,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<Exit, CliError> {
    if input::is_stdin(&args.verdicts) && input::is_stdin(&args.snapshot) {
        return Err(CliError::TwoFromStdin);
    }
    let verdicts = input::verdicts(&args.verdicts, console).map_err(|error| match error {
        CliError::Malformed { name, error: DocumentError::Kind { .. } } => CliError::Swapped { name },
        other => other,
    })?;
    let cut = input::consistent_cut(&args.snapshot, console)?;
    let names = Names::of_snapshot(cut.snapshot());
    let checker = Checker::new(&cut);
    let mut exit = Exit::Done;
    for verdict in &verdicts {
        let what = format!("{}: {}", text::subject(&names, &verdict.property), verdict.outcome.name());
        match checker.verify(verdict) {
            Ok(confirmed) => {
                let reservation = if confirmed.finding == Finding::DoubtsAreReal {
                    " (the doubts are real; that nothing more could be established is not checked)"
                } else {
                    ""
                };
                writeln!(console.output, "confirmed  {what}{reservation}")?;
                for unchecked in &confirmed.unchecked {
                    writeln!(console.output, "           not checked: {}", describe(&names, unchecked))?;
                }
            }
            Err(refuted) => {
                exit = Exit::Refuted;
                writeln!(console.output, "REFUTED    {what}: {refuted}")?;
            }
        }
    }
    if exit == Exit::Refuted {
        writeln!(console.output, "where{}", names.legend())?;
    }
    if verdicts.is_empty() {
        writeln!(console.output, "there are no verdicts to check")?;
    }
    console.output.flush()?;
    Ok(exit)
}

/// A part of a verdict that the checker took as it is, in words.
fn describe(names: &Names<'_>, unchecked: &Unchecked) -> String {
    match unchecked {
        Unchecked::Shape => "how its members depend on one another: they are too many".to_owned(),
        Unchecked::Victims => {
            "that the victims free everybody and none can be spared: they are too many".to_owned()
        }
        Unchecked::Behind(tasks) => {
            format!("that {} tasks are stuck behind it: they are too many", tasks.len())
        }
        Unchecked::Doubt(doubt) => format!("{}: the doubt is of an unknown kind", text::doubt(names, doubt)),
        other => format!("{other:?}"),
    }
}
