//! The vocabulary of the law as data: what a pack may say, read and checked. The build script compiles this
//! module too, so it names only its own parts and the kernel.

pub mod calendar;
mod check_cost;
pub mod cost;
mod cost_read;
pub mod expr;
pub mod facts;
pub mod kind;
pub mod model;
pub mod parse;
pub mod predicate;
pub mod validate;
mod walk;

pub use calendar::{Calendar, Holiday, Week};
pub use cost::{Band, Cost, CostKind, Quantum, Reduction, Scale, ScaleStep, Tier};
pub use expr::{Count, Expr, FixedBase, RefDay, TableEntry};
pub use facts::{EventKind, FactDef, FactKind, FactValue, FromRegistration, RegistrationDay};
pub use kind::{INTERNAL_PREFIX, INTERNAL_REGULATOR, RuleKind, Validity, ValidityModel};
pub use model::{
    Citation, LateStage, Law, Materiality, OneTime, PeriodScheme, Relief, ReliefAfter, ReliefEffect, Rule,
    Shift, ShiftDirection, VersionKey,
};
pub use parse::{PackError, parse_sources};
pub use predicate::{Op, Predicate};
