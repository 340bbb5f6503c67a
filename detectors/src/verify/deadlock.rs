//! Deadlock holds: a closed set of tasks, in which no wait can gather what it needs even if all others proceed.
//!
//! That is the whole proof: if some member could ever proceed, take the first that does. It gathers a wait with
//! the help of tasks outside, of what is unknown, and of members that have not proceeded, and the check of its
//! waits shows that this is too little. No fixpoint is needed.

use super::checker::Checker;
use super::view::View;
use super::world::{Column, World};
use super::{Refuted, Unchecked, shape, witness};
use std::collections::BTreeSet;
use stillpoint_proto::fact::Awaited;
use stillpoint_proto::id::{TaskRef, WaitRef};
use stillpoint_proto::verdict::Deadlock;

/// What was found of a deadlock that is one.
pub(super) struct Checked {
    /// What was not looked at.
    pub(super) unchecked: Vec<Unchecked>,
    /// The members' waits with a receive that does not come because it can come only from the declared wakers.
    pub(super) rests_on: Vec<WaitRef>,
}

/// Confirms a deadlock.
pub(super) fn check(checker: &Checker<'_>, found: &Deadlock) -> Result<Checked, Refuted> {
    let view = checker.view();
    let members = members(view, found)?;
    let world = World::new(view, Column::Optimistic, members);
    let members = world.blocked();
    for &task in members {
        is_stuck(view, &world, task)?;
    }
    for stuck in &found.members {
        witness::member(view, stuck)?;
    }
    witness::deadlines(view, found)?;
    let mut unchecked = shape::check(view, &world, &found.shape, checker.effort())?;
    witness::messages(view, members, &found.messages)?;
    unchecked.extend(witness::victims(&world, &found.victims, checker.effort(), checker.sparing())?);
    unchecked.extend(witness::behind(checker, members, &found.behind)?);
    Ok(Checked { unchecked, rests_on: rests_on(&world, found) })
}

fn rests_on(world: &World<'_, '_>, found: &Deadlock) -> Vec<WaitRef> {
    let view = world.view();
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
