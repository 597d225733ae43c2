//! How errors are made, here and in vendor crates.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;

use super::{Cause, Error, ErrorKind, Inner, Unreadable, scrub};
use crate::call::Subject;
use crate::operation::{OperationInfo, Sent};

/// Text of our own: never a value of an answer, never a secret.
type Words = Cow<'static, str>;

/// For vendor crates.
impl Error {
    /// A request that cannot be made: `what` says why the parameter will not do, without its value.
    #[must_use]
    pub fn invalid_request(info: &'static OperationInfo, parameter: impl Into<Words>, what: impl Into<Words>) -> Self {
        Self::of(ErrorKind::InvalidRequest, info.vendor, what)
            .about(Subject::Documented(info))
            .with(|inner| inner.parameter = Some(parameter.into()))
    }

    /// Something that the vendor cannot do: `field` is the neutral field or method, `what` says why.
    #[must_use]
    pub fn unsupported(vendor: &'static str, field: impl Into<Words>, what: impl Into<Words>) -> Self {
        Self::of(ErrorKind::Unsupported, vendor, what).with(|inner| inner.parameter = Some(field.into()))
    }

    /// A client that cannot be built: `what` names the missing or wrong setting and says what to do.
    #[must_use]
    pub fn config(vendor: &'static str, what: impl Into<Words>) -> Self {
        Self::of(ErrorKind::Config, vendor, what)
    }

    /// A success that lacks what the caller was promised at `json_path`.
    ///
    /// For an operation that writes, the write is taken to have been applied.
    #[must_use]
    pub fn incomplete_answer(info: &'static OperationInfo, json_path: impl Into<Words>) -> Self {
        Self::of(
            ErrorKind::IncompleteAnswer,
            info.vendor,
            "the vendor reported success without it",
        )
        .about(Subject::Documented(info))
        .with(|inner| {
            inner.json_path = Some(json_path.into());
            inner.maybe_applied = info.writes;
        })
    }
}

/// For the pipeline and the reports of batches.
impl Error {
    /// A batch of which `failed` of `total` rows failed, for a caller who wanted all of them. Code and message are those
    /// of the first failed row.
    pub(crate) fn batch_failed(
        info: &'static OperationInfo,
        (failed, total): (usize, usize),
        code: Option<String>,
        message: Option<String>,
        sent: &[String],
    ) -> Self {
        Self::of(
            ErrorKind::BatchFailed,
            info.vendor,
            format!("{failed} of {total} rows failed"),
        )
        .about(Subject::Documented(info))
        .vendor_said(code, message, sent)
    }

    /// The vendor's refusal of the one row that was sent, in the words of that row. `kind` is what its code means. Nothing
    /// was applied, unless the vendor failed.
    pub(crate) fn row_refused(
        info: &'static OperationInfo,
        kind: ErrorKind,
        code: Option<String>,
        message: Option<String>,
        sent: &[String],
    ) -> Self {
        Self::of(kind, info.vendor, "")
            .about(Subject::Documented(info))
            .vendor_said(code, message, sent)
            .applied(kind == ErrorKind::Server && info.writes)
    }

    /// How the call went whose answer this error is made of.
    pub(crate) fn sent(self, sent: &Sent) -> Self {
        self.with(|inner| {
            inner.attempts = sent.attempts;
            inner.elapsed = sent.elapsed;
            inner.maybe_applied |= sent.maybe_applied;
        })
    }

    pub(crate) fn of(kind: ErrorKind, vendor: &'static str, detail: impl Into<Words>) -> Self {
        Self(Box::new(Inner {
            kind,
            vendor,
            subject: None,
            detail: detail.into(),
            parameter: None,
            status: None,
            code: None,
            message: None,
            shown_message: None,
            json_path: None,
            unreadable: None,
            raw_body: None,
            attempts: 0,
            elapsed: Duration::ZERO,
            retry_after: None,
            request_id: None,
            maybe_applied: false,
            cause: None,
        }))
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut Inner)) -> Self {
        change(&mut self.0);
        self
    }

    pub(crate) fn about(self, subject: Subject) -> Self {
        self.with(|inner| inner.subject = Some(subject))
    }

    pub(crate) fn status(self, status: StatusCode) -> Self {
        self.with(|inner| inner.status = Some(status))
    }

    /// The vendor's own words; `sent` are the strings of the request, which the shown form hides.
    pub(crate) fn vendor_said(self, code: Option<String>, message: Option<String>, sent: &[String]) -> Self {
        self.with(|inner| {
            inner.shown_message = message.as_deref().map(|text| scrub::message(text, sent));
            inner.code = code;
            inner.message = message;
        })
    }

    pub(crate) fn unreadable_as(self, what: Unreadable) -> Self {
        self.with(|inner| inner.unreadable = Some(what))
    }

    pub(crate) fn body(self, body: Option<Bytes>) -> Self {
        self.with(|inner| inner.raw_body = body)
    }

    pub(crate) fn after(self, wait: Option<Duration>) -> Self {
        self.with(|inner| inner.retry_after = wait)
    }

    pub(crate) fn applied(self, maybe: bool) -> Self {
        self.with(|inner| inner.maybe_applied = maybe)
    }

    /// The error of a login, told as that of the call which needed it. That call did not leave.
    pub(crate) fn while_logging_in(self, subject: Subject) -> Self {
        self.with(|inner| {
            // Whatever reason a vendor has to refuse a login, to the caller it is that of the credentials.
            if matches!(
                inner.kind,
                ErrorKind::Rejected | ErrorKind::NotFound | ErrorKind::Conflict
            ) {
                inner.kind = ErrorKind::Auth;
            }
            inner.detail = match inner.subject {
                Some(_) if inner.detail.is_empty() => "the login failed".into(),
                Some(_) => format!("the login failed: {}", inner.detail).into(),
                None => std::mem::take(&mut inner.detail),
            };
            inner.subject = Some(subject);
            inner.maybe_applied = false;
        })
    }

    pub(crate) fn caused_by(self, cause: Cause) -> Self {
        self.with(|inner| inner.cause = Some(cause))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use http::Method;

    use super::*;

    const UPDATE: OperationInfo = OperationInfo::new("ikcrm", "contact_update", Method::PUT, "/api/v2/contacts/:id")
        .doc_url("https://apidoc.example/contact_update");
    static INFO: OperationInfo = UPDATE;

    #[test]
    fn one_line_names_operation_parameter_and_page() {
        let error = Error::invalid_request(&INFO, "id", "must not be empty");
        assert_eq!(
            error.to_string(),
            "ikcrm contact_update (PUT /api/v2/contacts/:id): invalid request: must not be empty [parameter id] \
             (see https://apidoc.example/contact_update)"
        );
        assert!(!error.maybe_applied());
        assert!(!error.is_retryable());
    }

    #[test]
    fn the_report_prints_the_chain_and_the_line_does_not() {
        let io = std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "refused by peer");
        let error = Error::of(ErrorKind::Connect, "ikcrm", "could not connect").caused_by(Cause::from_chain(&io));
        assert_eq!(error.to_string(), "ikcrm no connection: could not connect");
        assert_eq!(
            error.report(),
            "ikcrm no connection: could not connect\n  caused by: refused by peer"
        );
    }

    #[test]
    fn the_vendors_words_are_kept_whole_and_shown_without_values() {
        let error = Error::batch_failed(
            &INFO,
            (1, 2),
            Some("13000".into()),
            Some("手机号13800000000已存在".into()),
            &[],
        );
        assert_eq!(error.vendor_message(), Some("手机号13800000000已存在"));
        for text in [error.to_string(), format!("{error:?}"), error.report()] {
            assert!(!text.contains("13800000000"), "{text}");
        }
    }

    #[test]
    fn the_body_is_there_for_those_who_ask_and_in_no_text() {
        let error = Error::of(ErrorKind::Unreadable, "ikcrm", "").body(Some(Bytes::from_static(b"secret-body")));
        assert_eq!(error.raw_body(), Some(&b"secret-body"[..]));
        assert!(!format!("{error:?} {error}").contains("secret-body"));
    }

    #[test]
    fn an_error_is_one_pointer() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }
}
