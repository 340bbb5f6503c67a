//! Snapshots: the global state of one round, and the check that makes a consistent cut of it.
//!
//! A [`Snapshot`] is what the collector put together and what travels; it may be wrong. A [`ConsistentCut`] can
//! be had only by [`ConsistentCut::check`], which applies every check that the snapshot allows and derives the
//! state of the channels. Detectors take nothing else, so nothing that failed a check is ever analysed.

use crate::cut::{ProcessCut, Sending};
use crate::id::{DeploymentId, Epoch, Incarnation, LaneRef, ProcessName, Text};
use crate::ranges::RangeSet;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

mod assumption;
mod blame;
mod channel;
mod check;
mod derive;

pub use assumption::Assumption;
pub use channel::{Cause, Channel, Channels, Fate, InTransit, UnknownContent};
pub use check::Inconsistency;

/// The global state that a round yielded.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Snapshot {
    /// Of which deployment.
    pub deployment: DeploymentId,
    /// The number of the round.
    pub epoch: Epoch,
    /// An epoch whose cuts had all been made, by every process that is present here, before this round was
    /// announced; [`Epoch::ZERO`] if there is none. A fact born before it was true at one and the same moment
    /// with every other such fact: what deadlocks over keyed resources rest on, since no stamp travels with
    /// the database's grants.
    pub confirmed: Epoch,
    /// Everybody who belongs to the round.
    pub members: BTreeMap<Incarnation, Member>,
}

impl Snapshot {
    /// Whether a lane leads to a process, as far as is known: what anybody else says that it has received on it does not
    /// count.
    #[must_use]
    pub fn leads_to(&self, lane: LaneRef, receiver: Incarnation) -> bool {
        let end = self.sending(lane).and_then(|sending| sending.to.peer());
        end.is_none_or(|peer| self.speaks_for(receiver, peer))
    }

    /// A lane at the last that is known of its sender.
    #[must_use]
    pub fn sending(&self, lane: LaneRef) -> Option<&Arc<Sending>> {
        let cut = match &self.members.get(&lane.process)?.state {
            MemberState::Present(cut) | MemberState::Left { last: cut, .. } => cut,
            MemberState::Lost { last, .. } => last.as_ref()?,
            MemberState::Absent(_) => return None,
        };
        cut.sending.get(&lane.lane)
    }

    /// Who has received some of these messages of a lane, and which, by cuts that are there and count on that lane.
    pub(crate) fn receivers<'a>(
        &'a self,
        lane: LaneRef,
        numbers: &'a RangeSet,
    ) -> impl Iterator<Item = (Incarnation, RangeSet)> + 'a {
        let members = if numbers.is_empty() { None } else { Some(&self.members) };
        members.into_iter().flatten().filter_map(move |(process, member)| {
            let received = member.state.cut()?.receiving.get(&lane)?.received.intersection(numbers);
            (!received.is_empty() && self.leads_to(lane, *process)).then_some((*process, received))
        })
    }

    fn speaks_for(&self, receiver: Incarnation, peer: Incarnation) -> bool {
        speaks_for(receiver, peer, |process| self.members.get(&process).map(|member| &member.name))
    }

    /// Whether more is known of a process than what others say. If not, it cannot be said that it has not started again
    /// under its name.
    pub(crate) fn is_named(&self, process: Incarnation) -> bool {
        self.members.get(&process).is_some_and(|m| m.name != ProcessName::of_stranger(process))
    }
}

/// Whether what `receiver` says of a lane that leads to `peer` is the peer's own word. A process that has started again keeps
/// its name, and what was sent to the one before reaches it.
pub(crate) fn speaks_for<'a>(
    receiver: Incarnation,
    peer: Incarnation,
    name: impl Fn(Incarnation) -> Option<&'a ProcessName>,
) -> bool {
    receiver == peer || name(peer).is_some_and(|name_of_peer| name(receiver) == Some(name_of_peer))
}

/// One process in a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Member {
    /// Its name.
    pub name: ProcessName,
    /// What is known of it.
    pub state: MemberState,
}

/// What is known of one process in a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum MemberState {
    /// It made its cut for this round.
    Present(Arc<ProcessCut>),
    /// It said goodbye before its cut.
    Left {
        /// Its last state, of which it can do nothing any more.
        last: Arc<ProcessCut>,
        /// The last epoch given out when it did.
        since: Epoch,
    },
    /// It is dead.
    Lost {
        /// Whether that is certain, or presumed from silence.
        certain: bool,
        /// Its last report, which it may have outlived.
        last: Option<Arc<ProcessCut>>,
        /// The last epoch given out when its death became known: it has no events of later epochs, and has
        /// never heard of what was born in one.
        since: Epoch,
    },
    /// It lives, as far as is known, but its cut is missing.
    Absent(Absence),
}

impl MemberState {
    /// The state at the cut of this round, if the process has one: present or left.
    #[must_use]
    pub fn cut(&self) -> Option<&Arc<ProcessCut>> {
        match self {
            MemberState::Present(cut) | MemberState::Left { last: cut, .. } => Some(cut),
            MemberState::Lost { .. } | MemberState::Absent(_) => None,
        }
    }

    /// Whether the process is present.
    #[must_use]
    pub const fn is_present(&self) -> bool {
        matches!(self, MemberState::Present(_))
    }

    /// Whether the process lives, as far as is known: it has neither left nor died, nor is it presumed dead.
    #[must_use]
    pub const fn lives(&self) -> bool {
        matches!(self, MemberState::Present(_) | MemberState::Absent(_))
    }
}

/// Why the cut of a living process is missing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Absence {
    /// No report came before the round's deadline.
    Silent,
    /// Its session was down.
    Disconnected,
    /// It had received a stamp of this epoch or a later one that it could not admit, and went on unrecorded.
    Void,
    /// It gave up its unsent report for want of room.
    GaveUp,
    /// Its report was wrong.
    Fault(Text),
}

impl fmt::Display for Absence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Absence::Silent => f.write_str("connected, but no report before the deadline"),
            Absence::Disconnected => f.write_str("not connected"),
            Absence::Void => f.write_str("passed the cut on a stamp that it could not admit"),
            Absence::GaveUp => f.write_str("gave up its report for want of room"),
            Absence::Fault(what) => write!(f, "its report was refused: {what}"),
        }
    }
}

/// A global state that has passed every check.
///
/// Built only by [`ConsistentCut::check`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ConsistentCut {
    snapshot: Snapshot,
    channels: Channels,
}

impl ConsistentCut {
    /// Checks a snapshot and derives the state of its channels.
    ///
    /// # Errors
    /// Every [`Inconsistency`] found, in the order of the members; never an empty list.
    ///
    /// # Complexity
    /// O(f + l log l + r) for f facts, and l lanes with r ranges of messages; the messages themselves cost nothing. To
    /// that add O(d m) for d of m members that have left or died.
    pub fn check(snapshot: Snapshot) -> Result<Self, Vec<Inconsistency>> {
        let faults = check::inconsistencies(&snapshot);
        if faults.is_empty() { Ok(Self::of(snapshot)) } else { Err(faults) }
    }

    /// Checks a snapshot and makes absent whoever contradicts the others or itself, so that what is left is
    /// consistent: a state that is wrong harms its own process alone, or of two who contradict only each other both.
    /// Gives every [`Inconsistency`] found.
    ///
    /// # Complexity
    /// That of [`ConsistentCut::check`], twice: what is left has no fault that was not there before.
    #[must_use]
    pub fn check_leaving_out(mut snapshot: Snapshot) -> (Self, Vec<Inconsistency>) {
        let mut found = Vec::new();
        loop {
            let faults = check::inconsistencies(&snapshot);
            if faults.is_empty() {
                return (Self::of(snapshot), found);
            }
            for (culprit, fault) in blame::culprits(&faults) {
                if let Some(member) = snapshot.members.get_mut(&culprit) {
                    member.state = MemberState::Absent(Absence::Fault(Text::new(&fault.to_string())));
                }
            }
            found.extend(faults);
        }
    }

    fn of(snapshot: Snapshot) -> Self {
        let channels = derive::channels(&snapshot);
        ConsistentCut { snapshot, channels }
    }

    /// The snapshot that passed.
    #[must_use]
    pub const fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// The state of the channels.
    #[must_use]
    pub const fn channels(&self) -> &Channels {
        &self.channels
    }

    /// Whether nothing that exists is missing: everybody who lives has a cut, and no content is unknown. What a
    /// dead process took with it is another matter.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let absent = |m: &Member| matches!(m.state, MemberState::Absent(_));
        self.channels.unknown.is_empty() && !self.snapshot.members.values().any(absent)
    }

    /// The members that have a cut, with it.
    pub fn cuts(&self) -> impl Iterator<Item = (Incarnation, &ProcessCut)> + '_ {
        self.snapshot.members.iter().filter_map(|(id, m)| m.state.cut().map(|cut| (*id, &**cut)))
    }

    /// The members that are present, with their cuts.
    pub fn present(&self) -> impl Iterator<Item = (Incarnation, &ProcessCut)> + '_ {
        self.snapshot.members.iter().filter_map(|(id, m)| match &m.state {
            MemberState::Present(cut) => Some((*id, &**cut)),
            _ => None,
        })
    }
}
