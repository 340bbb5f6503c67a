//! The table of ARCHITECTURE.md, row by row, as a network for either reduction.

use super::channel::{self, ParcelKind};
use super::index::{Index, NONE, Named};
use super::network::{Builder, Node, Source};
use super::resource::Supply;
use stillpoint_proto::cut::LaneEnd;
use stillpoint_proto::fact::{Awaited, Grip, ResourceName, Waker};
use stillpoint_proto::id::{Incarnation, LaneRef, MessageId, TaskRef};
use stillpoint_proto::snapshot::{Fate, InTransit, MemberState};

/// Tasks without a wait or with one that has gathered, branches and parents, processes.
pub(super) fn tasks(net: &mut Builder<'_, '_>) {
    let index = net.index;
    for (row, task) in index.tasks.iter().zip(0..) {
        // What has left does nothing any more. Others can proceed if that helps them, but are not promised to.
        if !net.optimistic() && !index.lives(task) {
            continue;
        }
        let waits = index.waits_of.successors(task);
        if waits.is_empty() || waits.iter().any(|w| index.waits[*w as usize].missing <= 0) {
            net.start(Node::Task(task));
        }
        net.edge(Node::Task(task), Node::Process(row.process));
        if net.optimistic() && row.parent != NONE {
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
        if !net.optimistic() && !index.lives(index.task_of(target)) {
            continue;
        }
        resolved(net, target);
        match row.on {
            Awaited::External => net.start(Node::Target(target)),
            Awaited::Task(task) => finishing(net, target, *task),
            Awaited::Call(request) => call(net, target, *request),
            Awaited::Receive { wakers, closed } => receive(net, target, wakers, *closed),
            Awaited::Resource { request, grip, .. } => demand(net, target, request.is_some(), *grip),
        }
    }
}

/// A message in transit resolves it.
fn resolved(net: &mut Builder<'_, '_>, target: u32) {
    let index = net.index;
    for message in index.traffic.resolving(index, target) {
        if net.optimistic() {
            net.start(Node::Target(target));
            return;
        }
        if certainly_to(index, message.fate, message.to, index.process_of(target)) {
            read(net, target, message.id.lane);
        }
    }
}

fn certainly_to(index: &Index<'_>, fate: Fate, to: LaneEnd, process: u32) -> bool {
    let elsewhere = matches!(to, LaneEnd::Peer(peer) if peer != index.processes[process as usize].id);
    fate == Fate::Transit && !elsewhere
}

/// The target is satisfied when whoever reads the lane where it waits can proceed.
fn read(net: &mut Builder<'_, '_>, target: u32, lane: LaneRef) {
    match channel::readers(net.index, lane, Some(net.index.process_of(target))) {
        None => net.start(Node::Target(target)),
        Some(readers) => readers.into_iter().for_each(|r| net.edge(Node::Task(r), Node::Target(target))),
    }
}

fn finishing(net: &mut Builder<'_, '_>, target: u32, task: TaskRef) {
    match net.index.named(task) {
        Named::Live(task) => net.edge(Node::Task(task), Node::Target(target)),
        Named::Finished => net.start(Node::Target(target)),
        Named::Beyond if net.optimistic() => net.start(Node::Target(target)),
        Named::Beyond => {}
    }
}

/// Whether messages of unknown content may reach the process where a target waits.
fn murky(index: &Index<'_>, target: u32) -> bool {
    index.traffic.murky[index.process_of(target) as usize]
}

fn call(net: &mut Builder<'_, '_>, target: u32, request: MessageId) {
    let index = net.index;
    match answerers(index, request) {
        Answerers::Tasks(tasks) => {
            tasks.into_iter().for_each(|task| net.edge(Node::Task(task), Node::Target(target)));
            if net.optimistic() && (murky(index, target) || may_be_served_beyond(index, request)) {
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
    let Some(message) = channel::in_transit(index, request) else {
        return if servers.peek().is_some() {
            Answerers::Tasks(servers.collect())
        } else {
            Answerers::Unknown
        };
    };
    let sole = sole_reader_process(index, message);
    match sole.and_then(|process| channel::readers(index, request.lane, Some(process))) {
        Some(readers) if !readers.is_empty() && servers.peek().is_none() => Answerers::Tasks(readers),
        _ => Answerers::Unknown,
    }
}

/// The present process that a message is certainly on its way to.
fn sole_reader_process(index: &Index<'_>, message: &InTransit) -> Option<u32> {
    match message.to {
        LaneEnd::Peer(peer) if message.fate == Fate::Transit && index.is_present(peer) => index.process(peer),
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
    if net.optimistic() && (!closed || murky(net.index, target)) {
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
            Some(MemberState::Present(_) | MemberState::Left(_) | MemberState::Lost { .. })
        );
        if busy.is_some() || !known {
            net.start(Node::Target(target));
        }
    } else if let Some(busy) = busy
        && certainly_to(index, busy.fate, busy.to, index.process_of(target))
    {
        read(net, target, lane);
    }
}

fn demand(net: &mut Builder<'_, '_>, target: u32, asked: bool, grip: Grip) {
    let index = net.index;
    let resource = index.targets[target as usize].resource;
    let terms = &index.resources[resource as usize].terms;
    let hopeful = net.optimistic()
        && (!terms.closed || terms.supply == Supply::Unknown || asked && murky(index, target));
    if grip == Grip::Shared(0) || terms.supply == Supply::Gone || hopeful {
        net.start(Node::Target(target));
    } else if net.optimistic() || terms.supply != Supply::Unknown && (terms.local || !index.gaps) {
        let ticket = if terms.fair { index.ticket(target) } else { None };
        net.demand(resource, target, terms.units(grip), ticket);
    }
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
        if index.resources[place.resource as usize].terms.fair {
            queued(net, n);
        }
    }
}

fn keyed(index: &Index<'_>, resource: u32) -> bool {
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
        ParcelKind::Grant(to) => {
            let holders = present_tasks(index, to);
            // A grant that may be lost may be taken back; and see the proof about keyed resources.
            let sure = parcel.fate == Some(Fate::Transit) && !keyed(index, parcel.resource);
            if net.optimistic() && (holders.is_empty() || !sure) {
                return;
            }
            holders
        }
        ParcelKind::Release if net.optimistic() => return,
        ParcelKind::Release if parcel.fate != Some(Fate::Transit) => Vec::new(),
        ParcelKind::Release => match channel::readers(index, parcel.message.lane, release_reader(index, n)) {
            None => return,
            Some(readers) => readers,
        },
    };
    // Of several possible holders only one has it: all of them must be known to proceed, which is not counted.
    let sure = net.optimistic() || until.len() == 1 || matches!(parcel.kind, ParcelKind::Release);
    let until = if sure { until } else { Vec::new() };
    net.claim(parcel.resource, units, None, Source::Parcel(n), until.into_iter().map(Node::Task));
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
