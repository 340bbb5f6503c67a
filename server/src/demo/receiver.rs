//! A receiver of the service's webhook: it believes nothing that is not signed.

use super::Result;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;
use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::time::Instant;

/// What the service signs with.
pub(super) const SECRET: &str = "whsec_c3RpbGxwb2ludCBkZW1vOiBubyBzZWNyZXQgYXQgYWxs";

#[derive(Default)]
struct Got {
    events: Vec<Value>,
    forged: usize,
}

/// A running receiver.
pub(super) struct Receiver {
    pub(super) url: String,
    got: Arc<Mutex<Got>>,
}

impl Receiver {
    pub(super) async fn start() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}/hook", listener.local_addr()?);
        let got = Arc::<Mutex<Got>>::default();
        let inbox = got.clone();
        let take = move |headers: HeaderMap, body: Bytes| async move { take(&inbox, &headers, &body) };
        let app = axum::Router::new().route("/hook", axum::routing::post(take));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Ok(Receiver { url, got })
    }

    /// How many deliveries had no good signature.
    pub(super) fn forged(&self) -> usize {
        self.got.lock().unwrap_or_else(PoisonError::into_inner).forged
    }

    /// Waits for the event of a type about a verdict.
    pub(super) async fn event(&self, kind: &str, verdict: &str, patience: Duration) -> Option<Value> {
        let until = Instant::now() + patience;
        let is_it = |event: &&Value| event["type"] == kind && event["data"]["id"] == verdict;
        loop {
            let found = {
                let got = self.got.lock().unwrap_or_else(PoisonError::into_inner);
                got.events.iter().find(is_it).cloned()
            };
            if found.is_some() || Instant::now() >= until {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

fn take(inbox: &Mutex<Got>, headers: &HeaderMap, body: &[u8]) -> StatusCode {
    let genuine = is_genuine(headers, body);
    let event = serde_json::from_slice(body).ok().filter(|_| genuine);
    let mut got = inbox.lock().unwrap_or_else(PoisonError::into_inner);
    match event {
        Some(event) => {
            got.events.push(event);
            StatusCode::NO_CONTENT
        }
        None => {
            got.forged += 1;
            StatusCode::UNAUTHORIZED
        }
    }
}

/// Whether a delivery has a good signature of Standard Webhooks: HMAC-SHA256 over id, time and body.
fn is_genuine(headers: &HeaderMap, body: &[u8]) -> bool {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let secret = SECRET.strip_prefix("whsec_").and_then(|secret| STANDARD.decode(secret).ok());
    let (Some(id), Some(time), Some(signatures), Some(secret)) =
        (header("webhook-id"), header("webhook-timestamp"), header("webhook-signature"), secret)
    else {
        return false;
    };
    let key = hmac::Key::new(hmac::HMAC_SHA256, &secret);
    let signed = [id.as_bytes(), b".", time.as_bytes(), b".", body].concat();
    let signatures = signatures.split(' ').filter_map(|s| STANDARD.decode(s.strip_prefix("v1,")?).ok());
    signatures.into_iter().any(|signature| hmac::verify(&key, &signed, &signature).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alerts::Signer;

    #[test]
    fn only_what_is_signed_is_believed() {
        let signature = Signer::new(SECRET).unwrap().sign("id", 7, b"{}");
        let headers = |signature: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("webhook-id", "id".parse().unwrap());
            headers.insert("webhook-timestamp", "7".parse().unwrap());
            headers.insert("webhook-signature", signature.parse().unwrap());
            headers
        };
        assert!(is_genuine(&headers(&signature), b"{}"));
        assert!(!is_genuine(&headers(&signature), b"{ }"));
        assert!(!is_genuine(&headers("v1,AAAA"), b"{}"));
        assert!(!is_genuine(&HeaderMap::new(), b"{}"));
    }
}
