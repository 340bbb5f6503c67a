//! A worker whose server is not there: it works, and what it keeps is bounded.
#![allow(clippy::unwrap_used)]

use stillpoint_agent::fact::{Annotation, Grip};
use stillpoint_agent::{Agent, Received, Resource, Waiting, plain};

/// An address at which nobody listens.
const NOBODY: &str = "http://127.0.0.1:9";

/// What this process occupies, in bytes.
fn resident() -> Option<usize> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    statm.split(' ').nth(1)?.parse::<usize>().ok().map(|pages| pages * 4096)
}

/// A task that waits, holds, has work and sends it away, over and over.
fn work(agent: &Agent, rounds: usize) {
    let lane = agent.lane_to_group();
    let row = Resource::keyed("db1/accounts/17");
    let (computation, _token) = agent.event(|acts| acts.computation("endless", false));
    for _ in 0..rounds {
        let task = agent.task("handler");
        let wait = agent.wait(&task, &Waiting::default().resource(&row, Grip::Exclusive));
        let hold = agent.event(|acts| {
            acts.end(wait);
            acts.hold(row.name(), Some(&task), Grip::Exclusive)
        });
        let token = agent.event(|acts| acts.token(computation.id()));
        drop(hold);
        let carries = vec![Annotation::Token(computation.id())];
        let (_stamp, ()) = lane.stamp(carries, |acts, _| acts.end(token));
    }
}

#[test]
fn memory_is_bounded_without_a_server() {
    let agent = Agent::builder("alone").server(NOBODY).log_limit(1_000).start().unwrap();
    work(&agent, 50_000);
    let Some(before) = resident() else { return };
    work(&agent, 300_000);
    let grown = resident().unwrap().saturating_sub(before);
    // 300,000 rounds of seven facts and a message each would be hundreds of MiB if they were kept.
    assert!(grown < 32 << 20, "{grown} bytes more after 300,000 rounds without a server");
    assert_eq!(agent.fault(), None);
}

#[test]
fn stamps_are_observed_once() {
    let (a, b) = (Agent::builder("a").server(NOBODY), Agent::builder("b").server(NOBODY));
    let (a, b) = (a.start().unwrap(), b.start().unwrap());
    let lane = a.lane_to(b.incarnation());
    let (stamp, ()) = lane.stamp(plain(), |_, _| ());
    assert_eq!(b.observe(&stamp, |_| 1), Received::New(1));
    assert_eq!(b.observe(&stamp, |_| 1), Received::Duplicate);
    let foreign = Agent::builder("c").server(NOBODY).deployment("other").start().unwrap();
    assert_eq!(foreign.observe(&stamp, |_| 1), Received::Foreign(1));
}

#[test]
fn a_message_that_never_left_gives_back_what_it_carried() {
    let a = Agent::builder("a").server(NOBODY).start().unwrap();
    let b = Agent::builder("b").server(NOBODY).start().unwrap();
    let (there, back) = (a.lane_to(b.incarnation()), b.lane_to(a.incarnation()));
    let (lost, ()) = there.stamp(plain(), |_, _| ());
    assert_eq!(there.void(lost.id, |_| "back"), Some("back"));

    let (received, ()) = there.stamp(plain(), |_, _| ());
    b.observe(&received, |_| ());
    back.answers(there.id());
    let (answer, ()) = back.stamp(plain(), |_, _| ());
    a.observe(&answer, |_| ());
    assert_eq!(there.void(received.id, |_| "back"), None, "it has been acknowledged");
}

#[test]
fn voiding_a_message_of_another_lane_voids_nothing() {
    let a = Agent::builder("a").server(NOBODY).start().unwrap();
    let b = Agent::builder("b").server(NOBODY).start().unwrap();
    let (lane, other, theirs) = (a.lane_to_group(), a.lane_to_group(), b.lane_to_group());
    let (mine, ()) = lane.stamp(plain(), |_, _| ());
    let (elsewhere, ()) = other.stamp(plain(), |_, _| ());
    let (received, ()) = theirs.stamp(plain(), |_, _| ());
    assert_eq!(received.id.lane.lane, lane.id().lane, "the lanes of both have the same numbers");
    assert_eq!(lane.void(received.id, |_| ()), None, "what has been received is not one's own");
    assert_eq!(lane.void(elsewhere.id, |_| ()), None);
    assert_eq!(lane.void(mine.id, |_| ()), Some(()));
}

#[test]
fn what_cannot_start_says_why() {
    let error = Agent::builder("two words").start().unwrap_err();
    assert_eq!(
        error.to_string(),
        "`two words` is no process name: use 1 to 128 visible ASCII characters without spaces"
    );
    let error = Agent::builder("a").server("not an address").start().unwrap_err();
    assert!(error.to_string().starts_with("`not an address` is no address of a server"), "{error}");
}

#[test]
fn an_event_within_an_event_is_a_fault() {
    let agent = Agent::builder("a").server(NOBODY).start().unwrap();
    let task = agent.task("handler");
    agent.event(|acts| acts.end(task));
    assert_eq!(agent.fault(), None);
    let task = agent.task("handler");
    agent.event(|_| drop(task));
    let fault = agent.fault().unwrap();
    assert!(fault.starts_with("an event began within another event of the same thread"), "{fault}");
}
