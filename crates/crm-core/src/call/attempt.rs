//! One call: as many attempts as are safe and allowed.

use std::borrow::Cow;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use tokio::time::Instant;

use super::clock::later;
use super::judge::{Decode, Refused, judge};
use super::options::CallOptions;
use super::path;
use super::pipeline::{Inner, base_path};
use super::quota::Permit;
use super::response::Received;
use super::signing::{Signing, push_query};
use super::subject::Subject;
use super::token::Token;
use super::trace::{attempt_span, call_span, ended, inside};
use super::transport::{Broken, Outgoing, TransportError};
use crate::error::{Error, ErrorKind};
use crate::operation::{Operation, OperationInfo, Request, Sent};

/// A request with what the pipeline has to know about it.
pub(crate) struct Call {
    pub(crate) subject: Subject,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Option<Bytes>,
    pub(crate) authenticated: bool,
    /// Whether the answer holds credentials, so that no error may keep it.
    pub(crate) secret: bool,
}

impl Call {
    /// The call that an operation makes, held to the rules of its page.
    pub(crate) fn of<O: Operation>(operation: &O) -> Result<Self, Error> {
        operation.check()?;
        Self::documented(O::INFO, operation.request()?)
    }

    pub(crate) fn documented(info: &'static OperationInfo, request: Request) -> Result<Self, Error> {
        let mut headers = Vec::with_capacity(request.headers.len());
        for (name, value) in request.headers {
            let parsed = HeaderName::from_bytes(name.as_bytes())
                .ok()
                .zip(HeaderValue::from_str(&value).ok());
            let Some(pair) = parsed else {
                return Err(Error::invalid_request(
                    info,
                    name,
                    "has characters that an HTTP header cannot carry",
                ));
            };
            headers.push(pair);
        }
        let call = Self {
            subject: Subject::Documented(info),
            method: request.method,
            path: request.path,
            query: request.query,
            headers,
            body: request.body.map(Bytes::from),
            authenticated: info.authenticated,
            secret: !info.authenticated,
        };
        call.check_path()?;
        Ok(call)
    }

    pub(crate) fn error(&self, kind: ErrorKind, detail: impl Into<Cow<'static, str>>) -> Error {
        Error::of(kind, self.subject.vendor(), detail).about(self.subject.clone())
    }

    /// An id such as `..` would lead to another endpoint.
    pub(crate) fn check_path(&self) -> Result<(), Error> {
        let Some(what) = path::mistake(&self.path) else {
            return Ok(());
        };
        Err(self
            .error(ErrorKind::InvalidRequest, what)
            .with(|inner| inner.parameter = Some("path".into())))
    }
}

impl Inner {
    /// Sends the call until it succeeds or must not, or may not, be repeated.
    pub(crate) fn run<'a>(
        self: &'a Arc<Self>,
        call: &'a Call,
        options: CallOptions,
        decoder: &'a mut dyn Decode,
    ) -> impl Future<Output = Result<(), Error>> + Send + 'a {
        self.run_with(call, options, decoder, None)
    }

    /// The same with the permit for the first attempt, where it is there already.
    pub(crate) async fn run_with(
        self: &Arc<Self>,
        call: &Call,
        options: CallOptions,
        decoder: &mut dyn Decode,
        permit: Option<Permit>,
    ) -> Result<(), Error> {
        let started = Instant::now();
        let deadline = later(started, options.deadline.unwrap_or(self.options.deadline));
        let mut tried = Tried {
            permit,
            ..Tried::default()
        };
        let span = call_span(self, call);
        let result = {
            let running = pin!(self.run_until(call, options, decoder, deadline, &mut tried));
            inside(&span, running).await
        };
        let elapsed = started.elapsed();
        let result = match result {
            Ok(()) => {
                self.drift.tell(call, decoder);
                decoder.received().sent = Sent {
                    attempts: tried.attempts,
                    elapsed,
                    maybe_applied: tried.maybe_applied,
                };
                Ok(())
            }
            Err(error) => Err(error.with(|inner| {
                inner.attempts = tried.attempts;
                inner.elapsed = elapsed;
                inner.maybe_applied |= tried.maybe_applied;
            })),
        };
        ended(&span, result.as_ref().map(|()| &*decoder.received()), started);
        result
    }

    async fn run_until(
        self: &Arc<Self>,
        call: &Call,
        options: CallOptions,
        decoder: &mut dyn Decode,
        deadline: Instant,
        tried: &mut Tried,
    ) -> Result<(), Error> {
        let policy = &self.options.retry;
        let allowed = options.max_attempts.unwrap_or(policy.attempts_allowed()).max(1);
        let mut repeats = 0;
        let mut renewed = false;
        loop {
            let (token, permit) = match tried.permit.take() {
                Some(permit) => (None, permit),
                None => self.admit(call, deadline).await?,
            };
            let begun = Instant::now();
            if begun >= deadline {
                permit.unsent();
                return Err(call.error(ErrorKind::Timeout, "the call's deadline came before it could be sent"));
            }
            tried.attempts += 1;
            let span = attempt_span(call, tried.attempts);
            let timeout = options.timeout.unwrap_or(self.options.timeout);
            let limit = Limit::new(
                begun,
                timeout,
                deadline,
                options.max_body.unwrap_or(self.options.max_body),
            );
            let result = {
                let attempt = pin!(self.attempt(call, token.as_deref(), permit, decoder, limit));
                inside(&span, attempt).await
            };
            let ending = match &result {
                Ok(()) => Ok(&*decoder.received()),
                Err(refused) => Err(&refused.error),
            };
            ended(&span, ending, begun);
            let Err(refused) = result else {
                policy.budget_ref().give_back();
                return Ok(());
            };
            tried.maybe_applied |= refused.error.maybe_applied();
            if let Some(token) = token.filter(|_| refused.dead_token) {
                token.kill();
                if !renewed && self.renews() {
                    renewed = true;
                    continue;
                }
            }
            let error = refused.error;
            repeats += 1;
            if !error.is_retryable() || repeats >= allowed {
                return Err(error);
            }
            let pause = policy.pause(repeats, error.retry_after(), options.backoff);
            if later(Instant::now(), pause) >= deadline || !policy.budget_ref().take() {
                return Err(error);
            }
            tracing::debug!(target: "crm", kind = error.kind().as_str(), pause_ms = pause.as_millis(), "repeating");
            tokio::time::sleep(pause).await;
        }
    }

    /// Waits for a token and for quota; the token is looked at again after the wait.
    async fn admit(self: &Arc<Self>, call: &Call, deadline: Instant) -> Result<(Option<Arc<Token>>, Permit), Error> {
        loop {
            let token = if call.authenticated {
                self.token(call, deadline).await?
            } else {
                None
            };
            if let Some(permit) = self.quota.try_acquire() {
                return Ok((token, permit));
            }
            let permit = self.permit(call, deadline).await?;
            let Some(token) = token else { return Ok((None, permit)) };
            match self.current_token() {
                Some(current) if current.is_usable() => return Ok((Some(current), permit)),
                // It died while this call stood in line.
                _ if self.renews() => permit.unsent(),
                _ => return Ok((Some(token), permit)),
            }
        }
    }

    pub(crate) async fn permit(&self, call: &Call, deadline: Instant) -> Result<Permit, Error> {
        self.quota.acquire(deadline).await.map_err(|exceeded| {
            call.error(
                ErrorKind::RateLimited,
                "the call quota has no room before the call's deadline",
            )
            .after(exceeded.retry_after)
        })
    }

    async fn attempt(
        &self,
        call: &Call,
        token: Option<&Token>,
        permit: Permit,
        decoder: &mut dyn Decode,
        limit: Limit,
    ) -> Result<(), Refused> {
        let outgoing = match self.outgoing(call, token) {
            Ok(outgoing) => outgoing,
            Err(error) => {
                permit.unsent();
                return Err(error.into());
            }
        };
        let exchange = pin!(self.transport.exchange(outgoing, limit.max_body));
        let incoming = match tokio::time::timeout_at(limit.until, exchange).await {
            Ok(Ok(incoming)) => incoming,
            Ok(Err(error)) => {
                match error.broken {
                    Broken::Connect => permit.unsent(),
                    _ => drop(permit),
                }
                return Err(broken(call, error).into());
            }
            Err(_) => {
                drop(permit);
                return Err(timed_out(call, limit).into());
            }
        };
        permit.answered();
        let head = judge(self, call, &incoming, decoder)?;
        *decoder.received() = Received {
            status: incoming.status,
            headers: incoming.headers,
            body: incoming.body,
            code: head.code,
            request_id: head.request_id,
            sent: Sent::default(),
        };
        Ok(())
    }

    fn outgoing(&self, call: &Call, token: Option<&Token>) -> Result<Outgoing, Error> {
        let mut query = String::new();
        for (name, value) in &call.query {
            push_query(&mut query, name, value);
        }
        let mut headers = HeaderMap::with_capacity(8);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(USER_AGENT, self.user_agent.clone());
        if call.body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        for (name, value) in &call.headers {
            headers.insert(name.clone(), value.clone());
        }
        if call.authenticated {
            let mut signing = Signing::new(self.protocol.vendor(), &mut headers, &mut query);
            self.protocol
                .sign(token, &mut signing)
                .map_err(|error| error.about(call.subject.clone()))?;
        }
        // Parsing the host anew for every call would cost more than all the rest of this.
        let mut url = self.base.clone();
        match base_path(&self.base) {
            "" => url.set_path(&call.path),
            base => url.set_path(&[base, &call.path].concat()),
        }
        url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
        Ok(Outgoing::new(call.method.clone(), url, headers, call.body.clone()))
    }
}

/// What the attempts of one call have come to so far.
#[derive(Default)]
struct Tried {
    attempts: u32,
    /// Whether any of them may have taken effect: a later refusal does not undo that.
    maybe_applied: bool,
    /// The permit of the first attempt of a login, which needs no token.
    permit: Option<Permit>,
}

/// How long an attempt may take, and how much it may bring.
#[derive(Clone, Copy)]
struct Limit {
    until: Instant,
    /// The attempt's own time, unless the whole call ends before it.
    timeout: Option<Duration>,
    /// Largest answer in bytes.
    max_body: usize,
}

impl Limit {
    fn new(begun: Instant, timeout: Duration, deadline: Instant, max_body: usize) -> Self {
        let until = later(begun, timeout);
        Self {
            until: until.min(deadline),
            timeout: (until < deadline).then_some(timeout),
            max_body,
        }
    }
}

fn timed_out(call: &Call, limit: Limit) -> Error {
    let detail = match limit.timeout {
        None => "no complete answer before the call's deadline".into(),
        Some(timeout) => Cow::Owned(format!("no complete answer within {} s", timeout.as_secs_f32())),
    };
    call.error(ErrorKind::Timeout, detail).applied(call.subject.writes())
}

fn broken(call: &Call, error: TransportError) -> Error {
    let writes = call.subject.writes();
    let (kind, detail, applied) = match error.broken {
        Broken::Connect => (ErrorKind::Connect, "the request did not leave", false),
        Broken::Exchange => (
            ErrorKind::Transport,
            "the connection broke before the answer was complete",
            writes,
        ),
        Broken::TooLarge => (
            ErrorKind::TooLarge,
            "the answer is larger than the client's limit",
            writes,
        ),
        Broken::Redirected => (
            ErrorKind::Redirect,
            "the HTTP client followed a redirect; build it with redirects off",
            writes,
        ),
        Broken::TimedOut => (
            ErrorKind::Timeout,
            "the HTTP client's own time limit ended the call",
            writes,
        ),
    };
    let built = call.error(kind, detail).applied(applied);
    let built = match error.status {
        Some(status) => built.status(status),
        None => built,
    };
    match error.cause {
        Some(cause) => built.caused_by(cause),
        None => built,
    }
}
