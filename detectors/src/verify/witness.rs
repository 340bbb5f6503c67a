//! What people are shown of a deadlock: names, deadlines, the cycle or knot, victims, and who is stuck behind.
//!
//! Whether a task is stuck *because of* this core cannot be told from one verdict, since it may be stuck behind
//! several. What is confirmed is that it is stuck: at once if it and the core make a closed set, else by letting
//! everybody proceed who can.

use super::view::{Holder, Open, Share, View, Waiting};
use super::world::{Column, World};
use super::{EFFORT, Refuted, Unchecked};
use std::collections::{BTreeMap, BTreeSet};
use stillpoint_proto::fact::{Annotation, Awaited, Millis, ResourceName, Waker};
use stillpoint_proto::id::{Incarnation, MessageId, TaskRef};
use stillpoint_proto::snapshot::Fate;
use stillpoint_proto::verdict::{Deadlock, Edge, Shape, Stuck, StuckWait};

/// Confirms what is said of a member.
pub(super) fn member(view: &View<'_>, stuck: &Stuck) -> Result<(), Refuted> {
    let task = stuck.task;
    let fact = view.tasks.get(&task).ok_or(Refuted::NoSuchTask(task))?;
    let process = view.cut.snapshot().members.get(&task.process).map(|member| &member.name);
    let fields = [
        ("process", process == Some(&stuck.process)),
        ("label", fact.label == stuck.label),
        ("location", fact.location == stuck.location),
    ];
    if let Some((field, _)) = fields.into_iter().find(|(_, is_so)| !is_so) {
        return Err(Refuted::False { task, field });
    }
    let own: BTreeMap<_, _> = view.waits_of(task).iter().map(|waiting| (waiting.wait, waiting)).collect();
    let listed: BTreeSet<_> = stuck.waits.iter().map(|wait| wait.wait).collect();
    if stuck.waits.len() != own.len() || listed.len() != own.len() {
        return Err(Refuted::Waits(task));
    }
    for listed in &stuck.waits {
        let waiting = own.get(&listed.wait).ok_or(Refuted::Waits(task))?;
        wait(view, listed, waiting)?;
    }
    Ok(())
}

fn wait(view: &View<'_>, listed: &StuckWait, waiting: &Waiting<'_>) -> Result<(), Refuted> {
    let fields = [
        ("start", waiting.fact.since == listed.since),
        ("location", waiting.fact.location == listed.location),
        ("number of missing targets", view.missing(waiting) == listed.missing),
    ];
    match fields.into_iter().find(|(_, is_so)| !is_so) {
        Some((field, _)) => Err(Refuted::FalseWait { wait: listed.wait, field }),
        None => Ok(()),
    }
}

/// Confirms the earliest deadline of each process.
pub(super) fn deadlines(view: &View<'_>, found: &Deadlock) -> Result<(), Refuted> {
    let mut earliest: BTreeMap<Incarnation, Millis> = BTreeMap::new();
    for waiting in found.members.iter().flat_map(|stuck| view.waits_of(stuck.task)) {
        if let Some(deadline) = waiting.fact.deadline {
            let process = waiting.wait.process;
            earliest.entry(process).and_modify(|e| *e = deadline.min(*e)).or_insert(deadline);
        }
    }
    let mut processes = earliest.keys().chain(found.holds_until.keys());
    match processes.find(|process| earliest.get(process) != found.holds_until.get(process)) {
        Some(process) => Err(Refuted::HoldsUntil(*process)),
        None => Ok(()),
    }
}

/// Confirms that a message is in transit and carries something for a member, or for a resource that one waits for.
pub(super) fn message(
    view: &View<'_>,
    members: &BTreeSet<TaskRef>,
    message: MessageId,
) -> Result<(), Refuted> {
    let found = view.transit.get(&message).ok_or(Refuted::Unrelated(message))?;
    let waits = members.iter().flat_map(|task| view.waits_of(*task));
    let mut open = waits.flat_map(|waiting| view.open_of(waiting.wait));
    let concerns = |open: &Open<'_>| {
        let resource = match open.on {
            Awaited::Resource { resource, .. } => Some(resource),
            _ => None,
        };
        let about = found.annotations.iter().any(|annotation| match annotation {
            Annotation::Grants { resource: of, .. } | Annotation::Releases { resource: of, .. } => {
                Some(of) == resource
            }
            _ => false,
        });
        let asked = super::view::asked_by(open.on) == Some(message);
        about || asked || view.resolvers(open).any(|m| m.id == message)
    };
    let to_a_member = found.annotations.iter().any(|annotation| match annotation {
        Annotation::Grants { to: Some(to), .. } | Annotation::Resolves(to) => {
            view.addressees(*to).iter().any(|open| members.contains(&open.task))
        }
        _ => false,
    });
    if to_a_member || open.any(concerns) { Ok(()) } else { Err(Refuted::Unrelated(message)) }
}

/// Confirms that each edge is real and that together they make the shape.
pub(super) fn shape(view: &View<'_>, members: &BTreeSet<TaskRef>, shape: &Shape) -> Result<(), Refuted> {
    let grips = Grips::new(view);
    let real = |from, to| members.contains(&from) && members.contains(&to) && grips.waits_for(from, to);
    match shape {
        Shape::Cycle(edges) => {
            if let Some(edge) = edges.iter().find(|edge| !real(edge.from, edge.to)) {
                return Err(Refuted::FalseEdge(edge.clone()));
            }
            cycle(edges)
        }
        Shape::Knot(edges) => {
            if let Some(edge) = edges.iter().find(|edge| !real(edge.from, edge.to)) {
                return Err(Refuted::FalseEdge(edge.clone()));
            }
            knot(members, edges)
        }
        Shape::Abandoned => match members.first() {
            Some(&task) if members.len() == 1 && !grips.stands_in_own_way(task, members) => Ok(()),
            _ => Err(Refuted::NotAbandoned),
        },
    }
}

fn cycle(edges: &[Edge]) -> Result<(), Refuted> {
    let Some(last) = edges.last() else { return Err(Refuted::Empty { property: "cycle" }) };
    let mut at = last.to;
    let mut seen = BTreeSet::new();
    for edge in edges {
        if edge.from != at || !seen.insert(edge.from) {
            return Err(Refuted::BrokenCycle(edge.from));
        }
        at = edge.to;
    }
    Ok(())
}

/// From one member the edges lead to every other, and back.
fn knot(members: &BTreeSet<TaskRef>, edges: &[Edge]) -> Result<(), Refuted> {
    let Some(&first) = members.first() else { return Err(Refuted::Empty { property: "knot" }) };
    if edges.is_empty() {
        return Err(Refuted::LooseKnot(first));
    }
    for backwards in [false, true] {
        let mut next: BTreeMap<TaskRef, Vec<TaskRef>> = BTreeMap::new();
        for edge in edges {
            let (from, to) = if backwards { (edge.to, edge.from) } else { (edge.from, edge.to) };
            next.entry(from).or_default().push(to);
        }
        let (mut reached, mut open) = (BTreeSet::from([first]), vec![first]);
        while let Some(task) = open.pop() {
            open.extend(next.get(&task).into_iter().flatten().filter(|to| reached.insert(**to)));
        }
        if let Some(loose) = members.iter().find(|task| !reached.contains(task)) {
            return Err(Refuted::LooseKnot(*loose));
        }
    }
    Ok(())
}

/// Who has something of a resource, or a place in its queue.
struct Grips<'v, 'a> {
    view: &'v View<'a>,
    holders: BTreeSet<(&'v ResourceName, TaskRef)>,
    unbound: BTreeSet<(&'v ResourceName, Incarnation)>,
    /// The lowest ticket of a task.
    tickets: BTreeMap<(&'v ResourceName, TaskRef), u64>,
}

impl<'v, 'a> Grips<'v, 'a> {
    fn new(view: &'v View<'a>) -> Self {
        let mut this =
            Grips { view, holders: BTreeSet::new(), unbound: BTreeSet::new(), tickets: BTreeMap::new() };
        for (name, share) in view.shares.iter().flat_map(|(name, all)| all.iter().map(move |s| (name, s))) {
            match share.by {
                Holder::Task { task, sure: true } => drop(this.holders.insert((name, task))),
                Holder::Unbound { process, sure: true } => drop(this.unbound.insert((name, process))),
                Holder::Granted { to, sure: true, by } if by.fate == Some(Fate::Transit) => {
                    this.holders.extend(view.granted_to(to).into_iter().map(|task| (name, task)));
                }
                _ => {}
            }
        }
        for (name, place) in view.places.iter().flat_map(|(name, all)| all.iter().map(move |p| (name, p))) {
            for task in place.tasks() {
                let ticket = this.tickets.entry((name, task)).or_insert(place.ticket);
                *ticket = place.ticket.min(*ticket);
            }
        }
        this
    }

    /// Whether a task waits for another: an open target depends on it, or it is its branch or parent.
    fn waits_for(&self, from: TaskRef, to: TaskRef) -> bool {
        let waits = self.view.waits_of(from).iter();
        let mut open = waits.flat_map(|waiting| self.view.open_of(waiting.wait));
        self.view.parent_of(from) == Some(to)
            || self.view.parent_of(to) == Some(from)
            || open.any(|open| self.depends(open, to))
    }

    /// Whether a task waits in vain for something that depends on itself.
    fn stands_in_own_way(&self, task: TaskRef, members: &BTreeSet<TaskRef>) -> bool {
        let world = World::new(self.view, Column::Optimistic, members.clone());
        let mut open = self.view.waits_of(task).iter().flat_map(|waiting| self.view.open_of(waiting.wait));
        open.any(|open| !world.satisfiable(open) && self.depends_now(open, task, &world))
    }

    /// As [`Grips::depends`], but for guards that somebody else may drop.
    fn depends_now(&self, open: &Open<'a>, to: TaskRef, world: &World<'_, '_>) -> bool {
        let Awaited::Resource { resource, .. } = open.on else { return self.depends(open, to) };
        let mut shares = self.view.shares.get(resource).into_iter().flatten();
        let loose = |share: &Share| {
            matches!(share.by, Holder::Unbound { process, .. } if process == to.process)
                && world.is_held(share, resource)
        };
        self.depends_bound(open, to, resource) || shares.any(loose)
    }

    fn depends(&self, open: &Open<'a>, to: TaskRef) -> bool {
        let reads = |lane| self.view.readers.get(&lane).is_some_and(|all| all.contains(&to));
        if self.view.resolvers(open).any(|message| reads(message.id.lane)) {
            return true;
        }
        match open.on {
            Awaited::External => false,
            Awaited::Task(task) => *task == to,
            Awaited::Call(request) => {
                let served = self.view.servers.get(request).is_some_and(|servers| servers.contains(&to));
                served || self.view.transit.contains_key(request) && reads(request.lane)
            }
            Awaited::Receive { wakers, .. } => wakers.iter().any(|waker| match waker {
                Waker::Task(task) => *task == to,
                Waker::Process(process) => *process == to.process,
                Waker::Lane(lane) => self.view.lanes.contains_key(lane) && reads(*lane),
            }),
            Awaited::Resource { resource, .. } => {
                self.unbound.contains(&(resource, to.process)) || self.depends_bound(open, to, resource)
            }
        }
    }

    /// Whether a task holds what is demanded, or is served before.
    fn depends_bound(&self, open: &Open<'a>, to: TaskRef, resource: &ResourceName) -> bool {
        let own = self.view.tickets.get(&(resource.clone(), open.target));
        let ahead = self.tickets.get(&(resource, to)).is_some_and(|t| own.is_none_or(|own| t < own));
        self.holders.contains(&(resource, to)) || ahead && self.view.is_fair(resource)
    }
}

/// Confirms that the end of all victims lets every member proceed, and that none of them can be spared.
pub(super) fn victims(
    view: &View<'_>,
    members: &BTreeSet<TaskRef>,
    victims: &[TaskRef],
) -> Result<Vec<Unchecked>, Refuted> {
    let mut chosen = BTreeSet::new();
    for &victim in victims {
        if !members.contains(&victim) || !chosen.insert(victim) {
            return Err(Refuted::NoVictim(victim));
        }
    }
    let mut effort = EFFORT;
    let left_by = |spared: Option<TaskRef>, effort: &mut usize| {
        let mut world = World::new(view, Column::Optimistic, members.clone());
        for &victim in victims.iter().filter(|victim| Some(**victim) != spared) {
            world.reduce(victim);
        }
        proceed(view, &mut world, effort).then(|| world.blocked().clone())
    };
    let Some(stuck) = left_by(None, &mut effort) else { return Ok(vec![Unchecked::Victims]) };
    if let Some(&stuck) = stuck.first() {
        return Err(Refuted::StillStuck(stuck));
    }
    for &victim in victims {
        match left_by(Some(victim), &mut effort) {
            None => return Ok(vec![Unchecked::Victims]),
            Some(stuck) if stuck.is_empty() => return Err(Refuted::Spareable(victim)),
            Some(_) => {}
        }
    }
    Ok(Vec::new())
}

/// Confirms that tasks outside the core are stuck too.
pub(super) fn behind(
    view: &View<'_>,
    members: &BTreeSet<TaskRef>,
    behind: &[TaskRef],
) -> Result<Vec<Unchecked>, Refuted> {
    for &task in behind {
        if !view.tasks.contains_key(&task) {
            return Err(Refuted::NoSuchTask(task));
        }
        if members.contains(&task) {
            return Err(Refuted::MemberBehind(task));
        }
        if !view.is_present(task.process) {
            return Err(Refuted::HasLeft(task));
        }
        if view.waits_of(task).is_empty() {
            return Err(Refuted::NotWaiting(task));
        }
    }
    let together = members.iter().chain(behind).copied().collect();
    let world = World::new(view, Column::Optimistic, together);
    if !behind.iter().any(|task| world.can_proceed(*task)) {
        return Ok(Vec::new());
    }
    let all = view.waits.keys().copied().collect();
    let mut world = World::new(view, Column::Optimistic, all);
    let mut effort = EFFORT;
    if !proceed(view, &mut world, &mut effort) {
        return Ok(vec![Unchecked::Behind(behind.to_vec())]);
    }
    match behind.iter().find(|task| world.is_reduced(**task)) {
        Some(task) => Err(Refuted::NotStuck(*task)),
        None => Ok(Vec::new()),
    }
}

/// Lets everybody proceed who can, pass after pass, back and forth; `false` if that took too long.
fn proceed(view: &View<'_>, world: &mut World<'_, '_>, effort: &mut usize) -> bool {
    let mut left: Vec<TaskRef> = world.blocked().iter().copied().collect();
    loop {
        let before = left.len();
        let cost: usize = left.iter().map(|task| 1 + view.waits_of(*task).len()).sum();
        let Some(rest) = effort.checked_sub(cost) else { return false };
        *effort = rest;
        left.retain(|task| !(world.can_proceed(*task) && world.reduce(*task)));
        if left.len() == before || left.is_empty() {
            return true;
        }
        left.reverse();
    }
}
