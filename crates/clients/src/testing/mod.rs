//! For tests only: the port in memory, and the suite that the memory and the database must both pass.

mod memory;
mod newcomers;

pub use memory::MemoryClients;

use crate::client::{Client, EntityType, Identifiers, RiskRating, Status};
use crate::name_key::{name_key, short_name};
use crate::newcomers::Newcomers;
use crate::parts::{Contact, Fact, NewContact, NewEvent, NewRegistration, Registration};
use crate::ports::Clients;
use kernel::id::{ClientId, UserId};
use kernel::moment::Instant;
use kernel::{Date, Id, StoreError};
use time::macros::date;

/// A client to insert: an active public company with this legal name, tracked from April 2026, without numbers.
pub fn new_client(name: &str, at: Instant) -> Client {
    Client {
        id: Id::new(0),
        client_name: name.to_owned(),
        short_name: short_name(name),
        entity_type: EntityType::PublicCompany,
        status: Status::Active,
        risk_rating: None,
        identifiers: Identifiers::default(),
        incorporated_on: None,
        track_from: date!(2026 - 04 - 01),
        owner: None,
        tags: Vec::new(),
        notes: String::new(),
        version: 1,
        created_at: at,
        updated_at: at,
    }
}

/// What every store of clients must do. `other_owner` exists; the firm has no clients yet.
///
/// # Panics
/// When the store does something else.
pub async fn contract<T: Newcomers + ?Sized>(store: &mut T, other_owner: UserId, at: Instant) {
    newcomers::many(store, other_owner, at).await;
    plans(store, at).await;
    records(store, other_owner, at).await;
    let one = expect(store.insert_client(&new_client("Parts One Limited", at)).await, "inserting");
    let two = expect(store.insert_client(&new_client("Parts Two Limited", at)).await, "inserting");
    registrations(store, one, two).await;
    contacts(store, one, two).await;
    facts(store, one, two, at).await;
    events(store, one, two, other_owner, at).await;
    deletion(store, one, two).await;
    duplicates(store, at).await;
}

async fn plans<T: Clients + ?Sized>(store: &mut T, at: Instant) {
    let (near, far) = (date!(2027 - 03 - 31), date!(2028 - 03 - 31));
    assert_eq!(to_plan(store, "rules-1", near).await, [], "an empty firm has nothing to plan");
    let mut ids = Vec::new();
    for name in ["Plan One Limited", "Plan Two Limited", "Plan Three Limited"] {
        ids.push(expect(store.insert_client(&new_client(name, at)).await, "inserting"));
    }
    ids.sort();
    let [one, two, three] = ids[..] else { panic!("three clients have three ids: {ids:?}") };
    assert_eq!(to_plan(store, "rules-1", near).await, [one, two, three], "never planned");
    let some = expect(store.clients_to_plan("rules-1", near, 2).await, "planning some");
    assert_eq!(some.len(), 2, "no more than asked for");

    expect(store.mark_planned(&[one], "rules-1", far).await, "marking");
    expect(store.mark_planned(&[two], "rules-1", near).await, "marking");
    assert_eq!(to_plan(store, "rules-1", near).await, [three], "the last planned day counts as planned");
    assert_eq!(to_plan(store, "rules-1", far).await, [two, three], "not far enough");
    assert_eq!(to_plan(store, "rules-2", near).await, [one, two, three], "another rule library");
    expect(store.mark_planned(&[two], "rules-1", far).await, "marking again");
    assert_eq!(to_plan(store, "rules-1", far).await, [three]);
    expect(store.forget_plans().await, "forgetting");
    assert_eq!(to_plan(store, "rules-1", near).await, [one, two, three], "forgotten");

    for id in ids {
        expect(store.delete_client(id).await, "deleting");
    }
    assert_eq!(to_plan(store, "rules-1", near).await, [], "a deleted client is not planned");
}

async fn to_plan<T: Clients + ?Sized>(store: &mut T, digest: &str, until: Date) -> Vec<ClientId> {
    let mut ids = expect(store.clients_to_plan(digest, until, 100).await, "clients to plan");
    ids.sort();
    ids
}

async fn records<T: Clients + ?Sized>(store: &mut T, other_owner: UserId, at: Instant) {
    let full = Client {
        risk_rating: Some(RiskRating::High),
        identifiers: Identifiers {
            pan: Some("AAACR1111A".into()),
            gstin: Some("27AAACR1111A1Z1".into()),
            cin: Some("U65929MH2011PLC111111".into()),
            llpin: Some("AAB-1111".into()),
            lei: Some("335800RECORD11111111".into()),
        },
        incorporated_on: Some(date!(2011 - 06 - 12)),
        owner: Some(other_owner),
        tags: vec!["gold".into(), "nbfc".into()],
        notes: "Kept by post.".into(),
        ..new_client("Record Finance Private Limited", at)
    };
    let id = expect(store.insert_client(&full).await, "inserting");
    let full = Client { id, ..full };
    assert_eq!(expect(store.client(id).await, "reading"), Some(full.clone()));
    assert_eq!(expect(store.lock_client(id).await, "locking"), Some(full.clone()));
    assert_eq!(expect(store.client(Id::new(i64::MAX)).await, "reading nothing"), None);
    assert_eq!(expect(store.lock_client(Id::new(i64::MAX)).await, "locking nothing"), None);

    let other = expect(store.insert_client(&full).await, "inserting with the id of another");
    assert_ne!(other, id, "the id inside is ignored");

    let changed = Client {
        entity_type: EntityType::Llp,
        status: Status::Suspended,
        notes: "Paused.".into(),
        ..Client { id, ..new_client("Renamed Record LLP", at) }
    };
    expect(store.save_client(&changed).await, "saving");
    let saved = expect(store.client(id).await, "reading back");
    let updated_at = saved.as_ref().map_or(at, |c| c.updated_at);
    assert_eq!(
        saved,
        Some(Client { version: 2, updated_at, ..changed.clone() }),
        "saved, and the version bumped"
    );
    let stale = store.save_client(&Client { notes: "Lost.".into(), ..changed.clone() }).await;
    assert!(matches!(stale, Err(StoreError::Stale)), "a second save of the same version is refused");
    assert_eq!(expect(store.client(id).await, "reading"), saved, "a refused save changes nothing");
    let gone = store.save_client(&Client { id: Id::new(i64::MAX), ..changed.clone() }).await;
    assert!(matches!(gone, Err(StoreError::Stale)), "a client that is not there cannot be saved");
    let again = Client { version: 2, owner: Some(other_owner), ..changed };
    expect(store.save_client(&again).await, "saving the version read");
    let read = expect(store.lock_client(id).await, "reading").map(|c| (c.version, c.owner));
    assert_eq!(read, Some((3, Some(other_owner))));
    let untouched = expect(store.client(other).await, "reading the other");
    assert_eq!(untouched, Some(Client { id: other, ..full }), "the other client stays");

    for id in [id, other] {
        expect(store.delete_client(id).await, "deleting");
        assert_eq!(expect(store.client(id).await, "reading"), None);
    }
}

async fn registrations<T: Clients + ?Sized>(store: &mut T, one: ClientId, two: ClientId) {
    let rbi = NewRegistration {
        regulator: "RBI".into(),
        category: "NBFC-ICC".into(),
        registration_no: "N-13.02417".into(),
        valid_from: Some(date!(2012 - 01 - 05)),
        valid_to: None,
        status: "active".into(),
    };
    let fiu = NewRegistration { regulator: "FIU".into(), category: "RE".into(), ..rbi.clone() };
    let first = Registration { id: expect(store.add_registration(one, &rbi).await, "adding"), facts: rbi };
    let second = Registration { id: expect(store.add_registration(one, &fiu).await, "adding"), facts: fiu };
    let both = [second.clone(), first.clone()];
    assert_eq!(expect(store.registrations_of(one).await, "licences"), both, "by regulator");
    assert_eq!(expect(store.registrations_of(two).await, "licences of the other"), []);

    let to = Some(date!(2026 - 09 - 30));
    let facts = NewRegistration {
        valid_from: None,
        valid_to: to,
        status: "surrendered".into(),
        ..first.facts.clone()
    };
    let ended = Registration { facts, ..first.clone() };
    assert!(!expect(store.save_registration(two, &ended).await, "saving another's"), "not its licence");
    assert!(!expect(store.remove_registration(two, first.id).await, "removing another's"), "not its licence");
    assert_eq!(expect(store.registrations_of(one).await, "licences"), both, "untouched by another client");
    assert!(expect(store.save_registration(one, &ended).await, "saving"));
    assert_eq!(expect(store.registrations_of(one).await, "licences"), [second.clone(), ended]);
    assert!(expect(store.remove_registration(one, first.id).await, "removing"));
    assert!(!expect(store.remove_registration(one, first.id).await, "removing again"), "already gone");
    assert_eq!(expect(store.registrations_of(one).await, "licences"), [second]);
}

async fn contacts<T: Clients + ?Sized>(store: &mut T, one: ClientId, two: ClientId) {
    let asha = NewContact {
        name: "Asha Rao".into(),
        designation: "Company secretary".into(),
        email: "asha@parts.example".into(),
        phone: "022 5550 0101".into(),
        primary: false,
    };
    let ravi = NewContact { name: "Ravi Iyer".into(), primary: true, ..asha.clone() };
    let first = Contact { id: expect(store.add_contact(one, &asha).await, "adding"), facts: asha };
    let second = Contact { id: expect(store.add_contact(one, &ravi).await, "adding"), facts: ravi };
    let both = [second.clone(), first.clone()];
    assert_eq!(expect(store.contacts_of(one).await, "people"), both, "the one to write to comes first");
    assert_eq!(expect(store.contacts_of(two).await, "people of the other"), []);

    let facts = NewContact { email: String::new(), phone: "022 5550 0102".into(), ..first.facts.clone() };
    let moved = Contact { facts, ..first.clone() };
    assert!(!expect(store.save_contact(two, &moved).await, "saving another's"), "not its person");
    assert!(!expect(store.remove_contact(two, first.id).await, "removing another's"), "not its person");
    assert_eq!(expect(store.contacts_of(one).await, "people"), both, "untouched by another client");
    assert!(expect(store.save_contact(one, &moved).await, "saving"));
    assert_eq!(expect(store.contacts_of(one).await, "people"), [second.clone(), moved]);
    assert!(expect(store.remove_contact(one, first.id).await, "removing"));
    assert!(!expect(store.remove_contact(one, first.id).await, "removing again"), "already gone");
    assert_eq!(expect(store.contacts_of(one).await, "people"), [second]);
}

async fn facts<T: Clients + ?Sized>(store: &mut T, one: ClientId, two: ClientId, at: Instant) {
    let fact = |key: &str, value: Option<&str>, valid_from| Fact {
        key: key.to_owned(),
        value: value.map(str::to_owned),
        valid_from,
    };
    let (y25, y26, y27) = (date!(2025 - 04 - 01), date!(2026 - 04 - 01), date!(2027 - 04 - 01));
    let layer_26 = fact("layer", Some("middle"), y26);
    let layer_25 = fact("layer", Some("base"), y25);
    let ended = fact("layer", None, y27);
    let deposits = fact("deposit_taking", Some("false"), y26);
    for f in [&ended, &layer_26, &layer_25, &deposits] {
        expect(store.set_fact(one, f, at).await, "setting");
    }
    expect(store.set_fact(two, &layer_25, at).await, "setting for the other");
    let history = [deposits.clone(), layer_25.clone(), layer_26, ended.clone()];
    assert_eq!(expect(store.facts_of(one).await, "facts"), history, "by key and date");

    let upper = fact("layer", Some("upper"), y26);
    expect(store.set_fact(one, &upper, at).await, "setting on the same date");
    let replaced = [deposits.clone(), layer_25.clone(), upper.clone(), ended];
    assert_eq!(expect(store.facts_of(one).await, "facts"), replaced, "one value for one date");
    expect(store.unset_fact(one, "layer", y27).await, "taking back");
    expect(store.unset_fact(one, "layer", y27).await, "taking back nothing");
    expect(store.unset_fact(one, "layer", y25).await, "taking back");
    assert_eq!(expect(store.facts_of(one).await, "facts"), [deposits, upper]);
    assert_eq!(expect(store.facts_of(two).await, "facts of the other"), [layer_25], "each has its own");
}

async fn events<T: Clients + ?Sized>(store: &mut T, one: ClientId, two: ClientId, by: UserId, at: Instant) {
    let agm = |on: Date, note: &str| NewEvent {
        kind: "agm_held".into(),
        on,
        for_period: Some("2025-26".into()),
        note: note.into(),
    };
    let newest = agm(date!(2026 - 09 - 30), "held");
    let same_day = NewEvent { for_period: None, ..agm(newest.on, "minutes signed") };
    let oldest = agm(date!(2025 - 09 - 29), "last year");
    let held = expect(store.add_event(one, &newest, Some(by), at).await, "recording");
    let before = expect(store.add_event(one, &oldest, None, at).await, "recording");
    let signed = expect(store.add_event(one, &same_day, Some(by), at).await, "recording");
    let all = expect(store.events_of(one).await, "events");
    let ids: Vec<_> = all.iter().map(|e| e.id).collect();
    assert_eq!(ids, [signed, held, before], "newest first, of one day the last recorded first");
    let content: Vec<_> = all.iter().map(|e| (&e.facts, e.recorded_by, e.recorded_at)).collect();
    assert_eq!(content, [(&same_day, Some(by), at), (&newest, Some(by), at), (&oldest, None, at)]);
    assert_eq!(expect(store.events_of(two).await, "events of the other"), []);

    assert!(!expect(store.remove_event(two, held).await, "removing another's"), "not its event");
    assert_eq!(expect(store.events_of(one).await, "events"), all, "untouched by another client");
    assert!(expect(store.remove_event(one, held).await, "removing"));
    assert!(!expect(store.remove_event(one, held).await, "removing again"), "already gone");
    assert_eq!(expect(store.events_of(one).await, "events"), [all[0].clone(), all[2].clone()]);
}

/// `one` has parts of every kind by now; `two` has a fact and gets the others.
async fn deletion<T: Clients + ?Sized>(store: &mut T, one: ClientId, two: ClientId) {
    let kept = NewContact { name: "Kept".into(), ..NewContact::default() };
    expect(store.add_contact(two, &kept).await, "adding");
    let before = hanging(store, one).await;
    assert!(before.iter().all(|n| *n > 0), "parts of every kind hang on it: {before:?}");
    expect(store.delete_client(one).await, "deleting");
    assert_eq!(expect(store.client(one).await, "reading"), None);
    assert_eq!(hanging(store, one).await, [0; 4], "what hung on it is gone");
    assert_eq!(hanging(store, two).await, [0, 1, 1, 0], "what hangs on another stays");
    expect(store.delete_client(two).await, "deleting");
}

/// How many registrations, contacts, facts and events a client has.
async fn hanging<T: Clients + ?Sized>(store: &mut T, client: ClientId) -> [usize; 4] {
    [
        expect(store.registrations_of(client).await, "licences").len(),
        expect(store.contacts_of(client).await, "people").len(),
        expect(store.facts_of(client).await, "facts").len(),
        expect(store.events_of(client).await, "events").len(),
    ]
}

async fn duplicates<T: Clients + ?Sized>(store: &mut T, at: Instant) {
    let (pan, cin, gstin) = ("AAACK1234F", "U65929MH2011PLC218514", "27AAACK1234F1Z5");
    let wanted =
        Identifiers { pan: Some(pan.into()), cin: Some(cin.into()), gstin: Some(gstin.into()), ..none() };
    let key = name_key("Kaveri Finance Private Limited");
    // Made in an order that is neither the one wanted nor its reverse.
    let seeds = [
        ("gstin", "Same Gst Limited", Identifiers { gstin: wanted.gstin.clone(), ..none() }),
        ("name", "KAVERI FINANCE PVT. LTD.", none()),
        ("pan", "Kaveri Finance Limited", Identifiers { pan: wanted.pan.clone(), ..none() }),
        ("cin", "Same Cin Limited", Identifiers { cin: wanted.cin.clone(), ..none() }),
        ("", "Stranger Limited", Identifiers { pan: Some("AAACS9999Z".into()), ..none() }),
    ];
    let mut made = Vec::new();
    for (on, name, identifiers) in seeds {
        let client = Client { identifiers, ..new_client(name, at) };
        made.push((on, name, expect(store.insert_client(&client).await, "inserting")));
    }
    let found = expect(store.duplicates_of(&wanted, &key, None).await, "duplicates");
    let found: Vec<_> = found.iter().map(|d| (d.matched_on, d.client_name.as_str(), d.id)).collect();
    assert_eq!(
        found,
        [made[2], made[3], made[0], made[1]],
        "by PAN, CIN, GSTIN, then name, each client once"
    );

    let others = expect(store.duplicates_of(&wanted, &key, Some(made[2].2)).await, "duplicates of itself");
    let others: Vec<_> = others.iter().map(|d| d.matched_on).collect();
    assert_eq!(others, ["cin", "gstin", "name"], "not the client itself");
    let unknown = expect(store.duplicates_of(&none(), "nobody", None).await, "duplicates of nobody");
    assert_eq!(unknown, [], "a number that nobody gave matches nothing");
    let by_name = expect(store.duplicates_of(&none(), &key, None).await, "duplicates by name");
    let by_name: Vec<_> = by_name.iter().map(|d| (d.matched_on, d.id)).collect();
    assert_eq!(by_name, [("name", made[1].2), ("name", made[2].2)], "legal endings do not count");

    let renamed = Client { id: made[4].2, ..new_client("Kaveri Two LLP", at) };
    expect(store.save_client(&renamed).await, "renaming");
    let key = name_key("kaveri two");
    let found = expect(store.duplicates_of(&none(), &key, None).await, "duplicates of the new name");
    assert_eq!(found.iter().map(|d| d.id).collect::<Vec<_>>(), [renamed.id], "a saved name is found");
}

fn none() -> Identifiers {
    Identifiers::default()
}

fn expect<T>(answer: Result<T, StoreError>, what: &str) -> T {
    match answer {
        Ok(value) => value,
        Err(error) => panic!("{what}: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[tokio::test]
    async fn the_memory_keeps_the_contract() {
        let mut store = MemoryClients::default();
        contract(&mut store, Id::new(7), datetime!(2026-11-21 06:30 UTC)).await;
    }
}
