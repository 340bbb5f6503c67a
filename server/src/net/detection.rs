//! What to look for, as clients say it, and waiting for terminations.

use super::MESSAGE_LIMIT;
use super::convert::{self, engine_status, invalid};
use super::service::Api;
use crate::config::Victims;
use crate::engine::{ComputationName, Detection, EngineError, Finding, Query, Waited};
use prost::Message;
use std::time::Duration;
use stillpoint_proto::id::{ComputationRef, Text};
use stillpoint_proto::verdict::{Certificate, Outcome, Property, Verdict};
use stillpoint_proto::wire::v1;
use tonic::Status;

/// One thing to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Selector {
    /// All that a query finds.
    All(Query),
    /// The termination of one computation.
    Computation(ComputationName),
}

/// What a client looks for.
#[derive(Clone, Debug)]
pub(super) struct Selection {
    selectors: Vec<Selector>,
}

impl Selection {
    /// Reads a request. Victims are chosen as `configured` unless it says otherwise.
    pub(super) fn read(request: &v1::DetectRequest, configured: Victims) -> Result<Self, Status> {
        let victims = read_victims(request.victim_policy)?.filter(|victims| *victims != configured);
        if request.properties.is_empty() {
            let queries = [Query::Deadlock(victims), Query::Terminations, Query::Garbage];
            return Ok(Selection { selectors: queries.into_iter().map(Selector::All).collect() });
        }
        let mut selectors = Vec::new();
        for (index, selector) in request.properties.iter().enumerate() {
            let selector = read_selector(selector, victims, &format!("properties[{index}]"))?;
            if !selectors.contains(&selector) {
                selectors.push(selector);
            }
        }
        Ok(Selection { selectors })
    }

    /// What to ask the engine for, each once.
    pub(super) fn queries(&self) -> Vec<Query> {
        let mut queries = Vec::new();
        for selector in &self.selectors {
            let query = match selector {
                Selector::All(query) => query.clone(),
                Selector::Computation(_) => Query::Terminations,
            };
            if !queries.contains(&query) {
                queries.push(query);
            }
        }
        queries
    }

    /// Of what was found, what was asked for.
    pub(super) fn answer(&self, detection: &Detection) -> Result<v1::DetectResponse, Status> {
        let mut findings = Vec::new();
        for selector in &self.selectors {
            let chosen = match selector {
                Selector::All(query) => Chosen::Of(query),
                Selector::Computation(name) => Chosen::One(resolve(name, detection)?),
            };
            let of_selector =
                detection.findings.iter().filter(|finding| chosen.has(&finding.verdict.property));
            findings.extend(of_selector.map(finding));
        }
        let snapshot = Some(convert::snapshot(&detection.round.summary, Some(&detection.round)));
        let response = v1::DetectResponse { snapshot, findings };
        let bytes = response.encoded_len();
        if bytes > MESSAGE_LIMIT {
            let text = format!(
                "the findings have {bytes} bytes, more than a message may have: ask for fewer properties"
            );
            return Err(Status::resource_exhausted(text));
        }
        Ok(response)
    }
}

/// Which findings belong to a selector.
enum Chosen<'a> {
    Of(&'a Query),
    One(ComputationRef),
}

impl Chosen<'_> {
    fn has(&self, property: &Property) -> bool {
        match (self, property) {
            (Chosen::Of(Query::Deadlock(_)), Property::Deadlock)
            | (Chosen::Of(Query::Terminations), Property::Termination(_))
            | (Chosen::Of(Query::Quiescence), Property::Quiescence)
            | (Chosen::Of(Query::Garbage), Property::Garbage) => true,
            (Chosen::Of(Query::Sum(of, sum)), Property::Conservation { gauge, expected }) => {
                of == gauge && sum == expected
            }
            (Chosen::One(computation), Property::Termination(of)) => computation == of,
            _ => false,
        }
    }
}

fn finding(finding: &Finding) -> v1::Finding {
    let record_id = finding.record.map(|id| id.to_string()).unwrap_or_default();
    v1::Finding { verdict: Some((&finding.verdict).into()), record_id }
}

fn read_victims(value: i32) -> Result<Option<Victims>, Status> {
    match v1::VictimPolicy::try_from(value) {
        Ok(v1::VictimPolicy::Unspecified) => Ok(None),
        Ok(v1::VictimPolicy::Youngest) => Ok(Some(Victims::Youngest)),
        Ok(v1::VictimPolicy::FewestHolds) => Ok(Some(Victims::FewestHolds)),
        Ok(v1::VictimPolicy::LeastWeight) => Ok(Some(Victims::LeastWeight)),
        Err(_) => Err(invalid("victim_policy", format!("{value}, expected a VictimPolicy from 0 to 3"))),
    }
}

fn read_selector(
    selector: &v1::PropertySelector,
    victims: Option<Victims>,
    field: &str,
) -> Result<Selector, Status> {
    use v1::property_selector::Property as P;
    use v1::termination_selector::Of;
    Ok(match &selector.property {
        Some(P::Deadlock(v1::DeadlockProperty {})) => Selector::All(Query::Deadlock(victims)),
        Some(P::Quiescence(v1::QuiescenceProperty {})) => Selector::All(Query::Quiescence),
        Some(P::Garbage(v1::GarbageProperty {})) => Selector::All(Query::Garbage),
        Some(P::Termination(termination)) => match &termination.of {
            Some(Of::All(v1::AllComputations {})) => Selector::All(Query::Terminations),
            Some(Of::Computation(name)) => {
                let field = format!("{field}.termination.computation");
                Selector::Computation(read_computation(name.clone(), &field)?)
            }
            None => {
                let field = format!("{field}.termination");
                return Err(invalid(&field, "missing, expected one of all, computation"));
            }
        },
        Some(P::Conservation(sum)) => {
            let field = format!("{field}.conservation");
            let gauge = read_text(&sum.gauge, &format!("{field}.gauge"), "the name of a gauge")?;
            let expected = sum.expected.parse().map_err(|_| {
                let problem = format!("`{}`, expected a whole number of at most 128 bits", sum.expected);
                invalid(&format!("{field}.expected"), problem)
            })?;
            Selector::All(Query::Sum(gauge, expected))
        }
        None => {
            let expected =
                "missing, expected one of deadlock, termination, quiescence, garbage, conservation";
            return Err(invalid(field, expected));
        }
    })
}

/// Reads the name of a computation from a field.
pub(super) fn read_computation(name: v1::ComputationName, field: &str) -> Result<ComputationName, Status> {
    use v1::computation_name::Name;
    match name.name {
        Some(Name::Id(id)) => {
            let id = ComputationRef::try_from(id).map_err(|error| invalid(&format!("{field}.id"), error))?;
            Ok(ComputationName::Id(id))
        }
        Some(Name::Label(label)) => {
            let label = read_text(&label, &format!("{field}.label"), "the label of a computation")?;
            Ok(ComputationName::Label(label))
        }
        None => Err(invalid(field, "missing, expected one of id, label")),
    }
}

fn read_text(text: &str, field: &str, expected: &str) -> Result<Text, Status> {
    if text.is_empty() || text.len() > Text::LIMIT {
        let problem = format!("{} bytes, expected {expected} of 1 to {} bytes", text.len(), Text::LIMIT);
        return Err(invalid(field, problem));
    }
    Ok(Text::new(text))
}

/// The computation of a name in the snapshot of a detection.
fn resolve(name: &ComputationName, detection: &Detection) -> Result<ComputationRef, Status> {
    let epoch = detection.round.summary.epoch;
    let known = |of: &ComputationRef| {
        let about = |finding: &Finding| finding.verdict.property == Property::Termination(*of);
        detection.findings.iter().any(about)
    };
    match (name, &detection.round.cut) {
        (ComputationName::Id(id), _) if known(id) => Ok(*id),
        (ComputationName::Id(id), _) => Err(Status::not_found(format!(
            "computation {id} is not in the snapshot of round {epoch}: it is not created yet, or forgotten"
        ))),
        (ComputationName::Label(label), Some(_)) => match detection.labelled(label)[..] {
            [one] => Ok(one),
            [] => Err(Status::not_found(format!(
                "no computation in the snapshot of round {epoch} has the label `{label}`, or it has terminated and its \
                 creator has left"
            ))),
            ref all => {
                let all = all.to_vec();
                Err(engine_status(EngineError::Ambiguous { label: label.clone(), all }))
            }
        },
        (ComputationName::Label(_), None) => Err(Status::internal("a detection without a cut")),
    }
}

impl Api {
    /// Waits for a termination; without a timeout as long as the call lasts.
    pub(super) async fn terminated(
        &self,
        name: &ComputationName,
        timeout: Option<Duration>,
    ) -> Result<v1::WaitTerminationResponse, Status> {
        let waited = self.engine.wait_termination(name, timeout).await.map_err(engine_status)?;
        let mut response = v1::WaitTerminationResponse {
            outcome: v1::WaitOutcome::Timeout.into(),
            ..v1::WaitTerminationResponse::default()
        };
        match waited {
            Waited::Terminated(verdict) => {
                response.outcome = terminated(&verdict).into();
                response.verdict = Some((&verdict).into());
            }
            Waited::TimedOut(verdict) => response.verdict = Some((&verdict).into()),
            Waited::Nobody(others) => {
                response.not_created = true;
                response.others = others.iter().map(ToString::to_string).collect();
            }
            Waited::Unanswered => {}
        }
        Ok(response)
    }
}

const fn terminated(verdict: &Verdict) -> v1::WaitOutcome {
    match verdict.outcome {
        Outcome::Holds(Certificate::Terminated { with_loss: true, .. }) => {
            v1::WaitOutcome::TerminatedWithLoss
        }
        _ => v1::WaitOutcome::Terminated,
    }
}
