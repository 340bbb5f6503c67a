//! The facts of a cut, looked up by what they are about.
//!
//! Nothing is decided here: each map says who names whom, as recorded.

use super::lost;
use super::stands::Stands;
use super::unseen::Seen;
use std::collections::{BTreeMap, BTreeSet};
use stillpoint_proto::cut::{LaneEnd, ProcessCut, Recorded};
use stillpoint_proto::fact::{
    Annotation, Awaited, Fact, Grip, Queued, Resolution, Resource, ResourceName, Task, Wait, Waker,
};
use stillpoint_proto::id::{Global, Handle, Incarnation, LaneRef, MessageId, TargetRef, TaskRef, WaitRef};
use stillpoint_proto::snapshot::{Channel, ConsistentCut, Fate, InTransit};

/// What stands for "as many as you like" of a keyed resource: more than all shared grips of a cut together.
pub(super) const PLENTY: u128 = 1 << 97;

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
    /// A task that exists. `sure` unless the resource is keyed and it is not confirmed.
    Task { task: TaskRef, sure: bool },
    /// Some task of this process; `sure` as above.
    Unbound { process: Incarnation, sure: bool },
    /// A finished task or a process that is gone.
    Nobody,
    /// The task to which a grant is addressed, if that is one task; `sure` unless the resource is keyed.
    Granted { to: Addressee, by: Parcel, sure: bool },
    /// Nobody any more, but the owner has not read that yet.
    Released { by: Parcel },
}

/// To whom a grant in transit goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Addressee {
    /// To this task.
    Task(TaskRef),
    /// To one of several: those that have a target that this means.
    Several(Resolution),
    /// To nobody who is there.
    Nobody,
}

/// The message in which units travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Parcel {
    pub(super) lane: LaneRef,
    pub(super) to: LaneEnd,
    /// `None`: nobody can receive it any more.
    pub(super) fate: Option<Fate>,
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

/// A place in a queue, with the demands of present tasks that stand in it.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) ticket: u64,
    pub(super) demands: Vec<(TargetRef, TaskRef, Grip)>,
    /// Whose place it is, each once.
    pub(super) tasks: BTreeSet<TaskRef>,
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
    /// How many tasks each process with a cut has.
    pub(super) population: BTreeMap<Incarnation, usize>,
    /// Tasks of present processes that serve a request.
    pub(super) servers: BTreeMap<MessageId, Vec<TaskRef>>,
    pub(super) serving: BTreeSet<(MessageId, TaskRef)>,
    /// Tasks that are said to read a lane.
    pub(super) readers: BTreeMap<LaneRef, Vec<TaskRef>>,
    pub(super) reading: BTreeSet<(LaneRef, TaskRef)>,
    /// Tasks that wait for something that is, or may be, in transit on a lane.
    pub(super) attending: BTreeSet<(LaneRef, TaskRef)>,
    /// Targets named by a grant in transit or lost, and whether one of them is sure to arrive unless nobody reads it.
    pub(super) granted: BTreeMap<TargetRef, bool>,
    /// Processes to which something is in transit; `None` for whoever.
    pub(super) inbound: BTreeSet<Option<Incarnation>>,
    /// To whom messages of unknown content may come (`None`: to anybody) from whom.
    unknown: BTreeSet<(Option<Incarnation>, Incarnation)>,
    /// What is in transit, by the target or request that it resolves.
    pub(super) resolving: BTreeMap<Resolution, Vec<InTransit<'a>>>,
    /// The open targets of present processes that wait for the reply to a request.
    pub(super) awaiting: BTreeMap<MessageId, Vec<Open<'a>>>,
    pub(super) shares: BTreeMap<ResourceName, Vec<Share>>,
    pub(super) supplies: BTreeMap<ResourceName, Supply>,
    /// Declarations not yet made into supplies, each with the permits added.
    declared: BTreeMap<ResourceName, Vec<(&'a Resource, u128)>>,
    pub(super) places: BTreeMap<ResourceName, Vec<Place>>,
    /// The lowest ticket of each demand that has a place.
    pub(super) tickets: BTreeMap<(ResourceName, TargetRef), u64>,
    /// Where each task stands.
    pub(super) stands: Stands,
    /// What members had of resources without an owner.
    pub(super) seen: Seen,
    /// Whether some member's state at the cut is not known.
    pub(super) missing: bool,
    /// Whether somebody's state, or some message's content, is not known, be it that the message is lost.
    pub(super) gaps: bool,
}

impl<'a> View<'a> {
    /// Looks everything up.
    ///
    /// # Complexity
    /// O(n log n) for n facts and annotations.
    pub(super) fn new(cut: &'a ConsistentCut) -> Self {
        let missing = cut.snapshot().members.values().any(|m| m.state.cut().is_none());
        let unread = || lost::unread(cut).next().is_some();
        let gaps = missing || !cut.channels().unknown.is_empty() || unread();
        let mut view = View {
            cut,
            tasks: BTreeMap::new(),
            branches: BTreeMap::new(),
            waits: BTreeMap::new(),
            open: BTreeMap::new(),
            population: BTreeMap::new(),
            servers: BTreeMap::new(),
            serving: BTreeSet::new(),
            readers: BTreeMap::new(),
            reading: BTreeSet::new(),
            attending: BTreeSet::new(),
            granted: BTreeMap::new(),
            inbound: cut.channels().lanes.values().map(|channel| channel.to.peer()).collect(),
            unknown: cut.channels().unknown.iter().map(|u| (u.to, u.from)).collect(),
            resolving: BTreeMap::new(),
            awaiting: BTreeMap::new(),
            shares: BTreeMap::new(),
            supplies: BTreeMap::new(),
            declared: BTreeMap::new(),
            places: BTreeMap::new(),
            tickets: BTreeMap::new(),
            stands: Stands::default(),
            seen: Seen::default(),
            missing,
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
        view.settle_supplies();
        view.add_messages();
        view.stands = Stands::of(&view);
        view.seen = Seen::of(&view);
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
    pub(super) fn needs(&self, waiting: &Waiting<'_>) -> u32 {
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

    /// The message, if it is in transit.
    pub(super) fn message(&self, id: MessageId) -> Option<InTransit<'a>> {
        self.cut.channels().message(id)
    }

    /// What is in transit on a lane: one message for each fate that there is.
    pub(super) fn on_lane(&self, lane: LaneRef) -> impl Iterator<Item = InTransit<'a>> + use<'a> {
        let channels = self.cut.channels();
        let found = channels.lanes.get(&lane).into_iter().flat_map(Channel::fates);
        found.filter_map(move |(_, numbers)| channels.message(MessageId { lane, seq: numbers.first()? }))
    }

    /// The messages in transit that satisfy this target.
    pub(super) fn resolvers(&self, open: &Open<'a>) -> impl Iterator<Item = InTransit<'a>> + '_ {
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

    /// The readers of a lane in a process, or anywhere. `None` if nobody is said to read it there; tasks that are
    /// not there any more are left out of the list.
    pub(super) fn readers_at(&self, lane: LaneRef, at: Option<Incarnation>) -> Option<Vec<TaskRef>> {
        let all = self.readers.get(&lane).map_or(&[][..], Vec::as_slice);
        let here: Vec<TaskRef> =
            all.iter().copied().filter(|reader| at.is_none_or(|at| reader.process == at)).collect();
        if here.is_empty() {
            return None;
        }
        Some(here.into_iter().filter(|reader| self.tasks.contains_key(reader)).collect())
    }

    /// The present process that a message is certainly on its way to.
    pub(super) fn sole_receiver(&self, message: &InTransit<'_>) -> Option<Incarnation> {
        match message.to {
            LaneEnd::Peer(peer) if message.fate == Fate::Transit && self.is_present(peer) => Some(peer),
            _ => None,
        }
    }

    /// Whether a message of unknown content from `from` may reach `to`.
    pub(super) fn unknown_from(&self, to: Incarnation, from: Incarnation) -> bool {
        [Some(to), None].iter().any(|to| self.unknown.contains(&(*to, from)))
    }

    /// Whether a message of unknown content from anybody may reach `to`.
    pub(super) fn unknown_reaches(&self, to: Incarnation) -> bool {
        let all = (Incarnation(u64::MIN), Incarnation(u64::MAX));
        [Some(to), None].iter().any(|to| self.unknown.range((*to, all.0)..=(*to, all.1)).next().is_some())
    }

    /// The process that owns a resource, if one does.
    pub(super) fn owner(name: &ResourceName) -> Option<Incarnation> {
        match name {
            ResourceName::Owned(owned) => Some(owned.process),
            ResourceName::Keyed(_) => None,
        }
    }

    /// Whether the owner of a resource has accounted for a request.
    pub(super) fn owner_has(&self, name: &ResourceName, request: MessageId) -> bool {
        let members = &self.cut.snapshot().members;
        let owner = Self::owner(name).and_then(|owner| members.get(&owner)?.state.cut());
        let lane = owner.and_then(|cut| cut.receiving.get(&request.lane));
        lane.is_some_and(|lane| lane.accounts_for(request.seq))
    }

    /// Whether a resource is granted in the order of its queue.
    pub(super) fn is_fair(&self, name: &ResourceName) -> bool {
        matches!(self.supply(name), Supply::Known { fair: true, .. })
    }

    /// How much there is of a resource.
    pub(super) fn supply(&self, name: &ResourceName) -> Supply {
        match (self.supplies.get(name), name) {
            (Some(supply), _) => *supply,
            (None, ResourceName::Owned(owned)) if self.is_present(owned.process) => Supply::Gone,
            (None, ResourceName::Owned(_)) => Supply::Unknown,
            // One exclusive holder, or any number of shared ones.
            (None, ResourceName::Keyed(_)) => {
                Supply::Known { capacity: PLENTY, closed: true, fair: false, local: false }
            }
        }
    }

    /// Whether a grip on a resource is any of it: nobody is in the way with none.
    pub(super) fn is_some_of(&self, name: &ResourceName, grip: Grip) -> bool {
        match (grip, self.supply(name)) {
            (Grip::Exclusive, Supply::Known { capacity, .. }) => capacity > 0,
            (Grip::Exclusive, Supply::Gone | Supply::Unknown) => true,
            (Grip::Shared(units), _) => units > 0,
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
                    *self.population.entry(process).or_default() += 1;
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
                    self.serving.insert((serving.request, task));
                }
                Fact::Reads(reads) => {
                    let task = Global::new(process, reads.task);
                    self.readers.entry(reads.lane).or_default().push(task);
                    self.reading.insert((reads.lane, task));
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
            if let Awaited::Receive { wakers, .. } = &fact.on {
                let lanes = wakers.iter().filter_map(|waker| match waker {
                    Waker::Lane(lane) => Some((*lane, open.task)),
                    Waker::Task(_) | Waker::Process(_) => None,
                });
                self.attending.extend(lanes);
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
                        let added = permits.get(&handle).copied().unwrap_or(0);
                        self.declared.entry(name).or_default().push((resource, added));
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
                Fact::Queued(queued) => self.add_place(process, queued),
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
        let mut demands = Vec::new();
        for open in self.addressees(queued.waiter) {
            if let Awaited::Resource { resource, grip, .. } = open.on
                && *resource == name
            {
                demands.push((open.target, open.task, *grip));
                let ticket = self.tickets.entry((name.clone(), open.target)).or_insert(queued.ticket);
                *ticket = queued.ticket.min(*ticket);
            }
        }
        let tasks = demands.iter().map(|(_, task, _)| *task).collect();
        self.places.entry(name).or_default().push(Place { ticket: queued.ticket, demands, tasks });
    }

    /// What the declarations of each resource come to.
    fn settle_supplies(&mut self) {
        for (name, declared) in std::mem::take(&mut self.declared) {
            let Some((first, _)) = declared.first() else { continue };
            let terms = |r: &Resource| (r.capacity, r.closed, r.fair, r.local);
            let agreed = declared.iter().all(|(r, _)| terms(r) == terms(first));
            let added: u128 = declared.iter().map(|(_, added)| added).sum();
            // Of what is named by a key alone, nobody knows the queue or who is outside.
            let owned = first.key.is_none();
            let supply = match first.capacity {
                Some(capacity) if agreed => Supply::Known {
                    capacity: u128::from(capacity) + added,
                    closed: first.closed,
                    fair: first.fair && owned,
                    local: first.local && owned,
                },
                _ => Supply::Unknown,
            };
            self.supplies.insert(name, supply);
        }
        self.places.values_mut().for_each(|places| places.sort_by_key(|place| place.ticket));
    }

    fn add_messages(&mut self) {
        for message in self.cut.channels().carriers() {
            let by = Parcel { lane: message.id.lane, to: message.to, fate: Some(message.fate) };
            for annotation in message.annotations.iter() {
                let resolved = match annotation {
                    Annotation::Resolves(what) => Some(*what),
                    Annotation::Grants { to, .. } => *to,
                    _ => None,
                };
                if let Some(what) = resolved {
                    self.resolving.entry(what).or_default().push(message);
                    for open in self.addressees(what) {
                        self.attending.insert((message.id.lane, open.task));
                    }
                }
                self.add_parcel(annotation, by);
            }
        }
        for (message, annotations) in lost::messages(self.cut) {
            let Some(to) = self.lane_end(message.lane) else { continue };
            for annotation in annotations.iter() {
                self.add_parcel(annotation, Parcel { lane: message.lane, to, fate: None });
            }
        }
    }

    fn add_parcel(&mut self, annotation: &Annotation, by: Parcel) {
        match annotation {
            Annotation::Grants { resource, grip, to } => {
                let open = to.map(|what| self.addressees(what)).unwrap_or_default();
                // A grant of a keyed resource says nothing of when it was made, so it is never confirmed.
                let sure = matches!(resource, ResourceName::Owned(_));
                for open in &open {
                    *self.granted.entry(open.target).or_default() |= sure && by.fate == Some(Fate::Transit);
                }
                let tasks: BTreeSet<TaskRef> = open.iter().map(|open| open.task).collect();
                let to = match (tasks.first(), tasks.len(), to) {
                    (Some(task), 1, _) => Addressee::Task(*task),
                    (Some(_), _, Some(what)) => Addressee::Several(*what),
                    _ => Addressee::Nobody,
                };
                self.share(resource, *grip, Holder::Granted { to, by, sure });
            }
            Annotation::Releases { resource, grip } => self.share(resource, *grip, Holder::Released { by }),
            _ => {}
        }
    }

    /// The tasks to one of which a grant goes.
    pub(super) fn granted_to(&self, to: Addressee) -> BTreeSet<TaskRef> {
        match to {
            Addressee::Task(task) => BTreeSet::from([task]),
            Addressee::Several(what) => self.addressees(what).iter().map(|open| open.task).collect(),
            Addressee::Nobody => BTreeSet::new(),
        }
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
