//! Which tasks that could not be shown to proceed matter to anybody.
//!
//! An idle receiver that anyone may wake is blocked as far as is known, and nobody minds. What holds or serves
//! something matters; so does what a task that matters, or that has not been left out yet, could wait for. A
//! task and its branches are left out together or not at all.

use super::channel::ParcelKind;
use super::index::NONE;
use super::network::{Node, Source};
use super::remainder::{Purpose, Remainder};
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
    for (claim, n) in left.state.network.claims.iter().zip(0..) {
        let Source::Parcel(parcel) = claim.source else { continue };
        if let ParcelKind::Grant(_) = index.traffic.parcels[parcel as usize].kind {
            for node in left.inputs(Node::Claim(n)) {
                anchored.insert(root[left.state.network.layout.number(node) as usize] as usize);
            }
        }
    }
    anchored
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
