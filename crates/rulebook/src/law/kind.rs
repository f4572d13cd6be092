//! What sort of duty a rule is, and how long a licence lasts.

use serde::Deserialize;

/// Begins the code of every internal return, and of no other.
pub const INTERNAL_PREFIX: &str = "INT-";

/// Stands where law names its regulator.
pub const INTERNAL_REGULATOR: &str = "INTERNAL";

/// What sort of duty a rule is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// Something filed or sent.
    #[default]
    Return,
    /// A licence, registration or credential; its due date is a renewal or a fee.
    Licence,
    /// Something done or kept, not filed.
    Obligation,
    /// Know-your-customer work that comes round.
    Kyc,
    /// A clock that runs from a complaint.
    Grievance,
}

impl RuleKind {
    /// Stable snake_case name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Return => "return",
            Self::Licence => "licence",
            Self::Obligation => "obligation",
            Self::Kyc => "kyc",
            Self::Grievance => "grievance",
        }
    }
}

/// How long a licence lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValidityModel {
    /// Until it is revoked or given up.
    UntilRevoked,
    /// So many years; lost without a renewal.
    FixedTerm,
    /// For ever, with a fee every year.
    PerpetualWithAnnualFee,
    /// For ever, with a fee every so many years.
    PerpetualWithFeeCycle,
}

impl ValidityModel {
    /// Stable snake_case name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UntilRevoked => "until_revoked",
            Self::FixedTerm => "fixed_term",
            Self::PerpetualWithAnnualFee => "perpetual_with_annual_fee",
            Self::PerpetualWithFeeCycle => "perpetual_with_fee_cycle",
        }
    }
}

/// The validity of a licence.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Validity {
    /// Model.
    pub model: ValidityModel,
    /// Years of the term or the fee cycle.
    pub years: Option<u8>,
    /// Fees in words.
    #[serde(default)]
    pub fee: String,
    /// Capital or net worth to keep, in words.
    #[serde(default)]
    pub capital: String,
}

impl Validity {
    /// A term and a cycle need their years; the other models have none.
    pub(crate) fn check(&self) -> Result<(), String> {
        let needs = matches!(self.model, ValidityModel::FixedTerm | ValidityModel::PerpetualWithFeeCycle);
        match (needs, self.years) {
            (true, None | Some(0)) => Err("this validity needs its years".into()),
            (false, Some(_)) => Err("this validity has no years".into()),
            _ => Ok(()),
        }
    }
}

/// Ids of rows of the domain tables: one, or several.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum RawRow {
    /// One row.
    One(String),
    /// Several rows.
    Many(Vec<String>),
}

impl RawRow {
    pub(crate) fn into_rows(self) -> Vec<String> {
        match self {
            Self::One(row) => vec![row],
            Self::Many(rows) => rows,
        }
    }
}
