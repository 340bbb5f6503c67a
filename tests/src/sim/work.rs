//! Programs that are not tasks: diffusing work, money, references, and the database.

use super::plan::MS;
use super::program::{Body, Held, Home, Use, Want};
use super::situation::Situation;
use super::system::{Due, System};
use crate::random::{Random, mix};
use stillpoint_proto::fact::{Creation, Fact, Object, Pin, Reference, Token};
use stillpoint_proto::id::{
    ComputationId, ComputationRef, Handle, Incarnation, ObjectId, ObjectRef, TaskRef,
};
use stillpoint_proto::participant::Act;

/// Diffusing computations.
impl System {
    /// A process creates a computation with one piece of work. An event.
    pub(super) fn create(&mut self, process: Incarnation, depth: u32) {
        let (creation, token) = (self.mint(process), self.mint(process));
        let computation = ComputationRef::new(process, ComputationId(creation));
        self.computations += 1;
        let label = format!("computation {}", self.computations);
        let fact = Fact::Creation(Creation { label: label.as_str().into(), allow_loss: false });
        let work = Fact::Token(Token { computation });
        self.change(process, vec![Act::Insert(creation, fact), Act::Insert(token, work)]);
        self.judged.computations.insert(computation);
        if self.server.is_collecting(self.epoch(process)) {
            self.situation(Situation::LateCreation);
        }
        self.tell(self.slot_of(process), || format!("creates {computation}"));
        self.keep_work(process, token, computation, depth);
    }

    /// A process has a piece of work, and will take it up.
    pub(super) fn keep_work(&mut self, at: Incarnation, token: Handle, of: ComputationRef, depth: u32) {
        if let Some(node) = self.nodes.get_mut(&at) {
            node.work.insert(token, (of, depth));
        }
        let pause = 50 + self.fate(&[20, at.0, token.0]).time(4 * MS);
        self.after(pause, Due::Item(at, token));
    }

    /// A piece of work is done: it makes more, here and elsewhere, or hands itself on.
    pub(super) fn item(&mut self, at: Incarnation, token: Handle) -> Result<(), String> {
        let Some(&(of, depth)) = self.nodes.get(&at).and_then(|node| node.work.get(&token)) else {
            return Ok(());
        };
        if !self.runs(at) {
            return Ok(());
        }
        let mut fate = self.fate(&[21, at.0, token.0]);
        if depth > 0 {
            for child in 0..fate.below(3) {
                match fate.below(5) {
                    0 => {
                        // For another thread of this process.
                        let more = self.mint(at);
                        self.change(at, vec![Act::Insert(more, Fact::Token(Token { computation: of }))]);
                        self.keep_work(at, more, of, depth - 1);
                    }
                    1 if child == 0 => {
                        // To any of the group: the sender keeps its own until it is taken.
                        let body = Body::Work(of, depth - 1, Some(token));
                        if self.send(at, None, Use::Group, body, Vec::new())?.is_some() {
                            self.after(30 * MS, Due::Item(at, token));
                            self.spend(at, token);
                            return Ok(());
                        }
                    }
                    _ => {
                        if let Some(to) = self.other(at, &mut fate) {
                            let body = Body::Work(of, depth - 1, None);
                            self.send(at, Some(to), Use::Calls, body, Vec::new())?;
                        }
                    }
                }
            }
            if fate.chance(30)
                && let Some(to) = self.other(at, &mut fate)
            {
                // It gives away what it has itself.
                if let Some(node) = self.nodes.get_mut(&at) {
                    node.work.remove(&token);
                }
                let body = Body::Work(of, depth - 1, None);
                self.send(at, Some(to), Use::Calls, body, vec![Act::Remove(token)])?;
                return Ok(());
            }
        }
        if let Some(node) = self.nodes.get_mut(&at) {
            node.work.remove(&token);
        }
        self.change(at, vec![Act::Remove(token)]);
        Ok(())
    }

    /// A piece of work does no more than wait until somebody else has taken it.
    fn spend(&mut self, at: Incarnation, token: Handle) {
        if let Some((_, depth)) = self.nodes.get_mut(&at).and_then(|node| node.work.get_mut(&token)) {
            *depth = 0;
        }
    }

    /// Another process that is there, or was.
    fn other(&self, not: Incarnation, fate: &mut Random) -> Option<Incarnation> {
        let all: Vec<Incarnation> = self.names.keys().copied().filter(|p| *p != not).collect();
        let recent: Vec<Incarnation> = all.iter().copied().filter(|p| self.nodes.contains_key(p)).collect();
        let from = if fate.chance(10) { all } else { recent };
        from.get(fate.below(from.len())).copied()
    }
}

/// Money and references.
impl System {
    /// A process pays another, on a link that keeps the order.
    pub(super) fn pay(&mut self, process: Incarnation, seed: u64, left: u32) -> Result<(), String> {
        if left == 0 || !self.runs(process) {
            return Ok(());
        }
        let mut random = Random::new(mix(&[seed, u64::from(left)]));
        let amount = 1 + random.below(9) as i64;
        let rich = self.nodes.get(&process).is_some_and(|node| node.money >= amount);
        let others: Vec<Incarnation> =
            self.nodes.keys().copied().filter(|p| *p != process && self.runs(*p)).collect();
        if rich && let Some(&to) = others.get(random.below(others.len())) {
            if let Some(node) = self.nodes.get_mut(&process) {
                node.money -= amount;
            }
            let acts = vec![Act::Gauge("money".into(), -amount)];
            self.send(process, Some(to), Use::Stream, Body::Money(amount), acts)?;
        }
        self.after(200 + random.time(5 * MS), Due::Pay(process, seed, left - 1));
        Ok(())
    }

    /// A mutator does one thing to the references of its process.
    pub(super) fn mutate(&mut self, process: Incarnation, seed: u64, left: u32) -> Result<(), String> {
        let Some(node) = self.nodes.get(&process).filter(|node| !node.left) else { return Ok(()) };
        if left == 0 {
            return self.drop_roots(process, seed);
        }
        let mut random = Random::new(mix(&[seed, u64::from(left)]));
        let roots: Vec<(Handle, ObjectRef)> = node
            .references
            .iter()
            .filter(|(_, (from, _))| from.is_none())
            .map(|(h, (_, to))| (*h, *to))
            .collect();
        let fields: Vec<(Handle, ObjectId, ObjectRef)> =
            node.references.iter().filter_map(|(h, (from, to))| Some((*h, (*from)?, *to))).collect();
        let own: Vec<ObjectId> =
            roots.iter().filter(|(_, to)| to.process == process).map(|(_, to)| to.id).collect();
        let root = roots.get(random.below(roots.len())).copied();
        match random.below(12) {
            0..=2 => self.allocate(process),
            3 | 4 => {
                if let (Some(from), Some((_, to))) = (own.get(random.below(own.len())).copied(), root) {
                    self.refer(process, Some(from), to);
                }
            }
            5 | 6 => {
                // Loaded from a field, which another thread clears at once. Its object must be at hand.
                let reachable: Vec<_> = fields.iter().filter(|(_, from, _)| own.contains(from)).collect();
                if let Some(&&(field, _, to)) = reachable.get(random.below(reachable.len())) {
                    self.refer(process, None, to);
                    if random.chance(50) {
                        self.forget(process, field);
                        self.situation(Situation::LoadAndClear);
                    }
                }
            }
            7 | 8 => {
                if let (Some((_, to)), Some(peer)) = (root, self.other(process, &mut random)) {
                    self.send(process, Some(peer), Use::Calls, Body::Refers(to), Vec::new())?;
                }
            }
            9 => {
                if let Some(id) = own.get(random.below(own.len())) {
                    self.pin(process, *id);
                }
            }
            _ => {
                if let Some((handle, _)) = root {
                    self.forget(process, handle);
                }
            }
        }
        self.after(100 + random.time(3 * MS), Due::Mutate(process, seed, left - 1));
        Ok(())
    }

    fn allocate(&mut self, process: Incarnation) {
        let handle = self.mint(process);
        let id = ObjectId(handle);
        self.change(
            process,
            vec![Act::Insert(handle, Fact::Object(Object { size: 16, ..Object::default() }))],
        );
        if let Some(node) = self.nodes.get_mut(&process) {
            node.objects.insert(id, None);
        }
        self.refer(process, None, ObjectRef::new(process, id));
    }

    fn refer(&mut self, process: Incarnation, from: Option<ObjectId>, to: ObjectRef) {
        let handle = self.mint(process);
        self.change(process, vec![Act::Insert(handle, Fact::Reference(Reference { from, to }))]);
        if let Some(node) = self.nodes.get_mut(&process) {
            node.references.insert(handle, (from, to));
        }
    }

    fn forget(&mut self, process: Incarnation, reference: Handle) {
        if let Some(node) = self.nodes.get_mut(&process) {
            node.references.remove(&reference);
        }
        self.change(process, vec![Act::Remove(reference)]);
    }

    /// An object is pinned if it is not, and the reverse.
    fn pin(&mut self, process: Incarnation, object: ObjectId) {
        let pinned = self.nodes.get(&process).and_then(|node| node.objects.get(&object)).copied().flatten();
        let (act, now) = match pinned {
            Some(pin) => (Act::Remove(pin), None),
            None => {
                let pin = self.mint(process);
                (Act::Insert(pin, Fact::Pin(Pin { object })), Some(pin))
            }
        };
        self.change(process, vec![act]);
        if let Some(node) = self.nodes.get_mut(&process) {
            node.objects.insert(object, now);
        }
    }

    /// At its end a mutator drops most of what it has on its stack, so that there is garbage.
    fn drop_roots(&mut self, process: Incarnation, seed: u64) -> Result<(), String> {
        let mut random = Random::new(mix(&[seed, 0]));
        let roots: Vec<Handle> = self.nodes.get(&process).map_or_else(Vec::new, |node| {
            node.references.iter().filter(|(_, (from, _))| from.is_none()).map(|(h, _)| *h).collect()
        });
        for root in roots {
            if random.chance(80) {
                self.forget(process, root);
            }
        }
        Ok(())
    }
}

/// The database: it has no agent, and keeps its own book.
impl System {
    /// A statement reaches it.
    pub(super) fn statement(&mut self, task: TaskRef, resource: usize) -> Result<(), String> {
        let is = |want: &Want| matches!(want, Want::Units(of, _, None) if *of == resource);
        let grip = self.task(task).and_then(|t| t.waiting.as_ref()).and_then(|w| {
            w.open.values().find(|want| is(want)).and_then(|want| match want {
                Want::Units(_, grip, _) => Some(*grip),
                _ => None,
            })
        });
        // Whoever has given up meanwhile has closed its connection.
        if let Some(grip) = grip {
            let waiter = super::program::Waiter { task, grip, request: None, queued: None };
            self.books[resource].queue.push_back(waiter);
            self.answer(resource);
        }
        Ok(())
    }

    /// It grants what it can.
    fn answer(&mut self, resource: usize) {
        loop {
            let book = &mut self.books[resource];
            let Some(place) = (0..book.queue.len()).find(|i| book.fits(book.queue[*i].grip)) else { return };
            let Some(waiter) = book.queue.remove(place) else { return };
            book.granted.push((waiter.task, waiter.grip));
            let delay = self.fate(&[22, waiter.task.process.0, waiter.task.id.0.0, self.now]).time(MS);
            self.after(100 + delay, Due::Answered(waiter.task, resource));
        }
    }

    /// A statement has returned.
    pub(super) fn answered(&mut self, task: TaskRef, resource: usize) -> Result<(), String> {
        let grip = self.books[resource].granted.iter().find(|(of, _)| *of == task).map(|(_, grip)| *grip);
        let Some(grip) = grip else { return Ok(()) };
        let is = |want: &Want| matches!(want, Want::Units(of, _, None) if *of == resource);
        let target = self.target_for(task, is);
        let Some(resolved) = target.and_then(|target| self.resolving(task, target)) else {
            self.freed(resource, task, grip);
            self.answer(resource);
            return Ok(());
        };
        let fact = self.mint(task.process);
        let held = Held { resource, grip };
        let mut acts = resolved.acts.clone();
        acts.push(Act::Insert(fact, self.hold_fact(held, task)));
        self.change(task.process, acts);
        if let Some(found) = self.task_mut(task) {
            found.holds.insert(fact, held);
        }
        self.resolved(&resolved)
    }

    /// A commit reaches it.
    pub(super) fn commit(&mut self, task: TaskRef, resource: usize) -> Result<(), String> {
        if let Some(place) = self.committing.iter().position(|entry| *entry == (resource, task)) {
            self.committing.swap_remove(place);
        }
        let grip = self.books[resource].granted.iter().find(|(of, _)| *of == task).map(|(_, grip)| *grip);
        if let Some(grip) = grip {
            self.freed(resource, task, grip);
        }
        self.answer(resource);
        Ok(())
    }

    /// It notices that connections are gone, and ends their transactions.
    pub(super) fn roll_back(&mut self, of: Incarnation) {
        for resource in 0..self.books.len() {
            if matches!(self.books[resource].home, Home::Keyed(_)) {
                self.books[resource].granted.retain(|(task, _)| task.process != of);
                self.books[resource].queue.retain(|waiter| waiter.task.process != of);
                self.answer(resource);
            }
        }
    }
}
