//! `UNKNOWN`: each doubt is about something that is really so.
//!
//! Whether the detector could have established more is not confirmed: that would be detecting.

use super::view::{Open, Supply, View};
use super::{Refuted, Unchecked, lost, termination};
use std::collections::BTreeSet;
use stillpoint_proto::cut::LaneEnd;
use stillpoint_proto::fact::{Awaited, Fact, Hold, ResourceName, Waker};
use stillpoint_proto::id::{Epoch, Global, Handle, Incarnation, MessageId, TaskRef, Text, WaitRef};
use stillpoint_proto::snapshot::{Cause, Fate, MemberState};
use stillpoint_proto::verdict::{Doubt, Property, Reason};

/// Confirms the doubts; gives those of an unknown kind.
pub(super) fn check(
    view: &View<'_>,
    known: &Known,
    property: &Property,
    doubts: &[Doubt],
) -> Result<Vec<Unchecked>, Refuted> {
    if doubts.is_empty() {
        return Err(Refuted::Empty { property: property.name() });
    }
    let mut unchecked = Vec::new();
    for doubt in doubts {
        if let Some(task) = doubt.task
            && !view.tasks.contains_key(&task)
        {
            return Err(Refuted::NoSuchTask(task));
        }
        match is_real(view, known, doubt) {
            Some(true) => {}
            Some(false) => return Err(Refuted::UnrealDoubt(doubt.clone())),
            None => unchecked.push(Unchecked::Doubt(doubt.clone())),
        }
    }
    Ok(unchecked)
}

/// Whether a doubt is about something that is so; `None` if its kind is not known here.
fn is_real(view: &View<'_>, known: &Known, doubt: &Doubt) -> Option<bool> {
    let state = |process: &Incarnation| view.cut.snapshot().members.get(process).map(|m| &m.state);
    let fate = |message: &MessageId| view.message(*message).map(|m| m.fate);
    Some(match &doubt.reason {
        Reason::Absent(process, absence) => {
            matches!(state(process), Some(MemberState::Absent(actual)) if actual == absence)
        }
        Reason::Lost { process, certain } => {
            match state(process) {
                Some(MemberState::Lost { certain: actual, .. }) => actual == certain,
                // It said goodbye.
                Some(MemberState::Left { .. }) => *certain,
                _ => false,
            }
        }
        Reason::Stranger(process) => state(process).is_none(),
        Reason::UnknownContent(from, cause) => known.contents.contains(&(*from, *cause)),
        Reason::Unread(message) => fate(message).is_some(),
        Reason::Doubtful(message) => fate(message) == Some(Fate::Doubtful) || is_lost(view, *message),
        Reason::Hidden(message) => fate(message) == Some(Fate::Hidden),
        Reason::GroupCopy(message) => sent_to(view, *message) == Some(LaneEnd::Group),
        Reason::Unserved(message) => {
            let unserved = || !view.servers.contains_key(message);
            fate(message).is_none() && (unserved() || asks_in_vain(view, doubt.task, *message))
        }
        Reason::OpenReceive(wait) => waits_openly(view, *wait),
        Reason::OpenResource(name) => known.open.contains(name),
        Reason::UnknownCapacity(name) => known.unknown.contains(name),
        Reason::UnboundHold { process, handle } => {
            hold(view, *process, *handle).is_some_and(|(hold, _)| hold.task.is_none())
        }
        Reason::OrphanedHold { process, handle } => {
            is_orphaned(view, *process, *handle) || is_abandoned(view, *process, *handle)
        }
        Reason::UnconfirmedHold { process, handle } => {
            hold(view, *process, *handle).is_some_and(|(h, born)| {
                matches!(h.resource, ResourceName::Keyed(_)) && born >= view.cut.snapshot().confirmed
            })
        }
        Reason::UnseenHolder(key) => doubt.task.is_some_and(|task| may_be_held_by_others(view, task, key)),
        Reason::RunningBranch(task) => {
            view.parent_of(*task).is_some()
                || view.branches_of(*task).iter().any(|b| view.tasks.contains_key(b))
        }
        Reason::Undecided(task) => !view.waits_of(*task).is_empty(),
        Reason::NoCreation(computation) => !termination::is_created(view.cut, *computation),
        _ => return None,
    })
}

fn is_lost(view: &View<'_>, message: MessageId) -> bool {
    view.cut.channels().lost.get(&message.lane).is_some_and(|lost| lost.contains(message.seq))
}

/// Where a message was sent. Of what is in transit that is known though its sender is dead.
fn sent_to(view: &View<'_>, message: MessageId) -> Option<LaneEnd> {
    view.message(message).map(|found| found.to).or_else(|| view.lane_end(message.lane))
}

/// Whether the task demands a resource by this request, which its owner has not received, if it has one: whoever
/// serves the request does so in the owner's stead, and nobody knows whether he has asked it.
fn asks_in_vain(view: &View<'_>, task: Option<TaskRef>, asked_by: MessageId) -> bool {
    let waits = task.into_iter().flat_map(|task| view.waits_of(task));
    let mut open = waits.flat_map(|waiting| view.open_of(waiting.wait));
    open.any(|open| match open.on {
        Awaited::Resource { resource, request: Some(request), .. } => {
            *request == asked_by && !view.owner_has(resource, *request)
        }
        _ => false,
    })
}

/// Whether the task demands some of the resource of this key, and somebody who is no member may have some.
fn may_be_held_by_others(view: &View<'_>, task: TaskRef, key: &Text) -> bool {
    let name = ResourceName::Keyed(key.clone());
    let mut open = view.waits_of(task).iter().flat_map(|waiting| view.open_of(waiting.wait));
    let demands = |open: &Open<'_>| {
        matches!(open.on, Awaited::Resource { resource, grip, .. }
            if *resource == name && view.is_some_of(&name, *grip))
    };
    view.unseen(&name) > 0 && open.any(demands)
}

fn waits_openly(view: &View<'_>, wait: WaitRef) -> bool {
    // A task of a waker process need not exist yet.
    let may_come = |waker: &Waker| matches!(waker, Waker::Process(_));
    view.open_of(wait).iter().any(|open| match open.on {
        Awaited::Receive { wakers, closed } => !closed || wakers.iter().any(may_come),
        _ => false,
    })
}

/// A hold of a process that has a cut, or of the last report of a dead one.
fn hold<'v>(view: &'v View<'_>, process: Incarnation, handle: Handle) -> Option<(&'v Hold, Epoch)> {
    let state = match &view.cut.snapshot().members.get(&process)?.state {
        MemberState::Present(cut) | MemberState::Left { last: cut, .. } => cut,
        MemberState::Lost { last, .. } => last.as_ref()?,
        MemberState::Absent(_) => return None,
    };
    let recorded = state.facts.get(&handle)?;
    match &recorded.fact {
        Fact::Hold(hold) => Some((hold, recorded.born)),
        _ => None,
    }
}

/// A place in a queue that nobody who is there, or nobody in particular, stands in: who waits for something else does
/// not, as a caller whose request the owner has put there.
fn is_abandoned(view: &View<'_>, process: Incarnation, handle: Handle) -> bool {
    let Some(Fact::Queued(queued)) = view.recorded(process, handle).map(|r| &r.fact) else { return false };
    let own = ResourceName::Owned(Global::new(process, queued.resource));
    let demands = |open: &Open<'_>| matches!(open.on, Awaited::Resource { resource, .. } if *resource == own);
    let waiters = view.addressees(queued.waiter);
    let tasks: BTreeSet<_> = waiters.iter().filter(|open| demands(open)).map(|open| open.task).collect();
    tasks.len() != 1
}

fn is_orphaned(view: &View<'_>, process: Incarnation, handle: Handle) -> bool {
    let Some((hold, _)) = hold(view, process, handle) else { return false };
    let task = hold.task.map(|task| Global::new(process, task));
    !view.is_present(process) || task.is_some_and(|task| !view.tasks.contains_key(&task))
}

/// What doubts may be about, looked up once.
#[derive(Debug)]
pub(super) struct Known {
    /// Resources to which anyone may add, by label, key or name.
    open: BTreeSet<Text>,
    /// Resources of which nobody knows how much there is, likewise.
    unknown: BTreeSet<Text>,
    /// From whom messages of unknown content may be, or may return, and why that is unknown.
    contents: BTreeSet<(Incarnation, Cause)>,
}

impl Known {
    /// # Complexity
    /// O(n log n) in the facts and lanes of the cut.
    pub(super) fn new(view: &View<'_>) -> Self {
        let under_way = view.cut.channels().unknown.iter().map(|content| (content.from, content.cause));
        let lost = lost::unread(view.cut).map(|from| (from, Cause::Collapsed));
        let contents = under_way.chain(lost).collect();
        let mut this = Known { open: BTreeSet::new(), unknown: BTreeSet::new(), contents };
        for (name, label) in names(view) {
            let texts = [Some(Text::new(&name.to_string())), label];
            match view.supply(&name) {
                Supply::Known { closed: false, .. } => this.open.extend(texts.into_iter().flatten()),
                Supply::Unknown => this.unknown.extend(texts.into_iter().flatten()),
                Supply::Known { .. } | Supply::Gone => {}
            }
        }
        this
    }
}

/// Every resource that is declared or waited for.
fn names(view: &View<'_>) -> Vec<(ResourceName, Option<Text>)> {
    let mut names = Vec::new();
    for (process, state) in view.cut.cuts() {
        for (&handle, recorded) in &state.facts {
            match &recorded.fact {
                Fact::Resource(resource) => {
                    let name = View::name_of(process, handle, resource.key.as_ref());
                    names.push((name, Some(resource.label.clone())));
                }
                Fact::Target(target) => {
                    if let Awaited::Resource { resource, .. } = &target.on {
                        names.push((resource.clone(), None));
                    }
                }
                _ => {}
            }
        }
    }
    names
}
