//! The reduction: fires nodes until nothing follows any more, and can take back what followed.

use super::index::Index;
use super::ledger::{Ledger, Slot};
use super::network::{Network, Node};
use fixedbitset::FixedBitSet;

/// The state of a reduction.
pub(super) struct Reduction<'n> {
    pub(super) network: &'n Network,
    fired: FixedBitSet,
    /// For each wait, how many targets it still needs.
    missing: Vec<i64>,
    /// The wait and the task of each target.
    wait_of: Vec<u32>,
    task_of_wait: Vec<u32>,
    ledger: Ledger,
    /// How many tasks have fired.
    freed: usize,
    /// What has fired, in order; the part from `done` on has not been followed up.
    trail: Vec<u32>,
    done: usize,
}

impl<'n> Reduction<'n> {
    /// The least fixpoint of a network's rules.
    ///
    /// # Complexity
    /// O(n + e + d log d) for n nodes, e edges and d demands and claims on a resource.
    pub(super) fn new(index: &Index<'_>, network: &'n Network) -> Self {
        let nodes = network.edges.nodes();
        let mut reduction = Reduction {
            network,
            fired: FixedBitSet::with_capacity(nodes),
            missing: index.waits.iter().map(|w| w.missing).collect(),
            wait_of: index.targets.iter().map(|t| t.wait).collect(),
            task_of_wait: index.waits.iter().map(|w| w.task).collect(),
            ledger: network.ledger(index, |_| false),
            freed: 0,
            trail: Vec::new(),
            done: 0,
        };
        for &node in &network.starts {
            reduction.fire(node);
        }
        for resource in 0..index.resources.len() as u32 {
            reduction.grant(resource);
        }
        reduction.run();
        reduction
    }

    /// The same state, in a network that is [within](Network::within) the one that it was reached in.
    ///
    /// # Complexity
    /// O(n log n) in the size of the network.
    pub(super) fn within<'m>(&self, index: &Index<'_>, network: &'m Network) -> Reduction<'m> {
        Reduction {
            network,
            fired: self.fired.clone(),
            missing: self.missing.clone(),
            wait_of: self.wait_of.clone(),
            task_of_wait: self.task_of_wait.clone(),
            ledger: network.ledger(index, |claim| self.has(Node::Claim(claim))),
            freed: 0,
            trail: Vec::new(),
            done: 0,
        }
    }

    /// Whether a node has fired.
    pub(super) fn has(&self, node: Node) -> bool {
        self.fired.contains(self.network.layout.number(node) as usize)
    }

    /// The tasks that were reduced, in order.
    pub(super) fn tasks(&self) -> impl Iterator<Item = u32> + '_ {
        self.trail.iter().copied().filter(|n| *n < self.network.layout.processes)
    }

    /// How many nodes have fired: to be given to [`Reduction::back_to`].
    pub(super) fn mark(&self) -> usize {
        self.trail.len()
    }

    /// How many tasks have fired, not counting those before [`Reduction::within`].
    pub(super) const fn freed(&self) -> usize {
        self.freed
    }

    /// Reduces `task` too, and what follows from it.
    pub(super) fn free(&mut self, task: u32) {
        self.fire(task);
        self.run();
    }

    fn fire(&mut self, node: u32) {
        if !self.fired.put(node as usize) {
            self.freed += usize::from(node < self.network.layout.processes);
            self.trail.push(node);
        }
    }

    fn run(&mut self) {
        while let Some(&node) = self.trail.get(self.done) {
            self.done += 1;
            for &next in self.network.edges.successors(node) {
                self.fire(next);
            }
            match self.network.layout.node(node) {
                Node::Task(_) | Node::Process(_) => {}
                Node::Target(target) => self.gather(target),
                Node::Claim(claim) => {
                    let (slot, units) = self.claimed(claim);
                    self.ledger.add(slot, units);
                    self.grant(slot.resource);
                }
                Node::Leg(leg) => {
                    if self.has(Node::Leg(leg ^ 1)) {
                        self.fire(self.network.layout.number(self.network.gates[leg as usize / 2]));
                    }
                }
            }
        }
    }

    fn claimed(&self, claim: u32) -> (Slot, i128) {
        let claim = &self.network.claims[claim as usize];
        (Slot { resource: claim.resource, position: claim.from }, claim.units)
    }

    fn gather(&mut self, target: u32) {
        let wait = self.wait_of[target as usize] as usize;
        self.missing[wait] -= 1;
        if self.missing[wait] <= 0 {
            self.fire(self.task_of_wait[wait]);
        }
    }

    fn grant(&mut self, resource: u32) {
        while let Some(target) = self.ledger.grant(resource) {
            let node = match self.network.gate_of(target) {
                Some(gate) => Node::Leg(2 * gate + 1),
                None => Node::Target(target),
            };
            self.fire(self.network.layout.number(node));
        }
    }

    /// Takes back everything that fired after `mark`.
    pub(super) fn back_to(&mut self, mark: usize) {
        while self.trail.len() > mark {
            let Some(node) = self.trail.pop() else { break };
            self.fired.set(node as usize, false);
            self.freed -= usize::from(node < self.network.layout.processes);
            match self.network.layout.node(node) {
                // Only the optimistic reduction takes anything back, and it has no gates.
                Node::Task(_) | Node::Process(_) | Node::Leg(_) => {}
                Node::Target(target) => {
                    self.missing[self.wait_of[target as usize] as usize] += 1;
                    if let Some(slot) = self.network.slot(target) {
                        self.ledger.revoke(slot);
                    }
                }
                Node::Claim(claim) => {
                    let (slot, units) = self.claimed(claim);
                    self.ledger.add(slot, -units);
                }
            }
        }
        self.done = mark;
    }
}
