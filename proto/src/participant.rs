//! One process in the protocol: events and messages in, stamps and reports out.
//!
//! A [`Participant`] is a process whose events come one after another. (A process of several threads is made of
//! the same parts, with the [`gate`](crate::gate) in place of this order.) It has no clock, no socket and no
//! thread; whoever owns it moves its messages.
//!
//! Its methods come in families:
//!
//! - *events* of the application: [`send`](Participant::send), [`receive`](Participant::receive),
//!   [`change`](Participant::change), [`void`](Participant::void) and the other ways to settle a message. Each
//!   is one event, and takes with it the facts that become true or false in it;
//! - *markers* of FIFO lanes: [`due_marker`](Participant::due_marker) before each frame and whenever a lane is
//!   idle, [`receive_marker`](Participant::receive_marker) in its place among the frames;
//! - the *session*: [`connect`](Participant::connect), then [`handle`](Participant::handle) for each message of
//!   the server and [`poll`](Participant::poll) until it gives nothing, after each call of any family.
//!
//! What always holds: the epoch never decreases; it is raised before the event that a message causes; what an
//! event records, it records under the epoch that it read; an epoch outside the window raises nothing.

use crate::clock::VectorClock;
use crate::cut::{Annotations, Change, LaneEnd, Order, ProcessCut, keep_latest};
use crate::fact::{Fact, Millis};
use crate::id::{Epoch, Handle, Incarnation, LaneId, LaneRef, MessageId, Text};
use crate::lane::{Arrival, ReceivingEnd, SendingEnd, Voided};
use crate::mutation::{Mutation, is_on};
use crate::ranges::RangeSet;
use crate::refused::Refused;
use crate::reporter::{Admission, Effect, Entry, Reporter};
use crate::session::{FromAgent, Notice, RoundEnd, ToAgent};
use crate::stamp::{Ack, Marker, Stamp};
use std::collections::{BTreeMap, BTreeSet};

pub use crate::reporter::Config;

/// What an event of the application does to the state of its process.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// A fact becomes true. The handle is from [`Participant::mint`].
    Insert(Handle, Fact),
    /// A fact ceases to be true.
    Remove(Handle),
    /// A gauge changes.
    Gauge(Text, i64),
}

impl From<Act> for Change {
    fn from(act: Act) -> Change {
        match act {
            Act::Insert(handle, fact) => Change::Insert(handle, fact),
            Act::Remove(handle) => Change::Remove(handle),
            Act::Gauge(name, amount) => Change::Gauge(name, amount),
        }
    }
}

/// What became of a received message. The application gets it in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Received {
    /// It came for the first time; its acts were recorded.
    New,
    /// It came again: nothing was recorded, and its work should not be done again.
    Duplicate,
    /// It came after it was given up for lost; its acts were recorded, and verdicts may be retracted.
    Late,
    /// Its stamp is of another deployment, or of a lane for which there is no room, and counts as none; its acts were
    /// recorded.
    Foreign,
    /// Its epoch is outside the window; its acts were recorded, and the rounds in between are void here.
    Refused,
}

/// What to put on the wire for a message.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sent {
    /// The marker that must go out before the message, on a FIFO lane that has passed a cut.
    pub marker: Option<Marker>,
    /// The message's stamp.
    pub stamp: Stamp,
}

/// A lane that this participant never opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("lane {lane} was not opened by this process", lane = .0.0)]
pub struct NoSuchLane(pub LaneId);

/// One process in the protocol.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Participant {
    config: Config,
    epoch: Epoch,
    handles: u64,
    sending: BTreeMap<LaneId, SendingEnd>,
    receiving: BTreeMap<LaneRef, ReceivingEnd>,
    /// The number of the last lane opened.
    opened: u32,
    /// Lanes on which nothing will be sent, until they are retired.
    closed: BTreeSet<LaneId>,
    /// For each lane, the lane on which its peer answers: its receipts are acknowledged here.
    reverse: BTreeMap<LaneId, LaneRef>,
    /// Deaths that the server has told of and of which the end of all transports has not been stated.
    deaths: BTreeMap<Incarnation, Epoch>,
    admission: Admission,
    reporter: Reporter,
    clock: Option<VectorClock>,
    now: Millis,
}

impl Participant {
    /// A process that has just started, at epoch 0 and with a window that admits nothing more.
    #[must_use]
    pub fn new(config: Config) -> Self {
        Participant {
            epoch: Epoch::ZERO,
            handles: 0,
            sending: BTreeMap::new(),
            receiving: BTreeMap::new(),
            opened: 0,
            closed: BTreeSet::new(),
            reverse: BTreeMap::new(),
            deaths: BTreeMap::new(),
            admission: Admission::default(),
            reporter: Reporter::new(&config),
            clock: config.verification.then(VectorClock::default),
            now: Millis(0),
            config,
        }
    }

    /// This process.
    #[must_use]
    pub const fn incarnation(&self) -> Incarnation {
        self.config.incarnation
    }

    /// The present epoch.
    #[must_use]
    pub const fn epoch(&self) -> Epoch {
        self.epoch
    }

    /// The state at the last cut.
    #[must_use]
    pub const fn last_cut(&self) -> &ProcessCut {
        self.reporter.last_cut()
    }

    /// Tells the time that the next cuts bear.
    pub fn set_time(&mut self, now: Millis) {
        self.now = now;
    }

    /// A handle for a new fact.
    pub fn mint(&mut self) -> Handle {
        self.handles += 1;
        Handle(self.handles)
    }
}

/// Events of the application.
impl Participant {
    /// Opens a lane. An event.
    pub fn open(&mut self, to: LaneEnd, order: Order) -> LaneId {
        self.opened += 1;
        let id = LaneId(self.opened);
        let (end, change) = SendingEnd::open(id, to, order, self.epoch);
        self.sending.insert(id, end);
        self.event([change]);
        id
    }

    /// Nothing will be sent on a lane any more, nor taken back. It is retired when nothing of it is outstanding: an
    /// event then.
    ///
    /// # Errors
    /// [`NoSuchLane`] if the lane was not opened here, or is retired.
    pub fn close(&mut self, lane: LaneId) -> Result<(), NoSuchLane> {
        self.sending.get_mut(&lane).ok_or(NoSuchLane(lane))?.close();
        self.closed.insert(lane);
        self.retire();
        Ok(())
    }

    /// Retires the closed lanes of which nothing is outstanding. Each an event.
    fn retire(&mut self) {
        let retired = |lane: &LaneId| self.sending.get_mut(lane).is_some_and(SendingEnd::retire);
        for lane in self.closed.extract_if(.., retired).collect::<Vec<_>>() {
            self.sending.remove(&lane);
            self.reverse.remove(&lane);
            self.event([Change::Retired(lane)]);
        }
    }

    /// Expects messages on a lane of another process. Without it, the first message makes an unordered one.
    pub fn accept(&mut self, lane: LaneRef, order: Order) {
        let own = self.epoch;
        self.receiving.entry(lane).or_insert_with(|| ReceivingEnd::new(lane, order, own));
    }

    /// The messages received on `theirs` are acknowledged on `ours`. If it was not known where `ours` leads, it
    /// is now. An event if so.
    ///
    /// # Errors
    /// [`NoSuchLane`] if `ours` was not opened here.
    pub fn pair(&mut self, ours: LaneId, theirs: LaneRef) -> Result<(), NoSuchLane> {
        let end = self.sending.get_mut(&ours).ok_or(NoSuchLane(ours))?;
        let known = end.resolve_peer(theirs.process);
        self.reverse.insert(ours, theirs);
        if let Some(change) = known {
            self.event([change]);
        }
        Ok(())
    }

    /// Sends a message that carries `annotations`; `acts` are what the sender gives away with it. An event,
    /// before the message is handed to the transport. After the goodbye nothing is recorded, and the stamp is
    /// none.
    ///
    /// # Errors
    /// [`NoSuchLane`] if the lane was not opened here; nothing is recorded then.
    pub fn send(
        &mut self,
        lane: LaneId,
        annotations: Annotations,
        acts: Vec<Act>,
    ) -> Result<Sent, NoSuchLane> {
        if self.reporter.is_leaving() {
            let end = self.sending.get(&lane).ok_or(NoSuchLane(lane))?;
            let id = MessageId::new(self.config.incarnation, lane, end.sent().saturating_add(1));
            return Ok(Sent { marker: None, stamp: Stamp::none(id) });
        }
        // The acknowledgement is read before the epoch.
        let acks = self.acks(lane);
        let marker = self.due_marker(lane)?;
        let epoch = self.epoch;
        let end = self.sending.get_mut(&lane).ok_or(NoSuchLane(lane))?;
        let (seq, sent) = end.next(annotations, self.config.log_limit);
        let floor = end.floor();
        self.event(sent.into_iter().chain(acts.into_iter().map(Change::from)));
        let id = MessageId::new(self.config.incarnation, lane, seq);
        let heard = self.admission.heard(epoch);
        let deployment = self.config.deployment;
        Ok(Sent {
            marker,
            stamp: Stamp { deployment, id, epoch, heard, floor, acks, clock: self.clock.clone() },
        })
    }

    fn acks(&self, lane: LaneId) -> Vec<Ack> {
        let Some(&lane) = self.reverse.get(&lane) else { return Vec::new() };
        let received = self.receiving.get(&lane).map(|end| end.acknowledged(Stamp::ACK_RANGES));
        received.filter(|set| !set.is_empty()).map(|received| Ack { lane, received }).into_iter().collect()
    }

    /// Receives a message; `acts` are all that follows from it at once: the tokens, roots and holds that it
    /// carries, the task that serves it, the targets that it resolves. The cut, if the stamp calls for one,
    /// comes before the event.
    pub fn receive(&mut self, stamp: &Stamp, acts: Vec<Act>) -> Received {
        let acts = acts.into_iter().map(Change::from);
        if stamp.deployment != self.config.deployment || !self.has_room(stamp.id.lane) {
            self.event(acts.chain([Change::Unstamped]));
            return Received::Foreign;
        }
        if is_on(Mutation::AcknowledgedBeforeTheCut) {
            let acknowledged = self.acknowledged(stamp);
            self.event(acknowledged);
        }
        let raises_late = is_on(Mutation::RedBeforeTheCut) || is_on(Mutation::ReceiptBelowActsAbove);
        let entry = match raises_late {
            false => self.admit(stamp.epoch, &stamp.heard, stamp.id.sender()),
            true => self.admission.admit(stamp.epoch, &stamp.heard, self.epoch),
        };
        let lane = stamp.id.lane;
        let own = self.epoch;
        let (seq, floor) = (stamp.id.seq, stamp.floor);
        let (arrival, mut changes) =
            self.receiving_end(lane).receive(seq, stamp.epoch, entry.believed, floor, own);
        changes.extend(self.acknowledged(stamp));
        if is_on(Mutation::ReceiptBelowActsAbove) {
            self.event(std::mem::take(&mut changes));
            self.raise(entry.raise);
        }
        if arrival != Arrival::Duplicate {
            changes.extend(acts);
        }
        if let (Some(mine), Some(theirs)) = (&mut self.clock, &stamp.clock) {
            mine.merge(theirs);
        }
        self.event(changes);
        if raises_late {
            self.raise(entry.raise);
        }
        self.retire();
        match arrival {
            Arrival::Duplicate => Received::Duplicate,
            Arrival::Late => {
                if !is_on(Mutation::LateIsNoNews) {
                    self.reporter.notice(Notice::Late(stamp.id));
                }
                Received::Late
            }
            Arrival::New if !entry.refused => Received::New,
            Arrival::New => Received::Refused,
        }
    }

    /// What the acknowledgements on a stamp settle.
    fn acknowledged(&mut self, stamp: &Stamp) -> Vec<Change> {
        let mut changes = Vec::new();
        for ack in stamp.acks.iter().filter(|ack| ack.lane.process == self.config.incarnation) {
            if let Some(end) = self.sending.get_mut(&ack.lane.lane) {
                changes.extend(end.acknowledge_on_stamp(&ack.received, stamp.id.sender()));
            }
        }
        changes
    }

    /// Receives a message without a stamp where one is expected. An event.
    pub fn receive_unstamped(&mut self, acts: Vec<Act>) {
        self.event(acts.into_iter().map(Change::from).chain([Change::Unstamped]));
    }

    /// Something changes within the process. An event.
    pub fn change(&mut self, acts: Vec<Act>) {
        self.event(acts.into_iter().map(Change::from));
    }

    /// No byte of message `seq` left this process: it is as if it had not been sent, and `acts` take back what
    /// it carried, in the same event. Gives whether they did: not if somebody has received the message after all.
    ///
    /// # Errors
    /// [`NoSuchLane`] if the lane was not opened here.
    pub fn void(&mut self, lane: LaneId, seq: u64, acts: Vec<Act>) -> Result<bool, NoSuchLane> {
        match self.sending.get_mut(&lane).ok_or(NoSuchLane(lane))?.void(seq) {
            Voided::Received => Ok(false),
            Voided::Returned(settled) => {
                let acts = if is_on(Mutation::VoidLosesTheWork) { Vec::new() } else { acts };
                self.event(settled.into_iter().chain(acts.into_iter().map(Change::from)));
                self.say_settled(lane);
                Ok(true)
            }
        }
    }

    /// Nobody can say whether message `seq` will arrive. An event.
    ///
    /// # Errors
    /// [`NoSuchLane`] if the lane was not opened here.
    pub fn doubt(&mut self, lane: LaneId, seq: u64) -> Result<(), NoSuchLane> {
        let changes = self.sending.get(&lane).ok_or(NoSuchLane(lane))?.doubt(&RangeSet::span(seq, seq));
        self.event(changes);
        self.say_settled(lane);
        Ok(())
    }

    /// Gives messages up after a time limit: verdicts will list that. An event.
    ///
    /// # Errors
    /// [`NoSuchLane`] if the lane was not opened here.
    pub fn expire(&mut self, lane: LaneId, numbers: &RangeSet) -> Result<(), NoSuchLane> {
        let changes = self.sending.get_mut(&lane).ok_or(NoSuchLane(lane))?.expire(numbers);
        self.event(changes);
        self.say_settled(lane);
        Ok(())
    }

    fn say_settled(&mut self, lane: LaneId) {
        let settled = self.sending.get(&lane).map(SendingEnd::settled);
        self.event(settled);
    }

    /// The transport of a lane of another process has ended, and all it delivered has been received. An event.
    pub fn lane_ended(&mut self, lane: LaneRef) {
        let change = self.has_room(lane).then(|| self.receiving_end(lane).end());
        self.event(change.into_iter().flatten());
    }

    /// Every transport from a process has ended that had left or died by `since`, as the end of a round tells; and all they
    /// delivered has been received. An event.
    pub fn peer_ended(&mut self, peer: Incarnation, since: Epoch) {
        self.deaths.remove(&peer);
        self.event([Change::PeerEnded(peer, since)]);
    }

    /// Departures of which the server wants to know when every transport from the process has ended:
    /// [`peer_ended`](Participant::peer_ended) states it. At most [`ProcessCut::ENDED_PEERS`].
    pub fn deaths(&self) -> impl Iterator<Item = (Incarnation, Epoch)> + '_ {
        self.deaths.iter().map(|(peer, since)| (*peer, *since))
    }

    /// Work was done again on a second copy of a message.
    pub fn redelivered(&mut self, message: MessageId) {
        self.reporter.notice(Notice::Redelivered(message));
    }

    /// Whether a lane of another process is known, or can still be.
    fn has_room(&self, lane: LaneRef) -> bool {
        self.receiving.len() < ReceivingEnd::LANES || self.receiving.contains_key(&lane)
    }

    fn receiving_end(&mut self, lane: LaneRef) -> &mut ReceivingEnd {
        let own = self.epoch;
        self.receiving.entry(lane).or_insert_with(|| ReceivingEnd::new(lane, Order::Unordered, own))
    }

    /// One event: everything that it changes, under the epoch that it reads.
    fn event(&mut self, changes: impl IntoIterator<Item = Change>) {
        if let Some(clock) = &mut self.clock {
            clock.tick(self.config.incarnation);
            self.reporter.absorb(self.epoch, Change::Clock(clock.clone()));
        }
        for change in changes {
            self.reporter.absorb(self.epoch, change);
        }
    }

    /// Raises the epoch to those of a message, as far as the window admits them.
    fn admit(&mut self, epoch: Epoch, heard: &Refused, from: Incarnation) -> Entry {
        let entry = self.admission.admit(epoch, heard, self.epoch);
        self.raise(entry.raise);
        if let Some(epoch) = entry.news {
            self.reporter.refused(from, epoch);
        }
        entry
    }

    /// The cut for every round after the present epoch up to `to`.
    fn raise(&mut self, to: Epoch) {
        if to > self.epoch {
            self.epoch = to;
            let heard = self.admission.cut(to);
            self.reporter.cut(to, &heard, self.now);
        }
    }
}

/// Markers of FIFO lanes.
impl Participant {
    /// The marker that must go out on a FIFO lane before anything else, if one is due.
    ///
    /// # Errors
    /// [`NoSuchLane`] if the lane was not opened here.
    pub fn due_marker(&mut self, lane: LaneId) -> Result<Option<Marker>, NoSuchLane> {
        let end = self.sending.get_mut(&lane).ok_or(NoSuchLane(lane))?;
        // The epoch of the last cut was given out by nobody, so nobody must hear of it.
        if self.reporter.is_leaving() {
            return Ok(None);
        }
        let (epoch, deployment) = (self.epoch, self.config.deployment);
        let lane = LaneRef { process: self.config.incarnation, lane };
        Ok(end.mark(epoch).then(|| {
            let follows = u64::from(is_on(Mutation::MarkerCountsWhatFollows));
            let (sent, clock) = (end.sent() + follows, self.clock.clone());
            Marker { deployment, lane, epoch, sent, clock }
        }))
    }

    /// Receives a marker in its place among the frames of a FIFO lane.
    pub fn receive_marker(&mut self, marker: &Marker) {
        let ours = marker.deployment == self.config.deployment;
        if !ours
            || !self.has_room(marker.lane)
            || self.admit(marker.epoch, &Refused::new(), marker.lane.process).refused
        {
            return;
        }
        let (lane, own) = (marker.lane, self.epoch);
        let end = self.receiving.entry(lane).or_insert_with(|| ReceivingEnd::new(lane, Order::Fifo, own));
        let (closed, lost) = end.marker(marker.epoch, marker.sent, own);
        for recording in closed {
            self.reporter.recorded(lane, recording);
        }
        if let Some(change) = lost {
            self.event([change]);
        }
    }
}

/// The session with the server.
impl Participant {
    /// A connection to the server stands: gives the hello that must go first.
    pub fn connect(&mut self) -> FromAgent {
        self.reporter.connect(self.epoch)
    }

    /// The connection to the server has broken.
    pub fn disconnect(&mut self) {
        self.reporter.disconnect();
    }

    /// Asks for a snapshot. Requests that the server has not been sent yet are one request.
    pub fn request_round(&mut self) {
        self.reporter.request_round();
    }

    /// The process is about to end: its last cut, after which it must have no more events.
    pub fn leave(&mut self) {
        self.reporter.leave();
        self.raise(self.epoch.next());
    }

    /// Takes a message of the server. A refusal ends the session; what the owner does about it is his affair.
    pub fn handle(&mut self, message: ToAgent) {
        for effect in self.reporter.handle(message) {
            match effect {
                Effect::Admit(window) => {
                    let heard = self.admission.extend(window, self.epoch);
                    heard.into_iter().for_each(|to| self.raise(to));
                }
                Effect::Raise(to) => self.raise(to),
                // The receipts are from before the receivers' cuts, so this process must have passed its own.
                Effect::Settle(end) if end.epoch > self.admission.limit(self.epoch) => {}
                Effect::Settle(end) => self.settle(&end),
                Effect::Refused(_) => {}
            }
        }
    }

    /// Gives what to send to the server next, if anything.
    pub fn poll(&mut self) -> Option<FromAgent> {
        self.reporter.poll()
    }

    fn settle(&mut self, end: &RoundEnd) {
        self.raise(end.epoch);
        let mut changes = Vec::new();
        for (lane, by, received) in &end.received {
            if let Some(lane) = self.sending.get_mut(lane) {
                changes.extend(lane.acknowledge(received, *by));
            }
        }
        for (lane, lost) in &end.lost {
            if let Some(lane) = self.sending.get_mut(lane) {
                changes.extend(lane.lost(lost));
            }
        }
        for (lane, expired) in &end.expired {
            if let Some(lane) = self.sending.get_mut(lane) {
                changes.extend(lane.expire(expired));
            }
        }
        for (lane, numbers) in &end.tombstones {
            // Nothing may have arrived on it yet. Where there is no room for it, nothing is promised.
            if self.has_room(*lane) {
                changes.extend(self.receiving_end(*lane).tombstone(numbers));
            }
        }
        self.deaths.extend(end.dead.iter().copied());
        keep_latest(&mut self.deaths);
        for lane in &end.retired {
            if self.receiving.remove(lane).is_some() {
                changes.push(Change::Forgotten(*lane));
            }
        }
        if !changes.is_empty() {
            self.event(changes);
        }
        let received = end.received.iter().map(|(lane, ..)| *lane);
        let given_up = end.lost.iter().chain(&end.expired).map(|(lane, _)| *lane);
        let settled: BTreeSet<LaneId> = received.chain(given_up).collect();
        settled.into_iter().for_each(|lane| self.say_settled(lane));
        self.retire();
    }
}
