//! The ranges of settings: what a configuration may ask for.
//!
//! Checked once, before anything is started, so that nothing within the engine has to expect a queue of no places, a
//! round that is over before it began, or a number that the system cannot allocate.

use super::{Config, Job, Webhook};
use std::time::Duration;
use stillpoint_proto::collector;

/// A setting is out of its range.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the setting `{setting}` is {value}: it has to be {range}")]
pub struct OutOfRange {
    /// Which setting, as configurations name it.
    pub setting: &'static str,
    /// What it is.
    pub value: String,
    /// What it may be.
    pub range: String,
}

/// The most of anything that is held in memory: sessions, waiting requests, messages for one agent.
pub const MOST: usize = 1_000_000;
/// The most rounds that are open at a time.
pub const MOST_OPEN: usize = 1000;
/// The longest time that a setting may be: a year.
pub const LONGEST: Duration = Duration::from_secs(365 * 24 * 3600);
/// The shortest time after which a silent session may be closed: agents send a heartbeat every second.
pub const LEAST_IDLE: Duration = Duration::from_secs(2);

const MOMENT: Duration = Duration::from_millis(1);

impl Config {
    /// Whether every setting is in its range.
    ///
    /// # Errors
    /// The first one that is not.
    pub fn check(&self) -> Result<(), OutOfRange> {
        let (rounds, sessions) = (&self.rounds, &self.sessions);
        let listen = &self.server.listen;
        let is_address = |(host, port): (&str, &str)| !host.is_empty() && port.parse::<u16>().is_ok();
        if !listen.rsplit_once(':').is_some_and(is_address) {
            let range = "HOST:PORT, such as 127.0.0.1:7420".to_owned();
            return Err(OutOfRange { setting: "server.listen", value: format!("`{listen}`"), range });
        }
        count("history", self.history, MOST)?;
        count("rounds.open", rounds.open, MOST_OPEN)?;
        count("rounds.requests", rounds.requests, MOST)?;
        count("sessions.limit", sessions.limit, MOST)?;
        count("sessions.outbox", sessions.outbox, MOST)?;
        count("sessions.departed", sessions.departed, collector::Config::MOST_DEPARTED)?;
        time("rounds.deadline", rounds.deadline, MOMENT, LONGEST)?;
        // While the initiator goes first, the others must have time left.
        time("rounds.grace", rounds.grace, Duration::ZERO, rounds.deadline.saturating_sub(MOMENT))?;
        time("rounds.hint_spacing", rounds.hint_spacing, Duration::ZERO, LONGEST)?;
        time("sessions.silence", sessions.silence, MOMENT, LONGEST)?;
        time("sessions.idle", sessions.idle, LEAST_IDLE, LONGEST)?;
        time("server.drain", self.server.drain, Duration::ZERO, LONGEST)?;
        for Job { every, properties: _ } in &self.jobs {
            time("jobs.every", *every, MOMENT, LONGEST)?;
        }
        if let Some(Webhook { attempts, backoff, .. }) = &self.webhook {
            within("webhook.attempts", *attempts, 1, u32::MAX, u32::to_string)?;
            time("webhook.backoff", *backoff, MOMENT, LONGEST)?;
        }
        Ok(())
    }
}

fn count(setting: &'static str, value: usize, most: usize) -> Result<(), OutOfRange> {
    within(setting, value, 1, most, usize::to_string)
}

fn time(setting: &'static str, value: Duration, least: Duration, most: Duration) -> Result<(), OutOfRange> {
    within(setting, value, least, most, written)
}

/// As configurations write it, in the greatest unit that it is a whole number of.
fn written(time: &Duration) -> String {
    match time.as_millis() {
        0 => "0s".to_owned(),
        ms if ms % 3_600_000 == 0 => format!("{}h", ms / 3_600_000),
        ms if ms % 1000 == 0 => format!("{}s", ms / 1000),
        ms => format!("{ms}ms"),
    }
}

fn within<T: PartialOrd>(
    setting: &'static str,
    value: T,
    least: T,
    most: T,
    show: impl Fn(&T) -> String,
) -> Result<(), OutOfRange> {
    if (&least..=&most).contains(&&value) {
        return Ok(());
    }
    let range = format!("from {} to {}", show(&least), show(&most));
    Err(OutOfRange { setting, value: show(&value), range })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Config {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn the_defaults_are_in_range() {
        assert_eq!(Config::default().check(), Ok(()));
    }

    #[test]
    fn what_is_out_of_range_is_named_with_its_range() {
        let webhook = "[webhook]\nurl = 'http://x/'\nsecret = 'whsec_x'\n";
        for (text, expected) in [
            ("history = 0".to_owned(), "the setting `history` is 0: it has to be from 1 to 1000000"),
            (
                "[server]\nlisten = 'nonsense'".to_owned(),
                "the setting `server.listen` is `nonsense`: it has to be HOST:PORT, such as 127.0.0.1:7420",
            ),
            ("[server]\nlisten = '127.0.0.1:70000'".to_owned(), "`server.listen` is `127.0.0.1:70000`"),
            ("[rounds]\nopen = 0".to_owned(), "`rounds.open` is 0: it has to be from 1 to 1000"),
            ("[rounds]\nrequests = 0".to_owned(), "`rounds.requests` is 0"),
            (
                "[rounds]\ndeadline = '0s'".to_owned(),
                "`rounds.deadline` is 0s: it has to be from 1ms to 8760h",
            ),
            ("[rounds]\ndeadline = '3ms'".to_owned(), "`rounds.grace` is 3ms: it has to be from 0s to 2ms"),
            ("[rounds]\nhint_spacing = '9000h'".to_owned(), "`rounds.hint_spacing` is 9000h"),
            ("[sessions]\nlimit = 9000000000000000000".to_owned(), "`sessions.limit` is 9000000000000000000"),
            ("[sessions]\ndeparted = 0".to_owned(), "`sessions.departed` is 0: it has to be from 1 to 2048"),
            ("[sessions]\noutbox = 1000001".to_owned(), "`sessions.outbox` is 1000001"),
            (
                "[sessions]\nidle = '1500ms'".to_owned(),
                "`sessions.idle` is 1500ms: it has to be from 2s to 8760h",
            ),
            ("[sessions]\nsilence = '0s'".to_owned(), "`sessions.silence` is 0s"),
            ("[server]\ndrain = '18446744073709551615ms'".to_owned(), "`server.drain` is"),
            ("[[jobs]]\nevery = '0s'\nproperties = []".to_owned(), "`jobs.every` is 0s"),
            (format!("{webhook}attempts = 0"), "`webhook.attempts` is 0: it has to be from 1 to 4294967295"),
            (format!("{webhook}backoff = '0s'"), "`webhook.backoff` is 0s"),
        ] {
            let error = read(&text).check().unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn the_ends_of_a_range_belong_to_it() {
        for text in [
            "history = 1\n[rounds]\nopen = 1000\nrequests = 1\ngrace = '0s'\ndeadline = '1ms'",
            "[sessions]\nlimit = 1000000\noutbox = 1\nidle = '2s'\nsilence = '8760h'\n[server]\ndrain = '0s'",
        ] {
            assert_eq!(read(text).check(), Ok(()), "{text}");
        }
    }
}
