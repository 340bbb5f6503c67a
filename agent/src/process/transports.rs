//! Which transports may still deliver something of a peer that is dead.
//!
//! When a peer is dead, the server asks whether every transport from it has ended; what it had sent and nobody has
//! received is lost then. A link counts as one of anybody's from its beginning to its hello: what a peer wrote before
//! it was killed may wait there unread. So no peer is said to have ended while there is such a link, and a link that
//! is never read keeps what a dead process sent from being settled.
//!
//! A connection that the process has not accepted yet is a transport that it does not know of. A message that comes
//! by one after all, from a peer that was said to have ended, is late: it is reported, and retracts.

use super::{Process, lock};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use stillpoint_proto::cut::keep_latest;
use stillpoint_proto::id::{Epoch, Incarnation};

/// What is not known of transports, and what was said of them.
#[derive(Default)]
pub(super) struct Unheard {
    /// How many links are open on which the peer's hello has not been read.
    links: AtomicUsize,
    /// Peers that this process may have said to have ended, and not heard of since, with the epochs of that; as many as a
    /// cut remembers.
    ended: Mutex<BTreeMap<Incarnation, Epoch>>,
    /// Whether there are any, for receipts to read without a lock.
    any_ended: AtomicBool,
}

impl Unheard {
    /// Whether `peer` was said to have ended, although a message of it has come now: the first since.
    pub(super) fn was_ended(&self, peer: Incarnation) -> bool {
        self.any_ended.load(Ordering::Relaxed) && lock(&self.ended).remove(&peer).is_some()
    }
}

/// A link whose hello has not been read, until this is dropped.
pub(crate) struct Unread(Arc<Process>);

impl Drop for Unread {
    fn drop(&mut self) {
        // Whoever sees that it is read sees whose transport it is.
        self.0.unheard.links.fetch_sub(1, Ordering::Release);
    }
}

impl Process {
    /// A link begins; who is at its other end nobody can tell.
    pub(crate) fn link_begins(self: &Arc<Self>) -> Unread {
        self.unheard.links.fetch_add(1, Ordering::Relaxed);
        Unread(self.clone())
    }

    /// A transport from a peer begins.
    pub(crate) fn transport_begins(&self, peer: Incarnation) {
        *self.transports.entry(peer).or_insert(0) += 1;
    }

    /// A transport from a peer has ended, and all that it delivered has been received.
    pub(crate) fn transport_ends(&self, peer: Incarnation) {
        if let Some(mut open) = self.transports.get_mut(&peer) {
            *open = open.saturating_sub(1);
        }
        self.transports.remove_if(&peer, |_, open| *open == 0);
    }

    /// Leaves those of the `dead` of whom no transport can be open, and notes that they are said to have ended.
    pub(super) fn only_ended(&self, dead: &mut Vec<(Incarnation, Epoch)>) {
        if self.unheard.links.load(Ordering::Acquire) > 0 {
            dead.clear();
        }
        dead.retain(|(peer, _)| self.transports.get(peer).is_none_or(|open| *open == 0));
        if !dead.is_empty() {
            let mut ended = lock(&self.unheard.ended);
            ended.extend(dead.iter().copied());
            keep_latest(&mut ended);
            drop(ended);
            self.unheard.any_ended.store(true, Ordering::Relaxed);
        }
    }
}
