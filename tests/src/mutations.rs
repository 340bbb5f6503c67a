//! Whether the suites notice deliberate defects, and after how much.
//!
//! A [`Mutation`] is compiled into the production code by a feature that these tests switch on, and is off unless one
//! is [switched on](stillpoint_proto::mutation::switch) by name. It is on for the whole process, so nothing else may run meanwhile.

use crate::model::{self, Bounds};
use crate::schedule::World;
use crate::sim::{Plan, System};
use crate::suites::{self, SCHEDULES};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use stillpoint_proto::mutation::{Mutation, switch};

/// What may notice a defect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Suite {
    /// Seeds of the simulation of the whole.
    Simulation,
    /// Seeds of random schedules, of each kind.
    Schedules,
    /// Small systems in every interleaving; counts systems.
    Interleavings,
    /// Random systems of tasks, whose every future is executed.
    Deadlocks,
    /// Random heaps.
    Garbage,
    /// Random computations.
    Termination,
}

impl Suite {
    /// All of them.
    pub const ALL: [Suite; 6] = [
        Suite::Simulation,
        Suite::Schedules,
        Suite::Interleavings,
        Suite::Deadlocks,
        Suite::Garbage,
        Suite::Termination,
    ];

    /// How many seeds are tried at most.
    #[must_use]
    pub const fn limit(self) -> u64 {
        match self {
            Suite::Simulation => 2_000,
            Suite::Schedules => 300,
            Suite::Interleavings => u64::MAX,
            Suite::Deadlocks => 2_000,
            Suite::Garbage | Suite::Termination => 5_000,
        }
    }

    /// What it is called in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Suite::Simulation => "simulation",
            Suite::Schedules => "schedules",
            Suite::Interleavings => "interleavings",
            Suite::Deadlocks => "deadlock oracle",
            Suite::Garbage => "garbage oracle",
            Suite::Termination => "termination oracle",
        }
    }
}

/// How a defect was noticed.
#[derive(Clone, Debug)]
pub struct Caught {
    /// By what.
    pub by: Suite,
    /// After so many seeds.
    pub after: u64,
    /// What it said.
    pub says: String,
}

/// The small systems that [`Suite::Interleavings`] explores: the smallest, since there are many defects.
fn systems() -> Vec<Bounds> {
    let quick = model::small().into_iter().filter(|system| system.states <= MOST_STATES);
    quick.map(|system| system.bounds).collect()
}

/// A system with more states is not explored with a defect.
const MOST_STATES: usize = 20_000;

/// Runs a suite with a defect, or with none: how it is noticed, if it is.
pub fn run(mutation: Option<Mutation>, suite: Suite) -> Option<Caught> {
    let systems = systems();
    switch(mutation);
    let found = match suite {
        Suite::Simulation => first(0..suite.limit(), |seed| System::run(&Plan::of(seed)).map(drop)),
        Suite::Schedules => first(0..suite.limit(), |seed| {
            SCHEDULES.iter().try_for_each(|(name, faults)| {
                let ran = World::of(seed, *faults).run(World::STEPS);
                ran.map(drop).map_err(|error| format!("{name}: {error}"))
            })
        }),
        Suite::Interleavings => first(0..systems.len() as u64, |n| {
            systems.get(n as usize).map_or(Ok(()), |bounds| model::explore(bounds, 1).map(drop))
        }),
        // One call tries so many systems of each kind.
        Suite::Deadlocks => [10, 30, 100, 300, 1_000, suite.limit()].into_iter().find_map(|systems| {
            caught(|| suites::deadlocks(systems).map(drop)).err().map(|says| (systems - 1, says))
        }),
        Suite::Garbage => first(0..suite.limit(), |seed| suites::garbage(seed).map(drop)),
        Suite::Termination => first(0..suite.limit(), |seed| suites::terminated(seed).map(drop)),
    };
    switch(None);
    found.map(|(seed, says)| Caught { by: suite, after: seed + 1, says })
}

/// The first seed that fails, on two threads.
fn first(
    seeds: std::ops::Range<u64>,
    one: impl Fn(u64) -> Result<(), String> + Sync,
) -> Option<(u64, String)> {
    let next = AtomicU64::new(seeds.start);
    let failed: Mutex<Option<(u64, String)>> = Mutex::new(None);
    let run = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds.end {
                return;
            }
            if let Err(says) = caught(|| one(seed)) {
                next.store(seeds.end, Ordering::Relaxed);
                if let Ok(mut failed) = failed.lock()
                    && failed.as_ref().is_none_or(|(lowest, _)| seed < *lowest)
                {
                    *failed = Some((seed, says));
                }
                return;
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(run);
        scope.spawn(run);
    });
    failed.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// A panic is a failure.
fn caught(run: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|payload| Err(message(&*payload)))
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("a panic").to_owned()
}
