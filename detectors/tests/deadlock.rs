//! Deadlock on snapshots written by hand: locks, queues, choices, branches, messages. The numbers are those of the
//! executions in `tests/README.md`.

mod common;

use common::*;
use stillpoint_proto::cut::LaneEnd;
use stillpoint_proto::fact::{Annotation, Awaited, Grip, Resolution, Resource, ResourceName};
use stillpoint_proto::id::{Global, ResourceId, ResourceRef, TargetId};
use stillpoint_proto::snapshot::Assumption;
use stillpoint_proto::verdict::{Reason, Shape};

fn grant(resource: ResourceRef, to: Option<Resolution>) -> Annotation {
    Annotation::Grants { resource: ResourceName::Owned(resource), grip: Grip::Exclusive, to }
}

fn release(resource: ResourceRef) -> Annotation {
    Annotation::Releases { resource: ResourceName::Owned(resource), grip: Grip::Exclusive }
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
    assert_eq!(deadlock.members[0].waits[0].on, ["y exclusively".into()]);
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
    assert_eq!(found.members[0].waits[0].on, ["1 unit of pool".into()]);
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
    let found = world.deadlock();
    assert_eq!(found.shape, Shape::Abandoned);
    assert_eq!(found.members[0].waits[0].on, ["3 units of pool".into()]);
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
    let gone = Global::new(gone.process, TargetId(gone.id.0));
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
