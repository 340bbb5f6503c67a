//! Snapshots written down as a story: who exists, who waits for what, what is under way.
//!
//! ```text
//! let mut world = World::new();
//! let p = world.process("p");
//! let a = world.task(p, "a");
//! let lock = world.mutex(p, "m");
//! world.hold(a, lock).wait(a, all([lock.whole()]));
//! let verdicts = world.verdicts();
//! ```
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::sync::Arc;
use stillpoint_detectors::deadlock::{VictimPolicy, deadlock};
use stillpoint_detectors::verify::verify;
use stillpoint_proto::cut::{LaneEnd, Order, ProcessCut, Recorded, Sending};
use stillpoint_proto::fact::{
    Annotation, Awaited, Fact, Grip, Hold, Location, Millis, Permits, Queued, Reads, Resolution, Resource,
    ResourceName, Serving, Target, Task, Wait, Waker,
};
use stillpoint_proto::id::{
    DeploymentId, Epoch, Global, Handle, Incarnation, LaneId, LaneRef, MessageId, ProcessName, ResourceRef,
    TargetRef, TaskRef, WaitRef,
};
use stillpoint_proto::id::{ResourceId, TargetId, TaskId, WaitId};
use stillpoint_proto::ranges::RangeSet;
use stillpoint_proto::snapshot::{Absence, ConsistentCut, Member, MemberState, Snapshot};
use stillpoint_proto::verdict::{Certificate, Deadlock, Outcome, Reason, Refutation, Verdict};

/// What a process is in the snapshot.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Present,
    Left,
    Lost,
    Presumed,
    Absent,
}

/// A snapshot under construction. Its round is 10; facts are born in round 1 unless [`World::born`] says so.
pub struct World {
    names: BTreeMap<Incarnation, String>,
    cuts: BTreeMap<Incarnation, ProcessCut>,
    kinds: BTreeMap<Incarnation, Kind>,
    lanes: BTreeMap<LaneRef, LaneEnd>,
    confirmed: Epoch,
    born: Epoch,
    next: u64,
}

/// What a wait needs: `need` of the targets, `gathered` of which are satisfied already.
pub struct Needs {
    need: u32,
    gathered: u32,
    on: Vec<Awaited>,
    deadline: Option<Millis>,
}

/// All of the targets.
pub fn all(on: impl IntoIterator<Item = Awaited>) -> Needs {
    let on: Vec<_> = on.into_iter().collect();
    Needs { need: on.len() as u32, gathered: 0, on, deadline: None }
}

/// Any of the targets.
pub fn any(on: impl IntoIterator<Item = Awaited>) -> Needs {
    some(1, on)
}

/// So many of the targets.
pub fn some(need: u32, on: impl IntoIterator<Item = Awaited>) -> Needs {
    Needs { need, gathered: 0, on: on.into_iter().collect(), deadline: None }
}

impl Needs {
    /// With so many targets satisfied before.
    pub fn gathered(mut self, gathered: u32) -> Self {
        self.gathered = gathered;
        self
    }

    /// Ends by itself.
    pub fn until(mut self, deadline: u64) -> Self {
        self.deadline = Some(Millis(deadline));
        self
    }
}

/// The end of a task.
pub fn end_of(task: TaskRef) -> Awaited {
    Awaited::Task(task)
}

/// The reply to a request.
pub fn reply(request: MessageId) -> Awaited {
    Awaited::Call(request)
}

/// A receive that only these wakers can satisfy.
pub fn closed(wakers: impl IntoIterator<Item = Waker>) -> Awaited {
    Awaited::Receive { wakers: wakers.into_iter().collect(), closed: true }
}

/// A receive that anybody can satisfy.
pub fn open() -> Awaited {
    Awaited::Receive { wakers: Vec::new(), closed: false }
}

/// All of an owned resource.
pub fn whole(resource: ResourceRef) -> Awaited {
    demand(resource, Grip::Exclusive)
}

/// Some units of an owned resource.
pub fn units(resource: ResourceRef, units: u64) -> Awaited {
    demand(resource, Grip::Shared(units))
}

/// A demand on an owned resource.
pub fn demand(resource: ResourceRef, grip: Grip) -> Awaited {
    Awaited::Resource { resource: ResourceName::Owned(resource), grip, request: None }
}

/// A demand on an owned resource that was asked for by message.
pub fn asked(resource: ResourceRef, grip: Grip, request: MessageId) -> Awaited {
    Awaited::Resource { resource: ResourceName::Owned(resource), grip, request: Some(request) }
}

/// All of a keyed resource.
pub fn row(key: &str) -> Awaited {
    keyed(key, Grip::Exclusive)
}

/// A demand on a keyed resource.
pub fn keyed(key: &str, grip: Grip) -> Awaited {
    Awaited::Resource { resource: ResourceName::Keyed(key.into()), grip, request: None }
}

impl World {
    pub const ROUND: Epoch = Epoch(10);

    pub fn new() -> Self {
        World {
            names: BTreeMap::new(),
            cuts: BTreeMap::new(),
            kinds: BTreeMap::new(),
            lanes: BTreeMap::new(),
            confirmed: Epoch(5),
            born: Epoch(1),
            next: 1,
        }
    }

    fn handle(&mut self) -> Handle {
        self.next += 1;
        Handle(self.next)
    }

    pub fn process(&mut self, name: &str) -> Incarnation {
        let id = Incarnation(self.names.len() as u64 + 1);
        self.names.insert(id, name.to_string());
        self.cuts.insert(id, ProcessCut::default());
        self.kinds.insert(id, Kind::Present);
        id
    }

    /// The cut of the process is missing.
    pub fn absent(&mut self, process: Incarnation) -> &mut Self {
        self.kinds.insert(process, Kind::Absent);
        self
    }

    /// The process died for certain after it reported what is known of it.
    pub fn lost(&mut self, process: Incarnation) -> &mut Self {
        self.kinds.insert(process, Kind::Lost);
        self
    }

    /// The process is presumed dead.
    pub fn presumed(&mut self, process: Incarnation) -> &mut Self {
        self.kinds.insert(process, Kind::Presumed);
        self
    }

    /// The process said goodbye.
    pub fn left(&mut self, process: Incarnation) -> &mut Self {
        self.kinds.insert(process, Kind::Left);
        self
    }

    /// Every transport from the dead to the living has ended.
    pub fn ended(&mut self, dead: Incarnation) -> &mut Self {
        for cut in self.cuts.values_mut() {
            cut.ended_peers.insert(dead, Epoch(u64::MAX));
        }
        self
    }

    /// Facts are born in this epoch from now on.
    pub fn born(&mut self, epoch: u64) -> &mut Self {
        self.born = Epoch(epoch);
        self
    }

    pub fn insert(&mut self, process: Incarnation, fact: Fact) -> Handle {
        let handle = self.handle();
        let recorded = Recorded { born: self.born, fact };
        self.cuts.get_mut(&process).unwrap().facts.insert(handle, recorded);
        handle
    }

    pub fn task(&mut self, process: Incarnation, label: &str) -> TaskRef {
        self.task_with(process, Task { label: label.into(), ..Task::default() })
    }

    pub fn task_with(&mut self, process: Incarnation, task: Task) -> TaskRef {
        Global::new(process, TaskId(self.insert(process, Fact::Task(task))))
    }

    pub fn branch(&mut self, parent: TaskRef, label: &str) -> TaskRef {
        let task = Task { label: label.into(), parent: Some(parent.id), ..Task::default() };
        self.task_with(parent.process, task)
    }

    /// A task that once was.
    pub fn finished(&mut self, process: Incarnation) -> TaskRef {
        Global::new(process, TaskId(self.handle()))
    }

    pub fn wait(&mut self, task: TaskRef, needs: Needs) -> WaitRef {
        self.wait_targets(task, needs).0
    }

    pub fn wait_targets(&mut self, task: TaskRef, needs: Needs) -> (WaitRef, Vec<TargetRef>) {
        let wait = Wait {
            task: task.id,
            need: needs.need,
            of: needs.on.len() as u32 + needs.gathered,
            since: Millis(self.next),
            deadline: needs.deadline,
            location: Location { file: "app.rs".into(), line: self.next as u32 },
        };
        let wait = WaitId(self.insert(task.process, Fact::Wait(wait)));
        let mut targets = Vec::new();
        for on in needs.on {
            let target = TargetId(self.insert(task.process, Fact::Target(Target { wait, on })));
            targets.push(Global::new(task.process, target));
        }
        (Global::new(task.process, wait), targets)
    }

    pub fn serve(&mut self, task: TaskRef, request: MessageId) -> &mut Self {
        self.insert(task.process, Fact::Serving(Serving { task: task.id, request }));
        self
    }

    pub fn reads(&mut self, task: TaskRef, lane: LaneRef) -> &mut Self {
        self.insert(task.process, Fact::Reads(Reads { task: task.id, lane }));
        self
    }

    pub fn resource(&mut self, owner: Incarnation, resource: Resource) -> ResourceRef {
        Global::new(owner, ResourceId(self.insert(owner, Fact::Resource(resource))))
    }

    /// One unit, closed, unfair, held only by the owner's tasks.
    pub fn mutex(&mut self, owner: Incarnation, label: &str) -> ResourceRef {
        self.resource(owner, Resource { local: true, ..semaphore(label, 1) })
    }

    pub fn permits(&mut self, resource: ResourceRef, units: u64) -> &mut Self {
        self.insert(resource.process, Fact::Permits(Permits { resource: resource.id, units }));
        self
    }

    pub fn queue(&mut self, resource: ResourceRef, ticket: u64, waiter: Resolution) -> &mut Self {
        self.insert(resource.process, Fact::Queued(Queued { resource: resource.id, ticket, waiter }));
        self
    }

    pub fn hold(&mut self, task: TaskRef, resource: ResourceRef) -> &mut Self {
        self.hold_units(task, resource, Grip::Exclusive)
    }

    pub fn hold_units(&mut self, task: TaskRef, resource: ResourceRef, grip: Grip) -> &mut Self {
        self.hold_named(task.process, Some(task), ResourceName::Owned(resource), grip)
    }

    /// Held by a guard of the process that no task is bound to.
    pub fn hold_unbound(&mut self, process: Incarnation, resource: ResourceRef) -> &mut Self {
        self.hold_named(process, None, ResourceName::Owned(resource), Grip::Exclusive)
    }

    pub fn hold_row(&mut self, task: TaskRef, key: &str) -> &mut Self {
        self.hold_keyed(task, key, Grip::Exclusive)
    }

    pub fn hold_keyed(&mut self, task: TaskRef, key: &str, grip: Grip) -> &mut Self {
        self.hold_named(task.process, Some(task), ResourceName::Keyed(key.into()), grip)
    }

    fn hold_named(
        &mut self,
        process: Incarnation,
        task: Option<TaskRef>,
        resource: ResourceName,
        grip: Grip,
    ) -> &mut Self {
        let task = task.map(|t| t.id);
        self.insert(process, Fact::Hold(Hold { resource, task, grip, since: Millis(0) }));
        self
    }

    /// A lane to one peer.
    pub fn lane(&mut self, from: Incarnation, to: Incarnation) -> LaneRef {
        self.lane_to(from, LaneEnd::Peer(to))
    }

    pub fn lane_to(&mut self, from: Incarnation, to: LaneEnd) -> LaneRef {
        let sending = &mut self.cuts.get_mut(&from).unwrap().sending;
        let lane = LaneId(sending.len() as u32 + 1);
        sending.insert(lane, Arc::new(Sending::new(to, Order::Unordered)));
        let lane = LaneRef { process: from, lane };
        self.lanes.insert(lane, to);
        lane
    }

    /// A message that is in transit.
    pub fn send(&mut self, lane: LaneRef, carries: impl IntoIterator<Item = Annotation>) -> MessageId {
        let annotations: Vec<_> = carries.into_iter().collect();
        let sending = self.sending(lane);
        sending.sent += 1;
        let seq = sending.sent;
        sending.log(seq, Arc::from(annotations));
        MessageId { lane, seq }
    }

    fn sending(&mut self, lane: LaneRef) -> &mut Sending {
        self.cuts.get_mut(&lane.process).unwrap().sending_mut(lane.lane).unwrap()
    }

    /// The message may have been lost.
    pub fn doubt(&mut self, message: MessageId) -> &mut Self {
        self.sending(message.lane).doubtful.insert(message.seq);
        self
    }

    /// The sender has given up what it knew of the message, for want of room.
    pub fn collapse(&mut self, message: MessageId) -> &mut Self {
        let sending = self.sending(message.lane);
        sending.unlog(&RangeSet::span(message.seq, message.seq));
        sending.collapsed.insert(message.seq);
        self
    }

    /// The message was received by `by`.
    pub fn received(&mut self, message: MessageId, by: Incarnation) -> &mut Self {
        let cut = self.cuts.get_mut(&by).unwrap();
        cut.receiving.entry(message.lane).or_default().received.insert(message.seq);
        self
    }

    /// The message did not come to `by` before the marker of its link, and so is lost.
    pub fn tombstone(&mut self, message: MessageId, by: Incarnation) -> &mut Self {
        self.sending(message.lane).order = Order::Fifo;
        let cut = self.cuts.get_mut(&by).unwrap();
        cut.receiving.entry(message.lane).or_default().tombstones.insert(message.seq);
        self
    }

    /// A request that a task serves; nobody says that a task reads the lane.
    pub fn request(&mut self, from: Incarnation, server: TaskRef) -> MessageId {
        let lane = self.lane(from, server.process);
        let request = self.send(lane, []);
        self.received(request, server.process).serve(server, request);
        request
    }

    pub fn confirmed(&mut self, epoch: u64) -> &mut Self {
        self.confirmed = Epoch(epoch);
        self
    }

    pub fn cut(&self) -> ConsistentCut {
        let member = |id: &Incarnation| {
            let cut = Arc::new(self.cuts[id].clone());
            let state = match self.kinds[id] {
                Kind::Present => MemberState::Present(cut),
                Kind::Left => MemberState::Left { last: cut, since: Epoch(9) },
                Kind::Lost => MemberState::Lost { certain: true, last: Some(cut), since: Epoch(9) },
                Kind::Presumed => MemberState::Lost { certain: false, last: Some(cut), since: Epoch(9) },
                Kind::Absent => MemberState::Absent(Absence::Silent),
            };
            (*id, Member { name: ProcessName::new(&self.names[id]).unwrap(), state })
        };
        ConsistentCut::check(Snapshot {
            deployment: DeploymentId::from_name("test"),
            epoch: Self::ROUND,
            confirmed: self.confirmed,
            members: self.names.keys().map(member).collect(),
        })
        .unwrap()
    }

    pub fn verdicts(&self) -> Vec<Verdict> {
        let cut = self.cut();
        let verdicts = deadlock(&cut, VictimPolicy::Youngest);
        // Of the largest systems, only how long the detector takes is of interest.
        let small = cut.cuts().map(|(_, state)| state.facts.len()).sum::<usize>() < 50_000;
        for verdict in verdicts.iter().filter(|_| small) {
            assert!(verify(&cut, verdict).is_ok(), "{:?} of {verdict:?}", verify(&cut, verdict));
        }
        verdicts
    }

    /// The deadlocks found, which are all that was found.
    pub fn deadlocks(&self) -> Vec<Deadlock> {
        let holds = |verdict: Verdict| match verdict.outcome {
            Outcome::Holds(Certificate::Deadlock(deadlock)) => deadlock,
            other => panic!("expected HOLDS alone, found {other:?}"),
        };
        self.verdicts().into_iter().map(holds).collect()
    }

    /// The one deadlock found, which is all that was found.
    pub fn deadlock(&self) -> Deadlock {
        let mut all = self.deadlocks();
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }

    /// The one deadlock found, and why there might be more.
    pub fn deadlock_and_reasons(&self) -> (Deadlock, Vec<Reason>) {
        match &self.verdicts()[..] {
            [
                Verdict { outcome: Outcome::Holds(Certificate::Deadlock(found)), .. },
                Verdict { outcome: Outcome::Unknown(doubts), .. },
            ] => (found.clone(), doubts.iter().map(|doubt| doubt.reason.clone()).collect()),
            other => panic!("expected HOLDS and UNKNOWN, found {other:?}"),
        }
    }

    /// The order in which everything can proceed.
    pub fn order(&self) -> Vec<TaskRef> {
        match self.outcome() {
            Outcome::DoesNotHold(Refutation::ReductionOrder(order)) => order,
            other => panic!("expected DOES_NOT_HOLD, found {other:?}"),
        }
    }

    /// The reasons why nothing is known, and that nothing else was found.
    pub fn reasons(&self) -> Vec<Reason> {
        match self.outcome() {
            Outcome::Unknown(doubts) => doubts.into_iter().map(|doubt| doubt.reason).collect(),
            other => panic!("expected UNKNOWN, found {other:?}"),
        }
    }

    fn outcome(&self) -> Outcome {
        let mut all = self.verdicts();
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0).outcome
    }
}

/// Units that are closed, unfair and may be held anywhere.
pub fn semaphore(label: &str, capacity: u64) -> Resource {
    Resource {
        key: None,
        label: label.into(),
        capacity: Some(capacity),
        closed: true,
        fair: false,
        local: false,
    }
}

/// The members of a deadlock.
pub fn members(deadlock: &Deadlock) -> Vec<TaskRef> {
    deadlock.members.iter().map(|stuck| stuck.task).collect()
}

/// Two tasks of one process, of which `a` holds `x` and wants `y`, and `b` holds `y`.
pub struct Pair {
    pub world: World,
    pub process: Incarnation,
    pub a: TaskRef,
    pub b: TaskRef,
    pub x: ResourceRef,
}

pub fn pair() -> Pair {
    let mut world = World::new();
    let process = world.process("p");
    let (a, b) = (world.task(process, "a"), world.task(process, "b"));
    let (x, y) = (world.mutex(process, "x"), world.mutex(process, "y"));
    world.hold(a, x).hold(b, y).wait(a, all([whole(y)]));
    Pair { world, process, a, b, x }
}

/// Units that are granted in the order of a queue, to tasks of the owner.
pub fn fair(label: &str, capacity: u64) -> Resource {
    Resource { fair: true, local: true, ..semaphore(label, capacity) }
}
