//! Money that goes around: what a worker owns is in a gauge, what travels is an amount of its message.
//!
//! What is on a link when it is cut is lost, and so is what a worker owns when it is killed.

use super::super::truth::Entry;
use super::{Flaw, Numbers, Site, between, frame, spawn};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};
use stillpoint_agent::fact::Annotation;
use stillpoint_agent::{Acts, LinkSender};

/// The kind of its frames.
pub(super) const KIND: u8 = b'm';
/// The gauge that has the money.
pub(in super::super) const GAUGE: &str = "money";
/// What each incarnation begins with.
const MONEY: i64 = 100_000;
/// The greatest transfer.
const MOST: usize = 20;

/// What a worker owns.
#[derive(Default)]
pub(super) struct Bank {
    balance: AtomicI64,
    sent: AtomicU64,
}

impl Bank {
    pub(super) fn sent(&self) -> u64 {
        self.sent.load(Relaxed)
    }

    pub(super) fn balance(&self) -> i64 {
        self.balance.load(Relaxed)
    }

    pub(super) fn credit(&self, amount: i64) {
        self.balance.fetch_add(amount, Relaxed);
    }

    /// Takes an amount, if there is enough for it.
    fn withdraw(&self, amount: i64) -> bool {
        let less = |balance: i64| Some(balance - amount).filter(|rest| *rest >= 0);
        self.balance.fetch_update(Relaxed, Relaxed, less).is_ok()
    }
}

/// In the event of the receipt of a transfer.
pub(super) fn arrived(site: &Site, acts: &mut Acts<'_, '_>, numbers: &mut Numbers<'_>) -> Option<i64> {
    let amount = i64::try_from(numbers.next()?).ok()?;
    let amount = if site.flaw == Some(Flaw::Leak) { amount - 1 } else { amount };
    acts.gauge(GAUGE, amount);
    Some(amount)
}

/// Owns money and begins to send it to each neighbour.
pub(super) fn start(site: &Arc<Site>) {
    site.write(&Entry::Minted(MONEY));
    site.agent.gauge(GAUGE, MONEY);
    site.bank.credit(MONEY);
    for number in site.mesh.numbers() {
        spawn(site, |site| send_to(site, number));
    }
}

async fn send_to(site: Arc<Site>, number: usize) {
    let mut rng = site.rng(0x22 + number as u64);
    while !site.is_quiet() {
        tokio::time::sleep(between(&mut rng, 5_000, 60_000)).await;
        let Some(way) = site.mesh.to(number) else { continue };
        let amount = 1 + rng.below(MOST) as u64;
        let travels = i64::try_from(amount).unwrap_or(i64::MAX);
        if !site.bank.withdraw(travels) {
            continue;
        }
        if transfer(&way.link, amount, travels).await {
            site.bank.sent.fetch_add(1, Relaxed);
        } else {
            site.bank.credit(travels);
        }
    }
}

/// What is sent leaves the gauge in the event that sends it; on its way it is the message's.
async fn transfer(link: &LinkSender, amount: u64, travels: i64) -> bool {
    let carries = vec![Annotation::Amount { gauge: GAUGE.into(), amount: travels }];
    let sent = link.send(frame(KIND, &[amount]), carries, |acts, _| acts.gauge(GAUGE, -travels)).await;
    sent.is_ok()
}
