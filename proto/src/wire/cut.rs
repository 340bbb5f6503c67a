//! The state of one process at one cut.

use super::decode::{
    Decoded, Key, deaths, incarnations, list, map, message, optional, ranges, scalar, text, write,
    write_death, write_incarnations, write_ranges,
};
use super::error::{At, DecodeError, Problem};
use super::ids::{lane_id, process, seq};
use super::v1;
use crate::carried::Carried;
use crate::clock::VectorClock;
use crate::cut::{Annotations, LaneEnd, Order, ProcessCut, Receiving, Recorded, Sending};
use crate::fact::{Annotation, Millis};
use crate::id::{Epoch, Handle, Incarnation, LaneId, LaneRef, Text};
use crate::ranges::RangeSet;
use std::collections::BTreeMap;
use std::sync::Arc;

const END: &str = "where the lane leads";
const LANE: Key<LaneId> = Key { field: "lane", expected: "each lane once", show: |lane| lane.0.to_string() };
const LANE_REF: Key<LaneRef> = Key {
    field: "lane",
    expected: "each lane once",
    show: |l| format!("lane {} of {}", l.lane.0, l.process.0),
};
const SEQ: Key<u64> = Key { field: "seq", expected: "each message once", show: u64::to_string };
const HANDLE: Key<Handle> = Key { field: "handle", expected: "each handle once", show: Handle::to_string };
const GAUGE: Key<Text> = Key { field: "name", expected: "each gauge once", show: |name| format!("`{name}`") };

impl TryFrom<v1::ProcessCut> for ProcessCut {
    type Error = DecodeError;

    fn try_from(wire: v1::ProcessCut) -> Decoded<Self> {
        let cut = ProcessCut {
            facts: read_facts(wire.facts, "facts")?,
            gauges: read_gauges(wire.gauges)?,
            sending: map(wire.sending, "sending", &LANE, |w| {
                Ok((lane_id(w.lane)?, Arc::new(w.try_into()?)))
            })?,
            retired: ranges(wire.retired, "retired")?,
            met: incarnations(wire.met, "met")?,
            receiving: read_receiving(wire.receiving)?,
            ended_peers: deaths(wire.ended_peers, "endedPeers")?,
            unstamped: wire.unstamped,
            clock: optional(wire.clock, "clock")?,
            at: Millis(wire.at_ms),
        };
        match cut.sending.keys().find(|lane| cut.has_retired(**lane)) {
            Some(lane) => Err(DecodeError::duplicate(lane.0, "no lane that is in `sending`").at("retired")),
            None => Ok(cut),
        }
    }
}

impl From<&ProcessCut> for v1::ProcessCut {
    fn from(cut: &ProcessCut) -> Self {
        v1::ProcessCut {
            facts: cut.facts.iter().map(Into::into).collect(),
            gauges: write_gauges(&cut.gauges),
            sending: cut.sending.iter().map(|(lane, sending)| (lane, &**sending).into()).collect(),
            receiving: cut.receiving.iter().map(Into::into).collect(),
            ended_peers: cut.ended_peers.iter().map(|(p, since)| write_death((*p, *since))).collect(),
            unstamped: cut.unstamped,
            clock: cut.clock.as_ref().map(Into::into),
            at_ms: cut.at.0,
            application_state: None,
            retired: write_ranges(&cut.retired),
            met: write_incarnations(&cut.met),
        }
    }
}

pub(super) fn read_facts(wire: Vec<v1::RecordedFact>, field: &str) -> Decoded<BTreeMap<Handle, Recorded>> {
    map(wire, field, &HANDLE, TryInto::try_into)
}

/// Gauges that are zero are left out: a gauge that is not named is zero.
pub(super) fn read_gauges(wire: Vec<v1::Gauge>) -> Decoded<BTreeMap<Text, i64>> {
    let mut gauges = map(wire, "gauges", &GAUGE, |w| Ok((text(&w.name, "name")?, w.amount)))?;
    gauges.retain(|_, amount| *amount != 0);
    Ok(gauges)
}

pub(super) fn write_gauges(gauges: &BTreeMap<Text, i64>) -> Vec<v1::Gauge> {
    gauges.iter().map(|(name, amount)| v1::Gauge { name: name.to_string(), amount: *amount }).collect()
}

pub(super) fn read_receiving(wire: Vec<v1::Receiving>) -> Decoded<BTreeMap<LaneRef, Receiving>> {
    map(wire, "receiving", &LANE_REF, TryInto::try_into)
}

fn read_annotations(wire: Vec<v1::Annotation>) -> Decoded<Annotations> {
    list::<_, Annotation, Annotations>(wire, "annotations")
}

pub(super) fn read_end(wire: Option<v1::LaneEnd>) -> Decoded<LaneEnd> {
    message(wire, "to", END)
}

pub(super) fn read_order(value: i32) -> Decoded<Order> {
    const EXPECTED: &str = "LANE_ORDER_FIFO or LANE_ORDER_UNORDERED";
    match v1::LaneOrder::try_from(value) {
        Ok(v1::LaneOrder::Fifo) => Ok(Order::Fifo),
        Ok(v1::LaneOrder::Unordered) => Ok(Order::Unordered),
        Ok(v1::LaneOrder::Unspecified) => Err(DecodeError::missing(EXPECTED)),
        Err(_) => Err(DecodeError::new(Problem::UnknownValue(value), EXPECTED)),
    }
    .at("order")
}

pub(super) const fn write_order(order: Order) -> i32 {
    match order {
        Order::Fifo => v1::LaneOrder::Fifo as i32,
        Order::Unordered => v1::LaneOrder::Unordered as i32,
    }
}

impl TryFrom<v1::LaneEnd> for LaneEnd {
    type Error = DecodeError;

    fn try_from(wire: v1::LaneEnd) -> Decoded<Self> {
        use v1::lane_end::End;
        match wire.end {
            Some(End::Peer(process)) => Ok(LaneEnd::Peer(Incarnation(process))),
            Some(End::Sole(v1::Sole {})) => Ok(LaneEnd::Sole),
            Some(End::Group(v1::Group {})) => Ok(LaneEnd::Group),
            None => Err(DecodeError::missing("one of peer, sole, group")),
        }
    }
}

impl From<&LaneEnd> for v1::LaneEnd {
    fn from(end: &LaneEnd) -> Self {
        use v1::lane_end::End;
        let end = match end {
            LaneEnd::Peer(process) => End::Peer(process.0),
            LaneEnd::Sole => End::Sole(v1::Sole {}),
            LaneEnd::Group => End::Group(v1::Group {}),
        };
        v1::LaneEnd { end: Some(end) }
    }
}

impl TryFrom<v1::Sending> for Sending {
    type Error = DecodeError;

    fn try_from(wire: v1::Sending) -> Decoded<Self> {
        let sent = wire.sent;
        let (outstanding, annotations) = read_log(wire.log, "log", wire.plain, sent)?;
        let lane = Sending {
            to: read_end(wire.to)?,
            order: read_order(wire.order)?,
            sent,
            outstanding,
            annotations,
            doubtful: sent_ranges(wire.doubtful, "doubtful", sent)?,
            collapsed: sent_ranges(wire.collapsed, "collapsed", sent)?,
            unreceived: sent_ranges(wire.unreceived, "unreceived", sent)?,
            expired: sent_ranges(wire.expired, "expired", sent)?,
            settled_by: incarnations(wire.settled_by, "settledBy")?,
        };
        if let Some(seq) = lane.outstanding.intersection(&lane.collapsed).first() {
            return Err(DecodeError::duplicate(seq, "no message of the log").at("collapsed"));
        }
        let mut others = lane.doubtful.clone();
        others.subtract(&lane.outstanding);
        match others.first() {
            Some(seq) => Err(DecodeError::invalid(seq, "messages of the log, or plain").at("doubtful")),
            None => Ok(lane),
        }
    }
}

impl From<(&LaneId, &Sending)> for v1::Sending {
    fn from((lane, sending): (&LaneId, &Sending)) -> Self {
        let (log, plain) = write_log(&sending.outstanding, &sending.annotations);
        v1::Sending {
            lane: Some(lane.0),
            to: Some((&sending.to).into()),
            order: write_order(sending.order),
            sent: sending.sent,
            log,
            plain,
            doubtful: write_ranges(&sending.doubtful),
            collapsed: write_ranges(&sending.collapsed),
            unreceived: write_ranges(&sending.unreceived),
            expired: write_ranges(&sending.expired),
            settled_by: write_incarnations(&sending.settled_by),
        }
    }
}

/// Outstanding messages, and what those carry that carry anything.
pub(super) type Log = (RangeSet, Carried);

/// Reads messages that carry something from `field`, and those that carry nothing.
pub(super) fn read_log(
    carriers: Vec<v1::Outstanding>,
    field: &str,
    plain: Vec<v1::SequenceRange>,
    sent: u64,
) -> Decoded<Log> {
    let annotations: BTreeMap<u64, Annotations> =
        map(carriers, field, &SEQ, |w| Ok((sent_seq(w.seq, sent)?, read_annotations(w.annotations)?)))?;
    let plain = sent_ranges(plain, "plain", sent)?;
    let mut outstanding: RangeSet = annotations.keys().copied().collect();
    if let Some(seq) = outstanding.intersection(&plain).first() {
        return Err(DecodeError::duplicate(seq, "messages that carry nothing").at("plain"));
    }
    outstanding.union(&plain);
    Ok((outstanding, annotations.into_iter().collect()))
}

/// Messages that carry something, and those that carry nothing.
pub(super) fn write_log(
    outstanding: &RangeSet,
    annotations: &Carried,
) -> (Vec<v1::Outstanding>, Vec<v1::SequenceRange>) {
    let carrier = |(seq, carried): (u64, &Annotations)| v1::Outstanding {
        seq: Some(seq),
        annotations: write(carried.iter()),
    };
    let mut plain = outstanding.clone();
    plain.subtract(&annotations.numbers());
    (annotations.iter().map(carrier).collect(), write_ranges(&plain))
}

/// The number of a message that has been sent.
fn sent_seq(value: Option<u64>, sent: u64) -> Decoded<u64> {
    let seq = seq(value)?;
    if seq > sent {
        return Err(DecodeError::invalid(seq, "a number of at most `sent`").at("seq"));
    }
    Ok(seq)
}

/// Numbers of messages that have been sent.
fn sent_ranges(wire: Vec<v1::SequenceRange>, field: &str, sent: u64) -> Decoded<RangeSet> {
    let set = ranges(wire, field)?;
    match set.last() {
        Some(last) if last > sent => Err(DecodeError::invalid(last, "numbers of at most `sent`").at(field)),
        _ => Ok(set),
    }
}

impl TryFrom<v1::Receiving> for (LaneRef, Receiving) {
    type Error = DecodeError;

    fn try_from(wire: v1::Receiving) -> Decoded<Self> {
        let lane = message(wire.lane, "lane", "the lane on which was received")?;
        let receiving = Receiving {
            received: open_ranges(wire.received, "received", wire.floor)?,
            floor: wire.floor,
            latest: Epoch(wire.latest),
            ended: wire.ended,
            tombstones: open_ranges(wire.tombstones, "tombstones", wire.floor)?,
            disordered: wire.disordered,
        };
        Ok((lane, receiving))
    }
}

impl From<(&LaneRef, &Receiving)> for v1::Receiving {
    fn from((lane, receiving): (&LaneRef, &Receiving)) -> Self {
        v1::Receiving {
            lane: Some(lane.into()),
            received: write_ranges(&receiving.received),
            floor: receiving.floor,
            latest: receiving.latest.0,
            ended: receiving.ended,
            tombstones: write_ranges(&receiving.tombstones),
            disordered: receiving.disordered,
        }
    }
}

/// Numbers that are not below a floor.
fn open_ranges(wire: Vec<v1::SequenceRange>, field: &str, floor: u64) -> Decoded<RangeSet> {
    let set = ranges(wire, field)?;
    match set.first() {
        Some(first) if first < floor => {
            Err(DecodeError::invalid(first, "numbers not below the floor").at(field))
        }
        _ => Ok(set),
    }
}

impl TryFrom<v1::VectorClock> for VectorClock {
    type Error = DecodeError;

    fn try_from(wire: v1::VectorClock) -> Decoded<Self> {
        const PROCESS: Key<Incarnation> =
            Key { field: "process", expected: "each process once", show: |p| p.0.to_string() };
        map(wire.entries, "entries", &PROCESS, |w| Ok((process(w.process)?, w.events))).map(VectorClock)
    }
}

impl From<&VectorClock> for v1::VectorClock {
    fn from(clock: &VectorClock) -> Self {
        let entry = |(process, events): (&Incarnation, &u64)| v1::ClockEntry {
            process: Some(process.0),
            events: *events,
        };
        v1::VectorClock { entries: clock.0.iter().map(entry).collect() }
    }
}

/// The epoch of a document, which must be there.
pub(super) fn read_epoch(value: Option<u64>) -> Decoded<Epoch> {
    scalar(value, "epoch", "the number of the round").map(Epoch)
}
