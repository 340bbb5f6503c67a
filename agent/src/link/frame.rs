//! The frames of a link as bytes.

use super::LinkError;
use std::fmt;
use std::str::FromStr;
use stillpoint_proto::id::{DeploymentId, Incarnation, LaneId, LaneRef};
use stillpoint_proto::stamp::{MalformedStamp, Marker, Stamp};

pub(super) const HELLO: u8 = 0;
pub(super) const MESSAGE: u8 = 1;
pub(super) const MARKER: u8 = 2;

/// Who is at one end of a link: what it says first of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hello {
    pub(super) deployment: DeploymentId,
    pub(super) lane: LaneRef,
}

impl fmt::Display for Hello {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}/{:x}/{:x}", self.deployment.0, self.lane.process.0, self.lane.lane.0)
    }
}

impl Hello {
    /// Reads one. Later versions may append fields.
    pub(super) fn parse(body: &[u8]) -> Option<Hello> {
        let mut fields = std::str::from_utf8(body).ok()?.split('/');
        let deployment = DeploymentId(u64::from_str_radix(fields.next()?, 16).ok()?);
        let process = Incarnation(u64::from_str_radix(fields.next()?, 16).ok()?);
        let lane = LaneId(u32::from_str_radix(fields.next()?, 16).ok()?);
        Some(Hello { deployment, lane: LaneRef { process, lane } })
    }
}

/// What travels on a link.
pub(super) enum Frame {
    Hello(Hello),
    Message(Stamp, Vec<u8>),
    Marker(Marker),
}

pub(super) fn encode(frame: &Frame) -> Vec<u8> {
    let (kind, head, body): (u8, String, &[u8]) = match frame {
        Frame::Hello(hello) => (HELLO, hello.to_string(), &[]),
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
