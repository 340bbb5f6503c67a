//! What a deadlock detector must not be sure of: guards that move, orphans, keys, missing processes, open receives.

mod common;

use common::*;
use stillpoint_proto::cut::LaneEnd;
use stillpoint_proto::fact::{Annotation, Awaited, Grip, Resolution, Resource, ResourceName, Waker};
use stillpoint_proto::id::{Incarnation, MessageId, TaskRef};
use stillpoint_proto::snapshot::{Absence, Assumption, Fate};
use stillpoint_proto::verdict::{Reason, Shape};

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
fn an_orphaned_hold_of_nothing_keeps_nobody_waiting() {
    let mut world = World::new();
    let (p, q) = (world.process("p"), world.process("q"));
    let (task, gone) = (world.task(p, "task"), world.finished(q));
    let lane = world.lane(p, q);
    let request = world.send(lane, []);
    let lock = world.resource(q, semaphore("lock", 1));
    world.hold_units(gone, lock, Grip::Shared(0)).doubt(request);
    world.wait(task, all([asked(lock, Grip::Exclusive, request)]));
    assert_eq!(world.order(), [], "it has nothing, and nobody minds that it may never be served");
}

#[test]
fn who_has_nothing_of_an_empty_pool_is_not_in_his_own_way() {
    let mut world = World::new();
    let p = world.process("p");
    let task = world.task(p, "task");
    let pool = world.resource(p, semaphore("pool", 0));
    world.hold(task, pool).wait(task, all([units(pool, 1)]));
    assert_eq!(world.deadlock().shape, Shape::Abandoned);
}

#[test]
fn a_place_that_somebody_else_can_leave_is_in_nobodys_way() {
    let mut world = World::new();
    let p = world.process("p");
    let (task, other) = (world.task(p, "task"), world.task(p, "other"));
    let pool = world.resource(p, fair("pool", 1));
    let lane = world.lane(p, p);
    let request = world.send(lane, []);
    world.received(request, p).queue(pool, 1, Resolution::Request(request));
    world.wait(task, all([asked(pool, Grip::Shared(2), request)]));
    world.wait(task, all([units(pool, 3)]));
    world.wait(other, any([asked(pool, Grip::Exclusive, request), Awaited::External]));
    assert_eq!(world.deadlock().shape, Shape::Abandoned);
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
    let (found, reasons) = world.deadlock_and_reasons();
    assert_eq!(members(&found), [a, b]);
    assert_eq!(reasons, [Reason::Absent(q, Absence::Silent)]);
}

/// One worker is stopped; three others are deadlocked by calls and locks of their own.
#[test]
fn an_absent_worker_does_not_hide_a_deadlock_of_calls_and_locks() {
    let mut world = World::new();
    let [p, q, r, stopped] = ["p", "q", "r", "stopped"].map(|name| world.process(name));
    let (a, b, c) = (world.task(p, "a"), world.task(q, "b"), world.task(r, "c"));
    let (handler, idle) = (world.task(r, "handler"), world.task(stopped, "idle"));
    let lock = world.mutex(r, "lock");
    let (to_b, to_handler) = (world.request(p, b), world.request(q, handler));
    let to_a = world.request(r, a);
    world.hold(c, lock).wait(a, all([reply(to_b)]));
    world.wait(b, all([reply(to_handler)]));
    world.wait(handler, all([whole(lock)]));
    world.wait(c, all([reply(to_a)]));
    let to_idle = world.lane(p, stopped);
    world.send(to_idle, []);
    let _ = idle;
    world.absent(stopped);
    let (found, reasons) = world.deadlock_and_reasons();
    assert_eq!(members(&found), [a, b, c, handler]);
    assert_eq!(reasons, [Reason::Absent(stopped, Absence::Silent)]);
}

/// Two single-threaded servers, each in a call to the other, with what would help unread in its socket.
#[test]
fn a_message_that_a_blocked_reader_does_not_read_does_not_help() {
    let mut world = World::new();
    let (p, q) = (world.process("p"), world.process("q"));
    let (a, b, reader) = (world.task(p, "a"), world.task(q, "b"), world.task(p, "reader"));
    let lane = world.lane(q, p);
    let (wait, targets) = world.wait_targets(a, all([closed([Waker::Task(b)])]));
    world.wait(b, all([end_of(a)]));
    world.wait(reader, all([end_of(b)]));
    world.reads(reader, lane);
    let to = Resolution::Target(targets[0]);
    world.send(lane, [Annotation::Resolves(to)]);
    assert_eq!(members(&world.deadlock()), [a, reader, b]);
    // One who waits for what comes on a lane is reading it, and so reads it for others too.
    world.wait(reader, any([closed([Waker::Lane(lane)])]));
    assert!(!world.order().is_empty(), "{wait}");
}

/// On a link to one process, whoever has received on it is that one; in a group, another may still receive.
#[test]
fn what_does_not_come_before_the_marker_is_lost_to_one() {
    for (end, lost) in [(LaneEnd::Sole, true), (LaneEnd::Group, false)] {
        let mut world = World::new();
        let (p, q) = (world.process("p"), world.process("q"));
        let lane = world.lane_to(p, end);
        let message = world.send(lane, []);
        world.tombstone(message, q);
        let cut = world.cut();
        assert_eq!(cut.channels().lost.contains_key(&lane), lost);
        let fates: Vec<_> =
            cut.channels().lanes.values().flat_map(|c| c.fates().map(|(fate, _)| fate)).collect();
        assert_eq!(fates, if lost { vec![] } else { vec![Fate::Doubtful] });
    }
}

#[test]
fn an_idle_server_loop_reads_what_is_under_way() {
    let mut world = World::new();
    let (p, q) = (world.process("p"), world.process("q"));
    let (client, server) = (world.task(p, "client"), world.task(q, "server"));
    let lane = world.lane(p, q);
    let request = world.send(lane, []);
    let lock = world.mutex(p, "lock");
    world.hold(client, lock).wait(client, all([reply(request)]));
    world.reads(server, lane).wait(server, all([closed([Waker::Lane(lane)])]));
    assert_eq!(world.order(), [server, client]);
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

/// A call waits in its client for the process that was started again in the place of one that is gone, however that went.
#[test]
fn what_was_sent_to_who_is_gone_may_start_a_task_with_his_heir() {
    for (inherits, how) in [true, false].into_iter().flat_map(|i| (0..3).map(move |how| (i, how))) {
        let mut world = World::new();
        let (p, left) = (world.process("p"), world.process("q"));
        let heir = world.process(if inherits { "q" } else { "r" });
        let (a, b) = (world.task(p, "a"), world.task(heir, "b"));
        world.wait(a, all([closed([Waker::Process(heir)])]));
        world.wait(b, all([end_of(a)]));
        let lane = world.lane(p, left);
        let gone = match how {
            0 => world.left(left),
            1 => world.lost(left).ended(left),
            _ => world.presumed(left).ended(left),
        };
        let sent = gone.send(lane, []);
        if inherits {
            let lock = world.mutex(p, "lock");
            world.hold(a, lock);
            let reasons = world.reasons();
            assert!(reasons.contains(&Reason::Unread(sent)), "{reasons:?}");
        } else {
            assert_eq!(members(&world.deadlock()), [a, b]);
        }
    }
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

#[test]
fn a_row_asked_for_by_way_of_a_gateway_may_not_have_been_asked_for() {
    let mut world = World::new();
    let (p, q) = (world.process("client"), world.process("gateway"));
    let (client, server) = (world.task(p, "client"), world.task(q, "server"));
    let request = world.request(p, server);
    let resource = ResourceName::Keyed("db/1".into());
    let row = Awaited::Resource { resource, grip: Grip::Exclusive, request: Some(request) };
    world.hold_row(client, "db/2").wait(client, all([row]));
    assert_eq!(world.reasons(), [Reason::Unserved(request), Reason::UnseenHolder("db/1".into())]);
}

#[test]
fn a_lock_asked_for_by_way_of_a_proxy_may_not_have_been_asked_for() {
    let mut world = World::new();
    let (p, q, r) = (world.process("client"), world.process("proxy"), world.process("owner"));
    let (client, server) = (world.task(p, "client"), world.task(q, "server"));
    let (lock, other) = (world.resource(r, semaphore("lock", 1)), world.mutex(p, "other"));
    let request = world.request(p, server);
    world.hold(client, other).wait(client, all([asked(lock, Grip::Exclusive, request)]));
    assert_eq!(world.reasons(), [Reason::Unserved(request)]);
}

#[test]
fn a_place_of_a_caller_is_nobodys_in_particular() {
    let mut world = World::new();
    let (p, q) = (world.process("client"), world.process("server"));
    let (caller, local) = (world.task(p, "caller"), world.task(q, "local"));
    let (lock, other) = (world.resource(q, fair("lock", 1)), world.mutex(q, "other"));
    let lane = world.lane(p, q);
    let request = world.send(lane, []);
    world.received(request, q).wait(caller, all([reply(request)]));
    world.queue(lock, 1, Resolution::Request(request));
    let (_, targets) = world.wait_targets(local, all([whole(lock)]));
    world.queue(lock, 2, Resolution::Target(targets[0])).hold(local, other);
    let reasons = world.reasons();
    assert!(matches!(reasons[..], [Reason::OrphanedHold { process, .. }] if process == q), "{reasons:?}");
}

#[test]
fn a_request_of_a_dead_process_to_a_group_may_be_served_by_anybody() {
    let mut world = World::new();
    let (dead, q) = (world.process("dead"), world.process("q"));
    let (task, lock) = (world.task(q, "task"), world.mutex(q, "lock"));
    let lane = world.lane_to(dead, LaneEnd::Group);
    let request = world.send(lane, []);
    world.lost(dead).hold(task, lock).wait(task, all([reply(request)]));
    let reasons = world.reasons();
    assert!(reasons.contains(&Reason::GroupCopy(request)), "{reasons:?}");
}

#[test]
fn who_reads_a_request_for_what_has_no_known_capacity_matters() {
    let mut world = World::new();
    let (p, q) = (world.process("client"), world.process("owner"));
    let (client, reader) = (world.task(p, "client"), world.task(q, "reader"));
    let pool = world.resource(q, Resource { capacity: None, ..semaphore("pool", 1) });
    let lock = world.resource(p, semaphore("lock", 1));
    let lane = world.lane(p, q);
    let request = world.send(lane, []);
    world.hold_unbound(p, lock).reads(reader, lane).wait(reader, all([whole(lock)]));
    world.wait(client, all([asked(pool, Grip::Exclusive, request)]));
    let reasons = world.reasons();
    assert!(reasons.contains(&Reason::UnknownCapacity("pool".into())), "{reasons:?}");
}

#[test]
fn nobody_needs_himself_to_read_what_he_has_asked_for() {
    let mut world = World::new();
    let p = world.process("p");
    let (task, lock) = (world.task(p, "task"), world.resource(p, fair("lock", 1)));
    let (lane, replies) = (world.lane(p, p), world.lane(p, p));
    let (request, answered) = (world.send(lane, []), world.send(replies, []));
    world.received(answered, p).queue(lock, 1, Resolution::Request(answered)).reads(task, lane);
    world.wait(task, all([asked(lock, Grip::Exclusive, request)]));
    assert_eq!(world.order(), [], "it is behind a place that nobody is in, and nobody's concern");
}

/// A client that calls a server, which has received the request and serves it no more; its reply, which grants the
/// client a lock that nobody demands, is under way. Gives the client, the request and the reply.
fn called() -> (World, Incarnation, MessageId, MessageId) {
    let mut world = World::new();
    let (p, q) = (world.process("client"), world.process("server"));
    let client = world.task(p, "client");
    let lock = world.resource(q, semaphore("lock", 1));
    let (there, back) = (world.lane(p, q), world.lane(q, p));
    let request = world.send(there, []);
    world.received(request, q).wait(client, all([reply(request)]));
    let (resource, to) = (ResourceName::Owned(lock), Some(Resolution::Request(request)));
    let granted = world.send(back, [Annotation::Grants { resource, grip: Grip::Exclusive, to }]);
    (world, p, request, granted)
}

#[test]
fn a_grant_to_a_caller_will_arrive() {
    assert_eq!(called().0.order().len(), 1);
}

#[test]
fn who_may_never_hear_of_a_grant_matters_though_nobody_demands_what_is_granted() {
    let (mut world, _, request, granted) = called();
    world.doubt(granted);
    assert_eq!(world.reasons(), [Reason::Doubtful(granted), Reason::Unserved(request)]);
}

#[test]
fn a_lost_grant_to_a_caller_matters_likewise() {
    let (mut world, client, request, granted) = called();
    world.tombstone(granted, client);
    assert_eq!(world.reasons(), [Reason::Unserved(request)]);
}
