//! What happened in runs, added up.

use super::situation::{Situation, Situations};
use std::collections::BTreeMap;
use std::fmt;

type Counts = BTreeMap<&'static str, u64>;

/// What happened in one run, or in many.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// How many runs.
    pub runs: u64,
    /// Steps taken.
    pub steps: u64,
    /// Frames sent from process to process.
    pub frames: u64,
    /// Rounds by outcome.
    pub rounds: Counts,
    /// What incomplete rounds lacked.
    pub missing: Counts,
    /// Verdicts by property and outcome.
    pub verdicts: BTreeMap<(&'static str, &'static str), u64>,
    /// How verdicts ended.
    pub endings: Counts,
    /// Faults.
    pub faults: Counts,
    /// What was recognised.
    pub recognised: Counts,
    /// What is left at the end.
    pub left: Counts,
    /// The executions that break the obvious version.
    pub situations: Situations,
}

impl Summary {
    pub(super) fn count(&mut self, fault: &'static str) {
        *self.faults.entry(fault).or_default() += 1;
    }

    pub(super) fn count_got(&mut self, what: &'static str) {
        *self.recognised.entry(what).or_default() += 1;
    }

    /// Adds what happened in other runs.
    pub fn add(&mut self, other: &Summary) {
        fn all<K: Ord + Copy>(into: &mut BTreeMap<K, u64>, from: &BTreeMap<K, u64>) {
            from.iter().for_each(|(key, count)| *into.entry(*key).or_default() += count);
        }
        self.runs += other.runs;
        self.steps += other.steps;
        self.frames += other.frames;
        all(&mut self.rounds, &other.rounds);
        all(&mut self.missing, &other.missing);
        all(&mut self.verdicts, &other.verdicts);
        all(&mut self.endings, &other.endings);
        all(&mut self.faults, &other.faults);
        all(&mut self.recognised, &other.recognised);
        all(&mut self.left, &other.left);
        all(&mut self.situations, &other.situations);
    }

    /// The situations that never occurred.
    #[must_use]
    pub fn never(&self) -> Vec<Situation> {
        Situation::ALL.iter().copied().filter(|s| !self.situations.contains_key(s)).collect()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} runs, {} steps, {} frames between processes", self.runs, self.steps, self.frames)?;
        let groups = [
            ("rounds", &self.rounds),
            ("incomplete rounds lacked", &self.missing),
            ("verdicts ended", &self.endings),
            ("faults", &self.faults),
            ("recognised", &self.recognised),
            ("at the end", &self.left),
        ];
        for (name, counts) in groups {
            writeln!(f, "{name}")?;
            for (what, count) in counts {
                writeln!(f, "{count:>12}  {what}")?;
            }
        }
        writeln!(f, "verdicts")?;
        for ((property, outcome), count) in &self.verdicts {
            writeln!(f, "{count:>12}  {property} {outcome}")?;
        }
        writeln!(f, "executions that break the obvious version")?;
        for situation in Situation::ALL {
            let count = self.situations.get(situation).copied().unwrap_or_default();
            writeln!(f, "{count:>12}  {situation}")?;
        }
        Ok(())
    }
}
