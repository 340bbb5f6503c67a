//! Oracles, simulation and end-to-end harnesses for Stillpoint.
//!
//! Nothing depends on this crate. What judges shares no code with what it judges.

pub mod sim;
