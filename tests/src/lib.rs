//! Oracles, simulation and end-to-end harnesses for Stillpoint.
//!
//! Nothing depends on this crate. What judges shares no code with what it judges: [`oracle`] decides by execution
//! what the detectors decide by analysis, [`sim`] lets an observer that knows everything judge rounds, and [`faults`] real
//! processes that write down what they do.
#![forbid(unsafe_code)]

pub mod faults;
pub mod measure;
pub mod model;
pub mod oracle;
pub mod script;
pub mod sim;
