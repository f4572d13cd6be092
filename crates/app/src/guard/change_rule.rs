//! What the firm decides beside the law, under guard: one return, or its default about breaches.

use super::GuardError;
use super::command::{Command, key_of};
use super::perform::{Done, Performed, Seen};
use super::words::{day, line};
use crate::database::Tx;
use crate::firm_rules::{self, Effect};
use crate::settings;
use ::filings::ReturnSetting;
use kernel::{Actor, StoreError, Subject};
use maker_checker::{Action, Line, Section, Sight};
use rulebook::Rulebook;

pub(super) async fn set_return<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    command: Command,
    seen: Seen,
) -> Result<Performed, GuardError> {
    let Command::SetReturn { setting } = command.clone() else {
        return Err(StoreError::Other("not a decision about a return".into()).into());
    };
    let mut wanted = *setting;
    let rule = Rulebook::shipped().versions(&wanted.code).pop().ok_or(settings::SettingError::NotFound)?;
    let before = tx.lock_return_setting(&rule.code).await?;
    let before = before.unwrap_or_else(|| ReturnSetting::none(&rule.code));
    if seen == Seen::Now {
        wanted.expected = before.version;
    }
    let after = settings::set_return(tx, actor, wanted).await?;
    let mut lines = lines(&before, &after);
    let guarded = !lines.is_empty();
    lines.extend(line("Reason", None, Some(after.reason.clone())));
    let about = format!("{} · {}", rule.code, rule.title);
    let subject = Subject { kind: "return", id: key_of(&rule.code) };
    let done = Done::Return(Box::new(after));
    Ok(performed(done, guarded, command, about, subject, Section { title: "Your firm".into(), lines }))
}

pub(super) async fn set_firm<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    command: Command,
    seen: Seen,
) -> Result<Performed, GuardError> {
    let Command::SetFirm { setting } = command.clone() else {
        return Err(StoreError::Other("not the firm's default".into()).into());
    };
    let mut wanted = setting;
    let before = tx.firm().await?;
    if seen == Seen::Now {
        wanted.expected = before.rules_version;
    }
    let days = wanted.breach_after_days;
    // Counted against the default of before, so before it is saved.
    let effect = settings::preview_firm(tx, actor, days).await?;
    settings::set_firm(tx, actor, wanted).await?;
    let late = |days: u16| Some(format!("{days} days late"));
    let changed = line("Counts as breached after", late(before.breach_after_days), late(days));
    let lines: Vec<Line> = changed.into_iter().collect();
    let subject = Subject { kind: "firm", id: key_of("breach") };
    let about = "When late counts as breached".to_owned();
    let section = Section { title: "All returns without a number of their own".into(), lines };
    let mut made = performed(Done::Rules, !section.lines.is_empty(), command, about, subject, section);
    made.sight.effects = words(&effect);
    Ok(made)
}

pub(super) fn performed(
    done: Done,
    guarded: bool,
    command: Command,
    about: String,
    subject: Subject,
    section: Section,
) -> Performed {
    Performed {
        done,
        actions: if guarded { vec![Action::Rules] } else { Vec::new() },
        command,
        about,
        subjects: vec![subject],
        client: None,
        sight: Sight { sections: vec![section], ..Sight::default() },
        size: 1,
        due: None,
    }
}

fn lines(before: &ReturnSetting, after: &ReturnSetting) -> Vec<Line> {
    let planned = |setting: &ReturnSetting| match setting.enabled {
        None => Some("As the rulebook says".to_owned()),
        Some(true) => Some("Planned for the clients to whom it applies".into()),
        Some(false) => Some("Not planned".into()),
    };
    let target = |setting: &ReturnSetting| match setting.target {
        None => Some("As the rulebook says".to_owned()),
        Some(own) => Some(own.words()),
    };
    let breach = |setting: &ReturnSetting| match setting.breach_after_days {
        None => Some("The number of the rule or the firm".to_owned()),
        Some(days) => Some(format!("{days} days late")),
    };
    let items = |setting: &ReturnSetting| Some(setting.checklist.join("; "));
    [
        line("Planning", planned(before), planned(after)),
        line("Target", target(before), target(after)),
        line("Counts as breached after", breach(before), breach(after)),
        line("Checklist items of your own", items(before), items(after)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What planning will do to filings afterwards; nothing for a command that is not about the firm's rules.
pub(super) async fn foreseen<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    command: &Command,
) -> Result<Vec<String>, GuardError> {
    let effect = match command.clone() {
        Command::SetReturn { setting } => settings::preview_return(tx, actor, *setting).await?,
        Command::WriteInternal { own } => firm_rules::preview_internal(tx, actor, *own).await?,
        Command::RetireInternal { own } => {
            firm_rules::preview_retiring(tx, actor, &own.code, own.from).await?
        }
        _ => return Ok(Vec::new()),
    };
    Ok(words(&effect))
}

fn words(effect: &Effect) -> Vec<String> {
    let least = if effect.looked_at < effect.of { "at least " } else { "" };
    let told = |n: i64, what: &str| {
        let noun = if n == 1 { "filing" } else { "filings" };
        (n > 0).then(|| format!("{least}{n} {noun} {what}"))
    };
    let first = day(effect.first_dates.first().copied());
    let planned = match first {
        Some(first) => format!("planned, the first due {first}"),
        None => "planned".to_owned(),
    };
    let clients = (effect.clients > 0).then(|| match effect.clients {
        1 => "1 client in all".to_owned(),
        n => format!("{least}{n} clients in all"),
    });
    let mut all: Vec<String> = [
        told(effect.planned, &planned),
        told(effect.withdrawn, "off the plan"),
        told(effect.targets, "with another internal target"),
        told(effect.checklists, "with another checklist"),
        told(effect.breached, "counted as breached"),
        told(effect.no_longer_breached, "no longer counted as breached"),
        clients,
    ]
    .into_iter()
    .flatten()
    .collect();
    if all.is_empty() {
        all.push("No filing changes".into());
    }
    for text in &mut all {
        if let Some(first) = text.get(..1) {
            *text = format!("{}{}", first.to_uppercase(), &text[1..]);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn effects_are_told_in_sentences_and_say_when_they_are_a_lower_bound() {
        let none = Effect { looked_at: 3, of: 3, ..Effect::default() };
        assert_eq!(words(&none), ["No filing changes"]);
        let some = Effect {
            planned: 12,
            withdrawn: 1,
            clients: 2,
            first_dates: vec![date!(2026 - 12 - 05)],
            looked_at: 3,
            of: 9,
            ..Effect::default()
        };
        let told = words(&some);
        assert_eq!(told[0], "At least 12 filings planned, the first due 5 Dec 2026");
        assert_eq!(&told[1..], ["At least 1 filing off the plan", "At least 2 clients in all"]);
    }

    #[test]
    fn a_decision_is_told_in_the_words_of_its_form() {
        let none = ReturnSetting::none("DNBS01");
        let off = ReturnSetting {
            enabled: Some(false),
            breach_after_days: Some(3),
            checklist: vec!["Figures tie".into(), "Sent to the board".into()],
            ..none.clone()
        };
        let told = lines(&none, &off);
        let labels: Vec<&str> = told.iter().map(|line| line.label.as_str()).collect();
        assert_eq!(labels, ["Planning", "Counts as breached after", "Checklist items of your own"]);
        assert_eq!(told[0].after.as_deref(), Some("Not planned"));
        assert_eq!(told[2].before, None, "nothing was added before");
        assert!(lines(&off, &ReturnSetting { reason: "said again".into(), ..off.clone() }).is_empty());
    }
}
