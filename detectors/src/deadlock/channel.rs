//! What is under way: which messages bear on which targets and resources.

use super::index::{Index, NONE};
use std::collections::HashMap;
use stillpoint_proto::cut::LaneEnd;
use stillpoint_proto::fact::{Annotation, Awaited, Grip, Resolution, ResourceName, Waker};
use stillpoint_proto::id::{Incarnation, LaneRef, MessageId};
use stillpoint_proto::mutation::{Mutation, is_on};
use stillpoint_proto::snapshot::{Cause, Channel, Fate, InTransit};

/// A lane with messages in transit.
pub(super) struct Busy {
    pub(super) lane: LaneRef,
    pub(super) to: LaneEnd,
    /// A message whose fate is known, or else any.
    pub(super) example: MessageId,
    pub(super) fate: Fate,
    /// There is a message whose fate is not known.
    pub(super) uncertain: bool,
}

/// Units that a message grants or gives back.
pub(super) struct Parcel {
    pub(super) resource: u32,
    pub(super) grip: Grip,
    pub(super) message: MessageId,
    pub(super) to: LaneEnd,
    /// `None`: nobody can receive it any more.
    pub(super) fate: Option<Fate>,
    pub(super) kind: ParcelKind,
}

/// Whether units come or go.
pub(super) enum ParcelKind {
    /// Granted to whoever has these targets.
    Grant(Vec<u32>),
    /// Given back.
    Release,
}

/// The channels as the detector asks about them.
#[derive(Default)]
pub(super) struct Traffic {
    /// Lanes with messages in transit, ascending.
    lanes: Vec<Busy>,
    /// Which message in transit resolves which target, ascending.
    resolving: Vec<(u32, MessageId)>,
    /// Grants and releases under way or lost, of resources that somebody demands.
    pub(super) parcels: Vec<Parcel>,
    /// For each process, a message in transit that may reach it.
    inbound: Vec<Option<MessageId>>,
    /// A message in transit that may reach any process.
    anywhere: Option<MessageId>,
    /// For each process, whether a message of unknown content may reach it.
    pub(super) murky: Vec<bool>,
    /// To which process messages of unknown content may come from whom, and why; [`NONE`] for to any. Ascending.
    unknown: Vec<(u32, Incarnation, Cause)>,
    /// Which task waits for something that is in transit on which lane. Ascending.
    attending: Vec<(LaneRef, u32)>,
    /// Targets named by a grant that is in transit or lost, whatever is granted, and whether it is certain. Ascending.
    granted: Vec<(u32, bool)>,
}

impl Traffic {
    pub(super) fn new(index: &Index<'_>) -> Self {
        let mut traffic = Traffic {
            inbound: vec![None; index.processes.len()],
            murky: vec![false; index.processes.len()],
            ..Traffic::default()
        };
        let names: HashMap<_, _> = index.resources.iter().zip(0..).map(|(r, n)| (r.name, n)).collect();
        for (&lane, channel) in &index.cut.channels().lanes {
            traffic.on_lane(index, lane, channel);
        }
        for message in index.cut.channels().carriers() {
            for annotation in message.annotations {
                if is_on(Mutation::ReplyIgnored) && matches!(annotation, Annotation::Resolves(_)) {
                    continue;
                }
                let resolves = resolution(annotation).map_or(Vec::new(), |r| index.resolve(r));
                traffic.resolving.extend(resolves.iter().map(|target| (*target, message.id)));
                let fate = Some(message.fate);
                if is_on(Mutation::GrantIgnored) && matches!(annotation, Annotation::Grants { .. }) {
                    continue;
                }
                traffic.parcel(annotation, resolves, &names, message.id, message.to, fate);
            }
        }
        traffic.resolving.sort_unstable();
        traffic.resolving.dedup();
        traffic.lost(index, &names);
        traffic.attend(index);
        traffic.granted.sort_unstable();
        for unknown in &index.cut.channels().unknown {
            match unknown.to {
                None => traffic.murky.fill(true),
                Some(to) => {
                    index.process(to).into_iter().for_each(|p| traffic.murky[p as usize] = true);
                }
            }
            let to = unknown.to.map_or(Some(NONE), |to| index.process(to));
            traffic.unknown.extend(to.map(|to| (to, unknown.from, unknown.cause)));
        }
        traffic.unknown.sort_unstable();
        traffic.unknown.dedup();
        traffic
    }

    /// Who waits for what on a lane, by name or because it is the lane.
    fn attend(&mut self, index: &Index<'_>) {
        for &(target, message) in &self.resolving {
            if index.targets[target as usize].wait != NONE {
                self.attending.push((message.lane, index.task_of(target)));
            }
        }
        for (row, target) in index.targets.iter().zip(0..) {
            let Awaited::Receive { wakers, .. } = row.on else { continue };
            if row.wait != NONE {
                let lanes = wakers.iter().filter_map(|w| match w {
                    Waker::Lane(lane) => Some(*lane),
                    Waker::Task(_) | Waker::Process(_) => None,
                });
                self.attending.extend(lanes.map(|lane| (lane, index.task_of(target))));
            }
        }
        self.attending.sort_unstable();
    }

    /// Whether a grant that is in transit or lost names the target; if so, whether one does that is certain.
    pub(super) fn granted(&self, target: u32) -> Option<bool> {
        let from = self.granted.partition_point(|g| g.0 < target);
        let all = self.granted[from..].iter().take_while(|g| g.0 == target);
        all.map(|g| g.1).last()
    }

    /// The targets named by a grant that is in transit or lost.
    pub(super) fn all_granted(&self) -> impl Iterator<Item = u32> + '_ {
        self.granted.iter().map(|granted| granted.0)
    }

    /// Whether a task waits for something that may be in transit on the lane.
    pub(super) fn attends(&self, task: u32, lane: LaneRef) -> bool {
        self.attending.binary_search(&(lane, task)).is_ok()
    }

    /// Whether messages of unknown content from `from` may reach `process`.
    pub(super) fn unknown_from(&self, process: u32, from: Incarnation) -> bool {
        [process, NONE].iter().any(|to| {
            let at = self.unknown.partition_point(|u| (u.0, u.1) < (*to, from));
            self.unknown.get(at).is_some_and(|u| (u.0, u.1) == (*to, from))
        })
    }

    /// From whom messages of unknown content may come to `process`, or to any if that is `None`, and why.
    pub(super) fn unknown_to(&self, process: Option<u32>) -> impl Iterator<Item = (Incarnation, Cause)> + '_ {
        let of = |to: u32| {
            let from = self.unknown.partition_point(|u| u.0 < to);
            &self.unknown[from..from + self.unknown[from..].partition_point(|u| u.0 == to)]
        };
        let (own, all) = match process {
            Some(process) => (of(process), of(NONE)),
            None => (&self.unknown[..], &[][..]),
        };
        own.iter().chain(all).map(|u| (u.1, u.2))
    }

    fn on_lane(&mut self, index: &Index<'_>, lane: LaneRef, channel: &Channel) {
        // Those whose fate is known come first.
        let Some((fate, seq)) = channel.fates().find_map(|(fate, all)| Some((fate, all.first()?))) else {
            return;
        };
        let (to, example) = (channel.to, MessageId { lane, seq });
        let uncertain = channel.fates().any(|(fate, _)| fate != Fate::Transit);
        self.lanes.push(Busy { lane, to, example, fate, uncertain });
        match to {
            LaneEnd::Peer(peer) => {
                let process = index.process(peer);
                process.into_iter().for_each(|p| self.inbound[p as usize] = Some(example));
            }
            LaneEnd::Sole | LaneEnd::Group => self.anywhere = Some(example),
        }
    }

    fn parcel(
        &mut self,
        annotation: &Annotation,
        resolves: Vec<u32>,
        names: &HashMap<&ResourceName, u32>,
        message: MessageId,
        to: LaneEnd,
        fate: Option<Fate>,
    ) {
        let (resource, grip, kind) = match annotation {
            Annotation::Grants { resource, grip, .. } => {
                // Whoever waits for it may have it, be it that nobody demands it by its name.
                let keyed = matches!(resource, ResourceName::Keyed(_));
                let certain = fate == Some(Fate::Transit) && !keyed;
                self.granted.extend(resolves.iter().map(|target| (*target, certain)));
                (resource, *grip, ParcelKind::Grant(resolves))
            }
            Annotation::Releases { resource, grip } => (resource, *grip, ParcelKind::Release),
            _ => return,
        };
        if let Some(&resource) = names.get(resource) {
            self.parcels.push(Parcel { resource, grip, message, to, fate, kind });
        }
    }

    /// Units in messages that nobody can receive any more are with nobody until their owner finds out.
    fn lost(&mut self, index: &Index<'_>, names: &HashMap<&ResourceName, u32>) {
        for (&lane, numbers) in &index.cut.channels().lost {
            let Some(process) = index.process(lane.process) else { continue };
            let Some(sending) = index.processes[process as usize].cut.sending.get(&lane.lane) else {
                continue;
            };
            for (seq, carried) in sending.annotations.iter().filter(|(seq, _)| numbers.contains(*seq)) {
                for annotation in carried.iter() {
                    let id = MessageId { lane, seq };
                    let resolves = resolution(annotation).map_or(Vec::new(), |r| index.resolve(r));
                    self.parcel(annotation, resolves, names, id, sending.to, None);
                }
            }
        }
    }

    /// The lane, if messages are in transit on it.
    pub(super) fn lane(&self, lane: LaneRef) -> Option<&Busy> {
        self.lanes.binary_search_by_key(&lane, |busy| busy.lane).ok().map(|n| &self.lanes[n])
    }

    /// A message in transit that may reach the process, if there is any.
    pub(super) fn inbound(&self, process: u32) -> Option<MessageId> {
        self.inbound[process as usize].or(self.anywhere)
    }

    /// The messages in transit that resolve a target.
    pub(super) fn resolving<'i>(
        &'i self,
        index: &'i Index<'_>,
        target: u32,
    ) -> impl Iterator<Item = InTransit<'i>> + 'i {
        let from = self.resolving.partition_point(|r| r.0 < target);
        let all = self.resolving[from..].iter().take_while(move |r| r.0 == target);
        all.filter_map(|r| index.cut.channels().message(r.1))
    }
}

fn resolution(annotation: &Annotation) -> Option<&Resolution> {
    match annotation {
        Annotation::Resolves(resolution) => Some(resolution),
        Annotation::Grants { to, .. } => to.as_ref(),
        _ => None,
    }
}

/// The readers of a message: at its receiver where that is known, else anywhere. `None` where nobody is said
/// to read the lane; tasks that are not there are left out of the list.
pub(super) fn readers(index: &Index<'_>, lane: LaneRef, at: Option<u32>) -> Option<Vec<u32>> {
    if is_on(Mutation::ReadersIgnored) {
        return None;
    }
    let all: Vec<u32> = match at {
        Some(process) => index.readers(lane, process).collect(),
        None => index.all_readers(lane).collect(),
    };
    if all.is_empty() { None } else { Some(all.into_iter().filter(|task| *task != NONE).collect()) }
}
