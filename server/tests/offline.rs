//! The program, run as people run it: documents in, text and exit codes out.

mod program;

use program::{check, stillpoint};

/// What does not parse: the place and what was expected there.
#[test]
fn malformed_documents() {
    let member = |state: &str| {
        format!(
            r#"{{"deployment": 1, "epoch": 2, "members": [{{"process": 1, "name": "a", "present": {state}}}]}}"#
        )
    };
    for (document, message) in [
        (String::new(), "document: EOF while parsing a value (line 1, column 0)"),
        ("{\n  \"epoch\": 1,\n}".to_owned(), "document: trailing comma (line 3, column 1)"),
        ("{}".to_owned(), "epoch: missing, expected the number of the round"),
        (
            r#"{"epoch": 1.5}"#.to_owned(),
            "epoch: expected a whole number in the range of the field, in quotes or not (line 1, column 14)",
        ),
        (
            r#"{"deployment": 1, "epoch": 2, "members": [{"process": 1, "name": "two words"}]}"#.to_owned(),
            "members[0].name: \"two words\", expected 1 to 128 visible ASCII characters without spaces",
        ),
        (
            member(r#"{"facts": [{"handle": 1, "wait": {"need": 1, "of": 1}}]}"#),
            "members[0].present.facts[0].wait.task: missing, expected the handle of a task",
        ),
        (
            member(r#"{"facts": [{"handle": 1, "wiat": {}}]}"#),
            "members[0].present.facts[0].wiat: unknown field `wiat`, expected one of `handle`, `born`, `task`, \
             `serving`, `wait`, `target`, `reads`, `resource`, `permits`, `queued`, `hold`, `creation`, `token`, \
             `object`, `pin`, `reference` (line 1, column 112)",
        ),
        (
            member(r#"{"sending": [{"lane": 1, "to": {"sole": {}}, "order": "FIFO"}]}"#),
            "members[0].present.sending[0].order: unknown variant `FIFO`, expected one of `LANE_ORDER_UNSPECIFIED`, \
             `LANE_ORDER_FIFO`, `LANE_ORDER_UNORDERED` (line 1, column 141)",
        ),
        (
            member(r#"{"facts": [{"handle": 1, "object": {}}, {"handle": 1, "object": {}}]}"#),
            "members[0].present.facts[1].handle: 1 is there twice, expected each handle once",
        ),
        (
            member(r#"{"facts": [{"handle": 1, "object": {}, "pin": {"object": 1}, "object": {}}]}"#),
            "members[0].present.facts[0]: field `pin` is there twice or beside an alternative, expected one of them \
             (line 1, column 125)",
        ),
    ] {
        check(&["analyze", "-"], &document, 2, "", &format!("stillpoint: standard input: {message}\n"));
    }
}

/// What parses and is no consistent cut.
#[test]
fn inconsistent_snapshots() {
    let document = r#"{"deployment": 1, "epoch": 2, "members": [
        {"process": 10, "name": "p", "present": {"sending": [
            {"lane": 1, "to": {"peer": 11}, "order": "LANE_ORDER_FIFO", "sent": 1}]}},
        {"process": 11, "name": "q", "present": {"receiving": [
            {"lane": {"process": 10, "lane": 1}, "received": [{"first": 1, "last": 2}], "latest": 2}]}}]}"#;
    let faults = "stillpoint: standard input: no consistent cut of deployment 1, round 2:\n  \
                  b received a stamp of epoch 2 on lane a/1 before its cut for this round\n  \
                  message a/1#2 was received by b before its cut but sent after the sender's cut\n  \
                  (process a is p)\n  (process b is q)\n";
    check(&["analyze", "-"], document, 3, "", faults);
    let swapped = "stillpoint: standard input: this is a snapshot, expected verdicts; verify has the verdicts first, then \
                   the snapshot\n";
    check(&["verify", "-", "deadlock.json"], document, 2, "", swapped);
    check(
        &["verify", "/dev/null", "-"],
        document,
        2,
        "",
        "stillpoint: /dev/null: document: EOF while parsing a value (line 1, column 0)\n",
    );
}

#[test]
fn wrong_arguments() {
    check(
        &["verify", "-", "-"],
        "",
        2,
        "",
        "stillpoint: only one of the documents can be read from standard input (`-`)\n",
    );
    check(
        &["analyze", "none.json"],
        "",
        2,
        "",
        "stillpoint: none.json: No such file or directory (os error 2)\n",
    );
    check(
        &["analyze", "deadlock.json", "--property", "conservation"],
        "",
        2,
        "",
        "stillpoint: `--property conservation` needs `--expect GAUGE=SUM`\n",
    );
    check(
        &["analyze", "deadlock.json", "--expect", "money"],
        "",
        2,
        "",
        "error: invalid value 'money' for '--expect <GAUGE=SUM>': expected GAUGE=SUM, such as money=100\n\n\
         For more information, try '--help'.\n",
    );
}

/// To the server, a page of 0 entries is one of as many as it likes.
#[test]
fn a_list_has_room_for_an_entry() {
    for command in ["verdicts", "snapshot"] {
        check(
            &[command, "list", "--limit", "0"],
            "",
            2,
            "",
            "error: invalid value '0' for '--limit <LIMIT>': 0 is not in 1..=4294967295\n\n\
             For more information, try '--help'.\n",
        );
    }
}

#[test]
fn exit_codes_are_documented() {
    for command in [&["--help"][..], &["analyze", "--help"], &["verify", "--help"]] {
        let output = stillpoint(command, "");
        assert!(String::from_utf8(output.stdout).unwrap().contains("Exit codes:\n  0  done"), "{command:?}");
    }
}
