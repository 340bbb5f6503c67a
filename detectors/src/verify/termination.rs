//! Termination and quiescence: no work anywhere, or the one piece of work that is left.
//!
//! A dead process matters to a computation if it may have had work of it: unless the computation was created
//! in an epoch of which the dead process had never heard. Work that a process left behind when it said goodbye
//! is lost as well. Where the creator allows for loss, that is "terminated with loss"; that a death is presumed is
//! an assumption of the verdict.

use super::Refuted;
use std::collections::BTreeMap;
use stillpoint_proto::cut::Recorded;
use stillpoint_proto::fact::{Annotation, Creation, Fact};
use stillpoint_proto::id::{
    ComputationId, ComputationRef, Epoch, Global, Handle, Incarnation, MessageId, Text,
};
use stillpoint_proto::snapshot::{ConsistentCut, Fate, InTransit, MemberState};

/// A computation that was created in the cut.
#[derive(Clone, Copy, Debug)]
struct Created<'a> {
    born: Epoch,
    fact: &'a Creation,
}

/// Confirms that nothing is left of a computation, or of any if `of` is `None`.
pub(super) fn terminated(
    cut: &ConsistentCut,
    of: Option<ComputationRef>,
    label: &Text,
    with_loss: bool,
) -> Result<(), Refuted> {
    let created = creations(cut, of);
    let name = match of {
        Some(computation) => {
            created.get(&computation).ok_or(Refuted::NoCreation(computation))?.fact.label.clone()
        }
        None => Text::default(),
    };
    let mut left_behind = no_token(cut, of, &created)?;
    if let Some(message) = cut.channels().in_transit.iter().find(|m| carries(&m.annotations, of)) {
        return Err(Refuted::Work(message.id));
    }
    left_behind |= none_returns(cut, of, &created)?;
    if !cut.is_complete() {
        return Err(Refuted::Incomplete);
    }
    let taken_along = no_death(cut, of, &created)?;
    let actual = left_behind || taken_along;
    if actual != with_loss {
        return Err(Refuted::WithLoss { actual });
    }
    if name != *label {
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
    cut: &ConsistentCut,
    of: Option<ComputationRef>,
    message: MessageId,
) -> Result<(), Refuted> {
    let sure = |m: &&InTransit| m.id == message && m.fate == Fate::Transit;
    let found = cut.channels().in_transit.iter().find(sure).is_some_and(|m| carries(&m.annotations, of));
    if found { Ok(()) } else { Err(Refuted::NoSuchWork(message)) }
}

/// Whether a computation was created in the cut.
pub(super) fn is_created(cut: &ConsistentCut, computation: ComputationRef) -> bool {
    let member = cut.snapshot().members.get(&computation.process);
    let recorded = member.and_then(|m| m.state.cut()).and_then(|cut| cut.facts.get(&computation.id.0));
    matches!(recorded, Some(Recorded { fact: Fact::Creation(_), .. }))
}

fn carries(annotations: &[Annotation], of: Option<ComputationRef>) -> bool {
    work(annotations, of).next().is_some()
}

fn work(annotations: &[Annotation], of: Option<ComputationRef>) -> impl Iterator<Item = ComputationRef> + '_ {
    annotations.iter().filter_map(move |annotation| match annotation {
        Annotation::Token(computation) if of.is_none_or(|of| of == *computation) => Some(*computation),
        _ => None,
    })
}

/// Confirms that no lost message may give its work back to a living sender; gives whether one of a sender that
/// has left took work with it.
fn none_returns(
    cut: &ConsistentCut,
    of: Option<ComputationRef>,
    created: &BTreeMap<ComputationRef, Created<'_>>,
) -> Result<bool, Refuted> {
    if let Some((message, _)) = super::returnable(cut).find(|(_, carried)| carries(carried, of)) {
        return Err(Refuted::Returnable(message));
    }
    let mut lost = false;
    for (message, carried) in super::lost_messages(cut) {
        for computation in work(carried, of) {
            if !may_be_lost(of, created, computation) {
                return Err(Refuted::Work(message));
            }
            lost = true;
        }
    }
    // Of others nobody knows any more what they carried.
    if super::returnable_unread(cut) {
        return Err(Refuted::Incomplete);
    }
    if let Some(from) = super::lost_unread(cut).next() {
        if of.is_none() || created.values().any(|c| !c.fact.allow_loss) {
            return Err(Refuted::Lost(from));
        }
        lost = true;
    }
    Ok(lost)
}

/// Whether the creator allows for loss. Nobody owns the whole system and could allow that.
fn may_be_lost(
    of: Option<ComputationRef>,
    created: &BTreeMap<ComputationRef, Created<'_>>,
    computation: ComputationRef,
) -> bool {
    of.is_some() && created.get(&computation).is_some_and(|c| c.fact.allow_loss)
}

/// The computations created in the cut, or the one that is asked for.
fn creations(cut: &ConsistentCut, of: Option<ComputationRef>) -> BTreeMap<ComputationRef, Created<'_>> {
    let mut all = BTreeMap::new();
    for (process, state) in cut.cuts() {
        for (&handle, recorded) in &state.facts {
            let name = Global::new(process, ComputationId(handle));
            if let Fact::Creation(fact) = &recorded.fact
                && of.is_none_or(|of| of == name)
            {
                all.insert(name, Created { born: recorded.born, fact });
            }
        }
    }
    all
}

/// Confirms that there is no token, but for those that processes left behind and that may be lost; gives
/// whether there are such.
fn no_token(
    cut: &ConsistentCut,
    of: Option<ComputationRef>,
    created: &BTreeMap<ComputationRef, Created<'_>>,
) -> Result<bool, Refuted> {
    let mut lost = false;
    for (&process, member) in &cut.snapshot().members {
        let Some(state) = member.state.cut() else { continue };
        for (&handle, recorded) in &state.facts {
            let Fact::Token(token) = &recorded.fact else { continue };
            if of.is_some_and(|of| of != token.computation) {
                continue;
            }
            if member.state.is_present() || !may_be_lost(of, created, token.computation) {
                return Err(Refuted::Token { process, handle });
            }
            lost = true;
        }
    }
    Ok(lost)
}

/// Confirms that no dead process may have had work that may not be lost; gives whether one may have had any.
fn no_death(
    cut: &ConsistentCut,
    of: Option<ComputationRef>,
    created: &BTreeMap<ComputationRef, Created<'_>>,
) -> Result<bool, Refuted> {
    let mut lost = false;
    for (&process, member) in &cut.snapshot().members {
        let MemberState::Lost { since, .. } = member.state else { continue };
        if of.is_none() {
            return Err(Refuted::Lost(process));
        }
        for known_to_it in created.values().filter(|c| c.born <= since) {
            if !known_to_it.fact.allow_loss {
                return Err(Refuted::Lost(process));
            }
            lost = true;
        }
    }
    Ok(lost)
}
