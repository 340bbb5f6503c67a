//! Ended rounds: their summaries, and the last cuts.

use std::collections::VecDeque;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{SystemTime, UNIX_EPOCH};
use stillpoint_proto::collector::{Missing, RoundOutcome};
use stillpoint_proto::fact::Millis;
use stillpoint_proto::id::Epoch;
use stillpoint_proto::snapshot::ConsistentCut;

/// What came of a round, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundSummary {
    /// Its number.
    pub epoch: Epoch,
    /// Whether the cut is whole.
    pub outcome: RoundKind,
    /// What an incomplete one lacks.
    pub missing: Vec<Missing>,
    /// What is wrong with an inconsistent one, in words: faults of the instrumentation.
    pub faults: Vec<String>,
    /// How many processes belong to it.
    pub members: usize,
    /// How many messages are in transit.
    pub in_transit: u64,
    /// When it was announced, on the server's clock.
    pub began: Millis,
    /// When it ended, on the server's clock.
    pub ended: Millis,
}

/// Whether the cut of a round is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoundKind {
    /// A consistent cut of everybody.
    Complete,
    /// A consistent cut of some, or with unknown content in its channels.
    Incomplete,
    /// The reports contradict one another: nothing is analysed.
    Inconsistent,
}

impl RoundKind {
    /// `complete`, `incomplete` or `inconsistent`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            RoundKind::Complete => "complete",
            RoundKind::Incomplete => "incomplete",
            RoundKind::Inconsistent => "inconsistent",
        }
    }
}

/// A round that has ended, with its cut unless it was inconsistent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// What came of it.
    pub summary: RoundSummary,
    /// The cut; `None` if the reports contradicted one another.
    pub cut: Option<Arc<ConsistentCut>>,
}

impl Round {
    pub(super) fn new(epoch: Epoch, outcome: RoundOutcome, began: Millis, ended: Millis) -> Self {
        let (kind, cut, missing, faults) = match outcome {
            RoundOutcome::Complete(cut) => (RoundKind::Complete, Some(cut), Vec::new(), Vec::new()),
            RoundOutcome::Incomplete(cut, missing) => (RoundKind::Incomplete, Some(cut), missing, Vec::new()),
            RoundOutcome::Inconsistent(faults) => {
                let faults = faults.iter().map(ToString::to_string).collect();
                (RoundKind::Inconsistent, None, Vec::new(), faults)
            }
        };
        let members = cut.as_ref().map_or(0, |cut| cut.snapshot().members.len());
        let in_transit = cut.as_ref().map_or(0, |cut| cut.channels().in_transit());
        let summary =
            RoundSummary { epoch, outcome: kind, missing, faults, members, in_transit, began, ended };
        Round { summary, cut }
    }
}

/// The last rounds, read by anybody while the engine adds to them.
#[derive(Debug)]
pub(super) struct History {
    rounds: RwLock<VecDeque<Arc<Round>>>,
    limit: usize,
}

impl History {
    pub(super) fn new(limit: usize) -> Self {
        History { rounds: RwLock::default(), limit: limit.max(1) }
    }

    /// Adds a round, and gives the one that it displaces: to be dropped where that may take its time.
    pub(super) fn add(&self, round: Arc<Round>) -> Option<Arc<Round>> {
        let mut rounds = self.rounds.write().unwrap_or_else(PoisonError::into_inner);
        // Rounds may end in another order than they began.
        let place = rounds.partition_point(|r| r.summary.epoch < round.summary.epoch);
        rounds.insert(place, round);
        if rounds.len() > self.limit { rounds.pop_front() } else { None }
    }

    /// The newest round that has a cut.
    pub(super) fn latest(&self) -> Option<Arc<Round>> {
        let rounds = self.rounds.read().unwrap_or_else(PoisonError::into_inner);
        rounds.iter().rev().find(|round| round.cut.is_some()).cloned()
    }

    pub(super) fn round(&self, epoch: Epoch) -> Option<Arc<Round>> {
        let rounds = self.rounds.read().unwrap_or_else(PoisonError::into_inner);
        let place = rounds.binary_search_by_key(&epoch, |round| round.summary.epoch).ok()?;
        rounds.get(place).cloned()
    }

    /// All that are kept, the newest first.
    pub(super) fn all(&self) -> Vec<Arc<Round>> {
        self.rounds.read().unwrap_or_else(PoisonError::into_inner).iter().rev().cloned().collect()
    }
}

/// The time on the server's clock.
pub(crate) fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(epoch: u64) -> Arc<Round> {
        let outcome = RoundOutcome::Inconsistent(Vec::new());
        Arc::new(Round::new(Epoch(epoch), outcome, Millis(0), Millis(0)))
    }

    #[test]
    fn the_last_rounds_are_kept_in_order() {
        let history = History::new(3);
        for epoch in [1, 3, 2, 4] {
            history.add(round(epoch));
        }
        let kept: Vec<_> = history.all().iter().map(|r| r.summary.epoch.0).collect();
        assert_eq!(kept, [4, 3, 2]);
        assert_eq!(history.round(Epoch(1)), None);
        assert_eq!(history.round(Epoch(2)), Some(round(2)));
        assert_eq!(history.latest(), None, "an inconsistent round has no cut");
    }
}
