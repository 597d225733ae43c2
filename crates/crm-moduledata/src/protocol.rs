//! How the moduledata vendor signs, wraps and refuses.

use crate::generated::ENVELOPE;
use crm_core::Error;
use crm_core::call::token::Token;
use crm_core::call::{Access, Meaning, Protocol, Signing};
use crm_core::envelope::EnvelopeSpec;
use http::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

/// The vendor, as a type: its client takes only its own operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moduledata {}

/// The vendor's short name.
pub const VENDOR: &str = "moduledata";

/// Says which product line a call is about.
static PRODUCT_LINE: HeaderName = HeaderName::from_static("default-product-id");

/// The vendor documents no login: whoever runs the client knows the header that carries the user's identity.
pub(crate) struct ModuledataProtocol {
    pub(crate) auth: Option<(HeaderName, SecretString)>,
    pub(crate) product_line: Option<HeaderValue>,
}

impl Protocol for ModuledataProtocol {
    fn vendor(&self) -> &'static str {
        VENDOR
    }

    fn envelope(&self) -> &'static EnvelopeSpec {
        &ENVELOPE
    }

    fn access(&self) -> Access {
        Access::Own
    }

    fn sign(&self, _token: Option<&Token>, request: &mut Signing<'_>) -> Result<(), Error> {
        if let Some((name, value)) = &self.auth {
            request.header_text(name.clone(), value.expose_secret())?;
        }
        if let Some(id) = &self.product_line {
            request.default_header(PRODUCT_LINE.clone(), id.clone());
        }
        Ok(())
    }

    /// No page of this vendor shows an error.
    fn meaning(&self, _code: &str) -> Meaning {
        Meaning::Unknown
    }
}
