//! The suites that judge by seed, as functions: the tests run many seeds of each, and the
//! [mutations](crate::mutations) as many as it takes.

use crate::oracle::compare::{Coverage, run_all};
use crate::oracle::diffusing::{self, Computation};
use crate::oracle::objects::{self, Heap};
use crate::oracle::render::Knowledge;
use crate::schedule::Faults;
use indicatif::{ProgressBar, ProgressStyle};
use std::any::Any;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use stillpoint_detectors::deadlock::{VictimPolicy, deadlock};
use stillpoint_detectors::termination::{quiescence, termination, terminations};
use stillpoint_detectors::verify::verify;
use stillpoint_proto::id::{ComputationId, ComputationRef};
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::verdict::{Outcome, Verdict};

const NONE: Faults =
    Faults { loss: 0, duplication: 0, session: 0, server: 0, crash: 0, leave: 0, timer: 0, forgery: 0 };

/// The kinds of random schedules: what goes wrong in each.
pub const SCHEDULES: [(&str, Faults); 8] = [
    ("nothing", NONE),
    ("loss and copies", Faults { loss: 20, duplication: 20, ..NONE }),
    ("sessions and timers", Faults { session: 40, timer: 40, ..NONE }),
    ("the server", Faults { session: 20, server: 30, timer: 20, ..NONE }),
    ("processes", Faults { crash: 10, leave: 5, session: 10, timer: 10, ..NONE }),
    ("forged markers", Faults { forgery: 30, session: 10, timer: 10, ..NONE }),
    ("leavers and timers", Faults { leave: 20, timer: 60, session: 10, ..NONE }),
    (
        "everything",
        Faults { loss: 10, duplication: 10, session: 20, server: 10, crash: 10, leave: 3, timer: 20, ..NONE },
    ),
];

/// A range of seeds as a command line has it.
///
/// # Errors
/// What to write instead.
pub fn seeds(text: &str) -> Result<Range<u64>, String> {
    let wrong = || format!("`{text}` is not a range of seeds: write `0..1000`, or `17` for one seed");
    let number = |text: &str| text.trim().parse::<u64>().map_err(|_| wrong());
    match text.split_once("..") {
        Some((first, end)) => Ok(number(first)?..number(end)?),
        None => number(text).and_then(|one| Ok(one..one.checked_add(1).ok_or_else(wrong)?)),
    }
}

/// A bar for people that shows how many of `length` things are done.
#[must_use]
pub fn progress(length: u64, things: &str) -> ProgressBar {
    let bar = ProgressBar::new(length);
    let template = format!("{{bar:40}} {{pos}}/{{len}} {things}, {{per_sec}}, {{eta}} left");
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    bar
}

/// Runs what may panic; a panic is a failure like any other.
///
/// # Errors
/// Why it fails, or what the panic said.
pub fn caught<T>(run: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|payload| Err(message(&*payload)))
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("a panic").to_owned()
}

/// Runs seeds on several threads until one fails or panics, and hands over what each yields: the lowest that failed, and
/// why.
pub fn first_failure<T>(
    seeds: Range<u64>,
    threads: usize,
    one: impl Fn(u64) -> Result<T, String> + Sync,
    yields: impl FnMut(T) + Send,
) -> Option<(u64, String)> {
    let next = AtomicU64::new(seeds.start);
    let found = Mutex::new((yields, None::<(u64, String)>));
    let run = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds.end {
                return;
            }
            let ran = caught(|| one(seed));
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            match ran {
                Ok(yielded) => (found.0)(yielded),
                Err(failure) => {
                    next.store(seeds.end, Ordering::Relaxed);
                    if found.1.as_ref().is_none_or(|(lowest, _)| seed < *lowest) {
                        found.1 = Some((seed, failure));
                    }
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(run);
        }
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner).1
}

/// Deadlocks against execution, and by the checker.
///
/// # Errors
/// Where they disagree.
///
/// # Panics
/// If the checker refutes a verdict.
pub fn deadlocks(systems: u64) -> Result<Coverage, String> {
    run_all(systems, |cut| {
        let verdicts = deadlock(cut, VictimPolicy::Youngest);
        for verdict in &verdicts {
            if let Err(why) = confirmed(cut, verdict) {
                panic!("{why}");
            }
        }
        verdicts
    })
    .map_err(|e| format!("{e}{}", e.facts()))
}

/// Garbage of one random heap against what can be reached, and by the checker.
///
/// # Errors
/// Where they disagree.
pub fn garbage(seed: u64) -> Result<Vec<Verdict>, String> {
    let heap = Heap::random(seed, true);
    let known = knowledge(seed, heap.processes);
    let cut = ConsistentCut::check(heap.render(&known)).map_err(|faults| format!("{faults:?}"))?;
    let verdicts = stillpoint_detectors::garbage::garbage(&cut);
    verdicts.iter().try_for_each(|verdict| confirmed(&cut, verdict))?;
    objects::compare(&heap, &known, &verdicts).map_err(|e| format!("seed {seed}: {e}"))?;
    Ok(verdicts)
}

/// Termination of one random computation against whether it can work, and by the checker.
///
/// # Errors
/// Where they disagree.
pub fn terminated(seed: u64) -> Result<Verdict, String> {
    let state = Computation::random(seed, true);
    let known = knowledge(seed, state.tokens.len());
    let cut = ConsistentCut::check(state.render(&known)).map_err(|faults| format!("{faults:?}"))?;
    let verdict = termination(&cut, Computation::name());
    // There is but one computation.
    let quiet = quiescence(&cut);
    confirmed(&cut, &verdict)?;
    confirmed(&cut, &quiet)?;
    if let Some(other) = terminations(&cut).iter().find(|other| **other != verdict) {
        return Err(format!("seed {seed}: {other:?} is not {verdict:?}"));
    }
    // What nobody in the cut has created may be created yet: it has not vacuously ended.
    let unborn = ComputationRef::new(Computation::name().process, ComputationId::of(u64::MAX));
    if !matches!(termination(&cut, unborn).outcome, Outcome::Unknown(_)) {
        return Err(format!("seed {seed}: {unborn} has vacuously ended"));
    }
    for one in [&quiet, &verdict] {
        diffusing::compare(&state, &known, std::slice::from_ref(one))
            .map_err(|e| format!("seed {seed}: {e}"))?;
    }
    Ok(verdict)
}

fn confirmed(cut: &ConsistentCut, verdict: &Verdict) -> Result<(), String> {
    verify(cut, verdict).map(drop).map_err(|refuted| format!("{refuted}\n{verdict:#?}\n{cut:#?}"))
}

/// Everybody is known, or, of every third seed, the last process is not.
fn knowledge(seed: u64, processes: usize) -> Vec<Knowledge> {
    let mut known = vec![Knowledge::Present; processes];
    if seed.is_multiple_of(3)
        && let Some(last) = known.last_mut()
    {
        *last = Knowledge::Absent;
    }
    known
}
