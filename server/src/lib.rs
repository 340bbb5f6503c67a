//! The service and the command line of Stillpoint.
#![forbid(unsafe_code)]

pub mod alerts;
pub mod cli;
pub mod config;
mod demo;
pub mod engine;
pub mod net;
pub mod store;
