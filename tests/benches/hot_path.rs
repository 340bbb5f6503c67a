//! What the agent costs a message.
//!
//! First table: stamping a message at one process and observing it at another, beside an uncontended atomic addition.
//! Next tables: one message over a FIFO link on a loopback connection, and an echo over it, beside bare frames of
//! the same size on the same kind of connection. Last table: a unary gRPC call over a loopback connection, recorded
//! on both sides as instrumentation does it, beside the same call without an agent. No server runs: a worker works at
//! full speed without one.
//!
//! ```text
//! cargo bench -p stillpoint-tests --no-default-features --bench hot_path
//! ```
#![allow(clippy::unwrap_used, reason = "a bench on loopback: what fails here ends it")]

use std::convert::Infallible;
use std::hint::black_box;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use stillpoint_agent::fact::{Annotation, Resolution};
use stillpoint_agent::{Agent, Lane, Link, Task, Waiting, carrier, plain, stamp::Stamp};
use stillpoint_tests::measure::{Extent, compare};
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufWriter};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tonic::body::Body;
use tonic::codegen::{Service, http};
use tonic::server::{NamedService, UnaryService};
use tonic::transport::server::TcpIncoming;
use tonic::transport::{Channel, Endpoint, Server};
use tonic::{Request, Response, Status};
use tonic_prost::ProstCodec;

const PAYLOAD: usize = 64;
/// How many messages are on their way before they are read: fewer than a socket holds.
const BURST: u64 = 64;

fn agent(name: &str) -> Agent {
    Agent::builder(name).server("http://127.0.0.1:9").start().unwrap()
}

/// A message one way and its answer back, so that each acknowledges the other.
fn exchange(there: &Lane, back: &Lane, (a, b): (&Agent, &Agent)) {
    let (stamp, ()) = there.stamp(plain(), |_, _| ());
    black_box(b.observe(&stamp, |_| ()));
    let (stamp, ()) = back.stamp(plain(), |_, _| ());
    black_box(a.observe(&stamp, |_| ()));
}

fn stamps() {
    let (a, b) = (agent("a"), agent("b"));
    let (there, back) = (a.lane_to(b.incarnation()), b.lane_to(a.incarnation()));
    there.answers(back.id());
    back.answers(there.id());
    let text = there.stamp(plain(), |_, _| ()).0.to_string();
    let counter = AtomicU64::new(0);
    compare(
        Extent { threads: 1, turns: 51, events: 5_000 },
        &[
            ("two messages stamped and observed", &|_, count| {
                (0..count).for_each(|_| exchange(&there, &back, (&a, &b)));
            }),
            ("atomic addition", &|from, count| {
                for n in from..from + count {
                    black_box(counter.fetch_add(black_box(n), Ordering::SeqCst));
                }
            }),
            ("a stamp written and read as text", &|_, count| {
                for _ in 0..count {
                    let stamp: Stamp = black_box(&text).parse().unwrap();
                    black_box(stamp.to_string());
                }
            }),
        ],
    );
}

async fn connection() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (one, other) = tokio::join!(TcpStream::connect(listener.local_addr().unwrap()), listener.accept());
    let (one, other) = (one.unwrap(), other.unwrap().0);
    one.set_nodelay(true).unwrap();
    other.set_nodelay(true).unwrap();
    (one, other)
}

async fn links_pass((here, there): &mut (Link, Link), messages: u64) {
    for burst in 0..messages.div_ceil(BURST) {
        let count = BURST.min(messages - burst * BURST);
        for _ in 0..count {
            here.sender.send(vec![7; PAYLOAD], plain(), |_, _| ()).await.unwrap();
        }
        for _ in 0..count {
            black_box(there.receiver.recv(|_, _, _| ()).await.unwrap());
        }
    }
}

async fn links_echo((here, there): &mut (Link, Link), messages: u64) {
    for _ in 0..messages {
        here.sender.send(vec![7; PAYLOAD], plain(), |_, _| ()).await.unwrap();
        let (payload, _) = there.receiver.recv(|_, _, _| ()).await.unwrap().unwrap();
        there.sender.send(payload, plain(), |_, _| ()).await.unwrap();
        black_box(here.receiver.recv(|_, _, _| ()).await.unwrap());
    }
}

/// Frames of a length and a payload, written and read as the link does.
async fn bare_send(stream: &mut TcpStream, messages: u64) {
    let mut out = BufWriter::new(stream);
    for _ in 0..messages {
        out.write_u32(PAYLOAD as u32).await.unwrap();
        out.write_all(&[7; PAYLOAD]).await.unwrap();
    }
    out.flush().await.unwrap();
}

async fn bare_receive(stream: &mut TcpStream, messages: u64) {
    for _ in 0..messages {
        let length = stream.read_u32().await.unwrap();
        let mut payload = vec![0; length as usize];
        stream.read_exact(&mut payload).await.unwrap();
        black_box(payload);
    }
}

async fn bare_pass((here, there): &mut (TcpStream, TcpStream), messages: u64) {
    for burst in 0..messages.div_ceil(BURST) {
        let count = BURST.min(messages - burst * BURST);
        bare_send(here, count).await;
        bare_receive(there, count).await;
    }
}

async fn bare_echo((here, there): &mut (TcpStream, TcpStream), messages: u64) {
    for _ in 0..messages {
        bare_send(here, 1).await;
        bare_receive(there, 1).await;
        bare_send(there, 1).await;
        bare_receive(here, 1).await;
    }
}

fn links() {
    let runtime = Runtime::new().unwrap();
    let (a, b) = (agent("a"), agent("b"));
    let (linked, bare) = runtime.block_on(async {
        let (here, there) = connection().await;
        ((a.link(here), b.link(there)), connection().await)
    });
    let (linked, bare) = (Mutex::new(linked), Mutex::new(bare));
    let extent = Extent { threads: 1, turns: 31, events: 2_000 };
    compare(
        extent,
        &[
            ("a message over a link", &|_, n| runtime.block_on(links_pass(&mut linked.lock().unwrap(), n))),
            ("a bare frame", &|_, n| runtime.block_on(bare_pass(&mut bare.lock().unwrap(), n))),
        ],
    );
    compare(
        extent,
        &[
            ("an echo over a link", &|_, n| runtime.block_on(links_echo(&mut linked.lock().unwrap(), n))),
            ("an echo of bare frames", &|_, n| runtime.block_on(bare_echo(&mut bare.lock().unwrap(), n))),
        ],
    );
}

/// What a call carries, there and back.
#[derive(Clone, PartialEq, Eq, prost::Message)]
struct Note {
    #[prost(bytes = "vec", tag = "1")]
    body: Vec<u8>,
}

type Answer<T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send>>;

/// One end of recorded calls: who records, and the lane to the other end.
struct End {
    agent: Agent,
    lane: Lane,
}

/// Answers a call with what it carries; recorded, if there is somebody to record it.
#[derive(Clone)]
struct Echo(Option<Arc<End>>);

impl NamedService for Echo {
    const NAME: &'static str = "bench.Echo";
}

impl UnaryService<Note> for Echo {
    type Response = Note;
    type Future = Answer<Response<Note>, Status>;

    fn call(&mut self, request: Request<Note>) -> Self::Future {
        let end = self.0.clone();
        Box::pin(async move {
            let Some(End { agent, lane }) = end.as_deref() else {
                return Ok(Response::new(request.into_inner()));
            };
            let stamp = carrier::extract(request.metadata().as_ref()).unwrap().unwrap();
            // What answers for the call comes to be in the event of its receipt.
            let received = agent.observe(&stamp, |acts| {
                let task = acts.task("echo");
                let serving = acts.serving(&task, stamp.id);
                (task, serving)
            });
            let (task, serving) = received.made().unwrap();
            lane.answers(stamp.id.lane);
            let resolves = vec![Annotation::Resolves(Resolution::Request(stamp.id))];
            let (reply, ()) = lane.stamp(resolves, |acts, _| {
                acts.end(serving);
                acts.end(task);
            });
            let mut response = Response::new(request.into_inner());
            carrier::inject(&reply, response.metadata_mut().as_mut());
            Ok(response)
        })
    }
}

impl Service<http::Request<Body>> for Echo {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Answer<Self::Response, Infallible>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let echo = self.clone();
        Box::pin(async move {
            let codec = ProstCodec::<Note, Note>::default();
            Ok(tonic::server::Grpc::new(codec).unary(echo, request).await)
        })
    }
}

/// A connection of its own to a server of its own.
async fn served(echo: Echo) -> Channel {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
    tokio::spawn(Server::builder().add_service(echo).serve_with_incoming(incoming));
    Endpoint::from_shared(address).unwrap().connect().await.unwrap()
}

async fn ask(channel: &Channel, request: Request<Note>) -> Response<Note> {
    let mut grpc = tonic::client::Grpc::new(channel.clone());
    grpc.ready().await.unwrap();
    let path = http::uri::PathAndQuery::from_static("/bench.Echo/Echo");
    grpc.unary(request, path, ProstCodec::<Note, Note>::default()).await.unwrap()
}

fn note() -> Request<Note> {
    Request::new(Note { body: vec![7; PAYLOAD] })
}

async fn bare_calls(channel: &Channel, calls: u64) {
    for _ in 0..calls {
        black_box(ask(channel, note()).await);
    }
}

/// The wait for a reply is recorded in the event that sends, and ends in the event that receives the reply.
async fn recorded_calls(channel: &Channel, End { agent, lane }: &End, task: &Task, calls: u64) {
    for _ in 0..calls {
        let (stamp, wait) = lane.stamp(plain(), |acts, id| acts.wait(task, &Waiting::default().call(id)));
        let mut request = note();
        carrier::inject(&stamp, request.metadata_mut().as_mut());
        let response = black_box(ask(channel, request).await);
        let reply = carrier::extract(response.metadata().as_ref()).unwrap().unwrap();
        lane.answers(reply.id.lane);
        agent.observe(&reply, |acts| acts.end(wait));
    }
}

fn calls() {
    let runtime = Runtime::new().unwrap();
    let (a, b) = (agent("a"), agent("b"));
    let caller = End { lane: a.lane_to(b.incarnation()), agent: a.clone() };
    let callee = End { lane: b.lane_to(a.incarnation()), agent: b };
    let (recorded, bare) =
        runtime.block_on(async { (served(Echo(Some(Arc::new(callee)))).await, served(Echo(None)).await) });
    let task = a.task("caller");
    compare(
        Extent { threads: 1, turns: 31, events: 1_000 },
        &[
            ("a gRPC call with the agent", &|_, n| {
                runtime.block_on(recorded_calls(&recorded, &caller, &task, n));
            }),
            ("a gRPC call without", &|_, n| runtime.block_on(bare_calls(&bare, n))),
        ],
    );
}

fn main() {
    stamps();
    links();
    calls();
}
