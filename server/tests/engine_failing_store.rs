//! A store that cannot be written to: what was found is not told, whoever waits hears why, and the engine can stop.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod engine_support;

use engine_support::{Agent, config, deadlock, eventually, start};
use sqlx::sqlite::SqlitePool;
use std::path::Path;
use std::time::Duration;
use stillpoint_server::engine::{Counter, DetectRequest, EngineError, Query};

/// Runs a statement on the file of a store, beside its engine.
async fn execute(store: &Path, statement: &'static str) {
    let pool = SqlitePool::connect(&format!("sqlite://{}", store.display())).await.unwrap();
    sqlx::query(statement).execute(&pool).await.unwrap();
    pool.close().await;
}

/// From now on it fails as on a full disk.
async fn fill(store: &Path) {
    for statement in [
        "CREATE TRIGGER full_rounds BEFORE INSERT ON rounds
         BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END",
        "CREATE TRIGGER full_changes BEFORE INSERT ON verdict_changes
         BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END",
    ] {
        execute(store, statement).await;
    }
}

/// There is room again.
async fn free(store: &Path) {
    execute(store, "DROP TRIGGER full_rounds").await;
    execute(store, "DROP TRIGGER full_changes").await;
}

fn deadlocks() -> DetectRequest {
    DetectRequest { queries: vec![Query::Deadlock(None)], ..DetectRequest::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_detection_that_cannot_be_written_says_so_and_is_written_later() {
    let directory = tempfile::tempdir().unwrap();
    let config = config(directory.path());
    let (_engine, handle) = start(&config).await;
    let (a, b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    fill(&config.store).await;
    deadlock(&a, &b, None);
    let error = handle.detect(deadlocks()).await.unwrap_err();
    assert!(matches!(error, EngineError::Unwritten { .. }), "{error:?}");
    assert!(error.to_string().contains("store.db within 5s"), "{error}");
    assert_eq!(handle.revision(), 0, "nobody is told of what is not durable");
    free(&config.store).await;
    eventually("it is told", async || handle.revision() == 1).await;
    assert!(handle.statistics().count(Counter::StoreFailures) > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_fails_does_not_keep_the_engine_from_stopping() {
    let directory = tempfile::tempdir().unwrap();
    let config = config(directory.path());
    let (engine, handle) = start(&config).await;
    let (a, b) = (Agent::join(&handle, 1).await, Agent::join(&handle, 2).await);
    fill(&config.store).await;
    deadlock(&a, &b, None);
    let asking = handle.clone();
    let detection = tokio::spawn(async move { asking.detect(deadlocks()).await });
    // A row about the round, and the change of a verdict.
    let failures = || handle.statistics().count(Counter::StoreFailures);
    eventually("both writes have failed", async || failures() >= 2).await;
    tokio::time::timeout(Duration::from_secs(5), engine.stop()).await.unwrap();
    assert!(matches!(detection.await.unwrap(), Err(EngineError::Stopped)));
    drop(handle);

    free(&config.store).await;
    let (_engine, handle) = start(&config).await;
    assert_eq!(handle.revision(), 0, "as after a kill");
}
