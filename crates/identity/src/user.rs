//! People of a firm, the firm itself, and the mail rows that identity writes.

use kernel::id::{CustomRoleId, TenantId, UserId};
use kernel::moment::Instant;
use kernel::permission::{PermissionSet, Role};
use std::fmt;

/// A person who signs in.
#[derive(Debug, Clone, PartialEq)]
pub struct User {
    /// Id within the firm.
    pub id: UserId,
    /// Lower-cased address, the sign-in name.
    pub email: String,
    /// The name others see.
    pub display_name: String,
    /// What they are in the firm.
    pub role: Role,
    /// The role that the firm made, when theirs is one.
    pub custom_role: Option<RoleRef>,
    /// What they may do.
    pub permissions: PermissionSet,
    /// Whether they sign in with a second factor.
    pub second_factor: bool,
    /// A person who left stays on the record but cannot sign in.
    pub active: bool,
    /// Their own settings.
    pub preferences: Preferences,
    /// For optimistic saving.
    pub version: i64,
}

impl User {
    /// The short form that lists and timelines show.
    pub fn as_ref(&self) -> UserRef {
        UserRef {
            id: self.id,
            display_name: self.display_name.clone(),
            email: self.email.clone(),
            role: self.role,
            active: self.active,
        }
    }
}

/// A role that the firm made, by id and name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleRef {
    /// Id within the firm.
    pub id: CustomRoleId,
    /// What the firm calls it.
    pub name: String,
}

/// The short form of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserRef {
    /// Id within the firm.
    pub id: UserId,
    /// The name others see.
    pub display_name: String,
    /// Address.
    pub email: String,
    /// Role.
    pub role: Role,
    /// False for somebody who left.
    pub active: bool,
}

/// Light, dark or as the device says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// As the device says.
    #[default]
    System,
}

impl Theme {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::System => "system",
        }
    }
    /// Reads the stable name.
    pub fn parse(text: &str) -> Option<Self> {
        [Theme::Light, Theme::Dark, Theme::System].into_iter().find(|t| t.as_str() == text)
    }
}

/// A person's own settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preferences {
    /// Colour scheme.
    pub theme: Theme,
    /// Whether single-key shortcuts work (WCAG 2.1.4 asks for the switch).
    pub single_keys: bool,
    /// Whether the daily mail brings alerts that may be muted. A breach and a licence at stake always come.
    pub alert_mail: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { theme: Theme::System, single_keys: true, alert_mail: true }
    }
}

/// What sign-in needs to decide.
#[derive(Clone)]
pub struct Credentials {
    /// The person.
    pub user: User,
    /// Argon2id in PHC form.
    pub password_hash: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").field("user", &self.user.id).finish_non_exhaustive()
    }
}

/// The firm that owns the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firm {
    /// Its id, in every token.
    pub id: TenantId,
    /// Its name.
    pub name: String,
    /// Days after the legal due date at which an unfiled return counts as breached.
    pub breach_after_days: u16,
    /// Whether everybody needs a second factor, not only who administers.
    pub require_totp: bool,
    /// For optimistic saving of that number.
    pub rules_version: i64,
}

/// A mail to be queued as a row; sending is the worker's affair.
#[derive(Clone, Default)]
pub struct Mail {
    /// Recipient.
    pub to: String,
    /// Subject line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// The same as HTML.
    pub html: Option<String>,
    /// Not to be sent before; none is as soon as possible.
    pub send_after: Option<Instant>,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail").field("subject", &self.subject).finish_non_exhaustive()
    }
}
