//! Small snapshots, written down by hand. A process is a number, and so is a fact.
#![allow(dead_code)] // Each test file has its own copy and uses a part of it.
#![allow(clippy::unwrap_used, clippy::expect_used)] // Tests all the same, though not within `#[test]`.

use std::collections::BTreeMap;
use std::sync::Arc;
use stillpoint_proto::cut::{LaneEnd, Order, ProcessCut, Recorded, Sending};
use stillpoint_proto::fact::{Annotation, Creation, Fact, Object, Pin, Reference, Token};
use stillpoint_proto::id::{
    ComputationId, ComputationRef, DeploymentId, Epoch, Handle, Incarnation, LaneId, LaneRef, MessageId,
    ObjectId, ObjectRef, ProcessName,
};
use stillpoint_proto::snapshot::{Absence, ConsistentCut, Member, MemberState, Snapshot};
use stillpoint_proto::verdict::{Outcome, Reason};

/// The round of every snapshot here.
pub(crate) const ROUND: Epoch = Epoch(10);

pub(crate) fn process(n: u64) -> Incarnation {
    Incarnation(n)
}

pub(crate) fn computation(process: u64, handle: u64) -> ComputationRef {
    ComputationRef::new(Incarnation(process), ComputationId::of(handle))
}

pub(crate) fn object(process: u64, handle: u64) -> ObjectRef {
    ObjectRef::new(Incarnation(process), ObjectId::of(handle))
}

/// Message `seq` from one process to another: every pair has one lane, numbered by the receiver.
pub(crate) fn message(from: u64, to: u64, seq: u64) -> MessageId {
    MessageId::new(Incarnation(from), LaneId(to as u32), seq)
}

/// A process while it is written down.
#[derive(Clone, Debug, Default)]
pub(crate) struct Process(pub(crate) ProcessCut);

impl Process {
    pub(crate) fn fact(mut self, handle: u64, born: u64, fact: Fact) -> Self {
        let old = self.0.facts.insert(Handle(handle), Recorded { born: Epoch(born), fact });
        assert!(old.is_none(), "handle {handle} is used twice");
        self
    }

    pub(crate) fn creation(self, handle: u64, born: u64, allow_loss: bool) -> Self {
        self.fact(handle, born, Fact::Creation(Creation { label: "job".into(), allow_loss }))
    }

    pub(crate) fn token(self, handle: u64, computation: ComputationRef) -> Self {
        self.fact(handle, 1, Fact::Token(Token { computation }))
    }

    pub(crate) fn object(self, handle: u64, size: u64) -> Self {
        self.fact(handle, 1, Fact::Object(Object { label: "".into(), size }))
    }

    pub(crate) fn pin(self, handle: u64, object: u64) -> Self {
        self.fact(handle, 1, Fact::Pin(Pin { object: ObjectId::of(object) }))
    }

    pub(crate) fn root(self, handle: u64, to: ObjectRef) -> Self {
        self.fact(handle, 1, Fact::Reference(Reference { from: None, to }))
    }

    pub(crate) fn refers(self, handle: u64, from: u64, to: ObjectRef) -> Self {
        self.fact(handle, 1, Fact::Reference(Reference { from: Some(ObjectId::of(from)), to }))
    }

    pub(crate) fn gauge(mut self, name: &str, amount: i64) -> Self {
        self.0.gauges.insert(name.into(), amount);
        self
    }

    /// Sends the next message to `to`, which is in the log.
    pub(crate) fn sends(self, to: u64, annotations: &[Annotation]) -> Self {
        self.outstanding(to, annotations, false)
    }

    /// Sends the next message to `to`, and then cannot say whether it will arrive.
    pub(crate) fn doubts(self, to: u64, annotations: &[Annotation]) -> Self {
        self.outstanding(to, annotations, true)
    }

    fn outstanding(mut self, to: u64, annotations: &[Annotation], doubtful: bool) -> Self {
        let lane = self.lane(to);
        lane.sent += 1;
        lane.log(lane.sent, Arc::from(annotations));
        if doubtful {
            lane.doubtful.insert(lane.sent);
        }
        self
    }

    /// Sends the next message to `to`, whose annotations have been given up.
    pub(crate) fn sends_unread(mut self, to: u64) -> Self {
        let lane = self.lane(to);
        lane.sent += 1;
        lane.collapsed.insert(lane.sent);
        self
    }

    fn lane(&mut self, to: u64) -> &mut Sending {
        let new = || Arc::new(Sending::new(LaneEnd::Peer(Incarnation(to)), Order::Unordered));
        Arc::make_mut(self.0.sending.entry(LaneId(to as u32)).or_insert_with(new))
    }

    /// The process `me` has received message `seq` from `from`.
    pub(crate) fn receives(mut self, me: u64, from: u64, seq: u64) -> Self {
        let lane = LaneRef { process: Incarnation(from), lane: LaneId(me as u32) };
        let lane = self.0.receiving.entry(lane).or_default();
        lane.received.insert(seq);
        self
    }

    /// Every transport from `peer` has ended.
    pub(crate) fn ended(mut self, peer: u64) -> Self {
        self.0.ended_peers.insert(Incarnation(peer), Epoch(u64::MAX));
        self
    }
}

/// A snapshot while it is written down.
#[derive(Clone, Debug, Default)]
pub(crate) struct World(BTreeMap<Incarnation, Member>);

impl World {
    pub(crate) fn present(self, n: u64, process: Process) -> Self {
        self.member(n, MemberState::Present(Arc::new(process.0)))
    }

    pub(crate) fn left(self, n: u64, process: Process) -> Self {
        self.member(n, MemberState::Left { last: Arc::new(process.0), since: Epoch(1) })
    }

    pub(crate) fn lost(self, n: u64, certain: bool, since: u64, last: Option<Process>) -> Self {
        let last = last.map(|p| Arc::new(p.0));
        self.member(n, MemberState::Lost { certain, last, since: Epoch(since) })
    }

    pub(crate) fn absent(self, n: u64) -> Self {
        self.member(n, MemberState::Absent(Absence::Silent))
    }

    fn member(mut self, n: u64, state: MemberState) -> Self {
        let name = ProcessName::new(&format!("p{n}")).unwrap();
        assert!(self.0.insert(Incarnation(n), Member { name, state }).is_none(), "two processes {n}");
        self
    }

    pub(crate) fn cut(self) -> ConsistentCut {
        let deployment = DeploymentId::from_name("test");
        let snapshot = Snapshot { deployment, epoch: ROUND, confirmed: Epoch::ZERO, members: self.0 };
        ConsistentCut::check(snapshot).expect("the snapshot is consistent")
    }
}

/// The reasons of an `UNKNOWN`.
pub(crate) fn reasons(outcome: &Outcome) -> Vec<Reason> {
    let Outcome::Unknown(doubts) = outcome else { panic!("expected UNKNOWN, got {outcome:?}") };
    doubts.iter().map(|doubt| doubt.reason.clone()).collect()
}
