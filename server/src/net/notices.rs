//! Tells agents of the verdicts that concern them.
//!
//! One task takes each change from the engine and passes it to the sessions of the processes that have a part in
//! it. What finds no room is dropped, visibly: an agent that needs to be sure asks the service.

use super::NOTICE_NAMES;
use crate::engine::verdicts::{State, VerdictRecord};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use stillpoint_proto::id::{Incarnation, Text};
use stillpoint_proto::verdict::{Certificate, Outcome};
use stillpoint_proto::wire::session::{OutcomeKind, VerdictNotice, VerdictState};
use stillpoint_proto::wire::v1::SessionResponse;
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// The sessions by process.
#[derive(Debug, Default)]
pub(super) struct Notices {
    sessions: Mutex<HashMap<Incarnation, mpsc::Sender<SessionResponse>>>,
}

/// A session is told of verdicts as long as this lives.
#[derive(Debug)]
pub(super) struct Registration {
    notices: Arc<Notices>,
    process: Incarnation,
    session: mpsc::Sender<SessionResponse>,
}

impl Drop for Registration {
    fn drop(&mut self) {
        let mut sessions = self.notices.lock();
        // A newer session may have taken the place.
        if sessions.get(&self.process).is_some_and(|session| session.same_channel(&self.session)) {
            sessions.remove(&self.process);
        }
    }
}

impl Notices {
    /// Starts the task that passes changes on.
    pub(super) fn start(
        changes: broadcast::Receiver<Arc<VerdictRecord>>,
        stop: CancellationToken,
    ) -> Arc<Self> {
        let notices = Arc::new(Notices::default());
        let passing = notices.clone();
        tokio::spawn(async move {
            stop.run_until_cancelled(passing.pass_on(changes)).await;
        });
        notices
    }

    /// From now on a session is told of what concerns a process.
    pub(super) fn register(
        self: &Arc<Self>,
        process: Incarnation,
        session: mpsc::Sender<SessionResponse>,
    ) -> Registration {
        self.lock().insert(process, session.clone());
        Registration { notices: self.clone(), process, session }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Incarnation, mpsc::Sender<SessionResponse>>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn pass_on(&self, mut changes: broadcast::Receiver<Arc<VerdictRecord>>) {
        loop {
            match changes.recv().await {
                Ok(record) => self.tell(&record),
                Err(RecvError::Lagged(missed)) => {
                    tracing::warn!(missed, "changes of verdicts came too fast to tell agents of them");
                }
                Err(RecvError::Closed) => return,
            }
        }
    }

    fn tell(&self, record: &VerdictRecord) {
        for process in record.concerns() {
            let Some(session) = self.lock().get(&process).cloned() else { continue };
            if session.try_send((&notice(record, process)).into()).is_err() {
                tracing::warn!(%process, verdict = %record.id, "an agent is not told of a verdict for want of room");
            }
        }
    }
}

/// What a verdict says of one process.
fn notice(record: &VerdictRecord, process: Incarnation) -> VerdictNotice {
    let (mut members, mut victims, mut objects) = (Vec::new(), Vec::new(), Vec::new());
    match &record.verdict.outcome {
        Outcome::Holds(Certificate::Deadlock(deadlock)) => {
            let here = deadlock.members.iter().filter(|member| member.task.process == process);
            members = here.take(NOTICE_NAMES).cloned().collect();
            let here = deadlock.victims.iter().filter(|victim| victim.process == process);
            victims = here.take(NOTICE_NAMES).copied().collect();
        }
        Outcome::Holds(Certificate::Garbage(groups)) => {
            let here = groups.iter().flat_map(|g| &g.objects).filter(|object| object.process == process);
            objects = here.take(NOTICE_NAMES).copied().collect();
        }
        _ => {}
    }
    VerdictNotice {
        id: Text::new(&record.id.to_string()),
        state: match record.state {
            State::Opened => VerdictState::Open,
            State::Holding => VerdictState::Holding,
            State::Ended(_) => VerdictState::Ended,
        },
        property: record.verdict.property.clone(),
        outcome: OutcomeKind::from(&record.verdict.outcome),
        members,
        victims,
        objects,
    }
}
