//! Spans and events, with OpenTelemetry's names for HTTP clients. Nothing here carries a value, a secret or a filled path.

use std::collections::HashSet;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use tokio::time::Instant;
use tracing::{Level, Span, field};

use super::attempt::Call;
use super::judge::Decode;
use super::pipeline::Inner;
use super::response::Received;
use crate::error::{Error, scrub};
use crate::model::DriftKind;

/// At most this many places are remembered as reported; a vendor that drifts in more of them is past reporting.
const PLACES: usize = 4_096;

/// The span of a whole call.
pub(crate) fn call_span(inner: &Inner, call: &Call) -> Span {
    let subject = &call.subject;
    tracing::info_span!(
        target: "crm",
        "crm.call",
        otel.name = %format_args!("{} {}", subject.method(), subject.template()),
        otel.kind = "client",
        otel.status_code = field::Empty,
        http.request.method = %subject.method(),
        url.template = subject.template(),
        server.address = inner.host.as_str(),
        server.port = inner.port,
        http.response.status_code = field::Empty,
        error.type = field::Empty,
        crm.vendor = subject.vendor(),
        crm.operation = subject.name(),
        crm.vendor_code = field::Empty,
        crm.attempts = field::Empty,
        crm.duration_ms = field::Empty,
    )
}

/// The span of one attempt, inside that of its call.
pub(crate) fn attempt_span(call: &Call, attempt: u32) -> Span {
    tracing::debug_span!(
        target: "crm",
        "crm.attempt",
        otel.kind = "client",
        http.request.method = %call.subject.method(),
        url.template = call.subject.template(),
        http.request.resend_count = attempt.saturating_sub(1),
        http.response.status_code = field::Empty,
        error.type = field::Empty,
        crm.vendor_code = field::Empty,
        crm.attempt = attempt,
        crm.duration_ms = field::Empty,
    )
}

/// Polls a future inside a span where it stands: `Instrument` would move it, and these are large.
pub(crate) fn inside<F: Future>(span: &Span, mut future: Pin<&mut F>) -> impl Future<Output = F::Output> {
    poll_fn(move |context| span.in_scope(|| future.as_mut().poll(context)))
}

/// Completes a span with how it ended.
pub(crate) fn ended(span: &Span, result: Result<&Received, &Error>, begun: Instant) {
    if span.is_disabled() {
        return;
    }
    span.record("crm.duration_ms", begun.elapsed().as_secs_f64() * 1e3);
    match result {
        Ok(received) => {
            span.record("http.response.status_code", received.status.as_u16());
            if let Some(code) = &received.code {
                span.record("crm.vendor_code", scrub::code(code));
            }
            span.record("crm.attempts", received.sent.attempts);
        }
        Err(error) => {
            if let Some(status) = error.http_status() {
                span.record("http.response.status_code", status);
            }
            if let Some(code) = error.vendor_code() {
                span.record("crm.vendor_code", scrub::code(code));
            }
            span.record("crm.attempts", error.attempts());
            span.record("error.type", error.kind().as_str());
            span.record("otel.status_code", "ERROR");
        }
    }
}

/// Places where answers did not fit their model, each told once in a client's life.
#[derive(Default)]
pub(crate) struct DriftLog(Mutex<HashSet<(String, String)>>);

impl DriftLog {
    /// Tells what has not been told. Without a listener it does not even look.
    pub(crate) fn tell(&self, call: &Call, decoder: &dyn Decode) {
        if !tracing::enabled!(target: "crm::drift", Level::INFO) {
            return;
        }
        for drift in decoder.drift() {
            let path = without_indexes(&drift.path);
            if !self.is_new(call.subject.name(), &path) {
                continue;
            }
            let (vendor, operation) = (call.subject.vendor(), call.subject.name());
            let (expected, found) = (drift.expected, drift.found);
            match drift.kind {
                DriftKind::Misfit => tracing::warn!(
                    target: "crm::drift",
                    vendor, operation, path, expected, found,
                    "a value of the answer fits no known shape; it is kept in `extra`"
                ),
                DriftKind::UnknownKey => tracing::info!(
                    target: "crm::drift",
                    vendor, operation, path, found,
                    "the answer has a key that the documentation does not show; it is kept in `extra`"
                ),
                DriftKind::Coerced => tracing::info!(
                    target: "crm::drift",
                    vendor, operation, path, expected, found,
                    "a value of the answer is written in another form than documented"
                ),
            }
        }
    }

    fn is_new(&self, operation: &str, path: &str) -> bool {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = (operation.to_owned(), path.to_owned());
        told.len() < PLACES && told.insert(place)
    }
}

/// One place, whichever element of a list it was seen in.
fn without_indexes(pointer: &str) -> String {
    let index = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    pointer
        .split('/')
        .map(|part| if index(part) { "*" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

#[cfg(test)]
mod tests {
    use super::without_indexes;

    #[test]
    fn elements_of_a_list_are_one_place() {
        assert_eq!(
            without_indexes("/customer/contacts/12/address/lat"),
            "/customer/contacts/*/address/lat"
        );
    }
}
