//! The two ends of a lane: numbering, acknowledging and forgetting.
//!
//! An end holds only what the next message needs. What was sent and received *at a cut* is folded from the
//! [`Change`]s that each step yields and that the caller records under the epoch of the step's event.
//!
//! ```text
//!  SendingEnd                                   ReceivingEnd
//!   sent, outstanding  ---- number, floor --->   received, floor
//!                      <--- ranges received ---
//! ```

use crate::cut::{Annotations, Change, LaneEnd, Order};
use crate::id::{Epoch, Incarnation, LaneId, LaneRef};
use crate::mutation::{Mutation, is_on};
use crate::ranges::RangeSet;
use std::collections::{BTreeMap, BTreeSet};

/// The sender's end of a lane.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SendingEnd {
    id: LaneId,
    to: LaneEnd,
    order: Order,
    sent: u64,
    /// Sent, not settled, and known what it carries.
    logged: RangeSet,
    /// Those of them that carry anything.
    carriers: BTreeSet<u64>,
    /// Sent, not settled, annotations given up.
    collapsed: RangeSet,
    /// Settled as lost, which a sender that knows better may still take back.
    lost: RangeSet,
    /// The epoch of the last marker on the lane.
    marked: Epoch,
    /// Given up though they may come, the last of them. The floor waits for these.
    held: RangeSet,
    /// How many gaps receivers may have had to keep since the floor waits for the first of them.
    gaps: usize,
    /// Messages were given up of which a copy may still come.
    expired: bool,
    life: Life,
}

/// How far a lane has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Life {
    Open,
    /// Nothing will be sent any more.
    Closed,
    /// And everything is settled.
    Retired,
}

/// What it means to take a message back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voided {
    /// It was outstanding, or given up for lost: what it carried is the sender's again.
    Returned(Vec<Change>),
    /// Somebody has received it, so there is nothing to take back.
    Received,
}

impl SendingEnd {
    /// How many ranges of lost messages are remembered; beyond that the oldest grow together, and with them what lies between,
    /// received or not, may be taken back.
    pub const LOST_RANGES: usize = 256;

    /// How many ranges of expired messages the floor waits for, so that a copy of one that comes after all is known
    /// for what it is and not taken for a second one.
    pub const HELD_RANGES: usize = 2;

    /// How many ranges of others may be settled without having been received, each call's counted apart, while the floor waits
    /// for the first of those. Each is a gap that the receiver keeps until the floor passes.
    pub const HELD_GAPS: usize = 64;

    /// How many may be while a group's floor waits, what one of the group has received being a gap for every other.
    pub const HELD_GAPS_OF_GROUP: usize = 1024;

    /// A new lane, with the change that opens it.
    #[must_use]
    pub fn open(id: LaneId, to: LaneEnd, order: Order, epoch: Epoch) -> (Self, Change) {
        let end = SendingEnd {
            id,
            to,
            order,
            sent: 0,
            logged: RangeSet::new(),
            carriers: BTreeSet::new(),
            collapsed: RangeSet::new(),
            lost: RangeSet::new(),
            marked: epoch,
            held: RangeSet::new(),
            gaps: 0,
            expired: false,
            life: Life::Open,
        };
        (end, Change::Lane(id, to, order))
    }

    /// Takes the next number for a message that carries `annotations`.
    ///
    /// If more than `limit` messages that carry anything are logged, what the oldest carries is given up. Messages that
    /// carry nothing cost nothing as long as they follow each other.
    pub fn next(&mut self, annotations: Annotations, limit: usize) -> (u64, Vec<Change>) {
        self.sent += 1;
        self.logged.insert(self.sent);
        if !annotations.is_empty() {
            self.carriers.insert(self.sent);
        }
        let mut changes = vec![Change::Sent(self.id, self.sent, annotations)];
        if self.carriers.len() > limit
            && let Some(oldest) = self.carriers.pop_first()
        {
            self.logged.remove_range(oldest, oldest);
            if is_on(Mutation::FullLogForgets) {
                changes.push(Change::Unreceived(self.id, (oldest, oldest)));
                return (self.sent, changes);
            }
            self.collapsed.insert(oldest);
            changes.push(Change::Collapsed(self.id, oldest));
        }
        (self.sent, changes)
    }

    /// Settles what a stamp of `by` says it has received: that counts if the lane leads to `by`, or to a group. While it is
    /// not known where it leads, nobody's word does; and what has come to a later incarnation of the peer only the server
    /// can tell.
    pub fn acknowledge_on_stamp(&mut self, received: &RangeSet, by: Incarnation) -> Vec<Change> {
        let counts = match self.to {
            LaneEnd::Peer(peer) => peer == by,
            LaneEnd::Sole => false,
            LaneEnd::Group => true,
        };
        if counts { self.acknowledge(received, by) } else { Vec::new() }
    }

    /// Settles what `by` has received, as the end of a round says; what is not outstanding is passed over.
    pub fn acknowledge(&mut self, received: &RangeSet, by: Incarnation) -> Vec<Change> {
        let taken = self.take(received);
        self.lost.subtract(received);
        self.lost.coarsen(Self::LOST_RANGES);
        // One of a group says nothing of what others may still get.
        if self.to == LaneEnd::Group {
            self.leave_gaps(taken.ranges().len());
        } else {
            self.held.subtract(received);
            self.held.keep_highest(Self::HELD_RANGES);
            self.leave_gaps(0);
        }
        taken.ranges().map(|span| Change::Acknowledged(self.id, span, by)).collect()
    }

    /// Settles messages that nobody will receive.
    pub fn lost(&mut self, numbers: &RangeSet) -> Vec<Change> {
        let taken = self.give_up(numbers);
        self.leave_gaps(taken.ranges().len());
        taken.ranges().map(|span| Change::Unreceived(self.id, span)).collect()
    }

    /// Takes back a message of which no byte has left.
    pub fn void(&mut self, seq: u64) -> Voided {
        let one = RangeSet::span(seq, seq);
        let taken = self.take(&one);
        if taken.is_empty() && !self.lost.contains(seq) {
            return Voided::Received;
        }
        self.lost.subtract(&one);
        self.held.subtract(&one);
        self.leave_gaps(taken.ranges().len());
        Voided::Returned(taken.ranges().map(|span| Change::Unreceived(self.id, span)).collect())
    }

    /// Gives messages up after a time limit, though they or copies may still be delivered: to who has promised to treat them as
    /// lost, or to somebody else.
    pub fn expire(&mut self, numbers: &RangeSet) -> Vec<Change> {
        let taken = self.give_up(numbers);
        self.expired |= !taken.is_empty();
        let first = self.held.first();
        self.held.union(&taken);
        self.held.keep_highest(Self::HELD_RANGES);
        if self.held.first() != first {
            self.gaps = 0;
        }
        taken.ranges().map(|span| Change::Expired(self.id, span)).collect()
    }

    /// Marks those of these messages that are outstanding as possibly lost. What was collapsed is so anyway.
    #[must_use]
    pub fn doubt(&self, numbers: &RangeSet) -> Vec<Change> {
        let logged = self.logged.intersection(numbers);
        logged.ranges().map(|span| Change::Doubted(self.id, span)).collect()
    }

    /// The peer at the other end has become known.
    pub fn resolve_peer(&mut self, peer: Incarnation) -> Option<Change> {
        if self.to != LaneEnd::Sole || self.life == Life::Retired {
            return None;
        }
        self.to = LaneEnd::Peer(peer);
        Some(Change::Lane(self.id, self.to, self.order))
    }

    /// Nothing will be sent on this lane any more, nor taken back.
    pub fn close(&mut self) {
        self.life = self.life.max(Life::Closed);
    }

    /// Whether the lane has just been retired: it is closed and settled, as [`Sending::is_settled`] has it. Then
    /// [`Change::Retired`] is to be recorded, in an event that begins *after* this: what settled the last message may
    /// have been recorded in a higher epoch than that of an event that began before.
    ///
    /// [`Sending::is_settled`]: crate::cut::Sending::is_settled
    pub fn retire(&mut self) -> bool {
        let copied = self.expired || self.to == LaneEnd::Group && self.sent > 0;
        let settled = self.logged.is_empty() && self.collapsed.is_empty() && !copied;
        let due = self.life == Life::Closed && settled;
        if due {
            self.life = Life::Retired;
        }
        due
    }

    /// Whether a marker of `epoch` must go out before the next frame; notes that it does.
    pub fn mark(&mut self, epoch: Epoch) -> bool {
        let due = self.order == Order::Fifo && self.marked < epoch;
        if due {
            self.marked = epoch;
        }
        due
    }

    /// The number of the last message sent.
    #[must_use]
    pub const fn sent(&self) -> u64 {
        self.sent
    }

    /// What receivers are told: every lower number is settled, and no copy of it is expected.
    #[must_use]
    pub fn floor(&self) -> u64 {
        if is_on(Mutation::FloorPassesAll) {
            return self.sent.saturating_add(1);
        }
        self.held.first().into_iter().fold(self.settled_below(), u64::min)
    }

    fn settled_below(&self) -> u64 {
        let first = self.logged.first().into_iter().chain(self.collapsed.first()).min();
        first.unwrap_or(self.sent.saturating_add(1))
    }

    /// How far everything is settled, so that the log forgets what it need not say of single messages. To be recorded
    /// now and then after messages were settled without having been received, and as with
    /// [`retire`](SendingEnd::retire) in an event that begins after this.
    #[must_use]
    pub fn settled(&self) -> Change {
        Change::Settled(self.id, self.settled_below())
    }

    /// The messages not known to be settled.
    #[must_use]
    pub fn outstanding(&self) -> RangeSet {
        let mut all = self.logged.clone();
        all.union(&self.collapsed);
        all
    }

    /// Where the lane leads.
    #[must_use]
    pub const fn to(&self) -> LaneEnd {
        self.to
    }

    /// Some were settled that not every receiver has received: the floor does not wait for ever while there are more and more.
    fn leave_gaps(&mut self, ranges: usize) {
        self.gaps = if self.held.is_empty() { 0 } else { self.gaps + ranges };
        let most = if self.to == LaneEnd::Group { Self::HELD_GAPS_OF_GROUP } else { Self::HELD_GAPS };
        if self.gaps > most {
            // What was given up after the first has not waited for as long.
            let waiting = self.held.ranges().len();
            self.held.keep_highest(waiting.saturating_sub(1));
            self.gaps = 0;
        }
    }

    fn give_up(&mut self, numbers: &RangeSet) -> RangeSet {
        let taken = self.take(numbers);
        self.lost.union(&taken);
        self.lost.coarsen(Self::LOST_RANGES);
        taken
    }

    /// Removes from the outstanding ones what `numbers` names, and gives it.
    fn take(&mut self, numbers: &RangeSet) -> RangeSet {
        let mut taken = self.logged.intersection(numbers);
        for (first, last) in taken.ranges() {
            while let Some(seq) = self.carriers.range(first..=last).next().copied() {
                self.carriers.remove(&seq);
            }
        }
        self.logged.subtract(&taken);
        let collapsed = self.collapsed.intersection(numbers);
        self.collapsed.subtract(&collapsed);
        taken.union(&collapsed);
        taken
    }
}

/// How a message arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Arrival {
    /// For the first time.
    New,
    /// Again.
    Duplicate,
    /// For the first time, but after this process promised to treat it as lost.
    Late,
}

/// The receiver's end of a lane.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReceivingEnd {
    lane: LaneRef,
    received: RangeSet,
    floor: u64,
    tombstones: RangeSet,
    /// Tombstones below the floor, by which a late arrival is told from a second copy.
    buried: RangeSet,
    /// The greatest number received, and the epoch of its stamp.
    newest: (u64, Epoch),
    ended: bool,
    /// The process's epoch when it last looked at this lane: whatever cut came since, nothing arrived before it.
    seen: Epoch,
    /// On a FIFO lane, what arrives between the own cut and the marker.
    recordings: Vec<Recording>,
    fifo: bool,
}

/// What a FIFO lane delivered between the receiver's cut for some rounds and the marker that closes them: the
/// textbook's state of that channel, by the epoch of the stamps.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Recording {
    /// The rounds after this one…
    pub from: Epoch,
    /// …up to this one were cut at once.
    pub to: Epoch,
    /// The numbers received since, by the epoch of their stamps. To round `r` belong those of lower epochs.
    pub by_epoch: BTreeMap<Epoch, RangeSet>,
}

impl Recording {
    /// The recorded state of the channel for round `r`.
    ///
    /// # Complexity
    /// O(n log n) in the ranges, in whatever order the epochs have them.
    #[must_use]
    pub fn of_round(&self, r: Epoch) -> RangeSet {
        let mut ranges: Vec<_> = self.by_epoch.range(..r).flat_map(|(_, numbers)| numbers.ranges()).collect();
        ranges.sort_unstable();
        let mut all = RangeSet::new();
        ranges.into_iter().for_each(|(first, last)| all.insert_range(first, last));
        all
    }
}

impl ReceivingEnd {
    /// How many lanes of others a process keeps. Anybody can name as many as he likes in stamps: what comes on further
    /// ones counts as unstamped.
    pub const LANES: usize = 1 << 16;
    /// How many recordings are open at a time; the oldest is given up, since no cut depends on one.
    pub const RECORDINGS: usize = 16;
    /// How many ranges of tombstones are remembered below the floor; a late arrival of an older one counts as a
    /// second copy.
    pub const BURIED_RANGES: usize = 64;

    /// The end of a lane on which nothing has been received, in a process at epoch `own`.
    #[must_use]
    pub fn new(lane: LaneRef, order: Order, own: Epoch) -> Self {
        let fifo = order == Order::Fifo;
        let (received, tombstones, buried) = (RangeSet::new(), RangeSet::new(), RangeSet::new());
        let newest = (0, Epoch::ZERO);
        let (ended, seen, recordings) = (false, own, Vec::new());
        ReceivingEnd { lane, received, floor: 0, tombstones, buried, newest, ended, seen, recordings, fifo }
    }

    /// Receives message `seq` of a stamp of `epoch`, whose lane is settled below `floor`, in an event of epoch
    /// `own`. An epoch that is not `believed`, being outside the window, is neither the colour of the receipt nor
    /// a measure for the lane's order.
    pub fn receive(
        &mut self,
        seq: u64,
        epoch: Epoch,
        believed: bool,
        floor: u64,
        own: Epoch,
    ) -> (Arrival, Vec<Change>) {
        self.look(own);
        let epoch = believed.then_some(epoch);
        let arrival = if self.buried.contains(seq) {
            self.buried.remove_range(seq, seq);
            Arrival::Late
        } else if seq < self.floor || self.received.contains(seq) {
            Arrival::Duplicate
        } else if self.tombstones.contains(seq) {
            Arrival::Late
        } else {
            Arrival::New
        };
        let counts_as_new = is_on(Mutation::CopiesAreNew) && arrival == Arrival::Duplicate;
        let arrival = if counts_as_new { Arrival::New } else { arrival };
        let mut changes = Vec::with_capacity(1);
        if arrival != Arrival::Duplicate {
            if seq >= self.floor {
                self.received.insert(seq);
            }
            let told = match is_on(Mutation::NumbersAsCounts) {
                true => self.floor.max(1) - 1 + self.received.len().max(1),
                false => seq,
            };
            changes.push(Change::Received(self.lane, told, epoch.unwrap_or(Epoch::ZERO)));
            if let Some(epoch) = epoch {
                self.record(seq, epoch);
                changes.extend(self.order(seq, epoch));
            }
        }
        // The floor may pass this very number only when a later stamp says so.
        let floor = floor.min(seq);
        if floor > self.floor {
            self.floor = floor;
            self.bury_below(floor);
            self.received.forget_below(floor);
            changes.push(Change::Floor(self.lane, floor));
        }
        (arrival, changes)
    }

    /// A FIFO lane delivers nothing late, and what has arrived late is no tombstone any more.
    fn bury_below(&mut self, floor: u64) {
        if !self.fifo && !self.tombstones.is_empty() {
            let mut below = self.tombstones.intersection(&RangeSet::span(0, floor.saturating_sub(1)));
            below.subtract(&self.received);
            self.buried.union(&below);
            self.buried.keep_highest(Self::BURIED_RANGES);
        }
        self.tombstones.forget_below(floor);
    }

    /// Epochs do not decrease along a lane.
    fn order(&mut self, seq: u64, epoch: Epoch) -> Option<Change> {
        let (high, high_epoch) = self.newest;
        let disordered = (seq > high && epoch < high_epoch) || (seq < high && epoch > high_epoch);
        if seq > high {
            self.newest = (seq, epoch);
        }
        disordered.then_some(Change::Disordered(self.lane, seq))
    }

    fn record(&mut self, seq: u64, epoch: Epoch) {
        for recording in self.recordings.iter_mut().filter(|r| epoch < r.to) {
            recording.by_epoch.entry(epoch).or_default().insert(seq);
        }
    }

    /// If the process has passed cuts since it last looked at this lane, a FIFO lane has been recording since.
    fn look(&mut self, own: Epoch) {
        let from = self.seen;
        self.seen = from.max(own);
        if self.fifo && !self.ended && own > from {
            if self.recordings.len() >= Self::RECORDINGS {
                self.recordings.remove(0);
            }
            self.recordings.push(Recording { from, to: own, by_epoch: BTreeMap::new() });
        }
    }

    /// A marker of `epoch` arrives, `sent` messages after the beginning of the lane, in an event of epoch `own`,
    /// which is not lower. Gives the recordings that
    /// it closes, and the change by which what did not arrive before it is lost.
    pub fn marker(&mut self, epoch: Epoch, sent: u64, own: Epoch) -> (Vec<Recording>, Option<Change>) {
        self.look(own);
        let mut closed = Vec::new();
        self.recordings.retain_mut(|recording| {
            if recording.to <= epoch || is_on(Mutation::MarkerClosesAll) {
                closed.push(recording.clone());
                return false;
            }
            if recording.from < epoch {
                // The sender has passed some of these rounds only.
                closed.push(Recording { to: epoch, ..recording.clone() });
                recording.from = epoch;
            }
            true
        });
        let mut lost = RangeSet::span(self.floor.max(1), sent);
        lost.subtract(&self.received);
        (closed, self.bury(lost))
    }

    /// Promises to treat these numbers as lost, as far as they have not arrived.
    pub fn tombstone(&mut self, numbers: &RangeSet) -> Option<Change> {
        let mut lost = numbers.clone();
        lost.subtract(&self.received);
        lost.forget_below(self.floor.max(1));
        self.bury(lost)
    }

    fn bury(&mut self, mut lost: RangeSet) -> Option<Change> {
        lost.subtract(&self.tombstones);
        if lost.is_empty() {
            return None;
        }
        self.tombstones.union(&lost);
        Some(Change::Tombstones(self.lane, lost))
    }

    /// The transport has ended: nothing more will come.
    pub fn end(&mut self) -> Option<Change> {
        let first = !self.ended;
        self.ended = true;
        first.then_some(Change::LaneEnded(self.lane))
    }

    /// What to acknowledge: the numbers received that are not known to be settled; of more than `limit` ranges the lowest,
    /// for which the floor may wait, and the highest, which are news.
    #[must_use]
    pub fn acknowledged(&self, limit: usize) -> RangeSet {
        let mut ranges = self.received.ranges();
        let lowest = ranges.next();
        let mut ack = RangeSet::new();
        for (first, last) in lowest.into_iter().chain(ranges.rev().take(limit.saturating_sub(1))) {
            ack.insert_range(first, last);
        }
        ack
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cut::{Delta, SendingDelta};
    use crate::fact::Annotation;
    use std::sync::Arc;

    const ME: Incarnation = Incarnation(1);
    const LANE: LaneRef = LaneRef { process: ME, lane: LaneId(1) };

    fn set(numbers: &[u64]) -> RangeSet {
        numbers.iter().copied().collect()
    }

    #[test]
    fn the_floor_rises_over_what_is_settled() {
        let (mut lane, _) = SendingEnd::open(LaneId(1), LaneEnd::Group, Order::Unordered, Epoch::ZERO);
        for _ in 0..4 {
            lane.next(Arc::from([]), 10);
        }
        assert_eq!(lane.floor(), 1);
        let acknowledged = Change::Acknowledged(LaneId(1), (2, 3), ME);
        assert_eq!(lane.acknowledge(&set(&[2, 3, 9]), ME), [acknowledged], "9 was never sent");
        assert_eq!(lane.floor(), 1);
        assert!(matches!(lane.void(1), Voided::Returned(changes) if changes.len() == 1));
        assert_eq!(lane.floor(), 4);
        assert!(lane.acknowledge(&set(&[1, 2, 3]), ME).is_empty(), "settled once");
        assert_eq!(lane.void(2), Voided::Received, "what was received cannot be taken back");
        lane.lost(&set(&[4]));
        assert_eq!(lane.void(4), Voided::Returned(Vec::new()), "what was given up can");
    }

    fn end(to: LaneEnd) -> SendingEnd {
        SendingEnd::open(LaneId(1), to, Order::Unordered, Epoch::ZERO).0
    }

    /// What is received in turn by two of a group is a gap for each of them.
    #[test]
    fn what_a_group_has_given_up_holds_the_floor_back_for_a_while() {
        let mut lane = end(LaneEnd::Group);
        lane.next(Arc::from([]), 10);
        lane.expire(&set(&[1]));
        for _ in 0..SendingEnd::HELD_GAPS_OF_GROUP {
            let (seq, _) = lane.next(Arc::from([]), 10);
            lane.acknowledge(&set(&[seq]), ME);
            assert_eq!(lane.floor(), 1);
        }
        let (seq, _) = lane.next(Arc::from([]), 10);
        lane.acknowledge(&set(&[seq]), ME);
        assert_eq!(lane.floor(), seq + 1);
    }

    /// Of a hundred that follow each other one after another is given up, and what is sent meanwhile is taken back.
    #[test]
    fn more_that_is_given_up_holds_the_floor_back_no_longer() {
        let mut lane = end(LaneEnd::Peer(ME));
        (0..100).for_each(|_| drop(lane.next(Arc::from([]), 10)));
        for seq in 1..=100 {
            lane.expire(&set(&[seq]));
            for _ in 0..SendingEnd::HELD_GAPS {
                let (lost, _) = lane.next(Arc::from([]), 10);
                lane.void(lost);
                let (got, _) = lane.next(Arc::from([]), 10);
                lane.acknowledge(&set(&[got]), ME);
            }
        }
        assert!(lane.floor() > 100, "{}", lane.floor());
    }

    #[test]
    fn what_was_given_up_later_holds_the_floor_as_long_as_the_first() {
        let mut lane = end(LaneEnd::Peer(ME));
        let void = |lane: &mut SendingEnd| {
            let (seq, _) = lane.next(Arc::from([]), 10);
            lane.void(seq)
        };
        let (first, _) = lane.next(Arc::from([]), 10);
        lane.expire(&set(&[first]));
        (0..SendingEnd::HELD_GAPS).for_each(|_| drop(void(&mut lane)));
        let (second, _) = lane.next(Arc::from([]), 10);
        lane.expire(&set(&[second]));
        (0..SendingEnd::HELD_GAPS).for_each(|_| drop(void(&mut lane)));
        assert_eq!(lane.floor(), second, "the floor has passed the first alone");
        (0..=SendingEnd::HELD_GAPS).for_each(|_| drop(void(&mut lane)));
        assert!(lane.floor() > second, "and the second after as many others");
    }

    #[test]
    fn what_is_remembered_as_lost_is_bounded_however_it_is_received() {
        let mut lane = end(LaneEnd::Peer(ME));
        let numbers: Vec<_> = (0..2000).map(|_| lane.next(Arc::from([]), 10).0).collect();
        lane.lost(&set(&numbers));
        let every_second: Vec<_> = numbers.iter().copied().step_by(2).collect();
        lane.acknowledge(&set(&every_second), ME);
        assert!(lane.lost.ranges().len() <= SendingEnd::LOST_RANGES, "{}", lane.lost.ranges().len());
    }

    #[test]
    fn what_was_given_up_and_received_cannot_be_taken_back() {
        let mut lane = end(LaneEnd::Peer(ME));
        let (seq, _) = lane.next(Arc::from([]), 10);
        lane.expire(&set(&[seq]));
        lane.acknowledge(&set(&[seq]), ME);
        assert_eq!(lane.void(seq), Voided::Received);
    }

    #[test]
    fn a_full_log_gives_up_the_oldest_but_keeps_its_number() {
        let (mut lane, _) = SendingEnd::open(LaneId(1), LaneEnd::Group, Order::Unordered, Epoch::ZERO);
        let plain: Vec<_> = (0..3).flat_map(|_| lane.next(Arc::from([]), 2).1).collect();
        assert_eq!(plain.len(), 3, "what carries nothing is no load: {plain:?}");
        lane.acknowledge(&set(&[1, 2, 3]), ME);
        let carried: Annotations = Arc::from([Annotation::Amount { gauge: "g".into(), amount: 1 }]);
        let changes: Vec<_> = (0..3).flat_map(|_| lane.next(carried.clone(), 2).1).collect();
        assert!(changes.contains(&Change::Collapsed(LaneId(1), 4)), "{changes:?}");
        assert_eq!(lane.floor(), 4);
        assert_eq!(lane.acknowledge(&set(&[4]), ME), [Change::Acknowledged(LaneId(1), (4, 4), ME)]);
    }

    /// Without a server the segment of an epoch grows as long as the process lives.
    #[test]
    fn a_segment_forgets_what_is_settled() {
        for what in ["taken back", "given up", "doubted and then received"] {
            let (mut end, open) =
                SendingEnd::open(LaneId(1), LaneEnd::Peer(ME), Order::Unordered, Epoch::ZERO);
            let mut segment = Delta::default();
            let mut record = |changes: Vec<Change>| {
                changes.into_iter().for_each(|change| segment.record(Epoch::ZERO, change));
            };
            record(vec![open]);
            for _ in 0..100 {
                let (one, sent) = end.next(Arc::from([]), 10);
                record(sent);
                let (other, sent) = end.next(Arc::from([]), 10);
                record(sent);
                match what {
                    "taken back" => match end.void(one) {
                        Voided::Returned(changes) => record(changes),
                        Voided::Received => panic!("nobody has received it"),
                    },
                    "given up" => record(end.expire(&set(&[one]))),
                    _ => {
                        record(end.doubt(&set(&[one])));
                        record(end.acknowledge(&set(&[one]), ME));
                    }
                }
                record(end.acknowledge(&set(&[other]), ME));
                record(vec![end.settled()]);
            }
            let lane = &segment.sending[&LaneId(1)];
            for kept in [&lane.unreceived, &lane.doubted, &lane.added] {
                assert!(kept.ranges().len() <= 1, "{what}: {kept}");
            }
            assert!(lane.expired.ranges().len() <= SendingDelta::EXPIRED_RANGES, "{}", lane.expired);
        }
    }

    /// Whatever a stamp says of a lane, it is not the word of the one at its other end.
    #[test]
    fn nobody_acknowledges_for_another() {
        let other = Incarnation(2);
        for (to, by, counts) in [
            (LaneEnd::Peer(ME), ME, true),
            (LaneEnd::Peer(ME), other, false),
            (LaneEnd::Sole, ME, false),
            (LaneEnd::Group, other, true),
        ] {
            let (mut lane, _) = SendingEnd::open(LaneId(1), to, Order::Unordered, Epoch::ZERO);
            lane.next(Arc::from([]), 10);
            let settled = lane.acknowledge_on_stamp(&set(&[1]), by);
            assert_eq!(settled.len(), usize::from(counts), "{to:?} by {by}");
            assert_eq!(lane.floor(), if counts { 2 } else { 1 });
        }
        // Once it is known who is there, his word counts.
        let (mut lane, _) = SendingEnd::open(LaneId(1), LaneEnd::Sole, Order::Fifo, Epoch::ZERO);
        lane.next(Arc::from([]), 10);
        lane.resolve_peer(ME);
        assert_eq!(lane.acknowledge_on_stamp(&set(&[1]), other), []);
        assert_eq!(lane.acknowledge_on_stamp(&set(&[1]), ME).len(), 1);
    }

    /// A copy of an expired message comes after a later message has told the floor.
    #[test]
    fn what_has_expired_and_comes_after_all_is_no_second_copy() {
        let (mut sender, _) = SendingEnd::open(LaneId(1), LaneEnd::Peer(ME), Order::Unordered, Epoch::ZERO);
        let mut receiver = ReceivingEnd::new(LANE, Order::Unordered, Epoch(1));
        (0..3).for_each(|_| drop(sender.next(Arc::from([]), 10)));
        sender.expire(&set(&[1]));
        assert_eq!(receiver.receive(2, Epoch(1), true, sender.floor(), Epoch(1)).0, Arrival::New);
        assert_eq!(receiver.receive(1, Epoch(1), true, 1, Epoch(1)).0, Arrival::New);
    }

    #[test]
    fn the_floor_waits_for_the_last_of_what_was_given_up() {
        let (mut sender, _) = SendingEnd::open(LaneId(1), LaneEnd::Peer(ME), Order::Unordered, Epoch::ZERO);
        for seq in 1..=20 {
            sender.next(Arc::from([]), 10);
            match seq % 2 {
                0 => drop(sender.acknowledge(&set(&[seq]), ME)),
                _ => drop(sender.expire(&set(&[seq]))),
            }
        }
        assert_eq!(sender.floor(), 17, "two gaps are left");
        sender.acknowledge(&set(&[17]), ME);
        assert_eq!(sender.floor(), 19, "it has come, and so no other copy is expected");
    }

    #[test]
    fn the_floor_does_not_wait_while_gaps_grow() {
        let (mut sender, _) = SendingEnd::open(LaneId(1), LaneEnd::Sole, Order::Unordered, Epoch::ZERO);
        sender.next(Arc::from([]), 10);
        sender.expire(&set(&[1]));
        for gaps in 0..SendingEnd::HELD_GAPS as u64 {
            assert_eq!(sender.floor(), 1, "the first may come yet, after {gaps} gaps");
            let (seq, _) = sender.next(Arc::from([]), 10);
            sender.acknowledge(&set(&[seq]), ME);
            let (seq, _) = sender.next(Arc::from([]), 10);
            drop(sender.void(seq));
        }
        let (seq, _) = sender.next(Arc::from([]), 10);
        sender.lost(&set(&[seq]));
        assert_eq!(sender.floor(), seq + 1);
        let (held, _) = sender.next(Arc::from([]), 10);
        sender.expire(&set(&[held]));
        let (seq, _) = sender.next(Arc::from([]), 10);
        sender.lost(&set(&[seq]));
        assert_eq!(sender.floor(), held, "these gaps are counted anew");
    }

    #[test]
    fn news_are_acknowledged_however_many_gaps_there_are() {
        let mut lane = ReceivingEnd::new(LANE, Order::Unordered, Epoch(1));
        (1..=20).map(|n| 2 * n).for_each(|seq| drop(lane.receive(seq, Epoch(1), true, 1, Epoch(6))));
        assert_eq!(lane.acknowledged(4).to_string(), "2,36,38,40");
    }

    #[test]
    fn gaps_close_when_the_floor_passes() {
        let mut lane = ReceivingEnd::new(LANE, Order::Unordered, Epoch(1));
        for seq in [1, 3, 5] {
            assert_eq!(lane.receive(seq, Epoch(1), true, 1, Epoch(6)).0, Arrival::New);
        }
        assert_eq!(lane.acknowledged(8).to_string(), "1,3,5");
        lane.receive(7, Epoch(1), true, 6, Epoch(6));
        assert_eq!(lane.acknowledged(8).to_string(), "7");
        assert_eq!(
            lane.receive(5, Epoch(1), true, 1, Epoch(6)).0,
            Arrival::Duplicate,
            "forgotten, not unknown"
        );
    }

    #[test]
    fn a_tombstoned_message_is_late() {
        let mut lane = ReceivingEnd::new(LANE, Order::Unordered, Epoch(1));
        assert!(lane.tombstone(&set(&[2])).is_some());
        assert_eq!(lane.receive(2, Epoch(1), true, 1, Epoch(6)).0, Arrival::Late);
        assert_eq!(lane.receive(2, Epoch(1), true, 1, Epoch(6)).0, Arrival::Duplicate);
    }

    #[test]
    fn epochs_must_not_decrease_along_a_lane() {
        let mut lane = ReceivingEnd::new(LANE, Order::Unordered, Epoch(1));
        lane.receive(2, Epoch(5), true, 1, Epoch(6));
        assert!(lane.receive(1, Epoch(6), true, 1, Epoch(6)).1.contains(&Change::Disordered(LANE, 1)));
        assert!(lane.receive(3, Epoch(4), true, 1, Epoch(6)).1.contains(&Change::Disordered(LANE, 3)));
        assert_eq!(lane.receive(4, Epoch(5), true, 1, Epoch(6)).1.len(), 1, "an equal epoch is in order");
    }

    #[test]
    fn recording_lies_between_cut_and_marker() {
        let mut lane = ReceivingEnd::new(LANE, Order::Fifo, Epoch(3));
        lane.receive(1, Epoch(3), true, 1, Epoch(3));
        lane.receive(2, Epoch(3), true, 1, Epoch(5));
        lane.receive(3, Epoch(4), true, 1, Epoch(5));
        let (closed, lost) = lane.marker(Epoch(4), 3, Epoch(5));
        assert_eq!(lost, None);
        assert_eq!((closed[0].from, closed[0].to), (Epoch(3), Epoch(4)));
        assert_eq!(closed[0].of_round(Epoch(4)).to_string(), "2");
        let (closed, _) = lane.marker(Epoch(5), 3, Epoch(5));
        assert_eq!(closed[0].of_round(Epoch(5)).to_string(), "2-3");
        let (closed, lost) = lane.marker(Epoch(6), 5, Epoch(6));
        assert_eq!(
            closed,
            [Recording { from: Epoch(5), to: Epoch(6), ..Recording::default() }],
            "nothing came"
        );
        assert_eq!(lost, Some(Change::Tombstones(LANE, set(&[4, 5]))));
    }
}
