//! The one error of every call: [`Error`].

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;

use crate::call::Subject;

mod build;
pub(crate) mod cause;
mod kind;
pub(crate) mod scrub;

use cause::Cause;
pub use kind::{ErrorKind, Unreadable};

/// Why a call did not give its answer.
///
/// `Display` is one line for logs: it names the operation, the vendor's code and message and the documentation page,
/// never a value of the answer and never a URL's query. [`report`](Self::report) adds the chain of causes. What the
/// vendor sent is in [`raw_body`](Self::raw_body), for those who ask.
///
/// ```
/// use crm_core::{Error, ErrorKind};
///
/// fn next_step(error: &Error) -> &'static str {
///     match error.kind() {
///         ErrorKind::NotFound => "create it",
///         _ if error.is_retryable() => "queue it again",
///         _ if error.maybe_applied() => "read the record, then decide",
///         _ => "show it to a person",
///     }
/// }
/// ```
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
pub(crate) struct Inner {
    pub(crate) kind: ErrorKind,
    pub(crate) vendor: &'static str,
    pub(crate) subject: Option<Subject>,
    /// Our own words: no value of the answer, no secret.
    pub(crate) detail: Cow<'static, str>,
    pub(crate) parameter: Option<Cow<'static, str>>,
    pub(crate) status: Option<StatusCode>,
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    /// The vendor's message as it may be shown.
    pub(crate) shown_message: Option<String>,
    pub(crate) json_path: Option<Cow<'static, str>>,
    pub(crate) unreadable: Option<Unreadable>,
    pub(crate) raw_body: Option<Bytes>,
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) request_id: Option<String>,
    pub(crate) maybe_applied: bool,
    pub(crate) cause: Option<Cause>,
}

impl Error {
    /// What sort of failure it was.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The vendor's short name; empty where no vendor was concerned yet.
    #[must_use]
    pub fn vendor(&self) -> &'static str {
        self.0.vendor
    }

    /// The operation's name in the vendor crate, such as `contact_update`; `raw` for a raw call.
    #[must_use]
    pub fn operation(&self) -> Option<&str> {
        self.0.subject.as_ref().map(Subject::name)
    }

    /// Address of the operation's documentation page, where known.
    #[must_use]
    pub fn doc_url(&self) -> Option<&'static str> {
        self.0.subject.as_ref().and_then(Subject::doc_url)
    }

    /// HTTP status of the answer, where there was one.
    #[must_use]
    pub fn http_status(&self) -> Option<u16> {
        self.0.status.map(|status| status.as_u16())
    }

    /// The vendor's own code as text, whatever its type on the wire.
    #[must_use]
    pub fn vendor_code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The vendor's own message, unshortened. It may quote what was sent: do not log it unread.
    #[must_use]
    pub fn vendor_message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// The request parameter or neutral field that is wrong, for errors before sending.
    #[must_use]
    pub fn parameter(&self) -> Option<&str> {
        self.0.parameter.as_deref()
    }

    /// The place in the answer that is wrong, such as `$.data`, without any value.
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        self.0.json_path.as_deref()
    }

    /// What the answer was instead of the vendor's JSON, where it was something else.
    #[must_use]
    pub fn unreadable(&self) -> Option<Unreadable> {
        self.0.unreadable
    }

    /// The answer's body as received. It holds customers' data; neither `Display` nor `Debug` show it. A login's answer is
    /// not kept.
    #[must_use]
    pub fn raw_body(&self) -> Option<&[u8]> {
        self.0.raw_body.as_deref()
    }

    /// How many times the request was sent, or tried to be.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Time from the call to this error, waiting included.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed
    }

    /// How long to wait before the next try, where the vendor or the quota said so.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The vendor's number for this request, to quote to its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// Whether a write may have taken effect at the vendor although the call failed.
    ///
    /// False when the request provably never left, when the vendor refused it, and for calls that only read. True when
    /// nobody can know from here: a time-out, a broken connection, a server failure, an answer that cannot be read.
    #[must_use]
    pub fn maybe_applied(&self) -> bool {
        self.0.maybe_applied
    }

    /// Whether sending the same call again later is safe and may succeed.
    ///
    /// The cause may pass by itself, and repeating cannot apply a write twice: the call only reads, is marked idempotent,
    /// or was not applied.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let repeatable = self.0.subject.as_ref().is_some_and(Subject::idempotent);
        self.0.kind.is_transient() && (repeatable || !self.0.maybe_applied)
    }

    /// The whole story for a person: this error and the chain of causes, one a line.
    #[must_use]
    pub fn report(&self) -> String {
        let mut report = self.to_string();
        let mut cause = self.source();
        while let Some(next) = cause {
            report.push_str("\n  caused by: ");
            report.push_str(&next.to_string());
            cause = next.source();
        }
        report
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        if !inner.vendor.is_empty() {
            f.write_str(inner.vendor)?;
            f.write_str(" ")?;
        }
        if let Some(subject) = &inner.subject {
            write!(f, "{} ({} {}): ", subject.name(), subject.method(), subject.template())?;
        }
        write!(f, "{}", inner.kind)?;
        if !inner.detail.is_empty() {
            write!(f, ": {}", inner.detail)?;
        }
        if let Some(parameter) = &inner.parameter {
            write!(f, " [parameter {parameter}]")?;
        }
        if let Some(status) = inner.status {
            write!(f, " [HTTP {}]", status.as_u16())?;
        }
        if let Some(code) = &inner.code {
            write!(f, " [code {}]", scrub::code(code))?;
        }
        if let Some(message) = &inner.shown_message {
            write!(f, " [message {message}]")?;
        }
        if let Some(path) = &inner.json_path {
            write!(f, " [at {path}]")?;
        }
        if let Some(after) = inner.retry_after {
            write!(f, " [retry after {:.1} s]", after.as_secs_f64())?;
        }
        if inner.attempts > 1 {
            write!(f, " [{} attempts]", inner.attempts)?;
        }
        if inner.maybe_applied {
            f.write_str(" [the write may have been applied]")?;
        }
        if let Some(url) = self.doc_url() {
            write!(f, " (see {url})")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        f.debug_struct("Error")
            .field("kind", &inner.kind)
            .field("vendor", &inner.vendor)
            .field("operation", &self.operation())
            .field("detail", &inner.detail)
            .field("parameter", &inner.parameter)
            .field("http_status", &self.http_status())
            .field("vendor_code", &inner.code.as_deref().map(scrub::code))
            .field("vendor_message", &inner.shown_message)
            .field("json_path", &inner.json_path)
            .field("unreadable", &inner.unreadable)
            .field(
                "raw_body",
                &inner.raw_body.as_ref().map(|body| format!("{} bytes", body.len())),
            )
            .field("attempts", &inner.attempts)
            .field("elapsed", &inner.elapsed)
            .field("retry_after", &inner.retry_after)
            .field("maybe_applied", &inner.maybe_applied)
            .field("cause", &inner.cause)
            .finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.cause.as_ref().map(|cause| cause as &(dyn StdError + 'static))
    }
}
