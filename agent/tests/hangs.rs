//! The application never waits for the detector, whatever it does at an awkward moment.
#![allow(clippy::unwrap_used)]

use std::pin::Pin;
use std::sync::mpsc;
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;
use stillpoint_agent::{Agent, Link, LinkError, plain};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf, duplex};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

fn agent() -> Agent {
    Agent::builder("a").server("http://127.0.0.1:9").start().unwrap()
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// Whether `work` comes to its end, on a thread of its own.
fn ends(work: impl FnOnce() + Send + 'static) -> bool {
    let (done, ended) = mpsc::channel();
    thread::spawn(move || {
        work();
        done.send(()).unwrap();
    });
    ended.recv_timeout(Duration::from_secs(20)).is_ok()
}

/// Sends until the link says that it is closed.
async fn send_until_closed(link: &Link) {
    for n in 0..2 * stillpoint_agent::link::QUEUE {
        let sent = timeout(Duration::from_secs(5), link.sender.send(vec![1], plain(), |_, _| ()));
        match sent.await.unwrap_or_else(|_| panic!("message {n} waits for ever")) {
            Ok(()) => {}
            Err(LinkError::Closed) => return,
            Err(error) => panic!("{error}"),
        }
    }
    panic!("nobody writes, and nobody says so");
}

#[test]
fn asking_for_the_fault_in_an_event_does_not_hang() {
    let agent = agent();
    let asks = |agent: Agent| {
        move || {
            for _ in 0..100 {
                agent.event(|_| {
                    thread::sleep(Duration::from_millis(2));
                    assert_eq!(agent.fault(), None);
                    let _ = agent.pending();
                });
            }
        }
    };
    let (one, other) = (asks(agent.clone()), asks(agent));
    let other = thread::spawn(move || ends(other));
    assert!(ends(one) && other.join().unwrap(), "the event waits for the fold, which waits for the event");
}

#[test]
fn closing_a_link_while_sending_the_last_message_does_not_hang() {
    let closes = || {
        runtime().block_on(async {
            let (one, _other) = duplex(4096);
            let link = agent().link(one);
            let sender = link.sender.clone();
            link.sender.send(vec![1], plain(), |_, _| sender.close()).await.unwrap();
            let error = link.sender.send(vec![2], plain(), |_, _| ()).await.unwrap_err();
            assert!(matches!(error, LinkError::Closed), "{error}");
        });
    };
    assert!(ends(closes), "it waits for the line that it stands in");
}

#[test]
fn dropping_the_receiver_while_sending_does_not_hang() {
    let drops = || {
        runtime().block_on(async {
            let (one, _other) = duplex(4096);
            let Link { sender, receiver, .. } = agent().link(one);
            sender.send(vec![1], plain(), |_, _| drop(receiver)).await.unwrap();
        });
    };
    assert!(ends(drops), "it waits for the line that it stands in");
}

#[test]
fn a_link_whose_runtime_is_gone_is_closed() {
    let (agent, (one, _other)) = (agent(), duplex(64));
    let writes = runtime();
    let link = writes.block_on(async { agent.link(one) });
    drop(writes);
    runtime().block_on(send_until_closed(&link));
}

/// A stream that fails as no stream should.
struct Panics;

impl AsyncRead for Panics {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        _: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        Poll::Pending
    }
}

impl AsyncWrite for Panics {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, _: &[u8]) -> Poll<std::io::Result<usize>> {
        panic!("the stream of the test")
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        panic!("the stream of the test")
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[test]
fn a_link_whose_stream_panics_is_closed() {
    let agent = agent();
    runtime().block_on(async { send_until_closed(&agent.link(Panics)).await });
}
