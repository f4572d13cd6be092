//! A new firm, with a plan or the evaluation; and a plan for a firm that is there.

use super::refresh::refresh;
use crate::database::{Database, NewFirm, Tx, transact};
use kernel::id::{TenantId, UserId};
use kernel::journal::Change;
use kernel::moment::Instant;
use kernel::{Actor, StoreError};
use licensing::Licence;

/// Makes a firm and its people. Without a plan it may try the product for a while.
pub async fn found_firm(
    db: &dyn Database,
    firm: &NewFirm,
    plan: Option<&str>,
    at: Instant,
) -> Result<(TenantId, Vec<UserId>), StoreError> {
    let made = db.create_tenant(firm, at).await?;
    let actor = Actor::system(made.0, at, "create-firm");
    transact(db, &actor, async |tx| {
        if let Some(slug) = plan {
            tx.save_licence(&Licence::of_plan(slug, at)).await?;
        }
        refresh(tx, at).await
    })
    .await?;
    Ok(made)
}

/// Gives the firm of the transaction a plan without an end, as an operator or a payment does.
pub async fn give_plan<T: Tx + ?Sized>(tx: &mut T, actor: &Actor, slug: &str) -> Result<(), StoreError> {
    let before = tx.lock_licence().await?;
    let mut licence = Licence::of_plan(slug, actor.at);
    licence.regulators = before.regulators;
    tx.save_licence(&licence).await?;
    let now = refresh(tx, actor.at).await?;
    let text = format!("put the firm on the plan {}", now.plan_name);
    tx.record(Change::new("licence.plan", "firm", actor.tenant.get(), text)).await
}
