//! Session tokens: a signed text that names a firm and a secret. Only the secret's hash is stored.

use super::device::Device;
use identity::TokenHash;
use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use kernel::Id;
use kernel::id::{TenantId, UserId};
use kernel::moment::Instant;
use ring::digest::{SHA256, digest};
use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};
use signature::{Signer, Verifier};

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    t: i64,
    k: String,
    exp: i64,
}

/// Proof that a password was right, for the second step of signing in.
#[derive(Debug, Serialize, Deserialize)]
struct ChallengeClaims {
    /// Always `totp`: tells it from anything else that is signed with the same key.
    p: String,
    t: i64,
    u: i64,
    /// Changes with password and second factor, so that a change of either ends the challenge.
    f: String,
    exp: i64,
}

/// A browser that an account signed in with before.
#[derive(Debug, Serialize, Deserialize)]
struct DeviceClaims {
    /// Always `device`.
    p: String,
    a: String,
    n: String,
    exp: i64,
}

/// Who showed the right password, to be compared with the person as they are now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// Their firm.
    pub tenant: TenantId,
    /// The person.
    pub user: UserId,
    /// Of password and second factor at that time.
    pub mark: String,
}

struct Hs256(hmac::Key);

impl Signer<Vec<u8>> for Hs256 {
    fn try_sign(&self, message: &[u8]) -> Result<Vec<u8>, signature::Error> {
        Ok(hmac::sign(&self.0, message).as_ref().to_vec())
    }
}
impl JwtSigner for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}
impl Verifier<Vec<u8>> for Hs256 {
    fn verify(&self, message: &[u8], tag: &Vec<u8>) -> Result<(), signature::Error> {
        hmac::verify(&self.0, message, tag).map_err(|_| signature::Error::new())
    }
}
impl JwtVerifier for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

/// jsonwebtoken brings no provider of its own here; this one is HMAC-SHA256 by ring, all that a session needs.
static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: |algorithm, key| match algorithm {
        Algorithm::HS256 => Ok(Box::new(Hs256(hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes())))),
        _ => Err(jsonwebtoken::errors::ErrorKind::InvalidAlgorithm.into()),
    },
    verifier_factory: |algorithm, key| match algorithm {
        Algorithm::HS256 => Ok(Box::new(Hs256(hmac::Key::new(hmac::HMAC_SHA256, key.try_get_as_bytes()?)))),
        _ => Err(jsonwebtoken::errors::ErrorKind::InvalidAlgorithm.into()),
    },
    key_utils: KeyUtils::new_unimplemented(),
};

/// How every key begins, so that secret scanners know one.
pub const KEY_START: &str = "zk_";

/// Letters of 256 random bits.
const SECRET_TEXT: usize = 43;

/// A key that was made.
#[derive(Clone)]
pub struct FreshKey {
    /// All of it, to be shown once.
    pub text: String,
    /// How it begins, for lists.
    pub prefix: String,
    /// For the store.
    pub hash: TokenHash,
}

/// What the check of a key covers.
fn checked(tenant: TenantId, secret: &str) -> Vec<u8> {
    format!("{tenant}.{secret}").into_bytes()
}

fn decode(text: &str) -> Option<Vec<u8>> {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).ok()
}

/// Makes and reads tokens.
#[derive(Clone)]
pub struct Tokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    checks: hmac::Key,
    accounts: hmac::Key,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tokens")
    }
}

impl Tokens {
    /// From the configured secret.
    pub fn new(secret: &str) -> Self {
        let _ = PROVIDER.install_default();
        Self {
            encoding: EncodingKey::from_secret(secret.as_bytes()),
            decoding: DecodingKey::from_secret(secret.as_bytes()),
            checks: hmac::Key::new(hmac::HMAC_SHA256, format!("api keys {secret}").as_bytes()),
            accounts: hmac::Key::new(hmac::HMAC_SHA256, format!("accounts {secret}").as_bytes()),
        }
    }

    /// A fresh secret and its hash.
    pub fn fresh() -> Option<(String, TokenHash)> {
        let secret = random_text()?;
        let hash = hash(&secret);
        Some((secret, hash))
    }

    /// Signs firm and secret.
    pub fn sign(&self, tenant: TenantId, secret: &str, until: Instant) -> Option<String> {
        let claims = Claims { t: tenant.get(), k: secret.to_owned(), exp: until.unix_timestamp() };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding).ok()
    }

    /// A fresh key for programs: `zk_7_<secret><check>`. The check is ours, so that a made-up key costs no look-up and gets
    /// no budget of its own.
    pub fn fresh_key(&self, tenant: TenantId) -> Option<FreshKey> {
        let secret = random_text()?;
        let text = format!("{KEY_START}{tenant}_{secret}{}", self.check(tenant, &secret));
        let prefix = text[..text.len().min(KEY_START.len() + tenant.to_string().len() + 7)].to_owned();
        Some(FreshKey { hash: hash(&secret), text, prefix })
    }

    /// Firm and hash of a key with a good check.
    pub fn read_key(&self, text: &str) -> Option<(TenantId, TokenHash)> {
        let (tenant, rest) = text.strip_prefix(KEY_START)?.split_once('_')?;
        let tenant = Id::new(tenant.parse().ok().filter(|id| *id > 0)?);
        let (secret, check) = rest.split_at_checked(SECRET_TEXT)?;
        let good = ring::hmac::verify(&self.checks, &checked(tenant, secret), &decode(check)?);
        good.ok().map(|()| (tenant, hash(secret)))
    }

    fn check(&self, tenant: TenantId, secret: &str) -> String {
        use base64::Engine;
        let tag = hmac::sign(&self.checks, &checked(tenant, secret));
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(tag)
    }

    /// Signs that this person's password was right.
    pub fn challenge(&self, challenge: &Challenge, until: Instant) -> Option<String> {
        let claims = ChallengeClaims {
            p: "totp".into(),
            t: challenge.tenant.get(),
            u: challenge.user.get(),
            f: challenge.mark.clone(),
            exp: until.unix_timestamp(),
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding).ok()
    }

    /// Reads a challenge that is not over at `now`.
    pub fn read_challenge(&self, token: &str, now: Instant) -> Option<Challenge> {
        let claims = self.claims::<ChallengeClaims>(token)?;
        let good = claims.p == "totp" && claims.exp > now.unix_timestamp();
        good.then(|| Challenge { tenant: Id::new(claims.t), user: Id::new(claims.u), mark: claims.f })
    }

    /// Signs that an account signed in on a device.
    pub fn device(&self, device: &Device, until: Instant) -> Option<String> {
        let (a, n) = (device.account.clone(), device.number.clone());
        let claims = DeviceClaims { p: "device".into(), a, n, exp: until.unix_timestamp() };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding).ok()
    }

    /// Reads which device it is.
    pub fn read_device(&self, token: &str, now: Instant) -> Option<Device> {
        let claims = self.claims::<DeviceClaims>(token)?;
        let good = claims.p == "device" && claims.exp > now.unix_timestamp();
        good.then_some(Device { account: claims.a, number: claims.n })
    }

    /// A name for an e-mail that does not tell it: tries are counted under it, whether or not somebody has the account.
    pub fn account(&self, email: &str) -> String {
        let tag = hmac::sign(&self.accounts, email.as_bytes());
        tag.as_ref()[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn claims<T: serde::de::DeserializeOwned>(&self, token: &str) -> Option<T> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.validate_exp = false; // judged by the injected clock
        validation.required_spec_claims.clear();
        Some(jsonwebtoken::decode::<T>(token, &self.decoding, &validation).ok()?.claims)
    }

    /// Firm and hash of a token with a good signature that is not over at `now`.
    pub fn read(&self, token: &str, now: Instant) -> Option<(TenantId, TokenHash)> {
        let claims = self.claims::<Claims>(token)?;
        (claims.exp > now.unix_timestamp()).then(|| (Id::new(claims.t), hash(&claims.k)))
    }
}

/// SHA-256 of a secret.
pub fn hash(secret: &str) -> TokenHash {
    let mut out = [0; 32];
    out.copy_from_slice(digest(&SHA256, secret.as_bytes()).as_ref());
    TokenHash(out)
}

/// 256 random bits as URL-safe text; `None` when the system gives no randomness.
pub fn random_text() -> Option<String> {
    use base64::Engine;
    let mut bytes = [0u8; 32];
    SystemRandom::new().fill(&mut bytes).ok()?;
    Some(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes))
}

/// Fresh random bytes; `None` when the system gives no randomness.
pub fn random_bytes<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).ok().map(|()| bytes)
}

/// A fresh salt for a password.
pub fn random_salt() -> Option<[u8; 16]> {
    random_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_key_names_its_firm_and_cannot_be_made_up() {
        let ours = Tokens::new("one secret of 32 characters.....");
        let key = ours.fresh_key(Id::new(7)).unwrap();
        assert!(key.text.starts_with("zk_7_") && key.text.starts_with(&key.prefix), "{}", key.prefix);
        assert!(key.prefix.len() < 14, "what is shown opens nothing: {}", key.prefix);
        let (tenant, found) = ours.read_key(&key.text).unwrap();
        assert!(tenant == Id::new(7) && found == key.hash);
        assert!(Tokens::new("another").read_key(&key.text).is_none());
        assert!(ours.read_key(&key.text.replacen("zk_7_", "zk_8_", 1)).is_none());
        for cut in ["", "zk_", "zk_7_", "zk_7_abc", &key.text[..key.text.len() - 1], &key.text[3..]] {
            assert!(ours.read_key(cut).is_none(), "{cut}");
        }
    }

    #[test]
    fn a_challenge_is_read_until_it_is_over_and_opens_no_session() {
        let (ours, now) = (Tokens::new("one secret of 32 characters....."), datetime!(2026-11-21 0:00 UTC));
        let until = datetime!(2026-11-21 0:05 UTC);
        let challenge = Challenge { tenant: Id::new(7), user: Id::new(9), mark: "ab".into() };
        let token = ours.challenge(&challenge, until).unwrap();
        assert_eq!(ours.read_challenge(&token, now), Some(challenge));
        assert_eq!(ours.read_challenge(&token, until), None);
        assert!(ours.read(&token, now).is_none());
        assert!(Tokens::new("another").read_challenge(&token, now).is_none());
    }

    #[test]
    fn a_device_is_known_until_its_note_is_over_and_opens_nothing() {
        let (ours, now) = (Tokens::new("one secret of 32 characters....."), datetime!(2026-11-21 0:00 UTC));
        let until = datetime!(2027-02-19 0:00 UTC);
        let device = Device { account: ours.account("asha@kaveri.example"), number: "0a".into() };
        assert!(device.account.len() == 32 && device.account != ours.account("ravi@kaveri.example"));
        let token = ours.device(&device, until).unwrap();
        assert_eq!(ours.read_device(&token, now), Some(device.clone()));
        assert_eq!(ours.read_device(&token, until), None);
        assert!(ours.read(&token, now).is_none() && ours.read_challenge(&token, now).is_none());
        let other = Tokens::new("another");
        assert!(
            other.read_device(&token, now).is_none()
                && other.account("asha@kaveri.example") != device.account
        );
    }

    #[test]
    fn a_token_opens_with_its_own_key_until_it_is_over() {
        let (ours, theirs) = (Tokens::new("one secret of 32 characters.....  "), Tokens::new("another"));
        let token = ours.sign(Id::new(7), "abc", datetime!(2026-11-22 0:00 UTC)).unwrap();
        let read = ours.read(&token, datetime!(2026-11-21 0:00 UTC)).unwrap();
        assert_eq!(read.0, Id::new(7));
        assert!(read.1 == hash("abc"));
        assert!(theirs.read(&token, datetime!(2026-11-21 0:00 UTC)).is_none());
        assert!(ours.read(&token, datetime!(2026-11-22 0:00 UTC)).is_none());
        assert!(
            ours.read_challenge(&token, datetime!(2026-11-21 0:00 UTC)).is_none(),
            "a session is no challenge"
        );
        assert!(ours.read(&token.replace('.', "x"), datetime!(2026-11-21 0:00 UTC)).is_none());
    }
}
