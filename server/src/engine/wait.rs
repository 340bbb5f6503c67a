//! Waiting until a computation has terminated.

use super::detect::Query;
use super::handle::{DetectRequest, EngineError, EngineHandle};
use std::collections::BTreeSet;
use std::time::Duration;
use stillpoint_proto::fact::Fact;
use stillpoint_proto::id::{ComputationId, ComputationRef, Text};
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::verdict::{Outcome, Property, Verdict};
use tokio::time::Instant;

/// Which computation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComputationName {
    /// The one with this id.
    Id(ComputationRef),
    /// All that have this label; there must be one at least.
    Label(Text),
}

/// How a wait ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Waited {
    /// The computation has terminated, or each of that label has: the verdicts.
    Terminated(Vec<Verdict>),
    /// The time was over: what the last round said, if it knew of the computation.
    TimedOut(Vec<Verdict>),
}

impl EngineHandle {
    /// The pause after the first round that found work left; it doubles up to [`EngineHandle::WAIT_LIMIT`].
    pub const WAIT_FIRST: Duration = Duration::from_millis(20);
    /// The longest pause between two rounds of a wait.
    pub const WAIT_LIMIT: Duration = Duration::from_secs(1);

    /// Takes rounds until one finds that the computation has terminated, which is never before it has. A
    /// computation that nobody has created yet is waited for.
    ///
    /// # Errors
    /// As [`EngineHandle::detect`], but a round that is inconsistent is followed by another.
    pub async fn wait_termination(
        &self,
        computation: &ComputationName,
        timeout: Duration,
    ) -> Result<Waited, EngineError> {
        let deadline = Instant::now() + timeout;
        let mut pause = Self::WAIT_FIRST;
        let mut last = Vec::new();
        loop {
            match tokio::time::timeout_at(deadline, self.termination_of(computation)).await {
                Ok(Ok(verdicts)) => last = verdicts,
                Ok(Err(EngineError::Inconsistent { .. } | EngineError::Busy { .. })) => {}
                Ok(Err(error)) => return Err(error),
                Err(_) => return Ok(Waited::TimedOut(last)),
            }
            if !last.is_empty() && last.iter().all(|v| matches!(v.outcome, Outcome::Holds(_))) {
                return Ok(Waited::Terminated(last));
            }
            if Instant::now() + pause >= deadline {
                tokio::time::sleep_until(deadline).await;
                return Ok(Waited::TimedOut(last));
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Self::WAIT_LIMIT);
        }
    }

    /// What a fresh round says of the computations of that name.
    async fn termination_of(&self, name: &ComputationName) -> Result<Vec<Verdict>, EngineError> {
        let request = DetectRequest { queries: vec![Query::Terminations], ..DetectRequest::default() };
        let detection = self.detect(request).await?;
        let meant = match (name, &detection.round.cut) {
            (ComputationName::Id(id), _) => BTreeSet::from([*id]),
            (ComputationName::Label(label), Some(cut)) => labelled(cut, label),
            (ComputationName::Label(_), None) => BTreeSet::new(),
        };
        let verdicts = detection.findings.into_iter().map(|finding| finding.verdict);
        let is_meant = |v: &Verdict| matches!(&v.property, Property::Termination(of) if meant.contains(of));
        Ok(verdicts.filter(is_meant).collect())
    }
}

/// The computations in a cut that have a label.
fn labelled(cut: &ConsistentCut, label: &Text) -> BTreeSet<ComputationRef> {
    let facts = cut.cuts().flat_map(|(process, state)| state.facts.iter().map(move |f| (process, f)));
    facts
        .filter_map(|(process, (&handle, recorded))| match &recorded.fact {
            Fact::Creation(creation) if creation.label == *label => {
                Some(ComputationRef::new(process, ComputationId(handle)))
            }
            _ => None,
        })
        .collect()
}
