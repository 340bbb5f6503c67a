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

/// To spare victims is tried for up to so many, times members. Cores of 512 members and more, with as many victims,
/// are well within it.
const EFFORT: usize = 1 << 22;

/// Tasks whose end frees all the others: none can be spared, unless they are so many in so large a core that
/// their number times that of the members is more than 4,194,304.
///
/// Ties are broken by name, so that two rounds that see the same core choose the same victims. `state` is the
/// reduction within all cores, and is left as it was.
///
/// # Complexity
/// O(m log m + e) for m members with e edges between them, to choose k victims; to spare some of them O(k log k + e)
/// where each frees little, and at most O(k e).
pub(super) fn victims(
    index: &Index<'_>,
    state: &mut Reduction<'_>,
    core: &Core,
    holds: &[u32],
    policy: VictimPolicy,
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
            state.free(task);
            chosen.push(task);
        }
    }
    state.back_to(mark);
    if chosen.len() > 1 && chosen.len().saturating_mul(core.members.len()) <= EFFORT {
        let mut needed = Vec::new();
        spare(state, core.members.len(), &chosen, &mut needed);
        chosen = needed;
    }
    chosen.sort_unstable();
    chosen
}

/// Adds to `needed` those of `chosen` without whom the rest does not free all `members`: the last first, each given
/// that all before it end and those after it that are needed. `state` is that in which all other victims have ended.
///
/// ```text
///   1 2 3 4      1 2 end, then of 3 4:   3 ends, then is 4 needed?   4 if needed ends, then is 3?
///                what is needed of 3 4 ends, then of 1 2:   1 ends, ...
/// ```
///
/// The recursion is as deep as the logarithm of their number.
fn spare(state: &mut Reduction<'_>, members: usize, chosen: &[u32], needed: &mut Vec<u32>) {
    if state.freed() == members {
        return;
    }
    if let [victim] = chosen {
        needed.push(*victim);
        return;
    }
    let (first, last) = chosen.split_at(chosen.len() / 2);
    let (mark, before) = (state.mark(), needed.len());
    first.iter().for_each(|victim| state.free(*victim));
    spare(state, members, last, needed);
    state.back_to(mark);
    needed[before..].iter().for_each(|victim| state.free(*victim));
    spare(state, members, first, needed);
    state.back_to(mark);
}
