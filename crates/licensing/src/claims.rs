//! What a licence grants, signed: the answer of the validation endpoint and the content of a `.zlic` file are the same.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use kernel::moment::Instant;
use kernel::{Counted, FeatureSet, Limit};
use ring::signature::{ED25519, Ed25519KeyPair, UnparsedPublicKey};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use thiserror::Error;
use time::format_description::well_known::Rfc3339;

/// The product that claims are for.
pub const PRODUCT: &str = "zippcrm";
const FORMAT: &str = "zlic-1";
/// Before the signed bytes, so that a signature for something else never fits.
const CONTEXT: &[u8] = b"zippcrm licence claims 1\n";

/// What a licence grants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// The key it belongs to, as printed.
    pub key: String,
    /// Slug of the tier.
    pub tier: String,
    /// Seats.
    pub max_seats: Limit,
    /// The end.
    pub valid_until: Instant,
    /// What is switched on; none leaves it to the tier.
    pub features: Option<FeatureSet>,
    /// What is counted, over the tier's.
    pub limits: BTreeMap<String, Limit>,
    /// To whom it was issued.
    pub licensee: String,
    /// When.
    pub issued_at: Instant,
    /// For a site without internet: nothing is asked of anybody.
    pub offline: bool,
    /// Signed with a development key; production refuses it.
    pub development: bool,
    /// Taken back.
    pub revoked: bool,
    /// The number that the question carried; a file has none.
    pub nonce: Option<String>,
}

/// Why claims are not believed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ClaimsError {
    /// Not a licence file.
    #[error("This is not a licence file of ours.")]
    Unreadable,
    /// The signature is not the vendor's.
    #[error("The signature does not fit: the content was changed, or somebody else signed it.")]
    Signature,
    /// For another product.
    #[error("This licence is for another product.")]
    Product,
    /// An answer to another question.
    #[error("This is the answer to another question.")]
    Replayed,
    /// For another key.
    #[error("This is the answer for another key.")]
    OtherKey,
    /// Signed for development only.
    #[error("This licence is for development and not valid in production.")]
    Development,
}

impl Claims {
    /// Signs.
    pub fn sign(&self, key: &Ed25519KeyPair) -> String {
        let payload = self.to_json().to_string();
        let signature = key.sign(&message(payload.as_bytes()));
        json!({
            "format": FORMAT,
            "payload": BASE64.encode(payload),
            "signature": BASE64.encode(signature.as_ref()),
        })
        .to_string()
    }

    /// Reads without believing.
    pub fn inspect(envelope: &str) -> Result<Self, ClaimsError> {
        Self::from_json(&opened(envelope)?.0)
    }

    /// Reads and believes only what the vendor signed.
    pub fn verify(envelope: &str, public_key: &[u8]) -> Result<Self, ClaimsError> {
        let (payload, bytes, signature) = opened(envelope)?;
        UnparsedPublicKey::new(&ED25519, public_key)
            .verify(&message(&bytes), &signature)
            .map_err(|_| ClaimsError::Signature)?;
        if payload["product"] != PRODUCT {
            return Err(ClaimsError::Product);
        }
        Self::from_json(&payload)
    }

    /// Believes the answer to a question about a key: signed, for this key, and made for this question.
    pub fn answer(envelope: &str, public_key: &[u8], key: &str, nonce: &str) -> Result<Self, ClaimsError> {
        let claims = Self::verify(envelope, public_key)?;
        if claims.nonce.as_deref() != Some(nonce) {
            return Err(ClaimsError::Replayed);
        }
        if claims.key != key {
            return Err(ClaimsError::OtherKey);
        }
        Ok(claims)
    }

    /// The content, as it is signed.
    pub fn to_json(&self) -> Value {
        let instant = |at: Instant| at.format(&Rfc3339).unwrap_or_default();
        let limits: Map<String, Value> =
            self.limits.iter().map(|(name, limit)| (name.clone(), limit.get().into())).collect();
        json!({
            "product": PRODUCT,
            "key": self.key,
            "tier": self.tier,
            "max_seats": self.max_seats.get(),
            "valid_until": instant(self.valid_until),
            "features": self.features.map(|set| set.iter().map(|f| f.as_str()).collect::<Vec<_>>()),
            "limits": limits,
            "licensee": self.licensee,
            "issued_at": instant(self.issued_at),
            "offline": self.offline,
            "development": self.development,
            "revoked": self.revoked,
            "nonce": self.nonce,
        })
    }

    fn from_json(json: &Value) -> Result<Self, ClaimsError> {
        let text = |name: &str| json[name].as_str().map(str::to_owned).ok_or(ClaimsError::Unreadable);
        let instant = |name: &str| {
            json[name].as_str().and_then(|t| Instant::parse(t, &Rfc3339).ok()).ok_or(ClaimsError::Unreadable)
        };
        let yes = |name: &str| json[name].as_bool().unwrap_or(false);
        let mut limits = BTreeMap::new();
        for (name, number) in json["limits"].as_object().into_iter().flatten() {
            if Counted::parse(name).is_some() {
                limits.insert(name.clone(), Limit::of(number.as_i64().ok_or(ClaimsError::Unreadable)?));
            }
        }
        let features = json["features"].as_array();
        Ok(Self {
            key: text("key")?,
            tier: text("tier")?,
            max_seats: Limit::of(json["max_seats"].as_i64().ok_or(ClaimsError::Unreadable)?),
            valid_until: instant("valid_until")?,
            features: features.map(|names| {
                names.iter().filter_map(Value::as_str).filter_map(kernel::Feature::parse).collect()
            }),
            limits,
            licensee: text("licensee")?,
            issued_at: instant("issued_at")?,
            offline: yes("offline"),
            development: yes("development"),
            revoked: yes("revoked"),
            nonce: json["nonce"].as_str().map(str::to_owned),
        })
    }
}

fn message(payload: &[u8]) -> Vec<u8> {
    [CONTEXT, payload].concat()
}

/// The payload as JSON and as signed, and the signature.
fn opened(envelope: &str) -> Result<(Value, Vec<u8>, Vec<u8>), ClaimsError> {
    let outer: Value = serde_json::from_str(envelope.trim()).map_err(|_| ClaimsError::Unreadable)?;
    if outer["format"] != FORMAT {
        return Err(ClaimsError::Unreadable);
    }
    let part = |name: &str| {
        outer[name].as_str().and_then(|text| BASE64.decode(text).ok()).ok_or(ClaimsError::Unreadable)
    };
    let bytes = part("payload")?;
    let payload = serde_json::from_slice(&bytes).map_err(|_| ClaimsError::Unreadable)?;
    Ok((payload, bytes, part("signature")?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::signature::KeyPair;
    use time::macros::datetime;

    fn pair(seed: u8) -> Ed25519KeyPair {
        Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()
    }

    fn claims() -> Claims {
        Claims {
            key: "ZCRM-1".into(),
            tier: "professional".into(),
            max_seats: Limit::of(30),
            valid_until: datetime!(2027-11-30 18:30 UTC),
            features: Some([kernel::Feature::ApiAccess].into_iter().collect()),
            limits: [("clients".to_owned(), Limit::UNLIMITED)].into(),
            licensee: "Kaveri Regulatory".into(),
            issued_at: datetime!(2026-11-21 06:30 UTC),
            offline: false,
            development: false,
            revoked: false,
            nonce: Some("n1".into()),
        }
    }

    #[test]
    fn only_the_vendors_own_words_for_this_question_and_key_are_believed() {
        let (vendor, other) = (pair(1), pair(2));
        let public = vendor.public_key().as_ref();
        let envelope = claims().sign(&vendor);
        assert_eq!(Claims::answer(&envelope, public, "ZCRM-1", "n1"), Ok(claims()));
        assert_eq!(Claims::answer(&envelope, public, "ZCRM-1", "n2"), Err(ClaimsError::Replayed));
        assert_eq!(Claims::answer(&envelope, public, "ZCRM-2", "n1"), Err(ClaimsError::OtherKey));
        assert_eq!(Claims::verify(&claims().sign(&other), public), Err(ClaimsError::Signature));
        assert_eq!(Claims::verify("{}", public), Err(ClaimsError::Unreadable));
        assert_eq!(Claims::inspect(&claims().sign(&other)), Ok(claims()), "inspecting believes nothing");
    }

    #[test]
    fn a_changed_byte_breaks_the_signature() {
        let vendor = pair(1);
        let mut larger = claims();
        larger.max_seats = Limit::UNLIMITED;
        let (honest, forged) = (claims().sign(&vendor), larger.to_json().to_string());
        let mut outer: Value = serde_json::from_str(&honest).unwrap();
        outer["payload"] = BASE64.encode(forged).into();
        let public = vendor.public_key().as_ref();
        assert_eq!(Claims::verify(&outer.to_string(), public), Err(ClaimsError::Signature));
    }
}
