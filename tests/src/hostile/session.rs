//! One hostile agent beside two honest ones.

use super::bytes::Bytes;
use crate::script::{Script, deployment};
use std::sync::Arc;
use stillpoint_detectors::deadlock::{VictimPolicy, deadlock};
use stillpoint_detectors::termination::termination;
use stillpoint_proto::collector::{Missing, RoundOutcome, RoundResult, SessionId, Timer};
use stillpoint_proto::cut::{Delta, Order, ProcessCut};
use stillpoint_proto::fact::{
    Annotation, Awaited, Creation, Fact, Location, Millis, Serving, Target, Task, Token, Wait,
};
use stillpoint_proto::fold::{Piece, Report};
use stillpoint_proto::id::{
    ComputationId, ComputationRef, DeploymentId, Epoch, Handle, Incarnation, LaneId, LaneRef, ProcessName,
    TaskId, WaitId,
};
use stillpoint_proto::lane::Recording;
use stillpoint_proto::participant::Act;
use stillpoint_proto::ranges::RangeSet;
use stillpoint_proto::session::{FromAgent, Hello, Notice};
use stillpoint_proto::snapshot::{Absence, ConsistentCut, Inconsistency, MemberState};
use stillpoint_proto::stamp::{Ack, Stamp};
use stillpoint_proto::verdict::{Certificate, Outcome};

const HONEST: [Incarnation; 2] = [Incarnation(1), Incarnation(2)];
const HOSTILE: Incarnation = Incarnation(3);
/// How much is done for one input.
const STEPS: usize = 64;

/// *Feeds* a collector whatever one agent may say, on as many sessions as it likes: hellos with its own name and those of
/// others, reports with any content, base, epochs and checksum, goodbyes, recordings, notices; and two honest agents its
/// stamps. Meanwhile these send each other work, and rounds are asked for. The agent does not say hello with the
/// incarnation of another, and sends no stamp in the name of one: nothing proves who one is.
///
/// *Must hold*: every round ends. What a snapshot says of an honest agent is its state at that cut; one that is left out
/// contradicts the hostile one, which is left out as well, unless it has lied about where a lane of its own leads: who has
/// received on that is taken for a liar, as ARCHITECTURE.md says. Work that goes on has not terminated, and a caller whose
/// callee runs is not deadlocked. No honest agent loses its session. What is said about all this is bounded.
pub fn session(data: &[u8]) {
    let mut stage = Stage::new(Bytes::new(data));
    for _ in 0..STEPS {
        if stage.bytes.is_empty() {
            break;
        }
        stage.step();
        stage.judge();
    }
    stage.round();
    stage.judge();
}

/// A unit of work, and where it is.
enum Work {
    Held(u64, Handle),
    UnderWay(u64, Stamp),
}

struct Stage<'a> {
    bytes: Bytes<'a>,
    script: Script,
    /// The lane from each honest agent to the other.
    lanes: [LaneId; 2],
    computation: ComputationRef,
    work: Vec<Work>,
    /// The request that p1 waits for, until p2 has it.
    request: Option<Stamp>,
    sessions: Vec<SessionId>,
    /// The last state that the hostile agent has reported, and where that ended.
    told: (Option<Epoch>, ProcessCut),
    judged: usize,
    steps: usize,
    /// The epochs that its stamps have claimed.
    claimed: RangeSet,
}

impl<'a> Stage<'a> {
    fn new(bytes: Bytes<'a>) -> Self {
        let mut script = Script::new(2);
        let lanes = [script.lane(1, 2, Order::Unordered), script.lane(2, 1, Order::Unordered)];
        let creation = script.p(1).mint();
        let computation = ComputationRef::new(HONEST[0], ComputationId(creation));
        let token = script.p(1).mint();
        let created = Fact::Creation(Creation { label: "job".into(), allow_loss: false });
        let holds = Fact::Token(Token { computation });
        script.p(1).change(vec![Act::Insert(creation, created), Act::Insert(token, holds)]);
        let work = vec![Work::Held(1, token)];
        let request = Some(call(&mut script, lanes[0]));
        let (sessions, told) = (Vec::new(), (None, ProcessCut::default()));
        let (judged, steps, claimed) = (0, 0, RangeSet::new());
        Stage { bytes, script, lanes, computation, work, request, sessions, told, judged, steps, claimed }
    }

    fn step(&mut self) {
        self.steps += 1;
        match self.bytes.below(16) {
            0 => self.hello(),
            1..=4 => self.report(false),
            5 => self.round(),
            6 => self.attend_round(),
            7 => self.other_words(),
            8 => self.stamp(),
            9 => self.hang_up(),
            10 => self.report(true),
            11 => self.timer(),
            12 => self.serve(),
            _ => self.work(),
        }
    }
}

/// What honest agents do.
impl Stage<'_> {
    fn work(&mut self) {
        let at = self.bytes.byte() as usize % self.work.len().max(1);
        if self.work.is_empty() {
            return;
        }
        let computation = self.computation;
        match self.work.swap_remove(at) {
            // It is done.
            Work::Held(n, token) if self.bytes.seldom(4) => self.script.p(n).change(vec![Act::Remove(token)]),
            Work::Held(n, token) => {
                let carried = Arc::from([Annotation::Token(computation)]);
                let lane = self.lanes[n as usize - 1];
                let sent = self.script.p(n).send(lane, carried, vec![Act::Remove(token)]);
                self.work.extend(sent.ok().map(|sent| Work::UnderWay(3 - n, sent.stamp)));
            }
            Work::UnderWay(to, stamp) => {
                let token = self.script.p(to).mint();
                self.script
                    .p(to)
                    .receive(&stamp, vec![Act::Insert(token, Fact::Token(Token { computation }))]);
                self.work.push(Work::Held(to, token));
            }
        }
    }

    fn serve(&mut self) {
        let Some(stamp) = self.request.take() else { return };
        let (task, serving) = (self.script.p(2).mint(), self.script.p(2).mint());
        let runs = Fact::Task(Task { label: "callee".into(), ..Task::default() });
        let answers = Fact::Serving(Serving { task: TaskId(task), request: stamp.id });
        self.script.p(2).receive(&stamp, vec![Act::Insert(task, runs), Act::Insert(serving, answers)]);
    }

    /// A round is asked for and comes to its end, whatever the hostile agent does.
    fn round(&mut self) {
        let request = self.script.request(None);
        self.script.settle();
        self.end_rounds();
        // One that waited for a place among the open ones has begun since.
        self.end_rounds();
        assert!(self.script.answer(request).is_some(), "a round does not end");
    }

    /// Deadlines pass; all have been told long before.
    fn end_rounds(&mut self) {
        self.fire(|timer| matches!(timer, Timer::Welcome(_) | Timer::Patience));
        self.fire(|timer| matches!(timer, Timer::Grace(_)));
        self.fire(|timer| matches!(timer, Timer::Deadline(_)));
    }

    fn fire(&mut self, which: impl Fn(&Timer) -> bool) {
        let due: Vec<Timer> = self.script.timers.iter().copied().filter(which).collect();
        for timer in due {
            self.script.fire(timer);
            self.script.settle();
        }
    }
}

/// p1 calls p2, and its task waits for the reply.
fn call(script: &mut Script, lane: LaneId) -> Stamp {
    let p1 = script.p(1);
    let [task, wait, target] = [p1.mint(), p1.mint(), p1.mint()];
    let Ok(sent) = p1.send(lane, Arc::from([]), Vec::new()) else { panic!("its own lane") };
    let waits = Wait {
        task: TaskId(task),
        need: 1,
        of: 1,
        since: Millis(0),
        deadline: None,
        location: Location::default(),
    };
    let on = Target { wait: WaitId(wait), on: Awaited::Call(sent.stamp.id) };
    p1.change(vec![
        Act::Insert(task, Fact::Task(Task { label: "caller".into(), ..Task::default() })),
        Act::Insert(wait, Fact::Wait(waits)),
        Act::Insert(target, Fact::Target(on)),
    ]);
    sent.stamp
}

/// What the hostile agent does.
impl Stage<'_> {
    fn hello(&mut self) {
        let bytes = &mut self.bytes;
        let name = ["p3", "p1", "p2", "unknown-3"][bytes.below(4) as usize];
        let incarnation = if bytes.seldom(4) { Incarnation(bytes.number()) } else { HOSTILE };
        if HONEST.contains(&incarnation) {
            return;
        }
        let Ok(name) = ProcessName::new(name) else { return };
        let hello = Hello {
            name,
            incarnation,
            deployment: if bytes.seldom(16) { DeploymentId(bytes.number()) } else { deployment() },
            versions: if bytes.seldom(16) { (bytes.number() as u32, u32::MAX) } else { (1, 1) },
            epoch: if bytes.seldom(4) { bytes.epoch() } else { self.script.collector.given() },
        };
        // Mostly on a session of its own.
        let session = match self.sessions.last() {
            Some(last) if bytes.seldom(8) => *last,
            _ => self.script.session(),
        };
        self.sessions.push(session);
        self.script.handle(session, FromAgent::Hello(hello));
        self.script.settle();
    }

    fn say(&mut self, message: FromAgent) {
        if self.sessions.is_empty() {
            self.sessions.push(self.script.session());
        }
        let newest = self.sessions[self.sessions.len() - 1];
        let session = if self.bytes.seldom(8) { self.bytes.of(&self.sessions) } else { newest };
        self.script.handle(session, message);
        self.script.settle();
    }

    /// Mostly one that can be applied, and that is of the newest round.
    fn report(&mut self, last: bool) {
        let given = self.script.collector.given();
        let bytes = &mut self.bytes;
        let whole = bytes.seldom(4);
        let (base, mut state) =
            if whole { (None, ProcessCut::default()) } else { (self.told.0, self.told.1.clone()) };
        let mut delta = bytes.delta();
        if bytes.flag() {
            self.aim(&mut delta);
        }
        let bytes = &mut self.bytes;
        let fits = state.apply(&delta).is_ok();
        let checksum = if bytes.seldom(8) { bytes.number() } else { state.checksum() };
        let base = if bytes.seldom(16) { Some(bytes.epoch()) } else { base };
        let from = if bytes.seldom(8) { bytes.epoch() } else { self.told.0.unwrap_or(Epoch::ZERO) };
        let to = if bytes.seldom(8) { bytes.epoch() } else { given };
        let heard = bytes.heard();
        let piece = Piece { from, to, delta, at: Millis(0), checksum, heard };
        let report = Report { base, piece };
        if fits {
            self.told = (Some(to), state);
        } else {
            self.told = (None, ProcessCut::default());
        }
        let goodbye = last && self.bytes.flag();
        self.say(if goodbye { FromAgent::Goodbye(report) } else { FromAgent::Report(report) });
    }

    /// Aims what is said of receipts at the lanes of the honest agents.
    fn aim(&mut self, delta: &mut Delta) {
        for (at, lane) in self.lanes.into_iter().enumerate() {
            if self.bytes.flag() {
                let got = self.bytes.receiving();
                delta.receiving.insert(LaneRef { process: HONEST[at], lane }, got);
            }
        }
    }

    /// Cuts as it should, with whatever state.
    fn attend_round(&mut self) {
        let request = self.script.request(None);
        self.fire(|timer| matches!(timer, Timer::Welcome(_) | Timer::Patience));
        self.report(false);
        self.end_rounds();
        assert!(self.script.answer(request).is_some(), "a round does not end");
    }

    fn other_words(&mut self) {
        let bytes = &mut self.bytes;
        let said = match bytes.below(6) {
            0 => FromAgent::Request,
            1 => FromAgent::Faulty(bytes.text()),
            2 => FromAgent::Notice(Notice::Late(bytes.message())),
            3 => FromAgent::Notice(Notice::Redelivered(bytes.message())),
            4 => FromAgent::Notice(Notice::Refused { from: bytes.process(), epoch: bytes.epoch() }),
            _ => {
                let (from, to) = (bytes.epoch(), bytes.epoch());
                let by_epoch = bytes.several(2, |b| (b.epoch(), b.numbers(u64::MAX)));
                FromAgent::Recorded(bytes.lane(), Recording { from, to, by_epoch })
            }
        };
        self.say(said);
    }

    /// A message of its own to an honest agent, with any stamp.
    fn stamp(&mut self) {
        let bytes = &mut self.bytes;
        let to = 1 + bytes.below(2);
        let mut id = bytes.message();
        if HONEST.contains(&id.lane.process) {
            id.lane.process = HOSTILE;
        }
        let lie = |b: &mut Bytes<'_>| {
            let lane =
                if b.flag() { LaneRef { process: Incarnation(to), lane: LaneId(1) } } else { b.lane() };
            Ack { lane, received: b.numbers(u64::MAX) }
        };
        let stamp = Stamp {
            deployment: deployment(),
            id,
            epoch: if bytes.flag() { bytes.epoch() } else { self.script.collector.given() },
            heard: bytes.heard(),
            floor: bytes.number().clamp(1, id.seq),
            acks: bytes.several(2, lie),
            clock: None,
        };
        self.script.p(to).receive(&stamp, Vec::new());
        self.claimed.insert(stamp.epoch.0);
        self.claimed.union(stamp.heard.as_numbers());
        self.script.settle();
    }

    fn hang_up(&mut self) {
        if let Some(session) = self.sessions.pop() {
            self.script.collector.close(session);
            self.script.pump();
        }
    }

    /// Time passes for those who are silent.
    fn timer(&mut self) {
        let timers: Vec<Timer> = self.script.timers.iter().copied().collect();
        if timers.is_empty() {
            return;
        }
        match self.bytes.of(&timers[..timers.len().min(256)]) {
            Timer::Deadline(_) => self.end_rounds(),
            timer => {
                self.script.fire(timer);
                self.script.settle();
            }
        }
    }
}

/// What must hold.
impl Stage<'_> {
    fn judge(&mut self) {
        for n in [1, 2] {
            assert!(self.script.collector.is_connected(Incarnation(n)), "p{n} has lost its session");
        }
        let script = &self.script;
        let said: usize = [
            script.rejected.len(),
            script.recorded.len(),
            script.departed.len(),
            script.notices.len(),
            script.retracted.len(),
        ]
        .iter()
        .sum();
        let alarms: usize = script.inconsistent.iter().map(|(_, faults)| faults.len()).sum();
        let bound = 64 * (self.steps + 2);
        assert!(said + alarms + script.ended.len() < bound, "{said} and {alarms} in {} steps", self.steps);
        for at in self.judged..self.script.ended.len() {
            let round = self.script.ended[at].clone();
            self.judge_round(&round);
        }
        self.judged = self.script.ended.len();
    }

    fn judge_round(&mut self, round: &RoundResult) {
        let (cut, missing) = match &round.outcome {
            RoundOutcome::Complete(cut) => (cut, &[][..]),
            RoundOutcome::Incomplete(cut, missing) => (cut, &missing[..]),
            RoundOutcome::Inconsistent(_) if self.may_be_void(round.epoch) => return,
            RoundOutcome::Inconsistent(faults) => panic!("nobody is left: {faults:?}"),
        };
        let mut victim = false;
        for n in [1, 2] {
            let member = cut.snapshot().members.get(&Incarnation(n)).map(|member| &member.state);
            match member {
                Some(MemberState::Present(state)) => {
                    let p = self.script.p(n);
                    assert!(p.epoch() != round.epoch || **state == *p.last_cut(), "p{n} is not what it was");
                }
                Some(MemberState::Absent(Absence::Fault(what)))
                    if self.may_be_void(round.epoch)
                        && what.as_str() == "its cut is from before the round" => {}
                Some(MemberState::Absent(Absence::Void)) if self.may_be_void(round.epoch) => {}
                Some(MemberState::Absent(Absence::Fault(_))) if self.has_lied_to(round.epoch, n) => {}
                Some(MemberState::Absent(Absence::Fault(_))) => victim = true,
                other => panic!("p{n} is {other:?}"),
            }
        }
        let offender = |m: &Missing| matches!(m, Missing::Cut(process, _, Absence::Fault(_)) if !HONEST.contains(process));
        assert!(!victim || missing.iter().any(offender), "an honest agent alone is blamed: {missing:?}");
        self.judge_verdicts(cut);
    }

    /// Whether a stamp of an epoch that was not given out may have raised an honest agent beyond a round, or an epoch that
    /// it could not admit may have been given out since.
    fn may_be_void(&self, round: Epoch) -> bool {
        self.claimed.last().is_some_and(|claimed| claimed >= round.0)
    }

    /// Whether an honest agent has received on a lane of the hostile one that does not lead to it.
    fn has_lied_to(&self, round: Epoch, n: u64) -> bool {
        let faults = self.script.inconsistent.iter().filter(|(epoch, _)| *epoch == round);
        let lied = |fault: &Inconsistency| match fault {
            Inconsistency::NotAddressed { lane, receiver, .. } => {
                *receiver == Incarnation(n) && !HONEST.contains(&lane.process)
            }
            _ => false,
        };
        faults.flat_map(|(_, faults)| faults).any(lied)
    }

    fn judge_verdicts(&self, cut: &ConsistentCut) {
        if matches!(termination(cut, self.computation).outcome, Outcome::Holds(_)) {
            assert!(self.work.is_empty(), "work that goes on is said to have terminated: {cut:?}");
        }
        for verdict in deadlock(cut, VictimPolicy::default()) {
            if let Outcome::Holds(Certificate::Deadlock(found)) = &verdict.outcome {
                let honest = found.members.iter().all(|stuck| HONEST.contains(&stuck.task.process));
                assert!(!honest, "the caller of one that runs is said to be deadlocked: {cut:?}");
            }
        }
    }
}
