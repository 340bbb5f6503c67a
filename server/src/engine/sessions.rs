//! Sessions: the two bounded queues between an agent's connection and the engine.
//!
//! ```text
//!   connection                          engine
//!     Inbox::send   ---- commands ---->  Collector::handle
//!     outbox        <--- ToAgent ------  Action::Send
//!   drop(Inbox)     ---- Closed ------>  Collector::close
//! ```
//!
//! A slot of the command queue is set aside for each session's end, so that it is never lost and never overtakes
//! what the session said before. An agent that does not read what it is told has a full outbox; its session is
//! closed and [`Inbox::closed`] says why.

use super::core::Command;
use std::fmt;
use std::sync::{Arc, OnceLock};
use stillpoint_proto::collector::SessionId;
use stillpoint_proto::session::{FromAgent, ToAgent};
use tokio::sync::{OwnedSemaphorePermit, mpsc};

/// Why the engine closed a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseReason {
    /// The protocol ended it: refused, replaced by a newer session, or after a goodbye.
    Protocol,
    /// The agent did not read what it was told.
    OutboxFull,
    /// The connection ended.
    Disconnected,
    /// The engine stopped.
    Stopped,
}

impl fmt::Display for CloseReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CloseReason::Protocol => "ended by the protocol",
            CloseReason::OutboxFull => "the agent did not read what it was told",
            CloseReason::Disconnected => "the connection ended",
            CloseReason::Stopped => "the server stops",
        })
    }
}

/// A session that has been closed takes no more messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the session is closed: {0}")]
pub struct SessionClosed(pub CloseReason);

/// Where the engine leaves word of why it closed a session.
pub(super) type Fate = Arc<OnceLock<CloseReason>>;

/// One agent's session.
#[derive(Debug)]
pub struct Session {
    /// Its number.
    pub id: SessionId,
    /// Takes what the agent says. Dropping it ends the session.
    pub inbox: Inbox,
    /// Gives what the agent is to be told; ends when the engine closes the session.
    pub outbox: mpsc::Receiver<ToAgent>,
}

/// Takes what an agent says. Dropping it ends the session.
#[derive(Debug)]
pub struct Inbox {
    id: SessionId,
    commands: mpsc::Sender<Command>,
    /// The slot for the session's end.
    end: Option<mpsc::OwnedPermit<Command>>,
    /// Counts towards the limit of open sessions.
    _permit: OwnedSemaphorePermit,
    fate: Fate,
}

impl Inbox {
    pub(super) fn new(
        id: SessionId,
        commands: mpsc::Sender<Command>,
        end: mpsc::OwnedPermit<Command>,
        permit: OwnedSemaphorePermit,
        fate: Fate,
    ) -> Self {
        Inbox { id, commands, end: Some(end), _permit: permit, fate }
    }

    /// Hands a message to the engine; waits while it is busy.
    ///
    /// # Errors
    /// [`SessionClosed`] if the session has been closed.
    ///
    /// # Cancel safety
    /// The message is handed over or not at all.
    pub async fn send(&self, message: FromAgent) -> Result<(), SessionClosed> {
        if let Some(reason) = self.closed() {
            return Err(SessionClosed(reason));
        }
        let sent = self.commands.send(Command::Message(self.id, Box::new(message))).await;
        sent.map_err(|_| SessionClosed(CloseReason::Stopped))
    }

    /// Why the engine closed the session, if it has.
    #[must_use]
    pub fn closed(&self) -> Option<CloseReason> {
        self.fate.get().copied()
    }
}

impl Drop for Inbox {
    fn drop(&mut self) {
        if let Some(slot) = self.end.take() {
            slot.send(Command::Closed(self.id));
        }
    }
}
