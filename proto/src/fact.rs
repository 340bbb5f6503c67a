//! Facts: what a process records of itself, and what it annotates its messages with.
//!
//! A fact is *inserted* once and *removed* at most once, under a [`Handle`](crate::id::Handle) that is never
//! used again, and never changes in between. So the order in which the threads of a process record does not
//! matter: the facts of a cut are those inserted and not removed by events before it. What changes (a wait that
//! has one reply of three, a resource with one more permit) is made of several facts.
//!
//! Whoever holds records the hold; whoever owns a resource records its capacity and queue; whoever waits
//! records the wait. What travels is an [`Annotation`] of the message that carries it, kept by the sender until
//! the message is known to be received.
//!
//! ```text
//! Task <-- Wait <-- Target --> task, resource, call, receive, external
//!   ^-- Serving --> message     Resource <-- Hold --> Task        Token --> Creation
//!   ^-- Reads --> lane             ^-- Queued, Permits            Object <-- Reference, Pin
//! ```

use crate::id::{
    ComputationRef, LaneRef, MessageId, ObjectId, ObjectRef, ResourceId, ResourceRef, TargetRef, TaskId,
    TaskRef, Text, WaitId,
};
use std::fmt;

/// Milliseconds since the Unix epoch on the clock of the process that recorded them.
///
/// For people and for ordering within one process; never compared between processes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Millis(pub u64);

/// A place in source code.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file.
    pub file: Text,
    /// The line, from 1; 0 if unknown.
    pub line: u32,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// One fact about a process.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// A task exists and has not finished.
    Task(Task),
    /// A task answers for a message.
    Serving(Serving),
    /// A task waits.
    Wait(Wait),
    /// A wait has an open target.
    Target(Target),
    /// A task is the one that reads a lane.
    Reads(Reads),
    /// A resource exists.
    Resource(Resource),
    /// A resource has more units than its capacity says.
    Permits(Permits),
    /// Somebody stands in a resource's queue.
    Queued(Queued),
    /// Units of a resource are held.
    Hold(Hold),
    /// A computation was created here.
    Creation(Creation),
    /// There is work of a computation here.
    Token(Token),
    /// An object exists.
    Object(Object),
    /// An object must not be reclaimed, whoever refers to it.
    Pin(Pin),
    /// A root or an object refers to an object.
    Reference(Reference),
}

impl Fact {
    /// The name of the kind of fact, for messages to people.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Fact::Task(_) => "task",
            Fact::Serving(_) => "serving",
            Fact::Wait(_) => "wait",
            Fact::Target(_) => "target",
            Fact::Reads(_) => "reads",
            Fact::Resource(_) => "resource",
            Fact::Permits(_) => "permits",
            Fact::Queued(_) => "queued",
            Fact::Hold(_) => "hold",
            Fact::Creation(_) => "creation",
            Fact::Token(_) => "token",
            Fact::Object(_) => "object",
            Fact::Pin(_) => "pin",
            Fact::Reference(_) => "reference",
        }
    }
}

/// A task: whatever runs by itself, or a branch of a task (of its `join` or `select`).
///
/// A task without a [`Wait`] fact is taken to be able to proceed.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Task {
    /// What people call it.
    pub label: Text,
    /// Where it was started.
    pub location: Location,
    /// The task of which this is a branch. A spawned task is no branch and has no parent.
    pub parent: Option<TaskId>,
    /// How much it would cost to end this task, for choosing victims; 0 is cheapest.
    pub weight: u32,
    /// When it started.
    pub since: Millis,
}

/// `task` answers for `request`: the reply to it can come only from this task (or whoever it passes the
/// responder to, which moves this fact).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serving {
    /// Who serves.
    pub task: TaskId,
    /// The request that it serves.
    pub request: MessageId,
}

/// A task waits until `need` of `of` targets are satisfied. Each target that is still open has a [`Target`]
/// fact; those resolved have none any more, so `of` minus the number of open targets have been gathered.
///
/// AND is `need == of`, OR is `need == 1`. Several open waits of one task are alternatives (OR). A task that
/// waits for its branches has a wait whose targets are the branches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wait {
    /// Who waits.
    pub task: TaskId,
    /// How many targets must be satisfied.
    pub need: u32,
    /// How many targets the wait began with.
    pub of: u32,
    /// Since when.
    pub since: Millis,
    /// When the wait ends by itself, if it does.
    pub deadline: Option<Millis>,
    /// Where in the source.
    pub location: Location,
}

/// One open target of a wait of the same process.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// Whose target.
    pub wait: WaitId,
    /// What is waited for.
    pub on: Awaited,
}

/// What a target is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Awaited {
    /// That a task finishes.
    Task(TaskRef),
    /// Units of a resource, named once per wait.
    Resource {
        /// Which resource.
        resource: ResourceName,
        /// How much of it.
        grip: Grip,
        /// The message by which the owner was asked, if it was asked by message.
        request: Option<MessageId>,
    },
    /// The reply to a request; whoever serves it may reply.
    Call(MessageId),
    /// That somebody sends, notifies or hands over.
    Receive {
        /// Who may do so, as far as declared.
        wakers: Vec<Waker>,
        /// Whether nobody but `wakers` can; otherwise somebody unknown can too.
        closed: bool,
    },
    /// Something outside the system that comes by itself: a timer, a person, a disk.
    External,
}

/// Who may satisfy a receive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Waker {
    /// This task, when it can proceed.
    Task(TaskRef),
    /// Any task of this process that can proceed, and any message from it to the waiting process.
    Process(crate::id::Incarnation),
    /// Any message in transit on this lane.
    Lane(LaneRef),
}

/// `task` alone (or with others that say so) reads what arrives on `lane`. A lane that nobody is said to read
/// is read by a transport that never blocks on the application.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reads {
    /// The reader.
    pub task: TaskId,
    /// The lane, of another process or of this one.
    pub lane: LaneRef,
}

/// The name by which a resource is waited for and held.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResourceName {
    /// A resource that an instrumented process owns.
    Owned(ResourceRef),
    /// A resource without an agent of its own, the same for all who use the same key: `db1/accounts/17`.
    Keyed(Text),
}

impl fmt::Display for ResourceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ResourceName::Owned(resource) => write!(f, "{resource}"),
            ResourceName::Keyed(key) => write!(f, "{key}"),
        }
    }
}

/// How much of a resource is demanded or held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grip {
    /// So many units; 0 is no demand at all and always satisfied.
    Shared(u64),
    /// All units there are.
    Exclusive,
}

/// A resource that this process owns, or what it knows of a keyed one.
///
/// An owned resource that has no such fact at its present owner does not exist (any more). A keyed resource
/// that nobody declares has one holder at a time in exclusive mode and any number in shared mode, is closed and
/// unfair; declarations that contradict one another make its capacity unknown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Resource {
    /// The key, if the fact is about a keyed resource. Otherwise the fact's own handle is its name.
    pub key: Option<Text>,
    /// What people call it.
    pub label: Text,
    /// How many units there are; `None` if unknown.
    pub capacity: Option<u64>,
    /// Whether units come only from those who hold them. Otherwise anyone may add some, and a demand on it is
    /// an open-ended receive too. A mutex is closed; a semaphore whose permits are forgotten and added is not.
    pub closed: bool,
    /// Whether it is granted in the order of its queue, the first that does not fit blocking the rest.
    pub fair: bool,
    /// Whether only tasks of the owning process can hold it.
    pub local: bool,
}

/// Units added to an owned resource beyond its [`Resource::capacity`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Permits {
    /// Which resource of this process.
    pub resource: ResourceId,
    /// How many.
    pub units: u64,
}

/// Somebody's place in the queue of a fair resource of this process. A demand without a place is behind all
/// that have one, and not ahead of anybody.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Queued {
    /// Which resource of this process.
    pub resource: ResourceId,
    /// The place: lower is served first.
    pub ticket: u64,
    /// Whose place.
    pub waiter: Resolution,
}

/// Units of a resource are held by somebody in this process.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hold {
    /// Of which resource.
    pub resource: ResourceName,
    /// By whom. `None`: by a guard that may move between tasks and was not bound to one, so that any task of
    /// this process might release it. A task without a [`Task`] fact has finished: the hold is *orphaned*.
    pub task: Option<TaskId>,
    /// How much.
    pub grip: Grip,
    /// Since when.
    pub since: Millis,
}

/// A computation, minted where this fact is. It has terminated when there is no token of it and no message in
/// transit that carries one; the fact stays until the creator no longer cares.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Creation {
    /// What people call it.
    pub label: Text,
    /// Whether the loss of a process with tokens counts as "terminated with loss" and not as unknown.
    pub allow_loss: bool,
}

/// Work of a computation in this process: an active task, an open source, an item in a queue.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token {
    /// Of which computation.
    pub computation: ComputationRef,
}

/// An object that this process owns and that others may refer to.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Object {
    /// What people call it.
    pub label: Text,
    /// Its size in bytes, for people.
    pub size: u64,
}

/// An object is reachable whoever refers to it: found by name, exported outside, a busy actor.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pin {
    /// Which object of this process.
    pub object: ObjectId,
}

/// A reference held in this process.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    /// The object of this process that holds it, or `None` for a root: a stack, a global, a message's guard.
    pub from: Option<ObjectId>,
    /// What it refers to.
    pub to: ObjectRef,
}

/// Something that travels with a message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Annotation {
    /// Work of a computation.
    Token(ComputationRef),
    /// A reference to an object.
    Reference(ObjectRef),
    /// The message satisfies a target.
    Resolves(Resolution),
    /// The message grants units of a resource; until it is received they are held by its addressee.
    Grants {
        /// Of which resource.
        resource: ResourceName,
        /// How much.
        grip: Grip,
        /// The target that the grant satisfies, whose task is the addressee; `None` if not known.
        to: Option<Resolution>,
    },
    /// The message gives units back to the owner of a resource; nobody holds them any more, but they can be
    /// granted again only when the owner has read it.
    Releases {
        /// Of which resource.
        resource: ResourceName,
        /// How much.
        grip: Grip,
    },
    /// An amount of a gauge is on its way.
    Amount {
        /// Which gauge.
        gauge: Text,
        /// How much.
        amount: i64,
    },
}

/// Which target is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resolution {
    /// This very target.
    Target(TargetRef),
    /// Every target that waits for the reply to this message: an [`Awaited::Call`] of it, or an
    /// [`Awaited::Resource`] whose `request` it is.
    Request(MessageId),
}
