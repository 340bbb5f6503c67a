//! What a snapshot takes for granted.

use super::{ConsistentCut, MemberState};
use crate::cut::LaneEnd;
use crate::id::{Incarnation, LaneRef, WaitRef};
use crate::ranges::RangeSet;
use std::collections::BTreeSet;

/// What a snapshot takes for granted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Assumption {
    /// A process is dead, though only its silence says so.
    PresumedDead(Incarnation),
    /// Nothing that matters travelled without a stamp, though this process received messages without one.
    Unstamped(Incarnation),
    /// No copy of these messages will be delivered, that were given up by a time limit, or by nobody since their sender is
    /// gone.
    Expired(LaneRef, RangeSet),
    /// No copy of a message that went through a balancer or broker will be delivered a second time.
    NoRedelivery(LaneRef),
    /// The wakers that this wait's task declared are all there are.
    ClosedWakers(WaitRef),
}

impl Assumption {
    /// Whether a verdict that rests on this one falls with `other`, which has turned out false.
    #[must_use]
    pub fn falls_with(&self, other: &Assumption) -> bool {
        match (self, other) {
            (Assumption::Expired(lane, numbers), Assumption::Expired(of, arrived)) => {
                lane == of && !numbers.intersection(arrived).is_empty()
            }
            _ => self == other,
        }
    }
}

impl ConsistentCut {
    /// What every verdict on this cut rests on, whatever its property.
    #[must_use]
    pub fn assumptions(&self) -> BTreeSet<Assumption> {
        let mut given_up = self.channels.expired.clone();
        for (lane, numbers) in &self.channels.unclaimed {
            given_up.entry(*lane).or_default().union(numbers);
        }
        let mut all: BTreeSet<Assumption> =
            given_up.into_iter().map(|(lane, numbers)| Assumption::Expired(lane, numbers)).collect();
        for (&process, member) in &self.snapshot.members {
            if let MemberState::Lost { certain: false, .. } = member.state {
                all.insert(Assumption::PresumedDead(process));
            }
            let Some(cut) = member.state.cut() else { continue };
            if cut.unstamped > 0 {
                all.insert(Assumption::Unstamped(process));
            }
            for (&lane, sending) in &cut.sending {
                if sending.to == LaneEnd::Group && sending.sent > 0 {
                    all.insert(Assumption::NoRedelivery(LaneRef { process, lane }));
                }
            }
        }
        all
    }
}
