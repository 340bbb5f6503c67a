//! Processes and a collector without a network between them, for tests of what a round makes of them.

use crate::process::Process;
use crate::process::tests::process;
use std::collections::BTreeMap;
use std::sync::Arc;
use stillpoint_proto::collector::{self, Action, Collector, RequestId, RoundOutcome, SessionId, Timer};
use stillpoint_proto::fact::Fact;
use stillpoint_proto::id::{DeploymentId, Epoch, Incarnation, ProcessName};
use stillpoint_proto::snapshot::ConsistentCut;

/// Processes 1 to n of deployment `d`, each with a session of its number.
pub(crate) struct World {
    alive: BTreeMap<u64, Arc<Process>>,
    collector: Collector,
    ended: Vec<RoundOutcome>,
    requests: u64,
}

impl World {
    pub(crate) fn new(n: u64) -> World {
        let config = collector::Config::new(DeploymentId::from_name("d"));
        let alive = (1..=n).map(|n| (n, process(n))).collect();
        let collector = Collector::new(config, Epoch(10));
        let mut world = World { alive, collector, ended: Vec::new(), requests: 0 };
        for n in 1..=n {
            let hello = world.process(n).connect();
            world.collector.handle(SessionId(n), hello);
        }
        world.settle();
        world
    }

    pub(crate) fn process(&self, n: u64) -> Arc<Process> {
        self.alive[&n].clone()
    }

    /// A process is killed, and its host says so.
    pub(crate) fn kill(&mut self, n: u64) {
        self.alive.remove(&n);
        self.collector.close(SessionId(n));
        self.collector.died(Incarnation(n), &ProcessName::new(&format!("p{n}")).unwrap());
    }

    /// A process says goodbye.
    pub(crate) fn leave(&mut self, n: u64) {
        self.process(n).leave();
        self.settle();
        self.alive.remove(&n);
        self.collector.close(SessionId(n));
    }

    /// A round, from the request to its end: at its deadline if nothing else ends it.
    pub(crate) fn round(&mut self) -> RoundOutcome {
        self.requests += 1;
        self.collector.request(RequestId(self.requests), None);
        self.settle();
        let open: Vec<_> = self.collector.open_rounds().collect();
        for epoch in open {
            self.collector.timer(Timer::Deadline(epoch));
        }
        self.settle();
        self.ended.pop().expect("a round has ended")
    }

    /// The cut of a round, complete or not.
    pub(crate) fn cut(&mut self) -> Arc<ConsistentCut> {
        match self.round() {
            RoundOutcome::Complete(cut) | RoundOutcome::Incomplete(cut, _) => cut,
            other => panic!("{other:?}"),
        }
    }

    /// Delivers what everybody has to say until nobody has anything.
    fn settle(&mut self) {
        let mut busy = true;
        while std::mem::take(&mut busy) {
            for (n, process) in &self.alive {
                process.fold();
                while let Some(message) = process.poll() {
                    self.collector.handle(SessionId(*n), message);
                    busy = true;
                }
            }
            while let Some(action) = self.collector.poll() {
                busy = true;
                match action {
                    Action::Send(session, message) => {
                        if let Some(process) = self.alive.get(&session.0) {
                            process.handle(message).unwrap();
                            process.fold();
                        }
                    }
                    Action::Reserve(upto) => self.collector.reserved(upto),
                    Action::Ended(round) => self.ended.push(round.outcome),
                    _ => {}
                }
            }
        }
    }
}

/// How many tokens there are in the processes of a cut.
pub(crate) fn tokens(cut: &ConsistentCut) -> usize {
    let facts = cut.cuts().flat_map(|(_, cut)| cut.facts.values());
    facts.filter(|recorded| matches!(recorded.fact, Fact::Token(_))).count()
}

/// Lets the tasks that write go as far as they can.
pub(crate) async fn idle() {
    for _ in 0..64 {
        tokio::task::yield_now().await;
    }
}
