//! Rounds: from the request to the end.

use super::{
    Action, Agreement, Collector, Config, Missing, Patience, RequestId, RoundOutcome, RoundResult, Timer,
    members::{Record, Standing},
};
use crate::cut::{Order, ProcessCut, Receiving, Sending, cross};
use crate::id::{Epoch, Incarnation, LaneRef};
use crate::lane::Recording;
use crate::mutation::{Mutation, is_on};
use crate::ranges::RangeSet;
use crate::refused::Refused;
use crate::session::{RoundEnd, ToAgent};
use crate::snapshot::{
    Absence, Assumption, Cause, Channel, ConsistentCut, Member, MemberState, Snapshot, UnknownContent,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A member's part of a round.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Part {
    Awaited,
    Cut(Arc<ProcessCut>),
    Missing(Absence),
    /// It left or died before its cut: what the snapshot has is in the members' records.
    Gone,
}

/// One open round.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Round {
    requests: Vec<RequestId>,
    /// Who cuts first, while the others are not told.
    first: Option<Incarnation>,
    told: BTreeSet<Incarnation>,
    parts: BTreeMap<Incarnation, Part>,
    /// The epoch that each member's reports had reached when the round was announced.
    before: BTreeMap<Incarnation, Epoch>,
    /// What FIFO lanes had recorded, as far as it came before the end: by whom, on which lane, and what.
    recorded: Vec<(Incarnation, LaneRef, RangeSet)>,
    recorded_ranges: usize,
    /// What members whose cut is there have received since that was on its way at a cut; each on lanes of which it says so
    /// in its state, and within the bounds of a delta.
    crossed: BTreeMap<Incarnation, BTreeMap<LaneRef, RangeSet>>,
}

impl Round {
    /// How many recordings wait for the end of the round; further ones are not judged.
    const RECORDINGS: usize = 4096;
    /// How many ranges of numbers these have together.
    const RECORDED_RANGES: usize = 1 << 18;

    /// Keeps a recording for the end of the round, if there is room.
    fn keep(&mut self, by: Incarnation, lane: LaneRef, numbers: RangeSet) {
        let ranges = self.recorded_ranges + numbers.ranges().len();
        if self.recorded.len() < Self::RECORDINGS && ranges <= Self::RECORDED_RANGES {
            self.recorded_ranges = ranges;
            self.recorded.push((by, lane, numbers));
        }
    }

    /// A member has received these messages after its cut for this round, if that is there.
    pub(super) fn crossed(&mut self, by: Incarnation, lane: LaneRef, numbers: &RangeSet) {
        if matches!(self.parts.get(&by), Some(Part::Cut(_))) && !is_on(Mutation::CrossedIsForgotten) {
            cross(self.crossed.entry(by).or_default(), lane, numbers);
        }
    }

    /// The report for the rounds after `from` up to `to` has been applied.
    pub(super) fn reported(
        &mut self,
        process: Incarnation,
        range: (Epoch, Epoch),
        heard: &Refused,
        given: Epoch,
        state: &Arc<ProcessCut>,
        epoch: Epoch,
    ) {
        let Some(part) = self.parts.get_mut(&process) else { return };
        // What a process said before it died may be read after its death is known.
        if !matches!(part, Part::Awaited | Part::Gone) || range.1 < epoch {
            return;
        }
        *part = if range.0 >= epoch && !is_on(Mutation::OnlyTheNewestCut) {
            // It goes on from later, so the state at this cut will never come.
            Part::Missing(Absence::GaveUp)
        } else if heard.is_void(epoch, given) {
            Part::Missing(Absence::Void)
        } else {
            Part::Cut(state.clone())
        };
    }

    /// The cut of a process will not come.
    pub(super) fn missing(&mut self, process: Incarnation, why: Absence) {
        if let Some(part) = self.parts.get_mut(&process)
            && *part == Part::Awaited
        {
            *part = Part::Missing(why);
        }
    }

    /// A process has left or died.
    pub(super) fn departed(&mut self, process: Incarnation) {
        if let Some(part) = self.parts.get_mut(&process)
            && *part == Part::Awaited
            && !is_on(Mutation::DeathSettlesNothing)
        {
            *part = Part::Gone;
        }
    }

    /// A process has said hello: if it has not passed this cut, it belongs to the round.
    pub(super) fn join(&mut self, process: Incarnation) {
        let part = self.parts.entry(process).or_insert(Part::Awaited);
        if *part == Part::Gone {
            *part = Part::Awaited;
        }
    }

    fn is_finished(&self) -> bool {
        self.first.is_none() && self.parts.values().all(|part| *part != Part::Awaited)
    }
}

/// Beginning rounds.
impl Collector {
    /// Somebody wants a round but no answer.
    pub(super) fn wanted(&mut self) {
        self.want = true;
        self.start_rounds();
    }

    /// Starts the next round, if one is wanted and the bounds allow it.
    pub(super) fn start_rounds(&mut self) {
        let wanted = self.want || !self.waiting.is_empty();
        if !wanted || self.rounds.len() >= self.config.open_rounds.max(1) {
            return;
        }
        if !self.newcomers.is_empty() && self.patience != Patience::Lost {
            if self.patience == Patience::Full {
                self.patience = Patience::Waiting;
                let after = self.config.welcome.saturating_mul(Config::WELCOMES);
                self.actions.push_back(Action::Arm(Timer::Patience, after));
            }
            return;
        }
        let epoch = self.given.next();
        if epoch > self.reserved && !is_on(Mutation::NoReservation) {
            return self.reserve();
        }
        self.given = epoch;
        self.own = self.own.next();
        self.want = false;
        self.patience = Patience::Full;
        let first = self.initiator.take().filter(|process| self.members.session(*process).is_some());
        let fault =
            |r: &Record| r.fault.clone().map_or(Part::Awaited, |what| Part::Missing(Absence::Fault(what)));
        let round = Round {
            requests: std::mem::take(&mut self.waiting),
            first,
            told: BTreeSet::new(),
            parts: self.members.alive().map(|(id, r)| (id, fault(r))).collect(),
            before: self.members.alive().filter_map(|(id, r)| Some((id, r.reported()?))).collect(),
            recorded: Vec::new(),
            recorded_ranges: 0,
            crossed: BTreeMap::new(),
        };
        self.rounds.insert(epoch, round);
        self.actions.push_back(Action::Announced(epoch));
        self.actions.push_back(Action::Arm(Timer::Deadline(epoch), self.config.deadline));
        match first {
            Some(process) => {
                self.actions.push_back(Action::Arm(Timer::Grace(epoch), self.config.grace));
                self.tell(epoch, process);
            }
            None => self.announce(epoch),
        }
        self.end_finished();
    }

    /// The last open round answers a request that came after its announcement: a [`Mutation`].
    pub(super) fn answer_by_open_round(&mut self, request: RequestId) -> bool {
        let Some((_, round)) = self.rounds.iter_mut().next_back() else { return false };
        round.requests.push(request);
        true
    }

    fn reserve(&mut self) {
        if !self.reserving {
            self.reserving = true;
            let upto = Epoch(self.given.0.saturating_add(self.config.reservation.max(1)));
            self.actions.push_back(Action::Reserve(upto));
        }
    }

    /// The last epoch that those who join are to cut for: that of a round whose initiator goes first is not
    /// announced yet.
    pub(super) fn told(&self) -> Epoch {
        self.rounds
            .iter()
            .find(|(_, r)| r.first.is_some())
            .map_or(self.given, |(epoch, _)| Epoch(epoch.0 - 1))
    }

    /// Tells everybody of a round, and of those before it.
    pub(super) fn announce(&mut self, epoch: Epoch) {
        let Some(round) = self.rounds.get_mut(&epoch) else { return };
        round.first = None;
        let members: Vec<_> = round.parts.keys().copied().collect();
        for process in members {
            self.tell(epoch, process);
        }
        self.end_finished();
    }

    /// The initiator has cut, or cannot be waited for.
    pub(super) fn announce_after(&mut self, process: Incarnation) {
        let waiting = |(epoch, r): (&Epoch, &Round)| (r.first == Some(process)).then_some(*epoch);
        let due: Vec<Epoch> = self.rounds.iter().filter_map(waiting).collect();
        for epoch in due {
            let has_cut =
                self.rounds.get(&epoch).is_some_and(|r| r.parts.get(&process) != Some(&Part::Awaited));
            if has_cut || self.members.session(process).is_none() {
                self.announce(epoch);
            }
        }
    }

    fn tell(&mut self, epoch: Epoch, process: Incarnation) {
        let Some(session) = self.members.session(process) else { return };
        let window = self.window();
        if let Some(round) = self.rounds.get_mut(&epoch)
            && round.told.insert(process)
        {
            let cut = ToAgent::Cut { epoch, window };
            self.actions.push_back(Action::Send(session, cut));
        }
    }
}

/// Ending rounds.
impl Collector {
    pub(super) fn end_finished(&mut self) {
        while let Some(epoch) = self.rounds.iter().find(|(_, r)| r.is_finished()).map(|(epoch, _)| *epoch) {
            self.end_round(epoch);
        }
    }

    /// Ends a round with what there is.
    pub(super) fn end_round(&mut self, epoch: Epoch) {
        let Some(mut round) = self.rounds.remove(&epoch) else { return };
        let requests = round.requests.clone();
        let recorded = std::mem::take(&mut round.recorded);
        let crossed = std::mem::take(&mut round.crossed);
        let (cut, faults) = ConsistentCut::check_leaving_out(self.assemble(epoch, round));
        let crossed = crossed.iter().flat_map(|(by, lanes)| lanes.iter().map(move |lane| (*by, lane)));
        let mut refuted: BTreeSet<Assumption> =
            crossed.flat_map(|(by, (lane, numbers))| self.refuted(&cut, by, *lane, numbers)).collect();
        refuted.extend(self.late(&cut));
        refuted.extend(self.claimed(&cut));
        if is_on(Mutation::EverythingIsRetracted) {
            refuted.extend(cut.assumptions());
        }
        let outcome = if !faults.is_empty() && cut.present().next().is_none() {
            RoundOutcome::Inconsistent(faults)
        } else {
            if !faults.is_empty() {
                self.actions.push_back(Action::Inconsistent(epoch, faults));
            }
            self.outcome(epoch, Arc::new(cut))
        };
        self.actions.push_back(Action::Ended(Box::new(RoundResult { epoch, requests, outcome })));
        for (by, lane, numbers) in recorded {
            self.judge(epoch, by, lane, &numbers);
        }
        self.actions.extend(refuted.into_iter().map(Action::Retract));
        if is_on(Mutation::OneEndEndsAll)
            && let Some(other) = self.rounds.keys().next().copied()
        {
            self.end_round(other);
        }
        self.start_rounds();
    }

    /// What a cut shows to have been given up by a time limit and received after all, as far as that has not been said:
    /// whoever received it may not have said hello by then, or the server may have started again since.
    fn late(&mut self, cut: &ConsistentCut) -> Vec<Assumption> {
        let members = &cut.snapshot().members;
        let late = &cut.channels().late;
        let mut news = Vec::new();
        for (lane, numbers) in late.iter().filter(|_| !is_on(Mutation::LateIsNoNews)) {
            let mut numbers = numbers.clone();
            self.late.get(lane).into_iter().for_each(|known| numbers.subtract(known));
            if !numbers.is_empty() {
                news.push(Assumption::Expired(*lane, numbers));
            }
        }
        if members.values().any(|member| matches!(member.state, MemberState::Absent(_))) {
            // Who is missing may have received what the last cut showed.
            self.late.retain(|lane, _| members.contains_key(&lane.process));
            for (lane, numbers) in late {
                let known = self.late.entry(*lane).or_default();
                known.union(numbers);
                // Of what is forgotten here it may be said again.
                known.keep_highest(Sending::EXPIRED_RANGES);
            }
        } else {
            self.late.clone_from(late);
        }
        news
    }

    /// What was lost as far as was known, and has been received all the same.
    fn claimed(&mut self, cut: &ConsistentCut) -> Vec<Assumption> {
        let mut claimed = Vec::new();
        let settled = cut.channels().settled.iter().filter(|_| !is_on(Mutation::LateIsNoNews));
        for (lane, by) in settled {
            let Some(unclaimed) = self.unclaimed.get_mut(lane) else { continue };
            let mut received = RangeSet::new();
            by.values().for_each(|numbers| received.union(&unclaimed.intersection(numbers)));
            if !received.is_empty() {
                unclaimed.subtract(&received);
                claimed.push(Assumption::Expired(*lane, received));
            }
        }
        for (lane, numbers) in &cut.channels().unclaimed {
            self.unclaimed.entry(*lane).or_default().union(numbers);
        }
        let members = &cut.snapshot().members;
        self.unclaimed.retain(|lane, numbers| members.contains_key(&lane.process) && !numbers.is_empty());
        claimed
    }

    fn assemble(&self, epoch: Epoch, round: Round) -> Snapshot {
        let mut members: BTreeMap<Incarnation, Member> = self.members.departed(epoch, self.given).collect();
        let mut confirmed: Option<Epoch> = None;
        for (process, part) in round.parts {
            let Some(record) = self.members.records.get(&process) else { continue };
            let state = match part {
                Part::Cut(cut) => {
                    let before = round.before.get(&process).copied().unwrap_or(Epoch::ZERO);
                    confirmed = Some(confirmed.map_or(before, |c| c.min(before)));
                    MemberState::Present(cut)
                }
                Part::Missing(why) => MemberState::Absent(why),
                Part::Awaited if record.session.is_some() => MemberState::Absent(Absence::Silent),
                Part::Awaited => MemberState::Absent(Absence::Disconnected),
                // It is among the departed, unless it came back without a session.
                Part::Gone if record.standing == Standing::Alive => {
                    MemberState::Absent(Absence::Disconnected)
                }
                Part::Gone => continue,
            };
            members.insert(process, Member { name: record.name.clone(), state });
        }
        let confirmed = match is_on(Mutation::ConfirmedByItself) {
            true => epoch,
            false => confirmed.unwrap_or(Epoch::ZERO),
        };
        Snapshot { deployment: self.config.deployment, epoch, confirmed, members }
    }

    fn outcome(&mut self, epoch: Epoch, cut: Arc<ConsistentCut>) -> RoundOutcome {
        self.tell_end(epoch, &cut);
        // In a round below, not everybody may have received yet what was received here.
        let lowest = self.rounds.keys().next().is_none_or(|open| *open > epoch);
        if lowest || is_on(Mutation::LeaverSettledTooSoon) {
            self.members.settle_left(&cut);
        }
        let strangers = cut.channels().unknown.iter().filter(|u| u.cause == Cause::Stranger);
        self.met(strangers.map(|u| u.from));
        self.ended.insert(epoch, cut.clone());
        while self.ended.len() > Self::LATE_RECORDINGS {
            self.ended.pop_first();
        }
        let missing = missing(&cut);
        if missing.is_empty() { RoundOutcome::Complete(cut) } else { RoundOutcome::Incomplete(cut, missing) }
    }

    /// Tells every member which of its messages were received or lost, and what to treat as lost.
    fn tell_end(&mut self, epoch: Epoch, cut: &ConsistentCut) {
        let mut ends: BTreeMap<Incarnation, RoundEnd> = BTreeMap::new();
        fn end(ends: &mut BTreeMap<Incarnation, RoundEnd>, process: Incarnation) -> &mut RoundEnd {
            ends.entry(process).or_default()
        }
        for (lane, by) in &cut.channels().settled {
            let received = by.iter().map(|(by, numbers)| (lane.lane, *by, numbers.clone()));
            end(&mut ends, lane.process).received.extend(received);
        }
        // What was given up and has come keeps the floor back no more.
        for (lane, late) in &cut.channels().late {
            let received =
                cut.snapshot().receivers(*lane, late).map(|(by, numbers)| (lane.lane, by, numbers));
            end(&mut ends, lane.process).received.extend(received);
        }
        for (lane, numbers) in &cut.channels().lost {
            end(&mut ends, lane.process).lost.push((lane.lane, numbers.clone()));
        }
        for (lane, numbers) in &cut.channels().tombstoned {
            end(&mut ends, lane.process).expired.push((lane.lane, numbers.clone()));
        }
        for (lane, receiver, numbers) in self.overdue(epoch, cut) {
            match receiver {
                Some(receiver) => end(&mut ends, receiver).tombstones.push((lane, numbers)),
                None => end(&mut ends, lane.process).expired.push((lane.lane, numbers)),
            }
        }
        // What is stated counts for every departure that was known before the round, and is the later forgotten for being
        // asked for again.
        let before = Epoch(epoch.0.saturating_sub(1));
        for unknown in cut.channels().unknown.iter().filter(|u| u.cause == Cause::SenderLost) {
            let member = cut.snapshot().members.get(&unknown.from);
            if let (Some(receiver), Some(MemberState::Lost { since, .. })) =
                (unknown.to, member.map(|m| &m.state))
                && asks_for(epoch, *since)
            {
                end(&mut ends, receiver).dead.push((unknown.from, before));
            }
        }
        for (receiver, state) in cut.present() {
            let over = state.receiving.iter().filter(|(lane, got)| is_over(cut, **lane, got));
            let over: Vec<LaneRef> = over.map(|(lane, _)| *lane).collect();
            if !over.is_empty() {
                end(&mut ends, receiver).retired = over;
            }
        }
        let present: Vec<_> = cut.present().map(|(process, _)| process).collect();
        for ((from, since), to) in left_behind(cut) {
            if !asks_for(epoch, since) {
                continue;
            }
            let one =
                to.map(|to| present.binary_search(&to).ok().map(|at| &present[at..=at]).unwrap_or_default());
            for process in one.unwrap_or(&present) {
                let dead = &mut end(&mut ends, *process).dead;
                // They are in order, so who has left something to this one and to a group was named last.
                if dead.last() != Some(&(from, before)) {
                    dead.push((from, before));
                }
            }
        }
        for process in present {
            if let Some(session) = self.members.session(process) {
                let end = RoundEnd { epoch, ..ends.remove(&process).unwrap_or_default() };
                self.actions.push_back(Action::Send(session, ToAgent::Ended(end)));
            }
        }
    }

    /// What of an unordered lane to one process has been doubtful for long enough, and who is there to promise that he will
    /// treat it as lost; nobody if that process has left or died and has no heir.
    fn overdue(
        &mut self,
        epoch: Epoch,
        cut: &ConsistentCut,
    ) -> Vec<(LaneRef, Option<Incarnation>, RangeSet)> {
        let mut now = doubtful(cut);
        let collapsed = collapsed(cut).map(|(lane, unknown)| (lane, unknown.to)).collect();
        self.doubtful.retain(|lane, _| now.contains_key(lane) || is_unseen(cut, &collapsed, *lane));
        let mut due = Vec::new();
        let seen_at_both_ends = now.iter_mut().filter(|(lane, _)| !is_unseen(cut, &collapsed, **lane));
        for (lane, (receiver, numbers)) in seen_at_both_ends {
            let seen = self.doubtful.entry(*lane).or_default();
            seen.retain(|_, these| {
                *these = these.intersection(numbers);
                numbers.subtract(these);
                !these.is_empty()
            });
            if !numbers.is_empty() {
                seen.insert(epoch, std::mem::take(numbers));
            }
            let is_long = |since: &Epoch| epoch.0.saturating_sub(since.0) >= self.config.doubt_rounds;
            let mut long = RangeSet::new();
            seen.iter().filter(|(since, _)| is_long(since)).for_each(|(_, these)| long.union(these));
            // What has been promised needs not be promised again.
            cut.channels().tombstoned.get(lane).into_iter().for_each(|promised| long.subtract(promised));
            if !long.is_empty() {
                due.push((*lane, *receiver, long));
            }
        }
        due
    }

    /// A recording has arrived, before or after the end of its rounds.
    pub(super) fn recording(&mut self, by: Incarnation, lane: LaneRef, recording: &Recording) {
        let first = recording.from.next();
        let rounds = first..=recording.to.max(first);
        for (epoch, round) in self.rounds.range_mut(rounds.clone()) {
            round.keep(by, lane, recording.of_round(*epoch));
        }
        let ended: Vec<Epoch> = self.ended.range(rounds).map(|(epoch, _)| *epoch).collect();
        for epoch in ended {
            self.judge(epoch, by, lane, &recording.of_round(epoch));
        }
    }

    /// Both derivations of the state of a channel must agree.
    fn judge(&mut self, epoch: Epoch, by: Incarnation, lane: LaneRef, recorded: &RangeSet) {
        let Some(cut) = self.ended.get(&epoch) else { return };
        let present = |p| cut.snapshot().members.get(&p).is_some_and(|m| m.state.is_present());
        if present(by) && present(lane.process) && cut.snapshot().leads_to(lane, by) {
            let agreement = agreement(cut, lane, recorded);
            self.actions.push_back(Action::Recorded(epoch, lane, agreement));
        }
    }
}

/// Whether nobody will name a lane again but its receiver, who has seen the end of it. A death that seems certain may
/// be refuted, and the dead then names its lanes.
fn is_over(cut: &ConsistentCut, lane: LaneRef, got: &Receiving) -> bool {
    match cut.snapshot().members.get(&lane.process).map(|m| &m.state) {
        Some(MemberState::Present(sender) | MemberState::Left { last: sender, .. }) => {
            (got.ended || is_on(Mutation::ForgottenTooSoon)) && sender.has_retired(lane.lane)
        }
        Some(MemberState::Lost { .. } | MemberState::Absent(_)) | None => false,
    }
}

/// Whether a round asks those who may still receive something from who departed at `since` to state that its transports have
/// ended. One that was open by then does not: had that one come back, and departed again in the same epoch, its two
/// departures would have the same number, and what is stated of the first would count for the second.
fn asks_for(round: Epoch, since: Epoch) -> bool {
    round > since || is_on(Mutation::AnyEndCounts)
}

/// Who has said goodbye while something of it was still under way, since when, and to whom that is, if to one.
fn left_behind(cut: &ConsistentCut) -> BTreeSet<((Incarnation, Epoch), Option<Incarnation>)> {
    let left = |process: Incarnation| match cut.snapshot().members.get(&process).map(|m| &m.state) {
        Some(MemberState::Left { since, .. }) => Some((process, *since)),
        _ => None,
    };
    let messages = cut.channels().lanes.iter().map(|(lane, channel)| (lane.process, channel.to.peer()));
    let collapsed = cut.channels().unknown.iter().filter(|u| u.cause == Cause::Collapsed);
    let all = messages.chain(collapsed.map(|u| (u.from, u.to)));
    all.filter_map(|(from, to)| Some((left(from)?, to))).collect()
}

/// The doubtful messages of unordered lanes from who is present to one process, and who is there to receive them, if that is
/// not certainly nobody. A FIFO link delivers or ends: its marker and its end settle what is lost.
fn doubtful(cut: &ConsistentCut) -> BTreeMap<LaneRef, (Option<Incarnation>, RangeSet)> {
    let mut all: BTreeMap<LaneRef, (Option<Incarnation>, RangeSet)> = BTreeMap::new();
    let state = |process| cut.snapshot().members.get(&process).map(|member| &member.state);
    let is_present = |process| state(process).is_some_and(MemberState::is_present);
    let mut doubt = |lane: LaneRef, to: Option<Incarnation>, numbers: &RangeSet| {
        let unordered = cut.snapshot().sending(lane).filter(|sending| sending.order == Order::Unordered);
        // Who may read what was under way to the nameless dead nobody knows, nor whether anybody will.
        let is_dead =
            |peer: &Incarnation| matches!(state(*peer), Some(MemberState::Lost { certain: true, .. }));
        let nameless = |peer: &Incarnation| is_dead(peer) && !cut.snapshot().is_named(*peer);
        let to = to.or_else(|| unordered?.to.peer().filter(nameless)).filter(|_| unordered.is_some());
        if let Some(peer) = to.filter(|_| is_present(lane.process) && !numbers.is_empty()) {
            let receiver = Some(peer).filter(|peer| is_present(*peer));
            all.entry(lane).or_insert_with(|| (receiver, RangeSet::new())).1.union(numbers);
        }
    };
    for (&lane, channel) in &cut.channels().lanes {
        doubt(lane, channel.to.peer(), &channel.doubtful);
    }
    collapsed(cut).for_each(|(lane, unknown)| doubt(lane, unknown.to, &unknown.numbers));
    all
}

/// What is under way and did not fit into the logs, by lane; of each lane once.
fn collapsed(cut: &ConsistentCut) -> impl Iterator<Item = (LaneRef, &UnknownContent)> {
    let of_log = cut.channels().unknown.iter().filter(|unknown| unknown.cause == Cause::Collapsed);
    of_log.filter_map(|unknown| Some((LaneRef { process: unknown.from, lane: unknown.lane? }, unknown)))
}

/// Whether a round says nothing of what is doubtful on a lane: the cut of one of its ends is missing.
fn is_unseen(cut: &ConsistentCut, collapsed: &BTreeMap<LaneRef, Option<Incarnation>>, lane: LaneRef) -> bool {
    let state = |process| cut.snapshot().members.get(&process).map(|member| &member.state);
    let is_missing = |state: &MemberState| matches!(state, MemberState::Absent(_));
    let hidden = || cut.channels().lanes.get(&lane).is_some_and(|channel| !channel.hidden.is_empty());
    let to = collapsed.get(&lane).copied().flatten();
    state(lane.process).is_some_and(is_missing)
        || hidden()
        || to.is_some_and(|to| state(to).is_none_or(is_missing))
}

/// What was recorded must lie within the log minus what was received.
fn agreement(cut: &ConsistentCut, lane: LaneRef, recorded: &RangeSet) -> Agreement {
    let mut derived = cut.channels().lanes.get(&lane).map(Channel::numbers).unwrap_or_default();
    // What overflowed the log is in transit too, by number.
    for unknown in
        cut.channels().unknown.iter().filter(|u| u.from == lane.process && u.lane == Some(lane.lane))
    {
        derived.union(&unknown.numbers);
    }
    let (mut beyond, mut rest) = (recorded.clone(), derived.clone());
    beyond.subtract(&derived);
    rest.subtract(recorded);
    match (beyond.is_empty(), rest.is_empty()) {
        _ if is_on(Mutation::RecordedIsAsDerived) => Agreement::Equal,
        (false, _) => Agreement::Violated(beyond),
        (true, false) => Agreement::Within(rest),
        (true, true) => Agreement::Equal,
    }
}

/// What a cut lacks to be complete.
fn missing(cut: &ConsistentCut) -> Vec<Missing> {
    let mut missing = Vec::new();
    for (&process, member) in &cut.snapshot().members {
        let name = member.name.clone();
        match &member.state {
            MemberState::Absent(why) => missing.push(Missing::Cut(process, name, why.clone())),
            MemberState::Lost { certain: false, .. } => missing.push(Missing::PresumedDead(process, name)),
            // What is certainly dead is not missing, except what it may have sent.
            MemberState::Lost { certain: true, .. } | MemberState::Present(_) | MemberState::Left { .. } => {}
        }
    }
    let content: BTreeSet<_> = cut.channels().unknown.iter().map(|u| u.from).collect();
    missing.extend(content.into_iter().map(Missing::Content));
    missing
}
