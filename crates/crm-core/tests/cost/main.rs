//! What a call costs beside the network and the decoding: allocations, counted.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::alloc::System;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use crm_core::Error;
use crm_core::call::token::{NewToken, Token};
use crm_core::call::{
    Access, ClientOptions, Defaults, Incoming, Meaning, Outgoing, Pipeline, Protocol, Signing, Transport,
    TransportError, WindowQuota,
};
use crm_core::envelope::EnvelopeSpec;
use crm_core::model::Id;
use crm_core::operation::{Operation, OperationInfo, Request, Sent};
use http::header::AUTHORIZATION;
use http::{HeaderMap, Method, StatusCode};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

enum Acme {}

static ENVELOPE: EnvelopeSpec = EnvelopeSpec::new("code", "message", "data", "0");

struct AcmeProtocol;

impl Protocol for AcmeProtocol {
    fn vendor(&self) -> &'static str {
        "acme"
    }

    fn envelope(&self) -> &'static EnvelopeSpec {
        &ENVELOPE
    }

    fn access(&self) -> Access {
        Access::Given(NewToken::new("token".to_owned()))
    }

    fn sign(&self, token: Option<&Token>, request: &mut Signing<'_>) -> Result<(), Error> {
        let token = token.unwrap();
        request.header(AUTHORIZATION, token.header("acme", |token| format!("Token {token}"))?);
        Ok(())
    }

    fn meaning(&self, _code: &str) -> Meaning {
        Meaning::Unknown
    }
}

#[derive(Clone)]
struct Update;

impl Operation for Update {
    type Vendor = Acme;
    type Payload = Option<Id>;
    type Output = Option<Id>;
    const INFO: &'static OperationInfo = &OperationInfo::new("acme", "update", Method::PUT, "/contacts/:id");

    fn request(&self) -> Result<Request, Error> {
        let mut request = Request::new(Method::PUT, "/contacts/5524470");
        request.body = Some(br#"{"contact":{"job":"x"}}"#.to_vec());
        Ok(request)
    }

    fn output(&self, payload: Self::Payload, _: &Sent) -> Self::Output {
        payload
    }
}

/// Answers at once; its own cost is the boxed future that the trait asks for.
struct Memory;

#[async_trait]
impl Transport for Memory {
    async fn exchange(&self, _request: Outgoing, _max_body: usize) -> Result<Incoming, TransportError> {
        Ok(Incoming::new(
            StatusCode::OK,
            HeaderMap::new(),
            Bytes::from_static(br#"{"code":0,"data":5524470}"#),
        ))
    }
}

/// Two for the operation's own path and body, and two for the code and the id of the answer.
const NOT_OURS: usize = 4;
const CALLS: usize = 1_000;

#[test]
fn the_layer_allocates_at_most_ten_times_a_call() {
    let mut options = ClientOptions::default();
    options.transport = Some(Arc::new(Memory));
    options.quota = Some(Arc::new(WindowQuota::new(1_000_000, Duration::from_secs(10))));
    let defaults = Defaults::new("acme/0").base_url("https://crm.example");
    let client: Pipeline<Acme> = Pipeline::new(AcmeProtocol, options, defaults).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        client.send(Update).await.unwrap();
        let region = Region::new(ALLOCATOR);
        let started = std::time::Instant::now();
        for _ in 0..CALLS {
            client.send(Update).await.unwrap();
        }
        let elapsed = started.elapsed();
        let allocations = region.change().allocations;
        let ours = allocations as f64 / CALLS as f64 - NOT_OURS as f64;
        println!(
            "{ours:.2} allocations and {:.2} µs a call",
            elapsed.as_secs_f64() * 1e6 / CALLS as f64
        );
        assert!(ours <= 10.5, "{ours} allocations a call");
    });
}
