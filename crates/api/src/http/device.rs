//! Known devices: a browser in which somebody signed in before keeps a signed note of it. Its wrong tries are counted by
//! themselves, so that whoever guesses elsewhere, or in the same office, cannot make the owner wait. The note opens nothing.

use super::token::{Tokens, random_bytes};
use crate::state::AppState;
use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time};
use kernel::moment::Instant;

/// The name of the cookie.
const COOKIE: &str = "known_device";

/// How long a device is remembered without signing in.
const LIFE: ::time::Duration = ::time::Duration::days(90);

/// A browser that an account signed in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Of which account: a keyed hash of the e-mail.
    pub account: String,
    /// Which of its devices.
    pub number: String,
}

/// The device of a request, if it shows a note of ours.
pub fn shown(request: &HttpRequest, tokens: &Tokens, at: Instant) -> Option<Device> {
    tokens.read_device(request.cookie(COOKIE)?.value(), at)
}

/// The note that an account signed in here; a device keeps its number.
pub fn remember(state: &AppState, request: &HttpRequest, email: &str) -> Option<Cookie<'static>> {
    let (at, account) = (state.clock.now(), state.tokens.account(email));
    let known = shown(request, &state.tokens, at).filter(|device| device.account == account);
    let device = match known {
        Some(device) => device,
        None => {
            let number: [u8; 8] = random_bytes()?;
            Device { account, number: number.iter().map(|byte| format!("{byte:02x}")).collect() }
        }
    };
    let token = state.tokens.device(&device, at + LIFE)?;
    let cookie = Cookie::build(COOKIE, token)
        .path("/api/auth")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(state.config.secure_cookies)
        .max_age(time::Duration::seconds(LIFE.whole_seconds()));
    Some(cookie.finish())
}
