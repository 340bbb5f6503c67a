//! Messages that may have been lost, and lost ones that may be taken back, by content that nobody knows: nothing
//! that rests on what they carried is confirmed.

use crate::verify_support::*;
use stillpoint_detectors::conservation::conservation;
use stillpoint_detectors::deadlock::VictimPolicy;
use stillpoint_detectors::garbage::garbage;
use stillpoint_detectors::termination::quiescence;
use stillpoint_detectors::verify::{Refuted, verify};
use stillpoint_proto::cut::LaneEnd;
use stillpoint_proto::fact::*;
use stillpoint_proto::id::*;
use stillpoint_proto::snapshot::{Cause, ConsistentCut};
use stillpoint_proto::verdict::*;

/// 90 with one process, and 10 in a message to another.
fn payment() -> (Build, Incarnation, MessageId) {
    let mut s = Build::new();
    let (p, q) = (s.process(), s.process());
    s.edit(p).gauges.insert("money".into(), 90);
    let lane = s.lane(p, LaneEnd::Peer(q));
    let amount = Annotation::Amount { gauge: "money".into(), amount: 10 };
    let message = s.send(lane, vec![amount]);
    (s, q, message)
}

/// What the checker says of the sum being `stated`, as is expected and as is not.
fn sums(cut: &ConsistentCut, stated: i128) -> [Result<(), Refuted>; 2] {
    let property = |expected| Property::Conservation { gauge: "money".into(), expected };
    let holds = verdict(cut, property(stated), Outcome::Holds(Certificate::Sum(stated)));
    let fails = verdict(cut, property(stated + 1), Outcome::DoesNotHold(Refutation::Sum(stated)));
    [verify(cut, &holds).map(drop), verify(cut, &fails).map(drop)]
}

/// That the detector knows nothing, for a reason that the checker confirms.
#[track_caller]
fn is_unknown(cut: &ConsistentCut, found: &Verdict) {
    assert_eq!(found.outcome.name(), "UNKNOWN");
    confirm(cut, found);
}

#[test]
fn a_sum_is_open_while_an_amount_may_have_been_lost() {
    let (mut s, _, message) = payment();
    assert_eq!(sums(&s.cut(), 100), [Ok(()), Ok(())]);
    s.doubt(message);
    let cut = s.cut();
    for stated in [90, 100] {
        assert_eq!(
            sums(&cut, stated),
            [Err(Refuted::UnsureAmount(message)), Err(Refuted::UnsureAmount(message))]
        );
    }
    is_unknown(&cut, &conservation(&cut, &"money".into(), 100));
}

#[test]
fn a_doubtful_message_without_an_amount_leaves_the_sum_alone() {
    let (mut s, _, message) = payment();
    let other = Annotation::Amount { gauge: "stock".into(), amount: 3 };
    let doubtful = s.send(message.lane, vec![other]);
    s.doubt(doubtful);
    assert_eq!(sums(&s.cut(), 100), [Ok(()), Ok(())]);
}

#[test]
fn a_sum_is_open_while_what_nobody_knows_may_be_taken_back() {
    let (mut s, q, message) = payment();
    s.refuse(q, message);
    let [returnable, _] = sums(&s.cut(), 90);
    assert_eq!(returnable, Err(Refuted::Returnable(message)));
    s.collapse(message);
    let cut = s.cut();
    assert!(cut.is_complete());
    assert_eq!(sums(&cut, 90), [Err(Refuted::Incomplete), Err(Refuted::Incomplete)]);
    is_unknown(&cut, &conservation(&cut, &"money".into(), 90));
    // A sender that has left takes nothing back.
    s.state(message.sender(), State::Left);
    assert_eq!(sums(&s.cut(), 90), [Ok(()), Ok(())]);
}

#[test]
fn nothing_is_garbage_while_what_nobody_knows_may_refer_to_it() {
    let mut s = Build::new();
    let (p, q) = (s.process(), s.process());
    let object = Object { label: "o".into(), size: 1 };
    let object = Global::new(q, ObjectId(s.fact(q, Fact::Object(object))));
    let lane = s.lane(p, LaneEnd::Peer(q));
    let message = s.send(lane, vec![Annotation::Reference(object)]);
    s.refuse(q, message);
    s.collapse(message);
    let group = GarbageGroup { objects: vec![object], cyclic: false, size: 1 };
    let claim = |cut: &ConsistentCut| {
        let outcome = Outcome::Holds(Certificate::Garbage(vec![group.clone()]));
        verify(cut, &verdict(cut, Property::Garbage, outcome)).map(drop)
    };
    let cut = s.cut();
    assert!(cut.is_complete());
    assert_eq!(claim(&cut), Err(Refuted::Incomplete));
    is_unknown(&cut, &garbage(&cut)[0]);
    s.state(p, State::Left);
    assert_eq!(claim(&s.cut()), Ok(()));
}

#[test]
fn nothing_has_terminated_while_what_nobody_knows_may_be_work() {
    let mut s = Build::new();
    let (p, q) = (s.process(), s.process());
    let lane = s.lane(p, LaneEnd::Peer(q));
    let message = s.send(lane, vec![]);
    s.refuse(q, message);
    s.collapse(message);
    let quiet = |cut: &ConsistentCut| {
        let certificate = Certificate::Terminated { label: Text::default(), with_loss: false };
        verify(cut, &verdict(cut, Property::Quiescence, Outcome::Holds(certificate))).map(drop)
    };
    let cut = s.cut();
    assert_eq!(quiet(&cut), Err(Refuted::Incomplete));
    is_unknown(&cut, &quiescence(&cut));
    s.state(p, State::Left);
    assert_eq!(quiet(&s.cut()), Err(Refuted::Lost(p)));
}

/// A task that others need waits for a mutex, of which a message that is lost may have carried the grant.
#[test]
fn a_mutex_that_what_nobody_knows_may_have_granted_is_not_free() {
    let mut s = Build::new();
    let (p, q) = (s.process(), s.process());
    let a = s.task(p);
    let (mutex, held) = (s.mutex(p), s.mutex(p));
    s.hold(a, &held, Grip::Exclusive);
    s.wait(a, 1, &[lock(&mutex)]);
    assert_eq!(order(&s, &[a]), Ok(()));
    let lane = s.lane(p, LaneEnd::Peer(q));
    let message = s.send(lane, vec![]);
    s.refuse(q, message);
    s.collapse(message);
    assert_eq!(order(&s, &[a]), Err(Refuted::TooEarly(a)));
    let cut = s.cut();
    assert!(cut.is_complete());
    let found = stillpoint_detectors::deadlock::deadlock(&cut, VictimPolicy::Youngest);
    is_unknown(&cut, &found[0]);
    let reason = Reason::UnknownContent(p, Cause::Collapsed);
    assert_eq!(found[0].outcome, Outcome::Unknown(vec![Doubt { task: Some(a), reason }]));
    // Nobody outside can hold what only the owner's tasks hold.
    s.change(&mutex, |r| r.local = true);
    assert_eq!(order(&s, &[a]), Ok(()));
}
