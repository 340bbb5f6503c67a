//! The collector: membership, rounds and their ends.
//!
//! One collector serves one deployment. It takes what sessions bring, requests for rounds, and timers; it gives
//! [`Action`]s. It has no clock: it asks for a timer by name and is told when one has fired.
//!
//! ```text
//!  open, handle, close   request      timer fired    reserved     died
//!           |               |              |             |          |
//!           +-------+-------+------+-------+------+------+----------+
//!                   v              v              v
//!                Members         Rounds        epochs
//!                   +--------------+--------------+
//!                                  v poll
//!         Send · Close · Arm · Reserve · Ended · Recorded · Retract · Notice
//! ```
//!
//! What always holds:
//! - an epoch is given out once, in increasing order, and only below what has been reserved durably;
//! - a request is answered by a round whose announcement came after it;
//! - a round ends exactly once: when every member's part is settled, or at its deadline;
//! - a snapshot that fails a check is never handed out: those that it names are absent from it, or if nobody is
//!   left there is none;
//! - a cut made before a round was announced is no part of that round;
//! - what a session says is attributed to the incarnation that said hello on it.

mod members;
mod rounds;

use crate::cut::{LaneEnd, ProcessCut, Sending};
use crate::fold::Report;
use crate::id::{DeploymentId, Epoch, Incarnation, LaneRef, ProcessName, Text};
use crate::mutation::{Mutation, is_on};
use crate::ranges::RangeSet;
use crate::session::{FromAgent, Notice, Rejection, ToAgent};
use crate::snapshot::{Absence, Assumption, ConsistentCut, Inconsistency};
use members::Members;
use rounds::Round;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

/// One connection of an agent, by a number that the owner of the collector chooses and never uses again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionId(pub u64);

/// One request for a snapshot, by a number that the owner of the collector chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// The bounds of a collector.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Config {
    /// The deployment.
    pub deployment: DeploymentId,
    /// How long a round waits for the cuts of its members.
    pub deadline: Duration,
    /// How long the others are not told while the initiator cuts first.
    pub grace: Duration,
    /// How long a process without a session is taken to live.
    pub silence: Duration,
    /// How long rounds are put off until a newcomer has had its welcome. A stamp of a new round may reach it first,
    /// and it could not admit that.
    pub welcome: Duration,
    /// How many rounds are open at a time; further requests share the next.
    pub open_rounds: usize,
    /// How many epochs are reserved at a time.
    pub reservation: u64,
    /// After how many rounds a doubtful message is given up by its receiver.
    pub doubt_rounds: u64,
    /// How many processes that have left or died are remembered, and as many that are presumed to have and have never said
    /// hello. At most [`Config::MOST_DEPARTED`].
    pub departed: usize,
}

impl Config {
    /// [`Config::deadline`] unless set.
    pub const DEADLINE: Duration = Duration::from_secs(2);
    /// [`Config::grace`] unless set.
    pub const GRACE: Duration = Duration::from_millis(3);
    /// [`Config::silence`] unless set.
    pub const SILENCE: Duration = Duration::from_secs(10);
    /// [`Config::welcome`] unless set.
    pub const WELCOME: Duration = Duration::from_millis(100);
    /// For as many times that a round is put off at most, however many newcomers there are one after another.
    pub const WELCOMES: u32 = 5;
    /// [`Config::open_rounds`] unless set.
    pub const OPEN_ROUNDS: usize = 4;
    /// [`Config::reservation`] unless set.
    pub const RESERVATION: u64 = 1024;
    /// [`Config::doubt_rounds`] unless set.
    pub const DOUBT_ROUNDS: u64 = 16;
    /// [`Config::departed`] unless set.
    pub const DEPARTED: usize = 1024;
    /// The greatest [`Config::departed`]. With more, processes could not remember of all of them that their transports have
    /// ended, and what some had sent would be unknown for ever.
    pub const MOST_DEPARTED: usize = ProcessCut::ENDED_PEERS / 2;
    /// How far beyond its reservation a server believes an agent's epoch: it may have lost its store.
    pub const EPOCH_LEAP: u64 = 1 << 32;

    /// The default bounds.
    #[must_use]
    pub const fn new(deployment: DeploymentId) -> Self {
        Config {
            deployment,
            deadline: Self::DEADLINE,
            grace: Self::GRACE,
            silence: Self::SILENCE,
            welcome: Self::WELCOME,
            open_rounds: Self::OPEN_ROUNDS,
            reservation: Self::RESERVATION,
            doubt_rounds: Self::DOUBT_ROUNDS,
            departed: Self::DEPARTED,
        }
    }
}

/// Something to be told about later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timer {
    /// A round must end.
    Deadline(Epoch),
    /// The others must be told of a round whose initiator goes first.
    Grace(Epoch),
    /// A process without a session is presumed dead, and one that others have met and that never said hello.
    Silence(Incarnation),
    /// Rounds are put off no longer for a newcomer.
    Welcome(Incarnation),
    /// The next round is put off no longer, however many newcomers there are.
    Patience,
}

/// Whether the next round may still be put off for newcomers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Patience {
    Full,
    /// It is put off, until a timer fires.
    Waiting,
    Lost,
}

/// What the owner of the collector has to do.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Send a message on a session.
    Send(SessionId, ToAgent),
    /// End a session.
    Close(SessionId),
    /// Call [`Collector::timer`] after the time has passed.
    Arm(Timer, Duration),
    /// Write durably that epochs up to this one may be in use, then call [`Collector::reserved`].
    Reserve(Epoch),
    /// A round has been announced; its requests will be answered by its end.
    Announced(Epoch),
    /// The reports of a round contradicted one another or themselves: instrumentation faults. Whose they are is
    /// absent from the round.
    Inconsistent(Epoch, Vec<Inconsistency>),
    /// A round has ended.
    Ended(Box<RoundResult>),
    /// A FIFO lane's recording has been compared with the state of the channel in a round that has ended.
    Recorded(Epoch, LaneRef, Agreement),
    /// An assumption has turned out false: verdicts that rest on it are retracted.
    Retract(Assumption),
    /// An agent has something to say.
    Notice(Incarnation, Notice),
    /// A process joined, or came back. To be kept, and told to the next collector by [`Collector::expect`] unless it has
    /// departed by then.
    Joined(Incarnation, ProcessName),
    /// A process left, died, or is presumed to have, when the last epoch given out was this one. To be kept, and
    /// told to the next collector by [`Collector::recall`]. One that has never said hello has the name by which its
    /// death was stated, or if that is only presumed one [made up](ProcessName::of_stranger) for it.
    Departed(Incarnation, ProcessName, Departure, Epoch),
    /// A process that was presumed dead lives, without a session as yet: to be kept as if it had joined.
    Returned(Incarnation),
    /// A process need not be kept any more. If others have met it, rounds name it as a stranger from now on.
    Forgotten(Incarnation, Forgetting),
}

/// Why a process is forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Forgetting {
    /// More have departed than are remembered.
    TooMany,
    /// It has never said hello, was presumed dead, and lives.
    Stranger,
}

/// How a process went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Departure {
    /// It said goodbye.
    Left,
    /// Its death is certain.
    Died,
    /// It has been silent for so long that it is presumed dead.
    Presumed,
}

/// Whether both derivations of a channel's state agree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agreement {
    /// What was recorded is what was in the log and not received.
    Equal,
    /// What was recorded lies within it; the named rest was lost.
    Within(RangeSet),
    /// The named messages were recorded but not in transit: an instrumentation fault.
    Violated(RangeSet),
}

/// How a round ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RoundResult {
    /// Its number.
    pub epoch: Epoch,
    /// The requests that it answers.
    pub requests: Vec<RequestId>,
    /// What came of it.
    pub outcome: RoundOutcome,
}

/// What came of a round.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RoundOutcome {
    /// A consistent cut of everybody.
    Complete(Arc<ConsistentCut>),
    /// A consistent cut of some, or with unknown content in its channels.
    Incomplete(Arc<ConsistentCut>, Vec<Missing>),
    /// The reports contradict one another: nothing is analysed.
    Inconsistent(Vec<Inconsistency>),
}

/// What an incomplete round lacks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Missing {
    /// A member's cut.
    Cut(Incarnation, ProcessName, Absence),
    /// A member that is presumed dead.
    PresumedDead(Incarnation, ProcessName),
    /// Content of messages from this process.
    Content(Incarnation),
}

/// The server's side of the protocol.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Collector {
    config: Config,
    /// The last epoch given out.
    given: Epoch,
    /// What that would be, had no agent been further.
    own: Epoch,
    /// Epochs up to this one may be given out.
    reserved: Epoch,
    reserving: bool,
    members: Members,
    rounds: BTreeMap<Epoch, Round>,
    /// The states of FIFO channels of the last rounds, for recordings that come after their end.
    ended: BTreeMap<Epoch, Arc<ConsistentCut>>,
    /// Requests for the next round, and who asked first.
    waiting: Vec<RequestId>,
    initiator: Option<Incarnation>,
    /// Somebody wants the next round without waiting for it.
    want: bool,
    /// Doubtful messages to one peer, by the round that saw them first.
    doubtful: BTreeMap<LaneRef, BTreeMap<Epoch, RangeSet>>,
    /// Messages given up that have come after all, as cuts and what crossed them have shown: of these that was said.
    late: BTreeMap<LaneRef, RangeSet>,
    /// Messages that rounds took for lost as far as was known, and that nobody has shown to have received.
    unclaimed: BTreeMap<LaneRef, RangeSet>,
    /// Processes that members have exchanged messages with and that have not said hello, while they are given
    /// time to.
    strangers: BTreeSet<Incarnation>,
    /// Processes that may not have had their welcome yet.
    newcomers: BTreeSet<Incarnation>,
    patience: Patience,
    actions: VecDeque<Action>,
}

impl Collector {
    /// How many ended rounds wait for late recordings.
    pub const LATE_RECORDINGS: usize = 8;

    /// A collector for a deployment in which epochs up to `reserved` may have been given out before.
    #[must_use]
    pub fn new(config: Config, reserved: Epoch) -> Self {
        let again = if is_on(Mutation::EpochsAgain) { config.reservation } else { 0 };
        let given = Epoch(reserved.0.saturating_sub(again));
        Collector {
            config,
            given,
            own: given,
            reserved,
            reserving: false,
            members: Members::default(),
            rounds: BTreeMap::new(),
            ended: BTreeMap::new(),
            waiting: Vec::new(),
            initiator: None,
            want: false,
            doubtful: BTreeMap::new(),
            late: BTreeMap::new(),
            unclaimed: BTreeMap::new(),
            strangers: BTreeSet::new(),
            newcomers: BTreeSet::new(),
            patience: Patience::Full,
            actions: VecDeque::new(),
        }
    }

    /// Expects a process that had said hello to an earlier collector and has not departed since: it is a member of every
    /// round, and has as long to come back as one that has lost its session.
    pub fn expect(&mut self, process: Incarnation, name: ProcessName) {
        self.members.expect(process, name);
        self.actions.push_back(Action::Arm(Timer::Silence(process), self.config.silence));
    }

    /// Recalls a process that departed before this collector was made, so that what others have exchanged with
    /// it is not taken for a stranger's.
    pub fn recall(&mut self, process: Incarnation, name: ProcessName, departure: Departure, since: Epoch) {
        // A forged epoch may have taken the server beyond what it had reserved; a round below asks nobody of this departure.
        self.given = self.given.max(since);
        self.members.recall(process, name, departure != Departure::Presumed, since);
        self.limit_departed();
    }

    /// The last epoch given out.
    #[must_use]
    pub const fn given(&self) -> Epoch {
        self.given
    }

    /// The rounds that are open.
    pub fn open_rounds(&self) -> impl Iterator<Item = Epoch> + '_ {
        self.rounds.keys().copied()
    }

    /// Gives what to do next, if anything.
    pub fn poll(&mut self) -> Option<Action> {
        self.actions.pop_front()
    }

    /// Asks for a snapshot, by whoever `by` is if a process asks. The request is answered by the next round
    /// that is not yet announced.
    pub fn request(&mut self, request: RequestId, by: Option<Incarnation>) {
        if is_on(Mutation::AnsweredByAnOpenRound) && self.answer_by_open_round(request) {
            return;
        }
        self.waiting.push(request);
        self.initiator = self.initiator.or(by);
        self.start_rounds();
    }

    /// Epochs up to `reserved` have been written durably.
    pub fn reserved(&mut self, reserved: Epoch) {
        self.reserving = false;
        self.reserved = self.reserved.max(reserved);
        self.start_rounds();
    }

    /// A timer that was armed has fired. One that no longer matters does nothing.
    pub fn timer(&mut self, timer: Timer) {
        match timer {
            Timer::Deadline(_) if is_on(Mutation::NoDeadline) => {}
            Timer::Deadline(epoch) => self.end_round(epoch),
            Timer::Grace(epoch) => self.announce(epoch),
            Timer::Silence(process) => self.presume_dead(process),
            Timer::Welcome(process) => self.arrived(process),
            // That of a round which has begun since is not heeded.
            Timer::Patience if self.patience == Patience::Waiting => {
                self.patience = Patience::Lost;
                self.start_rounds();
            }
            Timer::Patience => {}
        }
    }

    /// Takes a message of a session.
    pub fn handle(&mut self, session: SessionId, message: FromAgent) {
        if let FromAgent::Hello(hello) = message {
            return self.hello(session, hello);
        }
        let Some(from) = self.members.of_session(session) else {
            return self.reject(session, Rejection::OutOfOrder);
        };
        match message {
            FromAgent::Hello(_) => {}
            FromAgent::Report(report) => {
                let early = self.early(report.piece.to);
                self.report(session, from, report, early, false);
            }
            FromAgent::Goodbye(report) => {
                // The last cut is for an epoch that nobody has given out.
                let early = self.early(Epoch(report.piece.to.0.saturating_sub(1)));
                let applied = self.report(session, from, report, early, true);
                self.goodbye(session, from, applied);
            }
            FromAgent::Recorded(lane, recording) => self.recording(from, lane, &recording),
            FromAgent::Request => {
                self.initiator = self.initiator.or(Some(from));
                // Whoever hints wants a round, not an answer.
                self.wanted();
            }
            FromAgent::Notice(notice) => self.noticed(from, notice),
            FromAgent::Faulty(what) => self.faulty(from, &what),
        }
    }

    fn reject(&mut self, session: SessionId, why: Rejection) {
        self.actions.push_back(Action::Send(session, ToAgent::Rejected(why)));
        self.actions.push_back(Action::Close(session));
        self.close(session);
    }

    fn noticed(&mut self, from: Incarnation, notice: Notice) {
        // On a lane that leads to somebody else it receives nothing.
        let leads = |lane: LaneRef| self.members.leads_to(lane, from);
        let mut refuted = BTreeSet::new();
        match &notice {
            // What its sender gave up and whose number is below the floor looks like a second copy.
            Notice::Late(message) | Notice::Redelivered(message) if leads(message.lane) => {
                let arrived = RangeSet::span(message.seq, message.seq);
                refuted.insert(Assumption::NoRedelivery(message.lane));
                refuted.insert(Assumption::Expired(message.lane, arrived));
            }
            // What there was no room to say may refute all that it could.
            Notice::Dropped(_) => {
                let of_lane = |assumed: &Assumption| match assumed {
                    Assumption::NoRedelivery(lane) | Assumption::Expired(lane, _) => leads(*lane),
                    _ => false,
                };
                let assumed = self.ended.values().flat_map(|cut| cut.assumptions());
                refuted.extend(assumed.filter(of_lane));
            }
            _ => {}
        }
        self.actions.extend(refuted.into_iter().map(Action::Retract));
        self.actions.push_back(Action::Notice(from, notice));
    }
}

/// Reports.
impl Collector {
    /// A process has cut for epochs up to this one. If they are beyond what this server has given out, another
    /// server has, or nobody: it goes above them, and gives whether that is so.
    fn early(&mut self, to: Epoch) -> bool {
        let early = to > self.given;
        if early && to.0 <= self.believable() {
            self.given = to;
        }
        early
    }

    /// The last epoch that an agent may be at, if another server of this deployment has given out more. What agents have
    /// said of that does not count: one that lies again and again would use up the epochs.
    fn believable(&self) -> u64 {
        self.own.0.saturating_add(Config::EPOCH_LEAP)
    }

    /// Stamps up to this epoch are to be admitted: as far as this server or the next one, which begins beyond the
    /// reservation, may give out without the agents' having heard of it.
    fn window(&self) -> Epoch {
        Epoch(self.reserved.max(self.given).0.saturating_add(self.config.reservation.max(1)))
    }

    /// A process has its welcome, or is not waited for any more.
    fn arrived(&mut self, process: Incarnation) {
        if self.newcomers.remove(&process) && self.newcomers.is_empty() {
            self.start_rounds();
        }
    }

    /// Gives whether the report could be applied. A `last` one is that of a goodbye: in the rounds that still wait for its
    /// cut the process has left, even if its last epoch is theirs.
    fn report(
        &mut self,
        session: SessionId,
        from: Incarnation,
        report: Report,
        early: bool,
        last: bool,
    ) -> bool {
        let piece = &report.piece;
        if piece.from > piece.to || piece.to.0 > self.believable() {
            let why = Rejection::ImpossibleReport { from: piece.from, to: piece.to };
            self.fault(from, &Text::new(&why.to_string()));
            self.reject(session, why);
            return false;
        }
        let (range, heard) = ((piece.from, piece.to), piece.heard.clone());
        let (since, mut crossed) = (report.base, piece.delta.crossed.clone());
        let forgotten = piece.delta.forgotten.clone();
        let arrivals = self.members.arrivals(from, &report);
        let is_applied = match self.members.apply(from, report) {
            Ok(state) => {
                self.actions.push_back(Action::Send(session, ToAgent::Reported(range.1)));
                // What it has not received has not crossed either. What it has forgotten since it may have.
                crossed.retain(|lane, numbers| {
                    let got = state.receiving.get(lane);
                    got.inspect(|got| *numbers = got.among(numbers)).is_some() || forgotten.contains(lane)
                });
                if early && !is_on(Mutation::EarlyIsInTime) {
                    let why = Absence::Fault("its cut is from before the round".into());
                    self.missing_in(range, from, &why);
                } else {
                    for (epoch, round) in self.rounds.iter_mut().filter(|_| !last) {
                        round.reported(from, range, &heard, self.given, &state, *epoch);
                    }
                }
                true
            }
            Err(unusable) => {
                crossed.clear();
                self.actions.push_back(Action::Send(session, ToAgent::Resync));
                if let members::Unusable::Misfit(what) = unusable {
                    self.missing_in(range, from, &Absence::Fault(what));
                }
                false
            }
        };
        arrivals.into_iter().for_each(|lane| self.sign_of_life(lane.process, false));
        if let Some(since) = since {
            self.crossed(from, since, crossed);
        }
        self.arrived(from);
        self.announce_after(from);
        self.end_finished();
        is_applied
    }

    /// What a process has received since its cut for round `since` and was on its way at a cut: of the rounds up to that
    /// one it refutes what they took for granted at once, and of those that are open when they end. A whole state says
    /// nothing of what came since.
    fn crossed(&mut self, by: Incarnation, since: Epoch, crossed: BTreeMap<LaneRef, RangeSet>) {
        // What one of them shows another may not, for want of the sender's cut. Of a process that was out of touch for
        // more rounds than are kept it is assumed.
        let upto = self.ended.keys().next().map_or(since, |first| since.max(*first));
        for (lane, numbers) in crossed {
            let cuts = self.ended.range(..=upto);
            let refuted: BTreeSet<Assumption> =
                cuts.flat_map(|(_, cut)| self.refuted(cut, by, lane, &numbers)).collect();
            for refuted in refuted {
                if let Assumption::Expired(lane, numbers) = &refuted {
                    self.late.entry(*lane).or_default().union(numbers);
                }
                self.actions.push_back(Action::Retract(refuted));
            }
            for (_, round) in self.rounds.range_mut(..=since) {
                round.crossed(by, lane, &numbers);
            }
        }
    }

    /// What a cut took for granted that these messages refute, which a process received after its own. On a lane that leads
    /// to somebody else it receives nothing.
    fn refuted(
        &self,
        cut: &ConsistentCut,
        by: Incarnation,
        lane: LaneRef,
        numbers: &RangeSet,
    ) -> Vec<Assumption> {
        let Some(sending) = cut.snapshot().sending(lane).filter(|_| self.members.leads_to(lane, by)) else {
            return Vec::new();
        };
        let numbers = numbers.intersection(&RangeSet::span(1, sending.sent));
        let mut all = Vec::new();
        let late = sending.expired.intersection(&numbers);
        if !late.is_empty() && !is_on(Mutation::LateIsNoNews) {
            all.push(Assumption::Expired(lane, late));
        }
        if were_settled(cut, by, lane, sending, numbers) && !is_on(Mutation::SecondCopyRefutesNothing) {
            all.push(Assumption::NoRedelivery(lane));
        }
        all
    }

    /// A report cannot be believed, or the process says so itself.
    fn faulty(&mut self, from: Incarnation, what: &Text) {
        self.fault(from, what);
        self.end_finished();
    }

    fn fault(&mut self, from: Incarnation, what: &Text) {
        self.members.fault(from, what.clone());
        self.missing_in((Epoch::ZERO, Epoch(u64::MAX)), from, &Absence::Fault(what.clone()));
    }

    /// The cuts of a process for the rounds after `range.0` up to `range.1` will not come.
    fn missing_in(&mut self, range: (Epoch, Epoch), process: Incarnation, why: &Absence) {
        for (_, round) in self.rounds.range_mut(range.0.next()..).filter(|(epoch, _)| **epoch <= range.1) {
            round.missing(process, why.clone());
        }
    }
}

/// Whether any of these messages had been received before by somebody else: in the cut they went to a group and were in
/// transit no more, and not given up either. A balancer has delivered them a second time.
fn were_settled(
    cut: &ConsistentCut,
    by: Incarnation,
    lane: LaneRef,
    sending: &Sending,
    mut again: RangeSet,
) -> bool {
    if sending.to != LaneEnd::Group {
        return false;
    }
    if let Some(channel) = cut.channels().lanes.get(&lane) {
        channel.fates().for_each(|(_, open)| again.subtract(open));
    }
    // What has come late somebody has, who may have left since.
    let late = cut.channels().late.get(&lane).map_or_else(RangeSet::new, |late| late.intersection(&again));
    if cut.snapshot().receivers(lane, &late).any(|(process, _)| process != by) {
        return true;
    }
    for given_up in cut.channels().lost.get(&lane).into_iter().chain([&sending.unreceived, &sending.expired])
    {
        again.subtract(given_up);
    }
    if again.is_empty() {
        return false;
    }
    let mut settled = RangeSet::new();
    let of_lane = cut.channels().settled.get(&lane).into_iter().flatten();
    of_lane.for_each(|(_, received)| settled.union(received));
    // Of what did not fit into the log only what somebody had received was in transit no more.
    if !sending.collapsed.is_empty() {
        let mut open = sending.collapsed.clone();
        open.subtract(&settled);
        again.subtract(&open);
    }
    // What this process alone has acknowledged, on a stamp while the server did not hear of it, it had received itself.
    if sending.settled_by.iter().eq([&by]) {
        again = again.intersection(&settled);
    }
    !again.is_empty()
}
