//! What the commands that ask a server have in common: its address, the connection and the errors.

use super::names::shown;
use super::{CliError, Console, MAX_DOCUMENT};
use crate::config::parse_duration;
use clap::ValueEnum;
use serde::Serialize;
use std::error::Error as _;
use std::time::Duration;
use stillpoint_proto::wire::json;
use stillpoint_proto::wire::v1;
use stillpoint_proto::wire::v1::stillpoint_service_client::StillpointServiceClient;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Response, Status};

/// How long a server may take to accept a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How often an idle connection is probed, and how long the answer may take.
const KEEP_ALIVE: Duration = Duration::from_secs(10);

/// Which server, and how to write its answer.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Common {
    /// The address of the server.
    #[arg(long, env = "STILLPOINT_SERVER", default_value = "http://127.0.0.1:7420", value_name = "URL")]
    server: String,
    /// How to write the result.
    #[arg(long, value_enum, default_value_t = Output::Table)]
    pub(super) output: Output,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Output {
    /// For people.
    #[value(alias = "text")]
    Table,
    /// The server's answer in the protobuf JSON mapping.
    Json,
}

/// A connection to a server.
#[derive(Clone)]
pub(super) struct Server {
    address: String,
    pub(super) client: StillpointServiceClient<Channel>,
}

/// Runs a command that asks a server.
pub(super) fn run<T>(command: impl Future<Output = Result<T, CliError>>) -> Result<T, CliError> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(command)
}

impl Common {
    /// Connects to the server.
    pub(super) async fn connect(&self) -> Result<Server, CliError> {
        let address = self.address()?;
        let wrong = |reason: String| CliError::Address { server: self.server.clone(), reason };
        let endpoint = Endpoint::from_shared(address.clone())
            .map_err(|error| wrong(cause(&error)))?
            .connect_timeout(CONNECT_TIMEOUT)
            .http2_keep_alive_interval(KEEP_ALIVE)
            .keep_alive_timeout(KEEP_ALIVE)
            .keep_alive_while_idle(true);
        let channel = endpoint
            .connect()
            .await
            .map_err(|error| CliError::Unreachable { server: address.clone(), reason: cause(&error) })?;
        let limit = usize::try_from(MAX_DOCUMENT).unwrap_or(usize::MAX);
        let client = StillpointServiceClient::new(channel).max_decoding_message_size(limit);
        Ok(Server { address, client })
    }

    /// The address with its scheme.
    fn address(&self) -> Result<String, CliError> {
        let wrong =
            |reason: &str| CliError::Address { server: self.server.clone(), reason: reason.to_owned() };
        let (scheme, rest) = self.server.split_once("://").unwrap_or(("http", &self.server));
        match scheme {
            "http" if rest.is_empty() => Err(wrong("expected http://HOST:PORT")),
            "http" => Ok(format!("http://{rest}")),
            "https" => Err(wrong("this build speaks no TLS, expected http://HOST:PORT")),
            _ => Err(wrong("expected http://HOST:PORT")),
        }
    }
}

impl Server {
    /// The answer, or what went wrong.
    pub(super) fn answer<T>(&self, answer: Result<Response<T>, Status>) -> Result<T, CliError> {
        answer.map(Response::into_inner).map_err(|status| self.failed(&status))
    }

    /// What went wrong, by the status of a call.
    pub(super) fn failed(&self, status: &Status) -> CliError {
        if let Some(source) = status.source() {
            return self.lost(&cause(source));
        }
        let code = code_name(status.code());
        let message =
            if status.message().is_empty() { status.code().description() } else { status.message() };
        if status.code() == Code::Unavailable {
            return self.lost(message);
        }
        CliError::Status { message: shown(message), code }
    }

    /// The connection was lost.
    pub(super) fn lost(&self, reason: &str) -> CliError {
        CliError::Lost { server: self.address.clone(), reason: shown(reason) }
    }

    /// An answer that makes no sense.
    pub(super) fn nonsense(&self, reason: impl ToString) -> CliError {
        CliError::Answer { server: self.address.clone(), reason: shown(&reason.to_string()) }
    }

    /// Fetches a stored snapshot; 0 stands for the latest.
    pub(super) async fn snapshot(&mut self, epoch: u64) -> Result<v1::Snapshot, CliError> {
        use prost::Message as _;
        let answer = self.client.get_snapshot(v1::GetSnapshotRequest { epoch }).await;
        let mut parts = self.answer(answer)?;
        let (mut snapshot, mut length) = (v1::Snapshot::default(), 0);
        while let Some(part) = parts.message().await.map_err(|status| self.failed(&status))? {
            let part = part.part.unwrap_or_default().encode_to_vec();
            length += part.len() as u64;
            if length > MAX_DOCUMENT {
                return Err(CliError::TooLong { name: "the snapshot".to_owned(), limit: MAX_DOCUMENT });
            }
            snapshot.merge(part.as_slice()).map_err(|error| self.nonsense(error))?;
        }
        Ok(snapshot)
    }
}

/// The pages of a list, one after another, up to a number of entries: the entries, and whether there are more.
pub(super) async fn pages<T>(
    server: &mut Server,
    limit: Option<u32>,
    mut fetch: impl AsyncFnMut(&mut Server, u32, String) -> Result<(Vec<T>, String), CliError>,
) -> Result<(Vec<T>, String), CliError> {
    let limit = limit.map(|limit| limit as usize);
    let (mut entries, mut token) = (Vec::new(), String::new());
    loop {
        let left = limit.map_or(0, |limit| limit.saturating_sub(entries.len()));
        let page_size = u32::try_from(left).unwrap_or(u32::MAX);
        let (page, next) = fetch(server, page_size, token.clone()).await?;
        if !next.is_empty() && next == token {
            return Err(server.nonsense("a page leads to itself"));
        }
        entries.extend(page);
        token = next;
        if token.is_empty() || limit.is_some_and(|limit| entries.len() >= limit) {
            return Ok((entries, token));
        }
    }
}

/// Writes an answer in the protobuf JSON mapping.
pub(super) fn write_json(console: &mut Console<'_>, message: &impl Serialize) -> Result<(), CliError> {
    writeln!(console.output, "{}", json::write(message)?)?;
    Ok(())
}

/// Pauses between attempts to connect: each is twice as long as the one before, up to a limit.
pub(super) struct Backoff(Duration);

impl Backoff {
    const FIRST: Duration = Duration::from_millis(100);
    const LIMIT: Duration = Duration::from_secs(5);

    pub(super) const fn new() -> Self {
        Backoff(Self::FIRST)
    }

    /// The next pause.
    pub(super) fn pause(&mut self) -> Duration {
        let pause = self.0;
        self.0 = (pause * 2).min(Self::LIMIT);
        pause
    }
}

/// Reads a duration with its unit.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    parse_duration(text)
        .ok_or_else(|| format!("`{text}` is no duration: expected one such as 500ms, 2s or 5m"))
}

/// Milliseconds, as requests have them.
pub(super) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// The innermost cause, which is the one that tells.
fn cause(error: &(dyn std::error::Error + 'static)) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    shown(&innermost.to_string())
}

/// The name of a status as gRPC spells it.
fn code_name(code: Code) -> String {
    let mut name = String::new();
    for c in format!("{code:?}").chars() {
        if c.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(c.to_ascii_uppercase());
    }
    name
}
