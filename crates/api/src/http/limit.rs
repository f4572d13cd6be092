//! How often somebody may ask: the budgets and slopes of the product, over counts that are kept in this process or shared by
//! replicas.

use identity::throttle::{Budget, Slope, Throttle};
use kernel::moment::Instant;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::Arc;
use time::Duration;

/// Fetches of one calendar link. Programs come by every few hours; a person presses "refresh" a few times.
const FEED: Budget = Budget::per_minute("feed", NonZeroU32::MIN.saturating_add(29));
/// Links for a new password that are mailed to one address. Those of the last hour still work, so nobody is kept out.
const RESET_MAIL: Budget = Budget::per_hour("reset-mail", NonZeroU32::MIN.saturating_add(2));

/// Wrong passwords for one account from one place, or from one known device.
pub const PASSWORD: Slope = Slope {
    name: "password",
    free: 3,
    first: Duration::seconds(5),
    longest: Duration::minutes(15),
    forget: Duration::hours(1),
};
/// Wrong codes for one account from one place, or from one known device.
pub const CODE: Slope = Slope { name: "code", ..PASSWORD };
/// Wrong answers of somebody who is signed in, per session.
pub const GUESS: Slope = Slope { name: "guess", ..PASSWORD };
/// Wrong passwords for any account from one place: an office mistypes now and then, a list of accounts is tried all day.
pub const PLACE: Slope =
    Slope { name: "place", free: 30, first: Duration::seconds(5), longest: Duration::minutes(5), ..PASSWORD };
/// Wrong codes for one account from everywhere but known devices. Whoever tries them has the password; a new password starts
/// this count anew.
pub const CODES: Slope = Slope {
    name: "codes",
    free: 30,
    first: Duration::seconds(5),
    longest: Duration::minutes(2),
    forget: Duration::hours(1),
};
/// Wrong passwords for one account from everywhere but known devices. They make nobody wait, so that nobody can be locked out
/// with them; when there are many, a strange place has one free try instead of three.
pub const ACCOUNT: Slope = Slope::flat("account", Duration::hours(1));
/// That many are many.
pub const MANY: u32 = 50;
/// Wrong codes after one right password.
pub const CHALLENGE: Slope = Slope::flat("challenge", Duration::minutes(10));
/// So many wrong codes end it: the password again.
pub const CODES_PER_CHALLENGE: u32 = 5;

/// The budgets: signing in, calendar links, and everything else.
pub struct Limits {
    throttle: Arc<dyn Throttle>,
    sign_in: Budget,
    general: Budget,
}

impl std::fmt::Debug for Limits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Limits").field("sign_in", &self.sign_in).field("general", &self.general).finish()
    }
}

impl Limits {
    /// Requests per 60 seconds: per address on sign-in, per session, key or address on the rest.
    pub fn new(sign_in: NonZeroU32, general: NonZeroU32, throttle: Arc<dyn Throttle>) -> Self {
        Self {
            throttle,
            sign_in: Budget::per_minute("sign-in", sign_in),
            general: Budget::per_minute("general", general),
        }
    }

    /// Takes one from the sign-in budget, or says how many seconds to wait.
    pub async fn sign_in(&self, key: &str, at: Instant) -> Result<(), u64> {
        self.throttle.take(self.sign_in, key, at).await
    }

    /// Takes one from the general budget, or says how many seconds to wait.
    pub async fn general(&self, key: &str, at: Instant) -> Result<(), u64> {
        self.throttle.take(self.general, key, at).await
    }

    /// Takes one from the budget of a calendar link, or says how many seconds to wait.
    pub async fn feed(&self, key: &str, at: Instant) -> Result<(), u64> {
        self.throttle.take(FEED, key, at).await
    }

    /// Whether one more link for a new password is mailed to this address.
    pub async fn may_mail_reset(&self, account: &str, at: Instant) -> bool {
        self.throttle.take(RESET_MAIL, account, at).await.is_ok()
    }

    /// The counts of wrong passwords and codes.
    pub fn tries(&self) -> &dyn Throttle {
        self.throttle.as_ref()
    }

    /// Forgets what no longer matters, so that memory follows the active callers.
    pub fn tidy(&self, at: Instant) {
        self.throttle.tidy(at);
    }
}

/// Under which an address is counted: itself, or the /64 of an IPv6 address, because whoever has one address of it has all.
pub fn place(address: &str) -> String {
    match address.parse::<IpAddr>() {
        Ok(IpAddr::V6(v6)) => match v6.to_ipv4_mapped() {
            Some(v4) => v4.to_string(),
            None => Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).to_string(),
        },
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_subscriber_is_one_place() {
        assert_eq!(place("203.0.113.9"), "203.0.113.9");
        assert_eq!(place("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(place("2001:db8:1:2::9"), place("2001:db8:1:2:ffff::"));
        assert_ne!(place("2001:db8:1:3::9"), place("2001:db8:1:2::9"));
        assert_eq!(place("::ffff:203.0.113.9"), "203.0.113.9");
        assert_eq!(place("unknown"), "unknown");
    }
}
