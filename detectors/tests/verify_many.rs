//! Many verdicts on one cut, and large ones: the checker takes steps in proportion to what it confirms, and not to the
//! rest of the cut.
#![allow(clippy::unwrap_used)] // The snapshots are written by hand.

mod common;

use common::*;
use stillpoint_detectors::deadlock::{VictimPolicy, deadlock};
use stillpoint_detectors::termination::terminations;
use stillpoint_detectors::verify::{Checker, EFFORT, Unchecked};
use stillpoint_proto::fact::{Creation, Fact, Grip, Millis, Resolution, Resource, Task};
use stillpoint_proto::id::TaskRef;
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::verdict::Verdict;

/// How many steps the checker takes for all verdicts, none of which it may refute or take as it is.
#[track_caller]
fn steps(cut: &ConsistentCut, verdicts: &[Verdict]) -> usize {
    let checker = Checker::new(cut);
    for verdict in verdicts {
        let confirmed = checker.verify(verdict).unwrap_or_else(|refuted| panic!("{refuted}"));
        assert_eq!(confirmed.unchecked, []);
    }
    checker.spent()
}

#[track_caller]
fn steps_of_deadlocks(world: &World, expected: usize) -> usize {
    let cut = world.cut();
    let verdicts = deadlock(&cut, VictimPolicy::Youngest);
    assert_eq!(verdicts.len(), expected);
    assert!(verdicts.iter().all(|verdict| verdict.outcome.name() == "HOLDS"));
    steps(&cut, &verdicts)
}

#[test]
fn each_of_many_deadlocks_takes_as_many_steps() {
    let pairs = |count: usize| {
        let mut world = World::new();
        let p = world.process("p");
        for _ in 0..count {
            let (a, b) = (world.task(p, "a"), world.task(p, "b"));
            let (x, y) = (world.mutex(p, "x"), world.mutex(p, "y"));
            world.hold(a, x).hold(b, y);
            world.wait(a, all([whole(y)]));
            world.wait(b, all([whole(x)]));
        }
        steps_of_deadlocks(&world, count)
    };
    let one = pairs(1);
    assert!(one < 40, "{one}");
    assert_eq!(pairs(5_000), 5_000 * one);
}

/// Readers of one lock that all want to write: one core, in which all but one must end.
fn upgraders(count: usize, bystanders: usize) -> World {
    let mut world = World::new();
    let p = world.process("p");
    let lock = world.resource(p, Resource { local: true, ..semaphore("rw", 1 << 40) });
    for _ in 0..count {
        let task = world.task(p, "reader");
        world.hold_units(task, lock, Grip::Shared(1));
        world.wait(task, all([whole(lock)]));
    }
    for _ in 0..bystanders {
        let (task, own) = (world.task(p, "bystander"), world.mutex(p, "own"));
        world.hold(task, own);
    }
    world
}

#[test]
fn bystanders_take_no_steps() {
    let alone = steps_of_deadlocks(&upgraders(200, 0), 1);
    assert!(alone < 8 * 200 * 200, "{alone}");
    assert_eq!(steps_of_deadlocks(&upgraders(200, 20_000), 1), alone);
}

#[test]
fn who_waits_for_a_leaked_pool_is_looked_at_once() {
    const LEAKS: usize = 200;
    const WAITING: usize = 5_000;
    let mut world = World::new();
    let p = world.process("p");
    let pool = world.resource(p, Resource { local: true, ..semaphore("pool", LEAKS as u64) });
    for _ in 0..LEAKS {
        let task = world.task(p, "leak");
        world.hold_units(task, pool, Grip::Shared(1));
        world.wait(task, all([closed([])]));
    }
    for _ in 0..WAITING {
        let task = world.task(p, "request");
        world.wait(task, all([units(pool, 1)]));
    }
    let steps = steps_of_deadlocks(&world, LEAKS);
    assert!(steps < 20 * (LEAKS + WAITING), "{steps}");
}

/// Tasks that wait for ever and, beside, for a unit that they could have, of a pool with others ahead of them.
#[test]
fn a_place_in_a_long_queue_takes_as_many_steps_as_any() {
    let queue = |count: usize| {
        let mut world = World::new();
        let p = world.process("p");
        let pool = world.resource(p, fair("pool", 1 << 40));
        for ticket in 0..count as u64 {
            let task = world.task(p, "t");
            let (_, targets) = world.wait_targets(task, all([units(pool, 1), closed([])]));
            world.queue(pool, ticket, Resolution::Target(targets[0]));
        }
        steps_of_deadlocks(&world, count)
    };
    assert_eq!(queue(5_000), 5_000 * queue(1));
}

#[test]
fn twenty_thousand_computations() {
    let mut world = World::new();
    let p = world.process("p");
    for _ in 0..20_000 {
        world.insert(p, Fact::Creation(Creation::default()));
    }
    let cut = world.cut();
    assert_eq!(steps(&cut, &terminations(&cut)), 0);
}

#[test]
fn branches_within_branches() {
    let mut world = World::new();
    let p = world.process("p");
    let mut task = world.task(p, "root");
    for _ in 0..20_000 {
        let branch = world.branch(task, "branch");
        world.wait(task, all([end_of(branch)]));
        task = branch;
    }
    world.wait(task, all([open()]));
    let cut = world.cut();
    let verdicts = deadlock(&cut, VictimPolicy::Youngest);
    assert_eq!(verdicts[0].outcome.name(), "DOES_NOT_HOLD");
    steps(&cut, &verdicts);
}

/// The youngest, and `spokes` more that all wait for the hub and for it; the hub waits for all spokes. The youngest is
/// chosen first and could be spared when all spokes have been.
fn spareable(spokes: usize) -> World {
    let mut world = World::new();
    let p = world.process("p");
    let task = |label: &str, since| Task { label: label.into(), since: Millis(since), ..Task::default() };
    let youngest = world.task_with(p, task("youngest", 3));
    let hub = world.task_with(p, task("hub", 1));
    let spokes: Vec<TaskRef> = (0..spokes).map(|_| world.task_with(p, task("spoke", 2))).collect();
    world.wait(youngest, all([end_of(hub)]));
    world.wait(hub, all(spokes.iter().map(|spoke| end_of(*spoke))));
    for spoke in &spokes {
        world.wait(*spoke, all([end_of(hub), end_of(youngest)]));
    }
    world
}

#[test]
fn victims_that_are_too_many_to_spare_any_are_not_claimed_to_be_needed() {
    let small = spareable(20).deadlock();
    assert_eq!(small.victims.len(), 20, "the youngest is spared");
    let cut = spareable(2_100).cut();
    let verdicts = deadlock(&cut, VictimPolicy::Youngest);
    let confirmed = Checker::new(&cut).verify(&verdicts[0]).unwrap();
    assert_eq!(confirmed.unchecked, [Unchecked::Victims]);
}

#[test]
fn all_verdicts_together_have_one_effort_to_see_that_no_victim_can_be_spared() {
    let mut world = World::new();
    let p = world.process("p");
    for _ in 0..3 {
        let lock = world.resource(p, Resource { local: true, ..semaphore("rw", 1 << 40) });
        for _ in 0..900 {
            let task = world.task(p, "reader");
            world.hold_units(task, lock, Grip::Shared(1));
            world.wait(task, all([whole(lock)]));
        }
    }
    let cut = world.cut();
    let verdicts = deadlock(&cut, VictimPolicy::Youngest);
    let checker = Checker::new(&cut);
    let unchecked: Vec<_> =
        verdicts.iter().flat_map(|verdict| checker.verify(verdict).unwrap().unchecked).collect();
    assert_eq!(verdicts.len(), 3);
    assert_eq!(unchecked, [Unchecked::Victims, Unchecked::Victims]);
    assert!(checker.spent() < EFFORT + EFFORT / 100, "all else takes little");
}
