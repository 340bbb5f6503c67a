//! Conservation: the amounts of a gauge make a given sum, over all processes and all messages.
//!
//! Money, stock, credits, work items: what one process gives away and another gets is in between in a
//! message. Where every event leaves the sum as it was, each consistent cut shows the same sum; the single
//! token of Chandy and Lamport, "Distributed snapshots" (1985), is the smallest case. So this is an invariant
//! rather than something that comes to be, and a sum that is wrong in one cut stays wrong until somebody makes
//! it right.
//!
//! Amounts that may or may not exist leave the sum open: in a message that may have been lost or received
//! outside the cut, in one that will not arrive but may return to its sender, with a dead or an absent
//! process. A process that left has what it had in its last state.

use crate::gaps::{gaps, lost_messages, lost_unread, unknown, verdict};
use stillpoint_proto::fact::Annotation;
use stillpoint_proto::id::Text;
use stillpoint_proto::mutation::{Mutation, is_on};
use stillpoint_proto::snapshot::{Cause, ConsistentCut, Fate, MemberState};
use stillpoint_proto::verdict::{Certificate, Outcome, Property, Reason, Refutation, Verdict};

/// Whether the amounts of `gauge` add up to `expected`.
///
/// # Complexity
/// O(p log g + m) for p processes with at most g gauges each and m annotations.
#[must_use]
pub fn conservation(cut: &ConsistentCut, gauge: &Text, expected: i128) -> Verdict {
    let mut sum: i128 =
        cut.cuts().filter_map(|(_, state)| state.gauges.get(gauge)).map(|n| i128::from(*n)).sum();
    let mut doubts = gaps(cut);
    for (&process, member) in &cut.snapshot().members {
        if let MemberState::Lost { certain, .. } = member.state {
            doubts.insert(Reason::Lost { process, certain });
        }
    }
    for message in cut.channels().carriers() {
        match (amount(message.annotations, gauge), message.fate) {
            (0, _) => {}
            (amount, Fate::Transit) => sum += amount,
            (amount, Fate::Doubtful) if is_on(Mutation::DoubtfulAmountsCount) => sum += amount,
            (_, Fate::Doubtful) => drop(doubts.insert(Reason::Doubtful(message.id))),
            (_, Fate::Hidden) => drop(doubts.insert(Reason::Hidden(message.id))),
        }
    }
    let returnable = lost_messages(cut).filter(|m| m.returnable && amount(m.annotations, gauge) != 0);
    doubts.extend(returnable.map(|m| Reason::Doubtful(m.id)));
    let unread = lost_unread(cut).filter(|(_, returnable)| *returnable);
    doubts.extend(unread.map(|(from, _)| Reason::UnknownContent(from, Cause::Collapsed)));
    let outcome = if !doubts.is_empty() {
        unknown(doubts)
    } else if sum == expected {
        Outcome::Holds(Certificate::Sum(sum))
    } else {
        Outcome::DoesNotHold(Refutation::Sum(sum))
    };
    verdict(cut, Property::Conservation { gauge: gauge.clone(), expected }, outcome)
}

/// How much of a gauge a message carries. Sums of fewer than 2^64 numbers of 64 bits fit into 128.
fn amount(annotations: &[Annotation], of: &Text) -> i128 {
    let amounts = annotations.iter().filter_map(|annotation| match annotation {
        Annotation::Amount { gauge, amount } if gauge == of => Some(i128::from(*amount)),
        _ => None,
    });
    amounts.sum()
}
