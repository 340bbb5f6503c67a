//! The service as its callers see it: what it is asked and what it claims, through gRPC.

use super::Result;
use super::truth::{Nanos, Thing, now};
use prost::Message as _;
use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::time::Duration;
use stillpoint_proto::id::{Incarnation, ObjectRef, TaskRef};
use stillpoint_proto::snapshot::{Assumption, ConsistentCut, Snapshot};
use stillpoint_proto::verdict::{Certificate, Outcome, Property, Refutation, Verdict};
use stillpoint_proto::wire::v1::stillpoint_service_client::StillpointServiceClient;
use stillpoint_proto::wire::v1::{self, property_selector};
use tonic::transport::{Channel, Endpoint};

/// How long an answer may take, while the server may be stopped or away.
const PATIENCE: Duration = Duration::from_secs(15);

type Client = StillpointServiceClient<Channel>;

/// A connection to the service, which comes back by itself.
#[derive(Clone, Debug)]
pub(super) struct Service(Client);

/// What a verdict claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Claimed {
    /// These tasks are in a deadlock: with their labels.
    Deadlock(Vec<(TaskRef, String)>),
    /// There is no deadlock.
    NoDeadlock,
    /// A computation has terminated; whether work was lost.
    Terminated(Thing, bool),
    /// It has not.
    Runs(Thing),
    /// These objects are garbage.
    Garbage(Vec<Thing>),
    /// There is no garbage.
    NoGarbage,
    /// A sum is as expected, or is another.
    Sum(i128, bool),
    /// Nothing is claimed of this, with the reasons.
    Unknown(&'static str, Option<Thing>, String),
}

/// A verdict as it was told.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub(super) claimed: Claimed,
    /// Processes that it takes to be dead without being certain.
    pub(super) presumed: Vec<Incarnation>,
    /// Whether it rests on messages that were given up by a limit of time.
    pub(super) expired: bool,
    /// The id of its record, if it has one.
    pub(super) record: String,
}

/// What came of asking.
#[derive(Clone, Debug)]
pub(super) struct Round {
    pub(super) asked: Nanos,
    pub(super) answered: Nanos,
    pub(super) epoch: u64,
    pub(super) outcome: v1::SnapshotOutcome,
    /// What is missing, in words.
    pub(super) missing: Vec<String>,
    /// What contradicts itself, in words.
    pub(super) faults: Vec<String>,
    pub(super) claims: Vec<Claim>,
    /// What the checker has refuted.
    pub(super) refuted: Vec<String>,
    /// How many verdicts it has confirmed.
    pub(super) confirmed: usize,
}

/// One change of a verdict's record, as the watch tells it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Change {
    pub(super) revision: u64,
    pub(super) record: v1::VerdictRecord,
}

/// What to look for: everything, and the sum of the money.
fn everything(expected: i64) -> v1::DetectRequest {
    let conservation =
        v1::Conservation { gauge: super::worker::GAUGE.to_owned(), expected: expected.to_string() };
    let all = v1::termination_selector::Of::All(v1::AllComputations {});
    let properties = [
        property_selector::Property::Deadlock(v1::DeadlockProperty {}),
        property_selector::Property::Termination(v1::TerminationSelector { of: Some(all) }),
        property_selector::Property::Garbage(v1::GarbageProperty {}),
        property_selector::Property::Conservation(conservation),
    ];
    let properties = properties.map(|property| v1::PropertySelector { property: Some(property) });
    v1::DetectRequest { properties: properties.into(), ..v1::DetectRequest::default() }
}

impl Round {
    pub(super) fn is_complete(&self) -> bool {
        self.outcome == v1::SnapshotOutcome::Complete
    }
}

impl Service {
    pub(super) fn at(address: SocketAddr) -> Result<Self> {
        let endpoint = Endpoint::from_shared(format!("http://{address}"))?
            .connect_timeout(Duration::from_secs(3))
            .http2_keep_alive_interval(Duration::from_secs(5))
            .keep_alive_timeout(Duration::from_secs(10));
        let client = Client::new(endpoint.connect_lazy());
        Ok(Service(client.max_decoding_message_size(stillpoint_server::net::MESSAGE_LIMIT)))
    }

    /// Looks for everything in a fresh snapshot, and has each verdict checked against that.
    pub(super) async fn detect(&mut self, money: i64) -> Result<Round> {
        let asked = now();
        let answer = tokio::time::timeout(PATIENCE, self.0.detect(everything(money))).await??.into_inner();
        let answered = now();
        let summary = answer.snapshot.ok_or("an answer without a snapshot")?;
        let mut round = Round {
            asked,
            answered,
            epoch: summary.epoch,
            outcome: summary.outcome(),
            missing: summary.missing.iter().map(missing).collect(),
            faults: summary.inconsistencies,
            claims: Vec::new(),
            refuted: Vec::new(),
            confirmed: 0,
        };
        round.faults.extend(summary.missing.iter().filter_map(fault));
        // The server may have been killed since, or have taken so many other rounds that this one is gone.
        let cut = self.fetch(round.epoch).await.ok();
        for finding in answer.findings {
            let verdict = Verdict::try_from(finding.verdict.ok_or("a finding without a verdict")?)?;
            if let Some(cut) = &cut {
                match stillpoint_detectors::verify::verify(cut, &verdict) {
                    Ok(_) => round.confirmed += 1,
                    Err(refuted) => round.refuted.push(format!("{refuted}: {verdict:?}")),
                }
            }
            round.claims.push(claim(&verdict, finding.record_id));
        }
        Ok(round)
    }

    async fn fetch(&mut self, epoch: u64) -> Result<ConsistentCut> {
        let fetch = async {
            let mut parts = self.0.get_snapshot(v1::GetSnapshotRequest { epoch }).await?.into_inner();
            let mut whole = v1::Snapshot::default();
            while let Some(part) = parts.message().await? {
                whole.merge(part.part.unwrap_or_default().encode_to_vec().as_slice())?;
            }
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(whole)
        };
        let snapshot = Snapshot::try_from(tokio::time::timeout(PATIENCE, fetch).await??)?;
        ConsistentCut::check(snapshot).map_err(|faults| format!("{faults:?}").into())
    }

    /// States that an incarnation has ended.
    pub(super) async fn report_death(&mut self, incarnation: u64) -> Result<()> {
        let request = v1::ReportDeathRequest { process: Some(incarnation) };
        tokio::time::timeout(PATIENCE, self.0.report_death(request)).await??;
        Ok(())
    }

    /// Every change after this revision, given to `told`, until that has heard enough, the connection is lost or nothing
    /// comes for some time.
    pub(super) async fn watch(
        &mut self,
        from: u64,
        patience: Duration,
        mut told: impl FnMut(Change) -> ControlFlow<()>,
    ) -> Result<()> {
        let request = v1::WatchVerdictsRequest { from_revision: Some(from) };
        let mut changes = tokio::time::timeout(PATIENCE, self.0.watch_verdicts(request)).await??.into_inner();
        loop {
            let Ok(change) = tokio::time::timeout(patience, changes.message()).await else { return Ok(()) };
            let Some(change) = change?.and_then(|response| response.event) else { return Ok(()) };
            let record = change.verdict.ok_or("a change without a record")?;
            if told(Change { revision: change.revision, record }).is_break() {
                return Ok(());
            }
        }
    }

    /// One verdict's record.
    pub(super) async fn record(&mut self, id: &str) -> Result<v1::VerdictRecord> {
        let request = v1::GetVerdictRequest { id: id.to_owned() };
        let answer = tokio::time::timeout(PATIENCE, self.0.get_verdict(request)).await??.into_inner();
        Ok(answer.verdict.ok_or("no record")?)
    }
}

fn missing(part: &v1::MissingPart) -> String {
    use v1::missing_part::Reason;
    let what = match &part.reason {
        Some(Reason::Cut(absence)) => format!("cut: {absence:?}"),
        Some(Reason::PresumedDead(_)) => "presumed dead".to_owned(),
        Some(Reason::Content(_)) => "content".to_owned(),
        None => "?".to_owned(),
    };
    let process = part.process.unwrap_or_default();
    format!("{} ({process:x}): {what}", part.name)
}

/// That a member's report was wrong, which is never the fault of a connection.
fn fault(part: &v1::MissingPart) -> Option<String> {
    match &part.reason {
        Some(v1::missing_part::Reason::Cut(absence)) if absence.kind() == v1::AbsenceKind::Fault => {
            Some(format!("the report of {} was refused: {}", part.name, absence.fault))
        }
        _ => None,
    }
}

const fn object(object: &ObjectRef) -> Thing {
    Thing { process: object.process.0, handle: object.id.0.0 }
}

/// What a verdict claims.
pub(super) fn claim(verdict: &Verdict, record: String) -> Claim {
    let of = match &verdict.property {
        Property::Termination(of) => Some(Thing { process: of.process.0, handle: of.id.0.0 }),
        _ => None,
    };
    let claimed = match (&verdict.outcome, of) {
        (Outcome::Holds(Certificate::Deadlock(deadlock)), _) => {
            let members = deadlock.members.iter().map(|m| (m.task, m.label.as_str().to_owned()));
            Claimed::Deadlock(members.collect())
        }
        (Outcome::Holds(Certificate::Terminated { with_loss, .. }), Some(of)) => {
            Claimed::Terminated(of, *with_loss)
        }
        (Outcome::Holds(Certificate::Garbage(groups)), _) => {
            Claimed::Garbage(groups.iter().flat_map(|group| group.objects.iter().map(object)).collect())
        }
        (Outcome::Holds(Certificate::Sum(sum)), _) => Claimed::Sum(*sum, true),
        (Outcome::DoesNotHold(Refutation::Sum(sum)), _) => Claimed::Sum(*sum, false),
        (Outcome::DoesNotHold(_), Some(of)) => Claimed::Runs(of),
        (Outcome::DoesNotHold(Refutation::Marked(_)), _) => Claimed::NoGarbage,
        (Outcome::DoesNotHold(_), _) => Claimed::NoDeadlock,
        (Outcome::Unknown(doubts), of) => {
            let reasons: Vec<_> = doubts.iter().take(4).map(|doubt| format!("{:?}", doubt.reason)).collect();
            Claimed::Unknown(verdict.property.name(), of, reasons.join("; "))
        }
        (Outcome::Holds(other), _) => {
            Claimed::Unknown(verdict.property.name(), of, format!("unexpected {other:?}"))
        }
    };
    let presumed = verdict.assumptions.iter().filter_map(|assumption| match assumption {
        Assumption::PresumedDead(process) => Some(*process),
        _ => None,
    });
    let expired = verdict.assumptions.iter().any(|a| matches!(a, Assumption::Expired(..)));
    Claim { claimed, presumed: presumed.collect(), expired, record }
}
