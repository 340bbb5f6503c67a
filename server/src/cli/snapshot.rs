//! `stillpoint snapshot`: takes, shows and lists snapshots.

use super::client::{self, Common, Output, Server, duration, millis, pages, write_json};
use super::names::{Names, shown};
use super::tables::{Rows, age, human, time, word};
use super::{CliError, Console, Exit, text};
use std::time::Duration;
use stillpoint_proto::id::Incarnation;
use stillpoint_proto::snapshot::{Absence, ConsistentCut, MemberState, Snapshot};
use stillpoint_proto::wire::v1;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    take: Take,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Takes a snapshot and says what came of it. This is done also if nothing else is asked for.
    #[command(after_help = super::SNAPSHOTS)]
    Take(Take),
    /// Shows a snapshot that is kept. As JSON it is the document that `stillpoint analyze` reads.
    #[command(after_help = super::SNAPSHOTS)]
    Get(Get),
    /// Lists the rounds that were taken, the newest first. The snapshots of the last ones are kept, as many as the
    /// setting `history` says, until the server stops.
    #[command(after_help = super::SNAPSHOTS)]
    List(List),
}

#[derive(Debug, clap::Args)]
struct Take {
    /// How long the processes have for their cuts; the server's own deadline unless given, which is also the
    /// longest.
    #[arg(long, value_parser = duration, value_name = "DURATION")]
    deadline: Option<Duration>,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, clap::Args)]
struct Get {
    /// The number of the round; the latest unless given.
    #[arg(default_value_t = 0, hide_default_value = true)]
    epoch: u64,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, clap::Args)]
struct List {
    /// The greatest number of entries: 1 or more.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<Exit, CliError> {
    client::run(async {
        match &args.action {
            None => take(&args.take, console).await?,
            Some(Action::Take(args)) => take(args, console).await?,
            Some(Action::Get(args)) => get(args, console).await?,
            Some(Action::List(args)) => list(args, console).await?,
        }
        console.output.flush()?;
        Ok(Exit::Done)
    })
}

async fn take(args: &Take, console: &mut Console<'_>) -> Result<(), CliError> {
    let mut server = args.common.connect().await?;
    let request = v1::TakeSnapshotRequest { deadline_ms: args.deadline.map(millis) };
    let answer = server.client.take_snapshot(request).await;
    let taken = server.answer(answer)?;
    match args.common.output {
        Output::Json => write_json(console, &taken)?,
        Output::Table => {
            summary(console, &taken.snapshot.clone().unwrap_or_default())?;
        }
    }
    inconsistent(taken.snapshot.as_ref())
}

/// An error if a round yielded no consistent cut.
pub(super) fn inconsistent(summary: Option<&v1::SnapshotSummary>) -> Result<(), CliError> {
    match summary {
        Some(s) if s.outcome() == v1::SnapshotOutcome::Inconsistent => {
            Err(CliError::InconsistentRound { epoch: s.epoch, faults: s.inconsistencies.clone() })
        }
        _ => Ok(()),
    }
}

/// Writes what came of a round.
pub(super) fn summary(console: &mut Console<'_>, summary: &v1::SnapshotSummary) -> Result<(), CliError> {
    let took =
        summary.duration_ms.map_or(String::new(), |ms| format!(", {}", human(Duration::from_millis(ms))));
    writeln!(
        console.output,
        "round {}: {}, processes: {}, messages in transit: {}{took}",
        summary.epoch,
        outcome(summary),
        summary.members,
        summary.in_transit
    )?;
    for part in &summary.missing {
        writeln!(console.output, "  missing: {}", shown(&missing(part, &summary.missing)))?;
    }
    Ok(())
}

fn outcome(summary: &v1::SnapshotSummary) -> String {
    word(summary.outcome().as_str_name(), "SNAPSHOT_OUTCOME_")
}

/// What an incomplete snapshot lacks, in words. Of those that have one name, each is told by its incarnation too.
fn missing(part: &v1::MissingPart, among: &[v1::MissingPart]) -> String {
    use v1::missing_part::Reason;
    let who = match (part.name.as_str(), part.process) {
        ("", Some(process)) => format!("process {}", Incarnation(process)),
        ("", None) => "a process".to_owned(),
        (name, Some(process)) if among.iter().any(|p| p.name == name && p.process != part.process) => {
            format!("{name}@{}", Incarnation(process))
        }
        (name, _) => name.to_owned(),
    };
    match &part.reason {
        Some(Reason::Cut(absence)) => match Absence::try_from(absence.clone()) {
            Ok(absence) => format!("the cut of {who}: {absence}"),
            Err(_) => format!("the cut of {who}"),
        },
        Some(Reason::PresumedDead(_)) => format!("what {who} did after its last report: it is presumed dead"),
        Some(Reason::Content(_)) => format!("content of messages from {who}"),
        None => who,
    }
}

async fn get(args: &Get, console: &mut Console<'_>) -> Result<(), CliError> {
    let mut server = args.common.connect().await?;
    let snapshot = server.snapshot(args.epoch).await?;
    match args.common.output {
        Output::Json => write_json(console, &snapshot),
        Output::Table => members(console, &server, snapshot),
    }
}

fn members(console: &mut Console<'_>, server: &Server, snapshot: v1::Snapshot) -> Result<(), CliError> {
    let snapshot = Snapshot::try_from(snapshot).map_err(|error| server.nonsense(error))?;
    let (deployment, epoch) = (snapshot.deployment, snapshot.epoch);
    let legend = Names::of_snapshot(&snapshot).legend();
    let name = format!("the snapshot of round {epoch}");
    let cut = ConsistentCut::check(snapshot).map_err(|faults| CliError::Inconsistent {
        name,
        deployment,
        epoch,
        faults,
        legend,
    })?;
    text::summary(console.output, &cut)?;
    let mut rows = Rows::new(&["NAME", "INCARNATION", "STATE", "#FACTS", "#SENDS ON", "#RECEIVED ON"]);
    for (process, member) in &cut.snapshot().members {
        let (state, cut) = match &member.state {
            MemberState::Present(cut) => ("present".to_owned(), Some(cut)),
            MemberState::Left { last: cut, .. } => ("left".to_owned(), Some(cut)),
            MemberState::Lost { certain: true, last, .. } => ("dead".to_owned(), last.as_ref()),
            MemberState::Lost { certain: false, last, .. } => ("presumed dead".to_owned(), last.as_ref()),
            MemberState::Absent(absence) => (format!("missing: {absence}"), None),
        };
        let counted = |count: Option<usize>| count.map_or("-".to_owned(), |n| n.to_string());
        rows.row([
            member.name.to_string(),
            process.to_string(),
            state,
            counted(cut.map(|cut| cut.facts.len())),
            counted(cut.map(|cut| cut.sending.len())),
            counted(cut.map(|cut| cut.receiving.len())),
        ]);
    }
    Ok(rows.write(console.output, "it has no members")?)
}

async fn list(args: &List, console: &mut Console<'_>) -> Result<(), CliError> {
    let mut server = args.common.connect().await?;
    let page = async |server: &mut Server, page_size, page_token| {
        let answer = server.client.list_snapshots(v1::ListSnapshotsRequest { page_size, page_token }).await;
        server.answer(answer).map(|page| (page.snapshots, page.next_page_token))
    };
    let (snapshots, next_page_token) = pages(&mut server, Some(args.limit), page).await?;
    if args.common.output == Output::Json {
        return write_json(console, &v1::ListSnapshotsResponse { snapshots, next_page_token });
    }
    let mut rows =
        Rows::new(&["#ROUND", "OUTCOME", "#PROCESSES", "#IN TRANSIT", "TAKEN", "AGO", "TOOK", "MISSING"]);
    for snapshot in &snapshots {
        rows.row([
            snapshot.epoch.to_string(),
            outcome(snapshot),
            snapshot.members.to_string(),
            snapshot.in_transit.to_string(),
            time(snapshot.taken_at_ms),
            age(snapshot.taken_at_ms),
            snapshot.duration_ms.map_or("-".to_owned(), |ms| human(Duration::from_millis(ms))),
            snapshot.missing.first().map_or(String::new(), |first| match snapshot.missing.len() {
                1 => missing(first, &snapshot.missing),
                n => format!("{} and {} more", missing(first, &snapshot.missing), n - 1),
            }),
        ]);
    }
    rows.write(console.output, "no snapshot is stored")?;
    if !next_page_token.is_empty() {
        writeln!(console.output, "there are more: see --limit")?;
    }
    Ok(())
}
