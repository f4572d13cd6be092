//! Sealing what was written lately because somebody is about to look at it, without waiting for the sealer's next round.

use crate::state::AppState;
use app::audit::{RECENT, seal_firm};
use kernel::id::TenantId;
use std::time::Duration;

/// How often another sealer of the firm is waited for, and how long each time. What it does not finish by then shows as waiting.
const TURNS: u32 = 20;
const TURN: Duration = Duration::from_millis(25);

/// Seals the firm's entries of the last minutes. The answer does not depend on it: what could not be sealed is tried again by the
/// background.
pub async fn seal_now(state: &AppState, tenant: TenantId) {
    for _ in 0..TURNS {
        let since = Some(state.clock.now() - RECENT);
        match seal_firm(state.db.as_ref(), state.clock.as_ref(), &state.seal_keys, tenant, since).await {
            Ok(sealed) if sealed.busy => tokio::time::sleep(TURN).await,
            Ok(_) => return,
            Err(error) => {
                tracing::warn!(%tenant, %error, "the journal was not sealed for a reader; it is tried again");
                return;
            }
        }
    }
}
