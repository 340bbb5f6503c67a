//! Changes of the state of a process.

use super::bytes::Bytes;
use prost::Message;
use std::sync::Arc;
use stillpoint_proto::cut::{Delta, ProcessCut};
use stillpoint_proto::wire::v1;

/// *Feeds* deltas, one after another, to a state: those that do not fit are refused.
///
/// *Must hold*: a delta comes back from the wire as it was. What one delta after another makes of a state, they make of
/// it put together. The state at the end is the sum of the changes that it gives as its own, by content and by checksum. No
/// lane has a message beyond what was sent, and none twice.
pub fn deltas(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let mut state = ProcessCut::default();
    let mut all = Delta::default();
    while !bytes.is_empty() {
        let delta = bytes.delta();
        let message = v1::Delta::from(&delta).encode_to_vec();
        let read = v1::Delta::decode(&message[..]).ok().and_then(|wire| Delta::try_from(wire).ok());
        let Some(read) = read else { panic!("a delta does not come back: {delta:?}") };
        assert_eq!(read, delta, "a delta comes back");
        let mut next = state.clone();
        if next.apply(&delta).is_err() {
            continue;
        }
        state = next;
        all.merge(delta);
        lanes_are_in_order(&state);
    }
    let mut whole = ProcessCut::default();
    if whole.apply(&all).is_ok() && is_plain(&all) {
        assert_eq!(whole.facts, state.facts, "facts of changes put together");
        assert_eq!(whole.gauges, state.gauges, "gauges of changes put together");
    }
    sum_of_its_changes(&state);
}

/// Whether gauges can be added in any order.
fn is_plain(delta: &Delta) -> bool {
    delta.gauges.values().all(|amount| amount.unsigned_abs() < 1 << 32)
}

fn sum_of_its_changes(state: &ProcessCut) {
    let mut again = ProcessCut::default();
    let fits = again.apply(&state.as_delta());
    assert_eq!(fits, Ok(()), "a state is the sum of its changes: {state:?}");
    again.at = state.at;
    assert_eq!(again, *state);
    assert_eq!(again.checksum(), state.checksum());
    let message = v1::ProcessCut::from(state);
    let read = ProcessCut::try_from(message);
    assert_eq!(read.as_ref(), Ok(state), "a state that was reported can be written and read");
}

fn lanes_are_in_order(state: &ProcessCut) {
    for sending in state.sending.values().map(Arc::as_ref) {
        for numbers in [&sending.outstanding, &sending.collapsed, &sending.expired] {
            assert!(
                numbers.last().is_none_or(|last| last <= sending.sent),
                "beyond what was sent: {sending:?}"
            );
        }
        assert!(sending.outstanding.intersection(&sending.collapsed).is_empty(), "twice: {sending:?}");
        let mut carriers = sending.annotations.numbers();
        carriers.subtract(&sending.outstanding);
        assert!(carriers.is_empty(), "carried by what is not outstanding: {sending:?}");
        assert!(sending.floor() >= 1);
    }
}
