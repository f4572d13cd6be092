//! Carries a command out and says what it did, in one go: what a checker sees is what the command really does.

use super::command::Command;
use super::{GuardError, change_client, change_filings, change_policy, change_relaxation, commit_import};
use crate::database::Tx;
use crate::filings_bulk::BulkResult;
use ::filings::PlanDiff;
use clients::Registration;
use kernel::id::{ClientId, ImportId, RelaxationId};
use kernel::{Actor, Date, Subject};
use maker_checker::{Action, Sight};

/// What the caller gets.
#[derive(Debug)]
pub enum Done {
    /// A client was changed.
    Client(ClientId),
    /// A registration was added or changed.
    Registration(Registration),
    /// A registration was removed.
    Gone,
    /// Filings were changed, or stayed as they were with a reason each.
    Filings(Vec<BulkResult>),
    /// A circular was carried out.
    Relaxation(RelaxationId),
    /// A circular was taken back.
    Undone(crate::relaxations::UndoReport),
    /// An import is being written.
    Import(ImportId),
    /// A policy was saved.
    Policy(Action),
}

/// A command that was carried out in the open transaction.
#[derive(Debug)]
pub(super) struct Performed {
    /// For the caller.
    pub done: Done,
    /// What it needs approval as; several when it does several things, none when it touches nothing that is guarded.
    pub actions: Vec<Action>,
    /// The command without what could not be done.
    pub command: Command,
    /// Which record, in words.
    pub about: String,
    /// The records it holds while it waits.
    pub subjects: Vec<Subject>,
    /// The client whose timeline shows it.
    pub client: Option<ClientId>,
    /// What it did.
    pub sight: Sight,
    /// How large it is.
    pub size: i64,
    /// The earliest due date it touches.
    pub due: Option<Date>,
}

/// Which version of a record a command is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// The one that the maker saw: a later one is refused.
    ByMaker,
    /// The one of now: whether it still does what was shown is compared afterwards.
    Now,
}

/// Carries it out in the open transaction.
pub(super) async fn perform<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    command: Command,
    seen: Seen,
) -> Result<Performed, GuardError> {
    match &command {
        Command::UpdateClient { .. } => change_client::update(tx, actor, command, seen).await,
        Command::AddRegistration { .. }
        | Command::ChangeRegistration { .. }
        | Command::RemoveRegistration { .. } => change_client::registration(tx, actor, command).await,
        Command::ChangeFilings { .. } => change_filings::change(tx, actor, command, seen).await,
        Command::ApplyRelaxation { .. } => change_relaxation::apply(tx, actor, command).await,
        Command::UndoRelaxation { .. } => change_relaxation::undo(tx, actor, command).await,
        Command::CommitImport { .. } => commit_import::commit(tx, actor, command).await,
        Command::SavePolicy { .. } => change_policy::save(tx, actor, command, seen).await,
    }
}

/// What a new plan means for a client's filings, in words.
pub(super) fn plan_words(diff: &PlanDiff) -> Vec<String> {
    let counted = |n: usize, one: &str, many: &str| match n {
        0 => None,
        1 => Some(format!("1 filing {one}")),
        n => Some(format!("{n} filings {many}")),
    };
    [
        counted(diff.added.len(), "is added", "are added"),
        counted(diff.moved.len(), "is re-dated", "are re-dated"),
        counted(diff.revived.len(), "applies again", "apply again"),
        counted(diff.withdrawn.len(), "no longer applies", "no longer apply"),
    ]
    .into_iter()
    .flatten()
    .collect()
}
