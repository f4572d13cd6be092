//! Take in a sheet: read it, guess the columns, check the rows, keep all of it. And check again with other columns.

use super::check::{Columns, Outcome, check, text_of};
use super::report::{ColumnReport, MAX_ISSUES, Report};
use super::sheets::{RawTable, Sheets, off_thread};
use super::{ImportError, catalogue, mask};
use crate::database::{Database, transact};
use crate::filing_work::megabytes;
use crate::licence::claim;
use clients::import::{Confidence, Guess, guess};
use clients::{ImportState, StoredImport};
use kernel::id::ImportId;
use kernel::journal::Change;
use kernel::{Actor, Counted, FieldErrors, Id, Permission};
use rulebook::Rulebook;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Column (from 0) → field, or nothing. Columns that are not named keep what they have.
pub type Mapping = BTreeMap<usize, Option<String>>;

/// A sheet as it came.
#[derive(Debug, Clone)]
pub struct Upload {
    /// As the browser named it.
    pub file_name: String,
    /// Its bytes.
    pub content: Vec<u8>,
    /// Column → field, over the guesses.
    pub mapping: Mapping,
}

/// Reads, checks and keeps an upload. Nothing is written to clients.
pub async fn upload(
    db: &dyn Database,
    actor: &Actor,
    sheets: &Arc<dyn Sheets>,
    upload: Upload,
) -> Result<StoredImport, ImportError> {
    actor.require(Permission::ClientsImport)?;
    let content = Arc::new(upload.content);
    let table = read(sheets, content.clone(), &upload.file_name).await?;
    let guesses = guess(&table.header, &catalogue(Rulebook::shipped()));
    let guesses = applied(guesses, &upload.mapping)?;
    let columns: Arc<Columns> = Arc::new(guesses.iter().map(|g| g.field.clone()).collect());
    let outcome = check(db, actor, sheets, table.clone(), columns.clone()).await?;
    let mut import = StoredImport {
        id: Id::new(0),
        file_name: file_name(&upload.file_name),
        state: ImportState::Checked,
        mapping: columns.to_vec(),
        report: report(&table, &guesses, outcome).to_json(),
        accept_partial: false,
        progress_done: 0,
        progress_total: 0,
        error: None,
        created_by: actor.user,
        created_at: actor.at,
        undone_at: None,
    };
    transact(db, actor, async |tx| {
        claim(tx, actor, Counted::StorageMb, megabytes(content.len())).await?;
        import.id = tx.insert_import(&import, &content).await?;
        let text = format!("uploaded {} with {} rows", import.file_name, table.rows.len());
        tx.record(Change::new("imports.upload", "import", import.id.get(), text)).await?;
        Ok::<_, ImportError>(import)
    })
    .await
}

/// Checks an upload again with another mapping.
pub async fn recheck(
    db: &dyn Database,
    actor: &Actor,
    sheets: &Arc<dyn Sheets>,
    id: ImportId,
    mapping: Mapping,
) -> Result<StoredImport, ImportError> {
    actor.require(Permission::ClientsImport)?;
    let (before, table) = load(db, actor, sheets, id).await?;
    let old = Report::from_json(&before.report);
    let guesses = old.columns.iter().map(|column| Guess {
        field: column.field.clone(),
        confidence: match column.confidence.as_str() {
            "exact" => Confidence::Exact,
            "likely" => Confidence::Likely,
            _ => Confidence::None,
        },
    });
    let guesses = applied(guesses.collect(), &mapping)?;
    let columns: Arc<Columns> = Arc::new(guesses.iter().map(|g| g.field.clone()).collect());
    let outcome = check(db, actor, sheets, table.clone(), columns.clone()).await?;
    let report = report(&table, &guesses, outcome);
    transact(db, actor, async |tx| {
        let mut import = tx.lock_import(id).await?.ok_or(ImportError::NotFound)?;
        if import.state != ImportState::Checked {
            return Err(ImportError::State(
                "This import has been carried out. Upload the sheet again to check it anew.",
            ));
        }
        import.mapping = columns.to_vec();
        import.report = report.to_json();
        tx.save_import(&import, actor.at).await?;
        Ok(import)
    })
    .await
}

/// The import and its sheet, read anew.
pub(crate) async fn load(
    db: &dyn Database,
    actor: &Actor,
    sheets: &Arc<dyn Sheets>,
    id: ImportId,
) -> Result<(StoredImport, Arc<RawTable>), ImportError> {
    let (import, content) = transact(db, actor, async |tx| {
        let import = tx.import(id).await?.ok_or(ImportError::NotFound)?;
        let content = tx.import_content(id).await?.ok_or(ImportError::NotFound)?;
        Ok::<_, ImportError>((import, content))
    })
    .await?;
    let table = read(sheets, Arc::new(content), &import.file_name).await?;
    Ok((import, table))
}

async fn read(
    sheets: &Arc<dyn Sheets>,
    content: Arc<Vec<u8>>,
    file_name: &str,
) -> Result<Arc<RawTable>, ImportError> {
    let name = file_name.to_owned();
    let table = off_thread(sheets, move |sheets| sheets.read(&content, &name)).await?;
    table.map(Arc::new).map_err(ImportError::Unreadable)
}

/// The guesses with what the caller decided over them.
fn applied(mut guesses: Vec<Guess>, mapping: &Mapping) -> Result<Vec<Guess>, FieldErrors> {
    let catalogue = catalogue(Rulebook::shipped());
    let mut errors = FieldErrors::new();
    for (column, field) in mapping {
        let Some(place) = guesses.get_mut(*column) else {
            errors.add("mapping", format!("The sheet has no column {column}; columns count from 0."));
            continue;
        };
        if place.field == *field {
            continue;
        }
        if let Some(key) = field.as_deref().filter(|key| catalogue.get(key).is_none()) {
            errors
                .add("mapping", format!("\"{}\" is not a field.", key.chars().take(60).collect::<String>()));
            continue;
        }
        let confidence = if field.is_some() { Confidence::Exact } else { Confidence::None };
        *place = Guess { field: field.clone(), confidence };
    }
    // A field that the caller gave to one column leaves the column that was only guessed.
    for at in 0..guesses.len() {
        let Some(field) = guesses[at].field.clone() else { continue };
        let Some(twin) = (at + 1..guesses.len()).find(|other| guesses[*other].field.as_ref() == Some(&field))
        else {
            continue;
        };
        match (mapping.contains_key(&at), mapping.contains_key(&twin)) {
            (true, false) => guesses[twin] = Guess { field: None, confidence: Confidence::None },
            (false, true) => guesses[at] = Guess { field: None, confidence: Confidence::None },
            _ => {
                let title = catalogue.get(&field).map_or(field.as_str(), |f| f.title.as_str());
                errors.add("mapping", format!("Two columns are mapped to \"{title}\". Choose one of them."));
            }
        }
    }
    errors.into_result().map(|()| guesses)
}

fn report(table: &RawTable, guesses: &[Guess], outcome: Outcome) -> Report {
    let columns = table.header.iter().enumerate().map(|(index, header)| {
        let texts = table.rows.iter().filter_map(|row| row.cells.get(index)).map(text_of);
        let none = Guess { field: None, confidence: Confidence::None };
        let guess = guesses.get(index).unwrap_or(&none);
        ColumnReport {
            index,
            header: header.clone(),
            sample: texts
                .filter(|text| !text.is_empty())
                .take(3)
                .map(|text| mask::shown(&text, 60))
                .collect(),
            field: guess.field.clone(),
            confidence: guess.confidence.as_str().to_owned(),
        }
    });
    let mut notes: Vec<String> = table.notes.iter().map(|note| kernel::aadhaar::mask(note)).collect();
    let mapped = |key: &str| guesses.iter().any(|g| g.field.as_deref() == Some(key));
    if !mapped("clientName") {
        notes
            .insert(0, "No column is mapped to the client name. Choose the column that holds it.".to_owned());
    }
    if table.rows.is_empty() {
        notes.insert(0, "The sheet has headings but no rows.".to_owned());
    }
    Report {
        columns: columns.collect(),
        counts: outcome.counts,
        issues_total: outcome.issues.len(),
        issues: outcome.issues.into_iter().take(MAX_ISSUES).collect(),
        commit_issues: Vec::new(),
        notes,
    }
}

/// A name that can be stored and shown.
fn file_name(given: &str) -> String {
    let name: String = given.chars().filter(|c| !c.is_control()).take(200).collect();
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim().to_owned();
    if name.is_empty() { "clients".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(fields: &[Option<&str>]) -> Vec<Guess> {
        let one =
            |field: &Option<&str>| Guess { field: field.map(str::to_owned), confidence: Confidence::Likely };
        fields.iter().map(one).collect()
    }

    #[test]
    fn what_the_caller_decides_goes_over_the_guess() {
        let mapping = Mapping::from([(1, Some("pan".to_owned()))]);
        let after = applied(guessed(&[Some("pan"), None]), &mapping).unwrap();
        assert_eq!(after[0].field, None);
        assert_eq!(after[1].field.as_deref(), Some("pan"));
        let twice = Mapping::from([(0, Some("pan".to_owned())), (1, Some("pan".to_owned()))]);
        assert!(applied(guessed(&[None, None]), &twice).is_err());
        assert!(applied(guessed(&[None]), &Mapping::from([(7, None)])).is_err());
        assert!(applied(guessed(&[None]), &Mapping::from([(0, Some("nothing".to_owned()))])).is_err());
    }

    #[test]
    fn file_names_lose_their_folders() {
        assert_eq!(file_name("C:\\fakepath\\my clients.xlsx"), "my clients.xlsx");
        assert_eq!(file_name("\0"), "clients");
    }
}
