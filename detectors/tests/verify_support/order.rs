//! Verdicts that there is no deadlock: orders of reduction, and who may be left over.

use crate::verify_support::*;
use stillpoint_detectors::verify::Refuted;
use stillpoint_proto::cut::LaneEnd;
use stillpoint_proto::fact::*;
use stillpoint_proto::id::*;

/// `first` holds what `second` waits for, and `second` what `third` waits for; `first` waits for a timer.
fn chain() -> (Build, [TaskRef; 3]) {
    let mut s = Build::new();
    let (p, q) = (s.process(), s.process());
    let (first, second, third) = (s.task(p), s.task(q), s.task(p));
    let (x, y) = (s.mutex(p), s.mutex(q));
    s.hold(first, &x, Grip::Exclusive);
    s.hold(second, &y, Grip::Exclusive);
    s.wait(first, 1, &[Awaited::External]);
    s.wait(second, 1, &[lock(&x)]);
    s.wait(third, 1, &[lock(&y)]);
    (s, [first, second, third])
}

#[test]
fn an_order_is_replayed() {
    let (s, [first, second, third]) = chain();
    assert_eq!(order(&s, &[first, second, third]), Ok(()));
    // The last one holds nothing, and nobody waits for it.
    assert_eq!(order(&s, &[first, second]), Ok(()));
    assert_eq!(order(&s, &[first]), Err(Refuted::LeftOver(second)));
    assert_eq!(order(&s, &[second, first, third]), Err(Refuted::TooEarly(second)));
    assert_eq!(order(&s, &[first, first]), Err(Refuted::Twice(first)));
    let nobody = Global::new(first.process, TaskId::of(99));
    assert_eq!(order(&s, &[nobody]), Err(Refuted::NoSuchTask(nobody)));
    let (mut s, [first, ..]) = chain();
    let busy = s.task(first.process);
    assert_eq!(order(&s, &[first, busy]), Err(Refuted::NotWaiting(busy)));
}

#[test]
fn a_missing_process_may_hold_anything_but_what_is_local() {
    for state in [State::Absent, State::Lost] {
        let (mut s, [first, second, third]) = chain();
        let bystander = s.process();
        s.state(bystander, state);
        let expected = if state == State::Absent { Refuted::Incomplete } else { Refuted::TooEarly(second) };
        assert_eq!(order(&s, &[first, second, third]), Err(expected));
    }
    // What a dead process held may be anything, even if nothing can come from it any more.
    let mut s = Build::new();
    let (p, dead) = (s.process(), s.process());
    s.state(dead, State::Lost);
    let (a, b) = (s.task(p), s.task(p));
    let (x, y) = (s.mutex(p), s.mutex(p));
    let remote = s.clone();
    for mutex in [&x, &y] {
        s.change(mutex, |r| r.local = true);
    }
    s.hold(a, &x, Grip::Exclusive);
    s.hold(b, &y, Grip::Exclusive);
    s.wait(b, 1, &[lock(&x)]);
    assert_eq!(order(&s, &[b]), Ok(()));
    s = remote;
    s.hold(a, &x, Grip::Exclusive);
    s.wait(b, 1, &[lock(&x)]);
    assert_eq!(order(&s, &[b]), Err(Refuted::TooEarly(b)));
}

#[test]
fn what_is_only_hoped_for_does_not_help() {
    let mut s = Build::new();
    let (p, q) = (s.process(), s.process());
    let (a, b) = (s.task(p), s.task(q));
    let wait = s.wait(a, 1, &[receive(false, &[])]);
    s.wait(b, 1, &[Awaited::Task(a)]);
    assert_eq!(order(&s, &[a, b]), Err(Refuted::TooEarly(a)));
    // Nobody waits for `b`; without it nobody waits for `a`, who is idle.
    assert_eq!(order(&s, &[]), Ok(()));

    let lane = s.lane(q, LaneEnd::Peer(p));
    let resolution = Resolution::Target(s.target(wait, 0));
    let message = s.send(lane, vec![Annotation::Resolves(resolution)]);
    assert_eq!(order(&s, &[a, b]), Ok(()));
    let mut unread = s.clone();
    let reader = unread.task(p);
    unread.wait(reader, 1, &[receive(false, &[])]);
    unread.fact(p, Fact::Reads(Reads { task: reader.id, lane }));
    assert_eq!(order(&unread, &[a, b]), Err(Refuted::TooEarly(a)));
    unread.fact(p, Fact::Reads(Reads { task: a.id, lane }));
    assert_eq!(order(&unread, &[a, b]), Ok(()), "who waits for what comes on a lane reads it");
    s.doubt(message);
    assert_eq!(order(&s, &[a, b]), Err(Refuted::TooEarly(a)));
}

#[test]
fn who_serves_or_holds_is_not_left_over() {
    let idle = |s: &mut Build, task| only(s.wait(task, 1, &[receive(false, &[])]));
    let mut s = Build::new();
    let (p, q) = (s.process(), s.process());
    let server = s.task(q);
    idle(&mut s, server);
    assert_eq!(order(&s, &[]), Ok(()));
    let mut serving = s.clone();
    serving.call(p, server);
    assert_eq!(order(&serving, &[]), Err(Refuted::LeftOver(server)));
    let mut holding = s.clone();
    let mutex = holding.mutex(q);
    holding.hold(server, &mutex, Grip::Exclusive);
    assert_eq!(order(&holding, &[]), Err(Refuted::LeftOver(server)));
    // A family is left out as a whole, or not at all.
    let mut related = s.clone();
    let branch = related.branch(server);
    idle(&mut related, branch);
    related.wait(server, 1, &[Awaited::Task(branch)]);
    assert_eq!(order(&related, &[]), Ok(()));
    let mutex = related.mutex(q);
    related.hold(branch, &mutex, Grip::Exclusive);
    assert!(matches!(order(&related, &[]), Err(Refuted::LeftOver(_))));
    let mut circle = s.clone();
    let other = circle.task(p);
    circle.wait(other, 1, &[receive(false, &[Waker::Process(q)])]);
    assert_eq!(order(&circle, &[]), Ok(()));
    circle.wait(server, 1, &[Awaited::Task(other)]);
    assert_eq!(order(&circle, &[]), Err(Refuted::LeftOver(other)));
}

#[test]
fn a_branch_that_runs_does_not_free_its_parent() {
    let mut s = Build::new();
    let p = s.process();
    let parent = s.task(p);
    let (stuck, _running) = (s.branch(parent), s.branch(parent));
    let mutex = s.mutex(p);
    s.hold(parent, &mutex, Grip::Exclusive);
    s.wait(stuck, 1, &[lock(&mutex)]);
    s.wait(parent, 1, &[Awaited::Task(stuck)]);
    assert_eq!(order(&s, &[parent, stuck]), Err(Refuted::TooEarly(parent)));
    assert_eq!(order(&s, &[]), Err(Refuted::LeftOver(parent)));
}

#[test]
fn an_unbound_guard_may_be_with_whoever_waits_for_it() {
    let mut s = Build::new();
    let p = s.process();
    let (a, _busy) = (s.task(p), s.task(p));
    let resource = s.mutex(p);
    s.wait(a, 1, &[lock(&resource)]);
    assert_eq!(order(&s, &[a]), Ok(()));
    s.fact(p, Fact::Hold(Hold { resource, task: None, grip: Grip::Exclusive, since: Millis(0) }));
    assert_eq!(order(&s, &[a]), Err(Refuted::TooEarly(a)));
    assert_eq!(order(&s, &[]), Err(Refuted::LeftOver(a)));
}

#[test]
fn a_release_counts_once_it_can_be_read() {
    let mut s = Build::new();
    let (p, q) = (s.process(), s.process());
    let (a, reader) = (s.task(p), s.task(p));
    let resource = s.mutex(p);
    s.wait(a, 1, &[lock(&resource)]);
    s.wait(reader, 1, &[receive(false, &[])]);
    let lane = s.lane(q, LaneEnd::Peer(p));
    let message = s.send(lane, vec![Annotation::Releases { resource, grip: Grip::Exclusive }]);
    assert_eq!(order(&s, &[a]), Ok(()));
    let mut unread = s.clone();
    unread.fact(p, Fact::Reads(Reads { task: reader.id, lane }));
    assert_eq!(order(&unread, &[a]), Err(Refuted::TooEarly(a)));
    s.doubt(message);
    assert_eq!(order(&s, &[a]), Err(Refuted::TooEarly(a)));
}

#[test]
fn a_fair_queue_is_served_in_its_order() {
    let mut s = Build::new();
    let p = s.process();
    let tasks = [s.task(p), s.task(p)];
    let mutex = s.mutex(p);
    s.change(&mutex, |r| r.fair = true);
    for (ticket, task) in (1..).zip(tasks) {
        let wait = s.wait(task, 1, &[lock(&mutex)]);
        let target = s.target(wait, 0);
        s.queue(&mutex, ticket, target);
    }
    let [first, second] = tasks;
    assert_eq!(order(&s, &[first, second]), Ok(()));
    assert_eq!(order(&s, &[second, first]), Err(Refuted::TooEarly(second)));
}

#[test]
fn who_has_left_serves_nothing() {
    for state in [State::Present, State::Left] {
        let mut s = Build::new();
        let (p, q) = (s.process(), s.process());
        let (a, server) = (s.task(p), s.task(q));
        let request = s.call(p, server);
        s.wait(a, 1, &[Awaited::Call(request)]);
        s.state(q, state);
        let expected = if state == State::Present { Ok(()) } else { Err(Refuted::TooEarly(a)) };
        assert_eq!(order(&s, &[a]), expected);
    }
}
