//! The server and the workers as processes: started, told what to do, stopped, killed, weighed.
//!
//! All of them are this very program with another subcommand. None outlives the harness: each is killed when its handle is
//! dropped, and ends by itself when its standard input is closed.

use super::Result;
use super::worker::{Flaw, Neighbour, Order};
use clap::ValueEnum as _;
use rustix::process::{Pid, Signal, kill_process};
use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

/// A process that ends with its handle.
#[derive(Debug)]
pub(super) struct Process(Child);

impl Process {
    pub(super) fn id(&self) -> u32 {
        self.0.id()
    }

    /// SIGSTOP: it does nothing any more, and its sockets stay open.
    pub(super) fn stop(&self) -> Result<()> {
        Ok(kill_process(Pid::from_child(&self.0), Signal::STOP)?)
    }

    /// SIGCONT.
    pub(super) fn go_on(&self) -> Result<()> {
        Ok(kill_process(Pid::from_child(&self.0), Signal::CONT)?)
    }

    /// How it ended, if it has.
    pub(super) fn ended(&mut self) -> Option<String> {
        match self.0.try_wait() {
            Ok(None) => None,
            Ok(Some(status)) => Some(status.to_string()),
            Err(error) => Some(error.to_string()),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // One that has ended needs no more.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The memory that a process occupies, in bytes; `None` if there is no such process.
pub(super) fn resident(id: u32) -> Option<u64> {
    let text = std::fs::read_to_string(format!("/proc/{id}/statm")).ok()?;
    let pages: u64 = text.split(' ').nth(1)?.parse().ok()?;
    Some(pages * rustix::param::page_size() as u64)
}

fn log_file(folder: &Path, name: &str) -> Result<File> {
    Ok(OpenOptions::new().create(true).append(true).open(folder.join(format!("{name}.log")))?)
}

/// The first line that a process says.
fn first_line(child: &mut Child) -> Result<String> {
    let out = child.stdout.take().ok_or("a process has no standard output")?;
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line)?;
    Ok(line)
}

/// What the server is told. The times are short, so that faults of some seconds pass every limit: five after it has heard
/// nothing more of a process, it presumes that it is dead.
const SETTINGS: &str = r#"
history = 64
[server]
log = "warn"
[rounds]
deadline = "1s"
[sessions]
silence = "2s"
idle = "3s"
[[jobs]]
every = "2s"
properties = ["deadlock", "termination", "garbage"]
"#;

/// `stillpoint serve` with a file of settings and a store in a folder.
pub(super) fn start_server(program: &Path, folder: &Path, listen: &str) -> Result<(Process, SocketAddr)> {
    let file = folder.join("stillpoint.toml");
    let store = folder.join("stillpoint.db");
    std::fs::write(&file, format!("store = {store:?}\n{SETTINGS}"))?;
    let mut child = Command::new(program)
        .args(["server", "--config"])
        .arg(file)
        .args(["--listen", listen])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(log_file(folder, "server")?)
        .spawn()?;
    let line = first_line(&mut child);
    let process = Process(child);
    let line = line?;
    let address = line.strip_prefix("listening on ").and_then(|rest| rest.split(' ').next());
    Ok((process, address.ok_or_else(|| format!("the server says `{line}`"))?.parse()?))
}

/// How a worker is started.
#[derive(Clone, Debug)]
pub(super) struct Start {
    pub(super) number: usize,
    pub(super) server: String,
    pub(super) seed: u64,
    pub(super) diary: PathBuf,
    pub(super) neighbours: Vec<Neighbour>,
    pub(super) flaw: Option<Flaw>,
}

/// A worker process.
#[derive(Debug)]
pub(super) struct Worker {
    pub(super) process: Process,
    orders: ChildStdin,
    /// The ports of its links and of its calls.
    pub(super) ports: (u16, u16),
}

impl Worker {
    pub(super) fn start(program: &Path, folder: &Path, start: &Start) -> Result<Self> {
        let mut command = Command::new(program);
        command.arg("worker").args(["--number", &start.number.to_string()]);
        command.args(["--server", &start.server, "--seed", &start.seed.to_string()]);
        command.arg("--diary").arg(&start.diary);
        for Neighbour { number, links, calls } in &start.neighbours {
            command.args(["--neighbour", &format!("{number}:{links}:{calls}")]);
        }
        if let Some(flaw) = start.flaw.and_then(|flaw| flaw.to_possible_value()) {
            command.args(["--flaw", flaw.get_name()]);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        command.stderr(log_file(folder, &super::worker::name(start.number))?);
        let mut child = command.spawn()?;
        let (orders, line) = (child.stdin.take(), first_line(&mut child));
        let process = Process(child);
        let (orders, line) = (orders.ok_or("a worker has no standard input")?, line?);
        let mut ports = line.trim_end().strip_prefix("ready ").unwrap_or_default().split(' ');
        let mut port = || ports.next().and_then(|port| port.parse().ok());
        let ports = (port(), port());
        let (Some(links), Some(calls)) = ports else { return Err(format!("a worker says `{line}`").into()) };
        Ok(Worker { process, orders, ports: (links, calls) })
    }

    /// Tells it something. What it does about it, it writes down.
    pub(super) fn tell(&mut self, order: Order) -> Result<()> {
        Ok(writeln!(self.orders, "{order}")?)
    }
}
