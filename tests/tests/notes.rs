//! The lecture notes that the project grew from, executed: their example, their homework, their pseudo-code and
//! their theorem.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use stillpoint_proto::collector::Agreement;
use stillpoint_proto::cut::Order;
use stillpoint_proto::id::{Epoch, Incarnation, LaneId, LaneRef, MessageId};
use stillpoint_proto::participant::{Received, Sent};
use stillpoint_proto::snapshot::{ConsistentCut, Inconsistency, MemberState, Snapshot};
use stillpoint_proto::stamp::{Marker, Stamp};
use stillpoint_tests::random::Random;
use stillpoint_tests::script::{Script, channel, complete, held};

/// What is on a wire, for both implementations.
#[derive(Clone)]
enum Frame {
    Marker(Marker),
    Money(Stamp, i64),
}

/// Processes 1 to n, FIFO channels between all, and the markers in them.
struct Net {
    script: Script,
    n: u64,
    lanes: BTreeMap<(u64, u64), LaneId>,
    wires: BTreeMap<(u64, u64), VecDeque<Frame>>,
}

impl Net {
    fn new(balances: &[i64]) -> Self {
        let n = balances.len() as u64;
        let mut script = Script::new(n);
        let (mut lanes, mut wires) = (BTreeMap::new(), BTreeMap::new());
        for (from, &balance) in (1..=n).zip(balances) {
            script.earn(from, balance);
            for to in (1..=n).filter(|to| *to != from) {
                lanes.insert((from, to), script.lane(from, to, Order::Fifo));
                wires.insert((from, to), VecDeque::new());
            }
        }
        Net { script, n, lanes, wires }
    }

    fn pay(&mut self, from: u64, to: u64, amount: i64) {
        let Sent { marker, stamp } = self.script.pay(from, self.lanes[&(from, to)], amount);
        assert_eq!(marker, None, "markers go out with the cut, so none is due later");
        self.wires.get_mut(&(from, to)).unwrap().push_back(Frame::Money(stamp, amount));
    }

    /// Puts the markers that are due onto the channels of a process; gives how many.
    fn markers(&mut self, from: u64) -> usize {
        let mut sent = 0;
        for to in (1..=self.n).filter(|to| *to != from) {
            let due = self.script.p(from).due_marker(self.lanes[&(from, to)]).unwrap();
            sent += due.iter().count();
            self.wires.get_mut(&(from, to)).unwrap().extend(due.map(Frame::Marker));
        }
        sent
    }

    /// Delivers the first frame of a channel. The receiver's markers follow its cut at once.
    fn deliver(&mut self, from: u64, to: u64) -> Option<Frame> {
        let frame = self.wires.get_mut(&(from, to)).unwrap().pop_front()?;
        match &frame {
            Frame::Marker(marker) => self.script.p(to).receive_marker(marker),
            Frame::Money(stamp, amount) => {
                assert_eq!(self.script.collect(to, stamp, *amount), Received::New);
            }
        }
        Some(frame)
    }

    /// A process asks for a round and, as initiator, is the only one that is told.
    fn initiate(&mut self, n: u64) -> Epoch {
        self.script.request(Some(n));
        self.script.down(n);
        let round = *self.script.announced.last().unwrap();
        assert_eq!(self.script.p(n).epoch(), round);
        round
    }

    /// Checks both derivations of every channel: log minus received, and what the receivers recorded.
    fn recordings_agree(&self, round: Epoch) {
        let of_round: BTreeMap<LaneRef, &Agreement> =
            self.script.recorded.iter().filter(|r| r.0 == round).map(|(_, l, a)| (*l, a)).collect();
        for (&(from, to), &lane) in &self.lanes {
            let lane = LaneRef { process: Incarnation(from), lane };
            assert_eq!(of_round.get(&lane), Some(&&Agreement::Equal), "c{from}{to} in round {round}");
        }
    }

    /// Nothing but the markers has told anybody to cut; only now may the sessions move. What a receiver records
    /// is judged against the state of a channel that was derived before it came.
    fn end_round(&mut self, round: Epoch) -> Arc<ConsistentCut> {
        let mut recordings = Vec::new();
        for n in 1..=self.n {
            for message in self.script.take(n) {
                let session = self.script.session_of(n);
                match message {
                    stillpoint_proto::session::FromAgent::Recorded(..) => recordings.push((session, message)),
                    other => self.script.handle(session, other),
                }
            }
        }
        let result = self.script.ended.iter().find(|r| r.epoch == round).expect("ended").clone();
        for (session, message) in recordings {
            self.script.handle(session, message);
        }
        self.recordings_agree(round);
        complete(&result)
    }
}

/// The example. The notes give its end (p2: 100, p1: 25, p3: 35, c12: <75>, together 235) and that p2 initiates; the
/// order of events here is a reconstruction, the shortest that ends so: p1 sends 75 to p2 (e1), p2 initiates
/// before they arrive, and its marker turns p1 and p3 red.
#[test]
fn the_example_of_the_notes() {
    let mut net = Net::new(&[100, 100, 35]);
    net.pay(1, 2, 75);
    let round = net.initiate(2);
    assert_eq!(net.markers(2), 2);
    net.deliver(2, 1);
    net.markers(1);
    net.deliver(2, 3);
    net.markers(3);
    // The 75 arrive after p2 turned red and before the marker of p1: p2 records them.
    assert!(matches!(net.deliver(1, 2), Some(Frame::Money(_, 75))));
    for (from, to) in [(1, 2), (1, 3), (3, 1), (3, 2)] {
        assert!(matches!(net.deliver(from, to), Some(Frame::Marker(_))), "c{from}{to}");
    }
    let cut = net.end_round(round);
    assert_eq!([1, 2, 3].map(|n| held(&cut, n)), [25, 100, 35]);
    for (&(from, to), &lane) in &net.lanes {
        let expected: &[(u64, i64)] = if (from, to) == (1, 2) { &[(1, 75)] } else { &[] };
        assert_eq!(channel(&cut, from, lane), expected, "c{from}{to}");
    }
    assert_eq!(25 + 100 + 35 + 75, 235);
}

/// The homework: p1 initiates just after e1. Its 75 go ahead of its marker, so they arrive at a white p2: no
/// channel holds anything.
#[test]
fn the_homework_of_the_notes() {
    let mut net = Net::new(&[100, 100, 35]);
    net.pay(1, 2, 75);
    let round = net.initiate(1);
    net.markers(1);
    net.deliver(1, 2);
    assert_eq!(net.script.p(2).epoch(), Epoch::ZERO, "the 75 are white");
    net.deliver(1, 2);
    net.markers(2);
    net.deliver(1, 3);
    net.markers(3);
    for (from, to) in [(2, 1), (2, 3), (3, 1), (3, 2)] {
        net.deliver(from, to);
    }
    let cut = net.end_round(round);
    assert_eq!([1, 2, 3].map(|n| held(&cut, n)), [25, 175, 35]);
    assert!(cut.channels().lanes.is_empty());
}

/// The pseudo-code of the notes, word for word. `turn_red` answers whether the markers are to be sent.
#[derive(Default)]
struct Textbook {
    state: i64,
    red: bool,
    saved: Option<i64>,
    closed: BTreeMap<u64, bool>,
    chan: BTreeMap<u64, Vec<i64>>,
}

impl Textbook {
    fn turn_red(&mut self) -> bool {
        let enabled = !self.red;
        if enabled {
            self.saved = Some(self.state);
            self.red = true;
        }
        enabled
    }

    fn receive_marker(&mut self, j: u64) -> bool {
        let markers = !self.red && self.turn_red();
        self.closed.insert(j, true);
        markers
    }

    fn receive_message(&mut self, j: u64, amount: i64) {
        if self.red && !self.closed.get(&j).copied().unwrap_or(false) {
            self.chan.entry(j).or_default().push(amount);
        }
        self.state += amount;
    }

    /// White again for the next snapshot: what epochs make unnecessary.
    fn reset(&mut self) {
        *self = Textbook { state: self.state, ..Textbook::default() };
    }
}

/// On the same schedules of FIFO channels, the participants and the textbook save the same states, send their
/// markers at the same moments and find the same messages in the same channels.
#[test]
fn the_pseudo_code_of_the_notes_finds_the_same() {
    let (mut found, mut rounds) = (0, 0);
    for seed in 0..2_000 {
        let mut random = Random::new(seed);
        let n = 2 + random.below(3) as u64;
        let mut net = Net::new(&vec![100; n as usize]);
        let mut books: BTreeMap<u64, Textbook> =
            (1..=n).map(|i| (i, Textbook { state: 100, ..Textbook::default() })).collect();
        for _ in 0..2 {
            found += one_round(seed, &mut random, &mut net, &mut books);
            rounds += 1;
            books.values_mut().for_each(Textbook::reset);
        }
    }
    println!("{rounds} rounds, {found} messages in channels");
    assert!(found > 1_000, "vacuous: {found} messages in channels of {rounds} rounds");
}

fn one_round(seed: u64, random: &mut Random, net: &mut Net, books: &mut BTreeMap<u64, Textbook>) -> usize {
    let n = net.n;
    let start = random.below(25);
    let initiator = 1 + random.below(n as usize) as u64;
    let mut round = Epoch::ZERO;
    for step in 0.. {
        let all_closed = books.values().all(|b| b.closed.len() as u64 == n - 1);
        if step > start && all_closed {
            break;
        }
        if step == start {
            round = net.initiate(initiator);
            let expected = books.get_mut(&initiator).unwrap().turn_red();
            assert_eq!(net.markers(initiator) > 0, expected, "seed {seed}");
            continue;
        }
        let from = 1 + random.below(n as usize) as u64;
        let to = 1 + (from - 1 + 1 + random.below(n as usize - 1) as u64) % n;
        if random.chance(40) {
            let amount = 1 + random.below(9) as i64;
            net.pay(from, to, amount);
            books.get_mut(&from).unwrap().state -= amount;
        } else {
            let book = books.get_mut(&to).unwrap();
            let expected = match net.deliver(from, to) {
                None => continue,
                Some(Frame::Marker(_)) => book.receive_marker(from),
                Some(Frame::Money(_, amount)) => {
                    book.receive_message(from, amount);
                    false
                }
            };
            assert_eq!(net.markers(to) > 0, expected, "seed {seed}: markers of p{to}");
        }
    }
    let cut = net.end_round(round);
    let mut found = 0;
    for (to, book) in books.iter() {
        assert_eq!(Some(held(&cut, *to)), book.saved, "seed {seed}: the state of p{to}");
        for from in (1..=n).filter(|from| from != to) {
            let amounts: Vec<i64> =
                channel(&cut, from, net.lanes[&(from, *to)]).into_iter().map(|(_, amount)| amount).collect();
            let expected = book.chan.get(&from).cloned().unwrap_or_default();
            found += expected.len();
            assert_eq!(amounts, expected, "seed {seed}: the channel c{from}{to}");
        }
    }
    net.script.settle();
    found
}

/// What happened in one process, as the test saw it.
#[derive(Default)]
struct History {
    sent: Vec<MessageId>,
    received: Vec<MessageId>,
    /// How many of each came before the cuts, by round.
    cuts: BTreeMap<Epoch, (usize, usize)>,
}

/// A run over channels that reorder, with one or more rounds.
struct Run {
    snapshots: BTreeMap<Epoch, Snapshot>,
    histories: BTreeMap<u64, History>,
}

fn run(seed: u64) -> Run {
    let mut random = Random::new(seed);
    let n = 2 + random.below(3) as u64;
    let mut script = Script::new(n);
    let mut histories: BTreeMap<u64, History> = (1..=n).map(|i| (i, History::default())).collect();
    let (mut lanes, mut wire) = (BTreeMap::new(), Vec::<(u64, Stamp)>::new());
    for from in 1..=n {
        script.earn(from, 100);
        for to in (1..=n).filter(|to| *to != from) {
            lanes.insert((from, to), script.lane(from, to, Order::Unordered));
        }
    }
    fn note(script: &mut Script, histories: &mut BTreeMap<u64, History>, n: u64, before: Epoch) {
        let now = script.p(n).epoch();
        let history = histories.get_mut(&n).unwrap();
        for round in before.0 + 1..=now.0 {
            history.cuts.insert(Epoch(round), (history.sent.len(), history.received.len()));
        }
    }
    for _ in 0..60 {
        let actor = 1 + random.below(n as usize) as u64;
        let before = script.p(actor).epoch();
        match random.below(10) {
            0..=3 => {
                let to = 1 + (actor + random.below(n as usize - 1) as u64) % n;
                let sent = script.pay(actor, lanes[&(actor, to)], 1);
                histories.get_mut(&actor).unwrap().sent.push(sent.stamp.id);
                wire.push((to, sent.stamp));
            }
            4..=6 if !wire.is_empty() => {
                let (to, stamp) = wire.swap_remove(random.below(wire.len()));
                let before = script.p(to).epoch();
                script.collect(to, &stamp, 1);
                note(&mut script, &mut histories, to, before);
                histories.get_mut(&to).unwrap().received.push(stamp.id);
            }
            7 => {
                script.up(actor);
            }
            8 => {
                script.down(actor);
                note(&mut script, &mut histories, actor, before);
            }
            9 if random.chance(40) => drop(script.request(Some(actor))),
            _ => {}
        }
    }
    // One round at least; nothing is sent or received while the rest settles.
    let before: Vec<Epoch> = (1..=n).map(|i| script.p(i).epoch()).collect();
    script.settle();
    script.round();
    for (i, before) in (1..=n).zip(before) {
        note(&mut script, &mut histories, i, before);
    }
    let snapshots = script.ended.iter().map(|r| (r.epoch, complete(r).snapshot().clone())).collect();
    Run { snapshots, histories }
}

/// The theorem of the notes by itself: whether `W[i] = V_i[i]` for every i.
fn theorem(snapshot: &Snapshot) -> bool {
    let clock = |state: &MemberState| state.cut().unwrap().clock.clone().expect("verification mode");
    let clocks: BTreeMap<Incarnation, _> =
        snapshot.members.iter().map(|(i, m)| (*i, clock(&m.state))).collect();
    clocks.iter().all(|(i, own)| clocks.values().map(|v| v.get(*i)).max() == Some(own.get(*i)))
}

/// Whether, with each process cut where it was for the given round, a message was received before a cut and
/// sent after the sender's: from the histories alone.
fn received_but_not_sent(run: &Run, cuts: &BTreeMap<u64, Epoch>) -> bool {
    let inside: Vec<(&[MessageId], &[MessageId])> = cuts
        .iter()
        .map(|(n, round)| {
            let history = &run.histories[n];
            let (sent, received) = history.cuts.get(round).copied().expect("every round was cut");
            (&history.sent[..sent], &history.received[..received])
        })
        .collect();
    inside
        .iter()
        .flat_map(|(_, received)| received.iter())
        .any(|m| !inside.iter().any(|(s, _)| s.contains(m)))
}

/// `W[i] = V_i[i]` holds for every cut that was produced. With one process's cut taken from another round, it
/// holds exactly if no message was received and not sent.
#[test]
fn the_theorem_of_the_notes() {
    let (mut produced, mut consistent, mut inconsistent) = (0, 0, 0);
    for seed in 0..1_500 {
        let run = run(seed);
        for (&round, snapshot) in &run.snapshots {
            let cuts: BTreeMap<u64, Epoch> = run.histories.keys().map(|n| (*n, round)).collect();
            assert!(theorem(snapshot), "seed {seed}, round {round}");
            assert!(!received_but_not_sent(&run, &cuts), "seed {seed}, round {round}");
            produced += 1;
            for (&other, from) in run.snapshots.iter().filter(|(other, _)| **other != round) {
                for &n in run.histories.keys() {
                    let mut cuts = cuts.clone();
                    cuts.insert(n, other);
                    let mut shifted = snapshot.clone();
                    shifted.members.insert(Incarnation(n), from.members[&Incarnation(n)].clone());
                    // Colours would tell the shift at once; the theorem must do without them.
                    shifted.epoch = Epoch(u64::MAX);
                    let wrong = received_but_not_sent(&run, &cuts);
                    assert_eq!(theorem(&shifted), !wrong, "seed {seed}: p{n} of {other} in {round}");
                    let found = match ConsistentCut::check(shifted) {
                        Ok(_) => false,
                        Err(faults) => faults.iter().any(|f| matches!(f, Inconsistency::Clock { .. })),
                    };
                    assert_eq!(found, wrong, "seed {seed}: the check of p{n} of {other} in {round}");
                    if wrong { inconsistent += 1 } else { consistent += 1 }
                }
            }
        }
    }
    println!("{produced} cuts; shifted: {consistent} consistent, {inconsistent} not");
    assert!(produced > 1_000 && consistent > 500 && inconsistent > 500, "vacuous");
}
