//! Make a feed, give it a new link, end it.

use super::MAX_FEEDS;
use super::ports::{CalendarFeed, FeedFields, FeedScope};
use crate::database::Tx;
use filings::views::AssigneeFilter;
use identity::TokenHash;
use kernel::fields::{check_text, refuse_aadhaar};
use kernel::id::{CalendarFeedId, UserId};
use kernel::journal::Change;
use kernel::{Actor, Denied, FieldErrors, Permission, StoreError};
use serde_json::json;
use thiserror::Error;

/// Why there is no feed.
#[derive(Debug, Error)]
pub enum FeedError {
    /// Not there, or somebody else's.
    #[error("We can't find this calendar link, or it is not yours.")]
    NotFound,
    /// It was ended, or its owner left or lost the right to it.
    #[error("This calendar link has ended. Make a new one under Calendar, Subscribe.")]
    Gone,
    /// The role does not allow it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Something entered is wrong.
    #[error("Check the marked fields.")]
    Invalid(FieldErrors),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes a feed. A link leaves the firm, so client names in it need the right to take the client list out.
pub async fn create_feed<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    fields: FeedFields,
    token: TokenHash,
) -> Result<CalendarFeed, FeedError> {
    let user = person(actor)?;
    if fields.shows_names {
        actor.require(Permission::ClientsExport)?;
    }
    let fields = checked(tx, user, fields).await?;
    if tx.feeds_of(user).await?.len() >= MAX_FEEDS {
        let sentence = format!("You keep {MAX_FEEDS} calendar links. End one first.");
        return Err(FeedError::Invalid(FieldErrors::one("name", sentence)));
    }
    let id = tx.add_feed(user, &fields, token, actor.at).await?;
    let text = format!("made the calendar link \"{}\"{}", fields.name, names(&fields));
    let facts = json!({ "name": fields.name, "scope": fields.scope, "showsNames": fields.shows_names });
    tx.record(Change::new("feeds.create", "feed", id.get(), text).with(None, Some(facts))).await?;
    tx.lock_feed(id, Some(user)).await?.ok_or(FeedError::NotFound)
}

/// Gives a feed another link; the old one ends with this transaction.
pub async fn renew_feed<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: CalendarFeedId,
    token: TokenHash,
) -> Result<CalendarFeed, FeedError> {
    let user = person(actor)?;
    let feed = tx.lock_feed(id, Some(user)).await?.ok_or(FeedError::NotFound)?;
    if feed.fields.shows_names {
        actor.require(Permission::ClientsExport)?;
    }
    tx.renew_feed(id, token, actor.at).await?;
    let text = format!("made a new link for the calendar \"{}\"; the old one ended", feed.fields.name);
    tx.record(Change::new("feeds.renew", "feed", id.get(), text)).await?;
    Ok(CalendarFeed { renewed_at: actor.at, ..feed })
}

/// Ends a feed at once: one's own, or anybody's for whoever manages the people of the firm.
pub async fn revoke_feed<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    id: CalendarFeedId,
) -> Result<(), FeedError> {
    let user = person(actor)?;
    let own = Some(user).filter(|_| actor.require(Permission::UsersManage).is_err());
    let feed = tx.lock_feed(id, own).await?.ok_or(FeedError::NotFound)?;
    tx.end_feed(id, actor.at).await?;
    let whose = if feed.owner == user { String::new() } else { format!(" of {}", feed.owner_name) };
    let text = format!("ended the calendar link \"{}\"{whose}", feed.fields.name);
    Ok(tx.record(Change::new("feeds.revoke", "feed", id.get(), text)).await?)
}

/// Feeds belong to people.
fn person(actor: &Actor) -> Result<UserId, FeedError> {
    actor.require(Permission::FilingsView)?;
    actor.user.ok_or(FeedError::NotFound)
}

async fn checked<T: Tx + ?Sized>(
    tx: &mut T,
    user: UserId,
    mut fields: FeedFields,
) -> Result<FeedFields, FeedError> {
    let mut errors = FieldErrors::new();
    fields.name = fields.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if fields.name.is_empty() {
        errors.add("name", "Give the calendar a name.");
    }
    check_text(&mut errors, "name", &fields.name, 60);
    if fields.alarm_days.is_some_and(|days| days > 30) {
        errors.add("alarmDays", "Remind 0 to 30 days before.");
    }
    let scope = &mut fields.scope;
    for word in &mut scope.regulator {
        *word = word.to_uppercase();
    }
    for list in [&mut scope.assignee_id, &mut scope.regulator, &mut scope.code] {
        list.sort_unstable();
        list.dedup();
    }
    scope.client_id.sort_unstable();
    scope.client_id.dedup();
    for (field, words) in [("scope.regulator", &scope.regulator), ("scope.code", &scope.code)] {
        if words.len() > 50
            || words.iter().any(|w| w.is_empty() || w.len() > 40 || w.contains(char::is_control))
        {
            errors.add(field, "Name up to 50, as the rule library has them.");
        }
        words.iter().for_each(|word| refuse_aadhaar(&mut errors, field, word));
    }
    let people = tx.users().await?;
    let known = |word: &String| match FeedScope::assignee(word, user) {
        Some(AssigneeFilter::User(id)) => people.iter().any(|person| person.id == id),
        Some(AssigneeFilter::Nobody) => true,
        None => false,
    };
    if scope.assignee_id.len() > 50 || !scope.assignee_id.iter().all(known) {
        errors.add("scope.assigneeId", "Choose people of the firm, \"me\" or \"none\".");
    }
    let clients = i64::try_from(scope.client_id.len()).unwrap_or(i64::MAX);
    if clients > 50 || (clients > 0 && tx.count_clients(&scope.client_id).await? != clients) {
        errors.add("scope.clientId", "Choose up to 50 clients of the firm.");
    }
    errors.into_result().map_err(FeedError::Invalid)?;
    Ok(fields)
}

fn names(fields: &FeedFields) -> &'static str {
    if fields.shows_names { " with client names" } else { "" }
}
