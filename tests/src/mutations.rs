//! Whether the suites notice deliberate defects, and after how much.
//!
//! A [`Mutation`] is compiled into the production code by a feature that these tests switch on, and is off unless one
//! is [switched on](stillpoint_proto::mutation::switch) by name. It is on for the whole process, so nothing else may run
//! meanwhile.

use crate::model::{self, Configuration};
use crate::scenes;
use crate::schedule::World;
use crate::sim::{Plan, System};
use crate::suites::{self, SCHEDULES, caught, first_failure};
use stillpoint_proto::mutation::{Mutation, switch};

/// What may notice a defect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Suite {
    /// Seeds of the simulation of the whole.
    Simulation,
    /// Seeds of random schedules, of each kind.
    Schedules,
    /// Small systems in every interleaving; counts states.
    Interleavings,
    /// Random systems of tasks, whose every future is executed.
    Deadlocks,
    /// Random heaps.
    Garbage,
    /// Random computations.
    Termination,
    /// Executions that random ones hardly ever reach; counts scenes.
    Scenes,
}

impl Suite {
    /// All of them.
    pub const ALL: [Suite; 7] = [
        Suite::Simulation,
        Suite::Schedules,
        Suite::Interleavings,
        Suite::Deadlocks,
        Suite::Garbage,
        Suite::Termination,
        Suite::Scenes,
    ];

    /// How many seeds are tried at most.
    #[must_use]
    pub const fn limit(self) -> u64 {
        match self {
            Suite::Simulation => 4_000,
            Suite::Schedules => 50,
            Suite::Interleavings | Suite::Scenes => u64::MAX,
            Suite::Deadlocks => 1_000,
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
            Suite::Scenes => "scenes",
        }
    }
}

/// The suites in which a defect shows if it does anywhere, the quickest first: the oracles of the detectors have
/// snapshots to begin with, and the schedules and interleavings few properties.
#[must_use]
pub const fn suites(mutation: Mutation) -> &'static [Suite] {
    use Suite::{Deadlocks, Garbage, Interleavings, Scenes, Schedules, Simulation, Termination};
    match mutation as u8 {
        n if n <= Mutation::LeaverSettledTooSoon as u8 => &[Simulation, Schedules, Scenes, Interleavings],
        n if n <= Mutation::IncarnationsAreOne as u8 => {
            &[Simulation, Schedules, Interleavings, Termination, Garbage, Deadlocks]
        }
        n if n <= Mutation::OneUnitTooMany as u8 => &[Simulation, Deadlocks],
        n if n <= Mutation::DeadlockByRound as u8 => &[Simulation],
        n if n <= Mutation::LostWorkIsDone as u8 => &[Simulation, Interleavings, Termination],
        n if n <= Mutation::AbsentRootsIgnored as u8 => &[Simulation, Garbage],
        _ => &[Simulation, Schedules],
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

/// The small systems that [`Suite::Interleavings`] explores, the smallest first.
fn systems() -> Vec<Configuration> {
    let mut all = model::small();
    all.retain(|system| system.states <= MOST_STATES);
    all.sort_by_key(|system| system.states);
    all
}

/// Explores systems until something is wrong, or rounds end in a way that they should not: after how many states, and
/// what.
fn interleavings(systems: &[Configuration]) -> Option<(u64, String)> {
    let mut states = 0;
    for Configuration { name, bounds, endings, .. } in systems {
        let explored = caught(|| Ok(model::explore(bounds, 2)));
        let (more, what) = match explored {
            Ok(Ok(explored)) => {
                let found = explored.endings.iter().copied().collect::<Vec<_>>().join(", ");
                (explored.states, (found != *endings).then(|| format!("rounds end {found}, not {endings}")))
            }
            Ok(Err(wrong)) => (wrong.states, Some(wrong.what)),
            Err(panic) => (1, Some(panic)),
        };
        states += more as u64;
        if let Some(what) = what {
            return Some((states - 1, format!("{name}: {what}")));
        }
    }
    None
}

/// A system with more states is not explored with a defect.
const MOST_STATES: usize = 100_000;

/// Runs a suite with a defect, or with none: how it is noticed, if it is.
pub fn run(mutation: Option<Mutation>, suite: Suite) -> Option<Caught> {
    let systems = systems();
    switch(mutation);
    let found = match suite {
        Suite::Simulation => first(suite.limit(), |seed| System::run(&Plan::of(seed)).map(drop)),
        Suite::Schedules => first(suite.limit(), |seed| {
            SCHEDULES.iter().try_for_each(|(name, faults)| {
                let ran = World::of(seed, *faults).run(World::STEPS);
                ran.map(drop).map_err(|error| format!("{name}: {error}"))
            })
        }),
        Suite::Interleavings => interleavings(&systems),
        // One call tries so many systems of each kind.
        Suite::Deadlocks => [10, 30, 100, 300, suite.limit()].into_iter().find_map(|systems| {
            caught(|| suites::deadlocks(systems).map(drop)).err().map(|says| (systems - 1, says))
        }),
        Suite::Garbage => first(suite.limit(), |seed| suites::garbage(seed).map(drop)),
        Suite::Termination => first(suite.limit(), |seed| suites::terminated(seed).map(drop)),
        Suite::Scenes => (0..).zip(scenes::ALL).find_map(|(number, (name, scene))| {
            let run = || {
                scene();
                Ok(())
            };
            let failed = caught(run).err()?;
            Some((number, format!("{name}: {failed}")))
        }),
    };
    switch(None);
    found.map(|(seed, says)| Caught { by: suite, after: seed + 1, says })
}

/// The first seed that fails, on two threads.
fn first(seeds: u64, one: impl Fn(u64) -> Result<(), String> + Sync) -> Option<(u64, String)> {
    first_failure(0..seeds, 2, one, drop)
}
