//! `StillpointService`: what people and programs ask of the server.
//!
//! Every method answers from the engine, within bounds: lists in pages, snapshots in parts, watches at the pace
//! of who watches. Errors name the field or the object, and what to do.

use super::convert::{self, engine_status, invalid, stopping, watch_status};
use super::detection::{self, Selection};
use super::pages::{self, Page, read_token, token};
use super::parts::{PART, parts};
use super::session::Responses;
use crate::config::PropertyKind;
use crate::engine::verdicts::{VerdictId, VerdictRecord};
use crate::engine::{DetectRequest, EngineError, EngineHandle, RoundSummary};
use std::collections::BTreeMap;
use std::pin::Pin;
use std::time::Duration;
use stillpoint_proto::id::{Epoch, Incarnation};
use stillpoint_proto::verdict::Property;
use stillpoint_proto::wire::v1::{self, stillpoint_service_server::StillpointService};
use tokio_stream::Stream;
use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status};

/// The service.
#[derive(Debug)]
pub(super) struct Api {
    pub(super) engine: EngineHandle,
    stop: CancellationToken,
}

type Answer<T> = Result<Response<T>, Status>;

impl Api {
    /// How many verdicts are read at a time.
    const SCAN: u32 = 100;
    /// How often that is done for one page; what is asked for may be rare.
    const SCANS: usize = 20;

    pub(super) const fn new(engine: EngineHandle, stop: CancellationToken) -> Self {
        Api { engine, stop }
    }

    /// The answer, unless the server stops before there is one.
    pub(super) async fn unless_stopped<T>(
        &self,
        answer: impl Future<Output = Result<T, Status>>,
    ) -> Result<T, Status> {
        self.stop.run_until_cancelled(answer).await.unwrap_or_else(|| Err(stopping()))
    }

    /// How long the members of a round have.
    fn deadline(&self, asked: Option<u64>) -> Result<Option<Duration>, Status> {
        let longest = self.engine.config().rounds.deadline.as_millis();
        match asked {
            Some(asked) if asked == 0 || u128::from(asked) > longest => {
                let problem = format!(
                    "{asked}, expected 1 to {longest}, which is the server's `rounds.deadline`, or none for that"
                );
                Err(invalid("deadline_ms", problem))
            }
            asked => Ok(asked.map(Duration::from_millis)),
        }
    }

    /// The summary of a round, with the names that are in its cut.
    pub(super) fn summary(&self, summary: &RoundSummary) -> v1::SnapshotSummary {
        convert::snapshot(summary, self.engine.snapshot(summary.epoch).as_deref())
    }
}

#[tonic::async_trait]
impl StillpointService for Api {
    async fn take_snapshot(
        &self,
        request: Request<v1::TakeSnapshotRequest>,
    ) -> Answer<v1::TakeSnapshotResponse> {
        let deadline = self.deadline(request.get_ref().deadline_ms)?;
        let taken = async { self.engine.take_snapshot(deadline).await.map_err(engine_status) };
        let round = self.unless_stopped(taken).await?;
        let snapshot = convert::snapshot(&round.summary, Some(&round));
        Ok(Response::new(v1::TakeSnapshotResponse { snapshot: Some(snapshot) }))
    }

    type GetSnapshotStream = Pin<Box<dyn Stream<Item = Result<v1::GetSnapshotResponse, Status>> + Send>>;

    async fn get_snapshot(
        &self,
        request: Request<v1::GetSnapshotRequest>,
    ) -> Answer<Self::GetSnapshotStream> {
        let epoch = Epoch(request.get_ref().epoch);
        let round = match epoch {
            Epoch::ZERO => self.engine.latest().ok_or_else(|| {
                Status::not_found("there is no snapshot yet: `stillpoint snapshot` takes one")
            })?,
            epoch => {
                self.engine.snapshot(epoch).ok_or_else(|| engine_status(EngineError::NoSnapshot(epoch)))?
            }
        };
        let cut = round.cut.clone().ok_or_else(|| {
            let (epoch, faults) = (round.summary.epoch, round.summary.faults.clone());
            engine_status(EngineError::Inconsistent { epoch, faults })
        })?;
        let part = |part: Result<_, _>| part.map(|part| v1::GetSnapshotResponse { part: Some(part) });
        Ok(Response::new(Box::pin(tokio_stream::iter(parts(cut, PART).map(part)))))
    }

    async fn list_snapshots(
        &self,
        request: Request<v1::ListSnapshotsRequest>,
    ) -> Answer<v1::ListSnapshotsResponse> {
        let request = request.into_inner();
        let before = Epoch(read_token::<1>(&request.page_token)?.map_or(u64::MAX, |[before]| before));
        let size = pages::size(request.page_size);
        let limit = u32::try_from(size).unwrap_or(u32::MAX);
        let stored = self.engine.store().rounds(before, limit).await;
        let stored = stored.map_err(|error| engine_status(error.into()))?;
        let more = stored.len() == size;
        // The newest may not be stored yet.
        let kept = self.engine.snapshots().into_iter().map(|round| round.summary.clone());
        let kept = kept.filter(|summary| summary.epoch < before);
        let all: BTreeMap<Epoch, RoundSummary> =
            stored.into_iter().chain(kept).map(|s| (s.epoch, s)).collect();
        let mut page = Page::of(request.page_size);
        let taken: Vec<&RoundSummary> =
            all.values().rev().take_while(|summary| page.take(self.summary(summary))).collect();
        let last = taken.last().filter(|_| more || taken.len() < all.len());
        let next_page_token = last.map(|last| token(&[last.epoch.0])).unwrap_or_default();
        Ok(Response::new(v1::ListSnapshotsResponse { snapshots: page.entries, next_page_token }))
    }

    async fn detect(&self, request: Request<v1::DetectRequest>) -> Answer<v1::DetectResponse> {
        let request = request.into_inner();
        let selection = Selection::read(&request, self.engine.config().victims)?;
        let deadline = self.deadline(request.deadline_ms)?;
        let epoch = request.epoch.map(Epoch);
        let asked = DetectRequest { queries: selection.queries(), epoch, deadline };
        let detected = async {
            match self.engine.detect(asked).await {
                Ok(detection) => selection.answer(&detection),
                Err(EngineError::Inconsistent { epoch, faults }) => {
                    let round = self.engine.snapshot(epoch);
                    let summary = round.map(|round| convert::snapshot(&round.summary, None));
                    let summary = summary.unwrap_or_else(|| v1::SnapshotSummary {
                        epoch: epoch.0,
                        outcome: v1::SnapshotOutcome::Inconsistent.into(),
                        inconsistencies: faults,
                        ..v1::SnapshotSummary::default()
                    });
                    Ok(v1::DetectResponse { snapshot: Some(summary), findings: Vec::new() })
                }
                Err(error) => Err(engine_status(error)),
            }
        };
        self.unless_stopped(detected).await.map(Response::new)
    }

    async fn list_verdicts(
        &self,
        request: Request<v1::ListVerdictsRequest>,
    ) -> Answer<v1::ListVerdictsResponse> {
        let request = request.into_inner();
        let wanted = Wanted::read(&request)?;
        // A watch from a revision that was read before the page misses nothing that the page does not show.
        let begin = || [u64::MAX, self.engine.revision()];
        let [mut before, revision] = read_token::<2>(&request.page_token)?.unwrap_or_else(begin);
        let mut page = Page::of(request.page_size);
        let mut more = true;
        'page: for _ in 0..Self::SCANS {
            let records = self.engine.verdicts(before, Self::SCAN).await.map_err(engine_status)?;
            let read = records.len();
            for record in records {
                if wanted.has(&record) && !page.take(convert::record(&record, &self.engine)) {
                    break 'page;
                }
                before = record.revision;
            }
            more = read == Self::SCAN as usize;
            if !more {
                break;
            }
        }
        let next_page_token = if more { token(&[before, revision]) } else { String::new() };
        Ok(Response::new(v1::ListVerdictsResponse { verdicts: page.entries, next_page_token, revision }))
    }

    async fn get_verdict(&self, request: Request<v1::GetVerdictRequest>) -> Answer<v1::GetVerdictResponse> {
        let id = &request.get_ref().id;
        let number: u64 = id.parse().map_err(|_| {
            invalid(
                "id",
                format!(
                    "`{id}`, expected the id of a verdict: a whole number, as `stillpoint verdicts` shows it"
                ),
            )
        })?;
        let record = self.engine.verdict(VerdictId(number)).await.map_err(engine_status)?;
        let record = record.ok_or_else(|| {
            Status::not_found(format!(
                "there is no verdict {number}: `stillpoint verdicts` shows which there are"
            ))
        })?;
        Ok(Response::new(v1::GetVerdictResponse { verdict: Some(convert::record(&record, &self.engine)) }))
    }

    type WatchVerdictsStream = Responses<v1::WatchVerdictsResponse>;

    async fn watch_verdicts(
        &self,
        request: Request<v1::WatchVerdictsRequest>,
    ) -> Answer<Self::WatchVerdictsStream> {
        let from = request.get_ref().from_revision.unwrap_or_else(|| self.engine.revision());
        let mut watch = self.engine.watch(from).await.map_err(watch_status)?;
        let (changes, responses, end) = Responses::channel();
        let (stop, engine) = (self.stop.clone(), self.engine.clone());
        tokio::spawn(async move {
            let watching = async {
                loop {
                    let change = match watch.next().await {
                        Ok(change) => change,
                        Err(error) => return Some(watch_status(error)),
                    };
                    let verdict = Some(convert::record(&change, &engine));
                    let event = Some(v1::VerdictEvent { revision: change.revision, verdict });
                    if changes.send(v1::WatchVerdictsResponse { event }).await.is_err() {
                        return None;
                    }
                }
            };
            let ended = tokio::select! {
                ended = watching => ended,
                () = stop.cancelled() => Some(stopping()),
                () = changes.closed() => None,
            };
            if let Some(status) = ended {
                // It is set once, here.
                let _ = end.set(status);
            }
            drop(changes);
        });
        Ok(Response::new(responses))
    }

    async fn wait_termination(
        &self,
        request: Request<v1::WaitTerminationRequest>,
    ) -> Answer<v1::WaitTerminationResponse> {
        let request = request.into_inner();
        let name = request.computation.ok_or_else(|| {
            invalid("computation", "missing, expected the id or the label of a computation")
        })?;
        let name = detection::read_computation(name, "computation")?;
        let timeout = request.timeout_ms.map(Duration::from_millis);
        self.unless_stopped(self.terminated(&name, timeout)).await.map(Response::new)
    }

    async fn list_processes(
        &self,
        request: Request<v1::ListProcessesRequest>,
    ) -> Answer<v1::ListProcessesResponse> {
        let request = request.into_inner();
        let after = processes_after(&request.page_token)?;
        let mut page = Page::of(request.page_size);
        let mut next_page_token = String::new();
        for view in self.engine.processes().await {
            if after
                .as_ref()
                .is_some_and(|(process, name)| (view.name.as_str(), view.process) <= (name, *process))
            {
                continue;
            }
            if !page.take(convert::process(&view)) {
                next_page_token = page.entries.last().map(processes_token).unwrap_or_default();
                break;
            }
        }
        Ok(Response::new(v1::ListProcessesResponse { processes: page.entries, next_page_token }))
    }

    async fn list_lanes(&self, request: Request<v1::ListLanesRequest>) -> Answer<v1::ListLanesResponse> {
        let request = request.into_inner();
        let after = read_token::<2>(&request.page_token)?;
        let process = request.process.map(Incarnation);
        let lanes = self.engine.lanes(process).await;
        if let Some(process) = process.filter(|_| lanes.is_empty())
            && !self.engine.processes().await.iter().any(|view| view.process == process)
        {
            return Err(engine_status(EngineError::NoProcess(process)));
        }
        let mut page = Page::of(request.page_size);
        let mut next_page_token = String::new();
        let mut last = after;
        for view in lanes {
            let key = [view.lane.process.0, u64::from(view.lane.lane.0)];
            if after.is_some_and(|after| key <= after) {
                continue;
            }
            if !page.take(convert::lane(&view)) {
                next_page_token = last.map(|last| token(&last)).unwrap_or_default();
                break;
            }
            last = Some(key);
        }
        Ok(Response::new(v1::ListLanesResponse { lanes: page.entries, next_page_token }))
    }

    async fn report_death(
        &self,
        request: Request<v1::ReportDeathRequest>,
    ) -> Answer<v1::ReportDeathResponse> {
        let process = request.into_inner().process.map(Incarnation);
        let process =
            process.ok_or_else(|| invalid("process", "missing, expected the incarnation of a process"))?;
        let view =
            self.unless_stopped(async { self.engine.report_death(process).await.map_err(engine_status) });
        let process = Some(convert::process(&view.await?));
        Ok(Response::new(v1::ReportDeathResponse { process }))
    }
}

/// Which verdicts are wanted.
struct Wanted {
    kinds: Vec<PropertyKind>,
    states: Vec<v1::VerdictState>,
}

impl Wanted {
    fn read(request: &v1::ListVerdictsRequest) -> Result<Self, Status> {
        let kind = |(index, value): (usize, &i32)| {
            Ok(match v1::PropertyKind::try_from(*value) {
                Ok(v1::PropertyKind::Deadlock) => PropertyKind::Deadlock,
                Ok(v1::PropertyKind::Termination) => PropertyKind::Termination,
                Ok(v1::PropertyKind::Quiescence) => PropertyKind::Quiescence,
                Ok(v1::PropertyKind::Garbage) => PropertyKind::Garbage,
                Ok(v1::PropertyKind::Conservation) => PropertyKind::Conservation,
                Ok(v1::PropertyKind::Unspecified) | Err(_) => {
                    let field = format!("properties[{index}]");
                    return Err(invalid(&field, format!("{value}, expected a PropertyKind from 1 to 5")));
                }
            })
        };
        let state = |(index, value): (usize, &i32)| match v1::VerdictState::try_from(*value) {
            Ok(v1::VerdictState::Unspecified) | Err(_) => {
                let field = format!("states[{index}]");
                Err(invalid(&field, format!("{value}, expected a VerdictState from 1 to 3")))
            }
            Ok(state) => Ok(state),
        };
        Ok(Wanted {
            kinds: request.properties.iter().enumerate().map(kind).collect::<Result<_, Status>>()?,
            states: request.states.iter().enumerate().map(state).collect::<Result<_, Status>>()?,
        })
    }

    fn has(&self, record: &VerdictRecord) -> bool {
        let kind = match record.verdict.property {
            Property::Deadlock => PropertyKind::Deadlock,
            Property::Termination(_) => PropertyKind::Termination,
            Property::Quiescence => PropertyKind::Quiescence,
            Property::Garbage => PropertyKind::Garbage,
            Property::Conservation { .. } => PropertyKind::Conservation,
        };
        (self.kinds.is_empty() || self.kinds.contains(&kind))
            && (self.states.is_empty() || self.states.contains(&convert::state(&record.state)))
    }
}

/// Names have no form that [`token`] could give them.
fn processes_token(last: &v1::Process) -> String {
    format!("{:x}-{}", last.incarnation.unwrap_or_default(), last.name)
}

fn processes_after(token: &str) -> Result<Option<(Incarnation, String)>, Status> {
    let Some((process, name)) = token.split_once('-') else {
        return match token {
            "" => Ok(None),
            _ => read_token::<2>(token).map(|_| None),
        };
    };
    let [process] = read_token::<1>(process)?.unwrap_or_default();
    Ok(Some((Incarnation(process), name.to_owned())))
}
