//! The vocabulary of the law as data: what a pack may say, read and checked. The build script compiles this
//! module too, so it names only its own parts and the kernel.

pub mod calendar;
pub mod expr;
pub mod facts;
pub mod model;
pub mod parse;
pub mod predicate;
pub mod validate;
mod walk;

pub use calendar::{Calendar, Week};
pub use expr::{Count, Expr, FixedBase, RefDay, TableEntry};
pub use facts::{EventKind, FactDef, FactKind, FactValue};
pub use model::{
    Citation, LateStage, Law, Materiality, OneTime, PeriodScheme, Relief, ReliefAfter, ReliefEffect, Rule,
    Shift, ShiftDirection, VersionKey,
};
pub use parse::{PackError, parse_sources};
pub use predicate::Predicate;
