//! Every way in which a document can be a message and still mean nothing, each with the exact error.

#![cfg(feature = "json")]

use super::json::{DocumentError, read, read_snapshot, read_verdicts};
use super::{DecodeError, v1};
use crate::cut::Delta;

fn content(error: DocumentError) -> DecodeError {
    match error {
        DocumentError::Content(error) => error,
        syntax => panic!("the document is no message at all: {syntax}"),
    }
}

fn check_all(
    prefix: &str,
    wrap: fn(&str) -> String,
    read: fn(&[u8]) -> Option<DecodeError>,
    cases: &[(&str, &str)],
) {
    for (inner, message) in cases {
        let document = wrap(inner);
        let error = read(document.as_bytes()).unwrap_or_else(|| panic!("{document} was accepted"));
        assert_eq!(error.to_string(), format!("{prefix}{message}"), "{document}");
    }
}

fn snapshot_error(document: &[u8]) -> Option<DecodeError> {
    read_snapshot(document).err().map(content)
}

fn verdict_error(document: &[u8]) -> Option<DecodeError> {
    read_verdicts(document).err().map(content)
}

fn delta_error(document: &[u8]) -> Option<DecodeError> {
    let wire: v1::Delta = read(document).unwrap();
    Delta::try_from(wire).err()
}

#[test]
fn snapshots() {
    let long = format!(
        r#"{{"deployment": 1, "epoch": 2, "members": [{{"process": 1, "name": "{}"}}]}}"#,
        "x".repeat(129)
    );
    check_all(
        "",
        str::to_owned,
        snapshot_error,
        &[
            ("{}", "epoch: missing, expected the number of the round"),
            (r#"{"epoch": 1}"#, "deployment: missing, expected the id of the deployment"),
            (
                r#"{"deployment": 1, "epoch": 2, "confirmed": 2}"#,
                "confirmed: 2, expected an epoch below the snapshot's",
            ),
            (
                r#"{"deployment": 1, "epoch": 2, "members": [{}]}"#,
                "members[0].process: missing, expected the incarnation of a process",
            ),
            (
                r#"{"deployment": 1, "epoch": 2, "members": [{"process": 1}]}"#,
                "members[0].name: missing, expected 1 to 128 visible ASCII characters without spaces",
            ),
            (
                r#"{"deployment": 1, "epoch": 2, "members": [{"process": 1, "name": "a b"}]}"#,
                "members[0].name: \"a b\", expected 1 to 128 visible ASCII characters without spaces",
            ),
            (
                &long,
                "members[0].name: a text of 129 bytes, expected 1 to 128 visible ASCII characters without spaces",
            ),
            (
                r#"{"deployment": 1, "epoch": 2, "members": [{"process": 1, "name": "a"}]}"#,
                "members[0]: missing, expected one of present, left, lost, absent",
            ),
            (
                r#"{"deployment": 1, "epoch": 2, "members": [{"process": 1, "name": "a",
                "left": {"last": {}, "since": 1}}, {"process": 1, "name": "b", "left": {"last": {}, "since": 1}}]}"#,
                "members[1].process: 1 is there twice, expected each process once",
            ),
            (
                r#"{"deployment": 1, "epoch": 2, "members": [{"process": 1, "name": "a", "absent": {}}]}"#,
                "members[0].absent.kind: missing, expected one of ABSENCE_KIND_SILENT, ABSENCE_KIND_DISCONNECTED, \
             ABSENCE_KIND_VOID, ABSENCE_KIND_GAVE_UP, ABSENCE_KIND_FAULT",
            ),
            (
                r#"{"deployment": 1, "epoch": 2, "members": [{"process": 1, "name": "a",
                "absent": {"kind": "ABSENCE_KIND_VOID", "fault": "x"}}]}"#,
                "members[0].absent.fault: \"x\", expected no text unless the kind is a fault",
            ),
            (
                r#"{"deployment": 1, "epoch": 2, "members": [{"process": 1, "name": "a",
                "lost": {"last": {"facts": [{}]}}}]}"#,
                "members[0].lost.last.facts[0].handle: missing, expected the handle of the fact",
            ),
            (
                r#"{"deployment": 1, "epoch": 2, "members": [{"process": 1, "name": "a", "lost": {}}]}"#,
                "members[0].lost.since: missing, expected the last epoch given out when its death became known",
            ),
            (
                r#"{"deployment": 1, "epoch": 2, "members": [{"process": 1, "name": "a",
                "left": {"last": {"facts": [{}]}}}]}"#,
                "members[0].left.last.facts[0].handle: missing, expected the handle of the fact",
            ),
            (
                r#"{"deployment": 1, "epoch": 2, "members": [{"process": 1, "name": "a", "left": {}}]}"#,
                "members[0].left.last: missing, expected its last state",
            ),
            (
                r#"{"deployment": 1, "epoch": 2, "members": [{"process": 1, "name": "a", "left": {"last": {}}}]}"#,
                "members[0].left.since: missing, expected the last epoch given out when it said goodbye",
            ),
        ],
    );
}

#[test]
fn cuts() {
    let wrap = |cut: &str| {
        format!(
            r#"{{"deployment": 1, "epoch": 2, "members": [{{"process": 1, "name": "a", "present": {{{cut}}}}}]}}"#
        )
    };
    check_all(
        "members[0].present.",
        wrap,
        snapshot_error,
        &[
            (
                r#""facts": [{"handle": 1, "pin": {"object": 2}}, {"handle": 1, "pin": {"object": 2}}]"#,
                "facts[1].handle: 1 is there twice, expected each handle once",
            ),
            (
                r#""gauges": [{"name": "g", "amount": 0}, {"name": "g", "amount": 1}]"#,
                "gauges[1].name: `g` is there twice, expected each gauge once",
            ),
            (
                r#""endedPeers": [{"since": 3}]"#,
                "endedPeers[0].process: missing, expected the incarnation of the dead process",
            ),
            (
                r#""endedPeers": [{"process": 3}, {"process": 3, "since": 4}]"#,
                "endedPeers[1].process: 3 is there twice, expected each process once",
            ),
            (
                r#""retired": [{"first": 1, "last": 3}], "sending": [{"lane": 2, "to": {"peer": 2}, "order": "LANE_ORDER_FIFO"}]"#,
                "retired: 2 is there twice, expected no lane that is in `sending`",
            ),
            (r#""met": [3, 3]"#, "met[1]: 3 is there twice, expected each incarnation once"),
            (
                r#""clock": {"entries": [{"events": 1}]}"#,
                "clock.entries[0].process: missing, expected the incarnation of a process",
            ),
            (
                r#""clock": {"entries": [{"process": 4}, {"process": 4}]}"#,
                "clock.entries[1].process: 4 is there twice, expected each process once",
            ),
            (r#""sending": [{}]"#, "sending[0].lane: missing, expected the number of a lane"),
            (r#""sending": [{"lane": 0}]"#, "sending[0].to: missing, expected where the lane leads"),
            (
                r#""sending": [{"lane": 0, "to": {}}]"#,
                "sending[0].to: missing, expected one of peer, sole, group",
            ),
            (
                r#""sending": [{"lane": 0, "to": {"sole": {}}}]"#,
                "sending[0].order: missing, expected LANE_ORDER_FIFO or LANE_ORDER_UNORDERED",
            ),
            (r#""receiving": [{}]"#, "receiving[0].lane: missing, expected the lane on which was received"),
            (
                r#""receiving": [{"lane": {"process": 1}}]"#,
                "receiving[0].lane.lane: missing, expected the number of a lane",
            ),
            (
                r#""receiving": [{"lane": {"process": 7, "lane": 1}}, {"lane": {"process": 7, "lane": 1}}]"#,
                "receiving[1].lane: lane 1 of 7 is there twice, expected each lane once",
            ),
            (
                r#""receiving": [{"lane": {"process": 7, "lane": 1}, "floor": 3, "received": [{"first": 2}]}]"#,
                "receiving[0].received: 2, expected numbers not below the floor",
            ),
            (
                r#""receiving": [{"lane": {"process": 7, "lane": 1}, "floor": 3, "tombstones": [{"first": 2}]}]"#,
                "receiving[0].tombstones: 2, expected numbers not below the floor",
            ),
            (
                r#""receiving": [{"lane": {"process": 7, "lane": 1}, "received": [{"last": 2}]}]"#,
                "receiving[0].received[0].first: missing, expected the least number of the range",
            ),
        ],
    );
}

#[test]
fn lanes() {
    let wrap = |lane: &str| {
        format!(
            r#"{{"deployment": 1, "epoch": 2, "members": [{{"process": 1, "name": "a", "present": {{"sending":
               [{{"lane": 1, "to": {{"peer": 2}}, "order": "LANE_ORDER_FIFO", {lane}}}]}}}}]}}"#
        )
    };
    check_all(
        "members[0].present.sending",
        wrap,
        snapshot_error,
        &[
            (r#""log": [{}]"#, "[0].log[0].seq: missing, expected the number of a message"),
            (r#""log": [{"seq": 0}]"#, "[0].log[0].seq: 0, expected a number from 1"),
            (r#""sent": 2, "log": [{"seq": 3}]"#, "[0].log[0].seq: 3, expected a number of at most `sent`"),
            (
                r#""sent": 2, "log": [{"seq": 2}, {"seq": 2}]"#,
                "[0].log[1].seq: 2 is there twice, expected each message once",
            ),
            (
                r#""sent": 2, "log": [{"seq": 2}], "collapsed": [{"first": 1, "last": 2}]"#,
                "[0].collapsed: 2 is there twice, expected no message of the log",
            ),
            (r#""sent": 2, "plain": [{"first": 3}]"#, "[0].plain: 3, expected numbers of at most `sent`"),
            (
                r#""sent": 2, "log": [{"seq": 2}], "plain": [{"first": 1, "last": 2}]"#,
                "[0].plain: 2 is there twice, expected messages that carry nothing",
            ),
            (
                r#""sent": 2, "doubtful": [{"first": 2, "last": 3}]"#,
                "[0].doubtful: 3, expected numbers of at most `sent`",
            ),
            (
                r#""sent": 2, "plain": [{"first": 2}], "doubtful": [{"first": 1, "last": 2}]"#,
                "[0].doubtful: 1, expected messages of the log, or plain",
            ),
            (
                r#""sent": 2, "collapsed": [{"first": 1, "last": 3}]"#,
                "[0].collapsed: 3, expected numbers of at most `sent`",
            ),
            (
                r#""sent": 2, "unreceived": [{"first": 3}]"#,
                "[0].unreceived: 3, expected numbers of at most `sent`",
            ),
            (r#""sent": 2, "expired": [{"first": 3}]"#, "[0].expired: 3, expected numbers of at most `sent`"),
            (r#""settledBy": [2, 2]"#, "[0].settledBy[1]: 2 is there twice, expected each incarnation once"),
            (
                r#""sent": 1, "log": [{"seq": 1, "annotations": [{}]}]"#,
                "[0].log[0].annotations[0]: missing, expected one of token, reference, resolves, grants, releases, amount",
            ),
            (
                r#""sent": 1, "log": [{"seq": 1, "annotations": [{"token": {}}]}]"#,
                "[0].log[0].annotations[0].token.process: missing, expected the incarnation of a process",
            ),
            (
                r#""sent": 1, "log": [{"seq": 1, "annotations": [{"resolves": {}}]}]"#,
                "[0].log[0].annotations[0].resolves: missing, expected one of waitTarget, request",
            ),
            (
                r#""sent": 1, "log": [{"seq": 1, "annotations": [{"resolves": {"waitTarget": {"process": 1}}}]}]"#,
                "[0].log[0].annotations[0].resolves.waitTarget.id: missing, expected the handle of a target",
            ),
            (
                r#""sent": 1, "log": [{"seq": 1, "annotations": [{"grants": {}}]}]"#,
                "[0].log[0].annotations[0].grants.resource: missing, expected the name of a resource",
            ),
            (
                r#""sent": 1, "log": [{"seq": 1, "annotations": [{"grants": {"resource": {"key": "k"}}}]}]"#,
                "[0].log[0].annotations[0].grants.grip: missing, expected how much of the resource",
            ),
            (
                r#""sent": 1, "log": [{"seq": 1, "annotations": [{"releases": {"resource": {}}}]}]"#,
                "[0].log[0].annotations[0].releases.resource: missing, expected one of owned, key",
            ),
            (
                r#""sent": 1, "log": [{"seq": 1, "annotations": [{"releases": {"resource": {"key": ""}, "grip": {}}}]}]"#,
                "[0].log[0].annotations[0].releases.grip: missing, expected one of shared, exclusive",
            ),
        ],
    );
}

#[test]
fn facts() {
    let wrap = |fact: &str| {
        format!(
            r#"{{"deployment": 1, "epoch": 2, "members": [{{"process": 1, "name": "a", "present":
               {{"facts": [{{"handle": 9, {fact}}}]}}}}]}}"#
        )
    };
    let long = format!(r#""task": {{"location": {{"file": "{}"}}}}"#, "é".repeat(129));
    check_all(
        "members[0].present.facts[0]",
        wrap,
        snapshot_error,
        &[
            (
                r#""born": 1"#,
                ": missing, expected one of task, serving, wait, target, reads, resource, permits, queued, hold, \
             creation, token, object, pin, reference",
            ),
            (&long, ".task.location.file: a text of 258 bytes, expected at most 256 bytes"),
            (r#""serving": {}"#, ".serving.task: missing, expected the handle of a task"),
            (r#""serving": {"task": 1}"#, ".serving.request: missing, expected the message that is served"),
            (r#""wait": {}"#, ".wait.task: missing, expected the handle of a task"),
            (r#""wait": {"task": 1}"#, ".wait.need: missing, expected how many targets must be satisfied"),
            (
                r#""wait": {"task": 1, "need": 1}"#,
                ".wait.of: missing, expected how many targets the wait began with",
            ),
            (r#""target": {}"#, ".target.wait: missing, expected the handle of a wait"),
            (
                r#""target": {"wait": 1}"#,
                ".target: missing, expected one of task, resource, call, receive, external",
            ),
            (
                r#""target": {"wait": 1, "task": {"process": 1}}"#,
                ".target.task.id: missing, expected the handle of a task",
            ),
            (
                r#""target": {"wait": 1, "resource": {}}"#,
                ".target.resource.resource: missing, expected the name of a resource",
            ),
            (
                r#""target": {"wait": 1, "resource": {"resource": {"owned": {"process": 1}}}}"#,
                ".target.resource.resource.owned.id: missing, expected the handle of a resource",
            ),
            (
                r#""target": {"wait": 1, "resource": {"resource": {"key": "k"}}}"#,
                ".target.resource.grip: missing, expected how much of the resource",
            ),
            (
                r#""target": {"wait": 1, "resource": {"resource": {"key": "k"}, "grip": {"shared": 1}, "request": {}}}"#,
                ".target.resource.request.process: missing, expected the incarnation of a process",
            ),
            (
                r#""target": {"wait": 1, "call": {"process": 1, "lane": 1}}"#,
                ".target.call.seq: missing, expected the number of a message",
            ),
            (
                r#""target": {"wait": 1, "receive": {"wakers": [{"process": 3}, {}]}}"#,
                ".target.receive.wakers[1]: missing, expected one of task, process, lane",
            ),
            (r#""reads": {}"#, ".reads.task: missing, expected the handle of a task"),
            (r#""reads": {"task": 1}"#, ".reads.lane: missing, expected the lane that is read"),
            (r#""permits": {}"#, ".permits.resource: missing, expected the handle of a resource"),
            (r#""queued": {}"#, ".queued.resource: missing, expected the handle of a resource"),
            (r#""queued": {"resource": 1}"#, ".queued.waiter: missing, expected whose place it is"),
            (r#""hold": {}"#, ".hold.resource: missing, expected the name of a resource"),
            (
                r#""hold": {"resource": {"key": "k"}}"#,
                ".hold.grip: missing, expected how much of the resource",
            ),
            (r#""token": {}"#, ".token.computation: missing, expected the computation of the work"),
            (
                r#""token": {"computation": {"process": 1}}"#,
                ".token.computation.id: missing, expected the handle of a creation",
            ),
            (r#""pin": {}"#, ".pin.object: missing, expected the handle of an object"),
            (r#""reference": {}"#, ".reference.to: missing, expected the object that is referred to"),
        ],
    );
}

#[test]
fn deltas() {
    check_all(
        "",
        str::to_owned,
        delta_error,
        &[
            (r#"{"removed": [1, 1]}"#, "removed[1]: 1 is there twice, expected each handle once"),
            (
                r#"{"inserted": [{"handle": 1, "object": {}}], "removed": [1]}"#,
                "removed: 1 is there twice, expected no handle that is inserted as well",
            ),
            (r#"{"sending": [{}]}"#, "sending[0].lane: missing, expected the number of a lane"),
            (
                r#"{"sending": [{"lane": 1}, {"lane": 1}]}"#,
                "sending[1].lane: 1 is there twice, expected each lane once",
            ),
            (
                r#"{"sending": [{"lane": 1, "opened": {}}]}"#,
                "sending[0].opened.to: missing, expected where the lane leads",
            ),
            (
                r#"{"sending": [{"lane": 1, "added": [{"seq": 1}]}]}"#,
                "sending[0].added[0].seq: 1, expected a number of at most `sent`",
            ),
        ],
    );
}

#[test]
fn verdicts() {
    check_all(
        "verdicts[0]",
        |v| format!(r#"{{"verdicts": [{v}]}}"#),
        verdict_error,
        &[
            ("{}", ".deployment: missing, expected the id of the deployment"),
            (r#"{"deployment": 1}"#, ".epoch: missing, expected the number of the round"),
            (
                r#"{"deployment": 1, "epoch": 1}"#,
                ".property: missing, expected the property that was looked for",
            ),
            (
                r#"{"deployment": 1, "epoch": 1, "property": {}}"#,
                ".property: missing, expected one of deadlock, termination, quiescence, garbage, conservation",
            ),
            (
                r#"{"deployment": 1, "epoch": 1, "property": {"conservation": {"gauge": "g"}}}"#,
                ".property.conservation.expected: missing, expected a decimal number of at most 128 bits, as a text",
            ),
            (
                r#"{"deployment": 1, "epoch": 1, "property": {"conservation": {"gauge": "g", "expected": "1.5"}}}"#,
                ".property.conservation.expected: \"1.5\", expected a decimal number of at most 128 bits, as a text",
            ),
            (
                r#"{"deployment": 1, "epoch": 1, "property": {"garbage": {}}}"#,
                ": missing, expected one of holds, doesNotHold, unknown",
            ),
        ],
    );
}

#[test]
fn outcomes() {
    let wrap = |v: &str| {
        format!(r#"{{"verdicts": [{{"deployment": 1, "epoch": 1, "property": {{"deadlock": {{}}}}, {v}}}]}}"#)
    };
    check_all(
        "verdicts[0].",
        wrap,
        verdict_error,
        &[
            (r#""unknown": {}"#, "unknown.doubts: missing, expected at least one doubt"),
            (
                r#""unknown": {"doubts": [{}]}"#,
                "unknown.doubts[0]: missing, expected one of absent, lost, stranger, unknownContent, unread, doubtful, \
             hidden, groupCopy, unserved, openReceive, openResource, unknownCapacity, unboundHold, orphanedHold, \
             unconfirmedHold, runningBranch, undecided, noCreation, withheld, unseenHolder",
            ),
            (
                r#""unknown": {"doubts": [{"absent": {"process": 1}}]}"#,
                "unknown.doubts[0].absent.absence: missing, expected why the cut is missing",
            ),
            (
                r#""unknown": {"doubts": [{"lost": {}}]}"#,
                "unknown.doubts[0].lost.process: missing, expected the incarnation of a process",
            ),
            (
                r#""unknown": {"doubts": [{"unknownContent": {"process": 1}}]}"#,
                "unknown.doubts[0].unknownContent.cause: missing, expected one of CAUSE_COLLAPSED, \
             CAUSE_RECEIVED_OUTSIDE, CAUSE_SENDER_ABSENT, CAUSE_SENDER_LOST, CAUSE_STRANGER",
            ),
            (
                r#""unknown": {"doubts": [{"unboundHold": {"process": 1}}]}"#,
                "unknown.doubts[0].unboundHold.id: missing, expected the handle of a hold",
            ),
            (r#""holds": {}"#, "holds: missing, expected one of deadlock, terminated, garbage, sum"),
            (
                r#""holds": {"sum": ""}"#,
                "holds.sum: missing, expected a decimal number of at most 128 bits, as a text",
            ),
            (
                r#""holds": {"deadlock": {}}"#,
                "holds.deadlock.shape: missing, expected how the members depend on one another",
            ),
            (
                r#""holds": {"deadlock": {"shape": {}}}"#,
                "holds.deadlock.shape: missing, expected one of cycle, knot, abandoned",
            ),
            (
                r#""holds": {"deadlock": {"shape": {"cycle": {"edges": [{}]}}}}"#,
                "holds.deadlock.shape.cycle.edges[0].from: missing, expected a task",
            ),
            (
                r#""holds": {"deadlock": {"members": [{}]}}"#,
                "holds.deadlock.members[0].task: missing, expected a task",
            ),
            (
                r#""holds": {"deadlock": {"members": [{"task": {"process": 1, "id": 1}}]}}"#,
                "holds.deadlock.members[0].processName: missing, expected 1 to 128 visible ASCII characters without \
             spaces",
            ),
            (
                r#""holds": {"deadlock": {"members": [{"task": {"process": 1, "id": 1}, "processName": "a", "waits": [{}]}]}}"#,
                "holds.deadlock.members[0].waits[0].wait: missing, expected a wait",
            ),
            (
                r#""holds": {"deadlock": {"shape": {"abandoned": {}}, "holdsUntil": [{}]}}"#,
                "holds.deadlock.holdsUntil[0].process: missing, expected the incarnation of a process",
            ),
            (
                r#""holds": {"garbage": {"groups": [{"objects": [{"process": 1}]}]}}"#,
                "holds.garbage.groups[0].objects[0].id: missing, expected the handle of an object",
            ),
            (
                r#""doesNotHold": {}"#,
                "doesNotHold: missing, expected one of reductionOrder, token, message, marked, sum",
            ),
            (
                r#""doesNotHold": {"token": {"process": 1}}"#,
                "doesNotHold.token.id: missing, expected the handle of a token",
            ),
            (
                r#""doesNotHold": {"marked": {"marks": [{}]}}"#,
                "doesNotHold.marked.marks[0].object: missing, expected the marked object",
            ),
            (
                r#""doesNotHold": {"reductionOrder": {"tasks": [{"process": 1}]}}"#,
                "doesNotHold.reductionOrder.tasks[0].id: missing, expected the handle of a task",
            ),
            (
                r#""unknown": {"doubts": [{"stranger": 1}]}, "assumptions": [{}]"#,
                "assumptions[0]: missing, expected one of presumedDead, unstamped, expired, noRedelivery, closedWakers",
            ),
            (
                r#""unknown": {"doubts": [{"stranger": 1}]}, "assumptions": [{"expired": {}}]"#,
                "assumptions[0].expired.lane: missing, expected the lane of the messages",
            ),
        ],
    );
}

/// Numbers of enumerations that JSON cannot express but bytes can.
#[test]
fn unknown_enumeration_values() {
    let absence = v1::Absence { kind: 77, fault: String::new() };
    let error = crate::snapshot::Absence::try_from(absence).unwrap_err();
    assert_eq!(error.path, "kind");
    assert_eq!(error.problem, super::Problem::UnknownValue(77));
    let end = Some(v1::LaneEnd { end: Some(v1::lane_end::End::Sole(v1::Sole {})) });
    let sending = v1::Sending { lane: Some(1), to: end, order: 9, ..v1::Sending::default() };
    let error = crate::cut::Sending::try_from(sending).unwrap_err();
    assert_eq!(error.to_string(), "order: unknown value 9, expected LANE_ORDER_FIFO or LANE_ORDER_UNORDERED");
    let sender = v1::UnknownSender { process: Some(1), cause: -1 };
    let reason = Some(v1::doubt::Reason::UnknownContent(sender));
    let error = crate::verdict::Doubt::try_from(v1::Doubt { task: None, reason }).unwrap_err();
    assert_eq!(
        (error.path.as_str(), error.problem),
        ("unknownContent.cause", super::Problem::UnknownValue(-1))
    );
}
