//! When two findings are the same verdict, and what a cut says about one that was not found in it.

use super::verdicts::Ending;
use crate::config::PropertyKind;
use std::collections::BTreeSet;
use stillpoint_proto::fact::Fact;
use stillpoint_proto::id::{ComputationRef, Handle, Incarnation, ObjectRef, Text, WaitRef};
use stillpoint_proto::mutation::{Mutation, is_on};
use stillpoint_proto::snapshot::{ConsistentCut, MemberState};
use stillpoint_proto::verdict::{Certificate, Deadlock, GarbageGroup, Outcome, Property, Verdict};

/// What makes two findings one verdict.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// A wait of a deadlock's member.
    Wait(WaitRef),
    /// The computation that has terminated.
    Computation(ComputationRef),
    /// The quiescence of all.
    Quiescence,
    /// An object of a group of garbage.
    Object(ObjectRef),
    /// A gauge whose sum is wrong, and what it should be.
    Sum(Text, i128),
}

/// The kind of a property.
pub(super) const fn kind(property: &Property) -> PropertyKind {
    match property {
        Property::Deadlock => PropertyKind::Deadlock,
        Property::Termination(_) => PropertyKind::Termination,
        Property::Quiescence => PropertyKind::Quiescence,
        Property::Garbage => PropertyKind::Garbage,
        Property::Conservation { .. } => PropertyKind::Conservation,
    }
}

/// What of an analysis has a life: each `HOLDS`, garbage by group (the `groups` largest), and a sum that is
/// wrong.
pub(super) fn findings(found: &[Verdict], groups: usize) -> Vec<Verdict> {
    let mut findings = Vec::new();
    for verdict in found {
        match (&verdict.property, &verdict.outcome) {
            (Property::Conservation { .. }, Outcome::DoesNotHold(_)) => findings.push(verdict.clone()),
            (Property::Conservation { .. }, _) => {}
            (_, Outcome::Holds(Certificate::Garbage(all))) => {
                let mut largest: Vec<&GarbageGroup> = all.iter().collect();
                largest.sort_by_key(|group| std::cmp::Reverse(group.size));
                let of_group = |group: &&GarbageGroup| Verdict {
                    outcome: Outcome::Holds(Certificate::Garbage(vec![GarbageGroup::clone(group)])),
                    ..verdict.clone_without_outcome()
                };
                findings.extend(largest.iter().take(groups).map(of_group));
            }
            (_, Outcome::Holds(_)) => findings.push(verdict.clone()),
            (_, Outcome::DoesNotHold(_) | Outcome::Unknown(_)) => {}
        }
    }
    findings
}

trait WithoutOutcome {
    /// The same verdict but for its outcome, which may be large.
    fn clone_without_outcome(&self) -> Verdict;
}

impl WithoutOutcome for Verdict {
    fn clone_without_outcome(&self) -> Verdict {
        Verdict {
            deployment: self.deployment,
            epoch: self.epoch,
            property: self.property.clone(),
            outcome: Outcome::Unknown(Vec::new()),
            assumptions: self.assumptions.clone(),
        }
    }
}

/// By what a finding is recognised.
pub(super) fn keys(verdict: &Verdict) -> Vec<Key> {
    match (&verdict.property, &verdict.outcome) {
        (Property::Deadlock, _) if is_on(Mutation::DeadlockByRound) => Vec::new(),
        (_, Outcome::Holds(Certificate::Deadlock(deadlock))) => waits(deadlock).map(Key::Wait).collect(),
        (_, Outcome::Holds(Certificate::Garbage(groups))) => {
            groups.iter().flat_map(|g| &g.objects).copied().map(Key::Object).collect()
        }
        (Property::Termination(computation), _) => vec![Key::Computation(*computation)],
        (Property::Quiescence, _) => vec![Key::Quiescence],
        (Property::Conservation { gauge, expected }, _) => vec![Key::Sum(gauge.clone(), *expected)],
        (Property::Deadlock | Property::Garbage, _) => Vec::new(),
    }
}

/// The processes that have a part in a finding.
pub(super) fn processes(verdict: &Verdict) -> BTreeSet<Incarnation> {
    match (&verdict.property, &verdict.outcome) {
        (_, Outcome::Holds(Certificate::Deadlock(deadlock))) => {
            deadlock.members.iter().map(|m| m.task.process).collect()
        }
        (_, Outcome::Holds(Certificate::Garbage(groups))) => {
            groups.iter().flat_map(|g| &g.objects).map(|o| o.process).collect()
        }
        (Property::Termination(computation), _) => BTreeSet::from([computation.process]),
        _ => BTreeSet::new(),
    }
}

/// Whether a finding is about nothing any more, once these processes have gone: a deadlock with any of its members,
/// all else with the last process that has a part in it.
pub(super) fn is_gone(verdict: &Verdict, has_gone: impl Fn(Incarnation) -> bool) -> bool {
    let part = processes(verdict);
    match kind(&verdict.property) {
        PropertyKind::Deadlock => part.into_iter().any(has_gone),
        _ => !part.is_empty() && part.into_iter().all(has_gone),
    }
}

/// Whether a finding says no more than an earlier one, but for what comes and goes.
///
/// What has held holds on, so what once rested on less rests on no more now: that a later round must assume more, as that
/// another process is dead, takes nothing from what an earlier one has shown.
pub(super) fn adds_nothing(before: &Verdict, now: &Verdict) -> bool {
    let same = match (&before.outcome, &now.outcome) {
        (Outcome::Holds(Certificate::Deadlock(before)), Outcome::Holds(Certificate::Deadlock(now))) => {
            lasting(before) == lasting(now)
        }
        (before, now) => before == now,
    };
    let rests_on_less = now.assumptions.len() < before.assumptions.len()
        && now.assumptions.iter().all(|assumption| before.assumptions.contains(assumption));
    same && !rests_on_less
}

/// What of a deadlock lasts. Others get stuck behind it and give up, and messages that do not help come and go.
fn lasting(deadlock: &Deadlock) -> impl PartialEq {
    let Deadlock { members, shape, victims, holds_until, behind: _, messages: _ } = deadlock;
    (members, shape, victims, holds_until)
}

/// How a verdict that was not found in a cut has ended, if the cut says so.
pub(super) fn ending(verdict: &Verdict, cut: &ConsistentCut, found: &[Verdict]) -> Option<Ending> {
    match (&verdict.property, &verdict.outcome) {
        (_, Outcome::Holds(Certificate::Deadlock(deadlock))) => deadlock_ending(deadlock, cut, found),
        (_, Outcome::Holds(Certificate::Garbage(groups))) => garbage_ending(groups, cut, found),
        (Property::Termination(computation), _) => termination_ending(verdict, *computation, cut, found),
        // Who creates a computation out of nothing ends the quiescence; a wrong sum can be put right.
        (Property::Quiescence, _) => refuted(verdict, found).then_some(Ending::Resolved),
        (Property::Conservation { .. }, _) => holds(verdict, found).then_some(Ending::Resolved),
        (Property::Deadlock | Property::Garbage, _) => None,
    }
}

/// What a cut says of one process.
enum Presence<'a> {
    Here(&'a stillpoint_proto::cut::ProcessCut),
    Silent,
    Gone,
}

fn presence(cut: &ConsistentCut, process: Incarnation) -> Presence<'_> {
    match cut.snapshot().members.get(&process).map(|m| &m.state) {
        Some(MemberState::Present(state)) => Presence::Here(state),
        // After a restart, who is not back yet is no member: nothing is known of it.
        Some(MemberState::Absent(_)) | None => Presence::Silent,
        Some(MemberState::Left { .. } | MemberState::Lost { .. }) => Presence::Gone,
    }
}

fn deadlock_ending(deadlock: &Deadlock, cut: &ConsistentCut, found: &[Verdict]) -> Option<Ending> {
    let mut silent = !cut.is_complete();
    let mut left = false;
    for member in &deadlock.members {
        match presence(cut, member.task.process) {
            Presence::Gone => return Some(Ending::Departed(member.task.process)),
            Presence::Silent => silent = true,
            Presence::Here(state) => {
                left |= member.waits.iter().any(|w| !state.facts.contains_key(&w.wait.id.0));
            }
        }
    }
    if left {
        let passed = |(process, deadline): (&Incarnation, &stillpoint_proto::fact::Millis)| {
            let at = match presence(cut, *process) {
                Presence::Here(state) => state.at,
                Presence::Silent | Presence::Gone => return None,
            };
            (at >= *deadline).then_some(Ending::DeadlinePassed(*process))
        };
        return Some(deadlock.holds_until.iter().find_map(passed).unwrap_or(Ending::Resolved));
    }
    let members: BTreeSet<_> = deadlock.members.iter().map(|m| m.task).collect();
    let doubted = found.iter().any(|verdict| match &verdict.outcome {
        Outcome::Unknown(doubts) => doubts.iter().any(|d| d.task.is_none_or(|task| members.contains(&task))),
        Outcome::Holds(_) | Outcome::DoesNotHold(_) => false,
    });
    (!silent && !doubted).then_some(Ending::Unexplained)
}

fn termination_ending(
    verdict: &Verdict,
    computation: ComputationRef,
    cut: &ConsistentCut,
    found: &[Verdict],
) -> Option<Ending> {
    if refuted(verdict, found) {
        return Some(Ending::Unexplained);
    }
    match presence(cut, computation.process) {
        Presence::Here(state) => {
            let created = has(state, computation.id.0, |fact| matches!(fact, Fact::Creation(_)));
            (!created).then_some(Ending::Resolved)
        }
        Presence::Gone => Some(Ending::Departed(computation.process)),
        Presence::Silent => None,
    }
}

fn garbage_ending(groups: &[GarbageGroup], cut: &ConsistentCut, found: &[Verdict]) -> Option<Ending> {
    let mut left = 0_usize;
    let mut gone = None;
    for object in groups.iter().flat_map(|g| &g.objects) {
        match presence(cut, object.process) {
            Presence::Silent => return None,
            Presence::Gone => gone = Some(object.process),
            Presence::Here(state) => {
                left += usize::from(has(state, object.id.0, |f| matches!(f, Fact::Object(_))));
            }
        }
    }
    match (left, gone) {
        (0, Some(process)) => Some(Ending::Departed(process)),
        (0, None) => Some(Ending::Resolved),
        (_, _) => {
            let decided = |v: &Verdict| !matches!(v.outcome, Outcome::Unknown(_));
            let complete = cut.is_complete() && found.iter().any(decided);
            // Of more groups than have a life, one that is left out may still be garbage.
            let all: BTreeSet<&ObjectRef> = found.iter().flat_map(objects).collect();
            let still = groups.iter().flat_map(|g| &g.objects).any(|o| all.contains(o));
            (complete && !still).then_some(Ending::Unexplained)
        }
    }
}

fn objects(verdict: &Verdict) -> impl Iterator<Item = &ObjectRef> {
    let groups: &[GarbageGroup] = match &verdict.outcome {
        Outcome::Holds(Certificate::Garbage(groups)) => groups,
        _ => &[],
    };
    groups.iter().flat_map(|g| &g.objects)
}

fn has(state: &stillpoint_proto::cut::ProcessCut, handle: Handle, kind: impl Fn(&Fact) -> bool) -> bool {
    state.facts.get(&handle).is_some_and(|recorded| kind(&recorded.fact))
}

fn waits(deadlock: &Deadlock) -> impl Iterator<Item = WaitRef> + '_ {
    deadlock.members.iter().flat_map(|m| &m.waits).map(|w| w.wait)
}

fn refuted(verdict: &Verdict, found: &[Verdict]) -> bool {
    found.iter().any(|v| v.property == verdict.property && matches!(v.outcome, Outcome::DoesNotHold(_)))
}

fn holds(verdict: &Verdict, found: &[Verdict]) -> bool {
    found.iter().any(|v| v.property == verdict.property && matches!(v.outcome, Outcome::Holds(_)))
}
