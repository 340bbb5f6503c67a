//! What workers know of themselves, written down without asking anybody: one line for each thing that happened.
//!
//! ```text
//!   <nanoseconds of CLOCK_MONOTONIC> <kind> <fields>
//! ```
//!
//! That clock is one for all processes of a machine, so lines of different workers can be compared. Each line is one
//! `write` to a file that only this incarnation appends to: what was written is there after a `kill -9`, and nobody ever
//! waits for who reads it.
//!
//! A line alone proves in which direction it may be used. *Before* an effect stand [`Entry::Live`], [`Entry::Waiting`],
//! [`Entry::Ending`], [`Entry::Unrooting`] and [`Entry::Minted`]: at that time the effect was not there yet. *After* it
//! stand the others: at that time it was. So the time between recording a fact and writing a line, which may be long when a
//! process is stopped there, never makes a true claim look false.

use rustix::time::{ClockId, clock_gettime};
use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::str::FromStr;
use stillpoint_proto::id::{Global, Handle, Incarnation};

/// Nanoseconds of the clock that all processes of the machine share.
pub type Nanos = u64;

/// The time.
#[must_use]
pub fn now() -> Nanos {
    let now = clock_gettime(ClockId::Monotonic);
    let part = |n: i64| u64::try_from(n).unwrap_or(0);
    part(now.tv_sec).saturating_mul(1_000_000_000).saturating_add(part(now.tv_nsec))
}

/// A thing of one incarnation, whatever it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Thing {
    /// Of which incarnation.
    pub process: u64,
    /// By which handle.
    pub handle: u64,
}

impl Thing {
    /// The same as the vocabulary names it.
    pub fn global<T>(self, id: impl FnOnce(Handle) -> T) -> Global<T> {
        Global::new(Incarnation(self.process), id(Handle(self.handle)))
    }
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}/{}", self.process, self.handle)
    }
}

impl FromStr for Thing {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let (process, handle) = text.split_once('/').ok_or(Unreadable)?;
        let process = u64::from_str_radix(process, 16).map_err(|_| Unreadable)?;
        Ok(Thing { process, handle: handle.parse().map_err(|_| Unreadable)? })
    }
}

/// A line or a name is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// How much an incarnation has done so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Events that need nobody else.
    pub alone: u64,
    /// Transfers of money sent.
    pub transfers: u64,
    /// Items of work done.
    pub items: u64,
    /// Calls that have returned, well or not.
    pub calls: u64,
    /// References sent.
    pub references: u64,
    /// Money owned.
    pub balance: i64,
}

/// Which part of a deadlock that the harness makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The order, which holds a vault and calls another worker.
    Order,
    /// The task that serves such a call and waits for the vault there.
    Handler,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The incarnation has started.
    Started(u64),
    /// It is about to own so much money.
    Minted(i64),
    /// It works, and has done so much.
    Heartbeat(Work),
    /// A computation was created, which has exactly so many items of work.
    Created(Thing, u64),
    /// Work of a computation is here: its token is held at this time, and goes on to be held.
    Live(Thing),
    /// An item of work is done, and its token gone.
    Done(Thing),
    /// A computation was forgotten.
    Forgotten(Thing),
    /// The order of a deadlock holds its vault.
    Holding(u64),
    /// A part of a deadlock is about to wait.
    Waiting(u64, Part),
    /// It waits.
    Blocked(u64, Part),
    /// It is about to end, for whatever reason.
    Ending(u64, Part),
    /// It has ended, and holds nothing.
    Ended(u64, Part),
    /// An object was made that its process refers to by a root; or is pinned for good.
    Made(Thing, bool),
    /// The first object, made here, has been given a reference to the second, in another process.
    Linked(Thing, Thing),
    /// The root of an object is about to let go of it.
    Unrooting(Thing),
    /// No root refers to it.
    Unrooted(Thing),
    /// An object was reclaimed.
    Reclaimed(Thing),
    /// All that was begun here on its own account is about to cease: nothing new is created any more.
    Quiet,
    /// The instrumentation of the process is wrong, as the agent says.
    Fault(String),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Part::Order => "order",
            Part::Handler => "handler",
        })
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Entry::Started(incarnation) => write!(f, "started {incarnation:x}"),
            Entry::Minted(amount) => write!(f, "minted {amount}"),
            Entry::Heartbeat(w) => write!(
                f,
                "heartbeat {} {} {} {} {} {}",
                w.alone, w.transfers, w.items, w.calls, w.references, w.balance
            ),
            Entry::Created(of, items) => write!(f, "created {of} {items}"),
            Entry::Live(of) => write!(f, "live {of}"),
            Entry::Done(of) => write!(f, "done {of}"),
            Entry::Forgotten(of) => write!(f, "forgotten {of}"),
            Entry::Holding(of) => write!(f, "holding {of}"),
            Entry::Waiting(of, part) => write!(f, "waiting {of} {part}"),
            Entry::Blocked(of, part) => write!(f, "blocked {of} {part}"),
            Entry::Ending(of, part) => write!(f, "ending {of} {part}"),
            Entry::Ended(of, part) => write!(f, "ended {of} {part}"),
            Entry::Made(object, pinned) => write!(f, "made {object} {pinned}"),
            Entry::Linked(from, to) => write!(f, "linked {from} {to}"),
            Entry::Unrooting(object) => write!(f, "unrooting {object}"),
            Entry::Unrooted(object) => write!(f, "unrooted {object}"),
            Entry::Reclaimed(object) => write!(f, "reclaimed {object}"),
            Entry::Quiet => f.write_str("quiet"),
            Entry::Fault(what) => write!(f, "fault {}", what.replace('\n', " ")),
        }
    }
}

/// An entry and when it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// When, as of just before it was written.
    pub at: Nanos,
    /// What.
    pub entry: Entry,
}

struct Fields<'a>(std::str::Split<'a, char>);

impl<'a> Fields<'a> {
    fn text(&mut self) -> Result<&'a str, Unreadable> {
        self.0.next().ok_or(Unreadable)
    }

    fn get<T: FromStr>(&mut self) -> Result<T, Unreadable> {
        self.text()?.parse().map_err(|_| Unreadable)
    }

    fn part(&mut self) -> Result<Part, Unreadable> {
        match self.text()? {
            "order" => Ok(Part::Order),
            "handler" => Ok(Part::Handler),
            _ => Err(Unreadable),
        }
    }
}

impl FromStr for Line {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let mut fields = Fields(text.split(' '));
        let at = fields.get()?;
        let entry = match fields.text()? {
            "started" => Entry::Started(u64::from_str_radix(fields.text()?, 16).map_err(|_| Unreadable)?),
            "minted" => Entry::Minted(fields.get()?),
            "heartbeat" => Entry::Heartbeat(Work {
                alone: fields.get()?,
                transfers: fields.get()?,
                items: fields.get()?,
                calls: fields.get()?,
                references: fields.get()?,
                balance: fields.get()?,
            }),
            "created" => Entry::Created(fields.get()?, fields.get()?),
            "live" => Entry::Live(fields.get()?),
            "done" => Entry::Done(fields.get()?),
            "forgotten" => Entry::Forgotten(fields.get()?),
            "holding" => Entry::Holding(fields.get()?),
            "waiting" => Entry::Waiting(fields.get()?, fields.part()?),
            "blocked" => Entry::Blocked(fields.get()?, fields.part()?),
            "ending" => Entry::Ending(fields.get()?, fields.part()?),
            "ended" => Entry::Ended(fields.get()?, fields.part()?),
            "made" => Entry::Made(fields.get()?, fields.get()?),
            "linked" => Entry::Linked(fields.get()?, fields.get()?),
            "unrooting" => Entry::Unrooting(fields.get()?),
            "unrooted" => Entry::Unrooted(fields.get()?),
            "reclaimed" => Entry::Reclaimed(fields.get()?),
            "quiet" => Entry::Quiet,
            "fault" => Entry::Fault(fields.0.by_ref().collect::<Vec<_>>().join(" ")),
            _ => return Err(Unreadable),
        };
        if fields.0.next().is_some() { Err(Unreadable) } else { Ok(Line { at, entry }) }
    }
}

/// Where an incarnation writes what it knows.
#[derive(Debug)]
pub struct Diary(File);

impl Diary {
    /// A new one.
    ///
    /// # Errors
    /// Whatever the file system says.
    pub fn create(path: &Path) -> io::Result<Self> {
        OpenOptions::new().create_new(true).append(true).open(path).map(Diary)
    }

    /// Writes a line, at once.
    ///
    /// # Panics
    /// If it cannot be written: a run of which the truth is not known says nothing.
    pub fn write(&self, entry: &Entry) {
        let line = format!("{} {entry}\n", now());
        let written = (&self.0).write_all(line.as_bytes());
        assert!(written.is_ok(), "the truth cannot be written down: {written:?}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let thing = Thing { process: 0xab, handle: 7 };
        let work = Work { alone: 1, transfers: 2, items: 3, calls: 4, references: 5, balance: -6 };
        let entries = [
            Entry::Started(0xff),
            Entry::Minted(7),
            Entry::Heartbeat(work),
            Entry::Created(thing, 9),
            Entry::Live(thing),
            Entry::Done(thing),
            Entry::Forgotten(thing),
            Entry::Holding(1),
            Entry::Waiting(1, Part::Order),
            Entry::Blocked(1, Part::Handler),
            Entry::Ending(1, Part::Order),
            Entry::Ended(1, Part::Handler),
            Entry::Made(thing, true),
            Entry::Linked(thing, thing),
            Entry::Unrooting(thing),
            Entry::Unrooted(thing),
            Entry::Reclaimed(thing),
            Entry::Quiet,
            Entry::Fault("two words".into()),
        ];
        for entry in entries {
            let line = Line { at: 12, entry };
            assert_eq!(format!("12 {}", line.entry).parse(), Ok(line));
        }
        assert_eq!("12 nonsense".parse::<Line>(), Err(Unreadable));
        assert_eq!("12 holding 1 2".parse::<Line>(), Err(Unreadable));
    }

    #[test]
    fn a_diary_has_every_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("diary");
        let diary = Diary::create(&path).unwrap();
        diary.write(&Entry::Quiet);
        diary.write(&Entry::Minted(3));
        let text = std::fs::read_to_string(path).unwrap();
        let lines: Vec<Line> = text.lines().map(|line| line.parse().unwrap()).collect();
        assert_eq!(lines[0].entry, Entry::Quiet);
        assert_eq!(lines[1].entry, Entry::Minted(3));
        assert!(lines[0].at <= lines[1].at);
    }
}
