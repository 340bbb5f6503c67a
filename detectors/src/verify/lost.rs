//! Messages that nobody can receive any more. While their sender lives, it may find that no byte has left, and take
//! back what they carried.

use stillpoint_proto::cut::{Annotations, ProcessCut};
use stillpoint_proto::id::{Incarnation, MessageId};
use stillpoint_proto::snapshot::{ConsistentCut, MemberState};

/// The lost messages of which it is known what they carried.
pub(super) fn messages(cut: &ConsistentCut) -> impl Iterator<Item = (MessageId, &Annotations)> + '_ {
    cut.channels().lost.iter().flat_map(move |(&lane, numbers)| {
        let member = cut.snapshot().members.get(&lane.process);
        let sending =
            member.and_then(|m| last_state(&m.state)).and_then(|state| state.sending.get(&lane.lane));
        let carriers = sending.into_iter().flat_map(|sending| sending.annotations.iter());
        carriers
            .filter(|(seq, _)| numbers.contains(*seq))
            .map(move |(seq, carried)| (MessageId { lane, seq }, carried))
    })
}

/// As [`messages`], of senders that are present.
pub(super) fn returnable(cut: &ConsistentCut) -> impl Iterator<Item = (MessageId, &Annotations)> + '_ {
    messages(cut).filter(move |(message, _)| is_present(cut, message.sender()))
}

/// The senders of lost messages of which nobody knows what they carried; each once for every such lane.
pub(super) fn unread(cut: &ConsistentCut) -> impl Iterator<Item = Incarnation> + '_ {
    cut.channels().lost.iter().filter_map(|(&lane, numbers)| {
        let member = cut.snapshot().members.get(&lane.process)?;
        let sending = last_state(&member.state)?.sending.get(&lane.lane)?;
        let mut known = sending.collapsed.clone();
        known.subtract(numbers);
        (known != sending.collapsed).then_some(lane.process)
    })
}

/// Whether a sender of [`unread`] messages is present.
pub(super) fn is_returnable_unread(cut: &ConsistentCut) -> bool {
    unread(cut).any(|from| is_present(cut, from))
}

fn is_present(cut: &ConsistentCut, process: Incarnation) -> bool {
    cut.snapshot().members.get(&process).is_some_and(|m| m.state.is_present())
}

/// The state of a process at its cut, or as last reported.
pub(super) fn last_state(state: &MemberState) -> Option<&ProcessCut> {
    match state {
        MemberState::Present(cut) | MemberState::Left { last: cut, .. } => Some(cut),
        MemberState::Lost { last, .. } => last.as_deref(),
        MemberState::Absent(_) => None,
    }
}
