//! What being late costs: fees that are certain beside penalties that are at most so much.

use crate::arithmetic::months_after;
use crate::late_words;
use crate::law::{Band, Cost, CostKind, Quantum, Rule, Tier};
use crate::sheet::FactSheet;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, Duration};

/// One line of the cost of being late.
#[derive(Clone, Debug, PartialEq)]
pub struct LateLine {
    /// Kind of money.
    pub kind: CostKind,
    /// How it is fixed.
    pub quantum: Quantum,
    /// Who pays.
    pub falls_on: String,
    /// The rule of the amount in words.
    pub text: String,
    /// Instrument and section.
    pub section: String,
    /// Grade of the source.
    pub confidence: String,
    /// What to know.
    pub note: String,
    /// For the days asked; `None` when a fact is missing.
    pub amount: Option<Decimal>,
    /// The least, where the law has one.
    pub least: Option<Decimal>,
    /// What one more day adds; zero once the cap is reached.
    pub per_day: Decimal,
    /// True: the cap is reached.
    pub capped: bool,
    /// The first day late on which the cap is reached.
    pub cap_day: Option<u32>,
    /// False: shown only (on somebody else, uncertain, or the lesser of alternatives).
    pub counted: bool,
    /// From which day this line counts; a penalty always counts from the due date.
    pub from: LateFrom,
}

/// From which day a line of the cost of being late counts. A waiver circular speaks of the additional fee alone, so only
/// fees ever count from anything but the due date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LateFrom {
    /// The due date.
    Due,
    /// A later day, by a circular.
    Day(Date),
    /// Not charged on the day asked, by a circular.
    Freed,
}

/// The cost of filing on a day, or of not having filed by it.
#[derive(Clone, Debug, PartialEq)]
pub struct LateCost {
    /// The due date counted from.
    pub due: Date,
    /// Days late; zero on time.
    pub days: u32,
    /// ISO 4217 code.
    pub currency: String,
    /// Certain: payable with the filing.
    pub fee: Decimal,
    /// At most: penalties and compensation, by an order.
    pub exposure: Decimal,
    /// What one more day adds to both.
    pub per_day: Decimal,
    /// The first day on which nothing grows any more; `None` when something grows for ever, or nothing grows.
    pub cap_day: Option<u32>,
    /// All lines, counted or not.
    pub lines: Vec<LateLine>,
    /// Facts without which a line could not be worked out.
    pub unknown_facts: BTreeSet<String>,
    /// True: the amounts changed while it was late; a person must look.
    pub needs_review: bool,
}

impl LateCost {
    /// Fees and exposure together: at most so much.
    pub fn total(&self) -> Decimal {
        self.fee + self.exposure
    }

    /// What one more day adds at most; `None` when no day counts.
    pub fn a_day(&self) -> Option<(Decimal, &str)> {
        (!self.per_day.is_zero()).then_some((self.per_day, &self.currency))
    }
}

impl Rule {
    /// What it costs when `due` is missed and the filing is made on `on` (or is still missing then). Lines that
    /// fall on the client are added up; an unknown reduction is not taken.
    pub fn late_cost(&self, facts: &FactSheet, due: Date, on: Date) -> LateCost {
        self.late_cost_with(facts, due, LateFrom::Due, on)
    }

    /// The same when fees count from another day than the due date, or are not charged. Penalties stay what they are: who
    /// waives the additional fee does not forgive the default.
    pub fn late_cost_with(&self, facts: &FactSheet, due: Date, fees: LateFrom, on: Date) -> LateCost {
        self.cost_on(facts, (due, fees, on), Words::Written)
    }

    /// The same amounts, with lines that say nothing and without the day of the cap: for lists that show one amount a row.
    pub fn late_sums(&self, facts: &FactSheet, due: Date, fees: LateFrom, on: Date) -> LateCost {
        self.cost_on(facts, (due, fees, on), Words::Left)
    }

    fn cost_on(&self, facts: &FactSheet, (due, fees, on): (Date, LateFrom, Date), words: Words) -> LateCost {
        let days = u32::try_from((on - due).whole_days()).unwrap_or(0);
        let mut found = LateCost {
            due,
            days,
            currency: self.cost.first().map_or_else(|| "INR".to_owned(), |c| c.currency.clone()),
            fee: Decimal::ZERO,
            exposure: Decimal::ZERO,
            per_day: Decimal::ZERO,
            cap_day: None,
            lines: Vec::new(),
            unknown_facts: BTreeSet::new(),
            needs_review: false,
        };
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for cost in &self.cost {
            if let Some(line) = late_line(cost, facts, (due, fees, on), words, &mut found) {
                if !cost.group.is_empty() && line.counted {
                    groups.entry(&cost.group).or_default().push(found.lines.len());
                }
                found.lines.push(line);
            }
        }
        for members in groups.into_values() {
            only_the_highest_counts(&mut found.lines, &members);
        }
        add_up(&mut found);
        found
    }
}

/// Whether somebody will read the lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    Written,
    Left,
}

impl Words {
    fn write(self, text: impl FnOnce() -> String) -> String {
        if self == Self::Written { text() } else { String::new() }
    }
}

fn late_line(
    cost: &Cost,
    facts: &FactSheet,
    (due, fees, on): (Date, LateFrom, Date),
    words: Words,
    found: &mut LateCost,
) -> Option<LateLine> {
    // a fee follows the day of filing, a penalty the day of the contravention
    let first_late = due.saturating_add(Duration::DAY);
    let key = if cost.kind == CostKind::Fee { on.max(first_late) } else { first_late };
    if cost.effective_from.is_some_and(|from| key < from) || cost.effective_to.is_some_and(|to| to < key) {
        return None;
    }
    found.needs_review |= cost.kind != CostKind::Fee && cost.effective_to.is_some_and(|to| to < on);
    let get = |key: &str| facts.get(key, on).or_else(|| facts.latest(key));
    let mut missing = BTreeSet::new();
    let applies = cost.applies_when.test(&get, &mut Some(&mut missing));
    if applies == Some(false) {
        return None;
    }
    let reduction = cost.reductions.iter().find(|r| r.when.test(&get, &mut None) == Some(true));
    let unit = match &cost.scale {
        None => Some(Decimal::ONE),
        Some(scale) => {
            let value = get(&scale.fact).and_then(|v| match v {
                crate::law::FactValue::Number(number) => Some(*number),
                _ => None,
            });
            if value.is_none() {
                missing.insert(scale.fact.clone());
            }
            value.and_then(|v| scale.amount(v))
        }
    };
    let from = if cost.kind == CostKind::Fee { fees } else { LateFrom::Due };
    let start = if let LateFrom::Day(day) = from { day } else { due };
    let days = match from {
        LateFrom::Freed => 0,
        _ => u32::try_from((on - start).whole_days()).unwrap_or(0),
    };
    // how far the day from which the line counts lies behind the due date
    let shift = u32::try_from((start - due).whole_days()).unwrap_or(0);
    let sum = Sum { cost, due: start, unit, reduction: reduction.map(|r| (r.times, r.cap)) };
    let amount = sum.amount(days);
    let capped = amount.is_some_and(|a| sum.is_cap(a));
    found.unknown_facts.append(&mut missing);
    Some(LateLine {
        kind: cost.kind,
        quantum: cost.quantum,
        falls_on: words.write(|| cost.falls_on.clone()),
        text: words.write(|| late_words::amount(cost, reduction)),
        section: words.write(|| match reduction {
            Some(r) => format!("{}; {}", cost.cited, r.section),
            None => cost.cited.clone(),
        }),
        confidence: words.write(|| cost.confidence.clone()),
        note: words.write(|| cost.note.clone()),
        per_day: if capped || from == LateFrom::Freed { Decimal::ZERO } else { sum.rate(days.max(1)) },
        capped,
        cap_day: match words {
            Words::Written => sum.cap_day().map(|day| day.saturating_add(shift)),
            Words::Left => None,
        },
        least: cost.min.filter(|_| days > 0),
        counted: applies == Some(true) && cost.on_client() && !cost.uncertain() && amount.is_some(),
        amount,
        from,
    })
}

/// One line being worked out.
struct Sum<'a> {
    cost: &'a Cost,
    due: Date,
    unit: Option<Decimal>,
    reduction: Option<(Decimal, Option<Decimal>)>,
}

impl Sum<'_> {
    fn counted_days(&self, days: u32) -> u32 {
        let filing_day = u32::from(!self.cost.count_filing_day);
        days.saturating_sub(self.cost.free_days).saturating_sub(filing_day)
    }

    /// The amount after so many days; `None` when the unit is not known.
    fn amount(&self, days: u32) -> Option<Decimal> {
        if days == 0 {
            return Some(Decimal::ZERO);
        }
        let cost = self.cost;
        let full = if cost.bands.is_empty() {
            let counted = self.counted_days(days);
            let daily = if cost.tiers.is_empty() {
                cost.per_day * Decimal::from(counted)
            } else {
                tiered(&cost.tiers, counted)
            };
            let monthly = if cost.per_month.is_zero() {
                Decimal::ZERO
            } else {
                cost.per_month * Decimal::from(self.months(days))
            };
            cost.base + daily + monthly
        } else {
            banded(&cost.bands, days, self.unit?)
        };
        let full = cost.min.map_or(full, |min| full.max(min));
        let full = cost.cap.map_or(full, |cap| full.min(cap));
        Some(match self.reduction {
            Some((times, cap)) => cap.map_or(full * times, |c| (full * times).min(c)).normalize(),
            None => full,
        })
    }

    /// The most it can ever be.
    fn cap(&self) -> Option<Decimal> {
        match self.reduction {
            Some((times, cap)) => {
                let reduced = self.cost.cap.map(|c| c * times);
                [reduced, cap].into_iter().flatten().min()
            }
            None => self.cost.cap,
        }
    }

    fn is_cap(&self, amount: Decimal) -> bool {
        self.cap().is_some_and(|cap| amount >= cap)
    }

    /// What one more day adds, when no cap is near.
    fn rate(&self, days: u32) -> Decimal {
        let cost = self.cost;
        let full = if !cost.bands.is_empty() {
            band_of(&cost.bands, days.saturating_add(1)).map_or(Decimal::ZERO, |(_, b)| b.per_day)
        } else if cost.tiers.is_empty() {
            cost.per_day
        } else {
            let next = self.counted_days(days).saturating_add(1);
            let tier = cost.tiers.iter().find(|t| t.until_day.is_none_or(|until| next <= until));
            tier.map_or(Decimal::ZERO, |t| t.per_day)
        };
        self.reduction.map_or(full, |(times, _)| (full * times).normalize())
    }

    /// Months late, a part of a month counted whole.
    fn months(&self, days: u32) -> u32 {
        let on = self.due.saturating_add(Duration::days(i64::from(days)));
        let passed = |m: u32| months_after(self.due, i32::try_from(m).unwrap_or(i32::MAX), false);
        // never more than the days divided by the shortest month, and one
        (1..=days / 28 + 1).find(|m| passed(*m) >= on).unwrap_or(days / 28 + 1)
    }

    fn cap_day(&self) -> Option<u32> {
        let reached = |day: u32| self.amount(day).is_some_and(|a| self.is_cap(a));
        if !self.grows() || !reached(FAR) {
            return None;
        }
        let (mut below, mut at) = (0, FAR);
        while at - below > 1 {
            let middle = below + (at - below) / 2;
            if reached(middle) { at = middle } else { below = middle }
        }
        Some(at)
    }

    fn grows(&self) -> bool {
        let cost = self.cost;
        !cost.per_day.is_zero()
            || !cost.per_month.is_zero()
            || !cost.tiers.is_empty()
            || cost.bands.iter().any(|b| !b.per_day.is_zero())
    }
}

/// A hundred years: no cap of the law is farther away.
const FAR: u32 = 36_500;

fn tiered(tiers: &[Tier], days: u32) -> Decimal {
    let (mut total, mut done) = (Decimal::ZERO, 0);
    for tier in tiers {
        let until = tier.until_day.unwrap_or(u32::MAX).min(days);
        total += tier.per_day * Decimal::from(until.saturating_sub(done));
        done = done.max(until);
    }
    total
}

/// The band of a day and the last day of the band before it.
fn band_of(bands: &[Band], day: u32) -> Option<(u32, &Band)> {
    let mut before = 0;
    for band in bands {
        if band.until_day.is_none_or(|until| day <= until) {
            return Some((before, band));
        }
        before = band.until_day.unwrap_or(before);
    }
    None
}

/// After the last band nothing more is taken: the act is barred, and the last amount stays.
fn banded(bands: &[Band], days: u32, unit: Decimal) -> Decimal {
    match band_of(bands, days) {
        Some((before, band)) => band.times * unit + band.per_day * Decimal::from(days - before),
        None => bands.last().map_or(Decimal::ZERO, |band| band.times * unit),
    }
}

/// Alternatives cannot be imposed together.
fn only_the_highest_counts(lines: &mut [LateLine], members: &[usize]) {
    let weight = |line: &LateLine| (line.amount, line.per_day);
    let best = members.iter().copied().max_by(|a, b| weight(&lines[*a]).cmp(&weight(&lines[*b])));
    for at in members {
        lines[*at].counted = Some(*at) == best;
    }
}

fn add_up(found: &mut LateCost) {
    let mut last_cap = Some(0);
    for line in found.lines.iter().filter(|l| l.counted) {
        let amount = line.amount.unwrap_or_default();
        match line.kind {
            CostKind::Fee => found.fee += amount,
            CostKind::Penalty | CostKind::Compensation => found.exposure += amount,
        }
        found.per_day += line.per_day;
        if let Some(day) = line.cap_day {
            last_cap = last_cap.map(|last| last.max(day));
        } else if !line.per_day.is_zero() {
            last_cap = None;
        }
    }
    found.cap_day = last_cap.filter(|day| *day > 0);
}
