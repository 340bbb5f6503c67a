//! What waits for the socket of a link.

use super::frame::{Frame, Hello};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};
use stillpoint_proto::ranges::RangeSet;
use tokio::sync::{Notify, Semaphore};

/// How many messages of the application wait for the socket before [`LinkSender::send`](super::LinkSender::send)
/// waits.
pub const QUEUE: usize = 256;

/// What waits for the socket.
///
/// `frames` is locked around the event of a send, so whoever is in an event must not lock it: `closed` is not
/// under it. Under the lock it is exact all the same: who finds the line empty and the link closed is the last.
pub(super) struct Queue {
    frames: Mutex<VecDeque<Frame>>,
    closed: AtomicBool,
    /// The peer is of another deployment.
    foreign: AtomicBool,
    /// One permit for each message that has room.
    pub(super) room: Semaphore,
    /// There is something to write, or the link is closed.
    pub(super) ready: Notify,
}

impl Queue {
    /// An open one in which our hello waits.
    pub(super) fn new(hello: Hello) -> Self {
        let (room, ready) = (Semaphore::new(QUEUE), Notify::new());
        let frames = Mutex::new(VecDeque::from([Frame::Hello(hello)]));
        Queue { frames, closed: AtomicBool::new(false), foreign: AtomicBool::new(false), room, ready }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, VecDeque<Frame>> {
        self.frames.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// No more can be sent; what is in line still goes out. Takes no lock that is held during an event.
    pub(super) fn close(&self) {
        self.closed.store(true, Relaxed);
        self.room.close();
        self.ready.notify_one();
    }

    /// Closes it and takes out the messages that nobody will write, by number.
    pub(super) fn abandon(&self) -> RangeSet {
        self.close();
        let frames = std::mem::take(&mut *self.lock());
        let number = |frame: &Frame| match frame {
            Frame::Message(stamp, _) => Some(stamp.id.seq),
            Frame::Hello(_) | Frame::Marker(_) => None,
        };
        frames.iter().filter_map(number).collect()
    }

    /// The peer has said that it is of another deployment. What is outstanding is to be looked at after this.
    pub(super) fn set_foreign(&self) {
        self.foreign.store(true, Relaxed);
    }

    /// To be asked after a message has been recorded: the lane's lock, under which it is, orders the two.
    pub(super) fn is_foreign(&self) -> bool {
        self.foreign.load(Relaxed)
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed.load(Relaxed)
    }
}
