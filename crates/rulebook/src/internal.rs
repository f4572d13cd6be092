//! Obligations that a firm gives itself, as rules for the same evaluator: a small, safe part of the vocabulary. Not law.

use crate::book::Rulebook;
use crate::law::validate;
use crate::law::{
    Citation, Expr, FactValue, FixedBase, INTERNAL_REGULATOR, Law, Materiality, Op, PackError, PeriodScheme,
    Predicate, Rule, RuleKind, VersionKey,
};
use kernel::period::Frequency;
use time::Date;

/// When an internal return is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InternalDue {
    /// A day (31 is the month end) so many months after the month in which the period ends.
    DayOfMonth {
        /// 1 to 31.
        day: u8,
        /// 0 is the month in which the period ends.
        months: u8,
    },
    /// Calendar days after the period's end.
    DaysAfterPeriod(u16),
    /// Every year on this day: the first one after the financial year that it is about.
    Yearly {
        /// 1 to 12.
        month: u8,
        /// 1 to 31.
        day: u8,
    },
    /// Calendar days after an event that is recorded on the client.
    DaysAfterEvent {
        /// Event kind.
        event: String,
        /// How many.
        days: u16,
    },
}

/// One wording of an internal return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InternalRule {
    /// `INT-BOARD-PACK`.
    pub code: String,
    /// Its name.
    pub title: String,
    /// How often; `Event` goes with days after an event.
    pub frequency: Frequency,
    /// When it is due.
    pub due: InternalDue,
    /// Legal forms; none means every one.
    pub entity_types: Vec<String>,
    /// Registrations, any of which is enough; none means that none is needed.
    pub registrations: Vec<String>,
    /// What has to be done.
    pub checklist: Vec<String>,
    /// Who does it.
    pub filer: String,
    /// Days late until it counts as missed.
    pub breach_after_days: u16,
    /// First day; periods that end, or events that happen, from it on.
    pub from: Date,
    /// Last day.
    pub to: Option<Date>,
}

impl Rulebook {
    /// A book of these rules alone, with the calendars and vocabularies of this one. Checked as a pack is.
    pub fn internal(&self, rules: Vec<InternalRule>) -> Result<Self, PackError> {
        let mut law = Law {
            rules: rules.into_iter().map(rule).collect(),
            facts: self.law.facts.clone(),
            events: self.law.events.clone(),
            calendars: self.law.calendars.clone(),
            holidays: self.law.holidays.clone(),
            reliefs: Vec::new(),
        };
        law.rules.sort_by(|a, b| a.code.cmp(&b.code).then(a.effective_from.cmp(&b.effective_from)));
        validate::check(&law)?;
        Ok(Self::of_law(law, self.digest().to_owned()))
    }
}

fn rule(own: InternalRule) -> Rule {
    let citation = Citation {
        instrument: "Internal, not law".into(),
        section: "written by your firm".into(),
        date: None,
        url: None,
    };
    let event = match &own.due {
        InternalDue::DaysAfterEvent { event, .. } => Some(event.clone()),
        _ => None,
    };
    Rule {
        id: format!("{}@{}", own.code, own.from),
        file: "internal".into(),
        regulator: INTERNAL_REGULATOR.into(),
        title: own.title,
        kind: RuleKind::Obligation,
        non_statutory: true,
        rows: Vec::new(),
        validity: None,
        applies_when: whom(&own.entity_types, &own.registrations),
        frequency: own.frequency,
        periods: periods(own.frequency),
        version_key: if event.is_some() { VersionKey::EventDate } else { VersionKey::ReferenceDate },
        event,
        effective_from: own.from,
        start_confirmed: true,
        effective_to: own.to,
        supersedes: Vec::new(),
        superseded_by: Vec::new(),
        cited: citation.line(),
        citation,
        confidence: "I".into(),
        enabled: false,
        planned: true,
        note: "Internal, not law: your firm wrote it.".into(),
        last_reviewed: own.from,
        portal: String::new(),
        filer: own.filer,
        checklist: own.checklist,
        breach_after_days: own.breach_after_days,
        nil_return_required: false,
        materiality: Materiality::Routine,
        legacy: false,
        alias_of: None,
        aliases: Vec::new(),
        due: due(&own.due),
        shift: None,
        cutoff: String::new(),
        buffer_days: 0,
        skip: Vec::new(),
        one_time: Vec::new(),
        late_stages: Vec::new(),
        cost: Vec::new(),
        inputs: Default::default(),
        code: own.code,
    }
}

fn periods(frequency: Frequency) -> PeriodScheme {
    match frequency {
        Frequency::Quarterly => PeriodScheme::Quarter,
        Frequency::HalfYearly => PeriodScheme::HalfYear,
        Frequency::Annual => PeriodScheme::FinancialYear,
        Frequency::Event => PeriodScheme::Event,
        _ => PeriodScheme::Month,
    }
}

fn due(own: &InternalDue) -> Expr {
    match own {
        InternalDue::DayOfMonth { day, months } => Expr::FixedDayOfFollowingMonth {
            day: *day,
            months: i32::from(*months),
            anchor: Box::new(Expr::PeriodEnd),
        },
        InternalDue::DaysAfterPeriod(days) => days_after(*days, Expr::PeriodEnd),
        InternalDue::Yearly { month, day } => {
            Expr::Fixed { month: *month, day: *day, year_offset: 0, base: FixedBase::AfterPeriod }
        }
        InternalDue::DaysAfterEvent { days, .. } => days_after(*days, Expr::EventDate),
    }
}

fn days_after(days: u16, anchor: Expr) -> Expr {
    Expr::DaysAfter { n: i32::from(days), anchor: Box::new(anchor), count: Default::default() }
}

fn whom(entity_types: &[String], registrations: &[String]) -> Predicate {
    let mut parts = Vec::new();
    let test = |fact: &str, op| Predicate::Test { fact: fact.into(), op, unknown: Some(false) };
    if !entity_types.is_empty() {
        let forms = entity_types.iter().cloned().map(FactValue::Text).collect();
        parts.push(test("entity_type", Op::In(forms)));
    }
    if !registrations.is_empty() {
        parts.push(test("registrations", Op::Has(registrations.to_vec())));
    }
    match parts.len() {
        0 => Predicate::Always,
        1 => parts.remove(0),
        _ => Predicate::All(parts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::INTERNAL_PREFIX;
    use crate::plan::PlanRequest;
    use crate::sheet::FactSheet;
    use time::macros::date;

    fn monthly(code: &str) -> InternalRule {
        InternalRule {
            code: code.into(),
            title: "Board pack".into(),
            frequency: Frequency::Monthly,
            due: InternalDue::DayOfMonth { day: 10, months: 1 },
            entity_types: Vec::new(),
            registrations: Vec::new(),
            checklist: Vec::new(),
            filer: "Principal officer".into(),
            breach_after_days: 7,
            from: date!(2026 - 10 - 01),
            to: None,
        }
    }

    fn due_dates(rules: Vec<InternalRule>) -> Vec<(String, Date)> {
        let book = Rulebook::shipped().internal(rules).unwrap();
        let today = date!(2026 - 11 - 21);
        let mut request = PlanRequest::new(date!(2026 - 10 - 01), date!(2027 - 03 - 31), today);
        request.enabled = book.rules().iter().map(|r| r.code.clone()).collect();
        let plan = book.plan(&FactSheet::new(), &request);
        plan.into_iter()
            .map(|p| match p.due {
                crate::evaluate::Due::On(date) => (p.rule_id, date),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn a_new_wording_dates_what_ends_from_its_first_day_on() {
        let old = InternalRule { to: Some(date!(2026 - 12 - 30)), ..monthly("INT-PACK") };
        let new = InternalRule {
            from: date!(2026 - 12 - 31),
            due: InternalDue::DaysAfterPeriod(5),
            ..monthly("INT-PACK")
        };
        let found = due_dates(vec![new, old]);
        let dates: Vec<Date> = found.iter().map(|(_, date)| *date).collect();
        let [october, november] = [date!(2026 - 11 - 10), date!(2026 - 12 - 10)];
        let [december, january, february] =
            [date!(2027 - 01 - 05), date!(2027 - 02 - 05), date!(2027 - 03 - 05)];
        assert_eq!(dates, [october, november, december, january, february]);
        assert_eq!(found[2].0, "INT-PACK@2026-12-31");
    }

    #[test]
    fn a_yearly_day_is_the_first_after_the_year() {
        let yearly = InternalRule {
            frequency: Frequency::Annual,
            due: InternalDue::Yearly { month: 12, day: 15 },
            from: date!(2026 - 01 - 01),
            ..monthly("INT-YEAR")
        };
        assert_eq!(due_dates(vec![yearly]), [("INT-YEAR@2026-01-01".to_owned(), date!(2026 - 12 - 15))]);
    }

    #[test]
    fn it_is_checked_as_a_pack_is() {
        let book = |rule: InternalRule| Rulebook::shipped().internal(vec![rule]).unwrap_err().reason;
        let wrong = InternalRule { entity_types: vec!["guild".into()], ..monthly("INT-X") };
        assert!(book(wrong).contains("'guild' is not a value"));
        let wrong = InternalRule {
            frequency: Frequency::Event,
            due: InternalDue::DaysAfterEvent { event: "eclipse".into(), days: 3 },
            ..monthly("INT-X")
        };
        assert!(book(wrong).contains("'eclipse' is not in the catalogue"));
        let wrong = InternalRule { due: InternalDue::Yearly { month: 2, day: 30 }, ..monthly("INT-X") };
        assert!(book(wrong).contains("does not exist"));
        assert!(book(monthly("BOARD")).contains("INT-"));
    }

    #[test]
    fn no_law_has_the_code_of_an_internal_return() {
        assert!(Rulebook::shipped().rules().iter().all(|r| !r.code.starts_with(INTERNAL_PREFIX)));
        assert!(Rulebook::shipped().rules().iter().all(|r| r.regulator != INTERNAL_REGULATOR));
    }
}
