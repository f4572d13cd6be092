//! The pack parser: any text is read or refused with a reason, and what was read can be asked.

use rulebook::{FactSheet, PlanRequest, Query, Rulebook};
use time::macros::date;

/// Reads the bytes as a pack. A pack that is accepted must then evaluate and plan without a panic.
pub fn pack(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Rulebook::from_sources(&[("fuzz.toml", text)]) {
        Err(error) => {
            assert!(!error.reason.is_empty(), "a refusal says why");
            assert_eq!(error.file, "fuzz.toml", "a refusal names the file");
        }
        Ok(book) => {
            let facts = FactSheet::new();
            let request = PlanRequest {
                enabled: book.rules().iter().map(|r| r.code.clone()).collect(),
                ..PlanRequest::new(date!(2026 - 01 - 01), date!(2026 - 12 - 31), date!(2026 - 06 - 01))
            };
            let _ = book.plan(&facts, &request);
            for rule in book.rules() {
                assert!(!rule.citation.instrument.is_empty(), "{} was accepted without a citation", rule.id);
                let query = Query { period_end: Some(date!(2026 - 03 - 31)), ..Query::default() };
                let _ = book.evaluate(&rule.code, &facts, &query);
            }
        }
    }
}
