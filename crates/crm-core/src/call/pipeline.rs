//! What a vendor's client is made of: [`Pipeline`].

use std::marker::PhantomData;
use std::sync::Arc;

use http::{HeaderValue, Method};
use tokio::time::Instant;
use url::Url;

use super::attempt::Call;
use super::judge::Decoder;
use super::options::{CallOptions, ClientOptions};
use super::paging::Pages;
use super::protocol::{Access, Protocol};
use super::quota::{Quota, Unlimited};
use super::raw::RawCall;
use super::reqwest_transport::{ReqwestTransport, Sender};
use super::response::Response;
use super::tls::http_client;
use super::token::{Session, Token, TokenKey};
use super::trace::DriftLog;
use crate::error::Error;
use crate::model::Slot;
use crate::operation::{Operation, Paged};

/// Sends the operations of one vendor. Cheap to clone: clones share connections, token and quota.
///
/// Connections and logins live on the tokio runtime on which they began: use a client and its clones on one runtime.
///
/// `V` is the vendor's marker type, so that only its own operations fit.
pub struct Pipeline<V> {
    inner: Arc<Inner>,
    call: CallOptions,
    vendor: PhantomData<fn() -> V>,
}

/// What all clones share.
pub(crate) struct Inner {
    pub(crate) protocol: Box<dyn Protocol>,
    pub(crate) options: ClientOptions,
    /// Scheme, host, port and path.
    pub(crate) base: Url,
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) user_agent: HeaderValue,
    pub(crate) transport: Sender,
    pub(crate) quota: Arc<dyn Quota>,
    session: Option<Arc<Session>>,
    pub(crate) drift: DriftLog,
}

/// What a vendor crate knows about its API and its client's builder cannot.
#[non_exhaustive]
pub struct Defaults {
    /// The documented address; `None` where the vendor publishes none.
    pub base_url: Option<&'static str>,
    /// Name and version of the vendor crate.
    pub user_agent: &'static str,
    /// The documented quota.
    pub quota: Option<Arc<dyn Quota>>,
}

impl Defaults {
    /// An API of which nothing is documented.
    #[must_use]
    pub fn new(user_agent: &'static str) -> Self {
        Self {
            base_url: None,
            user_agent,
            quota: None,
        }
    }

    /// Sets the documented address.
    #[must_use]
    pub fn base_url(mut self, url: &'static str) -> Self {
        self.base_url = Some(url);
        self
    }

    /// Sets the documented quota.
    #[must_use]
    pub fn quota(mut self, quota: impl Quota) -> Self {
        self.quota = Some(Arc::new(quota));
        self
    }
}

impl<V: 'static> Pipeline<V> {
    /// A pipeline for one vendor, account and address.
    ///
    /// # Errors
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) naming what is missing or wrong and what to do.
    pub fn new(protocol: impl Protocol, options: ClientOptions, defaults: Defaults) -> Result<Self, Error> {
        let vendor = protocol.vendor();
        let base = base_url(vendor, &options, &defaults)?;
        if options.transport.is_some() && (options.proxy.is_some() || !options.root_certificates.is_empty()) {
            return Err(Error::config(
                vendor,
                "proxy and root certificates belong to the client's own HTTP client: set them on the one that you bring",
            ));
        }
        let https = base.scheme() == "https" || options.proxy.as_ref().is_some_and(super::options::Proxy::is_https);
        let transport = match &options.transport {
            Some(transport) => Sender::Brought(Arc::clone(transport)),
            None => Sender::Own(ReqwestTransport::own(http_client(
                vendor,
                &options,
                https,
                is_loopback(&base),
            )?)),
        };
        let quota = options
            .quota
            .clone()
            .or(defaults.quota)
            .unwrap_or_else(|| Arc::new(Unlimited));
        let user_agent = match &options.user_agent {
            Some(suffix) => HeaderValue::from_str(&format!("{} {suffix}", defaults.user_agent))
                .map_err(|_| Error::config(vendor, "the user agent has characters that a header cannot carry"))?,
            None => HeaderValue::from_static(defaults.user_agent),
        };
        let host = base.host_str().unwrap_or_default().to_owned();
        let port = base.port_or_known_default().unwrap_or_default();
        let clock = Arc::clone(&options.clock);
        let session = match protocol.access() {
            Access::Own => None,
            Access::Given(token) => Some(Arc::new(Session::given(vendor, clock, token))),
            Access::Login { account, scope } => {
                let key = TokenKey::new(vendor, base.as_str().trim_end_matches('/'), &account, &scope);
                let store = options.token_store.clone();
                Some(Arc::new(Session::renewed(vendor, clock, store, key)))
            }
        };
        let protocol = Box::new(protocol);
        let inner = Inner {
            protocol,
            options,
            base,
            host,
            port,
            user_agent,
            transport,
            quota,
            session,
            drift: DriftLog::default(),
        };
        Ok(Self {
            inner: Arc::new(inner),
            call: CallOptions::new(),
            vendor: PhantomData,
        })
    }

    /// The same client with other settings for the calls of this clone.
    #[must_use]
    pub fn with(&self, options: CallOptions) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            call: options.over(self.call),
            vendor: PhantomData,
        }
    }

    /// Sends an operation and gives its typed answer.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    #[expect(
        clippy::manual_async_fn,
        reason = "an async fn holds its argument twice in its future"
    )]
    pub fn send<O>(&self, operation: O) -> impl Future<Output = Result<O::Output, Error>> + Send + use<'_, V, O>
    where
        O: Operation<Vendor = V>,
    {
        async move {
            let call = Call::of(&operation)?;
            let mut decoder = Decoder::default();
            self.inner.run(&call, self.call, &mut decoder).await?;
            // Straight out of its place: the decoder is a kilobyte.
            let payload = match decoder.envelope {
                Some(envelope) => envelope.data,
                None => O::Payload::default(),
            };
            Ok(operation.output(payload, &decoder.received.sent))
        }
    }

    /// Sends an operation and gives its typed answer with status, headers and body.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    #[expect(
        clippy::manual_async_fn,
        reason = "an async fn holds its argument twice in its future"
    )]
    pub fn send_full<O>(
        &self,
        operation: O,
    ) -> impl Future<Output = Result<Response<O::Output>, Error>> + Send + use<'_, V, O>
    where
        O: Operation<Vendor = V>,
    {
        async move {
            let call = Call::of(&operation)?;
            let mut decoder = Decoder::default();
            self.inner.run(&call, self.call, &mut decoder).await?;
            let response = decoder.into_response();
            let sent = response.received.sent;
            Ok(response.map(|payload| operation.output(payload, &sent)))
        }
    }

    /// The pages of a list, fetched one after the other as they are asked for.
    pub fn pages<O: Paged<Vendor = V>>(&self, operation: O) -> Pages<O> {
        Pages::new(self.clone(), operation)
    }

    /// A call that the documentation does not cover, with the same credentials, quota, retries and judging.
    pub fn raw(&self, method: Method, path: impl Into<String>) -> RawCall<V> {
        RawCall::new(self.clone(), method, path.into())
    }

    pub(crate) async fn run<T: Slot>(&self, call: &Call, options: CallOptions) -> Result<Response<T>, Error> {
        let mut decoder = Decoder::default();
        self.inner.run(call, options, &mut decoder).await?;
        Ok(decoder.into_response())
    }

    pub(crate) fn vendor(&self) -> &'static str {
        self.inner.protocol.vendor()
    }

    pub(crate) fn call_options(&self) -> CallOptions {
        self.call
    }
}

impl Inner {
    pub(crate) fn current_token(&self) -> Option<Arc<Token>> {
        self.session.as_ref()?.current()
    }

    pub(crate) fn renews(&self) -> bool {
        self.session.as_ref().is_some_and(|session| session.renews())
    }

    /// The token for a call. An error of the login is told as this call's own: it says why the call did not leave.
    pub(crate) async fn token(self: &Arc<Self>, call: &Call, deadline: Instant) -> Result<Option<Arc<Token>>, Error> {
        let Some(session) = &self.session else { return Ok(None) };
        if let Some(token) = session.ready() {
            return Ok(Some(token));
        }
        // Boxed, so that calls which find a token do not carry the login's state around.
        match Box::pin(session.token(deadline, Arc::<Self>::clone(self))).await {
            Ok(token) => Ok(Some(token)),
            Err(error) => Err(error.while_logging_in(call.subject.clone())),
        }
    }
}

impl<V> Clone for Pipeline<V> {
    fn clone(&self) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            call: self.call,
            vendor: PhantomData,
        }
    }
}

impl<V> std::fmt::Debug for Pipeline<V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pipeline")
            .field("vendor", &self.inner.protocol.vendor())
            .field("base_url", &self.inner.base.as_str().trim_end_matches('/'))
            .finish_non_exhaustive()
    }
}

fn base_url(vendor: &'static str, options: &ClientOptions, defaults: &Defaults) -> Result<Url, Error> {
    let text = options.base_url.as_deref().or(defaults.base_url).ok_or_else(|| {
        Error::config(
            vendor,
            "no address: this vendor does not publish one, so set .base_url(\"https://…\")",
        )
    })?;
    let url = Url::parse(text).map_err(|_| {
        Error::config(
            vendor,
            "the base URL is not a URL; write it as https://host or https://host/path",
        )
    })?;
    if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
        return Err(Error::config(vendor, "the base URL must be scheme, host and path only"));
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if options.allow_plain_http || is_loopback(&url) => Ok(url),
        "http" => Err(Error::config(
            vendor,
            "plain http would show the credentials to the network: use https, or .allow_plain_http(true) if you must",
        )),
        _ => Err(Error::config(vendor, "the base URL must begin with https://")),
    }
}

/// The path that all calls begin with, without a slash at its end.
pub(crate) fn base_path(base: &Url) -> &str {
    base.path().trim_end_matches('/')
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    }
}
