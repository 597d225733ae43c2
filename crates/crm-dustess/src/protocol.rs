//! How dustess signs, wraps and refuses.

use crm_core::Error;
use crm_core::call::token::{NewToken, Token};
use crm_core::call::{Access, Login, Meaning, Protocol, Signing};
use crm_core::envelope::EnvelopeSpec;
use crm_core::operation::Operation;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use crate::generated::{AccessToken, ENVELOPE};

/// The vendor, as a type: its client takes only its own operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dustess {}

/// The vendor's short name.
pub const VENDOR: &str = "dustess";

/// The credentials of a client.
pub(crate) enum Credentials {
    Token(SecretString),
    Client { id: String, secret: SecretString },
}

pub(crate) struct DustessProtocol {
    pub(crate) credentials: Credentials,
}

impl Protocol for DustessProtocol {
    fn vendor(&self) -> &'static str {
        VENDOR
    }

    fn envelope(&self) -> &'static EnvelopeSpec {
        &ENVELOPE
    }

    fn access(&self) -> Access {
        match &self.credentials {
            Credentials::Token(token) => Access::Given(NewToken::new(token.clone())),
            Credentials::Client { id, .. } => Access::Login {
                account: id.clone(),
                scope: String::new(),
            },
        }
    }

    fn sign(&self, token: Option<&Token>, request: &mut Signing<'_>) -> Result<(), Error> {
        if let Some(token) = token {
            request.query("accessToken", token.expose());
        }
        Ok(())
    }

    fn meaning(&self, code: &str) -> Meaning {
        match code {
            "40002" => Meaning::DeadToken,
            "4126" => Meaning::Batch,
            "10001" => Meaning::Server,
            "13025" => Meaning::Conflict,
            _ => Meaning::Unknown,
        }
    }

    fn login(&self) -> Result<Login, Error> {
        let Credentials::Client { id, secret } = &self.credentials else {
            return Err(Error::config(
                VENDOR,
                "this client was given a token and no client id and secret",
            ));
        };
        let request = AccessToken::new(id, secret.expose_secret()).request()?;
        Ok(Login {
            info: AccessToken::INFO,
            request,
        })
    }

    fn read_token(&self, answer: &str, now: Timestamp) -> Option<NewToken> {
        // The page shows a local date-time; clients have met seconds.
        NewToken::from_answer(answer, "/data/accessToken", "/data/expiresIn", now)
    }
}
