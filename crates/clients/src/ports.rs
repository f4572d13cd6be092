//! What the client domain asks of the store, inside one firm's transaction.

use crate::client::{Client, Identifiers};
use crate::import::ClientRecord;
use crate::parts::{ClientEvent, Contact, Fact, NewContact, NewEvent, NewRegistration, Registration};
use async_trait::async_trait;
use kernel::id::{ClientEventId, ClientId, ContactId, ImportId, RegistrationId, UserId};
use kernel::moment::Instant;
use kernel::{Date, StoreError};
use serde_json::Value;

/// A client that looks like the one being made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The one already there.
    pub id: ClientId,
    /// Its name.
    pub client_name: String,
    /// `pan`, `cin`, `gstin`, then `name`.
    pub matched_on: &'static str,
}

/// Clients and what hangs on them.
#[async_trait]
pub trait Clients: Send {
    /// One client, as it is.
    async fn client(&mut self, id: ClientId) -> Result<Option<Client>, StoreError>;
    /// One client, held against other writers until the transaction ends.
    async fn lock_client(&mut self, id: ClientId) -> Result<Option<Client>, StoreError>;
    /// Several clients, held against other writers until the transaction ends; in the order of their ids.
    async fn lock_clients(&mut self, ids: &[ClientId]) -> Result<Vec<Client>, StoreError>;
    /// Makes a client; the id inside is ignored.
    async fn insert_client(&mut self, client: &Client) -> Result<ClientId, StoreError>;
    /// Saves the scalar fields if the version is still the one inside; `Stale` otherwise. Bumps the version.
    async fn save_client(&mut self, client: &Client) -> Result<(), StoreError>;
    /// Removes a client and all that hangs on it; only an undone import does this.
    async fn delete_client(&mut self, id: ClientId) -> Result<(), StoreError>;
    /// Others with the same PAN, CIN, GSTIN or name key.
    async fn duplicates_of(
        &mut self,
        identifiers: &Identifiers,
        name_key: &str,
        except: Option<ClientId>,
    ) -> Result<Vec<Duplicate>, StoreError>;

    /// Licences of a client.
    async fn registrations_of(&mut self, client: ClientId) -> Result<Vec<Registration>, StoreError>;
    /// Adds a licence.
    async fn add_registration(
        &mut self,
        client: ClientId,
        registration: &NewRegistration,
    ) -> Result<RegistrationId, StoreError>;
    /// Saves a licence; false when it is not this client's.
    async fn save_registration(
        &mut self,
        client: ClientId,
        registration: &Registration,
    ) -> Result<bool, StoreError>;
    /// Removes a licence; false when it is not this client's.
    async fn remove_registration(&mut self, client: ClientId, id: RegistrationId)
    -> Result<bool, StoreError>;

    /// People of a client.
    async fn contacts_of(&mut self, client: ClientId) -> Result<Vec<Contact>, StoreError>;
    /// Adds a person.
    async fn add_contact(&mut self, client: ClientId, contact: &NewContact) -> Result<ContactId, StoreError>;
    /// Saves a person; false when not this client's.
    async fn save_contact(&mut self, client: ClientId, contact: &Contact) -> Result<bool, StoreError>;
    /// Removes a person; false when not this client's.
    async fn remove_contact(&mut self, client: ClientId, id: ContactId) -> Result<bool, StoreError>;

    /// All facts with their history, by key and date.
    async fn facts_of(&mut self, client: ClientId) -> Result<Vec<Fact>, StoreError>;
    /// Sets a fact from a date; replaces the value of the same date.
    async fn set_fact(&mut self, client: ClientId, fact: &Fact, at: Instant) -> Result<(), StoreError>;
    /// Sets several facts of a client, no key with the same date twice.
    async fn set_facts(&mut self, client: ClientId, facts: &[Fact], at: Instant) -> Result<(), StoreError> {
        for fact in facts {
            self.set_fact(client, fact, at).await?;
        }
        Ok(())
    }
    /// Takes back the value of one date, as an undone import does.
    async fn unset_fact(&mut self, client: ClientId, key: &str, from: Date) -> Result<(), StoreError>;

    /// All events, newest first.
    async fn events_of(&mut self, client: ClientId) -> Result<Vec<ClientEvent>, StoreError>;
    /// Records an event.
    async fn add_event(
        &mut self,
        client: ClientId,
        event: &NewEvent,
        by: Option<UserId>,
        at: Instant,
    ) -> Result<ClientEventId, StoreError>;
    /// The day of the event of this kind and period, for those of the clients that have one.
    async fn events_like(
        &mut self,
        clients: &[ClientId],
        kind: &str,
        for_period: Option<&str>,
    ) -> Result<Vec<(ClientId, Date)>, StoreError>;
    /// Records one event for several clients.
    async fn add_event_for(
        &mut self,
        clients: &[ClientId],
        event: &NewEvent,
        by: Option<UserId>,
        at: Instant,
    ) -> Result<Vec<(ClientId, ClientEventId)>, StoreError>;
    /// Events by their ids, with whose they are; those that are gone are left out.
    async fn events_by_id(
        &mut self,
        ids: &[ClientEventId],
    ) -> Result<Vec<(ClientId, ClientEvent)>, StoreError>;
    /// Takes events back, whoever's they are.
    async fn remove_events(&mut self, ids: &[ClientEventId]) -> Result<(), StoreError>;
    /// Takes an event back; false when not this client's.
    async fn remove_event(&mut self, client: ClientId, id: ClientEventId) -> Result<bool, StoreError>;

    /// Remembers with which rule library and until when the filings were planned.
    async fn mark_planned(
        &mut self,
        clients: &[ClientId],
        digest: &str,
        until: Date,
    ) -> Result<(), StoreError>;
    /// Lets every client of the firm be planned anew, after a decision about a return.
    async fn forget_plans(&mut self) -> Result<(), StoreError>;
    /// Clients planned with another rule library, or not far enough, or never: the next to plan.
    async fn clients_to_plan(
        &mut self,
        digest: &str,
        until: Date,
        limit: i64,
    ) -> Result<Vec<ClientId>, StoreError>;
}

/// The life of an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportState {
    /// Read and checked; nothing written to clients.
    Checked,
    /// Rows are being written in the background.
    Committing,
    /// All accepted rows are written.
    Done,
    /// Everything it did was taken back.
    Undone,
    /// Stopped by an error; what was written stays and can be undone.
    Failed,
}

impl ImportState {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Checked => "checked",
            Self::Committing => "committing",
            Self::Done => "done",
            Self::Undone => "undone",
            Self::Failed => "failed",
        }
    }
    /// Reads the stable name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Checked, Self::Committing, Self::Done, Self::Undone, Self::Failed]
            .into_iter()
            .find(|s| s.as_str() == text)
    }
}

/// An upload as it is stored, without the file.
#[derive(Debug, Clone)]
pub struct StoredImport {
    /// Id within the firm.
    pub id: ImportId,
    /// As the browser named it.
    pub file_name: String,
    /// Where it stands.
    pub state: ImportState,
    /// Column → field.
    pub mapping: Vec<Option<String>>,
    /// What the check found, as the API shows it.
    pub report: Value,
    /// Whether rows with errors are left out.
    pub accept_partial: bool,
    /// Rows written so far.
    pub progress_done: i32,
    /// Rows to write.
    pub progress_total: i32,
    /// Why it failed.
    pub error: Option<String>,
    /// Who uploaded it.
    pub created_by: Option<UserId>,
    /// When.
    pub created_at: Instant,
    /// When it was taken back.
    pub undone_at: Option<Instant>,
}

/// What one row did to one client.
#[derive(Debug, Clone)]
pub struct ImportRow {
    /// Row in the file.
    pub row_no: i32,
    /// The client.
    pub client: ClientId,
    /// Made by this row, or changed by it.
    pub created: bool,
    /// What it was before a change.
    pub before: Option<Value>,
    /// The client's version after the row.
    pub version_after: i64,
}

/// A client already there, as far as telling it from a row of a sheet needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownClient {
    /// Id within the firm.
    pub id: ClientId,
    /// Legal name.
    pub client_name: String,
    /// Its key for comparing.
    pub name_key: String,
    /// PAN.
    pub pan: Option<String>,
    /// CIN.
    pub cin: Option<String>,
    /// GSTIN.
    pub gstin: Option<String>,
}

/// Uploads and what they did.
#[async_trait]
pub trait Imports: Send {
    /// Keeps an upload with its file; the id inside is ignored.
    async fn insert_import(&mut self, import: &StoredImport, content: &[u8]) -> Result<ImportId, StoreError>;
    /// One upload.
    async fn import(&mut self, id: ImportId) -> Result<Option<StoredImport>, StoreError>;
    /// One upload, held against other writers.
    async fn lock_import(&mut self, id: ImportId) -> Result<Option<StoredImport>, StoreError>;
    /// Saves state, mapping, report and progress.
    async fn save_import(&mut self, import: &StoredImport, at: Instant) -> Result<(), StoreError>;
    /// The uploaded file.
    async fn import_content(&mut self, id: ImportId) -> Result<Option<Vec<u8>>, StoreError>;
    /// Remembers what rows did.
    async fn add_import_rows(&mut self, import: ImportId, rows: &[ImportRow]) -> Result<(), StoreError>;
    /// What the rows did, last first.
    async fn import_rows(&mut self, import: ImportId) -> Result<Vec<ImportRow>, StoreError>;
    /// Uploads, newest first, and how many there are.
    async fn list_imports(&mut self, limit: i64, offset: i64)
    -> Result<(Vec<StoredImport>, i64), StoreError>;
    /// All clients of the firm by their numbers and names, in one query.
    async fn known_clients(&mut self) -> Result<Vec<KnownClient>, StoreError>;
    /// Many whole records at once, by id; those that are gone are left out.
    async fn records_of(&mut self, ids: &[ClientId]) -> Result<Vec<ClientRecord>, StoreError>;
    /// Clients of an import that a person changed after its row was written: their record, their filings or remarks
    /// on them. `request_id` is the one under which the import wrote.
    async fn changed_since_import(
        &mut self,
        import: ImportId,
        request_id: &str,
    ) -> Result<Vec<(ClientId, String)>, StoreError>;
    /// Removes many clients and all that hangs on them; only an undone import does this.
    async fn delete_clients(&mut self, ids: &[ClientId]) -> Result<(), StoreError>;
}
