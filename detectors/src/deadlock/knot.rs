//! A large knot by as few edges as hold it together.
//!
//! From one member there is a way to every other, and back: a tree of ways out and a tree of ways in, one edge of each
//! for every other member, are enough to see that. They are found in the remainder's graph, where a resource, a process
//! and a place stand between those who wait and those who are in the way; a way from task to task through these is one
//! edge.

use super::network::Node;
use super::remainder::{Core, Purpose, Remainder};
use crate::graph::Csr;
use std::cell::OnceCell;
use std::collections::{HashMap, VecDeque};
use stillpoint_proto::id::Text;
use stillpoint_proto::verdict::Edge;

/// The remainder's graph, there and back, made when the first large knot needs it.
#[derive(Default)]
pub(super) struct Paths(OnceCell<(Csr, Csr)>);

impl Paths {
    fn of(&self, left: &Remainder<'_, '_, '_>) -> &(Csr, Csr) {
        self.0.get_or_init(|| {
            let graph = left.graph(Purpose::Dependence);
            let reversed = graph.reversed();
            (graph, reversed)
        })
    }
}

/// Two trees of edges, ascending: at most two for each member.
///
/// # Complexity
/// O(n + e) in the core's part of the graph, and once in all of it.
pub(super) fn spanning(left: &Remainder<'_, '_, '_>, core: &Core, paths: &Paths) -> Vec<Edge> {
    let Some(&root) = core.members.first() else { return Vec::new() };
    let (graph, reversed) = paths.of(left);
    let is_task = |node: u32| matches!(left.state.network.layout.node(node), Node::Task(_));
    // Nothing leads out of a core, so all that is found is in it.
    let out = tree(graph, root, is_task, |_| true);
    let back = tree(reversed, root, is_task, |node| out.found.contains_key(&node));
    let there = out.hops.iter().map(|hop| (hop.near, hop.far, hop.first));
    let back = back.hops.iter().map(|hop| (hop.far, hop.near, hop.last));
    let mut edges: Vec<(u32, u32, u32)> = there.chain(back).collect();
    edges.sort_unstable();
    edges.dedup_by_key(|(from, to, _)| (*from, *to));
    let name = |task: u32| left.index.tasks[task as usize].id;
    let edge = |(from, to, by)| Edge { from: name(from), to: name(to), by: words(left, by) };
    edges.into_iter().map(edge).collect()
}

/// From one task to the next on the way from a root.
struct Hop {
    near: u32,
    far: u32,
    /// The node after the near end, and the node before the far end: perhaps the other end itself.
    first: u32,
    last: u32,
}

#[derive(Default)]
struct Tree {
    /// The task by which each node was found, and the node after that task.
    found: HashMap<u32, (u32, u32)>,
    hops: Vec<Hop>,
}

fn tree(graph: &Csr, root: u32, is_task: impl Fn(u32) -> bool, admit: impl Fn(u32) -> bool) -> Tree {
    let mut tree = Tree::default();
    tree.found.insert(root, (root, root));
    let mut queue = VecDeque::from([root]);
    while let Some(node) = queue.pop_front() {
        for &next in graph.successors(node) {
            if !admit(next) || tree.found.contains_key(&next) {
                continue;
            }
            let (near, first) = if is_task(node) { (node, next) } else { tree.found[&node] };
            tree.found.insert(next, (near, first));
            queue.push_back(next);
            if is_task(next) {
                tree.hops.push(Hop { near, far: next, first, last: node });
            }
        }
    }
    tree
}

/// What the way from a task leads through first.
fn words(left: &Remainder<'_, '_, '_>, node: u32) -> Text {
    match left.between(node) {
        Some(resource) => left.index.resources[resource as usize].terms.label.clone(),
        None => match left.state.network.layout.node(node) {
            Node::Process(process) => {
                Text::new(&format!("a task of process {}", left.index.processes[process as usize].id))
            }
            Node::Task(task) => left.index.tasks[task as usize].fact.label.clone(),
            Node::Target(_) | Node::Claim(_) | Node::Leg(_) => Text::default(),
        },
    }
}
