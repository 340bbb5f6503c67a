//! Real threads on real gates: two processes of three threads each that lock, send and receive at random, and
//! thousands of cuts through them, each held against the oracle of the model checks.
//!
//! What a seed fixes is what each thread attempts; the machine decides how the threads interleave.

#![allow(unreachable_pub, dead_code, reason = "the oracle is shared with the model checks")]

#[path = "../src/concurrency/oracle.rs"]
mod oracle;

use oracle::{Cut, Id, Note, Step};
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, ScopedJoinHandle};
use stillpoint_proto::gate::Gate;
use stillpoint_proto::id::Epoch;

const PROCESSES: usize = 2;
const THREADS: usize = 3;
const LOCKS: usize = 2;
const STEPS: usize = 15_000;
/// Tokens that each thread begins with.
const TOKENS: usize = 4;
/// One step in so many makes a cut.
const CUT_EVERY: u64 = 16;

/// The random numbers of Steele, Lea and Flood's splitmix64.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }
}

/// A message: the epoch of its stamp and the event that sent it, which is also its name.
type Message = (Epoch, Id);

struct Process {
    gate: Gate<Note>,
    /// Each knows the event that released it last.
    locks: [Mutex<Option<Id>>; LOCKS],
    inbox: Mutex<VecDeque<Message>>,
}

struct Worker<'a> {
    here: &'a Process,
    /// Which of all processes' locks the first of this process is.
    first_lock: u32,
    peers: &'a [Process],
    next: Id,
    last: Option<Id>,
    tokens: usize,
    entries: usize,
    random: Random,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Worker<'_> {
    /// Records an event of this thread that also came after `cause`.
    fn record(&mut self, cause: Option<Id>, steps: &[Step]) -> Message {
        let event = self.next;
        self.next += 1;
        let after: Vec<Id> = self.last.into_iter().chain(cause).collect();
        self.last = Some(event);
        self.entries += steps.len();
        self.here.gate.event(|open| {
            for &step in steps {
                open.record(Note { event, after: after.clone(), step });
            }
            (open.epoch(), event)
        })
    }

    fn hold(&mut self) {
        let which = self.random.below(LOCKS as u64) as usize;
        let name = self.first_lock + which as u32;
        let here = self.here;
        let mut last = lock(&here.locks[which]);
        self.record(*last, &[Step::Hold(name)]);
        if self.random.below(4) == 0 {
            thread::yield_now();
        }
        let (_, released) = self.record(None, &[Step::Release(name)]);
        *last = Some(released);
    }

    fn send(&mut self) {
        if self.tokens == 0 {
            return;
        }
        self.tokens -= 1;
        let to = self.random.below(self.peers.len() as u64) as usize;
        let message = self.record(None, &[Step::Sent(self.next), Step::Tokens(-1)]);
        let mut inbox = lock(&self.peers[to].inbox);
        // Out of order, now and then.
        if self.random.below(3) == 0 { inbox.push_front(message) } else { inbox.push_back(message) }
    }

    fn receive(&mut self) {
        let message = lock(&self.here.inbox).pop_front();
        let Some((stamp, sent)) = message else { return };
        self.tokens += 1;
        self.here.gate.raise(stamp);
        self.record(Some(sent), &[Step::Received(sent), Step::Tokens(1)]);
    }

    fn run(mut self) -> usize {
        for _ in 0..STEPS {
            match self.random.below(3) {
                0 => self.hold(),
                1 => self.send(),
                _ => self.receive(),
            }
            if self.random.below(CUT_EVERY) == 0 {
                self.here.gate.raise(self.here.gate.epoch().next());
            }
        }
        self.entries
    }
}

/// Cuts through all processes at each epoch that any of them has reached, and answers how many were made.
fn follow(cut: &mut Cut, made: u64, processes: &[Process], seed: u64) -> u64 {
    let reached = processes.iter().map(|process| process.gate.epoch().0).max().unwrap_or(0);
    for round in made + 1..=reached {
        let taken: Vec<_> = processes.iter().flat_map(|process| process.gate.collect(Epoch(round))).collect();
        if let Err(violation) = cut.advance(Epoch(round), &taken) {
            panic!("seed {seed}, round {round}: {violation:?}");
        }
    }
    reached.max(made)
}

/// Answers how many cuts there were.
fn stress(seed: u64, stripes: usize, capacity: usize) -> u64 {
    let processes: Vec<Process> = (0..PROCESSES)
        .map(|_| Process {
            gate: Gate::with_size(stripes, capacity, Vec::new()),
            locks: [const { Mutex::new(None) }; LOCKS],
            inbox: Mutex::new(VecDeque::new()),
        })
        .collect();
    let processes = &processes[..];
    let mut cut = Cut::before_all((PROCESSES * THREADS * TOKENS) as i64);
    let mut made = 0;
    let entries = thread::scope(|scope| {
        let workers: Vec<_> = (0..PROCESSES * THREADS)
            .map(|number| {
                let worker = Worker {
                    here: &processes[number % PROCESSES],
                    first_lock: (number % PROCESSES * LOCKS) as u32,
                    peers: processes,
                    next: (number as Id) << 32,
                    last: None,
                    tokens: TOKENS,
                    entries: 0,
                    random: Random(seed ^ (number as u64) << 40),
                };
                scope.spawn(move || worker.run())
            })
            .collect();
        while !workers.iter().all(ScopedJoinHandle::is_finished) {
            made = follow(&mut cut, made, processes, seed);
            thread::yield_now();
        }
        workers.into_iter().map(|worker| worker.join().unwrap_or(0)).sum()
    });
    made = follow(&mut cut, made, processes, seed);
    for process in processes {
        process.gate.raise(Epoch(made + 1));
    }
    made = follow(&mut cut, made, processes, seed);
    assert_eq!(cut.finish(entries), Ok(()), "seed {seed}");
    eprintln!("seed {seed}: {made} cuts through {entries} entries");
    made
}

#[test]
fn thousands_of_cuts_through_small_logs() {
    let cuts: u64 = (1..=3).map(|seed| stress(seed, 2, 5)).sum();
    assert!(cuts >= 3_000, "only {cuts} cuts");
}

#[test]
fn thousands_of_cuts_through_the_default_gate() {
    let cuts: u64 = (4..=6).map(|seed| stress(seed, Gate::<Note>::STRIPES, Gate::<Note>::CAPACITY)).sum();
    assert!(cuts >= 3_000, "only {cuts} cuts");
}
