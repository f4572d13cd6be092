//! What becomes of a licence when it was checked, and when it could not be.

use crate::claims::Claims;
use crate::merge::Licence;
use kernel::Counted;
use kernel::entitlements::Source;
use kernel::moment::Instant;
use time::Duration;

/// How often a key is checked.
pub const EVERY: Duration = Duration::hours(24);

impl Licence {
    /// Whether the key wants to be checked: a day after the last success, and at every look while it fails.
    pub fn is_due(&self, at: Instant) -> bool {
        let fresh = self.checked_at.is_some_and(|checked| at >= checked && at < checked + EVERY);
        self.source == Source::Key && (self.failing_since.is_some() || !fresh)
    }

    /// The licence as signed claims say it. What the firm chose stays.
    pub fn granted(&self, claims: &Claims, at: Instant) -> Self {
        let mut limits = claims.limits.clone();
        limits.insert(Counted::Users.as_str().to_owned(), claims.max_seats);
        Self {
            source: if claims.offline { Source::Bundle } else { Source::Key },
            plan: claims.tier.clone(),
            started_at: if self.key.as_deref() == Some(&claims.key) { self.started_at } else { at },
            valid_until: Some(claims.valid_until),
            key: Some(claims.key.clone()),
            features: claims.features,
            limits,
            licensee: Some(claims.licensee.clone()),
            checked_at: (!claims.offline).then_some(at),
            failing_since: None,
            failure: None,
            revoked_at: claims.revoked.then(|| self.revoked_at.unwrap_or(at)),
            seen_at: self.seen_at.max(at),
            regulators: self.regulators.clone(),
            version: self.version,
        }
    }

    /// The licence after a check that brought no answer, or none that can be believed.
    pub fn unanswered(&self, why: &str, at: Instant) -> Self {
        Self {
            failing_since: self.failing_since.or(Some(at)),
            failure: Some(why.chars().take(300).collect()),
            seen_at: self.seen_at.max(at),
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Limit;
    use time::macros::datetime;

    const NOW: Instant = datetime!(2026-11-21 06:30 UTC);

    fn claims(offline: bool) -> Claims {
        Claims {
            key: "ZCRM-1".into(),
            tier: "growth".into(),
            max_seats: Limit::of(12),
            valid_until: NOW + Duration::days(300),
            features: None,
            limits: Default::default(),
            licensee: "Firm".into(),
            issued_at: NOW,
            offline,
            development: false,
            revoked: false,
            nonce: None,
        }
    }

    #[test]
    fn a_key_is_checked_daily_and_while_it_fails_at_every_look() {
        let keyed = Licence::evaluation(NOW).granted(&claims(false), NOW);
        assert_eq!((keyed.source, keyed.limits["users"]), (Source::Key, Limit::of(12)));
        assert!(!keyed.is_due(NOW + Duration::hours(23)) && keyed.is_due(NOW + EVERY));
        assert!(keyed.is_due(NOW - Duration::hours(1)), "a clock turned back");
        let failing = keyed.unanswered("no route", NOW + EVERY);
        assert!(failing.is_due(NOW + EVERY + Duration::SECOND));
        assert_eq!(failing.unanswered("still", NOW + EVERY * 2).failing_since, Some(NOW + EVERY));
        let back = failing.granted(&claims(false), NOW + EVERY * 2);
        assert_eq!((back.failing_since, back.checked_at), (None, Some(NOW + EVERY * 2)));
        assert_eq!(back.started_at, NOW);
    }

    #[test]
    fn a_file_is_never_asked_about() {
        let bundle = Licence::evaluation(NOW).granted(&claims(true), NOW);
        assert_eq!((bundle.source, bundle.checked_at), (Source::Bundle, None));
        assert!(!bundle.is_due(NOW + Duration::days(900)));
    }
}
