//! The commands that ask a server, run as people run them, against a service that answers as it was told to.
#![allow(clippy::unwrap_used, reason = "test code")]

mod fake;
mod program;

use fake::{Fake, Script, any, run, serve};
use std::io::{BufRead, BufReader};
use stillpoint_proto::wire::{json, v1};
use tonic::Status;

const DEADLOCK: &str = include_str!("../examples/deadlock.json");

fn summary(outcome: v1::SnapshotOutcome) -> v1::SnapshotSummary {
    let (members, in_transit) = (2, 1);
    v1::SnapshotSummary {
        epoch: 7,
        outcome: outcome.into(),
        members,
        in_transit,
        taken_at_ms: Some(1_700_000_000_000),
        duration_ms: Some(12),
        ..v1::SnapshotSummary::default()
    }
}

/// The example in two parts, as a server gives it.
fn parts() -> Vec<v1::Snapshot> {
    let mut first: v1::Snapshot = json::read(DEADLOCK.as_bytes()).unwrap();
    let rest = first.members.split_off(1);
    vec![first, v1::Snapshot { members: rest, ..v1::Snapshot::default() }]
}

/// The verdicts of the example.
fn verdicts() -> Vec<v1::Verdict> {
    let found = program::verdicts("deadlock.json", &["--property", "deadlock"]);
    json::read::<v1::VerdictList>(found.as_bytes()).unwrap().verdicts
}

fn record(revision: u64) -> v1::VerdictRecord {
    v1::VerdictRecord {
        id: format!("v{revision}"),
        state: v1::VerdictState::Holding.into(),
        first_epoch: 3,
        last_epoch: 7,
        opened_at_ms: Some(1_700_000_000_000),
        updated_at_ms: Some(1_700_000_000_000),
        verdict: verdicts().pop(),
        revision,
        ..v1::VerdictRecord::default()
    }
}

fn event(revision: u64) -> v1::VerdictEvent {
    v1::VerdictEvent { revision, verdict: Some(record(revision)) }
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_and_lanes() {
    let process = |name: &str, incarnation, state: v1::ProcessState| v1::Process {
        name: name.to_owned(),
        incarnation: Some(incarnation),
        state: state.into(),
        epoch: 7,
        counts: Some(v1::ProcessCounts { tasks: 4, waits: 3, objects: 2, tokens: 1 }),
        ..v1::Process::default()
    };
    let lane = v1::Lane {
        lane: Some(v1::LaneRef { process: Some(171), lane: Some(3) }),
        to: Some(v1::LaneEnd { end: Some(v1::lane_end::End::Peer(2)) }),
        order: v1::LaneOrder::Fifo.into(),
        sent: 9,
        outstanding: 2,
        doubtful: 1,
        received: vec![v1::LaneReceiver { process: Some(2), received: 3, floor: 5, ..Default::default() }],
        ..v1::Lane::default()
    };
    let fake = Fake::new(Script {
        processes: vec![
            process("orders-1", 171, v1::ProcessState::Alive),
            process("st\u{1b}[31mock", 2, v1::ProcessState::PresumedDead),
        ],
        lanes: vec![lane],
        ..Script::default()
    });
    let (at, _server) = serve(&fake, any()).await;
    let (code, out, err) = run(&["ps"], at).await;
    assert_eq!((code, &*err), (Some(0), ""));
    let lines: Vec<Vec<&str>> = out.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines[1], ["orders-1", "ab", "alive", "-", "7", "4", "3", "2", "1"]);
    assert_eq!(lines[2][..4], ["st\\u{1b}[31mock", "2", "presumed", "dead"]);
    let (_, out, _) = run(&["ps", "--lanes"], at).await;
    let lines: Vec<Vec<&str>> = out.lines().map(|line| line.split_whitespace().collect()).collect();
    let row = [
        "ab/3",
        "orders-1",
        "st\\u{1b}[31mock",
        "fifo",
        "9",
        "2",
        "1",
        "st\\u{1b}[31mock:",
        "3",
        "after",
        "4",
    ];
    assert_eq!(lines[1], row);
    // What is not in the last snapshot is not counted.
    fake.0.lock().unwrap().processes[0].counts = None;
    let (_, out, _) = run(&["ps"], at).await;
    let line: Vec<&str> = out.lines().nth(1).unwrap().split_whitespace().collect();
    assert_eq!(line[4..], ["7", "-", "-", "-", "-"]);
    let (_, out, _) = run(&["ps", "--output", "json"], at).await;
    let all: v1::ListProcessesResponse = json::read(out.as_bytes()).unwrap();
    assert_eq!(
        (all.processes, all.next_page_token),
        (fake.0.lock().unwrap().processes.clone(), String::new())
    );
    let (_, out, _) = run(&["ps", "--lanes", "--output", "json"], at).await;
    assert_eq!(json::read::<v1::ListLanesResponse>(out.as_bytes()).unwrap().lanes.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn deaths() {
    let process = |name: &str, incarnation, state: v1::ProcessState| v1::Process {
        name: name.to_owned(),
        incarnation: Some(incarnation),
        state: state.into(),
        ..v1::Process::default()
    };
    let fake = Fake::new(Script {
        processes: vec![
            process("orders-1", 0xab, v1::ProcessState::PresumedDead),
            process("orders-1", 0xac, v1::ProcessState::Left),
            process("stock-1", 0xb0, v1::ProcessState::PresumedDead),
            process("stock-1", 0xb1, v1::ProcessState::Alive),
            process("bank", 0xc0, v1::ProcessState::PresumedDead),
        ],
        ..Script::default()
    });
    let (at, _server) = serve(&fake, any()).await;
    let (code, out, err) = run(&["died", "orders-1", "stock-1@b0", "c0"], at).await;
    assert_eq!((code, &*err), (Some(0), ""));
    let dead: Vec<Vec<&str>> = out.lines().skip(1).map(|line| line.split_whitespace().collect()).collect();
    let row = |at: usize| (dead[at][0], dead[at][1], dead[at][2]);
    assert_eq!(
        [row(0), row(1), row(2)],
        [("orders-1", "ab", "dead"), ("stock-1", "b0", "dead"), ("bank", "c0", "dead")]
    );
    assert_eq!(fake.asked(), ["Some(171)", "Some(176)", "Some(192)"]);

    fake.0.lock().unwrap().processes[2].state = v1::ProcessState::PresumedDead.into();
    for (given, message) in [
        ("stock-1", "several processes have the name: which of stock-1@b0, stock-1@b1?"),
        ("shop", "no process has the name or the incarnation `shop`: see `stillpoint ps`"),
        ("ab@bank", "no process has the name or the incarnation `ab@bank`: see `stillpoint ps`"),
    ] {
        let (code, out, err) = run(&["died", "c0", given], at).await;
        assert_eq!((code, &*out, err), (Some(2), "", format!("stillpoint: {message}\n")), "{given}");
    }
    assert_eq!(fake.asked().len(), 3, "nothing is stated if not all is known");
}

#[tokio::test(flavor = "multi_thread")]
async fn snapshots() {
    let mut incomplete = summary(v1::SnapshotOutcome::Incomplete);
    let absence = v1::Absence { kind: v1::AbsenceKind::Silent.into(), fault: String::new() };
    incomplete.missing.push(v1::MissingPart {
        process: Some(2),
        name: "stock-1".to_owned(),
        reason: Some(v1::missing_part::Reason::Cut(absence)),
    });
    let fake = Fake::new(Script { summary: incomplete, parts: parts(), ..Script::default() });
    let (at, _server) = serve(&fake, any()).await;
    let taken = "round 7: incomplete, processes: 2, messages in transit: 1, 12ms\n  missing: the cut of stock-1: \
                 connected, but no report before the deadline\n";
    assert_eq!(run(&["snapshot"], at).await, (Some(0), taken.to_owned(), String::new()));
    assert_eq!(run(&["snapshot", "take", "--deadline", "2s"], at).await.1, taken);
    assert_eq!(fake.asked()[1], "TakeSnapshotRequest { deadline_ms: Some(2000) }");

    let (code, document, _) = run(&["snapshot", "get", "--output", "json"], at).await;
    let whole: v1::Snapshot = json::read(DEADLOCK.as_bytes()).unwrap();
    assert_eq!((code, json::read::<v1::Snapshot>(document.as_bytes()).unwrap()), (Some(0), whole));
    let analyzed = program::stillpoint(&["analyze", "-"], &document);
    assert_eq!(analyzed.stdout, program::stillpoint(&["analyze", "-"], DEADLOCK).stdout);
    let (_, out, _) = run(&["snapshot", "get", "7"], at).await;
    assert!(out.contains("\nstock-1 "), "{out}");

    // An option before the action would not be heard.
    assert_eq!(run(&["snapshot", "--output", "json", "get"], at).await.0, Some(2));

    let (_, out, _) = run(&["snapshot", "list"], at).await;
    assert!(out.contains("2023-11-14 22:13:20.000Z") && out.lines().count() == 3, "{out}");
    let (_, out, _) = run(&["snapshot", "list", "--limit", "1"], at).await;
    assert!(out.lines().count() == 3 && out.ends_with("there are more: see --limit\n"), "{out}");

    let mut wrong = summary(v1::SnapshotOutcome::Inconsistent);
    wrong.inconsistencies.push("message 4 was received, but not sent".to_owned());
    *fake.0.lock().unwrap() = Script { summary: wrong, ..Script::default() };
    let fault = "stillpoint: round 7 yielded no consistent cut:\n  message 4 was received, but not sent\n";
    for command in ["snapshot", "detect"] {
        let (code, _, err) = run(&[command], at).await;
        assert_eq!((code, &*err), (Some(3), fault), "{command}");
    }
    let (code, out, err) = run(&["snapshot", "get", "9"], at).await;
    let refused = "stillpoint: round 9 has left no snapshot\\u{1b}[2J (NOT_FOUND)\n";
    assert_eq!((code, &*out, &*err), (Some(5), "", refused));
}

#[tokio::test(flavor = "multi_thread")]
async fn detection() {
    let findings =
        verdicts().into_iter().map(|verdict| v1::Finding { verdict: Some(verdict), record_id: "v1".into() });
    let script = Script {
        summary: summary(v1::SnapshotOutcome::Complete),
        parts: parts(),
        findings: findings.collect(),
        ..Script::default()
    };
    let fake = Fake::new(script);
    let (at, _server) = serve(&fake, any()).await;
    let (code, out, err) = run(&["detect"], at).await;
    assert_eq!((code, &*err), (Some(0), ""));
    let head = "round 7: complete, processes: 2, messages in transit: 1, 12ms\n";
    let offline = program::stillpoint(&["analyze", "deadlock.json", "--property", "deadlock"], "");
    let offline = String::from_utf8(offline.stdout).unwrap();
    let verdict = &offline[offline.find("\n\n").unwrap() + 1..];
    assert_eq!(out, format!("{head}{verdict}"));
    assert_eq!(run(&["detect", "--fail-on-deadlock"], at).await.0, Some(1));
    let (code, out, _) = run(&["detect", "--fail-on-deadlock", "--output", "json"], at).await;
    let response: v1::DetectResponse = json::read(out.as_bytes()).unwrap();
    assert_eq!((code, response.findings), (Some(1), fake.0.lock().unwrap().findings.clone()));

    // Without the snapshot, names come from the verdict.
    fake.0.lock().unwrap().parts.clear();
    let (_, out, _) = run(&["detect"], at).await;
    assert!(out.contains("orders-1/2 \"checkout 17\"") && out.contains("stock-1/2 \"restock\""), "{out}");

    run(&["detect", "--expect", "money=100", "--victims", "fewest-holds", "--epoch", "5"], at).await;
    let asked = fake.asked().pop().unwrap();
    for part in ["Deadlock", "AllComputations", "Garbage", "\"money\"", "\"100\"", "FewestHolds", "Some(5)"] {
        assert!(asked.contains(part), "{part}: {asked}");
    }
    for (args, message) in [
        (["--property", "conservation"], "`--property conservation` needs `--expect GAUGE=SUM`"),
        (["--property=garbage", "--expect=money=1"], "`--expect` needs `conservation` among the properties"),
        (
            ["--property=garbage", "--fail-on-deadlock"],
            "`--fail-on-deadlock` needs `deadlock` among the properties",
        ),
    ] {
        let (code, _, err) = run(&[&["detect"], &args[..]].concat(), at).await;
        assert_eq!((code, err), (Some(2), format!("stillpoint: {message}\n")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn records() {
    let script =
        Script { verdicts: vec![record(9), record(4)], revision: 9, parts: parts(), ..Script::default() };
    let fake = Fake::new(script);
    let (at, _server) = serve(&fake, any()).await;
    let (code, out, _) = run(&["verdicts", "--property", "deadlock,garbage", "--state", "holding"], at).await;
    assert_eq!((code, out.lines().count()), (Some(0), 3), "{out}");
    assert!(out.contains("3 to 7") && out.contains("orders-1 \"checkout 17\", stock-1 \"restock\""), "{out}");
    let asked = fake.asked().remove(0);
    assert!(asked.contains("[Deadlock, Garbage]") && asked.contains("[Holding]"), "{asked}");
    let (_, out, _) = run(&["verdicts", "list", "--output", "json"], at).await;
    let all: v1::ListVerdictsResponse = json::read(out.as_bytes()).unwrap();
    assert_eq!((all.verdicts.len(), all.revision), (2, 9));
    let (code, out, _) = run(&["verdicts", "get", "v4"], at).await;
    assert!(code == Some(0) && out.starts_with("verdict v4: holding\n  found in rounds 3 to 7\n"), "{out}");
    assert!(out.contains("\ndeadlock: HOLDS\n"), "{out}");
    let (_, out, _) = run(&["verdicts", "get", "v4", "--output", "json"], at).await;
    assert_eq!(json::read::<v1::VerdictRecord>(out.as_bytes()).unwrap(), record(4));
    let (code, _, err) = run(&["verdicts", "get", "no"], at).await;
    assert_eq!((code, &*err), (Some(5), "stillpoint: no verdict has the id no (NOT_FOUND)\n"));
}

/// A watch whose server ends it, and then one whose server is gone for a while, has no gap and tells nothing twice.
#[tokio::test(flavor = "multi_thread")]
async fn watching_goes_on_where_it_was() {
    let watches = [vec![event(5), event(6)], vec![event(7)]].into();
    let fake = Fake::new(Script { watches, revision: 4, ..Script::default() });
    let (at, server) = serve(&fake, any()).await;
    let mut child = fake::program(&["watch", "--output", "json"], at).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut errors = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut next = || json::read::<v1::VerdictEvent>(lines.next().unwrap().unwrap().as_bytes()).unwrap();
    assert_eq!((next(), next(), next()), (event(5), event(6), event(7)));
    server.abort();
    let _ = server.await;
    let failed = |line: String| line.contains("no server answers at");
    while !failed(errors.next().unwrap().unwrap()) {}
    fake.0.lock().unwrap().watches.push_back(vec![event(8)]);
    let (_, _server) = serve(&fake, at).await;
    assert_eq!(next(), event(8));
    child.kill().unwrap();
    child.wait().unwrap();
    let froms: Vec<_> = fake.asked().into_iter().filter(|a| a.starts_with("WatchVerdicts")).collect();
    let asked: Vec<_> =
        [4, 6, 7].map(|r| format!("WatchVerdictsRequest {{ from_revision: Some({r}) }}")).into();
    assert!(froms.starts_with(&asked), "{froms:?}");
}

/// A watch from before the first change asks for it.
#[tokio::test(flavor = "multi_thread")]
async fn watching_from_before_the_first_change() {
    let fake = Fake::new(Script { watches: [vec![event(1)], vec![event(1)]].into(), ..Script::default() });
    let (at, _server) = serve(&fake, any()).await;
    let told =
        "1  2023-11-14 22:13:20.000Z  holding  v1  deadlock: orders-1 \"checkout 17\", stock-1 \"restock\"";
    // Of a deployment without any change, and from the first that is kept.
    for args in [&["watch"][..], &["watch", "--from", "0"]] {
        let mut child = fake::program(args, at).spawn().unwrap();
        let line = BufReader::new(child.stdout.take().unwrap()).lines().next().unwrap().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(line, told);
    }
    let watches = fake.asked().into_iter().filter(|asked| asked.starts_with("Watch"));
    assert!(watches.take(1).all(|asked| asked == "WatchVerdictsRequest { from_revision: Some(0) }"));
}

#[tokio::test(flavor = "multi_thread")]
async fn waiting() {
    let waited = |outcome: v1::WaitOutcome| v1::WaitTerminationResponse {
        outcome: outcome.into(),
        ..Default::default()
    };
    use v1::WaitOutcome::{Terminated, TerminatedWithLoss, Timeout};
    // The server's own limit ends a call, and a server that goes away is asked again.
    let first = [Ok(waited(Timeout)), Err(Status::unavailable("going down")), Ok(waited(Terminated))];
    let fake = Fake::new(Script { waited: first.into(), ..Script::default() });
    let (at, _server) = serve(&fake, any()).await;
    let (code, out, err) = run(&["wait", "import"], at).await;
    assert_eq!((code, &*out), (Some(0), "import: terminated\n"), "{err}");
    assert!(err.contains("was lost: going down; trying again"), "{err}");

    let none = v1::WaitTerminationResponse { not_created: true, ..waited(Timeout) };
    fake.0.lock().unwrap().waited = [Ok(waited(TerminatedWithLoss)), Ok(none)].into();
    let (code, out, _) = run(&["wait", "--id", "ab/7", "--output", "json"], at).await;
    let response: v1::WaitTerminationResponse = json::read(out.as_bytes()).unwrap();
    assert_eq!((code, response.outcome()), (Some(0), TerminatedWithLoss));
    assert!(fake.asked().pop().unwrap().contains("Ref { process: Some(171), id: Some(7) }"));
    let (code, out, _) = run(&["wait", "import", "--timeout", "1s"], at).await;
    assert_eq!((code, &*out), (Some(4), "import: not created in time, nor is any other\n"));
    let others = vec!["nightly".to_owned(), "weekly".to_owned()];
    let nobody = v1::WaitTerminationResponse { not_created: true, others, ..waited(Timeout) };
    let still = v1::WaitTerminationResponse { verdict: verdicts().pop(), ..waited(Timeout) };
    fake.0.lock().unwrap().waited = [Ok(nobody), Ok(still)].into();
    let (_, out, _) = run(&["wait", "import", "--timeout", "1s"], at).await;
    assert_eq!(out, "import: not created in time; there are: nightly, weekly\n");
    let (_, out, _) = run(&["wait", "import", "--timeout", "1s"], at).await;
    assert!(out.starts_with("import: has not terminated in time; last verdict: "), "{out}");
    // A server that never answers.
    let (code, out, _) = run(&["wait", "import", "--timeout", "50ms"], at).await;
    assert_eq!(
        (code, &*out),
        (Some(4), "import: no round ended in time, so it may or may not have terminated\n")
    );

    fake.0.lock().unwrap().waited = [Err(Status::failed_precondition("two have this label"))].into();
    let (code, _, err) = run(&["wait", "import"], at).await;
    assert_eq!((code, &*err), (Some(5), "stillpoint: two have this label (FAILED_PRECONDITION)\n"));
    let (code, _, err) = run(&["wait", "--id", "import"], at).await;
    let wrong = "stillpoint: `import` is no id of a computation: expected INCARNATION/HANDLE, such as 1f/7\n";
    assert_eq!((code, &*err), (Some(2), wrong));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_there() {
    // A port that was free a moment ago.
    let at = std::net::TcpListener::bind(any()).unwrap().local_addr().unwrap();
    for command in [&["ps"][..], &["watch"], &["wait", "x"], &["detect"], &["verdicts"], &["snapshot"]] {
        let (code, out, err) = run(command, at).await;
        assert_eq!((code, &*out), (Some(5), ""), "{command:?}");
        let start = format!("stillpoint: no server answers at http://{at}: Connection refused");
        assert!(err.starts_with(&start) && err.ends_with("Is `stillpoint serve` running there?\n"), "{err}");
    }
    for (server, reason) in [
        ("https://localhost", "this build speaks no TLS, expected http://HOST:PORT"),
        ("ftp://localhost", "expected http://HOST:PORT"),
        ("", "expected http://HOST:PORT"),
    ] {
        let (code, _, err) = run(&["ps", "--server", server], at).await;
        let message = format!("stillpoint: `{server}` is no address of a server: {reason}\n");
        assert_eq!((code, err), (Some(2), message));
    }
}
