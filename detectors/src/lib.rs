//! Deadlock, termination, garbage and conservation on a consistent cut.
#![forbid(unsafe_code)]

pub mod graph;
