//! What goes wrong in one process, or in a stamp, harms that process alone, and not for longer than it must.
#![allow(clippy::unwrap_used, reason = "test code")]

use std::sync::Arc;
use stillpoint_proto::collector::{self, Collector, Departure, Missing, RoundOutcome, Timer};
use stillpoint_proto::cut::{Change, Delta, LaneEnd, Misfit, Order, ProcessCut, SendingDelta};
use stillpoint_proto::fact::{Annotation, Fact, Location, Millis, Wait};
use stillpoint_proto::fold::{Piece, Report};
use stillpoint_proto::id::{Epoch, Incarnation, LaneId, LaneRef, MessageId, ProcessName, TaskId};
use stillpoint_proto::lane::{ReceivingEnd, Recording};
use stillpoint_proto::participant::{self, Act, Received};
use stillpoint_proto::ranges::RangeSet;
use stillpoint_proto::refused::Refused;
use stillpoint_proto::session::{FromAgent, Hello, Notice, Rejection, VERSIONS};
use stillpoint_proto::snapshot::{Absence, Assumption, ConsistentCut, Fate, Inconsistency, MemberState};
use stillpoint_proto::stamp::{Ack, Stamp};
use stillpoint_tests::script::{Script, channel, deployment, forged, held, in_transit, incomplete, numbers};

const P1: Incarnation = Incarnation(1);
const P2: Incarnation = Incarnation(2);
const P3: Incarnation = Incarnation(3);

/// Execution 9: p1 is presumed dead and p2 states the end of its transports. It comes back and sends: what is then under
/// way is not lost, whatever p2 said of the death that was none; nor after it has died for good.
#[test]
fn e09_the_end_of_a_death_that_was_none_ends_nothing_later() {
    let mut s = Script::new(2);
    s.complete();
    let lane = s.lane(1, 2, Order::Unordered);
    s.hang_up(1);
    s.fire(Timer::Silence(P1));
    s.round();
    let told: Vec<_> = s.p(2).deaths().collect();
    assert_eq!(told, [(P1, Epoch(1))]);
    s.p(2).peer_ended(P1, told[0].1);
    s.hello(1);
    s.settle();
    s.pay(1, lane, 5);
    let cut = s.complete();
    assert_eq!((channel(&cut, 1, lane), cut.channels().lost.len()), (vec![(1, 5)], 0));
    s.kill(1);
    s.collector.died(P1, &ProcessName::new("p1").unwrap());
    let (cut, _) = incomplete(&s.round());
    assert_eq!((in_transit(&cut).next().unwrap().fate, cut.channels().lost.len()), (Fate::Doubtful, 0));
}

/// The epoch of a goodbye is given out by nobody: nobody hears of it, and what is sent after it counts as unstamped.
#[test]
fn a_goodbye_spoils_no_later_round() {
    let mut s = Script::new(3);
    s.complete();
    let (lane, link) = (s.lane(1, 2, Order::Unordered), s.lane(1, 2, Order::Fifo));
    s.p(1).leave();
    assert_eq!(s.p(1).due_marker(link).unwrap(), None);
    let late = s.pay(1, lane, 5);
    assert_eq!(s.collect(2, &late.stamp, 5), Received::Foreign);
    s.settle();
    let cut = s.complete();
    assert!(matches!(cut.snapshot().members[&P1].state, MemberState::Left { .. }));
    assert!(cut.assumptions().contains(&Assumption::Unstamped(P2)));
}

/// A stamp within the window, of an epoch that nobody has given out, raises its receivers: the server goes above it, and
/// their cuts, made before any round was announced, are no part of one.
#[test]
fn a_forged_epoch_within_the_window_spoils_no_later_round() {
    let mut s = Script::new(2);
    s.complete();
    let lane = s.lane(1, 2, Order::Unordered);
    let mut forged = s.pay(1, lane, 5).stamp;
    forged.epoch = Epoch(100);
    s.collect(2, &forged, 5);
    s.settle();
    assert_eq!(s.collector.given(), Epoch(100));
    for _ in 0..3 {
        s.complete();
    }
}

/// One receipt of what was never sent, and one malformed fact, leave two processes and one out of the round, and the
/// others in it.
#[test]
fn a_wrong_state_harms_its_own_process_alone() {
    let mut s = Script::new(4);
    let lane = s.lane(1, 2, Order::Unordered);
    let mut forged = s.pay(1, lane, 5).stamp;
    (forged.id.seq, forged.floor) = (1_000_000, 1);
    s.collect(2, &forged, 5);
    let wait = s.p(3).mint();
    let fact = Fact::Wait(Wait {
        task: TaskId::of(77),
        need: 1,
        of: 1,
        since: Millis(0),
        deadline: None,
        location: Location::default(),
    });
    s.p(3).change(vec![Act::Insert(wait, fact)]);
    let (cut, missing) = incomplete(&s.round());
    let left_out = |n: u64| {
        missing.iter().any(|m| matches!(m, Missing::Cut(p, _, Absence::Fault(_)) if *p == Incarnation(n)))
    };
    assert_eq!([1, 2, 3, 4].map(left_out), [true, true, true, false], "{missing:?}");
    assert_eq!(cut.present().count(), 1);
    assert_eq!(s.inconsistent[0].1.len(), 2, "{:?}", s.inconsistent);
}

/// A stamp with an incarnation that nobody has makes rounds incomplete until that process has had time to say hello; from
/// then on that it does not live is an assumption.
#[test]
fn a_stranger_that_never_says_hello_is_presumed_dead() {
    let mut s = Script::new(2);
    s.complete();
    s.collect(1, &forged(deployment(), 99, Epoch(1)), 0);
    let stranger = Incarnation(99);
    let (_, missing) = incomplete(&s.round());
    assert_eq!(missing, [Missing::Content(stranger)]);
    s.fire(Timer::Silence(stranger));
    let (cut, missing) = incomplete(&s.round());
    assert!(cut.assumptions().contains(&Assumption::PresumedDead(stranger)), "{missing:?}");
    for (peer, since) in s.p(1).deaths().collect::<Vec<_>>() {
        s.p(1).peer_ended(peer, since);
    }
    for (peer, since) in s.p(2).deaths().collect::<Vec<_>>() {
        s.p(2).peer_ended(peer, since);
    }
    let (cut, missing) = incomplete(&s.round());
    assert!(matches!(&*missing, [Missing::PresumedDead(who, _)] if *who == stranger), "{missing:?}");
    assert!(cut.is_complete(), "nothing is unknown any more");
}

/// p3 never says hello, p2 calls it, and its host states its death: with or without having been presumed dead before, it has
/// the name that the host gave, and the one that is started in its place is its heir, who may receive the call. So it is if
/// somebody who did not know the name has stated the death before.
#[test]
fn a_stranger_whose_death_is_stated_has_heirs() {
    for (presumed, nameless) in [(false, false), (true, false), (true, true), (false, true)] {
        let mut s = Script::new(2);
        s.start(3);
        let (back, lane) = (s.lane(3, 2, Order::Unordered), s.lane(2, 3, Order::Unordered));
        let hint = s.pay(3, back, 1).stamp;
        s.collect(2, &hint, 1);
        let call = s.pay(2, lane, 5).stamp;
        s.round();
        if presumed {
            s.fire(Timer::Silence(P3));
        }
        if nameless {
            s.collector.died(P3, &ProcessName::of_stranger(P3));
        }
        s.collector.died(P3, &ProcessName::new("p3").unwrap());
        s.start_with(4, participant::Config { incarnation: Incarnation(4), ..Script::config(3) });
        s.hello(4);
        s.settle();
        let (cut, _) = incomplete(&s.round());
        assert!(cut.channels().lost.is_empty(), "presumed before: {presumed}, without a name: {nameless}");
        assert_eq!(
            channel(&cut, 2, lane),
            [(1, 5)],
            "presumed before: {presumed}, without a name: {nameless}"
        );
        assert_eq!(s.collect(4, &call, 5), Received::New);
        let (cut, _) = incomplete(&s.round());
        assert_eq!(
            (channel(&cut, 2, lane), held(&cut, 4)),
            (vec![], 5),
            "presumed before: {presumed}, without a name: {nameless}"
        );
    }
}

/// The same where nobody knows the name: what was under way may be read by anybody, and is given up in the end, so that
/// verdicts name it.
#[test]
fn what_was_under_way_to_the_nameless_dead_is_not_lost_for_certain() {
    let config = collector::Config { doubt_rounds: 1, ..collector::Config::new(deployment()) };
    let mut s = Script::with(config, Epoch(1000), 2);
    s.start(3);
    let lane = s.lane(2, 3, Order::Unordered);
    s.pay(2, lane, 5);
    s.round();
    s.collector.died(P3, &ProcessName::of_stranger(P3));
    let (mut given_up, id) = (false, LaneRef { process: P2, lane });
    for _ in 0..6 {
        state_ends(&mut s);
        let (cut, _) = incomplete(&s.round());
        assert!(cut.channels().lost.is_empty(), "{:?}", cut.channels());
        given_up = cut.assumptions().contains(&Assumption::Expired(id, numbers(&[1])));
        assert!(given_up || channel(&cut, 2, lane) == [(1, 5)], "{:?}", cut.channels());
    }
    assert!(given_up, "it is listed as given up");
}

/// A stranger's death is stated; the time that it had to say hello runs out afterwards, and makes it no less certain.
#[test]
fn a_certain_death_of_a_stranger_stays_certain() {
    let mut s = Script::new(2);
    s.start(3);
    let back = s.lane(3, 2, Order::Unordered);
    let hint = s.pay(3, back, 1).stamp;
    s.collect(2, &hint, 1);
    s.round();
    s.collector.died(P3, &ProcessName::new("p3").unwrap());
    s.fire(Timer::Silence(P3));
    s.pump();
    assert_eq!(
        s.departed.iter().map(|(who, how, _)| (*who, *how)).collect::<Vec<_>>(),
        [(P3, Departure::Died)]
    );
    let (cut, _) = incomplete(&s.round());
    assert!(!cut.assumptions().contains(&Assumption::PresumedDead(P3)), "{:?}", cut.assumptions());
}

/// As many have departed as a server remembers at most, and as many strangers are presumed dead: a process remembers of all
/// that their transports have ended.
#[test]
fn the_ends_of_all_who_have_departed_are_remembered() {
    let most = collector::Config::MOST_DEPARTED as u64;
    let config = collector::Config { departed: most as usize, ..collector::Config::new(deployment()) };
    let mut s = Script::new(1);
    s.restart_server(config, Epoch(9000));
    for n in 100..100 + most {
        let name = ProcessName::new(&format!("p{n}")).unwrap();
        s.collector.recall(Incarnation(n), name, Departure::Died, Epoch(n));
        let stranger = Incarnation(10_000 + n);
        let name = ProcessName::of_stranger(stranger);
        s.collector.recall(stranger, name, Departure::Presumed, Epoch(5000 + n));
    }
    s.hello(1);
    s.settle();
    s.round();
    state_ends(&mut s);
    for _ in 0..3 {
        let (cut, _) = incomplete(&s.round());
        assert!(cut.is_complete(), "{} are unknown", cut.channels().unknown.len());
    }
}

/// A presumed death is remembered by the server while thousands of others come and go. Its end is forgotten by a process that
/// has stated as many others since, asked for again, and is then the last to be forgotten.
#[test]
fn an_end_that_was_forgotten_is_stated_again() {
    let mut s = Script::new(2);
    s.complete();
    s.hang_up(2);
    s.fire(Timer::Silence(P2));
    for _ in 0..3 {
        s.round();
        state_ends(&mut s);
    }
    let (cut, _) = incomplete(&s.round());
    assert!(cut.is_complete(), "{:?}", cut.channels().unknown);
    let since = Epoch(s.collector.given().0 - 1);
    for n in 0..ProcessCut::ENDED_PEERS as u64 {
        s.p(1).peer_ended(Incarnation(100 + n), since);
    }
    let (cut, _) = incomplete(&s.round());
    assert!(!cut.is_complete(), "it has been forgotten");
    for _ in 0..3 {
        state_ends(&mut s);
        let (cut, _) = incomplete(&s.round());
        assert!(cut.is_complete(), "{:?}", cut.channels().unknown);
    }
}

/// A deployment that remembers `departed` processes; the first of three is left, and knows of the others' ends.
fn survivor(departed: usize) -> Script {
    let config = collector::Config { departed, ..collector::Config::new(deployment()) };
    let mut s = Script::with(config, Epoch(1000), 3);
    s.complete();
    for n in [2, 3] {
        s.kill(n);
        s.collector.died(Incarnation(n), &ProcessName::new(&format!("p{n}")).unwrap());
        s.pump();
    }
    s
}

fn members(cut: &ConsistentCut) -> Vec<u64> {
    cut.snapshot().members.keys().map(|process| process.0).collect()
}

fn state_ends(s: &mut Script) {
    for (peer, since) in s.p(1).deaths().collect::<Vec<_>>() {
        s.p(1).peer_ended(peer, since);
    }
}

/// Anybody can name as many strangers as he likes: they displace one another, and nobody who was here.
#[test]
fn strangers_displace_nobody_who_has_departed() {
    let mut s = survivor(2);
    for stranger in 90..95 {
        s.collect(1, &forged(deployment(), stranger, Epoch(1)), 0);
        s.round();
        s.fire(Timer::Silence(Incarnation(stranger)));
    }
    let (cut, _) = incomplete(&s.round());
    let members = members(&cut);
    assert!(members.starts_with(&[1, 2, 3]) && members.len() == 5, "{members:?}");
}

/// When as many have departed as are remembered, a stranger's content is known all the same in the end.
#[test]
fn a_stranger_is_presumed_dead_also_when_all_places_are_taken() {
    let mut s = survivor(2);
    s.collect(1, &forged(deployment(), 99, Epoch(1)), 0);
    s.round();
    s.fire(Timer::Silence(Incarnation(99)));
    s.round();
    state_ends(&mut s);
    let (cut, missing) = incomplete(&s.round());
    assert!(cut.is_complete() && missing.len() == 1, "{missing:?}");
}

/// What rests on a death that was presumed falls when that is not remembered any more: nobody could refute it.
#[test]
fn a_presumed_death_that_is_forgotten_is_retracted() {
    let config = collector::Config { departed: 1, ..collector::Config::new(deployment()) };
    let mut s = Script::with(config, Epoch(1000), 4);
    s.complete();
    for n in [2, 3] {
        s.kill(n);
        s.fire(Timer::Silence(Incarnation(n)));
    }
    assert_eq!(s.retracted, [Assumption::PresumedDead(Incarnation(2))]);
    // Whose end is certain goes first.
    s.collector.died(Incarnation(9), &ProcessName::new("p9").unwrap());
    let (cut, _) = incomplete(&s.round());
    assert_eq!(members(&cut), [1, 3, 4]);
}

/// One that was taken for a stranger, and presumed dead, says hello to the next server.
#[test]
fn a_stranger_of_an_earlier_server_may_say_hello() {
    let mut s = Script::new(1);
    s.complete();
    s.restart_server(collector::Config::new(deployment()), Epoch(2000));
    s.collector.recall(P2, ProcessName::new("unknown-2").unwrap(), Departure::Presumed, Epoch(1));
    s.start(2);
    for n in [1, 2] {
        s.hello(n);
        s.settle();
    }
    assert_eq!(members(&s.complete()), [1, 2]);
}

/// A copy of a message that its sender has given up arrives after all: verdicts that rest on its absence fall.
#[test]
fn an_expired_message_that_arrives_retracts() {
    let mut s = Script::new(2);
    let lane = s.p(1).open(LaneEnd::Group, Order::Unordered);
    let sent = s.pay(1, lane, 5);
    s.p(1).expire(lane, &numbers(&[1])).unwrap();
    let cut = s.complete();
    s.collect(2, &sent.stamp, 5);
    s.round();
    let expired = Assumption::Expired(LaneRef { process: P1, lane }, numbers(&[1]));
    assert!(cut.assumptions().contains(&expired));
    assert_eq!(s.retracted, [expired], "what has crossed a cut says so, and the next cut not once more");
}

/// What was sent to a group is given up and comes to one all the same; then a second copy of it comes to another.
#[test]
fn a_second_copy_of_what_came_late_retracts() {
    for leaves in [false, true] {
        second_copy(leaves);
    }
}

fn second_copy(first_receiver_leaves: bool) {
    let mut s = Script::new(3);
    let lane = s.p(1).open(LaneEnd::Group, Order::Unordered);
    let sent = s.pay(1, lane, 5);
    s.p(1).expire(lane, &numbers(&[1])).unwrap();
    s.complete();
    s.collect(2, &sent.stamp, 5);
    let cut = s.complete();
    let lane = LaneRef { process: P1, lane };
    let expired = Assumption::Expired(lane, numbers(&[1]));
    assert_eq!(cut.assumptions().into_iter().collect::<Vec<_>>(), [Assumption::NoRedelivery(lane)]);
    assert_eq!(s.retracted, [expired]);
    if first_receiver_leaves {
        s.p(2).leave();
        s.settle();
        // Until no cut is kept in which it was present.
        for _ in 0..=Collector::LATE_RECORDINGS {
            s.complete();
        }
    }
    s.collect(3, &sent.stamp, 5);
    s.complete();
    assert!(s.retracted.contains(&Assumption::NoRedelivery(lane)), "{:?}", s.retracted);
}

/// A server that was restarted gets whole states, in which there is what a dead process sent long ago: no sign of life.
#[test]
fn a_whole_state_revives_nobody() {
    let mut s = Script::new(2);
    let lane = s.lane(1, 2, Order::Unordered);
    let sent = s.pay(1, lane, 5);
    s.collect(2, &sent.stamp, 5);
    s.complete();
    s.kill(1);
    let config = collector::Config::new(deployment());
    s.restart_server(config, Epoch(2000));
    s.collector.recall(P1, ProcessName::new("p1").unwrap(), Departure::Presumed, Epoch(1));
    s.hello(2);
    s.settle();
    assert_eq!(s.retracted, []);
}

/// A forged epoch took the server beyond its reservation, and p1 died then; the next server goes above that as well, or no
/// round for a long time would ask whether anything of p1 can still arrive.
#[test]
fn a_recalled_departure_is_asked_for() {
    let mut s = Script::new(2);
    s.restart_server(collector::Config::new(deployment()), Epoch(2000));
    s.collector.recall(P1, ProcessName::new("p1").unwrap(), Departure::Died, Epoch(3000));
    s.hello(2);
    s.settle();
    incomplete(&s.round());
    assert_eq!(s.p(2).deaths().collect::<Vec<_>>(), [(P1, Epoch(3000))]);
}

/// A newcomer has its welcome before a stamp of a new round can reach it.
#[test]
fn rounds_wait_for_the_welcome_of_a_newcomer() {
    let mut s = Script::new(2);
    s.complete();
    s.start(3);
    s.hello(3);
    let request = s.request(None);
    assert_eq!(s.announced.len(), 1, "not yet");
    s.settle();
    assert!(matches!(s.answer(request).unwrap().outcome, RoundOutcome::Complete(_)));
    // One that never answers is not waited for.
    s.start(4);
    s.hello(4);
    s.request(None);
    assert_eq!(s.announced.len(), 2);
    s.fire(Timer::Welcome(Incarnation(4)));
    assert_eq!(s.announced.len(), 3);
}

/// Newcomers that never answer, one after another, put a round off for a bounded time.
#[test]
fn rounds_do_not_wait_for_newcomers_without_end() {
    let mut s = Script::new(2);
    s.complete();
    s.start(10);
    s.hello(10);
    s.request(None);
    for n in 11..20 {
        s.start(n);
        s.hello(n);
        s.fire(Timer::Welcome(Incarnation(n - 1)));
    }
    assert_eq!(s.announced.len(), 1, "there is always one that may not have had its welcome");
    s.fire(Timer::Patience);
    assert_eq!(s.announced.len(), 2);
    // And the next round waits again, also if the timer of this one is late.
    s.fire(Timer::Patience);
    s.start(20);
    s.hello(20);
    s.request(None);
    assert_eq!(s.announced.len(), 2);
}

/// A stamp that tells a higher floor overtakes the message that was given up.
#[test]
fn an_expired_message_that_was_overtaken_retracts() {
    let mut s = Script::new(2);
    let lane = s.lane(1, 2, Order::Unordered);
    let sent = s.pay(1, lane, 5);
    s.p(1).expire(lane, &numbers(&[1])).unwrap();
    let cut = s.complete();
    let next = s.pay(1, lane, 0);
    s.collect(2, &next.stamp, 0);
    assert_eq!(s.collect(2, &sent.stamp, 5), Received::New);
    s.round();
    let falls = |a: &Assumption| s.retracted.iter().any(|r| a.falls_with(r));
    assert!(cut.assumptions().iter().any(falls), "retracted: {:?}", s.retracted);
}

/// What every second message carries is received and the others are never heard of: they stay in transit.
#[test]
fn a_log_of_many_gaps_gives_nothing_up() {
    let mut s = Script::new(2);
    let lane = s.lane(1, 2, Order::Unordered);
    for _ in 0..5_000 {
        s.pay(1, lane, 0);
        let read = s.pay(1, lane, 0);
        s.collect(2, &read.stamp, 0);
    }
    let cut = s.complete();
    assert_eq!((cut.channels().in_transit(), cut.assumptions().len()), (5_000, 0));
}

/// A state that could not be written and read again is refused, and its process alone is absent.
#[test]
fn a_report_of_messages_that_were_never_sent_is_refused() {
    let lane = || SendingDelta {
        lane: Some((LaneEnd::Peer(P2), Order::Unordered)),
        sent: 5,
        ..SendingDelta::default()
    };
    let all = RangeSet::span(1, u64::MAX);
    let bad = [
        SendingDelta { unreceived: all.clone(), ..lane() },
        SendingDelta { expired: all.clone(), ..lane() },
        SendingDelta { added: all.clone(), ..lane() },
        SendingDelta { collapsed: all, ..lane() },
    ];
    for change in bad {
        let delta = Delta { sending: [(LaneId(1), change)].into(), ..Delta::default() };
        let misfit = ProcessCut::default().apply(&delta);
        assert!(matches!(misfit, Err(Misfit::NotOutstanding { .. })), "{delta:?}: {misfit:?}");
    }
    // What was collapsed is not sent again, and a retired lane is not opened again.
    let mut state = ProcessCut::default();
    let change = SendingDelta { collapsed: RangeSet::span(1, 5), ..lane() };
    state.apply(&Delta { sending: [(LaneId(1), change)].into(), ..Delta::default() }).unwrap();
    let again = SendingDelta { added: RangeSet::span(1, 5), ..lane() };
    let again = Delta { sending: [(LaneId(1), again)].into(), ..Delta::default() };
    assert!(matches!(state.clone().apply(&again), Err(Misfit::NotOutstanding { seq: 1, .. })));
    let retired = Delta { retired: RangeSet::span(1, 1), ..Delta::default() };
    assert_eq!(state.apply(&retired), Err(Misfit::NotSettled(LaneId(1))));
    let mut state = ProcessCut::default();
    state.apply(&retired).unwrap();
    assert_eq!(state.apply(&again), Err(Misfit::NoSuchLane(LaneId(1))));
}

/// One thread reads epoch 1 and then waits, the process cuts, another thread finds the log full and collapses the
/// message, and the first acknowledges it, in epoch 1.
#[test]
fn a_message_that_was_acknowledged_below_the_epoch_of_its_collapse_is_settled() {
    let lane = LaneId(1);
    let fold = |epochs: [&[Change]; 2]| {
        let mut state = ProcessCut::default();
        for (epoch, changes) in epochs.into_iter().enumerate() {
            let mut delta = Delta::default();
            changes.iter().for_each(|change| delta.record(Epoch(epoch as u64), change.clone()));
            state.apply(&delta).unwrap();
        }
        state
    };
    let amount = Annotation::Amount { gauge: "money".into(), amount: 1 };
    let sent = |seq| Change::Sent(lane, seq, Arc::from([amount.clone()]));
    let before = [Change::Lane(lane, LaneEnd::Peer(P2), Order::Unordered), sent(1)];
    let acknowledged = Change::Acknowledged(lane, (1, 1), P2);
    let state = fold([&[&before[..], &[acknowledged]].concat(), &[sent(2), Change::Collapsed(lane, 1)]]);
    let sending = &state.sending[&lane];
    assert_eq!((sending.floor(), sending.collapsed.is_empty()), (2, true), "{sending:?}");
    // What was sent and collapsed in one epoch is outstanding, and so is what was sent before.
    let state = fold([&before, &[sent(2), Change::Collapsed(lane, 1), Change::Collapsed(lane, 2)]]);
    assert_eq!(state.sending[&lane].collapsed, numbers(&[1, 2]));
}

/// A balancer may bring a copy at any time, and every verdict has to say so, whoever sent it.
#[test]
fn a_lane_to_a_group_is_never_retired() {
    for leaves in [false, true] {
        let mut s = Script::new(3);
        let lane = s.p(1).open(LaneEnd::Group, Order::Unordered);
        let sent = s.pay(1, lane, 5);
        s.collect(2, &sent.stamp, 5);
        s.p(1).close(lane).unwrap();
        if leaves {
            s.p(1).leave();
        }
        s.settle();
        s.complete();
        s.complete();
        let assumed = Assumption::NoRedelivery(LaneRef { process: P1, lane });
        assert!(s.complete().assumptions().contains(&assumed), "p1 has left: {leaves}");
    }
}

/// A process whose host said that it had died comes back: what it sent, and others received, is as it was.
#[test]
fn a_death_that_was_none_has_cost_nothing() {
    for order in [Order::Fifo, Order::Unordered] {
        let mut s = Script::new(2);
        let lane = s.lane(1, 2, order);
        let sent = s.pay(1, lane, 5);
        s.request(None);
        s.settle();
        assert_eq!(s.collect(2, &sent.stamp, 5), Received::New);
        if order == Order::Fifo {
            s.p(2).lane_ended(LaneRef { process: P1, lane });
        }
        s.hang_up(1);
        s.collector.died(P1, &ProcessName::new("p1").unwrap());
        s.pump();
        for _ in 0..4 {
            s.round();
            let deaths: Vec<_> = s.p(2).deaths().collect();
            deaths.into_iter().for_each(|(peer, since)| s.p(2).peer_ended(peer, since));
        }
        assert_eq!(s.collect(2, &sent.stamp, 5), Received::Duplicate, "a copy is known");
        s.hello(1);
        s.settle();
        for _ in 0..4 {
            s.round();
        }
        assert_eq!(channel(&s.complete(), 1, lane), [], "{order:?}: it was received");
    }
}

/// What a liar reports: that it has received these messages of these lanes.
fn lie(s: &mut Script, liar: u64, lanes: &[LaneRef], sequence: u64) {
    for &lane in lanes {
        let id = MessageId { lane, seq: sequence };
        let epoch = s.p(liar).epoch();
        let stamp = Stamp {
            deployment: deployment(),
            id,
            epoch,
            heard: Refused::new(),
            floor: 1,
            acks: vec![],
            clock: None,
        };
        s.collect(liar, &stamp, 0);
    }
}

fn faulty(missing: &[Missing]) -> Vec<u64> {
    let fault = |m: &Missing| match m {
        Missing::Cut(process, _, Absence::Fault(_)) => Some(process.0),
        _ => None,
    };
    missing.iter().filter_map(fault).collect()
}

/// p3 says that it has received what p1 sent to p2: the message is under way as before, and p3 alone is absent.
#[test]
fn a_receipt_counts_only_from_where_the_lane_leads() {
    let mut s = Script::new(3);
    let lane = s.lane(1, 2, Order::Unordered);
    let sent = s.pay(1, lane, 5);
    lie(&mut s, 3, &[LaneRef { process: P1, lane }], 1);
    for _ in 0..3 {
        let (cut, missing) = incomplete(&s.round());
        assert_eq!(faulty(&missing), [3]);
        assert_eq!(channel(&cut, 1, lane), [(1, 5)]);
    }
    assert!(
        s.inconsistent[0]
            .1
            .iter()
            .any(|f| matches!(f, Inconsistency::NotAddressed { receiver, .. } if receiver.0 == 3))
    );
    // Nor does what it says on a stamp.
    let lies = vec![Ack { lane: LaneRef { process: P1, lane }, received: numbers(&[1]) }];
    let back = s.p(3).open(LaneEnd::Peer(P1), Order::Unordered);
    let mut stamp = s.pay(3, back, 0).stamp;
    stamp.acks = lies;
    s.collect(1, &stamp, 0);
    let (cut, _) = incomplete(&s.round());
    assert_eq!(channel(&cut, 1, lane), [(1, 5)]);
    // The one to whom it was sent receives it, and settles it.
    assert_eq!(s.collect(2, &sent.stamp, 5), Received::New);
    let (cut, missing) = incomplete(&s.round());
    assert_eq!((channel(&cut, 1, lane), faulty(&missing)), (vec![], vec![3]));
}

/// A call reaches the process that was started in place of the one that it was sent to, under the same name.
#[test]
fn what_a_later_incarnation_of_the_peer_has_received_counts() {
    let mut s = Script::new(2);
    let lane = s.lane(1, 2, Order::Unordered);
    let sent = s.pay(1, lane, 5);
    s.kill(2);
    let config = participant::Config { name: ProcessName::new("p2").unwrap(), ..Script::config(7) };
    s.start_with(7, config);
    s.hello(7);
    s.settle();
    assert_eq!(s.collect(7, &sent.stamp, 5), Received::New);
    let (cut, missing) = incomplete(&s.round());
    assert_eq!((faulty(&missing), channel(&cut, 1, lane)), (vec![], vec![]), "{missing:?}");
    assert_eq!(s.p(1).last_cut().sending[&lane].outstanding, numbers(&[1]));
    s.round();
    assert!(s.p(1).last_cut().sending[&lane].is_settled(), "its sender was told");
}

/// A link whose hello has not been read leads to one process: two who say that they have received on it cannot both be
/// it, and once it is known who is, he alone counts.
#[test]
fn a_lane_to_one_process_has_one_receiver() {
    let mut s = Script::new(4);
    let lane = s.p(1).open(LaneEnd::Sole, Order::Fifo);
    let sent = s.pay(1, lane, 5);
    s.pay(1, lane, 7);
    s.collect(2, &sent.stamp, 5);
    lie(&mut s, 3, &[LaneRef { process: P1, lane }], 2);
    // Or p1 has put its stamps on what it sent to both.
    let (_, missing) = incomplete(&s.round());
    assert_eq!(faulty(&missing), [1, 2, 3]);
    let back = s.p(2).open(LaneEnd::Peer(P1), Order::Fifo);
    s.p(1).pair(lane, LaneRef { process: P2, lane: back }).unwrap();
    let (cut, missing) = incomplete(&s.round());
    assert_eq!((faulty(&missing), channel(&cut, 1, lane)), (vec![3], vec![(2, 7)]));
}

/// One that contradicts everybody is alone: it says that it has received what nobody has sent, and stamps out of order.
#[test]
fn one_liar_makes_nobody_else_absent() {
    let mut s = Script::new(4);
    let lanes = [1, 2, 3].map(|n| LaneRef { process: Incarnation(n), lane: LaneId(99) });
    lie(&mut s, 4, &lanes, 1_000_000);
    let (cut, missing) = incomplete(&s.round());
    assert_eq!(faulty(&missing), [4]);
    assert_eq!(cut.present().count(), 3);

    let mut s = Script::new(4);
    let lanes: Vec<_> = (1..4).map(|n| (n, s.lane(n, 4, Order::Unordered))).collect();
    for (n, lane) in lanes {
        let (first, second) = (s.pay(n, lane, 1).stamp, s.pay(n, lane, 1).stamp);
        s.collect(4, &second, 1);
        s.collect(4, &Stamp { epoch: Epoch(1), ..first }, 1);
    }
    s.round();
    let (cut, missing) = incomplete(&s.round());
    assert_eq!(faulty(&missing), [4]);
    assert_eq!(cut.present().count(), 3);
}

/// A state with very much that is wrong makes few alarms.
#[test]
fn faults_are_few_however_much_is_wrong() {
    let mut s = Script::new(2);
    let lanes: Vec<_> = (1..1_000).map(|lane| LaneRef { process: P1, lane: LaneId(lane) }).collect();
    lie(&mut s, 2, &lanes, 7);
    for _ in 0..1_000 {
        let handle = s.p(2).mint();
        let fact = Fact::Wait(Wait {
            task: TaskId::of(77),
            need: 1,
            of: 1,
            since: Millis(0),
            deadline: None,
            location: Location::default(),
        });
        s.p(2).change(vec![Act::Insert(handle, fact)]);
    }
    s.round();
    let faults = &s.inconsistent[0].1;
    assert!(faults.len() <= 16, "{} faults", faults.len());
}

/// How far beyond itself a server believes an agent's epoch is measured from what it has counted, and not from what the
/// last liar said.
#[test]
fn lies_about_epochs_do_not_add_up() {
    let mut s = Script::new(1);
    s.complete();
    for (n, leaps) in [(10, 1), (11, 2), (12, 3)] {
        let hello = Hello {
            name: ProcessName::of_stranger(Incarnation(n)),
            incarnation: Incarnation(n),
            deployment: deployment(),
            versions: VERSIONS,
            epoch: Epoch(leaps * collector::Config::EPOCH_LEAP),
        };
        let session = s.session();
        s.handle(session, FromAgent::Hello(hello));
    }
    let refused: Vec<_> = s.rejected.iter().map(|(_, why)| why.clone()).collect();
    let beyond = |leaps| Rejection::EpochOutOfRange(Epoch(leaps * collector::Config::EPOCH_LEAP));
    assert_eq!(refused, [beyond(2), beyond(3)]);
    assert_eq!(s.collector.given(), Epoch(collector::Config::EPOCH_LEAP));
}

/// A recording whose epochs have their numbers in descending order, which no process makes, is read in linear time.
#[test]
fn a_recording_of_many_epochs_is_read_at_once() {
    const MANY: u64 = 200_000;
    let one = |n| (Epoch(n), RangeSet::span(2 * (MANY - n), 2 * (MANY - n)));
    let recording = Recording { from: Epoch(0), to: Epoch(MANY), by_epoch: (0..MANY).map(one).collect() };
    assert_eq!(recording.of_round(Epoch(MANY)).ranges().len(), MANY as usize, "not after minutes");
}

/// Anybody can name as many lanes as he likes in stamps: what a process keeps of them is bounded, and what comes on a
/// further one is received all the same.
#[test]
fn lanes_that_stamps_name_are_bounded() {
    let mut s = Script::new(1);
    let most = ReceivingEnd::LANES as u64;
    for from in 100..100 + most {
        assert_eq!(s.collect(1, &forged(deployment(), from, Epoch::ZERO), 1), Received::New);
    }
    assert_eq!(s.collect(1, &forged(deployment(), 7, Epoch::ZERO), 1), Received::Foreign);
    assert_eq!(s.collect(1, &forged(deployment(), 100, Epoch::ZERO), 1), Received::Duplicate, "a known one");
    let (cut, _) = incomplete(&s.round());
    let state = cut.snapshot().members[&P1].state.cut().unwrap();
    assert_eq!((state.receiving.len() as u64, state.unstamped), (most, 1));
    assert_eq!(held(&cut, 1), most as i64 + 1, "every message has had its effect");
}

/// Of doubtful messages on more lanes than a process keeps it promises what it has room for, and those beyond stay doubtful.
#[test]
fn lanes_of_doubtful_messages_are_bounded() {
    let config = collector::Config { doubt_rounds: 1, ..collector::Config::new(deployment()) };
    let mut s = Script::with(config, Epoch(1000), 2);
    for _ in 0..ReceivingEnd::LANES + 10 {
        let lane = s.p(1).open(LaneEnd::Peer(P2), Order::Unordered);
        s.p(1).send(lane, Arc::from([]), vec![]).unwrap();
        s.p(1).doubt(lane, 1).unwrap();
    }
    (0..3).for_each(|_| drop(s.round()));
    let cut = s.complete();
    let kept = &cut.snapshot().members[&P2].state.cut().unwrap().receiving;
    assert_eq!((kept.len(), cut.channels().in_transit()), (ReceivingEnd::LANES, 10));
}

/// 1,024 forged stamps while a process has no session: what it has to say of a redelivery is dropped.
#[test]
fn forged_stamps_displace_no_retraction() {
    for forgeries in [0, 1024] {
        let mut s = Script::new(3);
        let lane = s.p(1).open(LaneEnd::Group, Order::Unordered);
        let message = s.pay(1, lane, 5).stamp;
        s.collect(2, &message, 5);
        let cut = s.complete();
        assert!(cut.assumptions().contains(&Assumption::NoRedelivery(message.id.lane)));
        s.hang_up(2);
        for n in 1..=forgeries {
            let id = MessageId::new(Incarnation(99), LaneId(7), n);
            let stamp = Stamp { id, ..forged(deployment(), 99, Epoch(u64::MAX)) };
            s.p(2).receive(&stamp, vec![]);
        }
        s.p(2).redelivered(message.id);
        s.hello(2);
        s.settle();
        let expired = Assumption::Expired(message.id.lane, numbers(&[1]));
        let all = [expired, Assumption::NoRedelivery(message.id.lane)];
        assert_eq!(s.retracted, all, "{forgeries} forgeries");
    }
}

/// One forged epoch that is plausible to p1 and not to p2, whose window is lower: each message of p1 is a notice of p2.
#[test]
fn what_one_window_finds_plausible_is_no_news_of_its_bearer() {
    let config =
        collector::Config { reservation: 1, open_rounds: 32, ..collector::Config::new(deployment()) };
    let mut s = Script::with(config, Epoch(4), 2);
    while s.p(1).epoch() < Epoch(6) {
        s.request(None);
        s.settle_but(&[2]);
    }
    let lane = s.lane(1, 2, Order::Unordered);
    let f = collector::Config::EPOCH_LEAP + s.p(1).epoch().0 + 1;
    s.collect(1, &forged(deployment(), 99, Epoch(f)), 0);
    for _ in 0..100 {
        let m = s.pay(1, lane, 0).stamp;
        assert_eq!(s.collect(2, &m, 0), Received::Refused);
        // Only what p2 says passes.
        s.up(2);
    }
    let told = s.notices.iter().filter(|(_, n)| matches!(n, Notice::Refused { from: P1, .. })).count();
    assert!(told <= 1, "{told} notices");
}

/// What p3 reports, with what it makes up of a lane that leads to p2.
fn make_up(s: &mut Script, lane: LaneRef, seqs: &[u64]) {
    s.request(None);
    s.down(3);
    let session = s.session_of(3);
    for mut said in s.take(3) {
        if let FromAgent::Report(report) = &mut said {
            report.piece.delta.crossed.insert(lane, numbers(seqs));
        }
        s.handle(session, said);
    }
    s.settle();
}

/// A message of p1 to p2 that has been given up, before a round; p3 is there too.
fn given_up() -> (Script, MessageId) {
    let mut s = Script::new(3);
    let lane = s.lane(1, 2, Order::Unordered);
    let message = s.pay(1, lane, 5).stamp.id;
    s.p(1).expire(lane, &numbers(&[message.seq])).unwrap();
    s.complete();
    (s, message)
}

/// p3 says that a message to p2 has crossed a cut to it: it came late, and twice.
#[test]
fn nobody_refutes_what_another_lane_carries() {
    let (mut s, message) = given_up();
    make_up(&mut s, message.lane, &[message.seq]);
    assert_eq!(s.retracted, [], "p3 is not at the other end");
}

/// The same by a notice.
#[test]
fn nobody_is_late_for_another() {
    let (mut s, message) = given_up();
    let session = s.session_of(3);
    s.handle(session, FromAgent::Notice(Notice::Late(message)));
    assert_eq!(s.retracted, [], "p3 is not at the other end");
}

/// What crossed need not have been received: a report may name it and nothing else, again and again.
#[test]
fn what_has_crossed_has_been_received() {
    let mut s = Script::new(3);
    let lane = s.p(1).open(LaneEnd::Group, Order::Unordered);
    let message = s.pay(1, lane, 5).stamp;
    s.collect(2, &message, 5);
    s.complete();
    for _ in 0..5 {
        make_up(&mut s, message.id.lane, &[1]);
    }
    let cut = s.complete();
    let got = cut.snapshot().members[&P3].state.cut().unwrap().receiving.contains_key(&message.id.lane);
    assert_eq!((got, s.retracted.len()), (false, 0), "p3 has received nothing");
}

/// One agent's reports name lanes that nobody has; they wait for the end of each round that is open.
#[test]
fn what_crosses_open_rounds_is_bounded() {
    let mut s = Script::new(3);
    let requests: Vec<_> = (0..4)
        .map(|_| {
            let request = s.request(None);
            s.settle_but(&[2]);
            request
        })
        .collect();
    assert!(requests.iter().all(|request| s.answer(*request).is_none()), "p2 is silent");
    // An empty report, on the same cut, as often as it likes.
    let state = s.p(3).last_cut().clone();
    let at = s.p(3).epoch();
    let session = s.session_of(3);
    let gaps: RangeSet = (0..256).map(|n| 2 * n + 1).collect();
    for report in 0..16_u64 {
        let crossed = (0..4096).map(|lane| {
            let process = Incarnation(1000 + report * 4096 + lane);
            (LaneRef { process, lane: LaneId(1) }, gaps.clone())
        });
        let delta = Delta { crossed: crossed.collect(), ..Default::default() };
        let piece = Piece {
            from: at,
            to: at,
            delta,
            at: state.at,
            checksum: state.checksum(),
            heard: Refused::new(),
        };
        s.handle(session, FromAgent::Report(Report { base: Some(at), piece }));
    }
    assert_eq!(s.rejected, []);
    let kept = format!("{:?}", s.collector);
    assert!(!kept.contains("Incarnation(1000)"), "lanes that nobody has are kept for the end of each round");
}

/// A goodbye whose report builds on one that the server does not have tells nothing of the last state.
#[test]
fn a_goodbye_on_a_wrong_base_is_a_death() {
    let mut s = Script::new(2);
    s.complete();
    let session = s.session_of(2);
    let (at, checksum) = (Millis(0), 0);
    let piece =
        Piece { from: Epoch(1), to: Epoch(2), delta: Delta::default(), at, checksum, heard: Refused::new() };
    s.handle(session, FromAgent::Goodbye(Report { base: Some(Epoch(77)), piece }));
    let (cut, _) = incomplete(&s.round());
    let state = &cut.snapshot().members[&P2].state;
    assert!(matches!(state, MemberState::Lost { certain: true, .. }), "{state:?}");
}
