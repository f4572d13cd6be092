//! What a person may do: the list of permissions, the fixed roles, and the refusal.

use std::fmt;
use thiserror::Error;

macro_rules! permissions {
    ($($(#[doc = $doc:literal])* $name:ident = $text:literal),+ $(,)?) => {
        /// One thing that a role may allow. The text is what the API and the matrix show.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Permission { $($(#[doc = $doc])* $name),+ }
        impl Permission {
            /// Every permission, in the order of the matrix.
            pub const ALL: &'static [Permission] = &[$(Permission::$name),+];
            /// The stable name, `area.verb`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Permission::$name => $text),+ }
            }
            /// What it lets somebody do, in one sentence for people.
            pub fn sentence(self) -> &'static str {
                match self { $(Permission::$name => concat!($($doc),*).trim()),+ }
            }
            /// Reads the stable name back.
            pub fn parse(text: &str) -> Option<Permission> {
                Permission::ALL.iter().copied().find(|permission| permission.as_str() == text)
            }
        }
    };
}

permissions! {
    /// Read clients and everything on their record.
    ClientsView = "clients.view",
    /// Create and change clients, their facts, events, registrations and contacts.
    ClientsEdit = "clients.edit",
    /// Upload a sheet of clients, commit it and undo it.
    ClientsImport = "clients.import",
    /// Take the client list out as a file.
    ClientsExport = "clients.export",
    /// Read filings and their reasons.
    FilingsView = "filings.view",
    /// Assign, comment, tick the checklist, set the internal target date.
    FilingsEdit = "filings.edit",
    /// Record a filing as filed.
    FilingsFile = "filings.file",
    /// Waive a filing, mark it not applicable, reopen a closed one.
    FilingsDecide = "filings.decide",
    /// Save views of a list for the whole firm, change and delete them.
    ViewsShare = "views.share",
    /// See what a regulator's circular would do to due dates.
    RelaxationsPreview = "relaxations.preview",
    /// Carry out a circular on many due dates at once, and take it back.
    RelaxationsApply = "relaxations.apply",
    /// See the people of the firm.
    UsersView = "users.view",
    /// Invite people, change their role, deactivate them, take their second factor away.
    UsersManage = "users.manage",
    /// Make, change and delete the firm's own roles.
    RolesManage = "roles.manage",
    /// Decide how everybody of the firm has to sign in.
    SignInSettings = "sign_in.settings",
    /// Make keys for programs, see and revoke everybody's.
    ApiKeysManage = "api_keys.manage",
    /// Read the rule library.
    RulebookView = "rulebook.view",
    /// Change which returns the firm tracks and when a late one counts as breached.
    RulebookSettings = "rulebook.settings",
    /// Read the journal.
    JournalView = "journal.view",
    /// Take the journal out as a file or as a proof, and check it as a whole.
    JournalExport = "journal.export",
    /// See what waits for approval, and lend one's approvals while away.
    ApprovalsView = "approvals.view",
    /// Approve, reject and send back what others propose, where the firm's policy names the person or the role.
    ApprovalsDecide = "approvals.decide",
    /// Change which actions need approval, and whose.
    PoliciesEdit = "policies.edit",
    /// Activate a licence, check it, choose what stays open within the plan.
    LicenceManage = "licence.manage",
}

impl Permission {
    /// Whether it gives power over who else may do what. Whoever holds one of these needs a second factor.
    pub const fn administers(self) -> bool {
        matches!(self, Self::UsersManage | Self::RolesManage | Self::SignInSettings | Self::ApiKeysManage)
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Runs the workspace.
    Admin,
    /// Answers to the regulator for the client's filings.
    PrincipalOfficer,
    /// Reviews what an analyst prepared.
    Checker,
    /// Prepares and files.
    Analyst,
    /// Reads only.
    Viewer,
    /// Somebody of a client. The portal itself comes later; until then the role opens nothing, and takes no seat.
    Portal,
    /// A role that the firm made: what it allows is kept with it, so as a word it allows nothing.
    Custom,
}

impl Role {
    /// The roles that the product fixes, in the order of the matrix.
    pub const FIXED: &'static [Role] =
        &[Role::Admin, Role::PrincipalOfficer, Role::Checker, Role::Analyst, Role::Viewer, Role::Portal];

    /// The fixed roles of people who work for the firm.
    pub const STAFF: &'static [Role] =
        &[Role::Admin, Role::PrincipalOfficer, Role::Checker, Role::Analyst, Role::Viewer];

    /// The stable name used in the store and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::Admin => "admin",
            Role::PrincipalOfficer => "principal_officer",
            Role::Checker => "checker",
            Role::Analyst => "analyst",
            Role::Viewer => "viewer",
            Role::Portal => "portal",
            Role::Custom => "custom",
        }
    }

    /// Reads the stable name back.
    pub fn parse(text: &str) -> Option<Role> {
        Role::FIXED.iter().copied().chain([Role::Custom]).find(|role| role.as_str() == text)
    }

    /// All that a fixed role allows.
    pub fn permissions(self) -> PermissionSet {
        Permission::ALL.iter().copied().filter(|permission| self.allows(*permission)).collect()
    }

    /// What the role allows. The committed matrix in `docs/permissions.txt` is generated from this.
    pub fn allows(self, permission: Permission) -> bool {
        use Permission as P;
        match self {
            Role::Admin => true,
            _ if permission.administers() => false,
            Role::PrincipalOfficer => true,
            Role::Checker => !matches!(
                permission,
                P::RulebookSettings
                    | P::RelaxationsApply
                    | P::JournalExport
                    | P::PoliciesEdit
                    | P::LicenceManage
            ),
            Role::Analyst => !matches!(
                permission,
                P::FilingsDecide
                    | P::RulebookSettings
                    | P::ViewsShare
                    | P::RelaxationsPreview
                    | P::RelaxationsApply
                    | P::JournalExport
                    | P::ApprovalsDecide
                    | P::PoliciesEdit
                    | P::LicenceManage
            ),
            Role::Viewer => matches!(
                permission,
                P::ClientsView
                    | P::FilingsView
                    | P::UsersView
                    | P::RulebookView
                    | P::JournalView
                    | P::ApprovalsView
            ),
            Role::Portal | Role::Custom => false,
        }
    }
}

/// A set of permissions: what one person, role or key may do.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct PermissionSet(u128);

impl PermissionSet {
    /// Allows nothing.
    pub const NONE: Self = Self(0);

    /// Whether the permission is in it.
    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & (1 << permission as u32) != 0
    }

    /// The permissions that are in both.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The permissions that the other does not have.
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether it gives power over who else may do what.
    pub fn administers(self) -> bool {
        self.iter().any(Permission::administers)
    }

    /// Whether it allows nothing.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The permissions in it, in the order of the matrix.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |permission| self.contains(*permission))
    }

    /// Reads stable names; one that is not known (any more) allows nothing and is left out.
    pub fn of_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        names.into_iter().filter_map(Permission::parse).collect()
    }

    /// The stable names, in the order of the matrix.
    pub fn names(self) -> Vec<&'static str> {
        self.iter().map(Permission::as_str).collect()
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(all: I) -> Self {
        Self(all.into_iter().fold(0, |set, permission| set | (1 << permission as u32)))
    }
}

impl fmt::Debug for PermissionSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.names()).finish()
    }
}

/// A set holds at most as many as it has bits.
const _: () = assert!(Permission::ALL.len() <= 128);

/// The actor lacks a permission.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("your role, {role}, does not include {permission}")]
pub struct Denied {
    /// What was asked for.
    pub permission: Permission,
    /// The role in the words of the interface.
    pub role: String,
}

/// The role × permission matrix as text, one line a permission.
pub fn matrix() -> String {
    let mut out = String::from("# role x permission, generated by `cargo xtask gen`; do not edit\n");
    out.push_str(&format!("{:<22}", "permission"));
    for role in Role::FIXED {
        out.push_str(&format!("{:<20}", role.as_str()));
    }
    out.push('\n');
    for permission in Permission::ALL {
        out.push_str(&format!("{:<22}", permission.as_str()));
        for role in Role::FIXED {
            out.push_str(&format!("{:<20}", if role.allows(*permission) { "yes" } else { "-" }));
        }
        while out.ends_with(' ') {
            out.pop();
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in_and_nothing_else() {
        let set: PermissionSet = [Permission::FilingsFile, Permission::ClientsView].into_iter().collect();
        for permission in Permission::ALL {
            let wanted = matches!(permission, Permission::FilingsFile | Permission::ClientsView);
            assert_eq!(set.contains(*permission), wanted, "{permission}");
        }
        assert_eq!(set.names(), ["clients.view", "filings.file"]);
        assert_eq!(PermissionSet::of_names(set.names().into_iter().chain(["gone.away"])), set);
        assert!(set.without(Role::Admin.permissions()).is_empty());
        assert_eq!(set.without(Role::Viewer.permissions()).names(), ["filings.file"]);
        assert_eq!(set.and(Role::Viewer.permissions()).names(), ["clients.view"]);
    }

    #[test]
    fn roles_keep_their_names_and_only_fixed_ones_allow_anything() {
        for role in Role::FIXED.iter().chain(&[Role::Custom]) {
            assert_eq!(Role::parse(role.as_str()), Some(*role));
        }
        assert_eq!(Role::Admin.permissions().iter().count(), Permission::ALL.len());
        assert!(Role::Custom.permissions().is_empty() && Role::Portal.permissions().is_empty());
        assert_eq!(Role::parse("owner"), None);
    }
}
