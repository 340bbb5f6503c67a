//! How the members of a core depend on one another, for people: a cycle or a knot.

use super::index::{Index, NONE};
use super::knot::{self, Paths};
use super::network::Node;
use super::remainder::{Core, Remainder};
use petgraph::graph::{DiGraph, EdgeReference, NodeIndex};
use petgraph::visit::EdgeRef;
use std::collections::{HashMap, VecDeque};
use stillpoint_proto::fact::{Awaited, Waker};
use stillpoint_proto::id::Text;
use stillpoint_proto::verdict::{Edge, Shape};

/// Up to so many members a core's cycle is the shortest there is. Of larger cores, which nobody reads, one is shown
/// that is found by walking on.
const READABLE: usize = 512;

/// A knot of no more edges than this, in a core of no more than [`READABLE`] members, is shown with all of them; else
/// with enough to hold it together.
const EDGES: usize = 4_096;

type Graph = DiGraph<u32, Text>;

/// The shape of a core: of a knot up to 4,096 edges or two for each member, of a cycle up to one.
///
/// # Complexity
/// O(m e) for up to 512 members with e edges, else O(m log n) and the size of what they wait for.
pub(super) fn shape(left: &Remainder<'_, '_, '_>, core: &Core, paths: &Paths) -> Shape {
    if core.abandoned {
        return Shape::Abandoned;
    }
    let readable = core.members.len() <= READABLE;
    if core.members.iter().any(|task| alternatives(left, *task)) {
        let whole = if readable { residual(left, core, usize::MAX, EDGES) } else { None };
        return Shape::Knot(match whole {
            Some(graph) => graph.edge_references().map(|e| edge(left, &graph, e)).collect(),
            None => knot::spanning(left, core, paths),
        });
    }
    let most = if readable { usize::MAX } else { 1 };
    let Some(graph) = residual(left, core, most, usize::MAX) else { return Shape::Cycle(Vec::new()) };
    let cycle = if readable { shortest_cycle(&graph) } else { any_cycle(&graph) };
    let pairs = cycle.iter().zip(cycle.iter().cycle().skip(1));
    let edges = pairs.filter_map(|(from, to)| graph.edges_connecting(*from, *to).next());
    Shape::Cycle(edges.map(|e| edge(left, &graph, e)).collect())
}

fn edge(left: &Remainder<'_, '_, '_>, graph: &Graph, of: EdgeReference<'_, Text>) -> Edge {
    let name = |node: NodeIndex| left.index.tasks[graph[node] as usize].id;
    Edge { from: name(of.source()), to: name(of.target()), by: of.weight().clone() }
}

/// The core's graph, with at most `most` edges for each target; `None` if it has more than `limit`.
fn residual(left: &Remainder<'_, '_, '_>, core: &Core, most: usize, limit: usize) -> Option<Graph> {
    let mut graph = Graph::new();
    let nodes: Vec<_> = core.members.iter().map(|task| graph.add_node(*task)).collect();
    let node_of: HashMap<u32, NodeIndex> = core.members.iter().copied().zip(nodes.iter().copied()).collect();
    let mut last = vec![NodeIndex::end(); nodes.len()];
    for (&task, &from) in core.members.iter().zip(&nodes) {
        let mut add = |to: u32, by: &dyn Fn() -> Text| {
            let Some(&to) = node_of.get(&to) else { return };
            if std::mem::replace(&mut last[to.index()], from) != from {
                graph.add_edge(from, to, by());
            }
        };
        for target in left.unsatisfied(task) {
            blockers(left, target, most)
                .into_iter()
                .for_each(|to| add(to, &|| means(left.index, target, to)));
        }
        let row = &left.index.tasks[task as usize];
        if row.parent != NONE {
            add(row.parent, &|| Text::new("branch of"));
        }
        for &branch in left.index.branches_of.successors(task).iter().take(most) {
            add(branch, &|| left.index.tasks[branch as usize].fact.label.clone());
        }
        if graph.edge_count() > limit {
            return None;
        }
    }
    Some(graph)
}

/// Up to `most` tasks that stand in the way of a target.
fn blockers(left: &Remainder<'_, '_, '_>, target: u32, most: usize) -> Vec<u32> {
    let mut found = Vec::new();
    let network = left.state.network;
    found.extend(left.inputs(Node::Target(target)).flat_map(|n| tasks(left, n, most)).take(most));
    if let Some(demand) = network.demands.get(network.demand_of[target as usize] as usize) {
        let holds = left.holds(demand.resource).iter().map(|h| h.1);
        let places = left.places_ahead(demand.resource, demand.ticket).iter().map(|p| p.2);
        let claims = holds.chain(places);
        let tasks = claims.flat_map(|c| left.inputs(Node::Claim(c))).flat_map(|n| tasks(left, n, most));
        found.extend(tasks.take(most));
    }
    found
}

/// The task, or the tasks of the process, that are left.
fn tasks(left: &Remainder<'_, '_, '_>, node: Node, most: usize) -> Vec<u32> {
    match node {
        Node::Task(task) => vec![task],
        Node::Process(process) => {
            let all = left.index.processes[process as usize].tasks.clone();
            all.filter(|t| !left.state.has(Node::Task(*t))).take(most).collect()
        }
        Node::Target(_) | Node::Claim(_) | Node::Leg(_) => Vec::new(),
    }
}

/// By what a target depends on a task.
fn means(index: &Index<'_>, target: u32, to: u32) -> Text {
    let row = &index.targets[target as usize];
    let task = &index.tasks[to as usize];
    match row.on {
        Awaited::Resource { .. } => index.resources[row.resource as usize].terms.label.clone(),
        Awaited::Call(request) => Text::new(&format!("call {request}")),
        Awaited::Task(_) => task.fact.label.clone(),
        Awaited::Receive { wakers, .. } => {
            let by_name = wakers.iter().any(|w| matches!(w, Waker::Task(id) if *id == task.id));
            let what = if by_name { "waker" } else { "a task of waker" };
            let name = if by_name { task.id.to_string() } else { task.id.process.to_string() };
            Text::new(&format!("{what} {name}"))
        }
        Awaited::External => Text::new("outside"),
    }
}

/// Whether a member waits in such a way that one of several things would do.
fn alternatives(left: &Remainder<'_, '_, '_>, task: u32) -> bool {
    let index = left.index;
    let waits = index.waits_of.successors(task);
    let choice = |wait: &u32| {
        let open = index.targets_of.successors(*wait).iter();
        let (satisfied, blocked): (Vec<u32>, Vec<u32>) =
            open.partition(|t| left.state.has(Node::Target(**t)));
        let missing = index.waits[*wait as usize].missing - satisfied.len() as i64;
        missing < blocked.len() as i64 || blocked.iter().any(|t| choices(left, *t))
    };
    waits.len() > 1 || waits.iter().any(choice)
}

/// Whether one of several tasks could satisfy a target.
fn choices(left: &Remainder<'_, '_, '_>, target: u32) -> bool {
    let network = left.state.network;
    if left.inputs(Node::Target(target)).flat_map(|n| tasks(left, n, 2)).nth(1).is_some() {
        return true;
    }
    let Some(demand) = network.demands.get(network.demand_of[target as usize] as usize) else { return false };
    let terms = &left.index.resources[demand.resource as usize].terms;
    // All of them must end, unless one may stay and there is room.
    let capacity = terms.units(stillpoint_proto::fact::Grip::Exclusive);
    let (claims, least) = left.in_the_way(demand.resource, demand.ticket);
    claims > 1 && least.is_some_and(|least| demand.units + least <= capacity)
}

/// The shortest cycle, found by going breadth first from every node.
fn shortest_cycle(graph: &Graph) -> Vec<NodeIndex> {
    let mut best: Vec<NodeIndex> = Vec::new();
    for start in graph.node_indices() {
        let most = if best.is_empty() { usize::MAX } else { best.len() - 1 };
        if most == 0 {
            break;
        }
        if let Some(cycle) = cycle_through(graph, start, most) {
            best = cycle;
        }
    }
    best
}

/// The shortest cycle through `start`, if it has at most `most` nodes.
fn cycle_through(graph: &Graph, start: NodeIndex, most: usize) -> Option<Vec<NodeIndex>> {
    let mut from: Vec<Option<(NodeIndex, usize)>> = vec![None; graph.node_count()];
    let mut queue = VecDeque::from([(start, 1)]);
    while let Some((node, length)) = queue.pop_front() {
        if length > most {
            return None;
        }
        for next in graph.neighbors(node) {
            if next == start {
                let mut cycle = vec![node];
                let mut at = node;
                while let Some((before, _)) = from[at.index()].filter(|_| at != start) {
                    cycle.push(before);
                    at = before;
                }
                cycle.reverse();
                return Some(cycle);
            }
            if from[next.index()].is_none() {
                from[next.index()] = Some((node, length));
                queue.push_back((next, length + 1));
            }
        }
    }
    None
}

/// A cycle found by walking on until a node comes again.
fn any_cycle(graph: &Graph) -> Vec<NodeIndex> {
    let mut seen = vec![usize::MAX; graph.node_count()];
    let mut path = Vec::new();
    let mut at = graph.node_indices().next();
    while let Some(node) = at {
        if seen[node.index()] != usize::MAX {
            return path.split_off(seen[node.index()]);
        }
        seen[node.index()] = path.len();
        path.push(node);
        at = graph.neighbors(node).next();
    }
    Vec::new()
}
