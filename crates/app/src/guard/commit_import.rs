//! The commit of a sheet of clients, under guard.

use super::GuardError;
use super::command::Command;
use super::perform::{Done, Performed};
use super::words::line;
use crate::database::Tx;
use crate::imports::{Report, begin_commit};
use kernel::{Actor, Id, StoreError, Subject};
use maker_checker::{Action, Check, Section, Sight};

pub(super) async fn commit<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    command: Command,
) -> Result<Performed, GuardError> {
    let Command::CommitImport { import, accept_partial } = command.clone() else {
        return Err(StoreError::Other("not an import".into()).into());
    };
    let import = begin_commit(tx, actor, Id::new(import), accept_partial).await?;
    let counts = Report::from_json(&import.report).counts;
    let rows = |n: usize| Some(n).filter(|n| *n > 0).map(|n| n.to_string());
    let lines = [
        line("Clients to create", None, rows(counts.to_create)),
        line("Clients to update", None, rows(counts.to_update)),
        line("Rows with errors, left out", None, rows(counts.with_errors)),
    ];
    let size = counts.to_create + counts.to_update;
    let checks = vec![Check {
        ok: counts.with_errors == 0,
        text: match counts.with_errors {
            0 => "No row has errors".into(),
            1 => "1 row has errors and is left out".into(),
            n => format!("{n} rows have errors and are left out"),
        },
    }];
    let sight = Sight {
        sections: vec![Section { title: "Sheet".into(), lines: lines.into_iter().flatten().collect() }],
        effects: vec!["The filings of these clients are planned".into()],
        checks,
        ..Sight::default()
    };
    Ok(Performed {
        done: Done::Import(import.id),
        actions: vec![Action::Import],
        command,
        about: import.file_name,
        subjects: vec![Subject { kind: "import", id: import.id.get() }],
        client: None,
        sight,
        size: i64::try_from(size).unwrap_or(i64::MAX),
        due: None,
    })
}
