//! Inputs to begin with: valid encodings, which random bytes seldom are, and changes of them.

use super::bytes::Bytes;
use super::verdicts::{snapshot, verdicts};
use crate::random::Random;
use prost::Message;
use stillpoint_proto::fact::Millis;
use stillpoint_proto::fold::{Piece, Report};
use stillpoint_proto::id::{DeploymentId, ProcessName};
use stillpoint_proto::session::{FromAgent, Hello, RoundEnd, ToAgent};
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::stamp::{Ack, Stamp};
use stillpoint_proto::wire::json::{write_cut, write_verdicts};
use stillpoint_proto::wire::session::encode_chunked;
use stillpoint_proto::wire::v1;

/// Up to `most` bytes.
pub fn bytes(random: &mut Random, most: usize) -> Vec<u8> {
    let length = random.below(most + 1);
    (0..length).map(|_| random.below(256) as u8).collect()
}

/// A valid input of a target, or for those whose inputs are choices any.
#[must_use]
pub fn valid(target: &str, random: &mut Random) -> Vec<u8> {
    let chosen = bytes(random, 400);
    let mut bytes = Bytes::new(&chosen);
    match target {
        "messages" => messages(&mut bytes),
        "stamps" => [&[0], stamp(&mut bytes).to_string().as_bytes()].concat(),
        "documents" => {
            let (cut, _) = ConsistentCut::check_leaving_out(snapshot(&mut bytes));
            let document = if bytes.flag() { write_cut(&cut) } else { write_verdicts(&verdicts(&cut)) };
            document.unwrap_or_default().into_bytes()
        }
        _ => chosen,
    }
}

/// The input of a seed: bytes, a valid encoding, or one of a corpus, of which mostly some bytes were changed.
#[must_use]
pub fn input(target: &str, seed: u64, corpus: &[Vec<u8>]) -> Vec<u8> {
    let mut random = Random::new(seed);
    if !corpus.is_empty() && !seed.is_multiple_of(4) {
        let mut input = corpus[random.below(corpus.len())].clone();
        if random.chance(50) {
            let other = &corpus[random.below(corpus.len())];
            input.truncate(random.below(input.len() + 1));
            input.extend_from_slice(&other[random.below(other.len() + 1)..]);
        }
        mutate(&mut input, &mut random);
        return input;
    }
    let mut input = if random.chance(50) { bytes(&mut random, 1024) } else { valid(target, &mut random) };
    if random.chance(75) {
        mutate(&mut input, &mut random);
    }
    input
}

/// Changes some of the bytes.
pub fn mutate(input: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..random.below(4) {
        let at = random.below(input.len() + 1);
        match random.below(4) {
            0 => input.truncate(at),
            1 => input.insert(at, random.below(256) as u8),
            2 if at < input.len() => drop(input.remove(at)),
            _ => {
                if let Some(byte) = input.get_mut(at) {
                    *byte = random.below(256) as u8;
                }
            }
        }
    }
}

fn messages(bytes: &mut Bytes<'_>) -> Vec<u8> {
    let mut all = Vec::new();
    for _ in 0..4 {
        for message in message(bytes) {
            all.extend(u16::try_from(message.len()).unwrap_or(u16::MAX).to_be_bytes());
            all.extend(message);
        }
    }
    all
}

fn message(bytes: &mut Bytes<'_>) -> Vec<Vec<u8>> {
    let end = RoundEnd {
        epoch: bytes.epoch(),
        received: bytes.several(2, |b| (b.lane_id(), b.process(), b.numbers(u64::MAX))),
        ..RoundEnd::default()
    };
    let say = |said: FromAgent| encode_chunked(&said, 64).iter().map(Message::encode_to_vec).collect();
    match bytes.below(4) {
        0 => vec![v1::SessionResponse::from(&ToAgent::Ended(end)).encode_to_vec()],
        1 => say(FromAgent::Hello(Hello {
            name: ProcessName::of_stranger(bytes.process()),
            incarnation: bytes.process(),
            deployment: DeploymentId(bytes.number()),
            versions: (1, 1),
            epoch: bytes.epoch(),
        })),
        _ => {
            let (from, to, delta) = (bytes.epoch(), bytes.epoch(), bytes.delta());
            let (at, checksum, heard) = (Millis(bytes.number()), bytes.number(), bytes.heard());
            let piece = Piece { from, to, delta, at, checksum, heard };
            say(FromAgent::Report(Report { base: bytes.maybe(Bytes::epoch), piece }))
        }
    }
}

fn stamp(bytes: &mut Bytes<'_>) -> Stamp {
    let id = bytes.message();
    Stamp {
        deployment: DeploymentId(bytes.number()),
        id,
        epoch: bytes.epoch(),
        heard: bytes.heard(),
        floor: bytes.number().clamp(1, id.seq),
        acks: bytes.several(1, |b| Ack { lane: b.lane(), received: b.numbers(u64::MAX) }),
        clock: None,
    }
}
