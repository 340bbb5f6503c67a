//! The receiving half of a link.

use super::frame::{HELLO, MARKER, MESSAGE, parse, split};
use super::queue::Queue;
use super::wire::Wire;
use super::{FRAME_LIMIT, LinkError};
use crate::acts::Acts;
use crate::lanes::{Incoming, Received};
use crate::process::{Process, Sending, Unread};
use std::fmt;
use std::sync::Arc;
use stillpoint_proto::id::{Incarnation, LaneId, LaneRef, MessageId};
use stillpoint_proto::stamp::{MalformedStamp, Marker, Stamp};
use tokio::io::{AsyncRead, AsyncReadExt};

/// Receives on a link. What is dropped unread counts as lost when the link ends.
///
/// To be read even if nothing is expected: until its hello has been read, anybody may be at the other end, and no
/// dead process counts as having ended.
pub struct LinkReceiver {
    pub(super) process: Arc<Process>,
    pub(super) lane: Arc<Sending>,
    pub(super) stream: Box<dyn AsyncRead + Send + Unpin>,
    pub(super) state: State,
    /// The peer's lane, once it has said hello.
    pub(super) peer: Option<LaneRef>,
    /// That lane, or that nobody has said hello; until the link has ended.
    pub(super) reading: Option<Reading>,
    /// Held until then.
    pub(super) wire: Option<Arc<Wire>>,
    pub(super) queue: Arc<Queue>,
    /// Bytes of a frame that has not arrived whole, so that a cancelled `recv` loses nothing.
    pub(super) partial: Vec<u8>,
}

/// What is held while there may be more to read.
pub(super) enum Reading {
    Unread { _link: Unread },
    Known { _lane: Incoming },
}

/// Whether there is more to read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Open,
    /// The peer has closed the link.
    Ended,
    /// What came is no more to be trusted.
    Failed,
}

impl fmt::Debug for LinkReceiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LinkReceiver({:?})", self.peer())
    }
}

impl LinkReceiver {
    /// Who is at the other end, once it has said hello.
    #[must_use]
    pub fn peer(&self) -> Option<Incarnation> {
        self.peer.map(|lane| lane.process)
    }

    /// The peer's lane, once it has said hello.
    #[must_use]
    pub const fn lane(&self) -> Option<LaneRef> {
        self.peer
    }

    /// Receives the next message. The closure records, in the event of the receipt, all that follows from it at
    /// once; it is given the payload and the message's identity, with number 0 if its stamp cannot be read. `None` if
    /// the peer has closed the link.
    ///
    /// # Errors
    /// [`LinkError`] if the stream failed or the peer does not speak this protocol. The link has ended then, in both
    /// directions: what comes later is [`LinkError::Closed`].
    ///
    /// # Cancel safety
    /// If it is cancelled, no message is lost and none is received.
    pub async fn recv<T>(
        &mut self,
        acts: impl FnOnce(&mut Acts<'_, '_>, &[u8], MessageId) -> T,
    ) -> Result<Option<(Vec<u8>, Received<T>)>, LinkError> {
        match self.state {
            State::Open => {}
            State::Ended => return Ok(None),
            State::Failed => return Err(LinkError::Closed),
        }
        let got = self.next(acts).await;
        match got {
            Ok(Some(_)) => {}
            Ok(None) => self.end(State::Ended),
            Err(_) => {
                self.end(State::Failed);
                self.queue.close();
            }
        }
        got
    }

    async fn next<T>(
        &mut self,
        acts: impl FnOnce(&mut Acts<'_, '_>, &[u8], MessageId) -> T,
    ) -> Result<Option<(Vec<u8>, Received<T>)>, LinkError> {
        loop {
            let Some((kind, body)) = self.frame().await? else { return Ok(None) };
            match kind {
                HELLO => self.hello(&body)?,
                MARKER => self.marker(&body)?,
                MESSAGE => {
                    let (stamp, payload) = split(&body)?;
                    let got = self.message(stamp, |facts, id| acts(facts, payload, id))?;
                    return Ok(Some((payload.to_vec(), got)));
                }
                _ => return Err(LinkError::Malformed("a frame of unknown kind")),
            }
        }
    }

    fn message<T>(
        &self,
        stamp: Result<Stamp, MalformedStamp>,
        acts: impl FnOnce(&mut Acts<'_, '_>, MessageId) -> T,
    ) -> Result<Received<T>, LinkError> {
        let Some(lane) = self.peer else { return Err(LinkError::Malformed("a message before its hello")) };
        match stamp {
            Ok(stamp) if stamp.id.lane == lane => {
                Ok(Received::new(self.process.receive(&stamp, |facts| acts(facts, stamp.id))))
            }
            Ok(_) => Err(LinkError::Malformed("a message of a lane that it did not announce")),
            Err(error) => {
                tracing::debug!(?lane, %error, "a stamp on a link cannot be read");
                let id = MessageId { lane, seq: 0 };
                Ok(Received::Unstamped(self.process.receive_unstamped(|facts| acts(facts, id))))
            }
        }
    }

    fn marker(&self, body: &[u8]) -> Result<(), LinkError> {
        match parse::<Marker>(body) {
            // It settles what is lost on its lane, so nobody may speak for the lane of another.
            Ok(marker) if Some(marker.lane) != self.peer => {
                return Err(LinkError::Malformed("a marker of a lane that it did not announce"));
            }
            Ok(marker) => self.process.receive_marker(&marker),
            Err(error) => tracing::debug!(lane = ?self.peer, %error, "a marker on a link cannot be read"),
        }
        Ok(())
    }

    /// Nothing more will be received.
    fn end(&mut self, state: State) {
        self.state = state;
        self.reading = None;
        self.wire = None;
    }

    fn hello(&mut self, body: &[u8]) -> Result<(), LinkError> {
        let parse = |body: &[u8]| {
            let (process, lane) = std::str::from_utf8(body).ok()?.split_once('/')?;
            let process = Incarnation(u64::from_str_radix(process, 16).ok()?);
            Some(LaneRef { process, lane: LaneId(u32::from_str_radix(lane, 16).ok()?) })
        };
        let lane = parse(body).filter(|_| self.peer.is_none()).ok_or(LinkError::Malformed("a hello"))?;
        let incoming = Incoming::new(&self.process, lane);
        self.process.pair(&self.lane, &incoming.end);
        (self.peer, self.reading) = (Some(lane), Some(Reading::Known { _lane: incoming }));
        Ok(())
    }

    /// The next frame: its kind and the rest. `None` at the end of the stream.
    async fn frame(&mut self) -> Result<Option<(u8, Vec<u8>)>, LinkError> {
        loop {
            if let [kind, a, b, c, d, ..] = self.partial[..] {
                let length = u32::from_be_bytes([a, b, c, d]) as usize;
                if length > FRAME_LIMIT {
                    return Err(LinkError::TooLong(length));
                }
                if self.partial.len() >= 5 + length {
                    let rest = self.partial.split_off(5 + length);
                    let mut frame = std::mem::replace(&mut self.partial, rest);
                    return Ok(Some((kind, frame.split_off(5))));
                }
            }
            if self.stream.read_buf(&mut self.partial).await? == 0 {
                return if self.partial.is_empty() {
                    Ok(None)
                } else {
                    Err(LinkError::Malformed("half a frame"))
                };
            }
        }
    }
}

impl Drop for LinkReceiver {
    fn drop(&mut self) {
        // Nobody reads any more, so there is no sense in writing on.
        self.queue.close();
    }
}
