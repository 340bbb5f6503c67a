//! Sessions of agents over gRPC.
//!
//! ```text
//!   requests --- decode ---> Inbox ~~> engine ~~> outbox --- encode ---\
//!                                       verdict notices ---------------+--> responses
//!                                       heartbeats --------------------/
//! ```
//!
//! Reading and writing go on side by side: an agent that is busy sending a report need not read meanwhile. A
//! session ends by whichever of these comes first:
//!
//! | what happens | status |
//! |---|---|
//! | the protocol ends it: refused, replaced, goodbye | OK, after the last message |
//! | the agent ends its half | OK, after what was left to say |
//! | a message is malformed | `INVALID_ARGUMENT`, with the place and what was expected there |
//! | nothing is heard for `sessions.idle` | `DEADLINE_EXCEEDED` |
//! | the agent does not read | `RESOURCE_EXHAUSTED` |
//! | the server stops | `UNAVAILABLE` |

use super::convert::{engine_status, stopping};
use super::notices::{Notices, Registration};
use super::{HEARTBEAT, NOTICES, WRITES};
use crate::engine::{CloseReason, EngineHandle, Inbox, Session};
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;
use stillpoint_proto::id::Incarnation;
use stillpoint_proto::session::{FromAgent, ToAgent};
use stillpoint_proto::wire::session::{SessionDecoder, server_heartbeat};
use stillpoint_proto::wire::v1::agent_service_server::AgentService;
use stillpoint_proto::wire::v1::{SessionRequest, SessionResponse};
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};
use tokio_util::sync::CancellationToken;
use tonic::{Code, Request, Response, Status, Streaming};

/// The service that agents talk to.
#[derive(Debug)]
pub(super) struct Sessions {
    engine: EngineHandle,
    notices: Arc<Notices>,
    idle: Duration,
    stop: CancellationToken,
}

impl Sessions {
    pub(super) fn new(engine: EngineHandle, notices: Arc<Notices>, stop: CancellationToken) -> Self {
        let idle = engine.config().sessions.idle;
        Sessions { engine, notices, idle, stop }
    }
}

#[tonic::async_trait]
impl AgentService for Sessions {
    type SessionStream = Responses<SessionResponse>;

    async fn session(
        &self,
        request: Request<Streaming<SessionRequest>>,
    ) -> Result<Response<Self::SessionStream>, Status> {
        let peer = request.remote_addr().map_or_else(|| String::from("unknown"), |peer| peer.to_string());
        let Session { id, inbox, outbox } = self.engine.open_session(&peer).await.map_err(engine_status)?;
        let (messages, responses, end) = Responses::channel();
        let (notices, idle, stop) = (self.notices.clone(), self.idle, self.stop.clone());
        let mut requests = request.into_inner();
        tokio::spawn(async move {
            let mut inbox = Some(inbox);
            let who = OnceLock::new();
            let mut voice = Voice { outbox, messages, who: &who, notices, idle };
            let ended = tokio::select! {
                ended = listen(&mut requests, &mut inbox, &who, idle) => ended,
                ended = voice.speak() => ended,
                () = stop.cancelled() => Some(stopping()),
            };
            let ended = ended.or_else(|| inbox.as_ref().and_then(Inbox::closed).and_then(why));
            if let Some(status) = ended {
                let process = who.get().map(Incarnation::to_string);
                tracing::info!(session = id.0, peer, process, %status, "a session is ended");
                // It is set once, here.
                let _ = end.set(status);
            }
        });
        Ok(Response::new(responses))
    }
}

/// The status of a session that the engine has closed.
fn why(reason: CloseReason) -> Option<Status> {
    match reason {
        CloseReason::Protocol | CloseReason::Disconnected => None,
        CloseReason::OutboxFull => Some(unread()),
        CloseReason::Stopped => Some(stopping()),
    }
}

fn unread() -> Status {
    Status::resource_exhausted("the agent does not read what it is told; connect again")
}

/// Takes what the agent says; gives the status with which to end, if it is for the agent to end.
async fn listen(
    requests: &mut Streaming<SessionRequest>,
    inbox: &mut Option<Inbox>,
    who: &OnceLock<Incarnation>,
    idle: Duration,
) -> Option<Status> {
    let mut decoder = SessionDecoder::new();
    while let Some(open) = inbox {
        let request = match timeout(idle, requests.message()).await {
            Ok(Ok(Some(request))) => request,
            Ok(Ok(None)) => {
                // The engine closes its side in turn, and with that the session ends.
                *inbox = None;
                break;
            }
            Ok(Err(status)) => return Some(unreadable(&status)),
            Err(_) => {
                let text = format!("nothing was heard from the agent for {idle:?}; connect again");
                return Some(Status::deadline_exceeded(text));
            }
        };
        match decoder.decode(request) {
            Ok(None) => {}
            Ok(Some(message)) => {
                if let FromAgent::Hello(hello) = &message {
                    // Of a second hello the engine says what is wrong with it.
                    let _ = who.set(hello.incarnation);
                }
                if open.send(message).await.is_err() {
                    break;
                }
            }
            Err(error) => return Some(Status::invalid_argument(format!("malformed message: {error}"))),
        }
    }
    // What is left to be told is told first.
    std::future::pending().await
}

/// What came is no message of a session, or the connection has failed, and then nobody reads this.
fn unreadable(status: &Status) -> Status {
    match status.code() {
        Code::Internal | Code::OutOfRange => {
            let text = format!("malformed message: {}, expected a SessionRequest", status.message());
            Status::invalid_argument(text)
        }
        code => Status::new(code, status.message()),
    }
}

/// What tells the agent.
struct Voice<'a> {
    outbox: mpsc::Receiver<ToAgent>,
    messages: mpsc::Sender<SessionResponse>,
    /// Who has said hello.
    who: &'a OnceLock<Incarnation>,
    notices: Arc<Notices>,
    idle: Duration,
}

impl Voice<'_> {
    /// Speaks until the engine closes the session; gives the status with which to end, if there is a reason that
    /// the engine does not know.
    async fn speak(&mut self) -> Option<Status> {
        let mut beat = interval_at(Instant::now() + HEARTBEAT, HEARTBEAT);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (tell, mut told) = mpsc::channel(NOTICES);
        let mut registration: Option<Registration> = None;
        loop {
            let response = tokio::select! {
                biased;
                message = self.outbox.recv() => {
                    let message = message?;
                    if matches!(message, ToAgent::Welcome { .. }) && registration.is_none() {
                        registration = self.who.get().map(|who| self.notices.register(*who, tell.clone()));
                    }
                    SessionResponse::from(&message)
                }
                Some(notice) = told.recv() => notice,
                _ = beat.tick() => server_heartbeat(),
            };
            match timeout(self.idle, self.messages.send(response)).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return None,
                Err(_) => return Some(unread()),
            }
        }
    }
}

/// A stream of messages and then of its status, which needs no room in the queue.
#[derive(Debug)]
pub(super) struct Responses<T> {
    messages: mpsc::Receiver<T>,
    end: Option<Arc<OnceLock<Status>>>,
}

impl<T> Responses<T> {
    /// A stream, what is put into it, and where its status is put before the sender is dropped: OK if it is not.
    pub(super) fn channel() -> (mpsc::Sender<T>, Self, Arc<OnceLock<Status>>) {
        let (sender, messages) = mpsc::channel(WRITES);
        let end = Arc::<OnceLock<Status>>::default();
        (sender, Responses { messages, end: Some(end.clone()) }, end)
    }
}

impl<T> tokio_stream::Stream for Responses<T> {
    type Item = Result<T, Status>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.messages.poll_recv(context).map(|message| match message {
            Some(message) => Some(Ok(message)),
            None => self.end.take().and_then(|end| end.get().cloned()).map(Err),
        })
    }
}
