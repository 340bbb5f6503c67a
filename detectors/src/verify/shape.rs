//! The cycle or knot of a deadlock, or that nobody can give what one task waits for: each edge is real, and together
//! they make the shape.

use super::effort::Effort;
use super::view::{Open, View};
use super::world::World;
use super::{Refuted, Unchecked};
use std::collections::{BTreeMap, BTreeSet};
use stillpoint_proto::fact::{Awaited, ResourceName, Waker};
use stillpoint_proto::id::TaskRef;
use stillpoint_proto::verdict::{Edge, Shape};

/// Confirms that each edge is real and that together they make the shape; gives what was not looked at.
pub(super) fn check(
    view: &View<'_>,
    world: &World<'_, '_>,
    shape: &Shape,
    effort: &Effort,
) -> Result<Vec<Unchecked>, Refuted> {
    let members = world.blocked();
    let edges = match shape {
        Shape::Cycle(edges) | Shape::Knot(edges) => edges,
        Shape::Abandoned => {
            return match members.first() {
                Some(&task) if members.len() == 1 && !stands_in_own_way(world, task) => Ok(Vec::new()),
                _ => Err(Refuted::NotAbandoned),
            };
        }
    };
    for edge in edges {
        if !effort.spend(cost(view, edge.from)) {
            return Ok(vec![Unchecked::Shape]);
        }
        let (from, to) = (edge.from, edge.to);
        if !(members.contains(&from) && members.contains(&to) && waits_for(view, from, to)) {
            return Err(Refuted::FalseEdge(edge.clone()));
        }
    }
    match shape {
        Shape::Cycle(_) => cycle(edges)?,
        Shape::Knot(_) | Shape::Abandoned => knot(members, edges)?,
    }
    Ok(Vec::new())
}

/// How many things a task waits for.
fn cost(view: &View<'_>, task: TaskRef) -> usize {
    let wakers = |open: &Open<'_>| match open.on {
        Awaited::Receive { wakers, .. } => 1 + wakers.len(),
        _ => 1,
    };
    let waits = view.waits_of(task).iter();
    1 + waits.flat_map(|waiting| view.open_of(waiting.wait)).map(wakers).sum::<usize>()
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

/// Whether a task waits for another: an open target depends on it, or it is its branch or parent.
fn waits_for(view: &View<'_>, from: TaskRef, to: TaskRef) -> bool {
    let waits = view.waits_of(from).iter();
    let mut open = waits.flat_map(|waiting| view.open_of(waiting.wait));
    view.parent_of(from) == Some(to)
        || view.parent_of(to) == Some(from)
        || open.any(|open| depends(view, open, to))
}

/// Whether a task waits in vain for something that depends on itself.
fn stands_in_own_way(world: &World<'_, '_>, task: TaskRef) -> bool {
    let view = world.view();
    let mut open = view.waits_of(task).iter().flat_map(|waiting| view.open_of(waiting.wait));
    open.any(|open| !world.satisfiable(open) && depends_now(world, open, task))
}

/// As [`depends`], of the only task that is blocked: what is taken of a resource is taken by it.
fn depends_now(world: &World<'_, '_>, open: &Open<'_>, to: TaskRef) -> bool {
    match open.on {
        Awaited::Resource { resource, .. } => {
            reads_what_comes(world.view(), open, to) || world.taken(open, resource) > 0
        }
        _ => depends(world.view(), open, to),
    }
}

fn reads_what_comes(view: &View<'_>, open: &Open<'_>, to: TaskRef) -> bool {
    view.resolvers(open).any(|message| view.reading.contains(&(message.id.lane, to)))
}

fn depends(view: &View<'_>, open: &Open<'_>, to: TaskRef) -> bool {
    let reads = |lane| view.reading.contains(&(lane, to));
    if reads_what_comes(view, open, to) {
        return true;
    }
    match open.on {
        Awaited::External => false,
        Awaited::Task(task) => *task == to,
        Awaited::Call(request) => {
            view.serving.contains(&(*request, to)) || view.message(*request).is_some() && reads(request.lane)
        }
        Awaited::Receive { wakers, .. } => wakers.iter().any(|waker| match waker {
            Waker::Task(task) => *task == to,
            Waker::Process(process) => *process == to.process,
            Waker::Lane(lane) => view.on_lane(*lane).next().is_some() && reads(*lane),
        }),
        Awaited::Resource { resource, .. } => {
            view.stands.has_guard(resource, to.process)
                || view.stands.has(resource, to)
                || is_ahead(view, open, to, resource)
        }
    }
}

/// Whether a task is served before a demand.
fn is_ahead(view: &View<'_>, open: &Open<'_>, task: TaskRef, resource: &ResourceName) -> bool {
    let own = view.tickets.get(&(resource.clone(), open.target));
    let ahead = view.stands.ticket(resource, task).is_some_and(|t| own.is_none_or(|own| t < *own));
    ahead && view.is_fair(resource)
}
