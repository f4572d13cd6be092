//! The link of a feed: the firm and 256 random bits. Whoever has it reads the feed; nobody can make it up.

use crate::http::ApiError;
use crate::http::token::{Tokens, hash};
use actix_web::http::StatusCode;
use identity::TokenHash;
use kernel::Id;
use kernel::id::TenantId;

/// Where calendar programs fetch. What follows is secret and stays out of logs.
pub const PREFIX: &str = "/api/calendar/feed/";

/// A new link and the hash to keep of it.
pub fn fresh(portal: &str, tenant: TenantId) -> Result<(String, TokenHash), ApiError> {
    let (secret, hash) = Tokens::fresh().ok_or_else(|| {
        ApiError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "random.away",
            "The server has no randomness. Try again in a minute.",
        )
    })?;
    Ok((format!("{}{PREFIX}{tenant}.{secret}.ics", portal.trim_end_matches('/')), hash))
}

/// Firm and hash of `7.secret`.
pub fn read(token: &str) -> Option<(TenantId, TokenHash)> {
    let (tenant, secret) = token.split_once('.')?;
    let tenant = tenant.parse().ok().filter(|id| *id > 0)?;
    (secret.len() == 43).then(|| (Id::new(tenant), hash(secret)))
}

/// The path as logs may have it.
pub fn hidden(path: &str) -> &str {
    if path.starts_with(PREFIX) { "/api/calendar/feed/..." } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_names_its_firm_and_a_secret_that_is_never_the_same() {
        let (one, kept) = fresh("https://crm.example/", Id::new(7)).unwrap();
        let (two, _) = fresh("https://crm.example/", Id::new(7)).unwrap();
        assert_ne!(one, two);
        let token = one.strip_prefix("https://crm.example/api/calendar/feed/").unwrap();
        let (tenant, found) = read(token.strip_suffix(".ics").unwrap()).unwrap();
        assert!(tenant == Id::new(7) && found == kept);
        for wrong in ["", "7", "7.short", "x.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "-7.aaaa"] {
            assert!(read(wrong).is_none(), "{wrong}");
        }
        assert_eq!(hidden(&format!("{PREFIX}{token}")), "/api/calendar/feed/...");
        assert_eq!(hidden("/api/calendar/feeds"), "/api/calendar/feeds");
    }
}
