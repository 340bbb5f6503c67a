//! What must be so, and whether it was: claims of the service against what is known.
//!
//! A claim of a round is about a state between its request and its answer, so only what was certainly so before the one or
//! after the other refutes it.

mod claims;
mod durable;
mod work;

use super::Result;
use super::harness::{Harness, lock};
use super::knowledge::Life;
use super::service::Claimed;
use super::truth::Nanos;
pub(super) use claims::deadlock_of;
pub(super) use work::{Spread, paces, spread};

/// Judges the whole run. What is wrong is in the harness's findings.
pub(super) async fn judge(harness: &Harness) -> Result<()> {
    let faults = lock(&harness.knowledge).faults.clone();
    faults.into_iter().for_each(|fault| harness.find(fault));
    claims::judge(harness);
    work::judge(harness);
    durable::judge(harness).await
}

/// What should have been found by now and was not: computations of which all is known that began after `sure`, and pairs
/// of objects.
pub(super) fn remaining(harness: &Harness, sure: Nanos) -> Vec<String> {
    let (knowledge, claims) = (lock(&harness.knowledge), lock(&harness.claims));
    let mut remaining = Vec::new();
    let lives = |incarnation: u64| knowledge.life(incarnation).is_some_and(Life::is_alive);
    for (of, computation) in knowledge.computations.iter().filter(|(_, c)| c.created > sure) {
        if !claims.terminated.contains_key(of) {
            let state = if computation.ended().is_some() { "has terminated" } else { "goes on" };
            remaining.push(format!("computation {of} {state}"));
        }
    }
    for (name, object) in &knowledge.objects {
        let Some((other, _)) = object.refers else { continue };
        let pair =
            knowledge.objects.get(&other).filter(|pair| pair.refers.is_some_and(|(to, _)| to == *name));
        let Some(pair) = pair else { continue };
        let dropped = object.unrooted.is_some() && pair.unrooted.is_some();
        let found = object.found.is_some() || object.reclaimed.is_some() || pair.reclaimed.is_some();
        if dropped && !found && lives(name.process) && lives(other.process) {
            remaining.push(format!("object {name} is garbage, with {other}"));
        }
    }
    let last = claims.rounds.last();
    if last.is_none_or(|round| !round.is_complete() || round.asked < sure) {
        remaining.push(format!("the last round is not complete: {:?}", last.map(|round| &round.missing)));
    }
    if !remaining.is_empty() {
        let unknown =
            last.into_iter().flat_map(|round| &round.claims).filter_map(|claim| match &claim.claimed {
                Claimed::Unknown(what, of, why) => Some(format!("{what} of {of:?} is unknown: {why}")),
                _ => None,
            });
        remaining.extend(unknown.take(20));
    }
    remaining
}
