//! The seam between the pipeline and the network: [`Transport`].

use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use url::Url;

use crate::error::cause::Cause;

/// Sends one request and reads one answer. The default is reqwest; tests and special networks bring their own.
///
/// A transport does not follow redirects and does not repeat requests: the pipeline decides that. Time-outs are the
/// pipeline's too: it drops the future.
#[async_trait]
pub trait Transport: Send + Sync + 'static {
    /// Sends the request and reads the whole answer, at most `max_body` bytes of it after decompression.
    ///
    /// # Errors
    /// [`TransportError`] says whether the request provably never left.
    async fn exchange(&self, request: Outgoing, max_body: usize) -> Result<Incoming, TransportError>;
}

/// A signed request. It holds secrets, so it has no `Debug`.
#[derive(Clone)]
#[non_exhaustive]
pub struct Outgoing {
    /// The HTTP method.
    pub method: Method,
    /// The whole address; the query may hold a token.
    pub url: Url,
    /// All headers; those with credentials are marked sensitive.
    pub headers: HeaderMap,
    /// The body.
    pub body: Option<Bytes>,
}

impl Outgoing {
    pub(crate) fn new(method: Method, url: Url, headers: HeaderMap, body: Option<Bytes>) -> Self {
        Self {
            method,
            url,
            headers,
            body,
        }
    }
}

/// An answer, read to its end.
#[derive(Clone)]
#[non_exhaustive]
pub struct Incoming {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, decompressed.
    pub body: Bytes,
}

impl Incoming {
    /// An answer.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self { status, headers, body }
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub struct TransportError {
    pub(crate) broken: Broken,
    pub(crate) status: Option<StatusCode>,
    pub(crate) cause: Option<Cause>,
}

/// Where an exchange broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Broken {
    /// Before the request could leave: name lookup, TCP, TLS, proxy.
    Connect,
    /// After it had begun to leave.
    Exchange,
    /// The answer is larger than allowed.
    TooLarge,
    /// The transport followed a redirect although it must not.
    Redirected,
    /// A time limit of the transport's own.
    TimedOut,
}

impl TransportError {
    /// An exchange that broke there.
    #[must_use]
    pub fn new(broken: Broken) -> Self {
        Self {
            broken,
            status: None,
            cause: None,
        }
    }

    /// Keeps the status that had been read before it broke.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = Some(status);
        self
    }

    /// Keeps a text of the cause: without URL, secrets and values.
    #[must_use]
    pub fn cause(mut self, text: impl Into<String>) -> Self {
        self.cause = Some(Cause::from_text(text));
        self
    }

    pub(crate) fn chain(mut self, error: &(dyn std::error::Error + 'static)) -> Self {
        self.cause = Some(Cause::from_chain(error));
        self
    }
}
