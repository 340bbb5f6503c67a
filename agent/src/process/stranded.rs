//! Messages that were given to a link and that nobody may ever receive.
//!
//! What a FIFO lane has lost its receiver settles: by a marker, by the end of the lane as he saw it, by his death.
//! Nobody does so for a message that no receiver has heard of. Such a message is *stranded*: it is doubtful at once,
//! and when rounds have shown it as that, the sender settles it himself.
//!
//! - Of which *no byte has left*: nobody can receive it, so it is settled as not received, after one round. What it
//!   carried does not come back: the caller was told that it was sent.
//! - Sent to a process of *another deployment*: the same.
//! - *Written to a link that is gone*, at whose other end nobody had named himself: given up as by a time limit, after
//!   [`UNHEARD_ROUNDS`]. There was nobody, or somebody who was killed before his hello could be read; else he has
//!   received it, and the rounds have said so. But it may also wait unread in his socket. So every verdict lists it as
//!   expired.
//!
//! A peer that has named himself answers for what was written to him, by his word or by his death.

use super::{Process, Sending, lock};
use std::collections::BTreeMap;
use stillpoint_proto::collector;
use stillpoint_proto::cut::LaneEnd;
use stillpoint_proto::id::{Epoch, LaneId};
use stillpoint_proto::ranges::RangeSet;

/// After how many rounds what was written to a link whose peer never said hello is given up: as many as the server
/// waits for before it gives up what is doubtful on other lanes.
pub(crate) const UNHEARD_ROUNDS: u64 = collector::Config::DOUBT_ROUNDS;

/// Why nobody may ever receive a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cause {
    /// No byte of it has left.
    Unsent,
    /// Its link leads to another deployment.
    Foreign,
    /// Its link is gone, and nobody ever said that he was at the other end.
    Unheard,
}

/// What is stranded, by the epoch in which it became doubtful.
pub(super) type Stranded = BTreeMap<(Epoch, LaneId, Cause), RangeSet>;

/// Whether a round that ended is the last that had to show a message as doubtful since epoch `since`.
fn is_due(cause: Cause, since: Epoch, ended: Epoch) -> bool {
    let rounds = match cause {
        Cause::Unsent | Cause::Foreign => 1,
        Cause::Unheard => UNHEARD_ROUNDS,
    };
    ended.0.saturating_sub(since.0) >= rounds
}

impl Process {
    /// Nobody may ever receive these messages of a lane. An event.
    pub(crate) fn strand(&self, lane: &Sending, numbers: &RangeSet, cause: Cause) {
        if numbers.is_empty() {
            return;
        }
        let since = self.gate.event(|event| {
            let end = lock(&lane.end);
            end.doubt(numbers).into_iter().for_each(|change| event.record(change));
            event.epoch()
        });
        lock(&self.stranded).entry((since, lane.id, cause)).or_default().union(numbers);
    }

    /// Whatever is outstanding on a lane may have been lost with its transport. An event.
    pub(crate) fn doubt_all(&self, lane: &Sending) {
        self.settle_at(lane.id, |end| end.doubt(&end.outstanding()));
    }

    /// The peer of a lane is of another deployment, so nobody of this one receives what was sent. An event.
    pub(crate) fn leads_abroad(&self, lane: &Sending) {
        let sent = lock(&lane.end).outstanding();
        self.strand(lane, &sent, Cause::Foreign);
    }

    /// The transport of a lane is gone at this end: nothing can be written to it or read from it.
    pub(crate) fn transport_gone(&self, lane: &Sending) {
        let unheard = {
            let end = lock(&lane.end);
            if end.to() == LaneEnd::Sole { end.outstanding() } else { RangeSet::new() }
        };
        self.strand(lane, &unheard, Cause::Unheard);
    }

    /// A round has ended, and what was received before its cuts is settled.
    pub(super) fn settle_stranded(&self, ended: Epoch) {
        let due: Vec<_> = lock(&self.stranded)
            .extract_if(.., |(since, _, cause), _| is_due(*cause, *since, ended))
            .collect();
        for ((_, lane, cause), numbers) in due {
            self.settle_at(lane, |end| match cause {
                Cause::Unsent | Cause::Foreign => end.lost(&numbers),
                Cause::Unheard => end.expire(&numbers),
            });
        }
    }
}
