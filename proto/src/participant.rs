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
use crate::collector;
use crate::cut::{Annotations, Change, LaneEnd, Order, ProcessCut};
use crate::fact::{Fact, Millis};
use crate::fold::Fold;
use crate::id::{DeploymentId, Epoch, Handle, Incarnation, LaneId, LaneRef, MessageId, ProcessName, Text};
use crate::lane::{Arrival, ReceivingEnd, SendingEnd};
use crate::ranges::RangeSet;
use crate::session::{FromAgent, Hello, Notice, RoundEnd, ToAgent, VERSIONS};
use crate::stamp::{Ack, Marker, Stamp};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

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

/// Who a participant is, and its bounds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Config {
    /// The deployment.
    pub deployment: DeploymentId,
    /// The process's name.
    pub name: ProcessName,
    /// The incarnation: random, and never used before.
    pub incarnation: Incarnation,
    /// How many messages of a lane are logged before the annotations of the oldest are given up.
    pub log_limit: usize,
    /// How many recordings of a FIFO lane are open at a time.
    pub recording_limit: usize,
    /// How many notices and recordings wait for the server.
    pub notice_limit: usize,
    /// Whether stamps and cuts carry vector clocks: for tests, since it costs time and space.
    pub verification: bool,
}

impl Config {
    /// [`Config::log_limit`] unless set.
    pub const LOG_LIMIT: usize = 65_536;
    /// [`Config::recording_limit`] unless set.
    pub const RECORDING_LIMIT: usize = 16;
    /// [`Config::notice_limit`] unless set.
    pub const NOTICE_LIMIT: usize = 256;

    /// The default bounds, without vector clocks.
    #[must_use]
    pub const fn new(deployment: DeploymentId, name: ProcessName, incarnation: Incarnation) -> Self {
        Config {
            deployment,
            name,
            incarnation,
            log_limit: Self::LOG_LIMIT,
            recording_limit: Self::RECORDING_LIMIT,
            notice_limit: Self::NOTICE_LIMIT,
            verification: false,
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
    /// Its stamp is of another deployment and counts as none; its acts were recorded.
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
    /// Stamps up to this epoch are admitted.
    window: Epoch,
    /// The epochs that were refused and are above `epoch`: the greatest and the lowest, together at most
    /// [`Participant::HEARD`]. Some may be forged; which, only the server can tell.
    heard: BTreeSet<Epoch>,
    handles: u64,
    sending: BTreeMap<LaneId, SendingEnd>,
    receiving: BTreeMap<LaneRef, ReceivingEnd>,
    /// For each lane, the lane on which its peer answers: its receipts are acknowledged here.
    reverse: BTreeMap<LaneId, LaneRef>,
    fold: Fold,
    /// Why the fold is unusable: the instrumentation contradicted itself.
    fault: Option<Text>,
    clock: Option<VectorClock>,
    now: Millis,
    session: Session,
}

/// Where the conversation with the server stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Session {
    connected: bool,
    welcomed: bool,
    fault_told: bool,
    /// The last report sent, or that the server has; what comes next builds on it.
    reported: Option<Epoch>,
    outbox: VecDeque<FromAgent>,
    dropped: u64,
    leaving: bool,
}

impl Participant {
    /// How many refused epochs are remembered.
    pub const HEARD: usize = 8;

    /// A process that has just started, at epoch 0 and with a window that admits nothing more.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let clock = config.verification.then(VectorClock::default);
        Participant {
            config,
            epoch: Epoch::ZERO,
            window: Epoch::ZERO,
            heard: BTreeSet::new(),
            handles: 0,
            sending: BTreeMap::new(),
            receiving: BTreeMap::new(),
            reverse: BTreeMap::new(),
            fold: Fold::new(Epoch::ZERO),
            fault: None,
            clock,
            now: Millis(0),
            session: Session::default(),
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
        self.fold.state()
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
        let id = LaneId(self.sending.len() as u32 + 1);
        let (end, change) = SendingEnd::open(id, to, order, self.epoch);
        self.sending.insert(id, end);
        self.event([change]);
        id
    }

    /// Expects messages on a lane of another process. Without it, the first message makes an unordered one.
    pub fn accept(&mut self, lane: LaneRef, order: Order) {
        self.receiving.entry(lane).or_insert_with(|| ReceivingEnd::new(lane, order));
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
    /// before the message is handed to the transport.
    ///
    /// # Errors
    /// [`NoSuchLane`] if the lane was not opened here; nothing is recorded then.
    pub fn send(
        &mut self,
        lane: LaneId,
        annotations: Annotations,
        acts: Vec<Act>,
    ) -> Result<Sent, NoSuchLane> {
        // The acknowledgement is read before the epoch.
        let acks = self.acks(lane);
        let marker = self.due_marker(lane)?;
        let epoch = self.epoch;
        let end = self.sending.get_mut(&lane).ok_or(NoSuchLane(lane))?;
        let (seq, sent) = end.next(annotations, self.config.log_limit);
        let floor = end.floor();
        self.event(sent.into_iter().chain(acts.into_iter().map(Change::from)));
        let id = MessageId::new(self.config.incarnation, lane, seq);
        let heard = self.heard.last().copied();
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
        if stamp.deployment != self.config.deployment {
            self.event(acts.chain([Change::Unstamped]));
            return Received::Foreign;
        }
        let believed = stamp.epoch <= self.limit();
        let admitted = self.admit(stamp.epoch, stamp.heard, stamp.id.sender());
        let lane = stamp.id.lane;
        let end = self.receiving.entry(lane).or_insert_with(|| ReceivingEnd::new(lane, Order::Unordered));
        let (arrival, mut changes) = match believed {
            true => end.receive(stamp.id.seq, stamp.epoch, stamp.floor),
            false => end.receive_refused(stamp.id.seq, stamp.floor),
        };
        for ack in stamp.acks.iter().filter(|ack| ack.lane.process == self.config.incarnation) {
            if let Some(end) = self.sending.get_mut(&ack.lane.lane) {
                changes.extend(end.acknowledge(&ack.received, lane.process));
            }
        }
        if arrival != Arrival::Duplicate {
            changes.extend(acts);
        }
        if let (Some(mine), Some(theirs)) = (&mut self.clock, &stamp.clock) {
            mine.merge(theirs);
        }
        self.event(changes);
        match arrival {
            Arrival::Duplicate => Received::Duplicate,
            Arrival::Late => {
                self.notice(Notice::Late(stamp.id));
                Received::Late
            }
            Arrival::New if admitted => Received::New,
            Arrival::New => Received::Refused,
        }
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
    /// it carried, in the same event.
    ///
    /// # Errors
    /// [`NoSuchLane`] if the lane was not opened here.
    pub fn void(&mut self, lane: LaneId, seq: u64, acts: Vec<Act>) -> Result<(), NoSuchLane> {
        let end = self.sending.get_mut(&lane).ok_or(NoSuchLane(lane))?;
        let settled = end.unreceived(&RangeSet::span(seq, seq));
        // Settled already means that somebody has received it: then there is nothing to take back.
        if !settled.is_empty() {
            self.event(settled.into_iter().chain(acts.into_iter().map(Change::from)));
        }
        Ok(())
    }

    /// Nobody can say whether message `seq` will arrive. An event.
    ///
    /// # Errors
    /// [`NoSuchLane`] if the lane was not opened here.
    pub fn doubt(&mut self, lane: LaneId, seq: u64) -> Result<(), NoSuchLane> {
        let change = self.sending.get(&lane).ok_or(NoSuchLane(lane))?.doubt(seq);
        self.event(change);
        Ok(())
    }

    /// Gives messages up after a time limit: verdicts will list that. An event.
    ///
    /// # Errors
    /// [`NoSuchLane`] if the lane was not opened here.
    pub fn expire(&mut self, lane: LaneId, numbers: &RangeSet) -> Result<(), NoSuchLane> {
        let changes = self.sending.get_mut(&lane).ok_or(NoSuchLane(lane))?.expire(numbers);
        self.event(changes);
        Ok(())
    }

    /// The transport of a lane of another process has ended, and all it delivered has been received. An event.
    pub fn lane_ended(&mut self, lane: LaneRef) {
        let end = self.receiving.entry(lane).or_insert_with(|| ReceivingEnd::new(lane, Order::Unordered));
        let change = end.end();
        self.event(change);
    }

    /// Every transport from a process has ended, and all they delivered has been received. An event.
    pub fn peer_ended(&mut self, peer: Incarnation) {
        self.event([Change::PeerEnded(peer)]);
    }

    /// Work was done again on a second copy of a message.
    pub fn redelivered(&mut self, message: MessageId) {
        self.notice(Notice::Redelivered(message));
    }

    /// One event: everything that it changes, under the epoch that it reads.
    fn event(&mut self, changes: impl IntoIterator<Item = Change>) {
        if self.fault.is_some() {
            return;
        }
        if let Some(clock) = &mut self.clock {
            clock.tick(self.config.incarnation);
            self.fold.absorb(self.epoch, Change::Clock(clock.clone()));
        }
        for change in changes {
            self.fold.absorb(self.epoch, change);
        }
    }

    /// The greatest epoch that is admitted.
    fn limit(&self) -> Epoch {
        self.window.max(self.epoch)
    }

    /// Raises the epoch to that of a message, if the window admits it. What the sender had heard of and could
    /// not admit is no reason to stay below the epoch that it had itself.
    fn admit(&mut self, epoch: Epoch, heard: Option<Epoch>, from: Incarnation) -> bool {
        let limit = self.limit();
        let colour = epoch.max(heard.unwrap_or(epoch));
        if colour <= limit {
            self.raise(colour);
            return true;
        }
        if epoch <= limit {
            self.raise(epoch);
        }
        // What no server will ever have given out is reported, but not passed on to others.
        if colour.0 <= limit.0.saturating_add(collector::Config::EPOCH_LEAP) {
            self.heard.insert(colour);
            // The greatest stands for those below it, unless it is forged.
            if self.heard.len() > Self::HEARD
                && let Some(greatest) = self.heard.pop_last()
            {
                self.heard.pop_last();
                self.heard.insert(greatest);
            }
        }
        self.notice(Notice::Refused { from, epoch: colour });
        false
    }

    /// The cut for every round after the present epoch up to `to`.
    fn raise(&mut self, to: Epoch) {
        if to <= self.epoch {
            return;
        }
        for end in self.receiving.values_mut() {
            end.cut(self.epoch, to, self.config.recording_limit);
        }
        self.epoch = to;
        // The rounds up to each refused epoch are void if that epoch is genuine, so they are cut apart.
        let later = self.heard.split_off(&to.next());
        let passed = std::mem::replace(&mut self.heard, later);
        for &refused in &passed {
            self.fold_cut(refused, refused);
        }
        // If any that are left is genuine, the lowest has been given out too. The last cut of all stands for the
        // rounds to come as well, up to the greatest.
        let left = if self.session.leaving { self.heard.last() } else { self.heard.first() };
        self.fold_cut(to, left.copied().unwrap_or(Epoch::ZERO));
    }

    fn fold_cut(&mut self, to: Epoch, void_through: Epoch) {
        if self.fault.is_none()
            && let Err(misfit) = self.fold.cut(to, self.now, void_through)
        {
            self.fault = Some(Text::new(&misfit.to_string()));
        }
    }

    fn notice(&mut self, notice: Notice) {
        if self.session.outbox.len() < self.config.notice_limit {
            self.session.outbox.push_back(FromAgent::Notice(notice));
        } else {
            self.session.dropped += 1;
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
        let (epoch, deployment) = (self.epoch, self.config.deployment);
        let lane = LaneRef { process: self.config.incarnation, lane };
        Ok(end.mark(epoch).then(|| {
            let (sent, clock) = (end.sent(), self.clock.clone());
            Marker { deployment, lane, epoch, sent, clock }
        }))
    }

    /// Receives a marker in its place among the frames of a FIFO lane.
    pub fn receive_marker(&mut self, marker: &Marker) {
        if marker.deployment != self.config.deployment || !self.admit(marker.epoch, None, marker.lane.process)
        {
            return;
        }
        let lane = marker.lane;
        let end = self.receiving.entry(lane).or_insert_with(|| ReceivingEnd::new(lane, Order::Fifo));
        let (closed, lost) = end.marker(marker.epoch, marker.sent);
        for recording in closed {
            // Recordings confirm the cut and are no part of it: without a session, or room, they are dropped.
            if self.session.welcomed && self.session.outbox.len() < self.config.notice_limit {
                self.session.outbox.push_back(FromAgent::Recorded(lane, recording));
            }
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
        self.session.connected = true;
        self.session.welcomed = false;
        self.session.fault_told = false;
        FromAgent::Hello(Hello {
            name: self.config.name.clone(),
            incarnation: self.config.incarnation,
            deployment: self.config.deployment,
            versions: VERSIONS,
            epoch: self.epoch,
        })
    }

    /// The connection to the server has broken.
    pub fn disconnect(&mut self) {
        self.session.connected = false;
        self.session.welcomed = false;
    }

    /// Asks for a snapshot. Requests that the server has not been sent yet are one request.
    pub fn request_round(&mut self) {
        if !self.session.outbox.contains(&FromAgent::Request) {
            self.session.outbox.push_back(FromAgent::Request);
        }
    }

    /// The process is about to end: its last cut, after which it must have no more events.
    pub fn leave(&mut self) {
        let last = self.epoch.next();
        self.session.leaving = true;
        self.raise(last);
    }

    /// Takes a message of the server.
    pub fn handle(&mut self, message: ToAgent) {
        match message {
            ToAgent::Welcome { given, window, known, .. } => {
                self.session.welcomed = true;
                self.session.reported = known;
                if let Some(known) = known {
                    self.fold.acknowledge(known);
                }
                self.admit_up_to(window);
                self.raise(given);
            }
            // What the owner does about it is the owner's affair.
            ToAgent::Rejected(_) => self.disconnect(),
            ToAgent::Cut { epoch, window } => {
                self.admit_up_to(window);
                self.raise(epoch);
            }
            ToAgent::Reported(to) => self.fold.acknowledge(to),
            ToAgent::Resync => self.session.reported = None,
            ToAgent::Ended(end) => self.round_ended(end),
        }
    }

    /// Gives what to send to the server next, if anything.
    pub fn poll(&mut self) -> Option<FromAgent> {
        if !self.session.welcomed {
            return None;
        }
        if let Some(fault) = &self.fault {
            let told = std::mem::replace(&mut self.session.fault_told, true);
            return if told {
                self.session.outbox.pop_front()
            } else {
                Some(FromAgent::Faulty(fault.clone()))
            };
        }
        if let Some(report) = self.fold.report_after(self.session.reported) {
            self.session.reported = Some(report.piece.to);
            let last = self.session.leaving && report.piece.to == self.fold.cut_epoch();
            return Some(if last { FromAgent::Goodbye(report) } else { FromAgent::Report(report) });
        }
        if self.session.dropped > 0 {
            let dropped = std::mem::take(&mut self.session.dropped);
            return Some(FromAgent::Notice(Notice::Dropped(dropped)));
        }
        self.session.outbox.pop_front()
    }

    /// Extends the window. What was refused before and is within it now is admitted now; the rounds that it
    /// passes are void here, since events were recorded beyond their cuts.
    fn admit_up_to(&mut self, window: Epoch) {
        self.window = self.window.max(window);
        if let Some(&heard) = self.heard.range(..=self.window).next_back() {
            self.raise(heard);
        }
    }

    fn round_ended(&mut self, end: RoundEnd) {
        if end.epoch > self.window.max(self.epoch) {
            return;
        }
        // The receipts are from before the receivers' cuts, so this process must have passed its own.
        self.raise(end.epoch);
        let mut changes = Vec::new();
        for (lane, by, received) in &end.received {
            if let Some(lane) = self.sending.get_mut(lane) {
                changes.extend(lane.acknowledge(received, *by));
            }
        }
        for (lane, lost) in &end.lost {
            if let Some(lane) = self.sending.get_mut(lane) {
                changes.extend(lane.unreceived(lost));
            }
        }
        for (lane, numbers) in &end.tombstones {
            // Nothing may have arrived on it yet.
            let end =
                self.receiving.entry(*lane).or_insert_with(|| ReceivingEnd::new(*lane, Order::Unordered));
            changes.extend(end.tombstone(numbers));
        }
        if !changes.is_empty() {
            self.event(changes);
        }
    }
}
