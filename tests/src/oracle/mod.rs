//! Independent oracles: small worlds whose every future is executed, to judge what the detectors say of them.
//!
//! The detectors compute fixpoints over facts. An oracle must not share that idea, or both would be wrong in
//! the same place. So this one plays: [`world`] is a system of tasks, resources and messages at one instant;
//! [`future`] executes every step that any program with these facts could take and records who ever proceeds;
//! [`render`] writes down what perfectly instrumented processes would have reported at that instant;
//! [`random`] makes up worlds from seeds; [`compare`] sets a detector's verdicts against the executed truth.
//!
//! ```text
//!   seed --random--> World --future--> who can ever proceed --+
//!                      |                                      +--compare--> Coverage or Disagreement
//!                      +--render--> Snapshot --detector--> Verdicts
//! ```
//!
//! [`objects`] does the same for garbage, and [`diffusing`] for termination.

pub mod compare;
pub mod diffusing;
pub mod future;
pub mod objects;
pub mod random;
pub mod render;
pub mod rng;
pub mod shrink;
pub mod world;
