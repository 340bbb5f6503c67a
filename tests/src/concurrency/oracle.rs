//! What every cut of the gate must satisfy, told without epochs.
//!
//! The programs under test note each event with an id of its own, the events that it came after *as the program
//! itself saw them* (the last one of the same thread; the one whose effect it acquired), and what it changed. The
//! oracle trusts these notes and nothing that the gate says of their order.

use std::collections::{BTreeMap, HashSet};
use stillpoint_proto::id::Epoch;

/// The name of an event.
pub type Id = u64;

/// One entry of the log; several make an event.
#[derive(Clone, Debug)]
pub struct Note {
    /// The event.
    pub event: Id,
    /// The events right before it.
    pub after: Vec<Id>,
    /// What changed.
    pub step: Step,
}

/// What an event changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A lock is held from here.
    Hold(u32),
    /// A lock is held no more.
    Release(u32),
    /// A message, named by anything unique, is sent with one token.
    Sent(u64),
    /// A message is received.
    Received(u64),
    /// Tokens held.
    Tokens(i64),
    /// The first task waits for the second.
    Wait(u32, u32),
    /// It waits no more.
    Resolved(u32, u32),
}

/// Why a cut cannot have been a state of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Violation {
    /// An entry came out of a cut to which its epoch does not belong: after it, or before it.
    Misplaced(Id),
    /// The second event is inside the cut, the first, which came before it, is not.
    Cause(Id, Id),
    /// So many hold one lock.
    Holders(u32, i64),
    /// A message was received but not sent.
    Conjured(u64),
    /// So many tokens are held or on their way, and there should be so many.
    Tokens(i64, i64),
    /// These two wait for one another, which the program never does.
    Phantom(u32, u32),
    /// So many entries came out in the end, and so many should have.
    Entries(usize, usize),
}

/// A global cut that moves on from round to round.
#[derive(Debug)]
pub struct Cut {
    below: Epoch,
    tokens: i64,
    entries: usize,
    events: HashSet<Id>,
    held: BTreeMap<u32, i64>,
    sent: HashSet<u64>,
    received: HashSet<u64>,
    waits: BTreeMap<(u32, u32), i64>,
    held_tokens: i64,
}

impl Cut {
    /// The cut before every event of a program that has `tokens` tokens for all time.
    pub fn before_all(tokens: i64) -> Self {
        Cut {
            below: Epoch::ZERO,
            tokens,
            entries: 0,
            events: HashSet::new(),
            held: BTreeMap::new(),
            sent: HashSet::new(),
            received: HashSet::new(),
            waits: BTreeMap::new(),
            held_tokens: tokens,
        }
    }

    /// Moves the cut on to round `below`, given what all processes handed over for it, and checks it.
    pub fn advance(&mut self, below: Epoch, taken: &[(Epoch, Note)]) -> Result<(), Violation> {
        for (epoch, note) in taken {
            if *epoch < self.below || *epoch >= below {
                return Err(Violation::Misplaced(note.event));
            }
            self.apply(note);
        }
        self.below = below;
        self.entries += taken.len();
        // What a detector would be misled by comes first, then the cause of it.
        self.check_state()?;
        taken.iter().try_for_each(|(_, note)| self.check_received(note))?;
        taken.iter().try_for_each(|(_, note)| self.check_causes(note))
    }

    /// Checks that nothing was lost or doubled on the way.
    pub fn finish(&self, entries: usize) -> Result<(), Violation> {
        if self.entries == entries { Ok(()) } else { Err(Violation::Entries(self.entries, entries)) }
    }

    fn apply(&mut self, note: &Note) {
        self.events.insert(note.event);
        match note.step {
            Step::Hold(lock) => *self.held.entry(lock).or_default() += 1,
            Step::Release(lock) => *self.held.entry(lock).or_default() -= 1,
            Step::Sent(message) => drop(self.sent.insert(message)),
            Step::Received(message) => drop(self.received.insert(message)),
            Step::Tokens(n) => self.held_tokens += n,
            Step::Wait(task, on) => *self.waits.entry((task, on)).or_default() += 1,
            Step::Resolved(task, on) => *self.waits.entry((task, on)).or_default() -= 1,
        }
    }

    /// The sets only grow, so a note that was right once stays right.
    fn check_received(&self, note: &Note) -> Result<(), Violation> {
        match note.step {
            Step::Received(message) if !self.sent.contains(&message) => Err(Violation::Conjured(message)),
            _ => Ok(()),
        }
    }

    fn check_causes(&self, note: &Note) -> Result<(), Violation> {
        match note.after.iter().find(|cause| !self.events.contains(cause)) {
            Some(&cause) => Err(Violation::Cause(cause, note.event)),
            None => Ok(()),
        }
    }

    fn check_state(&self) -> Result<(), Violation> {
        if let Some((&lock, &holders)) = self.held.iter().find(|(_, holders)| !(0..=1).contains(*holders)) {
            return Err(Violation::Holders(lock, holders));
        }
        let in_transit = self.sent.len() as i64 - self.received.len() as i64;
        if self.held_tokens + in_transit != self.tokens {
            return Err(Violation::Tokens(self.held_tokens + in_transit, self.tokens));
        }
        let open = |task, on| self.waits.get(&(task, on)).is_some_and(|&n| n > 0);
        match self.waits.keys().find(|&&(task, on)| open(task, on) && open(on, task)) {
            Some(&(task, on)) => Err(Violation::Phantom(task, on)),
            None => Ok(()),
        }
    }
}
