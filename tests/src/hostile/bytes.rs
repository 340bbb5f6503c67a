//! Choices made by bytes, so that whoever makes the bytes makes the choices.

/// The bytes that are left to choose by. When there are none left, every choice is the first.
#[derive(Clone, Debug)]
pub struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    /// Choices by these bytes.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Bytes(bytes)
    }

    /// Whether no choice is left.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is left, as it is.
    #[must_use]
    pub const fn rest(&self) -> &'a [u8] {
        self.0
    }

    /// One byte.
    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// A number below `n`, which is at most 256.
    pub fn below(&mut self, n: u64) -> u64 {
        u64::from(self.byte()) % n.max(1)
    }

    /// Yes in half of the cases.
    pub fn flag(&mut self) -> bool {
        self.byte() & 1 == 1
    }

    /// Yes in one of `n` cases.
    pub fn seldom(&mut self, n: u64) -> bool {
        self.below(n) == n - 1
    }

    /// One of these.
    ///
    /// # Panics
    /// If there are none.
    pub fn of<T: Clone>(&mut self, all: &[T]) -> T {
        let at = self.below(all.len() as u64);
        all[usize::try_from(at).unwrap_or(0)].clone()
    }

    /// A number: mostly small, sometimes at an end of the range.
    pub fn number(&mut self) -> u64 {
        match self.byte() {
            low @ 0..224 => u64::from(low % 16),
            224..232 => u64::MAX,
            232..240 => u64::MAX - 1,
            240..244 => 1 << 32,
            244..248 => u64::from(u32::MAX),
            _ => (0..8).fold(0, |n, _| n << 8 | u64::from(self.byte())),
        }
    }

    /// A value, or none.
    pub fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.flag().then(|| make(self))
    }

    /// Up to `most` values.
    pub fn several<T, C: FromIterator<T>>(&mut self, most: u64, mut make: impl FnMut(&mut Self) -> T) -> C {
        let n = self.below(most + 1);
        (0..n).map(|_| make(self)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_bytes_every_choice_is_the_first() {
        let mut none = Bytes::new(&[]);
        assert!(none.is_empty());
        assert_eq!((none.byte(), none.below(7), none.number(), none.flag()), (0, 0, 0, false));
        assert_eq!(none.of(&['a', 'b']), 'a');
        assert!(none.several::<u8, Vec<u8>>(9, Bytes::byte).is_empty());
    }

    #[test]
    fn numbers_reach_the_ends_of_their_range() {
        let numbers: Vec<u64> = (0..=255).map(|first| Bytes::new(&[first]).number()).collect();
        assert!([0, 1, 15, u64::MAX, u64::MAX - 1, 1 << 32].iter().all(|n| numbers.contains(n)));
    }
}
