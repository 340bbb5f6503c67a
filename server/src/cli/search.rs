//! What is looked for in a snapshot, as `analyze` and `detect` are told, and the names of the kinds of properties.

use super::CliError;
use clap::ValueEnum;
use std::str::FromStr;
use stillpoint_detectors::deadlock::VictimPolicy;
use stillpoint_proto::id::Text;
use stillpoint_proto::wire::v1;

#[derive(Debug, clap::Args)]
pub(super) struct Search {
    /// Look for this property alone; may be given several times. Conservation is that of the gauges named by
    /// `--expect`.
    #[arg(long, value_enum, value_delimiter = ',')]
    pub(super) property: Vec<Kind>,
    /// The sum that a gauge should have over all processes and messages; may be given several times.
    #[arg(long, value_name = "GAUGE=SUM")]
    pub(super) expect: Vec<Expectation>,
    /// Which tasks of a deadlock are proposed to be ended.
    #[arg(long, value_enum, default_value_t = Victims::Youngest)]
    pub(super) victims: Victims,
}

impl Search {
    /// Whether it can be looked for.
    pub(super) fn check(&self) -> Result<(), CliError> {
        if self.property.contains(&Kind::Conservation) && self.expect.is_empty() {
            return Err(CliError::NoExpectation);
        }
        if !self.expect.is_empty()
            && !self.property.is_empty()
            && !self.property.contains(&Kind::Conservation)
        {
            return Err(CliError::ConservationNotWanted);
        }
        Ok(())
    }
}

/// A kind of property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// Tasks that wait for one another and can never proceed.
    Deadlock,
    /// Each computation: whether it has work left.
    Termination,
    /// Whether any computation has work left.
    Quiescence,
    /// Objects that can never be reached again.
    Garbage,
    /// Gauges: whether their sum is what it should be.
    Conservation,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Victims {
    /// Those that started last.
    Youngest,
    /// Those that hold least.
    FewestHolds,
    /// Those that cost least to end, by the weight that the application gave them.
    LeastWeight,
}

/// A gauge and the sum it should have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Expectation {
    pub(super) gauge: Text,
    pub(super) sum: i128,
}

impl FromStr for Expectation {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (gauge, sum) = text.rsplit_once('=').ok_or("expected GAUGE=SUM, such as money=100")?;
        if gauge.is_empty() || gauge.len() > Text::LIMIT {
            return Err(format!("a gauge has a name of 1 to {} bytes", Text::LIMIT));
        }
        let sum = sum.parse().map_err(|_| format!("`{sum}` is no whole number of at most 128 bits"))?;
        Ok(Expectation { gauge: Text::new(gauge), sum })
    }
}

impl From<Kind> for v1::PropertyKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Deadlock => v1::PropertyKind::Deadlock,
            Kind::Termination => v1::PropertyKind::Termination,
            Kind::Quiescence => v1::PropertyKind::Quiescence,
            Kind::Garbage => v1::PropertyKind::Garbage,
            Kind::Conservation => v1::PropertyKind::Conservation,
        }
    }
}

impl From<Victims> for VictimPolicy {
    fn from(victims: Victims) -> Self {
        match victims {
            Victims::Youngest => VictimPolicy::Youngest,
            Victims::FewestHolds => VictimPolicy::FewestHolds,
            Victims::LeastWeight => VictimPolicy::LeastWeight,
        }
    }
}

impl From<Victims> for v1::VictimPolicy {
    fn from(victims: Victims) -> Self {
        match victims {
            Victims::Youngest => v1::VictimPolicy::Youngest,
            Victims::FewestHolds => v1::VictimPolicy::FewestHolds,
            Victims::LeastWeight => v1::VictimPolicy::LeastWeight,
        }
    }
}
