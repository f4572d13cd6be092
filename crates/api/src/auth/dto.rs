//! People and sessions on the wire.

use crate::http::Ist;
use identity::{SessionInfo, User};
use kernel::id::{SessionId, UserId};
use serde::Serialize;
use utoipa::ToSchema;

/// The short form of a person.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserRef {
    /// Id within the firm.
    pub id: i64,
    /// The name others see.
    pub display_name: String,
    /// Address; empty in timelines.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schema(required = false)]
    pub email: String,
    /// `admin`, `principal_officer`, `checker`, `analyst`, `viewer`, `portal` or `custom`; empty in timelines.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schema(required = false)]
    pub role: String,
    /// What a role that the firm made is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_name: Option<String>,
    /// False for somebody who left.
    pub active: bool,
}

impl UserRef {
    /// Only id and name, for lists and timelines.
    pub fn named(id: UserId, name: String) -> Self {
        Self {
            id: id.get(),
            display_name: name,
            email: String::new(),
            role: String::new(),
            role_name: None,
            active: true,
        }
    }
}

impl From<&User> for UserRef {
    fn from(user: &User) -> Self {
        Self {
            id: user.id.get(),
            display_name: user.display_name.clone(),
            email: user.email.clone(),
            role: user.role.as_str().to_owned(),
            role_name: user.custom_role.as_ref().map(|role| role.name.clone()),
            active: user.active,
        }
    }
}

/// The firm.
#[derive(Debug, Serialize, ToSchema)]
pub struct TenantRef {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
}

/// One signed-in browser.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SessionDto {
    /// Id within the firm.
    pub id: i64,
    /// When it was opened.
    pub created_at: Ist,
    /// When it was last used, to within five minutes.
    pub last_seen_at: Ist,
    /// The address it came from.
    pub address: Option<String>,
    /// The browser's own words.
    pub user_agent: Option<String>,
    /// The one that asks.
    pub current: bool,
}

impl SessionDto {
    /// Marks the one that asks.
    pub fn of(info: SessionInfo, current: SessionId) -> Self {
        Self {
            id: info.id.get(),
            created_at: Ist(info.created_at),
            last_seen_at: Ist(info.last_seen_at),
            address: info.address,
            user_agent: info.user_agent,
            current: info.id == current,
        }
    }
}
