//! A filing as an event of a calendar: an all-day date, what to do, and whether it still stands.

use super::ics::Ics;
use super::ports::{CalendarFeed, FeedFiling, FeedStanding};
use crate::filings::rule_of;
use crate::reference::regulator_words;
use kernel::id::TenantId;
use kernel::period::day_text;
use rulebook::{INTERNAL_REGULATOR, Rulebook};
use std::fmt::Write;
use time::Duration;

/// How often a calendar program should come by.
const REFRESH: &str = "PT4H";

/// The whole calendar. The same filings give the same text, so that its hash tells whether anything changed.
pub fn calendar(
    feed: &CalendarFeed,
    tenant: TenantId,
    filings: &[FeedFiling],
    cut: bool,
    portal: &str,
) -> String {
    let mut ics = Ics::new();
    ics.open("VCALENDAR").raw("VERSION", "2.0").raw("PRODID", "-//ZippCRM//Compliance calendar//EN");
    ics.raw("CALSCALE", "GREGORIAN").raw("METHOD", "PUBLISH");
    ics.text("NAME", &feed.fields.name).text("X-WR-CALNAME", &feed.fields.name);
    if cut {
        let most = super::MAX_EVENTS;
        let sentence = format!(
            "Only the {most} filings due next are shown. Make a link for a client, a regulator or a person."
        );
        ics.text("DESCRIPTION", &sentence).text("X-WR-CALDESC", &sentence);
    }
    ics.raw("REFRESH-INTERVAL;VALUE=DURATION", REFRESH).raw("X-PUBLISHED-TTL", REFRESH);
    let portal = portal.trim_end_matches('/');
    for filing in filings {
        event(&mut ics, feed, tenant, filing, portal);
    }
    ics.close("VCALENDAR");
    ics.finish()
}

fn event(ics: &mut Ics, feed: &CalendarFeed, tenant: TenantId, filing: &FeedFiling, portal: &str) {
    let status = match filing.standing {
        FeedStanding::Waived(_)
        | FeedStanding::NotApplicable(_)
        | FeedStanding::Withdrawn
        | FeedStanding::HandedOver => "CANCELLED",
        FeedStanding::Open if filing.probable => "TENTATIVE",
        FeedStanding::Open | FeedStanding::Filed(_) => "CONFIRMED",
    };
    let link = format!("{portal}/filings/{}", filing.id);
    let summary = summary(feed, filing);
    ics.open("VEVENT").raw("UID", &format!("filing-{tenant}-{}@zippcrm", filing.id));
    ics.instant("DTSTAMP", filing.changed_at).instant("LAST-MODIFIED", filing.changed_at);
    ics.raw("SEQUENCE", &filing.sequence.to_string()).raw("STATUS", status);
    // The end of an all-day event is the day after it.
    ics.date("DTSTART", filing.due).date("DTEND", filing.due.saturating_add(Duration::days(1)));
    ics.text("SUMMARY", &summary).text("DESCRIPTION", &description(feed, filing, &link));
    ics.raw("URL", &link).text("CATEGORIES", &regulator_words(&filing.regulator));
    // A deadline does not make anybody busy.
    ics.raw("TRANSP", "TRANSPARENT");
    if let (Some(days), "CONFIRMED", FeedStanding::Open) = (feed.fields.alarm_days, status, &filing.standing)
    {
        ics.open("VALARM").raw("ACTION", "DISPLAY").text("DESCRIPTION", &summary);
        ics.raw("TRIGGER", &trigger(days)).close("VALARM");
    }
    ics.close("VEVENT");
}

/// Nine in the morning, so many days before the day that begins at midnight.
fn trigger(days: u16) -> String {
    match u32::from(days) * 24 {
        0 => "PT9H".to_owned(),
        hours => format!("-PT{}H", hours - 9),
    }
}

fn summary(feed: &CalendarFeed, filing: &FeedFiling) -> String {
    let mut out = String::new();
    if matches!(filing.standing, FeedStanding::Filed(_)) {
        out.push_str("✓ ");
    }
    let _ = write!(out, "{} {} · ", filing.code, filing.period_label);
    if filing.regulator == INTERNAL_REGULATOR {
        out.push_str("internal · ");
    }
    if feed.fields.shows_names {
        out.push_str(&filing.client_name);
    } else {
        let _ = write!(out, "client {}", filing.client);
    }
    if filing.probable && filing.standing == FeedStanding::Open {
        out.push_str(" (probable)");
    }
    out
}

fn description(feed: &CalendarFeed, filing: &FeedFiling, link: &str) -> String {
    let book = Rulebook::shipped();
    let due = day_text(filing.due);
    let mut out = format!("{}\n", filing.title);
    if filing.probable {
        let waits = filing.waits_for.as_deref().unwrap_or("an event");
        let event = book.event_kind(waits).map_or_else(|| waits.replace('_', " "), |kind| kind.title.clone());
        let _ = writeln!(out, "Probably due {due}. The date is known when this is recorded: {event}.");
    } else {
        let _ = writeln!(out, "Due {due}.");
    }
    if let (Some(target), FeedStanding::Open) = (filing.target_due, &filing.standing) {
        let _ = writeln!(out, "Internal target: {}.", day_text(target));
    }
    // What people write may name the client.
    let because = |reason: &str| if feed.fields.shows_names { format!(": {reason}") } else { ".".to_owned() };
    let _ = match &filing.standing {
        FeedStanding::Open => Ok(()),
        FeedStanding::Filed(on) => writeln!(out, "Filed on {}.", day_text(*on)),
        FeedStanding::Waived(reason) => writeln!(out, "Waived{}", because(reason)),
        FeedStanding::NotApplicable(reason) => writeln!(out, "Not applicable{}", because(reason)),
        FeedStanding::Withdrawn => writeln!(out, "No longer due for this client."),
        FeedStanding::HandedOver => writeln!(out, "Given to somebody else."),
    };
    if filing.regulator == INTERNAL_REGULATOR {
        let _ = writeln!(out, "{}.", regulator_words(&filing.regulator));
    }
    if let Some(rule) = rule_of(book, &filing.code, &filing.rule_id) {
        let _ = writeln!(out, "{}", rule.citation.line());
    }
    out.push_str(link);
    out
}
