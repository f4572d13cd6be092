//! Parts of a rule on the wire.

use super::evaluate::EvaluationDto;
use crate::clients::fact_dto::kind_word;
use app::library::VersionChange;
use kernel::Date;
use rulebook::law::{OneTime, ReliefAfter, ReliefEffect};
use rulebook::{Citation, ConditionLine, Cost, FactKind, Input, Relief, Rulebook, Validity};
use serde::Serialize;
use utoipa::ToSchema;

/// One line of "to whom does it apply".
#[derive(Serialize, ToSchema)]
pub struct ConditionDto {
    /// How far inside the list.
    depth: u8,
    /// In words.
    text: String,
}

impl From<ConditionLine> for ConditionDto {
    fn from(line: ConditionLine) -> Self {
        Self { depth: line.depth, text: line.text }
    }
}

/// A worked example.
#[derive(Serialize, ToSchema)]
pub struct ExampleDto {
    /// What was supposed, in words.
    pub given: Vec<String>,
    /// What came out.
    pub result: EvaluationDto,
}

/// A version of a rule.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct VersionDto {
    /// `DNBS01@2024-02-27`.
    id: String,
    /// First day; absent when no source confirmed it.
    #[schema(value_type = Option<String>, format = Date)]
    effective_from: Option<Date>,
    /// Last day.
    #[schema(value_type = Option<String>, format = Date)]
    effective_to: Option<Date>,
    /// When it is due, in words.
    due: String,
    /// Instrument and section.
    citation: String,
    /// What changed against the version before, in words.
    changes: Vec<String>,
    /// What it replaced.
    supersedes: Vec<String>,
    /// What replaced it.
    superseded_by: Vec<String>,
}

impl From<VersionChange<'_>> for VersionDto {
    fn from(version: VersionChange<'_>) -> Self {
        let rule = version.rule;
        Self {
            id: rule.id.clone(),
            effective_from: rule.start_confirmed.then_some(rule.effective_from),
            effective_to: rule.effective_to,
            due: version.due,
            citation: rule.citation_text().into(),
            changes: version.changes,
            supersedes: rule.supersedes.clone(),
            superseded_by: rule.superseded_by.clone(),
        }
    }
}

/// Where a rule is written.
#[derive(Serialize, ToSchema)]
pub struct CitationDto {
    /// Act, regulation, direction or circular.
    instrument: String,
    /// Section; empty when no source gave it.
    section: String,
    /// Date of the instrument.
    #[schema(value_type = Option<String>, format = Date)]
    date: Option<Date>,
    /// Address of the text.
    url: Option<String>,
}

impl From<&Citation> for CitationDto {
    fn from(citation: &Citation) -> Self {
        Self {
            instrument: citation.instrument.clone(),
            section: citation.section.replace("not known", ""),
            date: citation.date,
            url: citation.url.clone(),
        }
    }
}

/// A line of what being late costs.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CostLineDto {
    /// `fee`, `penalty` or `compensation`.
    kind: &'static str,
    /// `exact`, `max` or `range`.
    quantum: &'static str,
    /// `client`, `company`, ... or somebody else such as `officer`.
    falls_on: String,
    /// The formula in words.
    text: String,
    /// Instrument and section.
    section: String,
    /// Grade of the source.
    confidence: String,
    /// What to know.
    note: String,
}

impl From<&Cost> for CostLineDto {
    fn from(cost: &Cost) -> Self {
        Self {
            kind: cost.kind.as_str(),
            quantum: cost.quantum.as_str(),
            falls_on: cost.falls_on.clone(),
            text: cost.words(),
            section: cost.cited.clone(),
            confidence: cost.confidence.clone(),
            note: cost.note.clone(),
        }
    }
}

/// A date fixed for one period.
#[derive(Serialize, ToSchema)]
pub struct OneTimeDto {
    /// Period key.
    period: String,
    /// The date.
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// What fixed it.
    instrument: String,
}

impl From<&OneTime> for OneTimeDto {
    fn from(one: &OneTime) -> Self {
        Self { period: one.period.clone(), date: one.date, instrument: one.instrument.clone() }
    }
}

/// An order that helps late filers.
#[derive(Serialize, ToSchema)]
pub struct ReliefDto {
    /// Period keys; `*` is every period due by the last day.
    periods: Vec<String>,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    until: Date,
    /// What it does, in words.
    effect: &'static str,
    /// What is counted afterwards, in words.
    after: &'static str,
    /// The instrument.
    instrument: String,
}

impl From<&Relief> for ReliefDto {
    fn from(relief: &Relief) -> Self {
        Self {
            periods: relief.periods.clone(),
            until: relief.until,
            effect: match relief.effect {
                ReliefEffect::ExtendsDue => "The due date moves",
                ReliefEffect::NoAdditionalFee => "No additional fee; the due date stays",
                ReliefEffect::ReducedFee => "A reduced fee; the due date stays",
            },
            after: match relief.after {
                ReliefAfter::RecountFromOriginal => "Afterwards days late count from the original date",
                ReliefAfter::CountFromUntil => "Afterwards days late count from its end",
            },
            instrument: relief.instrument.clone(),
        }
    }
}

/// How long a licence lasts.
#[derive(Serialize, ToSchema)]
pub struct ValidityDto {
    /// `until_revoked`, `fixed_term`, `perpetual_with_annual_fee` or `perpetual_with_fee_cycle`.
    model: &'static str,
    /// Years of the term or the fee cycle.
    years: Option<u8>,
    /// Fees in words.
    fee: String,
    /// Capital or net worth to keep, in words.
    capital: String,
}

impl From<&Validity> for ValidityDto {
    fn from(validity: &Validity) -> Self {
        Self {
            model: validity.model.as_str(),
            years: validity.years,
            fee: validity.fee.clone(),
            capital: validity.capital.clone(),
        }
    }
}

/// What a rule asks for when it is tried.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InputDto {
    /// The key to give it under in `facts`.
    name: String,
    /// `period`, `event`, `other_event`, `fact` or `cost_fact`.
    role: &'static str,
    /// In words.
    title: String,
    /// `bool`, `date`, `number`, `text`, `one_of` or `set_of`.
    kind: String,
    /// The only values, when there are only some.
    options: Vec<String>,
    /// What to give.
    help: String,
    /// Unit of a number.
    unit: String,
    /// There is no answer without it.
    needed: bool,
}

impl InputDto {
    /// With the kind of its fact.
    pub fn of(rules: &Rulebook, input: Input) -> Self {
        let def = rules.fact_def(&input.name);
        let kind = def.map_or(&FactKind::Date, |d| &d.kind);
        Self {
            role: input.kind.as_str(),
            kind: kind_word(kind).into(),
            options: match kind {
                FactKind::OneOf(options) | FactKind::SetOf(options) => options.clone(),
                _ => Vec::new(),
            },
            unit: def.map(|d| d.unit.clone()).unwrap_or_default(),
            name: input.name,
            title: input.title,
            help: input.help,
            needed: input.needed,
        }
    }
}
