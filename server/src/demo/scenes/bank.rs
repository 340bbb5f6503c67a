//! Money goes around over FIFO links at full speed; every snapshot has all of it, wherever it is.

use super::super::control::{Command, Reply};
use super::super::service::Service;
use super::super::{Failure, Fault, Findings, Result, Stage, WORKERS};
use crate::engine::{Counter, Query, RoundKind};
use std::time::{Duration, Instant};
use stillpoint_proto::fact::Annotation;
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::verdict::Outcome;

/// The gauge that has the money.
const GAUGE: &str = "money";
/// What each worker begins with.
const MONEY: i64 = 100_000;
/// How many rounds are taken under load.
const ROUNDS: usize = 50;
/// How long the load may last.
const LOAD: Duration = Duration::from_secs(30);
/// How long to wait for what is under way when nobody sends any more.
const SETTLING: Duration = Duration::from_secs(10);

/// What the rounds showed.
#[derive(Default)]
struct Seen {
    rounds: usize,
    wrong: Vec<i128>,
    messages: Vec<u64>,
    amounts: Vec<i128>,
}

pub(in super::super) async fn play(stage: &mut Stage<'_>) -> Result<Findings> {
    let mut findings = Findings::default();
    let total = MONEY * i64::try_from(WORKERS).map_err(Failure::of)?;
    stage.teller.scene("bank", "random transfers over FIFO links at full speed; is all the money there?")?;
    let before = Channels::of(&stage.service);
    for worker in 0..WORKERS {
        let leak = worker == 0 && stage.fault == Some(Fault::Leak);
        stage.pool.ask(worker, &Command::BankStart { money: MONEY, leak }).await?;
    }
    stage
        .teller
        .tell(&format!("{WORKERS} workers own {MONEY} each, {total} together, and send it around"))?;
    let seen = rounds(stage, total, &mut findings).await?;
    let transfers = settle(stage, total, &mut findings).await?;
    let channels = Channels::of(&stage.service).since(before);
    judge(stage, &seen, &channels, &mut findings)?;
    let (least, most) = range(&seen.messages);
    findings.measure("rounds", seen.rounds);
    findings.measure("transfers", transfers);
    findings.measure("in_transit_least", least);
    findings.measure("in_transit_most", most);
    findings.measure("channels_agreed", channels.equal);
    findings.result = format!(
        "{} rounds during {transfers} transfers, {} of them with all {total}; {least} to {most} in transit",
        seen.rounds,
        seen.rounds - seen.wrong.len(),
    );
    Ok(findings)
}

/// Takes rounds under load.
async fn rounds(stage: &mut Stage<'_>, total: i64, findings: &mut Findings) -> Result<Seen> {
    let (mut seen, mut incomplete) = (Seen::default(), 0);
    let until = Instant::now() + LOAD;
    while seen.rounds < ROUNDS && Instant::now() < until {
        let found = stage.service.detect(vec![Query::Sum(GAUGE.into(), i128::from(total))]).await?;
        if found.kind != RoundKind::Complete {
            incomplete += 1;
            continue;
        }
        // The sum is taken twice: by the service, and here, from the snapshot that it gives out.
        let cut = stage.service.fetch(found.epoch).await?;
        let (at_rest, in_transit) = sums(&cut);
        let holds = matches!(found.verdicts.first().map(|v| &v.outcome), Some(Outcome::Holds(_)));
        let sum = at_rest + in_transit;
        findings.expect(holds == (sum == i128::from(total)), || {
            format!("round {}: the service finds otherwise than the sum, {sum}, says", found.epoch)
        });
        if sum != i128::from(total) {
            seen.wrong.push(sum);
        }
        seen.rounds += 1;
        seen.messages.push(cut.channels().in_transit());
        seen.amounts.push(in_transit);
        if seen.rounds.is_multiple_of(10) {
            let messages = seen.messages.last().copied().unwrap_or_default();
            stage.teller.tell(&format!(
                "{} rounds; the last: {at_rest} owned + {in_transit} in {messages} messages = {}",
                seen.rounds,
                at_rest + in_transit,
            ))?;
        }
    }
    findings.measure("incomplete_rounds", incomplete);
    Ok(seen)
}

/// What the workers own, and what is on its way.
fn sums(cut: &ConsistentCut) -> (i128, i128) {
    let owned =
        cut.cuts().filter_map(|(_, state)| state.gauges.iter().find(|(name, _)| name.as_str() == GAUGE));
    let annotations = cut.channels().carriers().flat_map(|message| message.annotations);
    let amounts = annotations.filter_map(|annotation| match annotation {
        Annotation::Amount { gauge, amount } if gauge.as_str() == GAUGE => Some(i128::from(*amount)),
        _ => None,
    });
    (owned.map(|(_, amount)| i128::from(*amount)).sum(), amounts.sum())
}

/// Ends the transfers, and waits until all have arrived: the truth, as the workers know it.
async fn settle(stage: &mut Stage<'_>, total: i64, findings: &mut Findings) -> Result<u64> {
    stage.pool.ask_all(&Command::BankStop).await?;
    let until = Instant::now() + SETTLING;
    loop {
        let (mut owned, mut sent, mut received) = (0, 0, 0);
        for reply in stage.pool.ask_all(&Command::BankBalance).await? {
            if let Reply::Bank { balance, sent: s, received: r } = reply {
                owned += balance;
                sent += s;
                received += r;
            }
        }
        if sent == received || Instant::now() > until {
            stage.teller.tell(&format!("all is quiet: {sent} sent, {received} received, {owned} owned"))?;
            findings.expect(sent == received, || format!("{sent} transfers sent, but {received} received"));
            findings.expect(owned == total, || format!("the workers say that they own {owned}, not {total}"));
            return Ok(sent);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn judge(stage: &mut Stage<'_>, seen: &Seen, channels: &Channels, findings: &mut Findings) -> Result<()> {
    let (least, most) = range(&seen.messages);
    let on_the_way = seen.amounts.iter().max().copied().unwrap_or_default();
    stage.teller.tell(&format!(
        "{} rounds under load: {least} to {most} messages in transit, at most {on_the_way} in them",
        seen.rounds
    ))?;
    stage.teller.tell(&format!(
        "what the links recorded is what logs and receipts say, on {} of {} channels that were compared",
        channels.equal,
        channels.equal + channels.within + channels.violated,
    ))?;
    findings.expect(seen.rounds >= 50, || format!("only {} rounds were complete", seen.rounds));
    findings.expect(seen.wrong.is_empty(), || format!("rounds with another sum: {:?}", seen.wrong));
    findings.expect(most > 0, || "nothing was in transit in any round".to_owned());
    findings.expect(channels.equal > 0, || "no link's recording was compared".to_owned());
    findings.expect(channels.within + channels.violated == 0, || {
        format!("on {} channels less was recorded, on {} more", channels.within, channels.violated)
    });
    Ok(())
}

fn range(counts: &[u64]) -> (u64, u64) {
    (counts.iter().min().copied().unwrap_or_default(), counts.iter().max().copied().unwrap_or_default())
}

/// How the two derivations of the state of the channels compared.
#[derive(Clone, Copy)]
struct Channels {
    equal: u64,
    within: u64,
    violated: u64,
}

impl Channels {
    fn of(service: &Service) -> Self {
        Channels {
            equal: service.count(Counter::ChannelsEqual),
            within: service.count(Counter::ChannelsWithin),
            violated: service.count(Counter::ChannelsViolated),
        }
    }

    const fn since(self, before: Self) -> Self {
        Channels {
            equal: self.equal - before.equal,
            within: self.within - before.within,
            violated: self.violated - before.violated,
        }
    }
}
