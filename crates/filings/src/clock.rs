//! The bottleneck clock: who held a filing, and for how long. A span ends where the next one begins, and days are counted
//! by midnights in India, so the parts always sum to the elapsed days.

use kernel::moment::{IST, Instant};
use kernel::{Date, ist_date};

/// Who has to do something before the filing can go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// The firm.
    Ours,
    /// The client: papers, signatures, answers.
    Client,
    /// A colleague who looks at it before it is filed.
    Checker,
    /// The regulator or its portal.
    Regulator,
}

impl Holder {
    /// Every holder, in the order shown to people.
    pub const ALL: [Holder; 4] = [Self::Ours, Self::Client, Self::Checker, Self::Regulator];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Client => "client",
            Self::Checker => "checker",
            Self::Regulator => "regulator",
        }
    }

    /// Reads the stable name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|h| h.as_str() == text)
    }
}

/// From an instant on somebody else holds the filing, or nobody: the clock stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// When.
    pub at: Instant,
    /// Who holds it from then on; none stops the clock.
    pub to: Option<Holder>,
    /// In a sentence, for people.
    pub reason: String,
    /// Who moved it.
    pub by: Option<String>,
}

/// What a clock is read from.
#[derive(Debug, Clone)]
pub struct ClockFacts {
    /// When the product first knew the filing.
    pub created_at: Instant,
    /// Last day of the period it reports.
    pub period_end: Date,
    /// When it closed.
    pub closed_at: Option<Instant>,
    /// Moves, oldest first.
    pub moves: Vec<Move>,
}

/// A stretch of time in one hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Whose hand; none while the clock stood.
    pub holder: Option<Holder>,
    /// From.
    pub from: Instant,
    /// Until; none for the span that runs.
    pub to: Option<Instant>,
    /// Midnights in India between the two.
    pub days: i64,
    /// Why it began.
    pub reason: String,
    /// Who moved it there.
    pub by: Option<String>,
}

/// The clock as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// When it began to run.
    pub started: Instant,
    /// Who holds the filing; none once it is closed.
    pub holder: Option<Holder>,
    /// Days while it ran; the sum of `parts`.
    pub elapsed: i64,
    /// Days per holder, in the order of `Holder::ALL`.
    pub parts: [i64; 4],
    /// Every span, oldest first; none before it began to run.
    pub spans: Vec<Span>,
}

/// When the clock begins: with the day after the period, or with the filing's making when that is later. A move before
/// that shows that work began, and the clock with it.
fn start(facts: &ClockFacts) -> Instant {
    let period_over = facts.period_end.next_day().unwrap_or(facts.period_end).midnight().assume_offset(IST);
    let regular = facts.created_at.max(period_over);
    let first = facts.moves.first().map_or(regular, |first| first.at);
    regular.min(first).max(facts.created_at)
}

impl Clock {
    /// Reads it at an instant.
    pub fn read(facts: &ClockFacts, now: Instant) -> Self {
        let started = start(facts);
        let mut spans: Vec<Span> = Vec::new();
        let begin = |holder, from, reason: &str, by: Option<&String>| Span {
            holder,
            from,
            to: None,
            days: 0,
            reason: reason.to_owned(),
            by: by.cloned(),
        };
        let mut open = begin(Some(Holder::Ours), started, "", None);
        let mut pass = |open: &mut Span, next: Span| {
            // Clocks of two servers may differ by a moment: a span never ends before it begins.
            let at = next.from.max(open.from);
            let mut ended = std::mem::replace(open, Span { from: at, ..next });
            ended.to = Some(at);
            ended.days = midnights(ended.from, at);
            // A span of no time is left out; the ones around it may then be in the same hand and are one.
            if at > ended.from {
                match spans.last_mut().filter(|last| last.holder == ended.holder) {
                    Some(last) => {
                        last.days += ended.days;
                        last.to = ended.to;
                    }
                    None => spans.push(ended),
                }
            }
        };
        for step in &facts.moves {
            if step.to != open.holder {
                pass(&mut open, begin(step.to, step.at, &step.reason, step.by.as_ref()));
            }
        }
        if let Some(at) = facts.closed_at
            && open.holder.is_some()
        {
            pass(&mut open, begin(None, at, "", None));
        }
        let holder = open.holder;
        open.days = midnights(open.from, now.max(open.from));
        if now >= started {
            match spans.last_mut().filter(|last| last.holder == open.holder) {
                Some(last) => {
                    last.days += open.days;
                    last.to = None;
                }
                None => spans.push(open),
            }
        }
        let mut parts = [0; 4];
        for span in &spans {
            if let Some(holder) = span.holder {
                parts[holder as usize] += span.days;
            }
        }
        Self { started, holder, elapsed: parts.iter().sum(), parts, spans }
    }
}

/// How often the day changed in India between the two.
fn midnights(from: Instant, to: Instant) -> i64 {
    (ist_date(to) - ist_date(from)).whole_days()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Duration;
    use time::macros::{date, datetime};

    fn step(at: Instant, to: Option<Holder>) -> Move {
        Move { at, to, reason: String::new(), by: None }
    }

    fn facts(moves: Vec<Move>) -> ClockFacts {
        let created_at = datetime!(2026-10-01 03:30 UTC);
        ClockFacts { created_at, period_end: date!(2026 - 09 - 30), closed_at: None, moves }
    }

    /// The same numbers in every run.
    struct Dice(u64);

    impl Dice {
        fn roll(&mut self, sides: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % sides
        }
    }

    #[test]
    fn any_moves_over_any_midnights_sum_to_the_elapsed_days() {
        let mut dice = Dice(7);
        for case in 0..2_000 {
            let mut at = datetime!(2026-10-01 03:30 UTC);
            let moves: Vec<Move> = (0..dice.roll(12))
                .map(|_| {
                    // From a second to four days, often within one day and often across a midnight.
                    at += Duration::seconds(i64::try_from(dice.roll(345_600)).unwrap());
                    let to =
                        [None, Some(0), Some(1), Some(2), Some(3)][usize::try_from(dice.roll(5)).unwrap()];
                    step(at, to.map(|n: usize| Holder::ALL[n]))
                })
                .collect();
            let now = at + Duration::seconds(i64::try_from(dice.roll(400_000)).unwrap());
            let facts = facts(moves);
            let clock = Clock::read(&facts, now);
            let stood: i64 = clock.spans.iter().filter(|s| s.holder.is_none()).map(|s| s.days).sum();
            let all = (ist_date(now) - ist_date(clock.started)).whole_days();
            assert_eq!(clock.parts.iter().sum::<i64>() + stood, all, "case {case}: {facts:?}");
            assert_eq!(clock.elapsed, clock.parts.iter().sum::<i64>());
            assert_eq!(clock.spans.iter().filter(|s| s.to.is_none()).count(), 1, "one open span");
            for pair in clock.spans.windows(2) {
                assert_eq!(pair[0].to, Some(pair[1].from), "nothing is lost between two spans");
                assert_ne!(pair[0].holder, pair[1].holder, "case {case}: {clock:?}");
            }
        }
    }

    #[test]
    fn days_go_to_whoever_held_it_at_midnight() {
        let moves = vec![
            step(datetime!(2026-10-07 18:29 UTC), Some(Holder::Client)),
            step(datetime!(2026-10-16 18:31 UTC), Some(Holder::Checker)),
            step(datetime!(2026-10-17 10:00 UTC), None),
        ];
        let clock = Clock::read(&facts(moves), datetime!(2026-11-30 10:00 UTC));
        // Handed over a minute before midnight in India on the 7th, and back a minute after the one that ends the 16th.
        assert_eq!(clock.parts, [6, 10, 0, 0]);
        assert_eq!((clock.elapsed, clock.holder), (16, None));
    }

    #[test]
    fn it_starts_when_the_period_is_over_or_work_begins() {
        let mut early = facts(Vec::new());
        early.created_at = datetime!(2026-04-01 00:00 UTC);
        let before = Clock::read(&early, datetime!(2026-09-30 18:00 UTC));
        assert_eq!((before.elapsed, before.spans.len()), (0, 0));
        let after = Clock::read(&early, datetime!(2026-10-04 18:00 UTC));
        assert_eq!((after.elapsed, after.started), (3, datetime!(2026-09-30 18:30 UTC)));
        early.moves = vec![step(datetime!(2026-09-20 06:00 UTC), Some(Holder::Client))];
        let worked = Clock::read(&early, datetime!(2026-09-25 06:00 UTC));
        assert_eq!(worked.parts, [0, 5, 0, 0]);
    }

    #[test]
    fn a_closing_without_a_move_stops_it_too() {
        let mut closed = facts(Vec::new());
        closed.closed_at = Some(datetime!(2026-10-05 06:00 UTC));
        let clock = Clock::read(&closed, datetime!(2027-01-01 06:00 UTC));
        assert_eq!((clock.elapsed, clock.holder), (4, None));
    }
}
