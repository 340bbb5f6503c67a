//! What came of the scenes: told as it happens, and summed up at the end.

use super::Result;
use serde::Serialize;
use std::io::Write;
use std::time::Instant;

/// How many columns the table has at most, on a terminal that has more or none.
const WIDTH: u16 = 100;

/// What came of all scenes.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    pub(super) seed: u64,
    pub(super) workers: usize,
    pub(super) passed: bool,
    pub(super) seconds: f64,
    /// Where the service stays, if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) server: Option<String>,
    pub(super) scenes: Vec<Outcome>,
}

/// What came of one scene.
#[derive(Debug, Serialize)]
pub(super) struct Outcome {
    pub(super) scene: &'static str,
    pub(super) passed: bool,
    pub(super) seconds: f64,
    /// What is worth knowing, in words.
    pub(super) result: String,
    /// What was measured.
    pub(super) measured: serde_json::Map<String, serde_json::Value>,
    /// What was otherwise than it should have been.
    pub(super) problems: Vec<String>,
}

/// Tells people what happens, unless only a document is wanted.
pub(super) struct Teller<'a> {
    pub(super) out: &'a mut dyn Write,
    pub(super) quiet: bool,
    pub(super) colours: bool,
    pub(super) began: Instant,
}

impl Teller<'_> {
    /// Begins a scene.
    pub(super) fn scene(&mut self, name: &str, what: &str) -> Result<()> {
        let (bold, plain) = if self.colours { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
        self.write(&format!("\n{bold}{name}{plain}: {what}\n"))
    }

    /// Tells what happens.
    pub(super) fn tell(&mut self, what: &str) -> Result<()> {
        let at = self.began.elapsed().as_secs_f64();
        self.write(&format!("  {at:6.2}s  {what}\n"))
    }

    /// Shows something of several lines.
    pub(super) fn show(&mut self, text: &str) -> Result<()> {
        let lines: String = text.lines().map(|line| format!("           {line}\n")).collect();
        self.write(&lines)
    }

    /// Writes the document at the end, when nothing else is told.
    pub(super) fn document(&mut self, text: &str) -> Result<()> {
        writeln!(self.out, "{text}")?;
        Ok(self.out.flush()?)
    }

    fn write(&mut self, text: &str) -> Result<()> {
        if !self.quiet {
            self.out.write_all(text.as_bytes())?;
            self.out.flush()?;
        }
        Ok(())
    }
}

/// What a scene finds out as it is played.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) result: String,
    pub(super) measured: serde_json::Map<String, serde_json::Value>,
    pub(super) problems: Vec<String>,
}

impl Findings {
    /// Notes a measurement.
    pub(super) fn measure(&mut self, name: &str, value: impl Into<serde_json::Value>) {
        self.measured.insert(name.to_owned(), value.into());
    }

    /// Notes a problem unless this is so.
    pub(super) fn expect(&mut self, is_so: bool, problem: impl FnOnce() -> String) {
        if !is_so {
            self.problems.push(problem());
        }
    }

    pub(super) fn outcome(self, scene: &'static str, began: Instant) -> Outcome {
        let Findings { result, measured, problems } = self;
        let (passed, seconds) = (problems.is_empty(), seconds(began));
        Outcome { scene, passed, seconds, result, measured, problems }
    }
}

/// The time since then, to the millisecond.
pub(super) fn seconds(began: Instant) -> f64 {
    (began.elapsed().as_secs_f64() * 1000.0).round() / 1000.0
}

impl Report {
    /// Writes a table of all scenes.
    pub(super) fn table(&self, teller: &mut Teller<'_>) -> Result<()> {
        let mut table = comfy_table::Table::new();
        table.load_style(comfy_table::presets::UTF8_HORIZONTAL_ONLY);
        table.set_content_arrangement(comfy_table::ContentArrangement::Dynamic);
        if table.width().is_none_or(|terminal| terminal > WIDTH) {
            table.set_width(WIDTH);
        }
        table.set_header(["scene", "as it should be", "time", "what was found"]);
        for scene in &self.scenes {
            let verdict = if scene.passed { "yes" } else { "NO" };
            let time = format!("{:.1} s", scene.seconds);
            table.add_row([scene.scene, verdict, &time, &scene.result]);
        }
        let table = table.to_string();
        let lines: Vec<_> = table.lines().map(str::trim_end).collect();
        teller.write(&format!("\n{}\n", lines.join("\n")))?;
        for scene in &self.scenes {
            for problem in &scene.problems {
                teller.write(&format!("{}: {problem}\n", scene.scene))?;
            }
        }
        let sum = if self.passed { "all as it should be" } else { "NOT as it should be" };
        teller.write(&format!("{sum}, in {:.1} s (seed {})\n", self.seconds, self.seed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_wraps_what_is_long() {
        let outcome = |scene| Outcome {
            scene,
            passed: true,
            seconds: 12.3,
            result: "50 rounds, and many more words about what was found in them ".repeat(4),
            measured: serde_json::Map::new(),
            problems: Vec::new(),
        };
        let scenes = vec![outcome("bank"), outcome("termination")];
        let report = Report { seed: 1, workers: 4, passed: true, seconds: 24.6, server: None, scenes };
        let mut out = Vec::new();
        let mut teller = Teller { out: &mut out, quiet: false, colours: false, began: Instant::now() };
        report.table(&mut teller).unwrap();
        let text = String::from_utf8(out).unwrap();
        let width = text.lines().map(|line| line.chars().count()).max().unwrap();
        assert!((80..=100).contains(&width), "{width} columns:\n{text}");
        assert!(text.contains(" termination   yes               12.3 s   50 rounds, and"), "{text}");
    }
}
