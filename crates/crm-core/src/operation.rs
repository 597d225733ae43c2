//! What a vendor crate says of each documented call: [`Operation`], its [`OperationInfo`] and the [`Request`] it makes.

use std::time::Duration;

use http::Method;

use crate::{Error, model::Slot};

/// One documented call of one vendor, with its parameters: a plain value that owns its data and holds no client.
///
/// Vendor crates generate one type per documentation page. A value can be cloned, stored and queued; the client of
/// the same vendor sends it.
pub trait Operation: Clone + Send + Sync + 'static {
    /// The vendor's marker type: a client only takes its own vendor's operations.
    type Vendor: 'static;
    /// What the envelope's data place holds.
    type Payload: Slot;
    /// What the caller gets: the payload itself, or a report made of it for batch operations.
    type Output: Send + 'static;

    /// The facts that are the same for every call.
    const INFO: &'static OperationInfo;

    /// Holds the values to the rules that the page states in words beside its tables. A client does so before it sends;
    /// call it where values are put into a queue.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) naming the parameter.
    fn check(&self) -> Result<(), Error> {
        Ok(())
    }

    /// The request this value makes: path filled in and percent-encoded, query, documented headers and JSON body.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) naming the parameter, before anything is sent.
    fn request(&self) -> Result<Request, Error>;

    /// Turns the decoded payload into the answer, tying batch rows to the rows of this request. `sent` says how the call
    /// went, for the errors that an answer can be turned into.
    fn output(&self, payload: Self::Payload, sent: &Sent) -> Self::Output;
}

/// How a call went that has an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sent {
    /// How many times the request was sent.
    pub attempts: u32,
    /// Time from the call to its answer, waiting included.
    pub elapsed: Duration,
    /// Whether an attempt before the last may have taken effect.
    pub maybe_applied: bool,
}

/// The facts of an operation that do not depend on its parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationInfo {
    /// The vendor's short name, `ikcrm`.
    pub vendor: &'static str,
    /// The operation's name in `fixtures/`, `contact_update`.
    pub name: &'static str,
    /// The documentation page's own title.
    pub title: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template, `/api/v2/contacts/:id`.
    pub path: &'static str,
    /// Address of the documentation page, where known.
    pub doc_url: Option<&'static str>,
    /// Whether sending it twice leaves the vendor as sending it once would.
    pub idempotent: bool,
    /// Whether it can change anything at the vendor.
    pub writes: bool,
    /// Whether it needs the vendor's credentials (a login does not).
    pub authenticated: bool,
    /// What a success must carry.
    pub answer: Answer,
}

/// What a successful answer of an operation must carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer {
    /// The data place must hold a value; its absence is an error.
    Value,
    /// The data place may be empty.
    Optional,
    /// The data place holds the rows of a batch, some or all of which may have failed.
    Batch,
}

impl OperationInfo {
    /// An operation that reads or writes one value: authenticated, `GET` idempotent and reading, all others writing.
    #[must_use]
    pub const fn new(vendor: &'static str, name: &'static str, method: Method, path: &'static str) -> Self {
        let reads = matches!(method, Method::GET);
        Self {
            vendor,
            name,
            title: "",
            method,
            path,
            doc_url: None,
            idempotent: reads,
            writes: !reads,
            authenticated: true,
            answer: Answer::Optional,
        }
    }

    /// Sets the page's title.
    #[must_use]
    pub const fn title(mut self, title: &'static str) -> Self {
        self.title = title;
        self
    }

    /// Sets the page's address.
    #[must_use]
    pub const fn doc_url(mut self, url: &'static str) -> Self {
        self.doc_url = Some(url);
        self
    }

    /// Sets whether repeating the call is safe.
    #[must_use]
    pub const fn idempotent(mut self, idempotent: bool) -> Self {
        self.idempotent = idempotent;
        self
    }

    /// Sets whether the call changes anything at the vendor (a `POST` that only searches does not).
    #[must_use]
    pub const fn writes(mut self, writes: bool) -> Self {
        self.writes = writes;
        self
    }

    /// Marks a call that carries no credentials, such as a login.
    #[must_use]
    pub const fn unauthenticated(mut self) -> Self {
        self.authenticated = false;
        self
    }

    /// Sets what a success must carry.
    #[must_use]
    pub const fn answer(mut self, answer: Answer) -> Self {
        self.answer = answer;
        self
    }
}

/// One request, not yet signed and without a host.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// The path, filled in and percent-encoded.
    pub path: String,
    /// Query pairs, not yet encoded, in documented order.
    pub query: Vec<(String, String)>,
    /// Headers of the operation itself, as documented.
    pub headers: Vec<(&'static str, String)>,
    /// The JSON body, where the operation has one.
    pub body: Option<Vec<u8>>,
}

impl Request {
    /// A request without query, headers and body.
    #[must_use]
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
        }
    }
}

/// An operation that lists records page by page.
pub trait Paged: Operation {
    /// What a row is.
    type Item: Send + 'static;

    /// The page that the operation asks for.
    fn page_number(&self) -> Option<i64>;

    /// The same operation for another page, counted from 1.
    #[must_use]
    fn at_page(self, page: i64) -> Self;

    /// The rows of an answer, and what it says of its place among the pages.
    fn rows(answer: Self::Output) -> Rows<Self::Item>;
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows<T> {
    /// The rows.
    pub items: Vec<T>,
    /// How many rows all pages have together.
    pub total: Option<i64>,
    /// How many rows a full page has.
    pub per_page: Option<i64>,
    /// The page's number.
    pub page: Option<i64>,
}
