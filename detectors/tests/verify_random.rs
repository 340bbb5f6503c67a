//! Snapshots that make no sense, by the thousand: whatever the detectors say of one, the checker confirms.
//!
//! Anybody holds, grants, reads and serves anything, in processes that are there or not, with units of nothing and
//! facts from later rounds; so a rule that one of the two reads otherwise comes to light though no program would do
//! what it takes. A seed that fails is printed; `SEEDS=400000` tries so many.

mod common;
mod story;

use std::collections::BTreeMap;
use stillpoint_detectors::deadlock::{VictimPolicy, deadlock};
use stillpoint_detectors::termination::{quiescence, terminations};
use stillpoint_detectors::verify::Checker;
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::verdict::Verdict;
use story::Story;

/// How many snapshots are tried.
const SEEDS: u64 = 10_000;

#[test]
fn whatever_is_found_is_confirmed() {
    let asked = std::env::var("SEEDS").ok().and_then(|seeds| seeds.parse().ok());
    let mut found: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for seed in 1..=asked.unwrap_or(SEEDS) {
        let cut = Story::random(seed);
        let checker = Checker::new(&cut);
        for verdict in verdicts(&cut, seed) {
            *found.entry((verdict.property.name(), verdict.outcome.name())).or_default() += 1;
            if let Err(refuted) = checker.verify(&verdict) {
                panic!("seed {seed}: {refuted}\n{:?}", verdict.outcome);
            }
        }
    }
    // Three properties with three outcomes each.
    assert_eq!(found.len(), 9, "{found:?}");
    assert!(found.values().all(|n| *n >= 100), "{found:?}");
}

fn verdicts(cut: &ConsistentCut, seed: u64) -> Vec<Verdict> {
    let policies = [VictimPolicy::Youngest, VictimPolicy::FewestHolds, VictimPolicy::LeastWeight];
    let mut all = deadlock(cut, policies[seed as usize % policies.len()]);
    all.extend(terminations(cut));
    all.push(quiescence(cut));
    all
}
