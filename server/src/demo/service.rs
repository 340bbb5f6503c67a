//! The service that the demonstration runs: the real one, on free ports of this machine, with its store in a
//! temporary folder.

use super::receiver::{Receiver, SECRET};
use super::{Failure, Result};
use crate::config::{Config, Webhook};
use crate::engine::{Counter, DetectRequest, Detection, EngineHandle, Query, RoundKind};
use crate::net::{MESSAGE_LIMIT, ServeError, Server};
use prost::Message as _;
use std::sync::Arc;
use std::time::Duration;
use stillpoint_proto::id::Epoch;
use stillpoint_proto::snapshot::{ConsistentCut, Snapshot};
use stillpoint_proto::verdict::Verdict;
use stillpoint_proto::wire::v1::stillpoint_service_client::StillpointServiceClient;
use stillpoint_proto::wire::v1::{self, GetSnapshotRequest, GetSnapshotResponse};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tonic::transport::{Channel, Endpoint};

/// The deployment of the demonstration.
pub(super) const DEPLOYMENT: &str = "demo";

/// Any free port, for nobody but this machine.
fn listening(config: &Config) -> crate::config::Server {
    crate::config::Server { listen: "127.0.0.1:0".to_owned(), ..config.server.clone() }
}

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
    handle: EngineHandle,
    pub(super) receiver: Receiver,
    pub(super) address: String,
    client: StillpointServiceClient<Channel>,
    shutdown: CancellationToken,
    running: JoinHandle<std::result::Result<(), ServeError>>,
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
        let config = Config { server: listening(&config), ..config };
        let server = Server::bind(config).await.map_err(Failure::of)?;
        let (handle, address) = (server.engine(), format!("http://{}", server.local_addr()));
        let shutdown = CancellationToken::new();
        let running = tokio::spawn(server.run_until(shutdown.clone()));
        let channel = Endpoint::from_shared(address.clone()).map_err(Failure::of)?.connect_lazy();
        let client = StillpointServiceClient::new(channel).max_decoding_message_size(MESSAGE_LIMIT);
        Ok(Service { handle, receiver, address, client, shutdown, running, _folder: folder })
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
    pub(super) async fn processes(&self) -> usize {
        let processes = self.handle.processes().await;
        processes.iter().filter(|process| process.session.is_some()).count()
    }

    /// Fetches a snapshot as any client does, and checks it here.
    pub(super) async fn fetch(&self, epoch: Epoch) -> Result<Arc<ConsistentCut>> {
        let request = GetSnapshotRequest { epoch: epoch.0 };
        let mut parts = self.client.clone().get_snapshot(request).await.map_err(Failure::of)?.into_inner();
        let mut whole = v1::Snapshot::default();
        while let Some(GetSnapshotResponse { part }) = parts.message().await.map_err(Failure::of)? {
            let bytes = part.unwrap_or_default().encode_to_vec();
            whole.merge(bytes.as_slice()).map_err(Failure::of)?;
        }
        let snapshot = Snapshot::try_from(whole).map_err(Failure::of)?;
        let cut = ConsistentCut::check(snapshot).map_err(|faults| Failure(format!("{faults:?}")))?;
        Ok(Arc::new(cut))
    }

    pub(super) fn count(&self, counter: Counter) -> u64 {
        self.handle.statistics().count(counter)
    }

    pub(super) async fn stop(self) {
        self.shutdown.cancel();
        if let Ok(Err(error)) = self.running.await {
            tracing::error!(%error, "the service failed");
        }
    }
}
