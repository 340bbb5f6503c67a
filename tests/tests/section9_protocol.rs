//! The executions that break the obvious version of the protocol (the list in `tests/README.md`), one test each, and
//! what the collector promises beside them. Each comment says which obvious version would break; where it is
//! cheap, the test builds that version's snapshot by hand and shows that the check finds it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use std::sync::Arc;
use stillpoint_proto::collector::{self, Agreement, Departure, Missing, RequestId, RoundOutcome, Timer};
use stillpoint_proto::cut::{Change, LaneEnd, Order, ProcessCut};
use stillpoint_proto::fact::{Annotation, Creation, Fact, Grip, Hold, Millis, ResourceName, Token};
use stillpoint_proto::fold::{Fold, Report};
use stillpoint_proto::id::{
    ComputationId, ComputationRef, DeploymentId, Epoch, Global, Handle, Incarnation, LaneId, LaneRef,
    MessageId, ProcessName, ResourceId, TaskId,
};
use stillpoint_proto::participant::{self, Act, Received};
use stillpoint_proto::refused::Refused;
use stillpoint_proto::session::{FromAgent, Notice, Rejection, ToAgent};
use stillpoint_proto::snapshot::{
    Absence, Assumption, Cause, ConsistentCut, Fate, Inconsistency, MemberState, Snapshot,
};
use stillpoint_proto::stamp::Stamp;
use stillpoint_tests::scenes::{self, narrow, overtake};
use stillpoint_tests::script::{
    Script, channel, complete, deployment, forged, held, in_transit, incomplete, numbers,
};

const P1: Incarnation = Incarnation(1);
const P2: Incarnation = Incarnation(2);
const P3: Incarnation = Incarnation(3);

fn lane_of(n: u64, lane: LaneId) -> LaneRef {
    LaneRef { process: Incarnation(n), lane }
}

fn heard<const N: usize>(epochs: [u64; N]) -> Refused {
    epochs.map(Epoch).into_iter().collect()
}

/// A computation of p1, by its first fact.
fn computation() -> ComputationRef {
    Global::new(P1, ComputationId::of(1))
}

fn token() -> Fact {
    Fact::Token(Token { computation: computation() })
}

/// The tokens at a cut: in processes, and in channels.
fn tokens(cut: &ConsistentCut) -> (usize, usize) {
    let facts = cut.cuts().flat_map(|(_, c)| c.facts.values());
    let here = facts.filter(|r| matches!(r.fact, Fact::Token(_))).count();
    let carried = cut.channels().carriers().flat_map(|m| m.annotations);
    (here, carried.filter(|a| matches!(a, Annotation::Token(_))).count())
}

/// The snapshot with the state of one process exchanged.
fn with_state(cut: &ConsistentCut, process: Incarnation, state: ProcessCut) -> Snapshot {
    let mut snapshot = cut.snapshot().clone();
    snapshot.members.get_mut(&process).unwrap().state = MemberState::Present(Arc::new(state));
    snapshot
}

fn state(cut: &ConsistentCut, process: Incarnation) -> ProcessCut {
    ProcessCut::clone(cut.snapshot().members[&process].state.cut().unwrap())
}

fn faults(snapshot: Snapshot) -> Vec<Inconsistency> {
    ConsistentCut::check(snapshot).expect_err("the check should find a fault")
}

/// Execution 1: p2 waits in a receive from before its cut. Read the epoch when the receive *starts*, and the effect is
/// inside the cut while its cause, a message sent after p1's cut, is outside.
#[test]
fn e01_a_receive_reads_the_epoch_when_it_returns() {
    let mut s = Script::new(2);
    let lane = s.lane(1, 2, Order::Unordered);
    let started = s.p(2).epoch();
    s.request(None);
    s.down(1);
    let red = s.pay(1, lane, 5);
    assert!(red.stamp.epoch > started);
    assert_eq!(s.collect(2, &red.stamp, 5), Received::New);
    s.settle();
    let cut = complete(&s.ended[0]);
    assert_eq!((held(&cut, 2), channel(&cut, 1, lane)), (0, vec![]));
    // The obvious version: the receipt counts as an event of the epoch in which the receive started.
    let mut wrong = Fold::new(started);
    wrong.absorb(started, Change::Received(lane_of(1, lane), 1, red.stamp.epoch));
    wrong.cut(Epoch(1), Millis(0), &Refused::new()).unwrap();
    let found = faults(with_state(&cut, P2, wrong.state().clone()));
    let message = red.stamp.id;
    assert!(found.contains(&Inconsistency::ReceivedBeforeSent { message, receiver: P2 }), "{found:?}");
    assert!(found.iter().any(|f| matches!(f, Inconsistency::RedReceived { .. })), "{found:?}");
}

/// Execution 2: The receipt and the token that the message carried are one event, so a cut before, between or after finds
/// exactly one token. Recorded as two events, a cut between finds neither message nor token: early termination.
#[test]
fn e02_receipt_and_token_are_one_event() {
    let mut s = Script::new(2);
    let creation = s.p(1).mint();
    s.p(1).change(vec![Act::Insert(creation, Fact::Creation(Creation::default()))]);
    let held = s.p(1).mint();
    s.p(1).change(vec![Act::Insert(held, token())]);
    let lane = s.lane(1, 2, Order::Unordered);
    assert_eq!(tokens(&s.complete()), (1, 0));
    let carried = Annotation::Token(computation());
    let sent = s.p(1).send(lane, Arc::from([carried]), vec![Act::Remove(held)]).unwrap();
    assert_eq!(tokens(&s.complete()), (0, 1));
    let got = s.p(2).mint();
    s.p(2).receive(&sent.stamp, vec![Act::Insert(got, token())]);
    let cut = s.complete();
    assert_eq!(tokens(&cut), (1, 0));
    // The obvious version: counted before the cut, recorded after it.
    let mut wrong = Fold::new(Epoch::ZERO);
    wrong.absorb(Epoch(2), Change::Received(lane_of(1, lane), 1, Epoch(2)));
    wrong.absorb(Epoch(3), Change::Insert(got, token()));
    wrong.cut(Epoch(3), Millis(0), &Refused::new()).unwrap();
    let early = ConsistentCut::check(with_state(&cut, P2, wrong.state().clone())).unwrap();
    assert_eq!(tokens(&early), (0, 0), "no check of the protocol sees it: only one event does");
}

/// Execution 3: p2 is about to answer. If it reads the epoch first (white), then cuts, receives m and reads the
/// acknowledgement (of m), the white answer makes p1 forget m before its cut, and p2 has it after: m is in no
/// log and no received set.
#[test]
fn e03_the_acknowledgement_is_read_before_the_epoch() {
    let play = |epoch_first: bool| {
        let mut s = Script::new(2);
        let (out, back) = (s.lane(1, 2, Order::Unordered), s.lane(2, 1, Order::Unordered));
        s.p(2).pair(back, lane_of(1, out)).unwrap();
        let m = s.pay(1, out, 5);
        s.request(None);
        let white = s.p(2).epoch();
        s.down(2);
        s.collect(2, &m.stamp, 5);
        let mut answer = s.pay(2, back, 0).stamp;
        assert_eq!(answer.acks[0].received, numbers(&[1]));
        if epoch_first {
            answer.epoch = white;
        }
        s.collect(1, &answer, 0);
        s.settle();
        (s, out)
    };
    let (s, lane) = play(false);
    assert_eq!(channel(&complete(&s.ended[0]), 1, lane), [(1, 5)]);
    let (s, _) = play(true);
    let RoundOutcome::Inconsistent(found) = &s.ended[0].outcome else { panic!("{:?}", s.ended) };
    assert!(found.iter().any(|f| matches!(f, Inconsistency::Clock { process: P2, .. })), "{found:?}");
}

/// Execution 4: Two threads send 10 and 11, and 11 arrives first. A count taken as prefix calls {1..9, 11} "10" and finds
/// 11 in transit; it is 10.
#[test]
fn e04_received_is_a_set_and_no_count() {
    let mut s = Script::new(2);
    let lane = s.lane(1, 2, Order::Unordered);
    let sent: Vec<_> = (1..=11).map(|amount| s.pay(1, lane, amount).stamp).collect();
    for stamp in sent.iter().filter(|stamp| stamp.id.seq != 10) {
        s.collect(2, stamp, stamp.id.seq as i64);
    }
    let cut = s.complete();
    assert_eq!(channel(&cut, 1, lane), [(10, 10)]);
    assert_eq!(held(&cut, 1) + held(&cut, 2) + 10, 0);
}

/// Execution 5: p2 returns a lock to its owner p1 and then waits for something else. If the owner records who holds, a cut
/// with the release in transit has p2 holding and waiting: a phantom edge. The holder records, and its hold ends
/// in the event that sends the release.
#[test]
fn e05_the_holder_records_the_hold() {
    let mut s = Script::new(2);
    let lock = ResourceName::Owned(Global::new(P1, ResourceId::of(1)));
    let (hold, task) = (s.p(2).mint(), TaskId(s.p(2).mint()));
    let fact = Hold { resource: lock.clone(), task: Some(task), grip: Grip::Exclusive, since: Millis(0) };
    s.p(2).change(vec![Act::Insert(hold, Fact::Hold(fact))]);
    let lane = s.lane(2, 1, Order::Unordered);
    let release = Annotation::Releases { resource: lock.clone(), grip: Grip::Exclusive };
    s.p(2).send(lane, Arc::from([release.clone()]), vec![Act::Remove(hold)]).unwrap();
    let cut = s.complete();
    let holds = cut.cuts().flat_map(|(_, c)| c.facts.values()).filter(|r| matches!(r.fact, Fact::Hold(_)));
    assert_eq!(holds.count(), 0);
    assert_eq!(in_transit(&cut).next().unwrap().annotations, [release]);
}

/// Execution 6: p1 cuts, then creates a computation and sends its first token. In the cut there is neither: "no token and
/// no message" is vacuous, which is why termination asks for the creation inside the cut.
#[test]
fn e06_a_computation_created_after_the_cut_is_not_in_it() {
    let mut s = Script::new(2);
    let lane = s.lane(1, 2, Order::Unordered);
    s.request(None);
    s.down(1);
    let creation = s.p(1).mint();
    s.p(1).change(vec![Act::Insert(creation, Fact::Creation(Creation::default()))]);
    let sent = s.p(1).send(lane, Arc::from([Annotation::Token(computation())]), vec![]).unwrap();
    let got = s.p(2).mint();
    s.p(2).receive(&sent.stamp, vec![Act::Insert(got, token())]);
    s.settle();
    let cut = complete(&s.ended[0]);
    assert_eq!(tokens(&cut), (0, 0));
    assert!(!state(&cut, P1).facts.contains_key(&creation));
    let next = s.complete();
    assert_eq!(tokens(&next), (1, 0));
    assert!(state(&next, P1).facts.contains_key(&creation));
}

/// Execution 7: One message is lost and another comes twice: two sent, two received, and one in transit for ever.
#[test]
fn e07_a_loss_and_a_duplicate_fool_counts() {
    let mut s = Script::new(2);
    let lane = s.lane(1, 2, Order::Unordered);
    let (first, _lost) = (s.pay(1, lane, 5).stamp, s.pay(1, lane, 7));
    assert_eq!(s.collect(2, &first, 5), Received::New);
    assert_eq!(s.collect(2, &first, 5), Received::Duplicate);
    let cut = s.complete();
    assert_eq!(held(&cut, 2), 5, "a duplicate yields nothing of its own");
    assert_eq!(channel(&cut, 1, lane), [(2, 7)]);
}

/// Execution 7, 26: A proxy's retry delivers one message to two processes. Added up, two receipts hide the second message;
/// united, they do not.
#[test]
fn e07_a_copy_to_two_processes_hides_nothing_else() {
    let mut s = Script::new(3);
    let lane = s.p(1).open(LaneEnd::Group, Order::Unordered);
    let (first, second) = (s.pay(1, lane, 5).stamp, s.pay(1, lane, 7).stamp);
    assert_eq!(s.collect(2, &first, 5), Received::New);
    assert_eq!(s.collect(3, &first, 5), Received::New);
    let cut = s.complete();
    assert_eq!(channel(&cut, 1, lane), [(2, 7)]);
    assert!(cut.assumptions().contains(&Assumption::NoRedelivery(second.id.lane)));
    // Work done again retracts what rested on its absence.
    s.p(3).redelivered(first.id);
    s.settle();
    let expired = Assumption::Expired(first.id.lane, numbers(&[1]));
    assert_eq!(s.retracted, [expired, Assumption::NoRedelivery(first.id.lane)], "or it was given up");
}

/// Execution 7: The copy reaches the second process after a round that knew of one receipt: what rested on there being no
/// other is retracted, although nobody notices anything.
#[test]
fn e07_a_copy_that_comes_after_a_round_retracts_it() {
    let mut s = Script::new(3);
    let lane = s.p(1).open(LaneEnd::Group, Order::Unordered);
    let (first, second) = (s.pay(1, lane, 5).stamp, s.pay(1, lane, 7).stamp);
    assert_eq!(s.collect(2, &first, 5), Received::New);
    let cut = s.complete();
    assert!(cut.assumptions().contains(&Assumption::NoRedelivery(first.id.lane)));
    // The other message was still in transit, so that its receipt is no news.
    assert_eq!(s.collect(3, &second, 7), Received::New);
    s.complete();
    assert_eq!(s.retracted, []);
    assert_eq!(s.collect(3, &first, 5), Received::New);
    s.complete();
    assert_eq!(s.retracted, [Assumption::NoRedelivery(first.id.lane)]);
}

#[test]
fn e07_a_copy_between_the_cuts_of_overlapping_rounds_retracts_it() {
    scenes::a_copy_between_the_cuts_of_overlapping_rounds_retracts_it();
}

/// Execution 7: A message is given up by its sender before its cut for a round, and was received after the receiver's cut
/// for the same, which a later round that is open at once has already shown.
#[test]
fn e07_a_late_message_between_the_cuts_of_overlapping_rounds_retracts_what_expired() {
    let mut s = Script::new(2);
    let lane = s.lane(1, 2, Order::Unordered);
    let message = s.pay(1, lane, 5).stamp;
    let earlier = s.request(None);
    s.settle_but(&[1]);
    assert_eq!(s.collect(2, &message, 5), Received::New);
    s.request(None);
    s.settle_but(&[1]);
    s.p(1).expire(lane, &numbers(&[1])).unwrap();
    s.settle();
    let cut = complete(&s.answer(earlier).unwrap());
    let expired = Assumption::Expired(message.id.lane, numbers(&[1]));
    assert!(cut.assumptions().contains(&expired));
    // By what has crossed the cut, and by the later cut, in which it has come.
    assert_eq!(s.retracted, [expired.clone(), expired]);
}

/// Execution 7: A balancer shares messages out to two processes, one of them across a cut: nothing comes twice, and nothing
/// is retracted, however many gaps each has.
#[test]
fn e07_what_a_balancer_shares_out_is_no_copy() {
    let mut s = Script::new(3);
    let lane = s.p(1).open(LaneEnd::Group, Order::Unordered);
    let [slow, quick] = [s.pay(1, lane, 1).stamp, s.pay(1, lane, 1).stamp];
    assert_eq!(s.collect(2, &quick, 1), Received::New);
    s.complete();
    assert_eq!(s.collect(3, &slow, 1), Received::New);
    for n in 0..40 {
        let message = s.pay(1, lane, 1).stamp;
        assert_eq!(s.collect(2 + n % 2, &message, 1), Received::New);
    }
    // Replies acknowledge, and the next message tells the floor.
    for process in [2, 3] {
        let back = s.lane(process, 1, Order::Unordered);
        s.p(process).pair(back, slow.id.lane).unwrap();
        let reply = s.pay(process, back, 1).stamp;
        assert_eq!(s.collect(1, &reply, 1), Received::New);
    }
    let last = s.pay(1, lane, 1).stamp;
    assert!(last.floor > 2, "the floor has passed what crossed the cut");
    assert_eq!(s.collect(3, &last, 1), Received::New);
    s.complete();
    assert_eq!(s.retracted, []);
}

/// Execution 7: A balancer shares out; nothing comes twice. p3 receives 300 messages after the cut, every other one.
#[test]
fn e07_three_hundred_gaps_are_no_copies() {
    let mut s = Script::new(3);
    let lane = s.p(1).open(LaneEnd::Group, Order::Unordered);
    let all: Vec<Stamp> = (0..600).map(|_| s.pay(1, lane, 1).stamp).collect();
    for stamp in all.iter().filter(|m| m.id.seq % 2 == 0) {
        assert_eq!(s.collect(2, stamp, 1), Received::New);
    }
    s.complete();
    for stamp in all.iter().filter(|m| m.id.seq % 2 == 1) {
        assert_eq!(s.collect(3, stamp, 1), Received::New);
    }
    s.complete();
    assert_eq!(s.retracted, [], "nothing has come twice");
}

/// Execution 7: Even numbers are given up by a time limit and never come; odd ones come after the cut.
#[test]
fn e07_three_hundred_gaps_are_not_late() {
    let mut s = Script::new(2);
    let lane = s.lane(1, 2, Order::Unordered);
    let all: Vec<Stamp> = (0..600).map(|_| s.pay(1, lane, 1).stamp).collect();
    s.p(1).expire(lane, &numbers(&[2])).unwrap();
    s.complete();
    for stamp in all.iter().filter(|m| m.id.seq % 2 == 1) {
        assert_eq!(s.collect(2, stamp, 1), Received::New);
    }
    s.complete();
    assert_eq!(s.retracted, [], "what has expired never came");
}

#[test]
fn e07_what_was_sent_to_a_leaver_reaches_who_is_started_again() {
    scenes::what_was_sent_to_a_leaver_reaches_who_is_started_again();
}

#[test]
fn e07_what_was_sent_to_a_leaver_is_under_way_to_who_is_started_again() {
    scenes::what_was_sent_to_a_leaver_is_under_way_to_who_is_started_again();
}

#[test]
fn e07_what_one_heir_has_promised_comes_to_the_next() {
    scenes::what_one_heir_has_promised_comes_to_the_next();
}

#[test]
fn e07_what_a_leaver_sent_to_a_leaver_may_lie_unread_with_who_is_started_again() {
    scenes::what_a_leaver_sent_to_a_leaver_may_lie_unread_with_who_is_started_again();
}

#[test]
fn e07_what_a_joiner_had_received_was_not_lost() {
    scenes::what_a_joiner_had_received_was_not_lost();
}

/// Execution 7: p3 was out of touch for more rounds than are kept, and has received once what it acknowledged itself.
#[test]
fn e07_who_was_out_of_touch_made_no_copy() {
    let mut s = Script::new(3);
    let lane = s.p(1).open(LaneEnd::Group, Order::Unordered);
    let direct = s.lane(1, 3, Order::Unordered);
    let back = s.lane(3, 1, Order::Unordered);
    s.complete();
    let message = s.pay(1, lane, 5).stamp;
    let lane = message.id.lane;
    s.p(3).pair(back, lane).unwrap();
    let end = |s: &mut Script| {
        s.pass_deadlines();
        s.settle_but(&[3]);
    };
    s.request(None);
    s.settle_but(&[3]);
    let red = s.pay(1, direct, 0).stamp;
    s.collect(3, &red, 0);
    assert_eq!(s.collect(3, &message, 5), Received::New);
    let reply = s.pay(3, back, 0).stamp;
    assert_eq!(s.collect(1, &reply, 0), Received::New);
    end(&mut s);
    for _ in 0..10 {
        s.request(None);
        s.settle_but(&[3]);
        end(&mut s);
    }
    s.settle();
    s.complete();
    assert_eq!(s.retracted, [], "nothing has come twice");
}

/// Execution 8: p3 has sent to p1 before it ever spoke to the server. If it joins the open round with an empty cut, p1's
/// receipt is conjured from nothing.
#[test]
fn e08_a_joiner_reports_what_it_did_before() {
    let mut s = Script::new(2);
    s.start(3);
    let lane = s.lane(3, 1, Order::Unordered);
    let sent = [s.pay(3, lane, 5).stamp, s.pay(3, lane, 7).stamp];
    s.collect(1, &sent[0], 5);
    let request = s.request(None);
    s.settle_but(&[2]);
    assert!(s.answer(request).is_none(), "p2 has not cut");
    s.hello(3);
    s.settle();
    let cut = complete(&s.answer(request).unwrap());
    assert_eq!(channel(&cut, 3, lane), [(2, 7)]);
    let found = faults(with_state(&cut, P3, ProcessCut::default()));
    let message = sent[0].id;
    assert!(found.contains(&Inconsistency::ReceivedBeforeSent { message, receiver: P1 }), "{found:?}");
}

/// Execution 8: The same joiner before anybody told it of the round: it is no member of rounds that ended before, and
/// these know that a stranger has a hand in them.
#[test]
fn e08_a_stranger_makes_a_round_incomplete() {
    let mut s = Script::new(2);
    s.start(3);
    let lane = s.lane(3, 1, Order::Unordered);
    let sent = s.pay(3, lane, 5);
    s.collect(1, &sent.stamp, 5);
    let (cut, missing) = incomplete(&s.round());
    assert_eq!(missing, [Missing::Content(P3)]);
    assert_eq!(cut.channels().unknown[0].cause, Cause::Stranger);
}

/// Execution 9: p1 lost only the server. Presumed dead, it goes on sending work: who takes the presumption for a fact
/// reports a termination that never was. The presumption is listed, and p1's stamp retracts it.
#[test]
fn e09_the_presumed_dead_may_go_on_sending() {
    let mut s = Script::new(2);
    let lane = s.lane(1, 2, Order::Unordered);
    let got = s.pay(1, lane, 1);
    s.collect(2, &got.stamp, 1);
    s.complete();
    s.hang_up(1);
    s.fire(Timer::Silence(P1));
    let (cut, missing) = incomplete(&s.round());
    assert!(missing.iter().any(|m| matches!(m, Missing::PresumedDead(P1, _))), "{missing:?}");
    assert!(cut.assumptions().contains(&Assumption::PresumedDead(P1)));
    let work = s.pay(1, lane, 5);
    assert_eq!(s.collect(2, &work.stamp, 5), Received::New);
    let request = s.request(None);
    s.settle();
    assert_eq!(s.retracted, [Assumption::PresumedDead(P1)]);
    // It is awaited again, in this round too.
    assert!(s.answer(request).is_none());
    s.hello(1);
    s.settle();
    let cut = complete(&s.answer(request).unwrap());
    assert_eq!((held(&cut, 1), held(&cut, 2)), (-6, 6));
}

/// Execution 9: p1, presumed dead, is found alive while a round is open that was announced without it. Left out, the
/// round would be complete, without p1 and without the assumption that it is dead.
#[test]
fn e09_a_round_counts_those_that_come_back_during_it() {
    let mut s = Script::new(3);
    s.earn(1, 50);
    s.complete();
    s.hang_up(1);
    s.fire(Timer::Silence(P1));
    let request = s.request(None);
    s.settle_but(&[3]);
    assert!(s.answer(request).is_none(), "p3 has not cut");
    // After p2's cut for that round, p1 sends for the first time, and p2 reports it for the next.
    let lane = s.lane(1, 2, Order::Unordered);
    let work = s.pay(1, lane, 5);
    s.collect(2, &work.stamp, 5);
    s.request(None);
    s.settle_but(&[3]);
    assert_eq!(s.retracted, [Assumption::PresumedDead(P1)]);
    s.settle();
    let round = s.answer(request).unwrap_or_else(|| {
        s.fire(Timer::Deadline(Epoch(2)));
        s.answer(request).unwrap()
    });
    let (_, missing) = incomplete(&round);
    assert!(matches!(missing[..], [Missing::Cut(P1, _, Absence::Disconnected), ..]), "{missing:?}");
}

/// Execution 10: A request that joins a round whose cuts have begun misses what became true in between: here that p1 had
/// sent. It gets the next round.
#[test]
fn e10_a_request_gets_a_round_announced_after_it() {
    let mut s = Script::new(2);
    let lane = s.lane(1, 2, Order::Unordered);
    let early = s.request(None);
    s.up(1);
    s.down(1);
    s.pay(1, lane, 5);
    let late = s.request(None);
    s.settle();
    let (early, late) = (s.answer(early).unwrap(), s.answer(late).unwrap());
    assert!(early.epoch < late.epoch);
    assert_eq!(channel(&complete(&early), 1, lane), []);
    assert_eq!(channel(&complete(&late), 1, lane), [(1, 5)]);
}

/// Execution 15: p2 does not read, so the socket is full and the marker stays behind the frames. A round that waits for
/// markers never ends; this one ends with the frames in transit.
#[test]
fn e15_a_round_does_not_wait_for_markers() {
    let mut s = Script::new(2);
    let lane = s.lane(1, 2, Order::Fifo);
    let frames: Vec<_> = (1..=3).map(|amount| s.pay(1, lane, amount).stamp).collect();
    let round = s.round();
    assert_eq!(channel(&complete(&round), 1, lane), [(1, 1), (2, 2), (3, 3)]);
    let marker = s.p(1).due_marker(lane).unwrap().expect("a marker is due");
    for stamp in &frames {
        s.collect(2, stamp, stamp.id.seq as i64);
    }
    s.p(2).receive_marker(&marker);
    s.settle();
    assert_eq!(s.recorded, [(round.epoch, lane_of(1, lane), Agreement::Equal)]);
}

/// Execution 16: A stamp of 2^64-1 raises nobody, is reported with its sender's name, and harms nobody else: the rounds
/// after it are still cuts, and only what that sender may have sent is unknown.
#[test]
fn e16_a_stamp_of_the_last_epoch_harms_its_sender_alone() {
    let mut s = Script::new(3);
    let lane = s.lane(1, 2, Order::Unordered);
    let last = Epoch(u64::MAX);
    assert_eq!(s.collect(1, &forged(deployment(), 99, last), 5), Received::Refused);
    assert_eq!(s.p(1).epoch(), Epoch::ZERO);
    s.settle();
    assert_eq!(s.notices, [(P1, Notice::Refused { from: Incarnation(99), epoch: last })]);
    // What p1 sends now, p2 receives like anything else.
    let sent = s.pay(1, lane, 3);
    assert_eq!(s.collect(2, &sent.stamp, 3), Received::New);
    for _ in 0..3 {
        let (cut, missing) = incomplete(&s.round());
        assert_eq!(missing, [Missing::Content(Incarnation(99))]);
        assert_eq!((held(&cut, 1), held(&cut, 2)), (5 - 3, 3));
    }
    assert_eq!(s.collector.given(), Epoch(3));
}

/// Execution 16, 22: A forged epoch that *could* be genuine (just above the window) travels on in `heard`. It must not
/// keep anybody from cutting at the genuine colours that come with it.
#[test]
fn e16_a_forged_epoch_hides_no_genuine_colour() {
    let mut s = Script::new(2);
    let lane = s.lane(1, 2, Order::Unordered);
    s.collect(1, &forged(deployment(), 99, Epoch(4000)), 0);
    s.request(None);
    s.down(1);
    let red = s.pay(1, lane, 5);
    assert_eq!((red.stamp.epoch, &red.stamp.heard), (Epoch(1), &heard([4000])));
    assert_eq!(s.collect(2, &red.stamp, 5), Received::Refused);
    assert_eq!(s.p(2).epoch(), Epoch(1), "the genuine colour is admitted");
    s.settle();
    let (cut, missing) = incomplete(&s.ended[0]);
    assert_eq!(missing, [Missing::Content(Incarnation(99))]);
    assert_eq!((held(&cut, 2), channel(&cut, 1, lane)), (0, vec![]));
}

/// Execution 16: p1 has heard of a forged epoch and says so in its stamps. A newcomer without a window refuses one of them,
/// whose own epoch is that of a round in which the newcomer takes part.
#[test]
fn e16_a_forged_epoch_hides_not_that_of_its_own_stamp() {
    let mut s = Script::new(2);
    s.start(3);
    let lane = s.lane(1, 3, Order::Unordered);
    s.collect(1, &forged(deployment(), 9, Epoch(1 << 20)), 0);
    let request = s.request(None);
    s.settle_but(&[2]);
    let red = s.pay(1, lane, 5).stamp;
    assert_eq!((red.epoch, &red.heard), (Epoch(1), &heard([1 << 20])));
    assert_eq!(s.collect(3, &red, 5), Received::Refused);
    s.hello(3);
    s.settle();
    let (_, missing) = incomplete(&s.answer(request).unwrap());
    let void = |m: &Missing| matches!(m, Missing::Cut(P3, _, Absence::Void));
    assert!(missing.iter().any(void), "{missing:?}");
    assert_eq!(s.inconsistent, []);
}

/// Execution 16: A forged epoch that is passed on is told once by each who hears of it, not with each message that
/// carries it: the notices would crowd out those that retract.
#[test]
fn e16_a_forged_epoch_is_told_once() {
    let mut s = Script::new(3);
    let (first, second) = (s.lane(1, 2, Order::Unordered), s.lane(2, 3, Order::Unordered));
    let epoch = Epoch(4000);
    s.collect(1, &forged(deployment(), 99, epoch), 0);
    for _ in 0..3 {
        let sent = s.pay(1, first, 1);
        assert_eq!(s.collect(2, &sent.stamp, 1), Received::Refused);
        let sent = s.pay(2, second, 1);
        assert_eq!(s.collect(3, &sent.stamp, 1), Received::Refused);
    }
    s.settle();
    let told = |at, from| (at, Notice::Refused { from, epoch });
    assert_eq!(s.notices, [told(P1, Incarnation(99)), told(P2, P1), told(P3, P2)]);
}

/// Execution 16: A stamp of the test cluster counts as none.
#[test]
fn e16_a_foreign_stamp_counts_as_none() {
    let mut s = Script::new(1);
    let foreign = forged(DeploymentId::from_name("test cluster"), 99, Epoch(500));
    assert_eq!(s.collect(1, &foreign, 5), Received::Foreign);
    assert_eq!(s.p(1).epoch(), Epoch::ZERO);
    let cut = s.complete();
    assert_eq!(held(&cut, 1), 5, "the application gets its message");
    assert!(cut.assumptions().contains(&Assumption::Unstamped(P1)));
}

/// Execution 16: A jump of a million epochs is one cut and one report, not a million.
#[test]
fn e16_a_jump_of_a_million_makes_one_cut() {
    let mut s = Script::with(collector::Config::new(deployment()), Epoch(2_000_000), 2);
    s.earn(1, 5);
    s.collect(1, &forged(deployment(), 2, Epoch(1_000_000)), 0);
    assert_eq!(s.p(1).epoch(), Epoch(1_000_000));
    let pieces: Vec<Report> = s
        .take(1)
        .into_iter()
        .filter_map(|m| if let FromAgent::Report(r) = m { Some(r) } else { None })
        .collect();
    let range = (pieces[0].piece.from, pieces[0].piece.to);
    assert_eq!((pieces.len(), range), (1, (Epoch::ZERO, Epoch(1_000_000))));
}

/// Execution 17: One removal is lost on the way. Without a checksum the fact stays for ever, in every later cut; with it
/// the round names the process, and the whole state is sent anew.
#[test]
fn e17_a_lost_removal_is_found_at_once() {
    for tamper in [true, false] {
        let mut s = Script::new(2);
        let fact = s.p(1).mint();
        s.p(1).change(vec![Act::Insert(fact, token())]);
        s.complete();
        s.p(1).change(vec![Act::Remove(fact)]);
        let request = s.request(None);
        s.down(1);
        s.down(2);
        let session = s.session_of(1);
        for message in s.take(1) {
            let message = match message {
                FromAgent::Report(mut report) => {
                    assert!(report.piece.delta.removed.contains(&fact));
                    if tamper {
                        report.piece.delta.removed.clear();
                    } else {
                        // Or it is applied to what it does not fit.
                        report.piece.delta.removed.insert(Handle(77));
                    }
                    FromAgent::Report(report)
                }
                other => other,
            };
            s.handle(session, message);
        }
        s.settle();
        let (_, missing) = incomplete(&s.answer(request).unwrap());
        assert!(matches!(&missing[0], Missing::Cut(P1, _, Absence::Fault(_))), "{missing:?}");
        let cut = s.complete();
        assert!(state(&cut, P1).facts.is_empty(), "resent as a whole");
    }
}

/// Execution 19: p1 sends to p2, which has not said hello; p2's answer acknowledges the message, so p1 forgets it. It is in
/// nobody's log and nobody's set, and "nothing in transit" would be wrong.
#[test]
fn e19_a_receiver_that_has_not_said_hello() {
    let mut s = Script::new(1);
    s.start(2);
    let (out, back) = (s.p(1).open(LaneEnd::Peer(P2), Order::Unordered), s.lane(2, 1, Order::Unordered));
    s.p(2).pair(back, lane_of(1, out)).unwrap();
    let sent = s.pay(1, out, 5);
    s.collect(2, &sent.stamp, 5);
    let answer = s.pay(2, back, 0);
    s.collect(1, &answer.stamp, 0);
    let (cut, missing) = incomplete(&s.round());
    assert_eq!(channel(&cut, 1, out), [], "forgotten");
    assert_eq!(missing, [Missing::Content(P2)]);
    s.hello(2);
    s.settle();
    assert_eq!(held(&s.complete(), 2), 5);
}

/// Execution 19: The same when the receiver is killed before it reports: the message died with it, and the snapshot says
/// that it is dead, and for how long something of it may still arrive.
#[test]
fn e19_a_receiver_that_is_killed_before_it_reports() {
    let mut s = Script::new(2);
    let (out, back) = (s.lane(1, 2, Order::Unordered), s.lane(2, 1, Order::Unordered));
    s.p(2).pair(back, lane_of(1, out)).unwrap();
    let sent = s.pay(1, out, 5);
    s.collect(2, &sent.stamp, 5);
    let answer = s.pay(2, back, 0);
    s.collect(1, &answer.stamp, 0);
    s.kill(2);
    s.collector.died(P2, &ProcessName::new("p2").unwrap());
    let (cut, missing) = incomplete(&s.round());
    assert_eq!(missing, [Missing::Content(P2)]);
    assert_eq!(cut.channels().unknown[0].cause, Cause::SenderLost);
    let since = s.collector.given();
    s.p(1).peer_ended(P2, since);
    let cut = s.complete();
    assert!(matches!(cut.snapshot().members[&P2].state, MemberState::Lost { certain: true, .. }));
}

/// Execution 19: Of three messages to a group one is on its way, p2 had one and is dead, and p3 had one and is silent. Who had
/// which is not known any more, so neither is taken for the one that died with p2.
#[test]
fn e19_what_the_dead_had_does_not_hide_what_the_absent_have() {
    let mut s = Script::new(3);
    let lane = s.p(1).open(LaneEnd::Group, Order::Unordered);
    let [_, second, third] = [(); 3].map(|()| s.pay(1, lane, 5).stamp);
    s.collect(2, &second, 5);
    s.collect(3, &third, 5);
    assert_eq!(channel(&s.complete(), 1, lane), [(1, 5)]);
    s.kill(2);
    s.collector.died(P2, &ProcessName::new("p2").unwrap());
    let request = s.request(None);
    s.settle_but(&[3]);
    s.pass_deadlines();
    let (cut, _) = incomplete(&s.answer(request).unwrap());
    let mut outside = cut.channels().unknown.iter().filter(|u| u.cause == Cause::ReceivedOutside);
    let unknown = outside.next().unwrap();
    assert_eq!((unknown.from, unknown.lane, unknown.numbers.to_string()), (P1, Some(lane), "2-3".into()));
}

/// Execution 20: p1 has received from p2, which crashed after its last report had said less. If a dead sender counts as
/// having sent nothing more, every later round is inconsistent.
#[test]
fn e20_the_dead_may_have_sent_more_than_they_reported() {
    for reported in [true, false] {
        let mut s = Script::new(2);
        let lane = s.lane(2, 1, Order::Unordered);
        if reported {
            let sent = s.pay(2, lane, 1);
            s.collect(1, &sent.stamp, 1);
            s.complete();
        }
        let unreported = s.pay(2, lane, 5);
        s.collect(1, &unreported.stamp, 5);
        let in_transit = s.pay(2, lane, 6);
        s.kill(2);
        s.collector.died(P2, &ProcessName::new("p2").unwrap());
        incomplete(&s.round());
        s.collect(1, &in_transit.stamp, 6);
        incomplete(&s.round());
        let since = s.collector.given();
        s.p(1).peer_ended(P2, since);
        s.complete();
        s.complete();
    }
}

/// Execution 20: What a lost process had under way at its last report is doubtful until its peer has seen the end.
#[test]
fn e20_the_log_of_the_dead_is_doubtful_until_the_transport_ends() {
    let mut s = Script::new(2);
    let lane = s.lane(2, 1, Order::Unordered);
    s.pay(2, lane, 5);
    s.complete();
    s.kill(2);
    s.collector.died(P2, &ProcessName::new("p2").unwrap());
    let (cut, _) = incomplete(&s.round());
    assert_eq!(in_transit(&cut).next().unwrap().fate, Fate::Doubtful);
    let since = s.collector.given();
    s.p(1).peer_ended(P2, since);
    let cut = s.complete();
    assert!(cut.channels().lanes.is_empty());
    assert_eq!(cut.channels().lost[&lane_of(2, lane)], numbers(&[1]));
}

/// A server that was restarted with a new window while p2 (and p3, if there is one) was cut off: p1 is at an
/// epoch that the others refuse.
fn window_moved(processes: u64) -> Script {
    let config = collector::Config { reservation: 1, open_rounds: 8, ..collector::Config::new(deployment()) };
    let mut s = Script::with(config.clone(), Epoch(4), processes);
    for n in 2..=processes {
        s.earn(n, 10);
    }
    s.complete();
    s.restart_server(config, Epoch(4));
    s.hello(1);
    s.settle();
    for _ in 0..3 {
        s.round();
    }
    assert!(s.p(1).epoch() > Epoch(5), "beyond the old window");
    s
}

/// Execution 22: The server restarts with a new window while p2 is cut off: p2 refuses a genuine stamp and stays white. It
/// joins the next round, of which the refused epoch is no part any more.
#[test]
fn e22_a_refused_genuine_stamp_is_admitted_later() {
    let mut s = window_moved(2);
    let lane = s.lane(1, 2, Order::Unordered);
    let red = s.pay(1, lane, 5);
    assert_eq!(s.collect(2, &red.stamp, 5), Received::Refused);
    assert_eq!(s.p(2).epoch(), Epoch(1), "white");
    s.hello(2);
    s.settle();
    assert!(s.p(2).epoch() >= red.stamp.epoch);
    let cut = s.complete();
    assert_eq!((held(&cut, 2), channel(&cut, 1, lane)), (15, vec![]));
    assert!(s.notices.contains(&(P2, Notice::Refused { from: P1, epoch: red.stamp.epoch })));
}

/// A round is open, of epoch 6, and p2, whose window ends before, has refused a stamp of it.
fn refuses_one() -> (Script, RequestId) {
    let mut s = Script::with(narrow(), Epoch(4), 2);
    overtake(&mut s, &[2]);
    let request = s.request(None);
    s.settle_but(&[2]);
    let lane = s.lane(1, 2, Order::Unordered);
    let red = s.pay(1, lane, 5);
    assert_eq!((red.stamp.epoch, s.collect(2, &red.stamp, 5)), (Epoch(6), Received::Refused));
    (s, request)
}

/// Execution 22, transitively: p2 has refused a red stamp of p1 and, still white, sends to p3, which is white too. Neither
/// colour tells p3 anything: without `heard` in the stamp, p3's cut would hold the effect of p1's red event
/// while p1's cut does not hold its cause.
#[test]
fn e22_what_was_refused_travels_on() {
    for forget in [false, true] {
        let mut s = Script::with(narrow(), Epoch(4), 3);
        overtake(&mut s, &[2, 3]);
        let request = s.request(None);
        s.settle_but(&[2, 3]);
        assert_eq!((s.p(1).epoch(), s.p(2).epoch()), (Epoch(6), Epoch(1)));
        let (to2, to3) = (s.lane(1, 2, Order::Unordered), s.lane(2, 3, Order::Unordered));
        let red = s.pay(1, to2, 5);
        assert_eq!(s.collect(2, &red.stamp, 5), Received::Refused);
        let mut white = s.pay(2, to3, 5).stamp;
        assert_eq!((white.epoch, &white.heard), (Epoch(1), &heard([6])));
        if forget {
            white.heard = Refused::new();
        }
        let got = s.collect(3, &white, 5);
        s.settle();
        let round = s.answer(request).unwrap();
        assert_eq!(round.epoch, Epoch(6));
        if forget {
            // p2 is void and its cut is not there, but p3 knows more of p1 than p1 does.
            assert_eq!(got, Received::New);
            // One of the two is absent for it, and which does not matter here.
            incomplete(&round);
            let found: Vec<_> = s.inconsistent.iter().filter(|(epoch, _)| *epoch == round.epoch).collect();
            let clock = |f: &Inconsistency| matches!(f, Inconsistency::Clock { process: P1, knower: P3, .. });
            assert!(found.iter().flat_map(|(_, faults)| faults).any(clock), "{found:?}");
        } else {
            assert_eq!(got, Received::Refused);
            let (_, missing) = incomplete(&round);
            let void = |p: Incarnation| {
                missing.iter().any(|m| matches!(m, Missing::Cut(who, _, Absence::Void) if *who == p))
            };
            assert!(void(P2) && void(P3), "{missing:?}");
        }
        complete(&s.round());
    }
}

/// Execution 22: A forged epoch that comes after a genuine refused one must not make it forgotten: the round of the
/// genuine one is void at p2 all the same.
#[test]
fn e22_a_forged_stamp_covers_no_genuine_one() {
    let (mut s, request) = refuses_one();
    s.collect(2, &forged(deployment(), 99, Epoch(u64::MAX)), 0);
    s.collect(2, &forged(deployment(), 98, Epoch(1_000_000)), 0);
    s.settle();
    let (_, missing) = incomplete(&s.answer(request).unwrap());
    assert!(matches!(missing[0], Missing::Cut(P2, _, Absence::Void)), "{missing:?}");
}

#[test]
fn e22_a_forged_epoch_hides_no_genuine_one_that_travels_on() {
    scenes::a_forged_epoch_hides_no_genuine_one_that_travels_on();
}

/// Eight rounds pass while p2 is cut off, which refuses a stamp of each, and of a forged epoch if there is to be one; then it
/// sends to p3. Gives the last of the rounds and that stamp.
fn refuses_eight(verification: bool, with_forged: bool) -> (Script, Epoch, Stamp) {
    let mut s = Script::with(collector::Config { open_rounds: 32, ..narrow() }, Epoch(4), 0);
    for n in 1..=3 {
        s.start_with(n, participant::Config { verification, ..Script::config(n) });
        s.hello(n);
        s.earn(n, 100);
    }
    s.settle();
    overtake(&mut s, &[2, 3]);
    let (to2, to3) = (s.lane(1, 2, Order::Unordered), s.lane(2, 3, Order::Unordered));
    if with_forged {
        s.collect(2, &forged(deployment(), 99, Epoch(1_000_000)), 0);
    }
    // Eight rounds pass while p2 is cut off; it hears of each from p1.
    for _ in 0..8 {
        s.request(None);
        s.settle_but(&[2, 3]);
        let red = s.pay(1, to2, 5).stamp;
        assert_eq!(s.collect(2, &red, 5), Received::Refused);
    }
    let last = s.p(1).epoch();
    let white = s.pay(2, to3, 5).stamp;
    s.collect(3, &white, 5);
    s.settle_but(&[2]);
    s.pass_deadlines();
    (s, last, white)
}

/// Execution 16, 22: One forged stamp in all. p2 is cut off, and hears of the epochs of eight rounds that are genuine and of one
/// that is not and greater. If the genuine ones displace one another, p3's cut for the last has the effect of p1's event of
/// that round, and p1's has not.
#[test]
fn e22_one_forged_epoch_displaces_no_genuine_ones() {
    for with_forged in [false, true] {
        let (with_clocks, _, white) = refuses_eight(true, with_forged);
        assert_eq!(with_clocks.inconsistent, [], "forged {with_forged}: {white}");
        let (s, last, _) = refuses_eight(false, with_forged);
        let (cut, missing) = incomplete(s.ended.iter().find(|round| round.epoch == last).unwrap());
        assert!(cut.present().all(|(process, _)| process != P3), "p3 is believed in round {last}");
        let void = |m: &Missing| matches!(m, Missing::Cut(P3, _, Absence::Void));
        assert!(missing.iter().any(void), "forged {with_forged}: {missing:?}");
    }
}

/// Execution 22: p2, which has refused a genuine epoch, hears of a forged one that is greater, and leaves. In the round of the
/// genuine epoch its last cut is void all the same.
#[test]
fn e22_a_forged_epoch_hides_no_genuine_one_of_a_process_that_leaves() {
    let (mut s, request) = refuses_one();
    s.collect(2, &forged(deployment(), 99, Epoch(1_000_000)), 0);
    s.p(2).leave();
    s.settle();
    let (_, missing) = incomplete(&s.answer(request).unwrap());
    assert!(matches!(missing[0], Missing::Cut(P2, _, Absence::Void)), "{missing:?}");
    assert_eq!(s.inconsistent, []);
}

/// Execution 25: The connection was refused: no byte of the message left. Removing the entry alone leaves its token with
/// nobody; voiding it gives the token back in the same event.
#[test]
fn e25_a_void_send_gives_back_what_it_carried() {
    for give_back in [true, false] {
        let mut s = Script::new(1);
        let held = s.p(1).mint();
        s.p(1).change(vec![Act::Insert(held, token())]);
        let lane = s.p(1).open(LaneEnd::Sole, Order::Unordered);
        let carried = Annotation::Token(computation());
        s.p(1).send(lane, Arc::from([carried]), vec![Act::Remove(held)]).unwrap();
        assert_eq!(tokens(&s.complete()), (0, 1));
        let back = s.p(1).mint();
        let acts = if give_back { vec![Act::Insert(back, token())] } else { vec![] };
        s.p(1).void(lane, 1, acts).unwrap();
        let cut = s.complete();
        assert_eq!(tokens(&cut), (usize::from(give_back), 0), "without the acts nobody has it");
        // Once settled it cannot be voided again: nothing is given back twice.
        let twice = s.p(1).mint();
        s.p(1).void(lane, 1, vec![Act::Insert(twice, token())]).unwrap();
        assert_eq!(tokens(&s.complete()), (usize::from(give_back), 0));
    }
}

/// Execution 26: p2 gets every odd number of a group lane and p3 every even one: neither set ever closes up. The floor,
/// which rises as the rounds' ends tell the sender, lets both forget.
#[test]
fn e26_the_floor_closes_the_gaps_of_a_group_lane() {
    let mut s = Script::new(3);
    let lane = s.p(1).open(LaneEnd::Group, Order::Unordered);
    for _ in 0..10 {
        for _ in 0..10 {
            let sent = s.pay(1, lane, 1).stamp;
            s.collect(2 + sent.id.seq % 2, &sent, 1);
        }
        s.complete();
    }
    let sent = s.pay(1, lane, 1).stamp;
    assert_eq!(sent.floor, 101, "every number is settled");
    s.collect(2, &sent, 1);
    let sent = s.pay(1, lane, 1).stamp;
    s.collect(3, &sent, 1);
    let cut = s.complete();
    for p in [P2, P3] {
        let got = &state(&cut, p).receiving[&lane_of(1, lane)];
        assert_eq!(got.received.ranges().len(), 1, "{p}: {}", got.received);
    }
    assert!(cut.channels().lanes.is_empty());
}

/// Execution 26: A number is lost and leaves a gap for ever, unless its receiver promises to treat it as lost and its sender
/// gives it up: then the floor passes it when more has been given up. Should it come after all, that is reported and retracts.
#[test]
fn e26_a_lost_number_is_given_up_by_its_receiver() {
    let config = collector::Config { doubt_rounds: 2, ..collector::Config::new(deployment()) };
    let mut s = Script::with(config, Epoch(1000), 2);
    let lane = s.lane(1, 2, Order::Unordered);
    let (lost, arrives) = (s.pay(1, lane, 5).stamp, s.pay(1, lane, 7).stamp);
    s.collect(2, &arrives, 7);
    s.p(1).doubt(lane, 1).unwrap();
    let cut = s.complete();
    assert_eq!(in_transit(&cut).next().unwrap().fate, Fate::Doubtful);
    for _ in 0..2 {
        assert_eq!(channel(&s.complete(), 1, lane), [(1, 5)]);
    }
    let cut = s.complete();
    assert_eq!(channel(&cut, 1, lane), [(1, 5)], "its sender has not given it up");
    assert_eq!(cut.channels().tombstoned[&lane_of(1, lane)], numbers(&[1]));
    assert!(cut.assumptions().is_empty());
    // What its sender has given up too is an assumption from then on.
    let cut_after = s.complete();
    assert_eq!(channel(&cut_after, 1, lane), []);
    assert_eq!(s.pay(1, lane, 1).stamp.floor, 1, "who is started again in p2's place may receive it, as new");
    s.p(1).expire(lane, &numbers(&[3])).unwrap();
    s.pay(1, lane, 1);
    s.pay(1, lane, 1);
    s.p(1).expire(lane, &numbers(&[5])).unwrap();
    assert_eq!(s.pay(1, lane, 1).stamp.floor, 3);
    assert_eq!(s.collect(2, &lost, 5), Received::Late);
    s.settle();
    assert_eq!(s.notices, [(P2, Notice::Late(lost.id))]);
    let late = Assumption::Expired(lost.id.lane, numbers(&[1]));
    assert_eq!(s.retracted, [late.clone(), Assumption::NoRedelivery(lost.id.lane)]);
    assert!(cut_after.assumptions().iter().any(|assumed| assumed.falls_with(&late)), "{cut_after:?}");
    assert_eq!(held(&s.complete(), 2), 12, "the application got it");
}

/// Execution 26: What was given up keeps the floor back while it may come. That it has come, its sender learns when a round
/// ends, also if nothing that it is sent acknowledges it.
#[test]
fn e26_what_came_after_it_was_given_up_keeps_the_floor_back_no_more() {
    let mut s = Script::new(2);
    let lane = s.lane(1, 2, Order::Unordered);
    let late = s.pay(1, lane, 5).stamp;
    s.p(1).expire(lane, &numbers(&[1])).unwrap();
    s.complete();
    assert_eq!(s.pay(1, lane, 1).stamp.floor, 1, "it may come");
    assert_eq!(s.collect(2, &late, 5), Received::New);
    s.complete();
    assert_eq!(s.pay(1, lane, 1).stamp.floor, 2, "it has come, and the next has not");
}

/// Execution 26: the receiver, and then the sender, misses every other round. What is doubtful is given up all the same.
#[test]
fn e26_who_misses_rounds_keeps_nothing_doubtful() {
    for silent in [1, 2] {
        let config = collector::Config { doubt_rounds: 3, ..collector::Config::new(deployment()) };
        let mut s = Script::with(config, Epoch(1000), 3);
        let lane = s.lane(1, 2, Order::Unordered);
        s.pay(1, lane, 5);
        s.p(1).doubt(lane, 1).unwrap();
        for _ in 0..3 {
            assert_eq!(channel(&s.complete(), 1, lane), [(1, 5)]);
            s.request(None);
            s.settle_but(&[silent]);
            s.pass_deadlines();
            s.settle();
        }
        assert!(
            !s.complete().channels().tombstoned.is_empty(),
            "p2 has promised, p{silent} is silent at times"
        );
        assert_eq!(channel(&s.complete(), 1, lane), [], "p1 has given it up");
    }
}

// What the collector promises.

fn is_cut(message: &ToAgent, round: u64) -> bool {
    matches!(message, ToAgent::Cut { epoch, .. } if *epoch == Epoch(round))
}

/// The initiator is told first, and the others when it has cut, or when it takes too long.
#[test]
fn the_initiator_cuts_first() {
    for answers in [true, false] {
        let mut s = Script::new(2);
        let request = s.request(Some(1));
        assert!(is_cut(&s.waiting_for(1)[0], 1) && s.waiting_for(2).is_empty());
        if answers {
            s.down(1);
            s.up(1);
        } else {
            s.fire(Timer::Grace(Epoch(1)));
        }
        assert!(is_cut(&s.waiting_for(2)[0], 1));
        s.settle();
        complete(&s.answer(request).unwrap());
    }
}

/// Two rounds overlap; the initiator of the second cuts for both before the initiator of the first has cut.
#[test]
fn two_initiators_overlap() {
    let mut s = Script::new(3);
    let lane = s.lane(1, 2, Order::Unordered);
    let (first, second) = (s.request(Some(1)), s.request(Some(2)));
    s.down(2);
    assert_eq!((s.p(1).epoch(), s.p(2).epoch()), (Epoch::ZERO, Epoch(2)));
    let sent = s.pay(1, lane, 5).stamp;
    s.collect(2, &sent, 5);
    s.up(2);
    s.settle();
    let rounds = [first, second].map(|r| s.answer(r).unwrap());
    assert_eq!([rounds[0].epoch, rounds[1].epoch], [Epoch(1), Epoch(2)]);
    for round in &rounds {
        assert_eq!(channel(&complete(round), 1, lane), [(1, 5)], "received after p2's cut for both");
    }
}

/// At most so many rounds are open; the requests beyond share the next.
#[test]
fn requests_beyond_the_open_rounds_share_the_next() {
    let config = collector::Config { open_rounds: 1, ..collector::Config::new(deployment()) };
    let mut s = Script::with(config, Epoch(1000), 1);
    let requests = [s.request(None), s.request(None), s.request(None)];
    assert_eq!(s.announced, [Epoch(1)]);
    s.settle();
    let epochs = requests.map(|r| s.answer(r).unwrap().epoch);
    assert_eq!(epochs, [Epoch(1), Epoch(2), Epoch(2)]);
}

/// No epoch is given out before it has been written that it may be.
#[test]
fn epochs_are_reserved_before_use() {
    let config = collector::Config { reservation: 2, ..collector::Config::new(deployment()) };
    let mut s = Script::with(config.clone(), Epoch::ZERO, 1);
    s.reserve_at_once = false;
    let request = s.request(None);
    s.settle();
    assert_eq!((&s.announced[..], &s.reservations[..]), (&[][..], &[Epoch(2)][..]));
    s.reserve();
    s.settle();
    complete(&s.answer(request).unwrap());
    s.complete();
    let request = s.request(None);
    s.settle();
    assert_eq!(s.announced.last(), Some(&Epoch(2)), "the third waits");
    assert_eq!(s.reservations, [Epoch(2), Epoch(4)]);
    // The server is killed before it is told that 4 was written: the next goes above it all the same.
    s.restart_server(config, Epoch(4));
    assert!(s.answer(request).is_none());
    s.reserve_at_once = true;
    s.hello(1);
    s.settle();
    assert_eq!(s.round().epoch, Epoch(5));
}

/// A server that lost its store goes above every epoch that an agent shows it.
#[test]
fn a_server_without_its_store_goes_above_what_it_sees() {
    let mut s = Script::new(1);
    for _ in 0..3 {
        s.complete();
    }
    s.restart_server(collector::Config::new(deployment()), Epoch::ZERO);
    s.hello(1);
    s.settle();
    assert_eq!(s.round().epoch, Epoch(4));
}

/// A second process of a name is refused while the session of the first lives. Once that has ended, the newcomer
/// replaces it, and the first is presumed dead.
#[test]
fn a_name_belongs_to_who_has_a_session() {
    let mut s = Script::new(2);
    let name = ProcessName::new("p1").unwrap();
    s.start_with(3, participant::Config { name: name.clone(), ..Script::config(3) });
    s.hello(3);
    assert!(matches!(&s.rejected[..], [(_, Rejection::NameTaken { holder: P1, .. })]), "{:?}", s.rejected);
    s.hang_up(1);
    s.hello(3);
    s.settle();
    assert_eq!(s.rejected.len(), 1);
    assert_eq!(s.departed, [(P1, Departure::Presumed, Epoch::ZERO)]);
    // The first comes back: it lives, but the name has gone to another.
    s.hello(1);
    assert!(matches!(s.rejected[1].1, Rejection::NameTaken { holder: P3, .. }), "{:?}", s.rejected);
}

/// Even a certain death is refuted by the dead in person.
#[test]
fn the_dead_may_say_hello() {
    let mut s = Script::new(1);
    s.complete();
    s.hang_up(1);
    s.collector.died(P1, &ProcessName::new("p1").unwrap());
    s.hello(1);
    s.settle();
    assert_eq!(s.retracted, [Assumption::PresumedDead(P1)]);
    s.complete();
}

/// A goodbye is the last cut: its log stays, and rounds stay complete.
#[test]
fn goodbye_is_the_last_cut() {
    let mut s = Script::new(2);
    s.earn(1, 10);
    let lane = s.lane(1, 2, Order::Unordered);
    let sent = s.pay(1, lane, 5).stamp;
    s.p(1).leave();
    s.settle();
    assert_eq!(s.departed, [(P1, Departure::Left, Epoch::ZERO)]);
    let cut = s.complete();
    assert_eq!((held(&cut, 1), channel(&cut, 1, lane)), (5, vec![(1, 5)]));
    assert_eq!(s.collect(2, &sent, 5), Received::New);
    let cut = s.complete();
    assert_eq!((held(&cut, 2), channel(&cut, 1, lane)), (5, vec![]));
    s.hello(1);
    assert_eq!(s.rejected[0].1, Rejection::IncarnationUsed(P1));
}

/// A silent member does not hold up a round beyond its deadline, and is named.
#[test]
fn the_deadline_names_who_was_silent() {
    let mut s = Script::new(3);
    let lane = s.lane(2, 1, Order::Unordered);
    s.pay(2, lane, 5);
    let request = s.request(None);
    s.settle_but(&[2]);
    assert!(s.answer(request).is_none());
    s.fire(Timer::Deadline(Epoch(1)));
    let (cut, missing) = incomplete(&s.answer(request).unwrap());
    assert!(matches!(missing[0], Missing::Cut(P2, _, Absence::Silent)), "{missing:?}");
    assert_eq!(cut.present().count(), 2);
    s.settle();
    assert_eq!(channel(&s.complete(), 2, lane), [(1, 5)]);
    assert_eq!(s.ended.len(), 2, "a round ends once");
}

/// The first report of a process, to change.
fn take_report(s: &mut Script, n: u64) -> Report {
    let report = |m| if let FromAgent::Report(r) = m { Some(r) } else { None };
    s.take(n).into_iter().find_map(report).expect("a report")
}

/// A report that builds on another than the last is not applied: the whole state comes instead.
#[test]
fn a_report_with_a_wrong_base_is_sent_anew() {
    let mut s = Script::new(1);
    s.earn(1, 5);
    let request = s.request(None);
    s.down(1);
    let report = Report { base: Some(Epoch(99)), ..take_report(&mut s, 1) };
    let session = s.session_of(1);
    s.handle(session, FromAgent::Report(report));
    assert_eq!(s.waiting_for(1), [ToAgent::Resync]);
    s.settle();
    assert_eq!(held(&complete(&s.answer(request).unwrap()), 1), 5);
}

/// A report of a round that nobody can have announced ends the session, and the round names the process.
#[test]
fn an_impossible_report_is_refused() {
    let mut s = Script::new(2);
    let request = s.request(None);
    s.down(1);
    let mut report = take_report(&mut s, 1);
    report.piece.to = Epoch(1 << 40);
    let session = s.session_of(1);
    s.handle(session, FromAgent::Report(report));
    assert!(matches!(s.rejected[0].1, Rejection::ImpossibleReport { to, .. } if to == Epoch(1 << 40)));
    s.settle();
    let (_, missing) = incomplete(&s.answer(request).unwrap());
    assert!(matches!(missing[0], Missing::Cut(P1, _, Absence::Fault(_))), "{missing:?}");
    assert_eq!(s.collector.given(), Epoch(1));
}

/// Nothing is heard from a session that has not said hello.
#[test]
fn a_session_begins_with_a_hello() {
    let mut s = Script::new(1);
    let stranger = s.session();
    s.handle(stranger, FromAgent::Request);
    assert_eq!(s.rejected, [(stranger, Rejection::OutOfOrder)]);
    assert!(s.announced.is_empty());
}

/// What a FIFO lane recorded is compared with the derived state whether it comes before the round's end or after.
#[test]
fn an_early_recording_is_judged_at_the_end() {
    let mut s = Script::new(3);
    let lane = s.lane(1, 2, Order::Fifo);
    let sent = s.pay(1, lane, 5).stamp;
    let request = s.request(None);
    s.settle_but(&[3]);
    s.collect(2, &sent, 5);
    let marker = s.p(1).due_marker(lane).unwrap().unwrap();
    s.p(2).receive_marker(&marker);
    s.settle_but(&[3]);
    assert!(s.answer(request).is_none() && s.recorded.is_empty());
    s.settle();
    complete(&s.answer(request).unwrap());
    assert_eq!(s.recorded, [(Epoch(1), lane_of(1, lane), Agreement::Equal)]);
}

// Bounds.

/// What overflows the log is unknown content, by number, until it is known to be received.
#[test]
fn an_overflowing_log_collapses_and_settles() {
    let mut s = Script::new(1);
    s.start_with(2, participant::Config { log_limit: 2, ..Script::config(2) });
    s.hello(2);
    s.settle();
    let lane = s.lane(2, 1, Order::Unordered);
    let sent: Vec<_> = (1..=5).map(|amount| s.pay(2, lane, amount).stamp).collect();
    let (cut, missing) = incomplete(&s.round());
    assert_eq!(missing, [Missing::Content(P2)]);
    let unknown = &cut.channels().unknown[0];
    assert_eq!((unknown.numbers.to_string().as_str(), unknown.cause), ("1-3", Cause::Collapsed));
    assert_eq!(channel(&cut, 2, lane), [(4, 4), (5, 5)]);
    for stamp in &sent {
        s.collect(1, stamp, stamp.id.seq as i64);
    }
    let cut = s.complete();
    assert_eq!(held(&cut, 1), 15);
    assert_eq!(s.pay(2, lane, 1).stamp.floor, 6);
}

#[test]
fn too_many_unsent_cuts_give_up_the_oldest_rounds() {
    scenes::too_many_unsent_cuts_give_up_the_oldest_rounds();
}

#[test]
fn what_a_leaver_sent_is_in_transit_in_a_round_that_ends_after_the_next() {
    scenes::what_a_leaver_sent_is_in_transit_in_a_round_that_ends_after_the_next();
}

/// Notices, hints and recordings that wait for the server are bounded. Refused stamps leave room for what retracts, and what
/// retracts and was dropped is counted.
#[test]
fn what_waits_for_the_server_is_bounded() {
    let mut s = Script::new(1);
    s.start_with(2, participant::Config { outbox_limit: 3, ..Script::config(2) });
    for seq in 1..=10 {
        // Each of an epoch of its own, since only what is new is told.
        let mut stamp = forged(deployment(), 99, Epoch(5000 + seq));
        stamp.id.seq = seq;
        s.collect(2, &stamp, 0);
    }
    for seq in 1..=10 {
        s.p(2).redelivered(MessageId::new(P1, LaneId(1), seq));
    }
    for _ in 0..1000 {
        s.p(2).request_round();
    }
    s.hello(2);
    s.down(2);
    let waiting = s.take(2);
    let requests = waiting.iter().filter(|m| **m == FromAgent::Request).count();
    let notices = |kind: fn(&Notice) -> bool| {
        waiting.iter().filter(|m| matches!(m, FromAgent::Notice(notice) if kind(notice))).count()
    };
    let refused = notices(|notice| matches!(notice, Notice::Refused { .. }));
    let redelivered = notices(|notice| matches!(notice, Notice::Redelivered(_)));
    assert_eq!((requests, refused, redelivered), (1, 1, 2));
    assert!(waiting.contains(&FromAgent::Notice(Notice::Dropped(8))), "{waiting:?}");
}
