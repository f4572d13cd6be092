//! Calendar feeds, and the filings they show.

use crate::filing_views::push_filter;
use crate::held::held;
use crate::rows::{col, small, stored, word};
use crate::sql::{Query, statements};
use crate::tx::PgTx;
use app::feeds::{CalendarFeed, CalendarFeeds, FeedFields, FeedFiling, FeedStanding, FeedWindow, OpenedFeed};
use async_trait::async_trait;
use filings::FilingFilter;
use filings::views::AssigneeFilter;
use futures_util::try_join;
use identity::TokenHash;
use kernel::id::{CalendarFeedId, UserId};
use kernel::moment::Instant;
use kernel::{Date, Id, StoreError};
use tokio_postgres::Row;

statements! {
    FEEDS_OF = "SELECT f.id, f.owner_id, u.display_name AS owner_name, f.name, f.scope, f.shows_names, f.alarm_days, f.created_at, f.renewed_at, f.fetched_at FROM calendar_feeds f JOIN users u ON u.tenant_id = f.tenant_id AND u.id = f.owner_id
        WHERE f.tenant_id = $1 AND f.owner_id = $2 AND f.ended_at IS NULL ORDER BY f.created_at DESC, f.id DESC LIMIT 100";
    LOCK_FEED = "SELECT f.id, f.owner_id, u.display_name AS owner_name, f.name, f.scope, f.shows_names, f.alarm_days, f.created_at, f.renewed_at, f.fetched_at FROM calendar_feeds f JOIN users u ON u.tenant_id = f.tenant_id AND u.id = f.owner_id
        WHERE f.tenant_id = $1 AND f.id = $2 AND ($3::bigint IS NULL OR f.owner_id = $3) AND f.ended_at IS NULL FOR UPDATE OF f";
    FEEDS_OF_ALL = "SELECT f.id, f.owner_id, u.display_name AS owner_name, f.name, f.scope, f.shows_names, f.alarm_days, f.created_at, f.renewed_at, f.fetched_at FROM calendar_feeds f JOIN users u ON u.tenant_id = f.tenant_id AND u.id = f.owner_id
        WHERE f.tenant_id = $1 AND f.ended_at IS NULL ORDER BY lower(u.display_name), f.owner_id, f.created_at DESC, f.id DESC LIMIT 1000";
    ADD_FEED = "INSERT INTO calendar_feeds (tenant_id, owner_id, name, scope, shows_names, alarm_days, token_hash, created_at, renewed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) RETURNING id";
    RENEW_FEED = "UPDATE calendar_feeds SET token_hash = $3, renewed_at = $4, fetched_at = NULL, content_hash = NULL, content_at = NULL WHERE tenant_id = $1 AND id = $2";
    END_FEED = "UPDATE calendar_feeds SET ended_at = $3 WHERE tenant_id = $1 AND id = $2";
    FEED_BY_TOKEN = "SELECT f.id, f.owner_id, u.display_name AS owner_name, f.name, f.scope, f.shows_names, f.alarm_days, f.created_at, f.renewed_at, f.fetched_at, f.content_hash, f.content_at, f.ended_at IS NOT NULL AS ended, u.active, u.role, u.custom_role_id, r.name AS role_name, r.permissions AS role_permissions
        FROM calendar_feeds f JOIN users u ON u.tenant_id = f.tenant_id AND u.id = f.owner_id
        LEFT JOIN custom_roles r ON r.tenant_id = u.tenant_id AND r.id = u.custom_role_id WHERE f.tenant_id = $1 AND f.token_hash = $2";
    NOTE_FETCH = "UPDATE calendar_feeds SET fetched_at = $3, content_hash = coalesce($4, content_hash), content_at = coalesce($5, content_at) WHERE tenant_id = $1 AND id = $2";
    COUNT_CLIENTS = "SELECT count(*) AS n FROM clients WHERE tenant_id = $1 AND id = ANY($2)";
}

#[async_trait]
impl CalendarFeeds for PgTx {
    async fn feeds_of(&mut self, owner: UserId) -> Result<Vec<CalendarFeed>, StoreError> {
        self.query(FEEDS_OF, &[&self.tenant(), &owner.get()]).await?.iter().map(feed).collect()
    }

    async fn feeds_of_all(&mut self) -> Result<Vec<CalendarFeed>, StoreError> {
        self.query(FEEDS_OF_ALL, &[&self.tenant()]).await?.iter().map(feed).collect()
    }

    async fn lock_feed(
        &mut self,
        id: CalendarFeedId,
        owner: Option<UserId>,
    ) -> Result<Option<CalendarFeed>, StoreError> {
        let owner = owner.map(Id::get);
        let row = self.query_opt(LOCK_FEED, &[&self.tenant(), &id.get(), &owner]).await?;
        row.as_ref().map(feed).transpose()
    }

    async fn add_feed(
        &mut self,
        owner: UserId,
        fields: &FeedFields,
        token: TokenHash,
        at: Instant,
    ) -> Result<CalendarFeedId, StoreError> {
        let scope = serde_json::to_value(&fields.scope).map_err(|e| StoreError::Other(e.to_string()))?;
        let (alarm, token) = (fields.alarm_days.map(stored), token.0.to_vec());
        let row = self
            .query_one(
                ADD_FEED,
                &[
                    &self.tenant(),
                    &owner.get(),
                    &fields.name,
                    &scope,
                    &fields.shows_names,
                    &alarm,
                    &token,
                    &at,
                ],
            )
            .await?;
        Ok(Id::new(col(&row, "id")?))
    }

    async fn renew_feed(
        &mut self,
        id: CalendarFeedId,
        token: TokenHash,
        at: Instant,
    ) -> Result<(), StoreError> {
        self.execute(RENEW_FEED, &[&self.tenant(), &id.get(), &token.0.to_vec(), &at]).await?;
        Ok(())
    }

    async fn end_feed(&mut self, id: CalendarFeedId, at: Instant) -> Result<(), StoreError> {
        self.execute(END_FEED, &[&self.tenant(), &id.get(), &at]).await?;
        Ok(())
    }

    async fn feed_by_token(&mut self, token: TokenHash) -> Result<Option<OpenedFeed>, StoreError> {
        let row = self.query_opt(FEED_BY_TOKEN, &[&self.tenant(), &token.0.to_vec()]).await?;
        let Some(row) = row else { return Ok(None) };
        let feed = feed(&row)?;
        let (hash, at): (Option<i64>, Option<Instant>) =
            (col(&row, "content_hash")?, col(&row, "content_at")?);
        Ok(Some(OpenedFeed {
            ended: col(&row, "ended")?,
            owner_active: col(&row, "active")?,
            owner_may: held(&row, feed.owner)?.permissions,
            content: hash.zip(at),
            feed,
        }))
    }

    async fn note_fetch(
        &mut self,
        id: CalendarFeedId,
        at: Instant,
        content: Option<(i64, Instant)>,
    ) -> Result<(), StoreError> {
        let (hash, since) = content.unzip();
        self.execute(NOTE_FETCH, &[&self.tenant(), &id.get(), &at, &hash, &since]).await?;
        Ok(())
    }

    async fn feed_filings(
        &mut self,
        filter: &FilingFilter,
        window: FeedWindow,
    ) -> Result<(Vec<FeedFiling>, bool), StoreError> {
        let queries = [Part::Ahead, Part::Behind, Part::Withdrawn, Part::Handed]
            .map(|part| feed_query(self.tenant(), filter, window, part));
        let [ahead, behind, withdrawn, handed] = &queries;
        let handed =
            async { if people(filter).is_empty() { Ok(Vec::new()) } else { self.run(handed).await } };
        let (ahead, behind, withdrawn, handed) =
            try_join!(self.run(ahead), self.run(behind), self.run(withdrawn), handed)?;
        // In the order of what matters most to whoever has too much of it.
        let all = ahead.iter().chain(&withdrawn).chain(&handed).chain(&behind);
        let mut filings = all.take(window.most + 1).map(filing).collect::<Result<Vec<_>, _>>()?;
        let cut = filings.len() > window.most;
        filings.truncate(window.most);
        filings.sort_by_key(|f| (f.due, f.id));
        Ok((filings, cut))
    }

    async fn count_clients(&mut self, ids: &[i64]) -> Result<i64, StoreError> {
        col(&self.query_one(COUNT_CLIENTS, &[&self.tenant(), &ids]).await?, "n")
    }
}

/// Each part walks one index in its order and stops early.
#[derive(Clone, Copy)]
enum Part {
    /// Due from today on.
    Ahead,
    /// Due before, the latest first.
    Behind,
    /// Withdrawn lately.
    Withdrawn,
    /// Lately given by the people of the feed to somebody outside it.
    Handed,
}

/// The people whose filings are asked for; none when the feed is not about people.
fn people(filter: &FilingFilter) -> Vec<i64> {
    let user = |a: &AssigneeFilter| match a {
        AssigneeFilter::User(id) => Some(id.get()),
        AssigneeFilter::Nobody => None,
    };
    filter.assignee.iter().filter_map(user).collect()
}

fn feed_query(tenant: i64, filter: &FilingFilter, window: FeedWindow, part: Part) -> Query {
    let mut q = Query::new("");
    let (t, day) = (q.bind(tenant), q.bind(window.today));
    let (from, since) = (q.bind(window.from), q.bind(window.cancelled_since));
    let state = if matches!(part, Part::Handed) { "'handed_over'::text" } else { "f.state" };
    // `filings::filing::due_on` on the deciding day. Versions only rise, and so does whether a date lapsed while nothing
    // is written: twice the versions and one for the lapse rises with everything that a calendar shows.
    q.push(&format!(
        "SELECT f.id, f.client_id, c.short_name, f.regulator, f.code, f.rule_id, f.title, f.period_label, {state} AS state, \
         f.filed_on, f.closed_reason, f.waits_for, f.target_due, coalesce(d.due, f.projected_due) AS due, \
         d.due IS NULL AS probable, 2 * (f.version + c.version) + d.lapsed::int AS sequence, \
         greatest(f.updated_at, c.updated_at, CASE WHEN d.lapsed \
         THEN (f.lapse_on + 1)::timestamp AT TIME ZONE INTERVAL '05:30' END) AS changed_at \
         FROM filings f JOIN clients c ON c.tenant_id = f.tenant_id AND c.id = f.client_id \
         CROSS JOIN LATERAL (SELECT CASE WHEN j.lapsed THEN f.lapse_due ELSE f.legal_due END AS due, j.lapsed \
         FROM (SELECT coalesce(f.legal_due IS NULL AND f.lapse_on < \
         CASE WHEN f.state = 'filed' THEN f.filed_on ELSE {day}::date END, false) AS lapsed) j) d \
         WHERE f.tenant_id = {t} AND f.sort_due >= {from}"
    ));
    match part {
        Part::Withdrawn => q.push(&format!(" AND f.state = 'withdrawn' AND f.updated_at >= {since}")),
        Part::Handed => {
            let people = q.bind(people(filter));
            let nobody = filter.assignee.contains(&AssigneeFilter::Nobody);
            let gone = if nobody { "f.assignee_id IS NOT NULL" } else { "true" };
            q.push(&format!(
                " AND f.id IN (SELECT h.filing_id FROM filing_handovers h WHERE h.tenant_id = {t} \
                 AND h.user_id = ANY({people}) AND h.left_at >= {since}) \
                 AND {gone} AND (f.assignee_id = ANY({people})) IS NOT TRUE"
            ))
        }
        Part::Ahead | Part::Behind => q.push(&format!(
            " AND f.state <> 'withdrawn' AND (f.state IN ('open', 'in_review', 'filed') OR f.updated_at >= {since})"
        )),
    };
    match part {
        Part::Ahead => q.push(&format!(" AND f.sort_due >= {day}::date")),
        Part::Behind => q.push(&format!(" AND f.sort_due < {day}::date")),
        Part::Withdrawn | Part::Handed => &mut q,
    };
    match part {
        Part::Handed => push_filter(&mut q, &FilingFilter { assignee: Vec::new(), ..filter.clone() }),
        Part::Ahead | Part::Behind | Part::Withdrawn => push_filter(&mut q, filter),
    }
    q.push(match part {
        Part::Ahead => " ORDER BY f.sort_due, f.id",
        Part::Behind => " ORDER BY f.sort_due DESC, f.id DESC",
        Part::Withdrawn | Part::Handed => " ORDER BY f.updated_at DESC, f.id DESC",
    });
    let most = q.bind(i64::try_from(window.most).unwrap_or(i64::MAX).saturating_add(1));
    q.push(&format!(" LIMIT {most}"));
    q
}

fn feed(row: &Row) -> Result<CalendarFeed, StoreError> {
    let id: i64 = col(row, "id")?;
    let scope: serde_json::Value = col(row, "scope")?;
    let alarm: Option<i16> = col(row, "alarm_days")?;
    let why = |error: serde_json::Error| StoreError::Corrupt {
        table: "calendar_feeds",
        column: "scope",
        id,
        why: error.to_string(),
    };
    Ok(CalendarFeed {
        id: Id::new(id),
        owner: Id::new(col(row, "owner_id")?),
        owner_name: col(row, "owner_name")?,
        fields: FeedFields {
            name: col(row, "name")?,
            scope: serde_json::from_value(scope).map_err(why)?,
            shows_names: col(row, "shows_names")?,
            alarm_days: alarm.map(small),
        },
        created_at: col(row, "created_at")?,
        renewed_at: col(row, "renewed_at")?,
        fetched_at: col(row, "fetched_at")?,
    })
}

fn filing(row: &Row) -> Result<FeedFiling, StoreError> {
    let id: i64 = col(row, "id")?;
    let state: String = col(row, "state")?;
    let reason = || Ok::<_, StoreError>(col::<Option<String>>(row, "closed_reason")?.unwrap_or_default());
    let due: Date = col(row, "due")?;
    let standing = match state.as_str() {
        "open" | "in_review" => Some(FeedStanding::Open),
        "filed" => Some(FeedStanding::Filed(col::<Option<Date>>(row, "filed_on")?.unwrap_or(due))),
        "waived" => Some(FeedStanding::Waived(reason()?)),
        "not_applicable" => Some(FeedStanding::NotApplicable(reason()?)),
        "withdrawn" => Some(FeedStanding::Withdrawn),
        "handed_over" => Some(FeedStanding::HandedOver),
        _ => None,
    };
    Ok(FeedFiling {
        id: Id::new(id),
        client: Id::new(col(row, "client_id")?),
        client_name: col(row, "short_name")?,
        regulator: col(row, "regulator")?,
        code: col(row, "code")?,
        rule_id: col(row, "rule_id")?,
        title: col(row, "title")?,
        period_label: col(row, "period_label")?,
        due,
        probable: col(row, "probable")?,
        waits_for: col(row, "waits_for")?,
        target_due: col(row, "target_due")?,
        standing: word(standing, "filings", "state", id, &state)?,
        sequence: col(row, "sequence")?,
        changed_at: col(row, "changed_at")?,
    })
}
