//! The independent checker: whether a verdict follows from a snapshot.
//!
//! A verdict carries a certificate, and [`verify`] confirms it from the snapshot alone. Nothing here is shared
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

mod deadlock;
mod doubts;
mod garbage;
mod order;
mod refuted;
mod sum;
mod termination;
mod view;
mod witness;
mod world;

pub use refuted::Refuted;

use std::collections::BTreeSet;
use stillpoint_proto::cut::{Annotations, ProcessCut};
use stillpoint_proto::id::{Incarnation, MessageId, TaskRef, WaitRef};
use stillpoint_proto::snapshot::{Assumption, ConsistentCut, MemberState};
use stillpoint_proto::verdict::{Certificate, Doubt, Outcome, Property, Refutation, Verdict};

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
    /// That the victims free every member and none can be spared: it took more than [`EFFORT`] steps.
    Victims,
    /// That these tasks are stuck: it took more than [`EFFORT`] steps.
    Behind(Vec<TaskRef>),
    /// A doubt of a kind that this checker does not know.
    Doubt(Doubt),
}

/// How many waits a simulation of victims, or of what is stuck behind a core, looks at before it is given up.
pub const EFFORT: usize = 4_000_000;

/// Confirms a verdict from a snapshot alone.
///
/// # Errors
/// [`Refuted`]: the first thing found to be wrong.
///
/// # Complexity
/// O(n log n) for a snapshot and verdict of size n, and besides: for each demand on a resource, the unbound
/// holds and releases in transit of that resource, and the places ahead of it as far as they fit; for each call,
/// its servers; for each message that matters, the readers of its lane. Victims, and what is stuck behind a
/// core, are simulated for at most [`EFFORT`] steps each.
pub fn verify(cut: &ConsistentCut, verdict: &Verdict) -> Result<Confirmed, Refuted> {
    let snapshot = cut.snapshot();
    if verdict.deployment != snapshot.deployment {
        return Err(Refuted::Deployment { verdict: verdict.deployment, snapshot: snapshot.deployment });
    }
    if verdict.epoch != snapshot.epoch {
        return Err(Refuted::Epoch { verdict: verdict.epoch, snapshot: snapshot.epoch });
    }
    let listed: BTreeSet<&Assumption> = verdict.assumptions.iter().collect();
    if let Some(unlisted) = cut.assumptions().into_iter().find(|a| !listed.contains(a)) {
        return Err(Refuted::Unlisted(unlisted));
    }
    let (finding, unchecked) = match &verdict.outcome {
        Outcome::Holds(certificate) => (Finding::Holds, holds(cut, verdict, certificate, &listed)?),
        Outcome::DoesNotHold(refutation) => {
            does_not_hold(cut, &verdict.property, refutation)?;
            (Finding::DoesNotHold, Vec::new())
        }
        Outcome::Unknown(doubts) => (Finding::DoubtsAreReal, doubts::check(cut, &verdict.property, doubts)?),
    };
    Ok(Confirmed { finding, unchecked })
}

fn holds(
    cut: &ConsistentCut,
    verdict: &Verdict,
    certificate: &Certificate,
    listed: &BTreeSet<&Assumption>,
) -> Result<Vec<Unchecked>, Refuted> {
    match (&verdict.property, certificate) {
        (Property::Deadlock, Certificate::Deadlock(found)) => {
            let view = view::View::new(cut);
            let unchecked = deadlock::check(&view, found)?;
            match deadlock::rests_on(&view, found).into_iter().find(|wait| !is_listed(listed, *wait)) {
                Some(wait) => Err(Refuted::Unlisted(Assumption::ClosedWakers(wait))),
                None => Ok(unchecked),
            }
        }
        (Property::Termination(computation), Certificate::Terminated { label, with_loss }) => {
            termination::terminated(cut, Some(*computation), label, *with_loss).map(|()| Vec::new())
        }
        (Property::Quiescence, Certificate::Terminated { label, with_loss }) => {
            termination::terminated(cut, None, label, *with_loss).map(|()| Vec::new())
        }
        (Property::Garbage, Certificate::Garbage(groups)) => {
            garbage::unreachable(cut, groups).map(|()| Vec::new())
        }
        (Property::Conservation { gauge, expected }, Certificate::Sum(stated)) => {
            sum::check(cut, gauge, *expected, *stated, true).map(|()| Vec::new())
        }
        (property, _) => Err(Refuted::WrongKind { property: property.name() }),
    }
}

fn is_listed(listed: &BTreeSet<&Assumption>, wait: WaitRef) -> bool {
    listed.contains(&Assumption::ClosedWakers(wait))
}

fn does_not_hold(cut: &ConsistentCut, property: &Property, refutation: &Refutation) -> Result<(), Refuted> {
    match (property, refutation) {
        (Property::Deadlock, Refutation::ReductionOrder(order)) => order::check(&view::View::new(cut), order),
        (Property::Termination(computation), Refutation::Token { process, handle }) => {
            termination::token(cut, Some(*computation), *process, *handle)
        }
        (Property::Quiescence, Refutation::Token { process, handle }) => {
            termination::token(cut, None, *process, *handle)
        }
        (Property::Termination(computation), Refutation::Message(message)) => {
            termination::message(cut, Some(*computation), *message)
        }
        (Property::Quiescence, Refutation::Message(message)) => termination::message(cut, None, *message),
        (Property::Garbage, Refutation::Marked(marks)) => garbage::marked(cut, marks),
        (Property::Conservation { gauge, expected }, Refutation::Sum(stated)) => {
            sum::check(cut, gauge, *expected, *stated, false)
        }
        (property, _) => Err(Refuted::WrongKind { property: property.name() }),
    }
}

/// The messages that nobody can receive any more, with what they carry. While their sender lives, it may find
/// that no byte has left, and take that back.
fn lost_messages(cut: &ConsistentCut) -> impl Iterator<Item = (MessageId, &Annotations)> + '_ {
    cut.channels().lost.iter().flat_map(move |(&lane, numbers)| {
        let member = cut.snapshot().members.get(&lane.process);
        let sending =
            member.and_then(|m| last_state(&m.state)).and_then(|state| state.sending.get(&lane.lane));
        let log = sending.into_iter().flat_map(|sending| &sending.log);
        log.filter(|(seq, _)| numbers.contains(**seq))
            .map(move |(&seq, entry)| (MessageId { lane, seq }, &entry.annotations))
    })
}

/// Those who sent messages that nobody can receive any more and of which nobody knows what they carried; each
/// once for every such lane.
fn lost_unread(cut: &ConsistentCut) -> impl Iterator<Item = Incarnation> + '_ {
    cut.channels().lost.iter().filter_map(|(&lane, numbers)| {
        let member = cut.snapshot().members.get(&lane.process)?;
        let sending = last_state(&member.state)?.sending.get(&lane.lane)?;
        let mut known = sending.collapsed.clone();
        known.subtract(numbers);
        (known != sending.collapsed).then_some(lane.process)
    })
}

/// Whether somebody may take back what nobody knows: a message as in [`lost_unread`] of a sender that is present.
fn returnable_unread(cut: &ConsistentCut) -> bool {
    let members = &cut.snapshot().members;
    lost_unread(cut).any(|from| members.get(&from).is_some_and(|m| m.state.is_present()))
}

/// The state of a process at its cut, or as last reported.
fn last_state(state: &MemberState) -> Option<&ProcessCut> {
    match state {
        MemberState::Present(cut) | MemberState::Left(cut) => Some(cut),
        MemberState::Lost { last, .. } => last.as_deref(),
        MemberState::Absent(_) => None,
    }
}

/// As [`lost_messages`], of senders that are present.
fn returnable(cut: &ConsistentCut) -> impl Iterator<Item = (MessageId, &Annotations)> + '_ {
    let members = &cut.snapshot().members;
    let lives = |message: &MessageId| members.get(&message.sender()).is_some_and(|m| m.state.is_present());
    lost_messages(cut).filter(move |(message, _)| lives(message))
}
