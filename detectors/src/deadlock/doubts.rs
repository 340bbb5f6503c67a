//! Why the two reductions differ about a task.

use super::channel::{Parcel, ParcelKind};
use super::index::{NONE, Named};
use super::network::{Claim, Node, Source};
use super::remainder::Remainder;
use super::resource::Supply;
use super::rules::{self, Answerers, Asked};
use std::collections::BTreeSet;
use stillpoint_proto::cut::LaneEnd;
use stillpoint_proto::fact::{Awaited, ResourceName, Waker};
use stillpoint_proto::id::{Incarnation, LaneRef, MessageId};
use stillpoint_proto::snapshot::{Cause, Fate, MemberState};
use stillpoint_proto::verdict::{Doubt, Reason};

/// Of one task and kind of reason, no more than so many are given.
const MOST: usize = 16;

/// Why a task that the optimistic reduction freed was not freed by the pessimistic one: at most 16 reasons,
/// never none.
pub(super) fn doubts(left: &Remainder<'_, '_, '_>, task: u32) -> impl Iterator<Item = Doubt> {
    let index = left.index;
    let mut asking = Asking { left, reasons: BTreeSet::new() };
    for target in left.unsatisfied(task) {
        asking.target(target);
    }
    asking.family(task);
    let id = index.tasks[task as usize].id;
    let mut reasons = asking.reasons;
    if reasons.is_empty() {
        reasons.insert(Reason::Undecided(id));
    }
    reasons.into_iter().take(MOST).map(move |reason| Doubt { task: Some(id), reason })
}

struct Asking<'r, 'x, 'i, 'a> {
    left: &'r Remainder<'x, 'i, 'a>,
    reasons: BTreeSet<Reason>,
}

impl Asking<'_, '_, '_, '_> {
    fn add(&mut self, reason: Reason) {
        self.reasons.insert(reason);
    }

    fn undecided(&mut self, task: u32) {
        self.add(Reason::Undecided(self.left.index.tasks[task as usize].id));
    }

    fn target(&mut self, target: u32) {
        let index = self.left.index;
        for message in index.traffic.resolving(index, target).take(MOST) {
            self.message(message.id, message.fate);
        }
        let hopes = match index.targets[target as usize].on {
            Awaited::Call(request) => rules::hears_of(index, target, *request),
            Awaited::Receive { wakers, .. } => {
                let process = index.process_of(target);
                wakers.iter().any(|w| index.traffic.unknown_from(process, rules::process_of(w)))
            }
            Awaited::Resource { request, .. } => rules::granted_unknown(index, target, *request),
            Awaited::Task(_) | Awaited::External => false,
        };
        if hopes {
            self.unknown_content(Some(index.process_of(target)));
        }
        match index.targets[target as usize].on {
            Awaited::External => {}
            Awaited::Task(task) => self.named(task.process, index.named(*task)),
            Awaited::Call(request) => self.call(*request),
            Awaited::Receive { wakers, closed } => self.receive(target, wakers, *closed),
            Awaited::Resource { request, .. } => {
                if let Some(request) = *request {
                    self.asked(target, request);
                }
                self.resource(target);
            }
        }
    }

    /// Whether the owner has been asked.
    fn asked(&mut self, target: u32, request: MessageId) {
        let index = self.left.index;
        match (rules::asked(index, target, request), index.cut.channels().message(request)) {
            (Asked::Yes, _) => {}
            (_, Some(message)) => self.message(request, message.fate),
            (_, None)
                if index.cut.channels().lost.get(&request.lane).is_some_and(|l| l.contains(request.seq)) =>
            {
                self.add(Reason::Doubtful(request));
            }
            (_, None) => self.add(Reason::Unserved(request)),
        }
    }

    fn message(&mut self, id: MessageId, fate: Fate) {
        self.add(match fate {
            Fate::Transit => Reason::Unread(id),
            Fate::Doubtful => Reason::Doubtful(id),
            Fate::Hidden => Reason::Hidden(id),
        });
    }

    /// Messages of unknown content that may reach a process, or that may carry anything anywhere.
    fn unknown_content(&mut self, process: Option<u32>) {
        let traffic = &self.left.index.traffic;
        for (from, cause) in traffic.unknown_to(process).take(MOST) {
            self.add(Reason::UnknownContent(from, cause));
        }
    }

    /// A process without a cut, or that has left.
    fn beyond(&mut self, process: Incarnation) {
        self.add(match self.left.index.member(process) {
            Some(MemberState::Absent(absence)) => Reason::Absent(process, absence.clone()),
            Some(MemberState::Lost { certain, .. }) => Reason::Lost { process, certain: *certain },
            Some(MemberState::Present(_) | MemberState::Left { .. }) => {
                Reason::Lost { process, certain: true }
            }
            None => Reason::Stranger(process),
        });
    }

    fn missing_members(&mut self) {
        let index = self.left.index;
        index.missing.iter().take(MOST).for_each(|process| self.beyond(*process));
    }

    fn named(&mut self, process: Incarnation, named: Named) {
        match named {
            Named::Live(task) if self.left.index.lives(task) => self.undecided(task),
            Named::Live(_) | Named::Beyond => self.beyond(process),
            Named::Finished => {}
        }
    }

    fn call(&mut self, request: MessageId) {
        let index = self.left.index;
        if let Answerers::Tasks(tasks) = rules::answerers(index, request) {
            if index.cut.channels().message(request).is_some() {
                self.add(Reason::Unread(request));
            }
            tasks.into_iter().take(MOST).for_each(|task| self.undecided(task));
            if rules::may_be_served_beyond(index, request) {
                self.missing_members();
            }
            return;
        }
        match index.cut.channels().message(request) {
            Some(message) if message.to == LaneEnd::Group => self.add(Reason::GroupCopy(request)),
            Some(message) => self.message(request, message.fate),
            None => self.add(Reason::Unserved(request)),
        }
    }

    fn receive(&mut self, target: u32, wakers: &[Waker], closed: bool) {
        let index = self.left.index;
        if !closed {
            self.add(Reason::OpenReceive(index.waits[index.targets[target as usize].wait as usize].id));
        }
        for waker in wakers.iter().take(MOST) {
            match waker {
                Waker::Task(task) => self.named(task.process, index.named(*task)),
                Waker::Process(process) => self.waker_process(target, *process),
                Waker::Lane(lane) => self.waker_lane(*lane),
            }
        }
    }

    fn waker_process(&mut self, target: u32, id: Incarnation) {
        let index = self.left.index;
        let Some(process) = index.process(id).filter(|_| index.is_present(id)) else {
            return self.beyond(id);
        };
        if rules::may_stir(index, target, process) {
            let traffic = &index.traffic;
            match traffic.inbound(index.process_of(target)).or(traffic.inbound(process)) {
                Some(message) => self.add(Reason::Unread(message)),
                // Somebody may start a task there that nobody knows of yet.
                None => self
                    .add(Reason::OpenReceive(index.waits[index.targets[target as usize].wait as usize].id)),
            }
            self.unknown_content(Some(process));
        }
        let tasks = index.processes[process as usize].tasks.clone();
        tasks.take(MOST).for_each(|task| self.undecided(task));
    }

    fn waker_lane(&mut self, lane: LaneRef) {
        let index = self.left.index;
        if let Some(busy) = index.traffic.lane(lane) {
            self.message(busy.example, busy.fate);
        }
        if index.process(lane.process).is_none() {
            self.beyond(lane.process);
        }
    }

    fn resource(&mut self, target: u32) {
        let index = self.left.index;
        let row = &index.resources[index.targets[target as usize].resource as usize];
        if row.terms.supply == Supply::Unknown {
            match row.name {
                ResourceName::Owned(id) if !index.is_present(id.process) => self.beyond(id.process),
                _ => self.add(Reason::UnknownCapacity(row.terms.label.clone())),
            }
        } else if !row.terms.closed {
            self.add(Reason::OpenResource(row.terms.label.clone()));
        }
        if let ResourceName::Keyed(key) = row.name
            && row.unseen > 0
        {
            self.add(Reason::UnseenHolder(key.clone()));
        }
        if index.gaps && !row.terms.local {
            self.missing_members();
            self.unknown_content(None);
            for from in index.unread.iter().take(MOST) {
                self.add(Reason::UnknownContent(*from, Cause::Collapsed));
            }
        }
        self.claims(target);
    }

    /// Whoever has the units or is ahead. A target that was given up for a gap has no place in the ledger, but
    /// its resource may have orphaned holds all the same.
    fn claims(&mut self, target: u32) {
        let index = self.left.index;
        let resource = index.targets[target as usize].resource;
        let holds = self.left.holds(resource).iter().map(|h| h.1);
        let places = self.left.places_ahead(resource, index.ticket(target)).iter().map(|p| p.2);
        let claims: Vec<u32> = holds.chain(places).take(MOST).collect();
        for claim in claims {
            self.claim(claim);
        }
        self.orphans_of_the_dead(resource);
    }

    fn claim(&mut self, n: u32) {
        let index = self.left.index;
        let Claim { source, .. } = *self.left.claim(n);
        match source {
            Source::Hold(hold) => self.hold(hold),
            Source::Parcel(parcel) => self.parcel(&index.traffic.parcels[parcel as usize]),
            Source::Place(place) => {
                let row = &index.places[place as usize];
                let process = index.processes[row.process as usize].id;
                match self.left.inputs(Node::Claim(n)).next() {
                    Some(Node::Task(task)) => self.undecided(task),
                    _ => self.add(Reason::OrphanedHold { process, handle: row.handle }),
                }
            }
        }
    }

    fn hold(&mut self, hold: u32) {
        let index = self.left.index;
        let row = &index.holds[hold as usize];
        let (process, handle) = (index.processes[row.process as usize].id, row.handle);
        if rules::orphaned(index, hold) {
            self.add(Reason::OrphanedHold { process, handle });
        } else if rules::unconfirmed(index, hold) {
            self.add(Reason::UnconfirmedHold { process, handle });
        } else if row.task == NONE {
            self.add(Reason::UnboundHold { process, handle });
        }
        if row.task != NONE && index.lives(row.task) {
            self.undecided(row.task);
        }
    }

    fn parcel(&mut self, parcel: &Parcel) {
        match parcel.fate {
            Some(fate) => self.message(parcel.message, fate),
            None => self.add(Reason::Doubtful(parcel.message)),
        }
        if let ParcelKind::Grant(to) = &parcel.kind {
            let index = self.left.index;
            to.iter().take(MOST).for_each(|target| self.undecided(index.task_of(*target)));
        }
    }

    /// What a dead process held at its last report.
    fn orphans_of_the_dead(&mut self, resource: u32) {
        let index = self.left.index;
        for (process, handle) in index.orphans_of_the_dead(resource).take(MOST) {
            self.add(Reason::OrphanedHold { process, handle });
        }
    }

    fn family(&mut self, task: u32) {
        let index = self.left.index;
        let parent = index.tasks[task as usize].parent;
        for &branch in index.branches_of.successors(task).iter().take(MOST) {
            self.relative(branch);
        }
        if parent != NONE {
            self.relative(parent);
        }
    }

    /// A branch that runs may do anything for its parent, and a parent that runs may drop its branch.
    fn relative(&mut self, task: u32) {
        if self.left.state.has(Node::Task(task)) {
            self.add(Reason::RunningBranch(self.left.index.tasks[task as usize].id));
        } else {
            self.undecided(task);
        }
    }
}
