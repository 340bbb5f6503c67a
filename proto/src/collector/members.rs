//! Who belongs to the deployment, and the last reported state of each.

use super::{Action, Collector, Departure, Forgetting, SessionId, Timer};
use crate::cut::{ProcessCut, Receiving, Sending};
use crate::fold::Report;
use crate::id::{Epoch, Incarnation, LaneId, LaneRef, ProcessName, Text};
use crate::mutation::{Mutation, is_on};
use crate::ranges::RangeSet;
use crate::refused::Refused;
use crate::session::{Hello, Rejection, ToAgent, VERSIONS};
use crate::snapshot::{Absence, Assumption, ConsistentCut, Member, MemberState, speaks_for};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Whether a process lives, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Standing {
    Alive,
    Left { since: Epoch },
    Dead { certain: bool, since: Epoch },
}

/// One incarnation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Record {
    pub(super) name: ProcessName,
    pub(super) session: Option<SessionId>,
    pub(super) standing: Standing,
    /// The last applied report, and the round it ended at.
    pub(super) state: Option<(Epoch, Arc<ProcessCut>)>,
    /// The rounds up to this one do not have that state.
    state_from: Epoch,
    /// The epochs that it had heard of by then and not admitted.
    heard: Refused,
    /// Why it takes no part any more.
    pub(super) fault: Option<Text>,
    /// It has never said hello to anybody, and its name is made up.
    stranger: bool,
    /// In which order processes departed, to forget the oldest.
    departed: u64,
}

impl Record {
    /// One of whom nothing has been reported.
    const fn new(name: ProcessName, standing: Standing) -> Self {
        Record {
            name,
            session: None,
            standing,
            state: None,
            state_from: Epoch::ZERO,
            heard: Refused::new(),
            fault: None,
            stranger: false,
            departed: 0,
        }
    }

    /// The epoch that its last report reached.
    pub(super) fn reported(&self) -> Option<Epoch> {
        self.state.as_ref().map(|(epoch, _)| *epoch)
    }

    fn last(&self) -> Option<Arc<ProcessCut>> {
        self.state.as_ref().map(|(_, cut)| cut.clone())
    }
}

/// Everybody known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Members {
    pub(super) records: BTreeMap<Incarnation, Record>,
    sessions: BTreeMap<SessionId, Incarnation>,
    departures: u64,
}

/// Why a report could not be applied.
pub(super) enum Unusable {
    /// It builds on a report that is not the last one here.
    Base,
    /// It does not fit the state.
    Misfit(Text),
}

impl Members {
    pub(super) fn of_session(&self, session: SessionId) -> Option<Incarnation> {
        self.sessions.get(&session).copied()
    }

    pub(super) fn session(&self, process: Incarnation) -> Option<SessionId> {
        self.records.get(&process).and_then(|r| r.session)
    }

    /// Those who live, as far as is known.
    pub(super) fn alive(&self) -> impl Iterator<Item = (Incarnation, &Record)> {
        self.records.iter().filter(|(_, r)| r.standing == Standing::Alive).map(|(id, r)| (*id, r))
    }

    /// Those who have left or died, as a snapshot has them.
    pub(super) fn departed(
        &self,
        round: Epoch,
        given: Epoch,
    ) -> impl Iterator<Item = (Incarnation, Member)> + '_ {
        self.records.iter().filter_map(move |(id, record)| {
            let void = record.heard.is_void(round, given);
            let beyond = record.state_from >= round;
            let state = match (record.standing, record.last()) {
                (Standing::Alive, _) => return None,
                (Standing::Left { .. }, _) if is_on(Mutation::LeaverIgnored) => return None,
                (Standing::Left { .. }, Some(_)) if void => MemberState::Absent(Absence::Void),
                (Standing::Left { .. }, Some(_)) if beyond => MemberState::Absent(Absence::GaveUp),
                (Standing::Left { since }, Some(last)) => MemberState::Left { last, since },
                (Standing::Left { .. }, None) => return None,
                (Standing::Dead { certain, since }, last) => MemberState::Lost { certain, last, since },
            };
            Some((*id, Member { name: record.name.clone(), state }))
        })
    }

    /// Whether a lane leads to a process, or led to one of its name, as far as is known.
    pub(super) fn leads_to(&self, lane: LaneRef, receiver: Incarnation) -> bool {
        let last = self.records.get(&lane.process).and_then(|sender| sender.state.as_ref());
        let end = last.and_then(|(_, state)| state.sending.get(&lane.lane)).and_then(|lane| lane.to.peer());
        let name = |process| self.records.get(&process).map(|record| &record.name);
        end.is_none_or(|peer| speaks_for(receiver, peer, name))
    }

    pub(super) fn fault(&mut self, process: Incarnation, what: Text) {
        if let Some(record) = self.records.get_mut(&process) {
            record.fault.get_or_insert(what);
        }
    }

    /// Brings the state of a process up to date.
    pub(super) fn apply(
        &mut self,
        process: Incarnation,
        report: Report,
    ) -> Result<Arc<ProcessCut>, Unusable> {
        let record = self.records.get_mut(&process).ok_or(Unusable::Base)?;
        let mut state = match (report.base, &record.state) {
            (None, _) => ProcessCut::default(),
            (Some(base), Some((at, _))) if *at == base => {
                record.state.take().map(|(_, state)| Arc::unwrap_or_clone(state)).unwrap_or_default()
            }
            _ => return Err(Unusable::Base),
        };
        let piece = report.piece;
        state.apply(&piece.delta).map_err(|e| Unusable::Misfit(Text::new(&e.to_string())))?;
        state.at = piece.at;
        if state.checksum() != piece.checksum {
            return Err(Unusable::Misfit("the state does not have the checksum that the agent's has".into()));
        }
        let state = Arc::new(state);
        record.state = Some((piece.to, state.clone()));
        record.state_from = piece.from;
        record.heard = piece.heard;
        Ok(state)
    }

    /// The lanes on which a report says that something was received since the one before; none if there was none, since
    /// what it says may be from long ago.
    pub(super) fn arrivals(&self, from: Incarnation, report: &Report) -> Vec<LaneRef> {
        let before = self.records.get(&from).and_then(|r| r.state.as_ref()).map(|(_, state)| state);
        if report.base.is_none() && before.is_none() {
            return Vec::new();
        }
        let new = |(lane, got): (&LaneRef, &Receiving)| {
            let mut numbers = got.received.clone();
            if let Some(before) = before.and_then(|state| state.receiving.get(lane)) {
                numbers.subtract(&before.received);
                numbers.forget_below(before.floor);
            }
            (!numbers.is_empty()).then_some(*lane)
        };
        report.piece.delta.receiving.iter().filter_map(new).collect()
    }

    /// A round has shown what was received of those who have left. They cannot settle it themselves.
    ///
    /// What is lost stays in their logs, as far as it carries anything.
    pub(super) fn settle_left(&mut self, cut: &ConsistentCut) {
        for (&process, record) in &mut self.records {
            let left = matches!(record.standing, Standing::Left { .. });
            let Some((_, state)) = record.state.as_mut().filter(|_| left) else { continue };
            let over = |(lane, sending): (&LaneId, &Arc<Sending>)| {
                let (received, lost) = gone(cut, LaneRef { process, lane: *lane }, sending);
                let over = !received.is_empty() || !lost.is_empty() || sending.is_settled();
                over.then_some((*lane, received, lost))
            };
            let over: Vec<_> = state.sending.iter().filter_map(over).collect();
            for (lane, received, lost) in over {
                let state = Arc::make_mut(state);
                if let Some(sending) = state.sending_mut(lane) {
                    sending.unlog(&received);
                    sending.collapsed.subtract(&received);
                    sending.unlog(&lost);
                    sending.unreceived.union(&lost);
                    let by = cut.channels().settled.get(&LaneRef { process, lane });
                    sending.settled_by.extend(by.into_iter().flatten().map(|(by, _)| *by));
                }
                // What has still messages outstanding is not settled, and keeps its lane.
                let _ = state.retire(lane);
            }
        }
    }

    /// Whether somebody else who lives has the name.
    fn holder(&self, name: &ProcessName, but: Incarnation) -> Option<(Incarnation, &Record)> {
        self.alive().find(|(id, r)| *id != but && r.name == *name)
    }

    pub(super) fn recall(&mut self, id: Incarnation, name: ProcessName, certain: bool, since: Epoch) {
        let standing = Standing::Dead { certain, since };
        let stranger = ProcessName::of_stranger(id) == name;
        let record = self.records.entry(id).or_insert_with(|| Record::new(name, standing));
        record.stranger = stranger;
        self.depart(id, standing);
    }

    /// Somebody knows the name of one who has never said hello; gives whether it was not known before.
    fn name(&mut self, id: Incarnation, name: &ProcessName) -> bool {
        let record =
            self.records.get_mut(&id).filter(|r| r.stranger && ProcessName::of_stranger(id) != *name);
        if let Some(record) = record {
            (record.name, record.stranger) = (name.clone(), false);
            return true;
        }
        false
    }

    pub(super) fn expect(&mut self, id: Incarnation, name: ProcessName) {
        self.records.entry(id).or_insert_with(|| Record::new(name, Standing::Alive));
    }

    fn depart(&mut self, process: Incarnation, standing: Standing) {
        self.departures += 1;
        let order = self.departures;
        if let Some(record) = self.records.get_mut(&process) {
            record.standing = standing;
            record.departed = order;
        }
    }

    /// Forgets one of more than `limit` departed processes, and gives whether its death was only presumed: first of all
    /// one whose end is certain, of those the one that went first. Those that have never said hello have places of
    /// their own, since anybody can name as many of them as he likes.
    fn forget_beyond(&mut self, limit: usize) -> Option<(Incarnation, bool)> {
        for strangers in [false, true] {
            let gone = || {
                let of_kind = move |r: &Record| r.standing != Standing::Alive && r.stranger == strangers;
                self.records.iter().filter(move |(_, r)| of_kind(r))
            };
            if gone().nth(limit).is_none() {
                continue;
            }
            let presumed = |r: &Record| matches!(r.standing, Standing::Dead { certain: false, .. });
            let (&oldest, record) = gone().min_by_key(|(_, r)| (presumed(r), r.departed))?;
            let presumed = presumed(record);
            self.records.remove(&oldest);
            return Some((oldest, presumed));
        }
        None
    }
}

/// Those messages of a lane that were received, and those that nobody will receive and that carry nothing.
fn gone(cut: &ConsistentCut, lane: LaneRef, sending: &Sending) -> (RangeSet, RangeSet) {
    let (mut received, mut lost) = (RangeSet::new(), RangeSet::new());
    let by = cut.channels().settled.get(&lane).into_iter().flatten();
    by.for_each(|(_, numbers)| received.union(numbers));
    if let Some(numbers) = cut.channels().lost.get(&lane) {
        lost = numbers.intersection(&sending.outstanding);
        cut.channels().unclaimed.get(&lane).into_iter().for_each(|unclaimed| lost.subtract(unclaimed));
        lost.subtract(&sending.annotations.numbers());
    }
    (received, lost)
}

impl Collector {
    pub(super) fn hello(&mut self, session: SessionId, hello: Hello) {
        if let Err(why) = self.admissible(session, &hello) {
            return self.reject(session, why);
        }
        let process = hello.incarnation;
        // First of all: that it lives must be known before anybody is forgotten for want of room.
        self.sign_of_life(process, true);
        if let Some((old, _)) = self.members.holder(&hello.name, process) {
            // It has no session, or the newcomer would not be admissible; a new one of its name suggests why.
            self.presume_dead(old);
        }
        let record = self
            .members
            .records
            .entry(process)
            .or_insert_with(|| Record::new(hello.name.clone(), Standing::Alive));
        let replaced = record.session.replace(session);
        let known = record.reported();
        self.members.sessions.insert(session, process);
        if let Some(old) = replaced {
            self.members.sessions.remove(&old);
            self.actions.push_back(Action::Close(old));
        }
        // A server that lost its store goes above everything that it sees. For the rounds that are open the process
        // has cut long ago.
        if self.early(hello.epoch) {
            for round in self.rounds.values_mut() {
                round.join(process);
                round.missing(process, Absence::Fault("its cut is from before the round".into()));
            }
        }
        let (given, window) = (self.told(), self.window());
        let version = VERSIONS.1.min(hello.versions.1);
        self.actions.push_back(Action::Send(session, ToAgent::Welcome { version, given, window, known }));
        self.actions.push_back(Action::Joined(process, hello.name));
        self.strangers.remove(&process);
        if known.is_none() && self.newcomers.insert(process) {
            self.actions.push_back(Action::Arm(Timer::Welcome(process), self.config.welcome));
        }
        // One that has passed a cut already has the report for it to send, or has given it up.
        for round in self.rounds.values_mut() {
            round.join(process);
        }
        self.start_rounds();
    }

    fn admissible(&self, session: SessionId, hello: &Hello) -> Result<(), Rejection> {
        let (here, there) = (self.config.deployment, hello.deployment);
        if here != there {
            return Err(Rejection::Deployment { here, there });
        }
        if hello.versions.0 > VERSIONS.1 || hello.versions.1 < VERSIONS.0 {
            return Err(Rejection::Version { agent: hello.versions });
        }
        if self.members.of_session(session).is_some() {
            return Err(Rejection::OutOfOrder);
        }
        if hello.epoch.0 > self.believable() {
            return Err(Rejection::EpochOutOfRange(hello.epoch));
        }
        if let Some((holder, record)) = self.members.holder(&hello.name, hello.incarnation)
            && record.session.is_some()
        {
            return Err(Rejection::NameTaken { name: hello.name.clone(), holder });
        }
        match self.members.records.get(&hello.incarnation) {
            Some(record) if record.stranger => Ok(()),
            Some(record) if record.name != hello.name || matches!(record.standing, Standing::Left { .. }) => {
                Err(Rejection::IncarnationUsed(hello.incarnation))
            }
            _ => Ok(()),
        }
    }

    /// A session has ended, by whomever.
    pub fn close(&mut self, session: SessionId) {
        let Some(process) = self.members.sessions.remove(&session) else { return };
        if let Some(record) = self.members.records.get_mut(&process)
            && record.session == Some(session)
        {
            record.session = None;
            if record.standing == Standing::Alive {
                self.actions.push_back(Action::Arm(Timer::Silence(process), self.config.silence));
            }
        }
        self.announce_after(process);
        self.arrived(process);
    }

    /// Whether a process has a session.
    #[must_use]
    pub fn is_connected(&self, process: Incarnation) -> bool {
        self.members.session(process).is_some()
    }

    /// Its host, or whoever started it, says that a process has ended. It may never have said hello. If it has a
    /// session, that is closed: one that lives says hello again.
    pub fn died(&mut self, process: Incarnation, name: &ProcessName) {
        self.strangers.remove(&process);
        match self.members.records.get(&process).map(|r| r.standing) {
            Some(Standing::Alive | Standing::Dead { certain: false, .. }) => {
                if let Some(session) = self.members.session(process) {
                    self.actions.push_back(Action::Close(session));
                    self.close(session);
                }
                self.members.name(process, name);
                self.gone(process, Standing::Dead { certain: true, since: self.given }, Departure::Died);
            }
            Some(Standing::Dead { certain: true, since }) => {
                // It may have been stated before by somebody who did not know the name.
                if self.members.name(process, name) {
                    self.actions.push_back(Action::Departed(process, name.clone(), Departure::Died, since));
                }
            }
            Some(Standing::Left { .. }) => {}
            None => {
                self.members.recall(process, name.clone(), true, self.given);
                self.departed(process, Departure::Died);
            }
        }
    }

    pub(super) fn presume_dead(&mut self, process: Incarnation) {
        if self.strangers.remove(&process) {
            return self.presume_stranger_dead(process);
        }
        let silent = |r: &Record| r.standing == Standing::Alive && r.session.is_none();
        if self.members.records.get(&process).is_some_and(silent) {
            let certain = is_on(Mutation::PresumedIsCertain);
            self.gone(process, Standing::Dead { certain, since: self.given }, Departure::Presumed);
        }
    }

    /// Somebody that members have exchanged messages with has not said hello in all this time: there may be no such
    /// process, since anybody can write any incarnation into a stamp. That it does not live is an assumption from
    /// now on.
    fn presume_stranger_dead(&mut self, process: Incarnation) {
        self.members.recall(process, ProcessName::of_stranger(process), false, self.given);
        self.departed(process, Departure::Presumed);
    }

    /// Tells that a process has departed, under the name by which it is known.
    fn departed(&mut self, process: Incarnation, how: Departure) {
        if let Some(record) = self.members.records.get(&process) {
            self.actions.push_back(Action::Departed(process, record.name.clone(), how, self.given));
        }
        self.limit_departed();
    }

    /// A round has shown processes that have not said hello: they are given as much time as those without a session.
    pub(super) fn met(&mut self, strangers: impl IntoIterator<Item = Incarnation>) {
        for process in strangers {
            let new =
                !self.members.records.contains_key(&process) && self.strangers.len() < self.config.departed;
            if new && self.strangers.insert(process) {
                self.actions.push_back(Action::Arm(Timer::Silence(process), self.config.silence));
            }
        }
    }

    /// Keeps the bound of those who have departed.
    pub(super) fn limit_departed(&mut self) {
        while let Some((process, presumed)) = self.members.forget_beyond(self.config.departed) {
            // Should it live after all, nobody here will know what that refutes.
            if presumed {
                self.actions.push_back(Action::Retract(Assumption::PresumedDead(process)));
            }
            self.actions.push_back(Action::Forgotten(process, Forgetting::TooMany));
        }
    }

    /// A goodbye whose report could not be applied is a death with unknown contents.
    pub(super) fn goodbye(&mut self, session: SessionId, process: Incarnation, applied: bool) {
        let since = self.given;
        let standing =
            if applied { Standing::Left { since } } else { Standing::Dead { certain: true, since } };
        self.actions.push_back(Action::Close(session));
        self.gone(process, standing, Departure::Left);
        self.close(session);
    }

    fn gone(&mut self, process: Incarnation, standing: Standing, how: Departure) {
        self.members.depart(process, standing);
        self.departed(process, how);
        for round in self.rounds.values_mut() {
            round.departed(process);
        }
        self.announce_after(process);
        self.end_finished();
    }

    /// Something came from a process: if it was presumed dead, that was wrong. What comes `in_person` refutes
    /// even a certain death; a message may be from before it.
    pub(super) fn sign_of_life(&mut self, process: Incarnation, in_person: bool) {
        let Some(record) = self.members.records.get_mut(&process) else { return };
        let refuted = matches!(record.standing, Standing::Dead { certain, .. } if in_person || !certain);
        if refuted && record.stranger {
            // It becomes a stranger again, or a member by the hello that this is.
            self.members.records.remove(&process);
            self.actions.push_back(Action::Retract(Assumption::PresumedDead(process)));
            self.actions.push_back(Action::Forgotten(process, Forgetting::Stranger));
        } else if refuted {
            record.standing = Standing::Alive;
            if !is_on(Mutation::LifeRefutesNothing) {
                self.actions.push_back(Action::Retract(Assumption::PresumedDead(process)));
            }
            self.actions.push_back(Action::Returned(process));
            if record.session.is_none() {
                self.actions.push_back(Action::Arm(Timer::Silence(process), self.config.silence));
            }
            // It lives, so a round that was announced without it is not complete without it.
            for round in self.rounds.values_mut() {
                round.join(process);
            }
        }
    }
}
