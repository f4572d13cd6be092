//! Four eyes in the demo: recording a filing as filed applies at once, everything else as in a new firm, and some changes
//! wait.

use ::filings::{FilingFilter, FilingSort, FilingView, PatchFiling, commands::NewState};
use app::guard::forms::FilingForm;
use app::guard::{Command, GuardError, submit};
use app::{Database, transact};
use clients::{ClientPatch, RiskRating};
use kernel::id::ClientId;
use kernel::{Actor, PageRequest};
use maker_checker::{Action, Policy};

/// Sheets below this many clients are written without a second person.
const SHEET: i64 = 500;

/// What the firm decided itself. Made before anything else, as an owner would.
pub async fn decide(db: &dyn Database, system: &Actor) -> Result<(), GuardError> {
    let mut sheets = Policy::standard(Action::Import);
    for level in &mut sheets.levels {
        level.from_size = SHEET;
    }
    let at_once = Policy { levels: Vec::new(), ..Policy::standard(Action::FilingFiled) };
    transact(db, system, async |tx| {
        for policy in [&sheets, &at_once] {
            tx.save_policy(policy, None, system.at).await?;
        }
        Ok(())
    })
    .await
}

/// Changes that wait: one of several fields, two that are alike, and a filing to be waived.
pub async fn propose(
    db: &dyn Database,
    analyst: &Actor,
    principal: &Actor,
    made: &[ClientId],
) -> Result<(), GuardError> {
    let from_end = |n: usize| made.len().checked_sub(n).and_then(|at| made.get(at)).copied();
    if let Some(client) = from_end(1) {
        let patch = ClientPatch {
            client_name: Some("Sabarmati Asset Managers IFSC Private Limited".into()),
            risk_rating: Some(Some(RiskRating::Medium)),
            ..ClientPatch::default()
        };
        let why =
            "Renamed by special resolution of the last general meeting; certificate of the registrar seen.";
        change(db, analyst, client, patch, why).await?;
    }
    for client in [from_end(2), from_end(3)].into_iter().flatten() {
        let patch = ClientPatch { risk_rating: Some(Some(RiskRating::High)), ..ClientPatch::default() };
        change(db, analyst, client, patch, "Yearly review: two alerts of its bank this quarter.").await?;
    }
    let Some(client) = from_end(4) else { return Ok(()) };
    let filter =
        FilingFilter { view: Some(FilingView::Open), client: vec![client], ..FilingFilter::default() };
    let one = PageRequest { page: 1, per_page: 1 };
    let (rows, _) = transact(db, principal, async |tx| {
        let found = tx.list_filings(&filter, &[(FilingSort::Due, true)], one, principal.today()).await?;
        Ok::<_, GuardError>((found.0.items, ()))
    })
    .await?;
    let Some(row) = rows.first() else { return Ok(()) };
    let reason = "No business of this kind in the period; confirmed by the client in writing.".to_owned();
    let patch = PatchFiling { state: Some(NewState::Waived(reason.clone())), ..PatchFiling::default() };
    let filings = vec![FilingForm::new(row.id, Some(row.version), patch)];
    submit(db, principal, Command::ChangeFilings { filings }, Some(reason)).await.map(|_| ())
}

async fn change(
    db: &dyn Database,
    maker: &Actor,
    client: ClientId,
    patch: ClientPatch,
    why: &str,
) -> Result<(), GuardError> {
    let found = transact(db, maker, async |tx| tx.client(client).await).await?;
    let version = found.map_or(1, |client| client.version);
    let command = Command::UpdateClient { client: client.get(), version, fields: Box::new(patch.into()) };
    submit(db, maker, command, Some(why.into())).await.map(|_| ())
}
