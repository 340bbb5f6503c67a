//! Waiting until a computation has terminated.

use super::detect::{self, Query};
use super::handle::{DetectRequest, EngineError, EngineHandle};
use std::collections::BTreeSet;
use std::time::Duration;
use stillpoint_proto::id::{ComputationRef, Text};
use stillpoint_proto::verdict::{Outcome, Property, Verdict};
use tokio::time::Instant;

/// Which computation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComputationName {
    /// The one with this id.
    Id(ComputationRef),
    /// The only one that has this label.
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
    /// [`EngineError::Ambiguous`] for a label that several computations have.
    pub async fn wait_termination(
        &self,
        computation: &ComputationName,
        timeout: Option<Duration>,
    ) -> Result<Waited, EngineError> {
        // No deadline either if the clock does not reach that far.
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        let mut name = computation.clone();
        let mut pause = Self::WAIT_FIRST;
        let mut last = Waited::Nobody(BTreeSet::new());
        loop {
            match until(deadline, self.termination_of(&name)).await {
                None => return Ok(last),
                Some(Ok(Waited::Terminated(verdict))) => return Ok(Waited::Terminated(verdict)),
                Some(Ok(found)) => last = found,
                Some(Err(EngineError::Inconsistent { .. } | EngineError::Busy { .. })) => {}
                Some(Err(error)) => return Err(error),
            }
            if let Waited::TimedOut(Verdict { property: Property::Termination(found), .. }) = &last {
                name = ComputationName::Id(*found);
            }
            if until(deadline, tokio::time::sleep(pause)).await.is_none() {
                return Ok(last);
            }
            pause = (pause * 2).min(Self::WAIT_LIMIT);
        }
    }

    /// What a fresh round says of the computation of that name; [`Waited::TimedOut`] unless it has terminated.
    async fn termination_of(&self, name: &ComputationName) -> Result<Waited, EngineError> {
        let request = DetectRequest { queries: vec![Query::Terminations], ..DetectRequest::default() };
        let detection = self.detect(request).await?;
        let cut = detection.round.cut.as_deref();
        let meant = match name {
            ComputationName::Id(id) => Some(*id),
            ComputationName::Label(label) => {
                let labelled = cut.into_iter().flat_map(detect::labels).filter(|(_, other)| *other == label);
                let mut labelled = labelled.map(|(id, _)| id);
                let first = labelled.next();
                if labelled.next().is_some() {
                    return Err(EngineError::Ambiguous(label.clone()));
                }
                first
            }
        };
        let verdicts = detection.findings.into_iter().map(|finding| finding.verdict);
        let mut of_it = verdicts.filter(|v| meant.is_some_and(|id| v.property == Property::Termination(id)));
        Ok(match of_it.next() {
            Some(verdict) if matches!(verdict.outcome, Outcome::Holds(_)) => Waited::Terminated(verdict),
            Some(verdict) => Waited::TimedOut(verdict),
            None => {
                let others = cut.into_iter().flat_map(detect::labels).map(|(_, label)| label.clone());
                let others: BTreeSet<Text> = others.filter(|label| !label.as_str().is_empty()).collect();
                Waited::Nobody(others.into_iter().take(Self::OTHERS).collect())
            }
        })
    }
}

/// What comes of it before the deadline.
async fn until<T>(deadline: Option<Instant>, future: impl Future<Output = T>) -> Option<T> {
    match deadline {
        Some(deadline) => tokio::time::timeout_at(deadline, future).await.ok(),
        None => Some(future.await),
    }
}
