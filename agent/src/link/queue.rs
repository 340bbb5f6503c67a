//! What waits for the socket of a link.

use super::frame::Frame;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use stillpoint_proto::id::LaneRef;
use tokio::sync::{Notify, Semaphore};

/// How many messages of the application wait for the socket before [`LinkSender::send`](super::LinkSender::send)
/// waits.
pub const QUEUE: usize = 256;

/// What waits for the socket.
pub(super) struct Queue {
    frames: Mutex<Frames>,
    /// One permit for each message that has room.
    pub(super) room: Semaphore,
    /// There is something to write, or the link is closed.
    pub(super) ready: Notify,
}

#[derive(Default)]
pub(super) struct Frames {
    pub(super) waiting: VecDeque<Frame>,
    pub(super) closed: bool,
}

impl Queue {
    /// An open one in which our hello waits.
    pub(super) fn new(hello: LaneRef) -> Self {
        let frames = Frames { waiting: VecDeque::from([Frame::Hello(hello)]), closed: false };
        Queue { frames: Mutex::new(frames), room: Semaphore::new(QUEUE), ready: Notify::new() }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Frames> {
        self.frames.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
