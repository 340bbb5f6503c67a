//! Oracles, simulation and end-to-end harnesses for Stillpoint.
//!
//! Nothing depends on this crate. What judges shares no code with what it judges: [`oracle`] decides by execution
//! what the detectors decide by analysis, [`observer`] keeps the list of all events, [`sim`] knows the true state, and
//! [`faults`] has real processes that write down what they do.
#![forbid(unsafe_code)]

pub mod faults;
pub mod hostile;
pub mod measure;
pub mod model;
#[cfg(feature = "mutations")]
pub mod mutations;
pub mod observer;
pub mod oracle;
pub mod random;
pub mod scenes;
pub mod schedule;
pub mod script;
pub mod sim;
pub mod suites;
