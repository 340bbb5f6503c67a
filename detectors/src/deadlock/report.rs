//! A core as people want to see it.

use super::channel::ParcelKind;
use super::index::{Index, NONE};
use super::knot::Paths;
use super::remainder::{Core, Remainder};
use super::shape;
use std::collections::{BTreeMap, BTreeSet};
use stillpoint_proto::fact::{Awaited, Grip, Millis, Waker};
use stillpoint_proto::id::{Incarnation, LaneRef, MessageId, ProcessName, Text};
use stillpoint_proto::snapshot::Assumption;
use stillpoint_proto::verdict::{Deadlock, Stuck, StuckWait};

/// What is looked up for every core.
pub(super) struct Reporter<'l, 'r, 'i, 'a> {
    left: &'l Remainder<'r, 'i, 'a>,
    /// Which hold belongs to which task, ascending.
    holds: Vec<(u32, u32)>,
    /// Which message carries units of which resource, ascending.
    parcels: Vec<(u32, MessageId)>,
    paths: Paths,
}

/// What the cores before have listed, and is not listed again: lists of all cores together are no longer than
/// what there is to list.
#[derive(Default)]
pub(super) struct Listed {
    messages: BTreeSet<MessageId>,
    /// Resources of which all messages are listed.
    resources: BTreeSet<u32>,
}

fn of<T: Copy>(sorted: &[(u32, T)], key: u32) -> impl Iterator<Item = T> + '_ {
    let from = sorted.partition_point(|row| row.0 < key);
    sorted[from..].iter().take_while(move |row| row.0 == key).map(|row| row.1)
}

impl<'l, 'r, 'i, 'a> Reporter<'l, 'r, 'i, 'a> {
    pub(super) fn new(left: &'l Remainder<'r, 'i, 'a>) -> Self {
        let index = left.index;
        let holds = index.holds.iter().zip(0..).filter(|(h, _)| h.task != NONE).map(|(h, n)| (h.task, n));
        let mut holds: Vec<_> = holds.collect();
        holds.sort_unstable();
        let under_way = index.traffic.parcels.iter().filter(|p| p.fate.is_some());
        let mut parcels: Vec<_> = under_way.map(|p| (p.resource, p.message)).collect();
        parcels.sort_unstable();
        Reporter { left, holds, parcels, paths: Paths::default() }
    }

    /// How many holds each task has.
    pub(super) fn held(index: &Index<'_>) -> Vec<u32> {
        let mut held = vec![0; index.tasks.len()];
        index.holds.iter().filter(|h| h.task != NONE).for_each(|h| held[h.task as usize] += 1);
        for parcel in &index.traffic.parcels {
            if let ParcelKind::Grant(to) = &parcel.kind {
                to.iter().for_each(|target| held[index.task_of(*target) as usize] += 1);
            }
        }
        held
    }

    /// What is said of a core, but for the messages that were listed with one before it.
    pub(super) fn deadlock(&self, core: &Core, victims: &[u32], listed: &mut Listed) -> Deadlock {
        let name = |tasks: &[u32]| tasks.iter().map(|t| self.left.index.tasks[*t as usize].id).collect();
        Deadlock {
            members: core.members.iter().map(|task| self.stuck(*task)).collect(),
            shape: shape::shape(self.left, core, &self.paths),
            behind: name(&core.behind),
            victims: name(victims),
            holds_until: self.holds_until(core),
            messages: self.messages(core, listed),
        }
    }

    /// That the wakers that the members of a core declared are all there are.
    pub(super) fn closed_wakers(&self, core: &Core) -> BTreeSet<Assumption> {
        let index = self.left.index;
        let targets = core.members.iter().flat_map(|task| self.left.unsatisfied(*task));
        let receives = targets.filter(|t| matches!(index.targets[*t as usize].on, Awaited::Receive { .. }));
        let waits = receives.map(|t| index.waits[index.targets[t as usize].wait as usize].id);
        waits.map(Assumption::ClosedWakers).collect()
    }

    fn stuck(&self, task: u32) -> Stuck {
        let index = self.left.index;
        let row = &index.tasks[task as usize];
        let holds = of(&self.holds, task).map(|hold| {
            let hold = &index.holds[hold as usize];
            match index.resources.get(hold.resource as usize) {
                Some(resource) => resource.terms.label.clone(),
                None => Text::new(&hold.fact.resource.to_string()),
            }
        });
        Stuck {
            task: row.id,
            process: self.process_name(row.id.process),
            label: row.fact.label.clone(),
            location: row.fact.location.clone(),
            waits: index.waits_of.successors(task).iter().map(|wait| self.wait(*wait)).collect(),
            holds: holds.collect(),
        }
    }

    fn process_name(&self, id: Incarnation) -> ProcessName {
        // Every task is of a member; indexing says so where a default could not be made up.
        self.left.index.cut.snapshot().members[&id].name.clone()
    }

    fn wait(&self, wait: u32) -> StuckWait {
        let index = self.left.index;
        let row = &index.waits[wait as usize];
        let targets = index.targets_of.successors(wait).iter();
        StuckWait {
            wait: row.id,
            since: row.fact.since,
            location: row.fact.location.clone(),
            missing: u32::try_from(row.missing).unwrap_or(0),
            on: targets.map(|target| self.in_words(*target)).collect(),
        }
    }

    fn in_words(&self, target: u32) -> Text {
        let row = &self.left.index.targets[target as usize];
        let words = match row.on {
            Awaited::Task(task) => format!("the end of task {}", self.task_name(*task)),
            Awaited::Resource { grip, .. } => {
                let label = &self.left.index.resources[row.resource as usize].terms.label;
                match grip {
                    Grip::Shared(1) => format!("1 unit of {label}"),
                    Grip::Shared(units) => format!("{units} units of {label}"),
                    Grip::Exclusive => format!("{label} exclusively"),
                }
            }
            Awaited::Call(request) => match self.callee(request.lane) {
                Some(name) => format!("the reply of {name} to {request}"),
                None => format!("the reply to {request}"),
            },
            Awaited::Receive { wakers, .. } if wakers.is_empty() => "a message from nobody".to_string(),
            Awaited::Receive { wakers, .. } => {
                let names: Vec<_> = wakers.iter().take(8).map(|w| self.waker_name(w)).collect();
                let more = if wakers.len() > names.len() { " or others" } else { "" };
                format!("a message from {}{more}", names.join(" or "))
            }
            Awaited::External => "something outside".to_string(),
        };
        Text::new(&words)
    }

    /// Whom a request went to, if its sender knows.
    fn callee(&self, lane: LaneRef) -> Option<&ProcessName> {
        let members = &self.left.index.cut.snapshot().members;
        let sending = members.get(&lane.process)?.state.cut()?.sending.get(&lane.lane)?;
        members.get(&sending.to.peer()?).map(|member| &member.name)
    }

    fn task_name(&self, task: stillpoint_proto::id::TaskRef) -> String {
        match self.left.index.named(task) {
            super::index::Named::Live(n) => {
                let label = &self.left.index.tasks[n as usize].fact.label;
                if label.as_str().is_empty() { task.to_string() } else { label.to_string() }
            }
            _ => task.to_string(),
        }
    }

    fn waker_name(&self, waker: &Waker) -> String {
        match waker {
            Waker::Task(task) => format!("task {}", self.task_name(*task)),
            Waker::Process(process) => match self.left.index.cut.snapshot().members.get(process) {
                Some(member) => member.name.to_string(),
                None => format!("process {process}"),
            },
            Waker::Lane(lane) => format!("lane {lane}"),
        }
    }

    fn holds_until(&self, core: &Core) -> BTreeMap<Incarnation, Millis> {
        let index = self.left.index;
        let mut until: BTreeMap<Incarnation, Millis> = BTreeMap::new();
        let waits = core.members.iter().flat_map(|task| index.waits_of.successors(*task));
        for row in waits.map(|wait| &index.waits[*wait as usize]) {
            if let Some(deadline) = row.fact.deadline {
                until.entry(row.id.process).and_modify(|d| *d = deadline.min(*d)).or_insert(deadline);
            }
        }
        until
    }

    fn messages(&self, core: &Core, listed: &mut Listed) -> Vec<MessageId> {
        let index = self.left.index;
        let waits = core.members.iter().flat_map(|task| index.waits_of.successors(*task));
        let targets = waits.flat_map(|wait| index.targets_of.successors(*wait));
        let mut found = Vec::new();
        for &target in targets {
            found.extend(index.traffic.resolving(index, target).map(|message| message.id));
            let resource = index.targets[target as usize].resource;
            if resource != NONE && listed.resources.insert(resource) {
                found.extend(of(&self.parcels, resource));
            }
        }
        found.retain(|message| listed.messages.insert(*message));
        found.sort_unstable();
        found
    }
}
