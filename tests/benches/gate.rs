//! What an event costs: the gate beside the least that any record could cost (an atomic addition) and beside the
//! obvious one (a mutex around a vector), with one thread and with two.
//!
//! Two threads on the gate have a stripe each; the counter and the mutex they share. With fewer than two idle cores
//! the threads run one after the other and the second table shows no contention.
//!
//! How it is measured: [`stillpoint_tests::measure`].
//!
//! ```text
//! cargo bench -p stillpoint-tests --no-default-features --bench gate
//! ```

use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use stillpoint_proto::cut::{Change, Delta};
use stillpoint_proto::fact::{Fact, Token};
use stillpoint_proto::gate::{Fold, Gate};
use stillpoint_proto::id::{ComputationId, ComputationRef, Epoch, Handle, Incarnation};
use stillpoint_tests::measure::{Extent, compare};

const CAPACITY: usize = 512;
const TOKEN: Token = Token { computation: ComputationRef::new(Incarnation(1), ComputationId::of(1)) };

/// Forgets everything, to tell the cost of recording from that of folding.
struct Forget;

impl Fold<Change> for Forget {
    type Below = ();

    fn absorb(&mut self, _: Epoch, _: Change) {}

    fn take_below(&mut self, _: Epoch) {}
}

/// The same token inserted and removed in turn, as most facts are short-lived: the fold stays small.
fn change(n: u64) -> Change {
    let handle = Handle(n / 2);
    if n.is_multiple_of(2) { Change::Insert(handle, Fact::Token(TOKEN)) } else { Change::Remove(handle) }
}

fn event<F: Fold<Change>>(gate: &Gate<Change, F>, n: u64) {
    gate.event(|event| event.record(change(n)));
}

fn push(log: &Mutex<Vec<(Epoch, Change)>>, n: u64) {
    let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
    if log.len() >= CAPACITY {
        log.clear();
    }
    log.push((Epoch(n & 1), change(n)));
}

fn main() {
    for threads in [1, 2] {
        let gate = Gate::with_size(2, CAPACITY, Forget);
        let folding: Gate<Change, BTreeMap<Epoch, Delta>> = Gate::with_size(2, CAPACITY, BTreeMap::new());
        let counter = AtomicU64::new(0);
        let log = Mutex::new(Vec::new());
        compare(
            Extent { threads, turns: 101, events: 20_000 },
            &[
                ("gate", &|from, count| (from..from + count).for_each(|n| event(&gate, black_box(n)))),
                ("atomic addition", &|from, count| {
                    for n in from..from + count {
                        black_box(counter.fetch_add(black_box(n), Ordering::SeqCst));
                    }
                }),
                ("mutex around a vector", &|from, count| {
                    (from..from + count).for_each(|n| push(&log, black_box(n)));
                }),
                ("gate, folding to a delta", &|from, count| {
                    (from..from + count).for_each(|n| event(&folding, black_box(n)));
                }),
            ],
        );
    }
}
