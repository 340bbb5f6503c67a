//! Snapshots: the global state of one round, and the check that makes a consistent cut of it.
//!
//! A [`Snapshot`] is what the collector put together and what travels; it may be wrong. A [`ConsistentCut`] can
//! be had only by [`ConsistentCut::check`], which applies every check that the snapshot allows and derives the
//! state of the channels. Detectors take nothing else, so nothing that failed a check is ever analysed.
//!
//! ```text
//!   sender's cut    receiver's cut          what the pair says about message n
//!   n in the log    n received              received: the sender may forget it
//!   n in the log    n not received          in transit (or lost, where nobody can receive it any more)
//!   n not in log    n received or below     settled
//!   n not in log    n nowhere               received by somebody outside the cut: unknown content
//!   n not sent      n received              the cut is inconsistent
//! ```
//!
//! The receiver is whom the lane leads to: what anybody else says of it counts for nothing and is a fault. When he has
//! left or died, what is under way on a link to him is lost. What is under way on an unordered lane may have been lost with
//! him, or wait in its sender's client for whoever is started again in his place: his *heirs* are those who live under
//! his name. That somebody who is presumed dead may live after all, and receive, is an assumption of its own.

use crate::cut::{LaneEnd, Order, ProcessCut, Receiving, Sending};
use crate::fact::{Annotation, Fact};
use crate::id::{DeploymentId, Epoch, Handle, Incarnation, LaneId, LaneRef, MessageId, ProcessName, Text};
use crate::mutation::{Mutation, is_on};
use crate::ranges::RangeSet;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::mem::{Discriminant, discriminant};
use std::sync::Arc;

mod blame;

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

/// A global state that has passed every check.
///
/// Built only by [`ConsistentCut::check`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ConsistentCut {
    snapshot: Snapshot,
    channels: Channels,
}

/// Why a snapshot is no consistent cut: an instrumentation fault, named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Inconsistency {
    /// A receiver had received what the sender had not sent by its cut.
    #[error("message {message} was received by {receiver} before its cut but sent after the sender's cut")]
    ReceivedBeforeSent {
        /// The first such message.
        message: MessageId,
        /// Who received it.
        receiver: Incarnation,
    },
    /// A receiver knew a floor that the sender had not reached by its cut.
    #[error("{receiver} had heard that lane {lane} is settled below {floor}, ahead of the sender's cut")]
    FloorAhead {
        /// The lane.
        lane: LaneRef,
        /// The floor heard.
        floor: u64,
        /// Who heard it.
        receiver: Incarnation,
    },
    /// A stamp of this epoch or a later one was received before the cut.
    #[error("{receiver} received a stamp of epoch {stamp} on lane {lane} before its cut for this round")]
    RedReceived {
        /// The lane.
        lane: LaneRef,
        /// The stamp's epoch.
        stamp: Epoch,
        /// Who received it.
        receiver: Incarnation,
    },
    /// A lane's stamps went back in epoch.
    #[error("{receiver} received message {message} with a lower epoch than a message before it on its lane")]
    EpochDecreased {
        /// The message.
        message: MessageId,
        /// Who received it.
        receiver: Incarnation,
    },
    /// Somebody says that it has received on a lane that leads to another.
    #[error("{receiver} says that it has received on lane {lane}, which leads to {peer}")]
    NotAddressed {
        /// The lane.
        lane: LaneRef,
        /// Where its sender says that it leads.
        peer: Incarnation,
        /// Who says that it has received.
        receiver: Incarnation,
    },
    /// Two say that they have received on a lane that leads to one process.
    #[error("{} and {} say that they have received on lane {lane}, which leads to one process", .receivers[0], .receivers[1])]
    SeveralReceivers {
        /// The lane.
        lane: LaneRef,
        /// Who say so.
        receivers: [Incarnation; 2],
    },
    /// Somebody knew more of a process than it knew of itself: the theorem of the notes does not hold.
    #[error("{knower} knew of {known} events of {process}, which had only {own} by its cut")]
    Clock {
        /// Of whom too much was known.
        process: Incarnation,
        /// How many events it had.
        own: u64,
        /// How many the other knew.
        known: u64,
        /// The other.
        knower: Incarnation,
    },
    /// A fact refers to a fact of its own process that is not there.
    #[error("{kind} {handle} of {process} belongs to {owner} {missing}, which is not there")]
    Dangling {
        /// The process.
        process: Incarnation,
        /// The fact.
        handle: Handle,
        /// What kind it is of.
        kind: &'static str,
        /// What kind of fact is missing.
        owner: &'static str,
        /// Which fact is missing.
        missing: Handle,
    },
    /// A wait needs more targets than it has, or has more open ones than it began with.
    #[error("wait {handle} of {process} needs {need} of {of} targets and has {open} open ones")]
    MalformedWait {
        /// The process.
        process: Incarnation,
        /// The wait.
        handle: Handle,
        /// How many it needs.
        need: u32,
        /// How many it began with.
        of: u32,
        /// How many open ones it has.
        open: u32,
    },
    /// A task is its own ancestor.
    #[error("task {task} of {process} is a branch of itself")]
    BranchOfItself {
        /// The process.
        process: Incarnation,
        /// The task.
        task: Handle,
    },
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
        let faults = inconsistencies(&snapshot);
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
            let faults = inconsistencies(&snapshot);
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
        let channels = channels(&snapshot);
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

/// How many faults of the facts of one process are named.
const FAULTS_NAMED: usize = 8;

/// What is wrong with a snapshot, in the order of its members: of what one process says of another, the first of each
/// kind, and of its own facts a few. Whoever has much that is wrong must not fill logs and stores with it.
fn inconsistencies(snapshot: &Snapshot) -> Vec<Inconsistency> {
    let mut faults = Vec::new();
    for (&process, member) in &snapshot.members {
        if let Some(cut) = member.state.cut() {
            check_receipts(snapshot, process, cut, &mut faults);
            let before = faults.len();
            check_facts(process, cut, &mut faults);
            faults.truncate(before + FAULTS_NAMED);
        }
    }
    check_sole_receivers(snapshot, &mut faults);
    check_clocks(snapshot, &mut faults);
    faults
}

/// Of whom nothing is known but what others say, it cannot be said that he has not started again under his name.
fn is_named(snapshot: &Snapshot, process: Incarnation) -> bool {
    snapshot.members.get(&process).is_some_and(|m| m.name != ProcessName::of_stranger(process))
}

/// What was received was sent, and to whom it came; no stamp was red or went back.
fn check_receipts(
    snapshot: &Snapshot,
    receiver: Incarnation,
    cut: &ProcessCut,
    faults: &mut Vec<Inconsistency>,
) {
    // The lanes of one sender follow each other.
    let (mut sender, mut named): (_, Vec<Discriminant<Inconsistency>>) = (None, Vec::new());
    for (&lane, got) in &cut.receiving {
        if sender.replace(lane.process) != Some(lane.process) {
            named.clear();
        }
        for fault in wrong_receipts(snapshot, receiver, lane, got) {
            if !named.contains(&discriminant(&fault)) {
                named.push(discriminant(&fault));
                faults.push(fault);
            }
        }
    }
}

/// What is wrong with what one process says that it has received on one lane.
fn wrong_receipts(
    snapshot: &Snapshot,
    receiver: Incarnation,
    lane: LaneRef,
    got: &Receiving,
) -> impl Iterator<Item = Inconsistency> {
    let stamp = got.latest;
    let red = (stamp >= snapshot.epoch).then_some(Inconsistency::RedReceived { lane, stamp, receiver });
    // Of a sender without a cut, only the colour of its stamps can be checked.
    let sender = snapshot.members.get(&lane.process).and_then(|m| m.state.cut());
    let against =
        sender.map_or([None, None, None], |sender| against_sender(snapshot, receiver, lane, got, sender));
    red.into_iter().chain(against.into_iter().flatten())
}

fn against_sender(
    snapshot: &Snapshot,
    receiver: Incarnation,
    lane: LaneRef,
    got: &Receiving,
    sender: &ProcessCut,
) -> [Option<Inconsistency>; 3] {
    let sending = sender.sending.get(&lane.lane);
    if let Some(peer) = sending.and_then(|sending| sending.to.peer())
        && !snapshot.speaks_for(receiver, peer)
    {
        let fault = Inconsistency::NotAddressed { lane, peer, receiver };
        return [(got.has_received() && is_named(snapshot, peer)).then_some(fault), None, None];
    }
    let of = |seq| MessageId { lane, seq };
    let decreased = got.disordered.map(|seq| Inconsistency::EpochDecreased { message: of(seq), receiver });
    // Of a retired lane everything sent was settled, so what was received had been sent.
    if sender.has_retired(lane.lane) {
        return [decreased, None, None];
    }
    let (sent, floor) = sending.map_or((0, 0), |s| (s.sent, s.floor()));
    let beyond = got.received.last().filter(|last| *last > sent).map(|last| {
        let mut beyond = got.received.clone();
        beyond.forget_below(sent + 1);
        Inconsistency::ReceivedBeforeSent { message: of(beyond.first().unwrap_or(last)), receiver }
    });
    let ahead = (got.floor > floor).then_some(Inconsistency::FloorAhead { lane, floor: got.floor, receiver });
    [decreased, beyond, ahead]
}

/// That on a lane to one process, not known yet to which, no two have received.
fn check_sole_receivers(snapshot: &Snapshot, faults: &mut Vec<Inconsistency>) {
    let mut first: BTreeMap<LaneRef, Incarnation> = BTreeMap::new();
    let mut told: BTreeSet<[Incarnation; 2]> = BTreeSet::new();
    for (&receiver, cut) in snapshot.members.iter().filter_map(|(p, m)| Some((p, m.state.cut()?))) {
        for (&lane, got) in &cut.receiving {
            if !got.has_received() || snapshot.sending(lane).map(|s| s.to) != Some(LaneEnd::Sole) {
                continue;
            }
            let receivers = [*first.entry(lane).or_insert(receiver), receiver];
            if !snapshot.speaks_for(receiver, receivers[0]) && told.insert(receivers) {
                faults.push(Inconsistency::SeveralReceivers { lane, receivers });
            }
        }
    }
}

/// That what belongs to something belongs to something that is there.
fn check_facts(process: Incarnation, cut: &ProcessCut, faults: &mut Vec<Inconsistency>) {
    let mut open: BTreeMap<Handle, u32> = BTreeMap::new();
    for (&handle, recorded) in &cut.facts {
        let owner = match &recorded.fact {
            Fact::Target(target) => {
                *open.entry(target.wait.0).or_default() += 1;
                Some(("wait", target.wait.0))
            }
            Fact::Wait(wait) => Some(("task", wait.task.0)),
            Fact::Serving(serving) => Some(("task", serving.task.0)),
            Fact::Queued(queued) => Some(("resource", queued.resource.0)),
            Fact::Permits(permits) => Some(("resource", permits.resource.0)),
            Fact::Pin(pin) => Some(("object", pin.object.0)),
            Fact::Reference(reference) => reference.from.map(|object| ("object", object.0)),
            _ => None,
        };
        if let Some((owner, missing)) = owner
            && cut.facts.get(&missing).is_none_or(|r| r.fact.kind() != owner)
        {
            let kind = recorded.fact.kind();
            faults.push(Inconsistency::Dangling { process, handle, kind, owner, missing });
        }
        if let Fact::Task(task) = &recorded.fact
            && let Some(parent) = task.parent
            && is_own_ancestor(cut, handle, parent.0)
        {
            faults.push(Inconsistency::BranchOfItself { process, task: handle });
        }
    }
    for (&handle, recorded) in &cut.facts {
        if let Fact::Wait(wait) = &recorded.fact {
            let open = open.get(&handle).copied().unwrap_or(0);
            if wait.need > wait.of || open > wait.of {
                let (need, of) = (wait.need, wait.of);
                faults.push(Inconsistency::MalformedWait { process, handle, need, of, open });
            }
        }
    }
}

/// Whether following the parents of `parent` leads to `task`. A branch is minted after the task it branches
/// from, so the walk ends where a parent has the greater handle, which is a fault as well.
fn is_own_ancestor(cut: &ProcessCut, task: Handle, parent: Handle) -> bool {
    parent >= task && cut.facts.contains_key(&parent)
}

/// The theorem of the notes: with `V_i` the clock of process i at its cut, and `W` their componentwise maximum,
/// the cut is consistent iff `W[i] = V_i[i]` for every i.
fn check_clocks(snapshot: &Snapshot, faults: &mut Vec<Inconsistency>) {
    let cuts: BTreeMap<Incarnation, _> =
        snapshot.members.iter().filter_map(|(id, m)| Some((*id, m.state.cut()?))).collect();
    for (&knower, cut) in &cuts {
        for (&process, &known) in cut.clock.iter().flat_map(|clock| &clock.0) {
            let Some(cut) = cuts.get(&process) else { continue };
            // Without a clock it had no event before its cut.
            let own = cut.clock.as_ref().map_or(0, |clock| clock.get(process));
            if known > own {
                faults.push(Inconsistency::Clock { process, own, known, knower });
            }
        }
    }
}

/// What those in the cut to whom a lane leads had received on it.
type Receivers<'a> = BTreeMap<LaneRef, Vec<(Incarnation, &'a Receiving)>>;

/// The state of the channels: the senders' logs minus the union of what anybody had received.
fn channels(snapshot: &Snapshot) -> Channels {
    let mut receivers: Receivers<'_> = BTreeMap::new();
    for (&process, member) in &snapshot.members {
        for (&lane, got) in member.state.cut().iter().flat_map(|cut| &cut.receiving) {
            if snapshot.leads_to(lane, process) {
                let process_of_lane = match is_on(Mutation::IncarnationsAreOne) {
                    true => successor(snapshot, lane.process),
                    false => lane.process,
                };
                let lane = LaneRef { process: process_of_lane, ..lane };
                receivers.entry(lane).or_default().push((process, got));
            }
        }
    }
    let mut channels = Channels::default();
    let living = living(snapshot);
    let strangers = strangers(snapshot);
    // A stranger may have received on any lane of which it is not known where it leads.
    let missing =
        !strangers.is_empty() || snapshot.members.keys().any(|process| is_missing(snapshot, process));
    for (&process, member) in &snapshot.members {
        let (cut, stale, departed) = match &member.state {
            MemberState::Present(cut) => (Some(cut), false, None),
            MemberState::Left { last, since } => (Some(last), false, Some(*since)),
            MemberState::Lost { last, since, .. } => (last.as_ref(), true, Some(*since)),
            MemberState::Absent(_) => (None, false, None),
        };
        let waiting = departed.map_or_else(Vec::new, |since| waiting_for(snapshot, process, since));
        for (&lane, sending) in cut.iter().flat_map(|cut| &cut.sending) {
            let lane = LaneRef { process, lane };
            let waiting = &waiting;
            let got = receivers.get(&lane).map_or(&[][..], Vec::as_slice);
            let heirs = heirs(snapshot, &living, sending);
            Lane { snapshot, missing, lane, sending, got, heirs, stale, departed, waiting }
                .derive(&mut channels);
        }
        unknown_from(snapshot, process, &member.state, &mut channels.unknown);
    }
    for from in strangers {
        let (lane, numbers, to) = (None, RangeSet::new(), None);
        channels.unknown.push(UnknownContent { from, lane, numbers, to, cause: Cause::Stranger });
    }
    channels
}

/// Who is present under the name of a process: a [`Mutation`].
fn successor(snapshot: &Snapshot, process: Incarnation) -> Incarnation {
    let name = snapshot.members.get(&process).map(|member| &member.name);
    let follows = |(_, m): &(&Incarnation, &Member)| Some(&m.name) == name && m.state.is_present();
    snapshot.members.iter().find(follows).map_or(process, |(successor, _)| *successor)
}

/// The processes that members have received from, sent to or been acknowledged by, and that are no members.
fn strangers(snapshot: &Snapshot) -> BTreeSet<Incarnation> {
    let mut named = BTreeSet::new();
    if is_on(Mutation::StrangersIgnored) {
        return named;
    }
    for cut in snapshot.members.values().filter_map(|m| m.state.cut()) {
        named.extend(cut.receiving.keys().map(|lane| lane.process));
        named.extend(&cut.met);
        for sending in cut.sending.values().filter(|s| s.sent > 0) {
            named.extend(&sending.settled_by);
            named.extend(sending.to.peer());
        }
    }
    named.retain(|process| !snapshot.members.contains_key(process));
    named
}

/// What a process without a cut may have sent without anybody knowing.
fn unknown_from(
    snapshot: &Snapshot,
    from: Incarnation,
    state: &MemberState,
    unknown: &mut Vec<UnknownContent>,
) {
    let any = |to, cause| UnknownContent { from, lane: None, numbers: RangeSet::new(), to, cause };
    match state {
        MemberState::Absent(_) => unknown.push(any(None, Cause::SenderAbsent)),
        MemberState::Lost { .. } if is_on(Mutation::TheDeadSentNothing) => {}
        MemberState::Lost { since, .. } => {
            for (&to, member) in &snapshot.members {
                match &member.state {
                    MemberState::Present(cut) if !has_ended(cut, from, *since) => {
                        unknown.push(any(Some(to), Cause::SenderLost));
                    }
                    _ => {}
                }
            }
        }
        MemberState::Present(_) | MemberState::Left { .. } => {}
    }
}

/// Whether a process has stated that every transport from one that has left or died has ended: of this departure, and not of
/// an earlier death that was only presumed.
fn has_ended(cut: &ProcessCut, departed: Incarnation, since: Epoch) -> bool {
    cut.ended_peers.get(&departed).is_some_and(|stated| *stated >= since || is_on(Mutation::AnyEndCounts))
}

/// Those who may still receive something from a process that will never send again, as far as they have not seen the end
/// of its lanes one by one.
fn waiting_for(snapshot: &Snapshot, departed: Incarnation, since: Epoch) -> Vec<Incarnation> {
    let waits = |(process, member): (&Incarnation, &Member)| match &member.state {
        _ if *process == departed => None,
        MemberState::Present(cut) => (!has_ended(cut, departed, since)).then_some(*process),
        MemberState::Left { .. } | MemberState::Lost { certain: true, .. } => None,
        MemberState::Lost { certain: false, .. } | MemberState::Absent(_) => Some(*process),
    };
    snapshot.members.iter().filter_map(waits).collect()
}

/// The members of each name that live, as far as is known.
type Living<'a> = BTreeMap<&'a ProcessName, Vec<Incarnation>>;

fn living(snapshot: &Snapshot) -> Living<'_> {
    let mut living = Living::new();
    for (&process, member) in snapshot.members.iter().filter(|(_, m)| m.state.lives()) {
        living.entry(&member.name).or_default().push(process);
    }
    living
}

/// The heirs of the process to which an unordered lane leads, if that has left or died. Whose name is not known may have any.
fn heirs<'a>(snapshot: &Snapshot, living: &'a Living<'_>, sending: &Sending) -> Option<&'a [Incarnation]> {
    let process = sending.to.peer()?;
    let peer = snapshot.members.get(&process)?;
    let inherited = sending.order == Order::Unordered && !peer.state.lives() && is_named(snapshot, process);
    inherited.then(|| living.get(&peer.name).map_or(&[][..], Vec::as_slice))
}

/// Whether what a process had received by its cut is not known.
fn is_missing(snapshot: &Snapshot, process: &Incarnation) -> bool {
    let state = snapshot.members.get(process).map(|m| &m.state);
    !matches!(state, Some(MemberState::Present(_) | MemberState::Left { .. }))
}

/// Whether a lane delivers nothing any more.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Over {
    No,
    Certainly,
    /// Nothing to anybody who is known.
    AsFarAsIsKnown,
}

/// One lane at its sender's cut, with what everybody has received on it.
struct Lane<'a> {
    snapshot: &'a Snapshot,
    /// The cut of some member is missing, or of a stranger.
    missing: bool,
    lane: LaneRef,
    sending: &'a Arc<Sending>,
    got: &'a [(Incarnation, &'a Receiving)],
    /// The heirs, if they take the place of the lane's end.
    heirs: Option<&'a [Incarnation]>,
    /// The sender is dead, and this is its last report.
    stale: bool,
    /// The sender will never send again; since when that is known.
    departed: Option<Epoch>,
    /// Then those who have not seen the end of everything from it.
    waiting: &'a [Incarnation],
}

impl Lane<'_> {
    fn derive(&self, channels: &mut Channels) {
        let over = self.is_over();
        let promised = self.promised();
        // What did not come before the marker of a link does not come.
        let settles = self.sending.order == Order::Fifo || is_on(Mutation::TombstonedIsLost);
        let mut lost = match over {
            Over::No if settles => promised.clone(),
            Over::No => RangeSet::new(),
            Over::Certainly | Over::AsFarAsIsKnown => RangeSet::span(1, u64::MAX),
        };
        if is_on(Mutation::DoubtfulIsLost) {
            lost.union(&self.sending.doubtful);
        }
        let open = self.unreceived(&self.sending.outstanding, &lost, channels);
        let collapsed = self.unreceived(&self.sending.collapsed, &lost, channels);
        if over == Over::AsFarAsIsKnown
            && let Some(lost) = channels.lost.get(&self.lane)
        {
            let mut carriers = self.sending.annotations.numbers();
            carriers.union(&self.sending.collapsed);
            let unclaimed = lost.intersection(&carriers);
            if !unclaimed.is_empty() {
                channels.unclaimed.insert(self.lane, unclaimed);
            }
        }
        if self.departed.is_none() && !promised.is_empty() {
            let mut tombstoned = promised.intersection(&open);
            tombstoned.union(&promised.intersection(&collapsed));
            if !tombstoned.is_empty() {
                channels.tombstoned.insert(self.lane, tombstoned);
            }
        }
        if !open.is_empty() {
            let channel = self.channel(open);
            channels.lanes.insert(self.lane, channel);
        }
        if !is_on(Mutation::CollapsedIsNothing) {
            self.unknown(collapsed, Cause::Collapsed, channels);
        }
        self.account(channels);
        if !self.sending.expired.is_empty() {
            self.expired(over, channels);
        }
    }

    /// What of the messages that the sender has given up may still come, and what has.
    fn expired(&self, over: Over, channels: &mut Channels) {
        let (mut expired, mut late) = (self.sending.expired.clone(), RangeSet::new());
        self.got.iter().for_each(|(_, got)| late.union(&expired.intersection(&got.received)));
        expired.subtract(&late);
        // While its sender lives a call may wait in its client.
        if !expired.is_empty() && (self.departed.is_none() || over != Over::Certainly) {
            channels.expired.insert(self.lane, expired);
        }
        if !late.is_empty() {
            channels.late.insert(self.lane, late);
        }
    }

    /// What is left of these numbers without those that somebody has received or nobody will, which are noted as such.
    fn unreceived(&self, numbers: &RangeSet, lost: &RangeSet, channels: &mut Channels) -> RangeSet {
        let mut open = numbers.clone();
        for (by, got) in self.got {
            let mut received = open.intersection(&RangeSet::span(0, got.floor.saturating_sub(1)));
            received.union(&open.intersection(&got.received));
            if !received.is_empty() {
                open.subtract(&received);
                channels.settled.entry(self.lane).or_default().entry(*by).or_default().union(&received);
            }
        }
        let lost = open.intersection(lost);
        if !lost.is_empty() {
            open.subtract(&lost);
            channels.lost.entry(self.lane).or_default().union(&lost);
        }
        open
    }

    fn channel(&self, open: RangeSet) -> Channel {
        let (mut transit, mut doubtful, mut hidden) = (RangeSet::new(), RangeSet::new(), RangeSet::new());
        if self.is_hidden() {
            hidden = open;
        } else if self.stale || self.heirs.is_some() {
            doubtful = open;
        } else {
            let mut unsure = self.given_up();
            unsure.union(&self.sending.doubtful);
            doubtful = open.intersection(&unsure);
            transit = open;
            transit.subtract(&doubtful);
        }
        Channel { sending: self.sending.clone(), to: self.to(), transit, doubtful, hidden }
    }

    /// Where what is under way on the lane leads.
    fn to(&self) -> LaneEnd {
        let nameless = |peer: Incarnation| !is_named(self.snapshot, peer);
        match self.heirs {
            None if self.sending.order == Order::Unordered
                && self.sending.to.peer().is_some_and(nameless) =>
            {
                LaneEnd::Sole
            }
            None | Some([]) => self.sending.to,
            Some(_) if is_on(Mutation::HeirIgnored) => self.sending.to,
            Some([heir]) => LaneEnd::Peer(*heir),
            Some(_) => LaneEnd::Sole,
        }
    }

    /// Whether what nobody in the cut has received can arrive no more.
    fn is_over(&self) -> Over {
        let certainly = |over: bool| if over { Over::Certainly } else { Over::No };
        let as_is_known = |over: bool| if over { Over::AsFarAsIsKnown } else { Over::No };
        match (self.sending.to, self.heirs) {
            (_, Some(_)) if is_on(Mutation::LostWithItsPeer) => Over::Certainly,
            // Of a sender that is gone nothing waits any more for somebody to come.
            (_, Some([])) => as_is_known(self.departed.is_some()),
            (_, Some(heirs)) => certainly(heirs.iter().all(|heir| self.is_gone(*heir))),
            (LaneEnd::Peer(peer), None) => certainly(self.is_gone(peer)),
            // Whoever has received on it is the one at the other end.
            (LaneEnd::Sole, None) => match self.sole() {
                Some((sole, _)) => certainly(self.is_gone(sole)),
                None => as_is_known(self.everybody_is_gone()),
            },
            // Anybody may be at the other end, so everybody must have seen the end of it.
            (LaneEnd::Group, None) => as_is_known(self.everybody_is_gone()),
        }
    }

    /// What the one who receives has promised to treat as lost; of several heirs each.
    fn promised(&self) -> RangeSet {
        let of = |receiver: &Incarnation| {
            let got = self.got.iter().find(|(by, _)| by == receiver && self.is_present(*by));
            got.map_or_else(RangeSet::new, |(_, got)| got.tombstones.clone())
        };
        match (self.sending.to, self.heirs) {
            (_, Some([])) | (LaneEnd::Group, _) => RangeSet::new(),
            (_, Some([first, others @ ..])) => {
                others.iter().fold(of(first), |promised, heir| promised.intersection(&of(heir)))
            }
            (LaneEnd::Peer(peer), None) => of(&peer),
            (LaneEnd::Sole, None) => {
                self.sole().map_or_else(RangeSet::new, |(_, got)| got.tombstones.clone())
            }
        }
    }

    /// Who has received on a lane to one process that its sender does not know, if that one is present.
    fn sole(&self) -> Option<(Incarnation, &Receiving)> {
        self.got.iter().find(|(by, _)| self.is_present(*by)).copied()
    }

    fn everybody_is_gone(&self) -> bool {
        self.departed.is_some() && self.waiting.iter().all(|process| self.is_gone(*process))
    }

    /// Whether a process will receive nothing more on this lane.
    fn is_gone(&self, process: Incarnation) -> bool {
        match self.snapshot.members.get(&process).map(|m| &m.state) {
            Some(MemberState::Present(cut)) => {
                cut.receiving.get(&self.lane).is_some_and(|lane| lane.ended)
                    || self.departed.is_some_and(|since| has_ended(cut, self.lane.process, since))
            }
            Some(MemberState::Left { .. } | MemberState::Lost { certain: true, .. }) => true,
            Some(MemberState::Lost { certain: false, .. } | MemberState::Absent(_)) | None => false,
        }
    }

    fn is_present(&self, process: Incarnation) -> bool {
        self.snapshot.members.get(&process).is_some_and(|m| m.state.is_present())
    }

    /// What somebody has promised not to receive any more. On a lane to a group that is not the word of all, but it
    /// is seldom given without reason.
    fn given_up(&self) -> RangeSet {
        let mut all = RangeSet::new();
        self.got.iter().for_each(|(_, got)| all.union(&got.tombstones));
        all
    }

    /// Whether somebody whose cut is missing may have received what nobody else has.
    fn is_hidden(&self) -> bool {
        match &self.sending.to {
            _ if is_on(Mutation::HiddenIsInTransit) => false,
            _ if self.heirs.is_some() => {
                self.heirs.into_iter().flatten().any(|heir| is_missing(self.snapshot, heir))
            }
            LaneEnd::Peer(peer) => is_missing(self.snapshot, peer),
            LaneEnd::Sole | LaneEnd::Group => self.missing,
        }
    }

    /// Every number sent is in the log, in a received set, or settled by members of this cut.
    fn account(&self, channels: &mut Channels) {
        let outside = |by: &Incarnation| match self.snapshot.members.get(by).map(|m| &m.state) {
            // What a dead process had received died with it; that it is dead is in the snapshot.
            Some(MemberState::Present(_) | MemberState::Left { .. } | MemberState::Lost { .. }) => false,
            Some(MemberState::Absent(_)) => true,
            // Strangers are named once, for whatever they may have.
            None => false,
        };
        let floor = self.sending.floor();
        let mut open = RangeSet::span(floor, self.sending.sent);
        open.subtract(&self.sending.outstanding);
        open.subtract(&self.sending.collapsed);
        open.subtract(&self.sending.unreceived);
        for (_, got) in self.got {
            open.subtract(&got.received);
            open.forget_below(got.floor);
        }
        let by_the_dead = |by: &Incarnation| {
            matches!(self.snapshot.members.get(by).map(|m| &m.state), Some(MemberState::Lost { .. }))
        };
        if self.sending.settled_by.iter().any(outside) {
            // Which of these the dead had received nobody knows.
            open.insert_range(1, floor.saturating_sub(1));
        } else if self.sending.settled_by.iter().any(by_the_dead) {
            open = RangeSet::new();
        }
        if !is_on(Mutation::ReceivedOutsideIsNothing) {
            self.unknown(open, Cause::ReceivedOutside, channels);
        }
    }

    fn unknown(&self, numbers: RangeSet, cause: Cause, channels: &mut Channels) {
        if !numbers.is_empty() {
            let (from, lane, to) = (self.lane.process, Some(self.lane.lane), self.to().peer());
            channels.unknown.push(UnknownContent { from, lane, numbers, to, cause });
        }
    }
}

/// What a snapshot takes for granted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Assumption {
    /// A process is dead, though only its silence says so.
    PresumedDead(Incarnation),
    /// Nothing that matters travelled without a stamp, though this process received messages without one.
    Unstamped(Incarnation),
    /// No copy of these messages will be delivered, that were given up by a time limit, or by nobody since their sender is
    /// gone.
    Expired(LaneRef, RangeSet),
    /// No copy of a message that went through a balancer or broker will be delivered a second time.
    NoRedelivery(LaneRef),
    /// The wakers that this wait's task declared are all there are.
    ClosedWakers(crate::id::WaitRef),
}

impl Assumption {
    /// Whether a verdict that rests on this one falls with `other`, which has turned out false.
    #[must_use]
    pub fn falls_with(&self, other: &Assumption) -> bool {
        match (self, other) {
            (Assumption::Expired(lane, numbers), Assumption::Expired(of, arrived)) => {
                lane == of && !numbers.intersection(arrived).is_empty()
            }
            _ => self == other,
        }
    }
}

impl ConsistentCut {
    /// What every verdict on this cut rests on, whatever its property.
    #[must_use]
    pub fn assumptions(&self) -> BTreeSet<Assumption> {
        let mut given_up = self.channels.expired.clone();
        for (lane, numbers) in &self.channels.unclaimed {
            given_up.entry(*lane).or_default().union(numbers);
        }
        let mut all: BTreeSet<Assumption> =
            given_up.into_iter().map(|(lane, numbers)| Assumption::Expired(lane, numbers)).collect();
        for (&process, member) in &self.snapshot.members {
            if let MemberState::Lost { certain: false, .. } = member.state {
                all.insert(Assumption::PresumedDead(process));
            }
            let Some(cut) = member.state.cut() else { continue };
            if cut.unstamped > 0 {
                all.insert(Assumption::Unstamped(process));
            }
            for (&lane, sending) in &cut.sending {
                if sending.to == LaneEnd::Group && sending.sent > 0 {
                    all.insert(Assumption::NoRedelivery(LaneRef { process, lane }));
                }
            }
        }
        all
    }
}
