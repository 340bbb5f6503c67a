use super::*;
use crate::process::tests::process;
use crate::world::{World, tokens};
use stillpoint_proto::fact::Annotation;
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
    let (mut link, _other) = link(&p, &[(0, b"7/1"), (7, b"what"), (0, b"7/1")]).await;
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
        let somewhere = tokens(&cut) > 0 || !cut.channels().in_transit.is_empty();
        assert!(somewhere || !cut.is_complete(), "in round {round} the work on the link counts as lost");
    }
    let (_, got) = there.receiver.recv(|acts, _, _| acts.token(computation.id())).await.unwrap().unwrap();
    assert!(matches!(got, crate::Received::New(_)), "it came in good time");
    // Once it has been read to its end, nothing is left open.
    assert!(there.receiver.recv(|_, _, _| ()).await.unwrap().is_none());
    world.cut();
    assert!(world.cut().is_complete());
}
