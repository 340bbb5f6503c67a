//! `stillpoint detect`: takes a snapshot and says what holds in it.

use super::client::{self, Common, Output, duration, millis, write_json};
use super::search::{Kind, Search};
use super::{CliError, Console, Exit, records, snapshot};
use std::io::Write as _;
use std::time::Duration;
use stillpoint_proto::wire::v1;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    search: Search,
    /// Look in this stored snapshot instead of a fresh one.
    #[arg(long, conflicts_with = "deadline")]
    epoch: Option<u64>,
    /// How long the processes have for their cuts; the server's own deadline unless given, which is also the
    /// longest.
    #[arg(long, value_parser = duration, value_name = "DURATION")]
    deadline: Option<Duration>,
    /// Ends with exit code 1 if there is a deadlock. One that is merely unknown is none.
    #[arg(long)]
    fail_on_deadlock: bool,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<Exit, CliError> {
    args.search.check()?;
    let property = &args.search.property;
    if args.fail_on_deadlock && !property.is_empty() && !property.contains(&Kind::Deadlock) {
        return Err(CliError::DeadlockNotWanted);
    }
    client::run(detect(args, console))
}

async fn detect(args: &Args, console: &mut Console<'_>) -> Result<Exit, CliError> {
    let mut server = args.common.connect().await?;
    let request = v1::DetectRequest {
        properties: selectors(&args.search),
        victim_policy: v1::VictimPolicy::from(args.search.victims).into(),
        epoch: args.epoch,
        deadline_ms: args.deadline.map(millis),
    };
    let answer = server.client.detect(request).await;
    let found = server.answer(answer)?;
    if args.common.output == Output::Json {
        write_json(console, &found)?;
    }
    let round = found.snapshot.unwrap_or_default();
    let verdicts = found.findings.into_iter().map(|finding| records::verdict(&server, finding.verdict));
    let verdicts = verdicts.collect::<Result<Vec<_>, _>>()?;
    if args.common.output == Output::Table {
        snapshot::summary(console, &round)?;
        records::in_full(console, &mut server, round.epoch, &verdicts).await?;
    }
    console.output.flush()?;
    if round.members == 0 {
        // If standard error is gone, the empty round still says so.
        let _ = writeln!(std::io::stderr(), "stillpoint: no process takes part: nothing was looked at");
    }
    snapshot::inconsistent(Some(&round))?;
    let deadlocked = args.fail_on_deadlock && verdicts.iter().any(records::is_deadlock);
    Ok(if deadlocked { Exit::Deadlocked } else { Exit::Done })
}

/// What the server is to look for. Nothing chosen and no gauge leaves it to the server.
fn selectors(search: &Search) -> Vec<v1::PropertySelector> {
    use v1::property_selector::Property;
    let all = [Kind::Deadlock, Kind::Termination, Kind::Garbage, Kind::Conservation];
    let wanted = match &search.property[..] {
        [] if search.expect.is_empty() => return Vec::new(),
        [] => &all[..],
        chosen => chosen,
    };
    let mut properties = Vec::new();
    for wanted in wanted {
        properties.push(match wanted {
            Kind::Deadlock => Property::Deadlock(v1::DeadlockProperty {}),
            Kind::Termination => Property::Termination(v1::TerminationSelector {
                of: Some(v1::termination_selector::Of::All(v1::AllComputations {})),
            }),
            Kind::Quiescence => Property::Quiescence(v1::QuiescenceProperty {}),
            Kind::Garbage => Property::Garbage(v1::GarbageProperty {}),
            Kind::Conservation => {
                properties.extend(search.expect.iter().map(|expectation| {
                    let (gauge, expected) = (expectation.gauge.to_string(), expectation.sum.to_string());
                    Property::Conservation(v1::Conservation { gauge, expected })
                }));
                continue;
            }
        });
    }
    properties.into_iter().map(|property| v1::PropertySelector { property: Some(property) }).collect()
}
