//! Sessions: one signed-in browser each, kept on the server so that it can be ended at once.

use kernel::id::{SessionId, UserId};
use kernel::moment::Instant;
use std::fmt;

/// SHA-256 of a secret token. Only hashes are stored.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TokenHash(pub [u8; 32]);

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(..)")
    }
}

/// A session to open.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Whose.
    pub user: UserId,
    /// Hash of the secret in the cookie.
    pub token: TokenHash,
    /// From when.
    pub created_at: Instant,
    /// Until when, whatever happens.
    pub expires_at: Instant,
    /// The address it came from.
    pub address: Option<String>,
    /// The browser's own words, cut to 300 characters.
    pub user_agent: Option<String>,
}

/// A session as its owner sees it in the profile.
#[derive(Debug, Clone)]
pub struct SessionInfo {
    /// Id within the firm.
    pub id: SessionId,
    /// When it was opened.
    pub created_at: Instant,
    /// When it was last used, to within a few minutes.
    pub last_seen_at: Instant,
    /// The address it came from.
    pub address: Option<String>,
    /// The browser's own words.
    pub user_agent: Option<String>,
}
