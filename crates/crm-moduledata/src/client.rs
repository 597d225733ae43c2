//! The client and its builder: address, identity, product line, settings.

use crm_core::Error;
use crm_core::call::{ClientOptions, Defaults, Pipeline};
use http::{HeaderName, HeaderValue};
use secrecy::SecretString;

use crate::protocol::{Moduledata, ModuledataProtocol, VENDOR};

/// Sends moduledata's operations. Cheap to clone: clones share connections and quota.
///
/// The vendor documents no quota, so none is set; see [`ClientBuilder::quota`].
#[derive(Debug, Clone)]
pub struct Client(pub(crate) Pipeline<Moduledata>);

crm_core::client_calls!(Client, Moduledata);

impl Client {
    /// Begins a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder {
            auth: Auth::Missing,
            product_line: None,
            options: ClientOptions::default(),
        }
    }
}

/// Builds a [`Client`]: the company's address and the header that says who calls.
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder {
    auth: Auth,
    product_line: Option<String>,
    options: ClientOptions,
}

/// Who calls.
enum Auth {
    Missing,
    Elsewhere,
    Header(String, SecretString),
}

crm_core::client_options!(ClientBuilder);

impl ClientBuilder {
    /// The header that carries the user's identity. The vendor does not document its name: look at what the company's own
    /// front end sends.
    pub fn auth_header(mut self, name: impl Into<String>, value: impl Into<SecretString>) -> Self {
        self.auth = Auth::Header(name.into(), value.into());
        self
    }

    /// Sends no identity, where a gateway in between adds it.
    pub fn without_auth(mut self) -> Self {
        self.auth = Auth::Elsewhere;
        self
    }

    /// The product line that calls are about, where a call does not name one itself.
    pub fn product_line(mut self, id: impl Into<String>) -> Self {
        self.product_line = Some(id.into());
        self
    }

    /// Builds the client. Nothing is sent yet.
    ///
    /// # Errors
    /// [`ErrorKind::Config`](crm_core::ErrorKind::Config) naming what is missing or wrong and what to do.
    pub fn build(self) -> Result<Client, Error> {
        let auth = match self.auth {
            Auth::Elsewhere => None,
            Auth::Header(name, value) => {
                let name = HeaderName::from_bytes(name.as_bytes())
                    .map_err(|_| Error::config(VENDOR, "the name given to .auth_header is no HTTP header name"))?;
                Some((name, value))
            }
            Auth::Missing => {
                return Err(Error::config(
                    VENDOR,
                    "no credentials: set .auth_header(name, value), or .without_auth() behind a gateway that adds them",
                ));
            }
        };
        let product_line = match self.product_line.as_deref().map(HeaderValue::from_str) {
            None => None,
            Some(Ok(id)) => Some(id),
            Some(Err(_)) => {
                return Err(Error::config(
                    VENDOR,
                    "the id given to .product_line cannot stand in a header",
                ));
            }
        };
        let defaults = Defaults::new(concat!("crm-moduledata/", env!("CARGO_PKG_VERSION")));
        Pipeline::new(ModuledataProtocol { auth, product_line }, self.options, defaults).map(Client)
    }
}
