//! A firm of any size, made by the database itself: clients with licences, facts, people and events, and filings over
//! two years, of which a tenth is late.

use crate::args::Size;
use crate::bulk;
use crate::sweep::TODAY;
use tokio_postgres::Client;

/// Two firms: one whose filings exist, one whose clients wait to be planned.
#[derive(Debug, Clone, Copy)]
pub struct Firm {
    /// Its id.
    pub tenant: i64,
    /// The first client's id; the others follow without a gap.
    pub first_client: i64,
}

/// Clients of a firm, with what the rulebook reads. `planned`: nothing is left to plan.
pub async fn clients(db: &Client, tenant: i64, count: i64, planned: bool) -> Result<Firm, String> {
    let digest = if planned { rulebook::Rulebook::shipped().digest() } else { "" };
    let until = if planned { "current_date + 3650" } else { "NULL::date" };
    let first = one(db, "SELECT coalesce(max(id), 0) + 1 FROM clients").await?;
    let last = first + count - 1;
    let t = tenant;
    let mut batch = vec![
        format!(
            "INSERT INTO users (tenant_id, email, display_name, role, password_hash, created_at)
             SELECT {t}, 'analyst' || n || '@firm{t}.example', 'Analyst ' || n, 'analyst', '!', now() FROM generate_series(1, 20) n"
        ),
        format!(
            "INSERT INTO clients (tenant_id, id, client_name, short_name, name_key, entity_type, status, risk_rating, pan, cin,
               incorporated_on, track_from, owner_id, tags, plan_digest, planned_until, created_at, updated_at)
             OVERRIDING SYSTEM VALUE
             SELECT {t}, n, 'Firm ' || n || ' Finance ' || CASE n % 5 WHEN 0 THEN 'Limited' WHEN 1 THEN 'LLP' ELSE 'Private Limited' END,
               'Firm ' || n, 'firm ' || n || ' finance',
               CASE n % 5 WHEN 0 THEN 'public_company' WHEN 1 THEN 'llp' ELSE 'private_company' END,
               'active', CASE n % 3 WHEN 0 THEN 'low' WHEN 1 THEN 'medium' ELSE 'high' END,
               'AAAC' || chr(65 + (n % 26)::int) || lpad((n % 10000)::text, 4, '0') || chr(65 + (n / 10000 % 26)::int),
               'U65990MH2015PTC' || lpad((n % 1000000)::text, 6, '0'),
               date '2015-06-15' + (n % 3000)::int, current_date, (SELECT min(id) FROM users WHERE tenant_id = {t}) + n % 20,
               ARRAY['group ' || n % 50], '{digest}', {until}, now(), now()
             FROM generate_series({first}, {last}) n"
        ),
        format!(
            "INSERT INTO client_registrations (tenant_id, client_id, regulator, category, registration_no, valid_from)
             SELECT {t}, n, 'RBI', CASE n % 3 WHEN 0 THEN 'NBFC-ICC' WHEN 1 THEN 'PA' ELSE 'PPI' END, 'N-13.' || n, date '2018-04-01'
             FROM generate_series({first}, {last}) n WHERE n % 5 <> 1"
        ),
        format!(
            "INSERT INTO client_contacts (tenant_id, client_id, name, designation, email, phone, is_primary)
             SELECT {t}, n, 'Person ' || n, 'Company Secretary', 'cs' || n || '@client.example', '+9198' || lpad((n % 100000000)::text, 8, '0'), true
             FROM generate_series({first}, {last}) n"
        ),
        format!(
            "INSERT INTO client_events (tenant_id, client_id, kind, occurred_on, for_period, recorded_at)
             SELECT {t}, n, 'agm_held', date '2026-09-01' + (n % 29)::int, 'FY2025-26', now() FROM generate_series({first}, {last}) n"
        ),
    ];
    for (key, value) in [
        ("layer", "'base'"),
        ("asset_size_solo", "((n % 900 + 1)::bigint * 10000000)::text"),
        ("small_company", "CASE n % 2 WHEN 0 THEN 'true' ELSE 'false' END"),
        ("deposit_taking", "'false'"),
    ] {
        batch.push(format!(
            "INSERT INTO client_facts (tenant_id, client_id, key, value, valid_from, recorded_at)
             SELECT {t}, n, '{key}', {value}, date '1900-01-01', now() FROM generate_series({first}, {last}) n"
        ));
    }
    batch.push(format!("SELECT setval(pg_get_serial_sequence('app.clients', 'id'), {last})"));
    if planned {
        const TABLES: [&str; 5] =
            ["clients", "client_registrations", "client_contacts", "client_events", "client_facts"];
        bulk::fill(db, &TABLES, &batch).await?;
    } else {
        // Beside a firm that is there already: its indexes would take longer to make again than these rows to add.
        run(db, &batch).await?;
    }
    Ok(Firm { tenant, first_client: first })
}

/// The filings of a firm, with everybody told what is to be told: in a hundred 5 overdue, 5 breached, 38 filed, 2 waived, 47 to come, 3 waiting for an event.
pub async fn filings(db: &Client, firm: Firm, size: Size) -> Result<(), String> {
    let (t, first) = (firm.tenant, firm.first_client);
    let last = first + size.clients - 1;
    let each = size.filings_per_client;
    // A thousand clients lie ten steps apart in the hundred kinds, so every client has some of each.
    let text = format!(
        "INSERT INTO filings (tenant_id, client_id, code, rule_id, regulator, title, materiality, period_key, period_label,
           period_start, period_end, legal_due, projected_due, waits_for, lapse_on, lapse_due, target_due, breach_after_days,
           alert_due, alert_rung, breach_on,
           assignee_id, state, filed_on, acknowledgement_no, closed_reason, closed_at, checklist_total, created_at, updated_at)
         SELECT {t}, x.c, x.code, x.code || '@2024-02-27', CASE WHEN x.k % 3 = 0 THEN 'MCA' ELSE 'RBI' END,
           'Return ' || x.code || ' on important financial parameters of the quarter',
           CASE x.k % 3 WHEN 0 THEN 'licence_critical' WHEN 1 THEN 'high' ELSE 'routine' END,
           '2026-27Q' || x.k, 'Q' || x.k % 4 + 1 || ' FY 2026-27', x.due - 120, x.due - 30,
           CASE WHEN x.kind < 97 THEN x.due END, CASE WHEN x.kind >= 97 THEN x.due END, CASE WHEN x.kind >= 97 THEN 'agm_held' END,
           CASE WHEN x.kind >= 97 THEN x.due - 10 END, CASE WHEN x.kind >= 97 THEN x.due + 20 END, x.due - 2, x.breach,
           CASE WHEN x.kind < 10 OR x.kind BETWEEN 50 AND 96 THEN x.due END,
           CASE WHEN x.kind NOT BETWEEN 10 AND 49 AND x.kind < 97 THEN CASE WHEN {TODAY} - x.due > x.breach THEN 6 WHEN x.due < {TODAY} THEN 5
             WHEN x.due = {TODAY} THEN 4 WHEN x.due = {TODAY} + 1 THEN 3 WHEN x.due <= {TODAY} + 3 THEN 2 WHEN x.due <= {TODAY} + 7 THEN 1 ELSE 0 END ELSE 0 END,
           CASE WHEN x.kind < 10 AND {TODAY} - x.due > x.breach THEN x.due + x.breach + 1 END,
           (SELECT min(id) FROM users WHERE tenant_id = {t}) + (x.c + x.k) % 20,
           CASE WHEN x.kind < 10 THEN 'open' WHEN x.kind < 48 THEN 'filed' WHEN x.kind < 50 THEN 'waived' WHEN x.kind < 52 THEN 'in_review' ELSE 'open' END,
           CASE WHEN x.kind BETWEEN 10 AND 47 THEN x.due - (x.c % 9)::int + 1 END, CASE WHEN x.kind BETWEEN 10 AND 47 THEN 'ACK' || x.c || x.k END,
           CASE WHEN x.kind BETWEEN 48 AND 49 THEN 'Regulator letter' END, CASE WHEN x.kind BETWEEN 10 AND 49 THEN now() END, 4, now(), now()
         FROM (SELECT c, k, kind, 'DNBS' || lpad(k::text, 2, '0') AS code,
             CASE WHEN c % 10 = 0 THEN 30 WHEN c % 100 = 1 THEN 0 ELSE 7 END AS breach,
             {TODAY} + (CASE WHEN kind < 5 THEN -1 - (random() * 6)::int WHEN kind < 10 THEN -31 - (random() * 300)::int
               WHEN kind < 50 THEN -1 - (random() * 360)::int ELSE 1 + (random() * 360)::int END) AS due
           FROM (SELECT c, k, (c * 37 + k * 11 + c / 100) % 100 AS kind FROM generate_series({first}, {last}) c, generate_series(1, {each}) k) y) x"
    );
    bulk::fill(db, &["filings"], &[text]).await?;
    run(db, &["VACUUM ANALYZE".to_owned(), "CHECKPOINT".to_owned()]).await
}

/// One number.
pub async fn one(db: &Client, sql: &str) -> Result<i64, String> {
    let row = db.query_one(sql, &[]).await.map_err(|e| said(sql, &e))?;
    row.try_get(0).map_err(|e| said(sql, &e))
}

/// Makes the firm's people principal officers: an administrator would have to set up a second factor first.
pub async fn work_as_principal_officer(db: &Client, tenant: i64) -> Result<(), String> {
    let sql = format!("UPDATE users SET role = 'principal_officer' WHERE tenant_id = {tenant}");
    run(db, &[sql]).await
}

/// Statements one after the other, each its own transaction.
pub async fn run(db: &Client, batch: &[String]) -> Result<(), String> {
    for sql in batch {
        db.batch_execute(sql).await.map_err(|e| said(sql, &e))?;
    }
    Ok(())
}

fn said(sql: &str, error: &tokio_postgres::Error) -> String {
    let why = error.as_db_error().map_or_else(|| error.to_string(), |e| e.message().to_owned());
    format!("{why}, in: {}", sql.chars().take(160).collect::<String>())
}
