//! Certificates: the evidence that a property holds.

use super::decode::{Decoded, Key, arm, list, map, message, optional, read_name, text, texts, write};
use super::error::{At, DecodeError};
use super::facts::write_location;
use super::ids::process;
use super::v1;
use super::verdict::read_sum;
use crate::fact::Millis;
use crate::id::{Incarnation, Text};
use crate::verdict::{Certificate, Deadlock, Edge, GarbageGroup, Shape, Stuck, StuckWait};

const TASK: &str = "a task";

impl TryFrom<v1::Certificate> for Certificate {
    type Error = DecodeError;

    fn try_from(wire: v1::Certificate) -> Decoded<Self> {
        use v1::certificate::Evidence;
        match wire.evidence {
            Some(Evidence::Deadlock(w)) => arm(w, "deadlock", Certificate::Deadlock),
            Some(Evidence::Terminated(w)) => {
                let label = text(&w.label, "label").at("terminated")?;
                Ok(Certificate::Terminated { label, with_loss: w.with_loss })
            }
            Some(Evidence::Garbage(w)) => list(w.groups, "groups").at("garbage").map(Certificate::Garbage),
            Some(Evidence::Sum(sum)) => read_sum(&sum, "sum").map(Certificate::Sum),
            None => Err(DecodeError::missing("one of deadlock, terminated, garbage, sum")),
        }
    }
}

impl From<&Certificate> for v1::Certificate {
    fn from(certificate: &Certificate) -> Self {
        use v1::certificate::Evidence;
        let evidence = match certificate {
            Certificate::Deadlock(deadlock) => Evidence::Deadlock(deadlock.into()),
            Certificate::Terminated { label, with_loss } => {
                Evidence::Terminated(v1::Terminated { label: label.to_string(), with_loss: *with_loss })
            }
            Certificate::Garbage(groups) => Evidence::Garbage(v1::GarbageGroups { groups: write(groups) }),
            Certificate::Sum(sum) => Evidence::Sum(sum.to_string()),
        };
        v1::Certificate { evidence: Some(evidence) }
    }
}

impl TryFrom<v1::GarbageGroup> for GarbageGroup {
    type Error = DecodeError;

    fn try_from(wire: v1::GarbageGroup) -> Decoded<Self> {
        Ok(GarbageGroup { objects: list(wire.objects, "objects")?, cyclic: wire.cyclic, size: wire.size })
    }
}

impl From<&GarbageGroup> for v1::GarbageGroup {
    fn from(group: &GarbageGroup) -> Self {
        v1::GarbageGroup { objects: write(&group.objects), cyclic: group.cyclic, size: group.size }
    }
}

impl TryFrom<v1::Deadlock> for Deadlock {
    type Error = DecodeError;

    fn try_from(wire: v1::Deadlock) -> Decoded<Self> {
        const PROCESS: Key<Incarnation> =
            Key { field: "process", expected: "each process once", show: |p| p.0.to_string() };
        Ok(Deadlock {
            members: list(wire.members, "members")?,
            shape: message(wire.shape, "shape", "how the members depend on one another")?,
            behind: list(wire.behind, "behind")?,
            victims: list(wire.victims, "victims")?,
            holds_until: map(wire.holds_until, "holdsUntil", &PROCESS, |w| {
                Ok((process(w.process)?, Millis(w.deadline_ms)))
            })?,
            messages: list(wire.messages, "messages")?,
        })
    }
}

impl From<&Deadlock> for v1::Deadlock {
    fn from(deadlock: &Deadlock) -> Self {
        let until = |(process, deadline): (&Incarnation, &Millis)| v1::HoldsUntil {
            process: Some(process.0),
            deadline_ms: deadline.0,
        };
        v1::Deadlock {
            members: write(&deadlock.members),
            shape: Some((&deadlock.shape).into()),
            behind: write(&deadlock.behind),
            victims: write(&deadlock.victims),
            holds_until: deadlock.holds_until.iter().map(until).collect(),
            messages: write(&deadlock.messages),
        }
    }
}

impl TryFrom<v1::Shape> for Shape {
    type Error = DecodeError;

    fn try_from(wire: v1::Shape) -> Decoded<Self> {
        use v1::shape::Shape as W;
        match wire.shape {
            Some(W::Cycle(w)) => list(w.edges, "edges").at("cycle").map(Shape::Cycle),
            Some(W::Knot(w)) => list(w.edges, "edges").at("knot").map(Shape::Knot),
            Some(W::Abandoned(v1::Abandoned {})) => Ok(Shape::Abandoned),
            None => Err(DecodeError::missing("one of cycle, knot, abandoned")),
        }
    }
}

impl From<&Shape> for v1::Shape {
    fn from(shape: &Shape) -> Self {
        use v1::shape::Shape as W;
        let shape = match shape {
            Shape::Cycle(edges) => W::Cycle(v1::Edges { edges: write(edges) }),
            Shape::Knot(edges) => W::Knot(v1::Edges { edges: write(edges) }),
            Shape::Abandoned => W::Abandoned(v1::Abandoned {}),
        };
        v1::Shape { shape: Some(shape) }
    }
}

impl TryFrom<v1::Edge> for Edge {
    type Error = DecodeError;

    fn try_from(wire: v1::Edge) -> Decoded<Self> {
        Ok(Edge {
            from: message(wire.from, "from", TASK)?,
            to: message(wire.to, "to", TASK)?,
            by: text(&wire.by, "by")?,
        })
    }
}

impl From<&Edge> for v1::Edge {
    fn from(edge: &Edge) -> Self {
        let (from, to) = (Some((&edge.from).into()), Some((&edge.to).into()));
        v1::Edge { from, to, by: edge.by.to_string() }
    }
}

impl TryFrom<v1::Stuck> for Stuck {
    type Error = DecodeError;

    fn try_from(wire: v1::Stuck) -> Decoded<Self> {
        Ok(Stuck {
            task: message(wire.task, "task", TASK)?,
            process: read_name(&wire.process_name, "processName")?,
            label: text(&wire.label, "label")?,
            location: optional(wire.location, "location")?.unwrap_or_default(),
            waits: list(wire.waits, "waits")?,
            holds: texts(&wire.holds, "holds")?,
        })
    }
}

impl From<&Stuck> for v1::Stuck {
    fn from(stuck: &Stuck) -> Self {
        v1::Stuck {
            task: Some((&stuck.task).into()),
            process_name: stuck.process.to_string(),
            label: stuck.label.to_string(),
            location: write_location(&stuck.location),
            waits: write(&stuck.waits),
            holds: stuck.holds.iter().map(Text::to_string).collect(),
        }
    }
}

impl TryFrom<v1::StuckWait> for StuckWait {
    type Error = DecodeError;

    fn try_from(wire: v1::StuckWait) -> Decoded<Self> {
        Ok(StuckWait {
            wait: message(wire.wait, "wait", "a wait")?,
            since: Millis(wire.since_ms),
            location: optional(wire.location, "location")?.unwrap_or_default(),
            missing: wire.missing,
            on: texts(&wire.on, "on")?,
        })
    }
}

impl From<&StuckWait> for v1::StuckWait {
    fn from(wait: &StuckWait) -> Self {
        v1::StuckWait {
            wait: Some((&wait.wait).into()),
            since_ms: wait.since.0,
            location: write_location(&wait.location),
            missing: wait.missing,
            on: wait.on.iter().map(Text::to_string).collect(),
        }
    }
}
