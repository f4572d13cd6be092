//! Take a relaxation back: the rule's dates, or those of the other relaxations, come into force again.

use super::apply::{dates, free};
use super::{RelaxationError, covering};
use crate::database::Tx;
use crate::firm_rules::FirmRules;
use crate::planning::shown;
use ::filings::relaxation::{RuleDates, ScopedFiling, Undone, in_order, relieve};
use ::filings::{Aims, Filing, Relaxation};
use kernel::fields::refuse_aadhaar;
use kernel::id::{FilingId, RelaxationId};
use kernel::journal::Change;
use kernel::moment::Instant;
use kernel::{Actor, FieldErrors, Permission};
use rulebook::Rulebook;
use serde_json::{Value, json};

/// Filings named one by one in a report.
const NAMED: usize = 100;

/// A filing that somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// The filing.
    pub filing: FilingId,
    /// In words: whose and which.
    pub name: String,
    /// What is with it.
    pub why: String,
}

/// What taking back did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UndoReport {
    /// Filings that have their dates or cost back.
    pub restored: usize,
    /// Filings closed since; they keep the date under which they closed.
    pub closed_since: usize,
    /// Internal targets set by hand since; they stay.
    pub by_hand: usize,
    /// The filings of the last two, the first hundred.
    pub noted: Vec<Noted>,
}

impl UndoReport {
    /// As it is kept.
    pub fn to_json(&self) -> Value {
        let noted: Vec<Value> = self
            .noted
            .iter()
            .map(|n| json!({ "filingId": n.filing.get(), "name": n.name, "why": n.why }))
            .collect();
        json!({
            "restored": self.restored, "closedSince": self.closed_since, "byHand": self.by_hand, "noted": noted,
        })
    }

    /// Reads what was kept.
    pub fn from_json(value: &Value) -> Self {
        let count = |key: &str| value[key].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let noted = value["noted"].as_array().into_iter().flatten().filter_map(|n| {
            let filing = FilingId::new(n["filingId"].as_i64()?);
            Some(Noted { filing, name: text(&n["name"]), why: text(&n["why"]) })
        });
        Self {
            restored: count("restored"),
            closed_since: count("closedSince"),
            by_hand: count("byHand"),
            noted: noted.collect(),
        }
    }

    fn note(&mut self, scoped: &ScopedFiling, why: String) {
        if self.noted.len() < NAMED {
            let filing = &scoped.filing;
            let name = format!("{}, {} for {}", scoped.client_name, filing.code, filing.period_label);
            self.noted.push(Noted { filing: filing.id, name, why });
        }
    }
}

/// Takes it back in one transaction.
pub async fn undo<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: RelaxationId,
    reason: &str,
) -> Result<UndoReport, RelaxationError> {
    actor.require(Permission::RelaxationsApply)?;
    let reason = reason.trim();
    if !(5..=1_000).contains(&reason.chars().count()) || reason.contains('\0') {
        let text = "Give a reason of 5 to 1,000 characters; it stays on the record.";
        return Err(FieldErrors::one("reason", text).into());
    }
    let mut fields = FieldErrors::new();
    refuse_aadhaar(&mut fields, "reason", reason);
    fields.into_result()?;
    tx.hold_planning().await?;
    let mut relaxation = tx.lock_relaxation(id).await?.ok_or(RelaxationError::NotFound)?;
    if relaxation.undone.is_some() {
        return Err(RelaxationError::Undone);
    }
    let under = tx.lock_filings_under(id).await?;
    let mut standing = tx.standing_relaxations().await?;
    standing.retain(|other| other.id != id);
    let ids: Vec<FilingId> = under.iter().map(|s| s.filing.id).collect();
    let over = covering(tx, actor, &standing, &relaxation.scope.codes, &ids).await?;
    let own = FirmRules::load(tx).await?;
    let aims = Aims { rules: Rulebook::shipped(), own: &own.settings };
    let mut report = UndoReport::default();
    let (mut restored, mut entries) = (Vec::new(), Vec::new());
    for scoped in &under {
        let before = &scoped.filing;
        if closed_since(before, relaxation.applied_at) {
            report.closed_since += 1;
            report.note(scoped, format!("closed since; it keeps {}, under which it closed", shown(before)));
            continue;
        }
        let others = in_order(over.get(&before.id).into_iter().flatten().copied());
        let after = relieve(before.clone(), rule_dates(before, aims), &others, aims);
        if let Some(why) = target_by_hand(before, &after) {
            report.by_hand += 1;
            report.note(scoped, why);
        }
        entries.push(filing_entry(before, &after, &relaxation));
        restored.push(after);
    }
    report.restored = restored.len();
    tx.save_relieved(&restored, actor.at).await?;
    relaxation.undone = Some(Undone { by: actor.user, at: actor.at, reason: reason.to_owned() });
    tx.save_undone(&relaxation, &report.to_json()).await?;
    tx.record(entry(&relaxation, &report, reason)).await?;
    tx.record_all(entries).await?;
    Ok(report)
}

/// What closed under the relaxation was judged by its date, and stays so.
fn closed_since(filing: &Filing, applied_at: Instant) -> bool {
    filing.closed.is_some_and(|(_, at)| at > applied_at) && !filing.is_open()
}

/// The rule's dates; a target that was by hand when the relaxation came and no longer is gets the planned one.
fn rule_dates(filing: &Filing, aims: Aims<'_>) -> RuleDates {
    let rule = filing.rule_dates();
    let planned = || rule.legal_due.and_then(|due| aims.target_before(filing, due));
    let target_due = if filing.target_overridden { None } else { rule.target_due.or_else(planned) };
    RuleDates { target_due, ..rule }
}

/// A target that somebody set by hand and that the date coming back makes too late.
fn target_by_hand(before: &Filing, after: &Filing) -> Option<String> {
    let (target, due) = (after.target_due?, after.legal_due?);
    (before.target_overridden && target > due)
        .then(|| format!("its internal target {target} was set by hand and is after {due} now; set another"))
}

fn entry(relaxation: &Relaxation, report: &UndoReport, reason: &str) -> Change {
    let mut text = format!(
        "took back {}: {} filings have their dates back",
        relaxation.circular.words(),
        report.restored
    );
    if report.closed_since > 0 {
        text.push_str(&format!(", {} closed since stay as they are", report.closed_since));
    }
    if report.by_hand > 0 {
        text.push_str(&format!(", {} internal targets set by hand stay", report.by_hand));
    }
    text.push_str(&format!("; {reason}"));
    Change::new("relaxations.undo", "relaxation", relaxation.id.get(), text)
}

fn filing_entry(before: &Filing, after: &Filing, relaxation: &Relaxation) -> Change {
    let name = format!("{} for {}", before.code, before.period_label);
    let words = relaxation.circular.words();
    let moved = (before.legal_due, before.projected_due) != (after.legal_due, after.projected_due);
    let (text, old, new) = if moved {
        let (from, to) = (shown(before), shown(after));
        (
            format!("took back the extension of {name} from {from} to {to}: {words}"),
            dates(before),
            dates(after),
        )
    } else {
        (
            format!("took back the relief of {name} from the additional fee: {words}"),
            free(before),
            free(after),
        )
    };
    Change::new("filings.unrelax", "filing", before.id.get(), text)
        .on_client(before.client)
        .with(Some(old), Some(new))
}
