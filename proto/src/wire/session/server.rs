//! What the server says to an agent.

use super::super::decode::{
    Decoded, list, message, ranges, read_death, read_name, read_numbers, scalar, text, write, write_death,
    write_numbers, write_ranges,
};
use super::super::error::{At, DecodeError, Problem};
use super::super::ids::lane_id;
use super::super::v1;
use super::{read_versions, write_versions};
use crate::id::{DeploymentId, Epoch, Incarnation, LaneId, ObjectRef, TaskRef, Text};
use crate::ranges::RangeSet;
use crate::session::{Rejection, RoundEnd, ToAgent};
use crate::verdict::{Outcome, Property, Stuck};
use v1::session_response::Message as W;

/// Everything that an agent hears on a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FromServer {
    /// A message of the protocol.
    Protocol(ToAgent),
    /// A verdict that concerns this process has changed.
    Verdict(VerdictNotice),
    /// The server lives.
    Heartbeat,
}

/// A verdict has changed, and this is what it says of the process that is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictNotice {
    /// The verdict's id.
    pub id: Text,
    /// Its state.
    pub state: VerdictState,
    /// The property.
    pub property: Property,
    /// What was found.
    pub outcome: OutcomeKind,
    /// The process's tasks in a deadlock.
    pub members: Vec<Stuck>,
    /// The process's tasks whose end would help to end a deadlock.
    pub victims: Vec<TaskRef>,
    /// The process's objects that are garbage.
    pub objects: Vec<ObjectRef>,
}

/// The life of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VerdictState {
    /// Found in one round.
    Open,
    /// Found again in a later round.
    Holding,
    /// No longer found, acted upon, or retracted.
    Ended,
}

/// Which of the outcomes a verdict has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutcomeKind {
    /// The property holds.
    Holds,
    /// The property does not hold.
    DoesNotHold,
    /// Neither could be established.
    Unknown,
}

impl From<&Outcome> for OutcomeKind {
    fn from(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Holds(_) => OutcomeKind::Holds,
            Outcome::DoesNotHold(_) => OutcomeKind::DoesNotHold,
            Outcome::Unknown(_) => OutcomeKind::Unknown,
        }
    }
}

/// The server lives.
#[must_use]
pub const fn server_heartbeat() -> v1::SessionResponse {
    v1::SessionResponse { message: Some(W::Heartbeat(v1::Heartbeat {})) }
}

impl TryFrom<v1::SessionResponse> for FromServer {
    type Error = DecodeError;

    fn try_from(wire: v1::SessionResponse) -> Decoded<Self> {
        let said = match wire.message {
            Some(W::Welcome(w)) => read_welcome(&w).at("welcome"),
            Some(W::Rejected(w)) => w.try_into().map(ToAgent::Rejected).at("rejected"),
            Some(W::Cut(w)) => read_cut(&w).at("cut"),
            Some(W::Reported(w)) => {
                let epoch = scalar(w.epoch, "epoch", "the round that the report ended at").at("reported");
                epoch.map(|epoch| ToAgent::Reported(Epoch(epoch)))
            }
            Some(W::Resync(v1::Resync {})) => Ok(ToAgent::Resync),
            Some(W::Ended(w)) => w.try_into().map(ToAgent::Ended).at("ended"),
            Some(W::Verdict(w)) => return w.try_into().map(FromServer::Verdict).at("verdict"),
            Some(W::Heartbeat(v1::Heartbeat {})) => return Ok(FromServer::Heartbeat),
            None => Err(DecodeError::missing(
                "one of welcome, rejected, cut, reported, resync, ended, verdict, heartbeat",
            )),
        };
        said.map(FromServer::Protocol)
    }
}

impl From<&FromServer> for v1::SessionResponse {
    fn from(said: &FromServer) -> Self {
        match said {
            FromServer::Protocol(message) => message.into(),
            FromServer::Verdict(notice) => notice.into(),
            FromServer::Heartbeat => server_heartbeat(),
        }
    }
}

impl From<&ToAgent> for v1::SessionResponse {
    fn from(message: &ToAgent) -> Self {
        let message = match message {
            ToAgent::Welcome { version, given, window, known } => W::Welcome(v1::Welcome {
                version: Some(*version),
                given: Some(given.0),
                window: Some(window.0),
                known: known.map(|known| known.0),
            }),
            ToAgent::Rejected(why) => W::Rejected(why.into()),
            ToAgent::Cut { epoch, window } => {
                W::Cut(v1::Cut { epoch: Some(epoch.0), window: Some(window.0) })
            }
            ToAgent::Reported(epoch) => W::Reported(v1::Reported { epoch: Some(epoch.0) }),
            ToAgent::Resync => W::Resync(v1::Resync {}),
            ToAgent::Ended(end) => W::Ended(end.into()),
        };
        v1::SessionResponse { message: Some(message) }
    }
}

impl From<&VerdictNotice> for v1::SessionResponse {
    fn from(notice: &VerdictNotice) -> Self {
        v1::SessionResponse { message: Some(W::Verdict(notice.into())) }
    }
}

const WINDOW: &str = "the last epoch whose stamps are to be admitted";

fn read_welcome(wire: &v1::Welcome) -> Decoded<ToAgent> {
    Ok(ToAgent::Welcome {
        version: scalar(wire.version, "version", "the version to speak")?,
        given: Epoch(scalar(wire.given, "given", "the last epoch given out")?),
        window: Epoch(scalar(wire.window, "window", WINDOW)?),
        known: wire.known.map(Epoch),
    })
}

fn read_cut(wire: &v1::Cut) -> Decoded<ToAgent> {
    let epoch = Epoch(scalar(wire.epoch, "epoch", "the round")?);
    Ok(ToAgent::Cut { epoch, window: Epoch(scalar(wire.window, "window", WINDOW)?) })
}

impl TryFrom<v1::Rejected> for Rejection {
    type Error = DecodeError;

    fn try_from(wire: v1::Rejected) -> Decoded<Self> {
        use v1::rejected::Reason as R;
        match wire.reason {
            Some(R::Deployment(w)) => read_other_deployment(&w).at("deployment"),
            Some(R::Version(w)) => read_versions(&w).at("version").map(|agent| Rejection::Version { agent }),
            Some(R::NameTaken(w)) => read_name_taken(&w).at("nameTaken"),
            Some(R::IncarnationUsed(process)) => Ok(Rejection::IncarnationUsed(Incarnation(process))),
            Some(R::EpochOutOfRange(epoch)) => Ok(Rejection::EpochOutOfRange(Epoch(epoch))),
            Some(R::OutOfOrder(v1::OutOfOrder {})) => Ok(Rejection::OutOfOrder),
            Some(R::ImpossibleReport(w)) => super::read_rounds(w.from, w.to)
                .at("impossibleReport")
                .map(|(from, to)| Rejection::ImpossibleReport { from, to }),
            None => Err(DecodeError::missing(
                "one of deployment, version, nameTaken, incarnationUsed, epochOutOfRange, outOfOrder, \
                 impossibleReport",
            )),
        }
    }
}

fn read_other_deployment(wire: &v1::OtherDeployment) -> Decoded<Rejection> {
    let here = DeploymentId(scalar(wire.here, "here", "the id of the server's deployment")?);
    let there = DeploymentId(scalar(wire.there, "there", "the id of the agent's deployment")?);
    Ok(Rejection::Deployment { here, there })
}

fn read_name_taken(wire: &v1::NameTaken) -> Decoded<Rejection> {
    let name = read_name(&wire.name, "name")?;
    let holder = scalar(wire.holder, "holder", "the incarnation that has the name")?;
    Ok(Rejection::NameTaken { name, holder: Incarnation(holder) })
}

impl From<&Rejection> for v1::Rejected {
    fn from(why: &Rejection) -> Self {
        use v1::rejected::Reason as R;
        let reason = match why {
            Rejection::Deployment { here, there } => {
                R::Deployment(v1::OtherDeployment { here: Some(here.0), there: Some(there.0) })
            }
            Rejection::Version { agent } => R::Version(write_versions(*agent)),
            Rejection::NameTaken { name, holder } => {
                R::NameTaken(v1::NameTaken { name: name.to_string(), holder: Some(holder.0) })
            }
            Rejection::IncarnationUsed(process) => R::IncarnationUsed(process.0),
            Rejection::EpochOutOfRange(epoch) => R::EpochOutOfRange(epoch.0),
            Rejection::OutOfOrder => R::OutOfOrder(v1::OutOfOrder {}),
            Rejection::ImpossibleReport { from, to } => {
                R::ImpossibleReport(v1::ImpossibleReport { from: Some(from.0), to: Some(to.0) })
            }
        };
        v1::Rejected { text: why.to_string(), reason: Some(reason) }
    }
}

impl TryFrom<v1::RoundEnded> for RoundEnd {
    type Error = DecodeError;

    fn try_from(wire: v1::RoundEnded) -> Decoded<Self> {
        Ok(RoundEnd {
            epoch: super::super::cut::read_epoch(wire.epoch)?,
            received: elements(wire.received, "received", read_received)?,
            lost: elements(wire.lost, "lost", read_lost)?,
            tombstones: elements(wire.tombstones, "tombstones", read_numbers)?,
            expired: elements(wire.expired, "expired", read_lost)?,
            dead: elements(wire.dead, "dead", read_death)?,
            retired: list(wire.retired, "retired")?,
        })
    }
}

/// Every element of a list of what is no type of its own.
fn elements<W, T>(values: Vec<W>, field: &str, read: fn(W) -> Decoded<T>) -> Decoded<Vec<T>> {
    let all = values.into_iter().enumerate().map(|(i, value)| read(value).at_index(i));
    all.collect::<Decoded<Vec<T>>>().at(field)
}

fn read_received(wire: v1::ReceivedNumbers) -> Decoded<(LaneId, Incarnation, RangeSet)> {
    let lane = lane_id(wire.lane)?;
    let receiver = scalar(wire.receiver, "receiver", "the incarnation of the receiver")?;
    Ok((lane, Incarnation(receiver), ranges(wire.numbers, "numbers")?))
}

fn read_lost(wire: v1::LostNumbers) -> Decoded<(LaneId, RangeSet)> {
    Ok((lane_id(wire.lane)?, ranges(wire.numbers, "numbers")?))
}

impl From<&RoundEnd> for v1::RoundEnded {
    fn from(end: &RoundEnd) -> Self {
        let received = end.received.iter().map(|(lane, receiver, numbers)| v1::ReceivedNumbers {
            lane: Some(lane.0),
            receiver: Some(receiver.0),
            numbers: write_ranges(numbers),
        });
        let lost = |(lane, numbers): &(LaneId, RangeSet)| v1::LostNumbers {
            lane: Some(lane.0),
            numbers: write_ranges(numbers),
        };
        let tombstones = end.tombstones.iter().map(|(lane, numbers)| write_numbers((lane, numbers)));
        v1::RoundEnded {
            epoch: Some(end.epoch.0),
            received: received.collect(),
            lost: end.lost.iter().map(lost).collect(),
            tombstones: tombstones.collect(),
            expired: end.expired.iter().map(lost).collect(),
            dead: end.dead.iter().map(|death| write_death(*death)).collect(),
            retired: write(&end.retired),
        }
    }
}

impl TryFrom<v1::VerdictNotice> for VerdictNotice {
    type Error = DecodeError;

    fn try_from(wire: v1::VerdictNotice) -> Decoded<Self> {
        if wire.id.is_empty() {
            return Err(DecodeError::missing("the id of the verdict").at("id"));
        }
        Ok(VerdictNotice {
            id: text(&wire.id, "id")?,
            state: read_state(wire.state)?,
            property: message(wire.property, "property", "the property that was looked for")?,
            outcome: read_outcome(wire.outcome)?,
            members: list(wire.members, "members")?,
            victims: list(wire.victims, "victims")?,
            objects: list(wire.objects, "objects")?,
        })
    }
}

impl From<&VerdictNotice> for v1::VerdictNotice {
    fn from(notice: &VerdictNotice) -> Self {
        v1::VerdictNotice {
            id: notice.id.to_string(),
            state: v1::VerdictState::from(notice.state) as i32,
            property: Some((&notice.property).into()),
            outcome: v1::OutcomeKind::from(notice.outcome) as i32,
            members: write(&notice.members),
            victims: write(&notice.victims),
            objects: write(&notice.objects),
        }
    }
}

fn read_state(value: i32) -> Decoded<VerdictState> {
    const EXPECTED: &str = "one of VERDICT_STATE_OPEN, VERDICT_STATE_HOLDING, VERDICT_STATE_ENDED";
    match v1::VerdictState::try_from(value) {
        Ok(v1::VerdictState::Open) => Ok(VerdictState::Open),
        Ok(v1::VerdictState::Holding) => Ok(VerdictState::Holding),
        Ok(v1::VerdictState::Ended) => Ok(VerdictState::Ended),
        Ok(v1::VerdictState::Unspecified) => Err(DecodeError::missing(EXPECTED)),
        Err(_) => Err(DecodeError::new(Problem::UnknownValue(value), EXPECTED)),
    }
    .at("state")
}

impl From<VerdictState> for v1::VerdictState {
    fn from(state: VerdictState) -> Self {
        match state {
            VerdictState::Open => v1::VerdictState::Open,
            VerdictState::Holding => v1::VerdictState::Holding,
            VerdictState::Ended => v1::VerdictState::Ended,
        }
    }
}

fn read_outcome(value: i32) -> Decoded<OutcomeKind> {
    const EXPECTED: &str = "one of OUTCOME_KIND_HOLDS, OUTCOME_KIND_DOES_NOT_HOLD, OUTCOME_KIND_UNKNOWN";
    match v1::OutcomeKind::try_from(value) {
        Ok(v1::OutcomeKind::Holds) => Ok(OutcomeKind::Holds),
        Ok(v1::OutcomeKind::DoesNotHold) => Ok(OutcomeKind::DoesNotHold),
        Ok(v1::OutcomeKind::Unknown) => Ok(OutcomeKind::Unknown),
        Ok(v1::OutcomeKind::Unspecified) => Err(DecodeError::missing(EXPECTED)),
        Err(_) => Err(DecodeError::new(Problem::UnknownValue(value), EXPECTED)),
    }
    .at("outcome")
}

impl From<OutcomeKind> for v1::OutcomeKind {
    fn from(outcome: OutcomeKind) -> Self {
        match outcome {
            OutcomeKind::Holds => v1::OutcomeKind::Holds,
            OutcomeKind::DoesNotHold => v1::OutcomeKind::DoesNotHold,
            OutcomeKind::Unknown => v1::OutcomeKind::Unknown,
        }
    }
}
