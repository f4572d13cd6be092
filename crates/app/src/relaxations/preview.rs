//! What a circular would do, without doing it: sums over all filings in scope, and the list, page by page.

use super::{Decided, RelaxationError, UNWRITTEN, checked, decide_all};
use crate::database::Tx;
use ::filings::Filing;
use ::filings::relaxation::{Counts, Draft, Outcome};
use ::filings::status::{FilingStatus, status_on};
use kernel::id::{ClientId, FilingId};
use kernel::{Actor, Date, Page, PageRequest, Permission};

/// Which filings the list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Show {
    /// Those that change.
    #[default]
    Changes,
    /// Open ones that stay as they are.
    Stays,
}

/// One filing, before and after.
#[derive(Debug, Clone)]
pub struct PreviewRow {
    /// The filing.
    pub filing: FilingId,
    /// Whose.
    pub client: ClientId,
    /// The client's short name.
    pub client_name: String,
    /// `MCA-AOC4`.
    pub code: String,
    /// Name of the return.
    pub title: String,
    /// `FY 2025-26`.
    pub period_label: String,
    /// The date in force now, or the probable one.
    pub old_due: Option<Date>,
    /// The date in force after.
    pub new_due: Option<Date>,
    /// The date is a probable one: an event is awaited.
    pub awaited: bool,
    /// Status today.
    pub old_status: Option<FilingStatus>,
    /// Status today, under the relaxation.
    pub new_status: Option<FilingStatus>,
    /// No additional fee until this day.
    pub free_until: Option<Date>,
    /// What becomes of it.
    pub outcome: Outcome,
}

/// The answer.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Sums.
    pub counts: Counts,
    /// The list.
    pub page: Page<PreviewRow>,
}

/// Works a draft out. Nothing is written and nothing is locked.
pub async fn preview<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    draft: Draft,
    show: Show,
    request: PageRequest,
) -> Result<Preview, RelaxationError> {
    actor.require(Permission::RelaxationsPreview)?;
    let mut relaxation = checked(draft, actor)?;
    relaxation.id = UNWRITTEN;
    let (decided, counts) = decide_all(tx, actor, &relaxation, false).await?;
    let wanted: Vec<&Decided> =
        decided.iter().filter(|d| d.decision.changes() == (show == Show::Changes)).collect();
    let today = actor.today();
    let items = wanted
        .iter()
        .skip(usize::try_from(request.offset()).unwrap_or(usize::MAX))
        .take(usize::try_from(request.limit()).unwrap_or(0))
        .map(|decided| row(decided, today))
        .collect();
    let total = i64::try_from(wanted.len()).unwrap_or(i64::MAX);
    Ok(Preview { counts, page: Page { items, total, request } })
}

fn row(decided: &Decided, today: Date) -> PreviewRow {
    let (before, after) = (&decided.decision.before, &decided.decision.after);
    let shown = |filing: &Filing| filing.due_on(today).or(filing.projected_due);
    PreviewRow {
        filing: before.id,
        client: before.client,
        client_name: decided.scoped.client_name.clone(),
        code: before.code.clone(),
        title: decided.scoped.title.clone(),
        period_label: before.period_label.clone(),
        old_due: shown(before),
        new_due: shown(after),
        awaited: before.due_on(today).is_none(),
        old_status: status_on(before, today),
        new_status: status_on(after, today),
        free_until: after.relief.free.map(|free| free.until),
        outcome: decided.decision.outcome,
    }
}
