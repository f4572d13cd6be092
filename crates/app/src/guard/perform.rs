//! Carries a command out and says what it did, in one go: what a checker sees is what the command really does.

use super::command::Command;
use super::{
    GuardError, change_access, change_client, change_filings, change_internal, change_policy,
    change_relaxation, change_role, change_rule, commit_import, make_key,
};
use crate::database::Tx;
use crate::filings_bulk::BulkResult;
use ::filings::{PlanDiff, ReturnSetting};
use clients::Registration;
use identity::TokenHash;
use kernel::id::{ApiKeyId, ClientId, CustomRoleId, ImportId, InvitationId, RelaxationId, TenantId};
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
    /// The firm decided about a return; planning follows.
    Return(Box<ReturnSetting>),
    /// The firm decided something else about its rules; planning follows.
    Rules,
    /// Somebody was asked to join.
    Invited(InvitationId, String),
    /// Somebody's access was changed.
    Access,
    /// A role was made or changed.
    Role(CustomRoleId),
    /// A key was made, to be collected.
    Key(ApiKeyId),
}

/// Makes links that carry a secret. Randomness and the address of the product are outside.
pub trait Links: Send + Sync {
    /// A link with which somebody joins the firm, and the hash to keep of its secret; none without randomness.
    fn invitation(&self, tenant: TenantId) -> Option<(String, TokenHash)>;
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

/// Carries it out in the open transaction. Only an invitation needs `links`.
pub(super) async fn perform<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    command: Command,
    seen: Seen,
    links: Option<&dyn Links>,
) -> Result<Performed, GuardError> {
    match &command {
        Command::Invite { .. } => change_access::invite(tx, actor, command, links).await,
        Command::ChangePost { .. } => change_access::change_post(tx, actor, command, seen).await,
        Command::Reactivate { .. } => change_access::reactivate(tx, actor, command, seen).await,
        Command::RequireTotp { .. } => change_access::require_totp(tx, actor, command).await,
        Command::CreateRole { .. } | Command::ChangeRole { .. } => {
            change_role::save(tx, actor, command, seen).await
        }
        Command::CreateKey { .. } => make_key::create(tx, actor, command).await,
        Command::SetReturn { .. } => change_rule::set_return(tx, actor, command, seen).await,
        Command::SetFirm { .. } => change_rule::set_firm(tx, actor, command, seen).await,
        Command::WriteInternal { .. } => change_internal::write(tx, actor, command, seen).await,
        Command::RetireInternal { .. } => change_internal::retire(tx, actor, command, seen).await,
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

/// What follows in the background once it is carried out, in words; worked out only when somebody has to read it.
pub(super) async fn foresee<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    performed: &mut Performed,
) -> Result<(), GuardError> {
    let told = change_rule::foreseen(tx, actor, &performed.command).await?;
    performed.sight.effects.extend(told);
    Ok(())
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
