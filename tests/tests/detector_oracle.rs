//! The detector of deadlocks against execution.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, missing_docs)]

use stillpoint_tests::oracle::compare::{Case, Coverage, Judgement, survey};
use stillpoint_tests::oracle::future::{Rules, Search, explore};
use stillpoint_tests::oracle::random::{Profile, system};

const PROFILES: [Profile; 3] = [Profile::CLOSED, Profile::WOVEN, Profile::MIXED];

#[test]
fn every_situation_comes_up() {
    for profile in PROFILES {
        let started = std::time::Instant::now();
        let mut coverage = Coverage::default();
        for seed in 0..3_000 {
            let case = Case::complete(seed, profile);
            case.cut().unwrap_or_else(|e| panic!("{e}"));
            let truth = Judgement::of(&case.world);
            survey(&case, &truth, &mut coverage);
        }
        println!("{profile:?}: {:?}\n{coverage}", started.elapsed());
    }
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
                if all.cut_short {
                    assert_eq!(all.can & !few.can, 0, "seed {seed} {profile:?} {rules:?}\n{world}");
                } else {
                    compared += 1;
                    assert_eq!(all.can, few.can, "seed {seed} {profile:?} {rules:?}\n{world}");
                }
            }
        }
    }
    println!("{compared} compared, up to {states} states");
}
