//! The links of a worker to its neighbours: one for each, made anew whenever it has failed.
//!
//! The neighbour of the lower number connects. Both greet first of all; a link is used from the greeting of the other on,
//! because only then it is known which incarnation is there. When a new one comes while an old one still seems to be there,
//! as after a cut that only one side has noticed, the new one is used, and the old one is read to its end.

use super::bank;
use super::diffusion::{self, Item};
use super::objects::{self, Arrival};
use super::{Neighbour, Numbers, Site, between, frame, lock, spawn};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use stillpoint_agent::id::{Incarnation, LaneRef};
use stillpoint_agent::{Acts, LinkReceiver, LinkSender, plain};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// The kind of greetings.
const KIND: u8 = b'g';
/// How long who has connected may take to say who he is.
const PATIENCE: Duration = Duration::from_secs(5);

/// The neighbours, and the links to them that can be used.
pub(super) struct Mesh {
    neighbours: Vec<(Neighbour, Mutex<Option<Way>>)>,
}

/// A link that can be used.
#[derive(Clone)]
pub(super) struct Way {
    /// Which incarnation is at its other end.
    pub(super) peer: Incarnation,
    /// For sending.
    pub(super) link: LinkSender,
}

impl Mesh {
    pub(super) fn new(neighbours: &[Neighbour]) -> Self {
        Mesh { neighbours: neighbours.iter().map(|n| (n.clone(), Mutex::default())).collect() }
    }

    pub(super) fn numbers(&self) -> Vec<usize> {
        self.neighbours.iter().map(|(neighbour, _)| neighbour.number).collect()
    }

    fn slot(&self, number: usize) -> Option<&Mutex<Option<Way>>> {
        self.neighbours.iter().find(|(neighbour, _)| neighbour.number == number).map(|(_, slot)| slot)
    }

    /// The way to a neighbour, if there is one now.
    pub(super) fn to(&self, number: usize) -> Option<Way> {
        lock(self.slot(number)?).clone()
    }

    /// Where a neighbour takes calls.
    pub(super) fn calls(&self, number: usize) -> Option<u16> {
        self.neighbours.iter().find(|(neighbour, _)| neighbour.number == number).map(|(n, _)| n.calls)
    }

    fn set(&self, number: usize, way: Way) {
        let old = self.slot(number).and_then(|slot| lock(slot).replace(way));
        if let Some(old) = old {
            old.link.close();
        }
    }

    fn clear(&self, number: usize, lane: LaneRef) {
        let Some(slot) = self.slot(number) else { return };
        let gone = lock(slot).take_if(|way| way.link.lane() == lane);
        drop(gone);
    }
}

/// What a message has brought, and the event of its receipt has recorded.
enum Arrived {
    Greeting,
    Money(i64),
    Work(Item),
    Reference(Arrival),
    Nothing,
}

impl Site {
    /// In the event of the receipt.
    fn arrived(&self, acts: &mut Acts<'_, '_>, payload: &[u8]) -> Arrived {
        let Some((&kind, rest)) = payload.split_first() else { return Arrived::Nothing };
        let mut numbers = Numbers(rest);
        let arrived = match kind {
            KIND => Some(Arrived::Greeting),
            bank::KIND => bank::arrived(self, acts, &mut numbers).map(Arrived::Money),
            diffusion::KIND => diffusion::arrived(acts, &mut numbers).map(Arrived::Work),
            objects::KIND => objects::arrived(self, acts, &mut numbers).map(Arrived::Reference),
            _ => None,
        };
        arrived.unwrap_or(Arrived::Nothing)
    }
}

/// Connects to the neighbours of higher numbers, and lets those of lower ones connect.
pub(super) fn start(site: &Arc<Site>, listener: TcpListener) {
    for (neighbour, _) in site.mesh.neighbours.iter().filter(|(n, _)| n.number > site.me) {
        spawn(site, |site| dial(site, neighbour.clone()));
    }
    spawn(site, |site| async move {
        while let Ok((stream, _)) = listener.accept().await {
            spawn(&site, |site| accept(site, stream));
        }
    });
}

async fn dial(site: Arc<Site>, neighbour: Neighbour) {
    let mut rng = site.rng(0x11 + neighbour.number as u64);
    loop {
        if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", neighbour.links)).await {
            let number = u8::try_from(site.me).unwrap_or(u8::MAX);
            if stream.write_u8(number).await.is_ok() {
                serve(&site, neighbour.number, stream).await;
            }
        }
        tokio::time::sleep(between(&mut rng, 100_000, 400_000)).await;
    }
}

async fn accept(site: Arc<Site>, mut stream: TcpStream) {
    let number = tokio::time::timeout(PATIENCE, stream.read_u8()).await;
    if let Ok(Ok(number)) = number {
        serve(&site, number.into(), stream).await;
    }
}

/// One link until it has been read to its end.
async fn serve(site: &Arc<Site>, number: usize, stream: TcpStream) {
    let _ = stream.set_nodelay(true);
    let link = site.agent.link(stream);
    let greeted = link.sender.send(frame(KIND, &[]), plain(), |_, _| ()).await;
    if greeted.is_ok() {
        receive(site, number, link.receiver, &link.sender).await;
    }
    link.sender.close();
    site.mesh.clear(number, link.sender.lane());
}

async fn receive(site: &Arc<Site>, number: usize, mut from: LinkReceiver, to: &LinkSender) {
    loop {
        let got = from.recv(|acts, payload, _| site.arrived(acts, payload)).await;
        let Ok(Some((_, received))) = got else { return };
        match received.made() {
            Some(Arrived::Greeting) => {
                if let Some(peer) = from.peer() {
                    site.mesh.set(number, Way { peer, link: to.clone() });
                }
            }
            Some(Arrived::Money(amount)) => site.bank.credit(amount),
            Some(Arrived::Work(item)) => diffusion::take_up(site, item),
            Some(Arrived::Reference(arrival)) => objects::keep(site, number, arrival),
            Some(Arrived::Nothing) | None => {}
        }
    }
}
