//! The vocabularies a screen needs once per session.

use rulebook::{FactKind, Rulebook};

/// Regulators by tag and name, in the order of the product.
pub const REGULATORS: &[(&str, &str)] = &[
    ("RBI", "Reserve Bank of India"),
    ("SEBI", "Securities and Exchange Board of India"),
    ("AMFI", "Association of Mutual Funds in India"),
    ("IRDAI", "Insurance Regulatory and Development Authority of India"),
    ("MCA", "Ministry of Corporate Affairs"),
    ("PFRDA", "Pension Fund Regulatory and Development Authority"),
    ("IFSCA", "International Financial Services Centres Authority"),
    ("FIU-IND", "Financial Intelligence Unit - India"),
];

/// The kinds of registration that the rulebook knows: (regulator, category).
pub fn registration_categories(rules: &Rulebook) -> Vec<(String, String)> {
    let Some(def) = rules.fact_def("registrations") else { return Vec::new() };
    let FactKind::SetOf(options) = &def.kind else { return Vec::new() };
    options.iter().filter_map(|o| o.split_once(':')).map(|(r, c)| (r.to_owned(), c.to_owned())).collect()
}

/// Who asks for a filing, where it is read outside the product: an internal return is not law and says so.
pub fn regulator_words(tag: &str) -> String {
    if tag == rulebook::INTERNAL_REGULATOR { "Internal, not law".into() } else { tag.to_owned() }
}

/// A category in words, where the code alone does not say it.
pub fn category_title(regulator: &str, category: &str) -> String {
    let words = match (regulator, category) {
        ("RBI", "NBFC-ICC") => "NBFC, investment and credit company",
        ("RBI", "NBFC-MFI") => "NBFC, microfinance institution",
        ("RBI", "NBFC-FACTOR") => "NBFC, factor",
        ("RBI", "NBFC-IFC") => "NBFC, infrastructure finance company",
        ("RBI", "NBFC-IDF") => "NBFC, infrastructure debt fund",
        ("RBI", "NBFC-SPD") => "Standalone primary dealer",
        ("RBI", "NBFC-NOFHC") => "Non-operative financial holding company",
        ("RBI", "NBFC-MGC") => "Mortgage guarantee company",
        ("RBI", "NBFC-P2P") => "NBFC, peer-to-peer lending platform",
        ("RBI", "NBFC-AA") => "NBFC, account aggregator",
        ("RBI", "NBFC-CIC" | "CIC") => "Core investment company",
        ("RBI", "NBFC-HFC") => "Housing finance company",
        ("RBI", "NBFC-TYPE1") => "NBFC, Type I (no public funds, no customer interface)",
        ("RBI", "ARC") => "Asset reconstruction company",
        ("RBI", "PA") => "Payment aggregator",
        ("RBI", "PPI") => "Prepaid payment instrument issuer, non-bank",
        ("RBI", "PPI-BANK") => "Prepaid payment instrument issuer, bank",
        ("SEBI", "IA") => "Investment adviser",
        ("SEBI", "RA") => "Research analyst",
        ("SEBI", "PM") => "Portfolio manager",
        ("SEBI", "AIF") => "Alternative investment fund",
        ("SEBI", "STOCK-BROKER") => "Stock broker",
        ("SEBI", "CLEARING-MEMBER") => "Clearing member",
        ("SEBI", "DP") => "Depository participant",
        ("SEBI", "MF") => "Mutual fund",
        ("SEBI", "AMC") => "Asset management company",
        ("SEBI", "RTA") => "Registrar and transfer agent",
        ("SEBI", "CRA") => "Credit rating agency",
        ("AMFI", "ARN") => "Mutual fund distributor",
        ("IRDAI", "BROKER") => "Insurance broker",
        ("IRDAI", "TPA") => "Third party administrator",
        ("IRDAI", "IMF") => "Insurance marketing firm",
        ("PFRDA", "POP") => "Point of presence",
        ("IFSCA", "FME") => "Fund management entity",
        ("IFSCA", "CMI") => "Capital market intermediary",
        ("IFSCA", "FINANCE-COMPANY") => "Finance company or unit",
        ("IFSCA", "ITFS") => "Trade financing platform (ITFS)",
        ("IFSCA", "PSP") => "Payment service provider",
        ("PFRDA", "PF") => "Pension fund",
        ("PFRDA", "CRA") => "Central recordkeeping agency",
        _ => "",
    };
    if !words.is_empty() {
        return words.to_owned();
    }
    let mut text = category.replace('-', " ").to_lowercase();
    if let Some(first) = text.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    text
}
