//! The oracle on systems whose fate is known: executions of `tests/README.md`, and others by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use stillpoint_tests::oracle::future::{Rules, Search, explore};
use stillpoint_tests::oracle::world::{
    Amount, End, Hold, Holder, Home, Lane, Message, On, Resource, Target, Task, Wait, Waker, World,
};

/// A world of `tasks` tasks in one process.
fn world(tasks: usize) -> World {
    let task = Task { process: 0, parent: None, finished: false };
    World { processes: 1, tasks: vec![task; tasks], ..World::default() }
}

fn wait(w: &mut World, task: usize, need: u32, on: Vec<On>) {
    let wait = w.waits.len();
    w.waits.push(Wait { task, need, of: on.len() as u32 });
    w.targets.extend(on.into_iter().map(|on| Target { wait, on }));
}

fn resource(w: &mut World, capacity: u64, fair: bool) -> usize {
    w.resources.push(Resource {
        home: Home::Process(0),
        capacity: Some(capacity),
        permits: 0,
        closed: true,
        fair,
        local: true,
        queue: Vec::new(),
        gone: false,
    });
    w.resources.len() - 1
}

/// What has a key, and maybe a declared capacity.
fn row(w: &mut World, capacity: Option<u64>) -> usize {
    let row = resource(w, 0, false);
    (w.resources[row].home, w.resources[row].capacity, w.resources[row].local) = (Home::Key, capacity, false);
    row
}

fn hold(w: &mut World, resource: usize, holder: Holder, units: u64) {
    w.holds.push(Hold { resource, process: 0, holder, amount: Amount::Units(units), confirmed: true });
}

fn units(resource: usize, n: u64) -> On {
    On::Resource { resource, amount: Amount::Units(n), request: None }
}

fn message(w: &mut World, readers: &[usize], received: bool) -> usize {
    w.lanes.push(Lane { from: 0, to: 0, end: End::Peer, readers: readers.to_vec() });
    let (lane, acknowledged, doubtful, lost) = (w.lanes.len() - 1, false, false, false);
    w.messages.push(Message {
        lane,
        received,
        acknowledged,
        doubtful,
        lost,
        resolves: vec![],
        replies: None,
    });
    w.messages.len() - 1
}

/// No task.
const NOBODY: [usize; 0] = [];

/// The tasks that never proceed, the same by both searches.
fn stuck(w: &World, rules: Rules) -> Vec<usize> {
    let truth = explore(w, rules, Search::Exhaustive, 100_000);
    let thrifty = explore(w, rules, Search::Thrifty, 100_000);
    assert!(!truth.cut_short);
    assert_eq!(truth.can, thrifty.can);
    (0..w.tasks.len()).filter(|t| truth.never(*t)).collect()
}

#[test]
fn two_locks_in_opposite_order() {
    let mut w = world(3);
    let (a, b) = (resource(&mut w, 1, false), resource(&mut w, 1, false));
    hold(&mut w, a, Holder::Task(0), 1);
    hold(&mut w, b, Holder::Task(1), 1);
    wait(&mut w, 0, 1, vec![units(b, 1)]);
    wait(&mut w, 1, 1, vec![units(a, 1)]);
    wait(&mut w, 2, 1, vec![units(a, 1)]);
    assert_eq!(stuck(&w, Rules::LIBERAL), [0, 1, 2]);
    // With a third unit of `b`, or a way out of one wait, nobody is.
    let mut more = w.clone();
    more.resources[b].permits = 1;
    assert_eq!(stuck(&more, Rules::STRICT), NOBODY);
    w.targets.push(Target { wait: 0, on: On::External });
    w.waits[0].of = 2;
    assert_eq!(stuck(&w, Rules::STRICT), NOBODY);
}

/// Section 9, 14: a fair queue is neither an edge to everybody ahead nor to be ignored.
#[test]
fn queues_block_only_when_they_must() {
    let mut w = world(3);
    let r = resource(&mut w, 3, true);
    wait(&mut w, 0, 2, vec![units(r, 2), On::Receive { wakers: vec![Waker::Task(1)], closed: true }]);
    wait(&mut w, 1, 1, vec![units(r, 1)]);
    w.resources[r].queue = vec![0, 2];
    assert_eq!(stuck(&w, Rules::STRICT), NOBODY, "there is room for both");
    w.resources[r].capacity = Some(2);
    assert_eq!(stuck(&w, Rules::LIBERAL), [0, 1], "the first takes all there is and waits for the second");
    w.resources[r].queue = vec![2, 0];
    assert_eq!(stuck(&w, Rules::STRICT), NOBODY, "the second is served first");
}

/// Two queues in opposite orders, everything free: the owners will serve them into a deadlock.
#[test]
fn queues_in_opposite_orders() {
    let mut w = world(2);
    let (a, b) = (resource(&mut w, 1, true), resource(&mut w, 1, true));
    wait(&mut w, 0, 2, vec![units(a, 1), units(b, 1)]);
    wait(&mut w, 1, 2, vec![units(a, 1), units(b, 1)]);
    w.resources[a].queue = vec![0, 2];
    w.resources[b].queue = vec![3, 1];
    assert_eq!(stuck(&w, Rules::LIBERAL), [0, 1]);
}

/// Section 9, 14: two of three, one reply in transit.
#[test]
fn two_of_three_with_one_under_way() {
    let mut w = world(2);
    let replied = message(&mut w, &[], true);
    let served = message(&mut w, &[], true);
    let reply = message(&mut w, &[], false);
    w.messages[reply].replies = Some(replied);
    w.serving.push((1, served));
    wait(&mut w, 0, 2, vec![On::Call(replied), On::Call(served), On::Task(1)]);
    wait(&mut w, 1, 1, vec![On::Task(0)]);
    assert_eq!(stuck(&w, Rules::LIBERAL), [0, 1]);
}

/// Section 9, 24: single-threaded servers call each other, and both requests lie unread.
#[test]
fn requests_unread_in_sockets() {
    let mut w = world(2);
    let to_first = message(&mut w, &[0], false);
    let to_second = message(&mut w, &[1], false);
    wait(&mut w, 0, 1, vec![On::Call(to_second)]);
    wait(&mut w, 1, 1, vec![On::Call(to_first)]);
    assert_eq!(stuck(&w, Rules::LIBERAL), [0, 1]);
    // A server that is idle reads the request it waits for.
    w.targets[1].on = On::Receive { wakers: vec![Waker::Lane(w.messages[to_second].lane)], closed: true };
    assert_eq!(stuck(&w, Rules::STRICT), NOBODY);
}

/// Section 9, 27: units under way to somebody who waits for more are held by him.
#[test]
fn a_grant_under_way_is_held() {
    let mut w = world(2);
    let (a, b) = (resource(&mut w, 1, false), resource(&mut w, 1, false));
    let grant = message(&mut w, &[], false);
    wait(&mut w, 0, 2, vec![units(a, 1), units(b, 1)]);
    wait(&mut w, 1, 1, vec![units(a, 1)]);
    hold(&mut w, a, Holder::Grant { message: grant, to: Some(0) }, 1);
    hold(&mut w, b, Holder::Task(1), 1);
    assert_eq!(stuck(&w, Rules::LIBERAL), [0, 1]);
    assert_eq!(stuck(&w, Rules { grantless: true, ..Rules::LIBERAL }), NOBODY);
}

/// Section 9, 12 and 23: a branch that runs may end its parent's wait, and need not.
#[test]
fn a_branch_that_runs() {
    let mut w = world(3);
    (w.tasks[1].parent, w.tasks[2].parent) = (Some(0), Some(0));
    let a = resource(&mut w, 1, false);
    hold(&mut w, a, Holder::Task(0), 1);
    wait(&mut w, 0, 2, vec![On::Task(1), On::Task(2)]);
    wait(&mut w, 1, 1, vec![units(a, 1)]);
    assert_eq!(stuck(&w, Rules::LIBERAL), NOBODY);
    assert_eq!(stuck(&w, Rules::STRICT), [0, 1]);
}

/// One message cannot be taken from a queue twice; it can be heard twice.
#[test]
fn one_message_is_not_two() {
    let mut w = world(1);
    let m = message(&mut w, &[], false);
    let hear = On::Receive { wakers: vec![Waker::Lane(w.messages[m].lane)], closed: true };
    wait(&mut w, 0, 2, vec![hear.clone(), hear]);
    assert_eq!(stuck(&w, Rules::STRICT), NOBODY);
    assert_eq!(stuck(&w, Rules { once: true, ..Rules::LIBERAL }), [0]);
}

/// Two of three clients of a database: the third, of whom no fact tells, holds what nobody else is known to hold.
#[test]
fn a_client_that_nobody_sees() {
    let mut w = world(2);
    let rows = [row(&mut w, None), row(&mut w, None)];
    let all = |resource| On::Resource { resource, amount: Amount::All, request: None };
    w.holds.push(Hold {
        resource: rows[1],
        process: 0,
        holder: Holder::Task(0),
        amount: Amount::All,
        confirmed: true,
    });
    wait(&mut w, 0, 1, vec![all(rows[0])]);
    wait(&mut w, 1, 1, vec![all(rows[1])]);
    assert_eq!(stuck(&w, Rules::LIBERAL), NOBODY, "he may let go of it");
    assert_eq!(stuck(&w, Rules::STRICT), [0, 1]);
    assert_eq!(stuck(&w, Rules { alone: true, ..Rules::STRICT }), NOBODY);
    // What is seen to be held by somebody else is not his.
    let other = world(1).tasks.remove(0);
    w.tasks.push(other);
    hold(&mut w, rows[0], Holder::Task(2), Resource::PLENTY);
    assert_eq!(stuck(&w, Rules::STRICT), NOBODY);
    // What is shared may be shared by him too, and who wants all of it be ahead of who wants to share it.
    w.holds[1].amount = Amount::Units(1);
    w.targets[0].on = units(rows[0], 1);
    assert_eq!(stuck(&w, Rules::STRICT), [0, 1]);
    // Of a pool of two, the other unit comes back.
    w.resources[rows[0]].capacity = Some(2);
    assert_eq!(stuck(&w, Rules::STRICT), NOBODY);
}

/// What two clients are seen to hold, each at another instant, may be the same units.
#[test]
fn what_is_too_new_leaves_room_for_others() {
    let mut w = world(3);
    w.processes = 2;
    w.tasks[1].process = 1;
    let pool = row(&mut w, Some(2));
    hold(&mut w, pool, Holder::Task(0), 1);
    hold(&mut w, pool, Holder::Task(1), 1);
    w.holds[1].process = 1;
    wait(&mut w, 2, 1, vec![units(pool, 2)]);
    assert_eq!(stuck(&w, Rules::STRICT), NOBODY);
    w.holds[1].confirmed = false;
    assert_eq!(stuck(&w, Rules::STRICT), [2]);
}
