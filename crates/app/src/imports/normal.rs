//! Values of a row in their normal form: owner, facts, events, notes, numbers for comparing.

use crate::clients::period_of;
use crate::facts::check_fact;
use clients::import::{Problem, RowData};
use clients::{Identifiers, NewEvent};
use identity::User;
use kernel::Date;
use kernel::id::UserId;
use rulebook::{FactKind, Rulebook};
use rust_decimal::Decimal;

/// The person of the firm that a cell names: mail address or full name.
pub(crate) fn owner(text: &str, users: &[User]) -> Result<UserId, String> {
    let wanted = text.trim().to_lowercase();
    let mut found = users.iter().filter(|u| u.active && u.email == wanted);
    if let Some(user) = found.next() {
        return Ok(user.id);
    }
    let mut found = users.iter().filter(|u| u.active && u.display_name.to_lowercase() == wanted);
    match (found.next(), found.next()) {
        (Some(user), None) => Ok(user.id),
        (Some(_), Some(_)) => {
            Err("Several people of your firm have this name. Write the e-mail address.".into())
        }
        _ => Err(format!(
            "Nobody active in your firm is called \"{}\". Write the e-mail address.",
            text.trim()
        )),
    }
}

/// Facts as the rule library writes them. Refused ones are left out and named.
pub(crate) fn facts(rules: &Rulebook, data: &mut RowData, problems: &mut Vec<Problem>) {
    let written = std::mem::take(&mut data.facts);
    for (key, text) in written {
        let text = spoken(rules, &key, &text);
        match check_fact(rules, &key, &text) {
            Ok(value) => data.facts.push((key, value)),
            Err(errors) => {
                let message = errors.first().unwrap_or("a value that fits").to_owned();
                let message = if message.ends_with('.') { message } else { format!("Write {message}.") };
                problems.push(Problem::error(&format!("fact:{key}"), message));
            }
        }
    }
}

/// Amounts in lakh and crore, and layers as RBI writes them.
fn spoken(rules: &Rulebook, key: &str, text: &str) -> String {
    let lower = text.trim().to_lowercase();
    match rules.fact_def(key).map(|def| &def.kind) {
        Some(FactKind::Number) => amount(&lower).map_or_else(|| text.to_owned(), |n| n.to_string()),
        Some(FactKind::OneOf(_)) if key == "layer" => {
            let word = lower
                .trim_start_matches("nbfc")
                .trim_start_matches([' ', '-'])
                .trim_end_matches("layer")
                .trim_end();
            match word {
                "bl" => "base",
                "ml" => "middle",
                "ul" => "upper",
                "tl" => "top",
                other => other,
            }
            .to_owned()
        }
        _ => text.to_owned(),
    }
}

fn amount(text: &str) -> Option<Decimal> {
    let plain = text.replace(['₹', ','], "").replace("rs.", "").replace("rs", "").replace("inr", "");
    let plain = plain.trim();
    let digits = plain.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(plain.len());
    let (number, unit) = plain.split_at(digits);
    let factor = match unit.trim().trim_end_matches('.') {
        "" => 1,
        "lakh" | "lakhs" | "lac" | "lacs" => 100_000,
        "crore" | "crores" | "cr" | "crs" => 10_000_000,
        _ => return None,
    };
    number.parse::<Decimal>().ok()?.checked_mul(Decimal::from(factor)).map(|n| n.normalize())
}

/// Events with the period they belong to. Refused ones are left out and named.
pub(crate) fn events(
    rules: &Rulebook,
    data: &RowData,
    today: Date,
    problems: &mut Vec<Problem>,
) -> Vec<NewEvent> {
    let mut out = Vec::new();
    for (kind, on) in &data.events {
        let field = format!("event:{kind}");
        if *on > today {
            let message = format!("{on} is in the future; record it once it has happened.");
            problems.push(Problem::error(&field, message));
        } else if on.year() < 1990 {
            problems.push(Problem::error(&field, format!("{on} is too long ago. Check the year.")));
        } else if rules.event_kind(kind).is_some() {
            let for_period = Some(period_of(*on));
            out.push(NewEvent { kind: kind.clone(), on: *on, for_period, note: String::new() });
        }
    }
    out
}

/// Hides Aadhaar numbers in the notes: they are masked for ever after entry.
pub(crate) fn notes(data: &mut RowData, problems: &mut Vec<Problem>) {
    if let Some(notes) = &mut data.notes {
        let masked = kernel::aadhaar::mask(notes);
        if masked != *notes {
            *notes = masked;
            problems.push(Problem::warning(
                "notes",
                "An Aadhaar number was hidden but for its last four digits.",
            ));
        }
    }
}

/// PAN, CIN and GSTIN in their normal form where they are well formed, for comparing.
pub(crate) fn numbers(given: &Identifiers) -> Identifiers {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    Identifiers {
        pan: kyc::Pan::parse(&text(&given.pan)).ok().map(|v| v.as_str().to_owned()),
        cin: kyc::Cin::parse(&text(&given.cin)).ok().map(|v| v.as_str().to_owned()),
        gstin: kyc::Gstin::parse(&text(&given.gstin)).ok().map(|v| v.as_str().to_owned()),
        llpin: None,
        lei: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_lakh_and_crore() {
        for (text, rupees) in [
            ("600 crore", "6000000000"),
            ("₹ 1,200.5 cr", "12005000000"),
            ("45 lakh", "4500000"),
            ("6000000000", "6000000000"),
        ] {
            assert_eq!(amount(text).map(|n| n.to_string()).as_deref(), Some(rupees), "{text}");
        }
        assert_eq!(amount("a lot"), None);
    }

    #[test]
    fn layers_are_read_as_rbi_writes_them() {
        for (text, value) in [
            ("NBFC-BL", "base"),
            ("Middle Layer", "middle"),
            ("upper", "upper"),
            ("NBFC - Base Layer", "base"),
        ] {
            assert_eq!(spoken(Rulebook::shipped(), "layer", text), value, "{text}");
        }
    }
}
