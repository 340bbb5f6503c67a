//! Global states, and what the detectors say of them.

use super::bytes::Bytes;
use std::collections::BTreeMap;
use std::sync::Arc;
use stillpoint_detectors::conservation::conservation;
use stillpoint_detectors::deadlock::{VictimPolicy, deadlock};
use stillpoint_detectors::garbage::garbage;
use stillpoint_detectors::termination::{quiescence, terminations};
use stillpoint_detectors::verify::Checker;
use stillpoint_proto::cut::{ProcessCut, Receiving};
use stillpoint_proto::id::{DeploymentId, Epoch, Incarnation, LaneRef, ProcessName};
use stillpoint_proto::snapshot::{Absence, ConsistentCut, Member, MemberState, Snapshot};
use stillpoint_proto::verdict::Verdict;

/// *Feeds* a snapshot of up to four processes with any facts and lanes to the check, what passes to the detectors, and
/// what they say to the checker.
///
/// *Must hold*: whoever is left out is named by a fault, and what is left is consistent; every verdict is confirmed.
pub fn snapshots(data: &[u8]) {
    let snapshot = snapshot(&mut Bytes::new(data));
    let (cut, faults) = ConsistentCut::check_leaving_out(snapshot.clone());
    let again = ConsistentCut::check(cut.snapshot().clone());
    assert_eq!(again.as_ref(), Ok(&cut), "what is left is consistent");
    if faults.is_empty() {
        assert_eq!(*cut.snapshot(), snapshot, "nobody is left out without a fault");
    }
    let checker = Checker::new(&cut);
    for verdict in verdicts(&cut) {
        if let Err(refuted) = checker.verify(&verdict) {
            panic!("{verdict:?} of {cut:?} is refuted: {refuted}");
        }
    }
}

/// Everything that can be said of a cut.
#[must_use]
pub fn verdicts(cut: &ConsistentCut) -> Vec<Verdict> {
    let mut all = deadlock(cut, VictimPolicy::default());
    all.extend(terminations(cut));
    all.push(quiescence(cut));
    all.extend(garbage(cut));
    all.push(conservation(cut, &"a".into(), 0));
    all
}

/// A snapshot of some processes.
#[must_use]
pub fn snapshot(bytes: &mut Bytes<'_>) -> Snapshot {
    let processes = 1 + bytes.below(4);
    let epoch = Epoch(1 + bytes.below(4));
    let confirmed = Epoch(bytes.below(epoch.0));
    let mut cuts: BTreeMap<Incarnation, ProcessCut> = BTreeMap::new();
    for process in (1..=processes).map(Incarnation) {
        cuts.insert(process, bytes.cut());
    }
    receipts(bytes, &mut cuts);
    let member = |(process, cut): (Incarnation, ProcessCut)| {
        let cut = Arc::new(cut);
        let state = match bytes.below(16) {
            0 => MemberState::Left { last: cut, since: Epoch(bytes.below(4)) },
            1 => MemberState::Lost { certain: bytes.flag(), last: Some(cut), since: Epoch(bytes.below(4)) },
            2 => MemberState::Absent(Absence::Silent),
            _ => MemberState::Present(cut),
        };
        let name = ProcessName::of_stranger(process);
        (process, Member { name, state })
    };
    let members = cuts.into_iter().map(member).collect();
    Snapshot { deployment: DeploymentId(1), epoch, confirmed, members }
}

/// Most of what is received was sent, on a lane that leads to whoever has received it.
fn receipts(bytes: &mut Bytes<'_>, cuts: &mut BTreeMap<Incarnation, ProcessCut>) {
    let lanes: Vec<_> = cuts
        .iter()
        .flat_map(|(&process, cut)| {
            let lane =
                move |(&lane, sending): (&_, &Arc<_>)| (LaneRef { process, lane }, Arc::clone(sending));
            cut.sending.iter().map(lane)
        })
        .collect();
    for (lane, sending) in lanes {
        if bytes.seldom(3) {
            continue;
        }
        let receiver = match sending.to.peer() {
            Some(peer) if !bytes.seldom(32) => peer,
            _ => bytes.process(),
        };
        let Some(cut) = cuts.get_mut(&receiver) else { continue };
        let liar = bytes.seldom(32);
        let mut got = if liar { bytes.receiving() } else { Receiving::default() };
        if !liar {
            got.received = bytes.numbers(sending.sent);
            got.ended = bytes.seldom(8);
            got.tombstones = if bytes.seldom(8) { bytes.numbers(sending.sent) } else { got.tombstones };
        }
        cut.receiving.insert(lane, got);
    }
}
