//! Obligations, their checklists and remarks.

use crate::rows::{col, small, stored};
use crate::sql::statements;
use crate::tx::PgTx;
use async_trait::async_trait;
use filings::filing::{Lapse, Proof};
use filings::relaxation::{FreeUntil, Relaxed, Relief, RuleDates};
use filings::{ChecklistRow, Closure, CommentRow, Filing, FilingState, Filings, NewFiling, ReturnSetting};
use kernel::id::{ClientId, CommentId, FilingId, UserId};
use kernel::moment::Instant;
use kernel::{Date, Id, StoreError};
use serde_json::Value;
use tokio_postgres::Row;

statements! {
    FILING = "SELECT id, client_id, code, rule_id, period_label, period_key, legal_due, projected_due, waits_for, lapse_on, lapse_due, target_due, target_overridden, breach_after_days, breach_overridden, firm_items, assignee_id, state, filed_on, acknowledgement_no, acknowledgement_exception, nil_return, closed_reason, closed_by, closed_at, version, relaxation_id, rule_due, rule_projected_due, rule_lapse_due, rule_target_due, free_relaxation_id, free_until, free_recounts FROM filings WHERE tenant_id = $1 AND id = $2";
    LOCK_FILING = "SELECT id, client_id, code, rule_id, period_label, period_key, legal_due, projected_due, waits_for, lapse_on, lapse_due, target_due, target_overridden, breach_after_days, breach_overridden, firm_items, assignee_id, state, filed_on, acknowledgement_no, acknowledgement_exception, nil_return, closed_reason, closed_by, closed_at, version, relaxation_id, rule_due, rule_projected_due, rule_lapse_due, rule_target_due, free_relaxation_id, free_until, free_recounts FROM filings WHERE tenant_id = $1 AND id = $2 FOR UPDATE";
    FILINGS_OF = "SELECT id, client_id, code, rule_id, period_label, period_key, legal_due, projected_due, waits_for, lapse_on, lapse_due, target_due, target_overridden, breach_after_days, breach_overridden, firm_items, assignee_id, state, filed_on, acknowledgement_no, acknowledgement_exception, nil_return, closed_reason, closed_by, closed_at, version, relaxation_id, rule_due, rule_projected_due, rule_lapse_due, rule_target_due, free_relaxation_id, free_until, free_recounts FROM filings WHERE tenant_id = $1 AND client_id = $2";
    LOCK_FILINGS_OF = "SELECT id, client_id, code, rule_id, period_label, period_key, legal_due, projected_due, waits_for, lapse_on, lapse_due, target_due, target_overridden, breach_after_days, breach_overridden, firm_items, assignee_id, state, filed_on, acknowledgement_no, acknowledgement_exception, nil_return, closed_reason, closed_by, closed_at, version, relaxation_id, rule_due, rule_projected_due, rule_lapse_due, rule_target_due, free_relaxation_id, free_until, free_recounts FROM filings WHERE tenant_id = $1 AND client_id = $2 ORDER BY id FOR UPDATE";
    LOCK_FILINGS_OF_MANY = "SELECT id, client_id, code, rule_id, period_label, period_key, legal_due, projected_due, waits_for, lapse_on, lapse_due, target_due, target_overridden, breach_after_days, breach_overridden, firm_items, assignee_id, state, filed_on, acknowledgement_no, acknowledgement_exception, nil_return, closed_reason, closed_by, closed_at, version, relaxation_id, rule_due, rule_projected_due, rule_lapse_due, rule_target_due, free_relaxation_id, free_until, free_recounts FROM filings WHERE tenant_id = $1 AND client_id = ANY($2) ORDER BY id FOR UPDATE";
    ADD_FILINGS = "INSERT INTO filings (tenant_id, client_id, code, rule_id, regulator, title, materiality, period_key, period_label, period_start, period_end, legal_due, projected_due, waits_for, lapse_on, lapse_due, target_due, breach_after_days, checklist_total, firm_items, created_at, updated_at)
        SELECT $1, n.client_id, n.code, n.rule_id, n.regulator, n.title, n.materiality, n.period_key, n.period_label, n.period_start, n.period_end, n.legal_due, n.projected_due, n.waits_for, n.lapse_on, n.lapse_due, n.target_due, n.breach_after_days, n.checklist_total, n.firm_items, $17, $17
        FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::date[], $11::date[], $12::date[], $13::date[], $14::text[], $15::date[], $16::smallint[], $18::smallint[], $19::date[], $20::date[], $21::smallint[])
          AS n (client_id, code, rule_id, regulator, title, materiality, period_key, period_label, period_start, period_end, legal_due, projected_due, waits_for, target_due, breach_after_days, checklist_total, lapse_on, lapse_due, firm_items)
        ON CONFLICT (tenant_id, client_id, code, period_key) DO NOTHING";
    SAVE_FILING = "WITH handed AS (INSERT INTO filing_handovers (tenant_id, filing_id, user_id, left_at)
        SELECT f.tenant_id, f.id, f.assignee_id, $17 FROM filings f WHERE f.tenant_id = $1 AND f.id = $2 AND f.version = $18 AND f.assignee_id <> coalesce($7::bigint, 0)
        ON CONFLICT (tenant_id, filing_id, user_id) DO UPDATE SET left_at = excluded.left_at)
        UPDATE filings SET target_due = $3, target_overridden = $4, breach_after_days = $5, breach_overridden = $6, assignee_id = $7, state = $8, filed_on = $9, acknowledgement_no = $10, acknowledgement_exception = $11, nil_return = $12, closed_reason = $13, closed_by = $14, closed_at = $15, why = $16, updated_at = $17, version = version + 1
        WHERE tenant_id = $1 AND id = $2 AND version = $18";
    SAVE_PLANNED = "UPDATE filings f SET rule_id = n.rule_id, legal_due = n.legal_due, projected_due = n.projected_due, waits_for = n.waits_for, lapse_on = n.lapse_on, lapse_due = n.lapse_due, target_due = n.target_due, breach_after_days = n.breach_after_days, state = n.state, checklist_total = f.checklist_total + n.firm_items - f.firm_items, firm_items = n.firm_items, updated_at = $9, version = f.version + 1
        FROM unnest($2::bigint[], $3::text[], $4::date[], $5::date[], $6::text[], $7::date[], $8::smallint[], $10::text[], $11::date[], $12::date[], $13::smallint[]) AS n (id, rule_id, legal_due, projected_due, waits_for, target_due, breach_after_days, state, lapse_on, lapse_due, firm_items)
        WHERE f.tenant_id = $1 AND f.id = n.id AND f.state IN ('open', 'in_review', 'withdrawn')";
    CHECKLIST = "SELECT item_key, item_text, own, done_at, done_by, note FROM filing_checklist WHERE tenant_id = $1 AND filing_id = $2 ORDER BY own, item_key";
    SAVE_ITEM = "INSERT INTO filing_checklist (tenant_id, filing_id, item_key, item_text, own, done_at, done_by, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (tenant_id, filing_id, item_key) DO UPDATE SET item_text = excluded.item_text, done_at = excluded.done_at, done_by = excluded.done_by, note = excluded.note";
    COUNT_ITEMS = "UPDATE filings SET checklist_total = $3, checklist_done = (SELECT least(count(*), $3::smallint) FROM filing_checklist c WHERE c.tenant_id = $1 AND c.filing_id = $2 AND c.done_at IS NOT NULL) WHERE tenant_id = $1 AND id = $2";
    ADD_COMMENT = "INSERT INTO filing_comments (tenant_id, filing_id, author_id, at, text) VALUES ($1, $2, $3, $4, $5) RETURNING id";
    COMMENTS = "SELECT c.id, c.author_id, u.display_name, c.at, c.text FROM filing_comments c JOIN users u ON u.tenant_id = c.tenant_id AND u.id = c.author_id
        WHERE c.tenant_id = $1 AND c.filing_id = $2 ORDER BY c.at, c.id";
}

/// Rows in one INSERT; keeps a message to a few hundred kilobytes.
pub(crate) const BATCH: usize = 1_000;

#[async_trait]
impl Filings for PgTx {
    async fn filing(&mut self, id: FilingId) -> Result<Option<Filing>, StoreError> {
        self.query_opt(FILING, &[&self.tenant(), &id.get()]).await?.as_ref().map(filing).transpose()
    }

    async fn lock_filing(&mut self, id: FilingId) -> Result<Option<Filing>, StoreError> {
        self.query_opt(LOCK_FILING, &[&self.tenant(), &id.get()]).await?.as_ref().map(filing).transpose()
    }

    async fn lock_filings(&mut self, ids: &[FilingId]) -> Result<Vec<Filing>, StoreError> {
        self.lock_many(ids).await
    }

    async fn filings_of(&mut self, client: ClientId, lock: bool) -> Result<Vec<Filing>, StoreError> {
        let statement = if lock { LOCK_FILINGS_OF } else { FILINGS_OF };
        self.query(statement, &[&self.tenant(), &client.get()]).await?.iter().map(filing).collect()
    }

    async fn filings_of_clients(&mut self, clients: &[ClientId]) -> Result<Vec<Filing>, StoreError> {
        let ids: Vec<i64> = clients.iter().map(|id| id.get()).collect();
        self.query(LOCK_FILINGS_OF_MANY, &[&self.tenant(), &ids]).await?.iter().map(filing).collect()
    }

    async fn add_filings(&mut self, new: &[&NewFiling], at: Instant) -> Result<(), StoreError> {
        for batch in new.chunks(BATCH) {
            let text = |f: fn(&NewFiling) -> &str| -> Vec<&str> { batch.iter().map(|n| f(n)).collect() };
            let date = |f: fn(&NewFiling) -> Option<Date>| -> Vec<Option<Date>> {
                batch.iter().map(|n| f(n)).collect()
            };
            let clients: Vec<i64> = batch.iter().map(|f| f.client.get()).collect();
            let waits: Vec<Option<&str>> = batch.iter().map(|f| f.waits_for.as_deref()).collect();
            let breach: Vec<i16> = batch.iter().map(|f| stored(f.breach_after_days)).collect();
            let totals: Vec<i16> = batch.iter().map(|f| stored(f.checklist_total)).collect();
            let firm_items: Vec<i16> = batch.iter().map(|f| stored(f.firm_items)).collect();
            self.execute(
                ADD_FILINGS,
                &[
                    &self.tenant(),
                    &clients,
                    &text(|f| &f.code),
                    &text(|f| &f.rule_id),
                    &text(|f| &f.regulator),
                    &text(|f| &f.title),
                    &text(|f| &f.materiality),
                    &text(|f| &f.period_key),
                    &text(|f| &f.period_label),
                    &date(|f| Some(f.period_start)),
                    &date(|f| Some(f.period_end)),
                    &date(|f| f.legal_due),
                    &date(|f| f.projected_due),
                    &waits,
                    &date(|f| f.target_due),
                    &breach,
                    &at,
                    &totals,
                    &date(|f| f.lapse.map(|l| l.on)),
                    &date(|f| f.lapse.map(|l| l.due)),
                    &firm_items,
                ],
            )
            .await?;
        }
        Ok(())
    }

    async fn save_filing(&mut self, f: &Filing, why: Option<&Value>, at: Instant) -> Result<(), StoreError> {
        let s = Stored::of(&f.state);
        let closed_by = f.closed.and_then(|(by, _)| by).map(Id::get);
        let closed_at = f.closed.map(|(_, at)| at);
        let changed = self
            .execute(
                SAVE_FILING,
                &[
                    &self.tenant(),
                    &f.id.get(),
                    &f.target_due,
                    &f.target_overridden,
                    &stored(f.breach_after_days),
                    &f.breach_overridden,
                    &f.assignee.map(Id::get),
                    &s.state,
                    &s.filed_on,
                    &s.acknowledgement,
                    &s.exception,
                    &s.nil,
                    &s.reason,
                    &closed_by,
                    &closed_at,
                    &why,
                    &at,
                    &f.version,
                ],
            )
            .await?;
        if changed == 0 { Err(StoreError::Stale) } else { Ok(()) }
    }

    async fn save_filings(&mut self, all: &[(Filing, Option<Value>)], at: Instant) -> Result<(), StoreError> {
        self.save_many(all, at).await
    }

    async fn save_planned(&mut self, all: &[Filing], at: Instant) -> Result<(), StoreError> {
        for batch in all.chunks(BATCH) {
            let date =
                |f: fn(&Filing) -> Option<Date>| -> Vec<Option<Date>> { batch.iter().map(f).collect() };
            let ids: Vec<i64> = batch.iter().map(|f| f.id.get()).collect();
            let rules: Vec<&str> = batch.iter().map(|f| f.rule_id.as_str()).collect();
            let waits: Vec<Option<&str>> = batch.iter().map(|f| f.waits_for.as_deref()).collect();
            let breach: Vec<i16> = batch.iter().map(|f| stored(f.breach_after_days)).collect();
            let states: Vec<&str> = batch.iter().map(|f| Stored::of(&f.state).state).collect();
            let firm_items: Vec<i16> = batch.iter().map(|f| stored(f.firm_items)).collect();
            self.execute(
                SAVE_PLANNED,
                &[
                    &self.tenant(),
                    &ids,
                    &rules,
                    &date(|f| f.legal_due),
                    &date(|f| f.projected_due),
                    &waits,
                    &date(|f| f.target_due),
                    &breach,
                    &at,
                    &states,
                    &date(|f| f.lapse.map(|l| l.on)),
                    &date(|f| f.lapse.map(|l| l.due)),
                    &firm_items,
                ],
            )
            .await?;
        }
        Ok(())
    }

    async fn checklist_of(&mut self, filing: FilingId) -> Result<Vec<ChecklistRow>, StoreError> {
        let rows = self.query(CHECKLIST, &[&self.tenant(), &filing.get()]).await?;
        rows.iter()
            .map(|row| {
                let by: Option<i64> = col(row, "done_by")?;
                let at: Option<Instant> = col(row, "done_at")?;
                Ok(ChecklistRow {
                    key: col(row, "item_key")?,
                    text: col(row, "item_text")?,
                    own: col(row, "own")?,
                    done: at.map(|at| (by.map(Id::new), at)),
                    note: col(row, "note")?,
                })
            })
            .collect()
    }

    async fn save_checklist_row(
        &mut self,
        filing: FilingId,
        row: &ChecklistRow,
        total: u16,
    ) -> Result<(), StoreError> {
        let by: Option<i64> = row.done.and_then(|(by, _)| by).map(Id::get);
        let at: Option<Instant> = row.done.map(|(_, at)| at);
        let tenant = self.tenant();
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 8] =
            [&tenant, &filing.get(), &row.key, &row.text, &row.own, &at, &by, &row.note];
        self.execute(SAVE_ITEM, &params).await?;
        self.execute(COUNT_ITEMS, &[&tenant, &filing.get(), &stored(total)]).await?;
        Ok(())
    }

    async fn add_comment(
        &mut self,
        filing: FilingId,
        author: UserId,
        text: &str,
        at: Instant,
    ) -> Result<CommentId, StoreError> {
        let row =
            self.query_one(ADD_COMMENT, &[&self.tenant(), &filing.get(), &author.get(), &at, &text]).await?;
        Ok(Id::new(col(&row, "id")?))
    }

    async fn comments_of(&mut self, filing: FilingId) -> Result<Vec<CommentRow>, StoreError> {
        let rows = self.query(COMMENTS, &[&self.tenant(), &filing.get()]).await?;
        rows.iter()
            .map(|row| {
                Ok(CommentRow {
                    id: Id::new(col(row, "id")?),
                    author: Id::new(col(row, "author_id")?),
                    author_name: col(row, "display_name")?,
                    at: col(row, "at")?,
                    text: col(row, "text")?,
                })
            })
            .collect()
    }

    async fn return_settings(&mut self) -> Result<Vec<ReturnSetting>, StoreError> {
        self.read_settings().await
    }

    async fn lock_return_setting(&mut self, code: &str) -> Result<Option<ReturnSetting>, StoreError> {
        self.hold_setting(code).await
    }

    async fn save_return_setting(&mut self, setting: &ReturnSetting) -> Result<(), StoreError> {
        self.write_setting(setting).await
    }
}

/// A state in the columns that keep it.
#[derive(Default)]
pub(crate) struct Stored<'a> {
    pub(crate) state: &'static str,
    pub(crate) filed_on: Option<Date>,
    pub(crate) acknowledgement: Option<&'a str>,
    pub(crate) exception: Option<&'a str>,
    pub(crate) nil: bool,
    pub(crate) reason: Option<&'a str>,
}

impl<'a> Stored<'a> {
    pub(crate) fn of(state: &'a FilingState) -> Self {
        match state {
            FilingState::Open => Self { state: "open", ..Self::default() },
            FilingState::InReview => Self { state: "in_review", ..Self::default() },
            FilingState::Withdrawn => Self { state: "withdrawn", ..Self::default() },
            FilingState::Closed(Closure::Filed { on, proof, nil }) => {
                let (acknowledgement, exception) = match proof {
                    Proof::Acknowledgement(number) => (Some(number.as_str()), None),
                    Proof::Exception(why) => (None, Some(why.as_str())),
                };
                Self {
                    state: "filed",
                    filed_on: Some(*on),
                    acknowledgement,
                    exception,
                    nil: *nil,
                    reason: None,
                }
            }
            FilingState::Closed(Closure::Waived { reason }) => {
                Self { state: "waived", reason: Some(reason), ..Self::default() }
            }
            FilingState::Closed(Closure::NotApplicable { reason }) => {
                Self { state: "not_applicable", reason: Some(reason), ..Self::default() }
            }
        }
    }
}

/// Reads the state columns back. `id` is for the message when they contradict each other.
pub(crate) fn state(row: &Row, id: i64) -> Result<FilingState, StoreError> {
    let state: String = col(row, "state")?;
    let reason = || col::<Option<String>>(row, "closed_reason").map(Option::unwrap_or_default);
    Ok(match state.as_str() {
        "open" => FilingState::Open,
        "in_review" => FilingState::InReview,
        "withdrawn" => FilingState::Withdrawn,
        "waived" => FilingState::Closed(Closure::Waived { reason: reason()? }),
        "not_applicable" => FilingState::Closed(Closure::NotApplicable { reason: reason()? }),
        "filed" => {
            let corrupt =
                |column| StoreError::Corrupt { table: "filings", column, id, why: "missing".into() };
            let number: Option<String> = col(row, "acknowledgement_no")?;
            let why: Option<String> = col(row, "acknowledgement_exception")?;
            let proof = match (number, why) {
                (Some(number), _) => Proof::Acknowledgement(number),
                (None, Some(why)) => Proof::Exception(why),
                (None, None) => return Err(corrupt("acknowledgement_no")),
            };
            let on = col::<Option<Date>>(row, "filed_on")?.ok_or_else(|| corrupt("filed_on"))?;
            FilingState::Closed(Closure::Filed { on, proof, nil: col(row, "nil_return")? })
        }
        other => {
            return Err(StoreError::Corrupt { table: "filings", column: "state", id, why: other.to_owned() });
        }
    })
}

/// Both columns or none.
pub(crate) fn lapse(row: &Row) -> Result<Option<Lapse>, StoreError> {
    let (on, due): (Option<Date>, Option<Date>) = (col(row, "lapse_on")?, col(row, "lapse_due")?);
    Ok(on.zip(due).map(|(on, due)| Lapse { on, due }))
}

/// Whose dates are in force, and what lies beneath.
fn relief(row: &Row) -> Result<Relief, StoreError> {
    let by: Option<i64> = col(row, "relaxation_id")?;
    let rule = RuleDates {
        legal_due: col(row, "rule_due")?,
        projected_due: col(row, "rule_projected_due")?,
        lapse_due: col(row, "rule_lapse_due")?,
        target_due: col(row, "rule_target_due")?,
    };
    Ok(Relief { relaxed: by.map(|by| Relaxed { by: Id::new(by), rule }), free: free(row)? })
}

/// The relief from the late fee.
pub(crate) fn free(row: &Row) -> Result<Option<FreeUntil>, StoreError> {
    let by: Option<i64> = col(row, "free_relaxation_id")?;
    let until: Option<Date> = col(row, "free_until")?;
    let recounts = col::<Option<bool>>(row, "free_recounts")?.unwrap_or(true);
    Ok(by.zip(until).map(|(by, until)| FreeUntil { by: Id::new(by), until, recounts }))
}

pub(crate) fn filing(row: &Row) -> Result<Filing, StoreError> {
    let id: i64 = col(row, "id")?;
    let closed_at: Option<Instant> = col(row, "closed_at")?;
    let closed_by: Option<i64> = col(row, "closed_by")?;
    Ok(Filing {
        id: Id::new(id),
        client: Id::new(col(row, "client_id")?),
        code: col(row, "code")?,
        rule_id: col(row, "rule_id")?,
        period_label: col(row, "period_label")?,
        period_key: col(row, "period_key")?,
        legal_due: col(row, "legal_due")?,
        projected_due: col(row, "projected_due")?,
        waits_for: col(row, "waits_for")?,
        lapse: lapse(row)?,
        target_due: col(row, "target_due")?,
        target_overridden: col(row, "target_overridden")?,
        breach_after_days: small(col(row, "breach_after_days")?),
        breach_overridden: col(row, "breach_overridden")?,
        firm_items: small(col(row, "firm_items")?),
        assignee: col::<Option<i64>>(row, "assignee_id")?.map(Id::new),
        state: state(row, id)?,
        closed: closed_at.map(|at| (closed_by.map(Id::new), at)),
        relief: relief(row)?,
        version: col(row, "version")?,
    })
}
