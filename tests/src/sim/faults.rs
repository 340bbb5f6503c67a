//! What breaks.

use super::plan::{Fault, MS, Slot};
use super::program::Use;
use super::situation::Situation;
use super::system::{Due, Frame, System};
use crate::observer::Event;
use stillpoint_proto::id::{DeploymentId, Epoch, Incarnation, LaneId, LaneRef, MessageId};
use stillpoint_proto::participant::{Participant, Received};
use stillpoint_proto::ranges::RangeSet;
use stillpoint_proto::refused::Refused;
use stillpoint_proto::stamp::Stamp;

impl System {
    pub(super) fn fault(&mut self, fault: Fault) -> Result<(), String> {
        self.tell(None, || format!("{fault:?}"));
        self.summary.count(match fault {
            Fault::Reset(..) => "connections reset",
            Fault::Partition(..) => "process cut off from the server",
            Fault::Slow(..) => "slow session",
            Fault::Crash(..) => "process killed",
            Fault::Leave(..) => "process left",
            Fault::Server(_) => "server killed",
            Fault::Forged(..) => "forged stamp",
            Fault::Foreign(_) => "foreign stamp",
        });
        match fault {
            Fault::Reset(one, other) => match (self.process(one), self.process(other)) {
                (Some(one), Some(other)) if one != other => self.reset(one, other),
                _ => Ok(()),
            },
            Fault::Partition(slot, long) => {
                if let Some(process) = self.process(slot) {
                    let until = self.now + long;
                    if let Some(node) = self.nodes.get_mut(&process) {
                        node.cut_off = until;
                    }
                    self.hang_up(process);
                }
                Ok(())
            }
            Fault::Slow(slot, longer, long) => {
                let until = self.now + long;
                if let Some(node) = self.process(slot).and_then(|process| self.nodes.get_mut(&process)) {
                    node.slow = (longer, until);
                }
                Ok(())
            }
            Fault::Crash(slot, again, told) => self.crash(slot, again, told),
            Fault::Leave(slot, again) => self.leave(slot, again),
            Fault::Server(again) => {
                self.kill_server(again);
                Ok(())
            }
            Fault::Forged(slot, epoch, heard) => self.forge(slot, super::system::deployment(), epoch, heard),
            Fault::Foreign(slot) => self.forge(slot, DeploymentId::from_name("another"), 7, None),
        }
    }

    /// Every connection between two processes is reset: of what is under way some is lost, and all is doubted.
    fn reset(&mut self, one: Incarnation, other: Incarnation) -> Result<(), String> {
        for (from, to) in [(one, other), (other, one)] {
            self.end_streams(from, to)?;
            for (number, id) in self.under_way(from, to) {
                // What waits for a reader has arrived as far as the network goes.
                let lost = self.fate(&[30, id.lane.process.0, u64::from(id.lane.lane.0), id.seq]).chance(50);
                if lost && !self.waits_for_reader(to, number) {
                    self.drop_frame(number);
                }
                self.doubt(id)?;
            }
            let unanswered: Vec<MessageId> = self
                .calls
                .iter()
                .filter(|(request, _)| request.sender() == from && self.leads(**request) == Some(to))
                .map(|(request, _)| *request)
                .collect();
            for request in unanswered {
                self.call_failed(request)?;
            }
        }
        Ok(())
    }

    /// Where the lane of a message leads.
    fn leads(&self, message: MessageId) -> Option<Incarnation> {
        let node = self.nodes.get(&message.sender())?;
        node.lanes.iter().find(|(_, lane)| **lane == message.lane.lane).and_then(|((to, _), _)| *to)
    }

    /// The messages without an order that are under way from one process to another.
    fn under_way(&self, from: Incarnation, to: Incarnation) -> Vec<(u64, MessageId)> {
        let message = |(number, frame): (&u64, &Frame)| match frame {
            Frame::Message(m) if m.stamp.id.sender() == from && m.to == to && m.lane != Use::Stream => {
                Some((*number, m.stamp.id))
            }
            _ => None,
        };
        self.frames.iter().filter_map(message).collect()
    }

    fn waits_for_reader(&self, to: Incarnation, number: u64) -> bool {
        self.nodes.get(&to).is_some_and(|node| node.inbox.contains(&number))
    }

    fn drop_frame(&mut self, number: u64) {
        if let Some(Frame::Message(flight)) = self.frames.remove(&number) {
            self.lose(&flight);
        }
    }

    /// The streams from one process to another end: what has not arrived is lost, and the receiver sees the end.
    fn end_streams(&mut self, from: Incarnation, to: Incarnation) -> Result<(), String> {
        let Some(node) = self.nodes.get_mut(&from) else { return Ok(()) };
        let Some(lane) = node.lanes.remove(&(Some(to), Use::Stream)) else { return Ok(()) };
        node.streams.remove(&lane);
        let reference = LaneRef { process: from, lane };
        self.lose_stream(reference, to);
        self.call(from, |p| p.close(lane)).transpose().map_err(|error| error.to_string())?;
        self.end_of(reference, to);
        Ok(())
    }

    /// What is under way on a stream is lost, but for what waits for a reader.
    fn lose_stream(&mut self, lane: LaneRef, to: Incarnation) {
        let of_lane = |frame: &Frame| match frame {
            Frame::Message(flight) => flight.stamp.id.lane == lane,
            Frame::Marker(marker, _) => marker.lane == lane,
            Frame::End(of, _) => *of == lane,
        };
        let lost: Vec<u64> =
            self.frames.iter().filter(|(_, f)| of_lane(f)).map(|(number, _)| *number).collect();
        for number in lost {
            if !self.waits_for_reader(to, number) {
                self.drop_frame(number);
                self.frames.remove(&number);
            }
        }
    }

    /// The receiver of a stream sees its end, after all that has arrived.
    fn end_of(&mut self, lane: LaneRef, to: Incarnation) {
        if !self.nodes.contains_key(&to) {
            return;
        }
        self.summary.frames += 1;
        let number = self.summary.frames;
        self.frames.insert(number, Frame::End(lane, to));
        self.after(MS, Due::Arrive(number));
    }

    /// A process is killed. What is on its way to it is lost; what it had sent goes on.
    fn crash(&mut self, slot: Slot, again: u64, told: bool) -> Result<(), String> {
        let Some(process) = self.process(slot) else { return Ok(()) };
        self.tell(Some(slot), || format!("{process} is killed"));
        self.hang_up(process);
        self.judged.went.insert(process, self.now);
        self.judged.died.insert(process, self.server.given());
        let name = self.names[&process].clone();
        if told {
            self.server.died(process, &name);
        }
        self.vanish(process)?;
        self.free(slot);
        self.after(again, Due::Boot(slot));
        Ok(())
    }

    /// A process is there no more.
    fn vanish(&mut self, process: Incarnation) -> Result<(), String> {
        let Some(node) = self.nodes.remove(&process) else { return Ok(()) };
        for task in node.tasks.keys() {
            self.ended_from_outside(*task);
        }
        self.judged.lossy.extend(node.work.values().map(|(computation, _)| *computation));
        self.lose_all_to(process);
        // Its peers see their connections to it end.
        for (&lane, &to) in &node.streams {
            let reference = LaneRef { process, lane };
            let last = self.last.get(&reference).copied().unwrap_or_default();
            let late = last.saturating_sub(self.now);
            self.summary.frames += 1;
            let number = self.summary.frames;
            self.frames.insert(number, Frame::End(reference, to));
            self.after(late + MS, Due::Arrive(number));
        }
        let peers: Vec<Incarnation> = self.nodes.keys().copied().collect();
        for peer in peers {
            self.end_streams(peer, process)?;
            let failed: Vec<MessageId> = self
                .calls
                .keys()
                .copied()
                .filter(|request| request.sender() == peer && self.leads(*request) == Some(process))
                .collect();
            for request in failed {
                self.call_failed(request)?;
            }
        }
        self.doubt_what_it_took(process);
        for book in &mut self.books {
            book.queue.retain(|waiter| waiter.task.process != process || waiter.request.is_some());
        }
        self.roll_back(process);
        Ok(())
    }

    /// Nobody tells the sender that what a process received by way of the balancer was received: its connections fail.
    fn doubt_what_it_took(&mut self, process: Incarnation) {
        let took = self.judged.received.iter().filter(|(by, id)| *by == process && self.is_to_group(*id));
        let took: Vec<MessageId> = took.map(|(_, id)| *id).collect();
        for id in took {
            self.after(MS, Due::Doubt(id));
        }
    }

    /// What is under way to a process will not arrive.
    fn lose_all_to(&mut self, process: Incarnation) {
        let to_it: Vec<u64> = self
            .frames
            .iter()
            .filter(|(_, frame)| match frame {
                Frame::Message(flight) => flight.to == process,
                Frame::Marker(_, to) | Frame::End(_, to) => *to == process,
            })
            .map(|(number, _)| *number)
            .collect();
        for number in to_it {
            if let Some(Frame::Message(flight)) = self.frames.remove(&number) {
                self.miss(*flight);
            }
        }
        self.stop_waiting(process);
    }

    /// A process says goodbye: its session carries the last report, and then it is gone.
    fn leave(&mut self, slot: Slot, again: u64) -> Result<(), String> {
        let Some(process) = self.process(slot) else { return Ok(()) };
        if self.nodes[&process].session.is_none() {
            return Ok(());
        }
        self.tell(Some(slot), || format!("{process} says goodbye"));
        self.judged.went.insert(process, self.now);
        self.call(process, Participant::leave);
        let lost: Vec<_> = self.nodes[&process].work.values().map(|(computation, _)| *computation).collect();
        self.judged.lossy.extend(lost);
        if let Some(node) = self.nodes.get_mut(&process) {
            node.left = true;
        }
        self.lose_all_to(process);
        let tasks: Vec<_> = self.nodes[&process].tasks.keys().copied().collect();
        for task in tasks {
            self.ended_from_outside(task);
        }
        self.free(slot);
        self.after(again, Due::Boot(slot));
        Ok(())
    }

    /// A process receives a stamp that nobody of this deployment made at such an epoch.
    fn forge(
        &mut self,
        slot: Slot,
        deployment: DeploymentId,
        epoch: u64,
        heard: Option<(u64, u64)>,
    ) -> Result<(), String> {
        let Some(process) = self.process(slot) else { return Ok(()) };
        // As of an incarnation that has never been; only its number is believed by nobody.
        let lane = LaneRef { process: Incarnation(0xf000 + slot as u64), lane: LaneId(1) };
        let id = MessageId { lane, seq: 1 };
        let stamp = Stamp {
            deployment,
            id,
            epoch: Epoch(epoch),
            heard: heard.map_or_else(Refused::new, |(first, last)| Refused::of(RangeSet::span(first, last))),
            floor: 1,
            acks: Vec::new(),
            clock: None,
        };
        let foreign = deployment != super::system::deployment();
        let admits = heard.map_or(epoch, |(first, _)| epoch.min(first)) <= self.server.window();
        if !foreign && admits {
            // An epoch that the window admits raises its receiver: that is what a window is for.
            return Ok(());
        }
        let before = self.epoch(process);
        let got = self.call(process, |p| p.receive(&stamp, Vec::new()));
        let received = (got == Some(Received::Refused)).then_some(id);
        self.observer.event(process, Event { received, ..Event::default() });
        self.situation(Situation::Forged);
        match got {
            Some(Received::Foreign) if foreign => {}
            Some(Received::Refused | Received::Duplicate) if !foreign => {}
            None => return Ok(()),
            Some(got) => return Err(format!("a stamp that nobody made is taken as {got:?}")),
        }
        if self.epoch(process) != before {
            return Err(format!("a stamp of epoch {epoch} that nobody made raises {process}"));
        }
        Ok(())
    }
}
