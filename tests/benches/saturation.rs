//! How long a round takes when the links are full.
//!
//! Several deployments stand side by side in this process, each a real server and [`AGENTS`] agents, every two of
//! which are joined by a FIFO link over a loopback connection. They take turns, so that what slows the machine down
//! slows them all, and differ only in what their links do:
//!
//! - *idle*: everybody reads and nobody sends, so markers pass in band;
//! - *full*: nobody reads, and both ends of every link send until the sockets and the queues before them are full and
//!   every sender waits for room. No marker gets through; a round has only the server's word;
//! - *full, read slowly*: the same, but each receiver takes a message every [`PAUSE`] while its deployment has the
//!   turn, so that messages leave and arrive in every round;
//! - *that carry*: each message carries an amount of a gauge, so that every one of them has an entry in its sender's log.
//!
//! The latency of a round is the time from the request to its end. The second idle deployment shows what the ratio is
//! when nothing differs. The requirement: full links do not make the median grow by more than half.
//!
//! ```text
//! cargo bench -p stillpoint-tests --no-default-features --bench saturation
//! ```
#![allow(clippy::unwrap_used, reason = "a bench on loopback: what fails here ends it")]
#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};
use stillpoint_agent::fact::Annotation;
use stillpoint_agent::{Agent, Link, LinkReceiver, LinkSender, plain};
use stillpoint_server::config::Config;
use stillpoint_server::engine::{Counter, EngineHandle, RoundKind, missing_in_words};
use stillpoint_server::net::Server;
use stillpoint_tests::measure::percentiles;
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

const AGENTS: usize = 4;
const TURNS: usize = 31;
const ROUNDS: usize = 20;
/// How many turns nobody counts: they fill caches and the server's history.
const WARM_UP: usize = 2;
/// What the ratio of the medians may be.
const LIMIT: f64 = 1.5;
/// How long a slow receiver waits after each message.
const PAUSE: Duration = Duration::from_millis(5);
/// How long no message has left before links count as full.
const STILL: Duration = Duration::from_millis(300);

/// What the links of a deployment do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Traffic {
    Idle,
    /// Messages of so many bytes are sent, which carry an amount or nothing; a receiver takes one after each pause, if
    /// it reads at all.
    Full {
        payload: usize,
        carries: bool,
        pause: Option<Duration>,
    },
}

/// A server, its agents, and what has been measured of them.
struct Deployment {
    name: &'static str,
    traffic: Traffic,
    engine: EngineHandle,
    agents: Vec<Agent>,
    /// How many messages each end of a link has sent.
    sent: Vec<Arc<AtomicU64>>,
    /// Receivers that nobody reads: dropped, they would end their links.
    unread: Vec<LinkReceiver>,
    /// Whether slow receivers read.
    turn: Arc<AtomicBool>,
    /// What had been sent, and how many markers had come in time, when it began.
    before: (Vec<u64>, u64),
    /// In milliseconds, by turn.
    latencies: Vec<Vec<f64>>,
    in_transit: Vec<f64>,
    /// Rounds that were not complete, by what they lacked.
    incomplete: BTreeMap<String, usize>,
    _store: TempDir,
}

impl Deployment {
    async fn start(name: &'static str, traffic: Traffic) -> Deployment {
        let store = tempfile::tempdir().unwrap();
        let mut config = Config::default();
        config.store = store.path().join("store.db");
        config.server.listen = "127.0.0.1:0".to_owned();
        let server = Server::bind(config).await.unwrap();
        let (engine, url) = (server.engine(), format!("http://{}", server.local_addr()));
        tokio::spawn(server.run_until(CancellationToken::new()));
        let start = |n| Agent::builder(&format!("p{n}")).server(&url).start().unwrap();
        let agents: Vec<Agent> = (0..AGENTS).map(start).collect();
        while engine.take_snapshot(None).await.unwrap().summary.members < AGENTS {}
        let mut deployment = Deployment {
            name,
            traffic,
            engine,
            agents,
            sent: Vec::new(),
            unread: Vec::new(),
            turn: Arc::default(),
            before: (Vec::new(), 0),
            latencies: Vec::new(),
            in_transit: Vec::new(),
            incomplete: BTreeMap::new(),
            _store: store,
        };
        for (a, b) in (0..AGENTS).flat_map(|b| (0..b).map(move |a| (a, b))) {
            deployment.join(a, b).await;
        }
        deployment.fill().await;
        deployment
    }

    /// A link between two agents, whose ends know each other and have each had a message.
    async fn join(&mut self, a: usize, b: usize) {
        let (one, other) = (&self.agents[a], &self.agents[b]);
        let (here, there) = connection().await;
        let (mut a, mut b) = (one.link(here), other.link(there));
        for link in [&a, &b] {
            link.sender.send(Vec::new(), plain(), |_, _| ()).await.unwrap();
        }
        for link in [&mut a, &mut b] {
            link.receiver.recv(|_, _, _| ()).await.unwrap().unwrap();
        }
        self.use_link(a);
        self.use_link(b);
    }

    fn use_link(&mut self, Link { sender, receiver }: Link) {
        match self.traffic {
            Traffic::Idle => drop(tokio::spawn(read(receiver))),
            Traffic::Full { payload, carries, pause } => {
                let sent = Arc::<AtomicU64>::default();
                self.sent.push(sent.clone());
                tokio::spawn(write(sender, payload, carries, sent));
                match pause {
                    Some(pause) => drop(tokio::spawn(read_slowly(receiver, pause, self.turn.clone()))),
                    None => self.unread.push(receiver),
                }
            }
        }
    }

    fn sent(&self) -> Vec<u64> {
        self.sent.iter().map(|sent| sent.load(Relaxed)).collect()
    }

    /// How many markers came in time: the channel of each has been compared with the logs.
    fn markers(&self) -> u64 {
        let of = |counter| self.engine.statistics().count(counter);
        assert_eq!(of(Counter::ChannelsViolated), 0, "the recordings contradict the logs");
        of(Counter::ChannelsEqual) + of(Counter::ChannelsWithin)
    }

    /// Waits until no sender has sent anything for a while.
    async fn fill(&self) {
        let mut before = Vec::new();
        while before != self.sent() {
            before = self.sent();
            sleep(STILL).await;
        }
    }

    async fn turn(&mut self) {
        self.turn.store(true, Relaxed);
        let mut latencies = Vec::new();
        for _ in 0..ROUNDS {
            let start = Instant::now();
            let round = self.engine.take_snapshot(None).await.unwrap();
            latencies.push(start.elapsed().as_secs_f64() * 1e3);
            let summary = &round.summary;
            self.in_transit.push(summary.in_transit as f64);
            if summary.outcome != RoundKind::Complete || summary.members != AGENTS {
                let mut why: Vec<String> = summary.missing.iter().map(missing_in_words).collect();
                why.extend(summary.faults.iter().cloned());
                *self.incomplete.entry(why.join("; ")).or_default() += 1;
            }
        }
        self.latencies.push(latencies);
        self.turn.store(false, Relaxed);
    }

    /// What counts begins here.
    fn begin(&mut self) {
        self.before = (self.sent(), self.markers());
        self.latencies.clear();
        self.in_transit.clear();
    }

    /// What the links have done since then.
    fn links_in_words(&self) -> String {
        let (before, markers) = &self.before;
        let markers = self.markers() - markers;
        let Traffic::Full { payload, .. } = self.traffic else {
            return format!("{markers} markers came through");
        };
        let (sent, ends) = (self.sent(), before.len());
        let still = sent.iter().zip(before).filter(|(now, before)| now == before).count();
        let more = sent.iter().sum::<u64>() - before.iter().sum::<u64>();
        let unread = self.in_transit.last().unwrap_or(&0.0) * payload as f64 / 1e6;
        format!(
            "{still} of {ends} senders waited from first to last, {more} messages were sent; \
             {unread:.1} MB unread; {markers} markers came through in time"
        )
    }

    /// The median latency in each turn.
    fn medians(&self) -> impl Iterator<Item = f64> + '_ {
        self.latencies.iter().map(|turn| percentiles(turn.iter().copied())[1])
    }
}

async fn connection() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (one, other) = tokio::join!(TcpStream::connect(listener.local_addr().unwrap()), listener.accept());
    (one.unwrap(), other.unwrap().0)
}

async fn write(sender: LinkSender, payload: usize, carries: bool, sent: Arc<AtomicU64>) {
    let amount = Annotation::Amount { gauge: "money".into(), amount: 1 };
    let carried = || if carries { vec![amount.clone()] } else { plain() };
    while sender.send(vec![7; payload], carried(), |_, _| ()).await.is_ok() {
        sent.fetch_add(1, Relaxed);
    }
}

async fn read(mut receiver: LinkReceiver) {
    while let Ok(Some(_)) = receiver.recv(|_, _, _| ()).await {}
}

async fn read_slowly(mut receiver: LinkReceiver, pause: Duration, turn: Arc<AtomicBool>) {
    loop {
        sleep(pause).await;
        if turn.load(Relaxed) && !matches!(receiver.recv(|_, _, _| ()).await, Ok(Some(_))) {
            return;
        }
    }
}

fn print(deployments: &[Deployment]) {
    println!("{AGENTS} agents, {TURNS} turns of {ROUNDS} rounds each");
    let idle = &deployments[0];
    for it in deployments {
        let [low, median, high] = percentiles(it.latencies.iter().flatten().copied());
        let [_, in_transit, _] = percentiles(it.in_transit.iter().copied());
        println!("{}: {median:.2} ms ({low:.2} to {high:.2}), {in_transit} messages in transit", it.name);
        println!("    {}", it.links_in_words());
        let [low, median, high] = percentiles(it.medians().zip(idle.medians()).map(|(a, b)| a / b));
        let grew = match (low > LIMIT, high > LIMIT) {
            (true, _) => "the median grew by more than half",
            (false, false) => "the median did not grow by more than half",
            (false, true) => "whether the median grew by more than half is inconclusive",
        };
        println!("    it / {} = {median:.2} ({low:.2} to {high:.2}): {grew}", idle.name);
        if it.incomplete.is_empty() {
            println!("    every round was complete");
        }
        for (why, rounds) in &it.incomplete {
            println!("    {rounds} rounds were not complete: {why}");
        }
    }
}

fn main() {
    let full = |payload, pause| Traffic::Full { payload, carries: false, pause };
    let carrying = |payload, pause| Traffic::Full { payload, carries: true, pause };
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let mut all = Vec::new();
        for (name, traffic) in [
            ("idle", Traffic::Idle),
            ("idle again", Traffic::Idle),
            ("full, messages of 16 KiB", full(16 << 10, None)),
            ("full, messages of 16 KiB, read slowly", full(16 << 10, Some(PAUSE))),
            ("full, messages of 1 KiB", full(1 << 10, None)),
            ("full, messages of 64 B", full(64, None)),
            ("full, messages of 64 B that carry", carrying(64, None)),
            ("full, messages of 1 KiB that carry, read slowly", carrying(1 << 10, Some(PAUSE))),
        ] {
            all.push(Deployment::start(name, traffic).await);
        }
        for turn in 0..WARM_UP + TURNS {
            for place in 0..all.len() {
                let next = (turn + place) % all.len();
                all[next].turn().await;
            }
            if turn + 1 == WARM_UP {
                all.iter_mut().for_each(Deployment::begin);
            }
        }
        print(&all);
    });
}
