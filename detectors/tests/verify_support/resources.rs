//! Waits on resources: who holds what, and who may help.

use crate::verify_support::*;
use stillpoint_detectors::verify::Refuted;
use stillpoint_proto::cut::LaneEnd;
use stillpoint_proto::fact::*;
use stillpoint_proto::id::*;
use stillpoint_proto::ranges::RangeSet;

/// Task `a` waits for a mutex of its process that `b`, of another process, holds; `b` waits for `a`.
struct Ring {
    s: Build,
    a: TaskRef,
    b: TaskRef,
    mutex: ResourceName,
    hold: Handle,
    wait: WaitRef,
}

fn plain() -> Ring {
    with(|s, p| s.mutex(p))
}

fn with(resource: impl FnOnce(&mut Build, Incarnation) -> ResourceName) -> Ring {
    let mut s = Build::new();
    let (p, q) = (s.process(), s.process());
    let (a, b) = (s.task(p), s.task(q));
    let mutex = resource(&mut s, p);
    let hold = s.hold(b, &mutex, Grip::Exclusive);
    let wait = s.wait(a, 1, &[lock(&mutex)]);
    s.wait(b, 1, &[Awaited::Task(a)]);
    Ring { s, a, b, mutex, hold, wait }
}

impl Ring {
    #[track_caller]
    fn is_stuck(&self) {
        assert_eq!(ring(&self.s, &[self.a, self.b]), Ok(()));
    }

    #[track_caller]
    fn is_free(&self) {
        let free = Refuted::CanProceed { task: self.a, wait: self.wait };
        assert_eq!(ring(&self.s, &[self.a, self.b]), Err(free));
    }
}

#[test]
fn a_mutex() {
    plain().is_stuck();
    let mut free = plain();
    free.s.remove(free.b.process, free.hold);
    free.is_free();
}

#[test]
fn what_is_not_known_is_not_held() {
    let changes: [fn(&mut Resource); 2] = [|r| r.capacity = None, |r| r.closed = false];
    for change in changes {
        let mut ring = plain();
        let mutex = ring.mutex.clone();
        ring.s.change(&mutex, change);
        ring.is_free();
    }
    let gone = with(|_, p| owned(Global::new(p, ResourceId::of(77))));
    gone.is_free();
    for state in [State::Left, State::Lost, State::Absent] {
        let elsewhere = with(|s, _| {
            let owner = s.process();
            let mutex = s.mutex(owner);
            s.state(owner, state);
            mutex
        });
        elsewhere.is_free();
    }
}

#[test]
fn an_absent_bystander_does_not_release_what_a_member_holds() {
    let mut ring = plain();
    let bystander = ring.s.process();
    ring.s.state(bystander, State::Absent);
    ring.is_stuck();
    ring.s.state(bystander, State::Lost);
    ring.is_stuck();
}

#[test]
fn added_permits_count() {
    let mut ring = plain();
    let ResourceName::Owned(owner) = ring.mutex.clone() else { unreachable!() };
    // An exclusive grip stands for the whole, so one more unit does not help; a shared one is another matter.
    let permits = Fact::Permits(Permits { resource: owner.id, units: 1 });
    ring.s.fact(owner.process, permits.clone());
    ring.is_stuck();
    let mut semaphore = semaphore(1, 1);
    semaphore.is_stuck();
    let ResourceName::Owned(owner) = semaphore.mutex.clone() else { unreachable!() };
    let permits = Fact::Permits(Permits { resource: owner.id, units: 1 });
    semaphore.s.fact(owner.process, permits);
    semaphore.is_free();
}

/// As [`plain`], with a semaphore of three of which `b` holds two and `a` holds `own` and wants `more`.
fn semaphore(own: u64, more: u64) -> Ring {
    let mut s = Build::new();
    let (p, q) = (s.process(), s.process());
    let (a, b) = (s.task(p), s.task(q));
    let mutex = s.resource(p, Some(3));
    s.hold(a, &mutex, Grip::Shared(own));
    let hold = s.hold(b, &mutex, Grip::Shared(2));
    let wait = s.wait(a, 1, &[some(&mutex, more)]);
    s.wait(b, 1, &[Awaited::Task(a)]);
    Ring { s, a, b, mutex, hold, wait }
}

#[test]
fn a_semaphore() {
    semaphore(0, 1).is_free();
    semaphore(0, 2).is_stuck();
    semaphore(1, 1).is_stuck();
    semaphore(1, 0).is_free();
}

#[test]
fn a_task_that_locks_a_mutex_twice() {
    let mut s = Build::new();
    let p = s.process();
    let a = s.task(p);
    let mutex = s.mutex(p);
    s.hold(a, &mutex, Grip::Exclusive);
    s.wait(a, 1, &[lock(&mutex)]);
    assert_eq!(ring(&s, &[a]), Ok(()));
}

#[test]
fn a_second_read_behind_a_writer_if_the_lock_is_fair() {
    for fair in [true, false] {
        let mut s = Build::new();
        let p = s.process();
        let (reader, writer) = (s.task(p), s.task(p));
        let rwlock = s.resource(p, Some(u64::MAX));
        s.change(&rwlock, |r| r.fair = fair);
        s.hold(reader, &rwlock, Grip::Shared(1));
        let write = s.wait(writer, 1, &[lock(&rwlock)]);
        let read = s.wait(reader, 1, &[some(&rwlock, 1)]);
        let (first, second) = (s.target(write, 0), s.target(read, 0));
        s.queue(&rwlock, 1, first);
        let mut placed = s.clone();
        placed.queue(&rwlock, 2, second);
        let expected = if fair { Ok(()) } else { Err(Refuted::CanProceed { task: reader, wait: read }) };
        assert_eq!(ring(&placed, &[reader, writer]), expected);
        // Without a place it is behind all that have one.
        assert_eq!(ring(&s, &[reader, writer]), expected);
    }
}

#[test]
fn who_is_ahead_in_the_queue_but_can_proceed_is_not_in_the_way() {
    let mut s = Build::new();
    let p = s.process();
    let (reader, writer) = (s.task(p), s.task(p));
    let rwlock = s.resource(p, Some(u64::MAX));
    s.change(&rwlock, |r| r.fair = true);
    s.hold(reader, &rwlock, Grip::Shared(1));
    let write = s.wait(writer, 1, &[lock(&rwlock), Awaited::External]);
    let read = s.wait(reader, 1, &[some(&rwlock, 1)]);
    let (first, second) = (s.target(write, 0), s.target(read, 0));
    s.queue(&rwlock, 1, first);
    s.queue(&rwlock, 2, second);
    assert_eq!(ring(&s, &[writer, reader]), Err(Refuted::CanProceed { task: writer, wait: write }));
    assert_eq!(abandoned(&s, reader), Err(Refuted::CanProceed { task: reader, wait: read }));
}

#[test]
fn keyed_resources_count_once_they_are_confirmed() {
    for (born, stuck) in [(CONFIRMED.0 - 1, true), (CONFIRMED.0, false)] {
        let ring = with(|s, _| {
            s.born(born);
            keyed("db/17")
        });
        if stuck { ring.is_stuck() } else { ring.is_free() }
    }
    // Two who contradict one another leave its capacity unknown.
    let ring = with(|s, p| {
        for capacity in [1, 2] {
            let key = Some(Text::from("db/17"));
            let (label, capacity) = (Text::default(), Some(capacity));
            let resource = Resource { key, label, capacity, closed: true, fair: false, local: false };
            s.fact(p, Fact::Resource(resource));
        }
        keyed("db/17")
    });
    ring.is_free();
}

#[test]
fn orphaned_and_unbound_holds() {
    for (task, busy, stuck) in [(Some(99), false, false), (None, false, true), (None, true, false)] {
        let mut ring = plain();
        let q = ring.b.process;
        ring.s.remove(q, ring.hold);
        let resource = ring.mutex.clone();
        let task = task.map(TaskId::of);
        ring.s.fact(q, Fact::Hold(Hold { resource, task, grip: Grip::Exclusive, since: Millis(0) }));
        if busy {
            ring.s.task(q);
        }
        if stuck { ring.is_stuck() } else { ring.is_free() }
    }
}

/// What is in transit about the mutex instead of `b`'s hold; it goes to the process of `a`.
fn on_the_way(annotation: impl FnOnce(&Ring) -> Annotation) -> Ring {
    let mut ring = plain();
    ring.s.remove(ring.b.process, ring.hold);
    let annotation = annotation(&ring);
    let lane = ring.s.lane(ring.a.process, LaneEnd::Peer(ring.b.process));
    ring.s.send(lane, vec![annotation]);
    ring
}

#[test]
fn grants_and_releases_in_transit() {
    let grant = |to| {
        move |ring: &Ring| Annotation::Grants { resource: ring.mutex.clone(), grip: Grip::Exclusive, to }
    };
    on_the_way(grant(None)).is_free();
    on_the_way(grant(Some(Resolution::Target(Global::new(Incarnation(2), TargetId::of(99)))))).is_free();
    on_the_way(|ring| Annotation::Releases { resource: ring.mutex.clone(), grip: Grip::Exclusive }).is_free();
    on_the_way(|ring| {
        let to = Some(Resolution::Target(ring.s.target(ring.wait, 0)));
        Annotation::Grants { resource: ring.mutex.clone(), grip: Grip::Exclusive, to }
    })
    .is_free();
}

#[test]
fn a_grant_in_transit_is_held_by_its_addressee() {
    let mut s = Build::new();
    let (p, q) = (s.process(), s.process());
    let (a, b) = (s.task(p), s.task(q));
    let mutex = s.mutex(p);
    s.wait(a, 1, &[lock(&mutex)]);
    let both = s.wait(b, 2, &[lock(&mutex), Awaited::Task(a)]);
    let lane = s.lane(p, LaneEnd::Peer(q));
    let to = Some(Resolution::Target(s.target(both, 0)));
    s.send(lane, vec![Annotation::Grants { resource: mutex, grip: Grip::Exclusive, to }]);
    assert_eq!(ring(&s, &[a, b]), Ok(()));
}

#[test]
fn an_answer_of_unknown_content_may_be_the_grant() {
    let mut s = Build::new();
    let (p, q, absent) = (s.process(), s.process(), s.process());
    let (a, b) = (s.task(p), s.task(q));
    let mutex = s.mutex(q);
    s.hold(b, &mutex, Grip::Exclusive);
    let lane = s.lane(p, LaneEnd::Peer(q));
    let request = s.send(lane, vec![]);
    s.got(q, request);
    let demand = Awaited::Resource { resource: mutex, grip: Grip::Exclusive, request: Some(request) };
    let wait = s.wait(a, 1, &[demand]);
    s.wait(b, 1, &[Awaited::Task(a)]);
    assert_eq!(ring(&s, &[a, b]), Ok(()));
    // Only the owner grants.
    s.state(absent, State::Absent);
    assert_eq!(ring(&s, &[a, b]), Ok(()));
    let lane = s.lane(q, LaneEnd::Peer(p));
    s.send(lane, vec![]);
    let sending = s.edit(q).sending_mut(lane.lane).unwrap();
    sending.unlog(&RangeSet::span(1, 1));
    sending.collapsed.insert(1);
    assert_eq!(ring(&s, &[a, b]), Err(Refuted::CanProceed { task: a, wait }));
}

#[test]
fn an_unbound_hold_of_a_key_is_confirmed_like_any_other() {
    for (born, stuck) in [(CONFIRMED.0 - 1, true), (CONFIRMED.0, false)] {
        let mut ring = with(|_, _| keyed("db/17"));
        let q = ring.b.process;
        ring.s.remove(q, ring.hold);
        ring.s.born(born);
        let resource = ring.mutex.clone();
        ring.s.fact(q, Fact::Hold(Hold { resource, task: None, grip: Grip::Exclusive, since: Millis(0) }));
        if stuck { ring.is_stuck() } else { ring.is_free() }
    }
}
