//! What somebody entered for a relaxation, checked and brought into its normal form.

use super::{Circular, Effect, Relaxation, Scope, Whose};
use kernel::fields::check_text;
use kernel::{Actor, Date, FieldErrors, Id};
use rulebook::Rulebook;

/// Most returns in one relaxation.
const MAX_CODES: usize = 50;
/// Most period keys in one relaxation.
const MAX_KEYS: usize = 100;
/// Most clients named one by one.
const MAX_CLIENTS: usize = 20_000;

/// What somebody entered.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// `MCA`.
    pub regulator: String,
    /// What it covers.
    pub scope: Scope,
    /// What it gives; none when nothing or several were entered.
    pub effect: Option<Effect>,
    /// It names dates that had passed already.
    pub names_past: bool,
    /// Number of the circular.
    pub circular_no: String,
    /// Its date.
    pub circular_on: Option<Date>,
    /// Where to read it.
    pub circular_url: Option<String>,
    /// For colleagues.
    pub note: String,
    /// Why the firm carries it out; asked for when it is applied, not for the preview.
    pub reason: Option<String>,
}

/// Checks a draft. The answer has no id yet.
pub fn check(draft: Draft, actor: &Actor, rules: &Rulebook) -> Result<Relaxation, FieldErrors> {
    let mut errors = FieldErrors::new();
    let regulator = draft.regulator.trim().to_uppercase();
    if !rules.rules().iter().any(|rule| rule.regulator == regulator) {
        errors.add("regulator", "Choose the regulator that issued the circular.");
    }
    let scope = check_scope(draft.scope, rules, &mut errors);
    check_circular(&draft.circular_no, draft.circular_on, draft.circular_url.as_deref(), actor, &mut errors);
    check_text(&mut errors, "note", &draft.note, 2_000);
    if let Some(reason) = &draft.reason {
        check_text(&mut errors, "reason", reason, 1_000);
        if reason.trim().chars().count() < 5 {
            errors.add("reason", "Give a reason of at least 5 characters; it stays on the record.");
        }
    }
    check_effect(draft.effect, &mut errors);
    let (Some(effect), Some(on)) = (draft.effect, draft.circular_on) else { return Err(errors) };
    errors.into_result()?;
    Ok(Relaxation {
        id: Id::new(0),
        regulator,
        scope,
        effect,
        names_past: draft.names_past,
        circular: Circular {
            number: draft.circular_no.trim().to_owned(),
            on,
            url: draft.circular_url.map(|url| url.trim().to_owned()).filter(|url| !url.is_empty()),
        },
        note: draft.note.trim().to_owned(),
        reason: draft.reason.unwrap_or_default().trim().to_owned(),
        applied_by: actor.user,
        applied_at: actor.at,
        undone: None,
    })
}

fn sensible(date: Date) -> bool {
    (2000..2100).contains(&date.year())
}

fn check_scope(mut scope: Scope, rules: &Rulebook, errors: &mut FieldErrors) -> Scope {
    let mut codes: Vec<String> = Vec::new();
    for code in &scope.codes {
        match rules.versions(code).pop() {
            Some(rule) => codes.push(rule.code.clone()),
            None => errors.add("codes", format!("\"{code}\" is not a return we know.")),
        }
    }
    codes.sort_unstable();
    codes.dedup();
    if codes.is_empty() && scope.codes.is_empty() {
        errors.add("codes", "Choose at least one return.");
    }
    if codes.len() > MAX_CODES {
        errors.add("codes", format!("Choose at most {MAX_CODES} returns."));
    }
    scope.codes = codes;
    if scope.period_keys.len() > MAX_KEYS {
        errors.add("periodKeys", format!("Name at most {MAX_KEYS} periods, or give a range."));
    }
    for key in &scope.period_keys {
        if kernel::period::Period::parse_key(key).is_none() {
            errors.add(
                "periodKeys",
                format!("\"{key}\" is not a period; write 2025-26, 2026-27Q2 or 2026-09."),
            );
        }
    }
    match (scope.period_from, scope.period_to) {
        (None, None) if scope.period_keys.is_empty() => {
            errors.add("periodFrom", "Say which periods: the first and the last day on which they end.");
        }
        (Some(_), None) => errors.add("periodTo", "Give the last day on which a period may end."),
        (None, Some(_)) => errors.add("periodFrom", "Give the first day on which a period may end."),
        (Some(from), Some(to)) if to < from => {
            errors.add("periodTo", format!("This is before {from}. Swap the two days."));
        }
        _ => {}
    }
    if let Whose::These(ids) = &mut scope.whose {
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() {
            errors.add("clientIds", "Choose at least one client, or all of them.");
        }
        if ids.len() > MAX_CLIENTS {
            errors.add("clientIds", format!("Choose at most {MAX_CLIENTS} clients, or all of them."));
        }
    }
    for registration in &scope.registrations {
        if !registration.split_once(':').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty()) {
            errors.add("registrations", format!("\"{registration}\" is not written as RBI:NBFC-ICC."));
        }
    }
    scope
}

fn check_effect(effect: Option<Effect>, errors: &mut FieldErrors) {
    let year = "Check the year.";
    match effect {
        None => errors.add("effect", "Choose a new date, extra days, or no additional fee until a day."),
        Some(Effect::NewDate(date)) if !sensible(date) => errors.add("newDueOn", year),
        Some(Effect::NoLateCost { until, .. }) if !sensible(until) => errors.add("freeUntil", year),
        Some(Effect::ExtraDays(days)) if !(1..=365).contains(&days) => {
            errors.add("extraDays", "Use 1 to 365 days.");
        }
        Some(_) => {}
    }
}

fn check_circular(
    number: &str,
    on: Option<Date>,
    url: Option<&str>,
    actor: &Actor,
    errors: &mut FieldErrors,
) {
    check_text(errors, "circularNo", number, 120);
    if number.trim().is_empty() {
        errors.add("circularNo", "Enter the number of the circular, as printed on it.");
    }
    match on {
        None => errors.add("circularOn", "Enter the date of the circular."),
        Some(on) if on > actor.today() => {
            errors.add("circularOn", format!("{on} is in the future; carry it out once it is issued."));
        }
        Some(on) if !sensible(on) => errors.add("circularOn", "Check the year."),
        Some(_) => {}
    }
    if let Some(url) = url.map(str::trim).filter(|url| !url.is_empty()) {
        let host = url.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
        let shaped = host.is_some_and(|host| host.contains('.') && !host.contains('@'));
        if !shaped || url.chars().any(|c| c.is_whitespace() || c.is_control()) || url.chars().count() > 500 {
            errors.add("circularUrl", "Give a link that starts with https:// and names a site.");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    fn actor() -> Actor {
        Actor::system(Id::new(1), datetime!(2026-11-21 06:30 UTC), "test")
    }

    fn draft() -> Draft {
        Draft {
            regulator: "mca".into(),
            scope: Scope {
                codes: vec!["MCA-MGT7".into(), "MCA-AOC4".into(), "MCA-AOC4".into()],
                period_from: Some(date!(2026 - 03 - 31)),
                period_to: Some(date!(2026 - 03 - 31)),
                ..Scope::default()
            },
            effect: Some(Effect::NewDate(date!(2026 - 12 - 31))),
            circular_no: " General Circular 07/2026 ".into(),
            circular_on: Some(date!(2026 - 10 - 28)),
            circular_url: Some("https://www.mca.gov.in/c.pdf".into()),
            reason: Some("Circular received".into()),
            ..Draft::default()
        }
    }

    #[test]
    fn a_good_draft_comes_into_its_normal_form() {
        let relaxation = check(draft(), &actor(), Rulebook::shipped()).unwrap();
        assert_eq!(relaxation.scope.codes, ["MCA-AOC4", "MCA-MGT7"]);
        assert_eq!(relaxation.regulator, "MCA");
        assert_eq!(relaxation.circular.number, "General Circular 07/2026");
    }

    #[test]
    fn every_mistake_is_named_on_its_field() {
        type Spoil = fn(&mut Draft);
        let spoils: &[(&str, Spoil)] = &[
            ("regulator", |d| d.regulator = "XYZ".into()),
            ("codes", |d| d.scope.codes = Vec::new()),
            ("codes", |d| d.scope.codes.push("NOT-A-RETURN".into())),
            ("periodFrom", |d| (d.scope.period_from, d.scope.period_to) = (None, None)),
            ("periodTo", |d| d.scope.period_to = None),
            ("periodTo", |d| d.scope.period_to = Some(date!(2025 - 03 - 31))),
            ("periodKeys", |d| d.scope.period_keys = vec!["last year".into()]),
            ("clientIds", |d| d.scope.whose = Whose::These(Vec::new())),
            ("registrations", |d| d.scope.registrations = vec!["NBFC".into()]),
            ("effect", |d| d.effect = None),
            ("extraDays", |d| d.effect = Some(Effect::ExtraDays(0))),
            ("newDueOn", |d| d.effect = Some(Effect::NewDate(date!(0026 - 12 - 31)))),
            ("circularNo", |d| d.circular_no = "  ".into()),
            ("circularOn", |d| d.circular_on = None),
            ("circularOn", |d| d.circular_on = Some(date!(2026 - 11 - 22))),
            ("circularUrl", |d| d.circular_url = Some("http://www.mca.gov.in".into())),
            ("circularUrl", |d| d.circular_url = Some("https://user@evil.example/".into())),
            ("circularUrl", |d| d.circular_url = Some("javascript:alert(1)".into())),
            ("reason", |d| d.reason = Some("ok".into())),
        ];
        for (field, spoil) in spoils {
            let mut draft = draft();
            spoil(&mut draft);
            let errors = check(draft, &actor(), Rulebook::shipped()).unwrap_err();
            assert!(errors.0.contains_key(*field), "{field}: {errors:?}");
        }
    }
}
