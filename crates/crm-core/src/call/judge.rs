//! Says whether an answer is a success: by the vendor's envelope, whatever the HTTP status.

use http::StatusCode;
use http::header::LOCATION;
use url::Url;

use super::attempt::Call;
use super::pipeline::Inner;
use super::protocol::{Meaning, Protocol};
use super::response::{Received, Response};
use super::retry::retry_after;
use super::transport::Incoming;
use crate::envelope::{Envelope, EnvelopeSpec};
use crate::error::{Error, ErrorKind, Unreadable, scrub};
use crate::model::{DecodeError, DecodeErrorKind, Drift, Slot, read_envelope};
use crate::operation::Answer;

/// What the envelope says, apart from the data.
pub(crate) struct Head {
    pub(crate) code: Option<String>,
    message: Option<String>,
    error: Option<String>,
    pub(crate) request_id: Option<String>,
    recognised: bool,
    success: bool,
    /// What the success flag says, where there is one.
    flag: Option<bool>,
    absent: bool,
}

/// Decodes one answer and keeps it with what came beside it: the one generic part of a call.
pub(crate) trait Decode: Send {
    fn decode(&mut self, text: &str, spec: &'static EnvelopeSpec) -> Result<Head, DecodeError>;

    /// What of the last decoded answer did not fit its model.
    fn drift(&self) -> Vec<Drift>;

    /// What came beside the last decoded answer, filled in where it stays: handing it up would copy it at every level.
    fn received(&mut self) -> &mut Received;
}

/// Keeps the last decoded answer.
pub(crate) struct Decoder<T> {
    pub(crate) envelope: Option<Envelope<T>>,
    pub(crate) received: Received,
}

impl<T> Default for Decoder<T> {
    fn default() -> Self {
        Self {
            envelope: None,
            received: Received::default(),
        }
    }
}

impl<T: Slot> Decoder<T> {
    pub(crate) fn into_response(self) -> Response<T> {
        Response {
            value: self.envelope.map(|envelope| envelope.data).unwrap_or_default(),
            received: self.received,
        }
    }
}

impl<T: Slot> Decode for Decoder<T> {
    fn decode(&mut self, text: &str, spec: &'static EnvelopeSpec) -> Result<Head, DecodeError> {
        let envelope = self.envelope.insert(Envelope::unrecognised());
        read_envelope(text, spec, envelope)?;
        Ok(Head {
            success: envelope.is_success(spec),
            flag: envelope.success,
            absent: envelope.data.is_absent(),
            recognised: envelope.recognised,
            code: envelope.code.take(),
            message: envelope.message.take(),
            error: envelope.error.take(),
            request_id: envelope.request_id.take(),
        })
    }

    fn drift(&self) -> Vec<Drift> {
        self.envelope
            .as_ref()
            .map(|envelope| envelope.data.drift())
            .unwrap_or_default()
    }

    fn received(&mut self) -> &mut Received {
        &mut self.received
    }
}

/// An answer that is not a success.
pub(crate) struct Refused {
    pub(crate) error: Error,
    /// The vendor says that the token is dead.
    pub(crate) dead_token: bool,
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self {
            error,
            dead_token: false,
        }
    }
}

/// Judges an answer; the decoder holds the data of a success.
pub(crate) fn judge(
    client: &Inner,
    call: &Call,
    incoming: &Incoming,
    decoder: &mut dyn Decode,
) -> Result<Head, Refused> {
    let protocol = &*client.protocol;
    let status = incoming.status;
    let wait = || retry_after(&incoming.headers, &*client.options.clock);
    if status.is_redirection() {
        return Err(redirected(call, incoming, &client.base).into());
    }
    let head = match text_of(&incoming.body) {
        Ok(text) => decode(text, protocol, decoder),
        Err(what) => Err(Undecoded {
            what,
            line: 0,
            column: 0,
        }),
    };
    let head = match head {
        Ok(head) => head,
        Err(undecoded) if status.is_success() => return Err(unreadable(call, incoming, &undecoded).into()),
        Err(undecoded) => {
            let error = by_status(call, status).after(wait()).unreadable_as(undecoded.what);
            return Err(finish(call, incoming, error).into());
        }
    };
    if head.success && status.is_success() {
        return if head.absent && call.subject.answer() != Answer::Optional {
            let error = call
                .error(
                    ErrorKind::IncompleteAnswer,
                    "the vendor reported success without the data of this operation",
                )
                .with(|inner| {
                    inner.json_path = Some(format!("$.{}", protocol.envelope().data).into());
                    inner.request_id = head.request_id;
                })
                .applied(call.subject.writes());
            Err(finish(call, incoming, error).into())
        } else {
            Ok(head)
        };
    }
    // What a vendor says beside a success is no error text, and no error code; ikcrm says a lead's name there.
    let unclear = |error: Error, head: Head| {
        let error = error.applied(call.subject.writes()).with(|inner| {
            inner.code = head.code;
            inner.message = head.message;
            inner.request_id = head.request_id;
        });
        finish(call, incoming, error).into()
    };
    if head.success {
        return Err(unclear(by_status(call, status).after(wait()), head));
    }
    if head.code.is_none() && head.flag.is_none() && head.error.is_none() && status.is_success() {
        let code = format!("$.{}", protocol.envelope().code);
        let error = call
            .error(
                ErrorKind::IncompleteAnswer,
                "the vendor says neither success nor failure",
            )
            .with(|inner| inner.json_path = Some(code.into()));
        return Err(unclear(error, head));
    }
    let meaning = head
        .code
        .as_deref()
        .map_or(Meaning::Unknown, |code| protocol.meaning(code));
    // dustess reports failed rows under a code of their own, and on one page with the flag alone.
    let by_flag = head.code.is_none() && head.flag == Some(false) && call.subject.answer() == Answer::Batch;
    if (meaning == Meaning::Batch && call.subject.takes_batch() || by_flag) && !head.absent {
        return Ok(head);
    }
    let (kind, applied) = kind_of(meaning, status);
    let message = head.message.or(head.error);
    let sent = message.as_ref().map(|_| call.sent_values()).unwrap_or_default();
    let error = call
        .error(kind, "")
        .vendor_said(head.code, message, &sent)
        .after(wait())
        .applied((applied || head.flag == Some(true)) && call.subject.writes())
        .with(|inner| inner.request_id = head.request_id);
    Err(Refused {
        error: finish(call, incoming, error),
        dead_token: meaning == Meaning::DeadToken,
    })
}

fn finish(call: &Call, incoming: &Incoming, error: Error) -> Error {
    let body = (!call.secret).then(|| incoming.body.clone());
    error.status(incoming.status).body(body)
}

/// The kind of a refusal, and whether the vendor may have carried the call out all the same.
fn kind_of(meaning: Meaning, status: StatusCode) -> (ErrorKind, bool) {
    match meaning {
        Meaning::DeadToken | Meaning::Auth => (ErrorKind::Auth, false),
        Meaning::NotFound => (ErrorKind::NotFound, false),
        Meaning::Conflict => (ErrorKind::Conflict, false),
        Meaning::RateLimited => (ErrorKind::RateLimited, false),
        Meaning::Server => (ErrorKind::Server, true),
        // Rows of a batch were applied, but the data that says which is not there.
        Meaning::Batch => (ErrorKind::Rejected, true),
        Meaning::Rejected => (ErrorKind::Rejected, false),
        Meaning::Unknown => kind_of_status(status),
    }
}

/// What an HTTP status says where the vendor's code says nothing.
fn kind_of_status(status: StatusCode) -> (ErrorKind, bool) {
    match status.as_u16() {
        401 | 403 | 407 => (ErrorKind::Auth, false),
        404 | 410 => (ErrorKind::NotFound, false),
        409 => (ErrorKind::Conflict, false),
        429 => (ErrorKind::RateLimited, false),
        // A gateway gave up waiting for the body, or says so of a request that it had passed on.
        408 => (ErrorKind::Timeout, true),
        500..=599 => (ErrorKind::Server, true),
        _ => (ErrorKind::Rejected, false),
    }
}

fn by_status(call: &Call, status: StatusCode) -> Error {
    let (kind, applied) = kind_of_status(status);
    call.error(kind, "").applied(applied && call.subject.writes())
}

/// A redirect that keeps the method says that nothing was done here; the others are also how a form says "done".
fn redirected(call: &Call, incoming: &Incoming, base: &Url) -> Error {
    let done = matches!(incoming.status.as_u16(), 302 | 303);
    let target = incoming.headers.get(LOCATION);
    let target = target.and_then(|target| base.join(std::str::from_utf8(target.as_bytes()).ok()?).ok());
    let detail = match target.map(|target| target.origin()) {
        Some(origin) if origin == base.origin() => "the vendor points to another path of the same host".to_owned(),
        Some(origin) if origin.is_tuple() => format!("the vendor points to {}", origin.ascii_serialization()),
        _ => "the vendor names no target that can be read".to_owned(),
    };
    let error = call
        .error(ErrorKind::Redirect, detail)
        .applied(done && call.subject.writes());
    finish(call, incoming, error)
}

/// Why a body is not an envelope.
struct Undecoded {
    what: Unreadable,
    line: usize,
    column: usize,
}

/// The body as text. A byte order mark is no part of it.
fn text_of(body: &[u8]) -> Result<&str, Unreadable> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let text = std::str::from_utf8(body).map_err(|_| Unreadable::NotUtf8)?;
    match text.trim_ascii_start().bytes().next() {
        None => Err(Unreadable::Empty),
        Some(b'<') => Err(Unreadable::Html),
        Some(_) => Ok(text),
    }
}

fn decode(text: &str, protocol: &dyn Protocol, decoder: &mut dyn Decode) -> Result<Head, Undecoded> {
    match decoder.decode(text, protocol.envelope()) {
        Ok(head) if head.recognised => Ok(head),
        Ok(_) => Err(Undecoded {
            what: Unreadable::NotEnvelope,
            line: 0,
            column: 0,
        }),
        Err(error) => Err(Undecoded {
            what: match error.kind() {
                DecodeErrorKind::Truncated => Unreadable::Truncated,
                DecodeErrorKind::TooDeep => Unreadable::TooDeep,
                DecodeErrorKind::Syntax => Unreadable::NotJson,
            },
            line: error.line(),
            column: error.column(),
        }),
    }
}

fn unreadable(call: &Call, incoming: &Incoming, undecoded: &Undecoded) -> Error {
    let detail = match undecoded.line {
        0 => undecoded.what.sentence().to_owned(),
        line => format!(
            "{} (line {line}, column {})",
            undecoded.what.sentence(),
            undecoded.column
        ),
    };
    let error = call
        .error(ErrorKind::Unreadable, detail)
        .unreadable_as(undecoded.what)
        .applied(call.subject.writes());
    finish(call, incoming, error)
}

impl Call {
    /// Every text that this call sent: an error must not show it when the vendor quotes it.
    fn sent_values(&self) -> Vec<String> {
        let mut values = self.body.as_deref().map(scrub::strings_of).unwrap_or_default();
        values.extend(
            self.query
                .iter()
                .map(|(_, value)| value.clone())
                .filter(|value| value.chars().count() > 1),
        );
        values
    }
}
