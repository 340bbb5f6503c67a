//! Writes down what perfectly instrumented processes would have reported of a [`World`] at its instant.
//!
//! Rules E2 and E3 (ARCHITECTURE.md): whoever holds records the hold; a grant under way is an annotation of the
//! message that carries it; cause and consequence are one event, so nothing is half recorded. Messages that
//! were received and not yet acknowledged are still in their sender's log, as they would be.
//!
//! [`Knowledge`] takes some of that away again: a process whose cut is missing, or that died.

use crate::oracle::world::{Amount, End, Holder, Home, On, Waker, World};
use std::collections::BTreeMap;
use std::sync::Arc;
use stillpoint_proto::cut::{LaneEnd, Order, ProcessCut, Receiving, Recorded, Sending};
use stillpoint_proto::fact::{
    Annotation, Awaited, Fact, Grip, Hold, Millis, Permits, Queued, Reads, Resolution, Resource,
    ResourceName, Serving, Target, Task, Wait,
};
use stillpoint_proto::id::{
    DeploymentId, Epoch, Handle, Incarnation, LaneId, LaneRef, MessageId, ProcessName, ResourceId,
    ResourceRef, TargetId, TargetRef, TaskId, TaskRef, Text, WaitId,
};
use stillpoint_proto::snapshot::{Absence, Member, MemberState, Snapshot};

/// The epoch of every snapshot rendered.
pub const EPOCH: Epoch = Epoch(10);
/// Facts born before this epoch are confirmed.
pub const CONFIRMED: Epoch = Epoch(5);

/// What is known of one process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knowledge {
    /// Its cut.
    Present,
    /// Its last cut: it has said goodbye.
    Left,
    /// Nothing; it lives.
    Absent,
    /// It is presumed dead or certainly so; with its last report, or without any.
    Lost {
        /// Whether that is certain.
        certain: bool,
        /// Whether there is a last report.
        report: bool,
    },
}

/// The name of process `p` in snapshots.
#[must_use]
pub const fn incarnation(p: usize) -> Incarnation {
    Incarnation(100 + p as u64)
}

/// The name of task `t` in snapshots.
#[must_use]
pub fn task_ref(world: &World, t: usize) -> TaskRef {
    TaskRef::new(incarnation(world.tasks[t].process), TaskId::of(1 + t as u64))
}

/// The task of a name, if it is one of the world's.
#[must_use]
pub fn task_of(world: &World, name: TaskRef) -> Option<usize> {
    (0..world.tasks.len()).find(|t| task_ref(world, *t) == name)
}

/// The snapshot of a world in which process `p` is known as `knowledge[p]` says; all others are present.
#[must_use]
pub fn render(world: &World, knowledge: &[Knowledge]) -> Snapshot {
    let mut members = BTreeMap::new();
    for p in 0..world.processes {
        let cut = || Arc::new(Scribe { world, process: p }.cut());
        let state = match knowledge.get(p).copied().unwrap_or(Knowledge::Present) {
            Knowledge::Present => MemberState::Present(cut()),
            Knowledge::Left => MemberState::Left { last: cut(), since: Epoch::ZERO },
            Knowledge::Absent => MemberState::Absent(Absence::Silent),
            Knowledge::Lost { certain, report } => {
                MemberState::Lost { certain, last: report.then(cut), since: Epoch::ZERO }
            }
        };
        if let Ok(name) = ProcessName::new(&format!("p{p}")) {
            members.insert(incarnation(p), Member { name, state });
        }
    }
    Snapshot { deployment: DeploymentId::from_name("oracle"), epoch: EPOCH, confirmed: CONFIRMED, members }
}

/// Writes the cut of one process.
struct Scribe<'a> {
    world: &'a World,
    process: usize,
}

impl Scribe<'_> {
    fn cut(&self) -> ProcessCut {
        let mut cut = ProcessCut::default();
        for (number, born, fact) in self.facts() {
            cut.facts.insert(Handle(number), Recorded { born, fact });
        }
        self.lanes(&mut cut);
        cut
    }

    fn facts(&self) -> Vec<(u64, Epoch, Fact)> {
        let mut facts = self.task_facts();
        facts.extend(self.wait_facts());
        facts.extend(self.resource_facts());
        facts.into_iter().map(|(n, fact)| (n, self.born(n), fact)).collect()
    }

    /// Holds on keyed resources may be too young to be confirmed; everything else is old.
    fn born(&self, number: u64) -> Epoch {
        let hold = number.checked_sub(HOLD).and_then(|h| self.world.holds.get(h as usize));
        if hold.is_some_and(|h| number < SERVING && !h.confirmed) { Epoch(7) } else { Epoch(2) }
    }

    fn is_here(&self, task: usize) -> bool {
        self.world.tasks[task].process == self.process
    }

    fn task_facts(&self) -> Vec<(u64, Fact)> {
        let w = self.world;
        let mut facts = Vec::new();
        for (t, task) in w.tasks.iter().enumerate().filter(|(t, task)| self.is_here(*t) && !task.finished) {
            let parent = task.parent.map(|p| TaskId::of(1 + p as u64));
            let label = Text::new(&format!("t{t}"));
            facts.push((1 + t as u64, Fact::Task(Task { label, parent, ..Task::default() })));
        }
        for (e, &(t, m)) in w.serving.iter().enumerate().filter(|(_, e)| self.is_here(e.0)) {
            let serving = Serving { task: TaskId::of(1 + t as u64), request: message_id(w, m) };
            facts.push((SERVING + e as u64, Fact::Serving(serving)));
        }
        let mut reads = READS;
        for (l, lane) in w.lanes.iter().enumerate() {
            for &t in lane.readers.iter().filter(|t| self.is_here(**t) && !w.tasks[**t].finished) {
                let fact = Reads { task: TaskId::of(1 + t as u64), lane: lane_ref(w, l) };
                facts.push((reads, Fact::Reads(fact)));
                reads += 1;
            }
        }
        facts
    }

    fn wait_facts(&self) -> Vec<(u64, Fact)> {
        let w = self.world;
        let mut facts = Vec::new();
        for (i, wait) in w.waits.iter().enumerate().filter(|(_, wait)| self.is_here(wait.task)) {
            let task = TaskId::of(1 + wait.task as u64);
            let (need, of) = (wait.need, wait.of);
            let (since, deadline, location) = (Millis(1), None, Default::default());
            facts.push((WAIT + i as u64, Fact::Wait(Wait { task, need, of, since, deadline, location })));
        }
        for (i, target) in w.targets.iter().enumerate().filter(|(i, _)| self.is_here(w.waiter(*i))) {
            let wait = WaitId::of(WAIT + target.wait as u64);
            facts.push((TARGET + i as u64, Fact::Target(Target { wait, on: awaited(w, &target.on) })));
        }
        facts
    }

    fn resource_facts(&self) -> Vec<(u64, Fact)> {
        let w = self.world;
        let mut facts = Vec::new();
        let mut queued = QUEUED;
        for (i, r) in w.resources.iter().enumerate() {
            let declared = match r.home {
                Home::Process(owner) => owner == self.process && !r.gone,
                // Whoever uses it has the same program.
                Home::Key => r.capacity.is_some(),
            };
            if !declared {
                continue;
            }
            let key = (r.home == Home::Key).then(|| key(i));
            let (capacity, closed, fair, local) = (r.capacity, r.closed, r.fair, r.local);
            let label = Text::new(&format!("r{i}"));
            let resource = ResourceId::of(RESOURCE + i as u64);
            facts
                .push((resource.0.0, Fact::Resource(Resource { key, label, capacity, closed, fair, local })));
            if r.permits > 0 {
                facts.push((PERMITS + i as u64, Fact::Permits(Permits { resource, units: r.permits })));
            }
            for (place, &t) in r.queue.iter().enumerate() {
                let (ticket, waiter) = (10 + place as u64, resolution(w, t));
                facts.push((queued, Fact::Queued(Queued { resource, ticket, waiter })));
                queued += 1;
            }
        }
        for (i, hold) in w.holds.iter().enumerate().filter(|(_, hold)| hold.process == self.process) {
            let task = match hold.holder {
                Holder::Task(t) => Some(TaskId::of(1 + t as u64)),
                Holder::Unbound => None,
                Holder::Grant { .. } | Holder::Return { .. } => continue,
            };
            let (resource, grip) = (resource_name(w, hold.resource), grip(hold.amount));
            facts.push((HOLD + i as u64, Fact::Hold(Hold { resource, task, grip, since: Millis(1) })));
        }
        facts
    }

    fn lanes(&self, cut: &mut ProcessCut) {
        let w = self.world;
        for (l, lane) in w.lanes.iter().enumerate() {
            let on_it = || w.messages.iter().enumerate().filter(move |(_, m)| m.lane == l);
            if lane.from == self.process {
                let to = match lane.end {
                    End::Peer => LaneEnd::Peer(incarnation(lane.to)),
                    End::Sole => LaneEnd::Sole,
                    End::Group => LaneEnd::Group,
                };
                // What is lost did not come before the marker of a link, or its link has ended.
                let mut sending = Sending::new(to, Order::Fifo);
                sending.sent = on_it().count() as u64;
                for (i, m) in on_it() {
                    if m.received && m.acknowledged {
                        sending.settled_by.insert(incarnation(lane.to));
                        continue;
                    }
                    let annotations = Arc::from(annotations(w, i));
                    sending.log(w.number(i), annotations);
                    if m.doubtful {
                        sending.doubtful.insert(w.number(i));
                    }
                }
                cut.sending.insert(LaneId(l as u32), Arc::new(sending));
            }
            if lane.to == self.process && on_it().any(|(_, m)| m.received || m.lost) {
                let received = on_it().filter(|(_, m)| m.received).map(|(i, _)| w.number(i)).collect();
                let tombstones = on_it().filter(|(_, m)| m.lost).map(|(i, _)| w.number(i)).collect();
                let receiving = Receiving { received, tombstones, latest: Epoch(3), ..Receiving::default() };
                cut.receiving.insert(lane_ref(w, l), receiving);
            }
        }
    }
}

// The handles of a kind begin at these numbers; the index in the world's list is added. Tasks begin at 1, so
// that parents, which come first in the list, have the lower handles.
const RESOURCE: u64 = 100;
const WAIT: u64 = 200;
const TARGET: u64 = 300;
const HOLD: u64 = 400;
const SERVING: u64 = 500;
const READS: u64 = 600;
const QUEUED: u64 = 700;
const PERMITS: u64 = 800;

const fn grip(amount: Amount) -> Grip {
    match amount {
        Amount::Units(n) => Grip::Shared(n),
        Amount::All => Grip::Exclusive,
    }
}

const fn lane_ref_of(process: usize, lane: usize) -> LaneRef {
    LaneRef { process: incarnation(process), lane: LaneId(lane as u32) }
}

fn lane_ref(world: &World, lane: usize) -> LaneRef {
    lane_ref_of(world.lanes[lane].from, lane)
}

/// The name of a message in snapshots.
#[must_use]
pub fn message_id(world: &World, message: usize) -> MessageId {
    MessageId { lane: lane_ref(world, world.messages[message].lane), seq: world.number(message) }
}

fn resource_name(world: &World, resource: usize) -> ResourceName {
    match world.resources[resource].home {
        Home::Process(p) => {
            ResourceName::Owned(ResourceRef::new(incarnation(p), ResourceId::of(RESOURCE + resource as u64)))
        }
        Home::Key => ResourceName::Keyed(key(resource)),
    }
}

fn key(resource: usize) -> Text {
    Text::new(&format!("key{resource}"))
}

/// How the owner of a resource, or the sender of a message, names a target: by the request if there was one.
fn resolution(world: &World, target: usize) -> Resolution {
    match world.targets[target].on {
        On::Resource { request: Some(m), .. } => Resolution::Request(message_id(world, m)),
        _ => {
            let process = incarnation(world.tasks[world.waiter(target)].process);
            Resolution::Target(TargetRef::new(process, TargetId::of(TARGET + target as u64)))
        }
    }
}

fn awaited(world: &World, on: &On) -> Awaited {
    match on {
        On::Task(t) => Awaited::Task(task_ref(world, *t)),
        On::Resource { resource, amount, request } => Awaited::Resource {
            resource: resource_name(world, *resource),
            grip: grip(*amount),
            request: request.map(|m| message_id(world, m)),
        },
        On::Call(m) => Awaited::Call(message_id(world, *m)),
        On::Receive { wakers, closed } => {
            let wakers = wakers.iter().map(|w| waker(world, *w)).collect();
            Awaited::Receive { wakers, closed: *closed }
        }
        On::External => Awaited::External,
    }
}

fn waker(world: &World, waker: Waker) -> stillpoint_proto::fact::Waker {
    use stillpoint_proto::fact::Waker as Named;
    match waker {
        Waker::Task(t) => Named::Task(task_ref(world, t)),
        Waker::Process(p) => Named::Process(incarnation(p)),
        Waker::Lane(l) => Named::Lane(lane_ref(world, l)),
    }
}

fn annotations(world: &World, message: usize) -> Vec<Annotation> {
    let m = &world.messages[message];
    let mut all: Vec<_> = m.resolves.iter().map(|t| Annotation::Resolves(resolution(world, *t))).collect();
    all.extend(m.replies.map(|r| Annotation::Resolves(Resolution::Request(message_id(world, r)))));
    for hold in &world.holds {
        let (resource, grip) = (resource_name(world, hold.resource), grip(hold.amount));
        match hold.holder {
            Holder::Grant { message: by, to } if by == message => {
                let to = to.map(|t| resolution(world, t));
                all.push(Annotation::Grants { resource, grip, to });
            }
            Holder::Return { message: by } if by == message => {
                all.push(Annotation::Releases { resource, grip });
            }
            _ => {}
        }
    }
    all
}
