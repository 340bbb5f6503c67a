//! Termination and quiescence: no work anywhere, or the one piece of work that is left.
//!
//! A dead process matters to a computation if it may have had work of it: unless the computation was created
//! in an epoch of which the dead process had never heard. Work that a process left behind when it said goodbye
//! is lost as well. Where the creator allows for loss, that is "terminated with loss"; that a death is presumed is
//! an assumption of the verdict.

use super::{Refuted, lost};
use std::collections::{BTreeMap, BTreeSet};
use stillpoint_proto::cut::Recorded;
use stillpoint_proto::fact::{Annotation, Creation, Fact};
use stillpoint_proto::id::{
    ComputationId, ComputationRef, Epoch, Global, Handle, Incarnation, MessageId, Text,
};
use stillpoint_proto::snapshot::{ConsistentCut, Fate, MemberState};

/// A computation that was created in the cut.
#[derive(Clone, Copy, Debug)]
struct Created<'a> {
    born: Epoch,
    fact: &'a Creation,
}

/// The first of a kind for each computation.
type First<T> = BTreeMap<ComputationRef, T>;

/// All work of a cut, by computation.
#[derive(Debug)]
pub(super) struct Work<'a> {
    created: First<Created<'a>>,
    /// Tokens that somebody has.
    tokens: First<(Incarnation, Handle)>,
    /// Tokens of processes that have left.
    left_behind: First<(Incarnation, Handle)>,
    /// Messages in transit, of whatever fate.
    sent: First<MessageId>,
    /// Messages that are certainly in transit.
    sure: BTreeSet<(MessageId, ComputationRef)>,
    /// Lost messages of senders that are present.
    returnable: First<MessageId>,
    /// Lost messages.
    lost: First<MessageId>,
    /// A sender of lost messages of which nobody knows what they carried.
    unread: Option<Incarnation>,
    /// Somebody may take such a message back.
    returnable_unread: bool,
    complete: bool,
    /// The dead process that may have heard of the latest computations, and the last epoch that it can have heard of.
    death: Option<(Epoch, Incarnation)>,
}

impl<'a> Work<'a> {
    /// # Complexity
    /// O(n log n) in the facts and annotations of the cut.
    pub(super) fn of(cut: &'a ConsistentCut) -> Self {
        let deaths = cut.snapshot().members.iter().filter_map(|(&process, member)| match member.state {
            MemberState::Lost { since, .. } => Some((since, process)),
            _ => None,
        });
        let mut work = Work {
            created: First::new(),
            tokens: First::new(),
            left_behind: First::new(),
            sent: First::new(),
            sure: BTreeSet::new(),
            returnable: First::new(),
            lost: First::new(),
            unread: lost::unread(cut).next(),
            returnable_unread: lost::is_returnable_unread(cut),
            complete: cut.is_complete(),
            death: deaths.max(),
        };
        for (process, member) in &cut.snapshot().members {
            for (&handle, recorded) in member.state.cut().iter().flat_map(|state| &state.facts) {
                work.fact(*process, handle, recorded, member.state.is_present());
            }
        }
        for message in cut.channels().carriers() {
            for of in carried(message.annotations) {
                work.sent.entry(of).or_insert(message.id);
                if message.fate == Fate::Transit {
                    work.sure.insert((message.id, of));
                }
            }
        }
        for (message, annotations) in lost::messages(cut) {
            for of in carried(annotations) {
                work.lost.entry(of).or_insert(message);
            }
        }
        for (message, annotations) in lost::returnable(cut) {
            for of in carried(annotations) {
                work.returnable.entry(of).or_insert(message);
            }
        }
        work
    }

    fn fact(&mut self, process: Incarnation, handle: Handle, recorded: &'a Recorded, present: bool) {
        match &recorded.fact {
            Fact::Creation(fact) => {
                let created = Created { born: recorded.born, fact };
                self.created.insert(Global::new(process, ComputationId(handle)), created);
            }
            Fact::Token(token) => {
                let tokens = if present { &mut self.tokens } else { &mut self.left_behind };
                tokens.entry(token.computation).or_insert((process, handle));
            }
            _ => {}
        }
    }
}

/// What there is of a computation, or of any if `of` is `None`.
fn first<T: Copy>(all: &First<T>, of: Option<ComputationRef>) -> Option<T> {
    match of {
        Some(computation) => all.get(&computation),
        None => all.values().next(),
    }
    .copied()
}

/// The computations of which a message carries work.
fn carried(annotations: &[Annotation]) -> impl Iterator<Item = ComputationRef> + '_ {
    annotations.iter().filter_map(|annotation| match annotation {
        Annotation::Token(computation) => Some(*computation),
        _ => None,
    })
}

/// Confirms that nothing is left of a computation, or of any if `of` is `None`.
pub(super) fn terminated(
    work: &Work<'_>,
    of: Option<ComputationRef>,
    label: &Text,
    with_loss: bool,
) -> Result<(), Refuted> {
    let created = match of {
        Some(of) => Some(*work.created.get(&of).ok_or(Refuted::NoCreation(of))?),
        None => None,
    };
    // Nobody owns the whole system and could allow for loss.
    let may_be_lost = created.is_some_and(|created| created.fact.allow_loss);
    let lost_for = |refuted: Refuted| if may_be_lost { Ok(()) } else { Err(refuted) };
    let mut actual = false;
    if let Some((process, handle)) = first(&work.tokens, of) {
        return Err(Refuted::Token { process, handle });
    }
    if let Some((process, handle)) = first(&work.left_behind, of) {
        lost_for(Refuted::Token { process, handle })?;
        actual = true;
    }
    if let Some(message) = first(&work.sent, of) {
        return Err(Refuted::Work(message));
    }
    if let Some(message) = first(&work.returnable, of) {
        return Err(Refuted::Returnable(message));
    }
    if let Some(message) = first(&work.lost, of) {
        lost_for(Refuted::Work(message))?;
        actual = true;
    }
    if work.returnable_unread || !work.complete {
        return Err(Refuted::Incomplete);
    }
    // Of these nobody knows any more what they carried.
    if let Some(sender) = work.unread {
        lost_for(Refuted::Lost(sender))?;
        actual = true;
    }
    let heard = |since: Epoch| created.is_none_or(|created| created.born <= since);
    if let Some((_, process)) = work.death.filter(|(since, _)| heard(*since)) {
        lost_for(Refuted::Lost(process))?;
        actual = true;
    }
    if actual != with_loss {
        return Err(Refuted::WithLoss { actual });
    }
    if created.map_or_else(Text::default, |created| created.fact.label.clone()) != *label {
        return Err(Refuted::Label(of));
    }
    Ok(())
}

/// Confirms that a token is work left.
pub(super) fn token(
    cut: &ConsistentCut,
    of: Option<ComputationRef>,
    process: Incarnation,
    handle: Handle,
) -> Result<(), Refuted> {
    let none = Refuted::NoSuchToken { process, handle };
    let Some(member) = cut.snapshot().members.get(&process) else { return Err(none) };
    let Some(state) = member.state.cut() else { return Err(none) };
    let Some(Recorded { fact: Fact::Token(token), .. }) = state.facts.get(&handle) else { return Err(none) };
    let is_one = of.is_none_or(|computation| computation == token.computation);
    // What a process left behind is no work that anybody has.
    if is_one && member.state.is_present() { Ok(()) } else { Err(none) }
}

/// Confirms that a message that is certainly in transit carries work.
pub(super) fn message(
    work: &Work<'_>,
    of: Option<ComputationRef>,
    message: MessageId,
) -> Result<(), Refuted> {
    let least = Global::new(Incarnation(u64::MIN), ComputationId::of(u64::MIN));
    let found = match of {
        Some(computation) => work.sure.contains(&(message, computation)),
        None => work.sure.range((message, least)..).next().is_some_and(|(id, _)| *id == message),
    };
    if found { Ok(()) } else { Err(Refuted::NoSuchWork(message)) }
}

/// Whether a computation was created in the cut.
pub(super) fn is_created(cut: &ConsistentCut, computation: ComputationRef) -> bool {
    let member = cut.snapshot().members.get(&computation.process);
    let recorded = member.and_then(|m| m.state.cut()).and_then(|cut| cut.facts.get(&computation.id.0));
    matches!(recorded, Some(Recorded { fact: Fact::Creation(_), .. }))
}
