//! A session token that was shown and not yet looked up: for reads that look it up in the same flight.

use super::caller::Caller;
use super::error::ApiError;
use super::middleware::RequestInfo;
use super::read_only;
use crate::state::AppState;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use app::{Door, Pass, SignedIn};
use kernel::Date;
use kernel::feature::Feature;
use std::future::{Ready, ready};
use time::Duration;

/// A well-signed token. It says nothing about the session, which may have been ended.
#[derive(Debug)]
pub struct Ticket {
    /// For the store.
    pub pass: Pass,
    info: RequestInfo,
    /// The request belongs to setting up a second factor.
    enrolling: bool,
    /// Whether a firm that may only read is refused.
    writes: bool,
}

/// What somebody reaches who needs a second factor and has none: who they are, the enrolment, and the way out.
const ENROLMENT: &[(&str, &str)] = &[
    ("GET", "/api/me"),
    ("GET", "/api/auth/totp"),
    ("POST", "/api/auth/totp/enrol"),
    ("POST", "/api/auth/totp/confirm"),
    ("POST", "/api/auth/logout"),
];

/// A session is marked as used at most this often.
const TOUCH_EVERY: Duration = Duration::minutes(5);

/// And a key at most this often.
const TOUCH_KEY_EVERY: Duration = Duration::minutes(1);

impl Ticket {
    /// Today in India, at the time of the request.
    pub fn today(&self) -> Date {
        kernel::moment::ist_date(self.pass.at)
    }

    /// The caller, once the store has found the session.
    pub async fn admit(self, state: &AppState, who: SignedIn) -> Result<Caller, ApiError> {
        let at = self.pass.at;
        let (door, user, last_seen_at, tenant) = (who.door, who.user, who.last_seen_at, who.tenant);
        let must_enrol = who.must_enrol && !self.enrolling;
        let entitled = match door {
            Door::Key(_) => who.entitlements.require(Feature::ApiAccess),
            Door::Session(_) => Ok(()),
        };
        let actor = who.actor(at, self.info.request_id, self.info.address);
        // Known from here on, so that what is refused below stands in the journal as theirs.
        let _ = self.info.who.set(actor.clone());
        entitled?;
        if must_enrol {
            return Err(ApiError::must_enrol());
        }
        let every = match door {
            Door::Session(_) => TOUCH_EVERY,
            Door::Key(_) => TOUCH_KEY_EVERY,
        };
        if at - last_seen_at >= every {
            state.db.touch(tenant, door, at).await?;
        }
        if self.writes {
            actor.writable()?;
        }
        Ok(Caller { actor, user, door })
    }
}

impl FromRequest for Ticket {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request).ok_or_else(ApiError::signed_out))
    }
}

fn read(request: &HttpRequest) -> Option<Ticket> {
    let info = request.extensions().get::<RequestInfo>().cloned().unwrap_or_default();
    let pass = info.token.clone()?;
    let (method, path) = (request.method().as_str(), request.path());
    let enrolling = ENROLMENT.contains(&(method, path));
    let writes = read_only::writes(request);
    Some(Ticket { pass, info, enrolling, writes })
}
