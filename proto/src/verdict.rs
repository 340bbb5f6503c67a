//! Verdicts: what was found in a snapshot, with a certificate that a small independent checker can confirm.
//!
//! A detector gives a list of verdicts for one property of one snapshot. Of deadlock there may be several at
//! once: one `HOLDS` for each deadlock, and one `UNKNOWN` for the tasks about which nothing was established;
//! `DOES_NOT_HOLD` only if there is neither.

use crate::fact::{Location, Millis};
use crate::id::{
    ComputationRef, DeploymentId, Epoch, Handle, Incarnation, MessageId, ObjectRef, ProcessName, TaskRef,
    Text, WaitRef,
};
use crate::snapshot::{Absence, Assumption, Cause};
use std::collections::BTreeMap;

/// A property that, once true, stays true until somebody acts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Property {
    /// Some tasks wait for one another in such a way that none of them can ever proceed.
    Deadlock,
    /// A computation has no work left anywhere.
    Termination(ComputationRef),
    /// No computation has work left anywhere.
    Quiescence,
    /// Some objects can never be reached again.
    Garbage,
    /// The amounts of a gauge make a given sum, over all processes and all messages.
    Conservation {
        /// Which gauge.
        gauge: Text,
        /// The sum it should have.
        expected: i128,
    },
}

impl Property {
    /// The name of the property for people.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Property::Deadlock => "deadlock",
            Property::Termination(_) => "termination",
            Property::Quiescence => "quiescence",
            Property::Garbage => "garbage",
            Property::Conservation { .. } => "conservation",
        }
    }
}

/// What is the case, as of one snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Verdict {
    /// Of which deployment.
    pub deployment: DeploymentId,
    /// Of which snapshot.
    pub epoch: Epoch,
    /// Of which property.
    pub property: Property,
    /// What was found.
    pub outcome: Outcome,
    /// What it rests on. Should one of these turn out false, the verdict is retracted.
    pub assumptions: Vec<Assumption>,
}

/// The three values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The property holds, and here is the certificate.
    Holds(Certificate),
    /// The property does not hold, and here is why.
    DoesNotHold(Refutation),
    /// Neither could be established. Never an empty list.
    Unknown(Vec<Doubt>),
}

impl Outcome {
    /// `HOLDS`, `DOES_NOT_HOLD` or `UNKNOWN`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Outcome::Holds(_) => "HOLDS",
            Outcome::DoesNotHold(_) => "DOES_NOT_HOLD",
            Outcome::Unknown(_) => "UNKNOWN",
        }
    }
}

/// The evidence that a property holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Certificate {
    /// A closed set of tasks in which no wait can gather what it needs.
    Deadlock(Deadlock),
    /// No token and no message of the computation, and its creation is inside the cut.
    Terminated {
        /// What people call the computation; empty for the whole system.
        label: Text,
        /// Whether work was lost with a process, and the owner allows for that.
        with_loss: bool,
    },
    /// A set of objects closed under incoming references, without roots.
    Garbage(Vec<GarbageGroup>),
    /// The sum is as expected.
    Sum(i128),
}

/// The evidence that a property does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Refutation {
    /// An order in which every waiting task that holds or serves something, or is depended upon, can proceed.
    ReductionOrder(Vec<TaskRef>),
    /// A token of the computation.
    Token {
        /// Where.
        process: Incarnation,
        /// The token fact.
        handle: Handle,
    },
    /// A message in transit that carries work of the computation.
    Message(MessageId),
    /// For each unpinned object with an owner in the cut: whether a root or an object marked before it, named
    /// here, refers to it.
    Marked(Vec<Mark>),
    /// The sum is another.
    Sum(i128),
}

/// How an object was found to be reachable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// The object.
    pub object: ObjectRef,
    /// The object, itself marked earlier or pinned, that refers to it; `None` for a root or a message.
    pub via: Option<ObjectRef>,
}

/// One deadlock.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Deadlock {
    /// The core: the closed set. Ascending by task.
    pub members: Vec<Stuck>,
    /// How the members depend on one another.
    pub shape: Shape,
    /// Tasks outside the core that cannot proceed because of it; those of several deadlocks are listed with the
    /// first of them.
    pub behind: Vec<TaskRef>,
    /// Tasks whose end would free all the others; none of them can be spared.
    pub victims: Vec<TaskRef>,
    /// The earliest deadline among the members' waits, by process, each on that process's own clock. When one
    /// of these passes, the deadlock may end by itself.
    pub holds_until: BTreeMap<Incarnation, Millis>,
    /// Messages in transit that carry something for a member or for a resource it waits for, and do not help; those
    /// of several deadlocks are listed with the first of them.
    pub messages: Vec<MessageId>,
}

/// How the members of a core depend on one another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A cycle through some or all of them: each edge begins where the one before ends.
    Cycle(Vec<Edge>),
    /// Waits with alternatives, each of which leads back into the core: all its edges, or enough of them to connect
    /// its members.
    Knot(Vec<Edge>),
    /// One task that waits for what nobody can give.
    Abandoned,
}

/// One task depends on another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edge {
    /// Who waits.
    pub from: TaskRef,
    /// For whom.
    pub to: TaskRef,
    /// By what: the resource's or the task's label, the request, the waker.
    pub by: Text,
}

/// A task that is stuck, as people want to see it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stuck {
    /// The task.
    pub task: TaskRef,
    /// The name of its process.
    pub process: ProcessName,
    /// Its label.
    pub label: Text,
    /// Where it was started.
    pub location: Location,
    /// What it waits in: one wait, or several alternatives; a branch's parent may have none of its own.
    pub waits: Vec<StuckWait>,
    /// What it holds, by label.
    pub holds: Vec<Text>,
}

/// A wait of a stuck task.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StuckWait {
    /// The wait. Deadlocks of two rounds that share a wait are one deadlock.
    pub wait: WaitRef,
    /// Since when, on its process's clock.
    pub since: Millis,
    /// Where in the source.
    pub location: Location,
    /// How many more targets it needs.
    pub missing: u32,
    /// What it waits for, in words.
    pub on: Vec<Text>,
}

/// Garbage that belongs together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GarbageGroup {
    /// Objects that reach one another, or a single object. Ascending.
    pub objects: Vec<ObjectRef>,
    /// Whether they refer to one another in a cycle, which reference counting would never reclaim.
    pub cyclic: bool,
    /// Their sizes added up, in bytes; saturates.
    pub size: u64,
}

/// Something that kept a detector from deciding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Doubt {
    /// The task that it concerns, if it concerns one.
    pub task: Option<TaskRef>,
    /// What it is.
    pub reason: Reason,
}

/// Why something is unknown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// A member's cut is missing.
    Absent(Incarnation, Absence),
    /// A member is dead.
    Lost {
        /// Who.
        process: Incarnation,
        /// Whether that is certain, or presumed from silence.
        certain: bool,
    },
    /// A process that is named is no member of the snapshot.
    Stranger(Incarnation),
    /// A verdict was found that the independent checker refutes, and is withheld: a fault of Stillpoint. What the
    /// checker says.
    Withheld(Text),
    /// Messages whose content nobody knows may be under way from this process.
    UnknownContent(Incarnation, Cause),
    /// A request or a reply is in transit, and whoever reads it has not been shown to be able to.
    Unread(MessageId),
    /// A message may have been lost.
    Doubtful(MessageId),
    /// A message may have been received by a process whose cut is missing.
    Hidden(MessageId),
    /// A request went to a group, so that somebody else may serve a copy of it.
    GroupCopy(MessageId),
    /// A request was received, but nobody serves it and no reply is under way.
    Unserved(MessageId),
    /// A receive whose wakers are not all declared.
    OpenReceive(WaitRef),
    /// A resource to which anyone may add units.
    OpenResource(Text),
    /// A resource of unknown capacity, or with contradicting declarations.
    UnknownCapacity(Text),
    /// A hold that any task of its process might release.
    UnboundHold {
        /// Where.
        process: Incarnation,
        /// The hold.
        handle: Handle,
    },
    /// A hold whose task has finished or whose process is gone.
    OrphanedHold {
        /// Where.
        process: Incarnation,
        /// The hold.
        handle: Handle,
    },
    /// A hold on a keyed resource that is too new to be sure of; the next round can be.
    UnconfirmedHold {
        /// Where.
        process: Incarnation,
        /// The hold.
        handle: Handle,
    },
    /// The task waits for the resource of this key, and those who are known to hold some of it leave room for somebody
    /// outside the snapshot who does.
    UnseenHolder(Text),
    /// The task has a branch that is not blocked, and may do anything.
    RunningBranch(TaskRef),
    /// It waits for another task about which nothing could be established.
    Undecided(TaskRef),
    /// A computation of that name was not created before the cut.
    NoCreation(ComputationRef),
}
