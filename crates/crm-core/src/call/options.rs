//! What can be set per client and per call, with defaults that need no setting.

use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use super::clock::{Clock, SystemClock};
use super::quota::Quota;
use super::reqwest_transport::ReqwestTransport;
use super::retry::RetryPolicy;
use super::token::TokenStore;
use super::transport::Transport;
use crate::Error;
use crate::error::ErrorKind;
use crate::error::cause::Cause;

/// What every vendor's client can be built with. The builders of the vendor crates have a method for each field.
#[derive(Clone)]
#[non_exhaustive]
pub struct ClientOptions {
    /// Address of the vendor's API, instead of the documented one.
    pub base_url: Option<String>,
    /// Time for one attempt, from connecting to the last byte of the answer. Default 30 s.
    pub timeout: Duration,
    /// Time for name lookup, TCP and TLS. Default 10 s. An HTTP client that is brought has its own.
    pub connect_timeout: Duration,
    /// Time for a whole call: waiting for quota and login, all attempts and the pauses between them. Default 120 s.
    pub deadline: Duration,
    /// How failed attempts are repeated.
    pub retry: RetryPolicy,
    /// The call quota; `None` is the vendor's documented one.
    pub quota: Option<Arc<dyn Quota>>,
    /// Where tokens are kept; `None` is this client's memory.
    pub token_store: Option<Arc<dyn TokenStore>>,
    /// Largest answer in bytes, decompressed. Default 16 MiB.
    pub max_body: usize,
    /// Whether plain http may leave this machine. Default no.
    pub allow_plain_http: bool,
    /// Proxy for all calls.
    pub proxy: Option<Proxy>,
    /// Certificates of authorities that are trusted beside the machine's own, as PEM.
    pub root_certificates: Vec<Vec<u8>>,
    /// Text added to the user agent.
    pub user_agent: Option<String>,
    /// What sends the requests, instead of an HTTP client of its own.
    pub transport: Option<Arc<dyn Transport>>,
    /// The wall clock.
    pub clock: Arc<dyn Clock>,
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self {
            base_url: None,
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            deadline: Duration::from_secs(120),
            retry: RetryPolicy::default(),
            quota: None,
            token_store: None,
            max_body: 16 * 1024 * 1024,
            allow_plain_http: false,
            proxy: None,
            root_certificates: Vec::new(),
            user_agent: None,
            transport: None,
            clock: Arc::new(SystemClock),
        }
    }
}

impl ClientOptions {
    /// Sends through this HTTP client, begun with [`http_client_builder`](super::http_client_builder) or built with
    /// `redirect::Policy::none()`: a redirect that it follows is an error afterwards, but by then the request has been
    /// repeated elsewhere.
    pub fn set_http_client(&mut self, client: reqwest::Client) {
        self.transport = Some(Arc::new(ReqwestTransport::foreign(client)));
    }
}

/// A proxy, with its credentials kept out of sight.
#[derive(Clone)]
pub struct Proxy {
    url: SecretString,
}

impl Proxy {
    /// A proxy by its address, `http://user:password@proxy.example:3128`.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: SecretString::from(url.into()),
        }
    }

    pub(crate) fn is_https(&self) -> bool {
        self.url.expose_secret().starts_with("https:")
    }

    pub(crate) fn to_reqwest(&self, vendor: &'static str) -> Result<reqwest::Proxy, Error> {
        reqwest::Proxy::all(self.url.expose_secret()).map_err(|error| {
            Error::of(ErrorKind::Config, vendor, "the proxy's address is not a URL")
                .caused_by(Cause::from_chain(&error.without_url()))
        })
    }
}

/// What can be set for one call, or for all calls of one clone of a client.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) max_attempts: Option<u32>,
    pub(crate) backoff: Option<(Duration, Duration)>,
    pub(crate) max_body: Option<usize>,
}

impl CallOptions {
    /// The client's own settings.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            timeout: None,
            deadline: None,
            max_attempts: None,
            backoff: None,
            max_body: None,
        }
    }

    /// Time for one attempt.
    #[must_use]
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Time for the whole call, waiting and repeating included.
    #[must_use]
    pub const fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// How often the request may be sent at most; 1 turns repeating off. The one repeat after a dead token, which the
    /// vendor refused unprocessed, is not counted.
    #[must_use]
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = Some(attempts);
        self
    }

    /// The pauses before repeats; see [`RetryPolicy::backoff`].
    #[must_use]
    pub const fn backoff(mut self, base: Duration, cap: Duration) -> Self {
        self.backoff = Some((base, cap));
        self
    }

    /// Largest answer in bytes, decompressed.
    #[must_use]
    pub const fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = Some(bytes);
        self
    }

    /// These settings, and `base`'s where these say nothing.
    #[must_use]
    pub(crate) fn over(self, base: Self) -> Self {
        Self {
            timeout: self.timeout.or(base.timeout),
            deadline: self.deadline.or(base.deadline),
            max_attempts: self.max_attempts.or(base.max_attempts),
            backoff: self.backoff.or(base.backoff),
            max_body: self.max_body.or(base.max_body),
        }
    }
}
