//! Who is left out of a snapshot whose states contradict one another.
//!
//! Two who contradict each other cannot both be right, and nothing says who is wrong: both are left out. But one that
//! contradicts several is more likely wrong than all of them, and if it were not so, one liar could name everybody, and
//! nobody would be left. So of those who contradict each other the one goes that contradicts more of the others.

use super::Inconsistency;
use crate::id::Incarnation;
use std::collections::{BTreeMap, BTreeSet};

/// Whose states cannot all be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blame {
    /// This one's: it contradicts itself, or what no other can be wrong about.
    One(Incarnation),
    /// One of these two, and nobody can say which.
    Either(Incarnation, Incarnation),
    /// One of these two, and if nothing else speaks against the second, it is the first.
    First(Incarnation, Incarnation),
    /// One of these three, and nobody can say which.
    Among([Incarnation; 3]),
}

impl Inconsistency {
    pub(super) fn blame(&self) -> Blame {
        match *self {
            Inconsistency::ReceivedBeforeSent { message, receiver }
            | Inconsistency::EpochDecreased { message, receiver } => {
                Blame::Either(message.sender(), receiver)
            }
            Inconsistency::FloorAhead { lane, receiver, .. } => Blame::Either(lane.process, receiver),
            Inconsistency::NotAddressed { lane, receiver, .. } => Blame::First(receiver, lane.process),
            // Or its sender has put the stamps of a lane to one process on what it sent to two.
            Inconsistency::SeveralReceivers { lane, receivers: [one, other] } => {
                Blame::Among([one, other, lane.process])
            }
            Inconsistency::Clock { process, knower, .. } => Blame::First(knower, process),
            Inconsistency::RedReceived { receiver, .. } => Blame::One(receiver),
            Inconsistency::Dangling { process, .. }
            | Inconsistency::MalformedWait { process, .. }
            | Inconsistency::BranchOfItself { process, .. } => Blame::One(process),
        }
    }
}

/// Whom to leave out, with the first fault that says so. Without them none of the faults is left.
///
/// # Complexity
/// O(n log n) in the faults.
pub(super) fn culprits(faults: &[Inconsistency]) -> BTreeMap<Incarnation, &Inconsistency> {
    let mut out: BTreeMap<Incarnation, &Inconsistency> = BTreeMap::new();
    let mut against: BTreeMap<Incarnation, BTreeSet<Incarnation>> = BTreeMap::new();
    for fault in faults {
        match fault.blame() {
            Blame::One(culprit) => drop(out.entry(culprit).or_insert(fault)),
            Blame::Either(one, other) | Blame::First(one, other) => {
                against.entry(one).or_default().insert(other);
                against.entry(other).or_default().insert(one);
            }
            Blame::Among(all) => {
                for one in all {
                    against.entry(one).or_default().extend(all.into_iter().filter(|other| *other != one));
                }
            }
        }
    }
    let weight = |process: &Incarnation| against.get(process).map_or(0, BTreeSet::len);
    for fault in faults {
        let blame = fault.blame();
        let suspects = match &blame {
            Blame::One(_) => continue,
            Blame::Either(one, other) | Blame::First(one, other) => vec![*one, *other],
            Blame::Among(all) => all.to_vec(),
        };
        if suspects.iter().any(|suspect| out.contains_key(suspect)) {
            continue;
        }
        let most = suspects.iter().map(weight).max();
        let mut worst = suspects.into_iter().filter(|suspect| Some(weight(suspect)) == most);
        match blame {
            Blame::First(..) => out.extend(worst.next().map(|suspect| (suspect, fault))),
            _ => out.extend(worst.map(|suspect| (suspect, fault))),
        }
    }
    out
}
