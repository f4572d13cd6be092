//! The sentences of the nightly check: what the timeline says, and what a person is told.

use filings::escalate::{Alert, Breach, Watched};
use filings::ladder::Rung;
use kernel::Date;
use kernel::period::day_text;

fn name(filing: &Watched) -> String {
    format!("{} for {}", filing.code, filing.period_label)
}

/// For the timeline: "sent the T-3 alert on DNBS01 for Q2 FY 2026-27 to Meera Shah".
pub(super) fn alerted(filing: &Watched, alert: &Alert, people: &[&str]) -> String {
    let to = if people.is_empty() { "nobody: the firm has nobody to tell".into() } else { list(people) };
    let skipped: Vec<&str> = alert.skipped.iter().map(|rung| rung.step().name).collect();
    let skipped = if skipped.is_empty() {
        String::new()
    } else {
        format!("; {} passed before the check saw it and was not sent", list(&skipped))
    };
    let rung = if alert.rung == Rung::Due { "due-date" } else { alert.rung.step().name };
    format!(
        "sent the {} alert on {}, due {}, to {to}{skipped}",
        if alert.rung > Rung::Due { rung.to_lowercase() } else { rung.to_owned() },
        name(filing),
        day_text(alert.due)
    )
}

/// For the timeline.
pub(super) fn breached(filing: &Watched, breach: &Breach, day: Date) -> String {
    format!(
        "recorded {} as breached since {}: it was due {} and is {} late",
        name(filing),
        day_text(breach.on),
        day_text(breach.due),
        days((day - breach.due).whole_days())
    )
}

/// For the timeline.
pub(super) fn ended(filing: &Watched, why: &str) -> String {
    format!("recorded that the breach of {} ended: {why}", name(filing))
}

/// For the person.
pub(super) fn notice(filing: &Watched, alert: &Alert, day: Date) -> String {
    let (name, due) = (name(filing), day_text(alert.due));
    let left = (alert.due - day).whole_days();
    match alert.rung {
        Rung::Breach => format!("{name} is breached: due {due}, {} late.", days(-left)),
        Rung::Overdue => format!("{name} is overdue: due {due}, {} late.", days(-left)),
        Rung::Due => format!("{name} is due today, before midnight."),
        _ if left == 1 => format!("{name} is due tomorrow, {due}."),
        _ => format!("{name} is due in {}, on {due}.", days(left)),
    }
}

fn days(n: i64) -> String {
    format!("{n} {}", if n == 1 { "day" } else { "days" })
}

/// `A`, `A and B`, `A, B and C`.
pub(super) fn list(items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use filings::escalate::{Marks, Standing};
    use filings::ladder::Weight;
    use kernel::Id;
    use time::macros::date;

    fn watched() -> Watched {
        Watched {
            id: Id::new(1),
            client: Id::new(1),
            client_name: "Sahyadri".into(),
            owner: None,
            assignee: None,
            code: "DNBS01".into(),
            period_label: "Q2 FY 2026-27".into(),
            weight: Weight::Routine,
            legal_due: Some(date!(2026 - 10 - 21)),
            lapse: None,
            breach_after_days: 7,
            standing: Standing::Open,
            marks: Marks::default(),
        }
    }

    fn alert(rung: Rung, skipped: &[Rung]) -> Alert {
        let due = date!(2026 - 10 - 21);
        Alert { rung, due, on: rung.day(due, 7), skipped: skipped.to_vec() }
    }

    #[test]
    fn the_timeline_names_the_people_and_what_was_missed() {
        assert_eq!(
            alerted(&watched(), &alert(Rung::T3, &[]), &["Meera Shah"]),
            "sent the T-3 alert on DNBS01 for Q2 FY 2026-27, due 21 Oct 2026, to Meera Shah"
        );
        assert_eq!(
            alerted(&watched(), &alert(Rung::Overdue, &[Rung::T1, Rung::Due]), &["A", "B", "C"]),
            "sent the overdue alert on DNBS01 for Q2 FY 2026-27, due 21 Oct 2026, to A, B and C; T-1 and Due today passed \
             before the check saw it and was not sent"
        );
        assert!(alerted(&watched(), &alert(Rung::Due, &[]), &[]).contains("due-date alert"));
    }

    #[test]
    fn people_are_told_how_long_they_have() {
        let told = |rung, day| notice(&watched(), &alert(rung, &[]), day);
        assert_eq!(
            told(Rung::T7, date!(2026 - 10 - 14)),
            "DNBS01 for Q2 FY 2026-27 is due in 7 days, on 21 Oct 2026."
        );
        assert_eq!(
            told(Rung::T1, date!(2026 - 10 - 20)),
            "DNBS01 for Q2 FY 2026-27 is due tomorrow, 21 Oct 2026."
        );
        assert!(told(Rung::Due, date!(2026 - 10 - 21)).ends_with("due today, before midnight."));
        assert!(told(Rung::Overdue, date!(2026 - 10 - 22)).ends_with("due 21 Oct 2026, 1 day late."));
        assert!(told(Rung::Breach, date!(2026 - 10 - 29)).ends_with("due 21 Oct 2026, 8 days late."));
    }
}
