//! Alerts reach a real receiver, signed, until it takes them.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod engine_support;

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use engine_support::{Agent, config, deadlock, eventually, start};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use stillpoint_server::config::Webhook;
use stillpoint_server::engine::{DetectRequest, Engine, Query};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// What a receiver got: the id, the type, and whether the signature was right.
type Got = Arc<Mutex<Vec<(String, String, bool)>>>;

/// A receiver that answers with these states in turn, and 204 afterwards.
async fn receiver(answers: &'static [u16]) -> (String, Got) {
    let got = Got::default();
    let seen = got.clone();
    let take = move |headers: HeaderMap, body: Bytes| async move {
        let verifier = standardwebhooks::Webhook::new(SECRET).unwrap();
        let genuine = verifier.verify(&body, &headers).is_ok();
        let event: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(event["specversion"], "1.0");
        assert_eq!(event["id"], headers["webhook-id"].to_str().unwrap());
        assert_eq!(headers["content-type"], "application/cloudevents+json; charset=utf-8");
        let mut seen = seen.lock().unwrap();
        seen.push((
            event["id"].as_str().unwrap().to_owned(),
            event["type"].as_str().unwrap().to_owned(),
            genuine,
        ));
        StatusCode::from_u16(answers.get(seen.len() - 1).copied().unwrap_or(204)).unwrap()
    };
    let app = axum::Router::new().route("/hook", post(take));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    (url, got)
}

fn types(got: &Got) -> Vec<String> {
    got.lock().unwrap().iter().map(|(_, kind, _)| kind.clone()).collect()
}

fn deadlocks() -> DetectRequest {
    DetectRequest { queries: vec![Query::Deadlock(None)], ..DetectRequest::default() }
}

#[tokio::test]
async fn verdicts_are_delivered_and_signed() {
    let (url, got) = receiver(&[]).await;
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    config.webhook = Some(Webhook::new(&url, SECRET));
    let (_engine, handle) = start(&config).await;
    let (a, b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    let wait = deadlock(&a, &b, None);
    handle.detect(deadlocks()).await.unwrap();
    eventually("the first event is delivered", async || got.lock().unwrap().len() == 1).await;
    a.remove(wait);
    handle.detect(deadlocks()).await.unwrap();
    eventually("the second event is delivered", async || got.lock().unwrap().len() == 2).await;
    assert_eq!(types(&got), ["io.stillpoint.verdict.opened.v1", "io.stillpoint.verdict.ended.v1"]);
    assert!(got.lock().unwrap().iter().all(|(_, _, genuine)| *genuine));
    let store = handle.store();
    eventually("both are settled", async || store.outbox_counts().await.unwrap() == [0, 2, 0]).await;
}

#[tokio::test]
async fn a_receiver_that_fails_is_tried_again() {
    let (url, got) = receiver(&[500, 503, 302]).await;
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    let webhook = Webhook { backoff: Duration::from_millis(20), ..Webhook::new(&url, SECRET) };
    config.webhook = Some(webhook);
    let (_engine, handle) = start(&config).await;
    let (a, b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    deadlock(&a, &b, None);
    handle.detect(deadlocks()).await.unwrap();
    eventually("it is delivered", async || handle.store().outbox_counts().await.unwrap() == [0, 1, 0]).await;
    let got = got.lock().unwrap();
    assert_eq!(got.len(), 4);
    assert!(got.iter().all(|(id, _, genuine)| *id == got[0].0 && *genuine), "{got:?}");
}

#[tokio::test]
async fn a_receiver_that_never_takes_it_is_given_up() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let webhook = Webhook::new(&format!("http://{closed}/"), SECRET);
    config.webhook = Some(Webhook { attempts: 2, backoff: Duration::from_millis(10), ..webhook });
    let (_engine, handle) = start(&config).await;
    let (a, b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    deadlock(&a, &b, None);
    handle.detect(deadlocks()).await.unwrap();
    eventually("it is given up", async || handle.store().outbox_counts().await.unwrap() == [0, 0, 1]).await;
}

#[tokio::test]
async fn an_event_outlives_the_engine() {
    let directory = tempfile::tempdir().unwrap();
    let mut config = config(directory.path());
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let webhook =
        Webhook { backoff: Duration::from_millis(50), ..Webhook::new(&format!("http://{closed}/"), SECRET) };
    config.webhook = Some(webhook.clone());
    let (engine, handle) = start(&config).await;
    let (a, b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    deadlock(&a, &b, None);
    handle.detect(deadlocks()).await.unwrap();
    drop((a, b));
    engine.stop().await;
    drop(handle);
    let (url, got) = receiver(&[]).await;
    config.webhook = Some(Webhook { url, ..webhook });
    let (_engine, _handle) = start(&config).await;
    eventually("it is delivered", async || got.lock().unwrap().len() == 1).await;
}

#[tokio::test]
async fn a_webhook_that_cannot_work_is_refused_at_the_start() {
    let directory = tempfile::tempdir().unwrap();
    for (url, secret, why) in [
        ("ftp://x/", SECRET, "its scheme is `ftp`"),
        ("nonsense", SECRET, "is not usable"),
        ("http://x/", "whsec_c2hvcnQ=", "has 5 bytes"),
    ] {
        let mut config = config(directory.path());
        config.webhook = Some(Webhook::new(url, secret));
        let error = Engine::start(config).await.unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
}
