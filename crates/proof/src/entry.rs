//! What of a journal entry is hashed, byte by byte.

use crate::hash::Hash;
use crate::merkle::leaf_hash;
use serde::{Deserialize, Serialize};

/// The first line of the bytes. A change of the fields or of their form takes a new name.
pub const FORMAT: &str = "zippcrm.journal.v1";

/// An entry as it is proved: every column of the journal, as text where the store keeps text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Entry {
    /// The firm.
    pub firm: i64,
    /// Id within the journal.
    pub id: i64,
    /// When, in UTC with six digits of a second: `2026-11-21T05:12:00.000000Z`.
    pub at: String,
    /// Who; none for the product itself.
    pub actor_id: Option<i64>,
    /// Their name at the time.
    pub actor_name: String,
    /// For whom they acted.
    pub acting_for: Option<i64>,
    /// The stable verb.
    pub action: String,
    /// Kind of the subject.
    pub subject_kind: String,
    /// Its id.
    pub subject_id: i64,
    /// The client it is about.
    pub client_id: Option<i64>,
    /// The sentence.
    pub text: String,
    /// Changed fields before: JSON as the store prints it, which is what is hashed.
    pub before: Option<String>,
    /// Changed fields after, likewise.
    pub after: Option<String>,
    /// The request.
    pub request_id: String,
    /// The address it came from.
    pub address: Option<String>,
}

impl Entry {
    /// The bytes that are hashed: the name of the format and fifteen fields, each as its length in bytes, a colon, its text
    /// and a line feed; a field without a value is a minus and a line feed. No two entries have the same bytes.
    pub fn canonical(&self) -> Vec<u8> {
        let number = |n: i64| Some(n.to_string());
        let optional = |n: Option<i64>| n.map(|n| n.to_string());
        let text = |t: &String| Some(t.clone());
        let fields: [Option<String>; 16] = [
            Some(FORMAT.to_owned()),
            number(self.firm),
            number(self.id),
            text(&self.at),
            optional(self.actor_id),
            text(&self.actor_name),
            optional(self.acting_for),
            text(&self.action),
            text(&self.subject_kind),
            number(self.subject_id),
            optional(self.client_id),
            text(&self.text),
            self.before.clone(),
            self.after.clone(),
            text(&self.request_id),
            self.address.clone(),
        ];
        let mut out = Vec::with_capacity(256 + self.text.len());
        for field in fields {
            match field {
                Some(value) => {
                    out.extend_from_slice(value.len().to_string().as_bytes());
                    out.push(b':');
                    out.extend_from_slice(value.as_bytes());
                }
                None => out.push(b'-'),
            }
            out.push(b'\n');
        }
        out
    }

    /// Its leaf in the tree.
    pub fn leaf(&self) -> Hash {
        leaf_hash(&self.canonical())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn entry(id: i64) -> Entry {
        Entry {
            firm: 7,
            id,
            at: "2026-11-21T05:12:00.000000Z".into(),
            actor_id: Some(3),
            actor_name: "Ananya Iyer".into(),
            acting_for: None,
            action: "filings.file".into(),
            subject_kind: "filing".into(),
            subject_id: 41,
            client_id: Some(5),
            text: "filed DNBS01, fee ₹100".into(),
            before: Some(r#"{"status": "open"}"#.into()),
            after: None,
            request_id: "r1".into(),
            address: Some("203.0.113.9".into()),
        }
    }

    // Written out by hand from the words in docs/audit-proof.md; lengths are of UTF-8 bytes.
    #[test]
    fn the_bytes_are_as_the_document_says() {
        let wanted = "18:zippcrm.journal.v1\n1:7\n2:12\n27:2026-11-21T05:12:00.000000Z\n1:3\n11:Ananya Iyer\n-\n\
            12:filings.file\n6:filing\n2:41\n1:5\n24:filed DNBS01, fee ₹100\n18:{\"status\": \"open\"}\n-\n2:r1\n\
            11:203.0.113.9\n";
        assert_eq!(String::from_utf8(entry(12).canonical()).unwrap(), wanted);
    }

    #[test]
    fn nothing_and_an_empty_text_differ_and_fields_do_not_run_into_each_other() {
        let base = entry(1);
        let empty = Entry { after: Some(String::new()), ..base.clone() };
        assert_ne!(base.leaf(), empty.leaf());
        let (a, b) = (
            Entry { action: "a\n1:b".into(), subject_kind: "c".into(), ..base.clone() },
            Entry { action: "a".into(), subject_kind: "b\n1:c".into(), ..base },
        );
        assert_ne!(a.leaf(), b.leaf());
    }
}
