//! Configuration of the engine. Every default is a documented constant.
//!
//! The structs deserialise from a TOML file; a field that is not there has its default, and one that is not known
//! is an error, since it is most likely misspelt. Durations are written with their unit: `"500ms"`, `"2s"`, `"5m"`.
//! [`Config::check`] names the first setting that is out of its range; an engine does not start with one.
//!
//! ```
//! let config: stillpoint_server::config::Config = toml::from_str(r#"
//!     deployment = "shop"
//!     [rounds]
//!     deadline = "500ms"
//!     [[jobs]]
//!     every = "10s"
//!     properties = ["deadlock", "garbage"]
//! "#).unwrap();
//! assert_eq!(config.rounds.deadline.as_millis(), 500);
//! assert_eq!(config.history, stillpoint_server::config::Config::HISTORY);
//! ```

mod check;

pub use check::{LEAST_IDLE, LONGEST, MOST, MOST_OPEN, OutOfRange};

use serde::{Deserialize, Deserializer};
use std::path::PathBuf;
use std::time::Duration;
use stillpoint_proto::collector;
use stillpoint_proto::id::DeploymentId;

/// What the engine needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Config {
    /// The name of the deployment; agents have the same.
    pub deployment: String,
    /// The file of the embedded store.
    pub store: PathBuf,
    /// How the server meets the world.
    pub server: Server,
    /// How many of the last cuts are kept in memory: 1 to [`MOST`].
    pub history: usize,
    /// How many changes of verdicts are kept for those who watch from an earlier revision.
    pub changes_kept: u64,
    /// How many rows about ended rounds are kept.
    pub rounds_kept: u64,
    /// How many groups of garbage have a life of their own: the largest ones.
    pub garbage_groups: usize,
    /// Whether each verdict is confirmed by the independent checker before anybody is told of it.
    pub verify: bool,
    /// Which task of a deadlock is proposed as its victim.
    pub victims: Victims,
    /// What each round is analysed for, whoever asked for it.
    pub each_round: Vec<PropertyKind>,
    /// How rounds are taken.
    pub rounds: Rounds,
    /// The bounds of sessions.
    pub sessions: Sessions,
    /// Rounds at intervals.
    pub jobs: Vec<Job>,
    /// Sums that should be conserved.
    pub gauges: Vec<Gauge>,
    /// Who is told of verdicts, if anybody.
    pub webhook: Option<Webhook>,
}

impl Config {
    /// [`Config::deployment`] unless set.
    pub const DEPLOYMENT: &'static str = "default";
    /// [`Config::store`] unless set.
    pub const STORE: &'static str = "stillpoint.db";
    /// [`Config::history`] unless set.
    pub const HISTORY: usize = 32;
    /// [`Config::changes_kept`] unless set.
    pub const CHANGES_KEPT: u64 = 100_000;
    /// [`Config::rounds_kept`] unless set.
    pub const ROUNDS_KEPT: u64 = 10_000;
    /// [`Config::garbage_groups`] unless set.
    pub const GARBAGE_GROUPS: usize = 1000;
    /// [`Config::each_round`] unless set.
    pub const EACH_ROUND: [PropertyKind; 2] = [PropertyKind::Deadlock, PropertyKind::Termination];

    /// The id of the deployment.
    #[must_use]
    pub const fn deployment_id(&self) -> DeploymentId {
        DeploymentId::from_name(self.deployment.as_str())
    }

    /// The configuration of the protocol core.
    #[must_use]
    pub fn core(&self) -> collector::Config {
        collector::Config {
            deadline: self.rounds.deadline,
            grace: self.rounds.grace,
            silence: self.sessions.silence,
            departed: self.sessions.departed,
            open_rounds: self.rounds.open,
            ..collector::Config::new(self.deployment_id())
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Config {
            deployment: Self::DEPLOYMENT.to_owned(),
            store: PathBuf::from(Self::STORE),
            server: Server::default(),
            history: Self::HISTORY,
            changes_kept: Self::CHANGES_KEPT,
            rounds_kept: Self::ROUNDS_KEPT,
            garbage_groups: Self::GARBAGE_GROUPS,
            verify: true,
            victims: Victims::default(),
            each_round: Self::EACH_ROUND.to_vec(),
            rounds: Rounds::default(),
            sessions: Sessions::default(),
            jobs: Vec::new(),
            gauges: Vec::new(),
            webhook: None,
        }
    }
}

/// A kind of property, as configurations and requests name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PropertyKind {
    /// Tasks that wait for one another for ever.
    Deadlock,
    /// Each computation, whether it has work left.
    Termination,
    /// All computations as if they were one.
    Quiescence,
    /// Objects that can never be reached again.
    Garbage,
    /// The sums of the configured gauges.
    Conservation,
}

impl PropertyKind {
    /// All of them.
    pub const ALL: [PropertyKind; 5] = [
        PropertyKind::Deadlock,
        PropertyKind::Termination,
        PropertyKind::Quiescence,
        PropertyKind::Garbage,
        PropertyKind::Conservation,
    ];

    /// The name in configurations.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            PropertyKind::Deadlock => "deadlock",
            PropertyKind::Termination => "termination",
            PropertyKind::Quiescence => "quiescence",
            PropertyKind::Garbage => "garbage",
            PropertyKind::Conservation => "conservation",
        }
    }
}

/// Which task of a deadlock is proposed as its victim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Victims {
    /// The one that began last.
    #[default]
    Youngest,
    /// The one that holds least.
    FewestHolds,
    /// The one of the least weight.
    LeastWeight,
}

/// How rounds are taken.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Rounds {
    /// How long a round waits for the cuts of its members: 1 ms to [`LONGEST`].
    #[serde(deserialize_with = "duration")]
    pub deadline: Duration,
    /// How long the others are not told while the initiator cuts first: less than the deadline.
    #[serde(deserialize_with = "duration")]
    pub grace: Duration,
    /// How many rounds are open at a time: 1 to [`MOST_OPEN`].
    pub open: usize,
    /// The least time between two rounds that agents asked for: 0 to [`LONGEST`].
    #[serde(deserialize_with = "duration")]
    pub hint_spacing: Duration,
    /// How many requests for rounds wait at a time: 1 to [`MOST`].
    pub requests: usize,
}

impl Rounds {
    /// [`Rounds::hint_spacing`] unless set.
    pub const HINT_SPACING: Duration = Duration::from_millis(100);
    /// [`Rounds::requests`] unless set.
    pub const REQUESTS: usize = 1024;
}

impl Default for Rounds {
    fn default() -> Self {
        Rounds {
            deadline: collector::Config::DEADLINE,
            grace: collector::Config::GRACE,
            open: collector::Config::OPEN_ROUNDS,
            hint_spacing: Self::HINT_SPACING,
            requests: Self::REQUESTS,
        }
    }
}

/// How the server meets the world.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Server {
    /// Where it listens: a host and a port; port 0 lets the system choose one.
    pub listen: String,
    /// How long calls may take to end when the server stops: 0 to [`LONGEST`].
    #[serde(deserialize_with = "duration")]
    pub drain: Duration,
    /// What is logged: a level, or levels by module, such as `info,stillpoint_server::engine=debug`.
    pub log: String,
}

impl Server {
    /// [`Server::listen`] unless set.
    pub const LISTEN: &'static str = "127.0.0.1:7420";
    /// [`Server::drain`] unless set.
    pub const DRAIN: Duration = Duration::from_secs(5);
    /// [`Server::log`] unless set.
    pub const LOG: &'static str = "info";
}

impl Default for Server {
    fn default() -> Self {
        Server { listen: Self::LISTEN.to_owned(), drain: Self::DRAIN, log: Self::LOG.to_owned() }
    }
}

/// The bounds of sessions.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Sessions {
    /// How many sessions are open at a time: 1 to [`MOST`].
    pub limit: usize,
    /// How many messages wait for an agent before its session is closed: 1 to [`MOST`].
    pub outbox: usize,
    /// How long a process without a session is taken to live: 1 ms to [`LONGEST`].
    #[serde(deserialize_with = "duration")]
    pub silence: Duration,
    /// How long a session may be silent, or not take what it is told, before it is closed: [`LEAST_IDLE`] to
    /// [`LONGEST`]. Agents send a heartbeat every second.
    #[serde(deserialize_with = "duration")]
    pub idle: Duration,
    /// How many processes that have left or died are remembered: 1 to [`collector::Config::MOST_DEPARTED`]. Those that are
    /// forgotten make rounds incomplete if others have met them.
    pub departed: usize,
}

impl Sessions {
    /// [`Sessions::limit`] unless set.
    pub const LIMIT: usize = 4096;
    /// [`Sessions::outbox`] unless set.
    pub const OUTBOX: usize = 256;
    /// [`Sessions::idle`] unless set.
    pub const IDLE: Duration = Duration::from_secs(10);
}

impl Default for Sessions {
    fn default() -> Self {
        Sessions {
            limit: Self::LIMIT,
            outbox: Self::OUTBOX,
            silence: collector::Config::SILENCE,
            idle: Self::IDLE,
            departed: collector::Config::DEPARTED,
        }
    }
}

/// Rounds at an interval.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Job {
    /// How often: 1 ms to [`LONGEST`].
    #[serde(deserialize_with = "duration")]
    pub every: Duration,
    /// What the rounds are analysed for, besides [`Config::each_round`].
    pub properties: Vec<PropertyKind>,
}

/// A sum that should be conserved.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gauge {
    /// The name of the gauge.
    pub name: String,
    /// The sum over all processes and messages.
    pub expected: i64,
}

/// Whom to tell of verdicts, by HTTP.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// Where to post.
    pub url: String,
    /// The key of the signatures in the form of Standard Webhooks: `whsec_` and base64 of 24 to 64 bytes. A file may
    /// leave it to the environment; an engine does not start without it.
    #[serde(default)]
    pub secret: String,
    /// What the events name as their source.
    #[serde(default = "Webhook::source")]
    pub source: String,
    /// How often a delivery is tried before it is given up: once at least.
    #[serde(default = "Webhook::attempts")]
    pub attempts: u32,
    /// The pause after the first failure; it doubles with each one. 1 ms to [`LONGEST`].
    #[serde(default = "Webhook::backoff", deserialize_with = "duration")]
    pub backoff: Duration,
}

impl Webhook {
    /// The default of [`source`](field@Webhook::source).
    pub const SOURCE: &'static str = "/stillpoint";
    /// The default of [`attempts`](field@Webhook::attempts).
    pub const ATTEMPTS: u32 = 12;
    /// The default of [`backoff`](field@Webhook::backoff).
    pub const BACKOFF: Duration = Duration::from_secs(1);
    /// The longest pause between two attempts.
    pub const BACKOFF_LIMIT: Duration = Duration::from_secs(3600);
    /// How long one attempt may take.
    pub const TIMEOUT: Duration = Duration::from_secs(10);

    /// Events for `url`, signed with `secret`.
    #[must_use]
    pub fn new(url: &str, secret: &str) -> Self {
        Webhook {
            url: url.to_owned(),
            secret: secret.to_owned(),
            source: Self::source(),
            attempts: Self::ATTEMPTS,
            backoff: Self::BACKOFF,
        }
    }

    fn source() -> String {
        Self::SOURCE.to_owned()
    }

    fn attempts() -> u32 {
        Self::ATTEMPTS
    }

    fn backoff() -> Duration {
        Self::BACKOFF
    }
}

/// Without the secret.
impl std::fmt::Debug for Webhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Webhook")
            .field("url", &self.url)
            .field("source", &self.source)
            .field("attempts", &self.attempts)
            .field("backoff", &self.backoff)
            .finish_non_exhaustive()
    }
}

fn duration<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse_duration(&text).ok_or_else(|| {
        serde::de::Error::custom(format!("`{text}` is no duration: write a whole number and ms, s, m or h"))
    })
}

/// Reads a whole number with a unit: `ms`, `s`, `m` or `h`.
#[must_use]
pub fn parse_duration(text: &str) -> Option<Duration> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().ok()?;
    let milliseconds = match unit.trim() {
        "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    Some(Duration::from_millis(number.checked_mul(milliseconds)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_file_gives_the_defaults() {
        assert_eq!(toml::from_str::<Config>("").unwrap(), Config::default());
    }

    #[test]
    fn durations_have_units() {
        for (text, seconds) in [("1500ms", 1.5), ("2s", 2.0), ("3 m", 180.0), ("1h", 3600.0), ("0s", 0.0)] {
            assert_eq!(parse_duration(text).unwrap().as_secs_f64(), seconds, "{text}");
        }
        for bad in ["", "5", "s", "-1s", "1.5s", "1d", "99999999999999999999s", "18446744073709551615h"] {
            assert_eq!(parse_duration(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_misspelt_is_named() {
        let error = toml::from_str::<Config>("[rounds]\ndeadlines = \"1s\"").unwrap_err().to_string();
        assert!(error.contains("deadlines"), "{error}");
        let error = toml::from_str::<Config>("[rounds]\ndeadline = \"1 day\"").unwrap_err().to_string();
        assert!(error.contains("`1 day` is no duration"), "{error}");
    }

    #[test]
    fn the_secret_is_not_shown() {
        let shown = format!("{:?}", Webhook::new("http://127.0.0.1/", "whsec_c2VjcmV0"));
        assert!(!shown.contains("c2VjcmV0"), "{shown}");
    }
}
