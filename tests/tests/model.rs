//! Small systems in every interleaving: the production core, with every order in which its messages, timers and faults can
//! come. `tests/README.md` has the table of what is explored.
#![allow(clippy::unwrap_used, reason = "tests")]

use stillpoint_proto::cut::Order;
use stillpoint_tests::model::{Bounds, Faults, Lane, Start, explore};

const WORKER: Start = Start { tokens: 0, welcomed: true };
const CREATOR: Start = Start { tokens: 1, welcomed: true };
const NONE: Faults = Faults {
    lost: 0,
    doubted: 0,
    cancelled: 0,
    voided: 0,
    doubled: 0,
    broken: 0,
    presumed: 0,
    killed: 0,
    left: 0,
    restarted: 0,
    late: 0,
};

const fn lane(from: usize, to: usize, order: Order, messages: u8, answers: usize) -> Lane {
    Lane { from, to: Some(to), order, messages, answers: Some(answers) }
}

/// Two processes that send each other one message, and one round.
fn pair(order: Order, faults: Faults) -> Bounds {
    Bounds {
        processes: vec![CREATOR, WORKER],
        lanes: vec![lane(0, 1, order, 1, 1), lane(1, 0, order, 1, 0)],
        rounds: 1,
        own_rounds: 0,
        faults,
        open: 2,
    }
}

/// Explores, and compares the number of different states: if it changes, so has what is covered.
fn check(bounds: &Bounds, states: usize) {
    let explored = explore(bounds, 2).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(explored.states, states, "{explored:?}");
}

#[test]
fn fifo() {
    check(&pair(Order::Fifo, NONE), 40_683);
}

#[test]
fn unordered() {
    check(&pair(Order::Unordered, NONE), 7_634);
}

#[test]
fn a_message_is_lost() {
    check(&pair(Order::Unordered, Faults { lost: 1, ..NONE }), 11_318);
}

#[test]
fn a_message_is_lost_and_doubted() {
    check(&pair(Order::Unordered, Faults { doubted: 1, ..NONE }), 12_930);
}

#[test]
fn a_message_is_doubted_and_arrives() {
    check(&pair(Order::Unordered, Faults { cancelled: 1, ..NONE }), 27_770);
}

#[test]
fn a_message_never_left() {
    check(&pair(Order::Unordered, Faults { voided: 1, ..NONE }), 17_131);
}

#[test]
fn a_message_comes_twice() {
    check(&pair(Order::Unordered, Faults { doubled: 1, ..NONE }), 36_035);
}

#[test]
fn a_session_breaks() {
    check(&pair(Order::Unordered, Faults { broken: 1, ..NONE }), 86_656);
}

#[test]
fn a_process_is_presumed_dead_and_lives() {
    check(&pair(Order::Unordered, Faults { broken: 1, presumed: 1, ..NONE }), 195_085);
}

#[test]
fn a_process_is_killed() {
    check(&pair(Order::Unordered, Faults { killed: 1, ..NONE }), 19_903);
    check(&pair(Order::Fifo, Faults { killed: 1, ..NONE }), 80_469);
}

#[test]
fn a_process_leaves() {
    check(&pair(Order::Unordered, Faults { left: 1, ..NONE }), 41_095);
}

#[test]
fn a_deadline_passes() {
    check(&pair(Order::Unordered, Faults { late: 1, ..NONE }), 15_623);
    check(&pair(Order::Fifo, Faults { late: 1, ..NONE }), 89_277);
}

#[test]
#[ignore = "takes a minute"]
fn the_server_restarts() {
    check(&pair(Order::Unordered, Faults { restarted: 1, ..NONE }), 745_954);
}
