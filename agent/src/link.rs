//! A FIFO link over any byte stream: the application's frames, and markers in band.
//!
//! ```text
//!  frame: kind (1 byte), length of the rest (4 bytes, big endian), rest
//!   0 hello    the sender: deployment, incarnation and lane, ASCII "<hex>/<hex>/<hex>"
//!   1 message  length of the stamp (2 bytes), stamp, payload
//!   2 marker   its ASCII form
//! ```
//!
//! Both ends send a hello first, then what they like. A marker goes out before the first message of a new epoch,
//! and on an idle link as soon as the epoch has risen. It has a place of its own in the queue: a full socket
//! delays it but never makes anybody wait for room. Stamping and queueing are one step under one lock, so the
//! order on the wire is the order of the numbers.
//!
//! A message whose stamp cannot be read, as a peer of a later version may send it, is received without one, and a
//! marker that cannot be read is passed over. From a peer of another deployment all messages count as without a stamp,
//! and what is sent to it is lost to this one. Anything else that is no frame ends the link: for reading and for
//! sending, and its lane is said to have ended.
//!
//! A link that was closed delivers what was in line. Of one that failed, what was written is doubtful until the peer
//! says how far he got; what was still in line is lost, and so is in the end what was written to a link on which no
//! peer ever said hello. A peer that drops a link without having read its hello never says anything of it: what was
//! written to him stays as it is until he ends.

mod frame;
mod queue;
mod receiver;
mod sender;
mod wire;

pub use queue::QUEUE;
pub use receiver::LinkReceiver;
pub use sender::LinkSender;

use crate::process::Process;
use frame::Hello;
use queue::Queue;
use receiver::{Reading, State};
use sender::Writer;
use std::fmt;
use std::sync::Arc;
use stillpoint_proto::cut::{LaneEnd, Order};
use stillpoint_proto::id::LaneRef;
use stillpoint_proto::stamp::Stamp;
use tokio::io::{AsyncRead, AsyncWrite};
use wire::{Open, Wire};

/// The longest frame in bytes; a longer one ends the link.
pub const FRAME_LIMIT: usize = 16 << 20;
/// The longest payload in bytes: what a frame leaves beside the longest stamp.
pub const PAYLOAD_LIMIT: usize = FRAME_LIMIT - Stamp::ASCII_LIMIT - 2;

/// Why a link has ended, other than by the peer's closing it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LinkError {
    /// The stream failed.
    #[error("the link's stream failed: {0}")]
    Io(#[from] std::io::Error),
    /// A frame is longer than [`FRAME_LIMIT`].
    #[error("a frame of {0} bytes is longer than the limit of {FRAME_LIMIT}")]
    TooLong(usize),
    /// A frame is no frame of this protocol.
    #[error("the peer sent {0}, which is no frame of a link: is it a link at all?")]
    Malformed(&'static str),
    /// The payload of a message is longer than [`PAYLOAD_LIMIT`].
    #[error("a payload of {0} bytes is longer than the limit of {PAYLOAD_LIMIT}: send it in pieces")]
    PayloadTooLong(usize),
    /// The link is closed, or failed before.
    #[error("the link is closed")]
    Closed,
}

/// A FIFO link to one peer: a sender, which can be cloned, and a receiver.
pub struct Link {
    /// For sending.
    pub sender: LinkSender,
    /// For receiving.
    pub receiver: LinkReceiver,
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Link({:?})", self.sender)
    }
}

impl Link {
    pub(crate) fn over<S>(process: &Arc<Process>, stream: S) -> Link
    where
        S: AsyncRead + AsyncWrite + Send + 'static,
    {
        let (read, write) = tokio::io::split(stream);
        let lane = process.open(LaneEnd::Sole, Order::Fifo);
        let me = LaneRef { process: process.incarnation(), lane: lane.id };
        let queue = Arc::new(Queue::new(Hello { deployment: process.config().deployment, lane: me }));
        let open = Open::new(process, &lane);
        let wire = Wire::new(&open);
        let sender =
            LinkSender { process: process.clone(), lane: lane.clone(), queue: queue.clone(), _open: open };
        tokio::spawn(sender::write_frames(Writer::new(sender.clone(), wire.clone()), write));
        let receiver = LinkReceiver {
            process: process.clone(),
            lane,
            stream: Box::new(read),
            state: State::Open,
            hello: None,
            reading: Some(Reading::Unread { _link: process.link_begins() }),
            wire: Some(wire),
            queue,
            partial: Vec::new(),
        };
        Link { sender, receiver }
    }
}

#[cfg(test)]
mod tests;
