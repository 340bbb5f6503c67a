//! Analyses of cuts, off the async threads: for each kind of property one at a time, the newest cut first.
//!
//! ```text
//!   Ended --> slot per kind (newest wins) --> worker --+
//!                                                      +--> one analysis at a time per kind --> verdicts' task
//!   detect(...) ---------------------------------------+         (the last answer is kept)
//! ```

use super::core::{Command, Request, Shared};
use super::detect::{self, Query, Settings};
use super::history::Round;
use super::keeper::Findings;
use crate::config::PropertyKind;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use stillpoint_proto::id::Epoch;
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::verdict::Verdict;
use tokio::sync::{Mutex, mpsc};

/// The last answer for a kind of property.
#[derive(Debug, Default)]
struct Last {
    answer: Option<(Epoch, Query, Arc<Vec<Verdict>>)>,
}

/// Runs the detectors.
#[derive(Debug)]
pub(super) struct Analyser {
    settings: Settings,
    shared: Arc<Shared>,
    kinds: BTreeMap<PropertyKind, Arc<Mutex<Last>>>,
}

/// A detector has panicked.
#[derive(Debug, thiserror::Error)]
#[error("the detector of {property} failed on the snapshot of round {epoch}: report this, with the snapshot")]
pub struct DetectorFailed {
    /// What it was looking for.
    pub property: &'static str,
    /// In which round's cut.
    pub epoch: Epoch,
}

impl Analyser {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        let settings = Settings {
            victims: shared.config.victims,
            gauges: shared.config.gauges.clone(),
            verify: shared.config.verify,
        };
        let kinds = PropertyKind::ALL.into_iter().map(|kind| (kind, Arc::default())).collect();
        Analyser { settings, shared, kinds }
    }

    /// Looks for a property in a cut. Who asks the same of the same cut gets the same answer; others wait.
    ///
    /// # Cancel safety
    /// A detector that has begun runs to its end; no other of its kind begins before.
    pub(super) async fn analyse(
        &self,
        cut: &Arc<ConsistentCut>,
        query: &Query,
    ) -> Result<Arc<Vec<Verdict>>, DetectorFailed> {
        let (kind, epoch) = (query.kind(), cut.snapshot().epoch);
        let Some(last) = self.kinds.get(&kind) else { return Ok(Arc::default()) };
        let mut last = last.clone().lock_owned().await;
        if let Some((at, asked, found)) = &last.answer
            && *at == epoch
            && asked == query
        {
            return Ok(found.clone());
        }
        let (cut, query, settings, shared) =
            (cut.clone(), query.clone(), self.settings.clone(), self.shared.clone());
        let analysis = tokio::task::spawn_blocking(move || {
            let found = Arc::new(detect::detect(&cut, &query, &settings, &shared.statistics));
            last.answer = Some((epoch, query, found.clone()));
            found
        });
        analysis.await.map_err(|_| DetectorFailed { property: kind.name(), epoch })
    }
}

/// Analyses each newest round for one kind of property.
pub(super) async fn worker(
    kind: PropertyKind,
    shared: Arc<Shared>,
    analyser: Arc<Analyser>,
    findings: mpsc::Sender<Findings>,
    commands: mpsc::Sender<Command>,
) {
    let Some(mut slot) = shared.signals.slot(kind) else { return };
    let mut asked_again = false;
    while slot.changed().await.is_ok() {
        let newest = slot.borrow_and_update().clone();
        let Some(round) = newest else { continue };
        let Some(found) = analyse_round(kind, &round, &analyser, &findings).await else { continue };
        // One more round, once, for what the next round can decide.
        asked_again = !asked_again && detect::next_round_may_decide(&found);
        if asked_again {
            let request = Request { deadline: None, properties: BTreeSet::from([kind]), reply: None };
            if commands.send(Command::Request(request)).await.is_err() {
                return;
            }
        }
    }
}

async fn analyse_round(
    kind: PropertyKind,
    round: &Arc<Round>,
    analyser: &Analyser,
    findings: &mpsc::Sender<Findings>,
) -> Option<Arc<Vec<Verdict>>> {
    let cut = round.cut.clone()?;
    match analyser.analyse(&cut, &Query::from(kind)).await {
        Ok(found) => {
            let message = Findings { kind, cut, found: found.clone(), done: None };
            findings.send(message).await.ok()?;
            Some(found)
        }
        Err(error) => {
            tracing::error!(%error, "an analysis failed");
            None
        }
    }
}
