//! The terms on which a resource is granted.

use stillpoint_proto::fact::{Grip, Resource};
use stillpoint_proto::id::{ResourceRef, Text};

/// More than all shared grips of a cut together: fewer than 2^32 of less than 2^64 units each.
const BOUNDLESS: i128 = 1 << 97;

/// How many units there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Supply {
    /// So many.
    Units(i128),
    /// Nobody knows.
    Unknown,
    /// The resource does not exist any more, and blocks nobody.
    Gone,
}

/// The terms of one resource.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    pub(super) label: Text,
    pub(super) supply: Supply,
    pub(super) closed: bool,
    pub(super) fair: bool,
    pub(super) local: bool,
}

impl Default for Terms {
    fn default() -> Self {
        Terms::unknown(Text::default())
    }
}

impl Terms {
    pub(super) fn unknown(label: Text) -> Self {
        Terms { label, supply: Supply::Unknown, closed: true, fair: false, local: false }
    }

    pub(super) fn gone(label: Text) -> Self {
        Terms { supply: Supply::Gone, ..Terms::unknown(label) }
    }

    /// The terms that the owner declares; `name` is the label of what has none.
    pub(super) fn owned(fact: &Resource, name: Text, permits: i128) -> Self {
        let supply = fact.capacity.map_or(Supply::Unknown, |c| Supply::Units(i128::from(c) + permits));
        let label = if fact.label.as_str().is_empty() { name } else { fact.label.clone() };
        Terms { label, supply, closed: fact.closed, fair: fact.fair, local: fact.local }
    }

    /// The terms of a keyed resource: one exclusive holder or any number of shared ones, unless declared.
    ///
    /// Who is ahead of whom in a queue that nobody instruments cannot be known, and nobody can be sure that a
    /// process outside the cut does not hold it: never fair, never local.
    pub(super) fn keyed(
        key: &Text,
        declared: &[(ResourceRef, &Resource)],
        permits: impl Fn(ResourceRef) -> i128,
    ) -> Self {
        let plain = Terms { supply: Supply::Units(BOUNDLESS), ..Terms::unknown(key.clone()) };
        let Some((_, first)) = declared.first() else { return plain };
        let terms = |r: &Resource| (r.capacity, r.closed, r.fair, r.local);
        if declared.iter().any(|(_, r)| terms(r) != terms(first)) {
            // What contradicts itself may as well be open.
            return Terms { closed: false, ..Terms::unknown(key.clone()) };
        }
        let added = declared.iter().map(|(id, _)| permits(*id)).sum();
        Terms { fair: false, local: false, ..Terms::owned(first, key.clone(), added) }
    }

    /// Whether any number may share it.
    pub(super) fn is_boundless(&self) -> bool {
        self.supply == Supply::Units(BOUNDLESS)
    }

    /// How many units a grip is; nothing if it is not known how many there are.
    pub(super) fn units(&self, grip: Grip) -> i128 {
        match (grip, self.supply) {
            (Grip::Shared(units), _) => i128::from(units),
            (Grip::Exclusive, Supply::Units(all)) => all,
            (Grip::Exclusive, Supply::Unknown | Supply::Gone) => BOUNDLESS,
        }
    }
}
