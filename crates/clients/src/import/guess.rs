//! Which column holds which field, guessed from the headings.

use super::fields::Catalogue;
use std::collections::BTreeSet;

/// How sure a guess is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confidence {
    /// The heading is the field's title, key or a well-known other name.
    Exact,
    /// The heading contains such a name; somebody should look.
    Likely,
    /// No field.
    None,
}

impl Confidence {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Likely => "likely",
            Self::None => "none",
        }
    }
}

/// The guess for one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// Key of the field.
    pub field: Option<String>,
    /// How sure.
    pub confidence: Confidence,
}

/// One guess for each heading. Each field is used once: an exact heading takes it before a likely one, and the
/// first column before a later one.
pub fn guess(headings: &[String], catalogue: &Catalogue) -> Vec<Guess> {
    let mut out = vec![Guess { field: None, confidence: Confidence::None }; headings.len()];
    let mut used = BTreeSet::new();
    let words: Vec<String> = headings.iter().map(|heading| plain(heading)).collect();
    for confidence in [Confidence::Exact, Confidence::Likely] {
        for (at, heading) in words.iter().enumerate() {
            if heading.is_empty() || heading == "problems" || out[at].field.is_some() {
                continue;
            }
            let found = match confidence {
                Confidence::Exact => exact(heading, catalogue, &used),
                _ => likely(heading, catalogue, &used),
            };
            if let Some(key) = found {
                used.insert(key.clone());
                out[at] = Guess { field: Some(key), confidence };
            }
        }
    }
    out
}

fn exact(heading: &str, catalogue: &Catalogue, used: &BTreeSet<String>) -> Option<String> {
    let free = || catalogue.fields().iter().filter(|field| !used.contains(&field.key));
    let by_title = free().find(|f| plain(&f.title) == heading || plain(&f.key) == heading);
    by_title.or_else(|| free().find(|f| f.synonyms.contains(&heading))).map(|f| f.key.clone())
}

/// The longest name that stands as whole words in the heading. Names of one short word are not enough for that,
/// except those that mean only one thing.
fn likely(heading: &str, catalogue: &Catalogue, used: &BTreeSet<String>) -> Option<String> {
    const TELLING: &[&str] =
        &["pan", "gstin", "gst", "cin", "llpin", "lei", "agm", "regulator", "constitution"];
    let mut best: Option<(usize, &str)> = None;
    for field in catalogue.fields().iter().filter(|field| !used.contains(&field.key)) {
        let names = field.synonyms.iter().map(|name| (*name).to_owned()).chain([plain(&field.title)]);
        for name in names {
            let enough = name.contains(' ') || TELLING.contains(&name.as_str());
            if enough && contains_words(heading, &name) && best.is_none_or(|(length, _)| name.len() > length)
            {
                best = Some((name.len(), &field.key));
            }
        }
    }
    best.map(|(_, key)| key.to_owned())
}

fn contains_words(text: &str, name: &str) -> bool {
    format!(" {text} ").contains(&format!(" {name} "))
}

/// Lower case, words only; `clientName` and `e-mail` become `client name` and `e mail`.
fn plain(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 4);
    let mut before = ' ';
    for c in text.replace('&', " and ").chars() {
        if c.is_uppercase() && before.is_lowercase() {
            spaced.push(' ');
        }
        spaced.push(if c.is_alphanumeric() { c } else { ' ' });
        before = c;
    }
    // A bracket explains; it is not part of the name.
    let lower = spaced.to_lowercase();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::fields::{Field, FieldList};
    use super::*;

    fn catalogue() -> Catalogue {
        let more = |key: &str, title: &str, synonyms: Vec<&'static str>| Field {
            key: key.into(),
            title: title.into(),
            required: false,
            help: String::new(),
            example: String::new(),
            allowed: Vec::new(),
            date: false,
            synonyms,
        };
        Catalogue::new(FieldList {
            regulators: vec!["RBI".into()],
            more: vec![
                more("fact:layer", "NBFC layer", vec!["layer"]),
                more("event:agm_held", "AGM held on", vec!["agm date", "date of agm", "agm"]),
            ],
        })
    }

    fn guessed(headings: &[&str]) -> Vec<(Option<String>, Confidence)> {
        let headings: Vec<String> = headings.iter().map(|h| (*h).to_owned()).collect();
        guess(&headings, &catalogue()).into_iter().map(|g| (g.field, g.confidence)).collect()
    }

    #[test]
    fn the_words_that_firms_use_are_known() {
        for (heading, field) in [
            ("Company name", "clientName"),
            ("Name of the entity", "clientName"),
            ("GST No", "gstin"),
            ("PAN No.", "pan"),
            ("Constitution", "entityType"),
            ("Date of incorporation", "incorporatedOn"),
            ("RM", "owner"),
            ("Analyst", "owner"),
            ("NBFC layer", "fact:layer"),
            ("AGM date", "event:agm_held"),
            ("E-mail ID", "contactEmail"),
            ("clientName", "clientName"),
            ("fact:layer", "fact:layer"),
            ("REGISTRATION NO.", "registrationNo"),
        ] {
            assert_eq!(guessed(&[heading]), [(Some(field.to_owned()), Confidence::Exact)], "{heading}");
        }
    }

    #[test]
    fn a_name_inside_a_longer_heading_is_likely() {
        assert_eq!(guessed(&["PAN of the borrower"]), [(Some("pan".to_owned()), Confidence::Likely)]);
        assert_eq!(
            guessed(&["Last AGM date (FY 2025-26)"]),
            [(Some("event:agm_held".to_owned()), Confidence::Likely)]
        );
        assert_eq!(guessed(&["Favourite colour"]), [(None, Confidence::None)]);
    }

    #[test]
    fn a_field_is_used_once_and_the_exact_heading_has_it() {
        let found = guessed(&["PAN of company", "PAN", "PAN", "Problems", ""]);
        assert_eq!(found[1], (Some("pan".to_owned()), Confidence::Exact));
        assert_eq!(found[0], (None, Confidence::None));
        assert_eq!(found[2], (None, Confidence::None));
        assert_eq!(found[3], (None, Confidence::None));
        assert_eq!(found[4], (None, Confidence::None));
    }
}
