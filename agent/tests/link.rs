//! Links over a byte stream in memory: the application's frames arrive in order, once, and the end is seen.
#![allow(clippy::unwrap_used)]

use stillpoint_agent::id::DeploymentId;
use stillpoint_agent::link::PAYLOAD_LIMIT;
use stillpoint_agent::{Agent, Link, LinkError, Received, plain};
use tokio::io::{AsyncWriteExt, duplex};

fn agent(name: &str) -> Agent {
    Agent::builder(name).server("http://127.0.0.1:9").start().unwrap()
}

fn pair(buffer: usize) -> (Agent, Link, Agent, Link) {
    let (one, other) = duplex(buffer);
    let (a, b) = (agent("a"), agent("b"));
    let (here, there) = (a.link(one), b.link(other));
    (a, here, b, there)
}

async fn receive(link: &mut Link) -> Option<Vec<u8>> {
    link.receiver.recv(|_, _, _| ()).await.unwrap().map(|(payload, _)| payload)
}

#[tokio::test]
async fn frames_arrive_in_order_and_then_the_end() {
    // A buffer smaller than a frame: it is written and read in pieces.
    let (_a, here, _b, mut there) = pair(16);
    let sending = tokio::spawn(async move {
        for n in 0..500_u32 {
            here.sender.send(n.to_be_bytes().to_vec(), plain(), |_, _| ()).await.unwrap();
        }
        here.sender.close();
        here
    });
    for n in 0..500_u32 {
        assert_eq!(receive(&mut there).await, Some(n.to_be_bytes().to_vec()));
    }
    let here = sending.await.unwrap();
    drop(here);
    assert_eq!(receive(&mut there).await, None);
}

#[tokio::test]
async fn both_ends_know_each_other() {
    let (a, mut here, b, mut there) = pair(1024);
    here.sender.send(b"ping".to_vec(), plain(), |_, _| ()).await.unwrap();
    let (payload, got) = there.receiver.recv(|_, payload, _| payload.len()).await.unwrap().unwrap();
    assert_eq!((payload.as_slice(), got), (&b"ping"[..], Received::New(4)));
    there.sender.send(b"pong".to_vec(), plain(), |_, _| ()).await.unwrap();
    assert_eq!(receive(&mut here).await.as_deref(), Some(&b"pong"[..]));
    assert_eq!((here.receiver.peer(), there.receiver.peer()), (Some(b.incarnation()), Some(a.incarnation())));
    assert_eq!(there.receiver.lane(), Some(here.sender.lane()));
}

#[tokio::test]
async fn a_cancelled_receipt_loses_nothing() {
    let (_a, here, _b, mut there) = pair(8);
    let sending = tokio::spawn(async move {
        here.sender.send(vec![5; 100], plain(), |_, _| ()).await.unwrap();
        here
    });
    // Read a piece at a time, giving up after each.
    let payload = loop {
        let attempt = there.receiver.recv(|_, _, _| ());
        tokio::select! {
            biased;
            got = attempt => break got.unwrap().unwrap().0,
            () = tokio::task::yield_now() => {}
        }
    };
    assert_eq!(payload, vec![5; 100]);
    drop(sending.await.unwrap());
}

#[tokio::test]
async fn sending_on_a_link_whose_reader_is_gone_fails() {
    let (_a, here, _b, there) = pair(64);
    drop(there);
    let outcome = loop {
        if let Err(error) = here.sender.send(vec![0; 64], plain(), |_, _| ()).await {
            break error;
        }
        tokio::task::yield_now().await;
    };
    assert!(matches!(outcome, LinkError::Closed), "{outcome}");
}

#[tokio::test]
async fn what_is_no_link_is_named() {
    for (bytes, message) in [
        (&b"\x07\0\0\0\x01x"[..], "a frame of unknown kind"),
        (&b"\0\0\0\0\x03abc"[..], "a hello"),
        (&b"\x01\0\0\0\x01x"[..], "a message without a stamp"),
        (&b"\x01\0\0\0\x0a\0\x05hello"[..], "half a frame"),
        (&b"\x02\xff\xff\xff\xff"[..], "is longer than the limit"),
        (&b"GET / HTTP/1.1\r\n\r\n"[..], "is longer than the limit"),
    ] {
        let (one, mut other) = duplex(256);
        let agent = agent("a");
        let mut link = agent.link(one);
        other.write_all(bytes).await.unwrap();
        other.shutdown().await.unwrap();
        let error = link.receiver.recv(|_, _, _| ()).await.unwrap_err().to_string();
        assert!(error.contains(message), "{bytes:?}: {error}");
    }
}

/// A frame of a link, as a peer that is not honest writes it.
fn frame(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![kind];
    bytes.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
    bytes.extend(body);
    bytes
}

/// The hello of lane 1 of process 7, of the deployment of all agents here.
fn hello() -> Vec<u8> {
    frame(0, format!("{:x}/7/1", DeploymentId::from_name("default").0).as_bytes())
}

/// The frame of a message.
fn message(stamp: &str, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(stamp.len()).unwrap().to_be_bytes();
    frame(1, &[&length, stamp.as_bytes(), payload].concat())
}

#[tokio::test]
async fn a_link_that_failed_has_ended() {
    let agent = agent("a");
    let (one, mut other) = duplex(256);
    let mut link = agent.link(one);
    let deployment = DeploymentId::from_name("default").0;
    let genuine = message(&format!("1;{deployment:x};7;1;1;0;0"), b"too late");
    other.write_all(&[hello(), frame(7, b"what"), genuine].concat()).await.unwrap();
    let error = link.receiver.recv(|_, _, _| ()).await.unwrap_err().to_string();
    assert!(error.contains("a frame of unknown kind"), "{error}");
    let later = link.receiver.recv(|_, _, _| ()).await;
    assert!(matches!(later, Err(LinkError::Closed)), "it goes on behind what it cannot read: {later:?}");
    let sent = link.sender.send(vec![1], plain(), |_, _| ()).await;
    assert!(matches!(sent, Err(LinkError::Closed)), "{sent:?}");
}

#[tokio::test]
async fn what_cannot_be_read_of_a_later_version_costs_no_data() {
    let agent = agent("a");
    let (one, mut other) = duplex(256);
    let mut link = agent.link(one);
    let later = message("2;what;a;later;version;says", b"payload");
    other.write_all(&[hello(), frame(2, b"2;the;same"), later].concat()).await.unwrap();
    other.shutdown().await.unwrap();
    let got = link.receiver.recv(|_, _, message| message.seq).await.unwrap();
    assert_eq!(got, Some((b"payload".to_vec(), Received::Unstamped(0))));
    assert_eq!(link.receiver.recv(|_, _, _| ()).await.unwrap(), None);
    assert_eq!(link.receiver.recv(|_, _, _| ()).await.unwrap(), None, "the end stays the end");
}

#[tokio::test]
async fn a_payload_that_no_frame_can_carry_is_refused_and_not_recorded() {
    let (_a, here, _b, mut there) = pair(1 << 16);
    let refused = here.sender.send(vec![0; PAYLOAD_LIMIT + 1], plain(), |_, _| panic!("an event")).await;
    assert!(matches!(refused, Err(LinkError::PayloadTooLong(_))), "{refused:?}");
    let sending =
        tokio::spawn(async move { here.sender.send(vec![7; PAYLOAD_LIMIT], plain(), |_, _| ()).await });
    assert_eq!(receive(&mut there).await.map(|payload| payload.len()), Some(PAYLOAD_LIMIT));
    sending.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_marker_of_another_lane_is_refused() {
    let agent = agent("a");
    let deployment = DeploymentId::from_name("default").0;
    for (hello, lane, what) in [
        (Vec::new(), "7;1", "a marker before its hello"),
        (hello(), "7;2", "a marker of a lane that it did not announce"),
        (hello(), "8;1", "a marker of a lane that it did not announce"),
    ] {
        let (one, mut other) = duplex(256);
        let mut link = agent.link(one);
        let marker = format!("1;{deployment:x};{lane};0;ffff");
        other.write_all(&[hello, frame(2, marker.as_bytes())].concat()).await.unwrap();
        other.shutdown().await.unwrap();
        let error = link.receiver.recv(|_, _, _| ()).await.unwrap_err().to_string();
        assert!(error.contains(what), "{error}");
    }
}
