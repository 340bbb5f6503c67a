//! Conservation of a gauge, one situation each. Numbers in names are those of `tests/README.md`.

mod snapshots;

use snapshots::{Process, World, message, process, reasons};
use stillpoint_detectors::conservation::conservation;
use stillpoint_proto::fact::Annotation;
use stillpoint_proto::id::Text;
use stillpoint_proto::snapshot::{Absence, Assumption, Cause, ConsistentCut};
use stillpoint_proto::verdict::{Certificate, Outcome, Property, Reason, Refutation};

fn check(cut: &ConsistentCut, expected: i128) -> Outcome {
    let gauge = Text::new("money");
    let verdict = conservation(cut, &gauge, expected);
    assert_eq!(verdict.property, Property::Conservation { gauge, expected });
    verdict.outcome
}

fn has(amount: i64) -> Process {
    Process::default().gauge("money", amount)
}

fn carries(amount: i64) -> Annotation {
    Annotation::Amount { gauge: "money".into(), amount }
}

#[test]
fn item_2_what_is_in_transit_counts_and_what_is_received_does_not_count_twice() {
    let sender = || has(60).sends(2, &[carries(30), carries(10)]);
    let cut = World::default().present(1, sender()).present(2, has(5)).cut();
    assert_eq!(check(&cut, 105), Outcome::Holds(Certificate::Sum(105)));
    assert_eq!(check(&cut, 100), Outcome::DoesNotHold(Refutation::Sum(105)));
    let cut = World::default().present(1, sender()).present(2, has(45).receives(2, 1, 1)).cut();
    assert_eq!(check(&cut, 105), Outcome::Holds(Certificate::Sum(105)));
}

#[test]
fn other_gauges_are_not_added() {
    let other = Annotation::Amount { gauge: "stock".into(), amount: 7 };
    let cut = World::default()
        .present(1, has(1).gauge("stock", 50).doubts(2, &[other]))
        .present(2, Process::default())
        .cut();
    assert_eq!(check(&cut, 1), Outcome::Holds(Certificate::Sum(1)));
}

#[test]
fn what_a_process_had_when_it_left_counts() {
    let cut = World::default().present(1, has(i64::MAX)).left(2, has(i64::MAX)).cut();
    assert_eq!(check(&cut, 2 * i128::from(i64::MAX)).name(), "HOLDS");
}

#[test]
fn a_doubtful_amount_leaves_the_sum_open() {
    let world = |amounts: &[Annotation]| {
        World::default().present(1, has(1).doubts(2, amounts)).present(2, has(1)).cut()
    };
    assert_eq!(reasons(&check(&world(&[carries(3)]), 2)), [Reason::Doubtful(message(1, 2, 1))]);
    assert_eq!(check(&world(&[carries(3), carries(-3)]), 2).name(), "HOLDS", "it carries nothing on balance");
}

#[test]
fn an_absent_process_leaves_the_sum_open() {
    let cut = World::default().present(1, has(1).sends(2, &[carries(3)])).absent(2).cut();
    let absent = Reason::Absent(process(2), Absence::Silent);
    assert_eq!(reasons(&check(&cut, 4)), [absent, Reason::Hidden(message(1, 2, 1))]);
}

#[test]
fn item_20_the_dead_took_with_them_what_they_had() {
    for certain in [true, false] {
        let cut = World::default().present(1, has(1).ended(2)).lost(2, certain, 3, Some(has(4))).cut();
        assert_eq!(reasons(&check(&cut, 5)), [Reason::Lost { process: process(2), certain }]);
        let presumed = conservation(&cut, &"money".into(), 5).assumptions;
        assert_eq!(presumed.contains(&Assumption::PresumedDead(process(2))), !certain);
    }
}

#[test]
fn item_25_an_amount_that_never_left_may_return_to_its_sender() {
    let cut = World::default().present(1, has(1).sends(2, &[carries(3)])).left(2, has(1)).cut();
    assert_eq!(reasons(&check(&cut, 2)), [Reason::Doubtful(message(1, 2, 1))]);
    let cut = World::default().present(1, has(1).sends_unread(2)).left(2, has(1)).cut();
    assert_eq!(reasons(&check(&cut, 2)), [Reason::UnknownContent(process(1), Cause::Collapsed)]);
    let cut = World::default().left(1, has(1).sends(2, &[carries(3)])).left(2, has(1)).cut();
    assert_eq!(check(&cut, 2).name(), "HOLDS", "nobody is left to get it or to take it back");
}
