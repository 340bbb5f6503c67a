//! Real processes under real faults.
//!
//! A *harness* starts the real server and ten or more real workers. For some minutes it kills, stops and restarts them, and
//! cuts, slows, freezes and half closes their connections, which all go through its own proxy, while the workers run
//! workloads of which they write down the truth. What the service claims in the meantime is compared with that.
//!
//! ```text
//!   harness --- starts, stops, kills -------------------> server (the real `serve`, its store in a folder)
//!     |    \--- starts, stops, kills, orders ---+           ^ sessions
//!     |                                         v           |
//!     +--- proxy: one line for each session ---------- worker-1 ... worker-n --- diaries: what happened, and when
//!     |           one for each link, for the calls ------ ^ ^ links, calls            |
//!     |                                                                               v
//!     +--- asks for rounds, watches verdicts ---> claims -------------------------> judge <- faults and their times
//! ```
//!
//! - [`schedule`]: what goes wrong and when, by a seed.
//! - [`proxy`]: connections that can be interfered with.
//! - [`truth`]: what workers write down, and why it can be relied on.
//! - `worker`: the workloads: a bank, diffusing computations, locks and calls with deadlocks made on purpose, objects.
//! - `processes`, `service`: the server and the workers as processes; the service's API.
//! - `harness`, `mischief`: the run.
//! - `judge`: what must be so.
//!
//! What is demanded:
//!
//! | | |
//! |---|---|
//! | nothing false | no `HOLDS` of a deadlock that was not made or was not there, of a termination with work after it, of an object that somebody needed, of a sum that was not; no `DOES_NOT_HOLD` of what had been so before the round began; every certificate is confirmed |
//! | nothing lost | what the watch has told is told again, and nothing else, after every `kill -9` of the server; epochs ascend; no revision is missing |
//! | all keep working | a worker that is neither stopped nor dead goes on recording, whatever the server does; after the faults every link and every call works again |
//! | bounded | the memory of the server and of the workers does not grow with time |
//! | found in the end | when all is healed a round is complete; each deadlock that there is, each computation that has ended and each pair of objects that nobody needs is found |
//!
//! A `HOLDS` that is false is excused only if it lists as its assumption what in truth was otherwise, that a stopped process
//! is dead, or that some message was given up; and then its record must have ended in the end.

pub mod cli;
mod harness;
mod judge;
mod knowledge;
mod mischief;
mod processes;
pub mod proxy;
mod report;
pub mod schedule;
mod service;
pub mod truth;
mod worker;

pub use harness::{Options, run};
pub use report::Report;

/// What keeps a run from being made, in words.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;
