//! Registrations and contacts of a client. Registrations decide which filings there are.

use super::ClientError;
use crate::database::Tx;
use crate::licence::require_open;
use crate::planning::plan_client;
use crate::reference;
use ::clients::{Client, Contact, NewContact, NewRegistration, Registration};
use ::filings::PlanDiff;
use kernel::id::{ClientId, ContactId, RegistrationId};
use kernel::journal::Change;
use kernel::{Actor, Permission};
use rulebook::Rulebook;

async fn held<T: Tx + ?Sized>(tx: &mut T, actor: &Actor, id: ClientId) -> Result<Client, ClientError> {
    actor.require(Permission::ClientsEdit)?;
    let client = tx.lock_client(id).await?.ok_or(ClientError::NotFound)?;
    require_open(tx, actor, id).await?;
    Ok(client)
}

async fn note<T: Tx + ?Sized>(
    tx: &mut T,
    id: ClientId,
    action: &'static str,
    text: String,
) -> Result<(), ClientError> {
    Ok(tx.record(Change::new(action, "client", id.get(), text).on_client(id)).await?)
}

fn named(r: &NewRegistration) -> String {
    let number = if r.registration_no.is_empty() { String::new() } else { format!(" {}", r.registration_no) };
    format!("{} {}{number}", r.regulator, r.category)
}

/// Adds a registration and plans what it brings.
pub async fn add_registration<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: ClientId,
    registration: NewRegistration,
) -> Result<(Registration, PlanDiff), ClientError> {
    let client = held(tx, actor, id).await?;
    let facts = registration.checked(&reference::registration_categories(Rulebook::shipped()))?;
    let added = tx.add_registration(id, &facts).await?;
    note(tx, id, "clients.add_registration", format!("added registration {}", named(&facts))).await?;
    let diff = plan_client(tx, actor, &client).await?;
    Ok((Registration { id: added, facts }, diff))
}

/// Changes a registration and plans what that moves.
pub async fn change_registration<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: ClientId,
    registration: Registration,
) -> Result<(Registration, PlanDiff), ClientError> {
    let client = held(tx, actor, id).await?;
    let facts = registration.facts.checked(&reference::registration_categories(Rulebook::shipped()))?;
    let saved = Registration { id: registration.id, facts };
    if !tx.save_registration(id, &saved).await? {
        return Err(ClientError::NotFound);
    }
    note(tx, id, "clients.change_registration", format!("changed registration {}", named(&saved.facts)))
        .await?;
    let diff = plan_client(tx, actor, &client).await?;
    Ok((saved, diff))
}

/// Removes a registration; filings that hung on it leave the plan, filed ones stay.
pub async fn remove_registration<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: ClientId,
    registration: RegistrationId,
) -> Result<PlanDiff, ClientError> {
    let client = held(tx, actor, id).await?;
    let all = tx.registrations_of(id).await?;
    let found = all.into_iter().find(|r| r.id == registration).ok_or(ClientError::NotFound)?;
    tx.remove_registration(id, registration).await?;
    note(tx, id, "clients.remove_registration", format!("removed registration {}", named(&found.facts)))
        .await?;
    Ok(plan_client(tx, actor, &client).await?)
}

/// Adds a person.
pub async fn add_contact<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: ClientId,
    contact: NewContact,
) -> Result<Contact, ClientError> {
    held(tx, actor, id).await?;
    let facts = contact.checked()?;
    let added = tx.add_contact(id, &facts).await?;
    note(tx, id, "clients.add_contact", format!("added contact {}", facts.name)).await?;
    Ok(Contact { id: added, facts })
}

/// Changes a person.
pub async fn change_contact<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: ClientId,
    contact: Contact,
) -> Result<Contact, ClientError> {
    held(tx, actor, id).await?;
    let saved = Contact { id: contact.id, facts: contact.facts.checked()? };
    if !tx.save_contact(id, &saved).await? {
        return Err(ClientError::NotFound);
    }
    note(tx, id, "clients.change_contact", format!("changed contact {}", saved.facts.name)).await?;
    Ok(saved)
}

/// Removes a person.
pub async fn remove_contact<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: ClientId,
    contact: ContactId,
) -> Result<(), ClientError> {
    held(tx, actor, id).await?;
    if !tx.remove_contact(id, contact).await? {
        return Err(ClientError::NotFound);
    }
    note(tx, id, "clients.remove_contact", "removed a contact".into()).await
}
