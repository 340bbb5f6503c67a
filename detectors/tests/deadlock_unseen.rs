//! Keyed resources have users whom no process reports: what may be theirs is not denied, and what cannot be is.

mod common;

use common::*;
use stillpoint_proto::fact::{Annotation, Grip, Resolution, Resource, ResourceName};
use stillpoint_proto::id::{Incarnation, TaskRef};
use stillpoint_proto::verdict::Reason;

fn unseen(key: &str) -> Reason {
    Reason::UnseenHolder(key.into())
}

/// A key with so many units, declared by a process.
fn declared(capacity: u64) -> Resource {
    Resource { key: Some("pool".into()), ..semaphore("pool", capacity) }
}

/// A task that holds a row of its own, so that it matters, and waits for some of another.
fn waiter(world: &mut World, process: Incarnation, key: &str, grip: Grip) -> TaskRef {
    let task = world.task(process, "waiter");
    world.hold_row(task, "own").wait(task, all([keyed(key, grip)]));
    task
}

/// b, of whom nobody knows, holds row 0 and waits for row 1; c holds row 1 and waits for row 0; a waits for row 1.
#[test]
fn a_deadlock_with_a_client_that_no_process_reports_is_not_denied() {
    let mut world = World::new();
    let (p, r) = (world.process("p"), world.process("r"));
    let (a, c) = (world.task(p, "a"), world.task(r, "c"));
    world.hold_row(c, "db/1").wait(c, all([row("db/0")]));
    world.wait(a, all([row("db/1")]));
    assert_eq!(world.reasons(), [unseen("db/0")]);
    // His process has said hello.
    let b = world.task(p, "b");
    world.hold_row(b, "db/0").wait(b, all([row("db/1")]));
    assert_eq!(members(&world.deadlock()), [b, c]);
}

#[test]
fn a_statement_under_way_looks_like_one_that_waits_for_somebody_unseen() {
    let mut world = World::new();
    let p = world.process("p");
    let a = world.task(p, "a");
    world.wait(a, all([row("db/1")]));
    assert_eq!(world.order(), [], "it holds nothing, and nobody waits for it");
    world.hold_row(a, "db/0");
    assert_eq!(world.reasons(), [unseen("db/1")]);
}

#[test]
fn what_is_seen_to_be_held_is_nobody_elses() {
    // As old as it may be, or too new for HOLDS.
    for born in [1, 7] {
        let mut world = World::new();
        let (p, q) = (world.process("p"), world.process("q"));
        let holder = world.task(q, "holder");
        world.born(born).hold_row(holder, "db/1").born(1);
        let a = waiter(&mut world, p, "db/1", Grip::Exclusive);
        assert_eq!(world.order(), [a], "whoever holds it runs");
        let reader = waiter(&mut world, p, "db/1", Grip::Shared(1));
        assert_eq!(world.order(), [a, reader]);
    }
}

/// Who wants to share it, too, may wait behind a writer who waits for a reader, neither of whom is seen.
#[test]
fn a_row_that_is_shared_may_be_shared_by_others() {
    for grip in [Grip::Exclusive, Grip::Shared(1)] {
        let mut world = World::new();
        let (p, q) = (world.process("p"), world.process("q"));
        let a = waiter(&mut world, p, "db/1", grip);
        assert_eq!(world.reasons(), [unseen("db/1")]);
        let holder = world.task(q, "holder");
        world.hold_keyed(holder, "db/1", Grip::Shared(1));
        assert_eq!(world.reasons(), [unseen("db/1")]);
        let other = world.task(q, "other");
        world.hold_row(other, "db/1");
        assert_eq!(world.order(), [a], "this one had all of it at his cut");
    }
}

#[test]
fn nothing_is_in_the_way_of_who_wants_nothing() {
    let mut world = World::new();
    let p = world.process("p");
    let a = waiter(&mut world, p, "db/1", Grip::Shared(0));
    assert_eq!(world.order(), [a]);
}

/// Of three units one each is held by tasks that run, in two processes.
fn pool(born: u64) -> (World, Incarnation) {
    let mut world = World::new();
    let (p, q) = (world.process("p"), world.process("q"));
    for process in [p, q] {
        let holder = world.task(process, "holder");
        world.resource(process, declared(3));
        world.born(born).hold_keyed(holder, "pool", Grip::Shared(1)).born(1);
    }
    (world, p)
}

#[test]
fn of_a_declared_capacity_somebody_unseen_may_have_what_is_left() {
    for units in 1..=3 {
        let (mut world, p) = pool(1);
        let a = waiter(&mut world, p, "pool", Grip::Shared(units));
        if units < 3 {
            assert_eq!(world.order(), [a], "two units come back");
        } else {
            assert_eq!(world.reasons(), [unseen("pool")]);
        }
    }
}

/// One may have given his unit back after his cut, and the other taken the same one before his own.
#[test]
fn units_that_are_too_new_may_be_the_same() {
    let (mut world, p) = pool(7);
    let a = waiter(&mut world, p, "pool", Grip::Shared(1));
    assert_eq!(world.order(), [a]);
    waiter(&mut world, p, "pool", Grip::Shared(2));
    assert_eq!(world.reasons(), [unseen("pool")]);
    // In one process they are held at one instant, however new they are.
    let other = world.task(p, "other");
    world.born(7).hold_keyed(other, "pool", Grip::Shared(1));
    assert_eq!(world.order().len(), 2);
}

/// Neither is in the way of the demand alone.
#[test]
fn somebody_unseen_and_somebody_stuck_are_in_the_way_together() {
    let mut world = World::new();
    let p = world.process("p");
    world.resource(p, declared(3));
    let holder = waiter(&mut world, p, "db/1", Grip::Exclusive);
    world.hold_keyed(holder, "pool", Grip::Shared(1));
    waiter(&mut world, p, "pool", Grip::Shared(1));
    assert_eq!(world.reasons(), [unseen("db/1"), unseen("pool"), Reason::Undecided(holder)]);
}

#[test]
fn what_contradicts_itself_is_of_unknown_capacity_whoever_holds_it() {
    let (mut world, p) = pool(1);
    world.resource(p, declared(4));
    waiter(&mut world, p, "pool", Grip::Shared(1));
    assert_eq!(world.reasons(), [Reason::UnknownCapacity("pool".into())]);
}

#[test]
fn a_share_of_who_has_left_may_long_be_somebody_elses() {
    let mut world = World::new();
    let (p, q) = (world.process("p"), world.process("q"));
    let holder = world.task(q, "holder");
    world.resource(p, Resource { key: Some("db/1".into()), ..semaphore("row", 3) });
    world.hold_keyed(holder, "db/1", Grip::Shared(2));
    let a = waiter(&mut world, p, "db/1", Grip::Shared(1));
    assert_eq!(world.order(), [a]);
    world.left(q);
    let reasons = world.reasons();
    assert!(reasons.contains(&unseen("db/1")), "{reasons:?}");
}

#[test]
fn a_grant_under_way_does_not_say_since_when() {
    let mut world = World::new();
    let (gateway, p) = (world.process("gateway"), world.process("p"));
    let addressee = world.task(p, "addressee");
    let (_, targets) = world.wait_targets(addressee, all([row("db/1")]));
    let lane = world.lane(gateway, p);
    let to = Some(Resolution::Target(targets[0]));
    let resource = ResourceName::Keyed("db/1".into());
    world.send(lane, [Annotation::Grants { resource, grip: Grip::Exclusive, to }]);
    assert_eq!(world.order(), [addressee], "what is granted to it will arrive");
    waiter(&mut world, p, "db/1", Grip::Exclusive);
    assert_eq!(world.reasons(), [unseen("db/1")]);
}

#[test]
fn a_deadlock_among_those_who_are_seen_holds_whoever_else_there_is() {
    let mut world = World::new();
    let (p, q) = (world.process("p"), world.process("q"));
    let (a, b) = (world.task(p, "a"), world.task(q, "b"));
    world.hold_row(a, "db/1").wait(a, all([row("db/2")]));
    world.hold_row(b, "db/2").wait(b, all([row("db/1")]));
    assert_eq!(members(&world.deadlock()), [a, b]);
    waiter(&mut world, p, "db/3", Grip::Exclusive);
    let (found, reasons) = world.deadlock_and_reasons();
    assert_eq!((members(&found), reasons), (vec![a, b], vec![unseen("db/3")]));
}
