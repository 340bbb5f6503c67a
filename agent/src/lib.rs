//! What a worker process embeds to take part in Stillpoint's rounds.
//!
//! An [`Agent`] records what happens in its process (tasks, waits, holds, tokens, references, gauges), stamps the
//! messages that leave it and observes the stamps of those that arrive. Its own thread makes the cuts and reports
//! them. It never blocks the application: without a server it goes on recording in bounded memory, and takes up
//! where it was when the server is back.
//!
//! ```
//! use stillpoint_agent::{Agent, Waiting, fact::{Annotation, Grip}};
//!
//! # fn main() -> Result<(), stillpoint_agent::StartError> {
//! let agent = Agent::builder("orders-1").server("http://127.0.0.1:7420").start()?;
//!
//! // A task waits for a row of a database, then holds it.
//! let task = agent.task("checkout");
//! let row = stillpoint_agent::Resource::keyed("db1/accounts/17");
//! let wait = agent.wait(&task, &Waiting::default().resource(&row, Grip::Exclusive));
//! // ... the statement that locks the row returns ...
//! let hold = agent.event(|acts| {
//!     acts.end(wait);
//!     acts.hold(row.name(), Some(&task), Grip::Exclusive)
//! });
//! drop(hold); // before the commit is sent
//!
//! // Work of a computation travels with a message.
//! let (computation, token) = agent.event(|acts| acts.computation("nightly", false));
//! let lane = agent.lane_to_group();
//! let carries = vec![Annotation::Token(computation.id())];
//! let (stamp, ()) = lane.stamp(carries, |acts, _message| acts.end(token));
//! let header = stamp.to_string();
//!
//! // ... and is taken up by whoever receives it.
//! let stamp = header.parse().expect("a stamp");
//! let token = agent.observe(&stamp, |acts| acts.token(computation.id())).made();
//! assert!(token.is_some());
//! # Ok(())
//! # }
//! ```
//!
//! # The rules
//!
//! - What publishes (a send, an unlock, the drop of a guard) is recorded *before* its effect can be seen; what
//!   acquires (a receive, a lock, a wake-up) *after*.
//! - Cause and consequence are one event: what a message carries is recorded in the closure of its receipt, what a
//!   sender gives away in the closure of its sending.
//! - Whoever holds records the hold; whoever waits records the wait, before it asks.
#![forbid(unsafe_code)]

mod acts;
mod agent;
pub mod carrier;
mod driver;
mod guards;
mod lanes;
pub mod link;
mod process;
#[cfg(test)]
mod world;

pub use acts::Acts;
pub use agent::{Agent, Builder, Event, StartError};
pub use driver::{
    BACKOFF, BACKOFF_LIMIT, CONNECT_TIMEOUT, FOLD_INTERVAL, HEARTBEAT, MESSAGE_LIMIT, session_path,
};
pub use guards::{
    Computation, Ends, Hold, Object, Pin, Queued, Reads, Reference, Resource, Serving, Task, Token, Wait,
    Waiting,
};
pub use lanes::{Lane, Received, Transport, plain};
pub use link::{Link, LinkError, LinkReceiver, LinkSender};
pub use stillpoint_proto::wire::session::VerdictNotice;
pub use stillpoint_proto::{fact, id, stamp};
