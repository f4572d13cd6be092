//! What the check decides: on which day, about what, to whom.

use super::*;
use kernel::Id;
use time::Duration;
use time::macros::date;

const DUE: Date = date!(2026 - 10 - 21);
const ASSIGNEE: i64 = 1;
const OWNER: i64 = 2;
const OFFICER: i64 = 3;
const ADMIN: i64 = 4;

fn watched(weight: Weight) -> Watched {
    Watched {
        id: Id::new(1),
        client: Id::new(1),
        client_name: "Sahyadri".into(),
        owner: Some(Id::new(OWNER)),
        assignee: Some(Id::new(ASSIGNEE)),
        code: "DNBS01".into(),
        period_label: "Q2 FY 2026-27".into(),
        weight,
        legal_due: Some(DUE),
        lapse: None,
        breach_after_days: 7,
        standing: Standing::Open,
        marks: Marks::default(),
    }
}

fn people() -> People {
    let set = |ids: &[i64]| ids.iter().map(|id| Id::new(*id)).collect();
    People {
        active: set(&[ASSIGNEE, OWNER, OFFICER, ADMIN]),
        principal_officers: set(&[OFFICER]),
        admins: set(&[ADMIN]),
    }
}

fn ids(told: BTreeSet<UserId>) -> Vec<i64> {
    told.into_iter().map(Id::get).collect()
}

/// Lets the check run every day and answers what it sent: day counted from the due date, rung, people.
fn every_day(filing: &mut Watched, from: i64, to: i64) -> Vec<(i64, &'static str, Vec<i64>)> {
    let mut sent = Vec::new();
    for day in from..=to {
        let today = DUE + Duration::days(day);
        let decision = decide(filing, today);
        if let Some(alert) = &decision.alert {
            assert!(alert.skipped.is_empty(), "a check every day skips nothing");
            let step = alert.rung.step();
            sent.push((day, step.name, ids(people().told(filing, step))));
        }
        filing.marks = decision.marks;
        assert_eq!(decide(filing, today), Decision { marks: filing.marks, ..Decision::default() });
    }
    sent
}

#[test]
fn every_weight_climbs_the_same_days_and_reaches_the_top_at_its_own() {
    let (a, o, p) = (ASSIGNEE, OWNER, OFFICER);
    for (weight, top) in [(Weight::Routine, 4), (Weight::High, 3), (Weight::LicenceCritical, 2)] {
        let sent = every_day(&mut watched(weight), -30, 30);
        let days: Vec<_> = sent.iter().map(|(day, name, _)| (*day, *name)).collect();
        assert_eq!(
            days,
            [(-7, "T-7"), (-3, "T-3"), (-1, "T-1"), (0, "Due today"), (1, "Overdue"), (8, "Breach")],
            "{weight:?}"
        );
        for (index, (_, name, told)) in sent.iter().enumerate() {
            let expected = match index {
                0 => vec![a],
                _ if index < top => vec![a, o],
                _ => vec![a, o, p],
            };
            assert_eq!(*told, expected, "{weight:?} {name}");
        }
    }
}

#[test]
fn days_without_a_check_give_one_alert_and_name_the_others() {
    let filing = watched(Weight::Routine);
    let decision = decide(&filing, DUE + Duration::days(2));
    let alert = decision.alert.unwrap();
    assert_eq!((alert.rung, alert.on), (Rung::Overdue, DUE + Duration::days(1)));
    assert_eq!(alert.skipped, [Rung::T7, Rung::T3, Rung::T1, Rung::Due]);
    assert_eq!(decision.breach, None);
    let late = decide(&filing, DUE + Duration::days(500));
    assert_eq!(late.alert.unwrap().rung, Rung::Breach);
    assert_eq!(late.breach, Some(Breach { due: DUE, on: DUE + Duration::days(8) }));
}

#[test]
fn a_threshold_of_no_days_breaches_on_the_day_after() {
    let mut filing = watched(Weight::Routine);
    filing.breach_after_days = 0;
    filing.marks = Marks { due: Some(DUE), rung: Some(Rung::Due), breach_on: None };
    let decision = decide(&filing, DUE + Duration::days(1));
    let alert = decision.alert.unwrap();
    assert_eq!((alert.rung, alert.skipped), (Rung::Breach, vec![Rung::Overdue]));
}

#[test]
fn a_moved_due_date_is_another_ladder_and_ends_the_breach() {
    let mut filing = watched(Weight::Routine);
    every_day(&mut filing, -30, 10);
    assert_eq!(filing.marks.breach_on, Some(DUE + Duration::days(8)));
    let relaxed = DUE + Duration::days(30);
    filing.legal_due = Some(relaxed);
    let today = DUE + Duration::days(11);
    let decision = decide(&filing, today);
    assert_eq!((decision.alert, decision.breach), (None, None));
    assert_eq!(decision.cleared.as_deref(), Some("the due date moved to 20 Nov 2026"));
    filing.marks = decision.marks;
    let sent: Vec<i64> = every_day(&mut filing, 12, 45).into_iter().map(|(day, _, _)| day).collect();
    assert_eq!(sent, [23, 27, 29, 30, 31, 38], "counted on the date in force");
}

#[test]
fn a_date_moved_from_one_breach_into_another_ends_the_first_and_begins_the_second() {
    let mut filing = watched(Weight::Routine);
    every_day(&mut filing, -30, 20);
    filing.legal_due = Some(DUE + Duration::days(5));
    let decision = decide(&filing, DUE + Duration::days(21));
    assert!(decision.cleared.is_some());
    assert_eq!(decision.breach.map(|b| b.due), Some(DUE + Duration::days(5)));
}

#[test]
fn what_is_filed_is_left_alone_and_its_breach_ends() {
    let mut filing = watched(Weight::Routine);
    every_day(&mut filing, -30, -2);
    filing.standing = Standing::Filed(DUE);
    assert!(every_day(&mut filing, -1, 60).is_empty());
    let mut late = watched(Weight::Routine);
    every_day(&mut late, -30, 10);
    late.standing = Standing::Filed(DUE + Duration::days(10));
    let decision = decide(&late, DUE + Duration::days(11));
    assert_eq!(decision.cleared.as_deref(), Some("filed on 31 Oct 2026"));
    // Opened again: the breach is another event.
    late.marks = decision.marks;
    late.standing = Standing::Open;
    assert!(decide(&late, DUE + Duration::days(12)).breach.is_some());
}

#[test]
fn a_later_threshold_ends_the_breach_and_an_earlier_one_keeps_it() {
    let mut filing = watched(Weight::Routine);
    every_day(&mut filing, -30, 10);
    filing.breach_after_days = 3;
    let kept = decide(&filing, DUE + Duration::days(11));
    assert_eq!((kept.cleared, kept.breach), (None, None));
    assert_eq!(kept.marks.breach_on, Some(DUE + Duration::days(4)));
    filing.breach_after_days = 20;
    let ended = decide(&filing, DUE + Duration::days(11));
    assert_eq!(ended.cleared.as_deref(), Some("breached only after 20 days now"));
    filing.marks = ended.marks;
    assert_eq!(decide(&filing, DUE + Duration::days(20)).alert, None);
    assert!(decide(&filing, DUE + Duration::days(21)).breach.is_some());
}

#[test]
fn a_wait_has_no_ladder_until_it_is_over() {
    let mut filing = watched(Weight::Routine);
    filing.legal_due = None;
    assert_eq!(decide(&filing, DUE + Duration::days(99)), Decision::default());
    filing.lapse = Some(Lapse { on: DUE - Duration::days(2), due: DUE });
    assert_eq!(decide(&filing, DUE - Duration::days(2)).alert, None);
    let alert = decide(&filing, DUE - Duration::days(1)).alert.unwrap();
    assert_eq!((alert.rung, alert.skipped), (Rung::T1, vec![Rung::T7, Rung::T3]));
}

#[test]
fn somebody_stands_in_for_whoever_is_missing_or_left() {
    let told = |filing: &Watched, people: &People, rung: Rung| ids(people.told(filing, rung.step()));
    let mut filing = watched(Weight::Routine);
    let mut people = people();
    filing.assignee = None;
    assert_eq!(told(&filing, &people, Rung::T7), [OWNER]);
    filing.assignee = Some(Id::new(99));
    assert_eq!(told(&filing, &people, Rung::T7), [OWNER], "who left is not told");
    filing.owner = None;
    assert_eq!(told(&filing, &people, Rung::T7), [OFFICER]);
    people.principal_officers.clear();
    assert_eq!(told(&filing, &people, Rung::T7), [ADMIN]);
    filing.assignee = Some(Id::new(ASSIGNEE));
    assert_eq!(told(&filing, &people, Rung::T3), [ASSIGNEE, ADMIN]);
    assert_eq!(told(&filing, &People::default(), Rung::Breach), Vec::<i64>::new());
}
