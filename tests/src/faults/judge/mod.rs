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
pub(super) use work::{Spread, spread};

/// Judges the whole run. What is wrong is in the harness's findings.
pub(super) async fn judge(harness: &Harness) -> Result<()> {
    let faults = lock(&harness.knowledge).faults.clone();
    faults.into_iter().for_each(|fault| harness.find(fault));
    claims::judge(harness);
    work::judge(harness);
    durable::judge(harness).await
}

/// What should have been found by now and was not, of what is so since `quiet` or before.
pub(super) fn remaining(harness: &Harness, quiet: Nanos) -> Vec<String> {
    let (knowledge, claims) = (lock(&harness.knowledge), lock(&harness.claims));
    let mut remaining = Vec::new();
    let lives = |incarnation: u64| knowledge.life(incarnation).is_some_and(Life::is_alive);
    for (of, computation) in &knowledge.computations {
        // Whoever has died since may have had work of it, for all that can be known.
        let survived = |life: &Life| life.ended.is_none_or(|ended| ended < computation.created);
        let of_interest = lives(of.process) && knowledge.lives.iter().all(survived);
        if of_interest && computation.forgotten.is_none() && !claims.terminated.contains_key(of) {
            match computation.ended() {
                Some(_) => remaining.push(format!("computation {of} has terminated")),
                None if computation.live.0 > quiet => remaining.push(format!("computation {of} goes on")),
                None => {}
            }
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
    let denied = claims.rounds.iter().rev().find(|round| round.is_complete());
    if let Some(round) = denied.filter(|round| round.asked < quiet) {
        remaining.push(format!("no round since {} is complete", round.epoch));
    }
    let unknown = denied.into_iter().flat_map(|round| &round.claims);
    let unknown = unknown.filter_map(|claim| match &claim.claimed {
        Claimed::Unknown("garbage", _, why) => Some(format!("garbage is unknown: {why}")),
        _ => None,
    });
    if !remaining.is_empty() {
        remaining.extend(unknown);
    }
    remaining
}
