//! Sets a detector's verdicts against the executed truth.
//!
//! Of a complete snapshot, with `N(rules)` the tasks that proceed in no future under the rules:
//!
//! | | must hold |
//! |---|---|
//! | sound | every task in a `HOLDS` is in `N(LIBERAL)`: no compatible program frees it |
//! | exact | every task of `N(CONCEDED)` is in a `HOLDS`; between the two a detector may be cautious |
//! | complete | `DOES_NOT_HOLD` only if nobody in `N(STRICT)` is anybody's concern |
//! | decided | `UNKNOWN` whenever somebody of concern in `N(STRICT)` is in no `HOLDS` |
//!
//! A task is *of concern* if it or one of its family (branches, and theirs) holds or serves something, or if
//! somebody of concern in another family would get further were it to run: found by letting it run and executing
//! the world again.
//!
//! Of a snapshot with knowledge removed, or of which a process has left, only the sound directions remain: every
//! `HOLDS` must be right in the actual world and in one in which everything unknown helps, and `DOES_NOT_HOLD` in
//! the actual one.

use crate::oracle::future::{Rules, Search, Truth, explore, explore_from};
use crate::oracle::random::{Profile, system};
use crate::oracle::render::{Knowledge, render, task_of};
use crate::oracle::rng::Rng;
use crate::oracle::shrink::shrink;
use crate::oracle::world::{Amount, Hold, Holder, Home, On, Waker, World, bit, task_bit};
use std::collections::BTreeMap;
use std::fmt;
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::verdict::{Certificate, Outcome, Verdict};

/// The most states that one exploration may visit.
pub const STATES: usize = 50_000;

/// A system and what is known of it.
#[derive(Clone, Debug)]
pub struct Case {
    /// The seed that it was made from.
    pub seed: u64,
    /// The system.
    pub world: World,
    /// What is known of each process.
    pub knowledge: Vec<Knowledge>,
}

impl Case {
    /// The case of a seed, all of it known.
    #[must_use]
    pub fn complete(seed: u64, profile: Profile) -> Self {
        let world = system(seed, profile);
        let knowledge = vec![Knowledge::Present; world.processes];
        Case { seed, world, knowledge }
    }

    /// The case of a seed, with one process or two of which little or nothing is known.
    #[must_use]
    pub fn partial(seed: u64, profile: Profile) -> Self {
        let mut case = Case::complete(seed, profile);
        let mut rng = Rng::new(!seed);
        for _ in 0..1 + rng.below(2) {
            let p = rng.below(case.world.processes);
            case.knowledge[p] = match rng.below(4) {
                0 => Knowledge::Lost { certain: false, report: rng.chance(50) },
                _ => Knowledge::Absent,
            };
        }
        case
    }

    /// The case of a seed, with one process that has said goodbye.
    #[must_use]
    pub fn departed(seed: u64, profile: Profile) -> Self {
        let mut case = Case::complete(seed, profile);
        let p = Rng::new(!seed).below(case.world.processes);
        case.world.left.push(p);
        case.knowledge[p] = Knowledge::Left;
        case
    }

    /// The checked cut of the case.
    ///
    /// # Errors
    /// A [`Disagreement`] if the snapshot fails the check: an error of the renderer or of the check.
    pub fn cut(&self) -> Result<ConsistentCut, Box<Disagreement>> {
        let snapshot = render(&self.world, &self.knowledge);
        ConsistentCut::check(snapshot)
            .map_err(|faults| self.disagreement(Kind::Refused, &[], format!("{faults:?}")))
    }

    fn is_complete(&self) -> bool {
        self.knowledge.iter().all(|k| *k == Knowledge::Present)
    }

    fn is_present(&self, task: usize) -> bool {
        self.knowledge[self.world.tasks[task].process] == Knowledge::Present
    }

    fn is_lost(&self, task: usize) -> bool {
        matches!(self.knowledge[self.world.tasks[task].process], Knowledge::Lost { .. })
    }

    fn disagreement(&self, kind: Kind, tasks: &[usize], detail: String) -> Box<Disagreement> {
        Box::new(Disagreement { kind, tasks: tasks.to_vec(), detail, case: self.clone() })
    }
}

/// What a disagreement is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The rendered snapshot failed the check.
    Refused,
    /// A task is called deadlocked, and there is a future in which it proceeds.
    Phantom,
    /// A task is deadlocked whatever happens, and is in no `HOLDS`.
    Missed,
    /// `DOES_NOT_HOLD`, and somebody of concern is stuck in a compatible program.
    Denied,
    /// Neither `HOLDS` nor `UNKNOWN` covers a task of concern.
    Unmentioned,
    /// `DOES_NOT_HOLD` beside another verdict, or no verdict at all.
    Contradiction,
    /// `UNKNOWN` of a complete snapshot in which everything of concern is decided: honest, but of no use.
    Needless,
    /// A member that is no task of the system, or one that has finished.
    Stranger,
}

/// A verdict that execution contradicts.
#[derive(Clone, Debug)]
pub struct Disagreement {
    /// What it is about.
    pub kind: Kind,
    /// Which tasks.
    pub tasks: Vec<usize>,
    /// The execution that contradicts.
    pub detail: String,
    /// The case.
    pub case: Case,
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "seed {}: {:?}, tasks {:?}: {}", self.case.seed, self.kind, self.tasks, self.detail)?;
        writeln!(f, "  known: {:?}", self.case.knowledge)?;
        write!(f, "{}", self.case.world)
    }
}

impl Disagreement {
    /// The facts and lanes of the snapshot, process by process.
    #[must_use]
    pub fn facts(&self) -> String {
        let snapshot = render(&self.case.world, &self.case.knowledge);
        let mut text = String::new();
        for (id, member) in &snapshot.members {
            text.push_str(&format!("{} is {id}\n", member.name));
            let Some(cut) = member.state.cut() else { continue };
            for (handle, recorded) in &cut.facts {
                text.push_str(&format!("  {handle} {:?}\n", recorded.fact));
            }
            for (lane, sending) in &cut.sending {
                text.push_str(&format!(
                    "  sends on {lane:?}: {} of {:?}\n",
                    sending.outstanding, sending.annotations
                ));
            }
            for (lane, receiving) in &cut.receiving {
                text.push_str(&format!("  received on {lane}: {}\n", receiving.received));
            }
        }
        text
    }
}

/// How often each situation came up; a comparison that never met one has not tested it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage(pub BTreeMap<&'static str, u64>);

impl Coverage {
    /// One more of `situation` if `met`.
    pub fn count(&mut self, situation: &'static str, met: bool) {
        *self.0.entry(situation).or_default() += u64::from(met);
    }

    /// Situations that never came up; those in parentheses need not.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        self.0.iter().filter(|(name, n)| **n == 0 && !name.starts_with('(')).map(|(name, _)| *name).collect()
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(name, n)| writeln!(f, "{n:>8}  {name}"))
    }
}

/// A [`Coverage`] that contains this situation forgives [`Kind::Needless`], and counts it only.
pub const FORGIVING: &str = "(forgives UNKNOWN without need)";

/// What execution says of one case.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// Under [`Rules::LIBERAL`].
    pub liberal: Truth,
    /// Under [`Rules::CONCEDED`].
    pub conceded: Truth,
    /// Under [`Rules::STRICT`].
    pub strict: Truth,
    /// Tasks stuck under [`Rules::STRICT`] that are somebody's concern.
    pub concern: Vec<usize>,
}

impl Judgement {
    /// Executes the futures of a world.
    #[must_use]
    pub fn of(world: &World) -> Self {
        let run = |rules| explore(world, rules, Search::Thrifty, STATES);
        let strict = run(Rules::STRICT);
        let concern = concern(world, &strict);
        Judgement { liberal: run(Rules::LIBERAL), conceded: run(Rules::CONCEDED), strict, concern }
    }
}

/// Of the tasks that never proceed, those that somebody cares about.
fn concern(world: &World, strict: &Truth) -> Vec<usize> {
    let mut left: Vec<usize> = (0..world.tasks.len())
        .filter(|t| strict.never(*t) && !world.left.contains(&world.tasks[*t].process))
        .collect();
    let helps: Vec<u32> = (0..world.tasks.len())
        .map(|t| if left.contains(&t) { helped_by(world, t) & !strict.resolvable } else { 0 })
        .collect();
    loop {
        // A task with its branches, and theirs, by the first of them.
        let family = |mut t: usize, left: &[usize]| {
            while let Some(parent) = world.tasks[t].parent.filter(|p| left.contains(p)) {
                t = parent;
            }
            t
        };
        let cared_for = |t: usize, left: &[usize]| {
            let mut targets = (0..world.targets.len()).filter(|x| helps[t] & bit(*x) != 0);
            let other = |x: usize| left.contains(&x) && family(x, left) != family(t, left);
            world.holds_of(t).next().is_some()
                || world.serving.iter().any(|s| s.0 == t)
                || targets.any(|x| other(world.waiter(x)))
        };
        let dear: Vec<usize> =
            left.iter().copied().filter(|t| cared_for(*t, &left)).map(|t| family(t, &left)).collect();
        let kept: Vec<usize> = left.iter().copied().filter(|t| dear.contains(&family(*t, &left))).collect();
        if kept.len() == left.len() {
            return kept;
        }
        left = kept;
    }
}

/// What can be resolved if a task runs that does not.
fn helped_by(world: &World, task: usize) -> u32 {
    let mut start = world.start();
    world.proceed(task, &mut start);
    explore_from(world, start, Rules::STRICT, Search::Thrifty, STATES).resolvable
}

/// The most helpful world compatible with what is known: whatever is unknown runs, holds nothing, has all.
#[must_use]
pub fn generous(case: &Case) -> World {
    let mut world = case.world.clone();
    let unknown = |p: usize| !matches!(case.knowledge[p], Knowledge::Present | Knowledge::Left);
    let free: Vec<bool> = world.tasks.iter().map(|t| unknown(t.process)).collect();
    for wait in world.waits.iter_mut().filter(|w| free[w.task]) {
        wait.need = 0;
    }
    for resource in &mut world.resources {
        if let Home::Process(p) = resource.home
            && unknown(p)
        {
            resource.closed = false;
            resource.queue.clear();
        }
    }
    world
}

/// Compares the verdicts of a detector of deadlocks on one case with what execution says.
///
/// # Errors
/// The first [`Disagreement`].
pub fn compare(case: &Case, verdicts: &[Verdict], coverage: &mut Coverage) -> Result<(), Box<Disagreement>> {
    let truth = Judgement::of(&case.world);
    compare_with(case, &truth, verdicts, coverage)
}

/// [`compare`] with a truth already executed.
///
/// # Errors
/// The first [`Disagreement`].
pub fn compare_with(
    case: &Case,
    truth: &Judgement,
    verdicts: &[Verdict],
    coverage: &mut Coverage,
) -> Result<(), Box<Disagreement>> {
    let said = Said::read(case, verdicts)?;
    phantoms(case, &truth.liberal, &said.holds)?;
    if case.is_complete() {
        let missed: Vec<usize> = (0..case.world.tasks.len())
            .filter(|t| truth.conceded.never(*t) && !said.holds.contains(t))
            .collect();
        if !missed.is_empty() {
            return Err(case.disagreement(Kind::Missed, &missed, "stuck in every future".into()));
        }
    } else {
        let rules = Rules::LIBERAL;
        phantoms(case, &explore(&generous(case), rules, Search::Thrifty, STATES), &said.holds)?;
    }
    let present: Vec<usize> = truth.concern.iter().copied().filter(|t| case.is_present(*t)).collect();
    let open: Vec<usize> = present.iter().copied().filter(|t| !said.holds.contains(t)).collect();
    // What the dead have lost is not denied.
    let alive: Vec<usize> = truth.concern.iter().copied().filter(|t| !case.is_lost(*t)).collect();
    if said.denied && !alive.is_empty() {
        return Err(case.disagreement(Kind::Denied, &alive, "stuck in a compatible program".into()));
    }
    if !open.is_empty() && !said.unknown {
        return Err(case.disagreement(Kind::Unmentioned, &open, "of concern, and in no verdict".into()));
    }
    coverage.count("HOLDS", !said.holds.is_empty());
    coverage.count("DOES_NOT_HOLD", said.denied);
    coverage.count("UNKNOWN", said.unknown);
    if case.is_complete() && said.unknown && open.is_empty() {
        coverage.count("(UNKNOWN without need)", true);
        if !coverage.0.contains_key(FORGIVING) {
            return Err(case.disagreement(Kind::Needless, &[], "nobody of concern is undecided".into()));
        }
    }
    Ok(())
}

fn phantoms(case: &Case, truth: &Truth, holds: &[usize]) -> Result<(), Box<Disagreement>> {
    let freed: Vec<usize> = holds.iter().copied().filter(|t| !truth.never(*t)).collect();
    match freed.first() {
        None => Ok(()),
        Some(t) => {
            let detail = format!("t{t} proceeds by {:?}", truth.future_of(*t));
            Err(case.disagreement(Kind::Phantom, &freed, detail))
        }
    }
}

/// What the verdicts on one case say, in the world's terms.
struct Said {
    holds: Vec<usize>,
    denied: bool,
    unknown: bool,
}

impl Said {
    fn read(case: &Case, verdicts: &[Verdict]) -> Result<Said, Box<Disagreement>> {
        let mut said = Said { holds: Vec::new(), denied: false, unknown: false };
        for verdict in verdicts {
            match &verdict.outcome {
                Outcome::Holds(Certificate::Deadlock(deadlock)) => {
                    let members = deadlock.members.iter().map(|m| m.task);
                    for name in members.chain(deadlock.behind.iter().copied()) {
                        match task_of(&case.world, name) {
                            Some(t) if !case.world.tasks[t].finished => said.holds.push(t),
                            _ => return Err(case.disagreement(Kind::Stranger, &[], format!("{name}"))),
                        }
                    }
                }
                Outcome::DoesNotHold(_) => said.denied = true,
                Outcome::Unknown(_) => said.unknown = true,
                Outcome::Holds(_) => {}
            }
        }
        let affirmed = !said.holds.is_empty() || said.unknown;
        if said.denied == affirmed {
            let detail = format!("{:?}", verdicts.iter().map(|v| v.outcome.name()).collect::<Vec<_>>());
            return Err(case.disagreement(Kind::Contradiction, &[], detail));
        }
        Ok(said)
    }
}

/// A disagreement made as small as it goes: the smallest case on which `detect` is wrong in the same way.
#[must_use]
pub fn smallest(found: &Disagreement, detect: impl Fn(&ConsistentCut) -> Vec<Verdict>) -> Disagreement {
    let again = |world: &World| {
        let case = Case { world: world.clone(), ..found.case.clone() };
        let cut = case.cut().ok()?;
        let mut coverage = Coverage::default();
        if found.kind != Kind::Needless {
            coverage.count(FORGIVING, true);
        }
        let wrong = compare(&case, &detect(&cut), &mut coverage).err()?;
        (wrong.kind == found.kind).then_some(*wrong)
    };
    let world = shrink(&found.case.world, |world| again(world).is_some());
    again(&world).unwrap_or_else(|| found.clone())
}

/// Compares a detector on the systems of many seeds, and counts what they covered.
///
/// `UNKNOWN` without need is counted, and no error.
///
/// # Errors
/// The first [`Disagreement`], made small.
pub fn run(
    cases: impl Iterator<Item = Case>,
    detect: impl Fn(&ConsistentCut) -> Vec<Verdict>,
) -> Result<Coverage, Box<Disagreement>> {
    let mut coverage = Coverage::default();
    coverage.count(FORGIVING, true);
    for case in cases {
        let cut = case.cut()?;
        let truth = Judgement::of(&case.world);
        survey(&case, &truth, &mut coverage);
        compare_with(&case, &truth, &detect(&cut), &mut coverage)
            .map_err(|found| Box::new(smallest(&found, &detect)))?;
    }
    Ok(coverage)
}

/// [`run`] on `systems` seeds of each profile: complete, with processes unknown, and with one that has left.
///
/// # Errors
/// The first [`Disagreement`], made small.
pub fn run_all(
    systems: u64,
    detect: impl Fn(&ConsistentCut) -> Vec<Verdict>,
) -> Result<Coverage, Box<Disagreement>> {
    let mut coverage = Coverage::default();
    for profile in [Profile::CLOSED, Profile::WOVEN, Profile::MIXED] {
        for make in [Case::complete, Case::partial, Case::departed] {
            let part = run((0..systems).map(|seed| make(seed, profile)), &detect)?;
            for (situation, n) in part.0 {
                *coverage.0.entry(situation).or_default() += n;
            }
        }
    }
    Ok(coverage)
}

/// Counts which situations a case has, and which of them decided somebody's fate.
pub fn survey(case: &Case, truth: &Judgement, coverage: &mut Coverage) {
    let w = &case.world;
    let stuck = |rules| {
        let truth = explore(w, rules, Search::Thrifty, STATES);
        (0..w.tasks.len()).filter(|t| truth.never(*t)).fold(0, |all, t| all | task_bit(t))
    };
    let liberal = (0..w.tasks.len()).filter(|t| truth.liberal.never(*t)).fold(0, |all, t| all | task_bit(t));
    coverage.count("systems", true);
    coverage.count("some task never proceeds", liberal != 0);
    coverage.count("every waiting task can proceed", liberal == 0);
    coverage.count("(a search was cut short)", truth.liberal.cut_short || truth.strict.cut_short);
    let grants = w.holds.iter().any(|h| matches!(h.holder, Holder::Grant { .. }));
    let queues = w.resources.iter().any(|r| r.queue.len() > 1);
    let several = w.waits.iter().any(|x| x.need < x.of);
    let differs = |is: bool, rules| is && stuck(rules) != liberal;
    coverage.count("a grant in transit", grants);
    coverage
        .count("a grant in transit decided", differs(grants, Rules { grantless: true, ..Rules::LIBERAL }));
    coverage.count("a queue decided", differs(queues, Rules { queueless: true, ..Rules::LIBERAL }));
    coverage.count("k of n decided", differs(several, Rules { all: true, ..Rules::LIBERAL }));
    coverage.count("an unread message decided", liberal != stuck(Rules::CONCEDED));
    let keyed = w.resources.iter().any(|r| r.home == Home::Key);
    let strict = || stuck(Rules::STRICT) != stuck(Rules { alone: true, ..Rules::STRICT });
    coverage.count("somebody unseen decided", keyed && strict());
    survey_structure(w, coverage);
}

fn survey_structure(w: &World, coverage: &mut Coverage) {
    let on = |is: &dyn Fn(&On) -> bool| w.targets.iter().any(|t| is(&t.on));
    let waker = |is: &dyn Fn(&Waker) -> bool| {
        on(&|on| matches!(on, On::Receive { wakers, .. } if wakers.iter().any(is)))
    };
    let holder = |is: &dyn Fn(&Holder) -> bool| w.holds.iter().any(|h| is(&h.holder));
    let wait = |is: &dyn Fn(&crate::oracle::world::Wait) -> bool| w.waits.iter().any(is);
    coverage.count("AND", wait(&|x| x.need == x.of && x.of > 1));
    coverage.count("OR", wait(&|x| x.need == 1 && x.of > 1));
    coverage.count("k of n", wait(&|x| x.need > 1 && x.need < x.of));
    coverage.count("several waits", (0..w.tasks.len()).any(|t| w.waits_of(t).count() > 1));
    coverage.count("call", on(&|on| matches!(on, On::Call(_))));
    coverage.count("join", on(&|on| matches!(on, On::Task(_))));
    coverage.count("timer", on(&|on| matches!(on, On::External)));
    coverage.count("demand by message", on(&|on| matches!(on, On::Resource { request: Some(_), .. })));
    coverage.count("exclusive", on(&|on| matches!(on, On::Resource { amount: Amount::All, .. })));
    coverage.count("task waker", waker(&|x| matches!(x, Waker::Task(_))));
    coverage.count("process waker", waker(&|x| matches!(x, Waker::Process(_))));
    coverage.count("lane waker", waker(&|x| matches!(x, Waker::Lane(_))));
    coverage.count("release in transit", holder(&|x| matches!(x, Holder::Return { .. })));
    coverage.count("reply in transit", w.messages.iter().any(|m| m.replies.is_some() && !m.received));
    coverage.count("finished target", on(&|on| matches!(on, On::Task(t) if w.tasks[*t].finished)));
    let keyed =
        |known: bool| w.resources.iter().any(|r| r.home == Home::Key && r.capacity.is_some() == known);
    let shares = |h: &Hold| w.resources[h.resource].home == Home::Key && h.amount != Amount::All;
    coverage.count("keyed", keyed(false));
    coverage.count("keyed, of declared capacity", keyed(true));
    coverage.count("keyed and shared", w.holds.iter().any(shares));
}
