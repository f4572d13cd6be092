//! Walking through a due-date expression.

use super::expr::Expr;
use super::predicate::Predicate;

impl Expr {
    /// The parts directly inside.
    pub fn children(&self) -> Vec<&Self> {
        match self {
            Self::DaysAfter { anchor, .. }
            | Self::MonthsAfter { anchor, .. }
            | Self::WorkingDaysAfter { anchor, .. }
            | Self::TradingDaysAfter { anchor, .. }
            | Self::NthWorkingDay { anchor, .. }
            | Self::LastWorkingDayOfMonth { anchor, .. }
            | Self::FixedDayOfFollowingMonth { anchor, .. }
            | Self::WeekdayAfter { anchor, .. }
            | Self::Window { anchor, .. }
            | Self::WindowBefore { anchor, .. }
            | Self::Anniversary { anchor, .. }
            | Self::HoursAfter { anchor, .. }
            | Self::Immediate { anchor, .. }
            | Self::Cohort { anchor, .. } => vec![anchor],
            Self::Event { hypothetical, .. } => hypothetical.iter().map(|b| &**b).collect(),
            Self::Series { anchor, .. } => anchor.iter().map(|b| &**b).collect(),
            Self::EarliestOf { of } | Self::LatestOf { of } => of.iter().collect(),
            Self::NotLaterThan { of, cap } => vec![of, cap],
            Self::When { then, otherwise, .. } | Self::FirstFy { then, otherwise } => vec![then, otherwise],
            _ => Vec::new(),
        }
    }

    /// Calls `visit` for this expression and every one inside.
    pub fn each(&self, visit: &mut dyn FnMut(&Self)) {
        visit(self);
        for child in self.children() {
            child.each(visit);
        }
    }

    pub(crate) fn each_predicate_mut(
        &mut self,
        visit: &mut dyn FnMut(&mut Predicate) -> Result<(), String>,
    ) -> Result<(), String> {
        match self {
            Self::When { when, then, otherwise } => {
                visit(when)?;
                then.each_predicate_mut(visit)?;
                otherwise.each_predicate_mut(visit)
            }
            Self::FirstFy { then, otherwise } => {
                then.each_predicate_mut(visit)?;
                otherwise.each_predicate_mut(visit)
            }
            Self::EarliestOf { of } | Self::LatestOf { of } => {
                of.iter_mut().try_for_each(|e| e.each_predicate_mut(visit))
            }
            Self::NotLaterThan { of, cap } => {
                of.each_predicate_mut(visit)?;
                cap.each_predicate_mut(visit)
            }
            Self::DaysAfter { anchor, .. }
            | Self::MonthsAfter { anchor, .. }
            | Self::WorkingDaysAfter { anchor, .. }
            | Self::TradingDaysAfter { anchor, .. }
            | Self::NthWorkingDay { anchor, .. }
            | Self::LastWorkingDayOfMonth { anchor, .. }
            | Self::FixedDayOfFollowingMonth { anchor, .. }
            | Self::WeekdayAfter { anchor, .. }
            | Self::Window { anchor, .. }
            | Self::WindowBefore { anchor, .. }
            | Self::Anniversary { anchor, .. }
            | Self::HoursAfter { anchor, .. }
            | Self::Immediate { anchor, .. }
            | Self::Cohort { anchor, .. } => anchor.each_predicate_mut(visit),
            Self::Event { hypothetical: Some(inner), .. } | Self::Series { anchor: Some(inner), .. } => {
                inner.each_predicate_mut(visit)
            }
            _ => Ok(()),
        }
    }
}
