//! The fold does not care in which order the threads of a process recorded the changes of one segment.
#![allow(clippy::unwrap_used, reason = "test code")]

use std::collections::BTreeSet;
use std::sync::Arc;
use stillpoint_proto::cut::{Change, Delta, LaneEnd, Order, ProcessCut};
use stillpoint_proto::fact::{Annotation, Fact, Pin};
use stillpoint_proto::id::{
    ComputationId, ComputationRef, Epoch, Handle, Incarnation, LaneId, LaneRef, ObjectId,
};
use stillpoint_proto::ranges::RangeSet;
use stillpoint_tests::random::Random;

const ROUNDS: usize = 3_000;
const SEGMENTS: usize = 3;

/// What is left from one segment to the next, so that the changes fit together.
#[derive(Default)]
struct History {
    facts: BTreeSet<Handle>,
    minted: u64,
    sent: u64,
    outstanding: BTreeSet<u64>,
    opened: bool,
    received: u64,
}

impl History {
    fn annotations(seq: u64) -> Arc<[Annotation]> {
        let computation = ComputationRef::new(Incarnation(7), ComputationId(Handle(seq)));
        Arc::from([Annotation::Token(computation)])
    }

    /// The changes of a segment in an order that makes sense.
    fn segment(&mut self, random: &mut Random) -> Vec<Change> {
        let (lane, theirs) = (LaneId(1), LaneRef { process: Incarnation(9), lane: LaneId(4) });
        let mut changes = Vec::new();
        if !self.opened {
            self.opened = true;
            changes.push(Change::Lane(lane, LaneEnd::Sole, Order::Fifo));
        }
        if random.chance(50) {
            changes.push(Change::Lane(lane, LaneEnd::Peer(Incarnation(9)), Order::Fifo));
        }
        for _ in 0..random.below(12) {
            let pick = self.outstanding.iter().copied().nth(random.below(self.outstanding.len()));
            match (random.below(12), pick) {
                (0..3, _) => {
                    self.sent += 1;
                    self.outstanding.insert(self.sent);
                    changes.push(Change::Sent(lane, self.sent, History::annotations(self.sent)));
                }
                (3, Some(seq)) => changes.push(Change::Doubted(lane, (seq, seq))),
                (4, Some(seq)) => changes.push(Change::Collapsed(lane, seq)),
                (5, Some(seq)) => {
                    self.outstanding.remove(&seq);
                    changes.push(Change::Acknowledged(lane, (seq, seq), Incarnation(9)));
                }
                (6, Some(seq)) => {
                    self.outstanding.remove(&seq);
                    changes.push(Change::Unreceived(lane, (seq, seq)));
                }
                (7, Some(seq)) => {
                    self.outstanding.remove(&seq);
                    changes.push(Change::Expired(lane, (seq, seq)));
                }
                (8, _) => {
                    self.received += 1 + random.below(3) as u64;
                    changes.push(Change::Received(theirs, self.received, Epoch(random.below(4) as u64)));
                }
                (9, _) if self.received > 0 => match random.below(4) {
                    0 => changes.push(Change::Floor(theirs, random.below(self.received as usize) as u64)),
                    1 => {
                        let numbers = RangeSet::span(self.received + 5, self.received + 6);
                        changes.push(Change::Tombstones(theirs, numbers));
                    }
                    2 => changes.push(Change::LaneEnded(theirs)),
                    _ => changes.push(Change::Disordered(theirs, self.received)),
                },
                (10, _) => {
                    self.minted += 1;
                    self.facts.insert(Handle(self.minted));
                    let pin = Fact::Pin(Pin { object: ObjectId(Handle(1)) });
                    changes.push(Change::Insert(Handle(self.minted), pin));
                    changes.push(Change::Gauge("money".into(), 5));
                }
                _ => {
                    if let Some(handle) = self.facts.pop_first() {
                        changes.push(Change::Remove(handle));
                        changes.push(Change::Gauge("money".into(), -3));
                    }
                }
            }
        }
        changes
    }
}

fn shuffled(changes: &[Change], random: &mut Random) -> Vec<Change> {
    let mut changes = changes.to_vec();
    for n in (1..changes.len()).rev() {
        changes.swap(n, random.below(n + 1));
    }
    changes
}

fn delta(epoch: usize, changes: &[Change]) -> Delta {
    let mut delta = Delta::default();
    changes.iter().for_each(|change| delta.record(Epoch(epoch as u64), change.clone()));
    delta
}

#[test]
fn the_order_within_a_segment_does_not_matter() {
    for seed in 0..ROUNDS as u64 {
        let mut random = Random::new(seed);
        let mut history = History::default();
        let segments: Vec<_> = (0..SEGMENTS).map(|_| history.segment(&mut random)).collect();
        let mut straight = ProcessCut::default();
        let (mut one_by_one, mut merged) = (ProcessCut::default(), Delta::default());
        for (epoch, changes) in segments.iter().enumerate() {
            straight.apply(&delta(epoch, changes)).unwrap();
            let mixed = delta(epoch, &shuffled(changes, &mut random));
            one_by_one.apply(&mixed).unwrap();
            merged.merge(mixed);
            assert_eq!(one_by_one, straight, "seed {seed}, segment {epoch}: {changes:#?}");
        }
        let mut at_once = ProcessCut::default();
        at_once.apply(&merged).unwrap();
        assert_eq!(at_once, straight, "seed {seed}, merged: {segments:#?}");
    }
}
