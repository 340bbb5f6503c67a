//! `stillpoint died`: states that processes have ended.

use super::client::{self, Common, Output, write_json};
use super::{CliError, Console, Exit, names::shown, ps};
use stillpoint_proto::id::Incarnation;
use stillpoint_proto::wire::v1;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Which: the name, the incarnation, or NAME@INCARNATION, as `stillpoint ps` shows them. It must not have a
    /// session.
    #[arg(required = true)]
    process: Vec<String>,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<Exit, CliError> {
    client::run(async {
        let mut server = args.common.connect().await?;
        let known = ps::processes(&mut server).await?;
        // All are known before the first death is stated.
        let meant: Vec<Incarnation> =
            args.process.iter().map(|given| resolve(given, &known)).collect::<Result<_, _>>()?;
        let mut processes = Vec::new();
        for process in meant {
            let request = v1::ReportDeathRequest { process: Some(process.0) };
            let answer = server.client.report_death(request).await;
            processes.extend(server.answer(answer)?.process);
        }
        match args.common.output {
            Output::Json => {
                write_json(
                    console,
                    &v1::ListProcessesResponse { processes, next_page_token: String::new() },
                )?;
            }
            Output::Table => ps::table_of_processes(console, &processes)?,
        }
        console.output.flush()?;
        Ok(Exit::Done)
    })
}

/// The one process that is meant. By its name alone one is meant that could still be alive.
fn resolve(given: &str, known: &[v1::Process]) -> Result<Incarnation, CliError> {
    let id = |process: &v1::Process| Incarnation(process.incarnation.unwrap_or_default());
    let exactly = |process: &&v1::Process| {
        let id = id(process).to_string();
        id == given || given.strip_suffix(&id).and_then(|rest| rest.strip_suffix('@')) == Some(&*process.name)
    };
    if let Some(process) = known.iter().find(exactly) {
        return Ok(id(process));
    }
    let over =
        |process: &v1::Process| matches!(process.state(), v1::ProcessState::Left | v1::ProcessState::Dead);
    let named: Vec<_> = known.iter().filter(|process| process.name == given && !over(process)).collect();
    match named[..] {
        [one] => Ok(id(one)),
        // To say it again is no error.
        [] => known.iter().rfind(|process| process.name == given).map(id).ok_or_else(|| {
            let given = shown(given);
            CliError::Process(format!(
                "no process has the name or the incarnation `{given}`: see `stillpoint ps`"
            ))
        }),
        [..] => {
            let all: Vec<_> =
                named.iter().map(|process| format!("{}@{}", process.name, id(process))).collect();
            Err(CliError::Process(format!(
                "several processes have the name: which of {}?",
                shown(&all.join(", "))
            )))
        }
    }
}
