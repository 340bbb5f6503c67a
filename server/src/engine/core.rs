//! The engine's task: it owns the collector and does what the collector asks for.
//!
//! Everything that reaches the collector is a [`Command`] or a timer; everything that it wants is an
//! [`Action`]. The task never waits for the store, the disk or a detector: reservations, rows about rounds and
//! analyses are handed to tasks of their own.

use super::census::{Directory, ProcessView, SessionView, Standing};
use super::history::{History, Round, RoundSummary, now};
use super::jobs::Hints;
use super::recorder::{Entry, Recorder, try_again};
use super::sessions::{CloseReason, Fate};
use super::signals::Signals;
use super::statistics::{Counter, Statistics};
use super::timers::{Alarm, Timers};
use crate::config::{Config, PropertyKind};
use crate::store::{KnownProcess, Store};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;
use stillpoint_proto::collector::{
    Action, Agreement, Collector, Departure, Forgetting, Missing, RequestId, RoundResult, SessionId, Timer,
};
use stillpoint_proto::fact::Millis;
use stillpoint_proto::id::{Epoch, Incarnation, LaneRef, ProcessName};
use stillpoint_proto::session::{FromAgent, ToAgent};
use stillpoint_proto::snapshot::{Assumption, Inconsistency};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// What the task is told.
#[derive(Debug)]
pub(super) enum Command {
    /// A session has been opened.
    Open { id: SessionId, peer: String, outbox: mpsc::Sender<ToAgent>, fate: Fate },
    /// An agent says something.
    Message(SessionId, Box<FromAgent>),
    /// A session has ended.
    Closed(SessionId),
    /// Somebody wants a round.
    Request(Request),
    /// A process is known to have ended.
    Died(Incarnation, ProcessName),
    /// The same, unless it has a session; who says so is told whether it had none.
    ReportDeath(Incarnation, ProcessName, oneshot::Sender<bool>),
    /// Epochs have been reserved durably.
    Reserved(Epoch),
}

/// A request for a round.
#[derive(Debug)]
pub(super) struct Request {
    /// How long the members have; `None` for the configured deadline.
    pub(super) deadline: Option<Duration>,
    /// What its round is analysed for, besides what every round is.
    pub(super) properties: BTreeSet<PropertyKind>,
    /// Who is told, if anybody waits.
    pub(super) reply: Option<oneshot::Sender<Arc<Round>>>,
}

/// What the task and the handles share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) config: Config,
    pub(super) store: Store,
    pub(super) history: History,
    pub(super) directory: Directory,
    pub(super) statistics: Statistics,
    pub(super) signals: Signals,
    /// Told when the outbox has something for the webhook.
    pub(super) outbox_filled: Arc<Notify>,
    /// Cancelled when the engine is told to stop.
    pub(super) stop: CancellationToken,
}

struct Connection {
    outbox: mpsc::Sender<ToAgent>,
    fate: Fate,
    view: SessionView,
    process: Option<Incarnation>,
}

pub(super) struct Core {
    shared: Arc<Shared>,
    collector: Collector,
    commands: mpsc::Receiver<Command>,
    /// For the task that reserves epochs.
    own: mpsc::WeakSender<Command>,
    recorder: Recorder,
    timers: Timers,
    sessions: HashMap<SessionId, Connection>,
    /// Whose message is being handled.
    current: Option<SessionId>,
    requests: BTreeMap<RequestId, Request>,
    next_request: u64,
    /// Requests that no announced round answers yet.
    unannounced: Vec<RequestId>,
    /// Of the open rounds: when each was announced, and how long its members have.
    open: BTreeMap<Epoch, (Millis, Option<Duration>)>,
    hints: Hints,
    /// What the last round lacked, so that the log tells it only when it changes.
    lacking: Vec<Missing>,
}

impl Core {
    pub(super) fn new(
        shared: Arc<Shared>,
        collector: Collector,
        commands: mpsc::Receiver<Command>,
        own: mpsc::WeakSender<Command>,
        recorder: Recorder,
    ) -> Self {
        let hints = Hints::new(shared.config.rounds.hint_spacing);
        Core {
            shared,
            collector,
            commands,
            own,
            recorder,
            timers: Timers::default(),
            sessions: HashMap::new(),
            current: None,
            requests: BTreeMap::new(),
            next_request: 0,
            unannounced: Vec::new(),
            open: BTreeMap::new(),
            hints,
            lacking: Vec::new(),
        }
    }

    /// Tells the collector of processes that an earlier engine has known.
    pub(super) fn recall(&mut self, known: Vec<KnownProcess>) {
        for KnownProcess { process, name, gone } in known {
            match gone {
                None => {
                    self.view(process, &name, |_| {});
                    self.collector.expect(process, name);
                }
                Some((how, since)) => {
                    self.view(process, &name, |view| view.standing = how.into());
                    self.collector.recall(process, name, how, since);
                }
            }
        }
    }

    pub(super) async fn run(mut self) {
        loop {
            tokio::select! {
                () = self.shared.stop.cancelled() => break,
                () = self.timers.wait() => self.fire(),
                Some(command) = self.commands.recv() => self.handle(command),
            }
            self.carry_out();
        }
        for connection in self.sessions.values() {
            let _ = connection.fate.set(CloseReason::Stopped);
        }
    }

    fn fire(&mut self) {
        while let Some(alarm) = self.timers.pop(Instant::now()) {
            match alarm {
                Alarm::Core(timer) => self.collector.timer(timer),
                Alarm::Hint => self.round_for_hints(),
            }
        }
    }

    fn round_for_hints(&mut self) {
        match self.hints.due(Instant::now()) {
            Some(first) if self.sessions.contains_key(&first) => {
                self.collector.handle(first, FromAgent::Request);
            }
            // The first has gone, and others may have hinted since: a round that nobody in particular begins.
            Some(_) => {
                self.next_request += 1;
                self.collector.request(RequestId(self.next_request), None);
            }
            None => {}
        }
    }

    fn handle(&mut self, command: Command) {
        match command {
            Command::Open { id, peer, outbox, fate } => {
                let view = SessionView { id, peer, since: now() };
                self.sessions.insert(id, Connection { outbox, fate, view, process: None });
                self.shared.statistics.add(Counter::SessionsOpened);
            }
            Command::Message(id, message) => self.message(id, *message),
            Command::Closed(id) => self.close(id, CloseReason::Disconnected),
            Command::Request(request) => self.request(request),
            Command::Died(process, name) => self.collector.died(process, &name),
            Command::ReportDeath(process, name, done) => {
                let may_be = !self.collector.is_connected(process);
                if may_be {
                    self.collector.died(process, &name);
                    self.carry_out();
                }
                // Whoever said so may have gone.
                let _ = done.send(may_be);
            }
            Command::Reserved(upto) => self.collector.reserved(upto),
        }
    }

    fn message(&mut self, id: SessionId, message: FromAgent) {
        let Some(connection) = self.sessions.get(&id) else { return };
        self.current = Some(id);
        if message == FromAgent::Request && connection.process.is_some() {
            match self.hints.hint(id, Instant::now()) {
                Ok(()) => {}
                Err(at) => return self.timers.arm(Alarm::Hint, at),
            }
        }
        self.collector.handle(id, message);
    }

    fn request(&mut self, request: Request) {
        // A full table drops the request, and whoever waits is told that nothing will come.
        if self.requests.len() < self.shared.config.rounds.requests {
            self.next_request += 1;
            let id = RequestId(self.next_request);
            self.requests.insert(id, request);
            self.unannounced.push(id);
            self.collector.request(id, None);
        }
    }

    fn close(&mut self, id: SessionId, reason: CloseReason) {
        let Some(connection) = self.sessions.remove(&id) else { return };
        let _ = connection.fate.set(reason);
        self.shared.statistics.add(Counter::SessionsClosed);
        tracing::info!(session = id.0, peer = connection.view.peer, %reason, "session closed");
        if let Some(process) = connection.process
            && let Some(mut view) = self.shared.directory.get_mut(&process)
            && view.session.as_ref().is_some_and(|s| s.id == id)
        {
            view.session = None;
            if view.standing == Standing::Connected {
                view.standing = Standing::Disconnected;
            }
        }
        self.collector.close(id);
    }
}

/// What the collector asks for.
impl Core {
    fn carry_out(&mut self) {
        while let Some(action) = self.collector.poll() {
            match action {
                Action::Send(session, message) => self.send(session, message),
                Action::Close(session) => self.close(session, CloseReason::Protocol),
                Action::Arm(timer, after) => self.arm(timer, after),
                Action::Reserve(upto) => self.reserve(upto),
                Action::Announced(epoch) => self.announced(epoch),
                Action::Ended(result) => self.ended(*result),
                Action::Recorded(epoch, lane, agreement) => self.recorded(epoch, lane, &agreement),
                Action::Retract(assumption) => self.retract(assumption),
                Action::Notice(process, notice) => {
                    tracing::warn!(%process, ?notice, "an agent gives notice");
                    self.shared.statistics.add(Counter::Notices);
                    self.shared.signals.notice(process, notice);
                }
                Action::Joined(process, name) => self.joined(process, &name),
                Action::Departed(process, name, how, since) => self.gone(process, name, how, since),
                Action::Returned(process) => self.returned(process),
                Action::Forgotten(process, why) => self.forgotten(process, why),
                Action::Inconsistent(epoch, faults) => self.inconsistent(epoch, &faults),
            }
        }
        self.current = None;
    }

    fn send(&mut self, session: SessionId, message: ToAgent) {
        let Some(connection) = self.sessions.get(&session) else { return };
        if let (ToAgent::Reported(epoch), Some(process)) = (&message, connection.process)
            && let Some(mut view) = self.shared.directory.get_mut(&process)
        {
            view.epoch = *epoch;
        }
        if let ToAgent::Rejected(why) = &message {
            let (peer, process) =
                (&connection.view.peer, connection.process.map(|process| process.to_string()));
            tracing::warn!(session = session.0, peer, process, %why, "a session is refused");
        }
        match connection.outbox.try_send(message) {
            Ok(()) => {}
            Err(mpsc::error::TrySendError::Full(_)) => {
                let peer = &connection.view.peer;
                tracing::warn!(
                    session = session.0,
                    peer,
                    "an agent does not read what it is told; closing its session"
                );
                self.shared.statistics.add(Counter::OutboxesFull);
                self.close(session, CloseReason::OutboxFull);
            }
            Err(mpsc::error::TrySendError::Closed(_)) => self.close(session, CloseReason::Disconnected),
        }
    }

    fn arm(&mut self, timer: Timer, after: Duration) {
        let shorter = match timer {
            Timer::Deadline(epoch) => self.open.get(&epoch).and_then(|(_, deadline)| *deadline),
            Timer::Grace(_) | Timer::Silence(_) | Timer::Welcome(_) | Timer::Patience => None,
        };
        let after = shorter.map_or(after, |shorter| shorter.min(after));
        self.timers.arm(Alarm::Core(timer), Instant::now() + after);
    }

    /// Writes the reservation; rounds wait for it, nothing else does.
    fn reserve(&self, upto: Epoch) {
        let (shared, own) = (self.shared.clone(), self.own.clone());
        tokio::spawn(async move {
            while let Err(error) = shared.store.reserve(upto).await {
                let what = "the reservation of epochs, without which no round begins,";
                if !try_again(&shared, what, &error).await {
                    return;
                }
            }
            if let Some(own) = own.upgrade() {
                // The engine may have stopped meanwhile.
                let _ = own.send(Command::Reserved(upto)).await;
            }
        });
    }

    fn announced(&mut self, epoch: Epoch) {
        // Its members have as long as the most patient of those who asked for it.
        let asked = std::mem::take(&mut self.unannounced);
        let deadlines: Option<Vec<Duration>> =
            asked.iter().map(|id| self.requests.get(id).and_then(|r| r.deadline)).collect();
        let deadline = deadlines.and_then(|all| all.into_iter().max());
        self.open.insert(epoch, (now(), deadline));
        tracing::debug!(%epoch, requests = asked.len(), "round began");
    }

    fn ended(&mut self, result: RoundResult) {
        let RoundResult { epoch, requests, outcome } = result;
        let ended = now();
        let (began, _) = self.open.remove(&epoch).unwrap_or((ended, None));
        let round = Arc::new(Round::new(epoch, outcome, began, ended));
        self.shared.statistics.round(round.summary.outcome);
        self.log_end(&round.summary);
        if let Some(fault) = round.summary.faults.first() {
            self.fault(epoch, fault.clone());
        }
        self.recorder.record(Entry::Round(round.clone()));
        // To free the messages of a large snapshot takes long, and others wait for this task.
        if let Some(displaced) = self.shared.history.add(round.clone()) {
            tokio::task::spawn_blocking(|| drop(displaced));
        }
        let mut properties: BTreeSet<_> = self.shared.config.each_round.iter().copied().collect();
        for request in requests {
            let Some(request) = self.requests.remove(&request) else { continue };
            properties.extend(request.properties);
            if let Some(reply) = request.reply {
                // Whoever asked may have gone.
                let _ = reply.send(round.clone());
            }
        }
        self.shared.signals.analyse(&round, &properties);
    }

    fn recorded(&self, epoch: Epoch, lane: LaneRef, agreement: &Agreement) {
        match agreement {
            Agreement::Equal => self.shared.statistics.add(Counter::ChannelsEqual),
            Agreement::Within(lost) => {
                self.shared.statistics.add(Counter::ChannelsWithin);
                tracing::debug!(%epoch, %lane, ?lost, "messages were lost with their link")
            }
            Agreement::Violated(beyond) => {
                tracing::error!(%epoch, %lane, ?beyond, "a link delivered what was not in transit: instrumentation fault");
                self.shared.statistics.add(Counter::ChannelsViolated);
                let what = format!("lane {lane} delivered messages {beyond:?}, which were not in transit");
                self.fault(epoch, what);
            }
        }
    }

    /// Counts and keeps a fault of the instrumentation.
    fn fault(&self, epoch: Epoch, what: String) {
        self.shared.statistics.add(Counter::Faults);
        self.recorder.record(Entry::Fault(epoch, what));
    }

    fn retract(&mut self, assumption: Assumption) {
        tracing::warn!(?assumption, "an assumption turned out false; verdicts that rest on it are retracted");
        if let Assumption::PresumedDead(process) = assumption
            && let Some(mut view) = self.shared.directory.get_mut(&process)
        {
            view.standing = Standing::Disconnected;
        }
        self.shared.signals.retract(assumption, self.collector.given());
    }

    fn joined(&mut self, process: Incarnation, name: &ProcessName) {
        let Some(id) = self.current else { return };
        let Some(connection) = self.sessions.get_mut(&id) else { return };
        connection.process = Some(process);
        let session = connection.view.clone();
        tracing::info!(%process, %name, peer = session.peer, "a process joined");
        self.view(process, name, |view| {
            // One that was a stranger had a name that was made up.
            view.name = name.clone();
            view.standing = Standing::Connected;
            view.session = Some(session);
        });
        self.recorder.record(Entry::Process(KnownProcess { process, name: name.clone(), gone: None }));
    }

    /// It was presumed dead, and lives.
    fn returned(&self, process: Incarnation) {
        if let Some(name) = self.shared.directory.get(&process).map(|view| view.name.clone()) {
            self.recorder.record(Entry::Process(KnownProcess { process, name, gone: None }));
        }
    }

    /// `since` is the last epoch given out by then.
    fn gone(&mut self, process: Incarnation, name: ProcessName, how: Departure, since: Epoch) {
        tracing::info!(%process, %name, ?how, "a process departed");
        self.view(process, &name, |view| {
            // One that was a stranger had a name that was made up.
            view.name = name.clone();
            view.standing = how.into();
        });
        self.recorder.record(Entry::Process(KnownProcess { process, name, gone: Some((how, since)) }));
        self.shared.signals.departed(process, since);
    }

    /// The reports of a round contradicted one another: whose they are is absent from it.
    fn inconsistent(&self, epoch: Epoch, faults: &[Inconsistency]) {
        for fault in faults {
            tracing::error!(%epoch, %fault, "an instrumentation fault: whose it is is absent from the round");
            self.fault(epoch, fault.to_string());
        }
    }

    fn view(&self, process: Incarnation, name: &ProcessName, change: impl FnOnce(&mut ProcessView)) {
        let mut view = self.shared.directory.entry(process).or_insert_with(|| ProcessView {
            process,
            name: name.clone(),
            standing: Standing::Disconnected,
            session: None,
            epoch: Epoch::ZERO,
            counts: None,
        });
        change(view.value_mut());
    }

    /// Rounds may lack the same for days: the log tells it when that changes.
    fn log_end(&mut self, summary: &RoundSummary) {
        let (epoch, took) = (summary.epoch, summary.ended.0.saturating_sub(summary.began.0));
        let outcome = summary.outcome.name();
        let changed = self.lacking != summary.missing;
        if !summary.faults.is_empty() {
            tracing::error!(%epoch, outcome, took, faults = ?summary.faults, "round ended");
        } else if changed && summary.missing.is_empty() {
            tracing::info!(%epoch, outcome, took, members = summary.members, "round ended; rounds are whole again");
        } else if changed {
            let missing: Vec<_> = summary.missing.iter().map(missing_in_words).collect();
            tracing::warn!(%epoch, outcome, took, ?missing, "round ended; told again when what is missing changes");
        } else {
            tracing::debug!(%epoch, outcome, took, members = summary.members, "round ended");
        }
        if summary.faults.is_empty() {
            self.lacking.clone_from(&summary.missing);
        }
    }

    fn forgotten(&self, process: Incarnation, why: Forgetting) {
        if let Some((_, view)) = self.shared.directory.remove(&process)
            && why == Forgetting::TooMany
        {
            let limit = self.shared.config.sessions.departed;
            tracing::warn!(
                %process, name = %view.name, limit,
                "more processes have departed than `sessions.departed` allows to remember: one is forgotten, and \
                 rounds are incomplete if others have met it"
            );
        }
        self.recorder.record(Entry::Forget(process));
    }
}

/// What an incomplete round lacks, for people.
#[must_use]
pub fn missing_in_words(missing: &Missing) -> String {
    match missing {
        Missing::Cut(process, name, absence) => format!("the cut of {name} ({process}): {absence}"),
        Missing::PresumedDead(process, name) => format!("{name} ({process}), presumed dead from its silence"),
        Missing::Content(process) => format!("the content of messages from {process}"),
    }
}
