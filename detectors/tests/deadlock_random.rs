//! Small random systems, against a reduction that is written down twice as plainly and a hundred times as slow.

mod common;

use common::*;
use std::collections::BTreeSet;
use stillpoint_detectors::deadlock::{VictimPolicy, deadlock};
use stillpoint_proto::fact::{Grip, Resolution, Resource, Waker};
use stillpoint_proto::id::{Global, Incarnation, ResourceRef, TaskRef};
use stillpoint_proto::verdict::{Certificate, Outcome, Refutation};

struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }
}

/// What a target needs, by the numbers of tasks.
#[derive(Clone)]
enum Needed {
    Any(BTreeSet<usize>),
    Units { pool: usize, units: u64, ticket: Option<u64> },
}

struct Alternative {
    task: usize,
    need: usize,
    of: Vec<Needed>,
}

/// A system with nothing unknown in it.
#[derive(Default)]
struct Plain {
    tasks: usize,
    parents: Vec<Option<usize>>,
    waits: Vec<Alternative>,
    capacity: Vec<u64>,
    holds: Vec<(usize, usize, u64)>,
}

impl Plain {
    fn satisfied(&self, needed: &Needed, reduced: &BTreeSet<usize>) -> bool {
        let (pool, units, ticket) = match needed {
            Needed::Any(tasks) => return !tasks.is_disjoint(reduced),
            Needed::Units { pool, units, ticket } => (*pool, *units, *ticket),
        };
        let held = self.holds.iter().filter(|h| h.1 == pool && !reduced.contains(&h.0)).map(|h| h.2);
        let ahead = self.waits.iter().filter(|w| !reduced.contains(&w.task)).flat_map(|w| &w.of);
        let ahead = ahead.filter_map(|other| match other {
            Needed::Units { pool: p, units, ticket: Some(t) } if *p == pool => Some((*t, *units)),
            _ => None,
        });
        let fair = self.fair(pool);
        let ahead = ahead.filter(|(t, _)| fair && ticket.is_none_or(|own| *t < own)).map(|a| a.1);
        units == 0 || held.chain(ahead).sum::<u64>() + units <= self.capacity[pool]
    }

    fn fair(&self, pool: usize) -> bool {
        pool % 2 == 1
    }

    fn reduce(&self, optimistic: bool, mut reduced: BTreeSet<usize>) -> BTreeSet<usize> {
        loop {
            let before = reduced.len();
            for task in 0..self.tasks {
                let waits: Vec<_> = self.waits.iter().filter(|w| w.task == task).collect();
                let ready = |w: &&Alternative| {
                    w.of.iter().filter(|needed| self.satisfied(needed, &reduced)).count() >= w.need
                };
                let kin =
                    |other: usize| self.parents[other] == Some(task) || self.parents[task] == Some(other);
                let pulled = optimistic && (0..self.tasks).any(|n| kin(n) && reduced.contains(&n));
                if waits.is_empty() || waits.iter().any(ready) || pulled {
                    reduced.insert(task);
                }
            }
            if reduced.len() == before {
                return reduced;
            }
        }
    }
}

struct Built {
    world: World,
    tasks: Vec<TaskRef>,
    plain: Plain,
}

fn build(seed: u64, branches: bool) -> Built {
    let mut random = Random(seed);
    let mut world = World::new();
    let processes = [world.process("p"), world.process("q")];
    let mut plain = Plain::default();
    let mut tasks: Vec<TaskRef> = Vec::new();
    for _ in 0..2 + random.below(6) {
        let parent = if branches && random.below(3) == 0 && !tasks.is_empty() {
            Some(random.below(tasks.len() as u64) as usize)
        } else {
            None
        };
        tasks.push(match parent {
            Some(parent) => world.branch(tasks[parent], "branch"),
            None => world.task(random.pick(&processes), "task"),
        });
        plain.parents.push(parent);
    }
    plain.tasks = tasks.len();
    let pools = pools(&mut world, &mut random, &processes, &mut plain);
    for (n, task) in tasks.iter().enumerate() {
        for (pool, resource) in pools.iter().enumerate() {
            if random.below(3) == 0 {
                let units = 1 + random.below(2);
                world.hold_units(*task, *resource, Grip::Shared(units));
                plain.holds.push((n, pool, units));
            }
        }
    }
    for task in 0..tasks.len() {
        for _ in 0..[0, 1, 1, 1, 1, 2][random.below(6) as usize] {
            wait(&mut world, &mut random, &tasks, &pools, task, &mut plain);
        }
    }
    Built { world, tasks, plain }
}

fn pools(
    world: &mut World,
    random: &mut Random,
    processes: &[Incarnation],
    plain: &mut Plain,
) -> Vec<ResourceRef> {
    (0..3)
        .map(|n| {
            let capacity = 1 + random.below(4);
            plain.capacity.push(capacity);
            let resource = Resource { fair: plain.fair(n), ..semaphore("pool", capacity) };
            world.resource(random.pick(processes), resource)
        })
        .collect()
}

fn wait(
    world: &mut World,
    random: &mut Random,
    tasks: &[TaskRef],
    pools: &[ResourceRef],
    task: usize,
    plain: &mut Plain,
) {
    let (mut on, mut of, mut queue) = (Vec::new(), Vec::new(), Vec::new());
    for n in 0..1 + random.below(3) as usize {
        let (awaited, needed) = match random.below(4) {
            0 => {
                let other = random.below(tasks.len() as u64) as usize;
                (end_of(tasks[other]), Needed::Any([other].into()))
            }
            1 => {
                let others: BTreeSet<_> =
                    (0..random.below(3)).map(|_| random.below(tasks.len() as u64) as usize).collect();
                let wakers = others.iter().map(|other| Waker::Task(tasks[*other]));
                (closed(wakers), Needed::Any(others))
            }
            2 => {
                let other = random.below(tasks.len() as u64) as usize;
                let request = world.request(tasks[task].process, tasks[other]);
                (reply(request), Needed::Any([other].into()))
            }
            _ => {
                let (pool, units) = (random.below(3) as usize, random.below(4));
                let ticket = (random.below(4) != 0).then(|| random.below(1000));
                queue.extend(ticket.map(|ticket| (n, pool, ticket)));
                let counted = ticket.filter(|_| plain.fair(pool));
                (common::units(pools[pool], units), Needed::Units { pool, units, ticket: counted })
            }
        };
        on.push(awaited);
        of.push(needed);
    }
    let need = random.below(on.len() as u64 + 1) as u32;
    let (_, targets) = world.wait_targets(tasks[task], some(need, on));
    for (n, pool, ticket) in queue {
        let target = Global::new(tasks[task].process, targets[n].id);
        world.queue(pools[pool], ticket, Resolution::Target(target));
    }
    plain.waits.push(Alternative { task, need: need as usize, of });
}

fn check(seed: u64, branches: bool) -> &'static str {
    let Built { world, tasks, plain } = build(seed, branches);
    let reduced = plain.reduce(true, BTreeSet::new());
    let certain = plain.reduce(false, BTreeSet::new());
    assert!(certain.is_subset(&reduced), "seed {seed}");
    let name = |task: &TaskRef| tasks.iter().position(|t| t == task).unwrap_or(usize::MAX);
    let mut stuck = BTreeSet::new();
    let mut outcome = "";
    for verdict in deadlock(&world.cut(), VictimPolicy::Youngest) {
        outcome = verdict.outcome.name();
        match verdict.outcome {
            Outcome::Holds(Certificate::Deadlock(found)) => {
                let core: BTreeSet<_> = found.members.iter().map(|m| name(&m.task)).collect();
                stuck.extend(core.iter().copied().chain(found.behind.iter().map(name)));
                closed_core(seed, &plain, &core);
                let victims: Vec<_> = found.victims.iter().map(name).collect();
                minimal(seed, &plain, &reduced, &core, &victims);
            }
            Outcome::DoesNotHold(Refutation::ReductionOrder(order)) => {
                replay(seed, &plain, &order.iter().map(name).collect::<Vec<_>>());
                assert!(stuck.is_empty(), "seed {seed}");
            }
            Outcome::Unknown(_) => assert!(certain.len() < reduced.len(), "seed {seed}: all is known"),
            other => panic!("seed {seed}: {other:?}"),
        }
    }
    let left: BTreeSet<_> = (0..plain.tasks).filter(|t| !reduced.contains(t)).collect();
    assert_eq!(stuck, left, "seed {seed}");
    outcome
}

/// Even if everybody else proceeds, nobody in the core can.
fn closed_core(seed: u64, plain: &Plain, core: &BTreeSet<usize>) {
    let others: BTreeSet<_> = (0..plain.tasks).filter(|t| !core.contains(t)).collect();
    assert_eq!(plain.reduce(true, others.clone()), others, "seed {seed}");
}

fn minimal(seed: u64, plain: &Plain, reduced: &BTreeSet<usize>, core: &BTreeSet<usize>, victims: &[usize]) {
    let frees = |without: Option<usize>| {
        let ended = victims.iter().copied().filter(|v| Some(*v) != without);
        core.is_subset(&plain.reduce(true, reduced.iter().copied().chain(ended).collect()))
    };
    assert!(frees(None), "seed {seed}");
    for victim in victims {
        assert!(core.contains(victim) && !frees(Some(*victim)), "seed {seed}");
    }
}

/// Each task of the order can proceed once those before it have.
fn replay(seed: u64, plain: &Plain, order: &[usize]) {
    let waiting: BTreeSet<_> = plain.waits.iter().map(|w| w.task).collect();
    let mut reduced: BTreeSet<_> = (0..plain.tasks).filter(|t| !waiting.contains(t)).collect();
    for task in order {
        let ready = |w: &Alternative| {
            w.task == *task && w.of.iter().filter(|n| plain.satisfied(n, &reduced)).count() >= w.need
        };
        assert!(plain.waits.iter().any(ready), "seed {seed}: {task} cannot proceed yet");
        reduced.insert(*task);
    }
}

#[test]
fn random_systems_without_branches() {
    let outcomes: Vec<_> = (0..20_000).map(|seed| check(seed, false)).collect();
    assert!(outcomes.iter().filter(|o| **o == "HOLDS").count() > 2_000);
    assert!(outcomes.iter().filter(|o| **o == "DOES_NOT_HOLD").count() > 2_000);
}

#[test]
fn random_systems_with_branches() {
    let outcomes: Vec<_> = (0..20_000).map(|seed| check(seed, true)).collect();
    for name in ["HOLDS", "DOES_NOT_HOLD", "UNKNOWN"] {
        assert!(outcomes.iter().filter(|o| **o == name).count() > 200, "{name}");
    }
}
