//! The one error answer: a sentence for a person, a stable code, fields, and the request id.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::{HttpResponse, ResponseError};
use kernel::entitlements::{Lapse, Missing};
use kernel::{Denied, FieldErrors, NotEntitled, ReadOnly, StoreError};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt;
use utoipa::ToSchema;

tokio::task_local! {
    /// The id of the request being answered, for error bodies.
    pub static REQUEST_ID: String;
}

/// The body of every error.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ErrorBody {
    /// A sentence for a person; it says what to do next.
    #[schema(example = "Last character should be V. Check the GSTIN again.")]
    pub error: String,
    /// Stable, for programs.
    #[schema(example = "client.invalid")]
    pub code: String,
    /// Sentences per field.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(required = false)]
    pub fields: BTreeMap<String, Vec<String>>,
    /// The id that is also in the logs and in `X-Request-Id`.
    pub request_id: String,
    /// What else this code carries, for example the current record.
    #[serde(flatten)]
    #[schema(value_type = Object, required = false)]
    pub more: Map<String, Value>,
}

/// An error on its way to the caller.
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: String,
    fields: FieldErrors,
    more: Map<String, Value>,
    retry_after: Option<u64>,
    on_record: bool,
}

impl ApiError {
    /// Any status.
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            fields: FieldErrors::new(),
            more: Map::new(),
            retry_after: None,
            on_record: false,
        }
    }
    /// 400: not readable.
    pub fn unreadable(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "request.unreadable", message)
    }
    /// 401: not signed in.
    pub fn signed_out() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "auth.required", "Sign in to carry on.")
    }
    /// 403: the person needs a second factor first.
    pub fn must_enrol() -> Self {
        let message = "Set up your second factor first. Your firm, or what you may do here, asks for one.";
        Self::new(StatusCode::FORBIDDEN, "auth.totp_required", message)
    }
    /// 404: not there, or not yours to know about.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "We can't find this, or you can't open it.")
    }
    /// 409: the state does not allow it.
    pub fn conflict(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, message)
    }
    /// 422: readable but wrong.
    pub fn invalid(fields: FieldErrors) -> Self {
        let first = fields.first().unwrap_or("Check the marked fields.").to_owned();
        let mut error = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "request.invalid", first);
        error.fields = fields;
        error
    }
    /// 429: slow down.
    pub fn too_many(seconds: u64) -> Self {
        let mut error = Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "rate_limited",
            format!("Too many tries. Wait {}.", spoken(seconds)),
        );
        error.retry_after = Some(seconds);
        error
    }
    /// 429: the last wrong password or code was too near.
    pub fn wait_after_wrong(seconds: u64) -> Self {
        let message = format!("Too many wrong tries. Wait {} before the next one.", spoken(seconds));
        let mut error = Self::new(StatusCode::TOO_MANY_REQUESTS, "auth.wait", message);
        error.retry_after = Some(seconds);
        error
    }
    /// The use case wrote the refusal into the journal itself, with more than the door knows.
    pub fn already_on_record(mut self) -> Self {
        self.on_record = true;
        self
    }
    /// Whether the journal has this refusal.
    pub fn is_on_record(&self) -> bool {
        self.on_record
    }
    /// The stable code.
    pub fn code(&self) -> &'static str {
        self.code
    }
    /// Adds a value beside the sentence.
    pub fn with(mut self, key: &str, value: Value) -> Self {
        self.more.insert(key.to_owned(), value);
        self
    }
}

/// Seconds for a person.
fn spoken(seconds: u64) -> String {
    match seconds {
        0..=90 => format!("{seconds} s"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        let body = ErrorBody {
            error: self.message.clone(),
            code: self.code.to_owned(),
            fields: self.fields.0.clone(),
            request_id: REQUEST_ID.try_with(Clone::clone).unwrap_or_default(),
            more: self.more.clone(),
        };
        let mut response = HttpResponse::build(self.status).json(body);
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable => {
                let mut away = Self::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "database.away",
                    "The database does not answer. Nothing was changed; try again in a few seconds.",
                );
                away.retry_after = Some(5);
                away
            }
            StoreError::Stale => Self::conflict(
                "stale",
                "Somebody changed this record after you opened it. Load it again to see the change.",
            ),
            StoreError::Duplicate(what) => {
                Self::conflict("duplicate", format!("This is there already ({what})."))
            }
            StoreError::Unstorable => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "request.unstorable",
                "A text holds a character that cannot be stored (NUL). Remove it.",
            ),
            other => {
                tracing::error!(error = %other, "store failure");
                Self::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "internal",
                    "This did not work, and it is our fault. Your data is safe. Send us the reference id.",
                )
            }
        }
    }
}

impl From<Denied> for ApiError {
    fn from(denied: Denied) -> Self {
        let sentence = denied.permission.sentence();
        // "Invite people, …." carries on a sentence here; the name of the permission is for programs.
        let what: String =
            sentence.chars().take(1).flat_map(char::to_lowercase).chain(sentence.chars().skip(1)).collect();
        Self::new(
            StatusCode::FORBIDDEN,
            "permission.denied",
            format!("Your role, {}, does not let you {what} Ask an administrator of your firm.", denied.role),
        )
        .with("permission", Value::String(denied.permission.as_str().to_owned()))
    }
}

/// Where the SPA shows plans.
pub const PLANS_PAGE: &str = "/settings/licence";

impl From<NotEntitled> for ApiError {
    fn from(refused: NotEntitled) -> Self {
        let code = match refused.missing {
            Missing::Feature(_) => "plan.feature",
            Missing::Room { .. } => "plan.limit",
        };
        let mut error = Self::new(StatusCode::PAYMENT_REQUIRED, code, refused.to_string())
            .with("feature", Value::from(refused.name()))
            .with("plan", Value::from(refused.plan))
            .with("unlockedBy", refused.unlocked_by.map_or(Value::Null, Value::from))
            .with("upgradeUrl", Value::from(PLANS_PAGE));
        if let Missing::Room { limit, used, .. } = refused.missing {
            error = error.with("limit", Value::from(limit.get())).with("used", Value::from(used));
        }
        error
    }
}

impl From<ReadOnly> for ApiError {
    fn from(refused: ReadOnly) -> Self {
        let since = kernel::period::day_text(kernel::moment::ist_date(refused.since));
        let why = match refused.why {
            Lapse::Unchecked => "The licence could not be checked",
            Lapse::Ended => "The licence has ended",
            Lapse::Revoked => "The licence was taken back",
        };
        Self::new(
            StatusCode::FORBIDDEN,
            "license.read_only",
            format!("Read-only since {since}. {why}. You can view, export, print and record filings."),
        )
    }
}

impl From<FieldErrors> for ApiError {
    fn from(fields: FieldErrors) -> Self {
        Self::invalid(fields)
    }
}
