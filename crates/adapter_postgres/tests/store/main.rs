//! The adapter against a real PostgreSQL: statements, schema rules, tenancy, transactions, statuses, planning.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

#[path = "../support/mod.rs"]
mod support;

mod calendar;
mod contracts;
mod escalation;
mod four_eyes;
mod lanes;
mod licences;
mod lists;
mod migrations;
mod planning;
mod planning_many;
mod relaxation_race;
mod relaxation_size;
mod relaxations;
mod schema;
mod sealing;
mod statements;
mod statuses;
mod tenancy;
mod transactions;
