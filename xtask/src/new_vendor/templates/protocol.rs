//! How {{name}} signs, wraps and refuses.

use crm_core::Error;
use crm_core::call::token::{NewToken, Token};
use crm_core::call::{Access, Meaning, Protocol, Signing};
use crm_core::envelope::EnvelopeSpec;
{{imports}}use secrecy::SecretString;

use crate::generated::ENVELOPE;

/// The vendor, as a type: its client takes only its own operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum {{Type}} {}

/// The vendor's short name.
pub const VENDOR: &str = {{name_literal}};

pub(crate) struct {{Type}}Protocol {
    pub(crate) token: SecretString,
}

impl Protocol for {{Type}}Protocol {
    fn vendor(&self) -> &'static str {
        VENDOR
    }

    fn envelope(&self) -> &'static EnvelopeSpec {
        &ENVELOPE
    }

    fn access(&self) -> Access {
        Access::Given(NewToken::new(self.token.clone()))
    }

    fn sign(&self, token: Option<&Token>, request: &mut Signing<'_>) -> Result<(), Error> {
        let Some(token) = token else { return Ok(()) };
        {{sign}}
        Ok(())
    }

    fn meaning(&self, code: &str) -> Meaning {
        match code {
            {{dead_token}} => Meaning::DeadToken,
            _ => Meaning::Unknown,
        }
    }
}
