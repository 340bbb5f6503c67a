//! The whole in one process, on virtual time, from a seed.
//!
//! ```text
//!   seed -> Plan: processes, programs, rounds, faults, rates
//!             |
//!             v
//!   System: programs -> participants -> sessions -> collector -> detectors -> checker -> ledger -> store
//!             |  what is so                                          | what is said
//!             +---------------------> truth <---- judge ------------+
//! ```
//!
//! The code under test is what production runs: `Participant` with its fact log, `Collector`, the detectors, the checker
//! and the `Ledger`. Around it stand a network and a store that take their time and fail as the plan says, and programs
//! that are real distributed programs ([`Kind`]): they run on their own state, and tell their participants of it as
//! instrumented programs do.
//!
//! What is judged, at every round: the snapshot against an [`Observer`](crate::observer::Observer) that keeps the list of
//! all events; every verdict by the checker; `HOLDS` against the true state and, for deadlocks, by watching whether anybody goes on after
//! all; that nothing is denied that was so before the announcement; that what was false and rested on an assumption is
//! retracted; that epochs and revisions ascend over restarts. Where nothing breaks and nothing
//! is unknown by its nature, everything has to be found exactly.
//!
//! A failing plan is [shrunk](shrink()) and told as a [space-time diagram](System::trace).

mod faults;
mod judge;
mod links;
mod plan;
mod program;
mod server;
mod shrink;
mod situation;
mod summary;
mod system;
mod tasks;
mod trace;
mod truth;
mod work;
mod workloads;

pub use plan::{Bounds, Fault, Kind, Plan, Rates};
pub use shrink::shrink;
pub use situation::{Situation, Situations};
pub use summary::Summary;
pub use system::{Outcome, System};
