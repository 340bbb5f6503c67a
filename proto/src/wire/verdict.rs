//! Verdicts: property, outcome, doubts and assumptions.

use super::cut::read_epoch;
use super::decode::{Decoded, arm, list, message, optional, ranges, scalar, text, write, write_ranges};
use super::error::{At, DecodeError};
use super::ids::{process, read_fact_ref, write_fact_ref};
use super::snapshot::{read_cause, read_deployment, write_cause};
use super::v1;
use crate::id::{Incarnation, LaneRef};
use crate::ranges::RangeSet;
use crate::snapshot::Assumption;
use crate::verdict::{Doubt, Mark, Outcome, Property, Reason, Refutation, Verdict};

const HOLD: &str = "the handle of a hold";

impl TryFrom<v1::Verdict> for Verdict {
    type Error = DecodeError;

    fn try_from(wire: v1::Verdict) -> Decoded<Self> {
        use v1::verdict::Outcome as W;
        let deployment = read_deployment(wire.deployment)?;
        let epoch = read_epoch(wire.epoch)?;
        let property = message(wire.property, "property", "the property that was looked for")?;
        let outcome = match wire.outcome {
            Some(W::Holds(w)) => arm(w, "holds", Outcome::Holds),
            Some(W::DoesNotHold(w)) => arm(w, "doesNotHold", Outcome::DoesNotHold),
            Some(W::Unknown(w)) => read_unknown(w).at("unknown"),
            None => Err(DecodeError::missing("one of holds, doesNotHold, unknown")),
        }?;
        Ok(Verdict {
            deployment,
            epoch,
            property,
            outcome,
            assumptions: list(wire.assumptions, "assumptions")?,
        })
    }
}

impl From<&Verdict> for v1::Verdict {
    fn from(verdict: &Verdict) -> Self {
        use v1::verdict::Outcome as W;
        let outcome = match &verdict.outcome {
            Outcome::Holds(certificate) => W::Holds(certificate.into()),
            Outcome::DoesNotHold(refutation) => W::DoesNotHold(refutation.into()),
            Outcome::Unknown(doubts) => W::Unknown(v1::Unknown { doubts: write(doubts) }),
        };
        v1::Verdict {
            deployment: Some(verdict.deployment.0),
            epoch: Some(verdict.epoch.0),
            property: Some((&verdict.property).into()),
            outcome: Some(outcome),
            assumptions: write(&verdict.assumptions),
        }
    }
}

impl TryFrom<v1::VerdictList> for Vec<Verdict> {
    type Error = DecodeError;

    fn try_from(wire: v1::VerdictList) -> Decoded<Self> {
        list(wire.verdicts, "verdicts")
    }
}

impl TryFrom<v1::DetectResponse> for Vec<Verdict> {
    type Error = DecodeError;

    fn try_from(wire: v1::DetectResponse) -> Decoded<Self> {
        list(wire.findings, "findings")
    }
}

impl TryFrom<v1::ListVerdictsResponse> for Vec<Verdict> {
    type Error = DecodeError;

    fn try_from(wire: v1::ListVerdictsResponse) -> Decoded<Self> {
        list(wire.verdicts, "verdicts")
    }
}

impl TryFrom<v1::GetVerdictResponse> for Verdict {
    type Error = DecodeError;

    fn try_from(wire: v1::GetVerdictResponse) -> Decoded<Self> {
        message(wire.verdict, "verdict", "a verdict")
    }
}

impl TryFrom<v1::Finding> for Verdict {
    type Error = DecodeError;

    fn try_from(wire: v1::Finding) -> Decoded<Self> {
        message(wire.verdict, "verdict", "a verdict")
    }
}

impl TryFrom<v1::VerdictRecord> for Verdict {
    type Error = DecodeError;

    fn try_from(wire: v1::VerdictRecord) -> Decoded<Self> {
        message(wire.verdict, "verdict", "a verdict")
    }
}

impl From<&[Verdict]> for v1::VerdictList {
    fn from(verdicts: &[Verdict]) -> Self {
        v1::VerdictList { verdicts: write(verdicts) }
    }
}

fn read_unknown(wire: v1::Unknown) -> Decoded<Outcome> {
    let doubts: Vec<Doubt> = list(wire.doubts, "doubts")?;
    if doubts.is_empty() {
        return Err(DecodeError::missing("at least one doubt").at("doubts"));
    }
    Ok(Outcome::Unknown(doubts))
}

/// A sum, which may be greater than the numbers of protobuf.
pub(super) fn read_sum(value: &str, field: &str) -> Decoded<i128> {
    const SUM: &str = "a decimal number of at most 128 bits, as a text";
    if value.is_empty() {
        return Err(DecodeError::missing(SUM).at(field));
    }
    let shown = || format!("{:?}", value.chars().take(50).collect::<String>());
    value.parse().map_err(|_| DecodeError::invalid(shown(), SUM).at(field))
}

impl TryFrom<v1::Property> for Property {
    type Error = DecodeError;

    fn try_from(wire: v1::Property) -> Decoded<Self> {
        use v1::property::Property as W;
        match wire.property {
            Some(W::Deadlock(v1::DeadlockProperty {})) => Ok(Property::Deadlock),
            Some(W::Termination(w)) => arm(w, "termination", Property::Termination),
            Some(W::Quiescence(v1::QuiescenceProperty {})) => Ok(Property::Quiescence),
            Some(W::Garbage(v1::GarbageProperty {})) => Ok(Property::Garbage),
            Some(W::Conservation(w)) => read_conservation(&w).at("conservation"),
            None => {
                Err(DecodeError::missing("one of deadlock, termination, quiescence, garbage, conservation"))
            }
        }
    }
}

fn read_conservation(wire: &v1::Conservation) -> Decoded<Property> {
    Ok(Property::Conservation {
        gauge: text(&wire.gauge, "gauge")?,
        expected: read_sum(&wire.expected, "expected")?,
    })
}

impl From<&Property> for v1::Property {
    fn from(property: &Property) -> Self {
        use v1::property::Property as W;
        let property = match property {
            Property::Deadlock => W::Deadlock(v1::DeadlockProperty {}),
            Property::Termination(computation) => W::Termination(computation.into()),
            Property::Quiescence => W::Quiescence(v1::QuiescenceProperty {}),
            Property::Garbage => W::Garbage(v1::GarbageProperty {}),
            Property::Conservation { gauge, expected } => {
                W::Conservation(v1::Conservation { gauge: gauge.to_string(), expected: expected.to_string() })
            }
        };
        v1::Property { property: Some(property) }
    }
}

impl TryFrom<v1::Refutation> for Refutation {
    type Error = DecodeError;

    fn try_from(wire: v1::Refutation) -> Decoded<Self> {
        use v1::refutation::Evidence;
        match wire.evidence {
            Some(Evidence::ReductionOrder(w)) => {
                list(w.tasks, "tasks").at("reductionOrder").map(Refutation::ReductionOrder)
            }
            Some(Evidence::Token(w)) => read_fact_ref(w, "the handle of a token")
                .at("token")
                .map(|(process, handle)| Refutation::Token { process, handle }),
            Some(Evidence::Message(w)) => arm(w, "message", Refutation::Message),
            Some(Evidence::Marked(w)) => list(w.marks, "marks").at("marked").map(Refutation::Marked),
            Some(Evidence::Sum(sum)) => read_sum(&sum, "sum").map(Refutation::Sum),
            None => Err(DecodeError::missing("one of reductionOrder, token, message, marked, sum")),
        }
    }
}

impl From<&Refutation> for v1::Refutation {
    fn from(refutation: &Refutation) -> Self {
        use v1::refutation::Evidence;
        let evidence = match refutation {
            Refutation::ReductionOrder(tasks) => {
                Evidence::ReductionOrder(v1::ReductionOrder { tasks: write(tasks) })
            }
            Refutation::Token { process, handle } => Evidence::Token(write_fact_ref(*process, *handle)),
            Refutation::Message(message) => Evidence::Message(message.into()),
            Refutation::Marked(marks) => Evidence::Marked(v1::Marks { marks: write(marks) }),
            Refutation::Sum(sum) => Evidence::Sum(sum.to_string()),
        };
        v1::Refutation { evidence: Some(evidence) }
    }
}

impl TryFrom<v1::Mark> for Mark {
    type Error = DecodeError;

    fn try_from(wire: v1::Mark) -> Decoded<Self> {
        Ok(Mark {
            object: message(wire.object, "object", "the marked object")?,
            via: optional(wire.via, "via")?,
        })
    }
}

impl From<&Mark> for v1::Mark {
    fn from(mark: &Mark) -> Self {
        v1::Mark { object: Some((&mark.object).into()), via: mark.via.as_ref().map(Into::into) }
    }
}

impl TryFrom<v1::Doubt> for Doubt {
    type Error = DecodeError;

    fn try_from(wire: v1::Doubt) -> Decoded<Self> {
        use v1::doubt::Reason as W;
        let hold = |w, field| read_fact_ref(w, HOLD).at(field);
        let reason = match wire.reason {
            Some(W::Absent(w)) => read_absent(w).at("absent"),
            Some(W::Lost(w)) => {
                process(w.process).at("lost").map(|process| Reason::Lost { process, certain: w.certain })
            }
            Some(W::Stranger(process)) => Ok(Reason::Stranger(Incarnation(process))),
            Some(W::UnknownContent(w)) => read_unknown_sender(w).at("unknownContent"),
            Some(W::Unread(w)) => arm(w, "unread", Reason::Unread),
            Some(W::Doubtful(w)) => arm(w, "doubtful", Reason::Doubtful),
            Some(W::Hidden(w)) => arm(w, "hidden", Reason::Hidden),
            Some(W::GroupCopy(w)) => arm(w, "groupCopy", Reason::GroupCopy),
            Some(W::Unserved(w)) => arm(w, "unserved", Reason::Unserved),
            Some(W::OpenReceive(w)) => arm(w, "openReceive", Reason::OpenReceive),
            Some(W::OpenResource(label)) => text(&label, "openResource").map(Reason::OpenResource),
            Some(W::UnknownCapacity(label)) => text(&label, "unknownCapacity").map(Reason::UnknownCapacity),
            Some(W::UnboundHold(w)) => {
                hold(w, "unboundHold").map(|(process, handle)| Reason::UnboundHold { process, handle })
            }
            Some(W::OrphanedHold(w)) => {
                hold(w, "orphanedHold").map(|(process, handle)| Reason::OrphanedHold { process, handle })
            }
            Some(W::UnconfirmedHold(w)) => hold(w, "unconfirmedHold")
                .map(|(process, handle)| Reason::UnconfirmedHold { process, handle }),
            Some(W::UnseenHolder(key)) => text(&key, "unseenHolder").map(Reason::UnseenHolder),
            Some(W::RunningBranch(w)) => arm(w, "runningBranch", Reason::RunningBranch),
            Some(W::Undecided(w)) => arm(w, "undecided", Reason::Undecided),
            Some(W::Withheld(what)) => text(&what, "withheld").map(Reason::Withheld),
            Some(W::NoCreation(w)) => arm(w, "noCreation", Reason::NoCreation),
            None => Err(DecodeError::missing(
                "one of absent, lost, stranger, unknownContent, unread, doubtful, hidden, groupCopy, unserved, \
                 openReceive, openResource, unknownCapacity, unboundHold, orphanedHold, unconfirmedHold, \
                 runningBranch, undecided, noCreation, withheld, unseenHolder",
            )),
        }?;
        Ok(Doubt { task: optional(wire.task, "task")?, reason })
    }
}

fn read_absent(wire: v1::AbsentMember) -> Decoded<Reason> {
    Ok(Reason::Absent(process(wire.process)?, message(wire.absence, "absence", "why the cut is missing")?))
}

fn read_unknown_sender(wire: v1::UnknownSender) -> Decoded<Reason> {
    Ok(Reason::UnknownContent(process(wire.process)?, read_cause(wire.cause)?))
}

impl From<&Doubt> for v1::Doubt {
    fn from(doubt: &Doubt) -> Self {
        use v1::doubt::Reason as W;
        let reason = match &doubt.reason {
            Reason::Absent(process, absence) => {
                W::Absent(v1::AbsentMember { process: Some(process.0), absence: Some(absence.into()) })
            }
            Reason::Lost { process, certain } => {
                W::Lost(v1::LostMember { process: Some(process.0), certain: *certain })
            }
            Reason::Stranger(process) => W::Stranger(process.0),
            Reason::UnknownContent(process, cause) => {
                W::UnknownContent(v1::UnknownSender { process: Some(process.0), cause: write_cause(*cause) })
            }
            Reason::Unread(message) => W::Unread(message.into()),
            Reason::Doubtful(message) => W::Doubtful(message.into()),
            Reason::Hidden(message) => W::Hidden(message.into()),
            Reason::GroupCopy(message) => W::GroupCopy(message.into()),
            Reason::Unserved(message) => W::Unserved(message.into()),
            Reason::OpenReceive(wait) => W::OpenReceive(wait.into()),
            Reason::OpenResource(label) => W::OpenResource(label.to_string()),
            Reason::UnknownCapacity(label) => W::UnknownCapacity(label.to_string()),
            Reason::UnboundHold { process, handle } => W::UnboundHold(write_fact_ref(*process, *handle)),
            Reason::OrphanedHold { process, handle } => W::OrphanedHold(write_fact_ref(*process, *handle)),
            Reason::UnconfirmedHold { process, handle } => {
                W::UnconfirmedHold(write_fact_ref(*process, *handle))
            }
            Reason::UnseenHolder(key) => W::UnseenHolder(key.to_string()),
            Reason::RunningBranch(task) => W::RunningBranch(task.into()),
            Reason::Undecided(task) => W::Undecided(task.into()),
            Reason::Withheld(what) => W::Withheld(what.to_string()),
            Reason::NoCreation(computation) => W::NoCreation(computation.into()),
        };
        v1::Doubt { task: doubt.task.as_ref().map(Into::into), reason: Some(reason) }
    }
}

impl TryFrom<v1::Assumption> for Assumption {
    type Error = DecodeError;

    fn try_from(wire: v1::Assumption) -> Decoded<Self> {
        use v1::assumption::Assumption as W;
        match wire.assumption {
            Some(W::PresumedDead(process)) => Ok(Assumption::PresumedDead(Incarnation(process))),
            Some(W::Unstamped(process)) => Ok(Assumption::Unstamped(Incarnation(process))),
            Some(W::Expired(w)) => {
                read_expired(w).at("expired").map(|(lane, numbers)| Assumption::Expired(lane, numbers))
            }
            Some(W::NoRedelivery(w)) => arm(w, "noRedelivery", Assumption::NoRedelivery),
            Some(W::ClosedWakers(w)) => arm(w, "closedWakers", Assumption::ClosedWakers),
            None => Err(DecodeError::missing(
                "one of presumedDead, unstamped, expired, noRedelivery, closedWakers",
            )),
        }
    }
}

fn read_expired(wire: v1::Expired) -> Decoded<(LaneRef, RangeSet)> {
    let lane = scalar(wire.lane, "lane", "the lane of the messages")?.try_into().at("lane")?;
    Ok((lane, ranges(wire.numbers, "numbers")?))
}

impl From<&Assumption> for v1::Assumption {
    fn from(assumption: &Assumption) -> Self {
        use v1::assumption::Assumption as W;
        let assumption = match assumption {
            Assumption::PresumedDead(process) => W::PresumedDead(process.0),
            Assumption::Unstamped(process) => W::Unstamped(process.0),
            Assumption::Expired(lane, numbers) => {
                W::Expired(v1::Expired { lane: Some(lane.into()), numbers: write_ranges(numbers) })
            }
            Assumption::NoRedelivery(lane) => W::NoRedelivery(lane.into()),
            Assumption::ClosedWakers(wait) => W::ClosedWakers(wait.into()),
        };
        v1::Assumption { assumption: Some(assumption) }
    }
}
