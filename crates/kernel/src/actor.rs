//! Who is acting, on whose behalf, from where, and at which instant.

use crate::entitlements::{Entitlements, Mode, NotEntitled, ReadOnly};
use crate::feature::Feature;
use crate::id::{TenantId, UserId};
use crate::moment::{Instant, ist_date};
use crate::permission::{Denied, Permission, PermissionSet, Role};
use std::sync::Arc;
use time::Date;

/// The proof that a request was let in. Use cases ask it for permissions and for today; they read no clock.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The firm. Every statement of the transaction is bound to it.
    pub tenant: TenantId,
    /// The person; `None` for the system itself (start-up planning, background work).
    pub user: Option<UserId>,
    /// The name that the journal shows.
    pub name: String,
    /// The person's role; the system acts as admin.
    pub role: Role,
    /// What a role that the firm made is called.
    pub role_name: Option<String>,
    /// What the person may do. For a fixed role all that it allows, for a firm's own role or a key their own set.
    pub permissions: PermissionSet,
    /// What the firm's plan allows; the system is not bounded.
    pub entitlements: Arc<Entitlements>,
    /// In whose place the person decides; on the journal's entry.
    pub acting_for: Option<UserId>,
    /// The instant of the request, from the injected clock.
    pub at: Instant,
    /// The request id that is in the logs and on the answer.
    pub request_id: String,
    /// The client address, when there is one.
    pub address: Option<String>,
}

impl Actor {
    /// The product itself, working for one firm.
    pub fn system(tenant: TenantId, at: Instant, request_id: impl Into<String>) -> Self {
        Self {
            tenant,
            user: None,
            name: "ZippCRM".into(),
            role: Role::Admin,
            role_name: None,
            permissions: Role::Admin.permissions(),
            entitlements: Entitlements::everything(),
            acting_for: None,
            at,
            request_id: request_id.into(),
            address: None,
        }
    }

    /// Today in Asia/Kolkata, at the instant of the request.
    pub fn today(&self) -> Date {
        ist_date(self.at)
    }

    /// The same actor in a fixed role, with all that it allows.
    #[must_use]
    pub fn in_role(self, role: Role) -> Self {
        Self { role, role_name: None, permissions: role.permissions(), ..self }
    }

    /// Refuses unless it is among the actor's permissions.
    pub fn require(&self, permission: Permission) -> Result<(), Denied> {
        if self.permissions.contains(permission) {
            return Ok(());
        }
        let role = self.role_name.clone().unwrap_or_else(|| self.role.as_str().replace('_', " "));
        Err(Denied { permission, role })
    }

    /// Refuses unless the firm's plan has the feature.
    pub fn entitled(&self, feature: Feature) -> Result<(), NotEntitled> {
        self.entitlements.require(feature)
    }

    /// Refuses while the firm may only read.
    pub fn writable(&self) -> Result<(), ReadOnly> {
        match self.entitlements.mode(self.at) {
            Mode::ReadOnly { since, why } => Err(ReadOnly { since, why }),
            Mode::Full | Mode::Grace { .. } => Ok(()),
        }
    }
}
