//! A smaller plan that fails as well.

use super::plan::{Plan, Rates};
use super::system::System;

/// How alike two failures have to be: their first words.
fn kind(failure: &str) -> String {
    let letters = |c: char| c.is_alphabetic() || c == ' ';
    failure.chars().filter(|c| letters(*c)).take(40).collect()
}

/// Takes away what is not needed for a plan to fail in the same way: faults, rates, rounds, programs, one at a time,
/// until nothing can be spared.
#[must_use]
pub fn shrink(plan: &Plan) -> Plan {
    let Err(failure) = System::run(plan) else { return plan.clone() };
    let wanted = kind(&failure);
    let mut best = plan.clone();
    loop {
        let smaller = candidates(&best)
            .into_iter()
            .find(|candidate| matches!(System::run(candidate), Err(failure) if kind(&failure) == wanted));
        match smaller {
            Some(smaller) => best = smaller,
            None => return best,
        }
    }
}

fn candidates(plan: &Plan) -> Vec<Plan> {
    let mut all = Vec::new();
    for at in 0..plan.workloads.len() {
        let mut smaller = plan.clone();
        smaller.workloads.remove(at);
        all.push(smaller);
    }
    for at in 0..plan.faults.len() {
        let mut smaller = plan.clone();
        smaller.faults.remove(at);
        all.push(smaller);
    }
    for at in 0..plan.rounds.len() {
        let mut smaller = plan.clone();
        smaller.rounds.remove(at);
        all.push(smaller);
    }
    let Rates { lost, silent, cancelled, doubled, slow, retried, waiting } = plan.rates;
    let rates = [
        Rates { lost: 0, ..plan.rates },
        Rates { silent: 0, ..plan.rates },
        Rates { cancelled: 0, ..plan.rates },
        Rates { doubled: 0, ..plan.rates },
        Rates { slow: 0, ..plan.rates },
        Rates { retried: 0, ..plan.rates },
        Rates { waiting: 0, ..plan.rates },
    ];
    let zero = [lost, silent, cancelled, doubled, slow, retried, waiting];
    for (rates, rate) in rates.into_iter().zip(zero) {
        if rate > 0 {
            all.push(Plan { rates, ..plan.clone() });
        }
    }
    for slot in 0..plan.processes.len() {
        if plan.processes[slot].single {
            let mut smaller = plan.clone();
            smaller.processes[slot].single = false;
            all.push(smaller);
        }
        if plan.processes[slot].hello > 0 {
            let mut smaller = plan.clone();
            smaller.processes[slot].hello = 0;
            smaller.processes[slot].starts = 0;
            all.push(smaller);
        }
    }
    if plan.resolve {
        all.push(Plan { resolve: false, ..plan.clone() });
    }
    all
}
