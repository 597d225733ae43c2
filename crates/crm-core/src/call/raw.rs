//! Calls that the documentation does not cover: [`RawCall`].

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method};
use serde::Serialize;

use super::attempt::Call;
use super::options::CallOptions;
use super::pipeline::Pipeline;
use super::response::Response;
use super::subject::{RawInfo, Subject, template_of};
use crate::error::{Error, ErrorKind};
use crate::model::{Json, Slot};

/// A call by method and path, with the client's credentials, quota, retries and judging.
///
/// `GET`, `HEAD`, `PUT` and `DELETE` are taken for idempotent and repeated where it helps; a `POST` is not, unless
/// [`idempotent`](Self::idempotent) says so.
#[must_use = "a raw call is sent by `send` or `send_as`"]
pub struct RawCall<V> {
    pipeline: Pipeline<V>,
    method: Method,
    path: String,
    name: Cow<'static, str>,
    query: Vec<(String, String)>,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Option<Bytes>,
    idempotent: Option<bool>,
    writes: Option<bool>,
    options: CallOptions,
    /// The first mistake; told when the call is sent.
    mistake: Option<(&'static str, &'static str)>,
}

impl<V: 'static> RawCall<V> {
    pub(crate) fn new(pipeline: Pipeline<V>, method: Method, path: String) -> Self {
        let options = pipeline.call_options();
        Self {
            pipeline,
            method,
            path,
            name: Cow::Borrowed("raw"),
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
            idempotent: None,
            writes: None,
            options,
            mistake: None,
        }
    }

    /// The name that errors and spans show instead of `raw`.
    pub fn named(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.name = name.into();
        self
    }

    /// Adds a query pair; it is percent-encoded here.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Sets a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            (Ok(name), Ok(value)) => self.headers.push((name, value)),
            _ => {
                self.mistake = self
                    .mistake
                    .or(Some(("header", "has characters that an HTTP header cannot carry")))
            }
        }
        self
    }

    /// Sets the JSON body.
    pub fn json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(body) {
            Ok(body) => self.body = Some(Bytes::from(body)),
            Err(_) => self.mistake = self.mistake.or(Some(("body", "cannot be written as JSON"))),
        }
        self
    }

    /// Says whether sending it twice leaves the vendor as sending it once would.
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.idempotent = Some(idempotent);
        self
    }

    /// Says whether it can change anything at the vendor; a `POST` that only searches does not.
    pub fn writes(mut self, writes: bool) -> Self {
        self.writes = Some(writes);
        self
    }

    /// Settings for this call.
    pub fn with(mut self, options: CallOptions) -> Self {
        self.options = options.over(self.options);
        self
    }

    /// Sends the call and gives what stood in the data place; `None` when nothing stood there.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn send(self) -> Result<Response<Option<Json>>, Error> {
        self.send_as().await
    }

    /// Sends the call and reads the data place as `T`: a model of the vendor crate, a list of them, a string.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn send_as<T: Slot>(self) -> Result<Response<T>, Error> {
        let safe = matches!(self.method, Method::GET | Method::HEAD);
        let writes = self.writes.unwrap_or(!safe);
        let idempotent = matches!(self.method, Method::PUT | Method::DELETE) || !writes;
        let call = Call {
            subject: Subject::Raw(Arc::new(RawInfo {
                vendor: self.pipeline.vendor(),
                name: self.name,
                method: self.method.clone(),
                template: template_of(&self.path),
                idempotent: self.idempotent.unwrap_or(idempotent),
                writes,
            })),
            method: self.method,
            path: self.path,
            query: self.query,
            headers: self.headers,
            body: self.body,
            authenticated: true,
            secret: false,
        };
        if let Some((parameter, what)) = self.mistake {
            return Err(call
                .error(ErrorKind::InvalidRequest, what)
                .with(|inner| inner.parameter = Some(Cow::Borrowed(parameter))));
        }
        call.check_path()?;
        self.pipeline.run(&call, self.options).await
    }
}
