//! Costs side by side.
//!
//! The sides take turns within one run, so that what slows the machine down slows them all. Printed are the median
//! cost of each and the median of the ratio of the first to it in the same turn, with the spread from the tenth to
//! the ninetieth percentile; a spread that reaches a twentieth beyond 1 on both sides is called inconclusive.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use std::hint::spin_loop;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

/// Nanoseconds per call of `work`, with so many threads at once: those of the slowest.
fn time(threads: u64, events: u64, work: &(dyn Fn(u64, u64) + Sync)) -> f64 {
    let arrived = AtomicU64::new(0);
    let one = |thread| {
        arrived.fetch_add(1, Ordering::SeqCst);
        // Not a barrier that sleeps: the first to wake would be done before the second began.
        while arrived.load(Ordering::SeqCst) < threads {
            spin_loop();
        }
        let start = Instant::now();
        work(thread * events, events);
        start.elapsed().as_nanos() as f64 / events as f64
    };
    thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|thread| scope.spawn(move || one(thread))).collect();
        running.into_iter().filter_map(|thread| thread.join().ok()).fold(0.0, f64::max)
    })
}

/// The tenth, fiftieth and ninetieth percentile.
#[must_use]
pub fn percentiles(values: impl Iterator<Item = f64>) -> [f64; 3] {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    [10, 50, 90].map(|percent| sorted[(sorted.len() - 1) * percent / 100])
}

/// A name, and what does the work numbered from the first argument on, as often as the second says.
pub type Side<'a> = (&'static str, &'a (dyn Fn(u64, u64) + Sync));

/// How much of what is done.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// How many threads do it at once.
    pub threads: u64,
    /// How often the sides take turns.
    pub turns: usize,
    /// How often each thread does it in a turn.
    pub events: u64,
}

/// Measures the sides in turn and prints the table.
pub fn compare(extent: Extent, sides: &[Side<'_>]) {
    let Extent { threads, turns, events } = extent;
    let mut costs = vec![Vec::new(); sides.len()];
    for turn in 0..turns + sides.len() {
        for place in 0..sides.len() {
            let side = (turn + place) % sides.len();
            let cost = time(threads, events, sides[side].1);
            // The first turns fill caches and logs.
            if turn >= sides.len() {
                costs[side].push(cost);
            }
        }
    }
    println!("{threads} thread(s), {turns} turns of {events} events");
    for (side, (name, _)) in sides.iter().enumerate() {
        let [low, median, high] = percentiles(costs[side].iter().copied());
        print!("  {name:<32} {median:8.1} ns ({low:.1} to {high:.1})");
        if side > 0 {
            let [low, median, high] =
                percentiles(costs[0].iter().zip(&costs[side]).map(|(first, it)| first / it));
            let verdict = if low < 0.95 && high > 1.05 { ", inconclusive" } else { "" };
            print!("   first / it = {median:.2} ({low:.2} to {high:.2}){verdict}");
        }
        println!();
    }
}
