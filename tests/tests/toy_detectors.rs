//! Toy detectors against execution: the comparison accepts what is right and finds what is wrong.
//!
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, missing_docs)]

use std::collections::BTreeMap;
use stillpoint_proto::id::{Epoch, TaskRef};
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::verdict::{
    Certificate, Deadlock, Doubt, Outcome, Property, Reason, Refutation, Shape, Verdict,
};
use stillpoint_tests::oracle::compare::{
    Case, Coverage, Disagreement, FORGIVING, Judgement, Kind, STATES, compare_with, run, run_all, survey,
};
use stillpoint_tests::oracle::future::{Rules, Search, Truth, explore};
use stillpoint_tests::oracle::random::{Profile, system};
use stillpoint_tests::oracle::render::task_ref;
use stillpoint_tests::oracle::world::World;

const PROFILES: [Profile; 3] = [Profile::CLOSED, Profile::WOVEN, Profile::MIXED];

fn systems(default: u64) -> u64 {
    std::env::var("SYSTEMS").ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

fn verdict(cut: &ConsistentCut, outcome: Outcome) -> Verdict {
    let (deployment, epoch): (_, Epoch) = (cut.snapshot().deployment, cut.snapshot().epoch);
    Verdict { deployment, epoch, property: Property::Deadlock, outcome, assumptions: Vec::new() }
}

/// One `HOLDS` for all of `stuck`, and `UNKNOWN` if `doubt`; or else `DOES_NOT_HOLD`.
fn verdicts(cut: &ConsistentCut, stuck: Vec<TaskRef>, doubt: bool) -> Vec<Verdict> {
    let mut all = Vec::new();
    if !stuck.is_empty() {
        let deadlock = Deadlock {
            members: Vec::new(),
            shape: Shape::Abandoned,
            behind: stuck,
            victims: Vec::new(),
            holds_until: BTreeMap::new(),
            messages: Vec::new(),
        };
        all.push(verdict(cut, Outcome::Holds(Certificate::Deadlock(deadlock))));
    }
    if doubt {
        let process = *cut.snapshot().members.keys().next().unwrap();
        all.push(verdict(
            cut,
            Outcome::Unknown(vec![Doubt { task: None, reason: Reason::Stranger(process) }]),
        ));
    }
    if all.is_empty() {
        all.push(verdict(cut, Outcome::DoesNotHold(Refutation::ReductionOrder(Vec::new()))));
    }
    all
}

fn stuck(world: &World, truth: &Truth) -> Vec<TaskRef> {
    (0..world.tasks.len()).filter(|t| truth.never(*t)).map(|t| task_ref(world, t)).collect()
}

/// What a detector would say that made no other error than to follow `rules`.
fn by_execution(case: &Case, truth: &Judgement, rules: Rules) -> Vec<Verdict> {
    let cut = case.cut().unwrap();
    let found = explore(&case.world, rules, Search::Thrifty, STATES);
    let doubt = truth.concern.iter().any(|t| !found.never(*t));
    verdicts(&cut, stuck(&case.world, &found), doubt)
}

/// Compares an executing detector on many systems, each complete.
fn judge(rules: Rules, profile: Profile, seeds: u64) -> Result<Coverage, Box<Disagreement>> {
    let mut coverage = Coverage::default();
    coverage.count(FORGIVING, true);
    for seed in 0..seeds {
        let case = Case::complete(seed, profile);
        let truth = Judgement::of(&case.world);
        compare_with(&case, &truth, &by_execution(&case, &truth, rules), &mut coverage)?;
    }
    Ok(coverage)
}

/// The comparison would be vacuous if a situation never came up, or never decided anything.
#[test]
fn every_situation_comes_up() {
    let mut all = Coverage::default();
    for profile in PROFILES {
        let started = std::time::Instant::now();
        let mut coverage = Coverage::default();
        for seed in 0..systems(3_000) {
            let case = Case::complete(seed, profile);
            case.cut().unwrap_or_else(|e| panic!("{e}"));
            let truth = Judgement::of(&case.world);
            survey(&case, &truth, &mut coverage);
        }
        println!("{profile:?}: {:?}\n{coverage}", started.elapsed());
        for (situation, n) in coverage.0 {
            *all.0.entry(situation).or_default() += n;
        }
    }
    assert_eq!(all.missing(), Vec::<&str>::new());
    assert_eq!(all.0["(a search was cut short)"], 0);
}

/// Taking helpful steps first loses nothing.
#[test]
fn thrifty_is_exhaustive() {
    let (mut compared, mut states) = (0, 0);
    for seed in 0..1_000 {
        for profile in PROFILES {
            let world = system(seed, profile);
            for rules in [Rules::LIBERAL, Rules::CONCEDED, Rules::STRICT] {
                let all = explore(&world, rules, Search::Exhaustive, 20_000);
                let few = explore(&world, rules, Search::Thrifty, 20_000);
                states = states.max(all.states);
                assert!(!all.cut_short, "seed {seed} has too many states");
                compared += 1;
                assert_eq!(all.can, few.can, "seed {seed} {profile:?} {rules:?}\n{world}");
            }
        }
    }
    println!("{compared} compared, up to {states} states");
    assert!(states > 5_000, "interleavings are hardly explored");
}

/// A detector that is right is not complained of, whichever way it uses the room it has.
#[test]
fn execution_agrees_with_itself() {
    for profile in PROFILES {
        for rules in [Rules::LIBERAL, Rules::CONCEDED] {
            let coverage = judge(rules, profile, 1_000).unwrap_or_else(|e| panic!("{e}"));
            assert!(coverage.0["HOLDS"] > 100 && coverage.0["DOES_NOT_HOLD"] > 100, "{coverage}");
        }
    }
}

/// Each error that a detector might make is found, and as the kind of error that it is.
#[test]
fn wrong_detectors_are_found() {
    let liberal = Rules::LIBERAL;
    let errors = [
        ("OR is taken for AND", Rules { all: true, ..liberal }, Kind::Phantom),
        ("grants in transit are nobody's", Rules { grantless: true, ..liberal }, Kind::Missed),
        ("queues are ignored", Rules { queueless: true, ..liberal }, Kind::Missed),
        ("branches cannot end a wait", Rules { families: false, ..liberal }, Kind::Phantom),
        ("what is unknown does not help", Rules { strangers: false, ..liberal }, Kind::Phantom),
    ];
    for (error, rules, kind) in errors {
        let found = judge(rules, Profile::MIXED, 5_000).expect_err(error);
        println!("{error}: {found}{}", found.facts());
        assert_eq!(found.kind, kind, "{error}: {found}");
    }
}

/// A detector that finds every deadlock and doubts all that it cannot see proceed, but believes that whoever uses what
/// has a key has an agent.
#[test]
fn clients_without_an_agent_are_not_forgotten() {
    let mut coverage = Coverage::default();
    coverage.count(FORGIVING, true);
    let found = (0..5_000).find_map(|seed| {
        let case = Case::complete(seed, Profile::CLOSED);
        let (truth, cut) = (Judgement::of(&case.world), case.cut().unwrap());
        let sees = explore(&case.world, Rules { alone: true, ..Rules::STRICT }, Search::Thrifty, STATES);
        let doubt = (0..case.world.tasks.len()).any(|t| sees.never(t) && !truth.conceded.never(t));
        let said = verdicts(&cut, stuck(&case.world, &truth.conceded), doubt);
        compare_with(&case, &truth, &said, &mut coverage).err()
    });
    let found = found.expect("denies that anybody else may hold it");
    assert!(matches!(found.kind, Kind::Denied | Kind::Unmentioned), "{found}");
}

/// Detectors that look at the snapshot and draw the wrong conclusion.
#[test]
fn careless_detectors_are_found() {
    use stillpoint_proto::fact::Fact;
    let waiting = |cut: &ConsistentCut| {
        let mut tasks = Vec::new();
        for (process, state) in cut.present() {
            for recorded in state.facts.values() {
                if let Fact::Wait(wait) = &recorded.fact {
                    tasks.push(TaskRef::new(process, wait.task));
                }
            }
        }
        tasks
    };
    let cases = || (0..500).map(|seed| Case::complete(seed, Profile::CLOSED));
    let found = run(cases(), |cut| verdicts(cut, waiting(cut), false)).expect_err("all who wait");
    assert_eq!(found.kind, Kind::Phantom, "{found}");
    assert!(found.case.world.tasks.len() <= 2, "not made small: {found}");
    let found = run(cases(), |cut| verdicts(cut, Vec::new(), false)).expect_err("never any");
    assert_eq!(found.kind, Kind::Missed, "{found}");
    let found = run_all(500, |cut| verdicts(cut, Vec::new(), true)).expect_err("never sure");
    assert_eq!(found.kind, Kind::Missed, "{found}");
    let found = run(cases(), |_| Vec::new()).expect_err("nothing at all");
    assert_eq!(found.kind, Kind::Contradiction, "{found}");
}

/// With processes unknown, a detector that denies without having seen everybody is found out.
#[test]
fn the_absent_are_not_forgotten() {
    let cases = (0..500).map(|seed| Case::partial(seed, Profile::CLOSED));
    let found = run(cases, |cut| verdicts(cut, Vec::new(), false)).expect_err("denies what it cannot see");
    assert_eq!(found.kind, Kind::Denied, "{found}");
    let cases = (0..500).map(|seed| Case::partial(seed, Profile::CLOSED));
    run(cases, |cut| verdicts(cut, Vec::new(), true))
        .unwrap_or_else(|e| panic!("UNKNOWN is always honest: {e}"));
}
