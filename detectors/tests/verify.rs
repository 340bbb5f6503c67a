//! The checker confirms what is so, and refutes it with the right reason once one thing is spoiled.

#![allow(clippy::unwrap_used)] // The snapshots are written by hand, and what is looked up was put there.

mod verify_support;

#[path = "verify_support/deadlock.rs"]
mod deadlock_holds;
#[path = "verify_support/order.rs"]
mod no_deadlock;
#[path = "verify_support/others.rs"]
mod other_properties;
#[path = "verify_support/resources.rs"]
mod resources;
#[path = "verify_support/unseen.rs"]
mod unseen;
#[path = "verify_support/waits.rs"]
mod waits;
#[path = "verify_support/unsure.rs"]
mod what_may_or_may_not_exist;
