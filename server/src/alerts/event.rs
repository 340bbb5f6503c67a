//! Events in the structured JSON form of CloudEvents 1.0.

use crate::engine::history::now;
use crate::engine::verdicts::{Ending, State, VerdictRecord};
use chrono::{DateTime, SecondsFormat};
use serde_json::{Value, json};
use stillpoint_proto::fact::Millis;
use stillpoint_proto::id::Epoch;
use stillpoint_proto::wire::v1;

/// The media type of a body.
pub const CONTENT_TYPE: &str = "application/cloudevents+json; charset=utf-8";

/// The event for a change of a verdict, with its id; `None` for changes of which nobody needs to be told.
///
/// | type | when |
/// |---|---|
/// | `io.stillpoint.verdict.opened.v1` | a verdict was found for the first time, or again after it had ended |
/// | `io.stillpoint.verdict.ended.v1` | it ended for a cause, which `data.ending` names |
/// | `io.stillpoint.verdict.unexplained.v1` | it ended without one: the instrumentation has a gap |
#[must_use]
pub fn change(source: &str, record: &VerdictRecord) -> Option<(String, Vec<u8>)> {
    let (kind, ending) = match &record.state {
        State::Opened => ("io.stillpoint.verdict.opened.v1", None),
        State::Holding => return None,
        State::Ended(Ending::Unexplained) => ("io.stillpoint.verdict.unexplained.v1", Some("unexplained")),
        State::Ended(how) => ("io.stillpoint.verdict.ended.v1", Some(how.name())),
    };
    let verdict = &record.verdict;
    let id = format!("verdict-{:x}-{}", verdict.deployment.0, record.revision);
    let data = json!({
        "id": record.id.0.to_string(),
        "revision": record.revision.to_string(),
        "state": record.state.name(),
        "ending": ending,
        "property": verdict.property.name(),
        "outcome": verdict.outcome.name(),
        "firstEpoch": record.first.0.to_string(),
        "lastEpoch": record.last.0.to_string(),
        "processes": record.concerns().iter().map(ToString::to_string).collect::<Vec<_>>(),
        "verdict": serde_json::to_value(v1::Verdict::from(&**verdict)).unwrap_or(Value::Null),
    });
    let subject = format!("{}/{}", verdict.property.name(), record.id);
    let body = envelope(&id, source, kind, &subject, record.changed, &data);
    Some((id, body))
}

/// The event for a fault of the instrumentation, with its id.
#[must_use]
pub fn fault(source: &str, epoch: Epoch, what: &str) -> (String, Vec<u8>) {
    let at = now();
    let id = format!("fault-{epoch}-{}", at.0);
    let data = json!({ "epoch": epoch.0.to_string(), "what": what });
    let subject = format!("rounds/{epoch}");
    let body = envelope(&id, source, "io.stillpoint.fault.v1", &subject, at, &data);
    (id, body)
}

fn envelope(id: &str, source: &str, kind: &str, subject: &str, at: Millis, data: &Value) -> Vec<u8> {
    let millis = i64::try_from(at.0).unwrap_or(i64::MAX);
    let time = DateTime::from_timestamp_millis(millis).unwrap_or_default();
    let event = json!({
        "specversion": "1.0",
        "id": id,
        "source": source,
        "type": kind,
        "subject": subject,
        "time": time.to_rfc3339_opts(SecondsFormat::Millis, true),
        "datacontenttype": "application/json",
        "data": data,
    });
    event.to_string().into_bytes()
}
