//! What tasks do: programs of a few operations, and the processes, tasks and resources that carry them out.
//!
//! This is the *true* state of a run. The participants are told of it as instrumented programs tell of theirs; nothing
//! here is read back from them.

use super::plan::{Slot, Time};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use stillpoint_proto::fact::Grip;
use stillpoint_proto::id::{
    ComputationRef, Epoch, Handle, Incarnation, LaneId, MessageId, ObjectId, ObjectRef, TaskRef,
};
use stillpoint_proto::participant::Participant;

/// A resource by its place in the run's list.
pub(super) type Resource = usize;
/// A place where one task leaves something for another of its process.
pub(super) type Mailbox = usize;

/// One thing that a task does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Op {
    /// It works by itself for a while.
    Pause(Time),
    /// It waits for something outside the system, and says so.
    Outside(Time),
    /// It takes units of a resource, and waits for them; perhaps not for ever.
    Acquire(Resource, Grip, Option<Time>),
    /// It gives back all that it has of a resource.
    Release(Resource),
    /// It calls processes, or any of the group, and waits for so many replies; perhaps not for ever.
    Call(Vec<Callee>, usize, Option<Time>),
    /// It has branches, and waits until so many of them have ended.
    Branch(Vec<Vec<Op>>, usize),
    /// Another task of the process takes over all that it has.
    HandOver,
    /// It leaves something for whoever waits at a mailbox.
    Post(Mailbox),
    /// It waits until another task has left something.
    Collect(Mailbox),
    /// It adds units to a resource of its process.
    Add(Resource),
}

/// Whom to call, and what is done there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Callee {
    /// `None` for any of the group.
    pub(super) to: Option<Slot>,
    pub(super) handler: Vec<Op>,
}

/// What a task waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// Units; asked for by a message unless the resource is here.
    Units(Resource, Grip, Option<MessageId>),
    /// The reply to a message.
    Reply(MessageId),
    /// The end of a branch.
    Branch(TaskRef),
    /// What another task leaves.
    Mail(Mailbox),
    /// The next request.
    Request,
    /// Something outside.
    Outside,
}

/// A wait under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Waiting {
    /// The fact.
    pub(super) wait: Handle,
    pub(super) need: usize,
    pub(super) of: usize,
    /// The open targets.
    pub(super) open: BTreeMap<Handle, Want>,
    /// The epoch in which it began.
    pub(super) since: Epoch,
}

impl Waiting {
    /// How many more it needs.
    pub(super) fn missing(&self) -> usize {
        self.need.saturating_sub(self.of - self.open.len())
    }
}

/// What a task has of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) resource: Resource,
    pub(super) grip: Grip,
}

/// A request that a task answers for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Serving {
    pub(super) request: MessageId,
    /// The fact.
    pub(super) fact: Handle,
}

/// A task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Task {
    pub(super) program: VecDeque<Op>,
    pub(super) waiting: Option<Waiting>,
    /// By the facts.
    pub(super) holds: BTreeMap<Handle, Held>,
    pub(super) serving: Option<Serving>,
    pub(super) parent: Option<TaskRef>,
    pub(super) branches: BTreeSet<TaskRef>,
    /// It reads requests, and serves them one after another.
    pub(super) reads: bool,
    /// How often it has been woken, so that a wake-up from before is not heeded.
    pub(super) turn: u64,
}

/// Where a resource is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// A process grants it, under this handle.
    Owned(Incarnation, Handle),
    /// A database, by this key.
    Keyed(String),
}

/// Who waits at a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Waiter {
    pub(super) task: TaskRef,
    pub(super) grip: Grip,
    pub(super) request: Option<MessageId>,
    /// The fact of its place in the queue.
    pub(super) queued: Option<Handle>,
}

/// A resource, and the book that its owner or the database keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Book {
    pub(super) home: Home,
    pub(super) capacity: u64,
    pub(super) fair: bool,
    /// Anybody may add units.
    pub(super) open: bool,
    pub(super) granted: Vec<(TaskRef, Grip)>,
    pub(super) queue: VecDeque<Waiter>,
    pub(super) ticket: u64,
}

impl Book {
    /// The units that a grip stands for.
    pub(super) const fn units(&self, grip: Grip) -> u64 {
        match grip {
            Grip::Shared(n) => n,
            Grip::Exclusive => self.capacity,
        }
    }

    /// Whether so much is free.
    pub(super) fn fits(&self, grip: Grip) -> bool {
        let taken: u64 = self.granted.iter().map(|(_, grip)| self.units(*grip)).sum();
        taken + self.units(grip) <= self.capacity
    }
}

/// What a message is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// Do this, and reply.
    Request(TaskRef, Vec<Op>),
    /// The reply to a request.
    Reply(MessageId),
    /// Grant me units.
    Ask(Resource, Grip, TaskRef),
    /// The units that were asked for by a message.
    Grant(Resource, Grip, MessageId, TaskRef),
    /// Units come back from a task.
    Return(Resource, Grip, TaskRef),
    /// What was asked for by a message is not wanted any more.
    Withdraw(Resource, MessageId),
    /// Money.
    Money(i64),
    /// Work of a computation, that may go on so much deeper; with the sender's token if it waits for an answer.
    Work(ComputationRef, u32, Option<Handle>),
    /// Work that was sent with this token has come.
    Taken(Handle),
    /// A reference.
    Refers(ObjectRef),
}

/// For what a lane is used. Where one task reads requests, only those wait for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Use {
    /// Requests and work, without an order.
    Calls,
    /// Replies, grants and what the library sends by itself, without an order.
    Service,
    /// Money, in order.
    Stream,
    /// Calls to the group.
    Group,
}

/// One process.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) slot: Slot,
    pub(super) participant: Participant,
    /// Its session, and when its last message in each direction arrives.
    pub(super) session: Option<(u64, Time, Time)>,
    pub(super) left: bool,
    pub(super) greeted: bool,
    /// It cannot reach the server before this time.
    pub(super) cut_off: Time,
    /// Messages of its session take so much longer until this time.
    pub(super) slow: (Time, Time),
    /// The task that reads requests, if one does.
    pub(super) reader: Option<TaskRef>,
    /// Frames that wait for the reader.
    pub(super) inbox: VecDeque<u64>,
    pub(super) tasks: BTreeMap<TaskRef, Task>,
    pub(super) lanes: BTreeMap<(Option<Incarnation>, Use), LaneId>,
    /// Lanes that keep the order and on which markers are due, and where they lead.
    pub(super) streams: BTreeMap<LaneId, Incarnation>,
    pub(super) money: i64,
    pub(super) work: BTreeMap<Handle, (ComputationRef, u32)>,
    pub(super) objects: BTreeMap<ObjectId, Option<Handle>>,
    pub(super) references: BTreeMap<Handle, (Option<ObjectId>, ObjectRef)>,
}
