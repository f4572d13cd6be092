//! The kinds of identifier the product knows, with their keys and names.

use std::fmt;
use std::str::FromStr;

/// A kind of identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IdKind {
    /// Income-tax permanent account number.
    Pan,
    /// Goods and services tax registration number.
    Gstin,
    /// Corporate identity number of a company.
    Cin,
    /// Identification number of a limited liability partnership.
    Llpin,
    /// Foreign company registration number.
    Fcrn,
    /// Director identification number.
    Din,
    /// Tax deduction account number.
    Tan,
    /// Bank branch code.
    Ifsc,
    /// Aadhaar number.
    Aadhaar,
    /// Legal entity identifier (ISO 17442).
    Lei,
    /// Central KYC record number.
    CkycKin,
    /// Unique document identification number (ICAI or ICSI).
    Udin,
    /// SEBI registration number of an intermediary or fund.
    SebiRegistration,
    /// AMFI mutual fund distributor number.
    AmfiArn,
    /// Employee number of a mutual fund distributor.
    Euin,
    /// IRDAI registration, free text.
    IrdaiRegistration,
    /// RBI certificate of registration, free text.
    RbiRegistration,
}

impl IdKind {
    /// Every kind, in the order they are listed to people.
    pub const ALL: [IdKind; 17] = [
        IdKind::Pan,
        IdKind::Gstin,
        IdKind::Cin,
        IdKind::Llpin,
        IdKind::Fcrn,
        IdKind::Din,
        IdKind::Tan,
        IdKind::Ifsc,
        IdKind::Aadhaar,
        IdKind::Lei,
        IdKind::CkycKin,
        IdKind::Udin,
        IdKind::SebiRegistration,
        IdKind::AmfiArn,
        IdKind::Euin,
        IdKind::IrdaiRegistration,
        IdKind::RbiRegistration,
    ];

    /// The key used in files and on the command line, e.g. `gstin`.
    pub const fn key(self) -> &'static str {
        match self {
            IdKind::Pan => "pan",
            IdKind::Gstin => "gstin",
            IdKind::Cin => "cin",
            IdKind::Llpin => "llpin",
            IdKind::Fcrn => "fcrn",
            IdKind::Din => "din",
            IdKind::Tan => "tan",
            IdKind::Ifsc => "ifsc",
            IdKind::Aadhaar => "aadhaar",
            IdKind::Lei => "lei",
            IdKind::CkycKin => "ckyc_kin",
            IdKind::Udin => "udin",
            IdKind::SebiRegistration => "sebi_registration",
            IdKind::AmfiArn => "amfi_arn",
            IdKind::Euin => "euin",
            IdKind::IrdaiRegistration => "irdai_registration",
            IdKind::RbiRegistration => "rbi_registration",
        }
    }

    /// The name shown to people, e.g. `GSTIN`.
    pub const fn title(self) -> &'static str {
        match self {
            IdKind::Pan => "PAN",
            IdKind::Gstin => "GSTIN",
            IdKind::Cin => "CIN",
            IdKind::Llpin => "LLPIN",
            IdKind::Fcrn => "FCRN",
            IdKind::Din => "DIN",
            IdKind::Tan => "TAN",
            IdKind::Ifsc => "IFSC",
            IdKind::Aadhaar => "Aadhaar",
            IdKind::Lei => "LEI",
            IdKind::CkycKin => "CKYC KIN",
            IdKind::Udin => "UDIN",
            IdKind::SebiRegistration => "SEBI registration number",
            IdKind::AmfiArn => "AMFI ARN",
            IdKind::Euin => "EUIN",
            IdKind::IrdaiRegistration => "IRDAI registration number",
            IdKind::RbiRegistration => "RBI registration number",
        }
    }

    /// The name with its article, to begin a sentence: `A PAN`, `An LEI`.
    pub(crate) fn with_article(self) -> String {
        let an = matches!(
            self,
            IdKind::Aadhaar
                | IdKind::Ifsc
                | IdKind::Lei
                | IdKind::Llpin
                | IdKind::Fcrn
                | IdKind::AmfiArn
                | IdKind::Euin
                | IdKind::IrdaiRegistration
                | IdKind::RbiRegistration
        );
        format!("{} {}", if an { "An" } else { "A" }, self.title())
    }
}

impl fmt::Display for IdKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}

impl FromStr for IdKind {
    type Err = String;

    /// Reads a key such as `pan` or `ckyc-kin`; the error lists the keys.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wanted = text.trim().to_ascii_lowercase().replace('-', "_");
        IdKind::ALL.into_iter().find(|kind| kind.key() == wanted).ok_or_else(|| {
            let keys: Vec<&str> = IdKind::ALL.iter().map(|kind| kind.key()).collect();
            format!("Unknown kind of identifier. Use one of: {}.", keys.join(", "))
        })
    }
}
