//! Verdicts that there is a deadlock: each field spoiled in turn.

use crate::verify_support::*;
use stillpoint_detectors::verify::{Finding, Refuted, verify};
use stillpoint_proto::fact::*;
use stillpoint_proto::id::*;
use stillpoint_proto::snapshot::{Assumption, ConsistentCut};
use stillpoint_proto::verdict::*;

/// Two tasks of two processes, each with the mutex that the other one wants; a third behind, a fourth at work.
struct Two {
    build: Build,
    a: TaskRef,
    b: TaskRef,
    behind: TaskRef,
    busy: TaskRef,
    waits: [WaitRef; 2],
}

fn two() -> Two {
    let mut build = Build::new();
    let (p, q) = (build.process(), build.process());
    let (a, b, behind, busy) = (build.task(p), build.task(q), build.task(q), build.task(p));
    let (x, y) = (build.mutex(p), build.mutex(q));
    build.hold(a, &x, Grip::Exclusive);
    build.hold(b, &y, Grip::Exclusive);
    let waits = [build.wait(a, 1, &[lock(&y)]), build.wait(b, 1, &[lock(&x)])];
    build.wait(behind, 1, &[lock(&x)]);
    build.change_wait(waits[0], |wait| wait.deadline = Some(Millis(900)));
    Two { build, a, b, behind, busy, waits }
}

fn found(two: &Two, cut: &ConsistentCut) -> Verdict {
    let mut verdict = deadlock(cut, &[two.a, two.b], cycle(&[two.a, two.b]), &[two.b]);
    inside(&mut verdict).behind = vec![two.behind];
    verdict
}

#[test]
fn two_mutexes_are_confirmed() {
    let two = two();
    let cut = two.build.cut();
    let confirmed = confirm(&cut, &found(&two, &cut));
    assert_eq!((confirmed.finding, confirmed.unchecked), (Finding::Holds, vec![]));
}

#[test]
fn whatever_is_spoiled_is_named() {
    let two = two();
    let Two { a, b, behind, busy, .. } = two;
    let [wait, _] = two.waits;
    let cut = two.build.cut();
    let nobody = Global::new(a.process, TaskId::of(999));
    let strange = MessageId::new(a.process, LaneId(1), 1);
    type Spoil<'s> = Box<dyn Fn(&mut Verdict) + 's>;
    let spoil = |what: &'static dyn Fn(&mut Deadlock)| -> Spoil<'_> { Box::new(|v| what(inside(v))) };
    let with = |what: Box<dyn Fn(&mut Deadlock)>| -> Spoil<'_> { Box::new(move |v| what(inside(v))) };
    let other = stillpoint_proto::id::DeploymentId(1);
    let snapshot = cut.snapshot();
    let table: Vec<(Spoil<'_>, Refuted)> = vec![
        (
            Box::new(|v| v.deployment = other),
            Refuted::Deployment { verdict: other, snapshot: snapshot.deployment },
        ),
        (Box::new(|v| v.epoch = Epoch(9)), Refuted::Epoch { verdict: Epoch(9), snapshot: ROUND }),
        (Box::new(|v| v.property = Property::Garbage), Refuted::WrongKind { property: "garbage" }),
        (spoil(&|d| d.members.clear()), Refuted::Empty { property: "deadlock" }),
        (spoil(&|d| drop(d.members.pop())), Refuted::CanProceed { task: a, wait }),
        (spoil(&|d| d.members.reverse()), Refuted::Unordered(a)),
        (
            with(Box::new(move |d| {
                let mut extra = d.members[0].clone();
                extra.task = busy;
                d.members.insert(1, extra);
            })),
            Refuted::NotWaiting(busy),
        ),
        (with(Box::new(move |d| d.members[0].task = nobody)), Refuted::NoSuchTask(nobody)),
        (spoil(&|d| d.members[0].label = "x".into()), Refuted::False { task: a, field: "label" }),
        (spoil(&|d| d.members[1].location.line += 1), Refuted::False { task: b, field: "location" }),
        (
            spoil(&|d| d.members[0].process = d.members[1].process.clone()),
            Refuted::False { task: a, field: "process" },
        ),
        (spoil(&|d| d.members[0].waits.clear()), Refuted::Waits(a)),
        (spoil(&|d| d.members[0].waits = d.members[1].waits.clone()), Refuted::Waits(a)),
        (spoil(&|d| d.members[0].waits[0].since.0 += 1), Refuted::FalseWait { wait, field: "start" }),
        (
            spoil(&|d| d.members[0].waits[0].missing = 2),
            Refuted::FalseWait { wait, field: "number of missing targets" },
        ),
        (spoil(&|d| d.members[0].waits[0].location.line = 0), Refuted::FalseWait { wait, field: "location" }),
        (spoil(&|d| d.holds_until.clear()), Refuted::HoldsUntil(a.process)),
        (
            with(Box::new(move |d| d.holds_until.extend([(b.process, Millis(1))]))),
            Refuted::HoldsUntil(b.process),
        ),
        (
            with(Box::new(move |d| d.shape = Shape::Cycle(edges(&[(a, a)])))),
            Refuted::FalseEdge(edges(&[(a, a)]).remove(0)),
        ),
        (
            with(Box::new(move |d| d.shape = Shape::Cycle(edges(&[(a, b), (b, behind)])))),
            Refuted::FalseEdge(edges(&[(b, behind)]).remove(0)),
        ),
        (with(Box::new(move |d| d.shape = Shape::Cycle(edges(&[(a, b)])))), Refuted::BrokenCycle(a)),
        (
            with(Box::new(move |d| d.shape = Shape::Cycle(edges(&[(a, b), (b, a), (a, b), (b, a)])))),
            Refuted::BrokenCycle(a),
        ),
        (spoil(&|d| d.shape = Shape::Cycle(vec![])), Refuted::Empty { property: "cycle" }),
        (with(Box::new(move |d| d.shape = Shape::Knot(edges(&[(a, b)])))), Refuted::LooseKnot(b)),
        (spoil(&|d| d.shape = Shape::Abandoned), Refuted::NotAbandoned),
        (with(Box::new(move |d| d.behind = vec![a])), Refuted::MemberBehind(a)),
        (with(Box::new(move |d| d.behind = vec![busy])), Refuted::NotWaiting(busy)),
        (with(Box::new(move |d| d.behind = vec![nobody])), Refuted::NoSuchTask(nobody)),
        (spoil(&|d| d.victims.clear()), Refuted::StillStuck(a)),
        (with(Box::new(move |d| d.victims = vec![a, b])), Refuted::Spareable(a)),
        (with(Box::new(move |d| d.victims = vec![behind])), Refuted::NoVictim(behind)),
        (with(Box::new(move |d| d.victims = vec![a, a])), Refuted::NoVictim(a)),
        (with(Box::new(move |d| d.messages = vec![strange])), Refuted::Unrelated(strange)),
    ];
    for (number, (spoil, expected)) in table.into_iter().enumerate() {
        let mut verdict = found(&two, &cut);
        spoil(&mut verdict);
        assert_eq!(verify(&cut, &verdict), Err(expected), "spoiled in way {number}");
    }
}

#[test]
fn an_assumption_that_is_not_listed() {
    let mut two = two();
    two.build.edit(two.a.process).unstamped = 1;
    let cut = two.build.cut();
    let mut verdict = found(&two, &cut);
    confirm(&cut, &verdict);
    verdict.assumptions.clear();
    assert_eq!(verify(&cut, &verdict), Err(Refuted::Unlisted(Assumption::Unstamped(two.a.process))));
}

#[test]
fn closed_wakers_are_an_assumption() {
    let mut build = Build::new();
    let p = build.process();
    let t = build.task(p);
    let wait = build.wait(t, 1, &[receive(true, &[])]);
    assert_eq!(abandoned(&build, t), Ok(()));
    let cut = build.cut();
    let mut verdict = deadlock(&cut, &[t], Shape::Abandoned, &[t]);
    verdict.assumptions.clear();
    assert_eq!(verify(&cut, &verdict), Err(Refuted::Unlisted(Assumption::ClosedWakers(wait))));
}

#[test]
fn who_is_behind_another_core_is_stuck_and_who_can_proceed_is_not() {
    let mut two = two();
    let p = two.build.process();
    let (lonely, late, quick) = (two.build.task(p), two.build.task(p), two.build.task(p));
    two.build.wait(lonely, 1, &[receive(true, &[])]);
    two.build.wait(late, 1, &[Awaited::Task(lonely)]);
    two.build.wait(quick, 1, &[Awaited::Task(two.busy)]);
    let cut = two.build.cut();
    let mut verdict = found(&two, &cut);
    inside(&mut verdict).behind = vec![two.behind, late];
    confirm(&cut, &verdict);
    inside(&mut verdict).behind = vec![two.behind, quick];
    assert_eq!(verify(&cut, &verdict), Err(Refuted::NotStuck(quick)));
}

#[test]
fn a_long_ring_takes_one_victim_and_no_stack() {
    let mut build = Build::new();
    let p = build.process();
    let tasks: Vec<TaskRef> = (0..20_000).map(|_| build.task(p)).collect();
    for (n, &task) in tasks.iter().enumerate() {
        build.wait(task, 1, &[Awaited::Task(tasks[(n + 1) % tasks.len()])]);
    }
    assert_eq!(ring(&build, &tasks), Ok(()));
}
