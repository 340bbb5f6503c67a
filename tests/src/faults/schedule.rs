//! What goes wrong and when: a function of a seed, known before the run begins.
//!
//! ```text
//!   gentle               rough      calm    rough      calm   ...   (the end heals everything)
//!   nobody dies, and     all        none    all        none
//!   no link is cut
//! ```
//!
//! In the gentle part no money can be lost, so that conservation has to hold. The calm parts are there for whatever was
//! under way to come to an end and to be found.

use super::proxy::{Cut, Direction, Flow};
use crate::oracle::rng::Rng;
use std::fmt;
use std::time::Duration;

/// A connection that can be interfered with; workers are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// Of a worker's agent with the server.
    Session(usize),
    /// The link between two neighbours.
    Link(usize, usize),
    /// The calls of one neighbour to another.
    Calls(usize, usize),
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Route::Session(worker) => write!(f, "the session of worker-{}", worker + 1),
            Route::Link(a, b) => write!(f, "the link of worker-{} and worker-{}", a + 1, b + 1),
            Route::Calls(from, to) => write!(f, "calls of worker-{} to worker-{}", from + 1, to + 1),
        }
    }
}

/// What goes wrong. All but cuts last for some time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// `kill -9` of the server; it is started again at the end.
    ServerKilled,
    /// SIGSTOP of the server.
    ServerStopped,
    /// `kill -9` of a worker; it is started again at the end. Its host says so after this time, or at the end of the run.
    WorkerKilled(usize, Option<Duration>),
    /// SIGSTOP of a worker.
    WorkerStopped(usize),
    /// A worker says goodbye; it is started again at the end.
    WorkerLeft(usize),
    /// Connections end.
    Cut(Route, Cut),
    /// Bytes pass badly, or not at all.
    Flow(Route, Flow),
    /// Nothing passes between two workers, neither on their link nor in calls.
    Partition(usize, usize),
}

impl Fault {
    /// The name of its kind.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Fault::ServerKilled => "server killed",
            Fault::ServerStopped => "server stopped",
            Fault::WorkerKilled(..) => "worker killed",
            Fault::WorkerStopped(_) => "worker stopped",
            Fault::WorkerLeft(_) => "worker left",
            Fault::Cut(Route::Session(_), _) => "session cut",
            Fault::Cut(_, Cut::OneSided(_)) => "connection cut on one side",
            Fault::Cut(..) => "connection cut",
            Fault::Flow(Route::Session(_), Flow::Frozen) => "session frozen",
            Fault::Flow(_, Flow::Frozen) => "connection frozen",
            Fault::Flow(_, Flow::HalfClosed(_)) => "half closed",
            Fault::Flow(..) => "slowed",
            Fault::Partition(..) => "partition",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())?;
        match self {
            Fault::ServerKilled | Fault::ServerStopped => Ok(()),
            Fault::WorkerKilled(worker, None) => write!(f, ": worker-{}, nobody says so", worker + 1),
            Fault::WorkerKilled(worker, Some(after)) => {
                write!(f, ": worker-{}, its host says so after {after:?}", worker + 1)
            }
            Fault::WorkerStopped(worker) | Fault::WorkerLeft(worker) => write!(f, ": worker-{}", worker + 1),
            Fault::Cut(route, how) => write!(f, ": {route}, {how:?}"),
            Fault::Flow(route, flow) => write!(f, ": {route}, {flow:?}"),
            Fault::Partition(a, b) => write!(f, ": worker-{} and worker-{}", a + 1, b + 1),
        }
    }
}

/// A fault with its time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Planned {
    /// When it begins, from the beginning of the run.
    pub at: Duration,
    /// How long it lasts.
    pub lasts: Duration,
    /// What goes wrong.
    pub fault: Fault,
    /// Whether connections that were frozen are reset in the end, as if somebody had lost patience.
    pub resets: bool,
}

/// How far apart neighbours are in the ring of workers: the next and the next but one, so that there are circles of two,
/// three and more.
pub const DISTANCES: [usize; 2] = [1, 2];

/// The neighbours of a worker, each once.
#[must_use]
pub fn neighbours(worker: usize, workers: usize) -> Vec<usize> {
    let both = DISTANCES.iter().flat_map(|d| [(worker + d) % workers, (worker + workers - d) % workers]);
    let mut all: Vec<usize> = both.filter(|other| *other != worker).collect();
    all.sort_unstable();
    all.dedup();
    all
}

const fn ms(from: usize, to: usize, rng: &mut Rng) -> Duration {
    Duration::from_millis((from + rng.below(to - from)) as u64)
}

/// When a part begins and ends, and whether somebody may die in it.
struct Span {
    from: Duration,
    to: Duration,
    rough: bool,
}

/// The parts of a run in which something goes wrong.
fn spans(length: Duration) -> Vec<Span> {
    let gentle = (length / 5).min(Duration::from_secs(60));
    let mut spans = vec![Span { from: Duration::from_secs(2), to: gentle, rough: false }];
    let calm = Duration::from_secs(6);
    let rough = Duration::from_secs(14);
    let mut from = gentle + calm / 2;
    while from + calm < length {
        spans.push(Span { from, to: (from + rough).min(length), rough: true });
        from += rough + calm;
    }
    spans
}

/// What goes wrong in a run of this length with so many workers.
#[must_use]
pub fn schedule(seed: u64, length: Duration, workers: usize) -> Vec<Planned> {
    let mut rng = Rng::new(seed);
    let mut plan = Vec::new();
    // Until when a process is down or stopped.
    let mut busy = vec![Duration::ZERO; workers];
    let mut server_busy = Duration::ZERO;
    let (mut mild, mut all) = (Deck::default(), Deck::default());
    for Span { from, to, rough } in spans(length) {
        let mut at = from;
        while at < to {
            let (deck, size) = if rough { (&mut all, ALL) } else { (&mut mild, MILD) };
            let number = deck.next(size, &mut rng);
            let (fault, lasts) = draw(number, &mut rng, workers);
            let lasts = lasts.min(to.saturating_sub(at) + Duration::from_secs(1));
            let end = at + lasts;
            let down = busy.iter().filter(|until| **until > at).count();
            let allowed = match fault {
                Fault::ServerKilled | Fault::ServerStopped => server_busy <= at,
                Fault::WorkerKilled(worker, _) | Fault::WorkerStopped(worker) | Fault::WorkerLeft(worker) => {
                    busy[worker] <= at && down < workers / 4
                }
                _ => true,
            };
            if allowed {
                // A process that has come back has some time for itself.
                match fault {
                    Fault::ServerKilled | Fault::ServerStopped => {
                        server_busy = end + Duration::from_secs(4);
                    }
                    Fault::WorkerKilled(worker, _)
                    | Fault::WorkerStopped(worker)
                    | Fault::WorkerLeft(worker) => busy[worker] = end + Duration::from_secs(3),
                    _ => {}
                }
                plan.push(Planned { at, lasts, fault, resets: rough && rng.chance(50) });
            } else {
                deck.put_back(number);
            }
            at += ms(100, if rough { 900 } else { 1500 }, &mut rng);
        }
    }
    plan
}

/// What can go wrong, in an order of its own: each comes before any comes again, so that a short run has of everything.
#[derive(Default)]
struct Deck(Vec<usize>);

impl Deck {
    /// The next of so many.
    fn next(&mut self, size: usize, rng: &mut Rng) -> usize {
        if self.0.is_empty() {
            self.0 = (0..size).collect();
            for n in (1..size).rev() {
                self.0.swap(n, rng.below(n + 1));
            }
        }
        self.0.pop().unwrap_or(0)
    }

    /// It could not be now; it comes again before the others do.
    fn put_back(&mut self, number: usize) {
        self.0.insert(0, number);
    }
}

/// How many of the faults below are mild: nobody dies of them, and no money is lost.
const MILD: usize = 8;
/// How many there are.
const ALL: usize = 22;

/// The fault of this number, and how long it lasts.
fn draw(number: usize, rng: &mut Rng, workers: usize) -> (Fault, Duration) {
    let worker = rng.below(workers);
    let near = neighbours(worker, workers);
    let other = rng.pick(&near).unwrap_or(worker);
    let session = Route::Session(worker);
    let link = Route::Link(worker.min(other), worker.max(other));
    let calls = Route::Calls(worker, other);
    let direction = if rng.chance(50) { Direction::FromCaller } else { Direction::ToCaller };
    let cut = if rng.chance(50) { Cut::Reset } else { Cut::Close };
    let slow = Flow::Slow {
        delay: ms(1, 300, rng),
        bytes_per_second: u32::try_from(2_000 + rng.below(60_000)).unwrap_or(2_000),
    };
    let (short, long) = (ms(500, 3_000, rng), ms(2_000, 9_000, rng));
    let told = rng.chance(60).then(|| ms(0, 4_000, rng));
    match number {
        0 => (Fault::Cut(session, cut), short),
        1 => (Fault::Flow(session, Flow::Frozen), long),
        2 => (Fault::Flow(session, slow), long),
        3 => (Fault::Flow(link, slow), long),
        4 => (Fault::Flow(link, Flow::Frozen), short),
        5 => (Fault::WorkerStopped(worker), short),
        6 => (Fault::ServerKilled, short),
        7 => (Fault::ServerStopped, short),
        8 | 9 => (Fault::WorkerKilled(worker, told), short),
        10 | 11 => (Fault::WorkerStopped(worker), long),
        12 => (Fault::WorkerLeft(worker), short),
        13 => (Fault::Cut(link, cut), short),
        14 => (Fault::Cut(link, Cut::OneSided(direction)), short),
        15 => (Fault::Cut(calls, cut), short),
        16 => (Fault::Cut(calls, Cut::OneSided(direction)), short),
        17 => (Fault::Flow(link, Flow::HalfClosed(direction)), short),
        18 => (Fault::Flow(calls, Flow::HalfClosed(direction)), short),
        19 => (Fault::Flow(session, Flow::HalfClosed(direction)), short),
        20 => (Fault::Flow(calls, Flow::Frozen), long),
        _ => (Fault::Partition(worker, other), long),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const LONG: Duration = Duration::from_secs(600);

    #[test]
    fn a_seed_is_a_schedule() {
        assert_eq!(schedule(7, LONG, 12), schedule(7, LONG, 12));
        assert_ne!(schedule(7, LONG, 12), schedule(8, LONG, 12));
    }

    #[test]
    fn every_kind_of_fault_comes_in_a_long_run() {
        let kinds: BTreeSet<_> = schedule(1, LONG, 12).iter().map(|planned| planned.fault.kind()).collect();
        assert_eq!(kinds.len(), 13, "{kinds:?}");
    }

    #[test]
    fn a_short_run_has_nearly_every_kind() {
        let plan = schedule(5, Duration::from_secs(36), 10);
        let kinds: BTreeSet<_> = plan.iter().map(|planned| planned.fault.kind()).collect();
        assert!(kinds.len() >= 11, "{kinds:?}");
    }

    #[test]
    fn nobody_dies_and_no_link_is_cut_at_first() {
        for planned in schedule(3, LONG, 12).iter().filter(|planned| planned.at < Duration::from_secs(60)) {
            let gentle = match planned.fault {
                Fault::WorkerKilled(..) | Fault::WorkerLeft(_) | Fault::Partition(..) => false,
                Fault::Cut(route, _) => matches!(route, Route::Session(_)),
                Fault::Flow(_, flow) => !matches!(flow, Flow::HalfClosed(_)),
                _ => true,
            };
            assert!(gentle, "{planned:?}");
        }
    }

    #[test]
    fn most_workers_are_up_at_any_time() {
        let plan = schedule(5, LONG, 12);
        let is_down = |at: Duration| {
            let down = plan.iter().filter(|p| p.at <= at && at < p.at + p.lasts);
            down.filter(|p| {
                matches!(p.fault, Fault::WorkerKilled(..) | Fault::WorkerStopped(_) | Fault::WorkerLeft(_))
            })
            .count()
        };
        assert!((0..6000).all(|tenth| is_down(Duration::from_millis(tenth * 100)) <= 3));
    }

    #[test]
    fn neighbours_are_mutual() {
        for worker in 0..10 {
            assert_eq!(neighbours(worker, 10).len(), 4);
            assert!(neighbours(worker, 10).iter().all(|other| neighbours(*other, 10).contains(&worker)));
        }
    }
}
