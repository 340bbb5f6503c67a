//! The links between the workers, one for each pair, on which all that is not a call travels.

use super::super::control::Peer;
use super::bank::Bank;
use super::objects::{Kept, Objects};
use super::work::{Item, Work};
use super::{Numbers, Result, bank, objects, work};
use std::sync::{Arc, OnceLock};
use stillpoint_agent::{Acts, Agent, LinkReceiver, LinkSender};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a worker consists of, besides its service.
pub(super) struct Site {
    pub(super) agent: Agent,
    pub(super) mesh: Mesh,
    pub(super) bank: Bank,
    pub(super) work: Work,
    pub(super) objects: Objects,
}

/// The senders of the links, by the number of the worker at the other end; `None` for one's own.
#[derive(Default)]
pub(super) struct Mesh {
    links: OnceLock<Vec<Option<LinkSender>>>,
}

impl Mesh {
    /// How many workers there are.
    pub(super) fn size(&self) -> usize {
        self.links.get().map_or(0, Vec::len)
    }

    pub(super) fn to(&self, peer: usize) -> Option<&LinkSender> {
        self.links.get()?.get(peer)?.as_ref()
    }

    /// All peers, with their numbers.
    pub(super) fn peers(&self) -> Vec<(usize, LinkSender)> {
        let links = self.links.get().into_iter().flatten().enumerate();
        links.filter_map(|(peer, link)| Some((peer, link.clone()?))).collect()
    }
}

/// What a message has brought, and the event of its receipt has recorded.
enum Arrived {
    Money(i64),
    Work(Item),
    Reference(Kept),
    Nothing,
}

impl Site {
    /// In the event of the receipt.
    fn arrived(&self, acts: &mut Acts<'_, '_>, payload: &[u8]) -> Arrived {
        let Some((&kind, rest)) = payload.split_first() else { return Arrived::Nothing };
        let mut numbers = Numbers(rest);
        let arrived = match kind {
            bank::KIND => self.bank.arrived(acts, &mut numbers).map(Arrived::Money),
            work::KIND => work::arrived(acts, &mut numbers).map(Arrived::Work),
            objects::KIND => self.objects.arrived(acts, &mut numbers).map(Arrived::Reference),
            _ => None,
        };
        arrived.unwrap_or(Arrived::Nothing)
    }
}

async fn receive(site: Arc<Site>, mut link: LinkReceiver) {
    loop {
        match link.recv(|acts, payload, _| site.arrived(acts, payload)).await {
            Ok(Some((_, received))) => match received.made() {
                Some(Arrived::Money(amount)) => site.bank.credit(amount),
                Some(Arrived::Work(item)) => work::take_up(&site, item),
                Some(Arrived::Reference(kept)) => site.objects.keep(kept),
                Some(Arrived::Nothing) | None => {}
            },
            Ok(None) => return,
            Err(error) => return tracing::error!(%error, "a link of the demonstration failed"),
        }
    }
}

/// Connects to the later ones of the peers, and waits for the earlier ones to do so. The first byte on a stream
/// is the number of who has connected.
pub(super) async fn connect(site: &Arc<Site>, listener: TcpListener, peers: &[Peer]) -> Result<()> {
    let incarnation = site.agent.incarnation().0;
    let me = peers.iter().position(|peer| peer.incarnation == incarnation).ok_or("not among the peers")?;
    let mut streams: Vec<Option<TcpStream>> = peers.iter().map(|_| None).collect();
    for (number, peer) in peers.iter().enumerate().skip(me + 1) {
        let mut stream = TcpStream::connect(("127.0.0.1", peer.links)).await?;
        stream.write_u8(u8::try_from(me)?).await?;
        streams[number] = Some(stream);
    }
    for _ in 0..me {
        let (mut stream, _) = listener.accept().await?;
        let number = usize::from(stream.read_u8().await?);
        *streams.get_mut(number).ok_or("an unknown worker connects")? = Some(stream);
    }
    let mut senders = Vec::new();
    for stream in streams {
        let Some(stream) = stream else {
            senders.push(None);
            continue;
        };
        stream.set_nodelay(true)?;
        let link = site.agent.link(stream);
        senders.push(Some(link.sender));
        tokio::spawn(receive(site.clone(), link.receiver));
    }
    site.mesh.links.set(senders).map_err(|_| "connected already".into())
}
