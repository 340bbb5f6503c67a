//! What messages carry, by their numbers, in blocks that successive cuts share.
//!
//! A full link that moves on changes the ends of its log in every round. What lies between is the same in the cut
//! before and the cut after, and is not copied.

use crate::cut::Annotations;
use crate::ranges::RangeSet;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many successive numbers are in a block.
const BLOCK: u64 = 64;

/// What messages carry that carry anything, by their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Carried {
    /// By the number of the block; none is empty.
    blocks: BTreeMap<u64, Arc<BTreeMap<u64, Annotations>>>,
}

impl Carried {
    /// Notes what a message carries; nothing if that is nothing.
    ///
    /// # Complexity
    /// O(log n); a block that is shared is copied.
    pub fn insert(&mut self, seq: u64, annotations: Annotations) {
        if !annotations.is_empty() {
            Arc::make_mut(self.blocks.entry(seq / BLOCK).or_default()).insert(seq, annotations);
        }
    }

    /// Notes what other messages carry.
    pub fn union(&mut self, other: &Carried) {
        other.iter().for_each(|(seq, annotations)| self.insert(seq, annotations.clone()));
    }

    /// Forgets these messages.
    ///
    /// # Complexity
    /// O(r log n + b) for r ranges and b blocks that they touch.
    pub fn remove(&mut self, numbers: &RangeSet) {
        for (first, last) in numbers.ranges() {
            let (mut from, to) = (first / BLOCK, last / BLOCK);
            while from <= to
                && let Some((&n, block)) = self.blocks.range_mut(from..=to).next()
            {
                if block.range(first..=last).next().is_some() {
                    Arc::make_mut(block).retain(|seq, _| *seq < first || last < *seq);
                }
                if block.is_empty() {
                    self.blocks.remove(&n);
                }
                from = n + 1;
            }
        }
    }

    /// What a message carries; nothing if it is not noted.
    #[must_use]
    pub fn get(&self, seq: u64) -> &[crate::fact::Annotation] {
        self.blocks.get(&(seq / BLOCK)).and_then(|block| block.get(&seq)).map_or(&[], |carried| carried)
    }

    /// The messages and what they carry, ascending by number.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &Annotations)> {
        self.blocks.values().flat_map(|block| block.iter()).map(|(seq, carried)| (*seq, carried))
    }

    /// How many messages are noted.
    ///
    /// # Complexity
    /// O(b) in the blocks.
    #[must_use]
    pub fn len(&self) -> usize {
        self.blocks.values().map(|block| block.len()).sum()
    }

    /// Whether no message is noted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The numbers of the messages.
    #[must_use]
    pub fn numbers(&self) -> RangeSet {
        self.iter().map(|(seq, _)| seq).collect()
    }
}

impl FromIterator<(u64, Annotations)> for Carried {
    fn from_iter<I: IntoIterator<Item = (u64, Annotations)>>(carried: I) -> Self {
        let mut all = Carried::default();
        carried.into_iter().for_each(|(seq, annotations)| all.insert(seq, annotations));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Annotation;
    use crate::ranges::tests::random;

    fn carries(amount: i64) -> Annotations {
        Arc::from([Annotation::Amount { gauge: "g".into(), amount }])
    }

    /// Random inserts and removals against a plain map.
    #[test]
    fn agrees_with_a_plain_map() {
        let mut random = random(0x51);
        for _ in 0..300 {
            let (mut carried, mut plain) = (Carried::default(), BTreeMap::new());
            for step in 0..40 {
                let (a, b) = (random(400), random(400));
                if random(3) > 0 {
                    carried.insert(a, carries(step));
                    plain.insert(a, carries(step));
                } else {
                    let before = carried.clone();
                    let (first, last) = (a.min(b), a.max(b));
                    carried.remove(&RangeSet::span(first, last));
                    assert_eq!(before.len(), plain.len(), "a cut that shared a block has changed");
                    plain.retain(|seq, _| *seq < first || last < *seq);
                }
                assert!(carried.iter().map(|(seq, carried)| (seq, carried.clone())).eq(plain.clone()));
                assert_eq!(carried.get(a), plain.get(&a).map_or(&[][..], |carried| carried));
                assert_eq!((carried.len(), carried.is_empty()), (plain.len(), plain.is_empty()));
            }
            assert_eq!(carried, plain.into_iter().collect(), "one map has two forms");
        }
    }

    #[test]
    fn numbers_at_the_end_of_the_line() {
        let mut carried: Carried = [(u64::MAX, carries(1)), (0, carries(2))].into_iter().collect();
        carried.insert(5, Arc::from([]));
        assert_eq!(carried.numbers().to_string(), "0,18446744073709551615");
        carried.remove(&RangeSet::span(1, u64::MAX));
        assert_eq!(carried.numbers().to_string(), "0");
    }
}
