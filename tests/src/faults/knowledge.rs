//! What is known of a run, put together from the diaries of all incarnations and from what the harness did to them.

use super::Result;
use super::truth::{Entry, Line, Nanos, Part, Thing, Work};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::PathBuf;

/// One incarnation of a worker, and what was done to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Life {
    /// Which worker.
    pub(super) worker: usize,
    pub(super) diary: PathBuf,
    /// What its agent is called; 0 before it has said so.
    pub(super) incarnation: u64,
    pub(super) started: Nanos,
    /// When it was about to be killed, or was told to leave.
    pub(super) ends: Option<Nanos>,
    /// When it had ended.
    pub(super) ended: Option<Nanos>,
    /// Whether it was to leave, and not killed.
    pub(super) left: bool,
    /// When it was stopped, and when it went on.
    pub(super) stops: Vec<(Nanos, Option<Nanos>)>,
    /// How far its diary has been read.
    pub(super) read: u64,
    /// What it had done, and when it said so.
    pub(super) beats: Vec<(Nanos, Work)>,
}

impl Life {
    /// Whether nobody has ended it.
    pub(super) const fn is_alive(&self) -> bool {
        self.ends.is_none()
    }

    /// Whether it may have done something at that time or later.
    pub(super) fn may_act_after(&self, at: Nanos) -> bool {
        self.ended.is_none_or(|ended| ended > at)
    }

    /// Whether it is stopped now.
    pub(super) fn is_stopped(&self) -> bool {
        self.stops.last().is_some_and(|(_, until)| until.is_none())
    }
}

/// A diffusing computation.
#[derive(Clone, Debug, Default)]
pub(super) struct Computation {
    pub(super) items: u64,
    pub(super) created: Nanos,
    pub(super) done: u64,
    /// When work of it was last seen to be there, and who saw it.
    pub(super) live: (Nanos, u64),
    /// When the last token that is gone was seen to be gone.
    pub(super) last: Nanos,
    pub(super) forgotten: Option<Nanos>,
}

impl Computation {
    /// When all of its work had been done, if it has.
    pub(super) fn ended(&self) -> Option<Nanos> {
        (self.items > 0 && self.done == self.items).then_some(self.last)
    }
}

/// A part of a deadlock in one incarnation.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PartOfDeadlock {
    pub(super) waiting: Option<Nanos>,
    pub(super) blocked: Option<Nanos>,
    pub(super) ending: Option<Nanos>,
    pub(super) ended: Option<Nanos>,
}

/// A deadlock that the harness has begun to make.
#[derive(Clone, Debug, Default)]
pub(super) struct MadeDeadlock {
    /// The workers in a circle: each calls the next.
    pub(super) members: Vec<usize>,
    /// Their incarnations then.
    pub(super) incarnations: Vec<u64>,
    pub(super) parts: BTreeMap<(u64, Part), PartOfDeadlock>,
    pub(super) holding: BTreeSet<u64>,
    /// When a round first reported it.
    pub(super) found: Option<Nanos>,
    /// Whether the harness has done with it.
    pub(super) over: bool,
}

impl MadeDeadlock {
    /// All parts that it needs.
    fn needed(&self) -> impl Iterator<Item = (u64, Part)> + '_ {
        self.incarnations.iter().flat_map(|&of| [(of, Part::Order), (of, Part::Handler)])
    }

    /// Not before this time it was complete; `None` if it never was.
    pub(super) fn earliest(&self) -> Option<Nanos> {
        let times = self.needed().map(|part| self.parts.get(&part)?.waiting);
        times.collect::<Option<Vec<_>>>()?.into_iter().max()
    }

    /// From this time on it was complete; `None` if it never was.
    pub(super) fn formed(&self) -> Option<Nanos> {
        let times = self.needed().map(|part| self.parts.get(&part)?.blocked);
        times.collect::<Option<Vec<_>>>()?.into_iter().max()
    }

    /// Until this time it was there for certain.
    pub(super) fn ending(&self) -> Option<Nanos> {
        self.parts.values().filter_map(|part| part.ending).min()
    }

    /// After this time it was there no more.
    pub(super) fn ended(&self) -> Option<Nanos> {
        self.parts.values().filter_map(|part| part.ended).min()
    }
}

/// An object.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownObject {
    pub(super) made: Nanos,
    pub(super) unrooting: Option<Nanos>,
    pub(super) unrooted: Option<Nanos>,
    pub(super) reclaimed: Option<Nanos>,
    /// The object in another process that it refers to.
    pub(super) refers: Option<(Thing, Nanos)>,
    /// The object in another process that refers to it.
    pub(super) referred: Option<(Thing, Nanos)>,
    /// When a verdict first called it garbage.
    pub(super) found: Option<Nanos>,
}

/// Everything that is known.
#[derive(Debug, Default)]
pub(super) struct Knowledge {
    pub(super) lives: Vec<Life>,
    pub(super) by_incarnation: BTreeMap<u64, usize>,
    pub(super) computations: BTreeMap<Thing, Computation>,
    pub(super) deadlocks: BTreeMap<u64, MadeDeadlock>,
    pub(super) objects: BTreeMap<Thing, KnownObject>,
    /// All money that ever came to be.
    pub(super) minted: i64,
    /// When, and how much.
    pub(super) mints: Vec<(Nanos, i64)>,
    /// What agents said of the instrumentation of their processes, and lines that mean nothing.
    pub(super) faults: Vec<String>,
}

impl Knowledge {
    /// Of which incarnation something is.
    pub(super) fn life(&self, incarnation: u64) -> Option<&Life> {
        self.by_incarnation.get(&incarnation).and_then(|life| self.lives.get(*life))
    }

    /// The present incarnation of a worker, if it has one.
    pub(super) fn present(&self, worker: usize) -> Option<&Life> {
        self.lives.iter().rev().find(|life| life.worker == worker).filter(|life| life.is_alive())
    }

    /// Reads what has been written since.
    ///
    /// # Errors
    /// If a diary cannot be read.
    pub(super) fn read(&mut self) -> Result<()> {
        for number in 0..self.lives.len() {
            let life = &self.lives[number];
            let Ok(mut file) = File::open(&life.diary) else { continue };
            file.seek(SeekFrom::Start(life.read))?;
            let mut text = String::new();
            file.read_to_string(&mut text)?;
            // The end of the last line may still be missing.
            let whole = text.rfind('\n').map_or(0, |end| end + 1);
            self.lives[number].read += whole as u64;
            for line in text[..whole].lines() {
                match line.parse() {
                    Ok(line) => self.learn(number, line),
                    Err(_) => self.faults.push(format!("a line that means nothing: {line}")),
                }
            }
        }
        Ok(())
    }

    fn learn(&mut self, number: usize, Line { at, entry }: Line) {
        let incarnation = self.lives[number].incarnation;
        match entry {
            Entry::Started(incarnation) => {
                self.lives[number].incarnation = incarnation;
                self.by_incarnation.insert(incarnation, number);
            }
            Entry::Minted(amount) => {
                self.minted += amount;
                self.mints.push((at, amount));
            }
            Entry::Heartbeat(work) => self.lives[number].beats.push((at, work)),
            Entry::Created(of, items) => {
                let computation = self.computations.entry(of).or_default();
                (computation.items, computation.created) = (items, at);
            }
            Entry::Live(of) => {
                let live = &mut self.computations.entry(of).or_default().live;
                *live = (*live).max((at, incarnation));
            }
            Entry::Done(of) => {
                let computation = self.computations.entry(of).or_default();
                computation.done += 1;
                computation.last = computation.last.max(at);
            }
            Entry::Forgotten(of) => self.computations.entry(of).or_default().forgotten = Some(at),
            Entry::Holding(of) => {
                self.deadlocks.entry(of).or_default().holding.insert(incarnation);
            }
            Entry::Waiting(of, part) => self.part(of, incarnation, part).waiting = Some(at),
            Entry::Blocked(of, part) => self.part(of, incarnation, part).blocked = Some(at),
            Entry::Ending(of, part) => self.part(of, incarnation, part).ending = Some(at),
            Entry::Ended(of, part) => {
                let part = self.part(of, incarnation, part);
                part.ending = part.ending.or(Some(at));
                part.ended = Some(at);
            }
            Entry::Made(object, _) => self.objects.entry(object).or_default().made = at,
            Entry::Linked(from, to) => {
                self.objects.entry(from).or_default().refers = Some((to, at));
                self.objects.entry(to).or_default().referred = Some((from, at));
            }
            Entry::Unrooting(object) => self.objects.entry(object).or_default().unrooting = Some(at),
            Entry::Unrooted(object) => self.objects.entry(object).or_default().unrooted = Some(at),
            Entry::Reclaimed(object) => self.objects.entry(object).or_default().reclaimed = Some(at),
            Entry::Quiet => {}
            Entry::Fault(what) => {
                let worker = self.lives[number].worker + 1;
                self.faults.push(format!("the agent of worker-{worker} ({incarnation:x}) says: {what}"));
            }
        }
    }

    fn part(&mut self, of: u64, incarnation: u64, part: Part) -> &mut PartOfDeadlock {
        self.deadlocks.entry(of).or_default().parts.entry((incarnation, part)).or_default()
    }

    /// Whether all parts of a deadlock have ended, as far as their processes live. A request that is still on its way may
    /// make a handler yet.
    pub(super) fn is_dissolved(&self, of: u64) -> bool {
        let Some(deadlock) = self.deadlocks.get(&of) else { return true };
        let lives = |incarnation: u64| self.life(incarnation).is_some_and(Life::is_alive);
        let open = |((incarnation, _), part): (&(u64, Part), &PartOfDeadlock)| {
            part.ended.is_none() && lives(*incarnation)
        };
        let order_ended = |incarnation: &u64| {
            let part = deadlock.parts.get(&(*incarnation, Part::Order));
            part.is_some_and(|part| part.ended.is_some()) || !lives(*incarnation)
        };
        deadlock.incarnations.iter().all(order_ended) && !deadlock.parts.iter().any(open)
    }
}

/// For the messages of the judge: who that is.
pub(super) fn who(knowledge: &Knowledge, incarnation: u64) -> String {
    match knowledge.life(incarnation) {
        Some(life) => format!("worker-{} ({incarnation:x})", life.worker + 1),
        None => format!("{incarnation:x}, whom nobody knows"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knowledge(entries: &[(Nanos, Entry)]) -> Knowledge {
        let mut knowledge = Knowledge { lives: vec![Life::default()], ..Knowledge::default() };
        knowledge.learn(0, Line { at: 0, entry: Entry::Started(1) });
        for (at, entry) in entries {
            knowledge.learn(0, Line { at: *at, entry: entry.clone() });
        }
        knowledge
    }

    #[test]
    fn a_computation_has_ended_when_its_last_item_is_done() {
        let of = Thing { process: 1, handle: 9 };
        let mut entries = vec![(1, Entry::Created(of, 2)), (2, Entry::Live(of)), (3, Entry::Done(of))];
        assert_eq!(knowledge(&entries).computations[&of].ended(), None);
        entries.extend([(5, Entry::Live(of)), (7, Entry::Done(of))]);
        let known = knowledge(&entries);
        assert_eq!(known.computations[&of].ended(), Some(7));
        assert_eq!(known.computations[&of].live, (5, 1));
    }

    #[test]
    fn a_deadlock_is_there_from_the_last_wait_to_the_first_end() {
        let both = [Part::Order, Part::Handler];
        let mut entries: Vec<(Nanos, Entry)> = Vec::new();
        for (n, part) in both.into_iter().enumerate() {
            let at = n as Nanos * 10;
            entries.extend([(at + 1, Entry::Waiting(5, part)), (at + 2, Entry::Blocked(5, part))]);
        }
        entries.extend([(20, Entry::Ending(5, Part::Order)), (22, Entry::Ended(5, Part::Order))]);
        let mut known = knowledge(&entries);
        let deadlock = known.deadlocks.get_mut(&5).unwrap();
        assert_eq!((deadlock.ending(), deadlock.ended()), (Some(20), Some(22)));
        deadlock.incarnations = vec![1];
        assert_eq!((deadlock.earliest(), deadlock.formed()), (Some(11), Some(12)));
        deadlock.incarnations = vec![1, 2];
        assert_eq!(deadlock.formed(), None);
        assert!(!known.is_dissolved(5), "the handler still waits");
    }
}
