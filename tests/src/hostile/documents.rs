//! Documents in JSON, as `stillpoint verify` reads them.

use super::bytes::Bytes;
use super::verdicts::{snapshot, verdicts};
use stillpoint_detectors::verify::Checker;
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::wire::json::{read_snapshot, read_verdicts, write_cut, write_verdicts};

/// *Feeds* bytes as a snapshot and as verdicts to the readers of documents; a snapshot that can be read, to the check
/// and the detectors.
///
/// *Must hold*: an error that names a place, or a value that is written and read again as the same.
pub fn documents(data: &[u8]) {
    if let Err(error) = read_verdicts(data) {
        assert!(!error.to_string().is_empty());
    }
    let Ok(snapshot) = read_snapshot(data) else { return };
    let (cut, _) = ConsistentCut::check_leaving_out(snapshot);
    let Ok(written) = write_cut(&cut) else { panic!("a checked snapshot has a JSON form: {cut:?}") };
    let read = read_snapshot(written.as_bytes());
    assert_eq!(read.ok().as_ref(), Some(cut.snapshot()), "a snapshot comes back");
    drop(verdicts(&cut));
}

/// *Feeds* a snapshot and the verdicts on it, as documents of which some bytes have been changed, to what `stillpoint
/// verify` does with them.
///
/// *Must hold*: an error, or verdicts that are confirmed or refuted. Documents that were not changed are confirmed.
pub fn tampered(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let changes: Vec<(u16, u8)> =
        bytes.several(4, |b| (u16::from(b.byte()) << 8 | u16::from(b.byte()), b.byte()));
    let in_verdicts = bytes.flag();
    let (cut, _) = ConsistentCut::check_leaving_out(snapshot(&mut bytes));
    let (Ok(state), Ok(said)) = (write_cut(&cut), write_verdicts(&verdicts(&cut))) else {
        panic!("what is said of a cut has a JSON form: {cut:?}");
    };
    let (mut state, mut said) = (state.into_bytes(), said.into_bytes());
    let changed = if in_verdicts { &mut said } else { &mut state };
    let before = changed.clone();
    for (place, with) in changes {
        let place = usize::from(place) % changed.len();
        changed[place] = with;
    }
    let intact = before == *changed;
    let (Ok(snapshot), Ok(said)) = (read_snapshot(&state), read_verdicts(&said)) else {
        assert!(!intact, "what was written can be read");
        return;
    };
    let Ok(cut) = ConsistentCut::check(snapshot) else { return };
    let checker = Checker::new(&cut);
    for verdict in &said {
        let confirmed = checker.verify(verdict);
        assert!(!intact || confirmed.is_ok(), "{verdict:?}: {confirmed:?}");
    }
}
