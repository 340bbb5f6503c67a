//! Stillpoint's vocabulary and its snapshot protocol, without I/O, clock, threads or randomness.
#![forbid(unsafe_code)]

pub mod clock;
pub mod cut;
pub mod fact;
pub mod id;
pub mod ranges;
pub mod snapshot;
pub mod verdict;
#[cfg(feature = "wire")]
pub mod wire;
