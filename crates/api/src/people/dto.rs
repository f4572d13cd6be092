//! The team on the wire.

use crate::auth::dto::UserRef;
use crate::http::{ApiError, Ist};
use identity::team::{Invitation, Member};
use kernel::{FieldErrors, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A person of the firm as the list of the team shows them.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MemberDto {
    /// The person.
    #[serde(flatten)]
    pub user: UserRef,
    /// Id of the role, when the firm made it.
    pub custom_role_id: Option<i64>,
    /// Whether they sign in with a second factor.
    pub second_factor: bool,
    /// When a session of theirs was last used.
    pub last_seen_at: Option<Ist>,
    /// Open filings assigned to them.
    pub open_filings: i64,
    /// Clients they look after.
    pub clients: i64,
    /// For `If-Match`.
    pub version: i64,
}

impl From<Member> for MemberDto {
    fn from(member: Member) -> Self {
        Self {
            custom_role_id: member.user.custom_role.as_ref().map(|role| role.id.get()),
            second_factor: member.user.second_factor,
            version: member.user.version,
            user: UserRef::from(&member.user),
            last_seen_at: member.last_seen_at.map(Ist),
            open_filings: member.open_filings,
            clients: member.clients,
        }
    }
}

/// Somebody who was asked to join.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitationDto {
    /// Id within the firm.
    pub id: i64,
    /// Address.
    pub email: String,
    /// Name.
    pub display_name: String,
    /// The role they get.
    pub role: String,
    /// What it is called, when the firm made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_name: Option<String>,
    /// When the link was last made.
    pub sent_at: Ist,
    /// Until when it works.
    pub expires_at: Ist,
    /// It does not work any more.
    pub expired: bool,
}

impl InvitationDto {
    /// As it stands at an instant.
    pub fn at(invitation: Invitation, now: kernel::Instant) -> Self {
        Self {
            id: invitation.id.get(),
            email: invitation.email,
            display_name: invitation.display_name,
            role: invitation.role.as_str().to_owned(),
            role_name: invitation.custom_role.map(|role| role.name),
            sent_at: Ist(invitation.sent_at),
            expired: invitation.expires_at <= now,
            expires_at: Ist(invitation.expires_at),
        }
    }
}

/// A role for somebody: a fixed one, or the id of one that the firm made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PostBody {
    /// `admin`, `principal_officer`, `checker`, `analyst`, `viewer`, or `custom`.
    pub role: String,
    /// With `custom`: which.
    pub custom_role_id: Option<i64>,
    /// For whoever approves the change, when it has to wait.
    #[schema(max_length = 2000)]
    pub approval_note: Option<String>,
}

impl PostBody {
    /// The role and the firm's own one when it is that, or what is wrong with it.
    pub fn parts(&self) -> Result<(String, Option<i64>), ApiError> {
        match (Role::parse(&self.role), self.custom_role_id) {
            (Some(Role::Custom), Some(id)) => Ok((self.role.clone(), Some(id))),
            (Some(Role::Custom), None) => Err(FieldErrors::one("customRoleId", "Say which role.").into()),
            (Some(role), None) if Role::STAFF.contains(&role) => Ok((role.as_str().to_owned(), None)),
            (Some(_), Some(_)) => {
                Err(FieldErrors::one("customRoleId", "Only with the role \"custom\".").into())
            }
            _ => Err(FieldErrors::one("role", "Choose a role of the list.").into()),
        }
    }
}
