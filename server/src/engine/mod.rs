//! The engine: rounds, analyses and verdicts of one deployment, without a network.
//!
//! ```text
//!   Session (in, out) ---\                           /--> one analysis at a time per kind of property
//!   EngineHandle  --------> Core: owns the Collector ---> History: the last cuts
//!   timers, jobs, hints --/        |      ^          \--> Recorder --> store
//!                                  v      |
//!                               Reserve, Reserved            findings --> keeper: Ledger --> store --> watch
//! ```
//!
//! One task owns the protocol core and takes commands from a bounded queue; whatever may take long is done by
//! others. An [`Engine`] runs it all, an [`EngineHandle`] is how everybody else talks to it, and a [`Session`]
//! connects one agent.
//!
//! What always holds:
//! - no epoch is given out that is not reserved durably;
//! - no agent and no round waits for an analysis, and nobody's slowness makes a queue grow: a newer cut replaces
//!   an older one that waits for its analysis, and an agent that does not read is disconnected;
//! - a change of a verdict is durable before anybody is told of it.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use stillpoint_server::config::Config;
//! use stillpoint_server::engine::{DetectRequest, Engine};
//!
//! let engine = Engine::start(Config::default()).await?;
//! let handle = engine.handle();
//! let session = handle.open_session("10.0.0.7:51234").await?; // its two ends go to a connection
//! let found = handle.detect(DetectRequest::default()).await?;
//! for finding in &found.findings {
//!     println!("{}: {}", finding.verdict.property.name(), finding.verdict.outcome.name());
//! }
//! # drop(session);
//! engine.stop().await;
//! # Ok(())
//! # }
//! ```

mod analysis;
mod census;
mod core;
mod detect;
mod handle;
pub(crate) mod history;
mod identity;
mod jobs;
mod keeper;
mod recorder;
mod sessions;
mod signals;
mod statistics;
mod timers;
pub mod verdicts;
mod wait;
mod watch;

pub use analysis::DetectorFailed;
pub use census::{Counts, LaneReceiver, LaneView, ProcessView, SessionView, Standing};
pub use core::missing_in_words;
pub use detect::Query;
pub use handle::{DetectRequest, Detection, EngineError, EngineHandle, Finding};
pub use history::{Round, RoundKind, RoundSummary};
pub use sessions::{CloseReason, Inbox, Session, SessionClosed};
pub use signals::AgentNotice;
pub use statistics::{Counter, Statistics};
pub use wait::{ComputationName, Waited};
pub use watch::{VerdictWatch, WatchError};

use crate::alerts::{Alerts, AlertsError};
use crate::config::{Config, OutOfRange, PropertyKind};
use crate::store::{Store, StoreError};
use analysis::Analyser;
use core::{Core, Shared};
use keeper::Verdicts;
use std::future::Future;
use std::sync::Arc;
use stillpoint_proto::collector::Collector;
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use verdicts::Ledger;

/// Why an engine does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// A setting is out of its range.
    #[error(transparent)]
    Setting(#[from] OutOfRange),
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The webhook is not usable.
    #[error(transparent)]
    Alerts(#[from] AlertsError),
}

/// A running engine. Dropping it stops its tasks where they are; [`Engine::stop`] lets them finish.
#[derive(Debug)]
pub struct Engine {
    handle: EngineHandle,
    tasks: JoinSet<()>,
    shared: Arc<Shared>,
}

impl Engine {
    /// How many commands wait for the engine's task, besides the ends of sessions.
    const COMMANDS: usize = 1024;
    /// How many findings wait for the verdicts' task.
    const FINDINGS: usize = 16;

    /// Opens the store and starts everything.
    ///
    /// # Errors
    /// [`StartError`], which says what to do.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        config.check()?;
        let store = Store::open(&config.store, config.deployment_id()).await?;
        let verdicts = Arc::new(Verdicts::new(restore(&store, &config).await?));
        // Those who have never said hello have places of their own.
        let forgotten = store.forget_departed_beyond(2 * config.sessions.departed).await?;
        if forgotten > 0 {
            let limit = config.sessions.departed;
            tracing::warn!(
                forgotten,
                limit,
                "more processes had departed than `sessions.departed` allows to remember"
            );
        }
        let (reserved, known) = (store.reserved().await?, store.processes().await?);
        let outbox_filled = Arc::new(Notify::new());
        let alerts = match &config.webhook {
            Some(webhook) => Some(Alerts::new(webhook, store.clone(), outbox_filled.clone())?),
            None => None,
        };
        let sessions = config.sessions.limit;
        let shared = Arc::new(Shared {
            history: history::History::new(config.history),
            directory: census::Directory::new(),
            statistics: Statistics::default(),
            signals: signals::Signals::new(),
            config,
            store,
            outbox_filled,
            stop: CancellationToken::new(),
        });
        let (commands, inbox) = mpsc::channel(Self::COMMANDS + sessions);
        let (recorder, entries) = recorder::Recorder::new(shared.clone());
        let collector = Collector::new(shared.config.core(), reserved);
        let mut core = Core::new(shared.clone(), collector, inbox, commands.downgrade(), recorder);
        core.recall(known);
        let (findings, found) = mpsc::channel(Self::FINDINGS);
        let analyser = Arc::new(Analyser::new(shared.clone()));
        let handle = EngineHandle::new(shared.clone(), commands, findings, analyser, verdicts.clone());
        let mut engine = Engine { handle, tasks: JoinSet::new(), shared: shared.clone() };
        engine.tasks.spawn(core.run());
        engine.tasks.spawn(recorder::run(shared.clone(), entries));
        engine.tasks.spawn(keeper::run(shared, verdicts, found));
        engine.spawn_rest(alerts);
        Ok(engine)
    }

    fn spawn_rest(&mut self, alerts: Option<Alerts>) {
        let handle = self.handle.clone();
        for kind in PropertyKind::ALL {
            let (shared, analyser, findings, commands) = handle.parts();
            self.spawn_until_stop(analysis::worker(kind, shared, analyser, findings, commands));
        }
        for job in self.shared.config.jobs.clone() {
            let (shared, _, _, commands) = handle.parts();
            self.spawn_until_stop(jobs::interval(job, shared, commands));
        }
        if let Some(alerts) = alerts {
            self.spawn_until_stop(alerts.run());
        }
    }

    fn spawn_until_stop(&mut self, task: impl Future<Output = ()> + Send + 'static) {
        let stop = self.shared.stop.clone();
        self.tasks.spawn(async move {
            stop.run_until_cancelled(task).await;
        });
    }

    /// How everybody else talks to the engine.
    #[must_use]
    pub fn handle(&self) -> EngineHandle {
        self.handle.clone()
    }

    /// Closes all sessions, writes what is queued for the store, and closes it. If the store fails, what is
    /// queued is lost, as it is by a kill.
    ///
    /// # Cancel safety
    /// What was not written yet is lost, as it is by a kill: nobody has been told of it.
    pub async fn stop(mut self) {
        self.shared.stop.cancel();
        while let Some(ended) = self.tasks.join_next().await {
            if let Err(error) = ended {
                tracing::error!(%error, "a task of the engine failed");
            }
        }
        self.shared.store.close().await;
    }
}

/// The verdicts that had not ended when the last engine stopped.
async fn restore(store: &Store, config: &Config) -> Result<Ledger, StoreError> {
    let (revision, last) = store.last_revision().await?;
    Ok(Ledger::restore(store.open_verdicts().await?, revision, last, config.garbage_groups))
}
