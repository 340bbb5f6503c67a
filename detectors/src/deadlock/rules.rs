//! The table of ARCHITECTURE.md, row by row, as a network for either reduction.

use super::channel::{self, ParcelKind};
use super::index::{Index, NONE, Named, ResourceRow};
use super::network::{Builder, Node, Source};
use super::resource::Supply;
use stillpoint_proto::cut::LaneEnd;
use stillpoint_proto::fact::{Awaited, Grip, ResourceName, Waker};
use stillpoint_proto::id::{Incarnation, LaneRef, MessageId, ResourceRef, TaskRef};
use stillpoint_proto::mutation::{Mutation, is_on};
use stillpoint_proto::snapshot::{Fate, MemberState};

/// Tasks without a wait or with one that has gathered, branches and parents, processes.
pub(super) fn tasks(net: &mut Builder<'_, '_>) {
    let index = net.index;
    for (row, task) in index.tasks.iter().zip(0..) {
        // What has left does nothing any more, and what it did last nobody knows.
        if !index.lives(task) {
            if net.optimistic() {
                net.start(Node::Task(task));
            }
            continue;
        }
        let waits = index.waits_of.successors(task);
        if waits.is_empty() || waits.iter().any(|w| index.waits[*w as usize].missing <= 0) {
            net.start(Node::Task(task));
        }
        net.edge(Node::Task(task), Node::Process(row.process));
        if net.optimistic() && row.parent != NONE && !is_on(Mutation::BranchBlocksFamily) {
            net.edge(Node::Task(task), Node::Task(row.parent));
            net.edge(Node::Task(row.parent), Node::Task(task));
        }
    }
}

/// What satisfies each open target.
pub(super) fn targets(net: &mut Builder<'_, '_>) {
    let index = net.index;
    for (row, target) in index.targets.iter().zip(0..) {
        if row.wait == NONE {
            continue;
        }
        if !index.lives(index.task_of(target)) {
            continue;
        }
        resolved(net, target);
        match row.on {
            Awaited::External => net.start(Node::Target(target)),
            Awaited::Task(task) => finishing(net, target, *task),
            Awaited::Call(request) => call(net, target, *request),
            Awaited::Receive { wakers, closed } => receive(net, target, wakers, *closed),
            Awaited::Resource { request, grip, .. } => demand(net, target, *request, *grip),
        }
    }
}

/// A message in transit resolves it.
fn resolved(net: &mut Builder<'_, '_>, target: u32) {
    let index = net.index;
    for message in index.traffic.resolving(index, target) {
        if net.optimistic() {
            hope_to_be_read(net, target, message.id.lane, message.to, message.fate);
        } else if certainly_to(index, message.fate, message.to, index.process_of(target)) {
            read(net, target, message.id.lane);
        }
    }
}

/// A message may be read: by anybody, unless certain tasks of a certain process read its lane and do not wait
/// for what is on it.
fn hope_to_be_read(net: &mut Builder<'_, '_>, target: u32, lane: LaneRef, to: LaneEnd, fate: Fate) {
    let index = net.index;
    let readers = sole_reader_process(index, to, fate).and_then(|at| channel::readers(index, lane, Some(at)));
    match readers {
        Some(readers) if !readers.is_empty() && !readers.iter().any(|r| index.traffic.attends(*r, lane)) => {
            readers.into_iter().for_each(|r| net.edge(Node::Task(r), Node::Target(target)));
        }
        _ => net.start(Node::Target(target)),
    }
}

fn certainly_to(index: &Index<'_>, fate: Fate, to: LaneEnd, process: u32) -> bool {
    let elsewhere = matches!(to, LaneEnd::Peer(peer) if peer != index.processes[process as usize].id);
    fate == Fate::Transit && !elsewhere
}

/// The target is satisfied when whoever reads the lane where it waits can proceed.
fn read(net: &mut Builder<'_, '_>, target: u32, lane: LaneRef) {
    match readers_for(net.index, lane, net.index.process_of(target), net.index.task_of(target)) {
        None => net.start(Node::Target(target)),
        Some(readers) => readers.into_iter().for_each(|r| net.edge(Node::Task(r), Node::Target(target))),
    }
}

/// The tasks one of which must proceed before what is on a lane is read for `waiter`. `None` if none need: nobody
/// reads the lane, or the waiter itself, who is in the act of it.
fn readers_for(index: &Index<'_>, lane: LaneRef, at: u32, waiter: u32) -> Option<Vec<u32>> {
    channel::readers(index, lane, Some(at)).filter(|readers| !readers.contains(&waiter))
}

fn finishing(net: &mut Builder<'_, '_>, target: u32, task: TaskRef) {
    match net.index.named(task) {
        Named::Live(task) => net.edge(Node::Task(task), Node::Target(target)),
        Named::Finished => net.start(Node::Target(target)),
        Named::Beyond if net.optimistic() => net.start(Node::Target(target)),
        Named::Beyond => {}
    }
}

/// Whether the reply to a request may be in a message of unknown content.
pub(super) fn hears_of(index: &Index<'_>, target: u32, request: MessageId) -> bool {
    let (traffic, process) = (&index.traffic, index.process_of(target));
    match sent_to(index, request) {
        Some(LaneEnd::Peer(peer)) if index.is_present(peer) => {
            let servers = index.servers(request).map(|s| index.tasks[s as usize].id.process);
            servers.chain([peer]).any(|from| traffic.unknown_from(process, from))
        }
        _ => traffic.murky[process as usize],
    }
}

/// Where the lane of a message leads, if its sender's cut says so.
fn sent_to(index: &Index<'_>, message: MessageId) -> Option<LaneEnd> {
    let sender = index.process(message.sender())?;
    Some(index.processes[sender as usize].cut.sending.get(&message.lane.lane)?.to)
}

fn call(net: &mut Builder<'_, '_>, target: u32, request: MessageId) {
    let index = net.index;
    match answerers(index, request) {
        Answerers::Tasks(tasks) => {
            tasks.into_iter().for_each(|task| net.edge(Node::Task(task), Node::Target(target)));
            if net.optimistic() && (hears_of(index, target, request) || may_be_served_beyond(index, request))
            {
                net.start(Node::Target(target));
            }
        }
        Answerers::Unknown => {
            if net.optimistic() {
                net.start(Node::Target(target));
            }
        }
    }
}

/// Who can bring about the reply to a request.
pub(super) enum Answerers {
    /// One of these, and nobody else in the cut.
    Tasks(Vec<u32>),
    /// Nobody knows.
    Unknown,
}

pub(super) fn answerers(index: &Index<'_>, request: MessageId) -> Answerers {
    let mut servers = index.servers(request).peekable();
    let Some(message) = index.cut.channels().message(request) else {
        return if servers.peek().is_some() {
            Answerers::Tasks(servers.collect())
        } else {
            Answerers::Unknown
        };
    };
    let sole = sole_reader_process(index, message.to, message.fate);
    match sole.and_then(|process| channel::readers(index, request.lane, Some(process))) {
        Some(readers) if !readers.is_empty() && servers.peek().is_none() => Answerers::Tasks(readers),
        _ => Answerers::Unknown,
    }
}

/// The present process that a message is certainly on its way to.
fn sole_reader_process(index: &Index<'_>, to: LaneEnd, fate: Fate) -> Option<u32> {
    match to {
        LaneEnd::Peer(peer) if fate == Fate::Transit && index.is_present(peer) => index.process(peer),
        _ => None,
    }
}

/// Whether a process without a cut may serve a copy of a request that present tasks serve.
pub(super) fn may_be_served_beyond(index: &Index<'_>, request: MessageId) -> bool {
    let sender = index.process(request.sender()).map(|p| index.processes[p as usize].cut);
    let lane = sender.and_then(|cut| cut.sending.get(&request.lane.lane));
    match lane {
        Some(lane) if lane.to != LaneEnd::Group => false,
        Some(lane) => index.anyone_missing() || lane.settled_by.iter().any(|by| index.process(*by).is_none()),
        None => index.anyone_missing(),
    }
}

fn receive(net: &mut Builder<'_, '_>, target: u32, wakers: &[Waker], closed: bool) {
    let index = net.index;
    let hears = |w: &Waker| index.traffic.unknown_from(index.process_of(target), process_of(w));
    if net.optimistic() && (!closed || wakers.iter().any(hears)) {
        net.start(Node::Target(target));
        return;
    }
    for waker in wakers {
        match waker {
            Waker::Task(task) => waker_task(net, target, *task),
            Waker::Process(process) => waker_process(net, target, *process),
            Waker::Lane(lane) => waker_lane(net, target, *lane),
        }
    }
}

/// The process that a waker is of.
pub(super) const fn process_of(waker: &Waker) -> Incarnation {
    match waker {
        Waker::Task(task) => task.process,
        Waker::Process(process) => *process,
        Waker::Lane(lane) => lane.process,
    }
}

fn waker_task(net: &mut Builder<'_, '_>, target: u32, task: TaskRef) {
    match net.index.named(task) {
        Named::Live(task) => net.edge(Node::Task(task), Node::Target(target)),
        Named::Finished => {}
        Named::Beyond if net.optimistic() => net.start(Node::Target(target)),
        Named::Beyond => {}
    }
}

fn waker_process(net: &mut Builder<'_, '_>, target: u32, id: Incarnation) {
    let index = net.index;
    let process = index.process(id).filter(|p| index.processes[*p as usize].present);
    if let Some(process) = process
        && !(net.optimistic() && may_stir(index, target, process))
    {
        net.edge(Node::Process(process), Node::Target(target));
    } else if net.optimistic() {
        net.start(Node::Target(target));
    }
}

/// Whether a process may wake a target though none of its tasks can proceed: it has no task, or a message may
/// start one there, or one from there may be under way.
pub(super) fn may_stir(index: &Index<'_>, target: u32, process: u32) -> bool {
    let (traffic, waiting) = (&index.traffic, index.process_of(target));
    let inbound = || traffic.inbound(waiting).or(traffic.inbound(process)).is_some();
    index.processes[process as usize].tasks.is_empty() || inbound() || traffic.murky[process as usize]
}

fn waker_lane(net: &mut Builder<'_, '_>, target: u32, lane: LaneRef) {
    let index = net.index;
    let busy = index.traffic.lane(lane);
    if net.optimistic() {
        let known = matches!(
            index.member(lane.process),
            Some(MemberState::Present(_) | MemberState::Left { .. } | MemberState::Lost { .. })
        );
        match busy {
            Some(busy) if known => {
                let fate = if busy.uncertain { Fate::Doubtful } else { Fate::Transit };
                hope_to_be_read(net, target, lane, busy.to, fate);
            }
            None if known => {}
            _ => net.start(Node::Target(target)),
        }
    } else if let Some(busy) = busy
        && certainly_to(index, busy.fate, busy.to, index.process_of(target))
    {
        read(net, target, lane);
    }
}

fn demand(net: &mut Builder<'_, '_>, target: u32, request: Option<MessageId>, grip: Grip) {
    let index = net.index;
    let resource = index.targets[target as usize].resource;
    let ResourceRow { terms, unseen, .. } = &index.resources[resource as usize];
    let granted = index.traffic.granted(target);
    let hopeful = net.optimistic()
        && (!terms.closed || terms.supply == Supply::Unknown || granted_unknown(index, target, request));
    if grip == Grip::Shared(0) || terms.supply == Supply::Gone || hopeful {
        net.start(Node::Target(target));
        return;
    }
    // What has been granted is not granted again.
    if granted == Some(true) || granted.is_some() && !net.optimistic() {
        return;
    }
    let ticket = if terms.fair { index.ticket(target) } else { None };
    let units = terms.units(grip);
    if net.optimistic() {
        net.demand(resource, target, units, ticket);
    } else if terms.supply != Supply::Unknown && (terms.local || !index.gaps) {
        // What somebody unseen may have is never given back, as far as is known.
        let units = units + unseen;
        match request.map_or(Asked::Yes, |request| asked(index, target, request)) {
            Asked::Yes => net.demand(resource, target, units, ticket),
            Asked::When(readers) => {
                net.demand(resource, target, units, ticket);
                net.demand_read_by(target, &readers);
            }
            Asked::No => {}
        }
    }
}

/// Whether a message of unknown content may grant what a target demands: only the owner grants.
pub(super) fn granted_unknown(index: &Index<'_>, target: u32, request: Option<MessageId>) -> bool {
    let process = index.process_of(target);
    match index.resources[index.targets[target as usize].resource as usize].name {
        ResourceName::Owned(resource) => {
            let by_message = request.is_some() || index.process(resource.process) != Some(process);
            by_message && index.traffic.unknown_from(process, resource.process)
        }
        ResourceName::Keyed(_) => request.is_some() && index.traffic.murky[process as usize],
    }
}

/// Whether an owner has been asked for sure.
pub(super) enum Asked {
    Yes,
    /// As soon as one of these proceeds.
    When(Vec<u32>),
    No,
}

/// Whether the request for what a target demands has reached the owner.
pub(super) fn asked(index: &Index<'_>, target: u32, request: MessageId) -> Asked {
    let name = index.resources[index.targets[target as usize].resource as usize].name;
    let ResourceName::Owned(ResourceRef { process: owner, .. }) = name else { return Asked::No };
    let Some(at) = index.process(*owner) else { return Asked::No };
    if let Some(message) = index.cut.channels().message(request) {
        if !certainly_to(index, message.fate, message.to, at) {
            return Asked::No;
        }
        return match readers_for(index, request.lane, at, index.task_of(target)) {
            None => Asked::Yes,
            Some(readers) => Asked::When(readers),
        };
    }
    let receiving = index.processes[at as usize].cut.receiving.get(&request.lane);
    if receiving.is_some_and(|lane| lane.accounts_for(request.seq)) { Asked::Yes } else { Asked::No }
}

/// Who has what of the resources that somebody demands.
pub(super) fn claims(net: &mut Builder<'_, '_>) {
    let index = net.index;
    for (row, n) in index.holds.iter().zip(0..) {
        if row.resource != NONE {
            hold(net, n);
        }
    }
    for n in 0..index.traffic.parcels.len() as u32 {
        parcel(net, n);
    }
    for (place, n) in index.places.iter().zip(0..) {
        if index.resources[place.resource as usize].terms.fair && !is_on(Mutation::QueueIgnored) {
            queued(net, n);
        }
    }
}

pub(super) fn keyed(index: &Index<'_>, resource: u32) -> bool {
    matches!(index.resources[resource as usize].name, ResourceName::Keyed(_))
}

/// Whether a hold is too new for the optimistic reduction: a database carries no stamps.
pub(super) fn unconfirmed(index: &Index<'_>, hold: u32) -> bool {
    let row = &index.holds[hold as usize];
    matches!(row.fact.resource, ResourceName::Keyed(_)) && row.born >= index.cut.snapshot().confirmed
}

/// Whether nobody is left who could release a hold.
pub(super) fn orphaned(index: &Index<'_>, hold: u32) -> bool {
    let row = &index.holds[hold as usize];
    !index.processes[row.process as usize].present || row.fact.task.is_some() && row.task == NONE
}

fn hold(net: &mut Builder<'_, '_>, n: u32) {
    let index = net.index;
    let row = &index.holds[n as usize];
    let units = index.resources[row.resource as usize].terms.units(row.fact.grip);
    let orphaned = orphaned(index, n);
    let until = if orphaned {
        None
    } else if row.task != NONE {
        Some(Node::Task(row.task))
    } else {
        // A guard that nobody is bound to: any task of the process might release it, but none is known to.
        net.optimistic().then_some(Node::Process(row.process))
    };
    let idle = index.processes[row.process as usize].tasks.is_empty();
    if is_on(Mutation::UnboundIsFree) && row.task == NONE {
        return;
    }
    let free = orphaned || unconfirmed(index, n) || row.task == NONE && idle;
    if !(net.optimistic() && free) {
        net.claim(row.resource, units, None, Source::Hold(n), until);
    }
}

fn parcel(net: &mut Builder<'_, '_>, n: u32) {
    let index = net.index;
    let parcel = &index.traffic.parcels[n as usize];
    let units = index.resources[parcel.resource as usize].terms.units(parcel.grip);
    let until = match &parcel.kind {
        ParcelKind::Grant(to) => return grant(net, n, units, &present_tasks(index, to)),
        ParcelKind::Release if is_on(Mutation::ReleaseNeverArrives) => Vec::new(),
        ParcelKind::Release if net.optimistic() => return,
        ParcelKind::Release if parcel.fate != Some(Fate::Transit) => Vec::new(),
        ParcelKind::Release => match channel::readers(index, parcel.message.lane, release_reader(index, n)) {
            None => return,
            Some(readers) => readers,
        },
    };
    net.claim(parcel.resource, units, None, Source::Parcel(n), until.into_iter().map(Node::Task));
}

fn grant(net: &mut Builder<'_, '_>, n: u32, units: i128, holders: &[u32]) {
    let index = net.index;
    let parcel = &index.traffic.parcels[n as usize];
    let (resource, source) = (parcel.resource, Source::Parcel(n));
    if net.optimistic() {
        // A grant that may be lost may be taken back; and see the proof about keyed resources.
        let sure = parcel.fate == Some(Fate::Transit) && !keyed(index, resource);
        if sure && !holders.is_empty() {
            net.claim(resource, units, None, source, holders.iter().map(|t| Node::Task(*t)));
        }
        return;
    }
    // Nobody gives back what has not reached him. And of several possible holders only one has it: all of them
    // must be known to proceed, which is not counted.
    match *holders {
        [holder]
            if parcel.fate.is_some_and(|fate| {
                certainly_to(index, fate, parcel.to, index.tasks[holder as usize].process)
            }) =>
        {
            match readers_for(index, parcel.message.lane, index.tasks[holder as usize].process, holder) {
                None => net.claim(resource, units, None, source, [Node::Task(holder)]),
                Some(readers) => net.claim_read_by(resource, units, source, holder, &readers),
            }
        }
        _ => net.claim(resource, units, None, source, []),
    }
}

/// Where a release is read: by the peer, or else by the resource's owner.
fn release_reader(index: &Index<'_>, parcel: u32) -> Option<u32> {
    let parcel = &index.traffic.parcels[parcel as usize];
    match (parcel.to, index.resources[parcel.resource as usize].name) {
        (LaneEnd::Peer(peer), _) => index.process(peer),
        (_, ResourceName::Owned(resource)) => index.process(resource.process),
        (_, ResourceName::Keyed(_)) => None,
    }
}

/// The tasks of present processes that have one of these targets, each once.
fn present_tasks(index: &Index<'_>, targets: &[u32]) -> Vec<u32> {
    let mut tasks: Vec<_> = targets.iter().map(|t| index.task_of(*t)).filter(|t| index.lives(*t)).collect();
    tasks.sort_unstable();
    tasks.dedup();
    tasks
}

fn queued(net: &mut Builder<'_, '_>, n: u32) {
    let index = net.index;
    let place = &index.places[n as usize];
    let terms = &index.resources[place.resource as usize].terms;
    let waiters = present_tasks(index, &place.demands);
    let units = place.demands.iter().map(|t| terms.units(index.demand(*t)));
    let ticket = Some(place.fact.ticket);
    if net.optimistic() {
        // One place is served once, whichever of its demands that is, and a demand in one place, its first.
        let elsewhere = place.demands.iter().any(|t| index.ticket(*t) != ticket);
        if let (Some(units), false) = (units.min(), waiters.is_empty() || elsewhere) {
            let until = waiters.into_iter().map(Node::Task);
            net.claim(place.resource, units, ticket, Source::Place(n), until);
        }
    } else if waiters.len() == 1 {
        let units = units.max().unwrap_or(0);
        net.claim(place.resource, units, ticket, Source::Place(n), [Node::Task(waiters[0])]);
    } else {
        // Whoever stands there is gone or cannot be told: what comes behind may never be served.
        let all = terms.units(Grip::Exclusive);
        net.claim(place.resource, all, ticket, Source::Place(n), []);
    }
}
