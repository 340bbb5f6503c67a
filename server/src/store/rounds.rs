//! Ended rounds, for people. The cuts themselves are kept in memory only.

use super::{Store, StoreError, column, number};
use crate::engine::{RoundKind, RoundSummary};
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use stillpoint_proto::collector::Missing;
use stillpoint_proto::fact::Millis;
use stillpoint_proto::id::{Epoch, Incarnation, ProcessName, Text};
use stillpoint_proto::snapshot::Absence;

/// A [`Missing`] as it is stored.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Stored {
    Cut { process: u64, name: String, absence: StoredAbsence },
    PresumedDead { process: u64, name: String },
    Content { process: u64 },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredAbsence {
    Silent,
    Disconnected,
    Void,
    GaveUp,
    Fault(String),
}

impl From<&Missing> for Stored {
    fn from(missing: &Missing) -> Self {
        match missing {
            Missing::Cut(process, name, absence) => {
                Stored::Cut { process: process.0, name: name.to_string(), absence: absence.into() }
            }
            Missing::PresumedDead(process, name) => {
                Stored::PresumedDead { process: process.0, name: name.to_string() }
            }
            Missing::Content(process) => Stored::Content { process: process.0 },
        }
    }
}

impl From<&Absence> for StoredAbsence {
    fn from(absence: &Absence) -> Self {
        match absence {
            Absence::Silent => StoredAbsence::Silent,
            Absence::Disconnected => StoredAbsence::Disconnected,
            Absence::Void => StoredAbsence::Void,
            Absence::GaveUp => StoredAbsence::GaveUp,
            Absence::Fault(what) => StoredAbsence::Fault(what.to_string()),
        }
    }
}

impl TryFrom<Stored> for Missing {
    type Error = String;

    fn try_from(stored: Stored) -> Result<Self, String> {
        let named = |name: String| ProcessName::new(&name).map_err(|e| e.to_string());
        Ok(match stored {
            Stored::Cut { process, name, absence } => {
                Missing::Cut(Incarnation(process), named(name)?, absence.into())
            }
            Stored::PresumedDead { process, name } => {
                Missing::PresumedDead(Incarnation(process), named(name)?)
            }
            Stored::Content { process } => Missing::Content(Incarnation(process)),
        })
    }
}

impl From<StoredAbsence> for Absence {
    fn from(stored: StoredAbsence) -> Self {
        match stored {
            StoredAbsence::Silent => Absence::Silent,
            StoredAbsence::Disconnected => Absence::Disconnected,
            StoredAbsence::Void => Absence::Void,
            StoredAbsence::GaveUp => Absence::GaveUp,
            StoredAbsence::Fault(what) => Absence::Fault(Text::new(&what)),
        }
    }
}

impl Store {
    /// Writes what came of a round, and forgets the oldest beyond `kept`.
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub async fn record_round(&self, round: &RoundSummary, kept: u64) -> Result<(), StoreError> {
        let doing = "writing a round";
        let missing: Vec<Stored> = round.missing.iter().map(Into::into).collect();
        let json = |e: serde_json::Error| self.failed(doing, sqlx::Error::Encode(Box::new(e)));
        let mut connection = self.writer(doing).await?;
        sqlx::query(
            "INSERT OR REPLACE INTO rounds (epoch, outcome, missing, faults, members, in_transit, began, ended)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(round.epoch.0.cast_signed())
        .bind(round.outcome.name())
        .bind(serde_json::to_string(&missing).map_err(json)?)
        .bind(serde_json::to_string(&round.faults).map_err(json)?)
        .bind(i64::try_from(round.members).unwrap_or(i64::MAX))
        .bind(i64::try_from(round.in_transit).unwrap_or(i64::MAX))
        .bind(round.began.0.cast_signed())
        .bind(round.ended.0.cast_signed())
        .execute(&mut *connection)
        .await
        .map_err(|e| self.failed(doing, e))?;
        sqlx::query("DELETE FROM rounds WHERE epoch IN (SELECT epoch FROM rounds ORDER BY epoch DESC LIMIT -1 OFFSET $1)")
            .bind(i64::try_from(kept).unwrap_or(i64::MAX))
            .execute(&mut *connection)
            .await
            .map(|_| ())
            .map_err(|e| self.failed(doing, e))
    }

    /// The rounds before an epoch, the newest first, at most `limit` of them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn rounds(&self, before: Epoch, limit: u32) -> Result<Vec<RoundSummary>, StoreError> {
        let rows = sqlx::query(
            "SELECT epoch, outcome, missing, faults, members, in_transit, began, ended FROM rounds
             WHERE epoch < $1 ORDER BY epoch DESC LIMIT $2",
        )
        .bind(i64::try_from(before.0).unwrap_or(i64::MAX))
        .bind(limit)
        .fetch_all(&self.inner.read)
        .await
        .map_err(|e| self.failed("reading rounds", e))?;
        let damaged = |row: &SqliteRow, what| self.damaged("rounds", number(row, 0).unwrap_or(0), what);
        rows.iter().map(|row| read(row).map_err(|what| damaged(row, what))).collect()
    }
}

fn read(row: &SqliteRow) -> Result<RoundSummary, String> {
    let name: &str = column(row, 1)?;
    let kinds = [RoundKind::Complete, RoundKind::Incomplete, RoundKind::Inconsistent];
    let outcome =
        kinds.into_iter().find(|k| k.name() == name).ok_or_else(|| format!("`{name}` is no outcome"))?;
    let missing: Vec<Stored> = serde_json::from_str(column(row, 2)?).map_err(|e| e.to_string())?;
    Ok(RoundSummary {
        epoch: Epoch(number(row, 0)?),
        outcome,
        missing: missing.into_iter().map(TryInto::try_into).collect::<Result<_, _>>()?,
        faults: serde_json::from_str(column(row, 3)?).map_err(|e| e.to_string())?,
        members: usize::try_from(number(row, 4)?).unwrap_or(usize::MAX),
        in_transit: number(row, 5)?,
        began: Millis(number(row, 6)?),
        ended: Millis(number(row, 7)?),
    })
}
