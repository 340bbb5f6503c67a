//! The server's part of a run: the collector, its sessions, and a store that writes in its own time.

use super::plan::{Bounds, MS, Time};
use super::situation::Situation;
use super::system::{Due, System, deployment};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;
use stillpoint_proto::collector::{self, Action, Collector, Departure, RequestId, SessionId, Timer};
use stillpoint_proto::fact::Millis;
use stillpoint_proto::id::{Epoch, Incarnation, MessageId, ProcessName};
use stillpoint_proto::session::{FromAgent, ToAgent};
use stillpoint_proto::snapshot::Assumption;
use stillpoint_proto::verdict::{Certificate, Outcome};
use stillpoint_server::config::PropertyKind;
use stillpoint_server::engine::verdicts::{Ledger, State, VerdictId, VerdictRecord};

/// What is written.
#[derive(Clone, Debug)]
pub(super) enum Row {
    /// Epochs up to this one may be given out.
    Reserved(Epoch),
    /// A process is known, and perhaps how it went.
    Process(Incarnation, ProcessName, Option<(Departure, Epoch)>),
    Forgotten(Incarnation),
    /// A verdict has changed.
    Verdict(Arc<VerdictRecord>),
}

/// What has been written, and what is in the server's memory.
pub(super) struct Server {
    bounds: Bounds,
    pub(super) collector: Option<Collector>,
    /// What everybody is called, as far as the server knows.
    names: BTreeMap<Incarnation, ProcessName>,
    /// How often the server has started.
    life: u64,
    /// The store.
    reserved: Epoch,
    known: BTreeMap<Incarnation, (ProcessName, Option<(Departure, Epoch)>)>,
    verdicts: BTreeMap<VerdictId, VerdictRecord>,
    /// The last revision and the last id ever written.
    written: (u64, u64),
    /// When what was given to it last will have been written.
    busy: Time,
    pub(super) ledger: Ledger,
    pub(super) last_epoch: Epoch,
    /// Rounds that have been announced and have not ended.
    pub(super) open: BTreeSet<Epoch>,
    /// With the last epoch given out by then, the last time.
    pub(super) retracted: BTreeMap<Assumption, Epoch>,
}

impl Server {
    pub(super) fn new(bounds: &Bounds) -> Self {
        Server {
            bounds: *bounds,
            collector: Some(Collector::new(config(bounds), Epoch::ZERO)),
            names: BTreeMap::new(),
            life: 0,
            reserved: Epoch::ZERO,
            known: BTreeMap::new(),
            verdicts: BTreeMap::new(),
            written: (0, 0),
            busy: 0,
            ledger: Ledger::restore([], 0, VerdictId(0), 64),
            last_epoch: Epoch::ZERO,
            open: BTreeSet::new(),
            retracted: BTreeMap::new(),
        }
    }

    /// The last epoch given out.
    pub(super) const fn given(&self) -> Epoch {
        self.last_epoch
    }

    /// No window reaches beyond this epoch.
    pub(super) fn window(&self) -> u64 {
        let given = self.collector.as_ref().map_or(self.reserved, Collector::given);
        self.reserved.max(given).0 + 3 * self.bounds.reservation + 1
    }

    /// Whether the round of this epoch is open.
    pub(super) fn is_collecting(&self, epoch: Epoch) -> bool {
        self.open.contains(&epoch)
    }

    /// A host says that a process has ended.
    pub(super) fn died(&mut self, process: Incarnation, name: &ProcessName) {
        self.names.entry(process).or_insert_with(|| name.clone());
        if let Some(collector) = &mut self.collector {
            collector.died(process, name);
        }
    }
}

fn config(bounds: &Bounds) -> collector::Config {
    collector::Config {
        deadline: Duration::from_micros(bounds.deadline),
        silence: Duration::from_micros(bounds.silence),
        welcome: Duration::from_millis(4),
        grace: Duration::from_millis(1),
        open_rounds: bounds.open_rounds,
        reservation: bounds.reservation,
        doubt_rounds: bounds.doubt_rounds,
        ..collector::Config::new(deployment())
    }
}

/// Sessions.
impl System {
    pub(super) fn connect(&mut self, process: Incarnation) {
        let Some(node) = self.nodes.get(&process) else { return };
        if node.session.is_some() || node.left {
            return;
        }
        if self.server.collector.is_none() || node.cut_off > self.now {
            self.after(3 * MS, Due::Connect(process));
            return;
        }
        if !node.greeted && self.observer.events(process) > 0 && !node.lanes.is_empty() {
            self.situation(Situation::TalkedBeforeHello);
        }
        let session = self.session_number();
        let Some(node) = self.nodes.get_mut(&process) else { return };
        node.greeted = true;
        node.session = Some((session.0, 0, 0));
        let hello = node.participant.connect();
        self.tell(self.slot_of(process), || "says hello".into());
        self.send_up(process, hello);
    }

    /// A session ends for both, and is tried again.
    pub(super) fn hang_up(&mut self, process: Incarnation) {
        let Some(node) = self.nodes.get_mut(&process) else { return };
        node.participant.disconnect();
        let left = node.left;
        if let Some((session, ..)) = node.session.take() {
            if let Some(collector) = &mut self.server.collector {
                collector.close(SessionId(session));
            }
            if !left {
                let pause = MS + self.fate(&[40, process.0, session]).time(4 * MS);
                self.after(pause, Due::Connect(process));
            }
        }
    }

    pub(super) fn send_up(&mut self, process: Incarnation, message: FromAgent) {
        let delay = self.session_delay(process);
        let Some(node) = self.nodes.get_mut(&process) else { return };
        let Some((session, up, _)) = &mut node.session else { return };
        let at = (self.now + delay).max(*up + 1);
        *up = at;
        let session = SessionId(*session);
        self.at(at, Due::Up(session, Box::new(message)));
    }

    fn send_down(&mut self, session: SessionId, message: ToAgent) {
        let process = self.nodes.iter().find(|(_, n)| n.session.is_some_and(|s| s.0 == session.0));
        let Some(process) = process.map(|(process, _)| *process) else { return };
        let delay = self.session_delay(process);
        let Some((_, _, down)) = self.nodes.get_mut(&process).and_then(|node| node.session.as_mut()) else {
            return;
        };
        let at = (self.now + delay).max(*down + 1);
        *down = at;
        self.at(at, Due::Down(session, Box::new(message)));
    }

    fn session_delay(&self, process: Incarnation) -> Time {
        let slow =
            self.nodes.get(&process).filter(|node| node.slow.1 > self.now).map_or(0, |node| node.slow.0);
        50 + slow + self.fate(&[41, process.0, self.now]).time(MS)
    }

    pub(super) fn up(&mut self, session: SessionId, message: FromAgent) {
        let goodbye = matches!(message, FromAgent::Goodbye(_));
        let process = self.nodes.iter().find(|(_, n)| n.session.is_some_and(|s| s.0 == session.0));
        let process = process.map(|(process, _)| *process);
        if let (Some(collector), Some(speaker)) = (&mut self.server.collector, process) {
            self.judged.spoke.insert(speaker, self.now);
            collector.handle(session, message);
            if let Some(process) = process.filter(|_| goodbye) {
                self.forget_left(process);
            }
        }
    }

    /// A process that has said goodbye has ended.
    fn forget_left(&mut self, process: Incarnation) {
        self.hang_up(process);
    }

    pub(super) fn down(&mut self, session: SessionId, message: ToAgent) {
        let process = self.nodes.iter().find(|(_, n)| n.session.is_some_and(|s| s.0 == session.0));
        let Some(process) = process.map(|(process, _)| *process) else { return };
        if let ToAgent::Rejected(why) = &message {
            let why = why.to_string();
            self.tell(self.slot_of(process), || format!("its session is refused: {why}"));
            self.summary.count_got("sessions refused");
        }
        self.call(process, |p| p.handle(message));
        self.state_ends(process);
    }

    /// A process states of each death that it was told of that every transport from there has ended, when none is
    /// open and nothing is under way. One that was only presumed dead may send on.
    fn state_ends(&mut self, process: Incarnation) {
        let told: Vec<_> =
            self.nodes.get(&process).map_or_else(Vec::new, |n| n.participant.deaths().collect());
        for (peer, since) in told {
            if !self.is_under_way(peer, process) {
                self.call(process, |p| p.peer_ended(peer, since));
                if !self.runs(peer) {
                    self.unnoticed.retain(|id, flight| id.sender() != peer || flight.to != process);
                }
            }
        }
    }

    pub(super) fn kill_server(&mut self, again: Time) {
        if self.server.collector.take().is_none() {
            return;
        }
        self.server.life += 1;
        self.server.busy = 0;
        self.server.open.clear();
        self.judged.open.clear();
        self.judged.requests.clear();
        let all: Vec<Incarnation> = self.nodes.keys().copied().collect();
        for process in all {
            self.hang_up(process);
        }
        self.after(again, Due::Serve);
    }

    /// The server starts with what is in its store.
    pub(super) fn serve(&mut self) {
        let server = &mut self.server;
        let mut collector = Collector::new(config(&server.bounds), server.reserved);
        server.names.clear();
        // A presumption that was not written, nor what rests on it, was never made.
        self.observer.forget_presumptions();
        for (process, (name, gone)) in &server.known {
            server.names.insert(*process, name.clone());
            if let Some((Departure::Presumed, since)) = gone {
                self.observer.presumed(*process, *since);
            }
            match gone {
                Some((how, since)) => collector.recall(*process, name.clone(), *how, *since),
                None => collector.expect(*process, name.clone()),
            }
        }
        server.collector = Some(collector);
        let open = server.verdicts.values().filter(|record| !record.state.is_ended()).cloned();
        self.judged.forget_earlier_cuts();
        server.ledger = Ledger::restore(open, server.written.0, VerdictId(server.written.1), 64);
        self.tell(None, || "the server starts again".into());
    }

    pub(super) fn timer(&mut self, life: u64, timer: Timer) {
        if life == self.server.life
            && let Some(collector) = &mut self.server.collector
        {
            collector.timer(timer);
        }
    }

    pub(super) fn ask(&mut self, request: RequestId, by: Option<Incarnation>) {
        let events = self.nodes.keys().map(|process| (*process, self.observer.events(*process))).collect();
        if !self.server.open.is_empty() {
            self.situation(Situation::JoinedLate);
        }
        if let Some(collector) = &mut self.server.collector {
            self.judged.requests.insert(request, events);
            collector.request(request, by);
        }
    }
}

/// The store.
impl System {
    /// Something will be written, after what was given to the store before.
    pub(super) fn write(&mut self, row: Row) {
        let server = &mut self.server;
        server.busy = server.busy.max(self.now) + 200;
        let (at, life) = (server.busy, server.life);
        self.at(at, Due::Stored(life, row));
    }

    pub(super) fn stored(&mut self, life: u64, row: Row) -> Result<(), String> {
        // What a server that was killed had not written is lost.
        if life != self.server.life {
            return Ok(());
        }
        let server = &mut self.server;
        match row {
            Row::Reserved(upto) => {
                server.reserved = server.reserved.max(upto);
                if let Some(collector) = &mut server.collector {
                    collector.reserved(upto);
                }
            }
            Row::Process(process, name, gone) => drop(server.known.insert(process, (name, gone))),
            Row::Forgotten(process) => drop(server.known.remove(&process)),
            Row::Verdict(record) if record.revision != server.written.0 + 1 => {
                return Err(format!("revision {} is written after {}", record.revision, server.written.0));
            }
            Row::Verdict(record) => {
                server.written = (record.revision, server.written.1.max(record.id.0));
                server.verdicts.insert(record.id, VerdictRecord::clone(&record));
            }
        }
        Ok(())
    }

    /// Changes of verdicts are written one after another.
    pub(super) fn changed(&mut self, changes: Vec<Arc<VerdictRecord>>) -> Result<(), String> {
        for record in changes {
            if let State::Ended(how) = &record.state {
                let how = how.name();
                self.tell(None, || format!("verdict {} has ended: {how}", record.id));
                *self.summary.endings.entry(how).or_default() += 1;
            }
            self.write(Row::Verdict(record));
        }
        Ok(())
    }

    pub(super) const fn wall(&self) -> Millis {
        self.clock(self.now)
    }

    /// Carries out what the collector wants.
    pub(super) fn carry_out(&mut self) -> Result<(), String> {
        while let Some(action) = self.server.collector.as_mut().and_then(Collector::poll) {
            match action {
                Action::Send(session, message) => self.send_down(session, message),
                Action::Close(session) => {
                    let process =
                        self.nodes.iter().find(|(_, n)| n.session.is_some_and(|s| s.0 == session.0));
                    if let Some(process) = process.map(|(process, _)| *process) {
                        self.hang_up(process);
                    }
                }
                Action::Arm(timer, after) => {
                    let life = self.server.life;
                    self.after(u64::try_from(after.as_micros()).unwrap_or(MS), Due::Timer(life, timer));
                }
                Action::Reserve(upto) => self.write(Row::Reserved(upto)),
                Action::Announced(epoch) => self.announced(epoch)?,
                Action::Ended(result) => self.ended(&result)?,
                Action::Recorded(epoch, lane, agreement) => {
                    self.summary.count_got(match self.observer.recorded(epoch, lane, &agreement)? {
                        true => "channels recorded alike",
                        false => "channels of which something was lost before it was recorded",
                    });
                }
                Action::Retract(assumption) => self.retract(assumption)?,
                Action::Departed(process, name, how, since) => {
                    // Of one that nobody has ever started, an operator says so too.
                    self.names.entry(process).or_insert_with(|| name.clone());
                    self.departed(process, name, how, since)?;
                }
                Action::Joined(process, name) => {
                    self.server.names.insert(process, name.clone());
                    self.write(Row::Process(process, name, None));
                }
                Action::Returned(process) => {
                    if let Some(name) = self.server.names.get(&process).cloned() {
                        self.write(Row::Process(process, name, None));
                    }
                }
                Action::Forgotten(process, _) => self.write(Row::Forgotten(process)),
                Action::Inconsistent(round, faults) => {
                    return Err(format!("round {round} is inconsistent: {faults:?}"));
                }
                Action::Notice(..) => {}
            }
        }
        Ok(())
    }

    fn announced(&mut self, epoch: Epoch) -> Result<(), String> {
        let server = &mut self.server;
        if epoch <= server.last_epoch || epoch > server.reserved {
            return Err(format!("epoch {epoch} after {}, reserved {}", server.last_epoch, server.reserved));
        }
        server.last_epoch = epoch;
        server.open.insert(epoch);
        self.tell(None, || format!("ROUND {epoch} is announced"));
        self.remember(epoch);
        Ok(())
    }

    fn retract(&mut self, assumption: Assumption) -> Result<(), String> {
        self.summary.count_got("assumptions retracted");
        if let Assumption::PresumedDead(process) = assumption
            && !self.judged.died.contains_key(&process)
        {
            self.situation(Situation::PresumedAlive);
        }
        self.tell(None, || format!("retracts {assumption:?}"));
        self.observer.retracted(&assumption);
        let reason = match &assumption {
            Assumption::NoRedelivery(lane) => {
                let copied = |(id, arrivals): (&MessageId, &Vec<_>)| id.lane == *lane && arrivals.len() > 1;
                match self.judged.groups.contains(lane) {
                    true => self.judged.arrivals.iter().any(copied),
                    // What has come late may have come twice.
                    false => self.observer.has_arrived(|id| id.lane == *lane),
                }
            }
            Assumption::Expired(lane, numbers) => {
                self.observer.has_arrived(|id| id.lane == *lane && numbers.contains(id.seq))
            }
            Assumption::PresumedDead(process) => {
                let spoke = self.judged.spoke.get(process) >= self.judged.presumed.get(process);
                spoke || self.observer.has_arrived(|id| id.sender() == *process)
            }
            Assumption::Unstamped(_) | Assumption::ClosedWakers(_) => false,
        };
        if !reason {
            return Err(format!("{assumption:?} is retracted, and nothing speaks against it"));
        }
        let (given, now) = (self.server.last_epoch, self.wall());
        let changes = self.server.ledger.retract(&assumption, given, now);
        self.server.retracted.insert(assumption, given);
        self.changed(changes)
    }

    fn departed(
        &mut self,
        process: Incarnation,
        name: ProcessName,
        how: Departure,
        since: Epoch,
    ) -> Result<(), String> {
        self.tell(None, || format!("{process} has departed: {how:?}"));
        if how == Departure::Presumed {
            self.observer.presumed(process, since);
            self.judged.presumed.insert(process, self.now);
        }
        self.server.names.insert(process, name.clone());
        self.write(Row::Process(process, name, Some((how, since))));
        let now = self.wall();
        let changes = self.server.ledger.departed(process, since, now);
        self.changed(changes)
    }

    /// What a ledger makes of findings.
    pub(super) fn observe(
        &mut self,
        kind: PropertyKind,
        cut: &stillpoint_proto::snapshot::ConsistentCut,
        found: &[stillpoint_proto::verdict::Verdict],
    ) -> Result<(), String> {
        let now = self.wall();
        let before = self.server.ledger.revision();
        let changes = self.server.ledger.observe(kind, cut, found, now);
        let revisions: VecDeque<u64> = changes.iter().map(|record| record.revision).collect();
        if revisions.iter().copied().ne(before + 1..before + 1 + revisions.len() as u64) {
            return Err(format!("revisions after {before} are {revisions:?}"));
        }
        self.no_deadlock_twice()?;
        self.changed(changes)
    }

    /// Whoever is stuck is stuck in one deadlock that is open, and is not to be resolved twice.
    fn no_deadlock_twice(&self) -> Result<(), String> {
        let mut known = BTreeMap::new();
        for record in self.server.ledger.records().filter(|record| !record.state.is_ended()) {
            let Outcome::Holds(Certificate::Deadlock(one)) = &record.verdict.outcome else { continue };
            for wait in one.members.iter().flat_map(|member| &member.waits) {
                if let Some(other) = known.insert(wait.wait, record.id) {
                    return Err(format!("deadlocks {other} and {} share wait {}", record.id, wait.wait));
                }
            }
        }
        Ok(())
    }
}
