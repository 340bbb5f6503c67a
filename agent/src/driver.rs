//! The agent's own thread: it folds, makes reports and talks to the server, so that blocked application threads
//! cannot silence the process that has the deadlock.
//!
//! ```text
//!  loop: connect -> hello -> { epoch risen: fold, report | server says | heartbeat } -> back off -> again
//!        without a connection: fold now and then, so that no log of the gate fills up
//!  told to stop: out of the back-off -> one more attempt -> goodbye; after CONNECT_TIMEOUT it ends anyway
//! ```
//!
//! That it has been told to stop is a state, never an event that one of its waits may use up: whatever it does at
//! that moment, the next wait sees it too.

use crate::Event;
use crate::process::Process;
use http::uri::PathAndQuery;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;
use stillpoint_proto::session::{FromAgent, Rejection};
use stillpoint_proto::wire::session::{FromServer, encode, heartbeat};
use stillpoint_proto::wire::v1::SessionRequest;
use stillpoint_proto::wire::v1::agent_service_client::AgentServiceClient;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, sleep_until, timeout};
use tonic::transport::{Channel, Endpoint};

/// How often the log is folded without a cut.
pub const FOLD_INTERVAL: Duration = Duration::from_millis(100);
/// How often the server hears from an agent that has nothing to say.
pub const HEARTBEAT: Duration = Duration::from_secs(1);
/// How long to wait before the second attempt to connect; doubles up to [`BACKOFF_LIMIT`], with jitter.
pub const BACKOFF: Duration = Duration::from_millis(50);
/// The longest wait between two attempts to connect.
pub const BACKOFF_LIMIT: Duration = Duration::from_secs(5);
/// How long a connection may take to be made, and a goodbye to be delivered, with all that it needs.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// The longest message of the server that is accepted, in bytes.
pub const MESSAGE_LIMIT: usize = 64 << 20;
/// How many messages wait for the socket; when it is full the thread waits, and reports with it.
const OUTBOX: usize = 64;

/// What the thread needs.
pub(crate) struct Driver {
    pub(crate) process: Arc<Process>,
    pub(crate) endpoint: Endpoint,
    /// True once the application wants to end.
    pub(crate) stop: watch::Receiver<bool>,
    pub(crate) on_event: Arc<dyn Fn(Event) + Send + Sync>,
    /// Whether the last cut has been made.
    left: bool,
    /// What has been logged of the instrumentation.
    fault: Option<String>,
}

/// Why a session ended.
enum End {
    Lost,
    Refused(Rejection),
    /// Goodbye has been said.
    Done,
}

impl Driver {
    /// What the thread needs; `stop` becomes true once the application wants to end.
    pub(crate) fn new(
        process: Arc<Process>,
        endpoint: Endpoint,
        stop: watch::Receiver<bool>,
        on_event: Arc<dyn Fn(Event) + Send + Sync>,
    ) -> Self {
        Driver { process, endpoint, stop, on_event, left: false, fault: None }
    }

    /// Runs until the application stops it, and then for [`CONNECT_TIMEOUT`] at most.
    pub(crate) async fn run(mut self) {
        let process = self.process.clone();
        let stop = self.stop.clone();
        let deadline = async {
            stopped(stop).await;
            sleep(CONNECT_TIMEOUT).await;
        };
        tokio::select! {
            () = self.serve() => {}
            () = deadline => tracing::warn!("the server did not take the goodbye in time"),
        }
        process.disconnect();
    }

    /// One session after another. Once the application wants to end, one more attempt, so that goodbye is said.
    async fn serve(&mut self) {
        let mut backoff = BACKOFF;
        loop {
            let last = *self.stop.borrow() || self.stop.has_changed().is_err();
            let started = Instant::now();
            match self.session().await {
                Ok(End::Done) => return,
                Ok(End::Lost) => tracing::debug!("the session with the server ended"),
                // The session before broke after the goodbye had arrived.
                Ok(End::Refused(Rejection::IncarnationUsed(_))) if self.left => return,
                Ok(End::Refused(why)) => {
                    tracing::error!(%why, "the server refuses this process");
                    self.tell(Event::Refused(why));
                    backoff = BACKOFF_LIMIT;
                }
                Err(status) => tracing::debug!(%status, "no session with the server"),
            }
            self.process.disconnect();
            if last {
                return;
            }
            if started.elapsed() > BACKOFF_LIMIT {
                backoff = BACKOFF;
            }
            self.pause(jitter(backoff)).await;
            backoff = (backoff * 2).min(BACKOFF_LIMIT);
        }
    }

    /// Waits before the next attempt, unless the application wants to end; goes on folding.
    async fn pause(&mut self, length: Duration) {
        let until = Instant::now() + length;
        let mut tick = ticks(FOLD_INTERVAL);
        let mut stop = std::pin::pin!(stopped(self.stop.clone()));
        loop {
            tokio::select! {
                () = sleep_until(until) => return,
                () = &mut stop => return,
                _ = tick.tick() => self.fold(),
            }
        }
    }

    /// One session, from the connection to its end.
    async fn session(&mut self) -> Result<End, tonic::Status> {
        let channel = self.connect().await?;
        let (outbox, requests) = mpsc::channel::<SessionRequest>(OUTBOX);
        let mut client = AgentServiceClient::new(channel).max_decoding_message_size(MESSAGE_LIMIT);
        for request in encode(&self.process.connect()) {
            let _ = outbox.try_send(request);
        }
        let opened = timeout(CONNECT_TIMEOUT, client.session(Requests(requests))).await;
        let response = opened.map_err(|_| tonic::Status::deadline_exceeded("the server does not answer"))?;
        let mut responses = response?.into_inner();
        let mut changes = self.process.changes();
        let (mut beat, mut tick) = (ticks(HEARTBEAT), ticks(FOLD_INTERVAL));
        let mut stop = std::pin::pin!(stopped(self.stop.clone()));
        let (mut stopping, mut goodbye) = (false, false);
        loop {
            match self.flush(&outbox).await {
                Some(said) => goodbye |= said,
                None => return Ok(End::Lost),
            }
            tokio::select! {
                message = responses.message() => match message? {
                    None => return Ok(if goodbye { End::Done } else { End::Lost }),
                    Some(message) => {
                        if let Some(why) = self.heard(message)? {
                            return Ok(End::Refused(why));
                        }
                    }
                },
                changed = changes.changed() => {
                    // The process outlives its driver.
                    let _ = changed;
                    self.fold();
                }
                _ = tick.tick() => self.fold(),
                _ = beat.tick() => {
                    let _ = outbox.try_send(heartbeat());
                }
                () = &mut stop, if !stopping => {
                    stopping = true;
                    self.leave();
                }
            }
        }
    }

    /// Makes the last cut, if an earlier session has not seen to it.
    fn leave(&mut self) {
        if !std::mem::replace(&mut self.left, true) {
            self.process.leave();
            self.fold();
        }
    }

    /// Connects, and goes on folding meanwhile. To end is no reason to give up: the goodbye needs a connection.
    async fn connect(&mut self) -> Result<Channel, tonic::Status> {
        let endpoint = self.endpoint.clone().connect_timeout(CONNECT_TIMEOUT);
        let mut connecting = std::pin::pin!(endpoint.connect());
        let mut tick = ticks(FOLD_INTERVAL);
        loop {
            tokio::select! {
                channel = &mut connecting => {
                    return channel.map_err(|error| tonic::Status::unavailable(error.to_string()));
                }
                _ = tick.tick() => self.fold(),
            }
        }
    }

    /// Sends everything that there is to say, and gives whether goodbye was said; `None` if nobody listens any more.
    async fn flush(&self, outbox: &mpsc::Sender<SessionRequest>) -> Option<bool> {
        let mut goodbye = false;
        while let Some(message) = self.process.poll() {
            goodbye |= matches!(message, FromAgent::Goodbye(_));
            for request in encode(&message) {
                outbox.send(request).await.ok()?;
            }
        }
        Some(goodbye)
    }

    fn heard(
        &mut self,
        message: stillpoint_proto::wire::v1::SessionResponse,
    ) -> Result<Option<Rejection>, tonic::Status> {
        let message = FromServer::try_from(message).map_err(|error| {
            tracing::error!(%error, "the server sent what this agent cannot read");
            tonic::Status::internal(error.to_string())
        })?;
        match message {
            FromServer::Protocol(message) => {
                let refused = self.process.handle(message).err();
                self.fold();
                return Ok(refused);
            }
            FromServer::Verdict(notice) => self.tell(Event::Verdict(Box::new(notice))),
            FromServer::Heartbeat => {}
        }
        Ok(None)
    }

    /// Folds, and logs what is wrong with the instrumentation, once.
    fn fold(&mut self) {
        self.process.fold();
        let fault = self.process.fault();
        if fault != self.fault {
            if let Some(fault) = &fault {
                tracing::error!(%fault, "the instrumentation of this process is wrong");
            }
            self.fault = fault;
        }
    }

    /// Calls the application, whose panic must not silence the process: this thread goes on.
    fn tell(&self, event: Event) {
        // The agent shares nothing with the callback that a panic could leave half changed.
        let told = catch_unwind(AssertUnwindSafe(|| (self.on_event)(event)));
        if let Err(panic) = told {
            let text = panic.downcast_ref::<&str>().copied();
            let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
            tracing::error!(panic = text.unwrap_or("(no text)"), "the application's `on_event` panicked");
        }
    }
}

/// Waits until the application wants to end: at once if it has already said so, or if nobody is left to say it.
async fn stopped(mut stop: watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

fn ticks(every: Duration) -> tokio::time::Interval {
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

/// Between half of a length and the whole of it, so that agents do not come back all at once.
fn jitter(length: Duration) -> Duration {
    let mut byte = [0_u8; 1];
    // Without randomness all come back at once, which the server survives.
    let _ = getrandom::fill(&mut byte);
    length.mul_f64(0.5 + f64::from(byte[0]) / 510.0)
}

/// The server's address as tonic wants it.
pub(crate) fn endpoint(server: &str) -> Result<Endpoint, tonic::transport::Error> {
    let endpoint = Endpoint::from_shared(server.to_owned())?;
    Ok(endpoint
        .http2_keep_alive_interval(Duration::from_secs(10))
        .keep_alive_timeout(Duration::from_secs(5))
        .keep_alive_while_idle(true)
        .tcp_nodelay(true))
}

/// The path of the session, for instrumentation that must leave it alone.
#[must_use]
pub fn session_path() -> PathAndQuery {
    PathAndQuery::from_static("/stillpoint.v1.AgentService/Session")
}

/// The outgoing half of a session, as a stream.
struct Requests(mpsc::Receiver<SessionRequest>);

impl tokio_stream::Stream for Requests {
    type Item = SessionRequest;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<SessionRequest>> {
        self.0.poll_recv(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::tests::process;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn a_panic_of_the_application_stays_with_the_application() {
        let calls = Arc::new(AtomicUsize::new(0));
        let counted = calls.clone();
        let on_event = Arc::new(move |event| {
            counted.fetch_add(1, Ordering::Relaxed);
            panic!("on {event:?}");
        });
        let (_stop, stopped) = watch::channel(false);
        let driver = Driver::new(process(1), endpoint("http://127.0.0.1:9").unwrap(), stopped, on_event);
        driver.tell(Event::Refused(Rejection::OutOfOrder));
        driver.tell(Event::Refused(Rejection::OutOfOrder));
        assert_eq!(calls.load(Ordering::Relaxed), 2);
    }
}
