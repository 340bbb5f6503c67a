//! A small distributed system at one instant: who waits for what, who holds what, what is under way.
//!
//! Things are named by their index in the [`World`]'s lists. The lists never change; what changes in a future
//! is a [`State`], a few words of bits that index them, so that thousands of states cost little.
//!
//! The limits ([`World::TASKS`] and so on) are those of the bit sets; random systems stay far below them.

use std::fmt;

/// How much of a resource is demanded or held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Amount {
    /// So many units.
    Units(u64),
    /// All there are.
    All,
}

impl Amount {
    /// The number of units when there are `capacity`.
    #[must_use]
    pub const fn of(self, capacity: u64) -> u64 {
        match self {
            Amount::Units(n) => n,
            Amount::All => capacity,
        }
    }
}

/// A task, or a branch of one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Task {
    /// Where it runs.
    pub process: usize,
    /// Whose branch it is. A parent comes before its branches in the list.
    pub parent: Option<usize>,
    /// It finished in the past: it has no fact, but others may still name it.
    pub finished: bool,
}

/// A task waits until `need` of `of` targets are resolved. Those of its targets that are in the list are open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wait {
    /// Who waits.
    pub task: usize,
    /// How many it needs.
    pub need: u32,
    /// With how many it began.
    pub of: u32,
}

/// One open target of a wait.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// Whose.
    pub wait: usize,
    /// What resolves it.
    pub on: On,
}

/// What resolves a target.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum On {
    /// The end of a task.
    Task(usize),
    /// Units of a resource, asked for in memory or by the message `request`.
    Resource {
        /// Which.
        resource: usize,
        /// How much.
        amount: Amount,
        /// The message by which it was asked for.
        request: Option<usize>,
    },
    /// The reply to a message.
    Call(usize),
    /// Somebody's notification.
    Receive {
        /// Who may give it.
        wakers: Vec<Waker>,
        /// Whether nobody else can.
        closed: bool,
    },
    /// A timer, a person.
    External,
}

/// Who may notify.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Waker {
    /// A task that runs.
    Task(usize),
    /// Any task of a process that runs, and any message from it.
    Process(usize),
    /// Any message now in transit on a lane.
    Lane(usize),
}

/// Where a resource is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Home {
    /// A process owns it and grants it.
    Process(usize),
    /// It is outside and named by a key; whoever uses it may have no agent. If nobody declares how many units it
    /// has, it has one exclusive holder or any number of sharing ones.
    Key,
}

/// A resource.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Resource {
    /// Where it is.
    pub home: Home,
    /// How many units it has; `None` if only its owner's program knows, or nobody declares it.
    pub capacity: Option<u64>,
    /// Units added since.
    pub permits: u64,
    /// Whether units come only from holders.
    pub closed: bool,
    /// Whether it is granted in the order of its queue.
    pub fair: bool,
    /// Whether only the owner's tasks use it.
    pub local: bool,
    /// The targets in its queue, the first to be served first.
    pub queue: Vec<usize>,
    /// It was destroyed: a demand on it fails at once.
    pub gone: bool,
}

impl Resource {
    /// What stands for "as many as you like" of a keyed resource.
    pub const PLENTY: u64 = 1 << 40;

    /// All units there are, if known.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        match self.home {
            Home::Key => Some(self.capacity.unwrap_or(Self::PLENTY)),
            Home::Process(_) => self.capacity.map(|c| c + self.permits),
        }
    }

    /// Whether any number may share it.
    #[must_use]
    pub fn is_shared_freely(&self) -> bool {
        self.home == Home::Key && self.capacity.is_none()
    }
}

/// Units that are not free.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hold {
    /// Of which resource.
    pub resource: usize,
    /// In which process the hold is recorded (or by which the message was sent).
    pub process: usize,
    /// Who has them.
    pub holder: Holder,
    /// How much.
    pub amount: Amount,
    /// For a keyed resource: whether the hold is old enough to be sure of.
    pub confirmed: bool,
}

/// Who has units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// A task; if it finished, the hold is orphaned.
    Task(usize),
    /// A guard that nobody knows the task of.
    Unbound,
    /// A grant under way in a message; to a target, if known.
    Grant {
        /// In which message.
        message: usize,
        /// For which target.
        to: Option<usize>,
    },
    /// A release under way in a message.
    Return {
        /// In which message.
        message: usize,
    },
}

/// Where a lane leads, as its sender knows it. The receiver is in [`Lane::to`] all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// To the receiver, known.
    Peer,
    /// To one process, not known which.
    Sole,
    /// To some process of a group.
    Group,
}

/// A lane.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lane {
    /// The sender.
    pub from: usize,
    /// Who receives.
    pub to: usize,
    /// What the sender knows of that.
    pub end: End,
    /// The tasks of the receiver that alone read it; none: a transport that never blocks.
    pub readers: Vec<usize>,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Message {
    /// On which lane; the messages of a lane are numbered in the order of the list.
    pub lane: usize,
    /// It has been received.
    pub received: bool,
    /// Its sender knows that it was received.
    pub acknowledged: bool,
    /// Its sender does not know whether it was lost.
    pub doubtful: bool,
    /// It was lost, and its receiver knows: it has promised not to take it any more.
    pub lost: bool,
    /// Targets that it resolves.
    pub resolves: Vec<usize>,
    /// The request to which it is the reply.
    pub replies: Option<usize>,
}

/// A system at one instant.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct World {
    /// How many processes.
    pub processes: usize,
    /// Processes that have said goodbye: their tasks never move again, whatever they were about to do.
    pub left: Vec<usize>,
    /// The tasks.
    pub tasks: Vec<Task>,
    /// The waits.
    pub waits: Vec<Wait>,
    /// The open targets.
    pub targets: Vec<Target>,
    /// The resources.
    pub resources: Vec<Resource>,
    /// Units not free.
    pub holds: Vec<Hold>,
    /// The lanes.
    pub lanes: Vec<Lane>,
    /// The messages.
    pub messages: Vec<Message>,
    /// Which task serves which request.
    pub serving: Vec<(usize, usize)>,
}

/// What changes in a future of a [`World`]: bit sets over its lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct State {
    /// Tasks that have proceeded past their waits, or never waited, and have not ended.
    pub running: u16,
    /// Tasks that have ended.
    pub finished: u16,
    /// Targets that are open.
    pub open: u32,
    /// Resource targets whose units the waiter got from the owner since the instant, and still has.
    pub granted: u32,
    /// Holds of the list that still are.
    pub held: u32,
    /// Messages in transit.
    pub transit: u32,
    /// Entries of the serving list not yet answered.
    pub serving: u32,
}

/// Bit `i` of a set.
#[must_use]
pub const fn bit(i: usize) -> u32 {
    1 << i
}

/// Bit `i` of a set of tasks.
#[must_use]
pub const fn task_bit(i: usize) -> u16 {
    1 << i
}

impl World {
    /// The most tasks a world may have.
    pub const TASKS: usize = 16;
    /// The most targets, holds, messages or served requests.
    pub const OTHERS: usize = 32;

    /// The instant itself: tasks without a wait run, and so do those that have gathered what they need.
    #[must_use]
    pub fn start(&self) -> State {
        assert!(self.tasks.len() <= Self::TASKS, "too many tasks for the bit sets");
        for n in [self.targets.len(), self.holds.len(), self.messages.len(), self.serving.len()] {
            assert!(n < Self::OTHERS, "too many things for the bit sets");
        }
        let all = |n: usize| bit(n) - 1;
        let mut state = State {
            open: all(self.targets.len()),
            held: all(self.holds.len()),
            serving: all(self.serving.len()),
            ..State::default()
        };
        for (i, message) in self.messages.iter().enumerate() {
            state.transit |= if message.received || message.lost { 0 } else { bit(i) };
        }
        for (t, task) in self.tasks.iter().enumerate() {
            let mut waits = self.waits_of(t).peekable();
            if task.finished {
                state.finished |= task_bit(t);
            } else if waits.peek().is_none() || waits.any(|w| self.gathered(w, &state)) {
                self.proceed(t, &mut state);
            }
        }
        state
    }

    /// The waits of a task.
    pub fn waits_of(&self, task: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.waits.len()).filter(move |w| self.waits[*w].task == task)
    }

    /// The task that waits for a target.
    #[must_use]
    pub fn waiter(&self, target: usize) -> usize {
        self.waits[self.targets[target].wait].task
    }

    /// Whether a wait has what it needs.
    #[must_use]
    pub fn gathered(&self, wait: usize, state: &State) -> bool {
        let open = (0..self.targets.len())
            .filter(|t| self.targets[*t].wait == wait && state.open & bit(*t) != 0)
            .count() as u32;
        self.waits[wait].of.saturating_sub(open) >= self.waits[wait].need
    }

    /// A task goes on: it leaves all its waits, and its places in queues. In a process that has left, none does.
    pub fn proceed(&self, task: usize, state: &mut State) {
        if self.left.contains(&self.tasks[task].process) {
            return;
        }
        state.running |= task_bit(task);
        for t in 0..self.targets.len() {
            if self.waiter(t) == task {
                state.open &= !bit(t);
            }
        }
    }

    /// A target is resolved; its task goes on if that was enough.
    pub fn resolve(&self, target: usize, state: &mut State) {
        if state.open & bit(target) == 0 {
            return;
        }
        state.open &= !bit(target);
        if self.gathered(self.targets[target].wait, state) {
            self.proceed(self.waiter(target), state);
        }
    }

    /// The number of a message on its lane, from 1.
    #[must_use]
    pub fn number(&self, message: usize) -> u64 {
        let lane = self.messages[message].lane;
        self.messages[..=message].iter().filter(|m| m.lane == lane).count() as u64
    }

    /// What a task holds or is being granted.
    pub fn holds_of(&self, task: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.holds.len()).filter(move |h| match self.holds[*h].holder {
            Holder::Task(t) => t == task,
            Holder::Grant { message, to: Some(target) } => {
                self.waiter(target) == task && !self.messages[message].lost
            }
            _ => false,
        })
    }
}

impl fmt::Display for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, task) in self.tasks.iter().enumerate() {
            write!(f, "  t{i} at p{}", task.process)?;
            if let Some(parent) = task.parent {
                write!(f, ", branch of t{parent}")?;
            }
            if self.left.contains(&task.process) {
                write!(f, ", which has left")?;
            }
            if task.finished {
                write!(f, ", finished")?;
            }
            for (w, wait) in self.waits.iter().enumerate().filter(|(_, w)| w.task == i) {
                write!(f, "; w{w} needs {} of {}:", wait.need, wait.of)?;
                for (t, target) in self.targets.iter().enumerate().filter(|(_, t)| t.wait == w) {
                    write!(f, " [{t}] {:?}", target.on)?;
                }
            }
            for (_, m) in self.serving.iter().filter(|(t, _)| *t == i) {
                write!(f, "; serves m{m}")?;
            }
            writeln!(f)?;
        }
        for (i, r) in self.resources.iter().enumerate() {
            write!(f, "  r{i} {:?} capacity {:?}+{}", r.home, r.capacity, r.permits)?;
            let marks = [(!r.closed, "open"), (r.fair, "fair"), (r.local, "local"), (r.gone, "gone")];
            for (_, mark) in marks.iter().filter(|(is, _)| *is) {
                write!(f, " {mark}")?;
            }
            if !r.queue.is_empty() {
                write!(f, " queue of targets {:?}", r.queue)?;
            }
            writeln!(f)?;
        }
        for hold in &self.holds {
            let sure = if hold.confirmed { "" } else { " unconfirmed" };
            writeln!(
                f,
                "  hold of r{} at p{} by {:?}: {:?}{sure}",
                hold.resource, hold.process, hold.holder, hold.amount
            )?;
        }
        for (i, l) in self.lanes.iter().enumerate() {
            writeln!(f, "  lane {i}: p{} -> p{} ({:?}) read by tasks {:?}", l.from, l.to, l.end, l.readers)?;
        }
        for (i, m) in self.messages.iter().enumerate() {
            let place = if m.received {
                "received"
            } else if m.lost {
                "lost"
            } else {
                "in transit"
            };
            let doubt = if m.doubtful { " doubtful" } else { "" };
            write!(f, "  m{i} on lane {} {place}{doubt} resolves {:?}", m.lane, m.resolves)?;
            if let Some(request) = m.replies {
                write!(f, " replies to m{request}")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
