//! Stillpoint tests.
