//! The scenes.

pub(super) mod bank;
pub(super) mod deadlock;
pub(super) mod garbage;
pub(super) mod termination;
