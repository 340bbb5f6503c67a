//! What a run showed, for people.

use super::harness::{Harness, lock};
use super::judge::{Spread, paces, spread};
use super::knowledge::Life;
use super::schedule::Fault;
use super::service::{Claimed, Round};
use super::truth::{Nanos, Work};
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

/// How much memory a process had.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weighing {
    pub(super) at: Nanos,
    /// Which worker; `None` for the server.
    pub(super) worker: Option<usize>,
    pub(super) bytes: u64,
}

/// A time with its unit.
pub(super) fn seconds(time: Nanos) -> String {
    format!("{:.3} s", time as f64 / 1e9)
}

/// What a run showed.
#[derive(Clone, Debug)]
pub struct Report {
    /// The seed of the run.
    pub seed: u64,
    /// What is wrong, in words.
    pub findings: Vec<String>,
    /// Where everything is, if something is wrong.
    pub kept: Option<PathBuf>,
    /// Rounds that were complete.
    pub complete: usize,
    /// Deadlocks that were made, complete, and found.
    pub deadlocks: [usize; 3],
    /// Computations that ended with all their work done, and those that were found to have terminated.
    pub computations: [usize; 2],
    /// Objects that nobody needed any more, and those that were found.
    pub objects: [usize; 2],
    /// Faults by their kinds.
    pub faults: BTreeMap<&'static str, usize>,
    lines: Vec<(String, String)>,
}

impl Report {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    pub(super) fn of(harness: &Harness) -> Self {
        let (knowledge, claims) = (lock(&harness.knowledge), lock(&harness.claims));
        let mut faults = BTreeMap::<_, usize>::new();
        for incident in lock(&harness.incidents).iter() {
            *faults.entry(incident.fault.kind()).or_default() += 1;
        }
        let made = knowledge.deadlocks.values();
        let deadlocks = [
            made.clone().count(),
            made.clone().filter(|made| made.formed().is_some()).count(),
            made.filter(|made| made.found.is_some()).count(),
        ];
        let ended = knowledge.computations.values().filter(|c| c.ended().is_some()).count();
        let dropped = knowledge.objects.values().filter(|o| o.unrooted.is_some() && o.refers.is_some());
        let found = knowledge.objects.values().filter(|o| o.found.is_some()).count();
        let complete = claims.rounds.iter().filter(|round| round.is_complete()).count();
        let mut lines = vec![
            ("faults".into(), listed(faults.iter().map(|(kind, n)| (*kind, *n)))),
            ("rounds".into(), rounds(&claims.rounds, claims.unanswered)),
            ("verdicts".into(), verdicts(&claims.rounds)),
            ("checked".into(), checked(&claims.rounds)),
            ("watch".into(), format!("{} revisions", claims.changes.len())),
        ];
        lines.push((
            "deadlocks".into(),
            format!("{} begun, {} complete, {} found", deadlocks[0], deadlocks[1], deadlocks[2]),
        ));
        let (created, terminated) = (knowledge.computations.len(), claims.terminated.len());
        lines.push((
            "computations".into(),
            format!("{created} created, {ended} came to their end, {terminated} found to have terminated"),
        ));
        let dropped = dropped.count();
        lines.push(("objects".into(), format!("{dropped} of pairs let go, {found} found to be garbage")));
        let total =
            knowledge.lives.iter().filter_map(|life| life.beats.last()).fold([0; 5], |sum, (_, work)| {
                let Work { alone, transfers, items, calls, references, .. } = *work;
                let mut more = [alone, transfers, items, calls, references].into_iter();
                sum.map(|n| n + more.next().unwrap_or(0))
            });
        let [alone, transfers, items, calls, references] = total;
        lines.push((
            "work".into(),
            format!(
                "{} incarnations: {alone} events alone, {transfers} transfers, {items} items, {calls} calls, {references} references",
                knowledge.lives.len()
            ),
        ));
        lines.push(("standing still".into(), longest(&knowledge.lives)));
        lines.push(("pace".into(), paces(harness, &knowledge.lives).to_string()));
        let weighings = lock(&harness.weighings);
        for (what, server) in [("memory, server", true), ("memory, workers", false)] {
            let bytes = weighings.iter().filter(|w| w.worker.is_none() == server).map(|w| w.bytes);
            let Spread { least, median, most } = spread(bytes);
            let [least, median, most] = [least, median, most].map(|n| n >> 20);
            lines.push((what.into(), format!("{least} to {most} MiB, median {median}")));
        }
        let findings = lock(&harness.findings).clone();
        let (seed, objects) = (harness.options.seed, [dropped, found]);
        let computations = [ended, terminated];
        Report { seed, findings, kept: None, complete, deadlocks, computations, objects, faults, lines }
    }
}

fn listed<'a>(counts: impl Iterator<Item = (&'a str, usize)>) -> String {
    let each: Vec<_> = counts.map(|(what, n)| format!("{n} {what}")).collect();
    each.join(", ")
}

fn rounds(rounds: &[Round], unanswered: usize) -> String {
    let complete = rounds.iter().filter(|round| round.is_complete()).count();
    let mut reasons = BTreeMap::<&str, usize>::new();
    for missing in rounds.iter().filter(|round| !round.is_complete()).flat_map(|round| &round.missing) {
        let reason = ["Silent", "Disconnected", "Void", "GaveUp", "Fault", "presumed dead", "content"];
        let reason = reason.into_iter().find(|reason| missing.contains(reason)).unwrap_or("other");
        *reasons.entry(reason).or_default() += 1;
    }
    format!(
        "{} answered, {complete} complete, {unanswered} not answered; missing: {}",
        rounds.len(),
        listed(reasons.into_iter())
    )
}

fn verdicts(rounds: &[Round]) -> String {
    let mut kinds = BTreeMap::<String, usize>::new();
    for claim in rounds.iter().flat_map(|round| &round.claims) {
        let kind = match &claim.claimed {
            Claimed::Deadlock(_) => "deadlock HOLDS".to_owned(),
            Claimed::NoDeadlock => "deadlock DOES_NOT_HOLD".to_owned(),
            Claimed::Terminated(_, false) => "termination HOLDS".to_owned(),
            Claimed::Terminated(_, true) => "termination HOLDS with loss".to_owned(),
            Claimed::Runs(_) => "termination DOES_NOT_HOLD".to_owned(),
            Claimed::Garbage(_) => "garbage HOLDS".to_owned(),
            Claimed::NoGarbage => "garbage DOES_NOT_HOLD".to_owned(),
            Claimed::Sum(_, true) => "conservation HOLDS".to_owned(),
            Claimed::Sum(_, false) => "conservation DOES_NOT_HOLD".to_owned(),
            Claimed::Unknown(what, ..) => format!("{what} UNKNOWN"),
        };
        *kinds.entry(kind).or_default() += 1;
    }
    listed(kinds.iter().map(|(kind, n)| (kind.as_str(), *n)))
}

fn checked(rounds: &[Round]) -> String {
    let confirmed: usize = rounds.iter().map(|round| round.confirmed).sum();
    let refuted: usize = rounds.iter().map(|round| round.refuted.len()).sum();
    format!("{confirmed} verdicts confirmed by the checker, {refuted} refuted")
}

/// The longest time between two heartbeats that differ, of whoever was not stopped then.
fn longest(lives: &[Life]) -> String {
    let longest = lives.iter().filter(|life| life.stops.is_empty()).flat_map(|life| {
        let pairs = life.beats.iter().zip(life.beats.iter().skip(1));
        pairs.map(|((from, _), (to, _))| to - from)
    });
    format!("{} at most between two heartbeats", seconds(longest.max().unwrap_or(0)))
}

/// One line about a run that goes on.
pub(super) fn progress(harness: &Harness) -> String {
    let (knowledge, claims) = (lock(&harness.knowledge), lock(&harness.claims));
    let complete = claims.rounds.iter().filter(|round| round.is_complete()).count();
    let found = knowledge.deadlocks.values().filter(|made| made.found.is_some()).count();
    let garbage = knowledge.objects.values().filter(|object| object.found.is_some()).count();
    let faults = lock(&harness.incidents);
    let open = faults.iter().filter(|incident| incident.to.is_none());
    let now: Vec<&str> =
        open.map(|incident: &super::harness::Incident| Fault::kind(&incident.fault)).collect();
    format!(
        "{}: {} faults, {} rounds ({complete} complete), {} of {} deadlocks, {} computations, {garbage} objects, {} found; now: {}",
        harness.elapsed(),
        faults.len(),
        claims.rounds.len(),
        found,
        knowledge.deadlocks.len(),
        claims.terminated.len(),
        lock(&harness.findings).len(),
        now.join(", ")
    )
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "seed {}", self.seed)?;
        for (what, text) in &self.lines {
            writeln!(f, "  {what:<16} {text}")?;
        }
        if self.findings.is_empty() {
            return writeln!(f, "clean: nothing false, nothing lost, everybody worked");
        }
        writeln!(f, "{} findings, in a run of seed {}:", self.findings.len(), self.seed)?;
        for finding in &self.findings {
            writeln!(f, "  {finding}")?;
        }
        match &self.kept {
            Some(folder) => writeln!(f, "the store, the logs and the diaries are in {}", folder.display()),
            None => Ok(()),
        }
    }
}
