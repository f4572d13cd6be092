//! Answers kept for a day, so that a POST repeated with the same `Idempotency-Key` does not act twice.

use async_trait::async_trait;
use kernel::StoreError;
use kernel::id::UserId;
use kernel::moment::Instant;
use serde_json::Value;

/// A POST that carries a key.
#[derive(Debug, Clone)]
pub struct KeyedRequest {
    /// Who sent it; keys of different people do not meet.
    pub user: UserId,
    /// The caller's key, at most 200 characters.
    pub key: String,
    /// Method and path.
    pub operation: String,
    /// SHA-256 of the body.
    pub body_hash: [u8; 32],
    /// When.
    pub at: Instant,
}

/// An answer that was given.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptAnswer {
    /// HTTP status.
    pub status: u16,
    /// Where the new record is.
    pub location: Option<String>,
    /// The body; none when it was empty.
    pub body: Option<Value>,
}

/// What is known about a key.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyState {
    /// New, older than 24 hours, or left behind by a process that ended; now held for this request.
    Fresh,
    /// The same request was answered.
    Answered(KeptAnswer),
    /// The same request is being worked on.
    InFlight,
    /// The key was used for something else.
    OtherRequest,
}

/// Keys of the firm of the transaction.
#[async_trait]
pub trait IdempotencyKeys: Send {
    /// Takes the key, or says what it was used for.
    async fn hold_key(&mut self, request: &KeyedRequest) -> Result<KeyState, StoreError>;
    /// Forgets keys from before an instant.
    async fn forget_keys(&mut self, before: Instant) -> Result<u64, StoreError>;
    /// Keeps the answer; `None` lets the key go, so that a failed request can be sent again.
    async fn keep_answer(
        &mut self,
        user: UserId,
        key: &str,
        answer: Option<&KeptAnswer>,
    ) -> Result<(), StoreError>;
}
