//! `stillpoint watch`: every change of a verdict as it happens.

use super::client::{self, Backoff, Common, Output, Server};
use super::{CliError, Console, Exit, records};
use std::convert::Infallible;
use std::io::Write as _;
use stillpoint_proto::wire::json::WriteError;
use stillpoint_proto::wire::v1;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Tell also the changes after this revision, 0 for all that are kept; without it, those from now on.
    #[arg(long, value_name = "REVISION")]
    from: Option<u64>,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<Exit, CliError> {
    client::run(async {
        let mut server = args.common.connect().await?;
        let told = match args.from {
            Some(from) => from,
            None => revision(&mut server).await?,
        };
        let mut watch = Watch { args, told, backoff: Backoff::new() };
        loop {
            // Whoever asks a server that went away waits for its return; what the server refuses ends the watch.
            let lost = match watch.follow(&mut server, console).await {
                Ok(never) => match never {},
                Err(error @ CliError::Lost { .. }) => error,
                Err(error) => return Err(error),
            };
            server = watch.reconnect(lost).await?;
        }
    })
}

struct Watch<'a> {
    args: &'a Args,
    /// The revision up to which every change has been told, or need not be.
    told: u64,
    backoff: Backoff,
}

impl Watch<'_> {
    /// Tells changes until the connection is lost.
    async fn follow(
        &mut self,
        server: &mut Server,
        console: &mut Console<'_>,
    ) -> Result<Infallible, CliError> {
        let request = v1::WatchVerdictsRequest { from_revision: Some(self.told) };
        let answer = server.client.watch_verdicts(request).await;
        let mut changes = server.answer(answer)?;
        loop {
            match changes.message().await {
                Ok(Some(change)) => {
                    let event = change.event.unwrap_or_default();
                    self.backoff = Backoff::new();
                    self.tell(event, console)?;
                }
                Ok(None) => return Err(server.lost("it ended the watch")),
                Err(status) => return Err(server.failed(&status)),
            }
        }
    }

    fn tell(&mut self, event: v1::VerdictEvent, console: &mut Console<'_>) -> Result<(), CliError> {
        let revision = event.revision;
        match self.args.common.output {
            Output::Json => {
                let line = serde_json::to_string(&event).map_err(WriteError::from)?;
                writeln!(console.output, "{line}")?;
            }
            Output::Table => {
                writeln!(console.output, "{}", records::change(&event.verdict.unwrap_or_default()))?;
            }
        }
        console.output.flush()?;
        self.told = self.told.max(revision);
        Ok(())
    }

    /// Waits until the server answers again.
    async fn reconnect(&mut self, mut lost: CliError) -> Result<Server, CliError> {
        loop {
            // If standard error is gone, the watch itself still has something to say.
            let _ =
                writeln!(std::io::stderr(), "stillpoint: {lost}; trying again from revision {}", self.told);
            tokio::time::sleep(self.backoff.pause()).await;
            match self.args.common.connect().await {
                Ok(server) => return Ok(server),
                Err(error @ CliError::Unreachable { .. }) => lost = error,
                Err(error) => return Err(error),
            }
        }
    }
}

/// The revision of the last change.
async fn revision(server: &mut Server) -> Result<u64, CliError> {
    let request = v1::ListVerdictsRequest { page_size: 1, ..v1::ListVerdictsRequest::default() };
    let answer = server.client.list_verdicts(request).await;
    server.answer(answer).map(|page| page.revision)
}
