//! The frames of a link as bytes.

use super::LinkError;
use std::str::FromStr;
use stillpoint_proto::id::LaneRef;
use stillpoint_proto::stamp::{MalformedStamp, Marker, Stamp};

pub(super) const HELLO: u8 = 0;
pub(super) const MESSAGE: u8 = 1;
pub(super) const MARKER: u8 = 2;

/// What travels on a link.
pub(super) enum Frame {
    Hello(LaneRef),
    Message(Stamp, Vec<u8>),
    Marker(Marker),
}

pub(super) fn encode(frame: &Frame) -> Vec<u8> {
    let (kind, head, body): (u8, String, &[u8]) = match frame {
        Frame::Hello(lane) => (HELLO, format!("{:x}/{:x}", lane.process.0, lane.lane.0), &[]),
        Frame::Message(stamp, payload) => (MESSAGE, stamp.to_string(), payload),
        Frame::Marker(marker) => (MARKER, marker.to_string(), &[]),
    };
    let prefix = if kind == MESSAGE { 2 } else { 0 };
    let length = prefix + head.len() + body.len();
    let mut bytes = Vec::with_capacity(5 + length);
    bytes.push(kind);
    bytes.extend(u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
    if kind == MESSAGE {
        bytes.extend(u16::try_from(head.len()).unwrap_or(u16::MAX).to_be_bytes());
    }
    bytes.extend(head.as_bytes());
    bytes.extend(body);
    bytes
}

/// Takes the frame of a message apart. A stamp that cannot be read does not cost the application its payload.
pub(super) fn split(body: &[u8]) -> Result<(Result<Stamp, MalformedStamp>, &[u8]), LinkError> {
    let malformed = LinkError::Malformed("a message without a stamp");
    let Some((length, rest)) = body.split_at_checked(2) else { return Err(malformed) };
    let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
    let Some((stamp, payload)) = rest.split_at_checked(length) else { return Err(malformed) };
    Ok((parse(stamp), payload))
}

/// A stamp or a marker.
pub(super) fn parse<T: FromStr<Err = MalformedStamp>>(text: &[u8]) -> Result<T, MalformedStamp> {
    let text = std::str::from_utf8(text).map_err(|_| MalformedStamp::Version(String::from("not UTF-8")))?;
    text.parse()
}
