//! Whom to end so that everybody else in a core can go on.

use super::index::Index;
use super::network::Node;
use super::reduce::Reduction;
use super::remainder::Core;
use std::cmp::Reverse;

/// Which tasks to end first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum VictimPolicy {
    /// Those that started last, on the clocks of their processes: they have the least work to lose.
    #[default]
    Youngest,
    /// Those that hold least: they are the quickest to undo.
    FewestHolds,
    /// Those of the least [`weight`](stillpoint_proto::fact::Task::weight).
    LeastWeight,
}

/// The most work put into sparing victims: attempts times members. Cores of 512 members and more, with as many
/// victims, are well within it.
const EFFORT: usize = 1 << 22;

/// Tasks whose end frees all the others: none can be spared, unless they are so many in so large a core that
/// to try would take more than [`EFFORT`].
///
/// Ties are broken by name, so that two rounds that see the same core choose the same victims.
///
/// # Complexity
/// O(m log m + e) for m members with e edges, and O(e) for each attempt to spare one of several.
pub(super) fn victims(
    index: &Index<'_>,
    state: &mut Reduction<'_>,
    core: &Core,
    holds: &[u32],
    policy: VictimPolicy,
    of_core: &impl Fn(u32) -> bool,
) -> Vec<u32> {
    let mut order = core.members.clone();
    let rank = |task: &u32| {
        let fact = index.tasks[*task as usize].fact;
        let first = match policy {
            VictimPolicy::Youngest => 0,
            VictimPolicy::FewestHolds => holds[*task as usize],
            VictimPolicy::LeastWeight => fact.weight,
        };
        (first, Reverse(fact.since), *task)
    };
    order.sort_unstable_by_key(rank);
    let mark = state.mark();
    let mut chosen = Vec::new();
    for task in order {
        if !state.has(Node::Task(task)) {
            state.free(task, of_core);
            chosen.push(task);
        }
    }
    state.back_to(mark);
    spare(state, core, &mut chosen, of_core);
    chosen.sort_unstable();
    chosen
}

/// Leaves out those without whom the rest still frees everybody, the last chosen first.
fn spare(state: &mut Reduction<'_>, core: &Core, chosen: &mut Vec<u32>, of_core: &impl Fn(u32) -> bool) {
    if chosen.len() < 2 || chosen.len().saturating_mul(core.members.len()) > EFFORT {
        return;
    }
    for n in (0..chosen.len()).rev() {
        let spared = chosen.remove(n);
        let mark = state.mark();
        chosen.iter().for_each(|task| state.free(*task, of_core));
        let enough = core.members.iter().all(|task| state.has(Node::Task(*task)));
        state.back_to(mark);
        if !enough {
            chosen.insert(n, spared);
        }
    }
}
