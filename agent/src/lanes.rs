//! Lanes: stamping what is sent, observing what is received.

use crate::acts::Acts;
use crate::process::{Outcome, Process, Receiving, Sending};
use std::fmt;
use std::sync::Arc;
use stillpoint_proto::cut::{Annotations, LaneEnd, Order};
use stillpoint_proto::fact::Annotation;
use stillpoint_proto::id::{Incarnation, LaneRef, MessageId};
use stillpoint_proto::ranges::RangeSet;
use stillpoint_proto::stamp::Stamp;

/// What became of a received message. The application does its work on it in any case but the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Received<T> {
    /// It came for the first time.
    New(T),
    /// It came again: nothing was recorded, and its work should not be done again. Work that is done on it all
    /// the same is to be reported by [`Agent::redelivered`](crate::Agent::redelivered).
    Duplicate,
    /// It came after it, or everything of its sender, was given up for lost, and was recorded; verdicts may be
    /// retracted.
    Late(T),
    /// Its stamp is of another deployment, or of one lane more than there is room for, and counts as none; what follows
    /// from it was recorded.
    Foreign(T),
    /// Its stamp cannot be read and counts as none; what follows from it was recorded.
    Unstamped(T),
    /// Its epoch is outside the window: recorded, and the rounds in between are void in this process.
    Refused(T),
}

impl<T> Received<T> {
    pub(crate) fn new((outcome, made): (Outcome, Option<T>)) -> Self {
        match (outcome, made) {
            (Outcome::Duplicate, _) | (_, None) => Received::Duplicate,
            (Outcome::New, Some(made)) => Received::New(made),
            (Outcome::Late, Some(made)) => Received::Late(made),
            (Outcome::Foreign, Some(made)) => Received::Foreign(made),
            (Outcome::Refused, Some(made)) => Received::Refused(made),
        }
    }

    /// What the event made, unless the message came again.
    pub fn made(self) -> Option<T> {
        match self {
            Received::New(made)
            | Received::Late(made)
            | Received::Foreign(made)
            | Received::Unstamped(made)
            | Received::Refused(made) => Some(made),
            Received::Duplicate => None,
        }
    }
}

/// A lane on which this process sends over an unordered transport: gRPC, HTTP, a broker.
///
/// Cheap to clone; all clones number the same sequence. A FIFO connection is a [`Link`](crate::Link).
#[derive(Clone)]
pub struct Lane {
    process: Arc<Process>,
    end: Arc<Sending>,
}

impl fmt::Debug for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lane({})", self.id())
    }
}

impl Lane {
    pub(crate) fn open(process: &Arc<Process>, to: LaneEnd) -> Self {
        Lane { process: process.clone(), end: process.open(to, Order::Unordered) }
    }

    /// The lane, as every process can name it.
    #[must_use]
    pub fn id(&self) -> LaneRef {
        LaneRef { process: self.process.incarnation(), lane: self.end.id }
    }

    /// Stamps a message that carries `annotations`. The closure records, in the same event, what the sender gives
    /// away with it; it is told the identity of the message, for a wait that is to be recorded before it leaves.
    ///
    /// Call it *before* the message is handed to the transport. If the transport then fails, say what is known:
    /// [`Lane::void`] if no byte has left, [`Lane::doubt`] otherwise.
    ///
    /// # Panics
    /// If the closure does. The message is void then; what the closure had recorded stays.
    pub fn stamp<T>(
        &self,
        annotations: impl Into<Annotations>,
        acts: impl FnOnce(&mut Acts<'_, '_>, MessageId) -> T,
    ) -> (Stamp, T) {
        let (departure, made) = self.process.send(&self.end, annotations.into(), acts);
        (departure.stamp, made)
    }

    /// The messages received on `theirs` are acknowledged by what is sent here.
    pub fn answers(&self, theirs: LaneRef) {
        let theirs = self.process.accept(theirs, Order::Unordered);
        self.process.pair(&self.end, &theirs);
    }

    /// No byte of a message has left: what it carried is this process's again, by the acts in the same event.
    /// `None` if somebody has received it after all, or if it is no message of this lane; then nothing is recorded.
    pub fn void<T>(&self, message: MessageId, acts: impl FnOnce(&mut Acts<'_, '_>) -> T) -> Option<T> {
        (message.lane == self.id()).then(|| self.process.void(message, acts)).flatten()
    }

    /// Nobody can say whether a message will arrive: its call was cancelled or failed. An event; nothing is recorded
    /// of a message of another lane.
    pub fn doubt(&self, message: MessageId) {
        if message.lane == self.id() {
            self.process.doubt(self.end.id, message.seq);
        }
    }

    /// Gives up messages after a time limit; verdicts will list that. An event.
    pub fn expire(&self, numbers: &RangeSet) {
        self.process.expire(self.end.id, numbers);
    }
}

/// A transport from a peer is open. While it is, the death of the peer leaves open what it may still deliver.
#[must_use = "the transport is said to have ended when this is dropped"]
pub struct Transport {
    process: Arc<Process>,
    peer: Incarnation,
}

impl Transport {
    pub(crate) fn open(process: &Arc<Process>, peer: Incarnation) -> Self {
        process.transport_begins(peer);
        Transport { process: process.clone(), peer }
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Transport({})", self.peer)
    }
}

impl Drop for Transport {
    fn drop(&mut self) {
        self.process.transport_ends(self.peer);
    }
}

/// The receiver's end of a FIFO lane; says that it has ended when it is dropped.
pub(crate) struct Incoming {
    process: Arc<Process>,
    pub(crate) end: Arc<Receiving>,
    _transport: Transport,
}

impl Incoming {
    pub(crate) fn new(process: &Arc<Process>, lane: LaneRef) -> Self {
        let transport = Transport::open(process, lane.process);
        Incoming { process: process.clone(), end: process.accept(lane, Order::Fifo), _transport: transport }
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        self.process.lane_ended(&self.end);
    }
}

/// No annotations.
#[must_use]
pub fn plain() -> Vec<Annotation> {
    Vec::new()
}
