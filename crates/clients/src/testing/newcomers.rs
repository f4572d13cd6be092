//! Many clients made at once, as every store must make them.

use super::{expect, new_client};
use crate::client::{Client, Identifiers};
use crate::newcomers::{Newcomer, Newcomers};
use crate::parts::{Fact, NewContact, NewEvent, NewRegistration};
use kernel::id::UserId;
use kernel::moment::Instant;
use time::macros::date;

fn newcomer(name: &str, identifiers: Identifiers, at: Instant) -> Newcomer {
    Newcomer {
        client: Client { identifiers, tags: vec!["a \"b\", {c}".into(), "d".into()], ..new_client(name, at) },
        registrations: Vec::new(),
        contacts: Vec::new(),
        facts: Vec::new(),
        events: Vec::new(),
    }
}

/// # Panics
/// When the store does something else.
pub(super) async fn many<T: Newcomers + ?Sized>(store: &mut T, by: UserId, at: Instant) {
    let pan = |text: &str| Identifiers { pan: Some(text.into()), ..Identifiers::default() };
    let registration = |category: &str| NewRegistration {
        regulator: "RBI".into(),
        category: category.into(),
        registration_no: format!("no {category}"),
        valid_from: Some(date!(2020 - 04 - 01)),
        valid_to: None,
        status: "active".into(),
    };
    let contact = NewContact {
        name: "Asha".into(),
        designation: "Secretary".into(),
        email: "asha@many.example".into(),
        phone: "+919811122233".into(),
        primary: true,
    };
    let fact = |key: &str, value: Option<&str>| Fact {
        key: key.into(),
        value: value.map(str::to_owned),
        valid_from: date!(2021 - 04 - 01),
    };
    let event = NewEvent {
        kind: "agm_held".into(),
        on: date!(2026 - 09 - 30),
        for_period: Some("FY2025-26".into()),
        note: "adjourned".into(),
    };
    // Two of the same name: only their order tells them apart.
    let newcomers = [
        Newcomer {
            registrations: vec![registration("PA"), registration("PPI")],
            facts: vec![fact("layer", Some("base")), fact("deposit_taking", None)],
            ..newcomer("Many Same Limited", pan("AAACM1111A"), at)
        },
        newcomer("Many Bare Limited", Identifiers::default(), at),
        Newcomer {
            registrations: vec![registration("NBFC-ICC")],
            contacts: vec![contact.clone()],
            events: vec![event],
            ..newcomer("Many Same Limited", pan("AAACM3333C"), at)
        },
    ];
    let ids = expect(store.insert_newcomers(&newcomers, Some(by), at).await, "inserting many");
    assert_eq!(ids.len(), 3);
    for (id, made) in ids.iter().zip(&newcomers) {
        let stored = expect(store.client(*id).await, "reading one of many");
        let wanted = Client { id: *id, ..made.client.clone() };
        assert_eq!(stored, Some(wanted), "as it was given, in the order in which it was given");
    }
    let categories = expect(store.registrations_of(ids[0]).await, "licences");
    let categories: Vec<_> = categories.into_iter().map(|r| r.facts.category).collect();
    assert_eq!(categories, ["PA", "PPI"]);
    assert_eq!(
        expect(store.facts_of(ids[0]).await, "facts"),
        [fact("deposit_taking", None), fact("layer", Some("base"))]
    );
    let contacts = expect(store.contacts_of(ids[2]).await, "people");
    assert_eq!(contacts.into_iter().map(|c| c.facts).collect::<Vec<_>>(), [contact]);
    let events = expect(store.events_of(ids[2]).await, "events");
    let events: Vec<_> = events.iter().map(|e| (e.facts.note.as_str(), e.facts.on, e.recorded_by)).collect();
    assert_eq!(events, [("adjourned", date!(2026 - 09 - 30), Some(by))]);
    let nothing = (
        expect(store.registrations_of(ids[1]).await, "licences"),
        expect(store.contacts_of(ids[1]).await, "people"),
        expect(store.facts_of(ids[1]).await, "facts"),
    );
    assert_eq!(nothing, (Vec::new(), Vec::new(), Vec::new()));

    let asked = [pan("AAACM3333C"), pan("AAACZ9999Z"), Identifiers::default(), pan("AAACM1111A")];
    let holders = expect(store.holders_of(&asked).await, "holders");
    let holders: Vec<_> = holders.iter().map(|h| h.as_ref().map(|d| (d.id, d.matched_on))).collect();
    assert_eq!(holders, [Some((ids[2], "pan")), None, None, Some((ids[0], "pan"))]);
    for id in ids {
        expect(store.delete_client(id).await, "removing one of many");
    }
}
