//! What arrived at a vendor on loopback.

use serde_json::Value;

use super::MODULEDATA_AUTH_HEADER;
use super::State;
use super::documented::Operation;
use super::judge::{Call, Refusal};

/// Headers that any HTTP client sends, and that say nothing of the API.
const EVERYDAY: [&str; 7] = [
    "host",
    "accept",
    "accept-encoding",
    "user-agent",
    "content-length",
    "connection",
    "transfer-encoding",
];

/// One request, without secrets.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The operation that its path names, refused or not.
    pub operation: Option<String>,
    /// The HTTP method.
    pub method: String,
    /// The path, percent-encoded as it came.
    pub path: String,
    /// The query pairs, decoded. Of a token only `<hidden>`.
    pub query: Vec<(String, String)>,
    /// The headers that matter to the API, names in lower case. Of a token only `<hidden>`.
    pub headers: Vec<(String, String)>,
    /// The body as text. A login's is `<hidden>`.
    pub body: String,
    /// The sentence with which it was refused.
    pub refused: Option<String>,
}

impl RecordedRequest {
    pub(super) fn new(state: &State, call: &Call, verdict: &Result<&Operation, Refusal>) -> Self {
        let auth = state
            .documented
            .auth
            .as_ref()
            .map_or(MODULEDATA_AUTH_HEADER, |auth| &auth.name);
        let hide = |(name, value): &(String, String)| {
            let value = if name.eq_ignore_ascii_case(auth) {
                "<hidden>"
            } else {
                value
            };
            (name.clone(), value.to_owned())
        };
        let (operation, refused) = match verdict {
            Ok(operation) => (Some(operation.name.clone()), None),
            Err(refusal) => (refusal.operation.clone(), Some(refusal.sentence.clone())),
        };
        let known = operation.as_deref().and_then(|name| state.documented.operation(name));
        let body = match known {
            Some(operation) if !operation.authenticated => "<hidden>".to_owned(),
            _ => String::from_utf8_lossy(&call.body).into_owned(),
        };
        Self {
            operation,
            method: call.method.clone(),
            path: call.path.clone(),
            query: call.query.iter().map(hide).collect(),
            headers: call
                .headers
                .iter()
                .filter(|(name, _)| !EVERYDAY.contains(&name.as_str()))
                .map(hide)
                .collect(),
            body,
            refused,
        }
    }

    /// The body as JSON; null where there is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}
