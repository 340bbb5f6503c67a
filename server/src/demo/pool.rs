//! The worker processes: started, told what to do, and ended.

use super::control::{Command, Peer, Reply};
use super::{Failure, Result};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout};

/// How long a worker may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// One worker process. It is killed when this is dropped, and ends by itself when its standard input does.
pub(super) struct Worker {
    pub(super) name: String,
    pub(super) me: Peer,
    child: Child,
    commands: ChildStdin,
    replies: Lines<BufReader<ChildStdout>>,
}

impl Worker {
    async fn start(name: String, server: &str, seed: u64) -> Result<Self> {
        let mut child = tokio::process::Command::new(std::env::current_exe()?)
            .arg("demo-worker")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let missing = || Failure("a worker has no standard streams".to_owned());
        let commands = child.stdin.take().ok_or_else(missing)?;
        let replies = BufReader::new(child.stdout.take().ok_or_else(missing)?).lines();
        let me = Peer { incarnation: 0, links: 0, calls: 0 };
        let mut worker = Worker { name: name.clone(), me, child, commands, replies };
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
        self.commands.write_all(&line).await?;
        self.commands.flush().await?;
        let answer = tokio::time::timeout(PATIENCE, self.replies.next_line()).await;
        let answer = answer.map_err(|_| Failure(format!("{} does not answer {command:?}", self.name)))??;
        let answer = answer.ok_or_else(|| Failure(format!("{} has ended", self.name)))?;
        match serde_json::from_str(&answer).map_err(Failure::of)? {
            Reply::Failed { why } => Err(Failure(format!("{} cannot do {command:?}: {why}", self.name))),
            reply => Ok(reply),
        }
    }

    /// Ends the process: politely, and after a while by force.
    async fn end(mut self) {
        drop(self.commands);
        if tokio::time::timeout(PATIENCE, self.child.wait()).await.is_err() {
            // It may have ended this very moment, which is as good.
            let _ = self.child.kill().await;
        }
    }
}

/// All workers.
pub(super) struct Pool {
    pub(super) workers: Vec<Worker>,
}

impl Pool {
    /// Starts so many workers and connects them all to one another.
    pub(super) async fn start(size: usize, server: &str, seed: u64) -> Result<Self> {
        let mut pool = Pool { workers: Vec::new() };
        for n in 1..=size {
            let seed = seed.wrapping_mul(1_000_003).wrapping_add(n as u64);
            pool.workers.push(Worker::start(format!("worker-{n}"), server, seed).await?);
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

    pub(super) async fn end(self) {
        let mut ending = tokio::task::JoinSet::new();
        for worker in self.workers {
            ending.spawn(worker.end());
        }
        ending.join_all().await;
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
