//! The gate: one atomic epoch that cuts a process of many threads without stopping any of them.
//!
//! ```text
//!  thread 1   event --> | stripe 0: lock, epoch, log |--+
//!  thread 2   event --> | stripe 1: lock, epoch, log |--+  log full, or collect
//!  thread 3   event --> | stripe 0 ...               |  +-----------------------> Fold, by epoch
//!                            ^ epoch (never decreases)                               |
//!  server's word, stamp ---> raise(r)          folding thread: collect(r) <----------+
//! ```
//!
//! Every change that a process records of itself is recorded inside an *event*, under the one epoch that the
//! event has read. The cut for round `r` is the set of entries below `r`. It is consistent if events obey two
//! rules, which callers owe, and the gate sees to the rest:
//!
//! - What **publishes** (a send, an unlock, a hand-off, the drop of a guard) is an event that has *ended before*
//!   its effect can be seen by anybody.
//! - What **acquires** (a receive, a lock, a wake-up) is an event that *begins after* the effect was seen. A
//!   receive calls [`Gate::raise`] with the stamp's epoch first.
//!
//! What does both, a receive that sends, is an acquiring event followed by a publishing one.
//!
//! # Why it holds
//!
//! *Along causality epochs do not decrease.* An effect that is seen is ordered after the event that published it,
//! hence after that event's reading of the epoch; the acquiring event reads later still. Two reads of one atomic,
//! one ordered after the other, never go backwards (read coherence), whatever their memory ordering. So an effect
//! must be one that orders memory, as locks, channels and `Release` stores do; a `Relaxed` store is none.
//!
//! *After the cut nothing is recorded below it.* [`Gate::collect`] raises the epoch to at least `r` and then locks
//! each stripe once. An event holds its stripe's lock from before it reads the epoch until it has recorded. If it
//! comes before the collector in the order of that lock, the collector finds its entries, in the log or, if they
//! were spilled, in the fold. If it comes after, the collector's unlocking and its own locking order the raise
//! before its reading, which therefore finds at least `r` (coherence again). There is no third case, so there is
//! no fence to forget: the lock is both the announcement "I am in an event" and the fence.
//!
//! *Numbers and epochs in one step.* An event reads the epoch once, at the first [`Event::epoch`] or
//! [`Event::record`]. A caller that takes a lane's lock inside the event, and asks for the epoch while it holds it,
//! gets epochs that never decrease along the lane's numbers.
//!
//! # What must not be in an event
//!
//! - A blocking call: the collector, and threads of the same stripe, wait for the event to end. A lane's lock is
//!   fine if all that is done under it is as short. (An `await` cannot be: the closure is not `async`.)
//! - The effect of a publishing event, or the acquisition that an acquiring event is about.
//! - Another event, also indirectly by dropping a guard that records something. On the same gate it does not hang
//!   and loses nothing: it goes to the fold under an epoch of its own. But the outer event may then record under a
//!   lower epoch than what came before it, so [`Gate::nested`] counts it, and a count above zero is an
//!   instrumentation fault. On another gate it can deadlock; a process has one gate.
//!
//! Locks are taken in this order: a stripe, then the caller's own within the event, then the fold. The fold takes
//! none, and neither does dropping an entry.
//!
//! # Example
//!
//! ```
//! use stillpoint_proto::gate::Gate;
//! use stillpoint_proto::id::Epoch;
//! use std::sync::Mutex;
//!
//! let gate: Gate<&str> = Gate::new(Vec::new());
//! let lane = Mutex::new(0_u64);
//!
//! // Publishing: number and epoch in one step, the record, and only then the effect.
//! let (seq, epoch) = gate.event(|event| {
//!     let mut last = lane.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
//!     *last += 1;
//!     let epoch = event.epoch();
//!     event.record("sent");
//!     (*last, epoch)
//! });
//! assert_eq!((seq, epoch), (1, Epoch::ZERO));
//! // ... here the message goes out, stamped with both.
//!
//! // Acquiring: the stamp's epoch, then the event.
//! gate.raise(Epoch(7));
//! gate.event(|event| event.record("received"));
//!
//! assert_eq!(gate.collect(Epoch(7)), [(Epoch::ZERO, "sent")]);
//! assert_eq!(gate.collect(Epoch(8)), [(Epoch(7), "received")]);
//! ```

mod stripes;

pub use stripes::{Event, Fold, Gate};

use crate::cut::{Change, Delta};
use crate::id::Epoch;
use std::collections::BTreeMap;

/// Where the gate's primitives come from.
///
/// The model checks compile `stripes.rs` a second time beside another module of this name, which takes them from
/// the checker.
mod sync {
    pub(super) use std::sync::atomic::{AtomicU64, Ordering};
    pub(super) use std::sync::{Mutex, MutexGuard};

    use std::cell::Cell;
    use std::sync::atomic::AtomicUsize;

    thread_local! {
        /// The address of the gate whose event this thread is in; 0 if it is in none.
        pub(super) static OPEN: Cell<usize> = const { Cell::new(0) };
    }

    /// A number that stays with the calling thread, dealt out in turn so that threads spread over the stripes.
    pub(super) fn thread_number() -> usize {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        thread_local! {
            static NUMBER: Cell<Option<usize>> = const { Cell::new(None) };
        }
        NUMBER.get().unwrap_or_else(|| {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            NUMBER.set(Some(number));
            number
        })
    }
}

/// The fold that an agent uses: a [`Delta`] for each epoch.
///
/// Cuts are taken in the order of epochs, so [`Delta::merge`] of what is taken yields what changed since the
/// cut before.
impl Fold<Change> for BTreeMap<Epoch, Delta> {
    type Below = Self;

    fn absorb(&mut self, epoch: Epoch, change: Change) {
        self.entry(epoch).or_default().record(epoch, change);
    }

    fn take_below(&mut self, below: Epoch) -> Self {
        let rest = self.split_off(&below);
        std::mem::replace(self, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Handle;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::{Mutex, MutexGuard, PoisonError};
    use std::thread;

    fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
        mutex.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn entries(gate: &Gate<u32>, below: u64) -> Vec<(u64, u32)> {
        let mut taken: Vec<_> =
            gate.collect(Epoch(below)).into_iter().map(|(epoch, n)| (epoch.0, n)).collect();
        taken.sort_unstable();
        taken
    }

    fn record(gate: &Gate<u32>, entry: u32) -> u64 {
        gate.event(|event| {
            event.record(entry);
            event.epoch().0
        })
    }

    #[test]
    fn raising_answers_whether_this_call_made_the_cut() {
        let gate: Gate<u32> = Gate::new(Vec::new());
        assert!(gate.raise(Epoch(3)));
        assert!(!gate.raise(Epoch(3)));
        assert!(!gate.raise(Epoch(2)));
        assert_eq!(gate.epoch(), Epoch(3));
    }

    #[test]
    fn a_collection_takes_what_is_below_and_leaves_the_rest() {
        let gate = Gate::new(Vec::new());
        assert_eq!(record(&gate, 1), 0);
        gate.raise(Epoch(4));
        assert_eq!(record(&gate, 2), 4);
        gate.raise(Epoch(9));
        assert_eq!(record(&gate, 3), 9);
        assert_eq!(entries(&gate, 4), [(0, 1)]);
        assert_eq!(entries(&gate, 4), []);
        assert_eq!(entries(&gate, 9), [(4, 2)]);
        assert_eq!(entries(&gate, 10), [(9, 3)]);
    }

    #[test]
    fn collecting_raises_by_itself() {
        let gate = Gate::new(Vec::new());
        assert_eq!(entries(&gate, 5), []);
        assert_eq!(record(&gate, 1), 5);
    }

    #[test]
    fn an_event_keeps_the_epoch_that_it_read_first() {
        let gate = Gate::new(Vec::new());
        let epoch = gate.event(|event| {
            gate.raise(Epoch(1));
            let first = event.epoch();
            gate.raise(Epoch(2));
            event.record(1);
            assert_eq!(event.epoch(), first);
            first
        });
        assert_eq!(epoch, Epoch(1));
        assert_eq!(entries(&gate, 3), [(1, 1)]);
    }

    #[test]
    fn full_logs_lose_nothing() {
        for capacity in 0..6 {
            for per_event in 1..8 {
                let gate = Gate::with_size(3, capacity, Vec::new());
                let mut n = 0;
                while n < 50 {
                    gate.event(|event| {
                        (0..per_event).for_each(|i| event.record(n + i));
                    });
                    n += per_event;
                }
                let expected: Vec<_> = (0..n).map(|i| (0, i)).collect();
                assert_eq!(entries(&gate, 1), expected, "capacity {capacity}, {per_event} to an event");
            }
        }
    }

    #[test]
    fn an_event_in_an_event_is_counted_and_kept() {
        let gate = Gate::with_size(1, 4, Vec::new());
        gate.event(|outer| {
            outer.record(1);
            gate.event(|inner| {
                inner.record(2);
                gate.event(|innermost| innermost.record(3));
            });
            outer.record(4);
        });
        assert_eq!(gate.nested(), 2);
        record(&gate, 5);
        assert_eq!(gate.nested(), 2);
        assert_eq!(entries(&gate, 1), [(0, 1), (0, 2), (0, 3), (0, 4), (0, 5)]);
    }

    #[test]
    fn an_event_on_another_gate_is_an_ordinary_one() {
        let (one, two) = (Gate::new(Vec::new()), Gate::new(Vec::new()));
        two.raise(Epoch(5));
        one.event(|event| {
            event.record(1);
            assert_eq!(record(&two, 2), 5);
            event.record(3);
        });
        assert_eq!(one.nested() + two.nested(), 0);
        assert_eq!(entries(&one, 1), [(0, 1), (0, 3)]);
        assert_eq!(entries(&two, 6), [(5, 2)]);
    }

    #[test]
    fn a_panic_in_an_event_leaves_the_gate_in_order() {
        let gate = Gate::with_size(1, 4, Vec::new());
        let failed = catch_unwind(AssertUnwindSafe(|| {
            gate.event(|event| {
                event.record(1);
                std::panic::resume_unwind(Box::new(()));
            });
        }));
        assert!(failed.is_err());
        record(&gate, 2);
        assert_eq!(gate.nested(), 0);
        assert_eq!(entries(&gate, 1), [(0, 1), (0, 2)]);
    }

    #[test]
    fn several_collectors_share_the_entries_out() {
        let gate: Gate<u32> = Gate::with_size(2, 8, Vec::new());
        let taken = Mutex::new(Vec::new());
        let collect = || (0..200).for_each(|_| lock(&taken).extend(gate.collect(Epoch(1))));
        thread::scope(|scope| {
            scope.spawn(collect);
            scope.spawn(collect);
            for n in 0..2_000 {
                record(&gate, n);
            }
        });
        let mut all: Vec<_> = lock(&taken).iter().map(|&(_, n)| n).collect();
        all.extend(gate.collect(Epoch(2)).into_iter().map(|(_, n)| n));
        all.sort_unstable();
        assert!(all.into_iter().eq(0..2_000));
    }

    #[test]
    fn the_agents_fold_keeps_a_delta_for_each_epoch() {
        let gate: Gate<Change, BTreeMap<Epoch, Delta>> = Gate::with_size(1, 2, BTreeMap::new());
        for round in 0..3 {
            gate.raise(Epoch(round));
            gate.event(|event| {
                event.record(Change::Remove(Handle(round)));
                event.record(Change::Unstamped);
            });
        }
        let below = gate.collect(Epoch(2));
        assert_eq!(below.keys().copied().collect::<Vec<_>>(), [Epoch(0), Epoch(1)]);
        assert!(below[&Epoch(1)].removed.contains(&Handle(1)));
        assert_eq!(below[&Epoch(1)].unstamped, 1);
        assert_eq!(gate.collect(Epoch(3)).len(), 1);
    }
}
