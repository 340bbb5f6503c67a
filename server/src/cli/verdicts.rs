//! `stillpoint verdicts`: what was found, and what became of it.

use super::client::{self, Common, Output, Server, pages, write_json};
use super::search::Kind;
use super::tables::{Rows, age, time};
use super::{CliError, Console, Exit, names::shown, records};
use clap::ValueEnum;
use stillpoint_proto::wire::v1;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    list: List,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Lists the verdicts, the last changed first. This is done also if nothing else is asked for.
    #[command(after_help = super::ASKS)]
    List(List),
    /// Shows one verdict in full.
    #[command(after_help = super::ASKS)]
    Get(Get),
}

#[derive(Debug, clap::Args)]
struct List {
    /// Only those of this property; may be given several times.
    #[arg(long, value_enum, value_delimiter = ',')]
    property: Vec<Kind>,
    /// Only those in this state; may be given several times.
    #[arg(long, value_enum, value_delimiter = ',')]
    state: Vec<State>,
    /// The greatest number of entries: 1 or more.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, clap::Args)]
struct Get {
    /// The id of the verdict.
    id: String,
    #[command(flatten)]
    common: Common,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum State {
    /// Found in one round.
    Open,
    /// Found again in a later round.
    Holding,
    /// No longer found, acted upon, or retracted.
    Ended,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<Exit, CliError> {
    client::run(async {
        match &args.action {
            None => list(&args.list, console).await?,
            Some(Action::List(args)) => list(args, console).await?,
            Some(Action::Get(args)) => get(args, console).await?,
        }
        console.output.flush()?;
        Ok(Exit::Done)
    })
}

async fn list(args: &List, console: &mut Console<'_>) -> Result<(), CliError> {
    let mut server = args.common.connect().await?;
    let (mut revision, mut first) = (0, true);
    let page = async |server: &mut Server, page_size, page_token| {
        let request = v1::ListVerdictsRequest {
            properties: args.property.iter().map(|&kind| v1::PropertyKind::from(kind).into()).collect(),
            states: args.state.iter().map(|&state| v1::VerdictState::from(state).into()).collect(),
            page_size,
            page_token,
        };
        let answer = server.client.list_verdicts(request).await;
        let page = server.answer(answer)?;
        // What changed after the first page may be on none: a watch goes on from there.
        if std::mem::take(&mut first) {
            revision = page.revision;
        }
        Ok((page.verdicts, page.next_page_token))
    };
    let (verdicts, next_page_token) = pages(&mut server, Some(args.limit), page).await?;
    if args.common.output == Output::Json {
        return write_json(console, &v1::ListVerdictsResponse { verdicts, next_page_token, revision });
    }
    let mut rows = Rows::new(&["ID", "PROPERTY", "STATE", "FOUND IN ROUND", "OPENED", "CHANGED", "WHAT"]);
    for record in &verdicts {
        let verdict = record.verdict.clone().unwrap_or_default();
        rows.row([
            record.id.clone(),
            records::property(&verdict).to_owned(),
            records::state(record),
            rounds(record),
            format!("{} ago", age(record.opened_at_ms)),
            format!("{} ago", age(record.updated_at_ms)),
            records::line(&verdict),
        ]);
    }
    rows.write(console.output, "there are no such verdicts")?;
    if !next_page_token.is_empty() {
        writeln!(console.output, "there are more: see --limit")?;
    }
    Ok(())
}

async fn get(args: &Get, console: &mut Console<'_>) -> Result<(), CliError> {
    let mut server = args.common.connect().await?;
    let answer = server.client.get_verdict(v1::GetVerdictRequest { id: args.id.clone() }).await;
    let record = server.answer(answer)?.verdict.unwrap_or_default();
    if args.common.output == Output::Json {
        return write_json(console, &record);
    }
    let out = &mut *console.output;
    writeln!(out, "verdict {}: {}", shown(&record.id), records::state(&record))?;
    writeln!(out, "  found in rounds {}", rounds(&record))?;
    writeln!(out, "  opened {}, {} ago", time(record.opened_at_ms), age(record.opened_at_ms))?;
    writeln!(out, "  last changed {}, with revision {}", time(record.updated_at_ms), record.revision)?;
    if record.ended_at_ms.is_some() {
        writeln!(out, "  ended {}: {}", time(record.ended_at_ms), shown(&record.end_cause))?;
    }
    let verdict = records::verdict(&server, record.verdict)?;
    records::in_full(console, &mut server, verdict.epoch.0, &[verdict]).await
}

fn rounds(record: &v1::VerdictRecord) -> String {
    if record.first_epoch == record.last_epoch {
        return record.first_epoch.to_string();
    }
    format!("{} to {}", record.first_epoch, record.last_epoch)
}

impl From<State> for v1::VerdictState {
    fn from(state: State) -> Self {
        match state {
            State::Open => v1::VerdictState::Open,
            State::Holding => v1::VerdictState::Holding,
            State::Ended => v1::VerdictState::Ended,
        }
    }
}
