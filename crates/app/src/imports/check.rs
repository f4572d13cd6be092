//! The dry run: every row read, checked and compared with the record; nothing written.

use super::matching::{Known, Seen};
use super::report::{Counts, Issue};
use super::sheets::{RawCell, RawRow, RawTable, Sheets, off_thread};
use super::{infer, mask, normal};
use crate::database::{Database, transact};
use crate::{identifiers, reference};
use clients::import::{ClientRecord, Entry, Problem, RowData, changes_for, merged, read_row};
use clients::{EntityType, KnownClient, NewClient, NewEvent, Status};
use identity::User;
use kernel::id::{ClientId, UserId};
use kernel::{Actor, Date, FieldErrors, StoreError};
use rulebook::Rulebook;
use std::collections::HashMap;
use std::sync::Arc;

/// What a row will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowPlan {
    /// Make a client.
    Create,
    /// Change this client.
    Update(ClientId),
    /// Nothing differs from this client.
    Unchanged(ClientId),
    /// It has errors.
    Refused,
}

/// A row that was read and checked. Its values are in their normal form.
#[derive(Debug, Clone)]
pub struct CheckedRow {
    /// Row in the file, from 1.
    pub number: usize,
    /// What it will do.
    pub plan: RowPlan,
    /// What it says.
    pub data: RowData,
    /// The owner it names.
    pub owner: Option<UserId>,
    /// Its events with their periods.
    pub events: Vec<NewEvent>,
}

/// What a check found.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) rows: Vec<CheckedRow>,
    pub(crate) issues: Vec<Issue>,
    pub(crate) counts: Counts,
}

/// Column → field.
pub(crate) type Columns = Vec<Option<String>>;

/// A row after reading, before the comparison.
pub(super) struct Read {
    row: CheckedRow,
    client: Option<ClientId>,
    problems: Vec<Problem>,
}

/// Records loaded at once.
const RECORDS: usize = 1_000;

/// Checks all rows against the rules and against what the firm has.
pub(crate) async fn check(
    db: &dyn Database,
    actor: &Actor,
    sheets: &Arc<dyn Sheets>,
    table: Arc<RawTable>,
    columns: Arc<Columns>,
) -> Result<Outcome, StoreError> {
    let today = actor.today();
    let (users, known) =
        transact(db, actor, async |tx| Ok::<_, StoreError>((tx.users().await?, tx.known_clients().await?)))
            .await?;
    let (first_table, first_columns) = (table.clone(), columns.clone());
    let read = off_thread(sheets, move |sheets| {
        read_all(sheets, &first_table, &first_columns, &users, known, today)
    })
    .await?;
    let ids: Vec<ClientId> = read.iter().filter_map(|read| read.client).collect();
    let mut records = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(RECORDS) {
        let some = transact(db, actor, async |tx| tx.records_of(chunk).await).await?;
        records.extend(some.into_iter().map(|record| (record.client.id, record)));
    }
    off_thread(sheets, move |_| finish(&table, &columns, read, &records, today)).await
}

pub(super) fn read_all(
    sheets: &dyn Sheets,
    table: &RawTable,
    columns: &Columns,
    users: &[User],
    known: Vec<KnownClient>,
    today: Date,
) -> Vec<Read> {
    let rules = Rulebook::shipped();
    let catalogue = super::catalogue(rules);
    let categories = reference::registration_categories(rules);
    let dates: Vec<bool> = columns
        .iter()
        .map(|c| c.as_deref().and_then(|key| catalogue.get(key)).is_some_and(|f| f.date))
        .collect();
    let known = Known::new(known);
    let mut seen = Seen::default();
    let mut out = Vec::with_capacity(table.rows.len());
    for raw in &table.rows {
        let texts: Vec<String> = raw.cells.iter().map(text_of).collect();
        let mut entries = Vec::new();
        for (at, field) in columns.iter().enumerate() {
            let (Some(field), Some(text)) = (field, texts.get(at)) else { continue };
            if text.is_empty() {
                continue;
            }
            let date = dates[at].then(|| sheets.date(&raw.cells[at]));
            entries.push(Entry { field, text, date });
        }
        let (mut data, mut problems) = read_row(&entries, &categories);
        normal::facts(rules, &mut data, &mut problems);
        normal::notes(&mut data, &mut problems);
        let events = normal::events(rules, &data, today, &mut problems);
        let owner = data.owner.as_deref().and_then(|text| match normal::owner(text, users) {
            Ok(id) => Some(id),
            Err(message) => {
                problems.push(Problem::error("owner", message));
                None
            }
        });
        let numbers = normal::numbers(&data.identifiers);
        let client = match known.find(&data, &numbers) {
            Ok(client) => client,
            Err(problem) => {
                problems.push(problem);
                None
            }
        };
        if client.is_none() && data.entity_type.is_none() {
            name_the_form(&mut data, &mut problems);
        }
        problems.extend(seen.note(raw.number, &data, &numbers, client));
        let row = CheckedRow { number: raw.number, plan: RowPlan::Refused, data, owner, events };
        out.push(Read { row, client, problems });
    }
    out
}

/// Fills the legal form of a new client from its numbers, when its cell is empty.
fn name_the_form(data: &mut RowData, problems: &mut Vec<Problem>) {
    if problems.iter().any(|p| p.field.as_deref() == Some("entityType")) {
        return;
    }
    match infer::entity_type(data) {
        Some((form, from)) => {
            data.entity_type = Some(form);
            let message = format!("The cell is empty; \"{}\" was read from the {from}.", form.title());
            problems.push(Problem::warning("entityType", message));
        }
        None => {
            problems.push(Problem::error("entityType", "Write the legal form, for example Private company."))
        }
    }
}

/// The second half: against the record, once it is loaded.
pub(super) fn finish(
    table: &RawTable,
    columns: &Columns,
    read: Vec<Read>,
    records: &HashMap<ClientId, ClientRecord>,
    today: Date,
) -> Outcome {
    let mut outcome = Outcome::default();
    for (mut read, raw) in read.into_iter().zip(&table.rows) {
        let record = read.client.and_then(|id| records.get(&id));
        let compared = compare(&mut read.row, record, today, &mut read.problems);
        let refused = read.problems.iter().any(|p| p.error);
        read.row.plan = if refused { RowPlan::Refused } else { compared };
        let counts = &mut outcome.counts;
        counts.rows += 1;
        match read.row.plan {
            RowPlan::Create => counts.to_create += 1,
            RowPlan::Update(_) => counts.to_update += 1,
            RowPlan::Unchanged(_) => counts.unchanged += 1,
            RowPlan::Refused => counts.with_errors += 1,
        }
        let mut problems = read.problems;
        // Errors before warnings, and each sentence once.
        problems.sort_by_key(|p| !p.error);
        let mut issues: Vec<Issue> = Vec::with_capacity(problems.len());
        for problem in problems {
            let issue = issue(table, columns, raw, problem);
            if !issues.contains(&issue) {
                issues.push(issue);
            }
        }
        outcome.issues.append(&mut issues);
        outcome.rows.push(read.row);
    }
    outcome.counts.ok = outcome.counts.rows - outcome.counts.with_errors;
    outcome
}

fn compare(
    row: &mut CheckedRow,
    record: Option<&ClientRecord>,
    today: Date,
    problems: &mut Vec<Problem>,
) -> RowPlan {
    let before = record.map(|r| &r.client);
    let data = &mut row.data;
    let form = data.entity_type.or(before.map(|c| c.entity_type)).unwrap_or(EntityType::Other);
    let incorporated = data.incorporated_on.or(before.and_then(|c| c.incorporated_on));
    let given =
        before.map_or_else(|| data.identifiers.clone(), |c| merged(&c.identifiers, &data.identifiers));
    match identifiers::check(given, form, incorporated, today) {
        Ok((numbers, warnings)) => {
            let mine = data.identifiers.clone();
            let keep = |said: Option<String>, normal: Option<String>| said.and(normal);
            data.identifiers.pan = keep(mine.pan, numbers.pan);
            data.identifiers.gstin = keep(mine.gstin, numbers.gstin);
            data.identifiers.cin = keep(mine.cin, numbers.cin);
            data.identifiers.llpin = keep(mine.llpin, numbers.llpin);
            data.identifiers.lei = keep(mine.lei, numbers.lei);
            problems.extend(warnings.into_iter().map(|(field, message)| Problem::warning(&field, message)));
        }
        Err(errors) => add(problems, errors),
    }
    let Some(record) = record else {
        if data.client_name.is_none() {
            // `checked` says it again in its own words; once is enough.
            problems.push(Problem::error("clientName", "Enter the legal name of the client."));
        } else if let Err(errors) = new_client(row, today).checked(today) {
            add(problems, errors);
        }
        return RowPlan::Create;
    };
    match changes_for(record, data, row.owner, &row.events, today) {
        Ok(change) if change.is_empty() => RowPlan::Unchanged(record.client.id),
        Ok(_) => RowPlan::Update(record.client.id),
        Err(errors) => {
            add(problems, errors);
            RowPlan::Refused
        }
    }
}

fn add(problems: &mut Vec<Problem>, errors: FieldErrors) {
    for (field, messages) in errors.0 {
        problems.extend(messages.into_iter().map(|message| Problem::error(&field, message)));
    }
}

/// The new client that a row describes.
pub(crate) fn new_client(row: &CheckedRow, today: Date) -> NewClient {
    let data = &row.data;
    NewClient {
        client_name: data.client_name.clone().unwrap_or_default(),
        short_name: data.short_name.clone(),
        entity_type: data.entity_type.unwrap_or(EntityType::Other),
        status: data.status.unwrap_or(Status::Active),
        risk_rating: data.risk_rating,
        identifiers: data.identifiers.clone(),
        incorporated_on: data.incorporated_on,
        track_from: Some(data.track_from.unwrap_or(today)),
        owner: row.owner,
        tags: data.tags.clone().unwrap_or_default(),
        notes: data.notes.clone().unwrap_or_default(),
        registrations: data.registrations.clone(),
        contacts: data.contact.iter().cloned().map(|c| clients::NewContact { primary: true, ..c }).collect(),
        facts: Vec::new(),
    }
}

fn issue(table: &RawTable, columns: &Columns, raw: &RawRow, problem: Problem) -> Issue {
    let column =
        problem.field.as_ref().and_then(|field| columns.iter().position(|c| c.as_ref() == Some(field)));
    let value = column.and_then(|at| raw.cells.get(at)).map(text_of).filter(|text| !text.is_empty());
    Issue {
        row: raw.number,
        column,
        header: column.and_then(|at| table.header.get(at)).cloned(),
        field: problem.field,
        value: value.map(|text| mask::shown(&text, 80)),
        message: kernel::aadhaar::mask(&problem.message),
        severity: if problem.error { "error" } else { "warning" }.to_owned(),
    }
}

/// A cell as text, trimmed.
pub(crate) fn text_of(cell: &RawCell) -> String {
    match cell {
        RawCell::Empty => String::new(),
        RawCell::Text(text) => text.trim().to_owned(),
        RawCell::Date(date) => date.to_string(),
    }
}
