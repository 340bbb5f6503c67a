//! One worker process: an agent, links to its neighbours, calls, and several workloads at once that keep the truth.
//!
//! It does as it is told over its standard input, one line for each order and without an answer: what comes of it stands in
//! the [diary](super::truth). When its standard input is closed it ends, so that no worker outlives the harness.
//!
//! Nothing here is clever about faults. A link that has failed is made anew, a call that has failed is doubted and its wait
//! given up, and what was lost on the way stays lost; a lost item of work is one that is never done.

mod bank;
mod calls;
mod diffusion;
mod locks;
mod mesh;
mod objects;

use super::truth::{Diary, Entry, Thing, Work, now};
use crate::oracle::rng::Rng;
use bank::Bank;
pub(super) use bank::GAUGE;
use clap::ValueEnum;
use diffusion::Diffusion;
use locks::Locks;
pub(super) use locks::label;
use mesh::Mesh;
use objects::Objects;
use std::error::Error;
use std::io::BufRead as _;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;
use stillpoint_agent::{Acts, Agent};
use tokio::net::TcpListener;

/// What goes wrong within a worker is told on standard error.
type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// How often a worker writes down that it works.
pub(super) const HEARTBEAT: Duration = Duration::from_millis(250);
/// How often it records something that needs nobody else.
const ALONE: Duration = Duration::from_millis(10);
/// How long a task may go on that runs when the worker begins to leave.
const SETTLING: Duration = Duration::from_millis(100);

/// A neighbour, as a worker reaches it.
#[derive(Clone, Debug)]
pub(super) struct Neighbour {
    /// Its number.
    pub(super) number: usize,
    /// The port of its links.
    pub(super) links: u16,
    /// The port of its calls.
    pub(super) calls: u16,
}

impl FromStr for Neighbour {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let wrong = || format!("`{text}` is no neighbour: expected NUMBER:LINKS:CALLS");
        let fields: Vec<u16> = text.split(':').map_while(|field| field.parse().ok()).collect();
        let [number, links, calls] = fields[..] else { return Err(wrong()) };
        Ok(Neighbour { number: number.into(), links, calls })
    }
}

/// What a worker is.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Its number, from 0.
    #[arg(long)]
    pub(super) number: usize,
    /// The address of the server.
    #[arg(long)]
    pub(super) server: String,
    /// What its random choices begin with.
    #[arg(long)]
    pub(super) seed: u64,
    /// The file for what it knows.
    #[arg(long)]
    pub(super) diary: PathBuf,
    /// A neighbour.
    #[arg(long)]
    pub(super) neighbour: Vec<Neighbour>,
    /// What it does wrong.
    #[arg(long)]
    pub(super) flaw: Option<Flaw>,
}

/// What a worker can be made to do wrong, to see that it is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Flaw {
    /// The token of an item of work ends before the work is done.
    EarlyEnd,
    /// The root of an object ends while the object is needed.
    NoRoot,
    /// Money that arrives is not all owned.
    Leak,
    /// A lock is waited for as if a deadlock were there that is none.
    Phantom,
}

impl Flaw {
    /// Which one the worker of this number is made to have.
    pub(super) fn of(number: usize) -> Self {
        let all = Flaw::value_variants();
        all[number % all.len()]
    }
}

/// What a worker is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Take the vault here for this deadlock.
    Hold(u64),
    /// While it is held call a neighbour, which needs its own; give up after so many milliseconds, if that is not 0.
    Call(u64, usize, u64),
    /// Whoever waits for the vault here on behalf of this deadlock gives up.
    GiveUp(u64),
    /// The vault that is held for this deadlock is let go, if nobody was called yet.
    Release(u64),
    /// Forget a computation.
    Forget(Thing),
    /// Reclaim an object.
    Reclaim(Thing),
    /// Begin nothing new, so that all comes to an end.
    Quiet,
    /// Say goodbye and end.
    Leave,
}

impl std::fmt::Display for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Order::Hold(of) => write!(f, "hold {of}"),
            Order::Call(of, to, patience) => write!(f, "call {of} {to} {patience}"),
            Order::GiveUp(of) => write!(f, "give-up {of}"),
            Order::Release(of) => write!(f, "release {of}"),
            Order::Forget(of) => write!(f, "forget {of}"),
            Order::Reclaim(of) => write!(f, "reclaim {of}"),
            Order::Quiet => f.write_str("quiet"),
            Order::Leave => f.write_str("leave"),
        }
    }
}

impl FromStr for Order {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let fields: Vec<&str> = text.split(' ').collect();
        let number = |text: &str| text.parse::<u64>().map_err(|error| format!("`{text}`: {error}"));
        let thing = |text: &str| text.parse::<Thing>().map_err(|_| format!("`{text}` is no thing"));
        match fields[..] {
            ["hold", of] => Ok(Order::Hold(number(of)?)),
            ["call", of, to, patience] => Ok(Order::Call(
                number(of)?,
                usize::try_from(number(to)?).map_err(|error| error.to_string())?,
                number(patience)?,
            )),
            ["give-up", of] => Ok(Order::GiveUp(number(of)?)),
            ["release", of] => Ok(Order::Release(number(of)?)),
            ["forget", of] => Ok(Order::Forget(thing(of)?)),
            ["reclaim", of] => Ok(Order::Reclaim(thing(of)?)),
            ["quiet"] => Ok(Order::Quiet),
            ["leave"] => Ok(Order::Leave),
            _ => Err(format!("`{text}` is no order")),
        }
    }
}

/// What all parts of a worker share.
struct Site {
    me: usize,
    agent: Agent,
    diary: Diary,
    mesh: Mesh,
    bank: Bank,
    diffusion: Diffusion,
    locks: Locks,
    objects: Objects,
    quiet: AtomicBool,
    leaving: AtomicBool,
    alone: AtomicU64,
    seed: u64,
    flaw: Option<Flaw>,
}

impl Site {
    fn write(&self, entry: &Entry) {
        self.diary.write(entry);
    }

    fn is_quiet(&self) -> bool {
        self.quiet.load(Relaxed)
    }

    /// Choices of their own for each part.
    const fn rng(&self, part: u64) -> Rng {
        Rng::new(self.seed ^ (part << 32))
    }

    fn work(&self) -> Work {
        Work {
            alone: self.alone.load(Relaxed),
            transfers: self.bank.sent(),
            items: self.diffusion.done(),
            calls: self.locks.returned(),
            references: self.objects.sent(),
            balance: self.bank.balance(),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The name of the worker of this number.
pub(super) fn name(number: usize) -> String {
    format!("worker-{}", number + 1)
}

/// Runs a worker until it is told to leave or nobody tells it anything any more.
///
/// # Errors
/// If it cannot be set up.
pub(super) fn run(args: &Args) -> Result<()> {
    let diary = Diary::create(&args.diary)?;
    let agent = Agent::builder(&name(args.number)).server(&args.server).start()?;
    diary.write(&Entry::Started(agent.incarnation().0));
    // The processes of a run share few cores.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let _entered = runtime.enter();
    let (links, calls) = runtime.block_on(async {
        Ok::<_, std::io::Error>((
            TcpListener::bind("127.0.0.1:0").await?,
            TcpListener::bind("127.0.0.1:0").await?,
        ))
    })?;
    let ports = (links.local_addr()?.port(), calls.local_addr()?.port());
    let site = Arc::new(Site {
        me: args.number,
        mesh: Mesh::new(&args.neighbour),
        bank: Bank::default(),
        diffusion: Diffusion::default(),
        locks: Locks::new(&agent, args.number),
        objects: Objects::default(),
        quiet: AtomicBool::new(false),
        leaving: AtomicBool::new(false),
        alone: AtomicU64::new(0),
        flaw: args.flaw,
        // Another one in each incarnation.
        seed: args.seed ^ now(),
        agent,
        diary,
    });
    let beating = site.clone();
    std::thread::Builder::new().name("heartbeat".into()).spawn(move || heartbeat(&beating))?;
    spawn(&site, alone);
    mesh::start(&site, links);
    calls::start(&site, calls);
    bank::start(&site);
    diffusion::start(&site);
    locks::start(&site);
    objects::start(&site);
    println(&format!("ready {} {}", ports.0, ports.1))?;
    for line in std::io::stdin().lock().lines() {
        let Ok(line) = line else { break };
        match line.parse()? {
            Order::Leave => {
                site.leaving.store(true, Relaxed);
                std::thread::sleep(SETTLING);
                site.agent.clone().leave();
                break;
            }
            order => obey(&site, order),
        }
    }
    // What still runs is neither waited for nor dropped: work that is not done must not look as if it were.
    std::process::exit(0);
}

/// Spawns a task that stands still when the worker leaves: after its goodbye it must have no more events.
fn spawn<F: Future<Output = ()> + Send + 'static>(site: &Arc<Site>, task: impl FnOnce(Arc<Site>) -> F) {
    let task = task(site.clone());
    let site = site.clone();
    tokio::spawn(async move {
        let mut task = std::pin::pin!(task);
        let stand_still = std::future::poll_fn(|context| {
            if site.leaving.load(Relaxed) { Poll::Pending } else { task.as_mut().poll(context) }
        });
        stand_still.await;
    });
}

/// The one line of a worker's standard output.
fn println(text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}

fn obey(site: &Arc<Site>, order: Order) {
    match order {
        Order::Hold(of) => locks::hold(site, of),
        Order::Call(of, to, patience) => locks::call(site, of, to, Duration::from_millis(patience)),
        Order::GiveUp(of) => locks::give_up(site, of),
        Order::Release(of) => locks::release(site, of),
        Order::Forget(of) => diffusion::forget(site, of),
        Order::Reclaim(of) => objects::reclaim(site, of),
        Order::Quiet => {
            site.write(&Entry::Quiet);
            site.quiet.store(true, Relaxed);
        }
        Order::Leave => {}
    }
}

/// Writes down that this process works, apart from everything whose work it is.
fn heartbeat(site: &Site) {
    let mut told = None;
    loop {
        site.write(&Entry::Heartbeat(site.work()));
        let fault = site.agent.fault();
        if let Some(fault) = fault.filter(|fault| told.as_ref() != Some(fault)) {
            site.write(&Entry::Fault(fault.clone()));
            told = Some(fault);
        }
        std::thread::sleep(HEARTBEAT);
    }
}

/// What needs no other worker: it has no reason ever to stand still.
async fn alone(site: Arc<Site>) {
    let mut pause = tokio::time::interval(ALONE);
    pause.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        let task = site.agent.task("alone");
        let wait = site.agent.wait(&task, &stillpoint_agent::Waiting::default().external());
        pause.tick().await;
        site.agent.event(|acts: &mut Acts<'_, '_>| {
            acts.end(wait);
            acts.end(task);
        });
        site.alone.fetch_add(1, Relaxed);
    }
}

/// A random length of time.
fn between(rng: &mut Rng, from: u64, to: u64) -> Duration {
    Duration::from_micros(from + rng.bits() % (to - from).max(1))
}

/// Numbers in a frame, big endian.
struct Numbers<'a>(&'a [u8]);

impl Numbers<'_> {
    fn next(&mut self) -> Option<u64> {
        let (first, rest) = self.0.split_first_chunk::<8>()?;
        self.0 = rest;
        Some(u64::from_be_bytes(*first))
    }

    fn thing(&mut self) -> Option<Thing> {
        Some(Thing { process: self.next()?, handle: self.next()? })
    }
}

/// A frame: what it is about, and numbers.
fn frame(kind: u8, numbers: &[u64]) -> Vec<u8> {
    std::iter::once(kind).chain(numbers.iter().flat_map(|n| n.to_be_bytes())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_read_as_it_is_written() {
        let thing = Thing { process: 10, handle: 3 };
        let orders = [
            Order::Hold(1),
            Order::Call(1, 2, 3),
            Order::GiveUp(4),
            Order::Release(4),
            Order::Forget(thing),
            Order::Reclaim(thing),
            Order::Quiet,
            Order::Leave,
        ];
        for order in orders {
            assert_eq!(order.to_string().parse(), Ok(order));
        }
        assert!("hold".parse::<Order>().is_err());
    }

    #[test]
    fn a_frame_has_its_numbers() {
        let bytes = frame(b'x', &[1, 2, 3]);
        let mut numbers = Numbers(&bytes[1..]);
        assert_eq!(numbers.thing(), Some(Thing { process: 1, handle: 2 }));
        assert_eq!((numbers.next(), numbers.next()), (Some(3), None));
    }
}
