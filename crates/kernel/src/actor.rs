//! Who is acting, on whose behalf, from where, and at which instant.

use crate::id::{TenantId, UserId};
use crate::moment::{Instant, ist_date};
use crate::permission::{Denied, Permission, Role};
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
            at,
            request_id: request_id.into(),
            address: None,
        }
    }

    /// Today in Asia/Kolkata, at the instant of the request.
    pub fn today(&self) -> Date {
        ist_date(self.at)
    }

    /// Refuses unless the role allows it.
    pub fn require(&self, permission: Permission) -> Result<(), Denied> {
        if self.role.allows(permission) {
            return Ok(());
        }
        Err(Denied { permission, role: self.role.as_str().replace('_', " ") })
    }
}
