//! A bound on what is confirmed by simulation.

use std::cell::Cell;

/// How many steps are put into whether victims can be spared, for all verdicts on a cut together, and as many into
/// other simulations and into whether edges are real. A step looks at one target. That none of the victims can be
/// spared is looked at for at most as many victims, times members.
pub const EFFORT: usize = 4_000_000;

/// What is left of [`EFFORT`].
#[derive(Debug)]
pub(super) struct Effort(Cell<usize>);

impl Effort {
    pub(super) const fn new() -> Self {
        Effort(Cell::new(EFFORT))
    }

    /// Takes so many steps; `false` if there are no more.
    pub(super) fn spend(&self, steps: usize) -> bool {
        let left = self.0.get().checked_sub(steps);
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }

    pub(super) fn spent(&self) -> usize {
        EFFORT - self.0.get()
    }
}
