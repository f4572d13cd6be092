//! A bundle that somebody edited: what is found, and which entry is named.

use proof::bundle::FORMAT;
use proof::merkle::{Nodes, Tree, root};
use proof::{
    Broken, Checkpoint, Entry, Fault, Hash, Key, KeyRecord, Line, Manifest, Report, Stored, Trust, Verifier,
};

struct Bundle {
    manifest: Manifest,
    keys: Vec<KeyRecord>,
    checkpoints: Vec<Checkpoint>,
    lines: Vec<Line>,
}

fn key(byte: &str) -> Key {
    Key::parse(&byte.repeat(32)).expect("a seed")
}

fn at(minute: u64) -> String {
    format!("2026-11-21T05:{minute:02}:00.000000Z")
}

fn entry(place: u64) -> Entry {
    Entry {
        firm: 7,
        id: 100 + place as i64,
        at: at(place),
        actor_id: Some(3),
        actor_name: "Ananya Iyer".into(),
        acting_for: None,
        action: "filings.file".into(),
        subject_kind: "filing".into(),
        subject_id: 41,
        client_id: None,
        text: format!("did thing {place}"),
        before: None,
        after: None,
        request_id: "r".into(),
        address: None,
    }
}

/// Ten entries, sealed at 4, 7 and 10; the key changes before the last.
fn bundle() -> Bundle {
    let (old, new) = (key("01"), key("02"));
    let mut tree = Tree::default();
    let (mut lines, mut checkpoints) = (Vec::new(), Vec::new());
    for place in 0..10 {
        let entry = entry(place);
        tree.push(entry.leaf());
        lines.push(Line { leaf: place, hash: entry.leaf(), proof: None, entry });
        if [4, 7, 10].contains(&tree.size()) {
            let by = if tree.size() == 10 { &new } else { &old };
            checkpoints.push(Checkpoint::sign(7, tree.size(), tree.root(), at(place), by));
        }
    }
    Bundle {
        manifest: Manifest {
            format: FORMAT.into(),
            firm: 7,
            firm_name: "Kaveri".into(),
            made_at: at(20),
            whole: true,
            about: "everything".into(),
        },
        keys: vec![old.record(7, at(0), None), new.record(7, at(8), Some(&old))],
        checkpoints,
        lines,
    }
}

impl Bundle {
    fn check(&self, trust: &Trust) -> Result<Report, Broken> {
        let mut verifier = Verifier::new(self.manifest.clone(), &self.keys, self.checkpoints.clone(), trust)?;
        for line in &self.lines {
            verifier.entry(line)?;
        }
        verifier.finish()
    }

    #[track_caller]
    fn broken(&self, trust: &Trust, fault: Fault, leaf: Option<u64>, entry: Option<i64>) {
        let broken = self.check(trust).expect_err("it was tampered with");
        assert_eq!((broken.fault, broken.leaf, broken.entry), (fault, leaf, entry), "{broken}");
    }

    /// The part of it with these entries.
    fn part(&self, places: &[usize]) -> Self {
        let nodes = Nodes::new(self.lines.iter().map(|line| line.hash).collect());
        let mut checkpoints = self.checkpoints.clone();
        for i in 1..checkpoints.len() {
            let (before, size) = (checkpoints[i - 1].size as usize, checkpoints[i].size as usize);
            checkpoints[i].consistency = nodes.consistency(before, size);
        }
        let line = |place: &usize| Line {
            proof: Some(nodes.inclusion(*place, nodes.len())),
            ..self.lines[*place].clone()
        };
        Self {
            manifest: Manifest { whole: false, ..self.manifest.clone() },
            keys: self.keys.clone(),
            checkpoints,
            lines: places.iter().map(line).collect(),
        }
    }

    /// What somebody kept at the checkpoint with this index.
    fn stored(&self, index: usize) -> Trust {
        let checkpoint = self.checkpoints[index].clone();
        let public_key = if index == 2 { key("02").public() } else { key("01").public() };
        Trust { stored: Some(Stored { checkpoint, public_key }), key: None }
    }

    /// Gives the hashes that fit the entries, as somebody with the whole store would.
    fn cover_up(mut self) -> Self {
        for (place, line) in self.lines.iter_mut().enumerate() {
            (line.leaf, line.hash) = (place as u64, line.entry.leaf());
        }
        self
    }

    /// Signs everything anew with a key of their own.
    fn sign_anew(mut self) -> Self {
        let own = key("09");
        let hashes: Vec<Hash> = self.lines.iter().map(|line| line.hash).collect();
        for checkpoint in &mut self.checkpoints {
            let size = (checkpoint.size as usize).min(hashes.len());
            *checkpoint =
                Checkpoint::sign(7, size as u64, root(&hashes[..size]), checkpoint.at.clone(), &own);
        }
        self.keys = vec![own.record(7, at(0), None)];
        self
    }
}

const NONE: Trust = Trust { stored: None, key: None };

#[test]
fn an_honest_bundle_passes_and_says_what_it_rests_on() {
    let bundle = bundle();
    let report = bundle.check(&NONE).expect("honest");
    assert_eq!((report.entries, report.last_entry), (10, Some(109)));
    assert!(report.notes[0].contains(&key("01").public().id().to_string()), "{:?}", report.notes);
    for index in 0..3 {
        let report = bundle.check(&bundle.stored(index)).expect("honest");
        assert_eq!(report.notes, Vec::<String>::new());
    }
    for byte in ["01", "02"] {
        bundle.check(&Trust { key: Some(key(byte).public()), stored: None }).expect("honest");
    }
}

#[test]
fn a_changed_entry_is_named() {
    let mut bundle = bundle();
    bundle.lines[5].entry.text.push('!');
    bundle.broken(&NONE, Fault::Changed, Some(5), Some(105));
    // with its hash: the checkpoint over 7 does not fit, and everything up to the one over 4 does
    bundle.cover_up().broken(&NONE, Fault::Root, Some(4), Some(104));
}

#[test]
fn an_entry_removed_from_the_middle_is_named() {
    let mut bundle = bundle();
    bundle.lines.remove(5);
    bundle.broken(&NONE, Fault::Missing, Some(5), None);
    bundle.cover_up().broken(&NONE, Fault::Root, Some(4), Some(104));
}

#[test]
fn the_newest_entry_removed_is_missed() {
    let mut bundle = bundle();
    let kept = bundle.stored(2);
    bundle.lines.pop();
    bundle.broken(&NONE, Fault::Missing, Some(9), None);
    // with its checkpoint: the bundle alone looks honest, the stored checkpoint tells
    bundle.checkpoints.pop();
    bundle.lines.truncate(7);
    bundle.check(&NONE).expect("nothing in it tells");
    bundle.broken(&kept, Fault::Missing, Some(7), None);
}

#[test]
fn another_order_is_named() {
    let mut bundle = bundle();
    bundle.lines.swap(5, 6);
    bundle.broken(&NONE, Fault::Missing, Some(5), None);
    bundle.lines[5] = bundle.lines[2].clone();
    bundle.broken(&NONE, Fault::Order, Some(2), Some(102));
    let mut bundle = self::bundle();
    bundle.lines.swap(5, 6);
    bundle.cover_up().broken(&NONE, Fault::Root, Some(4), Some(104));
}

#[test]
fn a_forged_checkpoint_is_named() {
    let mut bundle = bundle();
    bundle.checkpoints[1].root = Hash::of(b"forged");
    bundle.broken(&NONE, Fault::Checkpoint, Some(6), None);
    let mut bundle = self::bundle();
    bundle.checkpoints[2] = Checkpoint::sign(7, 10, bundle.checkpoints[2].root, at(9), &key("09"));
    bundle.broken(&NONE, Fault::Checkpoint, Some(9), None);
    // by a key that had been replaced
    let mut bundle = self::bundle();
    bundle.checkpoints[1] = Checkpoint::sign(7, 7, bundle.checkpoints[1].root, at(6), &key("02"));
    bundle.checkpoints[2] = Checkpoint::sign(7, 10, bundle.checkpoints[2].root, at(9), &key("01"));
    bundle.broken(&NONE, Fault::Checkpoint, Some(9), None);
}

#[test]
fn a_history_signed_anew_passes_only_with_who_has_nothing_to_compare() {
    let honest = bundle();
    let (kept, key) = (honest.stored(0), Trust { stored: None, key: Some(key("01").public()) });
    let mut bundle = bundle();
    bundle.lines[2].entry.text = "did nothing".into();
    let bundle = bundle.cover_up().sign_anew();
    let report = bundle.check(&NONE).expect("nothing in it tells");
    assert!(report.notes[0].contains("Compare its fingerprint"), "{:?}", report.notes);
    bundle.broken(&kept, Fault::Key, None, None);
    bundle.broken(&key, Fault::Key, None, None);
}

#[test]
fn a_key_that_the_one_before_it_did_not_sign_is_refused() {
    let mut bundle = bundle();
    bundle.keys[1] = key("02").record(7, at(8), None);
    bundle.broken(&NONE, Fault::Key, None, None);
    // who knows the new key another way may go on: it covers everything again
    let report = bundle.check(&Trust { key: Some(key("02").public()), stored: None }).expect("known");
    assert_eq!(report.entries, 10);
    // but the old key may not have the last word
    bundle.checkpoints.pop();
    bundle.lines.truncate(7);
    bundle.broken(&Trust { key: Some(key("02").public()), stored: None }, Fault::Checkpoint, Some(6), None);
}

#[test]
fn a_stored_checkpoint_of_another_history_is_noticed() {
    let honest = bundle();
    let other = Checkpoint::sign(7, 6, Hash::of(b"another"), at(5), &key("01"));
    let stored = Stored { checkpoint: other, public_key: key("01").public() };
    let trust = Trust { stored: Some(stored), key: None };
    honest.broken(&trust, Fault::Root, Some(4), Some(104));
    let mut unsigned = honest.stored(1);
    unsigned.stored.as_mut().unwrap().checkpoint.size = 3;
    honest.broken(&unsigned, Fault::Bundle, None, None);
}

#[test]
fn some_entries_are_proved_one_by_one() {
    let whole = bundle();
    let part = whole.part(&[2, 5, 9]);
    let report = part.check(&whole.stored(1)).expect("honest");
    assert_eq!(report.entries, 3);
    assert!(report.notes[0].contains("some of the entries"), "{:?}", report.notes);
    let mut changed = whole.part(&[2, 5, 9]);
    changed.lines[1].entry.text.push('!');
    changed.broken(&NONE, Fault::Changed, Some(5), Some(105));
    changed.lines[1].hash = changed.lines[1].entry.leaf();
    changed.broken(&NONE, Fault::Root, Some(5), Some(105));
    let mut moved = whole.part(&[2, 5, 9]);
    moved.lines[1].leaf = 6;
    moved.broken(&NONE, Fault::Root, Some(6), Some(105));
    let mut rewritten = whole.part(&[2]);
    rewritten.checkpoints[1].consistency.pop();
    rewritten.broken(&NONE, Fault::Checkpoint, Some(6), None);
}

#[test]
fn what_no_checkpoint_covers_is_not_proved() {
    let mut bundle = bundle();
    let entry = entry(10);
    bundle.lines.push(Line { leaf: 10, hash: entry.leaf(), proof: None, entry });
    bundle.broken(&NONE, Fault::Unsealed, Some(10), Some(110));
}
