//! Stillpoint's vocabulary and its snapshot protocol, without I/O, clock, threads or randomness.
//!
//! - The vocabulary: [`id`], [`fact`], [`cut`], [`snapshot`], [`verdict`].
//! - The protocol core: [`participant`] is one process, [`collector`] is the server; [`stamp`], [`lane`],
//!   [`fold`], [`reporter`] and [`session`] are what they are made of, and [`gate`] is the cut in a process of many
//!   threads.
//!
//! Anyone can drive participants and a collector in any order of deliveries. Here two processes and a collector
//! take a round while a message is on its way:
//!
//! ```
//! use stillpoint_proto::collector::{self, Action, Collector, RequestId, RoundOutcome, SessionId};
//! use stillpoint_proto::cut::{LaneEnd, Order};
//! use stillpoint_proto::fact::Annotation;
//! use stillpoint_proto::id::{DeploymentId, Epoch, Incarnation, ProcessName};
//! use stillpoint_proto::participant::{self, Act, Participant, Received};
//! use std::sync::Arc;
//!
//! let deployment = DeploymentId::from_name("example");
//! let process = |n: u64, name| {
//!     Participant::new(participant::Config::new(deployment, ProcessName::new(name).unwrap(), Incarnation(n)))
//! };
//! let mut all = [process(1, "p1"), process(2, "p2")];
//! let mut collector = Collector::new(collector::Config::new(deployment), Epoch::ZERO);
//!
//! // Moves everything between the sessions until nobody has anything to say; gives the rounds that ended.
//! fn settle(all: &mut [Participant], collector: &mut Collector) -> Vec<RoundOutcome> {
//!     let mut ended = Vec::new();
//!     loop {
//!         let mut idle = true;
//!         for (n, participant) in all.iter_mut().enumerate() {
//!             while let Some(message) = participant.poll() {
//!                 collector.handle(SessionId(n as u64), message);
//!                 idle = false;
//!             }
//!         }
//!         while let Some(action) = collector.poll() {
//!             idle = false;
//!             match action {
//!                 Action::Send(session, message) => all[session.0 as usize].handle(message),
//!                 Action::Reserve(upto) => collector.reserved(upto), // a real server writes it first
//!                 Action::Ended(round) => ended.push(round.outcome),
//!                 _ => {}
//!             }
//!         }
//!         if idle {
//!             return ended;
//!         }
//!     }
//! }
//! for n in 0..2 {
//!     let hello = all[n].connect();
//!     collector.handle(SessionId(n as u64), hello);
//! }
//! settle(&mut all, &mut collector);
//!
//! // 75 units of money leave p1 and are nowhere but in the message.
//! all[0].change(vec![Act::Gauge("money".into(), 100)]);
//! let lane = all[0].open(LaneEnd::Peer(Incarnation(2)), Order::Unordered);
//! let amount = Annotation::Amount { gauge: "money".into(), amount: 75 };
//! let sent = all[0].send(lane, Arc::from([amount]), vec![Act::Gauge("money".into(), -75)]).unwrap();
//!
//! collector.request(RequestId(1), None);
//! let rounds = settle(&mut all, &mut collector);
//! let RoundOutcome::Complete(cut) = &rounds[0] else { panic!("{rounds:?}") };
//! assert!(cut.channels().message(sent.stamp.id).is_some());
//!
//! // p2 has cut since, so the message, which is of an older epoch, arrives after the cut.
//! assert_eq!(all[1].receive(&sent.stamp, vec![Act::Gauge("money".into(), 75)]), Received::New);
//! ```
#![forbid(unsafe_code)]

pub mod carried;
pub mod clock;
pub mod collector;
pub mod cut;
pub mod fact;
pub mod fold;
pub mod gate;
pub mod id;
pub mod lane;
#[doc(hidden)]
pub mod mutation;
pub mod participant;
pub mod ranges;
pub mod refused;
pub mod reporter;
pub mod session;
pub mod snapshot;
pub mod stamp;
pub mod verdict;
#[cfg(feature = "wire")]
pub mod wire;
