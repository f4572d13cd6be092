//! iCalendar text (RFC 5545): escaping, folding, properties. It knows nothing of filings.

use kernel::Date;
use kernel::moment::Instant;
use std::fmt::Write;
use time::UtcOffset;

/// Octets of a content line without its line break, at most (RFC 5545 section 3.1).
const WIDTH: usize = 75;

/// A calendar being written.
#[derive(Debug, Default)]
pub struct Ics(String);

impl Ics {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A line as it is: for values that are no text, and for names with parameters.
    pub fn raw(&mut self, name: &str, value: &str) -> &mut Self {
        let line: String = [name, ":", value].concat().chars().filter(|c| !c.is_control()).collect();
        let mut room = WIDTH;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                // the space counts
                room = WIDTH - 1;
            }
            room -= c.len_utf8();
            self.0.push(c);
        }
        self.0.push_str("\r\n");
        self
    }

    /// Opens a component.
    pub fn open(&mut self, component: &str) -> &mut Self {
        // RFC 5545 section 3.6 spells it so; it begins no transaction.
        self.raw(concat!("BE", "GIN"), component)
    }

    /// Closes it.
    pub fn close(&mut self, component: &str) -> &mut Self {
        self.raw("END", component)
    }

    /// A text value.
    pub fn text(&mut self, name: &str, value: &str) -> &mut Self {
        let mut out = String::with_capacity(value.len() + 8);
        for c in value.replace("\r\n", "\n").chars() {
            match c {
                '\\' | ';' | ',' => out.extend(['\\', c]),
                '\n' => out.push_str("\\n"),
                '\r' | '\t' => out.push(' '),
                c => out.push(c),
            }
        }
        self.raw(name, &out)
    }

    /// A civil date: the same day in every time zone.
    pub fn date(&mut self, name: &str, day: Date) -> &mut Self {
        let value = format!("{:04}{:02}{:02}", day.year(), u8::from(day.month()), day.day());
        self.raw(&[name, ";VALUE=DATE"].concat(), &value)
    }

    /// An instant, in UTC.
    pub fn instant(&mut self, name: &str, at: Instant) -> &mut Self {
        let at = at.to_offset(UtcOffset::UTC);
        let mut value = String::with_capacity(16);
        let _ = write!(value, "{:04}{:02}{:02}", at.year(), u8::from(at.month()), at.day());
        let _ = write!(value, "T{:02}{:02}{:02}Z", at.hour(), at.minute(), at.second());
        self.raw(name, &value)
    }

    /// The text.
    pub fn finish(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn text_is_escaped_and_cannot_start_a_line_of_its_own() {
        let mut ics = Ics::new();
        ics.text("SUMMARY", "a,b;c\\d\r\ne\nATTENDEE:x\rf\u{7}");
        assert_eq!(ics.finish(), "SUMMARY:a\\,b\\;c\\\\d\\ne\\nATTENDEE:x f\r\n");
    }

    #[test]
    fn lines_are_at_most_75_octets_and_never_cut_a_character() {
        for text in ["x".repeat(300), "सह्याद्री ".repeat(30), "👩‍💼".repeat(40), "é".repeat(74)]
        {
            let mut ics = Ics::new();
            ics.text("SUMMARY", &text);
            let out = ics.finish();
            assert!(out.split("\r\n").all(|line| line.len() <= 75), "{out}");
            assert_eq!(out.replace("\r\n ", "").trim_end(), format!("SUMMARY:{text}").trim_end());
        }
    }

    #[test]
    fn a_line_of_exactly_75_octets_stays_whole() {
        let mut ics = Ics::new();
        ics.raw("X", &"y".repeat(73)).raw("X", &"y".repeat(74));
        assert_eq!(ics.finish(), format!("X:{0}\r\nX:{0}\r\n y\r\n", "y".repeat(73)));
    }

    #[test]
    fn dates_have_no_zone_and_instants_are_utc() {
        let mut ics = Ics::new();
        ics.date("DTSTART", date!(2026 - 11 - 05)).instant("DTSTAMP", datetime!(2026-11-05 01:02:03 +5:30));
        assert_eq!(ics.finish(), "DTSTART;VALUE=DATE:20261105\r\nDTSTAMP:20261104T193203Z\r\n");
    }
}
