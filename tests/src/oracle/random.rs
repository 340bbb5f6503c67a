//! Small random systems from seeds, with every kind of wait, hold and message the facts can speak of.
//!
//! They are made to be tight: few tasks run, most units are held, so that about as many systems have a deadlock
//! as have none, and what decides is often a single message, queue place or branch.

use crate::oracle::rng::Rng;
use crate::oracle::world::{
    Amount, End, Hold, Holder, Home, Lane, Message, On, Resource, Target, Task, Wait, Waker, World,
};

/// How much is left open in a system, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Receives whose wakers are not all declared, resources to which anyone adds, unknown capacities.
    pub open: usize,
    /// Unbound guards, orphaned and unconfirmed holds, grants to nobody known, unserved requests.
    pub loose: usize,
    /// Messages that may be lost, lanes to a group or an unknown end.
    pub doubtful: usize,
    /// Tasks that are branches of another.
    pub branches: usize,
    /// Lanes that a task reads.
    pub readers: usize,
}

impl Profile {
    /// Everything is declared and certain.
    pub const CLOSED: Profile = Profile { open: 0, loose: 0, doubtful: 0, branches: 0, readers: 0 };
    /// Everything is declared and certain; tasks read lanes and have branches.
    pub const WOVEN: Profile = Profile { branches: 25, readers: 45, ..Profile::CLOSED };
    /// Anything may happen.
    pub const MIXED: Profile = Profile { open: 12, loose: 10, doubtful: 12, branches: 20, readers: 35 };
}

/// The system of a seed.
#[must_use]
pub fn system(seed: u64, profile: Profile) -> World {
    let mut maker = Maker { rng: Rng::new(seed), profile, world: World::default() };
    maker.tasks();
    maker.resources();
    maker.waits();
    maker.queues();
    maker.holds();
    maker.messages();
    maker.world
}

struct Maker {
    rng: Rng,
    profile: Profile,
    world: World,
}

impl Maker {
    fn tasks(&mut self) {
        self.world.processes = 1 + self.rng.below(3);
        for i in 0..2 + self.rng.below(4) {
            let mut process = self.rng.below(self.world.processes);
            let parents: Vec<usize> = (0..i).filter(|t| !self.world.tasks[*t].finished).collect();
            let parent = if self.rng.chance(self.profile.branches) { self.rng.pick(&parents) } else { None };
            if let Some(p) = parent {
                process = self.world.tasks[p].process;
            }
            let finished = parent.is_none() && self.rng.chance(6);
            self.world.tasks.push(Task { process, parent, finished });
        }
    }

    fn resources(&mut self) {
        for _ in 0..self.rng.below(5) {
            let keyed = self.rng.chance(12);
            let home = if keyed { Home::Key } else { Home::Process(self.rng.below(self.world.processes)) };
            let known = if keyed { self.rng.chance(50) } else { !self.rng.chance(self.profile.open / 2) };
            let capacity = known.then(|| 1 + self.rng.below(3) as u64);
            self.world.resources.push(Resource {
                home,
                capacity,
                permits: if keyed || self.rng.chance(85) { 0 } else { 1 },
                closed: keyed || !self.rng.chance(self.profile.open),
                fair: !keyed && self.rng.chance(60),
                local: !keyed && self.rng.chance(25),
                queue: Vec::new(),
                gone: !keyed && self.rng.chance(2),
            });
        }
    }

    fn waits(&mut self) {
        for task in 0..self.world.tasks.len() {
            if self.world.tasks[task].finished {
                continue;
            }
            let branches: Vec<usize> =
                (0..self.world.tasks.len()).filter(|b| self.world.tasks[*b].parent == Some(task)).collect();
            if !branches.is_empty() {
                self.wait_for_branches(task, &branches);
            } else if self.rng.chance(88) {
                self.wait(task);
            }
            if self.rng.chance(10) && self.world.waits.iter().any(|w| w.task == task) {
                self.wait(task);
            }
        }
    }

    fn wait_for_branches(&mut self, task: usize, branches: &[usize]) {
        let wait = self.world.waits.len();
        let of = branches.len() as u32;
        let need = if self.rng.chance(60) { of } else { 1 };
        self.world.waits.push(Wait { task, need, of });
        for b in branches {
            self.world.targets.push(Target { wait, on: On::Task(*b) });
        }
    }

    fn wait(&mut self, task: usize) {
        let wait = self.world.waits.len();
        let open = [1, 1, 1, 2, 2, 3][self.rng.below(6)];
        let gathered = u32::from(self.rng.chance(10));
        let of = open + gathered;
        let need = match self.rng.below(3) {
            0 => of,
            1 => 1 + gathered,
            _ => 1 + gathered + self.rng.below(open as usize) as u32,
        };
        self.world.waits.push(Wait { task, need, of });
        let mut named = Vec::new();
        for _ in 0..open {
            let on = self.target(task, &mut named);
            self.world.targets.push(Target { wait, on });
        }
    }

    fn target(&mut self, task: usize, named: &mut Vec<usize>) -> On {
        let process = self.world.tasks[task].process;
        match self.rng.below(20) {
            0..10 => {
                let usable = |r: &usize| {
                    let resource = &self.world.resources[*r];
                    !named.contains(r) && (!resource.local || resource.home == Home::Process(process))
                };
                let resources: Vec<usize> = (0..self.world.resources.len()).filter(usable).collect();
                match self.rng.pick(&resources) {
                    Some(resource) => {
                        named.push(resource);
                        self.demand(process, resource)
                    }
                    None => self.call(process),
                }
            }
            10..13 => self.call(process),
            13..16 => On::Task(self.rng.below(self.world.tasks.len())),
            16..19 => self.receive(process),
            _ if self.rng.chance(40) => On::External,
            _ => self.receive(process),
        }
    }

    fn demand(&mut self, process: usize, resource: usize) -> On {
        let amount = match self.rng.below(10) {
            0..3 => Amount::All,
            3..7 => Amount::Units(1),
            7..9 => Amount::Units(2),
            _ => Amount::Units(self.rng.below(4) as u64),
        };
        let request = match self.world.resources[resource].home {
            Home::Process(owner) if owner != process => {
                let received = self.rng.chance(75);
                Some(self.message(process, owner, received))
            }
            _ => None,
        };
        On::Resource { resource, amount, request }
    }

    fn call(&mut self, process: usize) -> On {
        let to = self.rng.below(self.world.processes);
        let candidates: Vec<usize> = self.live().filter(|t| self.world.tasks[*t].process == to).collect();
        let request = match (self.rng.below(10), self.rng.pick(&candidates)) {
            (0..6, Some(server)) => {
                let request = self.message(process, to, true);
                self.world.serving.push((server, request));
                if self.rng.chance(8)
                    && let Some(second) = self.rng.pick(&candidates)
                    && second != server
                {
                    self.world.serving.push((second, request));
                }
                request
            }
            (6..8, _) => {
                let request = self.message(process, to, true);
                let reply = self.message(to, process, false);
                self.world.messages[reply].replies = Some(request);
                request
            }
            // Without a reader it is unknown who will serve it.
            _ if self.profile.readers > 0 || self.profile.loose > 0 => self.message(process, to, false),
            (_, Some(server)) => {
                let request = self.message(process, to, true);
                self.world.serving.push((server, request));
                request
            }
            _ => {
                let request = self.message(process, to, true);
                let reply = self.message(to, process, false);
                self.world.messages[reply].replies = Some(request);
                request
            }
        };
        if self.rng.chance(self.profile.loose) {
            self.world.serving.retain(|s| s.1 != request);
        }
        On::Call(request)
    }

    fn receive(&mut self, process: usize) -> On {
        let mut wakers = Vec::new();
        for _ in 0..self.rng.below(3) {
            let waker = match self.rng.below(10) {
                0..6 => Waker::Task(self.rng.below(self.world.tasks.len())),
                6..8 => Waker::Process(self.rng.below(self.world.processes)),
                _ => {
                    let from = self.rng.below(self.world.processes);
                    Waker::Lane(self.lane(from, process))
                }
            };
            if !wakers.contains(&waker) {
                wakers.push(waker);
            }
        }
        On::Receive { wakers, closed: !self.rng.chance(self.profile.open) }
    }

    fn live(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.world.tasks.len()).filter(|t| !self.world.tasks[*t].finished)
    }

    fn lane(&mut self, from: usize, to: usize) -> usize {
        let known: Vec<usize> = (0..self.world.lanes.len())
            .filter(|l| self.world.lanes[*l].from == from && self.world.lanes[*l].to == to)
            .collect();
        if let Some(lane) = self.rng.pick(&known)
            && self.rng.chance(70)
        {
            return lane;
        }
        let mut readers = Vec::new();
        let here: Vec<usize> = self.live().filter(|t| self.world.tasks[*t].process == to).collect();
        if self.rng.chance(self.profile.readers) {
            readers.extend(self.rng.pick(&here));
            if let Some(second) = self.rng.pick(&here)
                && self.rng.chance(15)
                && !readers.contains(&second)
            {
                readers.push(second);
            }
        }
        let end = match self.rng.below(200) {
            n if n < self.profile.doubtful => End::Sole,
            n if n < 2 * self.profile.doubtful => End::Group,
            _ => End::Peer,
        };
        self.world.lanes.push(Lane { from, to, end, readers });
        self.world.lanes.len() - 1
    }

    fn message(&mut self, from: usize, to: usize, received: bool) -> usize {
        let lane = self.lane(from, to);
        // Elsewhere it is not known whose promise not to take it would be the one that counts.
        let losable = !received && self.world.lanes[lane].end == End::Peer;
        self.world.messages.push(Message {
            lane,
            received,
            acknowledged: received && self.rng.chance(50),
            doubtful: !received && self.rng.chance(self.profile.doubtful),
            lost: losable && self.rng.chance(self.profile.doubtful / 3),
            resolves: Vec::new(),
            replies: None,
        });
        self.world.messages.len() - 1
    }

    /// The targets that demand a resource.
    fn demands_on(&self, resource: usize) -> Vec<usize> {
        let on = |t: &usize| matches!(&self.world.targets[*t].on, On::Resource { resource: r, .. } if *r == resource);
        (0..self.world.targets.len()).filter(on).collect()
    }

    /// Whether the owner of a resource has heard of a demand.
    fn asked(&self, target: usize) -> bool {
        match self.world.targets[target].on {
            On::Resource { request: Some(m), .. } => self.world.messages[m].received,
            _ => true,
        }
    }

    fn queues(&mut self) {
        for r in 0..self.world.resources.len() {
            if !self.world.resources[r].fair {
                continue;
            }
            let mut queue: Vec<usize> = self.demands_on(r).into_iter().filter(|t| self.asked(*t)).collect();
            for i in (1..queue.len()).rev() {
                queue.swap(i, self.rng.below(i + 1));
            }
            // Somebody may have asked and not be in the queue yet.
            if self.rng.chance(10) {
                queue.pop();
            }
            self.world.resources[r].queue = queue;
        }
    }

    fn holds(&mut self) {
        for resource in 0..self.world.resources.len() {
            if self.world.resources[resource].gone {
                continue;
            }
            let mut free = self.world.resources[resource].total().unwrap_or(2);
            for _ in 0..3 {
                if free == 0 || !self.rng.chance(75) {
                    continue;
                }
                let all = self.world.resources[resource].total() == Some(free) && self.rng.chance(40);
                let units = 1 + self.rng.below(free.min(3) as usize) as u64;
                let amount = if all { Amount::All } else { Amount::Units(units) };
                if self.hold(resource, amount) {
                    free -= amount.of(free);
                }
            }
        }
    }

    /// Gives units to somebody; `false` if nobody is there to have them.
    fn hold(&mut self, resource: usize, amount: Amount) -> bool {
        let r = &self.world.resources[resource];
        let (home, keyed) = (r.home, r.home == Home::Key);
        let may = |t: &usize| !r.local || home == Home::Process(self.world.tasks[*t].process);
        let live: Vec<usize> = self.live().filter(may).collect();
        let Some(task) = self.rng.pick(&live) else { return false };
        let mut hold = Hold {
            resource,
            process: self.world.tasks[task].process,
            holder: Holder::Task(task),
            amount,
            // Often, since whether two such are added up matters only where a resource is shared.
            confirmed: !keyed || !self.rng.chance(5 * self.profile.loose),
        };
        match (self.rng.below(10), home) {
            (0..2, Home::Process(owner)) if !self.world.resources[resource].local => {
                self.in_transit(&mut hold, owner);
            }
            _ if self.rng.chance(self.profile.loose) => hold.holder = Holder::Unbound,
            _ if self.rng.chance(self.profile.loose) => self.orphan(&mut hold),
            _ => {}
        }
        self.world.holds.push(hold);
        true
    }

    /// The units are under way: to somebody who demands them, or back from where the hold was.
    fn in_transit(&mut self, hold: &mut Hold, owner: usize) {
        let granted_already = |t: &usize| {
            self.world.holds.iter().any(|h| matches!(h.holder, Holder::Grant { to: Some(g), .. } if g == *t))
        };
        let demands: Vec<usize> = self
            .demands_on(hold.resource)
            .into_iter()
            .filter(|t| self.world.tasks[self.world.waiter(*t)].process != owner)
            .filter(|t| self.asked(*t) && !granted_already(t))
            .collect();
        match self.rng.pick(&demands) {
            Some(t) => {
                let message = self.message(owner, self.world.tasks[self.world.waiter(t)].process, false);
                let to = (!self.rng.chance(self.profile.loose)).then_some(t);
                if to.is_some()
                    && let On::Resource { amount, .. } = self.world.targets[t].on
                    && amount.of(u64::MAX) <= hold.amount.of(u64::MAX)
                {
                    hold.amount = amount;
                }
                self.world.resources[hold.resource].queue.retain(|q| *q != t);
                hold.holder = Holder::Grant { message, to };
                hold.process = owner;
            }
            None if hold.process != owner => {
                hold.holder = Holder::Return { message: self.message(hold.process, owner, false) };
            }
            None => {}
        }
    }

    fn orphan(&mut self, hold: &mut Hold) {
        let finished = |t: &usize| self.world.tasks[*t].finished;
        let gone: Vec<usize> = (0..self.world.tasks.len()).filter(finished).collect();
        if let Some(task) = self.rng.pick(&gone) {
            hold.holder = Holder::Task(task);
            hold.process = self.world.tasks[task].process;
        }
    }

    fn process_of(&self, waker: Waker) -> usize {
        match waker {
            Waker::Task(t) => self.world.tasks[t].process,
            Waker::Process(p) => p,
            Waker::Lane(l) => self.world.lanes[l].from,
        }
    }

    /// Notifications under way, and messages that mean nothing here.
    fn messages(&mut self) {
        for t in 0..self.world.targets.len() {
            let On::Receive { wakers, closed } = &self.world.targets[t].on else { continue };
            // Of a closed receive, from nobody but those declared.
            let from: Vec<usize> = if *closed {
                wakers.iter().map(|w| self.process_of(*w)).collect()
            } else {
                (0..self.world.processes).collect()
            };
            if let Some(from) = self.rng.pick(&from)
                && self.rng.chance(18)
            {
                let to = self.world.tasks[self.world.waiter(t)].process;
                let message = self.message(from, to, false);
                self.world.messages[message].resolves.push(t);
            }
        }
        if !self.world.lanes.is_empty() && self.rng.chance(15) {
            let l = self.rng.below(self.world.lanes.len());
            let (from, to) = (self.world.lanes[l].from, self.world.lanes[l].to);
            let received = self.rng.chance(30);
            self.message(from, to, received);
        }
    }
}
