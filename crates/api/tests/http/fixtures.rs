//! A client to make, and a filing to find.

use serde_json::{Value, json};

/// A body for an NBFC of the base layer, tracked from April 2026.
pub fn nbfc(name: &str) -> Value {
    json!({
        "clientName": name, "entityType": "public_company", "incorporatedOn": "2011-06-12", "trackFrom": "2026-04-01",
        "registrations": [{ "regulator": "RBI", "category": "NBFC-ICC", "registrationNo": "N-13.02417" }],
        "facts": [
            { "key": "layer", "value": "base" }, { "key": "asset_size_solo", "value": "6200000000" },
            { "key": "deposit_taking", "value": "false" }, { "key": "has_msme_dues", "value": "true" }
        ]
    })
}

/// The filing of a code whose period label holds a text.
#[track_caller]
pub fn find<'a>(filings: &'a [Value], code: &str, period: &str) -> &'a Value {
    filings
        .iter()
        .find(|f| f["code"] == code && f["periodLabel"].as_str().is_some_and(|label| label.contains(period)))
        .unwrap_or_else(|| panic!("{code} {period} is not there"))
}
