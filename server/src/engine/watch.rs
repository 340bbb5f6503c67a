//! Watching verdicts: every change from a revision on, without a gap.
//!
//! A watch reads the stored changes and waits for the revision to grow when it has read them all. What is live
//! and what is stored thus cannot overlap or leave something out, and a slow watcher holds nobody up.

use super::verdicts::VerdictRecord;
use crate::store::{Store, StoreError};
use std::collections::VecDeque;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Why a watch ends.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WatchError {
    /// Changes after the revision are not kept any more.
    #[error(
        "changes are kept from revision {oldest} on, and {from} is before that: list the verdicts, and watch from their revision"
    )]
    Forgotten {
        /// From where the watch was to go on.
        from: u64,
        /// The oldest revision from which a watch can go on.
        oldest: u64,
    },
    /// Nothing has this revision yet.
    #[error("the last revision is {last}, and {from} is beyond that: is it another deployment's?")]
    Beyond {
        /// From where the watch was to go on.
        from: u64,
        /// The last revision there is.
        last: u64,
    },
    /// The engine has stopped.
    #[error("the engine has stopped: watch from revision {after} at the server that replaces it")]
    Stopped {
        /// The last revision that was told.
        after: u64,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A watch over verdicts.
#[derive(Debug)]
pub struct VerdictWatch {
    store: Store,
    revision: watch::Receiver<u64>,
    stop: CancellationToken,
    /// The last revision that was told.
    told: u64,
    read: VecDeque<VerdictRecord>,
}

impl VerdictWatch {
    /// How many changes are read at a time.
    const PAGE: u32 = 64;

    pub(super) async fn new(
        store: Store,
        revision: watch::Receiver<u64>,
        stop: CancellationToken,
        from: u64,
    ) -> Result<Self, WatchError> {
        let last = *revision.borrow();
        if from > last {
            return Err(WatchError::Beyond { from, last });
        }
        let watch = VerdictWatch { store, revision, stop, told: from, read: VecDeque::new() };
        watch.check_kept().await?;
        Ok(watch)
    }

    async fn check_kept(&self) -> Result<(), WatchError> {
        let (from, oldest) = (self.told, self.store.pruned_revision().await?);
        if from < oldest { Err(WatchError::Forgotten { from, oldest }) } else { Ok(()) }
    }

    /// The next change; waits until there is one.
    ///
    /// # Errors
    /// [`WatchError`]; after [`WatchError::Store`] it may be called again.
    ///
    /// # Cancel safety
    /// No change is lost: the next call gives it.
    pub async fn next(&mut self) -> Result<VerdictRecord, WatchError> {
        loop {
            if let Some(change) = self.read.pop_front() {
                self.told = change.revision;
                return Ok(change);
            }
            let told = self.told;
            tokio::select! {
                () = self.stop.cancelled() => return Err(WatchError::Stopped { after: told }),
                grown = self.revision.wait_for(|revision| *revision > told) => {
                    grown.map_err(|_| WatchError::Stopped { after: told })?;
                }
            }
            let read = self.store.changes_after(self.told, Self::PAGE).await?;
            // What was forgotten meanwhile is not passed over.
            self.check_kept().await?;
            self.read = read.into();
        }
    }
}
