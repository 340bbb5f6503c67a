//! Which verdict is confirmed by what, and what is looked up once for all verdicts on a cut.

use super::doubts::Known;
use super::effort::Effort;
use super::termination::Work;
use super::view::View;
use super::{
    Confirmed, Finding, Refuted, Unchecked, deadlock, doubts, garbage, order, sum, termination, witness,
};
use std::cell::OnceCell;
use std::collections::BTreeSet;
use stillpoint_proto::id::{TaskRef, WaitRef};
use stillpoint_proto::snapshot::{Assumption, ConsistentCut};
use stillpoint_proto::verdict::{Certificate, Outcome, Property, Refutation, Verdict};

/// Confirms verdicts on one cut.
///
/// What several verdicts need is looked up once, when the first needs it. Verdicts do not influence one another,
/// except that all of them share one [`EFFORT`](super::EFFORT): what comes when it is spent is not simulated any more.
#[derive(Debug)]
pub struct Checker<'a> {
    cut: &'a ConsistentCut,
    /// What every verdict rests on.
    assumptions: BTreeSet<Assumption>,
    view: OnceCell<View<'a>>,
    known: OnceCell<Known>,
    work: OnceCell<Work<'a>>,
    /// Who is blocked when everybody has proceeded who can; `None` if that takes too long.
    stuck: OnceCell<Option<BTreeSet<TaskRef>>>,
    effort: Effort,
    /// For whether victims can be spared, which takes the most, so that nothing else is left out for it.
    sparing: Effort,
}

impl<'a> Checker<'a> {
    /// A checker of verdicts on this cut.
    ///
    /// # Complexity
    /// O(l log l) for l members and lanes. The first verdict of a kind takes O(n log n) more for a cut of size n, and
    /// up to [`EFFORT`](super::EFFORT) steps where tasks are behind a deadlock.
    #[must_use]
    pub fn new(cut: &'a ConsistentCut) -> Self {
        Checker {
            cut,
            assumptions: cut.assumptions(),
            view: OnceCell::new(),
            known: OnceCell::new(),
            work: OnceCell::new(),
            stuck: OnceCell::new(),
            effort: Effort::new(),
            sparing: Effort::new(),
        }
    }

    /// Confirms a verdict.
    ///
    /// # Errors
    /// [`Refuted`]: the first thing found to be wrong.
    ///
    /// # Complexity
    /// O(v log n) for a verdict of size v on a cut of size n: of a deadlock with what its members wait for and have.
    /// Besides, for each demand on a resource, the grants and releases of it that are in transit; for each call, its
    /// servers; for each message that matters, the readers of its lane. An order of reduction, garbage, marks and
    /// sums take O(n log n), as there are few of them. Simulations are bounded by [`EFFORT`](super::EFFORT).
    pub fn verify(&self, verdict: &Verdict) -> Result<Confirmed, Refuted> {
        let snapshot = self.cut.snapshot();
        if verdict.deployment != snapshot.deployment {
            return Err(Refuted::Deployment { verdict: verdict.deployment, snapshot: snapshot.deployment });
        }
        if verdict.epoch != snapshot.epoch {
            return Err(Refuted::Epoch { verdict: verdict.epoch, snapshot: snapshot.epoch });
        }
        let listed: BTreeSet<&Assumption> = verdict.assumptions.iter().collect();
        if let Some(unlisted) = self.assumptions.iter().find(|a| !listed.contains(a)) {
            return Err(Refuted::Unlisted(unlisted.clone()));
        }
        let (finding, unchecked) = match &verdict.outcome {
            Outcome::Holds(certificate) => (Finding::Holds, self.holds(verdict, certificate, &listed)?),
            Outcome::DoesNotHold(refutation) => {
                self.does_not_hold(&verdict.property, refutation)?;
                (Finding::DoesNotHold, Vec::new())
            }
            Outcome::Unknown(all) => {
                (Finding::DoubtsAreReal, doubts::check(self.view(), self.known(), &verdict.property, all)?)
            }
        };
        Ok(Confirmed { finding, unchecked })
    }

    /// How many steps were taken so far of those that [`EFFORT`](super::EFFORT) bounds: at most twice as many.
    #[must_use]
    pub fn spent(&self) -> usize {
        self.effort.spent() + self.sparing.spent()
    }

    fn holds(
        &self,
        verdict: &Verdict,
        certificate: &Certificate,
        listed: &BTreeSet<&Assumption>,
    ) -> Result<Vec<Unchecked>, Refuted> {
        match (&verdict.property, certificate) {
            (Property::Deadlock, Certificate::Deadlock(found)) => {
                let checked = deadlock::check(self, found)?;
                match checked.rests_on.into_iter().find(|wait| !is_listed(listed, *wait)) {
                    Some(wait) => Err(Refuted::Unlisted(Assumption::ClosedWakers(wait))),
                    None => Ok(checked.unchecked),
                }
            }
            (Property::Termination(computation), Certificate::Terminated { label, with_loss }) => {
                termination::terminated(self.work(), Some(*computation), label, *with_loss)
                    .map(|()| Vec::new())
            }
            (Property::Quiescence, Certificate::Terminated { label, with_loss }) => {
                termination::terminated(self.work(), None, label, *with_loss).map(|()| Vec::new())
            }
            (Property::Garbage, Certificate::Garbage(groups)) => {
                garbage::unreachable(self.cut, groups).map(|()| Vec::new())
            }
            (Property::Conservation { gauge, expected }, Certificate::Sum(stated)) => {
                sum::check(self.cut, gauge, *expected, *stated, true).map(|()| Vec::new())
            }
            (property, _) => Err(Refuted::WrongKind { property: property.name() }),
        }
    }

    fn does_not_hold(&self, property: &Property, refutation: &Refutation) -> Result<(), Refuted> {
        match (property, refutation) {
            (Property::Deadlock, Refutation::ReductionOrder(tasks)) => order::check(self.view(), tasks),
            (Property::Termination(computation), Refutation::Token { process, handle }) => {
                termination::token(self.cut, Some(*computation), *process, *handle)
            }
            (Property::Quiescence, Refutation::Token { process, handle }) => {
                termination::token(self.cut, None, *process, *handle)
            }
            (Property::Termination(computation), Refutation::Message(message)) => {
                termination::message(self.work(), Some(*computation), *message)
            }
            (Property::Quiescence, Refutation::Message(message)) => {
                termination::message(self.work(), None, *message)
            }
            (Property::Garbage, Refutation::Marked(marks)) => garbage::marked(self.cut, marks),
            (Property::Conservation { gauge, expected }, Refutation::Sum(stated)) => {
                sum::check(self.cut, gauge, *expected, *stated, false)
            }
            (property, _) => Err(Refuted::WrongKind { property: property.name() }),
        }
    }

    pub(super) fn view(&self) -> &View<'a> {
        self.view.get_or_init(|| View::new(self.cut))
    }

    pub(super) const fn effort(&self) -> &Effort {
        &self.effort
    }

    pub(super) const fn sparing(&self) -> &Effort {
        &self.sparing
    }

    /// Who is blocked when everybody has proceeded who can, if that can be told.
    pub(super) fn stuck(&self) -> Option<&BTreeSet<TaskRef>> {
        self.stuck.get_or_init(|| witness::stuck(self.view(), &self.effort)).as_ref()
    }

    fn known(&self) -> &Known {
        self.known.get_or_init(|| Known::new(self.view()))
    }

    fn work(&self) -> &Work<'a> {
        self.work.get_or_init(|| Work::of(self.cut))
    }
}

fn is_listed(listed: &BTreeSet<&Assumption>, wait: WaitRef) -> bool {
    listed.contains(&Assumption::ClosedWakers(wait))
}
