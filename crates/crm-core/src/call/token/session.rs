//! One account's token for all tasks of a client: who logs in, when, and when to stop.

use std::collections::VecDeque;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use async_trait::async_trait;
use secrecy::ExposeSecret;
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tracing::Instrument;

use super::{MemoryTokenStore, NewToken, StoreError, StoredToken, Token, TokenKey, TokenStore};
use crate::call::clock::{Clock, later};
use crate::call::quota::Permit;
use crate::error::{Error, ErrorKind};

/// This many tokens killed within [`FIGHT_SPAN`] are a fight over the session.
const FIGHT: usize = 3;
const FIGHT_SPAN: Duration = Duration::from_secs(60);
/// The pause after the first failed login; it doubles with every further one.
const BACK_OFF: Duration = Duration::from_millis(500);
const BACK_OFF_CAP: Duration = Duration::from_secs(300);
/// How long a login may take and hold the store's lock, and how often those without the lock look again.
const LOGIN_HOLD: Duration = Duration::from_secs(60);
const LOGIN_POLL: Duration = Duration::from_millis(100);
/// How long a login stands in line for quota at most: far longer than any line, and it must end.
const LOGIN_LINE: Duration = Duration::from_secs(30 * 60);
/// How long a token store may take to answer.
const STORE_TIME: Duration = Duration::from_secs(5);

/// Makes the login call.
#[async_trait]
pub(crate) trait LogIn: Send + Sync {
    /// Waits for the right to send the login's first request.
    async fn admit(&self, deadline: Instant) -> Result<Permit, Error>;

    async fn log_in(self: Arc<Self>, permit: Permit, deadline: Instant) -> Result<NewToken, Error>;
}

/// The token of one client.
pub(crate) struct Session {
    vendor: &'static str,
    clock: Arc<dyn Clock>,
    current: RwLock<Option<Arc<Token>>>,
    renewal: Option<Arc<Renewal>>,
}

/// How a session gets its tokens, where it can.
struct Renewal {
    store: Arc<dyn TokenStore>,
    key: TokenKey,
    history: Arc<Mutex<History>>,
}

/// What was learnt from earlier logins. The task that holds its lock is the one that logs in.
#[derive(Default)]
struct History {
    /// The generation of the last token that was counted as killed.
    killed: Option<u64>,
    failures: u32,
    /// No login before this moment, for this reason.
    closed: Option<(Instant, Error)>,
    /// When tokens were seen killed.
    kills: VecDeque<Instant>,
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
            history: Arc::default(),
        };
        Self {
            vendor,
            clock,
            current: RwLock::new(None),
            renewal: Some(Arc::new(renewal)),
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
    ///
    /// A login is a task of its own, with time of its own: callers wait for it as long as they can, and one who leaves
    /// takes it from nobody.
    pub(crate) async fn token(self: &Arc<Self>, deadline: Instant, login: Arc<dyn LogIn>) -> Result<Arc<Token>, Error> {
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
                && let Ok(history) = Arc::clone(&renewal.history).try_lock_owned()
                && history.may_log_in(Instant::now()).is_ok()
            {
                // The old token still works: nobody waits, and a refresh that fails is not fatal.
                drop(self.begin(renewal, history, Duration::ZERO, login));
            }
            return Ok(token);
        }
        let late = || {
            Error::of(
                ErrorKind::Timeout,
                self.vendor,
                "the login took longer than the call may",
            )
        };
        let history = tokio::time::timeout_at(deadline, Arc::clone(&renewal.history).lock_owned());
        let Ok(history) = history.await else {
            return Err(late());
        };
        if let Some(token) = self.current().filter(|token| token.is_usable()) {
            return Ok(token);
        }
        let login = self.begin(renewal, history, LOGIN_HOLD, login);
        match tokio::time::timeout_at(deadline, login).await {
            Ok(Ok(result)) => result,
            Ok(Err(ended)) => match ended.try_into_panic() {
                // As if it had happened in this call.
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => Err(Error::of(
                    ErrorKind::Connect,
                    self.vendor,
                    "the runtime that logged in has ended",
                )),
            },
            Err(_) => Err(late()),
        }
    }

    /// Renews in a task of its own. Another process that is logging in is waited for, for so long.
    fn begin(
        self: &Arc<Self>,
        renewal: &Arc<Renewal>,
        mut history: OwnedMutexGuard<History>,
        patience: Duration,
        login: Arc<dyn LogIn>,
    ) -> JoinHandle<Result<Arc<Token>, Error>> {
        let (session, renewal) = (Arc::clone(self), Arc::clone(renewal));
        let renewing = async move { session.renew(&renewal, &mut history, patience, login).await };
        tokio::spawn(renewing.in_current_span())
    }

    async fn renew(
        &self,
        renewal: &Renewal,
        history: &mut History,
        patience: Duration,
        login: Arc<dyn LogIn>,
    ) -> Result<Arc<Token>, Error> {
        if let Some(token) = self.newer_in_store(renewal).await {
            return Ok(token);
        }
        history.may_log_in(Instant::now())?;
        if let Some(token) = self.current().filter(|token| token.is_killed()) {
            history.killed(token.generation(), self.vendor, Instant::now())?;
        }
        // The quota comes first, so that the time of the lock is not spent in its line.
        let permit = login.admit(later(Instant::now(), LOGIN_LINE)).await?;
        let (_lock, until) = match self.lock_or_newer(renewal, later(Instant::now(), patience)).await {
            Ok(Turn::Mine(lock, until)) => (lock, until),
            Ok(Turn::Newer(token)) => {
                permit.unsent();
                return Ok(token);
            }
            Err(error) => {
                permit.unsent();
                return Err(error);
            }
        };
        match login.log_in(permit, until).await {
            Ok(token) => {
                let token = self.keep(renewal, token).await;
                history.succeeded();
                Ok(token)
            }
            Err(error) => {
                history.failed(&error, Instant::now());
                Err(error)
            }
        }
    }

    /// A token that another process, or another client on the same store, has put there.
    async fn newer_in_store(&self, renewal: &Renewal) -> Option<Arc<Token>> {
        let stored = match in_time(renewal.store.load(&renewal.key)).await {
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
            // The lock may be there from when it was asked for, not from when the answer is in.
            let until = later(Instant::now(), LOGIN_HOLD);
            match in_time(renewal.store.lock_login(&renewal.key, LOGIN_HOLD)).await {
                Ok(Some(lock)) => {
                    // Between the look before and this lock another process may have finished its login.
                    return Ok(match self.newer_in_store(renewal).await {
                        Some(token) => Turn::Newer(token),
                        None => Turn::Mine(Some(lock), until),
                    });
                }
                Ok(None) => {}
                Err(error) => {
                    tracing::warn!(vendor = self.vendor, %error, "token store cannot be locked; logging in without it");
                    return Ok(Turn::Mine(None, later(Instant::now(), LOGIN_HOLD)));
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
        // In use before the store has it: calls that begin now need not wait for that.
        let token = self.adopt(mine.clone());
        match in_time(renewal.store.offer(&renewal.key, mine)).await {
            Ok(stands) if stands.secret.expose_secret() == token.expose() => token,
            Ok(stands) => self.adopt(stands),
            Err(error) => {
                tracing::warn!(vendor = self.vendor, %error, "token store cannot be written; going on without it");
                token
            }
        }
    }

    fn adopt(&self, stored: StoredToken) -> Arc<Token> {
        let token = Arc::new(Token::new(stored, self.clock.now(), Instant::now()));
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&token));
        token
    }
}

enum Turn {
    Newer(Arc<Token>),
    /// With the store's lock, where there is one, and the end of the time for the login.
    Mine(Option<super::LoginLock>, Instant),
}

/// A store that does not answer is as good as none.
async fn in_time<T>(asked: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    tokio::time::timeout(STORE_TIME, asked)
        .await
        .unwrap_or_else(|_| Err(StoreError::new("it does not answer")))
}

impl History {
    fn may_log_in(&self, now: Instant) -> Result<(), Error> {
        match &self.closed {
            Some((until, error)) if now < *until => Err(error.clone().after(Some(*until - now))),
            _ => Ok(()),
        }
    }

    /// Counts the kill of a token, once, however many logins it takes to replace it; too many kills in a minute are a
    /// fight.
    fn killed(&mut self, generation: u64, vendor: &'static str, now: Instant) -> Result<(), Error> {
        if self.killed.replace(generation) == Some(generation) {
            return Ok(());
        }
        while self
            .kills
            .front()
            .is_some_and(|at| now.duration_since(*at) >= FIGHT_SPAN)
        {
            self.kills.pop_front();
        }
        self.kills.push_back(now);
        if self.kills.len() < FIGHT {
            return Ok(());
        }
        self.kills.clear();
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

    /// A login that never left says nothing about the next one.
    fn failed(&mut self, error: &Error, now: Instant) {
        if error.attempts() == 0 {
            return;
        }
        let pause = BACK_OFF
            .saturating_mul(2_u32.saturating_pow(self.failures))
            .min(BACK_OFF_CAP);
        self.failures = self.failures.saturating_add(1);
        self.closed = Some((later(now, pause), error.clone()));
    }
}
