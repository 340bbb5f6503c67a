//! One process of many threads in the protocol.
//!
//! The parts are those of [`Participant`](stillpoint_proto::participant::Participant), put together so that
//! threads do not wait for one another:
//!
//! ```text
//!  application threads                      the agent's own thread
//!   send     lane lock + stripe of the gate    raise, collect the gate, fold, report
//!   receive  lane lock + stripe of the gate    settle what a round has settled
//!   change   stripe of the gate
//! ```
//!
//! What always holds (rules E1 to E7 of ARCHITECTURE.md):
//! - a publishing event ends before its effect: [`Process::send`] gives the stamp of a message that is recorded;
//! - an acquiring event begins after its effect, and after the raise that the stamp calls for;
//! - the acknowledgement is read before the epoch, and the epoch under the lane's lock;
//! - no application thread takes the reporter's lock, under which the fold runs.
//!
//! Locks are taken in this order: a stripe of the gate, then the end of one lane or what was heard of, then nothing.

mod stranded;
mod transports;

pub(crate) use stranded::Cause;
pub(crate) use transports::Unread;

use crate::acts::{Acts, GateEvent};
use dashmap::DashMap;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::sync::atomic::{AtomicU32, AtomicU64, AtomicUsize, fence};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};
use stillpoint_proto::cut::{Annotations, Change, Delta, LaneEnd, Order};
use stillpoint_proto::fact::Millis;
use stillpoint_proto::gate::Gate;
use stillpoint_proto::id::{Epoch, Handle, Incarnation, LaneId, LaneRef, MessageId};
use stillpoint_proto::lane::{Arrival, ReceivingEnd, Recording, SendingEnd, Voided};
use stillpoint_proto::ranges::RangeSet;
use stillpoint_proto::refused::Refused;
use stillpoint_proto::reporter::{Admission, Config, Effect, Entry, Reporter};
use stillpoint_proto::session::{FromAgent, Notice, Rejection, RoundEnd, ToAgent};
use stillpoint_proto::stamp::{Ack, Marker, Stamp};
use stranded::Stranded;
use tokio::sync::watch;
use transports::Unheard;

/// A process in the protocol.
pub(crate) struct Process {
    config: Config,
    gate: Gate<Change, BTreeMap<Epoch, Delta>>,
    handles: AtomicU64,
    lanes: AtomicU32,
    sending: DashMap<LaneId, Arc<Sending>>,
    receiving: DashMap<LaneRef, Arc<Receiving>>,
    admission: Mutex<Admission>,
    /// What was heard of and not admitted, for stamps.
    heard: Mutex<Refused>,
    /// The greatest of that, for stamps to look at without a lock; 0 if there is none.
    greatest_heard: AtomicU64,
    /// What the next visit of the agent's thread takes to the reporter.
    news: Mutex<News>,
    reporter: Mutex<Reporter>,
    shown: Shown,
    /// Tells the agent's thread and the links that the epoch has risen, or that there is news.
    epoch: watch::Sender<Epoch>,
    /// The epoch of the goodbye; `u64::MAX` before it.
    last: AtomicU64,
    /// How many transports from each peer are open.
    transports: DashMap<Incarnation, usize>,
    unheard: Unheard,
    stranded: Mutex<Stranded>,
    /// Lanes on which nothing will be sent any more, until they are looked at.
    closed: Mutex<Vec<LaneId>>,
    /// Those of which not everything was settled then, for the end of the next round.
    unsettled: Mutex<Vec<LaneId>>,
    /// Lanes of which messages were settled one by one since the agent's thread last said how far everything is.
    settled: Mutex<BTreeSet<LaneId>>,
}

/// What application threads leave for the agent's thread, bounded.
#[derive(Default)]
struct News {
    notices: VecDeque<Notice>,
    recordings: VecDeque<(LaneRef, Recording)>,
    dropped: u64,
    wants_round: bool,
}

/// What the agent's thread shows of the reporter, so that nobody who asks waits for its lock: who asks within an
/// event would hold the stripe that the fold waits for.
#[derive(Default)]
struct Shown {
    pending: AtomicUsize,
    fault: OnceLock<String>,
}

/// The sender's end of a lane, as threads share it.
pub(crate) struct Sending {
    pub(crate) id: LaneId,
    end: Mutex<SendingEnd>,
    /// The lane on which the peer answers; what was received on it is acknowledged here.
    reverse: Mutex<Option<Arc<Receiving>>>,
}

/// The receiver's end of a lane, as threads share it.
pub(crate) struct Receiving {
    pub(crate) lane: LaneRef,
    end: Mutex<ReceivingEnd>,
}

/// A message on its way out: recorded as sent.
pub(crate) struct Departure {
    pub(crate) marker: Option<Marker>,
    pub(crate) stamp: Stamp,
}

/// What became of a stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    New,
    Duplicate,
    Late,
    Foreign,
    Refused,
}

/// The fault that [`Gate::nested`] counts.
const NESTED: &str = "an event began within another event of the same thread, so a cut may have torn the outer one: \
                      record through its `Acts`, and end guards by `Acts::end` instead of dropping them there";

/// Locks what no holder leaves half changed: a panic under it is one of the allocator, or of code that has not
/// begun to change anything.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Process {
    pub(crate) fn new(config: Config) -> Self {
        Process {
            gate: Gate::new(BTreeMap::new()),
            handles: AtomicU64::new(0),
            lanes: AtomicU32::new(0),
            sending: DashMap::new(),
            receiving: DashMap::new(),
            admission: Mutex::new(Admission::default()),
            heard: Mutex::default(),
            greatest_heard: AtomicU64::new(0),
            news: Mutex::new(News::default()),
            reporter: Mutex::new(Reporter::new(&config)),
            shown: Shown::default(),
            epoch: watch::Sender::new(Epoch::ZERO),
            last: AtomicU64::new(u64::MAX),
            transports: DashMap::new(),
            unheard: Unheard::default(),
            stranded: Mutex::new(Stranded::new()),
            closed: Mutex::new(Vec::new()),
            unsettled: Mutex::new(Vec::new()),
            settled: Mutex::new(BTreeSet::new()),
            config,
        }
    }

    pub(crate) const fn incarnation(&self) -> Incarnation {
        self.config.incarnation
    }

    pub(crate) const fn config(&self) -> &Config {
        &self.config
    }

    pub(crate) fn epoch(&self) -> Epoch {
        self.gate.epoch()
    }

    /// Changes whenever the epoch has risen or the agent's thread has something to do.
    pub(crate) fn changes(&self) -> watch::Receiver<Epoch> {
        self.epoch.subscribe()
    }

    pub(crate) fn mint(&self) -> Handle {
        Handle(self.handles.fetch_add(1, Relaxed) + 1)
    }

    pub(crate) fn now() -> Millis {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }
}

/// Events of the application.
impl Process {
    /// One event within the process.
    pub(crate) fn change<T>(self: &Arc<Self>, acts: impl FnOnce(&mut Acts<'_, '_>) -> T) -> T {
        self.gate.event(|event| acts(&mut Acts::new(self, event)))
    }

    /// Records that facts are no longer true. An event.
    pub(crate) fn remove(&self, handles: impl IntoIterator<Item = Handle>) {
        self.gate.event(|event| handles.into_iter().for_each(|handle| event.record(Change::Remove(handle))));
    }

    /// Opens a lane. An event.
    pub(crate) fn open(&self, to: LaneEnd, order: Order) -> Arc<Sending> {
        let id = LaneId(self.lanes.fetch_add(1, Relaxed) + 1);
        let end = self.gate.event(|event| {
            let (end, change) = SendingEnd::open(id, to, order, event.epoch());
            event.record(change);
            end
        });
        let lane = Arc::new(Sending { id, end: Mutex::new(end), reverse: Mutex::new(None) });
        self.sending.insert(id, lane.clone());
        lane
    }

    /// The receiver's end of a lane of another process.
    pub(crate) fn accept(&self, lane: LaneRef, order: Order) -> Arc<Receiving> {
        if let Some(known) = self.receiving.get(&lane) {
            return known.clone();
        }
        let own = self.gate.epoch();
        let new = || Arc::new(Receiving { lane, end: Mutex::new(ReceivingEnd::new(lane, order, own)) });
        self.receiving.entry(lane).or_insert_with(new).clone()
    }

    /// The same for a lane that others have named, as anybody may; `None` if there are too many.
    fn accept_named(&self, lane: LaneRef) -> Option<Arc<Receiving>> {
        let known = self.receiving.get(&lane).map(|known| known.clone());
        known.or_else(|| {
            (self.receiving.len() < ReceivingEnd::LANES).then(|| self.accept(lane, Order::Unordered))
        })
    }

    /// The messages received on `theirs` are acknowledged on `ours`.
    pub(crate) fn pair(&self, ours: &Sending, theirs: &Arc<Receiving>) {
        *lock(&ours.reverse) = Some(theirs.clone());
        self.gate.event(|event| {
            let resolved = lock(&ours.end).resolve_peer(theirs.lane.process);
            if let Some(change) = resolved {
                event.record(change);
            }
        });
    }

    /// Sends a message: a publishing event, which ends before the message is handed to the transport. If `acts` panic
    /// the message is void; what they had recorded stays.
    pub(crate) fn send<T>(
        self: &Arc<Self>,
        lane: &Sending,
        annotations: Annotations,
        acts: impl FnOnce(&mut Acts<'_, '_>, MessageId) -> T,
    ) -> (Departure, T) {
        // The acknowledgement is read before the epoch.
        let acks = lock(&lane.reverse).as_ref().map(|reverse| Ack {
            lane: reverse.lane,
            received: lock(&reverse.end).acknowledged(Stamp::ACK_RANGES),
        });
        let acks: Vec<Ack> = acks.into_iter().filter(|ack| !ack.received.is_empty()).collect();
        let (deployment, process) = (self.config.deployment, self.config.incarnation);
        let (marker, id, epoch, floor, heard, result) = self.gate.event(|event| {
            let mut end = lock(&lane.end);
            // Number and epoch in one step, or epochs could decrease along the lane.
            let epoch = event.epoch();
            if self.has_left(epoch) {
                let id = MessageId::new(process, lane.id, end.sent().saturating_add(1));
                drop(end);
                return (None, id, epoch, id.seq, Refused::new(), acts(&mut Acts::new(self, event), id));
            }
            let marker = self.marker(&mut end, lane.id, epoch);
            let (seq, changes) = end.next(annotations, self.config.log_limit);
            let floor = end.floor();
            drop(end);
            changes.into_iter().for_each(|change| event.record(change));
            let id = MessageId::new(process, lane.id, seq);
            let acts = AssertUnwindSafe(|| acts(&mut Acts::new(self, event), id));
            let result = catch_unwind(acts).unwrap_or_else(|panic| {
                // Nobody will get the stamp, so no byte of the message can leave.
                if let Voided::Returned(changes) = lock(&lane.end).void(seq) {
                    changes.into_iter().for_each(|change| event.record(change));
                }
                resume_unwind(panic)
            });
            // Within the event, or the agent's thread may have passed what was heard, and forgotten it.
            let any = Epoch(self.greatest_heard.load(Relaxed)) > epoch;
            let heard = if any { lock(&self.heard).after(epoch) } else { Refused::new() };
            (marker, id, epoch, floor, heard, result)
        });
        if self.has_left(epoch) {
            return (Departure { marker: None, stamp: Stamp::none(id) }, result);
        }
        let stamp = Stamp { deployment, id, epoch, heard, floor, acks, clock: None };
        (Departure { marker, stamp }, result)
    }

    /// The marker that is due on a lane before anything else.
    pub(crate) fn due_marker(&self, lane: &Sending) -> Option<Marker> {
        let mut end = lock(&lane.end);
        self.marker(&mut end, lane.id, self.gate.epoch())
    }

    /// Whether an event of this epoch comes after the goodbye.
    fn has_left(&self, epoch: Epoch) -> bool {
        // Whoever has read the epoch of the goodbye sees that it is one: pairs with the fence in `leave`.
        fence(Acquire);
        epoch.0 >= self.last.load(Relaxed)
    }

    fn marker(&self, end: &mut SendingEnd, lane: LaneId, epoch: Epoch) -> Option<Marker> {
        (!self.has_left(epoch) && end.mark(epoch)).then(|| Marker {
            deployment: self.config.deployment,
            lane: LaneRef { process: self.config.incarnation, lane },
            epoch,
            sent: end.sent(),
            clock: None,
        })
    }

    /// Receives a message: an acquiring event, after the cut that its stamp calls for. `acts` are not taken for a
    /// duplicate.
    pub(crate) fn receive<T>(
        self: &Arc<Self>,
        stamp: &Stamp,
        acts: impl FnOnce(&mut Acts<'_, '_>) -> T,
    ) -> (Outcome, Option<T>) {
        if stamp.deployment != self.config.deployment {
            return (Outcome::Foreign, Some(self.receive_unstamped(acts)));
        }
        let Some(lane) = self.accept_named(stamp.id.lane) else {
            return (Outcome::Foreign, Some(self.receive_unstamped(acts)));
        };
        let entry = self.admit(stamp.epoch, &stamp.heard, stamp.id.sender());
        let settled = self.acknowledged(stamp);
        let (arrival, result) = self.gate.event(|event| {
            let mut end = lock(&lane.end);
            let own = event.epoch();
            let (arrival, changes) = end.receive(stamp.id.seq, stamp.epoch, entry.believed, stamp.floor, own);
            drop(end);
            changes.into_iter().for_each(|change| event.record(change));
            for (lane, received) in settled {
                let changes = lock(&lane.end).acknowledge_on_stamp(&received, stamp.id.sender());
                changes.into_iter().for_each(|change| event.record(change));
            }
            let result = (arrival != Arrival::Duplicate).then(|| acts(&mut Acts::new(self, event)));
            (arrival, result)
        });
        let given_up = arrival == Arrival::New && self.unheard.was_ended(stamp.id.sender());
        let outcome = match arrival {
            Arrival::Duplicate => Outcome::Duplicate,
            Arrival::New if !given_up && !entry.refused => Outcome::New,
            Arrival::New if !given_up => Outcome::Refused,
            Arrival::New | Arrival::Late => {
                self.notice(Notice::Late(stamp.id));
                Outcome::Late
            }
        };
        (outcome, result)
    }

    /// What a stamp acknowledges, by lane, as far as it has been sent. To be read before the epoch of the receipt: an
    /// acknowledgement of what is yet to be sent would otherwise be recorded in an epoch below the sending.
    fn acknowledged(&self, stamp: &Stamp) -> Vec<(Arc<Sending>, RangeSet)> {
        let of = |ack: &Ack| {
            let lane = self.ours(ack.lane)?;
            let sent = lock(&lane.end).sent();
            let mut received = ack.received.clone();
            received.remove_range(sent.saturating_add(1), u64::MAX);
            Some((lane, received))
        };
        stamp.acks.iter().filter_map(of).collect()
    }

    /// A lane on which this process sends.
    fn ours(&self, lane: LaneRef) -> Option<Arc<Sending>> {
        let mine = lane.process == self.config.incarnation;
        self.sending.get(&lane.lane).filter(|_| mine).map(|lane| lane.clone())
    }

    /// Receives a message that has no stamp, though one is expected. An event.
    pub(crate) fn receive_unstamped<T>(self: &Arc<Self>, acts: impl FnOnce(&mut Acts<'_, '_>) -> T) -> T {
        self.gate.event(|event| {
            event.record(Change::Unstamped);
            acts(&mut Acts::new(self, event))
        })
    }

    /// Receives a marker in its place among the frames of a FIFO lane.
    pub(crate) fn receive_marker(&self, marker: &Marker) {
        let ours = marker.deployment == self.config.deployment;
        if !ours || self.admit(marker.epoch, &Refused::new(), marker.lane.process).refused {
            return;
        }
        let lane = self.accept(marker.lane, Order::Fifo);
        let closed = self.gate.event(|event| {
            let mut end = lock(&lane.end);
            let (closed, lost) = end.marker(marker.epoch, marker.sent, event.epoch());
            drop(end);
            lost.into_iter().for_each(|change| event.record(change));
            closed
        });
        if !closed.is_empty() {
            let mut news = lock(&self.news);
            let room = self.config.outbox_limit.saturating_sub(news.recordings.len());
            news.recordings.extend(closed.into_iter().take(room).map(|r| (marker.lane, r)));
            drop(news);
            self.wake();
        }
    }

    /// Takes back a message of this process of which no byte has left; `acts` only if nobody has received it.
    pub(crate) fn void<T>(
        self: &Arc<Self>,
        message: MessageId,
        acts: impl FnOnce(&mut Acts<'_, '_>) -> T,
    ) -> Option<T> {
        let lane = self.ours(message.lane)?;
        let made = self.gate.event(|event| {
            let voided = Self::settled_in(event, &lane, |end| end.void(message.seq));
            match voided {
                Voided::Received => None,
                Voided::Returned(changes) => {
                    changes.into_iter().for_each(|change| event.record(change));
                    Some(acts(&mut Acts::new(self, event)))
                }
            }
        });
        lock(&self.settled).insert(lane.id);
        made
    }

    /// Settles messages of a lane in an event. The epoch is read before the lane is let go, or a stamp of a lower one
    /// might tell a floor that rests on this.
    fn settled_in<T>(
        event: &mut GateEvent<'_>,
        lane: &Sending,
        settle: impl FnOnce(&mut SendingEnd) -> T,
    ) -> T {
        let mut end = lock(&lane.end);
        let _ = event.epoch();
        settle(&mut end)
    }

    /// Nobody can say whether message `seq` will arrive. An event.
    pub(crate) fn doubt(&self, lane: LaneId, seq: u64) {
        self.settle_at(lane, |end| end.doubt(&RangeSet::span(seq, seq)));
    }

    /// Gives messages up after a time limit. An event.
    pub(crate) fn expire(&self, lane: LaneId, numbers: &RangeSet) {
        self.settle_at(lane, |end| end.expire(numbers));
    }

    fn settle_at(&self, lane: LaneId, settle: impl FnOnce(&mut SendingEnd) -> Vec<Change>) {
        if let Some(lane) = self.sending.get(&lane).map(|lane| lane.clone()) {
            self.gate.event(|event| {
                let changes = Self::settled_in(event, &lane, settle);
                changes.into_iter().for_each(|change| event.record(change));
            });
            lock(&self.settled).insert(lane.id);
        }
    }

    /// The transport of a lane has ended, and all that it delivered has been received. An event.
    pub(crate) fn lane_ended(&self, lane: &Receiving) {
        self.gate.event(|event| {
            let change = lock(&lane.end).end();
            change.into_iter().for_each(|change| event.record(change));
        });
    }

    /// Nothing will be sent on a lane any more, nor taken back. No event: it may happen within one.
    pub(crate) fn close(&self, lane: &Sending) {
        lock(&lane.end).close();
        lock(&self.closed).push(lane.id);
    }

    /// Says of lanes of which messages were settled how far everything is. Each an event, which begins after it has
    /// become so.
    fn say_settled(&self) {
        // Nobody who has an event may wait for this lock while its holder has one.
        let settled = std::mem::take(&mut *lock(&self.settled));
        for id in settled {
            let settled = self.sending.get(&id).map(|lane| lock(&lane.end).settled());
            if let Some(change) = settled {
                self.gate.event(|event| event.record(change));
            }
        }
    }

    /// Retires those of the closed lanes of which everything is settled. Each an event.
    fn retire(&self, mut closed: Vec<LaneId>) {
        closed.retain(|id| {
            let lane = self.sending.get(id).map(|lane| lane.clone());
            let settled = lane.is_some_and(|lane| lock(&lane.end).retire());
            if settled {
                // It begins after the lane was found settled, as `SendingEnd::retire` wants it.
                self.gate.event(|event| event.record(Change::Retired(*id)));
                self.sending.remove(id);
            }
            !settled
        });
        lock(&self.unsettled).append(&mut closed);
    }

    /// Raises the epoch to those of a message, as far as the window admits them.
    fn admit(&self, epoch: Epoch, heard: &Refused, from: Incarnation) -> Entry {
        let own = self.gate.epoch();
        if heard.is_empty() && epoch <= own {
            return Entry { raise: own, refused: false, news: None, believed: true };
        }
        let mut admission = lock(&self.admission);
        let entry = admission.admit(epoch, heard, own);
        if entry.refused {
            self.show_heard(&admission);
        }
        drop(admission);
        self.raise(entry.raise);
        if let Some(epoch) = entry.news {
            self.notice(Notice::Refused { from, epoch });
        }
        entry
    }

    /// Shows stamps all that was heard of and has not been passed: an event of a lower epoch may still be under way.
    fn show_heard(&self, admission: &Admission) {
        let heard = admission.heard(Epoch::ZERO);
        let greatest = heard.greatest().unwrap_or(Epoch::ZERO);
        *lock(&self.heard) = heard;
        self.greatest_heard.store(greatest.0, Relaxed);
    }

    /// Makes the cut for every round up to `to`. What was recorded before it is folded by the agent's thread.
    pub(crate) fn raise(&self, to: Epoch) {
        if self.gate.raise(to) {
            self.wake();
        }
    }

    /// Lets the agent's thread and the links look.
    pub(crate) fn wake(&self) {
        self.epoch.send_replace(self.gate.epoch());
    }

    pub(crate) fn notice(&self, notice: Notice) {
        let mut news = lock(&self.news);
        if news.notices.len() < notice.room(self.config.outbox_limit) {
            news.notices.push_back(notice);
        } else {
            news.dropped += notice.retracts();
        }
        drop(news);
        self.wake();
    }

    /// Asks for a snapshot.
    pub(crate) fn request_round(&self) {
        lock(&self.news).wants_round = true;
        self.wake();
    }
}

/// What the agent's own thread does.
impl Process {
    /// Folds what has been recorded, and cuts if the epoch has risen since the last time.
    pub(crate) fn fold(&self) {
        self.say_settled();
        let closed = std::mem::take(&mut *lock(&self.closed));
        self.retire(closed);
        let to = self.gate.epoch();
        let mut reporter = lock(&self.reporter);
        if to > reporter.cut_epoch() {
            let below = self.gate.collect(to);
            let mut admission = lock(&self.admission);
            let heard = admission.cut(to);
            self.show_heard(&admission);
            drop(admission);
            for (epoch, changes) in below {
                reporter.absorb_all(epoch, changes);
            }
            reporter.cut(to, &heard, Self::now());
        } else {
            self.gate.fold();
        }
        let mut news = lock(&self.news);
        let News { notices, recordings, dropped, wants_round } = std::mem::take(&mut *news);
        drop(news);
        notices.into_iter().for_each(|notice| reporter.notice(notice));
        recordings.into_iter().for_each(|(lane, recording)| reporter.recorded(lane, recording));
        if dropped > 0 {
            reporter.notice(Notice::Dropped(dropped));
        }
        if wants_round {
            reporter.request_round();
        }
        self.show(&reporter);
    }

    fn show(&self, reporter: &Reporter) {
        self.shown.pending.store(reporter.pending(), Relaxed);
        if let Some(fault) = reporter.fault() {
            self.shown.fault.get_or_init(|| fault.to_string());
        }
    }

    /// The hello of a new session.
    pub(crate) fn connect(&self) -> FromAgent {
        lock(&self.reporter).connect(self.gate.epoch())
    }

    pub(crate) fn disconnect(&self) {
        lock(&self.reporter).disconnect();
    }

    /// The process ends: its last cut, for an epoch that nobody has given out and nobody must hear of. What is
    /// sent from then on counts as unstamped.
    pub(crate) fn leave(&self) {
        lock(&self.reporter).leave();
        loop {
            let last = self.gate.epoch().next();
            self.last.store(last.0, Relaxed);
            fence(Release);
            // Another cut may have come first, which is not the last.
            if self.gate.raise(last) {
                break;
            }
        }
        self.wake();
    }

    /// What to send to the server next.
    pub(crate) fn poll(&self) -> Option<FromAgent> {
        lock(&self.reporter).poll()
    }

    /// Takes a message of the server.
    ///
    /// # Errors
    /// The server's reason to refuse the session.
    pub(crate) fn handle(&self, message: ToAgent) -> Result<(), Rejection> {
        let effects = {
            let mut reporter = lock(&self.reporter);
            let effects = reporter.handle(message);
            self.show(&reporter);
            effects
        };
        for effect in effects {
            match effect {
                Effect::Admit(window) => {
                    let heard = lock(&self.admission).extend(window, self.gate.epoch());
                    if let Some(to) = heard {
                        self.raise(to);
                        self.fold();
                    }
                }
                Effect::Raise(to) => {
                    self.raise(to);
                    self.fold();
                }
                // The receipts are from before the receivers' cuts, so this process must have passed its own.
                Effect::Settle(end) if end.epoch > lock(&self.admission).limit(self.gate.epoch()) => {}
                Effect::Settle(mut end) => {
                    self.only_ended(&mut end.dead);
                    self.settle(&end);
                    self.settle_stranded(end.epoch);
                }
                Effect::Refused(why) => return Err(why),
            }
        }
        Ok(())
    }

    fn settle(&self, end: &RoundEnd) {
        // The receipts are from before the receivers' cuts, so this process must have passed its own.
        self.raise(end.epoch);
        for (lane, by, received) in &end.received {
            self.settle_at(*lane, |end| end.acknowledge(received, *by));
        }
        for (lane, lost) in &end.lost {
            self.settle_at(*lane, |end| end.lost(lost));
        }
        for (lane, expired) in &end.expired {
            self.settle_at(*lane, |end| end.expire(expired));
        }
        for (lane, numbers) in &end.tombstones {
            // Where there is no room for it, nothing is promised.
            let Some(lane) = self.accept_named(*lane) else { continue };
            self.gate.event(|event| {
                let change = lock(&lane.end).tombstone(numbers);
                change.into_iter().for_each(|change| event.record(change));
            });
        }
        let unsettled = std::mem::take(&mut *lock(&self.unsettled));
        self.retire(unsettled);
        for lane in &end.retired {
            if self.receiving.remove(lane).is_some() {
                self.gate.event(|event| event.record(Change::Forgotten(*lane)));
            }
        }
        for &(peer, since) in &end.dead {
            self.gate.event(|event| event.record(Change::PeerEnded(peer, since)));
        }
    }

    /// How much was kept for the server when the agent's thread last looked, for bounds and tests.
    pub(crate) fn pending(&self) -> usize {
        self.shown.pending.load(Relaxed)
    }

    /// What is wrong with the instrumentation: a contradiction, after which the process takes no part any more, or
    /// else events within events.
    pub(crate) fn fault(&self) -> Option<String> {
        let nested = || (self.gate.nested() > 0).then(|| NESTED.to_owned());
        self.shown.fault.get().cloned().or_else(nested)
    }
}

#[cfg(test)]
pub(crate) mod tests;
#[cfg(test)]
mod twins;
