//! Services lock one another's ledgers: in order, and all goes well; then in a cycle.

use super::super::control::{Command, Name, Reply};
use super::super::service::Found;
use super::super::{Findings, Result, Stage, WORKERS};
use crate::engine::Query;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use stillpoint_detectors::verify::verify;
use stillpoint_proto::id::TaskRef;
use stillpoint_proto::verdict::{Certificate, Deadlock, Outcome, Verdict};

/// How long the services run in order.
const ORDERLY: Duration = Duration::from_secs(2);
/// How many workers are in the cycle; the others are stuck behind it.
const CYCLE: usize = 3;
/// How long the service may take to find it, and its webhook to tell it.
const PATIENCE: Duration = Duration::from_secs(5);

const OPENED: &str = "io.stillpoint.verdict.opened.v1";
const ENDED: &str = "io.stillpoint.verdict.ended.v1";

pub(in super::super) async fn play(stage: &mut Stage<'_>) -> Result<Findings> {
    let mut findings = Findings::default();
    stage.teller.scene("deadlock", "gRPC services that lock one another's ledgers; who waits for whom?")?;
    let (rounds, calls) = orderly(stage, &mut findings).await?;
    findings.measure("orderly_rounds", rounds);
    findings.measure("orderly_calls", calls);
    let first = stage.random.place(WORKERS);
    let members: Vec<usize> = (0..CYCLE).map(|n| (first + n) % WORKERS).collect();
    close_cycle(stage, &members, first).await?;
    let closed = Instant::now();
    let Some((found, place, deadlock)) = detect(stage).await? else {
        findings.problems.push("the deadlock was not found".to_owned());
        findings.result = "a deadlock was not found".to_owned();
        return Ok(findings);
    };
    let after = closed.elapsed().as_millis();
    stage.teller.tell(&format!("found in round {}, {after} ms after the last call", found.epoch))?;
    findings.measure("found_after_ms", u64::try_from(after).unwrap_or(u64::MAX));
    certify(stage, &found, &found.verdicts[place], &mut findings).await?;
    check_members(stage, &deadlock, &members, &mut findings);
    let record = found.records.get(place).cloned().flatten().unwrap_or_default();
    delivered(stage, OPENED, &record, &mut findings).await?;
    resolve(stage, &deadlock, &record, &mut findings).await?;
    findings.result = format!(
        "{rounds} rounds during {calls} calls in order found nothing; a cycle of {} tasks over {CYCLE} processes was \
         found, certified, told and resolved",
        deadlock.members.len()
    );
    Ok(findings)
}

/// All goes well for a while, and nothing may be found.
async fn orderly(stage: &mut Stage<'_>, findings: &mut Findings) -> Result<(u64, u64)> {
    stage.pool.ask_all(&Command::OrderlyStart).await?;
    stage.teller.tell("the services lock and call in ascending order, which cannot end in a deadlock")?;
    let (mut rounds, mut undecided, until) = (0_u64, 0_u64, Instant::now() + ORDERLY);
    while Instant::now() < until {
        let found = stage.service.detect(vec![Query::Deadlock(None)]).await?;
        rounds += 1;
        for verdict in &found.verdicts {
            match &verdict.outcome {
                Outcome::Holds(_) => {
                    findings.problems.push(format!("round {}: a deadlock where there was none", found.epoch));
                    stage.explain(&found, verdict).await?;
                }
                Outcome::Unknown(_) => undecided += 1,
                Outcome::DoesNotHold(_) => {}
            }
        }
    }
    let mut ended = stage.pool.ask_all(&Command::OrderlyStop).await?;
    // Whoever came to an end early has still served the calls of others.
    ended.extend(stage.pool.ask_all(&Command::Outcome).await?);
    let (calls, failed) = sum(&ended);
    findings.expect(failed == 0, || format!("{failed} of {calls} calls in order failed"));
    findings.expect(calls > 0, || "there were no calls in order".to_owned());
    findings.measure("orderly_undecided", undecided);
    stage.teller.tell(&format!(
        "{rounds} rounds during {calls} calls: no deadlock ({undecided} UNKNOWN: a call was on its way)"
    ))?;
    Ok((rounds, calls))
}

fn sum(replies: &[Reply]) -> (u64, u64) {
    replies.iter().fold((0, 0), |(calls, failures), reply| match reply {
        Reply::Calls { returned, failed } => (calls + returned, failures + failed),
        _ => (calls, failures),
    })
}

/// Each of the members holds its ledger and calls the next one; all others call the first.
async fn close_cycle(stage: &mut Stage<'_>, members: &[usize], first: usize) -> Result<()> {
    stage.pool.ask_all(&Command::Hold).await?;
    // So that who serves a call is younger than every order, on the clocks of all.
    tokio::time::sleep(Duration::from_millis(10)).await;
    for worker in 0..WORKERS {
        let place = members.iter().position(|member| *member == worker);
        let to = place.map_or(first, |place| members[(place + 1) % members.len()]);
        stage.pool.ask(worker, &Command::Call { to }).await?;
        stage.teller.tell(&format!("worker-{} holds its ledger and calls worker-{}", worker + 1, to + 1))?;
    }
    Ok(())
}

async fn detect(stage: &mut Stage<'_>) -> Result<Option<(Found, usize, Deadlock)>> {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        let found = stage.service.detect(vec![Query::Deadlock(None)]).await?;
        let mut deadlocks =
            found.verdicts.iter().enumerate().filter_map(|(n, verdict)| match &verdict.outcome {
                Outcome::Holds(Certificate::Deadlock(deadlock)) => Some((n, deadlock.clone())),
                _ => None,
            });
        // The calls that are stuck behind the cycle may still be on their way.
        let complete = |(_, deadlock): &(usize, Deadlock)| deadlock.behind.len() == 2 * (WORKERS - CYCLE);
        let deadlock = deadlocks.next_back();
        if let Some((n, deadlock)) = deadlock.filter(complete) {
            return Ok(Some((found, n, deadlock)));
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Ok(None)
}

/// The snapshot is fetched, and the independent checker confirms the verdict from it.
async fn certify(
    stage: &mut Stage<'_>,
    found: &Found,
    verdict: &Verdict,
    findings: &mut Findings,
) -> Result<()> {
    stage.explain(found, verdict).await?;
    let cut = stage.service.fetch(found.epoch).await?;
    let checked = verify(&cut, verdict);
    findings.expect(checked.is_ok(), || format!("the independent checker refutes it: {checked:?}"));
    findings.measure("certificate_confirmed", checked.is_ok());
    if let Ok(confirmed) = checked {
        stage.teller.tell("the independent checker confirms the certificate from the fetched snapshot")?;
        findings.expect(confirmed.unchecked.is_empty(), || format!("unchecked: {:?}", confirmed.unchecked));
    }
    Ok(())
}

/// Exactly the orders and the calls of the cycle are members, with labels and places, and a victim is named.
fn check_members(stage: &Stage<'_>, deadlock: &Deadlock, members: &[usize], findings: &mut Findings) {
    let expected: BTreeSet<usize> = members.iter().copied().collect();
    let found = deadlock.members.iter().filter_map(|member| stage.pool.number(member.task.process.0));
    let found: BTreeSet<usize> = found.collect();
    findings.expect(found == expected, || format!("it is about workers {found:?}, not {expected:?}"));
    let count = |is: fn(&str) -> bool| deadlock.members.iter().filter(|m| is(m.label.as_str())).count();
    let orders = count(|label| label == "order");
    let calls = count(|label| label.starts_with("touch for worker-"));
    let all = deadlock.members.len();
    findings.expect(orders == CYCLE && calls == CYCLE && all == 2 * CYCLE, || {
        format!("of {all} members {orders} are orders and {calls} are calls")
    });
    let placed = deadlock.members.iter().flat_map(|member| &member.waits).all(|wait| wait.location.line > 0);
    findings.expect(placed, || "a wait has no place in the source".to_owned());
    findings.expect(deadlock.victims.len() == 1, || format!("{} victims are named", deadlock.victims.len()));
    findings.measure("members", all);
    findings.measure("victims", deadlock.victims.len());
    findings.measure("behind", deadlock.behind.len());
}

async fn delivered(stage: &mut Stage<'_>, kind: &str, record: &str, findings: &mut Findings) -> Result<()> {
    let event = stage.service.receiver.event(kind, record, PATIENCE).await;
    let forged = stage.service.receiver.forged();
    findings.expect(forged == 0, || format!("{forged} deliveries of the webhook had no good signature"));
    match event {
        Some(event) => {
            let ending = event["data"]["ending"].as_str().map(|how| format!(" ({how})")).unwrap_or_default();
            let words = format!("the webhook delivered {kind}{ending} of verdict {record}, well signed");
            stage.teller.tell(&words)
        }
        None => {
            findings.problems.push(format!("the webhook did not deliver {kind} of verdict `{record}`"));
            Ok(())
        }
    }
}

/// The victim gives up; everybody else comes to an end, and so does the verdict.
async fn resolve(
    stage: &mut Stage<'_>,
    deadlock: &Deadlock,
    record: &str,
    findings: &mut Findings,
) -> Result<()> {
    for victim in &deadlock.victims {
        let Some(worker) = stage.pool.number(victim.process.0) else { continue };
        let reply = stage.pool.ask(worker, &Command::GiveUp { task: name(*victim) }).await?;
        findings.expect(reply == Reply::Count { count: 1 }, || format!("victim {victim} could not give up"));
        stage.teller.tell(&format!("the victim, a call that worker-{} serves, gives up", worker + 1))?;
    }
    let (mut returned, mut failed, until) = (0, 0, Instant::now() + PATIENCE);
    while returned < WORKERS as u64 && Instant::now() < until {
        let (more, of_them) = sum(&stage.pool.ask_all(&Command::Outcome).await?);
        (returned, failed) = (returned + more, failed + of_them);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    stage.teller.tell(&format!("{returned} calls have returned, {failed} of them without success"))?;
    findings.expect(returned == WORKERS as u64 && failed == 1, || {
        format!("{returned} of {WORKERS} calls returned, {failed} of them without success")
    });
    let found = stage.service.detect(vec![Query::Deadlock(None)]).await?;
    let holds = found.verdicts.iter().any(|verdict| matches!(verdict.outcome, Outcome::Holds(_)));
    findings.expect(!holds, || "a deadlock is found although all calls have returned".to_owned());
    delivered(stage, ENDED, record, findings).await
}

const fn name(task: TaskRef) -> Name {
    Name { process: task.process.0, handle: task.id.0.0 }
}
