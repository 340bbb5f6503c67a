//! What people are shown of a deadlock: names, deadlines, messages, victims, and who is stuck behind.
//!
//! Whether a task is stuck *because of* this core cannot be told from one verdict, since it may be stuck behind
//! several. What is confirmed is that it is stuck: at once if it and the core make a closed set, else by letting
//! everybody proceed who can.

use super::checker::Checker;
use super::effort::{EFFORT, Effort};
use super::view::{View, Waiting, asked_by};
use super::world::{Column, World};
use super::{Refuted, Unchecked};
use std::collections::{BTreeMap, BTreeSet};
use stillpoint_proto::fact::{Annotation, Awaited, Millis, Resolution};
use stillpoint_proto::id::{Incarnation, MessageId, TaskRef};
use stillpoint_proto::verdict::{Deadlock, Stuck, StuckWait};

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
        ("number of missing targets", view.needs(waiting) == listed.missing),
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

/// Confirms that each message is in transit and carries something for a member, or for a resource that one waits
/// for, or is what one asked.
pub(super) fn messages(
    view: &View<'_>,
    members: &BTreeSet<TaskRef>,
    messages: &[MessageId],
) -> Result<(), Refuted> {
    let waits = members.iter().flat_map(|task| view.waits_of(*task));
    let (mut resources, mut asked) = (BTreeSet::new(), BTreeSet::new());
    for open in waits.flat_map(|waiting| view.open_of(waiting.wait)) {
        asked.extend(asked_by(open.on));
        if let Awaited::Resource { resource, .. } = open.on {
            resources.insert(resource);
        }
    }
    let concerns_one = |what: &Resolution| match what {
        Resolution::Request(request) => asked.contains(request),
        Resolution::Target(_) => view.addressees(*what).iter().any(|open| members.contains(&open.task)),
    };
    let concerns = |annotation: &Annotation| match annotation {
        Annotation::Grants { resource, to, .. } => {
            resources.contains(resource) || to.as_ref().is_some_and(concerns_one)
        }
        Annotation::Releases { resource, .. } => resources.contains(resource),
        Annotation::Resolves(what) => concerns_one(what),
        _ => false,
    };
    let unrelated = |message: &&MessageId| {
        let found = view.message(**message);
        !found.is_some_and(|found| asked.contains(message) || found.annotations.iter().any(concerns))
    };
    match messages.iter().find(unrelated) {
        Some(message) => Err(Refuted::Unrelated(*message)),
        None => Ok(()),
    }
}

/// Confirms that the end of all victims lets every member proceed, and that none of them can be spared. That is
/// claimed only of so many victims, times so many members, as [`EFFORT`] says.
pub(super) fn victims(
    world: &World<'_, '_>,
    victims: &[TaskRef],
    effort: &Effort,
    sparing: &Effort,
) -> Result<Option<Unchecked>, Refuted> {
    let members = world.blocked();
    let mut chosen = BTreeSet::new();
    for &victim in victims {
        if !members.contains(&victim) || !chosen.insert(victim) {
            return Err(Refuted::NoVictim(victim));
        }
    }
    let left_by = |spared: Option<TaskRef>, effort: &Effort| {
        let mut world = effort.spend(world.size()).then(|| world.clone())?;
        for &victim in victims.iter().filter(|victim| Some(**victim) != spared) {
            world.reduce(victim);
        }
        proceed(&mut world, effort).then(|| world.blocked().clone())
    };
    let Some(stuck) = left_by(None, effort) else { return Ok(Some(Unchecked::Victims)) };
    if let Some(&stuck) = stuck.first() {
        return Err(Refuted::StillStuck(stuck));
    }
    if victims.len().saturating_mul(members.len()) > EFFORT {
        return Ok(Some(Unchecked::Victims));
    }
    for &victim in victims {
        match left_by(Some(victim), sparing) {
            None => return Ok(Some(Unchecked::Victims)),
            Some(stuck) if stuck.is_empty() => return Err(Refuted::Spareable(victim)),
            Some(_) => {}
        }
    }
    Ok(None)
}

/// Confirms that tasks outside the core are stuck too.
pub(super) fn behind(
    checker: &Checker<'_>,
    members: &BTreeSet<TaskRef>,
    behind: &[TaskRef],
) -> Result<Option<Unchecked>, Refuted> {
    let view = checker.view();
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
    if behind.is_empty() {
        return Ok(None);
    }
    let together = members.iter().chain(behind).copied().collect();
    let world = World::new(view, Column::Optimistic, together);
    if !behind.iter().any(|task| world.can_proceed(*task)) {
        return Ok(None);
    }
    let Some(stuck) = checker.stuck() else { return Ok(Some(Unchecked::Behind(behind.to_vec()))) };
    match behind.iter().find(|task| !stuck.contains(task)) {
        Some(task) => Err(Refuted::NotStuck(*task)),
        None => Ok(None),
    }
}

/// Who is blocked when everybody has proceeded who can; `None` if that takes too long.
pub(super) fn stuck(view: &View<'_>, effort: &Effort) -> Option<BTreeSet<TaskRef>> {
    let mut world = World::new(view, Column::Optimistic, view.waits.keys().copied().collect());
    proceed(&mut world, effort).then(|| world.blocked().clone())
}

/// Lets everybody proceed who can, pass after pass, back and forth; `false` if that took too long.
fn proceed(world: &mut World<'_, '_>, effort: &Effort) -> bool {
    let mut left: Vec<TaskRef> = world.blocked().iter().copied().collect();
    loop {
        let (before, mut in_time) = (left.len(), true);
        left.retain(|task| {
            in_time = in_time && effort.spend(1 + world.steps());
            !(in_time && world.can_proceed(*task) && world.reduce(*task))
        });
        if !in_time {
            return false;
        }
        if left.len() == before || left.is_empty() {
            return true;
        }
        left.reverse();
    }
}
