//! The check of a bundle, run over the store itself.

use crate::database::{Database, transact};
use kernel::{Actor, StoreError};
use proof::bundle::FORMAT;
use proof::{Broken, Checkpoint, Manifest, Report, Trust, Verifier};

/// Entries read in one transaction.
const PAGE: i64 = 2_000;

/// Reads every sealed entry and checks it as an outsider would. The firm's own key is believed: it is read where it signs.
pub async fn verify_store(
    db: &dyn Database,
    actor: &Actor,
    trust: &Trust,
) -> Result<Result<Report, Broken>, StoreError> {
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        firm: actor.tenant.get(),
        firm_name: String::new(),
        made_at: super::utc_text(actor.at),
        whole: true,
        about: String::new(),
    };
    let keys = transact(db, actor, async |tx| tx.journal_keys().await).await?;
    let mut checkpoints: Vec<Checkpoint> = Vec::new();
    loop {
        let after = checkpoints.last().map_or(0, |last| last.size);
        let page = transact(db, actor, async |tx| tx.checkpoints_after(after, PAGE).await).await?;
        let full = i64::try_from(page.len()) == Ok(PAGE);
        checkpoints.extend(page);
        if !full {
            break;
        }
    }
    let end = checkpoints.last().map_or(0, |last| last.size);
    let mut verifier = match Verifier::new(manifest, &keys, checkpoints, trust) {
        Ok(verifier) => verifier,
        Err(broken) => return Ok(Err(broken)),
    };
    let mut next = 0;
    while next < end {
        let page = transact(db, actor, async |tx| tx.lines_from(next, PAGE).await).await?;
        let full = i64::try_from(page.len()) == Ok(PAGE);
        for line in page.iter().take_while(|line| line.leaf < end) {
            if let Err(broken) = verifier.entry(line) {
                return Ok(Err(broken));
            }
        }
        match page.last().filter(|_| full) {
            Some(last) => next = last.leaf + 1,
            None => break,
        }
    }
    Ok(verifier.finish())
}
