//! The tree against the published test data of Certificate Transparency, and against itself on trees of every shape.

use proof::Hash;
use proof::merkle::{Nodes, Tree, consistent, included, leaf_hash, root};
use proptest::prelude::*;

/// The eight inputs of the Certificate Transparency reference tests.
const INPUTS: [&str; 8] =
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

/// The root after each of them.
const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn leaves() -> Vec<Hash> {
    INPUTS.iter().map(|input| leaf_hash(&proof::hash::unhex(input).expect("hexadecimal"))).collect()
}

fn words(path: &[Hash]) -> Vec<String> {
    path.iter().map(Hash::to_string).collect()
}

#[test]
fn roots_are_the_published_ones() {
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(Tree::default().root().to_string(), empty);
    let mut tree = Tree::default();
    for (leaf, root) in leaves().into_iter().zip(ROOTS) {
        tree.push(leaf);
        assert_eq!(tree.root().to_string(), root, "size {}", tree.size());
    }
}

#[test]
fn proofs_of_inclusion_are_the_published_ones() {
    let cases: [(usize, usize, &[&str]); 5] = [
        (0, 1, &[]),
        (
            0,
            8,
            &[
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            5,
            8,
            &[
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (2, 3, &["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
        (
            1,
            5,
            &[
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
    ];
    for (index, size, wanted) in cases {
        assert_eq!(words(&Nodes::new(leaves()).inclusion(index, size)), wanted, "{index} in {size}");
    }
}

#[test]
fn proofs_of_consistency_are_the_published_ones() {
    let cases: [(usize, usize, &[&str]); 5] = [
        (1, 1, &[]),
        (
            1,
            8,
            &[
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            6,
            8,
            &[
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (
            2,
            5,
            &[
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
        (
            6,
            7,
            &[
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
    ];
    for (first, size, wanted) in cases {
        assert_eq!(words(&Nodes::new(leaves()).consistency(first, size)), wanted, "{first} to {size}");
    }
}

fn numbered(count: usize) -> Vec<Hash> {
    (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect()
}

proptest! {
    #[test]
    fn what_is_in_is_proved_and_nothing_else(size in 1usize..200, at in 0usize..200, other in 0usize..200) {
        let all = numbered(size);
        let (index, top) = (at % size, root(&all));
        let path = Nodes::new(all.clone()).inclusion(index, size);
        prop_assert!(included(all[index], index as u64, size as u64, &path, top));
        let elsewhere = other % size;
        prop_assert_eq!(included(all[index], elsewhere as u64, size as u64, &path, top), elsewhere == index);
        prop_assert!(!included(leaf_hash(b"forged"), index as u64, size as u64, &path, top));
        let mut longer = path.clone();
        longer.push(top);
        prop_assert!(!included(all[index], index as u64, size as u64, &longer, top));
        if let Some((_, shorter)) = path.split_last() {
            prop_assert!(!included(all[index], index as u64, size as u64, shorter, top));
        }
    }

    #[test]
    fn a_later_tree_is_shown_to_begin_with_the_earlier(size in 1usize..200, at in 0usize..200, changed in 0usize..200) {
        let all = numbered(size);
        let first = at % size + 1;
        let (old, new) = ((first as u64, root(&all[..first])), (size as u64, root(&all)));
        let path = Nodes::new(all.clone()).consistency(first, size);
        prop_assert!(consistent(old, new, &path));
        // a history with one entry rewritten does not begin with the old one
        let mut rewritten = all.clone();
        rewritten[changed % first] = leaf_hash(b"forged");
        prop_assert!(!consistent(old, (size as u64, root(&rewritten)), &Nodes::new(rewritten.clone()).consistency(first, size)));
        prop_assert!(!consistent(old, (size as u64, root(&rewritten)), &path));
    }

    #[test]
    fn proofs_of_a_beginning_of_the_tree_hold_for_it(size in 1usize..200, first in 0usize..200, at in 0usize..200) {
        let nodes = Nodes::new(numbered(200));
        let (first, index) = (first % size + 1, at % size);
        prop_assert_eq!(nodes.root(size), root(&numbered(size)));
        let path = nodes.inclusion(index, size);
        prop_assert!(included(numbered(200)[index], index as u64, size as u64, &path, nodes.root(size)));
        let path = nodes.consistency(first, size);
        prop_assert!(consistent((first as u64, nodes.root(first)), (size as u64, nodes.root(size)), &path));
    }

    #[test]
    fn a_tree_goes_on_where_it_was_left(size in 0usize..200, more in 0usize..50) {
        let all = numbered(size + more);
        let mut tree = Tree::default();
        all[..size].iter().for_each(|leaf| tree.push(*leaf));
        let mut again = Tree::resume(tree.size(), tree.peaks().to_vec()).expect("its own peaks");
        all[size..].iter().for_each(|leaf| again.push(*leaf));
        prop_assert_eq!(again.root(), root(&all));
    }
}

#[test]
fn peaks_that_do_not_fit_the_size_are_refused() {
    assert_eq!(Tree::resume(3, numbered(1)), None);
    assert!(Tree::resume(0, Vec::new()).is_some());
}
