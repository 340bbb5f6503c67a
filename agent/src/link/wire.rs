//! How long the transport of a link lasts.

use crate::process::{Process, Sending};
use std::sync::Arc;

/// The transport of a link at this end, shared by the halves that use it: the task that writes, until it ends, and the
/// receiver, until it has read to the end or is dropped. Says that the transport is gone when both are done with it.
pub(super) struct Wire {
    process: Arc<Process>,
    lane: Arc<Sending>,
}

impl Wire {
    pub(super) fn new(process: &Arc<Process>, lane: &Arc<Sending>) -> Arc<Self> {
        Arc::new(Wire { process: process.clone(), lane: lane.clone() })
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.process.transport_gone(&self.lane);
    }
}
