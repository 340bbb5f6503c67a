//! Deadlock on snapshots written by hand. The numbers are those of the executions in section 9 of the design.

#![allow(clippy::expect_used)]

mod common;

use common::*;
use std::collections::BTreeMap;
use stillpoint_detectors::deadlock::{VictimPolicy, deadlock};
use stillpoint_proto::cut::LaneEnd;
use stillpoint_proto::fact::{Annotation, Awaited, Fact, Grip, Millis, Resolution, Resource, ResourceName};
use stillpoint_proto::fact::{Task, Waker};
use stillpoint_proto::id::{Global, MessageId, ResourceId, ResourceRef, TaskRef};
use stillpoint_proto::snapshot::Assumption;
use stillpoint_proto::verdict::{Certificate, Outcome, Reason, Refutation, Shape};

/// Two tasks of one process, of which `a` holds `x` and wants `y`, and `b` holds `y`.
struct Pair {
    world: World,
    process: stillpoint_proto::id::Incarnation,
    a: TaskRef,
    b: TaskRef,
    x: ResourceRef,
}

fn pair() -> Pair {
    let mut world = World::new();
    let process = world.process("p");
    let (a, b) = (world.task(process, "a"), world.task(process, "b"));
    let (x, y) = (world.mutex(process, "x"), world.mutex(process, "y"));
    world.hold(a, x).hold(b, y).wait(a, all([whole(y)]));
    Pair { world, process, a, b, x }
}

fn grant(resource: ResourceRef, to: Option<Resolution>) -> Annotation {
    Annotation::Grants { resource: ResourceName::Owned(resource), grip: Grip::Exclusive, to }
}

fn release(resource: ResourceRef) -> Annotation {
    Annotation::Releases { resource: ResourceName::Owned(resource), grip: Grip::Exclusive }
}

fn fair(label: &str, capacity: u64) -> Resource {
    Resource { fair: true, local: true, ..semaphore(label, capacity) }
}

// Locks

#[test]
fn a_mutex_locked_twice_is_a_deadlock_of_one() {
    let mut world = World::new();
    let p = world.process("p");
    let task = world.task(p, "t");
    let lock = world.mutex(p, "lock");
    world.hold(task, lock).wait(task, all([whole(lock)]));
    let deadlock = world.deadlock();
    assert_eq!(members(&deadlock), [task]);
    let Shape::Cycle(cycle) = &deadlock.shape else { panic!("{:?}", deadlock.shape) };
    assert_eq!(cycle.len(), 1);
    assert_eq!(deadlock.victims, [task]);
    assert_eq!(deadlock.members[0].holds, ["lock".into()]);
}

#[test]
fn two_locks_in_different_order() {
    let Pair { mut world, a, b, x, .. } = pair();
    assert_eq!(world.order(), [a], "b has not asked yet");
    world.wait(b, all([whole(x)]));
    let deadlock = world.deadlock();
    assert_eq!(members(&deadlock), [a, b]);
    assert_eq!(deadlock.victims.len(), 1);
    let Shape::Cycle(cycle) = &deadlock.shape else { panic!("{:?}", deadlock.shape) };
    assert_eq!(cycle.len(), 2);
    assert_eq!((cycle[0].from, cycle[0].to, cycle[0].by.as_str()), (a, b, "y"));
    assert_eq!(deadlock.members[0].waits[0].on, ["all of y".into()]);
}

#[test]
fn readers_share_and_a_writer_waits_for_all_of_them() {
    let mut world = World::new();
    let p = world.process("p");
    let [r1, r2, r3, w] = ["r1", "r2", "r3", "w"].map(|label| world.task(p, label));
    let lock = world.resource(p, Resource { local: true, ..semaphore("rw", 1 << 20) });
    world.hold_units(r1, lock, Grip::Shared(1)).hold_units(r2, lock, Grip::Shared(1));
    world.wait(r3, all([units(lock, 1)]));
    world.wait(w, all([whole(lock)]));
    assert_eq!(world.order(), [r3, w]);
    world.wait(r2, all([end_of(w)]));
    let deadlock = world.deadlock();
    assert_eq!(members(&deadlock), [r2, w], "the third reader can share");
}

#[test]
fn a_semaphore_is_stuck_when_all_who_hold_it_want_more() {
    let mut world = World::new();
    let p = world.process("p");
    let tasks = ["a", "b", "c"].map(|label| world.task(p, label));
    let pool = world.resource(p, Resource { local: true, ..semaphore("pool", 3) });
    for task in tasks {
        world.hold_units(task, pool, Grip::Shared(1)).wait(task, all([units(pool, 1)]));
    }
    let found = world.deadlock();
    assert_eq!(members(&found), tasks);
    assert!(matches!(&found.shape, Shape::Knot(edges) if edges.len() == 9), "{:?}", found.shape);
    assert_eq!(found.victims.len(), 1);
    world.permits(pool, 1);
    assert_eq!(world.order().len(), 3);
}

#[test]
fn nothing_is_not_waited_for() {
    let mut world = World::new();
    let p = world.process("p");
    let (a, b) = (world.task(p, "a"), world.task(p, "b"));
    let lock = world.mutex(p, "lock");
    world.hold(a, lock).wait(a, all([end_of(b)]));
    world.wait(b, all([units(lock, 0)]));
    assert_eq!(world.order(), [b, a]);
}

#[test]
fn a_demand_beyond_the_capacity_is_abandoned() {
    let mut world = World::new();
    let p = world.process("p");
    let task = world.task(p, "t");
    let pool = world.resource(p, Resource { local: true, ..semaphore("pool", 2) });
    world.wait(task, all([units(pool, 3)]));
    assert_eq!(world.deadlock().shape, Shape::Abandoned);
}

#[test]
fn a_resource_that_is_gone_blocks_nobody() {
    let mut world = World::new();
    let p = world.process("p");
    let task = world.task(p, "t");
    world.wait(task, all([whole(Global::new(p, ResourceId::of(999)))]));
    assert_eq!(world.order(), [task]);
}

#[test]
fn unknown_capacity_decides_nothing() {
    let Pair { mut world, process, a, b, .. } = pair();
    let odd = world.resource(process, Resource { capacity: None, ..semaphore("odd", 0) });
    world.hold(a, odd).wait(b, all([whole(odd)]));
    let reasons = world.reasons();
    assert!(reasons.contains(&Reason::UnknownCapacity("odd".into())), "{reasons:?}");
}

// 14, second half

#[test]
fn item_14_an_earlier_waiter_that_leaves_room_is_no_obstacle() {
    let mut world = World::new();
    let p = world.process("p");
    let (first, second) = (world.task(p, "first"), world.task(p, "second"));
    let pool = world.resource(p, fair("pool", 2));
    let (_, one) = world.wait_targets(first, all([units(pool, 1), end_of(second)]));
    let (_, two) = world.wait_targets(second, all([units(pool, 1)]));
    world.queue(pool, 1, Resolution::Target(one[0])).queue(pool, 2, Resolution::Target(two[0]));
    assert_eq!(world.order(), [second, first]);
}

#[test]
fn item_14_an_earlier_waiter_that_does_not_fit_blocks_a_later_one_that_would() {
    let mut world = World::new();
    let p = world.process("p");
    let [holder, big, small] = ["holder", "big", "small"].map(|label| world.task(p, label));
    let pool = world.resource(p, fair("pool", 2));
    world.hold_units(holder, pool, Grip::Shared(1)).wait(holder, all([end_of(small)]));
    let (_, one) = world.wait_targets(big, all([units(pool, 2)]));
    let (_, two) = world.wait_targets(small, all([units(pool, 1)]));
    assert_eq!(world.order().len(), 3, "nobody is in the queue yet");
    world.queue(pool, 1, Resolution::Target(one[0])).queue(pool, 2, Resolution::Target(two[0]));
    assert_eq!(members(&world.deadlock()), [holder, big, small]);
}

#[test]
fn an_earlier_waiter_that_nobody_else_knows_of_may_block_for_ever() {
    let mut world = World::new();
    let p = world.process("p");
    let task = world.task(p, "t");
    let (pool, other) = (world.resource(p, fair("pool", 2)), world.mutex(p, "other"));
    let (_, target) = world.wait_targets(task, all([units(pool, 1)]));
    world.hold(task, other).queue(pool, 2, Resolution::Target(target[0]));
    assert_eq!(world.order(), [task]);
    let gone = world.finished(p);
    let gone = Global::new(gone.process, stillpoint_proto::id::TargetId(gone.id.0));
    world.queue(pool, 1, Resolution::Target(gone));
    assert!(matches!(world.reasons()[..], [Reason::OrphanedHold { .. }]));
}

// AND, OR, k of n, nesting

#[test]
fn any_of_two_is_stuck_only_when_both_are() {
    let mut world = World::new();
    let p = world.process("p");
    let [a, b, c] = ["a", "b", "c"].map(|label| world.task(p, label));
    world.wait(a, any([end_of(b), end_of(c)]));
    world.wait(b, all([end_of(a)]));
    assert_eq!(world.order(), [a, b]);
    world.wait(c, all([end_of(a)]));
    let deadlock = world.deadlock();
    assert_eq!(members(&deadlock), [a, b, c]);
    assert!(matches!(&deadlock.shape, Shape::Knot(edges) if edges.len() == 4));
}

#[test]
fn all_of_two_is_stuck_when_one_is() {
    let mut world = World::new();
    let p = world.process("p");
    let [a, b, c] = ["a", "b", "c"].map(|label| world.task(p, label));
    world.wait(a, all([end_of(b), end_of(c)]));
    world.wait(b, all([end_of(a)]));
    let deadlock = world.deadlock();
    assert_eq!(members(&deadlock), [a, b], "{c} runs");
    assert!(matches!(&deadlock.shape, Shape::Cycle(cycle) if cycle.len() == 2));
}

#[test]
fn k_of_n_counts_what_was_gathered() {
    let mut world = World::new();
    let p = world.process("p");
    let [a, b, c] = ["a", "b", "c"].map(|label| world.task(p, label));
    world.wait(a, some(3, [end_of(b), end_of(c), Awaited::External]).gathered(1));
    world.wait(b, all([end_of(a)]));
    assert_eq!(world.order(), [a, b]);
    world.wait(c, all([end_of(a)]));
    assert_eq!(world.deadlock().members[0].waits[0].missing, 2);
}

#[test]
fn several_waits_are_alternatives_that_may_nest() {
    let mut world = World::new();
    let p = world.process("p");
    let [a, b, c] = ["a", "b", "c"].map(|label| world.task(p, label));
    world.wait(a, all([end_of(b), end_of(c)]));
    world.wait(a, all([end_of(c), Awaited::External]));
    world.wait(b, all([end_of(a)]));
    assert_eq!(world.order(), [a, b]);
    world.wait(c, any([end_of(a), end_of(b)]));
    assert_eq!(members(&world.deadlock()), [a, b, c]);
}

#[test]
fn item_14_a_reply_in_transit_does_not_help_whoever_needs_two() {
    let mut world = World::new();
    let (p, q) = (world.process("p"), world.process("q"));
    let (a, s) = (world.task(p, "a"), world.task(q, "s"));
    let (first, second) = (world.request(p, s), world.request(p, s));
    world.wait(a, all([reply(first), reply(second)]));
    let back = world.lane(q, p);
    let sent = world.send(back, [Annotation::Resolves(Resolution::Request(first))]);
    let nested = world.request(q, a);
    world.wait(s, all([reply(nested)]));
    let deadlock = world.deadlock();
    assert_eq!(members(&deadlock), [a, s]);
    assert_eq!(deadlock.messages, [sent]);
    world.send(back, [Annotation::Resolves(Resolution::Request(second))]);
    assert_eq!(world.order(), [a, s]);
}

// Branches: 12 and 23

#[test]
fn item_12_a_branch_that_runs_is_about_to_release() {
    let mut world = World::new();
    let p = world.process("p");
    let parent = world.task(p, "join");
    let (one, two) = (world.branch(parent, "one"), world.branch(parent, "two"));
    let lock = world.mutex(p, "lock");
    world.hold(two, lock).wait(one, all([whole(lock)]));
    world.wait(parent, all([end_of(one), end_of(two)]));
    assert_eq!(world.order(), [one, parent]);
}

#[test]
fn item_23_a_branch_that_will_be_granted_something_is_about_to_release() {
    let mut world = World::new();
    let p = world.process("p");
    let parent = world.task(p, "join");
    let (one, two) = (world.branch(parent, "one"), world.branch(parent, "two"));
    let (lock, other) = (world.mutex(p, "lock"), world.mutex(p, "other"));
    world.hold(two, lock).wait(one, all([whole(lock)]));
    world.wait(two, all([whole(other)]));
    world.wait(parent, all([end_of(one), end_of(two)]));
    assert_eq!(world.order(), [two, one, parent]);
    world.hold(one, other);
    let deadlock = world.deadlock();
    assert_eq!(members(&deadlock), [parent, one, two]);
}

#[test]
fn item_23_a_branch_that_runs_for_ever_leaves_it_open() {
    let Pair { mut world, a, b, x, .. } = pair();
    let branch = world.branch(b, "b1");
    let spinning = world.branch(b, "b2");
    world.wait(branch, all([whole(x)]));
    world.wait(b, all([end_of(branch), end_of(spinning)]));
    let reasons = world.reasons();
    assert!(reasons.contains(&Reason::RunningBranch(spinning)), "{reasons:?}");
    assert!(reasons.contains(&Reason::Undecided(a)), "{reasons:?}");
}

#[test]
fn an_idle_select_over_branches_is_nobodys_concern() {
    let mut world = World::new();
    let p = world.process("p");
    let parent = world.task(p, "select");
    let (one, two) = (world.branch(parent, "one"), world.branch(parent, "two"));
    world.wait(parent, any([end_of(one), end_of(two)]));
    world.wait(one, all([open()]));
    world.wait(two, all([open()]));
    assert_eq!(world.order(), []);
    let lock = world.mutex(p, "lock");
    world.hold(two, lock);
    assert!(world.reasons().iter().any(|r| matches!(r, Reason::OpenReceive(_))));
}

// Messages: 5, 21, 24, 27

#[test]
fn item_5_a_release_in_transit_is_held_by_nobody() {
    let mut world = World::new();
    let (p, owner) = (world.process("p"), world.process("owner"));
    let (a, b) = (world.task(p, "a"), world.task(p, "b"));
    let far = world.resource(owner, semaphore("far", 1));
    let near = world.mutex(p, "near");
    world.hold(b, near).wait(a, all([whole(near)]));
    world.wait(b, all([whole(far)]));
    let lane = world.lane(p, owner);
    let sent = world.send(lane, [release(far)]);
    assert_eq!(world.order(), [b, a]);
    let reader = world.task(owner, "reader");
    world.reads(reader, lane).wait(reader, all([open()]));
    let reasons = world.reasons();
    assert!(reasons.contains(&Reason::Unread(sent)), "{reasons:?}");
}

#[test]
fn item_21_what_was_handed_over_is_gathered_though_the_receiver_was_not_polled() {
    let Pair { mut world, b, .. } = pair();
    world.wait(b, some(1, []).gathered(1));
    world.wait(b, all([closed([])]));
    assert_eq!(world.order().len(), 2);
}

#[test]
fn item_24_two_servers_call_each_other_and_neither_reads() {
    let mut world = World::new();
    let (p, q) = (world.process("p"), world.process("q"));
    let (s, t) = (world.task(p, "s"), world.task(q, "t"));
    let (there, back) = (world.lane(p, q), world.lane(q, p));
    let (one, two) = (world.send(there, []), world.send(back, []));
    world.wait(s, all([reply(one)]));
    world.wait(t, all([reply(two)]));
    world.serve(s, two);
    let reasons = world.reasons();
    assert!(reasons.contains(&Reason::Unread(one)), "nobody is said to read: {reasons:?}");
    let mut world = World::new();
    let (p, q) = (world.process("p"), world.process("q"));
    let (s, t) = (world.task(p, "s"), world.task(q, "t"));
    let (there, back) = (world.lane(p, q), world.lane(q, p));
    let (one, two) = (world.send(there, []), world.send(back, []));
    world.wait(s, all([reply(one)]));
    world.wait(t, all([reply(two)]));
    world.reads(t, there).reads(s, back);
    assert_eq!(members(&world.deadlock()), [s, t]);
}

#[test]
fn item_24_a_responder_passed_on_is_with_another_task() {
    let mut world = World::new();
    let (p, q) = (world.process("p"), world.process("q"));
    let (a, first, second) = (world.task(p, "a"), world.task(q, "first"), world.task(q, "second"));
    let request = world.request(p, second);
    world.wait(a, all([reply(request)]));
    world.wait(first, all([end_of(a)]));
    assert_eq!(world.order(), [a, first], "the second runs");
    world.wait(second, all([end_of(a)]));
    let deadlock = world.deadlock();
    assert_eq!(members(&deadlock), [a, second]);
    assert_eq!(deadlock.behind, [first]);
}

#[test]
fn item_27_a_grant_in_transit_is_held_by_its_addressee() {
    let mut world = World::new();
    let (p, owner) = (world.process("p"), world.process("owner"));
    let (a, b) = (world.task(p, "a"), world.task(p, "b"));
    let far = world.resource(owner, semaphore("far", 1));
    let near = world.mutex(p, "near");
    world.hold(b, near);
    let (_, targets) = world.wait_targets(a, all([whole(far), whole(near)]));
    world.wait(b, all([whole(far)]));
    let lane = world.lane(owner, p);
    let sent = world.send(lane, [grant(far, Some(Resolution::Target(targets[0])))]);
    let found = world.deadlock();
    assert_eq!(members(&found), [a, b]);
    assert_eq!(found.messages, [sent]);
    world.doubt(sent);
    let reasons = world.reasons();
    assert!(reasons.contains(&Reason::Doubtful(sent)), "a grant that was lost may come again: {reasons:?}");
}

#[test]
fn a_request_that_nobody_serves_is_unknown() {
    let Pair { mut world, process, b, .. } = pair();
    let q = world.process("q");
    let lane = world.lane(process, q);
    let request = world.send(lane, []);
    world.received(request, q).wait(b, all([reply(request)]));
    let reasons = world.reasons();
    assert!(reasons.contains(&Reason::Unserved(request)), "{reasons:?}");
}

#[test]
fn a_copy_of_a_request_to_a_group_may_be_served_elsewhere() {
    let Pair { mut world, process, b, .. } = pair();
    let lane = world.lane_to(process, LaneEnd::Group);
    let request = world.send(lane, []);
    world.wait(b, all([reply(request)]));
    let reasons = world.reasons();
    assert!(reasons.contains(&Reason::GroupCopy(request)), "{reasons:?}");
}

#[test]
fn a_group_whose_members_are_all_known_can_deadlock() {
    let mut world = World::new();
    let (p, q) = (world.process("p"), world.process("q"));
    let (a, s) = (world.task(p, "a"), world.task(q, "s"));
    let lane = world.lane_to(p, LaneEnd::Group);
    let request = world.send(lane, []);
    world.received(request, q).serve(s, request).wait(a, all([reply(request)]));
    world.wait(s, all([end_of(a)]));
    let verdicts = world.verdicts();
    assert!(verdicts[0].assumptions.contains(&Assumption::NoRedelivery(lane)));
    assert_eq!(members(&world.deadlock()), [a, s]);
}

// Holds: 18, orphans, keys

#[test]
fn item_18_a_guard_may_be_with_any_task_of_its_process() {
    let mut world = World::new();
    let p = world.process("p");
    let (a, b, c) = (world.task(p, "a"), world.task(p, "b"), world.task(p, "c"));
    let (x, y) = (world.mutex(p, "x"), world.mutex(p, "y"));
    world.hold(a, y).hold_unbound(p, x).wait(a, all([whole(x)]));
    world.wait(b, all([whole(y)]));
    let reasons = world.reasons();
    assert!(reasons.iter().any(|r| matches!(r, Reason::UnboundHold { .. })), "{reasons:?}");
    world.wait(c, all([end_of(a)]));
    assert_eq!(members(&world.deadlock())[0], a, "all that might release it are stuck");
}

#[test]
fn item_18_a_permit_may_come_from_one_that_never_held_any() {
    let mut world = World::new();
    let p = world.process("p");
    let a = world.task(p, "a");
    let pool = world.resource(p, Resource { local: true, closed: false, ..semaphore("pool", 1) });
    world.hold_units(a, pool, Grip::Shared(1)).wait(a, all([units(pool, 1)]));
    let reasons = world.reasons();
    assert!(reasons.contains(&Reason::OpenResource("pool".into())), "{reasons:?}");
}

#[test]
fn a_hold_of_a_finished_task_is_orphaned() {
    let Pair { mut world, process, b, .. } = pair();
    let lock = world.mutex(process, "lock");
    let gone = world.finished(process);
    world.hold(gone, lock).wait(b, all([whole(lock)]));
    let reasons = world.reasons();
    assert!(reasons.iter().any(|r| matches!(r, Reason::OrphanedHold { .. })), "{reasons:?}");
}

#[test]
fn a_hold_of_a_dead_process_is_orphaned() {
    let Pair { mut world, process, b, .. } = pair();
    let dead = world.process("dead");
    let holder = world.task(dead, "holder");
    let lock = world.resource(process, semaphore("lock", 1));
    world.hold(holder, lock).wait(b, all([whole(lock)]));
    world.lost(dead).ended(dead);
    let reasons = world.reasons();
    assert!(reasons.contains(&Reason::Lost { process: dead, certain: true }), "{reasons:?}");
    assert!(
        reasons.iter().any(|r| matches!(r, Reason::OrphanedHold { process, .. } if *process == dead)),
        "{reasons:?}"
    );
}

fn crossed_rows(born: u64) -> (World, [TaskRef; 2]) {
    let mut world = World::new();
    let (p, q) = (world.process("p"), world.process("q"));
    let (a, b) = (world.task(p, "a"), world.task(q, "b"));
    world.hold_row(a, "db/1").born(born).hold_row(b, "db/2");
    world.wait(a, all([row("db/2")]));
    world.wait(b, all([row("db/1")]));
    (world, [a, b])
}

#[test]
fn rows_held_before_the_confirmed_round_are_sure() {
    let (world, tasks) = crossed_rows(4);
    assert_eq!(members(&world.deadlock()), tasks);
}

#[test]
fn a_row_held_since_the_confirmed_round_decides_nothing() {
    let (world, _) = crossed_rows(5);
    let reasons = world.reasons();
    assert!(reasons.iter().any(|r| matches!(r, Reason::UnconfirmedHold { .. })), "{reasons:?}");
}

#[test]
fn contradicting_declarations_of_a_key_decide_nothing() {
    let (mut world, [a, b]) = crossed_rows(4);
    let declare =
        |capacity| Resource { key: Some("db/1".into()), local: false, ..semaphore("row", capacity) };
    world.resource(a.process, declare(1));
    assert_eq!(world.deadlocks().len(), 1);
    world.resource(b.process, declare(2));
    let reasons = world.reasons();
    assert!(reasons.contains(&Reason::UnknownCapacity("db/1".into())), "{reasons:?}");
}

// Processes that are missing

#[test]
fn whoever_waits_for_an_absent_process_is_undecided() {
    let Pair { mut world, process, b, .. } = pair();
    let q = world.process("q");
    let lane = world.lane(process, q);
    let request = world.send(lane, []);
    world.wait(b, all([reply(request)]));
    world.absent(q);
    let reasons = world.reasons();
    assert!(reasons.contains(&Reason::Hidden(request)), "{reasons:?}");
}

#[test]
fn an_absent_bystander_does_not_hide_a_deadlock_of_others() {
    let Pair { mut world, a, b, x, .. } = pair();
    let q = world.process("q");
    world.absent(q).wait(b, all([whole(x)]));
    assert_eq!(members(&world.deadlock()), [a, b]);
}

#[test]
fn who_left_is_not_promised_to_proceed() {
    let Pair { mut world, b, .. } = pair();
    let q = world.process("q");
    let gone = world.task(q, "gone");
    world.wait(b, all([end_of(gone)]));
    assert_eq!(world.order().len(), 2);
    world.left(q);
    let reasons = world.reasons();
    assert!(reasons.contains(&Reason::Lost { process: q, certain: true }), "{reasons:?}");
}

// Receives

#[test]
fn a_closed_receive_without_wakers_is_abandoned() {
    let mut world = World::new();
    let p = world.process("p");
    let task = world.task(p, "t");
    let wait = world.wait(task, all([closed([])]));
    let verdicts = world.verdicts();
    assert!(verdicts[0].assumptions.contains(&Assumption::ClosedWakers(wait)));
    assert_eq!(world.deadlock().shape, Shape::Abandoned);
}

#[test]
fn two_closed_receivers_that_wait_for_each_other() {
    let mut world = World::new();
    let (p, q) = (world.process("p"), world.process("q"));
    let (a, b) = (world.task(p, "a"), world.task(q, "b"));
    world.wait(a, all([closed([Waker::Task(b)])]));
    assert_eq!(world.order(), [a]);
    world.wait(b, all([closed([Waker::Task(a)])]));
    assert_eq!(members(&world.deadlock()), [a, b]);
}

#[test]
fn an_idle_open_receiver_is_nobodys_concern() {
    let mut world = World::new();
    let p = world.process("p");
    let (server, client) = (world.task(p, "server"), world.task(p, "client"));
    let wait = world.wait(server, all([open()]));
    assert_eq!(world.order(), []);
    world.wait(client, all([end_of(server)]));
    assert_eq!(world.order(), [], "nobody waits for the client, nor so for the server");
    let lock = world.mutex(p, "lock");
    world.hold(client, lock);
    assert_eq!(world.reasons(), [Reason::OpenReceive(wait), Reason::Undecided(server)]);
}

#[test]
fn any_task_of_a_waker_process_will_do() {
    let mut world = World::new();
    let (p, q) = (world.process("p"), world.process("q"));
    let (a, b, c) = (world.task(p, "a"), world.task(q, "b"), world.task(q, "c"));
    world.wait(a, all([closed([Waker::Process(q)])]));
    world.wait(b, all([end_of(a)]));
    assert_eq!(world.order(), [a, b]);
    world.wait(c, all([end_of(b)]));
    let found = world.deadlock();
    assert_eq!(members(&found), [a, b, c]);
    assert!(matches!(found.shape, Shape::Knot(_)));
    let lane = world.lane(p, q);
    let sent = world.send(lane, []);
    let lock = world.mutex(p, "lock");
    world.hold(a, lock);
    let reasons = world.reasons();
    assert!(reasons.contains(&Reason::Unread(sent)), "it may start a task there: {reasons:?}");
}

#[test]
fn a_message_on_a_waker_lane_will_do() {
    let mut world = World::new();
    let (p, q) = (world.process("p"), world.process("q"));
    let (a, b) = (world.task(p, "a"), world.task(q, "b"));
    let lane = world.lane(q, p);
    world.wait(a, all([closed([Waker::Lane(lane), Waker::Task(b)])]));
    world.wait(b, all([end_of(a)]));
    assert_eq!(members(&world.deadlock()), [a, b]);
    world.send(lane, []);
    assert_eq!(world.order(), [a, b]);
}

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
    assert!(found.iter().all(|deadlock| deadlock.behind == [e]));
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
fn chain(tasks: usize, closed: bool) -> stillpoint_proto::snapshot::ConsistentCut {
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
    world.permits(pool, 1);
    assert_eq!(world.order().len(), EACH, "with one more the first can go on, and so everybody");
}

#[test]
fn facts_of_other_kinds_do_not_matter() {
    let mut world = World::new();
    let p = world.process("p");
    world.insert(p, Fact::Creation(Default::default()));
    assert_eq!(world.order(), []);
    let unknown = MessageId::new(p, stillpoint_proto::id::LaneId(7), 3);
    let (task, lock) = (world.task(p, "t"), world.mutex(p, "lock"));
    world.hold(task, lock).wait(task, all([reply(unknown)]));
    assert_eq!(world.reasons(), [Reason::Unserved(unknown)]);
}
