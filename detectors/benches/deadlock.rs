//! A chain of 1,000,000 waits through the deadlock detector, many deadlocks and large ones, and the components of the
//! chain by [`Csr`] and by petgraph.
//!
//! The two sides take turns, so that what else the machine does hits both. Run with `cargo bench`; anything else
//! only checks that it runs.
#![allow(clippy::print_stdout)]

#[path = "../tests/common/mod.rs"]
mod common;

use common::{World, all, end_of, semaphore, units, whole};
use petgraph::graph::{DiGraph, NodeIndex};
use std::hint::black_box;
use std::time::{Duration, Instant};
use stillpoint_detectors::deadlock::{VictimPolicy, deadlock};
use stillpoint_detectors::graph::Csr;
use stillpoint_detectors::verify::Checker;
use stillpoint_proto::fact::{Grip, Resource};
use stillpoint_proto::snapshot::ConsistentCut;

const REPETITIONS: usize = 7;

fn main() {
    let waits = if std::env::args().any(|arg| arg == "--bench") { 1_000_000 } else { 1_000 };
    detector(waits);
    for tasks in [waits / 20, waits / 10] {
        shared(tasks);
    }
    components(waits);
}

fn timed<T>(run: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(run());
    start.elapsed()
}

fn median<T: PartialOrd + Copy>(samples: &[T]) -> T {
    let mut sorted = samples.to_vec();
    sorted.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    sorted[sorted.len() / 2]
}

fn chain(waits: usize, closed: bool) -> ConsistentCut {
    let mut world = World::new();
    let process = world.process("p");
    let tasks: Vec<_> = (0..=waits).map(|_| world.task(process, "")).collect();
    for pair in tasks.windows(2) {
        world.wait(pair[0], all([end_of(pair[1])]));
    }
    if closed {
        world.wait(tasks[waits], all([end_of(tasks[0])]));
    }
    world.cut()
}

fn detector(waits: usize) {
    for (shape, closed) in [("chain", false), ("cycle", true)] {
        let cut = chain(waits, closed);
        let times: Vec<_> =
            (0..REPETITIONS).map(|_| timed(|| deadlock(&cut, VictimPolicy::default()))).collect();
        println!("deadlock, {shape} of {waits} waits: median {:.0?} of {REPETITIONS}", median(&times));
    }
}

/// Many deadlocks and large ones, of which the work for each must not grow with the others: pairs that have leaked a
/// pool for which all others wait, and readers of one lock who all want to write.
fn shared(tasks: usize) {
    let mut pool = World::new();
    let process = pool.process("p");
    let pairs = tasks / 20;
    let connections = Resource { local: true, ..semaphore("pool", 2 * pairs as u64) };
    let connections = pool.resource(process, connections);
    for _ in 0..pairs {
        let (a, b) = (pool.task(process, "a"), pool.task(process, "b"));
        for (task, other) in [(a, b), (b, a)] {
            pool.hold_units(task, connections, Grip::Shared(1));
            pool.wait(task, all([end_of(other)]));
        }
    }
    for _ in 2 * pairs..tasks {
        let task = pool.task(process, "request");
        pool.wait(task, all([units(connections, 1)]));
    }
    let mut upgrade = World::new();
    let process = upgrade.process("p");
    let lock = upgrade.resource(process, Resource { local: true, ..semaphore("lock", 1 << 40) });
    for _ in 0..tasks {
        let task = upgrade.task(process, "reader");
        upgrade.hold_units(task, lock, Grip::Shared(1));
        upgrade.wait(task, all([whole(lock)]));
    }
    for (what, world) in [("leaked pool", pool), ("upgraded lock", upgrade)] {
        let cut = world.cut();
        let verdicts = deadlock(&cut, VictimPolicy::default());
        let found = timed(|| deadlock(&cut, VictimPolicy::default()));
        let confirmed = timed(|| {
            let checker = Checker::new(&cut);
            verdicts.iter().filter(|verdict| checker.verify(verdict).is_ok()).count()
        });
        println!("deadlock, {what} of {tasks} tasks: found in {found:.0?}, confirmed in {confirmed:.0?}");
    }
}

fn components(nodes: usize) {
    let edges: Vec<_> = (1..nodes as u32).map(|n| (n - 1, n)).collect();
    let ours = Csr::new(nodes, &edges);
    let mut theirs = DiGraph::<(), ()>::with_capacity(nodes, edges.len());
    for _ in 0..nodes {
        theirs.add_node(());
    }
    for &(from, to) in &edges {
        theirs.add_edge(NodeIndex::new(from as usize), NodeIndex::new(to as usize), ());
    }
    let (mut pearce, mut kosaraju) = (Vec::new(), Vec::new());
    for _ in 0..REPETITIONS {
        pearce.push(timed(|| ours.components()));
        kosaraju.push(timed(|| petgraph::algo::kosaraju_scc(&theirs)));
    }
    println!(
        "components of {nodes} nodes: median {:.1?}, petgraph {:.1?}",
        median(&pearce),
        median(&kosaraju)
    );
    let ratio = |(ours, theirs): (&Duration, &Duration)| theirs.as_secs_f64() / ours.as_secs_f64().max(1e-9);
    let ratios: Vec<f64> = pearce.iter().zip(&kosaraju).map(ratio).collect();
    let low = ratios.iter().copied().fold(f64::INFINITY, f64::min);
    let high = ratios.iter().copied().fold(0.0, f64::max);
    if low <= 1.0 && high >= 1.0 {
        println!("inconclusive: petgraph takes {low:.2} to {high:.2} times as long");
    } else {
        println!("petgraph takes {:.2} times as long ({low:.2} to {high:.2})", median(&ratios));
    }
}
