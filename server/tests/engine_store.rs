//! The store survives being killed, says what is wrong with it, and keeps a second server out.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use stillpoint_proto::collector::Departure;
use stillpoint_proto::fact::Millis;
use stillpoint_proto::id::{
    ComputationId, ComputationRef, DeploymentId, Epoch, Incarnation, LaneId, LaneRef, ProcessName,
};
use stillpoint_proto::snapshot::Assumption;
use stillpoint_proto::verdict::{Certificate, Outcome, Property, Verdict};
use stillpoint_server::engine::verdicts::{Ending, State, VerdictId, VerdictRecord};
use stillpoint_server::store::{Delivery, KnownProcess, Store, StoreError};

const DEPLOYMENT: DeploymentId = DeploymentId(u64::MAX - 1);

fn record(revision: u64, id: u64, state: State) -> Arc<VerdictRecord> {
    let computation = ComputationRef::new(Incarnation(u64::MAX), ComputationId::of(id));
    let verdict = Verdict {
        deployment: DEPLOYMENT,
        epoch: Epoch(id),
        property: Property::Termination(computation),
        outcome: Outcome::Holds(Certificate::Terminated { label: "c".into(), with_loss: false }),
        assumptions: Vec::new(),
    };
    Arc::new(VerdictRecord {
        id: VerdictId(id),
        revision,
        state,
        verdict: Arc::new(verdict),
        first: Epoch(id),
        last: Epoch(id),
        opened: Millis(1),
        changed: Millis(revision),
    })
}

fn endings() -> Vec<Ending> {
    let process = Incarnation(u64::MAX);
    vec![
        Ending::Resolved,
        Ending::DeadlinePassed(process),
        Ending::Departed(process),
        Ending::Retracted(Assumption::NoRedelivery(LaneRef { process, lane: LaneId(3) })),
        Ending::Merged(VerdictId(1)),
        Ending::Unexplained,
    ]
}

async fn write(store: &Store, revision: u64) {
    store.reserve(Epoch(revision * 1000)).await.unwrap();
    let event = (format!("event-{revision}"), b"{}".to_vec());
    store.record_changes(&[record(revision, revision, State::Opened)], &[event], 1000).await.unwrap();
}

#[tokio::test]
async fn what_is_written_is_read() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("s.db");
    let store = Store::open(&path, DEPLOYMENT).await.unwrap();
    let mut written = vec![record(1, 1, State::Opened), record(2, 1, State::Holding)];
    let ended = endings().into_iter().zip(3..);
    written.extend(ended.map(|(ending, n)| record(n, n - 1, State::Ended(ending))));
    store.record_changes(&written, &[], 1000).await.unwrap();
    let read: Vec<_> = store.changes_after(0, 100).await.unwrap().into_iter().map(Arc::new).collect();
    assert_eq!(read, written);
    assert_eq!(store.changes_after(6, 1).await.unwrap()[0].revision, 7);
    assert_eq!(store.open_verdicts().await.unwrap(), [VerdictRecord::clone(&written[1])]);
    assert_eq!(store.last_revision().await.unwrap(), (8, VerdictId(7)));
    assert_eq!(store.verdicts(8, 2).await.unwrap().iter().map(|r| r.revision).collect::<Vec<_>>(), [7, 6]);
}

#[tokio::test]
async fn old_changes_are_forgotten_but_no_open_verdict() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(&directory.path().join("s.db"), DEPLOYMENT).await.unwrap();
    store.record_changes(&[record(1, 1, State::Opened)], &[], 2).await.unwrap();
    for revision in 2..=6 {
        let change = record(revision, revision, State::Ended(Ending::Resolved));
        store.record_changes(&[change], &[], 2).await.unwrap();
    }
    let kept: Vec<_> = store.changes_after(0, 100).await.unwrap().iter().map(|r| r.revision).collect();
    assert_eq!(kept, [1, 5, 6]);
    assert_eq!(store.pruned_revision().await.unwrap(), 4);
}

#[tokio::test]
async fn processes_are_kept_in_the_order_of_their_last_change() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(&directory.path().join("s.db"), DEPLOYMENT).await.unwrap();
    let known = |n: u64, how: Option<Departure>| KnownProcess {
        process: Incarnation(n),
        name: ProcessName::new("p").unwrap(),
        gone: how.map(|how| (how, Epoch(n))),
    };
    let (left, died, presumed) = (Departure::Left, Departure::Died, Departure::Presumed);
    for (n, how) in [(1, Some(left)), (2, Some(died)), (4, None), (1, Some(died)), (3, Some(presumed))] {
        store.record_process(&known(n, how)).await.unwrap();
    }
    let kept = [known(2, Some(died)), known(4, None), known(1, Some(died)), known(3, Some(presumed))];
    assert_eq!(store.processes().await.unwrap(), kept);
    store.record_process(&known(3, None)).await.unwrap();
    store.forget_process(Incarnation(1)).await.unwrap();
    assert_eq!(store.processes().await.unwrap(), [known(2, Some(died)), known(4, None), known(3, None)]);
    store.record_process(&known(5, Some(left))).await.unwrap();
    assert_eq!(store.forget_departed_beyond(1).await.unwrap(), 1);
    assert_eq!(store.processes().await.unwrap(), [known(4, None), known(3, None), known(5, Some(left))]);
}

#[tokio::test]
async fn an_event_is_due_until_it_is_settled() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(&directory.path().join("s.db"), DEPLOYMENT).await.unwrap();
    for id in ["a", "b", "c", "a"] {
        store.enqueue(id, b"{}").await.unwrap();
    }
    store.attempted("a", &Delivery::Delivered).await.unwrap();
    store.attempted("b", &Delivery::Again(Millis(50), "down".to_owned())).await.unwrap();
    store.attempted("c", &Delivery::Failed("gone".to_owned())).await.unwrap();
    assert_eq!(store.due(Millis(49), 10).await.unwrap(), []);
    assert_eq!(store.next_due().await.unwrap(), Some(Millis(50)));
    let due = store.due(Millis(50), 10).await.unwrap();
    assert_eq!((due[0].id.as_str(), due[0].attempts, due.len()), ("b", 1, 1));
    assert_eq!(store.outbox_counts().await.unwrap(), [1, 1, 1]);
}

#[tokio::test]
async fn a_store_says_why_it_cannot_be_used() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("s.db");
    let store = Store::open(&path, DEPLOYMENT).await.unwrap();
    let second = Store::open(&path, DEPLOYMENT).await.unwrap_err();
    assert!(matches!(second, StoreError::InUse { .. }), "{second}");
    assert!(second.to_string().contains("s.db is in use by another server"), "{second}");
    store.close().await;
    drop(store);
    let foreign = Store::open(&path, DeploymentId(7)).await.unwrap_err();
    assert!(matches!(foreign, StoreError::Deployment { .. }), "{foreign}");
    let nowhere = Store::open(&directory.path().join("no/s.db"), DEPLOYMENT).await.unwrap_err();
    assert!(nowhere.to_string().contains("check that its directory exists"), "{nowhere}");
    let noise = directory.path().join("noise.db");
    std::fs::write(&noise, [7; 4096]).unwrap();
    let damaged = Store::open(&noise, DEPLOYMENT).await.unwrap_err();
    assert!(damaged.to_string().contains("noise.db"), "{damaged}");
}

/// The files as a kill would leave them: the database and its log, without a last checkpoint.
fn copy(from: &Path, to: &Path) {
    for suffix in ["", "-wal"] {
        let name = |path: &Path| format!("{}{suffix}", path.display());
        std::fs::copy(name(from), name(to)).unwrap();
    }
}

#[tokio::test]
async fn a_truncated_log_loses_its_end_and_nothing_else() {
    let directory = tempfile::tempdir().unwrap();
    let (path, torn) = (directory.path().join("s.db"), directory.path().join("torn.db"));
    let store = Store::open(&path, DEPLOYMENT).await.unwrap();
    for revision in 1..=10 {
        write(&store, revision).await;
    }
    copy(&path, &torn);
    let log = directory.path().join("torn.db-wal");
    let whole = std::fs::metadata(&log).unwrap().len();
    for cut in [0, 1, 1000, 5000, 20_000] {
        copy(&path, &torn);
        std::fs::File::options().write(true).open(&log).unwrap().set_len(whole - cut).unwrap();
        let store = Store::open(&torn, DEPLOYMENT).await.unwrap();
        let changes = store.changes_after(0, 100).await.unwrap();
        let revisions: Vec<_> = changes.iter().map(|c| c.revision).collect();
        assert_eq!(revisions, (1..=changes.len() as u64).collect::<Vec<_>>());
        let (last, _) = store.last_revision().await.unwrap();
        assert_eq!(last, changes.len() as u64, "a change and what is noted of it are one");
        assert!(cut > 0 || last == 10);
        let reserved = store.reserved().await.unwrap().0 / 1000;
        assert!(reserved == last || reserved == last + 1, "{reserved} after {last}");
        write(&store, 11).await;
        store.close().await;
    }
}

/// Writes until it is killed; run only by the test below, in a process of its own.
#[tokio::test]
async fn victim() {
    let Some(path) = std::env::var_os("STILLPOINT_STORE_VICTIM") else { return };
    let store = Store::open(Path::new(&path), DEPLOYMENT).await.unwrap();
    for revision in 1.. {
        write(&store, revision).await;
        let told = format!("{}.told", Path::new(&path).display());
        std::fs::write(told, revision.to_string()).unwrap();
    }
}

#[tokio::test]
async fn what_was_written_survives_a_kill() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("s.db");
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "victim"])
        .env("STILLPOINT_STORE_VICTIM", &path)
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let told = directory.path().join("s.db.told");
    let told = || std::fs::read_to_string(&told).ok().and_then(|t| t.parse::<u64>().ok()).unwrap_or(0);
    for _ in 0..1000 {
        if told() >= 20 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let told = told();
    assert!(told >= 20, "the victim wrote {told}");
    let store = Store::open(&path, DEPLOYMENT).await.unwrap();
    let (last, _) = store.last_revision().await.unwrap();
    assert!(last >= told, "{last} of {told} survived");
    assert!(store.reserved().await.unwrap() >= Epoch(told * 1000));
    let changes = store.changes_after(0, u32::MAX).await.unwrap();
    assert_eq!(changes.len() as u64, last);
    assert_eq!(store.outbox_counts().await.unwrap()[0], last, "a change and its event are one");
}
