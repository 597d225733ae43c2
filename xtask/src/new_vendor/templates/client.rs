//! The client and its builder: address, credentials, settings.

use crm_core::Error;
use crm_core::call::{ClientOptions, Defaults, Pipeline};
use secrecy::SecretString;

use crate::protocol::{{protocol_uses}};

{{hosts}}/// Sends {{name}}'s operations. Cheap to clone: clones share connections, token and quota.
#[derive(Debug, Clone)]
pub struct Client(pub(crate) Pipeline<{{Type}}>);

crm_core::client_calls!(Client, {{Type}});

impl Client {
    /// Begins a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder {
            token: None,
            options: ClientOptions::default(),
        }
    }
}

/// Builds a [`Client`].
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder {
    token: Option<SecretString>,
    options: ClientOptions,
}

crm_core::client_options!(ClientBuilder);

impl ClientBuilder {
    /// The token to call with.
    pub fn token(mut self, token: impl Into<SecretString>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Builds the client. Nothing is sent yet.
    ///
    /// # Errors
    /// [`ErrorKind::Config`](crm_core::ErrorKind::Config) naming what is missing or wrong and what to do.
    pub fn build(self) -> Result<Client, Error> {
        let token = self
            .token
            .ok_or_else(|| Error::config(VENDOR, "no credentials: set .token(…)"))?;
        {{defaults}}
        Pipeline::new({{Type}}Protocol { token }, self.options, defaults).map(Client)
    }
}
