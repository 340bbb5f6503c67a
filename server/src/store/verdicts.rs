//! Verdicts and their changes. A change carries the record as it was after it; the present record of a verdict
//! is that of its last change.

use super::{Store, StoreError, column, number};
use crate::engine::verdicts::{Ending, State, VerdictId, VerdictRecord};
use prost::Message;
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use std::sync::Arc;
use stillpoint_proto::fact::Millis;
use stillpoint_proto::id::{Epoch, Incarnation};
use stillpoint_proto::snapshot::Assumption;
use stillpoint_proto::verdict::Verdict;
use stillpoint_proto::wire::{DecodeError, v1};

/// A query for changes in the order of [`Store::read_change`], with the rest of the statement.
macro_rules! changes {
    ($rest:literal) => {
        concat!(
            "SELECT c.revision, c.id, c.state, c.ending, c.ending_id, c.ending_assumption, c.first, c.last, ",
            "c.opened, c.changed, c.verdict FROM verdict_changes c ",
            $rest
        )
    };
}

const AFTER: &str = changes!("WHERE c.revision > $1 ORDER BY c.revision LIMIT $2");
const LATEST: &str =
    changes!("JOIN verdicts v USING (revision) WHERE c.revision < $1 ORDER BY c.revision DESC LIMIT $2");
const OPEN: &str = changes!("JOIN verdicts v USING (revision) WHERE v.state <> 'ended' ORDER BY c.id");
const ONE: &str = changes!("JOIN verdicts v USING (revision) WHERE v.id = $1");

impl Store {
    /// Writes changes of verdicts and the events that they cause, all or nothing, and forgets changes older
    /// than the last `kept` unless they are the last of a verdict that has not ended.
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub async fn record_changes(
        &self,
        changes: &[Arc<VerdictRecord>],
        events: &[(String, Vec<u8>)],
        kept: u64,
    ) -> Result<(), StoreError> {
        let doing = "writing changes of verdicts";
        let mut transaction = self.inner.write.begin().await.map_err(|e| self.failed(doing, e))?;
        for change in changes {
            self.insert_change(&mut transaction, change).await?;
        }
        for (id, body) in events {
            self.enqueue_on(&mut transaction, id, body).await?;
        }
        if let Some(last) = changes.last() {
            self.put_meta(&mut transaction, "revision", last.revision.cast_signed()).await?;
            self.prune(&mut transaction, last.revision.saturating_sub(kept)).await?;
        }
        if let Some(id) = changes.iter().map(|c| c.id.0).max() {
            self.put_meta(&mut transaction, "verdict_id", id.cast_signed()).await?;
        }
        transaction.commit().await.map_err(|e| self.failed(doing, e))
    }

    async fn insert_change(
        &self,
        connection: &mut SqliteConnection,
        change: &VerdictRecord,
    ) -> Result<(), StoreError> {
        let (ending, ending_id, assumption) = write_ending(&change.state);
        let doing = "writing a change of a verdict";
        sqlx::query(
            "INSERT INTO verdict_changes (revision, id, state, ending, ending_id, ending_assumption, first, last,
             opened, changed, verdict) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(change.revision.cast_signed())
        .bind(change.id.0.cast_signed())
        .bind(change.state.name())
        .bind(ending)
        .bind(ending_id.map(u64::cast_signed))
        .bind(assumption)
        .bind(change.first.0.cast_signed())
        .bind(change.last.0.cast_signed())
        .bind(change.opened.0.cast_signed())
        .bind(change.changed.0.cast_signed())
        .bind(v1::Verdict::from(&*change.verdict).encode_to_vec())
        .execute(&mut *connection)
        .await
        .map_err(|e| self.failed(doing, e))?;
        sqlx::query(
            "INSERT INTO verdicts (id, revision, state) VALUES ($1, $2, $3)
             ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, state = excluded.state",
        )
        .bind(change.id.0.cast_signed())
        .bind(change.revision.cast_signed())
        .bind(change.state.name())
        .execute(connection)
        .await
        .map(|_| ())
        .map_err(|e| self.failed(doing, e))
    }

    async fn prune(&self, connection: &mut SqliteConnection, through: u64) -> Result<(), StoreError> {
        if through == 0 {
            return Ok(());
        }
        for statement in [
            "DELETE FROM verdicts WHERE state = 'ended' AND revision <= $1",
            "DELETE FROM verdict_changes WHERE revision <= $1
             AND revision NOT IN (SELECT revision FROM verdicts)",
        ] {
            sqlx::query(statement)
                .bind(through.cast_signed())
                .execute(&mut *connection)
                .await
                .map_err(|e| self.failed("forgetting old changes of verdicts", e))?;
        }
        self.put_meta(connection, "pruned_revision", through.cast_signed()).await
    }

    /// The last revision and the last verdict number ever given.
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub async fn last_revision(&self) -> Result<(u64, VerdictId), StoreError> {
        let revision = self.meta("revision").await?.unwrap_or(0).cast_unsigned();
        let id = self.meta("verdict_id").await?.unwrap_or(0).cast_unsigned();
        Ok((revision, VerdictId(id)))
    }

    /// Up to which revision changes may have been forgotten.
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub async fn pruned_revision(&self) -> Result<u64, StoreError> {
        Ok(self.meta("pruned_revision").await?.unwrap_or(0).cast_unsigned())
    }

    /// The changes after a revision, at most `limit` of them, in their order.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn changes_after(&self, revision: u64, limit: u32) -> Result<Vec<VerdictRecord>, StoreError> {
        let rows = sqlx::query(AFTER)
            .bind(revision.cast_signed())
            .bind(limit)
            .fetch_all(&self.inner.read)
            .await
            .map_err(|e| self.failed("reading changes of verdicts", e))?;
        rows.iter().map(|row| self.read_change(row)).collect()
    }

    /// The verdicts as they are, the last changed first: those changed before revision `before`, at most `limit`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn verdicts(&self, before: u64, limit: u32) -> Result<Vec<VerdictRecord>, StoreError> {
        let rows = sqlx::query(LATEST)
            .bind(i64::try_from(before).unwrap_or(i64::MAX))
            .bind(limit)
            .fetch_all(&self.inner.read)
            .await
            .map_err(|e| self.failed("reading verdicts", e))?;
        rows.iter().map(|row| self.read_change(row)).collect()
    }

    /// The verdicts that have not ended.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn open_verdicts(&self) -> Result<Vec<VerdictRecord>, StoreError> {
        let rows = sqlx::query(OPEN)
            .fetch_all(&self.inner.write)
            .await
            .map_err(|e| self.failed("reading open verdicts", e))?;
        rows.iter().map(|row| self.read_change(row)).collect()
    }

    /// One verdict as it is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn verdict(&self, id: VerdictId) -> Result<Option<VerdictRecord>, StoreError> {
        let row = sqlx::query(ONE)
            .bind(id.0.cast_signed())
            .fetch_optional(&self.inner.read)
            .await
            .map_err(|e| self.failed("reading a verdict", e))?;
        row.as_ref().map(|row| self.read_change(row)).transpose()
    }

    fn read_change(&self, row: &SqliteRow) -> Result<VerdictRecord, StoreError> {
        let damaged = |what| self.damaged("verdict_changes", number(row, 0).unwrap_or(0), what);
        read(row).map_err(damaged)
    }
}

fn read(row: &SqliteRow) -> Result<VerdictRecord, String> {
    let wire = v1::Verdict::decode(column::<&[u8]>(row, 10)?).map_err(|e| e.to_string())?;
    let verdict: Verdict = wire.try_into().map_err(|e: DecodeError| e.to_string())?;
    Ok(VerdictRecord {
        id: VerdictId(number(row, 1)?),
        revision: number(row, 0)?,
        state: read_state(row)?,
        verdict: Arc::new(verdict),
        first: Epoch(number(row, 6)?),
        last: Epoch(number(row, 7)?),
        opened: Millis(number(row, 8)?),
        changed: Millis(number(row, 9)?),
    })
}

fn write_ending(state: &State) -> (Option<&'static str>, Option<u64>, Option<Vec<u8>>) {
    let State::Ended(ending) = state else { return (None, None, None) };
    let (id, assumption) = match ending {
        Ending::Resolved | Ending::Unexplained => (None, None),
        Ending::DeadlinePassed(process) | Ending::Departed(process) => (Some(process.0), None),
        Ending::Merged(id) => (Some(id.0), None),
        Ending::Retracted(assumption) => (None, Some(v1::Assumption::from(assumption).encode_to_vec())),
    };
    (Some(ending.name()), id, assumption)
}

fn read_state(row: &SqliteRow) -> Result<State, String> {
    match column(row, 2)? {
        "opened" => Ok(State::Opened),
        "holding" => Ok(State::Holding),
        "ended" => read_ending(row).map(State::Ended),
        other => Err(format!("`{other}` is no state")),
    }
}

fn read_ending(row: &SqliteRow) -> Result<Ending, String> {
    let id = || {
        let id: Option<i64> = column(row, 4)?;
        id.map(i64::cast_unsigned).ok_or_else(|| "the ending names nobody".to_owned())
    };
    match column(row, 3)? {
        Some("resolved") => Ok(Ending::Resolved),
        Some("unexplained") => Ok(Ending::Unexplained),
        Some("deadline-passed") => Ok(Ending::DeadlinePassed(Incarnation(id()?))),
        Some("departed") => Ok(Ending::Departed(Incarnation(id()?))),
        Some("merged") => Ok(Ending::Merged(VerdictId(id()?))),
        Some("retracted") => {
            let bytes: Option<&[u8]> = column(row, 5)?;
            let wire = v1::Assumption::decode(bytes.unwrap_or_default()).map_err(|e| e.to_string())?;
            Assumption::try_from(wire).map(Ending::Retracted).map_err(|e| e.to_string())
        }
        other => Err(format!("{other:?} is no ending")),
    }
}
