//! The oracles of garbage and termination accept what is right, and find what is wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::collections::BTreeSet;
use stillpoint_proto::fact::{Annotation, Fact};
use stillpoint_proto::snapshot::{ConsistentCut, Fate};
use stillpoint_proto::verdict::{
    Certificate, Doubt, GarbageGroup, Outcome, Property, Reason, Refutation, Verdict,
};
use stillpoint_tests::oracle::diffusing::{self, Computation};
use stillpoint_tests::oracle::objects::{self, Heap};
use stillpoint_tests::oracle::render::Knowledge;

fn verdict(cut: &ConsistentCut, property: Property, outcome: Outcome) -> Verdict {
    let (deployment, epoch) = (cut.snapshot().deployment, cut.snapshot().epoch);
    Verdict { deployment, epoch, property, outcome, assumptions: Vec::new() }
}

fn unknown(cut: &ConsistentCut) -> Outcome {
    let process = *cut.snapshot().members.keys().next().unwrap();
    Outcome::Unknown(vec![Doubt { task: None, reason: Reason::Stranger(process) }])
}

fn garbage(cut: &ConsistentCut, heap: &Heap, found: &BTreeSet<usize>, doubt: bool) -> Vec<Verdict> {
    let objects: Vec<_> = found.iter().map(|o| heap.object_ref(*o)).collect();
    let groups =
        objects.into_iter().map(|o| GarbageGroup { objects: vec![o], cyclic: false, size: 1 }).collect();
    let mut outcomes = Vec::new();
    if !found.is_empty() {
        outcomes.push(Outcome::Holds(Certificate::Garbage(groups)));
    }
    if doubt {
        outcomes.push(unknown(cut));
    }
    if outcomes.is_empty() {
        outcomes.push(Outcome::DoesNotHold(Refutation::Marked(Vec::new())));
    }
    outcomes.into_iter().map(|o| verdict(cut, Property::Garbage, o)).collect()
}

#[test]
fn garbage_is_judged() {
    let mut wrong = [0; 3];
    for seed in 0..3_000 {
        let heap = Heap::random(seed, true);
        let cut = ConsistentCut::check(heap.render(&[])).unwrap();
        let (surely, perhaps) = (heap.unreachable(true), heap.unreachable(false));
        let right = garbage(&cut, &heap, &surely, surely != perhaps);
        objects::compare(&heap, &[], &right).unwrap_or_else(|e| panic!("seed {seed}: {e}"));
        // Takes lost messages for certain; holds its tongue about them; finds nothing.
        let errors = [
            garbage(&cut, &heap, &perhaps, false),
            garbage(&cut, &heap, &surely, false),
            garbage(&cut, &heap, &BTreeSet::new(), false),
        ];
        for (n, error) in wrong.iter_mut().zip(&errors) {
            *n += usize::from(objects::compare(&heap, &[], error).is_err());
        }
    }
    assert!(wrong.iter().all(|n| *n > 20), "{wrong:?}");
}

/// Counts tokens in the snapshot; messages count by `fate`.
fn termination(
    cut: &ConsistentCut,
    certain: impl Fn(Fate) -> bool,
    possible: impl Fn(Fate) -> bool,
) -> Verdict {
    let name = Computation::name();
    let is_token = |f: &Fact| matches!(f, Fact::Token(t) if t.computation == name);
    let token = cut.cuts().any(|(_, c)| c.facts.values().any(|r| is_token(&r.fact)));
    let carrying = |fate: &dyn Fn(Fate) -> bool| {
        let mut messages = cut.channels().carriers().filter(|m| fate(m.fate));
        messages.any(|m| m.annotations.contains(&Annotation::Token(name)))
    };
    let outcome = if token || carrying(&certain) {
        let (process, handle) = (name.process, name.id.0);
        Outcome::DoesNotHold(Refutation::Token { process, handle })
    } else if carrying(&possible) || !cut.is_complete() {
        unknown(cut)
    } else {
        Outcome::Holds(Certificate::Terminated { label: "".into(), with_loss: false })
    };
    verdict(cut, Property::Termination(name), outcome)
}

#[test]
fn termination_is_judged() {
    let mut wrong = [0; 3];
    for seed in 0..3_000 {
        let state = Computation::random(seed, true);
        let mut knowledge = vec![Knowledge::Present; state.tokens.len()];
        if seed % 3 == 0 {
            *knowledge.last_mut().unwrap() = Knowledge::Absent;
        }
        let cut = ConsistentCut::check(state.render(&knowledge)).unwrap();
        let right = termination(&cut, |f| f == Fate::Transit, |_| true);
        diffusing::compare(&state, &knowledge, &[right]).unwrap_or_else(|e| panic!("seed {seed}: {e}"));
        // Ignores messages; takes doubtful ones for certain; ignores those.
        let errors = [
            termination(&cut, |_| false, |_| false),
            termination(&cut, |_| true, |_| true),
            termination(&cut, |f| f == Fate::Transit, |f| f == Fate::Transit),
        ];
        for (n, error) in wrong.iter_mut().zip(errors) {
            *n += usize::from(diffusing::compare(&state, &knowledge, &[error]).is_err());
        }
    }
    assert!(wrong.iter().all(|n| *n > 20), "{wrong:?}");
}
