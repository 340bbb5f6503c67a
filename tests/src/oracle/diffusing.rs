//! Termination, by execution: a diffusing computation (Dijkstra, Scholten 1980) runs for a while, and then it
//! is asked whether any work can still be done in any future.
//!
//! Work comes only from work: who has a token may do some, pass a token on in a message, split it or end it.
//! The detector looks for tokens in a snapshot; [`Computation::can_work`] tries to take a step instead.

use crate::oracle::render::{CONFIRMED, EPOCH, Knowledge, incarnation};
use crate::oracle::rng::Rng;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use stillpoint_proto::cut::{LaneEnd, Order, ProcessCut, Receiving, Recorded, Sending};
use stillpoint_proto::fact::{Annotation, Creation, Fact, Token};
use stillpoint_proto::id::{
    ComputationId, ComputationRef, DeploymentId, Epoch, Handle, LaneId, LaneRef, ProcessName,
};
use stillpoint_proto::snapshot::{Absence, Member, MemberState, Snapshot};
use stillpoint_proto::verdict::{Outcome, Verdict};

/// A message with a token in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Work {
    /// The sender.
    pub from: usize,
    /// The receiver.
    pub to: usize,
    /// It has been received.
    pub received: bool,
    /// Its sender does not know whether it was lost.
    pub doubtful: bool,
    /// It was.
    pub lost: bool,
}

/// A computation at one instant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Computation {
    /// Tokens of each process. The first process created the computation.
    pub tokens: Vec<u32>,
    /// Messages, in the order of their sending.
    pub messages: Vec<Work>,
}

/// What happens in one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Somebody works.
    Work,
    /// A token ends.
    End(usize),
    /// A token is sent along, and kept.
    Send(usize, usize),
    /// A message arrives.
    Receive(usize),
    /// A message is lost; its sender only suspects it.
    Lose(usize),
}

impl Computation {
    /// The computation of a seed, after some of its life.
    #[must_use]
    pub fn random(seed: u64, losses: bool) -> Self {
        let mut rng = Rng::new(seed);
        let processes = 1 + rng.below(3);
        let mut state = Computation { tokens: vec![0; processes], messages: Vec::new() };
        state.tokens[0] = 1;
        for _ in 0..rng.below(30) {
            let steps: Vec<Step> =
                state.steps().into_iter().filter(|s| losses || !matches!(s, Step::Lose(_))).collect();
            // Ends are made likely, so that many computations do end.
            let ends: Vec<Step> = steps.iter().copied().filter(|s| matches!(s, Step::End(_))).collect();
            let step = if rng.chance(45) { rng.pick(&ends) } else { None };
            match step.or_else(|| rng.pick(&steps)) {
                Some(step) => state.take(step),
                None => break,
            }
        }
        for message in &mut state.messages {
            message.doubtful |= losses && !message.received && rng.chance(30);
        }
        state
    }

    fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for p in (0..self.tokens.len()).filter(|p| self.tokens[*p] > 0) {
            steps.extend([Step::Work, Step::End(p)]);
            if self.messages.len() < 6 {
                steps.extend((0..self.tokens.len()).map(|to| Step::Send(p, to)));
            }
        }
        for (i, m) in self.messages.iter().enumerate() {
            if !m.received && !m.lost {
                steps.extend([Step::Receive(i), Step::Lose(i)]);
            }
        }
        steps
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Work => {}
            Step::End(p) => self.tokens[p] -= 1,
            Step::Send(from, to) => {
                self.messages.push(Work { from, to, received: false, doubtful: false, lost: false });
            }
            Step::Receive(i) => {
                self.messages[i].received = true;
                let to = self.messages[i].to;
                self.tokens[to] += 1;
            }
            Step::Lose(i) => {
                self.messages[i].lost = true;
                self.messages[i].doubtful = true;
            }
        }
    }

    /// Whether in some future somebody works. Every future is executed; sending is left out, for whoever can
    /// send can work.
    #[must_use]
    pub fn can_work(&self) -> bool {
        let (mut seen, mut stack) = (BTreeSet::from([self.clone()]), vec![self.clone()]);
        while let Some(state) = stack.pop() {
            for step in state.steps() {
                match step {
                    Step::Work => return true,
                    Step::Send(..) => continue,
                    _ => {}
                }
                let mut next = state.clone();
                next.take(step);
                if seen.insert(next.clone()) {
                    stack.push(next);
                }
            }
        }
        false
    }

    /// The name of the computation in snapshots.
    #[must_use]
    pub fn name() -> ComputationRef {
        ComputationRef::new(incarnation(0), ComputationId::of(1))
    }

    /// What the processes report; those that are not [`Knowledge::Present`] are absent.
    #[must_use]
    pub fn render(&self, knowledge: &[Knowledge]) -> Snapshot {
        let mut members = BTreeMap::new();
        for p in 0..self.tokens.len() {
            let state = match knowledge.get(p) {
                None | Some(Knowledge::Present) => MemberState::Present(Arc::new(self.cut(p))),
                Some(_) => MemberState::Absent(Absence::Silent),
            };
            if let Ok(name) = ProcessName::new(&format!("p{p}")) {
                members.insert(incarnation(p), Member { name, state });
            }
        }
        Snapshot {
            deployment: DeploymentId::from_name("oracle"),
            epoch: EPOCH,
            confirmed: CONFIRMED,
            members,
        }
    }

    fn cut(&self, p: usize) -> ProcessCut {
        let mut cut = ProcessCut::default();
        if p == 0 {
            let fact = Fact::Creation(Creation::default());
            cut.facts.insert(Handle(1), Recorded { born: Epoch(1), fact });
        }
        for token in 0..self.tokens[p] {
            let fact = Fact::Token(Token { computation: Self::name() });
            cut.facts.insert(Handle(10 + u64::from(token)), Recorded { born: Epoch(2), fact });
        }
        let carried = Arc::from([Annotation::Token(Self::name())]);
        for to in 0..self.tokens.len() {
            let lane: Vec<&Work> = self.messages.iter().filter(|m| m.from == p && m.to == to).collect();
            let mut sending = Sending::new(LaneEnd::Peer(incarnation(to)), Order::Unordered);
            sending.sent = lane.len() as u64;
            for (n, m) in lane.iter().enumerate() {
                let seq = 1 + n as u64;
                sending.log(seq, Arc::clone(&carried));
                if m.doubtful {
                    sending.doubtful.insert(seq);
                }
            }
            cut.sending.insert(LaneId(to as u32), Arc::new(sending));
            let inward: Vec<&Work> = self.messages.iter().filter(|m| m.from == to && m.to == p).collect();
            let numbers = (1..).zip(&inward).filter(|(_, m)| m.received).map(|(n, _)| n);
            let receiving = Receiving { received: numbers.collect(), ..Receiving::default() };
            cut.receiving.insert(LaneRef { process: incarnation(to), lane: LaneId(p as u32) }, receiving);
        }
        cut
    }
}

/// Compares the verdicts of a detector of termination with the execution.
///
/// `HOLDS` only if no work can be done whatever becomes of doubtful messages; `DOES_NOT_HOLD` only if some can;
/// and one of the two if the snapshot is complete and nothing is doubtful.
///
/// # Errors
/// What is wrong, with the computation.
pub fn compare(state: &Computation, knowledge: &[Knowledge], verdicts: &[Verdict]) -> Result<(), String> {
    let wrong = |what: &str| Err(format!("{what}\n  known {knowledge:?}\n  {state:?}"));
    let mut arriving = state.clone();
    for message in &mut arriving.messages {
        message.lost = false;
    }
    let mut losing = state.clone();
    for message in losing.messages.iter_mut().filter(|m| m.doubtful) {
        message.lost = !message.received;
    }
    let (may, must) = (arriving.can_work(), losing.can_work());
    let present = (0..state.tokens.len()).all(|p| knowledge.get(p).is_none_or(|k| *k == Knowledge::Present));
    let outcomes: Vec<&str> = verdicts.iter().map(|v| v.outcome.name()).collect();
    let [verdict] = verdicts else { return wrong(&format!("not one verdict but {outcomes:?}")) };
    match &verdict.outcome {
        Outcome::Holds(_) if may => wrong("called terminated, and work can be done"),
        Outcome::DoesNotHold(_) if !must => wrong("termination is denied, and perhaps no work can be done"),
        Outcome::Unknown(_) if present && may == must => {
            wrong("nothing is in doubt, and nothing was decided")
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn computations_end_and_go_on() {
        let (mut ended, mut by_message, mut doubtful) = (0, 0, 0);
        for seed in 0..5_000 {
            let state = Computation::random(seed, true);
            let tokens = state.tokens.iter().any(|n| *n > 0);
            let works = state.can_work();
            ended += usize::from(!works && !state.messages.is_empty());
            by_message += usize::from(works && !tokens);
            doubtful += usize::from(state.messages.iter().any(|m| m.doubtful && !m.received));
            assert!(!tokens || works, "seed {seed}: {state:?}");
        }
        assert!(ended > 50 && by_message > 50 && doubtful > 50, "{ended} {by_message} {doubtful}");
    }
}
