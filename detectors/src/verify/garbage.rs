//! Garbage: a set of objects that nothing outside refers to; and, of everything else, why it is reachable.

use super::{Refuted, lost};
use std::collections::{BTreeMap, BTreeSet};
use stillpoint_proto::fact::{Annotation, Fact, Object, Reference};
use stillpoint_proto::id::{Global, Handle, Incarnation, ObjectId, ObjectRef};
use stillpoint_proto::snapshot::{ConsistentCut, Fate, MemberState};
use stillpoint_proto::verdict::{GarbageGroup, Mark};

/// Confirms that the groups can never be reached again, and that they are groups.
pub(super) fn unreachable(cut: &ConsistentCut, groups: &[GarbageGroup]) -> Result<(), Refuted> {
    if groups.is_empty() {
        return Err(Refuted::Empty { property: "garbage" });
    }
    // What nobody knows may refer to anything.
    if !cut.is_complete() || lost::is_returnable_unread(cut) {
        return Err(Refuted::Incomplete);
    }
    let group_of = members(cut, groups)?;
    no_way_in(cut, &group_of)?;
    let edges = edges(cut, &group_of);
    for (number, group) in groups.iter().enumerate() {
        check_group(cut, number, group, &group_of, &edges)?;
    }
    not_split(groups, &group_of, &edges)
}

/// Confirms that each mark is founded on a root or an earlier one, and that nothing is unmarked.
pub(super) fn marked(cut: &ConsistentCut, marks: &[Mark]) -> Result<(), Refuted> {
    let mut reached: BTreeSet<ObjectRef> = BTreeSet::new();
    let mut roots: BTreeSet<ObjectRef> = BTreeSet::new();
    let mut edges: BTreeSet<(ObjectRef, ObjectRef)> = BTreeSet::new();
    for (process, fact) in present_facts(cut) {
        match fact {
            Fact::Pin(pin) => drop(reached.insert(Global::new(process, pin.object))),
            Fact::Reference(Reference { from: None, to }) => drop(roots.insert(*to)),
            Fact::Reference(Reference { from: Some(from), to }) => {
                edges.insert((Global::new(process, *from), *to));
            }
            _ => {}
        }
    }
    if cut.snapshot().members.values().any(|m| matches!(m.state, MemberState::Absent(_))) {
        return Err(Refuted::Incomplete); // Nobody knows what it owns.
    }
    roots.extend(in_transit(cut).filter(|(.., fate)| *fate == Fate::Transit).map(|(object, ..)| object));
    for mark in marks {
        let founded = match mark.via {
            None => roots.contains(&mark.object),
            Some(via) => reached.contains(&via) && edges.contains(&(via, mark.object)),
        };
        if !founded {
            return Err(Refuted::FalseMark(*mark));
        }
        reached.insert(mark.object);
    }
    let objects = present_objects(cut).map(|(object, _)| object);
    match objects.into_iter().find(|object| !reached.contains(object)) {
        Some(object) => Err(Refuted::Unmarked(object)),
        None => Ok(()),
    }
}

/// The group of each object; each exists, and is in one group, in ascending order.
fn members(cut: &ConsistentCut, groups: &[GarbageGroup]) -> Result<BTreeMap<ObjectRef, usize>, Refuted> {
    let mut group_of = BTreeMap::new();
    for (number, group) in groups.iter().enumerate() {
        if group.objects.is_empty() {
            return Err(Refuted::Empty { property: "garbage" });
        }
        let mut last = None;
        for &object in &group.objects {
            object_fact(cut, object).ok_or(Refuted::NoSuchObject(object))?;
            if last >= Some(object) || group_of.insert(object, number).is_some() {
                return Err(Refuted::ObjectTwice(object));
            }
            last = Some(object);
        }
    }
    Ok(group_of)
}

/// No pin, no root, no message and no object outside refers to an object of a group.
fn no_way_in(cut: &ConsistentCut, group_of: &BTreeMap<ObjectRef, usize>) -> Result<(), Refuted> {
    for (process, fact) in present_facts(cut) {
        match fact {
            Fact::Pin(pin) if group_of.contains_key(&Global::new(process, pin.object)) => {
                return Err(Refuted::Pinned(Global::new(process, pin.object)));
            }
            Fact::Reference(Reference { from, to: object }) if group_of.contains_key(object) => {
                let from = from.map(|id| Global::new(process, id));
                match from {
                    None => return Err(Refuted::Rooted { object: *object, process }),
                    Some(from) if !group_of.contains_key(&from) => {
                        return Err(Refuted::Outside { object: *object, from });
                    }
                    Some(_) => {}
                }
            }
            _ => {}
        }
    }
    for (message, annotations) in lost::returnable(cut) {
        let inside = |a: &Annotation| matches!(a, Annotation::Reference(o) if group_of.contains_key(o));
        if annotations.iter().any(inside) {
            return Err(Refuted::Returnable(message));
        }
    }
    match in_transit(cut).find(|(object, ..)| group_of.contains_key(object)) {
        Some((object, message, _)) => Err(Refuted::ReferenceInTransit { object, message }),
        None => Ok(()),
    }
}

/// Who refers to whom among the objects of the groups, both ways.
#[derive(Debug, Default)]
struct Edges {
    to: BTreeMap<ObjectRef, Vec<ObjectRef>>,
    from: BTreeMap<ObjectRef, Vec<ObjectRef>>,
}

fn edges(cut: &ConsistentCut, group_of: &BTreeMap<ObjectRef, usize>) -> Edges {
    let mut edges = Edges::default();
    for (process, fact) in present_facts(cut) {
        if let Fact::Reference(Reference { from: Some(from), to }) = fact
            && group_of.contains_key(to)
        {
            let from = Global::new(process, *from);
            edges.to.entry(from).or_default().push(*to);
            edges.from.entry(*to).or_default().push(from);
        }
    }
    edges
}

/// A group's objects reach one another, and what is said of it is so.
fn check_group(
    cut: &ConsistentCut,
    number: usize,
    group: &GarbageGroup,
    group_of: &BTreeMap<ObjectRef, usize>,
    edges: &Edges,
) -> Result<(), Refuted> {
    let first = group.objects[0]; // Not empty: `members` has seen to that.
    for direction in [&edges.to, &edges.from] {
        let reached = reach(first, direction, |object| group_of.get(&object) == Some(&number));
        if let Some(alone) = group.objects.iter().find(|object| !reached.contains(object)) {
            return Err(Refuted::NotTogether(*alone));
        }
    }
    let own = edges.to.get(&first).is_some_and(|to| to.contains(&first));
    if group.cyclic != (group.objects.len() > 1 || own) {
        return Err(Refuted::Cyclic(first));
    }
    let sizes = group.objects.iter().filter_map(|object| object_fact(cut, *object)).map(|fact| fact.size);
    let actual = sizes.fold(0, u64::saturating_add);
    if group.size == actual { Ok(()) } else { Err(Refuted::Size { object: first, actual }) }
}

fn reach(
    from: ObjectRef,
    edges: &BTreeMap<ObjectRef, Vec<ObjectRef>>,
    within: impl Fn(ObjectRef) -> bool,
) -> BTreeSet<ObjectRef> {
    let mut reached = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(object) = open.pop() {
        for &next in edges.get(&object).into_iter().flatten() {
            if within(next) && reached.insert(next) {
                open.push(next);
            }
        }
    }
    reached
}

/// No two groups reach one another: taking away groups to which no other refers takes away all of them.
fn not_split(
    groups: &[GarbageGroup],
    group_of: &BTreeMap<ObjectRef, usize>,
    edges: &Edges,
) -> Result<(), Refuted> {
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); groups.len()];
    let mut referred = vec![0_usize; groups.len()];
    for (from, to) in edges.to.iter().flat_map(|(from, all)| all.iter().map(move |to| (from, to))) {
        if let (Some(&from), Some(&to)) = (group_of.get(from), group_of.get(to))
            && from != to
        {
            next[from].push(to);
            referred[to] += 1;
        }
    }
    let mut free: Vec<usize> = (0..groups.len()).filter(|group| referred[*group] == 0).collect();
    while let Some(group) = free.pop() {
        for &to in &next[group] {
            referred[to] -= 1;
            if referred[to] == 0 {
                free.push(to);
            }
        }
    }
    match referred.iter().position(|count| *count > 0) {
        Some(group) => Err(Refuted::Split(groups[group].objects[0])),
        None => Ok(()),
    }
}

fn present_facts(cut: &ConsistentCut) -> impl Iterator<Item = (Incarnation, &Fact)> + '_ {
    cut.present().flat_map(|(process, state)| state.facts.values().map(move |r| (process, &r.fact)))
}

fn present_objects(cut: &ConsistentCut) -> impl Iterator<Item = (ObjectRef, &Object)> + '_ {
    cut.present().flat_map(|(process, state)| {
        state.facts.iter().filter_map(move |(handle, recorded)| match &recorded.fact {
            Fact::Object(object) => Some((Global::new(process, ObjectId(*handle)), object)),
            _ => None,
        })
    })
}

fn object_fact(cut: &ConsistentCut, object: ObjectRef) -> Option<&Object> {
    let member = cut.snapshot().members.get(&object.process)?;
    if !member.state.is_present() {
        return None;
    }
    let handle: Handle = object.id.0;
    match &member.state.cut()?.facts.get(&handle)?.fact {
        Fact::Object(fact) => Some(fact),
        _ => None,
    }
}

/// The references in transit, of any fate.
fn in_transit(
    cut: &ConsistentCut,
) -> impl Iterator<Item = (ObjectRef, stillpoint_proto::id::MessageId, Fate)> + '_ {
    cut.channels().carriers().flat_map(|message| {
        message.annotations.iter().filter_map(move |annotation| match annotation {
            Annotation::Reference(object) => Some((*object, message.id, message.fate)),
            _ => None,
        })
    })
}
