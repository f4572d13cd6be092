//! One mail a person and day: by client, the most urgent first, as plain text and as HTML.

use super::count;
use super::words::list;
use crate::database::Tx;
use crate::filings::cost_per_day;
use crate::notices::DigestLine;
use crate::today::RUPEES;
use filings::alerts::RunCounts;
use filings::ladder::{Rung, Weight};
use identity::Mail;
use kernel::moment::{IST, Instant};
use kernel::period::day_text;
use kernel::{Actor, Date, StoreError};
use rulebook::Rulebook;
use rust_decimal::Decimal;
use std::cmp::Reverse;
use std::fmt::Write;
use time::Time;
use time::macros::time;

/// When the mail goes out; at once when it brings a breach.
const MORNING: Time = time!(08:30);

/// Lines in one mail. The rest is counted and a link away.
const LINES: i64 = 100;

/// Ends the run and queues the mails, all in one transaction; `None` when another process ended the run before.
pub(super) async fn send<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    day: Date,
    portal_url: &str,
) -> Result<Option<i32>, StoreError> {
    let firm = tx.firm().await?.name;
    let lines = tx.digest_lines(LINES).await?;
    let people: Vec<&[DigestLine]> = lines.chunk_by(|a, b| a.user == b.user).collect();
    let counts = RunCounts { mails: count(people.len()), ..RunCounts::default() };
    if !tx.note_alert_run(day, counts, actor.at, true).await? {
        return Ok(None);
    }
    for lines in people {
        if let Some(mail) = mail(&firm, day, actor.at, portal_url, lines) {
            tx.queue_mail(&mail, actor.at).await?;
        }
    }
    tx.mark_mailed(actor.at).await?;
    Ok(Some(counts.mails))
}

/// The mail of one person; `None` without lines.
fn mail(firm: &str, day: Date, at: Instant, portal_url: &str, lines: &[DigestLine]) -> Option<Mail> {
    let first = lines.first()?;
    let clients = by_client(lines, day);
    let [coming, overdue, breached] = first.totals;
    let mut facts = Vec::new();
    for (n, word) in [(breached, "breached"), (overdue, "overdue"), (coming, "coming due")] {
        if n > 0 {
            facts.push(format!("{n} {word}"));
        }
    }
    let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
    let summary = list(&facts);
    let shown = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let more = (coming + overdue + breached - shown).max(0);
    let portal = portal_url.trim_end_matches('/');
    let subject = format!("{summary}: {firm}, {}", day_text(day));
    let morning = day.with_time(MORNING).assume_offset(IST);
    let send_after = (breached == 0 && morning > at).then_some(morning);
    Some(Mail {
        to: first.email.clone(),
        subject,
        body: text(first, &summary, &clients, more, portal),
        html: Some(html(first, &summary, &clients, more, portal)),
        send_after,
    })
}

type ByClient<'a> = Vec<(&'a str, Vec<&'a DigestLine>)>;

/// What a digest is sorted by: rung, weight and rupees a day from the top, then the date, the code and the id.
type Urgency<'a> = (Reverse<(Rung, Weight, Option<Decimal>)>, Date, &'a str, i64);

/// What comes first: the higher rung, then the heavier return, then what costs more rupees a day where the law says so (other
/// currencies cannot be compared), then the older date.
fn urgency(line: &DigestLine, day: Date) -> Urgency<'_> {
    let rule = (line.code.as_str(), line.rule_id.as_str());
    let cost = cost_per_day(Rulebook::shipped(), rule, line.due, line.free, day);
    let rupees = cost.filter(|(_, currency)| currency == RUPEES).map(|(amount, _)| amount);
    (Reverse((line.rung, line.weight, rupees)), line.due, &line.code, line.filing.get())
}

/// Lines by client; the client with the most urgent line first.
fn by_client(lines: &[DigestLine], day: Date) -> ByClient<'_> {
    let mut sorted: Vec<_> = lines.iter().map(|line| (urgency(line, day), line)).collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    let mut clients: ByClient<'_> = Vec::new();
    for (_, line) in sorted {
        match clients.iter_mut().find(|(name, _)| *name == line.client_name) {
            Some((_, lines)) => lines.push(line),
            None => clients.push((&line.client_name, vec![line])),
        }
    }
    clients
}

fn state(line: &DigestLine) -> String {
    let word = match line.rung {
        Rung::Breach => "Breached",
        Rung::Overdue => "Overdue",
        Rung::Due => "Due today",
        Rung::T1 => "Due tomorrow",
        Rung::T7 | Rung::T3 => "Due",
    };
    match line.rung {
        Rung::Due => word.to_owned(),
        _ => format!("{word}, {}", day_text(line.due)),
    }
}

const FOOT: &str = "Alerts on breaches and on licence-critical returns always come by mail. The others can be turned off in your profile";

fn text(person: &DigestLine, summary: &str, clients: &ByClient<'_>, more: i64, portal: &str) -> String {
    let mut out = format!("{},\n\n{summary}.\n", person.name);
    for (client, lines) in clients {
        let _ = write!(out, "\n{client}\n");
        for line in lines {
            let critical = if line.weight == Weight::LicenceCritical { " [licence-critical]" } else { "" };
            let _ = write!(
                out,
                "- {}: {} for {}, {}{critical}\n  {portal}/filings/{}\n",
                state(line),
                line.code,
                line.period_label,
                line.title,
                line.filing.get()
            );
        }
    }
    if more > 0 {
        let _ = write!(out, "\nAnd {more} more: {portal}/notices\n");
    }
    let _ = write!(out, "\n{FOOT}: {portal}/profile\n");
    out
}

fn html(person: &DigestLine, summary: &str, clients: &ByClient<'_>, more: i64, portal: &str) -> String {
    let portal = escape(portal);
    let mut out = format!(
        "<!doctype html><html lang=\"en-IN\"><head><meta charset=\"utf-8\"><title>{0}</title></head><body \
         style=\"font:15px/1.45 system-ui,sans-serif;color:#1a1d1f;max-width:640px\"><p>{1},</p><p><strong>{0}.</strong></p>",
        escape(summary),
        escape(&person.name)
    );
    for (client, lines) in clients {
        let _ = write!(out, "<h2 style=\"font-size:16px;margin:20px 0 4px\">{}</h2><ul>", escape(client));
        for line in lines {
            let critical = if line.weight == Weight::LicenceCritical { " (licence-critical)" } else { "" };
            let _ = write!(
                out,
                "<li><strong>{}</strong>: <a href=\"{portal}/filings/{}\">{} for {}</a>, {}{critical}</li>",
                escape(&state(line)),
                line.filing.get(),
                escape(&line.code),
                escape(&line.period_label),
                escape(&line.title)
            );
        }
        out.push_str("</ul>");
    }
    if more > 0 {
        let _ = write!(out, "<p><a href=\"{portal}/notices\">And {more} more</a></p>");
    }
    let _ = write!(
        out,
        "<p style=\"color:#5b6166\">{FOOT}: <a href=\"{portal}/profile\">profile</a>.</p></body></html>"
    );
    out
}

/// Text that cannot become markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use filings::relaxation::FreeUntil;
    use kernel::Id;
    use time::macros::{date, datetime};

    const DAY: Date = date!(2026 - 11 - 21);
    /// Six past midnight in India on that day.
    const NIGHT: Instant = datetime!(2026-11-20 18:36 UTC);

    fn line(client: &str, rung: Rung, weight: Weight, filing: i64) -> DigestLine {
        DigestLine {
            user: Id::new(1),
            email: "meera@firm.example".into(),
            name: "Meera Shah".into(),
            filing: Id::new(filing),
            client_name: client.into(),
            code: "DNBS01".into(),
            rule_id: String::new(),
            title: "Return".into(),
            period_label: "Q2 FY 2026-27".into(),
            weight,
            rung,
            due: date!(2026 - 11 - 13),
            free: None,
            totals: [0, 0, 0],
        }
    }

    fn with_totals(mut lines: Vec<DigestLine>, totals: [i64; 3]) -> Vec<DigestLine> {
        lines.iter_mut().for_each(|line| line.totals = totals);
        lines
    }

    #[test]
    fn the_most_urgent_client_and_line_come_first() {
        let lines = with_totals(
            vec![
                line("Alpha", Rung::T7, Weight::Routine, 1),
                line("Beta", Rung::Overdue, Weight::Routine, 2),
                line("Alpha", Rung::Overdue, Weight::LicenceCritical, 3),
                line("Beta", Rung::Breach, Weight::Routine, 4),
            ],
            [1, 2, 1],
        );
        let mail = mail("Kaveri", DAY, NIGHT, "https://crm.example/", &lines).unwrap();
        assert_eq!(mail.subject, "1 breached, 2 overdue and 1 coming due: Kaveri, 21 Nov 2026");
        let order: Vec<usize> = [4, 2, 3, 1]
            .map(|id| mail.body.find(&format!("https://crm.example/filings/{id}\n")).unwrap())
            .into();
        assert!(order.is_sorted(), "{}", mail.body);
        assert!(mail.body.find("\nBeta\n").unwrap() < mail.body.find("\nAlpha\n").unwrap());
        assert_eq!(mail.send_after, None, "a breach does not wait for the morning");
        assert_eq!(mail.to, "meera@firm.example");
    }

    #[test]
    fn within_a_rung_what_costs_more_a_day_comes_first() {
        let mut lines: Vec<_> = (1..=3).map(|n| line("Alpha", Rung::Breach, Weight::High, n)).collect();
        // The law names no daily amount for the first; the second has a relief, which leaves the penalty and waives the
        // additional fee of 100 rupees a day; the third costs both.
        lines[0].code = "A-NO-SUCH".into();
        lines[1].code = "MCA-AOC4".into();
        lines[1].free = Some(FreeUntil { by: Id::new(1), until: DAY, recounts: true });
        lines[2].code = "MCA-AOC4".into();
        let order: Vec<i64> = by_client(&lines, DAY)[0].1.iter().map(|line| line.filing.get()).collect();
        assert_eq!(order, [3, 2, 1]);
    }

    #[test]
    fn without_a_breach_it_waits_for_half_past_eight_and_no_longer() {
        let lines = with_totals(vec![line("Alpha", Rung::T3, Weight::Routine, 1)], [1, 0, 0]);
        let night = mail("Kaveri", DAY, NIGHT, "", &lines).unwrap();
        assert_eq!(night.send_after, Some(datetime!(2026-11-21 08:30 +5:30)));
        let noon = mail("Kaveri", DAY, datetime!(2026-11-21 06:30 UTC), "", &lines).unwrap();
        assert_eq!(noon.send_after, None);
    }

    #[test]
    fn many_lines_are_one_mail_that_counts_the_rest() {
        let lines: Vec<DigestLine> =
            (0..79).map(|n| line(&format!("Client {}", n % 9), Rung::T3, Weight::Routine, n)).collect();
        let one = mail("Kaveri", DAY, NIGHT, "u", &with_totals(lines.clone(), [79, 0, 0])).unwrap();
        assert_eq!(one.body.matches("u/filings/").count(), 79);
        assert!(!one.body.contains("more:"));
        let some = mail("Kaveri", DAY, NIGHT, "u", &with_totals(lines, [300, 0, 0])).unwrap();
        assert!(some.body.contains("And 221 more: u/notices"));
        assert!(mail("Kaveri", DAY, NIGHT, "u", &[]).is_none());
    }

    #[test]
    fn nothing_that_people_typed_becomes_markup() {
        let mut lines = with_totals(vec![line("<b>A & \"B\"</b>", Rung::Due, Weight::Routine, 1)], [1, 0, 0]);
        lines[0].name = "<script>alert('x')</script>".into();
        let html = mail("Kaveri", DAY, NIGHT, "u", &lines).unwrap().html.unwrap();
        assert!(html.contains("&lt;b&gt;A &amp; &quot;B&quot;&lt;/b&gt;"), "{html}");
        assert!(!html.contains("<script>") && !html.contains("<b>"), "{html}");
    }
}
