//! Epochs that were refused: what a process has heard of and could not admit.

use crate::id::Epoch;
use crate::ranges::RangeSet;

/// Epochs that a process has heard of and could not admit, as at most [`Refused::MOST`] ranges.
///
/// Some may be forged; which, only the server can tell. So none stands for another: a forged one that is greater, or
/// lower, hides no genuine one. Where there are too many ranges the two that are nearest to each other become one, which
/// adds what is between them. Genuine epochs are close together, so that forged ones far from them change nothing.
///
/// A range has at most [`Refused::WIDTH`] epochs, so that what forged ones add is soon passed. Of more the greatest stay:
/// if these are genuine, so are all that are lower, and make no difference. Where ranges are too many and too far apart
/// to be joined, the greatest goes. So to make a process forget a genuine epoch takes as many forged ones, far from each
/// other and below it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Refused(RangeSet);

impl Refused {
    /// How many ranges there are at most.
    pub const MOST: usize = 5;
    /// How many epochs are in a range at most.
    pub const WIDTH: u64 = 1024;

    /// No epoch.
    #[must_use]
    pub const fn new() -> Self {
        Refused(RangeSet::new())
    }

    /// These epochs, within the bounds.
    #[must_use]
    pub fn of(epochs: RangeSet) -> Self {
        let mut refused = Refused(epochs);
        refused.keep_within_bounds();
        refused
    }

    /// Adds the epochs from the first to the last, and gives whether the last is there only since now; none if the last
    /// is below the first.
    pub fn insert(&mut self, (first, last): (Epoch, Epoch)) -> bool {
        let known = last < first || self.0.contains(last.0);
        self.0.insert_range(first.0, last.0);
        self.keep_within_bounds();
        // One for which there is no room would be new each time.
        !known && self.0.contains(last.0)
    }

    /// Nobody is ever below epoch 0, so it is none to have heard of.
    fn keep_within_bounds(&mut self) {
        self.0.remove_range(0, 0);
        let mut ranges: Vec<_> = self.0.ranges().collect();
        for (first, last) in ranges.iter().filter(|(first, last)| last - first >= Self::WIDTH) {
            self.0.remove_range(*first, last - Self::WIDTH);
        }
        while self.0.ranges().len() > Self::MOST {
            ranges = self.0.ranges().collect();
            let pairs = ranges.iter().zip(ranges.iter().skip(1));
            let close = pairs.filter(|((first, _), (_, last))| last - first < Self::WIDTH);
            match close.min_by_key(|((_, end), (begin, _))| begin - end) {
                Some(((first, _), (_, last))) => self.0.insert_range(*first, *last),
                None => {
                    ranges.last().into_iter().for_each(|(first, last)| self.0.remove_range(*first, *last))
                }
            }
        }
    }

    /// The ranges, ascending, both ends inclusive.
    pub fn ranges(&self) -> impl DoubleEndedIterator<Item = (Epoch, Epoch)> + ExactSizeIterator + '_ {
        self.0.ranges().map(|(first, last)| (Epoch(first), Epoch(last)))
    }

    /// The same as a set of numbers.
    #[must_use]
    pub const fn as_numbers(&self) -> &RangeSet {
        &self.0
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The greatest.
    #[must_use]
    pub fn greatest(&self) -> Option<Epoch> {
        self.0.last().map(Epoch)
    }

    /// The greatest that is at most `limit`.
    #[must_use]
    pub fn greatest_within(&self, limit: Epoch) -> Option<Epoch> {
        let within = self.ranges().rfind(|(first, _)| *first <= limit);
        within.map(|(_, last)| last.min(limit))
    }

    /// Those after `epoch`.
    #[must_use]
    pub fn after(&self, epoch: Epoch) -> Refused {
        let mut after = self.clone();
        after.pass(epoch);
        after
    }

    /// Forgets those up to `epoch`.
    pub fn pass(&mut self, epoch: Epoch) {
        self.0.remove_range(0, epoch.0);
    }

    /// Whether round `round` is void for a process that had heard of these by its cut, if epochs up to `given` have been
    /// given out: what it had received may be from after another's cut for that round.
    #[must_use]
    pub fn is_void(&self, round: Epoch, given: Epoch) -> bool {
        self.greatest_within(given).is_some_and(|greatest| greatest >= round)
    }
}

impl FromIterator<Epoch> for Refused {
    fn from_iter<T: IntoIterator<Item = Epoch>>(epochs: T) -> Self {
        Refused::of(epochs.into_iter().map(|epoch| epoch.0).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(epochs: impl IntoIterator<Item = u64>) -> Refused {
        epochs.into_iter().map(Epoch).collect()
    }

    fn add(refused: &mut Refused, epoch: u64) -> bool {
        refused.insert((Epoch(epoch), Epoch(epoch)))
    }

    #[test]
    fn nothing_is_forgotten_and_what_is_far_apart_stays_so() {
        let mut all = refused([1_000_000, 1 << 30]);
        // Genuine ones, every second of which was heard of.
        for epoch in (6..1000).step_by(2) {
            assert!(add(&mut all, epoch) || epoch < 40, "{epoch}");
            assert!(all.ranges().len() <= Refused::MOST);
        }
        assert!(!add(&mut all, 998), "known");
        let covers = |epoch| all.is_void(Epoch(epoch), Epoch(epoch));
        assert!((6..1000).step_by(2).chain([1_000_000, 1 << 30]).all(covers), "{all:?}");
        assert!([1001, 999_999, 1_000_001, 1 << 31].into_iter().all(|epoch| !covers(epoch)), "{all:?}");
    }

    #[test]
    fn what_forged_epochs_add_is_bounded() {
        // A range as wide as one likes.
        let mut all = Refused::of(RangeSet::span(6, 1 << 40));
        assert_eq!(all, Refused::of(RangeSet::span((1 << 40) - Refused::WIDTH + 1, 1 << 40)));
        // Many, a little too far from each other to be joined: the lowest stay.
        for epoch in 1..100 {
            add(&mut all, epoch * (Refused::WIDTH + 1));
        }
        assert_eq!(all, refused((1..6).map(|epoch| epoch * (Refused::WIDTH + 1))));
        assert!(!add(&mut all, 1 << 20), "there is no room");
        // A run that was heard of as it went on.
        let mut run = Refused::new();
        for epoch in 6..5000 {
            assert!(add(&mut run, epoch) && run.is_void(Epoch(6), Epoch(epoch)), "{epoch}");
        }
    }

    #[test]
    fn ends_of_the_number_line() {
        let mut all = Refused::of(RangeSet::span(0, u64::MAX));
        assert_eq!(all.greatest(), Some(Epoch(u64::MAX)));
        assert!(all.is_void(Epoch(u64::MAX), Epoch(u64::MAX)));
        all.pass(Epoch(u64::MAX));
        assert!(all.is_empty());
    }

    #[test]
    fn rounds_are_void_up_to_what_was_given_out() {
        let all = refused([5, 1000]);
        let void = |given| (1..=given).filter(|round| all.is_void(Epoch(*round), Epoch(given))).count();
        assert_eq!([void(4), void(5), void(6), void(999), void(1000)], [0, 5, 5, 5, 1000]);
        assert!(!all.is_void(Epoch(u64::MAX), Epoch(u64::MAX)));
    }

    #[test]
    fn what_is_passed_is_forgotten() {
        let mut all = refused([5, 6, 1000]);
        assert_eq!((all.greatest(), all.greatest_within(Epoch(999))), (Some(Epoch(1000)), Some(Epoch(6))));
        assert_eq!(all.after(Epoch(5)), refused([6, 1000]));
        all.pass(Epoch(999));
        assert_eq!(all, refused([1000]));
        assert_eq!(all.greatest_within(Epoch(999)), None);
        all.pass(Epoch(u64::MAX));
        assert!(all.is_empty());
    }
}
