//! Stillpoint agent.
