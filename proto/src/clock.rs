//! Vector clocks, carried in verification mode only (Fidge 1988, Mattern 1989).

use crate::id::Incarnation;
use std::collections::BTreeMap;

/// How many events of each process are known; a process that is not named has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VectorClock(pub BTreeMap<Incarnation, u64>);

impl VectorClock {
    /// The number of known events of `process`.
    #[must_use]
    pub fn get(&self, process: Incarnation) -> u64 {
        self.0.get(&process).copied().unwrap_or(0)
    }

    /// Counts one event of `process`.
    pub fn tick(&mut self, process: Incarnation) {
        *self.0.entry(process).or_insert(0) += 1;
    }

    /// Learns all that `other` knows: the componentwise maximum.
    pub fn merge(&mut self, other: &VectorClock) {
        for (process, events) in &other.0 {
            let known = self.0.entry(*process).or_insert(0);
            *known = (*known).max(*events);
        }
    }
}
