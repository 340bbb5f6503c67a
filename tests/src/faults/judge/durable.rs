//! Whether nothing that was told is lost.

use super::super::Result;
use super::super::harness::{Harness, lock};
use super::super::service::{Change, Service};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::time::Duration;

/// How long to wait for the next change of those that are told once more.
const PAUSE: Duration = Duration::from_secs(2);

/// What the watch has told in the course of the run, over all restarts, is told once more from the beginning.
pub(super) async fn judge(harness: &Harness) -> Result<()> {
    let told: Vec<Change> = lock(&harness.claims).changes.iter().map(|(_, change)| change.clone()).collect();
    for (before, after) in told.iter().zip(told.iter().skip(1)) {
        if after.revision != before.revision + 1 {
            harness.find(format!("after revision {} the watch told {}", before.revision, after.revision));
        }
    }
    let mut service = Service::at(harness.address)?;
    let mut again = Vec::new();
    // Jobs go on, so without an end to it there might be none.
    let last = told.last().map_or(0, |change| change.revision);
    let again_told = |change: Change| {
        again.push(change);
        if again.last().is_some_and(|change| change.revision < last) {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    };
    service.watch(0, PAUSE, again_told).await?;
    if again.len() < told.len() {
        harness.find(format!("the watch has told {} changes, and only {} are kept", told.len(), again.len()));
    }
    for (before, after) in told.iter().zip(&again).filter(|(before, after)| before != after) {
        harness.find(format!("what was told as {before:?} is now {after:?}"));
    }
    let records: BTreeSet<String> = {
        let claims = lock(&harness.claims);
        let all = claims.rounds.iter().flat_map(|round| &round.claims);
        all.map(|claim| claim.record.clone()).filter(|record| !record.is_empty()).collect()
    };
    for record in records {
        if let Err(error) = service.record(&record).await {
            harness.find(format!("verdict {record} was found, and is no more: {error}"));
        }
    }
    Ok(())
}
