//! Deadlock, termination, garbage and conservation on a consistent cut.
#![forbid(unsafe_code)]

pub mod conservation;
pub mod deadlock;
mod gaps;
pub mod garbage;
pub mod graph;
pub mod termination;
pub mod verify;
