//! Which demands on a resource have become grantable, as units come free one claim after the other.
//!
//! A demand's *slack* is the capacity less its own units and the claims ahead of it: holds are ahead of every
//! demand, places in a queue of the demands with a higher ticket. With the demands in the order of their
//! tickets, a claim that ends adds its units to all slacks from some position on. A tree over the differences
//! of neighbouring slacks takes that as one change of one leaf, and its root knows the greatest slack.
//!
//! ```text
//!   slack       3   3  -2  -2        a claim of 4 ahead of all but the first two ends:
//!   difference  3   0  -5   0   ->   3   0  -1   0
//! ```

/// Below every slack, however much is added to it.
const LOW: i128 = i128::MIN / 4;

#[derive(Clone, Copy)]
struct Node {
    /// The differences below, added up.
    sum: i128,
    /// The greatest slack below, counted from the left end, among demands not granted yet; else about [`LOW`].
    best: i128,
}

const EMPTY: Node = Node { sum: 0, best: LOW };

/// The demands on every resource: for each a perfect tree in one common array.
#[derive(Default)]
pub(super) struct Ledger {
    nodes: Vec<Node>,
    /// The target at each leaf, tree after tree.
    targets: Vec<u32>,
    trees: Vec<Tree>,
}

#[derive(Clone, Copy, Default)]
struct Tree {
    root: usize,
    leaves: usize,
    /// Where its targets begin.
    first: usize,
}

/// The place of a demand in its resource's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) resource: u32,
    pub(super) position: u32,
}

impl Ledger {
    /// Adds the tree of the next resource: its demands in order, each with its slack.
    ///
    /// # Complexity
    /// O(n).
    pub(super) fn push(&mut self, demands: impl ExactSizeIterator<Item = (u32, i128)>) {
        let leaves = demands.len().next_power_of_two();
        let tree = Tree { root: self.nodes.len(), leaves, first: self.targets.len() };
        self.nodes.resize(tree.root + 2 * leaves, EMPTY);
        let mut before = 0;
        for (n, (target, slack)) in demands.enumerate() {
            let difference = slack - before;
            self.nodes[tree.root + leaves + n] = Node { sum: difference, best: difference };
            self.targets.push(target);
            before = slack;
        }
        for n in (1..leaves).rev() {
            self.nodes[tree.root + n] = self.join(tree, n);
        }
        self.trees.push(tree);
    }

    fn join(&self, tree: Tree, n: usize) -> Node {
        let (left, right) = (self.nodes[tree.root + 2 * n], self.nodes[tree.root + 2 * n + 1]);
        Node { sum: left.sum + right.sum, best: left.best.max(left.sum + right.best) }
    }

    fn set(&mut self, tree: Tree, position: usize, leaf: Node) {
        let mut n = tree.leaves + position;
        self.nodes[tree.root + n] = leaf;
        while n > 1 {
            n /= 2;
            self.nodes[tree.root + n] = self.join(tree, n);
        }
    }

    /// Adds `units` (or takes them away) from the slack of the demands from `slot` on.
    ///
    /// # Complexity
    /// O(log n) in the demands on the resource.
    pub(super) fn add(&mut self, slot: Slot, units: i128) {
        let tree = self.trees[slot.resource as usize];
        let position = slot.position as usize;
        if position >= tree.leaves {
            return;
        }
        let leaf = self.nodes[tree.root + tree.leaves + position];
        let granted = leaf.best < leaf.sum;
        let sum = leaf.sum + units;
        self.set(tree, position, Node { sum, best: if granted { LOW } else { sum } });
    }

    /// A demand that can be granted and was not given yet.
    ///
    /// # Complexity
    /// O(log n).
    pub(super) fn grant(&mut self, resource: u32) -> Option<u32> {
        let tree = self.trees[resource as usize];
        if tree.leaves == 0 || self.nodes[tree.root + 1].best < 0 {
            return None;
        }
        let (mut n, mut before) = (1, 0);
        while n < tree.leaves {
            let left = self.nodes[tree.root + 2 * n];
            n *= 2;
            if before + left.best < 0 {
                before += left.sum;
                n += 1;
            }
        }
        let position = n - tree.leaves;
        let sum = self.nodes[tree.root + n].sum;
        self.set(tree, position, Node { sum, best: LOW });
        Some(self.targets[tree.first + position])
    }

    /// Makes a demand one that was not given yet.
    pub(super) fn revoke(&mut self, slot: Slot) {
        let tree = self.trees[slot.resource as usize];
        let sum = self.nodes[tree.root + tree.leaves + slot.position as usize].sum;
        self.set(tree, slot.position as usize, Node { sum, best: sum });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grants_what_a_plain_list_would() {
        let mut state = 7_u64;
        let mut random = move |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % n
        };
        for _ in 0..500 {
            let mut slacks: Vec<i128> = (0..random(9)).map(|_| i128::from(random(20)) - 15).collect();
            let mut open = vec![true; slacks.len()];
            let mut ledger = Ledger::default();
            ledger.push(slacks.iter().enumerate().map(|(n, slack)| (n as u32, *slack)));
            for _ in 0..12 {
                let (position, units) = (random(9) as u32, i128::from(random(6)) - 1);
                ledger.add(Slot { resource: 0, position }, units);
                slacks.iter_mut().skip(position as usize).for_each(|slack| *slack += units);
                let mut granted = Vec::new();
                while let Some(target) = ledger.grant(0) {
                    granted.push(target as usize);
                }
                granted.sort_unstable();
                let expected: Vec<_> = (0..slacks.len()).filter(|n| open[*n] && slacks[*n] >= 0).collect();
                assert_eq!(granted, expected);
                granted.iter().for_each(|n| open[*n] = false);
                if let Some(n) = granted.first() {
                    ledger.revoke(Slot { resource: 0, position: *n as u32 });
                    open[*n] = true;
                }
            }
        }
    }
}
