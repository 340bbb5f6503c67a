//! One run: sets everything up, lets things go wrong, heals them, and has the judge look at what was claimed.

use super::knowledge::{Knowledge, Life};
use super::processes::{Process, Start, Worker, resident, start_server};
use super::proxy::{Flow, Line};
use super::report::{Report, Weighing};
use super::schedule::{Fault, Planned, Route, neighbours, schedule};
use super::service::{Change, Claimed, Round, Service};
use super::truth::{Nanos, Thing, Work, now};
use super::worker::{Flaw, Neighbour, Order, name};
use super::{Result, judge, mischief};
use crate::oracle::rng::Rng;
use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How a run is to be.
#[derive(Clone, Debug)]
pub struct Options {
    /// This very program, which is also the server and the workers.
    pub program: PathBuf,
    /// For how long something goes wrong.
    pub length: Duration,
    /// How many workers there are.
    pub workers: usize,
    /// What the random choices begin with.
    pub seed: u64,
    /// Where to keep everything; a temporary folder, kept if something is found, unless given.
    pub folder: Option<PathBuf>,
    /// Whether each worker does something wrong, to see that it is found; nothing goes wrong with processes and connections
    /// then.
    pub flawed: bool,
    /// Whether to tell every few seconds how it goes.
    pub progress: bool,
    /// Whether to tell what goes wrong as it does.
    pub verbose: bool,
}

/// How long everything may take to be as it should, once it is healed.
const PATIENCE: Duration = Duration::from_secs(90);
/// How long the workers go on after that.
const LULL: Duration = Duration::from_secs(4);
/// How often the diaries are read.
const READING: Duration = Duration::from_millis(50);
/// How often the processes are weighed.
const WEIGHING: Duration = Duration::from_secs(1);
/// How long a computation is of interest: after it was found to have terminated, and at all.
const INTEREST: (Duration, Duration) = (Duration::from_secs(6), Duration::from_secs(40));

/// The ports of a worker's links and calls: 0 while it is down.
type Ports = (Arc<AtomicU16>, Arc<AtomicU16>);

/// What was done.
#[derive(Clone, Debug)]
pub(super) struct Incident {
    pub(super) from: Nanos,
    pub(super) to: Option<Nanos>,
    pub(super) fault: Fault,
}

/// What the service said.
#[derive(Debug, Default)]
pub(super) struct Claims {
    pub(super) rounds: Vec<Round>,
    /// What the watch told, and when.
    pub(super) changes: Vec<(Nanos, Change)>,
    /// Requests that were not answered.
    pub(super) unanswered: usize,
    /// Computations that were found to have terminated, and when first.
    pub(super) terminated: BTreeMap<Thing, Nanos>,
}

/// Everything that the parts of a run share.
pub(super) struct Harness {
    pub(super) options: Options,
    pub(super) folder: PathBuf,
    pub(super) address: SocketAddr,
    pub(super) began: Nanos,
    lines: BTreeMap<Route, Line>,
    ports: Vec<Ports>,
    workers: Vec<Mutex<Option<Worker>>>,
    server: Mutex<Option<Process>>,
    pub(super) knowledge: Mutex<Knowledge>,
    pub(super) claims: Mutex<Claims>,
    pub(super) incidents: Mutex<Vec<Incident>>,
    pub(super) weighings: Mutex<Vec<Weighing>>,
    pub(super) findings: Mutex<Vec<String>>,
    /// Incarnations whose death is to be told.
    deaths: Mutex<BTreeSet<u64>>,
    /// Nothing new is begun.
    pub(super) closing: AtomicBool,
    over: AtomicBool,
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes a run.
///
/// # Errors
/// If it cannot be made. What it finds is in the report.
pub fn run(options: Options) -> Result<Report> {
    let kept = match &options.folder {
        Some(folder) => {
            std::fs::create_dir_all(folder)?;
            None
        }
        None => Some(tempfile::TempDir::with_prefix("stillpoint-faults-")?),
    };
    let folder = match (&options.folder, &kept) {
        (Some(folder), _) => folder.clone(),
        (None, Some(kept)) => kept.path().to_owned(),
        (None, None) => return Err("no folder".into()),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let report = runtime.block_on(async {
        let harness = Harness::set_up(options, folder.clone()).await?;
        let report = harness.clone().perform().await;
        harness.end();
        report
    });
    runtime.shutdown_background();
    let mut report = report?;
    if let Some(kept) = kept
        && !report.is_clean()
    {
        report.kept = Some(kept.keep());
    } else if !report.is_clean() {
        report.kept = Some(folder);
    }
    Ok(report)
}

impl Harness {
    /// Starts the server, the proxy and the workers.
    async fn set_up(options: Options, folder: PathBuf) -> Result<Arc<Self>> {
        let (server, address) = start_server(&options.program, &folder, "127.0.0.1:0")?;
        let count = options.workers;
        let ports: Vec<Ports> = (0..count).map(|_| Ports::default()).collect();
        let mut lines = BTreeMap::new();
        let to_server = Arc::new(AtomicU16::new(address.port()));
        for worker in 0..count {
            lines.insert(Route::Session(worker), Line::open(to_server.clone()).await?);
            for other in neighbours(worker, count) {
                if worker < other {
                    lines.insert(Route::Link(worker, other), Line::open(ports[other].0.clone()).await?);
                }
                lines.insert(Route::Calls(worker, other), Line::open(ports[other].1.clone()).await?);
            }
        }
        let harness = Arc::new(Harness {
            folder,
            address,
            began: now(),
            lines,
            ports,
            workers: (0..count).map(|_| Mutex::default()).collect(),
            server: Mutex::new(Some(server)),
            knowledge: Mutex::default(),
            claims: Mutex::default(),
            incidents: Mutex::default(),
            weighings: Mutex::default(),
            findings: Mutex::default(),
            deaths: Mutex::default(),
            closing: AtomicBool::new(false),
            over: AtomicBool::new(false),
            options,
        });
        for worker in 0..count {
            harness.clone().start_worker(worker).await?;
        }
        Ok(harness)
    }

    /// All processes end.
    fn end(&self) {
        self.over.store(true, Relaxed);
        for worker in &self.workers {
            drop(lock(worker).take());
        }
        drop(lock(&self.server).take());
    }

    pub(super) fn is_over(&self) -> bool {
        self.over.load(Relaxed)
    }

    pub(super) fn find(&self, what: String) {
        if self.options.verbose {
            eprintln!("{} FOUND {what}", self.elapsed());
        }
        lock(&self.findings).push(what);
    }

    /// The time since the beginning.
    pub(super) fn elapsed(&self) -> String {
        super::report::seconds(now().saturating_sub(self.began))
    }

    fn say(&self, what: &str) {
        if self.options.verbose {
            eprintln!("{} {what}", self.elapsed());
        }
    }

    /// Another incarnation of a worker.
    async fn start_worker(self: Arc<Self>, number: usize) -> Result<()> {
        let harness = self.clone();
        let starting = tokio::task::spawn_blocking(move || {
            let starts = lock(&harness.knowledge).lives.iter().filter(|life| life.worker == number).count();
            let diary = harness.folder.join(format!("{}.{}.diary", name(number), starts + 1));
            let near = neighbours(number, harness.options.workers);
            let port = |route| harness.lines.get(&route).map_or(0, |line| line.address().port());
            let reach = |other: &usize| Neighbour {
                number: *other,
                links: port(Route::Link(number.min(*other), number.max(*other))),
                calls: port(Route::Calls(number, *other)),
            };
            let start = Start {
                number,
                server: format!("http://127.0.0.1:{}", port(Route::Session(number))),
                seed: harness.options.seed.wrapping_mul(1_000_003).wrapping_add(number as u64),
                diary: diary.clone(),
                neighbours: near.iter().map(reach).collect(),
                flaw: harness.options.flawed.then(|| Flaw::of(number)),
            };
            let started = now();
            let worker = Worker::start(&harness.options.program, &harness.folder, &start)?;
            let (links, calls) = &harness.ports[number];
            links.store(worker.ports.0, Relaxed);
            calls.store(worker.ports.1, Relaxed);
            let life = Life { worker: number, diary, started, ..Life::default() };
            let mut knowledge = lock(&harness.knowledge);
            knowledge.lives.push(life);
            knowledge.read()?;
            drop(knowledge);
            *lock(&harness.workers[number]) = Some(worker);
            Ok(())
        });
        starting.await?
    }

    /// Tells a worker something, if it is there.
    pub(super) fn tell(&self, worker: usize, order: Order) {
        if let Some(worker) = lock(&self.workers[worker]).as_mut() {
            // One that has just been killed hears nothing, which is as good.
            let _ = worker.tell(order);
        }
    }

    /// Tells the incarnation something, if it is still there.
    pub(super) fn tell_incarnation(&self, incarnation: u64, order: Order) {
        let worker = {
            let knowledge = lock(&self.knowledge);
            knowledge.life(incarnation).filter(|life| life.is_alive()).map(|life| life.worker)
        };
        if let Some(worker) = worker {
            self.tell(worker, order);
        }
    }

    fn present(&self, worker: usize, change: impl FnOnce(&mut Life)) -> Option<u64> {
        let mut knowledge = lock(&self.knowledge);
        let life = knowledge.lives.iter_mut().rev().find(|life| life.worker == worker);
        let life = life.filter(|life| life.ended.is_none())?;
        change(life);
        Some(life.incarnation)
    }

    /// The run itself.
    async fn perform(self: Arc<Self>) -> Result<Report> {
        let mut tasks = tokio::task::JoinSet::new();
        tasks.spawn(self.clone().keep_reading());
        tasks.spawn(self.clone().keep_weighing());
        tasks.spawn(self.clone().keep_asking());
        tasks.spawn(self.clone().keep_watching());
        tasks.spawn(self.clone().keep_telling_deaths());
        tasks.spawn(self.clone().keep_forgetting());
        tasks.spawn(self.clone().keep_showing());
        // None of these ends before all is over, unless it cannot go on.
        tokio::select! {
            done = self.all_that_goes_wrong() => done?,
            Some(ended) = tasks.join_next() => return Err(ended?.err().unwrap_or_else(|| "a part of the harness has ended".into())),
        }
        self.over.store(true, Relaxed);
        while let Some(ended) = tasks.join_next().await {
            ended??;
        }
        lock(&self.knowledge).read()?;
        judge::judge(&self).await?;
        Ok(Report::of(&self))
    }

    /// Everything goes wrong, and is healed.
    async fn all_that_goes_wrong(self: &Arc<Self>) -> Result<()> {
        let making = tokio::spawn(mischief::make_deadlocks(self.clone()));
        if self.options.flawed {
            self.go_wrong(&[]).await?;
            self.closing.store(true, Relaxed);
        } else {
            let plan = schedule(self.options.seed, self.options.length, self.options.workers);
            self.go_wrong(&plan).await?;
            let healed = self.heal().await?;
            self.settle(healed).await;
        }
        making.await?
    }

    /// All faults, each in its time.
    async fn go_wrong(self: &Arc<Self>, plan: &[Planned]) -> Result<()> {
        let began = tokio::time::Instant::now();
        let mut going = tokio::task::JoinSet::new();
        for planned in plan {
            tokio::time::sleep_until(began + planned.at).await;
            going.spawn(self.clone().one(*planned));
        }
        tokio::time::sleep_until(began + self.options.length).await;
        while let Some(ended) = going.join_next().await {
            ended??;
        }
        Ok(())
    }

    /// One fault from its beginning to its end.
    async fn one(self: Arc<Self>, planned: Planned) -> Result<()> {
        let Planned { fault, lasts, resets, .. } = planned;
        self.say(&format!("{fault}, for {lasts:?}"));
        let incident = {
            let mut incidents = lock(&self.incidents);
            incidents.push(Incident { from: now(), to: None, fault });
            incidents.len() - 1
        };
        match fault {
            Fault::ServerKilled => {
                drop(lock(&self.server).take());
                tokio::time::sleep(lasts).await;
                self.start_server_again().await?;
            }
            Fault::ServerStopped => {
                self.signal_server(|server| server.stop())?;
                tokio::time::sleep(lasts).await;
                self.signal_server(|server| server.go_on())?;
            }
            Fault::WorkerKilled(worker, told) => {
                let incarnation = self.kill(worker);
                if let (Some(incarnation), Some(told)) = (incarnation, told) {
                    let harness = self.clone();
                    tokio::spawn(async move {
                        tokio::time::sleep(told).await;
                        lock(&harness.deaths).insert(incarnation);
                    });
                }
                tokio::time::sleep(lasts).await;
                self.clone().start_worker(worker).await?;
            }
            Fault::WorkerStopped(worker) => {
                self.stop(worker)?;
                tokio::time::sleep(lasts).await;
                self.go_on(worker)?;
            }
            Fault::WorkerLeft(worker) => {
                self.leave(worker).await;
                tokio::time::sleep(lasts).await;
                self.clone().start_worker(worker).await?;
            }
            Fault::Cut(route, how) => {
                if let Some(line) = self.lines.get(&route) {
                    line.cut(how);
                    if let super::proxy::Cut::OneSided(_) = how {
                        tokio::time::sleep(lasts).await;
                        line.cut(super::proxy::Cut::Reset);
                    }
                }
            }
            Fault::Flow(route, flow) => {
                if let Some(line) = self.lines.get(&route) {
                    line.set(flow);
                    tokio::time::sleep(lasts).await;
                    line.heal(resets || matches!(flow, Flow::HalfClosed(_)));
                }
            }
            Fault::Partition(a, b) => {
                let routes = [Route::Link(a.min(b), a.max(b)), Route::Calls(a, b), Route::Calls(b, a)];
                let between = || routes.iter().filter_map(|route| self.lines.get(route));
                between().for_each(|line| line.set(Flow::Frozen));
                tokio::time::sleep(lasts).await;
                between().for_each(|line| line.heal(resets));
            }
        }
        lock(&self.incidents)[incident].to = Some(now());
        Ok(())
    }

    fn signal_server(&self, how: impl FnOnce(&Process) -> Result<()>) -> Result<()> {
        lock(&self.server).as_ref().map_or(Ok(()), how)
    }

    async fn start_server_again(self: &Arc<Self>) -> Result<()> {
        let harness = self.clone();
        let starting = tokio::task::spawn_blocking(move || {
            start_server(&harness.options.program, &harness.folder, &harness.address.to_string())
        });
        let (server, _) = starting.await??;
        *lock(&self.server) = Some(server);
        Ok(())
    }

    /// `kill -9`; gives who that was.
    fn kill(&self, worker: usize) -> Option<u64> {
        let process = lock(&self.workers[worker]).take()?;
        let incarnation = self.present(worker, |life| life.ends = Some(now()));
        drop(process);
        self.gone(worker);
        incarnation
    }

    fn gone(&self, worker: usize) {
        let (links, calls) = &self.ports[worker];
        links.store(0, Relaxed);
        calls.store(0, Relaxed);
        self.present(worker, |life| {
            if life.ends.is_some() {
                life.ended = Some(now());
            }
        });
    }

    fn stop(&self, worker: usize) -> Result<()> {
        let workers = lock(&self.workers[worker]);
        let Some(process) = workers.as_ref() else { return Ok(()) };
        self.present(worker, |life| life.stops.push((now(), None)));
        process.process.stop()
    }

    fn go_on(&self, worker: usize) -> Result<()> {
        let workers = lock(&self.workers[worker]);
        let Some(process) = workers.as_ref() else { return Ok(()) };
        process.process.go_on()?;
        self.present(worker, |life| {
            if let Some((_, until)) = life.stops.last_mut() {
                *until = Some(now());
            }
        });
        Ok(())
    }

    async fn leave(&self, worker: usize) {
        self.present(worker, |life| {
            life.ends = Some(now());
            life.left = true;
        });
        self.tell(worker, Order::Leave);
        let until = Instant::now() + Duration::from_secs(10);
        let ended = || lock(&self.workers[worker]).as_mut().is_none_or(|w| w.process.ended().is_some());
        while !ended() && Instant::now() < until {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        if !ended() {
            self.find(format!("{} was told to leave, and is still there after ten seconds", name(worker)));
        }
        drop(lock(&self.workers[worker]).take());
        self.gone(worker);
        // Whether its goodbye has arrived nobody knows; that it has ended is certain.
        let incarnation = {
            let knowledge = lock(&self.knowledge);
            knowledge.lives.iter().rev().find(|life| life.worker == worker).map(|life| life.incarnation)
        };
        lock(&self.deaths).extend(incarnation);
    }

    /// Everything is as it should be from here on; gives when that was.
    async fn heal(self: &Arc<Self>) -> Result<Nanos> {
        self.say("all is healed");
        for line in self.lines.values() {
            line.heal(true);
        }
        for (number, worker) in self.workers.iter().enumerate() {
            if lock(worker).is_none() {
                self.clone().start_worker(number).await?;
            }
            self.go_on(number)?;
        }
        let dead: Vec<u64> = {
            let knowledge = lock(&self.knowledge);
            let ended = knowledge.lives.iter().filter(|life| life.ended.is_some());
            ended.map(|life| life.incarnation).filter(|incarnation| *incarnation != 0).collect()
        };
        lock(&self.deaths).extend(dead);
        Ok(now())
    }

    /// Waits until all that should come about has, or for as long as it may take.
    async fn settle(self: &Arc<Self>, healed: Nanos) {
        let work_of = |number: usize| {
            let knowledge = lock(&self.knowledge);
            let life = knowledge.present(number)?;
            let before = life.beats.iter().rfind(|(at, _)| *at <= healed).map_or(Work::default(), |b| b.1);
            Some((before, life.beats.last()?.1))
        };
        let works = |number: usize| {
            work_of(number).is_some_and(|(before, after)| {
                after.alone > before.alone
                    && after.transfers > before.transfers + 10
                    && after.items > before.items
                    && after.references > before.references
            })
        };
        let count = self.options.workers;
        if !self.until(async || (0..count).all(works)).await {
            let idle: Vec<_> = (0..count).filter(|n| !works(*n)).map(|n| (name(n), work_of(n))).collect();
            self.find(format!("healed for {PATIENCE:?}, and not everything works again: {idle:?}"));
        }
        self.say("every worker works");
        // Of what is begun before a round is complete in which every death is certain, it may never be known whether the dead
        // had a part in it.
        let sure = async || {
            let told = lock(&self.deaths).is_empty();
            let claims = lock(&self.claims);
            told && claims.rounds.last().is_some_and(|round| round.asked > healed && round.is_complete())
        };
        if !self.until(sure).await {
            let last = lock(&self.claims).rounds.last().map(|r| (r.outcome, r.missing.clone()));
            self.find(format!("healed for {PATIENCE:?}, and no round is complete: {last:?}"));
        }
        let sure = now();
        self.say("a round is complete");
        tokio::time::sleep(LULL).await;
        self.closing.store(true, Relaxed);
        for number in 0..count {
            self.tell(number, Order::Quiet);
        }
        if !self.until(async || judge::remaining(self, sure).is_empty()).await {
            for what in judge::remaining(self, sure) {
                self.find(format!("not found, {PATIENCE:?} after all was healed: {what}"));
            }
        }
        self.say("everything is found");
    }

    async fn until(&self, mut so: impl AsyncFnMut() -> bool) -> bool {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if so().await {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        false
    }

    async fn keep_reading(self: Arc<Self>) -> Result<()> {
        while !self.is_over() {
            lock(&self.knowledge).read()?;
            for (number, worker) in self.workers.iter().enumerate() {
                let ended = lock(worker).as_mut().and_then(|worker| worker.process.ended());
                let meant = || lock(&self.knowledge).present(number).is_none();
                if let Some(how) = ended
                    && !meant()
                {
                    self.find(format!("{} has ended by itself: {how}", name(number)));
                    drop(lock(worker).take());
                }
            }
            let ended = lock(&self.server).as_mut().and_then(Process::ended);
            if let Some(how) = ended {
                self.find(format!("the server has ended by itself: {how}"));
                self.over.store(true, Relaxed);
                return Err("the server has ended by itself".into());
            }
            tokio::time::sleep(READING).await;
        }
        Ok(())
    }

    async fn keep_weighing(self: Arc<Self>) -> Result<()> {
        while !self.is_over() {
            let at = now();
            let server = lock(&self.server).as_ref().and_then(|server| resident(server.id()));
            let mut all: Vec<_> =
                server.map(|bytes| Weighing { at, worker: None, bytes }).into_iter().collect();
            for (number, worker) in self.workers.iter().enumerate() {
                let bytes = lock(worker).as_ref().and_then(|worker| resident(worker.process.id()));
                all.extend(bytes.map(|bytes| Weighing { at, worker: Some(number), bytes }));
            }
            lock(&self.weighings).extend(all);
            tokio::time::sleep(WEIGHING).await;
        }
        Ok(())
    }

    /// One round after another, and what follows from what is found in them.
    async fn keep_asking(self: Arc<Self>) -> Result<()> {
        let mut service = Service::at(self.address)?;
        let mut rng = Rng::new(self.options.seed ^ 0xa5);
        while !self.is_over() {
            let money = lock(&self.knowledge).minted;
            match service.detect(money).await {
                Ok(round) => self.heard(round),
                Err(error) => {
                    self.say(&format!("not answered: {error}"));
                    lock(&self.claims).unanswered += 1;
                }
            }
            tokio::time::sleep(Duration::from_millis(100 + rng.below(300) as u64)).await;
        }
        Ok(())
    }

    fn heard(&self, round: Round) {
        let mut reclaim = Vec::new();
        for claim in &round.claims {
            match &claim.claimed {
                Claimed::Deadlock(members) => {
                    let labels = members.iter().map(|(_, label)| label.as_str());
                    for of in labels.filter_map(judge::deadlock_of) {
                        if let Some(made) = lock(&self.knowledge).deadlocks.get_mut(&of) {
                            made.found.get_or_insert(round.answered);
                        }
                    }
                }
                Claimed::Terminated(of, _) => {
                    lock(&self.claims).terminated.entry(*of).or_insert(round.answered);
                }
                Claimed::Garbage(objects) => {
                    let mut knowledge = lock(&self.knowledge);
                    for object in objects {
                        knowledge.objects.entry(*object).or_default().found.get_or_insert(round.answered);
                    }
                    // Nothing is reclaimed on a verdict that rests on an assumption.
                    if claim.presumed.is_empty() && !claim.expired {
                        reclaim.extend(objects.iter().copied());
                    }
                }
                _ => {}
            }
        }
        for object in reclaim {
            self.tell_incarnation(object.process, Order::Reclaim(object));
        }
        lock(&self.claims).rounds.push(round);
    }

    /// Watches from where it was, however often the server is gone.
    async fn keep_watching(self: Arc<Self>) -> Result<()> {
        let mut service = Service::at(self.address)?;
        while !self.is_over() {
            let from = lock(&self.claims).changes.last().map_or(0, |(_, change)| change.revision);
            // Now and then it is asked anew, from where it was.
            let watching = service.watch(from, Duration::from_secs(3), |change| {
                lock(&self.claims).changes.push((now(), change));
                ControlFlow::Continue(())
            });
            let _ = tokio::time::timeout(Duration::from_secs(20), watching).await;
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(())
    }

    async fn keep_telling_deaths(self: Arc<Self>) -> Result<()> {
        let mut service = Service::at(self.address)?;
        while !self.is_over() {
            let all: Vec<u64> = lock(&self.deaths).iter().copied().collect();
            for incarnation in all {
                let told = service.report_death(incarnation).await;
                // It may have been killed before the server knew of it.
                let unknown = told.as_ref().is_err_and(|error| error.to_string().contains("not found"));
                if told.is_ok() || unknown {
                    lock(&self.deaths).remove(&incarnation);
                }
            }
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        Ok(())
    }

    /// Computations are forgotten when they are of no more interest, so that they do not become more and more.
    async fn keep_forgetting(self: Arc<Self>) -> Result<()> {
        while !self.is_over() {
            let at = now();
            let ago =
                |time: Nanos, how_long: Duration| u128::from(at.saturating_sub(time)) > how_long.as_nanos();
            let terminated = lock(&self.claims).terminated.clone();
            let old: Vec<Thing> = {
                let knowledge = lock(&self.knowledge);
                let open =
                    knowledge.computations.iter().filter(|(_, c)| c.forgotten.is_none() && c.items > 0);
                let old = open.filter(|(of, computation)| {
                    let found = terminated.get(of).is_some_and(|found| ago(*found, INTEREST.0));
                    let settled = computation.ended().is_some() && found;
                    settled || ago(computation.created, INTEREST.1)
                });
                old.map(|(of, _)| *of).collect()
            };
            if !self.closing.load(Relaxed) {
                old.into_iter().for_each(|of| self.tell_incarnation(of.process, Order::Forget(of)));
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        Ok(())
    }

    /// How it goes, for who looks on.
    async fn keep_showing(self: Arc<Self>) -> Result<()> {
        while !self.is_over() {
            tokio::time::sleep(Duration::from_secs(1)).await;
            if self.options.progress || self.options.verbose {
                let line = super::report::progress(&self);
                if self.options.verbose { eprintln!("{line}") } else { eprint!("\r{line}\x1b[K") }
            }
        }
        if self.options.progress && !self.options.verbose {
            eprintln!();
        }
        Ok(())
    }
}
