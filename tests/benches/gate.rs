//! What an event costs: the gate beside the least that any record could cost (an atomic addition) and beside the
//! obvious one (a mutex around a vector), with one thread and with two.
//!
//! Two threads on the gate have a stripe each; the counter and the mutex they share. With fewer than two idle cores
//! the threads run one after the other and the second table shows no contention.
//!
//! The sides take turns within one run, so that what slows the machine down slows them all. Printed are the median
//! cost of each and the median of its ratio to the gate in the same turn, with the spread from the tenth to the
//! ninetieth percentile; a spread that reaches a twentieth beyond 1 on both sides is called inconclusive.
//!
//! ```text
//! cargo bench -p stillpoint-tests --bench gate
//! ```

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use std::collections::BTreeMap;
use std::hint::{black_box, spin_loop};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;
use stillpoint_proto::cut::{Change, Delta};
use stillpoint_proto::fact::{Fact, Token};
use stillpoint_proto::gate::{Fold, Gate};
use stillpoint_proto::id::{ComputationId, ComputationRef, Epoch, Handle, Incarnation};

const TURNS: usize = 101;
const EVENTS: u64 = 20_000;
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

/// Nanoseconds per call of `work`, with so many threads at once: those of the slowest.
fn time(threads: u64, work: &(dyn Fn(u64, u64) + Sync)) -> f64 {
    let arrived = AtomicU64::new(0);
    let one = |thread| {
        arrived.fetch_add(1, Ordering::SeqCst);
        // Not a barrier that sleeps: the first to wake would be done before the second began.
        while arrived.load(Ordering::SeqCst) < threads {
            spin_loop();
        }
        let start = Instant::now();
        work(thread * EVENTS, EVENTS);
        start.elapsed().as_nanos() as f64 / EVENTS as f64
    };
    thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|thread| scope.spawn(move || one(thread))).collect();
        running.into_iter().filter_map(|thread| thread.join().ok()).fold(0.0, f64::max)
    })
}

/// The tenth, fiftieth and ninetieth percentile.
fn percentiles(values: impl Iterator<Item = f64>) -> [f64; 3] {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    [10, 50, 90].map(|percent| sorted[(sorted.len() - 1) * percent / 100])
}

type Side<'a> = (&'static str, &'a (dyn Fn(u64, u64) + Sync));

fn compare(threads: u64, sides: &[Side<'_>]) {
    let mut costs = vec![Vec::new(); sides.len()];
    for turn in 0..TURNS + sides.len() {
        for place in 0..sides.len() {
            let side = (turn + place) % sides.len();
            let cost = time(threads, sides[side].1);
            // The first turns fill caches and logs.
            if turn >= sides.len() {
                costs[side].push(cost);
            }
        }
    }
    println!("{threads} thread(s), {TURNS} turns of {EVENTS} events");
    for (side, (name, _)) in sides.iter().enumerate() {
        let [low, median, high] = percentiles(costs[side].iter().copied());
        print!("  {name:<32} {median:6.1} ns ({low:.1} to {high:.1})");
        if side > 0 {
            let [low, median, high] =
                percentiles(costs[0].iter().zip(&costs[side]).map(|(gate, it)| gate / it));
            let verdict = if low < 0.95 && high > 1.05 { ", inconclusive" } else { "" };
            print!("   gate / it = {median:.2} ({low:.2} to {high:.2}){verdict}");
        }
        println!();
    }
}

fn main() {
    for threads in [1, 2] {
        let gate = Gate::with_size(2, CAPACITY, Forget);
        let folding: Gate<Change, BTreeMap<Epoch, Delta>> = Gate::with_size(2, CAPACITY, BTreeMap::new());
        let counter = AtomicU64::new(0);
        let log = Mutex::new(Vec::new());
        compare(
            threads,
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
