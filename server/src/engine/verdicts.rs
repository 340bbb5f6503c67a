//! The life of verdicts: what was found in one round is recognised in the next, and ends for a named cause.
//!
//! ```text
//!            found            found again             not found, and the cut says why
//!    (none) -------> Opened -------------> Holding ----------------------------------> Ended(cause)
//!                      ^                    |   ^                                        |
//!                      |                    +---+ found with other contents              |
//!                      +-------------------------------------------- found again --------+
//! ```
//!
//! Two findings are one if they share a key: deadlocks a wait handle, garbage an object, termination the
//! computation. Every change gets the next *revision*, one number sequence for all verdicts, so that who has
//! seen revision n asks for what came after n and misses nothing.
//!
//! What always holds: a round that does not say anything about a verdict does not end it; findings of an older
//! round than the last one seen change nothing, nor do those of a cut from before what they are about departed; an
//! ending without a cause is [`Ending::Unexplained`], a gap in the instrumentation.
//!
//! Which tasks are stuck *behind* a deadlock, and which messages in transit do not help, differs from round to round
//! in any system that is in use. That is no change: the [`Ledger`] has what the last round said, and no revision, row
//! or event comes of it.
//!
//! Nor is it a change that a later round has to assume more than an earlier one that found the same, or else each process
//! that is silent for a while would rewrite all verdicts. The record keeps the finding that rests on less, and its epoch.
//!
//! The [`Ledger`] is pure: it has no clock and no store.

use super::identity::{self, Key};
use crate::config::PropertyKind;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;
use stillpoint_proto::fact::Millis;
use stillpoint_proto::id::{Epoch, Incarnation};
use stillpoint_proto::snapshot::{Assumption, ConsistentCut};
use stillpoint_proto::verdict::Verdict;

/// The number of a verdict, for the life of a deployment's store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VerdictId(pub u64);

impl fmt::Display for VerdictId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A verdict as of one revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictRecord {
    /// Which verdict.
    pub id: VerdictId,
    /// The number of the change that made it what it is.
    pub revision: u64,
    /// Where it is in its life.
    pub state: State,
    /// What was found last, or what was found before, if that rests on less; in stored changes, as of the change. Of garbage, one group: the certificate of all is in
    /// the analysis.
    pub verdict: Arc<Verdict>,
    /// The first round that found it.
    pub first: Epoch,
    /// The last round that found it; in stored changes, as of the change.
    pub last: Epoch,
    /// When it was opened, on the server's clock.
    pub opened: Millis,
    /// When it last changed, on the server's clock.
    pub changed: Millis,
}

impl VerdictRecord {
    /// The processes that have a part in it.
    #[must_use]
    pub fn concerns(&self) -> BTreeSet<Incarnation> {
        identity::processes(&self.verdict)
    }
}

/// Where a verdict is in its life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// One round has found it.
    Opened,
    /// A later round has found it again.
    Holding,
    /// It holds no more, or is not asserted any more.
    Ended(Ending),
}

impl State {
    /// `opened`, `holding` or `ended`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            State::Opened => "opened",
            State::Holding => "holding",
            State::Ended(_) => "ended",
        }
    }

    /// Whether it has ended.
    #[must_use]
    pub const fn is_ended(&self) -> bool {
        matches!(self, State::Ended(_))
    }
}

/// How a verdict ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Somebody acted: a wait of a member is gone, the garbage was reclaimed, the computation was forgotten.
    Resolved,
    /// The deadline of a wait in this process has passed.
    DeadlinePassed(Incarnation),
    /// This process has left, died, or is presumed to have.
    Departed(Incarnation),
    /// What it rested on turned out false.
    Retracted(Assumption),
    /// It turned out to be one with an earlier verdict.
    Merged(VerdictId),
    /// It does not hold any more and nothing explains it: the instrumentation has a gap.
    Unexplained,
}

impl Ending {
    /// The name of the cause.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Ending::Resolved => "resolved",
            Ending::DeadlinePassed(_) => "deadline-passed",
            Ending::Departed(_) => "departed",
            Ending::Retracted(_) => "retracted",
            Ending::Merged(_) => "merged",
            Ending::Unexplained => "unexplained",
        }
    }
}

/// All verdicts that hold, and the last that ended.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    records: BTreeMap<VerdictId, Arc<VerdictRecord>>,
    keys: HashMap<Key, VerdictId>,
    /// The last round whose findings were seen, by kind of property.
    seen: BTreeMap<PropertyKind, Epoch>,
    /// Assumptions that turned out false, and the last epoch given out by then.
    retracted: BTreeMap<Assumption, Epoch>,
    /// Processes that departed, and the last epoch given out by then.
    departed: BTreeMap<Incarnation, Epoch>,
    next: u64,
    revision: u64,
    groups: usize,
}

impl Ledger {
    /// How many ended verdicts are remembered, to be recognised if they are found again.
    pub const ENDED: usize = 1024;
    /// How many false assumptions are remembered.
    pub const RETRACTED: usize = 1024;
    /// How many departures are remembered.
    pub const DEPARTED: usize = 1024;

    /// A ledger that goes on from stored records, the greatest revision and the greatest id ever given.
    /// `groups` is how many groups of garbage have a life.
    #[must_use]
    pub fn restore(
        records: impl IntoIterator<Item = VerdictRecord>,
        revision: u64,
        last: VerdictId,
        groups: usize,
    ) -> Self {
        let mut ledger = Ledger { next: last.0, revision, groups, ..Ledger::default() };
        for record in records {
            for key in identity::keys(&record.verdict) {
                ledger.keys.insert(key, record.id);
            }
            ledger.records.insert(record.id, Arc::new(record));
        }
        ledger.forget();
        ledger
    }

    /// The revision of the last change.
    #[must_use]
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// The verdict that a finding belongs to.
    #[must_use]
    pub fn record_of(&self, finding: &Verdict) -> Option<&Arc<VerdictRecord>> {
        let id = identity::keys(finding).iter().find_map(|key| self.keys.get(key).copied())?;
        self.records.get(&id)
    }

    /// One verdict, unless it has been forgotten.
    #[must_use]
    pub fn record(&self, id: VerdictId) -> Option<&Arc<VerdictRecord>> {
        self.records.get(&id)
    }

    /// All that are known, by number.
    pub fn records(&self) -> impl Iterator<Item = &Arc<VerdictRecord>> {
        self.records.values()
    }

    /// Takes what the analysis of a cut for one kind of property has found; gives the changes.
    ///
    /// # Complexity
    /// O(f + r) for f findings and r verdicts that have not ended, each with its size.
    pub fn observe(
        &mut self,
        kind: PropertyKind,
        cut: &ConsistentCut,
        found: &[Verdict],
        now: Millis,
    ) -> Vec<Arc<VerdictRecord>> {
        let epoch = cut.snapshot().epoch;
        let seen = self.seen.entry(kind).or_default();
        if epoch <= *seen {
            return Vec::new();
        }
        *seen = epoch;
        let mut changes = Vec::new();
        let mut matched = BTreeSet::new();
        let is_false = |a: &Assumption| {
            self.retracted.iter().any(|(falsehood, given)| epoch <= *given && a.falls_with(falsehood))
        };
        let has_gone = |p: Incarnation| self.departed.get(&p).is_some_and(|given| epoch <= *given);
        let mut findings = identity::findings(found, self.groups);
        let all = findings.len();
        findings.retain(|finding| !finding.assumptions.iter().any(is_false));
        findings.retain(|finding| !identity::is_gone(finding, has_gone));
        // What was found and is not taken is not missing.
        let missing = findings.len() == all;
        for finding in findings {
            matched.insert(self.found(finding, epoch, now, &mut changes));
        }
        let open: Vec<_> = self.records.values().filter(|r| !r.state.is_ended()).cloned().collect();
        for record in open {
            let other = matched.contains(&record.id) || identity::kind(&record.verdict.property) != kind;
            if !other
                && let Some(how) = identity::ending(&record.verdict, cut, found)
                && (missing || how != Ending::Unexplained)
            {
                self.end(record.id, how, now, &mut changes);
            }
        }
        self.forget();
        changes
    }

    /// An assumption has turned out false when `given` was the last epoch given out. Findings of rounds up to
    /// that one that rest on it, and whose analysis has not been seen yet, will not be taken either.
    pub fn retract(&mut self, assumption: &Assumption, given: Epoch, now: Millis) -> Vec<Arc<VerdictRecord>> {
        remember(&mut self.retracted, assumption.clone(), given, Self::RETRACTED);
        if let Assumption::PresumedDead(process) = assumption {
            self.departed.remove(process);
        }
        self.end_where(now, |verdict| {
            verdict
                .assumptions
                .iter()
                .any(|assumed| assumed.falls_with(assumption))
                .then(|| Ending::Retracted(assumption.clone()))
        })
    }

    /// A process has left, died or is presumed to have when `given` was the last epoch given out: its waits are
    /// gone with it, and so are its computations and objects. Findings of rounds up to that one about what is gone,
    /// whose analysis has not been seen yet, will not be taken either.
    pub fn departed(&mut self, process: Incarnation, given: Epoch, now: Millis) -> Vec<Arc<VerdictRecord>> {
        remember(&mut self.departed, process, given, Self::DEPARTED);
        self.end_where(now, |verdict| {
            identity::is_gone(verdict, |p| p == process).then_some(Ending::Departed(process))
        })
    }

    fn end_where(
        &mut self,
        now: Millis,
        how: impl Fn(&Verdict) -> Option<Ending>,
    ) -> Vec<Arc<VerdictRecord>> {
        let open = self.records.values().filter(|r| !r.state.is_ended());
        let due: Vec<_> = open.filter_map(|r| Some((r.id, how(&r.verdict)?))).collect();
        let mut changes = Vec::new();
        for (id, how) in due {
            self.end(id, how, now, &mut changes);
        }
        changes
    }

    /// A finding: gives the verdict that it is.
    fn found(
        &mut self,
        verdict: Verdict,
        epoch: Epoch,
        now: Millis,
        changes: &mut Vec<Arc<VerdictRecord>>,
    ) -> VerdictId {
        let keys = identity::keys(&verdict);
        let same: BTreeSet<VerdictId> = keys.iter().filter_map(|key| self.keys.get(key)).copied().collect();
        // One that has not ended is rather continued than one that has.
        let ended = |id: &VerdictId| self.records.get(id).is_none_or(|r| r.state.is_ended());
        let main = same.iter().copied().min_by_key(|id| (ended(id), *id));
        let id = match main {
            Some(id) => self.again(id, Arc::new(verdict), epoch, now, changes),
            None => self.open(Arc::new(verdict), epoch, now, changes),
        };
        let others: Vec<_> = same.into_iter().filter(|other| *other != id).collect();
        for other in others {
            if self.records.get(&other).is_some_and(|r| !r.state.is_ended()) {
                self.end(other, Ending::Merged(id), now, changes);
            }
        }
        for key in keys {
            self.keys.insert(key, id);
        }
        id
    }

    fn open(
        &mut self,
        verdict: Arc<Verdict>,
        epoch: Epoch,
        now: Millis,
        changes: &mut Vec<Arc<VerdictRecord>>,
    ) -> VerdictId {
        self.next += 1;
        let id = VerdictId(self.next);
        let state = State::Opened;
        let record = VerdictRecord {
            id,
            revision: 0,
            state,
            verdict,
            first: epoch,
            last: epoch,
            opened: now,
            changed: now,
        };
        self.change(record, now, changes);
        id
    }

    fn again(
        &mut self,
        id: VerdictId,
        verdict: Arc<Verdict>,
        epoch: Epoch,
        now: Millis,
        changes: &mut Vec<Arc<VerdictRecord>>,
    ) -> VerdictId {
        let Some(record) = self.records.get_mut(&id) else { return self.open(verdict, epoch, now, changes) };
        let adds_nothing = !record.state.is_ended() && identity::adds_nothing(&record.verdict, &verdict);
        // Of two findings that say the same the one remains that rests on less.
        let keeps = adds_nothing && record.verdict.assumptions != verdict.assumptions;
        let verdict = if keeps { record.verdict.clone() } else { verdict };
        if adds_nothing && record.state == State::Holding {
            let record = Arc::make_mut(record);
            (record.last, record.verdict) = (epoch, verdict);
            return id;
        }
        let mut record = VerdictRecord::clone(record);
        record.state = if record.state.is_ended() { State::Opened } else { State::Holding };
        record.last = epoch;
        record.verdict = verdict;
        self.change(record, now, changes);
        id
    }

    fn end(&mut self, id: VerdictId, how: Ending, now: Millis, changes: &mut Vec<Arc<VerdictRecord>>) {
        if let Some(record) = self.records.get(&id) {
            let record = VerdictRecord { state: State::Ended(how), ..VerdictRecord::clone(record) };
            self.change(record, now, changes);
        }
    }

    fn change(&mut self, record: VerdictRecord, now: Millis, changes: &mut Vec<Arc<VerdictRecord>>) {
        self.revision += 1;
        let record = Arc::new(VerdictRecord { revision: self.revision, changed: now, ..record });
        self.records.insert(record.id, record.clone());
        changes.push(record);
    }

    /// Forgets the oldest of the ended ones above the limit.
    fn forget(&mut self) {
        let mut ended: Vec<_> =
            self.records.values().filter(|r| r.state.is_ended()).map(|r| (r.revision, r.id)).collect();
        ended.sort_unstable();
        let surplus = ended.len().saturating_sub(Self::ENDED);
        for (_, id) in ended.into_iter().take(surplus) {
            if let Some(record) = self.records.remove(&id) {
                for key in identity::keys(&record.verdict) {
                    if self.keys.get(&key) == Some(&id) {
                        self.keys.remove(&key);
                    }
                }
            }
        }
    }
}

/// Adds what happened when `given` was the last epoch given out; above the limit, what is longest ago is forgotten.
fn remember<K: Ord + Clone>(known: &mut BTreeMap<K, Epoch>, key: K, given: Epoch, limit: usize) {
    known.insert(key, given);
    if known.len() > limit {
        let oldest = known.iter().min_by_key(|(_, given)| **given).map(|(key, _)| key.clone());
        oldest.and_then(|oldest| known.remove(&oldest));
    }
}

#[cfg(test)]
#[path = "verdicts_tests.rs"]
mod tests;
