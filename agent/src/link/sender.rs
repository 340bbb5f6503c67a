//! The sending half of a link, and the task that writes.

use super::frame::{Frame, encode};
use super::queue::Queue;
use super::wire::{Open, Wire};
use super::{LinkError, PAYLOAD_LIMIT};
use crate::acts::Acts;
use crate::process::{Cause, Process, Sending};
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use stillpoint_proto::cut::Annotations;
use stillpoint_proto::id::{LaneRef, MessageId};
use stillpoint_proto::ranges::RangeSet;
use tokio::io::{AsyncWrite, AsyncWriteExt, BufWriter};

/// Sends on a link.
#[derive(Clone)]
pub struct LinkSender {
    pub(super) process: Arc<Process>,
    pub(super) lane: Arc<Sending>,
    pub(super) queue: Arc<Queue>,
    pub(super) _open: Arc<Open>,
}

impl fmt::Debug for LinkSender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LinkSender({:?})", self.lane.id)
    }
}

impl LinkSender {
    /// The lane of this end.
    #[must_use]
    pub fn lane(&self) -> LaneRef {
        LaneRef { process: self.process.incarnation(), lane: self.lane.id }
    }

    /// Sends a message that carries `annotations`; the closure records, in the same event, what the sender gives
    /// away. Waits only for room in the queue. What it has sent is in line: if the link then fails, the message may be
    /// lost with all that it carries, and the next rounds show it as doubtful.
    ///
    /// # Errors
    /// [`LinkError::Closed`] if the link has ended, [`LinkError::PayloadTooLong`] if no frame can carry the payload;
    /// nothing is recorded then.
    ///
    /// # Panics
    /// If the closure does. Nothing is sent then; what the closure had recorded stays.
    ///
    /// # Cancel safety
    /// If it is cancelled, nothing has been recorded or sent.
    pub async fn send<T>(
        &self,
        payload: Vec<u8>,
        annotations: impl Into<Annotations>,
        acts: impl FnOnce(&mut Acts<'_, '_>, MessageId) -> T,
    ) -> Result<T, LinkError> {
        if payload.len() > PAYLOAD_LIMIT {
            return Err(LinkError::PayloadTooLong(payload.len()));
        }
        let place = self.queue.room.acquire().await.map_err(|_| LinkError::Closed)?;
        let mut frames = self.queue.lock();
        if self.queue.is_closed() {
            return Err(LinkError::Closed);
        }
        let (departure, made) = self.process.send(&self.lane, annotations.into(), acts);
        let seq = departure.stamp.id.seq;
        if self.queue.is_foreign() {
            self.process.strand(&self.lane, &RangeSet::span(seq, seq), Cause::Foreign);
        }
        frames.extend(departure.marker.map(Frame::Marker));
        frames.push_back(Frame::Message(departure.stamp, payload));
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
            if let Some(Frame::Marker(_)) = frames.back() {
                frames.pop_back();
            }
            frames.push_back(Frame::Marker(marker));
        }
    }

    /// No more can be sent; what is in line still goes out. Never blocks.
    pub fn close(&self) {
        self.queue.close();
    }
}

/// Ends the sending half when the task that writes does, however that comes about: with its stream, with its runtime,
/// by a panic of the stream. Nobody waits then for room that nobody makes, and what may have been lost is known.
pub(super) struct Writer {
    link: LinkSender,
    /// Whether all that was sent has been written, and the stream has taken it.
    done: bool,
    _wire: Arc<Wire>,
}

impl Writer {
    pub(super) fn new(link: LinkSender, wire: Arc<Wire>) -> Self {
        Writer { link, done: false, _wire: wire }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        let LinkSender { process, lane, queue, .. } = &self.link;
        process.strand(lane, &queue.abandon(), Cause::Unsent);
        if !self.done {
            process.doubt_all(lane);
        }
    }
}

/// Writes what is in line until the link is closed or its stream fails.
pub(super) async fn write_frames<W: AsyncWrite>(mut writer: Writer, stream: W) {
    let mut stream = std::pin::pin!(BufWriter::new(stream));
    let written = writer.link.write(&mut stream).await;
    // Before the stream is shut down, or a peer that does not read could make `send` wait for ever.
    writer.link.close();
    let shut = stream.shutdown().await;
    match written.and(shut) {
        Ok(()) => writer.done = true,
        Err(error) => tracing::debug!(lane = ?writer.link.lane(), %error, "a link's stream failed"),
    }
}

impl LinkSender {
    /// Writes until the link is closed and nothing is in line.
    async fn write<W: AsyncWrite>(&self, stream: &mut Pin<&mut BufWriter<W>>) -> std::io::Result<()> {
        let mut epoch = self.process.changes();
        loop {
            self.mark();
            let (next, closed) = {
                let mut frames = self.queue.lock();
                (frames.pop_front(), self.queue.is_closed())
            };
            let Some(frame) = next else {
                stream.flush().await?;
                if closed {
                    return Ok(());
                }
                tokio::select! {
                    () = self.queue.ready.notified() => {}
                    // The process lives as long as the link, so the sender of epochs does too.
                    _ = epoch.changed() => {}
                }
                continue;
            };
            stream.write_all(&encode(&frame)).await?;
            if matches!(frame, Frame::Message(..)) {
                self.queue.room.add_permits(1);
            }
        }
    }
}
