//! The rulebook: all rule versions, found by code, alias and date.

use crate::law::{
    Calendar, EventKind, FactDef, Holiday, Law, PackError, Relief, Rule, VersionKey, parse_sources,
};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;
use time::Date;

static PACKS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

static SHIPPED: LazyLock<Rulebook> = LazyLock::new(|| match Rulebook::from_sources(PACKS) {
    Ok(book) => book,
    Err(error) => unreachable!("the build checked these packs: {error}"),
});

/// All rule versions with their calendars, facts, events and reliefs.
#[derive(Debug)]
pub struct Rulebook {
    pub(crate) law: Law,
    /// Lower-case code or alias to family.
    names: HashMap<String, usize>,
    /// Id of a version to its place.
    ids: HashMap<String, usize>,
    /// One range of `law.rules` per code.
    pub(crate) families: Vec<Range<usize>>,
    digest: String,
}

impl Rulebook {
    /// The packs embedded at build, read once.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads and checks packs given as (file name, TOML text).
    pub fn from_sources(sources: &[(&str, &str)]) -> Result<Self, PackError> {
        Ok(Self::of_law(parse_sources(sources)?, digest_of(sources)))
    }

    /// A book of law that is checked and sorted.
    pub(crate) fn of_law(law: Law, digest: String) -> Self {
        let mut families: Vec<Range<usize>> = Vec::new();
        let mut names = HashMap::new();
        for (at, rule) in law.rules.iter().enumerate() {
            match families.last_mut() {
                Some(last) if law.rules[last.start].code == rule.code => last.end = at + 1,
                _ => families.push(at..at + 1),
            }
            for name in rule.aliases.iter().chain([&rule.code]) {
                names.insert(name.to_ascii_lowercase(), families.len() - 1);
            }
        }
        let ids = law.rules.iter().enumerate().map(|(at, rule)| (rule.id.clone(), at)).collect();
        Self { law, names, ids, families, digest }
    }

    /// A stable hash of the packs; it changes when law data changes.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// All versions of all rules, by code and then by start.
    pub fn rules(&self) -> &[Rule] {
        &self.law.rules
    }

    /// The fact catalogue.
    pub fn fact_defs(&self) -> &[FactDef] {
        &self.law.facts
    }

    /// One entry of the fact catalogue.
    pub fn fact_def(&self, key: &str) -> Option<&FactDef> {
        self.law.facts.iter().find(|f| f.key == key)
    }

    /// What a user can record.
    pub fn event_kinds(&self) -> &[EventKind] {
        &self.law.events
    }

    /// One event kind.
    pub fn event_kind(&self, kind: &str) -> Option<&EventKind> {
        self.law.events.iter().find(|e| e.kind == kind)
    }

    /// The named calendars.
    pub fn calendars(&self) -> &[Calendar] {
        &self.law.calendars
    }

    /// The reliefs in the packs.
    pub fn reliefs(&self) -> &[Relief] {
        &self.law.reliefs
    }

    /// The name of a holiday that everyone keeps (a national one), when `date` is one. Those of an exchange or a
    /// State are only in their own calendars.
    pub fn holiday_name(&self, date: Date) -> Option<&str> {
        self.holidays(date, date, self.calendar("MF")).next().map(|h| h.name.as_str())
    }

    /// The holidays of a span, by date; of one calendar, or of all lists.
    pub fn holidays<'a>(
        &'a self,
        from: Date,
        to: Date,
        calendar: Option<&'a Calendar>,
    ) -> impl Iterator<Item = &'a Holiday> {
        let start = self.law.holidays.partition_point(|h| h.date < from);
        self.law.holidays[start..]
            .iter()
            .take_while(move |h| h.date <= to)
            .filter(move |h| calendar.is_none_or(|c| c.lists.contains(&h.list)))
    }

    /// The day to aim for when `due` is not the date that the rule gave: the last working day before it, less the rule's
    /// buffer.
    pub fn target_before(&self, rule_id: &str, due: Date) -> Option<Date> {
        let buffer = self.rule(rule_id).map_or(0, |rule| rule.buffer_days);
        self.calendar("MF").map(|calendar| calendar.before(due, buffer.saturating_add(1)))
    }

    /// All versions behind a code or alias (case does not matter), oldest first; empty when there is none.
    pub fn versions(&self, code: &str) -> Vec<&Rule> {
        self.family(code).iter().collect()
    }

    /// The version in force on a day. A legacy code gives its last version after its end.
    pub fn current(&self, code: &str, on: Date) -> Option<&Rule> {
        let family = self.family(code);
        family
            .iter()
            .find(|r| r.in_force_on(on))
            .or_else(|| family.last().filter(|r| r.legacy && on >= r.effective_from))
    }

    /// A rule version by its id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.ids.get(id).map(|at| &self.law.rules[*at])
    }

    pub(crate) fn family(&self, code: &str) -> &[Rule] {
        let found = match self.names.get(code) {
            Some(at) => Some(at),
            None => self.names.get(&code.trim().to_ascii_lowercase()),
        };
        found.map_or(&[], |at| &self.law.rules[self.families[*at].clone()])
    }

    /// A calendar by its name.
    pub fn calendar(&self, name: &str) -> Option<&Calendar> {
        self.law.calendars.iter().find(|c| c.name == name)
    }

    /// The version for a filing, by each version's own key. `None` when no version covers the date.
    pub(crate) fn select(
        family: &[Rule],
        reference: Date,
        event: Option<Date>,
        today: Option<Date>,
    ) -> Option<&Rule> {
        let key = |rule: &Rule| match rule.version_key {
            VersionKey::ReferenceDate | VersionKey::ReportingPeriod | VersionKey::AccrualMonth => reference,
            VersionKey::EventDate | VersionKey::ContraventionDate | VersionKey::ComplaintDate => {
                event.unwrap_or(reference)
            }
            VersionKey::FilingDate | VersionKey::AccrualDay | VersionKey::LicenceStateOn => {
                today.unwrap_or(reference)
            }
        };
        family
            .iter()
            .find(|r| r.in_force_on(key(r)))
            .or_else(|| family.last().filter(|r| r.legacy && key(r) >= r.effective_from))
    }
}

/// FNV-1a over names and texts in order, twice with different starts: not for secrets, only to notice a change.
fn digest_of(sources: &[(&str, &str)]) -> String {
    let mut sorted: Vec<_> = sources.to_vec();
    sorted.sort_unstable();
    let mut halves = [0xcbf2_9ce4_8422_2325_u64, 0x6c62_272e_07bb_0142];
    for (name, text) in sorted {
        for byte in name.bytes().chain([0]).chain(text.bytes()).chain([0]) {
            for half in &mut halves {
                *half = (*half ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        }
    }
    format!("{:016x}{:016x}", halves[0], halves[1].rotate_left(31))
}
