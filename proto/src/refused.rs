//! Epochs that were refused: what a process has heard of and could not admit.

use crate::id::Epoch;
use std::collections::BTreeSet;
use std::ops::Bound;

/// Epochs that a process has heard of and could not admit, at most [`Refused::MOST`].
///
/// Some may be forged; which, only the server can tell. So none stands for another: a forged one that is greater, or
/// lower, hides no genuine one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Refused(BTreeSet<Epoch>);

impl Refused {
    /// How many epochs there are at most: the lowest, and the greatest.
    pub const MOST: usize = 8;

    /// No epoch.
    #[must_use]
    pub const fn new() -> Self {
        Refused(BTreeSet::new())
    }

    /// Adds an epoch, and gives whether it is there only since now. If there are too many, the last but the greatest
    /// goes: that stands for those below it, unless it is forged.
    pub fn insert(&mut self, epoch: Epoch) -> bool {
        let new = self.0.insert(epoch);
        if self.0.len() > Self::MOST
            && let Some(greatest) = self.0.pop_last()
        {
            self.0.pop_last();
            self.0.insert(greatest);
        }
        // One for which there is no room would be new each time.
        new && self.0.contains(&epoch)
    }

    /// The epochs, ascending.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Epoch> + '_ {
        self.0.iter().copied()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those after `epoch`.
    #[must_use]
    pub fn after(&self, epoch: Epoch) -> Refused {
        Refused(self.0.range((Bound::Excluded(epoch), Bound::Unbounded)).copied().collect())
    }

    /// Forgets those up to `epoch`.
    pub fn pass(&mut self, epoch: Epoch) {
        self.0.retain(|refused| *refused > epoch);
    }

    /// Whether round `round` is void for a process that had heard of these by its cut, if epochs up to `given` have been
    /// given out: what it had received may be from after another's cut for that round.
    #[must_use]
    pub fn is_void(&self, round: Epoch, given: Epoch) -> bool {
        round <= given && self.0.range(round..=given).next().is_some()
    }
}

impl FromIterator<Epoch> for Refused {
    fn from_iter<T: IntoIterator<Item = Epoch>>(epochs: T) -> Self {
        let mut refused = Refused::new();
        for epoch in epochs {
            refused.insert(epoch);
        }
        refused
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(epochs: impl IntoIterator<Item = u64>) -> Refused {
        epochs.into_iter().map(Epoch).collect()
    }

    #[test]
    fn the_lowest_and_the_greatest_stay() {
        let mut all = refused(1..=7);
        assert!(all.insert(Epoch(100)) && !all.insert(Epoch(100)));
        assert!(!all.insert(Epoch(50)), "there is no room");
        assert_eq!(all, refused([1, 2, 3, 4, 5, 6, 7, 100]));
        assert!(all.insert(Epoch(200)), "a greater one takes the place of the greatest");
        assert_eq!(all, refused([1, 2, 3, 4, 5, 6, 7, 200]));
        assert!(all.insert(Epoch::ZERO));
        assert_eq!((all.len(), all.iter().next_back()), (Refused::MOST, Some(Epoch(200))));
    }

    #[test]
    fn rounds_are_void_up_to_what_was_given_out() {
        let all = refused([5, 1000]);
        let void = |given| (1..=given).filter(|round| all.is_void(Epoch(*round), Epoch(given))).count();
        assert_eq!([void(4), void(5), void(6), void(999), void(1000)], [0, 5, 5, 5, 1000]);
        assert!(!all.is_void(Epoch(9), Epoch(8)), "a round that was never given out");
        assert!(!all.is_void(Epoch(u64::MAX), Epoch(u64::MAX)));
    }

    #[test]
    fn what_is_passed_is_forgotten() {
        let mut all = refused([5, 6, 1000]);
        assert_eq!(all.after(Epoch(5)), refused([6, 1000]));
        all.pass(Epoch(999));
        assert_eq!(all, refused([1000]));
        all.pass(Epoch(u64::MAX));
        assert!(all.is_empty());
    }
}
