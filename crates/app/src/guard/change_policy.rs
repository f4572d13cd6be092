//! A policy itself, under guard: whoever may switch four eyes off needs a second pair for it.

use super::GuardError;
use super::command::{Command, key_of};
use super::perform::{Done, Performed, Seen};
use super::policies::policy_of;
use super::words::{self, line};
use crate::database::Tx;
use kernel::id::UserId;
use kernel::{Actor, Change, Counted, Feature, NotEntitled, Permission, Role, StoreError, Subject};
use maker_checker::{Action, Line, Policy, Section, Sight};
use serde_json::json;

pub(super) async fn save<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    command: Command,
    seen: Seen,
) -> Result<Performed, GuardError> {
    actor.require(Permission::PoliciesEdit)?;
    let Command::SavePolicy { policy } = command.clone() else {
        return Err(StoreError::Other("not a policy".into()).into());
    };
    let mut wanted = policy.policy()?;
    let before = policy_of(&tx.policies().await?, wanted.action);
    if seen == Seen::Now {
        wanted.version = before.version;
    }
    let people = tx.users().await?;
    let active: Vec<(UserId, Role)> = people.iter().filter(|u| u.active).map(|u| (u.id, u.role)).collect();
    let wanted = wanted.checked(&active)?;
    if wanted.levels != before.levels {
        within_the_plan(actor, wanted.levels.len())?;
    }
    tx.save_policy(&wanted, actor.user, actor.at).await?;
    let name = |id: UserId| {
        people.iter().find(|u| u.id == id).map_or_else(|| format!("person {id}"), |u| u.display_name.clone())
    };
    let (old, new) = (words::levels(&before, name), words::levels(&wanted, name));
    let lines = lines(&before, &wanted, &old, &new);
    let title = wanted.action.title();
    let text = format!("decided who approves \"{title}\": {}", told(&new));
    let entry = Change::new("policies.edit", "policy", key_of(wanted.action.as_str()), text)
        .with(Some(json!({ "levels": old })), Some(json!({ "levels": new })));
    tx.record(entry).await?;
    let guarded = !lines.is_empty();
    Ok(Performed {
        done: Done::Policy(wanted.action),
        actions: if guarded { vec![Action::Policy] } else { Vec::new() },
        command,
        about: title.into(),
        subjects: vec![Subject { kind: "policy", id: key_of(wanted.action.as_str()) }],
        client: None,
        sight: Sight {
            sections: vec![Section { title: title.into(), lines }],
            effects: vec!["Proposals that wait already keep the levels they have".into()],
            ..Sight::default()
        },
        size: 1,
        due: None,
    })
}

/// Switching four eyes off is possible on every plan. What was decided on a larger plan stays as it is and counts as far as
/// the present one goes.
fn within_the_plan(actor: &Actor, levels: usize) -> Result<(), NotEntitled> {
    if levels == 0 {
        return Ok(());
    }
    actor.entitled(Feature::MakerChecker)?;
    let most = actor.entitlements.limit(Counted::ApprovalLevels).get();
    let wanted = i64::try_from(levels).unwrap_or(i64::MAX);
    actor.entitlements.room(Counted::ApprovalLevels, most, wanted.saturating_sub(most).max(0))
}

fn told(levels: &[String]) -> String {
    if levels.is_empty() { "nobody, it applies at once".into() } else { levels.join("; then ") }
}

fn lines(before: &Policy, after: &Policy, old: &[String], new: &[String]) -> Vec<Line> {
    let mut found = Vec::new();
    for at in 0..old.len().max(new.len()) {
        found.extend(line(&format!("Level {}", at + 1), old.get(at).cloned(), new.get(at).cloned()));
    }
    let off = |levels: &[String]| Some(if levels.is_empty() { "Off" } else { "On" }.to_owned());
    found.extend(line("Approval", off(old), off(new)));
    let days = |p: &Policy| Some(format!("{} days", p.expires_after_days));
    found.extend(line("Lapses after", days(before), days(after)));
    let must = |p: &Policy| Some(if p.reason_required { "Required" } else { "Optional" }.to_owned());
    found.extend(line("Reason of the maker", must(before), must(after)));
    found
}
