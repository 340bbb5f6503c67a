//! Every interleaving of small systems: the production core, explored exhaustively within bounds.
//!
//! A [`System`] is the participants, the collector and the network between them as one value; a [`Step`] leads to the
//! next. [`explore`] visits every state that the steps within some [`Bounds`] reach, and in each asks the omniscient
//! [observer](crate::observer) whether what the rounds found is what really was. Nothing of the protocol is described
//! here a second time. [`small`] and [`large`] are the systems that the tests explore, with what they must find there.

mod configurations;
mod system;

pub use configurations::{Configuration, large, small};
use stateright::{Checker, HasDiscoveries, Model, Property};
use std::collections::BTreeSet;
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
        vec![
            Property::always(RIGHT, |_, state: &System| state.fault().is_none()),
            Property::sometimes("terminated", |_, state: &System| state.has_ended(Ending::Terminated)),
            Property::sometimes("assumed", |_, state: &System| state.has_ended(Ending::Assumed)),
            Property::sometimes("retracted", |_, state: &System| state.has_ended(Ending::Retracted)),
            Property::sometimes("working", |_, state: &System| state.has_ended(Ending::Working)),
            Property::sometimes("unknown", |_, state: &System| state.has_ended(Ending::Unknown)),
            Property::sometimes("incomplete", |_, state: &System| state.has_ended(Ending::Incomplete)),
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
    /// How rounds have ended.
    pub endings: BTreeSet<&'static str>,
}

/// An exploration that found something wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// How many different states were visited.
    pub states: usize,
    /// What is wrong, and the steps that lead there.
    pub what: String,
}

/// Visits every state.
///
/// # Errors
/// What went wrong.
pub fn explore(bounds: &Bounds, threads: usize) -> Result<Explored, Wrong> {
    let checker =
        bounds.clone().checker().threads(threads).finish_when(HasDiscoveries::AnyFailures).spawn_dfs().join();
    let (states, depth) = (checker.unique_state_count(), checker.max_depth());
    let discoveries = checker.discoveries();
    if let Some(path) = discoveries.get(RIGHT) {
        let fault = path.last_state().fault().unwrap_or_default().to_owned();
        let steps = path.clone().into_actions();
        let steps: Vec<String> = steps.iter().map(|step| format!("\n  {step:?}")).collect();
        return Err(Wrong { states, what: format!("{fault}, after{}", steps.concat()) });
    }
    Ok(Explored { states, depth, endings: discoveries.into_keys().collect() })
}
