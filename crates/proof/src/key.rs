//! The key that signs checkpoints, and how one hands over to the next.

use crate::hash::{Hash, hex, unhex};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// An Ed25519 public key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(pub [u8; 32]);

impl PublicKey {
    /// From 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        Hash::parse(text.trim()).map(|Hash(bytes)| Self(bytes))
    }

    /// Its fingerprint: SHA-256 of the 32 bytes.
    pub fn id(&self) -> Hash {
        Hash::of(&self.0)
    }

    /// Whether it made this signature, given in hexadecimal.
    pub fn signed(&self, message: &str, signature: &str) -> bool {
        let key = UnparsedPublicKey::new(&ED25519, self.0);
        unhex(signature).is_some_and(|signature| key.verify(message.as_bytes(), &signature).is_ok())
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&hex(&self.0))
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("a public key has 64 hexadecimal digits"))
    }
}

/// A private key.
pub struct Key(Ed25519KeyPair);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.public().id())
    }
}

impl Key {
    /// From its seed: 64 hexadecimal digits.
    pub fn parse(seed: &str) -> Option<Self> {
        Ed25519KeyPair::from_seed_unchecked(&unhex(seed.trim())?).ok().map(Self)
    }

    /// Its public half.
    pub fn public(&self) -> PublicKey {
        let mut out = [0; 32];
        out.copy_from_slice(self.0.public_key().as_ref());
        PublicKey(out)
    }

    /// Signs a text; the signature is in hexadecimal.
    pub fn sign(&self, message: &str) -> String {
        hex(self.0.sign(message.as_bytes()).as_ref())
    }

    /// The record by which this key follows another, which signs that it does.
    pub fn record(&self, firm: i64, since: String, before: Option<&Key>) -> KeyRecord {
        let mut record = KeyRecord {
            firm,
            public_key: self.public(),
            since,
            previous: before.map(|key| key.public().id()),
            endorsement: None,
        };
        record.endorsement = before.map(|key| key.sign(&record.statement()));
        record
    }
}

/// A key of a firm's checkpoints, and who vouches for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KeyRecord {
    /// The firm.
    pub firm: i64,
    /// The key.
    pub public_key: PublicKey,
    /// From when it signs.
    pub since: String,
    /// Fingerprint of the key before it.
    pub previous: Option<Hash>,
    /// That key's signature over the statement; none when it was lost.
    pub endorsement: Option<String>,
}

impl KeyRecord {
    /// What the key before it signs.
    pub fn statement(&self) -> String {
        let previous = self.previous.map_or("-".to_owned(), |id| id.to_string());
        format!(
            "zippcrm.key.v1\nfirm {}\nprevious {previous}\nkey {}\nsince {}\n",
            self.firm,
            hex(&self.public_key.0),
            self.since
        )
    }

    /// Whether `before` vouches for it.
    pub fn endorsed_by(&self, before: PublicKey) -> bool {
        self.previous == Some(before.id())
            && self.endorsement.as_ref().is_some_and(|signature| before.signed(&self.statement(), signature))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 8032, section 7.1, test 2
    #[test]
    fn signatures_are_those_of_the_standard() {
        let key = Key::parse("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb").unwrap();
        let public =
            PublicKey::parse("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c").unwrap();
        assert_eq!(key.public(), public);
        let signature = key.sign("\u{72}");
        assert_eq!(
            signature,
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        );
        assert!(
            public.signed("r", &signature) && !public.signed("s", &signature) && !public.signed("r", "00")
        );
    }

    #[test]
    fn a_key_is_vouched_for_by_the_one_before_it_alone() {
        let key = |byte: &str| Key::parse(&byte.repeat(32)).unwrap();
        let (old, new, other) = (key("01"), key("02"), key("03"));
        let record = new.record(7, "2026-11-21T05:12:00.000000Z".into(), Some(&old));
        assert!(record.endorsed_by(old.public()) && !record.endorsed_by(other.public()));
        let moved = KeyRecord { firm: 8, ..record.clone() };
        assert!(!moved.endorsed_by(old.public()));
        assert!(!KeyRecord { public_key: other.public(), ..record }.endorsed_by(old.public()));
    }
}
