//! How often a return falls due.

use std::fmt;
use std::str::FromStr;

/// How often a return falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Frequency {
    /// Every week, or more often than monthly on fixed reference dates.
    Weekly,
    /// 1st to 15th and 16th to the end of the month.
    Fortnightly,
    /// Every calendar month.
    Monthly,
    /// Every quarter; quarters of the financial and the calendar year coincide.
    Quarterly,
    /// April to September and October to March.
    HalfYearly,
    /// Every financial year.
    Annual,
    /// Every third year.
    Triennial,
    /// Whenever the named event happens.
    Event,
    /// Once in the life of the client.
    Once,
}

impl Frequency {
    /// Every frequency, most frequent first.
    pub const ALL: [Self; 9] = [
        Self::Weekly,
        Self::Fortnightly,
        Self::Monthly,
        Self::Quarterly,
        Self::HalfYearly,
        Self::Annual,
        Self::Triennial,
        Self::Event,
        Self::Once,
    ];

    /// Stable snake_case name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::Fortnightly => "fortnightly",
            Self::Monthly => "monthly",
            Self::Quarterly => "quarterly",
            Self::HalfYearly => "half_yearly",
            Self::Annual => "annual",
            Self::Triennial => "triennial",
            Self::Event => "event",
            Self::Once => "once",
        }
    }
}

impl fmt::Display for Frequency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Frequency {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|f| f.as_str() == text).ok_or_else(|| {
            format!("'{text}' is not a frequency; use one of {}", Self::ALL.map(Self::as_str).join(", "))
        })
    }
}
