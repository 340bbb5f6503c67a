//! How the state of the channels follows from the cuts.
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

use super::{Cause, Channel, Channels, Member, MemberState, Snapshot, UnknownContent};
use crate::cut::{LaneEnd, Order, ProcessCut, Receiving, Sending};
use crate::id::{Epoch, Incarnation, LaneRef, ProcessName};
use crate::mutation::{Mutation, is_on};
use crate::ranges::RangeSet;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What those in the cut to whom a lane leads had received on it.
type Receivers<'a> = BTreeMap<LaneRef, Vec<(Incarnation, &'a Receiving)>>;

/// The state of the channels: the senders' logs minus the union of what anybody had received.
pub(super) fn channels(snapshot: &Snapshot) -> Channels {
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

/// The heirs of the process to which an unordered lane leads, if that has left or died. Whose name is not known may have any,
/// of whom nobody is known; and while his death is only presumed, he may be any of them himself.
fn heirs<'a>(snapshot: &Snapshot, living: &'a Living<'_>, sending: &Sending) -> Option<&'a [Incarnation]> {
    let process = sending.to.peer()?;
    let peer = snapshot.members.get(&process)?;
    let presumed = matches!(peer.state, MemberState::Lost { certain: false, .. });
    let named = snapshot.is_named(process);
    let inherited = sending.order == Order::Unordered && !peer.state.lives() && (named || !presumed);
    inherited.then(|| living.get(&peer.name).filter(|_| named).map_or(&[][..], Vec::as_slice))
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
        let nameless = |peer: Incarnation| !self.snapshot.is_named(peer);
        match self.heirs {
            _ if self.sending.order == Order::Unordered && self.sending.to.peer().is_some_and(nameless) => {
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
