//! Where a stamp travels: the header `stillpoint` of HTTP and gRPC, or bytes.
//!
//! One short ASCII form serves all (see [`stillpoint_proto::stamp`]). It has a header of its own: intermediaries
//! copy `baggage` onto new messages, and a stale colour would leak.

use http::header::{HeaderMap, HeaderName, HeaderValue};
use stillpoint_proto::stamp::{MalformedStamp, Stamp};

/// The header, and the key in gRPC metadata, that carries a stamp.
pub const HEADER: HeaderName = HeaderName::from_static("stillpoint");

/// Puts a stamp into headers (or gRPC metadata, by `metadata.as_mut()`), in place of any other.
pub fn inject(stamp: &Stamp, headers: &mut HeaderMap) {
    // The form is ASCII without control characters, so it is a header value.
    if let Ok(value) = HeaderValue::try_from(stamp.to_string()) {
        headers.insert(HEADER, value);
    }
}

/// Takes the stamp out of headers; `None` if there is none.
///
/// # Errors
/// [`MalformedStamp`] if what is there is no stamp; the message is to be treated as unstamped.
pub fn extract(headers: &HeaderMap) -> Result<Option<Stamp>, MalformedStamp> {
    let Some(value) = headers.get(HEADER) else { return Ok(None) };
    let text = value.to_str().map_err(|_| MalformedStamp::Version(String::from("not ASCII")))?;
    text.parse().map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use stillpoint_proto::id::{DeploymentId, Epoch, Incarnation, LaneId, MessageId};
    use stillpoint_proto::refused::Refused;

    #[test]
    fn a_stamp_comes_back_from_headers() {
        let id = MessageId::new(Incarnation(7), LaneId(1), 3);
        let (epoch, deployment) = (Epoch(2), DeploymentId(9));
        let (heard, acks) = (Refused::new(), Vec::new());
        let stamp = Stamp { deployment, id, epoch, heard, floor: 1, acks, clock: None };
        let mut headers = HeaderMap::new();
        assert_eq!(extract(&headers), Ok(None));
        inject(&stamp, &mut headers);
        assert_eq!(extract(&headers), Ok(Some(stamp)));
        headers.insert(HEADER, HeaderValue::from_static("garbage"));
        assert!(extract(&headers).is_err());
    }
}
