//! Processes that have said hello, and what became of them, so that the next collector waits for those that live and does
//! not take what the others exchanged for a stranger's.

use super::{Store, StoreError, column, number};
use sqlx::sqlite::SqliteRow;
use stillpoint_proto::collector::Departure;
use stillpoint_proto::id::{Epoch, Incarnation, ProcessName};

/// A process that an engine has known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownProcess {
    /// Which one.
    pub process: Incarnation,
    /// Its name.
    pub name: ProcessName,
    /// How it went, and the last epoch given out by then; `None` while it lives, as far as is known.
    pub gone: Option<(Departure, Epoch)>,
}

impl Store {
    /// Notes that a process lives, or how it went.
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub async fn record_process(&self, known: &KnownProcess) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO processes (incarnation, name, how, since, ordinal)
             VALUES ($1, $2, $3, $4, (SELECT coalesce(max(ordinal), 0) + 1 FROM processes))
             ON CONFLICT (incarnation) DO UPDATE
             SET name = excluded.name, how = excluded.how, since = excluded.since, ordinal = excluded.ordinal",
        )
        .bind(known.process.0.cast_signed())
        .bind(known.name.as_str())
        .bind(name_of(known.gone.map(|(how, _)| how)))
        .bind(known.gone.map_or(0, |(_, since)| since.0.cast_signed()))
        .execute(&self.inner.write)
        .await
        .map(|_| ())
        .map_err(|e| self.failed("noting a process", e))
    }

    /// A process is not to be remembered any more.
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub async fn forget_process(&self, process: Incarnation) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM processes WHERE incarnation = $1")
            .bind(process.0.cast_signed())
            .execute(&self.inner.write)
            .await
            .map(|_| ())
            .map_err(|e| self.failed("forgetting a process", e))
    }

    /// Forgets the first to have departed, so that at most `limit` are left of those; gives how many.
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub async fn forget_departed_beyond(&self, limit: usize) -> Result<u64, StoreError> {
        sqlx::query(
            "DELETE FROM processes WHERE incarnation IN
             (SELECT incarnation FROM processes WHERE how <> $1 ORDER BY ordinal DESC LIMIT -1 OFFSET $2)",
        )
        .bind(name_of(None))
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .execute(&self.inner.write)
        .await
        .map(|done| done.rows_affected())
        .map_err(|e| self.failed("forgetting departed processes", e))
    }

    /// All that are noted, in the order in which they were.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn processes(&self) -> Result<Vec<KnownProcess>, StoreError> {
        let rows = sqlx::query("SELECT incarnation, name, how, since FROM processes ORDER BY ordinal")
            .fetch_all(&self.inner.write)
            .await
            .map_err(|e| self.failed("reading the processes", e))?;
        let damaged = |row, what| self.damaged("processes", Incarnation(number(row, 0).unwrap_or(0)), what);
        rows.iter().map(|row| read(row).map_err(|what| damaged(row, what))).collect()
    }
}

fn read(row: &SqliteRow) -> Result<KnownProcess, String> {
    let process = Incarnation(number(row, 0)?);
    let name = ProcessName::new(column(row, 1)?).map_err(|e| e.to_string())?;
    let how: &str = column(row, 2)?;
    let known = WAYS.into_iter().find(|way| name_of(*way) == how);
    let how = known.ok_or_else(|| format!("`{how}` is nothing that a process does"))?;
    let since = Epoch(number(row, 3)?);
    Ok(KnownProcess { process, name, gone: how.map(|how| (how, since)) })
}

const WAYS: [Option<Departure>; 4] =
    [None, Some(Departure::Left), Some(Departure::Died), Some(Departure::Presumed)];

const fn name_of(how: Option<Departure>) -> &'static str {
    match how {
        None => "alive",
        Some(Departure::Left) => "left",
        Some(Departure::Died) => "died",
        Some(Departure::Presumed) => "presumed",
    }
}
