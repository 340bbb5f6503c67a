//! Sets of sequence numbers as disjoint ranges.
//!
//! Numbers arrive nearly in order, so a set is nearly always one range; insertion at the end is O(1) and
//! everything else is O(log n) in the number of ranges plus what it removes.

use std::fmt;

/// A set of `u64`, held as sorted, disjoint, non-adjacent inclusive ranges.
///
/// Two sets with the same members are equal, whatever the order of their insertions.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RangeSet {
    ranges: Vec<(u64, u64)>,
}

impl RangeSet {
    /// Up to so many ranges are put in or taken out one by one.
    const FEW: usize = 4;

    /// The empty set.
    #[must_use]
    pub const fn new() -> Self {
        RangeSet { ranges: Vec::new() }
    }

    /// The numbers `first..=last`; empty if `last < first`.
    #[must_use]
    pub fn span(first: u64, last: u64) -> Self {
        let mut set = RangeSet::new();
        set.insert_range(first, last);
        set
    }

    /// Adds a number; `false` if it was there.
    ///
    /// # Complexity
    /// O(1) at the end, else O(n) in the number of ranges.
    pub fn insert(&mut self, n: u64) -> bool {
        if self.contains(n) {
            return false;
        }
        self.insert_range(n, n);
        true
    }

    /// Adds `first..=last`; nothing if `last < first`.
    pub fn insert_range(&mut self, first: u64, last: u64) {
        if last < first {
            return;
        }
        if let Some(end) = self.ranges.last_mut()
            && end.0 <= first
        {
            if first <= end.1.saturating_add(1) {
                end.1 = end.1.max(last);
            } else {
                self.ranges.push((first, last));
            }
            return;
        }
        // The ranges that touch or overlap the new one become one with it.
        let from = self.ranges.partition_point(|r| r.1.saturating_add(1) < first);
        let to = self.ranges.partition_point(|r| r.0 <= last.saturating_add(1));
        let (mut low, mut high) = (first, last);
        if from < to {
            low = low.min(self.ranges[from].0);
            high = high.max(self.ranges[to - 1].1);
        }
        self.ranges.splice(from..to, [(low, high)]);
    }

    /// Removes `first..=last`.
    pub fn remove_range(&mut self, first: u64, last: u64) {
        if last < first {
            return;
        }
        let from = self.ranges.partition_point(|r| r.1 < first);
        let to = self.ranges.partition_point(|r| r.0 <= last);
        if from >= to {
            return;
        }
        let mut rest = Vec::new();
        let (low, high) = (self.ranges[from].0, self.ranges[to - 1].1);
        if low < first {
            rest.push((low, first - 1));
        }
        if high > last {
            rest.push((last + 1, high));
        }
        self.ranges.splice(from..to, rest);
    }

    /// Adds every member of `other`.
    ///
    /// # Complexity
    /// O(n + m) in the numbers of ranges; O(m) at the end.
    pub fn union(&mut self, other: &RangeSet) {
        let at_the_end =
            self.ranges.last().is_none_or(|end| other.ranges.first().is_some_and(|r| end.0 <= r.0));
        if at_the_end || other.ranges.len() <= Self::FEW {
            other.ranges.iter().for_each(|r| self.insert_range(r.0, r.1));
            return;
        }
        let mut all = RangeSet { ranges: Vec::with_capacity(self.ranges.len() + other.ranges.len()) };
        let (mut mine, mut theirs) = (self.ranges().peekable(), other.ranges().peekable());
        while let Some(next) = match (mine.peek(), theirs.peek()) {
            (Some(a), Some(b)) if a.0 <= b.0 => mine.next(),
            (Some(_), None) => mine.next(),
            _ => theirs.next(),
        } {
            all.insert_range(next.0, next.1);
        }
        drop(mine);
        *self = all;
    }

    /// Removes every member of `other`.
    ///
    /// # Complexity
    /// O(n + m) in the numbers of ranges.
    pub fn subtract(&mut self, other: &RangeSet) {
        if other.ranges.len() <= Self::FEW {
            other.ranges.iter().for_each(|r| self.remove_range(r.0, r.1));
            return;
        }
        let mut rest = Vec::with_capacity(self.ranges.len());
        let mut theirs = other.ranges().peekable();
        for &(mut first, last) in &self.ranges {
            while theirs.next_if(|r| r.1 < first).is_some() {}
            let mut left = true;
            while left && let Some(&(from, to)) = theirs.peek().filter(|r| r.0 <= last) {
                if first < from {
                    rest.push((first, from - 1));
                }
                left = to < last;
                if left {
                    first = to + 1;
                    theirs.next();
                }
            }
            if left {
                rest.push((first, last));
            }
        }
        self.ranges = rest;
    }

    /// The numbers that are members of both.
    ///
    /// # Complexity
    /// O(n + m) in the numbers of ranges; O(log n) and what is found for few of them.
    #[must_use]
    pub fn intersection(&self, other: &RangeSet) -> RangeSet {
        let mut both = RangeSet::new();
        let mut sets = [&self.ranges, &other.ranges];
        sets.sort_by_key(|ranges| ranges.len());
        let [few, many] = sets;
        if few.len() <= Self::FEW {
            for &(first, last) in few {
                let from = many.partition_point(|r| r.1 < first);
                for range in many[from..].iter().take_while(|r| r.0 <= last) {
                    both.insert_range(range.0.max(first), range.1.min(last));
                }
            }
            return both;
        }
        let (mut mine, mut theirs) = (self.ranges().peekable(), other.ranges().peekable());
        while let (Some((a, b)), Some((c, d))) = (mine.peek().copied(), theirs.peek().copied()) {
            both.insert_range(a.max(c), b.min(d));
            if b <= d {
                mine.next();
            } else {
                theirs.next();
            }
        }
        both
    }

    /// Removes every number below `floor`.
    pub fn forget_below(&mut self, floor: u64) {
        if floor > 0 {
            self.remove_range(0, floor - 1);
        }
    }

    /// Makes the lowest ranges grow together until at most `most` are left; adds the numbers between them.
    pub fn coarsen(&mut self, most: usize) {
        let surplus = self.ranges.len().saturating_sub(most.max(1));
        if surplus > 0 {
            let merged = (self.ranges[0].0, self.ranges[surplus].1);
            self.ranges.splice(..=surplus, [merged]);
        }
    }

    /// Removes the lowest ranges until at most `most` are left.
    pub fn keep_highest(&mut self, most: usize) {
        let surplus = self.ranges.len().saturating_sub(most);
        self.ranges.drain(..surplus);
    }

    /// Whether `n` is a member.
    #[must_use]
    pub fn contains(&self, n: u64) -> bool {
        let at = self.ranges.partition_point(|r| r.1 < n);
        self.ranges.get(at).is_some_and(|r| r.0 <= n)
    }

    /// Whether the set has no member.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// The number of members; saturates at `u64::MAX`.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.ranges.iter().fold(0, |sum, r| sum.saturating_add((r.1 - r.0).saturating_add(1)))
    }

    /// The greatest member.
    #[must_use]
    pub fn last(&self) -> Option<u64> {
        self.ranges.last().map(|r| r.1)
    }

    /// The least member.
    #[must_use]
    pub fn first(&self) -> Option<u64> {
        self.ranges.first().map(|r| r.0)
    }

    /// The ranges, ascending, both ends inclusive.
    pub fn ranges(&self) -> impl DoubleEndedIterator<Item = (u64, u64)> + ExactSizeIterator + '_ {
        self.ranges.iter().copied()
    }

    /// The members, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        self.ranges.iter().flat_map(|&(first, last)| first..=last)
    }
}

impl FromIterator<u64> for RangeSet {
    fn from_iter<I: IntoIterator<Item = u64>>(numbers: I) -> Self {
        let mut set = RangeSet::new();
        for n in numbers {
            set.insert_range(n, n);
        }
        set
    }
}

impl fmt::Display for RangeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (first, last)) in self.ranges().enumerate() {
            let comma = if i > 0 { "," } else { "" };
            if first == last {
                write!(f, "{comma}{first}")?;
            } else {
                write!(f, "{comma}{first}-{last}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Numbers below a bound, one after another, from a seed (Knuth's linear congruence, MMIX).
    pub(crate) fn random(seed: u64) -> impl FnMut(u64) -> u64 {
        let mut state = seed;
        move |n| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % n
        }
    }

    /// Every short sequence of inserts and removals against the plain set.
    #[test]
    fn agrees_with_a_plain_set() {
        let mut random = random(0x1234_5678);
        for _ in 0..2_000 {
            let (mut set, mut plain) = (RangeSet::new(), BTreeSet::new());
            for _ in 0..12 {
                let (a, b) = (random(20), random(20));
                let (a, b) = (a.min(b), a.max(b));
                if random(3) > 0 {
                    set.insert_range(a, b);
                    plain.extend(a..=b);
                } else {
                    set.remove_range(a, b);
                    plain.retain(|n| *n < a || *n > b);
                }
                assert_eq!(set.iter().collect::<Vec<_>>(), plain.iter().copied().collect::<Vec<_>>());
                assert_eq!(set, plain.iter().copied().collect(), "one set has two forms");
                assert_eq!(set.len(), plain.len() as u64);
                for n in 0..22 {
                    assert_eq!(set.contains(n), plain.contains(&n));
                }
            }
        }
    }

    /// Sets of many ranges against plain sets, both ways of each operation.
    #[test]
    fn agrees_with_plain_sets() {
        let mut random = random(0x9876_5432);
        for _ in 0..5_000 {
            let (most, length) = (1 + random(60), 1 + random(4));
            let mut some = |ranges: u64| {
                let mut plain = BTreeSet::new();
                for _ in 0..random(ranges + 1) {
                    let first = random(most);
                    plain.extend(first..first + random(length));
                }
                plain
            };
            let (a, b) = (some(20), some(20));
            let set = |plain: &BTreeSet<u64>| plain.iter().copied().collect::<RangeSet>();
            let (mut union, mut rest) = (set(&a), set(&a));
            union.union(&set(&b));
            rest.subtract(&set(&b));
            assert_eq!(union, set(&(&a | &b)), "{a:?} and {b:?}");
            assert_eq!(rest, set(&(&a - &b)), "{a:?} without {b:?}");
            assert_eq!(set(&a).intersection(&set(&b)), set(&(&a & &b)), "both in {a:?} and {b:?}");
        }
    }

    #[test]
    fn coarsening_joins_the_oldest() {
        let mut set: RangeSet = [1, 3, 5, 7].into_iter().collect();
        set.coarsen(2);
        assert_eq!(set.to_string(), "1-5,7");
        set.coarsen(2);
        assert_eq!(set.to_string(), "1-5,7");
    }

    #[test]
    fn ends_of_the_number_line() {
        let mut set = RangeSet::span(u64::MAX, u64::MAX);
        assert!(set.insert(u64::MAX - 1));
        assert!(set.insert(0));
        assert_eq!(set.to_string(), "0,18446744073709551614-18446744073709551615");
        set.remove_range(0, u64::MAX);
        assert!(set.is_empty());
    }
}
