//! Calls between workers: a connection for each, a request and a reply, as the simplest of RPC would do it.
//!
//! ```text
//!   request: the stamp, a line; the incarnation that is called and what is asked, a line
//!   reply:   the stamp, a line; whether it was done, a line
//! ```
//!
//! That is an unordered transport: what is under way on one connection says nothing of another. Whoever serves a call
//! notices when its caller is gone, and ends then.

use super::{Result, Site, lock, locks, spawn};
use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use stillpoint_agent::fact::{Annotation, Resolution};
use stillpoint_agent::id::Incarnation;
use stillpoint_agent::stamp::Stamp;
use stillpoint_agent::{Agent, Lane, Task, Waiting, plain};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    /// Take the ledger for a moment, and so many others in turn while it is held.
    Ledger(usize),
    /// Take the vault for a moment, on behalf of this deadlock.
    Vault(u64),
}

impl std::fmt::Display for Ask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Ask::Ledger(others) => write!(f, "ledger {others}"),
            Ask::Vault(of) => write!(f, "vault {of}"),
        }
    }
}

impl FromStr for Ask {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        match text.split_once(' ') {
            Some(("ledger", others)) => others.parse().map(Ask::Ledger).map_err(|error| error.to_string()),
            Some(("vault", of)) => of.parse().map(Ask::Vault).map_err(|error| error.to_string()),
            _ => Err(format!("`{text}` is nothing to ask for")),
        }
    }
}

/// The lanes on which requests and replies go, one for each incarnation of a neighbour.
#[derive(Default)]
pub(super) struct Lanes(Mutex<BTreeMap<Incarnation, Lane>>);

impl Lanes {
    fn to(&self, agent: &Agent, peer: Incarnation) -> Lane {
        lock(&self.0).entry(peer).or_insert_with(|| agent.lane_to(peer)).clone()
    }
}

/// Calls a neighbour. The wait is recorded in the event that sends, and ends in the event that receives the reply.
/// `blocked` is called when it is recorded.
pub(super) async fn call(
    site: &Site,
    task: &Task,
    to: usize,
    ask: Ask,
    patience: Option<Duration>,
    blocked: impl FnOnce(),
) -> Result<bool> {
    let way = site.mesh.to(to).ok_or("there is no way to that neighbour")?;
    let port = site.mesh.calls(to).ok_or("there is no such neighbour")?;
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    let _ = stream.set_nodelay(true);
    // Until the reply has been read, a peer that has died may have answered.
    let transport = site.agent.transport(way.peer);
    let lane = site.locks.lanes.to(&site.agent, way.peer);
    let waiting = |id| {
        let waiting = Waiting::default().call(id);
        patience.map_or(waiting.clone(), |patience| waiting.timeout(patience))
    };
    let (stamp, wait) = lane.stamp(plain(), |acts, id| acts.wait(task, &waiting(id)));
    blocked();
    let exchange = async {
        stream.write_all(format!("{stamp}\n{:x} {ask}\n", way.peer.0).as_bytes()).await?;
        let mut lines = BufReader::new(&mut stream).lines();
        let reply = lines.next_line().await?.ok_or("no reply")?;
        let done = lines.next_line().await?.ok_or("half a reply")?;
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>((reply.parse::<Stamp>()?, done == "done"))
    };
    let answer = match patience {
        Some(patience) => tokio::time::timeout(patience, exchange).await.map_err(Into::into).flatten(),
        None => exchange.await,
    };
    let result = match answer {
        Ok((reply, done)) => {
            lane.answers(reply.id.lane);
            site.agent.observe(&reply, |acts| acts.end(wait));
            Ok(done)
        }
        Err(error) => {
            lane.doubt(stamp.id);
            drop(wait);
            Err(error)
        }
    };
    drop(transport);
    result
}

/// Serves calls.
pub(super) fn start(site: &Arc<Site>, listener: TcpListener) {
    spawn(site, |site| async move {
        while let Ok((stream, _)) = listener.accept().await {
            spawn(&site, |site| async move {
                // A call that fails is its caller's to notice.
                let _ = serve(&site, stream).await;
            });
        }
    });
}

async fn serve(site: &Arc<Site>, stream: TcpStream) -> Result<()> {
    let _ = stream.set_nodelay(true);
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    let (mut stamp, mut request) = (String::new(), String::new());
    read.read_line(&mut stamp).await?;
    read.read_line(&mut request).await?;
    let stamp: Stamp = stamp.trim_end().parse()?;
    let (called, ask) = request.trim_end().split_once(' ').ok_or("no request")?;
    if u64::from_str_radix(called, 16)? != site.agent.incarnation().0 {
        return Err("this is for another incarnation".into());
    }
    let ask: Ask = ask.parse()?;
    let label = match ask {
        Ask::Ledger(_) => "serve".to_owned(),
        Ask::Vault(of) => locks::label(of, super::super::truth::Part::Handler),
    };
    // What answers for the call comes to be in the event of its receipt.
    let received = site.agent.observe(&stamp, |acts| {
        let task = acts.task(&label);
        let serving = acts.serving(&task, stamp.id);
        (task, serving)
    });
    let (task, serving) = received.made().ok_or("this call came before")?;
    // Nothing more is sent, so whatever is read means that the caller is gone.
    let gone = async move {
        let mut byte = [0; 1];
        let _ = read.read(&mut byte).await;
    };
    let caller = stamp.id.sender();
    let served = match ask {
        Ask::Ledger(others) => locks::serve_ledger(site, &task, others, gone).await,
        Ask::Vault(of) => locks::serve_vault(site, &task, of, gone).await,
    };
    let done = served.is_some();
    let lane = site.locks.lanes.to(&site.agent, caller);
    lane.answers(stamp.id.lane);
    let resolves = vec![Annotation::Resolves(Resolution::Request(stamp.id))];
    let (reply, ()) = lane.stamp(resolves, |acts, _| {
        acts.end(serving);
        acts.end(task);
    });
    if let Ask::Vault(of) = ask {
        locks::handled(site, of);
    }
    let answer = format!("{reply}\n{}\n", if done { "done" } else { "given up" });
    let written = write.write_all(answer.as_bytes()).await;
    if written.is_err() {
        lane.doubt(reply.id);
    }
    Ok(written?)
}
