//! The nightly check against the store: every rung on its day, once, whatever stops, runs twice, moves or ends in between.

use crate::support::{NOW, Store};
use adapter_postgres::PgDatabase;
use app::escalation::{check_all, check_firm};
use filings::alerts::RunCounts;
use filings::escalate::{Marks, Standing, Watched, decide};
use filings::filing::Lapse;
use filings::ladder::{Rung, Weight};
use kernel::{Date, Id};
use testkit::ManualClock;
use time::macros::{date, datetime, time};
use time::{Duration, OffsetDateTime};
use tokio_postgres::{Client, Row};

const PORTAL: &str = "https://crm.example";
const DUE: Date = date!(2027 - 03 - 31);

/// Ten past midnight in India.
fn night(day: Date) -> OffsetDateTime {
    day.with_time(time!(00:10)).assume_offset(kernel::moment::IST)
}

fn ahead(days: i64) -> Date {
    DUE + Duration::days(days)
}

/// A firm with one client, without planned filings, and one filing a materiality, all due on `DUE`.
struct Ground {
    store: Store,
    owner: Client,
    clock: ManualClock,
    client: i64,
    officer: i64,
    analyst: i64,
}

impl Ground {
    async fn new() -> Self {
        let store = Store::new().await;
        let client = store.nbfc("Ladder Finance Limited").await.get();
        let owner = store.db.owner_client().await;
        owner.batch_execute("DELETE FROM filings").await.unwrap();
        let (tenant, admin, analyst) = (store.tenant.get(), store.people[0].get(), store.people[1].get());
        let officer: i64 = owner
            .query_one(
                "INSERT INTO users (tenant_id, email, display_name, role, password_hash, created_at) VALUES ($1, 'po@first.example', 'officer of first', 'principal_officer', 'none', now()) RETURNING id",
                &[&tenant],
            )
            .await
            .unwrap()
            .get(0);
        let own = "UPDATE clients SET owner_id = $1 WHERE id = $2";
        owner.execute(own, &[&admin, &client]).await.unwrap();
        let ground = Self { store, owner, clock: ManualClock::at(NOW), client, officer, analyst };
        for materiality in ["routine", "high", "licence_critical"] {
            ground.filing(materiality, materiality, Some(DUE)).await;
        }
        ground
    }

    async fn filing(&self, code: &str, materiality: &str, due: Option<Date>) -> i64 {
        let insert = "INSERT INTO filings (tenant_id, client_id, code, rule_id, regulator, title, materiality, period_key, period_label, period_start, period_end, legal_due, breach_after_days, assignee_id, created_at, updated_at)
            VALUES ($1, $2, $3, 'R@1', 'RBI', 'Return', $4, 'p', 'FY 2026-27', '2026-04-01', '2027-03-31', $5, 7, $6, now(), now()) RETURNING id";
        let tenant = self.store.tenant.get();
        let params: [&(dyn tokio_postgres::types::ToSql + Sync); 6] =
            [&tenant, &self.client, &code, &materiality, &due, &self.analyst];
        self.owner.query_one(insert, &params).await.unwrap().get(0)
    }

    async fn set(&self, change: &str) {
        self.owner.batch_execute(change).await.unwrap();
    }

    async fn check(&self, day: Date) -> Option<RunCounts> {
        self.clock.set(night(day));
        let done = check_firm(&self.store.pg, &self.clock, self.store.tenant, PORTAL).await.unwrap();
        self.agrees(day).await;
        done
    }

    /// The generated column and the rule find the same filings, on this day and on later ones.
    async fn agrees(&self, day: Date) {
        let sql = "SELECT id, client_id, materiality, legal_due, lapse_on, lapse_due, breach_after_days, state, filed_on, alert_due, alert_rung, breach_on FROM filings ORDER BY id";
        let all: Vec<Watched> = self.owner.query(sql, &[]).await.unwrap().iter().map(watched).collect();
        for probe in [0, 1, 3, 8, 9, 40].map(|n| day + Duration::days(n)) {
            let due = self
                .ids(&format!("SELECT id FROM filings WHERE next_alert_on <= '{probe}' ORDER BY id"))
                .await;
            let ruled: Vec<i64> =
                all.iter().filter(|f| decide(f, probe).marks != f.marks).map(|f| f.id.get()).collect();
            assert_eq!(due, ruled, "on {probe}");
        }
    }

    async fn ids(&self, sql: &str) -> Vec<i64> {
        self.owner.query(sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
    }

    async fn count(&self, sql: &str) -> i64 {
        self.owner.query_one(&format!("SELECT count(*) FROM {sql}"), &[]).await.unwrap().get(0)
    }

    /// Rungs told on a day, as `code: rung to people`.
    async fn told(&self, day: Date) -> Vec<String> {
        let sql =
            "SELECT f.code || ' ' || n.rung || ' ' || string_agg(u.role, '+' ORDER BY u.role) FROM notices n
            JOIN filings f ON f.id = n.filing_id JOIN users u ON u.id = n.user_id
            WHERE (n.at AT TIME ZONE 'Asia/Kolkata')::date = $1 GROUP BY f.code, n.rung, f.id ORDER BY f.id";
        self.owner.query(sql, &[&day]).await.unwrap().iter().map(|row| row.get(0)).collect()
    }
}

fn watched(row: &Row) -> Watched {
    let wait: (Option<Date>, Option<Date>) = (row.get("lapse_on"), row.get("lapse_due"));
    let state: &str = row.get("state");
    Watched {
        id: Id::new(row.get("id")),
        client: Id::new(row.get("client_id")),
        client_name: String::new(),
        owner: None,
        assignee: None,
        code: String::new(),
        period_label: String::new(),
        weight: Weight::of(row.get("materiality")),
        legal_due: row.get("legal_due"),
        lapse: wait.0.zip(wait.1).map(|(on, due)| Lapse { on, due }),
        breach_after_days: u16::try_from(row.get::<_, i16>("breach_after_days")).unwrap(),
        standing: if matches!(state, "open" | "in_review") { Standing::Open } else { Standing::Waived },
        marks: Marks {
            due: row.get("alert_due"),
            rung: Rung::from_number(row.get("alert_rung")),
            breach_on: row.get("breach_on"),
        },
    }
}

#[tokio::test]
async fn day_by_day_every_materiality_climbs_all_rungs_once() {
    let ground = Ground::new().await;
    for day in -10..=12 {
        let counts = ground.check(ahead(day)).await.unwrap();
        assert_eq!(counts.alerts, if [-7, -3, -1, 0, 1, 8].contains(&day) { 3 } else { 0 }, "{day}");
        assert_eq!(ground.check(ahead(day)).await, None, "the day is done");
    }
    let all = |rung: i16, people: [&str; 3]| -> Vec<String> {
        ["routine", "high", "licence_critical"]
            .iter()
            .zip(people)
            .map(|(code, people)| format!("{code} {rung} {people}"))
            .collect()
    };
    let (one, two, three) = ("analyst", "admin+analyst", "admin+analyst+principal_officer");
    assert_eq!(ground.told(ahead(-7)).await, all(1, [one, one, one]));
    assert_eq!(ground.told(ahead(-3)).await, all(2, [two, two, two]));
    assert_eq!(ground.told(ahead(-1)).await, all(3, [two, two, three]));
    assert_eq!(ground.told(DUE).await, all(4, [two, three, three]));
    assert_eq!(ground.told(ahead(1)).await, all(5, [three, three, three]));
    assert_eq!(ground.told(ahead(8)).await, all(6, [three, three, three]));
    assert_eq!(ground.count("filing_alerts").await, 18);
    assert_eq!(
        ground.count("filing_breaches WHERE cleared_on IS NULL AND breached_on = due_on + 8").await,
        3
    );
    assert_eq!(ground.count("journal WHERE action = 'filings.breach' AND actor_id IS NULL").await, 3);
    assert_eq!(ground.count("journal WHERE action = 'filings.alert'").await, 18);
    assert_eq!(ground.count("filings WHERE next_alert_on IS NOT NULL").await, 0, "nothing is left to do");
    // One mail a person and day, whatever the number of filings.
    let mails = "email_outbox WHERE to_email = 'analyst@first.example'";
    assert_eq!(ground.count(mails).await, 6);
    assert_eq!(
        ground.count(&format!("{mails} AND subject LIKE '3 breached: %' AND send_after IS NULL")).await,
        1
    );
    assert_eq!(
        ground.count(&format!("{mails} AND send_after IS NOT NULL AND html_body IS NOT NULL")).await,
        5
    );
    assert_eq!(ground.count("filings WHERE version <> 1").await, 0, "nobody's edit becomes stale");
}

#[tokio::test]
async fn five_days_stopped_give_one_alert_each_with_todays_truth() {
    let ground = Ground::new().await;
    ground.check(ahead(-3)).await.unwrap();
    // From the second day before until the third day after nothing ran.
    let counts = ground.check(ahead(3)).await.unwrap();
    assert_eq!((counts.alerts, counts.skipped), (3, 6), "T-1 and due passed unseen");
    let skipped = "filing_alerts WHERE rung = 5 AND skipped = '{3,4}'";
    assert_eq!(ground.count(skipped).await, 3);
    let text = "notices WHERE text LIKE '%is overdue: due 31 Mar 2027, 3 days late.'";
    assert_eq!(ground.count(text).await, 9);
    assert_eq!(
        ground.count("journal WHERE text LIKE '%T-1 and Due today passed before the check%'").await,
        3
    );
}

#[tokio::test]
async fn two_replicas_at_once_do_it_once() {
    let ground = Ground::new().await;
    for n in 0..700 {
        ground.filing(&format!("C{n}"), "routine", Some(ahead(-n % 20))).await;
    }
    let others: Vec<PgDatabase> =
        (0..3).map(|_| PgDatabase::new(&ground.store.db.config_with_pool(2)).unwrap()).collect();
    ground.clock.set(night(DUE));
    let ran =
        futures_util::future::join_all(others.iter().map(|pg| check_all(pg, &ground.clock, PORTAL))).await;
    let ran: usize = ran.into_iter().map(Result::unwrap).sum();
    assert_eq!(ran, 1, "one of them took the firm");
    assert_eq!(ground.count("filing_alerts").await, 703);
    assert_eq!(
        ground.count("alert_runs WHERE finished_at IS NOT NULL AND filings = 703 AND alerts = 703").await,
        1
    );
    assert_eq!(ground.count("email_outbox").await, 3);
    // A process that died half way: its claim ends, and another goes on without doing anything twice.
    let next = ahead(1);
    let set = format!(
        "INSERT INTO alert_runs (tenant_id, day, started_at, claimed_until) SELECT id, '{next}', now(), '{}' FROM tenants",
        night(next) - Duration::minutes(1)
    );
    ground.set(&set).await;
    ground.check(next).await.unwrap();
    let once = "(SELECT 1 FROM notices GROUP BY user_id, filing_id, rung, due_on HAVING count(*) > 1) twice";
    assert_eq!(ground.count(once).await, 0);
    ground.clock.set(night(next) - Duration::minutes(6));
    assert_eq!(check_all(&ground.store.pg, &ground.clock, PORTAL).await.unwrap(), 0, "not before five past");
}

#[tokio::test]
async fn two_processes_inside_one_run_never_tell_twice() {
    let ground = Ground::new().await;
    for n in 0..300 {
        ground.filing(&format!("C{n}"), "routine", Some(DUE)).await;
    }
    // Both believe the claim is theirs: it is made to have ended before either begins.
    ground.clock.set(night(DUE));
    let claim = format!(
        "INSERT INTO alert_runs (tenant_id, day, started_at, claimed_until) SELECT id, '{DUE}', now(), '-infinity' FROM tenants"
    );
    ground.set(&claim).await;
    let later = ManualClock::at(night(DUE) + Duration::minutes(11));
    let other = PgDatabase::new(&ground.store.db.config_with_pool(2)).unwrap();
    let (a, b) = tokio::join!(
        check_firm(&ground.store.pg, &ground.clock, ground.store.tenant, PORTAL),
        check_firm(&other, &later, ground.store.tenant, PORTAL)
    );
    assert!(a.unwrap().is_some() || b.unwrap().is_some());
    assert_eq!(ground.count("filing_alerts").await, 303);
    let once = "(SELECT 1 FROM notices GROUP BY user_id, filing_id, rung, due_on HAVING count(*) > 1) twice";
    assert_eq!(ground.count(once).await, 0);
}

#[tokio::test]
async fn a_relaxed_date_starts_another_ladder_and_undoing_it_repeats_nothing() {
    let ground = Ground::new().await;
    for day in -7..=9 {
        ground.check(ahead(day)).await.unwrap();
    }
    ground.set("UPDATE filings SET legal_due = legal_due + 30").await;
    let counts = ground.check(ahead(10)).await.unwrap();
    assert_eq!((counts.cleared, counts.alerts, counts.breaches), (3, 0, 0));
    let cleared = "filing_breaches WHERE cleared_on = '2027-04-10' AND cleared_why = 'the due date moved to 30 Apr 2027'";
    assert_eq!(ground.count(cleared).await, 3);
    assert_eq!(ground.check(ahead(23)).await.unwrap().alerts, 3, "T-7 of the new date");
    ground.set("UPDATE filings SET legal_due = legal_due - 30").await;
    let back = ground.check(ahead(24)).await.unwrap();
    assert_eq!((back.breaches, back.alerts), (3, 0), "breached again: recorded, and known to everybody");
    assert_eq!(ground.count("filing_breaches").await, 6);
    assert_eq!(ground.check(ahead(25)).await.unwrap().filings, 0);
}

#[tokio::test]
async fn what_is_filed_hears_nothing_more_and_its_breach_ends() {
    let ground = Ground::new().await;
    ground.check(ahead(-3)).await.unwrap();
    let filed = "UPDATE filings SET state = 'filed', filed_on = '2027-03-30', acknowledgement_no = 'A1' WHERE code = 'high'";
    ground.set(filed).await;
    for day in -2..=8 {
        ground.check(ahead(day)).await.unwrap();
    }
    assert_eq!(
        ground.count("filing_alerts a JOIN filings f ON f.id = a.filing_id AND f.code = 'high'").await,
        1
    );
    ground.set("UPDATE filings SET state = 'filed', filed_on = '2027-04-09', acknowledgement_no = 'A2' WHERE code = 'routine'").await;
    ground
        .set("UPDATE filings SET state = 'waived', closed_reason = 'r' WHERE code = 'licence_critical'")
        .await;
    assert_eq!(ground.check(ahead(9)).await.unwrap().cleared, 2);
    let mut why: Vec<String> = Vec::new();
    for row in ground.owner.query("SELECT cleared_why FROM filing_breaches", &[]).await.unwrap() {
        why.push(row.get(0));
    }
    why.sort();
    assert_eq!(why, ["filed on 9 Apr 2027", "waived"]);
    ground.set("UPDATE filings SET state = 'open', filed_on = NULL, acknowledgement_no = NULL WHERE code = 'routine'").await;
    let again = ground.check(ahead(10)).await.unwrap();
    assert_eq!((again.breaches, again.alerts), (1, 0));
}

#[tokio::test]
async fn people_who_left_are_not_told_and_somebody_stands_in() {
    let ground = Ground::new().await;
    ground.set("UPDATE users SET active = false WHERE role = 'analyst'").await;
    ground.check(ahead(-7)).await.unwrap();
    assert_eq!(ground.told(ahead(-7)).await[0], "routine 1 admin", "the owner for the assignee");
    ground.set("UPDATE clients SET owner_id = NULL").await;
    ground.check(ahead(-3)).await.unwrap();
    assert_eq!(ground.told(ahead(-3)).await[0], "routine 2 principal_officer", "the officer for the owner");
    ground.set(&format!("UPDATE users SET active = false WHERE id = {}", ground.officer)).await;
    ground.check(ahead(-1)).await.unwrap();
    assert_eq!(ground.told(ahead(-1)).await[0], "routine 3 admin", "the administrator for the officer");
    ground.set("UPDATE users SET active = false").await;
    let nobody = ground.check(DUE).await.unwrap();
    assert_eq!((nobody.alerts, nobody.notices, nobody.mails), (3, 0, 0));
    assert_eq!(ground.count("journal WHERE text LIKE '%the firm has nobody to tell'").await, 3);
}

#[tokio::test]
async fn muted_mail_leaves_out_all_but_breaches_and_licences() {
    let ground = Ground::new().await;
    ground.set("UPDATE users SET preferences = '{\"alertMail\": false}'").await;
    ground.check(ahead(-7)).await.unwrap();
    let body: String = ground.owner.query_one("SELECT body FROM email_outbox", &[]).await.unwrap().get(0);
    assert!(body.contains("licence_critical for FY 2026-27") && !body.contains("routine for"), "{body}");
    ground.set("DELETE FROM email_outbox").await;
    ground.set("DELETE FROM filings WHERE code = 'licence_critical'").await;
    ground.check(ahead(1)).await.unwrap();
    assert_eq!(ground.count("email_outbox").await, 0);
    ground.check(ahead(8)).await.unwrap();
    assert_eq!(
        ground.count("email_outbox WHERE subject LIKE '2 breached: %'").await,
        3,
        "a breach cannot be muted"
    );
    assert_eq!(ground.count("notices WHERE mailed_at IS NULL").await, 0);
}

#[tokio::test]
async fn a_wait_that_ends_starts_its_ladder_on_the_day_after() {
    let ground = Ground::new().await;
    ground.set("DELETE FROM filings").await;
    let id = ground.filing("AGM", "routine", None).await;
    ground
        .set(&format!("UPDATE filings SET lapse_on = '2027-03-29', lapse_due = '{DUE}' WHERE id = {id}"))
        .await;
    assert_eq!(ground.check(ahead(-2)).await.unwrap().filings, 0);
    assert_eq!(ground.check(ahead(-1)).await.unwrap().alerts, 1);
    ground.filing("NODATE", "routine", None).await;
    assert_eq!(ground.check(DUE).await.unwrap().filings, 1);
}

#[tokio::test]
async fn a_quiet_night_reads_one_range_of_one_index() {
    let ground = Ground::new().await;
    let sql = format!(
        "EXPLAIN SELECT id FROM filings WHERE tenant_id = {} AND next_alert_on <= '2026-11-21' ORDER BY next_alert_on, id LIMIT 500",
        ground.store.tenant.get()
    );
    ground.set("INSERT INTO filings (tenant_id, client_id, code, rule_id, regulator, title, materiality, period_key, period_label, period_start, period_end, legal_due, breach_after_days, created_at, updated_at)
        SELECT tenant_id, client_id, 'G' || n, rule_id, regulator, title, materiality, period_key, period_label, period_start, period_end, legal_due + n % 400, 7, now(), now() FROM filings, generate_series(1, 2000) n WHERE code = 'high'; ANALYZE filings").await;
    let plan: Vec<String> =
        ground.owner.query(&sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect();
    assert!(plan.join("\n").contains("filings_next_alert"), "{plan:#?}");
    assert!(!plan.join("\n").contains("Sort"), "{plan:#?}");
    assert_eq!(ground.check(datetime!(2026-11-21 06:30 UTC).date()).await.unwrap().filings, 0);
}
