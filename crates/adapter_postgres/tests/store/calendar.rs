//! The counts of the calendar against the domain's own status rule, on a scattered set of filings over several days.

use crate::support::{Store, nbfc};
use app::clients::create_client;
use app::transact;
use filings::calendar::{DayGroup, DayLoad, GROUPS_A_DAY, MatrixSort, PersonLoad, WEEKS, WORST_FIRST};
use filings::status::status_on;
use filings::views::AssigneeFilter;
use filings::{Filing, FilingFilter, FilingStatus};
use kernel::id::ClientId;
use kernel::{Date, PageRequest};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use time::Duration;
use time::macros::date;

/// The day around which filings are scattered.
const DAY: Date = date!(2026 - 11 - 21);
const FROM: Date = date!(2026 - 10 - 26);
const TO: Date = date!(2026 - 12 - 06);
const CODES: [(&str, &str, &str); 7] = [
    ("A1", "RBI", "licence_critical"),
    ("A2", "RBI", "high"),
    ("B1", "SEBI", "routine"),
    ("B2", "SEBI", "licence_critical"),
    ("C1", "MCA", "routine"),
    ("C2", "MCA", "high"),
    ("C3", "MCA", "routine"),
];

/// The same numbers in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % u64::try_from(sides).unwrap()).unwrap()
    }

    fn near(&mut self, days: i64) -> Date {
        DAY + Duration::days(self.roll(2 * days) - days)
    }
}

fn sql(day: Option<Date>) -> String {
    day.map_or("NULL".into(), |d| format!("'{d}'"))
}

/// Filings of every state, with and without a legal date, some waiting for an event whose time runs out.
fn scattered(store: &Store, clients: &[ClientId]) -> String {
    let (tenant, mut dice, mut values) = (store.tenant.get(), Dice(2026), Vec::new());
    for n in 0..1_500 {
        let (code, regulator, materiality) = CODES[usize::try_from(dice.roll(7)).unwrap()];
        let client = clients[usize::try_from(dice.roll(3)).unwrap()];
        let (due, kind) = (dice.near(if n % 3 == 0 { 200 } else { 25 }), dice.roll(10));
        let wait = dice.roll(30);
        let (legal, projected, lapse) = match kind {
            0 => (None, None, None),
            1 => (None, Some(due), None),
            2 | 3 => (None, Some(due), Some((due - Duration::days(wait), due))),
            _ => (Some(due), None, None),
        };
        let state =
            ["open", "open", "open", "in_review", "filed", "filed", "waived", "not_applicable", "withdrawn"]
                [usize::try_from(dice.roll(9)).unwrap()];
        let filed = (state == "filed").then(|| due + Duration::days(dice.roll(7) - 4));
        let person = match dice.roll(3) {
            0 => "NULL".to_owned(),
            n => store.people[usize::try_from(n - 1).unwrap()].get().to_string(),
        };
        let ack = if filed.is_some() { "'A'" } else { "NULL" };
        values.push(format!(
            "({tenant}, {}, '{code}', 'C@1', '{regulator}', 't', '{materiality}', 'p{n}', 'p', '2026-07-01', '2026-09-30', {}, {}, {}, {}, {}, '{state}', {}, {ack}, {person}, now(), now())",
            client.get(), sql(legal), sql(projected), sql(lapse.map(|l| l.0)), sql(lapse.map(|l| l.1)), dice.roll(9), sql(filed),
        ));
    }
    let mut text = String::from(
        "DELETE FROM filings; INSERT INTO filings (tenant_id, client_id, code, rule_id, regulator, title, materiality, period_key, period_label, period_start, period_end, legal_due, projected_due, lapse_on, lapse_due, breach_after_days, state, filed_on, acknowledgement_no, assignee_id, created_at, updated_at) VALUES ",
    );
    let _ = write!(text, "{}", values.join(", "));
    text
}

async fn firm() -> (Store, Vec<ClientId>, Vec<Filing>) {
    let store = Store::new().await;
    let mut clients = Vec::new();
    for name in ["Beas Finance Limited", "Chenab Finance Limited", "Indus Finance Limited"] {
        let (actor, new) = (store.actor(), nbfc(name));
        let made = transact(&store.pg, &actor, async |tx| create_client(tx, &actor, new, true).await).await;
        clients.push(made.unwrap().0.id);
    }
    store.db.owner_client().await.batch_execute(&scattered(&store, &clients)).await.unwrap();
    let mut all = Vec::new();
    for client in &clients {
        let found = transact(&store.pg, &store.actor(), async |tx| tx.filings_of(*client, false).await).await;
        all.extend(found.unwrap());
    }
    (store, clients, all)
}

fn regulator(code: &str) -> &'static str {
    CODES.iter().find(|c| c.0 == code).unwrap().1
}

fn rank(status: FilingStatus) -> usize {
    WORST_FIRST.iter().position(|s| *s == status).unwrap()
}

fn late(status: FilingStatus) -> bool {
    matches!(status, FilingStatus::Overdue | FilingStatus::Breached)
}

fn count<T>(items: impl Iterator<Item = T>) -> i64 {
    i64::try_from(items.count()).unwrap()
}

/// What the day of a filing is in every list: the legal date, else the probable one.
fn placed(f: &Filing) -> Option<Date> {
    f.legal_due.or(f.projected_due)
}

/// A filter, and what it means said once more in Rust.
type Case = (FilingFilter, fn(&Filing, FilingStatus) -> bool);

fn cases(store: &Store) -> Vec<Case> {
    let all = FilingFilter::default();
    let regulators = FilingFilter { regulator: vec!["RBI".into(), "MCA".into()], ..all.clone() };
    let nobody =
        FilingFilter { assignee: vec![AssigneeFilter::Nobody], code: vec!["B1".into()], ..all.clone() };
    let late_ones =
        FilingFilter { status: vec![FilingStatus::Breached, FilingStatus::FiledLate], ..all.clone() };
    let named = FilingFilter { q: Some("indus".into()), ..all.clone() };
    assert!(store.people.len() > 1);
    vec![
        (all, |_, _| true),
        (regulators, |f, _| f.code != "B1" && f.code != "B2"),
        (nobody, |f, _| f.assignee.is_none() && f.code == "B1"),
        (late_ones, |_, s| matches!(s, FilingStatus::Breached | FilingStatus::FiledLate)),
        (named, |f, _| f.client.get() == 3),
    ]
}

fn days_by_rule(all: &[Filing], today: Date, keep: impl Fn(&Filing, FilingStatus) -> bool) -> Vec<DayLoad> {
    let mut days: BTreeMap<Date, Vec<(FilingStatus, &str)>> = BTreeMap::new();
    for f in all {
        let (Some(status), Some(day)) = (status_on(f, today), placed(f)) else { continue };
        if day >= FROM && day <= TO && keep(f, status) {
            days.entry(day).or_default().push((status, &f.code));
        }
    }
    let load = |(day, found): (Date, Vec<(FilingStatus, &str)>)| {
        let kinds: BTreeSet<_> = found.iter().copied().collect();
        let mut groups: Vec<DayGroup> = kinds
            .into_iter()
            .map(|kind| DayGroup {
                regulator: regulator(kind.1).into(),
                code: kind.1.into(),
                status: kind.0,
                count: count(found.iter().filter(|f| **f == kind)),
            })
            .collect();
        groups.sort_by_key(|g| (rank(g.status), -g.count, g.regulator.clone(), g.code.clone()));
        groups.truncate(GROUPS_A_DAY);
        DayLoad {
            day,
            total: count(found.iter()),
            past_due: count(found.iter().filter(|f| late(f.0))),
            open: count(found.iter().filter(|f| rank(f.0) < rank(FilingStatus::FiledLate))),
            groups,
        }
    };
    days.into_iter().map(load).collect()
}

#[tokio::test]
async fn days_weeks_and_months_count_by_the_status_rule() {
    let (store, clients, all) = firm().await;
    assert_eq!(clients.iter().map(|c| c.get()).collect::<Vec<_>>(), [1, 2, 3], "`cases` says 3 for Indus");
    let actor = store.actor();
    for ahead in [-30, -1, 0, 1, 12] {
        let today = DAY + Duration::days(ahead);
        for (filter, keep) in cases(&store) {
            let days =
                transact(&store.pg, &actor, async |tx| tx.calendar_days(&filter, FROM, TO, today).await);
            assert_eq!(days.await.unwrap(), days_by_rule(&all, today, keep), "{filter:?} on {today}");
            months(&store, &all, &filter, keep, today).await;
            people(&store, &all, &filter, keep, today).await;
        }
    }
}

async fn months(
    store: &Store,
    all: &[Filing],
    filter: &FilingFilter,
    keep: fn(&Filing, FilingStatus) -> bool,
    today: Date,
) {
    let (from, to) = (date!(2026 - 04 - 01), date!(2027 - 03 - 31));
    let page = transact(&store.pg, &store.actor(), async |tx| {
        let sort = (MatrixSort::PastDue, true);
        tx.client_matrix(filter, (from, to), sort, PageRequest::default(), today).await
    })
    .await
    .unwrap();
    let kept = |f: &Filing| status_on(f, today).filter(|status| keep(f, *status));
    let mut seen = 0;
    for row in &page.items {
        let own = || all.iter().filter(|f| f.client == row.client);
        let past_due = count(own().filter_map(kept).filter(|s| late(*s)));
        assert_eq!(row.past_due, past_due, "{} on {today}, {filter:?}", row.name);
        let mut ruled: BTreeMap<(Date, usize), i64> = BTreeMap::new();
        for f in own() {
            if let (Some(status), Some(day)) = (kept(f), placed(f).filter(|d| (from..=to).contains(d))) {
                *ruled.entry((day.replace_day(1).unwrap(), rank(status))).or_default() += 1;
                seen += 1;
            }
        }
        let cells = row.cells.iter().flat_map(|c| c.counts.iter().map(|(s, n)| ((c.month, rank(*s)), *n)));
        assert_eq!(cells.collect::<Vec<_>>(), ruled.into_iter().collect::<Vec<_>>(), "{}", row.name);
    }
    let inside = |f: &&Filing| kept(f).is_some() && placed(f).is_some_and(|d| (from..=to).contains(&d));
    assert_eq!(seen, count(all.iter().filter(inside)), "every filing is in one cell, {filter:?}");
    assert_eq!(page.total, count(page.items.iter()));
    assert!(page.items.is_sorted_by_key(|row| (-row.past_due, row.name.clone())));
}

async fn people(
    store: &Store,
    all: &[Filing],
    filter: &FilingFilter,
    keep: fn(&Filing, FilingStatus) -> bool,
    today: Date,
) {
    let monday = today - Duration::days(i64::from(today.weekday().number_days_from_monday()));
    let found = transact(&store.pg, &store.actor(), async |tx| tx.workload(filter, monday, today).await)
        .await
        .unwrap();
    let soon = today + Duration::days(90);
    let open = |f: &&Filing| {
        f.is_open()
            && placed(f).is_none_or(|d| d <= soon)
            && status_on(f, today).is_some_and(|status| keep(f, status))
    };
    let mut seen = 0;
    for load in &found {
        let own = || all.iter().filter(open).filter(|f| f.assignee == load.user.as_ref().map(|u| u.0));
        let due = |f: &Filing| f.due_on(today);
        let mut weeks = [0; WEEKS];
        for f in own() {
            let week = placed(f).filter(|d| *d >= monday).map(|d| (d - monday).whole_weeks());
            if let Some(slot) = week.and_then(|w| weeks.get_mut(usize::try_from(w).unwrap())) {
                *slot += 1;
            }
        }
        let with = |wanted: fn(FilingStatus) -> bool| {
            count(own().filter(|f| status_on(f, today).is_some_and(wanted)))
        };
        let ruled = PersonLoad {
            user: load.user.clone(),
            open: count(own()),
            due_in_7: count(
                own().filter(|f| due(f).is_some_and(|d| (0..=7).contains(&(d - today).whole_days()))),
            ),
            past_due: with(late),
            breached: with(|s| s == FilingStatus::Breached),
            licence_critical: count(own().filter(|f| f.code == "A1" || f.code == "B2")),
            weeks,
        };
        assert_eq!(*load, ruled, "{filter:?} on {today}");
        seen += load.open;
    }
    assert_eq!(seen, count(all.iter().filter(open)), "everybody's load is all of it");
    let named: Vec<_> = found.iter().filter_map(|load| load.user.as_ref()).map(|u| u.1.as_str()).collect();
    assert_eq!(named, ["admin of first", "analyst of first"], "also who has nothing to do");
}

#[tokio::test]
async fn the_matrix_pages_by_name_and_a_year_has_every_filing_of_the_client() {
    let (store, clients, all) = firm().await;
    let (from, to) = (date!(2026 - 04 - 01), date!(2027 - 03 - 31));
    let (actor, mut names) = (store.actor(), Vec::new());
    for page in 1..=4 {
        let found = transact(&store.pg, &actor, async |tx| {
            let (sort, request) = ((MatrixSort::Name, true), PageRequest { page, per_page: 1 });
            tx.client_matrix(&FilingFilter::default(), (from, to), sort, request, DAY).await
        });
        let found = found.await.unwrap();
        assert_eq!(found.total, if page < 4 { 3 } else { 0 }, "past the end there is nothing to count");
        names.extend(found.items.into_iter().map(|row| row.client));
    }
    assert_eq!(names, clients.iter().rev().copied().collect::<Vec<_>>());
    let year = transact(&store.pg, &actor, async |tx| tx.client_year(clients[1], (from, to), DAY).await);
    let year: BTreeMap<i64, FilingStatus> =
        year.await.unwrap().into_iter().map(|row| (row.id.get(), row.status)).collect();
    let ruled = all.iter().filter(|f| f.client == clients[1]);
    let ruled = ruled.filter(|f| placed(f).is_some_and(|d| (from..=to).contains(&d)));
    let ruled = ruled.filter_map(|f| Some((f.id.get(), status_on(f, DAY)?)));
    assert_eq!(year, ruled.collect());
}
