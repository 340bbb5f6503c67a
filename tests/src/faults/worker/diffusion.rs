//! Diffusing computations: work begets work, here and at neighbours, until its fuel is used up.
//!
//! Each item uses one unit of fuel and shares the rest among its children, so that a computation of fuel n has exactly n
//! items, unless some are lost with a link or a worker: that is how it is known when it has ended. Every third item is
//! handed to a thread, with its token.

use super::super::truth::{Entry, Thing};
use super::{Flaw, Numbers, Site, between, frame, lock, spawn};
use crate::oracle::rng::Rng;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, OnceLock, mpsc};
use std::time::Duration;
use stillpoint_agent::fact::Annotation;
use stillpoint_agent::id::{ComputationId, ComputationRef};
use stillpoint_agent::{Acts, Computation, Token};
use tokio::runtime;

/// The kind of its frames.
pub(super) const KIND: u8 = b'w';
/// How long work goes on of which nothing is known any more, if that is the flaw.
const EARLY: Duration = Duration::from_secs(3);
/// How long an item takes at most, in microseconds.
const LONGEST: u64 = 60_000;

/// An item of work. It is not done before its token ends.
pub(super) struct Item {
    fuel: u64,
    seed: u64,
    token: Token,
}

/// A thread of its own, for the work that does not stay with the async tasks.
type ByThread = mpsc::Sender<(runtime::Handle, Arc<Site>, Item)>;

/// The computations of a worker.
#[derive(Default)]
pub(super) struct Diffusion {
    created: Mutex<BTreeMap<Thing, Computation>>,
    done: AtomicU64,
    thread: OnceLock<ByThread>,
}

impl Diffusion {
    pub(super) fn done(&self) -> u64 {
        self.done.load(Relaxed)
    }

    fn thread(&self) -> &ByThread {
        self.thread.get_or_init(|| {
            let (items, inbox) = mpsc::channel::<(runtime::Handle, Arc<Site>, Item)>();
            std::thread::spawn(move || {
                for (runtime, site, item) in inbox {
                    std::thread::sleep(item.length());
                    // Neighbours that are slow hold up an item, not the thread.
                    let _entered = runtime.enter();
                    spawn(&site, |site| async move { finish(&site, item).await });
                }
            });
            items
        })
    }
}

impl Item {
    fn of(&self) -> Thing {
        thing(self.token.computation())
    }

    fn length(&self) -> Duration {
        between(&mut Rng::new(self.seed ^ 1), 100, LONGEST)
    }
}

const fn thing(of: ComputationRef) -> Thing {
    Thing { process: of.process.0, handle: of.id.0.0 }
}

/// In the event of the receipt of an item.
pub(super) fn arrived(acts: &mut Acts<'_, '_>, numbers: &mut Numbers<'_>) -> Option<Item> {
    let (of, fuel, seed) = (numbers.thing()?, numbers.next()?, numbers.next()?);
    Some(Item { fuel, seed, token: acts.token(of.global(ComputationId)) })
}

/// Creates computations, one after another.
pub(super) fn start(site: &Arc<Site>) {
    spawn(site, |site| async move {
        let mut rng = site.rng(0x33);
        while !site.is_quiet() {
            create(&site, &mut rng);
            tokio::time::sleep(between(&mut rng, 2_000_000, 7_000_000)).await;
        }
    });
}

fn create(site: &Arc<Site>, rng: &mut Rng) {
    // Its owner allows the loss of work in half of them.
    let (fuel, allow_loss) = (5 + rng.below(60) as u64, rng.chance(50));
    let (computation, token) = site.agent.event(|acts| acts.computation("diffusion", allow_loss));
    let of = thing(computation.id());
    site.write(&Entry::Created(of, fuel));
    lock(&site.diffusion.created).insert(of, computation);
    take_up(site, Item { fuel, seed: rng.bits(), token });
}

/// A computation that began here is of no more interest.
pub(super) fn forget(site: &Site, of: Thing) {
    let forgotten = lock(&site.diffusion.created).remove(&of);
    if let Some(computation) = forgotten {
        drop(computation);
        site.write(&Entry::Forgotten(of));
    }
}

/// Begins an item.
pub(super) fn take_up(site: &Arc<Site>, mut item: Item) {
    site.write(&Entry::Live(item.of()));
    if site.flaw == Some(Flaw::EarlyEnd) {
        let of = item.token.computation();
        // Another computation's, so that this one has none.
        let (_, other) = site.agent.event(|acts| acts.computation("other", true));
        drop(std::mem::replace(&mut item.token, other));
        return spawn(site, move |site| async move {
            tokio::time::sleep(EARLY).await;
            site.write(&Entry::Live(thing(of)));
            drop(item);
        });
    }
    if item.seed.is_multiple_of(3) {
        // The thread ends only with the process.
        let _ = site.diffusion.thread().send((runtime::Handle::current(), site.clone(), item));
        return;
    }
    spawn(site, |site| async move {
        tokio::time::sleep(item.length()).await;
        finish(&site, item).await;
    });
}

/// Ends an item: what it begets is under way or taken up before its own token ends.
async fn finish(site: &Arc<Site>, item: Item) {
    let mut rng = Rng::new(item.seed);
    let mut rest = item.fuel.saturating_sub(1);
    let mut children = [1, 1, 2, 3][rng.below(4)];
    let near = site.mesh.numbers();
    while rest > 0 {
        let share = if children > 1 { rng.bits() % rest + 1 } else { rest };
        children -= 1;
        rest -= share;
        // One of five stays here.
        let to = rng.pick(&near).filter(|_| !rng.chance(20));
        beget(site, &item, to, share, rng.bits()).await;
    }
    let of = item.of();
    site.write(&Entry::Live(of));
    drop(item.token);
    site.write(&Entry::Done(of));
    site.diffusion.done.fetch_add(1, Relaxed);
}

async fn beget(site: &Arc<Site>, parent: &Item, to: Option<usize>, fuel: u64, seed: u64) {
    let of = parent.token.computation();
    if let Some(way) = to.and_then(|to| site.mesh.to(to)) {
        let payload = frame(KIND, &[of.process.0, of.id.0.0, fuel, seed]);
        if way.link.send(payload, vec![Annotation::Token(of)], |_, _| ()).await.is_ok() {
            return;
        }
    }
    // For this worker itself, or nobody is there to be given it.
    take_up(site, Item { fuel, seed, token: parent.token.split() });
}
