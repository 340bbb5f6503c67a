//! Small systems in every interleaving: the production core, with every order in which its messages, timers and faults can
//! come. `tests/README.md` has the table of what is explored.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

use std::collections::BTreeSet;
use stillpoint_tests::model::{Configuration, explore, large, small};

/// Explores, and compares how many states there are and how rounds end: if that changes, so has what is covered. Gives all
/// the ways in which rounds end.
fn check(all: Vec<Configuration>) -> BTreeSet<&'static str> {
    let (mut wrong, mut seen, mut states) = (Vec::new(), BTreeSet::new(), 0);
    for Configuration { name, bounds, states: expected, endings } in all {
        let explored = explore(&bounds, 2).unwrap_or_else(|error| panic!("{name}: {}", error.what));
        let found: Vec<_> = explored.endings.iter().copied().collect();
        println!(
            "{name}: {} states, at most {} steps, rounds end {}",
            explored.states,
            explored.depth,
            found.join(", ")
        );
        if (explored.states, found.join(", ").as_str()) != (expected, endings) {
            wrong.push(format!(
                "{name}: {} states and {}, not {expected} and {endings}",
                explored.states,
                found.join(", ")
            ));
        }
        seen.extend(found);
        states += explored.states;
    }
    println!("{states} states");
    assert!(wrong.is_empty(), "what is covered has changed:\n{}", wrong.join("\n"));
    seen
}

#[test]
fn small_systems_in_every_interleaving() {
    let seen = check(small());
    assert_eq!(seen.len(), 6, "not every ending was reached: {seen:?}");
}

#[test]
#[ignore = "takes long: `cargo test --release -p stillpoint-tests --test model -- --ignored --nocapture`"]
fn larger_systems_in_every_interleaving() {
    check(large());
}
