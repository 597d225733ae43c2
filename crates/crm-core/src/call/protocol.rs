//! What a vendor crate says about its API, so that the pipeline can call it: [`Protocol`].

use jiff::Timestamp;

use super::Signing;
use super::token::{NewToken, Token};
use crate::Error;
use crate::envelope::EnvelopeSpec;
use crate::operation::{OperationInfo, Request};

/// How one vendor signs, wraps and refuses.
///
/// Everything here is a plain function of its arguments: waiting, repeating and keeping tokens is the pipeline's part.
pub trait Protocol: Send + Sync + 'static {
    /// The vendor's short name, `ikcrm`.
    fn vendor(&self) -> &'static str;

    /// The wrapper around every answer.
    fn envelope(&self) -> &'static EnvelopeSpec;

    /// Where the credentials come from.
    fn access(&self) -> Access;

    /// Puts the credentials on a request. `token` is there unless [`access`](Self::access) is [`Access::Own`].
    ///
    /// # Errors
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) for credentials that no request can carry.
    fn sign(&self, token: Option<&Token>, request: &mut Signing<'_>) -> Result<(), Error>;

    /// What a code of this vendor means; [`Meaning::Unknown`] for those that it does not document.
    fn meaning(&self, code: &str) -> Meaning;

    /// The call that gets a token, for [`Access::Login`].
    ///
    /// # Errors
    /// When the request cannot be made from the credentials.
    fn login(&self) -> Result<Login, Error> {
        Err(Error::config(self.vendor(), "this vendor has no login"))
    }

    /// The token in a login's successful answer; `None` when it is not there.
    fn read_token(&self, answer: &str, now: Timestamp) -> Option<NewToken> {
        let _ = (answer, now);
        None
    }
}

/// Where a client's credentials come from.
#[derive(Debug)]
#[non_exhaustive]
pub enum Access {
    /// The protocol signs by itself, with what it was built with or with nothing.
    Own,
    /// A token that was handed over; it cannot be renewed here.
    Given(NewToken),
    /// A login, which [`Protocol::login`] makes.
    Login {
        /// The account as the vendor knows it: part of the token store's key. Not a secret.
        account: String,
        /// What else tells two sessions of one account apart, such as the company. Not a secret.
        scope: String,
    },
}

/// The call that gets a token.
#[derive(Clone)]
pub struct Login {
    /// Its facts; named in errors.
    pub info: &'static OperationInfo,
    /// The request with the credentials in it.
    pub request: Request,
}

/// What a vendor's code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Meaning {
    /// The token is dead: log in again and repeat, once.
    DeadToken,
    /// The credentials are not accepted; a new token would not help.
    Auth,
    /// No such record, or no right to see it.
    NotFound,
    /// It clashes with what stands at the vendor.
    Conflict,
    /// Too many calls.
    RateLimited,
    /// The vendor failed; the call may have been carried out.
    Server,
    /// A batch of which some or all rows failed.
    Batch,
    /// The vendor refused the request.
    Rejected,
    /// Not documented: the HTTP status decides, else it is a refusal.
    Unknown,
}
