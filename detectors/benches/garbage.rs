//! Marking a million objects with two and a half million references, beside petgraph on the same graph.
//!
//! Both mark what is reachable from the same roots, alternating, so that whatever else the machine does hits
//! both. Reported is the median of the ratios of neighbouring runs with their quartiles; if these lie on both
//! sides of 1, that is inconclusive. petgraph only visits, while ours keeps the order and the tree that a
//! certificate needs.
//!
//! `cargo bench -p stillpoint-detectors --bench garbage`
#![allow(clippy::print_stdout, clippy::disallowed_methods)] // A benchmark reads the clock and prints.

use petgraph::csr::Csr as Theirs;
use petgraph::visit::{Dfs, VisitMap, Visitable};
use std::collections::BTreeSet;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};
use stillpoint_detectors::garbage::{Marking, garbage};
use stillpoint_detectors::graph::Csr;
use stillpoint_proto::cut::{ProcessCut, Recorded};
use stillpoint_proto::fact::{Fact, Object, Reference};
use stillpoint_proto::id::{DeploymentId, Epoch, Handle, Incarnation, ObjectId, ObjectRef, ProcessName};
use stillpoint_proto::snapshot::{ConsistentCut, Member, MemberState, Snapshot};

const OBJECTS: u32 = 1_000_000;
const REFERENCES: usize = 2_500_000;
const ROOTS: u32 = 100;
const PROCESSES: u64 = 8;
const RUNS: usize = 31;

fn main() {
    // `cargo test --all-targets` runs this too, without the flag, and has no use for it.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let edges = random_edges();
    let ours = Csr::new(OBJECTS as usize, &edges);
    let theirs = Theirs::<(), ()>::from_sorted_edges(&edges);
    let theirs = theirs.unwrap_or_else(|e| panic!("the edges are sorted: {e:?}"));
    let marked = mark(&ours);
    assert_eq!(marked, visit(&theirs), "both find the same");
    println!("{OBJECTS} objects, {} references, {marked} reachable from {ROOTS} roots", edges.len());

    let mut times = Vec::new();
    for run in 0..RUNS {
        // Whoever is second finds the caches warmer: they take turns.
        let (first, second);
        if run % 2 == 0 {
            first = timed(|| mark(&ours));
            second = timed(|| visit(&theirs));
        } else {
            second = timed(|| visit(&theirs));
            first = timed(|| mark(&ours));
        }
        times.push((first, second));
    }
    let ratios = sorted(times.iter().map(|(a, b)| a.as_secs_f64() / b.as_secs_f64()));
    let (low, median, high) = (ratios[RUNS / 4], ratios[RUNS / 2], ratios[RUNS * 3 / 4]);
    let middle = |pick: fn(&(Duration, Duration)) -> Duration| {
        sorted(times.iter().map(|t| pick(t).as_secs_f64() * 1e3))[RUNS / 2]
    };
    println!("marking, median of {RUNS}: ours {:.1} ms, petgraph {:.1} ms", middle(|t| t.0), middle(|t| t.1));
    let verdict = match (low < 1.0, high < 1.0) {
        (_, true) => "ours is faster",
        (false, _) => "petgraph is faster",
        (true, false) => "inconclusive",
    };
    println!("ours / petgraph: {median:.2}, quartiles {low:.2} to {high:.2}, {verdict}");
    drop((ours, theirs));

    let cut = cut(&edges);
    let whole = sorted((0..5).map(|_| timed(|| garbage(&cut).len()).as_secs_f64() * 1e3));
    println!(
        "the whole analysis of the cut, median of 5: {:.0} ms ({:.0} to {:.0})",
        whole[2], whole[0], whole[4]
    );
}

fn mark(graph: &Csr) -> usize {
    let mut marking = Marking::new(graph.nodes());
    marking.mark(graph, 0..ROOTS);
    black_box(marking).order().len()
}

fn visit(graph: &Theirs<(), ()>) -> usize {
    let mut dfs = Dfs::empty(graph);
    dfs.discovered = graph.visit_map();
    let mut count = 0;
    for root in 0..ROOTS {
        if dfs.discovered.is_visited(&root) {
            continue;
        }
        dfs.move_to(root);
        while dfs.next(graph).is_some() {
            count += 1;
        }
    }
    black_box(dfs);
    count
}

fn timed(run: impl FnOnce() -> usize) -> Duration {
    let start = Instant::now();
    black_box(run());
    start.elapsed()
}

fn sorted(numbers: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut numbers: Vec<_> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers
}

/// Distinct edges, ascending, as petgraph wants them.
fn random_edges() -> Vec<(u32, u32)> {
    let mut state = 1_u64;
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u32 % OBJECTS
    };
    let mut edges = BTreeSet::new();
    while edges.len() < REFERENCES {
        edges.insert((random(), random()));
    }
    edges.into_iter().collect()
}

/// The same system as a cut, spread over some processes.
fn cut(edges: &[(u32, u32)]) -> ConsistentCut {
    let mut processes: Vec<_> = (0..PROCESSES).map(|_| ProcessCut::default()).collect();
    let owner = |object: u32| u64::from(object) % PROCESSES;
    let object = |n: u32| ObjectRef::new(Incarnation(owner(n)), ObjectId::of(u64::from(n)));
    let mut insert = |process: u64, handle: u64, fact| {
        processes[process as usize].facts.insert(Handle(handle), Recorded { born: Epoch(1), fact });
    };
    for n in 0..OBJECTS {
        insert(owner(n), u64::from(n), Fact::Object(Object { label: "".into(), size: 64 }));
    }
    let mut next = u64::from(OBJECTS);
    for &(from, to) in edges {
        let reference = Reference { from: Some(ObjectId::of(u64::from(from))), to: object(to) };
        insert(owner(from), next, Fact::Reference(reference));
        next += 1;
    }
    for root in 0..ROOTS {
        insert(owner(root), next, Fact::Reference(Reference { from: None, to: object(root) }));
        next += 1;
    }
    let member = |(n, cut): (u64, ProcessCut)| {
        let name = ProcessName::new(&format!("p{n}")).unwrap_or_else(|e| panic!("{e}"));
        (Incarnation(n), Member { name, state: MemberState::Present(Arc::new(cut)) })
    };
    let members = (0..).zip(processes).map(member).collect();
    let deployment = DeploymentId::from_name("bench");
    let snapshot = Snapshot { deployment, epoch: Epoch(2), confirmed: Epoch::ZERO, members };
    ConsistentCut::check(snapshot).unwrap_or_else(|faults| panic!("{faults:?}"))
}
