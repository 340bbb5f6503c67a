//! `stillpoint ps`: the processes of a deployment, and the lanes between them.

use super::client::{self, Common, Output, Server, pages, write_json};
use super::tables::{Rows, age, word};
use super::{CliError, Console, Exit};
use std::collections::BTreeMap;
use stillpoint_proto::id::{Incarnation, LaneId, LaneRef};
use stillpoint_proto::wire::v1;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Lists the lanes as of the last snapshot instead.
    #[arg(long)]
    lanes: bool,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<Exit, CliError> {
    client::run(async {
        let mut server = args.common.connect().await?;
        match (args.lanes, args.common.output) {
            (false, Output::Json) => {
                let processes = processes(&mut server).await?;
                let all = v1::ListProcessesResponse { processes, next_page_token: String::new() };
                write_json(console, &all)?;
            }
            (false, Output::Table) => table_of_processes(console, &processes(&mut server).await?)?,
            (true, Output::Json) => {
                let lanes = lanes(&mut server).await?;
                write_json(console, &v1::ListLanesResponse { lanes, next_page_token: String::new() })?;
            }
            (true, Output::Table) => {
                let processes = processes(&mut server).await?;
                table_of_lanes(console, &processes, &lanes(&mut server).await?)?;
            }
        }
        console.output.flush()?;
        Ok(Exit::Done)
    })
}

pub(super) async fn processes(server: &mut Server) -> Result<Vec<v1::Process>, CliError> {
    let page = async |server: &mut Server, page_size, page_token| {
        let answer = server.client.list_processes(v1::ListProcessesRequest { page_size, page_token }).await;
        server.answer(answer).map(|page| (page.processes, page.next_page_token))
    };
    pages(server, None, page).await.map(|(processes, _)| processes)
}

async fn lanes(server: &mut Server) -> Result<Vec<v1::Lane>, CliError> {
    let page = async |server: &mut Server, page_size, page_token| {
        let request = v1::ListLanesRequest { process: None, page_size, page_token };
        let answer = server.client.list_lanes(request).await;
        server.answer(answer).map(|page| (page.lanes, page.next_page_token))
    };
    pages(server, None, page).await.map(|(lanes, _)| lanes)
}

pub(super) fn table_of_processes(
    console: &mut Console<'_>,
    processes: &[v1::Process],
) -> Result<(), CliError> {
    let columns =
        ["NAME", "INCARNATION", "STATE", "CONNECTED", "#EPOCH", "#TASKS", "#WAITS", "#OBJECTS", "#TOKENS"];
    let mut rows = Rows::new(&columns);
    for process in processes {
        let counted = |count: fn(&v1::ProcessCounts) -> u64| {
            process.counts.as_ref().map_or("-".to_owned(), |counts| count(counts).to_string())
        };
        rows.row([
            process.name.clone(),
            process.incarnation.map_or("-".to_owned(), |p| Incarnation(p).to_string()),
            word(process.state().as_str_name(), "PROCESS_STATE_"),
            age(process.session_since_ms),
            if process.epoch == 0 { "-".to_owned() } else { process.epoch.to_string() },
            counted(|counts| counts.tasks),
            counted(|counts| counts.waits),
            counted(|counts| counts.objects),
            counted(|counts| counts.tokens),
        ]);
    }
    Ok(rows.write(console.output, "no process has ever been here")?)
}

fn table_of_lanes(
    console: &mut Console<'_>,
    processes: &[v1::Process],
    lanes: &[v1::Lane],
) -> Result<(), CliError> {
    let known = processes.iter().filter_map(|p| Some((p.incarnation?, p.name.as_str())));
    let names: BTreeMap<u64, &str> = known.collect();
    let name = |process: u64| match names.get(&process) {
        Some(&name) => name.to_owned(),
        None => format!("process {}", Incarnation(process)),
    };
    let columns = ["LANE", "FROM", "TO", "ORDER", "#SENT", "#OUTSTANDING", "#DOUBTFUL", "RECEIVED"];
    let mut rows = Rows::new(&columns);
    for lane in lanes {
        let reference = lane.lane.unwrap_or_default();
        let (process, number) = (reference.process.unwrap_or_default(), reference.lane.unwrap_or_default());
        let received = lane.received.iter().map(|receiver| {
            let who = match (receiver.name.as_str(), receiver.process) {
                ("", Some(process)) => name(process),
                (name, _) => name.to_owned(),
            };
            // Every number below the floor is settled, whether it was received or not.
            let settled = receiver.floor.saturating_sub(1);
            format!("{who}: {} after {settled}", receiver.received)
        });
        rows.row([
            LaneRef { process: Incarnation(process), lane: LaneId(number) }.to_string(),
            if lane.sender_name.is_empty() { name(process) } else { lane.sender_name.clone() },
            end(lane.to.and_then(|to| to.end), name),
            word(lane.order().as_str_name(), "LANE_ORDER_"),
            lane.sent.to_string(),
            lane.outstanding.to_string(),
            lane.doubtful.to_string(),
            received.collect::<Vec<_>>().join(", "),
        ]);
    }
    Ok(rows.write(console.output, "no lane was in the last snapshot, or none has been taken")?)
}

/// Where a lane leads.
fn end(end: Option<v1::lane_end::End>, name: impl Fn(u64) -> String) -> String {
    match end {
        Some(v1::lane_end::End::Peer(process)) => name(process),
        Some(v1::lane_end::End::Sole(_)) => "(one process)".to_owned(),
        Some(v1::lane_end::End::Group(_)) => "(a group)".to_owned(),
        None => "-".to_owned(),
    }
}
