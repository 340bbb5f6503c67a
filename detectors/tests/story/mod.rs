//! Random snapshots without any sense.
#![allow(clippy::unwrap_used)] // Tests all the same, though not within `#[test]`.

use crate::common::*;
use std::collections::BTreeMap;
use stillpoint_proto::cut::LaneEnd;
use stillpoint_proto::fact::{
    Annotation, Awaited, Creation, Fact, Grip, Hold, Millis, Resolution, Resource, ResourceName, Token, Waker,
};
use stillpoint_proto::id::{
    ComputationId, ComputationRef, Incarnation, LaneRef, MessageId, ResourceRef, TargetRef, TaskRef,
};
use stillpoint_proto::snapshot::ConsistentCut;

const KEYS: [&str; 2] = ["k1", "k2"];

/// A process that no snapshot has.
const STRANGER: Incarnation = Incarnation(99);

struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        let n = self.below(from.len().max(1) as u64);
        from.get(n as usize).copied()
    }

    fn of<T: Copy, const N: usize>(&mut self, from: [T; N]) -> T {
        from[self.below(N as u64) as usize]
    }

    fn grip(&mut self) -> Grip {
        let shared = [0, 1, 2, u64::MAX].map(Grip::Shared);
        if self.one_in(2) { Grip::Exclusive } else { self.of(shared) }
    }
}

/// Adds something at random.
type Step = fn(&mut Story);

/// What there is so far, for what comes next to name.
pub(crate) struct Story {
    random: Random,
    world: World,
    processes: Vec<Incarnation>,
    tasks: Vec<TaskRef>,
    /// Tasks that have finished are named all the same.
    live: Vec<TaskRef>,
    resources: Vec<ResourceRef>,
    lanes: Vec<LaneRef>,
    /// Of each lane that does not lead to a group, who alone receives.
    addressees: BTreeMap<LaneRef, Incarnation>,
    messages: Vec<MessageId>,
    targets: Vec<TargetRef>,
    computations: Vec<ComputationRef>,
}

impl Story {
    pub(crate) fn random(seed: u64) -> ConsistentCut {
        let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let mut world = World::new();
        let count = 1 + random.below(4);
        let processes = (0..count).map(|n| world.process(&format!("p{n}"))).collect();
        let mut story = Story {
            random,
            world,
            processes,
            tasks: Vec::new(),
            live: Vec::new(),
            resources: Vec::new(),
            lanes: Vec::new(),
            addressees: BTreeMap::new(),
            messages: Vec::new(),
            targets: Vec::new(),
            computations: Vec::new(),
        };
        // Requests come before the waits that name them, and what names targets after.
        let steps: [(u64, u64, Step); 13] = [
            (1, 7, Story::task),
            (0, 3, Story::resource),
            (0, 3, Story::lane),
            (0, 3, |story| story.send(0)),
            (0, 8, Story::wait),
            (0, 5, Story::hold),
            (0, 3, Story::queue),
            (0, 2, Story::serve),
            (0, 3, Story::reads),
            (0, 3, Story::computation),
            (0, 4, |story| story.send(2)),
            (1, 1, Story::settle),
            (1, 1, Story::depart),
        ];
        for (least, most, step) in steps {
            let times = least + story.random.below(most - least + 1);
            (0..times).for_each(|_| step(&mut story));
        }
        story.world.cut()
    }

    fn process(&mut self) -> Incarnation {
        self.random.pick(&self.processes).unwrap()
    }

    fn task(&mut self) {
        let (process, parent) = (self.process(), self.random.pick(&self.live));
        let task = match (self.random.below(9), parent) {
            (0, _) => return self.tasks.push(self.world.finished(process)),
            (1 | 2, Some(parent)) => self.world.branch(parent, "branch"),
            _ => self.world.task(process, "task"),
        };
        self.tasks.push(task);
        self.live.push(task);
    }

    fn resource(&mut self) {
        let (process, random) = (self.process(), &mut self.random);
        let resource = Resource {
            key: random.one_in(4).then(|| random.of(KEYS).into()),
            label: random.of(["", "r", "s"]).into(),
            capacity: random.of([None, Some(0), Some(1), Some(1), Some(2), Some(u64::MAX)]),
            closed: !random.one_in(5),
            fair: random.one_in(2),
            local: random.one_in(2),
        };
        let named = resource.key.is_none() || random.one_in(3);
        let id = self.world.resource(process, resource);
        if self.random.one_in(5) {
            self.world.permits(id, self.random.of([1, u64::MAX]));
        }
        self.resources.extend(named.then_some(id));
    }

    fn name(&mut self) -> ResourceName {
        let owned = if self.random.one_in(4) { None } else { self.random.pick(&self.resources) };
        owned.map_or_else(|| ResourceName::Keyed(self.random.of(KEYS).into()), ResourceName::Owned)
    }

    fn lane(&mut self) {
        let (from, peer) = (self.process(), LaneEnd::Peer(self.process()));
        let stranger = LaneEnd::Peer(STRANGER);
        let to = self.random.of([peer, peer, peer, peer, LaneEnd::Group, LaneEnd::Sole, stranger]);
        let lane = self.world.lane_to(from, to);
        self.lanes.push(lane);
        let addressee = if to == LaneEnd::Sole { Some(self.process()) } else { to.peer() };
        self.addressees.extend(addressee.map(|addressee| (lane, addressee)));
    }

    fn send(&mut self, most: u64) {
        let Some(lane) = self.random.pick(&self.lanes) else { return };
        let carried = self.random.below(most + 1);
        let annotations: Vec<_> = (0..carried).filter_map(|_| self.annotation()).collect();
        self.messages.push(self.world.send(lane, annotations));
    }

    fn annotation(&mut self) -> Option<Annotation> {
        let (resource, grip, to) = (self.name(), self.random.grip(), self.resolution());
        Some(match self.random.below(5) {
            0 => Annotation::Resolves(to?),
            1 | 2 => Annotation::Grants { resource, grip, to },
            3 => Annotation::Releases { resource, grip },
            _ => Annotation::Token(self.random.pick(&self.computations)?),
        })
    }

    fn resolution(&mut self) -> Option<Resolution> {
        match self.random.one_in(2) {
            true => self.random.pick(&self.targets).map(Resolution::Target),
            false => self.random.pick(&self.messages).map(Resolution::Request),
        }
    }

    fn wait(&mut self) {
        let Some(task) = self.random.pick(&self.live) else { return };
        let count = self.random.below(4);
        let on: Vec<_> = (0..count).filter_map(|_| self.awaited()).collect();
        let need = self.random.below(on.len() as u64 + 1) as u32;
        let gathered = self.random.of([0, 0, 0, 1, 2]);
        let needs = some(need.max(u32::from(!on.is_empty())), on).gathered(gathered);
        self.targets.extend(self.world.wait_targets(task, needs).1);
    }

    fn awaited(&mut self) -> Option<Awaited> {
        let request = self.random.pick(&self.messages);
        Some(match self.random.below(18) {
            0..3 => Awaited::Task(self.random.pick(&self.tasks)?),
            3..6 => Awaited::Call(request?),
            6..9 => {
                let count = self.random.below(3);
                let wakers = (0..count).filter_map(|_| self.waker()).collect();
                Awaited::Receive { wakers, closed: !self.random.one_in(4) }
            }
            9 => Awaited::External,
            _ => {
                let request = request.filter(|_| self.random.one_in(3));
                Awaited::Resource { resource: self.name(), grip: self.random.grip(), request }
            }
        })
    }

    fn waker(&mut self) -> Option<Waker> {
        Some(match self.random.below(3) {
            0 => Waker::Task(self.random.pick(&self.tasks)?),
            1 if self.random.one_in(12) => Waker::Process(Incarnation(98)),
            1 => Waker::Process(self.process()),
            _ => Waker::Lane(self.random.pick(&self.lanes)?),
        })
    }

    fn hold(&mut self) {
        let Some(task) = self.random.pick(&self.tasks) else { return };
        let bound = (!self.random.one_in(4)).then_some(task.id);
        let (resource, grip) = (self.name(), self.random.grip());
        self.world.born(self.random.of([1, 1, 1, 8]));
        self.world.insert(task.process, Fact::Hold(Hold { resource, task: bound, grip, since: Millis(0) }));
    }

    fn queue(&mut self) {
        if let (Some(resource), Some(waiter)) = (self.random.pick(&self.resources), self.resolution()) {
            self.world.queue(resource, self.random.below(4), waiter);
        }
    }

    fn serve(&mut self) {
        if let (Some(task), Some(request)) = (self.random.pick(&self.live), self.random.pick(&self.messages))
        {
            self.world.serve(task, request);
        }
    }

    fn reads(&mut self) {
        if let (Some(task), Some(lane)) = (self.random.pick(&self.tasks), self.random.pick(&self.lanes)) {
            self.world.reads(task, lane);
        }
    }

    fn computation(&mut self) {
        let process = self.process();
        if let (true, Some(computation)) = (self.random.one_in(3), self.random.pick(&self.computations)) {
            self.world.insert(process, Fact::Token(Token { computation }));
            return;
        }
        // A round after that of the snapshot is one of them, and after that of a death several.
        self.world.born(self.random.below(12));
        let creation = Creation { label: "computation".into(), allow_loss: self.random.one_in(2) };
        let id = ComputationId(self.world.insert(process, Fact::Creation(creation)));
        self.computations.push(ComputationRef::new(process, id));
    }

    /// What has become of each message.
    fn settle(&mut self) {
        for message in std::mem::take(&mut self.messages) {
            let by = self.process();
            // Who says that it received what was not sent to it is not believed at all.
            let receiver = self.addressees.get(&message.lane).copied().unwrap_or(by);
            match self.random.below(24) {
                0..3 => drop(self.world.doubt(message)),
                3..6 => drop(self.world.tombstone(message, by)),
                6..12 if receiver != STRANGER => drop(self.world.received(message, receiver)),
                12 => drop(self.world.collapse(message)),
                13 => drop(self.world.tombstone(message, by).collapse(message)),
                _ => {}
            }
        }
    }

    /// What has become of each process.
    fn depart(&mut self) {
        for process in self.processes.clone() {
            match self.random.below(12) {
                0 => drop(self.world.left(process)),
                1 => drop(self.world.lost(process)),
                2 => drop(self.world.lost(process).ended(process)),
                3 => drop(self.world.absent(process)),
                _ => {}
            }
        }
        self.world.confirmed(self.random.below(10));
    }
}
