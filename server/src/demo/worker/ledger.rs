//! A service over a lock: it takes this worker's ledger, and may call the services of others while it has it.
//!
//! This is what the instrumentation of a gRPC library and of a mutex would do, written out on the agent's
//! primitives.

use super::super::control::{Command, Name, Peer, Reply};
use super::super::random::Random;
use super::super::wire::{self, Answer, Ledgers, TouchReply, TouchRequest};
use super::Result;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use stillpoint_agent::fact::{self, Annotation, Grip, Resolution};
use stillpoint_agent::id::{Incarnation, TaskRef};
use stillpoint_agent::stamp::Stamp;
use stillpoint_agent::{Agent, Hold, Lane, Resource, Task, Waiting, carrier, plain};
use tokio::sync::{Notify, OwnedMutexGuard, oneshot};
use tonic::codegen::http;
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, Response, Status};

/// How many orders a worker works at.
const ORDERS: u64 = 3;
/// How long a ledger is kept at most, in microseconds.
const KEEP: u64 = 1500;

/// Another worker's service.
struct Remote {
    lane: Lane,
    channel: Channel,
}

/// A worker's ledger and its service.
pub(super) struct Ledger {
    agent: Agent,
    me: usize,
    lock: Arc<tokio::sync::Mutex<()>>,
    resource: Resource,
    remotes: Vec<Option<Remote>>,
    numbers: HashMap<Incarnation, usize>,
    /// The order that holds the ledger and has not called yet.
    order: Mutex<Option<(Task, Held)>>,
    /// Who waits on behalf of a call and can be told to give up.
    waiting: Mutex<HashMap<Name, oneshot::Sender<()>>>,
    stop: AtomicBool,
    running: AtomicU64,
    ended: Notify,
    returned: AtomicU64,
    failed: AtomicU64,
    seed: u64,
}

/// The ledger is held: the fact ends before the guard drops.
struct Held {
    _hold: Hold,
    _guard: OwnedMutexGuard<()>,
}

impl Ledger {
    pub(super) fn new(agent: &Agent, peers: &[Peer], seed: u64) -> Result<Self> {
        let mine = agent.incarnation().0;
        let me = peers.iter().position(|peer| peer.incarnation == mine).ok_or("not among the peers")?;
        let mut remotes = Vec::new();
        for peer in peers {
            let channel = Endpoint::from_shared(format!("http://127.0.0.1:{}", peer.calls))?.connect_lazy();
            let lane = agent.lane_to(Incarnation(peer.incarnation));
            remotes.push((peer.incarnation != mine).then_some(Remote { lane, channel }));
        }
        let resource = fact::Resource {
            key: None,
            label: format!("ledger {}", me + 1).as_str().into(),
            capacity: Some(1),
            closed: true,
            fair: false,
            local: true,
        };
        let numbers = peers.iter().enumerate().map(|(n, peer)| (Incarnation(peer.incarnation), n));
        Ok(Ledger {
            me,
            lock: Arc::default(),
            resource: agent.event(|acts| acts.resource(resource)),
            remotes,
            numbers: numbers.collect(),
            order: Mutex::default(),
            waiting: Mutex::default(),
            stop: AtomicBool::new(false),
            running: AtomicU64::new(0),
            ended: Notify::new(),
            returned: AtomicU64::new(0),
            failed: AtomicU64::new(0),
            seed,
            agent: agent.clone(),
        })
    }

    fn remote(&self, number: usize) -> Result<&Remote> {
        let remote = self.remotes.get(number).and_then(Option::as_ref);
        Ok(remote.ok_or_else(|| format!("there is no other worker {number}"))?)
    }

    /// Takes the ledger, unless told to give up. The wait is recorded before asking, the hold after.
    async fn acquire(&self, task: &Task, give_up: Option<oneshot::Receiver<()>>) -> Option<Held> {
        let wait = self.agent.wait(task, &Waiting::default().resource(&self.resource, Grip::Exclusive));
        let told = async {
            let Some(told) = give_up else { return std::future::pending().await };
            if told.await.is_err() {
                std::future::pending().await
            }
        };
        let guard = tokio::select! {
            guard = self.lock.clone().lock_owned() => guard,
            () = told => return None,
        };
        let hold = self.agent.event(|acts| {
            acts.end(wait);
            acts.hold(self.resource.name(), Some(task), Grip::Exclusive)
        });
        Some(Held { _hold: hold, _guard: guard })
    }

    /// Calls another worker's service. The wait is recorded in the event that sends, and ends in the event that
    /// receives the reply.
    async fn call(&self, task: &Task, to: usize, body: TouchRequest) -> Result<bool> {
        let Remote { lane, channel } = self.remote(to)?;
        let (stamp, wait) = lane.stamp(plain(), |acts, id| acts.wait(task, &Waiting::default().call(id)));
        let mut request = Request::new(body);
        carrier::inject(&stamp, request.metadata_mut().as_mut());
        let answered = wire::touch(channel.clone(), request).await;
        let result = match answered {
            Ok(response) => match stamp_of(response.metadata().as_ref()) {
                Ok(reply) => {
                    lane.answers(reply.id.lane);
                    self.agent.observe(&reply, |acts| acts.end(wait));
                    Ok(response.into_inner().done)
                }
                Err(status) => Err(status.into()),
            },
            Err(status) => {
                lane.doubt(stamp.id);
                drop(wait);
                Err(status.into())
            }
        };
        self.returned.fetch_add(1, Ordering::Relaxed);
        if !matches!(result, Ok(true)) {
            self.failed.fetch_add(1, Ordering::Relaxed);
        }
        result
    }

    /// Takes the ledger on behalf of a call, keeps it a while, and calls on while it has it.
    async fn serve(&self, task: &Task, body: TouchRequest) -> Result<bool> {
        let (tell, told) = oneshot::channel();
        let name = task_name(task.id());
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).insert(name, tell);
        let held = self.acquire(task, Some(told)).await;
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&name);
        let Some(_held) = held else { return Ok(false) };
        tokio::time::sleep(Duration::from_micros(body.keep)).await;
        let Some((first, then)) = body.then.split_first() else { return Ok(true) };
        let next = TouchRequest { then: then.to_vec(), keep: body.keep };
        self.call(task, usize::try_from(*first)?, next).await
    }

    fn give_up(&self, task: Name) -> u64 {
        let told = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&task);
        u64::from(told.is_some_and(|tell| tell.send(()).is_ok()))
    }

    fn calls(&self) -> Reply {
        let (returned, failed) = (&self.returned, &self.failed);
        Reply::Calls {
            returned: returned.swap(0, Ordering::Relaxed),
            failed: failed.swap(0, Ordering::Relaxed),
        }
    }
}

fn stamp_of(headers: &http::HeaderMap) -> std::result::Result<Stamp, Status> {
    let stamp = carrier::extract(headers).map_err(|error| Status::invalid_argument(error.to_string()))?;
    stamp.ok_or_else(|| Status::invalid_argument("no stamp"))
}

const fn task_name(task: TaskRef) -> Name {
    Name { process: task.process.0, handle: task.id.0.0 }
}

impl Ledgers for Ledger {
    fn touch(self: Arc<Self>, request: Request<TouchRequest>) -> Answer {
        Box::pin(async move {
            let stamp = stamp_of(request.metadata().as_ref())?;
            // What answers for the call comes to be in the event of its receipt.
            let number = self.numbers.get(&stamp.id.sender()).copied().unwrap_or(self.me);
            let received = self.agent.observe(&stamp, |acts| {
                let task = acts.task(&format!("touch for worker-{}", number + 1));
                let serving = acts.serving(&task, stamp.id);
                (task, serving)
            });
            let Some((task, serving)) = received.made() else {
                return Err(Status::already_exists("this call came before"));
            };
            let served = self.serve(&task, request.into_inner()).await;
            let remote = self.remote(number).map_err(|error| Status::not_found(error.to_string()))?;
            remote.lane.answers(stamp.id.lane);
            let resolves = vec![Annotation::Resolves(Resolution::Request(stamp.id))];
            let (reply, ()) = remote.lane.stamp(resolves, |acts, _| {
                acts.end(serving);
                acts.end(task);
            });
            let mut response = Response::new(TouchReply { done: served.unwrap_or(false) });
            carrier::inject(&reply, response.metadata_mut().as_mut());
            Ok(response)
        })
    }
}

/// One order after the other, until told to stop: its own ledger first, then some of those of higher number, in
/// ascending order.
async fn orderly(ledger: Arc<Ledger>, seed: u64) {
    let mut random = Random::new(seed);
    while !ledger.stop.load(Ordering::Relaxed) {
        let task = ledger.agent.task("order");
        let held = ledger.acquire(&task, None).await;
        tokio::time::sleep(Duration::from_micros(random.below(KEEP))).await;
        let mut then: Vec<usize> = (ledger.me + 1..ledger.remotes.len()).collect();
        then.retain(|_| random.below(3) > 0);
        if let Some((&first, rest)) = then.split_first() {
            let rest = rest.iter().filter_map(|&n| u32::try_from(n).ok()).collect();
            let _ = ledger.call(&task, first, TouchRequest { then: rest, keep: random.below(KEEP) }).await;
        }
        drop(held);
        drop(task);
    }
    ledger.running.fetch_sub(1, Ordering::Release);
    ledger.ended.notify_one();
}

pub(super) async fn obey(ledger: &Arc<Ledger>, command: Command) -> Result<Reply> {
    match command {
        Command::OrderlyStart => {
            ledger.stop.store(false, Ordering::Relaxed);
            ledger.running.store(ORDERS, Ordering::Release);
            for n in 0..ORDERS {
                tokio::spawn(orderly(ledger.clone(), ledger.seed.wrapping_add(n)));
            }
        }
        Command::OrderlyStop => {
            ledger.stop.store(true, Ordering::Relaxed);
            while ledger.running.load(Ordering::Acquire) > 0 {
                ledger.ended.notified().await;
            }
            return Ok(ledger.calls());
        }
        Command::Hold => {
            let task = ledger.agent.task("order");
            let held = ledger.acquire(&task, None).await.ok_or("the ledger was not to be had")?;
            *ledger.order.lock().unwrap_or_else(PoisonError::into_inner) = Some((task, held));
        }
        Command::Call { to } => {
            let order = ledger.order.lock().unwrap_or_else(PoisonError::into_inner).take();
            let (task, held) = order.ok_or("no order holds the ledger")?;
            let ledger = ledger.clone();
            tokio::spawn(async move {
                let _ = ledger.call(&task, to, TouchRequest::default()).await;
                drop(held);
                drop(task);
            });
        }
        Command::GiveUp { task } => return Ok(Reply::Count { count: ledger.give_up(task) }),
        Command::Outcome => return Ok(ledger.calls()),
        _ => return Err("this is nothing that a ledger does".into()),
    }
    Ok(Reply::Done)
}
