//! The service and the command line of Stillpoint.
#![forbid(unsafe_code)]

pub mod cli;
