//! The run itself: virtual time, what is due, and the processes.

use super::plan::{Fault, MS, Plan, Slot, Time};
use super::program::{Body, Book, Node, Task, Use};
use super::server::Server;
use super::situation::Situation;
use super::summary::Summary;
use crate::observer::{Event, Observer};
use crate::random::{Random, mix};
use crate::suites::caught;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use stillpoint_proto::collector::{RequestId, SessionId, Timer};
use stillpoint_proto::fact::{Awaited, Location};
use stillpoint_proto::fact::{Fact, Target, Wait};
use stillpoint_proto::id::{
    DeploymentId, Epoch, Handle, Incarnation, LaneRef, MessageId, ProcessName, TaskId, TaskRef, WaitId,
};
use stillpoint_proto::participant::{self, Act, Participant};
use stillpoint_proto::session::{FromAgent, ToAgent};
use stillpoint_proto::stamp::{Marker, Stamp};

/// The deployment of every run.
pub(super) fn deployment() -> DeploymentId {
    DeploymentId::from_name("sim")
}

/// Something that is due at a time.
#[derive(Clone, Debug)]
pub(super) enum Due {
    Boot(Slot),
    Workload(usize),
    Round(Option<Slot>),
    Fault(Fault),
    /// A task goes on, if this is still its turn.
    Wake(TaskRef, u64),
    /// A wait ends by itself, if it has not ended.
    Expire(TaskRef, Handle),
    /// A frame arrives.
    Arrive(u64),
    /// A sender doubts a message, if it is still outstanding.
    Doubt(MessageId),
    /// A sender gives up for good what it doubts.
    GiveUp(MessageId),
    /// A process takes up its next piece of work.
    Item(Incarnation, Handle),
    /// A mutator takes another step: so many are left.
    Mutate(Incarnation, u64, u32),
    /// A payment is made: so many are left.
    Pay(Incarnation, u64, u32),
    /// A statement reaches the database, or its answer the task.
    Statement(TaskRef, usize),
    Answered(TaskRef, usize),
    Commit(TaskRef, usize),
    Connect(Incarnation),
    Up(SessionId, Box<FromAgent>),
    Down(SessionId, Box<ToAgent>),
    Timer(u64, Timer),
    Stored(u64, super::server::Row),
    /// The server starts again.
    Serve,
}

/// What is under way from one process to another.
#[derive(Clone, Debug)]
pub(super) enum Frame {
    Message(Box<Flight>),
    Marker(Marker, Incarnation),
    /// The end of a lane that keeps the order.
    End(LaneRef, Incarnation),
}

/// A message under way.
#[derive(Clone, Debug)]
pub(super) struct Flight {
    pub(super) stamp: Stamp,
    pub(super) body: Body,
    pub(super) to: Incarnation,
    pub(super) lane: Use,
}

/// A run.
pub struct System {
    pub(super) plan: Plan,
    /// As the plan was at the beginning.
    pub(super) calm: bool,
    pub(super) exact: bool,
    pub(super) now: Time,
    agenda: BTreeMap<(Time, u64), Due>,
    order: u64,
    pub(super) nodes: BTreeMap<Incarnation, Node>,
    /// Who runs at each place, and how many have.
    pub(super) slots: Vec<Option<Incarnation>>,
    generations: Vec<u64>,
    pub(super) names: BTreeMap<Incarnation, ProcessName>,
    /// Messages that wait with their senders until a process is started again.
    pub(super) waiting: BTreeMap<ProcessName, Vec<Flight>>,
    pub(super) frames: BTreeMap<u64, Frame>,
    /// When the last frame of an ordered lane arrives.
    pub(super) last: BTreeMap<LaneRef, Time>,
    pub(super) books: Vec<Book>,
    /// For each mailbox: what lies there, and who posts.
    pub(super) mail: Vec<(bool, Option<TaskRef>)>,
    /// Whose units came back by which message.
    pub(super) returns: BTreeMap<MessageId, TaskRef>,
    /// Commits on their way to the database.
    pub(super) committing: Vec<(usize, TaskRef)>,
    /// What was lost on its way, until its sender notices.
    pub(super) unnoticed: BTreeMap<MessageId, Flight>,
    /// Who called, and who serves: by request.
    pub(super) calls: BTreeMap<MessageId, TaskRef>,
    pub(super) serving: BTreeMap<MessageId, BTreeSet<TaskRef>>,
    /// Tasks that were ended from outside, and when.
    pub(super) aborted: BTreeMap<TaskRef, Time>,
    pub(super) server: Server,
    pub(super) observer: Observer,
    pub(super) judged: super::judge::Judged,
    pub(super) summary: Summary,
    sessions: u64,
    requests: u64,
    pub(super) computations: u64,
    /// What happened, if anybody wants to read it.
    pub(super) trace: Option<super::trace::Trace>,
}

/// What comes of a run.
pub type Outcome = Result<Summary, String>;

impl System {
    /// Runs a plan to its end.
    ///
    /// # Errors
    /// What went wrong, in words, be it that something panicked.
    pub fn run(plan: &Plan) -> Outcome {
        let mut system = System::new(plan.clone());
        caught(|| system.live())?;
        Ok(system.summary)
    }

    /// Runs a plan, and gives what came of it with a space-time diagram.
    pub fn trace(plan: &Plan) -> (Outcome, String) {
        let mut system = System::new(plan.clone());
        system.trace = Some(super::trace::Trace::default());
        let outcome = caught(|| system.live());
        let trace = system.trace.take().unwrap_or_default();
        (outcome.map(|()| system.summary), trace.render(plan.processes.len()))
    }

    fn new(plan: Plan) -> Self {
        let processes = plan.processes.len();
        let mut system = System {
            calm: plan.is_calm(),
            exact: plan.is_exact(),
            now: 0,
            agenda: BTreeMap::new(),
            order: 0,
            nodes: BTreeMap::new(),
            slots: vec![None; processes],
            generations: vec![0; processes],
            names: BTreeMap::new(),
            frames: BTreeMap::new(),
            waiting: BTreeMap::new(),
            last: BTreeMap::new(),
            books: Vec::new(),
            mail: Vec::new(),
            returns: BTreeMap::new(),
            committing: Vec::new(),
            unnoticed: BTreeMap::new(),
            calls: BTreeMap::new(),
            serving: BTreeMap::new(),
            aborted: BTreeMap::new(),
            server: Server::new(&plan.bounds),
            observer: Observer::default(),
            judged: super::judge::Judged::default(),
            summary: Summary::default(),
            sessions: 0,
            requests: 0,
            computations: 0,
            trace: None,
            plan,
        };
        for slot in 0..processes {
            system.at(system.plan.processes[slot].starts, Due::Boot(slot));
        }
        for number in 0..system.plan.workloads.len() {
            system.at(system.plan.workloads[number].at, Due::Workload(number));
        }
        for (at, by) in system.plan.rounds.clone() {
            system.at(at, Due::Round(by));
        }
        for (at, fault) in system.plan.faults.clone() {
            system.at(at, Due::Fault(fault));
        }
        system
    }

    /// Something will happen at a time, after whatever was put there before.
    pub(super) fn at(&mut self, time: Time, due: Due) {
        self.order += 1;
        self.agenda.insert((time.max(self.now), self.order), due);
    }

    /// Something will happen after a while.
    pub(super) fn after(&mut self, time: Time, due: Due) {
        self.at(self.now + time, due);
    }

    /// What is decided about something with this name.
    pub(super) fn fate(&self, parts: &[u64]) -> Random {
        Random::new(mix(&[self.plan.seed, mix(parts)]))
    }

    pub(super) fn tell(&mut self, slot: Option<Slot>, what: impl FnOnce() -> String) {
        if let Some(trace) = &mut self.trace {
            trace.note(self.now, slot, what());
        }
    }

    pub(super) fn situation(&mut self, situation: Situation) {
        *self.summary.situations.entry(situation).or_default() += 1;
    }

    /// Steps that a run may take: more would be a run that never ends.
    const STEPS: u64 = 60_000;

    fn live(&mut self) -> Result<(), String> {
        let mut steps = 0;
        while self.now <= self.plan.calm {
            if !self.step()? {
                break;
            }
            steps += 1;
        }
        self.mend();
        // Until nobody has anything to do but what is asked of them here.
        let mut quiet = 0;
        for _ in 0..60 {
            let until = self.now + 40 * MS;
            self.report_deaths();
            self.request(None);
            self.carry_out()?;
            while self.agenda.first_key_value().is_some_and(|((time, _), _)| *time <= until) {
                self.step()?;
                steps += 1;
                if steps > Self::STEPS {
                    return Err(format!("does not come to an end: {steps} steps"));
                }
            }
            self.now = until;
            let before = quiet;
            quiet = if self.is_quiet() { quiet + 1 } else { 0 };
            if before >= 6 && quiet > before && (self.judged.last_complete > 0 || quiet > 12) {
                break;
            }
        }
        self.summary.steps += steps;
        self.summary.runs = 1;
        self.judge_end()
    }

    /// Whether nothing is under way but what the server does.
    fn is_quiet(&self) -> bool {
        self.frames.is_empty()
            || self.agenda.values().all(|due| {
                matches!(
                    due,
                    Due::Timer(..) | Due::Up(..) | Due::Down(..) | Due::Stored(..) | Due::Connect(..)
                )
            })
    }

    /// Does what is due next, if anything is.
    fn step(&mut self) -> Result<bool, String> {
        let Some(((time, _), due)) = self.agenda.pop_first() else { return Ok(false) };
        self.now = time;
        let fault = matches!(due, Due::Fault(_));
        self.happen(due)?;
        self.free_after_acts();
        self.carry_out()?;
        self.free_after_acts();
        self.look(fault)?;
        Ok(true)
    }

    fn happen(&mut self, due: Due) -> Result<(), String> {
        match due {
            Due::Boot(slot) => self.boot(slot),
            Due::Workload(number) => self.begin(number),
            Due::Round(by) => self.request(by),
            Due::Fault(fault) => self.fault(fault)?,
            Due::Wake(task, turn) => self.wake(task, turn)?,
            Due::Expire(task, wait) => self.expire(task, wait)?,
            Due::Arrive(frame) => self.arrive(frame)?,
            Due::Doubt(message) => self.doubt(message)?,
            Due::GiveUp(message) => self.give_up(message)?,
            Due::Item(process, token) => self.item(process, token)?,
            Due::Mutate(process, seed, left) => self.mutate(process, seed, left)?,
            Due::Pay(process, seed, left) => self.pay(process, seed, left)?,
            Due::Statement(task, resource) => self.statement(task, resource)?,
            Due::Answered(task, resource) => self.answered(task, resource)?,
            Due::Commit(task, resource) => self.commit(task, resource)?,
            Due::Connect(process) => self.connect(process),
            Due::Up(session, message) => self.up(session, *message),
            Due::Down(session, message) => self.down(session, *message),
            Due::Timer(life, timer) => self.timer(life, timer),
            Due::Stored(life, row) => self.stored(life, row)?,
            Due::Serve => self.serve(),
        }
        Ok(())
    }

    fn request(&mut self, by: Option<Slot>) {
        self.requests += 1;
        let by = by.and_then(|slot| self.slots[slot]);
        self.tell(None, || "a round is asked for".into());
        self.ask(RequestId(self.requests), by);
    }

    /// An operator says of everybody who does not run any more that it is dead.
    fn report_deaths(&mut self) {
        let gone: Vec<_> = self.names.iter().filter(|(process, _)| !self.runs(**process)).collect();
        let gone: Vec<_> = gone.into_iter().map(|(process, name)| (*process, name.clone())).collect();
        for (process, name) in gone {
            self.server.died(process, &name);
        }
    }

    /// Nothing breaks any more, and what was cut off is mended.
    fn mend(&mut self) {
        self.tell(None, || "everything is mended".into());
        for node in self.nodes.values_mut() {
            node.cut_off = 0;
            node.slow = (0, 0);
        }
        self.plan.rates = super::plan::Rates::default();
        self.judged.mended = true;
    }
}

/// Processes.
impl System {
    fn boot(&mut self, slot: Slot) {
        if self.slots[slot].is_some() {
            return;
        }
        self.generations[slot] += 1;
        let incarnation = Incarnation(((slot as u64 + 1) << 8) + self.generations[slot]);
        let Ok(name) = ProcessName::new(&format!("p{slot}")) else { return };
        let boot = self.plan.processes[slot];
        let config = participant::Config {
            verification: true,
            log_limit: boot.log_limit,
            ..participant::Config::new(deployment(), name.clone(), incarnation)
        };
        self.names.insert(incarnation, name.clone());
        self.slots[slot] = Some(incarnation);
        let node = Node {
            slot,
            participant: Participant::new(config),
            session: None,
            left: false,
            greeted: false,
            cut_off: 0,
            slow: (0, 0),
            reader: None,
            inbox: VecDeque::new(),
            tasks: BTreeMap::new(),
            lanes: BTreeMap::new(),
            streams: BTreeMap::new(),
            money: 0,
            work: BTreeMap::new(),
            objects: BTreeMap::new(),
            references: BTreeMap::new(),
        };
        self.nodes.insert(incarnation, node);
        self.tell(Some(slot), || format!("starts as {incarnation}"));
        if boot.single {
            let task = self.spawn(incarnation, Vec::new(), Task { reads: true, ..Task::default() });
            if let (Some(task), Some(node)) = (task, self.nodes.get_mut(&incarnation)) {
                node.reader = Some(task);
            }
            if let Some(task) = task {
                self.idle(task);
            }
        }
        let hello = if self.generations[slot] == 1 { boot.hello } else { self.now };
        self.at(hello, Due::Connect(incarnation));
        self.bring_what_waits(&name, incarnation);
    }

    /// The process at a place, if one runs there and has not said goodbye.
    pub(super) fn process(&self, slot: Slot) -> Option<Incarnation> {
        self.slots[slot].filter(|process| self.runs(*process))
    }

    /// Whether a process runs and has not said goodbye.
    pub(super) fn runs(&self, process: Incarnation) -> bool {
        self.nodes.get(&process).is_some_and(|node| !node.left)
    }

    pub(super) fn slot_of(&self, process: Incarnation) -> Option<Slot> {
        self.nodes.get(&process).map(|node| node.slot)
    }

    pub(super) fn free(&mut self, slot: Slot) {
        self.slots[slot] = None;
    }

    /// Calls a participant if it is there; notes whether it passed a cut; sends the markers that are due and what it
    /// has for the server.
    pub(super) fn call<T>(
        &mut self,
        process: Incarnation,
        call: impl FnOnce(&mut Participant) -> T,
    ) -> Option<T> {
        let before = self.observer.events(process);
        let node = self.nodes.get_mut(&process)?;
        let epoch = node.participant.epoch();
        let result = call(&mut node.participant);
        let (now, slot) = (node.participant.epoch(), node.slot);
        if now > epoch {
            self.observer.cut(process, now, before);
            self.tell(Some(slot), || format!("CUT {now}"));
        }
        self.markers(process);
        while let Some(message) = self.nodes.get_mut(&process).and_then(|node| node.participant.poll()) {
            self.send_up(process, message);
        }
        Some(result)
    }

    /// An event within a process.
    pub(super) fn change(&mut self, process: Incarnation, acts: Vec<Act>) {
        let event = Event::of(&acts);
        // After its goodbye a process does nothing any more.
        if self.runs(process) && self.call(process, |p| p.change(acts)).is_some() {
            self.observer.event(process, event);
        }
    }

    pub(super) fn mint(&mut self, process: Incarnation) -> Handle {
        self.nodes.get_mut(&process).map_or(Handle(0), |node| node.participant.mint())
    }

    pub(super) fn epoch(&self, process: Incarnation) -> Epoch {
        self.nodes.get(&process).map_or(Epoch::ZERO, |node| node.participant.epoch())
    }

    /// The facts of a wait.
    pub(super) fn wait_facts(
        &self,
        task: TaskRef,
        wait: Handle,
        need: usize,
        targets: &[(Handle, Awaited)],
        deadline: Option<Time>,
    ) -> Vec<Act> {
        let fact = Wait {
            task: task.id,
            need: need as u32,
            of: targets.len() as u32,
            since: self.clock(self.now),
            deadline: deadline.map(|time| self.clock(time)),
            location: Location::default(),
        };
        let target = |(handle, on): &(Handle, Awaited)| {
            Act::Insert(*handle, Fact::Target(Target { wait: WaitId(wait), on: on.clone() }))
        };
        std::iter::once(Act::Insert(wait, Fact::Wait(fact))).chain(targets.iter().map(target)).collect()
    }

    /// What a process's clock shows.
    pub(super) const fn clock(&self, time: Time) -> stillpoint_proto::fact::Millis {
        stillpoint_proto::fact::Millis(time / MS)
    }

    pub(super) fn task(&self, task: TaskRef) -> Option<&Task> {
        self.nodes.get(&task.process)?.tasks.get(&task)
    }

    pub(super) fn task_mut(&mut self, task: TaskRef) -> Option<&mut Task> {
        self.nodes.get_mut(&task.process)?.tasks.get_mut(&task)
    }

    pub(super) fn session_number(&mut self) -> SessionId {
        self.sessions += 1;
        SessionId(self.sessions)
    }

    pub(super) const fn task_ref(process: Incarnation, handle: Handle) -> TaskRef {
        TaskRef::new(process, TaskId(handle))
    }
}
