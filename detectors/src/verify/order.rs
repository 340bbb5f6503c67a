//! Deadlock does not hold: an order in which everybody who matters can proceed.
//!
//! The order is replayed under the pessimistic column: each task in turn has to gather what it needs given that
//! the tasks that do not wait, and those before it in the order, have proceeded. Who is left must not matter: he
//! and his family hold and serve nothing, and nobody who matters needs them or waits for what nobody can give
//! back. Families that need one another in a circle matter to one another.

use super::Refuted;
use super::view::{Holder, Open, View};
use super::world::{Column, World, comes_to, helpers_of_call, release_read_at};
use std::collections::{BTreeMap, BTreeSet};
use stillpoint_proto::fact::{Awaited, Fact, ResourceName, Waker};
use stillpoint_proto::id::{Global, Incarnation, LaneRef, TaskRef};
use stillpoint_proto::snapshot::{Fate, MemberState};

/// Confirms an order of reduction.
pub(super) fn check(view: &View<'_>, order: &[TaskRef]) -> Result<(), Refuted> {
    if !view.cut.is_complete() {
        return Err(Refuted::Incomplete);
    }
    let waiting = view.waits.keys().copied().collect();
    let mut world = World::new(view, Column::Pessimistic, waiting);
    let mut seen = BTreeSet::new();
    for &task in order {
        if !view.tasks.contains_key(&task) {
            return Err(Refuted::NoSuchTask(task));
        }
        if view.waits_of(task).is_empty() {
            return Err(Refuted::NotWaiting(task));
        }
        if !seen.insert(task) {
            return Err(Refuted::Twice(task));
        }
        if !world.can_proceed(task) {
            return Err(Refuted::TooEarly(task));
        }
        world.reduce(task);
    }
    match Leftover::new(view, &world).of_concern() {
        Some(task) => Err(Refuted::LeftOver(task)),
        None => Ok(()),
    }
}

/// What those left need and are needed by. A resource, queue or process stands for whoever it leads to, so that
/// n who wait and n who could help are 2n edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Node<'v> {
    /// A task left with its branches left, and theirs, by the first of them.
    Family(TaskRef),
    /// Any task left of this process.
    Process(Incarnation),
    /// Whoever could let go of some of this resource.
    Resource(&'v ResourceName),
    /// Whoever stands in this place of a queue, or before it.
    Place(&'v ResourceName, usize),
}

struct Leftover<'v, 'w, 'a> {
    view: &'v View<'a>,
    world: &'w World<'v, 'a>,
    left: BTreeSet<TaskRef>,
    /// The first of each family, by those who are left of it.
    families: BTreeMap<TaskRef, TaskRef>,
    /// Who needs whom.
    needs: BTreeMap<Node<'v>, Vec<Node<'v>>>,
}

impl<'v, 'w, 'a> Leftover<'v, 'w, 'a> {
    fn new(view: &'v View<'a>, world: &'w World<'v, 'a>) -> Self {
        let present = |task: &&TaskRef| view.is_present(task.process);
        let left: BTreeSet<TaskRef> = world.blocked().iter().filter(present).copied().collect();
        let mut families: BTreeMap<TaskRef, TaskRef> = BTreeMap::new();
        for &task in &left {
            // Ascending: a branch has a greater handle than its parent.
            let first = view.parent_of(task).and_then(|parent| families.get(&parent).copied());
            families.insert(task, first.unwrap_or(task));
        }
        let mut this = Leftover { view, world, left, families, needs: BTreeMap::new() };
        for task in this.left.clone() {
            let waits = view.waits_of(task).iter();
            for open in waits.flat_map(|w| view.open_of(w.wait)) {
                if !world.satisfiable(open) {
                    this.target(task, open);
                }
            }
            this.edge(Node::Process(task.process), Node::Family(this.family(task)));
        }
        this
    }

    /// Somebody left who matters, if anybody does: who cannot be left out, one after the other, beginning with
    /// those whom nobody needs.
    fn of_concern(mut self) -> Option<TaskRef> {
        let busy: BTreeSet<TaskRef> = self.busy().intersection(&self.left).copied().collect();
        if let Some(task) = busy.first() {
            return Some(*task);
        }
        let mut needed: BTreeMap<Node<'v>, usize> =
            self.left.iter().map(|task| (Node::Family(self.family(*task)), 0)).collect();
        for (from, all) in &self.needs {
            needed.entry(*from).or_default();
            all.iter().for_each(|to| *needed.entry(*to).or_default() += 1);
        }
        let mut open: Vec<Node<'v>> =
            needed.iter().filter(|(_, n)| **n == 0).map(|(node, _)| *node).collect();
        while let Some(node) = open.pop() {
            needed.remove(&node);
            for to in self.needs.remove(&node).unwrap_or_default() {
                if let Some(count) = needed.get_mut(&to) {
                    *count -= 1;
                    if *count == 0 {
                        open.push(to);
                    }
                }
            }
        }
        needed.keys().find_map(|node| match node {
            Node::Family(task) => Some(*task),
            _ => None,
        })
    }

    /// The first of a task's family.
    fn family(&self, task: TaskRef) -> TaskRef {
        self.families.get(&task).copied().unwrap_or(task)
    }

    fn edge(&mut self, from: Node<'v>, to: Node<'v>) {
        self.needs.entry(from).or_default().push(to);
    }

    /// That `task` needs one of these. That a parent waits for its own branches does not count.
    fn tasks(&mut self, task: TaskRef, all: impl IntoIterator<Item = TaskRef>) {
        let from = Node::Family(self.family(task));
        for helper in all {
            if self.left.contains(&helper) && self.view.parent_of(helper) != Some(task) {
                self.edge(from, Node::Family(self.family(helper)));
            }
        }
    }

    /// What would satisfy a target.
    fn target(&mut self, task: TaskRef, open: &Open<'a>) {
        let here = task.process;
        let readers = |lane: LaneRef| self.view.readers_at(lane, Some(here)).unwrap_or_default();
        let coming = self.view.resolvers(open).filter(|m| comes_to(m.to, m.fate, here));
        let mut helpers: Vec<TaskRef> = coming.flat_map(|m| readers(m.id.lane)).collect();
        match open.on {
            Awaited::External => {}
            Awaited::Task(other) => helpers.push(*other),
            Awaited::Call(request) => {
                helpers.extend(helpers_of_call(self.view, *request));
                // Whoever might read it, if it comes to him.
                if self.view.message(*request).is_some() {
                    helpers.extend(self.view.readers_at(request.lane, None).unwrap_or_default());
                }
            }
            Awaited::Receive { wakers, .. } => {
                for waker in wakers {
                    match waker {
                        Waker::Task(other) => helpers.push(*other),
                        Waker::Lane(lane) => {
                            if self.view.on_lane(*lane).any(|m| comes_to(m.to, m.fate, here)) {
                                helpers.extend(readers(*lane));
                            }
                        }
                        Waker::Process(process) => {
                            let from = Node::Family(self.family(task));
                            self.edge(from, Node::Process(*process));
                        }
                    }
                }
            }
            Awaited::Resource { resource, request, .. } => {
                // Who would read the request at its owner, unless that is himself, who is in the act of it.
                let unread = request.and_then(|r| self.view.message(r));
                if let (Some(message), Some(owner)) = (unread, View::owner(resource))
                    && comes_to(message.to, message.fate, owner)
                {
                    let readers = self.view.readers_at(message.id.lane, Some(owner));
                    helpers.extend(readers.filter(|all| !all.contains(&task)).unwrap_or_default());
                }
                self.resource(task, open);
            }
        }
        self.tasks(task, helpers);
    }

    fn resource(&mut self, task: TaskRef, open: &Open<'a>) {
        let Awaited::Resource { resource, .. } = open.on else { return };
        let from = Node::Family(self.family(task));
        let (view, world) = (self.view, self.world);
        if let Some((name, shares)) = view.shares.get_key_value(resource) {
            let node = Node::Resource(name);
            let known = self.needs.contains_key(&node);
            self.edge(from, node);
            for share in shares.iter().filter(|share| !known && view.is_some_of(name, share.grip)) {
                match share.by {
                    // A guard that is bound to nobody may be with anybody.
                    Holder::Unbound { process, .. } => self.edge(node, Node::Process(process)),
                    Holder::Released { by }
                        if by.fate == Some(Fate::Transit) && world.is_held(share, name) =>
                    {
                        let readers = view.readers_at(by.lane, release_read_at(view, name, by.to));
                        let mut readers = readers.unwrap_or_default();
                        readers.retain(|reader| self.left.contains(reader));
                        for reader in readers {
                            self.edge(node, Node::Family(self.family(reader)));
                        }
                    }
                    _ => {}
                }
            }
            self.needs.entry(node).or_default();
        }
        let Some((name, places)) = view.places.get_key_value(resource).filter(|_| view.is_fair(resource))
        else {
            return;
        };
        let own = view.tickets.get(&(resource.clone(), open.target));
        let ahead = places.partition_point(|place| own.is_none_or(|own| place.ticket < *own));
        let Some(last) = ahead.checked_sub(1) else { return };
        self.edge(from, Node::Place(name, last));
        for n in (0..ahead).rev() {
            let node = Node::Place(name, n);
            if self.needs.contains_key(&node) {
                break;
            }
            let tasks = &places[n].tasks;
            let taken = places[n].demands.iter().any(|(_, _, grip)| view.is_some_of(name, *grip));
            let families = tasks.iter().filter(|t| taken && tasks.len() == 1 && self.left.contains(t));
            let mut next: Vec<Node<'v>> = families.map(|t| Node::Family(self.family(*t))).collect();
            next.extend(n.checked_sub(1).map(|n| Node::Place(name, n)));
            self.needs.insert(node, next);
        }
    }

    /// The tasks that hold or serve something, to whom something is granted, or that wait for what nobody is left
    /// to give back.
    fn busy(&self) -> BTreeSet<TaskRef> {
        let view = self.view;
        let mut busy = BTreeSet::new();
        let mut orphaned: BTreeSet<&ResourceName> = BTreeSet::new();
        for (process, state) in view.cut.cuts() {
            for recorded in state.facts.values() {
                let task = match &recorded.fact {
                    Fact::Hold(hold) => hold.task,
                    Fact::Serving(serving) => Some(serving.task),
                    _ => None,
                };
                busy.extend(task.map(|task| Global::new(process, task)));
            }
        }
        for (name, share) in view.shares.iter().flat_map(|(name, all)| all.iter().map(move |s| (name, s))) {
            match share.by {
                Holder::Granted { to, .. } => busy.extend(view.granted_to(to)),
                Holder::Nobody if view.is_some_of(name, share.grip) => drop(orphaned.insert(name)),
                _ => {}
            }
        }
        for member in view.cut.snapshot().members.values() {
            let MemberState::Lost { last: Some(last), .. } = &member.state else { continue };
            orphaned.extend(last.facts.values().filter_map(|recorded| match &recorded.fact {
                Fact::Hold(hold) => Some(&hold.resource),
                _ => None,
            }));
        }
        for &task in &self.left {
            let mut open = view.waits_of(task).iter().flat_map(|w| view.open_of(w.wait));
            let stuck = |open: &Open<'a>| match open.on {
                Awaited::Resource { resource, .. } => {
                    orphaned.contains(resource) && !self.world.satisfiable(open)
                }
                _ => false,
            };
            if open.any(stuck) {
                busy.insert(task);
            }
        }
        busy
    }
}
