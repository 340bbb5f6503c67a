//! Random schedules of participants and a collector, with faults, against an omniscient observer.
//!
//! ```text
//!  World: participants, collector, sessions, messages in flight     (the code under test)
//!    |  every step is also told to
//!    v
//!  Observer: for each process the list of its events, and where in it each cut fell
//! ```
//!
//! The observer knows every event of every process in order and computes from these lists alone what a round
//! must have found: it has no stamps, ranges, logs, folds or deltas. Causality it follows with clocks of its own.

pub(crate) mod observer;
mod world;

pub use observer::Observer;
pub use world::{Faults, Summary, World};

/// A small deterministic source of randomness: splitmix64 (Steele, Lea, Flood 2014).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The sequence of `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Random(seed)
    }

    /// A number below `n`; 0 if `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % (n.max(1) as u64)) as usize
    }

    /// True in `percent` of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}
