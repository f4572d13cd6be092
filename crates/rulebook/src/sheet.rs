//! What is known about one client: facts with their history, and recorded events.

use crate::law::FactValue;
use std::collections::BTreeMap;
use time::Date;

/// Something that happened (or is planned) on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Identity; stays the same when the event is corrected.
    pub id: i64,
    /// Event kind, for example `agm_held`.
    pub kind: String,
    /// The day.
    pub on: Date,
    /// Key of the period it belongs to, for example `2025-26` for the AGM of that year; worked out when absent.
    pub for_period: Option<String>,
    /// True: planned, not yet held.
    pub projected: bool,
}

/// Facts with history, and events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FactSheet {
    facts: BTreeMap<String, Vec<(Date, FactValue)>>,
    events: Vec<Event>,
}

impl FactSheet {
    /// Nothing known.
    pub fn new() -> Self {
        Self::default()
    }

    /// A fact that has always been so; a later `set_from` still changes it from its day on.
    pub fn set(&mut self, key: &str, value: FactValue) {
        self.set_from(key, Date::MIN, value);
    }

    /// A fact that is so from `valid_from` on.
    pub fn set_from(&mut self, key: &str, valid_from: Date, value: FactValue) {
        let history = match self.facts.get_mut(key) {
            Some(history) => history,
            None => self.facts.entry(key.to_owned()).or_default(),
        };
        match history.binary_search_by_key(&valid_from, |(from, _)| *from) {
            Ok(at) => history[at].1 = value,
            Err(at) => history.insert(at, (valid_from, value)),
        }
    }

    /// A fact that has always been so, whatever was known before.
    pub fn replace(&mut self, key: &str, value: FactValue) {
        self.facts.remove(key);
        self.set(key, value);
    }

    /// Forgets the events of a kind.
    pub fn forget_events(&mut self, kind: &str) {
        self.events.retain(|e| e.kind != kind);
    }

    /// The value in force on a day. An empty text means "no longer known".
    pub fn get(&self, key: &str, as_of: Date) -> Option<&FactValue> {
        let history = self.facts.get(key)?;
        let after = history.partition_point(|(from, _)| *from <= as_of);
        history.get(after.checked_sub(1)?).map(|(_, value)| value).filter(|value| known(value))
    }

    /// The newest value, whatever its day.
    pub fn latest(&self, key: &str) -> Option<&FactValue> {
        self.facts.get(key)?.last().map(|(_, value)| value).filter(|value| known(value))
    }

    /// A date fact: the one in force on the day, else the newest. A date that never changes (incorporation) is
    /// often entered late and still holds for earlier days.
    pub(crate) fn date(&self, key: &str, as_of: Date) -> Option<Date> {
        match self.get(key, as_of).or_else(|| self.latest(key))? {
            FactValue::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// Records an event.
    pub fn record(&mut self, event: Event) {
        self.events.push(event);
    }

    /// Events of a kind, in the order of recording.
    pub fn events(&self, kind: &str) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(move |e| e.kind == kind)
    }

    pub(crate) fn event_by_id(&self, kind: &str, id: i64) -> Option<&Event> {
        self.events(kind).filter(|e| e.id == id).last()
    }

    /// How many fact changes lie on or before `as_of`: two days with the same number see the same facts.
    pub(crate) fn segment(changes: &[Date], as_of: Date) -> usize {
        changes.partition_point(|d| *d <= as_of)
    }

    /// Every day on which a fact changes, sorted.
    pub(crate) fn changes(&self) -> Vec<Date> {
        let mut days: Vec<Date> = self.facts.values().flatten().map(|(from, _)| *from).collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}

fn known(value: &FactValue) -> bool {
    !matches!(value, FactValue::Text(text) if text.is_empty())
}
