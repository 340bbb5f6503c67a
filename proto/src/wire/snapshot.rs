//! Snapshots, their members and the state of the channels.

use super::cut::read_epoch;
use super::decode::{
    Decoded, Key, arm, map, message, optional, read_name, scalar, text, write, write_numbers, write_ranges,
};
use super::error::{At, DecodeError, Problem};
use super::ids::process;
use super::v1;
use crate::cut::ProcessCut;
use crate::id::{DeploymentId, Epoch, Incarnation, LaneRef};
use crate::snapshot::{
    Absence, Cause, Channel, Channels, ConsistentCut, Fate, InTransit, Member, MemberState, Snapshot,
    UnknownContent,
};
use std::sync::Arc;

const MEMBER: Key<Incarnation> =
    Key { field: "process", expected: "each process once", show: |p| p.0.to_string() };

impl TryFrom<v1::Snapshot> for Snapshot {
    type Error = DecodeError;

    /// The state of the channels in the message is ignored: it is derived anew when the snapshot is checked.
    fn try_from(wire: v1::Snapshot) -> Decoded<Self> {
        let epoch = read_epoch(wire.epoch)?;
        let confirmed = Epoch(wire.confirmed);
        // Deadlocks over keyed resources rest on the confirmed epoch; one of this round would prove nothing.
        if confirmed >= epoch && confirmed != Epoch::ZERO {
            return Err(DecodeError::invalid(confirmed, "an epoch below the snapshot's").at("confirmed"));
        }
        Ok(Snapshot {
            deployment: read_deployment(wire.deployment)?,
            epoch,
            confirmed,
            members: map(wire.members, "members", &MEMBER, |w| Ok((process(w.process)?, w.try_into()?)))?,
        })
    }
}

/// The deployment of a document, which must be there.
pub(super) fn read_deployment(value: Option<u64>) -> Decoded<DeploymentId> {
    scalar(value, "deployment", "the id of the deployment").map(DeploymentId)
}

impl From<&Snapshot> for v1::Snapshot {
    fn from(snapshot: &Snapshot) -> Self {
        v1::Snapshot {
            deployment: Some(snapshot.deployment.0),
            epoch: Some(snapshot.epoch.0),
            confirmed: snapshot.confirmed.0,
            members: snapshot.members.iter().map(Into::into).collect(),
            channels: None,
        }
    }
}

impl From<&ConsistentCut> for v1::Snapshot {
    /// The snapshot with the state of its channels.
    fn from(cut: &ConsistentCut) -> Self {
        v1::Snapshot { channels: Some(cut.channels().into()), ..cut.snapshot().into() }
    }
}

impl TryFrom<v1::Member> for Member {
    type Error = DecodeError;

    fn try_from(wire: v1::Member) -> Decoded<Self> {
        use v1::member::State;
        let name = read_name(&wire.name, "name")?;
        let state = match wire.state {
            Some(State::Present(w)) => arm(w, "present", |cut| MemberState::Present(Arc::new(cut))),
            Some(State::Left(w)) => read_left(w).at("left"),
            Some(State::Lost(w)) => read_lost(w).at("lost"),
            Some(State::Absent(w)) => arm(w, "absent", MemberState::Absent),
            None => Err(DecodeError::missing("one of present, left, lost, absent")),
        }?;
        Ok(Member { name, state })
    }
}

impl From<(&Incarnation, &Member)> for v1::Member {
    fn from((process, member): (&Incarnation, &Member)) -> Self {
        use v1::member::State;
        let state = match &member.state {
            MemberState::Present(cut) => State::Present((&**cut).into()),
            MemberState::Left { last, since } => {
                State::Left(v1::Left { last: Some((&**last).into()), since: Some(since.0) })
            }
            MemberState::Lost { certain, last, since } => State::Lost(v1::Lost {
                certain: *certain,
                last: last.as_ref().map(|cut| (&**cut).into()),
                since: Some(since.0),
            }),
            MemberState::Absent(absence) => State::Absent(absence.into()),
        };
        v1::Member { process: Some(process.0), name: member.name.to_string(), state: Some(state) }
    }
}

fn read_left(wire: v1::Left) -> Decoded<MemberState> {
    let last: ProcessCut = message(wire.last, "last", "its last state")?;
    let since = scalar(wire.since, "since", "the last epoch given out when it said goodbye")?;
    Ok(MemberState::Left { last: Arc::new(last), since: Epoch(since) })
}

fn read_lost(wire: v1::Lost) -> Decoded<MemberState> {
    let last: Option<ProcessCut> = optional(wire.last, "last")?;
    let since = scalar(wire.since, "since", "the last epoch given out when its death became known")?;
    Ok(MemberState::Lost { certain: wire.certain, last: last.map(Arc::new), since: Epoch(since) })
}

impl TryFrom<v1::Absence> for Absence {
    type Error = DecodeError;

    fn try_from(wire: v1::Absence) -> Decoded<Self> {
        use v1::AbsenceKind as W;
        const EXPECTED: &str = "one of ABSENCE_KIND_SILENT, ABSENCE_KIND_DISCONNECTED, ABSENCE_KIND_VOID, \
                                ABSENCE_KIND_GAVE_UP, ABSENCE_KIND_FAULT";
        let fault = text(&wire.fault, "fault")?;
        let absence = match W::try_from(wire.kind) {
            Ok(W::Silent) => Absence::Silent,
            Ok(W::Disconnected) => Absence::Disconnected,
            Ok(W::Void) => Absence::Void,
            Ok(W::GaveUp) => Absence::GaveUp,
            Ok(W::Fault) => return Ok(Absence::Fault(fault)),
            Ok(W::Unspecified) => return Err(DecodeError::missing(EXPECTED).at("kind")),
            Err(_) => return Err(DecodeError::new(Problem::UnknownValue(wire.kind), EXPECTED).at("kind")),
        };
        if wire.fault.is_empty() {
            Ok(absence)
        } else {
            Err(DecodeError::invalid(format!("{:?}", wire.fault), "no text unless the kind is a fault")
                .at("fault"))
        }
    }
}

impl From<&Absence> for v1::Absence {
    fn from(absence: &Absence) -> Self {
        use v1::AbsenceKind as W;
        let (kind, fault) = match absence {
            Absence::Silent => (W::Silent, String::new()),
            Absence::Disconnected => (W::Disconnected, String::new()),
            Absence::Void => (W::Void, String::new()),
            Absence::GaveUp => (W::GaveUp, String::new()),
            Absence::Fault(what) => (W::Fault, what.to_string()),
        };
        v1::Absence { kind: kind as i32, fault }
    }
}

pub(super) fn read_cause(value: i32) -> Decoded<Cause> {
    use v1::Cause as W;
    const EXPECTED: &str = "one of CAUSE_COLLAPSED, CAUSE_RECEIVED_OUTSIDE, CAUSE_SENDER_ABSENT, CAUSE_SENDER_LOST, CAUSE_STRANGER";
    match W::try_from(value) {
        Ok(W::Collapsed) => Ok(Cause::Collapsed),
        Ok(W::ReceivedOutside) => Ok(Cause::ReceivedOutside),
        Ok(W::SenderAbsent) => Ok(Cause::SenderAbsent),
        Ok(W::SenderLost) => Ok(Cause::SenderLost),
        Ok(W::Stranger) => Ok(Cause::Stranger),
        Ok(W::Unspecified) => Err(DecodeError::missing(EXPECTED).at("cause")),
        Err(_) => Err(DecodeError::new(Problem::UnknownValue(value), EXPECTED).at("cause")),
    }
}

pub(super) const fn write_cause(cause: Cause) -> i32 {
    (match cause {
        Cause::Collapsed => v1::Cause::Collapsed,
        Cause::ReceivedOutside => v1::Cause::ReceivedOutside,
        Cause::SenderAbsent => v1::Cause::SenderAbsent,
        Cause::SenderLost => v1::Cause::SenderLost,
        Cause::Stranger => v1::Cause::Stranger,
    }) as i32
}

impl From<&Channels> for v1::Channels {
    fn from(channels: &Channels) -> Self {
        let settled = channels.settled.iter().flat_map(|(lane, by)| {
            by.iter().map(|(receiver, numbers)| v1::SettledMessages {
                lane: Some(lane.into()),
                receiver: Some(receiver.0),
                numbers: write_ranges(numbers),
            })
        });
        let lost = channels.lost.iter().map(write_numbers);
        v1::Channels {
            lanes: channels.lanes.iter().map(Into::into).collect(),
            in_transit: channels.carriers().map(Into::into).collect(),
            unknown: write(&channels.unknown),
            settled: settled.collect(),
            lost: lost.collect(),
        }
    }
}

impl From<(&LaneRef, &Channel)> for v1::Channel {
    fn from((lane, channel): (&LaneRef, &Channel)) -> Self {
        v1::Channel {
            lane: Some(lane.into()),
            to: Some((&channel.to).into()),
            transit: write_ranges(&channel.transit),
            doubtful: write_ranges(&channel.doubtful),
            hidden: write_ranges(&channel.hidden),
        }
    }
}

impl From<InTransit<'_>> for v1::InTransit {
    fn from(message: InTransit<'_>) -> Self {
        let fate = match message.fate {
            Fate::Transit => v1::Fate::Transit,
            Fate::Doubtful => v1::Fate::Doubtful,
            Fate::Hidden => v1::Fate::Hidden,
        };
        v1::InTransit {
            id: Some((&message.id).into()),
            to: Some((&message.to).into()),
            annotations: write(message.annotations.iter()),
            fate: fate as i32,
        }
    }
}

impl From<&UnknownContent> for v1::UnknownContent {
    fn from(unknown: &UnknownContent) -> Self {
        v1::UnknownContent {
            from: Some(unknown.from.0),
            lane: unknown.lane.map(|lane| lane.0),
            numbers: write_ranges(&unknown.numbers),
            to: unknown.to.map(|to| to.0),
            cause: write_cause(unknown.cause),
        }
    }
}
