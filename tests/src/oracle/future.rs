//! Executes every future of a [`World`]: which tasks can ever proceed past what they wait for now?
//!
//! A task is deadlocked if in *no* future it proceeds. So the environment is the most liberal that the facts
//! allow: a task that runs may at any moment do any of what a program could do to help (give back any of what
//! it holds, answer any request it serves, notify any receive of which it is a declared waker, read its lanes,
//! end), in any order, or never. [`explore`] tries them all, depth first over a set of visited states.
//!
//! What the facts leave open is in [`Rules`]: two programs with the same facts may differ in it. Who cannot
//! proceed under [`Rules::LIBERAL`] cannot in any compatible program; who cannot under [`Rules::STRICT`] cannot
//! in at least one.
//!
//! # What is left out, and why nothing is lost
//!
//! - *Running tasks take nothing new, open no new waits, send no new requests.* All of that only takes units or
//!   tasks away from others; the same future without it is at least as good for everybody who waits now.
//! - *Future messages arrive.* What a running task sends later travels on a lane of its own choice, possibly a
//!   new one, so no reader that is blocked now is in its way. Only messages in transit now lie in lanes.
//! - *Nobody is spawned.* A new task could do nothing that its creator could not do itself.
//! - [`Search::Thrifty`] takes steps that give without taking (everything but a grant to a task that goes on
//!   waiting, or a message read by one) at once and alone. Such a step only adds to what others can do later: it
//!   frees units, resolves targets, shortens queues. Each step of the future that it postpones is still possible after it, so no
//!   reachable progress is lost. A grant with which a task goes on is such a step too, for the task may give
//!   the units back in the next one. A running task ends only when it has nothing else to give. The tests
//!   compare it with [`Search::Exhaustive`], which takes every step in every order.

use crate::oracle::world::{Amount, End, Hold, Holder, Home, On, State, Waker, World, bit, task_bit};
use std::collections::HashMap;

/// What programs with the same facts may do differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// A branch that runs may end its parent's wait (an error in `try_join`, a panic), and a task that runs may
    /// drop its branches. Otherwise every wait ends by gathering.
    pub families: bool,
    /// Somebody of whom no fact tells helps wherever that is possible: open receives are notified, unserved
    /// and unread requests answered, unbound guards dropped by tasks that run, orphaned and unconfirmed holds
    /// gone, doubtful messages arrive, what is of unknown capacity is enough. Otherwise none of this happens, and
    /// such a one has held, since before anybody looked and for ever, whatever there was room for of what has a key.
    pub strangers: bool,
    /// Messages are read although their readers are blocked, those to a process that may notify somebody start
    /// tasks there, and who asked for a resource by a message that may be lost is told so. No program is bound
    /// to; a detector may be so cautious.
    pub lenient: bool,
    /// A message on a lane notifies one of the receives that wait for it, as a work queue does; otherwise it may
    /// notify all, as a broadcast does. The facts do not say which it is. Always searched exhaustively, for to read is
    /// then to take.
    pub once: bool,
    /// Targets of a wait must all be resolved, whatever it says: an error for testing the comparison.
    pub all: bool,
    /// Grants in transit hold nothing: an error for testing the comparison.
    pub grantless: bool,
    /// Queues are not kept: an error for testing the comparison.
    pub queueless: bool,
    /// Nobody but those who are known holds anything: an error for testing the comparison.
    pub alone: bool,
}

impl Rules {
    /// Everything does happen that may happen.
    pub const LIBERAL: Rules = Rules {
        families: true,
        strangers: true,
        lenient: false,
        once: false,
        all: false,
        grantless: false,
        queueless: false,
        alone: false,
    };
    /// Only what must be possible by the facts alone happens.
    pub const STRICT: Rules = Rules { families: false, strangers: false, ..Rules::LIBERAL };
    /// [`Rules::LIBERAL`], and messages read themselves.
    pub const CONCEDED: Rules = Rules { lenient: true, ..Rules::LIBERAL };
}

/// How to go through the states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Search {
    /// Every step in every order.
    Exhaustive,
    /// Steps that give without taking go first.
    Thrifty,
}

/// One step of a future.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A hold of the list is given back.
    Release(usize),
    /// Units granted for a target since the instant are given back.
    GiveBack(usize),
    /// An entry of the serving list is answered.
    Reply(usize),
    /// A message is read.
    Read(usize),
    /// A message is read, and notifies this receive alone.
    Notify(usize, usize),
    /// A request that was in transit is answered by a task that runs and reads its lane.
    Answer(usize),
    /// A target is resolved by the end of a task, a waker, a timer or a stranger.
    Resolve(usize),
    /// Units are granted for a target.
    Grant(usize),
    /// A waiting parent goes on because of a branch, or a waiting branch is dropped by its parent.
    Family(usize),
    /// A task ends.
    End(usize),
}

/// What all futures together showed.
#[derive(Clone, Debug)]
pub struct Truth {
    /// Tasks that run now or proceed in some future, and those that finished before.
    pub can: u16,
    /// Targets resolved in some future (or with their task proceeding).
    pub resolvable: u32,
    /// How many states there were.
    pub states: usize,
    /// Whether the limit on states was met, and some futures not seen.
    pub cut_short: bool,
    came_from: HashMap<State, Option<(State, Step)>>,
}

impl Truth {
    /// Whether a task never proceeds.
    #[must_use]
    pub const fn never(&self, task: usize) -> bool {
        self.can & task_bit(task) == 0
    }

    /// The shortest known future, step by step, in which a task proceeds.
    #[must_use]
    pub fn future_of(&self, task: usize) -> Option<Vec<Step>> {
        let proceeds = |s: &State| (s.running | s.finished) & task_bit(task) != 0;
        let paths = self.came_from.keys().filter(|s| proceeds(s)).map(|s| self.path(*s));
        paths.min_by_key(Vec::len)
    }

    fn path(&self, mut state: State) -> Vec<Step> {
        let mut steps = Vec::new();
        while let Some(Some((before, step))) = self.came_from.get(&state) {
            steps.push(*step);
            state = *before;
        }
        steps.reverse();
        steps
    }
}

/// Executes all futures of `world`, visiting at most `limit` states.
#[must_use]
pub fn explore(world: &World, rules: Rules, search: Search, limit: usize) -> Truth {
    explore_from(world, world.start(), rules, search, limit)
}

/// Executes all futures of `world` from the state `start`.
#[must_use]
pub fn explore_from(world: &World, start: State, rules: Rules, search: Search, limit: usize) -> Truth {
    let player = Player { world, rules };
    let everybody = ((1u32 << world.tasks.len()) - 1) as u16;
    let mut truth = Truth {
        can: 0,
        resolvable: 0,
        states: 0,
        cut_short: false,
        came_from: HashMap::from([(start, None)]),
    };
    let mut stack = vec![start];
    let mut steps = Vec::new();
    while let Some(state) = stack.pop() {
        truth.states += 1;
        truth.can |= state.running | state.finished;
        truth.resolvable |= !state.open;
        if truth.can == everybody {
            break;
        }
        if truth.states >= limit {
            truth.cut_short = true;
            break;
        }
        player.steps(&state, &mut steps);
        if search == Search::Thrifty && !rules.once {
            player.keep_one_gift(&state, &mut steps);
        }
        for &step in &steps {
            let next = player.take(&state, step);
            truth.came_from.entry(next).or_insert_with(|| {
                stack.push(next);
                Some((state, step))
            });
        }
    }
    truth
}

/// The rules of the game for one world.
struct Player<'a> {
    world: &'a World,
    rules: Rules,
}

impl Player<'_> {
    /// All steps possible in a state.
    fn steps(&self, s: &State, steps: &mut Vec<Step>) {
        steps.clear();
        let w = self.world;
        steps.extend(set(s.held).filter(|h| self.may_release(*h, s)).map(Step::Release));
        steps.extend(set(s.granted).filter(|t| self.may_give_back(*t, s)).map(Step::GiveBack));
        steps.extend(set(s.serving).filter(|e| runs(s, w.serving[*e].0)).map(Step::Reply));
        steps.extend(set(s.transit).filter(|m| self.may_be_read(*m, s)).map(Step::Read));
        for t in set(s.open) {
            if let On::Call(m) = w.targets[t].on
                && self.read_by_task(m, s)
            {
                steps.push(Step::Answer(m));
            }
            if self.may_be_granted(t, s) {
                steps.push(Step::Grant(t));
            }
            if self.may_be_resolved(t, s) {
                steps.push(Step::Resolve(t));
            }
            if self.rules.once {
                let for_it = |m: &usize| self.may_be_read(*m, s) && self.notifies(*m, t);
                steps.extend(set(s.transit).filter(for_it).map(|m| Step::Notify(m, t)));
            }
        }
        for t in 0..w.tasks.len() {
            if !ran(s, t)
                && !self.has_left(w.tasks[t].process)
                && self.rules.families
                && self.freed_by_family(t, s)
            {
                steps.push(Step::Family(t));
            }
            if runs(s, t) {
                steps.push(Step::End(t));
            }
        }
    }

    /// Leaves one step that gives without taking, if there is one; ends come last.
    fn keep_one_gift(&self, s: &State, steps: &mut Vec<Step>) {
        let gives = |step: &Step| match *step {
            Step::Grant(t) => runs(&self.take(s, *step), self.world.waiter(t)),
            Step::Notify(..) => false,
            // Who reads one message and goes on waiting may read no other.
            Step::Read(m) if !self.lane_is_read(self.world.messages[m].lane, s) => {
                self.read_by_waiter(m, s).is_some_and(|t| runs(&self.take(s, *step), t))
            }
            Step::End(_) => false,
            _ => true,
        };
        let gift = steps.iter().copied().find(gives);
        let end = || steps.iter().copied().find(|step| matches!(step, Step::End(_)));
        if let Some(step) = gift.or_else(end) {
            steps.clear();
            steps.push(step);
        }
    }

    fn take(&self, s: &State, step: Step) -> State {
        let (w, mut next) = (self.world, *s);
        match step {
            Step::Release(h) => next.held &= !bit(h),
            Step::GiveBack(t) => next.granted &= !bit(t),
            Step::Reply(e) => {
                next.serving &= !bit(e);
                self.answer(w.serving[e].1, &mut next);
            }
            Step::Read(m) => self.read(m, &mut next),
            Step::Notify(m, t) => {
                self.read(m, &mut next);
                self.resolve(t, &mut next);
            }
            Step::Answer(m) => self.answer(m, &mut next),
            Step::Resolve(t) => self.resolve(t, &mut next),
            Step::Grant(t) => {
                next.granted |= bit(t);
                self.resolve(t, &mut next);
            }
            Step::Family(t) => w.proceed(t, &mut next),
            Step::End(t) => self.end(t, &mut next),
        }
        next
    }

    fn resolve(&self, target: usize, s: &mut State) {
        let wait = self.world.targets[target].wait;
        let others = (0..self.world.targets.len())
            .any(|t| t != target && self.world.targets[t].wait == wait && s.open & bit(t) != 0);
        if self.rules.all && others {
            s.open &= !bit(target);
        } else {
            self.world.resolve(target, s);
        }
    }

    /// The reply to a request reaches whoever waits for it.
    fn answer(&self, request: usize, s: &mut State) {
        for t in set(s.open) {
            if self.world.targets[t].on == On::Call(request) {
                self.resolve(t, s);
            }
        }
    }

    /// A message arrives with all that it carries.
    ///
    /// Every receive to which it may have been addressed is notified: which one it was is not known.
    fn read(&self, message: usize, s: &mut State) {
        let m = &self.world.messages[message];
        for t in set(s.open).filter(|t| !self.rules.once && self.notifies(message, *t)) {
            self.resolve(t, s);
        }
        s.transit &= !bit(message);
        for &t in &m.resolves {
            self.resolve(t, s);
        }
        if let Some(request) = m.replies {
            self.answer(request, s);
        }
        for (h, hold) in self.world.holds.iter().enumerate() {
            match hold.holder {
                Holder::Grant { message: by, to: Some(t) } if by == message => {
                    self.resolve(t, s);
                }
                Holder::Return { message: by } if by == message => s.held &= !bit(h),
                _ => {}
            }
        }
    }

    /// Whether a message is such as a receive waits for.
    fn notifies(&self, message: usize, target: usize) -> bool {
        match &self.world.targets[target].on {
            On::Receive { wakers, .. } => wakers.iter().any(|w| self.is_addressed(message, *w, target)),
            _ => false,
        }
    }

    /// A task ends: its guards are dropped, and so are its responders, which answers with an error.
    fn end(&self, task: usize, s: &mut State) {
        s.running &= !task_bit(task);
        s.finished |= task_bit(task);
        for (h, hold) in self.world.holds.iter().enumerate() {
            if hold.holder == Holder::Task(task) {
                s.held &= !bit(h);
            }
        }
        for e in set(s.serving).filter(|e| self.world.serving[*e].0 == task) {
            s.serving &= !bit(e);
            self.answer(self.world.serving[e].1, s);
        }
    }

    fn may_release(&self, hold: usize, s: &State) -> bool {
        let h = &self.world.holds[hold];
        let strangers = self.rules.strangers;
        match h.holder {
            _ if !h.confirmed && strangers => true,
            _ if self.is_astray(h) => strangers,
            Holder::Task(t) if self.world.tasks[t].finished => strangers,
            Holder::Task(t) => runs(s, t),
            Holder::Unbound => strangers && self.somebody_runs(h.process, s),
            Holder::Grant { .. } if self.rules.grantless => true,
            // What may be lost may be taken back.
            Holder::Grant { message, .. } if strangers && self.may_fail(message) => true,
            // Whoever it is for must have got it before he can give it back.
            Holder::Grant { message, to: Some(t) } => {
                let task = self.world.waiter(t);
                let arrived = s.transit & bit(message) == 0 || self.rules.lenient;
                let gone = self.world.tasks[task].finished;
                if gone { strangers } else { arrived && ran(s, task) }
            }
            Holder::Grant { to: None, .. } => strangers,
            Holder::Return { .. } => false,
        }
    }

    fn may_give_back(&self, target: usize, s: &State) -> bool {
        let task = self.world.waiter(target);
        ran(s, task) || (self.rules.strangers && self.has_left(self.world.tasks[task].process))
    }

    fn has_left(&self, process: usize) -> bool {
        self.world.left.contains(&process)
    }

    /// Whether units were held by, or under way to, a process that has left, or were lost on the way.
    fn is_astray(&self, hold: &Hold) -> bool {
        match hold.holder {
            Holder::Task(_) | Holder::Unbound => self.has_left(hold.process),
            Holder::Grant { message, .. } | Holder::Return { message } => {
                let m = &self.world.messages[message];
                m.lost || self.has_left(self.world.lanes[m.lane].to)
            }
        }
    }

    /// A task of the process runs, or the process has none that is known.
    fn somebody_runs(&self, process: usize, s: &State) -> bool {
        let mut here = (0..self.world.tasks.len())
            .filter(|t| self.world.tasks[*t].process == process && !self.world.tasks[*t].finished)
            .peekable();
        here.peek().is_none() || here.any(|t| ran(s, t))
    }

    fn may_be_read(&self, message: usize, s: &State) -> bool {
        let m = &self.world.messages[message];
        if self.has_left(self.world.lanes[m.lane].to) {
            return false;
        }
        let free = self.lane_is_read(m.lane, s) || self.read_by_waiter(message, s).is_some();
        free && (!m.doubtful || self.rules.strangers)
    }

    /// Whether everything on a lane is read.
    fn lane_is_read(&self, lane: usize, s: &State) -> bool {
        let readers = &self.world.lanes[lane].readers;
        readers.is_empty() || self.rules.lenient || readers.iter().any(|t| runs(s, *t))
    }

    /// A reader of the lane who waits for this message, and therefore reads it.
    ///
    /// One who reads a lane and waits for any message on it, or for the very thing that the message brings, is in
    /// the act of reading it.
    fn read_by_waiter(&self, message: usize, s: &State) -> Option<usize> {
        let m = &self.world.messages[message];
        let wanted = |t: usize| match &self.world.targets[t].on {
            On::Receive { wakers, .. } if wakers.contains(&Waker::Lane(m.lane)) => true,
            _ => self.brings(message, t),
        };
        let readers = &self.world.lanes[m.lane].readers;
        set(s.open)
            .find(|t| readers.contains(&self.world.waiter(*t)) && wanted(*t))
            .map(|t| self.world.waiter(t))
    }

    /// Whether a message resolves a target by name.
    fn brings(&self, message: usize, target: usize) -> bool {
        let m = &self.world.messages[message];
        let replied = m.replies.is_some_and(|r| self.world.targets[target].on == On::Call(r));
        let granted = |h: &Hold| h.holder == Holder::Grant { message, to: Some(target) };
        replied || m.resolves.contains(&target) || self.world.holds.iter().any(granted)
    }

    /// A request was in transit at the instant, and one of those who read its lane runs.
    fn read_by_task(&self, request: usize, s: &State) -> bool {
        let m = &self.world.messages[request];
        let arrives = !m.received && !m.lost && (!m.doubtful || self.rules.strangers);
        arrives && self.world.lanes[m.lane].readers.iter().any(|t| runs(s, *t))
    }

    /// Whether a target can be resolved otherwise than by a grant, a reply or a message that names it.
    fn may_be_resolved(&self, target: usize, s: &State) -> bool {
        match &self.world.targets[target].on {
            On::External => true,
            On::Task(t) => {
                let gone = self.has_left(self.world.tasks[*t].process);
                s.finished & task_bit(*t) != 0 || (gone && self.rules.strangers)
            }
            On::Call(request) => self.rules.strangers && self.answered_by_a_stranger(*request, s),
            On::Receive { wakers, closed } => {
                (!closed && self.rules.strangers) || wakers.iter().any(|w| self.wakes(*w, target, s))
            }
            // The owner notices that whoever stands in its queue is gone; who asked, that he was not heard.
            On::Resource { request, .. } => {
                let process = self.world.tasks[self.world.waiter(target)].process;
                let lost = |m: Option<usize>| m.is_some_and(|m| self.may_fail(m));
                let failed = self.rules.lenient && (lost(*request) || lost(self.grant_under_way(target)));
                self.rules.strangers && (failed || self.has_left(process))
            }
        }
    }

    /// A request that nobody is known to serve: somebody unknown may.
    fn answered_by_a_stranger(&self, request: usize, s: &State) -> bool {
        let w = self.world;
        let m = &w.messages[request];
        if s.transit & bit(request) != 0 || !m.received {
            let lane = &w.lanes[m.lane];
            // Read by the transport (now or before), it went to a handler that nobody has heard of yet.
            let unheard = lane.end != End::Peer || lane.readers.is_empty() || self.has_left(lane.to);
            return self.may_fail(request) || unheard;
        }
        let served = w.serving.iter().any(|e| e.1 == request && !self.has_left(w.tasks[e.0].process));
        let replied =
            (0..w.messages.len()).any(|m| w.messages[m].replies == Some(request) && !self.may_fail(m));
        !served && !replied
    }

    fn wakes(&self, waker: Waker, target: usize, s: &State) -> bool {
        let tasks = &self.world.tasks;
        let woken = match waker {
            Waker::Task(t) => runs(s, t),
            Waker::Process(p) if self.rules.strangers => self.has_left(p) || self.somebody_runs(p, s),
            Waker::Process(p) => (0..tasks.len()).any(|t| tasks[t].process == p && runs(s, t)),
            Waker::Lane(_) => false,
        };
        let stirred = self.rules.lenient && self.stirs(waker, target);
        woken
            || stirred
            || !self.rules.once
                && set(s.transit).any(|m| self.may_be_read(m, s) && self.is_addressed(m, waker, target))
    }

    /// Whether a message that was in transit at the instant may start a task in a waker process, or comes to where
    /// its notification is awaited.
    fn stirs(&self, waker: Waker, target: usize) -> bool {
        let Waker::Process(p) = waker else { return false };
        let here = self.world.tasks[self.world.waiter(target)].process;
        let sent = self.world.messages.iter().filter(|m| !m.received && !m.lost);
        let mut lanes = sent.map(|m| &self.world.lanes[m.lane]);
        lanes.any(|lane| lane.end != End::Peer || lane.to == p || lane.to == here)
    }

    /// Whether a message is such as `waker` says would resolve a receive.
    fn is_addressed(&self, message: usize, waker: Waker, target: usize) -> bool {
        let on = self.world.messages[message].lane;
        let lane = &self.world.lanes[on];
        let process = self.world.tasks[self.world.waiter(target)].process;
        match waker {
            Waker::Task(_) => false,
            Waker::Lane(l) => l == on,
            // Whatever it says, which nobody knows.
            Waker::Process(p) => {
                self.rules.strangers && lane.from == p && (lane.to == process || lane.end != End::Peer)
            }
        }
    }

    fn may_be_granted(&self, target: usize, s: &State) -> bool {
        let On::Resource { resource, amount, request } = self.world.targets[target].on else { return false };
        let r = &self.world.resources[resource];
        if amount == Amount::Units(0) {
            return true;
        }
        if let Home::Process(owner) = r.home
            && self.has_left(owner)
        {
            return self.rules.strangers;
        }
        if r.gone || (!r.closed && self.rules.strangers) {
            return true;
        }
        // The owner has granted it, and will not again unless he is asked again.
        if self.grant_under_way(target).is_some_and(|m| !(self.rules.strangers && self.may_fail(m))) {
            return false;
        }
        // The owner must have been asked.
        if request.is_some_and(|m| s.transit & bit(m) != 0 || self.world.messages[m].lost) {
            return false;
        }
        let Some(total) = r.total() else { return self.rules.strangers };
        let taken = |on: usize, amount: Amount| if on == resource { amount.of(total) } else { 0 };
        let held: u64 =
            set(s.held).map(|h| taken(self.world.holds[h].resource, self.world.holds[h].amount)).sum();
        let granted: u64 = set(s.granted)
            .map(|t| match self.world.targets[t].on {
                On::Resource { resource, amount, .. } => taken(resource, amount),
                _ => 0,
            })
            .sum();
        let unseen = if self.rules.strangers || self.rules.alone { 0 } else { self.unseen(resource, total) };
        let taken = held.saturating_add(granted).saturating_add(unseen);
        let fits = taken.saturating_add(amount.of(total)) <= total;
        fits && (!r.fair || self.rules.queueless || self.first_in_line(target, &r.queue, s))
    }

    /// What somebody of whom no fact tells may have held of a resource since before anybody looked.
    ///
    /// Everybody is looked at in turn. At each look he had no more than was left by what was held there, and before
    /// the first, than by all that is old enough to have been held then. Where others share freely he may too, and
    /// then whoever wants all, and was there first, keeps everybody waiting.
    fn unseen(&self, resource: usize, total: u64) -> u64 {
        let r = &self.world.resources[resource];
        if r.home != Home::Key {
            return 0;
        }
        let tasks = &self.world.tasks;
        let real = |h: &&Hold| match h.holder {
            Holder::Task(t) => h.resource == resource && !tasks[t].finished && !self.has_left(h.process),
            Holder::Unbound => h.resource == resource && !self.has_left(h.process),
            Holder::Grant { .. } | Holder::Return { .. } => false,
        };
        let left_by = |seen: &dyn Fn(&Hold) -> bool| {
            let held = self.world.holds.iter().filter(real).filter(|h| seen(h));
            let held: u64 = held.map(|h| h.amount.of(total)).sum();
            if r.is_shared_freely() && held < total { total } else { total.saturating_sub(held) }
        };
        let looks = (0..self.world.processes).map(|p| left_by(&|h| h.process == p));
        looks.fold(left_by(&|h| h.confirmed), u64::min)
    }

    /// Whether whoever waits for a message to arrive may learn that it will not.
    fn may_fail(&self, message: usize) -> bool {
        let m = &self.world.messages[message];
        m.doubtful || m.lost
    }

    fn grant_under_way(&self, target: usize) -> Option<usize> {
        self.world.holds.iter().find_map(|h| match h.holder {
            Holder::Grant { message, to: Some(t) } if t == target => Some(message),
            _ => None,
        })
    }

    /// Everybody with a better place has been served or has left.
    fn first_in_line(&self, target: usize, queue: &[usize], s: &State) -> bool {
        queue.iter().take_while(|t| **t != target).all(|t| s.open & bit(*t) == 0)
    }

    /// Something closest to a task in its family goes on, and may take it along.
    fn freed_by_family(&self, task: usize, s: &State) -> bool {
        let tasks = &self.world.tasks;
        tasks[task].parent.is_some_and(|p| ran(s, p) && !tasks[p].finished)
            || (0..tasks.len()).any(|c| tasks[c].parent == Some(task) && ran(s, c) && !tasks[c].finished)
    }
}

/// The members of a set.
fn set(bits: u32) -> impl Iterator<Item = usize> {
    (0..32).filter(move |i| bits & bit(*i) != 0)
}

const fn runs(s: &State, task: usize) -> bool {
    s.running & task_bit(task) != 0
}

const fn ran(s: &State, task: usize) -> bool {
    (s.running | s.finished) & task_bit(task) != 0
}
