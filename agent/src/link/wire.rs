//! How long the lane and the transport of a link last.

use crate::process::{Process, Sending};
use std::sync::Arc;

/// The lane of a link at this end, shared by all who may still send on it or settle what was sent. Closes it when all
/// are done with it.
pub(super) struct Open {
    process: Arc<Process>,
    lane: Arc<Sending>,
}

impl Open {
    pub(super) fn new(process: &Arc<Process>, lane: &Arc<Sending>) -> Arc<Self> {
        Arc::new(Open { process: process.clone(), lane: lane.clone() })
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.process.close(&self.lane);
    }
}

/// The transport of a link at this end, shared by the halves that use it: the task that writes, until it ends, and the
/// receiver, until it has read to the end or is dropped. Says that the transport is gone when both are done with it.
pub(super) struct Wire {
    open: Arc<Open>,
}

impl Wire {
    pub(super) fn new(open: &Arc<Open>) -> Arc<Self> {
        Arc::new(Wire { open: open.clone() })
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        let Open { process, lane } = &*self.open;
        process.transport_gone(lane);
    }
}
