//! What changed in a process between two cuts.

use super::cut::{
    read_end, read_facts, read_gauges, read_log, read_order, read_receiving, write_gauges, write_log,
    write_order,
};
use super::decode::{
    Decoded, Key, deaths, incarnations, list, map, optional, ranges, read_numbers, set, write_death,
    write_incarnations, write_numbers, write_ranges,
};
use super::error::{At, DecodeError};
use super::ids::lane_id;
use super::v1;
use crate::cut::{Delta, LaneEnd, Order, SendingDelta};
use crate::id::{Handle, LaneId, LaneRef};
use std::collections::BTreeSet;

const LANE_OF_OTHERS: Key<LaneRef> =
    Key { field: "lane", expected: "each lane once", show: |lane| lane.to_string() };
const LANE: Key<LaneId> = Key { field: "lane", expected: "each lane once", show: |lane| lane.0.to_string() };

impl TryFrom<v1::Delta> for Delta {
    type Error = DecodeError;

    fn try_from(wire: v1::Delta) -> Decoded<Self> {
        let delta = Delta {
            inserted: read_facts(wire.inserted, "inserted")?,
            removed: set(wire.removed, "removed", "each handle once", Handle)?,
            gauges: read_gauges(wire.gauges)?,
            sending: map(wire.sending, "sending", &LANE, |w| Ok((lane_id(w.lane)?, w.try_into()?)))?,
            retired: ranges(wire.retired, "retired")?,
            met: incarnations(wire.met, "met")?,
            receiving: read_receiving(wire.receiving)?,
            crossed: map(wire.crossed, "crossed", &LANE_OF_OTHERS, read_numbers)?,
            forgotten: list::<_, LaneRef, BTreeSet<_>>(wire.forgotten, "forgotten")?,
            ended_peers: deaths(wire.ended_peers, "endedPeers")?,
            unstamped: wire.unstamped,
            clock: optional(wire.clock, "clock")?,
        };
        if let Some(handle) = delta.removed.iter().find(|h| delta.inserted.contains_key(h)) {
            return Err(DecodeError::duplicate(handle, "no handle that is inserted as well").at("removed"));
        }
        Ok(delta)
    }
}

impl From<&Delta> for v1::Delta {
    fn from(delta: &Delta) -> Self {
        v1::Delta {
            inserted: delta.inserted.iter().map(Into::into).collect(),
            removed: delta.removed.iter().map(|h| h.0).collect(),
            gauges: write_gauges(&delta.gauges),
            sending: delta.sending.iter().map(Into::into).collect(),
            receiving: delta.receiving.iter().map(Into::into).collect(),
            retired: write_ranges(&delta.retired),
            met: write_incarnations(&delta.met),
            crossed: delta.crossed.iter().map(write_numbers).collect(),
            forgotten: delta.forgotten.iter().map(Into::into).collect(),
            ended_peers: delta.ended_peers.iter().map(|(p, since)| write_death((*p, *since))).collect(),
            unstamped: delta.unstamped,
            clock: delta.clock.as_ref().map(Into::into),
        }
    }
}

impl TryFrom<v1::SendingDelta> for SendingDelta {
    type Error = DecodeError;

    fn try_from(wire: v1::SendingDelta) -> Decoded<Self> {
        let sent = wire.sent;
        let (added, annotations) = read_log(wire.added, "added", wire.plain, sent)?;
        Ok(SendingDelta {
            lane: wire.opened.map(read_opened).transpose().at("opened")?,
            sent,
            added,
            annotations,
            settled: ranges(wire.settled, "settled")?,
            doubted: ranges(wire.doubted, "doubted")?,
            collapsed: ranges(wire.collapsed, "collapsed")?,
            unreceived: ranges(wire.unreceived, "unreceived")?,
            expired: ranges(wire.expired, "expired")?,
            settled_by: incarnations(wire.settled_by, "settledBy")?,
            floor: 0,
        })
    }
}

fn read_opened(wire: v1::LaneOpened) -> Decoded<(LaneEnd, Order)> {
    Ok((read_end(wire.to)?, read_order(wire.order)?))
}

impl From<(&LaneId, &SendingDelta)> for v1::SendingDelta {
    fn from((lane, delta): (&LaneId, &SendingDelta)) -> Self {
        let opened = |(to, order): &(LaneEnd, Order)| v1::LaneOpened {
            to: Some(to.into()),
            order: write_order(*order),
        };
        let (added, plain) = write_log(&delta.added, &delta.annotations);
        v1::SendingDelta {
            lane: Some(lane.0),
            opened: delta.lane.as_ref().map(opened),
            sent: delta.sent,
            added,
            plain,
            settled: write_ranges(&delta.settled),
            doubted: write_ranges(&delta.doubted),
            collapsed: write_ranges(&delta.collapsed),
            unreceived: write_ranges(&delta.unreceived),
            expired: write_ranges(&delta.expired),
            settled_by: write_incarnations(&delta.settled_by),
        }
    }
}
