//! The programs that a run is made of.

use super::plan::{Kind, MS, Slot, Time, Workload};
use super::program::{Book, Callee, Home, Op, Resource, Task};
use super::system::{Due, System};
use crate::random::{Random, mix};
use std::collections::VecDeque;
use stillpoint_proto::fact::{self, Fact, Grip};
use stillpoint_proto::id::Incarnation;
use stillpoint_proto::participant::Act;

impl System {
    /// A workload starts.
    pub(super) fn begin(&mut self, number: usize) {
        let Workload { kind, seed, .. } = self.plan.workloads[number];
        let mut random = Random::new(seed);
        self.tell(None, || format!("{kind:?} begins"));
        match kind {
            Kind::Bank => self.bank(seed),
            Kind::Transactions => self.transactions(&mut random),
            Kind::Pools => self.pools(&mut random),
            Kind::Calls => self.calls(&mut random, false),
            Kind::Balancer => self.calls(&mut random, true),
            Kind::Branches => self.branches(&mut random),
            Kind::Mailboxes => self.mailboxes(&mut random),
            Kind::Diffusing => self.diffusing(&mut random),
            Kind::Mutators => self.mutators(seed),
            Kind::Database => self.database(number, &mut random),
        }
    }

    fn running(&self) -> Vec<Incarnation> {
        (0..self.slots.len()).filter_map(|slot| self.process(slot)).collect()
    }

    fn any(&self, random: &mut Random) -> Option<Incarnation> {
        let all = self.running();
        all.get(random.below(all.len())).copied()
    }

    fn bank(&mut self, seed: u64) {
        for process in self.running() {
            self.change(process, vec![Act::Gauge("money".into(), 100)]);
            if let Some(node) = self.nodes.get_mut(&process) {
                node.money += 100;
            }
            self.judged.minted = (self.now, self.judged.minted.1 + 100);
            self.after(0, Due::Pay(process, mix(&[seed, process.0]), 15));
        }
    }

    /// A resource of a process. An event.
    fn resource(&mut self, owner: Incarnation, capacity: u64, fair: bool, open: bool) -> Resource {
        let handle = self.mint(owner);
        let known = fact::Resource {
            key: None,
            label: format!("r{}", self.books.len()).as_str().into(),
            capacity: Some(capacity),
            closed: !open,
            fair,
            local: false,
        };
        self.change(owner, vec![Act::Insert(handle, Fact::Resource(known))]);
        self.book(Home::Owned(owner, handle), capacity, fair, open)
    }

    fn book(&mut self, home: Home, capacity: u64, fair: bool, open: bool) -> Resource {
        let (granted, queue) = (Vec::new(), VecDeque::new());
        self.books.push(Book { home, capacity, fair, open, granted, queue, ticket: 0 });
        self.books.len() - 1
    }

    fn locks(&mut self, random: &mut Random, count: usize) -> Vec<Resource> {
        (0..count)
            .filter_map(|_| Some((self.any(random)?, random.chance(50))))
            .collect::<Vec<_>>()
            .into_iter()
            .map(|(owner, fair)| self.resource(owner, 1, fair, false))
            .collect()
    }

    fn start(&mut self, random: &mut Random, program: Vec<Op>) {
        if let Some(process) = self.any(random) {
            self.spawn(process, program, Task::default());
        }
    }

    /// Takes some of the resources one after another, in any order, and gives all back at the end.
    fn transaction(random: &mut Random, locks: &[Resource], patience: bool) -> Vec<Op> {
        let mut program = vec![Op::Pause(random.time(5 * MS))];
        let mut left = locks.to_vec();
        for _ in 0..(1 + random.below(3)).min(locks.len()) {
            let lock = left.swap_remove(random.below(left.len()));
            let deadline = (patience && random.chance(30)).then(|| 20 * MS + random.time(60 * MS));
            let grip = if random.chance(80) { Grip::Exclusive } else { Grip::Shared(1) };
            program.extend([Op::Acquire(lock, grip, deadline), Op::Pause(random.time(4 * MS))]);
            if random.chance(10) {
                program.push(Op::HandOver);
            }
        }
        program
    }

    fn transactions(&mut self, random: &mut Random) {
        let count = 2 + random.below(3);
        let locks = self.locks(random, count);
        let patience = random.chance(40);
        if locks.is_empty() {
            return;
        }
        for _ in 0..(2 + random.below(5)) {
            let program = Self::transaction(random, &locks, patience);
            self.start(random, program);
        }
    }

    fn pools(&mut self, random: &mut Random) {
        let mut pools = Vec::new();
        for _ in 0..(1 + random.below(2)) {
            let Some(owner) = self.any(random) else { return };
            let (capacity, fair, open) = (1 + random.below(3) as u64, random.chance(60), random.chance(25));
            pools.push((self.resource(owner, capacity, fair, open), owner, open));
        }
        for _ in 0..(2 + random.below(5)) {
            let mut program = Vec::new();
            for _ in 0..(1 + random.below(3)) {
                let (pool, ..) = pools[random.below(pools.len())];
                let units = Grip::Shared(1 + random.below(2) as u64);
                program.extend([Op::Acquire(pool, units, None), Op::Pause(random.time(4 * MS))]);
                if random.chance(30) {
                    program.push(Op::Release(pool));
                }
            }
            self.start(random, program);
        }
        for (pool, owner, open) in pools {
            if open {
                let program = vec![Op::Pause(random.time(40 * MS)), Op::Add(pool), Op::Add(pool)];
                self.spawn(owner, program, Task::default());
            }
        }
    }

    fn slot(&self, random: &mut Random) -> Slot {
        random.below(self.slots.len())
    }

    /// What is done for a call: it may take a lock, wait, pass the responder on, or call others.
    fn handler(&self, random: &mut Random, locks: &[Resource], deep: u32) -> Vec<Op> {
        let mut program = vec![Op::Pause(random.time(3 * MS))];
        if random.chance(10) {
            program.push(Op::HandOver);
        }
        if !locks.is_empty() && random.chance(40) {
            program.push(Op::Acquire(locks[random.below(locks.len())], Grip::Exclusive, None));
        }
        if deep > 0 && random.chance(40) {
            let callee =
                Callee { to: Some(self.slot(random)), handler: self.handler(random, locks, deep - 1) };
            program.push(Op::Call(vec![callee], 1, None));
        }
        program
    }

    fn calls(&mut self, random: &mut Random, group: bool) {
        let count = random.below(3);
        let locks = self.locks(random, count);
        for _ in 0..(2 + random.below(4)) {
            let mut program = vec![Op::Pause(random.time(8 * MS))];
            if random.chance(20) {
                program.push(Op::Outside(random.time(4 * MS)));
            }
            if !locks.is_empty() && random.chance(50) {
                program.push(Op::Acquire(locks[random.below(locks.len())], Grip::Exclusive, None));
            }
            for _ in 0..(1 + random.below(2)) {
                let callees: Vec<Callee> = (0..(1 + random.below(3)))
                    .map(|_| Callee {
                        to: (!group).then(|| self.slot(random)),
                        handler: self.handler(random, &locks, 2),
                    })
                    .collect();
                let need = 1 + random.below(callees.len());
                let deadline: Option<Time> = random.chance(15).then(|| 30 * MS + random.time(50 * MS));
                program.push(Op::Call(callees, need, deadline));
            }
            self.start(random, program);
        }
    }

    fn branches(&mut self, random: &mut Random) {
        let count = 1 + random.below(3);
        let locks = self.locks(random, count);
        if locks.is_empty() {
            return;
        }
        for _ in 0..(2 + random.below(3)) {
            let branches: Vec<Vec<Op>> = (0..(2 + random.below(2)))
                .map(|_| match random.below(3) {
                    0 => vec![Op::Pause(random.time(15 * MS))],
                    _ => Self::transaction(random, &locks, false),
                })
                .collect();
            let need = if random.chance(60) { branches.len() } else { 1 };
            let program = vec![Op::Pause(random.time(4 * MS)), Op::Branch(branches, need)];
            self.start(random, program);
        }
    }

    fn mailboxes(&mut self, random: &mut Random) {
        let count = 1 + random.below(2);
        let locks = self.locks(random, count);
        for _ in 0..(1 + random.below(3)) {
            let Some(process) = self.any(random) else { return };
            let (there, back) = (self.mail.len(), self.mail.len() + 1);
            self.mail.extend([(false, None), (false, None)]);
            let mut one = vec![Op::Pause(random.time(6 * MS)), Op::Post(there)];
            let mut other = vec![Op::Pause(random.time(6 * MS)), Op::Collect(there)];
            if let Some(lock) = locks.first() {
                one.push(Op::Acquire(*lock, Grip::Exclusive, None));
                other.insert(random.below(2), Op::Acquire(*lock, Grip::Exclusive, None));
            }
            one.push(Op::Collect(back));
            other.extend([Op::Pause(random.time(6 * MS)), Op::Post(back)]);
            if random.chance(20) {
                other.pop();
            }
            let first = self.spawn(process, one, Task::default());
            let second = self.spawn(process, other, Task::default());
            self.mail[there].1 = first;
            self.mail[back].1 = second;
        }
    }

    fn diffusing(&mut self, random: &mut Random) {
        for _ in 0..(1 + random.below(3)) {
            if let Some(process) = self.any(random) {
                self.create(process, 2 + random.below(5) as u32);
            }
        }
    }

    fn mutators(&mut self, seed: u64) {
        for process in self.running() {
            self.after(0, Due::Mutate(process, mix(&[seed, process.0]), 25));
        }
    }

    fn database(&mut self, number: usize, random: &mut Random) {
        let rows: Vec<Resource> = (0..(2 + random.below(2)))
            .map(|row| self.book(Home::Keyed(format!("db{number}/row{row}")), 1, false, false))
            .collect();
        if random.chance(40) {
            return self.busy_rows(random, &rows);
        }
        for _ in 0..(2 + random.below(4)) {
            let patience = random.chance(20);
            let mut program = Self::transaction(random, &rows, patience);
            program.retain(|op| *op != Op::HandOver);
            for op in &mut program {
                if let Op::Acquire(_, grip, _) = op {
                    *grip = Grip::Exclusive;
                }
            }
            self.start(random, program);
        }
    }

    /// Short transactions take two rows in their order and give them back, one after another: what one process has at its cut
    /// is another's a moment later. Now and then one takes them in the other order, and has no patience.
    fn busy_rows(&mut self, random: &mut Random, rows: &[Resource]) {
        for _ in 0..50 {
            let patience = random.chance(30).then(|| MS + random.time(4 * MS));
            let (one, other) = if patience.is_some() { (rows[1], rows[0]) } else { (rows[0], rows[1]) };
            let program = vec![
                Op::Pause(random.time(80 * MS)),
                Op::Acquire(one, Grip::Exclusive, None),
                Op::Pause(random.time(MS)),
                Op::Acquire(other, Grip::Exclusive, patience),
                Op::Pause(random.time(MS)),
            ];
            self.start(random, program);
        }
    }
}
