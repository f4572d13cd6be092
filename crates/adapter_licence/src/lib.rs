//! The question to the validation endpoint over HTTPS. Answers are carried, not judged: the signature is.

use app::licence::Ask;
use async_trait::async_trait;
use serde_json::json;
use std::time::Duration;

/// An answer is a few hundred bytes; more than this is none.
const MOST: u64 = 64 * 1024;

/// The endpoint behind a URL.
pub struct Endpoint {
    agent: ureq::Agent,
    url: String,
}

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Endpoint")
    }
}

impl Endpoint {
    /// Asks this URL and waits no longer than this.
    pub fn new(url: &str, patience: Duration) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(patience))
            .max_redirects(0)
            .user_agent(concat!("zippcrm/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: config.new_agent(), url: url.to_owned() }
    }
}

#[async_trait]
impl Ask for Endpoint {
    async fn ask(&self, key: &str, product: &str, nonce: &str) -> Result<String, String> {
        let (agent, url) = (self.agent.clone(), self.url.clone());
        let body = json!({ "licenseKey": key, "product": product, "nonce": nonce }).to_string();
        let asking = move || -> Result<String, ureq::Error> {
            let mut answer = agent.post(&url).header("content-type", "application/json").send(&body)?;
            answer.body_mut().with_config().limit(MOST).read_to_string()
        };
        match tokio::task::spawn_blocking(asking).await {
            Ok(Ok(text)) => Ok(text),
            Ok(Err(error)) => Err(sentence(&error)),
            Err(_) => Err("the question was cut off".into()),
        }
    }
}

/// What an administrator can do something about.
fn sentence(error: &ureq::Error) -> String {
    match error {
        ureq::Error::StatusCode(status) => format!("the endpoint answered {status}"),
        ureq::Error::Timeout(_) => "the endpoint did not answer in time".into(),
        ureq::Error::HostNotFound => "the endpoint's name is not known".into(),
        other => format!("the endpoint was not reached ({other})"),
    }
}
