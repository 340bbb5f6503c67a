//! A cut as rows: every task, wait, target and resource under a dense number, ascending by name.
//!
//! The rows of a process are neighbours and ascend by handle, so that a name is found by binary search and no
//! map of all tasks is ever built.

use super::channel::Traffic;
use super::resource::Terms;
use super::unseen::unseen;
use crate::gaps::lost_unread;
use crate::graph::Csr;
use fixedbitset::FixedBitSet;
use std::collections::HashMap;
use std::ops::Range;
use stillpoint_proto::cut::{ProcessCut, Recorded};
use stillpoint_proto::fact::{Awaited, Fact, Grip, Hold, Queued, Resource, ResourceName, Task, Wait};
use stillpoint_proto::id::{
    Epoch, Handle, Incarnation, LaneRef, MessageId, ResourceId, ResourceRef, TargetRef, TaskRef, Text,
    WaitRef,
};
use stillpoint_proto::mutation::{Mutation, is_on};
use stillpoint_proto::snapshot::{ConsistentCut, MemberState};

/// "None" among dense numbers.
pub(super) const NONE: u32 = u32::MAX;

/// A process that has a cut.
pub(super) struct ProcessRow<'a> {
    pub(super) id: Incarnation,
    pub(super) cut: &'a ProcessCut,
    /// Present, and not left.
    pub(super) present: bool,
    pub(super) tasks: Range<u32>,
    targets: Range<u32>,
}

/// A task.
pub(super) struct TaskRow<'a> {
    pub(super) id: TaskRef,
    pub(super) process: u32,
    pub(super) fact: &'a Task,
    /// The task of which it is a branch, if that is there; else [`NONE`].
    pub(super) parent: u32,
}

/// A wait.
pub(super) struct WaitRow<'a> {
    pub(super) id: WaitRef,
    pub(super) task: u32,
    pub(super) fact: &'a Wait,
    /// How many open targets must still be satisfied; zero or less if it has gathered what it needs.
    pub(super) missing: i64,
}

/// An open target.
pub(super) struct TargetRow<'a> {
    pub(super) id: TargetRef,
    pub(super) wait: u32,
    pub(super) on: &'a Awaited,
    /// The resource that it demands, or [`NONE`].
    pub(super) resource: u32,
}

/// A hold recorded in a cut.
pub(super) struct HoldRow<'a> {
    pub(super) process: u32,
    pub(super) handle: Handle,
    pub(super) born: Epoch,
    pub(super) fact: &'a Hold,
    /// The resource if anybody demands it, else [`NONE`].
    pub(super) resource: u32,
    /// Its task, if that is there; else [`NONE`].
    pub(super) task: u32,
}

/// A resource that somebody demands.
pub(super) struct ResourceRow<'a> {
    pub(super) name: &'a ResourceName,
    pub(super) terms: Terms,
    /// The most that somebody outside the cut may have of it.
    pub(super) unseen: i128,
}

/// A place in a queue.
pub(super) struct PlaceRow<'a> {
    pub(super) resource: u32,
    pub(super) process: u32,
    pub(super) handle: Handle,
    pub(super) fact: &'a Queued,
    /// The open demands that stand in this place.
    pub(super) demands: Vec<u32>,
}

/// What is known of a task that is named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// It is there.
    Live(u32),
    /// Its process has a cut, in which it is not.
    Finished,
    /// Its process has no cut.
    Beyond,
}

/// The rows of a cut.
pub(super) struct Index<'a> {
    pub(super) cut: &'a ConsistentCut,
    pub(super) processes: Vec<ProcessRow<'a>>,
    pub(super) tasks: Vec<TaskRow<'a>>,
    pub(super) waits: Vec<WaitRow<'a>>,
    pub(super) targets: Vec<TargetRow<'a>>,
    pub(super) holds: Vec<HoldRow<'a>>,
    pub(super) resources: Vec<ResourceRow<'a>>,
    /// Ascending by resource and ticket.
    pub(super) places: Vec<PlaceRow<'a>>,
    /// The tickets of the targets that have a place, ascending.
    tickets: Vec<(u32, u64)>,
    pub(super) waits_of: Csr,
    pub(super) targets_of: Csr,
    pub(super) branches_of: Csr,
    /// Which present task serves which request, ascending.
    servers: Vec<(MessageId, u32)>,
    /// Tasks that serve anything.
    pub(super) serving: FixedBitSet,
    /// Who is said to read which lane in which process, ascending; [`NONE`] for a task that is not there.
    readers: Vec<(LaneRef, u32, u32)>,
    /// Which targets wait for the reply to which request, ascending.
    requests: Vec<(MessageId, u32)>,
    /// What dead processes held, at their last reports, of resources that somebody demands; ascending.
    orphans: Vec<(u32, Incarnation, Handle)>,
    /// The state of the channels.
    pub(super) traffic: Traffic,
    /// The members without a cut.
    pub(super) missing: Vec<Incarnation>,
    /// Who sent what is lost and of which nobody knows what it carried, ascending.
    pub(super) unread: Vec<Incarnation>,
    /// Somebody's state is missing, or messages of unknown content are under way or lost: anything that is not
    /// local may be held there.
    pub(super) gaps: bool,
}

/// Facts that are looked at again when all rows are there.
#[derive(Default)]
struct Loose<'a> {
    serving: Vec<(u32, MessageId, Handle)>,
    reads: Vec<(u32, LaneRef, Handle)>,
    queued: Vec<(u32, Handle, &'a Queued)>,
    permits: Vec<(ResourceRef, u64)>,
    declared: Vec<(ResourceRef, &'a Resource)>,
    targets: Vec<(Handle, Handle)>,
    names: HashMap<&'a ResourceName, u32>,
}

fn dense(n: usize) -> u32 {
    // Rows are facts of a cut held in memory, at more than a byte each.
    assert!(n < NONE as usize, "a cut has fewer than u32::MAX facts of a kind");
    n as u32
}

/// The targets of each source as one slice, for pairs of numbers from two different ranges.
pub(super) fn rows(sources: usize, targets: usize, pairs: &[(u32, u32)]) -> Csr {
    Csr::new(sources.max(targets), pairs)
}

fn matching<K: Ord + Copy, T>(sorted: &[T], key: K, of: impl Fn(&T) -> K) -> &[T] {
    let from = sorted.partition_point(|row| of(row) < key);
    let len = sorted[from..].partition_point(|row| of(row) == key);
    &sorted[from..from + len]
}

impl<'a> Index<'a> {
    /// # Complexity
    /// O(f log f) in the facts and messages of the cut.
    pub(super) fn new(cut: &'a ConsistentCut) -> Self {
        let mut index = Index::empty(cut);
        let members = cut.snapshot().members.iter();
        index.missing = members.filter(|(_, m)| m.state.cut().is_none()).map(|(id, _)| *id).collect();
        let mut loose = Loose::default();
        for (id, process) in cut.cuts() {
            let present = cut.snapshot().members.get(&id).is_some_and(|m| m.state.is_present());
            index.collect(id, process, present, &mut loose);
        }
        index.link_tasks();
        index.link_holds(&loose);
        index.link_lookups(&mut loose);
        let unseen = unseen(&index);
        index.resources.iter_mut().zip(unseen).for_each(|(row, units)| row.unseen = units);
        index.link_places(&loose);
        index.traffic = Traffic::new(&index);
        index.unread = lost_unread(cut).map(|(from, _)| from).collect();
        index.unread.dedup();
        index.gaps = index.anyone_missing() || !cut.channels().unknown.is_empty() || !index.unread.is_empty();
        index
    }

    fn empty(cut: &'a ConsistentCut) -> Self {
        Index {
            cut,
            processes: Vec::new(),
            tasks: Vec::new(),
            waits: Vec::new(),
            targets: Vec::new(),
            holds: Vec::new(),
            resources: Vec::new(),
            places: Vec::new(),
            tickets: Vec::new(),
            waits_of: Csr::default(),
            targets_of: Csr::default(),
            branches_of: Csr::default(),
            servers: Vec::new(),
            serving: FixedBitSet::new(),
            readers: Vec::new(),
            requests: Vec::new(),
            orphans: Vec::new(),
            traffic: Traffic::default(),
            missing: Vec::new(),
            unread: Vec::new(),
            gaps: false,
        }
    }

    fn collect(&mut self, id: Incarnation, cut: &'a ProcessCut, present: bool, loose: &mut Loose<'a>) {
        let process = dense(self.processes.len());
        let starts = [self.tasks.len(), self.waits.len(), self.targets.len()];
        let mut waiting = Vec::new();
        loose.targets.clear();
        for (&handle, recorded) in &cut.facts {
            self.fact(process, id, handle, recorded, &mut waiting, loose);
        }
        let range = |start: usize, end: usize| dense(start)..dense(end);
        let tasks = range(starts[0], self.tasks.len());
        let targets = range(starts[2], self.targets.len());
        self.processes.push(ProcessRow { id, cut, present, tasks, targets });
        // Facts are ordered by handle, and a target may come before its wait.
        for (row, task) in self.waits[starts[1]..].iter_mut().zip(waiting) {
            row.task =
                find(&self.tasks[starts[0]..], task, |t| t.id.id.0).map_or(NONE, |n| n + starts[0] as u32);
        }
        for (row, &(_, wait)) in self.targets[starts[2]..].iter_mut().zip(&loose.targets) {
            let found = find(&self.waits[starts[1]..], wait, |w| w.id.id.0).map(|n| n + starts[1] as u32);
            row.wait = found.unwrap_or(NONE);
            if let Some(found) = found {
                self.waits[found as usize].missing += 1;
            }
        }
    }

    fn fact(
        &mut self,
        process: u32,
        id: Incarnation,
        handle: Handle,
        recorded: &'a Recorded,
        waiting: &mut Vec<Handle>,
        loose: &mut Loose<'a>,
    ) {
        use stillpoint_proto::id::{Global, TargetId, TaskId, WaitId};
        match &recorded.fact {
            Fact::Task(fact) => {
                let id = Global::new(id, TaskId(handle));
                self.tasks.push(TaskRow { id, process, fact, parent: NONE });
            }
            Fact::Wait(fact) => {
                let need = match fact.need {
                    _ if is_on(Mutation::OrIsAnd) => fact.of,
                    need if is_on(Mutation::AndIsOr) => need.min(1),
                    need => need,
                };
                let missing = i64::from(need) - i64::from(fact.of);
                let id = Global::new(id, WaitId(handle));
                self.waits.push(WaitRow { id, task: NONE, fact, missing });
                waiting.push(fact.task.0);
            }
            Fact::Target(fact) => {
                let resource = match &fact.on {
                    Awaited::Resource { resource, .. } => self.resource(resource, loose),
                    _ => NONE,
                };
                let id = Global::new(id, TargetId(handle));
                self.targets.push(TargetRow { id, wait: NONE, on: &fact.on, resource });
                loose.targets.push((handle, fact.wait.0));
            }
            Fact::Hold(fact) => {
                let born = recorded.born;
                self.holds.push(HoldRow { process, handle, born, fact, resource: NONE, task: NONE });
            }
            Fact::Serving(fact) => loose.serving.push((process, fact.request, fact.task.0)),
            Fact::Reads(fact) => loose.reads.push((process, fact.lane, fact.task.0)),
            Fact::Resource(fact) => loose.declared.push((Global::new(id, ResourceId(handle)), fact)),
            Fact::Permits(fact) => loose.permits.push((Global::new(id, fact.resource), fact.units)),
            Fact::Queued(fact) => loose.queued.push((process, handle, fact)),
            Fact::Creation(_) | Fact::Token(_) | Fact::Object(_) | Fact::Pin(_) | Fact::Reference(_) => {}
        }
    }

    fn resource(&mut self, name: &'a ResourceName, loose: &mut Loose<'a>) -> u32 {
        *loose.names.entry(name).or_insert_with(|| {
            self.resources.push(ResourceRow { name, terms: Terms::default(), unseen: 0 });
            dense(self.resources.len() - 1)
        })
    }

    fn link_tasks(&mut self) {
        for n in 0..self.tasks.len() {
            let row = &self.tasks[n];
            let parent = row.fact.parent.and_then(|p| self.task_in(row.process, p.0));
            self.tasks[n].parent = parent.unwrap_or(NONE);
        }
        let (tasks, waits, targets) = (self.tasks.len(), self.waits.len(), self.targets.len());
        let pairs: Vec<_> = self.waits.iter().zip(0..).map(|(w, n)| (w.task, n)).collect();
        self.waits_of = rows(tasks, waits, &pairs);
        let pairs: Vec<_> = self.targets.iter().zip(0..).map(|(t, n)| (t.wait, n)).collect();
        self.targets_of = rows(waits, targets, &pairs);
        let branches = self.tasks.iter().zip(0..).filter(|(t, _)| t.parent != NONE);
        let pairs: Vec<_> = branches.map(|(t, n)| (t.parent, n)).collect();
        self.branches_of = rows(tasks, tasks, &pairs);
    }

    fn link_holds(&mut self, loose: &Loose<'a>) {
        for n in 0..self.holds.len() {
            let row = &self.holds[n];
            let task = row.fact.task.and_then(|t| self.task_in(row.process, t.0)).unwrap_or(NONE);
            let resource = loose.names.get(&row.fact.resource).copied().unwrap_or(NONE);
            let row = &mut self.holds[n];
            (row.task, row.resource) = (task, resource);
        }
        for (&id, member) in &self.cut.snapshot().members {
            let MemberState::Lost { last: Some(last), .. } = &member.state else { continue };
            for (&handle, recorded) in &last.facts {
                if let Fact::Hold(hold) = &recorded.fact
                    && let Some(&resource) = loose.names.get(&hold.resource)
                {
                    self.orphans.push((resource, id, handle));
                }
            }
        }
        self.orphans.sort_unstable();
    }

    /// What dead processes held of a resource at their last reports.
    pub(super) fn orphans_of_the_dead(
        &self,
        resource: u32,
    ) -> impl Iterator<Item = (Incarnation, Handle)> + '_ {
        matching(&self.orphans, resource, |o| o.0).iter().map(|o| (o.1, o.2))
    }

    fn link_lookups(&mut self, loose: &mut Loose<'a>) {
        self.serving = FixedBitSet::with_capacity(self.tasks.len());
        for &(process, request, task) in &loose.serving {
            let Some(task) = self.task_in(process, task) else { continue };
            if self.processes[process as usize].present {
                self.serving.insert(task as usize);
                self.servers.push((request, task));
            }
        }
        self.servers.sort_unstable();
        let reads = |&(process, lane, task): &(u32, LaneRef, Handle)| {
            (lane, process, self.task_in(process, task).unwrap_or(NONE))
        };
        self.readers = loose.reads.iter().map(reads).collect();
        self.readers.sort_unstable();
        for (row, n) in self.targets.iter().zip(0..) {
            match row.on {
                Awaited::Call(request) | Awaited::Resource { request: Some(request), .. } => {
                    self.requests.push((*request, n));
                }
                _ => {}
            }
        }
        self.requests.sort_unstable();
        loose.permits.sort_unstable();
        loose.declared.sort_by_key(|d| d.0);
        let mut keyed: HashMap<&Text, Vec<(ResourceRef, &Resource)>> = HashMap::new();
        for (id, fact) in &loose.declared {
            if let Some(key) = &fact.key {
                keyed.entry(key).or_default().push((*id, fact));
            }
        }
        for n in 0..self.resources.len() {
            let terms = match self.resources[n].name {
                ResourceName::Owned(id) => self.owned(*id, loose),
                ResourceName::Keyed(key) => {
                    let declared = keyed.get(key).map_or(&[][..], Vec::as_slice);
                    Terms::keyed(key, declared, |id| permits(&loose.permits, id))
                }
            };
            self.resources[n].terms = terms;
        }
    }

    fn owned(&self, id: ResourceRef, loose: &Loose<'_>) -> Terms {
        let name = Text::new(&ResourceName::Owned(id).to_string());
        if !self.is_present(id.process) {
            return Terms::unknown(name);
        }
        match matching(&loose.declared, id, |d| d.0).first() {
            Some((_, fact)) if fact.key.is_none() => Terms::owned(fact, name, permits(&loose.permits, id)),
            _ => Terms::gone(name),
        }
    }

    fn link_places(&mut self, loose: &Loose<'a>) {
        for &(process, handle, fact) in &loose.queued {
            let owner = self.processes[process as usize].id;
            let name = ResourceName::Owned(ResourceRef::new(owner, fact.resource));
            let Some(&resource) = loose.names.get(&name) else { continue };
            let demands = self.resolve(&fact.waiter);
            let demands = demands.into_iter().filter(|t| self.targets[*t as usize].resource == resource);
            let demands = demands.collect();
            self.places.push(PlaceRow { resource, process, handle, fact, demands });
        }
        self.places.sort_by_key(|place| (place.resource, place.fact.ticket));
        let tickets = |place: &PlaceRow<'_>| {
            let ticket = place.fact.ticket;
            place.demands.iter().map(move |t| (*t, ticket)).collect::<Vec<_>>()
        };
        self.tickets = self.places.iter().flat_map(tickets).collect();
        self.tickets.sort_unstable();
    }

    /// The place of a target in its resource's queue: the first, if it has several.
    pub(super) fn ticket(&self, target: u32) -> Option<u64> {
        matching(&self.tickets, target, |t| t.0).first().map(|t| t.1)
    }

    /// The number of a process that has a cut.
    pub(super) fn process(&self, id: Incarnation) -> Option<u32> {
        find(&self.processes, id, |p| p.id)
    }

    pub(super) fn is_present(&self, id: Incarnation) -> bool {
        self.process(id).is_some_and(|p| self.processes[p as usize].present)
    }

    /// Whether the task's process is present, so that it can do anything at all.
    pub(super) fn lives(&self, task: u32) -> bool {
        self.processes[self.tasks[task as usize].process as usize].present
    }

    fn task_in(&self, process: u32, handle: Handle) -> Option<u32> {
        let range = &self.processes[process as usize].tasks;
        let tasks = &self.tasks[range.start as usize..range.end as usize];
        find(tasks, handle, |t| t.id.id.0).map(|n| n + range.start)
    }

    pub(super) fn named(&self, task: TaskRef) -> Named {
        match self.process(task.process) {
            None => Named::Beyond,
            Some(process) => self.task_in(process, task.id.0).map_or(Named::Finished, Named::Live),
        }
    }

    /// The task that has a target.
    pub(super) fn task_of(&self, target: u32) -> u32 {
        self.waits[self.targets[target as usize].wait as usize].task
    }

    /// The process in which a target waits.
    pub(super) fn process_of(&self, target: u32) -> u32 {
        self.tasks[self.task_of(target) as usize].process
    }

    /// The present tasks that serve a request.
    pub(super) fn servers(&self, request: MessageId) -> impl Iterator<Item = u32> + '_ {
        matching(&self.servers, request, |s| s.0).iter().map(|s| s.1)
    }

    /// Who is said to read `lane` in `process`; [`NONE`] for a task that is not there.
    pub(super) fn readers(&self, lane: LaneRef, process: u32) -> impl Iterator<Item = u32> + '_ {
        matching(&self.readers, (lane, process), |r| (r.0, r.1)).iter().map(|r| r.2)
    }

    /// Who is said to read `lane` anywhere.
    pub(super) fn all_readers(&self, lane: LaneRef) -> impl Iterator<Item = u32> + '_ {
        matching(&self.readers, lane, |r| r.0).iter().map(|r| r.2)
    }

    /// The open targets that a resolution means.
    pub(super) fn resolve(&self, resolution: &stillpoint_proto::fact::Resolution) -> Vec<u32> {
        use stillpoint_proto::fact::Resolution;
        match resolution {
            Resolution::Request(id) => matching(&self.requests, *id, |r| r.0).iter().map(|r| r.1).collect(),
            Resolution::Target(id) => {
                let Some(process) = self.process(id.process) else { return Vec::new() };
                let range = &self.processes[process as usize].targets;
                let targets = &self.targets[range.start as usize..range.end as usize];
                find(targets, id.id.0, |t| t.id.id.0).map(|n| n + range.start).into_iter().collect()
            }
        }
    }

    /// Whether a member has no cut.
    pub(super) fn anyone_missing(&self) -> bool {
        !self.missing.is_empty()
    }

    /// What is known of a member.
    pub(super) fn member(&self, id: Incarnation) -> Option<&'a MemberState> {
        self.cut.snapshot().members.get(&id).map(|m| &m.state)
    }

    /// How much a target demands of its resource.
    pub(super) fn demand(&self, target: u32) -> Grip {
        match self.targets[target as usize].on {
            Awaited::Resource { grip, .. } => *grip,
            _ => Grip::Shared(0),
        }
    }
}

fn permits(sorted: &[(ResourceRef, u64)], id: ResourceRef) -> i128 {
    matching(sorted, id, |p| p.0).iter().map(|p| i128::from(p.1)).sum()
}

fn find<T, K: Ord>(sorted: &[T], key: K, of: impl Fn(&T) -> K) -> Option<u32> {
    sorted.binary_search_by_key(&key, of).ok().map(|n| n as u32)
}
