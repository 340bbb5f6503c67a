//! Termination, garbage, conservation and `UNKNOWN`.

use crate::verify_support::*;
use stillpoint_detectors::verify::{Finding, Refuted, verify};
use stillpoint_proto::cut::LaneEnd;
use stillpoint_proto::fact::*;
use stillpoint_proto::id::*;
use stillpoint_proto::snapshot::{Absence, Cause};
use stillpoint_proto::verdict::*;

fn computation(allow_loss: bool) -> (Build, Incarnation, Incarnation, ComputationRef) {
    let mut s = Build::new();
    let (p, q) = (s.process(), s.process());
    let created = s.fact(p, Fact::Creation(Creation { label: "import".into(), allow_loss }));
    (s, p, q, Global::new(p, ComputationId(created)))
}

fn terminated(s: &Build, of: ComputationRef, with_loss: bool) -> Result<(), Refuted> {
    let cut = s.cut();
    let certificate = Certificate::Terminated { label: "import".into(), with_loss };
    verify(&cut, &verdict(&cut, Property::Termination(of), Outcome::Holds(certificate))).map(drop)
}

fn quiet(s: &Build) -> Result<(), Refuted> {
    let cut = s.cut();
    let certificate = Certificate::Terminated { label: Text::default(), with_loss: false };
    verify(&cut, &verdict(&cut, Property::Quiescence, Outcome::Holds(certificate))).map(drop)
}

fn goes_on(s: &Build, property: Property, why: Refutation) -> Result<(), Refuted> {
    let cut = s.cut();
    verify(&cut, &verdict(&cut, property, Outcome::DoesNotHold(why))).map(drop)
}

#[test]
fn termination() {
    let (s, p, q, of) = computation(false);
    assert_eq!((terminated(&s, of, false), quiet(&s)), (Ok(()), Ok(())));
    assert_eq!(terminated(&s, of, true), Err(Refuted::WithLoss { actual: false }));
    let other = Global::new(q, of.id);
    assert_eq!(terminated(&s, other, false), Err(Refuted::NoCreation(other)));
    let cut = s.cut();
    let certificate = Certificate::Terminated { label: "x".into(), with_loss: false };
    let mislabelled = verdict(&cut, Property::Termination(of), Outcome::Holds(certificate));
    assert_eq!(verify(&cut, &mislabelled), Err(Refuted::Label(Some(of))));

    let mut busy = s.clone();
    let handle = busy.fact(q, Fact::Token(Token { computation: of }));
    assert_eq!(terminated(&busy, of, false), Err(Refuted::Token { process: q, handle }));
    assert_eq!(quiet(&busy), Err(Refuted::Token { process: q, handle }));
    let token = |process, handle| Refutation::Token { process, handle };
    assert_eq!(goes_on(&busy, Property::Termination(of), token(q, handle)), Ok(()));
    assert_eq!(goes_on(&busy, Property::Quiescence, token(q, handle)), Ok(()));
    for (computation, process, handle) in
        [(of, p, handle), (of, q, Handle(99)), (of, p, of.id.0), (other, q, handle)]
    {
        assert_eq!(
            goes_on(&busy, Property::Termination(computation), token(process, handle)),
            Err(Refuted::NoSuchToken { process, handle })
        );
    }

    let mut sent = s.clone();
    let lane = sent.lane(q, LaneEnd::Peer(p));
    let message = sent.send(lane, vec![Annotation::Token(of)]);
    for doubtful in [false, true] {
        if doubtful {
            sent.doubt(message);
        }
        assert_eq!(terminated(&sent, of, false), Err(Refuted::Work(message)));
        let sure = if doubtful { Err(Refuted::NoSuchWork(message)) } else { Ok(()) };
        assert_eq!(goes_on(&sent, Property::Termination(of), Refutation::Message(message)), sure);
    }
    let wrong = MessageId { seq: 2, ..message };
    assert_eq!(
        goes_on(&sent, Property::Quiescence, Refutation::Message(wrong)),
        Err(Refuted::NoSuchWork(wrong))
    );
    sent.got(p, message);
    assert_eq!(terminated(&sent, of, false), Ok(()));
}

#[test]
fn termination_and_loss() {
    for allow in [false, true] {
        let (mut s, p, q, of) = computation(allow);
        s.state(q, State::Absent);
        assert_eq!(terminated(&s, of, allow), Err(Refuted::Incomplete));
        s.state(q, State::Lost);
        let expected = if allow { Ok(()) } else { Err(Refuted::Lost(q)) };
        assert_eq!(terminated(&s, of, true), expected);
        // That the death is presumed is an assumption.
        s.state(q, State::Presumed);
        assert_eq!(terminated(&s, of, true), expected);
        s.state(q, State::Left);
        assert_eq!(terminated(&s, of, false), Ok(()));
        let mut left = s.clone();
        let handle = left.fact(q, Fact::Token(Token { computation: of }));
        let expected = if allow { Ok(()) } else { Err(Refuted::Token { process: q, handle }) };
        assert_eq!(terminated(&left, of, true), expected);
        // Nobody can receive it any more, but its sender may find that it never left.
        let lane = s.lane(p, LaneEnd::Peer(q));
        let message = s.send(lane, vec![Annotation::Token(of)]);
        assert_eq!(terminated(&s, of, false), Err(Refuted::Returnable(message)));
    }
    // The dead process, known to be dead since epoch 3, has never heard of what was born later.
    let (mut s, p, q, _) = computation(false);
    s.state(q, State::Lost);
    s.born(4);
    let created = s.fact(p, Fact::Creation(Creation { label: "import".into(), allow_loss: false }));
    assert_eq!(terminated(&s, Global::new(p, ComputationId(created)), false), Ok(()));
}

/// Two objects in a cycle that nobody refers to, a third that one of them refers to, and one that is pinned.
struct Heap {
    s: Build,
    ring: [ObjectRef; 2],
    third: ObjectRef,
    pinned: ObjectRef,
    other: Incarnation,
}

fn object(s: &mut Build, process: Incarnation, size: u64) -> ObjectRef {
    Global::new(process, ObjectId(s.fact(process, Fact::Object(Object { label: "o".into(), size }))))
}

fn refer(s: &mut Build, from: ObjectRef, to: ObjectRef) {
    s.fact(from.process, Fact::Reference(Reference { from: Some(from.id), to }));
}

fn heap() -> Heap {
    let mut s = Build::new();
    let (p, q) = (s.process(), s.process());
    let ring = [object(&mut s, p, 10), object(&mut s, q, 5)];
    let (third, pinned) = (object(&mut s, q, 1), object(&mut s, p, 7));
    refer(&mut s, ring[0], ring[1]);
    refer(&mut s, ring[1], ring[0]);
    refer(&mut s, ring[1], third);
    s.fact(p, Fact::Pin(Pin { object: pinned.id }));
    Heap { s, ring, third, pinned, other: q }
}

fn group(objects: &[ObjectRef], cyclic: bool, size: u64) -> GarbageGroup {
    GarbageGroup { objects: objects.to_vec(), cyclic, size }
}

fn garbage(s: &Build, groups: &[GarbageGroup]) -> Result<(), Refuted> {
    let cut = s.cut();
    let outcome = Outcome::Holds(Certificate::Garbage(groups.to_vec()));
    verify(&cut, &verdict(&cut, Property::Garbage, outcome)).map(drop)
}

#[test]
fn garbage_groups() {
    let Heap { s, ring, third, pinned, .. } = heap();
    let (cycle, alone) = (group(&ring, true, 15), group(&[third], false, 1));
    assert_eq!(garbage(&s, &[cycle.clone(), alone.clone()]), Ok(()));
    assert_eq!(garbage(&s, &[alone.clone(), cycle.clone()]), Ok(()));
    assert_eq!(garbage(&s, std::slice::from_ref(&cycle)), Ok(()));
    let [a, b] = ring;
    let nobody = Global::new(a.process, ObjectId::of(99));
    let table = [
        (vec![], Refuted::Empty { property: "garbage" }),
        (vec![group(&[], false, 0)], Refuted::Empty { property: "garbage" }),
        (vec![group(&ring, false, 15)], Refuted::Cyclic(a)),
        (vec![group(&ring, true, 14)], Refuted::Size { object: a, actual: 15 }),
        (vec![group(&[b, a], true, 15)], Refuted::ObjectTwice(a)),
        (vec![cycle.clone(), cycle.clone()], Refuted::ObjectTwice(a)),
        (vec![alone.clone()], Refuted::Outside { object: third, from: b }),
        (vec![group(&[a], false, 10), group(&[b], false, 5), alone.clone()], Refuted::Split(a)),
        (vec![group(&[a, b, third], true, 16)], Refuted::NotTogether(third)),
        (vec![cycle.clone(), group(&[third], true, 1)], Refuted::Cyclic(third)),
        (vec![group(&[pinned], false, 7)], Refuted::Pinned(pinned)),
        (vec![group(&[nobody], false, 0)], Refuted::NoSuchObject(nobody)),
    ];
    for (groups, expected) in table {
        assert_eq!(garbage(&s, &groups), Err(expected), "{groups:?}");
    }
}

#[test]
fn garbage_is_what_nothing_leads_to() {
    let Heap { s, ring, pinned, other, .. } = heap();
    let [a, _] = ring;
    let groups = [group(&ring, true, 15)];
    let mut rooted = s.clone();
    rooted.fact(other, Fact::Reference(Reference { from: None, to: a }));
    assert_eq!(garbage(&rooted, &groups), Err(Refuted::Rooted { object: a, process: other }));
    rooted.state(other, State::Left);
    assert_eq!(garbage(&rooted, &groups), Err(Refuted::NoSuchObject(ring[1])));
    let mut referred = s.clone();
    refer(&mut referred, pinned, a);
    assert_eq!(garbage(&referred, &groups), Err(Refuted::Outside { object: a, from: pinned }));
    let mut sent = s.clone();
    let lane = sent.lane(other, LaneEnd::Peer(a.process));
    let message = sent.send(lane, vec![Annotation::Reference(a)]);
    sent.doubt(message);
    assert_eq!(garbage(&sent, &groups), Err(Refuted::ReferenceInTransit { object: a, message }));
    let mut returned = s.clone();
    let gone = returned.process();
    returned.state(gone, State::Left);
    let lane = returned.lane(other, LaneEnd::Peer(gone));
    let message = returned.send(lane, vec![Annotation::Reference(a)]);
    assert_eq!(garbage(&returned, &groups), Err(Refuted::Returnable(message)));
    let mut absent = s.clone();
    let third = absent.process();
    absent.state(third, State::Absent);
    assert_eq!(garbage(&absent, &groups), Err(Refuted::Incomplete));
}

#[test]
fn marks() {
    let Heap { mut s, ring: [a, b], third, pinned, other } = heap();
    let marked = |s: &Build, marks: &[(ObjectRef, Option<ObjectRef>)]| {
        let marks = marks.iter().map(|&(object, via)| Mark { object, via }).collect();
        goes_on(s, Property::Garbage, Refutation::Marked(marks))
    };
    let chain = [(a, Some(pinned)), (b, Some(a)), (third, Some(b))];
    let false_mark = |(object, via)| Err(Refuted::FalseMark(Mark { object, via }));
    assert_eq!(marked(&s, &chain), false_mark(chain[0]));
    refer(&mut s, pinned, a);
    assert_eq!(marked(&s, &chain), Ok(()));
    assert_eq!(marked(&s, &chain[..2]), Err(Refuted::Unmarked(third)));
    assert_eq!(marked(&s, &[chain[1], chain[0], chain[2]]), false_mark(chain[1]));
    assert_eq!(marked(&s, &[chain[0], (third, Some(a))]), false_mark((third, Some(a))));
    assert_eq!(marked(&s, &[chain[0], (b, None)]), false_mark((b, None)));
    s.fact(other, Fact::Reference(Reference { from: None, to: b }));
    assert_eq!(marked(&s, &[(b, None), (a, Some(b)), (third, Some(b))]), Ok(()));
}

fn sum(s: &Build, stated: i128, expected: i128, holds: bool) -> Result<(), Refuted> {
    let cut = s.cut();
    let outcome = if holds {
        Outcome::Holds(Certificate::Sum(stated))
    } else {
        Outcome::DoesNotHold(Refutation::Sum(stated))
    };
    verify(&cut, &verdict(&cut, Property::Conservation { gauge: "money".into(), expected }, outcome))
        .map(drop)
}

#[test]
fn conservation() {
    let mut s = Build::new();
    let (p, q) = (s.process(), s.process());
    s.edit(p).gauges.insert("money".into(), 100);
    s.edit(q).gauges.insert("money".into(), -30);
    s.edit(q).gauges.insert("other".into(), 1);
    let lane = s.lane(p, LaneEnd::Peer(q));
    s.send(lane, vec![Annotation::Amount { gauge: "money".into(), amount: 5 }]);
    let wrong = |stated, expected| Err(Refuted::Sum { actual: 75, stated, expected });
    assert_eq!(sum(&s, 75, 75, true), Ok(()));
    assert_eq!(sum(&s, 75, 76, false), Ok(()));
    assert_eq!(sum(&s, 76, 76, true), wrong(76, 76));
    assert_eq!(sum(&s, 75, 76, true), wrong(75, 76));
    assert_eq!(sum(&s, 75, 75, false), wrong(75, 75));
    let mut lost = s.clone();
    let third = lost.process();
    lost.state(third, State::Lost);
    assert_eq!(sum(&lost, 75, 75, true), Err(Refuted::Lost(third)));
    lost.state(third, State::Absent);
    assert_eq!(sum(&lost, 75, 75, true), Err(Refuted::Incomplete));
}

#[test]
fn doubts_are_about_what_is_so() {
    let mut s = Build::new();
    let (p, q, absent, dead, left) = (s.process(), s.process(), s.process(), s.process(), s.process());
    s.state(absent, State::Absent);
    s.state(dead, State::Lost);
    let task = s.task(p);
    let branch = s.branch(task);
    let wait = s.wait(task, 1, &[receive(false, &[])]);
    let closed = s.wait(task, 1, &[receive(true, &[])]);
    let served = s.call(q, task);
    let lane = s.lane(q, LaneEnd::Peer(p));
    let (sent, doubtful) = (s.send(lane, vec![]), s.send(lane, vec![]));
    s.doubt(doubtful);
    let hidden_lane = s.lane(q, LaneEnd::Peer(absent));
    let hidden = s.send(hidden_lane, vec![]);
    let group_lane = s.lane(q, LaneEnd::Group);
    let copy = s.send(group_lane, vec![]);
    s.got(p, copy);
    let (semaphore, unknown) = (s.mutex(p), s.resource(p, None));
    s.change(&semaphore, |r| (r.closed, r.label) = (false, "permits".into()));
    s.change(&unknown, |r| r.label = "pool".into());
    let held = |task: Option<u64>, resource: &ResourceName| {
        let (resource, task) = (resource.clone(), task.map(TaskId::of));
        Fact::Hold(Hold { resource, task, grip: Grip::Exclusive, since: Millis(0) })
    };
    let unbound = s.fact(p, held(None, &semaphore));
    let orphan = s.fact(p, held(Some(999), &semaphore));
    s.born(CONFIRMED.0);
    let fresh = s.hold(task, &keyed("db/1"), Grip::Exclusive);
    s.state(left, State::Left);
    let process = p;
    let real = [
        Reason::Absent(absent, Absence::Silent),
        Reason::Lost { process: dead, certain: true },
        Reason::Lost { process: left, certain: true },
        Reason::Stranger(Incarnation(99)),
        Reason::UnknownContent(absent, Cause::SenderAbsent),
        Reason::Unread(sent),
        Reason::Doubtful(doubtful),
        Reason::Hidden(hidden),
        Reason::GroupCopy(copy),
        Reason::Unserved(copy),
        Reason::OpenReceive(wait),
        Reason::OpenResource("permits".into()),
        Reason::UnknownCapacity("pool".into()),
        Reason::UnboundHold { process, handle: unbound },
        Reason::OrphanedHold { process, handle: orphan },
        Reason::UnconfirmedHold { process, handle: fresh },
        Reason::RunningBranch(branch),
        Reason::Undecided(task),
        Reason::NoCreation(Global::new(p, ComputationId::of(99))),
    ];
    let unreal = [
        Reason::Absent(p, Absence::Silent),
        Reason::Absent(absent, Absence::Void),
        Reason::Lost { process: dead, certain: false },
        Reason::Lost { process: left, certain: false },
        Reason::Stranger(p),
        Reason::UnknownContent(p, Cause::Collapsed),
        Reason::Unread(copy),
        Reason::Doubtful(sent),
        Reason::Hidden(sent),
        Reason::GroupCopy(sent),
        Reason::Unserved(sent),
        Reason::Unserved(served),
        Reason::OpenReceive(closed),
        Reason::OpenResource("pool".into()),
        Reason::UnknownCapacity("permits".into()),
        Reason::UnboundHold { process, handle: orphan },
        Reason::OrphanedHold { process, handle: fresh },
        Reason::UnconfirmedHold { process, handle: unbound },
        Reason::Undecided(branch),
    ];
    let cut = s.cut();
    let unknown = |reason: &Reason, task| {
        let doubt = Doubt { task, reason: reason.clone() };
        (verdict(&cut, Property::Deadlock, Outcome::Unknown(vec![doubt.clone()])), doubt)
    };
    for reason in &real {
        assert_eq!(confirm(&cut, &unknown(reason, Some(task)).0).finding, Finding::DoubtsAreReal);
    }
    for reason in &unreal {
        let (verdict, doubt) = unknown(reason, None);
        assert_eq!(verify(&cut, &verdict), Err(Refuted::UnrealDoubt(doubt)));
    }
    let nobody = Global::new(p, TaskId::of(99));
    assert_eq!(verify(&cut, &unknown(&real[0], Some(nobody)).0), Err(Refuted::NoSuchTask(nobody)));
    let empty = verdict(&cut, Property::Deadlock, Outcome::Unknown(vec![]));
    assert_eq!(verify(&cut, &empty), Err(Refuted::Empty { property: "deadlock" }));
}
