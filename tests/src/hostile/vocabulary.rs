//! Facts, changes and states chosen by bytes: few names, so that they refer to each other, and some that are nobody's.

use super::bytes::Bytes;
use std::sync::Arc;
use stillpoint_proto::clock::VectorClock;
use stillpoint_proto::cut::{
    Annotations, Delta, LaneEnd, Order, ProcessCut, Receiving, Recorded, Sending, SendingDelta,
};
use stillpoint_proto::fact::{
    Annotation, Awaited, Creation, Fact, Grip, Hold, Location, Millis, Object, Permits, Pin, Queued, Reads,
    Reference, Resolution, Resource, ResourceName, Serving, Target, Task, Token, Wait, Waker,
};
use stillpoint_proto::id::{
    ComputationId, ComputationRef, Epoch, Global, Handle, Incarnation, LaneId, LaneRef, MessageId, ObjectId,
    ResourceId, TargetId, TaskId, Text, WaitId,
};
use stillpoint_proto::ranges::RangeSet;
use stillpoint_proto::refused::Refused;

/// How many handles a process mints.
const HANDLES: u64 = 24;

impl Bytes<'_> {
    /// A process: mostly one of the first four.
    pub fn process(&mut self) -> Incarnation {
        if self.seldom(16) { Incarnation(self.number()) } else { Incarnation(1 + self.below(4)) }
    }

    /// A handle of a process.
    pub fn handle(&mut self) -> Handle {
        if self.seldom(32) { Handle(self.number()) } else { Handle(1 + self.below(HANDLES)) }
    }

    fn global<T>(&mut self, of: fn(Handle) -> T) -> Global<T> {
        Global::new(self.process(), of(self.handle()))
    }

    /// A lane of a process.
    pub fn lane_id(&mut self) -> LaneId {
        LaneId(if self.seldom(32) { u32::MAX } else { u32::try_from(1 + self.below(3)).unwrap_or(1) })
    }

    /// A lane as everybody names it.
    pub fn lane(&mut self) -> LaneRef {
        LaneRef { process: self.process(), lane: self.lane_id() }
    }

    /// A message.
    pub fn message(&mut self) -> MessageId {
        MessageId { lane: self.lane(), seq: self.number().max(1) }
    }

    /// An epoch.
    pub fn epoch(&mut self) -> Epoch {
        Epoch(self.number())
    }

    /// Epochs that somebody has heard of; mostly none.
    pub fn heard(&mut self) -> Refused {
        if self.seldom(4) { self.several(3, Self::epoch) } else { Refused::new() }
    }

    /// A short text, of which some are hard to show.
    pub fn text(&mut self) -> Text {
        Text::new(["", "a", "b", "db1/accounts/17", "\u{1b}[2J\"\n\u{202e}"][self.below(5) as usize])
    }

    fn millis(&mut self) -> Millis {
        Millis(self.number())
    }

    fn location(&mut self) -> Location {
        Location { file: self.text(), line: u32::from(self.byte()) }
    }

    /// A set of numbers from 1 to `last`.
    pub fn numbers(&mut self, last: u64) -> RangeSet {
        let mut set = RangeSet::new();
        for _ in 0..self.below(4) {
            let first = self.number().clamp(1, last.max(1));
            let length = if self.seldom(8) { self.number() } else { self.below(4) };
            if first <= last {
                set.insert_range(first, first.saturating_add(length).min(last));
            }
        }
        set
    }

    /// The name of a resource.
    pub fn resource(&mut self) -> ResourceName {
        if self.flag() {
            ResourceName::Owned(self.global(ResourceId))
        } else {
            ResourceName::Keyed(self.text())
        }
    }

    fn grip(&mut self) -> Grip {
        if self.flag() { Grip::Shared(self.number()) } else { Grip::Exclusive }
    }

    fn resolution(&mut self) -> Resolution {
        if self.flag() {
            Resolution::Target(self.global(TargetId))
        } else {
            Resolution::Request(self.message())
        }
    }

    fn waker(&mut self) -> Waker {
        match self.below(3) {
            0 => Waker::Task(self.global(TaskId)),
            1 => Waker::Process(self.process()),
            _ => Waker::Lane(self.lane()),
        }
    }

    fn awaited(&mut self) -> Awaited {
        match self.below(6) {
            0 | 1 => Awaited::Task(self.global(TaskId)),
            2 => Awaited::Resource {
                resource: self.resource(),
                grip: self.grip(),
                request: self.maybe(Self::message),
            },
            3 => Awaited::Call(self.message()),
            4 => Awaited::Receive { wakers: self.several(3, Self::waker), closed: self.flag() },
            _ => Awaited::External,
        }
    }

    /// A computation.
    pub fn computation(&mut self) -> ComputationRef {
        self.global(ComputationId)
    }

    /// A fact whose owner, where it has one, is `owner`.
    pub fn fact_of(&mut self, kind: u64, owner: Handle) -> Fact {
        match kind {
            0 => Fact::Task(Task {
                label: self.text(),
                location: self.location(),
                parent: self.seldom(3).then_some(TaskId(owner)),
                weight: u32::from(self.byte()),
                since: self.millis(),
            }),
            1 => Fact::Serving(Serving { task: TaskId(owner), request: self.message() }),
            2 => {
                let of = u32::from(self.byte() % 5);
                let need =
                    if self.seldom(16) { of.wrapping_add(1) } else { of.min(1 + u32::from(self.byte() % 3)) };
                Fact::Wait(Wait {
                    task: TaskId(owner),
                    need,
                    of,
                    since: self.millis(),
                    deadline: self.maybe(Self::millis),
                    location: self.location(),
                })
            }
            3 => Fact::Target(Target { wait: WaitId(owner), on: self.awaited() }),
            4 => Fact::Reads(Reads { task: TaskId(owner), lane: self.lane() }),
            5 => Fact::Resource(Resource {
                key: self.maybe(Self::text),
                label: self.text(),
                capacity: self.maybe(Self::number),
                closed: self.flag(),
                fair: self.flag(),
                local: self.flag(),
            }),
            6 => Fact::Permits(Permits { resource: ResourceId(owner), units: self.number() }),
            7 => Fact::Queued(Queued {
                resource: ResourceId(owner),
                ticket: self.number(),
                waiter: self.resolution(),
            }),
            8 => Fact::Hold(Hold {
                resource: self.resource(),
                task: self.maybe(|b| TaskId(b.handle())),
                grip: self.grip(),
                since: self.millis(),
            }),
            9 => Fact::Creation(Creation { label: self.text(), allow_loss: self.flag() }),
            10 => Fact::Token(Token { computation: self.computation() }),
            11 => Fact::Object(Object { label: self.text(), size: self.number() }),
            12 => Fact::Pin(Pin { object: ObjectId(owner) }),
            _ => Fact::Reference(Reference {
                from: self.flag().then_some(ObjectId(owner)),
                to: self.global(ObjectId),
            }),
        }
    }

    /// Any fact.
    pub fn fact(&mut self) -> Fact {
        let (kind, owner) = (self.below(14), self.handle());
        self.fact_of(kind, owner)
    }

    fn annotation(&mut self) -> Annotation {
        match self.below(6) {
            0 => Annotation::Token(self.computation()),
            1 => Annotation::Reference(self.global(ObjectId)),
            2 => Annotation::Resolves(self.resolution()),
            3 => Annotation::Grants {
                resource: self.resource(),
                grip: self.grip(),
                to: self.maybe(Self::resolution),
            },
            4 => Annotation::Releases { resource: self.resource(), grip: self.grip() },
            _ => Annotation::Amount { gauge: self.text(), amount: self.number().cast_signed() },
        }
    }

    /// What a message carries.
    pub fn annotations(&mut self) -> Annotations {
        self.several(2, Self::annotation)
    }

    fn clock(&mut self) -> VectorClock {
        VectorClock(self.several(2, |b| (b.process(), b.number())))
    }

    /// Where a lane leads.
    pub fn end(&mut self) -> LaneEnd {
        match self.below(4) {
            0 | 1 => LaneEnd::Peer(self.process()),
            2 => LaneEnd::Sole,
            _ => LaneEnd::Group,
        }
    }

    /// Whether a lane keeps its order.
    pub fn order(&mut self) -> Order {
        if self.flag() { Order::Fifo } else { Order::Unordered }
    }

    fn sending_delta(&mut self) -> SendingDelta {
        let sent = self.number();
        let mut lane = SendingDelta {
            lane: self.maybe(|b| (b.end(), b.order())),
            sent,
            added: self.numbers(sent),
            settled: self.numbers(u64::MAX),
            doubted: self.numbers(u64::MAX),
            collapsed: self.numbers(sent),
            unreceived: self.numbers(sent),
            expired: self.numbers(sent),
            settled_by: self.several(2, Self::process),
            ..SendingDelta::default()
        };
        for (first, _) in lane.added.ranges().collect::<Vec<_>>() {
            lane.annotations.insert(first, self.annotations());
        }
        lane
    }

    /// What a process says that it has received on a lane.
    pub fn receiving(&mut self) -> Receiving {
        let floor = if self.flag() { self.number() } else { 0 };
        let mut lane = Receiving {
            received: self.numbers(u64::MAX),
            floor,
            latest: if self.seldom(4) { self.epoch() } else { Epoch::ZERO },
            ended: self.flag(),
            tombstones: self.numbers(u64::MAX),
            disordered: self.seldom(8).then(|| self.number()),
        };
        lane.received.forget_below(floor.max(1));
        lane.tombstones.forget_below(floor.max(1));
        lane
    }

    /// Any changes, whether or not they make sense together.
    pub fn delta(&mut self) -> Delta {
        let inserted: std::collections::BTreeMap<_, _> =
            self.several(4, |b| (b.handle(), Recorded { born: b.epoch(), fact: b.fact() }));
        let mut removed: std::collections::BTreeSet<_> = self.several(2, Self::handle);
        removed.retain(|handle| !inserted.contains_key(handle));
        Delta {
            inserted,
            removed,
            // One that has not changed is not there.
            gauges: self.several(1, |b| (b.text(), b.number().max(1).cast_signed())),
            sending: self.several(2, |b| (b.lane_id(), b.sending_delta())),
            retired: self.numbers(4),
            met: self.several(1, Self::process),
            receiving: self.several(3, |b| (b.lane(), b.receiving())),
            crossed: self.several(1, |b| (b.lane(), b.numbers(u64::MAX))),
            forgotten: self.several(1, Self::lane),
            ended_peers: self.several(1, |b| (b.process(), b.epoch())),
            unstamped: u64::from(self.seldom(8)),
            clock: self.seldom(8).then(|| self.clock()),
        }
    }

    /// A lane with messages under way.
    pub fn sending(&mut self) -> Sending {
        let mut lane = Sending::new(self.end(), self.order());
        lane.sent = if self.seldom(16) { self.number() } else { self.below(8) };
        for _ in 0..self.below(5) {
            let seq = 1 + self.below(8);
            if seq <= lane.sent {
                lane.log(seq, self.annotations());
            }
        }
        lane.doubtful = self.numbers(lane.sent).intersection(&lane.outstanding);
        if self.seldom(8) {
            lane.collapsed = self.numbers(lane.sent);
            lane.collapsed.subtract(&lane.outstanding);
        }
        if self.seldom(8) {
            lane.expired = self.numbers(lane.sent);
        }
        lane.settled_by = self.several(1, Self::process);
        lane
    }

    /// The state of a process in which what belongs to something mostly belongs to something that is there.
    pub fn cut(&mut self) -> ProcessCut {
        let mut cut = ProcessCut::default();
        let mut owners: [Vec<Handle>; 4] = Default::default();
        for n in 1..=self.below(20) {
            // A task first, that the others may have an owner.
            let kind = if n == 1 { 0 } else { self.below(14) };
            let (needs, makes) = match kind {
                0 => (0, Some(0)),
                2 => (0, Some(1)),
                3 => (1, None),
                5 => (2, Some(2)),
                6 | 7 => (2, None),
                11 => (3, Some(3)),
                12 | 13 => (3, None),
                _ => (0, None),
            };
            let handle = Handle(n);
            let there = owners[needs].len();
            let alone = matches!(kind, 0 | 4 | 5 | 8 | 9 | 10 | 11);
            if there == 0 && !alone && !self.seldom(64) {
                continue;
            }
            let owner = if there == 0 { handle } else { owners[needs][self.below(there as u64) as usize] };
            let fact = self.fact_of(kind, owner);
            if let Some(made) = makes {
                owners[made].push(handle);
            }
            cut.facts.insert(handle, Recorded { born: Epoch(self.below(4)), fact });
        }
        cut.gauges = self.several(1, |b| (b.text(), b.number().cast_signed()));
        cut.gauges.retain(|_, amount| *amount != 0);
        cut.sending = self.several(3, |b| (b.lane_id(), Arc::new(b.sending())));
        cut.met = if self.seldom(16) { self.several(1, Self::process) } else { Default::default() };
        cut.ended_peers = self.several(1, |b| (b.process(), b.epoch()));
        cut.unstamped = u64::from(self.seldom(16));
        cut
    }
}
