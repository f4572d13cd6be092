//! The actions that a firm may put under four eyes.

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $title:literal, $unit:expr),+ $(,)?) => {
        /// A kind of change. The text is what the store, the API and the journal show.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $($(#[$doc])* $name),+ }
        impl Action {
            /// Every action, in the order of the screen.
            pub const ALL: &'static [Action] = &[$(Action::$name),+];
            /// The stable name.
            pub const fn as_str(self) -> &'static str { match self { $(Action::$name => $text),+ } }
            /// The words shown to people.
            pub const fn title(self) -> &'static str { match self { $(Action::$name => $title),+ } }
            /// What the size of one counts, when bands by size make sense.
            pub const fn unit(self) -> Option<&'static str> { match self { $(Action::$name => $unit),+ } }
            /// Reads the stable name.
            pub fn parse(text: &str) -> Option<Self> { Self::ALL.iter().copied().find(|a| a.as_str() == text) }
        }
    };
}

actions! {
    /// Name, PAN, GSTIN, CIN, LLPIN, legal form, registrations and risk rating of a client.
    ClientKyc = "clients.kyc", "Change to a client's KYC record", None,
    /// A filing is recorded as filed.
    FilingFiled = "filings.filed", "Record a filing as filed", Some("filings"),
    /// A filing is waived or marked not applicable.
    FilingClosed = "filings.closed", "Waive a filing or mark it not applicable", Some("filings"),
    /// A date that somebody sets by hand, against the plan.
    FilingDates = "filings.dates", "Set the target date of a filing by hand", Some("filings"),
    /// A circular is carried out on many filings.
    Relaxation = "relaxations.apply", "Carry out a relaxation", Some("filings"),
    /// A sheet of clients is written.
    Import = "imports.commit", "Commit a bulk import", Some("clients"),
    /// What the firm sets beside the law: planning of a return, its own returns, when late counts as breached.
    Rules = "rulebook.override", "Change a rule of the firm", None,
    /// Who belongs to the firm, what each may do, and how everybody signs in.
    Access = "access.change", "Change who may do what", None,
    /// A key with which a program acts for somebody.
    ApiKey = "api_keys.create", "Make an API key", None,
    /// An approval level itself.
    Policy = "policies.edit", "Change an approval level", None,
}
