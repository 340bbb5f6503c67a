//! Executions that random ones hardly ever reach, as functions that panic: `tests/section9_protocol.rs` runs each as a
//! test, and the [mutations](crate::mutations) run them all.

#![allow(clippy::expect_used, clippy::missing_panics_doc, reason = "what panics is the test that calls it")]

use crate::script::{Script, channel, complete, deployment, forged, held, incomplete, numbers};
use std::collections::BTreeSet;
use stillpoint_proto::collector::{self, Missing, Timer};
use stillpoint_proto::cut::{LaneEnd, Order};
use stillpoint_proto::fold::Fold;
use stillpoint_proto::id::{Epoch, Incarnation, LaneRef, ProcessName};
use stillpoint_proto::participant::{self, Received};
use stillpoint_proto::session::Notice;
use stillpoint_proto::snapshot::{Absence, Assumption, ConsistentCut, Fate};
use stillpoint_proto::stamp::Stamp;

/// All of them, with their names.
pub const ALL: [(&str, fn()); 10] = [
    ("hidden", a_forged_epoch_hides_no_genuine_one_that_travels_on),
    ("merged", too_many_unsent_cuts_give_up_the_oldest_rounds),
    ("overtaken", what_a_leaver_sent_is_in_transit_in_a_round_that_ends_after_the_next),
    ("succeeded", what_was_sent_to_a_leaver_reaches_who_is_started_again),
    ("inherited", what_was_sent_to_a_leaver_is_under_way_to_who_is_started_again),
    ("promised", what_one_heir_has_promised_comes_to_the_next),
    ("unread", what_a_leaver_sent_to_a_leaver_may_lie_unread_with_who_is_started_again),
    ("returned", what_is_stated_of_a_death_that_was_none_says_nothing_of_the_next_departure),
    ("unheard", what_a_joiner_had_received_was_not_lost),
    ("between", a_copy_between_the_cuts_of_overlapping_rounds_retracts_it),
];

const P1: Incarnation = Incarnation(1);
const P2: Incarnation = Incarnation(2);
const P3: Incarnation = Incarnation(3);

/// A server whose windows are narrow.
#[must_use]
pub fn narrow() -> collector::Config {
    collector::Config { reservation: 1, open_rounds: 8, ..collector::Config::new(deployment()) }
}

/// After a round, those whose sessions are slow hear of no new window, and p1 passes theirs.
pub fn overtake(s: &mut Script, slow: &[u64]) {
    s.complete();
    while s.p(1).epoch() < Epoch(5) {
        let before = s.p(1).epoch();
        s.request(None);
        s.settle_but(slow);
        assert!(s.p(1).epoch() > before, "p1 has no cut for what was asked for");
    }
}

/// Execution 22: p2 has refused a forged epoch and a genuine one, and sends to p3, whose window admits only the genuine
/// one, or neither. The forged one hides the genuine one from p3 as little as from p2.
pub fn a_forged_epoch_hides_no_genuine_one_that_travels_on() {
    for admits in [true, false] {
        let mut s = Script::with(narrow(), Epoch(4), 3);
        overtake(&mut s, if admits { &[2] } else { &[2, 3] });
        let request = s.request(None);
        s.settle_but(&[2, 3]);
        let (to2, to3) = (s.lane(1, 2, Order::Unordered), s.lane(2, 3, Order::Unordered));
        let red = s.pay(1, to2, 5);
        assert_eq!(s.collect(2, &red.stamp, 5), Received::Refused);
        s.collect(2, &forged(deployment(), 99, Epoch(1_000_000)), 0);
        let white = s.pay(2, to3, 5).stamp;
        let heard = [6, 1_000_000].map(Epoch).into_iter().collect();
        assert_eq!((white.epoch, &white.heard), (Epoch(1), &heard));
        assert_eq!(s.collect(3, &white, 5), Received::Refused);
        assert_eq!(s.p(3).epoch() == Epoch(6), admits);
        s.settle();
        let (_, missing) = incomplete(&s.answer(request).expect("the round has ended"));
        let void = |p| missing.iter().any(|m| matches!(m, Missing::Cut(who, _, Absence::Void) if *who == p));
        assert_eq!((void(P2), void(P3)), (true, !admits), "{missing:?}");
        assert_eq!(s.inconsistent, []);
    }
}

/// Cuts that could not be reported for long become one, and the rounds of the older are given up by name.
pub fn too_many_unsent_cuts_give_up_the_oldest_rounds() {
    let many = Fold::PIECES as u64 + 4;
    let config = collector::Config { open_rounds: 100, ..collector::Config::new(deployment()) };
    let mut s = Script::with(config, Epoch(1000), 2);
    let lane = s.lane(2, 1, Order::Unordered);
    for round in 1..=many {
        s.request(None);
        s.settle_but(&[1]);
        let red = s.pay(2, lane, 1).stamp;
        s.collect(1, &red, 1);
        assert_eq!(s.p(1).epoch(), Epoch(round));
    }
    assert!(s.ended.is_empty());
    s.settle();
    assert_eq!(s.ended.len() as u64, many);
    for round in &s.ended {
        if round.epoch.0 <= 4 {
            let (_, missing) = incomplete(round);
            assert!(matches!(missing[0], Missing::Cut(P1, _, Absence::GaveUp)), "{missing:?}");
        } else {
            assert_eq!(held(&complete(round), 1) as u64, round.epoch.0 - 1);
        }
    }
}

/// The deadline of a round passes before that of the one below. What p1, which has left, had sent p2 received between its
/// two cuts: in the lower round it is in transit all the same.
pub fn what_a_leaver_sent_is_in_transit_in_a_round_that_ends_after_the_next() {
    let mut s = Script::new(3);
    s.earn(1, 100);
    let lane = s.lane(1, 2, Order::Unordered);
    let white = s.pay(1, lane, 7).stamp;
    s.p(1).leave();
    s.settle();
    let lower = s.request(None);
    s.settle_but(&[3]);
    s.collect(2, &white, 7);
    let upper = s.request(None);
    s.settle_but(&[3]);
    let epoch = *s.announced.last().expect("two rounds are announced");
    s.fire(Timer::Deadline(epoch));
    let (cut, _) = incomplete(&s.answer(upper).expect("its deadline has passed"));
    assert_eq!(channel(&cut, 1, lane), [], "p2 has it in the upper round");
    s.settle();
    let cut = complete(&s.answer(lower).expect("p3 has reported"));
    assert_eq!(channel(&cut, 1, lane), [(1, 7)], "p2 has it not in the lower round");
    assert_eq!((held(&cut, 2), s.inconsistent.len()), (0, 0));
    assert!(cut.present().all(|(process, _)| [P2, P3].contains(&process)));
}

/// p1 has sent something to p2, which leaves with that under way to it.
fn left_behind_by(config: collector::Config) -> (Script, LaneRef, Stamp) {
    let mut s = Script::with(config, Epoch(1000), 2);
    let lane = s.lane(1, 2, Order::Unordered);
    let sent = s.pay(1, lane, 5).stamp;
    s.p(2).leave();
    s.settle();
    (s, LaneRef { process: P1, lane }, sent)
}

fn start_again(s: &mut Script, n: u64) {
    let name = ProcessName::new("p2").expect("a valid name");
    s.start_with(n, participant::Config { name, ..Script::config(n) });
}

/// What is under way to one process: to whom, and how sure that is.
fn under_way(cut: &ConsistentCut) -> Vec<(LaneEnd, Fate)> {
    cut.channels().carriers().map(|message| (message.to, message.fate)).collect()
}

fn impatient() -> collector::Config {
    collector::Config { doubt_rounds: 2, ..collector::Config::new(deployment()) }
}

/// Execution 7: p2 leaves with a message under way to it. The call may wait for who is started again under the name, so for
/// some rounds the message is doubtful; then its sender gives it up. It reaches the successor all the same: that it would
/// not was an assumption, and is retracted once, though the successor misses a round.
pub fn what_was_sent_to_a_leaver_reaches_who_is_started_again() {
    let (mut s, lane, sent) = left_behind_by(impatient());
    for _ in 0..3 {
        let cut = s.complete();
        assert_eq!(under_way(&cut), [(LaneEnd::Peer(P2), Fate::Doubtful)]);
        assert!(cut.assumptions().is_empty(), "nothing is given up yet");
    }
    let expired = Assumption::Expired(lane, numbers(&[1]));
    let cut = s.complete();
    assert_eq!(under_way(&cut), [], "nobody has come");
    assert!(cut.assumptions().contains(&expired), "but somebody may");
    start_again(&mut s, 7);
    s.hello(7);
    s.settle();
    assert_eq!(s.retracted, []);
    assert_eq!(s.collect(7, &sent, 5), Received::New);
    let cut = s.complete();
    assert_eq!((held(&cut, 7), cut.assumptions().into_iter().collect::<Vec<_>>()), (5, vec![]));
    s.request(None);
    s.settle_but(&[7]);
    s.pass_deadlines();
    s.settle();
    s.complete();
    assert_eq!(s.retracted, [expired], "once");
}

/// Execution 7: p2 leaves with a message under way to it, and is started again. The message is under way to the successor,
/// who promises after some rounds to treat it as lost; it comes late.
pub fn what_was_sent_to_a_leaver_is_under_way_to_who_is_started_again() {
    let (mut s, lane, sent) = left_behind_by(impatient());
    start_again(&mut s, 7);
    s.hello(7);
    s.settle();
    let heir = Incarnation(7);
    for _ in 0..4 {
        let cut = s.complete();
        assert_eq!(under_way(&cut), [(LaneEnd::Peer(heir), Fate::Doubtful)]);
        assert!(cut.assumptions().is_empty(), "its sender has not given it up");
    }
    let expired = Assumption::Expired(lane, numbers(&[1]));
    let cut = s.complete();
    assert_eq!(under_way(&cut), []);
    assert!(cut.assumptions().contains(&expired));
    assert_eq!(s.collect(7, &sent, 5), Received::Late);
    s.settle();
    assert_eq!(s.notices, [(heir, Notice::Late(sent.id))]);
    assert!(s.retracted.contains(&expired), "{:?}", s.retracted);
}

/// Execution 7: p1 sends to p2, and both leave; p2 is started again and has the message in a socket. It is not lost before
/// the successor has stated that every transport from p1 has ended.
pub fn what_a_leaver_sent_to_a_leaver_may_lie_unread_with_who_is_started_again() {
    for reads in [true, false] {
        let (mut s, lane, sent) = left_behind_by(impatient());
        start_again(&mut s, 7);
        s.hello(7);
        s.p(1).leave();
        s.settle();
        for _ in 0..4 {
            assert_eq!(under_way(&s.complete()), [(LaneEnd::Peer(Incarnation(7)), Fate::Doubtful)]);
        }
        let by = Epoch(s.collector.given().0 - 1);
        assert_eq!(s.p(7).deaths().collect::<Vec<_>>(), [(P1, by)], "it is asked for the end");
        if reads {
            assert_eq!(s.collect(7, &sent, 5), Received::New);
        }
        s.p(7).peer_ended(P1, by);
        let cut = s.complete();
        assert_eq!((under_way(&cut), held(&cut, 7)), (vec![], if reads { 5 } else { 0 }));
        assert_eq!(cut.channels().lost.contains_key(&lane), !reads);
        assert_eq!((cut.assumptions(), s.retracted.len()), (BTreeSet::new(), 0));
    }
}

/// Execution 7: p2 leaves with a message under way to it; one heir promises to treat it as lost and leaves too, and the next,
/// who has had a later message, receives it: for the first time.
pub fn what_one_heir_has_promised_comes_to_the_next() {
    let (mut s, lane, sent) = left_behind_by(impatient());
    start_again(&mut s, 7);
    s.hello(7);
    s.settle();
    let expired = Assumption::Expired(lane, numbers(&[1]));
    let given_up = (0..8).any(|_| s.complete().assumptions().contains(&expired));
    assert!(given_up, "its sender gives it up");
    s.p(7).leave();
    s.settle();
    start_again(&mut s, 8);
    s.hello(8);
    s.settle();
    let later = s.pay(1, lane.lane, 3).stamp;
    assert_eq!(s.collect(8, &later, 3), Received::New);
    assert_eq!(s.collect(8, &sent, 5), Received::New);
    let cut = s.complete();
    assert_eq!((held(&cut, 8), cut.assumptions(), &s.retracted[..]), (8, BTreeSet::new(), &[expired][..]));
}

/// Execution 7: p1 is presumed dead, and p2 states that every transport from it has ended. p1 comes back, sends, and leaves,
/// or dies in the same epoch: that its transports had ended says nothing of what it has sent since.
pub fn what_is_stated_of_a_death_that_was_none_says_nothing_of_the_next_departure() {
    let state_what_is_asked = |s: &mut Script| {
        let asked: Vec<_> = s.p(2).deaths().collect();
        asked.into_iter().for_each(|(process, since)| s.p(2).peer_ended(process, since));
    };
    for leaves in [true, false] {
        let mut s = Script::new(2);
        s.complete();
        let lane = s.lane(1, 2, Order::Unordered);
        let open = s.request(None);
        s.settle_but(&[1]);
        s.hang_up(1);
        s.fire(Timer::Silence(P1));
        incomplete(&s.answer(open).expect("it waits for nobody"));
        s.settle();
        state_what_is_asked(&mut s);
        if leaves {
            s.round();
            state_what_is_asked(&mut s);
        }
        s.hello(1);
        s.settle();
        let sent = s.pay(1, lane, 5).stamp;
        if leaves {
            s.p(1).leave();
            s.settle();
            assert_eq!(under_way(&s.complete()), [(LaneEnd::Peer(P2), Fate::Transit)]);
        } else {
            s.kill(1);
            s.collector.died(P1, &ProcessName::new("p1").expect("a valid name"));
            let (_, missing) = incomplete(&s.round());
            assert_eq!(missing, [Missing::Content(P1)]);
        }
        assert_eq!(s.collect(2, &sent, 5), Received::New);
        state_what_is_asked(&mut s);
        let cut = s.complete();
        assert_eq!((held(&cut, 2), cut.channels().lost.len()), (5, 0));
    }
}

/// Execution 7: p1 gives up what it sent to a group. p3 has received it, before it says hello.
pub fn what_a_joiner_had_received_was_not_lost() {
    let mut s = Script::new(2);
    let lane = s.p(1).open(LaneEnd::Group, Order::Unordered);
    let sent = s.pay(1, lane, 5).stamp;
    s.p(1).expire(lane, &numbers(&[1])).expect("it has the lane");
    let expired = Assumption::Expired(LaneRef { process: P1, lane }, numbers(&[1]));
    assert!(s.complete().assumptions().contains(&expired));
    s.start(3);
    s.collect(3, &sent, 5);
    s.hello(3);
    s.settle();
    let cut = s.complete();
    assert_eq!((held(&cut, 3), cut.assumptions().contains(&expired)), (5, false));
    assert_eq!(s.retracted, [expired]);
}

/// Execution 7: A balancer delivers a second copy to a process between its cuts for two rounds that are open at once, and
/// the first copy to a process that has made neither: when the copy is reported the earlier round has not ended yet.
pub fn a_copy_between_the_cuts_of_overlapping_rounds_retracts_it() {
    let mut s = Script::new(3);
    let lane = s.p(1).open(LaneEnd::Group, Order::Unordered);
    let earlier = s.request(None);
    s.settle_but(&[1, 2]);
    let message = s.pay(1, lane, 5).stamp;
    assert_eq!(s.collect(3, &message, 5), Received::New);
    let later = s.request(None);
    s.settle_but(&[1, 2]);
    assert!(s.answer(earlier).is_none(), "the earlier round is open");
    assert_eq!(s.collect(2, &message, 5), Received::New);
    s.settle();
    let [earlier, later] =
        [earlier, later].map(|request| complete(&s.answer(request).expect("both have ended")));
    assert_eq!(held(&earlier, 3), 0, "p3 received its copy after its cut");
    assert_eq!(held(&later, 3), 5);
    assert_eq!(s.retracted, [Assumption::NoRedelivery(message.id.lane)]);
}
