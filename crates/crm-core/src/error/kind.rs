//! What sort of failure it was, and what to do about it: [`ErrorKind`].

use std::fmt;

/// What sort of failure an [`Error`](crate::Error) is.
///
/// Match on it to decide; [`Error::is_retryable`](crate::Error::is_retryable) and
/// [`Error::maybe_applied`](crate::Error::maybe_applied) answer the two questions that follow most often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request cannot be made from what was given: a required value is empty, a path would leave its endpoint.
    /// Nothing was sent. Correct the parameter that the error names.
    InvalidRequest,
    /// The vendor cannot do this, or cannot express this field. Nothing was sent. Ask
    /// the vendor's `Capability` before, or leave the field out.
    Unsupported,
    /// The client was built or configured wrongly. Nothing was sent. The text says what to give it.
    Config,
    /// The vendor did not accept the credentials: wrong account, dead token that could not be renewed, no right to use
    /// the API, or another process that logs in with the same account. Check the account; retrying alone does not help.
    Auth,
    /// Too many calls: the vendor said so, or the quota here would not have let the call go within its deadline.
    /// Wait [`Error::retry_after`](crate::Error::retry_after), or give calls a longer deadline.
    RateLimited,
    /// The record does not exist, or the account may not see it (vendors use one code for both). Check the id and the
    /// account's rights.
    NotFound,
    /// What was sent clashes with what stands at the vendor, such as an external id in use. Read the record, then decide.
    Conflict,
    /// The vendor understood the request and refused it. [`Error::vendor_code`](crate::Error::vendor_code) and
    /// [`Error::vendor_message`](crate::Error::vendor_message) say why; the same request will be refused again.
    Rejected,
    /// Rows of a batch failed and the caller asked for all or nothing. The other rows **were** applied: repeat only the
    /// failed ones.
    BatchFailed,
    /// No connection: name lookup, TCP or TLS failed. The request never left. Check network, proxy and host; safe to
    /// repeat.
    Connect,
    /// No complete answer within the time allowed. Before repeating a write look at
    /// [`Error::maybe_applied`](crate::Error::maybe_applied), and read the record if it is true.
    Timeout,
    /// The connection broke after the request had begun to leave. As with [`Timeout`](Self::Timeout): a write may have
    /// been applied.
    Transport,
    /// The vendor, or a gateway before it, failed (HTTP 5xx, or the vendor's own code for it). Repeat later; a write may
    /// have been applied.
    Server,
    /// The vendor answered with a redirect, which is never followed: it would carry the credentials and the data to
    /// another address. Set the client's base URL to the host that the error names, if you trust it.
    Redirect,
    /// The answer is not the vendor's JSON: [`Error::unreadable`](crate::Error::unreadable) tells HTML from an empty, cut
    /// or garbled body. Often a gateway or a wrong base URL; a write may have been applied.
    Unreadable,
    /// The answer is larger than the client's limit and was dropped. Ask for less per page, or raise the limit; a write
    /// may have been applied.
    TooLarge,
    /// The vendor reported success but left out what the operation promises. A write was most likely applied: read the
    /// record before repeating it.
    IncompleteAnswer,
}

impl ErrorKind {
    /// A short name, the same in every release: for log fields, metrics and tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::Unsupported => "unsupported",
            Self::Config => "config",
            Self::Auth => "auth",
            Self::RateLimited => "rate_limited",
            Self::NotFound => "not_found",
            Self::Conflict => "conflict",
            Self::Rejected => "rejected",
            Self::BatchFailed => "batch_failed",
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::Transport => "transport",
            Self::Server => "server",
            Self::Redirect => "redirect",
            Self::Unreadable => "unreadable",
            Self::TooLarge => "too_large",
            Self::IncompleteAnswer => "incomplete_answer",
        }
    }

    /// Whether the cause may pass by itself.
    pub(crate) const fn is_transient(self) -> bool {
        matches!(
            self,
            Self::RateLimited | Self::Connect | Self::Timeout | Self::Transport | Self::Server
        )
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InvalidRequest => "invalid request",
            Self::Unsupported => "unsupported by the vendor",
            Self::Config => "wrong configuration",
            Self::Auth => "not authorised",
            Self::RateLimited => "too many calls",
            Self::NotFound => "not found or not permitted",
            Self::Conflict => "conflict",
            Self::Rejected => "rejected by the vendor",
            Self::BatchFailed => "rows of the batch failed",
            Self::Connect => "no connection",
            Self::Timeout => "timed out",
            Self::Transport => "connection broken",
            Self::Server => "server failure",
            Self::Redirect => "redirect not followed",
            Self::Unreadable => "unreadable answer",
            Self::TooLarge => "answer too large",
            Self::IncompleteAnswer => "incomplete answer",
        })
    }
}

/// What an answer was, that was not the vendor's JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unreadable {
    /// Nothing, or only white space.
    Empty,
    /// An HTML page.
    Html,
    /// JSON that stops before its end.
    Truncated,
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// Text that is not JSON.
    NotJson,
    /// JSON nested deeper than any answer of these vendors.
    TooDeep,
    /// JSON, but not in the vendor's envelope.
    NotEnvelope,
}

impl Unreadable {
    pub(crate) const fn sentence(self) -> &'static str {
        match self {
            Self::Empty => "the answer is empty",
            Self::Html => "the answer is an HTML page",
            Self::Truncated => "the answer is JSON that stops before its end",
            Self::NotUtf8 => "the answer is not UTF-8 text",
            Self::NotJson => "the answer is not JSON",
            Self::TooDeep => "the answer is nested too deep",
            Self::NotEnvelope => "the answer is not in the vendor's envelope",
        }
    }
}
