//! Hostile input: what crosses a boundary, chosen by bytes.
//!
//! Each *target* is a function of bytes. It makes them into what an agent, a peer, a server or a file may bring, feeds
//! that to the production code, and panics if what must hold does not. The same functions are run by ordinary tests over
//! seeded random bytes, and by a coverage-guided fuzzer from `tests/fuzz`.
//!
//! | target | feeds |
//! |---|---|
//! | [`messages`](wire::messages) | the decoders of session messages |
//! | [`stamps`](wire::stamps) | the readers of stamps and markers |
//! | [`deltas`](facts::deltas) | the state of a process |
//! | [`session`](session::session) | the collector, by one hostile agent beside two honest ones |
//! | [`peer`](peer::peer) | a participant, by hostile peers and a hostile server |
//! | [`snapshots`](verdicts::snapshots) | the check of snapshots, the detectors and the checker |
//! | [`documents`](documents::documents) | the readers of documents |
//! | [`tampered`](documents::tampered) | `stillpoint verify`, by documents that were tampered with |
#![allow(clippy::panic, reason = "a target tells of what does not hold by a panic")]
#![allow(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "choices are within what there is to choose from"
)]

pub mod bytes;
pub mod documents;
pub mod facts;
pub mod peer;
pub mod seeds;
pub mod session;
pub mod verdicts;
pub mod vocabulary;
pub mod wire;

/// A target: its name and its function.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: &[Target] = &[
    ("messages", wire::messages),
    ("stamps", wire::stamps),
    ("deltas", facts::deltas),
    ("session", session::session),
    ("peer", peer::peer),
    ("snapshots", verdicts::snapshots),
    ("documents", documents::documents),
    ("tampered", documents::tampered),
];
