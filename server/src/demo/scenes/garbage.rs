//! Objects refer to one another across processes; what is cut loose is found, and nothing else.

use super::super::control::{Command, Name, Reply};
use super::super::{Failure, Findings, Result, Stage, WORKERS};
use crate::engine::Query;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use stillpoint_detectors::verify::verify;
use stillpoint_proto::fact::Fact;
use stillpoint_proto::id::{ObjectId, ObjectRef};
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::verdict::{Certificate, GarbageGroup, Outcome, Verdict};

/// How many workers have an object of a ring.
const RING: usize = 3;
/// How many rounds are taken while nothing is garbage.
const BEFORE: usize = 15;
/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// An object, and whose it is.
#[derive(Clone, Copy)]
struct Owned {
    worker: usize,
    name: Name,
}

pub(in super::super) async fn play(stage: &mut Stage<'_>) -> Result<Findings> {
    let mut findings = Findings::default();
    stage
        .teller
        .scene("garbage", "objects that refer to one another across processes; which can nobody reach?")?;
    let first = stage.random.place(WORKERS);
    let mut shared = Vec::new();
    for worker in 0..WORKERS {
        shared.push(make(stage, worker, format!("shared {}", worker + 1), true).await?);
    }
    stage.pool.ask_all(&Command::ChurnStart).await?;
    let loose = ring(stage, first, "loose").await?;
    let kept = ring(stage, first + 1, "kept").await?;
    // Something that can be reached, on the worker without a part in the second ring, refers into it.
    let keeper = shared[first % WORKERS];
    give(stage, kept[0], keeper).await?;
    stage.teller.tell(&format!("two rings over {RING} processes each, closed by references in messages"))?;
    let rounds = before(stage, &mut findings).await?;
    for object in loose.iter().chain(&kept) {
        stage.pool.ask(object.worker, &Command::Unroot { object: object.name }).await?;
    }
    stage.teller.tell(
        "the roots let go of both rings; an object that can be reached still refers into one of them",
    )?;
    let found = detect(stage, &loose, &mut findings).await?;
    if found {
        reclaim(stage, &loose, &mut findings).await?;
    }
    let sent = stage.pool.ask_all(&Command::ChurnStop).await?;
    let sent: u64 =
        sent.iter().map(|reply| if let Reply::Count { count } = reply { *count } else { 0 }).sum();
    findings.measure("rounds_before", rounds);
    findings.measure("references_sent", sent);
    findings.measure("objects", shared.len() + loose.len() + kept.len());
    findings.result = format!(
        "{rounds} rounds found nothing while {sent} references travelled; of two rings the one cut loose was \
         found{}",
        if findings.problems.is_empty() { ", reclaimed by its owners and gone" } else { " or not" }
    );
    Ok(findings)
}

async fn make(stage: &mut Stage<'_>, worker: usize, label: String, shared: bool) -> Result<Owned> {
    let size = 64 + stage.random.below(1000);
    match stage.pool.ask(worker, &Command::Make { label, size, shared }).await? {
        Reply::Object { name } => Ok(Owned { worker, name }),
        other => Err(Failure(format!("a worker made no object but {other:?}"))),
    }
}

/// Objects of several workers, each of which refers to the next one.
async fn ring(stage: &mut Stage<'_>, first: usize, label: &str) -> Result<Vec<Owned>> {
    let mut ring = Vec::new();
    for n in 0..RING {
        ring.push(make(stage, (first + n) % WORKERS, format!("{label} {}", n + 1), false).await?);
    }
    for n in 0..RING {
        give(stage, ring[(n + 1) % RING], ring[n]).await?;
    }
    Ok(ring)
}

/// The owner of an object sends a reference to it, to be kept in another object.
async fn give(stage: &mut Stage<'_>, object: Owned, to: Owned) -> Result<()> {
    let send = Command::Give { object: object.name, peer: to.worker, to: Some(to.name) };
    stage.pool.ask(object.worker, &send).await?;
    let has = Command::Has { object: object.name, to: Some(to.name) };
    let until = Instant::now() + PATIENCE;
    while stage.pool.ask(to.worker, &has).await? != (Reply::Count { count: 1 }) {
        if Instant::now() > until {
            return Err(Failure("a reference does not arrive".to_owned()));
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    Ok(())
}

/// Nothing is garbage yet.
async fn before(stage: &mut Stage<'_>, findings: &mut Findings) -> Result<usize> {
    let (mut most, mut undecided) = (0, 0_u64);
    for _ in 0..BEFORE {
        let found = stage.service.detect(vec![Query::Garbage]).await?;
        for verdict in &found.verdicts {
            let holds = matches!(verdict.outcome, Outcome::Holds(_));
            findings.expect(!holds, || format!("round {}: garbage where there was none", found.epoch));
            undecided += u64::from(matches!(verdict.outcome, Outcome::Unknown(_)));
        }
        let cut = stage.service.fetch(found.epoch).await?;
        most = most.max(cut.channels().in_transit());
    }
    findings.measure("rounds_before_undecided", undecided);
    stage.teller.tell(&format!("{BEFORE} rounds, up to {most} references in transit: no garbage"))?;
    Ok(BEFORE)
}

fn groups(verdict: &Verdict) -> Option<&[GarbageGroup]> {
    match &verdict.outcome {
        Outcome::Holds(Certificate::Garbage(groups)) => Some(groups),
        _ => None,
    }
}

/// Exactly the ring that was cut loose is found.
async fn detect(stage: &mut Stage<'_>, loose: &[Owned], findings: &mut Findings) -> Result<bool> {
    let expected: BTreeSet<ObjectRef> = loose.iter().map(|object| object.name.object()).collect();
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        let found = stage.service.detect(vec![Query::Garbage]).await?;
        let Some((verdict, groups)) = found.verdicts.iter().find_map(|v| Some((v, groups(v)?))) else {
            continue;
        };
        let objects: BTreeSet<ObjectRef> =
            groups.iter().flat_map(|group| group.objects.iter().copied()).collect();
        let exact = objects == expected && groups.len() == 1 && groups[0].cyclic;
        findings.expect(exact, || format!("round {}: other garbage than there is: {groups:?}", found.epoch));
        stage.teller.tell(&format!("found in round {}", found.epoch))?;
        stage.explain(&found, verdict).await?;
        let cut = stage.service.fetch(found.epoch).await?;
        let checked = verify(&cut, verdict);
        findings.expect(checked.is_ok(), || format!("the independent checker refutes it: {checked:?}"));
        findings.measure("exact", exact);
        return Ok(true);
    }
    findings.problems.push("the garbage was not found".to_owned());
    Ok(false)
}

/// The owners reclaim what is garbage; then it is gone.
async fn reclaim(stage: &mut Stage<'_>, loose: &[Owned], findings: &mut Findings) -> Result<()> {
    for object in loose {
        let reply = stage.pool.ask(object.worker, &Command::Reclaim { object: object.name }).await?;
        findings.expect(reply == Reply::Count { count: 1 }, || "an owner refuses to reclaim".to_owned());
    }
    let found = stage.service.detect(vec![Query::Garbage]).await?;
    let cut = stage.service.fetch(found.epoch).await?;
    let left = objects(&cut);
    let gone = loose.iter().all(|object| !left.contains(&object.name.object()));
    let none = found.verdicts.iter().all(|verdict| groups(verdict).is_none());
    findings.expect(gone, || format!("round {}: what was reclaimed is still there", found.epoch));
    findings.expect(none, || format!("round {}: there is still garbage", found.epoch));
    findings.measure("gone", gone);
    stage.teller.tell(&format!(
        "reclaimed by its owners; round {} has {} objects and no garbage",
        found.epoch,
        left.len()
    ))
}

fn objects(cut: &ConsistentCut) -> BTreeSet<ObjectRef> {
    let facts = cut.cuts().flat_map(|(process, state)| state.facts.iter().map(move |fact| (process, fact)));
    let objects = facts.filter(|(_, (_, recorded))| matches!(recorded.fact, Fact::Object(_)));
    objects.map(|(process, (handle, _))| ObjectRef::new(process, ObjectId(*handle))).collect()
}
