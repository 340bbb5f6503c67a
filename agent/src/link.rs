//! A FIFO link over any byte stream: the application's frames, and markers in band.
//!
//! ```text
//!  frame: kind (1 byte), length of the rest (4 bytes, big endian), rest
//!   0 hello    the sender's lane: incarnation and number, ASCII "<hex>/<hex>"
//!   1 message  length of the stamp (2 bytes), stamp, payload
//!   2 marker   its ASCII form
//! ```
//!
//! Both ends send a hello first, then what they like. A marker goes out before the first message of a new epoch,
//! and on an idle link as soon as the epoch has risen. It has a place of its own in the queue: a full socket
//! delays it but never makes anybody wait for room. Stamping and queueing are one step under one lock, so the
//! order on the wire is the order of the numbers.

use crate::acts::Acts;
use crate::lanes::{Incoming, Received};
use crate::process::{Process, Sending};
use stillpoint_proto::cut::{Annotations, LaneEnd, Order};
use stillpoint_proto::id::{Incarnation, LaneId, LaneRef, MessageId};
use stillpoint_proto::stamp::{MalformedStamp, Marker, Stamp};
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::{Notify, Semaphore};

const HELLO: u8 = 0;
const MESSAGE: u8 = 1;
const MARKER: u8 = 2;

/// How many messages of the application wait for the socket before [`LinkSender::send`] waits.
pub const QUEUE: usize = 256;
/// The longest frame in bytes; a longer one ends the link.
pub const FRAME_LIMIT: usize = 16 << 20;

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
    /// A frame has no readable stamp.
    #[error("the peer sent a frame whose stamp cannot be read: {0}")]
    Stamp(#[from] MalformedStamp),
    /// The link is closed.
    #[error("the link is closed")]
    Closed,
}

/// What waits for the socket.
struct Queue {
    frames: Mutex<Frames>,
    /// One permit for each message that has room.
    room: Semaphore,
    /// There is something to write, or the link is closed.
    ready: Notify,
}

#[derive(Default)]
struct Frames {
    waiting: VecDeque<Frame>,
    closed: bool,
}

enum Frame {
    Hello(LaneRef),
    Message(Stamp, Vec<u8>),
    Marker(Marker),
}

impl Queue {
    fn lock(&self) -> std::sync::MutexGuard<'_, Frames> {
        self.frames.lock().unwrap_or_else(PoisonError::into_inner)
    }
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

/// Sends on a link.
#[derive(Clone)]
pub struct LinkSender {
    process: Arc<Process>,
    lane: Arc<Sending>,
    queue: Arc<Queue>,
}

impl fmt::Debug for LinkSender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LinkSender({:?})", self.lane.id)
    }
}

/// Receives on a link. What is dropped unread counts as lost when the link ends.
pub struct LinkReceiver {
    process: Arc<Process>,
    lane: Arc<Sending>,
    stream: Box<dyn AsyncRead + Send + Unpin>,
    incoming: Option<Incoming>,
    queue: Arc<Queue>,
    /// Bytes of a frame that has not arrived whole, so that a cancelled `recv` loses nothing.
    partial: Vec<u8>,
}

impl fmt::Debug for LinkReceiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LinkReceiver({:?})", self.peer())
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
        let frames = Frames { waiting: VecDeque::from([Frame::Hello(me)]), closed: false };
        let (room, ready) = (Semaphore::new(QUEUE), Notify::new());
        let queue = Arc::new(Queue { frames: Mutex::new(frames), room, ready });
        let sender = LinkSender { process: process.clone(), lane: lane.clone(), queue: queue.clone() };
        tokio::spawn(write_frames(sender.clone(), write));
        let receiver = LinkReceiver {
            process: process.clone(),
            lane,
            stream: Box::new(read),
            incoming: None,
            queue,
            partial: Vec::new(),
        };
        Link { sender, receiver }
    }
}

impl LinkSender {
    /// The lane of this end.
    #[must_use]
    pub fn lane(&self) -> LaneRef {
        LaneRef { process: self.process.incarnation(), lane: self.lane.id }
    }

    /// Sends a message that carries `annotations`; the closure records, in the same event, what the sender gives
    /// away. Waits only for room in the queue.
    ///
    /// # Errors
    /// [`LinkError::Closed`] if the link has ended; nothing is recorded then.
    ///
    /// # Cancel safety
    /// If it is cancelled, nothing has been recorded or sent.
    pub async fn send<T>(
        &self,
        payload: Vec<u8>,
        annotations: impl Into<Annotations>,
        acts: impl FnOnce(&mut Acts<'_, '_>, MessageId) -> T,
    ) -> Result<T, LinkError> {
        let place = self.queue.room.acquire().await.map_err(|_| LinkError::Closed)?;
        let mut frames = self.queue.lock();
        if frames.closed {
            return Err(LinkError::Closed);
        }
        let (departure, made) = self.process.send(&self.lane, annotations.into(), acts);
        frames.waiting.extend(departure.marker.map(Frame::Marker));
        frames.waiting.push_back(Frame::Message(departure.stamp, payload));
        drop(frames);
        // Given back when the frame has been written.
        place.forget();
        self.queue.ready.notify_one();
        Ok(made)
    }

    /// Puts a marker in line if the epoch has risen since the last. One that still waits at the end of the line
    /// gives way to it, so that markers never pile up.
    fn mark(&self) {
        let mut frames = self.queue.lock();
        if let Some(marker) = self.process.due_marker(&self.lane) {
            if let Some(Frame::Marker(_)) = frames.waiting.back() {
                frames.waiting.pop_back();
            }
            frames.waiting.push_back(Frame::Marker(marker));
        }
    }

    /// No more can be sent; what is in line still goes out.
    pub fn close(&self) {
        self.queue.lock().closed = true;
        self.queue.room.close();
        self.queue.ready.notify_one();
    }
}

/// Writes what is in line until the link is closed or its stream fails.
async fn write_frames<W: AsyncWrite>(link: LinkSender, stream: W) {
    let mut stream = std::pin::pin!(tokio::io::BufWriter::new(stream));
    let mut epoch = link.process.changes();
    loop {
        link.mark();
        let (next, closed) = {
            let mut frames = link.queue.lock();
            (frames.waiting.pop_front(), frames.closed)
        };
        let written = match next {
            Some(frame) => {
                let is_message = matches!(frame, Frame::Message(..));
                let written = stream.write_all(&encode(&frame)).await;
                if is_message {
                    link.queue.room.add_permits(1);
                }
                written
            }
            None => match stream.flush().await {
                Ok(()) if closed => break,
                Ok(()) => {
                    tokio::select! {
                        () = link.queue.ready.notified() => {}
                        // The process lives as long as the link, so the sender of epochs does too.
                        _ = epoch.changed() => {}
                    }
                    Ok(())
                }
                failed => failed,
            },
        };
        if let Err(error) = written {
            tracing::debug!(lane = ?link.lane(), %error, "a link's stream failed");
            break;
        }
    }
    let _ = stream.shutdown().await;
    link.close();
}

fn encode(frame: &Frame) -> Vec<u8> {
    let (kind, head, body): (u8, String, &[u8]) = match frame {
        Frame::Hello(lane) => (HELLO, format!("{:x}/{:x}", lane.process.0, lane.lane.0), &[]),
        Frame::Message(stamp, payload) => (MESSAGE, stamp.to_string(), payload),
        Frame::Marker(marker) => (MARKER, marker.to_string(), &[]),
    };
    let prefix = if kind == MESSAGE { 2 } else { 0 };
    let length = prefix + head.len() + body.len();
    let mut bytes = Vec::with_capacity(5 + length);
    bytes.push(kind);
    bytes.extend(u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
    if kind == MESSAGE {
        bytes.extend(u16::try_from(head.len()).unwrap_or(u16::MAX).to_be_bytes());
    }
    bytes.extend(head.as_bytes());
    bytes.extend(body);
    bytes
}

impl LinkReceiver {
    /// Who is at the other end, once it has said hello.
    #[must_use]
    pub fn peer(&self) -> Option<Incarnation> {
        self.incoming.as_ref().map(|incoming| incoming.end.lane.process)
    }

    /// The peer's lane, once it has said hello.
    #[must_use]
    pub fn lane(&self) -> Option<LaneRef> {
        self.incoming.as_ref().map(|incoming| incoming.end.lane)
    }

    /// Receives the next message. The closure records, in the event of the receipt, all that follows from it at
    /// once; it is given the payload and the message's identity. `None` if the peer has closed the link.
    ///
    /// # Errors
    /// [`LinkError`] if the stream failed or the peer does not speak this protocol; the link has ended then.
    ///
    /// # Cancel safety
    /// If it is cancelled, no message is lost and none is received.
    pub async fn recv<T>(
        &mut self,
        acts: impl FnOnce(&mut Acts<'_, '_>, &[u8], MessageId) -> T,
    ) -> Result<Option<(Vec<u8>, Received<T>)>, LinkError> {
        loop {
            let Some((kind, body)) = self.frame().await? else { return Ok(None) };
            match kind {
                HELLO => self.hello(&body)?,
                MARKER => {
                    let text = std::str::from_utf8(&body).map_err(|_| LinkError::Malformed("a marker"))?;
                    self.process.receive_marker(&text.parse()?);
                }
                MESSAGE => {
                    let (stamp, payload) = split(&body)?;
                    if Some(stamp.id.lane) != self.lane() {
                        return Err(LinkError::Malformed("a message of a lane that it did not announce"));
                    }
                    let id = stamp.id;
                    let got = self.process.receive(&stamp, |facts| acts(facts, payload, id));
                    return Ok(Some((payload.to_vec(), Received::new(got))));
                }
                _ => return Err(LinkError::Malformed("a frame of unknown kind")),
            }
        }
    }

    fn hello(&mut self, body: &[u8]) -> Result<(), LinkError> {
        let parse = |body: &[u8]| {
            let (process, lane) = std::str::from_utf8(body).ok()?.split_once('/')?;
            let process = Incarnation(u64::from_str_radix(process, 16).ok()?);
            Some(LaneRef { process, lane: LaneId(u32::from_str_radix(lane, 16).ok()?) })
        };
        let lane = parse(body).filter(|_| self.incoming.is_none()).ok_or(LinkError::Malformed("a hello"))?;
        let incoming = Incoming::new(&self.process, lane);
        self.process.pair(&self.lane, &incoming.end);
        self.incoming = Some(incoming);
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
                self.incoming = None;
                return if self.partial.is_empty() { Ok(None) } else { Err(LinkError::Malformed("half a frame")) };
            }
        }
    }
}

impl Drop for LinkReceiver {
    fn drop(&mut self) {
        // Nobody reads any more, so there is no sense in writing on.
        let mut frames = self.queue.lock();
        frames.closed = true;
        drop(frames);
        self.queue.room.close();
        self.queue.ready.notify_one();
    }
}

fn split(body: &[u8]) -> Result<(Stamp, &[u8]), LinkError> {
    let malformed = LinkError::Malformed("a message without a stamp");
    let Some((length, rest)) = body.split_at_checked(2) else { return Err(malformed) };
    let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
    let Some((stamp, payload)) = rest.split_at_checked(length) else { return Err(malformed) };
    let stamp = std::str::from_utf8(stamp).map_err(|_| malformed)?;
    Ok((stamp.parse()?, payload))
}
