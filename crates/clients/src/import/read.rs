//! What one row says, field by field. An empty cell says nothing and changes nothing.

use super::words;
use crate::client::{EntityType, Identifiers, RiskRating, Status};
use crate::parts::{NewContact, NewRegistration};
use kernel::{Date, FieldErrors};

/// One cell with content, and the field its column is mapped to.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Key of the field.
    pub field: &'a str,
    /// The content, trimmed.
    pub text: &'a str,
    /// For date fields: the date, or why it is none.
    pub date: Option<Result<Date, String>>,
}

/// Something wrong with one field of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Key of the field; none for the row as a whole.
    pub field: Option<String>,
    /// The sentence.
    pub message: String,
    /// False for a warning.
    pub error: bool,
}

impl Problem {
    /// Something that keeps the row out.
    pub fn error(field: &str, message: impl Into<String>) -> Self {
        Self { field: Some(field.to_owned()), message: message.into(), error: true }
    }
    /// Something to look at.
    pub fn warning(field: &str, message: impl Into<String>) -> Self {
        Self { error: false, ..Self::error(field, message) }
    }
}

/// What a row says. `None` and empty lists mean that the row does not speak of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RowData {
    /// Legal name.
    pub client_name: Option<String>,
    /// Name for dense lists.
    pub short_name: Option<String>,
    /// Legal form.
    pub entity_type: Option<EntityType>,
    /// Where it stands.
    pub status: Option<Status>,
    /// Risk rating.
    pub risk_rating: Option<RiskRating>,
    /// Official numbers, as written.
    pub identifiers: Identifiers,
    /// Date of incorporation.
    pub incorporated_on: Option<Date>,
    /// Tracked from.
    pub track_from: Option<Date>,
    /// The owner as written: mail address or name.
    pub owner: Option<String>,
    /// Labels.
    pub tags: Option<Vec<String>>,
    /// Free text.
    pub notes: Option<String>,
    /// Licences, checked.
    pub registrations: Vec<NewRegistration>,
    /// A person, checked.
    pub contact: Option<NewContact>,
    /// Facts: key and value as written.
    pub facts: Vec<(String, String)>,
    /// Events: kind and day.
    pub events: Vec<(String, Date)>,
}

/// Reads a row. `known` are the registrations that the rule library knows: (regulator, category).
pub fn read_row(entries: &[Entry<'_>], known: &[(String, String)]) -> (RowData, Vec<Problem>) {
    let mut row = Reader { known, data: RowData::default(), problems: Vec::new(), one: None, contact: None };
    for entry in entries {
        let control = entry.text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
        if let Some(bad) = control {
            let message =
                format!("Remove the control character U+{:04X}; it cannot be stored.", u32::from(bad));
            row.problems.push(Problem::error(entry.field, message));
        } else {
            row.take(entry);
        }
    }
    row.finish()
}

pub(super) struct Reader<'a> {
    pub(super) known: &'a [(String, String)],
    pub(super) data: RowData,
    pub(super) problems: Vec<Problem>,
    /// The registration of the simple columns.
    pub(super) one: Option<NewRegistration>,
    contact: Option<NewContact>,
}

impl Reader<'_> {
    fn take(&mut self, entry: &Entry<'_>) {
        let text = || Some(entry.text.to_owned());
        let data = &mut self.data;
        match entry.field {
            "clientName" => data.client_name = text(),
            "shortName" => data.short_name = text(),
            "pan" => data.identifiers.pan = text(),
            "gstin" => data.identifiers.gstin = text(),
            "cin" => data.identifiers.cin = text(),
            "llpin" => data.identifiers.llpin = text(),
            "lei" => data.identifiers.lei = text(),
            "owner" => data.owner = text(),
            "notes" => data.notes = text(),
            "tags" => {
                let tags = entry.text.split([',', ';']).map(str::trim).filter(|t| !t.is_empty());
                data.tags = Some(tags.map(str::to_owned).collect());
            }
            "entityType" => {
                data.entity_type = words::entity_type(entry.text);
                let titles: Vec<&str> = EntityType::ALL.iter().map(|e| e.title()).collect();
                self.known_word(entry, data_is(&self.data.entity_type), "legal form", &titles);
            }
            "status" => {
                data.status = words::status(entry.text);
                let titles: Vec<&str> = Status::ALL.iter().map(|s| s.title()).collect();
                self.known_word(entry, data_is(&self.data.status), "status", &titles);
            }
            "riskRating" => {
                data.risk_rating = words::risk_rating(entry.text);
                self.known_word(
                    entry,
                    data_is(&self.data.risk_rating),
                    "risk rating",
                    &["Low", "Medium", "High"],
                );
            }
            "incorporatedOn" => self.data.incorporated_on = self.date(entry),
            "trackFrom" => self.data.track_from = self.date(entry),
            "registrations" => self.registrations(entry.text),
            "regulator" | "category" | "registrationNo" | "registeredOn" | "validTo" => {
                self.registration(entry)
            }
            "contactName" | "contactDesignation" | "contactEmail" | "contactPhone" => self.person(entry),
            other => self.library_field(other, entry),
        }
    }

    fn library_field(&mut self, field: &str, entry: &Entry<'_>) {
        if let Some(key) = field.strip_prefix("fact:") {
            let value = if entry.date.is_some() {
                self.date(entry).map(|d| d.to_string())
            } else {
                Some(entry.text.to_owned())
            };
            self.data.facts.extend(value.map(|value| (key.to_owned(), value)));
        } else if let Some(kind) = field.strip_prefix("event:") {
            let on = self.date(entry);
            self.data.events.extend(on.map(|on| (kind.to_owned(), on)));
        }
    }

    fn known_word(&mut self, entry: &Entry<'_>, known: bool, what: &str, titles: &[&str]) {
        if !known {
            let message =
                format!("\"{}\" is not a {what} we know. Use one of {}.", cut(entry.text), titles.join(", "));
            self.problems.push(Problem::error(entry.field, message));
        }
    }

    pub(super) fn date(&mut self, entry: &Entry<'_>) -> Option<Date> {
        match &entry.date {
            Some(Ok(date)) => Some(*date),
            Some(Err(message)) => {
                self.problems.push(Problem::error(entry.field, message.clone()));
                None
            }
            None => None,
        }
    }

    pub(super) fn refuse(
        &mut self,
        errors: FieldErrors,
        place: impl Fn(&str) -> &'static str,
        choices: &str,
    ) {
        for (name, messages) in errors.0 {
            for message in messages {
                let more = if matches!(name.as_str(), "regulator" | "category") { choices } else { "" };
                self.problems.push(Problem::error(place(&name), format!("{message}{more}")));
            }
        }
    }

    fn person(&mut self, entry: &Entry<'_>) {
        let contact = self.contact.get_or_insert_default();
        let place = match entry.field {
            "contactName" => &mut contact.name,
            "contactDesignation" => &mut contact.designation,
            "contactEmail" => &mut contact.email,
            _ => &mut contact.phone,
        };
        *place = entry.text.to_owned();
    }

    fn finish(mut self) -> (RowData, Vec<Problem>) {
        if let Some(one) = self.one.take() {
            self.add_registration(one, false);
        }
        if let Some(mut contact) = self.contact.take() {
            if contact.name.trim().is_empty() {
                // A mail address or a number alone is still worth keeping.
                contact.name =
                    if contact.email.is_empty() { "Office".to_owned() } else { contact.email.clone() };
            }
            match contact.checked() {
                Ok(good) => self.data.contact = Some(good),
                Err(errors) => self.refuse(
                    errors,
                    |name| match name {
                        "designation" => "contactDesignation",
                        "email" => "contactEmail",
                        "phone" => "contactPhone",
                        _ => "contactName",
                    },
                    "",
                ),
            }
        }
        (self.data, self.problems)
    }
}

fn data_is<T>(value: &Option<T>) -> bool {
    value.is_some()
}

pub(super) fn cut(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn known() -> Vec<(String, String)> {
        [("RBI", "NBFC-ICC"), ("RBI", "PA"), ("SEBI", "IA")]
            .map(|(r, c)| (r.to_owned(), c.to_owned()))
            .to_vec()
    }

    fn entry<'a>(field: &'a str, text: &'a str) -> Entry<'a> {
        Entry { field, text, date: None }
    }

    #[test]
    fn a_row_is_read_field_by_field() {
        let entries = [
            entry("clientName", "Sahyadri Capital"),
            entry("entityType", "Pvt Ltd"),
            entry("tags", "lending; Mumbai, "),
            entry("registrations", "RBI:NBFC-ICC=N-13.01234; pa"),
            entry("contactEmail", "meera@example.in"),
            entry("fact:layer", "base"),
            Entry { field: "event:agm_held", text: "30/09/2026", date: Some(Ok(date!(2026 - 09 - 30))) },
        ];
        let (data, problems) = read_row(&entries, &known());
        assert_eq!(problems, []);
        assert_eq!(data.entity_type, Some(EntityType::PrivateCompany));
        assert_eq!(data.tags.as_deref(), Some(&["lending".to_owned(), "Mumbai".to_owned()][..]));
        assert_eq!(data.registrations.len(), 2);
        assert_eq!(data.registrations[0].registration_no, "N-13.01234");
        assert_eq!(
            (data.registrations[1].regulator.as_str(), data.registrations[1].category.as_str()),
            ("RBI", "PA")
        );
        assert_eq!(data.contact.as_ref().map(|c| c.name.as_str()), Some("meera@example.in"));
        assert_eq!(data.facts, [("layer".to_owned(), "base".to_owned())]);
        assert_eq!(data.events, [("agm_held".to_owned(), date!(2026 - 09 - 30))]);
    }

    #[test]
    fn the_simple_registration_columns_make_one_registration() {
        let entries = [entry("category", "nbfc-icc"), entry("registrationNo", "N-13.01234")];
        let (data, problems) = read_row(&entries, &known());
        assert_eq!(problems, []);
        assert_eq!(data.registrations[0].regulator, "RBI");
        assert_eq!(data.registrations[0].category, "NBFC-ICC");
    }

    #[test]
    fn a_category_of_two_regulators_needs_its_regulator_and_an_unknown_one_is_named() {
        let two = [known(), vec![("PFRDA".to_owned(), "PA".to_owned())]].concat();
        let (data, problems) = read_row(&[entry("category", "PA")], &two);
        assert!(data.registrations.is_empty());
        assert!(problems[0].message.ends_with("RBI or PFRDA."), "{problems:?}");
        let (_, problems) = read_row(&[entry("category", "NBFC-XYZ")], &two);
        assert_eq!(problems[0].field.as_deref(), Some("category"));
        let (data, _) = read_row(&[entry("regulator", "pfrda"), entry("category", "PA")], &two);
        assert_eq!(data.registrations[0].regulator, "PFRDA");
    }

    #[test]
    fn what_is_wrong_is_said_at_its_own_field() {
        let entries = [
            entry("entityType", "Martian"),
            entry("regulator", "RBX"),
            entry("category", "NBFC-ICC"),
            entry("contactEmail", "nowhere"),
            Entry {
                field: "incorporatedOn",
                text: "31/02/2020",
                date: Some(Err("February 2020 has no day 31.".into())),
            },
            entry("notes", "a\0b"),
        ];
        let (_, problems) = read_row(&entries, &known());
        let fields: Vec<&str> = problems.iter().filter_map(|p| p.field.as_deref()).collect();
        assert_eq!(fields, ["entityType", "incorporatedOn", "notes", "regulator", "contactEmail"]);
        assert!(problems[3].message.contains("RBI, SEBI"), "{}", problems[3].message);
    }
}
