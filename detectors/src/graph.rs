//! Directed graphs on `u32` for the large analyses: compressed rows, components, reachability.
//!
//! Nothing here recurses, so a chain of any length is a matter of memory and not of stack. The small residual
//! graphs that people look at are petgraph's.

use fixedbitset::FixedBitSet;

/// A directed graph in compressed sparse rows: the successors of a node are one slice.
///
/// At most `u32::MAX` nodes and `u32::MAX` edges. Four bytes per node and per edge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Csr {
    /// Where each node's successors begin; one more than there are nodes.
    starts: Vec<u32>,
    targets: Vec<u32>,
}

impl Csr {
    /// The graph of `nodes` nodes with the given edges. Parallel edges and loops stay.
    ///
    /// # Panics
    /// If an edge names a node that is not below `nodes`, or there are more than `u32::MAX` edges.
    ///
    /// # Complexity
    /// O(n + e), by counting.
    #[must_use]
    pub fn new(nodes: usize, edges: &[(u32, u32)]) -> Self {
        assert!(u32::try_from(edges.len()).is_ok(), "a graph has at most u32::MAX edges");
        let mut starts = vec![0_u32; nodes + 1];
        for &(from, to) in edges {
            assert!((to as usize) < nodes, "edge {from} -> {to} leaves the {nodes} nodes");
            starts[from as usize + 1] += 1;
        }
        for i in 0..nodes {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut targets = vec![0_u32; edges.len()];
        for &(from, to) in edges {
            let at = &mut next[from as usize];
            targets[*at as usize] = to;
            *at += 1;
        }
        Csr { starts, targets }
    }

    /// How many nodes there are.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// How many edges there are.
    #[must_use]
    pub fn edges(&self) -> usize {
        self.targets.len()
    }

    /// Where the edges of `node` lead.
    ///
    /// # Panics
    /// If there is no such node.
    #[must_use]
    pub fn successors(&self, node: u32) -> &[u32] {
        let node = node as usize;
        &self.targets[self.starts[node] as usize..self.starts[node + 1] as usize]
    }

    /// The graph with every edge turned round.
    #[must_use]
    pub fn reversed(&self) -> Csr {
        let edges: Vec<_> = (0..self.nodes() as u32)
            .flat_map(|from| self.successors(from).iter().map(move |to| (*to, from)))
            .collect();
        Csr::new(self.nodes(), &edges)
    }

    /// What can be reached from `roots`, themselves included.
    ///
    /// # Complexity
    /// O(n + e).
    #[must_use]
    pub fn reachable(&self, roots: impl IntoIterator<Item = u32>) -> FixedBitSet {
        let mut seen = FixedBitSet::with_capacity(self.nodes());
        let mut stack: Vec<u32> = roots.into_iter().filter(|root| !seen.put(*root as usize)).collect();
        while let Some(node) = stack.pop() {
            for &next in self.successors(node) {
                if !seen.put(next as usize) {
                    stack.push(next);
                }
            }
        }
        seen
    }

    /// The strongly connected components.
    ///
    /// Pearce, "A space-efficient algorithm for finding strongly connected components" (2016), with an explicit
    /// stack.
    ///
    /// # Complexity
    /// O(n + e) time; 12 bytes per node besides the result.
    #[must_use]
    pub fn components(&self) -> Components {
        Pearce::run(self)
    }
}

/// The strongly connected components of a graph, numbered so that every edge between two of them leads from the
/// higher number to the lower: component 0 has no way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Components {
    of: Vec<u32>,
    count: u32,
}

impl Components {
    /// The component of `node`.
    ///
    /// # Panics
    /// If there is no such node.
    #[must_use]
    pub fn of(&self, node: u32) -> u32 {
        self.of[node as usize]
    }

    /// How many components there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count as usize
    }

    /// The members of each component, ascending, as a graph from components to nodes.
    #[must_use]
    pub fn members(&self) -> Csr {
        let nodes = self.of.len();
        let edges: Vec<_> = self.of.iter().enumerate().map(|(node, c)| (*c, node as u32)).collect();
        Csr::new(nodes.max(self.count()), &edges)
    }
}

/// The state of one run. `rindex` is 0 for a node not seen; while a node is open, the lowest visit number that
/// it reaches; and when its component is closed, `u32::MAX` less the component's number.
struct Pearce<'a> {
    graph: &'a Csr,
    rindex: Vec<u32>,
    /// The nodes being visited, each with the position of its next edge and whether it is a root so far.
    visiting: Vec<(u32, u32, bool)>,
    /// Nodes visited whose component is still open.
    open: Vec<u32>,
    index: u32,
    closed: u32,
}

impl<'a> Pearce<'a> {
    fn run(graph: &'a Csr) -> Components {
        let rindex = vec![0; graph.nodes()];
        let mut run = Pearce { graph, rindex, visiting: Vec::new(), open: Vec::new(), index: 1, closed: 0 };
        for node in 0..graph.nodes() as u32 {
            if run.rindex[node as usize] == 0 {
                run.enter(node);
                run.visit();
            }
        }
        let of = run.rindex.iter().map(|r| u32::MAX - r).collect();
        Components { of, count: run.closed }
    }

    fn enter(&mut self, node: u32) {
        self.rindex[node as usize] = self.index;
        self.index += 1;
        self.visiting.push((node, self.graph.starts[node as usize], true));
    }

    fn visit(&mut self) {
        while let Some(top) = self.visiting.last_mut() {
            let (node, edge, _) = *top;
            if edge == self.graph.starts[node as usize + 1] {
                self.leave();
                continue;
            }
            let next = self.graph.targets[edge as usize];
            if self.rindex[next as usize] == 0 {
                // The edge is looked at again when `next` has been left.
                self.enter(next);
                continue;
            }
            top.1 += 1;
            if self.rindex[next as usize] < self.rindex[node as usize] {
                self.rindex[node as usize] = self.rindex[next as usize];
                top.2 = false;
            }
        }
    }

    fn leave(&mut self) {
        let Some((node, _, root)) = self.visiting.pop() else { return };
        if !root {
            self.open.push(node);
            return;
        }
        let component = u32::MAX - self.closed;
        self.closed += 1;
        self.index -= 1;
        while let Some(&member) = self.open.last()
            && self.rindex[node as usize] <= self.rindex[member as usize]
        {
            self.open.pop();
            self.rindex[member as usize] = component;
            self.index -= 1;
        }
        self.rindex[node as usize] = component;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use petgraph::graph::{DiGraph, NodeIndex};

    fn random_graph(seed: u64) -> (usize, Vec<(u32, u32)>) {
        let mut state = seed;
        let mut random = move |n: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % n
        };
        let nodes = 1 + random(12);
        let edges = (0..random(30)).map(|_| (random(nodes) as u32, random(nodes) as u32)).collect();
        (nodes, edges)
    }

    #[test]
    fn components_agree_with_kosaraju() {
        for seed in 0..3_000 {
            let (nodes, edges) = random_graph(seed);
            let components = Csr::new(nodes, &edges).components();
            let mut graph = DiGraph::<(), ()>::new();
            for _ in 0..nodes {
                graph.add_node(());
            }
            for &(from, to) in &edges {
                graph.add_edge(NodeIndex::new(from as usize), NodeIndex::new(to as usize), ());
            }
            let theirs = petgraph::algo::kosaraju_scc(&graph);
            assert_eq!(components.count(), theirs.len(), "seed {seed}");
            for group in theirs {
                let first = components.of(group[0].index() as u32);
                assert!(group.iter().all(|n| components.of(n.index() as u32) == first), "seed {seed}");
            }
            for &(from, to) in &edges {
                assert!(components.of(from) >= components.of(to), "seed {seed}: not in topological order");
            }
        }
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let nodes = 1_000_000;
        let edges: Vec<_> = (1..nodes as u32).map(|n| (n - 1, n)).collect();
        let small = std::thread::Builder::new().stack_size(64 * 1024);
        let run = small.spawn(move || {
            let graph = Csr::new(nodes, &edges);
            (graph.components().count(), graph.reachable([0]).count_ones(..))
        });
        assert_eq!(run.unwrap().join().unwrap(), (nodes, nodes));
    }

    #[test]
    fn members_and_reversal() {
        let graph = Csr::new(4, &[(0, 1), (1, 0), (1, 2), (3, 3)]);
        let components = graph.components();
        let members = components.members();
        assert_eq!(members.successors(components.of(0)), [0, 1]);
        assert_eq!(graph.reversed().successors(2), [1]);
        assert_eq!(graph.reachable([1]).ones().collect::<Vec<_>>(), [0, 1, 2]);
    }
}
