//! Take a whole import back: clients it made go, clients it changed are as they were, filings are planned anew.

use super::before::Before;
use super::{ImportError, request_id};
use crate::database::{Database, transact};
use crate::planning::{load_policy, plan_clients};
use clients::{ImportState, StoredImport};
use kernel::id::{ClientId, ImportId};
use kernel::journal::Change;
use kernel::{Actor, Permission};
use rulebook::Rulebook;

/// Clients removed by one statement.
const AT_ONCE: usize = 500;

/// Undoes all of it in one transaction, or nothing: refused when a person changed one of its clients since.
pub async fn undo(db: &dyn Database, actor: &Actor, id: ImportId) -> Result<StoredImport, ImportError> {
    actor.require(Permission::ClientsImport)?;
    transact(db, actor, async |tx| {
        let mut import = tx.lock_import(id).await?.ok_or(ImportError::NotFound)?;
        match import.state {
            ImportState::Done | ImportState::Failed => {}
            ImportState::Checked => {
                return Err(ImportError::State("Nothing was imported yet, so there is nothing to undo."));
            }
            ImportState::Committing => {
                return Err(ImportError::State(
                    "The import is still running. Wait until it is done, then undo it.",
                ));
            }
            ImportState::Undone => return Err(ImportError::State("This import was undone already.")),
        }
        let changed = tx.changed_since_import(id, &request_id(id)).await?;
        if !changed.is_empty() {
            return Err(ImportError::ChangedSince(changed));
        }
        let rows = tx.import_rows(id).await?;
        // Before any filing is held: a relaxation that is being applied holds filings and waits for planning.
        let policy = load_policy(tx).await?;
        let made: Vec<ClientId> = rows.iter().filter(|row| row.created).map(|row| row.client).collect();
        for some in made.chunks(AT_ONCE) {
            tx.delete_clients(some).await?;
        }
        let rules = Rulebook::shipped();
        let mut restored = Vec::new();
        for row in rows.iter().filter(|row| !row.created) {
            let Some(before) = row.before.as_ref().and_then(Before::from_json) else { continue };
            let Some(client) = before.restore(tx, row.client, actor.at).await? else { continue };
            let text = format!("put back as before the import of {}", import.file_name);
            let entry = Change::new("clients.restore", "client", client.id.get(), text);
            tx.record(entry.on_client(client.id)).await?;
            restored.push(client);
        }
        plan_clients(tx, actor, &restored, rules, &policy).await?;
        import.state = ImportState::Undone;
        import.undone_at = Some(actor.at);
        tx.save_import(&import, actor.at).await?;
        let text = format!(
            "undid the import of {}: {} clients removed, {} put back",
            import.file_name,
            made.len(),
            restored.len()
        );
        tx.record(Change::new("imports.undo", "import", id.get(), text)).await?;
        Ok(import)
    })
    .await
}
