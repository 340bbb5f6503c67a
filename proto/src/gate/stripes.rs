//! The gate itself: stripes, events, and the collection. Why it is right is told in the module above.

use super::Epoch;
use super::sync::{AtomicU64, Mutex, MutexGuard, OPEN, Ordering, thread_number};
use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use std::sync::PoisonError;

/// Where entries go when a log is full or collected: filed by epoch, so that a cut can be taken out.
///
/// It is called with a lock held, on application threads among others: its work must be bounded, without I/O,
/// without locks and without events.
pub trait Fold<E> {
    /// What a cut yields.
    type Below;

    /// Files one entry. Entries of different threads come in any order, those of one thread in theirs.
    ///
    /// # Panics
    /// Must not: what is left of the batch would be lost.
    fn absorb(&mut self, epoch: Epoch, entry: E);

    /// Takes out all that was recorded in epochs lower than `below`.
    fn take_below(&mut self, below: Epoch) -> Self::Below;
}

/// The fold that keeps the entries as they are. Not bounded by itself: it grows until somebody collects.
impl<E> Fold<E> for Vec<(Epoch, E)> {
    type Below = Self;

    fn absorb(&mut self, epoch: Epoch, entry: E) {
        self.push((epoch, entry));
    }

    fn take_below(&mut self, below: Epoch) -> Self {
        self.extract_if(.., |(epoch, _)| *epoch < below).collect()
    }
}

type Log<E> = Vec<(Epoch, E)>;

/// A log with its lock, on cache lines of its own (two, because processors prefetch lines in pairs).
#[repr(align(128))]
struct Stripe<E> {
    log: Mutex<Log<E>>,
}

/// One atomic epoch with the logs of the events that read it. See the [module's text](super).
///
/// `E` is an entry of the log, `F` what becomes of entries.
pub struct Gate<E, F = Vec<(Epoch, E)>> {
    epoch: AtomicU64,
    /// A power of two of them.
    stripes: Box<[Stripe<E>]>,
    /// How many entries a stripe's log may have.
    capacity: usize,
    /// An event that begins with no more entries than this in its log need not spill.
    ample: usize,
    /// One collector at a time empties the logs, so that none misses what another has in its hands. Holds an
    /// empty log to swap with.
    collector: Mutex<Log<E>>,
    fold: Mutex<F>,
    nested: AtomicU64,
}

impl<E, F: Fold<E>> Gate<E, F> {
    /// How many stripes [`Gate::new`] makes: more than most machines have cores, so that threads rarely share.
    pub const STRIPES: usize = 64;
    /// How many entries a log of [`Gate::new`] holds before the thread that fills it folds it.
    pub const CAPACITY: usize = 512;

    /// A gate at epoch zero with the default size. Logs take memory as they are first filled.
    #[must_use]
    pub fn new(fold: F) -> Self {
        Self::with_size(Self::STRIPES, Self::CAPACITY, fold)
    }

    /// A gate at epoch zero with `stripes` logs (rounded up to a power of two, at least 1) of at most `capacity`
    /// entries each (at least 1).
    ///
    /// With one stripe all events of the process are serialised, as verification with vector clocks needs it.
    ///
    /// # Panics
    /// If `stripes` is more than half of what a `usize` can count.
    #[must_use]
    pub fn with_size(stripes: usize, capacity: usize, fold: F) -> Self {
        let capacity = capacity.max(1);
        let stripe = |_| Stripe { log: Mutex::new(Vec::new()) };
        Gate {
            epoch: AtomicU64::new(Epoch::ZERO.0),
            stripes: (0..stripes.max(1).next_power_of_two()).map(stripe).collect(),
            capacity,
            ample: capacity - capacity.div_ceil(4),
            collector: Mutex::new(Vec::new()),
            fold: Mutex::new(fold),
            nested: AtomicU64::new(0),
        }
    }

    /// The epoch now, for a hello or for people. What is recorded or stamped takes [`Event::epoch`] instead.
    #[must_use]
    pub fn epoch(&self) -> Epoch {
        // Coherence is all that the argument needs: see the module's text.
        Epoch(self.epoch.load(Ordering::Relaxed))
    }

    /// Raises the epoch to at least `epoch` and answers whether this very call did it, so that one caller alone
    /// wakes the folding thread.
    ///
    /// This is the cut. A receiver calls it with the epoch of a stamp, if its window admits it, before the event
    /// that records the receipt.
    ///
    /// # Complexity
    /// O(1); without a write if the epoch is that high already.
    pub fn raise(&self, epoch: Epoch) -> bool {
        self.epoch() < epoch && self.epoch.fetch_max(epoch.0, Ordering::Relaxed) < epoch.0
    }

    /// Runs `work` as one event: all that it records is before a cut, or none of it.
    ///
    /// A *publishing* event is called before its effect, an *acquiring* event after it. `work` must be short and
    /// must not block or begin another event: see the [module's text](super).
    ///
    /// # Panics
    /// If `work` does. What it had recorded stays recorded, and the gate stays usable.
    ///
    /// # Complexity
    /// One uncontended lock. An event that finds its log full folds it first: bounded by the log's capacity.
    #[inline]
    pub fn event<R>(&self, work: impl FnOnce(&mut Event<'_, E, F>) -> R) -> R {
        work(&mut self.begin())
    }

    /// Takes every entry recorded below `below`, out of logs and fold; what is not below stays.
    ///
    /// Raises the epoch to `below` if nobody has. When this returns, no event can ever record below it again.
    /// Meant for one folding thread that goes from cut to cut in their order; if several threads call it, each
    /// entry goes to exactly one of them.
    ///
    /// # Complexity
    /// One lock of each stripe, held while two pointers are swapped; the fold runs without it.
    pub fn collect(&self, below: Epoch) -> F::Below {
        // Before the first stripe is locked: the proof rests on this order.
        self.raise(below);
        self.fold();
        lock(&self.fold).take_below(below)
    }

    /// Empties all logs into the fold without making a cut. Called now and then, it spares application threads
    /// the folding of full logs.
    pub fn fold(&self) {
        let mut batch = lock(&self.collector);
        for stripe in &self.stripes {
            // Swapped, not folded in place, so that an event never waits for a fold that is not its own.
            std::mem::swap(&mut *lock(&stripe.log), &mut batch);
            self.spill(&mut batch);
        }
    }

    /// How many events were begun inside another event of the same thread: instrumentation faults.
    #[must_use]
    pub fn nested(&self) -> u64 {
        self.nested.load(Ordering::Relaxed)
    }

    #[inline]
    fn begin(&self) -> Event<'_, E, F> {
        let here = std::ptr::from_ref(self).addr();
        let outer = OPEN.with(Cell::get);
        if outer == here {
            return self.begin_nested();
        }
        let mut log = lock(&self.stripes[thread_number() & (self.stripes.len() - 1)].log);
        // Here rather than when it is quite full: the caller does not hold a lane's lock yet.
        if log.len() > self.ample {
            self.spill(&mut log);
        }
        OPEN.with(|open| open.set(here));
        Event { gate: self, log: Some(log), epoch: None, outer, thread: PhantomData }
    }

    /// This thread holds its stripe's lock already, by the outer event, which covers this one too: a collector
    /// gets past that stripe only when both have ended.
    #[cold]
    fn begin_nested(&self) -> Event<'_, E, F> {
        self.nested.fetch_add(1, Ordering::Relaxed);
        Event { gate: self, log: None, epoch: None, outer: 0, thread: PhantomData }
    }

    /// Folds a batch. For a stripe's log the caller holds the stripe's lock until it is done, so that a collector
    /// that finds the log empty finds the entries in the fold.
    #[cold]
    fn spill(&self, batch: &mut Log<E>) {
        if batch.is_empty() {
            return;
        }
        let mut fold = lock(&self.fold);
        for (epoch, entry) in batch.drain(..) {
            fold.absorb(epoch, entry);
        }
    }
}

impl<E, F> fmt::Debug for Gate<E, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // No lock, so that it can be printed from anywhere.
        let epoch = self.epoch.load(Ordering::Relaxed);
        f.debug_struct("Gate")
            .field("epoch", &epoch)
            .field("stripes", &self.stripes.len())
            .finish_non_exhaustive()
    }
}

/// An event in the course of being recorded; [`Gate::event`] hands it to its closure.
///
/// While it exists no collector gets past its stripe.
pub struct Event<'gate, E, F: Fold<E> = Vec<(Epoch, E)>> {
    gate: &'gate Gate<E, F>,
    /// The stripe's log; `None` for a nested event, which the outer one's lock covers.
    log: Option<MutexGuard<'gate, Log<E>>>,
    epoch: Option<Epoch>,
    /// What `OPEN` goes back to.
    outer: usize,
    /// `OPEN` is this thread's, so the event must end on it.
    thread: PhantomData<*const ()>,
}

impl<E, F: Fold<E>> Event<'_, E, F> {
    /// The epoch of this event: read at the first call of this or of [`Event::record`], the same ever after.
    ///
    /// To take it in one step with a number, call it first while holding the lock under which the number is
    /// counted.
    #[inline]
    pub fn epoch(&mut self) -> Epoch {
        *self.epoch.get_or_insert_with(|| self.gate.epoch())
    }

    /// Records an entry under the event's epoch.
    ///
    /// # Complexity
    /// O(1); an entry that finds the log full folds it first.
    #[inline]
    pub fn record(&mut self, entry: E) {
        let epoch = self.epoch();
        let Some(log) = &mut self.log else {
            lock(&self.gate.fold).absorb(epoch, entry);
            return;
        };
        if log.len() >= self.gate.capacity {
            self.gate.spill(log);
        }
        log.push((epoch, entry));
    }
}

impl<E, F: Fold<E>> Drop for Event<'_, E, F> {
    fn drop(&mut self) {
        if self.log.is_some() {
            OPEN.with(|open| open.set(self.outer));
        }
    }
}

impl<E, F: Fold<E>> fmt::Debug for Event<'_, E, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event").field("epoch", &self.epoch).finish_non_exhaustive()
    }
}

/// Locks, poisoned or not. A panic while one of these locks is held leaves nothing half done: logs and folds are
/// only added to, one whole entry at a time, and emptied.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
