//! Deadlock does not hold: an order in which everybody who matters can proceed.
//!
//! The order is replayed under the pessimistic column: each task in turn has to gather what it needs given that
//! the tasks that do not wait, and those before it in the order, have proceeded. Who is left must not matter:
//! he holds nothing, serves nothing, has no relatives among those left, and nobody left waits for him.

use super::Refuted;
use super::view::{Holder, Open, View};
use super::world::{Column, World};
use std::collections::{BTreeMap, BTreeSet};
use stillpoint_proto::cut::LaneEnd;
use stillpoint_proto::fact::{Awaited, Fact, Waker};
use stillpoint_proto::id::{Global, Incarnation, LaneRef, TaskId, TaskRef};

/// Confirms an order of reduction.
pub(super) fn check(view: &View<'_>, order: &[TaskRef]) -> Result<(), Refuted> {
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
    match Leftover::new(view, world.blocked().clone()).prune() {
        Some(task) => Err(Refuted::LeftOver(task)),
        None => Ok(()),
    }
}

/// By what somebody left might help somebody left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Help {
    /// By being this task.
    Task(TaskRef),
    /// By being a task of this process.
    Process(Incarnation),
    /// By reading what is in transit on this lane.
    Reader(LaneRef),
}

struct Leftover<'v, 'a> {
    view: &'v View<'a>,
    left: BTreeSet<TaskRef>,
    /// How many targets of those left hope for a kind of help.
    hopes: BTreeMap<Help, usize>,
    /// The lanes that a task reads.
    reads: BTreeMap<TaskRef, Vec<LaneRef>>,
    /// Tasks that hold or serve something.
    busy: BTreeSet<TaskRef>,
}

impl<'v, 'a> Leftover<'v, 'a> {
    fn new(view: &'v View<'a>, left: BTreeSet<TaskRef>) -> Self {
        let mut reads: BTreeMap<TaskRef, Vec<LaneRef>> = BTreeMap::new();
        for (&lane, readers) in &view.readers {
            for &reader in readers {
                reads.entry(reader).or_default().push(lane);
            }
        }
        let mut this = Leftover { view, left, hopes: BTreeMap::new(), reads, busy: busy(view) };
        for task in this.left.clone() {
            for help in this.hopes_of(task) {
                *this.hopes.entry(help).or_default() += 1;
            }
        }
        this
    }

    /// Drops whoever does not matter, until nobody is left or everybody matters; gives one who does.
    fn prune(mut self) -> Option<TaskRef> {
        let mut open: Vec<TaskRef> = self.left.iter().copied().collect();
        while let Some(task) = open.pop() {
            if !self.left.contains(&task) || self.matters(task) {
                continue;
            }
            self.left.remove(&task);
            for help in self.hopes_of(task) {
                let count = self.hopes.entry(help).or_default();
                *count = count.saturating_sub(1);
                if *count == 0 {
                    open.extend(self.helpers(help));
                }
            }
            open.extend(self.view.parent_of(task));
            open.extend(self.view.branches_of(task));
        }
        self.left.first().copied()
    }

    fn matters(&self, task: TaskRef) -> bool {
        let is_left = |relative: &TaskRef| self.left.contains(relative);
        let hoped = |help: Help| self.hopes.get(&help).is_some_and(|count| *count > 0);
        self.busy.contains(&task)
            || self.view.parent_of(task).as_ref().is_some_and(is_left)
            || self.view.branches_of(task).iter().any(is_left)
            || hoped(Help::Task(task))
            || hoped(Help::Process(task.process))
            || self.reads.get(&task).into_iter().flatten().any(|lane| hoped(Help::Reader(*lane)))
    }

    /// Those left who can give a kind of help.
    fn helpers(&self, help: Help) -> Vec<TaskRef> {
        match help {
            Help::Task(task) => vec![task],
            Help::Process(process) => {
                let of = |n| Global::new(process, TaskId::of(n));
                self.left.range(of(0)..=of(u64::MAX)).copied().collect()
            }
            Help::Reader(lane) => self.view.readers.get(&lane).cloned().unwrap_or_default(),
        }
    }

    /// What the open targets of a task hope for.
    fn hopes_of(&self, task: TaskRef) -> Vec<Help> {
        let waits = self.view.waits_of(task).iter();
        let open = waits.flat_map(|w| self.view.open_of(w.wait));
        open.flat_map(|open| self.hopes_of_target(open)).collect()
    }

    fn hopes_of_target(&self, open: &Open<'a>) -> Vec<Help> {
        let mut hopes: Vec<Help> = self.view.resolvers(open).map(|m| Help::Reader(m.id.lane)).collect();
        match open.on {
            Awaited::External => {}
            Awaited::Task(task) => hopes.push(Help::Task(*task)),
            Awaited::Call(request) => {
                // Whoever serves it is busy already; it is left to say who would read it.
                if self.view.transit.get(request).is_some_and(|m| matches!(m.to, LaneEnd::Peer(_))) {
                    hopes.push(Help::Reader(request.lane));
                }
            }
            Awaited::Receive { wakers, .. } => hopes.extend(wakers.iter().map(|waker| match waker {
                Waker::Task(task) => Help::Task(*task),
                Waker::Process(process) => Help::Process(*process),
                Waker::Lane(lane) => Help::Reader(*lane),
            })),
            Awaited::Resource { resource, .. } => {
                for share in self.view.shares_of(resource) {
                    match share.by {
                        // A guard that is bound to nobody may be with anybody.
                        Holder::Unbound { process, .. } => hopes.push(Help::Process(process)),
                        Holder::Released { lane, .. } => hopes.push(Help::Reader(lane)),
                        Holder::Task { .. } | Holder::Nobody => {}
                    }
                }
            }
        }
        hopes
    }
}

/// The tasks that hold or serve something.
fn busy(view: &View<'_>) -> BTreeSet<TaskRef> {
    let mut busy = BTreeSet::new();
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
    // What is granted in transit is held by its addressee.
    busy.extend(view.shares.values().flatten().filter_map(|share| match share.by {
        Holder::Task { task, .. } => Some(task),
        _ => None,
    }));
    busy
}
