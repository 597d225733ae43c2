//! The faults, by name.

/// One way in which a vendor, or the network before it, misbehaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// None: the vendor answers as documented.
    None,
    /// Nobody listens on the port.
    Refused,
    /// The connection is reset before anything of the request was read.
    ResetBeforeRequest,
    /// The connection is reset after the request's head, before its body was read.
    ResetDuringRequest,
    /// The request is read and carried out, then the connection is reset.
    ResetAfterRequest,
    /// The request is carried out, then the connection is closed in order, without an answer.
    ClosedAfterRequest,
    /// The request is carried out; nothing ever comes back.
    Silent,
    /// What answers does not speak HTTP.
    NotHttp,
    /// The answer stops within its head.
    HalfHead,
    /// The answer stops within a body of announced length.
    HalfBody,
    /// The answer stops within a chunked body.
    HalfChunkedBody,
    /// The answer, of no announced length, stops within its JSON.
    CutBody,
    /// The body comes a byte at a time and never ends.
    SlowBody,
    /// The announced length is shorter than the body.
    LengthTooShort,
    /// The announced length is longer than the body.
    LengthTooLong,
    /// 301 to another host.
    MovedPermanently,
    /// 302 to another host.
    Found,
    /// 307 to another host.
    TemporaryRedirect,
    /// 401 with a page.
    Unauthorized,
    /// 403 with a page.
    Forbidden,
    /// 404 with a page.
    NotFound,
    /// 409 with a page.
    Conflict,
    /// 429 that says nothing more.
    TooManyRequests,
    /// 429 with a `Retry-After` of no seconds.
    RetryAtOnce,
    /// 429 with a `Retry-After` of an hour.
    RetryInAnHour,
    /// 429 with a `Retry-After` date long past.
    RetryAtDate,
    /// 500 with a page.
    InternalError,
    /// 502 with a gateway's page.
    BadGateway,
    /// 503 without a body.
    Unavailable,
    /// The vendor's refusal with status 200.
    RefusedIn200,
    /// The vendor's refusal with status 400.
    RefusedIn400,
    /// Success in the envelope of a 500.
    SuccessIn500,
    /// The vendor says that the token is dead.
    DeadToken,
    /// The vendor knows one token, that of the last login: every login kills the one before.
    OneSession,
    /// The login answers 502.
    LoginDown,
    /// The login refuses the account.
    LoginRefused,
    /// The login answers a page with status 200.
    LoginHtml,
    /// The right answer, compressed.
    Compressed,
    /// A small compressed body that is 100 MB when unpacked.
    GzipBomb,
    /// A body of 100 MB, announced.
    HugeBody,
    /// A body of 100 MB in chunks.
    HugeChunkedBody,
    /// A body that is not UTF-8.
    InvalidUtf8,
    /// The right answer after a byte order mark.
    ByteOrderMark,
    /// 10,000 arrays in each other in the data place.
    DeepNesting,
    /// The right answer with every key of the envelope twice.
    DuplicateKeys,
    /// Status 200 and nothing else.
    Empty,
    /// A page with status 200.
    Html,
    /// Success without the data.
    NoData,
    /// A success that is JSON but not in the envelope.
    NotEnvelope,
    /// A success with a sentence where the data should be.
    WrongData,
}

impl Fault {
    /// All of them, [`None`](Self::None) first.
    pub const ALL: [Self; 50] = [
        Self::None,
        Self::Refused,
        Self::ResetBeforeRequest,
        Self::ResetDuringRequest,
        Self::ResetAfterRequest,
        Self::ClosedAfterRequest,
        Self::Silent,
        Self::NotHttp,
        Self::HalfHead,
        Self::HalfBody,
        Self::HalfChunkedBody,
        Self::CutBody,
        Self::SlowBody,
        Self::LengthTooShort,
        Self::LengthTooLong,
        Self::MovedPermanently,
        Self::Found,
        Self::TemporaryRedirect,
        Self::Unauthorized,
        Self::Forbidden,
        Self::NotFound,
        Self::Conflict,
        Self::TooManyRequests,
        Self::RetryAtOnce,
        Self::RetryInAnHour,
        Self::RetryAtDate,
        Self::InternalError,
        Self::BadGateway,
        Self::Unavailable,
        Self::RefusedIn200,
        Self::RefusedIn400,
        Self::SuccessIn500,
        Self::DeadToken,
        Self::OneSession,
        Self::LoginDown,
        Self::LoginRefused,
        Self::LoginHtml,
        Self::Compressed,
        Self::GzipBomb,
        Self::HugeBody,
        Self::HugeChunkedBody,
        Self::InvalidUtf8,
        Self::ByteOrderMark,
        Self::DeepNesting,
        Self::DuplicateKeys,
        Self::Empty,
        Self::Html,
        Self::NoData,
        Self::NotEnvelope,
        Self::WrongData,
    ];
}

/// How long a fault lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Times {
    /// The first call meets it; later ones are answered as documented.
    Once,
    /// Every call meets it.
    Always,
}
