//! Counters for people and for metrics.

use super::history::RoundKind;
use std::sync::atomic::{AtomicU64, Ordering};

/// What is counted since the engine started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counter {
    /// Rounds with a consistent cut of everybody.
    RoundsComplete,
    /// Rounds with a consistent cut of some.
    RoundsIncomplete,
    /// Rounds whose reports contradicted one another.
    RoundsInconsistent,
    /// Sessions that were opened.
    SessionsOpened,
    /// Sessions that ended, however.
    SessionsClosed,
    /// Sessions that were closed because the agent did not read.
    OutboxesFull,
    /// What agents had to say.
    Notices,
    /// Faults of the instrumentation.
    Faults,
    /// Analyses of a cut for a kind of property.
    Analyses,
    /// Verdicts that the independent checker refuted: faults of a detector.
    Refuted,
    /// Channels of which a link's recording was exactly what the logs and receipts say was in transit.
    ChannelsEqual,
    /// Channels of which a link recorded less: the rest was lost with it.
    ChannelsWithin,
    /// Channels of which a link recorded what was not in transit: faults of the instrumentation.
    ChannelsViolated,
    /// Failures of the store.
    StoreFailures,
    /// Rows that were not written for want of room.
    RowsDropped,
}

impl Counter {
    /// All counters.
    pub const ALL: [Counter; 15] = [
        Counter::RoundsComplete,
        Counter::RoundsIncomplete,
        Counter::RoundsInconsistent,
        Counter::SessionsOpened,
        Counter::SessionsClosed,
        Counter::OutboxesFull,
        Counter::Notices,
        Counter::Faults,
        Counter::Analyses,
        Counter::Refuted,
        Counter::ChannelsEqual,
        Counter::ChannelsWithin,
        Counter::ChannelsViolated,
        Counter::StoreFailures,
        Counter::RowsDropped,
    ];
}

/// The counters.
#[derive(Debug, Default)]
pub struct Statistics {
    counts: [AtomicU64; Counter::ALL.len()],
}

impl Statistics {
    /// The value of a counter.
    #[must_use]
    pub fn count(&self, counter: Counter) -> u64 {
        self.counts[counter as usize].load(Ordering::Relaxed)
    }

    pub(super) fn add(&self, counter: Counter) {
        self.counts[counter as usize].fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn round(&self, kind: RoundKind) {
        self.add(match kind {
            RoundKind::Complete => Counter::RoundsComplete,
            RoundKind::Incomplete => Counter::RoundsIncomplete,
            RoundKind::Inconsistent => Counter::RoundsInconsistent,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_counter_has_a_place_of_its_own() {
        let statistics = Statistics::default();
        for (n, counter) in Counter::ALL.into_iter().enumerate() {
            (0..n).for_each(|_| statistics.add(counter));
        }
        for (n, counter) in Counter::ALL.into_iter().enumerate() {
            assert_eq!(statistics.count(counter), n as u64, "{counter:?}");
        }
    }
}
