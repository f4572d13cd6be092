//! Work beside the requests: imports that are being written, planning that lags behind, the nightly check, forgetting old
//! limits.

use crate::audit::refusals::write_counted;
use crate::state::AppState;
use app::transact;
use kernel::id::TenantId;
use kernel::moment::Instant;
use kernel::{Actor, StoreError};
use std::collections::HashMap;
use std::time::Duration;
use tokio::sync::mpsc::UnboundedReceiver;

/// How often the plan is looked at without being woken.
const EVERY: Duration = Duration::from_secs(300);

/// Runs until the process ends. Several replicas may run it: planning is idempotent, an import and a firm's nightly check
/// are held by their rows.
pub async fn run(state: AppState, woken: UnboundedReceiver<()>) {
    tokio::join!(plan(state.clone(), woken), seal(state));
}

async fn plan(state: AppState, mut woken: UnboundedReceiver<()>) {
    check_licences(&state, true).await;
    loop {
        once(&state).await;
        state.limits.tidy(state.clock.now());
        tokio::select! {
            signal = woken.recv() => if signal.is_none() { return },
            () = tokio::time::sleep(EVERY) => {}
        }
        while woken.try_recv().is_ok() {}
    }
}

/// How often the journal is sealed, and refusals that came again are written.
const SEAL_EVERY: Duration = Duration::from_secs(20);

/// Seals the journal until the process ends, beside everything else. Several replicas may run it: a firm's sealing is held by
/// one of them at a time.
pub async fn seal(state: AppState) {
    let mut whole = HashMap::new();
    loop {
        seal_once(&state, &mut whole).await;
        tokio::time::sleep(SEAL_EVERY).await;
    }
}

/// One round of it. `whole` remembers when each firm's whole journal was last looked at.
pub async fn seal_once(state: &AppState, whole: &mut HashMap<TenantId, Instant>) {
    write_counted(state).await;
    let (db, clock) = (state.db.as_ref(), state.clock.as_ref());
    match app::audit::seal_all(db, clock, &state.seal_keys, whole).await {
        Ok(0) => {}
        Ok(entries) => tracing::debug!(entries, "sealed"),
        Err(error) => tracing::warn!(%error, "the journal was not sealed; it is tried again"),
    }
}

/// One round; failures are logged and tried again in the next.
pub async fn once(state: &AppState) {
    match state.db.imports_to_resume().await {
        Ok(waiting) => {
            for (tenant, import) in waiting {
                let (db, clock) = (state.db.as_ref(), state.clock.as_ref());
                if let Err(error) = app::imports::run_commit(db, clock, &state.sheets, tenant, import).await {
                    tracing::error!(%tenant, %import, %error, "import stopped; it goes on in the next round");
                }
            }
        }
        Err(error) => tracing::warn!(%error, "could not look for imports"),
    }
    check_licences(state, false).await;
    if let Err(error) = app::licence::refresh_all(state.db.as_ref(), state.clock.as_ref()).await {
        tracing::warn!(%error, "licences were not worked out anew");
    }
    if let Err(error) = forget_keys(state).await {
        tracing::warn!(%error, "old idempotency keys were not forgotten");
    }
    match app::planning::catch_up(state.db.as_ref(), state.clock.as_ref()).await {
        Ok(0) => {}
        Ok(clients) => tracing::info!(clients, "planned"),
        Err(error) => tracing::warn!(%error, "planning stopped; it goes on in the next round"),
    }
    // After planning, so that alerts count on today's dates.
    let (db, clock) = (state.db.as_ref(), state.clock.as_ref());
    if let Err(error) = app::escalation::check_all(db, clock, &state.config.portal_url).await {
        tracing::warn!(%error, "the nightly check could not look for firms");
    }
    if let Err(error) = app::guard::sweep::sweep_all(db, clock).await {
        tracing::warn!(%error, "proposals that lapsed were not looked at");
    }
}

/// Keys are checked at the start, once a day, and in every round while they fail.
pub async fn check_licences(state: &AppState, now: bool) {
    let (db, clock) = (state.db.as_ref(), state.clock.as_ref());
    let fresh = &crate::http::token::random_text;
    if let Err(error) = app::licence::check_all(db, clock, &state.licences, fresh, now).await {
        tracing::warn!(%error, "licences were not checked");
    }
}

/// Answers to repeated POSTs are kept for a day.
async fn forget_keys(state: &AppState) -> Result<(), StoreError> {
    for tenant in state.db.tenants().await? {
        let actor = Actor::system(tenant, state.clock.now(), "forget-keys");
        let before = actor.at - time::Duration::hours(24);
        transact(state.db.as_ref(), &actor, async |tx| tx.forget_keys(before).await).await?;
    }
    Ok(())
}
