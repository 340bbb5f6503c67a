//! The service of Stillpoint.
#![forbid(unsafe_code)]

pub mod alerts;
pub mod config;
pub mod engine;
pub mod store;
