//! How much a plan allows: -1 is unlimited, 0 is not available, anything else is itself. Everywhere by this one type.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A number of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Limit(i64);

impl Limit {
    /// As much as one wants.
    pub const UNLIMITED: Limit = Limit(-1);
    /// Nothing at all.
    pub const NONE: Limit = Limit(0);

    /// From a plan row; every negative number means unlimited.
    pub const fn of(number: i64) -> Self {
        if number < 0 { Self::UNLIMITED } else { Self(number) }
    }
    /// The number as plans store it.
    pub const fn get(self) -> i64 {
        self.0
    }
    /// Whether there is no end to it.
    pub const fn is_unlimited(self) -> bool {
        self.0 < 0
    }
    /// Whether `more` fit on top of what is `used`.
    pub const fn has_room(self, used: i64, more: i64) -> bool {
        self.is_unlimited() || used.saturating_add(more) <= self.0
    }
    /// How much of what is `used` is over it.
    pub const fn excess(self, used: i64) -> i64 {
        if self.is_unlimited() || used <= self.0 { 0 } else { used - self.0 }
    }
    /// Whether this allows more than the other.
    pub const fn beats(self, other: Limit) -> bool {
        !other.is_unlimited() && (self.is_unlimited() || self.0 > other.0)
    }
}

/// `Unlimited`, `Not available`, or the number itself.
impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            ..=-1 => f.write_str("Unlimited"),
            0 => f.write_str("Not available"),
            number => write!(f, "{number}"),
        }
    }
}

macro_rules! limits {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $title:literal);+ $(;)?) => {
        /// What a plan counts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Counted { $($(#[$doc])* $name),+ }
        impl Counted {
            /// Everything that is counted, in the order of the plan page.
            pub const ALL: &'static [Counted] = &[$(Counted::$name),+];
            /// The stable name, `invoices_per_month`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Counted::$name => $text),+ }
            }
            /// The name that people read.
            pub const fn title(self) -> &'static str {
                match self { $(Counted::$name => $title),+ }
            }
        }
    };
}

limits! {
    /// Clients that are not offboarded.
    Clients = "clients", "Clients";
    /// Active people of the firm; people of the client portal never count.
    Users = "users", "Seats";
    /// Regulators whose returns are planned.
    Regulators = "regulators", "Regulators";
    /// Operational records: filings that were closed, portal problems; notices, penalties and documents when they come.
    Records = "records", "Records";
    /// Projects.
    Projects = "projects", "Projects";
    /// Invoices issued in a calendar month.
    InvoicesPerMonth = "invoices_per_month", "Invoices a month";
    /// Megabytes of files.
    StorageMb = "storage_mb", "Storage (MB)";
    /// Levels of approval by other people.
    ApprovalLevels = "approval_levels", "Approval levels";
}

impl Counted {
    /// Reads the stable name back.
    pub fn parse(text: &str) -> Option<Counted> {
        Counted::ALL.iter().copied().find(|counted| counted.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_read_as_the_committed_table_says() {
        let table = include_str!("../../../docs/limits.tsv");
        let rows: Vec<(&str, &str)> =
            table.lines().skip(1).filter_map(|line| line.split_once('\t')).collect();
        assert!(rows.len() >= 6, "the table is not there");
        for (number, shown) in rows {
            assert_eq!(Limit::of(number.parse().unwrap()).to_string(), shown, "{number}");
        }
    }

    #[test]
    fn room_excess_and_order() {
        let (none, three, open) = (Limit::NONE, Limit::of(3), Limit::of(-7));
        assert!(open.is_unlimited() && open.has_room(i64::MAX, i64::MAX));
        assert!(three.has_room(2, 1) && !three.has_room(3, 1) && !none.has_room(0, 1));
        assert_eq!((three.excess(5), three.excess(3), open.excess(900)), (2, 0, 0));
        assert!(open.beats(three) && three.beats(none) && !three.beats(open) && !three.beats(three));
    }
}
