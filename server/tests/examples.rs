//! The documents that the format's page shows, through `analyze` and on into `verify`.

mod program;

use program::{check, stillpoint, verdicts};

/// The example, and what makes the property interesting there.
const EXAMPLES: [(&str, &[&str]); 4] = [
    ("deadlock.json", &[]),
    ("termination.json", &[]),
    ("garbage.json", &[]),
    ("conservation.json", &["--expect", "money=1000"]),
];

#[test]
fn every_verdict_on_every_example_is_confirmed() {
    for (example, more) in EXAMPLES {
        let output = stillpoint(&["verify", "-", example], &verdicts(example, more));
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0), "{example}: {text}");
        assert!(
            text.lines().count() > 0 && text.lines().all(|l| l.starts_with("confirmed  ")),
            "{example}: {text}"
        );
    }
}

/// What the page shows in full is read, is consistent, says what the page quotes, and every verdict on it is confirmed.
#[test]
fn the_documents_on_the_page_are_accepted() {
    let page = include_str!("../docs/snapshot-format.md");
    let documents: Vec<&str> =
        page.split("```json\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(!documents.is_empty());
    for document in documents {
        let said = stillpoint(&["analyze", "-"], document).stdout;
        let said = String::from_utf8(said).unwrap();
        let last = said.lines().last().unwrap().trim();
        assert!(page.contains(&format!("\"{last}\"")), "{said}");
        let output = stillpoint(&["analyze", "-", "--output", "json"], document);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{errors}{document}");
        let found = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(&found, output.stdout).unwrap();
        let output = stillpoint(&["verify", found.path().to_str().unwrap(), "-"], document);
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0), "{text}");
    }
}

#[test]
fn deadlock() {
    check(
        &["analyze", "deadlock.json", "--property", "deadlock"],
        "",
        0,
        "\
deployment 1, round 7: 2 processes, 0 messages in transit
facts: hold 2, resource 2, target 2, task 2, wait 2

deadlock: HOLDS
  2 tasks wait for one another in a cycle:
    orders-1/2 \"checkout 17\" (src/checkout.rs:42)
      waits for stock lock exclusively since 3s (src/checkout.rs:57)
      holds orders lock
    stock-1/2 \"restock\" (src/restock.rs:12)
      waits for orders lock exclusively since 6s (src/restock.rs:30)
      holds stock lock
  cycle: orders-1/2 \"checkout 17\" --[stock lock]--> stock-1/2 \"restock\" --[orders lock]--> orders-1/2 \"checkout 17\"
  victims (ending these frees the others):
    stock-1/2 \"restock\"
",
        "",
    );
}

#[test]
fn termination() {
    check(
        &["analyze", "termination.json", "--property", "termination"],
        "",
        0,
        "\
deployment 1, round 5: 2 processes, 1 message in transit
facts: creation 2

termination of coordinator/1 \"nightly import\": HOLDS
  no work is left in any process or message

termination of coordinator/2 \"reindex\": DOES_NOT_HOLD
  work is under way: message 2 on lane 0 of coordinator
",
        "",
    );
}

#[test]
fn garbage() {
    check(
        &["analyze", "garbage.json", "--property", "garbage"],
        "",
        0,
        "\
deployment 1, round 3: 2 processes, 0 messages in transit
facts: object 3, pin 1, reference 2

garbage: HOLDS
  unreachable:
    cache-a/3 \"old session\", cache-b/1 \"old callback\" (a cycle), 640 bytes
",
        "",
    );
}

#[test]
fn conservation() {
    let analyze = |expect| ["analyze", "conservation.json", "--property", "conservation", "--expect", expect];
    let head = "deployment 1, round 9: 2 processes, 1 message in transit\n\nconservation of `money` at ";
    let sum = "  the sum over all processes and messages is 1000\n";
    check(&analyze("money=1000"), "", 0, &format!("{head}1000: HOLDS\n{sum}"), "");
    check(&analyze("money=1001"), "", 0, &format!("{head}1001: DOES_NOT_HOLD\n{sum}"), "");
}

/// A certificate that was changed, or that belongs to another snapshot, is refuted.
#[test]
fn what_is_not_so_is_refuted() {
    let refuted = |verdicts: &str, snapshot| {
        let output = stillpoint(&["verify", "-", snapshot], verdicts);
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{snapshot} was confirmed: {text}");
        assert!(text.contains("REFUTED    "), "{text}");
    };
    let found = verdicts("deadlock.json", &["--property", "deadlock"]);
    refuted(&found, "garbage.json");
    let garbage = verdicts("garbage.json", &["--property", "garbage"]);
    let pinned = garbage.replacen(r#""id": "3""#, r#""id": "1""#, 1);
    assert_ne!(pinned, garbage);
    refuted(&pinned, "garbage.json");
    let sum = verdicts("conservation.json", &["--expect", "money=1000", "--property", "conservation"]);
    refuted(&sum.replace("1000", "1001"), "conservation.json");
    let terminated = verdicts("termination.json", &["--property", "termination"]);
    let swapped = terminated.replace(r#""id": "1""#, r#""id": "2""#);
    assert_ne!(swapped, terminated);
    refuted(&swapped, "termination.json");
}
