//! How everybody else talks to the engine.

use super::analysis::{Analyser, DetectorFailed};
use super::census::{Census, LaneView, ProcessView};
use super::core::{Command, Request, Shared};
use super::detect::{self, Query};
use super::history::Round;
use super::keeper::{Findings, Verdicts};
use super::sessions::{Fate, Inbox, Session};
use super::signals::AgentNotice;
use super::statistics::Statistics;
use super::verdicts::{VerdictId, VerdictRecord};
use super::watch::{VerdictWatch, WatchError};
use crate::config::{Config, PropertyKind};
use crate::store::{Store, StoreError};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use stillpoint_proto::collector::SessionId;
use stillpoint_proto::id::{ComputationRef, Epoch, Incarnation, ProcessName, Text};
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::verdict::Verdict;
use tokio::sync::{Semaphore, broadcast, mpsc, oneshot};

/// Why the engine did not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// It is stopping or has stopped.
    #[error("the engine has stopped: ask the server that replaces it")]
    Stopped,
    /// Too many wait already.
    #[error("{limit} requests for rounds wait already: try again later")]
    Busy {
        /// How many may wait.
        limit: usize,
    },
    /// Too many sessions are open.
    #[error("{limit} sessions are open already: raise `sessions.limit`, or connect to another server")]
    TooManySessions {
        /// How many may be open.
        limit: usize,
    },
    /// The round did not end in time; it cannot begin while epochs cannot be reserved in the store.
    #[error("no round ended within {0:?}: see whether the server's log speaks of the store")]
    NoRound(Duration),
    /// The reports of the round contradict one another.
    #[error("round {epoch} is no consistent cut: {}; the instrumentation has a fault", faults.join("; "))]
    Inconsistent {
        /// Which round.
        epoch: Epoch,
        /// What is wrong.
        faults: Vec<String>,
    },
    /// The snapshot is not kept any more, or there never was one.
    #[error(
        "the snapshot of round {0} is not kept: the last ones are, as many as the setting `history` says"
    )]
    NoSnapshot(Epoch),
    /// No process has this incarnation.
    #[error("no process has the incarnation {0}: `stillpoint ps` shows which there are")]
    NoProcess(Incarnation),
    /// A process that is to be dead has a session.
    #[error("process {0} ({1}) is not dead: it has a session with this server")]
    Alive(Incarnation, ProcessName),
    /// A computation was there, and its creator, who still is, does not know of it any more.
    #[error("computation {computation} was there in round {seen}, and its creator has forgotten it since")]
    Forgotten {
        /// Which one.
        computation: ComputationRef,
        /// The last round in which it was.
        seen: Epoch,
    },
    /// Several computations have the label by which one was named.
    #[error("several computations have the label `{label}`: name one by its id, which are {}", ids(all))]
    Ambiguous {
        /// The label.
        label: Text,
        /// The computations.
        all: Vec<ComputationRef>,
    },
    /// What was found is not durable yet, and nobody is told of it before it is.
    #[error(
        "what was found could not be written to the store {path} within {after:?}: check its disk, and see what the server's log says"
    )]
    Unwritten {
        /// The store.
        path: PathBuf,
        /// After how long the wait for it was given up.
        after: Duration,
    },
    /// A detector has a fault.
    #[error(transparent)]
    Detector(#[from] DetectorFailed),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The first of many.
fn ids(all: &[ComputationRef]) -> String {
    let first: Vec<_> = all.iter().take(8).map(ToString::to_string).collect();
    let more = if all.len() > first.len() { " and others" } else { "" };
    format!("{}{more}", first.join(", "))
}

/// What to look for, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DetectRequest {
    /// What to look for.
    pub queries: Vec<Query>,
    /// In the kept cut of this round; `None` for a fresh one.
    pub epoch: Option<Epoch>,
    /// How long the members have for the cuts of a fresh round; `None` for the configured deadline, which is
    /// also the longest.
    pub deadline: Option<Duration>,
}

/// Deadlock, termination of each computation, and garbage, in a fresh cut.
impl Default for DetectRequest {
    fn default() -> Self {
        let queries = vec![Query::Deadlock(None), Query::Terminations, Query::Garbage];
        DetectRequest { queries, epoch: None, deadline: None }
    }
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Detection {
    /// The round in whose cut was looked.
    pub round: Arc<Round>,
    /// What was found, in the order of the queries.
    pub findings: Vec<Finding>,
}

/// One verdict of a detection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The verdict.
    pub verdict: Verdict,
    /// The record of its life, if it has one. Of garbage each group has its own.
    pub record: Option<VerdictId>,
}

/// How everybody else talks to the engine. Clones are equal.
#[derive(Clone, Debug)]
pub struct EngineHandle {
    shared: Arc<Shared>,
    commands: mpsc::Sender<Command>,
    findings: mpsc::Sender<Findings>,
    analyser: Arc<Analyser>,
    verdicts: Arc<Verdicts>,
    sessions: Arc<Semaphore>,
    next_session: Arc<AtomicU64>,
    census: Arc<Mutex<Arc<Census>>>,
}

/// Sessions.
impl EngineHandle {
    pub(super) fn new(
        shared: Arc<Shared>,
        commands: mpsc::Sender<Command>,
        findings: mpsc::Sender<Findings>,
        analyser: Arc<Analyser>,
        verdicts: Arc<Verdicts>,
    ) -> Self {
        let sessions = shared.config.sessions.limit;
        EngineHandle {
            shared,
            commands,
            findings,
            analyser,
            verdicts,
            sessions: Arc::new(Semaphore::new(sessions)),
            next_session: Arc::default(),
            census: Arc::default(),
        }
    }

    /// What the engine's other tasks need.
    pub(super) fn parts(
        &self,
    ) -> (Arc<Shared>, Arc<Analyser>, mpsc::Sender<Findings>, mpsc::Sender<Command>) {
        (self.shared.clone(), self.analyser.clone(), self.findings.clone(), self.commands.clone())
    }

    /// Opens a session for a connection from `peer`, as the transport names it. Its first message must be the
    /// agent's hello.
    ///
    /// # Errors
    /// [`EngineError::TooManySessions`], [`EngineError::Stopped`].
    pub async fn open_session(&self, peer: &str) -> Result<Session, EngineError> {
        let limit = self.shared.config.sessions.limit;
        let permit = self.sessions.clone().try_acquire_owned();
        let permit = permit.map_err(|_| EngineError::TooManySessions { limit })?;
        let end = self.commands.clone().reserve_owned().await.map_err(|_| EngineError::Stopped)?;
        let id = SessionId(self.next_session.fetch_add(1, Ordering::Relaxed) + 1);
        let (outbox, messages) = mpsc::channel(self.shared.config.sessions.outbox);
        let fate = Fate::default();
        let open = Command::Open { id, peer: peer.to_owned(), outbox, fate: fate.clone() };
        self.tell(open).await?;
        let inbox = Inbox::new(id, self.commands.clone(), end, permit, fate);
        Ok(Session { id, inbox, outbox: messages })
    }

    /// Whoever started a process, or its host, says that it has ended: one that the engine knows, and how it fares
    /// now. One that had departed before stays as it was, unless it was only presumed dead.
    ///
    /// # Errors
    /// [`EngineError::NoProcess`], [`EngineError::Alive`] if it has a session, [`EngineError::Stopped`].
    pub async fn report_death(&self, process: Incarnation) -> Result<ProcessView, EngineError> {
        let view = self.shared.directory.get(&process).map(|view| view.value().clone());
        let view = view.ok_or(EngineError::NoProcess(process))?;
        let (done, carried_out) = oneshot::channel();
        self.tell(Command::ReportDeath(process, view.name.clone(), done)).await?;
        if !carried_out.await.map_err(|_| EngineError::Stopped)? {
            return Err(EngineError::Alive(process, view.name));
        }
        Ok(self.shared.directory.get(&process).map_or(view, |view| view.value().clone()))
    }

    /// Whoever started a process, or its host, says that it has ended. It may never have said hello.
    ///
    /// # Errors
    /// [`EngineError::Stopped`].
    pub async fn died(&self, process: Incarnation, name: ProcessName) -> Result<(), EngineError> {
        self.tell(Command::Died(process, name)).await
    }

    async fn tell(&self, command: Command) -> Result<(), EngineError> {
        self.commands.send(command).await.map_err(|_| EngineError::Stopped)
    }
}

/// Snapshots.
impl EngineHandle {
    /// Takes a snapshot: the next round that is not announced yet, shared with whoever asks meanwhile. The
    /// members have `deadline` for their cuts, or as long as the most patient of those who share the round.
    ///
    /// The round's cut is `None` if the reports contradicted one another.
    ///
    /// # Errors
    /// [`EngineError::Busy`], [`EngineError::NoRound`], [`EngineError::Stopped`].
    ///
    /// # Cancel safety
    /// The round takes place all the same.
    pub async fn take_snapshot(&self, deadline: Option<Duration>) -> Result<Arc<Round>, EngineError> {
        let (reply, answer) = oneshot::channel();
        let request = Request { deadline, properties: BTreeSet::new(), reply: Some(reply) };
        self.tell(Command::Request(request)).await?;
        // A round may have to wait for one before it, and for the store.
        let patience = self.shared.config.rounds.deadline * 2 + Duration::from_secs(1);
        match tokio::time::timeout(patience, answer).await {
            Ok(Ok(round)) => Ok(round),
            Ok(Err(_)) if self.commands.is_closed() => Err(EngineError::Stopped),
            Ok(Err(_)) => Err(EngineError::Busy { limit: self.shared.config.rounds.requests }),
            Err(_) => Err(EngineError::NoRound(patience)),
        }
    }

    /// The newest round that has a cut.
    #[must_use]
    pub fn latest(&self) -> Option<Arc<Round>> {
        self.shared.history.latest()
    }

    /// A round whose cut is kept.
    #[must_use]
    pub fn snapshot(&self, epoch: Epoch) -> Option<Arc<Round>> {
        self.shared.history.round(epoch)
    }

    /// The rounds whose cuts are kept, the newest first. Summaries of earlier ones are in the store.
    #[must_use]
    pub fn snapshots(&self) -> Vec<Arc<Round>> {
        self.shared.history.all()
    }
}

/// Detection.
impl EngineHandle {
    /// How long a detection waits for what it found to be written.
    pub const DURABLE: Duration = Duration::from_secs(5);

    /// Looks for properties in a fresh cut, or in a kept one.
    ///
    /// If deadlocks in a fresh cut are undecided only because holds on keyed resources are too new, one more
    /// round is taken, by which they are confirmed, and everything is looked for in that one.
    ///
    /// # Errors
    /// As [`EngineHandle::take_snapshot`], and [`EngineError::Inconsistent`], [`EngineError::NoSnapshot`],
    /// [`EngineError::Detector`], [`EngineError::Unwritten`].
    pub async fn detect(&self, request: DetectRequest) -> Result<Detection, EngineError> {
        if let Some(epoch) = request.epoch {
            let round = self.snapshot(epoch).ok_or(EngineError::NoSnapshot(epoch))?;
            return self.detect_in(round, &request.queries).await.map(|(detection, _)| detection);
        }
        let round = self.take_snapshot(request.deadline).await?;
        let (detection, again) = self.detect_in(round, &request.queries).await?;
        if !again {
            return Ok(detection);
        }
        let round = self.take_snapshot(request.deadline).await?;
        self.detect_in(round, &request.queries).await.map(|(detection, _)| detection)
    }

    /// Gives also whether the next round may decide what this one could not.
    async fn detect_in(
        &self,
        round: Arc<Round>,
        queries: &[Query],
    ) -> Result<(Detection, bool), EngineError> {
        let Some(cut) = round.cut.clone() else {
            let (epoch, faults) = (round.summary.epoch, round.summary.faults.clone());
            return Err(EngineError::Inconsistent { epoch, faults });
        };
        let mut findings = Vec::new();
        let mut again = false;
        for query in queries {
            let found = self.analyser.analyse(&cut, query).await?;
            if query.is_whole() {
                self.keep(query.kind(), &cut, &found).await?;
            }
            again |= detect::next_round_may_decide(&found);
            let ledger = self.verdicts.ledger();
            findings.extend(found.iter().map(|verdict| Finding {
                verdict: verdict.clone(),
                record: ledger.record_of(verdict).filter(|r| !r.state.is_ended()).map(|r| r.id),
            }));
        }
        Ok((Detection { round, findings }, again))
    }
}

/// Verdicts.
impl EngineHandle {
    /// Hands findings to the verdicts' task and waits until the changes are durable.
    async fn keep(
        &self,
        kind: PropertyKind,
        cut: &Arc<ConsistentCut>,
        found: &Arc<Vec<Verdict>>,
    ) -> Result<(), EngineError> {
        let (done, durable) = oneshot::channel();
        let message = Findings { kind, cut: cut.clone(), found: found.clone(), done: Some(done) };
        let kept = async {
            self.findings.send(message).await.map_err(|_| EngineError::Stopped)?;
            durable.await.map_err(|_| EngineError::Stopped)
        };
        let unwritten =
            |_| EngineError::Unwritten { path: self.shared.store.path().to_owned(), after: Self::DURABLE };
        tokio::time::timeout(Self::DURABLE, kept).await.map_err(unwritten)?
    }

    /// The verdicts as they are, the last changed first: those last changed before revision `before`
    /// (`u64::MAX` for all), at most `limit`. To miss nothing, watch from the first one's revision.
    ///
    /// # Errors
    /// [`EngineError::Store`].
    pub async fn verdicts(&self, before: u64, limit: u32) -> Result<Vec<VerdictRecord>, EngineError> {
        let mut records = self.shared.store.verdicts(before, limit).await?;
        self.bring_up_to_date(&mut records);
        Ok(records)
    }

    /// One verdict.
    ///
    /// # Errors
    /// [`EngineError::Store`].
    pub async fn verdict(&self, id: VerdictId) -> Result<Option<VerdictRecord>, EngineError> {
        let mut record = self.shared.store.verdict(id).await?;
        self.bring_up_to_date(record.as_mut_slice());
        Ok(record)
    }

    /// That a verdict was found again as it was is not written each time, nor what is stuck behind it now.
    fn bring_up_to_date(&self, records: &mut [VerdictRecord]) {
        let ledger = self.verdicts.ledger();
        for record in records {
            if let Some(known) = ledger.record(record.id).filter(|known| known.revision == record.revision) {
                (record.last, record.verdict) = (known.last, known.verdict.clone());
            }
        }
    }

    /// The revision of the last change.
    #[must_use]
    pub fn revision(&self) -> u64 {
        *self.verdicts.revision().borrow()
    }

    /// Every change with a greater revision than `from`, in order, without a gap or a duplicate: first the
    /// stored ones, then each as it happens.
    ///
    /// # Errors
    /// [`WatchError::Forgotten`] if changes after `from` are not kept any more.
    pub async fn watch(&self, from: u64) -> Result<VerdictWatch, WatchError> {
        let (store, stop) = (self.shared.store.clone(), self.shared.stop.clone());
        VerdictWatch::new(store, self.verdicts.revision(), stop, from).await
    }

    /// Each change as it happens, for sessions to tell the agents that [`VerdictRecord::concerns`] names. A
    /// listener that is too slow misses some and is told how many.
    #[must_use]
    pub fn verdict_notices(&self) -> broadcast::Receiver<Arc<VerdictRecord>> {
        self.verdicts.live()
    }
}

/// Who is there, and how the engine fares.
impl EngineHandle {
    /// The processes, by name. Their counts are those of the last cut.
    pub async fn processes(&self) -> Vec<ProcessView> {
        let census = self.census().await;
        let mut processes: Vec<_> = self.shared.directory.iter().map(|view| view.value().clone()).collect();
        for view in &mut processes {
            view.counts = census.counts.get(&view.process).copied();
        }
        processes.sort_by(|a, b| (&a.name, a.process).cmp(&(&b.name, b.process)));
        processes
    }

    /// The name of a process that the engine knows.
    #[must_use]
    pub fn name(&self, process: Incarnation) -> Option<ProcessName> {
        self.shared.directory.get(&process).map(|view| view.name.clone())
    }

    /// The lanes as of the last cut, by sender; `process` for those on which it sends or has received.
    pub async fn lanes(&self, process: Option<Incarnation>) -> Vec<LaneView> {
        let census = self.census().await;
        let concerns = |lane: &&LaneView| {
            process.is_none_or(|p| lane.lane.process == p || lane.received.iter().any(|r| r.process == p))
        };
        census.lanes.iter().filter(concerns).cloned().collect()
    }

    /// The census of the newest cut, taken once per cut.
    async fn census(&self) -> Arc<Census> {
        let last = self.census.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(round) = self.latest().filter(|round| round.summary.epoch > last.epoch) else { return last };
        match tokio::task::spawn_blocking(move || Arc::new(Census::of(&round))).await {
            Ok(census) => {
                *self.census.lock().unwrap_or_else(PoisonError::into_inner) = census.clone();
                census
            }
            Err(_) => last,
        }
    }

    /// What agents had to say of late, the oldest first.
    #[must_use]
    pub fn notices(&self) -> Vec<AgentNotice> {
        self.shared.signals.notices()
    }

    /// The counters.
    #[must_use]
    pub fn statistics(&self) -> &Statistics {
        &self.shared.statistics
    }

    /// The configuration that the engine was started with.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.shared.config
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.shared.store
    }
}
