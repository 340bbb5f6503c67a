//! Snapshots in parts of bounded size.
//!
//! Parts are made as they are asked for, so that a large snapshot does not exist a second time in memory.

use super::MESSAGE_LIMIT;
use prost::Message;
use std::iter;
use std::ops::Bound;
use std::sync::Arc;
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::wire::v1;
use tonic::Status;

/// How many bytes a part has, about: it exceeds that by a single member or message at most.
pub const PART: usize = 1 << 20;

/// What is not divided.
enum Piece {
    Member(Box<v1::Member>),
    Channel(v1::Channel),
    InTransit(v1::InTransit),
    Unknown(v1::UnknownContent),
    Settled(v1::SettledMessages),
    Lost(v1::LostMessages),
}

impl Piece {
    fn bytes(&self) -> usize {
        match self {
            Piece::Member(piece) => piece.encoded_len(),
            Piece::Channel(piece) => piece.encoded_len(),
            Piece::InTransit(piece) => piece.encoded_len(),
            Piece::Unknown(piece) => piece.encoded_len(),
            Piece::Settled(piece) => piece.encoded_len(),
            Piece::Lost(piece) => piece.encoded_len(),
        }
    }

    fn put_into(self, part: &mut v1::Snapshot) {
        let channels = part.channels.get_or_insert_default();
        match self {
            Piece::Member(piece) => part.members.push(*piece),
            Piece::Channel(piece) => channels.lanes.push(piece),
            Piece::InTransit(piece) => channels.in_transit.push(piece),
            Piece::Unknown(piece) => channels.unknown.push(piece),
            Piece::Settled(piece) => channels.settled.push(piece),
            Piece::Lost(piece) => channels.lost.push(piece),
        }
    }

    /// The error if this cannot be sent at all.
    fn check(&self) -> Result<(), Status> {
        let bytes = self.bytes();
        // Room for the fields around it.
        if bytes < MESSAGE_LIMIT - PART - 1024 {
            return Ok(());
        }
        let what = match self {
            Piece::Member(member) => format!("the state of process {}", member.name),
            _ => String::from("an element of the channels' state"),
        };
        Err(Status::resource_exhausted(format!("{what} has {bytes} bytes, more than a message may have")))
    }
}

/// A snapshot's parts. Merged in their order they are the snapshot with the state of its channels.
pub(super) fn parts(
    cut: Arc<ConsistentCut>,
    target: usize,
) -> impl Iterator<Item = Result<v1::Snapshot, Status>> {
    let snapshot = cut.snapshot();
    let mut first = Some(v1::Snapshot {
        deployment: Some(snapshot.deployment.0),
        epoch: Some(snapshot.epoch.0),
        confirmed: snapshot.confirmed.0,
        members: Vec::new(),
        channels: Some(v1::Channels::default()),
    });
    let mut pieces = pieces(cut).fuse().peekable();
    let mut failed = false;
    iter::from_fn(move || {
        if failed || (first.is_none() && pieces.peek().is_none()) {
            return None;
        }
        let mut part = first.take().unwrap_or_default();
        let mut bytes = 0;
        while bytes < target
            && let Some(piece) = pieces.next()
        {
            if let Err(status) = piece.check() {
                failed = true;
                return Some(Err(status));
            }
            bytes += piece.bytes();
            piece.put_into(&mut part);
        }
        Some(Ok(part))
    })
}

fn pieces(cut: Arc<ConsistentCut>) -> impl Iterator<Item = Piece> {
    let channels = cut.clone();
    let mut last = Bound::Unbounded;
    let members = iter::from_fn(move || {
        let member = cut.snapshot().members.range((last, Bound::Unbounded)).next()?;
        last = Bound::Excluded(*member.0);
        Some(Piece::Member(Box::new(member.into())))
    });
    members.chain(iter::once_with(move || of_channels(channels.channels().into())).flatten())
}

fn of_channels(channels: v1::Channels) -> impl Iterator<Item = Piece> {
    let v1::Channels { lanes, in_transit, unknown, settled, lost } = channels;
    let lanes = lanes.into_iter().map(Piece::Channel);
    let in_transit = in_transit.into_iter().map(Piece::InTransit);
    let unknown = unknown.into_iter().map(Piece::Unknown);
    let settled = settled.into_iter().map(Piece::Settled);
    lanes.chain(in_transit).chain(unknown).chain(settled).chain(lost.into_iter().map(Piece::Lost))
}

#[cfg(test)]
mod tests {
    use super::*;
    use stillpoint_proto::cut::{LaneEnd, Order, ProcessCut, Sending};
    use stillpoint_proto::fact::Annotation;
    use stillpoint_proto::id::{DeploymentId, Epoch, Incarnation, LaneId, ObjectId, ObjectRef, ProcessName};
    use stillpoint_proto::snapshot::{Member, MemberState, Snapshot};

    fn cut(members: u64) -> Arc<ConsistentCut> {
        let member = |n| {
            let name = ProcessName::new(&format!("p{n}")).unwrap();
            // The last of the members sends two messages to the first, one of which carries something.
            let mut lane = Sending::new(LaneEnd::Peer(Incarnation(1)), Order::Fifo);
            lane.sent = 2;
            lane.log(1, Arc::from([]));
            lane.log(2, Arc::from([Annotation::Reference(ObjectRef::new(Incarnation(1), ObjectId::of(1)))]));
            let sending = (n > 1 && n == members).then(|| (LaneId(1), Arc::new(lane))).into_iter().collect();
            let cut = ProcessCut { sending, ..ProcessCut::default() };
            (Incarnation(n), Member { name, state: MemberState::Present(Arc::new(cut)) })
        };
        let members = (1..=members).map(member).collect();
        let (deployment, confirmed) = (DeploymentId(7), Epoch(2));
        let snapshot = Snapshot { deployment, epoch: Epoch(3), confirmed, members };
        Arc::new(ConsistentCut::check(snapshot).unwrap())
    }

    #[test]
    fn merged_parts_are_the_snapshot() {
        for (members, target) in [(0, 1), (1, 1), (50, 1), (50, 100), (50, PART)] {
            let cut = cut(members);
            let mut merged = v1::Snapshot::default();
            let mut count = 0;
            for part in parts(cut.clone(), target) {
                merged.merge(&part.unwrap().encode_to_vec()[..]).unwrap();
                count += 1;
            }
            assert_eq!(merged, v1::Snapshot::from(&*cut), "{members} members in parts of {target}");
            // A channel and a message are two parts.
            let channels = if members > 1 { 2 } else { 0 };
            let expected = if target == 1 { members.max(1) + channels } else { count };
            assert_eq!(count, expected);
            assert!(target == PART || members == 0 || count > members / 50);
        }
    }
}
