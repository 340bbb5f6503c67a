//! Rounds that nobody waits for: at intervals, and on the hints of agents with a least spacing.

use super::core::{Command, Request, Shared};
use crate::config::Job;
use std::sync::Arc;
use std::time::Duration;
use stillpoint_proto::collector::SessionId;
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior};

/// Asks for a round at each tick, while there is anybody to take part in it.
pub(super) async fn interval(job: Job, shared: Arc<Shared>, commands: mpsc::Sender<Command>) {
    // An engine does not start with an interval of 0.
    let mut ticks = tokio::time::interval(job.every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if shared.directory.is_empty() {
            continue;
        }
        let properties = job.properties.iter().copied().collect();
        let request = Request { deadline: None, properties, reply: None };
        if commands.send(Command::Request(request)).await.is_err() {
            return;
        }
    }
}

/// When agents' hints lead to rounds: at once, unless the last was a moment ago; then one round serves all that
/// came meanwhile.
#[derive(Debug)]
pub(super) struct Hints {
    spacing: Duration,
    next: Option<Instant>,
    deferred: Option<SessionId>,
}

impl Hints {
    pub(super) const fn new(spacing: Duration) -> Self {
        Hints { spacing, next: None, deferred: None }
    }

    /// A hint has come: whether its round may begin now.
    ///
    /// # Errors
    /// When it may, if not now; [`Hints::due`] gives it then.
    pub(super) fn hint(&mut self, by: SessionId, now: Instant) -> Result<(), Instant> {
        match self.next.filter(|next| *next > now) {
            Some(next) => {
                self.deferred.get_or_insert(by);
                Err(next)
            }
            None => {
                // Its round is that of those who had to wait, too.
                self.deferred = None;
                self.next = Some(now + self.spacing);
                Ok(())
            }
        }
    }

    /// The first to have hinted since the last round, now that another may begin. It stands for all who have, and
    /// the round is owed to them even if its own session has ended.
    pub(super) fn due(&mut self, now: Instant) -> Option<SessionId> {
        let deferred = self.deferred.take()?;
        self.next = Some(now + self.spacing);
        Some(deferred)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_share_a_round_after_the_spacing() {
        let spacing = Duration::from_millis(100);
        let mut hints = Hints::new(spacing);
        let start = Instant::now();
        let (first, second, third) = (SessionId(1), SessionId(2), SessionId(3));
        assert_eq!(hints.hint(first, start), Ok(()));
        assert_eq!(hints.hint(second, start), Err(start + spacing));
        assert_eq!(hints.hint(third, start), Err(start + spacing));
        assert_eq!(hints.due(start + spacing), Some(second));
        assert_eq!(hints.due(start + spacing), None);
        assert_eq!(hints.hint(first, start + spacing), Err(start + spacing * 2));
        assert_eq!(hints.hint(first, start + spacing * 3), Ok(()));
        assert_eq!(hints.due(start + spacing * 3), None, "the round of a hint in good time is everybody's");
    }
}
