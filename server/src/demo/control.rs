//! How the demonstration tells its workers what to do and hears what they did: one JSON document a line, over
//! the worker's standard input and output.
//!
//! It is what makes the demonstration know the truth without asking the service: nothing here passes through an
//! agent, and what a worker reports it has counted and timed itself.

use serde::{Deserialize, Serialize};
use stillpoint_agent::id::{Handle, Incarnation, ObjectId, ObjectRef};

/// What a worker is told to do. It answers each with one [`Reply`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "command")]
pub(super) enum Command {
    /// Be this worker: the first command. Answered by [`Reply::Ready`].
    Start { name: String, server: String, deployment: String, seed: u64 },
    /// Connect to those of the peers that come later in the list, and wait for the others.
    Connect { peers: Vec<Peer> },
    /// Own so much money, and send random amounts to random peers. `leak`: lose some now and then.
    BankStart { money: i64, leak: bool },
    /// Send no more. Answered by [`Reply::Bank`].
    BankStop,
    /// What is owned now. Answered by [`Reply::Bank`].
    BankBalance,
    /// Take locks and call services that take others, always in the same order, so that all goes well.
    OrderlyStart,
    /// Come to an end. Answered by [`Reply::Calls`] when all calls have returned.
    OrderlyStop,
    /// Take this worker's ledger for an order: answered when it is held.
    Hold,
    /// Call the service of a worker, which needs that worker's ledger, and hold on to one's own.
    Call { to: usize },
    /// The task that serves a call and waits for the ledger gives up. Answered by [`Reply::Count`].
    GiveUp { task: Name },
    /// How the order has ended. Answered by [`Reply::Calls`].
    Outcome,
    /// Begin a computation with so much fuel. Answered by [`Reply::Computation`].
    WorkStart { label: String, fuel: u64 },
    /// What became of a computation here. Answered by [`Reply::Work`].
    WorkDone { computation: Name },
    /// Forget the computations that began here.
    WorkForget,
    /// Make an object, which a root refers to, and is `shared` by the traffic of references or not. Answered by
    /// [`Reply::Object`].
    Make { label: String, size: u64, shared: bool },
    /// Send a reference to `object`, which is here or referred to from here, to be kept in `to` or in a root there.
    Give { object: Name, peer: usize, to: Option<Name> },
    /// Whether a reference to `object` has arrived in `to`, or in a root. Answered by [`Reply::Count`].
    Has { object: Name, to: Option<Name> },
    /// The roots of this worker let go of an object.
    Unroot { object: Name },
    /// Reclaim an object. Answered by [`Reply::Count`]: 0 if it is still in use.
    Reclaim { object: Name },
    /// Send references around.
    ChurnStart,
    /// No more. Answered by [`Reply::Count`]: how many were sent.
    ChurnStop,
}

/// A thing of one process, as the control channel names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(super) struct Name {
    /// The incarnation.
    pub(super) process: u64,
    /// The handle.
    pub(super) handle: u64,
}

impl Name {
    pub(super) const fn object(self) -> ObjectRef {
        ObjectRef::new(Incarnation(self.process), ObjectId(Handle(self.handle)))
    }
}

impl From<ObjectRef> for Name {
    fn from(object: ObjectRef) -> Self {
        Name { process: object.process.0, handle: object.id.0.0 }
    }
}

/// A worker, as the others reach it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Peer {
    /// The incarnation of its agent.
    pub(super) incarnation: u64,
    /// The port of its links.
    pub(super) links: u16,
    /// The port of its gRPC service.
    pub(super) calls: u16,
}

/// What a worker answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "reply")]
pub(super) enum Reply {
    /// Done.
    Done,
    /// Started.
    Ready(Peer),
    /// Money owned, and transfers sent and received.
    Bank { balance: i64, sent: u64, received: u64 },
    /// Calls that have returned, and how many of them had failed.
    Calls { returned: u64, failed: u64 },
    /// A number.
    Count { count: u64 },
    /// A computation.
    Computation { name: Name },
    /// Items of work sent on and begun and done here, and when the last one ended, in microseconds since the
    /// Unix epoch.
    Work { made: u64, begun: u64, done: u64, last: u64 },
    /// An object.
    Object { name: Name },
    /// It cannot be done.
    Failed { why: String },
}
