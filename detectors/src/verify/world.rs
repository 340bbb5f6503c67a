//! What a wait can gather when some tasks are blocked and everybody else proceeds.
//!
//! This is the table of ARCHITECTURE.md ("Semantics of deadlock, as implemented"), row by row, in its two
//! columns. A [`World`] is given the tasks that are blocked; it does not look for more that can proceed.

use super::ledger::{Ledger, Queue};
use super::stands::Stand;
use super::view::{Addressee, Holder, Open, Parcel, Place, Share, Supply, View, Waiting, units};
use std::cell::Cell;
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

/// Some tasks are blocked, all others proceed. Tasks of a process that has left do whatever the column says.
#[derive(Clone, Debug)]
pub(super) struct World<'v, 'a> {
    view: &'v View<'a>,
    column: Column,
    blocked: BTreeSet<TaskRef>,
    /// How many tasks of a process are blocked.
    blocked_in: BTreeMap<Incarnation, usize>,
    ledgers: BTreeMap<&'v ResourceName, Ledger<'v>>,
    /// Targets and relatives looked at since this was last asked for.
    steps: Cell<usize>,
}

impl<'v, 'a> World<'v, 'a> {
    /// The world in which exactly `blocked` are blocked, but for what has left.
    ///
    /// # Complexity
    /// O(n log n): for the optimist in what the blocked tasks have and their places, for the pessimist in the size
    /// of the view.
    pub(super) fn new(view: &'v View<'a>, column: Column, mut blocked: BTreeSet<TaskRef>) -> Self {
        let has_left = |task: &TaskRef| !view.is_present(task.process);
        match column {
            // What it did last nobody knows; it does nothing any more.
            Column::Optimistic => blocked.retain(|task| !has_left(task)),
            Column::Pessimistic => blocked.extend(view.tasks.keys().copied().filter(has_left)),
        }
        let mut blocked_in: BTreeMap<Incarnation, usize> = BTreeMap::new();
        blocked.iter().for_each(|task| *blocked_in.entry(task.process).or_default() += 1);
        let (ledgers, steps) = (BTreeMap::new(), Cell::new(0));
        let mut world = World { view, column, blocked, blocked_in, ledgers, steps };
        match column {
            Column::Optimistic => world.take_what_they_have(),
            Column::Pessimistic => world.take_all(),
        }
        world
    }

    /// What the world is made of.
    pub(super) const fn view(&self) -> &'v View<'a> {
        self.view
    }

    /// The blocked tasks.
    pub(super) const fn blocked(&self) -> &BTreeSet<TaskRef> {
        &self.blocked
    }

    /// Whether a task exists and is not blocked.
    pub(super) fn is_reduced(&self, task: TaskRef) -> bool {
        self.view.tasks.contains_key(&task) && !self.blocked.contains(&task)
    }

    /// How much there is of it: what a copy of it costs.
    pub(super) fn size(&self) -> usize {
        let size = |ledger: &Ledger<'_>| 1 + ledger.parcels.len() + ledger.queue.len();
        self.blocked.len() + self.ledgers.values().map(size).sum::<usize>()
    }

    /// How many targets and relatives were looked at since this was last asked for.
    pub(super) fn steps(&self) -> usize {
        self.steps.take()
    }

    fn step(&self, count: usize) {
        self.steps.set(self.steps.get().saturating_add(count));
    }

    /// Whether all tasks of a process are blocked, and there are any.
    pub(super) fn is_blocked(&self, process: Incarnation) -> bool {
        self.blocked_in.get(&process).is_some_and(|n| *n > 0 && self.view.population.get(&process) == Some(n))
    }

    /// Lets a task proceed; `false` if it was not blocked.
    pub(super) fn reduce(&mut self, task: TaskRef) -> bool {
        let guarded = self.hopeful() && self.is_blocked(task.process);
        if !self.blocked.remove(&task) {
            return false;
        }
        if let Some(count) = self.blocked_in.get_mut(&task.process) {
            *count -= 1;
        }
        if guarded {
            for (name, grip) in self.view.stands.unbound(task.process) {
                self.ledgers.entry(name).or_default().give_back(*grip);
            }
        }
        let hopeful = self.hopeful();
        for (name, stand) in self.view.stands.of_task(task) {
            let Some(ledger) = self.ledgers.get_mut(name) else { continue };
            match *stand {
                Stand::Holds { grip, sure } if sure || !hopeful => ledger.give_back(grip),
                // Of several waiters in one place the first that proceeds ends it, or none that is known to.
                Stand::Place(n) if hopeful || self.view.places[name][n].tasks.len() == 1 => {
                    ledger.queue.leave(n);
                }
                Stand::Holds { .. } | Stand::Place(_) | Stand::Granted(_) => {}
            }
        }
        true
    }

    /// Whether the task can proceed: by a wait of its own, or, for the optimist, by a branch or its parent.
    pub(super) fn can_proceed(&self, task: TaskRef) -> bool {
        if !self.view.is_present(task.process) {
            return self.hopeful();
        }
        let by_wait = self.view.waits_of(task).iter().any(|waiting| self.gathers(waiting));
        by_wait || self.hopeful() && self.free_relative(task).is_some()
    }

    /// A branch of the task, or its parent, that is not blocked.
    pub(super) fn free_relative(&self, task: TaskRef) -> Option<TaskRef> {
        let branches = self.view.branches_of(task).iter().copied();
        self.step(1 + branches.len());
        branches.chain(self.view.parent_of(task)).find(|t| self.is_reduced(*t))
    }

    /// Whether a wait can gather what it needs.
    pub(super) fn gathers(&self, waiting: &Waiting<'_>) -> bool {
        let open = self.view.open_of(waiting.wait);
        let missing = u64::from(self.view.needs(waiting));
        let satisfiable = open.iter().filter(|target| self.satisfiable(target)).count() as u64;
        satisfiable >= missing
    }

    /// Whether a target can be satisfied.
    pub(super) fn satisfiable(&self, open: &Open<'a>) -> bool {
        self.step(1);
        if self.view.resolvers(open).any(|message| self.arrives(&message, open)) {
            return true;
        }
        match open.on {
            Awaited::External => true,
            Awaited::Task(task) if self.view.has_cut(task.process) => !self.blocked.contains(task),
            Awaited::Task(_) => self.hopeful(),
            Awaited::Call(request) => self.answered(open, *request),
            Awaited::Receive { wakers, closed } => {
                !closed && self.hopeful() || wakers.iter().any(|waker| self.wakes(*waker, open))
            }
            Awaited::Resource { resource, grip, request } => self.grantable(open, resource, *grip, *request),
        }
    }

    fn hopeful(&self) -> bool {
        self.column == Column::Optimistic
    }

    fn any_reduced(&self, tasks: &[TaskRef]) -> bool {
        tasks.iter().any(|task| self.is_reduced(*task))
    }

    /// Whether a message in transit will be read where a target waits.
    fn arrives(&self, message: &InTransit<'_>, open: &Open<'a>) -> bool {
        if self.hopeful() {
            let at = self.view.sole_receiver(message);
            let readers = at.and_then(|at| self.view.readers_at(message.id.lane, Some(at)));
            let attends = |reader: &TaskRef| self.view.attending.contains(&(message.id.lane, *reader));
            return readers
                .filter(|all| !all.is_empty())
                .is_none_or(|all| all.iter().any(attends) || self.any_reduced(&all));
        }
        comes_to(message.to, message.fate, open.target.process)
            && self.is_read_for(open.task, message.id.lane, open.target.process)
    }

    /// Whether what is on a lane to `at` is certainly read, if `waiter` waits for it.
    fn is_read_for(&self, waiter: TaskRef, lane: LaneRef, at: Incarnation) -> bool {
        self.view.readers_at(lane, Some(at)).is_none_or(|all| all.contains(&waiter) || self.any_reduced(&all))
    }

    /// Whether somebody can answer a request.
    fn answered(&self, open: &Open<'a>, request: MessageId) -> bool {
        let helpers = helpers_of_call(self.view, request);
        if helpers.is_empty() {
            return self.hopeful();
        }
        self.any_reduced(&helpers)
            || self.hopeful() && (self.served_elsewhere(request) || self.hears_of(open, request))
    }

    /// Whether the reply may be in a message of unknown content.
    fn hears_of(&self, open: &Open<'a>, request: MessageId) -> bool {
        let here = open.target.process;
        match self.view.lane_end(request.lane) {
            Some(LaneEnd::Peer(peer)) if self.view.is_present(peer) => {
                let servers = self.view.servers.get(&request).into_iter().flatten();
                servers.map(|server| server.process).chain([peer]).any(|q| self.view.unknown_from(here, q))
            }
            _ => self.view.unknown_reaches(here),
        }
    }

    /// Whether somebody outside the cut may serve a copy.
    fn served_elsewhere(&self, request: MessageId) -> bool {
        let members = &self.view.cut.snapshot().members;
        let sender = members.get(&request.sender()).and_then(|m| m.state.cut());
        match sender.and_then(|cut| cut.sending.get(&request.lane.lane)) {
            Some(lane) if lane.to == LaneEnd::Group => {
                self.view.missing || lane.settled_by.iter().any(|by| !self.view.has_cut(*by))
            }
            Some(_) => false,
            None => self.view.missing,
        }
    }

    /// Whether a waker can come.
    fn wakes(&self, waker: Waker, open: &Open<'a>) -> bool {
        let here = open.target.process;
        let from = match waker {
            Waker::Task(task) => task.process,
            Waker::Process(process) => process,
            Waker::Lane(lane) => lane.process,
        };
        if self.hopeful() && self.view.unknown_from(here, from) {
            return true;
        }
        match waker {
            Waker::Task(task) if self.view.has_cut(task.process) => self.is_reduced(task),
            Waker::Task(_) => self.hopeful(),
            Waker::Process(from) => {
                let tasks = self.view.population.get(&from).copied().unwrap_or(0);
                let blocked = self.blocked_in.get(&from).copied().unwrap_or(0);
                let present = self.view.is_present(from);
                let stirs = || {
                    let sent = [Some(here), Some(from), None].iter().any(|to| self.view.inbound.contains(to));
                    tasks == 0 || sent || self.view.unknown_reaches(from)
                };
                present && blocked < tasks || self.hopeful() && (!present || stirs())
            }
            Waker::Lane(lane) => {
                let members = &self.view.cut.snapshot().members;
                let silent = match members.get(&lane.process).map(|m| &m.state) {
                    Some(MemberState::Absent(_)) | None => true,
                    Some(_) => false,
                };
                self.hopeful() && silent || self.comes_on(lane, open)
            }
        }
    }

    fn comes_on(&self, lane: LaneRef, open: &Open<'a>) -> bool {
        self.view.on_lane(lane).any(|message| self.arrives(&message, open))
    }

    fn grantable(
        &self,
        open: &Open<'a>,
        name: &'a ResourceName,
        grip: Grip,
        request: Option<MessageId>,
    ) -> bool {
        if grip == Grip::Shared(0) {
            return true;
        }
        let (capacity, closed, local) = match self.view.supply(name) {
            Supply::Gone => return true,
            Supply::Unknown => return self.hopeful(),
            Supply::Known { capacity, closed, local, .. } => (capacity, closed, local),
        };
        if self.hopeful() && (!closed || self.granted_unknown(open, name, request)) {
            return true;
        }
        // What has been granted is not granted again.
        if self.view.granted.get(&open.target).is_some_and(|sure| *sure || !self.hopeful()) {
            return false;
        }
        if !self.hopeful() {
            // Somebody whom nobody knows may hold it all.
            let safe = local || !self.view.gaps;
            if !safe || request.is_some_and(|request| !self.is_asked(open, name, request)) {
                return false;
            }
        }
        // Nobody knows that those who are no members give anything back.
        let unseen = if self.hopeful() { 0 } else { self.view.unseen(name) };
        let taken = self.taken(open, name).saturating_add(unseen);
        taken.saturating_add(units(grip, capacity)) <= capacity
    }

    /// What is not available of a resource to a demand: what is held, and what is kept for those who are served before.
    pub(super) fn taken(&self, open: &Open<'a>, name: &'a ResourceName) -> u128 {
        let Supply::Known { capacity, fair, .. } = self.view.supply(name) else { return 0 };
        let Some(ledger) = self.ledgers.get(name) else { return 0 };
        // One without a place is behind all that have one.
        let ticket = || self.view.tickets.get(&(name.clone(), open.target)).copied();
        let ahead = if fair { ledger.queue.ahead(ticket()) } else { 0 };
        self.held(ledger, name, capacity).saturating_add(ahead)
    }

    /// Whether a message of unknown content may carry a grant: only the owner grants.
    fn granted_unknown(&self, open: &Open<'a>, name: &ResourceName, request: Option<MessageId>) -> bool {
        let here = open.target.process;
        match View::owner(name) {
            Some(owner) => (request.is_some() || owner != here) && self.view.unknown_from(here, owner),
            None => request.is_some() && self.view.unknown_reaches(here),
        }
    }

    /// Whether the owner has certainly been asked, or will be.
    fn is_asked(&self, open: &Open<'a>, name: &ResourceName, request: MessageId) -> bool {
        let Some(owner) = View::owner(name) else { return false };
        if let Some(message) = self.view.message(request) {
            return comes_to(message.to, message.fate, owner)
                && self.is_read_for(open.task, request.lane, owner);
        }
        self.view.owner_has(name, request)
    }

    /// What is held, or on its way to a holder.
    fn held(&self, ledger: &Ledger<'_>, name: &ResourceName, capacity: u128) -> u128 {
        self.step(ledger.parcels.len());
        let parcels = ledger.parcels.iter().filter(|share| self.is_held(share, name));
        parcels.fold(ledger.held(capacity), |sum, share| sum.saturating_add(units(share.grip, capacity)))
    }

    /// Whether a share that is not with one task counts as held.
    pub(super) fn is_held(&self, share: &Share, name: &ResourceName) -> bool {
        match share.by {
            Holder::Task { .. } => false, // In the ledger's sum.
            Holder::Nobody => !self.hopeful(),
            Holder::Unbound { process, sure } => !self.hopeful() || sure && self.is_blocked(process),
            Holder::Granted { to, by, sure } if self.hopeful() => {
                let tasks = self.view.granted_to(to);
                let blocked = !tasks.is_empty() && tasks.iter().all(|task| self.blocked.contains(task));
                sure && by.fate == Some(Fate::Transit) && blocked
            }
            // Nobody gives back what has not reached him, nor is it known which of several has it.
            Holder::Granted {
                to: Addressee::Task(task), by: Parcel { lane, to, fate: Some(fate) }, ..
            } => {
                let here = task.process;
                let arrives = comes_to(to, fate, here) && self.is_read_for(task, lane, here);
                !(arrives && self.is_reduced(task))
            }
            Holder::Granted { .. } => true,
            Holder::Released { by } => {
                let read = || {
                    let readers = self.view.readers_at(by.lane, release_read_at(self.view, name, by.to));
                    readers.is_none_or(|readers| self.any_reduced(&readers))
                };
                !self.hopeful() && (by.fate != Some(Fate::Transit) || !read())
            }
        }
    }

    /// What is kept for a place in the queue.
    fn units_of(&self, place: &Place, name: &ResourceName, capacity: u128) -> u128 {
        let all = place.demands.iter().map(|(_, _, grip)| units(*grip, capacity));
        if self.hopeful() {
            // One place is served once, whichever of its demands that is, and a demand in its first place.
            let ticket = |target| self.view.tickets.get(&(name.clone(), target)).copied();
            let elsewhere = place.demands.iter().any(|(t, _, _)| ticket(*t) != Some(place.ticket));
            return if elsewhere { 0 } else { all.min().unwrap_or(0) };
        }
        // Whoever stands there is gone or cannot be told: what comes behind may never be served.
        if place.tasks.len() == 1 { all.max().unwrap_or(0) } else { capacity }
    }

    /// What the blocked tasks surely have, and the places in which nobody but they stand.
    fn take_what_they_have(&mut self) {
        let view = self.view;
        let mut parcels: BTreeMap<&'v ResourceName, BTreeSet<usize>> = BTreeMap::new();
        let mut places: BTreeMap<&'v ResourceName, BTreeSet<usize>> = BTreeMap::new();
        for task in &self.blocked {
            for (name, stand) in view.stands.of_task(*task) {
                match *stand {
                    Stand::Holds { grip, sure: true } => self.ledgers.entry(name).or_default().take(grip),
                    Stand::Holds { .. } => {}
                    Stand::Granted(n) => drop(parcels.entry(name).or_default().insert(n)),
                    Stand::Place(n) => drop(places.entry(name).or_default().insert(n)),
                }
            }
        }
        let blocked = self.blocked_in.keys().copied().filter(|process| self.is_blocked(*process));
        let blocked: Vec<Incarnation> = blocked.collect();
        for (name, grip) in blocked.into_iter().flat_map(|process| view.stands.unbound(process)) {
            self.ledgers.entry(name).or_default().take(*grip);
        }
        for (name, numbers) in parcels {
            let shares = numbers.into_iter().map(|n| &view.shares[name][n]);
            self.ledgers.entry(name).or_default().parcels.extend(shares);
        }
        for (name, numbers) in places {
            let taken = |n: &usize| view.places[name][*n].tasks.is_subset(&self.blocked);
            let numbers: Vec<usize> = numbers.into_iter().filter(taken).collect();
            self.line_up(name, numbers);
        }
    }

    /// All that anybody may have who is not known to proceed.
    fn take_all(&mut self) {
        let view = self.view;
        for (name, shares) in &view.shares {
            let ledger = self.ledgers.entry(name).or_default();
            for share in shares {
                match share.by {
                    Holder::Task { task, .. } if !self.blocked.contains(&task) => {}
                    Holder::Task { .. } | Holder::Unbound { .. } | Holder::Nobody => ledger.take(share.grip),
                    Holder::Granted { .. } | Holder::Released { .. } => ledger.parcels.push(share),
                }
            }
        }
        for (name, places) in &view.places {
            let ended = |place: &Place| place.tasks.len() == 1 && place.tasks.is_disjoint(&self.blocked);
            let numbers = (0..places.len()).filter(|n| !ended(&places[*n])).collect();
            self.line_up(name, numbers);
        }
    }

    /// The queue of a resource that is granted in its order; there is none of others.
    fn line_up(&mut self, name: &'v ResourceName, numbers: Vec<usize>) {
        let Supply::Known { capacity, fair: true, .. } = self.view.supply(name) else { return };
        let place = |n: usize| {
            let place = &self.view.places[name][n];
            (n, place.ticket, self.units_of(place, name, capacity))
        };
        let queue = Queue::new(numbers.into_iter().map(place));
        self.ledgers.entry(name).or_default().queue = queue;
    }
}

/// Whether a message certainly comes to a process.
pub(super) fn comes_to(to: LaneEnd, fate: Fate, process: Incarnation) -> bool {
    fate == Fate::Transit && !matches!(to, LaneEnd::Peer(peer) if peer != process)
}

/// Where a release is read: by the peer, or else by the resource's owner; `None` if anywhere.
pub(super) fn release_read_at(view: &View<'_>, name: &ResourceName, to: LaneEnd) -> Option<Incarnation> {
    let at = to.peer().or_else(|| View::owner(name));
    at.filter(|process| view.has_cut(*process))
}

/// The tasks one of which must proceed for a reply: those that serve the request, or that would read it. None if
/// that is not known.
pub(super) fn helpers_of_call(view: &View<'_>, request: MessageId) -> Vec<TaskRef> {
    let servers = view.servers.get(&request).cloned().unwrap_or_default();
    let Some(message) = view.message(request) else { return servers };
    if !servers.is_empty() {
        return Vec::new();
    }
    let at = view.sole_receiver(&message);
    at.and_then(|at| view.readers_at(request.lane, Some(at))).unwrap_or_default()
}
