//! Proving the second factor: a code of the app, or a recovery code. Each is good once.

use super::ports::{SecondFactors, Vault};
use super::recovery::normal_code;
use super::{SecondFactorError, matching_step};
use crate::session::TokenHash;
use kernel::Actor;
use kernel::id::UserId;

/// What somebody typed.
pub struct Proof<'a> {
    /// Six digits of the app, or a recovery code.
    pub typed: &'a str,
    /// How recovery codes are hashed.
    pub hash: &'a (dyn Fn(&str) -> TokenHash + Send + Sync),
}

impl std::fmt::Debug for Proof<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Proof(..)")
    }
}

/// Uses up the code; answers whether it was a recovery code.
pub async fn prove<T: SecondFactors + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    user: UserId,
    vault: &dyn Vault,
    proof: &Proof<'_>,
) -> Result<bool, SecondFactorError> {
    if let Some(code) = normal_code(proof.typed) {
        let good = tx.use_recovery_code(user, (proof.hash)(&code), actor.at).await?;
        return if good { Ok(true) } else { Err(SecondFactorError::WrongCode) };
    }
    let kept = tx.second_factor(user).await?;
    let sealed = kept.secret.ok_or(SecondFactorError::WrongCode)?;
    let secret = vault.open(actor.tenant, user, &sealed).ok_or(SecondFactorError::Sealed)?;
    let step = matching_step(&secret, proof.typed, actor.at.unix_timestamp());
    let step = step.ok_or(SecondFactorError::WrongCode)?;
    // The store decides, so that two requests with one code cannot both pass.
    if tx.use_step(user, step).await? { Ok(false) } else { Err(SecondFactorError::WrongCode) }
}
