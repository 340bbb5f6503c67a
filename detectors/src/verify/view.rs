//! The facts of a cut, looked up by what they are about.
//!
//! Nothing is decided here: each map says who names whom, as recorded.

use std::collections::{BTreeMap, BTreeSet};
use stillpoint_proto::cut::{LaneEnd, ProcessCut, Recorded};
use stillpoint_proto::fact::{Annotation, Awaited, Fact, Grip, Queued, Resolution, ResourceName, Task, Wait};
use stillpoint_proto::id::{Global, Handle, Incarnation, LaneRef, MessageId, TargetRef, TaskRef, WaitRef};
use stillpoint_proto::snapshot::{ConsistentCut, Fate, InTransit, MemberState};

/// An open target of a wait.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open<'a> {
    pub(super) target: TargetRef,
    pub(super) task: TaskRef,
    pub(super) on: &'a Awaited,
}

/// A wait of a task.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiting<'a> {
    pub(super) wait: WaitRef,
    pub(super) fact: &'a Wait,
}

/// Some of a resource that is not with the resource.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    pub(super) grip: Grip,
    pub(super) by: Holder,
}

/// Who has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    /// A task that exists, or the task to which a grant in transit is addressed. `sure` unless the resource is
    /// keyed and it is not confirmed.
    Task { task: TaskRef, sure: bool },
    /// Some task of this process; `sure` as above.
    Unbound { process: Incarnation, sure: bool },
    /// A finished task, a process that is gone, or the unknown addressee of a grant.
    Nobody,
    /// Nobody any more, but the owner has not read that yet.
    Released { lane: LaneRef, to: LaneEnd, fate: Fate },
}

/// How much there is of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Supply {
    /// The owner is present and has no such resource.
    Gone,
    /// Nobody knows.
    Unknown,
    /// So much.
    Known { capacity: u128, closed: bool, fair: bool, local: bool },
}

/// A place in a queue.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) ticket: u64,
    pub(super) task: TaskRef,
    pub(super) grip: Grip,
}

/// The cut with its facts looked up.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) cut: &'a ConsistentCut,
    /// Every task of a process with a cut.
    pub(super) tasks: BTreeMap<TaskRef, &'a Task>,
    pub(super) branches: BTreeMap<TaskRef, Vec<TaskRef>>,
    pub(super) waits: BTreeMap<TaskRef, Vec<Waiting<'a>>>,
    pub(super) open: BTreeMap<WaitRef, Vec<Open<'a>>>,
    /// Tasks of present processes that serve a request.
    pub(super) servers: BTreeMap<MessageId, Vec<TaskRef>>,
    /// Tasks of present processes that read a lane.
    pub(super) readers: BTreeMap<LaneRef, Vec<TaskRef>>,
    pub(super) transit: BTreeMap<MessageId, &'a InTransit>,
    /// What is in transit, by the target or request that it resolves.
    pub(super) resolving: BTreeMap<Resolution, Vec<&'a InTransit>>,
    /// The open targets of present processes that wait for the reply to a request.
    pub(super) awaiting: BTreeMap<MessageId, Vec<Open<'a>>>,
    pub(super) shares: BTreeMap<ResourceName, Vec<Share>>,
    pub(super) supplies: BTreeMap<ResourceName, Supply>,
    pub(super) places: BTreeMap<ResourceName, Vec<Place>>,
    /// The lowest ticket of each demand that has a place.
    pub(super) tickets: BTreeMap<(ResourceName, TargetRef), u64>,
    /// Whether somebody's state, or some message's content, is not known.
    pub(super) gaps: bool,
}

impl<'a> View<'a> {
    /// Looks everything up.
    ///
    /// # Complexity
    /// O(n log n) for n facts and annotations.
    pub(super) fn new(cut: &'a ConsistentCut) -> Self {
        let missing = |s: &MemberState| matches!(s, MemberState::Absent(_) | MemberState::Lost { .. });
        let gaps =
            !cut.channels().unknown.is_empty() || cut.snapshot().members.values().any(|m| missing(&m.state));
        let mut view = View {
            cut,
            tasks: BTreeMap::new(),
            branches: BTreeMap::new(),
            waits: BTreeMap::new(),
            open: BTreeMap::new(),
            servers: BTreeMap::new(),
            readers: BTreeMap::new(),
            transit: cut.channels().in_transit.iter().map(|m| (m.id, m)).collect(),
            resolving: BTreeMap::new(),
            awaiting: BTreeMap::new(),
            shares: BTreeMap::new(),
            supplies: BTreeMap::new(),
            places: BTreeMap::new(),
            tickets: BTreeMap::new(),
            gaps,
        };
        for (process, state) in cut.cuts() {
            view.add_waits(process, state);
        }
        for (process, state) in cut.cuts() {
            view.add_targets(process, state);
        }
        for (process, state) in cut.cuts() {
            view.add_resources(process, state);
        }
        view.add_messages();
        view
    }

    /// The fact of a process that has a cut.
    pub(super) fn recorded(&self, process: Incarnation, handle: Handle) -> Option<&'a Recorded> {
        self.cut.snapshot().members.get(&process)?.state.cut()?.facts.get(&handle)
    }

    pub(super) fn is_present(&self, process: Incarnation) -> bool {
        self.cut.snapshot().members.get(&process).is_some_and(|m| m.state.is_present())
    }

    pub(super) fn has_cut(&self, process: Incarnation) -> bool {
        self.cut.snapshot().members.get(&process).is_some_and(|m| m.state.cut().is_some())
    }

    pub(super) fn waits_of(&self, task: TaskRef) -> &[Waiting<'a>] {
        self.waits.get(&task).map_or(&[], Vec::as_slice)
    }

    pub(super) fn open_of(&self, wait: WaitRef) -> &[Open<'a>] {
        self.open.get(&wait).map_or(&[], Vec::as_slice)
    }

    /// How many more targets a wait needs.
    pub(super) fn missing(&self, waiting: &Waiting<'_>) -> u32 {
        let open = u32::try_from(self.open_of(waiting.wait).len()).unwrap_or(u32::MAX);
        let gathered = waiting.fact.of.saturating_sub(open);
        waiting.fact.need.saturating_sub(gathered)
    }

    pub(super) fn branches_of(&self, task: TaskRef) -> &[TaskRef] {
        self.branches.get(&task).map_or(&[], Vec::as_slice)
    }

    /// The task of which this is a branch, if that is still there.
    pub(super) fn parent_of(&self, task: TaskRef) -> Option<TaskRef> {
        let parent = Global::new(task.process, self.tasks.get(&task)?.parent?);
        self.tasks.contains_key(&parent).then_some(parent)
    }

    pub(super) fn shares_of(&self, name: &ResourceName) -> &[Share] {
        self.shares.get(name).map_or(&[], Vec::as_slice)
    }

    /// The messages in transit that satisfy this target.
    pub(super) fn resolvers(&self, open: &Open<'a>) -> impl Iterator<Item = &'a InTransit> + '_ {
        let by_request = asked_by(open.on).map(Resolution::Request);
        [Some(Resolution::Target(open.target)), by_request]
            .into_iter()
            .flatten()
            .flat_map(|r| self.resolving.get(&r).map_or(&[][..], Vec::as_slice).iter().copied())
    }

    /// Where a lane leads; `None` if its sender's cut does not say.
    pub(super) fn lane_end(&self, lane: LaneRef) -> Option<LaneEnd> {
        let member = self.cut.snapshot().members.get(&lane.process)?;
        Some(member.state.cut()?.sending.get(&lane.lane)?.to)
    }

    /// The readers of a lane that leads to `to`, at the receiver.
    pub(super) fn readers_of(&self, lane: LaneRef, to: LaneEnd) -> impl Iterator<Item = TaskRef> + '_ {
        let all = self.readers.get(&lane).map_or(&[][..], Vec::as_slice).iter().copied();
        all.filter(move |reader| match to {
            LaneEnd::Peer(peer) => reader.process == peer,
            LaneEnd::Sole | LaneEnd::Group => true,
        })
    }

    /// How much there is of a resource.
    pub(super) fn supply(&self, name: &ResourceName) -> Supply {
        match (self.supplies.get(name), name) {
            (Some(supply), _) => *supply,
            (None, ResourceName::Owned(owned)) if self.is_present(owned.process) => Supply::Gone,
            (None, ResourceName::Owned(_)) => Supply::Unknown,
            // One exclusive holder, or any number of shared ones.
            (None, ResourceName::Keyed(_)) => {
                Supply::Known { capacity: u128::from(u64::MAX), closed: true, fair: false, local: false }
            }
        }
    }

    /// The tasks whose open targets a resolution means, at present processes.
    pub(super) fn addressees(&self, of: Resolution) -> Vec<Open<'a>> {
        match of {
            Resolution::Request(request) => self.awaiting.get(&request).cloned().unwrap_or_default(),
            Resolution::Target(target) if self.is_present(target.process) => {
                self.target(target).into_iter().collect()
            }
            Resolution::Target(_) => Vec::new(),
        }
    }

    fn target(&self, target: TargetRef) -> Option<Open<'a>> {
        let Fact::Target(fact) = &self.recorded(target.process, target.id.0)?.fact else { return None };
        let Fact::Wait(wait) = &self.recorded(target.process, fact.wait.0)?.fact else { return None };
        Some(Open { target, task: Global::new(target.process, wait.task), on: &fact.on })
    }

    fn add_waits(&mut self, process: Incarnation, state: &'a ProcessCut) {
        let present = self.is_present(process);
        for (&handle, recorded) in &state.facts {
            match &recorded.fact {
                Fact::Task(task) => {
                    let this = Global::new(process, stillpoint_proto::id::TaskId(handle));
                    self.tasks.insert(this, task);
                    if let Some(parent) = task.parent {
                        self.branches.entry(Global::new(process, parent)).or_default().push(this);
                    }
                }
                Fact::Wait(fact) => {
                    let wait = Global::new(process, stillpoint_proto::id::WaitId(handle));
                    let task = Global::new(process, fact.task);
                    self.waits.entry(task).or_default().push(Waiting { wait, fact });
                }
                Fact::Serving(serving) if present => {
                    let task = Global::new(process, serving.task);
                    self.servers.entry(serving.request).or_default().push(task);
                }
                Fact::Reads(reads) if present => {
                    let task = Global::new(process, reads.task);
                    self.readers.entry(reads.lane).or_default().push(task);
                }
                _ => {}
            }
        }
    }

    fn add_targets(&mut self, process: Incarnation, state: &'a ProcessCut) {
        let present = self.is_present(process);
        for (&handle, recorded) in &state.facts {
            let Fact::Target(fact) = &recorded.fact else { continue };
            let target = Global::new(process, stillpoint_proto::id::TargetId(handle));
            let Some(open) = self.target(target) else { continue };
            self.open.entry(Global::new(process, fact.wait)).or_default().push(open);
            if let (Some(request), true) = (asked_by(&fact.on), present) {
                self.awaiting.entry(request).or_default().push(open);
            }
        }
    }

    fn add_resources(&mut self, process: Incarnation, state: &'a ProcessCut) {
        let present = self.is_present(process);
        let mut permits: BTreeMap<Handle, u128> = BTreeMap::new();
        for recorded in state.facts.values() {
            if let Fact::Permits(more) = &recorded.fact {
                *permits.entry(more.resource.0).or_default() += u128::from(more.units);
            }
        }
        for (&handle, recorded) in &state.facts {
            match &recorded.fact {
                Fact::Resource(resource) => {
                    let name = Self::name_of(process, handle, resource.key.as_ref());
                    if present || resource.key.is_some() {
                        let (closed, fair, local) = (resource.closed, resource.fair, resource.local);
                        let supply = resource.capacity.map_or(Supply::Unknown, |capacity| Supply::Known {
                            capacity: u128::from(capacity) + permits.get(&handle).copied().unwrap_or(0),
                            closed,
                            fair,
                            local: local && resource.key.is_none(),
                        });
                        let known = self.supplies.entry(name).or_insert(supply);
                        if *known != supply {
                            *known = Supply::Unknown; // declarations that contradict one another
                        }
                    }
                }
                Fact::Hold(hold) => {
                    let sure = matches!(hold.resource, ResourceName::Owned(_))
                        || recorded.born < self.cut.snapshot().confirmed;
                    let by = match hold.task.map(|task| Global::new(process, task)) {
                        _ if !present => Holder::Nobody,
                        None => Holder::Unbound { process, sure },
                        Some(task) if self.tasks.contains_key(&task) => Holder::Task { task, sure },
                        Some(_) => Holder::Nobody,
                    };
                    self.share(&hold.resource, hold.grip, by);
                }
                Fact::Queued(queued) if present => self.add_place(process, queued),
                _ => {}
            }
        }
    }

    /// The name of a resource that is declared under this handle.
    pub(super) fn name_of(
        process: Incarnation,
        handle: Handle,
        key: Option<&stillpoint_proto::id::Text>,
    ) -> ResourceName {
        match key {
            Some(key) => ResourceName::Keyed(key.clone()),
            None => ResourceName::Owned(Global::new(process, stillpoint_proto::id::ResourceId(handle))),
        }
    }

    fn add_place(&mut self, process: Incarnation, queued: &Queued) {
        let Some(recorded) = self.recorded(process, queued.resource.0) else { return };
        let Fact::Resource(resource) = &recorded.fact else { return };
        let name = Self::name_of(process, queued.resource.0, resource.key.as_ref());
        for open in self.addressees(queued.waiter) {
            if let Awaited::Resource { resource, grip, .. } = open.on
                && *resource == name
            {
                let place = Place { ticket: queued.ticket, task: open.task, grip: *grip };
                self.places.entry(name.clone()).or_default().push(place);
                let ticket = self.tickets.entry((name.clone(), open.target)).or_insert(queued.ticket);
                *ticket = queued.ticket.min(*ticket);
            }
        }
    }

    fn add_messages(&mut self) {
        for message in &self.cut.channels().in_transit {
            for annotation in message.annotations.iter() {
                match annotation {
                    Annotation::Resolves(what) => self.resolving.entry(*what).or_default().push(message),
                    Annotation::Grants { resource, grip, to } => {
                        if let Some(what) = to {
                            self.resolving.entry(*what).or_default().push(message);
                        }
                        self.add_grant(resource, *grip, *to);
                    }
                    Annotation::Releases { resource, grip } => {
                        let (lane, to, fate) = (message.id.lane, message.to, message.fate);
                        self.share(resource, *grip, Holder::Released { lane, to, fate });
                    }
                    Annotation::Token(_) | Annotation::Reference(_) | Annotation::Amount { .. } => {}
                }
            }
        }
    }

    fn add_grant(&mut self, resource: &ResourceName, grip: Grip, to: Option<Resolution>) {
        let tasks: BTreeSet<TaskRef> =
            to.map(|what| self.addressees(what)).unwrap_or_default().iter().map(|open| open.task).collect();
        // A grant of a keyed resource says nothing of when it was made, so it is never confirmed.
        let sure = matches!(resource, ResourceName::Owned(_));
        let mut tasks = tasks.into_iter();
        let by = match (tasks.next(), tasks.next()) {
            (Some(task), None) => Holder::Task { task, sure },
            _ => Holder::Nobody,
        };
        self.share(resource, grip, by);
    }

    fn share(&mut self, resource: &ResourceName, grip: Grip, by: Holder) {
        self.shares.entry(resource.clone()).or_default().push(Share { grip, by });
    }
}

/// The request to which a reply would satisfy this target.
pub(super) fn asked_by(on: &Awaited) -> Option<MessageId> {
    match on {
        Awaited::Call(request) => Some(*request),
        Awaited::Resource { request, .. } => *request,
        Awaited::Task(_) | Awaited::Receive { .. } | Awaited::External => None,
    }
}

/// The units of a grip on a resource of this capacity.
pub(super) fn units(grip: Grip, capacity: u128) -> u128 {
    match grip {
        Grip::Shared(units) => u128::from(units),
        Grip::Exclusive => capacity,
    }
}
