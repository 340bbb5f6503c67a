//! Sessions: what agents and the server say to each other, and reports in parts.
//!
//! ```text
//!   FromAgent --- encode ---> SessionRequest … --- SessionDecoder ---> FromAgent
//!   ToAgent ----- From -----> SessionResponse ---- TryFrom ----------> FromServer
//! ```
//!
//! A report may be longer than a message is allowed to be. It travels in chunks, each with its share of the
//! delta, and is converted once the last has come.

mod agent;
mod chunks;
mod server;

pub use agent::{SessionDecoder, encode, encode_chunked, heartbeat};
pub use chunks::CHUNK;
pub use server::{FromServer, OutcomeKind, VerdictNotice, VerdictState, server_heartbeat};

use super::decode::{Decoded, scalar};
use super::error::DecodeError;
use super::v1;
use crate::id::Epoch;

/// Versions of the protocol.
fn read_versions(wire: &v1::VersionRange) -> Decoded<(u32, u32)> {
    use super::error::At;
    let lowest = scalar(wire.lowest, "lowest", "the lowest version")?;
    let highest = scalar(wire.highest, "highest", "the highest version")?;
    if highest < lowest {
        return Err(DecodeError::invalid(highest, "a version not below the lowest").at("highest"));
    }
    Ok((lowest, highest))
}

const fn write_versions((lowest, highest): (u32, u32)) -> v1::VersionRange {
    v1::VersionRange { lowest: Some(lowest), highest: Some(highest) }
}

/// The ends of a range of rounds.
fn read_rounds(from: Option<u64>, to: Option<u64>) -> Decoded<(Epoch, Epoch)> {
    let from = scalar(from, "from", "the round after which the range begins")?;
    let to = scalar(to, "to", "the last round of the range")?;
    Ok((Epoch(from), Epoch(to)))
}
