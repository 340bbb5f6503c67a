//! Events for the webhook, from the change that caused them to their delivery.

use super::{Store, StoreError, column, number};
use sqlx::sqlite::SqliteRow;
use stillpoint_proto::fact::Millis;

/// An event to be delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxEvent {
    /// Its id, the same at each attempt, by which receivers recognise a second delivery.
    pub id: String,
    /// The body as it will be sent.
    pub body: Vec<u8>,
    /// How many attempts have failed.
    pub attempts: u32,
}

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The receiver has it.
    Delivered,
    /// It is to be tried again at this time.
    Again(Millis, String),
    /// It is given up.
    Failed(String),
}

impl Store {
    /// How many delivered and failed events are kept for people to look at.
    pub const OUTBOX_KEPT: i64 = 1000;

    /// Adds an event, due at once.
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub async fn enqueue(&self, id: &str, body: &[u8]) -> Result<(), StoreError> {
        let mut connection = self.writer("queueing an event").await?;
        self.enqueue_on(&mut connection, id, body).await
    }

    pub(super) async fn enqueue_on(
        &self,
        connection: &mut sqlx::sqlite::SqliteConnection,
        id: &str,
        body: &[u8],
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO outbox (id, ordinal, body, state, attempts, due)
             VALUES ($1, (SELECT coalesce(max(ordinal), 0) + 1 FROM outbox), $2, 'pending', 0, 0)
             ON CONFLICT DO NOTHING",
        )
        .bind(id)
        .bind(body)
        .execute(connection)
        .await
        .map(|_| ())
        .map_err(|e| self.failed("queueing an event", e))
    }

    /// The events that are due, the oldest first.
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub async fn due(&self, now: Millis, limit: u32) -> Result<Vec<OutboxEvent>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, body, attempts FROM outbox WHERE state = 'pending' AND due <= $1
             ORDER BY ordinal LIMIT $2",
        )
        .bind(now.0.cast_signed())
        .bind(limit)
        .fetch_all(&self.inner.read)
        .await
        .map_err(|e| self.failed("reading the outbox", e))?;
        let damaged = |row, what| self.damaged("outbox", column(row, 0).unwrap_or("unknown"), what);
        rows.iter().map(|row| read(row).map_err(|what| damaged(row, what))).collect()
    }

    /// When the next pending event is due.
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub async fn next_due(&self) -> Result<Option<Millis>, StoreError> {
        let row = sqlx::query("SELECT min(due) FROM outbox WHERE state = 'pending'")
            .fetch_one(&self.inner.read)
            .await
            .map_err(|e| self.failed("reading the outbox", e))?;
        let due: Option<i64> = column(&row, 0).map_err(|what| self.damaged("outbox", "due next", what))?;
        Ok(due.map(|due| Millis(due.cast_unsigned())))
    }

    /// Notes what became of an attempt.
    ///
    /// # Errors
    /// [`StoreError::Failed`]: the event may be delivered again.
    pub async fn attempted(&self, id: &str, outcome: &Delivery) -> Result<(), StoreError> {
        let (state, due, problem) = match outcome {
            Delivery::Delivered => ("delivered", 0, None),
            Delivery::Again(due, problem) => ("pending", due.0, Some(problem)),
            Delivery::Failed(problem) => ("failed", 0, Some(problem)),
        };
        let doing = "noting an attempt at delivery";
        let mut connection = self.writer(doing).await?;
        sqlx::query(
            "UPDATE outbox SET state = $2, due = $3, problem = $4, attempts = attempts + 1 WHERE id = $1",
        )
        .bind(id)
        .bind(state)
        .bind(due.cast_signed())
        .bind(problem)
        .execute(&mut *connection)
        .await
        .map_err(|e| self.failed(doing, e))?;
        sqlx::query(
            "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state <> 'pending'
             ORDER BY ordinal DESC LIMIT -1 OFFSET $1)",
        )
        .bind(Self::OUTBOX_KEPT)
        .execute(&mut *connection)
        .await
        .map(|_| ())
        .map_err(|e| self.failed(doing, e))
    }

    /// How many events are pending, delivered and failed, of those that are kept.
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub async fn outbox_counts(&self) -> Result<[u64; 3], StoreError> {
        let rows = sqlx::query("SELECT state, count(*) FROM outbox GROUP BY state")
            .fetch_all(&self.inner.read)
            .await
            .map_err(|e| self.failed("reading the outbox", e))?;
        let mut counts = [0; 3];
        for row in &rows {
            let slot = match column(row, 0) {
                Ok("pending") => 0,
                Ok("delivered") => 1,
                _ => 2,
            };
            counts[slot] += number(row, 1).unwrap_or(0);
        }
        Ok(counts)
    }
}

fn read(row: &SqliteRow) -> Result<OutboxEvent, String> {
    Ok(OutboxEvent { id: column(row, 0)?, body: column(row, 1)?, attempts: column(row, 2)? })
}
