//! A [`Process`] does what a [`Participant`] does.
//!
//! Simulation, random schedules and the model checker drive participants, whose events come one after another; workers
//! have processes of many threads, made of the same parts. Here each of several processes is both, *twins*: they are
//! given the same calls by a random schedule with faults, and all that they give must be equal: stamps, markers, what
//! became of a message, and every word to the server, checksums included. What threads add is for `gate_loom` and
//! `gate_stress`.

use super::*;
use std::collections::VecDeque;
use stillpoint_proto::collector::{self, Action, Collector, RequestId, SessionId, Timer};
use stillpoint_proto::fact::{Annotation, Fact, Token};
use stillpoint_proto::id::{ComputationId, ComputationRef, DeploymentId, ProcessName};
use stillpoint_proto::participant::{Act, Participant, Received};

/// Reproducible randomness: SplitMix64 (Steele, Lea and Flood, 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n.max(1) as u64).unwrap()
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

enum Frame {
    Message(Stamp),
    Marker(Marker),
    End,
}

/// What is under way on a lane, and to whom: of a group, to anybody.
struct Flight {
    lane: LaneRef,
    order: Order,
    to: Option<Incarnation>,
    frame: Frame,
    /// Its sender doubts it, and it takes its time.
    slow: bool,
}

/// The same process twice.
struct Twins {
    one: Participant,
    many: Arc<Process>,
    lanes: Vec<(Arc<Sending>, Option<Incarnation>, Order)>,
    tokens: Vec<Handle>,
    session: Option<SessionId>,
    up: VecDeque<FromAgent>,
    down: VecDeque<ToAgent>,
}

fn deployment() -> DeploymentId {
    DeploymentId::from_name("d")
}

fn token() -> Fact {
    Fact::Token(Token { computation: ComputationRef::new(Incarnation(1), ComputationId::of(1)) })
}

/// Nothing but the time may differ.
fn timeless(mut message: FromAgent) -> FromAgent {
    if let FromAgent::Report(report) | FromAgent::Goodbye(report) = &mut message {
        report.piece.at = Millis(0);
    }
    message
}

impl Twins {
    fn new(incarnation: Incarnation, name: ProcessName) -> Self {
        let config = Config { log_limit: 4, ..Config::new(deployment(), name, incarnation) };
        let (lanes, tokens) = (Vec::new(), Vec::new());
        let (up, down) = (VecDeque::new(), VecDeque::new());
        let many = Arc::new(Process::new(config.clone()));
        Twins { one: Participant::new(config), many, lanes, tokens, session: None, up, down }
    }

    /// Takes what both have to say, which must be the same.
    fn compare(&mut self) {
        self.many.fold();
        loop {
            let said = (self.one.poll().map(timeless), self.many.poll().map(timeless));
            assert_eq!(said.0, said.1);
            assert_eq!(self.one.epoch(), self.many.epoch());
            let Some(message) = said.0 else { break };
            if self.session.is_some() {
                self.up.push_back(message);
            }
        }
        assert_eq!(self.many.fault(), None);
    }

    fn change(&mut self, acts: Vec<Act>) {
        self.many.change(|event| acts.iter().cloned().for_each(|act| event.record(act.into())));
        self.one.change(acts);
    }

    fn mint(&mut self) -> Handle {
        let handle = self.one.mint();
        assert_eq!(handle, self.many.mint());
        handle
    }

    fn hang_up(&mut self) -> Option<SessionId> {
        self.one.disconnect();
        self.many.disconnect();
        self.up.clear();
        self.down.clear();
        self.session.take()
    }
}

/// Twins, a server, and what is under way.
struct Pairs {
    random: Random,
    all: BTreeMap<Incarnation, Twins>,
    collector: Collector,
    timers: BTreeSet<Timer>,
    flights: Vec<Flight>,
    next: u64,
    /// What was compared.
    stamps: usize,
    reports: usize,
    rounds: usize,
    late: usize,
    left: usize,
    /// How many ends of rounds settle something, by the fields of [`RoundEnd`].
    ends: [usize; 6],
}

impl Pairs {
    fn new(seed: u64) -> Self {
        let config =
            collector::Config { doubt_rounds: 1, reservation: 3, ..collector::Config::new(deployment()) };
        let mut pairs = Pairs {
            random: Random(seed),
            all: BTreeMap::new(),
            collector: Collector::new(config, Epoch::ZERO),
            timers: BTreeSet::new(),
            flights: Vec::new(),
            next: 0,
            stamps: 0,
            reports: 0,
            rounds: 0,
            late: 0,
            left: 0,
            ends: [0; 6],
        };
        for _ in 0..3 {
            pairs.start();
        }
        pairs
    }

    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// Starts a process under a name of its own.
    fn start(&mut self) {
        let incarnation = Incarnation(self.number());
        let name = ProcessName::new(&format!("p{incarnation}")).unwrap();
        self.all.insert(incarnation, Twins::new(incarnation, name));
    }

    /// A process is gone, and another is started, mostly in its place: that gets what was on its way on unordered lanes.
    fn succeed(&mut self, gone: Incarnation, name: ProcessName) {
        self.flights.retain(|flight| flight.lane.process != gone);
        if self.random.chance(30) {
            self.flights.retain(|flight| flight.to != Some(gone));
            return self.start();
        }
        let heir = Incarnation(self.number());
        self.all.insert(heir, Twins::new(heir, name));
        self.flights.retain(|flight| flight.to != Some(gone) || flight.order == Order::Unordered);
        let inherited = self.flights.iter_mut().filter(|flight| flight.to == Some(gone));
        inherited.for_each(|flight| flight.to = Some(heir));
        // Who does not know that it is gone goes on sending.
        for twins in self.all.values_mut() {
            twins.lanes.retain(|(_, to, order)| *to != Some(gone) || *order == Order::Unordered);
            let lanes = twins.lanes.iter_mut().filter(|(_, to, _)| *to == Some(gone));
            lanes.for_each(|(_, to, _)| *to = Some(heir));
        }
    }

    fn some(&mut self) -> Incarnation {
        let at = self.random.below(self.all.len());
        *self.all.keys().nth(at).unwrap()
    }

    fn step(&mut self) {
        match self.random.below(34) {
            0..=5 => self.send(),
            6..=11 => self.deliver(),
            12..=21 => self.exchange(),
            22..=24 => self.connect(),
            25 | 26 => {
                let request = RequestId(self.number());
                let by = self.some();
                self.collector.request(request, self.random.chance(50).then_some(by));
            }
            27 => self.token(),
            28..=30 => self.settle_one(),
            31 => self.end_link(),
            32 => {
                let at = self.some();
                let twins = self.all.get_mut(&at).unwrap();
                twins.one.request_round();
                twins.many.request_round();
            }
            _ => self.fault(),
        }
        self.pump();
        for twins in self.all.values_mut() {
            twins.compare();
        }
    }

    fn token(&mut self) {
        let at = self.some();
        let twins = self.all.get_mut(&at).unwrap();
        match twins.tokens.pop() {
            Some(token) => twins.change(vec![Act::Remove(token)]),
            None => {
                let handle = twins.mint();
                twins.tokens.push(handle);
                twins.change(vec![Act::Insert(handle, token())]);
            }
        }
    }

    /// A lane of a process, old or new.
    fn lane(&mut self, from: Incarnation) -> Option<(Arc<Sending>, Option<Incarnation>, Order)> {
        let known = self.all[&from].lanes.len();
        if known > 0 && !self.random.chance(20) {
            return Some(self.all[&from].lanes[self.random.below(known)].clone());
        }
        let peer = Some(self.some()).filter(|peer| *peer != from)?;
        let (end, order) = match self.random.below(3) {
            0 => (LaneEnd::Group, Order::Unordered),
            1 => (LaneEnd::Peer(peer), Order::Unordered),
            _ => (LaneEnd::Peer(peer), Order::Fifo),
        };
        let twins = self.all.get_mut(&from).unwrap();
        let id = twins.one.open(end, order);
        let lane = twins.many.open(end, order);
        assert_eq!(id, lane.id);
        twins.lanes.push((lane.clone(), end.peer(), order));
        if order == Order::Fifo {
            let of = LaneRef { process: from, lane: id };
            let receiver = self.all.get_mut(&peer).unwrap();
            receiver.one.accept(of, order);
            receiver.many.accept(of, order);
        }
        Some((lane, end.peer(), order))
    }

    fn send(&mut self) {
        let from = self.some();
        let Some((lane, to, order)) = self.lane(from) else { return };
        let amount = self.random.below(10) as i64;
        let annotations: Annotations = match self.random.chance(70) {
            true => Arc::from([Annotation::Amount { gauge: "money".into(), amount }]),
            false => Arc::from([]),
        };
        let twins = self.all.get_mut(&from).unwrap();
        let acts = vec![Act::Gauge("money".into(), -amount)];
        let sent = twins.one.send(lane.id, annotations.clone(), acts).unwrap();
        let (departure, ()) = twins.many.send(&lane, annotations, |acts, _| acts.gauge("money", -amount));
        assert_eq!((&sent.marker, &sent.stamp), (&departure.marker, &departure.stamp));
        self.stamps += 1;
        let lane = LaneRef { process: from, lane: lane.id };
        let frames = sent.marker.map(Frame::Marker).into_iter().chain([Frame::Message(sent.stamp)]);
        self.flights.extend(frames.map(|frame| Flight { lane, order, to, frame, slow: false }));
    }

    fn deliver(&mut self) {
        let mut seen = BTreeSet::new();
        let hurry = self.random.chance(6);
        let ready: Vec<usize> = (0..self.flights.len())
            .filter(|at| match &self.flights[*at] {
                Flight { order: Order::Unordered, slow, .. } => hurry || !slow,
                flight => seen.insert(flight.lane),
            })
            .collect();
        if ready.is_empty() {
            return;
        }
        let at = ready[self.random.below(ready.len())];
        let unordered = self.flights[at].order == Order::Unordered;
        let to = self.flights[at].to.unwrap_or_else(|| self.some());
        if unordered && self.random.chance(15) {
            let Frame::Message(stamp) = &self.flights[at].frame else { return };
            let stamp = stamp.clone();
            return self.receive(to, &stamp);
        }
        let flight = self.flights.remove(at);
        match flight.frame {
            Frame::Message(_) if self.random.chance(8) => {}
            Frame::Message(stamp) => self.receive(to, &stamp),
            Frame::Marker(marker) => {
                let Some(twins) = self.all.get_mut(&to) else { return };
                twins.one.receive_marker(&marker);
                twins.many.receive_marker(&marker);
            }
            Frame::End => {
                let Some(twins) = self.all.get_mut(&to) else { return };
                twins.one.lane_ended(flight.lane);
                twins.many.lane_ended(&twins.many.accept(flight.lane, Order::Fifo));
            }
        }
    }

    fn receive(&mut self, to: Incarnation, stamp: &Stamp) {
        let Some(twins) = self.all.get_mut(&to) else { return };
        let one = twins.one.receive(stamp, vec![Act::Gauge("money".into(), 1)]);
        let (many, _) = twins.many.receive(stamp, |acts| acts.gauge("money", 1));
        let same = match one {
            Received::New => Outcome::New,
            Received::Duplicate => Outcome::Duplicate,
            Received::Late => Outcome::Late,
            Received::Foreign => Outcome::Foreign,
            Received::Refused => Outcome::Refused,
        };
        assert_eq!(same, many);
        self.late += usize::from(one == Received::Late);
        if one == Received::Duplicate && self.random.chance(20) {
            twins.one.redelivered(stamp.id);
            twins.many.notice(Notice::Redelivered(stamp.id));
        }
        // Answers on a lane to the sender acknowledge it.
        let sender = stamp.id.sender();
        if let Some((back, ..)) = twins.lanes.iter().find(|(_, to, _)| *to == Some(sender)) {
            let theirs = twins.many.receiving.get(&stamp.id.lane).map(|lane| lane.clone());
            twins.one.pair(back.id, stamp.id.lane).unwrap();
            if let Some(theirs) = theirs {
                twins.many.pair(back, &theirs);
            }
        }
    }

    /// Something becomes of a message of an unordered lane that is under way, or was.
    fn settle_one(&mut self) {
        let from = self.some();
        let unordered = |lane: &&(Arc<Sending>, Option<Incarnation>, Order)| lane.2 == Order::Unordered;
        let Some((lane, to, _)) = self.all[&from].lanes.iter().find(unordered).cloned() else { return };
        let outstanding: Vec<u64> = lock(&lane.end).outstanding().iter().collect();
        if outstanding.is_empty() {
            return;
        }
        let seq = outstanding[self.random.below(outstanding.len())];
        let id = MessageId::new(from, lane.id, seq);
        let under_way = self.flights.iter().position(|f| matches!(&f.frame, Frame::Message(s) if s.id == id));
        let twins = self.all.get_mut(&from).unwrap();
        match under_way {
            Some(at) if self.random.chance(50) => {
                self.flights.remove(at);
                let acts = vec![Act::Gauge("money".into(), 1)];
                let one = twins.one.void(lane.id, seq, acts).unwrap();
                let many = twins.many.void(id, |acts| acts.gauge("money", 1));
                assert_eq!(one, many.is_some());
            }
            _ if to.is_none() && self.random.chance(50) => {
                let numbers = RangeSet::span(seq, seq);
                twins.one.expire(lane.id, &numbers).unwrap();
                twins.many.expire(lane.id, &numbers);
            }
            _ => {
                twins.one.doubt(lane.id, seq).unwrap();
                twins.many.doubt(lane.id, seq);
                under_way.into_iter().for_each(|at| self.flights[at].slow = true);
            }
        }
    }

    /// A link ends. Its lane is not closed: a process looks at the end of a round whether a closed lane is settled, and a
    /// participant at once.
    fn end_link(&mut self) {
        let process = self.some();
        let twins = self.all.get_mut(&process).unwrap();
        let Some(at) = twins.lanes.iter().position(|(_, _, order)| *order == Order::Fifo) else { return };
        let (lane, to, order) = twins.lanes.remove(at);
        let lane = LaneRef { process, lane: lane.id };
        self.flights.push(Flight { lane, order, to, frame: Frame::End, slow: false });
    }

    fn connect(&mut self) {
        let session = SessionId(self.number());
        let at = self.some();
        let twins = self.all.get_mut(&at).unwrap();
        if twins.session.is_none() {
            let hello = twins.one.connect();
            assert_eq!(hello, twins.many.connect());
            twins.session = Some(session);
            twins.up.push_back(hello);
        }
    }

    /// Messages of a session, in both directions.
    fn exchange(&mut self) {
        let at = self.some();
        for _ in 0..self.random.below(4) {
            let twins = self.all.get_mut(&at).unwrap();
            let Some(session) = twins.session else { return };
            if let Some(message) = twins.up.pop_front() {
                self.reports += usize::from(matches!(message, FromAgent::Report(_)));
                self.collector.handle(session, message);
                self.pump();
            }
            let twins = self.all.get_mut(&at).unwrap();
            if let Some(message) = twins.down.pop_front() {
                if let ToAgent::Ended(end) = &message {
                    self.rounds += 1;
                    for (count, is_empty) in self.ends.iter_mut().zip([
                        end.received.is_empty(),
                        end.lost.is_empty(),
                        end.tombstones.is_empty(),
                        end.expired.is_empty(),
                        end.dead.is_empty(),
                        end.retired.is_empty(),
                    ]) {
                        *count += usize::from(!is_empty);
                    }
                }
                twins.one.handle(message.clone());
                twins.many.handle(message).unwrap();
                let told: Vec<_> = twins.one.deaths().collect();
                for (peer, since) in told {
                    twins.one.peer_ended(peer, since);
                }
                twins.compare();
            }
        }
    }

    fn fault(&mut self) {
        let at = self.some();
        match self.random.below(9) {
            0 | 1 => {
                let session = self.all.get_mut(&at).unwrap().hang_up();
                session.into_iter().for_each(|session| self.collector.close(session));
            }
            2 => {
                let name = self.all[&at].many.config().name.clone();
                let session = self.all.get_mut(&at).unwrap().hang_up();
                session.into_iter().for_each(|session| self.collector.close(session));
                self.all.remove(&at);
                self.collector.died(at, &name);
                self.succeed(at, name);
            }
            3 => {
                let twins = self.all.get_mut(&at).unwrap();
                let Some(session) = twins.session else { return };
                twins.one.leave();
                twins.many.leave();
                twins.compare();
                // What it has to say, and a goodbye only if it was welcome.
                let said = std::mem::take(&mut twins.up);
                let name = twins.many.config().name.clone();
                self.all.remove(&at);
                self.left += usize::from(said.iter().any(|m| matches!(m, FromAgent::Goodbye(_))));
                said.into_iter().for_each(|message| self.collector.handle(session, message));
                self.collector.close(session);
                self.succeed(at, name);
            }
            4 => {
                // A stamp of an epoch that nobody has given out, or will soon.
                let epoch = self.collector.given().0 + [1, 2, 1 << 20][self.random.below(3)];
                let text = format!("1;{:x};ff;1;{:x};{epoch:x};0", deployment().0, self.number());
                let stamp: Stamp = text.parse().unwrap();
                self.receive(at, &stamp);
            }
            _ => {
                let timers: Vec<_> = self.timers.iter().copied().collect();
                let timer = timers.get(self.random.below(timers.len())).copied();
                // Who is presumed dead and lives says more than one transport's worth.
                if let Some(timer) = timer.filter(|timer| !matches!(timer, Timer::Silence(_))) {
                    self.timers.remove(&timer);
                    self.collector.timer(timer);
                }
            }
        }
    }

    fn pump(&mut self) {
        while let Some(action) = self.collector.poll() {
            match action {
                Action::Send(session, message) => {
                    let mut all = self.all.values_mut();
                    if let Some(twins) = all.find(|twins| twins.session == Some(session)) {
                        twins.down.push_back(message);
                    }
                }
                Action::Close(session) => {
                    let mut all = self.all.values_mut();
                    if let Some(twins) = all.find(|twins| twins.session == Some(session)) {
                        twins.hang_up();
                    }
                }
                Action::Arm(timer, _) => drop(self.timers.insert(timer)),
                Action::Reserve(upto) => self.collector.reserved(upto),
                _ => {}
            }
        }
    }
}

#[test]
fn a_process_does_what_a_participant_does() {
    let (mut stamps, mut reports, mut rounds, mut late, mut left) = (0, 0, 0, 0, 0);
    let mut ends = [0; 6];
    for seed in 0..600 {
        println!("seed {seed}");
        let mut pairs = Pairs::new(seed);
        for _ in 0..400 {
            pairs.step();
        }
        stamps += pairs.stamps;
        reports += pairs.reports;
        rounds += pairs.rounds;
        late += pairs.late;
        left += pairs.left;
        ends.iter_mut().zip(pairs.ends).for_each(|(sum, more)| *sum += more);
    }
    let seen = format!(
        "{stamps} stamps, {reports} reports, {left} goodbyes, {late} late messages, {rounds} ends of rounds, \
         of which so many name what was received, lost, to be tombstoned, given up, by the dead, retired: {ends:?}"
    );
    println!("{seen}");
    let enough = stamps > 10_000 && reports > 1_000 && rounds > 500 && late > 10 && left > 10;
    assert!(enough && ends.iter().all(|count| *count > 10), "vacuous: {seen}");
}
