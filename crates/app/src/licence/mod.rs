//! What a firm may use: its licence worked out where every session reads it, and room for one more of what is counted.

mod found;
mod refresh;
mod room;

pub use found::{found_firm, give_plan};
pub use refresh::{refresh, refresh_all};
pub use room::{PlanError, claim, claim_some};
