//! A vendor made up for these tests, and a network that is only memory: time can be paused.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use crm_core::Error;
use crm_core::call::token::{NewToken, Token, expiry};
use crm_core::call::{
    Access, Broken, ClientOptions, Defaults, Incoming, Login, Meaning, Outgoing, Pipeline, Protocol, Signing,
    Transport, TransportError,
};
use crm_core::envelope::EnvelopeSpec;
use crm_core::model::{Extra, Id, Json};
use crm_core::operation::{Answer, Operation, OperationInfo, Request, Sent};
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use jiff::Timestamp;
use tokio::time::Instant;

/// The marker of the made-up vendor.
pub(crate) enum Acme {}

static ENVELOPE: EnvelopeSpec = EnvelopeSpec::new("code", "message", "data", "0")
    .error("error")
    .success("success")
    .request_id("trace_id");

static LOGIN: OperationInfo = OperationInfo::new("acme", "login", Method::POST, "/login")
    .unauthenticated()
    .writes(false)
    .idempotent(true);

pub(crate) const PASSWORD: &str = "pass-word-7301";

pub(crate) struct AcmeProtocol {
    pub(crate) given: Option<&'static str>,
}

impl Protocol for AcmeProtocol {
    fn vendor(&self) -> &'static str {
        "acme"
    }

    fn envelope(&self) -> &'static EnvelopeSpec {
        &ENVELOPE
    }

    fn access(&self) -> Access {
        match self.given {
            Some(token) => Access::Given(NewToken::new(token.to_owned())),
            None => Access::Login {
                account: "someone@example.com".into(),
                scope: "corp".into(),
            },
        }
    }

    fn sign(&self, token: Option<&Token>, request: &mut Signing<'_>) -> Result<(), Error> {
        let Some(token) = token else { return Ok(()) };
        request.query("key", token.expose());
        let value = token.header("acme", |token| format!("Token {token}"))?;
        request.header(AUTHORIZATION, value);
        Ok(())
    }

    fn meaning(&self, code: &str) -> Meaning {
        match code {
            "401" => Meaning::DeadToken,
            "400" => Meaning::Auth,
            "100" => Meaning::NotFound,
            "409" => Meaning::Conflict,
            "429" => Meaning::RateLimited,
            "500" => Meaning::Server,
            "4126" => Meaning::Batch,
            _ => Meaning::Unknown,
        }
    }

    fn login(&self) -> Result<Login, Error> {
        let mut request = Request::new(Method::POST, LOGIN.path);
        request.body = Some(format!(r#"{{"password":"{PASSWORD}"}}"#).into_bytes());
        Ok(Login { info: &LOGIN, request })
    }

    fn read_token(&self, answer: &str, now: Timestamp) -> Option<NewToken> {
        let answer: serde_json::Value = serde_json::from_str(answer).ok()?;
        let token = answer["data"]["token"].as_str()?.to_owned();
        let ends = answer["data"]["expires"].as_str().and_then(|text| expiry(text, now));
        Some(NewToken::new(token).expires_at(ends))
    }
}

macro_rules! operation {
    ($name:ident, $info:expr, $body:expr) => {
        #[derive(Debug, Clone)]
        pub(crate) struct $name;

        impl Operation for $name {
            type Vendor = Acme;
            type Payload = Option<Json>;
            type Output = Option<Json>;
            const INFO: &'static OperationInfo = &$info;

            fn request(&self) -> Result<Request, Error> {
                let mut request = Request::new(Self::INFO.method.clone(), Self::INFO.path);
                let body: Option<&str> = $body;
                request.body = body.map(|body| body.as_bytes().to_vec());
                Ok(request)
            }

            fn output(&self, payload: Self::Payload, _: &Sent) -> Self::Output {
                payload
            }
        }
    };
}

/// An element of a list whose documentation is out of date.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Contact {
    id: Option<Id>,
    extra: Extra,
}
crm_core::model! { Contact { id: "id" } }

#[derive(Debug, Clone)]
pub(crate) struct Drifting;

impl Operation for Drifting {
    type Vendor = Acme;
    type Payload = Vec<Contact>;
    type Output = Vec<Contact>;
    const INFO: &'static OperationInfo = &OperationInfo::new("acme", "drifting", Method::GET, "/list");

    fn request(&self) -> Result<Request, Error> {
        Ok(Request::new(Method::GET, "/list"))
    }

    fn output(&self, payload: Self::Payload, _: &Sent) -> Self::Output {
        payload
    }
}

pub(crate) const SENT_PHONE: &str = "13911112222";
const PERSON: &str = r#"{"contact":{"name":"王小五","phone":"13911112222"}}"#;

operation!(
    Find,
    OperationInfo::new("acme", "find", Method::GET, "/contacts").answer(Answer::Value),
    None
);
operation!(
    Create,
    OperationInfo::new("acme", "create", Method::POST, "/contacts")
        .doc_url("https://docs.example/create")
        .answer(Answer::Value),
    Some(PERSON)
);
operation!(
    Update,
    OperationInfo::new("acme", "update", Method::PUT, "/contacts/:id")
        .idempotent(true)
        .answer(Answer::Value),
    Some(PERSON)
);
operation!(
    Remove,
    OperationInfo::new("acme", "remove", Method::DELETE, "/contacts/:id"),
    None
);
operation!(
    Batch,
    OperationInfo::new("acme", "batch", Method::POST, "/batch")
        .idempotent(true)
        .answer(Answer::Batch),
    Some(PERSON)
);

/// What the network does with one request.
#[derive(Clone)]
pub(crate) enum Act {
    Answer(u16, &'static str),
    AnswerWith(u16, &'static [(&'static str, &'static str)], &'static str),
    Bytes(u16, &'static [u8]),
    Breaks(Broken),
    Hangs,
}

pub(crate) const OK: Act = Act::Answer(200, r#"{"code":0,"data":{"id":1}}"#);
pub(crate) const DEAD: Act = Act::Answer(200, r#"{"code":401,"message":"logged in elsewhere"}"#);

/// One request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Arrived {
    pub(crate) at: Instant,
    pub(crate) path: String,
    pub(crate) token: Option<String>,
}

type Handler = Box<dyn Fn(&Arrived) -> Act + Send + Sync>;

/// The network and the vendor behind it.
#[derive(Clone)]
pub(crate) struct Network(Arc<Shared>);

struct Shared {
    handler: Handler,
    latency: Box<dyn Fn() -> (Duration, Duration) + Send + Sync>,
    arrived: Mutex<Vec<Arrived>>,
}

impl Network {
    /// Every call is answered by the handler, at once.
    pub(crate) fn new(handler: impl Fn(&Arrived) -> Act + Send + Sync + 'static) -> Self {
        Self::slow(|| (Duration::ZERO, Duration::ZERO), handler)
    }

    /// As [`new`](Self::new), with a time on the way there and one on the way back.
    pub(crate) fn slow(
        latency: impl Fn() -> (Duration, Duration) + Send + Sync + 'static,
        handler: impl Fn(&Arrived) -> Act + Send + Sync + 'static,
    ) -> Self {
        let (handler, latency) = (Box::new(handler), Box::new(latency));
        Self(Arc::new(Shared {
            handler,
            latency,
            arrived: Mutex::default(),
        }))
    }

    /// Calls get these in turn, logins always succeed.
    pub(crate) fn script(acts: impl IntoIterator<Item = Act>) -> Self {
        let acts = Mutex::new(acts.into_iter().collect::<VecDeque<_>>());
        let logins = logins();
        Self::new(move |arrived| match arrived.path.as_str() {
            "/login" => logins(),
            _ => acts
                .lock()
                .unwrap()
                .pop_front()
                .expect("more calls arrived than the script has"),
        })
    }

    pub(crate) fn arrived(&self) -> Vec<Arrived> {
        self.0.arrived.lock().unwrap().clone()
    }

    pub(crate) fn calls(&self) -> usize {
        self.arrived().iter().filter(|arrived| arrived.path != "/login").count()
    }

    pub(crate) fn logins(&self) -> usize {
        self.arrived().iter().filter(|arrived| arrived.path == "/login").count()
    }

    /// A client with a login.
    pub(crate) fn client(&self) -> Pipeline<Acme> {
        self.client_with(|_| {})
    }

    pub(crate) fn client_with(&self, change: impl FnOnce(&mut ClientOptions)) -> Pipeline<Acme> {
        self.build(None, change)
    }

    /// A client with a token that it cannot renew.
    pub(crate) fn client_given(&self, token: &'static str) -> Pipeline<Acme> {
        self.build(Some(token), |_| {})
    }

    pub(crate) fn build(&self, given: Option<&'static str>, change: impl FnOnce(&mut ClientOptions)) -> Pipeline<Acme> {
        let mut options = ClientOptions::default();
        options.transport = Some(Arc::new(self.clone()));
        change(&mut options);
        Pipeline::new(
            AcmeProtocol { given },
            options,
            Defaults::new("acme/0").base_url("https://crm.example/v1"),
        )
        .unwrap()
    }
}

/// Answers of a login: a new token each time.
pub(crate) fn logins() -> impl Fn() -> Act + Send + Sync {
    const TOKENS: [&str; 6] = [
        r#"{"code":0,"data":{"token":"secret-token-1"}}"#,
        r#"{"code":0,"data":{"token":"secret-token-2"}}"#,
        r#"{"code":0,"data":{"token":"secret-token-3"}}"#,
        r#"{"code":0,"data":{"token":"secret-token-4"}}"#,
        r#"{"code":0,"data":{"token":"secret-token-5"}}"#,
        r#"{"code":0,"data":{"token":"secret-token-6"}}"#,
    ];
    let count = Mutex::new(0);
    move || {
        let mut count = count.lock().unwrap();
        *count += 1;
        Act::Answer(200, TOKENS.get(*count - 1).expect("more logins than expected"))
    }
}

impl Shared {
    fn arrive(&self, request: &Outgoing) -> Act {
        let token = request.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let arrived = Arrived {
            at: Instant::now(),
            path: request.url.path().trim_start_matches("/v1").to_owned(),
            token: token.and_then(|value| value.strip_prefix("Token ")).map(str::to_owned),
        };
        let act = (self.handler)(&arrived);
        if !matches!(act, Act::Breaks(Broken::Connect)) {
            self.arrived.lock().unwrap().push(arrived);
        }
        act
    }
}

#[async_trait]
impl Transport for Network {
    async fn exchange(&self, request: Outgoing, max_body: usize) -> Result<Incoming, TransportError> {
        let (there, back) = (self.0.latency)();
        let shared = Arc::clone(&self.0);
        // What was sent arrives, also when the caller has gone.
        let arrival = async move {
            if !there.is_zero() {
                tokio::time::sleep(there).await;
            }
            shared.arrive(&request)
        };
        let act = if there.is_zero() {
            arrival.await
        } else {
            tokio::spawn(arrival).await.unwrap()
        };
        if !back.is_zero() {
            tokio::time::sleep(back).await;
        }
        let (status, headers, body) = match act {
            Act::Answer(status, body) => (status, &[][..], body.as_bytes()),
            Act::AnswerWith(status, headers, body) => (status, headers, body.as_bytes()),
            Act::Bytes(status, body) => (status, &[][..], body),
            Act::Breaks(broken) => return Err(TransportError::new(broken).cause("as the test wants")),
            Act::Hangs => std::future::pending().await,
        };
        if body.len() > max_body {
            return Err(TransportError::new(Broken::TooLarge));
        }
        let headers = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect::<HeaderMap>();
        Ok(Incoming::new(
            StatusCode::from_u16(status).unwrap(),
            headers,
            Bytes::from_static(body),
        ))
    }
}
