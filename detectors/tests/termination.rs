//! Termination and quiescence, one situation each. Numbers in names are those of `tests/README.md`.

mod snapshots;

use snapshots::{Process, World, computation, message, process, reasons};
use stillpoint_detectors::termination::{quiescence, termination, terminations};
use stillpoint_proto::fact::Annotation;
use stillpoint_proto::id::{ComputationRef, Handle};
use stillpoint_proto::snapshot::{Absence, Assumption, Cause, ConsistentCut};
use stillpoint_proto::verdict::{Certificate, Outcome, Property, Reason, Refutation};

/// The computation of every test: created by process 1 under handle 1.
fn job() -> ComputationRef {
    computation(1, 1)
}

/// The outcome for the job; the same by both functions.
fn check(cut: &ConsistentCut) -> Outcome {
    let one = termination(cut, job());
    let created = terminations(cut).into_iter().find(|v| v.property == Property::Termination(job()));
    assert!(created.is_none_or(|same| same == one));
    one.outcome
}

fn holds(with_loss: bool) -> Outcome {
    Outcome::Holds(Certificate::Terminated { label: "job".into(), with_loss })
}

fn work() -> [Annotation; 1] {
    [Annotation::Token(job())]
}

fn creator() -> Process {
    Process::default().creation(1, 3, false)
}

/// A creator that allows for loss, with a job of epoch `born`.
fn lenient(born: u64) -> Process {
    Process::default().creation(1, born, true)
}

fn lost(n: u64, certain: bool) -> Reason {
    Reason::Lost { process: process(n), certain }
}

#[test]
fn terminated() {
    let cut = World::default().present(1, creator()).present(2, Process::default()).cut();
    assert_eq!(check(&cut), holds(false));
    let all = quiescence(&cut).outcome;
    assert_eq!(all, Outcome::Holds(Certificate::Terminated { label: "".into(), with_loss: false }));
}

#[test]
fn a_token_anywhere_refutes() {
    let other = Process::default().token(4, job()).token(5, job());
    let cut = World::default().present(1, creator()).present(2, other).cut();
    let token = Outcome::DoesNotHold(Refutation::Token { process: process(2), handle: Handle(4) });
    assert_eq!(check(&cut), token);
    assert_eq!(quiescence(&cut).outcome, token);
}

#[test]
fn item_2_work_is_in_the_message_or_in_its_receiver() {
    let in_transit = World::default().present(1, creator().sends(2, &work())).present(2, Process::default());
    let refuted = Outcome::DoesNotHold(Refutation::Message(message(1, 2, 1)));
    assert_eq!(check(&in_transit.cut()), refuted);

    let worker = Process::default().receives(2, 1, 1);
    let received = World::default().present(1, creator().sends(2, &work())).present(2, worker.clone());
    assert_eq!(check(&received.cut()), holds(false), "received and done");

    let busy = World::default().present(1, creator().sends(2, &work())).present(2, worker.token(7, job()));
    let token = Outcome::DoesNotHold(Refutation::Token { process: process(2), handle: Handle(7) });
    assert_eq!(check(&busy.cut()), token);
}

#[test]
fn item_6_what_was_created_after_the_cut_has_not_terminated() {
    let cut = World::default().present(1, Process::default()).present(2, Process::default()).cut();
    assert_eq!(reasons(&check(&cut)), [Reason::NoCreation(job())]);
    assert_eq!(terminations(&cut), []);
    // A fact of another kind under that number is no creation.
    let cut = World::default().present(1, Process::default().object(1, 0)).cut();
    assert_eq!(reasons(&check(&cut)), [Reason::NoCreation(job())]);
}

#[test]
fn item_6_work_whose_creation_was_dropped_is_still_work() {
    let cut = World::default().present(1, Process::default().token(4, job())).cut();
    assert_eq!(check(&cut).name(), "DOES_NOT_HOLD");
}

#[test]
fn without_its_creator_nothing_is_known() {
    let others = || World::default().present(2, Process::default().ended(1));
    assert_eq!(reasons(&check(&others().cut())), [Reason::Stranger(process(1))]);
    assert_eq!(reasons(&check(&others().absent(1).cut())), [Reason::Absent(process(1), Absence::Silent)]);
    let dead = others().lost(1, true, 9, Some(creator()));
    assert_eq!(reasons(&check(&dead.cut())), [lost(1, true)]);
    assert_eq!(check(&others().left(1, creator()).cut()), holds(false), "its last cut has the creation");
}

#[test]
fn a_sure_message_is_the_witness_before_a_doubtful_one() {
    let sender = creator().doubts(2, &work()).sends(3, &work());
    let world = World::default().present(1, sender).present(2, Process::default());
    let cut = world.present(3, Process::default()).cut();
    assert_eq!(check(&cut), Outcome::DoesNotHold(Refutation::Message(message(1, 3, 1))));
}

#[test]
fn of_a_doubtful_message_it_is_not_known_whether_its_work_is_left() {
    let cut = World::default().present(1, creator().doubts(2, &work())).present(2, Process::default()).cut();
    assert_eq!(reasons(&check(&cut)), [Reason::Doubtful(message(1, 2, 1))]);
}

#[test]
fn an_absent_member_may_have_work() {
    let cut = World::default().present(1, creator()).absent(2).cut();
    let absent = Reason::Absent(process(2), Absence::Silent);
    assert_eq!(reasons(&check(&cut)), std::slice::from_ref(&absent));
    assert_eq!(reasons(&quiescence(&cut).outcome), [absent]);
}

#[test]
fn unknown_content_may_be_work() {
    let cut = World::default().present(1, creator().sends_unread(2)).present(2, Process::default()).cut();
    assert_eq!(reasons(&check(&cut)), [Reason::UnknownContent(process(1), Cause::Collapsed)]);
}

#[test]
fn item_20_the_dead_may_have_had_work_of_what_they_heard_of() {
    let world = |creator, since| {
        World::default().present(1, Process::ended(creator, 2)).lost(2, true, since, None).cut()
    };
    assert_eq!(check(&world(creator(), 2)), holds(false), "created in epoch 3, dead since epoch 2");
    assert_eq!(reasons(&check(&world(creator(), 3))), [lost(2, true)]);
    assert_eq!(check(&world(lenient(3), 3)), holds(true));
    assert_eq!(check(&world(lenient(3), 2)), holds(false), "nothing of it can have been lost");
    assert_eq!(reasons(&quiescence(&world(lenient(3), 2)).outcome), [lost(2, true)]);
}

#[test]
fn item_20_of_several_dead_only_those_who_can_have_heard_of_it_count() {
    let world = |first, second| {
        let alive = World::default().present(1, creator().ended(2).ended(3));
        alive.lost(2, true, first, None).lost(3, true, second, None).cut()
    };
    assert_eq!(reasons(&check(&world(2, 5))), [lost(3, true)]);
    assert_eq!(reasons(&check(&world(5, 2))), [lost(2, true)]);
    assert_eq!(reasons(&check(&world(5, 4))), [lost(2, true), lost(3, true)]);
}

#[test]
fn item_20_the_last_words_of_the_dead_may_still_arrive() {
    let last = || Some(Process::default().sends(1, &work()));
    let heard = World::default().present(1, lenient(3)).lost(2, true, 5, last()).cut();
    assert!(reasons(&check(&heard)).contains(&Reason::Doubtful(message(2, 1, 1))));
    let ended = World::default().present(1, lenient(3).ended(2)).lost(2, true, 5, last()).cut();
    assert_eq!(check(&ended), holds(true));
}

#[test]
fn transports_from_the_dead_must_have_ended() {
    let cut = World::default().present(1, lenient(3)).lost(2, true, 5, None).cut();
    assert_eq!(reasons(&check(&cut)), [Reason::UnknownContent(process(2), Cause::SenderLost)]);
}

#[test]
fn presumed_death_is_an_assumption() {
    let cut = World::default().present(1, lenient(3).ended(2)).lost(2, false, 5, None).cut();
    assert_eq!(check(&cut), holds(true));
    assert_eq!(termination(&cut, job()).assumptions, [Assumption::PresumedDead(process(2))]);
    let strict = World::default().present(1, creator().ended(2)).lost(2, false, 5, None).cut();
    assert_eq!(reasons(&check(&strict)), [lost(2, false)]);
}

#[test]
fn a_process_that_left_with_work_has_lost_it() {
    let leaver = || Process::default().token(4, job());
    let strict = World::default().present(1, creator()).left(2, leaver()).cut();
    assert_eq!(reasons(&check(&strict)), [lost(2, true)]);
    let allowed = World::default().present(1, lenient(3)).left(2, leaver()).cut();
    assert_eq!(check(&allowed), holds(true));
    let clean = World::default().present(1, creator()).left(2, Process::default()).cut();
    assert_eq!(check(&clean), holds(false));
    // Work that somebody has counts before work that is lost.
    let busy = World::default().present(1, lenient(3).token(2, job())).left(2, leaver()).cut();
    assert_eq!(check(&busy).name(), "DOES_NOT_HOLD");
}

#[test]
fn item_25_work_that_never_left_may_return_to_its_sender() {
    // Process 2 is gone, so the message cannot arrive. If its sender has not written a byte yet, the connection
    // is refused and the work returns: the owner's leave to lose work is no leave to overlook it.
    for dead in [false, true] {
        let with = |sender: Process| {
            let world = World::default().present(1, sender.ended(2));
            let gone = |w: World| {
                if dead { w.lost(2, true, 2, None) } else { w.left(2, Process::default()) }
            };
            gone(world).cut()
        };
        let doubt = [Reason::Doubtful(message(1, 2, 1))];
        assert_eq!(reasons(&check(&with(creator().sends(2, &work())))), doubt);
        assert_eq!(reasons(&check(&with(lenient(3).sends(2, &work())))), doubt);
        let unread = [Reason::UnknownContent(process(1), Cause::Collapsed)];
        assert_eq!(reasons(&check(&with(lenient(3).sends_unread(2)))), unread);
        assert_eq!(check(&with(creator().sends(2, &[]))), holds(false), "a message without work");
    }
}

#[test]
fn work_between_two_that_left_is_lost() {
    let world = |creator, sender| {
        World::default().present(1, creator).left(2, sender).left(3, Process::default()).cut()
    };
    let sender = || Process::default().sends(3, &work());
    assert_eq!(reasons(&check(&world(creator(), sender()))), [Reason::Doubtful(message(2, 3, 1))]);
    assert_eq!(check(&world(lenient(3), sender())), holds(true));
    let unread = || Process::default().sends_unread(3);
    let unknown = [Reason::UnknownContent(process(2), Cause::Collapsed)];
    assert_eq!(reasons(&check(&world(creator(), unread()))), unknown);
    assert_eq!(check(&world(lenient(3), unread())), holds(true));
}

#[test]
fn all_computations_at_once() {
    let first = Process::default().creation(1, 3, false).creation(2, 8, false).creation(3, 3, true);
    let second = Process::default().creation(1, 3, false).token(9, computation(1, 3)).ended(4);
    let world = World::default().present(1, first.ended(4)).present(2, second).lost(4, true, 5, None);
    let cut = world.cut();
    let found: Vec<_> = terminations(&cut)
        .into_iter()
        .map(|v| match v.property {
            Property::Termination(c) => (c, v.outcome.name()),
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = [
        (computation(1, 1), "UNKNOWN"),
        (computation(1, 2), "HOLDS"),
        (computation(1, 3), "DOES_NOT_HOLD"),
        (computation(2, 1), "UNKNOWN"),
    ];
    assert_eq!(found, expected);
    for (c, _) in found {
        let same = terminations(&cut).into_iter().find(|v| v.property == Property::Termination(c));
        assert_eq!(same, Some(termination(&cut, c)));
    }
}
