//! The worker processes: started, told what to do, and ended.

use super::control::{Command, Peer, Reply};
use super::{Failure, Result};
use std::os::unix::process::ExitStatusExt as _;
use std::process::Stdio;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout};

/// How long a worker may take to answer, or to end.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// How often it is looked whether a worker has ended.
const LOOK: Duration = Duration::from_millis(100);

/// One process, and what it is called.
struct Kin {
    name: String,
    pid: u32,
    process: Child,
}

/// The worker processes, apart from what is done with them: it is seen when one ends, and they are waited for also when
/// the rest is interrupted.
#[derive(Default)]
pub(super) struct Children(Mutex<Vec<Kin>>);

impl Children {
    /// Starts a worker; gives its standard input and output, and its number with the system.
    fn spawn(&self, name: &str) -> Result<(ChildStdin, ChildStdout, u32)> {
        let mut process = tokio::process::Command::new(std::env::current_exe()?)
            .arg("demo-worker")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            // What a terminal sends at Ctrl-C is for the demonstration, which ends its workers in its own time.
            .process_group(0)
            .spawn()?;
        let missing = || Failure("a worker has no standard streams".to_owned());
        let commands = process.stdin.take().ok_or_else(missing)?;
        let replies = process.stdout.take().ok_or_else(missing)?;
        let pid = process.id().ok_or_else(missing)?;
        self.lock().push(Kin { name: name.to_owned(), pid, process });
        Ok((commands, replies, pid))
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Kin>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until a worker has ended, which none does of its own: says which, and how.
    pub(super) async fn casualty(&self) -> Failure {
        loop {
            for Kin { name, pid, process } in self.lock().iter_mut() {
                let Ok(Some(status)) = process.try_wait() else { continue };
                let how = match (status.signal(), status.code()) {
                    (Some(signal), _) => format!("was ended by signal {signal}"),
                    (None, Some(code)) => format!("has ended with exit code {code}"),
                    (None, None) => "has ended".to_owned(),
                };
                return Failure(format!("{name} (process {pid}) {how}"));
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Waits until all have ended, as they do when their standard input has; after `patience` by force.
    pub(super) async fn end(&self, patience: Duration) {
        let mut ending = tokio::task::JoinSet::new();
        for mut kin in std::mem::take(&mut *self.lock()) {
            ending.spawn(async move {
                if tokio::time::timeout(patience, kin.process.wait()).await.is_err() {
                    // It may have ended this very moment, which is as good.
                    let _ = kin.process.kill().await;
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
    commands: ChildStdin,
    replies: Lines<BufReader<ChildStdout>>,
}

impl Worker {
    async fn start(children: &Children, name: String, server: &str, seed: u64) -> Result<Self> {
        let (commands, replies, pid) = children.spawn(&name)?;
        let replies = BufReader::new(replies).lines();
        let me = Peer { incarnation: 0, links: 0, calls: 0 };
        let mut worker = Worker { name: name.clone(), me, pid, commands, replies };
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
            closed_or_late => {
                if closed_or_late.is_ok() {
                    // If it has ended, it is about to be seen how.
                    tokio::time::sleep(LOOK * 10).await;
                }
                let (name, pid) = (&self.name, self.pid);
                return Err(Failure(format!("{name} (process {pid}) does not answer {command:?}")));
            }
        };
        match serde_json::from_str(&answer).map_err(Failure::of)? {
            Reply::Failed { why } => Err(Failure(format!("{} cannot do {command:?}: {why}", self.name))),
            reply => Ok(reply),
        }
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
