//! What the team asks of the store.

use crate::session::TokenHash;
use crate::user::{RoleRef, User};
use async_trait::async_trait;
use kernel::StoreError;
use kernel::id::{CustomRoleId, InvitationId, UserId};
use kernel::moment::Instant;
use kernel::permission::Role;

/// A person as the list of the team shows them.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// The person.
    pub user: User,
    /// When a session of theirs was last used.
    pub last_seen_at: Option<Instant>,
    /// Open filings assigned to them.
    pub open_filings: i64,
    /// Clients they look after.
    pub clients: i64,
}

/// Somebody who was asked to join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Id within the firm.
    pub id: InvitationId,
    /// Address.
    pub email: String,
    /// Name, as the inviter wrote it.
    pub display_name: String,
    /// The role they get.
    pub role: Role,
    /// The role of the firm they get, when it is one.
    pub custom_role: Option<RoleRef>,
    /// Who asked them.
    pub invited_by: UserId,
    /// When the link was last made.
    pub sent_at: Instant,
    /// Until when it works.
    pub expires_at: Instant,
}

/// An invitation to be kept.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    /// Lower-cased address.
    pub email: String,
    /// Name.
    pub display_name: String,
    /// Role.
    pub role: Role,
    /// The firm's own role, when `role` says so.
    pub custom_role: Option<CustomRoleId>,
    /// Hash of the link's secret.
    pub token: TokenHash,
    /// Who asks.
    pub invited_by: UserId,
    /// When.
    pub at: Instant,
    /// Until when it works.
    pub until: Instant,
}

/// A person to be made.
#[derive(Clone)]
pub struct NewMember {
    /// Lower-cased address.
    pub email: String,
    /// Name.
    pub display_name: String,
    /// Role.
    pub role: Role,
    /// The firm's own role, when `role` says so.
    pub custom_role: Option<CustomRoleId>,
    /// Argon2id in PHC form.
    pub password_hash: String,
    /// When.
    pub at: Instant,
}

impl std::fmt::Debug for NewMember {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewMember").field("role", &self.role).finish_non_exhaustive()
    }
}

/// The people of the firm and those asked to join.
#[async_trait]
pub trait Team: Send {
    /// Holds the firm until the transaction ends: who counts seats or administrators comes after whoever counted before.
    async fn hold_firm(&mut self) -> Result<(), StoreError>;
    /// Everybody, by name.
    async fn members(&mut self) -> Result<Vec<Member>, StoreError>;
    /// Active people who are no portal users, and open invitations of such.
    async fn seats_used(&mut self) -> Result<i64, StoreError>;
    /// Active administrators.
    async fn active_admins(&mut self) -> Result<i64, StoreError>;
    /// Saves a person's role; `Stale` when the version moved on.
    async fn save_post(
        &mut self,
        user: UserId,
        version: i64,
        role: Role,
        custom: Option<CustomRoleId>,
    ) -> Result<(), StoreError>;
    /// Saves whether a person works here; `Stale` when the version moved on.
    async fn save_active(&mut self, user: UserId, version: i64, active: bool) -> Result<(), StoreError>;
    /// Invitations that are neither accepted nor revoked, by address.
    async fn invitations(&mut self) -> Result<Vec<Invitation>, StoreError>;
    /// Keeps one; `Duplicate` when the address has an open one.
    async fn add_invitation(&mut self, new: &NewInvitation) -> Result<InvitationId, StoreError>;
    /// Gives an open one a new link; none when it is over.
    async fn renew_invitation(
        &mut self,
        id: InvitationId,
        token: TokenHash,
        at: Instant,
        until: Instant,
    ) -> Result<Option<Invitation>, StoreError>;
    /// Ends an open one; none when it is over already.
    async fn end_invitation(
        &mut self,
        id: InvitationId,
        at: Instant,
    ) -> Result<Option<Invitation>, StoreError>;
    /// The open one of a link that still works.
    async fn invitation_of(
        &mut self,
        token: TokenHash,
        at: Instant,
    ) -> Result<Option<Invitation>, StoreError>;
    /// Uses it up; none when it is over.
    async fn take_invitation(
        &mut self,
        token: TokenHash,
        at: Instant,
    ) -> Result<Option<Invitation>, StoreError>;
    /// Makes a person who can sign in; `Duplicate` when the address is taken.
    async fn add_member(&mut self, new: &NewMember) -> Result<UserId, StoreError>;
}
