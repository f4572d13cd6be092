//! Seals secrets that have to be read again (the keys of second factors) with a key made from `SECRET_KEY`, so that a
//! copy of the database alone gives no codes.

use identity::Vault;
use kernel::id::{TenantId, UserId};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::rand::{SecureRandom, SystemRandom};

/// Names how something was sealed, so that another way can be told from it.
const FORM: u8 = 1;

/// A key of the length that the cipher wants.
struct Length;

impl KeyType for Length {
    fn len(&self) -> usize {
        CHACHA20_POLY1305.key_len()
    }
}

/// The key.
pub struct SecretVault(Option<LessSafeKey>);

impl std::fmt::Debug for SecretVault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretVault")
    }
}

impl SecretVault {
    /// From the configured secret.
    pub fn new(secret: &str) -> Self {
        let salt = Salt::new(HKDF_SHA256, b"zippcrm second factors");
        let mut key = [0; 32];
        let made =
            salt.extract(secret.as_bytes()).expand(&[b"seal"], Length).and_then(|okm| okm.fill(&mut key));
        let key = made.and_then(|()| UnboundKey::new(&CHACHA20_POLY1305, &key)).ok();
        Self(key.map(LessSafeKey::new))
    }

    /// What a sealed secret is bound to: it does not open for another person.
    fn about(tenant: TenantId, user: UserId) -> Aad<String> {
        Aad::from(format!("totp:{tenant}:{user}"))
    }
}

impl Vault for SecretVault {
    fn seal(&self, tenant: TenantId, user: UserId, secret: &[u8]) -> Option<Vec<u8>> {
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).ok()?;
        let mut sealed = secret.to_vec();
        let key = self.0.as_ref()?;
        let about = Self::about(tenant, user);
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), about, &mut sealed).ok()?;
        Some([&[FORM], nonce.as_slice(), &sealed].concat())
    }

    fn open(&self, tenant: TenantId, user: UserId, sealed: &[u8]) -> Option<Vec<u8>> {
        let (form, rest) = sealed.split_first()?;
        let (nonce, rest) = rest.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok().filter(|_| *form == FORM)?;
        let mut opened = rest.to_vec();
        let length =
            self.0.as_ref()?.open_in_place(nonce, Self::about(tenant, user), &mut opened).ok()?.len();
        opened.truncate(length);
        Some(opened)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Id;

    #[test]
    fn what_is_sealed_opens_for_its_owner_with_its_key_only() {
        let (ours, theirs) =
            (SecretVault::new("one secret of 32 characters....."), SecretVault::new("another"));
        let (firm, asha) = (Id::new(7), Id::new(9));
        let sealed = ours.seal(firm, asha, b"the key of a phone").unwrap();
        assert!(!sealed.windows(7).any(|w| w == b"the key"));
        assert_ne!(ours.seal(firm, asha, b"the key of a phone").unwrap(), sealed, "never twice the same");
        assert_eq!(ours.open(firm, asha, &sealed).unwrap(), b"the key of a phone");
        assert!(theirs.open(firm, asha, &sealed).is_none());
        assert!(ours.open(firm, Id::new(10), &sealed).is_none());
        assert!(ours.open(Id::new(8), asha, &sealed).is_none());
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(ours.open(firm, asha, &changed).is_none(), "byte {at}");
        }
        assert!(ours.open(firm, asha, &sealed[..5]).is_none());
    }
}
