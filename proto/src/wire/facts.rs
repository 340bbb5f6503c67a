//! Facts and annotations.

use super::decode::{Decoded, arm, list, message, optional, scalar, text, write};
use super::error::{At, DecodeError};
use super::v1;
use super::v1::recorded_fact::Fact as W;
use crate::cut::Recorded;
use crate::fact::{
    Annotation, Awaited, Creation, Fact, Grip, Hold, Location, Millis, Object, Permits, Pin, Queued, Reads,
    Reference, Resolution, Resource, ResourceName, Serving, Target, Task, Token, Wait, Waker,
};
use crate::id::{Epoch, Handle, Incarnation, ObjectId, ResourceId, TaskId, Text, WaitId};

const TASK: &str = "the handle of a task";
const RESOURCE: &str = "the handle of a resource";
const OBJECT: &str = "the handle of an object";
const RESOURCE_NAME: &str = "the name of a resource";
const GRIP: &str = "how much of the resource";

impl TryFrom<v1::RecordedFact> for (Handle, Recorded) {
    type Error = DecodeError;

    fn try_from(wire: v1::RecordedFact) -> Decoded<Self> {
        let handle = scalar(wire.handle, "handle", "the handle of the fact")?;
        let fact = match wire.fact {
            Some(W::Task(w)) => arm(w, "task", Fact::Task),
            Some(W::Serving(w)) => arm(w, "serving", Fact::Serving),
            Some(W::Wait(w)) => arm(w, "wait", Fact::Wait),
            Some(W::Target(w)) => arm(w, "target", Fact::Target),
            Some(W::Reads(w)) => arm(w, "reads", Fact::Reads),
            Some(W::Resource(w)) => arm(w, "resource", Fact::Resource),
            Some(W::Permits(w)) => arm(w, "permits", Fact::Permits),
            Some(W::Queued(w)) => arm(w, "queued", Fact::Queued),
            Some(W::Hold(w)) => arm(w, "hold", Fact::Hold),
            Some(W::Creation(w)) => arm(w, "creation", Fact::Creation),
            Some(W::Token(w)) => arm(w, "token", Fact::Token),
            Some(W::Object(w)) => arm(w, "object", Fact::Object),
            Some(W::Pin(w)) => arm(w, "pin", Fact::Pin),
            Some(W::Reference(w)) => arm(w, "reference", Fact::Reference),
            None => Err(DecodeError::missing(
                "one of task, serving, wait, target, reads, resource, permits, queued, hold, creation, token, \
                 object, pin, reference",
            )),
        }?;
        Ok((Handle(handle), Recorded { born: Epoch(wire.born), fact }))
    }
}

impl From<(&Handle, &Recorded)> for v1::RecordedFact {
    fn from((handle, recorded): (&Handle, &Recorded)) -> Self {
        let fact = match &recorded.fact {
            Fact::Task(f) => W::Task(f.into()),
            Fact::Serving(f) => W::Serving(f.into()),
            Fact::Wait(f) => W::Wait(f.into()),
            Fact::Target(f) => W::Target(f.into()),
            Fact::Reads(f) => W::Reads(f.into()),
            Fact::Resource(f) => W::Resource(f.into()),
            Fact::Permits(f) => W::Permits(f.into()),
            Fact::Queued(f) => W::Queued(f.into()),
            Fact::Hold(f) => W::Hold(f.into()),
            Fact::Creation(f) => W::Creation(f.into()),
            Fact::Token(f) => W::Token(f.into()),
            Fact::Object(f) => W::Object(f.into()),
            Fact::Pin(f) => W::Pin(f.into()),
            Fact::Reference(f) => W::Reference(f.into()),
        };
        v1::RecordedFact { handle: Some(handle.0), born: recorded.born.0, fact: Some(fact) }
    }
}

impl TryFrom<v1::Location> for Location {
    type Error = DecodeError;

    fn try_from(wire: v1::Location) -> Decoded<Self> {
        Ok(Location { file: text(&wire.file, "file")?, line: wire.line })
    }
}

/// An unknown location is not written at all.
pub(super) fn write_location(location: &Location) -> Option<v1::Location> {
    let known = *location != Location::default();
    known.then(|| v1::Location { file: location.file.to_string(), line: location.line })
}

impl TryFrom<v1::Task> for Task {
    type Error = DecodeError;

    fn try_from(wire: v1::Task) -> Decoded<Self> {
        Ok(Task {
            label: text(&wire.label, "label")?,
            location: optional(wire.location, "location")?.unwrap_or_default(),
            parent: wire.parent.map(TaskId::of),
            weight: wire.weight,
            since: Millis(wire.since_ms),
        })
    }
}

impl From<&Task> for v1::Task {
    fn from(task: &Task) -> Self {
        v1::Task {
            label: task.label.to_string(),
            location: write_location(&task.location),
            parent: task.parent.map(|p| p.0.0),
            weight: task.weight,
            since_ms: task.since.0,
        }
    }
}

impl TryFrom<v1::Serving> for Serving {
    type Error = DecodeError;

    fn try_from(wire: v1::Serving) -> Decoded<Self> {
        Ok(Serving {
            task: TaskId::of(scalar(wire.task, "task", TASK)?),
            request: message(wire.request, "request", "the message that is served")?,
        })
    }
}

impl From<&Serving> for v1::Serving {
    fn from(serving: &Serving) -> Self {
        v1::Serving { task: Some(serving.task.0.0), request: Some((&serving.request).into()) }
    }
}

impl TryFrom<v1::Wait> for Wait {
    type Error = DecodeError;

    fn try_from(wire: v1::Wait) -> Decoded<Self> {
        Ok(Wait {
            task: TaskId::of(scalar(wire.task, "task", TASK)?),
            need: scalar(wire.need, "need", "how many targets must be satisfied")?,
            of: scalar(wire.of, "of", "how many targets the wait began with")?,
            since: Millis(wire.since_ms),
            deadline: wire.deadline_ms.map(Millis),
            location: optional(wire.location, "location")?.unwrap_or_default(),
        })
    }
}

impl From<&Wait> for v1::Wait {
    fn from(wait: &Wait) -> Self {
        v1::Wait {
            task: Some(wait.task.0.0),
            need: Some(wait.need),
            of: Some(wait.of),
            since_ms: wait.since.0,
            deadline_ms: wait.deadline.map(|d| d.0),
            location: write_location(&wait.location),
        }
    }
}

impl TryFrom<v1::Target> for Target {
    type Error = DecodeError;

    fn try_from(wire: v1::Target) -> Decoded<Self> {
        use v1::target::On;
        let wait = WaitId::of(scalar(wire.wait, "wait", "the handle of a wait")?);
        let on = match wire.on {
            Some(On::Task(w)) => arm(w, "task", Awaited::Task),
            Some(On::Resource(w)) => w.try_into().at("resource"),
            Some(On::Call(w)) => arm(w, "call", Awaited::Call),
            Some(On::Receive(w)) => w.try_into().at("receive"),
            Some(On::External(v1::External {})) => Ok(Awaited::External),
            None => Err(DecodeError::missing("one of task, resource, call, receive, external")),
        }?;
        Ok(Target { wait, on })
    }
}

impl From<&Target> for v1::Target {
    fn from(target: &Target) -> Self {
        use v1::target::On;
        let on = match &target.on {
            Awaited::Task(task) => On::Task(task.into()),
            Awaited::Resource { resource, grip, request } => On::Resource(v1::ResourceDemand {
                resource: Some(resource.into()),
                grip: Some(grip.into()),
                request: request.as_ref().map(Into::into),
            }),
            Awaited::Call(request) => On::Call(request.into()),
            Awaited::Receive { wakers, closed } => {
                On::Receive(v1::Receive { wakers: write(wakers), closed: *closed })
            }
            Awaited::External => On::External(v1::External {}),
        };
        v1::Target { wait: Some(target.wait.0.0), on: Some(on) }
    }
}

impl TryFrom<v1::ResourceDemand> for Awaited {
    type Error = DecodeError;

    fn try_from(wire: v1::ResourceDemand) -> Decoded<Self> {
        Ok(Awaited::Resource {
            resource: message(wire.resource, "resource", RESOURCE_NAME)?,
            grip: message(wire.grip, "grip", GRIP)?,
            request: optional(wire.request, "request")?,
        })
    }
}

impl TryFrom<v1::Receive> for Awaited {
    type Error = DecodeError;

    fn try_from(wire: v1::Receive) -> Decoded<Self> {
        Ok(Awaited::Receive { wakers: list(wire.wakers, "wakers")?, closed: wire.closed })
    }
}

impl TryFrom<v1::Waker> for Waker {
    type Error = DecodeError;

    fn try_from(wire: v1::Waker) -> Decoded<Self> {
        use v1::waker::Waker as W;
        match wire.waker {
            Some(W::Task(w)) => arm(w, "task", Waker::Task),
            Some(W::Process(process)) => Ok(Waker::Process(Incarnation(process))),
            Some(W::Lane(w)) => arm(w, "lane", Waker::Lane),
            None => Err(DecodeError::missing("one of task, process, lane")),
        }
    }
}

impl From<&Waker> for v1::Waker {
    fn from(waker: &Waker) -> Self {
        use v1::waker::Waker as W;
        let waker = match waker {
            Waker::Task(task) => W::Task(task.into()),
            Waker::Process(process) => W::Process(process.0),
            Waker::Lane(lane) => W::Lane(lane.into()),
        };
        v1::Waker { waker: Some(waker) }
    }
}

impl TryFrom<v1::Reads> for Reads {
    type Error = DecodeError;

    fn try_from(wire: v1::Reads) -> Decoded<Self> {
        Ok(Reads {
            task: TaskId::of(scalar(wire.task, "task", TASK)?),
            lane: message(wire.lane, "lane", "the lane that is read")?,
        })
    }
}

impl From<&Reads> for v1::Reads {
    fn from(reads: &Reads) -> Self {
        v1::Reads { task: Some(reads.task.0.0), lane: Some((&reads.lane).into()) }
    }
}

impl TryFrom<v1::ResourceName> for ResourceName {
    type Error = DecodeError;

    fn try_from(wire: v1::ResourceName) -> Decoded<Self> {
        use v1::resource_name::Name;
        match wire.name {
            Some(Name::Owned(w)) => arm(w, "owned", ResourceName::Owned),
            Some(Name::Key(key)) => text(&key, "key").map(ResourceName::Keyed),
            None => Err(DecodeError::missing("one of owned, key")),
        }
    }
}

impl From<&ResourceName> for v1::ResourceName {
    fn from(name: &ResourceName) -> Self {
        use v1::resource_name::Name;
        let name = match name {
            ResourceName::Owned(resource) => Name::Owned(resource.into()),
            ResourceName::Keyed(key) => Name::Key(key.to_string()),
        };
        v1::ResourceName { name: Some(name) }
    }
}

impl TryFrom<v1::Grip> for Grip {
    type Error = DecodeError;

    fn try_from(wire: v1::Grip) -> Decoded<Self> {
        use v1::grip::Grip as W;
        match wire.grip {
            Some(W::Shared(units)) => Ok(Grip::Shared(units)),
            Some(W::Exclusive(v1::Exclusive {})) => Ok(Grip::Exclusive),
            None => Err(DecodeError::missing("one of shared, exclusive")),
        }
    }
}

impl From<&Grip> for v1::Grip {
    fn from(grip: &Grip) -> Self {
        use v1::grip::Grip as W;
        let grip = match grip {
            Grip::Shared(units) => W::Shared(*units),
            Grip::Exclusive => W::Exclusive(v1::Exclusive {}),
        };
        v1::Grip { grip: Some(grip) }
    }
}

impl TryFrom<v1::Resource> for Resource {
    type Error = DecodeError;

    fn try_from(wire: v1::Resource) -> Decoded<Self> {
        Ok(Resource {
            key: wire.key.map(|key| text(&key, "key")).transpose()?,
            label: text(&wire.label, "label")?,
            capacity: wire.capacity,
            closed: wire.closed,
            fair: wire.fair,
            local: wire.local,
        })
    }
}

impl From<&Resource> for v1::Resource {
    fn from(resource: &Resource) -> Self {
        v1::Resource {
            key: resource.key.as_ref().map(Text::to_string),
            label: resource.label.to_string(),
            capacity: resource.capacity,
            closed: resource.closed,
            fair: resource.fair,
            local: resource.local,
        }
    }
}

impl TryFrom<v1::Permits> for Permits {
    type Error = DecodeError;

    fn try_from(wire: v1::Permits) -> Decoded<Self> {
        let resource = ResourceId::of(scalar(wire.resource, "resource", RESOURCE)?);
        Ok(Permits { resource, units: wire.units })
    }
}

impl From<&Permits> for v1::Permits {
    fn from(permits: &Permits) -> Self {
        v1::Permits { resource: Some(permits.resource.0.0), units: permits.units }
    }
}

impl TryFrom<v1::Queued> for Queued {
    type Error = DecodeError;

    fn try_from(wire: v1::Queued) -> Decoded<Self> {
        Ok(Queued {
            resource: ResourceId::of(scalar(wire.resource, "resource", RESOURCE)?),
            ticket: wire.ticket,
            waiter: message(wire.waiter, "waiter", "whose place it is")?,
        })
    }
}

impl From<&Queued> for v1::Queued {
    fn from(queued: &Queued) -> Self {
        let waiter = Some((&queued.waiter).into());
        v1::Queued { resource: Some(queued.resource.0.0), ticket: queued.ticket, waiter }
    }
}

impl TryFrom<v1::Hold> for Hold {
    type Error = DecodeError;

    fn try_from(wire: v1::Hold) -> Decoded<Self> {
        Ok(Hold {
            resource: message(wire.resource, "resource", RESOURCE_NAME)?,
            task: wire.task.map(TaskId::of),
            grip: message(wire.grip, "grip", GRIP)?,
            since: Millis(wire.since_ms),
        })
    }
}

impl From<&Hold> for v1::Hold {
    fn from(hold: &Hold) -> Self {
        v1::Hold {
            resource: Some((&hold.resource).into()),
            task: hold.task.map(|t| t.0.0),
            grip: Some((&hold.grip).into()),
            since_ms: hold.since.0,
        }
    }
}

impl TryFrom<v1::Creation> for Creation {
    type Error = DecodeError;

    fn try_from(wire: v1::Creation) -> Decoded<Self> {
        Ok(Creation { label: text(&wire.label, "label")?, allow_loss: wire.allow_loss })
    }
}

impl From<&Creation> for v1::Creation {
    fn from(creation: &Creation) -> Self {
        v1::Creation { label: creation.label.to_string(), allow_loss: creation.allow_loss }
    }
}

impl TryFrom<v1::Token> for Token {
    type Error = DecodeError;

    fn try_from(wire: v1::Token) -> Decoded<Self> {
        Ok(Token { computation: message(wire.computation, "computation", "the computation of the work")? })
    }
}

impl From<&Token> for v1::Token {
    fn from(token: &Token) -> Self {
        v1::Token { computation: Some((&token.computation).into()) }
    }
}

impl TryFrom<v1::Object> for Object {
    type Error = DecodeError;

    fn try_from(wire: v1::Object) -> Decoded<Self> {
        Ok(Object { label: text(&wire.label, "label")?, size: wire.size })
    }
}

impl From<&Object> for v1::Object {
    fn from(object: &Object) -> Self {
        v1::Object { label: object.label.to_string(), size: object.size }
    }
}

impl TryFrom<v1::Pin> for Pin {
    type Error = DecodeError;

    fn try_from(wire: v1::Pin) -> Decoded<Self> {
        Ok(Pin { object: ObjectId::of(scalar(wire.object, "object", OBJECT)?) })
    }
}

impl From<&Pin> for v1::Pin {
    fn from(pin: &Pin) -> Self {
        v1::Pin { object: Some(pin.object.0.0) }
    }
}

impl TryFrom<v1::Reference> for Reference {
    type Error = DecodeError;

    fn try_from(wire: v1::Reference) -> Decoded<Self> {
        let to = message(wire.to, "to", "the object that is referred to")?;
        Ok(Reference { from: wire.from.map(ObjectId::of), to })
    }
}

impl From<&Reference> for v1::Reference {
    fn from(reference: &Reference) -> Self {
        v1::Reference { from: reference.from.map(|o| o.0.0), to: Some((&reference.to).into()) }
    }
}

impl TryFrom<v1::Annotation> for Annotation {
    type Error = DecodeError;

    fn try_from(wire: v1::Annotation) -> Decoded<Self> {
        use v1::annotation::Annotation as W;
        match wire.annotation {
            Some(W::Token(w)) => arm(w, "token", Annotation::Token),
            Some(W::Reference(w)) => arm(w, "reference", Annotation::Reference),
            Some(W::Resolves(w)) => arm(w, "resolves", Annotation::Resolves),
            Some(W::Grants(w)) => read_grant(w).at("grants"),
            Some(W::Releases(w)) => read_release(w).at("releases"),
            Some(W::Amount(w)) => {
                let gauge = text(&w.name, "name").at("amount")?;
                Ok(Annotation::Amount { gauge, amount: w.amount })
            }
            None => Err(DecodeError::missing("one of token, reference, resolves, grants, releases, amount")),
        }
    }
}

fn read_grant(wire: v1::Grant) -> Decoded<Annotation> {
    Ok(Annotation::Grants {
        resource: message(wire.resource, "resource", RESOURCE_NAME)?,
        grip: message(wire.grip, "grip", GRIP)?,
        to: optional(wire.to, "to")?,
    })
}

fn read_release(wire: v1::Release) -> Decoded<Annotation> {
    Ok(Annotation::Releases {
        resource: message(wire.resource, "resource", RESOURCE_NAME)?,
        grip: message(wire.grip, "grip", GRIP)?,
    })
}

impl From<&Annotation> for v1::Annotation {
    fn from(annotation: &Annotation) -> Self {
        use v1::annotation::Annotation as W;
        let annotation = match annotation {
            Annotation::Token(computation) => W::Token(computation.into()),
            Annotation::Reference(object) => W::Reference(object.into()),
            Annotation::Resolves(target) => W::Resolves(target.into()),
            Annotation::Grants { resource, grip, to } => W::Grants(v1::Grant {
                resource: Some(resource.into()),
                grip: Some(grip.into()),
                to: to.as_ref().map(Into::into),
            }),
            Annotation::Releases { resource, grip } => {
                W::Releases(v1::Release { resource: Some(resource.into()), grip: Some(grip.into()) })
            }
            Annotation::Amount { gauge, amount } => {
                W::Amount(v1::Gauge { name: gauge.to_string(), amount: *amount })
            }
        };
        v1::Annotation { annotation: Some(annotation) }
    }
}

impl TryFrom<v1::Resolution> for Resolution {
    type Error = DecodeError;

    fn try_from(wire: v1::Resolution) -> Decoded<Self> {
        use v1::resolution::Target as W;
        match wire.target {
            Some(W::WaitTarget(w)) => arm(w, "waitTarget", Resolution::Target),
            Some(W::Request(w)) => arm(w, "request", Resolution::Request),
            None => Err(DecodeError::missing("one of waitTarget, request")),
        }
    }
}

impl From<&Resolution> for v1::Resolution {
    fn from(resolution: &Resolution) -> Self {
        use v1::resolution::Target as W;
        let target = match resolution {
            Resolution::Target(target) => W::WaitTarget(target.into()),
            Resolution::Request(request) => W::Request(request.into()),
        };
        v1::Resolution { target: Some(target) }
    }
}
