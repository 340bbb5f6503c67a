//! Stamps: what every message carries so that rounds can cut between messages.
//!
//! One short ASCII form with a version serves every carrier (bytes of a frame, an HTTP header, gRPC metadata):
//!
//! ```text
//! 1;<deployment>;<incarnation>;<lane>;<seq>;<epoch>;<seq - floor>[;h<ranges>][;a<incarnation>.<lane>.<ranges>]…[;v…]
//! ```
//!
//! All numbers are hexadecimal without leading zeros; ranges are `first-last` or `n`, joined by commas. Unknown
//! trailing fields are ignored, so that later versions may add some.

use crate::clock::VectorClock;
use crate::id::{DeploymentId, Epoch, Incarnation, LaneId, LaneRef, MessageId};
use crate::ranges::RangeSet;
use crate::refused::Refused;
use std::fmt;
use std::str::FromStr;

/// What a message carries.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// The universe of epochs.
    pub deployment: DeploymentId,
    /// The message's identity: who sent it, on which lane, with which number.
    pub id: MessageId,
    /// The sender's epoch when it sent.
    pub epoch: Epoch,
    /// Epochs above its own that the sender had heard of and could not admit. The message may depend on events of each,
    /// so whoever receives it treats it as a stamp of each.
    pub heard: Refused,
    /// Every lower number of the lane is settled. At most the number of the message.
    pub floor: u64,
    /// What the sender has received, for those who sent it.
    pub acks: Vec<Ack>,
    /// In verification mode: the clock of the sending event.
    pub clock: Option<VectorClock>,
}

/// An acknowledgement: messages of a lane that the sender of the stamp has received.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ack {
    /// Whose lane, and which.
    pub lane: LaneRef,
    /// Which messages.
    pub received: RangeSet,
}

impl Stamp {
    /// How many ranges of acknowledgements a stamp carries at most, over all lanes.
    pub const ACK_RANGES: usize = 4;
    /// The longest ASCII form without a vector clock, in bytes.
    pub const ASCII_LIMIT: usize = 512;
    /// How many processes a vector clock in a stamp may name.
    pub const CLOCK_LIMIT: usize = 1024;

    /// What a process puts on its messages once it has said goodbye: receivers take them for messages without a
    /// stamp. Nothing is recorded of what is sent under it.
    #[must_use]
    pub const fn none(id: MessageId) -> Self {
        let deployment = DeploymentId::NONE;
        Stamp {
            deployment,
            id,
            epoch: Epoch::ZERO,
            heard: Refused::new(),
            floor: id.seq,
            acks: Vec::new(),
            clock: None,
        }
    }

    /// Whether the message may depend on an event of an epoch after `passed` that was given out, if those up to `given`
    /// were.
    #[must_use]
    pub fn is_ahead(&self, passed: Epoch, given: Epoch) -> bool {
        let ahead = |epoch| epoch > passed && epoch <= given;
        ahead(self.epoch) || self.heard.is_void(passed.next(), given)
    }
}

/// A marker: on a FIFO link, "all that follows is of this epoch or later, and so much came before".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Marker {
    /// The universe of epochs.
    pub deployment: DeploymentId,
    /// The lane that it travels on.
    pub lane: LaneRef,
    /// The sender's epoch.
    pub epoch: Epoch,
    /// The number of the last message sent before it.
    pub sent: u64,
    /// In verification mode: the sender's clock.
    pub clock: Option<VectorClock>,
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let MessageId { lane: LaneRef { process, lane }, seq } = self.id;
        let (deployment, epoch, behind) = (self.deployment.0, self.epoch.0, seq.saturating_sub(self.floor));
        write!(f, "1;{deployment:x};{:x};{:x};{seq:x};{epoch:x};{behind:x}", process.0, lane.0)?;
        if !self.heard.is_empty() {
            write!(f, ";h")?;
            write_ranges(f, self.heard.as_numbers())?;
        }
        for ack in &self.acks {
            write!(f, ";a{:x}.{:x}.", ack.lane.process.0, ack.lane.lane.0)?;
            write_ranges(f, &ack.received)?;
        }
        write_clock(f, self.clock.as_ref())
    }
}

fn write_ranges(f: &mut fmt::Formatter<'_>, numbers: &RangeSet) -> fmt::Result {
    for (i, (first, last)) in numbers.ranges().enumerate() {
        let comma = if i > 0 { "," } else { "" };
        match first == last {
            true => write!(f, "{comma}{first:x}")?,
            false => write!(f, "{comma}{first:x}-{last:x}")?,
        }
    }
    Ok(())
}

impl fmt::Display for Marker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LaneRef { process, lane } = self.lane;
        let (deployment, epoch, sent) = (self.deployment.0, self.epoch.0, self.sent);
        write!(f, "1;{deployment:x};{:x};{:x};{epoch:x};{sent:x}", process.0, lane.0)?;
        write_clock(f, self.clock.as_ref())
    }
}

fn write_clock(f: &mut fmt::Formatter<'_>, clock: Option<&VectorClock>) -> fmt::Result {
    if let Some(clock) = clock {
        f.write_str(";v")?;
        for (i, (process, events)) in clock.0.iter().enumerate() {
            let comma = if i > 0 { "," } else { "" };
            write!(f, "{comma}{:x}.{events:x}", process.0)?;
        }
    }
    Ok(())
}

/// Why a text is no stamp or marker.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MalformedStamp {
    /// It begins with a version that this release does not read.
    #[error("version `{0}` of the stamp is not known: this release reads version 1")]
    Version(String),
    /// A field is missing.
    #[error("the stamp has no {0}")]
    Missing(&'static str),
    /// A field is no hexadecimal number in its range.
    #[error("the stamp's {0} is no hexadecimal number in range")]
    Number(&'static str),
    /// The number of a message is 0, or its floor is not from 1 to it.
    #[error("the stamp's message number is 0 or its floor is not between 1 and it")]
    Floor,
    /// There are more acknowledged ranges, ranges of epochs, or processes in the clock, than a stamp may carry.
    #[error("the stamp carries too many {0}")]
    TooMany(&'static str),
    /// It is longer than any stamp.
    #[error("the stamp is longer than {} bytes", Stamp::ASCII_LIMIT)]
    TooLong,
}

impl FromStr for Stamp {
    type Err = MalformedStamp;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut fields = fields(text)?;
        let deployment = DeploymentId(number(fields.next(), "deployment")?);
        let process = Incarnation(number(fields.next(), "incarnation")?);
        let lane = LaneId(lane_number(fields.next())?);
        let seq = number(fields.next(), "message number")?;
        let epoch = Epoch(number(fields.next(), "epoch")?);
        let behind = number(fields.next(), "floor")?;
        let floor = seq.checked_sub(behind).filter(|floor| *floor > 0).ok_or(MalformedStamp::Floor)?;
        let id = MessageId::new(process, lane, seq);
        let (heard, acks) = (Refused::new(), Vec::new());
        let mut stamp = Stamp { deployment, id, epoch, heard, floor, acks, clock: None };
        let mut ranges = 0;
        for field in fields {
            match field.split_at_checked(1) {
                Some(("h", heard)) => stamp.heard = Refused::of(parse_ranges(heard, Refused::MOST, &HEARD)?),
                Some(("a", ack)) => {
                    let ack = parse_ack(ack)?;
                    ranges += ack.received.ranges().len();
                    if ranges > Stamp::ACK_RANGES {
                        return Err(MalformedStamp::TooMany(ACKNOWLEDGED.many));
                    }
                    stamp.acks.push(ack);
                }
                Some(("v", clock)) => stamp.clock = Some(parse_clock(clock)?),
                _ => {}
            }
        }
        Ok(stamp)
    }
}

impl FromStr for Marker {
    type Err = MalformedStamp;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut fields = fields(text)?;
        let deployment = DeploymentId(number(fields.next(), "deployment")?);
        let process = Incarnation(number(fields.next(), "incarnation")?);
        let lane = LaneId(lane_number(fields.next())?);
        let epoch = Epoch(number(fields.next(), "epoch")?);
        let sent = number(fields.next(), "message number")?;
        let mut marker = Marker { deployment, lane: LaneRef { process, lane }, epoch, sent, clock: None };
        for field in fields {
            if let Some(("v", clock)) = field.split_at_checked(1) {
                marker.clock = Some(parse_clock(clock)?);
            }
        }
        Ok(marker)
    }
}

/// Checks length and version, and gives the fields that follow.
fn fields(text: &str) -> Result<std::str::Split<'_, char>, MalformedStamp> {
    if text.len() > Stamp::ASCII_LIMIT && !text.contains(";v") {
        return Err(MalformedStamp::TooLong);
    }
    let mut fields = text.split(';');
    match fields.next() {
        Some("1") => Ok(fields),
        other => Err(MalformedStamp::Version(other.unwrap_or_default().chars().take(16).collect())),
    }
}

fn number(field: Option<&str>, name: &'static str) -> Result<u64, MalformedStamp> {
    let field = field.ok_or(MalformedStamp::Missing(name))?;
    let digits = (1..=16).contains(&field.len()) && field.bytes().all(|b| b.is_ascii_hexdigit());
    if !digits {
        return Err(MalformedStamp::Number(name));
    }
    u64::from_str_radix(field, 16).map_err(|_| MalformedStamp::Number(name))
}

fn lane_number(field: Option<&str>) -> Result<u32, MalformedStamp> {
    u32::try_from(number(field, "lane")?).map_err(|_| MalformedStamp::Number("lane"))
}

fn parse_ack(text: &str) -> Result<Ack, MalformedStamp> {
    let mut parts = text.splitn(3, '.');
    let process = Incarnation(number(parts.next(), "acknowledged incarnation")?);
    let lane = LaneId(lane_number(parts.next())?);
    let ranges = parts.next().ok_or(MalformedStamp::Missing(ACKNOWLEDGED.one))?;
    let received = parse_ranges(ranges, Stamp::ACK_RANGES, &ACKNOWLEDGED)?;
    Ok(Ack { lane: LaneRef { process, lane }, received })
}

/// What ranges are of, for errors.
struct Ranges {
    one: &'static str,
    many: &'static str,
}

const ACKNOWLEDGED: Ranges = Ranges { one: "acknowledged range", many: "acknowledged ranges" };
const HEARD: Ranges = Ranges { one: "range of epochs", many: "ranges of epochs" };

fn parse_ranges(text: &str, most: usize, of: &Ranges) -> Result<RangeSet, MalformedStamp> {
    let mut ranges = RangeSet::new();
    for (i, range) in text.split(',').enumerate() {
        if i >= most {
            return Err(MalformedStamp::TooMany(of.many));
        }
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let (first, last) = (number(Some(first), of.one)?, number(Some(last), of.one)?);
        if last < first {
            return Err(MalformedStamp::Number(of.one));
        }
        ranges.insert_range(first, last);
    }
    Ok(ranges)
}

fn parse_clock(text: &str) -> Result<VectorClock, MalformedStamp> {
    let mut clock = VectorClock::default();
    for (i, entry) in text.split(',').enumerate() {
        if i >= Stamp::CLOCK_LIMIT {
            return Err(MalformedStamp::TooMany("processes in its clock"));
        }
        let (process, events) = entry.split_once('.').ok_or(MalformedStamp::Missing("clock entry"))?;
        clock.0.insert(Incarnation(number(Some(process), "clock")?), number(Some(events), "clock")?);
    }
    Ok(clock)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp() -> Stamp {
        Stamp {
            deployment: DeploymentId::from_name("prod"),
            id: MessageId::new(Incarnation(0xabc), LaneId(7), 300),
            epoch: Epoch(42),
            heard: Refused::new(),
            floor: 290,
            acks: Vec::new(),
            clock: None,
        }
    }

    #[test]
    fn ascii_form_is_short_and_comes_back() {
        let plain = stamp();
        let text = plain.to_string();
        assert!(text.len() < 64, "{text}");
        assert_eq!(text.parse(), Ok(plain.clone()));

        let lane = LaneRef { process: Incarnation(u64::MAX), lane: LaneId(u32::MAX) };
        let received = [1, 2, 3, 5, u64::MAX].into_iter().collect();
        let mut clock = VectorClock::default();
        clock.tick(Incarnation(3));
        let heard = [99, 1 << 40].map(Epoch).into_iter().collect();
        let full = Stamp { heard, acks: vec![Ack { lane, received }], clock: Some(clock), ..plain };
        assert_eq!(full.to_string().parse(), Ok(full.clone()));
        let ahead = |passed, given| full.is_ahead(Epoch(passed), Epoch(given));
        assert_eq!([ahead(41, 42), ahead(42, 98), ahead(42, 99), ahead(99, 100)], [true, false, true, false]);
    }

    #[test]
    fn the_longest_stamp_is_within_the_limit() {
        let lane = |lane| LaneRef { process: Incarnation(u64::MAX - 1), lane: LaneId(lane) };
        let acks = (0..4)
            .map(|i| Ack { lane: lane(u32::MAX - i), received: RangeSet::span(u64::MAX - 1, u64::MAX) });
        let longest = Stamp {
            deployment: DeploymentId(u64::MAX),
            id: MessageId { lane: lane(u32::MAX), seq: u64::MAX },
            epoch: Epoch(u64::MAX - 9),
            heard: Refused::of((0..15).filter(|i| i % 3 < 2).map(|i| u64::MAX - i).collect()),
            floor: 1,
            acks: acks.collect(),
            clock: None,
        };
        assert_eq!((longest.heard.ranges().len(), longest.acks.len()), (Refused::MOST, Stamp::ACK_RANGES));
        assert_eq!(longest.to_string().parse(), Ok(longest));
    }

    #[test]
    fn what_is_no_stamp_is_named() {
        let good = stamp().to_string();
        let cases = [
            (String::new(), MalformedStamp::Version(String::new())),
            (good.replacen('1', "2", 1), MalformedStamp::Version("2".into())),
            ("1;2;3;4;5".into(), MalformedStamp::Missing("epoch")),
            ("1;2;3;4;0;1;0".into(), MalformedStamp::Floor),
            ("1;2;3;4;5;1;5".into(), MalformedStamp::Floor),
            ("1;2;3;100000000;5;1;1".into(), MalformedStamp::Number("lane")),
            ("1;2;3;4;+5;1;1".into(), MalformedStamp::Number("message number")),
            (format!("{good};a1.1.1,3,5,7,9"), MalformedStamp::TooMany("acknowledged ranges")),
            (format!("{good};h1,3,5,7,9,b,d"), MalformedStamp::TooMany("ranges of epochs")),
            (format!("{good};h1,"), MalformedStamp::Number("range of epochs")),
            (format!("{good};h5-4"), MalformedStamp::Number("range of epochs")),
            (format!("{good};a1.1"), MalformedStamp::Missing("acknowledged range")),
            (format!("{good};a1.1.5-4"), MalformedStamp::Number("acknowledged range")),
            (format!("{good};{}", "z".repeat(600)), MalformedStamp::TooLong),
        ];
        for (text, error) in cases {
            assert_eq!(text.parse::<Stamp>(), Err(error), "{text}");
        }
        assert!(format!("{good};znew-field").parse::<Stamp>().is_ok(), "later versions may add fields");
    }

    #[test]
    fn markers_come_back() {
        let lane = LaneRef { process: Incarnation(1), lane: LaneId(2) };
        let marker = Marker { deployment: DeploymentId(3), lane, epoch: Epoch(4), sent: 5, clock: None };
        assert_eq!(marker.to_string().parse(), Ok(marker));
    }
}
