//! The rules of one reduction as a network of nodes that fire at most once.
//!
//! ```text
//!   task ---> process        a task of it is reduced
//!   task ---> task           a branch and its parent
//!   task, process ---> target      any one of them satisfies it
//!   task, process ---> claim       any one of them ends it
//!   claim ~~> target         by way of the ledger, when enough units are free
//!   target ~~> task          by way of a counter, when its wait has gathered what it needs
//!   leg, leg ~~> target, claim     by way of a gate, when both have fired
//! ```
//!
//! What cannot be said by an edge is a start (fires by itself) or silence (never fires).

use super::index::{Index, NONE};
use super::ledger::{Ledger, Slot};
use super::rules;
use crate::graph::Csr;
use stillpoint_proto::mutation::{Mutation, is_on};

/// Which of the two reductions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// What is unknown helps: what is left is deadlocked.
    Optimistic,
    /// What is unknown does not help: what is reduced can proceed.
    Pessimistic,
}

/// Units that are not free.
#[derive(Clone, Copy)]
pub(super) struct Claim {
    pub(super) resource: u32,
    pub(super) units: i128,
    /// A place in a queue; none for a hold, which is ahead of everybody.
    pub(super) ticket: Option<u64>,
    /// The first demand that it is ahead of.
    pub(super) from: u32,
    pub(super) source: Source,
}

/// Where a claim comes from.
#[derive(Clone, Copy)]
pub(super) enum Source {
    /// A row of the holds.
    Hold(u32),
    /// A row of the parcels.
    Parcel(u32),
    /// A row of the places.
    Place(u32),
}

/// A demand that is decided by the ledger.
#[derive(Clone, Copy)]
pub(super) struct Demand {
    pub(super) resource: u32,
    pub(super) target: u32,
    /// What must be available: what is demanded and, for the pessimist, what somebody unseen may have.
    pub(super) units: i128,
    /// Its place in the queue, if the resource is fair and it has one.
    pub(super) ticket: Option<u64>,
    /// Its place in the order of the ledger.
    pub(super) position: u32,
}

/// A node, by kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Task(u32),
    Process(u32),
    Target(u32),
    Claim(u32),
    /// One of the two legs of a gate: 2n and 2n + 1 are those of gate n.
    Leg(u32),
}

/// Where the numbers of each kind of node begin.
#[derive(Clone, Copy, Default)]
pub(super) struct Layout {
    pub(super) processes: u32,
    pub(super) targets: u32,
    pub(super) claims: u32,
    pub(super) legs: u32,
}

impl Layout {
    pub(super) fn node(self, n: u32) -> Node {
        if n < self.processes {
            Node::Task(n)
        } else if n < self.targets {
            Node::Process(n - self.processes)
        } else if n < self.claims {
            Node::Target(n - self.targets)
        } else if n < self.legs {
            Node::Claim(n - self.claims)
        } else {
            Node::Leg(n - self.legs)
        }
    }

    pub(super) fn number(self, node: Node) -> u32 {
        match node {
            Node::Task(n) => n,
            Node::Process(n) => self.processes + n,
            Node::Target(n) => self.targets + n,
            Node::Claim(n) => self.claims + n,
            Node::Leg(n) => self.legs + n,
        }
    }
}

/// The rules of one reduction.
pub(super) struct Network {
    pub(super) layout: Layout,
    /// From each node to those that fire because of it.
    pub(super) edges: Csr,
    /// Nodes that fire by themselves.
    pub(super) starts: Vec<u32>,
    pub(super) claims: Vec<Claim>,
    /// Ascending by resource and ticket.
    pub(super) demands: Vec<Demand>,
    /// For each target its place in `demands`, or [`NONE`].
    pub(super) demand_of: Vec<u32>,
    /// What fires when both legs of a gate have fired.
    pub(super) gates: Vec<Node>,
    /// The gate of a target whose demand counts only once it has been read, ascending by target.
    pub(super) gated: Vec<(u32, u32)>,
}

/// A network under construction.
pub(super) struct Builder<'i, 'a> {
    pub(super) index: &'i Index<'a>,
    pub(super) mode: Mode,
    layout: Layout,
    edges: Vec<(u32, u32)>,
    starts: Vec<u32>,
    claims: Vec<Claim>,
    demands: Vec<Demand>,
    gates: Vec<Node>,
    gated: Vec<(u32, u32)>,
    /// From a node to a leg, which has a number only when all claims are known.
    legs: Vec<(u32, u32)>,
}

impl Network {
    /// # Complexity
    /// O(f log f) in the facts and messages of the cut.
    pub(super) fn new(index: &Index<'_>, mode: Mode) -> Self {
        let processes = index.tasks.len() as u32;
        let targets = processes + index.processes.len() as u32;
        let layout = Layout { processes, targets, claims: targets + index.targets.len() as u32, legs: 0 };
        let mut builder = Builder {
            index,
            mode,
            layout,
            edges: Vec::new(),
            starts: Vec::new(),
            claims: Vec::new(),
            demands: Vec::new(),
            gates: Vec::new(),
            gated: Vec::new(),
            legs: Vec::new(),
        };
        rules::tasks(&mut builder);
        rules::targets(&mut builder);
        rules::claims(&mut builder);
        builder.finish()
    }

    /// What of this network is left to fire when `fired` has, and is between the tasks that `member` admits: so
    /// that to reduce one of them takes no steps for those who wait for it outside.
    ///
    /// # Complexity
    /// O(n log n) in the size of the network.
    pub(super) fn within(
        &self,
        index: &Index<'_>,
        fired: impl Fn(Node) -> bool,
        member: impl Fn(u32) -> bool,
    ) -> Network {
        let layout = self.layout;
        let is_member =
            |target: u32| index.targets[target as usize].wait != NONE && member(index.task_of(target));
        let counts = |n: &u32| {
            let node = layout.node(*n);
            let within = match node {
                Node::Task(task) => member(task),
                Node::Target(target) => is_member(target),
                Node::Process(_) | Node::Claim(_) | Node::Leg(_) => true,
            };
            within && !fired(node)
        };
        let from = (0..self.edges.nodes() as u32).filter(counts);
        let edges: Vec<(u32, u32)> = from
            .flat_map(|from| {
                self.edges.successors(from).iter().filter(|n| counts(n)).map(move |to| (from, *to))
            })
            .collect();
        let mut demands = self.demands.clone();
        demands.retain(|demand| is_member(demand.target) && !fired(Node::Target(demand.target)));
        let mut claims = self.claims.clone();
        let demand_of = arrange(&mut demands, &mut claims, index.targets.len());
        Network {
            layout,
            edges: Csr::new(self.edges.nodes(), &edges),
            starts: Vec::new(),
            claims,
            demands,
            demand_of,
            gates: self.gates.clone(),
            gated: self.gated.clone(),
        }
    }

    /// The ledger before anything is reduced but the claims that have `ended`.
    pub(super) fn ledger(&self, index: &Index<'_>, ended: impl Fn(u32) -> bool) -> Ledger {
        let mut ledger = Ledger::default();
        let claims = self.claims.iter().zip(0..).filter(|(_, n)| !ended(*n)).map(|(claim, _)| claim);
        let mut ahead = Ahead::new(claims);
        let mut demands = &self.demands[..];
        for (row, resource) in index.resources.iter().zip(0..) {
            let end = demands.partition_point(|d| d.resource == resource);
            let (own, rest) = demands.split_at(end);
            demands = rest;
            let surplus = i128::from(is_on(Mutation::OneUnitTooMany));
            let capacity = row.terms.units(stillpoint_proto::fact::Grip::Exclusive) + surplus;
            let before = ahead.take(resource, own.len());
            let mut claimed = 0;
            let slacks = own.iter().zip(before).map(|(demand, units)| {
                claimed += units;
                (demand.target, capacity - demand.units - claimed)
            });
            ledger.push(slacks.collect::<Vec<_>>().into_iter());
        }
        ledger
    }

    /// The gate that a target's demand has to pass, if there is one.
    pub(super) fn gate_of(&self, target: u32) -> Option<u32> {
        let at = self.gated.binary_search_by_key(&target, |g| g.0).ok()?;
        Some(self.gated[at].1)
    }

    /// Where a demand stands in the ledger.
    pub(super) fn slot(&self, target: u32) -> Option<Slot> {
        let demand = *self.demand_of.get(target as usize)?;
        let demand = self.demands.get(demand as usize)?;
        Some(Slot { resource: demand.resource, position: demand.position })
    }
}

/// Brings demands into the order of the ledger, and says of each claim which is the first that it is ahead of; gives
/// for each target the place of its demand.
fn arrange(demands: &mut [Demand], claims: &mut [Claim], targets: usize) -> Vec<u32> {
    // Whoever has no place is behind all that have one.
    demands.sort_by_key(|d| (d.resource, d.ticket.is_none(), d.ticket));
    let mut demand_of = vec![NONE; targets];
    let (mut resource, mut position) = (NONE, 0);
    for (demand, n) in demands.iter_mut().zip(0..) {
        if demand.resource != resource {
            (resource, position) = (demand.resource, 0);
        }
        demand.position = position;
        demand_of[demand.target as usize] = n;
        position += 1;
    }
    for claim in claims {
        let first = demands.partition_point(|d| d.resource < claim.resource);
        let ahead = |d: &Demand| {
            d.resource == claim.resource && claim.ticket.is_some_and(|t| d.ticket.is_some_and(|d| d <= t))
        };
        claim.from = demands[first..].partition_point(ahead) as u32;
    }
    demand_of
}

/// The claims by resource, to be added up from the position from which each counts.
struct Ahead {
    sorted: Vec<(u32, u32, i128)>,
    next: usize,
}

impl Ahead {
    fn new<'c>(claims: impl Iterator<Item = &'c Claim>) -> Self {
        let mut sorted: Vec<_> = claims.map(|c| (c.resource, c.from, c.units)).collect();
        sorted.sort_unstable();
        Ahead { sorted, next: 0 }
    }

    /// The units that begin to count at each of the `demands` positions of `resource`, which ascend.
    fn take(&mut self, resource: u32, demands: usize) -> Vec<i128> {
        let mut units = vec![0; demands];
        while let Some(&(of, from, claimed)) = self.sorted.get(self.next)
            && of == resource
        {
            if let Some(sum) = units.get_mut(from as usize) {
                *sum += claimed;
            }
            self.next += 1;
        }
        units
    }
}

impl Builder<'_, '_> {
    pub(super) fn optimistic(&self) -> bool {
        self.mode == Mode::Optimistic
    }

    /// `node` fires by itself.
    pub(super) fn start(&mut self, node: Node) {
        self.starts.push(self.layout.number(node));
    }

    /// `to` fires when `from` does.
    pub(super) fn edge(&mut self, from: Node, to: Node) {
        self.edges.push((self.layout.number(from), self.layout.number(to)));
    }

    pub(super) fn demand(&mut self, resource: u32, target: u32, units: i128, ticket: Option<u64>) {
        self.demands.push(Demand { resource, target, units, ticket, position: 0 });
    }

    /// A demand that counts only when any of `readers` has fired as well.
    pub(super) fn demand_read_by(&mut self, target: u32, readers: &[u32]) {
        let gate = self.gate(Node::Target(target));
        self.gated.push((target, gate));
        self.leg(2 * gate, readers.iter().map(|reader| Node::Task(*reader)));
    }

    /// Claims units until any of `until` fires; for ever if that is empty.
    pub(super) fn claim(
        &mut self,
        resource: u32,
        units: i128,
        ticket: Option<u64>,
        source: Source,
        until: impl IntoIterator<Item = Node>,
    ) {
        if let Some(claim) = self.claimed(resource, units, ticket, source) {
            until.into_iter().for_each(|node| self.edge(node, claim));
        }
    }

    /// Claims units until `holder` and any of `readers` have fired.
    pub(super) fn claim_read_by(
        &mut self,
        resource: u32,
        units: i128,
        source: Source,
        holder: u32,
        readers: &[u32],
    ) {
        if let Some(claim) = self.claimed(resource, units, None, source) {
            let gate = self.gate(claim);
            self.leg(2 * gate, readers.iter().map(|reader| Node::Task(*reader)));
            self.leg(2 * gate + 1, [Node::Task(holder)]);
        }
    }

    fn claimed(&mut self, resource: u32, units: i128, ticket: Option<u64>, source: Source) -> Option<Node> {
        if units == 0 {
            return None;
        }
        self.claims.push(Claim { resource, units, ticket, from: 0, source });
        Some(Node::Claim(self.claims.len() as u32 - 1))
    }

    fn gate(&mut self, output: Node) -> u32 {
        self.gates.push(output);
        self.gates.len() as u32 - 1
    }

    fn leg(&mut self, leg: u32, from: impl IntoIterator<Item = Node>) {
        let layout = self.layout;
        self.legs.extend(from.into_iter().map(|node| (layout.number(node), leg)));
    }

    fn finish(mut self) -> Network {
        let demand_of = arrange(&mut self.demands, &mut self.claims, self.index.targets.len());
        self.layout.legs = self.layout.claims + self.claims.len() as u32;
        let legs = self.layout.legs;
        self.edges.extend(self.legs.iter().map(|(from, leg)| (*from, legs + leg)));
        let nodes = legs as usize + 2 * self.gates.len();
        self.gated.sort_unstable();
        Network {
            layout: self.layout,
            edges: Csr::new(nodes, &self.edges),
            starts: self.starts,
            claims: self.claims,
            demands: self.demands,
            demand_of,
            gates: self.gates,
            gated: self.gated,
        }
    }
}
