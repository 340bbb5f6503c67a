//! What a seed stands for: everything that is decided before a run.
//!
//! A plan is a list of processes, of workloads, of rounds and of faults, each with its time; and rates for what may
//! happen to any message. Nothing else is random: what happens to one message is a function of the seed and of that
//! message's name, so that a plan with one fault less differs by that fault alone. That is what makes plans shrink.

use crate::random::{Random, mix};
use std::fmt;

/// Microseconds of virtual time since the beginning.
pub(super) type Time = u64;

/// A thousandth of a second.
pub(super) const MS: Time = 1_000;

/// A process, by its place in [`Plan::processes`]; who starts again there has the same name.
pub(super) type Slot = usize;

/// A process at its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Boot {
    /// When it begins to work.
    pub starts: Time,
    /// When it says hello for the first time; it may work long before.
    pub hello: Time,
    /// One task reads all its requests, and serves them one after another.
    pub single: bool,
    /// How many messages of a lane are logged with what they carry.
    pub log_limit: usize,
}

/// A distributed program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Money is moved over FIFO links.
    Bank,
    /// Transactions take locks of several processes, and give all back at the end: two-phase locking.
    Transactions,
    /// Pools and semaphores of several units; of some, anybody may add more.
    Pools,
    /// Tasks call others, which call on, and need some or all of the replies.
    Calls,
    /// Calls to any process of a group, behind a balancer that tries again.
    Balancer,
    /// Tasks with branches: `join` and `select`.
    Branches,
    /// Hand-offs within a process.
    Mailboxes,
    /// A diffusing computation: work makes work, here and elsewhere, and some is handed to another thread.
    Diffusing,
    /// References are stored, loaded, passed on and dropped.
    Mutators,
    /// Transactions in one database that has no agent.
    Database,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 10] = [
        Kind::Bank,
        Kind::Transactions,
        Kind::Pools,
        Kind::Calls,
        Kind::Balancer,
        Kind::Branches,
        Kind::Mailboxes,
        Kind::Diffusing,
        Kind::Mutators,
        Kind::Database,
    ];
}

/// A program that starts at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workload {
    /// What it is.
    pub kind: Kind,
    /// What it chooses by.
    pub seed: u64,
    /// When.
    pub at: Time,
}

/// Something that breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Every connection between two processes is reset: what is under way is lost or doubted.
    Reset(Slot, Slot),
    /// A process's session breaks, and it cannot come back before this time has passed.
    Partition(Slot, Time),
    /// What an agent and the server say to each other takes so much longer, for so long.
    Slow(Slot, Time, Time),
    /// A process is killed, and starts again after this time. Its host says so, or nobody does.
    Crash(Slot, Time, bool),
    /// A process says goodbye, and one of its name starts after this time.
    Leave(Slot, Time),
    /// The server is killed, and starts again with its store after this time.
    Server(Time),
    /// A process receives a stamp of this epoch that nobody gave out, and that claims to have heard of all of these.
    Forged(Slot, u64, Option<(u64, u64)>),
    /// A process receives a stamp of another deployment.
    Foreign(Slot),
}

/// What may happen to a message of an unordered lane, in percent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    /// It is lost; its sender has a failed call, and doubts it.
    pub lost: u64,
    /// It is lost without a word; its sender doubts it after a long time.
    pub silent: u64,
    /// Its sender gives it up too early, and it arrives all the same.
    pub cancelled: u64,
    /// It arrives twice.
    pub doubled: u64,
    /// It takes very long.
    pub slow: u64,
    /// A balancer tries again, with another process.
    pub retried: u64,
    /// It goes to a process that is gone, and waits until that is started again.
    pub waiting: u64,
}

/// The bounds that the server works with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// How many rounds are open at a time.
    pub open_rounds: usize,
    /// How many epochs are reserved at a time.
    pub reservation: u64,
    /// After how many rounds a doubtful message is given up.
    pub doubt_rounds: u64,
    /// How long a round waits.
    pub deadline: Time,
    /// How long a process without a session is taken to live.
    pub silence: Time,
}

/// Everything that is decided before a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What everything else is a function of.
    pub seed: u64,
    /// The processes.
    pub processes: Vec<Boot>,
    /// The programs.
    pub workloads: Vec<Workload>,
    /// When rounds are asked for, and by which process if by one.
    pub rounds: Vec<(Time, Option<Slot>)>,
    /// What breaks, and when.
    pub faults: Vec<(Time, Fault)>,
    /// What happens to messages.
    pub rates: Rates,
    /// The server's bounds.
    pub bounds: Bounds,
    /// Whether whoever is told of a deadlock ends its victims.
    pub resolve: bool,
    /// After this time nothing breaks any more, and everything is mended.
    pub calm: Time,
}

impl Plan {
    /// The plan of a seed.
    #[must_use]
    pub fn of(seed: u64) -> Self {
        let mut random = Random::new(mix(&[seed, 1]));
        let processes = 2 + random.below(5);
        let calm = 150 * MS;
        let mut plan = Plan {
            seed,
            processes: Vec::new(),
            workloads: Vec::new(),
            rounds: Vec::new(),
            faults: Vec::new(),
            rates: Rates::default(),
            bounds: Bounds {
                open_rounds: 1 + random.below(4),
                reservation: 1 + random.below(6) as u64,
                doubt_rounds: 1 + random.below(3) as u64,
                deadline: (8 + random.below(20) as Time) * MS,
                silence: (15 + random.below(40) as Time) * MS,
            },
            resolve: random.chance(40),
            calm,
        };
        for slot in 0..processes {
            let starts = if slot < 2 || random.chance(70) { 0 } else { random.time(60 * MS) };
            let hello = if random.chance(75) { starts } else { starts + random.time(40 * MS) };
            let log_limit = if random.chance(20) { 1 + random.below(3) } else { 64 };
            plan.processes.push(Boot { starts, hello, single: random.chance(25), log_limit });
        }
        for number in 0..(1 + random.below(4)) {
            let kind = Kind::ALL[random.below(Kind::ALL.len())];
            let at = random.time(80 * MS);
            plan.workloads.push(Workload { kind, seed: mix(&[seed, 2, number as u64]), at });
        }
        for _ in 0..(3 + random.below(8)) {
            let by = random.chance(40).then(|| random.below(processes));
            plan.rounds.push((random.time(calm), by));
        }
        // A third of the seeds have no faults: there, everything must be exact.
        if !random.chance(33) {
            plan.break_things(&mut random);
            // No stamp comes from a database: what makes the cuts fall far apart must do so there.
            if plan.workloads.iter().any(|workload| workload.kind == Kind::Database) {
                let slow = Fault::Slow(random.below(processes), 5 * MS + random.time(10 * MS), calm);
                plan.faults.push((0, slow));
            }
        }
        plan
    }

    fn break_things(&mut self, random: &mut Random) {
        let processes = self.processes.len();
        for _ in 0..random.below(7) {
            let slot = random.below(processes);
            let long = if random.chance(50) { 5 * MS } else { self.bounds.silence * 2 };
            let fault = match random.below(17) {
                0..=2 => Fault::Reset(slot, random.below(processes)),
                3..=5 => Fault::Partition(slot, random.time(long)),
                6 | 7 => Fault::Slow(slot, random.time(15 * MS), random.time(60 * MS)),
                8..=10 => Fault::Crash(slot, random.time(30 * MS), random.chance(60)),
                11 => Fault::Leave(slot, random.time(30 * MS)),
                12 | 13 => Fault::Server(random.time(20 * MS)),
                14 | 15 => Self::forged(slot, random),
                _ => Fault::Foreign(slot),
            };
            self.faults.push((random.time(self.calm), fault));
        }
        let mut rate = |most: usize| if random.chance(40) { random.below(most) as u64 } else { 0 };
        self.rates = Rates {
            lost: rate(15),
            silent: rate(4),
            cancelled: rate(15),
            doubled: rate(20),
            slow: rate(25),
            retried: rate(50),
            waiting: rate(100),
        };
    }

    /// A forged stamp: of an epoch that no server can have given out, of one that some server may have, or of one that this
    /// one may give out soon.
    fn forged(slot: Slot, random: &mut Random) -> Fault {
        let mut epoch = || match random.below(6) {
            0 => u64::MAX,
            1 => 1 << 40,
            2 | 3 => 3 + random.below(40) as u64,
            _ => 100 + random.below(1 << 20) as u64,
        };
        let (of, first) = (epoch(), epoch());
        let last = first.saturating_add(random.below(3) as u64);
        Fault::Forged(slot, of, random.chance(50).then_some((first, last)))
    }

    /// Whether nothing breaks, and nothing is unknown by its nature: copies of calls to a group, other clients of a
    /// database, what a full log gives up.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        let opaque = |w: &Workload| matches!(w.kind, Kind::Balancer | Kind::Database);
        self.is_calm()
            && !self.workloads.iter().any(opaque)
            && self.processes.iter().all(|boot| boot.log_limit >= 64)
    }

    /// Whether nothing breaks.
    #[must_use]
    pub fn is_calm(&self) -> bool {
        self.faults.is_empty() && self.rates == Rates::default()
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "seed {}, {:?}, resolve: {}", self.seed, self.bounds, self.resolve)?;
        for (slot, boot) in self.processes.iter().enumerate() {
            writeln!(f, "  p{slot}: {boot:?}")?;
        }
        for workload in &self.workloads {
            writeln!(f, "  {:>7} {:?}", workload.at, workload.kind)?;
        }
        for (at, by) in &self.rounds {
            writeln!(
                f,
                "  {at:>7} a round is asked for{}",
                by.map_or(String::new(), |by| format!(" by p{by}"))
            )?;
        }
        for (at, fault) in &self.faults {
            writeln!(f, "  {at:>7} {fault:?}")?;
        }
        write!(f, "  {:?}", self.rates)
    }
}
