//! Random schedules of participants and a collector, with faults, against an omniscient [`Observer`].
//!
//! Nothing but the protocol is here: no time, no programs, and of the detectors only the one that adds up. What happens
//! next is one of everything that could, so that what is rare in a [simulation](crate::sim) with its delays is common.
//!
//! ```text
//!  World: participants, collector, sessions, messages in flight     (the code under test)
//!    |  every step is also told to
//!    v
//!  Observer: for each process the list of its events, and where in it each cut fell
//! ```

#![allow(
    clippy::expect_used,
    reason = "a harness: what is missing is a bug in the schedule, and the seed is printed"
)]

use crate::observer::{Event, Observer};
use crate::random::Random;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use stillpoint_detectors::conservation::conservation;
use stillpoint_detectors::verify::verify;
use stillpoint_proto::collector::{
    self, Action, Collector, Departure, RequestId, RoundOutcome, RoundResult, SessionId, Timer,
};
use stillpoint_proto::cut::{LaneEnd, Order};
use stillpoint_proto::fact::{Annotation, Fact, Token};
use stillpoint_proto::id::{
    ComputationId, ComputationRef, DeploymentId, Epoch, Handle, Incarnation, LaneId, LaneRef, MessageId,
    ProcessName,
};
use stillpoint_proto::participant::{self, Act, Participant, Received};
use stillpoint_proto::ranges::RangeSet;
use stillpoint_proto::session::{FromAgent, ToAgent};
use stillpoint_proto::snapshot::{Absence, Member, MemberState};
use stillpoint_proto::stamp::{Marker, Stamp};

/// Which faults a schedule may contain, each in percent of the steps at which it could happen.
#[derive(Clone, Copy, Debug, Default)]
pub struct Faults {
    /// A message is lost: one of an unordered lane its sender begins to doubt, one of a FIFO lane is missing from it.
    pub loss: usize,
    /// A message of an unordered lane is delivered and stays in flight.
    pub duplication: usize,
    /// A session breaks; it is set up again later.
    pub session: usize,
    /// The server is killed and starts again from its reserved epoch.
    pub server: usize,
    /// A process is killed; a new one of its name starts.
    pub crash: usize,
    /// A process says goodbye, and one of its name or of another starts.
    pub leave: usize,
    /// A timer fires, whatever the time.
    pub timer: usize,
    /// A marker is made up, of an epoch that the server gives out soon.
    pub forgery: usize,
}

struct Node {
    participant: Participant,
    session: Option<SessionId>,
    up: VecDeque<FromAgent>,
    down: VecDeque<ToAgent>,
    tokens: Vec<Handle>,
    lanes: Vec<(LaneId, LaneEnd, Order)>,
    left: bool,
}

struct Flight {
    stamp: Stamp,
    to: LaneEnd,
    order: Order,
    amount: i64,
    token: bool,
    /// Its sender has given it up, and it takes its time.
    slow: bool,
}

enum Frame {
    Message(Flight),
    Marker(Marker, Incarnation),
    /// The end of a FIFO lane.
    End(LaneRef, Incarnation),
}

/// What happened in a schedule.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Rounds that ended complete.
    pub complete: usize,
    /// Rounds that ended incomplete.
    pub incomplete: usize,
    /// Messages found in transit, over all rounds.
    pub in_transit: usize,
    /// Lanes found retired, over all rounds.
    pub retired: usize,
    /// Stamps refused.
    pub refused: usize,
    /// Duplicates recognised.
    pub duplicates: usize,
    /// Messages that came after they had been given up.
    pub late: usize,
    /// Messages that came to who was started again in the place of whom they went to.
    pub succeeded: usize,
    /// Recordings that agreed exactly.
    pub recorded: usize,
    /// Recordings from which something was missing that was lost.
    pub partly: usize,
    /// Cuts that were made before their round was announced.
    pub early: usize,
    /// Presumed deaths that were none.
    pub retracted: usize,
    /// Messages given up as lost by a tombstone or the end of a transport.
    pub lost: usize,
}

/// The system under test.
pub struct World {
    random: Random,
    faults: Faults,
    nodes: BTreeMap<Incarnation, Node>,
    collector: Collector,
    reserved: Epoch,
    timers: BTreeSet<Timer>,
    frames: Vec<Frame>,
    observer: Observer,
    next: u64,
    /// For each request, how many events each process had had.
    asked: BTreeMap<RequestId, BTreeMap<Incarnation, usize>>,
    last_epoch: Epoch,
    spawned: usize,
    lossless: bool,
    /// The random part is over.
    mended: bool,
    names: BTreeMap<Incarnation, ProcessName>,
    /// What a server keeps of the processes that have said hello: how they went, if they have.
    known: BTreeMap<Incarnation, (ProcessName, Option<(Departure, Epoch)>)>,
    /// What the last incomplete round lacked.
    last: String,
    summary: Summary,
}

const START_MONEY: i64 = 100;

impl World {
    /// How many steps the tests take of each seed.
    pub const STEPS: usize = 400;

    /// The system of a seed: two to five processes.
    #[must_use]
    pub fn of(seed: u64, faults: Faults) -> Self {
        Self::new(seed, 2 + (seed % 4) as usize, faults)
    }

    /// A system of `processes` processes. Some of them say hello only later.
    #[must_use]
    pub fn new(seed: u64, processes: usize, faults: Faults) -> Self {
        let deployment = DeploymentId::from_name("sim");
        let config =
            collector::Config { reservation: 3, doubt_rounds: 1, ..collector::Config::new(deployment) };
        let mut world = World {
            random: Random::new(seed),
            faults,
            nodes: BTreeMap::new(),
            collector: Collector::new(config, Epoch::ZERO),
            reserved: Epoch::ZERO,
            timers: BTreeSet::new(),
            frames: Vec::new(),
            observer: Observer::default(),
            next: 0,
            asked: BTreeMap::new(),
            last_epoch: Epoch::ZERO,
            spawned: 0,
            lossless: faults.loss + faults.crash + faults.leave == 0,
            mended: false,
            names: BTreeMap::new(),
            known: BTreeMap::new(),
            last: String::new(),
            summary: Summary::default(),
        };
        for _ in 0..processes {
            world.spawn_new();
        }
        world
    }

    /// Runs `steps` random steps, then mends all faults and runs rounds until one is complete.
    ///
    /// # Errors
    /// What went wrong, in words.
    pub fn run(mut self, steps: usize) -> Result<Summary, String> {
        for step in 0..steps {
            self.step().and_then(|()| self.pump()).map_err(|e| format!("step {step}: {e}"))?;
        }
        self.faults = Faults::default();
        self.mended = true;
        for attempt in 0..12 {
            let before = self.summary.complete;
            self.settle()?;
            if self.summary.complete > before && attempt >= 3 {
                return Ok(self.summary);
            }
        }
        Err(format!("no round is complete though every fault is mended: {} {:?}", self.last, self.summary))
    }

    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    fn spawn_new(&mut self) {
        let name = ProcessName::new(&format!("p{}", self.spawned)).expect("a valid name");
        self.spawned += 1;
        self.spawn(name);
    }

    fn spawn(&mut self, name: ProcessName) {
        let incarnation = Incarnation(0x100 + self.number());
        let deployment = DeploymentId::from_name("sim");
        self.names.insert(incarnation, name.clone());
        let config = participant::Config {
            verification: true,
            log_limit: 4,
            ..participant::Config::new(deployment, name, incarnation)
        };
        let participant = Participant::new(config);
        let (up, down) = (VecDeque::new(), VecDeque::new());
        let node =
            Node { participant, session: None, up, down, tokens: Vec::new(), lanes: Vec::new(), left: false };
        self.nodes.insert(incarnation, node);
        let money = Act::Gauge("money".into(), START_MONEY);
        self.act(incarnation, Event { money: START_MONEY, ..Event::default() }, |p| p.change(vec![money]));
    }

    /// Calls a participant for one event and tells the observer; a cut in the call comes before the event.
    fn act<T>(&mut self, process: Incarnation, event: Event, call: impl FnOnce(&mut Participant) -> T) -> T {
        let result = self.call(process, call);
        self.observer.event(process, event);
        result
    }

    /// Calls a participant and notes whether it passed a cut.
    fn call<T>(&mut self, process: Incarnation, call: impl FnOnce(&mut Participant) -> T) -> T {
        let before = self.observer.events(process);
        let node = self.nodes.get_mut(&process).expect("a live process");
        let epoch = node.participant.epoch();
        let result = call(&mut node.participant);
        let now = node.participant.epoch();
        if now > epoch {
            self.observer.cut(process, now, before);
        }
        result
    }

    fn some_node(&mut self) -> Option<Incarnation> {
        let live: Vec<_> = self.nodes.iter().filter(|(_, n)| !n.left).map(|(id, _)| *id).collect();
        (!live.is_empty()).then(|| live[self.random.below(live.len())])
    }

    fn step(&mut self) -> Result<(), String> {
        match self.random.below(20) {
            0..=5 => self.send(),
            6..=11 => self.deliver(),
            12..=15 => self.session_step(),
            _ => {
                match self.random.below(9) {
                    0 | 1 => self.request(),
                    2 | 3 => self.reconnect_one(),
                    4 | 5 => self.token(),
                    6 => return self.close(),
                    _ => return self.fault(),
                }
                Ok(())
            }
        }
    }

    fn token(&mut self) {
        let Some(process) = self.some_node() else { return };
        let held = self.nodes[&process].tokens.clone();
        if held.len() > 2 || (!held.is_empty() && self.random.chance(40)) {
            let token = held[self.random.below(held.len())];
            self.nodes.get_mut(&process).expect("live").tokens.retain(|t| *t != token);
            let event = Event { removed: vec![token], ..Event::default() };
            self.act(process, event, |p| p.change(vec![Act::Remove(token)]));
        } else {
            self.take_token(process);
        }
    }

    fn take_token(&mut self, process: Incarnation) {
        let token = self.call(process, Participant::mint);
        self.nodes.get_mut(&process).expect("live").tokens.push(token);
        let event = Event { inserted: vec![token], ..Event::default() };
        self.act(process, event, |p| p.change(vec![Act::Insert(token, token_fact())]));
    }

    fn lane(&mut self, from: Incarnation) -> Option<(LaneId, LaneEnd, Order)> {
        let lanes = self.nodes[&from].lanes.clone();
        if !lanes.is_empty() && !self.random.chance(20) {
            return Some(lanes[self.random.below(lanes.len())]);
        }
        let peer = self.some_node().filter(|peer| *peer != from)?;
        let (to, order) = match self.random.below(4) {
            0 => (LaneEnd::Group, Order::Unordered),
            1 => (LaneEnd::Peer(peer), Order::Unordered),
            _ => (LaneEnd::Peer(peer), Order::Fifo),
        };
        let id = self.call(from, |p| p.open(to, order));
        if order == Order::Fifo {
            self.call(peer, |p| p.accept(LaneRef { process: from, lane: id }, order));
        }
        self.nodes.get_mut(&from)?.lanes.push((id, to, order));
        Some((id, to, order))
    }

    fn send(&mut self) -> Result<(), String> {
        let Some(from) = self.some_node() else { return Ok(()) };
        let Some((lane, to, order)) = self.lane(from) else { return Ok(()) };
        let amount = self.random.below(10) as i64;
        let token = self.nodes.get_mut(&from).and_then(|n| n.tokens.pop());
        let mut annotations = vec![Annotation::Amount { gauge: "money".into(), amount }];
        let mut acts = vec![Act::Gauge("money".into(), -amount)];
        if let Some(token) = token {
            annotations.push(Annotation::Token(computation()));
            acts.push(Act::Remove(token));
        }
        let sent =
            self.call(from, |p| p.send(lane, Arc::from(annotations), acts)).map_err(|e| e.to_string())?;
        let id = sent.stamp.id;
        self.observer.event(
            from,
            Event {
                money: -amount,
                removed: token.into_iter().collect(),
                sent: Some(id),
                ..Event::default()
            },
        );
        if let (Some(marker), LaneEnd::Peer(peer)) = (sent.marker, to) {
            self.frames.push(Frame::Marker(marker, peer));
        }
        let mut slow = false;
        if self.random.chance(self.faults.loss) {
            if order == Order::Fifo {
                self.observer.dropped.insert(id);
                return Ok(());
            }
            if self.random.chance(30) {
                // A call is cancelled: its sender cannot know that the message is still on its way.
                self.call(from, |p| p.doubt(lane, id.seq)).map_err(|e| e.to_string())?;
                slow = true;
            } else {
                return self.lose(from, id, amount, token.is_some());
            }
        }
        // The stamp travels in its ASCII form, as in production.
        let stamp: Stamp = sent.stamp.to_string().parse().map_err(|e| format!("{e}"))?;
        self.frames.push(Frame::Message(Flight { stamp, to, order, amount, token: token.is_some(), slow }));
        Ok(())
    }

    /// A message is not sent after all, or may have been lost.
    fn lose(&mut self, from: Incarnation, id: MessageId, amount: i64, token: bool) -> Result<(), String> {
        self.observer.dropped.insert(id);
        if self.random.chance(50) {
            self.call(from, |p| p.doubt(id.lane.lane, id.seq)).map_err(|e| e.to_string())?;
            return Ok(());
        }
        let mut acts = vec![Act::Gauge("money".into(), amount)];
        let back = token.then(|| self.call(from, Participant::mint));
        if let Some(token) = back {
            acts.push(Act::Insert(token, token_fact()));
            self.nodes.get_mut(&from).expect("live").tokens.push(token);
        }
        let event = Event {
            money: amount,
            inserted: back.into_iter().collect(),
            voided: Some(id),
            ..Event::default()
        };
        match self.act(from, event, |p| p.void(id.lane.lane, id.seq, acts)) {
            Ok(true) => Ok(()),
            Ok(false) => Err(format!("{id} never left and cannot be taken back")),
            Err(error) => Err(error.to_string()),
        }
    }

    /// The frames that may be delivered next: any of an unordered lane, the first of a FIFO lane.
    fn deliverable(&mut self) -> Vec<usize> {
        let hurry = self.mended || self.random.chance(2);
        let mut seen = BTreeSet::new();
        let first = |frame: &Frame, seen: &mut BTreeSet<LaneRef>| match frame {
            Frame::Message(m) if m.order == Order::Unordered => !m.slow || hurry,
            Frame::Message(m) => seen.insert(m.stamp.id.lane),
            Frame::Marker(m, _) => seen.insert(m.lane),
            Frame::End(lane, _) => seen.insert(*lane),
        };
        (0..self.frames.len()).filter(|i| first(&self.frames[*i], &mut seen)).collect()
    }

    fn deliver(&mut self) -> Result<(), String> {
        let ready = self.deliverable();
        if ready.is_empty() {
            return Ok(());
        }
        let at = ready[self.random.below(ready.len())];
        let duplicate = self.faults.duplication;
        if matches!(&self.frames[at], Frame::Message(m) if m.order == Order::Unordered)
            && self.random.chance(duplicate)
        {
            let long = self.random.chance(50);
            let Frame::Message(m) = &mut self.frames[at] else { return Ok(()) };
            let copy = Flight { stamp: m.stamp.clone(), ..*m };
            m.slow |= long;
            return self.receive(copy);
        }
        match self.frames.remove(at) {
            Frame::Message(message) => self.receive(message),
            Frame::Marker(marker, to) => {
                if self.nodes.get(&to).is_some_and(|n| !n.left) {
                    self.call(to, |p| p.receive_marker(&marker));
                }
                Ok(())
            }
            Frame::End(lane, to) => {
                if self.nodes.get(&to).is_some_and(|n| !n.left) {
                    self.call(to, |p| p.lane_ended(lane));
                }
                Ok(())
            }
        }
    }

    /// A process closes one of its lanes to another. Only a FIFO lane is a connection, of which the other side sees the
    /// end.
    fn close(&mut self) -> Result<(), String> {
        let Some(process) = self.some_node() else { return Ok(()) };
        let node = self.nodes.get_mut(&process).expect("live");
        let peer = |i: &usize| node.lanes[*i].1.peer().is_some();
        let closable: Vec<_> = (0..node.lanes.len()).filter(peer).collect();
        if closable.is_empty() {
            return Ok(());
        }
        let (id, to, order) = node.lanes.remove(closable[self.random.below(closable.len())]);
        self.call(process, |p| p.close(id)).map_err(|e| e.to_string())?;
        if let (LaneEnd::Peer(peer), Order::Fifo) = (to, order) {
            self.frames.push(Frame::End(LaneRef { process, lane: id }, peer));
        }
        Ok(())
    }

    /// Somebody makes up a marker of an epoch that will be given out: its receiver cuts for rounds that are not announced
    /// yet. One is, before the server hears of that.
    fn forge(&mut self, to: Incarnation) -> Result<(), String> {
        let lane = LaneRef { process: Incarnation(0xf000), lane: LaneId(1) };
        let (deployment, epoch) = (DeploymentId::from_name("sim"), Epoch(self.collector.given().0 + 2));
        let marker = Marker { deployment, lane, epoch, sent: 0, clock: None };
        // What it refuses it passes on, and whoever admits it later cuts unseen.
        let mut would = self.nodes[&to].participant.clone();
        would.receive_marker(&marker);
        if would.epoch() == epoch {
            self.call(to, |p| p.receive_marker(&marker));
            self.take_token(to);
            self.request();
            self.exchange_with(&[to], 50)?;
        }
        Ok(())
    }

    fn receive(&mut self, message: Flight) -> Result<(), String> {
        let to = match message.to {
            LaneEnd::Peer(peer) => {
                let reached = |id: &&Incarnation| self.runs(**id) && self.reaches(&message, **id);
                self.nodes.keys().find(reached).copied().unwrap_or(peer)
            }
            LaneEnd::Sole | LaneEnd::Group => match self.some_node() {
                Some(any) => any,
                None => return Ok(()),
            },
        };
        let id = message.stamp.id;
        if !self.runs(to) {
            self.observer.dropped.insert(id);
            return Ok(());
        }
        self.summary.succeeded += usize::from(message.to.peer().is_some_and(|peer| peer != to));
        let token = message.token.then(|| self.call(to, Participant::mint));
        let mut acts = vec![Act::Gauge("money".into(), message.amount)];
        acts.extend(token.map(|t| Act::Insert(t, token_fact())));
        let got = self.call(to, |p| p.receive(&message.stamp, acts));
        match got {
            Received::Duplicate => {
                self.summary.duplicates += 1;
                return self.observer.copy(to, id, message.to.peer().is_some());
            }
            Received::Foreign => return Err(format!("{id} was taken for foreign")),
            Received::Late => self.summary.late += 1,
            Received::Refused => self.summary.refused += 1,
            Received::New if self.observer.is_given_up(id, to) => {
                return Err(format!("{id} was given up for lost and arrived as new"));
            }
            Received::New => {}
        }
        self.observer.arrives(to, id)?;
        // A copy that went to a second process is an event there, but the message had been received before.
        let event = Event {
            money: message.amount,
            inserted: token.into_iter().collect(),
            received: Some(id),
            ..Event::default()
        };
        self.observer.event(to, event);
        let node = self.nodes.get_mut(&to).expect("live");
        node.tokens.extend(token);
        // Answers on a lane to the sender acknowledge it.
        let back = node.lanes.iter().find(|(_, end, _)| *end == LaneEnd::Peer(id.sender())).map(|l| l.0);
        if let Some(back) = back {
            self.call(to, |p| p.pair(back, id.lane)).map_err(|e| e.to_string())?;
        }
        Ok(())
    }

    fn request(&mut self) {
        let id = RequestId(self.number());
        self.asked.insert(id, self.nodes.keys().map(|p| (*p, self.observer.events(*p))).collect());
        let by = self.random.chance(50).then(|| self.some_node()).flatten();
        self.collector.request(id, by);
    }

    fn session_step(&mut self) -> Result<(), String> {
        let Some(process) = self.some_node() else { return Ok(()) };
        let upwards = self.random.chance(50);
        self.exchange(process, upwards);
        Ok(())
    }

    /// Moves one message of a session in each direction.
    fn exchange(&mut self, process: Incarnation, upwards: bool) {
        while let Some(message) = self.call(process, Participant::poll) {
            self.nodes.get_mut(&process).expect("live").up.push_back(message);
        }
        let node = self.nodes.get_mut(&process).expect("live");
        let Some(session) = node.session else { return };
        if upwards {
            if let Some(message) = node.up.pop_front() {
                self.collector.handle(session, message);
            }
        } else if let Some(message) = node.down.pop_front() {
            self.call(process, |p| p.handle(message));
            self.state_ends(process);
        }
    }

    /// States of each death that it was told of when nothing is under way from the dead process. One that was only
    /// presumed dead may send on.
    fn state_ends(&mut self, process: Incarnation) {
        let told: Vec<_> = self.nodes[&process].participant.deaths().collect();
        for (peer, since) in told {
            let under_way = self.frames.iter().any(|frame| self.is_between(frame, peer, process));
            if !under_way {
                self.call(process, |p| p.peer_ended(peer, since));
            }
        }
    }

    /// Whether a frame may come from one process to the other.
    fn is_between(&self, frame: &Frame, from: Incarnation, to: Incarnation) -> bool {
        match frame {
            Frame::Message(m) => m.stamp.id.sender() == from && self.reaches(m, to),
            Frame::Marker(m, peer) => m.lane.process == from && *peer == to,
            Frame::End(..) => false,
        }
    }

    /// Whether a message may come to a process: what goes to one that is gone reaches whoever is started again under its
    /// name, but for what has been there. A link ends.
    fn reaches(&self, message: &Flight, to: Incarnation) -> bool {
        match message.to {
            LaneEnd::Sole | LaneEnd::Group => true,
            LaneEnd::Peer(peer) if peer == to => true,
            LaneEnd::Peer(peer) => {
                message.order == Order::Unordered
                    && !self.runs(peer)
                    && self.names[&peer] == self.names[&to]
                    && !self.observer.has_had(peer, message.stamp.id)
            }
        }
    }

    fn runs(&self, process: Incarnation) -> bool {
        self.nodes.get(&process).is_some_and(|node| !node.left)
    }

    fn reconnect_one(&mut self) {
        let down: Vec<_> =
            self.nodes.iter().filter(|(_, n)| n.session.is_none() && !n.left).map(|(p, _)| *p).collect();
        if !down.is_empty() {
            let process = down[self.random.below(down.len())];
            self.connect(process);
        }
    }

    fn connect(&mut self, process: Incarnation) {
        let session = SessionId(self.number());
        let hello = self.call(process, Participant::connect);
        let node = self.nodes.get_mut(&process).expect("live");
        (node.up, node.down) = (VecDeque::from([hello]), VecDeque::new());
        node.session = Some(session);
    }

    fn disconnect(&mut self, process: Incarnation) {
        let node = self.nodes.get_mut(&process).expect("live");
        node.up.clear();
        node.down.clear();
        node.participant.disconnect();
        if let Some(session) = node.session.take() {
            self.collector.close(session);
        }
    }

    fn fault(&mut self) -> Result<(), String> {
        let f = self.faults;
        if self.random.chance(f.session)
            && let Some(process) = self.some_node()
        {
            self.disconnect(process);
        }
        if self.random.chance(f.timer) && !self.timers.is_empty() {
            let timers: Vec<_> = self.timers.iter().copied().collect();
            let timer = timers[self.random.below(timers.len())];
            self.fire(timer);
        }
        if self.random.chance(f.server) {
            self.restart_server();
        }
        if self.random.chance(f.crash)
            && let Some(process) = self.some_node()
        {
            self.crash(process);
        }
        if self.random.chance(f.forgery)
            && let Some(process) = self.some_node()
            && self.nodes[&process].session.is_some()
        {
            self.forge(process)?;
        }
        if self.random.chance(f.leave)
            && let Some(process) = self.some_node()
            && self.nodes[&process].session.is_some()
        {
            self.call(process, Participant::leave);
            self.nodes.get_mut(&process).expect("live").left = true;
            let gone: Vec<_> = self.linked_to(process);
            self.observer.dropped.extend(gone);
            match self.random.chance(50) {
                true => self.spawn_new(),
                false => self.spawn(self.names[&process].clone()),
            }
        }
        Ok(())
    }

    /// What is on its way to a process on its links.
    fn linked_to(&self, process: Incarnation) -> Vec<MessageId> {
        let message = |f: &Frame| match f {
            Frame::Message(m) if m.to == LaneEnd::Peer(process) && m.order == Order::Fifo => Some(m.stamp.id),
            _ => None,
        };
        self.frames.iter().filter_map(message).collect()
    }

    fn fire(&mut self, timer: Timer) {
        self.timers.remove(&timer);
        self.collector.timer(timer);
    }

    fn restart_server(&mut self) {
        let config = collector::Config {
            reservation: 3,
            doubt_rounds: 1,
            ..collector::Config::new(DeploymentId::from_name("sim"))
        };
        self.collector = Collector::new(config, self.reserved);
        for (process, (name, gone)) in &self.known {
            match gone {
                Some((how, since)) => self.collector.recall(*process, name.clone(), *how, *since),
                None => self.collector.expect(*process, name.clone()),
            }
        }
        self.timers.clear();
        self.asked.clear();
        let all: Vec<_> = self.nodes.keys().copied().collect();
        for process in all {
            let node = self.nodes.get_mut(&process).expect("live");
            node.session = None;
            node.up.clear();
            node.down.clear();
            node.participant.disconnect();
        }
    }

    fn crash(&mut self, process: Incarnation) {
        self.disconnect(process);
        self.observer.dropped.extend(self.linked_to(process));
        self.nodes.remove(&process);
        let name = self.names[&process].clone();
        self.collector.died(process, &name);
        self.spawn(name);
    }

    /// Carries out what the collector wants.
    fn pump(&mut self) -> Result<(), String> {
        while let Some(action) = self.collector.poll() {
            match action {
                Action::Send(session, message) => {
                    let node = self.nodes.values_mut().find(|n| n.session == Some(session));
                    if let Some(node) = node {
                        node.down.push_back(message);
                    }
                }
                Action::Close(session) => {
                    let node = self.nodes.values_mut().find(|n| n.session == Some(session));
                    if let Some(node) = node {
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
                }
                Action::Ended(result) => self.judge(&result)?,
                Action::Recorded(epoch, lane, agreement) => {
                    let same = self.observer.recorded(epoch, lane, &agreement)?;
                    *(if same { &mut self.summary.recorded } else { &mut self.summary.partly }) += 1;
                }
                Action::Retract(assumption) => {
                    self.observer.retracted(&assumption);
                    self.summary.retracted += 1;
                }
                Action::Departed(process, name, how, since) => {
                    if how == Departure::Presumed {
                        self.observer.presumed(process, since);
                    }
                    self.known.insert(process, (name, Some((how, since))));
                }
                Action::Joined(process, name) => drop(self.known.insert(process, (name, None))),
                Action::Returned(process) => {
                    if let Some((_, gone)) = self.known.get_mut(&process) {
                        *gone = None;
                    }
                }
                Action::Forgotten(process, _) => drop(self.known.remove(&process)),
                Action::Inconsistent(round, faults) => return Err(format!("round {round}: {faults:?}")),
                Action::Notice(..) => {}
            }
        }
        Ok(())
    }

    fn judge(&mut self, result: &RoundResult) -> Result<(), String> {
        let round = result.epoch;
        let (cut, complete) = match &result.outcome {
            RoundOutcome::Complete(cut) => (cut, true),
            RoundOutcome::Incomplete(cut, missing) => {
                self.last = format!("{missing:?} {:?}", cut.channels().unknown);
                (cut, false)
            }
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
        // A gauge whose amounts are lost and doubled: whatever is found, it follows from the snapshot.
        let sum = conservation(
            cut,
            &"money".into(),
            i128::from(START_MONEY) * cut.snapshot().members.len() as i128,
        );
        verify(cut, &sum).map_err(|refuted| format!("round {round}: {sum:?}: {refuted}"))?;
        if complete && self.lossless {
            let all = cut.snapshot().members.len() as i64;
            // A copy that reached two processes makes money, and what was given up, as what takes long and did not fit into
            // a log is, may destroy some.
            let exact = self.faults.duplication == 0 && !self.observer.has_given_up() && !self.mended;
            if exact && Observer::total(cut) != all * START_MONEY {
                return Err(format!("round {round}: {} of {all} processes", Observer::total(cut)));
            }
        }
        let early = |member: &Member| matches!(&member.state, MemberState::Absent(Absence::Fault(_)));
        self.summary.early += cut.snapshot().members.values().filter(|member| early(member)).count();
        self.summary.in_transit += cut.channels().in_transit() as usize;
        self.summary.retired += cut.cuts().map(|(_, c)| c.retired.len() as usize).sum::<usize>();
        self.summary.lost += cut.channels().lost.values().map(|r| r.len() as usize).sum::<usize>();
        if complete {
            self.summary.complete += 1;
        } else {
            self.summary.incomplete += 1;
        }
        Ok(())
    }

    /// Mends everything: all sessions up, all messages delivered, dead transports ended; then a round.
    fn settle(&mut self) -> Result<(), String> {
        let live: Vec<_> = self.nodes.iter().filter(|(_, n)| !n.left).map(|(p, _)| *p).collect();
        for process in &live {
            if self.nodes[process].session.is_none() {
                self.connect(*process);
            }
        }
        for process in &live {
            let fifo =
                self.nodes[process].lanes.clone().into_iter().filter(|(.., order)| *order == Order::Fifo);
            for (lane, to, _) in fifo {
                let due = self.call(*process, |p| p.due_marker(lane)).map_err(|e| e.to_string())?;
                self.frames.extend(due.zip(to.peer()).map(|(marker, peer)| Frame::Marker(marker, peer)));
            }
        }
        while !self.frames.is_empty() {
            self.deliver()?;
            self.pump()?;
        }
        for process in &live {
            // What a group might still deliver, or a dead member of it received, ends by a time limit.
            let lanes = self.nodes[process].lanes.clone();
            for (lane, ..) in lanes.iter().filter(|(_, to, _)| *to == LaneEnd::Group) {
                let all = RangeSet::span(1, u64::MAX);
                self.call(*process, |p| p.expire(*lane, &all)).map_err(|e| e.to_string())?;
                self.observer.expires(LaneRef { process: *process, lane: *lane }, &all);
            }
        }
        let running = |p: &Incarnation| self.nodes.get(p).is_some_and(|n| !n.left);
        let gone: Vec<_> = self.observer.processes().filter(|p| !running(p)).collect();
        for process in &gone {
            let name = self.names[process].clone();
            self.collector.died(*process, &name);
        }
        for process in &live {
            for dead in &gone {
                let since = self.collector.given();
                self.call(*process, |p| p.peer_ended(*dead, since));
            }
        }
        self.exchange_all()?;
        self.request();
        self.exchange_all()?;
        for timer in std::mem::take(&mut self.timers) {
            if !matches!(timer, Timer::Silence(_)) {
                self.collector.timer(timer);
            }
        }
        self.exchange_all()
    }

    fn exchange_all(&mut self) -> Result<(), String> {
        let all: Vec<_> = self.nodes.keys().copied().collect();
        self.exchange_with(&all, 200)
    }

    /// Moves so many messages of some sessions in each direction.
    fn exchange_with(&mut self, processes: &[Incarnation], messages: usize) -> Result<(), String> {
        for _ in 0..messages {
            for &process in processes {
                self.exchange(process, true);
                self.pump()?;
                self.exchange(process, false);
                self.pump()?;
            }
        }
        Ok(())
    }
}

fn computation() -> ComputationRef {
    ComputationRef::new(Incarnation(1), ComputationId::of(1))
}

fn token_fact() -> Fact {
    Fact::Token(Token { computation: computation() })
}
