//! Garbage: objects that nobody can ever reach again, across processes and cycles included.
//!
//! An object is reachable if it is pinned, if a root of a living process refers to it (a stack, a global), if
//! a message in transit carries a reference to it, or if a reachable object refers to it. References are
//! copied only from references that one has, so what is unreachable stays so: garbage is stable, and in a
//! consistent cut with its channels it is found by tracing, where counting references would never find a
//! cycle.
//!
//! ```text
//!   process A          in transit         process B
//!   root --> o1 -------------------------> o2 --> o3         all marked
//!                      message ----------> o4                marked: the message may still arrive
//!            o5 -------------------------> o6 --+            garbage: one group, cyclic
//!             ^---------------------------------+
//! ```
//!
//! Objects of processes that left or died are gone, and what such a process or its objects referred to is not
//! held by it any more; what its messages carry is still under way. A message that will not arrive may return
//! what it carries to a sender that lives, and one that may be lost may arrive: what only such messages hold is
//! neither marked nor garbage.
//!
//! An incomplete cut makes nothing garbage. But if everything is marked and all owners have a cut, unknown
//! content cannot change that.
//!
//! Plainfossé and Shapiro, "A survey of distributed garbage collection techniques" (1995), places tracing on
//! a global snapshot among its alternatives; the snapshot is that of Chandy and Lamport (1985), with the
//! references in the channels among the roots.

use crate::gaps::{gaps, lost_messages, lost_unread, unknown, verdict};
use crate::graph::Csr;
use fixedbitset::FixedBitSet;
use std::collections::BTreeSet;
use stillpoint_proto::cut::ProcessCut;
use stillpoint_proto::fact::{Annotation, Fact};
use stillpoint_proto::id::{Handle, Incarnation, ObjectId, ObjectRef};
use stillpoint_proto::mutation::{Mutation, is_on};
use stillpoint_proto::snapshot::{Cause, ConsistentCut, Fate, MemberState};
use stillpoint_proto::verdict::{
    Certificate, GarbageGroup, Mark, Outcome, Property, Reason, Refutation, Verdict,
};

/// Which objects are garbage: `HOLDS` with all of it in groups, ascending by first object, and `UNKNOWN` if it is
/// not known of some whether they are; `DOES_NOT_HOLD` if there are neither.
///
/// # Panics
/// If there are more than `u32::MAX` objects or references.
///
/// # Complexity
/// O((n + e) log n) for n objects and e references, of which only the look-up of references is more than
/// linear. About 16 bytes per object and 12 per reference besides the verdict.
#[must_use]
pub fn garbage(cut: &ConsistentCut) -> Vec<Verdict> {
    outcomes(cut).into_iter().map(|outcome| verdict(cut, Property::Garbage, outcome)).collect()
}

fn outcomes(cut: &ConsistentCut) -> Vec<Outcome> {
    let heap = Heap::of(cut);
    let mut marking = Marking::new(heap.graph.nodes());
    marking.mark(&heap.graph, heap.pinned.iter().chain(&heap.roots).copied());
    let sure = marking.order.len();
    let perhaps = Perhaps::of(cut, &heap.objects);
    marking.mark(&heap.graph, perhaps.references.iter().map(|(object, _)| *object));
    let mut doubts = gaps(cut);
    doubts.extend(perhaps.unread);
    if is_on(Mutation::AbsentRootsIgnored) {
        doubts.clear();
    }
    let absent = |m: &MemberState| matches!(m, MemberState::Absent(_));
    let everybody = !cut.snapshot().members.values().any(|m| absent(&m.state));

    if sure == heap.graph.nodes() && everybody {
        return vec![Outcome::DoesNotHold(Refutation::Marked(heap.marks(&marking)))];
    }
    if !doubts.is_empty() {
        return vec![unknown(doubts)];
    }
    let mut outcomes = Vec::new();
    if marking.order.len() < heap.graph.nodes() {
        outcomes.push(Outcome::Holds(Certificate::Garbage(heap.groups(cut, &marking))));
    }
    let late: FixedBitSet = marking.order[sure..].iter().map(|object| *object as usize).collect();
    let holding = perhaps.references.iter().filter(|(object, _)| late.contains(*object as usize));
    let reasons: BTreeSet<_> = holding.map(|(_, reason)| reason.clone()).collect();
    if !reasons.is_empty() {
        outcomes.push(unknown(reasons));
    }
    outcomes
}

/// The objects of all present processes, numbered ascending.
struct Objects {
    /// Each present process with the number of its first object.
    owners: Vec<(Incarnation, u32)>,
    handles: Vec<Handle>,
}

impl Objects {
    fn of(cut: &ConsistentCut) -> Self {
        let mut objects = Objects { owners: Vec::new(), handles: Vec::new() };
        for (process, state) in cut.present() {
            objects.owners.push((process, objects.handles.len() as u32));
            let owned = state.facts.iter().filter(|(_, r)| matches!(r.fact, Fact::Object(_)));
            objects.handles.extend(owned.map(|(handle, _)| *handle));
        }
        assert!(u32::try_from(objects.handles.len()).is_ok(), "there can be at most u32::MAX objects");
        objects
    }

    fn number(&self, object: ObjectRef) -> Option<u32> {
        let owner = self.owners.binary_search_by_key(&object.process, |(process, _)| *process).ok()?;
        let first = self.owners[owner].1 as usize;
        let end = self.owners.get(owner + 1).map_or(self.handles.len(), |(_, next)| *next as usize);
        let at = self.handles[first..end].binary_search(&object.id.0).ok()?;
        Some((first + at) as u32)
    }

    fn object(&self, number: u32) -> ObjectRef {
        // The last owner whose first object is not behind: owners without objects come before it.
        let owner = self.owners.partition_point(|(_, first)| *first <= number) - 1;
        ObjectRef::new(self.owners[owner].0, ObjectId(self.handles[number as usize]))
    }
}

/// All objects with the references between them, and what makes some of them reachable.
struct Heap {
    objects: Objects,
    graph: Csr,
    pinned: Vec<u32>,
    /// What a root or a message refers to.
    roots: Vec<u32>,
}

impl Heap {
    fn of(cut: &ConsistentCut) -> Self {
        let objects = Objects::of(cut);
        let (mut edges, mut pinned, mut roots) = (Vec::new(), Vec::new(), Vec::new());
        for (process, state) in cut.present() {
            let own = |object| objects.number(ObjectRef::new(process, object));
            for recorded in state.facts.values() {
                match &recorded.fact {
                    Fact::Pin(_) if is_on(Mutation::PinIgnored) => {}
                    Fact::Pin(pin) => pinned.extend(own(pin.object)),
                    Fact::Reference(reference) => {
                        // What is not at its owner any more has been reclaimed: nothing to hold.
                        let Some(to) = objects.number(reference.to) else { continue };
                        match reference.from {
                            None => roots.push(to),
                            Some(from) => edges.extend(own(from).map(|from| (from, to))),
                        }
                    }
                    _ => {}
                }
            }
        }
        let counts = |fate| fate == Fate::Transit && !is_on(Mutation::ReferenceIgnored);
        for message in cut.channels().carriers().filter(|m| counts(m.fate)) {
            roots.extend(references(message.annotations).filter_map(|to| objects.number(to)));
        }
        let graph = Csr::new(objects.handles.len(), &edges);
        Heap { objects, graph, pinned, roots }
    }

    /// The unpinned objects in the order in which they were marked.
    fn marks(&self, marking: &Marking) -> Vec<Mark> {
        let pinned: FixedBitSet = self.pinned.iter().map(|object| *object as usize).collect();
        let unpinned = marking.order.iter().filter(|object| !pinned.contains(**object as usize));
        let mark = |object: &u32| Mark {
            object: self.objects.object(*object),
            via: marking.via(*object).map(|via| self.objects.object(via)),
        };
        unpinned.map(mark).collect()
    }

    /// What was not marked, by strongly connected component.
    fn groups(&self, cut: &ConsistentCut, marking: &Marking) -> Vec<GarbageGroup> {
        let unmarked: Vec<u32> =
            (0..self.graph.nodes() as u32).filter(|object| !marking.is_marked(*object)).collect();
        let mut rank = vec![0; self.graph.nodes()];
        for (at, object) in unmarked.iter().enumerate() {
            rank[*object as usize] = at as u32;
        }
        let mut edges = Vec::new();
        for (at, &object) in unmarked.iter().enumerate() {
            let garbage = self.graph.successors(object).iter().filter(|to| !marking.is_marked(**to));
            edges.extend(garbage.map(|to| (at as u32, rank[*to as usize])));
        }
        drop(rank);
        let graph = Csr::new(unmarked.len(), &edges);
        drop(edges);
        let components = graph.components();
        let members = components.members();
        let group = |component: u32| {
            let members = members.successors(component);
            let objects: Vec<_> =
                members.iter().map(|at| self.objects.object(unmarked[*at as usize])).collect();
            let cyclic = members.len() > 1 || members.iter().any(|at| graph.successors(*at).contains(at));
            let size = objects.iter().map(|object| size(cut, *object)).fold(0, u64::saturating_add);
            GarbageGroup { objects, cyclic, size }
        };
        let mut groups: Vec<_> = (0..components.count() as u32).map(group).collect();
        groups.sort_unstable();
        groups
    }
}

fn size(cut: &ConsistentCut, object: ObjectRef) -> u64 {
    let member = cut.snapshot().members.get(&object.process);
    let state: Option<&ProcessCut> = member.and_then(|m| m.state.cut()).map(|state| &**state);
    match state.and_then(|s| s.facts.get(&object.id.0)).map(|r| &r.fact) {
        Some(Fact::Object(object)) => object.size,
        _ => 0,
    }
}

fn references(annotations: &[Annotation]) -> impl Iterator<Item = ObjectRef> + '_ {
    annotations.iter().filter_map(|annotation| match annotation {
        Annotation::Reference(object) => Some(*object),
        _ => None,
    })
}

/// What messages refer to that may or may not arrive, or that will not and may return it to their senders.
struct Perhaps {
    references: Vec<(u32, Reason)>,
    unread: Vec<Reason>,
}

impl Perhaps {
    fn of(cut: &ConsistentCut, objects: &Objects) -> Self {
        let mut held = Vec::new();
        let mut hold = |annotations: &[Annotation], reason: &Reason| {
            let numbers = references(annotations).filter_map(|to| objects.number(to));
            held.extend(numbers.map(|object| (object, reason.clone())));
        };
        for message in cut.channels().carriers() {
            match message.fate {
                Fate::Transit => {}
                Fate::Doubtful => hold(message.annotations, &Reason::Doubtful(message.id)),
                Fate::Hidden => hold(message.annotations, &Reason::Hidden(message.id)),
            }
        }
        for message in lost_messages(cut).filter(|m| m.returnable) {
            hold(message.annotations, &Reason::Doubtful(message.id));
        }
        let unread = lost_unread(cut).filter(|(_, returnable)| *returnable);
        let unread = unread.map(|(from, _)| Reason::UnknownContent(from, Cause::Collapsed)).collect();
        Perhaps { references: held, unread }
    }
}

/// A breadth-first marking: what was reached, in which order, and from where.
#[derive(Clone, Debug)]
pub struct Marking {
    /// The objects in the order in which they were marked.
    order: Vec<u32>,
    /// Who refers to each object; itself for a root, [`Marking::UNMARKED`] for what was not reached.
    via: Vec<u32>,
}

impl Marking {
    /// More than any object's number: there are fewer objects than `u32::MAX`.
    const UNMARKED: u32 = u32::MAX;

    /// Nothing marked among `nodes` objects.
    #[must_use]
    pub fn new(nodes: usize) -> Self {
        Marking { order: Vec::new(), via: vec![Self::UNMARKED; nodes] }
    }

    /// Marks `roots` and what they reach, except what was marked before.
    ///
    /// # Panics
    /// If a root or the graph has a node beyond those that this marking was made for.
    ///
    /// # Complexity
    /// O(n + e) over all calls; 8 bytes per object.
    pub fn mark(&mut self, graph: &Csr, roots: impl IntoIterator<Item = u32>) {
        let mut next = self.order.len();
        for root in roots {
            self.reach(root, root);
        }
        while let Some(&object) = self.order.get(next) {
            next += 1;
            for &to in graph.successors(object) {
                self.reach(to, object);
            }
        }
    }

    fn reach(&mut self, object: u32, via: u32) {
        let known = &mut self.via[object as usize];
        if *known == Self::UNMARKED {
            *known = via;
            self.order.push(object);
        }
    }

    /// Whether `object` was reached.
    #[must_use]
    pub fn is_marked(&self, object: u32) -> bool {
        self.via[object as usize] != Self::UNMARKED
    }

    /// The object, marked before `object`, by which it was reached; `None` for a root and for what was not
    /// reached.
    #[must_use]
    pub fn via(&self, object: u32) -> Option<u32> {
        let via = self.via[object as usize];
        (via != object && via != Self::UNMARKED).then_some(via)
    }

    /// What was marked, in that order.
    #[must_use]
    pub fn order(&self) -> &[u32] {
        &self.order
    }
}
