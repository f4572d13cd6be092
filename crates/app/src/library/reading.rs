//! The history of a rule: its versions, newest first, and what each changed.

use rulebook::{Rule, Rulebook};

/// A version and what it changed against the one before.
#[derive(Debug)]
pub struct VersionChange<'a> {
    /// The version.
    pub rule: &'a Rule,
    /// When it is due, in words.
    pub due: String,
    /// What changed, in words; nothing for the first version.
    pub changes: Vec<String>,
}

/// All versions of a code, newest first.
pub fn versions_of<'a>(rules: &'a Rulebook, code: &str) -> Vec<VersionChange<'a>> {
    let versions = rules.versions(code);
    let mut out: Vec<VersionChange<'a>> = versions
        .iter()
        .enumerate()
        .map(|(at, rule)| VersionChange {
            rule,
            due: rules.due_words(rule),
            changes: at.checked_sub(1).map(|n| changes(rules, versions[n], rule)).unwrap_or_default(),
        })
        .collect();
    out.reverse();
    out
}

fn changes(rules: &Rulebook, before: &Rule, after: &Rule) -> Vec<String> {
    let mut out = Vec::new();
    let mut note = |what: &str, old: String, new: String| {
        if old != new {
            out.push(format!("{what}: {new}, before: {old}"));
        }
    };
    note("Due", rules.due_words(before), rules.due_words(after));
    note("Frequency", before.frequency.as_str().into(), after.frequency.as_str().into());
    note("Name", before.title.clone(), after.title.clone());
    note("Law", before.cited.clone(), after.cited.clone());
    note("Portal", before.portal.clone(), after.portal.clone());
    if before.applies_when != after.applies_when {
        out.push("Who it applies to".into());
    }
    if before.checklist != after.checklist {
        out.push("Checklist".into());
    }
    if before.cost != after.cost {
        out.push("What being late costs".into());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_version_says_what_it_changed() {
        let versions = versions_of(Rulebook::shipped(), "DNBS01");
        assert_eq!(versions.len(), 2);
        assert!(versions[1].changes.is_empty(), "the first version changed nothing");
        let due = &versions[0].changes[0];
        assert_eq!(due, "Due: 21 days after the quarter end, before: 15 days after the quarter end");
    }
}
