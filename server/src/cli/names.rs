//! What people call the things of a snapshot.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use stillpoint_proto::cut::ProcessCut;
use stillpoint_proto::fact::{Fact, Location, Millis};
use stillpoint_proto::id::{
    ComputationRef, Handle, Incarnation, MessageId, ObjectRef, TaskRef, Text, WaitRef,
};
use stillpoint_proto::snapshot::{MemberState, Snapshot};

/// The names in a snapshot.
pub(super) struct Names<'a> {
    snapshot: &'a Snapshot,
}

impl<'a> Names<'a> {
    pub(super) const fn of_snapshot(snapshot: &'a Snapshot) -> Self {
        Names { snapshot }
    }

    /// A line for each process: its incarnation as errors show it, and its name.
    pub(super) fn legend(&self) -> String {
        let line = |(process, name): (&Incarnation, String)| format!("\n  (process {process} is {name})");
        self.snapshot.members.keys().map(|p| line((p, self.process(*p)))).collect()
    }

    /// A process: its name, and its incarnation where two processes of the snapshot have one name.
    pub(super) fn process(&self, process: Incarnation) -> String {
        let Some(member) = self.snapshot.members.get(&process) else {
            return format!("process {process}");
        };
        let namesakes = self.snapshot.members.values().filter(|m| m.name == member.name).count();
        if namesakes > 1 { format!("{}@{process}", member.name) } else { member.name.to_string() }
    }

    /// A task: its process, its handle, which tells it from others of its label, and its label.
    pub(super) fn task(&self, task: TaskRef) -> String {
        self.thing(task.process, task.id.0, "task", |fact| match fact {
            Fact::Task(task) => Some(task.label.as_str()),
            _ => None,
        })
    }

    /// A computation: its creator and its label.
    pub(super) fn computation(&self, computation: ComputationRef) -> String {
        self.thing(computation.process, computation.id.0, "computation", |fact| match fact {
            Fact::Creation(creation) => Some(creation.label.as_str()),
            _ => None,
        })
    }

    /// An object: its owner and its label.
    pub(super) fn object(&self, object: ObjectRef) -> String {
        self.thing(object.process, object.id.0, "object", |fact| match fact {
            Fact::Object(object) => Some(object.label.as_str()),
            _ => None,
        })
    }

    /// A wait, by the task that waits.
    pub(super) fn wait(&self, wait: WaitRef) -> String {
        match self.fact(wait.process, wait.id.0) {
            Some(Fact::Wait(fact)) => {
                format!("a wait of {}", self.task(TaskRef::new(wait.process, fact.task)))
            }
            _ => format!("wait {}/{}", self.process(wait.process), wait.id),
        }
    }

    /// Any fact of a process.
    pub(super) fn handle(&self, process: Incarnation, handle: Handle) -> String {
        let kind = self.fact(process, handle).map_or("fact", Fact::kind);
        format!("{kind} {}/{handle}", self.process(process))
    }

    /// A message.
    pub(super) fn message(&self, message: MessageId) -> String {
        let lane = message.lane;
        format!("message {} on lane {} of {}", message.seq, lane.lane.0, self.process(lane.process))
    }

    /// How long something had lasted when its process made its cut, on that process's own clock.
    pub(super) fn lasted(&self, process: Incarnation, since: Millis) -> Option<Duration> {
        let at = self.cut(process)?.at;
        (since != Millis(0) && at >= since).then(|| Duration::from_millis(at.0 - since.0))
    }

    /// How many facts there are of each kind.
    pub(super) fn counts(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        let cuts = self.snapshot.members.keys().filter_map(|p| self.cut(*p));
        for recorded in cuts.flat_map(|cut| cut.facts.values()) {
            *counts.entry(recorded.fact.kind()).or_insert(0) += 1;
        }
        counts
    }

    /// The gauges of which some process has an amount.
    pub(super) fn gauges(&self) -> BTreeSet<&'a Text> {
        self.snapshot.members.keys().filter_map(|p| self.cut(*p)).flat_map(|cut| cut.gauges.keys()).collect()
    }

    fn thing(
        &self,
        process: Incarnation,
        handle: Handle,
        kind: &str,
        label: impl Fn(&'a Fact) -> Option<&'a str>,
    ) -> String {
        let owner = self.process(process);
        match self.fact(process, handle).and_then(label).filter(|label| !label.is_empty()) {
            Some(label) => format!("{owner}/{handle} \"{}\"", shown(label)),
            None => format!("{kind} {owner}/{handle}"),
        }
    }

    fn fact(&self, process: Incarnation, handle: Handle) -> Option<&'a Fact> {
        self.cut(process)?.facts.get(&handle).map(|recorded| &recorded.fact)
    }

    fn cut(&self, process: Incarnation) -> Option<&'a ProcessCut> {
        match &self.snapshot.members.get(&process)?.state {
            MemberState::Present(cut) | MemberState::Left { last: cut, .. } => Some(cut),
            MemberState::Lost { last, .. } => last.as_deref(),
            MemberState::Absent(_) => None,
        }
    }
}

/// A text as it may be written to a terminal: control characters, which could tell it anything, are escaped.
pub(super) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() { shown.extend(c.escape_default()) } else { shown.push(c) }
    }
    shown
}

/// A place in source code in parentheses, or nothing if it is unknown.
pub(super) fn place(location: &Location) -> String {
    if location.file.as_str().is_empty() {
        String::new()
    } else {
        format!(" ({})", shown(&location.to_string()))
    }
}
