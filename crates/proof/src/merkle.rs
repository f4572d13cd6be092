//! The Merkle tree of RFC 6962, section 2.1: hashing, proofs of inclusion and of consistency, and how to check them.

use crate::hash::Hash;

/// The hash of a leaf: a zero byte before its content.
pub fn leaf_hash(content: &[u8]) -> Hash {
    let mut bytes = Vec::with_capacity(content.len() + 1);
    bytes.push(0);
    bytes.extend_from_slice(content);
    Hash::of(&bytes)
}

/// The hash of an inner node: a one byte before its children.
pub fn node_hash(left: Hash, right: Hash) -> Hash {
    let mut bytes = [1; 65];
    bytes[1..33].copy_from_slice(&left.0);
    bytes[33..].copy_from_slice(&right.0);
    Hash::of(&bytes)
}

/// A tree that only grows, kept as the roots of its complete subtrees from the largest to the smallest: one for each bit
/// that is set in the size.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tree {
    size: u64,
    peaks: Vec<Hash>,
}

impl Tree {
    /// A tree of this size with these subtrees; `None` when they do not belong together.
    pub fn resume(size: u64, peaks: Vec<Hash>) -> Option<Self> {
        (usize::try_from(size.count_ones()) == Ok(peaks.len())).then_some(Self { size, peaks })
    }

    /// How many leaves it has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The roots of its complete subtrees.
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Adds a leaf.
    pub fn push(&mut self, leaf: Hash) {
        let mut node = leaf;
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                node = node_hash(left, node);
            }
        }
        self.peaks.push(node);
        self.size += 1;
    }

    /// The root; that of no leaves is the hash of nothing.
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev().copied();
        match peaks.next() {
            None => Hash::of(b""),
            Some(last) => peaks.fold(last, |right, left| node_hash(left, right)),
        }
    }
}

/// The root over these leaves.
pub fn root(leaves: &[Hash]) -> Hash {
    let mut tree = Tree::default();
    leaves.iter().for_each(|leaf| tree.push(*leaf));
    tree.root()
}

/// All complete subtrees of a tree, so that a proof costs as many steps as the tree is high.
#[derive(Debug, Clone)]
pub struct Nodes {
    /// Leaves first; each level holds the pairs of the one below, without an odd last.
    levels: Vec<Vec<Hash>>,
}

impl Nodes {
    /// Over these leaves.
    pub fn new(leaves: Vec<Hash>) -> Self {
        let mut levels = vec![leaves];
        while let Some(below) = levels.last().filter(|level| level.len() > 1) {
            let level = below.chunks_exact(2).map(|pair| node_hash(pair[0], pair[1])).collect();
            levels.push(level);
        }
        Self { levels }
    }

    /// How many leaves.
    pub fn len(&self) -> usize {
        self.levels[0].len()
    }

    /// Whether there is no leaf.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The root over the leaves from `start` up to, without, `end`, where `start` is where a subtree begins.
    fn over(&self, start: usize, end: usize) -> Hash {
        let size = end - start;
        if size == 0 {
            return Hash::of(b"");
        }
        if size.is_power_of_two() {
            let level = size.trailing_zeros() as usize;
            return self.levels[level][start >> level];
        }
        let middle = start + split(size);
        node_hash(self.over(start, middle), self.over(middle, end))
    }

    /// The root over the first leaves.
    pub fn root(&self, size: usize) -> Hash {
        self.over(0, size.min(self.len()))
    }

    /// What proves that a leaf is in the tree over the first `size`: the siblings on its way up. Empty when it is not there.
    pub fn inclusion(&self, index: usize, size: usize) -> Vec<Hash> {
        let mut path = Vec::new();
        if index >= size || size > self.len() {
            return path;
        }
        let (mut start, mut end) = (0, size);
        while end - start > 1 {
            let middle = start + split(end - start);
            if index < middle {
                path.push(self.over(middle, end));
                end = middle;
            } else {
                path.push(self.over(start, middle));
                start = middle;
            }
        }
        path.reverse();
        path
    }

    /// What proves that the tree over the first leaves is a beginning of the tree over the first `size`.
    pub fn consistency(&self, first: usize, size: usize) -> Vec<Hash> {
        let mut path = Vec::new();
        if first == 0 || first >= size || size > self.len() {
            return path;
        }
        let (mut start, mut end) = (0, size);
        while first != end {
            let middle = start + split(end - start);
            if first <= middle {
                path.push(self.over(middle, end));
                end = middle;
            } else {
                path.push(self.over(start, middle));
                start = middle;
            }
        }
        // the verifier has the root of the first tree already when that is a complete subtree from the start
        if start > 0 {
            path.push(self.over(start, end));
        }
        path.reverse();
        path
    }
}

/// The largest power of two below a size of at least two.
fn split(size: usize) -> usize {
    1 << (usize::BITS - 1 - (size - 1).leading_zeros())
}

/// Whether the path leads from the leaf to the root.
pub fn included(leaf: Hash, index: u64, size: u64, path: &[Hash], root: Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut node, mut at, mut last) = (leaf, index, size - 1);
    for sibling in path {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            node = node_hash(*sibling, node);
            while at & 1 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            node = node_hash(node, *sibling);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && node == root
}

/// Whether the second tree begins with the first.
pub fn consistent((size, root): (u64, Hash), (later, later_root): (u64, Hash), path: &[Hash]) -> bool {
    if size == later {
        return path.is_empty() && root == later_root;
    }
    if size == 0 || size > later {
        return size == 0 && path.is_empty();
    }
    let mut path = path.iter().copied();
    let (mut at, mut last) = (size - 1, later - 1);
    while at & 1 == 1 {
        (at, last) = (at >> 1, last >> 1);
    }
    let start = if size.is_power_of_two() { Some(root) } else { path.next() };
    let Some(start) = start else { return false };
    let (mut old, mut new) = (start, start);
    for sibling in path {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            (old, new) = (node_hash(sibling, old), node_hash(sibling, new));
            while at & 1 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            new = node_hash(new, sibling);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && old == root && new == later_root
}
