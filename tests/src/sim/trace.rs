//! A run as a space-time diagram: a line for each thing that happens, in the column of its process.

use super::plan::{Slot, Time};
use std::fmt::Write as _;

/// What happened, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Trace {
    lines: Vec<(Time, Option<Slot>, String)>,
}

impl Trace {
    pub(super) fn note(&mut self, at: Time, slot: Option<Slot>, what: String) {
        self.lines.push((at, slot, what));
    }

    /// The diagram: the time in milliseconds, a column for each process, and what happens.
    pub(super) fn render(&self, processes: usize) -> String {
        let mut text = String::new();
        let header: Vec<String> = (0..processes).map(|slot| format!("p{slot:<3}")).collect();
        let _ = writeln!(text, "      ms  {}", header.concat());
        for (at, slot, what) in &self.lines {
            let mark = |column: usize| match slot {
                Some(slot) if *slot == column && what.starts_with("CUT") => "=   ",
                Some(slot) if *slot == column => "*   ",
                Some(_) => "|   ",
                None => "-   ",
            };
            let columns: Vec<&str> = (0..processes).map(mark).collect();
            let _ = writeln!(text, "{:>8.3}  {}{what}", *at as f64 / 1_000.0, columns.concat());
        }
        text
    }
}
