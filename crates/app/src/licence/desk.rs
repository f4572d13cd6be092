//! Where keys are checked: the question goes out with a fresh number, and only an answer that the vendor signed for this
//! key and this number counts.

use async_trait::async_trait;
use licensing::{Claims, ClaimsError};
use std::sync::Arc;
use thiserror::Error;

/// Carries a question to the validation endpoint.
#[async_trait]
pub trait Ask: Send + Sync {
    /// The answer as it came, or why none came.
    async fn ask(&self, key: &str, product: &str, nonce: &str) -> Result<String, String>;
}

/// What an installation knows about licences.
#[derive(Clone, Default)]
pub struct Desk {
    /// The validation endpoint; none on a site without internet.
    pub endpoint: Option<Arc<dyn Ask>>,
    /// The vendor's key, or that of a development pair.
    pub public_key: Option<Vec<u8>>,
    /// Refuses what was signed for development.
    pub production: bool,
    /// The key that the installation was started with.
    pub installation_key: Option<String>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Desk")
    }
}

/// Why a licence was not believed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DeskError {
    /// No endpoint is configured.
    #[error(
        "This installation has no validation endpoint. Upload a licence file instead, or set LICENSE_VALIDATION_URL."
    )]
    NoEndpoint,
    /// No vendor's key is configured.
    #[error("This installation does not know the vendor's key. Set LICENSE_PUBLIC_KEY.")]
    NoPublicKey,
    /// Nobody answered.
    #[error("The licence could not be checked: {0}")]
    Unreachable(String),
    /// An answer that is not believed.
    #[error("{0}")]
    Unbelieved(#[from] ClaimsError),
}

impl Desk {
    /// Asks about a key. `nonce` is a number used once.
    pub async fn check(&self, key: &str, nonce: &str) -> Result<Claims, DeskError> {
        let endpoint = self.endpoint.as_ref().ok_or(DeskError::NoEndpoint)?;
        let public_key = self.public_key.as_ref().ok_or(DeskError::NoPublicKey)?;
        let answer =
            endpoint.ask(key, licensing::claims::PRODUCT, nonce).await.map_err(DeskError::Unreachable)?;
        self.fit(Claims::answer(&answer, public_key, key, nonce)?)
    }

    /// Reads a licence file.
    pub fn open(&self, file: &str) -> Result<Claims, DeskError> {
        let public_key = self.public_key.as_ref().ok_or(DeskError::NoPublicKey)?;
        let claims = self.fit(Claims::verify(file, public_key)?)?;
        if claims.offline { Ok(claims) } else { Err(ClaimsError::Unreadable.into()) }
    }

    fn fit(&self, claims: Claims) -> Result<Claims, DeskError> {
        if claims.development && self.production { Err(ClaimsError::Development.into()) } else { Ok(claims) }
    }
}
