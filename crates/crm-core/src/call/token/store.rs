//! Where tokens are kept between calls and processes: [`TokenStore`].

use std::any::Any;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::hash::Hasher;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use secrecy::SecretString;

/// Keeps tokens, for one process or for many.
///
/// A store compares generations: a token is only replaced by a newer one, so that a slow process cannot put back
/// a token that a faster one has already replaced.
#[async_trait]
pub trait TokenStore: Send + Sync + 'static {
    /// The token that stands under the key.
    ///
    /// # Errors
    /// When the store cannot be reached; the client then goes on with what it has.
    async fn load(&self, key: &TokenKey) -> Result<Option<StoredToken>, StoreError>;

    /// Puts the token unless one of the same or a later generation stands. Gives back the one that stands afterwards.
    ///
    /// # Errors
    /// When the store cannot be reached.
    async fn offer(&self, key: &TokenKey, token: StoredToken) -> Result<StoredToken, StoreError>;

    /// Takes the right to log in for this key, for at most `hold`; `None` while another process has it.
    ///
    /// A client already logs in once at a time for all of its tasks; this is for several clients on one store. Without
    /// it, which is the default, they may log in at the same time.
    ///
    /// # Errors
    /// When the store cannot be reached.
    async fn lock_login(&self, key: &TokenKey, hold: Duration) -> Result<Option<LoginLock>, StoreError> {
        let _ = (key, hold);
        Ok(Some(LoginLock::none()))
    }
}

/// The right to log in; given up on drop.
pub struct LoginLock(#[expect(dead_code, reason = "held for its drop")] Option<Box<dyn Any + Send>>);

impl LoginLock {
    /// A right that nothing guards.
    #[must_use]
    pub fn none() -> Self {
        Self(None)
    }

    /// A right that ends when `guard` is dropped.
    #[must_use]
    pub fn new(guard: impl Any + Send) -> Self {
        Self(Some(Box::new(guard)))
    }
}

/// A token as it is stored.
#[derive(Debug, Clone)]
pub struct StoredToken {
    /// The token's text.
    pub secret: SecretString,
    /// When it ends, where that is known.
    pub expires_at: Option<Timestamp>,
    /// Rises with every login of the account: the later token has the greater one.
    pub generation: u64,
}

/// Under what a token is kept: vendor, address, account and a hash of what else tells sessions apart. No secret goes
/// into it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct TokenKey(String);

impl TokenKey {
    /// The key of an account.
    #[must_use]
    pub fn new(vendor: &str, base_url: &str, account: &str, scope: &str) -> Self {
        // FNV gives the same hash in every release and on every machine; nobody attacks it with their own account.
        let mut hasher = fnv::FnvHasher::default();
        for part in [vendor, base_url, account, scope] {
            hasher.write(part.as_bytes());
            hasher.write_u8(0);
        }
        Self(format!("{vendor}|{base_url}|{account}|{:016x}", hasher.finish()))
    }

    /// The key as text. It holds the account's name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An account's name may be a phone number: not shown.
impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (vendor, hash) = (self.0.split('|').next(), self.0.rsplit('|').next());
        write!(
            f,
            "TokenKey({}|…|{})",
            vendor.unwrap_or_default(),
            hash.unwrap_or_default()
        )
    }
}

/// The store did not do it.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the token store failed: {0}")]
pub struct StoreError(String);

impl StoreError {
    /// A failure in words, without secrets.
    #[must_use]
    pub fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}

/// Keeps tokens in this process. Clients that share one share their logins.
#[derive(Debug, Default)]
pub struct MemoryTokenStore {
    tokens: Mutex<HashMap<TokenKey, StoredToken>>,
    /// Keys of the logins that are under way.
    logins: Arc<Mutex<HashSet<TokenKey>>>,
}

impl MemoryTokenStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

#[async_trait]
impl TokenStore for MemoryTokenStore {
    async fn load(&self, key: &TokenKey) -> Result<Option<StoredToken>, StoreError> {
        Ok(locked(&self.tokens).get(key).cloned())
    }

    async fn offer(&self, key: &TokenKey, token: StoredToken) -> Result<StoredToken, StoreError> {
        let mut tokens = locked(&self.tokens);
        let standing = tokens.entry(key.clone()).or_insert_with(|| token.clone());
        if token.generation > standing.generation {
            *standing = token;
        }
        Ok(standing.clone())
    }

    /// A login that is dropped gives its right back at once, so `hold` is not needed here.
    async fn lock_login(&self, key: &TokenKey, _hold: Duration) -> Result<Option<LoginLock>, StoreError> {
        let mine = locked(&self.logins).insert(key.clone());
        let under_way = || UnderWay {
            logins: Arc::clone(&self.logins),
            key: key.clone(),
        };
        Ok(mine.then(|| LoginLock::new(under_way())))
    }
}

/// A login of a client on this store.
struct UnderWay {
    logins: Arc<Mutex<HashSet<TokenKey>>>,
    key: TokenKey,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        locked(&self.logins).remove(&self.key);
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn a_key_tells_accounts_apart_and_does_not_show_them() {
        let key = |account: &str, scope: &str| TokenKey::new("ikcrm", "https://crm.example", account, scope);
        assert_eq!(key("13800000000", "corp"), key("13800000000", "corp"));
        assert_ne!(key("13800000000", "corp"), key("13800000000", "other"));
        assert_ne!(key("a", "bc"), key("ab", "c"));
        assert!(!format!("{:?}", key("13800000000", "corp")).contains("13800000000"));
    }

    #[tokio::test]
    async fn a_token_is_only_replaced_by_a_newer_one() {
        let store = MemoryTokenStore::new();
        let key = TokenKey::new("v", "u", "a", "");
        for (generation, stands) in [(2, "t2"), (1, "t2"), (2, "t2"), (3, "t3")] {
            let token = StoredToken {
                secret: format!("t{generation}").into(),
                expires_at: None,
                generation,
            };
            assert_eq!(store.offer(&key, token).await.unwrap().secret.expose_secret(), stands);
        }
        assert_eq!(store.load(&key).await.unwrap().unwrap().generation, 3);
    }
}
