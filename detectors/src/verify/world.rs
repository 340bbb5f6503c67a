//! What a wait can gather when some tasks are blocked and everybody else proceeds.
//!
//! This is the table of ARCHITECTURE.md ("Semantics of deadlock, as implemented"), row by row, in its two
//! columns. A [`World`] is given the tasks that are blocked; it does not look for more that can proceed.

use super::view::{Holder, Open, Share, Supply, View, Waiting, units};
use std::collections::{BTreeMap, BTreeSet};
use stillpoint_proto::cut::LaneEnd;
use stillpoint_proto::fact::{Awaited, Grip, ResourceName, Waker};
use stillpoint_proto::id::{Incarnation, LaneRef, MessageId, TaskRef};
use stillpoint_proto::snapshot::{Fate, InTransit, MemberState};

/// Which column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// What is unknown helps.
    Optimistic,
    /// What is unknown does not.
    Pessimistic,
}

/// What the blocked tasks have of one resource, and their places in its queue.
#[derive(Clone, Debug, Default)]
struct Ledger {
    units: u128,
    exclusive: usize,
    /// Shares whose holder is not one task.
    others: Vec<Share>,
    queue: BTreeMap<u64, Vec<(TaskRef, Grip)>>,
}

/// Some tasks are blocked, all others proceed.
#[derive(Debug)]
pub(super) struct World<'v, 'a> {
    view: &'v View<'a>,
    column: Column,
    blocked: BTreeSet<TaskRef>,
    /// How many tasks of a process exist, and how many of them are blocked.
    tasks: BTreeMap<Incarnation, (usize, usize)>,
    ledgers: BTreeMap<&'v ResourceName, Ledger>,
    /// Where a blocked task stands: the resources of which it has something or waits for something.
    stands: BTreeMap<TaskRef, Vec<(&'v ResourceName, Stand)>>,
    /// Processes that messages of unknown content may reach; `None` for all.
    unknown: Option<BTreeSet<Incarnation>>,
    /// Lanes with something in transit.
    lanes: BTreeMap<LaneRef, Vec<&'a InTransit>>,
    /// Who has something in transit to whom; `None` for whoever.
    pairs: BTreeSet<(Incarnation, Option<Incarnation>)>,
}

#[derive(Clone, Copy, Debug)]
enum Stand {
    Holds(Grip),
    Queues(u64),
}

impl<'v, 'a> World<'v, 'a> {
    /// The world in which exactly `blocked` are blocked.
    ///
    /// # Complexity
    /// O(n log n) in the size of the view.
    pub(super) fn new(view: &'v View<'a>, column: Column, blocked: BTreeSet<TaskRef>) -> Self {
        let mut world = World {
            view,
            column,
            blocked,
            tasks: BTreeMap::new(),
            ledgers: BTreeMap::new(),
            stands: BTreeMap::new(),
            unknown: Some(BTreeSet::new()),
            lanes: BTreeMap::new(),
            pairs: BTreeSet::new(),
        };
        for task in view.tasks.keys() {
            let count = world.tasks.entry(task.process).or_default();
            count.0 += 1;
            count.1 += usize::from(world.blocked.contains(task));
        }
        for content in &view.cut.channels().unknown {
            match (&mut world.unknown, content.to) {
                (Some(some), Some(to)) => drop(some.insert(to)),
                (all, None) => *all = None,
                (None, Some(_)) => {}
            }
        }
        for message in &view.cut.channels().in_transit {
            world.lanes.entry(message.id.lane).or_default().push(message);
            let to = match message.to {
                LaneEnd::Peer(peer) => Some(peer),
                LaneEnd::Sole | LaneEnd::Group => None,
            };
            world.pairs.insert((message.id.sender(), to));
        }
        world.fill_ledgers();
        world
    }

    /// The blocked tasks.
    pub(super) const fn blocked(&self) -> &BTreeSet<TaskRef> {
        &self.blocked
    }

    /// Whether a task exists and is not blocked.
    pub(super) fn is_reduced(&self, task: TaskRef) -> bool {
        self.view.tasks.contains_key(&task) && !self.blocked.contains(&task)
    }

    /// Lets a task proceed; `false` if it was not blocked.
    pub(super) fn reduce(&mut self, task: TaskRef) -> bool {
        if !self.blocked.remove(&task) {
            return false;
        }
        if let Some(count) = self.tasks.get_mut(&task.process) {
            count.1 -= 1;
        }
        for (name, stand) in self.stands.remove(&task).unwrap_or_default() {
            let Some(ledger) = self.ledgers.get_mut(name) else { continue };
            match stand {
                Stand::Holds(Grip::Shared(units)) => ledger.units -= u128::from(units),
                Stand::Holds(Grip::Exclusive) => ledger.exclusive -= 1,
                Stand::Queues(ticket) => {
                    if let Some(places) = ledger.queue.get_mut(&ticket) {
                        places.retain(|(waiter, _)| *waiter != task);
                    }
                }
            }
        }
        true
    }

    /// Whether the task can proceed: by a wait of its own, or, for the optimist, by a branch or its parent.
    pub(super) fn can_proceed(&self, task: TaskRef) -> bool {
        let by_wait = self.view.waits_of(task).iter().any(|waiting| self.gathers(waiting));
        by_wait || self.column == Column::Optimistic && self.free_relative(task).is_some()
    }

    /// A branch of the task, or its parent, that is not blocked.
    pub(super) fn free_relative(&self, task: TaskRef) -> Option<TaskRef> {
        let branches = self.view.branches_of(task).iter().copied();
        branches.chain(self.view.parent_of(task)).find(|t| self.is_reduced(*t))
    }

    /// Whether a wait can gather what it needs.
    pub(super) fn gathers(&self, waiting: &Waiting<'_>) -> bool {
        let open = self.view.open_of(waiting.wait);
        let missing = u64::from(self.view.missing(waiting));
        let satisfiable = open.iter().filter(|target| self.satisfiable(target)).count() as u64;
        satisfiable >= missing
    }

    /// Whether a target can be satisfied.
    pub(super) fn satisfiable(&self, open: &Open<'a>) -> bool {
        if self.view.resolvers(open).any(|message| self.arrives(message)) {
            return true;
        }
        let unknown = self.unknown_reaches(open.target.process);
        match open.on {
            Awaited::External => true,
            Awaited::Task(task) if self.view.has_cut(task.process) => !self.blocked.contains(task),
            Awaited::Task(_) => self.hopeful(),
            Awaited::Call(request) => unknown || self.answered(*request),
            Awaited::Receive { wakers, closed } => {
                unknown
                    || !closed && self.hopeful()
                    || wakers.iter().any(|waker| self.wakes(*waker, open.target.process))
            }
            Awaited::Resource { resource, grip, request } => {
                request.is_some() && unknown || self.grantable(open, resource, *grip)
            }
        }
    }

    fn hopeful(&self) -> bool {
        self.column == Column::Optimistic
    }

    fn unknown_reaches(&self, process: Incarnation) -> bool {
        self.hopeful() && self.unknown.as_ref().is_none_or(|some| some.contains(&process))
    }

    /// Whether a message in transit will be read.
    fn arrives(&self, message: &InTransit) -> bool {
        self.hopeful() || message.fate == Fate::Transit && self.is_read(message.id.lane, message.to)
    }

    /// Whether whoever reads the lane can proceed. A reader that has finished reads nothing, as far as anybody
    /// knows.
    fn is_read(&self, lane: LaneRef, to: LaneEnd) -> bool {
        let mut readers = self.view.readers_of(lane, to).peekable();
        readers.peek().is_none() || readers.any(|reader| self.is_able(reader))
    }

    fn is_able(&self, reader: TaskRef) -> bool {
        if self.view.tasks.contains_key(&reader) { !self.blocked.contains(&reader) } else { self.hopeful() }
    }

    /// Whether somebody can answer a request.
    fn answered(&self, request: MessageId) -> bool {
        if self.is_served(request) {
            return true;
        }
        if let Some(message) = self.view.transit.get(&request) {
            return match message.to {
                LaneEnd::Peer(peer)
                    if message.fate == Fate::Transit
                        && self.view.is_present(peer)
                        && self.view.readers_of(request.lane, message.to).next().is_some() =>
                {
                    self.is_read(request.lane, message.to)
                }
                _ => self.hopeful(),
            };
        }
        if self.view.servers.get(&request).is_none_or(Vec::is_empty) {
            return self.hopeful();
        }
        let somebody_else = match self.view.lane_end(request.lane) {
            Some(LaneEnd::Sole) => false,
            Some(LaneEnd::Peer(peer)) => !self.view.has_cut(peer),
            Some(LaneEnd::Group) | None => self.somebody_missing(),
        };
        self.hopeful() && somebody_else
    }

    fn is_served(&self, request: MessageId) -> bool {
        let servers = self.view.servers.get(&request);
        servers.is_some_and(|servers| servers.iter().any(|server| self.is_reduced(*server)))
    }

    fn somebody_missing(&self) -> bool {
        let missing = |s: &MemberState| matches!(s, MemberState::Absent(_) | MemberState::Lost { .. });
        self.view.cut.snapshot().members.values().any(|m| missing(&m.state))
    }

    /// Whether a waker of a task of `process` can come.
    fn wakes(&self, waker: Waker, process: Incarnation) -> bool {
        match waker {
            Waker::Task(task) if self.view.has_cut(task.process) => self.is_reduced(task),
            Waker::Task(_) => self.hopeful(),
            Waker::Process(from) => {
                let (tasks, blocked) = self.tasks.get(&from).copied().unwrap_or_default();
                let present = self.view.is_present(from);
                let sent = || [Some(process), None].iter().any(|to| self.pairs.contains(&(from, *to)));
                present && blocked < tasks || self.hopeful() && (!present || tasks == 0 || sent())
            }
            Waker::Lane(lane) => {
                self.lanes.get(&lane).is_some_and(|sent| sent.iter().any(|message| self.arrives(message)))
            }
        }
    }

    fn grantable(&self, open: &Open<'a>, name: &'a ResourceName, grip: Grip) -> bool {
        if grip == Grip::Shared(0) {
            return true;
        }
        let (capacity, closed, fair, local) = match self.view.supply(name) {
            Supply::Gone => return true,
            Supply::Unknown => return self.hopeful(),
            Supply::Known { capacity, closed, fair, local } => (capacity, closed, fair, local),
        };
        if self.hopeful() && !closed {
            return true;
        }
        if !self.hopeful() && !local && self.view.gaps {
            return false; // Somebody whom nobody knows may hold it all.
        }
        let mut taken = self.held(name, capacity).saturating_add(units(grip, capacity));
        if fair && taken <= capacity {
            for (_, other) in self.ahead(open, name) {
                taken = taken.saturating_add(units(other, capacity));
                if taken > capacity {
                    break;
                }
            }
        }
        taken <= capacity
    }

    /// What is not available.
    fn held(&self, name: &ResourceName, capacity: u128) -> u128 {
        let Some(ledger) = self.ledgers.get(name) else { return 0 };
        let whole = capacity.saturating_mul(ledger.exclusive as u128);
        let others = ledger.others.iter().filter(|share| self.is_held(share));
        others.fold(ledger.units.saturating_add(whole), |sum, s| sum.saturating_add(units(s.grip, capacity)))
    }

    /// Whether a share that is not with one task counts as held.
    fn is_held(&self, share: &Share) -> bool {
        match share.by {
            Holder::Task { .. } => false, // In the ledger's sum.
            Holder::Nobody => !self.hopeful(),
            Holder::Unbound { process, sure } => {
                let (tasks, blocked) = self.tasks.get(&process).copied().unwrap_or_default();
                !self.hopeful() || sure && tasks > 0 && blocked == tasks
            }
            Holder::Released { lane, to, fate } => {
                !self.hopeful() && (fate != Fate::Transit || !self.is_read(lane, to))
            }
        }
    }

    /// The blocked waiters that are served before this demand. One without a place is behind all that have one.
    fn ahead(&self, open: &Open<'a>, name: &ResourceName) -> impl Iterator<Item = (TaskRef, Grip)> + '_ {
        let own = self.ticket(open, name);
        let queue = self.ledgers.get(name).map(|ledger| &ledger.queue);
        let all = queue.into_iter().flat_map(BTreeMap::iter);
        all.take_while(move |(ticket, _)| own.is_none_or(|own| **ticket < own)).flat_map(|(_, p)| p.clone())
    }

    /// The place of a demand.
    fn ticket(&self, open: &Open<'a>, name: &ResourceName) -> Option<u64> {
        self.view.tickets.get(&(name.clone(), open.target)).copied()
    }

    fn fill_ledgers(&mut self) {
        let optimist = self.column == Column::Optimistic;
        for (name, shares) in &self.view.shares {
            let ledger = self.ledgers.entry(name).or_default();
            for share in shares {
                match share.by {
                    Holder::Task { task, sure } => {
                        if self.blocked.contains(&task) && (sure || !optimist) {
                            match share.grip {
                                Grip::Shared(units) => ledger.units += u128::from(units),
                                Grip::Exclusive => ledger.exclusive += 1,
                            }
                            self.stands.entry(task).or_default().push((name, Stand::Holds(share.grip)));
                        }
                    }
                    _ => ledger.others.push(*share),
                }
            }
        }
        for (name, places) in &self.view.places {
            let ledger = self.ledgers.entry(name).or_default();
            for place in places.iter().filter(|place| self.blocked.contains(&place.task)) {
                ledger.queue.entry(place.ticket).or_default().push((place.task, place.grip));
                self.stands.entry(place.task).or_default().push((name, Stand::Queues(place.ticket)));
            }
        }
    }
}
