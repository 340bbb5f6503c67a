//! The sending half of a link, and the task that writes.

use super::frame::{Frame, encode};
use super::queue::Queue;
use super::{LinkError, PAYLOAD_LIMIT};
use crate::acts::Acts;
use crate::process::{Process, Sending};
use std::fmt;
use std::sync::Arc;
use stillpoint_proto::cut::Annotations;
use stillpoint_proto::id::{LaneRef, MessageId};
use tokio::io::{AsyncWrite, AsyncWriteExt};

/// Sends on a link.
#[derive(Clone)]
pub struct LinkSender {
    pub(super) process: Arc<Process>,
    pub(super) lane: Arc<Sending>,
    pub(super) queue: Arc<Queue>,
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
    /// away. Waits only for room in the queue.
    ///
    /// # Errors
    /// [`LinkError::Closed`] if the link has ended, [`LinkError::PayloadTooLong`] if no frame can carry the payload;
    /// nothing is recorded then.
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

/// Closes the link when the task that writes ends, however it does: with its stream, with its runtime, by a panic
/// of the stream. Nobody waits then for room that nobody makes.
pub(super) struct Writer(pub(super) LinkSender);

impl Drop for Writer {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Writes what is in line until the link is closed or its stream fails.
pub(super) async fn write_frames<W: AsyncWrite>(writer: Writer, stream: W) {
    let link = &writer.0;
    let mut stream = std::pin::pin!(tokio::io::BufWriter::new(stream));
    let mut epoch = link.process.changes();
    loop {
        link.mark();
        let (next, closed) = {
            let mut frames = link.queue.lock();
            (frames.pop_front(), link.queue.is_closed())
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
    // Before the end of the task, or a peer that does not read could make `send` wait for ever.
    link.close();
    let _ = stream.shutdown().await;
}
