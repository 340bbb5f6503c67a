//! A store that was cut off in the middle, or is damaged: an error that says so, or an older state, and no epoch is given
//! out twice.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use std::path::{Path, PathBuf};
use stillpoint_proto::collector::Departure;
use stillpoint_proto::fact::Millis;
use stillpoint_proto::id::{DeploymentId, Epoch, Incarnation, ProcessName};
use stillpoint_server::store::{KnownProcess, Store, StoreError};

const DEPLOYMENT: DeploymentId = DeploymentId(7);
const SEEDS: u64 = 150;

/// Random numbers from a seed: splitmix64 (Steele, Lea, Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n.max(1)
    }
}

fn wal_of(path: &Path) -> PathBuf {
    path.with_extension("db-wal")
}

/// The files of a store that was killed, and of each reservation: the length of the write-ahead log once it was durable.
struct Killed {
    main: Vec<u8>,
    wal: Vec<u8>,
    reserved: Vec<(usize, Epoch)>,
}

async fn killed(directory: &Path) -> Killed {
    let path = directory.join("first.db");
    let store = Store::open(&path, DEPLOYMENT).await.unwrap();
    let mut reserved = Vec::new();
    for n in 1..=20 {
        store.reserve(Epoch(n * 1000)).await.unwrap();
        let length = std::fs::metadata(wal_of(&path)).unwrap().len();
        reserved.push((usize::try_from(length).unwrap(), Epoch(n * 1000)));
        let name = ProcessName::new(&format!("p{n}")).unwrap();
        let gone = (n % 2 == 0).then_some((Departure::Left, Epoch(n)));
        store.record_process(&KnownProcess { process: Incarnation(n), name, gone }).await.unwrap();
        let event = (format!("event-{n}"), b"{}".to_vec());
        store.record_changes(&[], &[event], 1000).await.unwrap();
    }
    let (main, wal) = (std::fs::read(&path).unwrap(), std::fs::read(wal_of(&path)).unwrap());
    store.close().await;
    Killed { main, wal, reserved }
}

fn put(directory: &Path, seed: u64, main: &[u8], wal: &[u8]) -> PathBuf {
    let path = directory.join(format!("s{seed}.db"));
    std::fs::write(&path, main).unwrap();
    std::fs::write(wal_of(&path), wal).unwrap();
    path
}

/// Reads whatever a server reads when it starts.
async fn read_all(store: &Store) -> Result<Epoch, StoreError> {
    store.processes().await?;
    store.open_verdicts().await?;
    store.last_revision().await?;
    store.changes_after(0, 1000).await?;
    store.rounds(Epoch(u64::MAX), 1000).await?;
    store.due(Millis(u64::MAX >> 1), 1000).await?;
    store.next_due().await?;
    store.outbox_counts().await?;
    store.reserved().await
}

#[tokio::test]
async fn a_log_cut_off_anywhere_is_an_older_state() {
    println!("seeds 0 to {}", SEEDS - 1);
    let directory = tempfile::tempdir().unwrap();
    let Killed { main, wal, reserved } = killed(directory.path()).await;
    for seed in 0..SEEDS {
        let mut random = Random(seed);
        let at = usize::try_from(random.below(wal.len() as u64 + 1)).unwrap();
        let mut cut = wal[..at].to_vec();
        // What was not written durably may also have become anything.
        cut.extend((0..random.below(3) * 100).map(|_| u8::try_from(random.below(256)).unwrap()));
        let path = put(directory.path(), seed, &main, &cut);
        let durable = reserved.iter().filter(|(length, _)| *length <= at).map(|(_, epoch)| *epoch).max();
        match Store::open(&path, DEPLOYMENT).await {
            Ok(store) => {
                let read = read_all(&store).await.unwrap();
                assert!(read >= durable.unwrap_or(Epoch::ZERO), "seed {seed}: {read:?} after {durable:?}");
                store.close().await;
            }
            Err(error) => assert!(durable.is_none(), "seed {seed}: {error}"),
        }
    }
}

#[tokio::test]
async fn a_damaged_file_is_an_error_or_can_be_read() {
    println!("seeds 0 to {}", SEEDS - 1);
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("whole.db");
    let Killed { main, wal, .. } = killed(directory.path()).await;
    // All in one file.
    std::fs::write(&path, &main).unwrap();
    std::fs::write(wal_of(&path), &wal).unwrap();
    Store::open(&path, DEPLOYMENT).await.unwrap().close().await;
    let whole = std::fs::read(&path).unwrap();
    let mut failed = 0;
    for seed in 0..SEEDS {
        let mut random = Random(seed);
        let mut damaged = whole.clone();
        match random.below(3) {
            0 => damaged.truncate(usize::try_from(random.below(whole.len() as u64)).unwrap()),
            _ => {
                for _ in 0..=random.below(64) {
                    let at = usize::try_from(random.below(whole.len() as u64)).unwrap();
                    damaged[at] = u8::try_from(random.below(256)).unwrap();
                }
            }
        }
        let path = put(directory.path(), seed, &damaged, &[]);
        let read = match Store::open(&path, DEPLOYMENT).await {
            Ok(store) => {
                let read = read_all(&store).await;
                store.close().await;
                read.map(drop)
            }
            Err(error) => Err(error),
        };
        if let Err(error) = read {
            assert!(error.to_string().contains("the store"), "seed {seed}: {error}");
            failed += 1;
        }
    }
    println!("{failed} of {SEEDS} could not be read");
}

/// The database driver panics on definitions that are no text, on a thread of its own.
#[tokio::test]
async fn a_definition_that_is_no_text_is_an_error() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("s.db");
    Store::open(&path, DEPLOYMENT).await.unwrap().close().await;
    let mut file = std::fs::read(&path).unwrap();
    let definition = b"value INTEGER NOT NULL) WITHOUT ROWID";
    let at = file.windows(definition.len()).position(|text| text == definition).unwrap();
    file[at + 8] = 0xff;
    std::fs::write(&path, file).unwrap();
    let error = Store::open(&path, DEPLOYMENT).await.unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
}

/// A row may hold anything, of any type.
#[tokio::test]
async fn a_row_that_means_nothing_is_named() {
    let rows = [
        "UPDATE meta SET value = 'many' WHERE key = 'reserved_epoch'",
        "UPDATE processes SET name = x'00ff' WHERE incarnation = 3",
        "UPDATE processes SET since = 'soon' WHERE incarnation = 3",
        "UPDATE processes SET how = 'asleep' WHERE incarnation = 3",
        "UPDATE outbox SET attempts = 'often'",
        "INSERT INTO rounds VALUES (1, 'complete', x'ff', '[]', 'all', 0, 0, 0)",
        "INSERT INTO verdict_changes VALUES (1, 'one', 'opened', NULL, NULL, NULL, 1, 1, 1, 1, 'nothing')",
    ];
    let directory = tempfile::tempdir().unwrap();
    for (n, row) in rows.into_iter().enumerate() {
        let Killed { main, wal, .. } = killed(directory.path()).await;
        let path = put(directory.path(), n as u64, &main, &wal);
        let mut connection = SqliteConnectOptions::new().filename(&path).connect().await.unwrap();
        sqlx::query(row).execute(&mut connection).await.unwrap();
        drop(connection);
        let store = Store::open(&path, DEPLOYMENT).await.unwrap();
        let error = read_all(&store).await.unwrap_err();
        assert!(matches!(error, StoreError::Damaged { .. }), "{row}: {error}");
        store.close().await;
        for file in [path.clone(), wal_of(&path)] {
            let _ = std::fs::remove_file(file);
        }
        let _ = std::fs::remove_file(directory.path().join("first.db"));
    }
}
