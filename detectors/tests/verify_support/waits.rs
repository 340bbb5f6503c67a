//! Every kind of wait but those on resources: when a ring of them is a deadlock, and what ends it.

use crate::verify_support::*;
use stillpoint_detectors::verify::{Refuted, verify};
use stillpoint_proto::cut::LaneEnd;
use stillpoint_proto::fact::*;
use stillpoint_proto::id::*;
use stillpoint_proto::ranges::RangeSet;
use stillpoint_proto::verdict::*;

/// Task `a` waits as `wait` says; task `b`, of another process, waits for `a` to finish.
fn with_b(wait: impl FnOnce(&mut Build, TaskRef, TaskRef)) -> (Build, TaskRef, TaskRef) {
    let mut build = Build::new();
    let (p, q) = (build.process(), build.process());
    let (a, b) = (build.task(p), build.task(q));
    wait(&mut build, a, b);
    build.wait(b, 1, &[Awaited::Task(a)]);
    (build, a, b)
}

/// That `a` and `b` are a deadlock exactly if `stuck`.
fn expect(stuck: bool, wait: impl FnOnce(&mut Build, TaskRef, TaskRef)) {
    let (build, a, b) = with_b(wait);
    match ring(&build, &[a, b]) {
        Ok(()) => assert!(stuck, "a deadlock was confirmed that is none"),
        Err(Refuted::CanProceed { task, .. }) if !stuck => assert_eq!(task, a),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn all_and_one_and_k_of_n() {
    let external = Awaited::External;
    expect(true, |s, a, b| only(s.wait(a, 1, &[Awaited::Task(b)])));
    expect(true, |s, a, b| only(s.wait(a, 2, &[Awaited::Task(b), external.clone()])));
    expect(false, |s, a, b| only(s.wait(a, 1, &[Awaited::Task(b), external.clone()])));
    expect(true, |s, a, b| only(s.wait(a, 2, &[Awaited::Task(b), Awaited::Task(a), external.clone()])));
    // Of three, one has been gathered and one comes by itself.
    let three = |need| {
        move |s: &mut Build, a: TaskRef, b: TaskRef| {
            let wait = s.wait(a, need, &[Awaited::Task(b), Awaited::External]);
            s.change_wait(wait, |wait| wait.of = 3);
        }
    };
    expect(false, three(2));
    expect(true, three(3));
}

#[test]
fn several_waits_are_alternatives() {
    expect(true, |s, a, b| {
        s.wait(a, 1, &[Awaited::Task(b)]);
        s.wait(a, 1, &[Awaited::Task(b)]);
    });
    expect(false, |s, a, b| {
        s.wait(a, 1, &[Awaited::Task(b)]);
        s.wait(a, 1, &[Awaited::External]);
    });
}

#[test]
fn a_task_that_has_finished_or_that_nobody_knows() {
    expect(false, |s, a, b| only(s.wait(a, 1, &[Awaited::Task(Global::new(b.process, TaskId::of(99)))])));
    for state in [State::Absent, State::Lost, State::Left] {
        expect(false, |s, a, _| {
            let other = s.process();
            s.state(other, state);
            s.wait(a, 1, &[Awaited::Task(Global::new(other, TaskId::of(99)))]);
        });
    }
}

#[test]
fn a_knot_of_alternatives_needs_all_its_members() {
    let mut s = Build::new();
    let p = s.process();
    let (a, b, c) = (s.task(p), s.task(p), s.task(p));
    let choice = s.wait(a, 1, &[Awaited::Task(b), Awaited::Task(c)]);
    s.wait(b, 1, &[Awaited::Task(a)]);
    s.wait(c, 1, &[Awaited::Task(a)]);
    let cut = s.cut();
    let knot = |pairs: &[(TaskRef, TaskRef)]| Shape::Knot(edges(pairs));
    let all = [(a, b), (a, c), (b, a), (c, a)];
    confirm(&cut, &deadlock(&cut, &[a, b, c], knot(&all), &[b]));
    assert_eq!(
        verify(&cut, &deadlock(&cut, &[a, b], cycle(&[a, b]), &[b])).map(drop),
        Err(Refuted::CanProceed { task: a, wait: choice })
    );
    assert_eq!(
        verify(&cut, &deadlock(&cut, &[a, b, c], knot(&all[..3]), &[b])).map(drop),
        Err(Refuted::LooseKnot(c))
    );
}

#[test]
fn a_message_that_resolves_a_target_helps_whatever_its_fate() {
    let resolves = |doubtful: bool| {
        move |s: &mut Build, a: TaskRef, b: TaskRef| {
            let wait = s.wait(a, 1, &[Awaited::Task(b)]);
            let lane = s.lane(b.process, LaneEnd::Peer(a.process));
            let resolution = Resolution::Target(s.target(wait, 0));
            let message = s.send(lane, vec![Annotation::Resolves(resolution)]);
            if doubtful {
                s.doubt(message);
            }
        }
    };
    expect(false, resolves(false));
    expect(false, resolves(true));
    // It is not enough where two are needed.
    expect(true, |s, a, b| {
        let wait = s.wait(a, 2, &[Awaited::Task(b), Awaited::Task(b)]);
        let lane = s.lane(b.process, LaneEnd::Peer(a.process));
        let resolution = Resolution::Target(s.target(wait, 0));
        s.send(lane, vec![Annotation::Resolves(resolution)]);
    });
}

#[test]
fn calls_that_are_served() {
    expect(true, |s, a, b| {
        let request = s.call(a.process, b);
        s.wait(a, 1, &[Awaited::Call(request)]);
    });
    // The reply is on its way.
    expect(false, |s, a, b| {
        let request = s.call(a.process, b);
        s.wait(a, 1, &[Awaited::Call(request)]);
        let lane = s.lane(b.process, LaneEnd::Peer(a.process));
        s.send(lane, vec![Annotation::Resolves(Resolution::Request(request))]);
    });
    // The responder was shared with a task that is free.
    expect(false, |s, a, b| {
        let request = s.call(a.process, b);
        let other = s.task(b.process);
        s.fact(b.process, Fact::Serving(Serving { task: other.id, request }));
        s.wait(a, 1, &[Awaited::Call(request)]);
    });
    // Nobody serves it.
    expect(false, |s, a, b| {
        let lane = s.lane(a.process, LaneEnd::Peer(b.process));
        let request = s.send(lane, vec![]);
        s.got(b.process, request);
        s.wait(a, 1, &[Awaited::Call(request)]);
    });
}

#[test]
fn calls_that_nobody_has_read() {
    let unread = |to: fn(TaskRef) -> LaneEnd, reads: bool, doubtful: bool| {
        move |s: &mut Build, a: TaskRef, b: TaskRef| {
            let lane = s.lane(a.process, to(b));
            let request = s.send(lane, vec![]);
            if reads {
                s.fact(b.process, Fact::Reads(Reads { task: b.id, lane }));
            }
            if doubtful {
                s.doubt(request);
            }
            s.wait(a, 1, &[Awaited::Call(request)]);
        }
    };
    expect(true, unread(|b| LaneEnd::Peer(b.process), true, false));
    expect(false, unread(|b| LaneEnd::Peer(b.process), false, false));
    expect(false, unread(|b| LaneEnd::Peer(b.process), true, true));
    expect(false, unread(|_| LaneEnd::Sole, true, false));
    expect(false, unread(|_| LaneEnd::Group, true, false));
}

#[test]
fn calls_to_a_group() {
    let group = |bystander: State| {
        move |s: &mut Build, a: TaskRef, b: TaskRef| {
            let third = s.process();
            s.state(third, bystander);
            let lane = s.lane(a.process, LaneEnd::Group);
            let request = s.send(lane, vec![]);
            s.got(b.process, request);
            s.fact(b.process, Fact::Serving(Serving { task: b.id, request }));
            s.wait(a, 1, &[Awaited::Call(request)]);
        }
    };
    expect(true, group(State::Present));
    expect(false, group(State::Absent));
    expect(false, group(State::Lost));
}

#[test]
fn receives() {
    let from = |closed: bool, wakers: Vec<Waker>| {
        move |s: &mut Build, a: TaskRef| only(s.wait(a, 1, &[receive(closed, &wakers)]))
    };
    expect(true, |s, a, b| from(true, vec![Waker::Task(b)])(s, a));
    expect(false, |s, a, b| from(false, vec![Waker::Task(b)])(s, a));
    expect(true, |s, a, b| from(true, vec![Waker::Process(b.process)])(s, a));
    // A finished waker wakes nobody.
    expect(true, |s, a, b| {
        let finished = Waker::Task(Global::new(b.process, TaskId::of(99)));
        from(true, vec![finished, Waker::Task(b)])(s, a);
    });
    // Another task of the process is free.
    expect(false, |s, a, b| {
        s.task(b.process);
        from(true, vec![Waker::Process(b.process)])(s, a);
    });
    // A process without tasks may do anything.
    expect(false, |s, a, b| {
        let other = s.process();
        from(true, vec![Waker::Task(b), Waker::Process(other)])(s, a);
    });
    expect(false, |s, a, b| {
        let other = s.process();
        s.state(other, State::Lost);
        from(true, vec![Waker::Task(b), Waker::Process(other)])(s, a);
    });
    // Something is on its way from the waker.
    expect(false, |s, a, b| {
        let lane = s.lane(b.process, LaneEnd::Peer(a.process));
        s.send(lane, vec![]);
        from(true, vec![Waker::Process(b.process)])(s, a);
    });
    for sent in [true, false] {
        expect(!sent, |s, a, b| {
            let lane = s.lane(b.process, LaneEnd::Peer(a.process));
            if sent {
                s.send(lane, vec![]);
            }
            from(true, vec![Waker::Lane(lane), Waker::Task(b)])(s, a);
        });
    }
}

#[test]
fn unknown_content_may_wake_whom_its_sender_may() {
    for named in [true, false] {
        expect(!named, |s, a, b| {
            let absent = s.process();
            let other = s.task(absent);
            s.state(absent, State::Absent);
            let wakers = [Waker::Task(b), Waker::Task(other)];
            s.wait(a, 1, &[receive(true, &wakers[..1 + usize::from(named)])]);
        });
    }
    expect(false, |s, a, b| {
        let lane = s.lane(b.process, LaneEnd::Peer(a.process));
        s.send(lane, vec![]);
        let sending = s.edit(b.process).sending_mut(lane.lane).unwrap();
        sending.unlog(&RangeSet::span(1, 1));
        sending.collapsed.insert(1);
        s.wait(a, 1, &[receive(true, &[Waker::Task(b)])]);
    });
    // A task that finishes needs no message, so a bystander's silence does not matter.
    expect(true, |s, a, b| {
        let absent = s.process();
        s.state(absent, State::Absent);
        s.wait(a, 1, &[Awaited::Task(b)]);
    });
}

#[test]
fn branches_and_parents_are_members_together() {
    let mut s = Build::new();
    let p = s.process();
    let parent = s.task(p);
    let (one, two) = (s.branch(parent), s.branch(parent));
    s.wait(parent, 2, &[Awaited::Task(one), Awaited::Task(two)]);
    let (x, y) = (s.mutex(p), s.mutex(p));
    s.hold(one, &x, Grip::Exclusive);
    s.hold(two, &y, Grip::Exclusive);
    s.wait(one, 1, &[lock(&y)]);
    s.wait(two, 1, &[lock(&x)]);
    let cut = s.cut();
    let all = [(parent, one), (parent, two), (one, two), (two, one), (one, parent)];
    confirm(&cut, &deadlock(&cut, &[parent, one, two], Shape::Knot(edges(&all)), &[one]));
    assert_eq!(
        verify(&cut, &deadlock(&cut, &[one, two], cycle(&[one, two]), &[one])).map(drop),
        Err(Refuted::Relative { task: one, relative: parent })
    );

    let mut busy = s.clone();
    let branch = busy.branch(parent);
    let cut = busy.cut();
    assert_eq!(
        verify(&cut, &deadlock(&cut, &[parent, one, two], Shape::Knot(edges(&all)), &[one])).map(drop),
        Err(Refuted::Relative { task: parent, relative: branch })
    );
}

#[test]
fn a_branch_whose_parent_has_ended_is_a_task_like_any_other() {
    let mut s = Build::new();
    let p = s.process();
    let parent = s.task(p);
    let branch = s.branch(parent);
    s.remove(p, parent.id.0);
    s.wait(branch, 1, &[Awaited::Task(branch)]);
    assert_eq!(ring(&s, &[branch]), Ok(()));
}
