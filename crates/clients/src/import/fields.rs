//! The fields that a sheet of clients can have. The rule library adds one for each fact and each yearly event.

use crate::client::{EntityType, RiskRating, Status};

/// Registrations in one cell.
pub const REGISTRATIONS: &str = "registrations";
/// The kind of registration, when it has its own column.
pub const CATEGORY: &str = "category";

/// One field: what a column can be mapped to, and a column of the template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The stable name: `pan`, `fact:layer`, `event:agm_held`.
    pub key: String,
    /// The heading in the template.
    pub title: String,
    /// Whether every row needs it.
    pub required: bool,
    /// What to write, a sentence.
    pub help: String,
    /// An example.
    pub example: String,
    /// The only values, when there are only some.
    pub allowed: Vec<String>,
    /// Whether it holds a date.
    pub date: bool,
    /// Other headings that people use, lower case.
    pub synonyms: Vec<&'static str>,
}

/// What the rule library adds to the fields.
#[derive(Debug, Clone, Default)]
pub struct FieldList {
    /// Regulators by tag.
    pub regulators: Vec<String>,
    /// Fields for facts and events, ready made.
    pub more: Vec<Field>,
}

/// All fields, in the order of the template.
#[derive(Debug, Clone)]
pub struct Catalogue(Vec<Field>);

struct Plain(&'static str, &'static str, &'static str, &'static str, &'static [&'static str]);

const BASE: &[Plain] = &[
    Plain(
        "clientName",
        "Client name",
        "The legal name, as on the certificate of incorporation or the PAN.",
        "Sahyadri Capital Finance Private Limited",
        &[
            "name",
            "company name",
            "name of the company",
            "name of company",
            "name of the entity",
            "name of entity",
            "entity name",
            "entity",
            "client",
            "name of client",
            "name of the client",
            "legal name",
            "company",
            "customer name",
            "firm name",
            "party name",
        ],
    ),
    Plain(
        "shortName",
        "Short name",
        "The name in dense lists. Made from the legal name when empty.",
        "Sahyadri Capital",
        &["display name", "alias", "known as", "brand name"],
    ),
    Plain(
        "entityType",
        "Entity type",
        "The legal form. When the cell is empty it is read from the CIN, the LLPIN or the PAN.",
        "Private company",
        &[
            "constitution",
            "type of entity",
            "legal form",
            "constitution of business",
            "type of company",
            "company type",
            "entity category",
            "type",
            "legal status",
        ],
    ),
    Plain(
        "pan",
        "PAN",
        "Ten characters: five letters, four digits, a letter.",
        "AAPFU0939F",
        &[
            "pan no",
            "pan number",
            "pan of entity",
            "permanent account number",
            "income tax pan",
            "company pan",
        ],
    ),
    Plain(
        "gstin",
        "GSTIN",
        "Fifteen characters. The PAN is inside.",
        "27AAPFU0939F1ZV",
        &[
            "gst",
            "gst no",
            "gst number",
            "gstin no",
            "gst registration no",
            "gstin uin",
            "gst registration number",
        ],
    ),
    Plain(
        "cin",
        "CIN",
        "Twenty-one characters, from the Registrar of Companies.",
        "U65990MH2015PTC123456",
        &[
            "cin no",
            "cin number",
            "corporate identity number",
            "corporate identification number",
            "company cin",
        ],
    ),
    Plain(
        "llpin",
        "LLPIN",
        "Three letters, a hyphen, four digits.",
        "AAB-1234",
        &["llpin no", "llp no", "llp number", "llp identification number"],
    ),
    Plain(
        "lei",
        "LEI",
        "Twenty characters.",
        "335800ZZNQZKF4BPBP67",
        &["lei code", "lei no", "legal entity identifier"],
    ),
    Plain(
        "incorporatedOn",
        "Incorporated on",
        "Date of incorporation or registration, day first.",
        "14-Oct-2015",
        &[
            "date of incorporation",
            "incorporation date",
            "doi",
            "date of formation",
            "date of registration",
            "incorporated",
            "inc date",
        ],
    ),
    Plain(
        "status",
        "Status",
        "Where the client stands with your firm. Active when empty.",
        "Active",
        &["client status"],
    ),
    Plain(
        "riskRating",
        "Risk rating",
        "Low, medium or high.",
        "Medium",
        &["risk", "risk category", "kyc risk", "risk level"],
    ),
    Plain(
        "owner",
        "Owner",
        "E-mail address or name of the person of your firm who looks after the client.",
        "asha@example.in",
        &[
            "rm",
            "relationship manager",
            "analyst",
            "account manager",
            "assigned to",
            "handled by",
            "responsible",
            "client owner",
            "manager",
            "person in charge",
        ],
    ),
    Plain(
        "tags",
        "Tags",
        "Labels, with commas between them.",
        "lending, mumbai",
        &["tag", "labels", "label", "group", "groups"],
    ),
    Plain(
        "notes",
        "Notes",
        "Anything worth knowing. No Aadhaar numbers.",
        "",
        &["note", "remarks", "remark", "comments", "comment"],
    ),
    Plain(
        "trackFrom",
        "Track from",
        "Filings due from this date on are tracked. Today when empty.",
        "01-Apr-2026",
        &[
            "tracked from",
            "start date",
            "engagement date",
            "onboarded on",
            "client since",
            "date of engagement",
        ],
    ),
    Plain(
        REGISTRATIONS,
        "Registrations",
        "All registrations in one cell: regulator:category=number, with semicolons between them.",
        "RBI:NBFC-ICC=N-13.01234; RBI:PA",
        &["licences", "licenses", "registrations held", "all registrations"],
    ),
    Plain(
        "regulator",
        "Regulator",
        "Regulator of one registration.",
        "RBI",
        &["regulated by", "regulatory authority", "authority"],
    ),
    Plain(
        CATEGORY,
        "Registration category",
        "What it is registered as.",
        "NBFC-ICC",
        &[
            "category",
            "registration type",
            "licence type",
            "license type",
            "type of nbfc",
            "nbfc category",
            "nbfc type",
            "type of registration",
        ],
    ),
    Plain(
        "registrationNo",
        "Registration number",
        "As printed on the certificate.",
        "N-13.01234",
        &[
            "registration no",
            "reg no",
            "cor no",
            "certificate of registration no",
            "licence no",
            "license no",
            "rbi registration no",
            "sebi registration no",
        ],
    ),
    Plain(
        "registeredOn",
        "Registered on",
        "First day of the registration.",
        "01-Jun-2016",
        &["registration date", "date of cor", "cor date", "valid from", "licence date"],
    ),
    Plain(
        "validTo",
        "Valid to",
        "Last day of the registration; empty when it has none.",
        "",
        &["valid till", "valid until", "valid upto", "expiry date", "expires on", "validity"],
    ),
    Plain(
        "contactName",
        "Contact name",
        "The person to write to.",
        "Meera Iyer",
        &["contact person", "contact", "name of contact person", "principal officer", "compliance officer"],
    ),
    Plain(
        "contactDesignation",
        "Contact designation",
        "What that person is.",
        "Company Secretary",
        &["designation"],
    ),
    Plain(
        "contactEmail",
        "Contact e-mail",
        "Their mail address.",
        "meera@example.in",
        &[
            "email",
            "e mail",
            "email id",
            "e mail id",
            "contact email id",
            "mail id",
            "email address",
            "contact email",
        ],
    ),
    Plain(
        "contactPhone",
        "Contact phone",
        "Their phone number.",
        "+91 98200 00000",
        &[
            "phone",
            "mobile",
            "mobile no",
            "phone no",
            "contact no",
            "telephone",
            "contact number",
            "mobile number",
            "phone number",
        ],
    ),
];

const DATES: &[&str] = &["incorporatedOn", "trackFrom", "registeredOn", "validTo"];

impl Catalogue {
    /// The fixed fields, then those of the rule library.
    pub fn new(list: FieldList) -> Self {
        let titles = |titles: Vec<&str>| titles.into_iter().map(str::to_owned).collect::<Vec<_>>();
        let fixed = BASE.iter().map(|Plain(key, title, help, example, synonyms)| Field {
            key: (*key).to_owned(),
            title: (*title).to_owned(),
            required: matches!(*key, "clientName" | "entityType"),
            help: (*help).to_owned(),
            example: (*example).to_owned(),
            allowed: match *key {
                "entityType" => titles(EntityType::ALL.iter().map(|e| e.title()).collect()),
                "status" => titles(Status::ALL.iter().map(|s| s.title()).collect()),
                "riskRating" => titles(RiskRating::ALL.iter().map(|r| r.title()).collect()),
                "regulator" => list.regulators.clone(),
                _ => Vec::new(),
            },
            date: DATES.contains(key),
            synonyms: synonyms.to_vec(),
        });
        Self(fixed.chain(list.more).collect())
    }

    /// The fields in their order.
    pub fn fields(&self) -> &[Field] {
        &self.0
    }

    /// One field by its key.
    pub fn get(&self, key: &str) -> Option<&Field> {
        self.0.iter().find(|field| field.key == key)
    }
}
