//! What agent and server say to each other.
//!
//! ```text
//!  agent                                server
//!   Hello  ---------------------------->
//!          <----------------------------  Welcome (or Rejected)
//!   Report (what was not acknowledged) ->
//!          <----------------------------  Reported
//!          <----------------------------  Cut                       a round begins
//!   Report, Recorded  ----------------->
//!          <----------------------------  Reported … Ended           a round has ended
//!   Goodbye --------------------------->
//! ```
//!
//! A session is ordered and loses nothing but its end. Within one, each report builds on the one before; the
//! first builds on the last that the server says it has.

use crate::fold::Report;
use crate::id::{DeploymentId, Epoch, Incarnation, LaneId, LaneRef, MessageId, ProcessName, Text};
use crate::lane::Recording;
use crate::ranges::RangeSet;

/// The versions of this protocol that this release speaks, lowest and highest.
pub const VERSIONS: (u32, u32) = (1, 1);

/// From an agent to the server.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FromAgent {
    /// The first message of a session.
    Hello(Hello),
    /// The state at the cut for some rounds.
    Report(Report),
    /// What a FIFO lane delivered between the cut and the marker.
    Recorded(LaneRef, Recording),
    /// Asks for a snapshot: the next round not yet announced.
    Request,
    /// Something that people should know and that may retract a verdict.
    Notice(Notice),
    /// The last report; nothing happens in this process any more.
    Goodbye(Report),
    /// The fact log contradicts itself; this process takes no further part.
    Faulty(Text),
}

/// Who says hello.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hello {
    /// The process's name.
    pub name: ProcessName,
    /// Its incarnation.
    pub incarnation: Incarnation,
    /// Its deployment.
    pub deployment: DeploymentId,
    /// The lowest and highest version that it speaks.
    pub versions: (u32, u32),
    /// Its epoch.
    pub epoch: Epoch,
}

/// Something that people should know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Notice {
    /// A stamp's epoch was outside the window.
    Refused {
        /// Whose stamp.
        from: Incarnation,
        /// Its epoch.
        epoch: Epoch,
    },
    /// A message arrived that this process had promised to treat as lost.
    Late(MessageId),
    /// Work was done again on a second copy of a message.
    Redelivered(MessageId),
    /// So many notices of late messages and of work that was done again were dropped for want of room.
    Dropped(u64),
}

impl Notice {
    /// How many messages may wait before this one if as many as `limit` may wait at all: whoever sends stamps that are
    /// refused must not crowd out what retracts.
    #[must_use]
    pub const fn room(&self, limit: usize) -> usize {
        match self {
            Notice::Refused { .. } => limit / 2,
            Notice::Late(_) | Notice::Redelivered(_) | Notice::Dropped(_) => limit,
        }
    }

    /// How many notices it stands for by which verdicts are retracted.
    #[must_use]
    pub const fn retracts(&self) -> u64 {
        match self {
            Notice::Refused { .. } => 0,
            Notice::Late(_) | Notice::Redelivered(_) => 1,
            Notice::Dropped(notices) => *notices,
        }
    }
}

/// From the server to an agent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ToAgent {
    /// The answer to a hello.
    Welcome {
        /// The version to speak.
        version: u32,
        /// The last epoch given out.
        given: Epoch,
        /// Stamps up to this epoch are to be admitted.
        window: Epoch,
        /// The last report of this incarnation that the server has.
        known: Option<Epoch>,
    },
    /// The session is refused.
    Rejected(Rejection),
    /// Cut for this round, and for all before it.
    Cut {
        /// The round.
        epoch: Epoch,
        /// Stamps up to this epoch are to be admitted.
        window: Epoch,
    },
    /// A report has been applied.
    Reported(Epoch),
    /// The last report could not be applied: send the whole state.
    Resync,
    /// A round has ended.
    Ended(RoundEnd),
}

/// What the end of a round tells one agent.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoundEnd {
    /// The round.
    pub epoch: Epoch,
    /// Of your messages, those that were received, and by whom.
    pub received: Vec<(LaneId, Incarnation, RangeSet)>,
    /// Of your messages, those that nobody will receive.
    pub lost: Vec<(LaneId, RangeSet)>,
    /// Of others' messages to you, those to treat as lost unless they have arrived.
    pub tombstones: Vec<(LaneRef, RangeSet)>,
    /// Of your messages, those to be given up after a time, though they or copies may still come: their receiver has promised
    /// to treat them as lost, or has left or died, and nobody is there in its place.
    pub expired: Vec<(LaneId, RangeSet)>,
    /// Processes that have left or died, and the last epoch given out when that became known: state of each departure when
    /// every transport from the process has ended and been read to its end.
    pub dead: Vec<(Incarnation, Epoch)>,
    /// Of others' lanes to you, those that their senders have retired and that have ended with you: forget them.
    pub retired: Vec<LaneRef>,
}

/// Why a session is refused.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Rejection {
    /// The agent belongs to another deployment.
    #[error("this server is of deployment {here}, the agent of {there}: set the agent's deployment name")]
    Deployment {
        /// The server's.
        here: DeploymentId,
        /// The agent's.
        there: DeploymentId,
    },
    /// No version in common.
    #[error("the agent speaks versions {}-{} of the protocol, this server {}-{}: upgrade the older", .agent.0, .agent.1, VERSIONS.0, VERSIONS.1)]
    Version {
        /// The agent's versions.
        agent: (u32, u32),
    },
    /// Another live agent has the name.
    #[error("the name `{name}` belongs to the live process {holder}: give each process its own name")]
    NameTaken {
        /// The name.
        name: ProcessName,
        /// Who has it.
        holder: Incarnation,
    },
    /// The incarnation id belongs to a process of another name or that has said goodbye.
    #[error("the incarnation {0} is not new: restart the process, which mints another")]
    IncarnationUsed(Incarnation),
    /// The agent's epoch is beyond anything that can have been given out.
    #[error("the agent's epoch {0} cannot have been given out by any server of this deployment")]
    EpochOutOfRange(Epoch),
    /// Something other than a hello came first, or a second hello.
    #[error("a session begins with one hello")]
    OutOfOrder,
    /// A report's epochs are impossible.
    #[error("the report covers rounds after {from} up to {to}, which cannot be")]
    ImpossibleReport {
        /// Its beginning.
        from: Epoch,
        /// Its end.
        to: Epoch,
    },
}
