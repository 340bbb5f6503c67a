//! What passes between processes: lanes, messages, and what becomes of them.

use super::plan::MS;
use super::program::{Body, Held, Home, Op, Resource, Serving, Task, Use, Waiter, Want};
use super::situation::Situation;
use super::system::{Due, Flight, Frame, System};
use super::tasks::Resolved;
use crate::observer::Event;
use std::sync::Arc;
use stillpoint_proto::cut::{LaneEnd, Order};
use stillpoint_proto::fact::{self, Annotation, Fact, Queued, Reference, Resolution, Token};
use stillpoint_proto::id::{
    ComputationRef, Handle, Incarnation, LaneId, LaneRef, MessageId, ObjectRef, ProcessName, ResourceId,
    TaskRef,
};
use stillpoint_proto::participant::{Act, Received};
use stillpoint_proto::ranges::RangeSet;
use stillpoint_proto::stamp::Stamp;

/// What receiving a message does in the program, besides what it records.
enum Effect {
    Nothing,
    Serve(TaskRef, Task),
    Read(TaskRef, Serving, Vec<Op>, Option<Resolved>),
    Resolve(Resolved, Option<(Handle, Held)>),
    GiveBack(Held, TaskRef),
    Queue(Resource, Waiter),
    Free(Resource, fact::Grip, TaskRef),
    Withdraw(Resource, MessageId),
    Money(i64),
    /// Work, and who is told by which token that it has come.
    Work(Handle, ComputationRef, u32, Option<(Incarnation, Handle)>),
    Done(Handle),
    Refer(Handle, ObjectRef),
}

/// Lanes.
impl System {
    /// The lane of a process to another, or to the group; opened if there is none.
    fn lane(&mut self, from: Incarnation, to: Option<Incarnation>, lane: Use) -> Option<LaneId> {
        if let Some(known) = self.nodes.get(&from)?.lanes.get(&(to, lane)) {
            return Some(*known);
        }
        let order = if lane == Use::Stream { Order::Fifo } else { Order::Unordered };
        let end = to.map_or(LaneEnd::Group, LaneEnd::Peer);
        let id = self.call(from, |p| p.open(end, order))?;
        let reference = LaneRef { process: from, lane: id };
        let node = self.nodes.get_mut(&from)?;
        node.lanes.insert((to, lane), id);
        if let (Some(to), Use::Stream) = (to, lane) {
            node.streams.insert(id, to);
        }
        if lane == Use::Group {
            self.judged.groups.insert(reference);
        }
        let Some(to) = to.filter(|to| self.runs(*to)) else { return Some(id) };
        self.call(to, |p| p.accept(reference, order));
        if let Some(reader) = self.nodes.get(&to).and_then(|node| node.reader)
            && matches!(lane, Use::Calls | Use::Stream)
        {
            let handle = self.mint(to);
            let reads = Fact::Reads(fact::Reads { task: reader.id, lane: reference });
            self.change(to, vec![Act::Insert(handle, reads)]);
        }
        // What comes by one is acknowledged by the other.
        let other = match lane {
            Use::Calls => Use::Service,
            Use::Service => Use::Calls,
            Use::Stream => Use::Stream,
            Use::Group => return Some(id),
        };
        if let Some(back) = self.nodes.get(&to).and_then(|node| node.lanes.get(&(Some(from), other))).copied()
        {
            let theirs = LaneRef { process: to, lane: back };
            self.call(to, |p| p.pair(back, reference).is_ok());
            self.call(from, |p| p.pair(id, theirs).is_ok());
        }
        Some(id)
    }

    /// Sends the markers that are due on the streams of a process.
    pub(super) fn markers(&mut self, process: Incarnation) {
        let Some(node) = self.nodes.get_mut(&process) else { return };
        let mut due = Vec::new();
        for (&lane, &to) in &node.streams {
            if let Ok(Some(marker)) = node.participant.due_marker(lane) {
                due.push((marker, to));
            }
        }
        for (marker, to) in due {
            let lane = marker.lane;
            self.post_frame(
                lane,
                Use::Stream,
                Frame::Marker(marker, to),
                &[14, lane.process.0, u64::from(lane.lane.0), self.now],
            );
        }
    }

    /// Puts a frame on its way.
    fn post_frame(&mut self, lane: LaneRef, of: Use, frame: Frame, name: &[u64]) {
        let mut fate = self.fate(name);
        let slow = of != Use::Stream && fate.chance(self.plan.rates.slow as usize);
        let delay = if slow { fate.time(30 * MS) } else { 50 + fate.time(2 * MS) };
        let mut at = self.now + delay;
        if of == Use::Stream {
            let last = self.last.entry(lane).or_default();
            at = at.max(*last + 1);
            *last = at;
        }
        let number = self.number();
        self.frames.insert(number, frame);
        self.at(at, Due::Arrive(number));
    }

    fn number(&mut self) -> u64 {
        self.summary.frames += 1;
        self.summary.frames
    }
}

/// What a message carries, as its sender annotates it.
fn annotations(body: &Body, resource: impl Fn(usize) -> fact::ResourceName) -> Vec<Annotation> {
    match body {
        Body::Request(..) | Body::Ask(..) | Body::Withdraw(..) | Body::Taken(_) => Vec::new(),
        Body::Reply(request) => vec![Annotation::Resolves(Resolution::Request(*request))],
        Body::Grant(of, grip, request, _) => vec![Annotation::Grants {
            resource: resource(*of),
            grip: *grip,
            to: Some(Resolution::Request(*request)),
        }],
        Body::Return(of, grip, _) => vec![Annotation::Releases { resource: resource(*of), grip: *grip }],
        Body::Money(amount) => vec![Annotation::Amount { gauge: "money".into(), amount: *amount }],
        Body::Work(computation, ..) => vec![Annotation::Token(*computation)],
        Body::Refers(object) => vec![Annotation::Reference(*object)],
    }
}

/// Sending.
impl System {
    /// Sends a message; `acts` are what the sender gives away with it. `None` if the connection is refused, and all
    /// came back.
    pub(super) fn send(
        &mut self,
        from: Incarnation,
        to: Option<Incarnation>,
        of: Use,
        body: Body,
        acts: Vec<Act>,
    ) -> Result<Option<MessageId>, String> {
        if !self.runs(from) {
            return Ok(None);
        }
        let Some(lane) = self.lane(from, to, of) else { return Ok(None) };
        let carried = annotations(&body, |resource| self.resource_name(resource));
        let event = Event::of(&acts);
        let outstanding = self.nodes.get(&from).and_then(|node| {
            let cut = node.participant.last_cut().sending.get(&lane)?;
            Some(cut.outstanding.len() as usize >= self.plan.processes[node.slot].log_limit)
        });
        if outstanding == Some(true) && !carried.is_empty() {
            self.situation(Situation::FullLog);
        }
        let sent = self.call(from, |p| p.send(lane, Arc::from(carried), acts));
        let Some(sent) = sent else { return Ok(None) };
        let sent = sent.map_err(|error| error.to_string())?;
        if sent.stamp.deployment != super::system::deployment() {
            return Ok(None);
        }
        let id = sent.stamp.id;
        self.observer.event(from, Event { sent: Some(id), ..event });
        if sent.marker.is_some() && of == Use::Stream {
            return Err(format!("a marker was due before {id}, and had not been sent"));
        }
        let receiver = match to {
            Some(to) => Some(to).filter(|to| self.runs(*to)),
            None => self.balance(from, id, 0),
        };
        // The stamp travels in its ASCII form, as in production; the clock goes beside it.
        let stamp: Stamp = sent.stamp.to_string().parse().map_err(|e| format!("{e}"))?;
        let stamp = Stamp { clock: sent.stamp.clock, ..stamp };
        let Some(receiver) = receiver else {
            let flight = to.map(|to| Flight { stamp, body: body.clone(), to, lane: of });
            match flight.filter(|flight| self.waits(flight)) {
                Some(flight) => self.wait(flight),
                None => self.take_back(from, id, &body)?,
            }
            return Ok(None);
        };
        self.tell(self.slot_of(from), || format!("sends {id} {}", brief(&body)));
        if !stamp.acks.is_empty() {
            if self.epoch(receiver) < stamp.epoch {
                self.situation(Situation::RedAcknowledgement);
            }
            if self.nodes.get(&from).is_some_and(|node| !node.greeted) {
                self.situation(Situation::AcknowledgedStranger);
            }
        }
        let flight = Flight { stamp, body, to: receiver, lane: of };
        self.launch(flight)?;
        Ok(Some(id))
    }

    /// Whom a balancer chooses.
    fn balance(&self, from: Incarnation, id: MessageId, attempt: u64) -> Option<Incarnation> {
        let all: Vec<Incarnation> =
            self.nodes.keys().copied().filter(|p| *p != from && self.runs(*p)).collect();
        let any = self.fate(&[15, id.lane.process.0, id.seq, attempt]).below(all.len());
        all.get(any).copied()
    }

    /// A message is on its way, whatever its way is.
    fn launch(&mut self, flight: Flight) -> Result<(), String> {
        let (id, of) = (flight.stamp.id, flight.lane);
        let name = [16, id.lane.process.0, u64::from(id.lane.lane.0), id.seq];
        let mut fate = self.fate(&name);
        let rates = self.plan.rates;
        let lane = id.lane;
        if of == Use::Stream {
            self.post_frame(lane, of, Frame::Message(Box::new(flight)), &name);
            return Ok(());
        }
        if fate.chance(rates.lost as usize) {
            self.summary.count("message lost, and doubted");
            self.lose(&flight);
            self.judged.lost.insert(lane);
            self.after(MS, Due::Doubt(id));
            return Ok(());
        }
        if fate.chance(rates.silent as usize) {
            self.summary.count("message lost without a word");
            self.lose(&flight);
            self.after(60 * MS, Due::Doubt(id));
            return Ok(());
        }
        if fate.chance(rates.cancelled as usize) {
            self.summary.count("message doubted that arrives");
            self.after(fate.time(MS), Due::Doubt(id));
        }
        if of == Use::Group && fate.chance(rates.retried as usize) {
            if let Some(second) = self.balance(id.sender(), id, 1).filter(|second| *second != flight.to) {
                self.summary.count("message delivered to a second process");
                self.judged.copied.insert(lane);
                let copy = Flight { to: second, ..flight.clone() };
                self.post_frame(lane, of, Frame::Message(Box::new(copy)), &[17, name[1], name[2], name[3]]);
            }
        } else if fate.chance(rates.doubled as usize) {
            self.summary.count("message delivered twice");
            self.judged.copied.insert(lane);
            let copy = Frame::Message(Box::new(flight.clone()));
            self.post_frame(lane, of, copy, &[18, name[1], name[2], name[3]]);
        }
        self.post_frame(lane, of, Frame::Message(Box::new(flight)), &name);
        Ok(())
    }

    /// A message will not arrive.
    pub(super) fn lose(&mut self, flight: &Flight) {
        self.observer.dropped.insert(flight.stamp.id);
        if !self.judged.received.contains(&(flight.to, flight.stamp.id)) {
            self.unnoticed.insert(flight.stamp.id, flight.clone());
        }
        match &flight.body {
            Body::Work(computation, ..) => drop(self.judged.lossy.insert(*computation)),
            Body::Refers(_) => self.judged.references_lost = true,
            _ => {}
        }
    }

    /// A message goes to a process that is gone.
    pub(super) fn miss(&mut self, flight: Flight) {
        if self.waits(&flight) {
            return self.wait(flight);
        }
        self.lose(&flight);
        self.after(MS, Due::Doubt(flight.stamp.id));
    }

    /// Whether a message to a process that is gone waits with its sender until that is started again.
    fn waits(&self, flight: &Flight) -> bool {
        let id = flight.stamp.id;
        let mut fate = self.fate(&[24, id.lane.process.0, u64::from(id.lane.lane.0), id.seq]);
        matches!(flight.body, Body::Work(_, _, None) | Body::Refers(_))
            && flight.lane == Use::Calls
            && self.runs(id.sender())
            // Of those that were made up none is ever started.
            && self.names[&flight.to] != ProcessName::of_stranger(flight.to)
            && !self.judged.received.contains(&(flight.to, id))
            && fate.chance(self.plan.rates.waiting as usize)
    }

    fn wait(&mut self, flight: Flight) {
        self.summary.count("message that waits for who is started again");
        let name = self.names[&flight.to].clone();
        let running = self.nodes.keys().copied().find(|id| self.runs(*id) && self.names[id] == name);
        self.waiting.entry(name.clone()).or_default().push(flight);
        if let Some(process) = running {
            self.bring_what_waits(&name, process);
        }
    }

    /// What has waited for a process goes to the one that is started in its place.
    pub(super) fn bring_what_waits(&mut self, name: &ProcessName, process: Incarnation) {
        for flight in self.waiting.remove(name).unwrap_or_default() {
            let id = flight.stamp.id;
            let name = [25, id.lane.process.0, u64::from(id.lane.lane.0), id.seq];
            let of = flight.lane;
            let frame = Frame::Message(Box::new(Flight { to: process, ..flight }));
            self.post_frame(id.lane, of, frame, &name);
        }
    }

    /// What waits with a process that ends now is lost with it.
    pub(super) fn stop_waiting(&mut self, process: Incarnation) {
        let theirs = |flight: &mut Flight| flight.stamp.id.sender() == process;
        let lost: Vec<Flight> =
            self.waiting.values_mut().flat_map(|flights| flights.extract_if(.., theirs)).collect();
        for flight in lost {
            self.lose(&flight);
            self.after(MS, Due::Doubt(flight.stamp.id));
        }
    }

    /// A message of which no byte has left.
    fn take_back(&mut self, from: Incarnation, id: MessageId, body: &Body) -> Result<(), String> {
        self.summary.count("connection refused");
        self.observer.dropped.insert(id);
        let mut acts = Vec::new();
        let mut work = None;
        match body {
            Body::Work(computation, depth, None) => {
                let token = self.mint(from);
                acts.push(Act::Insert(token, Fact::Token(Token { computation: *computation })));
                work = Some((token, *computation, *depth));
            }
            Body::Money(amount) => acts.push(Act::Gauge("money".into(), *amount)),
            _ => {}
        }
        let event = Event { voided: Some(id), ..Event::of(&acts) };
        let taken = self.call(from, |p| p.void(id.lane.lane, id.seq, acts));
        match taken {
            Some(Ok(true)) => {}
            Some(Ok(false)) => return Err(format!("{id} never left and cannot be taken back")),
            Some(Err(error)) => return Err(error.to_string()),
            None => return Ok(()),
        }
        self.observer.event(from, event);
        if let Some((token, computation, depth)) = work {
            self.situation(Situation::Returned);
            self.keep_work(from, token, computation, depth);
        }
        if let (Body::Money(amount), Some(node)) = (body, self.nodes.get_mut(&from)) {
            node.money += amount;
        }
        Ok(())
    }

    /// Whether a message went by way of the balancer.
    pub(super) fn is_to_group(&self, id: MessageId) -> bool {
        let sender = self.nodes.get(&id.sender());
        sender.is_some_and(|node| node.lanes.get(&(None, Use::Group)) == Some(&id.lane.lane))
    }

    /// A sender cannot say what became of a message.
    pub(super) fn doubt(&mut self, id: MessageId) -> Result<(), String> {
        // Who has said goodbye doubts nothing: that its message is lost comes to light at the other end.
        if self.nodes.get(&id.sender()).is_some_and(|node| node.left) {
            return self.call_failed(id);
        }
        // On a lane that is retired everything is settled.
        self.call(id.sender(), |p| p.doubt(id.lane.lane, id.seq).is_ok());
        // What went to a group nobody but its sender can give up.
        if self.is_to_group(id) {
            self.after(80 * MS, Due::GiveUp(id));
        }
        // Replies, grants and what comes back are sent again until they have come.
        let lost = self.unnoticed.remove(&id).filter(|flight| flight.lane == Use::Service);
        if let Some(Flight { to, body, .. }) = lost.filter(|flight| self.runs(flight.to)) {
            self.send(id.sender(), Some(to), Use::Service, body, Vec::new())?;
        }
        self.call_failed(id)
    }
}

/// Receiving.
impl System {
    /// A time limit has passed: a sender gives up what it doubts.
    pub(super) fn give_up(&mut self, id: MessageId) -> Result<(), String> {
        let expired = self.call(id.sender(), |p| p.expire(id.lane.lane, &RangeSet::span(id.seq, id.seq)));
        expired.transpose().map(drop).map_err(|error| error.to_string())
    }

    pub(super) fn arrive(&mut self, number: u64) -> Result<(), String> {
        let Some(frame) = self.frames.get(&number) else { return Ok(()) };
        let (to, of) = match frame {
            Frame::Message(flight) => (flight.to, flight.lane),
            Frame::Marker(_, to) | Frame::End(_, to) => (*to, Use::Stream),
        };
        let Some(node) = self.nodes.get_mut(&to).filter(|node| !node.left) else {
            if let Some(Frame::Message(flight)) = self.frames.remove(&number) {
                self.miss(*flight);
            }
            return Ok(());
        };
        if node.reader.is_some() && matches!(of, Use::Calls | Use::Stream | Use::Group) {
            node.inbox.push_back(number);
            return self.read(to);
        }
        self.deliver(number)
    }

    /// A reader that is free takes what has come.
    pub(super) fn read(&mut self, process: Incarnation) -> Result<(), String> {
        loop {
            let Some(node) = self.nodes.get_mut(&process) else { return Ok(()) };
            let Some(reader) = node.reader else { return Ok(()) };
            let waiting = node.tasks.get(&reader).and_then(|task| task.waiting.as_ref());
            let idle = waiting.is_some_and(|w| w.open.values().all(|want| *want == Want::Request));
            if !idle {
                return Ok(());
            }
            let Some(number) = node.inbox.pop_front() else { return Ok(()) };
            self.deliver(number)?;
        }
    }

    fn deliver(&mut self, number: u64) -> Result<(), String> {
        match self.frames.remove(&number) {
            Some(Frame::Message(flight)) => self.receive(*flight),
            Some(Frame::Marker(marker, to)) => {
                self.call(to, |p| p.receive_marker(&marker));
                Ok(())
            }
            Some(Frame::End(lane, to)) => {
                self.call(to, |p| p.lane_ended(lane));
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn receive(&mut self, flight: Flight) -> Result<(), String> {
        let (to, id) = (flight.to, flight.stamp.id);
        let (acts, effect) = self.prepare(&flight);
        let event = Event::of(&acts);
        let carries = !annotations(&flight.body, |resource| self.resource_name(resource)).is_empty();
        let before = self.epoch(to);
        let got = self.call(to, |p| p.receive(&flight.stamp, acts)).ok_or("no such process")?;
        let arrived = self.epoch(to);
        if carries && arrived > before {
            self.situation(Situation::CutByReceipt);
        }
        self.tell(self.slot_of(to), || format!("receives {id} {}{}", brief(&flight.body), how(got)));
        match got {
            Received::Duplicate => {
                self.summary.count_got("duplicates recognised");
                // The lane's floor says that somebody else has had it.
                if flight.lane == Use::Group && !self.judged.received.contains(&(to, id)) {
                    self.judged.discarded.insert(id.lane);
                }
                return self.observer.copy(to, id, flight.lane != Use::Group);
            }
            Received::Foreign => return Err(format!("{id} was taken for foreign")),
            Received::Late => self.summary.count_got("messages that came after they had been given up"),
            Received::Refused => {
                self.summary.count_got("stamps refused");
                if flight.stamp.is_ahead(arrived, self.server.given()) {
                    self.situation(Situation::RefusedGenuine);
                }
            }
            Received::New if self.observer.is_given_up(id, to) => {
                return Err(format!("{id} was given up for lost and arrived as new"));
            }
            Received::New => {}
        }
        self.observer.arrives(to, id)?;
        self.observer.event(to, Event { received: Some(id), ..event });
        self.judged.received.insert((to, id));
        if flight.lane == Use::Group {
            let before = self.observer.events(to).saturating_sub(1);
            self.judged.arrivals.entry(id).or_default().push((to, before));
        }
        self.take_effect(to, effect)
    }

    /// What a receiver records with a message, and what it will do.
    fn prepare(&mut self, flight: &Flight) -> (Vec<Act>, Effect) {
        let (to, id) = (flight.to, flight.stamp.id);
        match &flight.body {
            Body::Request(_, handler) => self.prepare_request(to, id, handler.clone()),
            Body::Reply(request) => {
                let caller = self.calls.get(request).copied();
                let target = caller.and_then(|task| {
                    Some((task, self.target_for(task, |want| *want == Want::Reply(*request))?))
                });
                match target.and_then(|(task, target)| self.resolving(task, target)) {
                    Some(resolved) => (resolved.acts.clone(), Effect::Resolve(resolved, None)),
                    None => (Vec::new(), Effect::Nothing),
                }
            }
            Body::Grant(resource, grip, request, task) => {
                let held = Held { resource: *resource, grip: *grip };
                let fact = self.mint(to);
                let hold = Act::Insert(fact, self.hold_fact(held, *task));
                let is = |want: &Want| matches!(want, Want::Units(_, _, Some(of)) if of == request);
                let target = self.target_for(*task, is);
                match target.and_then(|target| self.resolving(*task, target)) {
                    Some(resolved) => {
                        let acts = resolved.acts.iter().cloned().chain([hold]).collect();
                        (acts, Effect::Resolve(resolved, Some((fact, held))))
                    }
                    None => (Vec::new(), Effect::GiveBack(held, *task)),
                }
            }
            Body::Ask(resource, grip, task) => {
                let Home::Owned(_, handle) = self.books[*resource].home else {
                    return (Vec::new(), Effect::Nothing);
                };
                self.books[*resource].ticket += 1;
                let (ticket, fair) = (self.books[*resource].ticket, self.books[*resource].fair);
                let queued = fair.then(|| self.mint(to));
                let waiter = Resolution::Request(id);
                let place = Fact::Queued(Queued { resource: ResourceId(handle), ticket, waiter });
                let acts = queued.map(|fact| Act::Insert(fact, place)).into_iter().collect();
                let waiter = Waiter { task: *task, grip: *grip, request: Some(id), queued };
                (acts, Effect::Queue(*resource, waiter))
            }
            Body::Return(resource, grip, task) => (Vec::new(), Effect::Free(*resource, *grip, *task)),
            Body::Withdraw(resource, request) => {
                let queue = &self.books[*resource].queue;
                let place =
                    queue.iter().find(|waiter| waiter.request == Some(*request)).and_then(|w| w.queued);
                (place.map(Act::Remove).into_iter().collect(), Effect::Withdraw(*resource, *request))
            }
            Body::Money(amount) => (vec![Act::Gauge("money".into(), *amount)], Effect::Money(*amount)),
            Body::Work(computation, depth, theirs) => {
                let token = self.mint(to);
                let fact = Fact::Token(Token { computation: *computation });
                let taken = theirs.map(|theirs| (id.sender(), theirs));
                (vec![Act::Insert(token, fact)], Effect::Work(token, *computation, *depth, taken))
            }
            Body::Taken(token) => {
                let has = self.nodes.get(&to).is_some_and(|node| node.work.contains_key(token));
                (has.then_some(Act::Remove(*token)).into_iter().collect(), Effect::Done(*token))
            }
            Body::Refers(object) => {
                let root = self.mint(to);
                let fact = Fact::Reference(Reference { from: None, to: *object });
                (vec![Act::Insert(root, fact)], Effect::Refer(root, *object))
            }
        }
    }

    fn prepare_request(
        &mut self,
        to: Incarnation,
        request: MessageId,
        handler: Vec<Op>,
    ) -> (Vec<Act>, Effect) {
        let serving = self.mint(to);
        let says = |task: TaskRef| Fact::Serving(fact::Serving { task: task.id, request });
        if let Some(reader) = self.nodes.get(&to).and_then(|node| node.reader) {
            let resolved = self
                .target_for(reader, |want| *want == Want::Request)
                .and_then(|target| self.resolving(reader, target));
            let mut acts = resolved.as_ref().map_or_else(Vec::new, |r| r.acts.clone());
            acts.push(Act::Insert(serving, says(reader)));
            return (acts, Effect::Read(reader, Serving { request, fact: serving }, handler, resolved));
        }
        let handle = self.mint(to);
        let id = Self::task_ref(to, handle);
        let task = Task {
            program: handler.into(),
            serving: Some(Serving { request, fact: serving }),
            ..Task::default()
        };
        let acts = vec![Act::Insert(handle, self.task_fact(&task)), Act::Insert(serving, says(id))];
        (acts, Effect::Serve(id, task))
    }

    fn take_effect(&mut self, at: Incarnation, effect: Effect) -> Result<(), String> {
        match effect {
            Effect::Nothing => {}
            Effect::Serve(id, task) => {
                if let Some(serving) = task.serving {
                    self.serving.entry(serving.request).or_default().insert(id);
                }
                self.put(id, task);
            }
            Effect::Read(reader, serving, handler, resolved) => {
                if let Some(task) = self.task_mut(reader) {
                    task.serving = Some(serving);
                    task.program = handler.into();
                }
                self.serving.entry(serving.request).or_default().insert(reader);
                if let Some(resolved) = resolved {
                    self.resolved(&resolved)?;
                }
            }
            Effect::Resolve(resolved, held) => {
                if let (Some((fact, held)), Some(task)) = (held, self.task_mut(resolved.task)) {
                    task.holds.insert(fact, held);
                }
                self.resolved(&resolved)?;
            }
            Effect::GiveBack(held, task) => {
                if let Home::Owned(owner, _) = self.books[held.resource].home {
                    let body = Body::Return(held.resource, held.grip, task);
                    self.send(at, Some(owner), Use::Service, body, Vec::new())?;
                }
            }
            Effect::Queue(resource, waiter) => {
                self.books[resource].queue.push_back(waiter);
                self.grant(resource)?;
            }
            Effect::Free(resource, grip, task) => {
                self.freed(resource, task, grip);
                self.grant(resource)?;
            }
            Effect::Withdraw(resource, request) => {
                self.books[resource].queue.retain(|waiter| waiter.request != Some(request));
                self.grant(resource)?;
            }
            Effect::Money(amount) => {
                if let Some(node) = self.nodes.get_mut(&at) {
                    node.money += amount;
                }
            }
            Effect::Work(token, computation, depth, taken) => {
                self.keep_work(at, token, computation, depth);
                if let Some((sender, theirs)) = taken {
                    self.send(at, Some(sender), Use::Service, Body::Taken(theirs), Vec::new())?;
                }
            }
            Effect::Done(token) => {
                if let Some(node) = self.nodes.get_mut(&at) {
                    node.work.remove(&token);
                }
            }
            Effect::Refer(root, object) => {
                if let Some(node) = self.nodes.get_mut(&at) {
                    node.references.insert(root, (None, object));
                }
            }
        }
        Ok(())
    }
}

fn brief(body: &Body) -> String {
    match body {
        Body::Request(task, _) => format!("request of {task}"),
        Body::Reply(request) => format!("reply to {request}"),
        other => format!("{other:?}"),
    }
}

const fn how(got: Received) -> &'static str {
    match got {
        Received::New => "",
        Received::Duplicate => " (a second copy)",
        Received::Late => " (late)",
        Received::Foreign => " (foreign)",
        Received::Refused => " (its epoch is refused)",
    }
}
