//! Reports in parts.
//!
//! A part is a share of the lists of the delta. A lane is shared as well: where a part begins with the lane that
//! the part before ended with, its lists go on there.

use super::super::decode::Decoded;
use super::super::error::{At, DecodeError, Problem};
use super::super::v1;
use prost::Message;

/// The size that the parts of a report aim at, in bytes.
pub const CHUNK: usize = 1 << 20;

/// A field of a message: its tag, the length and the content.
fn field(content: usize) -> usize {
    1 + prost::length_delimiter_len(content) + content
}

/// A message as an element of a list.
fn element<M: Message>(message: &M) -> usize {
    field(message.encoded_len())
}

/// A scalar as an element of a list, at its longest.
fn number<T>(_: &T) -> usize {
    10
}

/// Puts the content of a delta into parts.
struct Splitter {
    target: usize,
    size: usize,
    part: v1::Delta,
    parts: Vec<v1::Delta>,
}

/// Puts a delta into parts that have about `target` bytes each, one at least.
pub(super) fn split(delta: v1::Delta, target: usize) -> Vec<v1::Delta> {
    if delta.encoded_len() <= target {
        return vec![delta];
    }
    let mut splitter = Splitter { target, size: 0, part: v1::Delta::default(), parts: Vec::new() };
    splitter.delta(delta);
    splitter.parts.push(splitter.part);
    splitter.parts
}

impl Splitter {
    /// Begins another part if this one has no room for so many bytes more.
    fn room(&mut self, bytes: usize) {
        if self.size > 0 && self.size + bytes > self.target {
            self.parts.push(std::mem::take(&mut self.part));
            self.size = 0;
        }
        self.size += bytes;
    }

    fn spread<T>(
        &mut self,
        items: Vec<T>,
        size: fn(&T) -> usize,
        list: impl Fn(&mut v1::Delta) -> &mut Vec<T>,
    ) {
        for item in items {
            self.room(size(&item));
            list(&mut self.part).push(item);
        }
    }

    fn delta(&mut self, delta: v1::Delta) {
        let v1::Delta {
            inserted,
            removed,
            gauges,
            sending,
            receiving,
            ended_peers,
            unstamped,
            clock,
            retired,
            met,
            crossed,
            forgotten,
        } = delta;
        self.room(10 + clock.as_ref().map_or(0, element));
        self.part.unstamped = unstamped;
        self.part.clock = clock;
        self.spread(inserted, element, |d| &mut d.inserted);
        self.spread(removed, number, |d| &mut d.removed);
        self.spread(gauges, element, |d| &mut d.gauges);
        self.spread(ended_peers, element, |d| &mut d.ended_peers);
        self.spread(retired, element, |d| &mut d.retired);
        self.spread(met, number, |d| &mut d.met);
        self.spread(crossed, element, |d| &mut d.crossed);
        self.spread(forgotten, element, |d| &mut d.forgotten);
        for lane in sending {
            self.sending(lane);
        }
        for lane in receiving {
            self.receiving(lane);
        }
    }

    fn sending(&mut self, mut lane: v1::SendingDelta) {
        let id = lane.lane;
        let added = std::mem::take(&mut lane.added);
        let plain = std::mem::take(&mut lane.plain);
        let settled = std::mem::take(&mut lane.settled);
        let doubted = std::mem::take(&mut lane.doubted);
        let collapsed = std::mem::take(&mut lane.collapsed);
        let unreceived = std::mem::take(&mut lane.unreceived);
        let expired = std::mem::take(&mut lane.expired);
        let settled_by = std::mem::take(&mut lane.settled_by);
        self.room(element(&lane));
        self.part.sending.push(lane);
        self.spread(added, element, |d| &mut sending(d, id).added);
        self.spread(plain, element, |d| &mut sending(d, id).plain);
        self.spread(settled, element, |d| &mut sending(d, id).settled);
        self.spread(doubted, element, |d| &mut sending(d, id).doubted);
        self.spread(collapsed, element, |d| &mut sending(d, id).collapsed);
        self.spread(unreceived, element, |d| &mut sending(d, id).unreceived);
        self.spread(expired, element, |d| &mut sending(d, id).expired);
        self.spread(settled_by, number, |d| &mut sending(d, id).settled_by);
    }

    fn receiving(&mut self, mut lane: v1::Receiving) {
        let id = lane.lane;
        let received = std::mem::take(&mut lane.received);
        let tombstones = std::mem::take(&mut lane.tombstones);
        self.room(element(&lane));
        self.part.receiving.push(lane);
        self.spread(received, element, |d| &mut receiving(d, id).received);
        self.spread(tombstones, element, |d| &mut receiving(d, id).tombstones);
    }
}

/// The last lane of the part, if it is this one; else it is continued here.
fn sending(part: &mut v1::Delta, id: Option<u32>) -> &mut v1::SendingDelta {
    let lanes = &mut part.sending;
    if lanes.last().is_none_or(|last| last.lane != id) {
        lanes.push(v1::SendingDelta { lane: id, ..Default::default() });
    }
    let last = lanes.len() - 1;
    &mut lanes[last]
}

/// The last lane of the part, if it is this one; else it is continued here.
fn receiving(part: &mut v1::Delta, id: Option<v1::LaneRef>) -> &mut v1::Receiving {
    let lanes = &mut part.receiving;
    if lanes.last().is_none_or(|last| last.lane != id) {
        lanes.push(v1::Receiving { lane: id, ..Default::default() });
    }
    let last = lanes.len() - 1;
    &mut lanes[last]
}

/// A report of which not every part has come.
#[derive(Clone, Debug)]
pub(super) struct Assembly {
    pub(super) header: v1::ReportHeader,
    pub(super) delta: v1::Delta,
    bytes: usize,
}

impl Assembly {
    pub(super) fn new(header: v1::ReportHeader) -> Self {
        Assembly { header, delta: v1::Delta::default(), bytes: 0 }
    }

    /// Takes a part. All together may have `limit` bytes.
    pub(super) fn take(&mut self, part: v1::Delta, limit: usize) -> Decoded<()> {
        self.bytes = self.bytes.saturating_add(part.encoded_len());
        if self.bytes > limit {
            let problem = Problem::TooLarge { bytes: self.bytes, limit };
            return Err(DecodeError::new(problem, "a report within the limit"));
        }
        let v1::Delta {
            inserted,
            removed,
            gauges,
            sending,
            receiving,
            ended_peers,
            unstamped,
            clock,
            retired,
            met,
            crossed,
            forgotten,
        } = part;
        let delta = &mut self.delta;
        delta.inserted.extend(inserted);
        delta.removed.extend(removed);
        delta.gauges.extend(gauges);
        delta.ended_peers.extend(ended_peers);
        delta.retired.extend(retired);
        delta.met.extend(met);
        delta.crossed.extend(crossed);
        delta.forgotten.extend(forgotten);
        if unstamped != 0 {
            if delta.unstamped != 0 {
                return Err(DecodeError::duplicate("it", "one part with it").at("unstamped"));
            }
            delta.unstamped = unstamped;
        }
        if clock.is_some() {
            if delta.clock.is_some() {
                return Err(DecodeError::duplicate("it", "one part with it").at("clock"));
            }
            delta.clock = clock;
        }
        let mut lanes = sending.into_iter();
        if let (Some(last), Some(first)) = (delta.sending.last_mut(), lanes.as_slice().first())
            && last.lane == first.lane
            && let Some(first) = lanes.next()
        {
            continue_sending(last, first).at_index(0).at("sending")?;
        }
        delta.sending.extend(lanes);
        let mut lanes = receiving.into_iter();
        if let (Some(last), Some(first)) = (delta.receiving.last_mut(), lanes.as_slice().first())
            && last.lane == first.lane
            && let Some(first) = lanes.next()
        {
            continue_receiving(last, first).at_index(0).at("receiving")?;
        }
        delta.receiving.extend(lanes);
        Ok(())
    }
}

const CONTINUED: &str = "nothing but lists where a lane is continued";

fn continue_sending(lane: &mut v1::SendingDelta, more: v1::SendingDelta) -> Decoded<()> {
    if more.opened.is_some() {
        return Err(DecodeError::duplicate("it", CONTINUED).at("opened"));
    }
    if more.sent != 0 {
        return Err(DecodeError::duplicate("it", CONTINUED).at("sent"));
    }
    lane.added.extend(more.added);
    lane.plain.extend(more.plain);
    lane.settled.extend(more.settled);
    lane.doubted.extend(more.doubted);
    lane.collapsed.extend(more.collapsed);
    lane.unreceived.extend(more.unreceived);
    lane.expired.extend(more.expired);
    lane.settled_by.extend(more.settled_by);
    Ok(())
}

fn continue_receiving(lane: &mut v1::Receiving, more: v1::Receiving) -> Decoded<()> {
    let again = [
        ("floor", more.floor != 0),
        ("latest", more.latest != 0),
        ("ended", more.ended),
        ("disordered", more.disordered.is_some()),
    ];
    if let Some((field, _)) = again.iter().find(|(_, set)| *set) {
        return Err(DecodeError::duplicate("it", CONTINUED).at(field));
    }
    lane.received.extend(more.received);
    lane.tombstones.extend(more.tombstones);
    Ok(())
}
