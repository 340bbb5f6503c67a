//! Which tasks that could not be shown to proceed matter to anybody.
//!
//! An idle receiver that anyone may wake is blocked as far as is known, and nobody minds. What holds or serves
//! something matters; so does what a task that matters, or that has not been left out yet, could wait for. A
//! task and its branches are left out together or not at all.

use super::index::NONE;
use super::network::{Node, Source};
use super::remainder::{Purpose, Remainder};
use super::rules;
use crate::graph::Csr;
use fixedbitset::FixedBitSet;

/// The tasks left by the pessimistic reduction that are somebody's concern, ascending.
///
/// # Complexity
/// O(n + e) in the nodes and edges of the network.
pub(super) fn concerns(left: &Remainder<'_, '_, '_>) -> Vec<u32> {
    if left.tasks.is_empty() {
        return Vec::new();
    }
    let graph = left.graph(Purpose::Concern);
    let root = families(left, graph.nodes());
    let edges: Vec<_> = (0..graph.nodes() as u32)
        .flat_map(|from| graph.successors(from).iter().map(move |to| (from, *to)))
        .map(|(from, to)| (root[from as usize], root[to as usize]))
        .collect();
    let families = Csr::new(graph.nodes(), &edges);
    let dropped = drop_unneeded(&families, anchored(left, &root));
    left.tasks.iter().copied().filter(|t| !dropped.contains(root[*t as usize] as usize)).collect()
}

/// For each node the first of its family; other nodes are their own.
fn families(left: &Remainder<'_, '_, '_>, nodes: usize) -> Vec<u32> {
    let mut root: Vec<u32> = (0..nodes as u32).collect();
    // A branch has a greater handle than its parent, so the parent's root is known.
    for &task in &left.tasks {
        let parent = left.index.tasks[task as usize].parent;
        if parent != NONE && !left.state.has(Node::Task(parent)) {
            root[task as usize] = root[parent as usize];
        }
    }
    root
}

/// Families that hold or serve something. What a process that has left held is a matter for those who want it.
fn anchored(left: &Remainder<'_, '_, '_>, root: &[u32]) -> FixedBitSet {
    let index = left.index;
    let mut anchored = FixedBitSet::with_capacity(root.len());
    for hold in index.holds.iter().filter(|h| h.task != NONE && index.lives(h.task)) {
        anchored.insert(root[hold.task as usize] as usize);
    }
    for task in index.serving.ones() {
        anchored.insert(root[task] as usize);
    }
    for target in index.traffic.all_granted() {
        anchored.insert(root[index.task_of(target) as usize] as usize);
    }
    // Whoever waits for what nobody is left to give back.
    let orphaned: Vec<bool> = (0..index.resources.len() as u32).map(|r| is_orphaned(left, r)).collect();
    for &task in &left.tasks {
        let mut resources = left.unsatisfied(task).map(|t| index.targets[t as usize].resource);
        if resources.any(|resource| resource != NONE && orphaned[resource as usize]) {
            anchored.insert(root[task as usize] as usize);
        }
    }
    anchored
}

/// Whether some of a resource is held by what has finished or is gone.
fn is_orphaned(left: &Remainder<'_, '_, '_>, resource: u32) -> bool {
    let orphaned =
        |claim: u32| matches!(left.claim(claim).source, Source::Hold(n) if rules::orphaned(left.index, n));
    left.holds(resource).iter().any(|hold| orphaned(hold.1))
        || left.index.orphans_of_the_dead(resource).next().is_some()
}

/// Drops, repeatedly, what is not anchored and has no edge from anything that is still there.
fn drop_unneeded(graph: &Csr, anchored: FixedBitSet) -> FixedBitSet {
    let mut needed = vec![0_u32; graph.nodes()];
    for node in 0..graph.nodes() as u32 {
        graph.successors(node).iter().for_each(|next| needed[*next as usize] += 1);
    }
    let mut dropped = FixedBitSet::with_capacity(graph.nodes());
    let idle = |needed: &[u32], node: u32| needed[node as usize] == 0 && !anchored.contains(node as usize);
    let mut stack: Vec<u32> = (0..graph.nodes() as u32).filter(|n| idle(&needed, *n)).collect();
    while let Some(node) = stack.pop() {
        dropped.insert(node as usize);
        for &next in graph.successors(node) {
            needed[next as usize] -= 1;
            if idle(&needed, next) {
                stack.push(next);
            }
        }
    }
    dropped
}
