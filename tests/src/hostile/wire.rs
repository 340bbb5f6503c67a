//! Bytes that are said to be messages of a session, stamps or markers.

use super::bytes::Bytes;
use prost::Message;
use stillpoint_proto::session::FromAgent;
use stillpoint_proto::stamp::{Marker, Stamp};
use stillpoint_proto::wire::session::{FromServer, SessionDecoder, encode};
use stillpoint_proto::wire::v1;

/// *Feeds* a session: messages one after another, each of the length that its first two bytes say, to the decoder that
/// the server has, and each to that of the agent.
///
/// *Must hold*: an error or a value. A value is written and read again as the same; what is not whole is kept within the
/// decoder's limit.
pub fn messages(data: &[u8]) {
    const LIMIT: usize = 1 << 16;
    let mut decoder = SessionDecoder::with_limit(LIMIT);
    let mut rest = data;
    while let [high, low, after @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low])).min(after.len());
        let (message, next) = after.split_at(length);
        rest = next;
        if let Ok(response) = v1::SessionResponse::decode(message)
            && let Ok(said) = FromServer::try_from(response)
        {
            let again = FromServer::try_from(v1::SessionResponse::from(&said));
            assert_eq!(again.as_ref(), Ok(&said), "what the server says comes back");
        }
        let Ok(request) = v1::SessionRequest::decode(message) else { continue };
        match decoder.decode(request) {
            Ok(Some(said)) => comes_back(&said),
            Ok(None) => {}
            // As the server does, which ends the session.
            Err(_) => decoder = SessionDecoder::with_limit(LIMIT),
        }
    }
}

fn comes_back(said: &FromAgent) {
    let mut decoder = SessionDecoder::new();
    let mut again = encode(said).into_iter().filter_map(|part| decoder.decode(part).transpose());
    assert_eq!(again.next(), Some(Ok(said.clone())), "what the agent says comes back");
    assert!(again.next().is_none());
}

/// *Feeds* a text to the readers of stamps and of markers: the bytes as they are, or as digits of the fields.
///
/// *Must hold*: an error or a value, which is written and read again as the same and is no longer than its limit.
pub fn stamps(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let text =
        if bytes.flag() { fields(&mut bytes) } else { String::from_utf8_lossy(bytes.rest()).into_owned() };
    if let Ok(stamp) = text.parse::<Stamp>() {
        let written = stamp.to_string();
        assert_eq!(written.parse().as_ref(), Ok(&stamp), "{text}");
        assert!(stamp.clock.is_some() || written.len() <= Stamp::ASCII_LIMIT, "{text}");
        assert!(stamp.floor >= 1 && stamp.floor <= stamp.id.seq, "{text}");
        let ranges: usize = stamp.acks.iter().map(|ack| ack.received.ranges().len()).sum();
        assert!(ranges <= Stamp::ACK_RANGES, "{text}");
    }
    if let Ok(marker) = text.parse::<Marker>() {
        assert_eq!(marker.to_string().parse().as_ref(), Ok(&marker), "{text}");
    }
}

/// A text that has the shape of a stamp.
fn fields(bytes: &mut Bytes<'_>) -> String {
    let mut text = String::from("1");
    while !bytes.is_empty() && text.len() < 2 * Stamp::ASCII_LIMIT {
        text.push(bytes.of(&[';', ';', ';', ';', ';', ';', '.', ',', '-']));
        match bytes.below(16) {
            0 => text.push('h'),
            1 => text.push('a'),
            2 => text.push('v'),
            3 => text.push(char::from(bytes.byte())),
            _ => {}
        }
        text.push_str(&format!("{:x}", bytes.number()));
    }
    text
}
