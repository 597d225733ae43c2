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
