//! Enrolment: a fresh secret is shown, and put to use when a code proves that it arrived.

use super::ports::{SecondFactors, Vault};
use super::prove::{Proof, prove};
use super::recovery::hashes;
use super::{SecondFactorError, matching_step};
use crate::ports::Accounts;
use crate::session::TokenHash;
use kernel::Actor;
use kernel::id::{SessionId, UserId};
use kernel::journal::{Change, Journal};

/// Keeps a fresh secret until it is proved. Whoever has a second factor proves that one first, so that a stolen session
/// cannot replace it.
pub async fn start_enrolment<T: SecondFactors + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    user: UserId,
    vault: &dyn Vault,
    secret: &[u8],
    present: Option<&Proof<'_>>,
) -> Result<(), SecondFactorError> {
    if tx.second_factor(user).await?.since.is_some() {
        let proof = present.ok_or(SecondFactorError::ProveFirst)?;
        prove(tx, actor, user, vault, proof).await?;
    }
    let sealed = vault.seal(actor.tenant, user, secret).ok_or(SecondFactorError::Sealed)?;
    Ok(tx.keep_pending_factor(user, &sealed).await?)
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confirmed {
    /// Other sessions that ended.
    pub ended: u64,
}

/// Puts the pending secret to use with a code of it. Sessions elsewhere were opened without it, so they end.
pub async fn confirm_factor<T: SecondFactors + Accounts + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    user: UserId,
    session: SessionId,
    vault: &dyn Vault,
    code: &str,
    recovery: (&[String], impl Fn(&str) -> TokenHash),
) -> Result<Confirmed, SecondFactorError> {
    let kept = tx.second_factor(user).await?;
    let pending = kept.pending.ok_or(SecondFactorError::NotStarted)?;
    let secret = vault.open(actor.tenant, user, &pending).ok_or(SecondFactorError::Sealed)?;
    let step = matching_step(&secret, code, actor.at.unix_timestamp());
    let step = step.ok_or(SecondFactorError::WrongCode)?;
    tx.adopt_factor(user, actor.at, step).await?;
    tx.replace_recovery_codes(user, &hashes(recovery.0, recovery.1)).await?;
    let ended = tx.end_sessions_but(user, Some(session), actor.at).await?;
    let verb = if kept.since.is_some() { "replaced" } else { "set up" };
    let text = format!("{verb} their second factor; {ended} other sessions ended");
    tx.record(Change::new("auth.confirm_second_factor", "user", user.get(), text)).await?;
    Ok(Confirmed { ended })
}
