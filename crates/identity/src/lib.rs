//! Who may come in: firms, people, sessions, passwords and one-use tokens.

pub mod keys;
pub mod password;
pub mod ports;
pub mod roles;
pub mod second_factor;
pub mod session;
pub mod team;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod throttle;
pub mod user;

mod change_password;
mod forgot_password;
pub mod login;
mod profile;
mod renew_hash;
mod reset_password;
mod sessions;

pub use change_password::{ChangePasswordError, change_password};
pub use forgot_password::{RESET_LIFE, forgot_password};
pub use keys::ApiKeys;
pub use login::{LoginError, SESSION_LIFE, login};
pub use ports::Accounts;
pub use profile::{ProfileError, UpdateProfile, update_profile};
pub use renew_hash::renew_hash;
pub use reset_password::{ResetPasswordError, reset_password};
pub use roles::Roles;
pub use second_factor::{SecondFactors, Vault};
pub use session::{NewSession, SessionInfo, TokenHash};
pub use sessions::{end_session, list_sessions, logout};
pub use team::Team;
pub use user::{Credentials, Firm, Mail, Preferences, RoleRef, Theme, User, UserRef};
