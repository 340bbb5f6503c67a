//! What the optimistic reduction leaves: who depends on whom, and the cores that nothing leads out of.
//!
//! Resources, processes and places in queues are nodes of their own between the tasks, so that n waiters and n
//! holders of one resource are 2n edges:
//!
//! ```text
//!   waiter -> resource -> holders        waiter -> process -> its tasks
//!   waiter -> place before it -> whoever stands there, and the place before that
//! ```
//!
//! Such a node has an edge only if it leads to a task that is left, so tasks are connected as if by direct
//! edges, and every component without a way out has a task.

use super::channel::ParcelKind;
use super::index::{Index, NONE};
use super::network::{Claim, Layout, Node, Source};
use super::reduce::Reduction;
use super::rules::{self, Asked};
use crate::graph::{Components, Csr};
use fixedbitset::FixedBitSet;
use std::ops::Range;
use stillpoint_proto::fact::Awaited;

/// The tasks left, and their graph.
pub(super) struct Remainder<'r, 'i, 'a> {
    pub(super) index: &'i Index<'a>,
    pub(super) state: &'r Reduction<'r>,
    /// Which tasks, ascending.
    pub(super) tasks: Vec<u32>,
    /// What each node of the network can be fired by.
    inputs: Csr,
    /// Holds that have not ended, by resource.
    holds: Vec<(u32, u32)>,
    /// Places that are still taken, by resource and ticket.
    places: Vec<(u32, u64, u32)>,
    /// For each hold, and for each place, the least units of those of its resource up to it.
    least_held: Vec<i128>,
    least_kept: Vec<i128>,
}

/// Which dependences count.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// All of them.
    Dependence,
    /// Those that make a task matter to others, whatever it holds and however it is related: it is waited for,
    /// reads what they need, or is ahead of them.
    Concern,
}

/// A deadlock core, by task number.
pub(super) struct Core {
    /// Ascending.
    pub(super) members: Vec<u32>,
    /// One task without an edge to itself.
    pub(super) abandoned: bool,
    /// Tasks outside that lead to it, and to no core before it; ascending.
    pub(super) behind: Vec<u32>,
}

/// The remainder's graph. Its nodes are the tasks and processes under their numbers in the network, then the
/// resources, then the claims.
struct Graph {
    layout: Layout,
    resources: u32,
    claims: u32,
    edges: Vec<(u32, u32)>,
}

impl<'r, 'i, 'a> Remainder<'r, 'i, 'a> {
    /// # Complexity
    /// O(n + e) in the nodes and edges of the network.
    pub(super) fn new(index: &'i Index<'a>, state: &'r Reduction<'r>) -> Self {
        // What has left is nobody's concern any more, whatever it was about to do.
        let all = 0..index.tasks.len() as u32;
        let tasks: Vec<_> = all.filter(|t| !state.has(Node::Task(*t)) && index.lives(*t)).collect();
        let mut left = Remainder {
            index,
            state,
            tasks,
            inputs: Csr::default(),
            holds: Vec::new(),
            places: Vec::new(),
            least_held: Vec::new(),
            least_kept: Vec::new(),
        };
        if left.tasks.is_empty() {
            return left;
        }
        left.inputs = state.network.edges.reversed();
        for (claim, n) in state.network.claims.iter().zip(0..) {
            if state.has(Node::Claim(n)) {
                continue;
            }
            match claim.ticket {
                None => left.holds.push((claim.resource, n)),
                Some(ticket) => left.places.push((claim.resource, ticket, n)),
            }
        }
        left.holds.sort_unstable();
        left.places.sort_unstable();
        left.least_held = left.least(left.holds.iter().copied());
        left.least_kept = left.least(left.places.iter().map(|place| (place.0, place.2)));
        left
    }

    fn least(&self, claims: impl Iterator<Item = (u32, u32)>) -> Vec<i128> {
        let (mut of, mut least) = (NONE, i128::MAX);
        let running = claims.map(|(resource, claim)| {
            let units = self.claim(claim).units;
            least = if resource == of { units.min(least) } else { units };
            of = resource;
            least
        });
        running.collect()
    }

    /// The nodes by which a node could be fired.
    pub(super) fn inputs(&self, node: Node) -> impl Iterator<Item = Node> + '_ {
        let layout = self.state.network.layout;
        self.inputs.successors(layout.number(node)).iter().map(move |n| layout.node(*n))
    }

    /// The open targets of a task's waits that are not satisfied.
    pub(super) fn unsatisfied(&self, task: u32) -> impl Iterator<Item = u32> + '_ {
        let waits = self.index.waits_of.successors(task).iter();
        let targets = waits.flat_map(|w| self.index.targets_of.successors(*w).iter().copied());
        targets.filter(|t| !self.state.has(Node::Target(*t)))
    }

    /// The holds of a resource that are in the way.
    pub(super) fn holds(&self, resource: u32) -> &[(u32, u32)] {
        &self.holds[self.range_of_holds(resource)]
    }

    /// The places ahead of a ticket, or all.
    pub(super) fn places_ahead(&self, resource: u32, ticket: Option<u64>) -> &[(u32, u64, u32)] {
        &self.places[self.range_of_places(resource, ticket)]
    }

    /// How many holds and places ahead are in the way, and the least units of one.
    ///
    /// # Complexity
    /// O(log n).
    pub(super) fn in_the_way(&self, resource: u32, ticket: Option<u64>) -> (usize, Option<i128>) {
        let (holds, places) = (self.range_of_holds(resource), self.range_of_places(resource, ticket));
        let least = |range: &Range<usize>, least: &[i128]| range.clone().next_back().map(|last| least[last]);
        let both = [least(&holds, &self.least_held), least(&places, &self.least_kept)];
        (holds.len() + places.len(), both.into_iter().flatten().min())
    }

    fn range_of_holds(&self, resource: u32) -> Range<usize> {
        let from = self.holds.partition_point(|h| h.0 < resource);
        from..from + self.holds[from..].partition_point(|h| h.0 == resource)
    }

    fn range_of_places(&self, resource: u32, ticket: Option<u64>) -> Range<usize> {
        let from = self.places.partition_point(|p| p.0 < resource);
        let ahead = |p: &(u32, u64, u32)| p.0 == resource && ticket.is_none_or(|t| p.1 < t);
        from..from + self.places[from..].partition_point(ahead)
    }

    pub(super) fn claim(&self, claim: u32) -> &Claim {
        &self.state.network.claims[claim as usize]
    }

    /// The cores, in the order of their first members.
    ///
    /// A task behind several is listed with the first of them: a thousand that wait for a pool whose hundred
    /// connections have leaked are behind each of a hundred cores.
    ///
    /// # Complexity
    /// O(n + e).
    pub(super) fn cores(&self) -> Vec<Core> {
        if self.tasks.is_empty() {
            return Vec::new();
        }
        let graph = self.graph(Purpose::Dependence);
        let components = graph.components();
        let mut found = self.sinks(&graph, &components);
        let reversed = graph.reversed();
        let mut seen = FixedBitSet::with_capacity(graph.nodes());
        for core in &mut found {
            core.behind = self.behind(&reversed, &core.members, &mut seen);
        }
        found
    }

    /// The graph of what the tasks left depend on.
    pub(super) fn graph(&self, purpose: Purpose) -> Csr {
        let network = self.state.network;
        let resources = network.layout.targets;
        let claims = resources + self.index.resources.len() as u32;
        let mut graph = Graph { layout: network.layout, resources, claims, edges: Vec::new() };
        let mut stirred = vec![false; self.index.processes.len()];
        for &task in &self.tasks {
            if purpose == Purpose::Dependence {
                self.family(task, &mut graph);
            }
            for target in self.unsatisfied(task) {
                let asked = network.gate_of(target).map(|gate| Node::Leg(2 * gate));
                let asked = asked.into_iter().flat_map(|leg| self.inputs(leg));
                for node in self.inputs(Node::Target(target)).chain(asked) {
                    if purpose == Purpose::Dependence || !self.is_branch(node, task) {
                        graph.add(task, node, &mut stirred);
                    }
                }
                if purpose == Purpose::Concern || network.slot(target).is_some() {
                    self.demand(task, target, &mut graph);
                }
                if purpose == Purpose::Concern {
                    self.hopes(task, target, &mut graph);
                }
            }
        }
        for &(resource, claim) in &self.holds {
            if purpose == Purpose::Concern && !self.is_release(claim) {
                // Any task of the process may have the guard.
                if let Some(process) = self.unbound(claim) {
                    graph.add(resources + resource, Node::Process(process), &mut stirred);
                }
                continue;
            }
            for node in self.inputs(Node::Claim(claim)) {
                graph.add(resources + resource, node, &mut stirred);
            }
        }
        for (n, &(resource, _, claim)) in self.places.iter().enumerate() {
            for node in self.inputs(Node::Claim(claim)) {
                graph.add(claims + claim, node, &mut stirred);
            }
            if let Some(before) = n.checked_sub(1).map(|n| self.places[n])
                && before.0 == resource
            {
                graph.edges.push((claims + claim, claims + before.2));
            }
        }
        for &task in &self.tasks {
            let process = self.index.tasks[task as usize].process;
            if stirred[process as usize] {
                graph.edges.push((graph.layout.processes + process, task));
            }
        }
        Csr::new(claims as usize + network.claims.len(), &graph.edges)
    }

    /// The resource that a node of the graph stands for, or in whose queue it is a place.
    pub(super) fn between(&self, node: u32) -> Option<u32> {
        let resource = node.checked_sub(self.state.network.layout.targets)?;
        match resource.checked_sub(self.index.resources.len() as u32) {
            None => Some(resource),
            Some(claim) => Some(self.claim(claim).resource),
        }
    }

    /// Whoever might read a request, if it comes to him: of a call wherever he is, of a demand at the owner, of whose
    /// capacity nothing need be known.
    fn hopes(&self, task: u32, target: u32, graph: &mut Graph) {
        let readers = match self.index.targets[target as usize].on {
            Awaited::Call(request) if self.index.cut.channels().message(*request).is_some() => {
                self.index.all_readers(request.lane).filter(|reader| *reader != NONE).collect()
            }
            Awaited::Resource { request: Some(request), .. } => {
                match rules::asked(self.index, target, *request) {
                    Asked::When(readers) => readers,
                    Asked::Yes | Asked::No => return,
                }
            }
            _ => return,
        };
        let readers = readers.into_iter().filter(|reader| !self.is_branch(Node::Task(*reader), task));
        graph.edges.extend(readers.map(|reader| (task, reader)));
    }

    fn is_branch(&self, node: Node, parent: u32) -> bool {
        matches!(node, Node::Task(task) if self.index.tasks[task as usize].parent == parent)
    }

    fn is_release(&self, claim: u32) -> bool {
        let parcels = &self.index.traffic.parcels;
        matches!(self.claim(claim).source, Source::Parcel(n)
            if matches!(parcels[n as usize].kind, ParcelKind::Release))
    }

    /// The process in which a claim is an unbound guard.
    fn unbound(&self, claim: u32) -> Option<u32> {
        let Source::Hold(hold) = self.claim(claim).source else { return None };
        let row = &self.index.holds[hold as usize];
        (row.fact.task.is_none() && !rules::orphaned(self.index, hold)).then_some(row.process)
    }

    /// A branch and its parent need one another.
    fn family(&self, task: u32, graph: &mut Graph) {
        let parent = self.index.tasks[task as usize].parent;
        if parent != NONE {
            graph.edges.push((task, parent));
            graph.edges.push((parent, task));
        }
    }

    fn demand(&self, task: u32, target: u32, graph: &mut Graph) {
        let resource = self.index.targets[target as usize].resource;
        if resource == NONE {
            return;
        }
        if !self.holds(resource).is_empty() {
            graph.edges.push((task, graph.resources + resource));
        }
        if let Some(place) = self.places_ahead(resource, self.index.ticket(target)).last() {
            graph.edges.push((task, graph.claims + place.2));
        }
    }

    fn sinks(&self, graph: &Csr, components: &Components) -> Vec<Core> {
        let count = components.count();
        let (mut size, mut exit, mut looped) = (vec![0_u32; count], vec![false; count], vec![false; count]);
        for node in 0..graph.nodes() as u32 {
            let own = components.of(node);
            size[own as usize] += 1;
            for &next in graph.successors(node) {
                exit[own as usize] |= components.of(next) != own;
                looped[own as usize] |= next == node;
            }
        }
        let mut cores: Vec<Core> = Vec::new();
        let mut core_of = vec![NONE; count];
        for &task in &self.tasks {
            let component = components.of(task) as usize;
            if exit[component] {
                continue;
            }
            if core_of[component] == NONE {
                core_of[component] = cores.len() as u32;
                let abandoned = size[component] == 1 && !looped[component];
                cores.push(Core { members: Vec::new(), abandoned, behind: Vec::new() });
            }
            cores[core_of[component] as usize].members.push(task);
        }
        cores
    }

    /// The tasks outside a core that lead to it and were not seen before. No core leads to another.
    fn behind(&self, reversed: &Csr, members: &[u32], seen: &mut FixedBitSet) -> Vec<u32> {
        let mut stack = members.to_vec();
        stack.iter().for_each(|task| seen.insert(*task as usize));
        let mut behind = Vec::new();
        while let Some(node) = stack.pop() {
            for &next in reversed.successors(node) {
                if !seen.put(next as usize) {
                    stack.push(next);
                    if next < self.state.network.layout.processes {
                        behind.push(next);
                    }
                }
            }
        }
        behind.sort_unstable();
        behind
    }
}

impl Graph {
    fn add(&mut self, from: u32, to: Node, stirred: &mut [bool]) {
        if let Node::Process(process) = to {
            stirred[process as usize] = true;
        }
        self.edges.push((from, self.layout.number(to)));
    }
}
