//! Writes rows about rounds, processes and faults, in order, behind the engine's back; and how a write
//! that fails is tried again.

use super::core::Shared;
use super::history::Round;
use super::statistics::Counter;
use crate::alerts::event;
use crate::store::{KnownProcess, StoreError};
use std::sync::Arc;
use std::time::Duration;
use stillpoint_proto::id::{Epoch, Incarnation};
use tokio::sync::mpsc;

/// The pause after a failure of the store.
const RETRY: Duration = Duration::from_secs(1);

/// What is to be written.
#[derive(Debug)]
pub(super) enum Entry {
    /// What came of a round.
    Round(Arc<Round>),
    /// A process has joined, come back or departed.
    Process(KnownProcess),
    /// A process is not to be remembered any more.
    Forget(Incarnation),
    /// A fault of the instrumentation, of which people are told.
    Fault(Epoch, String),
}

/// The queue of what is to be written.
#[derive(Debug)]
pub(super) struct Recorder {
    queue: mpsc::Sender<Entry>,
    shared: Arc<Shared>,
}

impl Recorder {
    /// How many entries wait for the store.
    const QUEUE: usize = 4096;

    pub(super) fn new(shared: Arc<Shared>) -> (Self, mpsc::Receiver<Entry>) {
        let (queue, entries) = mpsc::channel(Self::QUEUE);
        (Recorder { queue, shared }, entries)
    }

    /// Queues an entry. One that finds no room is dropped, visibly: rounds do not wait for the disk.
    pub(super) fn record(&self, entry: Entry) {
        if let Err(error) = self.queue.try_send(entry) {
            tracing::error!(%error, "the store is too slow: a row is dropped");
            self.shared.statistics.add(Counter::RowsDropped);
        }
    }
}

/// Writes what is queued until the queue is closed. When the engine stops, the rest is written as far as the
/// store can.
pub(super) async fn run(shared: Arc<Shared>, mut entries: mpsc::Receiver<Entry>) {
    while let Some(entry) = entries.recv().await {
        while let Err(error) = write(&shared, &entry).await {
            if !try_again(&shared, "a row", &error).await {
                tracing::error!(rows = entries.len() + 1, "rows are lost");
                return;
            }
        }
    }
}

/// What follows when `what` could not be written: a pause and another attempt, or, after the engine was told to
/// stop, none: a store that fails must not keep it from ending. Gives whether to try again.
pub(super) async fn try_again(shared: &Shared, what: &str, error: &StoreError) -> bool {
    shared.statistics.add(Counter::StoreFailures);
    if shared.stop.is_cancelled() {
        tracing::error!(%error, "{what} cannot be written, and the engine stops");
        return false;
    }
    tracing::error!(%error, "{what} cannot be written; trying again");
    shared.stop.run_until_cancelled(tokio::time::sleep(RETRY)).await;
    true
}

async fn write(shared: &Shared, entry: &Entry) -> Result<(), StoreError> {
    let store = &shared.store;
    match entry {
        Entry::Round(round) => store.record_round(&round.summary, shared.config.rounds_kept).await,
        Entry::Process(known) => store.record_process(known).await,
        Entry::Forget(process) => store.forget_process(*process).await,
        Entry::Fault(epoch, what) => match &shared.config.webhook {
            Some(webhook) => {
                let (id, body) = event::fault(&webhook.source, *epoch, what);
                store.enqueue(&id, &body).await?;
                shared.outbox_filled.notify_one();
                Ok(())
            }
            None => Ok(()),
        },
    }
}
