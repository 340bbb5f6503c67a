//! Processes that left or died, so that the next collector does not take what they exchanged for a stranger's.

use super::{Store, StoreError};
use sqlx::Row;
use stillpoint_proto::collector::Departure;
use stillpoint_proto::id::{Epoch, Incarnation, ProcessName};

/// A process that left or died.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartedProcess {
    /// Which one.
    pub process: Incarnation,
    /// Its name.
    pub name: ProcessName,
    /// How it went.
    pub how: Departure,
    /// The last epoch given out when it went.
    pub since: Epoch,
}

impl Store {
    /// Notes that a process has departed.
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub async fn record_departed(&self, gone: &DepartedProcess) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO departed (incarnation, name, how, since, ordinal)
             VALUES ($1, $2, $3, $4, (SELECT coalesce(max(ordinal), 0) + 1 FROM departed))
             ON CONFLICT (incarnation) DO UPDATE
             SET how = excluded.how, since = excluded.since, ordinal = excluded.ordinal",
        )
        .bind(gone.process.0.cast_signed())
        .bind(gone.name.as_str())
        .bind(departure_name(gone.how))
        .bind(gone.since.0.cast_signed())
        .execute(&self.inner.write)
        .await
        .map(|_| ())
        .map_err(|e| self.failed("noting a departed process", e))
    }

    /// A process that was noted as departed is back, or not to be remembered any more.
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub async fn forget_departed(&self, process: Incarnation) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM departed WHERE incarnation = $1")
            .bind(process.0.cast_signed())
            .execute(&self.inner.write)
            .await
            .map(|_| ())
            .map_err(|e| self.failed("forgetting a departed process", e))
    }

    /// All that are noted, in the order in which they went.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn departed(&self) -> Result<Vec<DepartedProcess>, StoreError> {
        let rows = sqlx::query("SELECT incarnation, name, how, since FROM departed ORDER BY ordinal")
            .fetch_all(&self.inner.write)
            .await
            .map_err(|e| self.failed("reading the departed processes", e))?;
        rows.iter()
            .map(|row| {
                let process = Incarnation(row.get::<i64, _>(0).cast_unsigned());
                let damaged = |what: String| self.damaged("departed", process, what);
                let name = ProcessName::new(row.get(1)).map_err(|e| damaged(e.to_string()))?;
                let how: &str = row.get(2);
                let how = departure(how).ok_or_else(|| damaged(format!("`{how}` is no way to go")))?;
                Ok(DepartedProcess { process, name, how, since: Epoch(row.get::<i64, _>(3).cast_unsigned()) })
            })
            .collect()
    }
}

const fn departure_name(how: Departure) -> &'static str {
    match how {
        Departure::Left => "left",
        Departure::Died => "died",
        Departure::Presumed => "presumed",
    }
}

fn departure(name: &str) -> Option<Departure> {
    [Departure::Left, Departure::Died, Departure::Presumed]
        .into_iter()
        .find(|how| departure_name(*how) == name)
}
