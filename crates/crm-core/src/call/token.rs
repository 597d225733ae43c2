//! Tokens: where they come from, how they are kept, and who may renew them.

mod expiry;
pub(crate) mod session;
mod store;

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use http::HeaderValue;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use tokio::time::Instant;

pub use expiry::expiry;
pub(crate) use session::Session;
pub use store::{LoginLock, MemoryTokenStore, StoreError, StoredToken, TokenKey, TokenStore};

use super::clock::later;
use super::signing::header_value;
use crate::Error;

/// A token as a login gave it, or as it was handed over.
#[derive(Debug, Clone)]
pub struct NewToken {
    secret: SecretString,
    expires_at: Option<Timestamp>,
}

impl NewToken {
    /// A token that lives until the vendor says otherwise.
    #[must_use]
    pub fn new(secret: impl Into<SecretString>) -> Self {
        Self {
            secret: secret.into(),
            expires_at: None,
        }
    }

    /// The token in a login's answer, by the JSON pointers of the token and of its end; `None` when no token is there.
    ///
    /// What stands beside the token, or in the place of its end, cannot make the login fail: an end that is no time is
    /// as good as none.
    #[must_use]
    pub fn from_answer(answer: &str, token: &str, ends: &str, now: Timestamp) -> Option<Self> {
        let answer: serde_json::Value = serde_json::from_str(answer).ok()?;
        let text = |pointer| match answer.pointer(pointer)? {
            serde_json::Value::String(text) => Some(text.clone()),
            serde_json::Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        let secret = text(token).filter(|token| !token.is_empty())?;
        let ends = text(ends).and_then(|text| expiry(&text, now));
        Some(Self::new(secret).expires_at(ends))
    }

    /// Sets when it ends, where that is known; see [`expiry`].
    #[must_use]
    pub fn expires_at(mut self, at: Option<Timestamp>) -> Self {
        self.expires_at = at;
        self
    }

    pub(crate) fn stored(self, generation: u64) -> StoredToken {
        StoredToken {
            secret: self.secret,
            expires_at: self.expires_at,
            generation,
        }
    }
}

/// A token in use.
pub struct Token {
    stored: StoredToken,
    /// Monotonic, so that a wall clock that jumps ends no token.
    ends: Option<Instant>,
    refresh: Option<Instant>,
    dead: AtomicBool,
    header: OnceLock<HeaderValue>,
}

impl Token {
    pub(crate) fn new(stored: StoredToken, wall: Timestamp, now: Instant) -> Self {
        let left = stored
            .expires_at
            .and_then(|at| Duration::try_from(at.duration_since(wall)).ok());
        // An end that has passed already says that one of the two clocks is wrong: then only the vendor knows.
        let left = left.filter(|left| *left > Duration::from_secs(1));
        Self {
            ends: left.map(|left| later(now, left)),
            refresh: left.map(|left| later(now, left - early(left))),
            stored,
            dead: AtomicBool::new(false),
            header: OnceLock::new(),
        }
    }

    /// The token's text.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.stored.secret.expose_secret()
    }

    /// The header value made of it, made once.
    ///
    /// # Errors
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) when the token has characters that a header cannot carry.
    pub fn header(&self, vendor: &'static str, make: impl FnOnce(&str) -> String) -> Result<HeaderValue, Error> {
        if let Some(value) = self.header.get() {
            return Ok(value.clone());
        }
        let value = header_value(vendor, &make(self.expose()))?;
        Ok(self.header.get_or_init(|| value).clone())
    }

    pub(crate) fn generation(&self) -> u64 {
        self.stored.generation
    }

    pub(crate) fn kill(&self) {
        self.dead.store(true, Ordering::Release);
    }

    pub(crate) fn is_killed(&self) -> bool {
        self.dead.load(Ordering::Acquire)
    }

    pub(crate) fn is_usable(&self) -> bool {
        !self.is_killed() && self.ends.is_none_or(|ends| Instant::now() < ends)
    }

    pub(crate) fn wants_refresh(&self) -> bool {
        self.refresh.is_some_and(|refresh| Instant::now() >= refresh)
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Token")
            .field("generation", &self.stored.generation)
            .finish_non_exhaustive()
    }
}

/// How long before its end a token is renewed: a fifth of its life, at most five minutes, less up to half of that at
/// random, so that many processes do not renew at once.
fn early(life: Duration) -> Duration {
    (life / 5)
        .min(Duration::from_secs(300))
        .mul_f64(1.0 - fastrand::f64() / 2.0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_whatever_stands_beside_it() {
        let now: Timestamp = "2024-01-01T00:00:00Z".parse().unwrap();
        let read = |data: &str| {
            let answer = format!(r#"{{"code":0,"data":{data}}}"#);
            NewToken::from_answer(&answer, "/data/token", "/data/expires", now)
        };
        for (data, secret, lives) in [
            (r#"{"token":"abc"}"#, "abc", None),
            (r#"{"token":"abc","expires":7200}"#, "abc", Some(7_200)),
            (r#"{"token":"abc","expires":"7200"}"#, "abc", Some(7_200)),
            (r#"{"token":"abc","expires":"2024-01-01 09:00:00"}"#, "abc", Some(3_600)),
            (r#"{"token":"abc","expires":{"in":1}}"#, "abc", None),
            (r#"{"token":"abc","expires":"soon","user":[]}"#, "abc", None),
            (r#"{"token":12345}"#, "12345", None),
            (r#"{"token":"old"},"data":{"token":"abc"}"#, "abc", None),
        ] {
            let token = read(data).unwrap();
            assert_eq!(token.secret.expose_secret(), secret, "{data}");
            let left = token.expires_at.map(|at| at.duration_since(now).as_secs());
            assert_eq!(left, lives, "{data}");
        }
        for data in [
            "null",
            "[]",
            "{}",
            r#"{"token":""}"#,
            r#"{"token":null}"#,
            r#"{"token":{}}"#,
        ] {
            assert!(read(data).is_none(), "{data}");
        }
    }
}
