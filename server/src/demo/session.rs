//! Sessions of agents over gRPC.

use super::Result;
use crate::engine::{EngineHandle, Session};
use std::pin::Pin;
use stillpoint_proto::wire::session::SessionDecoder;
use stillpoint_proto::wire::v1::agent_service_server::{AgentService, AgentServiceServer};
use stillpoint_proto::wire::v1::{SessionRequest, SessionResponse};
use tokio::net::TcpListener;
use tokio_stream::wrappers::{ReceiverStream, TcpListenerStream};
use tokio_stream::{Stream, StreamExt};
use tonic::{Request, Response, Status, Streaming};

struct Sessions(EngineHandle);

pub(super) async fn serve(handle: EngineHandle) -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}", listener.local_addr()?);
    let service = AgentServiceServer::new(Sessions(handle)).max_decoding_message_size(64 << 20);
    let server = tonic::transport::Server::builder().add_service(service);
    tokio::spawn(server.serve_with_incoming(TcpListenerStream::new(listener)));
    Ok(address)
}

#[tonic::async_trait]
impl AgentService for Sessions {
    type SessionStream =
        Pin<Box<dyn Stream<Item = std::result::Result<SessionResponse, Status>> + Send + 'static>>;

    async fn session(
        &self,
        request: Request<Streaming<SessionRequest>>,
    ) -> std::result::Result<Response<Self::SessionStream>, Status> {
        let session = self.0.open_session("demo").await.map_err(|e| Status::unavailable(e.to_string()))?;
        let Session { inbox, outbox, .. } = session;
        let mut requests = request.into_inner();
        tokio::spawn(async move {
            let mut decoder = SessionDecoder::default();
            while let Ok(Some(message)) = requests.message().await {
                if let Ok(Some(message)) = decoder.decode(message)
                    && inbox.send(message).await.is_err()
                {
                    return;
                }
            }
        });
        let responses = ReceiverStream::new(outbox).map(|message| Ok(SessionResponse::from(&message)));
        Ok(Response::new(Box::pin(responses)))
    }
}
