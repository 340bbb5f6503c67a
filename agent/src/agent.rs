//! The handle that an application keeps, and how it is made.

use crate::acts::{Acts, here};
use crate::driver::{CONNECT_TIMEOUT, Driver, endpoint};
use crate::guards::{Task, Wait, Waiting};
use crate::lanes::{Lane, Received, Transport};
use crate::link::Link;
use crate::process::Process;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Instant;
use stillpoint_proto::cut::LaneEnd;
use stillpoint_proto::id::{DeploymentId, Epoch, Incarnation, InvalidName, MessageId, ProcessName};
use stillpoint_proto::reporter::Config;
use stillpoint_proto::session::{Notice, Rejection};
use stillpoint_proto::stamp::Stamp;
use stillpoint_proto::wire::session::VerdictNotice;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;

/// Something the agent wants to tell the application.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event {
    /// A verdict that concerns this process has changed.
    Verdict(Box<VerdictNotice>),
    /// The server refuses this process; the agent tries again now and then.
    Refused(Rejection),
}

/// Why an agent did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The name is no process name.
    #[error(transparent)]
    Name(#[from] InvalidName),
    /// The server's address is no URI.
    #[error("`{address}` is no address of a server: use the form http://host:port ({source})")]
    Address {
        /// What was given.
        address: String,
        /// What is wrong with it.
        source: tonic::transport::Error,
    },
    /// The operating system has no randomness for the incarnation.
    #[error("no randomness for the incarnation of this process: {0}")]
    Randomness(getrandom::Error),
    /// The agent's thread could not be started.
    #[error("the agent's own thread could not be started: {0}")]
    Thread(#[from] std::io::Error),
}

/// How an agent is to be.
pub struct Builder {
    name: String,
    deployment: String,
    server: String,
    log_limit: usize,
    on_event: Arc<dyn Fn(Event) + Send + Sync>,
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Builder({} of {} at {})", self.name, self.deployment, self.server)
    }
}

impl Builder {
    /// [`Builder::deployment`] unless set.
    pub const DEPLOYMENT: &'static str = "default";
    /// [`Builder::server`] unless set.
    pub const SERVER: &'static str = "http://127.0.0.1:7420";

    /// The name of the deployment: processes of different ones ignore each other's stamps.
    #[must_use]
    pub fn deployment(mut self, name: &str) -> Self {
        name.clone_into(&mut self.deployment);
        self
    }

    /// The address of the server.
    #[must_use]
    pub fn server(mut self, address: &str) -> Self {
        address.clone_into(&mut self.server);
        self
    }

    /// How many unacknowledged messages of a lane keep what they carry; [`Config::LOG_LIMIT`] unless set. Beyond
    /// that the oldest count as unknown.
    #[must_use]
    pub const fn log_limit(mut self, messages: usize) -> Self {
        self.log_limit = messages;
        self
    }

    /// What to do when the agent has something to tell. Called on the agent's thread: be brief. A panic in it is
    /// logged, and the agent goes on.
    #[must_use]
    pub fn on_event(mut self, call: impl Fn(Event) + Send + Sync + 'static) -> Self {
        self.on_event = Arc::new(call);
        self
    }

    /// Starts the agent. It works at once, whether there is a server or not.
    ///
    /// # Errors
    /// [`StartError`] if the name or the address is none, or the system refuses randomness or a thread.
    pub fn start(self) -> Result<Agent, StartError> {
        let name = ProcessName::new(&self.name)?;
        let address = |source| StartError::Address { address: self.server.clone(), source };
        let endpoint = endpoint(&self.server).map_err(address)?;
        let mut bytes = [0_u8; 8];
        getrandom::fill(&mut bytes).map_err(StartError::Randomness)?;
        let incarnation = Incarnation(u64::from_le_bytes(bytes));
        let config = Config::new(DeploymentId::from_name(&self.deployment), name, incarnation);
        let process = Arc::new(Process::new(Config { log_limit: self.log_limit, ..config }));
        let (stop, stopped) = watch::channel(false);
        let driver = Driver::new(process.clone(), endpoint, stopped, self.on_event);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (running, done) = mpsc::channel::<()>();
        let work = move || {
            runtime.block_on(driver.run());
            // Whoever waits for the end of this thread sees the channel close.
            drop(running);
        };
        std::thread::Builder::new().name("stillpoint".into()).spawn(work)?;
        Ok(Agent { shared: Arc::new(Shared { process, stop, done: Mutex::new(done) }) })
    }
}

/// A process's part in Stillpoint. Cheap to clone.
#[derive(Clone)]
pub struct Agent {
    shared: Arc<Shared>,
}

struct Shared {
    process: Arc<Process>,
    stop: watch::Sender<bool>,
    /// Closes when the agent's thread has ended.
    done: Mutex<mpsc::Receiver<()>>,
}

impl fmt::Debug for Agent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Agent({}, {})", self.shared.process.config().name, self.incarnation())
    }
}

impl Agent {
    /// An agent for the process of this name, which no other live process of the deployment has.
    #[must_use]
    pub fn builder(name: &str) -> Builder {
        Builder {
            name: name.to_owned(),
            deployment: Builder::DEPLOYMENT.to_owned(),
            server: Builder::SERVER.to_owned(),
            log_limit: Config::LOG_LIMIT,
            on_event: Arc::new(|_| {}),
        }
    }

    /// This run of this process.
    #[must_use]
    pub fn incarnation(&self) -> Incarnation {
        self.shared.process.incarnation()
    }

    /// The present epoch.
    #[must_use]
    pub fn epoch(&self) -> Epoch {
        self.shared.process.epoch()
    }

    /// One event within the process: all that the closure records, a cut has as a whole or not at all.
    pub fn event<T>(&self, acts: impl FnOnce(&mut Acts<'_, '_>) -> T) -> T {
        self.shared.process.change(acts)
    }

    /// A task begins. An event.
    #[track_caller]
    pub fn task(&self, label: &str) -> Task {
        let location = here();
        self.event(|acts| acts.task_at(label, None, 0, location))
    }

    /// A task begins to wait: to be recorded before it asks for what it waits for. An event.
    #[track_caller]
    pub fn wait(&self, task: &Task, waiting: &Waiting) -> Wait {
        let location = here();
        self.event(|acts| acts.wait_at(task, waiting, location))
    }

    /// A gauge changes within the process. An event.
    pub fn gauge(&self, name: &str, amount: i64) {
        self.event(|acts| acts.gauge(name, amount));
    }

    /// A lane to one process over an unordered transport. When that is started again, which the sender of the first answer
    /// tells, the new one needs another: what is sent on this one from then on counts as doubtful.
    #[must_use]
    pub fn lane_to(&self, peer: Incarnation) -> Lane {
        Lane::open(&self.shared.process, LaneEnd::Peer(peer))
    }

    /// A lane to one process that is not known yet; [`Lane::answers`] makes it known.
    #[must_use]
    pub fn lane_to_one(&self) -> Lane {
        Lane::open(&self.shared.process, LaneEnd::Sole)
    }

    /// A lane to whoever a balancer or broker chooses.
    #[must_use]
    pub fn lane_to_group(&self) -> Lane {
        Lane::open(&self.shared.process, LaneEnd::Group)
    }

    /// Receives a message: the cut that its stamp calls for, then one event with what the closure records. To be
    /// called after the message has arrived and before anything is done with it.
    pub fn observe<T>(&self, stamp: &Stamp, acts: impl FnOnce(&mut Acts<'_, '_>) -> T) -> Received<T> {
        Received::new(self.shared.process.receive(stamp, acts))
    }

    /// Receives a message without a stamp where one is expected; verdicts will list that.
    pub fn observe_unstamped<T>(&self, acts: impl FnOnce(&mut Acts<'_, '_>) -> T) -> T {
        self.shared.process.receive_unstamped(acts)
    }

    /// Work was done again on a second copy of a message.
    pub fn redelivered(&self, message: MessageId) {
        self.shared.process.notice(Notice::Redelivered(message));
    }

    /// A FIFO link over a byte stream whose other end is a link too. Spawns a task that writes.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub fn link<S>(&self, stream: S) -> Link
    where
        S: AsyncRead + AsyncWrite + Send + 'static,
    {
        Link::over(&self.shared.process, stream)
    }

    /// A transport from a peer is open, until what this gives is dropped: after it has been read to its end.
    pub fn transport(&self, peer: Incarnation) -> Transport {
        Transport::open(&self.shared.process, peer)
    }

    /// Asks for a snapshot: the next round not yet announced.
    pub fn request_snapshot(&self) {
        self.shared.process.request_round();
    }

    /// How many changes and reports waited for the server when the agent's thread last looked. Never blocks.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.shared.process.pending()
    }

    /// What is wrong with the instrumentation of this process, which is also logged as an error: it has contradicted
    /// itself, and the process takes no part any more; or an event has begun within another of the same thread, and
    /// cuts may have torn the outer one. Never blocks.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        self.shared.process.fault()
    }

    /// Says goodbye: the last cut, after which the process must have no more events. Blocks the calling thread until
    /// the server has it, at most for [`CONNECT_TIMEOUT`](crate::CONNECT_TIMEOUT); without a server it returns as
    /// soon as one more attempt to reach it has failed.
    pub fn leave(self) {
        self.shared.stop.send_replace(true);
        let until = Instant::now() + CONNECT_TIMEOUT;
        let done = self.shared.done.lock().unwrap_or_else(PoisonError::into_inner);
        // Either the thread has ended, or it has had its time: a server that does not answer must not keep the
        // process from ending. Nor must a clone that leaves too and has the lock.
        let _ = done.recv_timeout(until.saturating_duration_since(Instant::now()));
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}
