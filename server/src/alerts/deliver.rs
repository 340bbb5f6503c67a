//! Delivers the events of the outbox.

use super::event::CONTENT_TYPE;
use super::sign::{InvalidSecret, Signer};
use crate::config::Webhook;
use crate::engine::history::now;
use crate::store::{Delivery, OutboxEvent, Store, StoreError};
use reqwest::{Client, Url, redirect};
use ring::rand::{SecureRandom, SystemRandom};
use std::sync::Arc;
use std::time::Duration;
use stillpoint_proto::fact::Millis;
use tokio::sync::Notify;

/// Why alerts cannot be delivered at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AlertsError {
    /// The URL is none.
    #[error("the webhook's URL `{url}` is not usable: {why}; use an http or https URL")]
    Url {
        /// The URL.
        url: String,
        /// What is wrong.
        why: String,
    },
    /// The secret is none.
    #[error(transparent)]
    Secret(#[from] InvalidSecret),
    /// The HTTP client cannot be made.
    #[error("the HTTP client cannot be made: {0}; check the system's certificates")]
    Client(reqwest::Error),
}

/// Posts events to the webhook.
#[derive(Debug)]
pub struct Alerts {
    webhook: Webhook,
    url: Url,
    signer: Signer,
    client: Client,
    random: SystemRandom,
    store: Store,
    filled: Arc<Notify>,
}

impl Alerts {
    /// How many events are taken from the outbox at a time.
    const BATCH: u32 = 16;
    /// How long the outbox is left alone when nobody says that it has something, or the store fails.
    const IDLE: Duration = Duration::from_secs(30);

    /// Alerts for `webhook` from the outbox of `store`; `filled` is notified when it has something new.
    ///
    /// # Errors
    /// [`AlertsError`] if the configuration is not usable.
    pub fn new(webhook: &Webhook, store: Store, filled: Arc<Notify>) -> Result<Self, AlertsError> {
        let wrong = |why: String| AlertsError::Url { url: webhook.url.clone(), why };
        let url: Url = webhook.url.parse().map_err(|e| wrong(format!("{e}")))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(wrong(format!("its scheme is `{}`", url.scheme())));
        }
        // Another provider may have been installed by whoever embeds the engine; then that one is used.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .timeout(Webhook::TIMEOUT)
            .redirect(redirect::Policy::none())
            .user_agent(concat!("stillpoint/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(AlertsError::Client)?;
        let signer = Signer::new(&webhook.secret)?;
        let random = SystemRandom::new();
        Ok(Alerts { webhook: webhook.clone(), url, signer, client, random, store, filled })
    }

    /// Delivers what is due, and what will be, for ever.
    ///
    /// # Cancel safety
    /// An event whose delivery was not noted is delivered again.
    pub async fn run(self) {
        loop {
            let pause = match self.deliver_due().await {
                Ok(0) => self.until_next().await,
                Ok(_) => continue,
                Err(error) => {
                    tracing::error!(%error, "alerts cannot be delivered");
                    Self::IDLE
                }
            };
            tokio::select! {
                () = self.filled.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Tries each due event once; gives how many there were.
    async fn deliver_due(&self) -> Result<usize, StoreError> {
        let due = self.store.due(now(), Self::BATCH).await?;
        for event in &due {
            let outcome = match self.post(event).await {
                Ok(()) => Delivery::Delivered,
                Err(problem) => self.failed(event, problem),
            };
            self.store.attempted(&event.id, &outcome).await?;
        }
        Ok(due.len())
    }

    fn failed(&self, event: &OutboxEvent, problem: String) -> Delivery {
        let attempts = event.attempts + 1;
        if attempts >= self.webhook.attempts {
            tracing::error!(id = event.id, attempts, problem, "an alert is given up");
            return Delivery::Failed(problem);
        }
        let pause = backoff(self.webhook.backoff, attempts, self.random_fraction());
        tracing::warn!(id = event.id, attempts, problem, ?pause, "an alert was not delivered; trying again");
        let pause = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
        Delivery::Again(Millis(now().0.saturating_add(pause)), problem)
    }

    async fn post(&self, event: &OutboxEvent) -> Result<(), String> {
        let timestamp = now().0 / 1000;
        let response = self
            .client
            .post(self.url.clone())
            .header("content-type", CONTENT_TYPE)
            .header("webhook-id", &event.id)
            .header("webhook-timestamp", timestamp.to_string())
            .header("webhook-signature", self.signer.sign(&event.id, timestamp, &event.body))
            .body(event.body.clone())
            .send()
            .await
            .map_err(|e| e.without_url().to_string())?;
        let status = response.status();
        if status.is_success() { Ok(()) } else { Err(format!("the receiver answered {status}")) }
    }

    async fn until_next(&self) -> Duration {
        match self.store.next_due().await {
            Ok(Some(due)) => Duration::from_millis(due.0.saturating_sub(now().0)).min(Self::IDLE),
            Ok(None) => Self::IDLE,
            Err(error) => {
                tracing::error!(%error, "the outbox cannot be read");
                Self::IDLE
            }
        }
    }

    /// A number from 0 to 1.
    fn random_fraction(&self) -> f64 {
        let mut bytes = [0; 4];
        // Without randomness the pauses are the longest ones.
        match self.random.fill(&mut bytes) {
            Ok(()) => f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX),
            Err(_) => 1.0,
        }
    }
}

/// The pause after the attempt with this number, from 1: it doubles each time up to
/// [`Webhook::BACKOFF_LIMIT`], of which `random` (0 to 1) chooses from the upper half.
#[must_use]
pub fn backoff(first: Duration, attempts: u32, random: f64) -> Duration {
    let doubled = first.saturating_mul(2_u32.saturating_pow(attempts.saturating_sub(1)));
    doubled.min(Webhook::BACKOFF_LIMIT).mul_f64(0.5 + random.clamp(0.0, 1.0) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_limit() {
        let first = Duration::from_secs(1);
        for (attempts, seconds) in [(1, 1), (2, 2), (5, 16), (20, 3600), (u32::MAX, 3600)] {
            let longest = Duration::from_secs(seconds);
            assert_eq!(backoff(first, attempts, 1.0), longest);
            assert_eq!(backoff(first, attempts, 0.0), longest / 2);
        }
    }
}
