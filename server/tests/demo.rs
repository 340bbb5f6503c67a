//! The demonstration, played by the program itself.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The scenes take all the processor time there is; they are played one after the other.
static ALONE: Mutex<()> = Mutex::new(());

/// Plays with these arguments; gives the exit code and the report.
fn play(arguments: &[&str]) -> (i32, Value) {
    let _alone = ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let program = env!("CARGO_BIN_EXE_stillpoint");
    let output = Command::new(program)
        .args(["demo", "--output", "json"])
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    let report = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {errors}"));
    (output.status.code().unwrap(), report)
}

/// The one scene of a report in which all is as it should be.
fn scene(name: &str, seed: &str) -> Value {
    let (code, report) = play(&["--scene", name, "--seed", seed]);
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(report["passed"], true, "{report:#}");
    assert_eq!(report["workers"], 4);
    assert_eq!(report["seed"].to_string(), seed);
    let scenes = report["scenes"].as_array().unwrap();
    assert_eq!(scenes.len(), 1);
    assert_eq!(scenes[0]["scene"], name);
    assert_eq!(scenes[0]["problems"], serde_json::json!([]));
    scenes[0]["measured"].clone()
}

#[test]
fn no_round_loses_money() {
    let measured = scene("bank", "11");
    assert!(measured["rounds"].as_u64().unwrap() >= 50, "{measured:#}");
    assert!(measured["in_transit_most"].as_u64().unwrap() > 0, "{measured:#}");
    assert!(measured["channels_agreed"].as_u64().unwrap() > 0, "{measured:#}");
}

#[test]
fn a_deadlock_is_found_only_where_there_is_one() {
    let measured = scene("deadlock", "12");
    assert!(measured["orderly_rounds"].as_u64().unwrap() > 0, "{measured:#}");
    assert!(measured["orderly_calls"].as_u64().unwrap() > 0, "{measured:#}");
    assert_eq!(measured["members"], 6);
    assert_eq!(measured["victims"], 1);
    assert_eq!(measured["certificate_confirmed"], true);
}

#[test]
fn no_end_is_found_before_it_has_come() {
    let measured = scene("termination", "13");
    assert_eq!(measured["computations"], 4);
    assert!(measured["items"].as_u64().unwrap() >= 240, "{measured:#}");
}

#[test]
fn exactly_what_is_cut_loose_is_garbage() {
    let measured = scene("garbage", "14");
    assert_eq!(measured["exact"], true);
    assert_eq!(measured["gone"], true);
}

#[test]
fn a_worker_that_loses_money_is_a_failure() {
    let (code, report) = play(&["--scene", "bank", "--seed", "15", "--fault", "leak"]);
    assert_eq!(code, 1, "{report:#}");
    assert_eq!(report["passed"], false);
    let problems = report["scenes"][0]["problems"].to_string();
    assert!(problems.contains("rounds with another sum"), "{problems}");
    assert!(problems.contains("the workers say that they own"), "{problems}");
}

/// Plays with these arguments until a line has this word, and sends the signal then; gives the exit code. Nothing
/// may be left over: no worker, and nothing in the folder for temporary files.
fn interrupt(arguments: &[&str], word: &str, signal: Signal) -> i32 {
    let _alone = ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let mut demo = Command::new(env!("CARGO_BIN_EXE_stillpoint"))
        .arg("demo")
        .args(arguments)
        .env("TMPDIR", folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(demo.stdout.take().unwrap()).lines().map(Result::unwrap);
    lines.find(|line| line.contains(word)).unwrap();
    let workers = std::fs::read_to_string(format!("/proc/{0}/task/{0}/children", demo.id())).unwrap();
    let workers: Vec<&str> = workers.split_whitespace().collect();
    assert_eq!(workers.len(), 4);
    kill_process(Pid::from_child(&demo), signal).unwrap();
    lines.for_each(drop);
    let code = demo.wait().unwrap().code().unwrap();
    let until = Instant::now() + Duration::from_secs(10);
    while workers.iter().any(|worker| Path::new("/proc").join(worker).exists()) {
        assert!(Instant::now() < until, "of the workers {workers:?} not all have ended");
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    code
}

#[test]
fn a_demonstration_that_stays_ends_with_either_signal_and_leaves_nothing() {
    for signal in [Signal::INT, Signal::TERM] {
        let code = interrupt(&["--scene", "termination", "--keep"], "stays at http://127.0.0.1:", signal);
        assert_eq!(code, 0, "{signal:?}");
    }
}

/// Whoever has the document knows where to look around.
#[test]
fn a_demonstration_that_stays_tells_where_also_in_its_document() {
    let code = interrupt(
        &["--scene", "termination", "--keep", "--output", "json"],
        "\"server\": \"http://127.0.0.1:",
        Signal::INT,
    );
    assert_eq!(code, 0);
}

#[test]
fn a_worker_that_is_killed_is_named_with_its_signal() {
    let _alone = ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut demo = Command::new(env!("CARGO_BIN_EXE_stillpoint"))
        .args(["demo", "--scene", "bank"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(demo.stdout.take().unwrap()).lines().map(Result::unwrap);
    lines.find(|line| line.contains("bank:")).unwrap();
    let workers = std::fs::read_to_string(format!("/proc/{0}/task/{0}/children", demo.id())).unwrap();
    let worker: i32 = workers.split_whitespace().nth(1).unwrap().parse().unwrap();
    kill_process(Pid::from_raw(worker).unwrap(), Signal::KILL).unwrap();
    lines.for_each(drop);
    let output = demo.wait_with_output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    let named = format!(" (process {worker}) was ended by signal 9");
    assert!(output.status.code() == Some(5) && error.contains(&named), "{:?}: {error}", output.status);
}

#[test]
fn a_demonstration_that_is_interrupted_leaves_nothing() {
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143)] {
        assert_eq!(interrupt(&["--scene", "bank"], "bank:", signal), code, "{signal:?}");
    }
}
