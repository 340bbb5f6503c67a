//! Participants in memory, connected to an engine through its session channels.
#![allow(dead_code, unreachable_pub, reason = "each test binary uses a part")]

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use stillpoint_proto::fact::{
    Awaited, Creation, Fact, Grip, Hold, Millis, ResourceName, Target, Task, Token, Wait,
};
use stillpoint_proto::id::{
    ComputationId, ComputationRef, Handle, Incarnation, ProcessName, TaskId, TaskRef, WaitId,
};
use stillpoint_proto::participant::{self, Act, Participant};
use stillpoint_proto::session::FromAgent;
use stillpoint_server::config::Config;
use stillpoint_server::engine::{Engine, EngineHandle};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// A configuration with a store in `directory` and short times.
pub fn config(directory: &Path) -> Config {
    let mut config = Config::default();
    config.deployment = "test".to_owned();
    config.store = directory.join("store.db");
    config.rounds.deadline = Duration::from_secs(5);
    config.sessions.silence = Duration::from_secs(60);
    config
}

pub async fn start(config: &Config) -> (Engine, EngineHandle) {
    let engine = Engine::start(config.clone()).await.unwrap();
    let handle = engine.handle();
    (engine, handle)
}

/// A process that takes part as long as it is not mute.
pub struct Agent {
    participant: Arc<Mutex<Participant>>,
    kick: Arc<Notify>,
    mute: Arc<AtomicBool>,
    /// How many hints have gone to the engine.
    hints: Arc<AtomicU64>,
    pub process: Incarnation,
    task: Option<JoinHandle<()>>,
}

impl Agent {
    /// A process, connected.
    pub async fn join(engine: &EngineHandle, n: u64) -> Agent {
        let name = ProcessName::new(&format!("p{n}")).unwrap();
        let deployment = engine.config().deployment_id();
        let config = participant::Config::new(deployment, name, Incarnation(n));
        let mut agent = Agent {
            participant: Arc::new(Mutex::new(Participant::new(config))),
            kick: Arc::default(),
            mute: Arc::default(),
            hints: Arc::default(),
            process: Incarnation(n),
            task: None,
        };
        agent.connect(engine).await;
        agent
    }

    /// Opens a session and waits until the engine knows the process.
    pub async fn connect(&mut self, engine: &EngineHandle) {
        let mut session = engine.open_session(&format!("memory:{}", self.process)).await.unwrap();
        let hello = self.participant.lock().unwrap().connect();
        session.inbox.send(hello).await.unwrap();
        let (participant, kick, mute) = (self.participant.clone(), self.kick.clone(), self.mute.clone());
        let hints = self.hints.clone();
        let (welcomed, ready) = tokio::sync::oneshot::channel();
        self.task = Some(tokio::spawn(async move {
            let mut welcomed = Some(welcomed);
            loop {
                loop {
                    let message = participant.lock().unwrap().poll();
                    let Some(message) = message else { break };
                    let is_hint = message == FromAgent::Request;
                    if session.inbox.send(message).await.is_err() {
                        return;
                    }
                    if is_hint {
                        hints.fetch_add(1, Ordering::Relaxed);
                    }
                }
                tokio::select! {
                    message = session.outbox.recv() => match message {
                        Some(message) => {
                            if !mute.load(Ordering::Relaxed) {
                                participant.lock().unwrap().handle(message);
                            }
                            welcomed.take().map(|w| w.send(()));
                        }
                        None => return,
                    },
                    () = kick.notified() => {}
                }
            }
        }));
        ready.await.unwrap();
    }

    /// Its connection ends.
    pub async fn disconnect(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
            let _ = task.await;
        }
        self.participant.lock().unwrap().disconnect();
    }

    pub fn mute(&self, mute: bool) {
        self.mute.store(mute, Ordering::Relaxed);
    }

    /// Does something with the participant.
    pub fn with<T>(&self, act: impl FnOnce(&mut Participant) -> T) -> T {
        let result = act(&mut self.participant.lock().unwrap());
        self.kick.notify_one();
        result
    }

    /// Asks for a round. Whatever the engine is told once this has returned comes after it.
    pub async fn hint(&self) {
        let before = self.hints.load(Ordering::Relaxed);
        self.with(Participant::request_round);
        eventually("the hint has gone", async || self.hints.load(Ordering::Relaxed) > before).await;
    }

    pub fn insert(&self, fact: Fact) -> Handle {
        self.with(|p| {
            let handle = p.mint();
            p.change(vec![Act::Insert(handle, fact)]);
            handle
        })
    }

    pub fn remove(&self, facts: impl IntoIterator<Item = Handle>) {
        self.with(|p| p.change(facts.into_iter().map(Act::Remove).collect()));
    }

    pub fn task(&self, label: &str) -> TaskRef {
        let task = Task { label: label.into(), ..Task::default() };
        TaskRef::new(self.process, TaskId(self.insert(Fact::Task(task))))
    }

    /// A task waits for one thing; gives the handles of the wait and its target.
    pub fn wait(&self, task: TaskRef, on: Awaited, deadline: Option<u64>) -> [Handle; 2] {
        self.with(|p| {
            let (wait, target) = (p.mint(), p.mint());
            let facts = Wait {
                task: task.id,
                need: 1,
                of: 1,
                since: Millis(1),
                deadline: deadline.map(Millis),
                location: Default::default(),
            };
            p.change(vec![
                Act::Insert(wait, Fact::Wait(facts)),
                Act::Insert(target, Fact::Target(Target { wait: WaitId(wait), on })),
            ]);
            [wait, target]
        })
    }

    pub fn hold(&self, task: TaskRef, key: &str) -> Handle {
        let resource = ResourceName::Keyed(key.into());
        self.insert(Fact::Hold(Hold {
            resource,
            task: Some(task.id),
            grip: Grip::Exclusive,
            since: Millis(1),
        }))
    }

    pub fn create(&self, label: &str) -> ComputationRef {
        let creation = Creation { label: label.into(), allow_loss: false };
        ComputationRef::new(self.process, ComputationId(self.insert(Fact::Creation(creation))))
    }

    pub fn token(&self, computation: ComputationRef) -> Handle {
        self.insert(Fact::Token(Token { computation }))
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
        }
    }
}

/// Two tasks of two processes that wait for one another; gives the facts of the first one's wait.
pub fn deadlock(a: &Agent, b: &Agent, deadline: Option<u64>) -> [Handle; 2] {
    let (left, right) = (a.task("left"), b.task("right"));
    let facts = a.wait(left, Awaited::Task(right), deadline);
    b.wait(right, Awaited::Task(left), None);
    facts
}

/// Waits until something is so, for a minute at least.
pub async fn eventually(what: &str, mut so: impl AsyncFnMut() -> bool) {
    for _ in 0..6000 {
        if so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it did not come about that {what}");
}
