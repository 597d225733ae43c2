//! The client and its builder: credentials and settings.

use crm_core::Error;
use crm_core::call::{ClientOptions, Defaults, Pipeline};
use secrecy::SecretString;

use crate::protocol::{Credentials, Dustess, DustessProtocol, VENDOR};

/// Address of the vendor's API.
const BASE_URL: &str = "https://qw-openapi-tx.dustess.com";

/// Sends dustess's operations. Cheap to clone: clones share connections, token and quota.
///
/// The vendor documents no quota, so none is set; see [`ClientBuilder::quota`].
#[derive(Debug, Clone)]
pub struct Client(pub(crate) Pipeline<Dustess>);

crm_core::client_calls!(Client, Dustess);

impl Client {
    /// Begins a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder {
            credentials: None,
            options: ClientOptions::default(),
        }
    }
}

/// Builds a [`Client`]: client id and secret, or a token.
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder {
    credentials: Option<Credentials>,
    options: ClientOptions,
}

crm_core::client_options!(ClientBuilder);

impl ClientBuilder {
    /// Asks for a token with the application's id and secret when one is needed.
    pub fn client_credentials(mut self, id: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        self.credentials = Some(Credentials::Client {
            id: id.into(),
            secret: secret.into(),
        });
        self
    }

    /// Uses an access token that somebody else keeps alive. When it ends, calls end in
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
                "no credentials: set .client_credentials(id, secret), or .token(access_token)",
            )
        })?;
        let defaults = Defaults::new(concat!("crm-dustess/", env!("CARGO_PKG_VERSION"))).base_url(BASE_URL);
        Pipeline::new(DustessProtocol { credentials }, self.options, defaults).map(Client)
    }
}
