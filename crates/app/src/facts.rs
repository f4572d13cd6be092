//! A client's record as the rulebook reads it: facts with history, registrations as a set, events.

use clients::{Client, ClientEvent, Fact, Registration};
use kernel::{Date, FieldErrors};
use rulebook::{Event, FactKind, FactSheet, FactValue, FromRegistration, RegistrationDay, Rulebook};
use std::collections::BTreeSet;

/// Facts that come from the record itself and are not set by hand.
pub const FROM_RECORD: &[&str] = &["entity_type", "registrations", "incorporated_on", "kyc_risk"];

/// The first day of a fact that is "so since ever".
pub const EVER: Date = time::macros::date!(1900 - 01 - 01);

/// Builds the sheet.
pub fn fact_sheet(
    rules: &Rulebook,
    client: &Client,
    registrations: &[Registration],
    facts: &[Fact],
    events: &[ClientEvent],
) -> FactSheet {
    let mut sheet = FactSheet::new();
    sheet.set("entity_type", FactValue::Text(client.entity_type.as_str().into()));
    if let Some(on) = client.incorporated_on {
        sheet.set("incorporated_on", FactValue::Date(on));
    }
    if let Some(risk) = client.risk_rating {
        sheet.set("kyc_risk", FactValue::Text(risk.as_str().into()));
    }
    set_registrations(&mut sheet, registrations);
    for fact in facts {
        let value = match (&fact.value, rules.fact_def(&fact.key)) {
            (Some(text), Some(def)) => FactValue::parse_as(text, &def.kind).ok(),
            _ => None,
        };
        let value = value.unwrap_or_else(|| FactValue::Text(String::new()));
        if fact.valid_from <= EVER {
            sheet.set(&fact.key, value);
        } else {
            sheet.set_from(&fact.key, fact.valid_from, value);
        }
    }
    for def in rules.fact_defs() {
        if let Some(source) = &def.registration
            && sheet.latest(&def.key).is_none()
            && let Some(day) = registration_day(source, registrations)
        {
            sheet.set(&def.key, FactValue::Date(day));
        }
    }
    for event in events {
        sheet.record(Event {
            id: event.id.get(),
            kind: event.facts.kind.clone(),
            on: event.facts.on,
            for_period: event.facts.for_period.clone(),
            projected: false,
        });
    }
    sheet
}

/// The day of the newest active registration of the kinds named.
fn registration_day(source: &FromRegistration, registrations: &[Registration]) -> Option<Date> {
    let held = registrations.iter().map(|r| &r.facts).filter(|r| r.status == "active").filter(|r| {
        let is = |word: &String| word.split_once(':') == Some((r.regulator.as_str(), r.category.as_str()));
        source.of.iter().any(is)
    });
    held.filter_map(|r| match source.day {
        RegistrationDay::ValidFrom => r.valid_from,
        RegistrationDay::ValidTo => r.valid_to,
    })
    .max()
}

/// Registrations in force change the set on the days on which one starts or has ended.
fn set_registrations(sheet: &mut FactSheet, registrations: &[Registration]) {
    let held: Vec<&Registration> = registrations.iter().filter(|r| r.facts.status == "active").collect();
    let mut days: BTreeSet<Date> = BTreeSet::new();
    for registration in &held {
        days.extend(registration.facts.valid_from);
        days.extend(registration.facts.valid_to.and_then(Date::next_day));
    }
    let on = |day: Date| -> FactValue {
        let in_force = held.iter().filter(|r| {
            r.facts.valid_from.is_none_or(|from| from <= day) && r.facts.valid_to.is_none_or(|to| day <= to)
        });
        FactValue::Set(in_force.map(|r| format!("{}:{}", r.facts.regulator, r.facts.category)).collect())
    };
    sheet.set("registrations", on(Date::MIN));
    for day in days {
        sheet.set_from("registrations", day, on(day));
    }
}

/// Checks a value that somebody entered for a fact, and brings it into its normal form.
pub fn check_fact(rules: &Rulebook, key: &str, text: &str) -> Result<String, FieldErrors> {
    let refused = |message: String| FieldErrors::one(&format!("facts.{key}"), message);
    if FROM_RECORD.contains(&key) {
        return Err(refused("This comes from the client's record; change it there.".into()));
    }
    let def = rules.fact_def(key).ok_or_else(|| refused(format!("\"{key}\" is not a fact we know.")))?;
    let text = text.trim();
    let normal = match &def.kind {
        FactKind::Bool => spoken_bool(text).map(|b| b.to_string()).unwrap_or_else(|| text.to_owned()),
        FactKind::Number => text.replace([',', '₹', ' '], ""),
        FactKind::OneOf(options) => options
            .iter()
            .find(|o| o.eq_ignore_ascii_case(text) || o.replace('_', " ").eq_ignore_ascii_case(text))
            .cloned()
            .unwrap_or_else(|| text.to_owned()),
        FactKind::Date | FactKind::Text | FactKind::SetOf(_) => text.to_owned(),
    };
    FactValue::parse_as(&normal, &def.kind).map(|value| value.to_string()).map_err(refused)
}

fn spoken_bool(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" => Some(true),
        "no" | "n" | "false" | "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clients::NewRegistration;
    use time::macros::date;

    fn registration(id: i64, category: &str, status: &str, from: Date, to: Option<Date>) -> Registration {
        let facts = NewRegistration {
            regulator: if category == "ARN" { "AMFI".into() } else { "SEBI".into() },
            category: category.into(),
            valid_from: Some(from),
            valid_to: to,
            status: status.into(),
            ..NewRegistration::default()
        };
        Registration { id: kernel::id::RegistrationId::new(id), facts }
    }

    #[test]
    fn a_date_nobody_entered_comes_from_the_registration() {
        let held = [
            registration(1, "IA", "surrendered", date!(2024 - 01 - 01), None),
            registration(2, "IA", "active", date!(2022 - 03 - 10), None),
            registration(3, "ARN", "active", date!(2023 - 09 - 01), Some(date!(2026 - 08 - 31))),
        ];
        let day = |key: &str| {
            let def = Rulebook::shipped().fact_def(key).expect("a fact");
            registration_day(def.registration.as_ref().expect("a source"), &held)
        };
        assert_eq!(day("ia_granted_on"), Some(date!(2022 - 03 - 10)));
        assert_eq!(day("arn_valid_to"), Some(date!(2026 - 08 - 31)));
        assert_eq!(day("ra_granted_on"), None);
    }
}
