//! Work begets work everywhere; its end is found, and never before it has come.

use super::super::control::{Command, Name, Reply};
use super::super::{Failure, Findings, Result, Stage, WORKERS};
use crate::engine::{Query, RoundKind};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use stillpoint_proto::id::{ComputationId, ComputationRef, Handle, Incarnation};
use stillpoint_proto::verdict::{Outcome, Property};

/// How many computations there are, one after the other.
const COMPUTATIONS: usize = 4;
/// How long one may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// What the workers say about a computation.
#[derive(Debug, Default)]
struct Truth {
    begun: u64,
    done: u64,
    last: u64,
    workers: usize,
}

pub(in super::super) async fn play(stage: &mut Stage<'_>) -> Result<Findings> {
    let mut findings = Findings::default();
    stage.teller.scene("termination", "work begets work on all workers; when has it ended?")?;
    let (mut items, mut rounds, mut longest) = (0, 0, 0.0_f64);
    for n in 1..=COMPUTATIONS {
        let fuel = 60 + stage.random.below(240);
        let root = stage.random.place(WORKERS);
        let label = format!("diffusion {n}");
        let Reply::Computation { name } = stage.pool.ask(root, &Command::WorkStart { label, fuel }).await?
        else {
            return Err(Failure("a worker began no computation".to_owned()));
        };
        let (taken, reported) = detect_end(stage, name, n, &mut findings).await?;
        rounds += taken;
        items += fuel;
        let truth = truth(stage, name).await?;
        let late = judge(&truth, n, fuel, reported, &mut findings);
        longest = longest.max(late);
        stage.teller.tell(&format!(
            "diffusion {n} from worker-{}: {} of {fuel} items on {} workers; found {late:.1} ms after the \
             last had ended, in round {taken}",
            root + 1,
            truth.done,
            truth.workers,
        ))?;
        stage.pool.ask(root, &Command::WorkForget).await?;
    }
    findings.measure("computations", COMPUTATIONS);
    findings.measure("items", items);
    findings.measure("rounds", rounds);
    findings.measure("latest_report_ms", longest);
    findings.result = format!(
        "{COMPUTATIONS} computations of {items} items, {rounds} rounds; each end found {longest:.0} ms after \
         it at the latest, and none before"
    );
    Ok(findings)
}

/// Looks without a pause until the end is found; gives how often, and when.
async fn detect_end(
    stage: &mut Stage<'_>,
    name: Name,
    n: usize,
    findings: &mut Findings,
) -> Result<(u64, Option<u64>)> {
    let computation = ComputationRef::new(Incarnation(name.process), ComputationId(Handle(name.handle)));
    let (mut rounds, until) = (0, Instant::now() + PATIENCE);
    let mut undecided = 0;
    while Instant::now() < until {
        let found = stage.service.detect(vec![Query::Terminations]).await?;
        let at = now();
        rounds += 1;
        let about =
            |v: &&stillpoint_proto::verdict::Verdict| v.property == Property::Termination(computation);
        match found.verdicts.iter().find(about) {
            Some(verdict) => match &verdict.outcome {
                Outcome::Holds(_) => {
                    let cut = stage.service.fetch(found.epoch).await?;
                    let checked = stillpoint_detectors::verify::verify(&cut, verdict);
                    findings
                        .expect(checked.is_ok(), || format!("diffusion {n}: the checker says {checked:?}"));
                    return Ok((rounds, Some(at)));
                }
                Outcome::DoesNotHold(_) => {}
                Outcome::Unknown(_) => undecided += 1,
            },
            // A round without the cut of the worker that created it cannot know of it.
            None if found.kind == RoundKind::Incomplete => undecided += 1,
            None => findings.problems.push(format!("diffusion {n}: round {} ignores it", found.epoch)),
        }
    }
    findings.problems.push(format!("diffusion {n}: its end was not found ({undecided} rounds undecided)"));
    Ok((rounds, None))
}

async fn truth(stage: &mut Stage<'_>, computation: Name) -> Result<Truth> {
    let mut truth = Truth::default();
    for reply in stage.pool.ask_all(&Command::WorkDone { computation }).await? {
        if let Reply::Work { begun, done, last, .. } = reply {
            truth.begun += begun;
            truth.done += done;
            truth.last = truth.last.max(last);
            truth.workers += usize::from(done > 0);
        }
    }
    Ok(truth)
}

/// Compares the report with the truth; gives by how many milliseconds it came after the end.
fn judge(truth: &Truth, n: usize, fuel: u64, reported: Option<u64>, findings: &mut Findings) -> f64 {
    let Some(reported) = reported else { return 0.0 };
    findings.expect(truth.done == fuel && truth.begun == fuel, || {
        format!(
            "diffusion {n}: reported as ended, but of {fuel} items {} had begun and {} were done",
            truth.begun, truth.done
        )
    });
    findings.expect(reported >= truth.last, || {
        format!("diffusion {n}: reported {} µs before its end", truth.last - reported)
    });
    let after = Duration::from_micros(reported.saturating_sub(truth.last));
    (after.as_secs_f64() * 10_000.0).round() / 10.0
}

/// The time in microseconds since the Unix epoch, as the workers measure it too.
fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
}
