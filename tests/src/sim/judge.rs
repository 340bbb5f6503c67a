//! What rounds found, against what is so.

use super::plan::Time;
use super::program::{Home, Want};
use super::situation::Situation;
use super::system::{Frame, System};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use stillpoint_detectors::conservation::conservation;
use stillpoint_detectors::deadlock::{VictimPolicy, deadlock};
use stillpoint_detectors::garbage::garbage;
use stillpoint_detectors::termination::{quiescence, terminations};
use stillpoint_detectors::verify::Checker;
use stillpoint_proto::collector::{Collector, Missing, RequestId, RoundOutcome, RoundResult};
use stillpoint_proto::fact::{Annotation, Awaited, Fact, Resolution, Target};
use stillpoint_proto::id::{
    ComputationRef, Epoch, Handle, Incarnation, LaneRef, MessageId, ObjectRef, TaskRef, WaitRef,
};
use stillpoint_proto::snapshot::{Assumption, ConsistentCut, MemberState};
use stillpoint_proto::verdict::{Certificate, Deadlock, Doubt, Outcome, Property, Verdict};
use stillpoint_server::config::PropertyKind;

/// What was so when a round was announced.
#[derive(Clone, Debug, Default)]
pub(super) struct Before {
    at: Time,
    /// Who could never go on, and in which wait.
    blocked: BTreeMap<TaskRef, Handle>,
    working: BTreeSet<ComputationRef>,
    created: BTreeSet<ComputationRef>,
    unreachable: BTreeSet<ObjectRef>,
    /// Rounds that were open at the same time.
    beside: BTreeSet<Epoch>,
}

/// A deadlock that was said to hold.
#[derive(Clone, Debug)]
struct Claim {
    round: Epoch,
    tasks: BTreeSet<TaskRef>,
    waits: BTreeSet<WaitRef>,
}

/// What has been seen, and what was said.
#[derive(Debug, Default)]
pub(super) struct Judged {
    pub(super) mended: bool,
    /// Complete rounds since everything was mended.
    pub(super) last_complete: u64,
    /// For each request, how many events each process had had.
    pub(super) requests: BTreeMap<RequestId, BTreeMap<Incarnation, usize>>,
    pub(super) open: BTreeMap<Epoch, Before>,
    pub(super) computations: BTreeSet<ComputationRef>,
    /// Computations of which work was lost.
    pub(super) lossy: BTreeSet<ComputationRef>,
    /// Messages with references were lost.
    pub(super) references_lost: bool,
    /// Who was killed or left, and when.
    pub(super) went: BTreeMap<Incarnation, Time>,
    /// Who was presumed dead last, and when.
    pub(super) presumed: BTreeMap<Incarnation, Time>,
    /// When the server heard from whom last.
    pub(super) spoke: BTreeMap<Incarnation, Time>,
    /// Who was killed, and the last epoch given out by then.
    pub(super) died: BTreeMap<Incarnation, Epoch>,
    /// Lanes of which a message was lost, and those of which one comes twice, since the last round ended.
    pub(super) lost: BTreeSet<LaneRef>,
    pub(super) copied: BTreeSet<LaneRef>,
    /// What has arrived where.
    pub(super) received: BTreeSet<(Incarnation, MessageId)>,
    /// Of what went by way of the balancer, where it has arrived, and after how many events there.
    pub(super) arrivals: BTreeMap<MessageId, Vec<(Incarnation, usize)>>,
    /// Lanes by way of the balancer.
    pub(super) groups: BTreeSet<LaneRef>,
    /// Lanes of which a copy came to somebody else and did nothing there.
    pub(super) discarded: BTreeSet<LaneRef>,
    /// The last rounds of the server that runs, with those who were present.
    pub(super) rounds: VecDeque<(Epoch, BTreeSet<Incarnation>)>,
    claims: Vec<Claim>,
    /// Somebody has acted from outside in this step.
    acted: bool,
    /// What the truth says is for ever: tasks that are stuck, computations without work, objects that nothing reaches.
    doomed: BTreeSet<TaskRef>,
    over: BTreeSet<ComputationRef>,
    unreached: BTreeSet<ObjectRef>,
    /// False findings that rest on assumptions, which have to be retracted.
    owed: Vec<(Epoch, String, Vec<Assumption>)>,
    /// What the last complete round left unknown.
    unknown: Vec<String>,
    /// What an incomplete round lacked last.
    lacking: Vec<Missing>,
    /// When money was made, and how much there is.
    pub(super) minted: (Time, i64),
}

impl Judged {
    /// A server that starts again knows no earlier cut, and so neither a second copy nor a late message that came while it
    /// was away: a limit that ARCHITECTURE.md names.
    pub(super) fn forget_earlier_cuts(&mut self) {
        self.rounds.clear();
        let by_cuts = |a: &Assumption| matches!(a, Assumption::NoRedelivery(_) | Assumption::Expired(..));
        self.owed.retain(|(.., assumptions)| !assumptions.iter().any(by_cuts));
    }
}

/// While it happens.
impl System {
    /// A round has been announced: what is so now must be found, or be unknown.
    pub(super) fn remember(&mut self, epoch: Epoch) {
        let blocked = self.blocked_waits();
        let beside: BTreeSet<Epoch> = self.judged.open.keys().copied().collect();
        for other in self.judged.open.values_mut() {
            other.beside.insert(epoch);
        }
        let before = Before {
            at: self.now,
            blocked,
            working: self.working(true),
            created: self.judged.computations.clone(),
            unreachable: self.unreachable(true),
            beside,
        };
        self.judged.open.insert(epoch, before);
    }

    /// The truth after a step. What is for ever by it has to be for ever, which is what every judgement below rests on; but
    /// who waits for one who is gone by a fault waits no more for ever.
    pub(super) fn look(&mut self, fault: bool) -> Result<(), String> {
        let wrong = |what: String| Err(format!("the oracle is wrong: {what}"));
        let blocked = self.blocked();
        let mut freed =
            self.judged.doomed.iter().filter(|task| self.task(**task).is_some() && !blocked.contains(task));
        if let (Some(task), false) = (freed.next(), fault) {
            return wrong(format!("{task} could not go on, and can"));
        }
        self.judged.doomed = blocked;
        let working = self.working(true);
        if let Some(computation) = self.judged.over.intersection(&working).next() {
            return wrong(format!("no work of {computation} was left, and there is some"));
        }
        self.judged.over = self.judged.computations.difference(&working).copied().collect();
        let unreached = self.unreachable(true);
        let reached = self.judged.unreached.difference(&unreached).find(|object| self.holds(**object));
        if let Some(object) = reached {
            return wrong(format!("nothing could reach {object}, and something does"));
        }
        self.judged.unreached = unreached;
        Ok(())
    }

    fn holds(&self, object: ObjectRef) -> bool {
        self.nodes
            .get(&object.process)
            .is_some_and(|node| !node.left && node.objects.contains_key(&object.id))
    }

    /// Who can never go on, and in which wait.
    fn blocked_waits(&self) -> BTreeMap<TaskRef, Handle> {
        let wait = |task: TaskRef| Some((task, self.task(task)?.waiting.as_ref()?.wait));
        self.blocked().into_iter().filter_map(wait).collect()
    }

    /// Who was freed by an act from outside was not stuck for ever, even if he is stuck again.
    pub(super) fn free_after_acts(&mut self) {
        if std::mem::take(&mut self.judged.acted) && !self.judged.open.is_empty() {
            let now = self.blocked_waits();
            for before in self.judged.open.values_mut() {
                before.blocked.retain(|task, wait| now.get(task) == Some(wait));
            }
        }
    }

    /// A task goes on because a wait of it is over.
    pub(super) fn proceeds(&mut self, task: TaskRef, wait: Handle) -> Result<(), String> {
        let wait = WaitRef::new(task.process, stillpoint_proto::id::WaitId(wait));
        if let Some(claim) = self.judged.claims.iter().find(|claim| claim.waits.contains(&wait)) {
            return Err(format!(
                "phantom: round {} says that {task} is deadlocked, and it goes on",
                claim.round
            ));
        }
        if self.judged.doomed.contains(&task) {
            return Err(format!("the oracle is wrong: {task} could not go on, and does"));
        }
        Ok(())
    }

    /// A task was ended from outside: what was stuck with it may go on.
    pub(super) fn ended_from_outside(&mut self, task: TaskRef) {
        self.aborted.insert(task, self.now);
        self.judged.acted = true;
        self.judged.doomed.clear();
        self.judged.claims.retain(|claim| !claim.tasks.contains(&task));
    }
}

/// At the end of a round.
impl System {
    pub(super) fn ended(&mut self, result: &RoundResult) -> Result<(), String> {
        let round = result.epoch;
        self.server.open.remove(&round);
        let before = self.judged.open.remove(&round).unwrap_or_default();
        let (cut, complete) = match &result.outcome {
            RoundOutcome::Complete(cut) => (cut, true),
            RoundOutcome::Incomplete(cut, missing) => {
                self.judged.lacking.clone_from(missing);
                for part in missing {
                    *self.summary.missing.entry(reason(part)).or_default() += 1;
                }
                (cut, false)
            }
            RoundOutcome::Inconsistent(faults) => return Err(format!("round {round}: {faults:?}")),
        };
        self.tell(None, || {
            format!("ROUND {round} ends, {}", if complete { "complete" } else { "incomplete" })
        });
        let passed = self.now >= before.at + self.plan.bounds.deadline;
        self.observer.judge(cut, passed).map_err(|e| format!("round {round} (complete: {complete}): {e}"))?;
        for request in &result.requests {
            for (process, events) in self.judged.requests.remove(request).unwrap_or_default() {
                let present = cut.snapshot().members.get(&process).is_some_and(|m| m.state.is_present());
                if present && self.observer.cut_index(process, round) < Some(events) {
                    return Err(format!("round {round}: {process} cut before the request it answers"));
                }
            }
        }
        *self.summary.rounds.entry(if complete { "complete" } else { "incomplete" }).or_default() += 1;
        self.judged.last_complete += u64::from(complete && self.judged.mended);
        self.judged.unknown.clear();
        self.situations_of(cut);
        self.judge_copies(cut)?;
        self.judge_deadlock(cut, &before)?;
        self.judge_termination(cut, &before, complete)?;
        self.judge_garbage(cut, &before)?;
        self.judge_money(cut, &before, complete)
    }

    /// What had arrived before a round and has come to somebody else after it, as this one shows, refutes what that one took
    /// for granted.
    fn judge_copies(&mut self, cut: &ConsistentCut) -> Result<(), String> {
        let round = cut.snapshot().epoch;
        let present: BTreeSet<Incarnation> = cut.present().map(|(process, _)| process).collect();
        let had = |process: Incarnation, events: usize, by: Epoch| {
            self.observer.cut_index(process, by).is_some_and(|cut| events < cut)
        };
        // What the sender had given up by then is told as late, not as copied.
        let refuted = |id: MessageId, earlier: Epoch| {
            self.server.retracted.iter().filter(|(_, given)| **given >= earlier).any(|(a, _)| match a {
                Assumption::NoRedelivery(of) => *of == id.lane,
                Assumption::Expired(of, numbers) => *of == id.lane && numbers.contains(id.seq),
                _ => false,
            })
        };
        for (id, arrivals) in self.judged.arrivals.iter().filter(|(_, arrivals)| arrivals.len() > 1) {
            for (earlier, then) in self.judged.rounds.iter().filter(|(earlier, _)| *earlier < round) {
                let first = arrivals.iter().any(|(to, n)| then.contains(to) && had(*to, *n, *earlier));
                let again = arrivals.iter().find(|(to, n)| {
                    then.contains(to)
                        && present.contains(to)
                        && !had(*to, *n, *earlier)
                        && had(*to, *n, round)
                });
                if let (true, true, Some((to, _)), false) =
                    (first, then.contains(&id.sender()), again, refuted(*id, *earlier))
                {
                    return Err(format!(
                        "round {round}: {id} had arrived before round {earlier}, and came to {to} after it, and \
                         nothing is retracted"
                    ));
                }
            }
        }
        self.judged.rounds.push_back((round, present));
        if self.judged.rounds.len() > Collector::LATE_RECORDINGS {
            self.judged.rounds.pop_front();
        }
        Ok(())
    }

    /// Every verdict is confirmed by the checker, and counted.
    fn confirm(&mut self, cut: &ConsistentCut, found: &[Verdict]) -> Result<(), String> {
        let checker = Checker::new(cut);
        for verdict in found {
            self.tell(None, || brief(verdict));
            if let Err(refuted) = checker.verify(verdict) {
                return Err(format!("round {}: the checker refutes {verdict:?}: {refuted}", verdict.epoch));
            }
            let name = (verdict.property.name(), verdict.outcome.name());
            *self.summary.verdicts.entry(name).or_default() += 1;
        }
        Ok(())
    }

    /// A finding is not so. If it rests on nothing, that is an error; else what it rests on must turn out false.
    fn wrong(&mut self, verdict: &Verdict, what: String) -> Result<(), String> {
        let what = format!("round {}: {what}", verdict.epoch);
        if verdict.assumptions.is_empty() {
            return Err(what);
        }
        self.judged.owed.push((verdict.epoch, what, verdict.assumptions.clone()));
        Ok(())
    }

    fn judge_deadlock(&mut self, cut: &ConsistentCut, before: &Before) -> Result<(), String> {
        let round = cut.snapshot().epoch;
        let found = deadlock(cut, VictimPolicy::default());
        self.confirm(cut, &found)?;
        let absent = cut.snapshot().members.values().any(|m| matches!(m.state, MemberState::Absent(_)));
        let mut stuck: BTreeSet<TaskRef> = BTreeSet::new();
        let mut unknown: Vec<&Doubt> = Vec::new();
        let mut victims = Vec::new();
        for verdict in &found {
            match &verdict.outcome {
                Outcome::Holds(Certificate::Deadlock(one)) => {
                    stuck.extend(one.members.iter().map(|m| m.task).chain(one.behind.iter().copied()));
                    if absent {
                        self.summary.count_got("deadlocks found while somebody's cut was missing");
                    }
                    self.judge_one_deadlock(verdict, one, before)?;
                    victims.extend(one.victims.iter().copied());
                }
                Outcome::Unknown(doubts) => unknown.extend(doubts),
                _ => {}
            }
        }
        let there =
            |task: &TaskRef| cut.snapshot().members.get(&task.process).is_some_and(|m| m.state.is_present());
        let still = before.blocked.iter().filter(|(task, _)| self.task(**task).is_some());
        // Who keeps nobody from anything need not be found: he has nothing, and owes nobody a reply.
        let matters =
            |task: &TaskRef| self.task(*task).is_some_and(|t| !t.holds.is_empty() || t.serving.is_some());
        let still =
            still.map(|(task, _)| *task).filter(|task| there(task) && matters(task) && !stuck.contains(task));
        let still: Vec<TaskRef> = still.collect();
        for task in still {
            let concerns = |doubt: &&&Doubt| doubt.task.is_none_or(|of| of == task);
            match unknown.iter().find(concerns) {
                Some(doubt) => self.judged.unknown.push(format!("{task} is stuck: {doubt:?}")),
                None => {
                    let is = self.task(task);
                    return Err(format!("round {round} denies that {task} is stuck, {is:?}; {unknown:?}"));
                }
            }
        }
        self.observe(PropertyKind::Deadlock, cut, &found)?;
        if self.plan.resolve && !self.judged.mended {
            for victim in victims {
                self.summary.count_got("victims ended");
                self.abort(victim, "it is a victim")?;
            }
        }
        Ok(())
    }

    fn judge_one_deadlock(
        &mut self,
        verdict: &Verdict,
        one: &Deadlock,
        before: &Before,
    ) -> Result<(), String> {
        let round = verdict.epoch;
        let tasks: BTreeSet<TaskRef> =
            one.members.iter().map(|m| m.task).chain(one.behind.iter().copied()).collect();
        let ended = |task: &TaskRef| self.aborted.get(task).is_some_and(|at| *at >= before.at);
        // Who went since has taken with it what others were waiting for.
        let went = self.judged.went.iter().filter(|(_, at)| **at >= before.at);
        if tasks.iter().any(ended) || went.map(|(gone, _)| *gone).any(|gone| self.is_concerned(&tasks, gone))
        {
            self.summary.count_got("deadlocks of which something ended meanwhile, not judged");
            return Ok(());
        }
        self.summary.count_got("deadlocks judged");
        let blocked = self.blocked();
        if let Some(free) = tasks.iter().find(|task| !blocked.contains(task)) {
            let what = format!(
                "{free} is said to be deadlocked, and can go on: {:?} of {tasks:?}",
                self.task(*free)
            );
            return self.wrong(verdict, what);
        }
        let waits: BTreeSet<WaitRef> =
            one.members.iter().flat_map(|m| m.waits.iter().map(|w| w.wait)).collect();
        let same: Vec<&Claim> = self.judged.claims.iter().filter(|c| !c.waits.is_disjoint(&waits)).collect();
        let overlapping = same.iter().any(|claim| before.beside.contains(&claim.round));
        let grown = same.iter().any(|claim| claim.tasks.len() < tasks.len());
        if overlapping {
            self.situation(Situation::OverlappingDeadlock);
        }
        if grown {
            self.situation(Situation::Growing);
        }
        // One that rests on something may still end when that turns out false.
        if verdict.assumptions.is_empty() {
            self.judged.claims.push(Claim { round, tasks, waits });
        }
        Ok(())
    }

    /// Whether who is gone may have had what these tasks wait for, or was to give it.
    fn is_concerned(&self, tasks: &BTreeSet<TaskRef>, gone: Incarnation) -> bool {
        let wants = |task: &TaskRef| {
            let waiting = self.task(*task).and_then(|task| task.waiting.as_ref());
            waiting.is_none_or(|waiting| {
                waiting.open.values().any(|want| match want {
                    Want::Units(resource, ..) => {
                        matches!(self.books[*resource].home, Home::Owned(owner, _) if owner == gone)
                    }
                    // Who was called is not known any more.
                    Want::Reply(_) | Want::Request | Want::Outside => true,
                    Want::Branch(_) | Want::Mail(_) => false,
                })
            })
        };
        tasks.iter().any(|task| task.process == gone || wants(task))
    }

    fn judge_termination(
        &mut self,
        cut: &ConsistentCut,
        before: &Before,
        complete: bool,
    ) -> Result<(), String> {
        let round = cut.snapshot().epoch;
        let found = terminations(cut);
        let whole = [quiescence(cut)];
        self.confirm(cut, &found)?;
        self.confirm(cut, &whole)?;
        let working = self.working(false);
        // What went to a group may be with a process of which nobody has ever heard.
        let unheard = self.has_unheard(cut);
        for verdict in &found {
            let Property::Termination(computation) = verdict.property else { continue };
            let ended = before.created.contains(&computation) && !before.working.contains(&computation);
            match &verdict.outcome {
                Outcome::Holds(_) if working.contains(&computation) => {
                    self.wrong(verdict, format!("{computation} is said to have ended, and there is work"))?;
                }
                Outcome::DoesNotHold(why)
                    if ended && !unheard && !self.judged.lossy.contains(&computation) =>
                {
                    return Err(format!("round {round} denies that {computation} has ended: {why:?}"));
                }
                Outcome::Unknown(doubts) if ended => {
                    self.judged.unknown.push(format!("{computation} has ended: {doubts:?}"));
                }
                _ => {}
            }
        }
        let known: BTreeSet<_> = found.iter().map(|verdict| &verdict.property).collect();
        let member = |c: &&ComputationRef| cut.snapshot().members.contains_key(&c.process);
        for computation in before.created.iter().filter(member).filter(|c| complete && self.runs(c.process)) {
            if !known.contains(&Property::Termination(*computation)) {
                return Err(format!("round {round} is complete and does not know of {computation}"));
            }
        }
        // Of whom nobody has ever heard, nobody knows what he does.
        let known: BTreeSet<ComputationRef> = working.iter().filter(member).copied().collect();
        if matches!(whole[0].outcome, Outcome::Holds(_)) && !known.is_subset(&self.born_since(before)) {
            self.wrong(&whole[0], "everything is said to be quiet, and there is work".into())?;
        }
        self.observe(PropertyKind::Termination, cut, &found)
    }

    /// Whether a process runs that a cut does not know of, nor any of its members.
    fn has_unheard(&self, cut: &ConsistentCut) -> bool {
        let snapshot = cut.snapshot();
        let stranger = |process: &Incarnation| cut.channels().unknown.iter().any(|u| u.from == *process);
        self.nodes.keys().any(|process| !snapshot.members.contains_key(process) && !stranger(process))
    }

    /// Computations that were created since a round was announced: it may know nothing of them.
    fn born_since(&self, before: &Before) -> BTreeSet<ComputationRef> {
        self.judged.computations.difference(&before.created).copied().collect()
    }

    fn judge_garbage(&mut self, cut: &ConsistentCut, before: &Before) -> Result<(), String> {
        let round = cut.snapshot().epoch;
        let found = garbage(cut);
        self.confirm(cut, &found)?;
        let now = self.unreachable(false);
        let mut said: BTreeSet<ObjectRef> = BTreeSet::new();
        let mut unknown = None;
        for verdict in &found {
            match &verdict.outcome {
                Outcome::Holds(Certificate::Garbage(groups)) => {
                    let objects = groups.iter().flat_map(|group| group.objects.iter().copied());
                    said.extend(objects.clone());
                    let live = objects.filter(|object| self.runs(object.process) && !now.contains(object));
                    if let Some(live) = live.into_iter().next() {
                        self.wrong(verdict, format!("{live} is said to be garbage, and can be reached"))?;
                    }
                }
                Outcome::Unknown(doubts) => unknown = Some(format!("{doubts:?}")),
                _ => {}
            }
        }
        let there =
            |o: &ObjectRef| cut.snapshot().members.get(&o.process).is_some_and(|m| m.state.is_present());
        for object in before.unreachable.iter().filter(|object| there(object) && !said.contains(object)) {
            match &unknown {
                Some(doubts) => self.judged.unknown.push(format!("{object} is garbage: {doubts}")),
                None if self.judged.references_lost || self.has_unheard(cut) => {}
                None => return Err(format!("round {round} denies that {object} is garbage")),
            }
        }
        self.observe(PropertyKind::Garbage, cut, &found)
    }

    fn judge_money(&mut self, cut: &ConsistentCut, before: &Before, complete: bool) -> Result<(), String> {
        let (at, money) = self.judged.minted;
        if money == 0 || at >= before.at {
            return Ok(());
        }
        let verdict = conservation(cut, &"money".into(), i128::from(money));
        self.confirm(cut, std::slice::from_ref(&verdict))?;
        if complete && self.exact && !self.has_unheard(cut) && !matches!(verdict.outcome, Outcome::Holds(_)) {
            return Err(format!(
                "round {}: there is {money}, and {:?} was found",
                verdict.epoch, verdict.outcome
            ));
        }
        Ok(())
    }

    /// After everything has been mended and nobody does anything any more.
    pub(super) fn judge_end(&mut self) -> Result<(), String> {
        // What a dead process has sent, or a full log has given up, and a reader that is stuck never reads, nobody ever
        // knows.
        let unread = self.nodes.values().any(|node| !node.inbox.is_empty());
        if self.judged.last_complete == 0 && !unread {
            return Err(format!("no round is complete though all is mended: {:?}", self.judged.lacking));
        }
        let retracted = &self.server.retracted;
        let falls = |assumed: &Assumption, round: Epoch| {
            retracted.iter().any(|(falsehood, given)| *given >= round && assumed.falls_with(falsehood))
        };
        // What was given up, or copied, and lies unread where nobody will ever read it, has not come; nor has a copy that was
        // recognised as one.
        let lies = |lane: &LaneRef, is: &dyn Fn(u64) -> bool| {
            self.flights().any(|(_, f)| f.stamp.id.lane == *lane && is(f.stamp.id.seq))
        };
        let unread = |assumed: &Assumption| match assumed {
            Assumption::Expired(lane, numbers) => lies(lane, &|seq| numbers.contains(seq)),
            Assumption::NoRedelivery(lane) => self.judged.discarded.contains(lane) || lies(lane, &|_| true),
            _ => false,
        };
        let owed = self.judged.owed.iter().find(|(round, _, assumptions)| {
            !assumptions.iter().any(|assumed| falls(assumed, *round) || unread(assumed))
        });
        if let Some((_, what, assumptions)) = owed {
            return Err(format!("never retracted: {what}; it rests on {assumptions:?}"));
        }
        let stuck = self.blocked();
        // Where anybody may add units, nobody waits for ever, and perhaps nobody does add any.
        let open = self.books.iter().any(|book| book.open);
        let waiting = self.nodes.values().filter(|node| !node.left).flat_map(|node| &node.tasks);
        let waiting = waiting.filter(|(_, task)| {
            task.waiting.as_ref().is_some_and(|w| w.open.values().all(|want| *want != Want::Request))
        });
        if self.calm
            && !open
            && let Some((task, found)) = waiting.into_iter().find(|(task, _)| !stuck.contains(task))
        {
            return Err(format!("the oracle is wrong: {task} could go on, and does not: {found:?}"));
        }
        *self.summary.left.entry("tasks stuck at the end").or_default() += stuck.len() as u64;
        *self.summary.left.entry("left unknown by the last round").or_default() +=
            self.judged.unknown.len() as u64;
        if self.exact
            && !open
            && let Some(unknown) = self.judged.unknown.first()
        {
            return Err(format!("nothing broke, and the last round does not know that {unknown}"));
        }
        Ok(())
    }
}

/// A verdict in a line.
fn brief(verdict: &Verdict) -> String {
    let name = verdict.property.name();
    let rests = if verdict.assumptions.is_empty() { "" } else { ", with assumptions" };
    match &verdict.outcome {
        Outcome::Holds(Certificate::Deadlock(one)) => {
            let members: Vec<String> = one.members.iter().map(|m| m.task.to_string()).collect();
            let behind: Vec<String> = one.behind.iter().map(TaskRef::to_string).collect();
            format!("  deadlock HOLDS: {}; behind: {}{rests}", members.join(" "), behind.join(" "))
        }
        Outcome::Holds(_) => format!("  {name} HOLDS: {:?}{rests}", verdict.property),
        Outcome::DoesNotHold(why) => format!("  {name} DOES_NOT_HOLD: {why:?}"),
        Outcome::Unknown(doubts) => format!("  {name} UNKNOWN: {doubts:?}"),
    }
}

/// What a round that lacks something lacks.
const fn reason(part: &Missing) -> &'static str {
    use stillpoint_proto::snapshot::Absence;
    match part {
        Missing::Cut(_, _, Absence::Silent) => "no report before the deadline",
        Missing::Cut(_, _, Absence::Disconnected) => "not connected",
        Missing::Cut(_, _, Absence::Void) => "passed the cut on a stamp that it could not admit",
        Missing::Cut(_, _, Absence::GaveUp) => "gave up its report",
        Missing::Cut(_, _, Absence::Fault(_)) => "its report was refused",
        Missing::PresumedDead(..) => "presumed dead",
        Missing::Content(_) => "content of messages",
    }
}

/// The situations that a cut shows.
impl System {
    fn situations_of(&mut self, cut: &ConsistentCut) {
        let mut seen = BTreeSet::new();
        let members = &cut.snapshot().members;
        for (_, found) in cut.present() {
            for (lane, got) in &found.receiving {
                let holes = got.received.ranges().len() > 1
                    || got.received.first().is_some_and(|first| first > got.floor.max(1));
                if holes {
                    seen.insert(Situation::Gap);
                }
                let dead =
                    matches!(members.get(&lane.process).map(|m| &m.state), Some(MemberState::Lost { .. }));
                if dead && !got.received.is_empty() {
                    seen.insert(Situation::DeadSender);
                }
                let group = self.nodes.get(&lane.process).is_some_and(|node| {
                    node.lanes.iter().any(|((to, _), id)| to.is_none() && *id == lane.lane)
                });
                if group && holes {
                    seen.insert(Situation::GroupGap);
                }
            }
        }
        if !self.judged.lost.is_disjoint(&self.judged.copied) {
            seen.insert(Situation::LossAndCopy);
        }
        self.situations_in_transit(cut, &mut seen);
        self.situations_of_tasks(cut, &mut seen);
        for situation in seen {
            self.situation(situation);
        }
        self.judged.lost.clear();
        self.judged.copied.clear();
    }

    fn situations_in_transit(&self, cut: &ConsistentCut, seen: &mut BTreeSet<Situation>) {
        // In the cut: who waits, and which waits need several replies.
        let mut waiting: BTreeSet<TaskRef> = BTreeSet::new();
        let mut several: BTreeSet<MessageId> = BTreeSet::new();
        for (process, found) in cut.present() {
            for recorded in found.facts.values() {
                match &recorded.fact {
                    Fact::Wait(wait) => drop(waiting.insert(TaskRef::new(process, wait.task))),
                    Fact::Target(Target { wait, on: Awaited::Call(request) }) => {
                        let of = found.facts.get(&wait.0).map(|recorded| &recorded.fact);
                        if matches!(of, Some(Fact::Wait(wait)) if wait.need > 1) {
                            several.insert(*request);
                        }
                    }
                    _ => {}
                }
            }
        }
        for message in cut.channels().carriers() {
            for annotation in message.annotations {
                match annotation {
                    Annotation::Grants { .. } => drop(seen.insert(Situation::GrantInTransit)),
                    Annotation::Releases { .. }
                        if self.returns.get(&message.id).is_some_and(|t| waiting.contains(t)) =>
                    {
                        seen.insert(Situation::ReleaseInTransit);
                    }
                    Annotation::Resolves(Resolution::Request(request)) if several.contains(request) => {
                        seen.insert(Situation::KOfNInTransit);
                    }
                    _ => {}
                }
            }
        }
        let blocked = self.blocked();
        for node in self.nodes.values() {
            let stuck = node.reader.is_some_and(|reader| blocked.contains(&reader));
            let marker = |number: &u64| matches!(self.frames.get(number), Some(Frame::Marker(..)));
            if stuck && node.inbox.iter().any(marker) {
                seen.insert(Situation::UnreadMarker);
            }
            if stuck && !node.inbox.is_empty() {
                seen.insert(Situation::Unread);
            }
        }
    }

    fn situations_of_tasks(&self, cut: &ConsistentCut, seen: &mut BTreeSet<Situation>) {
        let blocked = self.blocked();
        let present =
            |process| cut.snapshot().members.get(&process).is_some_and(|member| member.state.is_present());
        let all = self.nodes.values().filter(|node| !node.left).flat_map(|node| &node.tasks);
        for (id, task) in all {
            for want in task.waiting.iter().flat_map(|waiting| waiting.open.values()) {
                if let Want::Units(resource, ..) = want
                    && let book = &self.books[*resource]
                    && matches!(book.home, Home::Keyed(_))
                    && present(id.process)
                    && book.granted.iter().any(|(holder, _)| !present(holder.process))
                {
                    seen.insert(Situation::UnseenHolder);
                }
            }
            let waits = |branch: &&TaskRef| self.task(**branch).is_some_and(|t| t.waiting.is_some());
            let free = |branch: &&TaskRef| !blocked.contains(*branch);
            if task.branches.iter().any(|b| waits(&b)) && task.branches.iter().any(|b| free(&b)) {
                seen.insert(Situation::BranchWaits);
            }
            for branch in &task.branches {
                let wants = self.task(*branch).and_then(|t| t.waiting.as_ref());
                for want in wants.iter().flat_map(|waiting| waiting.open.values()) {
                    if let Want::Units(resource, ..) = want {
                        let sibling = |(of, _): &(TaskRef, _)| of != branch && task.branches.contains(of);
                        if self.books[*resource].granted.iter().any(sibling) {
                            seen.insert(Situation::SiblingHolds);
                        }
                    }
                }
            }
        }
    }
}
