//! The client and its builder: hosts, credentials, settings.

use std::time::Duration;

use crm_core::Error;
use crm_core::call::{ClientOptions, Defaults, Pipeline, WindowQuota};
use secrecy::SecretString;

use crate::protocol::{Account, Credentials, Ikcrm, IkcrmProtocol, VENDOR};

/// The documented quota of a company: 10 calls in any 10 seconds.
const QUOTA: (usize, Duration) = (10, Duration::from_secs(10));

/// Sends ikcrm's operations. Cheap to clone: clones share connections, token and quota.
///
/// The vendor kills an account's older token when the account logs in again, so share one client, or at least one token
/// store, between everything that uses the same account.
#[derive(Debug, Clone)]
pub struct Client(pub(crate) Pipeline<Ikcrm>);

crm_core::client_calls!(Client, Ikcrm);

impl Client {
    /// Begins a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder {
            edition: None,
            credentials: None,
            options: ClientOptions::default(),
        }
    }
}

/// The vendor's product that a company uses; each has its own host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Edition {
    /// Inside DingTalk: `dingtalk.e.ikcrm.com`.
    DingTalk,
    /// Inside WeCom: `e.lixiaocrm.com`.
    WeCom,
    /// By itself: `lxcrm.weiwenjia.com`.
    Standalone,
    /// The older host of companies that use it by itself: `api.ikcrm.com`.
    LegacyStandalone,
}

impl Edition {
    /// Address of the edition's API.
    #[must_use]
    pub const fn base_url(self) -> &'static str {
        match self {
            Self::DingTalk => "https://dingtalk.e.ikcrm.com",
            Self::WeCom => "https://e.lixiaocrm.com",
            Self::Standalone => "https://lxcrm.weiwenjia.com",
            Self::LegacyStandalone => "https://api.ikcrm.com",
        }
    }
}

/// Builds a [`Client`]: an edition or an address, and a login or a token.
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder {
    edition: Option<Edition>,
    credentials: Option<Credentials>,
    options: ClientOptions,
}

crm_core::client_options!(ClientBuilder);

impl ClientBuilder {
    /// The product that the company uses.
    pub fn edition(mut self, edition: Edition) -> Self {
        self.edition = Some(edition);
        self
    }

    /// Logs in with an account when a token is needed. `corp_id` is the company's id; companies of the standalone edition
    /// have none.
    pub fn login<'a>(
        mut self,
        login: impl Into<String>,
        password: impl Into<SecretString>,
        corp_id: impl Into<Option<&'a str>>,
    ) -> Self {
        self.credentials = Some(Credentials::Login(Account {
            login: login.into(),
            password: password.into(),
            corp_id: corp_id.into().filter(|id| !id.is_empty()).map(str::to_owned),
        }));
        self
    }

    /// Uses a `user_token` that somebody else keeps alive. When the vendor kills it, calls end in
    /// [`ErrorKind::Auth`](crm_core::ErrorKind::Auth).
    pub fn token(mut self, token: impl Into<SecretString>) -> Self {
        self.credentials = Some(Credentials::Token(token.into()));
        self
    }

    /// Builds the client. Nothing is sent yet.
    ///
    /// # Errors
    /// [`ErrorKind::Config`](crm_core::ErrorKind::Config) naming what is missing or wrong and what to do.
    pub fn build(self) -> Result<Client, Error> {
        let credentials = self.credentials.ok_or_else(|| {
            Error::config(
                VENDOR,
                "no credentials: set .login(login, password, corp_id), or .token(user_token)",
            )
        })?;
        if self.edition.is_none() && self.options.base_url.is_none() {
            return Err(Error::config(
                VENDOR,
                "no address: set .edition(Edition::DingTalk | WeCom | Standalone), or .base_url(\"https://…\")",
            ));
        }
        let mut defaults =
            Defaults::new(concat!("crm-ikcrm/", env!("CARGO_PKG_VERSION"))).quota(WindowQuota::new(QUOTA.0, QUOTA.1));
        defaults.base_url = self.edition.map(Edition::base_url);
        Pipeline::new(IkcrmProtocol { credentials }, self.options, defaults).map(Client)
    }
}
