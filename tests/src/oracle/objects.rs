//! Garbage, by transitive closure: which objects can no root ever come to, over any number of references?
//!
//! The detector marks from the roots. This builds the whole relation "refers to, directly or not" as a matrix
//! (Warshall 1962) and reads the answer off its first row, that of an imaginary root. Both ask the same
//! question in different ways; [`Heap::can_be_loaded`] asks it a third time by letting a program run: it loads
//! references from objects that it can reach, and receives them from messages, until nothing new turns up.

use crate::oracle::render::{CONFIRMED, EPOCH, Knowledge, incarnation};
use crate::oracle::rng::Rng;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;
use stillpoint_proto::cut::{LaneEnd, Order, ProcessCut, Recorded, Sending};
use stillpoint_proto::fact::{Annotation, Fact, Object, Pin, Reference};
use stillpoint_proto::id::{DeploymentId, Epoch, Handle, LaneId, ObjectId, ObjectRef, ProcessName, Text};
use stillpoint_proto::snapshot::{Absence, Member, MemberState, Snapshot};
use stillpoint_proto::verdict::{Certificate, Outcome, Verdict};

/// Objects of several processes and what refers to them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Heap {
    /// How many processes.
    pub processes: usize,
    /// The owner of each object.
    pub objects: Vec<usize>,
    /// Objects that must stay.
    pub pins: BTreeSet<usize>,
    /// References from objects to objects.
    pub fields: BTreeSet<(usize, usize)>,
    /// References from a stack or global of a process.
    pub roots: BTreeSet<(usize, usize)>,
    /// References in messages: sender, object, and whether the message may have been lost.
    pub messages: Vec<(usize, usize, bool)>,
}

impl Heap {
    /// The heap of a seed; with `doubtful`, some messages may have been lost.
    #[must_use]
    pub fn random(seed: u64, doubtful: bool) -> Self {
        let mut rng = Rng::new(seed);
        let mut heap = Heap { processes: 1 + rng.below(3), ..Heap::default() };
        let n = 1 + rng.below(8);
        heap.objects = (0..n).map(|_| rng.below(heap.processes)).collect();
        for _ in 0..rng.below(2 * n) {
            heap.fields.insert((rng.below(n), rng.below(n)));
        }
        for _ in 0..rng.below(3) {
            heap.roots.insert((rng.below(heap.processes), rng.below(n)));
        }
        if rng.chance(20) {
            heap.pins.insert(rng.below(n));
        }
        if rng.chance(30) {
            heap.messages.push((rng.below(heap.processes), rng.below(n), doubtful && rng.chance(50)));
        }
        heap
    }

    /// Objects that no root reaches, by transitive closure; doubtful messages count if `arrive`.
    #[must_use]
    pub fn unreachable(&self, arrive: bool) -> BTreeSet<usize> {
        // Row and column 0 are the imaginary root; object o has o + 1.
        let n = self.objects.len() + 1;
        let mut reaches = vec![vec![false; n]; n];
        for &(from, to) in &self.fields {
            reaches[from + 1][to + 1] = true;
        }
        let messages = self.messages.iter().filter(|m| arrive || !m.2).map(|m| m.1);
        for o in self.roots.iter().map(|r| r.1).chain(self.pins.iter().copied()).chain(messages) {
            reaches[0][o + 1] = true;
        }
        for via in 0..n {
            for from in 0..n {
                for to in 0..n {
                    let detour = reaches[from][via] && reaches[via][to];
                    reaches[from][to] |= detour;
                }
            }
        }
        (0..n - 1).filter(|o| !reaches[0][o + 1]).collect()
    }

    /// Objects that a program can come to hold on its stack, step by step.
    #[must_use]
    pub fn can_be_loaded(&self) -> BTreeSet<usize> {
        let mut stack: BTreeSet<usize> =
            self.roots.iter().map(|r| r.1).chain(self.pins.iter().copied()).collect();
        let mut transit = self.messages.clone();
        loop {
            let received = transit.pop().map(|m| m.1);
            let loaded = self.fields.iter().find(|(from, to)| stack.contains(from) && !stack.contains(to));
            match received.or(loaded.map(|f| f.1)) {
                Some(object) => drop(stack.insert(object)),
                None => return stack,
            }
        }
    }

    /// The name of an object in snapshots.
    #[must_use]
    pub fn object_ref(&self, o: usize) -> ObjectRef {
        ObjectRef::new(incarnation(self.objects[o]), ObjectId::of(1 + o as u64))
    }

    /// What the processes report of the heap; those that are not [`Knowledge::Present`] are absent.
    #[must_use]
    pub fn render(&self, knowledge: &[Knowledge]) -> Snapshot {
        let mut members = BTreeMap::new();
        for p in 0..self.processes {
            let state = match knowledge.get(p) {
                None | Some(Knowledge::Present) => MemberState::Present(Arc::new(self.cut(p))),
                Some(_) => MemberState::Absent(Absence::Silent),
            };
            if let Ok(name) = ProcessName::new(&format!("p{p}")) {
                members.insert(incarnation(p), Member { name, state });
            }
        }
        Snapshot {
            deployment: DeploymentId::from_name("oracle"),
            epoch: EPOCH,
            confirmed: CONFIRMED,
            members,
        }
    }

    fn cut(&self, p: usize) -> ProcessCut {
        let mut cut = ProcessCut::default();
        let mut facts = Vec::new();
        for o in (0..self.objects.len()).filter(|o| self.objects[*o] == p) {
            let object = Object { label: Text::new(&format!("o{o}")), size: 1 << o };
            facts.push((1 + o as u64, Fact::Object(object)));
            if self.pins.contains(&o) {
                facts.push((100 + o as u64, Fact::Pin(Pin { object: ObjectId::of(1 + o as u64) })));
            }
        }
        let fields = self.fields.iter().filter(|f| self.objects[f.0] == p);
        let fields = fields.map(|f| (Some(ObjectId::of(1 + f.0 as u64)), f.1));
        let roots = self.roots.iter().filter(|r| r.0 == p).map(|r| (None, r.1));
        for (n, (from, to)) in fields.chain(roots).enumerate() {
            facts.push((200 + n as u64, Fact::Reference(Reference { from, to: self.object_ref(to) })));
        }
        for (handle, fact) in facts {
            cut.facts.insert(Handle(handle), Recorded { born: Epoch(2), fact });
        }
        for (l, &(from, o, doubtful)) in self.messages.iter().enumerate().filter(|(_, m)| m.0 == p) {
            let to = (from + 1) % self.processes;
            let mut sending = Sending::new(LaneEnd::Peer(incarnation(to)), Order::Unordered);
            sending.sent = 1;
            let annotations = Arc::from([Annotation::Reference(self.object_ref(o))]);
            sending.log(1, annotations);
            if doubtful {
                sending.doubtful.insert(1);
            }
            cut.sending.insert(LaneId(l as u32), Arc::new(sending));
        }
        cut
    }
}

impl fmt::Display for Heap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  owners of objects {:?}, pins {:?}", self.objects, self.pins)?;
        writeln!(f, "  fields {:?}", self.fields)?;
        writeln!(f, "  roots (process, object) {:?}", self.roots)?;
        writeln!(f, "  messages (sender, object, doubtful) {:?}", self.messages)
    }
}

/// Compares the verdicts of a detector of garbage with the closure.
///
/// Nothing that a root may reach is called garbage; of a complete snapshot without doubtful messages, all that
/// is garbage is called so; and `DOES_NOT_HOLD` is said only if there certainly is none.
///
/// # Errors
/// What is wrong, with the heap.
pub fn compare(heap: &Heap, knowledge: &[Knowledge], verdicts: &[Verdict]) -> Result<(), String> {
    let present = |o: &usize| knowledge.get(heap.objects[*o]).is_none_or(|k| *k == Knowledge::Present);
    let complete = (0..heap.processes).all(|p| knowledge.get(p).is_none_or(|k| *k == Knowledge::Present));
    let wrong = |what: String| Err(format!("{what}\n  known {knowledge:?}\n{heap}"));
    let mut called = BTreeSet::new();
    let (mut denied, mut unknown) = (false, false);
    for verdict in verdicts {
        match &verdict.outcome {
            Outcome::Holds(Certificate::Garbage(groups)) => {
                called.extend(groups.iter().flat_map(|g| g.objects.iter().copied()));
            }
            Outcome::DoesNotHold(_) => denied = true,
            Outcome::Unknown(_) => unknown = true,
            Outcome::Holds(_) => {}
        }
    }
    let surely = heap.unreachable(true);
    let named: BTreeSet<ObjectRef> = surely.iter().map(|o| heap.object_ref(*o)).collect();
    if let Some(live) = called.iter().find(|o| !named.contains(o)) {
        return wrong(format!("object {live} is called garbage, and a root may reach it"));
    }
    if complete && called.len() != surely.len() {
        return wrong(format!("garbage is {surely:?}, of which {called:?} was found"));
    }
    let perhaps = heap.unreachable(false);
    if denied && !perhaps.is_empty() {
        return wrong(format!("garbage is denied, and there may be {perhaps:?}"));
    }
    if perhaps.iter().any(|o| present(o) && !called.contains(&heap.object_ref(*o))) && !unknown {
        return wrong(format!("there may be garbage {perhaps:?}, of which nothing is said"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closure_is_what_a_program_can_load() {
        let (mut cyclic, mut live) = (0, 0);
        for seed in 0..5_000 {
            let heap = Heap::random(seed, true);
            let unreachable = heap.unreachable(true);
            let loaded = heap.can_be_loaded();
            let all: BTreeSet<usize> = (0..heap.objects.len()).collect();
            assert_eq!(
                all.difference(&loaded).copied().collect::<BTreeSet<_>>(),
                unreachable,
                "seed {seed}\n{heap}"
            );
            cyclic += usize::from(unreachable.iter().any(|o| heap.fields.contains(&(*o, *o))));
            live += usize::from(unreachable.is_empty());
        }
        assert!(cyclic > 100 && live > 100, "{cyclic} with cyclic garbage, {live} without garbage");
    }
}
