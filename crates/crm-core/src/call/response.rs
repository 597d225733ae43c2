//! An answer with what came beside it: [`Response`].

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::operation::Sent;

/// The typed answer together with status, headers and the body as received.
///
/// `Debug` shows neither the body nor the headers nor the value: they hold customers' data.
#[derive(Clone)]
pub struct Response<T> {
    pub(crate) value: T,
    pub(crate) received: Received,
}

/// What came beside the typed value.
#[derive(Clone, Default)]
pub(crate) struct Received {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) code: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) sent: Sent,
}

impl<T> Response<T> {
    /// The typed answer.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// Takes the typed answer out.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// HTTP status.
    #[must_use]
    pub fn http_status(&self) -> u16 {
        self.received.status.as_u16()
    }

    /// HTTP headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.received.headers
    }

    /// The body as received, decompressed.
    #[must_use]
    pub fn raw_body(&self) -> &[u8] {
        &self.received.body
    }

    /// The vendor's code as text, where the answer had one. A batch with failed rows has the vendor's own code for that.
    #[must_use]
    pub fn vendor_code(&self) -> Option<&str> {
        self.received.code.as_deref()
    }

    /// The vendor's number for this request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.received.request_id.as_deref()
    }

    /// How many times the request was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.received.sent.attempts
    }

    /// Time from the call to this answer, waiting included.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.received.sent.elapsed
    }

    /// The same response around another value.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            value: change(self.value),
            received: self.received,
        }
    }
}

impl<T> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("http_status", &self.http_status())
            .field("raw_body", &format_args!("{} bytes", self.received.body.len()))
            .field("attempts", &self.received.sent.attempts)
            .field("elapsed", &self.received.sent.elapsed)
            .finish_non_exhaustive()
    }
}
