//! Take on a client: check, look for duplicates, write, plan the filings.

use super::ClientError;
use crate::database::Tx;
use crate::facts::{EVER, check_fact};
use crate::licence::claim;
use crate::planning::plan_client;
use crate::{identifiers, reference};
use ::clients::draft::as_json;
use ::clients::{Client, Fact, NewClient, name_key};
use ::filings::PlanDiff;
use kernel::journal::Change;
use kernel::{Actor, Counted, FieldErrors, Id, Permission};
use rulebook::Rulebook;
use serde_json::Value;

/// Makes the client. With `allow_duplicate`, a look-alike by name does not stop it; the same PAN, CIN or GSTIN
/// also passes then, because a firm may serve two units of one company.
pub async fn create_client<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    new: NewClient,
    allow_duplicate: bool,
) -> Result<(Client, PlanDiff), ClientError> {
    actor.require(Permission::ClientsEdit)?;
    let rules = Rulebook::shipped();
    let today = actor.today();
    let mut errors = FieldErrors::new();
    let numbers = identifiers::check(new.identifiers.clone(), new.entity_type, new.incorporated_on, today);
    let numbers = match numbers {
        Ok((numbers, _)) => numbers,
        Err(found) => {
            errors.merge(found);
            Default::default()
        }
    };
    let categories = reference::registration_categories(rules);
    let mut registrations = Vec::new();
    for registration in &new.registrations {
        match registration.clone().checked(&categories) {
            Ok(good) => registrations.push(good),
            Err(found) => errors.merge(found),
        }
    }
    let mut contacts = Vec::new();
    for contact in &new.contacts {
        match contact.clone().checked() {
            Ok(good) => contacts.push(good),
            Err(found) => errors.merge(found),
        }
    }
    let mut facts = Vec::new();
    for change in &new.facts {
        let Some(text) = &change.value else { continue };
        match check_fact(rules, &change.key, text) {
            Ok(value) => facts.push(Fact {
                key: change.key.clone(),
                value: Some(value),
                valid_from: change.valid_from.unwrap_or(EVER),
            }),
            Err(found) => errors.merge(found),
        }
    }
    check_owner(tx, new.owner, &mut errors).await?;
    let new = match new.checked(today) {
        Ok(new) => new,
        Err(found) => {
            errors.merge(found);
            return Err(errors.into());
        }
    };
    errors.into_result()?;
    if !allow_duplicate {
        let found = tx.duplicates_of(&numbers, &name_key(&new.client_name), None).await?;
        if !found.is_empty() {
            return Err(ClientError::Duplicate(found));
        }
    }
    claim(tx, actor, Counted::Clients, 1).await?;
    let mut client = Client {
        id: Id::new(0),
        short_name: new.short_name.unwrap_or_default(),
        client_name: new.client_name,
        entity_type: new.entity_type,
        status: new.status,
        risk_rating: new.risk_rating,
        identifiers: numbers,
        incorporated_on: new.incorporated_on,
        track_from: new.track_from.unwrap_or(today),
        owner: new.owner,
        tags: new.tags,
        notes: new.notes,
        version: 1,
        created_at: actor.at,
        updated_at: actor.at,
    };
    client.id = tx.insert_client(&client).await?;
    for registration in &registrations {
        tx.add_registration(client.id, registration).await?;
    }
    for contact in &contacts {
        tx.add_contact(client.id, contact).await?;
    }
    for fact in &facts {
        tx.set_fact(client.id, fact, actor.at).await?;
    }
    let text = format!("took on {}", client.client_name);
    let entry = Change::new("clients.create", "client", client.id.get(), text)
        .on_client(client.id)
        .with(None, Some(Value::Object(as_json(&client))));
    tx.record(entry).await?;
    let diff = plan_client(tx, actor, &client).await?;
    Ok((client, diff))
}

/// The owner has to be an active person of the firm.
pub(super) async fn check_owner<T: Tx + ?Sized>(
    tx: &mut T,
    owner: Option<kernel::id::UserId>,
    errors: &mut FieldErrors,
) -> Result<(), kernel::StoreError> {
    if let Some(owner) = owner
        && !tx.user(owner).await?.is_some_and(|found| found.user.active)
    {
        errors.add("ownerId", "Choose an active person of your firm.");
    }
    Ok(())
}
