//! What the engine's task tells the tasks that analyse and keep verdicts, without ever waiting for them.
//!
//! Cuts go into a slot per kind of property, in which a newer one replaces an older one that nobody has taken.
//! What must not be lost (an assumption that turned out false, a process that went) is kept in sets, which are
//! bounded by what there is to name.

use super::history::{Round, now};
use crate::config::PropertyKind;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use stillpoint_proto::fact::Millis;
use stillpoint_proto::id::{Epoch, Incarnation};
use stillpoint_proto::session::Notice;
use stillpoint_proto::snapshot::Assumption;
use tokio::sync::{Notify, watch};

/// Something that an agent had to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentNotice {
    /// Who.
    pub process: Incarnation,
    /// What.
    pub notice: Notice,
    /// When it came, on the server's clock.
    pub at: Millis,
}

/// What became of processes and assumptions, not yet seen by the verdicts' task.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Assumptions that turned out false, and the last epoch given out by then.
    pub(super) retracted: BTreeMap<Assumption, Epoch>,
    /// Processes that went, and the last epoch given out by then.
    pub(super) departed: BTreeMap<Incarnation, Epoch>,
}

#[derive(Debug)]
pub(super) struct Signals {
    slots: BTreeMap<PropertyKind, watch::Sender<Option<Arc<Round>>>>,
    changes: Mutex<Changes>,
    changed: Notify,
    notices: Mutex<VecDeque<AgentNotice>>,
}

impl Signals {
    /// How many notices of agents are kept.
    const NOTICES: usize = 256;

    pub(super) fn new() -> Self {
        Signals {
            slots: PropertyKind::ALL.into_iter().map(|kind| (kind, watch::Sender::new(None))).collect(),
            changes: Mutex::default(),
            changed: Notify::new(),
            notices: Mutex::default(),
        }
    }

    /// A round is to be analysed for these properties.
    pub(super) fn analyse(&self, round: &Arc<Round>, properties: &BTreeSet<PropertyKind>) {
        for slot in properties.iter().filter_map(|kind| self.slots.get(kind)) {
            slot.send_if_modified(|newest| {
                let newer = newest.as_ref().is_none_or(|n| n.summary.epoch < round.summary.epoch);
                if newer {
                    *newest = Some(round.clone());
                }
                newer
            });
        }
    }

    /// The newest round to be analysed for a kind of property.
    pub(super) fn slot(&self, kind: PropertyKind) -> Option<watch::Receiver<Option<Arc<Round>>>> {
        self.slots.get(&kind).map(watch::Sender::subscribe)
    }

    /// An assumption turned out false when `given` was the last epoch given out. A process that was presumed dead
    /// has not departed then.
    pub(super) fn retract(&self, assumption: Assumption, given: Epoch) {
        let mut changes = lock(&self.changes);
        if let Assumption::PresumedDead(process) = &assumption {
            changes.departed.remove(process);
        }
        changes.retracted.insert(assumption, given);
        drop(changes);
        self.changed.notify_one();
    }

    /// A process went when `given` was the last epoch given out.
    pub(super) fn departed(&self, process: Incarnation, given: Epoch) {
        lock(&self.changes).departed.insert(process, given);
        self.changed.notify_one();
    }

    /// Waits until something has changed.
    pub(super) async fn changed(&self) {
        self.changed.notified().await;
    }

    /// Takes what has changed.
    pub(super) fn take(&self) -> Changes {
        std::mem::take(&mut *lock(&self.changes))
    }

    pub(super) fn notice(&self, process: Incarnation, notice: Notice) {
        let mut notices = lock(&self.notices);
        if notices.len() >= Self::NOTICES {
            notices.pop_front();
        }
        notices.push_back(AgentNotice { process, notice, at: now() });
    }

    /// The last notices, the oldest first.
    pub(super) fn notices(&self) -> Vec<AgentNotice> {
        lock(&self.notices).iter().cloned().collect()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
