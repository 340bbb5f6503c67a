//! From the engine's types to the service's messages, and from its errors to statuses.

use crate::engine::verdicts::{Ending, State, VerdictRecord};
use crate::engine::{
    EngineError, EngineHandle, LaneReceiver, LaneView, ProcessView, Round, RoundKind, RoundSummary, Standing,
    WatchError,
};
use stillpoint_proto::collector::Missing;
use stillpoint_proto::cut::Order;
use stillpoint_proto::id::{Incarnation, ProcessName};
use stillpoint_proto::snapshot::Assumption;
use stillpoint_proto::wire::v1;
use tonic::Status;

/// The server stops.
pub(super) fn stopping() -> Status {
    Status::unavailable("the server stops; connect again, to the one that replaces it")
}

/// What a client is told of an error of the engine.
pub(super) fn engine_status(error: EngineError) -> Status {
    let text = error.to_string();
    match error {
        EngineError::Stopped => stopping(),
        EngineError::Busy { .. } | EngineError::TooManySessions { .. } => Status::resource_exhausted(text),
        EngineError::NoRound(_) => Status::deadline_exceeded(text),
        EngineError::Inconsistent { .. } | EngineError::Ambiguous { .. } | EngineError::Alive(..) => {
            Status::failed_precondition(text)
        }
        EngineError::NoSnapshot(_) | EngineError::NoProcess(_) | EngineError::Forgotten { .. } => {
            Status::not_found(text)
        }
        EngineError::Unwritten { .. } | EngineError::Detector(_) | EngineError::Store(_) => {
            tracing::error!(error = %text, "a call failed");
            Status::internal(text)
        }
    }
}

/// What a client is told of the end of a watch.
pub(super) fn watch_status(error: WatchError) -> Status {
    let text = error.to_string();
    match error {
        WatchError::Forgotten { .. } | WatchError::Beyond { .. } => Status::out_of_range(text),
        WatchError::Stopped { .. } => Status::unavailable(text),
        WatchError::Store(_) => Status::internal(text),
    }
}

/// A field of a request that is not what it should be.
pub(super) fn invalid(field: &str, problem: impl std::fmt::Display) -> Status {
    Status::invalid_argument(format!("{field}: {problem}"))
}

/// What came of a round. Names are known of processes in its cut.
pub(super) fn snapshot(summary: &RoundSummary, round: Option<&Round>) -> v1::SnapshotSummary {
    let name = |process: &Incarnation| -> Option<ProcessName> {
        let members = &round?.cut.as_ref()?.snapshot().members;
        members.get(process).map(|member| member.name.clone())
    };
    let outcome = match summary.outcome {
        RoundKind::Complete => v1::SnapshotOutcome::Complete,
        RoundKind::Incomplete => v1::SnapshotOutcome::Incomplete,
        RoundKind::Inconsistent => v1::SnapshotOutcome::Inconsistent,
    };
    v1::SnapshotSummary {
        epoch: summary.epoch.0,
        outcome: outcome.into(),
        missing: summary.missing.iter().map(|missing| self::missing(missing, name)).collect(),
        inconsistencies: summary.faults.clone(),
        members: summary.members as u64,
        in_transit: summary.in_transit,
        taken_at_ms: Some(summary.began.0),
        duration_ms: Some(summary.ended.0.saturating_sub(summary.began.0)),
    }
}

fn missing(missing: &Missing, name: impl Fn(&Incarnation) -> Option<ProcessName>) -> v1::MissingPart {
    use v1::missing_part::Reason;
    let (process, name, reason) = match missing {
        Missing::Cut(process, name, absence) => (process, Some(name.clone()), Reason::Cut(absence.into())),
        Missing::PresumedDead(process, name) => {
            (process, Some(name.clone()), Reason::PresumedDead(v1::PresumedDead {}))
        }
        Missing::Content(process) => (process, name(process), Reason::Content(v1::MissingContent {})),
    };
    let name = name.map(|name| name.to_string()).unwrap_or_default();
    v1::MissingPart { process: Some(process.0), name, reason: Some(reason) }
}

/// A verdict with its life. Processes that the engine knows are named.
pub(super) fn record(record: &VerdictRecord, engine: &EngineHandle) -> v1::VerdictRecord {
    let called = |process: &Incarnation| match engine.name(*process) {
        Some(name) => format!("{name} ({process})"),
        None => format!("process {process}"),
    };
    let ended = match &record.state {
        State::Ended(how) => Some(ending(how, called)),
        State::Opened | State::Holding => None,
    };
    v1::VerdictRecord {
        id: record.id.to_string(),
        state: state(&record.state).into(),
        first_epoch: record.first.0,
        last_epoch: record.last.0,
        opened_at_ms: Some(record.opened.0),
        updated_at_ms: Some(record.changed.0),
        ended_at_ms: ended.is_some().then_some(record.changed.0),
        end_cause: ended.unwrap_or_default(),
        verdict: Some((&*record.verdict).into()),
        revision: record.revision,
    }
}

/// Where a verdict is in its life.
pub(super) const fn state(state: &State) -> v1::VerdictState {
    match state {
        State::Opened => v1::VerdictState::Open,
        State::Holding => v1::VerdictState::Holding,
        State::Ended(_) => v1::VerdictState::Ended,
    }
}

/// The name of the cause, and what it means.
fn ending(how: &Ending, called: impl Fn(&Incarnation) -> String) -> String {
    let name = how.name();
    match how {
        Ending::Resolved => format!("{name}: somebody acted on it"),
        Ending::DeadlinePassed(process) => format!("{name}: the deadline of a wait in {}", called(process)),
        Ending::Departed(process) => format!("{name}: {} has left or died", called(process)),
        Ending::Retracted(assumption) => {
            format!("{name}: it was assumed that {}", self::assumption(assumption, called))
        }
        Ending::Merged(id) => format!("{name}: it is one with verdict {id}"),
        Ending::Unexplained => {
            format!("{name}: nothing that was recorded explains it, so the instrumentation has a gap")
        }
    }
}

fn assumption(assumption: &Assumption, called: impl Fn(&Incarnation) -> String) -> String {
    match assumption {
        Assumption::PresumedDead(process) => format!("{} was dead", called(process)),
        Assumption::Unstamped(process) => {
            format!("nothing mattered that {} received unstamped", called(process))
        }
        Assumption::Expired(lane, _) => format!("messages given up on lane {lane} would not arrive"),
        Assumption::NoRedelivery(lane) => format!("no message on lane {lane} would be delivered again"),
        Assumption::ClosedWakers(wait) => format!("wait {wait} had no other wakers than those declared"),
    }
}

/// A process.
pub(super) fn process(view: &ProcessView) -> v1::Process {
    let state = match view.standing {
        Standing::Connected => v1::ProcessState::Alive,
        Standing::Disconnected => v1::ProcessState::Disconnected,
        Standing::Left => v1::ProcessState::Left,
        Standing::Died => v1::ProcessState::Dead,
        Standing::PresumedDead => v1::ProcessState::PresumedDead,
    };
    v1::Process {
        name: view.name.to_string(),
        incarnation: Some(view.process.0),
        state: state.into(),
        session_since_ms: view.session.as_ref().map(|session| session.since.0),
        epoch: view.epoch.0,
        counts: view.counts.map(|counts| v1::ProcessCounts {
            tasks: counts.tasks,
            waits: counts.waits,
            objects: counts.objects,
            tokens: counts.tokens,
        }),
    }
}

/// A lane.
pub(super) fn lane(view: &LaneView) -> v1::Lane {
    let order = match view.order {
        Some(Order::Fifo) => v1::LaneOrder::Fifo,
        Some(Order::Unordered) => v1::LaneOrder::Unordered,
        None => v1::LaneOrder::Unspecified,
    };
    let receiver = |receiver: &LaneReceiver| v1::LaneReceiver {
        process: Some(receiver.process.0),
        name: receiver.name.as_ref().map(ToString::to_string).unwrap_or_default(),
        received: receiver.received,
        floor: receiver.floor,
    };
    v1::Lane {
        lane: Some((&view.lane).into()),
        sender_name: view.sender.as_ref().map(ToString::to_string).unwrap_or_default(),
        to: view.to.as_ref().map(Into::into),
        order: order.into(),
        sent: view.sent,
        outstanding: view.outstanding,
        doubtful: view.doubtful,
        received: view.received.iter().map(receiver).collect(),
    }
}
