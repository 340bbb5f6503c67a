//! Diffusing computations: work begets work, here and elsewhere, until its fuel is used up.
//!
//! Each item uses one unit of fuel and shares the rest among its children, so that a computation of fuel n has
//! exactly n items: that is how the demonstration knows when it has ended.

use super::super::control::{Name, Reply};
use super::super::random::Random;
use super::mesh::Site;
use super::{Numbers, frame};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, mpsc};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use stillpoint_agent::fact::Annotation;
use stillpoint_agent::id::{ComputationId, ComputationRef, Handle, Incarnation};
use stillpoint_agent::{Acts, Computation, Token};
use tokio::runtime;

/// The kind of its frames.
pub(super) const KIND: u8 = b'w';
/// How long an item may take, in microseconds.
const LONGEST: u64 = 4000;

/// An item of work. It is not done before its token ends.
pub(super) struct Item {
    fuel: u64,
    seed: u64,
    token: Token,
}

/// What was done for one computation.
#[derive(Clone, Copy, Default)]
struct Tally {
    made: u64,
    begun: u64,
    done: u64,
    last: u64,
}

/// A thread of its own, for the work that does not stay with the async tasks.
type ByThread = mpsc::Sender<(runtime::Handle, Arc<Site>, Item)>;

/// The work of a worker.
pub(super) struct Work {
    tallies: Mutex<HashMap<Name, Tally>>,
    created: Mutex<Vec<Computation>>,
    thread: OnceLock<ByThread>,
}

impl Work {
    pub(super) fn new() -> Self {
        Work { tallies: Mutex::default(), created: Mutex::default(), thread: OnceLock::new() }
    }

    fn count(&self, of: Name, change: impl FnOnce(&mut Tally)) {
        change(self.tallies.lock().unwrap_or_else(PoisonError::into_inner).entry(of).or_default());
    }

    pub(super) fn done(&self, computation: Name) -> Reply {
        let tallies = self.tallies.lock().unwrap_or_else(PoisonError::into_inner);
        let Tally { made, begun, done, last } = tallies.get(&computation).copied().unwrap_or_default();
        Reply::Work { made, begun, done, last }
    }

    /// The computations that began here are of no more interest.
    pub(super) fn forget(&self) {
        let forgotten = std::mem::take(&mut *self.created.lock().unwrap_or_else(PoisonError::into_inner));
        drop(forgotten);
    }

    fn thread(&self) -> &ByThread {
        self.thread.get_or_init(|| {
            let (items, inbox) = mpsc::channel::<(runtime::Handle, Arc<Site>, Item)>();
            std::thread::spawn(move || {
                for (runtime, site, item) in inbox {
                    std::thread::sleep(item.length());
                    runtime.block_on(finish(&site, item));
                }
            });
            items
        })
    }
}

impl Item {
    fn name(&self) -> Name {
        let of = self.token.computation();
        Name { process: of.process.0, handle: of.id.0.0 }
    }

    fn length(&self) -> Duration {
        Duration::from_micros(Random::new(self.seed ^ 1).below(LONGEST))
    }
}

/// In the event of the receipt of an item.
pub(super) fn arrived(acts: &mut Acts<'_, '_>, numbers: &mut Numbers<'_>) -> Option<Item> {
    let (of, fuel, seed) = (numbers.name()?, numbers.next()?, numbers.next()?);
    let of = ComputationRef::new(Incarnation(of.process), ComputationId(Handle(of.handle)));
    Some(Item { fuel, seed, token: acts.token(of) })
}

/// Begins a computation.
pub(super) fn start(site: &Arc<Site>, label: &str, fuel: u64) -> Name {
    let (computation, token) = site.agent.event(|acts| acts.computation(label, false));
    site.work.created.lock().unwrap_or_else(PoisonError::into_inner).push(computation);
    let item = Item { fuel, seed: fuel.wrapping_mul(0x1_0001), token };
    let name = item.name();
    take_up(site, item);
    name
}

/// Begins an item: every third one is handed to the thread, with its token.
pub(super) fn take_up(site: &Arc<Site>, item: Item) {
    site.work.count(item.name(), |tally| tally.begun += 1);
    if item.seed.is_multiple_of(3) {
        // The thread ends only with the process.
        let _ = site.work.thread().send((runtime::Handle::current(), site.clone(), item));
        return;
    }
    let site = site.clone();
    tokio::spawn(async move {
        tokio::time::sleep(item.length()).await;
        finish(&site, item).await;
    });
}

/// Ends an item: what it begets is under way or taken up before its own token ends.
async fn finish(site: &Arc<Site>, item: Item) {
    let mut random = Random::new(item.seed);
    let mut rest = item.fuel.saturating_sub(1);
    let mut children = [1, 1, 2, 3][random.place(4)];
    while rest > 0 {
        let share = if children > 1 { random.below(rest) + 1 } else { rest };
        children -= 1;
        rest -= share;
        let peer = random.place(site.mesh.size());
        beget(site, &item, peer, share, random.bits()).await;
    }
    site.work.count(item.name(), |tally| {
        tally.done += 1;
        tally.last = now();
    });
    drop(item.token);
}

async fn beget(site: &Arc<Site>, parent: &Item, peer: usize, fuel: u64, seed: u64) {
    let of = parent.token.computation();
    site.work.count(parent.name(), |tally| tally.made += 1);
    let Some(link) = site.mesh.to(peer) else {
        // For this worker itself.
        return take_up(site, Item { fuel, seed, token: parent.token.split() });
    };
    let payload = frame(KIND, &[of.process.0, of.id.0.0, fuel, seed]);
    if let Err(error) = link.send(payload, vec![Annotation::Token(of)], |_, _| ()).await {
        tracing::error!(%error, "an item of work is lost");
    }
}

/// The time in microseconds since the Unix epoch.
pub(in super::super) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
}
