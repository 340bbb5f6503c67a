//! The worker processes: started, told what to do, and ended.

use super::control::{Command, Peer, Reply};
use super::{Failure, Result};
use std::os::unix::process::ExitStatusExt as _;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout};
use tokio::sync::Mutex;

/// How long a worker may take to answer, or to end.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// How long the system may take to tell how a worker ended that does not listen or answer any more.
const OBITUARY: Duration = Duration::from_secs(1);

/// The worker processes, apart from what is done with them: they are waited for also when that is interrupted.
#[derive(Default)]
pub(super) struct Children(Mutex<Vec<Arc<Mutex<Child>>>>);

impl Children {
    async fn spawn(&self) -> Result<Arc<Mutex<Child>>> {
        let child = tokio::process::Command::new(std::env::current_exe()?)
            .arg("demo-worker")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let child = Arc::new(Mutex::new(child));
        self.0.lock().await.push(child.clone());
        Ok(child)
    }

    /// Waits until all have ended, as they do when their standard input has; after `patience` by force.
    pub(super) async fn end(&self, patience: Duration) {
        let mut ending = tokio::task::JoinSet::new();
        for child in self.0.lock().await.drain(..) {
            ending.spawn(async move {
                let mut child = child.lock().await;
                if tokio::time::timeout(patience, child.wait()).await.is_err() {
                    // It may have ended this very moment, which is as good.
                    let _ = child.kill().await;
                }
            });
        }
        ending.join_all().await;
    }
}

/// One worker process. It ends by itself when this is dropped, and its standard input with it.
pub(super) struct Worker {
    pub(super) name: String,
    pub(super) me: Peer,
    pid: u32,
    child: Arc<Mutex<Child>>,
    commands: ChildStdin,
    replies: Lines<BufReader<ChildStdout>>,
}

impl Worker {
    async fn start(children: &Children, name: String, server: &str, seed: u64) -> Result<Self> {
        let child = children.spawn().await?;
        let mut streams = child.lock().await;
        let missing = || Failure("a worker has no standard streams".to_owned());
        let commands = streams.stdin.take().ok_or_else(missing)?;
        let replies = BufReader::new(streams.stdout.take().ok_or_else(missing)?).lines();
        let pid = streams.id().ok_or_else(missing)?;
        drop(streams);
        let me = Peer { incarnation: 0, links: 0, calls: 0 };
        let mut worker = Worker { name: name.clone(), me, pid, child, commands, replies };
        let deployment = super::service::DEPLOYMENT.to_owned();
        let start = Command::Start { name, server: server.to_owned(), deployment, seed };
        match worker.ask(&start).await? {
            Reply::Ready(me) => worker.me = me,
            other => return Err(Failure(format!("{} is not ready: {other:?}", worker.name))),
        }
        Ok(worker)
    }

    /// Tells the worker to do something; gives its answer.
    pub(super) async fn ask(&mut self, command: &Command) -> Result<Reply> {
        let mut line = serde_json::to_vec(command).map_err(Failure::of)?;
        line.push(b'\n');
        let exchange = async {
            self.commands.write_all(&line).await?;
            self.commands.flush().await?;
            self.replies.next_line().await
        };
        let answer = match tokio::time::timeout(PATIENCE, exchange).await {
            Ok(Ok(Some(answer))) => answer,
            Ok(Ok(None) | Err(_)) => return Err(self.ended().await),
            Err(_) => {
                let (name, pid) = (&self.name, self.pid);
                return Err(Failure(format!("{name} (process {pid}) does not answer {command:?}")));
            }
        };
        match serde_json::from_str(&answer).map_err(Failure::of)? {
            Reply::Failed { why } => Err(Failure(format!("{} cannot do {command:?}: {why}", self.name))),
            reply => Ok(reply),
        }
    }

    /// It does not listen or answer any more.
    async fn ended(&self) -> Failure {
        let mut child = self.child.lock().await;
        let how = match tokio::time::timeout(OBITUARY, child.wait()).await {
            Ok(Ok(status)) => match (status.signal(), status.code()) {
                (Some(signal), _) => format!("was ended by signal {signal}"),
                (None, Some(code)) => format!("has ended with exit code {code}"),
                (None, None) => "has ended".to_owned(),
            },
            Ok(Err(_)) | Err(_) => "has closed its standard streams".to_owned(),
        };
        Failure(format!("{} (process {}) {how}", self.name, self.pid))
    }
}

/// All workers.
pub(super) struct Pool {
    pub(super) workers: Vec<Worker>,
}

impl Pool {
    /// Starts so many workers and connects them all to one another.
    pub(super) async fn start(children: &Children, size: usize, server: &str, seed: u64) -> Result<Self> {
        let mut pool = Pool { workers: Vec::new() };
        for n in 1..=size {
            let seed = seed.wrapping_mul(1_000_003).wrapping_add(n as u64);
            pool.workers.push(Worker::start(children, format!("worker-{n}"), server, seed).await?);
        }
        let peers: Vec<Peer> = pool.workers.iter().map(|worker| worker.me.clone()).collect();
        let connect = Command::Connect { peers };
        let connected = pool.workers.iter_mut().map(|worker| worker.ask(&connect));
        all(connected).await?;
        Ok(pool)
    }

    /// Tells one worker to do something.
    pub(super) async fn ask(&mut self, worker: usize, command: &Command) -> Result<Reply> {
        let missing = || Failure(format!("there is no worker {worker}"));
        self.workers.get_mut(worker).ok_or_else(missing)?.ask(command).await
    }

    /// Tells all workers to do something, at the same time.
    pub(super) async fn ask_all(&mut self, command: &Command) -> Result<Vec<Reply>> {
        all(self.workers.iter_mut().map(|worker| worker.ask(command))).await
    }

    /// The number of the worker of this incarnation.
    pub(super) fn number(&self, incarnation: u64) -> Option<usize> {
        self.workers.iter().position(|worker| worker.me.incarnation == incarnation)
    }
}

/// Waits for all, in whatever order they come to an end.
async fn all<T, F: Future<Output = Result<T>>>(futures: impl Iterator<Item = F>) -> Result<Vec<T>> {
    let mut futures: Vec<_> = futures.map(Box::pin).collect();
    let mut done: Vec<Option<T>> = futures.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        let mut pending = false;
        for (future, done) in futures.iter_mut().zip(&mut done).filter(|(_, done)| done.is_none()) {
            match future.as_mut().poll(context) {
                std::task::Poll::Ready(result) => *done = Some(result?),
                std::task::Poll::Pending => pending = true,
            }
        }
        if pending { std::task::Poll::Pending } else { std::task::Poll::Ready(Ok(())) }
    })
    .await
    .map(|()| done.into_iter().flatten().collect())
}
