//! Objects that refer to one another across processes; references travel in messages.
//!
//! Some objects are pinned, and references to them go around without end. Others come in pairs: a worker makes one and sends
//! a reference to a neighbour, who makes the other, which refers to the first, and sends back a reference to that, which the
//! first keeps. Both are kept by a root each, until these let go: from then on the two keep each other, and nobody needs them.
//!
//! No event is recorded while the table is locked, since the event of a receipt locks it.

use super::super::truth::{Entry, Thing};
use super::{Flaw, Numbers, Site, between, frame, lock, spawn};
use crate::oracle::rng::Rng;
use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use stillpoint_agent::fact::Annotation;
use stillpoint_agent::id::ObjectId;
use stillpoint_agent::{Acts, LinkSender, Object, Pin, Reference};

/// The kind of its frames.
pub(super) const KIND: u8 = b'o';
/// What a frame is about: a reference that only passes by, the first of a pair, or the other.
const PASSING: u64 = 0;
const FIRST: u64 = 1;
const OTHER: u64 = 2;
/// How many objects are pinned.
const PINNED: usize = 3;
/// How many references that only pass by are kept at a time.
const KEPT: usize = 16;
/// How long the first of a pair waits for the other, in microseconds.
const ALONE: u64 = 10_000_000;

#[derive(Default)]
struct Table {
    objects: BTreeMap<Thing, Arc<Object>>,
    roots: BTreeMap<Thing, Reference>,
    /// What an object refers to.
    inner: Vec<(Thing, Reference)>,
    passing: VecDeque<Reference>,
    pinned: Vec<(Thing, Pin)>,
}

/// The objects and the references of a worker.
#[derive(Default)]
pub(super) struct Objects {
    table: Mutex<Table>,
    sent: AtomicU64,
}

impl Objects {
    pub(super) fn sent(&self) -> u64 {
        self.sent.load(Relaxed)
    }
}

/// What a message has brought.
pub(super) enum Arrival {
    /// A reference that only passes by.
    Passing(Reference),
    /// A reference to the first of a pair: the other was made, refers to it and is kept by a root.
    First { first: Thing, other: Object, inner: Reference, root: Reference },
    /// A reference to the other of a pair, kept by the first, if that is still there.
    Other { first: Arc<Object>, other: Thing, inner: Reference },
}

fn thing(object: &Object) -> Thing {
    let id = object.id();
    Thing { process: id.process.0, handle: id.id.0.0 }
}

/// In the event of the receipt of a reference.
pub(super) fn arrived(site: &Site, acts: &mut Acts<'_, '_>, numbers: &mut Numbers<'_>) -> Option<Arrival> {
    let about = numbers.next()?;
    let object = numbers.thing()?;
    match about {
        PASSING => Some(Arrival::Passing(acts.reference(None, object.global(ObjectId)))),
        FIRST => {
            let other = acts.object("other", 64);
            let inner = acts.reference(Some(&other), object.global(ObjectId));
            let root = acts.reference(None, other.id());
            Some(Arrival::First { first: object, other, inner, root })
        }
        _ => {
            let first = lock(&site.objects.table).objects.get(&object).cloned()?;
            let other = numbers.thing()?;
            let inner = acts.reference(Some(&first), other.global(ObjectId));
            Some(Arrival::Other { first, other, inner })
        }
    }
}

/// After the event of the receipt.
pub(super) fn keep(site: &Arc<Site>, from: usize, arrival: Arrival) {
    match arrival {
        Arrival::Passing(reference) => {
            let old = {
                let mut table = lock(&site.objects.table);
                table.passing.push_back(reference);
                if table.passing.len() > KEPT { table.passing.pop_front() } else { None }
            };
            drop(old);
        }
        Arrival::First { first, other, inner, root } => {
            let name = thing(&other);
            site.write(&Entry::Made(name, false));
            site.write(&Entry::Linked(name, first));
            {
                let mut table = lock(&site.objects.table);
                table.objects.insert(name, Arc::new(other));
                table.inner.push((name, inner));
                table.roots.insert(name, root);
            }
            spawn(site, move |site| async move {
                // If the link fails the first remains without the other. Only what is held can be given away, so the root
                // lets go after that.
                if let Some(way) = site.mesh.to(from) {
                    send_in_time(&way.link, OTHER, first, name).await;
                }
                unroot_later(&site, name, 500_000, 4_000_000);
            });
        }
        Arrival::Other { first, other, inner } => {
            let name = thing(&first);
            lock(&site.objects.table).inner.push((name, inner));
            site.write(&Entry::Linked(name, other));
            unroot_later(site, name, 500_000, 4_000_000);
        }
    }
}

/// Tells a neighbour of a pair: by a reference to the object that is here, while a root refers to it.
async fn send_in_time(link: &LinkSender, about: u64, first: Thing, other: Thing) {
    let here = if about == FIRST { first } else { other };
    let numbers = [about, first.process, first.handle, other.process, other.handle];
    let carries = vec![Annotation::Reference(here.global(ObjectId))];
    let sent = link.send(frame(KIND, &numbers), carries, |_, _| ());
    // What could not be sent stays alone.
    let _ = tokio::time::timeout(Duration::from_micros(ALONE / 2), sent).await;
}

/// The root of an object lets go of it after a while.
fn unroot_later(site: &Arc<Site>, object: Thing, from: u64, to: u64) {
    let mut rng = site.rng(object.handle);
    spawn(site, move |site| async move {
        tokio::time::sleep(between(&mut rng, from, to)).await;
        let root = lock(&site.objects.table).roots.remove(&object);
        if let Some(root) = root {
            site.write(&Entry::Unrooting(object));
            drop(root);
            site.write(&Entry::Unrooted(object));
        }
    });
}

/// Reclaims an object that was found to be garbage. A root that refers to it would mean that the verdict was false, so it
/// is left alone then.
pub(super) fn reclaim(site: &Site, name: Thing) {
    let (object, inner) = {
        let mut table = lock(&site.objects.table);
        if table.roots.contains_key(&name) {
            return;
        }
        let Some(object) = table.objects.remove(&name) else { return };
        let inner: Vec<_> = table.inner.extract_if(.., |(of, _)| *of == name).collect();
        (object, inner)
    };
    site.agent.event(|acts| inner.into_iter().for_each(|(_, reference)| acts.end(reference)));
    // The receipt of a reference may still look at it, and is the last to let go then.
    drop(object);
    site.write(&Entry::Reclaimed(name));
}

/// Pins objects, and begins to send references around and to make pairs.
pub(super) fn start(site: &Arc<Site>) {
    for _ in 0..PINNED {
        let (object, pin) = site.agent.event(|acts| {
            let object = acts.object("pinned", 1024);
            let pin = acts.pin(&object);
            (object, pin)
        });
        let name = thing(&object);
        site.write(&Entry::Made(name, true));
        let mut table = lock(&site.objects.table);
        table.objects.insert(name, Arc::new(object));
        table.pinned.push((name, pin));
    }
    spawn(site, pass);
    spawn(site, pairs);
}

/// Sends references to pinned objects around.
async fn pass(site: Arc<Site>) {
    let mut rng = site.rng(0x66);
    let near = site.mesh.numbers();
    while !site.is_quiet() {
        tokio::time::sleep(between(&mut rng, 10_000, 100_000)).await;
        let Some(way) = rng.pick(&near).and_then(|number| site.mesh.to(number)) else { continue };
        let (object, gives) = any(&site, &mut rng);
        let numbers = [PASSING, object.process, object.handle];
        let carries = vec![Annotation::Reference(object.global(ObjectId))];
        let sent = way.link.send(frame(KIND, &numbers), carries, |acts, _| {
            gives.into_iter().for_each(|reference| acts.end(reference));
        });
        if sent.await.is_ok() {
            site.objects.sent.fetch_add(1, Relaxed);
        }
    }
}

/// A pinned object, here or elsewhere, and the reference to it that is to be given away.
fn any(site: &Site, rng: &mut Rng) -> (Thing, Option<Reference>) {
    let mut table = lock(&site.objects.table);
    let passing = table.passing.len();
    let n = rng.below(passing + PINNED);
    match table.passing.remove(n) {
        Some(reference) => {
            let to = reference.to();
            (Thing { process: to.process.0, handle: to.id.0.0 }, Some(reference))
        }
        None => (table.pinned[(n - passing).min(PINNED - 1)].0, None),
    }
}

/// Makes the first of a pair, now and then.
async fn pairs(site: Arc<Site>) {
    let mut rng = site.rng(0x77);
    let near = site.mesh.numbers();
    while !site.is_quiet() {
        tokio::time::sleep(between(&mut rng, 2_000_000, 6_000_000)).await;
        let Some(way) = rng.pick(&near).and_then(|number| site.mesh.to(number)) else { continue };
        let (object, root) = site.agent.event(|acts| {
            let object = acts.object("first", 64);
            let root = acts.reference(None, object.id());
            (object, root)
        });
        let name = thing(&object);
        site.write(&Entry::Made(name, false));
        {
            let mut table = lock(&site.objects.table);
            table.objects.insert(name, Arc::new(object));
            table.roots.insert(name, root);
        }
        if site.flaw == Some(Flaw::NoRoot) {
            let root = lock(&site.objects.table).roots.remove(&name);
            drop(root);
            continue;
        }
        unroot_later(&site, name, ALONE, ALONE + 1);
        send_in_time(&way.link, FIRST, name, name).await;
    }
}
