//! What Stillpoint is tested with: oracles that decide by execution what the detectors decide by analysis.
//!
//! Nothing here depends on the detectors. [`oracle`] has the worlds, their futures, and the comparison.
#![forbid(unsafe_code)]

pub mod oracle;
