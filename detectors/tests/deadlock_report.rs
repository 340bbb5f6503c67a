//! What is said of a deadlock, and that size is no obstacle to saying it.
#![allow(clippy::expect_used)]

mod common;

use common::*;
use std::collections::BTreeMap;
use stillpoint_detectors::deadlock::{VictimPolicy, deadlock};
use stillpoint_proto::fact::{
    Annotation, Fact, Grip, Millis, Resolution, Resource, ResourceName, Task, Waker,
};
use stillpoint_proto::id::{LaneId, MessageId, TaskRef};
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::verdict::{Certificate, Outcome, Reason, Refutation, Shape};

// Reports

#[test]
fn two_deadlocks_are_two_verdicts() {
    let Pair { mut world, process, a, b, x, .. } = pair();
    world.wait(b, all([whole(x)]));
    let [c, d, e] = ["c", "d", "e"].map(|label| world.task(process, label));
    world.wait(c, all([end_of(d)]));
    world.wait(d, all([end_of(c)]));
    world.wait(e, all([end_of(a), end_of(c)]));
    let found = world.deadlocks();
    assert_eq!(found.iter().map(members).collect::<Vec<_>>(), [vec![a, b], vec![c, d]]);
    let behind: Vec<_> = found.into_iter().map(|deadlock| deadlock.behind).collect();
    assert_eq!(behind, [vec![e], vec![]], "who is behind both is listed once");
}

#[test]
fn a_deadlock_and_a_doubt_are_both_reported() {
    let Pair { mut world, process, b, x, .. } = pair();
    world.wait(b, all([whole(x)]));
    let (c, lock) = (world.task(process, "c"), world.mutex(process, "lock"));
    world.hold(c, lock).wait(c, all([open()]));
    let names: Vec<_> = world.verdicts().iter().map(|verdict| verdict.outcome.name()).collect();
    assert_eq!(names, ["HOLDS", "UNKNOWN"]);
}

#[test]
fn a_deadline_is_given_for_each_process() {
    let mut world = World::new();
    let (p, q) = (world.process("p"), world.process("q"));
    let (a, b, c) = (world.task(p, "a"), world.task(q, "b"), world.task(p, "c"));
    world.wait(a, all([end_of(b)]).until(900));
    world.wait(b, all([end_of(c)]));
    world.wait(c, all([end_of(a)]).until(700));
    assert_eq!(world.deadlock().holds_until, BTreeMap::from([(p, Millis(700))]));
}

/// Two rings that share the task `hub`, which must have both, and one task for which each policy has a reason.
fn rings() -> (World, [TaskRef; 5]) {
    let mut world = World::new();
    let p = world.process("p");
    let task = |label: &str, since, weight| Task {
        label: label.into(),
        since: Millis(since),
        weight,
        ..Task::default()
    };
    let hub = world.task_with(p, task("hub", 1, 9));
    let a = world.task_with(p, task("a", 5, 5));
    let b = world.task_with(p, task("b", 2, 1));
    let c = world.task_with(p, task("c", 3, 5));
    let d = world.task_with(p, task("d", 2, 2));
    let (x, y) = (world.mutex(p, "x"), world.mutex(p, "y"));
    world.hold(a, x).hold(b, y).hold(c, y);
    world.wait(hub, any([end_of(a), end_of(c)]));
    world.wait(a, all([end_of(b)]));
    world.wait(b, all([end_of(hub)]));
    world.wait(c, all([end_of(d)]));
    world.wait(d, all([end_of(hub)]));
    (world, [hub, a, b, c, d])
}

#[test]
fn policies_choose_different_victims() {
    let (world, [hub, a, b, ..]) = rings();
    let victims = |policy| match &deadlock(&world.cut(), policy)[0].outcome {
        Outcome::Holds(Certificate::Deadlock(deadlock)) => deadlock.victims.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(victims(VictimPolicy::Youngest), [a]);
    assert_eq!(victims(VictimPolicy::FewestHolds), [rings().1[4]]);
    assert_eq!(victims(VictimPolicy::LeastWeight), [b]);
    assert_ne!(victims(VictimPolicy::Youngest), [hub]);
}

#[test]
fn no_victim_can_be_spared() {
    let mut world = World::new();
    let p = world.process("p");
    let task = |label: &str, since| Task { label: label.into(), since: Millis(since), ..Task::default() };
    // The youngest is tried first, does not do alone, and is not needed with the others.
    let hub = world.task_with(p, task("hub", 1));
    let spokes: Vec<_> = (0..4).map(|n| world.task_with(p, task("spoke", 10 + n))).collect();
    world.wait(hub, all(spokes.iter().map(|spoke| end_of(*spoke))));
    for spoke in &spokes {
        world.wait(*spoke, all([end_of(hub)]));
    }
    let found = world.deadlock();
    assert_eq!(found.members.len(), 5);
    assert_eq!(found.victims, spokes, "each alone leaves the others: all spokes, or the hub");
    let again = deadlock(&world.cut(), VictimPolicy::LeastWeight);
    assert_eq!(again, deadlock(&world.cut(), VictimPolicy::LeastWeight), "the same choice every time");
}

// Size

const MANY: usize = 1_000_000;

/// Tasks that each wait for the end of the next.
fn chain(tasks: usize, closed: bool) -> ConsistentCut {
    let mut world = World::new();
    let p = world.process("p");
    let all_tasks: Vec<_> = (0..tasks).map(|_| world.task(p, "")).collect();
    for pair in all_tasks.windows(2) {
        world.wait(pair[0], all([end_of(pair[1])]));
    }
    if closed {
        world.wait(all_tasks[tasks - 1], all([end_of(all_tasks[0])]));
    }
    world.cut()
}

fn with_a_small_stack<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::Builder::new().stack_size(256 * 1024).spawn(run);
    thread.and_then(|t| t.join().map_err(|_| std::io::Error::other("panicked"))).expect("the run should end")
}

#[test]
fn a_chain_of_a_million_waits() {
    let cut = chain(MANY, false);
    let verdicts = with_a_small_stack(move || deadlock(&cut, VictimPolicy::Youngest));
    let Outcome::DoesNotHold(Refutation::ReductionOrder(order)) = &verdicts[0].outcome else { panic!() };
    assert_eq!(order.len(), MANY - 1);
}

#[test]
fn a_cycle_of_a_million_waits() {
    let cut = chain(MANY, true);
    let verdicts = with_a_small_stack(move || deadlock(&cut, VictimPolicy::Youngest));
    let Outcome::Holds(Certificate::Deadlock(deadlock)) = &verdicts[0].outcome else { panic!() };
    assert_eq!((verdicts.len(), deadlock.members.len(), deadlock.victims.len()), (1, MANY, 1));
    assert!(matches!(&deadlock.shape, Shape::Cycle(cycle) if cycle.len() == MANY));
}

#[test]
fn a_hundred_thousand_who_hold_a_pool_and_want_more() {
    const EACH: usize = 100_000;
    let mut world = World::new();
    let p = world.process("p");
    let pool = world.resource(p, fair("pool", EACH as u64));
    for ticket in 0..EACH as u64 {
        let task = world.task(p, "");
        world.hold_units(task, pool, Grip::Shared(1));
        let (_, target) = world.wait_targets(task, all([units(pool, 1)]));
        world.queue(pool, ticket, Resolution::Target(target[0]));
    }
    let cut = world.cut();
    let verdicts = with_a_small_stack(move || deadlock(&cut, VictimPolicy::FewestHolds));
    let Outcome::Holds(Certificate::Deadlock(deadlock)) = &verdicts[0].outcome else { panic!() };
    assert_eq!(deadlock.members.len(), EACH);
    assert!(matches!(&deadlock.shape, Shape::Knot(knot) if knot.len() <= 2 * EACH));
    world.permits(pool, 1);
    assert_eq!(world.order().len(), EACH, "with one more the first can go on, and so everybody");
}

#[test]
fn a_hundred_thousand_readers_who_all_want_to_write() {
    const EACH: usize = 100_000;
    let mut world = World::new();
    let p = world.process("p");
    let lock = world.resource(p, Resource { local: true, ..semaphore("rw", 1 << 40) });
    for _ in 0..EACH {
        let task = world.task(p, "");
        world.hold_units(task, lock, Grip::Shared(1));
        world.wait(task, all([whole(lock)]));
    }
    let found = world.deadlock();
    assert_eq!((found.members.len(), found.victims.len()), (EACH, EACH), "each is in its own way");
    assert!(matches!(&found.shape, Shape::Cycle(cycle) if cycle.len() == 1));
}

#[test]
fn a_holder_who_waits_for_the_last_of_a_hundred_thousand_in_his_queue() {
    const EACH: usize = 100_000;
    let mut world = World::new();
    let p = world.process("p");
    let mutex = world.resource(p, fair("mutex", 1));
    let holder = world.task(p, "holder");
    world.hold(holder, mutex);
    let mut last = holder;
    for ticket in 0..EACH as u64 {
        last = world.task(p, "");
        let (_, targets) = world.wait_targets(last, all([whole(mutex)]));
        world.queue(mutex, ticket, Resolution::Target(targets[0]));
    }
    world.wait(holder, all([end_of(last)]));
    let found = world.deadlock();
    assert_eq!((found.members.len(), found.victims), (EACH + 1, vec![holder]));
    assert!(matches!(&found.shape, Shape::Cycle(cycle) if cycle.len() == 2));
}

/// Each of `count` has a connection and wants another, any of which would do.
fn greedy(count: usize) -> World {
    let mut world = World::new();
    let p = world.process("p");
    let pool = world.resource(p, Resource { local: true, ..semaphore("pool", count as u64) });
    for _ in 0..count {
        let task = world.task(p, "greedy");
        world.hold_units(task, pool, Grip::Shared(1));
        world.wait(task, all([units(pool, 1)]));
    }
    world
}

#[test]
fn a_knot_has_all_its_edges_or_enough_to_hold_it_together() {
    // Whether they hold it together the checker says.
    for (count, edges) in [(40, 40 * 40), (500, 2 * 499), (2_000, 2 * 1_999)] {
        let Shape::Knot(knot) = greedy(count).deadlock().shape else { panic!("one of them would do") };
        assert_eq!(knot.len(), edges);
    }
}

#[test]
fn a_large_knot_through_processes_queues_and_branches() {
    let mut world = World::new();
    let (p, q) = (world.process("p"), world.process("q"));
    let pool = world.resource(p, fair("pool", 300));
    let hub = world.task(q, "hub");
    let waker = || closed([Waker::Process(p)]);
    let mut targets = Vec::new();
    for ticket in 0..300 {
        let parent = world.task(p, "parent");
        let branch = world.branch(parent, "branch");
        world.hold_units(parent, pool, Grip::Shared(1));
        world.wait(parent, any([end_of(branch), end_of(hub)]));
        let (_, wanted) = world.wait_targets(branch, all([units(pool, 2)]));
        world.queue(pool, ticket, Resolution::Target(wanted[0]));
        targets.push(end_of(branch));
    }
    world.wait(hub, any([waker(), closed([Waker::Process(q)])]));
    world.wait(hub, all(targets));
    let found = world.deadlock();
    assert_eq!(found.members.len(), 601);
    assert!(matches!(&found.shape, Shape::Knot(knot) if knot.len() <= 2 * 600));
}

/// A pool of which every connection has leaked: each is held by a task that waits for nobody, and each of those is
/// a deadlock of its own, with everybody who waits for a connection behind it.
fn leaked_pool(connections: usize, waiting: usize) -> (World, Vec<TaskRef>) {
    let mut world = World::new();
    let p = world.process("p");
    let pool = world.resource(p, Resource { local: true, ..semaphore("pool", connections as u64) });
    for _ in 0..connections {
        let task = world.task(p, "leak");
        world.hold_units(task, pool, Grip::Shared(1));
        world.wait(task, all([closed([])]));
    }
    let tasks: Vec<_> = (0..waiting).map(|_| world.task(p, "request")).collect();
    for task in &tasks {
        world.wait(*task, all([units(pool, 1)]));
    }
    (world, tasks)
}

#[test]
fn who_is_behind_many_cores_is_listed_once() {
    let (world, waiting) = leaked_pool(100, 2_000);
    let found = world.deadlocks();
    assert_eq!(found.len(), 100);
    let behind: Vec<_> = found.into_iter().flat_map(|deadlock| deadlock.behind).collect();
    assert_eq!(behind, waiting);
}

#[test]
fn a_message_that_concerns_many_cores_is_listed_once() {
    const EACH: usize = 50;
    let mut world = World::new();
    let (p, q) = (world.process("p"), world.process("q"));
    let pool = world.resource(p, semaphore("pool", 1));
    // Each waits for a unit, of which some are on their way back, and for what nobody can give.
    for _ in 0..EACH {
        let task = world.task(p, "t");
        world.wait(task, all([units(pool, 1), closed([])]));
    }
    let lane = world.lane(q, p);
    let resource = ResourceName::Owned(pool);
    let release = Annotation::Releases { resource, grip: Grip::Shared(1) };
    let mut messages: Vec<_> = (0..EACH).map(|_| world.send(lane, [release.clone()])).collect();
    // This one is for the last task alone.
    let last = world.task(p, "last");
    let (_, targets) = world.wait_targets(last, all([units(pool, 1), closed([])]));
    messages.push(world.send(lane, [Annotation::Resolves(Resolution::Target(targets[0]))]));
    let found = world.deadlocks();
    assert_eq!(found.len(), EACH + 1);
    let listed: Vec<_> = found.into_iter().map(|deadlock| deadlock.messages).collect();
    assert_eq!(listed[0], messages[..EACH]);
    assert_eq!(listed[EACH], messages[EACH..]);
    assert_eq!(listed.iter().map(Vec::len).sum::<usize>(), EACH + 1);
}

#[test]
fn facts_of_other_kinds_do_not_matter() {
    let mut world = World::new();
    let p = world.process("p");
    world.insert(p, Fact::Creation(Default::default()));
    assert_eq!(world.order(), []);
    let unknown = MessageId::new(p, LaneId(7), 3);
    let (task, lock) = (world.task(p, "t"), world.mutex(p, "lock"));
    world.hold(task, lock).wait(task, all([reply(unknown)]));
    assert_eq!(world.reasons(), [Reason::Unserved(unknown)]);
}
