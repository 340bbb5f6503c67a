//! Locks and who waits for them.
//!
//! Every worker has a *ledger* and a *vault*. Orders take the ledger here and call on to neighbours of higher numbers, which
//! take theirs: there are always waits, and never a deadlock. Vaults are for the deadlocks that the harness makes: an order
//! takes the vault here and, told to, calls a neighbour which needs its own. Visitors ask for the vault and give up soon; they
//! hold nothing, so they can stand behind a deadlock and never be part of one.

use super::super::truth::{Entry, Part};
use super::calls::{Ask, Lanes, call as ask};
use super::{Flaw, Site, between, lock, spawn};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use stillpoint_agent::fact::{self, Grip};
use stillpoint_agent::{Agent, Hold, Resource, Task, Waiting};
use tokio::sync::{OwnedMutexGuard, oneshot};

/// How many orders a worker works at.
const ORDERS: u64 = 2;
/// How long a ledger is kept at most, in microseconds.
const KEEP: u64 = 10_000;
/// How long an order waits for the reply to a call.
const PATIENCE: Duration = Duration::from_secs(4);

/// A lock of this worker.
struct Place {
    mutex: Arc<tokio::sync::Mutex<()>>,
    resource: Resource,
}

/// A lock is held: the fact ends before the guard drops.
struct Held {
    _hold: Hold,
    _guard: OwnedMutexGuard<()>,
}

/// The locks of a worker.
pub(super) struct Locks {
    ledger: Place,
    vault: Place,
    pub(super) lanes: Lanes,
    /// The orders of deadlocks that hold the vault and have not called yet.
    orders: Mutex<BTreeMap<u64, (Task, Held)>>,
    /// Deadlocks that will not be.
    released: Mutex<BTreeSet<u64>>,
    /// Who waits for the vault on behalf of a deadlock, and can be told to give up.
    giving_up: Mutex<BTreeMap<u64, oneshot::Sender<()>>>,
    returned: AtomicU64,
}

impl Locks {
    pub(super) fn new(agent: &Agent, me: usize) -> Self {
        let place = |what: &str| {
            let resource = fact::Resource {
                key: None,
                label: format!("{what} {}", me + 1).as_str().into(),
                capacity: Some(1),
                closed: true,
                fair: false,
                local: true,
            };
            Place { mutex: Arc::default(), resource: agent.event(|acts| acts.resource(resource)) }
        };
        Locks {
            ledger: place("ledger"),
            vault: place("vault"),
            lanes: Lanes::default(),
            orders: Mutex::default(),
            released: Mutex::default(),
            giving_up: Mutex::default(),
            returned: AtomicU64::new(0),
        }
    }

    pub(super) fn returned(&self) -> u64 {
        self.returned.load(Relaxed)
    }
}

/// What the task of a part of a deadlock is called, by which it is known again in verdicts.
pub(in super::super) fn label(of: u64, part: Part) -> String {
    format!("deadlock {of} {part}")
}

/// Takes a lock, unless something else happens first. The wait is recorded before asking, the hold after; `blocked` is
/// called in between.
async fn acquire(
    site: &Site,
    place: &Place,
    task: &Task,
    unless: impl Future<Output = ()>,
    blocked: impl FnOnce(),
) -> Option<Held> {
    let wait = site.agent.wait(task, &Waiting::default().resource(&place.resource, Grip::Exclusive));
    blocked();
    let guard = tokio::select! {
        guard = place.mutex.clone().lock_owned() => guard,
        () = unless => return None,
    };
    let hold = site.agent.event(|acts| {
        acts.end(wait);
        acts.hold(place.resource.name(), Some(task), Grip::Exclusive)
    });
    Some(Held { _hold: hold, _guard: guard })
}

/// Begins the orders and the visits.
pub(super) fn start(site: &Arc<Site>) {
    for n in 0..ORDERS {
        spawn(site, |site| orders(site, n));
    }
    spawn(site, visits);
}

async fn orders(site: Arc<Site>, n: u64) {
    let mut rng = site.rng(0x44 + n);
    while !site.is_quiet() {
        let task = site.agent.task("order");
        let held = acquire(&site, &site.locks.ledger, &task, std::future::pending(), || ()).await;
        tokio::time::sleep(between(&mut rng, 100, KEEP)).await;
        call_on(&site, &task, rng.below(3)).await;
        drop(held);
        drop(task);
        tokio::time::sleep(between(&mut rng, 1_000, 80_000)).await;
    }
}

/// Calls a neighbour of a higher number, if others are to be asked too and there is one.
async fn call_on(site: &Site, task: &Task, others: usize) {
    let mut rng = site.rng(site.locks.returned());
    let higher: Vec<usize> = site.mesh.numbers().into_iter().filter(|number| *number > site.me).collect();
    let Some(to) = rng.pick(&higher).filter(|_| others > 0) else { return };
    // What goes wrong with a call ends it, and that is all.
    let _ = ask(site, task, to, Ask::Ledger(others - 1), Some(PATIENCE), || ()).await;
    site.locks.returned.fetch_add(1, Relaxed);
}

async fn visits(site: Arc<Site>) {
    let mut rng = site.rng(0x55);
    while !site.is_quiet() {
        let task = site.agent.task("visitor");
        let enough = tokio::time::sleep(between(&mut rng, 1_000, 300_000));
        let held = acquire(&site, &site.locks.vault, &task, enough, || ()).await;
        if site.flaw == Some(Flaw::Phantom) {
            // As if it had not got what it has, which nobody else can release.
            let wait = Waiting::default().resource(&site.locks.vault.resource, Grip::Exclusive);
            let wait = site.agent.wait(&task, &wait);
            tokio::time::sleep(Duration::from_secs(2)).await;
            drop(wait);
        }
        drop(held);
        drop(task);
        tokio::time::sleep(between(&mut rng, 50_000, 500_000)).await;
    }
}

/// Serves a call that needs the ledger; `None` if its caller is gone before that was to be had.
pub(super) async fn serve_ledger(
    site: &Site,
    task: &Task,
    others: usize,
    gone: impl Future<Output = ()>,
) -> Option<()> {
    let _held = acquire(site, &site.locks.ledger, task, gone, || ()).await?;
    tokio::time::sleep(Duration::from_micros(KEEP / 4)).await;
    call_on(site, task, others).await;
    Some(())
}

/// Serves a call that needs the vault, on behalf of a deadlock; `None` if it gave up. [`handled`] is to be called when
/// nothing of it is left.
pub(super) async fn serve_vault(
    site: &Site,
    task: &Task,
    of: u64,
    gone: impl Future<Output = ()>,
) -> Option<()> {
    let (tell, told) = oneshot::channel();
    lock(&site.locks.giving_up).insert(of, tell);
    site.write(&Entry::Waiting(of, Part::Handler));
    let unless = async {
        tokio::select! {
            () = gone => {}
            told = told => if told.is_err() { std::future::pending().await },
        }
        // The wait is there until this has been written.
        site.write(&Entry::Ending(of, Part::Handler));
    };
    let blocked = || site.write(&Entry::Blocked(of, Part::Handler));
    let held = acquire(site, &site.locks.vault, task, unless, blocked).await;
    lock(&site.locks.giving_up).remove(&of);
    held.map(drop)
}

/// Nothing is left of a handler.
pub(super) fn handled(site: &Site, of: u64) {
    site.write(&Entry::Ended(of, Part::Handler));
}

/// Takes the vault for a deadlock.
pub(super) fn hold(site: &Arc<Site>, of: u64) {
    spawn(site, move |site| async move {
        let task = site.agent.task(&label(of, Part::Order));
        let held = acquire(&site, &site.locks.vault, &task, std::future::pending(), || ()).await;
        let Some(held) = held else { return };
        if lock(&site.locks.released).remove(&of) {
            return end(&site, of, task, held);
        }
        lock(&site.locks.orders).insert(of, (task, held));
        site.write(&Entry::Holding(of));
    });
}

/// While the vault is held, calls a neighbour that needs its own.
pub(super) fn call(site: &Arc<Site>, of: u64, to: usize, patience: Duration) {
    let Some((task, held)) = lock(&site.locks.orders).remove(&of) else { return };
    spawn(site, move |site| async move {
        site.write(&Entry::Waiting(of, Part::Order));
        let blocked = || site.write(&Entry::Blocked(of, Part::Order));
        let patience = Some(patience).filter(|patience| !patience.is_zero());
        // However it ends, it is over.
        let _ = ask(&site, &task, to, Ask::Vault(of), patience, blocked).await;
        end(&site, of, task, held);
    });
}

fn end(site: &Site, of: u64, task: Task, held: Held) {
    site.write(&Entry::Ending(of, Part::Order));
    drop(held);
    drop(task);
    site.write(&Entry::Ended(of, Part::Order));
}

/// Whoever waits for the vault on behalf of a deadlock is told to give up.
pub(super) fn give_up(site: &Site, of: u64) {
    let told = lock(&site.locks.giving_up).remove(&of);
    if let Some(tell) = told {
        // Whoever waits no more needs not be told.
        let _ = tell.send(());
    }
}

/// A deadlock will not be.
pub(super) fn release(site: &Site, of: u64) {
    match lock(&site.locks.orders).remove(&of) {
        Some((task, held)) => end(site, of, task, held),
        None => drop(lock(&site.locks.released).insert(of)),
    }
}
