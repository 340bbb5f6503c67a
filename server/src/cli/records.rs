//! Verdicts as a server tells them: in one line, and in full.

use super::client::Server;
use super::names::{Names, shown};
use super::tables::{time, word};
use super::text::count;
use super::{CliError, Console, text};
use std::collections::BTreeMap;
use std::sync::Arc;
use stillpoint_proto::cut::{ProcessCut, Recorded};
use stillpoint_proto::fact::{Fact, Millis, Task};
use stillpoint_proto::id::{ComputationRef, Epoch, Incarnation};
use stillpoint_proto::snapshot::{Member, MemberState, Snapshot};
use stillpoint_proto::verdict::{Certificate, Outcome, Property, Verdict};
use stillpoint_proto::wire::v1;

/// The members of a deadlock that a line names.
const NAMED: usize = 3;

/// The property of a verdict, in a word.
pub(super) fn property(verdict: &v1::Verdict) -> &'static str {
    use v1::property::Property as P;
    match verdict.property.as_ref().and_then(|p| p.property.as_ref()) {
        Some(P::Deadlock(_)) => "deadlock",
        Some(P::Termination(_)) => "termination",
        Some(P::Quiescence(_)) => "quiescence",
        Some(P::Garbage(_)) => "garbage",
        Some(P::Conservation(_)) => "conservation",
        None => "-",
    }
}

/// The state of a record, in a word.
pub(super) fn state(record: &v1::VerdictRecord) -> String {
    word(record.state().as_str_name(), "VERDICT_STATE_")
}

/// What a verdict is about, and what was found, in one line. Control characters are not escaped yet.
pub(super) fn line(verdict: &v1::Verdict) -> String {
    use v1::property::Property as P;
    use v1::verdict::Outcome as O;
    let found = match &verdict.outcome {
        Some(O::Holds(certificate)) => certificate.evidence.as_ref().map_or(String::new(), evidence),
        Some(O::DoesNotHold(_)) => "does not hold".to_owned(),
        Some(O::Unknown(unknown)) => {
            format!("unknown ({})", count(unknown.doubts.len() as u64, "doubt", "s"))
        }
        None => "-".to_owned(),
    };
    match verdict.property.as_ref().and_then(|p| p.property.as_ref()) {
        Some(P::Conservation(sum)) => format!("{} at {}: {found}", sum.gauge, sum.expected),
        // By its label, if it has one.
        Some(P::Termination(of)) if !found.starts_with('"') => format!("{}: {found}", reference(*of)),
        _ => found,
    }
}

fn reference(of: v1::Ref) -> String {
    ComputationRef::try_from(of).map_or("-".to_owned(), |of| of.to_string())
}

fn evidence(evidence: &v1::certificate::Evidence) -> String {
    use v1::certificate::Evidence as E;
    match evidence {
        E::Deadlock(deadlock) => {
            let named: Vec<_> = deadlock.members.iter().take(NAMED).map(stuck).collect();
            let rest = deadlock.members.len().saturating_sub(NAMED);
            let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
            format!("{}{more}", named.join(", "))
        }
        E::Terminated(found) => {
            let loss = if found.with_loss { "terminated with loss" } else { "terminated" };
            if found.label.is_empty() { loss.to_owned() } else { format!("\"{}\" {loss}", found.label) }
        }
        E::Garbage(found) => {
            let objects: usize = found.groups.iter().map(|group| group.objects.len()).sum();
            let bytes = found.groups.iter().fold(0_u64, |sum, group| sum.saturating_add(group.size));
            let (objects, groups) =
                (count(objects as u64, "object", "s"), count(found.groups.len() as u64, "group", "s"));
            format!("{objects} in {groups}, {bytes} bytes")
        }
        E::Sum(sum) => format!("the sum is {sum}"),
    }
}

fn stuck(stuck: &v1::Stuck) -> String {
    match stuck.label.as_str() {
        "" => format!("a task of {}", stuck.process_name),
        label => format!("{} \"{label}\"", stuck.process_name),
    }
}

/// Writes verdicts in full, with the names from the snapshot they were found in. If the server no longer has
/// that, the names are those that the verdicts have with them.
pub(super) async fn in_full(
    console: &mut Console<'_>,
    server: &mut Server,
    epoch: u64,
    verdicts: &[Verdict],
) -> Result<(), CliError> {
    let stored = match server.snapshot(epoch).await {
        Ok(snapshot) => Some(Snapshot::try_from(snapshot).map_err(|error| server.nonsense(error))?),
        Err(CliError::Status { .. }) => None,
        Err(error) => return Err(error),
    };
    for verdict in verdicts {
        let snapshot = stored.clone().unwrap_or_else(|| names_of(verdict));
        text::verdict(console.output, &Names::of_snapshot(&snapshot), verdict)?;
    }
    Ok(())
}

/// Converts verdicts from the wire.
pub(super) fn verdict(server: &Server, wire: Option<v1::Verdict>) -> Result<Verdict, CliError> {
    wire.unwrap_or_default().try_into().map_err(|error| server.nonsense(error))
}

/// The processes and tasks that a deadlock names, as a snapshot that has nothing else.
fn names_of(verdict: &Verdict) -> Snapshot {
    let mut cuts: BTreeMap<Incarnation, (_, ProcessCut)> = BTreeMap::new();
    if let Outcome::Holds(Certificate::Deadlock(deadlock)) = &verdict.outcome {
        for stuck in &deadlock.members {
            let (label, location) = (stuck.label.clone(), stuck.location.clone());
            let task = Fact::Task(Task { label, location, parent: None, weight: 0, since: Millis(0) });
            let (_, cut) = cuts
                .entry(stuck.task.process)
                .or_insert_with(|| (stuck.process.clone(), ProcessCut::default()));
            cut.facts.insert(stuck.task.id.0, Recorded { born: Epoch::ZERO, fact: task });
        }
    }
    let member = |name, cut| Member { name, state: MemberState::Present(Arc::new(cut)) };
    Snapshot {
        deployment: verdict.deployment,
        epoch: verdict.epoch,
        confirmed: Epoch::ZERO,
        members: cuts.into_iter().map(|(process, (name, cut))| (process, member(name, cut))).collect(),
    }
}

/// A change of a record, in one line.
pub(super) fn change(record: &v1::VerdictRecord) -> String {
    let unknown = v1::Verdict::default();
    let verdict = record.verdict.as_ref().unwrap_or(&unknown);
    let cause = if record.end_cause.is_empty() { String::new() } else { format!(" ({})", record.end_cause) };
    shown(&format!(
        "{}  {}  {:<7}  {}  {}: {}{cause}",
        record.revision,
        time(record.updated_at_ms),
        state(record),
        record.id,
        property(verdict),
        line(verdict)
    ))
}

/// Whether a verdict says that there is a deadlock.
pub(super) fn is_deadlock(verdict: &Verdict) -> bool {
    verdict.property == Property::Deadlock && matches!(verdict.outcome, Outcome::Holds(_))
}
