//! What one event does to the facts of its process.

use crate::guards::{
    Computation, Ends, Guard, Hold, Object, Pin, Queued, Reads, Reference, Resource, Serving, Task,
};
use crate::guards::{Token, Wait, Waiting};
use crate::process::Process;
use std::collections::BTreeMap;
use std::panic::Location as Caller;
use std::sync::Arc;
use stillpoint_proto::cut::{Change, Delta};
use stillpoint_proto::fact::{self, Fact, Grip, Location, Resolution, ResourceName};
use stillpoint_proto::gate::Event;
use stillpoint_proto::id::{ComputationId, ObjectId, ResourceId, WaitId};
use stillpoint_proto::id::{
    ComputationRef, Epoch, Global, Handle, LaneRef, MessageId, ObjectRef, TaskId, Text,
};

pub(crate) type GateEvent<'gate> = Event<'gate, Change, BTreeMap<Epoch, Delta>>;

/// The facts that become true or false in one event.
///
/// Everything done with one `Acts` has one epoch: a cut has all of it or nothing. What it gives are guards, whose
/// drop is an event of its own; to end one in *this* event, hand it to [`Acts::end`].
///
/// The closure that gets it runs inside the event: it must be short, must not block and must not drop a guard.
pub struct Acts<'a, 'gate> {
    process: &'a Arc<Process>,
    event: &'a mut GateEvent<'gate>,
}

/// Where the caller is.
#[track_caller]
pub(crate) fn here() -> Location {
    let caller = Caller::caller();
    Location { file: Text::new(caller.file()), line: caller.line() }
}

impl<'a, 'gate> Acts<'a, 'gate> {
    pub(crate) const fn new(process: &'a Arc<Process>, event: &'a mut GateEvent<'gate>) -> Self {
        Acts { process, event }
    }

    /// Records anything, in the name of no guard.
    #[cfg(test)]
    pub(crate) fn record(&mut self, change: Change) {
        self.event.record(change);
    }

    fn insert(&mut self, fact: Fact) -> Guard {
        let handle = self.process.mint();
        self.insert_as(handle, fact)
    }

    fn insert_as(&mut self, handle: Handle, fact: Fact) -> Guard {
        self.event.record(Change::Insert(handle, fact));
        Guard::new(self.process.clone(), handle)
    }

    fn global<T>(&self, id: T) -> Global<T> {
        Global::new(self.process.incarnation(), id)
    }

    /// Ends what a guard stands for, in this event.
    pub fn end(&mut self, guard: impl Ends) {
        for handle in guard.release() {
            self.event.record(Change::Remove(handle));
        }
    }

    /// A task begins. Without a wait it is taken to be able to proceed.
    #[track_caller]
    pub fn task(&mut self, label: &str) -> Task {
        self.task_at(label, None, 0, here())
    }

    /// A branch of a task begins: of its `join` or `select`. It ends before its parent.
    #[track_caller]
    pub fn branch(&mut self, parent: &Task, label: &str) -> Task {
        self.task_at(label, Some(parent.id().id), 0, here())
    }

    pub(crate) fn task_at(
        &mut self,
        label: &str,
        parent: Option<TaskId>,
        weight: u32,
        location: Location,
    ) -> Task {
        let fact = fact::Task { label: label.into(), location, parent, weight, since: Process::now() };
        Task(self.insert(Fact::Task(fact)))
    }

    /// A task answers for a request. Hand it on by ending it and inserting it for the other task in one event.
    pub fn serving(&mut self, task: &Task, request: MessageId) -> Serving {
        Serving(self.insert(Fact::Serving(fact::Serving { task: task.id().id, request })))
    }

    /// A task alone (or with others that say so) reads what arrives on a lane.
    pub fn reads(&mut self, task: &Task, lane: LaneRef) -> Reads {
        Reads(self.insert(Fact::Reads(fact::Reads { task: task.id().id, lane })))
    }

    /// A task begins to wait. To be recorded before it asks for what it waits for.
    #[track_caller]
    pub fn wait(&mut self, task: &Task, waiting: &Waiting) -> Wait {
        self.wait_at(task, waiting, here())
    }

    pub(crate) fn wait_at(&mut self, task: &Task, waiting: &Waiting, location: Location) -> Wait {
        let of = u32::try_from(waiting.targets.len()).unwrap_or(u32::MAX);
        let need = waiting.need.unwrap_or(of).min(of);
        let (since, deadline) = (Process::now(), waiting.deadline);
        let fact = fact::Wait { task: task.id().id, need, of, since, deadline, location };
        let wait = self.insert(Fact::Wait(fact));
        let id = WaitId(wait.handle());
        let targets = waiting.targets.iter().map(|on| {
            let fact = Fact::Target(fact::Target { wait: id, on: on.clone() });
            Some(self.insert(fact))
        });
        Wait::new(targets.collect(), wait)
    }

    /// A target of a wait is satisfied: belongs into the event that receives what satisfies it, or, within the
    /// process, into the event of whoever hands it over.
    pub fn resolve(&mut self, wait: &mut Wait, target: usize) {
        if let Some(target) = wait.take(target) {
            self.end(target);
        }
    }

    /// A resource that this process owns.
    pub fn resource(&mut self, resource: fact::Resource) -> Resource {
        let label = resource.label.clone();
        let guard = self.insert(Fact::Resource(resource));
        let name = ResourceName::Owned(self.global(ResourceId(guard.handle())));
        Resource::owned(name, label, guard)
    }

    /// Somebody takes a place in the queue of a fair resource of this process. Lower tickets are served first.
    pub fn queued(&mut self, resource: &Resource, ticket: u64, waiter: Resolution) -> Option<Queued> {
        let ResourceName::Owned(owned) = resource.name() else { return None };
        let fact = fact::Queued { resource: owned.id, ticket, waiter };
        Some(Queued(self.insert(Fact::Queued(fact))))
    }

    /// Units of a resource are held: belongs into the event that receives the grant. Without a task, any task of
    /// this process might release them.
    pub fn hold(&mut self, resource: ResourceName, task: Option<&Task>, grip: Grip) -> Hold {
        let task = task.map(|task| task.id().id);
        Hold(self.insert(Fact::Hold(fact::Hold { resource, task, grip, since: Process::now() })))
    }

    /// A computation is created, with its first token in the same event.
    pub fn computation(&mut self, label: &str, allow_loss: bool) -> (Computation, Token) {
        let guard = self.insert(Fact::Creation(fact::Creation { label: label.into(), allow_loss }));
        let id = self.global(ComputationId(guard.handle()));
        (Computation(guard), self.token(id))
    }

    /// Work of a computation is here: belongs into the event that receives the message which brings it.
    pub fn token(&mut self, computation: ComputationRef) -> Token {
        Token::new(computation, self.insert(Fact::Token(fact::Token { computation })))
    }

    /// An object exists that others may refer to.
    pub fn object(&mut self, label: &str, size: u64) -> Object {
        Object(self.insert(Fact::Object(fact::Object { label: label.into(), size })))
    }

    /// An object must not be reclaimed, whoever refers to it.
    pub fn pin(&mut self, object: &Object) -> Pin {
        Pin(self.insert(Fact::Pin(fact::Pin { object: object.id().id })))
    }

    /// A reference is held: by an object of this process, or by a root of it. Belongs into the event that loads
    /// or receives it.
    pub fn reference(&mut self, from: Option<&Object>, to: ObjectRef) -> Reference {
        let from = from.map(|object| ObjectId(object.id().id.0));
        Reference::new(to, self.insert(Fact::Reference(fact::Reference { from, to })))
    }

    /// A gauge changes: belongs into the event that sends or receives the amount.
    pub fn gauge(&mut self, name: &str, amount: i64) {
        self.event.record(Change::Gauge(name.into(), amount));
    }
}
