//! The fields of a sheet: the fixed ones, the facts of the rule library, and events that come once a year.

use crate::facts::FROM_RECORD;
use crate::imports::sheets::TemplateField;
use crate::reference::{REGULATORS, registration_categories};
use clients::import::{Catalogue, Field, FieldList};
use rulebook::{EventKind, FactDef, FactKind, Rulebook};

/// All fields of this rule library.
pub fn catalogue(rules: &Rulebook) -> Catalogue {
    let known = registration_categories(rules);
    let regulators = REGULATORS.iter().map(|(tag, _)| (*tag).to_owned());
    let regulators = regulators.filter(|tag| known.iter().any(|(regulator, _)| regulator == tag)).collect();
    let facts =
        rules.fact_defs().iter().filter(|def| !FROM_RECORD.contains(&def.key.as_str())).map(fact_field);
    let events = rules.event_kinds().iter().filter(|kind| kind.per_period).map(event_field);
    Catalogue::new(FieldList { regulators, more: facts.chain(events).collect() })
}

fn fact_field(def: &FactDef) -> Field {
    let allowed = match &def.kind {
        FactKind::Bool => vec!["Yes".to_owned(), "No".to_owned()],
        FactKind::OneOf(options) => options.clone(),
        _ => Vec::new(),
    };
    let example = match &def.kind {
        FactKind::Number => "6000000000".to_owned(),
        FactKind::Date => "31-Mar-2026".to_owned(),
        FactKind::Text | FactKind::SetOf(_) => String::new(),
        _ => allowed.first().cloned().unwrap_or_default(),
    };
    let unit = match def.unit.as_str() {
        "" => String::new(),
        "INR" => " In rupees; \"600 crore\" is understood.".to_owned(),
        unit => format!(" In {unit}."),
    };
    Field {
        key: format!("fact:{}", def.key),
        title: def.title.clone(),
        required: false,
        help: format!("{}{unit}", def.help),
        example,
        allowed,
        date: def.kind == FactKind::Date,
        synonyms: synonyms(&def.key),
    }
}

fn event_field(kind: &EventKind) -> Field {
    Field {
        key: format!("event:{}", kind.kind),
        title: format!("{} on", kind.title),
        required: false,
        help: format!(
            "{} Write the day of the last one; the financial year that ended before it is taken.",
            kind.help
        ),
        example: "30-Sep-2026".to_owned(),
        allowed: Vec::new(),
        date: true,
        synonyms: match kind.kind.as_str() {
            "agm_held" => vec![
                "agm date",
                "date of agm",
                "agm",
                "agm on",
                "last agm",
                "last agm date",
                "agm held",
                "date of last agm",
            ],
            "audit_report_signed" => {
                vec!["audit report date", "date of audit report", "audit sign off", "audit report signed"]
            }
            _ => Vec::new(),
        },
    }
}

/// Headings that firms use for a fact.
fn synonyms(key: &str) -> Vec<&'static str> {
    match key {
        "layer" => vec!["layer", "sbr layer", "rbi layer", "scale based layer", "layer of nbfc"],
        "asset_size_solo" => {
            vec!["asset size", "total assets", "assets", "assets size", "asset size rs", "asset size inr"]
        }
        "asset_size_group" => vec!["group asset size", "group assets", "total assets of group"],
        "deposit_taking" => {
            vec!["deposit taking", "accepts deposits", "takes deposits", "public deposits", "nbfc d"]
        }
        "pa_class" => vec!["pa class", "pa category", "payment aggregator type"],
        "small_company" => vec!["small co", "is small company", "whether small company"],
        "financial_year_end" => vec!["financial year end", "fy end", "year end", "fye"],
        "has_msme_dues" => vec!["msme dues", "msme 1 applicable", "msme outstanding"],
        "has_deposits_or_loans" => vec!["dpt 3 applicable", "deposits or loans", "loans outstanding"],
        "cost_audit" => vec!["cost audit", "cost audit applicable"],
        "csr_applies" => vec!["csr", "csr applicable"],
        "files_crilc" => vec!["crilc", "crilc reporting"],
        _ => Vec::new(),
    }
}

/// The columns of the template.
pub fn template_fields(catalogue: &Catalogue) -> Vec<TemplateField> {
    let fields = catalogue.fields().iter();
    fields
        .map(|field| TemplateField {
            header: field.title.clone(),
            required: field.required,
            help: field.help.clone(),
            example: field.example.clone(),
            allowed: field.allowed.clone(),
            date: field.date,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clients::import::{Confidence, guess};

    #[test]
    fn the_template_maps_itself() {
        let catalogue = catalogue(Rulebook::shipped());
        let headings: Vec<String> = template_fields(&catalogue).into_iter().map(|f| f.header).collect();
        for (guess, field) in guess(&headings, &catalogue).iter().zip(catalogue.fields()) {
            assert_eq!(guess.field.as_ref(), Some(&field.key), "{}", field.title);
            assert_eq!(guess.confidence, Confidence::Exact);
        }
    }
}
