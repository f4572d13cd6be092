//! Recovery codes: ten words of chance, each good once, for the day the phone is gone.

use super::SecondFactorError;
use super::ports::{SecondFactors, Vault};
use super::prove::{Proof, prove};
use crate::session::TokenHash;
use kernel::Actor;
use kernel::id::UserId;
use kernel::journal::{Change, Journal};

/// How many codes a person gets.
pub const RECOVERY_CODES: usize = 10;

/// Letters and digits that nobody mistakes for one another.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// Ten codes as they are shown, out of chance that the caller brings: 75 bits each.
pub fn new_recovery_codes(chance: &[[u8; 15]; RECOVERY_CODES]) -> Vec<String> {
    let letter = |byte: &u8| char::from(ALPHABET[usize::from(byte % 32)]);
    chance
        .iter()
        .map(|bytes| {
            let letters: Vec<char> = bytes.iter().map(letter).collect();
            letters.chunks(5).map(|part| part.iter().collect::<String>()).collect::<Vec<_>>().join("-")
        })
        .collect()
}

/// What is hashed: the code without what people add or change when they type it.
pub fn normal_code(typed: &str) -> Option<String> {
    let text: String =
        typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase()).collect();
    let well_formed = text.len() == 15 && text.bytes().all(|b| ALPHABET.contains(&b));
    well_formed.then_some(text)
}

/// Hashes of the codes, for the store.
pub(super) fn hashes(codes: &[String], hash: impl Fn(&str) -> TokenHash) -> Vec<TokenHash> {
    codes.iter().filter_map(|code| normal_code(code)).map(|code| hash(&code)).collect()
}

/// Replaces the recovery codes, with a code of the app.
pub async fn renew_recovery_codes<T: SecondFactors + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    user: UserId,
    vault: &dyn Vault,
    proof: &Proof<'_>,
    codes: &[String],
) -> Result<(), SecondFactorError> {
    prove(tx, actor, user, vault, proof).await?;
    tx.replace_recovery_codes(user, &hashes(codes, proof.hash)).await?;
    tx.record(Change::new("auth.renew_recovery_codes", "user", user.get(), "made new recovery codes"))
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_shown_and_as_people_type_it() {
        let mut chance = [[0; 15]; RECOVERY_CODES];
        for (n, bytes) in chance.iter_mut().enumerate() {
            *bytes = std::array::from_fn(|i| u8::try_from(n * 15 + i).unwrap());
        }
        let codes = new_recovery_codes(&chance);
        assert_eq!(codes[0], "23456-789AB-CDEFG");
        assert_eq!(codes.len(), RECOVERY_CODES);
        assert_eq!(normal_code(" 23456 789ab-cdefg ").as_deref(), Some("23456789ABCDEFG"));
        assert_eq!(normal_code("123456"), None, "a code of the app is no recovery code");
        assert_eq!(normal_code("23456-789AB-CDEF1"), None, "1 is in no code");
    }
}
