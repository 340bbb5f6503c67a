//! The independent checker: whether a verdict follows from a snapshot.
//!
//! A verdict carries a certificate, and a [`Checker`] confirms it from the snapshot alone. Nothing here is shared
//! with the detectors, neither graphs nor reductions: what a detector finds by search is confirmed by definition.
//!
//! | verdict | what is confirmed |
//! |---|---|
//! | deadlock `HOLDS` | each wait of each member falls short even if all but the members proceed and all that is unknown helps; branches and parents of members are members; then what people are shown |
//! | deadlock `DOES_NOT_HOLD` | the order of reduction, one task after the other, and that nobody depends on what is left |
//! | termination, quiescence | no token, no message, the creation is inside the cut, and nothing is missing; or the one witness |
//! | garbage `HOLDS` | no root, pin or message refers into the groups, nor does any object outside them |
//! | garbage `DOES_NOT_HOLD` | each mark follows from a root or an earlier mark, and every object has one |
//! | conservation | the sum |
//! | `UNKNOWN` | that each doubt is about something that is so; not that nothing could have been established |
//!
//! What is *not* confirmed: that a `HOLDS` names all there is (other deadlocks, more garbage), that a core is the
//! smallest one, that a cycle is the shortest, and texts that are words for people and nothing else
//! ([`Stuck::holds`](stillpoint_proto::verdict::Stuck), `on`, `by`).

mod checker;
mod deadlock;
mod doubts;
mod effort;
mod garbage;
mod ledger;
mod lost;
mod order;
mod refuted;
mod shape;
mod stands;
mod sum;
mod termination;
mod unseen;
mod view;
mod witness;
mod world;

pub use checker::Checker;
pub use effort::EFFORT;
pub use refuted::Refuted;

use stillpoint_proto::id::TaskRef;
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::verdict::{Doubt, Verdict};

/// What was confirmed of a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Confirmed {
    /// What follows from the snapshot.
    pub finding: Finding,
    /// Parts of the verdict that were not looked at, and why.
    pub unchecked: Vec<Unchecked>,
}

/// What follows from a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The property holds.
    Holds,
    /// The property does not hold.
    DoesNotHold,
    /// The doubts of an `UNKNOWN` are real. That nothing could have been established is not confirmed.
    DoubtsAreReal,
}

/// A part of a verdict that was taken as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unchecked {
    /// That the edges of a cycle or knot are real: it took more than [`EFFORT`] steps.
    Shape,
    /// That the victims free every member and none can be spared: it took more than [`EFFORT`] steps, or there are so
    /// many, times so many members, that nobody claims it.
    Victims,
    /// That these tasks are stuck: it took more than [`EFFORT`] steps.
    Behind(Vec<TaskRef>),
    /// A doubt of a kind that this checker does not know.
    Doubt(Doubt),
}

/// Confirms a verdict from a snapshot alone. For several verdicts on one snapshot, use one [`Checker`].
///
/// # Errors
/// [`Refuted`]: the first thing found to be wrong.
///
/// # Complexity
/// As of [`Checker::new`] and [`Checker::verify`].
pub fn verify(cut: &ConsistentCut, verdict: &Verdict) -> Result<Confirmed, Refuted> {
    Checker::new(cut).verify(verdict)
}
