//! A gate in a few lines, right or with one flaw: what the model checks must be able to tell apart.

use super::oracle::Note;
use super::sync::{AtomicU64, Mutex, Ordering, thread_number};
use std::sync::PoisonError;
use stillpoint_proto::id::Epoch;

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Nothing.
    None,
    /// An event reads the epoch before it locks its stripe (E5).
    EpochBeforeLock,
    /// Stripes are emptied before the epoch is raised (E7).
    CollectBeforeRaise,
    /// A full log is taken out under the stripe's lock but folded after it is unlocked (E7).
    SpillAfterUnlock,
}

/// The simplest thing that does what a gate does, on two stripes.
pub struct SimpleGate {
    flaw: Flaw,
    /// How many entries a log may have before the next event spills it.
    capacity: usize,
    epoch: AtomicU64,
    stripes: [Mutex<Vec<(Epoch, Note)>>; 2],
    fold: Mutex<Vec<(Epoch, Note)>>,
}

impl SimpleGate {
    pub fn new(flaw: Flaw, capacity: usize) -> Self {
        let log = || Mutex::new(Vec::new());
        SimpleGate { flaw, capacity, epoch: AtomicU64::new(0), stripes: [log(), log()], fold: log() }
    }

    fn read(&self) -> Epoch {
        Epoch(self.epoch.load(Ordering::Relaxed))
    }

    fn spill(&self, entries: Vec<(Epoch, Note)>) {
        self.fold.lock().unwrap_or_else(PoisonError::into_inner).extend(entries);
    }

    pub fn record(&self, notes: Vec<Note>) {
        let early = (self.flaw == Flaw::EpochBeforeLock).then(|| self.read());
        let mut log = self.stripes[thread_number()].lock().unwrap_or_else(PoisonError::into_inner);
        let epoch = early.unwrap_or_else(|| self.read());
        let full = if log.len() < self.capacity { Vec::new() } else { std::mem::take(&mut *log) };
        log.extend(notes.into_iter().map(|note| (epoch, note)));
        if self.flaw == Flaw::SpillAfterUnlock {
            drop(log);
        }
        if !full.is_empty() {
            self.spill(full);
        }
    }

    pub fn raise(&self, epoch: Epoch) {
        self.epoch.fetch_max(epoch.0, Ordering::Relaxed);
    }

    pub fn collect(&self, below: Epoch) -> Vec<(Epoch, Note)> {
        if self.flaw != Flaw::CollectBeforeRaise {
            self.raise(below);
        }
        for stripe in &self.stripes {
            let mut log = stripe.lock().unwrap_or_else(PoisonError::into_inner);
            let taken = std::mem::take(&mut *log);
            if !taken.is_empty() {
                self.spill(taken);
            }
        }
        self.raise(below);
        let mut fold = self.fold.lock().unwrap_or_else(PoisonError::into_inner);
        fold.extract_if(.., |(epoch, _)| *epoch < below).collect()
    }
}
