//! The embedded store: what must outlive the server, in one SQLite file.
//!
//! | table | holds |
//! |---|---|
//! | `meta` | the schema's version, the deployment, up to which epoch is reserved, the last revision and verdict id |
//! | `rounds` | ended rounds: outcome, who and what was missing, when |
//! | `verdicts` | the present record of each verdict |
//! | `verdict_changes` | every change by revision: what a watch reads |
//! | `processes` | who has said hello, and who of them left or died, for the next collector |
//! | `outbox` | events to be delivered to the webhook |
//!
//! The file is in WAL mode and every commit is synchronous: what a method has returned from survives a kill and
//! a loss of power. One connection writes, so writes happen in the order in which they were asked for; several
//! read. A lock on a file beside it keeps a second server out.

mod outbox;
mod processes;
mod rounds;
mod verdicts;

pub use outbox::{Delivery, OutboxEvent};
pub use processes::KnownProcess;

use sqlx::Row;
use sqlx::sqlite::{
    Sqlite, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteRow, SqliteSynchronous,
};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use stillpoint_proto::id::{DeploymentId, Epoch};

/// The version of the schema that this release writes.
pub const SCHEMA_VERSION: i64 = 1;

/// The schema, statement by statement; each can be run again.
const SCHEMA: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS rounds (
        epoch INTEGER PRIMARY KEY, outcome TEXT NOT NULL, missing TEXT NOT NULL, faults TEXT NOT NULL,
        members INTEGER NOT NULL, in_transit INTEGER NOT NULL, began INTEGER NOT NULL, ended INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS verdicts (
        id INTEGER PRIMARY KEY, revision INTEGER NOT NULL UNIQUE, state TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS verdict_changes (
        revision INTEGER PRIMARY KEY, id INTEGER NOT NULL, state TEXT NOT NULL, ending TEXT, ending_id INTEGER,
        ending_assumption BLOB, first INTEGER NOT NULL, last INTEGER NOT NULL, opened INTEGER NOT NULL,
        changed INTEGER NOT NULL, verdict BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS processes (
        incarnation INTEGER PRIMARY KEY, name TEXT NOT NULL, how TEXT NOT NULL, since INTEGER NOT NULL,
        ordinal INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS outbox (
        id TEXT PRIMARY KEY, ordinal INTEGER NOT NULL, body BLOB NOT NULL, state TEXT NOT NULL,
        attempts INTEGER NOT NULL, due INTEGER NOT NULL, problem TEXT)",
    "CREATE INDEX IF NOT EXISTS outbox_due ON outbox (state, due)",
];

/// What SQLite calls `SQLITE_NOTADB`.
const NOT_A_DATABASE: &str = "26";

/// Why the store could not be opened or used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The file cannot be opened or made.
    #[error(
        "the store {path} cannot be opened: {source}; check that its directory exists and may be written to"
    )]
    Open {
        /// The file.
        path: PathBuf,
        /// What the database says.
        source: sqlx::Error,
    },
    /// The file is something else.
    #[error("the store {path} is no database, but some other file: configure another file for the store")]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The lock file beside it cannot be made.
    #[error(
        "the lock file {path} cannot be made: {source}; check that its directory exists and may be written to"
    )]
    Lock {
        /// The lock file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Another server has it open.
    #[error("the store {path} is in use by another server: stop that one, or configure another file")]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// The store is of another deployment.
    #[error(
        "the store {path} is of deployment {there}, this server of {here}: configure the deployment's name or another file"
    )]
    Deployment {
        /// The file.
        path: PathBuf,
        /// The server's deployment.
        here: DeploymentId,
        /// The store's deployment.
        there: DeploymentId,
    },
    /// A later release has written it.
    #[error(
        "the store {path} has schema version {version}, this release knows {SCHEMA_VERSION}: use the later release"
    )]
    Version {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: i64,
    },
    /// A statement failed.
    #[error(
        "the store {path} failed while {doing}: {source}; check the disk, and restore the file if it is damaged"
    )]
    Failed {
        /// The file.
        path: PathBuf,
        /// What was being done.
        doing: &'static str,
        /// What the database says.
        source: sqlx::Error,
    },
    /// A row does not mean anything.
    #[error("the store {path} is damaged in table {table}, row {row}: {what}; restore the file from a copy")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The table.
        table: &'static str,
        /// The row's key.
        row: String,
        /// What is wrong.
        what: String,
    },
}

/// An open store. Clones are the same store; the last one dropped closes it.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    write: SqlitePool,
    read: SqlitePool,
    path: PathBuf,
    /// Held for as long as the store is open; the system releases it with the process.
    _lock: File,
}

impl Store {
    /// How many connections read.
    const READERS: u32 = 4;

    /// Opens the store of a deployment, and makes it if there is none.
    ///
    /// # Errors
    /// [`StoreError`], which says what to do.
    pub async fn open(path: &Path, deployment: DeploymentId) -> Result<Self, StoreError> {
        let lock = lock(path)?;
        let failed = |source: sqlx::Error| match source.as_database_error().and_then(|e| e.code()) {
            Some(code) if code == NOT_A_DATABASE => StoreError::Foreign { path: path.to_owned() },
            _ => StoreError::Open { path: path.to_owned(), source },
        };
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(5));
        let single = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
        let write = single.connect_with(options.clone()).await.map_err(failed)?;
        let several = SqlitePoolOptions::new().max_connections(Self::READERS);
        let read = several.connect_lazy_with(options.read_only(true));
        let store = Store { inner: Arc::new(Inner { write, read, path: path.to_owned(), _lock: lock }) };
        store.prepare(deployment).await?;
        Ok(store)
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    /// Closes the connections, after what is being written has been written.
    pub async fn close(&self) {
        self.inner.read.close().await;
        self.inner.write.close().await;
    }

    /// Up to which epoch may have been given out.
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub async fn reserved(&self) -> Result<Epoch, StoreError> {
        Ok(Epoch(self.meta("reserved_epoch").await?.unwrap_or(0).cast_unsigned()))
    }

    /// Notes durably that epochs up to `upto` may be given out.
    ///
    /// # Errors
    /// [`StoreError::Failed`]: then nothing may be given out.
    pub async fn reserve(&self, upto: Epoch) -> Result<(), StoreError> {
        let mut connection = self.writer("reserving epochs").await?;
        self.put_meta(&mut connection, "reserved_epoch", upto.0.cast_signed()).await
    }

    /// That the definitions of the tables are text: the database driver takes that for granted, and panics.
    async fn check_definitions(&self) -> Result<(), StoreError> {
        let rows = sqlx::query("SELECT CAST(name AS BLOB), CAST(sql AS BLOB) FROM sqlite_master")
            .fetch_all(&self.inner.write)
            .await
            .map_err(|e| self.failed("reading the definitions of its tables", e))?;
        for row in &rows {
            let damaged = |what| self.damaged("sqlite_master", "of a definition", what);
            let name: Option<&[u8]> = column(row, 0).map_err(damaged)?;
            let definition: Option<&[u8]> = column(row, 1).map_err(damaged)?;
            for text in [name, definition].into_iter().flatten() {
                std::str::from_utf8(text).map_err(|error| damaged(error.to_string()))?;
            }
        }
        Ok(())
    }

    async fn prepare(&self, deployment: DeploymentId) -> Result<(), StoreError> {
        self.check_definitions().await?;
        let doing = "preparing its tables";
        let mut transaction = self.inner.write.begin().await.map_err(|e| self.failed(doing, e))?;
        for statement in SCHEMA {
            sqlx::query(*statement).execute(&mut *transaction).await.map_err(|e| self.failed(doing, e))?;
        }
        for (key, value) in [("schema_version", SCHEMA_VERSION), ("deployment", deployment.0.cast_signed())] {
            sqlx::query("INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT DO NOTHING")
                .bind(key)
                .bind(value)
                .execute(&mut *transaction)
                .await
                .map_err(|e| self.failed(doing, e))?;
        }
        transaction.commit().await.map_err(|e| self.failed(doing, e))?;
        let path = self.inner.path.clone();
        let version = self.meta("schema_version").await?.unwrap_or(SCHEMA_VERSION);
        if version != SCHEMA_VERSION {
            return Err(StoreError::Version { path, version });
        }
        let there = self.meta("deployment").await?.unwrap_or_default().cast_unsigned();
        if there != deployment.0 {
            return Err(StoreError::Deployment { path, here: deployment, there: DeploymentId(there) });
        }
        Ok(())
    }

    async fn meta(&self, key: &'static str) -> Result<Option<i64>, StoreError> {
        let row = sqlx::query("SELECT value FROM meta WHERE key = $1")
            .bind(key)
            .fetch_optional(&self.inner.write)
            .await
            .map_err(|e| self.failed("reading its notes", e))?;
        let damaged = |what| self.damaged("meta", key, what);
        row.map(|row| column(&row, 0).map_err(damaged)).transpose()
    }

    async fn put_meta(
        &self,
        connection: &mut SqliteConnection,
        key: &'static str,
        value: i64,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO meta (key, value) VALUES ($1, $2)
                   ON CONFLICT (key) DO UPDATE SET value = max(value, excluded.value)";
        let done = sqlx::query(sql).bind(key).bind(value).execute(connection).await;
        done.map(|_| ()).map_err(|e| self.failed("writing its notes", e))
    }

    async fn writer(
        &self,
        doing: &'static str,
    ) -> Result<sqlx::pool::PoolConnection<sqlx::Sqlite>, StoreError> {
        self.inner.write.acquire().await.map_err(|e| self.failed(doing, e))
    }

    fn failed(&self, doing: &'static str, source: sqlx::Error) -> StoreError {
        StoreError::Failed { path: self.inner.path.clone(), doing, source }
    }

    fn damaged(&self, table: &'static str, row: impl ToString, what: impl ToString) -> StoreError {
        StoreError::Damaged {
            path: self.inner.path.clone(),
            table,
            row: row.to_string(),
            what: what.to_string(),
        }
    }
}

/// A column of a row, which in a damaged file may hold anything.
fn column<'r, T>(row: &'r SqliteRow, at: usize) -> Result<T, String>
where
    T: sqlx::Decode<'r, Sqlite> + sqlx::Type<Sqlite>,
{
    row.try_get(at).map_err(|error| error.to_string())
}

/// A number of 64 bits in a column, where it is kept with a sign.
fn number(row: &SqliteRow, at: usize) -> Result<u64, String> {
    column(row, at).map(i64::cast_unsigned)
}

/// Takes the lock beside the file.
fn lock(path: &Path) -> Result<File, StoreError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let beside = PathBuf::from(name);
    let failed = |source| StoreError::Lock { path: beside.clone(), source };
    let file = File::options().create(true).truncate(false).write(true).open(&beside).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse { path: path.to_owned() }),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}
