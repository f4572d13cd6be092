//! Save, change, remove and choose views.

use super::MAX_VIEWS;
use super::ports::{SavedView, ViewFields, ViewOf};
use crate::database::Tx;
use kernel::fields::check_text;
use kernel::id::{SavedViewId, UserId};
use kernel::journal::Change;
use kernel::{Actor, Denied, FieldErrors, Permission, StoreError};
use serde_json::json;
use thiserror::Error;

/// Why a view stayed as it was.
#[derive(Debug, Error)]
pub enum ViewError {
    /// Not there, or somebody else's own.
    #[error("We can't find this view, or you can't open it.")]
    NotFound,
    /// The role does not allow it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Something entered is wrong.
    #[error("Check the marked fields.")]
    Invalid(FieldErrors),
    /// The store failed, or somebody else saved first.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Saves a view. Anybody who reads filings keeps their own; sharing one needs its permission.
pub async fn create_view<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    fields: ViewFields,
) -> Result<SavedView, ViewError> {
    let user = person(actor)?;
    if fields.shared {
        actor.require(Permission::ViewsShare)?;
    }
    let fields = checked(fields)?;
    let own = tx.views_for(user, fields.list).await?.iter().filter(|view| view.owner == user).count();
    if own >= MAX_VIEWS {
        return Err(invalid("name", &format!("You keep {own} views. Delete one first.")));
    }
    let Some(id) = tx.add_view(user, &fields, actor.at).await? else { return Err(taken()) };
    let text = format!("saved the view \"{}\"{}", fields.name, audience(&fields));
    tx.record(Change::new("views.create", "view", id.get(), text).with(None, Some(facts(&fields)))).await?;
    tx.lock_view(id, user).await?.ok_or(ViewError::NotFound)
}

/// Changes a view. Shared ones need the permission to share, before and after.
pub async fn change_view<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: SavedViewId,
    expected: i64,
    change: impl FnOnce(&mut ViewFields),
) -> Result<SavedView, ViewError> {
    let user = person(actor)?;
    let mut view = visible(tx, id, user).await?;
    let before = view.fields.clone();
    change(&mut view.fields);
    if before.shared || view.fields.shared {
        actor.require(Permission::ViewsShare)?;
    }
    if view.version != expected {
        return Err(StoreError::Stale.into());
    }
    if view.fields.list != before.list {
        return Err(invalid("list", "A view stays with its list. Save another for this one."));
    }
    view.fields = checked(view.fields)?;
    if view.fields == before {
        return Ok(view);
    }
    if !tx.save_view(&view, actor.at).await? {
        return Err(taken());
    }
    view.version += 1;
    let text = format!("changed the view \"{}\"{}", view.fields.name, audience(&view.fields));
    let entry = Change::new("views.change", "view", id.get(), text);
    tx.record(entry.with(Some(facts(&before)), Some(facts(&view.fields)))).await?;
    Ok(view)
}

/// Removes a view.
pub async fn remove_view<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: SavedViewId,
) -> Result<(), ViewError> {
    let view = visible(tx, id, person(actor)?).await?;
    if view.fields.shared {
        actor.require(Permission::ViewsShare)?;
    }
    tx.delete_view(id).await?;
    let text = format!("deleted the view \"{}\"{}", view.fields.name, audience(&view.fields));
    let entry = Change::new("views.remove", "view", id.get(), text);
    Ok(tx.record(entry.with(Some(facts(&view.fields)), None)).await?)
}

/// Starts the person's list with this view, or no longer.
pub async fn set_default<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: SavedViewId,
    on: bool,
) -> Result<(), ViewError> {
    let user = person(actor)?;
    let view = visible(tx, id, user).await?;
    if view.fields.list != ViewOf::Filings {
        return Err(invalid("on", "Only a view of the filings can be where you start."));
    }
    if view.is_default == on {
        return Ok(());
    }
    tx.set_default_view(user, on.then_some(id)).await?;
    let verb = if on { "starts with" } else { "no longer starts with" };
    let text = format!("{verb} the view \"{}\"", view.fields.name);
    Ok(tx.record(Change::new("views.set_default", "view", id.get(), text)).await?)
}

/// Views belong to people; the product itself keeps none.
fn person(actor: &Actor) -> Result<UserId, ViewError> {
    actor.require(Permission::FilingsView)?;
    actor.user.ok_or(ViewError::NotFound)
}

async fn visible<T: Tx + ?Sized>(tx: &mut T, id: SavedViewId, user: UserId) -> Result<SavedView, ViewError> {
    let view = tx.lock_view(id, user).await?.ok_or(ViewError::NotFound)?;
    if view.fields.shared || view.owner == user { Ok(view) } else { Err(ViewError::NotFound) }
}

fn checked(mut fields: ViewFields) -> Result<ViewFields, ViewError> {
    fields.name = fields.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut errors = FieldErrors::new();
    if fields.name.is_empty() {
        errors.add("name", "Give the view a name.");
    }
    check_text(&mut errors, "name", &fields.name, 40);
    for (field, columns) in [("columnOrder", &fields.column_order), ("hiddenColumns", &fields.hidden_columns)]
    {
        let plain = |name: &String| {
            !name.is_empty()
                && name.len() <= 40
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        if columns.len() > 40 || !columns.iter().all(plain) {
            errors.add(field, "Name up to 40 columns of the list.");
        }
    }
    errors.into_result().map_err(ViewError::Invalid)?;
    Ok(fields)
}

fn invalid(field: &str, sentence: &str) -> ViewError {
    ViewError::Invalid(FieldErrors::one(field, sentence))
}

fn taken() -> ViewError {
    invalid("name", "You have a view of this name. Choose another.")
}

fn audience(fields: &ViewFields) -> &'static str {
    if fields.shared { " for the firm" } else { "" }
}

fn facts(fields: &ViewFields) -> serde_json::Value {
    json!({ "name": fields.name, "list": fields.list.as_str(), "shared": fields.shared, "query": fields.query })
}
