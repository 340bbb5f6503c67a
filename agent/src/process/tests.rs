use super::*;
use crate::Link;
use crate::world::{World, idle};
use std::thread;
use std::time::Duration;
use stillpoint_proto::cut::ProcessCut;
use stillpoint_proto::fact::Annotation;
use stillpoint_proto::id::{DeploymentId, ProcessName};
use tokio::io::duplex;

/// A process of its own, without a driver.
pub(crate) fn process(n: u64) -> Arc<Process> {
    process_of("d", n)
}

/// One of this deployment.
pub(crate) fn process_of(deployment: &str, n: u64) -> Arc<Process> {
    let name = ProcessName::new(&format!("p{n}")).unwrap();
    Arc::new(Process::new(Config::new(DeploymentId::from_name(deployment), name, Incarnation(n))))
}

impl Process {
    /// What this process would report if it cut now.
    pub(crate) fn cut_now(&self) -> ProcessCut {
        self.raise(self.epoch().next());
        self.fold();
        lock(&self.reporter).last_cut().clone()
    }
}

#[test]
fn an_acknowledgement_of_what_is_not_sent_yet_settles_nothing() {
    let p = process(1);
    p.raise(Epoch(1));
    let lane = p.open(LaneEnd::Peer(Incarnation(2)), Order::Unordered);
    let deployment = DeploymentId::from_name("d").0;
    let hostile = format!("1;{deployment:x};2;1;1;0;0;a1.{:x}.1-ffffffffffffffff", lane.id.0);
    let hostile: Stamp = hostile.parse().unwrap();
    assert!(p.acknowledged(&hostile).iter().all(|(_, received)| received.is_empty()));
    let receiving = p.gate.event(|event| {
        let mut end = lock(&lane.end);
        let receiver = p.clone();
        let receiving = thread::spawn(move || receiver.receive(&hostile, |_| ()));
        // Time for the receipt to go as far as it can while this has the lane.
        thread::sleep(Duration::from_millis(100));
        p.raise(Epoch(2));
        assert_eq!(event.epoch(), Epoch(2));
        let (_, changes) = end.next(Arc::from([]), Config::LOG_LIMIT);
        drop(end);
        changes.into_iter().for_each(|change| event.record(change));
        receiving
    });
    receiving.join().unwrap();
    p.fold();
    assert_eq!(p.fault(), None, "the acknowledgement was recorded below the sending");
}

#[test]
fn what_comes_of_a_peer_that_was_said_to_have_ended_is_late() {
    let mut world = World::new(2);
    let (p, q) = (world.process(1), world.process(2));
    let lane = p.open(LaneEnd::Peer(Incarnation(2)), Order::Unordered);
    let mut sent = (0..2).map(|_| p.send(&lane, Arc::from([]), |_, _| ()).0.stamp);
    let (first, second) = (sent.next().unwrap(), sent.next().unwrap());
    world.cut();
    world.kill(1);
    world.cut();
    assert_eq!(q.receive(&first, |_| ()).0, Outcome::Late);
    assert_eq!(q.receive(&first, |_| ()).0, Outcome::Duplicate);
    assert_eq!(q.receive(&second, |_| ()).0, Outcome::New, "what it said is taken back");
}

#[test]
fn a_forged_epoch_does_not_make_every_later_message_a_notice() {
    let mut world = World::new(3);
    let (p, q, r) = (world.process(1), world.process(2), world.process(3));
    let deployment = DeploymentId::from_name("d").0;
    let forged: Stamp = format!("1;{deployment:x};4d;1;1;{:x};0", 1_u64 << 31).parse().unwrap();
    assert_eq!(p.receive(&forged, |_| ()).0, Outcome::Refused);
    let onwards = |from: &Arc<Process>, to: u64| from.open(LaneEnd::Peer(Incarnation(to)), Order::Unordered);
    let (first, second) = (onwards(&p, 2), onwards(&q, 3));
    q.receive(&p.send(&first, Arc::from([]), |_, _| ()).0.stamp, |_| ());
    world.cut();
    for _ in 0..100 {
        r.receive(&q.send(&second, Arc::from([]), |_, _| ()).0.stamp, |_| ());
    }
    r.fold();
    let told = std::iter::from_fn(|| r.poll()).filter(|m| matches!(m, FromAgent::Notice(_))).count();
    assert_eq!(told, 1, "notices for 100 messages of an honest process");
}

#[test]
fn a_panic_while_stamping_leaves_nothing_in_transit() {
    let p = process(1);
    let lane = p.open(LaneEnd::Peer(Incarnation(2)), Order::Unordered);
    let (computation, _token) = p.change(|acts| acts.computation("c", false));
    let carries = Arc::from([Annotation::Token(computation.id())]);
    let stamping = AssertUnwindSafe(|| p.send(&lane, carries, |_, _| panic!("in the application")));
    assert!(catch_unwind(stamping).map(|(_, ())| ()).is_err());
    let cut = p.cut_now();
    let sending = &cut.sending[&lane.id];
    assert!(sending.outstanding.is_empty() && sending.sent == 1, "{sending:?}");
    assert_eq!(p.send(&lane, Arc::from([]), |_, _| ()).0.stamp.floor, 2, "the lane goes on behind it");
    assert_eq!(p.fault(), None);
}

/// Links come and go, and are read to their ends or not: nothing of them is left at either end, or in a cut.
#[tokio::test]
async fn links_that_were_closed_leave_nothing() {
    let mut world = World::new(2);
    let (p, q) = (world.process(1), world.process(2));
    let mut sender = None;
    for n in 0..20 {
        let (one, other) = duplex(4096);
        let (mut here, mut there) = (Link::over(&p, one), Link::over(&q, other));
        for (from, to) in [(&here.sender, &mut there.receiver), (&there.sender, &mut here.receiver)] {
            from.send(b"read".to_vec(), Vec::new(), |_, _| ()).await.unwrap();
            to.recv(|_, _, _| ()).await.unwrap().unwrap();
            from.send(b"perhaps read".to_vec(), Vec::new(), |_, _| ()).await.unwrap();
        }
        sender = Some(here.sender);
        drop(here.receiver);
        drop(there.sender);
        if n % 2 == 0 {
            tokio::task::yield_now().await;
            while let Ok(Some(_)) = there.receiver.recv(|_, _, _| ()).await {}
        }
    }
    idle().await;
    (0..3).for_each(|_| drop(world.cut()));
    let cut = world.cut();
    assert!(cut.is_complete(), "{:?}", cut.channels());
    for (name, process, open) in [(1, &p, 1), (2, &q, 0)] {
        let state = &cut.snapshot().members[&Incarnation(name)].state.cut().unwrap().clone();
        assert_eq!(
            (state.sending.len(), state.retired.len()),
            (open, 20 - open as u64),
            "{:?}",
            state.sending
        );
        assert_eq!(state.receiving.len(), 1 - open, "{:?}", state.receiving);
        assert_eq!((process.sending.len(), process.receiving.len()), (open, 1 - open));
    }
    // A link of which somebody may still use a half is open.
    drop(sender);
    (0..3).for_each(|_| drop(world.cut()));
    let cut = world.cut();
    assert!(cut.cuts().all(|(_, state)| state.sending.is_empty() && state.receiving.is_empty()));
}

/// A process that has left cannot retire its lanes: what it sent is settled for it, and its peers forget it.
#[tokio::test]
async fn the_links_of_those_who_left_leave_nothing() {
    for read in [true, false] {
        let mut world = World::new(2);
        let (p, q) = (world.process(1), world.process(2));
        let (one, other) = duplex(4096);
        let (mut here, there) = (Link::over(&p, one), Link::over(&q, other));
        for _ in 0..2 {
            there.sender.send(b"work".to_vec(), Vec::new(), |_, _| ()).await.unwrap();
        }
        world.cut();
        here.receiver.recv(|_, _, _| ()).await.unwrap().unwrap();
        world.leave(2);
        drop(there);
        while read && let Ok(Some(_)) = here.receiver.recv(|_, _, _| ()).await {}
        drop(here);
        idle().await;
        for _ in 0..4 {
            world.cut();
        }
        let cut = world.cut();
        assert!(cut.is_complete(), "{:?}", cut.channels());
        let state = cut.snapshot().members[&Incarnation(1)].state.cut().unwrap();
        assert!(state.receiving.is_empty() && state.sending.is_empty(), "read to the end: {read}: {state:?}");
        assert_eq!((p.sending.len(), p.receiving.len(), p.transports.len()), (0, 0, 0));
    }
}

/// A thread is stamping in epoch 0 and has heard of 7, which a new window then admits; before the agent's thread has folded,
/// another thread receives a stamp of the new window. The message that is being stamped must still say 7.
#[test]
fn a_receipt_beside_a_send_forgets_nothing() {
    let p = process(1);
    let lane = p.open(LaneEnd::Peer(Incarnation(2)), Order::Unordered);
    let deployment = DeploymentId::from_name("d").0;
    let red: Stamp = format!("1;{deployment:x};2;1;1;7;0").parse().unwrap();
    assert_eq!(p.receive(&red, |_| ()).0, Outcome::Refused);
    let later: Stamp = format!("1;{deployment:x};3;1;1;8;0").parse().unwrap();
    let mut agent = None;
    let (departure, ()) = p.send(&lane, Arc::from([]), |_, _| {
        // The agent's thread takes the server's word, raises the epoch, and waits for this event to end.
        let own = p.clone();
        agent = Some(thread::spawn(move || {
            own.handle(ToAgent::Cut { epoch: Epoch(7), window: Epoch(10) }).unwrap();
        }));
        while p.epoch() < Epoch(7) {
            thread::yield_now();
        }
        // Another thread has received a genuine stamp; its receipt begins with this.
        let other = p.clone();
        let admitted = thread::spawn(move || other.admit(later.epoch, &later.heard, later.id.sender()));
        assert!(!admitted.join().unwrap().refused);
    });
    agent.unwrap().join().unwrap();
    assert_eq!(departure.stamp.epoch, Epoch(0), "white");
    assert_eq!(departure.stamp.heard, [Epoch(7)].into_iter().collect(), "it may depend on red events");
}

/// The end of a round names doubtful messages on more lanes than a process keeps.
#[test]
fn lanes_of_doubtful_messages_are_bounded() {
    let p = process(1);
    p.handle(ToAgent::Cut { epoch: Epoch(1), window: Epoch(10) }).unwrap();
    let lane = |n| LaneRef { process: Incarnation(2), lane: LaneId(n) };
    let tombstones: Vec<_> =
        (1..=ReceivingEnd::LANES as u32 + 10).map(|n| (lane(n), RangeSet::span(1, 1))).collect();
    p.handle(ToAgent::Ended(RoundEnd { epoch: Epoch(1), tombstones, ..RoundEnd::default() })).unwrap();
    assert_eq!(p.receiving.len(), ReceivingEnd::LANES);
}
