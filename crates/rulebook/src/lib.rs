//! The law as data: rule packs, the vocabulary they are written in, and an evaluator that explains itself.
//!
//! Pure: no I/O and no clock. `Rulebook::shipped()` holds the packs that were embedded and checked at build.

mod arithmetic;
mod book;
mod chain;
mod choose;
mod evaluate;
mod forms;
pub mod law;
mod pairs;
mod periods;
mod plan;
mod run;
mod series;
mod sheet;
mod text;
mod unknown;

pub use book::Rulebook;
pub use evaluate::{Due, EvalError, Evaluation, EventRef, Finding, FindingKind, Lapse, Query, Step, Window};
pub use law::{
    Calendar, Citation, EventKind, Expr, FactDef, FactKind, FactValue, Materiality, PackError, PeriodScheme,
    Predicate, Relief, Rule, VersionKey, Week,
};
pub use pairs::BadFact;
pub use plan::{PlanRequest, PlannedFiling};
pub use sheet::{Event, FactSheet};
