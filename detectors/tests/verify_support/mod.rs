//! Snapshots written by hand, and verdicts on them.
//!
//! A verdict made here takes every field for people from the snapshot, so that a test spoils exactly one thing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use stillpoint_detectors::verify::{Confirmed, Refuted, verify};
use stillpoint_proto::cut::{LaneEnd, Order, ProcessCut, Receiving, Recorded, Sending};
use stillpoint_proto::fact::*;
use stillpoint_proto::id::*;
use stillpoint_proto::ranges::RangeSet;
use stillpoint_proto::snapshot::{Absence, Assumption, ConsistentCut, Member, MemberState, Snapshot};
use stillpoint_proto::verdict::*;

pub(crate) const ROUND: Epoch = Epoch(10);
pub(crate) const CONFIRMED: Epoch = Epoch(5);

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Present,
    Left,
    /// Certainly dead, and everybody has seen the end of its transports.
    Lost,
    /// As `Lost`, but presumed from silence.
    Presumed,
    Absent,
}

/// A snapshot in the making. Facts are born in epoch 1 unless [`Build::born`] says otherwise.
#[derive(Clone)]
pub(crate) struct Build {
    cuts: BTreeMap<Incarnation, (ProcessCut, State)>,
    next: u64,
    born: Epoch,
}

pub(crate) fn owned(resource: ResourceRef) -> ResourceName {
    ResourceName::Owned(resource)
}

pub(crate) fn keyed(key: &str) -> ResourceName {
    ResourceName::Keyed(key.into())
}

pub(crate) fn lock(resource: &ResourceName) -> Awaited {
    Awaited::Resource { resource: resource.clone(), grip: Grip::Exclusive, request: None }
}

pub(crate) fn some(resource: &ResourceName, units: u64) -> Awaited {
    Awaited::Resource { resource: resource.clone(), grip: Grip::Shared(units), request: None }
}

pub(crate) fn receive(closed: bool, wakers: &[Waker]) -> Awaited {
    Awaited::Receive { wakers: wakers.to_vec(), closed }
}

impl Build {
    pub(crate) fn new() -> Self {
        Build { cuts: BTreeMap::new(), next: 1, born: Epoch(1) }
    }

    pub(crate) fn process(&mut self) -> Incarnation {
        let process = Incarnation(self.cuts.len() as u64 + 1);
        self.cuts.insert(process, (ProcessCut::default(), State::Present));
        process
    }

    pub(crate) fn state(&mut self, process: Incarnation, state: State) {
        self.cuts.get_mut(&process).unwrap().1 = state;
    }

    pub(crate) fn edit(&mut self, process: Incarnation) -> &mut ProcessCut {
        &mut self.cuts.get_mut(&process).unwrap().0
    }

    pub(crate) fn born(&mut self, epoch: u64) {
        self.born = Epoch(epoch);
    }

    pub(crate) fn fact(&mut self, process: Incarnation, fact: Fact) -> Handle {
        let (handle, born) = (Handle(self.next), self.born);
        self.next += 1;
        self.edit(process).facts.insert(handle, Recorded { born, fact });
        handle
    }

    pub(crate) fn remove(&mut self, process: Incarnation, handle: Handle) {
        self.edit(process).facts.remove(&handle).unwrap();
    }

    pub(crate) fn task(&mut self, process: Incarnation) -> TaskRef {
        self.task_of(process, None)
    }

    pub(crate) fn branch(&mut self, parent: TaskRef) -> TaskRef {
        self.task_of(parent.process, Some(parent.id))
    }

    fn task_of(&mut self, process: Incarnation, parent: Option<TaskId>) -> TaskRef {
        let label = Text::new(&format!("task {}", self.next));
        let location = Location { file: "main.rs".into(), line: self.next as u32 };
        let task = Task { label, location, parent, weight: 0, since: Millis(self.next) };
        Global::new(process, TaskId(self.fact(process, Fact::Task(task))))
    }

    /// A wait for `need` of `targets`.
    pub(crate) fn wait(&mut self, task: TaskRef, need: u32, targets: &[Awaited]) -> WaitRef {
        let of = targets.len() as u32;
        let location = Location { file: "wait.rs".into(), line: self.next as u32 };
        let since = Millis(100 + self.next);
        let wait = Wait { task: task.id, need, of, since, deadline: None, location };
        let wait = WaitId(self.fact(task.process, Fact::Wait(wait)));
        for on in targets {
            self.fact(task.process, Fact::Target(Target { wait, on: on.clone() }));
        }
        Global::new(task.process, wait)
    }

    /// The n-th target of a wait made by [`Build::wait`].
    pub(crate) fn target(&self, wait: WaitRef, n: u64) -> TargetRef {
        Global::new(wait.process, TargetId::of(wait.id.0.0 + 1 + n))
    }

    pub(crate) fn change_wait(&mut self, wait: WaitRef, change: impl FnOnce(&mut Wait)) {
        match &mut self.edit(wait.process).facts.get_mut(&wait.id.0).unwrap().fact {
            Fact::Wait(wait) => change(wait),
            other => panic!("{other:?} is no wait"),
        }
    }

    pub(crate) fn resource(&mut self, process: Incarnation, capacity: Option<u64>) -> ResourceName {
        let resource =
            Resource { key: None, label: "lock".into(), capacity, closed: true, fair: false, local: false };
        owned(Global::new(process, ResourceId(self.fact(process, Fact::Resource(resource)))))
    }

    pub(crate) fn mutex(&mut self, process: Incarnation) -> ResourceName {
        self.resource(process, Some(1))
    }

    pub(crate) fn change(&mut self, name: &ResourceName, change: impl FnOnce(&mut Resource)) {
        let ResourceName::Owned(resource) = name else { panic!("{name} is not owned") };
        match &mut self.edit(resource.process).facts.get_mut(&resource.id.0).unwrap().fact {
            Fact::Resource(resource) => change(resource),
            other => panic!("{other:?} is no resource"),
        }
    }

    pub(crate) fn hold(&mut self, task: TaskRef, resource: &ResourceName, grip: Grip) -> Handle {
        let hold = Hold { resource: resource.clone(), task: Some(task.id), grip, since: Millis(1) };
        self.fact(task.process, Fact::Hold(hold))
    }

    pub(crate) fn queue(&mut self, resource: &ResourceName, ticket: u64, target: TargetRef) {
        let ResourceName::Owned(owner) = resource else { panic!("{resource} is not owned") };
        let waiter = Resolution::Target(target);
        self.fact(owner.process, Fact::Queued(Queued { resource: owner.id, ticket, waiter }));
    }

    pub(crate) fn lane(&mut self, from: Incarnation, to: LaneEnd) -> LaneRef {
        let sending = &mut self.edit(from).sending;
        let lane = LaneId(sending.len() as u32 + 1);
        sending.insert(lane, Arc::new(Sending::new(to, Order::Fifo)));
        LaneRef { process: from, lane }
    }

    pub(crate) fn send(&mut self, lane: LaneRef, annotations: Vec<Annotation>) -> MessageId {
        let sending = self.edit(lane.process).sending_mut(lane.lane).unwrap();
        sending.sent += 1;
        let seq = sending.sent;
        sending.log(seq, Arc::from(annotations));
        MessageId { lane, seq }
    }

    pub(crate) fn doubt(&mut self, message: MessageId) {
        let sending = self.edit(message.sender()).sending_mut(message.lane.lane).unwrap();
        sending.doubtful.insert(message.seq);
    }

    pub(crate) fn got(&mut self, process: Incarnation, message: MessageId) {
        let receiving: &mut Receiving = self.edit(process).receiving.entry(message.lane).or_default();
        receiving.received.insert(message.seq);
    }

    /// `process` has promised not to receive the message.
    pub(crate) fn refuse(&mut self, process: Incarnation, message: MessageId) {
        let receiving: &mut Receiving = self.edit(process).receiving.entry(message.lane).or_default();
        receiving.tombstones.insert(message.seq);
    }

    /// The sender has given up what it knew of the message, for want of room.
    pub(crate) fn collapse(&mut self, message: MessageId) {
        let sending = self.edit(message.sender()).sending_mut(message.lane.lane).unwrap();
        sending.unlog(&RangeSet::span(message.seq, message.seq));
        sending.collapsed.insert(message.seq);
    }

    /// A request from the process of the caller to `to`, received and served by `server`.
    pub(crate) fn call(&mut self, caller: Incarnation, server: TaskRef) -> MessageId {
        let lane = self.lane(caller, LaneEnd::Peer(server.process));
        let request = self.send(lane, vec![]);
        self.got(server.process, request);
        self.fact(server.process, Fact::Serving(Serving { task: server.id, request }));
        request
    }

    pub(crate) fn cut(&self) -> ConsistentCut {
        let gone: BTreeSet<Incarnation> = self
            .cuts
            .iter()
            .filter(|(_, (_, state))| matches!(state, State::Lost | State::Presumed))
            .map(|(process, _)| *process)
            .collect();
        let member = |(&process, (cut, state)): (&Incarnation, &(ProcessCut, State))| {
            let mut cut = cut.clone();
            cut.ended_peers.extend(gone.iter().map(|peer| (*peer, Epoch(u64::MAX))));
            let cut = Arc::new(cut);
            let lost = |certain| MemberState::Lost { certain, last: None, since: Epoch(3) };
            let state = match state {
                State::Present => MemberState::Present(cut),
                State::Left => MemberState::Left { last: cut, since: Epoch(3) },
                State::Lost => lost(true),
                State::Presumed => lost(false),
                State::Absent => MemberState::Absent(Absence::Silent),
            };
            (process, Member { name: ProcessName::new(&format!("p{process}")).unwrap(), state })
        };
        let members = self.cuts.iter().map(member).collect();
        let deployment = DeploymentId::from_name("test");
        ConsistentCut::check(Snapshot { deployment, epoch: ROUND, confirmed: CONFIRMED, members }).unwrap()
    }
}

/// A verdict that lists what every verdict on the cut rests on.
pub(crate) fn verdict(cut: &ConsistentCut, property: Property, outcome: Outcome) -> Verdict {
    Verdict {
        deployment: cut.snapshot().deployment,
        epoch: cut.snapshot().epoch,
        property,
        outcome,
        assumptions: cut.assumptions().into_iter().collect(),
    }
}

/// A deadlock of these members, with all fields for people as the snapshot has them.
pub(crate) fn deadlock(
    cut: &ConsistentCut,
    members: &[TaskRef],
    shape: Shape,
    victims: &[TaskRef],
) -> Verdict {
    let mut tasks = members.to_vec();
    tasks.sort();
    let mut until: BTreeMap<Incarnation, Millis> = BTreeMap::new();
    let mut assumptions = cut.assumptions();
    let mut waits_of: BTreeMap<TaskRef, Vec<(WaitRef, &Wait)>> = BTreeMap::new();
    let mut open_of: BTreeMap<WaitRef, Vec<&Awaited>> = BTreeMap::new();
    for (process, state) in cut.cuts() {
        for (&handle, recorded) in &state.facts {
            match &recorded.fact {
                Fact::Wait(wait) => {
                    let this = Global::new(process, WaitId(handle));
                    waits_of.entry(Global::new(process, wait.task)).or_default().push((this, wait));
                }
                Fact::Target(target) => {
                    open_of.entry(Global::new(process, target.wait)).or_default().push(&target.on);
                }
                _ => {}
            }
        }
    }
    let mut stuck = Vec::new();
    for task in tasks {
        let member = &cut.snapshot().members[&task.process];
        let facts = &member.state.cut().unwrap().facts;
        let Fact::Task(fact) = facts[&task.id.0].fact.clone() else { panic!("{task} is no task") };
        let mut waits = Vec::new();
        for (this, wait) in waits_of.get(&task).into_iter().flatten() {
            let open = open_of.get(this).map_or(&[][..], Vec::as_slice);
            if open.iter().any(|on| matches!(on, Awaited::Receive { closed: true, .. })) {
                assumptions.insert(Assumption::ClosedWakers(*this));
            }
            if let Some(deadline) = wait.deadline {
                let known = until.entry(task.process).or_insert(deadline);
                *known = deadline.min(*known);
            }
            let missing = (wait.need + open.len() as u32).saturating_sub(wait.of);
            let (since, location) = (wait.since, wait.location.clone());
            waits.push(StuckWait { wait: *this, since, location, missing, on: vec![] });
        }
        let (process, label, location) = (member.name.clone(), fact.label, fact.location);
        stuck.push(Stuck { task, process, label, location, waits, holds: vec![] });
    }
    let found = Deadlock {
        members: stuck,
        shape,
        behind: vec![],
        victims: victims.to_vec(),
        holds_until: until,
        messages: vec![],
    };
    let mut verdict = verdict(cut, Property::Deadlock, Outcome::Holds(Certificate::Deadlock(found)));
    verdict.assumptions = assumptions.into_iter().collect();
    verdict
}

pub(crate) fn edges(pairs: &[(TaskRef, TaskRef)]) -> Vec<Edge> {
    pairs.iter().map(|&(from, to)| Edge { from, to, by: "lock".into() }).collect()
}

/// The cycle through these tasks, in this order.
pub(crate) fn cycle(tasks: &[TaskRef]) -> Shape {
    let pairs: Vec<_> = (0..tasks.len()).map(|n| (tasks[n], tasks[(n + 1) % tasks.len()])).collect();
    Shape::Cycle(edges(&pairs))
}

/// What the checker says of a deadlock that is this cycle, with its first task as the victim.
pub(crate) fn ring(build: &Build, tasks: &[TaskRef]) -> Result<(), Refuted> {
    let cut = build.cut();
    let found = deadlock(&cut, tasks, cycle(tasks), &tasks[..1]);
    verify(&cut, &found).map(|confirmed| assert!(confirmed.unchecked.is_empty()))
}

/// What the checker says of a deadlock of one task that waits for what nobody can give.
pub(crate) fn abandoned(build: &Build, task: TaskRef) -> Result<(), Refuted> {
    let cut = build.cut();
    let found = deadlock(&cut, &[task], Shape::Abandoned, &[task]);
    verify(&cut, &found).map(|confirmed| assert!(confirmed.unchecked.is_empty()))
}

/// What the checker says of this order as the proof that there is no deadlock.
pub(crate) fn order(build: &Build, tasks: &[TaskRef]) -> Result<(), Refuted> {
    let cut = build.cut();
    let outcome = Outcome::DoesNotHold(Refutation::ReductionOrder(tasks.to_vec()));
    verify(&cut, &verdict(&cut, Property::Deadlock, outcome)).map(drop)
}

/// The deadlock inside a verdict.
pub(crate) fn inside(verdict: &mut Verdict) -> &mut Deadlock {
    match &mut verdict.outcome {
        Outcome::Holds(Certificate::Deadlock(found)) => found,
        other => panic!("{other:?} is no deadlock"),
    }
}

pub(crate) fn confirm(cut: &ConsistentCut, verdict: &Verdict) -> Confirmed {
    verify(cut, verdict).unwrap_or_else(|refuted| panic!("{refuted}"))
}

/// For closures that want the wait to be there and not its name.
pub(crate) fn only(_: WaitRef) {}
