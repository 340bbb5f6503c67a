//! The service that the demonstration runs: the real one, on free ports of this machine, with its store in a
//! temporary folder.

use super::receiver::{Receiver, SECRET};
use super::{Failure, Result};
use crate::config::{Config, Webhook};
use crate::engine::{Counter, DetectRequest, Detection, Engine, EngineHandle, Query, RoundKind};
use std::sync::Arc;
use std::time::Duration;
use stillpoint_proto::id::Epoch;
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::verdict::Verdict;
use tempfile::TempDir;

/// The deployment of the demonstration.
pub(super) const DEPLOYMENT: &str = "demo";

/// What was found in one round.
pub(super) struct Found {
    pub(super) epoch: Epoch,
    pub(super) kind: RoundKind,
    pub(super) verdicts: Vec<Verdict>,
    /// For each verdict the id of its record, if it has one.
    pub(super) records: Vec<Option<String>>,
}

/// The running service.
pub(super) struct Service {
    engine: Engine,
    pub(super) handle: EngineHandle,
    pub(super) receiver: Receiver,
    pub(super) address: String,
    /// Removed with all that is in it at the end.
    _folder: TempDir,
}

impl Service {
    pub(super) async fn start() -> Result<Self> {
        let folder = TempDir::with_prefix("stillpoint-demo-")?;
        let receiver = Receiver::start().await?;
        let webhook = Webhook { backoff: Duration::from_millis(100), ..Webhook::new(&receiver.url, SECRET) };
        let config = Config {
            deployment: DEPLOYMENT.to_owned(),
            store: folder.path().join("stillpoint.db"),
            webhook: Some(webhook),
            ..Config::default()
        };
        let engine = Engine::start(config).await.map_err(Failure::of)?;
        let handle = engine.handle();
        let address = super::session::serve(handle.clone()).await?;
        Ok(Service { engine, handle, receiver, address, _folder: folder })
    }

    /// Looks in a fresh snapshot.
    pub(super) async fn detect(&self, queries: Vec<Query>) -> Result<Found> {
        let request = DetectRequest { queries, ..DetectRequest::default() };
        let Detection { round, findings } = self.handle.detect(request).await.map_err(Failure::of)?;
        let (epoch, kind) = (round.summary.epoch, round.summary.outcome);
        let (verdicts, records) =
            findings.into_iter().map(|f| (f.verdict, f.record.map(|id| id.to_string()))).unzip();
        Ok(Found { epoch, kind, verdicts, records })
    }

    /// How many processes have a session.
    pub(super) async fn processes(&self) -> Result<usize> {
        let processes = self.handle.processes().await;
        Ok(processes.iter().filter(|process| process.session.is_some()).count())
    }

    /// Fetches a snapshot, and checks it here.
    pub(super) async fn fetch(&self, epoch: Epoch) -> Result<Arc<ConsistentCut>> {
        let round = self.handle.snapshot(epoch).and_then(|round| round.cut.clone());
        round.ok_or_else(|| Failure(format!("the snapshot of round {epoch} is not kept")))
    }

    pub(super) fn count(&self, counter: Counter) -> u64 {
        self.handle.statistics().count(counter)
    }

    pub(super) async fn stop(self) {
        self.engine.stop().await;
    }
}
