//! Deliberate defects, each of which some suite must notice. `tests/README.md` has the table.
//!
//! A defect is on for the whole process, so this file has one test.
#![allow(clippy::print_stdout, reason = "tests")]

use stillpoint_proto::mutation::Mutation;
use stillpoint_tests::mutations::{Suite, run, suites};

#[test]
fn every_defect_is_noticed() {
    // What panics is told below.
    std::panic::set_hook(Box::new(|_| ()));
    // What `model.rs` explores, with nothing switched on, is more than these systems.
    for suite in Suite::ALL.into_iter().filter(|suite| *suite != Suite::Interleavings) {
        assert!(run(None, suite).is_none(), "{} notices something where nothing is wrong", suite.name());
    }
    let mut missed = Vec::new();
    for &mutation in Mutation::ALL {
        match suites(mutation).iter().find_map(|suite| run(Some(mutation), *suite)) {
            Some(caught) => {
                let first = caught.says.lines().next().unwrap_or_default();
                println!("{mutation:?}: {} {}: {first}", caught.by.name(), caught.after);
            }
            None => missed.push(mutation),
        }
    }
    let _ = std::panic::take_hook();
    assert_eq!(missed, [], "nothing notices these");
}
