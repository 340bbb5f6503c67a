use super::*;
use crate::process::tests::{process, process_of};
use crate::world::{World, idle, tokens};
use stillpoint_proto::fact::Annotation;
use stillpoint_proto::snapshot::{Assumption, ConsistentCut, Fate};
use tokio::io::{AsyncWriteExt, DuplexStream, duplex};

/// A link whose other end writes what it likes, beginning with these frames.
async fn link(process: &Arc<Process>, frames: &[(u8, &[u8])]) -> (Link, DuplexStream) {
    let (one, mut other) = duplex(1 << 16);
    for (kind, body) in frames {
        other.write_u8(*kind).await.unwrap();
        other.write_u32(u32::try_from(body.len()).unwrap()).await.unwrap();
        other.write_all(body).await.unwrap();
    }
    (Link::over(process, one), other)
}

#[tokio::test]
async fn the_lane_of_a_link_that_failed_has_ended() {
    let p = process(1);
    let hello = format!("{:x}/7/1", p.config().deployment.0);
    let (mut link, _other) = link(&p, &[(0, hello.as_bytes()), (7, b"what")]).await;
    link.receiver.recv(|_, _, _| ()).await.unwrap_err();
    let cut = p.cut_now();
    assert!(cut.receiving.values().all(|lane| lane.ended) && cut.receiving.len() == 1, "{:?}", cut.receiving);
}

#[tokio::test]
async fn a_peer_has_not_ended_while_a_link_is_unread() {
    let mut world = World::new(2);
    let (p, q) = (world.process(1), world.process(2));
    let (computation, token) = p.change(|acts| acts.computation("c", true));
    let work = Annotation::Token(computation.id());
    let (one, other) = duplex(4096);
    let (here, mut there) = (Link::over(&p, one), Link::over(&q, other));
    here.sender.send(b"work".to_vec(), vec![work], |acts, _| acts.end(token)).await.unwrap();
    tokio::task::yield_now().await;
    drop(here);
    world.cut();
    world.kill(1);
    for round in 0..4 {
        let cut = world.cut();
        let somewhere = tokens(&cut) > 0 || !cut.channels().lanes.is_empty();
        assert!(somewhere || !cut.is_complete(), "in round {round} the work on the link counts as lost");
    }
    let (_, got) = there.receiver.recv(|acts, _, _| acts.token(computation.id())).await.unwrap().unwrap();
    assert!(matches!(got, crate::Received::New(_)), "it came in good time");
    // Once it has been read to its end, nothing is left open.
    assert!(there.receiver.recv(|_, _, _| ()).await.unwrap().is_none());
    world.cut();
    assert!(world.cut().is_complete());
}

/// The messages in transit, with their fates.
fn transit(cut: &ConsistentCut) -> Vec<(u64, Fate)> {
    let channels = cut.channels().lanes.values();
    channels
        .flat_map(|c| c.numbers().iter().map(|seq| (seq, c.fate(seq).unwrap())).collect::<Vec<_>>())
        .collect()
}

async fn send(link: &Link, length: usize) {
    link.sender.send(vec![0; length], Vec::new(), |_, _| ()).await.unwrap();
}

#[tokio::test]
async fn what_was_in_line_when_a_link_failed_is_doubtful_and_then_not_received() {
    let mut world = World::new(1);
    let (one, other) = duplex(1 << 12);
    let link = Link::over(&world.process(1), one);
    // Longer than all buffers, so that the first is being written when the stream fails.
    for _ in 0..3 {
        send(&link, 1 << 16).await;
    }
    idle().await;
    drop(other);
    idle().await;
    let doubtful = Fate::Doubtful;
    assert_eq!(transit(&world.cut()), [(1, doubtful), (2, doubtful), (3, doubtful)]);
    assert_eq!(transit(&world.cut()), [(1, doubtful)], "of the others no byte has left");
    assert!(world.cut().assumptions().is_empty(), "nobody can receive them");
}

#[tokio::test]
async fn what_was_written_to_a_link_without_a_hello_is_settled_some_day() {
    let mut world = World::new(2);
    let (one, other) = duplex(1 << 12);
    let link = Link::over(&world.process(1), one);
    send(&link, 1).await;
    idle().await;
    drop(other);
    idle().await;
    // It may still be read that there is a peer.
    for _ in 0..20 {
        assert_eq!(transit(&world.cut()).len(), 1);
    }
    drop(link);
    idle().await;
    assert_eq!(transit(&world.cut()), [(1, Fate::Doubtful)]);
    for _ in 0..15 {
        world.cut();
    }
    let cut = world.cut();
    assert_eq!(transit(&cut), []);
    assert!(
        cut.assumptions().iter().any(|a| matches!(a, Assumption::Expired(..))),
        "{:?}",
        cut.assumptions()
    );
}

#[tokio::test]
async fn what_a_closed_link_has_yet_to_deliver_is_in_transit() {
    let mut world = World::new(2);
    let (one, other) = duplex(1 << 12);
    let mut here = Link::over(&world.process(1), one);
    let mut there = Link::over(&world.process(2), other);
    send(&there, 1).await;
    assert!(here.receiver.recv(|_, _, _| ()).await.unwrap().is_some());
    send(&here, 1).await;
    drop(here);
    idle().await;
    for _ in 0..20 {
        assert_eq!(transit(&world.cut()), [(1, Fate::Transit)]);
    }
    assert!(there.receiver.recv(|_, _, _| ()).await.unwrap().is_some());
    assert_eq!(transit(&world.cut()), []);
}

#[tokio::test]
async fn a_link_to_another_deployment_names_nobody_in_a_cut() {
    let mut world = World::new(1);
    let (p, abroad) = (world.process(1), process_of("abroad", 77));
    let (one, other) = duplex(1 << 12);
    let (mut here, mut there) = (Link::over(&p, one), Link::over(&abroad, other));
    for link in [&here, &there] {
        send(link, 1).await;
    }
    for link in [&mut here, &mut there] {
        let (_, got) = link.receiver.recv(|_, _, _| ()).await.unwrap().unwrap();
        assert_eq!((got, link.receiver.peer()), (crate::Received::Foreign(()), None));
    }
    send(&here, 1).await;
    let cut = world.cut();
    assert!(cut.is_complete(), "{:?}", cut.channels().unknown);
    assert_eq!(transit(&cut), [(1, Fate::Doubtful), (2, Fate::Doubtful)]);
    let assumed = cut.assumptions();
    assert_eq!(assumed.into_iter().collect::<Vec<_>>(), [Assumption::Unstamped(p.incarnation())]);
    drop((here, there));
    idle().await;
    let cut = world.cut();
    assert!(cut.is_complete() && transit(&cut).is_empty(), "{:?}", cut.channels());
    assert!(p.cut_now().receiving.is_empty(), "no lane of the foreigner");
}
