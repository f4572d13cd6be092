//! The law as data: rule packs, the vocabulary they are written in, and an evaluator that explains itself.
//!
//! Pure: no I/O and no clock. `Rulebook::shipped()` holds the packs that were embedded and checked at build.

mod arithmetic;
mod awaited;
mod book;
mod chain;
mod choose;
mod conditions;
mod evaluate;
mod examples;
mod forms;
mod inputs;
mod internal;
mod late;
mod late_words;
pub mod law;
mod pairs;
mod periods;
mod plan;
mod run;
mod series;
mod sheet;
mod text;
mod unknown;
mod words;

pub use awaited::AwaitedEvent;
pub use book::Rulebook;
pub use conditions::ConditionLine;
pub use evaluate::{Due, EvalError, Evaluation, EventRef, Finding, FindingKind, Lapse, Query, Step, Window};
pub use examples::Example;
pub use inputs::{Input, InputKind};
pub use internal::{InternalDue, InternalRule};
pub use late::{LateCost, LateFrom, LateLine};
pub use late_words::money_words;
pub use law::{
    Calendar, Citation, Cost, CostKind, EventKind, Expr, FactDef, FactKind, FactValue, FromRegistration,
    Holiday, INTERNAL_PREFIX, INTERNAL_REGULATOR, Materiality, PackError, PeriodScheme, Predicate, Quantum,
    RegistrationDay, Relief, Rule, RuleKind, Validity, ValidityModel, VersionKey, Week,
};
pub use pairs::BadFact;
pub use plan::{PlanRequest, PlannedFiling};
pub use sheet::{Event, FactSheet};
