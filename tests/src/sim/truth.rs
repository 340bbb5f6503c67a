//! What is really so: who can ever go on, where there is work, what can be reached.
//!
//! All of it is read from the programs, the owners' books and the network, by going through them again and again until
//! nothing changes. The same question is also answered by waiting: who is found here to be stuck must never go on while
//! nobody acts from outside, and [`System::proceeds`](super::judge) sees whether he does.

use super::program::{Body, Home, Task, Waiting, Want};
use super::system::{Flight, Frame, System};
use std::collections::{BTreeMap, BTreeSet};
use stillpoint_proto::id::{ComputationRef, MessageId, ObjectRef, TaskRef};

/// The messages under way by what they are about.
#[derive(Default)]
struct Moving {
    replies: BTreeSet<MessageId>,
    requests: BTreeMap<MessageId, Vec<(stillpoint_proto::id::Incarnation, bool)>>,
    grants: BTreeSet<MessageId>,
    /// Units on their way back, which the owner or the database still counts as granted.
    returns: Vec<(usize, TaskRef)>,
}

impl System {
    /// The messages under way.
    pub(super) fn flights(&self) -> impl Iterator<Item = (u64, &Flight)> + '_ {
        self.frames.iter().filter_map(|(number, frame)| match frame {
            Frame::Message(flight) => Some((*number, &**flight)),
            Frame::Marker(..) | Frame::End(..) => None,
        })
    }

    /// Whether anything is under way from one process to another.
    pub(super) fn is_under_way(
        &self,
        from: stillpoint_proto::id::Incarnation,
        to: stillpoint_proto::id::Incarnation,
    ) -> bool {
        self.frames.values().any(|frame| match frame {
            Frame::Message(flight) => flight.stamp.id.sender() == from && flight.to == to,
            Frame::Marker(marker, towards) => marker.lane.process == from && *towards == to,
            Frame::End(lane, towards) => lane.process == from && *towards == to,
        })
    }

    fn tasks(&self) -> impl Iterator<Item = (TaskRef, &Task)> + '_ {
        self.nodes.values().filter(|node| !node.left).flat_map(|n| n.tasks.iter().map(|(id, t)| (*id, t)))
    }

    /// The tasks that can never go on, whatever those do that can, unless somebody acts from outside.
    pub(super) fn blocked(&self) -> BTreeSet<TaskRef> {
        let mut moving = Moving { returns: self.committing.clone(), ..Moving::default() };
        // What nobody has noticed to be lost will fail, or be sent again: nobody waits for it for ever.
        let lost = self.unnoticed.values().map(|flight| (0, flight));
        for (number, flight) in self.flights().filter(|(_, flight)| self.brings(flight)).chain(lost) {
            let unread = self.nodes.get(&flight.to).is_some_and(|node| node.inbox.contains(&number));
            match &flight.body {
                Body::Reply(request) => drop(moving.replies.insert(*request)),
                Body::Request(..) => {
                    moving.requests.entry(flight.stamp.id).or_default().push((flight.to, unread));
                }
                Body::Grant(resource, _, request, task) => {
                    moving.grants.insert(*request);
                    // Who has withdrawn meanwhile gives it back.
                    if !self.wants_grant(*task, *request) {
                        moving.returns.push((*resource, *task));
                    }
                }
                Body::Return(resource, _, task) => moving.returns.push((*resource, *task)),
                _ => {}
            }
        }
        let mut stuck: BTreeSet<TaskRef> =
            self.tasks().filter(|(_, task)| task.waiting.is_some()).map(|(id, _)| id).collect();
        loop {
            let free: Vec<TaskRef> =
                stuck.iter().copied().filter(|task| self.can_go_on(*task, &stuck, &moving)).collect();
            if free.is_empty() {
                return stuck;
            }
            free.iter().for_each(|task| {
                stuck.remove(task);
            });
        }
    }

    fn wants_grant(&self, task: TaskRef, request: MessageId) -> bool {
        let waiting = self.task(task).and_then(|task| task.waiting.as_ref());
        let wants = |want: &Want| matches!(want, Want::Units(_, _, Some(of)) if *of == request);
        waiting.is_some_and(|waiting| waiting.open.values().any(wants))
    }

    fn can_go_on(&self, id: TaskRef, stuck: &BTreeSet<TaskRef>, moving: &Moving) -> bool {
        let Some(task) = self.task(id) else { return true };
        let family = task.parent.into_iter().chain(task.branches.iter().copied());
        if family.into_iter().any(|relative| self.task(relative).is_some() && !stuck.contains(&relative)) {
            return true;
        }
        let Some(waiting) = &task.waiting else { return true };
        self.gathers(id, waiting, stuck, moving)
    }

    fn gathers(&self, id: TaskRef, waiting: &Waiting, stuck: &BTreeSet<TaskRef>, moving: &Moving) -> bool {
        let can = waiting.open.values().filter(|want| self.comes(id, want, stuck, moving)).count();
        can >= waiting.missing()
    }

    fn comes(&self, id: TaskRef, want: &Want, stuck: &BTreeSet<TaskRef>, moving: &Moving) -> bool {
        let goes_on = |task: &TaskRef| self.task(*task).is_some() && !stuck.contains(task);
        match want {
            Want::Request | Want::Outside => true,
            Want::Branch(branch) => self.task(*branch).is_none() || goes_on(branch),
            Want::Mail(mailbox) => self.mail[*mailbox].1.is_some_and(|poster| goes_on(&poster)),
            Want::Reply(request) => {
                // Who has said goodbye replies no more.
                let left = |of: &TaskRef| self.nodes.get(&of.process).is_some_and(|node| node.left);
                let replies = |server: &TaskRef| !left(server) && goes_on(server);
                let read = |(to, unread): &(stillpoint_proto::id::Incarnation, bool)| {
                    let reader = self.nodes.get(to).and_then(|node| node.reader);
                    reader.is_none_or(|reader| goes_on(&reader)) || (!unread && reader.is_none())
                };
                moving.replies.contains(request)
                    || moving.requests.get(request).is_some_and(|ways| ways.iter().any(read))
                    || self.serving.get(request).is_some_and(|servers| servers.iter().any(replies))
            }
            Want::Units(resource, grip, request) => {
                if request.is_some_and(|request| moving.grants.contains(&request)) {
                    return true;
                }
                let book = &self.books[*resource];
                let owned = match book.home {
                    Home::Owned(owner, _) => self.runs(owner),
                    Home::Keyed(_) => true,
                };
                if !owned || book.open {
                    return true;
                }
                let mine = |(task, of): &&(TaskRef, _)| task == &id && of == grip;
                if matches!(book.home, Home::Keyed(_)) && book.granted.iter().any(|entry| mine(&entry)) {
                    return true;
                }
                let has = |task: &TaskRef| {
                    let Some(found) = self.task(*task) else { return false };
                    let awaits = |want: &Want| matches!(want, Want::Units(of, ..) if of == resource);
                    found.holds.values().any(|held| held.resource == *resource)
                        || found.waiting.as_ref().is_some_and(|w| w.open.values().any(awaits))
                };
                let mut back = moving.returns.clone();
                let mut returned = |task: &TaskRef| {
                    let place = back.iter().position(|(of, by)| of == resource && by == task);
                    place.is_some_and(|place| back.swap_remove(place).0 == *resource)
                };
                let held = book.granted.iter();
                let held = held.filter(|(task, _)| !returned(task) && stuck.contains(task) && has(task));
                let mut taken: u64 = held.map(|(_, grip)| book.units(*grip)).sum();
                if book.fair {
                    let ahead = book.queue.iter().take_while(|waiter| waiter.task != id);
                    for waiter in ahead.filter(|waiter| stuck.contains(&waiter.task)) {
                        // Who has given up what he asked for gives it back, if he ever gets it.
                        let wanted =
                            waiter.request.is_none_or(|request| self.wants_grant(waiter.task, request));
                        let units = book.units(waiter.grip);
                        if wanted || taken + units > book.capacity {
                            taken += units;
                        }
                    }
                }
                taken + book.units(*grip) <= book.capacity
            }
        }
    }

    /// The computations of which there is work, in a process or on its way; or was lost `unnoticed`, if that counts.
    pub(super) fn working(&self, unnoticed: bool) -> BTreeSet<ComputationRef> {
        let held =
            self.nodes.values().filter(|node| !node.left).flat_map(|node| node.work.values().map(|w| w.0));
        let lost = self.unnoticed.values().filter(|_| unnoticed);
        let moving =
            self.flights().map(|(_, flight)| flight).filter(|flight| self.brings(flight)).chain(lost);
        let moving = moving.chain(self.waiting.values().flatten());
        let moving = moving.filter_map(|flight| match &flight.body {
            Body::Work(computation, ..) => Some(*computation),
            _ => None,
        });
        held.chain(moving).collect()
    }

    /// Whether a message will be the first of its name to arrive where it goes.
    fn brings(&self, flight: &Flight) -> bool {
        self.runs(flight.to) && !self.judged.received.contains(&(flight.to, flight.stamp.id))
    }

    /// The objects of processes that run and that nothing can come to any more, nor could by what was lost `unnoticed`,
    /// if that counts.
    pub(super) fn unreachable(&self, unnoticed: bool) -> BTreeSet<ObjectRef> {
        let mut reached: BTreeSet<ObjectRef> = BTreeSet::new();
        let mut next: Vec<ObjectRef> = Vec::new();
        let mut fields: BTreeMap<ObjectRef, Vec<ObjectRef>> = BTreeMap::new();
        let mut all: BTreeSet<ObjectRef> = BTreeSet::new();
        for (&process, node) in self.nodes.iter().filter(|(_, node)| !node.left) {
            for (&id, pin) in &node.objects {
                let object = ObjectRef::new(process, id);
                all.insert(object);
                next.extend(pin.map(|_| object));
            }
            for &(from, to) in node.references.values() {
                match from {
                    Some(from) => fields.entry(ObjectRef::new(process, from)).or_default().push(to),
                    None => next.push(to),
                }
            }
        }
        let moving = self.flights().map(|(_, flight)| flight).filter(|flight| self.brings(flight));
        let lost = self.unnoticed.values().filter(|_| unnoticed);
        let waiting = self.waiting.values().flatten();
        next.extend(moving.chain(lost).chain(waiting).filter_map(|flight| match flight.body {
            Body::Refers(object) => Some(object),
            _ => None,
        }));
        while let Some(object) = next.pop() {
            if reached.insert(object) {
                next.extend(fields.get(&object).into_iter().flatten().copied());
            }
        }
        all.difference(&reached).copied().collect()
    }
}
