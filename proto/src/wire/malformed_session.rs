//! Every way in which a message of a session can mean nothing, each with the exact error.

use super::json::{read, write};
use super::session::{FromServer, SessionDecoder, encode_chunked, heartbeat};
use super::v1;
use crate::cut::Delta;
use crate::fact::Millis;
use crate::fold::{Piece, Report};
use crate::id::{Epoch, Handle};
use crate::refused::Refused;
use crate::session::FromAgent;

fn request(document: &str) -> v1::SessionRequest {
    read(document.as_bytes()).unwrap_or_else(|e| panic!("{e}\n{document}"))
}

/// The documents make one session, of which the last has the error.
fn refused(documents: &[&str], message: &str) {
    let mut decoder = SessionDecoder::with_limit(100);
    let (last, before) = documents.split_last().unwrap();
    for document in before {
        decoder.decode(request(document)).unwrap_or_else(|e| panic!("{e}\n{document}"));
    }
    let error = decoder.decode(request(last)).expect_err(last);
    assert_eq!(error.to_string(), message, "{documents:?}");
}

#[test]
fn requests() {
    for (document, message) in [
        ("{}", "document: missing, expected one of hello, report, recorded, wish, notice, faulty, heartbeat"),
        (r#"{"hello": {}}"#, "hello.versions: missing, expected the versions that the agent speaks"),
        (
            r#"{"hello": {"versions": {}}}"#,
            "hello.name: missing, expected 1 to 128 visible ASCII characters without spaces",
        ),
        (
            r#"{"hello": {"name": "a", "versions": {}}}"#,
            "hello.incarnation: missing, expected the incarnation of the process",
        ),
        (
            r#"{"hello": {"name": "a", "versions": {}, "incarnation": 1}}"#,
            "hello.deployment: missing, expected the id of the deployment",
        ),
        (
            r#"{"hello": {"name": "a", "versions": {}, "incarnation": 1, "deployment": 1}}"#,
            "hello.versions.lowest: missing, expected the lowest version",
        ),
        (
            r#"{"hello": {"name": "a", "versions": {"lowest": 1}, "incarnation": 1, "deployment": 1}}"#,
            "hello.versions.highest: missing, expected the highest version",
        ),
        (
            r#"{"hello": {"name": "a", "versions": {"lowest": 2, "highest": 1}, "incarnation": 1, "deployment": 1}}"#,
            "hello.versions.highest: 1, expected a version not below the lowest",
        ),
        (
            r#"{"hello": {"name": "a", "versions": {"lowest": 1, "highest": 1}, "incarnation": 1, "deployment": 1}}"#,
            "hello.epoch: missing, expected the epoch of the process",
        ),
        (r#"{"recorded": {}}"#, "recorded.lane: missing, expected the lane that was recorded"),
        (
            r#"{"recorded": {"lane": {"process": 1, "lane": 1}}}"#,
            "recorded.from: missing, expected the round after which the range begins",
        ),
        (
            r#"{"recorded": {"lane": {"process": 1, "lane": 1}, "from": 1}}"#,
            "recorded.to: missing, expected the last round of the range",
        ),
        (
            r#"{"recorded": {"lane": {"process": 1, "lane": 1}, "from": 1, "to": 2, "numbers": [{}]}}"#,
            "recorded.numbers[0].epoch: missing, expected the epoch of the stamps",
        ),
        (
            r#"{"recorded": {"lane": {"process": 1, "lane": 1}, "from": 1, "to": 2,
                "numbers": [{"epoch": 1}, {"epoch": 1}]}}"#,
            "recorded.numbers[1].epoch: 1 is there twice, expected each epoch once",
        ),
        (r#"{"notice": {}}"#, "notice: missing, expected one of refused, late, redelivered, dropped"),
        (
            r#"{"notice": {"refused": {}}}"#,
            "notice.refused.from: missing, expected the incarnation whose stamp it is",
        ),
        (
            r#"{"notice": {"refused": {"from": 1}}}"#,
            "notice.refused.epoch: missing, expected the epoch of the stamp",
        ),
        (
            r#"{"notice": {"late": {}}}"#,
            "notice.late.process: missing, expected the incarnation of a process",
        ),
    ] {
        refused(&[document], message);
    }
    let long = format!(r#"{{"faulty": {{"what": "{}"}}}}"#, "x".repeat(257));
    refused(&[&long], "faulty.what: a text of 257 bytes, expected at most 256 bytes");
}

const FIRST: &str =
    r#"{"report": {"header": {"from": 1, "to": 2, "checksum": 1}, "delta": {"sending": [{"lane": 3}]}}}"#;

#[test]
fn chunks() {
    refused(
        &[r#"{"report": {}}"#],
        "report.header: missing, expected the header on the first chunk of a report",
    );
    refused(&[r#"{"report": {"header": {}}}"#], "report.delta: missing, expected a part of what changed");
    for (header, message) in [
        ("", "from: missing, expected the round after which the range begins"),
        (r#""from": 1"#, "to: missing, expected the last round of the range"),
        (r#""from": 1, "to": 2"#, "checksum: missing, expected the checksum of the state"),
    ] {
        let document = format!(r#"{{"report": {{"header": {{{header}}}, "delta": {{}}, "last": true}}}}"#);
        refused(&[&document], &format!("report.header.{message}"));
    }
    let twice =
        "report.header: it is there twice, expected the last chunk of a report before the first of the next";
    refused(&[FIRST, FIRST], twice);
    refused(
        &[FIRST, r#"{"wish": {}}"#],
        "document: wish inside a report, expected the next chunk of the report or a heartbeat",
    );
    refused(
        &[FIRST, "{}"],
        "document: nothing inside a report, expected the next chunk of the report or a heartbeat",
    );
    for (part, message) in [
        (r#""removed": [1, 1]"#, "removed[1]: 1 is there twice, expected each handle once"),
        (
            r#""sending": [{"lane": 3, "sent": 1}]"#,
            "sending[0].sent: it is there twice, expected nothing but lists where a lane is continued",
        ),
        (
            r#""sending": [{"lane": 3, "opened": {}}]"#,
            "sending[0].opened: it is there twice, expected nothing but lists where a lane is continued",
        ),
        (
            r#""sending": [{"lane": 4}, {"lane": 3}]"#,
            "sending[2].lane: 3 is there twice, expected each lane once",
        ),
        (
            r#""sending": [{"lane": 3}, {"lane": 3}]"#,
            "sending[1].lane: 3 is there twice, expected each lane once",
        ),
    ] {
        let document = format!(r#"{{"report": {{"delta": {{{part}}}, "last": true}}}}"#);
        refused(&[FIRST, &document], &format!("report.delta.{message}"));
    }
    let first = r#"{"report": {"header": {"from": 1, "to": 2, "checksum": 1}, "delta": {"unstamped": 1, "clock": {},
        "receiving": [{"lane": {"process": 1, "lane": 1}}]}}}"#;
    for (part, message) in [
        (r#""unstamped": 1"#, "unstamped: it is there twice, expected one part with it"),
        (r#""clock": {}"#, "clock: it is there twice, expected one part with it"),
    ] {
        refused(
            &[first, &format!(r#"{{"report": {{"delta": {{{part}}}}}}}"#)],
            &format!("report.delta.{message}"),
        );
    }
    for field in [r#""floor": 1"#, r#""latest": 1"#, r#""ended": true"#, r#""disordered": 1"#] {
        let lane = format!(r#"{{"lane": {{"process": 1, "lane": 1}}, {field}}}"#);
        let name = field.split('"').nth(1).unwrap();
        refused(
            &[first, &format!(r#"{{"report": {{"delta": {{"receiving": [{lane}]}}}}}}"#)],
            &format!(
                "report.delta.receiving[0].{name}: it is there twice, expected nothing but lists where a lane is \
                 continued"
            ),
        );
    }
}

#[test]
fn reports_have_a_limit_that_their_chunks_share() {
    let delta = Delta { removed: (1_000_000..1_000_010).map(Handle).collect(), ..Delta::default() };
    let (from, to, at, heard) = (Epoch(1), Epoch(2), Millis(0), Refused::new());
    let said =
        FromAgent::Report(Report { base: None, piece: Piece { from, to, delta, at, checksum: 1, heard } });
    let chunks = encode_chunked(&said, 12);
    assert!(chunks.len() > 5, "{}", write(&chunks[0]).unwrap());
    let decode = |limit| {
        let mut decoder = SessionDecoder::with_limit(limit);
        chunks.iter().map(|chunk| decoder.decode(chunk.clone())).collect::<Result<Vec<_>, _>>()
    };
    assert_eq!(decode(100).unwrap().last(), Some(&Some(said)));
    let error = decode(30).unwrap_err();
    let message = "report.delta: 35 bytes over a limit of 30, expected a report within the limit";
    assert_eq!(error.to_string(), message);
}

#[test]
fn reports_tell_of_few_refused_epochs() {
    let report = |heard: &str| {
        let header = format!(r#""header": {{"from": 1, "to": 2, "checksum": 1, "heard": [{heard}]}}"#);
        format!(r#"{{"report": {{{header}, "delta": {{}}, "last": true}}}}"#)
    };
    let mut decoder = SessionDecoder::new();
    let range = |first: u64| format!(r#"{{"first": {first}, "last": {first}}}"#);
    assert!(matches!(decoder.decode(request(&report(&range(3)))), Ok(Some(FromAgent::Report(_)))));
    let many: Vec<_> = (1..8).map(|n| range(10 * n)).collect();
    refused(&[&report(&many.join(", "))], "report.header.heard: 7 ranges, expected at most 5");
}

#[test]
fn after_an_error_nothing_is_kept() {
    let mut decoder = SessionDecoder::new();
    decoder.decode(request(FIRST)).unwrap();
    decoder.decode(heartbeat()).unwrap();
    decoder.decode(request(r#"{"wish": {}}"#)).unwrap_err();
    assert_eq!(decoder.decode(request(r#"{"wish": {}}"#)), Ok(Some(FromAgent::Request)));
}

#[test]
fn responses() {
    const WINDOW: &str = "window: missing, expected the last epoch whose stamps are to be admitted";
    for (document, message) in [
        (
            "{}",
            "document: missing, expected one of welcome, rejected, cut, reported, resync, ended, verdict, heartbeat"
                .to_owned(),
        ),
        (r#"{"welcome": {}}"#, "welcome.version: missing, expected the version to speak".to_owned()),
        (
            r#"{"welcome": {"version": 1}}"#,
            "welcome.given: missing, expected the last epoch given out".to_owned(),
        ),
        (r#"{"welcome": {"version": 1, "given": 0}}"#, format!("welcome.{WINDOW}")),
        (
            r#"{"rejected": {"text": "no"}}"#,
            "rejected: missing, expected one of deployment, version, nameTaken, incarnationUsed, epochOutOfRange, \
             outOfOrder, impossibleReport"
                .to_owned(),
        ),
        (
            r#"{"rejected": {"deployment": {}}}"#,
            "rejected.deployment.here: missing, expected the id of the server's deployment".to_owned(),
        ),
        (
            r#"{"rejected": {"deployment": {"here": 1}}}"#,
            "rejected.deployment.there: missing, expected the id of the agent's deployment".to_owned(),
        ),
        (
            r#"{"rejected": {"version": {}}}"#,
            "rejected.version.lowest: missing, expected the lowest version".to_owned(),
        ),
        (
            r#"{"rejected": {"nameTaken": {"name": "a"}}}"#,
            "rejected.nameTaken.holder: missing, expected the incarnation that has the name".to_owned(),
        ),
        (
            r#"{"rejected": {"impossibleReport": {"from": 1}}}"#,
            "rejected.impossibleReport.to: missing, expected the last round of the range".to_owned(),
        ),
        (r#"{"cut": {}}"#, "cut.epoch: missing, expected the round".to_owned()),
        (r#"{"cut": {"epoch": 1}}"#, format!("cut.{WINDOW}")),
        (
            r#"{"reported": {}}"#,
            "reported.epoch: missing, expected the round that the report ended at".to_owned(),
        ),
        (r#"{"ended": {}}"#, "ended.epoch: missing, expected the number of the round".to_owned()),
        (
            r#"{"ended": {"epoch": 1, "received": [{}]}}"#,
            "ended.received[0].lane: missing, expected the number of a lane".to_owned(),
        ),
        (
            r#"{"ended": {"epoch": 1, "received": [{"lane": 1}]}}"#,
            "ended.received[0].receiver: missing, expected the incarnation of the receiver".to_owned(),
        ),
        (
            r#"{"ended": {"epoch": 1, "lost": [{}]}}"#,
            "ended.lost[0].lane: missing, expected the number of a lane".to_owned(),
        ),
        (
            r#"{"ended": {"epoch": 1, "tombstones": [{}]}}"#,
            "ended.tombstones[0].lane: missing, expected the lane of the messages".to_owned(),
        ),
        (r#"{"verdict": {}}"#, "verdict.id: missing, expected the id of the verdict".to_owned()),
        (
            r#"{"verdict": {"id": "v"}}"#,
            "verdict.state: missing, expected one of VERDICT_STATE_OPEN, VERDICT_STATE_HOLDING, VERDICT_STATE_ENDED"
                .to_owned(),
        ),
        (
            r#"{"verdict": {"id": "v", "state": 1}}"#,
            "verdict.property: missing, expected the property that was looked for".to_owned(),
        ),
        (
            r#"{"verdict": {"id": "v", "state": 1, "property": {"deadlock": {}}}}"#,
            "verdict.outcome: missing, expected one of OUTCOME_KIND_HOLDS, OUTCOME_KIND_DOES_NOT_HOLD, \
             OUTCOME_KIND_UNKNOWN"
                .to_owned(),
        ),
        (
            r#"{"verdict": {"id": "v", "state": 1, "property": {"deadlock": {}}, "outcome": 1, "victims": [{}]}}"#,
            "verdict.victims[0].process: missing, expected the incarnation of a process".to_owned(),
        ),
    ] {
        let wire: v1::SessionResponse = read(document.as_bytes()).unwrap_or_else(|e| panic!("{e}\n{document}"));
        let error = FromServer::try_from(wire).expect_err(document);
        assert_eq!(error.to_string(), message, "{document}");
    }
    let unknown = v1::VerdictNotice { id: "v".to_owned(), state: 9, ..Default::default() };
    let error = super::session::VerdictNotice::try_from(unknown).unwrap_err();
    assert!(error.to_string().starts_with("state: unknown value 9, "), "{error}");
}
