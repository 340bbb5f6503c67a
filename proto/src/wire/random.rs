//! Random values of the vocabulary, reproducible from a seed: anything that a process might record, whether or
//! not it makes sense together.

use super::session::{FromServer, OutcomeKind, VerdictNotice, VerdictState};
use crate::clock::VectorClock;
use crate::cut::{
    Annotations, Delta, LaneEnd, Order, ProcessCut, Receiving, Recorded, Sending, SendingDelta,
};
use crate::fact::{
    Annotation, Awaited, Creation, Fact, Grip, Hold, Location, Millis, Object, Permits, Pin, Queued, Reads,
    Reference, Resolution, Resource, ResourceName, Serving, Target, Task, Token, Wait, Waker,
};
use crate::fold::{Piece, Report};
use crate::id::{
    DeploymentId, Epoch, Global, Handle, Incarnation, LaneId, LaneRef, MessageId, ObjectId, ProcessName,
    ResourceId, TargetId, TaskId, TaskRef, Text, WaitId,
};
use crate::lane::Recording;
use crate::ranges::RangeSet;
use crate::session::{FromAgent, Hello, Notice, Rejection, RoundEnd, ToAgent};
use crate::snapshot::{Absence, Assumption, Cause, Member, MemberState, Snapshot};
use crate::verdict::{
    Certificate, Deadlock, Doubt, Edge, GarbageGroup, Mark, Outcome, Property, Reason, Refutation, Shape,
    Stuck, StuckWait, Verdict,
};
use std::sync::Arc;

/// A source of random values.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Random(seed)
    }

    /// splitmix64 (Steele, Lea, Flood 2014).
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    /// A number: mostly small, sometimes at the end of its range.
    fn number(&mut self) -> u64 {
        match self.below(8) {
            0 => u64::MAX,
            1 => self.next(),
            2 => 0,
            _ => self.below(100),
        }
    }

    fn small(&mut self) -> u32 {
        if self.below(9) == 0 { u32::MAX } else { u32::try_from(self.below(50)).unwrap() }
    }

    fn flag(&mut self) -> bool {
        self.below(2) == 0
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.flag().then(|| make(self))
    }

    fn several<T, C: FromIterator<T>>(&mut self, mut make: impl FnMut(&mut Self) -> T) -> C {
        let n = self.below(4);
        (0..n).map(|_| make(self)).collect()
    }

    fn text(&mut self) -> Text {
        Text::new(
            ["", "a", "db1/accounts/17", "ünïcode \"quoted\"\n", &"x".repeat(256)][self.below(5) as usize],
        )
    }

    fn name(&mut self) -> ProcessName {
        ProcessName::new(["orders-1", "x", &"~".repeat(128)][self.below(3) as usize]).unwrap()
    }

    fn sum(&mut self) -> i128 {
        [0, -1, i128::MAX, i128::MIN, 42][self.below(5) as usize]
    }

    fn amount(&mut self) -> i64 {
        [-1, 1, i64::MAX, i64::MIN][self.below(4) as usize]
    }

    fn millis(&mut self) -> Millis {
        Millis(self.number())
    }

    fn location(&mut self) -> Location {
        Location { file: self.text(), line: self.small() }
    }

    fn process(&mut self) -> Incarnation {
        Incarnation(self.number())
    }

    fn handle(&mut self) -> Handle {
        Handle(self.number())
    }

    fn global<T>(&mut self, of: fn(u64) -> T) -> Global<T> {
        Global::new(self.process(), of(self.number()))
    }

    fn task(&mut self) -> TaskRef {
        self.global(TaskId::of)
    }

    fn lane(&mut self) -> LaneRef {
        LaneRef { process: self.process(), lane: LaneId(self.small()) }
    }

    fn message(&mut self) -> MessageId {
        MessageId { lane: self.lane(), seq: self.number().max(1) }
    }

    /// Numbers from `low` to `high`, in ranges.
    fn ranges(&mut self, low: u64, high: u64) -> RangeSet {
        let mut set = RangeSet::new();
        for _ in 0..self.below(4) {
            if low <= high {
                let first = low + self.next() % (high - low).saturating_add(1);
                set.insert_range(first, first.saturating_add(self.below(3)).min(high));
            }
        }
        set
    }

    fn fact(&mut self) -> Fact {
        match self.below(14) {
            0 => Fact::Task(Task {
                label: self.text(),
                location: self.location(),
                parent: self.maybe(|r| TaskId::of(r.number())),
                weight: self.small(),
                since: self.millis(),
            }),
            1 => Fact::Serving(Serving { task: TaskId::of(self.number()), request: self.message() }),
            2 => Fact::Wait(Wait {
                task: TaskId::of(self.number()),
                need: self.small(),
                of: self.small(),
                since: self.millis(),
                deadline: self.maybe(Self::millis),
                location: self.location(),
            }),
            3 => Fact::Target(Target { wait: WaitId::of(self.number()), on: self.awaited() }),
            4 => Fact::Reads(Reads { task: TaskId::of(self.number()), lane: self.lane() }),
            5 => Fact::Resource(Resource {
                key: self.maybe(Self::text),
                label: self.text(),
                capacity: self.maybe(Self::number),
                closed: self.flag(),
                fair: self.flag(),
                local: self.flag(),
            }),
            6 => Fact::Permits(Permits { resource: ResourceId::of(self.number()), units: self.number() }),
            7 => Fact::Queued(Queued {
                resource: ResourceId::of(self.number()),
                ticket: self.number(),
                waiter: self.resolution(),
            }),
            8 => Fact::Hold(Hold {
                resource: self.resource(),
                task: self.maybe(|r| TaskId::of(r.number())),
                grip: self.grip(),
                since: self.millis(),
            }),
            9 => Fact::Creation(Creation { label: self.text(), allow_loss: self.flag() }),
            10 => Fact::Token(Token { computation: self.global(crate::id::ComputationId::of) }),
            11 => Fact::Object(Object { label: self.text(), size: self.number() }),
            12 => Fact::Pin(Pin { object: ObjectId::of(self.number()) }),
            _ => Fact::Reference(Reference {
                from: self.maybe(|r| ObjectId::of(r.number())),
                to: self.global(ObjectId::of),
            }),
        }
    }

    fn awaited(&mut self) -> Awaited {
        match self.below(5) {
            0 => Awaited::Task(self.task()),
            1 => Awaited::Resource {
                resource: self.resource(),
                grip: self.grip(),
                request: self.maybe(Self::message),
            },
            2 => Awaited::Call(self.message()),
            3 => Awaited::Receive { wakers: self.several(Self::waker), closed: self.flag() },
            _ => Awaited::External,
        }
    }

    fn waker(&mut self) -> Waker {
        match self.below(3) {
            0 => Waker::Task(self.task()),
            1 => Waker::Process(self.process()),
            _ => Waker::Lane(self.lane()),
        }
    }

    fn resource(&mut self) -> ResourceName {
        if self.flag() {
            ResourceName::Owned(self.global(ResourceId::of))
        } else {
            ResourceName::Keyed(self.text())
        }
    }

    fn grip(&mut self) -> Grip {
        if self.flag() { Grip::Shared(self.number()) } else { Grip::Exclusive }
    }

    fn resolution(&mut self) -> Resolution {
        if self.flag() {
            Resolution::Target(self.global(TargetId::of))
        } else {
            Resolution::Request(self.message())
        }
    }

    fn annotation(&mut self) -> Annotation {
        match self.below(6) {
            0 => Annotation::Token(self.global(crate::id::ComputationId::of)),
            1 => Annotation::Reference(self.global(ObjectId::of)),
            2 => Annotation::Resolves(self.resolution()),
            3 => Annotation::Grants {
                resource: self.resource(),
                grip: self.grip(),
                to: self.maybe(Self::resolution),
            },
            4 => Annotation::Releases { resource: self.resource(), grip: self.grip() },
            _ => Annotation::Amount { gauge: self.text(), amount: self.amount() },
        }
    }

    fn annotations(&mut self) -> Annotations {
        self.several(Self::annotation)
    }

    fn recorded(&mut self) -> Recorded {
        Recorded { born: Epoch(self.number()), fact: self.fact() }
    }

    fn end(&mut self) -> LaneEnd {
        match self.below(3) {
            0 => LaneEnd::Peer(self.process()),
            1 => LaneEnd::Sole,
            _ => LaneEnd::Group,
        }
    }

    fn order(&mut self) -> Order {
        if self.flag() { Order::Fifo } else { Order::Unordered }
    }

    fn clock(&mut self) -> VectorClock {
        VectorClock(self.several(|r| (r.process(), r.number())))
    }

    fn sending(&mut self) -> Sending {
        let sent = self.number();
        let mut lane = Sending::new(self.end(), self.order());
        lane.sent = sent;
        lane.collapsed = self.ranges(1, sent);
        lane.unreceived = self.ranges(1, sent);
        lane.expired = self.ranges(1, sent);
        lane.settled_by = self.several(Self::process);
        let mut outstanding = self.ranges(1, sent);
        outstanding.subtract(&lane.collapsed);
        for seq in outstanding.iter() {
            lane.log(seq, self.annotations());
            if self.flag() {
                lane.doubtful.insert(seq);
            }
        }
        lane
    }

    fn receiving(&mut self) -> Receiving {
        let floor = self.number();
        Receiving {
            received: self.ranges(floor.max(1), u64::MAX),
            floor,
            latest: Epoch(self.number()),
            ended: self.flag(),
            tombstones: self.ranges(floor.max(1), u64::MAX),
            disordered: self.maybe(Self::number),
        }
    }

    fn cut(&mut self) -> Arc<ProcessCut> {
        Arc::new(ProcessCut {
            facts: self.several(|r| (r.handle(), r.recorded())),
            gauges: self.several(|r| (r.text(), r.amount())),
            sending: self.several(|r| (LaneId(r.small()), Arc::new(r.sending()))),
            // None of the lanes above.
            retired: self.ranges(1 << 32, u64::MAX),
            met: self.several(Self::process),
            receiving: self.several(|r| (r.lane(), r.receiving())),
            ended_peers: self.several(|r| (r.process(), r.epoch())),
            unstamped: self.number(),
            clock: self.maybe(Self::clock),
            at: self.millis(),
        })
    }

    fn absence(&mut self) -> Absence {
        match self.below(5) {
            0 => Absence::Silent,
            1 => Absence::Disconnected,
            2 => Absence::Void,
            3 => Absence::GaveUp,
            _ => Absence::Fault(self.text()),
        }
    }

    fn member(&mut self) -> Member {
        let state = match self.below(6) {
            0 => MemberState::Left { last: self.cut(), since: Epoch(self.number()) },
            1 => MemberState::Lost {
                certain: self.flag(),
                last: self.maybe(Self::cut),
                since: Epoch(self.number()),
            },
            2 => MemberState::Absent(self.absence()),
            _ => MemberState::Present(self.cut()),
        };
        Member { name: self.name(), state }
    }

    pub(super) fn snapshot(&mut self) -> Snapshot {
        let epoch = self.number();
        Snapshot {
            deployment: DeploymentId(self.number()),
            epoch: Epoch(epoch),
            confirmed: Epoch(if epoch == 0 { 0 } else { self.below(epoch) }),
            members: self.several(|r| (r.process(), r.member())),
        }
    }

    pub(super) fn delta(&mut self) -> Delta {
        let inserted: std::collections::BTreeMap<_, _> = self.several(|r| (r.handle(), r.recorded()));
        let mut removed: std::collections::BTreeSet<_> = self.several(Self::handle);
        removed.retain(|h| !inserted.contains_key(h));
        Delta {
            inserted,
            removed,
            gauges: self.several(|r| (r.text(), r.amount())),
            sending: self.several(|r| (LaneId(r.small()), r.sending_delta())),
            retired: self.ranges(1, u64::MAX),
            met: self.several(Self::process),
            receiving: self.several(|r| (r.lane(), r.receiving())),
            crossed: self.several(|r| (r.lane(), r.ranges(1, u64::MAX))),
            forgotten: self.several(Self::lane),
            ended_peers: self.several(|r| (r.process(), r.epoch())),
            unstamped: self.number(),
            clock: self.maybe(Self::clock),
        }
    }

    fn sending_delta(&mut self) -> SendingDelta {
        let sent = self.number();
        let added = self.ranges(1, sent);
        SendingDelta {
            lane: self.maybe(|r| (r.end(), r.order())),
            sent,
            annotations: added.iter().map(|seq| (seq, self.annotations())).collect(),
            added,
            settled: self.ranges(1, u64::MAX),
            doubted: self.ranges(1, u64::MAX),
            collapsed: self.ranges(1, u64::MAX),
            unreceived: self.ranges(1, u64::MAX),
            expired: self.ranges(1, u64::MAX),
            settled_by: self.several(Self::process),
            floor: 0,
        }
    }

    pub(super) fn verdict(&mut self) -> Verdict {
        let outcome = match self.below(3) {
            0 => Outcome::Holds(self.certificate()),
            1 => Outcome::DoesNotHold(self.refutation()),
            _ => {
                let mut doubts: Vec<_> = self.several(Self::doubt);
                doubts.push(self.doubt());
                Outcome::Unknown(doubts)
            }
        };
        Verdict {
            deployment: DeploymentId(self.number()),
            epoch: Epoch(self.number()),
            property: self.property(),
            outcome,
            assumptions: self.several(Self::assumption),
        }
    }

    fn property(&mut self) -> Property {
        match self.below(5) {
            0 => Property::Deadlock,
            1 => Property::Termination(self.global(crate::id::ComputationId::of)),
            2 => Property::Quiescence,
            3 => Property::Garbage,
            _ => Property::Conservation { gauge: self.text(), expected: self.sum() },
        }
    }

    fn certificate(&mut self) -> Certificate {
        match self.below(4) {
            0 => Certificate::Deadlock(self.deadlock()),
            1 => Certificate::Terminated { label: self.text(), with_loss: self.flag() },
            2 => Certificate::Garbage(self.several(|r| GarbageGroup {
                objects: r.several(|r| r.global(ObjectId::of)),
                cyclic: r.flag(),
                size: r.number(),
            })),
            _ => Certificate::Sum(self.sum()),
        }
    }

    fn deadlock(&mut self) -> Deadlock {
        Deadlock {
            members: self.several(Self::stuck),
            shape: match self.below(3) {
                0 => Shape::Cycle(self.several(Self::edge)),
                1 => Shape::Knot(self.several(Self::edge)),
                _ => Shape::Abandoned,
            },
            behind: self.several(Self::task),
            victims: self.several(Self::task),
            holds_until: self.several(|r| (r.process(), r.millis())),
            messages: self.several(Self::message),
        }
    }

    fn edge(&mut self) -> Edge {
        Edge { from: self.task(), to: self.task(), by: self.text() }
    }

    fn stuck(&mut self) -> Stuck {
        Stuck {
            task: self.task(),
            process: self.name(),
            label: self.text(),
            location: self.location(),
            waits: self.several(|r| StuckWait {
                wait: r.global(WaitId::of),
                since: r.millis(),
                location: r.location(),
                missing: r.small(),
                on: r.several(Self::text),
            }),
            holds: self.several(Self::text),
        }
    }

    fn refutation(&mut self) -> Refutation {
        match self.below(5) {
            0 => Refutation::ReductionOrder(self.several(Self::task)),
            1 => Refutation::Token { process: self.process(), handle: self.handle() },
            2 => Refutation::Message(self.message()),
            3 => Refutation::Marked(self.several(|r| Mark {
                object: r.global(ObjectId::of),
                via: r.maybe(|r| r.global(ObjectId::of)),
            })),
            _ => Refutation::Sum(self.sum()),
        }
    }

    fn cause(&mut self) -> Cause {
        use Cause::{Collapsed, ReceivedOutside, SenderAbsent, SenderLost, Stranger};
        [Collapsed, ReceivedOutside, SenderAbsent, SenderLost, Stranger][self.below(5) as usize]
    }

    fn doubt(&mut self) -> Doubt {
        let (process, handle) = (self.process(), self.handle());
        let reason = match self.below(20) {
            0 => Reason::Absent(process, self.absence()),
            1 => Reason::Lost { process, certain: self.flag() },
            2 => Reason::Stranger(process),
            3 => Reason::UnknownContent(process, self.cause()),
            4 => Reason::Unread(self.message()),
            5 => Reason::Doubtful(self.message()),
            6 => Reason::Hidden(self.message()),
            7 => Reason::GroupCopy(self.message()),
            8 => Reason::Unserved(self.message()),
            9 => Reason::OpenReceive(self.global(WaitId::of)),
            10 => Reason::OpenResource(self.text()),
            11 => Reason::UnknownCapacity(self.text()),
            12 => Reason::UnboundHold { process, handle },
            13 => Reason::OrphanedHold { process, handle },
            14 => Reason::UnconfirmedHold { process, handle },
            15 => Reason::RunningBranch(self.task()),
            16 => Reason::Undecided(self.task()),
            17 => Reason::Withheld(self.text()),
            18 => Reason::UnseenHolder(self.text()),
            _ => Reason::NoCreation(self.global(crate::id::ComputationId::of)),
        };
        Doubt { task: self.maybe(Self::task), reason }
    }

    fn report(&mut self) -> Report {
        let piece = Piece {
            from: self.epoch(),
            to: self.epoch(),
            delta: self.delta(),
            at: self.millis(),
            checksum: self.number(),
            heard: (0..self.below(3)).map(|_| self.epoch()).collect(),
        };
        Report { base: self.maybe(Self::epoch), piece }
    }

    fn epoch(&mut self) -> Epoch {
        Epoch(self.number())
    }

    pub(super) fn agent_says(&mut self) -> FromAgent {
        match self.below(10) {
            0 => FromAgent::Hello(Hello {
                name: self.name(),
                incarnation: self.process(),
                deployment: DeploymentId(self.number()),
                versions: self.versions(),
                epoch: self.epoch(),
            }),
            1 => FromAgent::Goodbye(self.report()),
            2 => FromAgent::Recorded(
                self.lane(),
                Recording {
                    from: self.epoch(),
                    to: self.epoch(),
                    by_epoch: self.several(|r| (r.epoch(), r.ranges(1, u64::MAX))),
                },
            ),
            3 => FromAgent::Request,
            4 => FromAgent::Notice(match self.below(4) {
                0 => Notice::Refused { from: self.process(), epoch: self.epoch() },
                1 => Notice::Late(self.message()),
                2 => Notice::Redelivered(self.message()),
                _ => Notice::Dropped(self.number()),
            }),
            5 => FromAgent::Faulty(self.text()),
            _ => FromAgent::Report(self.report()),
        }
    }

    fn versions(&mut self) -> (u32, u32) {
        let (a, b) = (self.small(), self.small());
        (a.min(b), a.max(b))
    }

    pub(super) fn server_says(&mut self) -> FromServer {
        match self.below(9) {
            0 => FromServer::Heartbeat,
            1 | 2 => FromServer::Verdict(VerdictNotice {
                id: format!("v{}", self.number()).as_str().into(),
                state: [VerdictState::Open, VerdictState::Holding, VerdictState::Ended]
                    [self.below(3) as usize],
                property: self.property(),
                outcome: [OutcomeKind::Holds, OutcomeKind::DoesNotHold, OutcomeKind::Unknown]
                    [self.below(3) as usize],
                members: self.several(Self::stuck),
                victims: self.several(Self::task),
                objects: self.several(|r| r.global(ObjectId::of)),
            }),
            _ => FromServer::Protocol(self.protocol_says()),
        }
    }

    fn protocol_says(&mut self) -> ToAgent {
        match self.below(8) {
            0 => ToAgent::Welcome {
                version: self.small(),
                given: self.epoch(),
                window: self.epoch(),
                known: self.maybe(Self::epoch),
            },
            1 | 2 => ToAgent::Rejected(self.rejection()),
            3 => ToAgent::Cut { epoch: self.epoch(), window: self.epoch() },
            4 => ToAgent::Reported(self.epoch()),
            5 => ToAgent::Resync,
            _ => ToAgent::Ended(RoundEnd {
                epoch: self.epoch(),
                received: self.several(|r| (LaneId(r.small()), r.process(), r.ranges(1, u64::MAX))),
                lost: self.several(|r| (LaneId(r.small()), r.ranges(1, u64::MAX))),
                tombstones: self.several(|r| (r.lane(), r.ranges(1, u64::MAX))),
                expired: self.several(|r| (LaneId(r.small()), r.ranges(1, u64::MAX))),
                dead: self.several(|r| (r.process(), r.epoch())),
                retired: self.several(Self::lane),
            }),
        }
    }

    fn rejection(&mut self) -> Rejection {
        match self.below(7) {
            0 => Rejection::Deployment {
                here: DeploymentId(self.number()),
                there: DeploymentId(self.number()),
            },
            1 => Rejection::Version { agent: self.versions() },
            2 => Rejection::NameTaken { name: self.name(), holder: self.process() },
            3 => Rejection::IncarnationUsed(self.process()),
            4 => Rejection::EpochOutOfRange(self.epoch()),
            5 => Rejection::OutOfOrder,
            _ => Rejection::ImpossibleReport { from: self.epoch(), to: self.epoch() },
        }
    }

    fn assumption(&mut self) -> Assumption {
        match self.below(5) {
            0 => Assumption::PresumedDead(self.process()),
            1 => Assumption::Unstamped(self.process()),
            2 => Assumption::Expired(self.lane(), self.ranges(1, u64::MAX)),
            3 => Assumption::NoRedelivery(self.lane()),
            _ => Assumption::ClosedWakers(self.global(WaitId::of)),
        }
    }
}
