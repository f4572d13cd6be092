//! Facts of a client on the wire.

use clients::Fact;
use kernel::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// A fact from a day on.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FactDto {
    /// Key of the catalogue.
    pub key: String,
    /// Name for people.
    pub title: String,
    /// The value; none when the fact ended.
    pub value: Option<String>,
    /// The value for people.
    pub value_text: String,
    /// First day; none when since ever.
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_from: Option<Date>,
    /// `bool`, `date`, `number`, `text`, `one_of` or `set_of`.
    pub kind: String,
    /// `INR` for an amount of money; empty when it has none.
    pub unit: String,
    /// What it means and decides.
    pub help: String,
}

/// A fact as it is known, with the catalogue's words.
pub fn fact_dto(fact: Fact) -> FactDto {
    let def = rulebook::Rulebook::shipped().fact_def(&fact.key);
    FactDto {
        title: def.map_or(fact.key.clone(), |d| d.title.clone()),
        value_text: fact.value.as_deref().map_or("unknown".into(), |v| spoken(v, def)),
        kind: def.map_or("text", |d| kind_word(&d.kind)).into(),
        unit: def.map(|d| d.unit.clone()).unwrap_or_default(),
        help: def.map(|d| d.help.clone()).unwrap_or_default(),
        valid_from: (fact.valid_from > app::facts::EVER).then_some(fact.valid_from),
        key: fact.key,
        value: fact.value,
    }
}

/// The stable word of a kind of fact.
pub fn kind_word(kind: &rulebook::FactKind) -> &'static str {
    match kind {
        rulebook::FactKind::Bool => "bool",
        rulebook::FactKind::Date => "date",
        rulebook::FactKind::Number => "number",
        rulebook::FactKind::Text => "text",
        rulebook::FactKind::OneOf(_) => "one_of",
        rulebook::FactKind::SetOf(_) => "set_of",
    }
}

fn spoken(value: &str, def: Option<&rulebook::FactDef>) -> String {
    match def.map(|d| &d.kind) {
        Some(rulebook::FactKind::Bool) => if value == "true" { "Yes" } else { "No" }.into(),
        _ => value.replace('_', " "),
    }
}
