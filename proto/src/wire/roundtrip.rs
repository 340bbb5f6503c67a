//! What is written is read back the same, and what is cut short is an error or another value, never a crash.

use super::random::Random;
use super::session::{self, FromServer, SessionDecoder, encode_chunked};
use super::{DecodeError, v1};
use crate::cut::Delta;
use crate::snapshot::Snapshot;
use crate::verdict::Verdict;
use prost::Message;
use std::fmt::Debug;

const SEEDS: u64 = 3_000;

/// The value by way of bytes.
fn through_bytes<W, T>(value: &T, seed: u64)
where
    W: Message + Default + for<'a> From<&'a T> + PartialEq,
    T: TryFrom<W, Error = DecodeError> + PartialEq + Debug,
{
    let wire = W::from(value);
    let bytes = wire.encode_to_vec();
    let read = W::decode(&bytes[..]).unwrap();
    assert!(read == wire, "seed {seed}: the message changed on its way through bytes");
    assert_eq!(&T::try_from(read).unwrap(), value, "seed {seed}");
    for end in 0..bytes.len().min(200) {
        if let Ok(cut_short) = W::decode(&bytes[..end]) {
            drop(T::try_from(cut_short));
        }
    }
}

#[test]
fn snapshots_keep_their_meaning() {
    for seed in 0..SEEDS {
        through_bytes::<v1::Snapshot, Snapshot>(&Random::new(seed).snapshot(), seed);
    }
}

#[test]
fn deltas_keep_their_meaning() {
    for seed in 0..SEEDS {
        through_bytes::<v1::Delta, Delta>(&Random::new(seed).delta(), seed);
    }
}

#[test]
fn verdicts_keep_their_meaning() {
    for seed in 0..SEEDS {
        through_bytes::<v1::Verdict, Verdict>(&Random::new(seed).verdict(), seed);
    }
}

#[test]
fn what_the_server_says_keeps_its_meaning() {
    for seed in 0..SEEDS {
        through_bytes::<v1::SessionResponse, FromServer>(&Random::new(seed).server_says(), seed);
    }
}

/// One decoder for a session of many messages, in chunks of every size and with heartbeats between them.
#[test]
fn what_an_agent_says_keeps_its_meaning() {
    let mut decoder = SessionDecoder::new();
    let mut longest = 0;
    for seed in 0..SEEDS {
        let mut random = Random::new(seed);
        let said = random.agent_says();
        let target = [1, 40, 300, session::CHUNK][seed as usize % 4];
        let messages = encode_chunked(&said, target);
        longest = longest.max(messages.len());
        let last = messages.len() - 1;
        for (i, message) in messages.into_iter().enumerate() {
            assert_eq!(decoder.decode(session::heartbeat()), Ok(None));
            let read = v1::SessionRequest::decode(&message.encode_to_vec()[..]).unwrap();
            assert!(read == message, "seed {seed}: the message changed on its way through bytes");
            let heard = decoder.decode(read).unwrap_or_else(|e| panic!("seed {seed}: {e}"));
            assert_eq!(heard.as_ref(), (i == last).then_some(&said), "seed {seed}");
        }
    }
    assert!(longest > 20, "{longest} chunks at most are no test");
}

/// A chunk exceeds its target by its frame and what cannot be divided, and by no more.
#[test]
fn chunks_have_the_size_they_aim_at() {
    for seed in 0..SEEDS {
        let said = Random::new(seed).agent_says();
        let atom = encode_chunked(&said, 1).iter().map(Message::encoded_len).max().unwrap();
        for target in [500, 2_000] {
            for message in encode_chunked(&said, target) {
                let size = message.encoded_len();
                let report = matches!(message.message, Some(v1::session_request::Message::Report(_)));
                assert!(!report || size <= target + atom + 100, "seed {seed}: {size} bytes for {target}");
            }
        }
    }
}

/// Bytes with one bit turned are refused or make another value, and that value can be written again.
#[test]
fn damaged_bytes_do_no_harm() {
    for seed in 0..SEEDS {
        let mut bytes = v1::Snapshot::from(&Random::new(seed).snapshot()).encode_to_vec();
        let at = seed as usize * 7_919 % bytes.len();
        bytes[at] ^= 1 << (seed % 8);
        let Ok(wire) = v1::Snapshot::decode(&bytes[..]) else { continue };
        if let Ok(snapshot) = Snapshot::try_from(wire) {
            through_bytes::<v1::Snapshot, Snapshot>(&snapshot, seed);
        }
    }
}

#[cfg(feature = "json")]
mod json {
    use super::super::json::{read, write};
    use super::*;

    fn through_json<W, T>(value: &T, seed: u64)
    where
        W: serde::Serialize + serde::de::DeserializeOwned + for<'a> From<&'a T>,
        T: TryFrom<W, Error = DecodeError> + PartialEq + Debug,
    {
        let document = write(&W::from(value)).unwrap();
        let read: W = read(document.as_bytes()).unwrap_or_else(|e| panic!("seed {seed}: {e}\n{document}"));
        assert_eq!(&T::try_from(read).unwrap(), value, "seed {seed}");
    }

    #[test]
    fn everything_keeps_its_meaning() {
        for seed in 0..SEEDS {
            through_json::<v1::Snapshot, Snapshot>(&Random::new(seed).snapshot(), seed);
            through_json::<v1::Delta, Delta>(&Random::new(seed).delta(), seed);
            through_json::<v1::Verdict, Verdict>(&Random::new(seed).verdict(), seed);
            through_json::<v1::SessionResponse, FromServer>(&Random::new(seed).server_says(), seed);
        }
    }
}
