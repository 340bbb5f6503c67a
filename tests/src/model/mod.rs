//! Every interleaving of small systems: the production core, explored exhaustively within bounds.
//!
//! A [`System`] is the participants, the collector and the network between them as one value; a [`Step`] leads to the
//! next. [`explore`] visits every state that the steps within some [`Bounds`] reach, and in each asks the omniscient
//! [observer](crate::observer) whether what the rounds found is what really was. Nothing of the protocol is described
//! here a second time.

mod system;

use stateright::{Checker, HasDiscoveries, Model, Property};
pub use system::{Bounds, Ending, Faults, Lane, Start, Step, System};

impl Model for Bounds {
    type State = System;
    type Action = Step;

    fn init_states(&self) -> Vec<System> {
        vec![System::new(self)]
    }

    fn actions(&self, state: &System, actions: &mut Vec<Step>) {
        state.steps(actions);
    }

    fn next_state(&self, last: &System, step: Step) -> Option<System> {
        Some(last.after(step))
    }

    fn properties(&self) -> Vec<Property<Self>> {
        fn ended(state: &System, ending: Ending) -> bool {
            state.ending() == Some(ending)
        }
        vec![
            Property::always(RIGHT, |_, state: &System| state.fault().is_none()),
            Property::sometimes("a round finds that all work has ended", |_, s| ended(s, Ending::Terminated)),
            Property::sometimes("a round finds work", |_, s| ended(s, Ending::Working)),
        ]
    }
}

const RIGHT: &str = "what rounds find is what really was";

/// What came of an exploration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explored {
    /// How many different states there are.
    pub states: usize,
    /// How many steps the longest path to a state has.
    pub depth: usize,
}

/// Visits every state.
///
/// # Errors
/// What went wrong, and the steps that lead there; or what never happened.
pub fn explore(bounds: &Bounds, threads: usize) -> Result<Explored, String> {
    let checker =
        bounds.clone().checker().threads(threads).finish_when(HasDiscoveries::AnyFailures).spawn_dfs().join();
    for (name, path) in checker.discoveries() {
        if name == RIGHT {
            let fault = path.last_state().fault().unwrap_or_default().to_owned();
            let steps: Vec<String> = path.into_actions().iter().map(|step| format!("\n  {step:?}")).collect();
            return Err(format!("{fault}, after{}", steps.concat()));
        }
    }
    for property in bounds.properties() {
        if property.name != RIGHT && checker.discovery(property.name).is_none() {
            return Err(format!("never seen: {}", property.name));
        }
    }
    Ok(Explored { states: checker.unique_state_count(), depth: checker.max_depth() })
}
