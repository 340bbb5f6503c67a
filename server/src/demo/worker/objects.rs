//! Objects that refer to one another across processes; references travel in messages.
//!
//! No event is recorded while the table is locked, since the event of a receipt locks it.

use super::super::control::{Command, Name, Reply};
use super::super::random::Random;
use super::mesh::Site;
use super::{Numbers, Result, frame};
use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use stillpoint_agent::fact::Annotation;
use stillpoint_agent::{Acts, LinkSender, Object, Reference};
use tokio::sync::Notify;

/// The kind of its frames.
pub(super) const KIND: u8 = b'o';
/// How many references that only pass by are kept at a time.
const PASSING: usize = 16;

/// Where a reference goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Into an object.
    In(Name),
    /// To a root that keeps it.
    Root,
    /// To a root that soon lets go of it.
    Passing,
}

/// A reference that is held here.
pub(super) struct Kept {
    place: Place,
    reference: Reference,
}

impl Kept {
    fn to(&self) -> Name {
        self.reference.to().into()
    }
}

#[derive(Default)]
struct Table {
    objects: BTreeMap<Name, Arc<Object>>,
    kept: Vec<Kept>,
    passing: VecDeque<Kept>,
    /// Objects of this worker whose references go around.
    shared: Vec<Name>,
}

/// The objects and the references of a worker.
pub(super) struct Objects {
    table: Mutex<Table>,
    churn: AtomicBool,
    idle: AtomicBool,
    stopped: Notify,
    sent: AtomicU64,
    seed: u64,
}

impl Objects {
    pub(super) fn new(seed: u64) -> Self {
        Objects {
            table: Mutex::default(),
            churn: AtomicBool::new(false),
            idle: AtomicBool::new(true),
            stopped: Notify::new(),
            sent: AtomicU64::new(0),
            seed,
        }
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// In the event of the receipt of a reference.
    pub(super) fn arrived(&self, acts: &mut Acts<'_, '_>, numbers: &mut Numbers<'_>) -> Option<Kept> {
        let (to, place) = (numbers.name()?, numbers.next()?);
        let place = match place {
            0 => Place::Root,
            1 => Place::Passing,
            _ => Place::In(numbers.name()?),
        };
        let holder = match place {
            Place::In(object) => self.table().objects.get(&object).cloned(),
            Place::Root | Place::Passing => None,
        };
        Some(Kept { place, reference: acts.reference(holder.as_deref(), to.object()) })
    }

    pub(super) fn keep(&self, kept: Kept) {
        let mut table = self.table();
        let old = if kept.place == Place::Passing {
            table.passing.push_back(kept);
            if table.passing.len() > PASSING { table.passing.pop_front() } else { None }
        } else {
            table.kept.push(kept);
            None
        };
        drop(table);
        drop(old);
    }

    fn has(&self, object: Name, to: Option<Name>) -> bool {
        let place = to.map_or(Place::Root, Place::In);
        self.table().kept.iter().any(|kept| kept.place == place && kept.to() == object)
    }

    /// Takes out the references for which this is so; to be dropped by the caller.
    fn take(&self, which: impl Fn(&Kept) -> bool) -> Vec<Kept> {
        self.table().kept.extract_if(.., |kept| which(kept)).collect()
    }

    /// Something of those that go around, and the reference to be given away with it if it only passes by.
    fn any_shared(&self, random: &mut Random) -> Option<(Name, Option<Kept>)> {
        let mut table = self.table();
        let passing = table.passing.len();
        match random.place(passing + table.shared.len()) {
            n if n < passing => table.passing.remove(n).map(|kept| (kept.to(), Some(kept))),
            n => table.shared.get(n - passing).map(|object| (*object, None)),
        }
    }
}

fn make(site: &Site, label: &str, size: u64, shared: bool) -> Name {
    let (object, reference) = site.agent.event(|acts| {
        let object = acts.object(label, size);
        let reference = acts.reference(None, object.id());
        (object, reference)
    });
    let name = Name::from(object.id());
    let mut table = site.objects.table();
    table.objects.insert(name, Arc::new(object));
    table.kept.push(Kept { place: Place::Root, reference });
    if shared {
        table.shared.push(name);
    }
    name
}

/// Sends a reference, for which something here must hold one; `gives` that one away in the same event.
async fn send(link: &LinkSender, object: Name, place: Place, gives: Option<Kept>) -> Result<()> {
    let mut numbers = vec![object.process, object.handle];
    match place {
        Place::Root => numbers.push(0),
        Place::Passing => numbers.push(1),
        Place::In(to) => numbers.extend([2, to.process, to.handle]),
    }
    let carries = vec![Annotation::Reference(object.object())];
    let sent = link.send(frame(KIND, &numbers), carries, |acts, _| {
        gives.into_iter().for_each(|kept| acts.end(kept.reference));
    });
    Ok(sent.await?)
}

async fn give(site: &Site, object: Name, peer: usize, to: Option<Name>) -> Result<()> {
    if !site.objects.table().kept.iter().any(|kept| kept.to() == object) {
        return Err("nothing here refers to that object".into());
    }
    let link = site.mesh.to(peer).ok_or("there is no link to that worker")?;
    send(link, object, to.map_or(Place::Root, Place::In), None).await
}

/// Reclaims an object, unless a root here refers to it.
fn reclaim(site: &Site, name: Name) -> u64 {
    let in_use = site.objects.has(name, None);
    let object = if in_use { None } else { site.objects.table().objects.remove(&name) };
    let Some(object) = object else { return 0 };
    let held = site.objects.take(|kept| kept.place == Place::In(name));
    site.agent.event(|acts| {
        held.into_iter().for_each(|kept| acts.end(kept.reference));
        // A receipt that looks it up at this moment lets go of it when it is done.
        if let Some(object) = Arc::into_inner(object) {
            acts.end(object);
        }
    });
    1
}

async fn churn(site: Arc<Site>) {
    let mut random = Random::new(site.objects.seed);
    let peers = site.mesh.peers();
    while site.objects.churn.load(Ordering::Relaxed) {
        let chosen = site.objects.any_shared(&mut random);
        if let (Some((object, gives)), Some((_, link))) = (chosen, peers.get(random.place(peers.len())))
            && send(link, object, Place::Passing, gives).await.is_ok()
        {
            site.objects.sent.fetch_add(1, Ordering::Relaxed);
        }
        tokio::time::sleep(Duration::from_micros(random.below(2000))).await;
    }
    site.objects.idle.store(true, Ordering::Release);
    site.objects.stopped.notify_one();
}

pub(super) async fn obey(site: &Arc<Site>, command: Command) -> Result<Reply> {
    let objects = &site.objects;
    match command {
        Command::Make { label, size, shared } => {
            return Ok(Reply::Object { name: make(site, &label, size, shared) });
        }
        Command::Give { object, peer, to } => give(site, object, peer, to).await?,
        Command::Has { object, to } => {
            return Ok(Reply::Count { count: u64::from(objects.has(object, to)) });
        }
        Command::Unroot { object } => {
            drop(objects.take(|kept| kept.place == Place::Root && kept.to() == object));
        }
        Command::Reclaim { object } => return Ok(Reply::Count { count: reclaim(site, object) }),
        Command::ChurnStart => {
            objects.churn.store(true, Ordering::Relaxed);
            objects.idle.store(false, Ordering::Release);
            tokio::spawn(churn(site.clone()));
        }
        Command::ChurnStop => {
            objects.churn.store(false, Ordering::Relaxed);
            while !objects.idle.load(Ordering::Acquire) {
                objects.stopped.notified().await;
            }
            return Ok(Reply::Count { count: objects.sent.swap(0, Ordering::Relaxed) });
        }
        _ => return Err("this is nothing that objects do".into()),
    }
    Ok(Reply::Done)
}
