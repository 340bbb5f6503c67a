//! Documents in the protobuf JSON mapping.
//!
//! Numbers of 64 bits are written in quotes, as the mapping asks, because JSON readers commonly round them; they
//! are read with and without. A document that cannot be read says where in it and what was expected there,
//! whether its syntax, a type or its meaning is wrong. Unknown fields are errors: in a document written by
//! hand they are misspelt ones.

use super::{DecodeError, v1};
use crate::snapshot::{ConsistentCut, Snapshot};
use crate::verdict::Verdict;
use serde::de::{DeserializeOwned, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a document could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// It is no JSON, or a value is not of the type of its field.
    #[error("{place}: {what} (line {line}, column {column})", place = if path == "." { "document" } else { path })]
    Syntax {
        /// The way to the value; `.` if it is the whole document.
        path: String,
        /// What was found and what was expected.
        what: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// It is a message, but means nothing.
    #[error(transparent)]
    Content(#[from] DecodeError),
    /// It is another kind of document.
    #[error("this is {found}, expected {expected}")]
    Kind {
        /// What it is.
        found: &'static str,
        /// What was expected.
        expected: &'static str,
    },
}

/// Why a value could not be written. It cannot happen to the conversions of the vocabulary's types, but a
/// message may have been put together by hand.
#[derive(Debug, thiserror::Error)]
#[error("the message has no JSON form: {0}")]
pub struct WriteError(#[from] serde_json::Error);

/// Reads a message.
///
/// # Errors
/// [`DocumentError::Syntax`] with the path to the first value that is wrong.
pub fn read<W: DeserializeOwned>(document: &[u8]) -> Result<W, DocumentError> {
    let mut json = serde_json::Deserializer::from_slice(document);
    let message = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| syntax_error(place(error.path()), error.inner()))?;
    json.end().map_err(|error| syntax_error(".".to_owned(), &error))?;
    Ok(message)
}

/// Reads a snapshot. It has not been checked.
///
/// # Errors
/// [`DocumentError`] with the path to the first value that is wrong.
pub fn read_snapshot(document: &[u8]) -> Result<Snapshot, DocumentError> {
    if Kind::of(document).is_some_and(|kind| kind != Kind::Snapshot) {
        return Err(DocumentError::Kind { found: "a list of verdicts", expected: "a snapshot" });
    }
    Ok(read::<v1::Snapshot>(document)?.try_into()?)
}

/// Reads verdicts, wherever they are from: a `VerdictList`, or an answer of the service that has any in it, which is a
/// `DetectResponse`, a `ListVerdictsResponse`, a `GetVerdictResponse` or a `VerdictRecord`. Their certificates have not been
/// checked.
///
/// # Errors
/// [`DocumentError`] with the path to the first value that is wrong.
pub fn read_verdicts(document: &[u8]) -> Result<Vec<Verdict>, DocumentError> {
    Ok(match Kind::of(document) {
        Some(Kind::Snapshot) => {
            return Err(DocumentError::Kind { found: "a snapshot", expected: "verdicts" });
        }
        Some(Kind::Detection) => read::<v1::DetectResponse>(document)?.try_into()?,
        Some(Kind::Records) => read::<v1::ListVerdictsResponse>(document)?.try_into()?,
        Some(Kind::Record) => vec![read::<v1::VerdictRecord>(document)?.try_into()?],
        Some(Kind::Answer) => vec![read::<v1::GetVerdictResponse>(document)?.try_into()?],
        Some(Kind::Verdicts) | None => read::<v1::VerdictList>(document)?.try_into()?,
    })
}

/// What a document is, by fields that no other kind has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Snapshot,
    Verdicts,
    Detection,
    Records,
    Record,
    Answer,
}

/// The fields of the outermost message by which kinds are told apart.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(field_identifier, rename_all = "camelCase")]
enum Field {
    Members,
    Findings,
    Snapshot,
    Verdicts,
    Revision,
    Verdict,
    Id,
    #[serde(other)]
    Other,
}

/// Those of them that a document has, in the order of [`Field`].
#[derive(Default)]
struct Fields([bool; 8]);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Fields::default();
                while let Some((field, IgnoredAny)) = map.next_entry::<Field, _>()? {
                    fields.0[field as usize] = true;
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(Names)
    }
}

impl Kind {
    /// `None` if it could be any: then whoever reads it finds out what is wrong with it.
    fn of(document: &[u8]) -> Option<Self> {
        let fields: Fields = serde_json::from_slice(document).ok()?;
        let has = |field: Field| fields.0[field as usize];
        Some(if has(Field::Members) {
            Kind::Snapshot
        } else if has(Field::Findings) || has(Field::Snapshot) {
            Kind::Detection
        } else if has(Field::Revision) {
            Kind::Records
        } else if has(Field::Verdicts) {
            Kind::Verdicts
        } else if has(Field::Verdict) {
            if has(Field::Id) { Kind::Record } else { Kind::Answer }
        } else {
            return None;
        })
    }
}

/// Writes a message, indented for people.
///
/// # Errors
/// [`WriteError`] if an enumeration in the message has an unknown value.
pub fn write<W: Serialize>(message: &W) -> Result<String, WriteError> {
    Ok(serde_json::to_string_pretty(message)?)
}

/// Writes a checked snapshot with the state of its channels.
///
/// # Errors
/// None that a checked snapshot can cause.
pub fn write_cut(cut: &ConsistentCut) -> Result<String, WriteError> {
    write(&v1::Snapshot::from(cut))
}

/// Writes a list of verdicts.
///
/// # Errors
/// None that verdicts can cause.
pub fn write_verdicts(verdicts: &[Verdict]) -> Result<String, WriteError> {
    write(&v1::VerdictList::from(verdicts))
}

/// The way to the innermost value whose place is known: what ends in the middle of a key has none.
fn place(path: &serde_path_to_error::Path) -> String {
    let path = path.to_string();
    match path.trim_end_matches('?').trim_end_matches('.') {
        "" => ".".to_owned(),
        known => known.to_owned(),
    }
}

fn syntax_error(path: String, error: &serde_json::Error) -> DocumentError {
    let (line, column) = (error.line(), error.column());
    let text = error.to_string();
    let suffix = format!(" at line {line} column {column}");
    let what = text.strip_suffix(&suffix).unwrap_or(&text);
    DocumentError::Syntax { path, what: in_plain_words(what), line, column }
}

/// What the bindings say of numbers and alternatives only their author understands: they try a number with and
/// without quotes and then know only that neither fits, and call the second alternative a duplicate.
fn in_plain_words(what: &str) -> String {
    const NUMBER: &str = "expected a whole number in the range of the field, in quotes or not";
    let failed = ["data did not match any variant", "invalid digit", "number too", "cannot parse integer"];
    if failed.iter().any(|f| what.starts_with(f)) {
        return NUMBER.to_owned();
    }
    if let Some(field) = what.strip_prefix("duplicate field ") {
        return format!("field {field} is there twice or beside an alternative, expected one of them");
    }
    // The mapping writes fields in one way and reads a second one, with underscores.
    match what.split_once(", expected ") {
        Some((unknown, fields)) if unknown.starts_with("unknown field ") && fields.contains('_') => {
            let fields = fields.strip_prefix("one of ").unwrap_or(fields);
            let fields: Vec<_> = fields
                .split(", ")
                .flat_map(|f| f.split(" or "))
                .filter(|field| !field.contains('_'))
                .collect();
            format!("{unknown}, expected one of {}", fields.join(", "))
        }
        _ => what.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let number = "expected a whole number in the range of the field, in quotes or not";
        let twice = "is there twice or beside an alternative, expected one of them";
        for (document, message) in [
            ("", "document: EOF while parsing a value (line 1, column 0)".to_owned()),
            (
                "[]",
                "document: invalid type: sequence, expected struct stillpoint.v1.Snapshot (line 1, column 2)"
                    .to_owned(),
            ),
            (r#"{"epoch": "x"}"#, format!("epoch: {number} (line 1, column 14)")),
            (r#"{"epoch": -1}"#, format!("epoch: {number} (line 1, column 13)")),
            (r#"{"epoch": "18446744073709551616"}"#, format!("epoch: {number} (line 1, column 33)")),
            (r#"{"epoch": {}}"#, format!("epoch: {number} (line 1, column 13)")),
            (
                r#"{"members": 1}"#,
                "members: invalid type: integer `1`, expected a sequence (line 1, column 13)".to_owned(),
            ),
            (
                "{\"members\": [{},\n {\"present\": {\"facts\": [{\"wait\": {\"task\": true}}]}}]}",
                format!("members[1].present.facts[0].wait.task: {number} (line 2, column 47)"),
            ),
            (
                r#"{"members": [{"proces": 1}]}"#,
                "members[0].proces: unknown field `proces`, expected one of `process`, `name`, `present`, `left`, \
                 `lost`, `absent` (line 1, column 22)"
                    .to_owned(),
            ),
            ("{\"epoch\": 1,\n}", "document: trailing comma (line 2, column 1)".to_owned()),
            (r#"{"members": [{"process": 1,}]}"#, "members[0]: trailing comma (line 1, column 28)".to_owned()),
            (r#"{"members": [{"process": 1"#, "members[0]: EOF while parsing an object (line 1, column 26)".to_owned()),
            (r#"{"epoch": 1} x"#, "document: trailing characters (line 1, column 14)".to_owned()),
            (
                r#"{"members": [{"absent": {"kind": "GONE"}}]}"#,
                "members[0].absent.kind: unknown variant `GONE`, expected one of `ABSENCE_KIND_UNSPECIFIED`, \
                 `ABSENCE_KIND_SILENT`, `ABSENCE_KIND_DISCONNECTED`, `ABSENCE_KIND_VOID`, `ABSENCE_KIND_GAVE_UP`, \
                 `ABSENCE_KIND_FAULT` (line 1, column 39)"
                    .to_owned(),
            ),
            (r#"{"epoch": 1, "epoch": 2}"#, format!("document: field `epoch` {twice} (line 1, column 20)")),
            (
                r#"{"members": [{"present": {}, "left": {}}]}"#,
                format!("members[0]: field `left` {twice} (line 1, column 35)"),
            ),
        ] {
            assert_eq!(read_snapshot(document.as_bytes()).unwrap_err().to_string(), message, "{document}");
        }
    }

    #[test]
    fn fields_are_offered_as_the_mapping_writes_them() {
        let error = read_snapshot(br#"{"members": [{"present": {"fifoo": 1}}]}"#).unwrap_err().to_string();
        assert!(error.contains("unknown field `fifoo`, expected one of ") && !error.contains('_'), "{error}");
    }

    #[test]
    fn verdicts_are_read_wherever_they_are_from() {
        let verdict = r#"{"deployment": 1, "epoch": 7, "property": {"deadlock": {}}, "doesNotHold":
            {"reductionOrder": {}}}"#;
        let list = read_verdicts(format!(r#"{{"verdicts": [{verdict}]}}"#).as_bytes()).unwrap();
        assert_eq!(list.len(), 1);
        for document in [
            format!(
                r#"{{"snapshot": {{"epoch": 7}}, "findings": [{{"verdict": {verdict}, "recordId": "3"}}]}}"#
            ),
            format!(r#"{{"verdicts": [{{"id": "3", "verdict": {verdict}}}], "revision": "9"}}"#),
            format!(r#"{{"id": "3", "state": "VERDICT_STATE_OPEN", "verdict": {verdict}}}"#),
            format!(r#"{{"verdict": {{"id": "3", "verdict": {verdict}}}}}"#),
        ] {
            assert_eq!(read_verdicts(document.as_bytes()).unwrap(), list, "{document}");
        }
        let message = |document: &str| read_verdicts(document.as_bytes()).unwrap_err().to_string();
        assert_eq!(message(r#"{"findings": [{}]}"#), "findings[0].verdict: missing, expected a verdict");
        assert_eq!(message(r#"{"epoch": 1, "members": []}"#), "this is a snapshot, expected verdicts");
        for nothing in ["{}", r#"{"verdicts": []}"#, r#"{"snapshot": {}}"#, r#"{"revision": "9"}"#] {
            assert_eq!(read_verdicts(nothing.as_bytes()).unwrap(), [], "{nothing}");
        }
        let swapped = read_snapshot(br#"{"verdicts": []}"#).unwrap_err().to_string();
        assert_eq!(swapped, "this is a list of verdicts, expected a snapshot");
    }

    #[test]
    fn numbers_are_read_with_and_without_quotes() {
        let quoted = read_snapshot(br#"{"deployment": "1", "epoch": "2", "members": []}"#).unwrap();
        let plain = read_snapshot(br#"{"deployment": 1, "epoch": 2}"#).unwrap();
        assert_eq!(quoted, plain);
    }

    /// What is derived is written for information, and ignored when it is read.
    #[test]
    fn channels_are_written_and_not_read() {
        let lane =
            r#""lane": 0, "to": {"peer": 2}, "order": "LANE_ORDER_FIFO", "sent": 1, "plain": [{"first": 1}]"#;
        let document = format!(
            r#"{{"deployment": 1, "epoch": 2, "members": [{{"process": 1, "name": "a", "present": {{"sending":
               [{{{lane}}}]}}}}, {{"process": 2, "name": "b", "present": {{}}}}]}}"#
        );
        let snapshot = read_snapshot(document.as_bytes()).unwrap();
        let cut = ConsistentCut::check(snapshot.clone()).unwrap();
        let written = write_cut(&cut).unwrap();
        let message: v1::Snapshot = read(written.as_bytes()).unwrap();
        let lanes = &message.channels.as_ref().unwrap().lanes;
        assert_eq!((lanes.len(), lanes[0].transit.len()), (1, 1));
        assert_eq!(read_snapshot(written.as_bytes()).unwrap(), snapshot);
        let invented = written.replace(r#""transit""#, r#""hidden""#);
        assert_ne!(invented, written);
        assert_eq!(read_snapshot(invented.as_bytes()).unwrap(), snapshot);
    }
}
