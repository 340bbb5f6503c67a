//! What makes a snapshot no consistent cut.

use super::Snapshot;
use crate::cut::{LaneEnd, ProcessCut, Receiving};
use crate::fact::Fact;
use crate::id::{Epoch, Handle, Incarnation, LaneRef, MessageId};
use std::collections::{BTreeMap, BTreeSet};
use std::mem::{Discriminant, discriminant};

/// Why a snapshot is no consistent cut: an instrumentation fault, named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Inconsistency {
    /// A receiver had received what the sender had not sent by its cut.
    #[error("message {message} was received by {receiver} before its cut but sent after the sender's cut")]
    ReceivedBeforeSent {
        /// The first such message.
        message: MessageId,
        /// Who received it.
        receiver: Incarnation,
    },
    /// A receiver knew a floor that the sender had not reached by its cut.
    #[error("{receiver} had heard that lane {lane} is settled below {floor}, ahead of the sender's cut")]
    FloorAhead {
        /// The lane.
        lane: LaneRef,
        /// The floor heard.
        floor: u64,
        /// Who heard it.
        receiver: Incarnation,
    },
    /// A stamp of this epoch or a later one was received before the cut.
    #[error("{receiver} received a stamp of epoch {stamp} on lane {lane} before its cut for this round")]
    RedReceived {
        /// The lane.
        lane: LaneRef,
        /// The stamp's epoch.
        stamp: Epoch,
        /// Who received it.
        receiver: Incarnation,
    },
    /// A lane's stamps went back in epoch.
    #[error("{receiver} received message {message} with a lower epoch than a message before it on its lane")]
    EpochDecreased {
        /// The message.
        message: MessageId,
        /// Who received it.
        receiver: Incarnation,
    },
    /// Somebody says that it has received on a lane that leads to another.
    #[error("{receiver} says that it has received on lane {lane}, which leads to {peer}")]
    NotAddressed {
        /// The lane.
        lane: LaneRef,
        /// Where its sender says that it leads.
        peer: Incarnation,
        /// Who says that it has received.
        receiver: Incarnation,
    },
    /// Two say that they have received on a lane that leads to one process.
    #[error("{} and {} say that they have received on lane {lane}, which leads to one process", .receivers[0], .receivers[1])]
    SeveralReceivers {
        /// The lane.
        lane: LaneRef,
        /// Who say so.
        receivers: [Incarnation; 2],
    },
    /// Somebody knew more of a process than it knew of itself: the theorem of the notes does not hold.
    #[error("{knower} knew of {known} events of {process}, which had only {own} by its cut")]
    Clock {
        /// Of whom too much was known.
        process: Incarnation,
        /// How many events it had.
        own: u64,
        /// How many the other knew.
        known: u64,
        /// The other.
        knower: Incarnation,
    },
    /// A fact refers to a fact of its own process that is not there.
    #[error("{kind} {handle} of {process} belongs to {owner} {missing}, which is not there")]
    Dangling {
        /// The process.
        process: Incarnation,
        /// The fact.
        handle: Handle,
        /// What kind it is of.
        kind: &'static str,
        /// What kind of fact is missing.
        owner: &'static str,
        /// Which fact is missing.
        missing: Handle,
    },
    /// A wait needs more targets than it has, or has more open ones than it began with.
    #[error("wait {handle} of {process} needs {need} of {of} targets and has {open} open ones")]
    MalformedWait {
        /// The process.
        process: Incarnation,
        /// The wait.
        handle: Handle,
        /// How many it needs.
        need: u32,
        /// How many it began with.
        of: u32,
        /// How many open ones it has.
        open: u32,
    },
    /// A task is its own ancestor.
    #[error("task {task} of {process} is a branch of itself")]
    BranchOfItself {
        /// The process.
        process: Incarnation,
        /// The task.
        task: Handle,
    },
}

/// How many faults of the facts of one process are named.
const FAULTS_NAMED: usize = 8;

/// What is wrong with a snapshot, in the order of its members: of what one process says of another, the first of each
/// kind, and of its own facts a few. Whoever has much that is wrong must not fill logs and stores with it.
pub(super) fn inconsistencies(snapshot: &Snapshot) -> Vec<Inconsistency> {
    let mut faults = Vec::new();
    for (&process, member) in &snapshot.members {
        if let Some(cut) = member.state.cut() {
            check_receipts(snapshot, process, cut, &mut faults);
            let before = faults.len();
            check_facts(process, cut, &mut faults);
            faults.truncate(before + FAULTS_NAMED);
        }
    }
    check_sole_receivers(snapshot, &mut faults);
    check_clocks(snapshot, &mut faults);
    faults
}

/// What was received was sent, and to whom it came; no stamp was red or went back.
fn check_receipts(
    snapshot: &Snapshot,
    receiver: Incarnation,
    cut: &ProcessCut,
    faults: &mut Vec<Inconsistency>,
) {
    // The lanes of one sender follow each other.
    let (mut sender, mut named): (_, Vec<Discriminant<Inconsistency>>) = (None, Vec::new());
    for (&lane, got) in &cut.receiving {
        if sender.replace(lane.process) != Some(lane.process) {
            named.clear();
        }
        for fault in wrong_receipts(snapshot, receiver, lane, got) {
            if !named.contains(&discriminant(&fault)) {
                named.push(discriminant(&fault));
                faults.push(fault);
            }
        }
    }
}

/// What is wrong with what one process says that it has received on one lane.
fn wrong_receipts(
    snapshot: &Snapshot,
    receiver: Incarnation,
    lane: LaneRef,
    got: &Receiving,
) -> impl Iterator<Item = Inconsistency> {
    let stamp = got.latest;
    let red = (stamp >= snapshot.epoch).then_some(Inconsistency::RedReceived { lane, stamp, receiver });
    // Of a sender without a cut, only the colour of its stamps can be checked.
    let sender = snapshot.members.get(&lane.process).and_then(|m| m.state.cut());
    let against =
        sender.map_or([None, None, None], |sender| against_sender(snapshot, receiver, lane, got, sender));
    red.into_iter().chain(against.into_iter().flatten())
}

fn against_sender(
    snapshot: &Snapshot,
    receiver: Incarnation,
    lane: LaneRef,
    got: &Receiving,
    sender: &ProcessCut,
) -> [Option<Inconsistency>; 3] {
    let sending = sender.sending.get(&lane.lane);
    if let Some(peer) = sending.and_then(|sending| sending.to.peer())
        && !snapshot.speaks_for(receiver, peer)
    {
        let fault = Inconsistency::NotAddressed { lane, peer, receiver };
        return [(got.has_received() && snapshot.is_named(peer)).then_some(fault), None, None];
    }
    let of = |seq| MessageId { lane, seq };
    let decreased = got.disordered.map(|seq| Inconsistency::EpochDecreased { message: of(seq), receiver });
    // Of a retired lane everything sent was settled, so what was received had been sent.
    if sender.has_retired(lane.lane) {
        return [decreased, None, None];
    }
    let (sent, floor) = sending.map_or((0, 0), |s| (s.sent, s.floor()));
    let beyond = got.received.last().filter(|last| *last > sent).map(|last| {
        let mut beyond = got.received.clone();
        beyond.forget_below(sent + 1);
        Inconsistency::ReceivedBeforeSent { message: of(beyond.first().unwrap_or(last)), receiver }
    });
    let ahead = (got.floor > floor).then_some(Inconsistency::FloorAhead { lane, floor: got.floor, receiver });
    [decreased, beyond, ahead]
}

/// That on a lane to one process, not known yet to which, no two have received.
fn check_sole_receivers(snapshot: &Snapshot, faults: &mut Vec<Inconsistency>) {
    let mut first: BTreeMap<LaneRef, Incarnation> = BTreeMap::new();
    let mut told: BTreeSet<[Incarnation; 2]> = BTreeSet::new();
    for (&receiver, cut) in snapshot.members.iter().filter_map(|(p, m)| Some((p, m.state.cut()?))) {
        for (&lane, got) in &cut.receiving {
            if !got.has_received() || snapshot.sending(lane).map(|s| s.to) != Some(LaneEnd::Sole) {
                continue;
            }
            let receivers = [*first.entry(lane).or_insert(receiver), receiver];
            if !snapshot.speaks_for(receiver, receivers[0]) && told.insert(receivers) {
                faults.push(Inconsistency::SeveralReceivers { lane, receivers });
            }
        }
    }
}

/// That what belongs to something belongs to something that is there.
fn check_facts(process: Incarnation, cut: &ProcessCut, faults: &mut Vec<Inconsistency>) {
    let mut open: BTreeMap<Handle, u32> = BTreeMap::new();
    for (&handle, recorded) in &cut.facts {
        let owner = match &recorded.fact {
            Fact::Target(target) => {
                *open.entry(target.wait.0).or_default() += 1;
                Some(("wait", target.wait.0))
            }
            Fact::Wait(wait) => Some(("task", wait.task.0)),
            Fact::Serving(serving) => Some(("task", serving.task.0)),
            Fact::Queued(queued) => Some(("resource", queued.resource.0)),
            Fact::Permits(permits) => Some(("resource", permits.resource.0)),
            Fact::Pin(pin) => Some(("object", pin.object.0)),
            Fact::Reference(reference) => reference.from.map(|object| ("object", object.0)),
            _ => None,
        };
        if let Some((owner, missing)) = owner
            && cut.facts.get(&missing).is_none_or(|r| r.fact.kind() != owner)
        {
            let kind = recorded.fact.kind();
            faults.push(Inconsistency::Dangling { process, handle, kind, owner, missing });
        }
        if let Fact::Task(task) = &recorded.fact
            && let Some(parent) = task.parent
            && is_own_ancestor(cut, handle, parent.0)
        {
            faults.push(Inconsistency::BranchOfItself { process, task: handle });
        }
    }
    for (&handle, recorded) in &cut.facts {
        if let Fact::Wait(wait) = &recorded.fact {
            let open = open.get(&handle).copied().unwrap_or(0);
            if wait.need > wait.of || open > wait.of {
                let (need, of) = (wait.need, wait.of);
                faults.push(Inconsistency::MalformedWait { process, handle, need, of, open });
            }
        }
    }
}

/// Whether following the parents of `parent` leads to `task`. A branch is minted after the task it branches
/// from, so the walk ends where a parent has the greater handle, which is a fault as well.
fn is_own_ancestor(cut: &ProcessCut, task: Handle, parent: Handle) -> bool {
    parent >= task && cut.facts.contains_key(&parent)
}

/// The theorem of the notes: with `V_i` the clock of process i at its cut, and `W` their componentwise maximum,
/// the cut is consistent iff `W[i] = V_i[i]` for every i.
fn check_clocks(snapshot: &Snapshot, faults: &mut Vec<Inconsistency>) {
    let cuts: BTreeMap<Incarnation, _> =
        snapshot.members.iter().filter_map(|(id, m)| Some((*id, m.state.cut()?))).collect();
    for (&knower, cut) in &cuts {
        for (&process, &known) in cut.clock.iter().flat_map(|clock| &clock.0) {
            let Some(cut) = cuts.get(&process) else { continue };
            // Without a clock it had no event before its cut.
            let own = cut.clock.as_ref().map_or(0, |clock| clock.get(process));
            if known > own {
                faults.push(Inconsistency::Clock { process, own, known, knower });
            }
        }
    }
}
