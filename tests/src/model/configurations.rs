//! The systems that are explored, with what is found in them.

use super::system::{Bounds, Faults, Lane, Start};
use stillpoint_proto::cut::Order::{self, Fifo, Unordered};

/// A system, and what its exploration must find.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// What happens in it.
    pub name: &'static str,
    /// The system.
    pub bounds: Bounds,
    /// How many different states it has.
    pub states: usize,
    /// How its rounds end, by the names of the endings, in alphabetical order.
    pub endings: &'static str,
}

const NONE: Faults = Faults {
    lost: 0,
    doubted: 0,
    cancelled: 0,
    expired: 0,
    voided: 0,
    doubled: 0,
    broken: 0,
    presumed: 0,
    killed: 0,
    vanished: 0,
    reborn: 0,
    left: 0,
    closed: 0,
    restarted: 0,
    late: 0,
    forged: 0,
};
const WORKER: Start = Start { tokens: 0, welcomed: true, asks: 0 };
const CREATOR: Start = Start { tokens: 1, ..WORKER };

const fn lane(from: usize, to: usize, order: Order) -> Lane {
    Lane { from, to: Some(to), order, messages: 1, answers: None }
}

/// Two processes that send each other one message, and one round.
fn pair(order: Order, faults: Faults) -> Bounds {
    let lanes =
        vec![Lane { answers: Some(1), ..lane(0, 1, order) }, Lane { answers: Some(0), ..lane(1, 0, order) }];
    Bounds {
        processes: vec![CREATOR, WORKER],
        lanes,
        rounds: 1,
        faults,
        open: 2,
        log: 8,
        doubt: 1,
        allow_loss: false,
    }
}

/// Two processes that send nothing.
fn silent() -> Bounds {
    Bounds { lanes: Vec::new(), ..pair(Unordered, NONE) }
}

/// One process sends another one message, and there is one round.
fn one(order: Order, faults: Faults) -> Bounds {
    Bounds { lanes: vec![lane(0, 1, order)], ..pair(order, faults) }
}

/// Work passes from the first process to the second and from there to the third, and there is one round.
fn chain(order: Order, faults: Faults) -> Bounds {
    let lanes = vec![lane(0, 1, order), lane(1, 2, order)];
    Bounds { processes: vec![CREATOR, WORKER, WORKER], lanes, ..pair(order, faults) }
}

/// The first of `processes` sends one message to whichever of the others gets it.
fn group(processes: usize, faults: Faults) -> Bounds {
    let mut all = vec![CREATOR];
    all.resize(processes, WORKER);
    let lanes = vec![Lane { from: 0, to: None, order: Unordered, messages: 1, answers: None }];
    Bounds { processes: all, lanes, ..pair(Unordered, faults) }
}

/// Each of the first two processes asks for a round.
fn both_ask(mut bounds: Bounds) -> Bounds {
    bounds.processes[0].asks = 1;
    bounds.processes[1].asks = 1;
    bounds.rounds = 0;
    bounds
}

/// The last process says hello when it likes.
fn joins(mut bounds: Bounds) -> Bounds {
    if let Some(last) = bounds.processes.last_mut() {
        last.welcomed = false;
    }
    bounds
}

const fn of(name: &'static str, bounds: Bounds, states: usize, endings: &'static str) -> Configuration {
    Configuration { name, bounds, states, endings }
}

/// Those of the ordinary tests: under two minutes.
#[must_use]
pub fn small() -> Vec<Configuration> {
    vec![
        of("two processes", pair(Unordered, NONE), 7_634, "terminated, working"),
        of("two processes, FIFO", pair(Fifo, NONE), 40_683, "terminated, working"),
        of("three processes", chain(Unordered, NONE), 26_555, "terminated, working"),
        of("a group", group(3, NONE), 4_278, "assumed, terminated, working"),
        of("two rounds, by two initiators, and no message", both_ask(silent()), 8_304, "terminated, working"),
        of(
            "two rounds, by two initiators",
            both_ask(group(2, NONE)),
            127_166,
            "assumed, terminated, working",
        ),
        of(
            "a message is lost without a word",
            pair(Unordered, Faults { lost: 1, ..NONE }),
            11_318,
            "terminated, working",
        ),
        of(
            "a message of a FIFO lane is missing",
            one(Fifo, Faults { lost: 1, ..NONE }),
            1_789,
            "terminated, working",
        ),
        of(
            "a message is lost, and its sender doubts it",
            pair(Unordered, Faults { doubted: 1, ..NONE }),
            12_930,
            "terminated, unknown, working",
        ),
        of(
            "a message is doubted, and arrives",
            pair(Unordered, Faults { cancelled: 1, ..NONE }),
            27_770,
            "terminated, unknown, working",
        ),
        of(
            "the same, and two rounds",
            Bounds { rounds: 2, ..group(2, Faults { cancelled: 1, ..NONE }) },
            89_527,
            "assumed, terminated, unknown, working",
        ),
        of(
            "a message is given up, and arrives; work may be lost, and two rounds",
            Bounds { allow_loss: true, rounds: 2, ..one(Unordered, Faults { expired: 1, ..NONE }) },
            90_067,
            "assumed, retracted, terminated, working",
        ),
        of(
            "a message never left, and is taken back",
            pair(Unordered, Faults { voided: 1, ..NONE }),
            17_131,
            "terminated, working",
        ),
        of(
            "a message comes twice",
            pair(Unordered, Faults { doubled: 1, ..NONE }),
            36_035,
            "terminated, working",
        ),
        of(
            "a message to a group comes twice",
            group(3, Faults { doubled: 1, ..NONE }),
            19_420,
            "assumed, terminated, working",
        ),
        of(
            "a log without room",
            Bounds { log: 0, ..pair(Unordered, NONE) },
            7_634,
            "incomplete, terminated, working",
        ),
        of(
            "a process joins that has talked before",
            joins(pair(Unordered, NONE)),
            53_155,
            "incomplete, terminated, working",
        ),
        of(
            "a session breaks, and is set up again",
            pair(Unordered, Faults { broken: 1, ..NONE }),
            86_872,
            "terminated, working",
        ),
        of(
            "a process is presumed dead, and lives",
            pair(Unordered, Faults { broken: 1, presumed: 1, ..NONE }),
            191_657,
            "incomplete, terminated, working",
        ),
        of(
            "a process is killed",
            pair(Unordered, Faults { killed: 1, ..NONE }),
            19_260,
            "incomplete, terminated, working",
        ),
        of(
            "a process is killed, FIFO",
            pair(Fifo, Faults { killed: 1, ..NONE }),
            78_818,
            "incomplete, terminated, working",
        ),
        of(
            "a process is killed, and starts again",
            one(Unordered, Faults { killed: 1, reborn: 1, ..NONE }),
            73_886,
            "incomplete, terminated, working",
        ),
        of(
            "a process leaves",
            pair(Unordered, Faults { left: 1, ..NONE }),
            41_010,
            "terminated, unknown, working",
        ),
        of(
            "a deadline passes too early",
            pair(Unordered, Faults { late: 1, ..NONE }),
            15_623,
            "incomplete, terminated, working",
        ),
        of(
            "a deadline passes too early, FIFO",
            pair(Fifo, Faults { late: 1, ..NONE }),
            89_277,
            "incomplete, terminated, working",
        ),
        of(
            "a marker of an epoch far off is made up",
            pair(Unordered, Faults { forged: 1, ..NONE }),
            88_263,
            "terminated, working",
        ),
        of(
            "a message is doubted, and arrives, and two rounds",
            Bounds { rounds: 2, ..one(Unordered, Faults { cancelled: 1, ..NONE }) },
            89_593,
            "terminated, unknown, working",
        ),
        of(
            "a lane is closed, and two rounds",
            Bounds { rounds: 2, ..one(Unordered, Faults { closed: 1, ..NONE }) },
            70_146,
            "terminated, working",
        ),
        of(
            "a process leaves, and starts again",
            one(Unordered, Faults { left: 1, reborn: 1, ..NONE }),
            94_546,
            "incomplete, terminated, unknown, working",
        ),
        of(
            "both processes leave, and one starts again; work may be lost",
            Bounds { allow_loss: true, ..one(Unordered, Faults { left: 2, reborn: 1, ..NONE }) },
            499_350,
            "assumed, incomplete, terminated, unknown, working",
        ),
        of(
            "a process dies unseen, and is presumed dead",
            one(Unordered, Faults { vanished: 1, presumed: 1, ..NONE }),
            2_916,
            "incomplete, terminated, working",
        ),
        of(
            "a process dies unseen, and starts again",
            one(Unordered, Faults { vanished: 1, reborn: 1, ..NONE }),
            72_319,
            "incomplete, terminated, working",
        ),
        of(
            "a process is killed, and a deadline passes too early",
            one(Unordered, Faults { killed: 1, late: 1, ..NONE }),
            4_060,
            "incomplete, terminated, working",
        ),
        of(
            "a process leaves, and a deadline passes too early",
            one(Unordered, Faults { left: 1, late: 1, ..NONE }),
            8_158,
            "incomplete, terminated, unknown, working",
        ),
        of(
            "a process joins that has talked before, and a deadline passes too early",
            joins(one(Unordered, Faults { late: 1, ..NONE })),
            9_053,
            "incomplete, terminated, working",
        ),
        of(
            "a message is lost and doubted, and a deadline passes too early",
            one(Unordered, Faults { doubted: 1, late: 1, ..NONE }),
            2_057,
            "incomplete, terminated, unknown, working",
        ),
        of(
            "a marker is made up, and a deadline passes too early",
            one(Unordered, Faults { forged: 1, late: 1, ..NONE }),
            14_440,
            "incomplete, terminated, working",
        ),
        of(
            "the server is killed, and a deadline passes too early",
            one(Unordered, Faults { restarted: 1, late: 1, ..NONE }),
            121_886,
            "incomplete, terminated, working",
        ),
        of(
            "the server is killed, and starts again",
            group(2, Faults { restarted: 1, ..NONE }),
            66_338,
            "assumed, terminated, working",
        ),
    ]
}

/// Those of the ignored test: minutes each.
#[must_use]
pub fn large() -> Vec<Configuration> {
    vec![
        of(
            "a message is doubted, and arrives, and three rounds",
            Bounds { rounds: 3, ..one(Unordered, Faults { cancelled: 1, ..NONE }) },
            1_124_319,
            "terminated, unknown, working",
        ),
        of(
            "a message is lost, and its sender doubts it, and three rounds",
            Bounds { rounds: 3, ..one(Unordered, Faults { doubted: 1, ..NONE }) },
            503_865,
            "terminated, unknown, working",
        ),
        of(
            "a lane is closed, FIFO, and two rounds",
            Bounds { rounds: 2, ..one(Fifo, Faults { closed: 1, ..NONE }) },
            515_682,
            "terminated, working",
        ),
        of(
            "a process leaves, and starts again; work may be lost, and two rounds",
            Bounds {
                doubt: 0,
                allow_loss: true,
                rounds: 2,
                ..one(Unordered, Faults { left: 1, reborn: 1, ..NONE })
            },
            9_693_943,
            "assumed, incomplete, terminated, unknown, working",
        ),
        of(
            "a process is presumed dead, lives and leaves; work may be lost, and two rounds",
            Bounds {
                allow_loss: true,
                rounds: 2,
                ..one(Unordered, Faults { broken: 1, presumed: 1, left: 1, ..NONE })
            },
            3_637_896,
            "assumed, incomplete, retracted, terminated, unknown, working",
        ),
        of(
            "a process is presumed dead, and lives; work may be lost, and two rounds",
            Bounds {
                allow_loss: true,
                rounds: 2,
                ..one(Unordered, Faults { broken: 1, presumed: 1, ..NONE })
            },
            937_240,
            "assumed, incomplete, retracted, terminated, working",
        ),
        of(
            "a process is killed, and starts again; both send",
            pair(Unordered, Faults { killed: 1, reborn: 1, ..NONE }),
            2_359_350,
            "incomplete, terminated, working",
        ),
        of("three processes, FIFO", chain(Fifo, NONE), 139_697, "terminated, working"),
        of(
            "two rounds, by two initiators; both send",
            both_ask(pair(Unordered, NONE)),
            2_774_165,
            "terminated, working",
        ),
        of(
            "the server is killed, and starts again; both send",
            pair(Unordered, Faults { restarted: 1, ..NONE }),
            825_442,
            "terminated, working",
        ),
        of(
            "a message to a group comes twice, and two rounds",
            Bounds { rounds: 2, ..group(3, Faults { doubled: 1, ..NONE }) },
            8_002_806,
            "assumed, retracted, terminated, working",
        ),
        of("two rounds, by two initiators, FIFO", both_ask(one(Fifo, NONE)), 559_182, "terminated, working"),
        of(
            "two rounds, by two initiators, and a deadline passes too early",
            both_ask(one(Unordered, Faults { late: 1, ..NONE })),
            408_246,
            "incomplete, terminated, working",
        ),
        of(
            "a process is killed, and two rounds",
            Bounds { rounds: 2, ..one(Unordered, Faults { killed: 1, ..NONE }) },
            70_251,
            "incomplete, terminated, unknown, working",
        ),
        of(
            "the server is killed, and starts again, and two rounds",
            Bounds { rounds: 2, ..one(Unordered, Faults { restarted: 1, ..NONE }) },
            2_549_046,
            "incomplete, terminated, working",
        ),
        of(
            "three processes, of which one leaves, and a group",
            group(3, Faults { left: 1, ..NONE }),
            32_796,
            "assumed, terminated, unknown, working",
        ),
        of(
            "a message is lost, doubted, or comes twice",
            pair(Unordered, Faults { lost: 1, doubted: 1, doubled: 1, ..NONE }),
            61_379,
            "terminated, unknown, working",
        ),
        of(
            "three processes, of which one is killed",
            chain(Unordered, Faults { killed: 1, ..NONE }),
            98_420,
            "incomplete, terminated, working",
        ),
        of(
            "three processes, of which one leaves",
            chain(Unordered, Faults { left: 1, ..NONE }),
            199_836,
            "terminated, unknown, working",
        ),
        of(
            "three processes, of which one joins that has talked before",
            joins(chain(Unordered, NONE)),
            189_276,
            "incomplete, terminated, working",
        ),
        of(
            "a process leaves, and two rounds",
            Bounds { rounds: 2, ..one(Unordered, Faults { left: 1, ..NONE }) },
            161_141,
            "terminated, unknown, working",
        ),
    ]
}
