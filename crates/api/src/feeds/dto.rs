//! Calendar links on the wire.

use crate::auth::dto::UserRef;
use crate::http::wire::Ist;
use app::feeds::{CalendarFeed, FeedFields, FeedScope};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whose filings. Values of one field are alternatives, fields are combined; nothing at all is the whole firm.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ScopeDto {
    /// Ids, `me` or `none`.
    pub assignee_id: Vec<String>,
    /// Clients.
    pub client_id: Vec<i64>,
    /// `RBI`, ...
    pub regulator: Vec<String>,
    /// `DNBS01`, ...
    pub code: Vec<String>,
}

/// A calendar link, without the link: that is shown once, when it is made.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeedDto {
    /// Id within the firm.
    pub id: i64,
    /// The calendar's name at the subscriber's.
    pub name: String,
    /// Who made it.
    pub owner: UserRef,
    /// Whose filings.
    pub scope: ScopeDto,
    /// With the clients' names; without, a client is its number.
    pub shows_names: bool,
    /// Days before the due date on which the calendar reminds.
    pub alarm_days: Option<u16>,
    /// When it was made.
    pub created_at: Ist,
    /// When its link was made.
    pub renewed_at: Ist,
    /// When a calendar program last came by, to within five minutes.
    pub fetched_at: Option<Ist>,
}

impl From<CalendarFeed> for FeedDto {
    fn from(feed: CalendarFeed) -> Self {
        let FeedScope { assignee_id, client_id, regulator, code } = feed.fields.scope;
        Self {
            id: feed.id.get(),
            owner: UserRef::named(feed.owner, feed.owner_name),
            name: feed.fields.name,
            scope: ScopeDto { assignee_id, client_id, regulator, code },
            shows_names: feed.fields.shows_names,
            alarm_days: feed.fields.alarm_days,
            created_at: Ist(feed.created_at),
            renewed_at: Ist(feed.renewed_at),
            fetched_at: feed.fetched_at.map(Ist),
        }
    }
}

/// A calendar link that was just made: the only time it is shown.
#[derive(Serialize, ToSchema)]
pub struct MadeFeed {
    /// The feed.
    pub feed: FeedDto,
    /// The address for a calendar program. Whoever has it reads the feed.
    pub url: String,
}

/// A calendar link to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateFeedBody {
    /// The calendar's name at the subscriber's.
    #[schema(max_length = 60)]
    name: String,
    /// Whose filings.
    #[serde(default)]
    scope: ScopeDto,
    /// With the clients' names; needs `clients.export`.
    #[serde(default)]
    shows_names: bool,
    /// Remind so many days before, at nine in the morning; absent or null for no reminder.
    #[schema(maximum = 30)]
    alarm_days: Option<u16>,
}

impl From<CreateFeedBody> for FeedFields {
    fn from(body: CreateFeedBody) -> Self {
        let ScopeDto { assignee_id, client_id, regulator, code } = body.scope;
        Self {
            name: body.name,
            scope: FeedScope { assignee_id, client_id, regulator, code },
            shows_names: body.shows_names,
            alarm_days: body.alarm_days,
        }
    }
}
