//! Each way through a verdict's life, on cuts made by hand.

use super::*;
use std::collections::BTreeMap;
use stillpoint_proto::cut::{ProcessCut, Recorded};
use stillpoint_proto::fact::{Creation, Fact, Location, Object, Task, Wait};
use stillpoint_proto::id::{
    ComputationId, ComputationRef, DeploymentId, Handle, ObjectId, ObjectRef, ProcessName, TaskId, TaskRef,
    WaitId, WaitRef,
};
use stillpoint_proto::snapshot::{Absence, Member, MemberState, Snapshot};
use stillpoint_proto::verdict::{
    Certificate, Deadlock, Doubt, GarbageGroup, Outcome, Property, Reason, Refutation, Shape, Stuck,
    StuckWait,
};

const NOW: Millis = Millis(1);
const DEADLOCK: PropertyKind = PropertyKind::Deadlock;

fn verdict(epoch: u64, property: Property, outcome: Outcome) -> Verdict {
    let deployment = DeploymentId(1);
    Verdict { deployment, epoch: Epoch(epoch), property, outcome, assumptions: Vec::new() }
}

/// A deadlock of one task of each process, which waits in the wait with handle 2.
fn deadlock(epoch: u64, processes: &[u64]) -> Verdict {
    deadlock_until(epoch, processes, BTreeMap::new())
}

fn deadlock_until(epoch: u64, processes: &[u64], holds_until: BTreeMap<Incarnation, Millis>) -> Verdict {
    let member = |p: &u64| Stuck {
        task: TaskRef::new(Incarnation(*p), TaskId::of(1)),
        process: ProcessName::new("p").unwrap(),
        label: "t".into(),
        location: Location::default(),
        waits: vec![StuckWait {
            wait: WaitRef::new(Incarnation(*p), WaitId::of(2)),
            since: Millis(0),
            location: Location::default(),
            missing: 1,
            on: Vec::new(),
        }],
        holds: Vec::new(),
    };
    let found = Deadlock {
        members: processes.iter().map(member).collect(),
        shape: Shape::Abandoned,
        behind: Vec::new(),
        victims: Vec::new(),
        holds_until,
        messages: Vec::new(),
    };
    verdict(epoch, Property::Deadlock, Outcome::Holds(Certificate::Deadlock(found)))
}

fn doubt(epoch: u64, process: u64) -> Verdict {
    let task = Some(TaskRef::new(Incarnation(process), TaskId::of(1)));
    let reason = Reason::OpenResource("r".into());
    verdict(epoch, Property::Deadlock, Outcome::Unknown(vec![Doubt { task, reason }]))
}

fn nothing(epoch: u64) -> Verdict {
    verdict(epoch, Property::Deadlock, Outcome::DoesNotHold(Refutation::ReductionOrder(Vec::new())))
}

/// A process with these facts.
fn state(facts: Vec<(u64, Fact)>, at: u64) -> MemberState {
    let recorded = |(handle, fact)| (Handle(handle), Recorded { born: Epoch(0), fact });
    let facts = facts.into_iter().map(recorded).collect();
    MemberState::Present(Arc::new(ProcessCut { facts, at: Millis(at), ..ProcessCut::default() }))
}

fn waiting() -> MemberState {
    let wait = Wait {
        task: TaskId::of(1),
        need: 0,
        of: 0,
        since: Millis(0),
        deadline: None,
        location: Location::default(),
    };
    state(vec![(1, Fact::Task(Task::default())), (2, Fact::Wait(wait))], 50)
}

fn running() -> MemberState {
    state(vec![(1, Fact::Task(Task::default()))], 50)
}

fn cut(epoch: u64, members: Vec<(u64, MemberState)>) -> ConsistentCut {
    let name = ProcessName::new("p").unwrap();
    let member = |(p, state)| (Incarnation(p), Member { name: name.clone(), state });
    ConsistentCut::check(Snapshot {
        deployment: DeploymentId(1),
        epoch: Epoch(epoch),
        confirmed: Epoch::ZERO,
        members: members.into_iter().map(member).collect(),
    })
    .unwrap()
}

fn ledger() -> Ledger {
    Ledger::restore([], 0, VerdictId(0), 10)
}

/// A ledger in which round 1 has found a deadlock of processes 1 and 2.
fn opened() -> Ledger {
    let mut ledger = ledger();
    let changes =
        ledger.observe(DEADLOCK, &cut(1, vec![(1, waiting()), (2, waiting())]), &[deadlock(1, &[1, 2])], NOW);
    assert_eq!(states(&changes), [(1, 1, State::Opened)]);
    ledger
}

fn states(changes: &[Arc<VerdictRecord>]) -> Vec<(u64, u64, State)> {
    changes.iter().map(|c| (c.revision, c.id.0, c.state.clone())).collect()
}

#[test]
fn a_deadlock_that_shares_a_wait_is_the_same() {
    let mut ledger = opened();
    let both = || vec![(1, waiting()), (2, waiting()), (3, waiting())];
    let changes = ledger.observe(DEADLOCK, &cut(2, both()), &[deadlock(2, &[1, 2])], NOW);
    assert_eq!(states(&changes), [(2, 1, State::Holding)]);
    let changes = ledger.observe(DEADLOCK, &cut(3, both()), &[deadlock(3, &[1, 2])], NOW);
    assert_eq!(states(&changes), [], "found again as it was");
    let changes = ledger.observe(DEADLOCK, &cut(4, both()), &[deadlock(4, &[2, 3])], NOW);
    assert_eq!(states(&changes), [(3, 1, State::Holding)], "another member, the same deadlock");
    assert_eq!(ledger.records().next().unwrap().last, Epoch(4));
}

#[test]
fn rounds_that_end_late_change_nothing() {
    let mut ledger = ledger();
    let all = || vec![(1, waiting()), (2, running())];
    ledger.observe(DEADLOCK, &cut(5, all()), &[nothing(5)], NOW);
    assert_eq!(ledger.observe(DEADLOCK, &cut(4, all()), &[deadlock(4, &[1, 2])], NOW), []);
    let termination = verdict(4, Property::Quiescence, Outcome::Holds(Certificate::Sum(0)));
    let other = ledger.observe(PropertyKind::Quiescence, &cut(4, all()), &[termination], NOW);
    assert_eq!(other.len(), 1, "kinds are independent");
}

#[test]
fn a_deadlock_ends_for_a_named_cause() {
    let process = Incarnation;
    let lost = |certain| MemberState::Lost { certain, last: None, since: Epoch(1) };
    for (what, members, ending) in [
        ("a wait is gone", vec![(1, running()), (2, waiting())], Ending::Resolved),
        (
            "a process left",
            vec![(1, waiting()), (2, MemberState::Left { last: Arc::default(), since: Epoch(1) })],
            Ending::Departed(process(2)),
        ),
        ("a process died", vec![(1, lost(true)), (2, waiting())], Ending::Departed(process(1))),
        (
            "a process is silent for good",
            vec![(1, lost(false)), (2, waiting())],
            Ending::Departed(process(1)),
        ),
        ("nothing explains it", vec![(1, waiting()), (2, waiting())], Ending::Unexplained),
    ] {
        let changes = opened().observe(DEADLOCK, &cut(2, members), &[nothing(2)], NOW);
        assert_eq!(states(&changes), [(2, 1, State::Ended(ending))], "{what}");
    }
}

#[test]
fn a_round_that_does_not_say_ends_nothing() {
    let absent = || MemberState::Absent(Absence::Silent);
    for (what, members, found) in [
        ("a member is absent", vec![(1, waiting()), (2, absent())], nothing(2)),
        ("a bystander is absent", vec![(1, waiting()), (2, waiting()), (3, absent())], nothing(2)),
        ("a member is not back since a restart", vec![(1, waiting())], nothing(2)),
        ("a member is doubted", vec![(1, waiting()), (2, waiting())], doubt(2, 2)),
    ] {
        assert_eq!(opened().observe(DEADLOCK, &cut(2, members), &[found], NOW), [], "{what}");
    }
    let members = vec![(1, waiting()), (2, waiting())];
    let changes = opened().observe(DEADLOCK, &cut(2, members), &[doubt(2, 9)], NOW);
    assert_eq!(changes.len(), 1, "a doubt about somebody else is none about this");
    let members = vec![(1, running()), (2, absent())];
    let changes = opened().observe(DEADLOCK, &cut(2, members), &[doubt(2, 1)], NOW);
    assert_eq!(states(&changes), [(2, 1, State::Ended(Ending::Resolved))], "a wait that is gone says enough");
}

#[test]
fn a_deadline_explains_the_end_if_it_has_passed() {
    for (deadline, ending) in [(50, Ending::DeadlinePassed(Incarnation(1))), (51, Ending::Resolved)] {
        let mut ledger = ledger();
        let until = BTreeMap::from([(Incarnation(1), Millis(deadline))]);
        let members = vec![(1, waiting()), (2, waiting())];
        ledger.observe(DEADLOCK, &cut(1, members), &[deadlock_until(1, &[1, 2], until)], NOW);
        let members = vec![(1, running()), (2, waiting())];
        let changes = ledger.observe(DEADLOCK, &cut(2, members), &[nothing(2)], NOW);
        assert_eq!(states(&changes), [(2, 1, State::Ended(ending))]);
    }
}

#[test]
fn what_a_later_round_assumes_besides_rewrites_nothing() {
    let dead = |process| Assumption::PresumedDead(Incarnation(process));
    let resting = |epoch, on: &[u64]| {
        let assumptions = on.iter().map(|process| dead(*process)).collect();
        Verdict { assumptions, ..deadlock(epoch, &[1, 2]) }
    };
    let both = |epoch| cut(epoch, vec![(1, waiting()), (2, waiting())]);
    let mut ledger = Ledger::default();
    ledger.observe(DEADLOCK, &both(5), &[resting(5, &[3])], NOW);
    // Opened, then holding; from then on silent processes come and go without a revision.
    ledger.observe(DEADLOCK, &both(6), &[resting(6, &[3, 4])], NOW);
    assert_eq!(ledger.revision(), 2);
    for (epoch, on) in [(7, &[3, 5][..]), (8, &[3, 4, 5]), (9, &[6])] {
        assert_eq!(ledger.observe(DEADLOCK, &both(epoch), &[resting(epoch, on)], NOW), []);
    }
    let record = |ledger: &Ledger| ledger.records().next().cloned().unwrap();
    assert_eq!((record(&ledger).last, &record(&ledger).verdict.assumptions), (Epoch(9), &vec![dead(3)]));
    // What it does not rest on does not end it.
    assert_eq!(ledger.retract(&dead(4), Epoch(9), NOW), []);
    // One that rests on less is worth telling, and what it had rested on ends it no more.
    assert_eq!(ledger.observe(DEADLOCK, &both(10), &[resting(10, &[])], NOW).len(), 1);
    assert_eq!(record(&ledger).verdict.assumptions, []);
    assert_eq!(ledger.retract(&dead(3), Epoch(10), NOW), []);
    assert_eq!(ledger.observe(DEADLOCK, &both(11), &[resting(11, &[7])], NOW), []);
}

#[test]
fn a_false_assumption_retracts_what_rests_on_it_and_what_comes_late() {
    let assumption = Assumption::PresumedDead(Incarnation(3));
    let resting = |epoch| Verdict { assumptions: vec![assumption.clone()], ..deadlock(epoch, &[1, 2]) };
    let all = || vec![(1, waiting()), (2, waiting())];
    let mut ledger = ledger();
    ledger.observe(DEADLOCK, &cut(1, all()), &[resting(1)], NOW);
    let changes = ledger.retract(&assumption, Epoch(5), NOW);
    assert_eq!(states(&changes), [(2, 1, State::Ended(Ending::Retracted(assumption.clone())))]);
    assert_eq!(ledger.observe(DEADLOCK, &cut(5, all()), &[resting(5)], NOW), [], "it was made before");
    let changes = ledger.observe(DEADLOCK, &cut(6, all()), &[deadlock(6, &[1, 2])], NOW);
    assert_eq!(states(&changes), [(3, 1, State::Opened)], "found again without it");
    assert_eq!(states(&ledger.departed(Incarnation(3), Epoch(6), NOW)), []);
    let departed = ledger.departed(Incarnation(2), Epoch(6), NOW);
    assert_eq!(states(&departed), [(4, 1, State::Ended(Ending::Departed(Incarnation(2))))]);
}

#[test]
fn a_cut_from_before_a_departure_says_nothing_of_who_has_gone() {
    let both = || vec![(1, waiting()), (2, waiting())];
    let mut ledger = opened();
    assert_eq!(ledger.departed(Incarnation(2), Epoch(5), NOW).len(), 1);
    let late = ledger.observe(DEADLOCK, &cut(5, both()), &[deadlock(5, &[1, 2])], NOW);
    assert_eq!(states(&late), [], "it has not begun again");
    let others = ledger.observe(DEADLOCK, &cut(6, both()), &[deadlock(6, &[1, 3])], NOW);
    assert_eq!(others.len(), 1, "of others it speaks");
    // Its silence did not mean death.
    ledger.departed(Incarnation(1), Epoch(8), NOW);
    ledger.retract(&Assumption::PresumedDead(Incarnation(1)), Epoch(8), NOW);
    let back = ledger.observe(DEADLOCK, &cut(8, both()), &[deadlock(8, &[1, 3])], NOW);
    assert_eq!(states(&back)[0].2, State::Opened);
}

#[test]
fn garbage_goes_with_the_last_of_its_processes() {
    let kind = PropertyKind::Garbage;
    let objects = [1, 2].map(|p| ObjectRef::new(Incarnation(p), ObjectId::of(1)));
    let garbage = |epoch| {
        let groups = vec![GarbageGroup { objects: objects.to_vec(), cyclic: true, size: 2 }];
        verdict(epoch, Property::Garbage, Outcome::Holds(Certificate::Garbage(groups)))
    };
    let heap = || state(vec![(1, Fact::Object(Object::default()))], 0);
    for (departed, opened) in [(vec![1], 1), (vec![1, 2], 0)] {
        let mut ledger = ledger();
        for process in &departed {
            ledger.departed(Incarnation(*process), Epoch(3), NOW);
        }
        let changes = ledger.observe(kind, &cut(3, vec![(1, heap()), (2, heap())]), &[garbage(3)], NOW);
        assert_eq!(changes.len(), opened, "{departed:?}");
    }
}

#[test]
fn what_is_stuck_behind_a_deadlock_is_no_change_but_is_known() {
    let mut ledger = opened();
    let both = || vec![(1, waiting()), (2, waiting())];
    let with_behind = |epoch| {
        let mut verdict = deadlock(epoch, &[1, 2]);
        let Outcome::Holds(Certificate::Deadlock(found)) = &mut verdict.outcome else { unreachable!() };
        found.behind = vec![TaskRef::new(Incarnation(9), TaskId::of(epoch))];
        verdict
    };
    ledger.observe(DEADLOCK, &cut(2, both()), &[deadlock(2, &[1, 2])], NOW);
    let revision = ledger.revision();
    for epoch in 3..6 {
        assert_eq!(ledger.observe(DEADLOCK, &cut(epoch, both()), &[with_behind(epoch)], NOW), []);
        let record = ledger.records().next().unwrap();
        assert_eq!(
            (record.revision, record.last, &*record.verdict),
            (revision, Epoch(epoch), &with_behind(epoch))
        );
    }
}

#[test]
fn departures_are_forgotten_in_the_end() {
    let mut ledger = ledger();
    for n in 1..=(Ledger::DEPARTED as u64 + 10) {
        ledger.departed(Incarnation(n), Epoch(n), NOW);
    }
    assert_eq!(ledger.departed.len(), Ledger::DEPARTED);
    assert!(!ledger.departed.contains_key(&Incarnation(10)), "the oldest");
}

#[test]
fn two_deadlocks_that_turn_out_to_be_one_are_merged() {
    let mut ledger = ledger();
    let all = || (1..=4).map(|p| (p, waiting())).collect::<Vec<_>>();
    ledger.observe(DEADLOCK, &cut(1, all()), &[deadlock(1, &[1, 2]), deadlock(1, &[3, 4])], NOW);
    let changes = ledger.observe(DEADLOCK, &cut(2, all()), &[deadlock(2, &[1, 2, 3, 4])], NOW);
    let merged = State::Ended(Ending::Merged(VerdictId(1)));
    assert_eq!(states(&changes), [(3, 1, State::Holding), (4, 2, merged)]);
    let changes = ledger.observe(DEADLOCK, &cut(3, all()), &[deadlock(3, &[3, 4])], NOW);
    assert_eq!(states(&changes)[0].1, 1, "what was merged stays with the other");
}

#[test]
fn a_termination_ends_with_its_creation_or_unexplained() {
    let kind = PropertyKind::Termination;
    let property = Property::Termination(ComputationRef::new(Incarnation(1), ComputationId::of(7)));
    let holds = Outcome::Holds(Certificate::Terminated { label: "c".into(), with_loss: false });
    let token = Outcome::DoesNotHold(Refutation::Token { process: Incarnation(1), handle: Handle(9) });
    let created = || state(vec![(7, Fact::Creation(Creation::default()))], 0);
    for (what, member, found, ending) in [
        ("the creator forgot it", state(Vec::new(), 0), vec![], Some(Ending::Resolved)),
        ("the creator is silent", MemberState::Absent(Absence::Silent), vec![], None),
        ("work came from nowhere", created(), vec![token.clone()], Some(Ending::Unexplained)),
        ("nothing is known", created(), vec![], None),
    ] {
        let mut ledger = ledger();
        let first = verdict(1, property.clone(), holds.clone());
        ledger.observe(kind, &cut(1, vec![(1, created())]), &[first], NOW);
        let found: Vec<_> = found.into_iter().map(|o| verdict(2, property.clone(), o)).collect();
        let changes = ledger.observe(kind, &cut(2, vec![(1, member)]), &found, NOW);
        let ended: Vec<_> = ending.into_iter().map(|how| (2, 1, State::Ended(how))).collect();
        assert_eq!(states(&changes), ended, "{what}");
    }
}

#[test]
fn groups_of_garbage_have_lives_of_their_own() {
    let kind = PropertyKind::Garbage;
    let object = |n| ObjectRef::new(Incarnation(1), ObjectId::of(n));
    let group = |objects: &[u64], size| GarbageGroup {
        objects: objects.iter().map(|n| object(*n)).collect(),
        cyclic: true,
        size,
    };
    let garbage =
        |epoch, groups| verdict(epoch, Property::Garbage, Outcome::Holds(Certificate::Garbage(groups)));
    let heap =
        |objects: &[u64]| state(objects.iter().map(|n| (*n, Fact::Object(Object::default()))).collect(), 0);
    let mut ledger = Ledger::restore([], 0, VerdictId(0), 2);
    let three = vec![group(&[1, 2], 5), group(&[3], 9), group(&[4], 1)];
    let changes = ledger.observe(kind, &cut(1, vec![(1, heap(&[1, 2, 3, 4]))]), &[garbage(1, three)], NOW);
    assert_eq!(changes.len(), 2, "the two largest");
    // The largest was reclaimed and half of the other.
    let rest = vec![group(&[2], 2), group(&[4], 1)];
    let changes = ledger.observe(kind, &cut(2, vec![(1, heap(&[2, 4]))]), &[garbage(2, rest)], NOW);
    let expected = [(3, 2, State::Holding), (4, 3, State::Opened), (5, 1, State::Ended(Ending::Resolved))];
    assert_eq!(states(&changes), expected);
}

#[test]
fn ended_verdicts_are_forgotten_in_the_end() {
    let mut ledger = ledger();
    for n in 1..=(Ledger::ENDED as u64 + 10) {
        ledger.observe(DEADLOCK, &cut(2 * n, vec![(n, waiting())]), &[deadlock(2 * n, &[n])], NOW);
        ledger.observe(DEADLOCK, &cut(2 * n + 1, vec![(n, running())]), &[nothing(2 * n + 1)], NOW);
    }
    assert_eq!(ledger.records().count(), Ledger::ENDED);
    assert_eq!(ledger.keys.len(), Ledger::ENDED);
}
