//! Timers by name: the next one that is due, with one sleep for all of them.

use std::collections::{BTreeMap, BTreeSet};
use stillpoint_proto::collector::Timer;
use tokio::time::Instant;

/// What a timer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Alarm {
    /// The collector asked for it.
    Core(Timer),
    /// A round that an agent asked for may begin.
    Hint,
}

/// Armed timers. Arming one again moves it.
#[derive(Debug, Default)]
pub(super) struct Timers {
    due: BTreeSet<(Instant, Alarm)>,
    armed: BTreeMap<Alarm, Instant>,
}

impl Timers {
    pub(super) fn arm(&mut self, alarm: Alarm, at: Instant) {
        if let Some(before) = self.armed.insert(alarm, at) {
            self.due.remove(&(before, alarm));
        }
        self.due.insert((at, alarm));
    }

    /// Takes one that is due.
    pub(super) fn pop(&mut self, now: Instant) -> Option<Alarm> {
        let &(at, alarm) = self.due.first().filter(|(at, _)| *at <= now)?;
        self.due.remove(&(at, alarm));
        self.armed.remove(&alarm);
        Some(alarm)
    }

    /// Sleeps until one is due; for ever if none is armed.
    ///
    /// # Cancel safety
    /// Nothing is taken.
    pub(super) async fn wait(&self) {
        match self.due.first() {
            Some((at, _)) => tokio::time::sleep_until(*at).await,
            None => std::future::pending().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use stillpoint_proto::id::Incarnation;

    #[test]
    fn arming_again_moves_a_timer() {
        let silence = Alarm::Core(Timer::Silence(Incarnation(1)));
        let start = Instant::now();
        let at = |n| start + Duration::from_secs(n);
        let mut timers = Timers::default();
        timers.arm(silence, at(1));
        timers.arm(Alarm::Hint, at(2));
        timers.arm(silence, at(3));
        assert_eq!(timers.pop(at(1)), None);
        assert_eq!(timers.pop(at(3)), Some(Alarm::Hint));
        assert_eq!(timers.pop(at(3)), Some(silence));
        assert_eq!(timers.pop(at(9)), None);
    }
}
