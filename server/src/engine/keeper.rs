//! Keeps the verdicts: one task applies findings to the ledger, writes the changes, then tells of them.

use super::core::Shared;
use super::history::now;
use super::recorder::try_again;
use super::signals::Changes;
use super::verdicts::{Ending, Ledger, State, VerdictRecord};
use crate::alerts::event;
use crate::config::PropertyKind;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::verdict::Property;
use stillpoint_proto::verdict::Verdict;
use tokio::sync::{broadcast, mpsc, oneshot, watch};

/// What an analysis has found.
#[derive(Debug)]
pub(super) struct Findings {
    pub(super) kind: PropertyKind,
    pub(super) cut: Arc<ConsistentCut>,
    pub(super) found: Arc<Vec<Verdict>>,
    /// Told when the changes are durable.
    pub(super) done: Option<oneshot::Sender<()>>,
}

/// The verdicts as everybody sees them.
#[derive(Debug)]
pub(super) struct Verdicts {
    ledger: Mutex<Ledger>,
    /// The last revision that is durable.
    revision: watch::Sender<u64>,
    /// Each change, when it is durable.
    live: broadcast::Sender<Arc<VerdictRecord>>,
}

impl Verdicts {
    /// How many changes a slow listener may be behind before it misses some.
    const LIVE: usize = 1024;

    pub(super) fn new(ledger: Ledger) -> Self {
        let revision = watch::Sender::new(ledger.revision());
        Verdicts { ledger: Mutex::new(ledger), revision, live: broadcast::Sender::new(Self::LIVE) }
    }

    pub(super) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn revision(&self) -> watch::Receiver<u64> {
        self.revision.subscribe()
    }

    pub(super) fn live(&self) -> broadcast::Receiver<Arc<VerdictRecord>> {
        self.live.subscribe()
    }
}

/// Applies findings and other news to the ledger until the engine stops.
pub(super) async fn run(
    shared: Arc<Shared>,
    verdicts: Arc<Verdicts>,
    mut findings: mpsc::Receiver<Findings>,
) {
    loop {
        let (changes, done) = tokio::select! {
            biased;
            () = shared.stop.cancelled() => return,
            () = shared.signals.changed() => (apply(&mut verdicts.ledger(), shared.signals.take()), None),
            message = findings.recv() => match message {
                Some(Findings { kind, cut, found, done }) => {
                    (verdicts.ledger().observe(kind, &cut, &found, now()), done)
                }
                None => return,
            },
        };
        if !publish(&shared, &verdicts, &changes).await {
            return;
        }
        if let Some(done) = done {
            // Whoever asked may have gone.
            let _ = done.send(());
        }
    }
}

fn apply(ledger: &mut Ledger, news: Changes) -> Vec<Arc<VerdictRecord>> {
    let mut changes = Vec::new();
    for (assumption, given) in news.retracted {
        changes.extend(ledger.retract(&assumption, given, now()));
    }
    for (process, given) in news.departed {
        changes.extend(ledger.departed(process, given, now()));
    }
    changes
}

/// First durable, then told: nobody has seen a revision that a restart would give to another change. Gives whether
/// they are durable: not if the engine stops while the store fails, and then nobody is told.
async fn publish(shared: &Shared, verdicts: &Verdicts, changes: &[Arc<VerdictRecord>]) -> bool {
    let Some(last) = changes.last() else { return true };
    let source = shared.config.webhook.as_ref().map(|webhook| &webhook.source);
    let events: Vec<_> = source
        .map(|source| changes.iter().filter_map(|c| event::change(source, c)).collect())
        .unwrap_or_default();
    let (store, kept) = (&shared.store, shared.config.changes_kept);
    while let Err(error) = store.record_changes(changes, &events, kept).await {
        if !try_again(shared, "a change of a verdict", &error).await {
            return false;
        }
    }
    changes.iter().for_each(|change| log(change));
    verdicts.revision.send_replace(last.revision);
    for change in changes {
        // Nobody may be listening.
        let _ = verdicts.live.send(change.clone());
    }
    if !events.is_empty() {
        shared.outbox_filled.notify_one();
    }
    true
}

fn log(change: &VerdictRecord) {
    let (id, property, epoch) = (change.id, change.verdict.property.name(), change.verdict.epoch);
    match &change.state {
        // That a computation has ended is no reason to worry.
        State::Opened
            if matches!(change.verdict.property, Property::Termination(_) | Property::Quiescence) =>
        {
            tracing::info!(%id, property, %epoch, revision = change.revision, "verdict opened");
        }
        State::Opened => tracing::warn!(%id, property, %epoch, revision = change.revision, "verdict opened"),
        State::Holding => {
            tracing::info!(%id, property, %epoch, revision = change.revision, "verdict holds on")
        }
        State::Ended(Ending::Unexplained) => {
            tracing::error!(%id, property, "verdict ended without a cause: the instrumentation has a gap");
        }
        State::Ended(how) => tracing::info!(%id, property, ?how, "verdict ended"),
    }
}
