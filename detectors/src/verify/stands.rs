//! Where each task stands: what it has of which resource, and its places in queues.
//!
//! The view lists by resource who has it. This is the other way round, so that a world of few blocked tasks takes few
//! steps to set up, however large the cut is.

use super::view::{Holder, Share, View};
use std::collections::{BTreeMap, BTreeSet};
use stillpoint_proto::fact::{Grip, ResourceName};
use stillpoint_proto::id::{Incarnation, TaskRef};
use stillpoint_proto::snapshot::Fate;

/// One thing that a task has of a resource.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stand {
    /// It holds some; `sure` as in [`Holder::Task`].
    Holds { grip: Grip, sure: bool },
    /// A grant that is surely in transit to it, or to one of several among whom it is: the resource's n-th share.
    Granted(usize),
    /// It stands in the n-th place of the resource's queue.
    Place(usize),
}

/// Where everybody stands.
#[derive(Debug, Default)]
pub(super) struct Stands {
    tasks: BTreeMap<TaskRef, Vec<(ResourceName, Stand)>>,
    /// Guards of a process that are surely held by one of its tasks, nobody knows which.
    unbound: BTreeMap<Incarnation, Vec<(ResourceName, Grip)>>,
    guards: BTreeSet<(ResourceName, Incarnation)>,
    holders: BTreeSet<(ResourceName, TaskRef)>,
    /// The lowest ticket of a task.
    tickets: BTreeMap<(ResourceName, TaskRef), u64>,
}

impl Stands {
    /// # Complexity
    /// O(n log n) in the shares and places of the view.
    pub(super) fn of(view: &View<'_>) -> Self {
        let mut stands = Stands::default();
        for (name, shares) in &view.shares {
            for (n, share) in shares.iter().enumerate() {
                stands.share(view, name, n, share);
            }
        }
        for (name, places) in &view.places {
            for (n, place) in places.iter().enumerate() {
                for &task in &place.tasks {
                    let ticket = stands.tickets.entry((name.clone(), task)).or_insert(place.ticket);
                    *ticket = place.ticket.min(*ticket);
                    stands.add(task, name, Stand::Place(n));
                }
            }
        }
        stands
    }

    fn share(&mut self, view: &View<'_>, name: &ResourceName, n: usize, share: &Share) {
        match share.by {
            Holder::Task { task, sure } => {
                if sure {
                    self.holders.insert((name.clone(), task));
                }
                self.add(task, name, Stand::Holds { grip: share.grip, sure });
            }
            Holder::Unbound { process, sure: true } => {
                self.guards.insert((name.clone(), process));
                self.unbound.entry(process).or_default().push((name.clone(), share.grip));
            }
            Holder::Granted { to, by, sure: true } if by.fate == Some(Fate::Transit) => {
                for task in view.granted_to(to) {
                    self.holders.insert((name.clone(), task));
                    self.add(task, name, Stand::Granted(n));
                }
            }
            Holder::Unbound { .. } | Holder::Granted { .. } | Holder::Nobody | Holder::Released { .. } => {}
        }
    }

    fn add(&mut self, task: TaskRef, name: &ResourceName, stand: Stand) {
        self.tasks.entry(task).or_default().push((name.clone(), stand));
    }

    /// All that a task has.
    pub(super) fn of_task(&self, task: TaskRef) -> &[(ResourceName, Stand)] {
        self.tasks.get(&task).map_or(&[], Vec::as_slice)
    }

    /// The guards of a process that nobody is bound to.
    pub(super) fn unbound(&self, process: Incarnation) -> &[(ResourceName, Grip)] {
        self.unbound.get(&process).map_or(&[], Vec::as_slice)
    }

    /// Whether some task of a process surely has some of a resource.
    pub(super) fn has_guard(&self, name: &ResourceName, process: Incarnation) -> bool {
        self.guards.contains(&(name.clone(), process))
    }

    /// Whether a task surely has some of a resource, or is about to.
    pub(super) fn has(&self, name: &ResourceName, task: TaskRef) -> bool {
        self.holders.contains(&(name.clone(), task))
    }

    /// The lowest ticket of a task in a resource's queue.
    pub(super) fn ticket(&self, name: &ResourceName, task: TaskRef) -> Option<u64> {
        self.tickets.get(&(name.clone(), task)).copied()
    }
}
