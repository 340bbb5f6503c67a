//! Whether what was claimed is true.

use super::super::harness::{Harness, lock};
use super::super::knowledge::{Knowledge, Life, MadeDeadlock, who};
use super::super::report::seconds;
use super::super::schedule::{Fault, Route};
use super::super::service::{Claim, Claimed, Round, claim};
use super::super::truth::{Nanos, Part, Thing};
use super::super::worker::label;
use std::collections::BTreeSet;
use stillpoint_proto::id::TaskRef;
use stillpoint_proto::verdict::Verdict;
use stillpoint_proto::wire::v1;

/// To which of the deadlocks that were made a task belongs, by its label.
pub(in super::super) fn deadlock_of(text: &str) -> Option<u64> {
    let of = text.strip_prefix("deadlock ")?.split(' ').next()?.parse().ok()?;
    let is_part = [Part::Order, Part::Handler].iter().any(|part| label(of, *part) == text);
    is_part.then_some(of)
}

/// In which time a claim was made.
#[derive(Clone, Copy)]
struct When {
    asked: Nanos,
    answered: Nanos,
}

struct Court<'a> {
    harness: &'a Harness,
    knowledge: &'a Knowledge,
    /// Records of claims that were false because of what they list as assumed; and when they were made.
    excused: Vec<(String, Nanos, String)>,
}

/// Judges all rounds, and all that the watch has told.
pub(super) fn judge(harness: &Harness) {
    let (knowledge, claims) = (lock(&harness.knowledge), lock(&harness.claims));
    let mut court = Court { harness, knowledge: &knowledge, excused: Vec::new() };
    let mut last = 0;
    for round in &claims.rounds {
        if round.epoch <= last {
            harness.find(format!("round {} came after round {last}", round.epoch));
        }
        last = round.epoch;
        court.round(round);
    }
    for (at, change) in &claims.changes {
        if change.record.state() == v1::VerdictState::Ended {
            continue;
        }
        let verdict = change.record.verdict.clone().map(Verdict::try_from);
        let Some(Ok(verdict)) = verdict else {
            harness.find(format!("revision {} has no verdict that can be read", change.revision));
            continue;
        };
        // It may be about a round of long ago, when it is told once more.
        let when = When { asked: 0, answered: *at };
        let claim = claim(&verdict, change.record.id.clone());
        if let Some(why) = court.is_false(&claim, when) {
            court.judge(&claim, when, &format!("revision {}", change.revision), &why);
        }
    }
    for (record, at, what) in std::mem::take(&mut court.excused) {
        let ended = claims.changes.iter().any(|(told, change)| {
            change.record.id == record && *told >= at && change.record.state() == v1::VerdictState::Ended
        });
        if !ended && !record.is_empty() {
            harness.find(format!("never retracted: {what}"));
        }
    }
}

impl Court<'_> {
    fn round(&mut self, round: &Round) {
        let what = format!("round {}", round.epoch);
        if round.outcome == v1::SnapshotOutcome::Inconsistent {
            self.harness.find(format!("{what} is inconsistent: {:?}", round.faults));
        } else {
            round.faults.iter().for_each(|fault| self.harness.find(format!("{what}: {fault}")));
        }
        for refuted in &round.refuted {
            self.harness.find(format!("{what}: the checker refutes a verdict: {refuted}"));
        }
        let when = When { asked: round.asked, answered: round.answered };
        for claim in &round.claims {
            if let Some(why) = self.is_false(claim, when) {
                self.judge(claim, when, &what, &why);
            }
        }
        self.is_anything_missing(round, when);
    }

    /// A false claim: excused if it lists what was otherwise.
    fn judge(&mut self, claim: &Claim, when: When, what: &str, why: &str) {
        let began = self.harness.began;
        let (asked, answered) = (when.asked.saturating_sub(began), when.answered.saturating_sub(began));
        let (asked, answered) = (seconds(asked), seconds(answered));
        let claimed = &claim.claimed;
        let text = format!("{what} (asked {asked}, answered {answered}) claims {claimed:?}, but {why}");
        let lives =
            |process: u64| self.knowledge.life(process).is_some_and(|life| life.may_act_after(when.answered));
        let is_alive = claim.presumed.iter().any(|process| lives(process.0));
        if is_alive || claim.expired {
            self.excused.push((claim.record.clone(), when.answered, text));
        } else {
            self.harness.find(text);
        }
    }

    /// Why a claim is false, if it is.
    fn is_false(&self, claim: &Claim, when: When) -> Option<String> {
        match &claim.claimed {
            Claimed::Deadlock(members) => self.no_deadlock(members, when),
            Claimed::Terminated(of, _) => {
                let (at, by) = self.knowledge.computations.get(of)?.live;
                let after = at.checked_sub(when.answered)?;
                (after > 0).then(|| format!("{} worked at it {} later", self.who(by), seconds(after)))
            }
            Claimed::Runs(of) => {
                let ended = self.knowledge.computations.get(of)?.ended()?;
                let before = when.asked.checked_sub(ended)?;
                (before > 0).then(|| format!("its last item had ended {} before", seconds(before)))
            }
            Claimed::Garbage(objects) => objects.iter().find_map(|object| self.is_needed(*object, when)),
            Claimed::Sum(sum, as_expected) => self.is_wrong(*sum, *as_expected, when),
            Claimed::NoDeadlock | Claimed::NoGarbage | Claimed::Unknown(..) => None,
        }
    }

    fn who(&self, incarnation: u64) -> String {
        who(self.knowledge, incarnation)
    }

    fn no_deadlock(&self, members: &[(TaskRef, String)], when: When) -> Option<String> {
        let all: BTreeSet<_> = members.iter().map(|(_, label)| deadlock_of(label)).collect();
        let Some(Some(of)) = all.first().copied().filter(|_| all.len() == 1) else {
            return Some(format!("these are no tasks of one that was made: {all:?}"));
        };
        let Some(made) = self.knowledge.deadlocks.get(&of) else {
            return Some(format!("deadlock {of} was never made"));
        };
        for (task, _) in members {
            let process = task.process.0;
            if !made.incarnations.contains(&process) {
                return Some(format!("{} had no part in deadlock {of}", self.who(process)));
            }
            let ended = self.knowledge.life(process).and_then(|life| life.ended);
            if ended.is_some_and(|ended| ended < when.asked) {
                return Some(format!("{} had ended before", self.who(process)));
            }
        }
        match (made.earliest(), made.ended()) {
            (None, _) => Some(format!("deadlock {of} never was complete: {:?}", made.parts)),
            (Some(earliest), _) if earliest > when.answered => {
                Some(format!("deadlock {of} was complete {} later", seconds(earliest - when.answered)))
            }
            (_, Some(ended)) if ended < when.asked => {
                Some(format!("a part of deadlock {of} had ended {} before", seconds(when.asked - ended)))
            }
            _ => None,
        }
    }

    /// Why an object is no garbage.
    fn is_needed(&self, object: Thing, when: When) -> Option<String> {
        let known = self.knowledge.objects.get(&object);
        let rooted = |name: Thing| {
            let unrooting = self.knowledge.objects.get(&name).and_then(|known| known.unrooting);
            unrooting.is_none_or(|at| at > when.answered)
        };
        if rooted(object) {
            return Some(format!("a root of {} refers to {object}", self.who(object.process)));
        }
        // Who refers to it keeps it while a root of its own process keeps that, and the process is there.
        let (from, _) = known?.referred?;
        let there = self.knowledge.life(from.process)?.ends.is_none_or(|ends| ends > when.answered);
        (there && rooted(from)).then(|| {
            format!("{object} is referred to by {from}, which a root of {} keeps", self.who(from.process))
        })
    }

    /// Why a sum is not what there was.
    fn is_wrong(&self, sum: i128, as_expected: bool, when: When) -> Option<String> {
        let killed = |life: &&Life| !life.left && life.ended.is_some_and(|ended| ended < when.asked);
        let rich = |life: &&Life| life.beats.last().is_some_and(|(_, work)| work.balance > 1_000);
        if as_expected {
            let poorer = self.knowledge.lives.iter().find(|life| killed(life) && rich(life))?;
            return Some(format!("what {} had is gone", self.who(poorer.incarnation)));
        }
        let minted = self.knowledge.mints.iter().filter(|(at, _)| *at <= when.answered);
        let minted: i128 = minted.map(|(_, amount)| i128::from(*amount)).sum();
        if sum > minted {
            return Some(format!("there never was more than {minted}"));
        }
        let untouched = !lock(&self.harness.incidents)
            .iter()
            .any(|incident| incident.from <= when.answered && loses_money(&incident.fault));
        (untouched && sum != minted).then(|| format!("there are {minted}, and nothing has been lost"))
    }

    /// What was there during the whole round is reported, or said to be unknown.
    fn is_anything_missing(&self, round: &Round, when: When) {
        let claims = || round.claims.iter().map(|claim| &claim.claimed);
        let unknown =
            |what: &str| claims().any(|claimed| matches!(claimed, Claimed::Unknown(of, ..) if *of == what));
        let found: BTreeSet<u64> = claims()
            .filter_map(|claimed| match claimed {
                Claimed::Deadlock(members) => deadlock_of(&members.first()?.1),
                _ => None,
            })
            .collect();
        let throughout = |made: &MadeDeadlock| {
            made.formed().is_some_and(|formed| formed < when.asked)
                && made.ending().is_none_or(|ending| ending > when.answered)
                && made.incarnations.iter().all(|incarnation| {
                    let ends = self.knowledge.life(*incarnation).and_then(|life| life.ends);
                    ends.is_none_or(|ends| ends > when.answered)
                })
        };
        for (of, made) in self.knowledge.deadlocks.iter().filter(|(_, made)| throughout(made)) {
            if !round.claims.is_empty() && !found.contains(of) && !unknown("deadlock") {
                self.harness
                    .find(format!("round {} does not have deadlock {of} of {:?}", round.epoch, made.members));
            }
        }
        if claims().any(|claimed| *claimed == Claimed::NoGarbage) {
            self.is_garbage_denied(round, when);
        }
    }

    fn is_garbage_denied(&self, round: &Round, when: When) {
        let lost = |name: &Thing| {
            let known = self.knowledge.objects.get(name);
            let found = known.is_some_and(|known| known.found.is_none_or(|found| found >= when.asked));
            let there =
                self.knowledge.life(name.process).is_some_and(|l| l.ends.is_none_or(|e| e > when.answered));
            found && there && known.and_then(|known| known.unrooted).is_some_and(|at| at < when.asked)
        };
        for (name, object) in &self.knowledge.objects {
            let mutual = object.refers.filter(|(to, _)| {
                let back = self.knowledge.objects.get(to).and_then(|pair| pair.refers);
                back.is_some_and(|(to, _)| to == *name)
            });
            if let Some((other, _)) = mutual.filter(|(other, _)| lost(name) && lost(other)) {
                self.harness
                    .find(format!("round {} denies that {name} and {other} are garbage", round.epoch));
            }
        }
    }
}

/// Whether money may be lost by a fault: what does that is the end of a link or of a worker.
const fn loses_money(fault: &Fault) -> bool {
    match fault {
        Fault::WorkerKilled(..) | Fault::WorkerLeft(_) | Fault::Partition(..) => true,
        Fault::Cut(route, _) => matches!(route, Route::Link(..)),
        Fault::Flow(route, flow) => {
            matches!(route, Route::Link(..)) && matches!(flow, super::super::proxy::Flow::HalfClosed(_))
        }
        Fault::ServerKilled | Fault::ServerStopped | Fault::WorkerStopped(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_parts_of_a_deadlock_are_known_by_their_labels() {
        assert_eq!(deadlock_of(&label(17, Part::Order)), Some(17));
        assert_eq!(deadlock_of(&label(18, Part::Handler)), Some(18));
        assert_eq!(deadlock_of("order"), None);
        assert_eq!(deadlock_of("deadlock 3 visitor"), None);
    }
}
