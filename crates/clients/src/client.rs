//! The client record and its fixed vocabularies.

use kernel::id::{ClientId, UserId};
use kernel::moment::Instant;
use time::Date;

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal, $title:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }
        impl $name {
            /// Every value, in the order shown to people.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The stable name on the wire and in the store.
            pub const fn as_str(self) -> &'static str { match self { $($name::$variant => $text),+ } }
            /// The words shown to people.
            pub const fn title(self) -> &'static str { match self { $($name::$variant => $title),+ } }
            /// Reads the stable name.
            pub fn parse(text: &str) -> Option<Self> { Self::ALL.iter().copied().find(|v| v.as_str() == text) }
        }
    };
}

vocabulary! {
    /// The legal form. It decides which company or LLP filings there are.
    EntityType {
        /// Companies Act 2013 s.2(68).
        PrivateCompany = "private_company", "Private company",
        /// Companies Act 2013 s.2(71), not listed.
        PublicCompany = "public_company", "Public company (unlisted)",
        /// Companies Act 2013 s.2(52).
        ListedCompany = "listed_company", "Listed company",
        /// Companies Act 2013 s.2(62).
        Opc = "opc", "One person company",
        /// LLP Act 2008.
        Llp = "llp", "Limited liability partnership",
        /// Partnership firm.
        Partnership = "partnership", "Partnership firm",
        /// Trust.
        Trust = "trust", "Trust",
        /// Society.
        Society = "society", "Society",
        /// Natural person.
        Individual = "individual", "Individual",
        /// Hindu undivided family.
        Huf = "huf", "Hindu undivided family",
        /// Companies Act 2013 s.2(42).
        ForeignCompany = "foreign_company", "Foreign company",
        /// Anything else.
        Other = "other", "Other",
    }
}

vocabulary! {
    /// Where the client stands with the firm.
    Status {
        /// Being taken on; filings are planned so that nothing is missed.
        Onboarding = "onboarding", "Onboarding",
        /// Served.
        Active = "active", "Active",
        /// Paused by the firm; filings stay visible.
        Suspended = "suspended", "Suspended",
        /// Left; no new filings are planned.
        Offboarded = "offboarded", "Offboarded",
    }
}

vocabulary! {
    /// Risk in the sense of the KYC rules.
    RiskRating {
        /// Low.
        Low = "low", "Low",
        /// Medium.
        Medium = "medium", "Medium",
        /// High.
        High = "high", "High",
    }
}

impl Status {
    /// Which states may follow, so that a record is not moved by accident: an offboarded client comes back by onboarding.
    pub fn may_become(self, next: Status) -> bool {
        use Status::*;
        self == next
            || matches!(
                (self, next),
                (Onboarding, Active | Offboarded)
                    | (Active, Suspended | Offboarded)
                    | (Suspended, Active | Offboarded)
                    | (Offboarded, Onboarding)
            )
    }
}

/// Official numbers, already checked and in their normal form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identifiers {
    /// Permanent account number.
    pub pan: Option<String>,
    /// GST registration.
    pub gstin: Option<String>,
    /// Company number.
    pub cin: Option<String>,
    /// LLP number.
    pub llpin: Option<String>,
    /// Legal entity identifier.
    pub lei: Option<String>,
}

/// A regulated entity that the firm looks after.
#[derive(Debug, Clone, PartialEq)]
pub struct Client {
    /// Id within the firm.
    pub id: ClientId,
    /// Legal name.
    pub client_name: String,
    /// Name for dense lists, without "Private Limited".
    pub short_name: String,
    /// Legal form.
    pub entity_type: EntityType,
    /// Where it stands with the firm.
    pub status: Status,
    /// Risk rating, when somebody set it.
    pub risk_rating: Option<RiskRating>,
    /// Official numbers.
    pub identifiers: Identifiers,
    /// Date of incorporation.
    pub incorporated_on: Option<Date>,
    /// Filings due from this date on are the firm's business.
    pub track_from: Date,
    /// The analyst who owns the relationship.
    pub owner: Option<UserId>,
    /// Free labels, lower case, sorted.
    pub tags: Vec<String>,
    /// Free text.
    pub notes: String,
    /// For optimistic saving.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last saved.
    pub updated_at: Instant,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_that_left_comes_back_only_through_onboarding() {
        assert!(!Status::Offboarded.may_become(Status::Active));
        assert!(Status::Offboarded.may_become(Status::Onboarding));
        assert!(Status::Active.may_become(Status::Active));
        assert!(!Status::Active.may_become(Status::Onboarding));
    }
}
