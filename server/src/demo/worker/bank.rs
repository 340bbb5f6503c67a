//! Money that goes around: what a worker owns is in a gauge, what travels is an amount of its message.

use super::super::control::Reply;
use super::super::random::Random;
use super::mesh::Site;
use super::{Numbers, frame};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::Duration;
use stillpoint_agent::fact::Annotation;
use stillpoint_agent::{Acts, LinkSender};
use tokio::sync::Notify;

/// The kind of its frames.
pub(super) const KIND: u8 = b'm';
/// The gauge that has the money.
pub(in super::super) const GAUGE: &str = "money";
/// The greatest transfer.
const MOST: u64 = 20;
/// How many transfers are sent in one go.
const TURN: u64 = 8;
/// How many transfers a leaking worker takes in for each coin it loses.
const LEAK: u64 = 500;

/// What a worker owns.
pub(super) struct Bank {
    balance: AtomicI64,
    sent: AtomicU64,
    received: AtomicU64,
    leaks: AtomicBool,
    stop: AtomicBool,
    idle: AtomicBool,
    stopped: Notify,
    seed: u64,
}

impl Bank {
    pub(super) fn new(seed: u64) -> Self {
        Bank {
            balance: AtomicI64::new(0),
            sent: AtomicU64::new(0),
            received: AtomicU64::new(0),
            leaks: AtomicBool::new(false),
            stop: AtomicBool::new(false),
            idle: AtomicBool::new(true),
            stopped: Notify::new(),
            seed,
        }
    }

    /// In the event of the receipt of a transfer.
    pub(super) fn arrived(&self, acts: &mut Acts<'_, '_>, numbers: &mut Numbers<'_>) -> Option<i64> {
        let amount = i64::try_from(numbers.next()?).ok()?;
        let received = self.received.fetch_add(1, Ordering::Relaxed) + 1;
        let lost = self.leaks.load(Ordering::Relaxed) && received.is_multiple_of(LEAK);
        let kept = if lost { amount - 1 } else { amount };
        acts.gauge(GAUGE, kept);
        Some(kept)
    }

    pub(super) fn credit(&self, amount: i64) {
        self.balance.fetch_add(amount, Ordering::Relaxed);
    }

    /// Takes a random amount, if there is enough for it.
    fn withdraw(&self, random: &mut Random) -> Option<u64> {
        let amount = random.below(MOST) + 1;
        let less = |balance: i64| Some(balance - i64::try_from(amount).ok()?).filter(|rest| *rest >= 0);
        self.balance.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).ok().map(|_| amount)
    }

    pub(super) fn balance(&self) -> Reply {
        Reply::Bank {
            balance: self.balance.load(Ordering::Relaxed),
            sent: self.sent.load(Ordering::Relaxed),
            received: self.received.load(Ordering::Relaxed),
        }
    }

    /// Ends the sending; what is under way may still arrive.
    pub(super) async fn stop(&self) -> Reply {
        self.stop.store(true, Ordering::Relaxed);
        while !self.idle.load(Ordering::Acquire) {
            self.stopped.notified().await;
        }
        self.balance()
    }
}

/// Owns money and begins to send it around.
pub(super) fn start(site: &Arc<Site>, money: i64, leak: bool) {
    let bank = &site.bank;
    bank.stop.store(false, Ordering::Relaxed);
    bank.idle.store(false, Ordering::Relaxed);
    bank.leaks.store(leak, Ordering::Relaxed);
    site.agent.gauge(GAUGE, money);
    bank.credit(money);
    let site = site.clone();
    tokio::spawn(async move {
        send_around(&site).await;
        site.bank.idle.store(true, Ordering::Release);
        site.bank.stopped.notify_one();
    });
}

async fn send_around(site: &Site) {
    let (bank, peers) = (&site.bank, site.mesh.peers());
    let mut random = Random::new(bank.seed);
    while !bank.stop.load(Ordering::Relaxed) {
        let Some((_, link)) = peers.get(random.place(peers.len())) else { return };
        match bank.withdraw(&mut random) {
            Some(amount) if transfer(link, amount).await => {
                // Those who receive have their turn too: on few cores there is little but sending otherwise.
                if bank.sent.fetch_add(1, Ordering::Relaxed).is_multiple_of(TURN) {
                    tokio::task::yield_now().await;
                }
            }
            Some(_) => return,
            None => tokio::time::sleep(Duration::from_millis(1)).await,
        }
    }
}

/// What is sent leaves the gauge in the event that sends it; on its way it is the message's.
async fn transfer(link: &LinkSender, amount: u64) -> bool {
    let travels = i64::try_from(amount).unwrap_or(i64::MAX);
    let carries = vec![Annotation::Amount { gauge: GAUGE.into(), amount: travels }];
    let sent = link.send(frame(KIND, &[amount]), carries, |acts, _| acts.gauge(GAUGE, -travels)).await;
    sent.is_ok()
}
