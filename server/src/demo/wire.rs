//! The gRPC service that the workers of the demonstration offer to one another, written by hand: one method.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tonic::body::Body;
use tonic::codegen::{Service, http};
use tonic::server::{Grpc, NamedService, UnaryService};
use tonic::transport::Channel;
use tonic::{Request, Response, Status};
use tonic_prost::ProstCodec;

/// Asks a worker to do something that needs its ledger.
#[derive(Clone, PartialEq, Eq, prost::Message)]
pub(super) struct TouchRequest {
    /// The workers, by number, that are to be asked in turn while the ledger is held.
    #[prost(uint32, repeated, tag = "1")]
    pub(super) then: Vec<u32>,
    /// How long to keep the ledger, in microseconds.
    #[prost(uint64, tag = "2")]
    pub(super) keep: u64,
}

/// What came of it.
#[derive(Clone, PartialEq, Eq, prost::Message)]
pub(super) struct TouchReply {
    /// Whether it was done; otherwise it was given up.
    #[prost(bool, tag = "1")]
    pub(super) done: bool,
}

const NAME: &str = "stillpoint.demo.v1.LedgerService";
const TOUCH: &str = "/stillpoint.demo.v1.LedgerService/Touch";

pub(super) type Answer = Pin<Box<dyn Future<Output = Result<Response<TouchReply>, Status>> + Send>>;

/// Who answers.
pub(super) trait Ledgers: Send + Sync + 'static {
    /// Answers one call.
    fn touch(self: Arc<Self>, request: Request<TouchRequest>) -> Answer;
}

/// The server's side.
#[derive(Debug)]
pub(super) struct LedgerServer<T>(pub(super) Arc<T>);

impl<T> Clone for LedgerServer<T> {
    fn clone(&self) -> Self {
        LedgerServer(self.0.clone())
    }
}

impl<T> NamedService for LedgerServer<T> {
    const NAME: &'static str = NAME;
}

impl<T: Ledgers> UnaryService<TouchRequest> for LedgerServer<T> {
    type Response = TouchReply;
    type Future = Answer;

    fn call(&mut self, request: Request<TouchRequest>) -> Self::Future {
        self.0.clone().touch(request)
    }
}

impl<T: Ledgers> Service<http::Request<Body>> for LedgerServer<T> {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let service = self.clone();
        Box::pin(async move {
            if request.uri().path() != TOUCH {
                return Ok(Status::unimplemented("no such method").into_http());
            }
            let codec = ProstCodec::<TouchReply, TouchRequest>::default();
            Ok(Grpc::new(codec).unary(service, request).await)
        })
    }
}

/// The client's side.
pub(super) async fn touch(
    channel: Channel,
    request: Request<TouchRequest>,
) -> Result<Response<TouchReply>, Status> {
    let mut grpc = tonic::client::Grpc::new(channel);
    grpc.ready().await.map_err(|error| Status::unavailable(error.to_string()))?;
    let codec = ProstCodec::<TouchRequest, TouchReply>::default();
    grpc.unary(request, http::uri::PathAndQuery::from_static(TOUCH), codec).await
}
