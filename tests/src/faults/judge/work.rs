//! Whether everybody went on working, and in bounded memory.

use super::super::harness::{Harness, lock};
use super::super::knowledge::{Life, who};
use super::super::report::{Weighing, seconds};
use super::super::schedule::Fault;
use super::super::truth::Nanos;
use std::fmt;
use std::time::Duration;

/// For how long a worker that is neither stopped nor dead may record nothing: many workers share few cores.
const STANDSTILL: Duration = Duration::from_secs(5);
/// What a worker may take to begin, or to go on after it was stopped.
const WAKING: Duration = Duration::from_secs(2);
/// How much memory may be more in the last third of a run than in the one before: half as much again, and this.
const SLACK: u64 = 20 << 20;

/// Judges how all have worked.
pub(super) fn judge(harness: &Harness) {
    let knowledge = lock(&harness.knowledge);
    let end = knowledge.lives.iter().filter_map(|life| life.beats.last()).map(|(at, _)| *at).max();
    let end = end.unwrap_or(harness.began);
    for life in &knowledge.lives {
        for (from, length) in standstills(life, end) {
            let who = who(&knowledge, life.incarnation);
            let at = seconds(from.saturating_sub(harness.began));
            harness.find(format!("{who} recorded nothing from {at} on, for {}", seconds(length)));
        }
    }
    let paces = paces(harness, &knowledge.lives);
    if paces.is_slower_alone() {
        harness.find(format!("workers do less while the server is away: {paces}"));
    }
    drop(knowledge);
    let weighings = lock(&harness.weighings);
    for server in [true, false] {
        let thirds = thirds(&weighings, |weighing| weighing.worker.is_none() == server);
        if let Some([_, middle, last]) = thirds
            && last > middle + middle / 2 + SLACK
        {
            let what = if server { "the server" } else { "a worker" };
            harness.find(format!(
                "{what} grows: at most {middle} bytes in the middle of the run, {last} at its end"
            ));
        }
    }
}

/// The times in which an incarnation should have done something and did not.
fn standstills(life: &Life, end: Nanos) -> Vec<(Nanos, Nanos)> {
    let nanos = |time: Duration| u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
    let until = life.ends.unwrap_or(end);
    // Only what changed counts, whatever the heartbeat says.
    let mut changes: Vec<Nanos> = vec![life.started];
    let mut done = None;
    for (at, work) in life.beats.iter().filter(|(at, _)| *at <= until) {
        if done.replace(work.alone) != Some(work.alone) {
            changes.push(*at);
        }
    }
    changes.push(until);
    let excused = |from: Nanos, to: Nanos| {
        let stopped = life.stops.iter().map(|(stop, on)| {
            let (stop, on) = (stop.clamp(&from, &to), on.unwrap_or(until).saturating_add(nanos(WAKING)));
            on.clamp(from, to).saturating_sub(*stop)
        });
        stopped.sum::<Nanos>() + if from == life.started { nanos(WAKING) } else { 0 }
    };
    let gaps = changes.iter().zip(changes.iter().skip(1));
    let gaps = gaps.map(|(from, to)| (*from, to.saturating_sub(*from).saturating_sub(excused(*from, *to))));
    gaps.filter(|(_, length)| *length > nanos(STANDSTILL)).collect()
}

/// How many transfers and items of work a worker has sent and done, while the server was there and while it was killed or
/// stopped.
#[derive(Clone, Copy, Debug, Default)]
pub(in super::super) struct Paces {
    there: (u64, Nanos),
    away: (u64, Nanos),
}

impl Paces {
    /// By so much less may be done without a server, since what else goes wrong at the time is chance.
    const LESS: f64 = 4.0;
    /// Less time without a server says nothing, of all workers together.
    const ENOUGH: Nanos = 20_000_000_000;

    fn per_second((done, time): (u64, Nanos)) -> f64 {
        done as f64 * 1e9 / time.max(1) as f64
    }

    fn is_slower_alone(&self) -> bool {
        self.away.1 > Self::ENOUGH && Self::per_second(self.away) * Self::LESS < Self::per_second(self.there)
    }
}

impl fmt::Display for Paces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (there, away) = (Self::per_second(self.there), Self::per_second(self.away));
        write!(
            f,
            "{there:.0} transfers and items in a second of a worker, {away:.0} while the server is away"
        )
    }
}

/// How fast all have worked.
pub(in super::super) fn paces(harness: &Harness, lives: &[Life]) -> Paces {
    let incidents = lock(&harness.incidents);
    let away = incidents.iter().filter(|i| matches!(i.fault, Fault::ServerKilled | Fault::ServerStopped));
    let away: Vec<(Nanos, Nanos)> = away.filter_map(|incident| Some((incident.from, incident.to?))).collect();
    let mut paces = Paces::default();
    for life in lives {
        for ((from, before), (to, after)) in life.beats.iter().zip(life.beats.iter().skip(1)) {
            if life.stops.iter().any(|(stop, on)| stop < to && on.is_none_or(|on| on > *from)) {
                continue;
            }
            let done = (after.transfers + after.items).saturating_sub(before.transfers + before.items);
            let within = away.iter().any(|(gone, back)| gone <= from && to <= back);
            let apart = away.iter().all(|(gone, back)| to <= gone || back <= from);
            let pace = match (within, apart) {
                (true, _) => &mut paces.away,
                (_, true) => &mut paces.there,
                _ => continue,
            };
            *pace = (pace.0 + done, pace.1 + (to - from));
        }
    }
    paces
}

/// The most in each third of the time.
fn thirds(weighings: &[Weighing], which: impl Fn(&Weighing) -> bool) -> Option<[u64; 3]> {
    let (first, last) = (weighings.first()?.at, weighings.last()?.at);
    let third = (last - first) / 3 + 1;
    let most = |n: u64| {
        let within = weighings.iter().filter(|w| which(w) && (w.at - first) / third == n);
        within.map(|w| w.bytes).max().unwrap_or(0)
    };
    Some([most(0), most(1), most(2)])
}

/// The least, the median and the most of some numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Spread {
    pub(in super::super) least: u64,
    pub(in super::super) median: u64,
    pub(in super::super) most: u64,
}

/// How some numbers are spread.
pub(in super::super) fn spread(numbers: impl Iterator<Item = u64>) -> Spread {
    let mut all: Vec<u64> = numbers.collect();
    all.sort_unstable();
    let at = |n: usize| all.get(n).copied().unwrap_or(0);
    Spread { least: at(0), median: at(all.len() / 2), most: at(all.len().saturating_sub(1)) }
}

#[cfg(test)]
mod tests {
    use super::super::super::truth::Work;
    use super::*;

    const SECOND: Nanos = 1_000_000_000;

    fn life(beats: &[(Nanos, u64)], stops: Vec<(Nanos, Option<Nanos>)>) -> Life {
        let beats = beats.iter().map(|(at, alone)| (at * SECOND, Work { alone: *alone, ..Work::default() }));
        Life { started: 0, beats: beats.collect(), stops, ..Life::default() }
    }

    #[test]
    fn who_records_nothing_stands_still() {
        let works = life(&[(1, 1), (4, 2), (8, 3)], Vec::new());
        assert_eq!(standstills(&works, 9 * SECOND), []);
        let idle = life(&[(1, 1), (4, 1), (8, 1)], Vec::new());
        assert_eq!(standstills(&idle, 9 * SECOND), [(SECOND, 8 * SECOND)]);
    }

    #[test]
    fn who_is_stopped_is_excused() {
        let stopped = life(&[(1, 1), (12, 2)], vec![(2 * SECOND, Some(11 * SECOND))]);
        assert_eq!(standstills(&stopped, 12 * SECOND), []);
    }

    #[test]
    fn who_does_nothing_without_a_server_is_found() {
        let second = |n| n * SECOND;
        let paces = Paces { there: (1000, second(10)), away: (1000, second(30)) };
        assert!(!paces.is_slower_alone(), "{paces}");
        let paces = Paces { there: (1000, second(10)), away: (100, second(30)) };
        assert!(paces.is_slower_alone(), "{paces}");
    }

    #[test]
    fn a_spread_has_a_median() {
        assert_eq!(spread([5, 1, 9].into_iter()), Spread { least: 1, median: 5, most: 9 });
        assert_eq!(spread(std::iter::empty()), Spread::default());
    }
}
