//! Executions written down: participants and a collector moved step by step, in the order that a test gives.
//!
//! ```text
//!   p1 .. pn (Participant)  --- up(n) --->   Collector
//!                           <-- down(n) ---  (what it sends waits here until it is asked for)
//! ```
//!
//! Nothing moves by itself: messages between processes are the test's own (it holds the stamps), timers fire when
//! the test says so, and what passes between a process and the server waits for [`Script::up`] and
//! [`Script::down`]. Process n has the name `pn` and the incarnation n, and carries vector clocks.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a harness: a step that cannot be is a mistake of the test"
)]

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use stillpoint_proto::collector::{
    self, Action, Agreement, Collector, Departure, Missing, RequestId, RoundOutcome, RoundResult, SessionId,
    Timer,
};
use stillpoint_proto::cut::{LaneEnd, Order};
use stillpoint_proto::fact::Annotation;
use stillpoint_proto::id::{DeploymentId, Epoch, Incarnation, LaneId, LaneRef, MessageId, ProcessName};
use stillpoint_proto::participant::{self, Act, Participant, Received, Sent};
use stillpoint_proto::ranges::RangeSet;
use stillpoint_proto::refused::Refused;
use stillpoint_proto::session::{FromAgent, Notice, Rejection, ToAgent};
use stillpoint_proto::snapshot::{Assumption, ConsistentCut, InTransit, Inconsistency};
use stillpoint_proto::stamp::Stamp;

/// The deployment of every script.
#[must_use]
pub fn deployment() -> DeploymentId {
    DeploymentId::from_name("script")
}

/// An execution under way.
pub struct Script {
    participants: BTreeMap<u64, Participant>,
    /// The server.
    pub collector: Collector,
    sessions: BTreeMap<u64, SessionId>,
    waiting: BTreeMap<SessionId, VecDeque<ToAgent>>,
    numbers: u64,
    /// Whether reservations are written at once; otherwise [`Script::reserve`] does it.
    pub reserve_at_once: bool,
    /// Reservations asked for, in order.
    pub reservations: Vec<Epoch>,
    /// Rounds announced, in order.
    pub announced: Vec<Epoch>,
    /// Rounds ended, in order.
    pub ended: Vec<RoundResult>,
    /// What was inconsistent in rounds that had somebody left.
    pub inconsistent: Vec<(Epoch, Vec<Inconsistency>)>,
    /// Assumptions retracted, in order.
    pub retracted: Vec<Assumption>,
    /// Notices, in order.
    pub notices: Vec<(Incarnation, Notice)>,
    /// Late recordings judged, in order.
    pub recorded: Vec<(Epoch, LaneRef, Agreement)>,
    /// Sessions refused, in order.
    pub rejected: Vec<(SessionId, Rejection)>,
    /// Departures, in order.
    pub departed: Vec<(Incarnation, Departure, Epoch)>,
    /// Timers that have been armed and have not fired.
    pub timers: BTreeSet<Timer>,
}

impl Script {
    /// `processes` processes that have said hello, at epoch 0 and with a window of 1000.
    #[must_use]
    pub fn new(processes: u64) -> Self {
        Script::with(collector::Config::new(deployment()), Epoch(1000), processes)
    }

    /// The same with bounds of one's own, and epochs up to `reserved` reserved but not given out.
    #[must_use]
    pub fn with(config: collector::Config, reserved: Epoch, processes: u64) -> Self {
        let mut collector = Collector::new(config, Epoch::ZERO);
        collector.reserved(reserved);
        let mut script = Script {
            participants: BTreeMap::new(),
            collector,
            sessions: BTreeMap::new(),
            waiting: BTreeMap::new(),
            numbers: 0,
            reserve_at_once: true,
            reservations: Vec::new(),
            announced: Vec::new(),
            ended: Vec::new(),
            inconsistent: Vec::new(),
            retracted: Vec::new(),
            notices: Vec::new(),
            recorded: Vec::new(),
            rejected: Vec::new(),
            departed: Vec::new(),
            timers: BTreeSet::new(),
        };
        for n in 1..=processes {
            script.start(n);
            script.hello(n);
        }
        script.settle();
        script
    }

    /// The bounds of process `n`, to change some.
    #[must_use]
    pub fn config(n: u64) -> participant::Config {
        let name = ProcessName::new(&format!("p{n}")).expect("a valid name");
        let config = participant::Config::new(deployment(), name, Incarnation(n));
        participant::Config { verification: true, ..config }
    }

    /// Process `n` starts. It does not say hello.
    pub fn start(&mut self, n: u64) {
        self.start_with(n, Script::config(n));
    }

    /// Process `n` starts with bounds of its own.
    pub fn start_with(&mut self, n: u64, config: participant::Config) {
        self.participants.insert(n, Participant::new(config));
    }

    /// Process `n`.
    ///
    /// # Panics
    /// If it was never started.
    pub fn p(&mut self, n: u64) -> &mut Participant {
        self.participants.get_mut(&n).expect("the process was started")
    }

    /// Process `n` connects and its hello reaches the server.
    pub fn hello(&mut self, n: u64) -> SessionId {
        let hello = self.p(n).connect();
        let session = self.session();
        self.sessions.insert(n, session);
        self.handle(session, hello);
        session
    }

    /// The number of a session that nobody has yet.
    pub fn session(&mut self) -> SessionId {
        self.numbers += 1;
        SessionId(self.numbers)
    }

    /// The session of process `n`.
    ///
    /// # Panics
    /// If it has none.
    #[must_use]
    pub fn session_of(&self, n: u64) -> SessionId {
        self.sessions[&n]
    }

    /// A message reaches the server.
    pub fn handle(&mut self, session: SessionId, message: FromAgent) {
        self.collector.handle(session, message);
        self.pump();
    }

    /// The session of process `n` breaks, and both sides see it.
    pub fn hang_up(&mut self, n: u64) {
        self.p(n).disconnect();
        if let Some(session) = self.sessions.remove(&n) {
            self.waiting.remove(&session);
            self.collector.close(session);
        }
        self.pump();
    }

    /// Process `n` ends without a word.
    pub fn kill(&mut self, n: u64) {
        self.hang_up(n);
        self.participants.remove(&n);
    }

    /// The server is killed; another starts from what was reserved. Nobody has a session.
    pub fn restart_server(&mut self, config: collector::Config, reserved: Epoch) {
        let all: Vec<u64> = self.participants.keys().copied().collect();
        for n in all {
            self.hang_up(n);
        }
        self.collector = Collector::new(config, reserved);
        self.timers.clear();
    }

    /// Takes what process `n` has to say, without giving it to the server.
    pub fn take(&mut self, n: u64) -> Vec<FromAgent> {
        std::iter::from_fn(|| self.p(n).poll()).collect()
    }

    /// All that process `n` has to say reaches the server. Gives how much that was.
    pub fn up(&mut self, n: u64) -> usize {
        let Some(&session) = self.sessions.get(&n) else { return 0 };
        let messages = self.take(n);
        let many = messages.len();
        for message in messages {
            self.handle(session, message);
        }
        many
    }

    /// All that the server has said to process `n` reaches it. Gives how much that was.
    pub fn down(&mut self, n: u64) -> usize {
        let Some(queue) = self.sessions.get(&n).and_then(|s| self.waiting.get_mut(s)) else { return 0 };
        let messages = std::mem::take(queue);
        let many = messages.len();
        for message in messages {
            self.p(n).handle(message);
        }
        many
    }

    /// What waits for process `n`.
    #[must_use]
    pub fn waiting_for(&self, n: u64) -> Vec<ToAgent> {
        let queue = self.sessions.get(&n).and_then(|s| self.waiting.get(s));
        queue.into_iter().flatten().cloned().collect()
    }

    /// Moves everything on every session until nobody has anything to say.
    pub fn settle(&mut self) {
        self.settle_but(&[]);
    }

    /// The same, but nothing passes on the sessions of `silent`.
    pub fn settle_but(&mut self, silent: &[u64]) {
        self.pump();
        loop {
            let all: Vec<u64> = self.sessions.keys().copied().filter(|n| !silent.contains(n)).collect();
            let moved: usize = all.into_iter().map(|n| self.up(n) + self.down(n)).sum();
            if moved == 0 {
                return;
            }
        }
    }

    /// Asks for a round, by process `by` if one asks.
    pub fn request(&mut self, by: Option<u64>) -> RequestId {
        self.numbers += 1;
        let request = RequestId(self.numbers);
        self.collector.request(request, by.map(Incarnation));
        self.pump();
        request
    }

    /// Takes a round without delays and gives its result.
    ///
    /// # Panics
    /// If no round ends.
    pub fn round(&mut self) -> RoundResult {
        let request = self.request(None);
        self.settle();
        self.answer(request).expect("the round has ended")
    }

    /// Takes a round that must be complete, and gives its cut.
    ///
    /// # Panics
    /// If it is not.
    pub fn complete(&mut self) -> Arc<ConsistentCut> {
        let round = self.round();
        complete(&round)
    }

    /// The round that answered a request, if one has.
    #[must_use]
    pub fn answer(&self, request: RequestId) -> Option<RoundResult> {
        self.ended.iter().find(|r| r.requests.contains(&request)).cloned()
    }

    /// A timer fires.
    pub fn fire(&mut self, timer: Timer) {
        self.timers.remove(&timer);
        self.collector.timer(timer);
        self.pump();
    }

    /// The deadlines of all rounds that are open pass.
    pub fn pass_deadlines(&mut self) {
        let deadlines = self.timers.iter().copied().filter(|timer| matches!(timer, Timer::Deadline(_)));
        deadlines.collect::<Vec<_>>().into_iter().for_each(|timer| self.fire(timer));
    }

    /// The reservation asked for last is written.
    ///
    /// # Panics
    /// If none was asked for.
    pub fn reserve(&mut self) {
        let upto = *self.reservations.last().expect("a reservation was asked for");
        self.collector.reserved(upto);
        self.pump();
    }

    /// Carries out what the collector wants done.
    pub fn pump(&mut self) {
        while let Some(action) = self.collector.poll() {
            match action {
                Action::Send(session, ToAgent::Rejected(why)) => self.rejected.push((session, why)),
                Action::Send(session, message) => {
                    self.waiting.entry(session).or_default().push_back(message);
                }
                Action::Close(session) => {
                    let of = self.sessions.iter().find(|(_, s)| **s == session).map(|(n, _)| *n);
                    if let Some(n) = of {
                        self.sessions.remove(&n);
                        self.p(n).disconnect();
                    }
                    self.collector.close(session);
                }
                Action::Arm(timer, _) => drop(self.timers.insert(timer)),
                Action::Reserve(upto) => {
                    self.reservations.push(upto);
                    if self.reserve_at_once {
                        self.collector.reserved(upto);
                    }
                }
                Action::Announced(epoch) => self.announced.push(epoch),
                Action::Ended(round) => self.ended.push(*round),
                Action::Recorded(epoch, lane, agreement) => self.recorded.push((epoch, lane, agreement)),
                Action::Retract(assumption) => self.retracted.push(assumption),
                Action::Notice(from, notice) => self.notices.push((from, notice)),
                Action::Departed(process, _, how, since) => self.departed.push((process, how, since)),
                Action::Inconsistent(epoch, faults) => self.inconsistent.push((epoch, faults)),
                Action::Forgotten(process, _) => self.departed.retain(|(other, ..)| *other != process),
                Action::Joined(..) | Action::Returned(_) => {}
            }
        }
    }
}

/// These numbers as a set.
#[must_use]
pub fn numbers(numbers: &[u64]) -> RangeSet {
    numbers.iter().copied().collect()
}

/// A stamp as anybody may write it.
#[must_use]
pub fn forged(deployment: DeploymentId, from: u64, epoch: Epoch) -> Stamp {
    let id = MessageId::new(Incarnation(from), LaneId(7), 1);
    Stamp { deployment, id, epoch, heard: Refused::new(), floor: 1, acks: vec![], clock: None }
}

/// Messages of money.
impl Script {
    /// A lane from one process to another; the receiver expects its order.
    pub fn lane(&mut self, from: u64, to: u64, order: Order) -> LaneId {
        let lane = self.p(from).open(LaneEnd::Peer(Incarnation(to)), order);
        self.p(to).accept(LaneRef { process: Incarnation(from), lane }, order);
        lane
    }

    /// Process `n` comes into money.
    pub fn earn(&mut self, n: u64, amount: i64) {
        self.p(n).change(vec![money(amount)]);
    }

    /// Process `from` sends money, which it gives away in the same event.
    ///
    /// # Panics
    /// If the lane is not its own.
    pub fn pay(&mut self, from: u64, lane: LaneId, amount: i64) -> Sent {
        let carried = Annotation::Amount { gauge: "money".into(), amount };
        self.p(from).send(lane, Arc::from([carried]), vec![money(-amount)]).expect("its own lane")
    }

    /// Process `to` receives a message of money.
    pub fn collect(&mut self, to: u64, stamp: &Stamp, amount: i64) -> Received {
        self.p(to).receive(stamp, vec![money(amount)])
    }
}

/// The change of a process's money.
#[must_use]
pub fn money(amount: i64) -> Act {
    Act::Gauge("money".into(), amount)
}

/// The money of process `n` at a cut.
///
/// # Panics
/// If it has no cut.
#[must_use]
pub fn held(cut: &ConsistentCut, n: u64) -> i64 {
    let state = cut.snapshot().members[&Incarnation(n)].state.cut().expect("the process has a cut");
    state.gauges.get(&"money".into()).copied().unwrap_or(0)
}

/// The numbers and amounts in transit on a lane, in order.
#[must_use]
pub fn channel(cut: &ConsistentCut, from: u64, lane: LaneId) -> Vec<(u64, i64)> {
    let lane = LaneRef { process: Incarnation(from), lane };
    let amount = |a: &Annotation| match a {
        Annotation::Amount { amount, .. } => *amount,
        _ => 0,
    };
    let on_lane = in_transit(cut).filter(|m| m.id.lane == lane);
    on_lane.map(|m| (m.id.seq, m.annotations.iter().map(amount).sum())).collect()
}

/// The messages in transit, whether they carry anything or not, by lane and number.
pub fn in_transit(cut: &ConsistentCut) -> impl Iterator<Item = InTransit<'_>> {
    cut.channels().lanes.iter().flat_map(move |(&lane, channel)| {
        let numbers: Vec<u64> = channel.numbers().iter().collect();
        numbers.into_iter().filter_map(move |seq| cut.channels().message(MessageId { lane, seq }))
    })
}

/// The cut of a round that must be complete.
///
/// # Panics
/// If it is not.
pub fn complete(round: &RoundResult) -> Arc<ConsistentCut> {
    match &round.outcome {
        RoundOutcome::Complete(cut) => cut.clone(),
        other => panic!("round {} is not complete: {other:?}", round.epoch),
    }
}

/// The cut of a round that must be incomplete, and what it lacks.
///
/// # Panics
/// If it is not.
pub fn incomplete(round: &RoundResult) -> (Arc<ConsistentCut>, Vec<Missing>) {
    match &round.outcome {
        RoundOutcome::Incomplete(cut, missing) => (cut.clone(), missing.clone()),
        other => panic!("round {} is not incomplete: {other:?}", round.epoch),
    }
}
