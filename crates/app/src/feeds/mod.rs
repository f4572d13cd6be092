//! Calendar feeds: private links under which a calendar program finds the due dates of a person, the firm, a client or
//! a regulator.

mod cases;
mod event;
mod fetch;
mod ics;
mod ports;

pub use cases::{FeedError, create_feed, renew_feed, revoke_feed};
pub use fetch::{FeedBody, fetch_feed};
pub use ports::{
    CalendarFeed, CalendarFeeds, FeedFields, FeedFiling, FeedScope, FeedStanding, FeedWindow, OpenedFeed,
};

/// The most feeds that one person keeps.
pub const MAX_FEEDS: usize = 20;
/// The most filings in one feed: calendar programs give up on files of more than a megabyte or two.
pub const MAX_EVENTS: usize = 3_000;
/// How far back a feed goes, and how long what was cancelled stays in it.
pub const DAYS_BACK: i64 = 90;
