//! Deadlock holds: a closed set of tasks, in which no wait can gather what it needs even if all others proceed.
//!
//! That is the whole proof: if some member could ever proceed, take the first that does. It gathers a wait with
//! the help of tasks outside, of what is unknown, and of members that have not proceeded, and the check of its
//! waits shows that this is too little. No fixpoint is needed.

use super::view::View;
use super::world::{Column, World};
use super::{Refuted, Unchecked, witness};
use std::collections::BTreeSet;
use stillpoint_proto::fact::Awaited;
use stillpoint_proto::id::{TaskRef, WaitRef};
use stillpoint_proto::verdict::Deadlock;

/// Confirms a deadlock; gives what was not looked at.
pub(super) fn check(view: &View<'_>, found: &Deadlock) -> Result<Vec<Unchecked>, Refuted> {
    let members = members(view, found)?;
    let world = World::new(view, Column::Optimistic, members.clone());
    for &task in &members {
        is_stuck(view, &world, task)?;
    }
    for stuck in &found.members {
        witness::member(view, stuck)?;
    }
    witness::deadlines(view, found)?;
    witness::shape(view, &members, &found.shape)?;
    for &message in &found.messages {
        witness::message(view, &members, message)?;
    }
    let mut unchecked = witness::victims(view, &members, &found.victims)?;
    unchecked.extend(witness::behind(view, &members, &found.behind)?);
    Ok(unchecked)
}

/// The members' waits with a receive that does not come because it can come only from the declared wakers.
pub(super) fn rests_on(view: &View<'_>, found: &Deadlock) -> Vec<WaitRef> {
    let members = found.members.iter().map(|stuck| stuck.task).collect();
    let world = World::new(view, Column::Optimistic, members);
    let waits = found.members.iter().flat_map(|stuck| view.waits_of(stuck.task));
    let rests = |wait: &WaitRef| {
        let mut open = view.open_of(*wait).iter();
        open.any(|open| matches!(open.on, Awaited::Receive { closed: true, .. }) && !world.satisfiable(open))
    };
    waits.map(|w| w.wait).filter(rests).collect()
}

fn members(view: &View<'_>, found: &Deadlock) -> Result<BTreeSet<TaskRef>, Refuted> {
    let mut members = BTreeSet::new();
    for stuck in &found.members {
        if !view.tasks.contains_key(&stuck.task) {
            return Err(Refuted::NoSuchTask(stuck.task));
        }
        if !view.is_present(stuck.task.process) {
            return Err(Refuted::HasLeft(stuck.task));
        }
        if members.last() >= Some(&stuck.task) {
            return Err(Refuted::Unordered(stuck.task));
        }
        members.insert(stuck.task);
    }
    if members.is_empty() { Err(Refuted::Empty { property: "deadlock" }) } else { Ok(members) }
}

/// No wait of a member can gather what it needs, and its relatives are members.
fn is_stuck(view: &View<'_>, world: &World<'_, '_>, task: TaskRef) -> Result<(), Refuted> {
    // A parent of branches without a wait of its own runs.
    if view.waits_of(task).is_empty() {
        return Err(Refuted::NotWaiting(task));
    }
    for waiting in view.waits_of(task) {
        if world.gathers(waiting) {
            return Err(Refuted::CanProceed { task, wait: waiting.wait });
        }
    }
    match world.free_relative(task) {
        Some(relative) => Err(Refuted::Relative { task, relative }),
        None => Ok(()),
    }
}
