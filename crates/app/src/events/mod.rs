//! Events over all clients: what dates wait for, what was recorded, and recording for several clients at once.

mod ports;
mod record;
mod take_back;

pub use ports::{AwaitedGroup, EventFilter, EventRegister, HangingFiling, RecordedEvent};
pub use record::{MOST_AT_ONCE, Outcome, Wanted, record_for};
pub use take_back::take_back;

use crate::facts::fact_sheet;
use kernel::Date;
use rulebook::{AwaitedEvent, Rulebook};

/// When the event of a group is likely and by when the law wants it, from the client's own record.
pub fn awaited_in(group: &AwaitedGroup, today: Date) -> Option<AwaitedEvent> {
    let rules = Rulebook::shipped();
    let record = &group.record;
    let sheet = fact_sheet(rules, &record.client, &record.registrations, &record.facts, &record.events);
    let found = group.filings.iter().filter_map(|filing| {
        rules.awaited(&filing.code, &sheet, group.period_end, today).filter(|found| found.kind == group.kind)
    });
    // The one that says most: a last day with its instrument before a bare wait.
    found.max_by_key(|found| (found.last_day.is_some(), found.why.is_some()))
}

/// Every return whose date can follow an event that is recorded once a period, with that kind: pairs for the store.
pub fn links() -> (Vec<String>, Vec<String>) {
    let rules = Rulebook::shipped();
    let pairs = rules.event_kinds().iter().flat_map(|kind| {
        rules.codes_after(&kind.kind).into_iter().map(|code| (kind.kind.clone(), code.to_owned()))
    });
    pairs.unzip()
}
