//! Stillpoint server.
