//! The network: both gRPC services on one port, with health and reflection.
//!
//! ```text
//!   agents ---- AgentService ------ session --\
//!   people ---- StillpointService - service ----> EngineHandle
//!   probes ---- health, reflection            /
//! ```
//!
//! A [`Server`] owns an engine and a listening socket. Everything that it does for a connection is bounded, and
//! ends when its shutdown is asked for: sessions and watches are told so, and what has not ended within
//! `server.drain` is cut off.
//!
//! ```no_run
//! # async fn example() -> Result<(), stillpoint_server::net::ServeError> {
//! use stillpoint_server::{config::Config, net::Server};
//! use tokio_util::sync::CancellationToken;
//!
//! let server = Server::bind(Config::default()).await?;
//! println!("listening on {}", server.local_addr());
//! let shutdown = CancellationToken::new();
//! server.run_until(shutdown).await
//! # }
//! ```

mod convert;
mod detection;
mod notices;
mod pages;
mod parts;
mod service;
mod session;

pub use pages::{PAGE, PAGE_BYTES, PAGE_LIMIT};
pub use parts::PART;

use crate::config::Config;
use crate::engine::{Engine, EngineHandle, StartError};
use notices::Notices;
use service::Api;
use session::Sessions;
use std::net::SocketAddr;
use std::time::Duration;
use stillpoint_proto::wire::FILE_DESCRIPTOR_SET;
use stillpoint_proto::wire::v1::agent_service_server::AgentServiceServer;
use stillpoint_proto::wire::v1::stillpoint_service_server::StillpointServiceServer;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tonic::transport::server::TcpIncoming;
use tonic_health::ServingStatus;

/// The longest message that is sent or, on a session, accepted, in bytes. A client that asks for much sets its
/// own limit for what it accepts to the same.
pub const MESSAGE_LIMIT: usize = 64 << 20;
/// The longest request to the service that is accepted, in bytes.
pub const REQUEST_LIMIT: usize = 1 << 20;
/// How often an agent hears from a server that has nothing to say.
pub const HEARTBEAT: Duration = Duration::from_secs(1);
/// How often a connection is asked for a sign of life.
pub const KEEPALIVE: Duration = Duration::from_secs(10);
/// How long a connection has for a sign of life.
pub const KEEPALIVE_TIMEOUT: Duration = Duration::from_secs(5);
/// How many calls one connection may have open.
pub const STREAMS: u32 = 1024;
/// How many messages wait for a connection to take them.
pub const WRITES: usize = 16;
/// How many changes of verdicts wait for a session; more are dropped, visibly.
pub const NOTICES: usize = 64;
/// How many tasks and objects a notice to an agent names; the service tells of all.
pub const NOTICE_NAMES: usize = 10_000;

/// Why a server does not start, or fails.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}; {}", bind_hint(source))]
    Bind {
        /// The address.
        address: String,
        /// What happened.
        source: std::io::Error,
    },
    /// The engine does not start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The descriptors are no descriptors.
    #[error("reflection cannot be offered: {0}; this is a fault of the build")]
    Reflection(#[from] tonic_reflection::server::Error),
    /// The listening socket failed.
    #[error("serving failed: {0}")]
    Serve(#[from] tonic::transport::Error),
}

/// What to do about an address that cannot be listened on.
fn bind_hint(error: &std::io::Error) -> &'static str {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => "stop what listens there, or choose another port",
        std::io::ErrorKind::PermissionDenied => {
            "choose a port from 1024 on, or run with the right to use this one"
        }
        _ => "check that the host names an address of this machine",
    }
}

/// A server that is bound to its address, with a running engine.
#[derive(Debug)]
pub struct Server {
    engine: Engine,
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Listens on `config.server.listen` and starts the engine.
    ///
    /// # Errors
    /// [`ServeError::Bind`], [`ServeError::Start`].
    pub async fn bind(config: Config) -> Result<Self, ServeError> {
        let failed = |source| ServeError::Bind { address: config.server.listen.clone(), source };
        config.check().map_err(StartError::Setting)?;
        // First the address: a second server must not touch the store.
        let listener = TcpListener::bind(config.server.listen.as_str()).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let engine = Engine::start(config).await?;
        Ok(Server { engine, listener, address })
    }

    /// Where it listens, also if the configured port was 0.
    #[must_use]
    pub const fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// The engine, for use within the program.
    #[must_use]
    pub fn engine(&self) -> EngineHandle {
        self.engine.handle()
    }

    /// Serves until `shutdown` is cancelled, then lets calls end and stops the engine.
    ///
    /// # Errors
    /// As [`serve`].
    ///
    /// # Cancel safety
    /// What the engine has not written yet is lost, as it is by a kill.
    pub async fn run_until(self, shutdown: CancellationToken) -> Result<(), ServeError> {
        let served = serve(self.engine.handle(), self.listener, shutdown).await;
        self.engine.stop().await;
        served
    }
}

/// Serves an engine on a socket until `shutdown` is cancelled; then ends all sessions and watches, waits for other
/// calls as long as `server.drain` says, and returns. The engine goes on.
///
/// # Errors
/// [`ServeError::Reflection`], [`ServeError::Serve`].
pub async fn serve(
    engine: EngineHandle,
    listener: TcpListener,
    shutdown: CancellationToken,
) -> Result<(), ServeError> {
    let drain = engine.config().server.drain;
    // Also when this future is dropped, nothing that it has started goes on.
    let stop = CancellationToken::new();
    let _stop_at_last = stop.clone().drop_guard();

    let notices = Notices::start(engine.verdict_notices(), stop.clone());
    let sessions = Sessions::new(engine.clone(), notices, stop.clone());
    let agents = AgentServiceServer::new(sessions)
        .max_decoding_message_size(MESSAGE_LIMIT)
        .max_encoding_message_size(MESSAGE_LIMIT);
    let api = StillpointServiceServer::new(Api::new(engine, stop.clone()))
        .max_decoding_message_size(REQUEST_LIMIT)
        .max_encoding_message_size(MESSAGE_LIMIT);
    let (health, health_service) = tonic_health::server::health_reporter();
    let services = ["", tonic_name(&agents), tonic_name(&api)];
    for service in services {
        health.set_service_status(service, ServingStatus::Serving).await;
    }
    let reflection = || {
        tonic_reflection::server::Builder::configure()
            .register_encoded_file_descriptor_set(FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
    };

    let drained = {
        let (shutdown, stop) = (shutdown.clone(), stop.clone());
        async move {
            shutdown.cancelled().await;
            for service in services {
                health.set_service_status(service, ServingStatus::NotServing).await;
            }
            stop.cancel();
        }
    };
    let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
    let serving = tonic::transport::Server::builder()
        .http2_keepalive_interval(Some(KEEPALIVE))
        .http2_keepalive_timeout(Some(KEEPALIVE_TIMEOUT))
        .max_concurrent_streams(Some(STREAMS))
        .add_service(agents)
        .add_service(api)
        .add_service(health_service)
        .add_service(reflection().build_v1()?)
        .add_service(reflection().build_v1alpha()?)
        .serve_with_incoming_shutdown(incoming, drained);
    let late = async {
        stop.cancelled().await;
        tokio::time::sleep(drain).await;
    };
    tokio::select! {
        served = serving => served?,
        () = late => tracing::warn!(?drain, "calls or connections that did not end in time are cut off"),
    }
    Ok(())
}

/// The name by which clients ask for a service.
const fn tonic_name<S: tonic::server::NamedService>(_: &S) -> &'static str {
    S::NAME
}
