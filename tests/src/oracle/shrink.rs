//! Makes a disagreement small enough to read: takes things out of a world for as long as it stays.

use crate::oracle::world::{Holder, On, Waker, World};

/// Something to take out of a world.
#[derive(Clone, Copy, Debug)]
enum Part {
    Hold(usize),
    Serving(usize),
    Target(usize),
    Wait(usize),
    Message(usize),
    Resource(usize),
    Task(usize),
    Reader(usize, usize),
    Waker(usize, usize),
    Place(usize, usize),
}

/// The smallest world found by taking one thing at a time out of `world` while `fails` still says so.
#[must_use]
pub fn shrink(world: &World, fails: impl Fn(&World) -> bool) -> World {
    let mut smallest = world.clone();
    while let Some(smaller) =
        parts(&smallest).into_iter().filter_map(|part| without(&smallest, part)).find(|w| fails(w))
    {
        smallest = smaller;
    }
    smallest
}

fn parts(w: &World) -> Vec<Part> {
    let mut parts: Vec<Part> = (0..w.tasks.len()).map(Part::Task).collect();
    parts.extend((0..w.waits.len()).map(Part::Wait));
    parts.extend((0..w.targets.len()).map(Part::Target));
    parts.extend((0..w.holds.len()).map(Part::Hold));
    parts.extend((0..w.serving.len()).map(Part::Serving));
    parts.extend((0..w.messages.len()).map(Part::Message));
    parts.extend((0..w.resources.len()).map(Part::Resource));
    for (l, lane) in w.lanes.iter().enumerate() {
        parts.extend((0..lane.readers.len()).map(|r| Part::Reader(l, r)));
    }
    for (t, target) in w.targets.iter().enumerate() {
        if let On::Receive { wakers, .. } = &target.on {
            parts.extend((0..wakers.len()).map(|k| Part::Waker(t, k)));
        }
    }
    for (r, resource) in w.resources.iter().enumerate() {
        parts.extend((0..resource.queue.len()).map(|q| Part::Place(r, q)));
    }
    parts
}

/// The world without a part, or nothing if something else needs it.
fn without(world: &World, part: Part) -> Option<World> {
    let mut w = world.clone();
    match part {
        Part::Hold(h) => drop(w.holds.remove(h)),
        Part::Serving(s) => drop(w.serving.remove(s)),
        Part::Reader(l, r) => drop(w.lanes[l].readers.remove(r)),
        Part::Place(r, q) => drop(w.resources[r].queue.remove(q)),
        Part::Waker(t, k) => {
            if let On::Receive { wakers, .. } = &mut w.targets[t].on {
                wakers.remove(k);
            }
        }
        Part::Target(t) => remove_target(&mut w, t),
        Part::Wait(i) => {
            for t in (0..w.targets.len()).rev().filter(|t| world.targets[*t].wait == i) {
                remove_target(&mut w, t);
            }
            w.waits.remove(i);
            for target in w.targets.iter_mut().filter(|t| t.wait > i) {
                target.wait -= 1;
            }
        }
        Part::Message(m) => remove_message(&mut w, m)?,
        Part::Resource(r) => remove_resource(&mut w, r)?,
        Part::Task(t) => remove_task(&mut w, t)?,
    }
    Some(w)
}

fn down(index: &mut usize, removed: usize) {
    if *index > removed {
        *index -= 1;
    }
}

fn remove_target(w: &mut World, target: usize) {
    let wait = &mut w.waits[w.targets[target].wait];
    wait.of = wait.of.saturating_sub(1);
    wait.need = wait.need.min(wait.of);
    w.targets.remove(target);
    let lists = w.messages.iter_mut().map(|m| &mut m.resolves);
    for list in lists.chain(w.resources.iter_mut().map(|r| &mut r.queue)) {
        list.retain(|t| *t != target);
        list.iter_mut().for_each(|t| down(t, target));
    }
    for hold in &mut w.holds {
        if let Holder::Grant { to, .. } = &mut hold.holder {
            *to = to.filter(|t| *t != target);
            if let Some(t) = to {
                down(t, target);
            }
        }
    }
}

fn remove_message(w: &mut World, message: usize) -> Option<()> {
    let carried = |h: &Holder| match h {
        Holder::Grant { message: m, .. } | Holder::Return { message: m } => *m == message,
        _ => false,
    };
    let named = |on: &On| match on {
        On::Call(m) => *m == message,
        On::Resource { request, .. } => *request == Some(message),
        _ => false,
    };
    if w.holds.iter().any(|h| carried(&h.holder))
        || w.targets.iter().any(|t| named(&t.on))
        || w.serving.iter().any(|s| s.1 == message)
        || w.messages.iter().any(|m| m.replies == Some(message))
    {
        return None;
    }
    w.messages.remove(message);
    for target in &mut w.targets {
        match &mut target.on {
            On::Call(m) | On::Resource { request: Some(m), .. } => down(m, message),
            _ => {}
        }
    }
    for hold in &mut w.holds {
        if let Holder::Grant { message: m, .. } | Holder::Return { message: m } = &mut hold.holder {
            down(m, message);
        }
    }
    w.serving.iter_mut().for_each(|s| down(&mut s.1, message));
    w.messages.iter_mut().filter_map(|m| m.replies.as_mut()).for_each(|r| down(r, message));
    Some(())
}

fn remove_resource(w: &mut World, resource: usize) -> Option<()> {
    let demanded = |on: &On| matches!(on, On::Resource { resource: r, .. } if *r == resource);
    if w.holds.iter().any(|h| h.resource == resource) || w.targets.iter().any(|t| demanded(&t.on)) {
        return None;
    }
    w.resources.remove(resource);
    w.holds.iter_mut().for_each(|h| down(&mut h.resource, resource));
    for target in &mut w.targets {
        if let On::Resource { resource: r, .. } = &mut target.on {
            down(r, resource);
        }
    }
    Some(())
}

fn remove_task(w: &mut World, task: usize) -> Option<()> {
    let waits_for = |on: &On| match on {
        On::Task(t) => *t == task,
        On::Receive { wakers, .. } => wakers.contains(&Waker::Task(task)),
        _ => false,
    };
    if w.waits.iter().any(|x| x.task == task)
        || w.targets.iter().any(|t| waits_for(&t.on))
        || w.holds.iter().any(|h| h.holder == Holder::Task(task))
        || w.serving.iter().any(|s| s.0 == task)
        || w.tasks.iter().any(|t| t.parent == Some(task))
        || w.lanes.iter().any(|l| l.readers.contains(&task))
    {
        return None;
    }
    w.tasks.remove(task);
    w.tasks.iter_mut().filter_map(|t| t.parent.as_mut()).for_each(|p| down(p, task));
    w.waits.iter_mut().for_each(|x| down(&mut x.task, task));
    w.serving.iter_mut().for_each(|s| down(&mut s.0, task));
    w.lanes.iter_mut().flat_map(|l| &mut l.readers).for_each(|t| down(t, task));
    for target in &mut w.targets {
        match &mut target.on {
            On::Task(t) => down(t, task),
            On::Receive { wakers, .. } => {
                for waker in wakers {
                    if let Waker::Task(t) = waker {
                        down(t, task);
                    }
                }
            }
            _ => {}
        }
    }
    for hold in &mut w.holds {
        if let Holder::Task(t) = &mut hold.holder {
            down(t, task);
        }
    }
    Some(())
}
