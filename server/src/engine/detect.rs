//! The detectors, behind one door.
//!
//! Every call of a detector or of the checker is here. Where the configuration asks for it, each verdict is
//! confirmed by the independent checker before anybody is told of it; one that is refuted is a fault of the
//! detector, which is logged and counted, and is withheld.

use super::statistics::{Counter, Statistics};
use crate::config::{Gauge, PropertyKind, Victims};
use stillpoint_detectors::deadlock::VictimPolicy;
use stillpoint_detectors::verify::Checker;
use stillpoint_detectors::{conservation, deadlock, garbage, termination};
use stillpoint_proto::cut::ProcessCut;
use stillpoint_proto::fact::Fact;
use stillpoint_proto::id::{ComputationId, ComputationRef, Incarnation, Text};
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::verdict::{Doubt, Outcome, Property, Reason, Verdict};

/// What to look for in a cut.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Query {
    /// Deadlocks; `None` chooses victims as configured.
    Deadlock(Option<Victims>),
    /// Each computation, whether it has work left.
    Terminations,
    /// All computations as if they were one.
    Quiescence,
    /// Objects that can never be reached again.
    Garbage,
    /// The sum of one gauge.
    Sum(Text, i128),
    /// The sums of the configured gauges.
    Sums,
}

impl Query {
    /// The kind of property that it is about.
    #[must_use]
    pub const fn kind(&self) -> PropertyKind {
        match self {
            Query::Deadlock(_) => PropertyKind::Deadlock,
            Query::Terminations => PropertyKind::Termination,
            Query::Quiescence => PropertyKind::Quiescence,
            Query::Garbage => PropertyKind::Garbage,
            Query::Sum(..) | Query::Sums => PropertyKind::Conservation,
        }
    }

    /// Whether its answer says all that there is to say about the kind, as configured: only such answers
    /// decide about the life of verdicts.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        !matches!(self, Query::Sum(..) | Query::Deadlock(Some(_)))
    }
}

/// What each round is analysed for, if it is analysed for this kind.
impl From<PropertyKind> for Query {
    fn from(kind: PropertyKind) -> Self {
        match kind {
            PropertyKind::Deadlock => Query::Deadlock(None),
            PropertyKind::Termination => Query::Terminations,
            PropertyKind::Quiescence => Query::Quiescence,
            PropertyKind::Garbage => Query::Garbage,
            PropertyKind::Conservation => Query::Sums,
        }
    }
}

/// What the detectors need to know besides the cut.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) victims: Victims,
    pub(super) gauges: Vec<Gauge>,
    pub(super) verify: bool,
}

/// Looks for a property in a cut. Takes as long as it takes: never called on an async thread.
pub(super) fn detect(
    cut: &ConsistentCut,
    query: &Query,
    settings: &Settings,
    statistics: &Statistics,
) -> Vec<Verdict> {
    statistics.add(Counter::Analyses);
    let mut found = match query {
        Query::Deadlock(policy) => deadlock::deadlock(cut, victim_policy(policy.unwrap_or(settings.victims))),
        Query::Terminations => termination::terminations(cut),
        Query::Quiescence => vec![termination::quiescence(cut)],
        Query::Garbage => garbage::garbage(cut),
        Query::Sum(gauge, expected) => vec![conservation::conservation(cut, gauge, *expected)],
        Query::Sums => {
            let sum = |gauge: &Gauge| {
                conservation::conservation(cut, &Text::new(&gauge.name), i128::from(gauge.expected))
            };
            settings.gauges.iter().map(sum).collect()
        }
    };
    if settings.verify {
        let checker = Checker::new(cut);
        for verdict in &mut found {
            withhold_refuted(&checker, verdict, statistics);
        }
    }
    found
}

/// What the checker refutes is not told; that something was found is, so that nothing ends for not being found.
fn withhold_refuted(checker: &Checker<'_>, verdict: &mut Verdict, statistics: &Statistics) {
    if let Err(refuted) = checker.verify(verdict) {
        let (epoch, property) = (verdict.epoch, verdict.property.name());
        tracing::error!(%epoch, property, %refuted, "a verdict is refuted by the checker and withheld");
        statistics.add(Counter::Refuted);
        let reason = Reason::Withheld(Text::new(&refuted.to_string()));
        verdict.outcome = Outcome::Unknown(vec![Doubt { task: None, reason }]);
    }
}

/// The computations that processes have created, with their labels.
pub(super) fn labels<'a>(
    states: impl Iterator<Item = (Incarnation, &'a ProcessCut)>,
) -> impl Iterator<Item = (ComputationRef, &'a Text)> {
    let facts = states.flat_map(|(process, state)| state.facts.iter().map(move |fact| (process, fact)));
    facts.filter_map(|(process, (&handle, recorded))| match &recorded.fact {
        Fact::Creation(creation) => {
            Some((ComputationRef::new(process, ComputationId(handle)), &creation.label))
        }
        _ => None,
    })
}

/// Whether deadlocks are left undecided only because holds on keyed resources are too new: then the next round,
/// by which they are confirmed, can decide.
///
/// Tasks that wait for such undecided ones are undecided for no reason of their own. Who waits for what somebody
/// unseen may hold says nothing against another round, and nothing for one: mostly his statement is under way, and
/// there may always be one.
pub(super) fn next_round_may_decide(found: &[Verdict]) -> bool {
    let doubts = found.iter().filter(|v| v.property == Property::Deadlock).filter_map(|v| match &v.outcome {
        Outcome::Unknown(doubts) => Some(doubts),
        Outcome::Holds(_) | Outcome::DoesNotHold(_) => None,
    });
    let reasons: Vec<&Reason> = doubts.flatten().map(|doubt| &doubt.reason).collect();
    let unconfirmed = |reason: &&Reason| matches!(reason, Reason::UnconfirmedHold { .. });
    let neutral = |reason: &&Reason| matches!(reason, Reason::Undecided(_) | Reason::UnseenHolder(_));
    reasons.iter().any(unconfirmed) && reasons.iter().all(|reason| unconfirmed(reason) || neutral(reason))
}

const fn victim_policy(victims: Victims) -> VictimPolicy {
    match victims {
        Victims::Youngest => VictimPolicy::Youngest,
        Victims::FewestHolds => VictimPolicy::FewestHolds,
        Victims::LeastWeight => VictimPolicy::LeastWeight,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use stillpoint_proto::id::{DeploymentId, Epoch, Handle, Incarnation, TaskId, TaskRef};
    use stillpoint_proto::snapshot::Snapshot;

    fn unknown(reasons: Vec<Reason>) -> Vec<Verdict> {
        let doubts = reasons.into_iter().map(|reason| Doubt { task: None, reason }).collect();
        vec![Verdict {
            deployment: DeploymentId(1),
            epoch: Epoch(1),
            property: Property::Deadlock,
            outcome: Outcome::Unknown(doubts),
            assumptions: Vec::new(),
        }]
    }

    #[test]
    fn only_unconfirmed_holds_are_worth_another_round() {
        let hold = Reason::UnconfirmedHold { process: Incarnation(1), handle: Handle(1) };
        let follows = Reason::Undecided(TaskRef::new(Incarnation(1), TaskId::of(2)));
        let unseen = Reason::UnseenHolder("db/17".into());
        let other = Reason::OpenResource("permits".into());
        assert!(next_round_may_decide(&unknown(vec![hold.clone()])));
        assert!(next_round_may_decide(&unknown(vec![hold.clone(), follows.clone()])));
        assert!(next_round_may_decide(&unknown(vec![hold.clone(), unseen.clone()])));
        assert!(!next_round_may_decide(&unknown(vec![follows, unseen])));
        assert!(!next_round_may_decide(&unknown(vec![hold, other])));
        assert!(!next_round_may_decide(&[]));
    }

    #[test]
    fn what_the_checker_refutes_is_withheld_and_not_forgotten() {
        let (epoch, confirmed) = (Epoch(2), Epoch(0));
        let snapshot = Snapshot { deployment: DeploymentId(1), epoch, confirmed, members: BTreeMap::new() };
        let cut = ConsistentCut::check(snapshot).unwrap();
        // It is of another round.
        let mut verdict = unknown(vec![Reason::Stranger(Incarnation(7))]).remove(0);
        let statistics = Statistics::default();
        withhold_refuted(&Checker::new(&cut), &mut verdict, &statistics);
        let Outcome::Unknown(doubts) = &verdict.outcome else { panic!("{verdict:?}") };
        assert!(matches!(&doubts[..], [Doubt { task: None, reason: Reason::Withheld(_) }]), "{verdict:?}");
        assert_eq!(statistics.count(Counter::Refuted), 1);
    }
}
