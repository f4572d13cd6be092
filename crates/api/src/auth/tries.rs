//! Wrong passwords and codes cost time, more each time. Each try is counted before it is looked at, under the account *and* the
//! place it comes from, and under the place alone; a known device is counted by itself. So whoever guesses waits, and the owner
//! elsewhere, or at a device they used before, does not. Known and unknown accounts are counted alike.

use super::login::request_info;
use crate::http::limit::{
    ACCOUNT, CHALLENGE, CODE, CODES, CODES_PER_CHALLENGE, MANY, PASSWORD, PLACE, place,
};
use crate::http::{ApiError, device};
use crate::state::AppState;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use identity::throttle::Slope;

/// One try at a password or code.
pub(super) struct Try<'a> {
    state: &'a AppState,
    /// What was counted for it: right ones are forgotten there,
    own: Vec<(Slope, String)>,
    /// or only taken back, where others are counted as well.
    common: Vec<(Slope, String)>,
}

/// The number of the device, when it is one that this account signed in with.
fn known_device(state: &AppState, request: &HttpRequest, account: &str) -> Option<String> {
    let device = device::shown(request, &state.tokens, state.clock.now())?;
    (device.account == account).then_some(device.number)
}

/// Where the request comes from.
fn origin(request: &HttpRequest) -> String {
    place(&request_info(request).address.unwrap_or_default())
}

/// The key of an account in one place.
fn pair(account: &str, place: &str) -> String {
    format!("{account}|{place}")
}

impl<'a> Try<'a> {
    fn new(state: &'a AppState) -> Self {
        Self { state, own: Vec::new(), common: Vec::new() }
    }

    /// Counts; when it is too early, takes back what this try counted before, and refuses.
    async fn count(&mut self, slope: Slope, key: String, common: bool) -> Result<u32, ApiError> {
        match self.state.limits.tries().attempt(slope, &key, self.state.clock.now()).await {
            Ok(count) => {
                let counted = if common { &mut self.common } else { &mut self.own };
                counted.push((slope, key));
                Ok(count)
            }
            Err(seconds) => {
                self.take_back().await;
                metrics::counter!("sign_in_slowed_total", "what" => slope.name).increment(1);
                Err(ApiError::wait_after_wrong(seconds))
            }
        }
    }

    /// Begins a try at a password.
    pub(super) async fn password(
        state: &'a AppState,
        request: &HttpRequest,
        email: &str,
    ) -> Result<Self, ApiError> {
        let (mut this, account) = (Self::new(state), state.tokens.account(email));
        if let Some(device) = known_device(state, request, &account) {
            this.count(PASSWORD, pair(&account, &device), false).await?;
            return Ok(this);
        }
        let from = origin(request);
        this.count(PLACE, from.clone(), true).await?;
        let everywhere = this.count(ACCOUNT, account.clone(), true).await?;
        let slope = if everywhere > MANY { PASSWORD.stricter(1) } else { PASSWORD };
        this.count(slope, pair(&account, &from), false).await?;
        Ok(this)
    }

    /// Begins a try at a code. `mark` changes with the password, and with it the account's count of codes.
    pub(super) async fn code(
        state: &'a AppState,
        request: &HttpRequest,
        email: &str,
        (mark, challenge): (&str, &str),
    ) -> Result<Self, ApiError> {
        let (mut this, account) = (Self::new(state), state.tokens.account(email));
        if this.count(CHALLENGE, challenge.to_owned(), false).await? > CODES_PER_CHALLENGE {
            let message = "Too many wrong codes. Start again with your password.";
            return Err(ApiError::new(StatusCode::GONE, "auth.challenge_over", message));
        }
        if let Some(device) = known_device(state, request, &account) {
            this.count(CODE, pair(&account, &device), false).await?;
            return Ok(this);
        }
        this.count(CODE, pair(&account, &origin(request)), false).await?;
        this.count(CODES, pair(&account, mark), false).await?;
        Ok(this)
    }

    /// What came of it: a right one ends the row, a wrong one stays counted, anything else was no try.
    pub(super) async fn settle(self, answer: &Result<HttpResponse, ApiError>) {
        match answer {
            Ok(_) => self.right().await,
            Err(error) if error.status_code() == StatusCode::UNAUTHORIZED => {}
            Err(_) => self.take_back().await,
        }
    }

    async fn right(&self) {
        let tries = self.state.limits.tries();
        for (slope, key) in &self.own {
            tries.forget(*slope, key).await;
        }
        for (slope, key) in &self.common {
            tries.give_back(*slope, key).await;
        }
    }

    async fn take_back(&self) {
        for (slope, key) in self.own.iter().chain(&self.common) {
            self.state.limits.tries().give_back(*slope, key).await;
        }
    }
}

/// After a new password by mail the owner need not wait for what they mistyped.
pub(super) async fn forget_wrong_passwords(state: &AppState, request: &HttpRequest, email: &str) {
    let account = state.tokens.account(email);
    let tries = state.limits.tries();
    tries.forget(PASSWORD, &pair(&account, &origin(request))).await;
    if let Some(device) = known_device(state, request, &account) {
        tries.forget(PASSWORD, &pair(&account, &device)).await;
    }
}
