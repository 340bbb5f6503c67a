//! Waiting until a computation has terminated.

use super::detect::{self, Query};
use super::handle::{DetectRequest, Detection, EngineError, EngineHandle, Finding};
use std::collections::BTreeSet;
use std::time::Duration;
use stillpoint_proto::id::{ComputationRef, Epoch, Text};
use stillpoint_proto::verdict::{Outcome, Property, Verdict};
use tokio::time::Instant;

/// Which computation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComputationName {
    /// The one with this id.
    Id(ComputationRef),
    /// The only one that has this label. One whose creator has left has it until it has terminated.
    Label(Text),
}

/// How a wait ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Waited {
    /// The computation has terminated: the verdict.
    Terminated(Verdict),
    /// The time was over, and this was the last verdict.
    TimedOut(Verdict),
    /// The time was over, and no computation had the name: labels of those that there were, as many as
    /// [`EngineHandle::OTHERS`].
    Nobody(BTreeSet<Text>),
    /// The time was over before a round had ended.
    Unanswered,
}

impl EngineHandle {
    /// The pause after the first round that found work left; it doubles up to [`EngineHandle::WAIT_LIMIT`].
    pub const WAIT_FIRST: Duration = Duration::from_millis(20);
    /// The longest pause between two rounds of a wait.
    pub const WAIT_LIMIT: Duration = Duration::from_secs(1);
    /// How many labels of other computations a wait for nobody names.
    pub const OTHERS: usize = 20;

    /// Takes rounds until one finds that the computation has terminated, which is never before it has; without a
    /// `timeout` for as long as that takes. A computation that nobody has created yet is waited for. Of a label
    /// the first one found is meant from then on.
    ///
    /// # Errors
    /// As [`EngineHandle::detect`], but a round that is inconsistent is followed by another; and
    /// [`EngineError::Ambiguous`] for a label that several computations have, [`EngineError::Forgotten`] for a
    /// computation that was there and is not any more.
    pub async fn wait_termination(
        &self,
        computation: &ComputationName,
        timeout: Option<Duration>,
    ) -> Result<Waited, EngineError> {
        // No deadline either if the clock does not reach that far.
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        let mut name = computation.clone();
        let mut pause = Self::WAIT_FIRST;
        let mut last = Waited::Unanswered;
        // Since which round it is known.
        let mut seen = None;
        loop {
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            match until(deadline, self.termination_of(&name, left, seen)).await {
                None => return Ok(last),
                Some(Ok(Waited::Terminated(verdict))) => return Ok(Waited::Terminated(verdict)),
                // What is known of it counts for more than that one round did not know of it.
                Some(Ok(Waited::Nobody(_))) if seen.is_some() => {}
                Some(Ok(found)) => last = found,
                Some(Err(EngineError::Inconsistent { .. } | EngineError::Busy { .. })) => {}
                Some(Err(error)) => return Err(error),
            }
            if let Waited::TimedOut(Verdict { property: Property::Termination(found), epoch, .. }) = &last {
                name = ComputationName::Id(*found);
                seen = Some(*epoch);
            }
            if until(deadline, tokio::time::sleep(pause)).await.is_none() {
                return Ok(last);
            }
            pause = (pause * 2).min(Self::WAIT_LIMIT);
        }
    }

    /// What a fresh round says of the computation of that name; [`Waited::TimedOut`] unless it has terminated. The
    /// round does not take longer than half of what is `left`, so that it can be told. In round `seen` it was there.
    async fn termination_of(
        &self,
        name: &ComputationName,
        left: Option<Duration>,
        seen: Option<Epoch>,
    ) -> Result<Waited, EngineError> {
        let deadline = left.map(|left| (left / 2).clamp(SHORTEST, self.config().rounds.deadline));
        let queries = vec![Query::Terminations];
        let detection = self.detect(DetectRequest { queries, deadline, ..DetectRequest::default() }).await?;
        let meant = match name {
            ComputationName::Id(id) => Some(*id),
            ComputationName::Label(label) => match detection.labelled(label)[..] {
                [] => None,
                [one] => Some(one),
                ref all => return Err(EngineError::Ambiguous { label: label.clone(), all: all.to_vec() }),
            },
        };
        let is_meant = |v: &&Verdict| meant.is_some_and(|id| v.property == Property::Termination(id));
        if let Some(verdict) = detection.findings.iter().map(|finding| &finding.verdict).find(is_meant) {
            let terminated = matches!(verdict.outcome, Outcome::Holds(_));
            let verdict = verdict.clone();
            return Ok(if terminated { Waited::Terminated(verdict) } else { Waited::TimedOut(verdict) });
        }
        let Some(cut) = &detection.round.cut else { return Ok(Waited::Unanswered) };
        if let (Some(seen), Some(id)) = (seen, meant)
            && cut.present().any(|(process, _)| process == id.process)
        {
            return Err(EngineError::Forgotten { computation: id, seen });
        }
        let others = detect::labels(cut.present()).map(|(_, label)| label);
        let others: BTreeSet<Text> = others.filter(|label| !label.as_str().is_empty()).cloned().collect();
        Ok(Waited::Nobody(others.into_iter().take(Self::OTHERS).collect()))
    }
}

impl Detection {
    /// The computations that have a label: of processes that are present, and of others those that have not
    /// terminated. They must have been looked for.
    pub(crate) fn labelled(&self, label: &Text) -> Vec<ComputationRef> {
        let Some(cut) = &self.round.cut else { return Vec::new() };
        let labelled = |(id, other): (ComputationRef, &Text)| (other == label).then_some(id);
        let here: BTreeSet<ComputationRef> = detect::labels(cut.present()).filter_map(labelled).collect();
        let over = |id: &ComputationRef| {
            let of_it = |finding: &&Finding| finding.verdict.property == Property::Termination(*id);
            let verdict = self.findings.iter().find(of_it).map(|finding| &finding.verdict.outcome);
            matches!(verdict, Some(Outcome::Holds(_)))
        };
        let all = detect::labels(cut.cuts()).filter_map(labelled);
        all.filter(|id| here.contains(id) || !over(id)).collect()
    }
}

/// The shortest time that a round is given.
const SHORTEST: Duration = Duration::from_millis(1);

/// What comes of it before the deadline.
async fn until<T>(deadline: Option<Instant>, future: impl Future<Output = T>) -> Option<T> {
    match deadline {
        Some(deadline) => tokio::time::timeout_at(deadline, future).await.ok(),
        None => Some(future.await),
    }
}
