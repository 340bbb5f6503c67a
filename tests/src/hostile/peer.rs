//! A process among hostile peers, with a hostile server.

use super::bytes::Bytes;
use std::collections::{BTreeMap, BTreeSet};
use stillpoint_proto::cut::LaneEnd;
use stillpoint_proto::id::{
    DeploymentId, Epoch, Handle, Incarnation, LaneId, LaneRef, MessageId, ProcessName,
};
use stillpoint_proto::lane::ReceivingEnd;
use stillpoint_proto::participant::{Act, Config, Participant, Received};
use stillpoint_proto::session::{FromAgent, Rejection, RoundEnd, ToAgent};
use stillpoint_proto::stamp::{Ack, Marker, Stamp};

const DEPLOYMENT: DeploymentId = DeploymentId(7);
const SELF: Incarnation = Incarnation(1);
/// How much is done for one input.
const STEPS: usize = 256;

/// *Feeds* a participant, which sends on lanes of its own, any stamps and markers and anything that a server may say.
///
/// *Must hold*: the application gets its message: what follows from it is recorded, unless it came before, and a second
/// copy is known for one, unless the server has said that the lane is over. The epoch never falls, and rises by a message
/// only as far as the server has admitted. Nothing makes the process contradict itself. What it keeps is bounded by what
/// it was sent.
pub fn peer(data: &[u8]) {
    let Ok(name) = ProcessName::new("p1") else { return };
    let config = Config { log_limit: 4, outbox_limit: 8, ..Config::new(DEPLOYMENT, name, SELF) };
    let mut stage = Stage {
        bytes: Bytes::new(data),
        process: Participant::new(config),
        lanes: Vec::new(),
        admitted: Epoch::ZERO,
        recorded: BTreeSet::new(),
        received: BTreeSet::new(),
        over: BTreeSet::new(),
        floors: BTreeMap::new(),
        left: false,
    };
    let connected = stage.process.connect();
    assert!(matches!(connected, FromAgent::Hello(_)));
    for _ in 0..STEPS {
        if stage.bytes.is_empty() {
            break;
        }
        stage.step();
    }
    stage.cut_at_last();
}

struct Stage<'a> {
    bytes: Bytes<'a>,
    process: Participant,
    lanes: Vec<LaneId>,
    /// As far as stamps may raise the epoch.
    admitted: Epoch,
    /// What must be recorded.
    recorded: BTreeSet<Handle>,
    /// What has come.
    received: BTreeSet<MessageId>,
    /// Lanes that are over, if the server is to be believed.
    over: BTreeSet<LaneRef>,
    /// Below these numbers everything is settled, as stamps have said.
    floors: BTreeMap<LaneRef, u64>,
    left: bool,
}

impl Stage<'_> {
    fn step(&mut self) {
        let before = self.process.epoch();
        match self.bytes.below(8) {
            0 | 1 => self.stamp(),
            2 => self.marker(),
            3 => self.server_says(),
            4 => self.own_lane(),
            5 => self.settle_own(),
            6 => self.reports(),
            _ => self.send(),
        }
        assert!(self.process.epoch() >= before, "the epoch falls");
        assert!(self.process.epoch() <= self.admitted, "raised to {:?}", self.process.epoch());
    }

    fn own(&mut self) -> LaneId {
        if self.lanes.is_empty() { LaneId(1) } else { self.bytes.of(&self.lanes) }
    }

    /// A lane of this process, or any.
    fn any_lane(&mut self) -> LaneRef {
        if self.bytes.flag() { LaneRef { process: SELF, lane: self.own() } } else { self.bytes.lane() }
    }

    fn stamp(&mut self) {
        let id = self.bytes.message();
        let acks = (0..self.bytes.below(3))
            .map(|_| Ack { lane: self.any_lane(), received: self.bytes.numbers(u64::MAX) })
            .collect();
        let bytes = &mut self.bytes;
        let stamp = Stamp {
            deployment: if bytes.seldom(16) { DeploymentId(bytes.number()) } else { DEPLOYMENT },
            id,
            epoch: bytes.epoch(),
            heard: bytes.heard(),
            floor: bytes.number().clamp(1, id.seq),
            acks,
            clock: None,
        };
        let handle = self.process.mint();
        let got = self.process.receive(&stamp, vec![Act::Insert(handle, self.bytes.fact())]);
        let before = self.received.contains(&id);
        let settled = self.floors.get(&id.lane).is_some_and(|floor| id.seq < *floor);
        match got {
            Received::Duplicate => assert!(before || settled, "{id} is new, and taken for a second copy"),
            Received::New | Received::Late | Received::Refused => {
                assert!(
                    !before || self.over.contains(&id.lane),
                    "{id} has come before, and is taken for {got:?}"
                );
                self.received.insert(id);
                self.recorded.insert(handle);
            }
            Received::Foreign => {
                assert!(stamp.deployment != DEPLOYMENT, "{id} is taken for foreign");
                self.recorded.insert(handle);
                return;
            }
        }
        let floor = self.floors.entry(id.lane).or_default();
        *floor = (*floor).max(stamp.floor.min(id.seq));
    }

    /// Cuts once more, and compares what is there with what must be.
    fn cut_at_last(&mut self) {
        let epoch = self.process.epoch().next();
        if self.left || epoch == self.process.epoch() {
            return;
        }
        self.process.handle(ToAgent::Cut { epoch, window: epoch });
        let there: BTreeSet<Handle> = self.process.last_cut().facts.keys().copied().collect();
        assert_eq!(there, self.recorded, "what is recorded is not what follows from what came");
    }

    fn marker(&mut self) {
        let bytes = &mut self.bytes;
        let (lane, epoch, sent) = (bytes.lane(), bytes.epoch(), bytes.number());
        self.process.receive_marker(&Marker { deployment: DEPLOYMENT, lane, epoch, sent, clock: None });
    }

    /// What the server says it has given out is what is admitted.
    fn server_says(&mut self) {
        let bytes = &mut self.bytes;
        let message = match bytes.below(8) {
            0 | 1 => {
                let (given, window) = (bytes.epoch(), bytes.epoch());
                self.admitted = self.admitted.max(given).max(window);
                ToAgent::Welcome { version: 1, given, window, known: bytes.maybe(Bytes::epoch) }
            }
            2 => {
                let (epoch, window) = (bytes.epoch(), bytes.epoch());
                self.admitted = self.admitted.max(epoch).max(window);
                ToAgent::Cut { epoch, window }
            }
            3 => ToAgent::Reported(bytes.epoch()),
            4 => ToAgent::Resync,
            5 => ToAgent::Rejected(Rejection::OutOfOrder),
            _ => {
                let end = self.round_end();
                self.over.extend(&end.retired);
                ToAgent::Ended(end)
            }
        };
        self.process.handle(message);
        if self.bytes.seldom(16) {
            self.process.disconnect();
            self.process.connect();
        }
    }

    fn round_end(&mut self) -> RoundEnd {
        let epoch = if self.bytes.flag() { self.bytes.epoch() } else { self.process.epoch() };
        RoundEnd {
            epoch,
            received: self.some(|s| (s.own(), s.bytes.process(), s.bytes.numbers(u64::MAX))),
            lost: self.some(|s| (s.own(), s.bytes.numbers(u64::MAX))),
            tombstones: self.some(|s| (s.bytes.lane(), s.bytes.numbers(u64::MAX))),
            expired: self.some(|s| (s.own(), s.bytes.numbers(u64::MAX))),
            dead: self.some(|s| (s.bytes.process(), s.bytes.epoch())),
            retired: self.some(|s| s.bytes.lane()),
        }
    }

    fn some<T>(&mut self, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.bytes.below(3)).map(|_| make(self)).collect()
    }

    fn own_lane(&mut self) {
        if self.lanes.len() < 8 {
            let (end, order) = (self.bytes.end(), self.bytes.order());
            self.lanes.push(self.process.open(end, order));
        }
        if self.bytes.flag() {
            let (ours, theirs) = (self.own(), self.bytes.lane());
            // It may have been retired.
            let _ = self.process.pair(ours, theirs);
        }
    }

    fn settle_own(&mut self) {
        let (lane, seq) = (self.own(), 1 + self.bytes.below(8));
        let numbers = self.bytes.numbers(16);
        let theirs = self.bytes.lane();
        // It may have been retired.
        match self.bytes.below(8) {
            0 => drop(self.process.void(lane, seq, Vec::new())),
            1 => drop(self.process.doubt(lane, seq)),
            2 => drop(self.process.expire(lane, &numbers)),
            3 => drop(self.process.close(lane)),
            4 => self.process.lane_ended(theirs),
            5 => self.process.peer_ended(theirs.process, Epoch(seq)),
            6 if self.bytes.seldom(8) && !self.left => {
                self.left = true;
                self.process.leave();
                self.admitted = self.admitted.max(self.process.epoch());
            }
            _ => drop(self.process.due_marker(lane)),
        }
    }

    fn send(&mut self) {
        let lane = self.own();
        let carried = self.bytes.annotations();
        // It may have been retired.
        if let Ok(sent) = self.process.send(lane, carried, Vec::new()) {
            let text = sent.stamp.to_string();
            assert!(text.len() <= Stamp::ASCII_LIMIT, "a stamp of {} bytes: {text}", text.len());
            assert_eq!(text.parse(), Ok(sent.stamp), "its own stamps can be read");
        }
    }

    /// What is said to the server.
    fn reports(&mut self) {
        while let Some(said) = self.process.poll() {
            assert!(!matches!(said, FromAgent::Faulty(_)), "made to contradict itself: {said:?}");
        }
        let cut = self.process.last_cut();
        let all = cut.facts.keys().all(|handle| self.recorded.contains(handle));
        assert!(all, "more is recorded than follows from what came: {:?}", cut.facts);
        let lanes = cut.receiving.len();
        assert!(lanes <= ReceivingEnd::LANES, "{lanes} lanes");
        for (lane, sending) in &cut.sending {
            let to_one = matches!(sending.to, LaneEnd::Peer(_));
            assert!(!to_one || sending.settled_by.len() <= STEPS, "{lane:?}");
        }
    }
}
