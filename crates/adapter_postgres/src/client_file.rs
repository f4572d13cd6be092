//! One client with all that hangs on it, in one statement.

use crate::client_row::client;
use crate::rows::col;
use crate::sql::statements;
use clients::import::ClientRecord;
use clients::{ClientEvent, ClientFile, Contact, Fact, NewContact, NewEvent, NewRegistration, Registration};
use kernel::id::{ClientId, UserId};
use kernel::moment::Instant;
use kernel::{Date, Id, StoreError};
use tokio_postgres::Row;
use tokio_postgres::types::Json;

statements! {
    CLIENT_FILE = "SELECT c.id, c.client_name, c.short_name, c.entity_type, c.status, c.risk_rating, c.pan, c.gstin, c.cin, c.llpin, c.lei, c.incorporated_on, c.track_from, c.owner_id, c.tags, c.notes, c.version, c.created_at, c.updated_at,
          (SELECT o.display_name FROM users o WHERE o.tenant_id = $1 AND o.id = c.owner_id) AS owner_name, n.open_filings, n.past_due,
          (SELECT json_agg(json_build_array(r.id, r.regulator, r.category, r.registration_no, r.valid_from, r.valid_to, r.status) ORDER BY r.regulator, r.category, r.id)
             FROM client_registrations r WHERE r.tenant_id = $1 AND r.client_id = $2) AS registrations,
          (SELECT json_agg(json_build_array(p.id, p.name, p.designation, p.email, p.phone, p.is_primary) ORDER BY p.is_primary DESC, p.name, p.id)
             FROM client_contacts p WHERE p.tenant_id = $1 AND p.client_id = $2) AS contacts,
          (SELECT json_agg(json_build_array(a.key, a.value, a.valid_from) ORDER BY a.key, a.valid_from)
             FROM client_facts a WHERE a.tenant_id = $1 AND a.client_id = $2) AS facts,
          (SELECT json_agg(json_build_array(e.id, e.kind, e.occurred_on, e.for_period, e.note, e.recorded_by, (extract(epoch FROM e.recorded_at) * 1000000)::bigint, u.display_name) ORDER BY e.occurred_on DESC, e.id DESC)
             FROM client_events e LEFT JOIN users u ON u.tenant_id = e.tenant_id AND u.id = e.recorded_by WHERE e.tenant_id = $1 AND e.client_id = $2) AS events
        FROM clients c CROSS JOIN LATERAL (SELECT count(*) AS open_filings,
            count(*) FILTER (WHERE f.legal_due < $3::date OR (f.legal_due IS NULL AND f.lapse_on < $3::date AND f.lapse_due < $3::date)) AS past_due
          FROM filings f WHERE f.tenant_id = $1 AND f.client_id = $2 AND f.state IN ('open', 'in_review') AND (f.sort_due IS NULL OR f.sort_due <= $3::date + 90)) n
        WHERE c.tenant_id = $1 AND c.id = $2";
}

pub(crate) type RegistrationCells = (i64, String, String, String, Option<Date>, Option<Date>, String);
type ContactCells = (i64, String, String, String, String, bool);
pub(crate) type FactCells = (String, Option<String>, Date);
pub(crate) type EventCells = (i64, String, Date, Option<String>, String, Option<i64>, i64, Option<String>);

/// Reads the row of `CLIENT_FILE`.
pub(crate) fn client_file(row: &Row) -> Result<ClientFile, StoreError> {
    let client = client(row)?;
    let owner: Option<String> = col(row, "owner_name")?;
    let mut people: Vec<(UserId, String)> = client.owner.zip(owner).into_iter().collect();
    let mut events = Vec::new();
    for cells in list::<EventCells>(row, "events")? {
        people.extend(cells.5.map(Id::new).zip(cells.7.clone()));
        events.push(own_event(cells, client.id)?);
    }
    let registrations = list::<RegistrationCells>(row, "registrations")?.into_iter().map(registration);
    let contacts = list::<ContactCells>(row, "contacts")?.into_iter().map(
        |(id, name, designation, email, phone, primary)| Contact {
            id: Id::new(id),
            facts: NewContact { name, designation, email, phone, primary },
        },
    );
    let facts = list::<FactCells>(row, "facts")?.into_iter().map(fact);
    Ok(ClientFile {
        open_filings: col(row, "open_filings")?,
        past_due: col(row, "past_due")?,
        people,
        record: ClientRecord {
            registrations: registrations.collect(),
            contacts: contacts.collect(),
            facts: facts.collect(),
            events,
            client,
        },
    })
}

/// One registration of the list.
pub(crate) fn registration(cells: RegistrationCells) -> Registration {
    let (id, regulator, category, registration_no, valid_from, valid_to, status) = cells;
    let facts = NewRegistration { regulator, category, registration_no, valid_from, valid_to, status };
    Registration { id: Id::new(id), facts }
}

/// One fact of the list.
pub(crate) fn fact((key, value, valid_from): FactCells) -> Fact {
    Fact { key, value, valid_from }
}

/// One event of the list.
pub(crate) fn own_event(cells: EventCells, client: ClientId) -> Result<ClientEvent, StoreError> {
    let (id, kind, on, for_period, note, by, micros, _) = cells;
    Ok(ClientEvent {
        id: Id::new(id),
        facts: NewEvent { kind, on, for_period, note },
        recorded_by: by.map(Id::new),
        recorded_at: instant(micros, client.get())?,
    })
}

/// A list that came as JSON; none is empty.
pub(crate) fn list<T: serde::de::DeserializeOwned>(row: &Row, name: &str) -> Result<Vec<T>, StoreError> {
    Ok(col::<Option<Json<Vec<T>>>>(row, name)?.map(|list| list.0).unwrap_or_default())
}

fn instant(micros: i64, client: i64) -> Result<Instant, StoreError> {
    Instant::from_unix_timestamp_nanos(i128::from(micros) * 1_000).map_err(|error| StoreError::Corrupt {
        table: "client_events",
        column: "recorded_at",
        id: client,
        why: error.to_string(),
    })
}
