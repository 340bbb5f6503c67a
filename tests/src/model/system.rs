//! Participants, a collector and the network between them, as a state that steps lead to another.
//!
//! Every step is one that production takes: an event of a process, a frame or a message of a session delivered, a timer
//! that fires whatever the time, a fault. What the collector asks for is carried out at once. The state has all that the
//! core has, and what an omniscient [`Observer`] knows; it is compared and hashed as a whole.

use crate::observer::{Event, Observer};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use stillpoint_detectors::termination::terminations;
use stillpoint_proto::collector::{
    self, Action, Collector, Departure, RequestId, RoundOutcome, RoundResult, SessionId, Timer,
};
use stillpoint_proto::cut::{LaneEnd, Order};
use stillpoint_proto::fact::{Annotation, Creation, Fact, Token};
use stillpoint_proto::id::{
    ComputationId, ComputationRef, DeploymentId, Epoch, Handle, Incarnation, LaneId, LaneRef, MessageId,
    ProcessName,
};
use stillpoint_proto::participant::{self, Act, Participant, Received};
use stillpoint_proto::ranges::RangeSet;
use stillpoint_proto::session::{FromAgent, ToAgent};
use stillpoint_proto::snapshot::{Assumption, ConsistentCut};
use stillpoint_proto::stamp::{Marker, Stamp};
use stillpoint_proto::verdict::{Outcome, Property};

/// A process at the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// How many tokens of the one computation it has. The first process is the creator.
    pub tokens: u8,
    /// It says hello before the first step, and is welcomed.
    pub welcomed: bool,
    /// How many rounds it asks for, in which it goes first.
    pub asks: u8,
}

/// A lane at the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Its sender, from 0.
    pub from: usize,
    /// Its receiver, or `None` for a group of all others.
    pub to: Option<usize>,
    /// Whether it keeps the order.
    pub order: Order,
    /// How many messages are sent on it at most.
    pub messages: u8,
    /// The lane, by its place in the list, on which its receiver acknowledges.
    pub answers: Option<usize>,
}

/// How often each fault may happen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Faults {
    /// A message is lost without a word; on a FIFO lane it is the next.
    pub lost: u8,
    /// A message of an unordered lane is lost, and its sender doubts it.
    pub doubted: u8,
    /// A message of an unordered lane is doubted and arrives all the same.
    pub cancelled: u8,
    /// A message of an unordered lane is given up by its sender after a time, and arrives all the same.
    pub expired: u8,
    /// A message never left, and its sender takes it back.
    pub voided: u8,
    /// A message of an unordered lane is delivered, and delivered again later.
    pub doubled: u8,
    /// A session breaks. It may be set up again.
    pub broken: u8,
    /// A process without a session is presumed dead.
    pub presumed: u8,
    /// A process is killed, and its host says so.
    pub killed: u8,
    /// A process dies, and nobody says so.
    pub vanished: u8,
    /// One that has died or left starts again, under its name and with lanes of its own to whom it had some. What is sent
    /// to the one before on an unordered lane comes to it.
    pub reborn: u8,
    /// A process says goodbye.
    pub left: u8,
    /// A process closes a lane, of which a FIFO lane's receiver sees the end.
    pub closed: u8,
    /// The server is killed and starts again with its store.
    pub restarted: u8,
    /// The deadline of a round passes before everybody has answered.
    pub late: u8,
    /// Somebody makes up a marker of an epoch that is far off, and that another server may have given out.
    pub forged: u8,
}

/// What is explored.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// The processes.
    pub processes: Vec<Start>,
    /// The lanes.
    pub lanes: Vec<Lane>,
    /// How many rounds are asked for, by nobody in particular.
    pub rounds: u8,
    /// The faults.
    pub faults: Faults,
    /// How many rounds are open at a time.
    pub open: usize,
    /// How many messages that carry anything a log has room for.
    pub log: usize,
    /// After how many rounds a doubtful message is given up by its receiver, or by its sender where there is none.
    pub doubt: u64,
    /// Whether work that is lost counts as done.
    pub allow_loss: bool,
}

/// One thing that happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A process sends on a lane, and a token with it if it has one.
    Send(Incarnation, LaneId),
    /// A message, marker or end of a lane is delivered: the one at this place.
    Deliver(LaneRef, usize, Incarnation),
    /// The same, but it stays in the network.
    Double(LaneRef, usize, Incarnation),
    /// A message is lost without a word.
    Lose(LaneRef, usize),
    /// A message is lost, and its sender doubts it.
    Doubt(LaneRef, usize),
    /// A message is doubted and not lost.
    Cancel(LaneRef, usize),
    /// A message is given up after a time, and not lost.
    Expire(LaneRef, usize),
    /// A message never left.
    Void(LaneRef, usize),
    /// A process ends one of its tokens.
    Finish(Incarnation),
    /// The server takes the next message of a session.
    Up(Incarnation),
    /// A process takes the next message of its session.
    Down(Incarnation),
    /// A process opens a session.
    Connect(Incarnation),
    /// A session breaks; what is under way in it is lost.
    Break(Incarnation),
    /// A round is wanted, perhaps by a process.
    Ask(Option<Incarnation>),
    /// A timer fires.
    Fire(Timer),
    /// A process says goodbye.
    Leave(Incarnation),
    /// A process is killed, and its host says so.
    Kill(Incarnation),
    /// A process dies, and nobody says so.
    Vanish(Incarnation),
    /// One that has died or left starts again.
    Start(Incarnation),
    /// Nothing will be sent on a lane any more.
    Close(Incarnation, LaneId),
    /// A process states that every transport from another has ended.
    Ended(Incarnation, Incarnation),
    /// The server is killed and starts again.
    Restart,
    /// A process receives a marker that somebody made up.
    Forge(Incarnation),
}

/// What came of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// Complete, and the computation had terminated.
    Terminated,
    /// It had terminated, if something is so that nobody can know.
    Assumed,
    /// That was not so, and the verdict is retracted.
    Retracted,
    /// Complete, and it had not.
    Working,
    /// Complete, and that is unknown.
    Unknown,
    /// Incomplete.
    Incomplete,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Node {
    participant: Participant,
    session: Option<SessionId>,
    up: VecDeque<FromAgent>,
    down: VecDeque<ToAgent>,
    tokens: Vec<Handle>,
    /// Where it leads, its order, how many messages it may still have.
    lanes: BTreeMap<LaneId, (LaneEnd, Order, u8)>,
    asks: u8,
    /// The server has answered the hello of its session.
    welcomed: bool,
    left: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Frame {
    /// `copied` if the same was delivered before.
    Message {
        stamp: Box<Stamp>,
        token: bool,
        doubted: bool,
        copied: bool,
    },
    Marker(Box<Marker>),
    /// The end of a FIFO lane.
    End(LaneRef),
}

/// The whole.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct System {
    nodes: BTreeMap<Incarnation, Node>,
    collector: Collector,
    reserved: Epoch,
    timers: BTreeSet<Timer>,
    /// What is under way, by lane, in the order in which it was sent.
    network: BTreeMap<LaneRef, VecDeque<Frame>>,
    /// Where each lane leads.
    ends: BTreeMap<LaneRef, (LaneEnd, Order)>,
    observer: Observer,
    names: BTreeMap<Incarnation, ProcessName>,
    /// What the server's store has of processes that have said hello: how they went, if they have.
    known: BTreeMap<Incarnation, (ProcessName, Option<(Departure, Epoch)>)>,
    sessions: u64,
    requests: u64,
    /// For each request, how many events each process had had.
    asked: BTreeMap<RequestId, BTreeMap<Incarnation, usize>>,
    /// For each open round, whether all work had ended when it was announced.
    announced: BTreeMap<Epoch, bool>,
    last_epoch: Epoch,
    /// What each `HOLDS` rests on that has not been retracted, by its round.
    held: BTreeMap<Epoch, Vec<Assumption>>,
    /// The last round that found work.
    denied: Epoch,
    /// Lanes of which a message was delivered twice.
    copied: BTreeSet<LaneRef>,
    rounds: u8,
    faults: Faults,
    open: usize,
    doubt: u64,
    log: usize,
    /// Work was lost, so that nobody can know that it has ended.
    work_lost: bool,
    /// Of the last step.
    endings: BTreeSet<Ending>,
    fault: Option<String>,
}

const CREATOR: Incarnation = Incarnation(1);

const fn process(place: usize) -> Incarnation {
    Incarnation(place as u64 + 1)
}

fn deployment() -> DeploymentId {
    DeploymentId::from_name("model")
}

fn computation() -> ComputationRef {
    ComputationRef::new(CREATOR, ComputationId::of(1))
}

fn token() -> Fact {
    Fact::Token(Token { computation: computation() })
}

/// The beginning, and what may happen.
impl System {
    /// The state at the beginning.
    #[must_use]
    pub fn new(bounds: &Bounds) -> Self {
        let mut system = System {
            nodes: BTreeMap::new(),
            collector: Collector::new(config(bounds.open, bounds.doubt), Epoch::ZERO),
            reserved: Epoch::ZERO,
            timers: BTreeSet::new(),
            network: BTreeMap::new(),
            ends: BTreeMap::new(),
            observer: Observer::default(),
            names: BTreeMap::new(),
            known: BTreeMap::new(),
            sessions: 0,
            requests: 0,
            asked: BTreeMap::new(),
            announced: BTreeMap::new(),
            last_epoch: Epoch::ZERO,
            held: BTreeMap::new(),
            denied: Epoch::ZERO,
            copied: BTreeSet::new(),
            rounds: bounds.rounds,
            faults: bounds.faults,
            open: bounds.open,
            doubt: bounds.doubt,
            log: bounds.log,
            work_lost: false,
            endings: BTreeSet::new(),
            fault: None,
        };
        for (place, start) in bounds.processes.iter().enumerate() {
            system.start(place, *start, bounds.allow_loss);
        }
        let mut lanes: Vec<LaneRef> = Vec::new();
        for lane in &bounds.lanes {
            let from = process(lane.from);
            let to = lane.to.map_or(LaneEnd::Group, |to| LaneEnd::Peer(process(to)));
            lanes.extend(system.open(from, to, lane.order, lane.messages));
        }
        for (lane, reference) in bounds.lanes.iter().zip(&lanes) {
            if let Some(answers) = lane.answers.and_then(|place| lanes.get(place)) {
                // Of lanes that were opened just now.
                let _ = system.call(answers.process, |p| p.pair(answers.lane, *reference));
            }
        }
        for (place, start) in bounds.processes.iter().enumerate() {
            if start.welcomed {
                system.connect(process(place));
            }
        }
        let welcomed = system.pump().and_then(|()| system.exchange_all());
        system.fault = welcomed.err();
        system
    }

    fn start(&mut self, place: usize, start: Start, allow_loss: bool) {
        let incarnation = process(place);
        let Ok(name) = ProcessName::new(&format!("p{}", place + 1)) else { return };
        self.boot(incarnation, name, start.asks);
        if incarnation == CREATOR {
            let Some(creation) = self.call(incarnation, Participant::mint) else { return };
            let fact = Fact::Creation(Creation { label: "work".into(), allow_loss });
            self.change(incarnation, vec![Act::Insert(creation, fact)]);
        }
        for _ in 0..start.tokens {
            let Some(handle) = self.call(incarnation, Participant::mint) else { return };
            self.change(incarnation, vec![Act::Insert(handle, token())]);
            self.hold(incarnation, handle);
        }
    }

    fn boot(&mut self, incarnation: Incarnation, name: ProcessName, asks: u8) {
        self.names.insert(incarnation, name.clone());
        let config = participant::Config {
            verification: true,
            log_limit: self.log,
            ..participant::Config::new(deployment(), name, incarnation)
        };
        let node = Node {
            participant: Participant::new(config),
            session: None,
            up: VecDeque::new(),
            down: VecDeque::new(),
            tokens: Vec::new(),
            lanes: BTreeMap::new(),
            asks,
            welcomed: false,
            left: false,
        };
        self.nodes.insert(incarnation, node);
    }

    fn open(&mut self, from: Incarnation, to: LaneEnd, order: Order, messages: u8) -> Option<LaneRef> {
        let lane = self.call(from, |p| p.open(to, order))?;
        let reference = LaneRef { process: from, lane };
        if let LaneEnd::Peer(peer) = to {
            self.call(peer, |p| p.accept(reference, order));
        }
        self.ends.insert(reference, (to, order));
        self.nodes.get_mut(&from)?.lanes.insert(lane, (to, order, messages));
        Some(reference)
    }

    fn hold(&mut self, process: Incarnation, token: Handle) {
        if let Some(node) = self.nodes.get_mut(&process) {
            node.tokens.push(token);
        }
    }

    /// Everything that may happen next.
    pub fn steps(&self, steps: &mut Vec<Step>) {
        if self.fault.is_some() {
            return;
        }
        for (&id, node) in &self.nodes {
            self.steps_of(id, node, steps);
        }
        for (&lane, frames) in &self.network {
            self.deliveries(lane, frames, steps);
        }
        if self.rounds > 0 {
            steps.push(Step::Ask(None));
        }
        if self.faults.reborn > 0 {
            steps.extend(self.gone_for_good().map(Step::Start));
        }
        let open: BTreeSet<Epoch> = self.collector.open_rounds().collect();
        for &timer in &self.timers {
            let may = match timer {
                Timer::Deadline(epoch) => self.faults.late > 0 && open.contains(&epoch),
                Timer::Grace(epoch) => open.contains(&epoch),
                Timer::Silence(_) => self.faults.presumed > 0,
                Timer::Welcome(_) | Timer::Patience => true,
            };
            if may {
                steps.push(Step::Fire(timer));
            }
        }
        if self.faults.restarted > 0 {
            steps.push(Step::Restart);
        }
    }

    fn steps_of(&self, id: Incarnation, node: &Node, steps: &mut Vec<Step>) {
        if !node.left {
            let open = node.lanes.iter().filter(|(_, (.., left))| *left > 0);
            steps.extend(open.map(|(lane, _)| Step::Send(id, *lane)));
            if !node.tokens.is_empty() {
                steps.push(Step::Finish(id));
            }
            for (peer, _) in node.participant.deaths() {
                if !self.is_under_way(peer, id) {
                    steps.push(Step::Ended(id, peer));
                }
            }
            if self.faults.killed > 0 {
                steps.push(Step::Kill(id));
            }
            if self.faults.vanished > 0 {
                steps.push(Step::Vanish(id));
            }
            if self.faults.closed > 0 {
                steps.extend(node.lanes.keys().map(|lane| Step::Close(id, *lane)));
            }
            if self.faults.forged > 0 {
                steps.push(Step::Forge(id));
            }
            if node.asks > 0 {
                steps.push(Step::Ask(Some(id)));
            }
        }
        match node.session {
            Some(_) => {
                if !node.up.is_empty() {
                    steps.push(Step::Up(id));
                }
                if !node.down.is_empty() && !node.left {
                    steps.push(Step::Down(id));
                }
                if self.faults.broken > 0 {
                    steps.push(Step::Break(id));
                }
                // Before that it does not get to say goodbye, which is as if it had vanished.
                if self.faults.left > 0 && node.welcomed && !node.left {
                    steps.push(Step::Leave(id));
                }
            }
            // Who is refused as the second of his name tries again, as often as he likes.
            None if !node.left && !self.is_held(id) => steps.push(Step::Connect(id)),
            None => {}
        }
    }

    fn deliveries(&self, lane: LaneRef, frames: &VecDeque<Frame>, steps: &mut Vec<Step>) {
        let Some((to, order)) = self.lane(lane) else { return };
        let places = if order == Order::Fifo { 1 } else { frames.len() };
        for (place, frame) in frames.iter().enumerate().take(places) {
            let receivers: Vec<Incarnation> = match to {
                LaneEnd::Peer(peer) => self.at_the_end(peer, order).into_iter().collect(),
                LaneEnd::Sole | LaneEnd::Group => {
                    self.nodes.keys().copied().filter(|process| *process != lane.process).collect()
                }
            };
            for receiver in receivers {
                steps.push(Step::Deliver(lane, place, receiver));
                if order == Order::Unordered && self.faults.doubled > 0 {
                    steps.push(Step::Double(lane, place, receiver));
                }
            }
            let Frame::Message { doubted, copied, .. } = frame else { continue };
            if *doubted || *copied {
                continue;
            }
            if self.faults.lost > 0 {
                steps.push(Step::Lose(lane, place));
            }
            if order == Order::Fifo {
                continue;
            }
            let alive = self.nodes.get(&lane.process).is_some_and(|node| !node.left);
            if self.faults.doubted > 0 && alive {
                steps.push(Step::Doubt(lane, place));
            }
            if self.faults.cancelled > 0 && alive {
                steps.push(Step::Cancel(lane, place));
            }
            if self.faults.expired > 0 && alive {
                steps.push(Step::Expire(lane, place));
            }
            if self.faults.voided > 0 && alive {
                steps.push(Step::Void(lane, place));
            }
        }
    }

    /// Who has died or left and has not started again.
    fn gone_for_good(&self) -> impl Iterator<Item = Incarnation> + '_ {
        self.names.keys().copied().filter(|process| self.running(*process).is_none())
    }

    /// The process that runs under the name of another: that one, or one that was started again in its place.
    fn running(&self, process: Incarnation) -> Option<Incarnation> {
        let name = self.names.get(&process)?;
        let runs = |(id, node): &(&Incarnation, &Node)| !node.left && self.names.get(id) == Some(name);
        self.nodes.iter().find(runs).map(|(id, _)| *id)
    }

    /// Whether another process of the same name has a session.
    fn is_held(&self, process: Incarnation) -> bool {
        let name = self.names.get(&process);
        self.nodes
            .iter()
            .any(|(id, node)| *id != process && node.session.is_some() && self.names.get(id) == name)
    }

    /// Who gets what is sent to a process: a connection ends with it, and a call waits until it is started again.
    fn at_the_end(&self, peer: Incarnation, order: Order) -> Option<Incarnation> {
        match order {
            Order::Fifo => Some(peer),
            Order::Unordered if self.faults.reborn > 0 => self.running(peer),
            Order::Unordered => Some(self.running(peer).unwrap_or(peer)),
        }
    }

    /// Where a lane leads.
    fn lane(&self, lane: LaneRef) -> Option<(LaneEnd, Order)> {
        self.ends.get(&lane).copied()
    }

    /// Whether anything is under way from one process to another.
    fn is_under_way(&self, from: Incarnation, to: Incarnation) -> bool {
        self.network.iter().any(|(lane, frames)| {
            let leads = |(end, order): (LaneEnd, Order)| {
                end.peer().is_none_or(|peer| peer == to || self.at_the_end(peer, order) == Some(to))
            };
            lane.process == from && self.lane(*lane).is_some_and(leads) && !frames.is_empty()
        })
    }
}

/// What the server is configured with.
fn config(open_rounds: usize, doubt_rounds: u64) -> collector::Config {
    let config = collector::Config::new(deployment());
    collector::Config { reservation: 2, doubt_rounds, open_rounds, ..config }
}

/// What happens.
impl System {
    /// The state after a step.
    #[must_use]
    pub fn after(&self, step: Step) -> Self {
        let mut next = self.clone();
        next.endings.clear();
        next.fault = next.take(step).and_then(|()| next.pump()).err();
        next.forget_idle_timers();
        next.fault = next.fault.take().or_else(|| next.hangs());
        next
    }

    /// Where nothing can happen any more, no round waits for its deadline.
    fn hangs(&self) -> Option<String> {
        let open = self.collector.open_rounds().next()?;
        let idle = self.nodes.values().all(|node| node.up.is_empty() && (node.left || node.down.is_empty()));
        // It may wait for one who is silent, however many deaths the bounds allow to be presumed.
        let silence = self.timers.iter().any(|timer| matches!(timer, Timer::Silence(_)));
        let mut steps = Vec::new();
        if self.network.is_empty() && idle && !silence {
            self.steps(&mut steps);
            return steps.is_empty().then(|| format!("round {open} waits for nothing but its deadline"));
        }
        None
    }

    /// What went wrong, if anything did.
    #[must_use]
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// Whether the last step ended a round so.
    #[must_use]
    pub fn has_ended(&self, ending: Ending) -> bool {
        self.endings.contains(&ending)
    }

    fn take(&mut self, step: Step) -> Result<(), String> {
        match step {
            Step::Send(process, lane) => self.send(process, lane)?,
            Step::Deliver(lane, place, to) => {
                if let Some(frame) = self.remove(lane, place) {
                    self.deliver(frame, to)?;
                }
            }
            Step::Double(lane, place, to) => {
                self.faults.doubled -= 1;
                let frame = self.network.get_mut(&lane).and_then(|frames| frames.get_mut(place));
                if let Some(frame) = frame {
                    let first = frame.clone();
                    if let Frame::Message { copied, .. } = frame {
                        *copied = true;
                        self.copied.insert(lane);
                    }
                    self.deliver(first, to)?;
                }
            }
            Step::Lose(lane, place) => {
                self.faults.lost -= 1;
                self.lose(lane, place);
            }
            Step::Doubt(lane, place) => {
                self.faults.doubted -= 1;
                if let Some((seq, _)) = self.lose(lane, place) {
                    self.doubt(lane, seq)?;
                }
            }
            Step::Cancel(lane, place) => {
                self.faults.cancelled -= 1;
                let frame = self.network.get_mut(&lane).and_then(|frames| frames.get_mut(place));
                if let Some(Frame::Message { stamp, doubted, .. }) = frame {
                    *doubted = true;
                    let seq = stamp.id.seq;
                    self.doubt(lane, seq)?;
                }
            }
            Step::Expire(lane, place) => {
                self.faults.expired -= 1;
                let frame = self.network.get_mut(&lane).and_then(|frames| frames.get_mut(place));
                if let Some(Frame::Message { stamp, doubted, .. }) = frame {
                    *doubted = true;
                    let numbers = RangeSet::span(stamp.id.seq, stamp.id.seq);
                    self.observer.expires(lane, &numbers);
                    let expired = self.call(lane.process, |p| p.expire(lane.lane, &numbers));
                    expired.unwrap_or(Ok(())).map_err(|e| e.to_string())?;
                }
            }
            Step::Void(lane, place) => {
                self.faults.voided -= 1;
                self.void(lane, place)?;
            }
            Step::Finish(process) => {
                let token = self.nodes.get_mut(&process).and_then(|node| node.tokens.pop());
                if let Some(token) = token {
                    self.change(process, vec![Act::Remove(token)]);
                }
            }
            Step::Forge(process) => {
                self.faults.forged -= 1;
                let lane = LaneRef { process: Incarnation(0xf000), lane: LaneId(1) };
                let (deployment, epoch) = (deployment(), Epoch(1 << 20));
                let marker = Marker { deployment, lane, epoch, sent: 0, clock: None };
                self.call(process, |p| p.receive_marker(&marker));
            }
            Step::Up(process) => self.up(process),
            Step::Down(process) => self.down(process),
            Step::Connect(process) => self.connect(process),
            Step::Break(process) => {
                self.faults.broken -= 1;
                self.hang_up(process);
            }
            Step::Ask(by) => {
                match by.and_then(|process| self.nodes.get_mut(&process)) {
                    Some(node) => node.asks -= 1,
                    None => self.rounds -= 1,
                }
                self.requests += 1;
                let request = RequestId(self.requests);
                let events = self.nodes.keys().map(|process| (*process, self.observer.events(*process)));
                self.asked.insert(request, events.collect());
                self.collector.request(request, by);
            }
            Step::Fire(timer) => self.fire(timer)?,
            Step::Leave(process) => {
                self.faults.left -= 1;
                let tokens = self.nodes.get(&process).is_some_and(|node| !node.tokens.is_empty());
                self.work_lost |= tokens;
                self.call(process, Participant::leave);
                self.gone(process);
                if let Some(node) = self.nodes.get_mut(&process) {
                    node.left = true;
                    node.tokens.clear();
                }
            }
            Step::Kill(process) => {
                self.faults.killed -= 1;
                self.die(process);
                if let Some(name) = self.names.get(&process).cloned() {
                    self.collector.died(process, &name);
                }
            }
            Step::Vanish(process) => {
                self.faults.vanished -= 1;
                self.die(process);
            }
            Step::Close(process, lane) => {
                self.faults.closed -= 1;
                let closed = self.nodes.get_mut(&process).and_then(|node| node.lanes.remove(&lane));
                self.call(process, |p| p.close(lane)).unwrap_or(Ok(())).map_err(|e| e.to_string())?;
                let reference = LaneRef { process, lane };
                if closed.is_some_and(|(_, order, _)| order == Order::Fifo) {
                    self.network.entry(reference).or_default().push_back(Frame::End(reference));
                }
            }
            Step::Ended(process, peer) => {
                let told =
                    self.nodes.get(&process).and_then(|n| n.participant.deaths().find(|d| d.0 == peer));
                if let Some((_, since)) = told {
                    self.call(process, |p| p.peer_ended(peer, since));
                }
            }
            Step::Start(killed) => self.start_again(killed),
            Step::Restart => self.restart(),
        }
        Ok(())
    }

    fn die(&mut self, process: Incarnation) {
        self.hang_up(process);
        self.gone(process);
        let node = self.nodes.remove(&process);
        self.work_lost |= node.is_some_and(|node| !node.tokens.is_empty());
    }

    fn start_again(&mut self, gone: Incarnation) {
        self.faults.reborn -= 1;
        let Some(name) = self.names.get(&gone).cloned() else { return };
        let again = Incarnation(gone.0 + 10);
        self.boot(again, name, 0);
        let lanes: Vec<_> = self.ends.iter().filter(|(lane, _)| lane.process == gone).collect();
        for (to, order) in lanes.into_iter().map(|(_, end)| *end).collect::<Vec<_>>() {
            self.open(again, to, order, 1);
        }
    }

    /// Calls a participant if it is there, notes whether it passed a cut, and puts on the network and into its session
    /// what it has for them: the markers of its FIFO lanes go out before any later frame.
    fn call<T>(&mut self, process: Incarnation, call: impl FnOnce(&mut Participant) -> T) -> Option<T> {
        let before = self.observer.events(process);
        let node = self.nodes.get_mut(&process)?;
        let epoch = node.participant.epoch();
        let result = call(&mut node.participant);
        let now = node.participant.epoch();
        if now > epoch {
            self.observer.cut(process, now, before);
        }
        for (&lane, (.., order, _)) in &node.lanes {
            if *order == Order::Fifo
                && let Ok(Some(marker)) = node.participant.due_marker(lane)
            {
                let frames = self.network.entry(LaneRef { process, lane }).or_default();
                frames.push_back(Frame::Marker(Box::new(marker)));
            }
        }
        while let Some(message) = node.participant.poll() {
            if node.session.is_some() {
                node.up.push_back(message);
            }
        }
        Some(result)
    }

    /// An event within a process, of which the observer is told.
    fn change(&mut self, process: Incarnation, acts: Vec<Act>) {
        let event = Event::of(&acts);
        self.act(process, event, |p| p.change(acts));
    }

    /// An event of a process, of which the observer is told.
    fn act<T>(
        &mut self,
        process: Incarnation,
        event: Event,
        call: impl FnOnce(&mut Participant) -> T,
    ) -> Option<T> {
        let result = self.call(process, call)?;
        self.observer.event(process, event);
        Some(result)
    }

    fn send(&mut self, from: Incarnation, lane: LaneId) -> Result<(), String> {
        let Some(node) = self.nodes.get_mut(&from) else { return Ok(()) };
        let Some((_, order, left)) = node.lanes.get_mut(&lane) else { return Ok(()) };
        *left -= 1;
        let order = *order;
        let token = node.tokens.pop();
        let carries: Vec<_> = token.map(|_| Annotation::Token(computation())).into_iter().collect();
        let gives: Vec<Act> = token.map(Act::Remove).into_iter().collect();
        let event = Event::of(&gives);
        let sent = self.call(from, |p| p.send(lane, Arc::from(carries), gives));
        let sent = sent.ok_or("no such process")?.map_err(|e| e.to_string())?;
        let id = sent.stamp.id;
        self.observer.event(from, Event { sent: Some(id), ..event });
        if sent.marker.is_some() && order == Order::Fifo {
            return Err(format!("a marker of lane {} was due before message {}", id.lane, id.seq));
        }
        // The stamp travels in its ASCII form, as in production; the clock goes beside it.
        let stamp: Stamp = sent.stamp.to_string().parse().map_err(|e| format!("{e}"))?;
        let stamp = Box::new(Stamp { clock: sent.stamp.clock, ..stamp });
        let frame = Frame::Message { stamp, token: token.is_some(), doubted: false, copied: false };
        self.network.entry(id.lane).or_default().push_back(frame);
        Ok(())
    }

    fn remove(&mut self, lane: LaneRef, place: usize) -> Option<Frame> {
        let frames = self.network.get_mut(&lane)?;
        let frame = frames.remove(place);
        if frames.is_empty() {
            self.network.remove(&lane);
        }
        frame
    }

    fn deliver(&mut self, frame: Frame, to: Incarnation) -> Result<(), String> {
        if self.nodes.get(&to).is_none_or(|node| node.left) {
            if let Frame::Message { stamp, token, .. } = frame {
                self.observer.dropped.insert(stamp.id);
                self.work_lost |= token;
            }
            return Ok(());
        }
        let (stamp, carries) = match frame {
            Frame::Marker(marker) => {
                self.call(to, |p| p.receive_marker(&marker));
                return Ok(());
            }
            Frame::End(lane) => {
                self.call(to, |p| p.lane_ended(lane));
                return Ok(());
            }
            Frame::Message { stamp, token, .. } => (stamp, token),
        };
        let handle = carries.then(|| self.call(to, Participant::mint)).flatten();
        let acts: Vec<Act> = handle.map(|handle| Act::Insert(handle, token())).into_iter().collect();
        let event = Event::of(&acts);
        let got = self.call(to, |p| p.receive(&stamp, acts));
        let id = stamp.id;
        match got.ok_or("no such process")? {
            Received::Duplicate => {
                let sole = self.lane(id.lane).is_some_and(|(end, _)| end.peer().is_some());
                return self.observer.copy(to, id, sole);
            }
            Received::Foreign => return Err(format!("{id} was taken for foreign")),
            Received::New if self.observer.is_given_up(id, to) => {
                return Err(format!("{id} was given up for lost and arrived as new"));
            }
            Received::New | Received::Late | Received::Refused => {}
        }
        self.observer.arrives(to, id)?;
        self.observer.event(to, Event { received: Some(id), ..event });
        if let Some(handle) = handle {
            self.hold(to, handle);
        }
        Ok(())
    }

    /// Takes a message out of the network: its number, and whether it had work with it.
    fn lose(&mut self, lane: LaneRef, place: usize) -> Option<(u64, bool)> {
        let Some(Frame::Message { stamp, token, .. }) = self.remove(lane, place) else { return None };
        self.observer.dropped.insert(stamp.id);
        self.work_lost |= token;
        Some((stamp.id.seq, token))
    }

    fn doubt(&mut self, lane: LaneRef, seq: u64) -> Result<(), String> {
        let doubted = self.call(lane.process, |p| p.doubt(lane.lane, seq));
        doubted.unwrap_or(Ok(())).map_err(|e| e.to_string())
    }

    fn void(&mut self, lane: LaneRef, place: usize) -> Result<(), String> {
        let Some(Frame::Message { stamp, token: carries, .. }) = self.remove(lane, place) else {
            return Ok(());
        };
        let (process, id) = (lane.process, stamp.id);
        self.observer.dropped.insert(id);
        let back = carries.then(|| self.call(process, Participant::mint)).flatten();
        let acts: Vec<Act> = back.map(|handle| Act::Insert(handle, token())).into_iter().collect();
        let event = Event { voided: Some(id), ..Event::of(&acts) };
        match self.act(process, event, |p| p.void(lane.lane, id.seq, acts)) {
            Some(Ok(true)) => {}
            Some(Ok(false)) => return Err(format!("{id} never left and cannot be taken back")),
            Some(Err(error)) => return Err(error.to_string()),
            None => {}
        }
        if let Some(back) = back {
            self.hold(process, back);
        }
        Ok(())
    }

    fn up(&mut self, process: Incarnation) {
        let Some(node) = self.nodes.get_mut(&process) else { return };
        if let (Some(session), Some(message)) = (node.session, node.up.pop_front()) {
            self.collector.handle(session, message);
        }
    }

    fn down(&mut self, process: Incarnation) {
        let Some(node) = self.nodes.get_mut(&process) else { return };
        if let Some(message) = node.down.pop_front() {
            node.welcomed |= matches!(message, ToAgent::Welcome { .. });
            self.call(process, |p| p.handle(message));
        }
    }

    fn connect(&mut self, process: Incarnation) {
        self.sessions += 1;
        let Some(node) = self.nodes.get_mut(&process) else { return };
        let hello = node.participant.connect();
        (node.session, node.welcomed) = (Some(SessionId(self.sessions)), false);
        (node.up, node.down) = (VecDeque::from([hello]), VecDeque::new());
    }

    fn hang_up(&mut self, process: Incarnation) {
        let Some(node) = self.nodes.get_mut(&process) else { return };
        node.up.clear();
        node.down.clear();
        node.participant.disconnect();
        if let Some(session) = node.session.take() {
            self.collector.close(session);
        }
    }

    /// What is under way to a process that is gone never arrives, but on an unordered lane, if it can be started again.
    fn gone(&mut self, process: Incarnation) {
        let may_return = self.faults.reborn > 0;
        let ends = &self.ends;
        let stays = |lane: &LaneRef| {
            let end = ends.get(lane).filter(|(end, _)| end.peer() == Some(process));
            end.is_none_or(|(_, order)| *order == Order::Unordered && may_return)
        };
        for frame in self.network.iter().filter(|(lane, _)| !stays(lane)).flat_map(|(_, frames)| frames) {
            if let Frame::Message { stamp, token, .. } = frame {
                self.observer.dropped.insert(stamp.id);
                self.work_lost |= token;
            }
        }
        self.network.retain(|lane, _| stays(lane));
    }

    fn fire(&mut self, timer: Timer) -> Result<(), String> {
        match timer {
            Timer::Deadline(_) => self.faults.late -= 1,
            Timer::Silence(_) => self.faults.presumed -= 1,
            Timer::Grace(_) | Timer::Welcome(_) | Timer::Patience => {}
        }
        self.timers.remove(&timer);
        self.collector.timer(timer);
        match timer {
            Timer::Deadline(epoch) if self.collector.open_rounds().any(|open| open == epoch) => {
                Err(format!("round {epoch} outlives its deadline"))
            }
            _ => Ok(()),
        }
    }

    fn restart(&mut self) {
        self.faults.restarted -= 1;
        // A new server does not know of earlier cuts, by which a second copy is told.
        let lasts = |assumed: &Assumption| !matches!(assumed, Assumption::NoRedelivery(_));
        self.held.retain(|_, assumptions| assumptions.iter().all(lasts));
        self.collector = Collector::new(config(self.open, self.doubt), self.reserved);
        for (process, (name, gone)) in &self.known {
            match gone {
                Some((how, since)) => self.collector.recall(*process, name.clone(), *how, *since),
                None => self.collector.expect(*process, name.clone()),
            }
        }
        self.timers.clear();
        self.asked.clear();
        self.announced.clear();
        for node in self.nodes.values_mut() {
            node.session = None;
            node.up.clear();
            node.down.clear();
            node.participant.disconnect();
        }
    }

    /// A timer that would do nothing now makes no difference.
    fn forget_idle_timers(&mut self) {
        let open: BTreeSet<Epoch> = self.collector.open_rounds().collect();
        let collector = &self.collector;
        self.timers.retain(|timer| match timer {
            Timer::Deadline(epoch) | Timer::Grace(epoch) => open.contains(epoch),
            Timer::Silence(_) | Timer::Welcome(_) | Timer::Patience => {
                let mut after = collector.clone();
                after.timer(*timer);
                after != *collector
            }
        });
    }

    /// Moves all messages of all sessions.
    fn exchange_all(&mut self) -> Result<(), String> {
        let all: Vec<Incarnation> = self.nodes.keys().copied().collect();
        for _ in 0..4 {
            for &process in &all {
                self.up(process);
                self.pump()?;
                self.down(process);
                self.pump()?;
            }
        }
        self.forget_idle_timers();
        Ok(())
    }
}

/// What the collector wants, and what is true.
impl System {
    fn pump(&mut self) -> Result<(), String> {
        while let Some(action) = self.collector.poll() {
            match action {
                Action::Send(session, message) => {
                    let mut nodes = self.nodes.values_mut();
                    if let Some(node) = nodes.find(|node| node.session == Some(session)) {
                        node.down.push_back(message);
                    }
                }
                Action::Close(session) => {
                    let mut nodes = self.nodes.values_mut();
                    if let Some(node) = nodes.find(|node| node.session == Some(session)) {
                        node.participant.disconnect();
                        node.session = None;
                    }
                }
                Action::Arm(timer, _) => drop(self.timers.insert(timer)),
                Action::Reserve(upto) => {
                    self.reserved = self.reserved.max(upto);
                    self.collector.reserved(upto);
                }
                Action::Announced(epoch) => {
                    if epoch <= self.last_epoch || epoch > self.reserved {
                        return Err(format!(
                            "epoch {epoch} after {}, reserved {}",
                            self.last_epoch, self.reserved
                        ));
                    }
                    self.last_epoch = epoch;
                    let ended = self.work_has_ended();
                    self.announced.insert(epoch, ended);
                }
                Action::Ended(result) => self.judge(&result)?,
                Action::Recorded(epoch, lane, agreement) => {
                    self.observer.recorded(epoch, lane, &agreement)?;
                }
                Action::Joined(process, name) => drop(self.known.insert(process, (name, None))),
                Action::Returned(process) => {
                    if let Some((_, gone)) = self.known.get_mut(&process) {
                        *gone = None;
                    }
                }
                Action::Departed(process, name, how, since) => {
                    if how == Departure::Presumed {
                        self.observer.presumed(process, since);
                    }
                    self.known.insert(process, (name, Some((how, since))));
                }
                Action::Forgotten(process, _) => drop(self.known.remove(&process)),
                Action::Inconsistent(round, faults) => return Err(format!("round {round}: {faults:?}")),
                Action::Retract(assumption) => self.retract(&assumption),
                Action::Notice(..) => {}
            }
        }
        // Whatever the order in which they end.
        match self.held.range(..self.denied).next() {
            Some((held, _)) => Err(format!(
                "round {} finds work, and that round {held} found none is not retracted",
                self.denied
            )),
            None => Ok(()),
        }
    }

    /// Whether there is no work in any process that runs, and none on its way to one.
    fn work_has_ended(&self) -> bool {
        let none = self.nodes.values().all(|node| node.tokens.is_empty());
        let runs = |process| self.nodes.get(&process).is_some_and(|node| !node.left);
        let carries = |(lane, frames): (&LaneRef, &VecDeque<Frame>)| {
            let (end, order) = self.lane(*lane).unzip();
            let peer = end.and_then(LaneEnd::peer);
            // It also waits for who is not started again yet.
            let waits = order == Some(Order::Unordered) && self.faults.reborn > 0;
            let reaches = peer.zip(order).and_then(|(peer, order)| self.at_the_end(peer, order));
            // A second copy to the same process brings nothing.
            (peer.is_none() || waits || reaches.is_some_and(runs))
                && frames.iter().any(|frame| {
                    matches!(frame, Frame::Message { token: true, copied, .. } if !(peer.is_some() && *copied))
                })
        };
        none && !self.network.iter().any(carries)
    }

    fn judge(&mut self, result: &RoundResult) -> Result<(), String> {
        let round = result.epoch;
        let (cut, complete) = match &result.outcome {
            RoundOutcome::Complete(cut) => (cut, true),
            RoundOutcome::Incomplete(cut, _) => (cut, false),
            RoundOutcome::Inconsistent(faults) => return Err(format!("round {round}: {faults:?}")),
        };
        let passed = !self.timers.contains(&Timer::Deadline(round));
        self.observer.judge(cut, passed).map_err(|e| format!("round {round} (complete: {complete}): {e}"))?;
        for request in &result.requests {
            for (process, events) in self.asked.remove(request).unwrap_or_default() {
                let present = cut.snapshot().members.get(&process).is_some_and(|m| m.state.is_present());
                if present && self.observer.cut_index(process, round) < Some(events) {
                    return Err(format!("round {round}: {process} cut before the request it answers"));
                }
            }
        }
        let ending = self.judge_termination(cut, complete)?;
        self.endings.insert(ending);
        Ok(())
    }

    fn retract(&mut self, refuted: &Assumption) {
        self.observer.retracted(refuted);
        let before = self.held.len();
        self.held.retain(|_, assumptions| !assumptions.iter().any(|assumed| assumed.falls_with(refuted)));
        if self.held.len() < before {
            self.endings.insert(Ending::Retracted);
        }
    }

    /// Whether what a verdict takes for granted is not so.
    fn is_false(&self, assumed: &Assumption) -> bool {
        match assumed {
            Assumption::PresumedDead(process) => self.nodes.contains_key(process),
            Assumption::NoRedelivery(lane) => self.copied.contains(lane),
            Assumption::Expired(lane, numbers) => {
                let comes = |frame: &Frame| matches!(frame, Frame::Message { stamp, .. } if numbers.contains(stamp.id.seq));
                let has_come = |id: MessageId| id.lane == *lane && numbers.contains(id.seq);
                self.network.get(lane).is_some_and(|frames| frames.iter().any(comes))
                    || self.observer.has_arrived(has_come)
            }
            Assumption::Unstamped(_) | Assumption::ClosedWakers(_) => false,
        }
    }

    /// HOLDS is true, or rests on what is not so, and is retracted when that comes to light; what was so before the
    /// announcement is not denied.
    fn judge_termination(&mut self, cut: &ConsistentCut, complete: bool) -> Result<Ending, String> {
        let round = cut.snapshot().epoch;
        let ended_before = self.announced.remove(&round).unwrap_or(false);
        let found =
            terminations(cut).into_iter().find(|v| v.property == Property::Termination(computation()));
        let outcome = found.as_ref().map(|verdict| &verdict.outcome);
        match outcome {
            Some(Outcome::Holds(_)) => {
                let assumptions = found.map(|verdict| verdict.assumptions).unwrap_or_default();
                let rests = !assumptions.is_empty();
                if !self.work_has_ended() && !assumptions.iter().any(|assumed| self.is_false(assumed)) {
                    return Err(format!("round {round} says that the work has ended, and there is some"));
                }
                self.held.insert(round, assumptions);
                Ok(if rests { Ending::Assumed } else { Ending::Terminated })
            }
            // Work that was lost may look like work that is on its way.
            Some(Outcome::DoesNotHold(_)) if ended_before && !self.work_lost => {
                Err(format!("the work had ended before round {round} was announced, which denies it"))
            }
            _ if !complete => Ok(Ending::Incomplete),
            Some(Outcome::DoesNotHold(_)) => {
                self.denied = self.denied.max(round);
                Ok(Ending::Working)
            }
            Some(Outcome::Unknown(_)) => Ok(Ending::Unknown),
            None if self.nodes.contains_key(&CREATOR) => {
                Err(format!("round {round} is complete and does not know of the work"))
            }
            None => Ok(Ending::Unknown),
        }
    }
}
