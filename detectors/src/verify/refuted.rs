//! What can be wrong with a verdict.

use stillpoint_proto::id::{
    ComputationRef, DeploymentId, Epoch, Handle, Incarnation, MessageId, ObjectRef, TaskRef, WaitRef,
};
use stillpoint_proto::snapshot::Assumption;
use stillpoint_proto::verdict::{Doubt, Edge, Mark};

/// Why a verdict does not follow from the snapshot: the first thing found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refuted {
    /// The verdict is about another deployment.
    #[error("the verdict is of deployment {verdict}, the snapshot of {snapshot}")]
    Deployment {
        /// The verdict's.
        verdict: DeploymentId,
        /// The snapshot's.
        snapshot: DeploymentId,
    },
    /// The verdict is about another snapshot.
    #[error("the verdict is of epoch {verdict}, the snapshot of {snapshot}")]
    Epoch {
        /// The verdict's.
        verdict: Epoch,
        /// The snapshot's.
        snapshot: Epoch,
    },
    /// The verdict rests on something that it does not list.
    #[error("the verdict rests on {0:?} and does not say so")]
    Unlisted(Assumption),
    /// The certificate is of another kind than the property calls for.
    #[error("a verdict on {property} cannot rest on this certificate")]
    WrongKind {
        /// The property.
        property: &'static str,
    },
    /// The certificate, or the list of doubts, is empty.
    #[error("a verdict on {property} with nothing in it")]
    Empty {
        /// The property.
        property: &'static str,
    },
    /// A part of the system is unknown on which the property depends.
    #[error("the cut is not complete, so this cannot be known")]
    Incomplete,
    /// A process is dead, and what it had is unknown.
    #[error("process {0} is dead, and what it took with it is not accounted for")]
    Lost(Incarnation),

    /// A task is named that the snapshot does not have.
    #[error("task {0} does not exist")]
    NoSuchTask(TaskRef),
    /// A task is named whose process has left: it does nothing any more, and nobody knows what it did last.
    #[error("task {0} is of a process that has left")]
    HasLeft(TaskRef),
    /// The members are not in ascending order, or one is there twice.
    #[error("member {0} is not in ascending order")]
    Unordered(TaskRef),
    /// A task is named that does not wait.
    #[error("task {0} does not wait")]
    NotWaiting(TaskRef),
    /// A member can proceed when all but the members do.
    #[error("member {task} can gather what it needs in wait {wait}")]
    CanProceed {
        /// The member.
        task: TaskRef,
        /// The wait.
        wait: WaitRef,
    },
    /// A branch of a member, or the parent of one, is no member.
    #[error("member {task} is a relative of {relative}, which is no member and may proceed")]
    Relative {
        /// The member.
        task: TaskRef,
        /// Its branch or its parent.
        relative: TaskRef,
    },
    /// Something is said of a task that is not so.
    #[error("the {field} of member {task} is not as stated")]
    False {
        /// The task.
        task: TaskRef,
        /// What is false.
        field: &'static str,
    },
    /// Something is said of a wait that is not so.
    #[error("the {field} of wait {wait} is not as stated")]
    FalseWait {
        /// The wait.
        wait: WaitRef,
        /// What is false.
        field: &'static str,
    },
    /// The waits listed are not those that the task has.
    #[error("the waits of member {0} are not those listed")]
    Waits(TaskRef),
    /// The earliest deadlines are others.
    #[error("the earliest deadline of process {0} is not as stated")]
    HoldsUntil(Incarnation),
    /// An edge does not exist.
    #[error("{from} does not wait for {to}, or one of them is no member", from = .0.from, to = .0.to)]
    FalseEdge(Edge),
    /// A cycle is not closed, or goes through a task twice.
    #[error("the cycle breaks at {0}")]
    BrokenCycle(TaskRef),
    /// A knot does not connect its members.
    #[error("the knot does not lead from and to member {0}")]
    LooseKnot(TaskRef),
    /// A task that is said to be abandoned is not alone, or waits for a member.
    #[error("the members are not one task that waits for what nobody can give")]
    NotAbandoned,
    /// A task that is said to be behind the core is a member.
    #[error("task {0} is a member and not behind it")]
    MemberBehind(TaskRef),
    /// A task that is said to be stuck can proceed.
    #[error("task {0} is not stuck")]
    NotStuck(TaskRef),
    /// A victim is no member, or is named twice.
    #[error("victim {0} is no member, or is named twice")]
    NoVictim(TaskRef),
    /// The victims do not free a member.
    #[error("member {0} stays stuck when all victims have ended")]
    StillStuck(TaskRef),
    /// A victim need not end.
    #[error("victim {0} can be spared")]
    Spareable(TaskRef),
    /// A message is not in transit, or carries nothing for the members.
    #[error("message {0} is not in transit with something for a member")]
    Unrelated(MessageId),

    /// A task comes too early in the order of reduction.
    #[error("task {0} cannot be shown to proceed when it comes in the order")]
    TooEarly(TaskRef),
    /// A task is named twice in the order of reduction.
    #[error("task {0} comes twice in the order")]
    Twice(TaskRef),
    /// The order ends before all that matters can proceed.
    #[error("task {0} is left over, and others may depend on it")]
    LeftOver(TaskRef),

    /// A computation of that name was not created in a cut.
    #[error("computation {0} was not created before the cut")]
    NoCreation(ComputationRef),
    /// There is work left.
    #[error("token {handle} of process {process} is work left")]
    Token {
        /// Where.
        process: Incarnation,
        /// The token.
        handle: Handle,
    },
    /// There is work in transit.
    #[error("message {0} carries work")]
    Work(MessageId),
    /// A message that nobody can receive any more carries something that its sender may take back.
    #[error("message {0} is lost, but its sender lives and may take back what it carries")]
    Returnable(MessageId),
    /// The named token is none of the computation.
    #[error("process {process} has no token {handle} of this computation")]
    NoSuchToken {
        /// Where.
        process: Incarnation,
        /// The token.
        handle: Handle,
    },
    /// The named message carries no work of the computation.
    #[error("message {0} is not in transit with work of this computation")]
    NoSuchWork(MessageId),
    /// Whether work was lost is stated wrongly.
    #[error("the computation has ended with loss: {actual}, and the verdict says otherwise")]
    WithLoss {
        /// Whether work was lost.
        actual: bool,
    },
    /// The computation has another label.
    #[error("the label of computation {0:?} is not as stated")]
    Label(Option<ComputationRef>),

    /// An object is named that no present process has.
    #[error("object {0} does not exist at a present process")]
    NoSuchObject(ObjectRef),
    /// An object is in two groups, or a group is not in ascending order.
    #[error("object {0} is named twice or not in ascending order")]
    ObjectTwice(ObjectRef),
    /// An object of a group is pinned.
    #[error("object {0} is pinned")]
    Pinned(ObjectRef),
    /// An object of a group is referred to by a root.
    #[error("object {object} is referred to by a root of process {process}")]
    Rooted {
        /// The object.
        object: ObjectRef,
        /// Where the root is.
        process: Incarnation,
    },
    /// A reference to an object of a group is in transit.
    #[error("message {message} carries a reference to object {object}")]
    ReferenceInTransit {
        /// The object.
        object: ObjectRef,
        /// The message.
        message: MessageId,
    },
    /// An object outside the groups refers to one inside.
    #[error("object {from} is in no group and refers to {object}")]
    Outside {
        /// The object.
        object: ObjectRef,
        /// Who refers to it.
        from: ObjectRef,
    },
    /// The objects of a group do not all reach one another.
    #[error("object {0} does not belong with the others of its group")]
    NotTogether(ObjectRef),
    /// Two groups reach one another and are one.
    #[error("the group of object {0} is part of a larger one")]
    Split(ObjectRef),
    /// Whether a group is cyclic is stated wrongly.
    #[error("whether the group of {0} is cyclic is not as stated")]
    Cyclic(ObjectRef),
    /// The size of a group is stated wrongly.
    #[error("the group of object {object} has {actual} bytes")]
    Size {
        /// The group's first object.
        object: ObjectRef,
        /// Its size.
        actual: u64,
    },
    /// A mark is without ground.
    #[error("object {object} is not reached in the way stated", object = .0.object)]
    FalseMark(Mark),
    /// An object is not pinned and not marked.
    #[error("object {0} is neither pinned nor marked")]
    Unmarked(ObjectRef),

    /// An amount is in a message that may have been lost, or received outside the cut.
    #[error("message {0} carries an amount and may not be in transit any more, so the sum cannot be known")]
    UnsureAmount(MessageId),
    /// The sum is another, or is the expected one where it should not be.
    #[error("the sum is {actual}, the verdict says {stated} and {expected} is expected")]
    Sum {
        /// The sum.
        actual: i128,
        /// What the verdict says.
        stated: i128,
        /// What it should be.
        expected: i128,
    },
    /// A doubt is about something that is not so.
    #[error("the doubt {0:?} is not borne out by the snapshot")]
    UnrealDoubt(Doubt),
}
