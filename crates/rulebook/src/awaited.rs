//! The event that a return hangs on and that nobody has recorded: when it is likely, and the last day the law gives for it.

use crate::book::Rulebook;
use crate::evaluate::Step;
use crate::law::{Expr, PeriodScheme, Rule};
use crate::periods;
use crate::run::Run;
use crate::sheet::FactSheet;
use time::Date;

/// As a run finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OpenEvent<'a> {
    pub(crate) kind: &'a str,
    /// The day somebody plans it for.
    pub(crate) planned: Option<Date>,
    /// The last day that the law gives for it.
    pub(crate) last_day: Option<Date>,
    /// The step that gave the last day.
    pub(crate) why: Option<Step>,
}

impl<'a> OpenEvent<'a> {
    pub(crate) fn of(kind: &'a str) -> Self {
        Self { kind, planned: None, last_day: None, why: None }
    }
}

/// An event that is not recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwaitedEvent {
    /// Event kind.
    pub kind: String,
    /// The day it is planned for, else the last day the law gives; none when no rule says.
    pub projected: Option<Date>,
    /// The last day that the law gives for it.
    pub last_day: Option<Date>,
    /// The rule that gives the last day, in words, with its instrument.
    pub why: Option<Step>,
}

impl Rulebook {
    /// The event that a return waits for in the period that ends on `period_end`; none when its event is recorded or it
    /// hangs on no event.
    pub fn awaited(
        &self,
        code: &str,
        facts: &FactSheet,
        period_end: Date,
        today: Date,
    ) -> Option<AwaitedEvent> {
        let rule = Self::select(self.family(code), period_end, None, Some(today))?;
        let period = periods::containing(&rule.periods, period_end, facts)?;
        let mut run = Run::new(self, rule, facts, period);
        run.today = Some(today);
        run.steps = Some(Vec::new());
        run.due();
        let open = run.open_event?;
        Some(AwaitedEvent {
            kind: open.kind.to_owned(),
            projected: open.planned.or(open.last_day),
            last_day: open.last_day,
            why: open.why,
        })
    }

    /// The codes whose dates can follow an event of this kind once a period, without those that exist only because of it.
    pub fn codes_after(&self, kind: &str) -> Vec<&str> {
        let follows = |rule: &&Rule| !matches!(rule.periods, PeriodScheme::Event) && follows(&rule.due, kind);
        let mut codes: Vec<&str> = self
            .rules()
            .iter()
            .filter(|rule| rule.planned)
            .filter(follows)
            .map(|rule| rule.code.as_str())
            .collect();
        codes.dedup();
        codes
    }
}

fn follows(expr: &Expr, kind: &str) -> bool {
    let here = match expr {
        Expr::Event { kind: found, .. } | Expr::First { kind: found } => found == kind,
        _ => false,
    };
    here || expr.children().into_iter().any(|child| follows(child, kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::FactValue;
    use crate::sheet::Event;
    use time::macros::date;

    fn company() -> FactSheet {
        let mut sheet = FactSheet::new();
        sheet.set("entity_type", FactValue::Text("private_company".into()));
        sheet.set("incorporated_on", FactValue::Date(date!(2015 - 06 - 01)));
        sheet
    }

    #[test]
    fn the_agm_is_likely_on_the_last_day_that_the_act_gives() {
        // s.96(1): six months after the year end, domain row MCA-AGM.
        let found = Rulebook::shipped()
            .awaited("MCA-AOC4", &company(), date!(2026 - 03 - 31), date!(2026 - 07 - 01))
            .expect("awaited");
        assert_eq!(found.kind, "agm_held");
        assert_eq!(
            (found.projected, found.last_day),
            (Some(date!(2026 - 09 - 30)), Some(date!(2026 - 09 - 30)))
        );
        let why = found.why.expect("a reason");
        assert!(why.citation.expect("an instrument").contains("96(1)"), "{}", why.text);
    }

    #[test]
    fn a_missed_agm_is_still_awaited_and_a_recorded_one_is_not() {
        let mut sheet = company();
        let rules = Rulebook::shipped();
        let ask = |sheet: &FactSheet| {
            rules.awaited("MCA-AOC4", sheet, date!(2026 - 03 - 31), date!(2026 - 11 - 21)).map(|e| e.last_day)
        };
        assert_eq!(ask(&sheet), Some(Some(date!(2026 - 09 - 30))));
        sheet.record(Event {
            id: 1,
            kind: "agm_held".into(),
            on: date!(2026 - 09 - 28),
            for_period: Some("2025-26".into()),
            projected: false,
        });
        assert_eq!(ask(&sheet), None);
    }

    #[test]
    fn what_hangs_on_an_event_is_read_from_the_rules() {
        let codes = Rulebook::shipped().codes_after("agm_held");
        assert_eq!(codes, ["IRDAI-BRK-ACC", "MCA-ADT1", "MCA-AOC4", "MCA-MGT7"]);
        assert_eq!(Rulebook::shipped().codes_after("director_changed"), Vec::<&str>::new());
    }
}
