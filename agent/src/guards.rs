//! What an application holds of the facts it has recorded: each ends its fact when it is dropped.

use crate::process::Process;
use std::fmt;
use std::sync::Arc;
use stillpoint_proto::fact::{Awaited, Grip, Millis, ResourceName, Waker};
use stillpoint_proto::id::{
    ComputationId, ComputationRef, Global, Handle, MessageId, ObjectId, ObjectRef, TargetId, TargetRef,
    TaskId, TaskRef, Text, WaitId, WaitRef,
};

/// A fact that is true until this is dropped.
pub(crate) struct Guard {
    process: Arc<Process>,
    handle: Handle,
    armed: bool,
}

impl Guard {
    pub(crate) const fn new(process: Arc<Process>, handle: Handle) -> Self {
        Guard { process, handle, armed: true }
    }

    pub(crate) const fn handle(&self) -> Handle {
        self.handle
    }

    fn global<T>(&self, id: impl FnOnce(Handle) -> T) -> Global<T> {
        Global::new(self.process.incarnation(), id(self.handle))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if self.armed {
            self.process.remove([self.handle]);
        }
    }
}

/// What can be ended within an event, by [`Acts::end`](crate::Acts::end).
pub trait Ends: sealed::Release {}

pub(crate) mod sealed {
    use stillpoint_proto::id::Handle;

    pub trait Release {
        /// The facts that end, which are from here on the caller's to remove.
        #[doc(hidden)]
        fn release(self) -> Vec<Handle>;
    }
}

use sealed::Release;

impl Release for Guard {
    fn release(mut self) -> Vec<Handle> {
        self.armed = false;
        vec![self.handle]
    }
}
impl Ends for Guard {}

macro_rules! guards {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[must_use = "the fact ends when this is dropped"]
        pub struct $name(pub(crate) Guard);

        impl Release for $name {
            fn release(self) -> Vec<Handle> {
                self.0.release()
            }
        }

        impl Ends for $name {}

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0.handle)
            }
        }
    )*};
}

guards! {
    /// A task that exists.
    Task;
    /// A task answers for a request.
    Serving;
    /// A task reads a lane.
    Reads;
    /// Units of a resource are held.
    Hold;
    /// A place in a queue.
    Queued;
    /// A computation that was created here; it is not terminated by the drop of this, only forgotten.
    Computation;
    /// An object that exists.
    Object;
    /// An object is pinned.
    Pin;
}

impl Task {
    /// The task, as every process can name it.
    #[must_use]
    pub fn id(&self) -> TaskRef {
        self.0.global(TaskId)
    }
}

impl Computation {
    /// The computation, as every process can name it.
    #[must_use]
    pub fn id(&self) -> ComputationRef {
        self.0.global(ComputationId)
    }
}

impl Object {
    /// The object, as every process can name it.
    #[must_use]
    pub fn id(&self) -> ObjectRef {
        self.0.global(ObjectId)
    }
}

/// Work of a computation in this process.
#[must_use = "the work is done when this is dropped"]
pub struct Token {
    computation: ComputationRef,
    guard: Guard,
}

impl Token {
    pub(crate) const fn new(computation: ComputationRef, guard: Guard) -> Self {
        Token { computation, guard }
    }

    /// Of which computation.
    #[must_use]
    pub const fn computation(&self) -> ComputationRef {
        self.computation
    }

    /// A second token of the same computation: more work begins. An event.
    pub fn split(&self) -> Token {
        self.guard.process.change(|acts| acts.token(self.computation))
    }
}

impl Release for Token {
    fn release(self) -> Vec<Handle> {
        self.guard.release()
    }
}
impl Ends for Token {}

/// A reference that is held.
#[must_use = "the reference ends when this is dropped"]
pub struct Reference {
    to: ObjectRef,
    guard: Guard,
}

impl Reference {
    pub(crate) const fn new(to: ObjectRef, guard: Guard) -> Self {
        Reference { to, guard }
    }

    /// To which object.
    #[must_use]
    pub const fn to(&self) -> ObjectRef {
        self.to
    }
}

impl Release for Reference {
    fn release(self) -> Vec<Handle> {
        self.guard.release()
    }
}
impl Ends for Reference {}

/// A resource: one that this process owns, or a keyed one that nobody owns.
#[must_use = "an owned resource ends when this is dropped"]
pub struct Resource {
    name: ResourceName,
    label: Text,
    guard: Option<Guard>,
}

impl Resource {
    pub(crate) const fn owned(name: ResourceName, label: Text, guard: Guard) -> Self {
        Resource { name, label, guard: Some(guard) }
    }

    /// The keyed resource `key`, the same for all processes that use the same key.
    ///
    /// Some of its users may have no agent, so whoever waits for it while nobody is known to hold all of it is not
    /// taken to be safe from deadlock: that is unknown.
    pub fn keyed(key: &str) -> Self {
        Resource { name: ResourceName::Keyed(key.into()), label: key.into(), guard: None }
    }

    /// The name by which it is waited for and held.
    #[must_use]
    pub fn name(&self) -> ResourceName {
        self.name.clone()
    }

    /// What people call it.
    #[must_use]
    pub const fn label(&self) -> &Text {
        &self.label
    }
}

impl Release for Resource {
    fn release(self) -> Vec<Handle> {
        self.guard.map(Release::release).unwrap_or_default()
    }
}
impl Ends for Resource {}

/// A task waits. Ends with all its targets when it is dropped.
#[must_use = "the wait ends when this is dropped"]
pub struct Wait {
    // Targets belong to the wait, so all of them end in one event.
    targets: Vec<Option<Guard>>,
    wait: Option<Guard>,
}

impl Wait {
    pub(crate) const fn new(targets: Vec<Option<Guard>>, wait: Guard) -> Self {
        Wait { targets, wait: Some(wait) }
    }

    /// The wait, as every process can name it; `None` once it has ended.
    #[must_use]
    pub fn id(&self) -> Option<WaitRef> {
        self.wait.as_ref().map(|wait| wait.global(WaitId))
    }

    /// One of its targets, in the order in which they were named; `None` once it is resolved.
    #[must_use]
    pub fn target(&self, index: usize) -> Option<TargetRef> {
        self.targets.get(index)?.as_ref().map(|target| target.global(TargetId))
    }

    pub(crate) fn take(&mut self, index: usize) -> Option<Guard> {
        self.targets.get_mut(index).and_then(Option::take)
    }

    fn drain(&mut self) -> Vec<Handle> {
        let targets = self.targets.drain(..).flatten();
        targets.chain(self.wait.take()).flat_map(Release::release).collect()
    }
}

impl Release for Wait {
    fn release(mut self) -> Vec<Handle> {
        self.drain()
    }
}
impl Ends for Wait {}

impl Drop for Wait {
    fn drop(&mut self) {
        let Some(process) = self.wait.as_ref().map(|wait| wait.process.clone()) else { return };
        process.remove(self.drain());
    }
}

/// What a task is going to wait for.
///
/// ```
/// use stillpoint_agent::Waiting;
/// use stillpoint_agent::fact::Grip;
///
/// let lock = stillpoint_agent::Resource::keyed("db1/accounts/17");
/// let waiting = Waiting::default().resource(&lock, Grip::Exclusive).external().any();
/// ```
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    pub(crate) targets: Vec<Awaited>,
    pub(crate) need: Option<u32>,
    pub(crate) deadline: Option<Millis>,
}

impl Waiting {
    /// Waits for what is described by `awaited`, as well.
    #[must_use]
    pub fn on(mut self, awaited: Awaited) -> Self {
        self.targets.push(awaited);
        self
    }

    /// Waits for the end of a task.
    #[must_use]
    pub fn task(self, task: TaskRef) -> Self {
        self.on(Awaited::Task(task))
    }

    /// Waits for a resource.
    #[must_use]
    pub fn resource(self, resource: &Resource, grip: Grip) -> Self {
        self.on(Awaited::Resource { resource: resource.name(), grip, request: None })
    }

    /// Waits for the reply to a request.
    #[must_use]
    pub fn call(self, request: MessageId) -> Self {
        self.on(Awaited::Call(request))
    }

    /// Waits to receive from these wakers; `closed` if nobody else can wake it.
    #[must_use]
    pub fn receive(self, wakers: Vec<Waker>, closed: bool) -> Self {
        self.on(Awaited::Receive { wakers, closed })
    }

    /// Waits for something outside that comes by itself.
    #[must_use]
    pub fn external(self) -> Self {
        self.on(Awaited::External)
    }

    /// Any one of the targets suffices; otherwise all are needed.
    #[must_use]
    pub fn any(self) -> Self {
        self.some(1)
    }

    /// So many of the targets suffice.
    #[must_use]
    pub fn some(mut self, need: u32) -> Self {
        self.need = Some(need);
        self
    }

    /// The wait ends by itself after this time.
    #[must_use]
    pub fn timeout(mut self, after: std::time::Duration) -> Self {
        let after = u64::try_from(after.as_millis()).unwrap_or(u64::MAX);
        self.deadline = Some(Millis(Process::now().0.saturating_add(after)));
        self
    }
}
