//! One signed webhook: events of the durable outbox are posted until their receiver has them.
//!
//! ```text
//!   change of a verdict --+-- one transaction --> verdict_changes
//!                         +-------------------->  outbox --> POST --> 2xx: delivered
//!                                                   ^          |
//!                                                   +-- else: again later, then failed
//! ```
//!
//! An event is delivered at least once, and each time with the same `webhook-id`, by which a receiver recognises
//! a second delivery. Events are tried in the order in which they came, but one that fails does not hold up the
//! others. Redirects are not followed.

mod deliver;
pub mod event;
mod sign;

pub use deliver::{Alerts, AlertsError, backoff};
pub use sign::{InvalidSecret, Signer};
