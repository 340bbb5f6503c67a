//! Verdicts as people read them.

use super::names::{Names, place, shown};
use std::io::{self, Write};
use std::time::Duration;
use stillpoint_proto::id::{TaskRef, Text};
use stillpoint_proto::snapshot::{Assumption, ConsistentCut};
use stillpoint_proto::verdict::{
    Certificate, Deadlock, Doubt, Edge, GarbageGroup, Mark, Outcome, Property, Reason, Refutation, Shape,
    Stuck, StuckWait, Verdict,
};

/// Lists of things are cut to this many; the JSON form has all.
const SHOWN: usize = 20;

/// Writes what was looked at.
pub(super) fn summary(out: &mut dyn Write, cut: &ConsistentCut) -> io::Result<()> {
    let snapshot = cut.snapshot();
    let facts: Vec<_> =
        Names::of_snapshot(snapshot).counts().iter().map(|(kind, n)| format!("{kind} {n}")).collect();
    writeln!(
        out,
        "deployment {}, round {}: {}, {} in transit{}",
        snapshot.deployment,
        snapshot.epoch,
        count(snapshot.members.len() as u64, "process", "es"),
        count(cut.channels().in_transit(), "message", "s"),
        if cut.is_complete() { "" } else { "; the round is incomplete" },
    )?;
    if !facts.is_empty() {
        writeln!(out, "facts: {}", facts.join(", "))?;
    }
    Ok(())
}

/// Writes one verdict.
pub(super) fn verdict(out: &mut dyn Write, names: &Names<'_>, verdict: &Verdict) -> io::Result<()> {
    writeln!(out, "\n{}: {}", subject(names, &verdict.property), verdict.outcome.name())?;
    match &verdict.outcome {
        Outcome::Holds(certificate) => holds(out, names, certificate)?,
        Outcome::DoesNotHold(refutation) => {
            does_not_hold(out, names, refutation)?;
            no_such_gauge(out, names, &verdict.property)?;
        }
        Outcome::Unknown(doubts) => {
            bounded(out, "because", doubts, |d| doubt(names, d))?;
        }
    }
    bounded(out, "rests on", &verdict.assumptions, |a| assumption(names, a))
}

/// A property, and what it is about.
pub(super) fn subject(names: &Names<'_>, property: &Property) -> String {
    match property {
        Property::Termination(computation) => format!("termination of {}", names.computation(*computation)),
        Property::Conservation { gauge, expected } => {
            format!("conservation of `{}` at {expected}", shown(gauge.as_str()))
        }
        other => other.name().to_owned(),
    }
}

fn holds(out: &mut dyn Write, names: &Names<'_>, certificate: &Certificate) -> io::Result<()> {
    match certificate {
        Certificate::Deadlock(found) => deadlock(out, names, found),
        Certificate::Terminated { with_loss, .. } => {
            let loss = if *with_loss { "; what it had in lost processes is lost" } else { "" };
            writeln!(out, "  no work is left in any process or message{loss}")
        }
        Certificate::Garbage(groups) => bounded(out, "unreachable", groups, |g| group(names, g)),
        Certificate::Sum(sum) => writeln!(out, "  the sum over all processes and messages is {sum}"),
    }
}

fn does_not_hold(out: &mut dyn Write, names: &Names<'_>, refutation: &Refutation) -> io::Result<()> {
    match refutation {
        Refutation::ReductionOrder(tasks) if tasks.is_empty() => {
            writeln!(out, "  no task waits that holds or serves anything")
        }
        Refutation::ReductionOrder(tasks) => {
            bounded(out, "can proceed, in this order", tasks, |t| names.task(*t))
        }
        Refutation::Token { process, handle } => {
            writeln!(out, "  work is left: {}", names.handle(*process, *handle))
        }
        Refutation::Message(message) => writeln!(out, "  work is under way: {}", names.message(*message)),
        Refutation::Marked(marks) if marks.is_empty() => {
            writeln!(out, "  there is no object, or each is pinned")
        }
        Refutation::Marked(marks) => bounded(out, "reachable", marks, |m| mark(names, m)),
        Refutation::Sum(sum) => writeln!(out, "  the sum over all processes and messages is {sum}"),
    }
}

/// A gauge of which no process has anything is most likely misspelt.
fn no_such_gauge(out: &mut dyn Write, names: &Names<'_>, property: &Property) -> io::Result<()> {
    let Property::Conservation { gauge, .. } = property else { return Ok(()) };
    let all = names.gauges();
    if all.contains(gauge) {
        return Ok(());
    }
    let all: Vec<_> = all.into_iter().map(|gauge| format!("`{}`", shown(gauge.as_str()))).collect();
    let others = if all.is_empty() {
        "of any gauge".to_owned()
    } else {
        format!("of it; there are {}", all.join(", "))
    };
    writeln!(out, "  no process has an amount {others}")
}

fn deadlock(out: &mut dyn Write, names: &Names<'_>, found: &Deadlock) -> io::Result<()> {
    let shape = match &found.shape {
        Shape::Cycle(_) => "wait for one another in a cycle",
        Shape::Knot(_) => "wait for one another in a knot of alternatives",
        Shape::Abandoned => "waits for what nobody can give",
    };
    let n = found.members.len();
    writeln!(out, "  {} {shape}:", count(n as u64, "task", "s"))?;
    for member in found.members.iter().take(SHOWN) {
        stuck(out, names, member)?;
    }
    more(out, n)?;
    match &found.shape {
        Shape::Cycle(edges) => writeln!(out, "  cycle: {}", cycle(names, edges))?,
        Shape::Knot(edges) => bounded(out, "knot", edges, |e| edge(names, e))?,
        Shape::Abandoned => {}
    }
    let task = |t: &TaskRef| names.task(*t);
    bounded(out, "victims (ending these frees the others)", &found.victims, task)?;
    bounded(out, "stuck behind", &found.behind, task)?;
    bounded(out, "messages in transit that do not help", &found.messages, |m| names.message(*m))?;
    let deadlines: Vec<_> = found.holds_until.iter().collect();
    bounded(out, "may end by itself", &deadlines, |(process, deadline)| {
        format!("at {} ms on the clock of {}", deadline.0, names.process(**process))
    })
}

fn stuck(out: &mut dyn Write, names: &Names<'_>, stuck: &Stuck) -> io::Result<()> {
    writeln!(out, "    {}{}", names.task(stuck.task), place(&stuck.location))?;
    for wait in &stuck.waits {
        writeln!(out, "      waits {}", waiting(names, wait))?;
    }
    if !stuck.holds.is_empty() {
        writeln!(out, "      holds {}", joined(&stuck.holds))?;
    }
    Ok(())
}

fn waiting(names: &Names<'_>, wait: &StuckWait) -> String {
    let lasted = names.lasted(wait.wait.process, wait.since);
    let since = lasted.map_or(String::new(), |time| format!(" since {}", exact(time)));
    let on = if wait.on.is_empty() { "nothing that can come".to_owned() } else { joined(&wait.on) };
    let missing = if wait.on.len() > 1 { format!("{} of ", wait.missing) } else { String::new() };
    format!("for {missing}{on}{since}{}", place(&wait.location))
}

/// A time of whole milliseconds.
fn exact(time: Duration) -> String {
    if time < Duration::from_millis(1) { "<1ms".to_owned() } else { format!("{time:?}") }
}

fn joined(texts: &[Text]) -> String {
    let first: Vec<_> = texts.iter().take(SHOWN).map(|t| shown(t.as_str())).collect();
    let rest = texts.len().saturating_sub(SHOWN);
    if rest > 0 { format!("{} and {rest} more", first.join(", ")) } else { first.join(", ") }
}

/// The way round; of a long one only the beginning.
fn cycle(names: &Names<'_>, edges: &[Edge]) -> String {
    let step = |e: &Edge| format!("{} --[{}]--> ", names.task(e.from), shown(e.by.as_str()));
    let steps: String = edges.iter().take(SHOWN).map(step).collect();
    match (edges.len().saturating_sub(SHOWN), edges.last()) {
        (0, Some(last)) => steps + &names.task(last.to),
        (rest, _) => format!("{steps}… and {rest} more"),
    }
}

fn edge(names: &Names<'_>, edge: &Edge) -> String {
    format!("{} --[{}]--> {}", names.task(edge.from), shown(edge.by.as_str()), names.task(edge.to))
}

fn group(names: &Names<'_>, group: &GarbageGroup) -> String {
    let objects: Vec<_> = group.objects.iter().take(SHOWN).map(|o| names.object(*o)).collect();
    let rest = group.objects.len().saturating_sub(SHOWN);
    let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    let cyclic = if group.cyclic { " (a cycle)" } else { "" };
    format!("{}{rest}{cyclic}, {} bytes", objects.join(", "), group.size)
}

fn mark(names: &Names<'_>, mark: &Mark) -> String {
    let via = mark.via.map_or("a root or a message".to_owned(), |via| names.object(via));
    format!("{} from {via}", names.object(mark.object))
}

/// A doubt in words.
pub(super) fn doubt(names: &Names<'_>, doubt: &Doubt) -> String {
    let reason = reason(names, &doubt.reason);
    match doubt.task {
        Some(task) => format!("{}: {reason}", names.task(task)),
        None => reason,
    }
}

fn reason(names: &Names<'_>, reason: &Reason) -> String {
    match reason {
        Reason::Absent(process, absence) => {
            format!("the cut of {} is missing: {absence}", names.process(*process))
        }
        Reason::Lost { process, certain: true } => format!("{} is dead", names.process(*process)),
        Reason::Lost { process, certain: false } => format!("{} is presumed dead", names.process(*process)),
        Reason::Stranger(process) => format!("{} is no member of the round", names.process(*process)),
        Reason::UnknownContent(process, cause) => {
            format!("messages of unknown content from {}: {cause}", names.process(*process))
        }
        Reason::Unread(message) => format!("{} has not been read", names.message(*message)),
        Reason::Doubtful(message) => format!("{} may have been lost", names.message(*message)),
        Reason::Hidden(message) => {
            format!("{} may have been received by a process whose cut is missing", names.message(*message))
        }
        Reason::GroupCopy(message) => format!("{} went to a group", names.message(*message)),
        Reason::Unserved(message) => {
            format!("{} was received, but nobody serves it", names.message(*message))
        }
        Reason::OpenReceive(wait) => format!("the wakers of {} are not all declared", names.wait(*wait)),
        Reason::OpenResource(label) => format!("anyone may add units to `{}`", shown(label.as_str())),
        Reason::UnknownCapacity(label) => format!("the capacity of `{}` is unknown", shown(label.as_str())),
        Reason::UnboundHold { process, handle } => {
            format!("{} is bound to no task", names.handle(*process, *handle))
        }
        Reason::OrphanedHold { process, handle } => {
            format!("the task of {} is gone", names.handle(*process, *handle))
        }
        Reason::UnconfirmedHold { process, handle } => {
            format!("{} is too new to be sure of", names.handle(*process, *handle))
        }
        Reason::UnseenHolder(key) => {
            format!(
                "`{}` may be held by somebody outside the round, such as a client without an agent",
                shown(key.as_str())
            )
        }
        Reason::RunningBranch(task) => format!("its branch {} runs", names.task(*task)),
        Reason::Undecided(task) => format!("it waits for {}, which is undecided", names.task(*task)),
        Reason::Withheld(what) => {
            format!(
                "the independent checker refutes what was found, a fault of Stillpoint: {}",
                shown(what.as_str())
            )
        }
        Reason::NoCreation(computation) => {
            format!("no creation of {} is in the snapshot", names.computation(*computation))
        }
        other => format!("{other:?}"),
    }
}

fn assumption(names: &Names<'_>, assumption: &Assumption) -> String {
    match assumption {
        Assumption::PresumedDead(process) => {
            format!("{} is dead, as its silence suggests", names.process(*process))
        }
        Assumption::Unstamped(process) => {
            format!("nothing that matters came to {} without a stamp", names.process(*process))
        }
        Assumption::Expired(lane, numbers) => format!(
            "messages {numbers} on lane {} of {}, which were given up, will not be delivered",
            lane.lane.0,
            names.process(lane.process)
        ),
        Assumption::NoRedelivery(lane) => format!(
            "nothing on lane {} of {}, which leads to a group, is delivered twice",
            lane.lane.0,
            names.process(lane.process)
        ),
        Assumption::ClosedWakers(wait) => {
            format!("the declared wakers of {} are all there are", names.wait(*wait))
        }
    }
}

/// A number of things.
pub(super) fn count(n: u64, one: &str, plural: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { plural })
}

/// A list under a heading; nothing if it is empty.
fn bounded<T>(
    out: &mut dyn Write,
    heading: &str,
    items: &[T],
    show: impl Fn(&T) -> String,
) -> io::Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    writeln!(out, "  {heading}:")?;
    for item in items.iter().take(SHOWN) {
        writeln!(out, "    {}", show(item))?;
    }
    more(out, items.len())
}

fn more(out: &mut dyn Write, all: usize) -> io::Result<()> {
    match all.saturating_sub(SHOWN) {
        0 => Ok(()),
        rest => writeln!(out, "    and {rest} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use stillpoint_proto::wire::json::{read_snapshot, read_verdicts};

    const DEADLOCK: &str = include_str!("../../examples/deadlock.json");
    const GARBAGE: &str = include_str!("../../examples/garbage.json");

    fn render(snapshot: &str, outcome: &str) -> String {
        let cut = ConsistentCut::check(read_snapshot(snapshot.as_bytes()).unwrap()).unwrap();
        let document = format!(
            r#"{{"verdicts": [{{"deployment": 1, "epoch": 7, "property": {{"deadlock": {{}}}}, {outcome}}}]}}"#
        );
        let mut out = Vec::new();
        for found in read_verdicts(document.as_bytes()).unwrap() {
            verdict(&mut out, &Names::of_snapshot(cut.snapshot()), &found).unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    /// Every doubt, in words.
    #[test]
    fn doubts() {
        let message = r#"{"process": 1, "lane": 3, "seq": 4}"#;
        let wait = r#"{"process": 1, "id": 4}"#;
        let (task, hold) = (r#"{"process": 2, "id": 2}"#, r#"{"process": 2, "id": 3}"#);
        for (doubt, words) in [
            (
                r#""absent": {"process": 2, "absence": {"kind": "ABSENCE_KIND_SILENT"}}"#.to_owned(),
                "the cut of stock-1 is missing: connected, but no report before the deadline",
            ),
            (r#""lost": {"process": 2, "certain": true}"#.to_owned(), "stock-1 is dead"),
            (r#""lost": {"process": 2}"#.to_owned(), "stock-1 is presumed dead"),
            (r#""stranger": 171"#.to_owned(), "process ab is no member of the round"),
            (
                r#""unknownContent": {"process": 1, "cause": "CAUSE_COLLAPSED"}"#.to_owned(),
                "messages of unknown content from orders-1: the sender's log of outstanding messages overflowed",
            ),
            (format!(r#""unread": {message}"#), "message 4 on lane 3 of orders-1 has not been read"),
            (format!(r#""doubtful": {message}"#), "message 4 on lane 3 of orders-1 may have been lost"),
            (
                format!(r#""hidden": {message}"#),
                "message 4 on lane 3 of orders-1 may have been received by a process whose cut is missing",
            ),
            (format!(r#""groupCopy": {message}"#), "message 4 on lane 3 of orders-1 went to a group"),
            (
                format!(r#""unserved": {message}"#),
                "message 4 on lane 3 of orders-1 was received, but nobody serves it",
            ),
            (
                format!(r#""openReceive": {wait}"#),
                "the wakers of a wait of orders-1/2 \"checkout 17\" are not all declared",
            ),
            (r#""openResource": "pool""#.to_owned(), "anyone may add units to `pool`"),
            (r#""unknownCapacity": "a\u001bb""#.to_owned(), "the capacity of `a\\u{1b}b` is unknown"),
            (format!(r#""unboundHold": {hold}"#), "hold stock-1/3 is bound to no task"),
            (format!(r#""orphanedHold": {hold}"#), "the task of hold stock-1/3 is gone"),
            (format!(r#""unconfirmedHold": {hold}"#), "hold stock-1/3 is too new to be sure of"),
            (
                format!(r#""task": {task}, "unseenHolder": "db/17""#),
                "stock-1/2 \"restock\": `db/17` may be held by somebody outside the round, such as a client without an \
                 agent",
            ),
            (
                format!(r#""task": {task}, "runningBranch": {task}"#),
                "stock-1/2 \"restock\": its branch stock-1/2 \"restock\" runs",
            ),
            (format!(r#""undecided": {task}"#), "it waits for stock-1/2 \"restock\", which is undecided"),
            (
                r#""withheld": "no cycle""#.to_owned(),
                "the independent checker refutes what was found, a fault of Stillpoint: no cycle",
            ),
            (format!(r#""noCreation": {wait}"#), "no creation of computation orders-1/4 is in the snapshot"),
        ] {
            let text = render(DEADLOCK, &format!(r#""unknown": {{"doubts": [{{{doubt}}}]}}"#));
            assert_eq!(text, format!("\ndeadlock: UNKNOWN\n  because:\n    {words}\n"));
        }
    }

    #[test]
    fn refutations() {
        let order = r#""doesNotHold": {"reductionOrder": {"tasks": [{"process": 1, "id": 2}, {"process": 9, "id": 2}]}}"#;
        let text = "\ndeadlock: DOES_NOT_HOLD\n  can proceed, in this order:\n    orders-1/2 \"checkout 17\"\n    \
                    task process 9/2\n";
        assert_eq!(render(DEADLOCK, order), text);
        let nobody = render(DEADLOCK, r#""doesNotHold": {"reductionOrder": {}}"#);
        let text = "  no task waits that holds or serves anything\n";
        assert_eq!(nobody, format!("\ndeadlock: DOES_NOT_HOLD\n{text}"));
        let marks = r#""doesNotHold": {"marked": {"marks": [{"object": {"process": 1, "id": 3}}, {"object":
            {"process": 2, "id": 1}, "via": {"process": 1, "id": 3}}]}}"#;
        let text = "\ndeadlock: DOES_NOT_HOLD\n  reachable:\n    cache-a/3 \"old session\" from a root or a message\n    \
                    cache-b/1 \"old callback\" from cache-a/3 \"old session\"\n";
        assert_eq!(render(GARBAGE, marks), text);
    }

    #[test]
    fn assumptions() {
        let lane = r#"{"process": 1, "lane": 3}"#;
        let all = format!(
            r#""holds": {{"sum": "5"}}, "assumptions": [{{"presumedDead": 2}}, {{"unstamped": 2}},
               {{"expired": {{"lane": {lane}, "numbers": [{{"first": 1, "last": 3}}]}}}}, {{"noRedelivery": {lane}}},
               {{"closedWakers": {{"process": 1, "id": 4}}}}]"#
        );
        let text = "\ndeadlock: HOLDS\n  the sum over all processes and messages is 5\n  rests on:\n    stock-1 is \
                    dead, as its silence suggests\n    nothing that matters came to stock-1 without a stamp\n    \
                    messages 1-3 on lane 3 of orders-1, which were given up, will not be delivered\n    nothing \
                    on lane 3 of orders-1, which leads to a group, is delivered twice\n    the declared wakers of a \
                    wait of orders-1/2 \"checkout 17\" are all there are\n";
        assert_eq!(render(DEADLOCK, &all), text);
    }

    #[test]
    fn a_wait_younger_than_a_millisecond_is_no_nothing() {
        let times = [0, 1, 999, 1000, 61_500].map(|ms| exact(Duration::from_millis(ms)));
        assert_eq!(times, ["<1ms", "1ms", "999ms", "1s", "61.5s"]);
    }

    #[test]
    fn long_lists_are_cut() {
        let tasks = vec![r#"{"process": 1, "id": 2}"#; 23].join(",");
        let text =
            render(DEADLOCK, &format!(r#""doesNotHold": {{"reductionOrder": {{"tasks": [{tasks}]}}}}"#));
        assert_eq!(text.lines().count(), 3 + SHOWN + 1);
        assert!(text.ends_with("    and 3 more\n"));
    }
}
