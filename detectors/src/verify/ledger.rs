//! What the blocked tasks of a world have of one resource, and the places in its queue that are still taken.

use super::view::{Share, units};
use stillpoint_proto::fact::Grip;

/// What is not available of a resource.
#[derive(Clone, Debug, Default)]
pub(super) struct Ledger<'v> {
    shared: u128,
    exclusive: usize,
    /// Shares that are on their way: whether they count depends on more than one task.
    pub(super) parcels: Vec<&'v Share>,
    pub(super) queue: Queue,
}

impl Ledger<'_> {
    pub(super) fn take(&mut self, grip: Grip) {
        match grip {
            Grip::Shared(units) => self.shared += u128::from(units),
            Grip::Exclusive => self.exclusive += 1,
        }
    }

    pub(super) fn give_back(&mut self, grip: Grip) {
        match grip {
            Grip::Shared(units) => self.shared -= u128::from(units),
            Grip::Exclusive => self.exclusive -= 1,
        }
    }

    /// What is held, without the parcels.
    pub(super) fn held(&self, capacity: u128) -> u128 {
        self.shared.saturating_add(units(Grip::Exclusive, capacity).saturating_mul(self.exclusive as u128))
    }
}

/// Places that are still taken, with the units kept for each: a Fenwick tree over the order in which they are served
/// (Fenwick, "A new data structure for cumulative frequency tables", 1994).
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    /// By number, which ascends with the ticket.
    places: Vec<Taken>,
    /// At n, the units of the places from n + 1 less its lowest bit up to n.
    sums: Vec<u128>,
}

#[derive(Clone, Copy, Debug)]
struct Taken {
    number: usize,
    ticket: u64,
    /// Nothing once the place has been left.
    units: u128,
}

impl Queue {
    /// A queue of places by number, ticket and units, ascending by number and by ticket.
    ///
    /// The units are those of grips on an owned resource, so all of them together are fewer than 2^128.
    ///
    /// # Complexity
    /// O(n).
    pub(super) fn new(places: impl IntoIterator<Item = (usize, u64, u128)>) -> Self {
        let taken = |(number, ticket, units)| Taken { number, ticket, units };
        let places: Vec<Taken> = places.into_iter().map(taken).collect();
        let mut sums: Vec<u128> = places.iter().map(|place| place.units).collect();
        for n in 0..sums.len() {
            if let Some(sum) = sums.get(n).copied()
                && let Some(next) = sums.get_mut(n | (n + 1))
            {
                *next = next.saturating_add(sum);
            }
        }
        Queue { places, sums }
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Nobody stands in this place any more.
    ///
    /// # Complexity
    /// O(log n).
    pub(super) fn leave(&mut self, number: usize) {
        let Ok(at) = self.places.binary_search_by_key(&number, |place| place.number) else { return };
        let units = std::mem::take(&mut self.places[at].units);
        let mut n = at;
        while let Some(sum) = self.sums.get_mut(n) {
            *sum = sum.saturating_sub(units);
            n |= n + 1;
        }
    }

    /// The units kept for those who are served before this ticket, or for everybody.
    ///
    /// # Complexity
    /// O(log n).
    pub(super) fn ahead(&self, ticket: Option<u64>) -> u128 {
        let mut n = match ticket {
            Some(own) => self.places.partition_point(|place| place.ticket < own),
            None => self.places.len(),
        };
        let mut sum = 0_u128;
        while n > 0 {
            sum = sum.saturating_add(self.sums[n - 1]);
            n &= n - 1;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queue_adds_up_what_a_plain_list_would() {
        for len in 0..20 {
            let mut plain: Vec<(usize, u64, u128)> =
                (0..len).map(|n| (2 * n, (n / 2) as u64, (n * n) as u128 + 1)).collect();
            let mut queue = Queue::new(plain.iter().copied());
            for round in 0..len {
                for ticket in (0..12).map(Some).chain([None]) {
                    let ahead = plain.iter().filter(|(_, t, _)| ticket.is_none_or(|own| *t < own));
                    assert_eq!(queue.ahead(ticket), ahead.map(|(.., units)| units).sum::<u128>());
                }
                let left = (round * 7) % len;
                queue.leave(plain[left].0);
                queue.leave(plain[left].0);
                queue.leave(2 * left + 1);
                plain[left].2 = 0;
            }
        }
    }
}
