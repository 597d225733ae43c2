//! One account's token for all tasks of a client: who logs in, when, and when to stop.

use std::collections::VecDeque;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::{MemoryTokenStore, NewToken, StoredToken, Token, TokenKey, TokenStore};
use crate::call::clock::{Clock, later};
use crate::error::{Error, ErrorKind};

/// This many logins forced by killed tokens within [`FIGHT_SPAN`] are a fight over the session.
const FIGHT: usize = 3;
const FIGHT_SPAN: Duration = Duration::from_secs(60);
/// The pause after the first failed login; it doubles with every further one.
const BACK_OFF: Duration = Duration::from_millis(500);
const BACK_OFF_CAP: Duration = Duration::from_secs(300);
/// How long a login may hold the store's lock, and how often those without it look again.
const LOGIN_HOLD: Duration = Duration::from_secs(30);
const LOGIN_POLL: Duration = Duration::from_millis(100);

/// Makes the login call.
#[async_trait]
pub(crate) trait LogIn: Send + Sync {
    async fn log_in(&self, deadline: Instant) -> Result<NewToken, Error>;
}

/// The token of one client.
pub(crate) struct Session {
    vendor: &'static str,
    clock: Arc<dyn Clock>,
    current: RwLock<Option<Arc<Token>>>,
    renewal: Option<Renewal>,
}

/// How a session gets its tokens, where it can.
struct Renewal {
    store: Arc<dyn TokenStore>,
    key: TokenKey,
    history: Mutex<History>,
}

/// What was learnt from earlier logins. Whoever holds its lock is the one who logs in.
#[derive(Default)]
struct History {
    failures: u32,
    /// No login before this moment, for this reason.
    closed: Option<(Instant, Error)>,
    /// When a killed token forced a login.
    forced: VecDeque<Instant>,
}

impl Session {
    /// A session with a token that cannot be renewed.
    pub(crate) fn given(vendor: &'static str, clock: Arc<dyn Clock>, token: NewToken) -> Self {
        let token = Token::new(token.stored(0), clock.now(), Instant::now());
        Self {
            vendor,
            clock,
            current: RwLock::new(Some(Arc::new(token))),
            renewal: None,
        }
    }

    /// A session that logs in.
    pub(crate) fn renewed(
        vendor: &'static str,
        clock: Arc<dyn Clock>,
        store: Option<Arc<dyn TokenStore>>,
        key: TokenKey,
    ) -> Self {
        let store = store.unwrap_or_else(|| Arc::new(MemoryTokenStore::new()));
        let renewal = Renewal {
            store,
            key,
            history: Mutex::default(),
        };
        Self {
            vendor,
            clock,
            current: RwLock::new(None),
            renewal: Some(renewal),
        }
    }

    /// Whether a dead token can be replaced.
    pub(crate) fn renews(&self) -> bool {
        self.renewal.is_some()
    }

    /// The token to use now, if there is one that was not killed.
    pub(crate) fn current(&self) -> Option<Arc<Token>> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The token to sign with, where nothing has to be done for it.
    pub(crate) fn ready(&self) -> Option<Arc<Token>> {
        self.current()
            .filter(|token| token.is_usable() && !token.wants_refresh())
    }

    /// A token to sign with; logs in when there is none.
    pub(crate) async fn token(&self, deadline: Instant, login: &dyn LogIn) -> Result<Arc<Token>, Error> {
        let usable = self.current().filter(|token| token.is_usable());
        let Some(renewal) = &self.renewal else {
            return usable.ok_or_else(|| {
                Error::of(
                    ErrorKind::Auth,
                    self.vendor,
                    "the token that was given is dead; give the client a login so that it can renew it",
                )
            });
        };
        if let Some(token) = usable {
            if token.wants_refresh()
                && let Ok(mut history) = renewal.history.try_lock()
            {
                // The old token still works: whoever else calls goes on with it, and a refresh that fails is not fatal.
                return Ok(self
                    .renew(renewal, &mut history, Instant::now(), deadline, login)
                    .await
                    .unwrap_or(token));
            }
            return Ok(token);
        }
        let Ok(mut history) = tokio::time::timeout_at(deadline, renewal.history.lock()).await else {
            return Err(Error::of(
                ErrorKind::Timeout,
                self.vendor,
                "the login took longer than the call may",
            ));
        };
        if let Some(token) = self.current().filter(|token| token.is_usable()) {
            return Ok(token);
        }
        self.renew(renewal, &mut history, deadline, deadline, login).await
    }

    /// Gets a new token. Another process that is logging in is waited for until `patience` ends.
    async fn renew(
        &self,
        renewal: &Renewal,
        history: &mut History,
        patience: Instant,
        deadline: Instant,
        login: &dyn LogIn,
    ) -> Result<Arc<Token>, Error> {
        if let Some(token) = self.newer_in_store(renewal).await {
            return Ok(token);
        }
        history.may_log_in(Instant::now())?;
        let _lock = match self.lock_or_newer(renewal, patience).await? {
            Turn::Newer(token) => return Ok(token),
            Turn::Mine(lock) => lock,
        };
        if self.current().is_some_and(|token| token.is_killed()) {
            history.forced_login(self.vendor, Instant::now())?;
        }
        match login.log_in(deadline).await {
            Ok(token) => {
                history.succeeded();
                Ok(self.keep(renewal, token).await)
            }
            Err(error) => {
                history.failed(&error, Instant::now(), deadline);
                Err(error)
            }
        }
    }

    /// A token that another process, or another client on the same store, has put there.
    async fn newer_in_store(&self, renewal: &Renewal) -> Option<Arc<Token>> {
        let stored = match renewal.store.load(&renewal.key).await {
            Ok(stored) => stored?,
            Err(error) => {
                tracing::warn!(vendor = self.vendor, %error, "token store cannot be read; going on without it");
                return None;
            }
        };
        if self
            .current()
            .is_some_and(|token| stored.generation <= token.generation())
        {
            return None;
        }
        let token = self.adopt(stored);
        token.is_usable().then_some(token)
    }

    async fn lock_or_newer(&self, renewal: &Renewal, patience: Instant) -> Result<Turn, Error> {
        loop {
            match renewal.store.lock_login(&renewal.key, LOGIN_HOLD).await {
                Ok(Some(lock)) => {
                    // Between the look before and this lock another process may have finished its login.
                    return Ok(match self.newer_in_store(renewal).await {
                        Some(token) => Turn::Newer(token),
                        None => Turn::Mine(Some(lock)),
                    });
                }
                Ok(None) => {}
                Err(error) => {
                    tracing::warn!(vendor = self.vendor, %error, "token store cannot be locked; logging in without it");
                    return Ok(Turn::Mine(None));
                }
            }
            if later(Instant::now(), LOGIN_POLL) >= patience {
                return Err(Error::of(
                    ErrorKind::Timeout,
                    self.vendor,
                    "another process holds the login for too long",
                ));
            }
            tokio::time::sleep(LOGIN_POLL).await;
            if let Some(token) = self.newer_in_store(renewal).await {
                return Ok(Turn::Newer(token));
            }
        }
    }

    async fn keep(&self, renewal: &Renewal, token: NewToken) -> Arc<Token> {
        let after = self.current().map_or(0, |token| token.generation().saturating_add(1));
        // The time of the login orders the logins of all processes; a clock that was set back does not undo the order.
        let generation = u64::try_from(self.clock.now().as_millisecond()).unwrap_or(0).max(after);
        let mine = token.stored(generation);
        let stands = match renewal.store.offer(&renewal.key, mine.clone()).await {
            Ok(stands) => stands,
            Err(error) => {
                tracing::warn!(vendor = self.vendor, %error, "token store cannot be written; going on without it");
                mine
            }
        };
        self.adopt(stands)
    }

    fn adopt(&self, stored: StoredToken) -> Arc<Token> {
        let token = Arc::new(Token::new(stored, self.clock.now(), Instant::now()));
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&token));
        token
    }
}

enum Turn {
    Newer(Arc<Token>),
    Mine(Option<super::LoginLock>),
}

impl History {
    fn may_log_in(&self, now: Instant) -> Result<(), Error> {
        match &self.closed {
            Some((until, error)) if now < *until => Err(error.clone().after(Some(*until - now))),
            _ => Ok(()),
        }
    }

    /// Counts a login that a killed token forces; too many of them in a minute are a fight.
    fn forced_login(&mut self, vendor: &'static str, now: Instant) -> Result<(), Error> {
        while self
            .forced
            .front()
            .is_some_and(|at| now.duration_since(*at) >= FIGHT_SPAN)
        {
            self.forced.pop_front();
        }
        self.forced.push_back(now);
        if self.forced.len() < FIGHT {
            return Ok(());
        }
        self.forced.clear();
        let error = Error::of(
            ErrorKind::Auth,
            vendor,
            "the token is killed again and again: another process is logging in with the same account; share one \
             token store between them, or give each its own account",
        );
        self.closed = Some((later(now, FIGHT_SPAN), error.clone()));
        Err(error.after(Some(FIGHT_SPAN)))
    }

    fn succeeded(&mut self) {
        self.failures = 0;
        self.closed = None;
    }

    /// A login that the caller's own deadline cut off says nothing about the next one.
    fn failed(&mut self, error: &Error, now: Instant, deadline: Instant) {
        if error.kind() == ErrorKind::Timeout && now >= deadline {
            return;
        }
        let pause = BACK_OFF
            .saturating_mul(2_u32.saturating_pow(self.failures))
            .min(BACK_OFF_CAP);
        self.failures = self.failures.saturating_add(1);
        self.closed = Some((later(now, pause), error.clone()));
    }
}
