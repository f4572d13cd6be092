//! Relaxations in sentences, for the journal and the reasons of a filing.

use super::{Circular, Effect, FreeUntil, Relaxation};
use crate::filing::Filing;
use crate::views::FilingRow;
use kernel::Date;
use kernel::id::RelaxationId;
use kernel::period::day_text;
use rulebook::Step;

impl Circular {
    /// `General Circular 07/2026 dated 28 Oct 2026`.
    pub fn words(&self) -> String {
        format!("{} dated {}", self.number, day_text(self.on))
    }
}

impl Relaxation {
    /// `MCA General Circular 07/2026, 28 Oct 2026`, and where to read it.
    pub fn citation(&self) -> String {
        let base = format!("{} {}, {}", self.regulator, self.circular.number, day_text(self.circular.on));
        match &self.circular.url {
            Some(url) => format!("{base}, {url}"),
            None => base,
        }
    }

    /// `extended to 30 Nov 2026`, without a subject.
    pub fn effect_words(&self) -> String {
        match self.effect {
            Effect::NewDate(date) => format!("extended to {}", day_text(date)),
            Effect::ExtraDays(1) => "extended by 1 day".to_owned(),
            Effect::ExtraDays(days) => format!("extended by {days} days"),
            Effect::NoLateCost { until, counts_from_due } => {
                let after = if counts_from_due { "the due date" } else { "that day" };
                format!(
                    "no additional fee until {}; later, its days count from {after}. Penalties run on",
                    day_text(until)
                )
            }
        }
    }

    /// The returns, the first few by name.
    pub fn returns_words(&self) -> String {
        let codes = &self.scope.codes;
        match codes.len() {
            0..=4 => codes.join(", "),
            n => format!("{} and {} more", codes[..3].join(", "), n - 3),
        }
    }
}

fn shown(date: Option<Date>) -> String {
    date.map_or("no date".to_owned(), day_text)
}

/// What the reasons say about relaxations over one filing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Over {
    /// The relaxation that gives the date.
    pub by: Option<RelaxationId>,
    /// What the rule gives.
    pub law: Option<Date>,
    /// The date in force.
    pub now: Option<Date>,
    /// The planned target, when nobody set one by hand.
    pub target: Option<Date>,
    /// Relief from the late fee.
    pub free: Option<FreeUntil>,
}

impl From<&Filing> for Over {
    fn from(filing: &Filing) -> Self {
        let rule = filing.rule_dates();
        Self {
            by: filing.relief.relaxed.map(|relaxed| relaxed.by),
            law: rule.legal_due.or(rule.lapse_due).or(rule.projected_due),
            now: filing.legal_due.or(filing.lapse.map(|l| l.due)).or(filing.projected_due),
            target: filing.target_due.filter(|_| !filing.target_overridden),
            free: filing.relief.free,
        }
    }
}

impl From<&FilingRow> for Over {
    fn from(row: &FilingRow) -> Self {
        let now = row.legal_due.or(row.projected_due);
        Self { by: row.relaxation, law: row.rule_due, now, target: None, free: row.free }
    }
}

impl Over {
    /// The relaxations that the steps name.
    pub fn ids(self) -> impl Iterator<Item = RelaxationId> {
        self.by.into_iter().chain(self.free.map(|free| free.by))
    }
}

/// The steps that relaxations add to the reasons of a filing: first what the law says, then the date in force.
pub fn steps(over: Over, relaxations: &[Relaxation]) -> Vec<Step> {
    let named = |by| relaxations.iter().find(|r| r.id == by);
    let mut steps = Vec::new();
    if let Some(relaxation) = over.by.and_then(named) {
        let (law, now, words) = (shown(over.law), shown(over.now), relaxation.circular.words());
        steps.push(Step {
            text: format!("Law: {law}; extended to {now} by {words}"),
            value: over.now.map(|date| date.to_string()).unwrap_or_default(),
            citation: Some(relaxation.citation()),
        });
        if let Some(target) = over.target {
            let text = "Aim for the last working day before the extended date".to_owned();
            steps.push(Step { text, value: target.to_string(), citation: None });
        }
    }
    if let Some(free) = over.free
        && let Some(relaxation) = named(free.by)
    {
        let words = relaxation.circular.words();
        steps.push(Step {
            text: format!("The date stays; {} by {words}", relaxation.effect_words()),
            value: free.until.to_string(),
            citation: Some(relaxation.citation()),
        });
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filing::tests::open_filing;
    use crate::relaxation::relieve;
    use crate::relaxation::tests::to_november;
    use crate::settings::Aims;
    use rulebook::Rulebook;
    use time::macros::date;

    #[test]
    fn the_reasons_say_law_extension_and_circular() {
        let mut circular = to_november(1);
        circular.circular.url = Some("https://www.mca.gov.in/circular-07".into());
        let filing = Filing { legal_due: Some(date!(2026 - 10 - 30)), ..open_filing() };
        let relaxed =
            relieve(filing.clone(), filing.rule_dates(), &[&circular], Aims::of(Rulebook::shipped()));
        let steps = steps(Over::from(&relaxed), std::slice::from_ref(&circular));
        assert_eq!(
            steps[0].text,
            "Law: 30 Oct 2026; extended to 30 Nov 2026 by General Circular 07/2026 dated 28 Oct 2026"
        );
        assert_eq!(steps[0].value, "2026-11-30");
        let citation = steps[0].citation.as_deref().unwrap();
        assert_eq!(citation, "MCA General Circular 07/2026, 28 Oct 2026, https://www.mca.gov.in/circular-07");
        assert!(super::steps(Over::from(&filing), &[circular]).is_empty());
    }
}
