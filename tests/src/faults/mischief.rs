//! Deadlocks that are made on purpose, at known times, and resolved after a while.
//!
//! ```text
//!   hold (all)  -->  each holds its vault  -->  call (all): each calls the next, whose vault it needs  -->  deadlock
//!        \-> one does not: release (all)                give up (one), or the time of a call is over  -->  resolved
//! ```
//!
//! A worker has a part in one of them at a time. What is left of one, as a chain that still waits after one call was cut,
//! has to dissolve before another is begun there: else the two could make a third that nobody meant.

use super::Result;
use super::harness::{Harness, lock};
use super::knowledge::{Life, MadeDeadlock};
use super::truth::now;
use super::worker::Order;
use crate::oracle::rng::Rng;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

/// How long the vaults may take to be taken, and the parts to wait.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long one may take to dissolve, with faults on the way.
const DISSOLVING: Duration = Duration::from_secs(120);

/// Makes deadlocks until the run is over, and when it comes to its end two more, which are to be found.
pub(super) async fn make_deadlocks(harness: Arc<Harness>) -> Result<()> {
    let mut rng = Rng::new(harness.options.seed ^ 0xdead);
    let (mut next, mut making) = (1, tokio::task::JoinSet::new());
    while !harness.closing.load(Relaxed) && !harness.is_over() {
        tokio::time::sleep(Duration::from_millis(500 + rng.below(2_000) as u64)).await;
        let Some((of, made)) = begin(&harness, &mut rng, &mut next) else { continue };
        // Some end by the time of a call, the others because somebody gives up.
        let patience = if rng.chance(40) { 5_000 + rng.bits() % 7_000 } else { 0 };
        let lasts = Duration::from_millis(5_000 + rng.bits() % 7_000);
        making.spawn(one(harness.clone(), of, made, patience, lasts, rng.chance(50)));
    }
    while let Some(resolved) = making.join_next().await {
        resolved?;
    }
    if harness.options.flawed {
        return Ok(());
    }
    // Nothing goes wrong any more.
    let until = Instant::now() + Duration::from_secs(30);
    let mut last = 0;
    while last < 2 && Instant::now() < until && !harness.is_over() {
        match begin(&harness, &mut rng, &mut next) {
            Some((of, made)) => {
                last += 1;
                making.spawn(last_one(harness.clone(), of, made));
            }
            None => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
    while let Some(found) = making.join_next().await {
        found?;
    }
    Ok(())
}

/// Circles of two, three or four workers, of whom each can call the next.
fn circle(rng: &mut Rng, workers: usize) -> Vec<usize> {
    let shapes: [&[usize]; 4] = [&[0, 1], &[0, 1, 2], &[0, 1, 3, 2], &[0, 2]];
    let (first, shape) = (rng.below(workers), shapes[rng.below(shapes.len())]);
    shape.iter().map(|place| (first + place) % workers).collect()
}

/// Chooses who is to be in the next one, if they are free.
fn begin(harness: &Harness, rng: &mut Rng, next: &mut u64) -> Option<(u64, MadeDeadlock)> {
    let members = circle(rng, harness.options.workers);
    let mut knowledge = lock(&harness.knowledge);
    let engaged =
        |worker: &usize| knowledge.deadlocks.values().any(|made| !made.over && made.members.contains(worker));
    if members.iter().any(engaged) {
        return None;
    }
    let present = members.iter().map(|worker| knowledge.present(*worker).filter(|life| !life.is_stopped()));
    let incarnations: Vec<u64> = present.map(|life| life.map(|l| l.incarnation)).collect::<Option<_>>()?;
    let (of, made) = (*next, MadeDeadlock { members, incarnations, ..MadeDeadlock::default() });
    *next += 1;
    knowledge.deadlocks.insert(of, made.clone());
    Some((of, made))
}

/// One of them, from its beginning until nothing is left of it.
async fn one(
    harness: Arc<Harness>,
    of: u64,
    made: MadeDeadlock,
    patience: u64,
    lasts: Duration,
    until_found: bool,
) {
    close(&harness, of, &made, patience).await;
    let until = Instant::now() + lasts;
    let found = || lock(&harness.knowledge).deadlocks.get(&of).is_some_and(|made| made.found.is_some());
    while Instant::now() < until && !(until_found && found()) && !harness.is_over() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    resolve(&harness, of, &made).await;
}

/// One that has to be found.
async fn last_one(harness: Arc<Harness>, of: u64, made: MadeDeadlock) {
    close(&harness, of, &made, 0).await;
    let until = Instant::now() + Duration::from_secs(30);
    let found = || lock(&harness.knowledge).deadlocks.get(&of).is_some_and(|made| made.found.is_some());
    while Instant::now() < until && !found() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let formed = lock(&harness.knowledge).deadlocks.get(&of).and_then(MadeDeadlock::formed).is_some();
    if !formed || !found() {
        harness.find(format!(
            "deadlock {of} of {:?}, made when all was healed, was not found (complete: {formed})",
            made.members
        ));
    }
    resolve(&harness, of, &made).await;
}

/// All take their vaults and call, or none calls.
async fn close(harness: &Harness, of: u64, made: &MadeDeadlock, patience: u64) {
    let each = || made.members.iter().zip(&made.incarnations);
    each().for_each(|(_, incarnation)| harness.tell_incarnation(*incarnation, Order::Hold(of)));
    let all_hold = || {
        let knowledge = lock(&harness.knowledge);
        let holding = knowledge.deadlocks.get(&of).map(|made| made.holding.len());
        holding == Some(made.members.len())
            && made.incarnations.iter().all(|i| knowledge.life(*i).is_some_and(Life::is_alive))
    };
    let until = Instant::now() + PATIENCE;
    while !all_hold() && Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    if !all_hold() {
        return each().for_each(|(_, i)| harness.tell_incarnation(*i, Order::Release(of)));
    }
    for (n, (_, incarnation)) in each().enumerate() {
        let next = made.members[(n + 1) % made.members.len()];
        harness.tell_incarnation(*incarnation, Order::Call(of, next, patience));
    }
}

/// One gives up, then another, until nothing is left.
async fn resolve(harness: &Harness, of: u64, made: &MadeDeadlock) {
    let mut turn = 0;
    let mut told = None::<u64>;
    let until = Instant::now() + DISSOLVING;
    while !lock(&harness.knowledge).is_dissolved(of) && !harness.is_over() {
        if Instant::now() > until {
            let parts = lock(&harness.knowledge).deadlocks.get(&of).map(|made| made.parts.clone());
            harness.find(format!(
                "deadlock {of} of {:?} has not dissolved in {DISSOLVING:?}, though all of {:x?} were told to give up: {parts:?}",
                made.members, made.incarnations
            ));
            break;
        }
        if told.is_none_or(|told| now().saturating_sub(told) > 1_000_000_000) {
            // What could not even begin has nothing to give up.
            let incarnation = made.incarnations[turn % made.incarnations.len()];
            harness.tell_incarnation(incarnation, Order::GiveUp(of));
            harness.tell_incarnation(incarnation, Order::Release(of));
            turn += 1;
            told = Some(now());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    if let Some(made) = lock(&harness.knowledge).deadlocks.get_mut(&of) {
        made.over = true;
    }
}
