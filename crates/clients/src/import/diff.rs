//! How a row differs from the client on record. Nothing differs: the row was imported before.

use super::read::RowData;
use crate::client::{Client, Identifiers};
use crate::draft::{ClientPatch, changes};
use crate::parts::{ClientEvent, Contact, Fact, NewContact, NewEvent, NewRegistration, Registration};
use kernel::id::UserId;
use kernel::{Date, FieldErrors};

/// The first day of a fact that is so since ever.
pub const EVER: Date = time::macros::date!(1900 - 01 - 01);

/// A client with all that hangs on it.
#[derive(Debug, Clone)]
pub struct ClientRecord {
    /// The client.
    pub client: Client,
    /// Its licences.
    pub registrations: Vec<Registration>,
    /// Its people.
    pub contacts: Vec<Contact>,
    /// Its facts with their history, by key and date.
    pub facts: Vec<Fact>,
    /// Its events.
    pub events: Vec<ClientEvent>,
}

/// What a row changes at a client.
#[derive(Debug, Clone)]
pub struct RowChange {
    /// The client afterwards.
    pub after: Client,
    /// Whether a scalar field differs.
    pub scalars: bool,
    /// Licences to add.
    pub add_registrations: Vec<NewRegistration>,
    /// Licences to save anew.
    pub save_registrations: Vec<Registration>,
    /// A person to add.
    pub add_contact: Option<NewContact>,
    /// A person to save anew.
    pub save_contact: Option<Contact>,
    /// Facts to set.
    pub facts: Vec<Fact>,
    /// Events to record.
    pub events: Vec<NewEvent>,
}

impl RowChange {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        !self.scalars
            && !self.moves_filings_beside_scalars()
            && self.add_contact.is_none()
            && self.save_contact.is_none()
    }

    /// Whether licences, facts or events differ.
    pub fn moves_filings_beside_scalars(&self) -> bool {
        !(self.add_registrations.is_empty()
            && self.save_registrations.is_empty()
            && self.facts.is_empty()
            && self.events.is_empty())
    }
}

/// Compares. The identifiers inside `data` are in their normal form and its facts as the catalogue writes them;
/// `events` have their periods. Errors name fields as on the wire.
pub fn changes_for(
    record: &ClientRecord,
    data: &RowData,
    owner: Option<UserId>,
    events: &[NewEvent],
    today: Date,
) -> Result<RowChange, FieldErrors> {
    let before = &record.client;
    let patch = ClientPatch {
        client_name: data.client_name.clone(),
        short_name: data.short_name.clone(),
        entity_type: data.entity_type,
        status: data.status,
        risk_rating: data.risk_rating.map(Some),
        identifiers: Some(merged(&before.identifiers, &data.identifiers)),
        incorporated_on: data.incorporated_on.map(Some),
        track_from: data.track_from,
        owner: owner.map(Some),
        tags: data.tags.clone(),
        notes: data.notes.clone(),
    };
    let after = patch.apply(before.clone(), today)?;
    let scalars = !changes(before, &after).1.is_empty();
    let mut change = RowChange {
        after,
        scalars,
        add_registrations: Vec::new(),
        save_registrations: Vec::new(),
        add_contact: None,
        save_contact: None,
        facts: new_facts(&record.facts, &data.facts, today),
        events: Vec::new(),
    };
    for wanted in &data.registrations {
        compare_registration(&record.registrations, wanted, &mut change);
    }
    if let Some(wanted) = &data.contact {
        compare_contact(&record.contacts, wanted, &mut change);
    }
    for event in events {
        let twin = record
            .events
            .iter()
            .find(|e| e.facts.kind == event.kind && e.facts.for_period == event.for_period);
        match twin {
            None => change.events.push(event.clone()),
            Some(twin) if twin.facts.on == event.on => {}
            Some(twin) => {
                let year = event.for_period.as_deref().map(|p| format!(" for FY {p}")).unwrap_or_default();
                let message = format!(
                    "It is recorded already{year}, on {}. Remove that entry on the client's page first.",
                    twin.facts.on
                );
                return Err(FieldErrors::one(&format!("event:{}", event.kind), message));
            }
        }
    }
    Ok(change)
}

/// The numbers on record, with those of the row over them.
pub fn merged(old: &Identifiers, new: &Identifiers) -> Identifiers {
    let pick = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
    Identifiers {
        pan: pick(&new.pan, &old.pan),
        gstin: pick(&new.gstin, &old.gstin),
        cin: pick(&new.cin, &old.cin),
        llpin: pick(&new.llpin, &old.llpin),
        lei: pick(&new.lei, &old.lei),
    }
}

/// A fact that holds today, or has always held, is not new. A new value holds since ever when there is no history,
/// otherwise from today.
fn new_facts(history: &[Fact], wanted: &[(String, String)], today: Date) -> Vec<Fact> {
    let mut out = Vec::new();
    for (key, value) in wanted {
        let of_key: Vec<&Fact> = history.iter().filter(|f| f.key == *key).collect();
        let now = of_key.iter().rfind(|f| f.valid_from <= today);
        let first = of_key.iter().find(|f| f.valid_from <= EVER);
        let same = |fact: Option<&&Fact>| fact.is_some_and(|f| f.value.as_deref() == Some(value));
        if same(now) || same(first) {
            continue;
        }
        let dated = of_key.iter().any(|f| f.valid_from > EVER);
        out.push(Fact {
            key: key.clone(),
            value: Some(value.clone()),
            valid_from: if dated { today } else { EVER },
        });
    }
    out
}

fn compare_registration(held: &[Registration], wanted: &NewRegistration, change: &mut RowChange) {
    let alike: Vec<&Registration> = held
        .iter()
        .filter(|r| r.facts.regulator == wanted.regulator && r.facts.category == wanted.category)
        .collect();
    let by_number =
        alike.iter().find(|r| r.facts.registration_no.eq_ignore_ascii_case(&wanted.registration_no));
    let found = match (by_number, &alike[..]) {
        (Some(found), _) => Some(*found),
        (None, [only]) if wanted.registration_no.is_empty() || only.facts.registration_no.is_empty() => {
            Some(*only)
        }
        (None, [first, ..]) if wanted.registration_no.is_empty() => Some(*first),
        _ => None,
    };
    let Some(found) = found else {
        change.add_registrations.push(wanted.clone());
        return;
    };
    let mut saved = found.clone();
    if !wanted.registration_no.is_empty() {
        saved.facts.registration_no.clone_from(&wanted.registration_no);
    }
    saved.facts.valid_from = wanted.valid_from.or(saved.facts.valid_from);
    saved.facts.valid_to = wanted.valid_to.or(saved.facts.valid_to);
    if saved != *found {
        change.save_registrations.push(saved);
    }
}

fn compare_contact(held: &[Contact], wanted: &NewContact, change: &mut RowChange) {
    let by_mail =
        held.iter().find(|c| !wanted.email.is_empty() && c.facts.email.eq_ignore_ascii_case(&wanted.email));
    let found = by_mail.or_else(|| held.iter().find(|c| c.facts.name.eq_ignore_ascii_case(&wanted.name)));
    let Some(found) = found else {
        change.add_contact = Some(NewContact { primary: held.is_empty(), ..wanted.clone() });
        return;
    };
    let mut saved = found.clone();
    // A name that was made up from the mail address does not replace a real one.
    if !wanted.name.eq_ignore_ascii_case(&wanted.email) {
        saved.facts.name.clone_from(&wanted.name);
    }
    for (place, value) in [
        (&mut saved.facts.designation, &wanted.designation),
        (&mut saved.facts.email, &wanted.email),
        (&mut saved.facts.phone, &wanted.phone),
    ] {
        if !value.is_empty() {
            place.clone_from(value);
        }
    }
    if saved != *found {
        change.save_contact = Some(saved);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::{EntityType, Status};
    use kernel::Id;
    use time::macros::{date, datetime};

    const TODAY: Date = date!(2026 - 11 - 21);

    fn record() -> ClientRecord {
        let registration = |id: i64, number: &str| Registration {
            id: Id::new(id),
            facts: NewRegistration {
                regulator: "RBI".into(),
                category: "NBFC-ICC".into(),
                registration_no: number.into(),
                status: "active".into(),
                ..NewRegistration::default()
            },
        };
        ClientRecord {
            client: Client {
                id: Id::new(1),
                client_name: "Sahyadri Capital".into(),
                short_name: "Sahyadri".into(),
                entity_type: EntityType::PrivateCompany,
                status: Status::Active,
                risk_rating: None,
                identifiers: Identifiers { pan: Some("AAPFU0939F".into()), ..Identifiers::default() },
                incorporated_on: None,
                track_from: TODAY,
                owner: None,
                tags: vec!["lending".into()],
                notes: String::new(),
                version: 3,
                created_at: datetime!(2026-11-01 0:00 UTC),
                updated_at: datetime!(2026-11-01 0:00 UTC),
            },
            registrations: vec![registration(7, "")],
            contacts: Vec::new(),
            facts: vec![Fact { key: "layer".into(), value: Some("base".into()), valid_from: EVER }],
            events: Vec::new(),
        }
    }

    fn row() -> RowData {
        RowData {
            client_name: Some("Sahyadri Capital".into()),
            identifiers: Identifiers { pan: Some("AAPFU0939F".into()), ..Identifiers::default() },
            facts: vec![("layer".into(), "base".into())],
            ..RowData::default()
        }
    }

    #[test]
    fn a_row_imported_before_changes_nothing() {
        assert!(changes_for(&record(), &row(), None, &[], TODAY).unwrap().is_empty());
    }

    #[test]
    fn an_empty_cell_clears_nothing_and_a_new_value_is_seen() {
        let mut data = row();
        data.facts = vec![("layer".into(), "middle".into())];
        data.notes = Some("new".into());
        let change = changes_for(&record(), &data, None, &[], TODAY).unwrap();
        assert!(change.scalars);
        assert_eq!(change.after.tags, ["lending"]);
        assert_eq!(
            change.facts,
            [Fact { key: "layer".into(), value: Some("middle".into()), valid_from: EVER }]
        );
    }

    #[test]
    fn a_number_completes_the_registration_that_has_none_and_another_number_is_another_one() {
        let wanted = |number: &str| NewRegistration {
            registration_no: number.into(),
            ..record().registrations[0].facts.clone()
        };
        let mut data = row();
        data.registrations = vec![wanted("N-13.1")];
        let change = changes_for(&record(), &data, None, &[], TODAY).unwrap();
        assert_eq!(change.save_registrations[0].facts.registration_no, "N-13.1");
        let mut numbered = record();
        numbered.registrations[0].facts.registration_no = "N-14.2".into();
        let change = changes_for(&numbered, &data, None, &[], TODAY).unwrap();
        assert_eq!(change.add_registrations.len(), 1);
        data.registrations = vec![wanted("")];
        assert!(changes_for(&numbered, &data, None, &[], TODAY).unwrap().is_empty());
    }

    #[test]
    fn an_event_of_the_same_year_on_another_day_is_refused() {
        let event = |on| NewEvent {
            kind: "agm_held".into(),
            on,
            for_period: Some("2025-26".into()),
            note: String::new(),
        };
        let mut there = record();
        there.events.push(ClientEvent {
            id: Id::new(1),
            facts: event(date!(2026 - 09 - 30)),
            recorded_by: None,
            recorded_at: datetime!(2026-10-01 0:00 UTC),
        });
        assert!(
            changes_for(&there, &row(), None, &[event(date!(2026 - 09 - 30))], TODAY).unwrap().is_empty()
        );
        let refused = changes_for(&there, &row(), None, &[event(date!(2026 - 09 - 29))], TODAY).unwrap_err();
        assert!(refused.0["event:agm_held"][0].contains("2026-09-30"));
    }
}
