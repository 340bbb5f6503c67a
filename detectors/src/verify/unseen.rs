//! Who may hold some of a resource that nobody owns, besides those who say that they do.
//!
//! Its clients need not be members. One who is not may have had some of it since before the round was announced, and
//! for ever: not more than was left at the announcement by those whose holds are confirmed, who had them then, nor at
//! the cut of any one process by what that process had.

use super::view::{Holder, PLENTY, Supply, View, units};
use std::collections::BTreeMap;
use stillpoint_proto::fact::ResourceName;
use stillpoint_proto::id::Incarnation;

/// The most that members are known to have had at one instant, of each resource without an owner of which they had
/// any.
#[derive(Debug, Default)]
pub(super) struct Seen(BTreeMap<ResourceName, u128>);

impl Seen {
    /// # Complexity
    /// O(n log n) in the shares of the view.
    pub(super) fn of(view: &View<'_>) -> Self {
        let keyed = view.shares.keys().filter(|name| View::owner(name).is_none());
        Seen(keyed.map(|name| (name.clone(), seen(view, name))).collect())
    }
}

fn seen(view: &View<'_>, name: &ResourceName) -> u128 {
    let Supply::Known { capacity, .. } = view.supply(name) else { return 0 };
    let (mut at_announcement, mut at_cut) = (0_u128, BTreeMap::<Incarnation, u128>::new());
    for share in view.shares.get(name).into_iter().flatten() {
        let (process, sure) = match share.by {
            Holder::Task { task, sure } => (task.process, sure),
            Holder::Unbound { process, sure } => (process, sure),
            // Nobody knows since when, or until when.
            Holder::Nobody | Holder::Granted { .. } | Holder::Released { .. } => continue,
        };
        let more = units(share.grip, capacity);
        let own = at_cut.entry(process).or_default();
        *own = own.saturating_add(more);
        if sure {
            at_announcement = at_announcement.saturating_add(more);
        }
    }
    at_cut.into_values().fold(at_announcement, u128::max)
}

impl View<'_> {
    /// The most that somebody who is no member may have of a resource.
    pub(super) fn unseen(&self, name: &ResourceName) -> u128 {
        let (None, Supply::Known { capacity, .. }) = (View::owner(name), self.supply(name)) else { return 0 };
        let seen = self.seen.0.get(name).copied().unwrap_or(0);
        // Where some share what any number may share, he may share it too, and another who wants all of it be ahead
        // of those who wait.
        if capacity == PLENTY && seen < capacity { capacity } else { capacity.saturating_sub(seen) }
    }
}
