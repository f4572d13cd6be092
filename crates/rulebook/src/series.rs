//! Series rules: so many meetings a year, never too far apart, never too close.

use crate::arithmetic::add_days;
use crate::evaluate::{Finding, FindingKind};
use crate::law::Expr;
use crate::run::{Outcome, Run};
use kernel::period::{day_text, ymd};
use time::Date;

/// The limits of a series, in days and counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Limits {
    pub(crate) min_count: u16,
    pub(crate) halves: bool,
    pub(crate) max_gap: Option<u16>,
    pub(crate) min_gap: Option<u16>,
}

/// When the next one is due, seen from the event (or the first-one anchor) of the run.
pub(crate) fn next_due<'a>(run: &mut Run<'a>, expr: &'a Expr) -> Outcome<'a> {
    let Expr::Series { kind, min_count, halves, max_gap, min_gap, first_within, anchor } = expr else {
        return Outcome::Nothing;
    };
    let limits = Limits { min_count: *min_count, halves: *halves, max_gap: *max_gap, min_gap: *min_gap };
    let mut held: Vec<Date> = run.facts.events(kind).filter(|e| !e.projected).map(|e| e.on).collect();
    held.sort_unstable();
    held.dedup();
    let mut findings = check(&held, limits, run.today);
    if run.explains() {
        for finding in &findings {
            run.say(finding.text.clone(), None, Some(run.rule.citation_text()));
        }
    }
    run.findings.append(&mut findings);
    let until = run.event.map(|(_, on)| on);
    let last = held.iter().rev().find(|d| until.is_none_or(|u| **d <= u)).copied();
    let Some(last) = last else {
        let (Some(anchor), Some(n)) = (anchor, first_within) else {
            return Outcome::Wait { event: kind, projected: None };
        };
        let base = run.nested(anchor);
        let due = base.map(|d| add_days(d, i32::from(*n)));
        if let (true, Outcome::On(from), Outcome::On(date)) = (run.explains(), base, due) {
            let text = format!("The first one within {n} days of {}", day_text(from));
            run.say(text, Some(date), Some(run.rule.citation_text()));
        }
        return due;
    };
    let by_gap = max_gap.map(|n| add_days(last, i32::from(n)));
    let slot = slot_end(last, *halves);
    let in_slot = held.iter().filter(|d| **d <= last && slot_end(**d, *halves) == slot).count();
    let by_count = if in_slot < usize::from(*min_count) {
        Some(slot)
    } else {
        (*min_count > 0).then(|| slot_end(slot.saturating_add(time::Duration::DAY), *halves))
    };
    let Some(date) = [by_gap, by_count].into_iter().flatten().min() else { return Outcome::Nothing };
    if run.explains() {
        let gap = max_gap
            .map_or_else(String::new, |n| format!("at most {n} days after the one on {}", day_text(last)));
        let count =
            format!("{min_count} in each {}", if *halves { "half calendar year" } else { "calendar year" });
        let text = if gap.is_empty() {
            format!("The next one: {count}")
        } else {
            format!("The next one: {gap}; {count}")
        };
        run.say(text, Some(date), Some(run.rule.citation_text()));
    }
    Outcome::On(date)
}

/// What is wrong with a series of days (sorted, without repeats). Counts are judged only for years that are over.
pub(crate) fn check(held: &[Date], limits: Limits, today: Option<Date>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut find = |kind, text| findings.push(Finding { kind, text });
    for pair in held.windows(2) {
        let [a, b] = *pair else { continue };
        let gap = (b - a).whole_days();
        let between = format!("{gap} days between {} and {}", day_text(a), day_text(b));
        if let Some(most) = limits.max_gap.map(i64::from) {
            if gap == most + 1 {
                let text = format!("{between}: one more than {most}; allowed only if neither day is counted");
                find(FindingKind::Flag, text);
            } else if gap > most {
                find(FindingKind::Breach, format!("{between}: more than {most}"));
            }
        }
        if let Some(least) = limits.min_gap.map(i64::from).filter(|least| gap < *least) {
            find(FindingKind::Breach, format!("{between}: fewer than {least}"));
        }
    }
    let (Some(first), Some(today)) = (held.first(), today) else { return findings };
    // the slot of the first one may be a part year; slots after it are whole
    let mut slot =
        slot_end(slot_end(*first, limits.halves).saturating_add(time::Duration::DAY), limits.halves);
    while limits.min_count > 0 && slot < today && findings.len() < 100 && slot < Date::MAX {
        let count = held.iter().filter(|d| slot_end(**d, limits.halves) == slot).count();
        if count < usize::from(limits.min_count) {
            let text = format!("Only {count} of {} in the time to {}", limits.min_count, day_text(slot));
            findings.push(Finding { kind: FindingKind::Breach, text });
        }
        slot = slot_end(slot.saturating_add(time::Duration::DAY), limits.halves);
    }
    findings
}

fn slot_end(date: Date, halves: bool) -> Date {
    if halves && (date.month() as u8) <= 6 { ymd(date.year(), 6, 30) } else { ymd(date.year(), 12, 31) }
}
