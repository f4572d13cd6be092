//! Who belongs to the firm: invitations, roles of people, leaving and coming back.

mod accept;
mod invite;
mod leave;
mod ports;
mod post;

pub use accept::{AcceptInvitation, accept_invitation, read_invitation};
pub use invite::{INVITATION_LIFE, Invite, Invited, invite, resend_invitation, revoke_invitation};
pub use leave::{deactivate, reactivate};
pub use ports::{Invitation, Member, NewInvitation, NewMember, Team};
pub use post::{ChangePost, Post, change_post};

use kernel::limit::Counted;
use kernel::{Actor, Denied, FieldErrors, NotEntitled, StoreError};
use thiserror::Error;

/// Why the team stayed as it is.
#[derive(Debug, Error)]
pub enum TeamError {
    /// A field is wrong.
    #[error("Check the marked fields.")]
    Invalid(FieldErrors),
    /// Nobody of that id.
    #[error("This person is not in your firm.")]
    NotFound,
    /// The link was used, revoked or is too old.
    #[error("This invitation no longer works. Ask for a new one.")]
    Expired,
    /// The firm would have no administrator left.
    #[error("This is the last active administrator. Make somebody else an administrator first.")]
    LastAdmin,
    /// Nobody deactivates or promotes themselves.
    #[error("You cannot do this to yourself. Ask another administrator.")]
    Oneself,
    /// All seats are taken, or the plan lacks something else.
    #[error(transparent)]
    NotEntitled(#[from] NotEntitled),
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Refuses when no seat is left for one more. The caller holds the firm, so that two cannot take the last one.
pub(crate) async fn seat<T: Team + ?Sized>(tx: &mut T, actor: &Actor) -> Result<(), TeamError> {
    let used = tx.seats_used().await?;
    Ok(actor.entitlements.room(Counted::Users, used, 1)?)
}
