use super::*;
use crate::process::tests::process;
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
