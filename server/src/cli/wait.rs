//! `stillpoint wait`: waits until a computation has terminated.

use super::client::{self, Backoff, Common, Output, duration, millis, write_json};
use super::names::shown;
use super::{CliError, Console, Exit, records};
use std::io::Write as _;
use std::time::Duration;
use stillpoint_proto::id::{ComputationId, ComputationRef, Handle, Incarnation};
use stillpoint_proto::wire::v1;
use tokio::time::{Instant, timeout_at};

/// How much longer than the time-out the server's answer may take.
const GRACE: Duration = Duration::from_secs(2);

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The label of the computation. One that nobody has created yet is waited for.
    computation: String,
    /// COMPUTATION is no label but an id, such as `1f/7`: the incarnation of its creator, as `stillpoint ps` shows it,
    /// and its handle there.
    #[arg(long)]
    id: bool,
    /// How long to wait, such as `30s`; for ever unless given. When it is over, the exit code is 4.
    #[arg(long, value_parser = duration, value_name = "DURATION")]
    timeout: Option<Duration>,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<Exit, CliError> {
    let name = name(args)?;
    let waited = client::run(wait(args, name))?;
    let outcome = waited.outcome();
    match args.common.output {
        Output::Json => write_json(console, &waited)?,
        Output::Table => {
            let what = match (outcome, &waited.verdict) {
                (v1::WaitOutcome::Terminated, _) => "terminated".to_owned(),
                (v1::WaitOutcome::TerminatedWithLoss, _) => {
                    "terminated, and what it had in lost processes is lost".to_owned()
                }
                (_, Some(verdict)) => {
                    format!("has not terminated in time; last verdict: {}", records::line(verdict))
                }
                (_, None) if !waited.not_created => {
                    "no round ended in time, so it may or may not have terminated".to_owned()
                }
                (_, None) if waited.others.is_empty() => "not created in time, nor is any other".to_owned(),
                (_, None) => format!("not created in time; there are: {}", waited.others.join(", ")),
            };
            writeln!(console.output, "{}: {}", shown(&args.computation), shown(&what))?;
        }
    }
    console.output.flush()?;
    Ok(if outcome == v1::WaitOutcome::Timeout { Exit::TimedOut } else { Exit::Done })
}

/// Waits, again if the server goes away meanwhile or ends the call on its own.
async fn wait(args: &Args, name: v1::ComputationName) -> Result<v1::WaitTerminationResponse, CliError> {
    let deadline = args.timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    let mut server = args.common.connect().await?;
    let mut backoff = Backoff::new();
    let timed_out = v1::WaitTerminationResponse {
        outcome: v1::WaitOutcome::Timeout.into(),
        ..v1::WaitTerminationResponse::default()
    };
    loop {
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let request =
            v1::WaitTerminationRequest { computation: Some(name.clone()), timeout_ms: left.map(millis) };
        let call = server.client.wait_termination(request);
        let answer = match deadline {
            Some(deadline) => timeout_at(deadline + GRACE, call).await,
            None => Ok(call.await),
        };
        let lost = match answer.map(|answer| server.answer(answer)) {
            Ok(Ok(waited)) => match waited.outcome() {
                v1::WaitOutcome::Unspecified => return Err(server.nonsense("a wait without an outcome")),
                v1::WaitOutcome::Timeout if deadline.is_none() => continue,
                _ => return Ok(waited),
            },
            Ok(Err(error @ CliError::Lost { .. })) => error,
            Ok(Err(error)) => return Err(error),
            Err(_) => return Ok(timed_out),
        };
        // If standard error is gone, the exit code still says how the wait ended.
        let _ = writeln!(std::io::stderr(), "stillpoint: {lost}; trying again");
        loop {
            let again = Instant::now() + backoff.pause();
            if deadline.is_some_and(|deadline| again >= deadline) {
                return Ok(timed_out);
            }
            tokio::time::sleep_until(again).await;
            match args.common.connect().await {
                Ok(connected) => break server = connected,
                Err(CliError::Unreachable { .. }) => {}
                Err(error) => return Err(error),
            }
        }
    }
}

fn name(args: &Args) -> Result<v1::ComputationName, CliError> {
    use v1::computation_name::Name;
    let name = if args.id {
        let id = args.computation.split_once('/').and_then(|(process, handle)| {
            let process = Incarnation(u64::from_str_radix(process, 16).ok()?);
            Some(ComputationRef::new(process, ComputationId(Handle(handle.parse().ok()?))))
        });
        let id = id.ok_or_else(|| CliError::Computation(args.computation.clone()))?;
        Name::Id((&id).into())
    } else {
        Name::Label(args.computation.clone())
    };
    Ok(v1::ComputationName { name: Some(name) })
}
