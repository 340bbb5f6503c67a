//! Deadlock: tasks that wait for one another, or for what nobody can give, so that none can ever proceed.
//!
//! Stable, because whoever could end the wait of one member is a member itself: nothing changes unless something
//! from outside does.
//!
//! ```text
//!   cut --> index --> network (optimistic) --> what is left --> cores --> HOLDS, with victims
//!                 \-> network (pessimistic) -> what is left and matters, less the above --> UNKNOWN
//!                                              nothing --> DOES_NOT_HOLD, with the order
//! ```
//!
//! What is not blocked proceeds; what proceeds releases what it holds and answers what it serves. That is done
//! twice: with everything unknown helping, when whatever is left cannot be helped; and with nothing unknown
//! helping, when whatever proceeds does so for certain. ARCHITECTURE.md has the rules.

mod channel;
mod concern;
mod doubts;
mod index;
mod knot;
mod ledger;
mod network;
mod reduce;
mod remainder;
mod report;
mod resource;
mod rules;
mod shape;
mod unseen;
mod victims;

pub use victims::VictimPolicy;

use crate::gaps::gaps;
use fixedbitset::FixedBitSet;
use index::Index;
use network::{Mode, Network, Node};
use reduce::Reduction;
use remainder::Remainder;
use report::Reporter;
use stillpoint_proto::snapshot::{Assumption, ConsistentCut, MemberState};
use stillpoint_proto::verdict::{Certificate, Doubt, Outcome, Property, Reason, Refutation, Verdict};

/// Finds every deadlock in a cut: one `HOLDS` for each core, in the order of their first members, and one
/// `UNKNOWN` for what could not be decided; if there is neither, one `DOES_NOT_HOLD`.
///
/// A task behind several cores is listed with the first that it leads to, and a message that concerns several
/// with the first of those.
///
/// # Complexity
/// O(n log n) in the facts and messages of the cut. To that add, for cores of up to 512 members, O(m e) to find the
/// shortest cycle and to spare victims.
#[must_use]
pub fn deadlock(cut: &ConsistentCut, policy: VictimPolicy) -> Vec<Verdict> {
    let index = Index::new(cut);
    let (mut verdicts, stuck) = holds(&index, policy);
    let network = Network::new(&index, Mode::Pessimistic);
    let state = Reduction::new(&index, &network);
    let left = Remainder::new(&index, &state);
    let open = concern::concerns(&left).into_iter().filter(|task| !stuck[*task as usize]);
    let doubts: Vec<Doubt> = open.flat_map(|task| doubts::doubts(&left, task)).collect();
    let doubts = missing(cut).chain(doubts).collect::<Vec<_>>();
    if !doubts.is_empty() {
        verdicts.push(verdict(cut, Outcome::Unknown(doubts), []));
    } else if verdicts.is_empty() {
        let waiting = state.tasks().filter(|task| !index.waits_of.successors(*task).is_empty());
        let order = waiting.map(|task| index.tasks[task as usize].id).collect();
        verdicts.push(verdict(cut, Outcome::DoesNotHold(Refutation::ReductionOrder(order)), []));
    }
    verdicts
}

/// What a cut that is not complete does not say: nothing can be ruled out of it.
fn missing(cut: &ConsistentCut) -> impl Iterator<Item = Doubt> {
    let lost = cut.snapshot().members.iter().filter_map(|(&process, member)| match member.state {
        MemberState::Lost { certain, .. } => Some(Reason::Lost { process, certain }),
        _ => None,
    });
    let reasons = (!cut.is_complete()).then(|| gaps(cut).into_iter().chain(lost).collect::<Vec<_>>());
    reasons.into_iter().flatten().map(|reason| Doubt { task: None, reason })
}

/// The deadlocks that the optimistic reduction leaves, and for each task whether it was left.
fn holds(index: &Index<'_>, policy: VictimPolicy) -> (Vec<Verdict>, Vec<bool>) {
    let network = Network::new(index, Mode::Optimistic);
    let state = Reduction::new(index, &network);
    let stuck = (0..index.tasks.len() as u32).map(|t| !state.has(Node::Task(t))).collect();
    let left = Remainder::new(index, &state);
    let cores = left.cores();
    if cores.is_empty() {
        return (Vec::new(), stuck);
    }
    let mut members = FixedBitSet::with_capacity(index.tasks.len());
    members.extend(cores.iter().flat_map(|core| &core.members).map(|task| *task as usize));
    let inner = network.within(index, |node| state.has(node), |task| members.contains(task as usize));
    let mut within = state.within(index, &inner);
    let held = Reporter::held(index);
    let victims = |core| victims::victims(index, &mut within, core, &held, policy);
    let chosen: Vec<_> = cores.iter().map(victims).collect();
    let reporter = Reporter::new(&left);
    let mut listed = report::Listed::default();
    let report = |(core, victims): (&remainder::Core, &Vec<u32>)| {
        let certificate = Certificate::Deadlock(reporter.deadlock(core, victims, &mut listed));
        verdict(index.cut, Outcome::Holds(certificate), reporter.closed_wakers(core))
    };
    (cores.iter().zip(&chosen).map(report).collect(), stuck)
}

fn verdict(
    cut: &ConsistentCut,
    outcome: Outcome,
    assumptions: impl IntoIterator<Item = Assumption>,
) -> Verdict {
    let mut all = cut.assumptions();
    all.extend(assumptions);
    Verdict {
        deployment: cut.snapshot().deployment,
        epoch: cut.snapshot().epoch,
        property: Property::Deadlock,
        outcome,
        assumptions: all.into_iter().collect(),
    }
}
