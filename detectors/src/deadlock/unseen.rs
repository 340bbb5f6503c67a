//! What somebody outside the cut may have of a resource that nobody owns.
//!
//! A database knows all of its clients, a cut only those that are members: somebody without an agent, or whose
//! process has not said hello yet, may have held a row since before the round was announced, and for ever. He has no
//! more than was left over at any one instant since:
//!
//! ```text
//!   announced          p's cut       q's cut
//!   ----|-----------------|-------------|---->
//!       |                 what p holds  what q holds
//!       what is confirmed: held from before until after its holder's cut
//! ```
//!
//! What two processes hold is not added up unless it is confirmed, for what one gave back after its cut may be what
//! the other took before its own.

use super::index::{Index, NONE};
use super::resource::{Supply, Terms};
use super::rules;
use stillpoint_proto::mutation::{Mutation, is_on};

/// For each resource the most that somebody outside the cut may have; nothing of one with an owner, who tells.
///
/// What is with a finished task or a process that has left, or in transit, was not seen: nobody knows when it was
/// given back, or granted.
///
/// # Complexity
/// O(n) in the holds and resources.
pub(super) fn unseen(index: &Index<'_>) -> Vec<i128> {
    if is_on(Mutation::UnseenHoldsNothing) {
        return vec![0; index.resources.len()];
    }
    let mut seen = vec![Seen::default(); index.resources.len()];
    // The holds of a process are neighbours.
    for (row, n) in index.holds.iter().zip(0..) {
        if row.resource == NONE || rules::orphaned(index, n) {
            continue;
        }
        let units = index.resources[row.resource as usize].terms.units(row.fact.grip);
        seen[row.resource as usize].add(row.process, units, !rules::unconfirmed(index, n));
    }
    let left_over = |(n, seen): (u32, &Seen)| {
        let terms = &index.resources[n as usize].terms;
        if rules::keyed(index, n) { beside(seen.most.max(seen.confirmed), terms) } else { 0 }
    };
    (0..).zip(&seen).map(left_over).collect()
}

/// The most that somebody may have beside those who have `seen` units.
fn beside(seen: i128, terms: &Terms) -> i128 {
    match terms.supply {
        Supply::Units(all) if seen >= all => 0,
        // He shares it, and whoever is ahead in the queue and wants the whole keeps all others waiting.
        Supply::Units(all) if terms.is_boundless() => all,
        Supply::Units(all) => all - seen,
        // Nothing of it is granted for certain.
        Supply::Unknown | Supply::Gone => 0,
    }
}

/// What was seen to be held of one resource.
#[derive(Clone, Copy, Default)]
struct Seen {
    confirmed: i128,
    /// By the process that was looked at last.
    own: i128,
    process: u32,
    /// The most by any one process.
    most: i128,
}

impl Seen {
    fn add(&mut self, process: u32, units: i128, confirmed: bool) {
        if self.process != process {
            (self.process, self.own) = (process, 0);
        }
        self.own += units;
        self.most = self.most.max(self.own);
        if confirmed {
            self.confirmed += units;
        }
    }
}
