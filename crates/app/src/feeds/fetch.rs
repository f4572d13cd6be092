//! What a calendar program gets under a link.

use super::cases::FeedError;
use super::event::calendar;
use super::ports::FeedWindow;
use super::{DAYS_BACK, MAX_EVENTS};
use crate::database::Tx;
use identity::TokenHash;
use kernel::moment::Instant;
use kernel::{Actor, Permission};
use std::hash::{DefaultHasher, Hasher};
use time::Duration;

/// A visit is noted at most this often.
const NOTE_EVERY: Duration = Duration::minutes(5);

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedBody {
    /// The calendar.
    pub text: String,
    /// Changes with the text.
    pub tag: i64,
    /// Since when the text has been what it is, to the second.
    pub changed_at: Instant,
}

/// The calendar of a secret. A feed dies with its owner's place in the firm, and with their right to what it shows.
pub async fn fetch_feed<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    token: TokenHash,
    portal: &str,
) -> Result<FeedBody, FeedError> {
    let opened = tx.feed_by_token(token).await?.ok_or(FeedError::NotFound)?;
    let (feed, owner) = (&opened.feed, opened.owner_may);
    let may = owner.contains(Permission::FilingsView)
        && (!feed.fields.shows_names || owner.contains(Permission::ClientsExport));
    if opened.ended || !opened.owner_active || !may {
        return Err(FeedError::Gone);
    }
    let today = actor.today();
    let window = FeedWindow {
        from: today.saturating_sub(Duration::days(DAYS_BACK)),
        today,
        cancelled_since: actor.at.saturating_sub(Duration::days(DAYS_BACK)),
        most: MAX_EVENTS,
    };
    let (filings, cut) = tx.feed_filings(&feed.fields.scope.filter(feed.owner), window).await?;
    let text = calendar(feed, actor.tenant, &filings, cut, portal);
    let tag = tag_of(&text);
    let at = actor.at.replace_nanosecond(0).unwrap_or(actor.at);
    let same = opened.content.filter(|(sent, _)| *sent == tag);
    let changed_at = same.map_or(at, |(_, since)| since);
    let noted = feed.fetched_at.is_some_and(|last| actor.at - last < NOTE_EVERY);
    if same.is_none() || !noted {
        tx.note_fetch(feed.id, actor.at, same.is_none().then_some((tag, at))).await?;
    }
    Ok(FeedBody { text, tag, changed_at })
}

fn tag_of(text: &str) -> i64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(text.as_bytes());
    hasher.finish().cast_signed()
}
