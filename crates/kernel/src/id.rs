//! Typed ids: one generic wrapper over `i64`, and the register of every kind of thing that has one.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

/// An identifier of one kind of record. The public API shows the bare integer.
pub struct Id<K>(i64, PhantomData<fn() -> K>);

impl<K> Id<K> {
    /// Wraps a number that came from the store or from a caller.
    pub const fn new(value: i64) -> Self {
        Self(value, PhantomData)
    }
    /// The bare number, for SQL parameters and the wire.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}
impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Kinds of record. The types are never made; they only name an id.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident => $alias:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $kind {}
        $(#[$doc])*
        pub type $alias = Id<$kind>;
    )+};
}

kinds! {
    /// A firm that uses the product.
    Tenant => TenantId,
    /// A person of the firm who signs in.
    User => UserId,
    /// One signed-in browser.
    Session => SessionId,
    /// A role that the firm made.
    CustomRole => CustomRoleId,
    /// Somebody asked to join the firm.
    Invitation => InvitationId,
    /// A key with which a program acts for a person.
    ApiKey => ApiKeyId,
    /// A regulated entity the firm looks after.
    Client => ClientId,
    /// A licence or registration that a client holds.
    Registration => RegistrationId,
    /// A person at a client.
    Contact => ContactId,
    /// Something that happened at a client and moves due dates.
    ClientEvent => ClientEventId,
    /// One obligation of one client for one period.
    Filing => FilingId,
    /// An entry about a portal that did not work.
    PortalProblem => PortalProblemId,
    /// A remark on a filing.
    Comment => CommentId,
    /// A circular that extends due dates, carried out by the firm.
    Relaxation => RelaxationId,
    /// One uploaded sheet of clients.
    Import => ImportId,
    /// One entry of the journal.
    Entry => EntryId,
    /// A list that a person keeps under a name.
    SavedView => SavedViewId,
    /// A calendar link that somebody subscribes to.
    CalendarFeed => CalendarFeedId,
    /// Something a person was told inside the product.
    Notice => NoticeId,
    /// A change that waits for a second pair of eyes.
    Proposal => ProposalId,
    /// Somebody decides for somebody who is away.
    Delegation => DelegationId,
}
