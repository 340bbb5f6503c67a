//! What is in the channels at a cut.

use crate::cut::{LaneEnd, Sending};
use crate::fact::Annotation;
use crate::id::{Incarnation, LaneId, LaneRef, MessageId};
use crate::ranges::RangeSet;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// What may still be under way on a message that nobody in the cut has received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// It is in transit.
    Transit,
    /// It is in transit or lost.
    Doubtful,
    /// It is in transit, or was received by a process whose cut is missing.
    Hidden,
}

/// A message in the state of the channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InTransit<'a> {
    /// Its identity.
    pub id: MessageId,
    /// Where it leads, as [`Channel::to`].
    pub to: LaneEnd,
    /// What it carries.
    pub annotations: &'a [Annotation],
    /// How sure that is.
    pub fate: Fate,
}

/// The state of one channel: what was sent on a lane before its sender's cut and received by nobody in the cut.
///
/// No number has two fates.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Channel {
    /// The lane at its sender's cut, whose log says what the messages carry.
    pub sending: Arc<Sending>,
    /// Where the messages lead: to the end of the lane, or to its heir; [`LaneEnd::Sole`] if there are several of these, or
    /// if the name of the one at the end is not known any more.
    pub to: LaneEnd,
    /// The messages of [`Fate::Transit`].
    pub transit: RangeSet,
    /// The messages of [`Fate::Doubtful`].
    pub doubtful: RangeSet,
    /// The messages of [`Fate::Hidden`].
    pub hidden: RangeSet,
}

impl Channel {
    /// The messages by their fates, those in transit first; none of the sets is empty.
    pub fn fates(&self) -> impl Iterator<Item = (Fate, &RangeSet)> {
        let all =
            [(Fate::Transit, &self.transit), (Fate::Doubtful, &self.doubtful), (Fate::Hidden, &self.hidden)];
        all.into_iter().filter(|(_, numbers)| !numbers.is_empty())
    }

    /// The fate of a message, if it is in the channel.
    #[must_use]
    pub fn fate(&self, seq: u64) -> Option<Fate> {
        self.fates().find(|(_, numbers)| numbers.contains(seq)).map(|(fate, _)| fate)
    }

    /// All the messages, whatever their fate.
    #[must_use]
    pub fn numbers(&self) -> RangeSet {
        let mut all = RangeSet::new();
        self.fates().for_each(|(_, numbers)| all.union(numbers));
        all
    }

    /// How many messages are in the channel; saturates at `u64::MAX`.
    #[must_use]
    pub fn messages(&self) -> u64 {
        self.fates().fold(0, |sum, (_, numbers)| sum.saturating_add(numbers.len()))
    }
}

/// Messages that may be in the channels, or may have been received, without anybody knowing what they carry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownContent {
    /// Who sent them.
    pub from: Incarnation,
    /// On which lane; `None` if on any.
    pub lane: Option<LaneId>,
    /// Which numbers; empty if any.
    pub numbers: RangeSet,
    /// Who may receive them, or may have received them; `None` if anybody.
    pub to: Option<Incarnation>,
    /// Why it is unknown.
    pub cause: Cause,
}

/// Why content is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The sender's log was full and the annotations were given up.
    Collapsed,
    /// Somebody outside the cut acknowledged them.
    ReceivedOutside,
    /// The sender's cut is missing.
    SenderAbsent,
    /// The sender is dead and its receiver has not stated that the transport has ended.
    SenderLost,
    /// A member has exchanged messages with a process that is no member.
    Stranger,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Cause::Collapsed => "the sender's log of outstanding messages overflowed",
            Cause::ReceivedOutside => "received by a process outside the cut",
            Cause::SenderAbsent => "the sender's cut is missing",
            Cause::Stranger => "a process that this server does not know takes part",
            Cause::SenderLost => "the sender died and its transports are not known to have ended",
        })
    }
}

/// The state of the channels at a cut, derived from the senders' logs and what everybody had received.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Channels {
    /// The channels in which there is anything.
    pub lanes: BTreeMap<LaneRef, Channel>,
    /// What nobody knows.
    pub unknown: Vec<UnknownContent>,
    /// Messages that are still in a sender's log and that a member of the cut has received.
    pub settled: BTreeMap<LaneRef, BTreeMap<Incarnation, RangeSet>>,
    /// Messages that are still in a sender's log and that nobody can receive any more.
    pub lost: BTreeMap<LaneRef, RangeSet>,
    /// Of the lost ones those that carry anything, or of which that is not known, and that may have come to somebody of whom
    /// nothing is known yet: to a group or an unknown end, or to an heir who has not said hello, from a sender that has left or
    /// died.
    pub unclaimed: BTreeMap<LaneRef, RangeSet>,
    /// What senders have given up by a time limit and may still come, as far as it has not.
    pub expired: BTreeMap<LaneRef, RangeSet>,
    /// Doubtful messages, and such of unknown content, that their receivers have promised to treat as lost though they may
    /// still come. They are under way until their senders have given them up too, and say so.
    pub tombstoned: BTreeMap<LaneRef, RangeSet>,
    /// Messages that their sender had given up by a time limit and that a member has received after all.
    pub late: BTreeMap<LaneRef, RangeSet>,
}

impl Channels {
    /// The messages in transit that carry anything, ascending by identity.
    ///
    /// # Complexity
    /// O(log r) for each outstanding message that carries anything, in the ranges of its channel.
    pub fn carriers(&self) -> impl Iterator<Item = InTransit<'_>> {
        self.lanes.iter().flat_map(|(&lane, channel)| {
            channel.sending.annotations.iter().filter_map(move |(seq, annotations)| {
                let (id, to) = (MessageId { lane, seq }, channel.to);
                channel.fate(seq).map(|fate| InTransit { id, to, annotations, fate })
            })
        })
    }

    /// The message, if it is in transit.
    #[must_use]
    pub fn message(&self, id: MessageId) -> Option<InTransit<'_>> {
        let channel = self.lanes.get(&id.lane)?;
        let fate = channel.fate(id.seq)?;
        let annotations = channel.sending.annotations.get(id.seq);
        Some(InTransit { id, to: channel.to, annotations, fate })
    }

    /// How many messages are in transit; saturates at `u64::MAX`.
    #[must_use]
    pub fn in_transit(&self) -> u64 {
        self.lanes.values().fold(0, |sum, channel| sum.saturating_add(channel.messages()))
    }
}
