//! Tables, durations and times as people read them.

use super::names::shown;
use chrono::{DateTime, Utc};
use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ContentArrangement, Table};
use std::io::{self, Write};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A table that is as wide as the terminal at most; without a terminal, as wide as its content.
pub(super) struct Rows {
    table: Table,
}

impl Rows {
    /// A table with these columns; those whose heading begins with `#` are numbers.
    pub(super) fn new(columns: &[&str]) -> Self {
        let mut table = Table::new();
        table.load_style(NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_header(columns.iter().map(|column| column.trim_start_matches('#')));
        for (index, column) in columns.iter().enumerate() {
            if let Some(built) = table.column_mut(index) {
                built.set_padding((0, 2));
                if column.starts_with('#') {
                    built.set_cell_alignment(CellAlignment::Right);
                }
            }
        }
        Rows { table }
    }

    /// Adds a row. Control characters are escaped.
    pub(super) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.table.add_row(cells.map(|cell| shown(&cell)));
    }

    /// Writes the table; if it has no rows, only why.
    pub(super) fn write(&self, out: &mut dyn Write, empty: &str) -> io::Result<()> {
        if self.table.is_empty() {
            return writeln!(out, "{empty}");
        }
        self.table.lines().try_for_each(|line| writeln!(out, "{}", line.trim_end()))
    }
}

/// A duration in one or two units.
pub(super) fn human(time: Duration) -> String {
    let (ms, s) = (time.as_millis(), time.as_secs());
    let two = |greater: u64, unit: char, lesser: u64, small: char| match lesser {
        0 => format!("{greater}{unit}"),
        _ => format!("{greater}{unit} {lesser}{small}"),
    };
    match s {
        0 => format!("{ms}ms"),
        1..10 => format!("{s}.{}s", ms % 1000 / 100),
        10..60 => format!("{s}s"),
        60..3_600 => two(s / 60, 'm', s % 60, 's'),
        3_600..86_400 => two(s / 3_600, 'h', s % 3_600 / 60, 'm'),
        _ => two(s / 86_400, 'd', s % 86_400 / 3_600, 'h'),
    }
}

/// How long ago something was, by this machine's clock; `-` if it is not known.
pub(super) fn age(at_ms: Option<u64>) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    match at_ms {
        Some(at) => human(now.saturating_sub(Duration::from_millis(at))),
        None => "-".to_owned(),
    }
}

/// A time in UTC; `-` if it is not known.
pub(super) fn time(at_ms: Option<u64>) -> String {
    let at = at_ms.and_then(|at| i64::try_from(at).ok()).and_then(DateTime::<Utc>::from_timestamp_millis);
    at.map_or("-".to_owned(), |at| at.format("%Y-%m-%d %H:%M:%S%.3fZ").to_string())
}

/// The name of a value of an enumeration: the last words of its protobuf name.
pub(super) fn word(name: &str, prefix: &str) -> String {
    name.strip_prefix(prefix).unwrap_or(name).to_lowercase().replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_at_most_two_units() {
        for (ms, text) in [
            (0, "0ms"),
            (999, "999ms"),
            (1_250, "1.2s"),
            (59_999, "59s"),
            (60_000, "1m"),
            (61_000, "1m 1s"),
            (3_720_000, "1h 2m"),
            (86_400_000, "1d"),
            (93_600_000, "1d 2h"),
        ] {
            assert_eq!(human(Duration::from_millis(ms)), text);
        }
    }

    #[test]
    fn tables_escape_what_could_speak_to_the_terminal() {
        let mut rows = Rows::new(&["NAME", "#N"]);
        rows.row(["a\u{1b}[31m".to_owned(), "7".to_owned()]);
        let mut out = Vec::new();
        rows.write(&mut out, "nothing").unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "NAME         N\na\\u{1b}[31m  7\n");
        let mut out = Vec::new();
        Rows::new(&["NAME"]).write(&mut out, "nothing").unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "nothing\n");
    }

    #[test]
    fn times_are_in_utc() {
        assert_eq!(time(Some(1_700_000_000_123)), "2023-11-14 22:13:20.123Z");
        assert_eq!((time(None), time(Some(u64::MAX))), ("-".to_owned(), "-".to_owned()));
        assert_eq!(age(None), "-");
        assert_eq!(word("PROCESS_STATE_PRESUMED_DEAD", "PROCESS_STATE_"), "presumed dead");
    }
}
