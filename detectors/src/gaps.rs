//! What a cut does not say: members without a cut, content that nobody knows, messages that nobody will
//! receive.
//!
//! A message that is *lost* (its receiver is gone, or saw the end of the transport) is not in transit. But
//! while its sender lives and has not been told, the sender may still find that no byte of it left and take
//! back what it carried. So what a lost message of a present sender carries is not gone yet; it is from the
//! next round on.

use std::collections::BTreeSet;
use stillpoint_proto::cut::Sending;
use stillpoint_proto::fact::Annotation;
use stillpoint_proto::id::{Incarnation, LaneRef, MessageId};
use stillpoint_proto::ranges::RangeSet;
use stillpoint_proto::snapshot::{Cause, ConsistentCut, MemberState};
use stillpoint_proto::verdict::{Doubt, Outcome, Property, Reason, Verdict};

/// Why a cut is not complete; empty if it is.
pub(crate) fn gaps(cut: &ConsistentCut) -> BTreeSet<Reason> {
    let absent = cut.snapshot().members.iter().filter_map(|(&process, member)| match &member.state {
        MemberState::Absent(why) => Some(Reason::Absent(process, why.clone())),
        _ => None,
    });
    // That an absent process may have sent anything is said by its absence.
    let content = cut.channels().unknown.iter().filter(|u| u.cause != Cause::SenderAbsent);
    absent.chain(content.map(|u| Reason::UnknownContent(u.from, u.cause))).collect()
}

/// A message that nobody can receive any more, though its sender does not know that yet.
pub(crate) struct LostMessage<'a> {
    pub(crate) id: MessageId,
    pub(crate) annotations: &'a [Annotation],
    /// Whether the sender lives, and so may take back what the message carried.
    pub(crate) returnable: bool,
}

/// The lost messages whose annotations are known.
pub(crate) fn lost_messages(cut: &ConsistentCut) -> impl Iterator<Item = LostMessage<'_>> {
    lost_lanes(cut).flat_map(|(lane, numbers, sending, returnable)| {
        let lost = sending.annotations.iter().filter(|(seq, _)| numbers.contains(*seq));
        lost.map(move |(seq, annotations)| {
            let id = MessageId { lane, seq };
            LostMessage { id, annotations, returnable }
        })
    })
}

/// The senders of lost messages whose annotations were given up, and whether each lives.
pub(crate) fn lost_unread(cut: &ConsistentCut) -> impl Iterator<Item = (Incarnation, bool)> + '_ {
    lost_lanes(cut).filter_map(|(lane, numbers, sending, returnable)| {
        let mut rest = sending.collapsed.clone();
        rest.subtract(numbers);
        (rest != sending.collapsed).then_some((lane.process, returnable))
    })
}

fn lost_lanes(cut: &ConsistentCut) -> impl Iterator<Item = (LaneRef, &RangeSet, &Sending, bool)> {
    cut.channels().lost.iter().filter_map(|(&lane, numbers)| {
        let returnable = cut.snapshot().members.get(&lane.process)?.state.is_present();
        Some((lane, numbers, &**cut.snapshot().sending(lane)?, returnable))
    })
}

/// `UNKNOWN` for these reasons, which must not be none.
pub(crate) fn unknown(reasons: impl IntoIterator<Item = Reason>) -> Outcome {
    let doubts: Vec<_> = reasons.into_iter().map(|reason| Doubt { task: None, reason }).collect();
    debug_assert!(!doubts.is_empty(), "nothing is unknown without a reason");
    Outcome::Unknown(doubts)
}

/// The verdict on this cut, with all that any verdict on it rests on.
pub(crate) fn verdict(cut: &ConsistentCut, property: Property, outcome: Outcome) -> Verdict {
    let (deployment, epoch) = (cut.snapshot().deployment, cut.snapshot().epoch);
    Verdict { deployment, epoch, property, outcome, assumptions: cut.assumptions().into_iter().collect() }
}
