//! Tasks: how each operation happens, and what the instrumented program records with it.

use super::plan::{MS, Time};
use super::program::{
    Body, Callee, Held, Home, Mailbox, Op, Resource, Serving, Task, Use, Waiter, Waiting, Want,
};
use super::situation::Situation;
use super::system::{Due, System};
use std::collections::BTreeMap;
use stillpoint_proto::fact::{self, Awaited, Fact, Grip, Queued, Resolution, ResourceName, Waker};
use stillpoint_proto::id::{
    Handle, Incarnation, MessageId, ResourceId, ResourceRef, TargetId, TargetRef, TaskRef,
};
use stillpoint_proto::participant::Act;

/// What ends with a target, or with a whole wait.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub(super) task: TaskRef,
    pub(super) acts: Vec<Act>,
    /// The whole wait is over.
    pub(super) over: bool,
    pub(super) target: Handle,
}

/// Beginnings and ends.
impl System {
    /// A task starts. An event.
    pub(super) fn spawn(&mut self, process: Incarnation, program: Vec<Op>, task: Task) -> Option<TaskRef> {
        self.runs(process).then_some(())?;
        let handle = self.mint(process);
        let id = Self::task_ref(process, handle);
        let fact = self.task_fact(&task);
        self.change(process, vec![Act::Insert(handle, fact)]);
        self.put(id, Task { program: program.into(), ..task });
        Some(id)
    }

    pub(super) fn task_fact(&self, task: &Task) -> Fact {
        let parent = task.parent.map(|parent| parent.id);
        Fact::Task(fact::Task { parent, since: self.clock(self.now), ..fact::Task::default() })
    }

    /// A task is there, and goes on soon.
    pub(super) fn put(&mut self, id: TaskRef, task: Task) {
        let reads = task.reads;
        if let Some(node) = self.nodes.get_mut(&id.process) {
            node.tasks.insert(id, task);
        }
        if !reads {
            self.go_on(id);
        }
    }

    /// A task goes on after a moment.
    pub(super) fn go_on(&mut self, task: TaskRef) {
        let pause = 5 + self.fate(&[10, task.process.0, task.id.0.0, self.now]).time(200);
        self.resume(task, pause);
    }

    fn resume(&mut self, task: TaskRef, after: Time) {
        if let Some(found) = self.task_mut(task) {
            found.turn += 1;
            let turn = found.turn;
            self.after(after, Due::Wake(task, turn));
        }
    }

    pub(super) fn wake(&mut self, task: TaskRef, turn: u64) -> Result<(), String> {
        if !self.runs(task.process) {
            return Ok(());
        }
        let Some(found) = self.task_mut(task) else { return Ok(()) };
        if found.turn != turn || (found.waiting.is_some() && !Self::waits_outside(found)) {
            return Ok(());
        }
        if found.waiting.is_some() {
            self.outside_came(task)?;
        }
        let op = self.task_mut(task).and_then(|found| found.program.pop_front());
        match op {
            Some(op) => self.perform(task, op),
            None => self.finish(task),
        }
    }

    fn waits_outside(task: &Task) -> bool {
        task.waiting.as_ref().is_some_and(|w| w.open.values().any(|want| *want == Want::Outside))
    }

    fn outside_came(&mut self, task: TaskRef) -> Result<(), String> {
        let target = self.task(task).and_then(|t| t.waiting.as_ref()?.open.keys().next().copied());
        let Some(resolved) = target.and_then(|target| self.resolving(task, target)) else { return Ok(()) };
        self.change(task.process, resolved.acts.clone());
        self.resolved(&resolved)
    }

    /// A task waits. An event.
    pub(super) fn begin_wait(
        &mut self,
        task: TaskRef,
        need: usize,
        wants: Vec<(Want, Awaited)>,
        deadline: Option<Time>,
        more: Vec<Act>,
    ) -> BTreeMap<Handle, Want> {
        let wait = self.mint(task.process);
        let targets: Vec<(Handle, Want, Awaited)> =
            wants.into_iter().map(|(want, on)| (self.mint(task.process), want, on)).collect();
        let facts: Vec<(Handle, Awaited)> =
            targets.iter().map(|(handle, _, on)| (*handle, on.clone())).collect();
        let deadline = deadline.map(|after| self.now + after);
        let mut acts = self.wait_facts(task, wait, need, &facts, deadline);
        acts.extend(more);
        self.change(task.process, acts);
        let open: BTreeMap<Handle, Want> =
            targets.into_iter().map(|(handle, want, _)| (handle, want)).collect();
        let since = self.epoch(task.process);
        if let Some(found) = self.task_mut(task) {
            found.waiting = Some(Waiting { wait, need, of: open.len(), open: open.clone(), since });
        }
        if let Some(deadline) = deadline {
            self.at(deadline, Due::Expire(task, wait));
        }
        open
    }

    /// What is recorded when a target of a task is resolved, if it is open: with the last one that it needs, the wait
    /// and its other targets end.
    pub(super) fn resolving(&self, task: TaskRef, target: Handle) -> Option<Resolved> {
        let waiting = self.task(task)?.waiting.as_ref()?;
        waiting.open.contains_key(&target).then_some(())?;
        let mut acts = vec![Act::Remove(target)];
        let over = waiting.missing() <= 1;
        if over {
            acts.extend(
                waiting.open.keys().filter(|other| **other != target).map(|other| Act::Remove(*other)),
            );
            acts.push(Act::Remove(waiting.wait));
            acts.extend(self.places_of(task).into_iter().map(Act::Remove));
        }
        Some(Resolved { task, acts, over, target })
    }

    /// The facts of the places that a task has in queues of its own process.
    fn places_of(&self, task: TaskRef) -> Vec<Handle> {
        let mine = |home: &Home| matches!(home, Home::Owned(owner, _) if *owner == task.process);
        let books = self.books.iter().filter(|book| mine(&book.home));
        books
            .flat_map(|book| &book.queue)
            .filter(|w| w.task == task && w.request.is_none())
            .filter_map(|w| w.queued)
            .collect()
    }

    /// The target of a task that is for this.
    pub(super) fn target_for(&self, task: TaskRef, is: impl Fn(&Want) -> bool) -> Option<Handle> {
        let waiting = self.task(task)?.waiting.as_ref()?;
        waiting.open.iter().find(|(_, want)| is(want)).map(|(target, _)| *target)
    }

    /// A target has been resolved, as was recorded.
    pub(super) fn resolved(&mut self, resolved: &Resolved) -> Result<(), String> {
        let epoch = self.epoch(resolved.task.process);
        let Some(found) = self.task_mut(resolved.task) else { return Ok(()) };
        let Some(waiting) = &mut found.waiting else { return Ok(()) };
        waiting.open.remove(&resolved.target);
        if !resolved.over {
            return Ok(());
        }
        let waiting = found.waiting.take();
        let (wait, since) = waiting.as_ref().map_or((Handle(0), epoch), |w| (w.wait, w.since));
        let reads = found.reads && found.serving.is_none() && found.program.is_empty();
        self.proceeds(resolved.task, wait)?;
        if since < epoch {
            self.situation(Situation::LockAcrossCut);
        }
        let branches = self.task(resolved.task).map(|t| t.branches.clone()).unwrap_or_default();
        for branch in branches {
            self.drop_branch(branch)?;
        }
        self.leave_queues(resolved.task)?;
        if !reads {
            self.go_on(resolved.task);
        }
        Ok(())
    }

    /// A task stands in no queue of its process any more; who stood behind it may have a turn now.
    fn leave_queues(&mut self, task: TaskRef) -> Result<(), String> {
        for resource in 0..self.books.len() {
            let book = &mut self.books[resource];
            if matches!(book.home, Home::Owned(owner, _) if owner == task.process) {
                let before = book.queue.len();
                book.queue.retain(|waiter| waiter.task != task || waiter.request.is_some());
                if book.queue.len() < before {
                    self.grant(resource)?;
                }
            }
        }
        Ok(())
    }

    /// A task ends: what it has goes back, or to its parent.
    fn finish(&mut self, task: TaskRef) -> Result<(), String> {
        let Some(found) = self.task(task) else { return Ok(()) };
        if found.parent.is_none()
            && let Some(held) = found.holds.values().next().copied()
        {
            self.release(task, held.resource)?;
            self.go_on(task);
            return Ok(());
        }
        if let Some(serving) = found.serving {
            return self.reply(task, serving);
        }
        if found.reads {
            self.idle(task);
            return self.read(task.process);
        }
        self.end(task)
    }

    /// The last event of a task.
    pub(super) fn end(&mut self, task: TaskRef) -> Result<(), String> {
        let Some(found) = self.nodes.get_mut(&task.process).and_then(|node| node.tasks.remove(&task)) else {
            return Ok(());
        };
        let mut acts = vec![Act::Remove(task.id.0)];
        if let Some(waiting) = &found.waiting {
            acts.extend(waiting.open.keys().map(|target| Act::Remove(*target)));
            acts.push(Act::Remove(waiting.wait));
            acts.extend(self.places_of(task).into_iter().map(Act::Remove));
        }
        let mut inherited = BTreeMap::new();
        for (fact, held) in &found.holds {
            acts.push(Act::Remove(*fact));
            if let Some(parent) = found.parent {
                let handle = self.mint(task.process);
                acts.push(Act::Insert(handle, self.hold_fact(*held, parent)));
                inherited.insert(handle, *held);
            }
        }
        if let Some(serving) = found.serving {
            acts.push(Act::Remove(serving.fact));
            self.serving.entry(serving.request).or_default().remove(&task);
        }
        let resolved = found.parent.and_then(|parent| {
            let target = self.target_for(parent, |want| *want == Want::Branch(task))?;
            self.resolving(parent, target)
        });
        acts.extend(resolved.iter().flat_map(|r| r.acts.clone()));
        self.change(task.process, acts);
        self.leave_queues(task)?;
        if let Some(waiting) = &found.waiting {
            self.withdraw(task, waiting)?;
        }
        if let Some(parent) = found.parent {
            for held in inherited.values() {
                self.regrant(held.resource, task, parent);
            }
            if let Some(parent) = self.task_mut(parent) {
                parent.holds.extend(inherited);
                parent.branches.remove(&task);
            }
        }
        match resolved {
            Some(resolved) => self.resolved(&resolved),
            None => Ok(()),
        }
    }

    /// What one task had of a resource, another has now.
    fn regrant(&mut self, resource: Resource, from: TaskRef, to: TaskRef) {
        let granted = self.books.get_mut(resource).map(|book| &mut book.granted);
        if let Some(entry) = granted.into_iter().flatten().find(|(task, _)| *task == from) {
            entry.0 = to;
        }
    }

    /// A parent has what it needs and drops a branch.
    fn drop_branch(&mut self, branch: TaskRef) -> Result<(), String> {
        self.ended_from_outside(branch);
        let inner = self.task(branch).map(|t| t.branches.clone()).unwrap_or_default();
        for inner in inner {
            self.drop_branch(inner)?;
        }
        self.end(branch)
    }

    /// Something ends a task from outside: a time limit, a failed call, a person.
    pub(super) fn abort(&mut self, task: TaskRef, why: &str) -> Result<(), String> {
        let Some(found) = self.task(task) else { return Ok(()) };
        let branches = found.branches.clone();
        self.tell(self.slot_of(task.process), || format!("{task} is ended: {why}"));
        self.ended_from_outside(task);
        for branch in branches {
            self.drop_branch(branch)?;
        }
        let Some(found) = self.task_mut(task) else { return Ok(()) };
        found.program.clear();
        if let Some(waiting) = found.waiting.take() {
            let mut acts: Vec<Act> = waiting.open.keys().map(|target| Act::Remove(*target)).collect();
            acts.push(Act::Remove(waiting.wait));
            acts.extend(self.places_of(task).into_iter().map(Act::Remove));
            self.change(task.process, acts);
            self.leave_queues(task)?;
            self.withdraw(task, &waiting)?;
        }
        self.go_on(task);
        Ok(())
    }

    /// A task tells the owners that it does not want any more what it asked for.
    fn withdraw(&mut self, task: TaskRef, waiting: &Waiting) -> Result<(), String> {
        for want in waiting.open.values() {
            if let Want::Units(resource, _, Some(request)) = want
                && let Home::Owned(owner, _) = self.books[*resource].home
            {
                let body = Body::Withdraw(*resource, *request);
                self.send(task.process, Some(owner), Use::Service, body, Vec::new())?;
            }
        }
        Ok(())
    }

    /// A wait's time is over.
    pub(super) fn expire(&mut self, task: TaskRef, wait: Handle) -> Result<(), String> {
        let waits = self.task(task).and_then(|t| t.waiting.as_ref()).is_some_and(|w| w.wait == wait);
        if waits && self.runs(task.process) { self.abort(task, "its time is over") } else { Ok(()) }
    }

    pub(super) fn hold_fact(&self, held: Held, task: TaskRef) -> Fact {
        Fact::Hold(fact::Hold {
            resource: self.resource_name(held.resource),
            task: Some(task.id),
            grip: held.grip,
            since: self.clock(self.now),
        })
    }

    pub(super) fn resource_name(&self, resource: Resource) -> ResourceName {
        match &self.books[resource].home {
            Home::Owned(owner, handle) => ResourceName::Owned(ResourceRef::new(*owner, ResourceId(*handle))),
            Home::Keyed(key) => ResourceName::Keyed(key.as_str().into()),
        }
    }
}

/// Operations.
impl System {
    fn perform(&mut self, task: TaskRef, op: Op) -> Result<(), String> {
        self.tell(self.slot_of(task.process), || format!("{task} {}", brief(&op)));
        match op {
            Op::Pause(time) => self.resume(task, time),
            Op::Outside(time) => {
                self.begin_wait(task, 1, vec![(Want::Outside, Awaited::External)], None, Vec::new());
                self.resume(task, time);
            }
            Op::Acquire(resource, grip, deadline) => self.acquire(task, resource, grip, deadline)?,
            Op::Release(resource) => {
                self.release(task, resource)?;
                self.go_on(task);
            }
            Op::Call(callees, need, deadline) => self.call_out(task, callees, need, deadline)?,
            Op::Branch(branches, need) => self.branch(task, branches, need),
            Op::HandOver => self.hand_over(task),
            Op::Post(mailbox) => self.post(task, mailbox)?,
            Op::Collect(mailbox) => self.collect(task, mailbox),
            Op::Add(resource) => self.add(task, resource)?,
        }
        Ok(())
    }

    fn acquire(
        &mut self,
        task: TaskRef,
        resource: Resource,
        grip: Grip,
        deadline: Option<Time>,
    ) -> Result<(), String> {
        let name = self.resource_name(resource);
        match self.books[resource].home.clone() {
            Home::Keyed(_) => {
                let on = Awaited::Resource { resource: name, grip, request: None };
                self.begin_wait(task, 1, vec![(Want::Units(resource, grip, None), on)], deadline, Vec::new());
                let delay = self.fate(&[11, task.process.0, task.id.0.0, self.now]).time(MS);
                self.after(100 + delay, Due::Statement(task, resource));
            }
            Home::Owned(owner, handle) if owner == task.process => {
                let book = &mut self.books[resource];
                if book.fits(grip) && (book.queue.is_empty() || !book.fair) {
                    book.granted.push((task, grip));
                    let fact = self.mint(owner);
                    let held = Held { resource, grip };
                    let hold = self.hold_fact(held, task);
                    self.change(owner, vec![Act::Insert(fact, hold)]);
                    if let Some(found) = self.task_mut(task) {
                        found.holds.insert(fact, held);
                    }
                    self.go_on(task);
                    return Ok(());
                }
                book.ticket += 1;
                let (ticket, fair) = (book.ticket, book.fair);
                let on = Awaited::Resource { resource: name, grip, request: None };
                // The place in the queue names the target, so it is minted first.
                let queued = fair.then(|| self.mint(owner));
                let open = self.begin_wait(
                    task,
                    1,
                    vec![(Want::Units(resource, grip, None), on)],
                    deadline,
                    Vec::new(),
                );
                if let (Some(queued), Some(target)) = (queued, open.keys().next()) {
                    let waiter = Resolution::Target(TargetRef::new(owner, TargetId(*target)));
                    let place = Queued { resource: ResourceId(handle), ticket, waiter };
                    self.change(owner, vec![Act::Insert(queued, Fact::Queued(place))]);
                }
                self.books[resource].queue.push_back(Waiter { task, grip, request: None, queued });
            }
            Home::Owned(owner, _) => {
                let body = Body::Ask(resource, grip, task);
                let Some(request) = self.send(task.process, Some(owner), Use::Service, body, Vec::new())?
                else {
                    return self.abort(task, "the owner cannot be reached");
                };
                let on = Awaited::Resource { resource: name, grip, request: Some(request) };
                let want = Want::Units(resource, grip, Some(request));
                self.begin_wait(task, 1, vec![(want, on)], deadline, Vec::new());
                self.calls.insert(request, task);
            }
        }
        Ok(())
    }

    /// A task gives back one grip on a resource.
    pub(super) fn release(&mut self, task: TaskRef, resource: Resource) -> Result<(), String> {
        let Some(found) = self.task_mut(task) else { return Ok(()) };
        let Some((&fact, &held)) = found.holds.iter().find(|(_, held)| held.resource == resource) else {
            return Ok(());
        };
        found.holds.remove(&fact);
        match self.books[resource].home.clone() {
            Home::Keyed(_) => {
                self.change(task.process, vec![Act::Remove(fact)]);
                let delay = self.fate(&[12, task.process.0, task.id.0.0, self.now]).time(MS);
                self.committing.push((resource, task));
                self.after(100 + delay, Due::Commit(task, resource));
                Ok(())
            }
            Home::Owned(owner, _) if owner == task.process => {
                self.change(owner, vec![Act::Remove(fact)]);
                self.freed(resource, task, held.grip);
                self.grant(resource)
            }
            Home::Owned(owner, _) => {
                let body = Body::Return(resource, held.grip, task);
                let sent =
                    self.send(task.process, Some(owner), Use::Service, body, vec![Act::Remove(fact)])?;
                self.returns.extend(sent.map(|sent| (sent, task)));
                Ok(())
            }
        }
    }

    /// A task has so much less of a resource.
    pub(super) fn freed(&mut self, resource: Resource, task: TaskRef, grip: Grip) {
        let granted = &mut self.books[resource].granted;
        if let Some(place) = granted.iter().position(|entry| *entry == (task, grip)) {
            granted.remove(place);
        }
    }

    /// An owner grants what it can to those who wait.
    pub(super) fn grant(&mut self, resource: Resource) -> Result<(), String> {
        let Home::Owned(owner, _) = self.books[resource].home else { return Ok(()) };
        while let Some(place) = self.next_waiter(resource) {
            let Some(waiter) = self.books[resource].queue.remove(place) else { return Ok(()) };
            self.books[resource].granted.push((waiter.task, waiter.grip));
            let gone = waiter.queued.map(Act::Remove);
            if let Some(request) = waiter.request {
                let body = Body::Grant(resource, waiter.grip, request, waiter.task);
                let acts = gone.into_iter().collect();
                if self.send(owner, Some(waiter.task.process), Use::Service, body, acts)?.is_none() {
                    self.freed(resource, waiter.task, waiter.grip);
                }
                continue;
            }
            let is = |want: &Want| matches!(want, Want::Units(r, _, None) if *r == resource);
            let target = self.target_for(waiter.task, is);
            let Some(resolved) = target.and_then(|target| self.resolving(waiter.task, target)) else {
                self.freed(resource, waiter.task, waiter.grip);
                continue;
            };
            let fact = self.mint(owner);
            let held = Held { resource, grip: waiter.grip };
            let mut acts = resolved.acts.clone();
            acts.push(Act::Insert(fact, self.hold_fact(held, waiter.task)));
            // If the wait is over, its place in the queue has been taken away with it, unless it left it just now.
            acts.extend(gone.filter(|gone| !resolved.acts.contains(gone)));
            self.change(owner, acts);
            if let Some(found) = self.task_mut(waiter.task) {
                found.holds.insert(fact, held);
            }
            self.resolved(&resolved)?;
        }
        Ok(())
    }

    /// Whom to grant next: the first, or where the order does not matter any.
    fn next_waiter(&self, resource: Resource) -> Option<usize> {
        let book = &self.books[resource];
        let fitting: Vec<usize> = (0..book.queue.len()).filter(|i| book.fits(book.queue[*i].grip)).collect();
        if book.fair {
            return fitting.first().copied().filter(|first| *first == 0);
        }
        let any = self.fate(&[13, resource as u64, self.now]).below(fitting.len());
        fitting.get(any).copied()
    }

    fn call_out(
        &mut self,
        task: TaskRef,
        callees: Vec<Callee>,
        need: usize,
        deadline: Option<Time>,
    ) -> Result<(), String> {
        let mut wants = Vec::new();
        for callee in callees {
            let to = match callee.to {
                Some(slot) => match self.process(slot) {
                    Some(process) if process != task.process => Some(process),
                    _ => continue,
                },
                None => None,
            };
            let lane = if to.is_some() { Use::Calls } else { Use::Group };
            let body = Body::Request(task, callee.handler);
            if let Some(request) = self.send(task.process, to, lane, body, Vec::new())? {
                self.calls.insert(request, task);
                wants.push((Want::Reply(request), Awaited::Call(request)));
            }
        }
        if wants.len() < need || need == 0 {
            return self.abort(task, "too few can be called");
        }
        self.begin_wait(task, need, wants, deadline, Vec::new());
        Ok(())
    }

    /// A call will not be answered, as its caller is told.
    pub(super) fn call_failed(&mut self, request: MessageId) -> Result<(), String> {
        let Some(task) = self.calls.remove(&request) else { return Ok(()) };
        let is = |want: &Want| match want {
            Want::Reply(of) => *of == request,
            Want::Units(_, _, of) => *of == Some(request),
            _ => false,
        };
        if self.target_for(task, is).is_some() { self.abort(task, "a call has failed") } else { Ok(()) }
    }

    /// A task is done with a request, and says so.
    fn reply(&mut self, task: TaskRef, serving: Serving) -> Result<(), String> {
        let mut acts = vec![Act::Remove(serving.fact)];
        let reads = self.task(task).is_some_and(|found| found.reads);
        if !reads {
            acts.push(Act::Remove(task.id.0));
        }
        self.serving.entry(serving.request).or_default().remove(&task);
        let to = serving.request.sender();
        if reads {
            if let Some(found) = self.task_mut(task) {
                found.serving = None;
            }
        } else if let Some(node) = self.nodes.get_mut(&task.process) {
            node.tasks.remove(&task);
        }
        self.send(task.process, Some(to), Use::Service, Body::Reply(serving.request), acts)?;
        if reads {
            self.go_on(task);
        }
        Ok(())
    }

    /// A reader waits for the next request.
    pub(super) fn idle(&mut self, task: TaskRef) {
        let on = Awaited::Receive { wakers: Vec::new(), closed: false };
        self.begin_wait(task, 1, vec![(Want::Request, on)], None, Vec::new());
    }

    fn branch(&mut self, task: TaskRef, branches: Vec<Vec<Op>>, need: usize) {
        let mut acts = Vec::new();
        let mut wants = Vec::new();
        let mut started = Vec::new();
        for program in branches {
            let branch = Task { program: program.into(), parent: Some(task), ..Task::default() };
            let handle = self.mint(task.process);
            let id = Self::task_ref(task.process, handle);
            acts.push(Act::Insert(handle, self.task_fact(&branch)));
            wants.push((Want::Branch(id), Awaited::Task(id)));
            started.push((id, branch));
        }
        self.begin_wait(task, need, wants, None, acts);
        for (id, branch) in started {
            if let Some(parent) = self.task_mut(task) {
                parent.branches.insert(id);
            }
            self.put(id, branch);
        }
    }

    /// Another task takes over all that this one has, in one event.
    fn hand_over(&mut self, task: TaskRef) {
        let movable = self.task(task).is_some_and(|t| t.parent.is_none() && !t.reads);
        if !movable {
            return self.go_on(task);
        }
        let Some(found) = self.nodes.get_mut(&task.process).and_then(|node| node.tasks.remove(&task)) else {
            return;
        };
        let handle = self.mint(task.process);
        let heir = Self::task_ref(task.process, handle);
        let mut acts = vec![Act::Insert(handle, self.task_fact(&found)), Act::Remove(task.id.0)];
        let mut holds = BTreeMap::new();
        for (fact, held) in &found.holds {
            let moved = self.mint(task.process);
            acts.extend([Act::Remove(*fact), Act::Insert(moved, self.hold_fact(*held, heir))]);
            self.regrant(held.resource, task, heir);
            holds.insert(moved, *held);
        }
        let serving = found.serving.map(|serving| {
            let fact = self.mint(task.process);
            let says = Fact::Serving(fact::Serving { task: heir.id, request: serving.request });
            acts.extend([Act::Remove(serving.fact), Act::Insert(fact, says)]);
            let all = self.serving.entry(serving.request).or_default();
            all.remove(&task);
            all.insert(heir);
            Serving { fact, ..serving }
        });
        if !holds.is_empty() {
            self.situation(Situation::GuardPassedOn);
        }
        if serving.is_some() {
            self.situation(Situation::ResponderPassedOn);
        }
        self.change(task.process, acts);
        for entry in &mut self.mail {
            if entry.1 == Some(task) {
                entry.1 = Some(heir);
            }
        }
        self.put(heir, Task { holds, serving, ..found });
    }

    fn post(&mut self, task: TaskRef, mailbox: Mailbox) -> Result<(), String> {
        self.mail[mailbox].0 = true;
        let waiting = self.nodes.get(&task.process).and_then(|node| {
            node.tasks.keys().find_map(|other| {
                Some((*other, self.target_for(*other, |want| *want == Want::Mail(mailbox))?))
            })
        });
        if let Some(resolved) = waiting.and_then(|(other, target)| self.resolving(other, target)) {
            self.change(task.process, resolved.acts.clone());
            self.resolved(&resolved)?;
        }
        let blocks = self.task(task).and_then(|t| t.program.front());
        if matches!(blocks, Some(Op::Acquire(..) | Op::Collect(_))) {
            self.situation(Situation::HandOffThenBlock);
        }
        self.go_on(task);
        Ok(())
    }

    fn collect(&mut self, task: TaskRef, mailbox: Mailbox) {
        let (full, poster) = self.mail[mailbox];
        if full {
            return self.go_on(task);
        }
        let wakers = poster.into_iter().map(Waker::Task).collect();
        let on = Awaited::Receive { wakers, closed: true };
        self.begin_wait(task, 1, vec![(Want::Mail(mailbox), on)], None, Vec::new());
    }

    /// Units come from a task that has none.
    fn add(&mut self, task: TaskRef, resource: Resource) -> Result<(), String> {
        if let Home::Owned(owner, handle) = self.books[resource].home
            && owner == task.process
        {
            let fact = self.mint(owner);
            let permits = fact::Permits { resource: ResourceId(handle), units: 1 };
            self.change(owner, vec![Act::Insert(fact, Fact::Permits(permits))]);
            self.books[resource].capacity += 1;
            self.situation(Situation::UnitsFromNobody);
            self.grant(resource)?;
        }
        self.go_on(task);
        Ok(())
    }
}

fn brief(op: &Op) -> String {
    match op {
        Op::Call(callees, need, _) => {
            let to: Vec<String> =
                callees.iter().map(|c| c.to.map_or("any".into(), |to| format!("p{to}"))).collect();
            format!("calls {}, needs {need}", to.join(" "))
        }
        Op::Branch(branches, need) => format!("has {} branches, needs {need}", branches.len()),
        other => format!("{other:?}"),
    }
}
