//! The state of one process at one cut, and the differences between such states.
//!
//! ```text
//!   events of epoch 3   events of epoch 4      events of epoch 6
//!   --- Delta --------|--- Delta ------------|--- Delta ---->
//!                     ProcessCut of round 4   ProcessCut of rounds 5 and 6
//! ```
//!
//! A [`Delta`] is a set of changes without an order: [`Delta::record`] takes them one by one as the threads of
//! a process hand them in, [`Delta::merge`] puts two successive ones together, and [`ProcessCut::apply`] brings
//! a state up to date. What is inserted and removed within one delta leaves no trace. The same type is the
//! segment of the fact log and the report that travels.

use crate::carried::Carried;
use crate::clock::VectorClock;
use crate::fact::{Annotation, Fact, Millis};
use crate::id::{Epoch, Handle, Incarnation, LaneId, LaneRef, Text};
use crate::mutation::{Mutation, is_on};
use crate::ranges::RangeSet;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a message carries, shared between the log, reports and snapshots.
pub type Annotations = Arc<[Annotation]>;

/// A fact with the epoch of the event that inserted it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Recorded {
    /// The epoch of the inserting event. A fact in the cut of round `r` that was born before epoch `b` was
    /// there at the cut of round `b` and ever since.
    pub born: Epoch,
    /// The fact.
    pub fact: Fact,
}

/// Where a lane leads, as its sender knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LaneEnd {
    /// To this process alone.
    Peer(Incarnation),
    /// To one process alone, but the sender does not know yet to which.
    Sole,
    /// To some process of a group, by way of a balancer, proxy or broker that may also copy.
    Group,
}

impl LaneEnd {
    /// The one process that it leads to, where that is known.
    #[must_use]
    pub const fn peer(self) -> Option<Incarnation> {
        match self {
            LaneEnd::Peer(peer) => Some(peer),
            LaneEnd::Sole | LaneEnd::Group => None,
        }
    }

    /// What is known of a lane's end by two changes, whichever came first: a peer that became known stays known.
    #[must_use]
    pub fn or_known(self, other: LaneEnd) -> LaneEnd {
        if self == LaneEnd::Sole { other } else { self }
    }
}

/// Whether a lane delivers in the order of its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Order {
    /// In order, with markers in band.
    Fifo,
    /// In any order.
    Unordered,
}

/// A lane at its sender's cut.
///
/// The log of outstanding messages is kept by number, as ranges: most messages carry nothing that a detector asks for,
/// and cost nothing here however many are under way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sending {
    /// Where it leads.
    pub to: LaneEnd,
    /// Whether it keeps the order.
    pub order: Order,
    /// How many messages have been sent: numbers `1..=sent`.
    pub sent: u64,
    /// The messages that the sender does not know to be received, but for the collapsed ones.
    pub outstanding: RangeSet,
    /// What those outstanding messages carry that carry anything.
    pub annotations: Carried,
    /// Outstanding messages that may have been lost: cancelled, failed, unanswered for long.
    pub doubtful: RangeSet,
    /// Messages not known to be received whose annotations did not fit in the log: unknown content, doubtful.
    pub collapsed: RangeSet,
    /// Messages not below the floor that were settled without having been received: void, lost or expired.
    pub unreceived: RangeSet,
    /// Messages given up by a time limit, or because nobody was there or somebody promised to treat them as lost, so that a
    /// late copy is possible. At most
    /// [`Sending::EXPIRED_RANGES`] ranges; beyond that the oldest grow together and name some that were not.
    pub expired: RangeSet,
    /// Every process that has ever acknowledged a message of this lane.
    pub settled_by: BTreeSet<Incarnation>,
}

impl Sending {
    /// How many ranges of expired messages are remembered.
    pub const EXPIRED_RANGES: usize = 16;

    /// A lane on which nothing has been sent.
    #[must_use]
    pub fn new(to: LaneEnd, order: Order) -> Self {
        Sending {
            to,
            order,
            sent: 0,
            outstanding: RangeSet::new(),
            annotations: Carried::default(),
            doubtful: RangeSet::new(),
            collapsed: RangeSet::new(),
            unreceived: RangeSet::new(),
            expired: RangeSet::new(),
            settled_by: BTreeSet::new(),
        }
    }

    /// The lane's floor: every lower number is settled.
    #[must_use]
    pub fn floor(&self) -> u64 {
        let first = self.outstanding.first().into_iter().chain(self.collapsed.first()).min();
        first.unwrap_or(self.sent.saturating_add(1))
    }

    /// Whether nothing of the lane is outstanding, and no copy of a message may still come that verdicts have to tell
    /// of: of one that has expired, or that went to a group.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let copied = self.to == LaneEnd::Group && self.sent > 0;
        self.outstanding.is_empty() && self.collapsed.is_empty() && self.expired.is_empty() && !copied
    }

    /// Puts a message in the log. That it has been sent is said by [`sent`](Sending::sent) alone.
    pub fn log(&mut self, seq: u64, annotations: Annotations) {
        self.outstanding.insert(seq);
        self.annotations.insert(seq, annotations);
    }

    /// Takes messages out of the log.
    pub fn unlog(&mut self, numbers: &RangeSet) {
        self.outstanding.subtract(numbers);
        self.doubtful.subtract(numbers);
        self.annotations.remove(numbers);
    }
}

/// What one process has received on a lane at its cut.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Receiving {
    /// The numbers received that are not below `floor`.
    pub received: RangeSet,
    /// The lane's floor as last heard: what is below is settled, and forgotten here.
    pub floor: u64,
    /// The greatest epoch among the stamps received.
    pub latest: Epoch,
    /// The receiver saw the end of the transport: nothing more will come.
    pub ended: bool,
    /// Numbers that the receiver has promised to treat as lost.
    pub tombstones: RangeSet,
    /// A number whose stamp had a lower epoch than a lower number's: an instrumentation fault of the sender.
    pub disordered: Option<u64>,
}

impl Receiving {
    /// Those of `numbers` that have been received, or were settled or given up.
    #[must_use]
    pub fn among(&self, numbers: &RangeSet) -> RangeSet {
        let mut known = numbers.intersection(&RangeSet::span(0, self.floor.saturating_sub(1)));
        known.union(&numbers.intersection(&self.received));
        known.union(&numbers.intersection(&self.tombstones));
        known
    }

    /// Whether anything was received, or forgotten since.
    #[must_use]
    pub fn has_received(&self) -> bool {
        self.floor > 0 || !self.received.is_empty()
    }

    /// Whether message `seq` has been received, or settled so long ago that it was forgotten.
    #[must_use]
    pub fn accounts_for(&self, seq: u64) -> bool {
        seq < self.floor || self.received.contains(seq)
    }
}

/// The state of one process at one cut: the sum of all its events before it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProcessCut {
    /// The live facts by handle.
    pub facts: BTreeMap<Handle, Recorded>,
    /// The gauges that are not zero.
    pub gauges: BTreeMap<Text, i64>,
    /// The lanes on which this process sends. A lane that does not change is shared by the cuts that have it, so that
    /// a full log costs a round nothing.
    pub sending: BTreeMap<LaneId, Arc<Sending>>,
    /// The numbers of its lanes that are retired: closed, everything settled, and forgotten. As few ranges as it
    /// has other lanes.
    pub retired: RangeSet,
    /// Everybody who acknowledged a message of a lane that is retired, or to whom such a lane led.
    pub met: BTreeSet<Incarnation>,
    /// The lanes on which this process has received, but for those that their senders retired.
    pub receiving: BTreeMap<LaneRef, Receiving>,
    /// Processes that have left or died and from which nothing more can arrive, because every transport from them has ended,
    /// with an epoch by which that departure was known. At most [`ProcessCut::ENDED_PEERS`], those of the latest epochs.
    pub ended_peers: BTreeMap<Incarnation, Epoch>,
    /// How many messages without a stamp were received where stamps are expected.
    pub unstamped: u64,
    /// In verification mode, the vector clock of the last event before the cut.
    pub clock: Option<VectorClock>,
    /// This process's clock when it made the cut.
    pub at: Millis,
}

/// The first and the last of successive numbers.
pub type Span = (u64, u64);

/// One change to the state of a process, as the fact log records it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// A fact became true.
    Insert(Handle, Fact),
    /// A fact ceased to be true.
    Remove(Handle),
    /// A gauge changed by an amount.
    Gauge(Text, i64),
    /// A lane was opened, or its end became known.
    Lane(LaneId, LaneEnd, Order),
    /// A lane is closed and nothing of it is outstanding: nobody will name it again.
    Retired(LaneId),
    /// A lane of another process is retired and has ended here.
    Forgotten(LaneRef),
    /// A message was sent.
    Sent(LaneId, u64, Annotations),
    /// Messages were acknowledged by a receiver.
    Acknowledged(LaneId, Span, Incarnation),
    /// Messages were settled without having been received.
    Unreceived(LaneId, Span),
    /// Messages were given up by a time limit.
    Expired(LaneId, Span),
    /// All lower numbers are settled.
    Settled(LaneId, u64),
    /// Messages became doubtful.
    Doubted(LaneId, Span),
    /// The annotations of a message were given up for want of room.
    Collapsed(LaneId, u64),
    /// A message was received, with the epoch of its stamp; [`Epoch::ZERO`] if that was refused.
    Received(LaneRef, u64, Epoch),
    /// A floor was heard.
    Floor(LaneRef, u64),
    /// The end of a lane's transport was seen.
    LaneEnded(LaneRef),
    /// The receiver promised to treat these numbers as lost.
    Tombstones(LaneRef, RangeSet),
    /// A stamp's epoch was lower than that of a lower number.
    Disordered(LaneRef, u64),
    /// Every transport from a process has ended that left or died when this was the last epoch given out.
    PeerEnded(Incarnation, Epoch),
    /// A message without a stamp was received where one is expected.
    Unstamped,
    /// In verification mode: the clock after the event.
    Clock(VectorClock),
}

/// The changes of a lane at its sender.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SendingDelta {
    /// Where it leads, if it was opened or that became known.
    pub lane: Option<(LaneEnd, Order)>,
    /// The number of the last message, if any was sent; else 0.
    pub sent: u64,
    /// Messages sent, and neither settled nor collapsed since.
    pub added: RangeSet,
    /// What those of them carry that carry anything.
    pub annotations: Carried,
    /// Messages settled, whether they were sent before or since.
    pub settled: RangeSet,
    /// Messages that became doubtful, and were not settled since.
    pub doubted: RangeSet,
    /// Messages whose annotations were given up, whether they were sent before or since.
    pub collapsed: RangeSet,
    /// Messages settled without having been received, and not below `floor`.
    pub unreceived: RangeSet,
    /// Messages given up by a time limit. At most [`SendingDelta::EXPIRED_RANGES`] ranges, as in [`Sending`].
    pub expired: RangeSet,
    /// Who acknowledged.
    pub settled_by: BTreeSet<Incarnation>,
    /// All lower numbers are settled, as far as that was said; it is not reported, since it follows from the rest.
    pub floor: u64,
}

impl SendingDelta {
    /// How many ranges of expired messages are kept.
    pub const EXPIRED_RANGES: usize = 64;

    fn opened(&mut self, end: LaneEnd, order: Order) {
        let end = self.lane.map_or(end, |(known, _)| known.or_known(end));
        self.lane = Some((end, order));
    }

    fn settle(&mut self, (first, last): Span) {
        self.settled.insert_range(first, last);
        self.doubted.remove_range(first, last);
        self.take_back(first, last);
    }

    fn collapse(&mut self, seq: u64) {
        self.collapsed.insert(seq);
        self.take_back(seq, seq);
    }

    fn not_received(&mut self, (first, last): Span) {
        self.unreceived.insert_range(first.max(self.floor), last);
    }

    fn expire(&mut self, (first, last): Span) {
        self.expired.insert_range(first, last);
        self.expired.coarsen(Self::EXPIRED_RANGES);
    }

    fn forget_below(&mut self, floor: u64) {
        self.floor = floor.max(self.floor);
        self.unreceived.forget_below(self.floor);
    }

    fn doubt(&mut self, (first, last): Span) {
        let mut doubted = RangeSet::span(first, last);
        doubted.subtract(&self.settled);
        self.doubted.union(&doubted);
    }

    fn take_back(&mut self, first: u64, last: u64) {
        self.added.remove_range(first, last);
        self.annotations.remove(&RangeSet::span(first, last));
    }

    fn add(&mut self, seq: u64, annotations: Annotations) {
        if !self.settled.contains(seq) && !self.collapsed.contains(seq) {
            self.added.insert(seq);
            self.annotations.insert(seq, annotations);
        }
    }
}

/// The changes of a process between two cuts.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Delta {
    /// Facts inserted and still there.
    pub inserted: BTreeMap<Handle, Recorded>,
    /// Facts removed that were there before.
    pub removed: BTreeSet<Handle>,
    /// Changes of gauges.
    pub gauges: BTreeMap<Text, i64>,
    /// Changes of lanes to others.
    pub sending: BTreeMap<LaneId, SendingDelta>,
    /// Lanes retired, after these changes.
    pub retired: RangeSet,
    /// Who was met on lanes that were retired before: for a whole state.
    pub met: BTreeSet<Incarnation>,
    /// What was received: added to what was there.
    pub receiving: BTreeMap<LaneRef, Receiving>,
    /// What was received in a later epoch than that of its stamp, and so was on its way at a cut, whatever a floor has
    /// made of it since: by this it is known what came a second time, or late. Of n lanes at most
    /// [`Delta::CROSSED_RANGES`] / n ranges each; beyond that the oldest grow together, and name some that did not come.
    pub crossed: BTreeMap<LaneRef, RangeSet>,
    /// Lanes of others that were forgotten after that.
    pub forgotten: BTreeSet<LaneRef>,
    /// Peers from which every transport has ended.
    pub ended_peers: BTreeMap<Incarnation, Epoch>,
    /// Messages received without a stamp.
    pub unstamped: u64,
    /// The greatest clock.
    pub clock: Option<VectorClock>,
}

impl Delta {
    /// How many ranges of what has crossed a cut are kept.
    pub const CROSSED_RANGES: usize = 1 << 16;

    /// Records one change of an event of epoch `epoch`.
    ///
    /// Changes may come in any order, a removal before its insertion among them.
    ///
    /// # Complexity
    /// O(log n) in the size of the delta.
    pub fn record(&mut self, epoch: Epoch, change: Change) {
        match change {
            Change::Insert(handle, fact) => {
                let epoch = if is_on(Mutation::BornAtTheBeginning) { Epoch::ZERO } else { epoch };
                if !self.removed.remove(&handle) {
                    self.inserted.insert(handle, Recorded { born: epoch, fact });
                }
            }
            Change::Remove(handle) => {
                if self.inserted.remove(&handle).is_none() && !is_on(Mutation::RemovalDropped) {
                    self.removed.insert(handle);
                }
            }
            Change::Gauge(name, amount) => add_gauge(&mut self.gauges, &name, amount),
            Change::Lane(lane, end, order) => self.lane(lane).opened(end, order),
            Change::Retired(lane) => drop(self.retired.insert(u64::from(lane.0))),
            Change::Forgotten(lane) => drop(self.forgotten.insert(lane)),
            Change::Sent(lane, seq, annotations) => {
                let lane = self.lane(lane);
                lane.sent = lane.sent.max(seq);
                lane.add(seq, annotations);
            }
            Change::Acknowledged(lane, span, by) => {
                let lane = self.lane(lane);
                lane.settle(span);
                lane.settled_by.insert(by);
            }
            Change::Unreceived(lane, span) => {
                let lane = self.lane(lane);
                lane.settle(span);
                lane.not_received(span);
            }
            Change::Expired(lane, span) => {
                let lane = self.lane(lane);
                lane.settle(span);
                lane.not_received(span);
                lane.expire(span);
            }
            Change::Settled(lane, floor) => self.lane(lane).forget_below(floor),
            Change::Doubted(lane, span) => self.lane(lane).doubt(span),
            Change::Collapsed(lane, seq) => self.lane(lane).collapse(seq),
            Change::Received(lane, seq, stamp) => {
                let got = self.received(lane);
                got.latest = got.latest.max(stamp);
                if seq >= got.floor {
                    got.received.insert(seq);
                }
                if stamp < epoch {
                    cross(&mut self.crossed, lane, &RangeSet::span(seq, seq));
                }
            }
            Change::Floor(lane, floor) => {
                let lane = self.received(lane);
                if floor > lane.floor {
                    lane.floor = floor;
                    lane.received.forget_below(floor);
                    lane.tombstones.forget_below(floor);
                }
            }
            Change::LaneEnded(lane) => self.received(lane).ended = true,
            Change::Tombstones(lane, numbers) => {
                let lane = self.received(lane);
                lane.tombstones.union(&numbers);
                lane.tombstones.forget_below(lane.floor);
            }
            Change::Disordered(lane, seq) => {
                let lane = self.received(lane);
                lane.disordered = lane.disordered.max(Some(seq));
            }
            Change::PeerEnded(peer, since) => end_peer(&mut self.ended_peers, peer, since),
            Change::Unstamped => self.unstamped = self.unstamped.saturating_add(1),
            Change::Clock(clock) => match &mut self.clock {
                Some(known) => known.merge(&clock),
                none => *none = Some(clock),
            },
        }
    }

    /// Adds the changes of `later`, which come after all of this delta's.
    pub fn merge(&mut self, later: Delta) {
        for handle in later.removed {
            if self.inserted.remove(&handle).is_none() {
                self.removed.insert(handle);
            }
        }
        for (handle, recorded) in later.inserted {
            if !self.removed.remove(&handle) {
                self.inserted.insert(handle, recorded);
            }
        }
        for (name, amount) in later.gauges {
            add_gauge(&mut self.gauges, &name, amount);
        }
        for (id, from) in later.sending {
            let lane = self.lane(id);
            if let Some((end, order)) = from.lane {
                lane.opened(end, order);
            }
            lane.sent = lane.sent.max(from.sent);
            lane.settled.union(&from.settled);
            lane.doubted.subtract(&from.settled);
            lane.collapsed.union(&from.collapsed);
            for gone in [&from.settled, &from.collapsed] {
                lane.added.subtract(gone);
                lane.annotations.remove(gone);
            }
            lane.added.union(&from.added);
            lane.annotations.union(&from.annotations);
            lane.doubted.union(&from.doubted);
            lane.unreceived.union(&from.unreceived);
            lane.forget_below(from.floor);
            lane.expired.union(&from.expired);
            lane.expired.coarsen(SendingDelta::EXPIRED_RANGES);
            lane.settled_by.extend(from.settled_by);
        }
        self.retired.union(&later.retired);
        self.met.extend(later.met);
        for (id, from) in later.receiving {
            merge_receiving(self.received(id), from);
        }
        for (lane, crossed) in later.crossed {
            cross(&mut self.crossed, lane, &crossed);
        }
        self.forgotten.extend(later.forgotten);
        for (peer, since) in later.ended_peers {
            end_peer(&mut self.ended_peers, peer, since);
        }
        self.unstamped = self.unstamped.saturating_add(later.unstamped);
        if let Some(clock) = later.clock {
            self.record(Epoch::ZERO, Change::Clock(clock));
        }
    }

    /// Whether nothing has changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Delta::default()
    }

    fn lane(&mut self, lane: LaneId) -> &mut SendingDelta {
        self.sending.entry(lane).or_default()
    }

    fn received(&mut self, lane: LaneRef) -> &mut Receiving {
        self.receiving.entry(lane).or_default()
    }
}

/// Adds to what has crossed a cut.
pub(crate) fn cross(crossed: &mut BTreeMap<LaneRef, RangeSet>, lane: LaneRef, numbers: &RangeSet) {
    let of_lane = crossed.entry(lane).or_default();
    of_lane.union(numbers);
    // Mostly there are few.
    if of_lane.ranges().len() > 1 {
        let lanes = crossed.len();
        let most = (Delta::CROSSED_RANGES / lanes).max(1);
        crossed.entry(lane).or_default().coarsen(most);
    }
}

/// Why a delta does not fit a state.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Misfit {
    /// A fact is inserted under a handle that is in use.
    #[error("fact {0} is inserted although it is there: a handle was used again")]
    HandleReused(Handle),
    /// A fact is removed that is not there.
    #[error("fact {0} is removed although it is not there: an earlier report was lost or the log is wrong")]
    NoSuchFact(Handle),
    /// Messages of a lane that was never opened, or is retired.
    #[error("lane {lane} has messages but was never opened, or is retired", lane = .0.0)]
    NoSuchLane(LaneId),
    /// A message is settled that is not outstanding.
    #[error("message {seq} of lane {lane} is settled although it is not outstanding", lane = .lane.0)]
    NotOutstanding {
        /// The lane.
        lane: LaneId,
        /// The message.
        seq: u64,
    },
    /// A lane is retired that was never opened, or that is not settled.
    #[error("lane {lane} is retired although it was never opened or not everything of it is settled", lane = .0.0)]
    NotSettled(LaneId),
    /// A gauge would leave the range of 64 bits.
    #[error("gauge `{0}` overflows 64 bits")]
    GaugeOverflow(Text),
}

impl ProcessCut {
    /// How many peers that left or died are remembered whose transports have ended: more than a collector knows of
    /// ([`Config::MOST_DEPARTED`]).
    ///
    /// [`Config::MOST_DEPARTED`]: crate::collector::Config::MOST_DEPARTED
    pub const ENDED_PEERS: usize = 4096;

    /// A lane of this process, to be changed in this cut alone.
    pub fn sending_mut(&mut self, lane: LaneId) -> Option<&mut Sending> {
        self.sending.get_mut(&lane).map(Arc::make_mut)
    }

    /// Brings the state up to date with `delta`.
    ///
    /// # Errors
    /// [`Misfit`] if the delta is not one of this state; the state is then unusable and must be sent anew.
    ///
    /// # Complexity
    /// O(d log n) for a delta of size d and a state of size n.
    pub fn apply(&mut self, delta: &Delta) -> Result<(), Misfit> {
        for handle in &delta.removed {
            self.facts.remove(handle).ok_or(Misfit::NoSuchFact(*handle))?;
        }
        for (handle, recorded) in &delta.inserted {
            if self.facts.insert(*handle, recorded.clone()).is_some() {
                return Err(Misfit::HandleReused(*handle));
            }
        }
        for (name, amount) in &delta.gauges {
            let value = self.gauges.get(name).copied().unwrap_or(0);
            let sum = value.checked_add(*amount).ok_or_else(|| Misfit::GaugeOverflow(name.clone()))?;
            if sum == 0 {
                self.gauges.remove(name);
            } else {
                self.gauges.insert(name.clone(), sum);
            }
        }
        for (id, change) in &delta.sending {
            self.apply_sending(*id, change)?;
        }
        self.met.extend(&delta.met);
        let gone = |id: &LaneId| delta.retired.contains(u64::from(id.0));
        let retired: Vec<LaneId> = if delta.retired.is_empty() {
            Vec::new()
        } else {
            self.sending.keys().copied().filter(gone).collect()
        };
        for lane in retired {
            self.retire(lane)?;
        }
        self.retired.union(&delta.retired);
        for (id, change) in &delta.receiving {
            merge_receiving(self.receiving.entry(*id).or_default(), change.clone());
        }
        for lane in &delta.forgotten {
            self.receiving.remove(lane);
        }
        for (peer, since) in &delta.ended_peers {
            end_peer(&mut self.ended_peers, *peer, *since);
        }
        keep_latest(&mut self.ended_peers);
        self.unstamped = self.unstamped.saturating_add(delta.unstamped);
        if let Some(clock) = &delta.clock {
            match &mut self.clock {
                Some(known) => known.merge(clock),
                none => *none = Some(clock.clone()),
            }
        }
        Ok(())
    }

    /// Forgets a lane on which nothing will be sent any more, but not whom it led to.
    ///
    /// # Errors
    /// [`Misfit::NotSettled`] if it is not [settled](Sending::is_settled), or if there is no such lane.
    pub fn retire(&mut self, lane: LaneId) -> Result<(), Misfit> {
        let sending =
            self.sending.get(&lane).filter(|sending| sending.is_settled()).ok_or(Misfit::NotSettled(lane))?;
        if sending.sent > 0 {
            self.met.extend(&sending.settled_by);
            self.met.extend(sending.to.peer());
        }
        self.sending.remove(&lane);
        self.retired.insert(u64::from(lane.0));
        Ok(())
    }

    /// Whether a lane of this process is retired.
    #[must_use]
    pub fn has_retired(&self, lane: LaneId) -> bool {
        self.retired.contains(u64::from(lane.0))
    }

    fn apply_sending(&mut self, id: LaneId, change: &SendingDelta) -> Result<(), Misfit> {
        if self.has_retired(id) {
            return Err(Misfit::NoSuchLane(id));
        }
        if let Some((to, order)) = change.lane {
            let lane = self.sending.entry(id).or_insert_with(|| Arc::new(Sending::new(to, order)));
            let lane = Arc::make_mut(lane);
            lane.to = lane.to.or_known(to);
            lane.order = order;
        }
        let lane = self.sending_mut(id).ok_or(Misfit::NoSuchLane(id))?;
        let before = lane.sent;
        lane.sent = before.max(change.sent);
        let said = [&change.added, &change.collapsed, &change.unreceived, &change.expired];
        if let Some(seq) = said.into_iter().filter_map(RangeSet::last).find(|seq| *seq > lane.sent) {
            return Err(Misfit::NotOutstanding { lane: id, seq });
        }
        if let Some(seq) = change.added.intersection(&lane.collapsed).first() {
            return Err(Misfit::NotOutstanding { lane: id, seq });
        }
        lane.outstanding.union(&change.added);
        lane.annotations.union(&change.annotations);
        // An acknowledgement may have been recorded in a lower epoch than the collapse before it: what is neither
        // outstanding nor sent since is settled.
        let mut collapsed =
            change.collapsed.intersection(&RangeSet::span(before.saturating_add(1), lane.sent));
        collapsed.union(&change.collapsed.intersection(&lane.outstanding));
        collapsed.subtract(&change.settled);
        lane.unlog(&collapsed);
        lane.collapsed.union(&collapsed);
        // What was sent since, and settled, never was in the log here.
        let mut settled = change.settled.intersection(&RangeSet::span(1, before));
        lane.doubtful.union(&change.doubted.intersection(&lane.outstanding));
        let logged = lane.outstanding.intersection(&settled);
        lane.unlog(&logged);
        settled.subtract(&logged);
        let collapsed = lane.collapsed.intersection(&settled);
        lane.collapsed.subtract(&collapsed);
        settled.subtract(&collapsed);
        if let Some(seq) = settled.first() {
            return Err(Misfit::NotOutstanding { lane: id, seq });
        }
        lane.unreceived.union(&change.unreceived);
        lane.unreceived.forget_below(lane.floor());
        lane.expired.union(&change.expired);
        lane.expired.coarsen(Sending::EXPIRED_RANGES);
        lane.settled_by.extend(&change.settled_by);
        Ok(())
    }

    /// The state as the changes that lead to it from nothing.
    #[must_use]
    pub fn as_delta(&self) -> Delta {
        let sending = self.sending.iter().map(|(id, lane)| {
            let delta = SendingDelta {
                lane: Some((lane.to, lane.order)),
                sent: lane.sent,
                added: lane.outstanding.clone(),
                annotations: lane.annotations.clone(),
                settled: RangeSet::new(),
                doubted: lane.doubtful.clone(),
                collapsed: lane.collapsed.clone(),
                unreceived: lane.unreceived.clone(),
                expired: lane.expired.clone(),
                settled_by: lane.settled_by.clone(),
                floor: 0,
            };
            (*id, delta)
        });
        Delta {
            inserted: self.facts.clone(),
            removed: BTreeSet::new(),
            gauges: self.gauges.clone(),
            sending: sending.collect(),
            retired: self.retired.clone(),
            met: self.met.clone(),
            receiving: self.receiving.clone(),
            crossed: BTreeMap::new(),
            forgotten: BTreeSet::new(),
            ended_peers: self.ended_peers.clone(),
            unstamped: self.unstamped,
            clock: self.clock.clone(),
        }
    }

    /// A checksum of the state, whatever the order in which it came about.
    ///
    /// Since a handle is never used for two facts and a number never for two messages, it covers which there are
    /// and not what they say; and of the messages that carry something, how many. It finds a lost or misapplied
    /// report, not a forged one.
    ///
    /// # Complexity
    /// O(n) in facts, lanes and ranges; messages cost nothing.
    #[must_use]
    pub fn checksum(&self) -> u64 {
        let facts = self.facts.iter().map(|(h, r)| mix(h.0 ^ mix(r.born.0 ^ 0x51)));
        let gauges =
            self.gauges.iter().map(|(name, amount)| mix(text_sum(name) ^ mix(*amount as u64 ^ 0x7e)));
        let sent = self.sending.iter().flat_map(|(id, lane)| {
            let id = mix(u64::from(id.0) ^ 0xa7);
            let of = move |what: u64, set: &RangeSet| {
                set.ranges().map(|(a, b)| mix(id ^ what ^ mix(a ^ mix(b)))).fold(0, u64::wrapping_add)
            };
            let log = [of(0x06, &lane.outstanding), of(0xdb, &lane.doubtful), of(0xc0, &lane.collapsed)];
            log.into_iter()
                .chain([mix(id ^ mix(lane.sent)), mix(id ^ 0xca ^ mix(lane.annotations.len() as u64))])
        });
        let received = self.receiving.iter().flat_map(|(id, lane)| {
            let id = mix(id.process.0 ^ mix(u64::from(id.lane.0) ^ 0x3c));
            let received = lane.received.ranges().map(move |(a, b)| mix(id ^ a ^ mix(b)));
            let tombstones = lane.tombstones.ranges().map(move |(a, b)| mix(id ^ 0xd1 ^ a ^ mix(b)));
            received.chain(tombstones).chain([mix(id ^ mix(lane.floor) ^ u64::from(lane.ended))])
        });
        let retired = self.retired.ranges().map(|(a, b)| mix(0x4e ^ mix(a ^ mix(b))));
        let met = self.met.iter().map(|process| mix(process.0 ^ 0x3e));
        let ended = self.ended_peers.iter().map(|(peer, since)| mix(peer.0 ^ mix(since.0 ^ 0xe5)));
        let lanes = sent.chain(retired).chain(met).chain(received);
        facts.chain(gauges).chain(lanes).chain(ended).fold(0, u64::wrapping_add)
    }
}

/// FNV-1a over a text (Fowler, Noll, Vo).
fn text_sum(text: &Text) -> u64 {
    crate::id::DeploymentId::from_name(text.as_str()).0
}

fn merge_receiving(lane: &mut Receiving, later: Receiving) {
    lane.floor = lane.floor.max(later.floor);
    lane.received.union(&later.received);
    lane.received.forget_below(lane.floor);
    lane.tombstones.union(&later.tombstones);
    lane.tombstones.forget_below(lane.floor);
    lane.latest = lane.latest.max(later.latest);
    lane.ended |= later.ended;
    lane.disordered = lane.disordered.max(later.disordered);
}

/// A later death counts.
fn end_peer(ended: &mut BTreeMap<Incarnation, Epoch>, peer: Incarnation, since: Epoch) {
    let known = ended.entry(peer).or_insert(since);
    *known = since.max(*known);
}

/// Keeps as many peers as a process remembers of those that have departed, those of the latest epochs.
///
/// # Complexity
/// O(n log n) if there are too many.
pub fn keep_latest(peers: &mut BTreeMap<Incarnation, Epoch>) {
    let Some(surplus) = peers.len().checked_sub(ProcessCut::ENDED_PEERS).filter(|n| *n > 0) else { return };
    let mut oldest: Vec<_> = peers.iter().map(|(peer, since)| (*since, *peer)).collect();
    oldest.sort_unstable();
    for (_, peer) in &oldest[..surplus] {
        peers.remove(peer);
    }
}

/// Adds within a delta, where the order of the changes is unknown: wraps, so that only the sum matters.
fn add_gauge(gauges: &mut BTreeMap<Text, i64>, name: &Text, amount: i64) {
    let value = gauges.get(name).copied().unwrap_or(0).wrapping_add(amount);
    if value == 0 {
        gauges.remove(name);
    } else {
        gauges.insert(name.clone(), value);
    }
}

/// The finaliser of splitmix64 (Steele, Lea, Flood 2014).
const fn mix(n: u64) -> u64 {
    let n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}
