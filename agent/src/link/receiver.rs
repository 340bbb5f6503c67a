//! The receiving half of a link.

use super::frame::{HELLO, Hello, MARKER, MESSAGE, parse, split};
use super::queue::Queue;
use super::wire::Wire;
use super::{FRAME_LIMIT, LinkError};
use crate::acts::Acts;
use crate::lanes::{Incoming, Received};
use crate::process::{Process, Sending, Unread};
use std::fmt;
use std::sync::Arc;
use stillpoint_proto::id::{Incarnation, LaneRef, MessageId};
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
    /// What the peer has said of itself.
    pub(super) hello: Option<Hello>,
    /// Its lane, or that nobody has said hello; until the link has ended.
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
    /// Who is at the other end, once it has said hello. `None` too if it is of another deployment.
    #[must_use]
    pub fn peer(&self) -> Option<Incarnation> {
        self.lane().map(|lane| lane.process)
    }

    /// The peer's lane, once it has said hello. `None` too if it is of another deployment.
    #[must_use]
    pub fn lane(&self) -> Option<LaneRef> {
        self.hello.filter(|hello| self.is_ours(hello)).map(|hello| hello.lane)
    }

    fn is_ours(&self, hello: &Hello) -> bool {
        hello.deployment == self.process.config().deployment
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
        let Some(hello) = self.hello else { return Err(LinkError::Malformed("a message before its hello")) };
        match stamp {
            Ok(stamp) if stamp.id.lane != hello.lane => {
                Err(LinkError::Malformed("a message of a lane that it did not announce"))
            }
            Ok(stamp) if self.is_ours(&hello) => {
                Ok(Received::new(self.process.receive(&stamp, |facts| acts(facts, stamp.id))))
            }
            Ok(stamp) => Ok(Received::Foreign(self.process.receive_unstamped(|facts| acts(facts, stamp.id)))),
            Err(error) => {
                tracing::debug!(?hello, %error, "a stamp on a link cannot be read");
                let id = MessageId { lane: hello.lane, seq: 0 };
                Ok(Received::Unstamped(self.process.receive_unstamped(|facts| acts(facts, id))))
            }
        }
    }

    fn marker(&self, body: &[u8]) -> Result<(), LinkError> {
        let Some(hello) = self.hello else { return Err(LinkError::Malformed("a marker before its hello")) };
        match parse::<Marker>(body) {
            // It settles what is lost on its lane, so nobody may speak for the lane of another.
            Ok(marker) if marker.lane != hello.lane => {
                return Err(LinkError::Malformed("a marker of a lane that it did not announce"));
            }
            Ok(marker) if self.is_ours(&hello) => self.process.receive_marker(&marker),
            Ok(_) => {}
            Err(error) => tracing::debug!(?hello, %error, "a marker on a link cannot be read"),
        }
        Ok(())
    }

    /// Nothing more will be received.
    fn end(&mut self, state: State) {
        self.state = state;
        self.reading = None;
        self.wire = None;
    }

    /// One of another deployment is nobody to this one: it gets no lane here, and is named in no cut.
    fn hello(&mut self, body: &[u8]) -> Result<(), LinkError> {
        let hello = Hello::parse(body).filter(|_| self.hello.is_none());
        let hello = hello.ok_or(LinkError::Malformed("a hello"))?;
        self.hello = Some(hello);
        self.reading = if self.is_ours(&hello) {
            let incoming = Incoming::new(&self.process, hello.lane);
            self.process.pair(&self.lane, &incoming.end);
            Some(Reading::Known { _lane: incoming })
        } else {
            self.queue.set_foreign();
            self.process.leads_abroad(&self.lane);
            None
        };
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
