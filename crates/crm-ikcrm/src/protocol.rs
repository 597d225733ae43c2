//! How ikcrm signs, wraps and refuses.

use crm_core::Error;
use crm_core::call::token::{NewToken, Token};
use crm_core::call::{Access, Login, Meaning, Protocol, Signing};
use crm_core::envelope::EnvelopeSpec;
use crm_core::operation::Operation;
use http::header::AUTHORIZATION;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use crate::generated::ENVELOPE;

/// The vendor, as a type: its client takes only its own operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ikcrm {}

/// The vendor's short name.
pub const VENDOR: &str = "ikcrm";

/// Any other device or version is refused with code 100000.
const DEVICE: &str = "open_api";
const VERSION: &str = "9.9.9";

/// The credentials of a client.
pub(crate) enum Credentials {
    Token(SecretString),
    Login(Account),
}

/// An account that logs in.
pub(crate) struct Account {
    pub(crate) login: String,
    pub(crate) password: SecretString,
    pub(crate) corp_id: Option<String>,
}

pub(crate) struct IkcrmProtocol {
    pub(crate) credentials: Credentials,
}

impl Protocol for IkcrmProtocol {
    fn vendor(&self) -> &'static str {
        VENDOR
    }

    fn envelope(&self) -> &'static EnvelopeSpec {
        &ENVELOPE
    }

    fn access(&self) -> Access {
        match &self.credentials {
            Credentials::Token(token) => Access::Given(NewToken::new(token.clone())),
            Credentials::Login(account) => Access::Login {
                account: account.login.clone(),
                scope: account.corp_id.clone().unwrap_or_default(),
            },
        }
    }

    fn sign(&self, token: Option<&Token>, request: &mut Signing<'_>) -> Result<(), Error> {
        let Some(token) = token else { return Ok(()) };
        let value = token.header(VENDOR, |token| {
            format!("Token token={token}, device={DEVICE}, version_code={VERSION}")
        })?;
        request.header(AUTHORIZATION, value);
        Ok(())
    }

    fn meaning(&self, code: &str) -> Meaning {
        match code {
            // "Logged in elsewhere", and "login expired": the same code for both.
            "100401" => Meaning::DeadToken,
            "100000" | "100400" => Meaning::Auth,
            // "No permission for the object" has the same code as "does not exist".
            "100100" => Meaning::NotFound,
            _ => Meaning::Unknown,
        }
    }

    fn login(&self) -> Result<Login, Error> {
        let Credentials::Login(account) = &self.credentials else {
            return Err(Error::config(VENDOR, "this client was given a token and no login"));
        };
        let mut login = crate::Login::new(&account.login, account.password.expose_secret());
        login.corp_id = account.corp_id.as_deref().map(Into::into);
        Ok(Login {
            info: crate::Login::INFO,
            request: login.request()?,
        })
    }

    fn read_token(&self, answer: &str, now: Timestamp) -> Option<NewToken> {
        // No page says how long a token lives; should the vendor begin to, it is heeded.
        NewToken::from_answer(answer, "/data/user_token", "/data/expires_in", now)
    }
}
