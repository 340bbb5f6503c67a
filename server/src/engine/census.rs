//! Who is there: processes and lanes as the API shows them, without asking the engine's task.

use super::history::Round;
use dashmap::DashMap;
use std::collections::BTreeMap;
use stillpoint_proto::collector::{Departure, SessionId};
use stillpoint_proto::cut::{LaneEnd, Order, ProcessCut};
use stillpoint_proto::fact::{Fact, Millis};
use stillpoint_proto::id::{Epoch, Incarnation, LaneRef, ProcessName};
use stillpoint_proto::snapshot::{ConsistentCut, MemberState};

/// A process as the server knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcessView {
    /// Which one.
    pub process: Incarnation,
    /// Its name.
    pub name: ProcessName,
    /// How it fares.
    pub standing: Standing,
    /// Its session, if it has one.
    pub session: Option<SessionView>,
    /// The round that its last report ended at; zero if it has made none.
    pub epoch: Epoch,
    /// What is in its state at the last round; `None` if that has none of it.
    pub counts: Option<Counts>,
}

/// How a process fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// It has a session.
    Connected,
    /// Its session is down.
    Disconnected,
    /// It said goodbye.
    Left,
    /// Its death is certain.
    Died,
    /// It has been silent for so long that it is presumed dead.
    PresumedDead,
}

impl From<Departure> for Standing {
    fn from(how: Departure) -> Self {
        match how {
            Departure::Left => Standing::Left,
            Departure::Died => Standing::Died,
            Departure::Presumed => Standing::PresumedDead,
        }
    }
}

/// A session as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionView {
    /// Its number.
    pub id: SessionId,
    /// Who is at the other end, as the transport knows it.
    pub peer: String,
    /// Since when, on the server's clock.
    pub since: Millis,
}

/// How many facts of each kind a process has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the facts")]
pub struct Counts {
    pub tasks: u64,
    pub waits: u64,
    pub holds: u64,
    pub resources: u64,
    pub computations: u64,
    pub tokens: u64,
    pub objects: u64,
    pub references: u64,
}

impl Counts {
    fn of(state: &ProcessCut) -> Self {
        let mut counts = Counts::default();
        for recorded in state.facts.values() {
            let count = match recorded.fact {
                Fact::Task(_) => &mut counts.tasks,
                Fact::Wait(_) => &mut counts.waits,
                Fact::Hold(_) => &mut counts.holds,
                Fact::Resource(_) => &mut counts.resources,
                Fact::Creation(_) => &mut counts.computations,
                Fact::Token(_) => &mut counts.tokens,
                Fact::Object(_) => &mut counts.objects,
                Fact::Reference(_) => &mut counts.references,
                Fact::Serving(_)
                | Fact::Target(_)
                | Fact::Reads(_)
                | Fact::Permits(_)
                | Fact::Queued(_)
                | Fact::Pin(_) => continue,
            };
            *count += 1;
        }
        counts
    }
}

/// A lane as of the last cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneView {
    /// Which lane.
    pub lane: LaneRef,
    /// The sender's name, if it is known.
    pub sender: Option<ProcessName>,
    /// Where it leads; `None` if the sender has no cut.
    pub to: Option<LaneEnd>,
    /// Whether it keeps the order; `None` if the sender has no cut.
    pub order: Option<Order>,
    /// How many messages were sent.
    pub sent: u64,
    /// How many of them the sender does not know to be settled.
    pub outstanding: u64,
    /// How many of those may have been lost.
    pub doubtful: u64,
    /// What each process has received.
    pub received: Vec<LaneReceiver>,
}

/// What one process has received on a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneReceiver {
    /// Which process.
    pub process: Incarnation,
    /// Its name, if it is known.
    pub name: Option<ProcessName>,
    /// How many messages it received that are not settled for all.
    pub received: u64,
    /// Every lower number is settled, as it last heard.
    pub floor: u64,
}

/// The processes known to the engine, written by its task and read by anybody.
pub(super) type Directory = DashMap<Incarnation, ProcessView>;

/// Everything that the API lists, as of one round.
#[derive(Debug, Default)]
pub(super) struct Census {
    pub(super) epoch: Epoch,
    pub(super) counts: BTreeMap<Incarnation, Counts>,
    pub(super) lanes: Vec<LaneView>,
}

impl Census {
    /// # Complexity
    /// O(f + l log l) for f facts and l lanes.
    pub(super) fn of(round: &Round) -> Self {
        let Some(cut) = &round.cut else { return Census::default() };
        let states = cut.snapshot().members.iter().filter_map(|(id, m)| Some((*id, state(&m.state)?)));
        let counts = states.map(|(id, state)| (id, Counts::of(state))).collect();
        Census { epoch: round.summary.epoch, counts, lanes: lanes(cut) }
    }
}

/// The last known state, whether or not the process still lives.
fn state(member: &MemberState) -> Option<&ProcessCut> {
    match member {
        MemberState::Present(cut) | MemberState::Left { last: cut, .. } => Some(cut),
        MemberState::Lost { last, .. } => last.as_deref(),
        MemberState::Absent(_) => None,
    }
}

fn lanes(cut: &ConsistentCut) -> Vec<LaneView> {
    let members = &cut.snapshot().members;
    let name = |process: Incarnation| members.get(&process).map(|m| m.name.clone());
    let mut lanes: BTreeMap<LaneRef, LaneView> = BTreeMap::new();
    let empty = |lane: LaneRef| LaneView {
        lane,
        sender: name(lane.process),
        to: None,
        order: None,
        sent: 0,
        outstanding: 0,
        doubtful: 0,
        received: Vec::new(),
    };
    for (&process, member) in members {
        let Some(state) = state(&member.state) else { continue };
        for (&lane, sending) in &state.sending {
            let lane = LaneRef { process, lane };
            let view = lanes.entry(lane).or_insert_with(|| empty(lane));
            view.to = Some(sending.to);
            view.order = Some(sending.order);
            view.sent = sending.sent;
            view.outstanding = sending.outstanding.len().saturating_add(sending.collapsed.len());
            view.doubtful = sending.doubtful.len();
        }
        for (&lane, receiving) in &state.receiving {
            let receiver = LaneReceiver {
                process,
                name: name(process),
                received: receiving.received.len(),
                floor: receiving.floor,
            };
            lanes.entry(lane).or_insert_with(|| empty(lane)).received.push(receiver);
        }
    }
    lanes.into_values().collect()
}
