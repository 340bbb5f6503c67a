//! Conservation: the sum of a gauge over all processes and all messages, added up again.
//!
//! An amount that may or may not exist leaves the sum open, whatever it is: in a message that may have been lost or
//! received outside the cut, in one that will not arrive but may return to its sender.

use super::{Refuted, lost};
use stillpoint_proto::fact::Annotation;
use stillpoint_proto::id::Text;
use stillpoint_proto::snapshot::{ConsistentCut, Fate, InTransit, MemberState};

/// Confirms that the sum is `stated`, and that it is as `expected` exactly if that is what the verdict `holds`.
pub(super) fn check(
    cut: &ConsistentCut,
    gauge: &Text,
    expected: i128,
    stated: i128,
    holds: bool,
) -> Result<(), Refuted> {
    for (&process, member) in &cut.snapshot().members {
        if matches!(member.state, MemberState::Lost { .. }) {
            return Err(Refuted::Lost(process));
        }
    }
    if !cut.is_complete() || lost::is_returnable_unread(cut) {
        return Err(Refuted::Incomplete);
    }
    let amounts = |annotations: &[Annotation]| -> i128 {
        let amount = |annotation: &Annotation| match annotation {
            Annotation::Amount { gauge: name, amount } if name == gauge => i128::from(*amount),
            _ => 0,
        };
        annotations.iter().map(amount).sum()
    };
    if let Some((message, _)) = lost::returnable(cut).find(|(_, carried)| amounts(carried) != 0) {
        return Err(Refuted::Returnable(message));
    }
    let unsure = |m: &InTransit<'_>| m.fate != Fate::Transit && amounts(m.annotations) != 0;
    if let Some(message) = cut.channels().carriers().find(unsure) {
        return Err(Refuted::UnsureAmount(message.id));
    }
    // No more than 2^64 amounts of 64 bits fit into any memory, so the sum does not overflow.
    let mut actual: i128 = cut.cuts().filter_map(|(_, c)| c.gauges.get(gauge)).map(|n| i128::from(*n)).sum();
    actual += cut.channels().carriers().map(|message| amounts(message.annotations)).sum::<i128>();
    if stated == actual && holds == (actual == expected) {
        Ok(())
    } else {
        Err(Refuted::Sum { actual, stated, expected })
    }
}
