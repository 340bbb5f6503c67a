//! Oracles, simulation and end-to-end harnesses for Stillpoint.
//!
//! Nothing depends on this crate. What judges shares no code with what it judges: [`oracle`] decides by execution
//! what the detectors decide by analysis, and [`sim`] lets an observer that knows everything judge rounds.
#![forbid(unsafe_code)]

pub mod hostile;
pub mod measure;
pub mod model;
pub mod oracle;
pub mod script;
pub mod sim;
