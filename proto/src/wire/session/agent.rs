//! What an agent says.

use super::super::decode::{Decoded, Key, map, message, ranges, read_name, scalar, text, write_ranges};
use super::super::error::{At, DecodeError};
use super::super::v1;
use super::chunks::{Assembly, CHUNK, split};
use super::{read_rounds, read_versions, write_versions};
use crate::cut::Delta;
use crate::fact::Millis;
use crate::fold::{Piece, Report};
use crate::id::{Epoch, Incarnation, LaneRef};
use crate::lane::Recording;
use crate::refused::Refused;
use crate::session::{FromAgent, Hello, Notice};
use v1::session_request::Message as W;

/// The messages that say it: one, but for a long report.
#[must_use]
pub fn encode(message: &FromAgent) -> Vec<v1::SessionRequest> {
    encode_chunked(message, CHUNK)
}

/// The messages that say it, reports in chunks of about `target` bytes.
#[must_use]
pub fn encode_chunked(message: &FromAgent, target: usize) -> Vec<v1::SessionRequest> {
    let one = |message| vec![v1::SessionRequest { message: Some(message) }];
    match message {
        FromAgent::Hello(hello) => one(W::Hello(hello.into())),
        FromAgent::Report(report) => write_report(report, false, target),
        FromAgent::Goodbye(report) => write_report(report, true, target),
        FromAgent::Recorded(lane, recording) => one(W::Recorded((lane, recording).into())),
        FromAgent::Request => one(W::Wish(v1::SnapshotWish {})),
        FromAgent::Notice(notice) => one(W::Notice(notice.into())),
        FromAgent::Faulty(what) => one(W::Faulty(v1::Faulty { what: what.to_string() })),
    }
}

/// The agent lives.
#[must_use]
pub const fn heartbeat() -> v1::SessionRequest {
    v1::SessionRequest { message: Some(W::Heartbeat(v1::Heartbeat {})) }
}

fn write_report(report: &Report, goodbye: bool, target: usize) -> Vec<v1::SessionRequest> {
    let piece = &report.piece;
    let mut header = Some(v1::ReportHeader {
        base: report.base.map(|base| base.0),
        from: Some(piece.from.0),
        to: Some(piece.to.0),
        at_ms: piece.at.0,
        checksum: Some(piece.checksum),
        heard: write_ranges(piece.heard.as_numbers()),
        goodbye,
    });
    let parts = split((&piece.delta).into(), target);
    let last = parts.len() - 1;
    let chunk = |(i, delta)| {
        let chunk = v1::ReportChunk { header: header.take(), delta: Some(delta), last: i == last };
        v1::SessionRequest { message: Some(W::Report(chunk)) }
    };
    parts.into_iter().enumerate().map(chunk).collect()
}

/// Reads the messages of one session, in their order.
///
/// Bounds: of a report that has not ended, no more than the limit is kept, as counted in the bytes of its
/// messages. After an error the decoder keeps nothing, and the session is of no use any more.
#[derive(Clone, Debug)]
pub struct SessionDecoder {
    limit: usize,
    begun: Option<Assembly>,
}

impl Default for SessionDecoder {
    fn default() -> Self {
        Self::new()
    }
}

impl SessionDecoder {
    /// How many bytes a report may have unless the decoder is told otherwise.
    pub const LIMIT: usize = 256 << 20;

    /// A decoder for a session in which nothing has been said.
    #[must_use]
    pub const fn new() -> Self {
        Self::with_limit(Self::LIMIT)
    }

    /// The same with another limit on the bytes of a report.
    #[must_use]
    pub const fn with_limit(limit: usize) -> Self {
        SessionDecoder { limit, begun: None }
    }

    /// Takes a message. Nothing comes of a heartbeat, nor of a chunk before the last.
    ///
    /// # Errors
    /// [`DecodeError`] if the message is not what it should be, if it is out of place, or if a report exceeds the
    /// limit.
    pub fn decode(&mut self, request: v1::SessionRequest) -> Decoded<Option<FromAgent>> {
        let begun = self.begun.take();
        match request.message {
            Some(W::Report(chunk)) => self.chunk(begun, chunk).at("report"),
            Some(W::Heartbeat(v1::Heartbeat {})) => {
                self.begun = begun;
                Ok(None)
            }
            other if begun.is_some() => {
                let what = format!("{} inside a report", other.as_ref().map_or("nothing", name));
                Err(DecodeError::invalid(what, "the next chunk of the report or a heartbeat"))
            }
            Some(W::Hello(w)) => w.try_into().map(FromAgent::Hello).at("hello").map(Some),
            Some(W::Recorded(w)) => read_recorded(w).at("recorded").map(Some),
            Some(W::Wish(v1::SnapshotWish {})) => Ok(Some(FromAgent::Request)),
            Some(W::Notice(w)) => w.try_into().map(FromAgent::Notice).at("notice").map(Some),
            Some(W::Faulty(w)) => {
                text(&w.what, "what").at("faulty").map(|what| Some(FromAgent::Faulty(what)))
            }
            None => {
                Err(DecodeError::missing("one of hello, report, recorded, wish, notice, faulty, heartbeat"))
            }
        }
    }

    fn chunk(&mut self, begun: Option<Assembly>, chunk: v1::ReportChunk) -> Decoded<Option<FromAgent>> {
        let mut assembly = match (begun, chunk.header) {
            (None, Some(header)) => Assembly::new(header),
            (Some(assembly), None) => assembly,
            (None, None) => {
                return Err(DecodeError::missing("the header on the first chunk of a report").at("header"));
            }
            (Some(_), Some(_)) => {
                let expected = "the last chunk of a report before the first of the next";
                return Err(DecodeError::duplicate("it", expected).at("header"));
            }
        };
        let delta = scalar(chunk.delta, "delta", "a part of what changed")?;
        assembly.take(delta, self.limit).at("delta")?;
        if chunk.last {
            return read_report(assembly).map(Some);
        }
        self.begun = Some(assembly);
        Ok(None)
    }
}

const fn name(message: &W) -> &'static str {
    match message {
        W::Hello(_) => "hello",
        W::Report(_) => "report",
        W::Recorded(_) => "recorded",
        W::Wish(_) => "wish",
        W::Notice(_) => "notice",
        W::Faulty(_) => "faulty",
        W::Heartbeat(_) => "heartbeat",
    }
}

fn read_report(assembly: Assembly) -> Decoded<FromAgent> {
    let header = assembly.header;
    let (from, to) = read_rounds(header.from, header.to).at("header")?;
    let checksum = scalar(header.checksum, "checksum", "the checksum of the state").at("header")?;
    let delta: Delta = assembly.delta.try_into().at("delta")?;
    let heard = read_heard(header.heard).at("header")?;
    let piece = Piece { from, to, delta, at: Millis(header.at_ms), checksum, heard };
    let report = Report { base: header.base.map(Epoch), piece };
    Ok(if header.goodbye { FromAgent::Goodbye(report) } else { FromAgent::Report(report) })
}

fn read_heard(values: Vec<v1::SequenceRange>) -> Decoded<Refused> {
    if values.len() > Refused::MOST {
        return Err(DecodeError::invalid(format!("{} ranges", values.len()), "at most 5").at("heard"));
    }
    ranges(values, "heard").map(Refused::of)
}

impl TryFrom<v1::Hello> for Hello {
    type Error = DecodeError;

    fn try_from(wire: v1::Hello) -> Decoded<Self> {
        const INCARNATION: &str = "the incarnation of the process";
        let versions = scalar(wire.versions, "versions", "the versions that the agent speaks")?;
        Ok(Hello {
            name: read_name(&wire.name, "name")?,
            incarnation: Incarnation(scalar(wire.incarnation, "incarnation", INCARNATION)?),
            deployment: super::super::snapshot::read_deployment(wire.deployment)?,
            versions: read_versions(&versions).at("versions")?,
            epoch: Epoch(scalar(wire.epoch, "epoch", "the epoch of the process")?),
        })
    }
}

impl From<&Hello> for v1::Hello {
    fn from(hello: &Hello) -> Self {
        v1::Hello {
            name: hello.name.to_string(),
            incarnation: Some(hello.incarnation.0),
            deployment: Some(hello.deployment.0),
            versions: Some(write_versions(hello.versions)),
            epoch: Some(hello.epoch.0),
        }
    }
}

fn read_recorded(wire: v1::RecordedLane) -> Decoded<FromAgent> {
    const EPOCH: Key<Epoch> = Key { field: "epoch", expected: "each epoch once", show: |e| e.0.to_string() };
    let lane: LaneRef = message(wire.lane, "lane", "the lane that was recorded")?;
    let (from, to) = read_rounds(wire.from, wire.to)?;
    let by_epoch = map(wire.numbers, "numbers", &EPOCH, |w| {
        let epoch = scalar(w.epoch, "epoch", "the epoch of the stamps")?;
        Ok((Epoch(epoch), ranges(w.numbers, "numbers")?))
    })?;
    Ok(FromAgent::Recorded(lane, Recording { from, to, by_epoch }))
}

impl From<(&LaneRef, &Recording)> for v1::RecordedLane {
    fn from((lane, recording): (&LaneRef, &Recording)) -> Self {
        let numbers = recording.by_epoch.iter().map(|(epoch, numbers)| v1::RecordedNumbers {
            epoch: Some(epoch.0),
            numbers: write_ranges(numbers),
        });
        v1::RecordedLane {
            lane: Some(lane.into()),
            from: Some(recording.from.0),
            to: Some(recording.to.0),
            numbers: numbers.collect(),
        }
    }
}

impl TryFrom<v1::Notice> for Notice {
    type Error = DecodeError;

    fn try_from(wire: v1::Notice) -> Decoded<Self> {
        use v1::notice::Notice as N;
        match wire.notice {
            Some(N::Refused(w)) => read_refused(&w).at("refused"),
            Some(N::Late(w)) => w.try_into().map(Notice::Late).at("late"),
            Some(N::Redelivered(w)) => w.try_into().map(Notice::Redelivered).at("redelivered"),
            Some(N::Dropped(count)) => Ok(Notice::Dropped(count)),
            None => Err(DecodeError::missing("one of refused, late, redelivered, dropped")),
        }
    }
}

fn read_refused(wire: &v1::RefusedStamp) -> Decoded<Notice> {
    let from = scalar(wire.from, "from", "the incarnation whose stamp it is")?;
    let epoch = scalar(wire.epoch, "epoch", "the epoch of the stamp")?;
    Ok(Notice::Refused { from: Incarnation(from), epoch: Epoch(epoch) })
}

impl From<&Notice> for v1::Notice {
    fn from(notice: &Notice) -> Self {
        use v1::notice::Notice as N;
        let notice = match notice {
            Notice::Refused { from, epoch } => {
                N::Refused(v1::RefusedStamp { from: Some(from.0), epoch: Some(epoch.0) })
            }
            Notice::Late(message) => N::Late(message.into()),
            Notice::Redelivered(message) => N::Redelivered(message.into()),
            Notice::Dropped(count) => N::Dropped(*count),
        };
        v1::Notice { notice: Some(notice) }
    }
}
