use super::*;
use stillpoint_proto::cut::ProcessCut;
use stillpoint_proto::id::{DeploymentId, ProcessName};

/// A process of its own, without a driver.
pub(crate) fn process(n: u64) -> Arc<Process> {
    let name = ProcessName::new(&format!("p{n}")).unwrap();
    Arc::new(Process::new(Config::new(DeploymentId::from_name("d"), name, Incarnation(n))))
}

impl Process {
    /// What this process would report if it cut now.
    pub(crate) fn cut_now(&self) -> ProcessCut {
        self.raise(self.epoch().next());
        self.fold();
        lock(&self.reporter).last_cut().clone()
    }
}
