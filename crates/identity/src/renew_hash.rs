//! A stored hash made anew with today's strength, after its password was right.

use crate::ports::Accounts;
use crate::user::Credentials;
use kernel::StoreError;
use kernel::journal::{Change, Journal};

/// Puts the new hash of the same password in place of the one that was verified. False, and nothing done, when that one is no
/// longer there: the password was changed meanwhile, and the newer one must stay.
pub async fn renew_hash<T: Accounts + Journal + ?Sized>(
    tx: &mut T,
    person: &Credentials,
    hashed: &str,
) -> Result<bool, StoreError> {
    let id = person.user.id;
    if !tx.replace_hash(id, &person.password_hash, hashed).await? {
        return Ok(false);
    }
    tx.record(Change::new(
        "auth.renew_hash",
        "user",
        id.get(),
        "the stored form of the password was strengthened",
    ))
    .await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{MemoryAccounts, person};

    #[tokio::test]
    async fn only_the_hash_that_was_verified_is_replaced() {
        let mut store = MemoryAccounts::new([person()]);
        let verified = store.user(person().id).await.unwrap().unwrap();
        assert!(renew_hash(&mut store, &verified, "stronger").await.unwrap());
        assert!(!renew_hash(&mut store, &verified, "again").await.unwrap(), "somebody was faster");
        assert_eq!(store.user(person().id).await.unwrap().unwrap().password_hash, "stronger");
        assert_eq!(store.journal.len(), 1);
        assert_eq!((store.journal[0].action, store.journal[0].subject.id), ("auth.renew_hash", 9));
    }
}
