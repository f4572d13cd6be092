//! What a firm decides about returns, beside the law: which it tracks, what it aims for, what it checks besides.

use crate::filing::Filing;
use crate::own_target::OwnTarget;
use kernel::Date;
use kernel::id::UserId;
use kernel::moment::Instant;
use rulebook::{PeriodScheme, PlannedFiling, RuleKind, Rulebook, Step};
use std::collections::BTreeMap;

/// The breach threshold that the rulebook gives when an instrument says nothing.
pub const RULE_DEFAULT_BREACH: u16 = 7;

/// What a firm decided about a return.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReturnSetting {
    /// `DNBS01`.
    pub code: String,
    /// Track it although legacy or uncertain (`true`), or not at all (`false`).
    pub enabled: Option<bool>,
    /// Days until late counts as breached.
    pub breach_after_days: Option<u16>,
    /// The firm's own date to aim for.
    pub target: Option<OwnTarget>,
    /// Items that the firm adds to the rule's checklist.
    pub checklist: Vec<String>,
    /// Why, in the words of whoever decided last.
    pub reason: String,
    /// Who decided last, and when.
    pub decided: Option<(Option<UserId>, Instant)>,
    /// For optimistic saving; zero while nothing was decided.
    pub version: i64,
}

impl ReturnSetting {
    /// Nothing decided about a return.
    pub fn none(code: &str) -> Self {
        Self { code: code.to_owned(), ..Self::default() }
    }

    /// Whether it departs from the rulebook in anything.
    pub fn decides(&self) -> bool {
        self.enabled.is_some()
            || self.breach_after_days.is_some()
            || self.target.is_some()
            || !self.checklist.is_empty()
    }
}

/// Where breach thresholds, internal targets and checklists come from: the rule library, and over it what the firm set.
#[derive(Debug, Clone, Copy)]
pub struct Aims<'a> {
    /// The law, or the firm's own book for an internal return.
    pub rules: &'a Rulebook,
    /// What the firm decided per return.
    pub own: &'a BTreeMap<String, ReturnSetting>,
}

static NOTHING: BTreeMap<String, ReturnSetting> = BTreeMap::new();

impl<'a> Aims<'a> {
    /// The rule library alone, as for a firm that set nothing.
    pub fn of(rules: &'a Rulebook) -> Self {
        Self { rules, own: &NOTHING }
    }
}

impl Aims<'_> {
    fn setting(&self, code: &str) -> Option<&ReturnSetting> {
        self.own.get(code)
    }

    /// The target of a planned filing: the firm's own way of counting, else the rule's.
    pub fn target(&self, plan: &PlannedFiling) -> Option<Date> {
        let planned = plan.target_due?;
        let (Some(own), rulebook::Due::On(due)) =
            (self.setting(&plan.code).and_then(|setting| setting.target), &plan.due)
        else {
            return Some(planned);
        };
        Some(own.date(*due, self.earliest(&plan.rule_id, plan.period.end), self.rules))
    }

    /// The target of a filing whose date is not the one that the rule gave.
    pub fn target_before(&self, filing: &Filing, due: Date) -> Option<Date> {
        match self.setting(&filing.code).and_then(|setting| setting.target) {
            Some(own) => Some(own.date(due, None, self.rules)),
            None => self.rules.target_before(&filing.rule_id, due),
        }
    }

    /// Nothing can be prepared before its period is over; a licence is renewed while it still runs.
    fn earliest(&self, rule_id: &str, period_end: Date) -> Option<Date> {
        let rule = self.rules.rule(rule_id);
        let renewal = rule.is_some_and(|r| r.kind == RuleKind::Licence && r.periods != PeriodScheme::Event);
        (!renewal).then_some(period_end)
    }

    /// Days until late counts as breached: the firm's for the return, the rule's own, else the firm's default.
    pub fn breach_after(&self, plan: &PlannedFiling, default: u16) -> u16 {
        let own = self.setting(&plan.code).and_then(|setting| setting.breach_after_days);
        let by_rule = plan.breach_after_days;
        own.unwrap_or(if by_rule == RULE_DEFAULT_BREACH { default } else { by_rule })
    }

    /// How many items the firm adds to the checklist of a return.
    pub fn items(&self, code: &str) -> u16 {
        self.setting(code).map_or(0, |setting| setting.checklist.len().try_into().unwrap_or(u16::MAX))
    }
}

/// The step that names the firm's own target; none when the firm set none, or somebody set this filing's by hand.
pub fn target_step(
    (legal_due, target_due, period_end): (Option<Date>, Option<Date>, Date),
    setting: Option<&ReturnSetting>,
    rules: &Rulebook,
) -> Option<Step> {
    let own = setting?.target?;
    let (due, target) = (legal_due?, target_due?);
    let free = own.date(due, None, rules);
    let kept = own.date(due, Some(period_end), rules);
    if target != free && target != kept {
        return None;
    }
    let words = own.words();
    let text = if target == free {
        format!("Your firm's target: {words}")
    } else {
        format!("Your firm's target: {words}, but not before the period is over")
    };
    Some(Step { text, value: target.to_string(), citation: None })
}
