//! References to things, lanes and messages.

use super::decode::scalar;
use super::error::{At, DecodeError};
use super::v1;
use crate::id::{
    ComputationId, ComputationRef, Global, Handle, Incarnation, LaneId, LaneRef, MessageId, ObjectId,
    ObjectRef, ResourceId, ResourceRef, TargetId, TargetRef, TaskId, TaskRef, WaitId, WaitRef,
};

const PROCESS: &str = "the incarnation of a process";
const LANE: &str = "the number of a lane";

macro_rules! reference {
    ($($id:ident, $global:ident, $expected:literal;)*) => {$(
        impl TryFrom<v1::Ref> for $global {
            type Error = DecodeError;

            fn try_from(wire: v1::Ref) -> Result<Self, DecodeError> {
                let process = scalar(wire.process, "process", PROCESS)?;
                let id = scalar(wire.id, "id", $expected)?;
                Ok(Global::new(Incarnation(process), $id(Handle(id))))
            }
        }

        impl From<&$global> for v1::Ref {
            fn from(global: &$global) -> Self {
                v1::Ref { process: Some(global.process.0), id: Some(global.id.0.0) }
            }
        }
    )*};
}

reference! {
    TaskId, TaskRef, "the handle of a task";
    WaitId, WaitRef, "the handle of a wait";
    TargetId, TargetRef, "the handle of a target";
    ResourceId, ResourceRef, "the handle of a resource";
    ComputationId, ComputationRef, "the handle of a creation";
    ObjectId, ObjectRef, "the handle of an object";
}

/// A fact of a process, whatever its kind.
pub(super) fn read_fact_ref(
    wire: v1::Ref,
    expected: &'static str,
) -> Result<(Incarnation, Handle), DecodeError> {
    let process = scalar(wire.process, "process", PROCESS)?;
    Ok((Incarnation(process), Handle(scalar(wire.id, "id", expected)?)))
}

/// A fact of a process, whatever its kind.
pub(super) const fn write_fact_ref(process: Incarnation, handle: Handle) -> v1::Ref {
    v1::Ref { process: Some(process.0), id: Some(handle.0) }
}

/// A process that must be named.
pub(super) fn process(value: Option<u64>) -> Result<Incarnation, DecodeError> {
    scalar(value, "process", PROCESS).map(Incarnation)
}

/// A lane of a process that is known from the context.
pub(super) fn lane_id(value: Option<u32>) -> Result<LaneId, DecodeError> {
    scalar(value, "lane", LANE).map(LaneId)
}

/// The number of a message on a lane that is known from the context.
pub(super) fn seq(value: Option<u64>) -> Result<u64, DecodeError> {
    match scalar(value, "seq", "the number of a message")? {
        0 => Err(DecodeError::invalid(0, "a number from 1").at("seq")),
        seq => Ok(seq),
    }
}

impl TryFrom<v1::LaneRef> for LaneRef {
    type Error = DecodeError;

    fn try_from(wire: v1::LaneRef) -> Result<Self, DecodeError> {
        Ok(LaneRef { process: process(wire.process)?, lane: lane_id(wire.lane)? })
    }
}

impl From<&LaneRef> for v1::LaneRef {
    fn from(lane: &LaneRef) -> Self {
        v1::LaneRef { process: Some(lane.process.0), lane: Some(lane.lane.0) }
    }
}

impl TryFrom<v1::MessageRef> for MessageId {
    type Error = DecodeError;

    fn try_from(wire: v1::MessageRef) -> Result<Self, DecodeError> {
        Ok(MessageId::new(process(wire.process)?, lane_id(wire.lane)?, seq(wire.seq)?))
    }
}

impl From<&MessageId> for v1::MessageRef {
    fn from(id: &MessageId) -> Self {
        let lane = id.lane;
        v1::MessageRef { process: Some(lane.process.0), lane: Some(lane.lane.0), seq: Some(id.seq) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_absent_field_is_named() {
        let whole = v1::MessageRef { process: Some(1), lane: Some(2), seq: Some(3) };
        assert_eq!(MessageId::try_from(whole), Ok(MessageId::new(Incarnation(1), LaneId(2), 3)));
        for (bad, message) in [
            (
                v1::MessageRef { process: None, ..whole },
                "process: missing, expected the incarnation of a process",
            ),
            (v1::MessageRef { lane: None, ..whole }, "lane: missing, expected the number of a lane"),
            (v1::MessageRef { seq: None, ..whole }, "seq: missing, expected the number of a message"),
            (v1::MessageRef { seq: Some(0), ..whole }, "seq: 0, expected a number from 1"),
        ] {
            assert_eq!(MessageId::try_from(bad).unwrap_err().to_string(), message);
        }
        let error = TaskRef::try_from(v1::Ref { process: Some(1), id: None }).unwrap_err();
        assert_eq!(error.to_string(), "id: missing, expected the handle of a task");
        let error = ObjectRef::try_from(v1::Ref { process: None, id: Some(1) }).unwrap_err();
        assert_eq!(error.to_string(), "process: missing, expected the incarnation of a process");
        let error = LaneRef::try_from(v1::LaneRef { process: Some(0), lane: None }).unwrap_err();
        assert_eq!(error.to_string(), "lane: missing, expected the number of a lane");
    }
}
