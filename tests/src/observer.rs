//! What really happened, event by event.
//!
//! The observer knows every event of every process in order and computes from these lists alone what a round
//! must have found: it has no stamps, ranges, logs, folds or deltas. Causality it follows with clocks of its own.

use std::collections::{BTreeMap, BTreeSet};
use stillpoint_proto::collector::Agreement;
use stillpoint_proto::fact::Annotation;
use stillpoint_proto::id::{Epoch, Handle, Incarnation, LaneRef, MessageId, ProcessName};
use stillpoint_proto::participant::Act;
use stillpoint_proto::ranges::RangeSet;
use stillpoint_proto::snapshot::{Absence, Assumption, Cause, ConsistentCut, Fate, Member, MemberState};

/// One event of one process, as the observer saw it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Event {
    /// The change of the process's money.
    pub money: i64,
    /// Facts that became true.
    pub inserted: Vec<Handle>,
    /// Facts that ceased to be true.
    pub removed: Vec<Handle>,
    /// A message sent.
    pub sent: Option<MessageId>,
    /// A message received for the first time.
    pub received: Option<MessageId>,
    /// A message taken back.
    pub voided: Option<MessageId>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct History {
    events: Vec<Event>,
    /// After event i, how many events of each process are in its past.
    pasts: Vec<BTreeMap<Incarnation, usize>>,
    /// The rounds up to an epoch were cut before this index (and after those of the entry before).
    cuts: Vec<(Epoch, usize)>,
}

impl History {
    /// How many events came before the cut for round `r`.
    fn cut(&self, r: Epoch) -> Option<usize> {
        self.cuts.iter().find(|(epoch, _)| *epoch >= r).map(|(_, index)| *index)
    }

    /// Whether event `n` came in epoch `e`: after the cut for `e`, and before the next.
    fn was_in(&self, n: usize, e: Epoch) -> bool {
        let after = e == Epoch::ZERO || self.cut(e).is_some_and(|index| index <= n);
        after && self.cut(e.next()).is_none_or(|index| n < index)
    }
}

impl Event {
    /// An event in which these acts were recorded.
    #[must_use]
    pub fn of(acts: &[Act]) -> Self {
        let mut event = Event::default();
        for act in acts {
            match act {
                Act::Insert(handle, _) => event.inserted.push(*handle),
                Act::Remove(handle) => event.removed.push(*handle),
                Act::Gauge(_, amount) => event.money += amount,
            }
        }
        event
    }
}

/// Why a server that is new refuses the cut of a process that was told of the round by stamps alone.
const EARLY: &str = "its cut is from before the round";

/// The omniscient observer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Observer {
    histories: BTreeMap<Incarnation, History>,
    /// What was in each sender's past when it sent.
    past_of: BTreeMap<MessageId, BTreeMap<Incarnation, usize>>,
    /// Messages that no network will deliver any more.
    pub dropped: BTreeSet<MessageId>,
    /// Messages that their senders gave up after a time, which verdicts list as an assumption; and how many events these had had.
    expired: BTreeMap<LaneRef, BTreeMap<usize, RangeSet>>,
    /// Messages that a round gave up for lost, and to whom alone they went, if to one.
    given_up: BTreeMap<MessageId, Option<Incarnation>>,
    /// Those that it gave up only because their time was over.
    timed_out: BTreeSet<MessageId>,
    /// Those that it gave up only because the one they led to is presumed dead, and who that is.
    presumably: BTreeMap<MessageId, Incarnation>,
    /// Who is presumed dead since which epoch was the last given out, and has not been said to live since.
    presumed: BTreeMap<Incarnation, Epoch>,
}

impl Observer {
    /// How many events a process has had.
    #[must_use]
    pub fn events(&self, process: Incarnation) -> usize {
        self.histories.get(&process).map_or(0, |h| h.events.len())
    }

    /// An event has happened.
    pub fn event(&mut self, process: Incarnation, event: Event) {
        let history = self.histories.entry(process).or_default();
        let mut past = history.pasts.last().cloned().unwrap_or_default();
        if let Some(message) = event.received {
            for (other, events) in self.past_of.get(&message).into_iter().flatten() {
                let known = past.entry(*other).or_insert(0);
                *known = (*known).max(*events);
            }
        }
        past.insert(process, history.events.len() + 1);
        if let Some(message) = event.sent {
            self.past_of.insert(message, past.clone());
        }
        history.events.push(event);
        history.pasts.push(past);
    }

    /// A process has passed the cuts up to `epoch`, with `before` events before them.
    pub fn cut(&mut self, process: Incarnation, epoch: Epoch, before: usize) {
        self.histories.entry(process).or_default().cuts.push((epoch, before));
    }

    /// The server presumes a process dead when `since` was the last epoch given out.
    pub fn presumed(&mut self, process: Incarnation, since: Epoch) {
        self.presumed.insert(process, since);
    }

    /// The server knows of no presumed death any more.
    pub fn forget_presumptions(&mut self) {
        self.presumed.clear();
    }

    /// The server retracts what it assumed.
    pub fn retracted(&mut self, assumption: &Assumption) {
        if let Assumption::PresumedDead(process) = assumption {
            self.presumed.remove(process);
        }
    }

    /// A sender gives messages up after a time.
    pub fn expires(&mut self, lane: LaneRef, numbers: &RangeSet) {
        let events = self.events(lane.process);
        self.expired.entry(lane).or_default().entry(events).or_default().union(numbers);
    }

    /// Whether a sender has given a message up after a time.
    #[must_use]
    pub fn has_expired(&self, id: MessageId) -> bool {
        self.has_expired_by(id, usize::MAX)
    }

    /// Whether it had done so when it had had so many events.
    fn has_expired_by(&self, id: MessageId, events: usize) -> bool {
        let mut given_up = self.expired.get(&id.lane).into_iter().flat_map(|lane| lane.range(..=events));
        given_up.any(|(_, numbers)| numbers.contains(id.seq))
    }

    /// Whether anything was ever given up.
    #[must_use]
    pub fn has_given_up(&self) -> bool {
        !self.expired.is_empty() || !self.given_up.is_empty()
    }

    /// Whether a message was given up for lost, so that it must not arrive as new. Of what was only given up after a
    /// time nobody has promised anything, nor for another who is started again in his place.
    #[must_use]
    pub fn is_given_up(&self, id: MessageId, by: Incarnation) -> bool {
        let promised = self.given_up.get(&id).is_some_and(|peer| peer.is_none_or(|peer| peer == by));
        let sure = !self.timed_out.contains(&id) && self.presumably.get(&id) != Some(&by);
        promised && sure && !self.has_expired(id)
    }

    /// Whether some message has arrived somewhere.
    #[must_use]
    pub fn has_arrived(&self, which: impl Fn(MessageId) -> bool) -> bool {
        let mut events = self.histories.values().flat_map(|history| &history.events);
        events.any(|event| event.received.is_some_and(&which))
    }

    /// A process has taken a message for a second copy.
    ///
    /// # Errors
    /// If it leads to one process, and neither that one nor who was started in its place has ever had the first.
    pub fn copy(&self, process: Incarnation, id: MessageId, sole: bool) -> Result<(), String> {
        match !sole || self.has_expired(id) || self.has_arrived(|message| message == id) {
            true => Ok(()),
            false => Err(format!("{process} takes {id} for a second copy, and nobody has had the first")),
        }
    }

    /// A process takes a message for one that it has not had.
    ///
    /// # Errors
    /// If it has had it.
    pub fn arrives(&self, process: Incarnation, id: MessageId) -> Result<(), String> {
        match self.has_had(process, id) {
            false => Ok(()),
            true => Err(format!("{process} takes a second copy of {id} for the first")),
        }
    }

    /// Compares what a round found with what really was; before its deadline it must have waited for everybody.
    ///
    /// # Errors
    /// What differs or who was not waited for, in words.
    pub fn judge(&mut self, cut: &ConsistentCut, deadline_passed: bool) -> Result<(), String> {
        let round = cut.snapshot().epoch;
        let mut ends: BTreeMap<Incarnation, usize> = BTreeMap::new();
        let nothing = History::default();
        let mut dead: BTreeSet<MessageId> = BTreeSet::new();
        for (&process, member) in &cut.snapshot().members {
            let history = self.histories.get(&process).unwrap_or(&nothing);
            match &member.state {
                MemberState::Present(_)
                    if self.presumed.get(&process).is_some_and(|since| *since < round) =>
                {
                    return Err(format!("{process} lives, and that it was presumed dead is not retracted"));
                }
                MemberState::Present(_) => {
                    let end = history.cut(round).ok_or(format!("{process} is present but never cut"))?;
                    ends.insert(process, end);
                }
                MemberState::Left { .. } => drop(ends.insert(process, history.events.len())),
                // What the dead received died with them.
                MemberState::Lost { .. } => dead.extend(history.events.iter().filter_map(|e| e.received)),
                MemberState::Absent(Absence::Silent) if !deadline_passed => {
                    return Err(format!("it ends without {process}, and its deadline has not passed"));
                }
                // Nobody reports what is wrong, and the collector refuses nothing that is right.
                MemberState::Absent(Absence::Fault(what)) if what.as_str() != EARLY => {
                    return Err(format!("{process} is refused: {what}"));
                }
                MemberState::Absent(_) => {}
            }
        }
        for (&process, &end) in &ends {
            self.judge_process(cut, process, end, &ends)?;
        }
        self.judge_channels(cut, &ends, &dead)
    }

    fn judge_process(
        &self,
        cut: &ConsistentCut,
        process: Incarnation,
        end: usize,
        ends: &BTreeMap<Incarnation, usize>,
    ) -> Result<(), String> {
        let Some(found) = cut.snapshot().members[&process].state.cut() else { return Ok(()) };
        let Some(history) = self.histories.get(&process) else { return Ok(()) };
        let before = &history.events[..end];
        let money: i64 = before.iter().map(|e| e.money).sum();
        let reported = found.gauges.get(&"money".into()).copied().unwrap_or(0);
        if money != reported {
            return Err(format!("{process} had {money} at its cut, the snapshot says {reported}"));
        }
        let mut facts: BTreeSet<Handle> = before.iter().flat_map(|e| &e.inserted).copied().collect();
        before.iter().flat_map(|e| &e.removed).for_each(|fact| {
            facts.remove(fact);
        });
        for (n, event) in before.iter().enumerate() {
            let recorded = event.inserted.iter().filter_map(|handle| found.facts.get(handle));
            if let Some(recorded) = recorded.into_iter().find(|recorded| !history.was_in(n, recorded.born)) {
                let born = recorded.born;
                return Err(format!("{process} is said to have {:?} since epoch {born}", recorded.fact));
            }
        }
        let reported: BTreeSet<Handle> = found.facts.keys().copied().collect();
        if facts != reported {
            let missing: Vec<_> = facts.difference(&reported).collect();
            let extra: Vec<_> = reported.difference(&facts).map(|h| (h, &found.facts[h].fact)).collect();
            return Err(format!(
                "the snapshot lacks facts {missing:?} that {process} had at its cut, and has {extra:?} that it had not"
            ));
        }
        let past = end.checked_sub(1).map(|last| &history.pasts[last]);
        for (other, known) in past.into_iter().flatten() {
            if let Some(&other_end) = ends.get(other)
                && *known > other_end
            {
                return Err(format!(
                    "not a consistent cut: {process} depends on event {known} of {other}, cut after {other_end}"
                ));
            }
        }
        Ok(())
    }

    fn judge_channels(
        &mut self,
        cut: &ConsistentCut,
        ends: &BTreeMap<Incarnation, usize>,
        dead: &BTreeSet<MessageId>,
    ) -> Result<(), String> {
        let in_transit = self.in_transit(ends, |_| true);
        let found: BTreeSet<MessageId> =
            crate::script::in_transit(cut).map(|m| m.id).filter(|m| ends.contains_key(&m.sender())).collect();
        // Whose place somebody has taken nobody can say of one whose name is not known.
        let nameless = |m: &MessageId| {
            let to = peer(cut, m.lane);
            let name = |to| cut.snapshot().members.get(&to).map(|member| &member.name);
            to.is_some_and(|to| name(to).is_none_or(|name| *name == ProcessName::of_stranger(to)))
        };
        let hidden = |m: &MessageId| cut.channels().message(*m).is_some_and(|m| m.fate == Fate::Hidden);
        let extra = found.difference(&in_transit).find(|m| !nameless(m) || !hidden(m));
        if let Some(extra) = extra {
            return Err(format!("{extra} is said to be in transit and is not"));
        }
        // What an incomplete round gives up is settled too, and a later one does not name it any more.
        let lost = |m: &&MessageId| cut.channels().lost.get(&m.lane).is_some_and(|lost| lost.contains(m.seq));
        for lost in in_transit.iter().filter(lost) {
            let alone = peer(cut, lost.lane).filter(|peer| !is_inherited(cut, lost.sender(), *peer));
            let presumed = |peer| {
                let state = cut.snapshot().members.get(&peer).map(|member| &member.state);
                matches!(state, Some(MemberState::Lost { certain: false, .. }))
            };
            if let Some(peer) = alone.filter(|peer| presumed(*peer)) {
                self.presumably.insert(*lost, peer);
            }
            self.given_up.entry(*lost).or_insert(alone);
        }
        // What the snapshot leaves out, it must have given up; should it arrive, it is late.
        for &missed in in_transit.difference(&found).filter(|m| !dead.contains(m)) {
            if lost(&&missed) {
                continue;
            }
            // Every verdict of this cut names what has expired among its assumptions.
            let expired = cut.assumptions().iter().any(|assumed| match assumed {
                Assumption::Expired(lane, numbers) => *lane == missed.lane && numbers.contains(missed.seq),
                _ => false,
            });
            let known = expired
                || self.has_expired_by(missed, ends[&missed.sender()])
                || self.given_up.contains_key(&missed)
                || self.is_named_unknown(cut, missed)
                || self.is_forgotten(cut, ends, missed);
            if !known {
                return Err(format!("{missed} is in transit and the snapshot does not know it"));
            }
            if expired && !self.given_up.contains_key(&missed) {
                self.given_up.insert(missed, None);
                self.timed_out.insert(missed);
            } else if !expired && self.timed_out.remove(&missed) {
                // Its sender is gone, and it can come no more.
                let left = |member: &Member| matches!(member.state, MemberState::Left { .. });
                if !cut.snapshot().members.get(&missed.sender()).is_some_and(left) {
                    return Err(format!("that {missed} does not come is assumed, and not named any more"));
                }
            }
        }
        Ok(())
    }

    /// Whether a cut says that it does not know what became of a message, or that it does not know who has received it.
    fn is_named_unknown(&self, cut: &ConsistentCut, message: MessageId) -> bool {
        let MessageId { lane, seq } = message;
        cut.channels().unknown.iter().any(|unknown| match unknown.lane {
            Some(of) => unknown.from == lane.process && of == lane.lane && unknown.numbers.contains(seq),
            None => {
                let from = unknown.from;
                from == lane.process || unknown.cause == Cause::Stranger && self.has_had(from, message)
            }
        })
    }

    /// Whether a member without a cut has received a message, and its sender was told so long ago and has retired
    /// the lane.
    fn is_forgotten(
        &self,
        cut: &ConsistentCut,
        ends: &BTreeMap<Incarnation, usize>,
        message: MessageId,
    ) -> bool {
        let sender = cut.snapshot().members.get(&message.sender()).and_then(|m| m.state.cut());
        let retired = sender.is_some_and(|sender| !sender.sending.contains_key(&message.lane.lane));
        let members = &cut.snapshot().members;
        let mut outside = members.keys().filter(|process| !ends.contains_key(process));
        retired && outside.any(|process| self.has_had(*process, message))
    }

    /// Whether a process has ever received a message.
    #[must_use]
    pub fn has_had(&self, process: Incarnation, message: MessageId) -> bool {
        let mut events = self.histories.get(&process).into_iter().flat_map(|history| &history.events);
        events.any(|event| event.received == Some(message))
    }

    /// The messages in transit when the events of each process end where `ends` says: sent and not taken back before
    /// the end of their sender, and received before no end.
    fn in_transit(
        &self,
        ends: &BTreeMap<Incarnation, usize>,
        which: impl Fn(&MessageId) -> bool,
    ) -> BTreeSet<MessageId> {
        let before = || {
            ends.iter()
                .flat_map(|(process, &end)| self.histories.get(process).map_or(&[][..], |h| &h.events[..end]))
        };
        let mut open: BTreeSet<MessageId> = before().filter_map(|e| e.sent).filter(which).collect();
        for settled in before().flat_map(|e| [e.voided, e.received]).flatten() {
            open.remove(&settled);
        }
        open
    }

    /// Compares what a FIFO lane has recorded of a round with what was in transit; gives whether they are the same.
    ///
    /// # Errors
    /// What was recorded and not in transit, or in transit and not recorded though it arrived.
    pub fn recorded(&self, round: Epoch, lane: LaneRef, agreement: &Agreement) -> Result<bool, String> {
        match agreement {
            // What was lost on its way was not recorded.
            Agreement::Equal => {
                let lost = |m: &MessageId| self.dropped.contains(m) && !self.given_up.contains_key(m);
                let cut =
                    |(process, history): (&Incarnation, &History)| Some((*process, history.cut(round)?));
                let ends = self.histories.iter().filter_map(cut).collect();
                match self.in_transit(&ends, |m| m.lane == lane).into_iter().find(lost) {
                    Some(lost) => Err(format!("round {round}: {lost} was lost, and is said to be recorded")),
                    None => Ok(true),
                }
            }
            Agreement::Violated(which) => {
                Err(format!("round {round}: {which} of lane {lane} recorded but not in transit"))
            }
            Agreement::Within(rest) => {
                let lost = |seq: &u64| self.dropped.contains(&MessageId { lane, seq: *seq });
                match rest.iter().find(|seq| !lost(seq)) {
                    Some(seq) => {
                        Err(format!("round {round}: {seq} of lane {lane} was in transit and is not recorded"))
                    }
                    None => Ok(false),
                }
            }
        }
    }

    /// The money in processes and channels of a complete cut without losses.
    #[must_use]
    pub fn total(cut: &ConsistentCut) -> i64 {
        let held: i64 = cut.cuts().filter_map(|(_, c)| c.gauges.get(&"money".into())).sum();
        let moving = |a: &Annotation| match a {
            Annotation::Amount { amount, .. } => *amount,
            _ => 0,
        };
        held + cut.channels().carriers().flat_map(|m| m.annotations).map(moving).sum::<i64>()
    }

    /// How many events came before the cut of a process for a round.
    #[must_use]
    pub fn cut_index(&self, process: Incarnation, round: Epoch) -> Option<usize> {
        self.histories.get(&process).and_then(|h| h.cut(round))
    }

    /// Every process that ever was.
    pub fn processes(&self) -> impl Iterator<Item = Incarnation> + '_ {
        self.histories.keys().copied()
    }
}

/// Whether somebody is there in the place of one who has left or died, and the sender has, so that nobody waits for another.
fn is_inherited(cut: &ConsistentCut, sender: Incarnation, peer: Incarnation) -> bool {
    let members = &cut.snapshot().members;
    let lives = |process| members.get(&process).is_some_and(|member| member.state.lives());
    let named = members.get(&peer).map(|member| &member.name);
    !lives(sender) && !lives(peer) && members.values().any(|m| m.state.lives() && Some(&m.name) == named)
}

/// The one process to which a lane leads, as its sender had it at its cut.
fn peer(cut: &ConsistentCut, lane: LaneRef) -> Option<Incarnation> {
    let sender = cut.snapshot().members.get(&lane.process)?.state.cut()?;
    sender.sending.get(&lane.lane)?.to.peer()
}
