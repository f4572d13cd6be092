//! What a firm may use: its licence worked out where every session reads it, room for one more of what is counted,
//! keys and files, and the daily check.

mod activate;
mod check;
mod choose;
mod desk;
mod exception;
mod found;
mod refresh;
mod room;

pub use activate::{LicenceError, activate_key, open_bundle};
pub use check::{check_all, check_firm};
pub use choose::{choose_held, choose_regulators};
pub use desk::{Ask, Desk, DeskError};
pub use exception::{ExceptionError, end_exception, make_exception};
pub use found::{found_firm, give_plan};
pub use refresh::{refresh, refresh_all};
pub use room::{Held, PlanError, claim, claim_some, require_open, require_open_filing};
