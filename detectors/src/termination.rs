//! Termination: a computation has no work left anywhere, neither in a process nor in a message.
//!
//! Work of a computation is a [`Token`](stillpoint_proto::fact::Token) where somebody has it, and an
//! annotation of the message while it travels. A token comes from the computation's creation, from another
//! token of it or from a message of it, and from nothing else. So once there is neither token nor message
//! there will never be one again, which makes termination stable, and what is found in a consistent cut is
//! true from then on.
//!
//! ```text
//!   creation inside the cut?  -- no ----------------------------------> UNKNOWN (never vacuously terminated)
//!   token, message in transit -- one ---------------------------------> DOES_NOT_HOLD, with that one
//!   absent member, unknown content --------------------------------> UNKNOWN
//!   a message that may be lost, or is and may come back -------------> UNKNOWN
//!   work lost, or possibly lost, with a process -- not allowed -------> UNKNOWN
//!                                               -- allowed -----------> HOLDS, with loss
//!   nothing of that --------------------------------------------------> HOLDS
//! ```
//!
//! A process that left with tokens did not do that work; it counts as lost, not as work that somebody still
//! has. A dead process may have had tokens of every computation that it can have heard of: not of one that
//! was created in an epoch after [`since`](MemberState::Lost::since). A message of a present sender that
//! nobody can receive any more may still turn out never to have left, and its tokens return: that is unknown,
//! and known one round later.
//!
//! Dijkstra and Scholten, "Termination detection for diffusing computations" (1980) sends a signal for each
//! message; Mattern, "Algorithms for distributed termination detection" (1987) counts messages on both sides.
//! Here nothing is sent or counted: as in Chandy and Lamport, "Distributed snapshots" (1985), the property is
//! evaluated on a recorded state, for all computations at once.

use crate::gaps::{gaps, lost_messages, lost_unread, unknown, verdict};
use std::collections::{BTreeMap, BTreeSet};
use stillpoint_proto::fact::{Annotation, Creation, Fact};
use stillpoint_proto::id::{ComputationId, ComputationRef, Epoch, Handle, Incarnation, MessageId};
use stillpoint_proto::mutation::{Mutation, is_on};
use stillpoint_proto::snapshot::{Cause, ConsistentCut, Fate, MemberState};
use stillpoint_proto::verdict::{Certificate, Outcome, Property, Reason, Refutation, Verdict};

/// Whether one computation has terminated.
///
/// # Complexity
/// O(f + m) for f facts and m annotations.
#[must_use]
pub fn termination(cut: &ConsistentCut, computation: ComputationRef) -> Verdict {
    let mut evidence = Evidence::default();
    scan(cut, |of, clue| {
        if of == computation {
            evidence.add(clue);
        }
    });
    let outcome = match creation(cut, computation) {
        Ok((creation, born)) => Surroundings::of(cut).outcome(evidence, creation, born),
        Err(_) if is_on(Mutation::CreationNotNeeded) => {
            Surroundings::of(cut).outcome(evidence, &Creation::default(), Epoch::ZERO)
        }
        Err(reason) => evidence.refutation().map_or_else(|| unknown([reason]), Outcome::DoesNotHold),
    };
    verdict(cut, Property::Termination(computation), outcome)
}

/// Whether each computation that was created inside the cut has terminated, ascending by computation.
///
/// ```
/// use std::{collections::BTreeMap, sync::Arc};
/// use stillpoint_detectors::termination::terminations;
/// use stillpoint_proto::cut::{ProcessCut, Recorded};
/// use stillpoint_proto::fact::{Creation, Fact, Token};
/// use stillpoint_proto::id::{ComputationId, ComputationRef, DeploymentId, Epoch, Handle, Incarnation};
/// use stillpoint_proto::id::ProcessName;
/// use stillpoint_proto::snapshot::{ConsistentCut, Member, MemberState, Snapshot};
///
/// let me = Incarnation(1);
/// let record = |fact| Recorded { born: Epoch(1), fact };
/// let mut state = ProcessCut::default();
/// state.facts.insert(Handle(1), record(Fact::Creation(Creation::default())));
/// state.facts.insert(Handle(2), record(Fact::Creation(Creation::default())));
/// let second = ComputationRef::new(me, ComputationId::of(2));
/// state.facts.insert(Handle(3), record(Fact::Token(Token { computation: second })));
///
/// let name = ProcessName::new("p1").unwrap();
/// let member = Member { name, state: MemberState::Present(Arc::new(state)) };
/// let deployment = DeploymentId::from_name("example");
/// let members = BTreeMap::from([(me, member)]);
/// let snapshot = Snapshot { deployment, epoch: Epoch(2), confirmed: Epoch::ZERO, members };
/// let cut = ConsistentCut::check(snapshot).unwrap();
/// let found: Vec<_> = terminations(&cut).iter().map(|v| v.outcome.name()).collect();
/// assert_eq!(found, ["HOLDS", "DOES_NOT_HOLD"]);
/// ```
///
/// # Complexity
/// O((f + m) log c + r) for f facts, m annotations, c computations and r reasons and
/// assumptions in the verdicts.
#[must_use]
pub fn terminations(cut: &ConsistentCut) -> Vec<Verdict> {
    let mut all = BTreeMap::new();
    for (process, state) in cut.cuts() {
        for (&handle, recorded) in &state.facts {
            if let Fact::Creation(creation) = &recorded.fact {
                let computation = ComputationRef::new(process, ComputationId(handle));
                all.insert(computation, (creation, recorded.born, Evidence::default()));
            }
        }
    }
    scan(cut, |of, clue| {
        if let Some((_, _, evidence)) = all.get_mut(&of) {
            evidence.add(clue);
        }
    });
    let surroundings = Surroundings::of(cut);
    // What they rest on is gathered once.
    let (deployment, epoch) = (cut.snapshot().deployment, cut.snapshot().epoch);
    let assumptions: Vec<_> = cut.assumptions().into_iter().collect();
    let verdict = |(computation, (creation, born, evidence))| Verdict {
        deployment,
        epoch,
        property: Property::Termination(computation),
        outcome: surroundings.outcome(evidence, creation, born),
        assumptions: assumptions.clone(),
    };
    all.into_iter().map(verdict).collect()
}

/// Whether no computation has work left anywhere: termination of all of them as if they were one.
///
/// It is stable for as long as nobody creates a computation out of nothing. Whoever may do so, a listening
/// socket or a timer, is an open source and has a token. Work that is lost leaves it unknown, for nobody owns
/// the whole system and could allow that.
///
/// # Complexity
/// O(f + m) for f facts and m annotations.
#[must_use]
pub fn quiescence(cut: &ConsistentCut) -> Verdict {
    let mut evidence = Evidence::default();
    scan(cut, |_, clue| evidence.add(clue));
    let outcome = Surroundings::of(cut).outcome(evidence, &Creation::default(), Epoch::ZERO);
    verdict(cut, Property::Quiescence, outcome)
}

/// The creation of a computation and its epoch, or why it is not known.
fn creation(cut: &ConsistentCut, computation: ComputationRef) -> Result<(&Creation, Epoch), Reason> {
    let process = computation.process;
    let member = cut.snapshot().members.get(&process).ok_or(Reason::Stranger(process))?;
    let state = match &member.state {
        MemberState::Present(state) | MemberState::Left { last: state, .. } => state,
        MemberState::Lost { certain, .. } => return Err(Reason::Lost { process, certain: *certain }),
        MemberState::Absent(why) => return Err(Reason::Absent(process, why.clone())),
    };
    match state.facts.get(&computation.id.0).map(|r| (&r.fact, r.born)) {
        Some((Fact::Creation(creation), born)) => Ok((creation, born)),
        _ => Err(Reason::NoCreation(computation)),
    }
}

/// One place where work of a computation is or was.
enum Clue {
    /// A process can do it.
    Token(Incarnation, Handle),
    /// It is under way.
    Message(Fate, MessageId),
    /// It was in a message that will not arrive, and may return to the sender.
    Returnable(MessageId),
    /// It is lost.
    Loss(Reason),
}

/// Finds all work in a cut.
fn scan(cut: &ConsistentCut, mut found: impl FnMut(ComputationRef, Clue)) {
    for (process, state) in cut.cuts() {
        let present = cut.snapshot().members.get(&process).is_some_and(|m| m.state.is_present());
        for (&handle, recorded) in &state.facts {
            if let Fact::Token(token) = &recorded.fact {
                let lost = Clue::Loss(Reason::Lost { process, certain: true });
                found(token.computation, if present { Clue::Token(process, handle) } else { lost });
            }
        }
    }
    for message in cut.channels().carriers().filter(|_| !is_on(Mutation::TokenIgnored)) {
        for of in tokens(message.annotations) {
            found(of, Clue::Message(message.fate, message.id));
        }
    }
    for message in lost_messages(cut) {
        for of in tokens(message.annotations) {
            let lost = Clue::Loss(Reason::Doubtful(message.id));
            found(of, if message.returnable { Clue::Returnable(message.id) } else { lost });
        }
    }
}

fn tokens(annotations: &[Annotation]) -> impl Iterator<Item = ComputationRef> + '_ {
    annotations.iter().filter_map(|annotation| match annotation {
        Annotation::Token(computation) => Some(*computation),
        _ => None,
    })
}

/// What is known of the work of one computation, or of all of them.
#[derive(Default)]
struct Evidence {
    /// The first token.
    token: Option<(Incarnation, Handle)>,
    /// The first message that is certainly under way.
    message: Option<MessageId>,
    doubts: BTreeSet<Reason>,
    losses: BTreeSet<Reason>,
}

impl Evidence {
    fn add(&mut self, clue: Clue) {
        match clue {
            Clue::Token(process, handle) => drop(self.token.get_or_insert((process, handle))),
            Clue::Message(Fate::Transit, id) => drop(self.message.get_or_insert(id)),
            Clue::Message(Fate::Doubtful, id) => drop(self.doubts.insert(Reason::Doubtful(id))),
            Clue::Message(Fate::Hidden, id) => drop(self.doubts.insert(Reason::Hidden(id))),
            Clue::Returnable(id) => drop(self.doubts.insert(Reason::Doubtful(id))),
            Clue::Loss(reason) => drop(self.losses.insert(reason)),
        }
    }

    fn refutation(&self) -> Option<Refutation> {
        let token = self.token.map(|(process, handle)| Refutation::Token { process, handle });
        token.or(self.message.map(Refutation::Message))
    }
}

/// What concerns every computation alike.
struct Surroundings {
    gaps: BTreeSet<Reason>,
    /// Who may have taken work away, with the last epoch that he can have heard of; the latest first.
    lost: Vec<(Epoch, Reason)>,
}

impl Surroundings {
    fn of(cut: &ConsistentCut) -> Self {
        let mut gaps = gaps(cut);
        let mut lost = Vec::new();
        for (&process, member) in &cut.snapshot().members {
            if let MemberState::Lost { certain, since, .. } = member.state {
                lost.push((since, Reason::Lost { process, certain }));
            }
        }
        for (from, returnable) in lost_unread(cut) {
            let reason = Reason::UnknownContent(from, Cause::Collapsed);
            if returnable {
                gaps.insert(reason);
            } else {
                // Whatever is in the cut may have been in it.
                lost.push((Epoch(u64::MAX), reason));
            }
        }
        lost.sort_by(|a, b| b.cmp(a));
        Surroundings { gaps, lost }
    }

    fn outcome(&self, evidence: Evidence, creation: &Creation, born: Epoch) -> Outcome {
        if let Some(refutation) = evidence.refutation() {
            return Outcome::DoesNotHold(refutation);
        }
        let Evidence { mut doubts, mut losses, .. } = evidence;
        let heard = self.lost.iter().take_while(|(since, _)| *since >= born);
        losses.extend(heard.map(|(_, reason)| reason.clone()));
        if is_on(Mutation::LostWorkIsDone) {
            losses.clear();
        }
        doubts.extend(self.gaps.iter().cloned());
        let with_loss = !losses.is_empty();
        if !creation.allow_loss {
            doubts.append(&mut losses);
        }
        if doubts.is_empty() {
            Outcome::Holds(Certificate::Terminated { label: creation.label.clone(), with_loss })
        } else {
            unknown(doubts)
        }
    }
}
