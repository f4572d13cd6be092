//! The commands that may have to wait, in a form that can be kept: plain words and numbers, the same after any update of
//! the program. Adding a field is fine when it has a default; renaming or dropping one is not.

use super::forms::{CircularForm, ClientForm, FilingForm, PolicyForm, RegistrationForm};
use crate::firm_rules::{RetireInternal, WriteInternal};
use crate::settings::{SetFirm, SetReturn};
use kernel::Date;
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A guarded command.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "command", content = "with", rename_all = "snake_case")]
pub enum Command {
    /// Change the scalar fields of a client.
    UpdateClient {
        /// Which.
        client: i64,
        /// The version that the maker saw.
        version: i64,
        /// What changes.
        fields: Box<ClientForm>,
    },
    /// Add a registration to a client.
    AddRegistration {
        /// To which.
        client: i64,
        /// What.
        registration: RegistrationForm,
    },
    /// Change a registration.
    ChangeRegistration {
        /// Of which client.
        client: i64,
        /// Which registration.
        id: i64,
        /// How it will be.
        registration: RegistrationForm,
    },
    /// Remove a registration.
    RemoveRegistration {
        /// Of which client.
        client: i64,
        /// Which registration.
        id: i64,
    },
    /// Change filings, one or many.
    ChangeFilings {
        /// Each with its change.
        filings: Vec<FilingForm>,
    },
    /// Carry a circular out.
    ApplyRelaxation {
        /// The circular.
        circular: Box<CircularForm>,
    },
    /// Take a circular back.
    UndoRelaxation {
        /// Which.
        relaxation: i64,
        /// Why.
        reason: String,
    },
    /// Write the rows of a checked sheet.
    CommitImport {
        /// Which upload.
        import: i64,
        /// Leave rows with errors out.
        accept_partial: bool,
    },
    /// Decide anew who approves what.
    SavePolicy {
        /// The policy.
        policy: PolicyForm,
    },
    /// Decide about a return, beside the law.
    SetReturn {
        /// What.
        setting: Box<SetReturn>,
    },
    /// Decide the firm's default about breaches.
    SetFirm {
        /// What.
        setting: SetFirm,
    },
    /// Write an internal return, or give it another wording.
    WriteInternal {
        /// What.
        own: Box<WriteInternal>,
    },
    /// Retire an internal return.
    RetireInternal {
        /// Which, from when, why.
        own: RetireInternal,
    },
    /// Ask somebody to join.
    Invite {
        /// Address.
        email: String,
        /// Name.
        display_name: String,
        /// The role they get.
        role: String,
        /// The firm's own role, when `role` says so.
        custom_role: Option<i64>,
    },
    /// Give somebody another role.
    ChangePost {
        /// Who.
        user: i64,
        /// The version that the maker saw.
        version: i64,
        /// The role they get.
        role: String,
        /// The firm's own role, when `role` says so.
        custom_role: Option<i64>,
    },
    /// Let somebody in again.
    Reactivate {
        /// Who.
        user: i64,
        /// The version that the maker saw.
        version: i64,
    },
    /// Make a role of the firm.
    CreateRole {
        /// What it is called.
        name: String,
        /// Names of what it allows.
        permissions: Vec<String>,
    },
    /// Change a role of the firm.
    ChangeRole {
        /// Which.
        role: i64,
        /// The version that the maker saw.
        version: i64,
        /// What it is called.
        name: String,
        /// Names of what it allows.
        permissions: Vec<String>,
    },
    /// Say who needs a second factor.
    RequireTotp {
        /// Everybody, not only who administers.
        everybody: bool,
    },
    /// Make a key for programs. Its secret is made when it is collected, so nothing that is kept here opens anything.
    CreateKey {
        /// What it is for.
        name: String,
        /// Names of what it may do.
        permissions: Vec<String>,
        /// Its last day.
        last_day: Date,
    },
}

impl Command {
    /// The stable form. Keys are in alphabetical order, so the same command is the same text.
    pub fn frozen(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// Reads the stable form.
    pub fn thaw(value: &Value) -> Option<Self> {
        serde_json::from_value(value.clone()).ok()
    }
}

/// SHA-256 of a stable form, in hex.
pub fn digest_of(value: &Value) -> String {
    hex(digest(&SHA256, value.to_string().as_bytes()).as_ref())
}

/// A number for a text, to hold what has no id of its own.
pub fn key_of(text: &str) -> i64 {
    let hash = digest(&SHA256, text.as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash.as_ref()[..8]);
    i64::from_be_bytes(first) & i64::MAX
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_kept_command_reads_back_and_its_text_does_not_depend_on_the_order_of_keys() {
        let kept =
            json!({ "with": { "reason": "withdrawn", "relaxation": 7 }, "command": "undo_relaxation" });
        let command = Command::UndoRelaxation { relaxation: 7, reason: "withdrawn".into() };
        assert_eq!(Command::thaw(&kept), Some(command.clone()));
        assert_eq!(digest_of(&kept), digest_of(&command.frozen()));
        let cleared = Command::UpdateClient {
            client: 1,
            version: 3,
            fields: Box::new(ClientForm { risk_rating: Some(None), ..ClientForm::default() }),
        };
        let kept = cleared.frozen();
        assert_eq!(kept["with"]["fields"], json!({ "risk_rating": null }), "cleared is not the same as left");
        assert_eq!(Command::thaw(&kept), Some(cleared));
    }

    #[test]
    fn the_digest_is_the_plain_sha_256() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(hex(digest(&SHA256, b"").as_ref()), empty);
    }
}
