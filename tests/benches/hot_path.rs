//! What the agent costs a message.
//!
//! First table: stamping a message at one process and observing it at another, beside an uncontended atomic addition.
//! Second table: one message over a FIFO link on a loopback connection, and an echo over it, beside bare frames of
//! the same size on the same kind of connection. No server runs: a worker works at full speed without one.
//!
//! ```text
//! cargo bench -p stillpoint-tests --bench hot_path
//! ```
#![allow(clippy::unwrap_used, reason = "a bench on loopback: what fails here ends it")]

use std::hint::black_box;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use stillpoint_agent::{Agent, Lane, Link, plain, stamp::Stamp};
use stillpoint_tests::measure::{Extent, compare};
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufWriter};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;

const PAYLOAD: usize = 64;
/// How many messages are on their way before they are read: fewer than a socket holds.
const BURST: u64 = 64;

fn agent(name: &str) -> Agent {
    Agent::builder(name).server("http://127.0.0.1:9").start().unwrap()
}

/// A message one way and its answer back, so that each acknowledges the other.
fn exchange(there: &Lane, back: &Lane, (a, b): (&Agent, &Agent)) {
    let (stamp, ()) = there.stamp(plain(), |_, _| ());
    black_box(b.observe(&stamp, |_| ()));
    let (stamp, ()) = back.stamp(plain(), |_, _| ());
    black_box(a.observe(&stamp, |_| ()));
}

fn stamps() {
    let (a, b) = (agent("a"), agent("b"));
    let (there, back) = (a.lane_to(b.incarnation()), b.lane_to(a.incarnation()));
    there.answers(back.id());
    back.answers(there.id());
    let text = there.stamp(plain(), |_, _| ()).0.to_string();
    let counter = AtomicU64::new(0);
    compare(
        Extent { threads: 1, turns: 51, events: 5_000 },
        &[
            ("two messages stamped and observed", &|_, count| {
                (0..count).for_each(|_| exchange(&there, &back, (&a, &b)));
            }),
            ("atomic addition", &|from, count| {
                for n in from..from + count {
                    black_box(counter.fetch_add(black_box(n), Ordering::SeqCst));
                }
            }),
            ("a stamp written and read as text", &|_, count| {
                for _ in 0..count {
                    let stamp: Stamp = black_box(&text).parse().unwrap();
                    black_box(stamp.to_string());
                }
            }),
        ],
    );
}

async fn connection() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (one, other) = tokio::join!(TcpStream::connect(listener.local_addr().unwrap()), listener.accept());
    let (one, other) = (one.unwrap(), other.unwrap().0);
    one.set_nodelay(true).unwrap();
    other.set_nodelay(true).unwrap();
    (one, other)
}

async fn links_pass((here, there): &mut (Link, Link), messages: u64) {
    for burst in 0..messages.div_ceil(BURST) {
        let count = BURST.min(messages - burst * BURST);
        for _ in 0..count {
            here.sender.send(vec![7; PAYLOAD], plain(), |_, _| ()).await.unwrap();
        }
        for _ in 0..count {
            black_box(there.receiver.recv(|_, _, _| ()).await.unwrap());
        }
    }
}

async fn links_echo((here, there): &mut (Link, Link), messages: u64) {
    for _ in 0..messages {
        here.sender.send(vec![7; PAYLOAD], plain(), |_, _| ()).await.unwrap();
        let (payload, _) = there.receiver.recv(|_, _, _| ()).await.unwrap().unwrap();
        there.sender.send(payload, plain(), |_, _| ()).await.unwrap();
        black_box(here.receiver.recv(|_, _, _| ()).await.unwrap());
    }
}

/// Frames of a length and a payload, written and read as the link does.
async fn bare_send(stream: &mut TcpStream, messages: u64) {
    let mut out = BufWriter::new(stream);
    for _ in 0..messages {
        out.write_u32(PAYLOAD as u32).await.unwrap();
        out.write_all(&[7; PAYLOAD]).await.unwrap();
    }
    out.flush().await.unwrap();
}

async fn bare_receive(stream: &mut TcpStream, messages: u64) {
    for _ in 0..messages {
        let length = stream.read_u32().await.unwrap();
        let mut payload = vec![0; length as usize];
        stream.read_exact(&mut payload).await.unwrap();
        black_box(payload);
    }
}

async fn bare_pass((here, there): &mut (TcpStream, TcpStream), messages: u64) {
    for burst in 0..messages.div_ceil(BURST) {
        let count = BURST.min(messages - burst * BURST);
        bare_send(here, count).await;
        bare_receive(there, count).await;
    }
}

async fn bare_echo((here, there): &mut (TcpStream, TcpStream), messages: u64) {
    for _ in 0..messages {
        bare_send(here, 1).await;
        bare_receive(there, 1).await;
        bare_send(there, 1).await;
        bare_receive(here, 1).await;
    }
}

fn links() {
    let runtime = Runtime::new().unwrap();
    let (a, b) = (agent("a"), agent("b"));
    let (linked, bare) = runtime.block_on(async {
        let (here, there) = connection().await;
        ((a.link(here), b.link(there)), connection().await)
    });
    let (linked, bare) = (Mutex::new(linked), Mutex::new(bare));
    let extent = Extent { threads: 1, turns: 31, events: 2_000 };
    compare(
        extent,
        &[
            ("a message over a link", &|_, n| runtime.block_on(links_pass(&mut linked.lock().unwrap(), n))),
            ("a bare frame", &|_, n| runtime.block_on(bare_pass(&mut bare.lock().unwrap(), n))),
        ],
    );
    compare(
        extent,
        &[
            ("an echo over a link", &|_, n| runtime.block_on(links_echo(&mut linked.lock().unwrap(), n))),
            ("an echo of bare frames", &|_, n| runtime.block_on(bare_echo(&mut bare.lock().unwrap(), n))),
        ],
    );
}

fn main() {
    stamps();
    links();
}
