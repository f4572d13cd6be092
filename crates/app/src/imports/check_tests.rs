//! The dry run on a small sheet with planted errors, without a database.

use super::check::{Columns, RowPlan, finish, read_all};
use super::report::Issue;
use super::sheets::{RawCell, RawRow, RawTable, RowSink, SheetProblem, Sheets, TemplateField, Work};
use async_trait::async_trait;
use clients::{KnownClient, name_key};
use kernel::{Date, Id, StoreError};
use std::collections::HashMap;
use std::io::Write;
use time::macros::date;

const TODAY: Date = date!(2026 - 11 - 21);

/// Reads ISO dates only; files are not needed here.
struct IsoDates;

#[async_trait]
impl Sheets for IsoDates {
    async fn run(&self, work: Work) -> Result<(), StoreError> {
        work();
        Ok(())
    }
    fn date(&self, cell: &RawCell) -> Result<Date, String> {
        match cell {
            RawCell::Text(text) => {
                kernel::period::parse_day(text).ok_or_else(|| format!("\"{text}\" is not a date."))
            }
            RawCell::Date(date) => Ok(*date),
            RawCell::Empty => Err("The date is missing.".into()),
        }
    }
    fn read(&self, _: &[u8], _: &str) -> Result<RawTable, String> {
        Err("no files".into())
    }
    fn annotated(&self, _: &[u8], _: &str, _: &[SheetProblem]) -> Result<(Vec<u8>, &'static str), String> {
        Err("no files".into())
    }
    fn template(&self, _: &[TemplateField], _: bool) -> Result<Vec<u8>, String> {
        Err("no files".into())
    }
    fn writer(
        &self,
        _: bool,
        _: &[(&str, u16)],
        _: Box<dyn Write + Send>,
    ) -> Result<Box<dyn RowSink>, String> {
        Err("no files".into())
    }
}

const FIELDS: &[&str] =
    &["clientName", "entityType", "pan", "gstin", "incorporatedOn", "fact:layer", "event:agm_held", "notes"];

fn check(rows: &[[&str; 8]], known: Vec<KnownClient>) -> (Vec<RowPlan>, Vec<Issue>) {
    let cell = |text: &&str| if text.is_empty() { RawCell::Empty } else { RawCell::Text((*text).to_owned()) };
    let table = RawTable {
        header: FIELDS.iter().map(|f| (*f).to_owned()).collect(),
        rows: rows
            .iter()
            .enumerate()
            .map(|(at, row)| RawRow { number: at + 2, cells: row.iter().map(cell).collect() })
            .collect(),
        notes: Vec::new(),
    };
    let columns: Columns = FIELDS.iter().map(|f| Some((*f).to_owned())).collect();
    let read = read_all(&IsoDates, &table, &columns, &[], known, TODAY);
    let outcome = finish(&table, &columns, read, &HashMap::new(), TODAY);
    (outcome.rows.iter().map(|row| row.plan).collect(), outcome.issues)
}

/// (row, field) of the errors.
fn errors(issues: &[Issue]) -> Vec<(usize, &str)> {
    issues.iter().filter(|i| i.is_error()).map(|i| (i.row, i.field.as_deref().unwrap_or(""))).collect()
}

#[test]
fn every_planted_error_is_found_at_its_own_cell_and_good_rows_pass() {
    let (plans, issues) = check(
        &[
            [
                "Good one",
                "Partnership",
                "AAPFU0939F",
                "27AAPFU0939F1ZV",
                "2015-10-14",
                "base",
                "2026-09-30",
                "",
            ],
            ["Bad letter", "Private company", "AAPXU0939F", "", "", "", "", ""],
            ["Check digit", "Partnership", "", "27AAPFU0939F1ZO", "", "", "", ""],
            ["Good one", "Partnership", "AAPFU0939F", "", "", "", "", ""],
            ["No such day", "Trust", "", "", "2015-02-31", "", "", ""],
            ["Layer", "Private company", "", "", "", "ground", "", ""],
            ["", "Private company", "", "", "", "", "", "no name"],
            ["Not yet", "Private company", "", "", "", "", "2027-09-30", ""],
            ["Born tomorrow", "Private company", "", "", "2026-11-22", "", "", ""],
            ["No form", "", "", "", "", "", "", ""],
        ],
        Vec::new(),
    );
    assert_eq!(plans[0], RowPlan::Create);
    assert!(plans[1..].iter().all(|plan| *plan == RowPlan::Refused), "{plans:?}");
    assert_eq!(
        errors(&issues),
        [
            (3, "pan"),
            (4, "gstin"),
            (5, "pan"),
            (6, "incorporatedOn"),
            (7, "fact:layer"),
            (8, "clientName"),
            (9, "event:agm_held"),
            (10, "incorporatedOn"),
            (11, "entityType"),
        ]
    );
    let twin = issues.iter().find(|i| i.row == 5).unwrap();
    assert!(twin.message.contains("Row 2"), "{}", twin.message);
    assert_eq!(twin.column, Some(2));
    assert_eq!(twin.value.as_deref(), Some("AAPFU0939F"));
}

#[test]
fn an_empty_form_is_read_from_the_pan_and_an_aadhaar_number_is_never_shown() {
    let (plans, issues) =
        check(&[["A", "", "AAPFU0939F", "", "", "2341 2341 2346", "", "2341 2341 2346"]], Vec::new());
    assert_eq!(plans, [RowPlan::Refused], "an Aadhaar number is no layer");
    let text = format!("{issues:?}");
    assert!(!text.contains("2341"), "{text}");
    assert!(issues.iter().any(|i| i.field.as_deref() == Some("entityType") && !i.is_error()));
}

#[test]
fn a_pan_on_record_under_the_same_name_is_not_silently_replaced() {
    let known = KnownClient {
        id: Id::new(9),
        client_name: "Nilgiri Capital".into(),
        name_key: name_key("Nilgiri Capital"),
        pan: Some("AABCN1234A".into()),
        cin: None,
        gstin: None,
    };
    let (_, issues) =
        check(&[["Nilgiri Capital", "Partnership", "AAPFU0939F", "", "", "", "", ""]], vec![known]);
    assert_eq!(errors(&issues), [(2, "pan")]);
}
